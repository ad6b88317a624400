"""What stands above printed words, nearer than a printed line does: a pen wrote it, and what was read of it is no line of the text."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Box, SeenWord, Twice
from extract.ocr.missed import components

NEAREST = 0.95
"""Heights of the lower line; printed lines stand no nearer. Of a pen's, and of letters below it, recognisers make a line."""
GUESSED = 0.75
"""A line surer is print, however near it stands."""
OVERLAP = 0.5
"""Part of the narrower of two words that stands above the other."""
ABOVE, BELOW, BESIDE = 1.7, 0.8, 0.3
"""Heights of a line above a number's baseline, between which the middle of what is written over it stands; and so far beside it."""
HIGH, BROAD = 0.3, 4.0
"""Heights of a line; a written figure is higher, and less broad, than the one and the other: a rule is lower, a table's is broader."""


def parted(read: Sequence[Twice]) -> tuple[list[Twice], list[Twice]]:
    """The lines of print, and those that a pen wrote above one of them."""
    written = [one for one in read if any(_stands_over(one, other) for other in read if other is not one)]
    return [one for one in read if not any(one is each for each in written)], written


def _stands_over(one: Twice, other: Twice) -> bool:
    """Whether a line that was guessed at stands nearer above a surer one than print does."""
    (line, words), (below, under) = one, other
    higher = sum(below.base) / 2 - sum(line.base) / 2
    if not 0 < higher < NEAREST * below.height or _sureness(words) >= min(GUESSED, _sureness(under)):
        return False
    return any(_overlap(word.box, beneath.box) for word in words for beneath in under)


def _sureness(words: Sequence[SeenWord]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 0.0


def _overlap(one: Box, other: Box) -> bool:
    shared = min(one[2], other[2]) - max(one[0], other[0])
    return shared > OVERLAP * min(one[2] - one[0], other[2] - other[0])


def is_written_over(word: Box, base: float, written: Sequence[Box], unread: NDArray[np.bool_], usual: float) -> bool:
    """Whether one of the `written` words, or ink that nobody read as large as figures, stands above a word; `usual` is a line's height."""
    room = (word[0] - BESIDE * usual, base - ABOVE * usual, word[2] + BESIDE * usual, base - BELOW * usual)
    if any(_stands_in(box, room) or (_overlap(box, room) and room[1] < (box[1] + box[3]) / 2 < room[3]) for box in written):
        return True
    left, top, right, bottom = (max(0, round(value)) for value in (room[0] - BROAD * usual, room[1] - usual, room[2] + BROAD * usual, base))
    pieces = (box for band in components(unread[top:bottom, left:right].astype(np.uint8)) for box in band.boxes())
    large = (box for box in pieces if box[3] - box[1] > HIGH * usual and box[2] - box[0] < BROAD * usual)
    return any(_stands_in((x + left, y + top, end + left, y_end + top), room) for x, y, end, y_end in large)


def _stands_in(box: Box, room: Box) -> bool:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return room[0] < x < room[2] and room[1] < y < room[3]
