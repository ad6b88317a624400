"""What a pen did to words that are read all the same: strokes through letters, ink in colour on figures, a figure before a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from agreements.language.calendar import YEAR
from agreements.reading.doubts import Doubt
from extract.ocr.crowded import crowded
from extract.ocr.engine import Box, SeenWord
from extract.ocr.missed import FAINT, INK
from extract.ocr.outlines import Outlines, cut
from extract.ocr.raster import Pixels
from extract.ocr.twins import Twins, may_follow_day
from extract.ocr.written_over import is_written_over

UPPER, LOWER = 0.72, 0.1
"""Heights of a line above its baseline, from and to: a stroke through letters lies there, one under them does not."""
ENDS, SLANTING = (0.85, -0.08), 0.5
"""The same for the ends of a stroke that goes slanting through them, and how much higher one of them is: a line under a word is level.

Where the letters themselves leave white columns at its ends, of 288 words struck so under a signature 28 were passed over for it."""
INKED = 0.93
"""Part of a word's columns: between letters of print there is white, on which a stroke leaves ink."""
STRAIGHT = 0.93
"""Part of a straight line from a word's left to its right that is ink, where a stroke goes through it. Of 12,000 words of 47 scans that no
pen has touched, set in eight types, the next had 0.89, and all but forty had white columns besides."""
FAR, WIDE_TYPE = 1.35, 1.7
"""Heights of a line that ink goes on through a word where a stroke does, and widths of a letter that stand for one where type is larger.

Letters that touch went on for 1.2 at most in 42,000 words of damaged scans, in eight types. Of 2,300 strokes drawn through words (waves,
arcs, zigzags, slanting ones) 95 % of those through a whole word went on for 1.5, of those through its half for 1.3."""
STEEP = 2
"""Dots up or down from one column to the next that such ink rises or falls."""
BEYOND = (1.25, 0.5)
"""Heights of a line above and below a baseline: ink that goes on beyond is a signature's or a stamp's, which leaves letters to be read."""
BROAD, SMALL = 0.35, (0.8, 1.2)
"""Heights of a line; a pen's strokes are thinner, a highlighter's and a stamp's bars are not, unless they are no wider and no higher than a
figure, whose strokes run together."""
COVERED, MARKED = 0.25, 0.95
"""Part of a number that ink in colour covers, however broad, and that a marker covers: two strokes side by side covered 0.71 and 0.52 of
two, what else was drawn or marked in 16 scans at most 0.09."""
TOUCHING = 0.15
"""Heights of a line, squared: so much of a pen's ink on a number is a part of a figure or a stroke."""
BESIDE = 0.4
"""Heights of a line; so near a number a pen's ink may be a figure of it."""
BLANK = 0.12
"""Heights of a line; no blank between two printed words is narrower, however full the line (the narrowest before 1,000 numbers: 0.25)."""
RIM = 3
"""Dots; so far the ink of a word may reach out of its box."""
DOUBTED = 0.6
"""A number no surer is doubted as it is; so is all that a pen in colour wrote itself."""
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\W*")
_WORD_TO_NUMBER = re.compile(r"[a-zäöüß]{2,}:?(?!(?:19|20)\d\d\b)\d")
_WORD_END = re.compile(r"[a-zäöüß]{2}$")
_STRUCK = Doubt("strich-durch-die-buchstaben")


class Strokes:
    """The ink of a page, and apart from it what is drawn by a pen in colour; `usual` is the height of a line in dots.

    `lines` are the words of the page, and the baseline of each; `written` are the places of words that a pen wrote above them.
    """

    def __init__(
        self,
        grey: Pixels,
        coloured: Pixels | None,
        usual: float,
        lines: Sequence[tuple[Sequence[SeenWord], float]] = (),
        written: Sequence[Box] = (),
    ) -> None:
        self.usual = usual
        self.written = written
        self.ink = grey < INK
        faint = grey < FAINT
        self.drawn = None if coloured is None else coloured < INK
        self.coloured = None if self.drawn is None else _thin(self.drawn, usual)
        if self.coloured is not None:
            self.ink |= self.coloured
            faint |= self.coloured
        self.outlines = Outlines(self.ink, faint, lines, usual)
        self.crowded = crowded(lines, usual)
        self.twins = Twins(grey if coloured is None else np.minimum(grey, coloured), lines, usual)
        self.unread = self.ink.copy()
        for left, top, right, bottom in (word.box for words, _ in lines for word in words):
            self.unread[max(0, int(top) - RIM) : int(bottom) + RIM, max(0, int(left) - RIM) : int(right) + RIM] = False

    def doubts(self, words: Sequence[SeenWord], base: float) -> list[tuple[Doubt, ...]]:
        """For each word of a line, whose baseline is given, why a person may see it otherwise than it is read."""
        order = sorted(range(len(words)), key=lambda place: words[place].box[0])
        before = {place: words[other] for other, place in pairwise(order)}
        unlike = dict(zip(order, self._unlike_print([words[place] for place in order], base), strict=True))
        return [tuple(self._said(word, before.get(place), base, unlike[place])) for place, word in enumerate(words)]

    def _unlike_print(self, words: Sequence[SeenWord], base: float) -> list[bool | None]:
        """As `Outlines.unlike_print`, but for numbers of which the same figures elsewhere on the page tell more."""
        by_outline = zip(words, self.outlines.unlike_print(words, base), strict=True)
        return [self.twins.is_added_to(word) or (unlike and not self.twins.are_print(word)) for word, unlike in by_outline]

    def _said(self, word: SeenWord, before: SeenWord | None, base: float, unlike: bool | None) -> Iterator[Doubt]:
        if self._is_struck(word, base):
            yield _STRUCK
        elif word.confidence <= DOUBTED or not re.search(r"\d", word.text):
            return
        elif self._is_drawn_upon(before, word, base, unlike):
            yield Doubt("tinte-an-der-zahl")
        elif not (unlike or self.twins.are_print(word)) and self._is_gone_through(word, base):
            yield _STRUCK
        elif word in self.crowded or _WORD_TO_NUMBER.search(word.text) or (before and self._is_tied(before, word, base)):
            yield Doubt("ohne-abstand")
        elif unlike:
            yield Doubt("anders-als-gedruckt")
        elif not YEAR.fullmatch(word.text) and is_written_over(word.box, base, self.written, self.unread, self.usual):
            yield Doubt("daruebergeschrieben")

    def _is_struck(self, word: SeenWord, base: float) -> bool:
        """Whether a stroke goes through a word's letters; of a single letter that cannot be told."""
        left, right = word.box[0], word.box[2]
        if sum(map(str.isalnum, word.text)) < 2 or right - left < UPPER * self.usual:
            return False
        above = cut(self.ink, (left, base - 1.1 * self.usual, right, base - self.usual))
        if above.mean() >= INKED:
            return False  # white letters on dark ground
        is_number = any(map(str.isdigit, word.text))  # of which outlines tell more
        return self._is_struck_straight(left, right, base) or (not is_number and self._is_gone_through(word, base))

    def _is_struck_straight(self, left: float, right: float, base: float) -> bool:
        """Whether a straight line of ink goes from a word's left to its right; one that slants may end beyond the letters."""
        ends = cut(self.ink, (left, base - ENDS[0] * self.usual, right, base - ENDS[1] * self.usual))
        if not ends.size or ends.any(axis=0).mean() < INKED:
            return False
        may_be_level = self._band(self.ink, left, right, base).any(axis=0).mean() >= INKED
        return (
            _straightest(ends, (ENDS[0] - UPPER) * self.usual, (ENDS[0] - LOWER) * self.usual, SLANTING * self.usual, may_be_level)
            >= STRAIGHT
        )

    def _is_gone_through(self, word: SeenWord, base: float) -> bool:
        """Whether ink goes on from letter to letter of a word farther than letters that touch, and not on beyond its line."""
        left, right = word.box[0], word.box[2]
        far = FAR * max(self.usual, WIDE_TYPE * (right - left) / len(word.text))
        within = self._band(self.ink, left, right, base)
        went, row, column = _farthest(within) if _most_in_a_row(within) > far else (0, 0, 0)
        if went <= far:
            return False
        top, side = round(base - BEYOND[0] * self.usual), max(0, round(left - self.usual))
        around = cut(self.ink, (side, top, right + self.usual, base + BEYOND[1] * self.usual)).astype(np.uint8)
        _, pieces = cv2.connectedComponents(around, connectivity=8)
        place = (round(base - UPPER * self.usual) - max(0, top) + row, max(0, round(left)) - side + column)
        return pieces[place] not in pieces[[0, -1]]

    def _is_drawn_upon(self, before: SeenWord | None, word: SeenWord, base: float, unlike: bool | None) -> bool:
        """Whether a pen in colour drew on a number or close to it; beside a year a day is written.

        In a number like print it is print that took the colour of a highlighter's rim.
        """
        if self.coloured is None or self.drawn is None:
            return False
        if COVERED < self._band(self.drawn, word.box[0], word.box[2], base).mean() < MARKED:
            return True
        reach = 0 if may_follow_day(before, word) else BESIDE * self.usual
        left, right = word.box[0], word.box[2]
        sides = [(left - reach, right + reach)] if unlike is not False else [(left - reach, left), (right, right + reach)]
        drawn = sum(int(np.count_nonzero(self._band(self.coloured, start, end, base))) for start, end in sides)
        return drawn > (TOUCHING * self.usual) ** 2

    def _is_tied(self, before: SeenWord, word: SeenWord, base: float) -> bool:
        """Whether ink fills the blank between a word and a number."""
        if not (_WORD_END.search(before.text) and _NUMBER.fullmatch(word.text) and word.box[0] - before.box[2] < BLANK * self.usual):
            return False
        columns = self._band(self.ink, word.box[0] - BESIDE * self.usual, word.box[0] + BLANK * self.usual, base).any(axis=0)
        inked = np.flatnonzero(np.concatenate(([True], columns, [True])))
        return int(np.diff(inked).max()) <= BLANK * self.usual

    def _band(self, ink: NDArray[np.bool_], left: float, right: float, base: float) -> NDArray[np.bool_]:
        """The ink between two columns at the height of letters."""
        return cut(ink, (left, base - UPPER * self.usual, right, base - LOWER * self.usual))


def _thin(ink: NDArray[np.bool_], usual: float) -> NDArray[np.bool_]:
    """The pieces of ink that are nowhere broad, or no larger than a figure."""
    dots = ink.astype(np.uint8)
    size = max(3, round(BROAD * usual))
    broad = cv2.morphologyEx(dots, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)))
    count, labels, boxes, _ = cv2.connectedComponentsWithStats(dots, connectivity=8)
    kept = np.ones(count, np.bool_)
    kept[np.unique(labels[broad > 0])] = False
    kept |= (boxes[:, cv2.CC_STAT_WIDTH] <= SMALL[0] * usual) & (boxes[:, cv2.CC_STAT_HEIGHT] <= SMALL[1] * usual)
    kept[0] = False
    return np.asarray(kept[labels], np.bool_)


def _most_in_a_row(ink: NDArray[np.bool_]) -> int:
    """How many columns side by side hold ink at most."""
    return int(np.diff(np.flatnonzero(np.concatenate(([True], ~ink.any(axis=0), [True])))).max()) - 1


def _farthest(ink: NDArray[np.bool_]) -> tuple[int, int, int]:
    """How many columns a way through ink leads on from left to right at most, and the row and column where it ends."""
    went = np.zeros(len(ink), np.int32)
    found = (0, 0, 0)
    for column in range(ink.shape[1]):
        near = np.pad(went, STEEP)
        went = np.where(ink[:, column], np.lib.stride_tricks.sliding_window_view(near, 2 * STEEP + 1).max(axis=1) + 1, 0)
        found = max(found, (int(went.max()), int(went.argmax()), column))
    return found


def _straightest(ink: NDArray[np.bool_], highest: float, lowest: float, slanting: float, may_be_level: bool) -> float:
    """The part that is ink, or within a dot of it, of the straight line from left to right that has most.

    Its ends lie between two rows if it `may_be_level`, or its middle does and one end is so much higher than the other.
    """
    near = ink.copy()
    near[1:] |= ink[:-1]
    near[:-1] |= ink[1:]
    height, width = ink.shape
    along = np.linspace(0, 1, width)
    ends = np.arange(0, height, 2)
    start, end = np.meshgrid(ends, ends, indexing="ij")
    middle, inside = (start + end) / 2, (highest <= ends) & (ends <= lowest)
    level = inside[start // 2] & inside[end // 2] & may_be_level
    slant = (highest <= middle) & (middle <= lowest) & (abs(end - start) > slanting)
    start, end = start[level | slant], end[level | slant]
    rows = np.rint(start[:, None] + (end - start)[:, None] * along).astype(np.intp)
    return float(near[rows, np.arange(width)].mean(axis=1).max(initial=0.0))
