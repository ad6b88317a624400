"""Words of a document laid beside words of the wording: where each slot's text lies, and where the words differ."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from agreements.language.notation import OPEN
from agreements.language.numbers import verbatim
from agreements.language.protocol import Context
from agreements.language.tokens import Tokens
from agreements.matching.alignment import Laid, cheapest
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
    items = unit.items
    steps = _exact(items, tokens, context)
    if steps is None:
        items = tuple(_known(item, tokens, known) for item in items)
        steps = cheapest(len(items), len(tokens), _Ways(items, tokens, context, exact=False))
    return tuple(_regions(items, steps or (), tokens))


def _known(item: Part, tokens: Tokens, known: Mapping[str, str]) -> Part:
    """A slot of free text, laid only on its known text where the block has it."""
    if isinstance(item, str) or not item.notation.free or (text := known.get(item.path)) is None or text not in tokens.text:
        return item
    return replace(item, notation=verbatim(text))


def fits(unit: Unit, tokens: Tokens, context: Context) -> bool:
    """Whether the text is the wording's, with a readable value in each slot."""
    return _exact(unit.items, tokens, context) is not None


_OPENING, _TELLING = 6, 3
"""So many words and slots tell where a block begins, if at least so many of them are words, or they are the whole block."""


def openings(units: Sequence[Unit], tokens: Tokens, context: Context) -> set[int]:
    """The letters of a text at which one of the blocks begins."""
    heads = [unit.items[:_OPENING] for unit in units if _tells(unit)]
    return {
        tokens.starts[at]
        for at, word in enumerate(tokens.plain)
        for head in heads
        if (isinstance(head[0], Slot) or head[0] == word) and _exact(head, tokens, context, at) is not None
    }


def _tells(unit: Unit) -> bool:
    words = sum(isinstance(item, str) for item in unit.items[:_OPENING])
    return words >= _TELLING or (words > 1 and len(unit.items) <= _OPENING and not unit.has_free)


def _exact(items: tuple[Part, ...], tokens: Tokens, context: Context, start: int | None = None) -> list[Laid] | None:
    """The steps where every word fits, up to the last or, from word `start` on, to any; None where one does not."""
    if start is None and items and isinstance(items[-1], str) and tokens.plain[-1:] != items[-1:]:
        return None
    ways = _Ways(items, tokens, context, exact=True)
    return cheapest(len(items), len(tokens), ways) if start is None else cheapest(len(items), None, ways, start)


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


@dataclass(frozen=True, slots=True)
class _Ways:
    """What words cost beside those of a block; where only an exact text is meant, none may be missing, extra or other ones."""

    items: tuple[Part, ...]
    tokens: Tokens
    context: Context
    exact: bool

    def __call__(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        if i < len(self.items):
            item = self.items[i]
            if isinstance(item, Slot):
                yield from self._slot(item, j)
            else:
                yield from self._words(i, j) if self.exact else self._word(item, j)
        if j < len(self.tokens) and not self.exact:
            yield 0, 1, _EXTRA

    def _words(self, i: int, j: int) -> Iterator[tuple[int, int, float]]:
        """All words up to the next slot in one step: between them there is no other way."""
        end = i + 1
        while end < len(self.items) and not isinstance(self.items[end], Slot):
            end += 1
        if self.tokens.plain[j : j + end - i] == self.items[i:end]:
            yield end - i, end - i, 0.0

    def _word(self, item: str, j: int) -> Iterator[tuple[int, int, float]]:
        if j < len(self.tokens):
            yield 1, 1, 0.0 if self.tokens.plain[j] == item else _OTHER
        yield 1, 0, _MISSING

    def _slot(self, slot: Slot, j: int) -> Iterator[tuple[int, int, float]]:
        """On what it can read, or on words that it cannot; where several fit, closed notations have the most, free ones the fewest."""
        for after in _ends(slot, j, self.tokens, self.context):
            yield 1, after - j, _FREE + _FREE_WORD * (after - j) if slot.notation.free else 0.0
        if not self.exact:
            if not slot.notation.free:
                yield from ((1, n, _UNREAD + _UNREAD_WORD * n) for n in range(1, min(len(self.tokens) - j, _LONGEST_UNREAD) + 1))
            yield 1, 0, _EMPTY


def _regions(items: Sequence[Part], steps: Sequence[Laid], tokens: Tokens) -> Iterator[Region | None]:
    """Where each slot lies; one that nothing fits has all that is left between the words that do."""
    good = [_fits(items, step) for step in steps]
    for number, step in enumerate(steps):
        if step.first < step.last and isinstance(items[step.first], Slot):
            low = next((one.end for one, fit in zip(steps[:number][::-1], good[:number][::-1], strict=True) if fit), 0)
            high = next((one.start for one, fit in zip(steps[number + 1 :], good[number + 1 :], strict=True) if fit), len(tokens))
            laid = (step.start, step.end) if good[number] else (low, high)
            bounded = all(good[max(0, number - 1) : number] + good[number + 1 : number + 2])
            yield Region(*_span(tokens, *laid), *_span(tokens, low, high), bounded) if good[number] or low < high else None


def _fits(items: Sequence[Part], step: Laid) -> bool:
    """Whether what lies in a step is what the wording has there."""
    item = items[step.first] if step.first < step.last else ""
    return step.first < step.last and (not step.price or (isinstance(item, Slot) and item.notation.free and step.start < step.end))


def _span(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Letters of a run of tokens; an empty one stands where its first token would."""
    start = tokens.starts[first] if first < len(tokens) else len(tokens.text)
    return start, tokens.ends[last - 1] if last > first else start


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


_BETWEEN = 2
"""So many unchanged words part no departures: of "3 und 4" a person says that it became "4 und 6"."""
_Change = tuple[int, int, int, int]
"""From which word to which of the wording, and the same of the document."""


def differences(expected: str, text: str, values: Sequence[tuple[int, int]] = ()) -> Iterator[Difference]:
    """Where a document's text departs from what the wording gives, as a person would say it; white space does not count.

    What has hardly a word between is one, but for `values`: their letters in the text stay apart from the words around them.
    """
    old, new = Tokens(expected), Tokens(text)
    if old.plain == new.plain and old.written == new.written:
        return
    changes: list[_Change] = []
    for code in Indel.opcodes(old.plain, new.plain):
        if code.tag == "equal":
            continue
        change = (code.src_start, code.src_end, code.dest_start, code.dest_end)
        if changes and _are_one(changes[-1], change, new, values):
            change = (changes[-1][0], change[1], changes.pop()[2], change[3])
        changes.append(change)
    a = c = 0
    for change in changes:
        yield from _other_shapes(old, new, (a, change[0], c, change[2]))
        yield _difference(old, new, *change)
        _, a, _, c = change
    yield from _other_shapes(old, new, (a, len(old), c, len(new)))


def _are_one(one: _Change, other: _Change, new: Tokens, values: Sequence[tuple[int, int]]) -> bool:
    between = new.written[one[3] : other[2]]
    if not between:
        return True
    low, high = new.starts[one[2]], new.ends[other[3] - 1]
    return sum(token[0].isalnum() for token in between) <= _BETWEEN and not any(start < high and low < end for start, end in values)


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
    """A place widened by up to two words to either side within its clause, so that a person finds it; by `_NEARBY` letters at most."""
    first = max(0, start - _NEARBY)
    before = re.search(rf"(?:[^\W\d_][\w-]*\s+){{0,{words}}}$", text[first:start])
    after = re.match(rf"(?:\s+[^\W\d_][\w-]*){{0,{words}}}", text[end : end + _NEARBY])
    return first + before.start() if before else start, end + (after.end() if after else 0)


_NEARBY = 200
"""Letters: two of the longest words of German statutes have 160. Looking for a word's beginning costs the square of that."""
