"""Words that a reader saw laid beside the words of one block of the wording: which stand for which, and where the values stand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from agreements.matching.alignment import Laid, cheapest
from agreements.reading.reading import Word
from agreements.wording.units import Part, Slot, Unit
from extract.correction.lookalikes import bare, distance, letters


@dataclass(frozen=True, slots=True)
class Gap:
    """A place for a value, with the marks that touch it: "(" and ")" around a name."""

    slot: Slot
    number: int
    """The how manieth slot of its block, from 0."""
    before: str = ""
    after: str = ""


Item = str | Gap
"""A word of the wording as it stands between blanks, or a place for a value."""


def items_of(unit: Unit) -> tuple[Item, ...]:
    """The words and values of a block; a value that touches another cannot be told apart and is left to the one before it."""
    found: list[Item] = []
    count = 0
    for pieces in _chunks(unit.parts):
        slots = [piece for piece in pieces if isinstance(piece, Slot)]
        if not slots:
            found.append("".join(piece for piece in pieces if isinstance(piece, str)))
            continue
        at = pieces.index(slots[0])
        before = "".join(piece for piece in pieces[:at] if isinstance(piece, str))
        after = "".join(piece for piece in pieces[at + 1 :] if isinstance(piece, str))
        found.append(Gap(slots[0], count, before, after))
        count += len(slots)
    return tuple(found)


def _chunks(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """The parts of a block, parted at blanks."""
    chunk: list[Part] = []
    for part in parts:
        if isinstance(part, Slot):
            chunk.append(part)
            continue
        first, *others = part.replace("\n", " ").split(" ")
        if first:
            chunk.append(first)
        for other in others:
            if chunk:
                yield chunk
            chunk = [other] if other else []
    if chunk:
        yield chunk


SlotCost = Callable[[Gap, Sequence[Word]], float]
"""What it costs to take some words for a value: 0 where they say one."""

_OTHER, _MISSING, _EXTRA = 1.6, 0.9, 0.9
_MISSING_MARK, _EXTRA_WEAK = 0.3, 0.3
_TINY, _OTHER_MARK, _OTHER_WEAK = 2, 0.5, 1.1
"""A single letter or mark, or a word that is not sure, stands for another one more likely than one is missing and one too many."""
_JOINED, _ALIKE = 0.1, 0.35
"""Words run together or torn apart are alike, at a small price."""
_MOST_PARTS = 3
_EMPTY = 1.0
_WEAK = 0.5
"""Less sure words may be no words at all."""


def lay(items: Sequence[Item], words: Sequence[Word], cost: SlotCost, reach: Callable[[Gap], int]) -> list[Laid]:
    """Items beside words, in order, the cheapest way; `reach` is the most words that a value may have."""
    return cheapest(len(items), len(words), _Ways(items, words, cost, reach)) or []


@dataclass(frozen=True, slots=True)
class _Ways:
    """What steps cost where a reader may have taken letters for others, run words together or torn them apart."""

    items: Sequence[Item]
    words: Sequence[Word]
    cost: SlotCost
    reach: Callable[[Gap], int]

    def __call__(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        if i < len(self.items):
            item = self.items[i]
            yield from self._gap(item, j) if isinstance(item, Gap) else self._word(item, i, j)
        if j < len(self.words):
            yield 0, 1, _extra(self.words[j])

    def _gap(self, gap: Gap, j: int) -> Iterator[tuple[int, int, float]]:
        for count in range(min(self.reach(gap), len(self.words) - j), 0, -1):
            yield 1, count, self.cost(gap, self.words[j : j + count])
        yield 1, 0, 0.0 if not self.cost(gap, ()) else _EMPTY

    def _word(self, item: str, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        if j < len(self.words):
            yield 1, 1, _replaced(item, self.words[j])
            yield from self._torn(item, j)
            yield from self._joined(i, j)
        yield 1, 0, _MISSING if len(letters(item)) > 1 else _MISSING_MARK

    def _torn(self, item: str, j: int) -> Iterator[tuple[int, int, float]]:
        parts = self.words[j : j + _MOST_PARTS]
        whole_at = next((at for at, word in enumerate(parts) if bare(word.text) == bare(item)), len(parts))
        for count in range(2, whole_at + 1):  # where the word itself is there, what stands by it is none of its letters
            apart = distance(item, "".join(word.text for word in parts[:count]))
            if apart < _ALIKE:
                yield 1, count, _JOINED + _OTHER * apart

    def _joined(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        said = self.words[j]
        for count in range(2, _MOST_PARTS + 1):
            parts = [part for part in self.items[i : i + count] if isinstance(part, str) and bare(part) != bare(said.text)]
            if len(parts) < count:  # where the word itself is expected, it has no letters of what stands by it
                return
            apart = nearest(" ".join(parts), said)
            if apart < _ALIKE:
                yield count, 1, _JOINED + _OTHER * apart


def nearest(item: str, word: Word) -> float:
    """How much of a word of the wording differs from what one of the readers saw."""
    return min(distance(item, text) for text in (word.text, *word.alternatives))


def _replaced(item: str, word: Word) -> float:
    tiny = len(letters(item)) <= 1 and len(bare(word.text)) <= _TINY
    most = _OTHER_MARK if tiny else _OTHER_WEAK if word.confidence < _WEAK else _OTHER
    return min(most, _OTHER * nearest(item, word))


def _extra(word: Word) -> float:
    return _EXTRA_WEAK if word.confidence < _WEAK or not letters(word.text) else _EXTRA
