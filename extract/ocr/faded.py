"""Whether a word's ink grows pale towards a side, as where light washed a page out: the line goes on there, and nobody reads it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extract.ocr.engine import Box
from extract.ocr.missed import FOOT, HEAD
from extract.ocr.raster import Pixels

_LETTER = 0.8
"""Heights of a line; as wide as a word's outer letter."""
_DARKEST = 5
"""Per cent of a word's dots; so many at least are ink."""
_FADED = 75
"""Of 255: so much paler is the ink at such a side than that of the line's darkest word. Of the 1,724 places where lines of 25 scans end,
fainter ink stands beyond 25: where light had washed the page out that was 98 to 154, at the only other 57."""


def fades(grey: Pixels, words: Sequence[Box], place: int, base: float, usual: float, behind: bool) -> bool:
    """Whether one of the words of a line is paler at its end, else at its beginning, than the line is elsewhere."""
    left, _, right, _ = words[place]
    outer = (max(left, right - _LETTER * usual), right) if behind else (left, min(right, left + _LETTER * usual))
    return _darkest(grey, *outer, base, usual) - min(_darkest(grey, word[0], word[2], base, usual) for word in words) > _FADED


def _darkest(grey: Pixels, left: float, right: float, base: float, usual: float) -> float:
    """How dark the ink is between two columns: of 255, white where there is none."""
    part = grey[max(0, round(base - HEAD * usual)) : max(0, round(base - FOOT * usual)), max(0, round(left)) : max(0, round(right))]
    return float(np.percentile(part, _DARKEST)) if part.size else 255.0
