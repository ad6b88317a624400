"""From a document's paragraphs and a wording to the record: the backward direction.

Blocks first, in order, then words, then slots. What the document says otherwise than the filled wording becomes a
departure, so that rendering the record prints the document again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agreements.alignment import align, departure, differences, in_context, shapes
from agreements.blocks import Inserted, Matched, Step, align_blocks
from agreements.errors import WordingError
from agreements.filling import START, Filling, fill
from agreements.findings import Befund, Found, orte
from agreements.model import OFFEN, Abweichung, Vereinbarung, text_fault
from agreements.notation import OPEN, UNREAD, Context, Phrase, Zielsatz
from agreements.reading import Paragraph, Word
from agreements.register import Register
from agreements.wording import Slot, Unit, Wording


@dataclass(frozen=True, slots=True)
class Match:
    """What a document says, laid on a wording; `record` is effective and holds the departures."""

    record: Vereinbarung
    found: tuple[Found, ...]
    befunde: tuple[Befund, ...]


@dataclass(frozen=True, slots=True)
class _Text:
    """The words of the paragraphs of one block, and which word each letter belongs to."""

    words: tuple[Word, ...]
    text: str

    @classmethod
    def of(cls, paragraphs: Iterable[Paragraph]) -> _Text:
        words = tuple(word for paragraph in paragraphs for word in paragraph.words)
        return cls(words, " ".join(word.text for word in words))

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words of which a letter lies from start to end."""
        found, at = [], 0
        for word in self.words:
            if at < end and at + len(word.text) > start:
                found.append(word)
            at += len(word.text) + 1
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Block:
    """A block of the wording as it was met: with the numbers of its loops, its text, and what its slots were laid on."""

    unit: Unit
    numbers: Mapping[str, int]
    stelle: str
    text: _Text
    missing: bool
    reads: tuple[_Read, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """One slot's text at one place; `start` to `end` in its block, None where nothing is left for it."""

    slot: Slot
    path: str
    text: str | None
    start: int = 0
    end: int = 0
    wide: str = ""
    """The text with the words around it that fit nothing else."""


@dataclass(slots=True)
class _Matching:
    wording: Wording
    paragraphs: Sequence[Paragraph]
    register: Register
    context: Context
    blocks: list[_Block] = field(default_factory=list)
    inserted: list[tuple[str, int, Paragraph]] = field(default_factory=list)
    befunde: list[Befund] = field(default_factory=list)
    found: dict[str, Found] = field(default_factory=dict)


def match(wording: Wording, paragraphs: Sequence[Paragraph], register: Register) -> Match:
    """The Angaben, departures and findings of a document that follows a wording."""
    context = Context(wording.jahr, register)
    paragraphs = tuple(_with_fitting_variants(wording, paragraphs))
    steps = align_blocks(wording, paragraphs, context)
    matching = _Matching(wording, paragraphs, register, context)
    _lay_out(matching, steps)
    values = _values(matching)
    record = _record(matching, values)
    departures = list(_departures(matching, record))
    record = record.model_copy(update={"abweichungen": tuple(departures)})
    _prove(matching, record)
    ordered = sorted(matching.found.values(), key=lambda found: list(values).index(found.feld))
    return Match(record, tuple(ordered), tuple(matching.befunde))


def likeness(wording: Wording, paragraphs: Sequence[Paragraph]) -> float:
    """How much of a wording's fixed text a document holds, 0 to 1."""
    literal = Counter(token for unit in wording.units() for part in unit.parts if isinstance(part, str) for token in shapes(part))
    said = Counter(token for paragraph in paragraphs for token in shapes(paragraph.text))
    return sum((literal & said).values()) / max(1, sum(literal.values()))


def _with_fitting_variants(wording: Wording, paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs, words parted at a line's end read as the wording has them where it has them."""
    known = {word for unit in wording.units() for part in unit.parts if isinstance(part, str) for word in part.split()}
    for paragraph in paragraphs:
        if any(word.variants for word in paragraph.words):
            words = tuple(replace(word, text=next((other for other in word.variants if other in known), word.text)) if word.variants and word.text not in known else word
                          for word in paragraph.words)
            paragraph = replace(paragraph, words=words)
        yield paragraph


# ---------------------------------------------------------------- blocks with their slots


def _lay_out(matching: _Matching, steps: Sequence[Step]) -> None:
    numbers: dict[str, int] = {}
    anchor, nth = START, 1
    count: Counter[str] = Counter()
    for step in steps:
        if isinstance(step, Inserted):
            matching.inserted.append((anchor, nth, matching.paragraphs[step.paragraph]))
            continue
        block = _block(matching, step, numbers)
        matching.blocks.append(block)
        if not block.missing:
            count[block.stelle] += len(step.unit.lines)
            anchor, nth = block.stelle, count[block.stelle]


def _block(matching: _Matching, step: Matched, numbers: dict[str, int]) -> _Block:
    unit = step.unit
    text = _Text.of(matching.paragraphs[step.first:step.last])
    missing = step.first == step.last
    regions = [None] * len(unit.slots) if missing else align(unit.parts, text.text, matching.context)
    key = next(((slot, region) for slot, region in zip(unit.slots, regions, strict=True) if slot.key), None)
    if key is not None:
        name = key[0].path.rpartition("{")[2].rstrip("}")
        said = text.text[key[1].start:key[1].end] if key[1] else ""
        numbers[name] = int(said) if said.isdigit() else numbers.get(name, 0) + 1
    reads = []
    for slot, region in zip(unit.slots, regions, strict=True):
        path = slot.path.format(**numbers)
        if region is None:
            reads.append(_Read(slot, path, None))
        else:
            reads.append(_Read(slot, path, text.text[region.start:region.end], region.start, region.end, text.text[region.low:region.high]))
    return _Block(unit, dict(numbers), unit.stelle.format(**numbers), text, missing, tuple(reads))


# ---------------------------------------------------------------- values


def _values(matching: _Matching) -> dict[str, Any]:
    """Every value by its dotted name, in the order of the document; `matching.found` gets them with their places."""
    places: dict[str, list[tuple[_Block, _Read]]] = defaultdict(list)
    for block in matching.blocks:
        for read in block.reads:
            if not read.slot.key:
                places[read.path].append((block, read))
    values: dict[str, Any] = {}
    for path in sorted(places, key=lambda path: path not in ("jahr", "traeger")):
        values[path] = _value(matching, path, places[path], values)
        if path == "jahr" and isinstance(values[path], int):
            matching.context = replace(matching.context, jahr=values[path])
    return {path: values[path] for path in places}


def _value(matching: _Matching, path: str, places: Sequence[tuple[_Block, _Read]], values: Mapping[str, Any]) -> Any:
    if places[0][1].slot.entry:
        return _list_value(matching, path, places)
    read_at = [(block, read, _read(matching, block, read, values)) for block, read in places]
    seen = [(block, read, value) for block, read, value in read_at if not isinstance(value, _Unread)]
    spots = tuple(ort for block, read, _ in read_at if read.text is not None for ort in orte(block.text.between(read.start, read.end), read.text))
    if not seen:
        return _unread(matching, path, places, spots)
    value = Counter(value for _, _, value in seen).most_common(1)[0][0]
    for block, read, other in seen:
        if other != value:
            ort = orte(block.text.between(read.start, read.end), read.text)[0]
            matching.befunde.append(Befund("widerspruch", "warnung", read.text or "", path, _said(seen, value), ort))
    unsure = next((value.grund for _, _, value in read_at if isinstance(value, _Unread) and value.grund), None)
    if value is OFFEN:
        blank = path.endswith(".datum")
        matching.found[path] = Found(path, None, spots, grund="leer" if blank else "offen")
    elif isinstance(value, str) and (fault := text_fault(value)) and path != "traeger":
        return _unread(matching, path, places, spots, fault)
    else:
        matching.found[path] = Found(path, value, spots, pruefen=False, grund=unsure)
    return value


def _said(seen: Sequence[tuple[_Block, _Read, Any]], value: Any) -> str:
    return next(read.text or "" for _, read, other in seen if other == value)


@dataclass(frozen=True, slots=True)
class _Unread:
    """A place that says no value of its field; `grund` where that alone makes nothing unsure."""

    grund: str | None = None


def _read(matching: _Matching, block: _Block, read: _Read, values: Mapping[str, Any]) -> Any:
    """The value that a slot's text says, or `_Unread`."""
    if read.text is None:
        return _Unread()
    if OPEN.fullmatch(read.text):
        return OFFEN
    if isinstance(read.slot.notation, Zielsatz):
        return _read_target(matching, block, read, values)
    value = read.slot.notation.read(read.text, matching.context)
    return _Unread() if value is UNREAD else value


def _read_target(matching: _Matching, block: _Block, read: _Read, values: Mapping[str, Any]) -> Any:
    """A target phrase, completed by the phrase behind it and by the total's year."""
    goal = read.path.rpartition(".")[0]
    total = values.get(f"{goal}.gesamt") if not read.path.endswith(".gesamt") else None
    inherited = getattr(total, "bezug", None)
    targets = [other for other in block.reads if isinstance(other.slot.notation, Zielsatz)]
    behind = targets[targets.index(read) + 1:targets.index(read) + 2]
    following = _phrase(behind[0], matching.context) if behind else None
    for text in (read.text, read.wide):
        phrase = _phrase(replace(read, text=text), matching.context)
        if phrase is None or phrase.rest:
            continue
        value = phrase.complete(following, inherited)
        if value is not UNREAD:
            return value
    return _Unread()


def _phrase(read: _Read, context: Context) -> Phrase | None:
    notation = read.slot.notation
    parsed = notation.parse(read.text, context) if isinstance(notation, Zielsatz) and read.text else None
    return parsed if isinstance(parsed, Phrase) else None


def _list_value(matching: _Matching, path: str, places: Sequence[tuple[_Block, _Read]]) -> Any:
    texts = tuple(read.text or "" for _, read in places)
    spots = tuple(ort for block, read in places for ort in orte(block.text.between(read.start, read.end), read.text))
    if len(texts) == 1 and OPEN.fullmatch(texts[0]):
        matching.found[path] = Found(path, None, spots, grund="offen")
        return OFFEN
    if fault := next((fault for text in texts if (fault := text_fault(text))), None):
        return _unread(matching, path, places, spots, fault)
    matching.found[path] = Found(path, texts, spots)
    return texts


def _unread(matching: _Matching, path: str, places: Sequence[tuple[_Block, _Read]], spots: tuple[Any, ...], fault: str | None = None) -> Any:
    """An Angabe that stands in the document and could not be read: open in the record, and a person must look."""
    said = " ".join(read.text for _, read in places if read.text)
    grund = f"nicht lesbar: „{said}“" if said else "an der Stelle steht nichts, was sich lesen ließe"
    if fault:
        grund += f" ({fault})"
    matching.found[path] = Found(path, None, spots, sicherheit=0.0, pruefen=True, grund=grund)
    return OFFEN


# ---------------------------------------------------------------- the record


def _record(matching: _Matching, values: Mapping[str, Any]) -> Vereinbarung:
    """The record of the values read, without departures; a value its type refuses becomes unread."""
    data: dict[Any, Any] = {"wortlaut": matching.wording.schluessel}
    for path, value in values.items():
        keys = path.split(".")
        target: dict[Any, Any] = data
        for key in keys[:-1]:
            target = target.setdefault(int(key) if key.isdigit() else key, {})
        target[int(keys[-1]) if keys[-1].isdigit() else keys[-1]] = None if value is OFFEN else value
    return Vereinbarung.model_validate(data)


# ---------------------------------------------------------------- departures


def _departures(matching: _Matching, record: Vereinbarung) -> Iterator[Abweichung]:
    """What makes the filled wording the document; each is a finding too."""
    filling = Filling(record, matching.register)
    entries: Counter[str] = Counter()
    for block in matching.blocks:
        numbers = dict(block.numbers)
        if block.unit.liste:
            liste = block.unit.liste.format(**numbers)
            numbers["__entry__"] = entries[liste]
            entries[liste] += 1
        expected = "".join(span.text for span in filling.spans(block.unit, numbers)).replace("\n", " ")
        if block.missing:
            yield from _missing(matching, block, expected)
        else:
            yield from _differing(matching, block, expected)
    for stelle, nth, paragraph in matching.inserted:
        text = _Text.of([paragraph])
        baustein = paragraph.kind or "text"
        matching.befunde.append(Befund("abweichung", "warnung", text.text, ort=orte(text.words)[0]))
        yield Abweichung(stelle=stelle, art="eingefuegt", neu=text.text, vorkommen=nth, baustein=baustein)


def _missing(matching: _Matching, block: _Block, expected: str) -> Iterator[Abweichung]:
    matching.befunde.append(Befund("abweichung", "warnung", "", erwartet=expected))
    yield Abweichung(stelle=block.stelle, art="gestrichen", alt=expected)


def _differing(matching: _Matching, block: _Block, expected: str) -> Iterator[Abweichung]:
    contradicted = [(read.start, read.end) for read in block.reads
                    if any(found.art == "widerspruch" and found.feld == read.path and found.text == read.text for found in matching.befunde)]
    for difference in differences(expected, block.text.text):
        entry = departure(block.stelle, expected, block.text.text, difference)
        yield entry
        if any(start <= difference.start and difference.end <= end for start, end in contradicted):
            continue
        start, end = in_context(block.text.text, difference.start, difference.end)
        was = in_context(expected, difference.expected_start, difference.expected_end)
        text = block.text.text[start:end]
        matching.befunde.append(Befund("abweichung", "hinweis" if difference.shape_only else "warnung", text,
                                       erwartet=expected[was[0]:was[1]], ort=orte(block.text.between(start, end), text)[0]))


def _prove(matching: _Matching, record: Vereinbarung) -> None:
    """Nothing is lost: the record must print the document again, word by word; where it would not, a person must know."""
    try:
        printed = [token for block in fill(matching.wording, record, matching.register).blocks for token in shapes(block.text)]
    except WordingError as error:
        matching.befunde.append(Befund("fehlt", "fehler", f"Der gelesene Text lässt sich nicht wieder drucken: {error}"))
        return
    said = [token for paragraph in matching.paragraphs for token in shapes(paragraph.text)]
    if printed != said:
        matching.befunde.append(Befund("fehlt", "fehler", "Der Datensatz gibt nicht jedes Wort des Dokuments in seiner Folge wieder."))
