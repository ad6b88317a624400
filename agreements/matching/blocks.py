"""Which paragraph of a document is which block of the wording: the cheapest way through both, in order.

The wording is a small automaton: a condition can be passed by, a loop runs again. A paragraph that fits no block is
inserted, a block without a paragraph is missing; both cost, and so does every word that differs. The cheapest way is
found by Dijkstra's algorithm (1959): a document as it should be is read straight on.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import LCSseq

from agreements.language.notation import OPEN
from agreements.language.numbering import OF_LAW
from agreements.language.protocol import Context
from agreements.language.tokens import Tokens
from agreements.matching.words import fits
from agreements.reading.reading import Paragraph
from agreements.wording.units import FEW, Condition, Loop, Node, Unit, Wording

# Costs, in blocks: a paragraph too many is as bad as a block that fits in no word.
_INSERTED, _MISSING, _MISSING_NUMBER = 1.0, 0.6, 1.2
_WORST = 0.6
"""What differs more is not the same block."""
_FREE, _FREE_UNLIKELY, _FREE_KNOWN = 0.002, 0.15, 0.95
"""A free text fits, but whatever fits by its words fits better, and hardly where it is word by word another block; many of
them together cost less than a block that is missing."""
_MEANT, _MEANT_SURELY = 0.5, 0.3
_DIFFERS, _LACKING = 0.01, 0.7
"""A block may lack more than half of its words and still be the same, if it has no others."""
_ROOM, _ROOM_FREE = 14, 200
"""So many words may be a value."""
_UNKNOWN_KIND, _OTHER_KIND, _OTHER_FREE_KIND, _SURE = 0.001, 0.15, 0.6, 2.0
_JOIN, _JOIN_SURE, _JOIN_SENTENCES, _JOIN_FITS, _JOIN_LINE = 0.08, 0.4, 0.08, 0.001, 0.01
"""A line of a signature may go on in the next, also in a Word file, if it is not a line of its own (`_FREE`)."""
_LONGEST_LINE = 200
"""Letters of a line of a signature."""
_NO_SIGNATURE = 0.9
"""For each paragraph that is hardly a line of one: little less than for one inserted."""
_UNKNOWN_COLUMN, _OTHER_COLUMN = 0.3, 0.8
_MOST_JOINED = {"titelseite": 12, "eingang": 24, "unterschrift": 5}


@dataclass(frozen=True, slots=True)
class Matched:
    """A block of the wording and its paragraphs, `first` up to `last` (excluded); none where it is missing."""

    unit: Unit
    first: int
    last: int
    price: float
    """How much of its words differs."""


@dataclass(frozen=True, slots=True)
class Inserted:
    """A paragraph that is no block of the wording."""

    paragraph: int
    price: float = _INSERTED


_WHITE = 2.5
"""Heights of a line; lines of one office in a signature stand no farther apart."""

Step = Matched | Inserted


def align_blocks(wording: Wording, paragraphs: Sequence[Paragraph], context: Context) -> tuple[Step, ...]:
    """Every paragraph and every missing block, in the order of the document."""
    return _Search(_Automaton.of(wording), Prices(wording, paragraphs, context)).best()


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

_Node = tuple[int, int]
"""How many paragraphs were read, and the state of the automaton."""


@dataclass(slots=True)
class _Search:
    automaton: _Automaton
    prices: Prices
    cost: dict[_Node, float] = field(default_factory=dict)
    origin: dict[_Node, tuple[_Node, Step | None]] = field(default_factory=dict)
    open: list[tuple[float, int, int]] = field(default_factory=list)

    def best(self) -> tuple[Step, ...]:
        """The steps of the cheapest way from the first paragraph to the last."""
        goal = (len(self.prices.paragraphs), self.automaton.last)
        self.cost[0, 0] = 0.0
        self.open.append((0.0, 0, 0))
        while self.open:
            cost, ahead, state = heapq.heappop(self.open)
            node = (-ahead, state)
            if node == goal:
                break
            if cost <= self.cost[node]:
                self._go_on(node, cost)
        return self._traced(goal)

    def _go_on(self, node: _Node, cost: float) -> None:
        at, state = node
        for after in self.automaton.passes.get(state, ()):
            self._reach((at, after), cost, node, None)
        for unit, after in self.automaton.units.get(state, ()):
            missing = _MISSING_NUMBER if unit.begins_with_number else _MISSING
            self._reach((at, after), cost + missing, node, Matched(unit, at, at, missing))
            for last, words, place in self.prices.readings(unit, at):
                self._reach((last, after), cost + words + place, node, Matched(unit, at, last, words))
        if at < len(self.prices.paragraphs):
            self._reach((at + 1, state), cost + _INSERTED, node, Inserted(at))

    def _reach(self, node: _Node, cost: float, origin: _Node, step: Step | None) -> None:
        if cost < self.cost.get(node, float("inf")):
            self.cost[node] = cost
            self.origin[node] = (origin, step)
            heapq.heappush(self.open, (cost, -node[0], node[1]))

    def _traced(self, goal: _Node) -> tuple[Step, ...]:
        steps: list[Step] = []
        node = goal
        while node in self.origin:
            node, step = self.origin[node]
            if step is not None:
                steps.append(step)
        return tuple(reversed(steps))


# ---------------------------------------------------------------- what a block costs


@dataclass(frozen=True)
class Prices:
    """What it costs that some paragraphs are a certain block."""

    wording: Wording
    paragraphs: Sequence[Paragraph]
    context: Context

    @cached_property
    def _tokens(self) -> list[Tokens]:
        return [Tokens(paragraph.text) for paragraph in self.paragraphs]

    def readings(self, unit: Unit, at: int) -> Iterator[tuple[int, float, float]]:
        """Ends of the paragraphs from `at` on that may be this block, with what their words and what their form costs."""
        joined = 0.0
        for last in range(at + 1, min(len(self.paragraphs), at + max(_MOST_JOINED.get(unit.art, 4), len(unit.lines) + 4)) + 1):
            if last > at + 1:
                joined += self._join(unit, last - 1)
            if joined > _WORST:
                return
            words = self._free(unit, at, last) if unit.free else self._numbered(unit, self._joined(at, last))
            if words is not None and (last == at + 1 or self._belongs(unit, at, last, words)):
                fits = words == 0.0 and not unit.has_free
                yield last, words, (min(joined, _JOIN_FITS) if fits else joined) + self._kind(unit, at) + self._column(unit, at, last)
                if words == 0.0:
                    return

    def _may_sign(self, at: int) -> bool:
        """Whether a paragraph outside of columns may be a line of a signature: it is short, and no § and no Absatz comes behind it."""
        paragraph = self.paragraphs[at]
        if paragraph.column is not None:
            return True
        if paragraph.stated and at > self._last_in_column >= 0:  # a note, or what else was typed below the signatures
            return False
        return at > self._last_marked and len(paragraph.text) <= _LONGEST_LINE

    @cached_property
    def _has_headings(self) -> bool:
        """Whether the document marks its headings; else they were typed as plain text."""
        return any(paragraph.kind == "ueberschrift" for paragraph in self.paragraphs)

    @cached_property
    def _signed_below_each_other(self) -> bool:
        """Whether the signatures stand in no columns."""
        return all(paragraph.column is None for paragraph in self.paragraphs)

    @cached_property
    def _last_in_column(self) -> int:
        """The last paragraph in a column; -1 where there is none."""
        return max((at for at, paragraph in enumerate(self.paragraphs) if paragraph.column is not None), default=-1)

    @cached_property
    def _last_marked(self) -> int:
        """The last paragraph that is, by its number, none of the signatures'."""
        return max((at for at, paragraph in enumerate(self.paragraphs) if OF_LAW.match(paragraph.text)), default=-1)

    def _belongs(self, unit: Unit, at: int, last: int, words: float) -> bool:
        """Whether the first and the last of some paragraphs both bring the block words that it lacks without them."""
        if unit.is_vague:
            return True
        edges = ((at, self._joined(at + 1, last)), (last - 1, self._joined(at, last - 1)))
        return all(self._brings(unit, edge, words, self.words(unit, rest)) for edge, rest in edges)

    def _brings(self, unit: Unit, edge: int, words: float, without: float | None) -> bool:
        """Whether a paragraph at an edge makes the block fit better, or is a line of one word that may stand for another."""
        if without is None or words < without:
            return True
        return unit.art in ("titelseite", "eingang") and without > 0.0 and len(self._tokens[edge]) == 1

    def _joined(self, at: int, last: int) -> Tokens:
        if last == at + 1:
            return self._tokens[at]
        return Tokens(" ".join(tokens.text for tokens in self._tokens[at:last]))

    def _join(self, unit: Unit, at: int) -> float:
        """What it costs that paragraph `at` goes on with the one before it."""
        here, before = self.paragraphs[at], self.paragraphs[at - 1]
        if unit.art in ("titelseite", "eingang"):
            return 0.0
        if here.column != before.column:
            return _WORST + 1
        if here.continues:
            return _JOIN_SENTENCES if unit.free and re.search(r"[.:!?]$", before.text) else 0.0
        if unit.art == "unterschrift":
            return _WORST + 1 if _apart(before, here) else _JOIN_LINE
        if unit.is_vague:
            return _WORST + 1
        return _JOIN_SURE if here.stated or here.kind == "punkt" else _JOIN

    def words(self, unit: Unit, tokens: Tokens) -> float | None:
        """How much of the words of a block that has fixed ones differs, 0 to `_WORST`; None where it is another text."""
        if tokens.plain == unit.literal or (unit.slots and _begins(unit, tokens) and fits(unit, tokens, self.context)):
            return 0.0
        if len(unit.literal) <= FEW and unit.slots:
            return _sparse(unit, tokens)
        return _dense(unit, tokens)

    def _free(self, unit: Unit, at: int, last: int) -> float:
        tokens = self._joined(at, last)
        if unit.opening is not None:
            return _FREE if unit.opening.match(tokens.text) else _FREE_UNLIKELY
        return _FREE_KNOWN if self._is_known(tokens) else _FREE

    def _numbered(self, unit: Unit, tokens: Tokens) -> float | None:
        """How much differs; the heading of a numbered loop is hardly one that stands in the wording word by word, or has a lower number."""
        words = self.words(unit, tokens)
        if words != 0.0 or not (unit.begins_with_number and unit.is_vague):
            return words
        number = re.match(r"\d+", tokens.text)
        lower = number is not None and int(number[0]) < unit.slots[0].first
        return _FREE_KNOWN if lower or self._is_known(tokens) else words

    def _is_known(self, tokens: Tokens) -> bool:
        """Whether a text is word by word a block of the wording."""
        units = (unit for unit in self.wording.units if len(unit.literal) > FEW and not unit.column)
        return any(_begins(unit, tokens) and self.words(unit, tokens) == 0.0 for unit in units)

    def _kind(self, unit: Unit, at: int) -> float:
        paragraph = self.paragraphs[at]
        wanted = unit.art if unit.art in ("ueberschrift", "punkt") else "text"
        if paragraph.kind == wanted or unit.art in ("titelseite", "eingang", "unterschrift"):
            return 0.0
        if paragraph.kind is None or (paragraph.kind == "text" and wanted == "ueberschrift" and not self._has_headings):
            return 0.0 if wanted == "text" else _UNKNOWN_KIND
        if len(unit.literal) > FEW or not unit.slots:
            return _OTHER_KIND
        return _SURE if paragraph.stated else _OTHER_FREE_KIND

    def _column(self, unit: Unit, at: int, last: int) -> float:
        column = self.paragraphs[at].column
        if (column or 0) == unit.column:
            return 0.0
        if column is not None or not unit.column:
            return _UNKNOWN_COLUMN if column is None else _OTHER_COLUMN
        unlikely = sum(not self._may_sign(place) for place in range(at, last))
        return (0.0 if self._signed_below_each_other and not unlikely else _UNKNOWN_COLUMN) + _NO_SIGNATURE * unlikely


def _apart(before: Paragraph, here: Paragraph) -> bool:
    """Whether so much white lies between two lines that they are not of one signature's office: a stamp stands farther below."""
    one, other = before.words[-1].places[-1:], here.words[0].places[:1]
    if not one or not other:
        return False
    return one[0].page != other[0].page or other[0].top - one[0].bottom > _WHITE * (one[0].bottom - one[0].top)


def _begins(unit: Unit, tokens: Tokens) -> bool:
    return not isinstance(unit.items[0], str) or tokens.plain[:1] == unit.items[:1]


def _sparse(unit: Unit, tokens: Tokens) -> float | None:
    """A block with hardly a fixed word that does not fit: it is left open, or may at most be meant."""
    if unit.begins_with_number and not tokens.text[:1].isdigit():
        return None
    common = LCSseq.similarity(unit.literal, tokens.plain)
    if common == len(unit.literal) > 1:
        return _MEANT_SURELY  # less than it costs to join it with its neighbour: its value is there, and not readable
    return _MEANT if common >= max(1, len(unit.literal) - 1) or OPEN.search(tokens.text) else None


def _dense(unit: Unit, tokens: Tokens) -> float | None:
    """The share of the block's words that are not there, and of the text's words that are too many."""
    literal, said = len(unit.literal), len(tokens)
    if literal > 3 * said + 6 or said > 3 * literal + 60 or 5 * len(unit.vocabulary.intersection(tokens.plain)) < len(unit.vocabulary):
        return None
    common = LCSseq.similarity(unit.literal, tokens.plain)
    room = sum(_ROOM_FREE if slot.notation.free else _ROOM for slot in unit.slots)
    cost = _LACKING * (literal - common) / literal + max(0, said - common - room) / said
    return _DIFFERS + cost if cost <= _WORST else None
