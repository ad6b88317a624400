"""Whether blanks stand between the letters of a word that was read as one, or none between two words: told by the white on the page."""

from __future__ import annotations

import numpy as np

from extract.ocr.engine import Box
from extract.ocr.missed import INK
from extract.ocr.raster import Pixels

WIDE, OUTSTANDING, TIMES_USUAL = 0.22, 1.5, 2.0
"""Heights of a line; white so wide between letters may be a blank where it is so much wider than the next widest in its word, and than
most there. Of 422 pairs of names set without their blank, in eight types at 150 to 300 dpi, all but two were told so, and of 1,046 names
by themselves none; in a type of one breadth all white is wide."""
NARROW = 0.1
"""Heights of a line; no blank of those names was narrower than 0.13, and that one stood under the hook of an f."""
HIGH, LOW = 0.78, -0.02
"""Heights of a line above the baseline, between which letters part: descenders and tails of a capital reach below it."""
FEWEST = 3
"""Gaps in a word that tell what is usual."""


def hides_blank(grey: Pixels, word: Box, base: float, usual: float) -> bool:
    """Whether white as wide as a blank stands between the letters of a word; `usual` is the height of a line in dots."""
    left, top, right, bottom = (max(0, round(value)) for value in (word[0], base - HIGH * usual, word[2], base - LOW * usual))
    columns = np.flatnonzero((grey[top:bottom, left:right] < INK).any(axis=0))
    gaps = np.sort(np.diff(columns) - 1)
    gaps = gaps[gaps > 0]
    if gaps.size < FEWEST:
        return False
    widest, next_to_it = gaps[-1], gaps[-2]
    return bool(widest > WIDE * usual and widest > OUTSTANDING * next_to_it and widest > TIMES_USUAL * np.median(gaps))


def are_one(word: Box, other: Box, usual: float) -> bool:
    """Whether two words, one beside the other, stand as close as letters do."""
    return other[0] - word[2] < NARROW * usual
