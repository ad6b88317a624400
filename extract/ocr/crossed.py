"""Whether a stroke goes through the stem of an l: one of print, "ł", that both readers surely read as an l, or a pen's, as a t."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Box
from extract.ocr.marks import letter_spans
from extract.ocr.raster import Pixels

Shades = NDArray[np.float32]
"""How dark each dot is: 0.0 as the paper, 1.0 as the word's ink, however faint that is."""
PAPER, INK, CLEAR = 90, 6, 40
"""Of the dots in a word's box, in hundredths, those that are darker than its paper and those as dark as its ink; and how much darker,
of 255, the one is than the other at least."""
AROUND = 0.2
"""Heights of a line around a word's box that are looked at: boxes end in the blurred rim of letters, a bar reaches 0.1 out of a stem."""
DARK = 0.5
"""How dark the dots of a stem are."""
LOW, HIGH, THICK = 0.62, 0.95, 0.25
"""Heights of a line: the stem of an l is higher than the first, that of a bracket higher than the second, none is as thick as the third."""
EVEN = 0.06
"""Heights of a line by which an l or L begins lower than the highest letter of its word at most: a t does by 0.06 (DejaVu) to 0.15."""
OFF = 0.21
"""Heights of a line by which a stem stands beside where the widths of its word's letters let it be expected at most."""
NEAR = (0.02, 0.06)
"""Heights of a line beside a stem, from and to: there a bar lies, and no other letter."""
BAR, BARE = (0.66, 0.28), (0.9, 0.12)
"""Parts of a stem's height, from and to: where a bar lies in the faces of Liberation and DejaVu, and where no serif does."""
BLANK = 10
"""In hundredths: so many of the dots beside a stem have nothing but its rim and perhaps a letter that touches it."""
RISES = (0.04, 0.18)
"""Heights of a line by which a bar stands higher on the right of the stem than on its left, from and to: those of "t" and "f" are level, of
Liberation and DejaVu it rises 0.09 to 0.17, and 0.046 where a blurred one ran into the "o" behind it; what rises more are parts of two
other letters ("Juli", "Vergleich": 0.2)."""
THIN = 0.18
"""Heights of a line: a bar is no thicker on one side at least (in print 0.12, on a pale page 0.17), what runs out of a letter beside it is;
on the other it may run into that."""
CROSSED = 0.38
"""How dark a bar is at least, of the ink of its word.

Measured on 611 pages that another program made and soiled: 48 of 54 ł of a name are seen, all four that both readers took for an l among
them; 2 of 374 words of other names with an l and 17 of 14,599 such words of prose are called so, most of them on a fax.
"""
_TALL, _T = re.compile("[bhklLß]"), re.compile("(?<![bdfhijklßA-ZÀ-Þ])(?<![bdfhijklß].)t(?!.?[bdfhijklß])")
"""Letters whose stems are as high as that of an l; a t that is not within two letters of one, or of an i whose dot
ran into it, which might be taken for its: of 26 scans with a t in a name, "dóttir" of one was doubted without that."""
SEVERAL, AS_HIGH = 3, 0.025
"""Tall letters near a t that tell how high an l is, and heights of a line by which such a stem begins beside it at most: a t that was read
so of an l under a pen's stroke began with them, of 200 that are one two did and a few that a stroke lengthened began higher; the next
began 0.04 lower, as in Liberation Sans Bold."""


class _Stem(NamedTuple):
    """Columns and rows of a stem, in dots."""

    left: int
    right: int
    top: int
    bottom: int


def is_crossed(grey: Pixels, word: Box, text: str, usual: float) -> bool:
    """Whether a stroke goes through an l of a word; `usual` is the height of a line in dots."""
    places = [place for place, letter in enumerate(text) if letter in "lL"]
    shades = _shades(grey, word, usual) if places else None
    if shades is None:
        return False
    stems = _highest(list(_stems(shades, usual)), usual)
    return any(_bar(shades, stem, usual) > CROSSED for stem in _stems_of(places, stems, word, text, usual))


def high_ts(grey: Pixels, words: Sequence[Box], texts: Sequence[str], asked: Iterable[int], usual: float) -> Iterator[int]:
    """Of some words of a line, by their places, those in which a stem that was read as that of a t begins as high as of an l near it."""
    asked = [place for place in asked if _T.search(texts[place])]
    tall = [(word, top) for word, text in zip(words, texts, strict=True) for top in _tops(grey, word, text, _TALL, usual)] if asked else []
    for place in asked if tall else ():
        word, text = words[place], texts[place]
        near = sorted(tall, key=lambda other: abs(other[0][0] + other[0][2] - word[0] - word[2]))[:SEVERAL]
        highest = min(top for _, top in near)
        if any(abs(top - highest) <= AS_HIGH * usual for top in _tops(grey, word, text, _T, usual)):
            yield place


def _tops(grey: Pixels, word: Box, text: str, letters: re.Pattern[str], usual: float) -> Iterator[int]:
    """The rows of a page in which the stems of some letters of a word begin, those of them that are found."""
    places = [found.start() for found in letters.finditer(text)]
    shades = _shades(grey, word, usual) if places else None
    if shades is not None:
        above = max(0, round(word[1] - AROUND * usual))
        yield from (above + stem.top for stem in _stems_of(places, list(_stems(shades, usual)), word, text, usual))


def _stems_of(places: Sequence[int], stems: Sequence[_Stem], word: Box, text: str, usual: float) -> Iterator[_Stem]:
    """Of the stems of a word those that stand where the letters at some places of its text are expected."""
    start = min(word[0], AROUND * usual)
    spans = list(letter_spans((start, word[1], start + word[2] - word[0], word[3]), text))
    for place in places:
        middle = sum(spans[place][1:]) / 2
        off, stem = min(((abs((stem.left + stem.right) / 2 - middle), stem) for stem in stems), default=(usual, None))
        if stem and off <= OFF * usual:
            yield stem


def _shades(grey: Pixels, word: Box, usual: float) -> Shades | None:
    """How dark a word and what is around it are; None where its ink is too faint."""
    rim = AROUND * usual
    left, top, right, bottom = (max(0, round(side)) for side in word)
    own = grey[top:bottom, left:right]
    if not own.size:
        return None
    paper, ink = np.percentile(own, (PAPER, INK))
    left, top, right, bottom = (max(0, round(side)) for side in (word[0] - rim, word[1] - rim, word[2] + rim, word[3] + rim))
    return None if paper - ink < CLEAR else np.clip((paper - grey[top:bottom, left:right]) / (paper - ink), 0, 1).astype(np.float32)


def _stems(shades: Shades, usual: float) -> Iterator[_Stem]:
    """The upright strokes of a word that are as high as that of an l, from left to right."""
    tops, heights = _longest(shades > DARK)
    tall = (heights > LOW * usual) & (heights < HIGH * usual)
    ends = np.flatnonzero(np.diff(np.concatenate(([0], tall.astype(int), [0]))))
    for left, right in zip(ends[::2].tolist(), ends[1::2].tolist(), strict=True):
        if right - left < THICK * usual:
            at = left + int(heights[left:right].argmax())
            yield _Stem(left, right, int(tops[at]), int(tops[at] + heights[at]))


def _highest(stems: Sequence[_Stem], usual: float) -> list[_Stem]:
    """The stems of a word that begin about as high as its highest: that of a t does not."""
    top = min((stem.top for stem in stems), default=0)
    return [stem for stem in stems if stem.top - top < EVEN * usual]


def _longest(ink: NDArray[np.bool_]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Where in each column the longest row of dots one below the other begins, and how many it has."""
    tops, heights, now = (np.zeros(ink.shape[1], int) for _ in range(3))
    for row, dots in enumerate(ink):
        now = np.where(dots, now + 1, 0)
        tops, heights = np.where(now > heights, row - now + 1, tops), np.maximum(now, heights)
    return tops, heights


def _bar(shades: Shades, stem: _Stem, usual: float) -> float:
    """How dark a thin bar that rises through a stem is beside it, of its ink, on the side where it is less; 0.0 without one."""
    near, far = round(NEAR[0] * usual), round(NEAR[1] * usual)
    left = _ink_of_bar(shades[stem.top : stem.bottom, max(0, stem.left - far) : max(1, stem.left - near)])
    right = _ink_of_bar(shades[stem.top : stem.bottom, stem.right + near : stem.right + far])
    if not left.any() or not right.any():
        return 0.0
    rises, thick = _middle(left) - _middle(right), min(np.count_nonzero(side > side.max() / 2) for side in (left, right))
    return float(min(left.max(), right.max())) if RISES[0] * usual < rises < RISES[1] * usual and thick <= THIN * usual else 0.0


def _ink_of_bar(beside: Shades) -> Shades:
    """How much darker each row is where a bar lies than where nothing does, of what stands beside a stem."""
    if not beside.size:
        return np.zeros(0, np.float32)
    rows = np.convolve(beside.mean(1), (0.5, 0.5), "same")
    bar, bare = (rows[round((1 - high) * len(rows)) : round((1 - low) * len(rows))] for high, low in (BAR, BARE))
    return np.asarray(np.clip(bar - np.percentile(bare, BLANK), 0, 1), np.float32)


def _middle(rows: Shades) -> float:
    """Where most of the ink of some rows lies, in dots from the first."""
    return float(np.average(np.arange(len(rows)), weights=rows**2))
