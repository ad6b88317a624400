"""What stands on a page beside its words and was not read: a pen's strokes, letters under them, lines that nobody could read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from agreements.language.calendar import YEAR
from agreements.language.names import is_title
from agreements.language.place_and_date import LEADS, leads_to_day
from agreements.reading.reading import InkKind
from extract.ocr.blanks import are_one, hides_blank
from extract.ocr.crossed import high_ts, is_crossed
from extract.ocr.engine import Box
from extract.ocr.faded import fades
from extract.ocr.marks import TALL, THIN_INK, accents, accents_of, dots_of, loose_marks, marks_of, may_hide_dots, slants
from extract.ocr.missed import FAINT, FOOT, HEAD, INK, MOST_LINES, components, left_out, uncovered
from extract.ocr.raster import Pixels

GAP = 1.2
"""Heights of a line; white so wide between two words may hold another."""
APART = 3.0
"""Heights of a line; words farther apart do not belong together, as those of two columns."""
BEHIND = 0.7
"""Heights of a line; ink so near a word may be its letters."""
DATE = 8.0
"""Heights of a line; so far behind "den" a day may be written, though the line ends there, and before a year that begins one."""
HIGH = 0.3
"""Heights of a line; a line for the pen is lower, letters and figures are higher."""
BELOW = 1.9
"""Heights of a line; so far down the next line reaches."""
WIDTH = 7.0
"""Heights of a line; as wide as a short line that may be hidden below another."""
HIGHEST, DEEP = 1.6, 0.35
"""Heights of a line; no letter is so high, none reaches so far below the baseline."""
ABOVE, OVER, UNDER = 1.5, 0.5, 0.4
"""Heights of a line: so far above its baseline the middle of a day that was written for it may stand, so much more where it stands alone,
and so far below."""
LEVEL, NEAREST = 0.3, 0.9
"""Heights of a line: what stands no higher than the one is of the same line, no printed line stands nearer above it than the other."""
SWOLLEN = 2.3
"""Heights of a line; "den" is 1.6 wide and 0.8 high."""
LOWEST, TALLEST = 0.2, 2.5
"""Heights of a line: what stands out of a word that a day was written over is higher, and no figure is so high."""
MONTH_AND_YEAR = 4
"""Words behind "den" within which its year stands."""
DOT = 0.12
"""Heights of a line; less ink is a speck."""
SHORT = 12
"""Words; names of a signature stand in no longer line, two of them beside each other."""
HOOK = 0.1
"""Heights of a line; what is lower than most letters' feet by more reaches below the line."""
_DEEP = frozenset("gjpqyÇçþşŞţŢșȘțȚąĄęĘįĮųŲģĢķĶļĻņŅŗŖJQfß()[]{}/|,;‚„@§$_")
"""Letters and signs that reach below the line in one typeface or another."""
OF_NAME = 6
"""Words; a line that holds more is no name."""
_MAY_BE_NAME = re.compile(r"\(?[^\W\d_][^\W\d_-]*(?:-[^\W\d_]+)*[).,]*")
RULE = 3
"""Signs; fewer dots are specks or an abbreviation's."""
AROUND = 2.2
"""Heights of a line; words so near stand around a line."""


class Row(NamedTuple):
    """The words of a line from left to right: boxes in dots, and what they say; its baseline; what else each may say, where known."""

    words: Sequence[Box]
    texts: Sequence[str]
    base: float
    others: Sequence[Sequence[str]] = ()


class Stain(NamedTuple):
    """Ink that nobody read: the words by which it stands, by row and place, and its box; kinds as `agreements.reading.reading.Ink`."""

    art: InkKind
    words: tuple[tuple[int, int], ...]
    box: Box


def stains(grey: Pixels, rows: Sequence[Row], usual: float) -> Iterator[Stain]:
    """All ink beside the words of a page that may be letters; `usual` is the height of a line in dots."""
    boxes = [_filled(box, row.base, usual) for row in rows for box in row.words]
    ruled = [_is_ruled(text) for row in rows for text in row.texts]
    covered = [box for box, ground in zip(boxes, ruled, strict=True) if not ground]
    ink, faint = uncovered(grey, covered) > 0, uncovered(grey, covered, FAINT) > 0
    yield from _accented(uncovered(grey, ()), uncovered(grey, (), THIN_INK), rows, usual)
    for number, row in enumerate(rows):
        if row.words:
            yield from _in_row(ink, number, row, usual)
            yield from _washed_out(grey, faint, number, row, usual)
            yield from _hooks(grey, number, row, usual)
            yield from _crossed(grey, number, row, usual)
            yield from _seams(grey, number, row, usual)
        yield from _by_days(faint, number, rows, usual)
    lines = left_out(grey, boxes, usual)
    if len(lines) > MOST_LINES:
        yield Stain("schmutz", (), (0.0, float(lines[0].top), float(grey.shape[1]), float(lines[-1].bottom)))
        return
    for piece in lines:
        around = _around(piece.box, rows, usual)
        if around and not any(_goes_on(piece.box, row, usual) for row in rows):
            yield Stain("zeile", around, piece.box)


def _is_ruled(text: str) -> bool:
    """Whether a word is a line for the pen, of dots or strokes: ground, on which a day may be written."""
    return len(text.replace("…", "...")) >= RULE and not text.strip("._…")


def _filled(word: Box, base: float, usual: float) -> Box:
    """The part of a word's box that letters fill: where a pen's stroke ran into the word, its box reaches into other lines."""
    left, top, right, bottom = word
    return word if bottom - top < HIGHEST * usual else (left, max(top, base - TALL * usual), right, min(bottom, base + DEEP * usual))


def closed_in(grey: Pixels, words: Sequence[Box], row: Row, usual: float) -> bool:
    """Whether a line ends where its words end: no ink stands before or behind them; `words` are all others on the page."""
    ink = uncovered(grey, [*words, *row.words]) > 0
    return not any(stain.art in ("ende", "luecke") for stain in _in_row(ink, 0, row, usual))


def _in_row(ink: NDArray[np.bool_], number: int, row: Row, usual: float) -> Iterator[Stain]:
    top, bottom = row.base - HEAD * usual, row.base - FOOT * usual
    starts = [0]
    for place in range(1, len(row.words)):
        before, after = row.words[place - 1], row.words[place]
        gap = (before[2] + 4, top, after[0] - 4, bottom)
        if after[0] - before[2] > GAP * usual and _is_written(ink, gap, usual):
            yield Stain("luecke", ((number, place - 1), (number, place)), gap)
        if after[0] - before[2] > APART * usual:
            starts.append(place)
    for first, end in zip(starts, [*starts[1:], len(row.words)], strict=True):
        left, right = row.words[first], row.words[end - 1]
        reach = DATE if row.texts[end - 1] in LEADS else BEHIND
        edge = row.words[end][0] - 4 if end < len(row.words) else float(ink.shape[1])
        reach_back = DATE if YEAR.fullmatch(row.texts[first]) else BEHIND
        front = max(left[0] - reach_back * usual, row.words[first - 1][2] + 4 if first else 0.0)
        for place, box in ((first, (front, top, left[0] - 3, bottom)),
                           (end - 1, (right[2] + 3, top, min(right[2] + reach * usual, edge), bottom))):  # fmt: skip
            closed = row.texts[place].startswith("(") if box[2] < left[0] else row.texts[place].endswith(")")
            if not closed and _is_written(ink, box, usual):
                yield Stain("ende", ((number, place),), box)
        under = (left[0], row.base + 0.35 * usual, max(right[2], left[0] + WIDTH * usual), row.base + BELOW * usual)
        if _is_written(ink, under, usual):
            yield Stain("darunter", tuple((number, place) for place in range(first, end)), under)


def _washed_out(grey: Pixels, faint: NDArray[np.bool_], number: int, row: Row, usual: float) -> Iterator[Stain]:
    """The words that grow pale towards a side on which fainter ink goes on, where no other word was read of the line."""
    top, bottom = row.base - HEAD * usual, row.base - FOOT * usual
    ends = [0.0, *(word[2] + 4 for word in row.words)]
    starts = [*(word[0] - 4 for word in row.words), float(grey.shape[1])]
    for place, (left, _, right, _) in enumerate(row.words):
        for behind, free, box in (
            (False, left - ends[place], (max(left - BEHIND * usual, ends[place]), top, left - 3, bottom)),
            (True, starts[place + 1] - right, (right + 3, top, min(right + BEHIND * usual, starts[place + 1]), bottom)),
        ):
            if free > GAP * usual and _is_written(faint, box, usual) and fades(grey, row.words, place, row.base, usual, behind):
                yield Stain("blass", ((number, place),), box)


def _accented(ink: Pixels, thin: Pixels, rows: Sequence[Row], usual: float) -> Iterator[Stain]:
    """Words over whose letters other marks stand than those that were read have: "Andre" under an accent, "ö" in place of "ó".

    Readers flatten a letter alike, or give it the dots of an umlaut. A stroke where none was read is told of each word: of 97,000 of kept
    scans that have none three were called so. That there are more marks than were read is told of short lines. In print of three fonts at
    150 to 300 dpi no accent over an a or e was missed, and but two names of 30 called so on a poor copy; what hangs below a letter (ç, ș)
    or goes through it (ł) is told apart from it.
    """
    dots = dots_of(thin, ((box, text, row.base) for row in rows for box, text in zip(row.words, row.texts, strict=True)), usual)
    for number, row in enumerate(rows):
        for place, (box, text) in enumerate(zip(row.words, row.texts, strict=True)):
            may_be_name = _MAY_BE_NAME.fullmatch(text)
            if is_title(text):
                continue
            slanting = may_be_name and slants(ink, box, text, row.base, usual)
            if slanting or (may_be_name and accents(thin, box, row.base, usual) > accents_of(text)):
                yield Stain("akzent", ((number, place),), box)
            elif (
                may_be_name and len(row.words) <= OF_NAME and loose_marks((ink, thin), box, text, row.base, usual, dots) > marks_of(text)
            ) or (len(row.words) <= SHORT and may_hide_dots((ink, thin), box, text, row.base, usual, dots)):
                yield Stain("darueber", ((number, place),), box)


def _by_days(ink: NDArray[np.bool_], number: int, rows: Sequence[Row], usual: float) -> Iterator[Stain]:
    """What stands where a day belongs, higher or lower than its line too: strokes, or what was read of them; else the white there.

    Of a line that goes on in a sentence nothing is told: a scrap of a day reads as a small letter ("ee").
    """
    row = rows[number]
    for den in (place for place, text in enumerate(row.texts) if leads_to_day(text) and _follows_place(row, place, usual)):
        behind = range(den + 1, min(den + MONTH_AND_YEAR, len(row.words)))
        year = next((place for place in behind if YEAR.fullmatch(row.texts[place].rstrip("."))), None)
        if year is None and _goes_on_in_a_sentence(row, den, usual):
            continue
        below = list(_below(number, den, rows, usual))
        room = _room_for_day(row, den, None if below else year, usual)  # a day, too, is read as a year: "20.01." as "2001"
        words = [(number, den), *([(number, year)] if year else []), *below]
        behind_den = [
            box for place, box in enumerate(row.words) if place > den and (place != year or below) and not _is_ruled(row.texts[place])
        ]
        others = [other for other in rows if other is not row and other.words]
        above = [box for other in others if LEVEL * usual < row.base - other.base < NEAREST * usual for box in other.words]
        lines = [other.words for other in others]
        if _is_swollen(row.words[den], usual) or _is_taken(ink, room, [*behind_den, *above], lines, usual):
            yield Stain("tag", tuple(words), room)
        elif _is_white(ink, (row.words[den][2] + DOT * usual, row.base - HEAD * usual, room[2], row.base - FOOT * usual), usual):
            yield Stain("weiss", tuple(words[: len(words) - len(below)]), room)


def _is_white(ink: NDArray[np.bool_], line: Box, usual: float) -> bool:
    """Whether no ink of any kind stands where the letters of a day would: a line for the pen and specks are lower than letters."""
    left, top, right, bottom = (max(0, round(value)) for value in line)
    part = ink[top:bottom, left:right].astype(np.uint8)
    return all(y_end - y < LOWEST * usual for band in components(part) for _, y, _, y_end in band.boxes())


def _is_taken(ink: NDArray[np.bool_], room: Box, behind: Sequence[Box], lines: Sequence[Sequence[Box]], usual: float) -> bool:
    """Whether the room for a day holds one of the words that stand `behind` "den" or too near above, a line of its own, or strokes."""
    high = (room[0], room[1] - OVER * usual, *room[2:])
    alone = any(all(_stands_in(box, high) and box[0] > room[0] for box in line) for line in lines)
    return alone or any(_stands_in(box, room) for box in behind) or any(_stands_in(box, high) for box in _strokes(ink, room, usual))


def _is_swollen(den: Box, usual: float) -> bool:
    """Whether the box of "den" has room for a day beside the word, or over it."""
    return den[2] - den[0] > SWOLLEN * usual or den[3] - den[1] > SWOLLEN * usual


def _follows_place(row: Row, place: int, usual: float) -> bool:
    """Whether a word stands behind a place, or begins a line: of the page, or of a column whose place stands in the line above."""
    if place == 0 or row.words[place][0] - row.words[place - 1][2] > GAP * usual:
        return True
    return row.texts[place - 1].endswith(",") or row.texts[place - 1][:1].isupper()


def _goes_on_in_a_sentence(row: Row, place: int, usual: float) -> bool:
    """Whether words follow at once as in a sentence: one in small letters, or several; one alone may be what was read of a day ("Mil.")."""
    near = [*takewhile(lambda pair: pair[1][0] - pair[0][2] < GAP * usual, pairwise(row.words[place:]))]
    following = row.texts[place + 1 : place + 1 + len(near)]
    return bool(following) and (following[0][:1].islower() or (following[0][:1].isalpha() and len(following) > 1))


def _room_for_day(row: Row, den: int, year: int | None, usual: float) -> Box:
    """From the middle of a line above to that of one below, from a little before "den" to the year, behind it where there is no gap."""
    last = row.words[den if year is None else year]
    parted = year is not None and row.words[year][0] - row.words[den][2] > GAP * usual
    right = last[2] if parted else last[2] + DATE * usual
    following = (year or den) + 1
    while following < len(row.words) and (row.words[following][0] - last[2] < APART * usual or not row.texts[following][:1].isalpha()):
        following += 1
    edge = row.words[following][0] - 4 if following < len(row.words) else right
    return row.words[den][0] - usual, row.base - ABOVE * usual, min(right, edge), row.base + UNDER * usual


def _below(number: int, den: int, rows: Sequence[Row], usual: float) -> Iterator[tuple[int, int]]:
    """The year in the line below, where a narrow column parts it from "den": it begins where the place does."""
    words = rows[number].words
    first = next((at for at in range(den, 0, -1) if words[at][0] - words[at - 1][2] > APART * usual), 0)
    for other, row in enumerate(rows):
        if 0 < row.base - rows[number].base < 2 * usual:
            for place, text in enumerate(row.texts):
                if YEAR.fullmatch(text) and abs(row.words[place][0] - words[first][0]) < APART * usual:
                    yield other, place


def _strokes(ink: NDArray[np.bool_], room: Box, usual: float) -> Iterator[Box]:
    """The pieces of ink in and around a place that are as large as figures, and no strokes of a signature."""
    left, top, right, bottom = (max(0, round(value)) for value in (room[0], room[1] - 2 * usual, room[2], room[3] + 2 * usual))
    for band in components(ink[top:bottom, left:right].astype(np.uint8)):
        for x, y, end, y_end in band.boxes():
            if LOWEST * usual < y_end - y < TALLEST * usual and end - x < WIDTH * usual:
                yield float(x + left), float(y + top), float(end + left), float(y_end + top)


def _stands_in(box: Box, room: Box) -> bool:
    """Whether the middle of a box stands in a place."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return room[0] < x < room[2] and room[1] < y < room[3]


def _hooks(grey: Pixels, number: int, row: Row, usual: float) -> Iterator[Stain]:
    """The words of a short line under which more pieces of ink reach below it than they have letters that do: one may have a mark there."""
    if len(row.words) > SHORT:
        return
    for place, (word, text) in enumerate(zip(row.words, row.texts, strict=True)):
        area = (word[0], row.base - TALL * usual, word[2], row.base + DEEP * usual)
        left, top, right, bottom = (max(0, round(value)) for value in area)
        ink = (grey[top:bottom, left:right] < INK).astype(np.uint8)
        pieces = [box for band in components(ink) for box in band.boxes() if box[2] - box[0] < SWOLLEN * usual]
        feet = sorted(piece[3] for piece in pieces if abs(top + piece[3] - row.base) < HIGH * usual < piece[3] - piece[1])
        if not feet or not any(letter.isalpha() for letter in text) or is_title(text):
            continue
        low = feet[(len(feet) - 1) // 3] + HOOK * usual
        deep = [box for box in pieces if low < box[3] < bottom - top and (box[3] - box[1]) * (box[2] - box[0]) > (DOT * usual) ** 2]
        if len(deep) > sum(letter in _DEEP for letter in text):
            yield Stain("haken", ((number, place),), word)


def _crossed(grey: Pixels, number: int, row: Row, usual: float) -> Iterator[Stain]:
    """The words of a short line that may be of a name: a stroke goes through what a reader took for an l, or a t is as high as one.

    Of "Kłos" one reader saw "Ktos", the other "Klos": that is a German word, and so was surely read.
    """
    if len(row.words) <= SHORT:
        names = [place for place, text in enumerate(row.texts) if _MAY_BE_NAME.fullmatch(text) and text.strip("(")[:1].isupper()]
        for place in names:
            text, others = row.texts[place], row.others[place] if row.others else ()
            readings = (text,) if "ł" in text.lower() else (text, *others)
            if any(is_crossed(grey, row.words[place], reading, usual) for reading in readings):
                yield Stain("querstrich", ((number, place),), row.words[place])
        for place in high_ts(grey, row.words, row.texts, names, usual):
            yield Stain("balken", ((number, place),), row.words[place])


def _seams(grey: Pixels, number: int, row: Row, usual: float) -> Iterator[Stain]:
    """The words of letters in a short line that may be two, or two that may be one."""
    if len(row.words) > OF_NAME:
        return
    words = [(place, box) for place, (box, text) in enumerate(zip(row.words, row.texts, strict=True)) if text.strip("()").isalpha()]
    for place, box in words:
        if hides_blank(grey, box, row.base, usual):
            yield Stain("fuge", ((number, place),), box)
    for (place, one), (following, other) in pairwise(words):
        if following == place + 1 and are_one(one, other, usual):
            yield Stain("fuge", ((number, place), (number, following)), (one[0], one[1], other[2], other[3]))


def _is_written(ink: NDArray[np.bool_], box: Box, usual: float) -> bool:
    """Whether a place holds ink that is as high as letters."""
    left, top, right, bottom = (max(0, round(value)) for value in box)
    if right - left < 3:
        return False
    rows = np.count_nonzero(ink[top:bottom, left:right], axis=1) > 1
    return int(np.count_nonzero(rows)) > HIGH * usual


def _goes_on(box: Box, row: Row, usual: float) -> bool:
    """Whether a box is a part of a line that was read: it stands at its height, and near its words."""
    middle = (box[1] + box[3]) / 2
    level = row.base - usual < middle < row.base + 0.2 * usual
    return level and any(max(left - box[2], box[0] - right) < APART * usual for left, _, right, _ in row.words)


def _around(box: Box, rows: Sequence[Row], usual: float) -> tuple[tuple[int, int], ...]:
    """The words directly above, below and beside a box."""
    reach = AROUND * usual
    return tuple(
        (number, place)
        for number, row in enumerate(rows)
        for place, (left, top, right, bottom) in enumerate(row.words)
        if left < box[2] + reach and right > box[0] - reach and top < box[3] + 0.6 * reach and bottom > box[1] - 0.6 * reach
    )
