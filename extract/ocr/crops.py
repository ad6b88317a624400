"""Lines of a page cut into the pieces that the second reader sees, and their words as both saw them; rows of dots apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from extract.ocr.engine import SeenLine, SeenWord
from extract.ocr.fusion import fused
from extract.ocr.raster import Pixels
from extract.ocr.readers import READERS
from extract.ocr.second_reading import SURE

WIDE_GAP = 1.6
"""Heights of the line; wider white parts it into pieces that are looked at one by one."""


def pieces(grey: Pixels, line: SeenLine, usual: float) -> Iterator[list[SeenWord]]:
    """A line's words, parted at wide white; where ink stands in the gap they stay together, for the second reader to see it."""
    piece: list[SeenWord] = []
    for word in line.words:
        if piece and word.box[0] - piece[-1].box[2] > WIDE_GAP * usual and not _inked(grey, line, piece[-1].box[2], word.box[0], usual):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _inked(grey: Pixels, line: SeenLine, left: float, right: float, usual: float) -> bool:
    """Whether something is written between two words."""
    top, bottom = inked_rows(grey, line, usual)
    gap = grey[top:bottom, int(left) + 4 : int(right) - 4]
    return bool(gap.size) and float((gap < 150).mean()) > 0.01


def inked_rows(grey: Pixels, line: SeenLine, usual: float) -> tuple[int, int]:
    """Top and bottom of a line's crop: its letters, whatever strokes cross it."""
    height = min(line.height or usual, 1.6 * usual) if line.height > 0.5 * usual else usual
    top = max(min(line.base) - 1.0 * height, line.box[1] - 0.15 * height)
    bottom = min(max(line.base) + 0.42 * height, line.box[3] + 0.15 * height)
    if bottom - top < 0.5 * height:
        top, bottom = line.box[1] - 0.15 * height, line.box[3] + 0.15 * height
    return max(0, int(top)), min(grey.shape[0], int(bottom) + 1)


def fused_at(grey: Pixels, line: SeenLine, piece: Sequence[SeenWord], usual: float) -> list[SeenWord]:
    """The words of a piece of a line as two readers saw them; the second is shown where they stand."""
    top, bottom = inked_rows(grey, line, usual)
    left = max(0, int(piece[0].box[0] - 0.2 * usual))
    right = min(grey.shape[1], int(max(word.box[2] for word in piece) + 0.2 * usual))
    return fused(piece, list(READERS["line"].read(grey, (left, top, right, bottom)).words), READERS["page"].LACKS)


LEADERS = "......"
"""What stands for a row of dots that leads to a page number; both readers read letters into it."""


def rows_of_dots(grey: Pixels, line: SeenLine, usual: float) -> tuple[int, int] | None:
    """Where the line's dots that lead to a page number begin and end; none where a word is surely read, pale though its letters are."""
    top, bottom = inked_rows(grey, line, usual)
    left, right = int(line.box[0]), int(line.box[2])
    if right - left < 12 * usual:
        return None
    foot = round(max(line.base) - top - 0.16 * usual)
    right = min(grey.shape[1], right + round(1.5 * usual))
    ink = grey[top:bottom, left:right] < 150
    high = np.flatnonzero(np.count_nonzero(ink[:foot], axis=0) > 1)
    runs = np.split(high, np.flatnonzero(np.diff(high) > 1) + 1)
    letters = [int(place) for run in runs if len(run) > 0.12 * usual for place in (run[0], run[-1])]
    start, end = max(pairwise([0, *letters, right - left]), key=lambda pair: pair[1] - pair[0])
    dots = int(np.count_nonzero(np.diff(ink[foot:, start:end].any(axis=0).astype(np.int8)) > 0))
    if end - start <= 3 * usual or dots <= 0.06 * (end - start) or dots <= 7:
        return None
    sure = any(_is_sure_word(word) and start < (word.box[0] + word.box[2]) / 2 - left < end for word in line.words)
    return None if sure else (left + start, left + end)


def _is_sure_word(word: SeenWord) -> bool:
    return word.confidence >= SURE and len(word.text) > 3 and word.text.isalpha()


def with_leaders(grey: Pixels, line: SeenLine, leaders: tuple[int, int], usual: float) -> list[SeenWord]:
    """A line of a table of contents: its words, its dots, its page number; else what stands before and behind dots for a day."""
    start, end = leaders
    words = [word if word.box[2] <= start + usual else SeenWord(word.text.split("..")[0], (*word.box[:2], start, word.box[3]), 0.3)
             for word in line.words if word.box[0] < start - 0.3 * usual]  # fmt: skip
    top, bottom = inked_rows(grey, line, usual)
    read = fused_at(grey, line, words, usual) if words else []
    right = min(grey.shape[1], int(line.box[2] + 1.5 * usual))
    behind = replace(line, words=tuple(_behind(line.words, end)))
    goes_on = any(len(word.text) > 3 and any(map(str.isalpha, word.text)) for word in behind.words)
    text = _page_of_contents(grey, end, right, (top, bottom), usual) if right - end > 4 and not goes_on else ""
    dots = [SeenWord(LEADERS, (float(start), float(top), float(end), float(bottom)), 1.0)]
    last = [SeenWord(text, (float(end), float(top), float(right), float(bottom)), 0.5)] if text else []
    if read:
        read[-1] = replace(read[-1], text=read[-1].text.rstrip(".… ") or read[-1].text, alternatives=())
    return [*read, *dots, *(_read(grey, behind, usual) if goes_on else last)]


def _behind(words: Sequence[SeenWord], end: int) -> Iterator[SeenWord]:
    """What the first reader saw behind the dots; of a word that begins among them the rest."""
    for word in (word for word in words if word.box[2] > end):
        left, top, right, bottom = word.box
        text = word.text if left >= end else _DOTTED.sub("", word.text)
        if text:
            yield replace(word, text=text, box=(max(left, float(end)), top, right, bottom))


_DOTTED = re.compile(r"^.*[.…_]{2,}")


def _read(grey: Pixels, line: SeenLine, usual: float) -> list[SeenWord]:
    leaders = rows_of_dots(grey, line, usual)
    if leaders:
        return with_leaders(grey, line, leaders, usual)
    return [word for piece in pieces(grey, line, usual) for word in fused_at(grey, line, piece, usual)]


def _page_of_contents(grey: Pixels, start: int, right: int, rows: tuple[int, int], usual: float) -> str:
    """The number behind the dots; with fewer of them in the picture it is read where it was not."""
    for part in (1.0, 0.2):
        seen = READERS["line"].read(grey, (max(0, start - round(part * usual)), rows[0], right, rows[1]))
        text = "".join(letter for word in seen.words for letter in word.text if letter.isdigit())
        if text:
            return text
    return ""
