"""What is drawn in a Word file: text boxes, and pictures, charts, objects, strokes that are told and not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from extract.word.styles import OFF, W

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_O = "{urn:schemas-microsoft-com:office:office}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_D = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_KINDS = (
    (("{http://schemas.openxmlformats.org/drawingml/2006/picture}pic", _V + "imagedata"), "Ein Bild"),
    ((_C + "chart", "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart"), "Ein Diagramm"),
    ((_D + "relIds",), "Eine Grafik (SmartArt)"),
    ((_O + "OLEObject",), "Ein eingebettetes Objekt"),
    ((W + "contentPart", "{http://schemas.microsoft.com/office/word/2010/wordml}contentPart"), "Handschrift auf der Seite (Freihand)"),
    (
        (_WPS + "wsp", *(_V + name for name in ("line", "rect", "roundrect", "oval", "polyline", "shape", "arc", "curve"))),
        "Eine gezeichnete Form",
    ),
)
"""What a drawing may hold, the likelier first: an object has a picture of itself."""
_SHAPE = "Eine gezeichnete Form"
_MILLIMETRE = 36_000
"""English Metric Units (20.1.2.1)."""
_PAGE = (140, 180)
"""Millimetres of the shorter and the longer side from which a picture is as large as a page: half of A4 is 148 to 210."""
_LENGTH = re.compile(r"(?:^|;)\s*(width|height)\s*:\s*(\d*\.?\d+)(pt|in|cm|mm)", re.IGNORECASE)
_IN_MILLIMETRES = {"pt": 25.4 / 72, "in": 25.4, "cm": 10.0, "mm": 1.0}


class Drawn(NamedTuple):
    """What a drawing is that is told, what stands beside it in the file (an alternative text), and the parts that hold its text."""

    what: str
    said: str
    page: bool = False
    """Whether it is as large as a page."""
    parts: tuple[str, ...] = ()
    """Ids of relationships."""
    inside: str = ""
    """Text that the drawing itself holds, and not as paragraphs."""


def drawn(element: etree._Element) -> Drawn | None:
    """What a drawing holds that is no text of a box; None where it holds nothing else."""
    said = next((found.get("descr", "") for found in element.iter(_WP + "docPr")), "")
    objects = next(element.iter(_O + "OLEObject"), None)
    if objects is not None:
        return Drawn(f"Ein eingebettetes Objekt ({objects.get('ProgID') or 'unbekannt'})", said)
    what = next((what for tags, what in _KINDS if any(_counts(found, what) for found in element.iter(*tags))), "")
    if element.tag.endswith("}contentPart"):
        what = "Handschrift auf der Seite (Freihand)"
    if not what:
        return None
    parts = [id_ for found in element.iter(_C + "chart", _D + "relIds") for id_ in (found.get(_R + "id"), found.get(_R + "dm")) if id_]
    inside = " ".join(filter(None, (" ".join((found.text or "").split()) for found in element.iter(_A + "t"))))
    return Drawn(what, said, what == "Ein Bild" and _is_page(element), tuple(parts), inside)


def _counts(found: etree._Element, what: str) -> bool:
    """Whether it is told: not the shape of a text box, a line across the text (`o:hr`), or what lies behind the text."""
    if what != _SHAPE:
        return True
    if (found.get(_O + "hr") or "0") not in (*OFF, "f") or next(found.iter(W + "txbxContent", _V + "textpath"), None) is not None:
        return False
    return all((anchor.get("behindDoc") or "0") in OFF for anchor in found.iterancestors(_WP + "anchor"))


def _is_page(element: etree._Element) -> bool:
    """Whether any picture in it is as large as a page."""
    return any(min(size) >= _PAGE[0] and max(size) >= _PAGE[1] for size in _sizes(element))


def _sizes(element: etree._Element) -> Iterator[tuple[float, float]]:
    """Widths and heights in millimetres."""
    for extent in element.iter(_WP + "extent"):
        sides = [extent.get(name, "") for name in ("cx", "cy")]
        if all(side.isdecimal() and len(side) < 12 for side in sides):
            yield int(sides[0]) / _MILLIMETRE, int(sides[1]) / _MILLIMETRE
    for shape in element.iter(_V + "shape", _V + "rect"):
        stated = _LENGTH.findall(shape.get("style", ""))
        found = {name.lower(): float(f"0{number}") * _IN_MILLIMETRES[unit.lower()] for name, number, unit in stated}
        if len(found) == 2:
            yield found["width"], found["height"]


def text_of(part: etree._Element | None) -> str:
    """What the letters of a chart or of a SmartArt's data say."""
    found = () if part is None else part.iter(_A + "t", _C + "v")
    return " ".join(dict.fromkeys(text for each in found if (text := " ".join((each.text or "").split()))))


def chosen(alternatives: etree._Element) -> etree._Element:
    """The one of the alternatives to read: the first that has text (Part 3, 7.6: they say the same in newer and older form)."""
    first = next(iter(alternatives), alternatives)
    return next((choice for choice in alternatives if next(choice.iter(W + "t"), None) is not None), first)


def text_boxes(drawing: etree._Element) -> Iterator[etree._Element]:
    """The contents of the text boxes in a drawing, each once."""
    for element in drawing:
        if element.tag == W + "txbxContent":
            yield element
        elif element.tag == _MC + "AlternateContent":
            yield from text_boxes(chosen(element))
        else:
            yield from text_boxes(element)
