"""Lines of letters that the first reader left out: it drops whole lines, also clean ones, and says nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.ocr.engine import Box
from extract.ocr.missed_marks import Piece, components, uncovered
from extract.ocr.raster import Pixels

LOW, HIGH, BROAD = 0.25, 1.15, 2.5
"""Heights of a line: so low and so high are letters, and so broad are a few that touch."""
BETWEEN = 1.0
"""Heights of a line; letters of one line stand no farther apart."""
LETTERS = 3
"""Fewer are dirt."""
SHORTEST = 1.2
"""Heights of a line; shorter is no word that matters alone."""
MOST = 40
"""Lines left out of a page; more is dirt all over."""


def overlooked(grey: Pixels, words: Sequence[Box], usual: float) -> list[Piece]:
    """Where ink as large as letters stands in a row and no word covers it, from the top; `usual` is the height of a line in dots."""
    letters, marks = _letters(uncovered(grey, words), usual)
    reach = max(3, round(BETWEEN * usual)) | 1
    found = []
    for band in components(np.asarray(cv2.dilate(letters, np.ones((1, reach), np.uint8)), np.uint8)):
        inside = [(y - band.top, x) for x, y in marks if 0 <= y - band.top < len(band.labels)]
        held = np.bincount([band.labels[y, x] for y, x in inside], minlength=len(band.stats))
        for number, (left, top, right, bottom) in enumerate(band.boxes(), 1):
            piece = Piece(left + reach // 2, top, right - reach // 2, bottom)
            if held[number] >= LETTERS and piece.width > SHORTEST * usual and piece.height > 0.4 * usual:
                found.append(piece)
    return sorted(found, key=lambda piece: piece.top) if len(found) <= MOST else []


def _letters(ink: Pixels, usual: float) -> tuple[Pixels, list[tuple[int, int]]]:
    """The ink that is as large as letters, alone, and a dot of each piece of it."""
    letters = np.zeros_like(ink)
    marks = []
    for band in components(ink):
        width, height = band.stats[:, cv2.CC_STAT_WIDTH], band.stats[:, cv2.CC_STAT_HEIGHT]
        fits = (height > LOW * usual) & (height < HIGH * usual) & (width < BROAD * usual)
        fits[0] = False
        for number in np.flatnonzero(fits).tolist():
            x, y, w, h = band.stats[number, :4].tolist()
            own = band.labels[y : y + h, x : x + w] == number
            letters[band.top + y : band.top + y + h, x : x + w] |= own.astype(np.uint8)
            marks.append((x + int(np.flatnonzero(own[0])[0]), band.top + y))
    return letters, marks
