"""The lines of the signatures of a page, by column, from where their words stand: whatever paragraphs the reader made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from agreements.reading import Paragraph, Place, Word

_EDGE = 6.0
"""Points by which the lines of a column begin apart at most."""
_SAME_ROW = 0.5
"""Part of a line's height by which the middles of its words lie apart at most."""
_WIDE = 12.0
"""Points; no blank inside place and date is so wide, unless a gap for the pen stands there."""
_NEAR = 16.0
"""Points by which the dates of neighbouring columns stand higher or lower than each other at most."""


@dataclass(frozen=True, slots=True)
class _Spot:
    word: Word
    place: Place


def relined(paragraphs: Sequence[Paragraph]) -> list[Paragraph] | None:
    """The lines column by column; None where places do not tell them: Word files, tagged text, columns that are centred."""
    if not paragraphs or any(paragraph.fest or any(len(word.places) != 1 for word in paragraph.words) for paragraph in paragraphs):
        return None
    spots = [_Spot(word, word.places[0]) for paragraph in paragraphs for word in paragraph.words]
    rows = [
        row
        for _, page in groupby(sorted(spots, key=lambda spot: spot.place.seite), key=lambda spot: spot.place.seite)
        for row in _rows(list(page))
    ]
    starts = _starts(rows)
    if not starts or not _aligned(rows, starts):
        return None
    return list(_lines(rows, starts))


def _rows(spots: list[_Spot]) -> Iterator[list[_Spot]]:
    """The words of one page line by line, from the top, each line from the left."""
    row: list[_Spot] = []
    for spot in sorted(spots, key=_middle):
        if row and _middle(spot) - _middle(row[-1]) > _SAME_ROW * min(
            spot.place.unten - spot.place.oben, row[-1].place.unten - row[-1].place.oben
        ):
            yield sorted(row, key=lambda spot: spot.place.links)
            row = []
        row.append(spot)
    if row:
        yield sorted(row, key=lambda spot: spot.place.links)


def _middle(spot: _Spot) -> float:
    return (spot.place.oben + spot.place.unten) / 2


def _starts(rows: Sequence[list[_Spot]]) -> list[float]:
    """Left edges of the columns: where a place stands before "den", in the rows at the height of the first."""
    found: list[tuple[float, float]] = []
    for number, row in enumerate(rows):
        for place, spot in enumerate(row):
            if spot.word.text == "den":
                left = _left_of_place(row, place)
                above = _place_above(spot, rows[number - 1]) if left is None and number else None
                found += [(_middle(spot), left)] if left is not None else [(_middle(above), above.place.links)] if above else []
    first = [left for height, left in found if abs(height - found[0][0]) <= _NEAR]
    return sorted(left for place, left in enumerate(first) if all(abs(left - other) > _EDGE for other in first[:place]))


def _place_above(spot: _Spot, row: Sequence[_Spot]) -> _Spot | None:
    """The place over "den", where a narrow column parts them: "Osterholz-Scharmbeck,"."""
    return next((other for other in row if abs(other.place.links - spot.place.links) <= _EDGE and other.word.text.endswith(",")), None)


def _left_of_place(row: list[_Spot], den: int) -> float | None:
    """Where the place before "den" begins: up to three words without a gap."""
    place = den
    while (
        place > 0
        and den - place < 3
        and row[place].place.links - row[place - 1].place.rechts < _WIDE
        and not re.search(r"\d|^den$", row[place - 1].word.text)
    ):
        place -= 1
    return row[place].place.links if place < den and row[place].word.text[:1].isupper() else None


def _column(spot: _Spot, starts: Sequence[float]) -> int:
    return max((number for number, left in enumerate(starts, 1) if spot.place.links >= left - _EDGE), default=1)


def _aligned(rows: Sequence[list[_Spot]], starts: Sequence[float]) -> bool:
    """Whether the columns are set at their left edges, and no word runs over the edge of the next."""
    heads = [segment[0] for row in rows for segment in _segments(row, starts).values()]
    over = any(spot.place.links < left - _EDGE < spot.place.rechts - _EDGE for row in rows for spot in row for left in starts)
    set_left = sum(abs(head.place.links - starts[_column(head, starts) - 1]) <= _EDGE for head in heads)
    return not over and set_left >= 0.6 * len(heads)


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
                yield Paragraph(tuple(spot.word for spot in segment), "text", spalte=number if several else None)
