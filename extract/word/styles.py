"""What the styles of a Word file say about a paragraph and its runs: heading, list item, indent, tabs, and how letters look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from lxml import etree

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

    def look(self, direct: etree._Element | None, lists: Levels) -> Look:
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
