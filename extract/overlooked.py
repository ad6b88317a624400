"""Lines of letters that the first reader left out: it drops whole lines, also clean ones, and says nothing of it."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from extract.fusion import Box
from extract.image import Pixels
from extract.unread import INK, Piece

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
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.dilate(letters, np.ones((1, reach), np.uint8)), connectivity=8)
    held = np.bincount([labels[y, x] for x, y in marks], minlength=count) if marks else np.zeros(count, int)
    found = []
    for number, (x, y, w, h, _) in enumerate(stats[1:count], 1):
        piece = Piece(int(x) + reach // 2, int(y), int(x + w) - reach // 2, int(y + h))
        if held[number] >= LETTERS and piece.width > SHORTEST * usual and piece.height > 0.4 * usual:
            found.append(piece)
    return sorted(found, key=lambda piece: piece.top) if len(found) <= MOST else []


def uncovered(grey: Pixels, words: Sequence[Box]) -> Pixels:
    """Where ink is that no word covers: 1 there, else 0."""
    ink = (grey < INK).astype(np.uint8)
    for left, top, right, bottom in words:
        ink[max(0, int(top) - 3) : int(bottom) + 3, max(0, int(left) - 3) : int(right) + 3] = 0
    return ink


def _letters(ink: Pixels, usual: float) -> tuple[Pixels, list[tuple[int, int]]]:
    """The ink that is as large as letters, alone, and a dot of each piece of it."""
    _count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    fits = (height > LOW * usual) & (height < HIGH * usual) & (width < BROAD * usual)
    fits[0] = False
    letters = fits[labels].astype(np.uint8)
    marks = []
    for number in np.flatnonzero(fits):
        x, y = int(stats[number, cv2.CC_STAT_LEFT]), int(stats[number, cv2.CC_STAT_TOP])
        row = labels[y, x : x + int(width[number])]
        marks.append((x + int(np.flatnonzero(row == number)[0]), y))
    return letters, marks
