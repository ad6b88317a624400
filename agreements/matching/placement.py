"""A document's paragraphs put in their places of the wording: each block with its text, and what its slots were laid on.

What a document has in another place, in one paragraph instead of two, or in other columns is found here.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, permutations

from agreements.filling.fill import START
from agreements.language.protocol import Context
from agreements.language.tokens import Tokens, shapes
from agreements.matching.blocks import Inserted, Matched, Prices, Step, align_blocks
from agreements.matching.words import Region, align, openings
from agreements.reading.doubts import Doubt
from agreements.reading.reading import Kind, Paragraph, Word
from agreements.wording.units import Slot, Unit, Wording


@dataclass(frozen=True, slots=True)
class BlockText:
    """The words of the paragraphs of one block, and which word each letter belongs to."""

    words: tuple[Word, ...]
    text: str

    @classmethod
    def of(cls, paragraphs: Iterable[Paragraph]) -> BlockText:
        words = tuple(word for paragraph in paragraphs for word in paragraph.words)
        return cls(words, " ".join(word.text for word in words))

    @property
    def certain(self) -> bool:
        """Whether the letters of all its words are."""
        return all(word.certain for word in self.words)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words of which a letter lies from start to end."""
        found, at = [], 0
        for word in self.words:
            if at < end and at + len(word.text) > start:
                found.append(word)
            at += len(word.text) + 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class SlotText:
    """One slot's text at one place; `start` to `end` in its block, None where nothing is left for it."""

    slot: Slot
    path: str
    text: str | None
    start: int = 0
    end: int = 0
    before: str = ""
    """Words between it and the last word before it that fits; `after` likewise."""
    after: str = ""
    bounded: bool = True
    """Whether what the wording has directly before and behind it is there."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """The place behind the nth block that stands at `stelle`."""

    stelle: str = START
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Placed:
    """A block of the wording as it was met, with the numbers of the loops around it."""

    unit: Unit
    numbers: Mapping[str, int]
    text: BlockText
    slots: tuple[SlotText, ...]
    anchor: Anchor
    """What it stands behind."""
    moved: bool = False
    missing: bool = False
    kinds: frozenset[Kind | None] = frozenset()
    """What its paragraphs looked like."""
    doubt: Doubt | None = None
    """Why a person must look at its values."""

    @property
    def stelle(self) -> str:
        return self.unit.stelle.format(**self.numbers)


@dataclass(frozen=True, slots=True)
class Stray:
    """A paragraph that is no block of the wording."""

    paragraph: Paragraph
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Placing:
    """A document in its wording; `paragraphs` are its own in the order in which they were read."""

    paragraphs: tuple[Paragraph, ...]
    items: tuple[Placed | Stray, ...]
    columns_swapped: bool

    @property
    def blocks(self) -> Iterator[Placed]:
        """The blocks of the wording, moved and missing ones included."""
        return (item for item in self.items if isinstance(item, Placed))


def place(wording: Wording, paragraphs: Sequence[Paragraph], context: Context) -> Placing:
    """Every paragraph in its place, and every block that is missing."""
    cleaned = tuple(_cleaned(wording, paragraphs))
    ordered = _in_column_order(wording, cleaned)
    columns_swapped = ordered is not cleaned
    steps = align_blocks(wording, ordered, context)
    parted = tuple(_parted(wording, steps, ordered, context))
    if len(parted) > len(ordered):
        again = align_blocks(wording, parted, context)
        if _price(again) < _price(steps) or (_price(again) == _price(steps) and not any(paragraph.stated for paragraph in ordered)):
            ordered, steps = parted, again
    return Placing(ordered, tuple(_Placer(wording, ordered, context).place(steps)), columns_swapped)


def _price(steps: Iterable[Step]) -> float:
    return round(sum(step.price for step in steps if not (isinstance(step, Matched) and step.unit.free)), 6)


# ---------------------------------------------------------------- before the blocks are found


def _cleaned(wording: Wording, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs without signs that cannot be seen; words parted at a line's end as the wording has them where it has them."""
    for paragraph in paragraphs:
        if any(word.alternatives or not word.text.isprintable() for word in paragraph.words):
            words = tuple(cleaned for word in paragraph.words if (cleaned := _clean(wording, word)).text)
            paragraph = replace(paragraph, words=words)
        if paragraph.words:
            yield paragraph


def _clean(wording: Wording, word: Word) -> Word:
    if not word.text.isprintable():
        word = replace(word, text="".join(sign for sign in word.text if unicodedata.category(sign)[0] not in "CZ"))
    if word.alternatives and word.text not in wording.vocabulary:
        return replace(word, text=next((other for other in word.alternatives if other in wording.vocabulary), word.text))
    return word


def _in_column_order(wording: Wording, paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs with the signature columns in the wording's order, as their offices tell it."""
    columns = [list(lines) for spalte, lines in groupby(_tail(paragraphs), key=lambda paragraph: paragraph.column) if spalte]
    openings = [[unit.opening for unit in wording.units if unit.column == number and unit.opening] for number in range(1, len(columns) + 1)]
    if len(columns) < 2 or len(columns) > 3 or len({lines[0].column for lines in columns}) < len(columns):
        return paragraphs

    def offices(order: Sequence[list[Paragraph]]) -> int:
        return sum(
            any(opening.match(line.text) for opening in wanted for line in lines) for wanted, lines in zip(openings, order, strict=True)
        )

    order = max(permutations(columns), key=offices)
    if list(order) == columns:
        return paragraphs
    body = paragraphs[: len(paragraphs) - sum(map(len, columns))]
    return (*body, *(replace(line, column=number) for number, lines in enumerate(order, 1) for line in lines))


def _tail(paragraphs: tuple[Paragraph, ...]) -> tuple[Paragraph, ...]:
    """The paragraphs in columns at the end."""
    start = len(paragraphs)
    while start and paragraphs[start - 1].column:
        start -= 1
    return paragraphs[start:]


def _parted(wording: Wording, steps: Sequence[Step], paragraphs: Sequence[Paragraph], context: Context) -> Iterator[Paragraph]:
    """The paragraphs, parted where a block that was not found begins inside one of another."""
    found = {step.unit.stelle for step in steps if isinstance(step, Matched) and step.first < step.last}
    missing = {step.unit.stelle for step in steps if isinstance(step, Matched) and step.first == step.last}
    wanted = [unit for unit in wording.units if not unit.free and (unit.stelle not in found or unit.stelle in missing)]
    if not wanted:
        yield from paragraphs
        return
    for step in steps:
        if isinstance(step, Inserted):
            yield from _cut(paragraphs[step.paragraph], wanted, context)
        elif step.last == step.first + 1 and step.price:
            yield from _cut(paragraphs[step.first], [*wanted, *([] if step.unit.free else [step.unit])], context)
        else:
            yield from paragraphs[step.first : step.last]


def _cut(paragraph: Paragraph, units: Sequence[Unit], context: Context) -> Iterator[Paragraph]:
    starts = openings(units, Tokens(paragraph.text), context)
    first = at = 0
    for number, word in enumerate(paragraph.words):
        if number and at in starts:
            yield replace(paragraph, words=paragraph.words[first:number], kind=None, stated=False)
            first = number
        at += len(word.text) + 1
    yield replace(paragraph, words=paragraph.words[first:], kind=None, stated=False, continues=False) if first else paragraph


# ---------------------------------------------------------------- from steps to blocks


_UNSURE_NUMBER = Doubt("nummer-des-ziels")
UNSURE_LINE = Doubt("zeile-fehlt")
_UNSURE_BOUNDS = Doubt("grenzen-der-liste")
_UNSURE_ENTRY = Doubt("gleicht-dem-wortlaut")
_UNSURE_HEAD = Doubt("davor-anders")


@dataclass(slots=True)
class _Placer:
    wording: Wording
    paragraphs: Sequence[Paragraph]
    context: Context
    numbers: dict[str, int] = field(default_factory=dict)
    taken: set[tuple[str, int]] = field(default_factory=set)
    unsure: set[tuple[str, int]] = field(default_factory=set)
    known: dict[str, str] = field(default_factory=dict)
    """Free texts that a block said whose other words all fit; they are looked for where words differ."""
    anchor: Anchor = Anchor()
    count: Counter[str] = field(default_factory=Counter)

    def place(self, steps: Sequence[Step]) -> Iterator[Placed | Stray]:
        """The blocks and strays in the order of the document; moved blocks stand where they were met."""
        moves = _moves(self.wording, steps, self.paragraphs, self.context)
        moved = moves.to
        back = {step: paragraph for paragraph, step in moved.items() if isinstance(step, int)}
        known: dict[int, Mapping[str, int]] = {}
        unbounded = _unbounded(steps)
        items: list[Placed | Stray | tuple[int, Unit, Anchor]] = []
        for number, step in enumerate(steps):
            paragraph = step.first if isinstance(step, Matched) else step.paragraph
            if number in back:
                known[back[number]] = dict(self.numbers)
            elif paragraph in moved and (isinstance(step, Inserted) or step.unit.free):
                target = moved[paragraph]
                items.append((paragraph, target if isinstance(target, Unit) else _unit(steps[target]), self.anchor))
            elif isinstance(step, Matched):
                block = self._block(step)
                unsure = _UNSURE_BOUNDS if number in unbounded else _UNSURE_ENTRY if paragraph in moves.alike and step.unit.free else None
                items.append(replace(block, doubt=block.doubt or unsure))
            else:
                items.append(Stray(self.paragraphs[paragraph], self.anchor))
        broken = {item.unit.column for item in items if isinstance(item, Placed) and item.missing} - {0}
        for item in items:
            if isinstance(item, tuple):
                yield self._moved(*item, known.get(item[0], {}))
            else:
                yield (
                    replace(item, doubt=UNSURE_LINE) if isinstance(item, Placed) and item.unit.free and item.unit.column in broken else item
                )

    def _moved(self, paragraph: int, unit: Unit, anchor: Anchor, numbers: Mapping[str, int]) -> Placed:
        text = BlockText.of(self.paragraphs[paragraph : paragraph + 1])
        return Placed(unit, numbers, text, tuple(self._slots(unit, text, numbers)), anchor, moved=True)

    def _block(self, step: Matched) -> Placed:
        unit, missing = step.unit, step.first == step.last
        text = BlockText.of(self.paragraphs[step.first : step.last])
        self._number(unit, text)
        numbers = {name: number for name, number in self.numbers.items() if f"{{{name}}}" in unit.stelle}
        kinds = frozenset(paragraph.kind for paragraph in self.paragraphs[step.first : step.last])
        slots = tuple(self._slots(unit, text, numbers, exact=not step.price))
        placed = Placed(unit, numbers, text, slots, self.anchor, missing=missing, kinds=kinds, doubt=self._doubt(unit, text))
        if not missing:
            self.count[placed.stelle] += len(unit.lines)
            self.anchor = Anchor(placed.stelle, self.count[placed.stelle])
        return placed

    def _regions(self, unit: Unit, text: BlockText) -> Sequence[Region | None]:
        return align(unit, Tokens(text.text), self.context, self.known) if text.text else [None] * len(unit.slots)

    def _number(self, unit: Unit, text: BlockText) -> None:
        """Where a block begins with the number of a loop: the number that counts from here on."""
        key = next((slot for slot in unit.slots if slot.key), None)
        if key is None:
            return
        name = key.path.rpartition("{")[2].rstrip("}")
        region = self._regions(unit, text)[unit.slots.index(key)]
        said = text.text[region.start : region.end] if region else ""
        number = int(said) if said.isdecimal() else 0
        if number < key.first or number > 99 or (name, number) in self.taken:
            number = max([key.first - 1, *(taken for other, taken in self.taken if other == name)]) + 1
            self.unsure.add((name, number))
        self.taken.add((name, number))
        self.numbers[name] = number

    def _slots(self, unit: Unit, text: BlockText, numbers: Mapping[str, int], exact: bool = False) -> Iterator[SlotText]:
        for slot, region in zip(unit.slots, self._regions(unit, text), strict=True):
            path = slot.path.format(**numbers)
            if region is None:
                yield SlotText(slot, path, None)
            else:
                said, before, after = (
                    text.text[region.start : region.end],
                    text.text[region.low : region.start],
                    text.text[region.end : region.high],
                )
                if exact and slot.notation.free:
                    self.known[slot.path] = said
                yield SlotText(slot, path, said, region.start, region.end, before.strip(), after.strip(), region.bounded)

    def _doubt(self, unit: Unit, text: BlockText) -> Doubt | None:
        if any(item in self.unsure for item in self.numbers.items() if f"{{{item[0]}}}" in unit.stelle):
            return _UNSURE_NUMBER
        if text.text and not set(unit.head) <= set(shapes(text.text)):
            return _UNSURE_HEAD
        return None


def _unbounded(steps: Sequence[Step]) -> set[int]:
    """The entries of lists beside which a block of the wording is missing."""
    found: set[int] = set()
    for way in (range(len(steps)), range(len(steps) - 1, -1, -1)):
        missing = False
        for number in way:
            step = steps[number]
            if isinstance(step, Matched) and step.unit.liste is None:
                missing = step.first == step.last
            elif isinstance(step, Matched) and missing:
                found.add(number)
    return found


def _unit(step: Step) -> Unit:
    assert isinstance(step, Matched)
    return step.unit


_ALIKE = 0.3
"""What differs less from a block that is not at its place is that block moved."""


@dataclass(frozen=True, slots=True)
class _Moves:
    """Paragraphs that stand elsewhere than in the wording."""

    to: dict[int, int | Unit]
    """The missing step, or the unit passed by, that a paragraph is."""
    alike: frozenset[int]
    """Paragraphs taken for free text that are rather like a missing block, but too unlike to be it for sure."""


def _moves(wording: Wording, steps: Sequence[Step], paragraphs: Sequence[Paragraph], context: Context) -> _Moves:
    """Each block that is not at its place goes to the paragraph that is most like it."""
    wanted = _displaced(wording, steps)
    prices = Prices(wording, paragraphs, context)
    offers: list[tuple[float, int, int]] = []
    alike: set[int] = set()
    for paragraph, free in _strays(steps) if wanted else ():
        tokens = Tokens(paragraphs[paragraph].text)
        for number, (target, unit) in enumerate(wanted):
            price = prices.words(unit, tokens)
            if price is not None and price <= (0.0 if free and isinstance(target, Unit) else _ALIKE):
                offers.append((price, paragraph, number))
            elif price is not None and free and not isinstance(target, Unit):
                alike.add(paragraph)
    found: dict[int, int | Unit] = {}
    given: set[int] = set()
    for _, paragraph, number in sorted(offers):
        if paragraph not in found and number not in given:
            found[paragraph] = wanted[number][0]
            given.add(number)
    return _Moves(found, frozenset(alike - set(found)))


def _displaced(wording: Wording, steps: Sequence[Step]) -> list[tuple[int | Unit, Unit]]:
    """The steps of missing blocks and the units passed by, as far as their words tell them."""
    met = {step.unit.stelle for step in steps if isinstance(step, Matched)}
    wanted: list[tuple[int | Unit, Unit]] = []
    wanted += [(number, step.unit) for number, step in enumerate(steps) if isinstance(step, Matched) and step.first == step.last]
    wanted += [(unit, unit) for unit in wording.units if unit.stelle not in met and "{" not in unit.stelle]
    return [(target, unit) for target, unit in wanted if len(unit.literal) > 1 and not unit.is_vague and not unit.column]


def _strays(steps: Sequence[Step]) -> Iterator[tuple[int, bool]]:
    """Paragraphs that may be a block from elsewhere, and whether they were taken for free text.

    Such a one must be, word by word, a block that the document need not have.
    """
    for step in steps:
        if isinstance(step, Inserted):
            yield step.paragraph, False
        elif step.unit.free and step.last == step.first + 1:
            yield step.first, True
