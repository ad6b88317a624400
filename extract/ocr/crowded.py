"""Numbers that stand where print leaves white: a figure may be squeezed before them, and pass for one of theirs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from extract.ocr.engine import SeenWord
from extract.ocr.outlines import figures_in

BLANKS = 3
"""Blanks of a line that tell how wide the others of it are."""
NARROW, LEAST = 0.45, 0.2
"""Part of the line's other blanks, and heights of a line: the white before a number in print is broader than the one or the other."""
OUT, EVEN = 0.25, 0.12
"""Heights of a line by which a number begins left of the lines above and below it, and by which these begin apart."""
NEXT = 3.5
"""Heights of a line from one line to the next at most."""


def crowded(lines: Sequence[tuple[Sequence[SeenWord], float]], usual: float) -> set[SeenWord]:
    """The numbers of a page before which there is less white than print leaves there; `lines` are its words and the baseline of each."""
    rows = sorted(((sorted(words, key=lambda word: word.box[0]), base) for words, base in lines if words), key=lambda row: row[1])
    return {word for words, _ in rows for word in _close_behind(words, usual)} | set(_out_of_line(rows, usual))


def _close_behind(words: Sequence[SeenWord], usual: float) -> Iterator[SeenWord]:
    """The numbers of a line that stand closer behind a word than all its words do."""
    blanks = [other.box[0] - one.box[2] for one, other in pairwise(words)]
    if len(blanks) < BLANKS:
        return
    for (one, word), blank in zip(pairwise(words), blanks, strict=True):
        if figures_in(word) > 1 and one.text[-1].isalpha() and blank < min(NARROW * median(blanks), LEAST * usual):
            yield word


def _out_of_line(rows: Sequence[tuple[Sequence[SeenWord], float]], usual: float) -> Iterator[SeenWord]:
    """The numbers that begin a line left of where the lines above and below it begin."""
    for (above, high), (words, base), (below, low) in zip(rows, rows[1:], rows[2:], strict=False):
        edges = above[0].box[0], below[0].box[0]
        near = base - high < NEXT * usual and low - base < NEXT * usual
        first = words[0]
        if near and figures_in(first) > 1 and abs(edges[0] - edges[1]) < EVEN * usual and OUT * usual < min(edges) - first.box[0] < usual:
            yield first
