"""Tables of figures on a page: their cells by drawn lines or by what stands beside each other, and the rows that these make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from agreements.language.place_and_date import DATE_LINE, opens_signatures
from agreements.language.signatures import BRACKETED
from extract.layout.lines import Line, Token, into_lines, line_of

Cell = list[Line]
"""The lines of one cell; none where it is empty."""
Rows = list[list[Cell]]
"""Rows from the top, each with as many cells from the left."""


Box = tuple[float, float, float, float]
"""A cell: left, top, right, bottom, in points from the page's top left."""
Grid = tuple[tuple[Box | None, ...], ...]
"""The cells that lines on a page draw, row by row; None where a row has none of its own in a column."""

_BOUND = r"(?:(?:mindestens|mind\.|maximal|max\.|höchstens|rund|rd\.|ca\.|etwa|EUR|€)\s*)?"
_UNIT = r"(?:%|%-Punkte|Prozent\w*|v\.\s?H\.|(?:Mio\.?|Tsd\.?|T)?\s*(?:Euro|EUR|€)|Mio\.?|Personen|Integrationen)"
VALUE = re.compile(rf"{_BOUND}[+−–-]?\s?\d{{1,3}}(?:\.?\d{{3}})*(?:,\d+)?(?:,[-–]{{1,2}})?\s*{_UNIT}?\*?")
"""What a cell holds that states one figure."""
_STATED = re.compile(r"\d\s?(?:%|Prozent|Euro|EUR|€|Personen)(?!\w)")
_LONGEST_CELL = 160
_FEWEST = 2
"""Rows with a figure that make a table of figures."""
_GAP = 1.3
"""Times the least distance between lines; more stands between two rows."""


class Table(NamedTuple):
    """A table of figures on a page."""

    rows: Rows


def with_tables(lines: list[Line], grids: Sequence[Grid]) -> Iterator[list[Line] | Table]:
    """The page's lines in order, those inside a table of figures as its rows; another table's lines are left as they are."""
    tables = [(box_of(grid), rows) for grid in grids if holds_figures(rows := _rows_of(lines, grid))]
    waiting: list[Line] = []
    met: set[int] = set()
    for line in lines:
        inside = {number for number, (box, _) in enumerate(tables) if any(_is_in(token, box) for token in line.tokens)}
        for number in sorted(inside - met):
            if waiting:
                yield waiting
                waiting = []
            yield Table(tables[number][1])
        met |= inside
        if left := [token for token in line.tokens if not any(_is_in(token, tables[number][0]) for number in inside)]:
            waiting.append(line_of(left) if inside else line)
    if waiting:
        yield waiting


def box_of(grid: Grid) -> Box:
    """The box around all cells."""
    cells = [cell for row in grid for cell in row if cell]
    lefts, tops, rights, bottoms = zip(*cells, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _rows_of(lines: Sequence[Line], grid: Grid) -> Rows:
    tokens = [token for line in lines for token in line.tokens]
    return [[into_lines(token for token in tokens if cell and _is_in(token, cell)) for cell in row] for row in grid]


def _is_in(token: Token, box: Box) -> bool:
    across, down = (token.left + token.right) / 2, token.base - 0.3 * token.size
    left, top, right, bottom = box
    return left <= across <= right and top <= down <= bottom


def holds_figures(rows: Rows) -> bool:
    """Whether rows hold figures beside what they are of, in letters that are certain, and no signatures or paragraphs."""
    certain = all(token.certain for row in rows for cell in row for line in cell for token in line.tokens)
    return certain and is_of_figures([[text_of(cell) for cell in row] for row in rows])


def is_of_figures(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the texts of cells, row by row, are figures beside what they are of, and no signatures or paragraphs."""
    everything = [text for row in rows for text in row]
    signed = any(DATE_LINE.search(text) or opens_signatures(text) or BRACKETED.match(text) for text in everything if text)
    figures = sum(any(VALUE.fullmatch(text) for text in row[1:]) and not VALUE.fullmatch(row[0]) for row in rows)
    return not signed and figures >= _FEWEST and max(map(len, everything), default=0) <= _LONGEST_CELL


def text_of(cell: Cell) -> str:
    """What a cell says, line by line."""
    return " ".join(line.text for line in cell)


def aligned(columns: list[list[Line]]) -> Rows | None:
    """The rows that columns beside each other make; None where these are no table of figures, or not clear is which lines are one cell."""
    first = next((number for number, column in enumerate(columns) if number and _states_figures(column)), None)
    if first is None:
        return None
    labels = _clusters(columns[first - 1], [line.base for line in columns[first]])
    if labels is None:
        return None
    tops = [cluster[0].base for cluster in labels]
    rows: Rows = [[[] for _ in columns] for _ in labels]
    for number, column in enumerate(columns):
        for line in column:
            place = next((at for at in reversed(range(len(tops))) if line.base > tops[at] - 0.6 * line.size), 0)
            rows[place][number].append(line)
    if any(_STATED.search(text_of(cell)) for row in rows for cell in row[:first]):
        return None  # the white between two columns was too narrow to part them
    several = any(len(row[number]) > 1 for row in rows[1:] for number, column in enumerate(columns) if number >= first)
    return None if several or not holds_figures(rows) else rows


def _states_figures(column: list[Line]) -> bool:
    """Whether a column holds figures below its head."""
    figures = [bool(VALUE.fullmatch(line.text)) for line in column]
    return sum(figures) >= _FEWEST and all(figures[figures.index(True) :])


def _clusters(lines: list[Line], bases: Sequence[float]) -> list[list[Line]] | None:
    """The lines of a column, those of one cell together, so that each figure beside them has one cell; None where that is not clear."""
    steps = [other.base - one.base for one, other in pairwise(lines)]
    least = min(steps, default=0.0)
    found: list[list[Line]] = [[lines[0]]]
    for step, line in zip(steps, lines[1:], strict=True):
        if step > _GAP * least:
            found.append([line])
        else:
            found[-1].append(line)
    if all(sum(_beside(cluster, base) for base in bases) == 1 for cluster in found) and len(found) == len(bases):
        return found
    single = [[line] for line in lines]
    exact = len(lines) == len(bases) and all(abs(line.base - base) < 0.5 * line.size for line, base in zip(lines, bases, strict=True))
    return single if exact else None


def _beside(cluster: list[Line], base: float) -> bool:
    size = cluster[0].size
    return cluster[0].base - 0.5 * size < base < cluster[-1].base + 0.5 * size
