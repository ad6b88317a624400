"""Letters of a PDF's page one by one, each with its place, its font, and what the font calls it."""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from agreements.reading.geometry import Plane
from extract.text_layer.letters import frame_of
from extract.text_layer.overlays import Box
from extract.text_layer.painted import address

_UNSEEN = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_ASKEW = 0.02
"""Sine of the angle; letters that run in another direction stand in no line of the page as it is shown."""


class Pair(NamedTuple):
    """A glyph of a font and the letter or letters it is said to be; the glyph is told by the box of its ink, in thousandths of its size.

    The engine does not give a glyph's number. Two glyphs of one font that are called the same and are not the same have different boxes.
    """

    font: str
    letter: str
    ink: tuple[int, int, int, int]


class Glyph(NamedTuple):
    """A letter as it stands on the page as shown: places are points from its top left."""

    text: str
    """What the font calls it: several letters of a ligature, a letter with its combining marks."""
    left: float
    right: float
    base: float
    size: float
    pair: Pair


class _Set(NamedTuple):
    """How the letters of one text object are set."""

    font: str
    size: float
    upright: bool


def glyphs_of(page: pdfium.PdfPage) -> list[Glyph]:
    """The letters of an open page that run from left to right as it is shown, blanks apart, in the file's order."""
    textpage = page.get_textpage()
    try:
        return list(_Letters(page, textpage.raw).all())
    finally:
        textpage.close()


class _Letters:
    """The letters of one open page."""

    def __init__(self, page: pdfium.PdfPage, text: pdfium_c.FPDF_TEXTPAGE) -> None:
        self.text = text
        self.shown: Plane = frame_of(page.get_bbox(), page.get_rotation() // 90)
        self.sets: dict[int, _Set] = {}

    def all(self) -> Iterator[Glyph]:
        """Every glyph that is drawn upright; letters of one ligature, and combining marks with the letter before them, are one."""
        last, of = None, 0
        for index in range(pdfium_c.FPDFText_CountChars(self.text)):
            code = pdfium_c.FPDFText_GetUnicode(self.text, index)
            letter = chr(code) if 32 < code < 0xD800 or 0xDFFF < code < 0x110000 else ""
            item = pdfium_c.FPDFText_GetTextObject(self.text, index) if letter and not letter.isspace() else None
            if not item:
                continue
            how = self.sets.get(address(item)) or self._set(item, index)
            glyph = self._glyph(letter, index, how) if how.upright else None
            if last and glyph and (unicodedata.combining(letter) or (of == address(item) and _is_same(last, glyph))):
                text = unicodedata.normalize("NFC", last.text + letter)
                last = last._replace(text=text, pair=last.pair._replace(letter=text))
                continue
            if last:
                yield last
            last, of = glyph, address(item)
        if last:
            yield last

    def _glyph(self, letter: str, index: int, how: _Set) -> Glyph:
        x, y = ctypes.c_double(), ctypes.c_double()
        pdfium_c.FPDFText_GetCharOrigin(self.text, index, ctypes.byref(x), ctypes.byref(y))
        rect = pdfium_c.FS_RECTF()
        pdfium_c.FPDFText_GetLooseCharBox(self.text, index, ctypes.byref(rect))
        ink = [ctypes.c_double() for _ in range(4)]
        pdfium_c.FPDFText_GetCharBox(self.text, index, *map(ctypes.byref, ink))
        left, right, bottom, top = (value.value for value in ink)
        box: Box = self.shown.box(rect.left, rect.bottom, rect.right, rect.top)
        shape = (left - x.value, bottom - y.value, right - x.value, top - y.value)
        pair = Pair(how.font, letter, tuple(round(1000 * part / how.size) for part in shape))  # type: ignore[arg-type]
        return Glyph(letter, box[0], box[2], self.shown.point(x.value, y.value)[1], how.size, pair)

    def _set(self, item: pdfium_c.FPDF_PAGEOBJECT, index: int) -> _Set:
        """How the letters of a text object are set, asked once."""
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFText_GetMatrix(self.text, index, ctypes.byref(matrix))
        size = pdfium_c.FPDFText_GetFontSize(self.text, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        start, end = self.shown.point(0.0, 0.0), self.shown.point(matrix.a, matrix.b)
        length = math.hypot(matrix.a, matrix.b) or 1.0
        upright = end[0] > start[0] and abs(end[1] - start[1]) < _ASKEW * length
        seen = size > 0 and pdfium_c.FPDFTextObj_GetTextRenderMode(item) not in _UNSEEN
        font = pdfium_c.FPDFTextObj_GetFont(item)
        name = ctypes.create_string_buffer(128)
        if font:
            pdfium_c.FPDFFont_GetBaseFontName(font, name, 128)
        made = self.sets[address(item)] = _Set(name.value.decode("utf-8", "replace"), size or 1.0, upright and seen)
        return made


def _is_same(one: Glyph, other: Glyph) -> bool:
    """Whether two letters are drawn by one glyph: at one place, with the same ink."""
    return (one.left, one.right, one.base, one.pair.ink) == (other.left, other.right, other.base, other.pair.ink)
