"""How much ink printing explains: the outlines of figures are as long as those of the same figures in other words of the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from statistics import median

import numpy as np
from numpy.typing import NDArray

from agreements.language.calendar import YEAR
from extract.ocr.engine import Box, SeenWord
from extract.ocr.missed import components

_OUTLINES = dict(zip(
    "0123456789.,%€:;abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ",
    (1.04, 0.69, 1, 1.05, 0.94, 1.02, 1.14, 0.76, 1.22, 1.14, 0.15, 0.17, 1.84, 1.17, 0.29, 0.31, 0.94, 1.03, 0.74, 1.04, 0.91, 0.68, 0.96,
     0.96, 0.52, 0.48, 1.04, 0.5, 1.3, 0.85, 0.85, 0.91, 0.91, 0.55, 0.87, 0.59, 0.8, 0.77, 1.23, 0.96, 0.78, 0.81, 1.16, 1.07, 1.03, 1.26,
     1.14, 1.28, 1.07, 1.19, 1.12, 0.91, 1.25, 1.17, 0.53, 0.6, 1.28, 0.72, 1.65, 1.32, 1.24, 0.97, 1.27, 1.24, 1.15, 0.8, 1.07, 1.04, 1.7,
     1.31, 0.95, 1.12, 1.3, 1.39, 1.23), strict=True))  # fmt: skip
"""How long the outline of a letter is where figures stand, in those of a figure: the mean of Liberation Sans and Serif and DejaVu Sans and
Serif, each regular and bold. A figure's differs by 3 % from one to another, a letter's by 8 %; a stroke through a figure adds a fourth."""
_NUMBER = re.compile(r"\d[\d.,]*[%€]?[.,:;]?")
_PLAIN = re.compile(r"[\d.,:;]+")
_WORD = re.compile(r"[^\W\d_]{2,}[.,:;]?")
SURE = 0.9
"""Words less sure tell nothing about how the page is printed."""
ALIKE = 0.2
"""So far from what the words of the page say, numbers are not asked how figures are printed on it."""
FEWEST = 3
"""Numbers; of fewer, the words of the page say how its figures are printed."""
OWN = 8
"""Letters; so many of a line's words say whether it is set larger or smaller than the page: of "im Jahr" that is not to be told."""
BLURRED = 3
"""Dots; so far the ink of a word may reach out of its box."""
NEAR = 0.4
"""Heights of a line; so far into the blank before and behind a number a figure may be squeezed."""
HIGH, DEEP, LOWER = 0.85, 0.06, 0.3
"""Heights of a line above and below its baseline: figures stand there, lines under and around words do not; some typefaces' reach lower."""
RULED = 0.9
"""Part of that height: a column of ink so high beside a number is the rule of a table."""
EVERY, EACH, BY_WORDS = 0.05, 0.2, 0.1
"""How much the outline of a number may differ from what was foretold: so much, of a single figure so much more, of several that part of it,
and where but words foretold it so much besides. Of 840 numbers of 22 damaged scans that no pen had touched those of two figures differed by
0.10 at most (0.15 is let pass), of three by 0.09, of more by 0.06; of 360 single figures but for two that others touched by 0.22."""
NEAREST, MOST = 24, 75
"""Words around a number, and the hundredths of them that differ from what their letters foretell by no more than their spread."""
LESS = 2.5
"""How many times that spread the outline of a number differs that is shorter than foretold.

Only of such the words around tell anything: light and blur shorten outlines, and a pen draws more. Of 37 numbers that a pen had changed
none that was shorter differed by less than 4.2 times. Of 50 right ones in doubt on faxed, photographed, light and inked pages 27 were
shorter, and 23 of these lay below. That longer ones be let pass, too, was tried: of 93 figures drawn over one of a number of such pages 35
would have been told in place of 45.
"""
TALL, UNEVEN = 0.45, 0.08
"""Heights of a line: figures are higher than the one, commas are not; figures of a printed number begin and end as evenly as the other."""
OLD_STYLE = 0.2
"""Part of a page's numbers; where more stand unevenly, its typeface has figures that reach up or down like small letters."""
Room = tuple[float, float] | None
"""Where the word before ends and the next begins, in dots; None where only the word's own box is looked at."""


class Outlines:
    """The outlines of all words of a page, beside what its letters foretell; `lines` are words and the baseline of each.

    Of `ink` the outlines are taken; in `faint`, which has lighter ink, too, thin strokes of letters are not broken.
    """

    def __init__(
        self, ink: NDArray[np.bool_], faint: NDArray[np.bool_], lines: Sequence[tuple[Sequence[SeenWord], float]], usual: float
    ) -> None:
        self._ink = ink
        self._faint = faint
        self._usual = usual
        sure = [(word, base) for words, base in lines for word in words if word.confidence > SURE]
        numbers = [(word, base) for word, base in sure if figures_in(word) > 1]
        self._are_even = sum(self._is_uneven(word, base) for word, base in numbers) <= OLD_STYLE * len(numbers)
        shares = [(word, self._share(word, base)) for word, base in sure if _is_word(word)]
        self._of_words = median([share for _, share in shares] or [0.0])
        self._places = np.array([_middle(word) for word, _ in shares])
        self._off = np.abs(np.array([share for _, share in shares]) / self._of_words - 1) if self._of_words else np.array([])
        alike = [share for share in (self._share(*number) for number in numbers) if abs(share - self._of_words) < ALIKE * self._of_words]
        self._of_figures = median(alike) if len(alike) >= FEWEST else self._of_words
        self._allowed = EVERY if len(alike) >= FEWEST else EVERY + BY_WORDS

    def unlike_print(self, words: Sequence[SeenWord], base: float) -> list[bool | None]:
        """For each number of a line, from left to right, whether its outline is longer or shorter than print makes it.

        None for what is no number, and where the page says nothing about it, as where words around a number differ as much.
        """
        foretold = [self._of_figures * larger for larger in self._set_larger(words, base) if self._of_figures]
        return [
            self._is_unlike(words, place, base, foretold) if foretold and figures_in(word) else None for place, word in enumerate(words)
        ]

    def _is_unlike(self, words: Sequence[SeenWord], place: int, base: float, foretold: Sequence[float]) -> bool | None:
        first, last = _unparted(words, place)
        word = _joined(words[first : last + 1])
        if not all(letter in _OUTLINES for letter in word.text):
            return None
        room = (words[first - 1].box[2] if first else -inf, words[last + 1].box[0] if last + 1 < len(words) else inf)
        within = None if YEAR.fullmatch(word.text.rstrip(".")) else room  # beside a year a day is written
        off = min((self._share(word, base, within) / each - 1 for each in foretold), key=abs)
        signs = sum(sign not in ".,:;" for sign in word.text)
        if self._are_even and self._is_uneven(word, base, within):
            return True
        if abs(off) <= self._allowed + EACH / signs:
            return False
        return off > 0 or -off > LESS * self._spread_around(word) or None

    def _spread_around(self, word: SeenWord) -> float:
        """How much the outlines of the words around a number differ from what their letters foretell: light and blur do that, no pen."""
        if not self._off.size:
            return 0.0
        nearest = np.argsort(np.hypot(*(self._places - _middle(word)).T))[:NEAREST]
        return float(np.percentile(self._off[nearest], MOST))

    def _is_uneven(self, word: SeenWord, base: float, room: Room = None) -> bool:
        """Whether the figures of a number do not stand on one line, or are not of one height; where they touch, that is not told."""
        if not _PLAIN.fullmatch(word.text):
            return False
        spread = self._spread(self._ink, word, base, room)
        return spread > UNEVEN and self._spread(self._faint, word, base, room, touching=spread) > UNEVEN

    def _spread(self, ink: NDArray[np.bool_], word: SeenWord, base: float, room: Room, touching: float = 0.0) -> float:
        """How much the heights of a number's figures differ, above or below, in heights of a line; `touching` where they touch or break."""
        boxes = [box for band in components(self._ink_of(ink, word, base, room, DEEP + UNEVEN).astype(np.uint8)) for box in band.boxes()]
        figures = [(top, bottom) for _, top, _, bottom in boxes if bottom - top > TALL * self._usual]
        if len(figures) != _digits(word):
            return touching
        return float(max(max(side) - min(side) for side in zip(*figures, strict=True))) / self._usual

    def _set_larger(self, words: Sequence[SeenWord], base: float) -> tuple[float, ...]:
        """How many times the outlines of a line's words may be as long as those of the page, as in a heading; few letters do not tell."""
        own = [word for word in words if word.confidence > SURE and _is_word(word)]
        if not own or not self._of_words:
            return (1.0,)
        larger = median([self._share(word, base) for word in own]) / self._of_words
        return (larger,) if sum(len(word.text) for word in own) >= OWN else (1.0, larger)

    def _share(self, word: SeenWord, base: float, room: Room = None) -> float:
        """The outline of what stands at a word's place, beside what its letters foretell."""
        ink = self._ink_of(self._ink, word, base, room, DEEP if self._are_even else LOWER)
        outline = np.count_nonzero(ink[:, 1:] != ink[:, :-1]) + np.count_nonzero(ink[1:] != ink[:-1])
        return outline / sum(_OUTLINES[letter] for letter in word.text)

    def _ink_of(self, ink: NDArray[np.bool_], word: SeenWord, base: float, room: Room, deep: float) -> NDArray[np.bool_]:
        """A word's ink, in its `room` between two other words what is near it, too, but for the rules of a table."""
        left, right = word.box[0] - 1, word.box[2] + 1
        foot = min(base, word.box[3])  # columns side by side do not always stand on one line
        top, bottom = foot - HIGH * self._usual, foot + deep * self._usual
        if not room:
            return cut(ink, (left, top, right, bottom))
        reach = NEAR * self._usual
        parts = [(max(room[0] + BLURRED, left - reach), left), (left, right), (right, min(room[1] - BLURRED, right + reach))]
        before, own, after = (cut(ink, (start, top, max(start, end), bottom)) for start, end in parts)
        return np.hstack([before[:, _last_rule(before) :], own, after[:, : after.shape[1] - _last_rule(after[:, ::-1])]])


def _middle(word: SeenWord) -> tuple[float, float]:
    left, top, right, bottom = word.box
    return (left + right) / 2, (top + bottom) / 2


def _last_rule(ink: NDArray[np.bool_]) -> int:
    """Where the last rule of some columns ends, with its blurred rim; 0 without any."""
    ruled = np.flatnonzero(np.count_nonzero(ink, axis=0) > RULED * len(ink))
    return min(int(ruled[-1]) + BLURRED, ink.shape[1]) if ruled.size else 0


def cut(ink: NDArray[np.bool_], box: Box) -> NDArray[np.bool_]:
    """The ink in a box, as much of it as lies on the page."""
    left, top, right, bottom = (max(0, round(value)) for value in box)
    return ink[top:bottom, left:right]


def _unparted(words: Sequence[SeenWord], place: int) -> tuple[int, int]:
    """The first and the last of the words that one was cut from, by their letters' count: no ink tells where its box ends."""
    first = last = place
    while first and abs(words[first].box[0] - words[first - 1].box[2]) < 1:
        first -= 1
    while last + 1 < len(words) and abs(words[last + 1].box[0] - words[last].box[2]) < 1:
        last += 1
    return first, last


def _joined(words: Sequence[SeenWord]) -> SeenWord:
    lefts, tops, rights, bottoms = zip(*(word.box for word in words), strict=True)
    return replace(words[0], text="".join(word.text for word in words), box=(min(lefts), min(tops), max(rights), max(bottoms)))


def _is_word(word: SeenWord) -> bool:
    return bool(_WORD.fullmatch(word.text)) and all(letter in _OUTLINES for letter in word.text)


def figures_in(word: SeenWord) -> int:
    """How many figures a number has; 0 of what is none."""
    return _digits(word) if _NUMBER.fullmatch(word.text) else 0


def _digits(word: SeenWord) -> int:
    return sum(map(str.isdigit, word.text))
