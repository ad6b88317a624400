"""What is painted on a page of a PDF beside its words: lines, areas, pictures and annotations, each in its place."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Literal, NamedTuple

import pypdfium2.raw as pdfium_c

from agreements.language.tokens import shortened
from agreements.reading.geometry import UNMOVED, Plane, around
from extract.text_layer.overlays import Box, Overlay, is_thin

_Drawn = Literal["line", "area", "picture"]

MOST_BENDS = 5000
"""Lines of a path that are looked at one by one; a signature drawn by hand has some hundred."""
MOST_PIECES = 20_000
"""Such lines of all paths of a page; of further paths the box around each is looked at."""
MOST_PAINTED = 10_000
"""Paths, pictures and shadings on a page; a page whose letters are outlines has some 3,000, agreements have 17 at most."""
MOST_TEXTS = 60_000
"""Texts on a page, be each a letter."""
_DRAWN: dict[int, _Drawn] = {
    pdfium_c.FPDF_PAGEOBJ_IMAGE: "picture",
    pdfium_c.FPDF_PAGEOBJ_PATH: "line",
    pdfium_c.FPDF_PAGEOBJ_SHADING: "area",
}
QUIET = (pdfium_c.FPDF_ANNOT_LINK, pdfium_c.FPDF_ANNOT_POPUP)
"""Annotations that lie on the text of every second page and hide nothing."""
UNSEEN = pdfium_c.FPDF_ANNOT_FLAG_HIDDEN | pdfium_c.FPDF_ANNOT_FLAG_NOVIEW
COMMENTS = (pdfium_c.FPDF_ANNOT_TEXT, pdfium_c.FPDF_ANNOT_CARET, pdfium_c.FPDF_ANNOT_STRIKEOUT, pdfium_c.FPDF_ANNOT_REDACT)
"""Annotations that mean the words they lie on, whatever of these they leave to be seen."""
CURVED = 100
"""Pieces of paths on a page that are no upright or level lines: more may be letters drawn as outlines, fewer are an ornament."""
DRAWN_BY_KIND = (
    pdfium_c.FPDF_ANNOT_CIRCLE, pdfium_c.FPDF_ANNOT_HIGHLIGHT, pdfium_c.FPDF_ANNOT_INK, pdfium_c.FPDF_ANNOT_SQUARE,
    pdfium_c.FPDF_ANNOT_SQUIGGLY, pdfium_c.FPDF_ANNOT_UNDERLINE,
)  # fmt: skip
"""Annotations that the engine draws also where the file does not say what they look like."""
NAMES = {
    pdfium_c.FPDF_ANNOT_TEXT: "Kommentar",
    pdfium_c.FPDF_ANNOT_FREETEXT: "Textfeld",
    pdfium_c.FPDF_ANNOT_LINE: "Linie",
    pdfium_c.FPDF_ANNOT_SQUARE: "Rechteck",
    pdfium_c.FPDF_ANNOT_CIRCLE: "Ellipse",
    pdfium_c.FPDF_ANNOT_POLYGON: "Vieleck",
    pdfium_c.FPDF_ANNOT_POLYLINE: "Linienzug",
    pdfium_c.FPDF_ANNOT_HIGHLIGHT: "Hervorhebung",
    pdfium_c.FPDF_ANNOT_UNDERLINE: "Unterstreichung",
    pdfium_c.FPDF_ANNOT_SQUIGGLY: "Wellenlinie",
    pdfium_c.FPDF_ANNOT_STRIKEOUT: "Durchstreichung",
    pdfium_c.FPDF_ANNOT_STAMP: "Stempel",
    pdfium_c.FPDF_ANNOT_CARET: "Einfügemarke",
    pdfium_c.FPDF_ANNOT_INK: "Freihandlinie",
    pdfium_c.FPDF_ANNOT_FILEATTACHMENT: "Dateianhang",
    pdfium_c.FPDF_ANNOT_WIDGET: "Formularfeld",
    pdfium_c.FPDF_ANNOT_REDACT: "Schwärzung",
}
WITH_TEXT = (pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP)
"""Annotations that show text of their own."""


class Remark(NamedTuple):
    """A comment, or a mark that means the words it lies on; `wer` is who the file says made it."""

    art: str
    wer: str
    text: str
    boxes: tuple[Box, ...]


class _Outline(NamedTuple):
    """A path that is drawn as lines."""

    order: int
    item: pdfium_c.FPDF_PAGEOBJECT
    box: Box
    to_page: Plane
    """From the form that it stands in."""


@dataclass(slots=True)
class Painted:
    """All that is painted on a page beside its text, and where its texts come in the order of painting."""

    texts: dict[int, int] = field(default_factory=dict)
    """Places of the texts in the order of painting, by their address."""
    in_forms: set[int] = field(default_factory=set)
    """Addresses of the texts that stand in forms."""
    items: dict[float, pdfium_c.FPDF_PAGEOBJECT] = field(default_factory=dict)
    """All else, by its place in that order."""
    overlays: list[Overlay] = field(default_factory=list)
    outlines: list[_Outline] = field(default_factory=list)
    """Paths that are lines, of which it is worth asking only where words are."""
    largest: float = 0.0
    """Square points of the largest picture."""
    packed: int = 0
    """Bytes of the pictures as they lie in the file."""
    pictures: int = 0
    """How many there are, be they as small as letters."""
    curved: int = 0
    """Pieces of paths that are no upright or level lines, counted up to `CURVED`."""
    fields: list[tuple[Box, str]] = field(default_factory=list)
    """Form fields that a person can see, with what is filled in; "" for what takes no text."""
    remarks: list[Remark] = field(default_factory=list)
    with_text: int = 0
    """How many form fields and typed notes there are, which are no part of the page's text."""

    @property
    def crowded(self) -> bool:
        """Whether there is more than is looked at; then only a part of it is here."""
        return len(self.items) > MOST_PAINTED or len(self.texts) > MOST_TEXTS

    def lines(self, near: Callable[[Box], bool]) -> list[Overlay]:
        """The lines of all paths whose box is near words."""
        found: list[Overlay] = []
        for outline in self.outlines:
            if near(outline.box):
                found += _lines(outline, min(MOST_BENDS, MOST_PIECES - len(found)))
        return found


def painted_on(page: pdfium_c.FPDF_PAGE, form: pdfium_c.FPDF_FORMHANDLE | None = None) -> Painted:
    """What is painted on an open page, its annotations included; `form` knows what is filled in."""
    found = Painted()
    for order, (item, to_page) in enumerate(objects_of(page)):
        kind = pdfium_c.FPDFPageObj_GetType(item)
        if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
            found.texts[address(item)] = order
            found.in_forms |= {address(item)} if to_page is not UNMOVED else set()
        elif kind in _DRAWN:
            found.items[order] = item
            _keep(found, _DRAWN[kind], _Outline(order, item, bounds_of(item, to_page), to_page))
        if found.crowded:
            return found
    for place in range(pdfium_c.FPDFPage_GetAnnotCount(page)):
        note = pdfium_c.FPDFPage_GetAnnot(page, place)
        kind = pdfium_c.FPDFAnnot_GetSubtype(note)
        found.with_text += kind in WITH_TEXT
        if kind not in QUIET and not pdfium_c.FPDFAnnot_GetFlags(note) & UNSEEN:
            overlays, remark = _annotation(note, kind)
            found.overlays += overlays
            found.remarks += [remark] if remark else []
            if kind == pdfium_c.FPDF_ANNOT_WIDGET:
                found.fields.append((_rect(note), _filled_in(note, form)))
        pdfium_c.FPDFPage_CloseAnnot(note)
    return found


def _keep(found: Painted, kind: _Drawn, path: _Outline) -> None:
    """Keep what may lie on words; of a path that is no area its outline."""
    if kind == "picture":
        found.overlays.append(Overlay("picture", path.order, path.box))
        found.pictures += 1
        if not is_thin(path.box):
            found.largest = max(found.largest, area(path.box))
            found.packed += pdfium_c.FPDFImageObj_GetImageDataRaw(path.item, None, 0)
        return
    if kind == "line" and found.curved < CURVED:
        found.curved += sum(1 for _ in islice(_curves(path.item), CURVED - found.curved))
    if is_thin(path.box):
        found.overlays.append(Overlay("line", path.order, path.box))
    elif kind == "area" or _filled(path.item):
        found.overlays.append(Overlay("area", path.order, path.box))
    else:
        found.outlines.append(path)


def may_be_table(painted: Painted) -> bool:
    """Whether so many lines or boxes are drawn as a table has at least: two rows of two cells."""
    drawn = [*(overlay for overlay in painted.overlays if overlay.kind in ("line", "area")), *painted.lines(lambda _: True)]
    boxes = [overlay.box for overlay in drawn]
    wide = sum(right - left > _LONG for left, _, right, _ in boxes)
    high = sum(top - bottom > _HIGH for _, bottom, _, top in boxes)
    return wide >= _SIDES and high >= _SIDES


_LONG, _HIGH, _SIDES = 30.0, 8.0, 3
"""Points; so wide and so high are the cells of a table, which two rows of two draw with three lines each way."""


def area(box: Box) -> float:
    """Square points."""
    return (box[2] - box[0]) * (box[3] - box[1])


def objects_of(page: pdfium_c.FPDF_PAGE) -> Iterator[tuple[pdfium_c.FPDF_PAGEOBJECT, Plane]]:
    """Objects in the order of painting, forms opened; with the map from the forms around each to the page, outside of any `UNMOVED`."""
    for place in range(pdfium_c.FPDFPage_CountObjects(page)):
        item = pdfium_c.FPDFPage_GetObject(page, place)
        if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_FORM:
            yield from _inside_form(item, UNMOVED, 0)
        else:
            yield item, UNMOVED


def _inside_form(form: pdfium_c.FPDF_PAGEOBJECT, outside: Plane, depth: int) -> Iterator[tuple[pdfium_c.FPDF_PAGEOBJECT, Plane]]:
    """Objects inside a form, in the order of painting, with the map from there to the page."""
    to_page = outside.after(_matrix(form))
    for place in range(pdfium_c.FPDFFormObj_CountObjects(form)):
        item = pdfium_c.FPDFFormObj_GetObject(form, place)
        if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_FORM and depth < 8:
            yield from _inside_form(item, to_page, depth + 1)
        else:
            yield item, to_page


def _matrix(item: pdfium_c.FPDF_PAGEOBJECT) -> Plane:
    """From an object's own space to that of what it stands in."""
    matrix = pdfium_c.FS_MATRIX()
    pdfium_c.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return Plane(matrix.a, matrix.c, matrix.e, matrix.b, matrix.d, matrix.f)


def bounds_of(item: pdfium_c.FPDF_PAGEOBJECT, to_page: Plane = UNMOVED) -> Box:
    """The box around an object on the page."""
    left, bottom, right, top = edges = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(item, *map(ctypes.byref, edges))
    box = (left.value, bottom.value, right.value, top.value)
    return box if to_page is UNMOVED else to_page.box(*box)


def _lines(outline: _Outline, most: int) -> Iterator[Overlay]:
    """The lines and bends of a path, each as the box around it; of one with more of them the box around all."""
    count = pdfium_c.FPDFPath_CountSegments(outline.item)
    if count > most:
        yield Overlay("line", outline.order, outline.box)
        return
    to_page = outline.to_page.after(_matrix(outline.item))
    last = start = (0.0, 0.0)
    for place in range(count):
        segment = pdfium_c.FPDFPath_GetPathSegment(outline.item, place)
        point = to_page.point(*end(segment))
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO:
            start = point
        else:
            yield Overlay("line", outline.order, around([last, point]))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            yield Overlay("line", outline.order, around([point, start]))
        last = point


def _curves(path: pdfium_c.FPDF_PAGEOBJECT) -> Iterator[int]:
    """The places of a path's pieces that are bent or slanted."""
    last = (0.0, 0.0)
    for place in range(min(MOST_BENDS, pdfium_c.FPDFPath_CountSegments(path))):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, place)
        point, kind = end(segment), pdfium_c.FPDFPathSegment_GetType(segment)
        level = abs(point[0] - last[0]) < _LEVEL or abs(point[1] - last[1]) < _LEVEL
        if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO or (kind == pdfium_c.FPDF_SEGMENT_LINETO and not level):
            yield place
        last = point


_LEVEL = 0.01


def end(segment: pdfium_c.FPDF_PATHSEGMENT) -> tuple[float, float]:
    """Where a piece of a path ends."""
    x, y = ctypes.c_float(), ctypes.c_float()
    pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
    return x.value, y.value


def _annotation(note: pdfium_c.FPDF_ANNOTATION, kind: int) -> tuple[list[Overlay], Remark | None]:
    """The places of an annotation, and what it says or marks.

    Whether it hides or crosses letters tells the page's picture, if it is drawn and says nothing.
    """
    is_field = kind == pdfium_c.FPDF_ANNOT_WIDGET
    said = "" if is_field else " ".join(_string(note, b"Contents").split())
    name = f"{NAMES.get(kind, 'andere')}: „{shortened(said)}“" if said else NAMES.get(kind, "andere")
    drawn = kind in DRAWN_BY_KIND or pdfium_c.FPDFAnnot_HasKey(note, b"AP")
    certain = bool(said) or kind in COMMENTS or not (drawn or is_field)
    boxes = (_quads(note) if certain else []) or [_rect(note)]
    told = bool(said) or kind in COMMENTS
    remark = Remark(NAMES.get(kind, "Anmerkung"), " ".join(_string(note, b"T").split()), said, tuple(boxes)) if told else None
    return [Overlay("annotation", math.inf, box, name, certain) for box in boxes], remark


def _filled_in(note: pdfium_c.FPDF_ANNOTATION, form: pdfium_c.FPDF_FORMHANDLE | None) -> str:
    """What is filled in a form field that takes text, or is chosen in one."""
    if form is None or pdfium_c.FPDFAnnot_GetFormFieldType(form, note) not in _TAKE_TEXT:
        return ""
    length = pdfium_c.FPDFAnnot_GetFormFieldValue(form, note, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium_c.FPDFAnnot_GetFormFieldValue(form, note, buffer, length)
    return " ".join(bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace").split())


_TAKE_TEXT = (pdfium_c.FPDF_FORMFIELD_TEXTFIELD, pdfium_c.FPDF_FORMFIELD_COMBOBOX, pdfium_c.FPDF_FORMFIELD_LISTBOX)


def _string(note: pdfium_c.FPDF_ANNOTATION, key: bytes) -> str:
    """What an annotation says under a key."""
    length = pdfium_c.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    pdfium_c.FPDFAnnot_GetStringValue(note, key, buffer, length)
    return bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace")


def _rect(note: pdfium_c.FPDF_ANNOTATION) -> Box:
    rect = pdfium_c.FS_RECTF()
    pdfium_c.FPDFAnnot_GetRect(note, ctypes.byref(rect))
    return around([(rect.left, rect.bottom), (rect.right, rect.top)])


def _quads(note: pdfium_c.FPDF_ANNOTATION) -> list[Box]:
    """The boxes of the words that an annotation says it is on."""
    found, quad = [], pdfium_c.FS_QUADPOINTSF()
    for place in range(pdfium_c.FPDFAnnot_CountAttachmentPoints(note)):
        if pdfium_c.FPDFAnnot_GetAttachmentPoints(note, place, ctypes.byref(quad)):
            found.append(around([(quad.x1, quad.y1), (quad.x2, quad.y2), (quad.x3, quad.y3), (quad.x4, quad.y4)]))
    return found


def _filled(path: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is filled and not merely outlined."""
    mode, stroke = ctypes.c_int(), pdfium_c.FPDF_BOOL()
    return bool(pdfium_c.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke))) and mode.value != pdfium_c.FPDF_FILLMODE_NONE


def address(handle: pdfium_c.FPDF_PAGEOBJECT) -> int:
    """What tells an object of the engine from all others."""
    return ctypes.addressof(handle.contents)
