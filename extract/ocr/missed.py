"""Ink that the first reader left out: lone page numbers, the bullets of lists, and whole lines, of which it says nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from extract.ocr.engine import Box, SeenLine, SeenWord
from extract.ocr.raster import Pixels

INK = 140
"""Of 255; darker dots are ink."""
FAINT = 185
"""Of 255; what is darker may be faded ink or pencil: a day was written in 142 to 155, on rough paper whose darkest dots had 236."""
HEAD, FOOT = 0.75, 0.06
"""Heights of a line above its baseline: between these every letter has ink, and a day that a pen wrote, but no line for the pen has: of 88
blank days of scans, 84 were seen to be white there."""
MOST = 400
"""Pieces of ink looked at on a page; dirt has more."""


class Piece(NamedTuple):
    """Ink that hangs together; left, top, right, bottom in dots."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """Dots."""
        return self.right - self.left

    @property
    def height(self) -> int:
        """Dots."""
        return self.bottom - self.top

    @property
    def box(self) -> Box:
        """As the readers give it."""
        return float(self.left), float(self.top), float(self.right), float(self.bottom)


def with_bullets(grey: Pixels, lines: Sequence[SeenLine], usual: float) -> list[SeenLine]:
    """The lines, each with the dash or dot before it that was not read; `usual` is the height of a line in dots."""
    bullets = [(piece, sign) for piece in pieces(grey, lines, usual) if (sign := _sign(piece, usual))]
    margin = _margin(lines, usual)
    return [_with_bullet(line, bullets, usual) if line.words[0].box[0] > margin + 0.3 * usual else line for line in lines]


def bullet_apart(words: list[SeenWord], grey: Pixels, usual: float) -> list[SeenWord]:
    """The words of a line, the dash before the first apart where white as wide as a blank stands behind it: then it is a bullet.

    Recorded: "—Saisonale" at the head of an entry; the dash in "-beratung" stands close to its word.
    """
    first = min(words, key=lambda word: word.box[0], default=None)
    if first is None or not _GLUED.match(first.text):
        return words
    left, top, right, bottom = (max(0, round(value)) for value in first.box)
    inked = np.flatnonzero((grey[top:bottom, left:right] < INK).any(axis=0))
    blanks = np.flatnonzero(np.diff(inked) > BLANK * usual)
    if not blanks.size or inked[blanks[0]] > DASH * usual:
        return words
    end, start = left + int(inked[blanks[0]]) + 1, left + int(inked[blanks[0] + 1])
    rest = replace(first, text=first.text[1:], box=(start, *first.box[1:]), alternatives=tuple(map(_without_dash, first.alternatives)))
    bullet = SeenWord(first.text[0].replace("—", "–"), (first.box[0], first.box[1], end, first.box[3]), first.confidence)
    return [each for word in words for each in ((bullet, rest) if word is first else (word,))]


def _without_dash(text: str) -> str:
    return text[1:] if _GLUED.match(text) else text


BLANK, DASH = 0.15, 0.9
"""Heights of a line: a blank is wider than the one, the widest dash before it narrower than the other."""
_GLUED = re.compile(r"[-–—](?=[^\W\d_]{2})")


def _margin(lines: Sequence[SeenLine], usual: float) -> float:
    """Where the leftmost lines begin, of which there are two at least: before them there is only dirt."""
    lefts = sorted(line.words[0].box[0] for line in lines)
    return float(next((a for a, b in pairwise(lefts) if b - a < 0.2 * usual), 0))


def numerals(grey: Pixels, lines: Sequence[SeenLine], usual: float) -> list[Piece]:
    """Pieces of ink as high as a figure, alone in the page's bottom or top margin, clear of all lines."""
    height = grey.shape[0]
    found = [piece for piece in pieces(grey, lines, usual) if 0.5 * usual < piece.height < usual and 0.1 * usual < piece.width < 3 * usual]
    edge = [piece for piece in found if piece.bottom < 0.12 * height or piece.top > 0.88 * height]
    clear = [piece for piece in edge if not any(line.box[1] < piece.bottom and piece.top < line.box[3] for line in lines)]
    return clear if len(clear) <= 4 else []


def pieces(grey: Pixels, lines: Sequence[SeenLine], usual: float) -> list[Piece]:
    """Ink outside all words, letters that nearly touch taken together; none where the page is too dirty to tell."""
    width = max(3, round(0.25 * usual)) | 1
    ink = uncovered(grey, [word.box for line in lines for word in line.words])
    near = np.asarray(cv2.dilate(ink, np.ones((1, width), np.uint8)), np.uint8)
    boxes = (box for band in components(near) for box in band.boxes())
    found = [Piece(left + width // 2, top, right - width // 2, bottom) for left, top, right, bottom in boxes]
    found = [piece for piece in found if piece.width > 0.12 * usual]
    return found if len(found) <= MOST else []


def uncovered(grey: Pixels, words: Sequence[Box], lightest: int = INK) -> Pixels:
    """Where ink is, darker than `lightest`, that no word covers: 1 there, else 0."""
    ink = np.asarray(cv2.threshold(grey, lightest - 1, 1, cv2.THRESH_BINARY_INV)[1], np.uint8)
    for left, top, right, bottom in words:
        ink[max(0, int(top) - 3) : int(bottom) + 3, max(0, int(left) - 3) : int(right) + 3] = 0
    return ink


class Band(NamedTuple):
    """Rows of a picture from `top` on, and the pieces of ink in them: which one each dot belongs to (0: none), and their measures."""

    top: int
    labels: NDArray[Any]
    stats: NDArray[np.int32]
    """Left, top, width, height and dots of each piece, the first standing for none."""

    def boxes(self) -> Iterator[tuple[int, int, int, int]]:
        """Left, top, right and bottom of each piece in the picture."""
        for x, y, w, h, _ in self.stats[1:].tolist():
            yield x, y + self.top, x + w, y + h + self.top


FEW_DOTS = 65_535
"""So many pieces can be told apart by short numbers, which takes a third of the time."""


def components(ink: Pixels) -> Iterator[Band]:
    """The pieces of ink, band by band of rows that hold any: most rows of a page hold none that is looked for."""
    rows = np.concatenate(([False], ink.any(axis=1), [False]))
    for top, bottom in np.flatnonzero(rows[1:] != rows[:-1]).reshape(-1, 2).tolist():
        part = ink[top:bottom]
        kind = cv2.CV_16U if cv2.countNonZero(part) < FEW_DOTS else cv2.CV_32S
        _, labels, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8, ltype=kind)
        yield Band(top, np.asarray(labels), np.asarray(stats, np.int32))


def _sign(piece: Piece, usual: float) -> str:
    """Which bullet a piece of ink may be; "" where none."""
    if 0.17 * usual < piece.width < 0.8 * usual and 0.04 * usual < piece.height < 0.2 * usual and piece.width > 1.7 * piece.height:
        return "–" if piece.width > 0.42 * usual else "-"
    round_enough = 0.7 < piece.width / piece.height < 1.4
    return "•" if round_enough and 0.18 * usual < piece.height < 0.45 * usual else ""


def _with_bullet(line: SeenLine, bullets: Sequence[tuple[Piece, str]], usual: float) -> SeenLine:
    left = line.words[0].box[0]
    middle = line.base[0] - 0.28 * usual
    own = [(piece, sign) for piece, sign in bullets
           if _before(piece, left, usual) and abs((piece.top + piece.bottom) / 2 - middle) < 0.2 * usual]  # fmt: skip
    if not own:
        return line
    piece, sign = max(own, key=lambda one: one[0].right)
    word = SeenWord(sign, (piece.left, piece.top, piece.right, piece.bottom), 0.85)
    return SeenLine((word, *line.words), line.base, line.height)


def _before(piece: Piece, left: float, usual: float) -> bool:
    return 0.3 * usual < left - piece.right < 2.5 * usual


LOW, HIGH, BROAD = 0.25, 1.15, 2.5
"""Heights of a line: so low and so high are letters, and so broad are a few that touch."""
BETWEEN = 1.0
"""Heights of a line; letters of one line stand no farther apart."""
LETTERS = 3
"""Fewer are dirt."""
SHORTEST = 1.2
"""Heights of a line; shorter is no word that matters alone."""
MOST_LINES = 40
"""Lines left out of a page; more is dirt all over."""


def overlooked(grey: Pixels, words: Sequence[Box], usual: float) -> list[Piece]:
    """What is `left_out`, none where it is more than lines can be."""
    found = left_out(grey, words, usual)
    return found if len(found) <= MOST_LINES else []


def left_out(grey: Pixels, words: Sequence[Box], usual: float) -> list[Piece]:
    """Where ink as large as letters stands in a row and no word covers it, from the top; `usual` is the height of a line in dots."""
    return sorted((piece for piece, _ in _rows(_clear(grey, words), usual)), key=lambda piece: piece.top)


def letters_in_rows(grey: Pixels, words: Sequence[Box], usual: float) -> list[tuple[int, int]]:
    """The tops of all such rows, and how many letters stand in each."""
    return [(piece.top, count) for piece, count in _rows(uncovered(grey, words), usual)]


def _clear(grey: Pixels, words: Sequence[Box]) -> Pixels:
    """Where ink is that no word covers and that does not hang together with ink of one: a signature's upper half over a name is no line."""
    bare = uncovered(grey, words)
    inside = uncovered(grey, ()) - bare
    near = cv2.dilate(inside, np.ones((3, 3), np.uint8)) > 0
    for band in components(bare):
        rows = slice(band.top, band.top + len(band.labels))
        hanging = np.zeros(len(band.stats), np.bool_)
        hanging[band.labels[near[rows]]] = True
        hanging[0] = False
        bare[rows][hanging[band.labels]] = 0
    return bare


def _rows(ink: Pixels, usual: float) -> Iterator[tuple[Piece, int]]:
    """Each row of ink as large as letters, and how many pieces it has."""
    letters, marks = _letters(ink, usual)
    reach = max(3, round(BETWEEN * usual)) | 1
    for band in components(np.asarray(cv2.dilate(letters, np.ones((1, reach), np.uint8)), np.uint8)):
        inside = [(y - band.top, x) for x, y in marks if 0 <= y - band.top < len(band.labels)]
        held = np.bincount([band.labels[y, x] for y, x in inside], minlength=len(band.stats))
        for number, (left, top, right, bottom) in enumerate(band.boxes(), 1):
            piece = Piece(left + reach // 2, top, right - reach // 2, bottom)
            if held[number] >= LETTERS and piece.width > SHORTEST * usual and piece.height > 0.4 * usual:
                yield piece, int(held[number])


def _letters(ink: Pixels, usual: float) -> tuple[Pixels, list[tuple[int, int]]]:
    """The ink that is as large as letters, alone, and a dot of each piece of it."""
    letters = np.zeros_like(ink)
    marks = []
    for band in components(ink):
        width, height = band.stats[:, cv2.CC_STAT_WIDTH], band.stats[:, cv2.CC_STAT_HEIGHT]
        fits = (height > LOW * usual) & (height < HIGH * usual) & (width < BROAD * usual)
        fits[0] = False
        for number in np.flatnonzero(fits).tolist():
            x, y, w, h = band.stats[number, :4].tolist()
            own = band.labels[y : y + h, x : x + w] == number
            letters[band.top + y : band.top + y + h, x : x + w] |= own.astype(np.uint8)
            marks.append((x + int(np.flatnonzero(own[0])[0]), band.top + y))
    return letters, marks
