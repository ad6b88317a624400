"""Words of a PDF page as PDFium sees them: the one module that asks this engine for text."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from agreements.errors import UnreadableError
from agreements.reading import Place
from extract.hyphens import EITHER
from extract.integrity import SEND_AGAIN
from extract.lines import BOTTOM_OF_LETTERS, Page, Token
from extract.tags import Structure

MOST_PAGES = 200
"""The longest agreement known has 14 pages."""
LARGEST_PAGE = 3400.0
"""Points; A0 is 3370 high."""
MOST_LETTERS = 60_000
"""Letters on one page; a full A4 page of 8 point type has some 8 000."""
SMALLEST_TYPE = 2.0
"""Points. Below that nobody sees letters."""
PALEST = 245
"""Of 255 in red, green and blue: paler type is looked at on the rendered page."""
WITH_TEXT = (pdfium_c.FPDF_ANNOT_WIDGET, pdfium_c.FPDF_ANNOT_FREETEXT, pdfium_c.FPDF_ANNOT_STAMP)
"""Annotations that show text of their own."""
_WORD = re.compile(rf"[^\s{EITHER}]+{EITHER}?|{EITHER}")
_INVISIBLE_LETTERS = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u0000\u0002\u200e\u200f"))
_INSIDE_SOFT = re.compile("\u00ad(?=.)")


@dataclass(slots=True)
class PageRead:
    """A page's tokens, and what was met on it."""

    page: Page
    hidden: list[str] = field(default_factory=list)
    unmapped: int = 0
    letters: int = 0
    picture: float = 0.0
    """Part of the page that its largest picture covers."""
    packed: int = 0
    """Bytes of its pictures as they lie in the file."""
    fields: int = 0


def read_pages(document: pdfium.PdfDocument, path: Path) -> list[PageRead]:
    """All pages with their visible words; raises UnreadableError for too many or too large pages."""
    count = len(document)
    if count == 0:
        raise UnreadableError("Die PDF-Datei hat keine Seiten.", datei=path, abhilfe="Bitte neu speichern.")
    if count > MOST_PAGES:
        raise UnreadableError(f"Die PDF-Datei hat {count} Seiten; gelesen werden höchstens {MOST_PAGES}.", datei=path,
                              abhilfe="Bitte nur die Zielvereinbarung einreichen.")  # fmt: skip
    structure = Structure() if pdfium_c.FPDFCatalog_IsTagged(document.raw) else None
    return [_read_page(document, number, path, structure) for number in range(count)]


def _read_page(document: pdfium.PdfDocument, number: int, path: Path, structure: Structure | None) -> PageRead:
    try:
        page = document[number]
        textpage = page.get_textpage()
    except pdfium.PdfiumError as fault:
        raise UnreadableError(f"Seite {number + 1} ist beschädigt.", datei=path, abhilfe=SEND_AGAIN) from fault
    try:
        return _PageReader(page, textpage, number + 1, path).read(structure)
    finally:
        textpage.close()
        page.close()


class _Style(NamedTuple):
    """What all letters of one text object have in common."""

    size: float
    bold: bool
    direction: tuple[float, float]
    mcid: int
    artifact: bool
    order: int
    hidden: str
    """Why the letters cannot be seen; "?" where only the rendered page tells."""


class _Cover(NamedTuple):
    """A picture or filled shape on the page, and its place in the order of painting."""

    order: int
    left: float
    bottom: float
    right: float
    top: float
    picture: bool


@dataclass(slots=True)
class _Raw:
    """A token before its page's reading direction is known; user space of the page, y upwards."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    x: float
    y: float
    style: _Style
    blank: bool | None = None


class _PageReader:
    """Reads one open page."""

    def __init__(self, page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, number: int, path: Path) -> None:
        self.page, self.text, self.number, self.path = page, textpage.raw, number, path
        self.handle = page.raw
        self.box = page.get_bbox()
        self.turn = page.get_rotation() // 90
        self.styles: dict[int, _Style] = {}
        self.fonts: dict[int, bool] = {}
        self.order: dict[int, int] = {}
        self.covers: list[_Cover] = []
        self.read_page = PageRead(Page(number, 0.0, 0.0, [], []))

    def read(self, structure: Structure | None) -> PageRead:
        """All that stands on the page."""
        result = self.read_page
        self._check_size()
        self._note_objects()
        raws = list(self._visible(self._raws()))
        nodes = structure.on_page(self.handle) if structure else {}
        main = _main_direction(raws)
        quarter = (round(math.atan2(main[1], main[0]) / (math.pi / 2)) - self.turn) % 4
        frame = _Frame(self.box, quarter + self.turn)
        shown = _Frame(self.box, self.turn)
        result.page.width, result.page.height = frame.size
        for raw in raws:
            token = _token(raw, self.number, frame, shown)
            if _same_direction(raw.style.direction, main):
                token.node = nodes.get(raw.style.mcid)
                token.artifact = raw.style.artifact
                result.page.tokens.append(token)
            else:
                result.page.slanted.append(token.text)
        result.page.tagged = bool(nodes)
        result.fields = self._fields()
        return result

    def _check_size(self) -> None:
        left, bottom, right, top = self.box
        if max(right - left, top - bottom) > LARGEST_PAGE:
            raise UnreadableError(f"Seite {self.number} ist größer als A0.", datei=self.path, abhilfe="Bitte in A4 speichern.")

    def _note_objects(self) -> None:
        """Order of painting of every text, and all that may lie behind or over it."""
        area = (self.box[2] - self.box[0]) * (self.box[3] - self.box[1])
        rect = [ctypes.c_float() for _ in range(4)]
        refs = [ctypes.byref(one) for one in rect]
        for order, (item, outer) in enumerate(self._objects()):
            kind = pdfium_c.FPDFPageObj_GetType(item)
            if kind == pdfium_c.FPDF_PAGEOBJ_TEXT:
                self.order[_address(item)] = order
            elif kind in (pdfium_c.FPDF_PAGEOBJ_IMAGE, pdfium_c.FPDF_PAGEOBJ_PATH, pdfium_c.FPDF_PAGEOBJ_SHADING):
                if not pdfium_c.FPDFPageObj_GetBounds(outer or item, *refs):
                    continue
                left, bottom, right, top = (one.value for one in rect)
                if right - left > 5 and top - bottom > 5:
                    picture = kind == pdfium_c.FPDF_PAGEOBJ_IMAGE
                    if picture or _filled(item):
                        self.covers.append(_Cover(order, left, bottom, right, top, picture))
                    if picture and area:
                        self.read_page.picture = max(self.read_page.picture, (right - left) * (top - bottom) / area)
                        self.read_page.packed += pdfium_c.FPDFImageObj_GetImageDataRaw(item, None, 0)

    def _objects(self) -> Iterator[tuple[pdfium_c.FPDF_PAGEOBJECT, pdfium_c.FPDF_PAGEOBJECT | None]]:
        """Objects in the order of painting, forms opened; with the outermost form around each."""
        for place in range(pdfium_c.FPDFPage_CountObjects(self.handle)):
            item = pdfium_c.FPDFPage_GetObject(self.handle, place)
            if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_FORM:
                yield from ((inner, item) for inner in _inside_form(item, 0))
            else:
                yield item, None

    def _raws(self) -> Iterator[_Raw]:
        """Every word that the file holds, with its box, in the file's order."""
        letters = self._letters()
        self.read_page.letters = len(letters)
        rect, x, y = pdfium_c.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
        to_rect, to_x, to_y = ctypes.byref(rect), ctypes.byref(x), ctypes.byref(y)
        text = self.text
        for match in _WORD.finditer(letters):
            first, last = match.start(), match.end() - 1
            item = pdfium_c.FPDFText_GetTextObject(text, first)
            word = _clean(match.group())
            if not item or not word:
                continue
            pdfium_c.FPDFText_GetCharOrigin(text, first, to_x, to_y)
            pdfium_c.FPDFText_GetLooseCharBox(text, first, to_rect)
            box = (rect.left, rect.bottom, rect.right, rect.top)
            if last > first:
                pdfium_c.FPDFText_GetLooseCharBox(text, last, to_rect)
                box = (min(box[0], rect.left), min(box[1], rect.bottom), max(box[2], rect.right), max(box[3], rect.top))
            self.read_page.unmapped += pdfium_c.FPDFText_HasUnicodeMapError(text, first) == 1
            after = letters[last + 1 : last + 2]
            blank = self._blank_after_hyphen(item, last, rect.right) if word[-1] == EITHER else after.isspace() and after not in "\r\n"
            yield _Raw(word, *box, x.value, y.value, self._style(item, first), blank)

    def _blank_after_hyphen(self, item: pdfium_c.FPDF_PAGEOBJECT, index: int, end: float) -> bool | None:
        """Whether the file has a blank after a hyphen at a line's end, of which PDFium's text does not tell.

        The text object's box reaches to the start of its last letter, and a blank starts where the hyphen's advance ends.
        """
        edge, box = [ctypes.c_float() for _ in range(4)], [ctypes.c_double() for _ in range(4)]
        pdfium_c.FPDFPageObj_GetBounds(item, *(ctypes.byref(one) for one in edge))
        pdfium_c.FPDFText_GetCharBox(self.text, index, *(ctypes.byref(one) for one in box))
        drawn = box[1].value
        if end - drawn < 0.05:
            return None
        return edge[2].value > (drawn + end) / 2

    def _letters(self) -> str:
        """The page's text, one letter for every index of the engine."""
        count = pdfium_c.FPDFText_CountChars(self.text)
        if count > MOST_LETTERS:
            raise UnreadableError(f"Seite {self.number} hat {count} Zeichen; gelesen werden höchstens {MOST_LETTERS} je Seite.",
                                  datei=self.path, abhilfe="Bitte die Zielvereinbarung in üblicher Form einreichen.")  # fmt: skip
        if count <= 0:
            return ""
        buffer = (ctypes.c_ushort * (count + 1))()
        length = pdfium_c.FPDFText_GetText(self.text, 0, count, buffer) - 1
        if length == count:
            return bytes(buffer)[: 2 * count].decode("utf-16-le", "replace").ljust(count)
        codes = (pdfium_c.FPDFText_GetUnicode(self.text, index) for index in range(count))
        return "".join(EITHER if code == 2 else "\ufffd" if 0xD800 <= code < 0xE000 else chr(code or 0xFFFD) for code in codes)

    def _style(self, item: pdfium_c.FPDF_PAGEOBJECT, index: int) -> _Style:
        """The style of a text object, looked up once."""
        address = _address(item)
        style = self.styles.get(address)
        if style is None:
            style = self.styles[address] = self._new_style(item, index, self.order.get(address, 0))
        return style

    def _new_style(self, item: pdfium_c.FPDF_PAGEOBJECT, index: int, order: int) -> _Style:
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix))
        length = math.hypot(matrix.a, matrix.b) or 1.0
        size = pdfium_c.FPDFText_GetFontSize(self.text, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        mode = pdfium_c.FPDFTextObj_GetTextRenderMode(item)
        marks = _marks(item)
        return _Style(round(abs(size), 2), self._bold(item) or mode == pdfium_c.FPDF_TEXTRENDERMODE_FILL_STROKE,
                      (matrix.a / length, matrix.b / length), pdfium_c.FPDFPageObj_GetMarkedContentID(item),
                      "Artifact" in marks, order, _hidden(item, size, mode, marks))  # fmt: skip

    def _bold(self, item: pdfium_c.FPDF_PAGEOBJECT) -> bool:
        """Whether the font is bold; names are surer than the weights that PDFium estimates for embedded fonts."""
        font = pdfium_c.FPDFTextObj_GetFont(item)
        if not font:
            return False
        address = _address(font)
        if address not in self.fonts:
            name = ctypes.create_string_buffer(128)
            pdfium_c.FPDFFont_GetBaseFontName(font, name, 128)
            self.fonts[address] = bool(re.search(rb"bold|black|heavy|demi|-bd\b|,bd", name.value.lower()))
        return self.fonts[address]

    def _visible(self, raws: Iterator[_Raw]) -> Iterator[_Raw]:
        """The words that can be seen on the page; the others are noted."""
        left, bottom, right, top = self.box
        suspects: list[_Raw] = []
        for raw in raws:
            outside = raw.right < left or raw.left > right or raw.top < bottom or raw.bottom > top
            covers = [cover for cover in self.covers if _over(cover, raw)]
            if outside or raw.style.hidden not in ("", "?") or any(cover.picture for cover in covers):
                self.read_page.hidden.append(raw.text)
            elif covers or raw.style.hidden:
                suspects.append(raw)
            else:
                yield raw
        yield from self._with_ink(suspects)

    def _with_ink(self, suspects: list[_Raw]) -> Iterator[_Raw]:
        """Of words that may not be seen those that leave a trace on the rendered page."""
        if not suspects:
            return
        scale = 2.0
        bitmap = self.page.render(scale=scale, grayscale=True, may_draw_forms=False)
        pixels, stride = bytes(bitmap.buffer), bitmap.stride
        shown = _Frame(self.box, self.turn)
        for raw in suspects:
            left, top, right, bottom = (round(scale * value) for value in shown.box(raw.left, raw.bottom, raw.right, raw.top))
            rows = range(max(0, top), min(bitmap.height, bottom))
            seen = b"".join(pixels[row * stride + max(0, left) : row * stride + min(bitmap.width, right)] for row in rows)
            if seen and max(seen) - min(seen) > 24:
                yield raw
            else:
                self.read_page.hidden.append(raw.text)
        bitmap.close()

    def _fields(self) -> int:
        """How many form fields and typed notes lie on the page; they are no part of its text."""
        count = 0
        for place in range(pdfium_c.FPDFPage_GetAnnotCount(self.handle)):
            note = pdfium_c.FPDFPage_GetAnnot(self.handle, place)
            count += pdfium_c.FPDFAnnot_GetSubtype(note) in WITH_TEXT
            pdfium_c.FPDFPage_CloseAnnot(note)
        return count


class _Frame:
    """From the page's user space to points from the top left, after quarter turns clockwise."""

    def __init__(self, box: tuple[float, float, float, float], turns: int) -> None:
        self.left, self.bottom, self.right, self.top = box
        self.turns = turns % 4

    @property
    def size(self) -> tuple[float, float]:
        """Width and height after turning."""
        width, height = self.right - self.left, self.top - self.bottom
        return (height, width) if self.turns % 2 else (width, height)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Distance from the left and from the top."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of a box."""
        (x1, y1), (x2, y2) = self.point(left, bottom), self.point(right, top)
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _token(raw: _Raw, number: int, frame: _Frame, shown: _Frame) -> Token:
    left, top, right, bottom = frame.box(raw.left, raw.bottom, raw.right, raw.top)
    base = frame.point(raw.x, raw.y)[1]
    size = raw.style.size
    if not 0.6 * size < bottom - top < 2 * size:
        top, bottom = base - size * (1 - BOTTOM_OF_LETTERS), base + size * BOTTOM_OF_LETTERS
    box = (left, top, right, bottom) if shown.turns == frame.turns else shown.box(raw.left, raw.bottom, raw.right, raw.top)
    place = Place(number, *(round(value, 2) for value in box))
    return Token(raw.text, place, left, top, right, bottom, base, size, raw.style.bold, blank=raw.blank)


def _main_direction(raws: list[_Raw]) -> tuple[float, float]:
    """The direction in which most words of the page run."""
    directions = (raw.style.direction for raw in raws)
    votes = Counter((round(x), round(y)) for x, y in directions if max(abs(x), abs(y)) > 0.99)
    return votes.most_common(1)[0][0] if votes else (1, 0)


def _same_direction(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] * other[0] + one[1] * other[1] > 0.99


def _clean(word: str) -> str:
    """A word in NFC without letters that print nothing; the hyphen at its end is kept as the engine gave it."""
    word = _INSIDE_SOFT.sub("", word).translate(_INVISIBLE_LETTERS)
    return word if word.isascii() else unicodedata.normalize("NFC", word)


def _address(handle: pdfium_c.FPDF_PAGEOBJECT) -> int:
    return ctypes.addressof(handle.contents)


def _inside_form(form: pdfium_c.FPDF_PAGEOBJECT, depth: int) -> Iterator[pdfium_c.FPDF_PAGEOBJECT]:
    """Objects inside a form, in the order of painting."""
    for place in range(pdfium_c.FPDFFormObj_CountObjects(form)):
        item = pdfium_c.FPDFFormObj_GetObject(form, place)
        if pdfium_c.FPDFPageObj_GetType(item) == pdfium_c.FPDF_PAGEOBJ_FORM and depth < 8:
            yield from _inside_form(item, depth + 1)
        else:
            yield item


def _filled(path: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether a path is filled and not merely outlined."""
    mode, stroke = ctypes.c_int(), pdfium_c.FPDF_BOOL()
    return bool(pdfium_c.FPDFPath_GetDrawMode(path, ctypes.byref(mode), ctypes.byref(stroke))) and mode.value != pdfium_c.FPDF_FILLMODE_NONE


def _marks(item: pdfium_c.FPDF_PAGEOBJECT) -> set[str]:
    """Names of the marks around a text object ("Artifact", "OC")."""
    names = set()
    buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    for place in range(pdfium_c.FPDFPageObj_CountMarks(item)):
        mark = pdfium_c.FPDFPageObj_GetMark(item, place)
        if pdfium_c.FPDFPageObjMark_GetName(mark, buffer, 128, ctypes.byref(length)):
            names.add(bytes(buffer)[: max(0, min(length.value, 128) - 2)].decode("utf-16-le", "replace"))
    return names


def _hidden(item: pdfium_c.FPDF_PAGEOBJECT, size: float, mode: int, marks: set[str]) -> str:
    """Why a text object cannot be seen, "" where it can, "?" where the rendered page must tell."""
    if mode in (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP):
        return "unsichtbar"
    if abs(size) < SMALLEST_TYPE:
        return "winzig"
    color = [ctypes.c_uint() for _ in range(4)]
    if pdfium_c.FPDFPageObj_GetFillColor(item, *(ctypes.byref(one) for one in color)):
        red, green, blue, alpha = (one.value for one in color)
        if min(red, green, blue) >= PALEST or alpha <= 255 - PALEST:
            return "?"
    return "?" if "OC" in marks or _clipped(item) else ""


def _clipped(item: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether a text object's middle may lie outside what its clipping path lets through."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(item)
    count = pdfium_c.FPDFClipPath_CountPaths(clip) if clip else 0
    if count <= 0:
        return False
    edge = [ctypes.c_float() for _ in range(4)]
    pdfium_c.FPDFPageObj_GetBounds(item, *(ctypes.byref(one) for one in edge))
    x, y = (edge[0].value + edge[2].value) / 2, (edge[1].value + edge[3].value) / 2
    return any(not _around(clip, number, x, y) for number in range(count))


def _around(clip: pdfium_c.FPDF_CLIPPATH, number: int, x: float, y: float) -> bool:
    """Whether the box around one path of a clipping path holds a point."""
    to_x, to_y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for place in range(pdfium_c.FPDFClipPath_CountPathSegments(clip, number)):
        segment = pdfium_c.FPDFClipPath_GetPathSegment(clip, number, place)
        if pdfium_c.FPDFPathSegment_GetPoint(segment, ctypes.byref(to_x), ctypes.byref(to_y)):
            points.append((to_x.value, to_y.value))
    if not points:
        return True
    across, along = [point[0] for point in points], [point[1] for point in points]
    return min(across) <= x <= max(across) and min(along) <= y <= max(along)


def _over(cover: _Cover, raw: _Raw) -> bool:
    """Whether a picture or shape was painted over a word, whole or nearly so."""
    x, y = (raw.left + raw.right) / 2, (raw.bottom + raw.top) / 2
    return cover.order > raw.style.order and cover.left <= x <= cover.right and cover.bottom <= y <= cover.top
