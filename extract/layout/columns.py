"""Columns side by side, as in a signature block: found by the white between them, whatever order the file has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from agreements.language.calendar import YEAR
from agreements.language.numbering import ANLAGE, BULLETS
from agreements.language.place_and_date import DATE_LINE, LEADS_AT_END
from extract.layout.hyphenation import plain
from extract.layout.lines import Line, Token, into_lines
from extract.layout.tables import aligned

WIDE = 1.5
"""Font sizes; narrower white inside a line is a blank, stretched by justification."""
STRETCHED = 2.5
"""Times the line's usual blank; so much wider a gap is no stretched blank."""
_AMOUNT = re.compile(r"[\d.,%€\-–—/()]+|Euro|EUR|Mio\.?|rd\.|v\.H\.|Prozent")
_YEAR_OR_BLANK = re.compile(rf"{YEAR.pattern}|[_.…]+")


@dataclass(slots=True)
class Region:
    """Lines of each column, from left to right."""

    columns: list[list[Line]]
    corridors: list[tuple[float, float]] = field(default_factory=list)
    continued: bool = False
    """Whether its columns are those of the page before."""


Corridor = tuple[float, float]
Solid = set[int]


def with_columns(lines: list[Line], before: Region | None = None) -> list[Line | Region]:
    """The page's lines, in order, with those that stand in columns put together by column.

    `before` is the region with which the page before ended: its columns may go on.
    """
    solid = _solid(lines)
    rows = _merged(lines)
    found: list[Line | Region] = []
    place = 0
    if before and before.corridors and (end := _going_on(rows, before, solid)):
        tokens = [token for row in rows[:end] for token in row.line.tokens]
        cells = [_in_column(tokens, before.corridors, number) for number in range(len(before.corridors) + 1)]
        found.append(Region([into_lines(cell) for cell in cells], before.corridors, continued=True))
        place = end
    while place < len(rows):
        end, corridors = _extent(rows, place, solid)
        regions = _regions(rows[place:end], corridors) if corridors else ()
        if regions:
            found += regions
            place = end
        else:
            found += [line for line in lines if id(line) in rows[place].members]
            place += 1
    return found


@dataclass(slots=True)
class _Row:
    """Lines beside each other that overlap in height: columns need not share their baselines."""

    line: Line
    members: set[int]


def _merged(lines: list[Line]) -> list[_Row]:
    rows: list[_Row] = []
    for line in lines:
        last = rows[-1].line if rows else None
        if last and _overlap(last, line) and (line.left > last.right or line.right < last.left):
            members = rows[-1].members | {id(line)}
            rows[-1] = _Row(Line(last.tokens + line.tokens, last.page, last.base, last.size), members)
        else:
            rows.append(_Row(line, {id(line)}))
    return rows


def _overlap(one: Line, other: Line) -> bool:
    return abs(one.base - other.base) < 0.6 * min(one.size, other.size)


def _corridors(line: Line, solid: Solid) -> list[Corridor]:
    """The wide white inside a line; not that after its bullet or number, nor inside one tagged paragraph."""
    gaps = line.gaps
    if not gaps:
        return []
    usual = max(0.3 * line.size, sorted(gaps)[(len(gaps) - 1) // 3])
    return [
        (a.right, b.left)
        for place, (a, b) in enumerate(zip(line.tokens, line.tokens[1:], strict=False))
        if b.left - a.right >= max(WIDE * line.size, STRETCHED * usual) and not (place == 0 and _marker(a)) and not _one_block(a, b, solid)
    ]


def _marker(token: Token) -> bool:
    """Whether a line's first token may be its bullet or number."""
    return token.text in BULLETS or bool(re.fullmatch(r"[(§]?\s*\w{1,4}[.)]|§|\W", token.text))


def _solid(lines: list[Line]) -> Solid:
    """Tagged blocks that run over several lines or stand in a table: white inside them parts no columns."""
    counts: Counter[int] = Counter()
    for line in lines:
        counts.update({id(token.node) for token in line.tokens if token.node})
        counts.update({id(token.node): 1 for token in line.tokens if token.node and token.node.cell})
    return {node for node, count in counts.items() if count > 1}


def _one_block(one: Token, other: Token, solid: Solid) -> bool:
    return one.node is not None and one.node is other.node and id(one.node) in solid


def _extent(rows: list[_Row], start: int, solid: Solid) -> tuple[int, list[Corridor]]:
    """Row after the last that leaves the white of row `start` free, and what of it stays free."""
    corridors = _corridors(rows[start].line, solid)
    end = start + 1
    while corridors and end < len(rows):
        left = [part for corridor in corridors if (part := _free(corridor, rows[end].line, solid))]
        if not left or _leaves_table(rows[start].line, rows[end].line):
            break
        corridors, end = left, end + 1
    end = _trimmed(rows, start, end, corridors)
    return end, _left_free(rows[start:end], solid)


def _left_free(rows: list[_Row], solid: Solid) -> list[Corridor]:
    """The white that all of some rows leave free: text below them may have run through some of it."""
    corridors = _corridors(rows[0].line, solid)
    for row in rows[1:]:
        corridors = [part for corridor in corridors if (part := _free(corridor, row.line, solid))]
    return corridors


def _going_on(rows: list[_Row], before: Region, solid: Solid) -> int:
    """How many rows at a page's start go on with the columns of the page before: up to the last that stands in both, or all."""
    end = 0
    edges = {round(line.left) for column in before.columns for line in column}
    while end < len(rows) and round(rows[end].line.left) in edges and all(_free(one, rows[end].line, solid) for one in before.corridors):
        if ANLAGE.match(plain(rows[end].line.text)):
            break  # what is attached behind the signatures is none of their lines, though its table may stand in columns, too
        end += 1
    edge = before.corridors[0][1]
    both = [number for number in range(end) if rows[number].line.left < edge < rows[number].line.right]
    return end if end == len(rows) else both[-1] + 1 if both else 0


def _leaves_table(first: Line, line: Line) -> bool:
    """Whether tags say that columns in a table have ended."""
    cells = all(token.node is not None and token.node.cell for token in first.tokens)
    return cells and not all(token.node is not None and token.node.cell for token in line.tokens)


def _free(corridor: Corridor, line: Line, solid: Solid) -> Corridor | None:
    """What a line leaves free of a corridor; None where it runs through.

    A line with wide white of its own there leaves that: a long word before it may reach over the middle of the corridor.
    """
    left, right = corridor
    own = [(max(left, one), min(right, other)) for one, other in _corridors(line, solid)]
    if wide := [part for part in own if part[1] - part[0] >= 0.8 * line.size]:
        return max(wide, key=lambda part: part[1] - part[0])
    for token in line.tokens:
        if token.left + token.right <= left + right:
            left = max(left, token.right)
        else:
            right = min(right, token.left)
    same = any(a.right <= left and b.left >= right and _one_block(a, b, solid) for a, b in zip(line.tokens, line.tokens[1:], strict=False))
    return (left, right) if right - left >= 0.8 * line.size and not same else None


def _trimmed(rows: list[_Row], start: int, end: int, corridors: list[Corridor]) -> int:
    """End of the region without the text below it that merely is too short to reach the second column."""
    if not corridors:
        return end
    edge = corridors[0][1]
    last = max(number for number in range(start, end) if rows[number].line.tokens[-1].left >= edge)
    steps = [b.line.base - a.line.base for a, b in zip(rows[start:last], rows[start + 1 : last + 1], strict=False)]
    step = min(steps, default=2 * rows[start].line.size)
    edges = {round(row.line.left) for row in rows[start : last + 1]}
    while last + 1 < end and rows[last + 1].line.base - rows[last].line.base <= 1.15 * step and round(rows[last + 1].line.left) in edges:
        last += 1
    return end if end == len(rows) and all(_may_end_column(row.line, edges) for row in rows[last + 1 : end]) else last + 1


def _may_end_column(line: Line, edges: set[int]) -> bool:
    """Whether a line at the page's end may be one of the first column's: no list item, and set at its edge."""
    return round(line.left) in edges and not (len(line.tokens) > 1 and _marker(line.tokens[0]))


def _regions(rows: list[_Row], corridors: list[Corridor]) -> Sequence[Line | Region]:
    """The columns of some rows; none where it is a table of amounts, or a gap that happens once.

    Where all columns but one are dirt of a picture, its lines as text, and the dirt behind them.
    """
    tokens = [token for row in rows for token in row.line.tokens]
    corridors = _real(tokens, corridors)
    if not corridors:
        return []
    cells = [_in_column(tokens, corridors, number) for number in range(len(corridors) + 1)]
    columns = [into_lines(cell) for cell in cells]
    legible = [column for column in columns if not _is_dirt(column)]
    if len(legible) == 1:
        return [*legible[0], *(line for column in columns if column is not legible[0] for line in column)]
    if aligned(columns):
        return [Region(columns, corridors)]
    if (len(rows) < 2 and not _dated(columns)) or not _aligned(columns) or any(_amounts(column) for column in columns[1:]):
        return []
    return _tiers(columns, corridors)


def tagged_columns(lines: list[Line]) -> set[tuple[int, ...]]:
    """Paths of the sections whose parts are columns: they hold signatures, as the file says, or stand side by side on the page."""
    boxes: dict[tuple[int, ...], tuple[float, float, float, float]] = {}
    for line in lines:
        for token in line.tokens:
            for path in token.node.boxes if token.node else ():
                left, top, right, bottom = boxes.get(path, (token.left, token.base, token.right, token.base))
                boxes[path] = min(left, token.left), min(top, token.base), max(right, token.right), max(bottom, token.base)
    found = {token.node.signatures for line in lines for token in line.tokens if token.node and token.node.signatures}
    for path, box in boxes.items():
        beside = (other for other_path, other in boxes.items() if other_path != path and other_path[:-1] == path[:-1])
        if any((other[2] < box[0] or other[0] > box[2]) and other[1] < box[3] + 3 and box[1] < other[3] + 3 for other in beside):
            found.add(path[:-1])
    return found


def _in_column(tokens: list[Token], corridors: list[Corridor], number: int) -> list[Token]:
    """Tokens between the middles of two corridors: on the next page, in a scan, they need not begin where they did."""
    left = sum(corridors[number - 1]) / 2 if number else float("-inf")
    right = sum(corridors[number]) / 2 if number < len(corridors) else float("inf")
    return [token for token in tokens if left <= token.left < right]


def _real(tokens: list[Token], corridors: list[Corridor]) -> list[Corridor]:
    """Corridors with a real column to their right: more than one line, and not blanks left for the pen before a year."""
    kept: list[Corridor] = []
    for corridor in sorted(corridors, reverse=True):
        after = min((other[1] for other in kept if other > corridor), default=float("inf"))
        cell = [token for token in tokens if corridor[1] - 0.01 <= token.left < after - 0.01]
        lines = into_lines(cell)
        if (len(lines) > 1 or DATE_LINE.search(lines[0].text)) and not all(_YEAR_OR_BLANK.fullmatch(token.text) for token in cell):
            kept.append(corridor)
    return sorted(kept)


def _aligned(columns: list[list[Line]]) -> bool:
    """Whether every column but the first has lines that start, or are centred, at one place."""
    lefts = [[line.left for line in column] for column in columns[1:]]
    middles = [[(line.left + line.right) / 2 for line in column] for column in columns[1:]]
    return all(_agreeing(left) or _agreeing(middle) for left, middle in zip(lefts, middles, strict=True))


def _dated(columns: list[list[Line]]) -> bool:
    """Whether every column begins with a line of place and date."""
    return all(DATE_LINE.search(column[0].text) for column in columns)


def year_below(last: Line, line: Line) -> bool:
    """Whether a year is the rest of a line of place and date, whose blank for the pen left it no room beside."""
    return LEADS_AT_END.search(plain(last.text)) is not None and all(_YEAR_OR_BLANK.fullmatch(token.text) for token in line.tokens)


def _agreeing(values: list[float]) -> bool:
    return max(sum(abs(one - other) < 3 for other in values) for one in values) >= min(2, len(values))


def _amounts(column: list[Line]) -> bool:
    """Whether a column holds nothing but amounts: a table, to be read row by row."""
    return all(_AMOUNT.fullmatch(token.text) for line in column for token in line.tokens)


def _is_dirt(column: list[Line]) -> bool:
    """Whether what was read of a picture holds no sure word, and no amount of a table."""
    tokens = [token for line in column for token in line.tokens]
    if any(token.certain for token in tokens) or _amounts(column):
        return False
    return not any(token.confidence >= _SURE and sum(map(str.isalpha, token.text)) >= _WORD for token in tokens)


_SURE, _WORD = 0.85, 4
"""So sure one word of so many letters is at least in each of 84 columns in 40 scans of others; in 11 of dirt none was surer than 0.73."""


def _tiers(columns: list[list[Line]], corridors: list[Corridor]) -> list[Region]:
    """The columns, parted where a second row of signatures begins: at the next line of place and date."""
    starts = sorted({round(line.base) for column in columns for line in column if DATE_LINE.search(line.text)})
    tops = [base for number, base in enumerate(starts) if number and base - starts[number - 1] > 4 * columns[0][0].size]
    regions: list[Region] = []
    for top, below in zip([float("-inf"), *tops], [*tops, float("inf")], strict=True):
        part = [[line for line in column if top - 3 <= line.base < below - 3] for column in columns]
        if any(part):
            regions.append(Region([column for column in part if column], corridors if all(part) else []))
    return regions
