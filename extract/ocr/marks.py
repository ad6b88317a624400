"""The dots and accents over the letters of a word: those in its picture, and those that its letters have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from statistics import median
from typing import Any, NamedTuple

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
FEWEST, SMALL, WITHIN = 5, 5, 0.6
"""Dots of a page that tell how its others stand; of the sides that they have, in hundredths, one that few fall short of, and of that the
part that a square has which lies within a dot."""
SWAY, PAIR, UNEVEN, OFF = 0.07, (0.14, 0.32), 0.05, 0.28
"""Heights of a line: so far from the middle height of its page's dots one may stand, so far apart the two of an umlaut, so far from level,
and so far their middle from where a letter's is foretold. Of 384 on pages of damaged scans all but two that dirt joined stood 0.17 to 0.29
apart and level by 0.03; 96 in 100 of a page's stood within 0.05 of their middle; a vowel's middle, foretold from widths of letters that are
about those of the mean typeface, was off by 0.06 in the mean of 25 faces, and by 0.27 at most."""
APART, NEXT = 0.9, 0.1
"""What part of a page's marks thin ink leaves apart at least where it tells marks from parts of letters: on 143 of 185 pages of scans it
did; and heights of a line beside where a letter is foretold to reach, in which its parts may stand."""
_RISING = re.compile(r"[A-ZÀ-Þbdfhkltß()'’]")
"""Letters and signs whose own ink is as high as the marks over others."""
_CAPITAL = re.compile("[À-ÖØ-Þ]")
_VOWEL, _DOTTED = re.compile("[aouAOU]"), re.compile("[aeouAOU]")
"""Letters whose dots readers lose under a stroke, and all that have some in names: "Raphaël"."""
_JOINED = re.compile(r"[^\W\d_A-ZÀ-Þ]\.?[A-ZÀ-Þ]")
"""Where a blank was lost within a word; its letters stand elsewhere than their widths foretell."""
_FOR_LETTERS = frozenset("&@$")
"""What a reader makes of a letter that it has not, as the page's has no "ë"; a name has none of them."""
_ABOVE = 230
"""How Unicode classes what stands over a letter, and not below or through it."""


def marks(ink: Pixels, word: Box, base: float, usual: float) -> Iterator[Box]:
    """The pieces of ink that stand over the small letters of a word and touch none, as dots and accents do."""
    for box, _ in _pieces(ink, word, base, usual):
        if box[1] > round(base - TALL * usual) and SPECK * usual < min(_sides(box)):
            yield box


def loose_marks(inks: tuple[Pixels, Pixels], word: Box, text: str, base: float, usual: float, dots: Dots | None) -> int:
    """How many marks stand over the small letters of a word that are no parts of other letters.

    Poor print breaks a "C", "k" or "l" at its thin parts: where the page's own marks stand apart in thin ink, too, what that joins to a
    letter which rises so high is a part of it. `inks` are plain and thin.
    """
    found = list(marks(inks[0], word, base, usual))
    if dots is None or dots.apart < APART:
        return len(found)
    apart, spans = list(marks(inks[1], word, base, usual)), list(letter_spans(word, text))
    high = [(left - NEXT * usual, right + NEXT * usual) for letter, left, right in spans if _RISING.match(letter)]
    marked = [(left, right) for letter, left, right in spans if marks_of(letter)]
    return sum(any(_holds(other, mark) for other in apart) or not _is_over(mark, high) or _is_over(mark, marked) for mark in found)


def _is_over(mark: Box, spans: Iterable[tuple[float, float]]) -> bool:
    return any(left <= (mark[0] + mark[2]) / 2 <= right for left, right in spans)


def letter_spans(word: Box, text: str) -> Iterator[tuple[str, float, float]]:
    """The letters of a word, and from where to where each is foretold to reach."""
    wide = widths(text)
    pitch = (word[2] - word[0]) / sum(wide) if text else 0.0
    ends = [word[0], *(word[0] + pitch * end for end in accumulate(wide))]
    yield from ((letter, left, right) for letter, (left, right) in zip(text, pairwise(ends), strict=True))


def _holds(one: Box, other: Box) -> bool:
    return one[0] <= other[0] and one[1] <= other[1] and other[2] <= one[2] and other[3] <= one[3]


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


def slants(ink: Pixels, word: Box, text: str, base: float, usual: float) -> bool:
    """Whether a single stroke that rises or falls stands over a small letter that was read with two dots.

    At 150 dpi an acute fills more of its box than `accents` lets it, but still goes aslant. Of 2,356 words with an umlaut on 183 pages of
    damaged scans all six over which an acute stands are called so, and one that a fax broke.
    """
    found = list(marks(ink, word, base, usual))
    for letter, left, right in letter_spans(word, text):
        if letter.islower() and marks_of(letter) > 1:
            over = [mark for mark in found if _is_over(mark, [(left - NEXT * usual, right + NEXT * usual)])]
            if len(over) == 1 and _sign(_part(ink, over[0]), usual) in (_ACUTE, _GRAVE):
                return True
    return False


def _part(ink: Pixels, box: Box) -> Pixels:
    left, top, right, bottom = _within(*box)
    return ink[top:bottom, left:right]


class Dots(NamedTuple):
    """How dots stand over the small letters of a page, in heights of a line: their middle above the baseline, and a square in each.

    `apart` is what part of its marks thin ink leaves apart from their letters.
    """

    height: float
    square: float
    apart: float


def dots_of(ink: Pixels, words: Iterable[tuple[Box, str, float]], usual: float) -> Dots | None:
    """The dots of a page; `words` are boxes, texts and baselines. None where it has too few to tell."""
    heights, sides, expected, seen = [], [], 0, 0
    for box, text, base in words:
        read = 0 if _CAPITAL.search(text) else marks_of(text)
        found = list(marks(ink, box, base, usual)) if read else []
        expected, seen = expected + read, seen + min(len(found), read)
        if len(found) == read:
            heights += [(base - (mark[1] + mark[3]) / 2) / usual for mark in found]
            sides += [min(_sides(mark)) / usual for mark in found]
    return Dots(median(heights), float(np.percentile(sides, SMALL)) * WITHIN, seen / expected) if len(heights) >= FEWEST else None


def may_hide_dots(inks: tuple[Pixels, Pixels], word: Box, text: str, base: float, usual: float, dots: Dots | None = None) -> bool:
    """Whether a stroke that comes from above a line lies where the dots of an umlaut would stand that was read without them.

    Readers lose dots that a stroke runs into; where it passes above them, or beside, they would be seen. Where the page tells how its dots
    stand, none are hidden where no ink, letters' either, has room for two of them, level and over a vowel; of those over a capital few
    are read, and it tells nothing. `inks` are plain and thin: a stroke is seen in the one, all that may be dots in the other.
    """
    if not _VOWEL.search(text):
        return False
    pitch = (word[2] - word[0]) / sum(widths(text))
    left, top, right, bottom = _within(word[0] - pitch, base - STROKE[0] * usual, word[2] + pitch, base - OF_SMALL[1] * usual)
    plain, thin = (ink[top:bottom, left:right] for ink in inks)
    if not plain.size:
        return False
    places = [(letter, (start + end) / 2 - left) for letter, start, end in letter_spans(word, text)]
    rows, strokes = base - top, _from_above(plain, usual)
    under = [
        letter
        for letter, middle in places
        if _VOWEL.match(letter)
        and np.count_nonzero(strokes[_over(letter, rows, usual), max(0, round(middle - pitch)) : round(middle + pitch)])
        > (HIDING * usual) ** 2
    ]
    if not under or dots is None or _JOINED.search(text) or any(letter.isupper() for letter in under):
        return bool(under)
    fits = _room_for_dots(thin, dots, usual)
    return any(_are_over(fits[_over(letter, rows, usual, dots)], middle, usual) for letter, middle in places if _DOTTED.match(letter))


def _over(letter: str, base: float, usual: float, dots: Dots | None = None) -> slice:
    """The rows in which dots over a letter stand, or their middles where the page tells those of small letters."""
    highest, lowest = OF_CAPITAL if letter.isupper() else (dots.height + SWAY, dots.height - SWAY) if dots else OF_SMALL
    return slice(*(max(0, round(base - height * usual)) for height in (highest, lowest)))


def _from_above(ink: Pixels, usual: float) -> NDArray[np.bool_]:
    """The pieces of ink that come from above a line, but for small ones that begin over its letters: those are marks."""
    _, pieces, boxes, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    high = np.setdiff1d(pieces[: round((STROKE[0] - STROKE[1]) * usual)], 0)
    sides = boxes[high][:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    return np.isin(pieces, high[(boxes[high, cv2.CC_STAT_TOP] == 0) | (sides > MARK * usual)])


def _room_for_dots(ink: Pixels, dots: Dots, usual: float) -> NDArray[np.bool_]:
    """Where the middle of a dot may stand that ink hides."""
    side = max(2, round(dots.square * usual))
    whole = cv2.morphologyEx((ink > 0).astype(np.uint8), cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))  # poor print breaks dots
    return cv2.erode(whole, np.ones((side, side), np.uint8)) > 0


def _are_over(fits: NDArray[np.bool_], middle: float, usual: float) -> bool:
    """Whether two dots of an umlaut may stand where one `fits`, level and on both sides of the middle of a letter."""
    height, width = fits.shape
    uneven = min(round(UNEVEN * usual), height)
    for apart in range(round(PAIR[0] * usual), round(PAIR[1] * usual) + 1):
        first, last = (round(middle + side * usual - apart / 2) for side in (-OFF, OFF))
        left = fits[:, max(0, first) : max(0, min(last + 1, width - apart))]
        right = fits[:, max(0, first) + apart : max(0, first) + apart + left.shape[1]]
        if any((left[max(0, -down) : height - max(0, down)] & right[max(0, down) : height + min(0, down)]).any()
               for down in range(-uneven, uneven + 1)):  # fmt: skip
            return True
    return False


def widths(text: str) -> list[float]:
    """About how wide each letter of a text is, of a small one's width."""
    return [next((width for letters, width in _WIDTHS.items() if letter in letters), 1.25 if letter.isupper() else 1.05) for letter in text]


_WIDTHS = {"iljtfI.,;:'’()-": 0.6, "r": 0.78, "mMwW": 1.65, "CDGHNOQRUAK": 1.42, "csz": 0.95}


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
