"""The letters of a page in lines, and the parts of these that a recogniser is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from agreements.reading.findings import Location
from extract.picture.normal_form import folded
from extract.text_layer.glyphs import Glyph

LEVEL = 0.12
"""Font sizes by which the letters of one line differ in height at most; raised ones stand higher."""
BLANK = 0.15
"""Font sizes; a wider gap between two letters is a blank."""
APART = 2.0
"""Font sizes; across a wider gap a line does not go on: another column, a cell of a table."""
ABOVE, BELOW, BESIDE = 0.95, 0.3, 0.25
"""Font sizes that the picture of a part reaches above and below its baseline, and to either side."""
MIDDLE = 0.3
"""Font sizes above the baseline, of the middle of letters."""
Line = tuple[Glyph, ...]
"""From left to right."""


class Part(NamedTuple):
    """Letters that a recogniser is shown together, from left to right."""

    glyphs: Line
    places: tuple[int | None, ...]
    """Of each its place in its line; None for one that stands higher or lower, the sign of a note."""

    @property
    def raised(self) -> frozenset[int]:
        """Numbers of the letters that stand higher or lower than the others."""
        return frozenset(number for number, place in enumerate(self.places) if place is None)

    @property
    def starts(self) -> frozenset[int]:
        """Numbers of the letters at which a word starts."""
        return frozenset({0, *(number for number, pair in enumerate(pairwise(self.glyphs), 1) if _parted(*pair))})

    @property
    def box(self) -> tuple[float, float, float, float]:
        """What of the page is shown to the reader: left, top, right, bottom in points."""
        on_line = [glyph for glyph, place in zip(self.glyphs, self.places, strict=True) if place is not None]
        size, base = max(glyph.size for glyph in on_line), on_line[0].base
        left, right = self.glyphs[0].left, max(glyph.right for glyph in self.glyphs)
        return left - BESIDE * size, base - ABOVE * size, right + BESIDE * size, base + BELOW * size

    def text(self, first: int, last: int) -> str:
        """The letters from one number to another, with a blank between words."""
        starts = self.starts
        return "".join(" " * (number in starts and number > first) + self.glyphs[number].text for number in range(first, last + 1))

    def word(self, number: int) -> tuple[int, int]:
        """First and last number of the word that a letter stands in."""
        starts = sorted(self.starts)
        first = max(start for start in starts if start <= number)
        return first, min([start for start in starts if start > number], default=len(self.glyphs)) - 1


class Lines:
    """The letters of one page in lines."""

    def __init__(self, glyphs: Sequence[Glyph]) -> None:
        self.all = list(_lines(glyphs))

    def asked(self, location: Location) -> Iterator[tuple[int, frozenset[int]]]:
        """Numbers of the lines on which the words of a location stand, each with the places of their letters in it."""
        inside = [(row, place) for row, line in enumerate(self.all) for place, glyph in enumerate(line) if _within(glyph, location)]
        signs = [(sign, at) for at, (row, place) in enumerate(inside) for sign in folded(self.all[row][place].text)]
        wanted = folded("".join(location.text.split()))
        start = "".join(sign for sign, _ in signs).find(wanted)
        kept = inside if start < 0 else [inside[at] for at in dict.fromkeys(at for _, at in signs[start : start + len(wanted)])]
        for row, several in groupby(kept, key=lambda each: each[0]):
            yield row, frozenset(place for _, place in several)

    def part(self, row: int, places: frozenset[int]) -> Part:
        """The part of a line from the word before some letters to the word behind them: readers know a word among others."""
        line = self.all[row]
        first, last = _word_beyond(line, min(places), -1), _word_beyond(line, max(places), 1)
        bare = Part(line[first : last + 1], tuple(range(first, last + 1)))
        left, top, right, bottom = bare.box
        beside = [glyph for other in self.all if other is not line and top - bottom < other[0].base - line[0].base < bottom - top
                  for glyph in other if left < glyph.left < right and top < glyph.base - MIDDLE * glyph.size < bottom]  # fmt: skip
        several = sorted([*zip(bare.glyphs, bare.places, strict=True), *((glyph, None) for glyph in beside)], key=lambda each: each[0].left)
        return Part(tuple(glyph for glyph, _ in several), tuple(place for _, place in several))


def word_at(line: Line, place: int) -> tuple[int, int]:
    """First and last place of the word that a letter of a line stands in."""
    first = last = place
    while first > 0 and not _parted(line[first - 1], line[first]):
        first -= 1
    while last + 1 < len(line) and not _parted(line[last], line[last + 1]):
        last += 1
    return first, last


def _lines(glyphs: Sequence[Glyph]) -> Iterator[Line]:
    """Letters in lines, parted at wide gaps."""
    for _, row in groupby(_by_line(glyphs), key=lambda each: each[0]):
        line: list[Glyph] = []
        for glyph in sorted((glyph for _, glyph in row), key=lambda glyph: glyph.left):
            if line and glyph.left - line[-1].right > APART * glyph.size:
                yield tuple(line)
                line = []
            line.append(glyph)
        yield tuple(line)


def _by_line(glyphs: Sequence[Glyph]) -> Iterator[tuple[int, Glyph]]:
    """Letters by their height, with the number of their line."""
    number, last = 0, None
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if last is not None and glyph.base - last > LEVEL * glyph.size:
            number += 1
        last = glyph.base
        yield number, glyph


def _within(glyph: Glyph, location: Location) -> bool:
    if location.box is None:
        return False
    left, top, right, bottom = location.box
    return left - 1 <= (glyph.left + glyph.right) / 2 <= right + 1 and top <= glyph.base - MIDDLE * glyph.size <= bottom


def _parted(one: Glyph, other: Glyph) -> bool:
    return other.left - one.right > BLANK * one.size


def _word_beyond(line: Line, place: int, step: int) -> int:
    """The last place of the next word in a direction."""
    blanks = 0
    while 0 <= place + step < len(line):
        one, other = sorted((place, place + step))
        blanks += _parted(line[one], line[other])
        if blanks == 2:
            break
        place += step
    return place
