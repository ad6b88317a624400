"""Each glyph of each font and the letter that the file calls it: confirmed once, on a line that holds it, by a recogniser.

A font may call its glyphs what it likes (a wrong ToUnicode, a ligature called by its first letter). What is not confirmed is in doubt
wherever it stands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping

from extract.picture.lines import Lines, Part
from extract.picture.normal_form import is_spoken
from extract.text_layer.glyphs import Pair

TRIES = 3
"""Lines on which the recogniser of lines may fail to see a pair, until the other one is asked."""
MOST_LINES = 80
"""A document in a dozen fonts needs 30; what is left then is not confirmed."""
Place = tuple[int, int, int]
"""Page, line, and place in the line."""
Read = Callable[[int, Part], frozenset[int]]
"""Numbers of a part's letters that a recogniser sees as the file calls them, on a page of this number."""


class Pairs:
    """Where the pairs of some pages stand, those left out that no recogniser can tell."""

    def __init__(self, pages: Mapping[int, Lines], prints: Callable[[str], bool]) -> None:
        self.pages = pages
        self.places: dict[Pair, list[Place]] = defaultdict(list)
        for page, lines in pages.items():
            for row, line in enumerate(lines.all):
                for place, glyph in enumerate(line):
                    self.places[glyph.pair].append((page, row, place))
        for pair in [pair for pair in self.places if not is_spoken(pair.letter, prints)]:
            del self.places[pair]

    def unconfirmed(self, confirmed: set[Pair], line: Read, page: Read) -> set[Pair]:
        """The pairs that neither the recogniser of lines nor that of pages sees; `confirmed` are those that one has seen before."""
        missing = set(self.places) - confirmed
        left = self._left(missing, line)
        again: dict[tuple[int, int], set[Pair]] = defaultdict(set)
        for pair, row in left.items():
            again[row].add(pair)
        for row, pairs in again.items():
            missing -= self._seen(row, pairs, page)
        return missing

    def _left(self, missing: set[Pair], line: Read) -> dict[Pair, tuple[int, int]]:
        """The line on which each pair was last not seen that is not seen at all; what is seen is taken out of those that are `missing`."""
        rows: dict[tuple[int, int], set[Pair]] = defaultdict(set)
        for pair in missing:
            for page, row, _ in self.places[pair]:
                rows[page, row].add(pair)
        asked, failed, last = set(missing), Counter[Pair](), dict[Pair, tuple[int, int]]()
        for _ in range(MOST_LINES):
            best = max(rows, key=lambda row: len(rows[row] & asked), default=(0, 0))
            pairs = rows.pop(best, set()) & asked
            if not pairs:
                break
            seen = self._seen(best, pairs, line)
            missing -= seen
            asked -= seen
            failed.update(pairs - seen)
            last |= dict.fromkeys(pairs - seen, best)
            asked -= {pair for pair in pairs if failed[pair] >= TRIES}
        return {pair: row for pair, row in last.items() if pair in missing}

    def _seen(self, where: tuple[int, int], pairs: set[Pair], read: Read) -> set[Pair]:
        """The pairs that a recogniser sees on the part of a line where those stand that are asked for."""
        page, row = where
        places = [next(place for number, line, place in self.places[pair] if (number, line) == where) for pair in pairs]
        part = self.pages[page].part(row, frozenset(places))
        return {part.glyphs[number].pair for number in read(page, part)}
