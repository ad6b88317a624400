"""The dots and accents over the letters of a word: those in its picture, and those that its letters have."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from extract.ocr.engine import Box
from extract.ocr.missed import components
from extract.ocr.raster import Pixels

TALL = 1.0
"""Heights of a line above its baseline: the dots over capitals end below it."""
OVER_SMALL, SPECK, MARK = 0.47, 0.07, 0.4
"""Heights of a line above its baseline that no small letter reaches; a mark over one is larger than the one, smaller than the other."""


def marks(ink: Pixels, word: Box, base: float, usual: float) -> Iterator[Box]:
    """The pieces of ink that stand over the small letters of a word and touch none, as dots and accents do."""
    left, top, right, bottom = (max(0, round(value)) for value in (word[0], base - TALL * usual, word[2], base))
    for band in components(ink[top:bottom, left:right]):
        for x, y, end, y_end in band.boxes():
            high = base - top - y_end > OVER_SMALL * usual
            if high and y > 0 and SPECK * usual < min(end - x, y_end - y) and max(end - x, y_end - y) < MARK * usual:
                yield float(x + left), float(y + top), float(end + left), float(y_end + top)


def marks_of(text: str) -> int:
    """How many marks stand over the letters of a text: the dot of an "i", two over an umlaut."""
    carried = (set(unicodedata.normalize("NFD", letter)[1:]) for letter in text)
    return sum(1 if letter in "ij" else 2 if several & _TWO else len(several) for letter, several in zip(text, carried, strict=True))


_TWO = {"\N{COMBINING DIAERESIS}", "\N{COMBINING DOUBLE ACUTE ACCENT}"}
