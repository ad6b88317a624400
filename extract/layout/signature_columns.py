"""The lines of the signatures of a page, by column, from where their words stand: whatever paragraphs the reader made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise, takewhile
from statistics import median

from agreements.reading.reading import Paragraph, Place, Word

_EDGE = 6.0
"""Points by which the lines of a column begin apart at most."""
_SAME_ROW = 0.5
"""Part of a line's height by which the middles of its words lie apart at most."""
_WIDE = 12.0
"""Points; no blank inside place and date is so wide, unless a gap for the pen stands there."""
_NEAR = 16.0
"""Points by which the dates of neighbouring columns stand higher or lower than each other at most."""


_LONGEST_PLACE = 3
"""Words: "Osterode am Harz"."""
_MANY, _OVER, _APART = 5, 0.25, 40.0
"""Lines that begin at the edge of a column at least, the part of them over which words may run, and points from one edge to the next."""
_BLANK = 6.0
"""Points; white that is no wider before most words at an edge is a blank, they stand below each other within their lines by chance."""
_FEWER = {4: 8.0, 3: 16.0}
"""So many lines are enough where no word runs over the edge, and points of white stand before all of them."""
_FEW = 3
"""Lines; what begins at an edge by chance."""
_BESIDE = {3: 8.0, 2: 24.0}
"""Lines, and points of white before all of them, that make an edge beside a place whose first letters are lost: words within lines begin
below each other by chance, too."""
_MOST_OVER = 2
_TALL = 1.6
"""Times the usual height of a word; a pen's stroke runs into a taller one."""
_LOST = 20.0
"""Points; as wide as the letters that a stroke may hide."""


@dataclass(frozen=True, slots=True)
class _Spot:
    word: Word
    place: Place


def relined(paragraphs: Sequence[Paragraph]) -> list[Paragraph] | None:
    """The lines column by column; None where places do not tell them: Word files, tagged text, columns that are centred."""
    lines = [[one for word in paragraph.words for one in _in_one_place(word)] for paragraph in paragraphs]
    lines = _with_usual_heights(lines)
    words = [one for line in lines for one in line]
    if not paragraphs or any(paragraph.stated for paragraph in paragraphs) or any(len(word.places) != 1 for word in words):
        return None
    rows = [row for page in _by_page(lines) for row in _rows(page)]
    starts = _starts(rows)
    if not starts or not _aligned(rows, starts):
        return None
    return list(_lines(rows, starts))


def _by_page(lines: Sequence[Sequence[Word]]) -> Iterator[list[_Spot]]:
    """The words page by page, as they are read, whatever the numbers; of two pages on a sheet the right one as if it lay over the left."""
    sheets: dict[int, list[list[_Spot]]] = {}
    for line in lines:
        for number, several in groupby(line, key=lambda word: word.places[0].page):
            spots = [_Spot(word, word.places[0]) for word in several]
            pages = sheets.setdefault(number, [[]])
            if pages[-1] and _is_on_next_page(spots, pages[-1]):
                pages.append([])
            pages[-1] += spots
    for left, *others in sheets.values():
        yield left
        yield from (_laid_over(page, left) for page in others)


def _is_on_next_page(line: Sequence[_Spot], before: Sequence[_Spot]) -> bool:
    """Whether a line stands right of all that is read before it and above it: a column begins beside the one before it, a page anew."""
    beside = min(spot.place.left for spot in line) > max(spot.place.right for spot in before)
    return beside and max(spot.place.bottom for spot in line) < min(spot.place.top for spot in before)


def _laid_over(page: Sequence[_Spot], other: Sequence[_Spot]) -> list[_Spot]:
    """The words of a page with their places moved to the left so far that most of its lines begin where lines of the other do."""
    heads, edges = _heads(page), _heads(other)
    moves = [head - edge for head in heads for edge in edges]
    by = max(moves, key=lambda move: sum(any(abs(head - move - edge) <= _EDGE for edge in edges) for head in heads))
    return [replace(spot, place=spot.place._replace(left=spot.place.left - by, right=spot.place.right - by)) for spot in page]


def _heads(page: Sequence[_Spot]) -> list[float]:
    """Where the lines of a page begin, and what stands apart in them."""
    rows = list(_rows(page))
    apart = [spot for row in rows for before, spot in pairwise(row) if spot.place.left - before.place.right > _WIDE]
    return [spot.place.left for spot in (*(row[0] for row in rows), *apart)]


def _with_usual_heights(lines: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The words, those that a stroke made tall as high as the nearest word of their line: else they seem to stand in another row."""
    usual = median([place.bottom - place.top for line in lines for word in line for place in word.places] or [0.0])
    return [[_at_height(word, line, usual) for word in line] for line in lines]


def _at_height(word: Word, line: Sequence[Word], usual: float) -> Word:
    if len(word.places) != 1 or not _is_tall(word.places[0], usual):
        return word
    own = word.places[0]
    level = [place for other in line for place in other.places if not _is_tall(place, usual) and own.top <= _level(place) <= own.bottom]
    near = min((place for place in level if place.page == own.page), key=lambda place: abs(place.left - own.left), default=own)
    return replace(word, places=(own._replace(top=near.top, bottom=near.bottom),))


def _is_tall(place: Place, usual: float) -> bool:
    return place.bottom - place.top > _TALL * usual


def _level(place: Place) -> float:
    return (place.top + place.bottom) / 2


def _in_one_place(word: Word) -> Iterator[Word]:
    """The word; its two parts where a reader joined what ends a line of one column and what begins a line of another.

    Where they part, a hyphen tells that one reading has and another has not, as both do that were joined at a line's end.
    """
    readings = (word.text, *word.alternatives)
    at_hyphens = ((one[: found.end()], one[found.end() :]) for one in readings for found in re.finditer(r"(?<=\w)-(?=\w)", one))
    parts = next((pair for pair in at_hyphens if pair[0][:-1] + pair[1] in readings), None)
    if parts is None and (alone := re.fullmatch(r"([^-]*\w-)(\w[^-]*)", word.text)):
        parts = (alone[1], alone[2])
    if len(word.places) != 2 or parts is None:
        yield word
        return
    for text, place, others in zip(parts, word.places, _parted_alike(*parts, readings), strict=True):
        yield replace(word, text=text, places=(place,), alternatives=others)


def _parted_alike(one: str, other: str, readings: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What readers saw otherwise of the two parts of a word; what fits neither is another reading of the first."""
    different = [text for text in readings if text not in (one + other, one[:-1] + other)]
    second = [text for text in different if text.startswith(one[:-1])]
    first = (text.removesuffix(other) for text in different if text not in second)
    return tuple(first), tuple(text.removeprefix(one[:-1]).removeprefix("-") for text in second)


def _rows(spots: Sequence[_Spot]) -> Iterator[list[_Spot]]:
    """The words of one page line by line, from the top, each line from the left."""
    row: list[_Spot] = []
    for spot in sorted(spots, key=_middle):
        if row and _middle(spot) - _middle(row[-1]) > _SAME_ROW * min(
            spot.place.bottom - spot.place.top, row[-1].place.bottom - row[-1].place.top
        ):
            yield sorted(row, key=lambda spot: spot.place.left)
            row = []
        row.append(spot)
    if row:
        yield sorted(row, key=lambda spot: spot.place.left)


def _middle(spot: _Spot) -> float:
    return _level(spot.place)


def _starts(rows: Sequence[list[_Spot]]) -> list[float]:
    """Left edges of the columns: where a place stands before "den", in the rows at the height of the first; and where many lines begin."""
    shared = _shared(rows)
    dated = _dated(rows, shared)
    others = [left for left in dated if all(abs(left - other) > _APART for other in shared)]
    found = sorted((*shared, *others))
    found = [*_leftmost(rows, found[0]), *found] if found else []
    return found if dated or len(found) > 1 else []


def _leftmost(rows: Sequence[list[_Spot]], first: float) -> list[float]:
    """The edge of a column left of the first that was told, where at least so many lines begin as by no chance."""
    lefts = [row[0].place.left for row in rows if row[0].place.left < first - _APART]
    return [median(lefts)] if len(lefts) >= _FEW else []


def _shared(rows: Sequence[list[_Spot]]) -> list[float]:
    """Edges at which so many lines begin, and over which so few words run, that columns stand there: the places of some may be lost."""
    lefts = sorted(spot.place.left for row in rows for spot in row)
    counted = [(_beneath(left, (), rows), left) for left in lefts]
    found: list[float] = []
    for begun, left in sorted(counted, reverse=True):
        over = sum(_runs_over(left, row) for row in rows)
        many = begun >= _MANY and over <= begun * _OVER and median(_white_before(left, rows)) > _BLANK
        fewer = not over and any(begun >= lines and min(_white_before(left, rows)) >= white for lines, white in _FEWER.items())
        if (many or fewer) and all(abs(left - other) > _APART for other in found):
            found.append(left)
    return sorted(found)


def _white_before(left: float, rows: Sequence[list[_Spot]]) -> list[float]:
    """How wide the white before each of the words is that begin there: without end at the start of a line."""
    pairs = [(before, spot) for row in rows for before, spot in pairwise((None, *row)) if spot and abs(spot.place.left - left) <= _EDGE]
    return [spot.place.left - before.place.right if before else float("inf") for before, spot in pairs]


def _runs_over(left: float, row: Sequence[_Spot]) -> bool:
    return any(spot.place.left < left - _EDGE and spot.place.right > left + _EDGE for spot in row)


def _dated(rows: Sequence[list[_Spot]], shared: Sequence[float]) -> list[float]:
    """Where a place stands before "den", in the rows at the height of the first."""
    found: list[tuple[float, float]] = []
    for number, row in enumerate(rows):
        for place, spot in enumerate(row):
            if re.match(r"den(?![a-zäöü])", spot.word.text):
                left = _left_of_place(row, place, rows, shared)
                above = _place_above(spot, rows[number - 1]) if left is None and number else None
                found += [(_middle(spot), left)] if left is not None else [(_middle(above), above.place.left)] if above else []
    first = [left for height, left in found if abs(height - found[0][0]) <= _NEAR]
    return sorted(left for place, left in enumerate(first) if all(abs(left - other) > _EDGE for other in first[:place]))


def _place_above(spot: _Spot, row: Sequence[_Spot]) -> _Spot | None:
    """The place over "den", where a narrow column parts them: "Osterholz-Scharmbeck,"."""
    return next((other for other in row if abs(other.place.left - spot.place.left) <= _EDGE and other.word.text.endswith(",")), None)


def _left_of_place(row: list[_Spot], den: int, rows: Sequence[list[_Spot]], shared: Sequence[float]) -> float | None:
    """Where the place before "den" begins: of up to three words the one that stands at an edge, below which most other lines begin.

    Such an edge counts that `shared` has, however wide a line is set: "Osterode am   Harz,   den".
    """
    before = [spot.place.left for spot in takewhile(_is_of_place, row[den - 1 :: -1] if den else [])][:_LONGEST_PLACE]
    if at := [left for left in before if any(abs(left - edge) <= _EDGE for edge in shared)]:
        return at[0]
    place = den
    lefts: list[float] = []
    while place > 0 and len(lefts) < _LONGEST_PLACE and _belongs_to_place(row, place, den):
        place -= 1
        lefts.append(row[place].place.left)
    if not lefts:
        return None
    edge = max(lefts, key=lambda left: (_beneath(left, row, rows), -left))
    if _beneath(edge, row, rows) < _FEW and (moved := _edge_near(edge, row, rows)) is not None:
        return moved
    capital = next(spot for spot in row if spot.place.left == edge).word.text[:1].isupper()
    return edge if capital else None


def _belongs_to_place(row: Sequence[_Spot], place: int, den: int) -> bool:
    """Whether the word before a word may be of the same place: without a gap, but for that behind its comma in a justified line."""
    before = row[place - 1]
    near = row[place].place.left - before.place.right < _WIDE or (place == den and re.search(r",\W*$", before.word.text))
    return bool(near) and _is_of_place(before)


def _is_of_place(spot: _Spot) -> bool:
    return not re.search(r"^[\d.]+$|^den$", spot.word.text)


def _beneath(left: float, row: Sequence[_Spot], rows: Sequence[list[_Spot]]) -> int:
    """How many other lines have a word that begins there."""
    return sum(any(abs(spot.place.left - left) <= _EDGE for spot in other) for other in rows if other is not row)


def _edge_near(left: float, row: Sequence[_Spot], rows: Sequence[list[_Spot]]) -> float | None:
    """The edge near a place whose first letters are lost under ink."""
    others = [other for other in rows if other is not row]
    edges = [spot.place.left for other in others for spot in other if abs(spot.place.left - left) <= _LOST]
    best = max(edges, key=lambda edge: _beneath(edge, (), others), default=left)
    begun, white = _beneath(best, (), others), min(_white_before(best, others), default=0.0)
    return best if any(begun >= lines and white >= least for lines, least in _BESIDE.items()) else None


def _column(spot: _Spot, starts: Sequence[float]) -> int:
    return max((number for number, left in enumerate(starts, 1) if _centre(spot) >= left - _EDGE), default=1)


def _centre(spot: _Spot) -> float:
    """The middle of a word: ink that touches one widens its box."""
    return (spot.place.left + spot.place.right) / 2


def _aligned(rows: Sequence[list[_Spot]], starts: Sequence[float]) -> bool:
    """Whether the columns are set at their left edges, and no word runs over the edge of the next."""
    heads = [segment[0] for row in rows for segment in _segments(row, starts).values()]
    over = [spot for row in rows for spot in row for left in starts if _centre(spot) < left - _EDGE < spot.place.right - _EDGE]
    set_left = sum(abs(head.place.left - starts[_column(head, starts) - 1]) <= _EDGE for head in heads)
    return _may_run_over(over, rows, starts) and set_left >= 0.6 * len(heads)


def _may_run_over(over: Sequence[_Spot], rows: Sequence[list[_Spot]], starts: Sequence[float]) -> bool:
    """Whether words over the edge of a column are none, or in a picture so few that ink made them wide."""
    if not over:
        return True
    certain = all(spot.word.certain for row in rows for spot in row)
    return not certain and len(over) <= _MOST_OVER and all(_beneath(left, (), rows) >= _FEW for left in starts)


def _segments(row: Sequence[_Spot], starts: Sequence[float]) -> dict[int, list[_Spot]]:
    found: dict[int, list[_Spot]] = {}
    for spot in row:
        found.setdefault(_column(spot, starts), []).append(spot)
    return found


def _lines(rows: Sequence[list[_Spot]], starts: Sequence[float]) -> Iterator[Paragraph]:
    several = len(starts) > 1
    for number in range(1, len(starts) + 1):
        for row in rows:
            if segment := _segments(row, starts).get(number):
                yield Paragraph(tuple(spot.word for spot in segment), "text", column=number if several else None)
