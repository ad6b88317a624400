"""Parts of a page with letters of its own, as recognisers see them in its picture."""

from __future__ import annotations

import numpy as np
import pypdfium2 as pdfium

from extract.files.engines import boundary
from extract.ocr.engine import Box, SeenWord
from extract.ocr.engines import PACKAGES
from extract.ocr.raster import DPI
from extract.ocr.readers import READERS, Role

HEIGHT = 48
"""Dots of a line's picture: what the line reader wants."""
FINEST = 8.0
"""Dots a point, for the smallest print."""


def prints(role: Role, letter: str) -> bool:
    """Whether a reader can print a letter. UnreadableError where its model is missing."""
    return READERS[role].prints(letter)


def words_seen(page: pdfium.PdfPage, box: Box, role: Role, annotations: bool = True) -> list[list[tuple[str, float]]]:
    """The words of a part of a page as it is shown: letters, and the middle of each in points from the page's left.

    `box`: left, top, right, bottom in points from its top left. UnreadableError where the reader or its model is missing, or the
    picture is none for it.
    """
    left, top, right, bottom = box
    width, height = page.get_size()
    scale = min(FINEST, HEIGHT / (bottom - top)) if role == "line" else DPI / 72
    crop = (max(0.0, left), max(0.0, height - bottom), max(0.0, width - right), max(0.0, top))
    bitmap = page.render(scale=scale, crop=crop, grayscale=True, may_draw_forms=annotations, draw_annots=annotations)
    grey = np.array(bitmap.to_numpy(), dtype=np.uint8).reshape(bitmap.height, bitmap.width)
    bitmap.close()
    with boundary(PACKAGES, "Die Texterkennung kommt mit dem Bild einer Seite nicht zurecht.", None, ""):
        words = READERS[role].read(grey).words
    return [[(letter, crop[0] + middle / scale) for letter, middle in _letters(word)] for word in words]


def _letters(word: SeenWord) -> list[tuple[str, float]]:
    """The letters of a word; of one whose reader does not tell them they are spread over its box."""
    if word.letters:
        return [(letter.text, letter.middle) for letter in word.letters]
    left, _, right, _ = word.box
    return [(letter, left + (number + 0.5) * (right - left) / len(word.text)) for number, letter in enumerate(word.text)]
