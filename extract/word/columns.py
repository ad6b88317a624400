"""Columns side by side in a Word file, as signatures stand: made with a table, or with tabs and blanks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, pairwise

from agreements.language.numbering import ABSATZ
from agreements.language.place_and_date import DATED_IN_CELL, opens_signatures
from agreements.language.signatures import BRACKETED, begins_signature
from agreements.model.document import UNTERSCHRIFTEN
from extract.layout.tables import is_of_figures
from extract.word.elements import Item, Para, Table
from extract.word.text import BREAK, PAGE, Piece, part, plain, split

_LETTER = re.compile(r"[^\W\d_]")
_GAP = re.compile(r"[ \u00a0]*\t[ \u00a0\t]*|[ \u00a0]{3,}")
"""What parts columns in a line: tabs, or as many blanks as nobody types between words."""
_LINE = re.compile(BREAK)
_GOES_ON = re.compile(r"\w[,;:]$")
_EMPTY_LINE = re.compile(rf"{BREAK}\s*{BREAK}\s*|{BREAK}(?=[-–—•·▪●] )")
_PAGE = re.compile(PAGE)
_TAB_STOP = 708
"""Twips between tab stops where none are set (1.25 cm, as German Word has it)."""
_LETTER_WIDTH = 105
"""Twips that a letter takes on average in 11 point."""
_LONGEST_LINE = 160
"""Letters that a line of columns has at most."""
_GRID_COLUMN = 2000
"""Twips that stand for a column of a table's grid."""
_SAME_COLUMN = 1500
"""Twips by which the lines of one column may begin apart."""


@dataclass(slots=True)
class Line:
    """A paragraph, or a line of it where lines count."""

    para: Para
    pieces: list[Piece]
    column: int | None = None
    continues: bool = False
    joined: bool = False
    """Whether it was put together from the cells of a row."""
    cells: tuple[tuple[Piece, ...], ...] = ()
    """Of a row of a table of figures: what stands in each column of the table's grid."""
    signs: bool = False
    """Whether the file says that it is of a signature."""

    @property
    def text(self) -> str:
        return plain(self.pieces)


@dataclass(slots=True)
class _Fragment:
    """What stands at one place of a row; its left end in twips."""

    left: float
    lines: list[Line]


_Row = list[_Fragment]


def lines(items: Iterable[Item]) -> list[Line]:
    """All paragraphs in reading order; columns one after the other, numbered from 1 through the whole document."""
    columns = count(1)
    return list(_tabbed(_flat(list(items), columns), columns))


def _flat(items: list[Item], columns: Iterator[int]) -> Iterator[Line]:
    """The paragraphs of all items, those of tables among them."""
    last_text = max((at for at, item in enumerate(items) if isinstance(item, Para) and plain(item.pieces)), default=-1)
    for at, item in enumerate(items):
        if isinstance(item, Para):
            yield from _lines(item)
            yield from _flat(item.boxes, columns)
        else:
            yield from _table(item, columns, last=at > last_text >= 0)


def _lines(para: Para) -> Iterator[Line]:
    """The paragraph in one; or its lines, where these are no running text: centred, or set in columns."""
    text = "".join(piece.text for piece in para.pieces)
    if not text.strip():
        return
    face = para.number_face
    number = [Piece(f"{para.number} ", None, all(piece.bold for piece in para.pieces), face.seen, face.height)] if para.number else []
    begun = False
    for sheet in split([*number, *para.pieces], _PAGE) if PAGE in text else [[*number, *para.pieces]]:
        for stretch in split(sheet, _ends_of_lines(para, text)) if BREAK in text else [sheet]:
            if any(not piece.text.isspace() for piece in stretch):
                yield Line(para, stretch, continues=begun)
                begun = True


def _ends_of_lines(para: Para, text: str) -> re.Pattern[str]:
    """What parts the paragraph's text: each typed break, or only what looks like the end of a paragraph."""
    typed = [line.strip() for line in text.split(BREAK)]
    in_columns = sum(_GAP.search(line) is not None for line in typed) > 1
    return _LINE if para.look.level == 0 and (para.look.centred or in_columns or _is_signature(typed)) else _EMPTY_LINE


def _is_signature(typed: Sequence[str]) -> bool:
    """Whether lines typed in one paragraph are a signature: place and date in one of them, which goes on in no small letter below."""
    below = [after for line, after in pairwise([line for line in typed if line]) if opens_signatures(line) and not _GOES_ON.search(line)]
    return any(not after[0].islower() or begins_signature(after) for after in below) and max(map(len, typed)) <= _LONGEST_LINE


def _table(table: Table, columns: Iterator[int], *, last: bool) -> Iterator[Line]:
    """The table's paragraphs: column by column if it lays out signatures, else row by row; figures in rows that know their cells."""
    if table.name == UNTERSCHRIFTEN:
        yield from _named_signatures(table, columns)
        return
    filled: list[_Row] = []
    for cells in table.rows:
        row = [_Fragment(cell.start * _GRID_COLUMN, list(_tabbed(_flat(cell.items, columns), columns))) for cell in cells]
        filled.append([fragment for fragment in row if fragment.lines])
    if _lays_out(filled, last=last):
        yield from _columns([[_typed(fragment) for fragment in row] for row in filled if row], columns)
        return
    if rows := _of_figures(filled):
        yield from rows
        return
    for row in filled:
        if len(row) > 1 and all(len(fragment.lines) == 1 for fragment in row):
            yield _joined([fragment.lines[0] for fragment in row])
        else:
            yield from (line for fragment in row for line in fragment.lines)


def _of_figures(filled: Sequence[_Row]) -> list[Line]:
    """The rows of a table of figures, each with its cells at their places in the grid; none where it is another table."""
    grid = sorted({fragment.left for row in filled for fragment in row})
    places = [{grid.index(fragment.left): fragment for fragment in row} for row in filled]
    cells = [[_text_of(row.get(place)) for place in range(len(grid))] for row in places]
    if not is_of_figures([[plain(cell) for cell in row] for row in cells]):
        return []
    firsts = [next(line.para for fragment in row for line in fragment.lines) if row else None for row in filled]
    return [Line(para, [piece for cell in row for piece in (*cell, Piece(" "))], joined=True, cells=tuple(map(tuple, row)))
            for para, row in zip(firsts, cells, strict=True) if para]  # fmt: skip


def _text_of(fragment: _Fragment | None) -> list[Piece]:
    """What a cell says, its paragraphs in one."""
    return [piece for line in fragment.lines for piece in (*line.pieces, Piece(" "))] if fragment else []


def _named_signatures(table: Table, columns: Iterator[int]) -> Iterator[Line]:
    """The paragraphs of a table that is named as the one with the signatures: one in each cell that is not empty."""
    for cell in (cell for row in table.rows for cell in row):
        found = _typed(_Fragment(0, list(_flat(cell.items, columns)))).lines
        spalte = next(columns) if found else None
        yield from (replace(line, column=spalte, signs=True) for line in found)


def _typed(fragment: _Fragment) -> _Fragment:
    """The fragment with every typed line break taken as the end of a line."""
    return _Fragment(
        fragment.left,
        [replace(line, pieces=stretch) for line in fragment.lines for stretch in split(line.pieces, _LINE) if plain(stretch)],
    )


def _lays_out(rows: list[_Row], *, last: bool) -> bool:
    """Whether the rows hold signatures: place and date, or a name in brackets; or wordy columns at the very end."""
    texts = [line.text for row in rows for fragment in row for line in fragment.lines]
    if any(len(text) > _LONGEST_LINE for text in texts):
        return False
    if all(len(row) < 2 for row in rows):
        return bool(texts) and DATED_IN_CELL.match(texts[0]) is not None
    if any(sign.match(text) for text in texts for sign in (DATED_IN_CELL, BRACKETED)):
        return True
    return last and not any(character.isdigit() for text in texts for character in text)


def _joined(row: list[Line]) -> Line:
    pieces: list[Piece] = []
    for line in row:
        pieces += [*line.pieces, Piece(" ")]
    return Line(row[0].para, pieces, joined=True)


def _columns(rows: list[_Row], columns: Iterator[int]) -> Iterator[Line]:
    """The lines of all rows column by column; where place and date come again below names, new columns begin."""
    for group in _groups([_without_loose_dates(row) for row in rows]):
        width = max(len(row) for row in group)
        full = [row for row in group if len(row) == width]
        lefts = [sum(row[column].left for row in full) / len(full) for column in range(width)]
        found: list[list[Line]] = [[] for _ in lefts]
        for row in group:
            for column, fragment in enumerate(row):
                nearest = min(range(width), key=lambda at: abs(lefts[at] - fragment.left))
                found[column if len(row) == width else nearest] += fragment.lines
        for column_lines in found:
            spalte = next(columns)
            yield from (replace(line, column=spalte, continues=False) for line in column_lines)


def _groups(rows: list[_Row]) -> list[list[_Row]]:
    """The rows of each set of signatures: a second date, or a second name in brackets, in one column belongs to the next set."""
    groups: list[list[_Row]] = []
    met: list[tuple[float, re.Pattern[str]]] = []
    for row in rows:
        marks = [(fragment.left, sign) for fragment in row for sign in (DATED_IN_CELL, BRACKETED) if _has(fragment, sign)]
        again = any(sign is known and abs(left - place) < _SAME_COLUMN for left, sign in marks for place, known in met)
        if not groups or again:
            groups.append([])
            met = []
        groups[-1].append(row)
        met += marks
    return groups


def _has(fragment: _Fragment, sign: re.Pattern[str]) -> bool:
    return any(sign.match(line.text) for line in fragment.lines)


def _without_loose_dates(row: _Row) -> _Row:
    """The row with what has no letter ("2024" after "den") put to the fragment on its left."""
    kept: _Row = []
    for fragment in row:
        if kept and len(fragment.lines) == len(kept[-1].lines) == 1 and not _LETTER.search(fragment.lines[0].text):
            left = kept[-1].lines[0]
            kept[-1].lines[0] = replace(left, pieces=[*left.pieces, Piece(" "), *fragment.lines[0].pieces])
        else:
            kept.append(_Fragment(fragment.left, list(fragment.lines)))
    return kept


def _tabbed(found: Iterable[Line], columns: Iterator[int]) -> Iterator[Line]:
    """The lines, with those that tabs or blanks part into columns put column by column."""
    waiting: list[tuple[Line, _Row]] = []
    for line in found:
        row = _fragments(line) if _may_be_columns(line) else []
        if len(row) > 1 or (waiting and row and not line.text.endswith((".", ":", ";"))):
            waiting.append((line, row))
        else:
            yield from _resolved(waiting, columns)
            waiting = []
            yield line
    yield from _resolved(waiting, columns)


def _resolved(waiting: list[tuple[Line, _Row]], columns: Iterator[int]) -> Iterator[Line]:
    """The waiting lines in columns if they show signatures in more than one line, else as they were."""
    rows = [row for _, row in waiting]
    if sum(len(row) > 1 for row in rows) > 1 and _lays_out(rows, last=False):
        yield from _columns(rows, columns)
    else:
        yield from (line for line, _ in waiting)


def _may_be_columns(line: Line) -> bool:
    para = line.para
    numbered = para.look.number is not None or ABSATZ.match(line.text)  # a tab parts it from its text
    plain_para = para.look.level == 0 and not numbered and not line.joined and not para.contents
    return plain_para and line.column is None and len(line.text) <= _LONGEST_LINE


def _fragments(line: Line) -> _Row:
    """What the line's tabs and gaps part, each with the place where it begins by the tab stops and the width of letters."""
    text = "".join(piece.text for piece in line.pieces)
    fragments: _Row = []
    at = 0
    left = float(line.para.look.left)
    for gap in [*_GAP.finditer(text), None]:
        end = gap.start() if gap else len(text)
        stretch = part(line.pieces, at, end)
        if plain(stretch):
            fragments.append(_Fragment(left, [replace(line, pieces=stretch)]))
        left += (end - at) * _LETTER_WIDTH
        if gap:
            at = gap.end()
            left = _after(gap.group(), left, line.para.look.stops)
    return _without_loose_dates(fragments)


def _after(gap: str, left: float, stops: tuple[int, ...]) -> float:
    """Where the text after the gap begins."""
    for character in gap:
        if character == "\t":
            left = next((stop for stop in stops if stop > left), (left // _TAB_STOP + 1) * _TAB_STOP)
        else:
            left += _LETTER_WIDTH / 2
    return left
