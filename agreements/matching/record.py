"""From a document's paragraphs and a wording to the record: the backward direction.

Blocks first, in order, then words, then slots. What the document says otherwise than the filled wording becomes a
departure, so that rendering the record prints the document again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from pydantic import ValidationError

from agreements.errors import UnreadableError, WordingError
from agreements.filling.fill import ENTRY, Filling, fill
from agreements.language.protocol import Context
from agreements.language.tokens import shapes, shortened
from agreements.matching.evidence import CERTAIN, Evidence
from agreements.matching.placement import Anchor, Placed, Placing, Stray, place
from agreements.matching.values import Values, read_values
from agreements.matching.words import Difference, departures, differences, in_context
from agreements.model.fields import keys, kind_at, nested, value_at
from agreements.model.record import MOST, Abweichung, Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Departing, Found, Location, locations_of
from agreements.reading.reading import Paragraph, Word
from agreements.register.register import Register
from agreements.wording.units import Condition, Loop, Wording


@dataclass(frozen=True, slots=True)
class Match:
    """What a document says, laid on a wording; `record` is effective and holds the departures."""

    record: Vereinbarung
    found: tuple[Found, ...]
    befunde: tuple[Befund, ...]
    departing: tuple[Departing, ...] = ()
    """The departures with their places, in their order."""


def match(wording: Wording, paragraphs: Sequence[Paragraph], register: Register, evidence: Evidence = CERTAIN) -> Match:
    """The Angaben, departures and findings of a document that follows a wording, weighed by the evidence of how it was read.

    UnreadableError where it names no Träger.
    """
    context = Context(wording.jahr, register)
    placing = place(wording, paragraphs, context)
    values = read_values(placing, context)
    evidence.weigh(placing, values)
    record = _record(wording, values)
    evidence.cross_check(values, record)
    departures = _Departures(record, Filling(record, register), values, all(each.certain for each in placing.paragraphs))
    departing = tuple(departures.entries(placing))
    record = record.model_copy(update={"abweichungen": tuple(each.abweichung for each in departing)})
    befunde = (
        *evidence.findings(placing, values),
        *values.befunde,
        *departures.befunde,
        *_absent(wording, values),
        *_order(placing),
        *_unprinted(wording, placing, record, register),
    )
    return Match(record, tuple(values.found[path] for path in values.by_path), befunde, departing)


def likeness(wording: Wording, paragraphs: Sequence[Paragraph]) -> float:
    """How much of a wording's fixed text a document holds, 0 to 1."""
    literal = Counter(token for unit in wording.units for token in unit.literal)
    said = Counter(token for paragraph in paragraphs for token in shapes(paragraph.text))
    return sum((literal & said).values()) / max(1, literal.total())


# ---------------------------------------------------------------- the record


def _record(wording: Wording, values: Values) -> Vereinbarung:
    """The record of the values read, without departures; a value its type refuses becomes unread.

    Year, Träger and text of a record that carries its own are that record's.
    """
    if wording.record is None:
        _require_parties(wording, values)
    _require_countable(values)
    try:
        return Vereinbarung.model_validate(_nested(wording, values.by_path))
    except ValidationError as error:
        for fault in error.errors():
            loc = ".".join(map(str, fault["loc"]))
            for path in [path for path in values.by_path if loc == path or loc.startswith(f"{path}.")]:
                values.refuse(path, fault["msg"])
    return Vereinbarung.model_validate(_nested(wording, values.by_path))


def _require_parties(wording: Wording, values: Values) -> None:
    """Without year and Träger there is no record: the year is then the wording's, to be looked at."""
    if values.by_path.get("traeger", OFFEN) is OFFEN:
        raise UnreadableError(
            "Mit welchem Träger die Vereinbarung geschlossen ist, lässt sich nicht lesen.",
            abhilfe="Den Namen des Landkreises oder der Stadt im Dokument prüfen.",
        )
    if values.by_path.get("jahr", OFFEN) is OFFEN:
        values.by_path["jahr"] = wording.jahr
        values.found["jahr"] = Found("jahr", wording.jahr, ()).doubted(Doubt("jahr-eingesetzt"))


def _require_countable(values: Values) -> None:
    """What is numbered is counted on where its number cannot be read: of a document of hundreds there is no record."""
    if any(isinstance(key, int) and key > MOST for path in values.by_path for key in keys(path)):
        raise UnreadableError(f"Das Dokument zählt mehr als {MOST} Ziele; so viele hat keine Vereinbarung.",
                              abhilfe="Prüfen, ob es eine Vereinbarung ist.")  # fmt: skip


def _nested(wording: Wording, values: Mapping[str, Any]) -> dict[Any, Any]:
    """The values as the model reads them; a record that carries its own text knows its year and Träger."""
    own = wording.record
    said = {path: None if value is OFFEN else value for path, value in values.items()}
    if own is None:
        return {"wortlaut": wording.schluessel, **nested(said)}
    return {**nested(said), "jahr": own.jahr, "traeger": own.traeger, "wortlaut": None, "text": own.text}


# ---------------------------------------------------------------- departures


@dataclass(slots=True)
class _Departures:
    """Finds what makes the filled wording the document; each departure is a finding too, unless one was already made of it."""

    record: Vereinbarung
    filling: Filling
    values: Values
    certain: bool
    """Whether the letters of the whole document are stated: only then it is certain that something is missing."""
    befunde: list[Befund] = field(default_factory=list)
    entry: Counter[str] = field(default_factory=Counter)
    """How many entries of each list were met."""
    printed_once: set[str] = field(default_factory=set)
    """Addresses of the entries of lists that are open, and therefore printed as one."""

    def entries(self, placing: Placing) -> Iterator[Departing]:
        """The entries of `abweichungen`, in the order of the document."""
        for item in placing.items:
            if isinstance(item, Stray):
                yield self._inserted(item)
            elif item.unit.liste and not self._is_next_entry(item):
                self.printed_once.add(item.stelle)
                yield self._inserted(
                    Stray(Paragraph(item.text.words, kind="punkt" if item.unit.art == "punkt" else "text"), Anchor(item.stelle))
                )
            else:
                yield from self._block(item)

    def _is_next_entry(self, block: Placed) -> bool:
        """Whether the block is printed as an entry of its list; an open list is printed as one entry only."""
        liste = (block.unit.liste or "").format(**block.numbers)
        self.entry[liste] += 1
        value = value_at(self.record, liste)
        return self.entry[liste] <= (len(value) if isinstance(value, tuple) else 1)

    def _block(self, block: Placed) -> Iterator[Departing]:
        numbers = dict(block.numbers)
        if block.unit.liste:
            numbers[ENTRY] = self.entry[block.unit.liste.format(**block.numbers)] - 1
        expected = "".join(span.text for span in self.filling.spans(block.unit, numbers)).replace("\n", " ")
        if block.missing:
            yield from self._missing(block, expected)
            return
        if block.moved:
            self.befunde.append(
                Befund(
                    "reihenfolge",
                    "warnung",
                    f"„{shortened(block.text.text)}“ steht an anderer Stelle als im Wortlaut.",
                    location=locations_of(block.text.words)[0],
                )
            )
            anchor = self._anchor(block.anchor)
            moved = Abweichung(stelle=block.stelle, art="verschoben", neu=anchor.stelle, vorkommen=anchor.nth)
            yield Departing(moved, locations_of(block.text.words)[0], self.certain)
        yield from self._differing(block, expected)

    def _missing(self, block: Placed, expected: str) -> Iterator[Departing]:
        self.befunde.append(Befund("abweichung", "warnung", "", erwartet=" ".join(expected.split())))
        for gone in departures(block.stelle, expected, "", Difference(0, 0, 0, len(expected), False)):
            yield Departing(gone, Location(None, None, ""), self.certain)

    def _differing(self, block: Placed, expected: str) -> Iterator[Departing]:
        text = block.text.text
        for difference in differences(expected, text, [(slot.start, slot.end) for slot in block.slots if slot.text is not None]):
            start, end = in_context(text, difference.start, difference.end)
            ort = locations_of(block.text.between(start, end), text[start:end].strip())[0]
            for departure in departures(block.stelle, expected, text, difference):
                yield Departing(departure, ort, block.text.certain, _other_readings(block.text.between(difference.start, difference.end)))
            slot = next((slot for slot in block.slots if slot.text and slot.start <= difference.start and difference.end <= slot.end), None)
            if slot is None or (block.stelle, slot.start) not in self.values.contradictions:
                self._note(block, expected, difference, "hinweis" if difference.shape_only else "warnung")

    def _note(self, block: Placed, expected: str, difference: Difference, schwere: Any) -> None:
        start, end = in_context(block.text.text, difference.start, difference.end)
        was_start, was_end = in_context(expected, difference.expected_start, difference.expected_end)
        text = block.text.text[start:end].strip()
        ort = locations_of(block.text.between(start, end), text)[0]
        self.befunde.append(Befund("abweichung", schwere, text, erwartet=expected[was_start:was_end].strip(), location=ort))

    def _inserted(self, stray: Stray) -> Departing:
        text, anchor = stray.paragraph.text, self._anchor(stray.anchor)
        ort = locations_of(stray.paragraph.words)[0]
        self.befunde.append(Befund("abweichung", "warnung", text, location=ort))
        kind = stray.paragraph.kind
        baustein = kind if kind in ("ueberschrift", "punkt") else "text"
        added = Abweichung(stelle=anchor.stelle, art="eingefuegt", neu=text, vorkommen=anchor.nth, baustein=baustein)
        return Departing(added, ort, stray.paragraph.certain)

    def _anchor(self, anchor: Anchor) -> Anchor:
        return Anchor(anchor.stelle) if anchor.stelle in self.printed_once else anchor


def _other_readings(words: Sequence[Word]) -> tuple[str, ...]:
    """What else readers of a picture saw in the place of some words."""
    others = zip_longest(*(word.alternatives for word in words))
    return tuple(" ".join(one or word.text for one, word in zip(several, words, strict=True)) for several in others)


# ---------------------------------------------------------------- what else a person must know


def _absent(wording: Wording, values: Values) -> Iterator[Befund]:
    """A hint for each amount and each total target whose sentence the document does not have; an amendment has only what it changes."""
    for path in _conditions(wording.body):
        total = kind_at(path) is Decimal or (kind_at(path) is Zielwert and path.endswith(".gesamt"))
        if total and path not in values.by_path and not path.startswith("aenderung."):
            yield Befund("fehlt", "hinweis", "steht nicht im Dokument.", path)


def _conditions(body: Sequence[Any]) -> Iterator[str]:
    for node in body:
        if isinstance(node, Condition):
            yield node.path
        if isinstance(node, Condition | Loop):
            yield from _conditions(node.body)


def _order(placing: Placing) -> Iterator[Befund]:
    if placing.columns_swapped:
        yield Befund("reihenfolge", "hinweis", "Die Unterschriften stehen in anderer Reihenfolge nebeneinander als im Wortlaut.")


def _unprinted(wording: Wording, placing: Placing, record: Vereinbarung, register: Register) -> Iterator[Befund]:
    """Nothing is lost: the record must print the document again, word by word; where it would not, a person must know."""
    try:
        printed = [token for block in fill(wording, record, register).blocks for token in shapes(block.text)]
    except WordingError as error:
        yield Befund("fehlt", "fehler", f"Der gelesene Text lässt sich nicht wieder drucken: {error}")
        return
    if printed != [token for paragraph in placing.paragraphs for token in shapes(paragraph.text)]:
        yield Befund("fehlt", "fehler", "Der Datensatz gibt nicht jedes Wort des Dokuments in seiner Folge wieder.")
