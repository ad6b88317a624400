"""What the list definitions of a Word file put before paragraphs: numbers that count on, and bullets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from extract.word.styles import Styles, W, is_on, value, whole

_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LEVELS = range(9)
"""The levels a list may have (17.9.6)."""
_LAST_LETTER = 780
"""From here on Word counts no further in letters (17.18.59)."""


class Label(NamedTuple):
    """What a list puts before a paragraph."""

    bullet: bool
    text: str
    look: etree._Element | None = None
    """What its list says of its letters (`w:rPr`)."""


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    picture: bool = False
    look: etree._Element | None = None


@dataclass(slots=True)
class _List:
    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int] = field(default_factory=dict)


class Lists:
    """The list definitions of a Word file, with the counters of one reading."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, etree._Element] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[str] = set()
        if root is None:
            return
        for element in root.iterfind(W + "abstractNum"):
            self._abstract.setdefault(element.get(W + "abstractNumId", ""), element)
        nums = {element.get(W + "numId", ""): element for element in root.iterfind(W + "num")}
        for num, element in nums.items():
            self._lists[num] = self._list(element, nums)

    def _list(self, num: etree._Element, nums: dict[str, etree._Element]) -> _List:
        abstract = value(num.find(W + "abstractNumId")) or ""
        definition = self._abstract.get(abstract)
        linked = None if definition is None else value(definition.find(W + "numStyleLink"))
        if linked:  # the levels stand in the list that the numbering style names (17.9.21)
            target = nums.get(self._styles.of_list(linked) or "")
            if target is not None:
                abstract = value(target.find(W + "abstractNumId")) or abstract
                definition = self._abstract.get(abstract)
        found = _List(abstract, dict(_levels(definition)))
        for override in num.iterfind(W + "lvlOverride"):
            level = whole(override.get(W + "ilvl")) or 0
            found.levels |= dict(_levels(override))
            start = whole(value(override.find(W + "startOverride")))
            if start is not None:
                found.starts[level] = start
        return found

    def level_of(self, num: str, style_id: str) -> int:
        """The level that the list gives to the style, 0 where it names none."""
        levels = self._lists[num].levels if num in self._lists else {}
        return next((level for level, definition in levels.items() if definition.style == style_id), 0) if style_id else 0

    def label(self, num: str, level: int) -> Label | None:
        """What the list puts before its next paragraph of that level; counts on."""
        found = self._lists.get(num)
        definition = None if found is None else found.levels.get(level)
        if found is None or definition is None:
            return None
        counters = self._counters.setdefault(found.abstract, {})
        if num not in self._begun:
            self._begun.add(num)
            for restarted in found.starts:
                counters.pop(restarted, None)
        for above in range(level + 1):
            start = found.starts.get(above, found.levels.get(above, _Level()).start)
            counters[above] = counters[above] + (above == level) if above in counters else start
        for below in [below for below in counters if below > level]:
            restart = found.levels.get(below, _Level()).restart
            if restart is None or level < restart:
                del counters[below]
        if definition.format == "bullet":
            return Label(True, "-", definition.look) if definition.text.strip() or definition.picture else None
        text = _PLACE.sub(lambda match: _counted(found, definition, counters, int(match.group(1)) - 1), definition.text)
        return Label(False, text, definition.look) if text.strip() else None


def _levels(container: etree._Element | None) -> Iterator[tuple[int, _Level]]:
    for element in () if container is None else container.iterfind(W + "lvl"):
        level = whole(element.get(W + "ilvl")) or 0
        if level not in _LEVELS:
            continue
        legal = element.find(W + "isLgl")
        yield (
            level,
            _Level(
                format=value(element.find(W + "numFmt")) or "decimal",
                text=value(element.find(W + "lvlText")) or "",
                start=whole(value(element.find(W + "start"))) or 0,
                restart=whole(value(element.find(W + "lvlRestart"))),
                legal=legal is not None and is_on(legal),
                style=value(element.find(W + "pStyle")),
                picture=element.find(W + "lvlPicBulletId") is not None,
                look=element.find(W + "rPr"),
            ),
        )


def _counted(found: _List, shown: _Level, counters: dict[int, int], level: int) -> str:
    """The number of one level as the label shows it."""
    definition = found.levels.get(level, _Level())
    number = counters.get(level, definition.start)
    kind = "decimal" if shown.legal else definition.format
    if kind in ("upperRoman", "lowerRoman"):
        roman = _roman(number)
        return roman if kind == "upperRoman" else roman.lower()
    if kind in ("upperLetter", "lowerLetter") and 0 < number <= _LAST_LETTER:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)  # after z comes aa, then bb (17.18.59)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("none", "bullet"):
        return ""
    return f"{number:02d}" if kind == "decimalZero" else f"{number}." if kind == "ordinal" else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    digits: list[str] = []
    for amount, sign in _ROMAN:
        times, number = divmod(number, amount)
        digits.append(sign * times)
    return "".join(digits)
