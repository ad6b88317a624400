"""From a record and its wording to the filled document: the forward direction."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agreements.errors import WordingError
from agreements.language.calendar import Datum
from agreements.language.notation import write_open
from agreements.language.protocol import Context
from agreements.language.said import said_of, say
from agreements.language.targets import Zielsatz, Zielzahl
from agreements.model.document import Art, Block, Document, Span
from agreements.model.fields import angaben, label, value_at
from agreements.model.record import Abweichung, Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.register.register import Register
from agreements.wording.units import Condition, Node, Slot, Unit, Wording, of_one_goal

BREAK = Span("\n")
"""Parts two lines of one unit."""
ENTRY = "__entry__"
"""Among the numbers of the loops around a unit: the place, from 0, in the list of which it prints one entry."""
START = "anfang"
"""The place before the first block of the wording."""


def fill(wording: Wording, record: Vereinbarung, register: Register) -> Document:
    """The record's document, with its departures from the wording.

    The record must be effective (`model.effective`). WordingError where the wording needs what the record does not
    have, cannot print what it has, or a departure no longer fits; a record's own text need not print all of it.
    """
    filling = Filling(record, register)
    blocks = tuple(filling.blocks(wording))
    if wording.record is None:
        filling.refuse_unprinted(wording)
    name = register.find(record.traeger, record.jahr).name
    number = record.aenderung.nummer if record.aenderung else 0
    titel = f"{f'Änderung Nr. {number} zur ' if number else ''}Zielvereinbarung {record.jahr} {name}"
    left = record.akte.strittig
    listed = tuple(f"{each.stelle}: gelesen {said_of(each)}" for each in left)
    blocks = marked(blocks, left)
    return Document(titel=titel, jahr=record.jahr, traeger=record.traeger, blocks=blocks, nummer=number, strittig=listed)


@dataclass(slots=True)
class Filling:
    """One record on its way through a wording."""

    record: Vereinbarung
    register: Register
    printed: set[str] = field(default_factory=set)

    def blocks(self, wording: Wording) -> Iterator[Block]:
        """Every block in the order of the document, moved, struck and inserted ones included."""
        departures = _by_place(self.record.abweichungen)
        filled = self._nodes(wording.body, {})
        placed = [block for unit, numbers in filled for block in self._departed(unit, numbers, departures)]
        yield from _arranged(placed, departures)
        if departures.left:
            raise _misfit(departures.left[0])

    def _nodes(self, body: tuple[Node, ...], numbers: Mapping[str, int]) -> Iterator[tuple[Unit, Mapping[str, int]]]:
        """Every unit to be printed, with the numbers of the loops around it."""
        for node in body:
            if isinstance(node, Unit):
                yield node, numbers
                continue
            value = value_at(self.record, node.path.format(**numbers))
            if isinstance(node, Condition):
                if not _is_absent(value):
                    yield from self._nodes(node.body, numbers)
            elif node.key is not None:
                for number in value or ():
                    if number >= node.first:
                        yield from self._nodes(node.body, {**numbers, node.key: number})
            else:
                for place in range(len(value) if isinstance(value, tuple) else int(value is OFFEN)):
                    yield from self._nodes(node.body, {**numbers, ENTRY: place})

    def _departed(self, unit: Unit, numbers: Mapping[str, int], departures: _Departures) -> Iterator[Block]:
        stelle = unit.stelle.format(**numbers)
        spans = replace_words(self.spans(unit, numbers), departures.words.pop(stelle, []))
        liste = unit.liste.format(**numbers) if unit.liste else None
        for line in _lines(spans):
            block = Block(unit.art, line, unit.level, unit.column, unit.gruppe, liste, stelle)
            if block.text.strip():
                yield block

    def spans(self, unit: Unit, numbers: Mapping[str, int]) -> tuple[Span, ...]:
        """A unit as the wording has it, filled; its lines parted by `BREAK`."""
        found: list[Span] = []
        slots = [slot for slot in unit.slots if isinstance(slot.notation, Zielsatz) and slot.notation.mode != "niveau"]
        for place, line in enumerate(unit.lines):
            found.extend([BREAK] if place else [])
            for part in line:
                if isinstance(part, str):
                    found.append(Span(part))
                else:
                    following = slots[slots.index(part) + 1] if part in slots[:-1] else None
                    found.extend(self._written(part, numbers, unit, following if following and of_one_goal(part, following) else None))
        return tuple(found)

    def _written(self, slot: Slot, numbers: Mapping[str, int], unit: Unit, following: Slot | None) -> Iterator[Span]:
        path = slot.path.format(**numbers)
        if slot.key:
            yield Span(str(numbers[slot.path.rpartition("{")[2].rstrip("}")]))
            return
        value = value_at(self.record, path)
        if slot.entry and isinstance(value, tuple):
            place = slot.nth - 1 if slot.nth else numbers[ENTRY]
            value = value[place] if place < len(value) else None
        if value is None and path.endswith(".entspricht"):
            value = OFFEN  # the model knows no open level; a target that comes to none has its words struck
        if _is_absent(value):
            raise WordingError(
                f"„{path}“ ({label(path)}) fehlt; der Wortlaut braucht die Angabe ({_place(unit)}).",
                abhilfe="Den Wert eintragen, oder null, wenn er noch offen ist.",
            )
        if isinstance(slot.notation, Zielzahl) and isinstance(value, Zielwert) and not slot.notation.fits(value):
            raise WordingError(
                f"„{path}“ ({label(path)}): {say(path, value, self.register, self.record.jahr)} lässt sich in den Satz nicht einsetzen, "
                f"denn seine eigenen Worte sagen etwas anderes ({_place(unit)}): „{_told(unit)}“",
                abhilfe="Den Satz umschreiben, und was im Feld in Klammern steht: Richtung, Schranke, Einheit, Bezugsjahr.",
            )
        self.printed.add(path)
        context = self.context(path)
        if value is OFFEN and isinstance(slot.notation, Datum):
            yield from (Span("", path, "leer"), Span(f" {self.record.jahr}"))
        elif value is OFFEN:
            yield Span(write_open(slot.notation.noun or label(path).rpartition(": ")[2]), path, "offen")
        elif isinstance(slot.notation, Zielsatz) and following is not None:
            after = value_at(self.record, following.path.format(**numbers))
            yield Span(slot.notation.write_before(value, context, after if isinstance(after, Zielwert) else None), path)
        else:
            yield Span(slot.notation.write(value, context), None if slot.derived else path)

    def context(self, path: str) -> Context:
        """What the notations need to know at a field."""
        return Context(self.record.jahr, self.register, inherited_bezug(self.record, path))

    def missing(self, wording: Wording) -> Iterator[str]:
        """The Angaben that the wording needs and the record does not have, in the order of the text; some may come twice."""
        for unit, numbers in self._nodes(wording.body, {}):
            paths = (slot.path.format(**numbers) for slot in unit.slots if not slot.key)
            yield from (path for path in paths if _is_absent(value_at(self.record, path)))

    def unprinted(self) -> Iterator[str]:
        """What the record holds and its wording did not print, once all blocks are made."""
        said = angaben(self.record)
        yield from (path for path, value in said.items() if path not in self.printed and not _needs_no_print(path, value))

    def refuse_unprinted(self, wording: Wording) -> None:
        """WordingError where the record holds what its wording does not print."""
        if path := next(self.unprinted(), None):
            raise WordingError(
                f"„{path}“ ({label(path)}) kommt im Wortlaut {wording.schluessel} nicht vor und würde nicht gedruckt.",
                abhilfe="Die Angabe entfernen oder eine Abweichung vom Wortlaut eintragen.",
            )


def _place(unit: Unit) -> str:
    return f"Baustein {unit.zeile} unter text" if unit.stelle.startswith("text.") else f"Zeile {unit.zeile}"


def _told(unit: Unit) -> str:
    """The text of a unit for people, its fields as "…"."""
    return "".join(part if isinstance(part, str) else "…" for part in unit.parts)


def _is_absent(value: Any) -> bool:
    return value is None or value == ()


def _needs_no_print(path: str, value: Any) -> bool:
    """A blank date needs no line of its own, how a signature looks is not text, and a key that prints something is not an Angabe."""
    return path.endswith(".zustand") or (path.endswith(".datum") and value is OFFEN)


def inherited_bezug(record: Vereinbarung, path: str) -> int | None:
    """The year that the total of the same goal is compared with; none for the total itself (angaben.md, Zielwert)."""
    goal, _, who = path.rpartition(".")
    total = value_at(record, f"{goal}.gesamt") if who != "gesamt" and path.startswith("ziele.") else None
    return total.bezug if isinstance(total, Zielwert) else None


# ---------------------------------------------------------------- departures


def marked(blocks: Sequence[Block], departures: Sequence[Abweichung]) -> tuple[Block, ...]:
    """The blocks, with the words marked where departures say otherwise; one that finds no place marks nothing."""
    found = list(blocks)
    for departure in departures:
        places = [at for at, block in enumerate(found) if block.stelle == departure.stelle] or [0] * (departure.stelle == START)
        words = departure.alt if departure.art != "verschoben" else None
        holding = [at for at in places if words and words in found[at].text]
        for at in holding[:1] or places[: departure.vorkommen][-1:]:
            found[at] = _marked(found[at], departure, words if holding else None)
    return tuple(found)


def _marked(block: Block, departure: Abweichung, words: str | None) -> Block:
    """The block with some words of it marked, or all; of one that something stands behind, the last word that is no placeholder."""
    start, end = 0, len(block.text)
    if words:
        hits = [found.start() for found in re.finditer(re.escape(words), block.text)]
        start = hits[min(departure.vorkommen, len(hits)) - 1]
        end = start + len(words)
    elif departure.art == "eingefuegt":
        start, end = _last_word(block.spans)
    before, rest = _parted(block.spans, start)
    within, after = _parted(rest, end - start)
    return replace(block, spans=(*before, *(span if span.zustand else replace(span, zustand="strittig") for span in within), *after))


def _last_word(spans: tuple[Span, ...]) -> tuple[int, int]:
    """Where the last word of a block begins and ends; a placeholder is marked itself, and shown whole."""
    own = "".join(" " * len(span.text) if span.zustand else span.text for span in spans).rstrip()
    return own.rfind(" ") + 1, len(own)


_Place = tuple[str, int]
"""Behind which block: its address, and the how manieth with that address."""


@dataclass(slots=True)
class _Departures:
    """The departures of a record by place; what is not taken does not fit."""

    words: dict[str, list[Abweichung]]
    blocks: dict[_Place, list[Abweichung]]
    """Blocks inserted or moved behind a place, in their order."""

    @property
    def moved(self) -> set[str]:
        """Addresses of the blocks that stand elsewhere."""
        return {departure.stelle for several in self.blocks.values() for departure in several if departure.art == "verschoben"}

    @property
    def left(self) -> list[Abweichung]:
        return [departure for several in (*self.words.values(), *self.blocks.values()) for departure in several]


def _by_place(departures: Sequence[Abweichung]) -> _Departures:
    words: dict[str, list[Abweichung]] = defaultdict(list)
    blocks: dict[_Place, list[Abweichung]] = defaultdict(list)
    for departure in departures:
        if departure.art == "verschoben":
            blocks[departure.neu or START, departure.vorkommen].append(departure)
        elif departure.alt is None:
            blocks[departure.stelle, departure.vorkommen].append(departure)
        else:
            words[departure.stelle].append(departure)
    return _Departures(dict(words), dict(blocks))


def replace_words(spans: tuple[Span, ...], departures: Sequence[Abweichung]) -> tuple[Span, ...]:
    """The spans with each departure's words in place of the wording's; WordingError where those are not there."""
    text = "".join(span.text for span in spans).replace("\n", " ")
    edits = sorted((_edit(text, departure) for departure in departures), key=lambda edit: edit[:2], reverse=True)
    for start, end, new in edits:
        spans = _spliced(spans, start, end, new)
    return spans


def _edit(text: str, departure: Abweichung) -> tuple[int, int, str]:
    """Start, end and new text of what a departure replaces."""
    old = departure.alt or ""
    start = -1
    for _ in range(departure.vorkommen):
        start = text.find(old, start + 1)
        if start < 0:
            raise _misfit(departure)
    end = start + len(old)
    new = departure.neu or ""
    if departure.art == "eingefuegt":
        start, new = end, new if re.match(r"[,.;:!?)]", new) else f" {new}"
    return start, end, _apart(text[:start], new, text[end:])


def _apart(before: str, new: str, after: str) -> str:
    """New text that runs together with no word beside it."""
    if not new:
        return " " if _WORD.match(before[-1:]) and _WORD.match(after) else ""
    return (
        (" " if _WORD.match(before[-1:]) and _WORD.match(new) else "") + new + (" " if _WORD.match(new[-1:]) and _WORD.match(after) else "")
    )


_WORD = re.compile(r"\w")


def _spliced(spans: tuple[Span, ...], start: int, end: int, new: str) -> tuple[Span, ...]:
    """The spans with `new` in place of the letters from start to end; it keeps their field where they lie in one."""
    before, rest = _parted(spans, start)
    old, after = _parted(rest, end - start)
    fields = {span.feld for span in old}
    put = (Span(new, fields.pop() if len(fields) == 1 else None),) if new else ()
    return before + put + after


def _parted(spans: tuple[Span, ...], at: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The spans before and after a place in their text."""
    left: list[Span] = []
    for number, span in enumerate(spans):
        if at < len(span.text) or (at == 0 and not span.text):
            head = (replace(span, text=span.text[:at]),) if at else ()
            return (*left, *head), (replace(span, text=span.text[at:]), *spans[number + 1 :])
        left.append(span)
        at -= len(span.text)
    return tuple(left), ()


def _lines(spans: tuple[Span, ...]) -> Iterator[tuple[Span, ...]]:
    line: list[Span] = []
    for span in spans:
        if span == BREAK:
            yield tuple(line)
            line = []
        else:
            line.append(span)
    if line:
        yield tuple(line)


def _arranged(placed: Sequence[Block], departures: _Departures) -> Iterator[Block]:
    """The blocks with moved ones at their new place and inserted ones behind theirs."""
    moved = {stelle: [block for block in placed if block.stelle == stelle] for stelle in departures.moved}
    yield from _behind((START, 1), departures, moved)
    count: Counter[str] = Counter()
    for block in placed:
        if block.stelle not in moved:
            count[block.stelle] += 1
            yield block
            yield from _behind((block.stelle, count[block.stelle]), departures, moved)


def _behind(place: _Place, departures: _Departures, moved: Mapping[str, list[Block]]) -> Iterator[Block]:
    for departure in departures.blocks.pop(place, []):
        if departure.art == "eingefuegt":
            yield _inserted(departure)
        elif blocks := moved[departure.stelle]:
            yield from blocks
        else:
            raise _misfit(departure)


def _inserted(departure: Abweichung) -> Block:
    art: Art = departure.baustein
    return Block(art, (Span(departure.neu or ""),), level=3 if art == "ueberschrift" else 0, stelle=departure.stelle)


def _misfit(departure: Abweichung) -> WordingError:
    return WordingError(
        f"Die Abweichung „{departure.art}“ an „{departure.stelle}“ passt nicht mehr: „{departure.alt or departure.neu}“ "
        f"(Vorkommen {departure.vorkommen}) findet dort keinen Platz.",
        abhilfe="Den Eintrag in abweichungen anpassen oder entfernen.",
    )
