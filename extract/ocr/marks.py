"""The dots and accents over the letters of a word: those in its picture, and those that its letters have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Box, SeenWord
from extract.ocr.fusion import DIFFERING, shape
from extract.ocr.missed import components, uncovered
from extract.ocr.raster import Pixels

TALL, TALLEST = 1.0, 1.15
"""Heights of a line above its baseline: the dots over capitals end below the one, the accents over them below the other."""
OVER_SMALL, SPECK, MARK = 0.47, 0.07, 0.4
"""Heights of a line above its baseline that no small letter reaches; a mark over one is larger than the one, smaller than the other."""
ACCENT, THIN, FULL = 0.16, 0.09, 0.6
"""Heights of a line that an accent has one way, and the other; how much of its box it fills at most.

Drawn in 24 faces of Liberation and DejaVu, dots fill 0.60 to 1.0 of theirs. Of acutes and graves over small letters 99 % are told to be
strokes at 300 dpi, 96 % at 200 and 85 % at 150, of circumflexes and carons 96, 82 and 47 %, of acutes over capitals 82, 70 and 31 %; what
has the shape of a tilde, a ring, or two dots that touch mostly is none.
"""
DOT, OBLONG, LEVEL = 0.24, 1.7, 0.5
"""Heights of a line that a dot has at most, how much longer than broad it is at most, and how far its columns and rows go together."""
SHORTEST, BROKEN, RISING = 0.14, 0.72, 0.6
"""Heights of a line that an acute or grave has at least, how much of its box it fills at most, and how far its columns and rows go together
at least: the one rises to the right, the other falls."""
THIN_INK = 170
"""Of 255; an accent's stroke is thinner than a letter's and so lighter: in Liberation Serif at 200 dpi every other was no INK."""
CAPITALS = 0.82
"""Heights of a line above its baseline that no letter reaches which has nothing over it."""
OF_SMALL, OF_CAPITAL = (0.8, 0.52), (1.02, 0.76)
"""Heights of a line above its baseline, from and to: there the dots over a small letter stand, and those over a capital."""
STROKE, HIDING = (1.3, 0.86), 0.12
"""Heights of a line: ink that comes from between the two above a baseline is no letter's; a square of so much of it may hide a dot."""
_VOWEL = re.compile("[aouAOU]")
_FOR_LETTERS = frozenset("&@$")
"""What a reader makes of a letter that it has not, as the page's has no "ë"; a name has none of them."""
_ABOVE = 230
"""How Unicode classes what stands over a letter, and not below or through it."""


def marks(ink: Pixels, word: Box, base: float, usual: float) -> Iterator[Box]:
    """The pieces of ink that stand over the small letters of a word and touch none, as dots and accents do."""
    for box, _ in _pieces(ink, word, base, usual):
        if box[1] > round(base - TALL * usual) and SPECK * usual < min(_sides(box)):
            yield box


def marks_of(text: str) -> int:
    """How many marks stand over the letters of a text: the dot of an "i", two over an umlaut."""
    return sum(1 if letter in "ij" else 2 if several & _TWO else len(several) for letter, several in _carried(text))


def accents(ink: Pixels, word: Box, base: float, usual: float) -> int:
    """How many of the marks over the letters of a word are plainly strokes, and no dots."""
    return sum(
        max(_sides(box)) > ACCENT * usual and min(_sides(box)) > THIN * usual and full < FULL
        for box, full in _pieces(ink, word, base, usual)
    )


def accents_of(text: str) -> int:
    """How many strokes the accents of a text may have."""
    return sum(2 if several & _TWO else len(several) for _, several in _carried(text) if several != {_DOTS})


def may_hide_dots(ink: Pixels, word: Box, text: str, base: float, usual: float) -> bool:
    """Whether a stroke that comes from above a line lies where the dots of an umlaut would stand that was read without them.

    Readers lose dots that a stroke runs into; where it passes above them, or beside, they would be seen.
    """
    if not _VOWEL.search(text):
        return False
    wide = widths(text)
    pitch = (word[2] - word[0]) / sum(wide)
    left, top, right, bottom = _within(word[0] - pitch, base - STROKE[0] * usual, word[2] + pitch, base - OF_SMALL[1] * usual)
    above = ink[top:bottom, left:right]
    if not above.size:
        return False
    strokes = _from_above(above, round((STROKE[0] - STROKE[1]) * usual), MARK * usual)
    for vowel in _VOWEL.finditer(text):
        middle = word[0] + pitch * (sum(wide[: vowel.start()]) + wide[vowel.start()] / 2) - left
        highest, lowest = (round(base - height * usual) - top for height in (OF_SMALL if vowel.group().islower() else OF_CAPITAL))
        over = strokes[max(0, highest) : lowest, max(0, round(middle - pitch)) : round(middle + pitch)]
        if np.count_nonzero(over) > (HIDING * usual) ** 2:
            return True
    return False


def _from_above(ink: Pixels, rows: int, small: float) -> NDArray[np.bool_]:
    """The pieces of ink that reach into the first so many rows, but for small ones that begin there: those are marks."""
    _, pieces, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high = np.setdiff1d(pieces[:rows], 0)
    sides = boxes[high][:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    return np.isin(pieces, high[(boxes[high, cv2.CC_STAT_TOP] == 0) | (sides > small)])


def widths(text: str) -> list[float]:
    """About how wide each letter of a text is, of a small one's width."""
    return [next((width for letters, width in _WIDTHS.items() if letter in letters), 1.25 if letter.isupper() else 1.0) for letter in text]


_WIDTHS = {"fijlrtI.,;:'’()-": 0.55, "mwMW": 1.5}


def told_by_marks(words: Sequence[SeenWord], grey: Pixels, base: float, usual: float) -> list[SeenWord]:
    """The words of a line; one whose readings differ but in the marks over its letters is the reading that its picture bears out.

    Readers flatten a letter, or give it the dots of an umlaut: what is told has a mark wherever another reading has one, and its dots,
    acutes and graves are all that stands there. Drawn in nine faces, of names with such marks 99 % were told at 200 dpi and 93 % at
    150, and none of those with others, from "Dvořák" to "Nguyễn".
    """
    return [_told(word, grey, base, usual) if word.alternatives else word for word in words]


def _told(word: SeenWord, grey: Pixels, base: float, usual: float) -> SeenWord:
    marked = {text: [bool(signs) for _, signs in _carried(text)] for text in (word.text, *word.alternatives)}
    if not all(_are_alike(word.text, text) for text in word.alternatives):
        return word
    most = [any(several) for several in zip(*marked.values(), strict=True)]
    seen = "".join(sign for _, sign in sorted(_seen(grey, word.box, base, usual))) if any(most) else ""
    told = [text for text, places in marked.items() if seen and places == most and re.fullmatch(_signs(text), seen)]
    return replace(word, text=told[0], alternatives=(), confidence=max(word.confidence, DIFFERING)) if len(told) == 1 else word


def _are_alike(text: str, other: str) -> bool:
    """Whether two readings have the same letters but for what stands over them, and for signs that a reader puts for one it lacks."""
    return len(text) == len(other) and all(
        _flat(one) == _flat(two) or (one.isalpha() != two.isalpha() and {one, two} & _FOR_LETTERS)
        for one, two in zip(text, other, strict=True)
    )


def _flat(letter: str) -> str:
    """A letter without what stands over it, shapes made equal that are not told apart."""
    return "".join(sign for sign in unicodedata.normalize("NFD", shape(letter)) if unicodedata.combining(sign) != _ABOVE)


def _signs(text: str) -> str:
    """The marks over the letters of a text from left to right, as a pattern with a sign for each; an apostrophe looks like any or none."""
    return "".join(
        _ANY if letter in "'’" else _DOT if letter in "ij" and not signs else "".join(_SIGN_OF.get(sign, _NONE) for sign in signs)
        for letter, signs in _carried(text)
    )


def _seen(grey: Pixels, word: Box, base: float, usual: float) -> Iterator[tuple[int, str]]:
    """The sign of each mark in the picture of a word, and where it stands; ink that is no dot, acute or grave has one of its own."""
    left, top, right, bottom = _within(word[0], base - TALLEST * usual, word[2], base)
    for band in components(uncovered(grey[top:bottom, left:right], (), THIN_INK)):
        for number, (x, y, width, height, _) in enumerate(band.stats[1:].tolist(), 1):
            above = base - top - band.top - y
            if above - height > OVER_SMALL * usual:
                own = band.labels[y : y + height, x : x + width] == number
                yield x, _OTHER if band.top + y == 0 else _sign(own, usual)
            elif above - 1 > CAPITALS * usual:
                yield x, _OTHER


def _sign(ink: NDArray[Any], usual: float) -> str:
    """Which mark a piece of ink is."""
    height, width = (side / usual for side in ink.shape)
    rows, columns = np.nonzero(ink)
    rises = -float(np.corrcoef(rows, columns)[0, 1]) if rows.std() and columns.std() else 0.0
    longer, shorter = max(height, width), min(height, width)
    if SHORTEST < longer < MARK and ink.mean() < BROKEN and abs(rises) > RISING:
        return _ACUTE if rises > 0 else _GRAVE
    return _DOT if shorter > THIN / 2 and longer < min(DOT, OBLONG * shorter) and abs(rises) < LEVEL else _OTHER


def _pieces(ink: Pixels, word: Box, base: float, usual: float) -> Iterator[tuple[Box, float]]:
    """The pieces of ink over the letters of a word, small enough to be a mark, and how much of its box each fills."""
    left, top, right, bottom = _within(word[0], base - TALLEST * usual, word[2], base)
    for band in components(ink[top:bottom, left:right]):
        for x, y, width, height, dots in band.stats[1:].tolist():
            high = base - top - (band.top + y + height) > OVER_SMALL * usual
            if high and band.top + y > 0 and max(width, height) < MARK * usual:
                box = (float(x + left), float(band.top + y + top), float(x + width + left), float(band.top + y + height + top))
                yield box, dots / (width * height)


def _within(*sides: float) -> tuple[int, ...]:
    """The sides of a box in whole dots, none before the first."""
    return tuple(max(0, round(side)) for side in sides)


def _sides(box: Box) -> tuple[float, float]:
    return box[2] - box[0], box[3] - box[1]


def _carried(text: str) -> Iterator[tuple[str, set[str]]]:
    """The letters of a text, and the signs over each, as Unicode parts them."""
    for letter in text:
        yield letter, {sign for sign in unicodedata.normalize("NFD", letter)[1:] if unicodedata.combining(sign) == _ABOVE}


_DOTS = "\N{COMBINING DIAERESIS}"
_DOT, _ACUTE, _GRAVE, _OTHER, _ANY, _NONE = ":", "/", "`", "~", ".?", "!"
_SIGN_OF = {_DOTS: 2 * _DOT, "\N{COMBINING ACUTE ACCENT}": _ACUTE, "\N{COMBINING GRAVE ACCENT}": _GRAVE}
_TWO = {_DOTS, "\N{COMBINING DOUBLE ACUTE ACCENT}"}
