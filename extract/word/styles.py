"""What styles and list definitions of a Word file say about a paragraph: heading, list item and its number, indent, tabs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|überschrift)\s*([1-9])")
_CONTENTS = re.compile(r"toc \d|toc heading|verzeichnis \d|contents \d|contents heading|inhaltsverzeichnis.*|table of contents.*")
_TITLE = re.compile(r"title|titel|subtitle|untertitel")
OFF = ("0", "false", "off", "none")
_PLACE = re.compile(r"%([1-9])")
_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)
_LEVELS = range(9)
"""The levels a list may have (17.9.6)."""
_LAST_LETTER = 780
"""From here on Word counts no further in letters (17.18.59)."""
_BODY_LEVEL = 9
"""Outline level that means body text (ECMA-376 Part 1, 17.3.1.20)."""


class Label(NamedTuple):
    """What a list puts before a paragraph."""

    bullet: bool
    text: str


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph's form as far as reading needs it; lengths in twips (1/20 point)."""

    level: int = 0
    """Level of a heading, from 1; 0 for none."""
    title: bool = False
    contents: bool = False
    number: tuple[str, int] | None = None
    """The list and the level in it."""
    hanging: bool = False
    centred: bool = False
    left: int = 0
    stops: tuple[int, ...] = ()
    bold: bool = False
    hidden: bool = False
    style: str = ""
    """Id of its style."""


Properties = dict[str, etree._Element]
"""What holds for a run, each property by its name as the nearest states it; those of WordprocessingML without their namespace."""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute of the element, None without element or attribute."""
    return None if element is None else element.get(W + name)


def is_on(element: etree._Element) -> bool:
    """Whether a toggle such as `w:b` is on."""
    return (element.get(W + "val") or "1") not in OFF


def whole(text: str | None) -> int | None:
    """The whole number the attribute states, None for anything else."""
    return int(text) if text is not None and re.fullmatch(r"[+-]?\d{1,9}", text) else None


@dataclass(slots=True)
class _Style:
    id: str
    name: str
    base: str | None
    paragraph: etree._Element | None
    run: etree._Element | None
    shaded: bool = False


class Styles:
    """The styles of a Word file."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._default = ""
        self._chains: dict[str, tuple[_Style, ...]] = {}
        self._base: list[_Style] = []
        self._properties: dict[tuple[str, bool], Properties] = {}
        for element in () if root is None else root.iterfind(W + "style"):
            style = _Style(
                element.get(W + "styleId", ""),
                (value(element.find(W + "name")) or "").casefold(),
                value(element.find(W + "basedOn")),
                element.find(W + "pPr"),
                element.find(W + "rPr"),
                element.get(W + "type") == "table" and next(element.iter(W + "shd"), None) is not None,
            )
            self._styles.setdefault(style.id, style)
            if element.get(W + "type") == "paragraph" and (element.get(W + "default") or "0") not in OFF:
                self._default = style.id
        defaults = None if root is None else root.find(W + "docDefaults")
        if defaults is not None:
            paragraph, run = (defaults.find(f"{W}{kind}Default/{W}{kind}") for kind in ("pPr", "rPr"))
            self._base.append(_Style("", "", None, paragraph, run))

    def look(self, direct: etree._Element | None, lists: Lists) -> Look:
        """The form of a paragraph with these direct properties (its `w:pPr`)."""
        style_id = (value(direct.find(W + "pStyle")) if direct is not None else None) or self._default
        chain = self._chain(style_id)
        properties = [element for element in (direct, *(style.paragraph for style in chain)) if element is not None]
        names = [style.name for style in chain]
        indent = _merged(properties, "ind")
        return Look(
            level=_ebene(direct, chain),
            title=bool(names and _TITLE.fullmatch(names[0])),
            contents=any(_CONTENTS.fullmatch(name) for name in names),
            number=_number(direct, chain, lists),
            hanging=(whole(indent.get("hanging")) or 0) > 0 or (whole(indent.get("firstLine")) or 0) < 0,
            centred=value(_first(properties, "jc")) == "center",
            left=whole(indent.get("left") or indent.get("start")) or 0,
            stops=_stops(properties),
            bold=bool(self._toggle(chain, "b")),
            hidden=bool(self._toggle(chain, "vanish")),
            style=style_id,
        )

    def run_properties(self, direct: etree._Element | None, style_id: str) -> Properties:
        """What holds for a run with these direct properties (its `w:rPr`) in a paragraph of a style."""
        character = None if direct is None else value(direct.find(W + "rStyle"))
        found = self._merged(style_id, whole_file=True)
        if character:
            found = found | self._merged(character, whole_file=False)
        return found if direct is None else found | _named(direct)

    def paragraph_property(self, direct: etree._Element | None, style_id: str, name: str) -> etree._Element | None:
        """A property of a paragraph with these direct properties (its `w:pPr`), as the nearest states it."""
        chain = (style.paragraph for style in self._chain(style_id))
        return _first([element for element in (direct, *chain) if element is not None], name)

    def name_of(self, style_id: str) -> str:
        """The name of a style, in small letters; empty where there is none."""
        return self._styles[style_id].name if style_id in self._styles else ""

    def is_shaded(self, style_id: str) -> bool:
        """Whether a table's style, or what it is based on, shades any part of the table."""
        return any(style.shaded for style in self._chain(style_id, whole_file=False))

    def _merged(self, style_id: str, *, whole_file: bool) -> Properties:
        key = (style_id, whole_file)
        if key not in self._properties:
            merged: Properties = {}
            for style in reversed(self._chain(style_id, whole_file=whole_file)):
                merged |= {} if style.run is None else _named(style.run)
            self._properties[key] = merged
        return self._properties[key]

    def toggle(self, direct: etree._Element | None, name: str) -> bool | None:
        """Whether a run with these direct properties (its `w:rPr`) is bold ("b") or hidden ("vanish"); None: as its paragraph."""
        if direct is None:
            return None
        element = direct.find(W + name)
        if element is not None:
            return is_on(element)
        character = value(direct.find(W + "rStyle"))
        return self._toggle(self._chain(character, whole_file=False), name) if character else None

    @staticmethod
    def _toggle(chain: Iterable[_Style], name: str) -> bool | None:
        element = _first([style.run for style in chain if style.run is not None], name)
        return None if element is None else is_on(element)

    def _chain(self, style_id: str, *, whole_file: bool = True) -> tuple[_Style, ...]:
        """The style, what it is based on, and at last what holds for the whole file; a circle ends where it closes."""
        if style_id not in self._chains:
            chain: list[_Style] = []
            style = self._styles.get(style_id)
            while style is not None and style not in chain:
                chain.append(style)
                style = self._styles.get(style.base or "")
            self._chains[style_id] = tuple(chain)
        return (*self._chains[style_id], *self._base) if whole_file else self._chains[style_id]

    def of_list(self, style_id: str) -> str | None:
        """The list that a numbering style stands for."""
        style = self._styles.get(style_id)
        return None if style is None or style.paragraph is None else value(style.paragraph.find(f"{W}numPr/{W}numId"))


def _named(properties: etree._Element) -> Properties:
    """The properties by their names."""
    return {str(element.tag).removeprefix(W): element for element in properties}


def _first(properties: Iterable[etree._Element], name: str) -> etree._Element | None:
    return next((found for found in (element.find(W + name) for element in properties) if found is not None), None)


def _merged(properties: list[etree._Element], name: str) -> dict[str, str]:
    """The attributes of a property, each from the nearest style that states it."""
    merged: dict[str, str] = {}
    for element in reversed(properties):
        found = element.find(W + name)
        if found is not None:
            merged |= {str(key).removeprefix(W): str(text) for key, text in found.attrib.items()}
    return merged


def _stops(properties: list[etree._Element]) -> tuple[int, ...]:
    """Positions of the tab stops, in order."""
    stops: set[int] = set()
    for element in reversed(properties):
        for tab in element.iterfind(f"{W}tabs/{W}tab"):
            position = whole(tab.get(W + "pos"))
            if position is not None:
                (stops.discard if tab.get(W + "val") == "clear" else stops.add)(position)
    return tuple(sorted(stops))


def _ebene(direct: etree._Element | None, chain: tuple[_Style, ...]) -> int:
    """Level of the heading: stated by the paragraph, then style by style by its outline level or its built-in name."""
    level = None if direct is None else whole(value(direct.find(W + "outlineLvl")))
    for style in chain:
        if level is None and style.paragraph is not None:
            level = whole(value(style.paragraph.find(W + "outlineLvl")))
        named = _HEADING.fullmatch(style.name)
        if level is None and named:
            level = int(named.group(1)) - 1
    return 0 if level is None or not 0 <= level < _BODY_LEVEL else level + 1


def _number(direct: etree._Element | None, chain: tuple[_Style, ...], lists: Lists) -> tuple[str, int] | None:
    """The list and level a paragraph is in; list "0" takes it out of the list of its style (17.9.18)."""
    stated = [("", direct), *((style.id, style.paragraph) for style in chain)]
    level: int | None = None
    for style_id, element in stated:
        properties = None if element is None else element.find(W + "numPr")
        if properties is None:
            continue
        if level is None:
            level = whole(value(properties.find(W + "ilvl")))
        num = value(properties.find(W + "numId"))
        if num is not None:
            if level is None:
                level = lists.level_of(num, style_id)
            return None if num == "0" else (num, level)
    return None


@dataclass(slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    picture: bool = False


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
            return Label(True, "-") if definition.text.strip() or definition.picture else None
        text = _PLACE.sub(lambda match: _counted(found, definition, counters, int(match.group(1)) - 1), definition.text)
        return Label(False, text) if text.strip() else None


def _levels(container: etree._Element | None) -> Iterator[tuple[int, _Level]]:
    for element in () if container is None else container.iterfind(W + "lvl"):
        level = whole(element.get(W + "ilvl")) or 0
        if level not in _LEVELS:
            continue
        hidden = element.find(f"{W}rPr/{W}vanish")
        legal = element.find(W + "isLgl")
        yield (
            level,
            _Level(
                format=value(element.find(W + "numFmt")) or "decimal",
                text="" if hidden is not None and is_on(hidden) else value(element.find(W + "lvlText")) or "",
                start=whole(value(element.find(W + "start"))) or 0,
                restart=whole(value(element.find(W + "lvlRestart"))),
                legal=legal is not None and is_on(legal),
                style=value(element.find(W + "pStyle")),
                picture=element.find(W + "lvlPicBulletId") is not None,
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
