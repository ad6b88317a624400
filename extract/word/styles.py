"""What the styles of a Word file say about a paragraph and its runs: heading, list item, indent, tabs, and how letters look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

from agreements.errors import UnreadableError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|überschrift)\s*([1-9])")
_CONTENTS = re.compile(r"toc \d|toc heading|verzeichnis \d|contents \d|contents heading|inhaltsverzeichnis.*|table of contents.*")
_TITLE = re.compile(r"title|titel|subtitle|untertitel")
OFF = ("0", "false", "off", "none")
_BODY_LEVEL = 9
"""Outline level that means body text (ECMA-376 Part 1, 17.3.1.20)."""


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
    line: int | None = None
    """How high each line is, where the file says exactly."""
    bold: bool = False
    style: str = ""
    """Id of its style."""


Properties = dict[str, etree._Element]
"""What holds for a run, each property by its name as the nearest states it; those of WordprocessingML without their namespace."""
NOTHING: Properties = {}
_LONGEST_CHAIN = 1000
"""Styles that one may be based on; the longest of real files is 6."""


def value(element: etree._Element | None, name: str = "val") -> str | None:
    """The attribute of the element, None without element or attribute."""
    return None if element is None else element.get(W + name)


def is_on(element: etree._Element) -> bool:
    """Whether a toggle such as `w:b` is on."""
    return (element.get(W + "val") or "1") not in OFF


def whole(text: str | None) -> int | None:
    """The whole number the attribute states, None for anything else."""
    return int(text) if text is not None and re.fullmatch(r"[+-]?\d{1,9}", text) else None


class Levels(Protocol):
    """What the lists of a file say of the levels that styles have in them."""

    def level_of(self, num: str, style_id: str) -> int:
        """The level that a list gives to a style."""
        ...


@dataclass(slots=True)
class _Style:
    id: str
    name: str
    base: str | None
    paragraph: etree._Element | None
    run: etree._Element | None
    element: etree._Element | None = None


class Styles:
    """The styles of a Word file."""

    def __init__(self, root: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self._defaults: dict[str, str] = {}
        self._chains: dict[str, tuple[_Style, ...]] = {}
        self._base: list[_Style] = []
        self._properties: dict[str, Properties] = {}
        for element in () if root is None else root.iterfind(W + "style"):
            style = _Style(
                element.get(W + "styleId", ""),
                (value(element.find(W + "name")) or "").casefold(),
                value(element.find(W + "basedOn")),
                element.find(W + "pPr"),
                element.find(W + "rPr"),
                element,
            )
            self._styles.setdefault(style.id, style)
            if (element.get(W + "default") or "0") not in OFF:
                self._defaults.setdefault(element.get(W + "type", ""), style.id)
        defaults = None if root is None else root.find(W + "docDefaults")
        if defaults is not None:
            paragraph, run = (defaults.find(f"{W}{kind}Default/{W}{kind}") for kind in ("pPr", "rPr"))
            self._base.append(_Style("", "", None, paragraph, run))

    def look(self, direct: etree._Element | None, lists: Levels) -> Look:
        """The form of a paragraph with these direct properties (its `w:pPr`)."""
        style_id = (value(direct.find(W + "pStyle")) if direct is not None else None) or self._defaults.get("paragraph", "")
        chain = self._chain(style_id)
        properties = [element for element in (direct, *(style.paragraph for style in chain)) if element is not None]
        names = [style.name for style in chain]
        indent, spacing = merged(properties, "ind"), merged(properties, "spacing")
        return Look(
            level=_ebene(direct, chain),
            title=bool(names and _TITLE.fullmatch(names[0])),
            contents=any(_CONTENTS.fullmatch(name) for name in names),
            number=_number(direct, chain, lists),
            hanging=(whole(indent.get("hanging")) or 0) > 0 or (whole(indent.get("firstLine")) or 0) < 0,
            centred=value(_first(properties, "jc")) == "center",
            left=whole(indent.get("left") or indent.get("start")) or 0,
            stops=_stops(properties),
            line=whole(spacing.get("line")) if spacing.get("lineRule") == "exact" else None,
            bold=bool(self._toggle(chain, "b")),
            style=style_id,
        )

    def run_properties(self, direct: etree._Element | None, style_id: str, table: Properties = NOTHING) -> Properties:
        """What holds for a run with these direct properties (its `w:rPr`) in a paragraph of a style, in a table whose style says this.

        In the order of ECMA-376 Part 1, 17.7.2: the whole file, the table's style, the paragraph's, the run's, and the run itself.
        """
        character = None if direct is None else value(direct.find(W + "rStyle"))
        levels = [self._base_run(), table, self.own_run(style_id), self.own_run(character or "")]
        found: Properties = {}
        for level in levels:
            found = over(found, level)
        return found if direct is None else over(found, named(direct))

    def toggled(self, direct: etree._Element | None, style_id: str, name: str, table: Properties = NOTHING) -> tuple[bool, bool]:
        """Whether a toggle such as "vanish" is on for such a run, and whether that is disputed.

        On in an even number of the styles, it is off (17.7.3); Word holds to that, LibreOffice does not. What the whole file says, only a
        run can take back.
        """
        if direct is not None and (stated := direct.find(W + name)) is not None:
            return is_on(stated), False
        character = None if direct is None else value(direct.find(W + "rStyle"))
        if name in (base := self._base_run()) and is_on(base[name]):
            return True, False
        on = sum(name in level and is_on(level[name]) for level in (table, self.own_run(style_id), self.own_run(character or "")))
        return on % 2 == 1, on > 1

    def paragraph_property(self, direct: etree._Element | None, style_id: str, name: str) -> etree._Element | None:
        """A property of a paragraph with these direct properties (its `w:pPr`), as the nearest states it."""
        chain = (style.paragraph for style in self._chain(style_id))
        return _first([element for element in (direct, *chain) if element is not None], name)

    def name_of(self, style_id: str) -> str:
        """The name of a style, in small letters; empty where there is none."""
        return self._styles[style_id].name if style_id in self._styles else ""

    def table_style(self, style_id: str) -> list[etree._Element]:
        """The definition of a table's style, the file's own where it names none, behind those of all that it is based on."""
        chain = self._chain(style_id or self._defaults.get("table", ""), whole_file=False)
        return [style.element for style in reversed(chain) if style.element is not None]

    def _base_run(self) -> Properties:
        """What holds for all runs of the file."""
        return named(self._base[0].run) if self._base and self._base[0].run is not None else NOTHING

    def own_run(self, style_id: str) -> Properties:
        """What a style and all that it is based on say of runs."""
        if style_id not in self._properties:
            said: Properties = {}
            for style in reversed(self._chain(style_id, whole_file=False)):
                said = said if style.run is None else over(said, named(style.run))
            self._properties[style_id] = said
        return self._properties[style_id]

    def toggle(self, direct: etree._Element | None, name: str) -> bool | None:
        """Whether a run with these direct properties (its `w:rPr`) is bold ("b"), for example; None: as its paragraph."""
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
            met: set[str] = set()
            style = self._styles.get(style_id)
            while style is not None and style.id not in met:
                met.add(style.id)
                chain.append(style)
                style = self._styles.get(style.base or "")
                _require_short(chain)
            self._chains[style_id] = tuple(chain)
        return (*self._chains[style_id], *self._base) if whole_file else self._chains[style_id]

    def of_list(self, style_id: str) -> str | None:
        """The list that a numbering style stands for."""
        style = self._styles.get(style_id)
        return None if style is None or style.paragraph is None else value(style.paragraph.find(f"{W}numPr/{W}numId"))


def _require_short(chain: list[_Style]) -> None:
    if len(chain) > _LONGEST_CHAIN:
        message = f"Eine Formatvorlage der Datei („{chain[0].id[:40]}“) baut auf mehr als {_LONGEST_CHAIN} anderen auf."
        raise UnreadableError(message, abhilfe="Bitte in Word oder LibreOffice öffnen und neu speichern.")


def named(properties: etree._Element) -> Properties:
    """The properties by their names."""
    return {str(element.tag).removeprefix(W): element for element in properties}


def over(below: Properties, above: Properties) -> Properties:
    """The properties with nearer ones over them; of fonts each kind of letter has its own (17.3.2.26)."""
    found = {**below, **above}
    if "rFonts" in below and "rFonts" in above:
        near = {str(name): str(said) for name, said in above["rFonts"].attrib.items()}
        far = {str(name): str(said) for name, said in below["rFonts"].attrib.items() if str(name).removesuffix("Theme") not in near}
        found["rFonts"] = etree.Element(W + "rFonts", far | near)
    return found


def _first(properties: Iterable[etree._Element], name: str) -> etree._Element | None:
    return next((found for found in (element.find(W + name) for element in properties) if found is not None), None)


def merged(properties: list[etree._Element], name: str) -> dict[str, str]:
    """The attributes of a property, each from the nearest style that states it."""
    found: dict[str, str] = {}
    for element in reversed(properties):
        stated = element.find(W + name)
        if stated is not None:
            found |= {str(key).removeprefix(W): str(text) for key, text in stated.attrib.items()}
    return found


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


def _number(direct: etree._Element | None, chain: tuple[_Style, ...], lists: Levels) -> tuple[str, int] | None:
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
