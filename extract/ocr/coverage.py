"""How many letters a page shows that no word of its text layer covers: they stand in its pictures, outlines and form fields."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pypdfium2 as pdfium

from extract.ocr.ground import on_white
from extract.ocr.missed import letters_in_rows
from extract.ocr.raster import Pixels
from extract.text_layer.opened import on_page, opened
from extract.text_layer.overlays import Box
from extract.text_layer.page_read import PageRead

SCALE = 2.0
"""Dots a point; letters of 6 points are 9 dots high there."""
TYPE = 14.0
"""Points: the height of a line, from whose fourth to whose whole letters are high."""
FEWEST = 8
"""Letters in a row; fewer are strokes of a signature or a stamp's rim."""
MARGIN = 0.12
"""Part of the page's height at its top and bottom, where a letterhead may be a picture."""
MOST_COVERED = 4.0
"""Letters of the layer for each that it does not cover, wherever it stands: a page with more of its own has a letterhead beside them."""


class Uncovered(NamedTuple):
    """Letters that no word of the layer covers: those within the page's margins, and all of them."""

    inside: int
    everywhere: int

    def counts(self, covered: int) -> bool:
        """Whether they are more than a letterhead beside so many letters of the layer."""
        return self.inside >= FEWEST or self.everywhere >= max(FEWEST, covered / MOST_COVERED)


def uncovered(path: Path, pages: Sequence[PageRead]) -> dict[int, Uncovered]:
    """What the layer of each of these pages does not cover."""
    found = {}
    with opened(path) as document:
        for read in pages:
            with on_page(read.page.number, path):
                found[read.page.number] = _on(document[read.page.number - 1], read)
    return found


def _on(page: pdfium.PdfPage, read: PageRead) -> Uncovered:
    bitmap = page.render(scale=SCALE, grayscale=True, may_draw_forms=True, draw_annots=False)
    try:
        grey: Pixels = np.ascontiguousarray(bitmap.to_numpy().reshape(bitmap.height, bitmap.width))
    finally:
        bitmap.close()
    filled = [box for box, text in read.filled if text]
    others = [box for box, text in read.filled if not text]
    covered = [_dots(box) for box in (*read.covered, *others)]
    edge = MARGIN * grey.shape[0]
    inside = everywhere = 0
    for top, count in letters_in_rows(on_white(grey)[0], covered, TYPE * SCALE):
        everywhere += count
        inside += count if edge < top < grey.shape[0] - edge else 0
    return Uncovered(max(inside, FEWEST) if filled else inside, everywhere)


def _dots(box: Box) -> tuple[float, float, float, float]:
    left, top, right, bottom = (SCALE * value for value in box)
    return left, top, right, bottom
