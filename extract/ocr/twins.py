"""Whether the figures of a number look as the same figures do elsewhere on their page: print repeats itself, a pen does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise
from math import inf
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from agreements.language.calendar import LEADS_TO_YEAR, YEAR
from extract.ocr.engine import SeenWord
from extract.ocr.outlines import BLURRED, NEAR, SURE, TALL, figures_in
from extract.ocr.raster import Pixels

Shades = NDArray[np.float32]
"""How dark each dot is: 0.0 as the paper, 1.0 as the number's ink, however faint that is."""
HIGH, DEEP = 0.95, 0.3
"""Heights of a line above and below its baseline, between which figures and commas stand."""
PAPER, INK, CLEAR = 90, 4, 40
"""Of the dots in a number's box, in hundredths, those that are darker than its paper and those as dark as its ink; and how much darker,
of 255, the one is than the other at least."""
PARTED = (0.5, 0.65, 0.35, 0.8)
"""How dark the dots of a figure are; with the second and the last, figures that touch are parted, with the third
broken ones hang together."""
OVER = 0.5
"""Part of the narrower of two pieces of ink that stands over or under the other: they are of one figure."""
RIM = 2
"""Dots; so broad is the blurred rim of a figure."""
DIFFERS = 0.3
"""A dot is ink that another figure has not, where it is so much darker than each of the other's dots near it."""
SHIFT, SIZE = 2, 4
"""Dots that a figure is moved to lie upon another, and by which the heights and breadths of two differ at most."""
MOST, GOOD = 8, 0.02
"""Twins that a figure is held against, those nearest in size; and the part of its ink that differs where none better is looked for."""
ALIKE = 0.1
"""Part of a figure's ink that differs from its twin's at most. Of 2,490 printed figures on pages of damaged scans 97 in 100 differed by
0.1 at most; those of a pen that were read among them by 0.17 to 0.57, where numbers that are not surely read are no twins."""
UNLIKE, SEVERAL = 0.28, 3
"""The same at least of a figure that a pen wrote, where the page has so many of its twins. One was met, 0.32; of 1,003 numbers on poor,
faxed, light and photographed pages three that no pen had touched were told, and none of them is an Angabe."""
REACH = 0.8
"""Heights of a line before and behind a number that are looked at: a letter whose middle stands farther away is of another word."""
BLANK = 0.12
"""Heights of a line; so far a letter may reach out of its box, and no blank between two words is narrower."""
SPECK = 0.15
"""Heights of a line, squared: so much ink that is of no figure is a stroke of a pen."""
LOW = 0.12
"""Heights of a line below its baseline that brackets and the rules of a table reach, and figures do not."""
DOT, FOOT = (0.05, 0.4), (0.3, 0.12)
"""Heights of a line that a dot or comma has, and above its baseline those between which it begins and ends."""


class Figure(NamedTuple):
    """A figure on white ground; of each dot the darkest one near it, too, and how many dots are ink."""

    sign: str
    own: Shades
    near: Shades
    ink: int


class Number(NamedTuple):
    """The figures of a number, and the largest piece of ink beside them that is no dot or comma, in heights of a line, squared."""

    figures: tuple[Figure, ...]
    beside: float


class _Piece(NamedTuple):
    """Ink that hangs together, or stands over such: left, top, right, bottom in dots, and its numbers among all."""

    left: int
    top: int
    right: int
    bottom: int
    labels: tuple[int, ...]


class Twins:
    """The figures of the numbers of a page; `lines` are its words and the baseline of each, `usual` is the height of a line in dots."""

    def __init__(self, grey: Pixels, lines: Sequence[tuple[Sequence[SeenWord], float]], usual: float) -> None:
        self._grey = grey
        self._lines = lines
        self._usual = usual

    def are_print(self, word: SeenWord) -> bool:
        """Whether all ink of a number is print: its figures have twins on the page, and nothing else stands by.

        Where some have one elsewhere, others may be each other's: no pen writes the same twice.
        """
        number = self._numbers.get(word)
        if number is None or number.beside > SPECK**2:
            return False
        elsewhere = [figure for other in self._sure if other is not number for figure in other.figures]
        strange = [figure for figure in number.figures if misfit(figure, elsewhere) > ALIKE]
        return len(strange) < len(number.figures) and all(misfit(figure, strange) <= ALIKE for figure in strange)

    def is_added_to(self, word: SeenWord) -> bool:
        """Whether a pen wrote a figure of a number whose others are print: one unlike its twins, or one before it that nobody read."""
        known, unlike = self._known(word, self._numbers, SEVERAL)
        if 0 < unlike < known and 2 * known > figures_in(word):
            return True
        known, unlike = self._known(word, self._added_to, 1)
        are_print = known >= max(2, figures_in(word) - 1) and not unlike
        return are_print and word not in self._of_days and not self.are_print(word)

    def _known(self, word: SeenWord, numbers: Mapping[SeenWord, Number], several: int) -> tuple[int, int]:
        """Of how many figures of a number the page has several twins, and how many are unlike as a pen's are: all if any is less."""
        elsewhere = [figure for other in self._sure if other is not self._numbers.get(word) for figure in other.figures]
        figures = numbers[word].figures if word in numbers else ()
        off = [misfit(figure, elsewhere) for figure in figures if len(twins_of(figure, elsewhere)) >= several]
        unlike = [one for one in off if one > ALIKE]
        return len(off), len(unlike) if min(unlike, default=inf) > UNLIKE else len(off)

    @cached_property
    def _of_days(self) -> set[SeenWord]:
        """The years beside which a day may be written."""
        rows = [sorted(words, key=lambda word: word.box[0]) for words, _ in self._lines]
        return {word for row in rows for before, word in pairwise([None, *row]) if word and may_follow_day(before, word)}

    @cached_property
    def _sure(self) -> list[Number]:
        """The numbers that are read surely: a pen's are not."""
        return [number for word, number in self._numbers.items() if word.confidence > SURE]

    @cached_property
    def _numbers(self) -> dict[SeenWord, Number]:
        """The numbers of the page whose figures stand apart."""
        return self._seen(0)

    @cached_property
    def _added_to(self) -> dict[SeenWord, Number]:
        """The numbers of the page before which one piece more stands that is as high as a figure, without it."""
        return self._seen(1)

    def _seen(self, more: int) -> dict[SeenWord, Number]:
        found = {}
        for words, base in self._lines:
            row = sorted(words, key=lambda word: word.box[0])
            ends = [-inf, *(word.box[2] for word in row)], [*(word.box[0] for word in row[1:]), inf]
            for word, before, behind in zip(row, *ends, strict=False):
                number = self._number(word, base, (before, behind), more) if figures_in(word) else None
                if number:
                    found[word] = number
        return found

    def _number(self, word: SeenWord, base: float, ends: tuple[float, float], more: int) -> Number | None:
        """A number as it is seen, without so many pieces before it; None where its figures do not stand apart from each other."""
        foot = min(base, word.box[3])
        left, top = max(0, round(word.box[0] - REACH * self._usual)), max(0, round(foot - HIGH * self._usual))
        shades = self._shades(word, (left, top, round(word.box[2] + REACH * self._usual), round(foot + DEEP * self._usual)))
        between = self._between(word, ends[0] - left, ends[1] - left, left)
        if shades is None:
            return None
        for least in PARTED[:1] if more else PARTED:
            labels, pieces = _pieces(shades, least, between)
            tall = [piece for piece in pieces if piece.bottom - piece.top > TALL * self._usual]
            if len(tall) == figures_in(word) + more and all(piece.bottom < foot - top + LOW * self._usual for piece in tall[:more]):
                dots = self._dots(pieces, foot - top)[: sum(sign in ".,:;" for sign in word.text)]
                figures, largest = _told_apart(word.text, shades, labels, tall[more:], dots, between)
                return Number(figures, largest / self._usual**2)
        return None

    def _between(self, word: SeenWord, before: float, behind: float, start: float) -> tuple[float, float]:
        """Where a number's own ink begins and ends, what is squeezed to it included."""
        reach = BLURRED if word in self._of_days else NEAR * self._usual
        left, right = word.box[0] - start, word.box[2] - start
        return max(before + BLANK * self._usual, left - reach), min(behind - BLANK * self._usual, right + reach)

    def _shades(self, word: SeenWord, around: tuple[int, int, int, int]) -> Shades | None:
        """How dark a part of the page is beside a number's ink; None where that is too faint."""
        left, top, right, bottom = around
        own = self._grey[top:bottom, max(0, round(word.box[0])) : round(word.box[2]) + 1]
        if not own.size:
            return None
        paper, ink = np.percentile(own, (PAPER, INK))
        return (
            None if paper - ink < CLEAR else np.clip((paper - self._grey[top:bottom, left:right]) / (paper - ink), 0, 1).astype(np.float32)
        )

    def _dots(self, pieces: Sequence[_Piece], foot: float) -> list[_Piece]:
        """The pieces of ink that may be dots and commas, the largest first."""
        low, high = (part * self._usual for part in DOT)
        begin, end = (foot - part * self._usual for part in FOOT)
        dots = [piece for piece in pieces if low < piece.bottom - piece.top < high and begin < piece.top and end < piece.bottom]
        return sorted(dots, key=lambda dot: (dot.bottom - dot.top) * (dot.left - dot.right))


def may_follow_day(before: SeenWord | None, word: SeenWord) -> bool:
    """Whether a word is a year beside which a day may be written: no "Jahr" leads to it."""
    return bool(YEAR.fullmatch(word.text.rstrip("."))) and not (before and before.text in LEADS_TO_YEAR)


def misfit(figure: Figure, others: Sequence[Figure]) -> float:
    """The part of a figure's ink that differs from the most alike of its twins among others; infinite without any."""
    best = inf
    for twin in sorted(twins_of(figure, others), key=lambda twin: _apart(figure, twin))[:MOST]:
        best = min(best, differing(figure, twin))
        if best < GOOD:
            break
    return best


def twins_of(figure: Figure, others: Sequence[Figure]) -> list[Figure]:
    """The same figures in the same size among others."""
    return [other for other in others if other.sign == figure.sign and other is not figure and _apart(figure, other) <= SIZE]


def differing(figure: Figure, twin: Figure) -> float:
    """The part of a figure's ink that differs from a twin's, moved to where they are most alike."""
    height, width = (max(sides) for sides in zip(figure.own.shape, twin.own.shape, strict=True))
    own, near = (_grown(shades, height, width, 0) for shades in (figure.own, figure.near))
    other, other_near = (_grown(shades, height, width, SHIFT) for shades in (twin.own, twin.near))
    least = figure.ink + twin.ink
    for down in range(2 * SHIFT + 1):
        for right in range(2 * SHIFT + 1):
            place = np.s_[down : down + height, right : right + width]
            more = int(np.count_nonzero(own - other_near[place] > DIFFERS))
            least = min(least, more + int(np.count_nonzero(other[place] - near > DIFFERS)))
    return least / twin.ink


def _grown(shades: Shades, height: int, width: int, rim: int) -> Shades:
    """A figure in the middle of white ground of this size, and a rim around that."""
    (high, wide), (down, along) = shades.shape, ((height - shades.shape[0]) // 2, (width - shades.shape[1]) // 2)
    return np.pad(shades, ((rim + down, rim + height - high - down), (rim + along, rim + width - wide - along)))


def _apart(one: Figure, other: Figure) -> int:
    """By how many dots the heights or breadths of two figures differ."""
    return int(max(abs(first - second) for first, second in zip(one.own.shape, other.own.shape, strict=True)))


def _pieces(shades: Shades, least: float, between: tuple[float, float]) -> tuple[NDArray[np.int32], list[_Piece]]:
    """Which piece of ink each dot belongs to, and the pieces from left to right, those that stand over each other taken together."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats((shades > least).astype(np.uint8), connectivity=8)
    found: list[_Piece] = []
    for left, top, width, height, label in sorted((*map(int, each[:4]), label) for label, each in enumerate(stats) if label):
        piece = _Piece(left, top, left + width, top + height, (label,))
        over = next((place for place, other in enumerate(found) if _stand_over(other, piece)), None)
        if over is None:
            found.append(piece)
        else:
            found[over] = _together(found[over], piece)
    return np.asarray(labels, np.int32), [piece for piece in found if between[0] < (piece.left + piece.right) / 2 < between[1]]


def _stand_over(one: _Piece, other: _Piece) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > OVER * min(one.right - one.left, other.right - other.left)


def _together(one: _Piece, other: _Piece) -> _Piece:
    return _Piece(min(one.left, other.left), min(one.top, other.top), max(one.right, other.right), max(one.bottom, other.bottom),
                  (*one.labels, *other.labels))  # fmt: skip


def _told_apart(
    text: str,
    shades: Shades,
    labels: NDArray[np.int32],
    pieces: Sequence[_Piece],
    dots: Sequence[_Piece],
    between: tuple[float, float],
) -> tuple[tuple[Figure, ...], int]:
    """The figures of a number, and the dots of the largest piece of ink that is of none, and of no comma."""
    explained = np.zeros(shades.shape, np.bool_)
    explained[:, : max(0, round(between[0]))] = explained[:, max(0, round(between[1])) :] = True
    masks = [_spread(np.isin(labels, piece.labels).astype(np.float32), RIM) > 0 for piece in (*pieces, *dots)]
    for mask in masks:
        explained |= mask
    figures = []
    for sign, piece, mask in zip(filter(str.isdigit, text), pieces, masks, strict=False):
        rows, columns = slice(max(0, piece.top - RIM), piece.bottom + RIM), slice(max(0, piece.left - RIM), piece.right + RIM)
        own = np.pad(np.where(mask, shades, 0)[rows, columns], RIM)
        figures.append(Figure(sign, own, _spread(own, 1), max(1, int(np.count_nonzero(own > PARTED[0])))))
    _, _, stats, _ = cv2.connectedComponentsWithStats(((shades > DIFFERS) & ~explained).astype(np.uint8), connectivity=8)
    return tuple(figures), max((int(size) for *_, size in stats[1:]), default=0)


def _spread(dots: Shades, rim: int) -> Shades:
    """Of each dot the darkest one so near it."""
    return np.asarray(cv2.dilate(dots, np.ones((2 * rim + 1, 2 * rim + 1), np.uint8)), np.float32)
