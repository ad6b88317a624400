"""Which paragraph of a document is which block of the wording: the cheapest way through both, in order.

The wording is a small automaton: a condition can be passed by, a loop runs again. A paragraph that fits no block is
inserted, a block without a paragraph is missing; both cost, and so does every word that differs.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import LCSseq

from agreements.alignment import fits, shapes
from agreements.notation import OPEN, Context
from agreements.reading import Paragraph
from agreements.wording import Condition, Loop, Node, Unit, Wording

# Costs, in blocks: a paragraph too many is as bad as a block that fits in no word.
_INSERTED, _MISSING = 1.0, 0.6
_WORST = 0.6
"""What differs more is not the same block."""
_FREE = 0.05
_UNKNOWN_KIND, _OTHER_KIND, _OTHER_FREE_KIND, _SURE = 0.03, 0.15, 0.6, 2.0
_JOIN, _JOIN_SURE, _JOIN_FREE = 0.08, 0.4, 0.7
_OTHER_COLUMN = 0.8
_BEAM = 8.0
"""How much dearer than the best a way may be before it is given up."""
_MOST_JOINED = {"titelseite": 12, "eingang": 24, "unterschrift": 5}


@dataclass(frozen=True, slots=True)
class Matched:
    """A block of the wording and its paragraphs, `first` up to `last` (excluded); none where it is missing."""

    unit: Unit
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Inserted:
    """A paragraph that is no block of the wording."""

    paragraph: int


Step = Matched | Inserted


def align_blocks(wording: Wording, paragraphs: Sequence[Paragraph], context: Context) -> tuple[Step, ...]:
    """Every paragraph and every missing block, in the order of the document."""
    return _Search(_Automaton.of(wording), paragraphs, context).best()


# ---------------------------------------------------------------- the wording as an automaton


@dataclass(slots=True)
class _Automaton:
    """States between blocks; `units` lead on by a block, `passes` by nothing."""

    units: dict[int, list[tuple[Unit, int]]] = field(default_factory=lambda: defaultdict(list))
    passes: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    last: int = 0

    @classmethod
    def of(cls, wording: Wording) -> _Automaton:
        automaton = cls()
        automaton.last = automaton._add(wording.body, 0)
        return automaton

    def _new(self) -> int:
        self.last += 1
        return self.last

    def _add(self, body: tuple[Node, ...], state: int) -> int:
        for node in body:
            if isinstance(node, Unit):
                after = self._new()
                self.units[state].append((node, after))
                state = after
            elif isinstance(node, Condition):
                end = self._add(node.body, state)
                self.passes[state].append(end)
                state = end
            else:
                state = self._add_loop(node, state)
        return state

    def _add_loop(self, node: Loop, state: int) -> int:
        again = self._new()
        self.passes[state].append(again)
        end = self._add(node.body, again)
        after = self._new()
        self.passes[end].append(again)
        self.passes[again].append(after)
        return after


# ---------------------------------------------------------------- the cheapest way


@dataclass(slots=True)
class _Way:
    """How a state was reached: from where, by which step."""

    cost: float
    origin: tuple[int, int] | None = None
    step: Step | None = None


class _Search:
    def __init__(self, automaton: _Automaton, paragraphs: Sequence[Paragraph], context: Context) -> None:
        self.automaton = automaton
        self.paragraphs = paragraphs
        self.context = context
        self.tokens = [shapes(paragraph.text) for paragraph in paragraphs]
        self.literals: dict[str, tuple[str, ...]] = {}
        self.ways: list[dict[int, _Way]] = [{} for _ in range(len(paragraphs) + 1)]

    def best(self) -> tuple[Step, ...]:
        self.ways[0][0] = _Way(0.0)
        for at in range(len(self.paragraphs) + 1):
            self._pass_on(at)
            if at < len(self.paragraphs):
                self._read_on(at)
        return self._traced()

    def _reach(self, at: int, state: int, cost: float, origin: tuple[int, int], step: Step | None) -> bool:
        known = self.ways[at].get(state)
        if known is None or cost < known.cost:
            self.ways[at][state] = _Way(cost, origin, step)
            return True
        return False

    def _pass_on(self, at: int) -> None:
        """Everything that can be reached without reading on."""
        ways = self.ways[at]
        floor = min(way.cost for way in ways.values())
        heap = [(way.cost, state) for state, way in ways.items()]
        heapq.heapify(heap)
        while heap:
            cost, state = heapq.heappop(heap)
            if state not in ways or cost > ways[state].cost:
                continue
            if cost > floor + _BEAM and at < len(self.paragraphs):
                del ways[state]
                continue
            for after in self.automaton.passes.get(state, ()):
                if self._reach(at, after, cost, (at, state), None):
                    heapq.heappush(heap, (cost, after))
            for unit, after in self.automaton.units.get(state, ()):
                if self._reach(at, after, cost + _MISSING, (at, state), Matched(unit, at, at)):
                    heapq.heappush(heap, (cost + _MISSING, after))

    def _read_on(self, at: int) -> None:
        for state, way in self.ways[at].items():
            self._reach(at + 1, state, way.cost + _INSERTED, (at, state), Inserted(at))
            for unit, after in self.automaton.units.get(state, ()):
                for last, cost in self._readings(unit, at):
                    self._reach(last, after, way.cost + cost, (at, state), Matched(unit, at, last))

    def _traced(self) -> tuple[Step, ...]:
        at, state = len(self.paragraphs), self.automaton.last
        steps: list[Step] = []
        while (way := self.ways[at][state]).origin is not None:
            if way.step is not None:
                steps.append(way.step)
            at, state = way.origin
        return tuple(reversed(steps))

    # ------------------------------------------------------------ what a block costs

    def _readings(self, unit: Unit, at: int) -> Iterator[tuple[int, float]]:
        """Ends of the paragraphs that may be this block, with what they cost."""
        joined = 0.0
        tokens: tuple[str, ...] = ()
        for last in range(at + 1, min(len(self.paragraphs), at + _MOST_JOINED.get(unit.art, 4)) + 1):
            if last > at + 1:
                joined += self._join(unit, last - 1)
            if joined > _WORST:
                return
            tokens += self.tokens[last - 1]
            cost = self._words(unit, at, last, tokens)
            if cost is not None:
                yield last, cost + joined + self._kind(unit, at) + self._column(unit, at)

    def _join(self, unit: Unit, at: int) -> float:
        """What it costs that paragraph `at` goes on with the one before it."""
        here, before = self.paragraphs[at], self.paragraphs[at - 1]
        if unit.art in ("titelseite", "eingang"):
            return 0.0
        if here.spalte != before.spalte:
            return _WORST + 1
        if here.continues:
            return 0.08 if unit.free and re.search(r"[.:!?]$", before.text) else 0.0
        if here.fest:
            return _JOIN_SURE
        if unit.art == "unterschrift":
            return 0.01
        return _JOIN_FREE if any(slot.notation.free for slot in unit.slots) else _JOIN

    def _literal(self, unit: Unit) -> tuple[str, ...]:
        if unit.stelle not in self.literals:
            self.literals[unit.stelle] = tuple(token for part in unit.parts if isinstance(part, str) for token in shapes(part))
        return self.literals[unit.stelle]

    def _words(self, unit: Unit, at: int, last: int, tokens: tuple[str, ...]) -> float | None:
        """How much of the words differs, 0 to `_WORST`; None where it is another text."""
        if slot := unit.free:
            opening = getattr(slot.notation, "opening", None)
            return _FREE if opening is None or opening.match(self._text(at, last)) else 3 * _FREE
        literal = self._literal(unit)
        if tokens == literal:
            return 0.0
        if len(literal) <= 3 and unit.slots:
            return self._sparse(unit, at, last)
        if len(literal) > 3 * len(tokens) + 6 or (len(tokens) > 3 * len(literal) + 60):
            return None
        common = LCSseq.similarity(literal, tokens)
        room = sum(200 if slot.notation.free else 14 for slot in unit.slots)
        cost = (len(literal) - common) / len(literal) + max(0, len(tokens) - common - room) / len(tokens)
        return cost if cost <= _WORST else None

    def _sparse(self, unit: Unit, at: int, last: int) -> float | None:
        """A block with hardly a fixed word: it fits, or it is left open, or it may at most be meant."""
        text = self._text(at, last)
        if fits(unit.parts, text, self.context):
            return _FREE
        literal = self._literal(unit)
        common = LCSseq.similarity(literal, shapes(text))
        return 0.5 if common >= max(1, len(literal) - 1) or OPEN.search(text) else None

    def _text(self, at: int, last: int) -> str:
        return " ".join(paragraph.text for paragraph in self.paragraphs[at:last])

    def _kind(self, unit: Unit, at: int) -> float:
        paragraph = self.paragraphs[at]
        wanted = unit.art if unit.art in ("ueberschrift", "punkt") else "text"
        if paragraph.kind == wanted or unit.art in ("titelseite", "eingang", "unterschrift"):
            return 0.0
        if paragraph.kind is None:
            return 0.0 if wanted == "text" else _UNKNOWN_KIND
        if len(self._literal(unit)) > 3 or not unit.slots:
            return _OTHER_KIND
        return _SURE if paragraph.fest else _OTHER_FREE_KIND

    def _column(self, unit: Unit, at: int) -> float:
        spalte = self.paragraphs[at].spalte
        return 0.0 if (spalte or 0) == unit.spalte else _OTHER_COLUMN
