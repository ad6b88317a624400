"""What a piece of a Word file's text stands in: tracked changes, content controls, runs turned the other way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from lxml import etree

from agreements.reading.doubts import Doubt
from extract.word.elements import Tracked
from extract.word.styles import W, value
from extract.word.visibility import PLAIN, Face, Place

_INSERTED = frozenset((W + "ins", W + "moveTo", W + "cellIns"))
DELETED = frozenset((W + "del", W + "moveFrom", W + "cellDel"))
_TURNING = (W + "bdo", W + "dir")
TURNED = (Doubt("von-rechts-nach-links"),)


@dataclass(slots=True)
class Prompt:
    """What a content control shows as long as nothing was entered: read once, as open."""

    opened: str
    read: bool = False

    def once(self) -> str:
        """What it is read as; nothing from the second time on."""
        text, self.read = "" if self.read else self.opened, True
        return text


class Where(NamedTuple):
    """What holds for a run by what it stands in."""

    tag: str | None = None
    change: Tracked | None = None
    bold: bool = False
    contents: bool = False
    face: Face = PLAIN
    place: Place = Place()
    covered: str = ""
    """Why nobody sees whatever stands in it."""
    seen: tuple[Doubt, ...] = ()
    """Why a person sees whatever stands in it otherwise."""
    prompt: Prompt | None = None
    """What asks for a value in its place."""

    @property
    def deleted(self) -> bool:
        return self.change is not None and self.change.art == "gestrichen"


def change_of(element: etree._Element) -> Tracked | None:
    """The tracked change that the element states."""
    art: Literal["eingefuegt", "gestrichen"]
    if element.tag in _INSERTED:
        art = "eingefuegt"
    elif element.tag in DELETED:
        art = "gestrichen"
    else:
        return None
    return Tracked(art, element.get(W + "author", ""), element.get(W + "date", ""))


def within(element: etree._Element, where: Where) -> Where:
    """What holds inside an element that wraps runs, paragraphs or rows; what was inserted and deleted again is deleted."""
    if element.tag in _TURNING and value(element) == "rtl":
        where = where._replace(seen=where.seen or TURNED)
    change = None if where.deleted else change_of(element)
    return where if change is None else where._replace(change=change)


def changed(properties: etree._Element | None, where: Where) -> Where:
    """What holds inside a row or a cell with these properties."""
    for element in () if properties is None else properties:
        where = within(element, where)
    return where
