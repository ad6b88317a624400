"""Words of a document laid beside words of the wording: where each slot's text lies, and where the words differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz.distance import Indel

from agreements.language.notation import OPEN
from agreements.language.numbers import verbatim
from agreements.language.protocol import Context
from agreements.language.tokens import Tokens
from agreements.model.record import Abweichung
from agreements.wording.units import Part, Slot, Unit

# ---------------------------------------------------------------- slots


@dataclass(frozen=True, slots=True)
class Region:
    """The letters of a text that a slot was laid on."""

    start: int
    end: int
    low: int
    """From the last word before the slot that fits …"""
    high: int
    """… to the first behind it: all that may belong to the value."""
    bounded: bool = True
    """Whether what the wording has directly before and behind it is there."""


def align(unit: Unit, tokens: Tokens, context: Context, known: Mapping[str, str]) -> tuple[Region | None, ...]:
    """For each slot where its value stands in the text, None where nothing is left for it; `known` are free texts by field."""
    exact = _exact(unit, tokens, context)
    if exact is not None:
        return exact
    return _Nearest(tuple(_known(item, tokens, known) for item in unit.items), tokens, context).regions()


def _known(item: Part, tokens: Tokens, known: Mapping[str, str]) -> Part:
    """A slot of free text, laid only on its known text where the block has it."""
    if isinstance(item, str) or not item.notation.free or (text := known.get(item.path)) is None or text not in tokens.text:
        return item
    return replace(item, notation=verbatim(text))


def fits(unit: Unit, tokens: Tokens, context: Context) -> bool:
    """Whether the text is the wording's, with a readable value in each slot."""
    return _exact(unit, tokens, context) is not None


_OPENING, _TELLING = 6, 3
"""So many words and slots tell where a block begins, if at least so many of them are words, or they are the whole block."""


def openings(units: Sequence[Unit], tokens: Tokens, context: Context) -> set[int]:
    """The letters of a text at which one of the blocks begins."""
    heads = [unit.items[:_OPENING] for unit in units if _tells(unit)]
    return {
        tokens.starts[at]
        for at, word in enumerate(tokens.plain)
        for head in heads
        if (isinstance(head[0], Slot) or head[0] == word) and _walk(head, at, tokens, context, whole=False) is not None
    }


def _tells(unit: Unit) -> bool:
    words = sum(isinstance(item, str) for item in unit.items[:_OPENING])
    return words >= _TELLING or (words > 1 and len(unit.items) <= _OPENING and not unit.has_free)


def _exact(unit: Unit, tokens: Tokens, context: Context) -> tuple[Region, ...] | None:
    """The regions where every word fits; closed notations take the longest they can read, free ones the shortest."""
    return _walk(unit.items, 0, tokens, context, whole=True)


def _walk(items: tuple[Part, ...], first: int, tokens: Tokens, context: Context, whole: bool) -> tuple[Region, ...] | None:
    plain = tokens.plain

    def walk(item: int, at: int) -> tuple[Region, ...] | None:
        while item < len(items) and isinstance(items[item], str):
            if at >= len(plain) or plain[at] != items[item]:
                return None
            item, at = item + 1, at + 1
        if item == len(items):
            return () if at == len(plain) or not whole else None
        slot = items[item]
        assert isinstance(slot, Slot)
        start = tokens.starts[at] if at < len(plain) else len(tokens.text)
        for after in _ends(slot, at, tokens, context):
            if (rest := walk(item + 1, after)) is not None:
                end = tokens.ends[after - 1] if after > at else start
                return (Region(start, end, start, end), *rest)
        return None

    return walk(0, first)


def _ends(slot: Slot, at: int, tokens: Tokens, context: Context) -> Iterator[int]:
    """Numbers of the tokens that may follow a slot beginning at token `at`."""
    if slot.notation.free:
        yield from range(at + 1, len(tokens) + 1)
        return
    start = tokens.starts[at] if at < len(tokens) else len(tokens.text)
    if found := OPEN.match(tokens.text, start):
        yield tokens.after[found.end()]
    for end in slot.notation.spans(tokens.text, start, context):
        if (after := tokens.after.get(end) if end > start else at) is not None:
            yield after


_MISSING, _EXTRA, _OTHER = 0.5, 0.5, 0.5
_UNREAD, _UNREAD_WORD, _LONGEST_UNREAD = 0.4, 0.6, 24
_FREE, _FREE_WORD, _EMPTY = 0.05, 0.001, 1.5

_Cell = tuple[int, int]
"""How many items of the wording and how many tokens of the text were laid."""


@dataclass(slots=True)
class _Nearest:
    """The cheapest alignment where words are missing, extra or other ones."""

    items: tuple[Part, ...]
    tokens: Tokens
    context: Context
    cost: dict[_Cell, float] = field(default_factory=lambda: {(0, 0): 0.0})
    back: dict[_Cell, tuple[_Cell, bool]] = field(default_factory=dict)
    """The cell before, and whether what lies between fits."""

    def regions(self) -> tuple[Region | None, ...]:
        """Where each slot lies."""
        for i in range(len(self.items) + 1):
            for j in range(len(self.tokens) + 1):
                if (i, j) in self.cost:
                    self._go_on(i, j)
        return self._slots(self._traced())

    def _go_on(self, i: int, j: int) -> None:
        here = (i, j)
        if j < len(self.tokens):
            self._reach((i, j + 1), _EXTRA, here, False)
        if i == len(self.items):
            return
        item = self.items[i]
        if isinstance(item, Slot):
            self._reach((i + 1, j), _EMPTY, here, False)
            self._lay(item, i, j)
            return
        self._reach((i + 1, j), _MISSING, here, False)
        if j < len(self.tokens):
            same = self.tokens.plain[j] == item
            self._reach((i + 1, j + 1), 0.0 if same else _OTHER, here, same)

    def _lay(self, slot: Slot, i: int, j: int) -> None:
        """A slot on what it can read, or on words that it cannot."""
        for after in _ends(slot, j, self.tokens, self.context):
            self._reach((i + 1, after), _FREE + _FREE_WORD * (after - j) if slot.notation.free else 0.0, (i, j), True)
        if not slot.notation.free:
            for after in range(j + 1, min(len(self.tokens), j + _LONGEST_UNREAD) + 1):
                self._reach((i + 1, after), _UNREAD + _UNREAD_WORD * (after - j), (i, j), False)

    def _reach(self, cell: _Cell, price: float, origin: _Cell, good: bool) -> None:
        cost = self.cost[origin] + price
        if cost < self.cost.get(cell, float("inf")):
            self.cost[cell], self.back[cell] = cost, (origin, good)

    def _traced(self) -> list[tuple[_Cell, _Cell, bool]]:
        """The cheapest way, each step from where to where and whether it fits."""
        steps = []
        cell = (len(self.items), len(self.tokens))
        while cell in self.back:
            origin, good = self.back[cell]
            steps.append((origin, cell, good))
            cell = origin
        return steps[::-1]

    def _slots(self, steps: list[tuple[_Cell, _Cell, bool]]) -> tuple[Region | None, ...]:
        found: list[Region | None] = []
        for number, ((i, j), (next_i, next_j), good) in enumerate(steps):
            if next_i > i and isinstance(self.items[i], Slot):
                low = next((end for _, (_, end), fit in reversed(steps[:number]) if fit), 0)
                high = next((start for (_, start), _, fit in steps[number + 1 :] if fit), len(self.tokens))
                bounded = all(fit for _, _, fit in (*steps[max(0, number - 1) : number], *steps[number + 1 : number + 2]))
                region = self._region(*((j, next_j) if good else (low, high)), low, high)
                found.append(replace(region, bounded=bounded) if region else None)
        return tuple(found)

    def _region(self, first: int, last: int, low: int, high: int) -> Region | None:
        """Letters of a run of tokens; an empty one stands where its first token would."""
        if low == high:
            return None
        starts = [*self.tokens.starts, len(self.tokens.text)]
        end = self.tokens.ends[last - 1] if last > first else starts[first]
        return Region(starts[first], end, starts[low], self.tokens.ends[high - 1])


# ---------------------------------------------------------------- departures


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of a document that the wording has otherwise: letters from start to end of either text."""

    start: int
    end: int
    expected_start: int
    expected_end: int
    shape_only: bool
    """Only another shape of quote or dash."""


def differences(expected: str, text: str) -> Iterator[Difference]:
    """Where a document's text departs from what the wording gives, word by word; white space does not count."""
    old, new = Tokens(expected), Tokens(text)
    if old.plain == new.plain and old.written == new.written:
        return
    pending: tuple[int, int, int, int] | None = None
    for code in Indel.opcodes(old.plain, new.plain):
        span = (code.src_start, code.src_end, code.dest_start, code.dest_end)
        if code.tag != "equal":
            pending = (pending[0], span[1], pending[2], span[3]) if pending else span
            continue
        if pending:
            yield _difference(old, new, *pending)
            pending = None
        yield from _other_shapes(old, new, span)
    if pending:
        yield _difference(old, new, *pending)


def _other_shapes(old: Tokens, new: Tokens, span: tuple[int, int, int, int]) -> Iterator[Difference]:
    for one, other in zip(range(*span[:2]), range(*span[2:]), strict=True):
        if old.written[one] != new.written[other]:
            yield Difference(new.starts[other], new.ends[other], old.starts[one], old.ends[one], True)


def _difference(old: Tokens, new: Tokens, a: int, b: int, c: int, d: int) -> Difference:
    return Difference(*_letters(new, c, d), *_letters(old, a, b), False)


def _letters(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    if first < last:
        return tokens.starts[first], tokens.ends[last - 1]
    at = tokens.ends[first - 1] if first else 0
    return at, at


def departures(stelle: str, expected: str, text: str, difference: Difference) -> Iterator[Abweichung]:
    """The entries of `abweichungen` that make the wording's text the document's at one place."""
    new = text[difference.start : difference.end]
    if difference.expected_start == difference.expected_end:
        yield _insertion(stelle, expected, new, difference.expected_start)
        return
    for old in _PIECE.finditer(expected, difference.expected_start, difference.expected_end):  # a gap for the pen is no text
        nth = _nth(expected, old.group(), old.start())
        if new:
            yield Abweichung(stelle=stelle, art="ersetzt", alt=old.group(), neu=new, vorkommen=nth)
        else:
            yield Abweichung(stelle=stelle, art="gestrichen", alt=old.group(), vorkommen=nth)
        new = ""


_PIECE = re.compile(r"\S+(?: \S+)*")


def _insertion(stelle: str, expected: str, new: str, at: int) -> Abweichung:
    before = expected[:at].rstrip().rpartition(" ")[2]
    if before:
        return Abweichung(
            stelle=stelle, art="eingefuegt", alt=before, neu=new, vorkommen=_nth(expected, before, expected.rfind(before, 0, at))
        )
    first = expected.lstrip().partition(" ")[0]
    return Abweichung(stelle=stelle, art="ersetzt", alt=first, neu=f"{new} {first}", vorkommen=1)


def _nth(text: str, words: str, start: int) -> int:
    count, at = 0, -1
    while (at := text.find(words, at + 1)) != -1 and at <= start:
        count += 1
    return max(1, count)


def in_context(text: str, start: int, end: int, words: int = 2) -> tuple[int, int]:
    """A place widened by up to two words to either side within its clause, so that a person finds it."""
    before = re.search(rf"(?:[^\W\d_][\w-]*\s+){{0,{words}}}$", text[:start])
    after = re.match(rf"(?:\s+[^\W\d_][\w-]*){{0,{words}}}", text[end:])
    return before.start() if before else start, end + (after.end() if after else 0)
