"""What the slots of a placed document say: every value once, with its places, and what makes it doubtful."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agreements.language.notation import OPEN
from agreements.language.protocol import UNREAD, Context
from agreements.language.sentences import sentence_at
from agreements.language.target_grammar import Phrase
from agreements.language.targets import Zielsatz
from agreements.matching.placement import Placed, Placing, SlotText
from agreements.model.record import Zielwert
from agreements.model.values import OFFEN, text_fault
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found, Location, locations_of
from agreements.wording.units import of_one_goal

UNLIKE = Doubt("liste-ungleich")
"""What may end in it belongs to the field behind it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one place says of a field; `value` is `UNREAD` where it says nothing that can be read."""

    block: Placed
    slot: SlotText
    value: Any
    doubt: Doubt | None = None

    @property
    def locations(self) -> tuple[Location, ...]:
        """Where it stands; nothing where nothing is left for the slot."""
        return locations_of(self.block.text.between(self.slot.start, self.slot.end), self.slot.text) if self.slot.text is not None else ()


@dataclass(slots=True)
class Values:
    """The values of a document by dotted name, each `OFFEN` where it is open or could not be read."""

    context: Context
    by_path: dict[str, Any] = field(default_factory=dict)
    found: dict[str, Found] = field(default_factory=dict)
    befunde: list[Befund] = field(default_factory=list)
    contradictions: set[tuple[str, int]] = field(default_factory=set)
    """Address and first letter of the places that say otherwise than the rest."""

    def refuse(self, path: str, fault: str) -> None:
        """Makes a value open that its type refuses."""
        text = " ".join(location.text for location in self.found[path].locations)
        self.by_path[path] = OFFEN
        self.found[path] = Found.unread(path, Doubt("nicht-moeglich", worte=text, fehler=fault), self.found[path].locations)


def read_values(placing: Placing, context: Context) -> Values:
    """Every value in the order of the document."""
    places: dict[str, list[tuple[Placed, SlotText]]] = defaultdict(list)
    for block in placing.blocks:
        for slot in block.slots:
            if not slot.slot.key and not _lacks_level(block, slot):
                places[slot.path].append((block, slot))
    values = Values(context)
    for path in sorted(places, key=_rank):
        _read(values, path, places[path])
        if path == "jahr" and isinstance(values.by_path[path], int):
            values.context = replace(context, jahr=values.by_path[path])
    values.by_path = {path: values.by_path[path] for path in places}
    return values


def _lacks_level(block: Placed, slot: SlotText) -> bool:
    """Whether a slot is for the level that a target comes to, and the text speaks of none: not every target does."""
    return slot.path.endswith(".entspricht") and (slot.text is None or "entspr" not in block.text.text)


def _rank(path: str) -> int:
    """What others are read with comes before them: the year, the Träger, the total of a goal."""
    return 0 if path in ("jahr", "traeger") else 1 if path.endswith(".gesamt") else 2


def _read(values: Values, path: str, places: Sequence[tuple[Placed, SlotText]]) -> None:
    if places[0][1].slot.entry:
        value, found = _list(path, places)
    else:
        value, found = _agreed(values, path, [_said(values, block, slot) for block, slot in places])
    values.by_path[path], values.found[path] = value, found


# ---------------------------------------------------------------- a list


def _list(path: str, places: Sequence[tuple[Placed, SlotText]]) -> tuple[Any, Found]:
    texts = tuple(slot.text or "" for _, slot in places)
    spots = tuple(location for block, slot in places for location in Said(block, slot, slot.text).locations)
    if len(texts) == 1 and OPEN.fullmatch(texts[0]):
        return OFFEN, Found(path, None, spots)
    if fault := next((fault for text in texts if (fault := text_fault(text))), None):
        return OFFEN, _unread(path, texts, spots, fault)
    doubt = next((block.doubt for block, _ in places if block.doubt), None)
    if len({kind for block, _ in places for kind in block.kinds if kind}) > 1:
        doubt = doubt or UNLIKE
    return texts, Found(path, texts, spots).doubted(doubt)


def _unread(path: str, texts: Sequence[str | None], spots: tuple[Location, ...], fault: str | None = None) -> Found:
    """An Angabe that stands in the document and could not be read: a person must look."""
    said = " / ".join(text for text in texts if text)
    if said:
        doubt = Doubt("nicht-lesbar-weil", worte=said, fehler=fault) if fault else Doubt("nicht-lesbar", worte=said)
    else:
        doubt = Doubt("nichts-lesbar-weil", fehler=fault) if fault else Doubt("nichts-lesbar")
    return Found.unread(path, doubt, spots)


# ---------------------------------------------------------------- one value at one or more places


def _agreed(values: Values, path: str, said: Sequence[Said]) -> tuple[Any, Found]:
    """The value that most places say; each that says another is a contradiction, one that says none a mere departure."""
    read = [place for place in said if place.value is not UNREAD]
    spots = tuple(location for place in said for location in place.locations)
    if not read:
        return OFFEN, _unread(path, [place.slot.text for place in said], spots)
    (value, most), *others = Counter(place.value for place in read).most_common(2)
    best = [place for place in read if place.value == value]
    for place in read:
        if place.value != value:
            values.contradictions.add((place.block.stelle, place.slot.start))
            values.befunde.append(Befund("widerspruch", "warnung", place.slot.text or "", path, best[0].slot.text, place.locations[0]))
    doubt = None if any(place.doubt is None for place in best) else best[0].doubt
    if all(place.slot.slot.derived for place in best):
        doubt = Doubt("nur-erschlossen")
    if others and others[0][1] == most:
        doubt = Doubt("gleich-oft-anders")
    if value is OFFEN:
        return value, Found(path, None, spots, doubts=(doubt,) if doubt else ())  # what is open is open, surely
    if isinstance(value, str) and path != "traeger" and (fault := text_fault(value)):
        return OFFEN, _unread(path, [value], spots, fault)
    return value, Found(path, value, spots).doubted(doubt)


def _said(values: Values, block: Placed, slot: SlotText) -> Said:
    if slot.text is None:
        return Said(block, slot, UNREAD)
    if OPEN.fullmatch(slot.text):
        return Said(block, slot, OFFEN, block.doubt)
    if isinstance(slot.slot.notation, Zielsatz):
        return _target(values, block, slot)
    value = slot.slot.notation.read(slot.text, values.context)
    if slot.slot.notation.free and not slot.bounded:
        return Said(block, slot, value, Doubt("daneben-anders"))
    beside = f"{slot.before} {slot.after}".strip()
    doubt = Doubt("steht-daneben", worte=beside) if slot.slot.notation.doubted(slot.text, slot.before, slot.after) else None
    return Said(block, slot, value, doubt or block.doubt)


def _target(values: Values, block: Placed, slot: SlotText) -> Said:
    """A target phrase, completed by the phrase behind it and by the total's year."""
    total = None if slot.path.endswith(".gesamt") else values.by_path.get(f"{slot.path.rpartition('.')[0]}.gesamt")
    inherited = getattr(total, "bezug", None)
    read = values.found[f"{slot.path.rpartition('.')[0]}.gesamt"] if total is not None else None
    orphaned = inherited is None and read is not None and read.doubtful
    otherwise = read is not None and any(str(inherited) in str(doubt) for location in read.locations for doubt in location.seen)
    following = _following(block, slot, values.context)
    for phrase, whole in _phrases(slot, values.context):
        value = phrase.complete(following, inherited)
        if not isinstance(value, Zielwert) or (value.bezug is None and value.richtung != "betraegt"):
            value = _in_sentence(phrase, block, slot, values.context).complete(following, inherited)
        if value is not UNREAD:
            doubt = None if whole and not phrase.rest else Doubt("satz-sagt-mehr", satz=_whole(slot))
            lacks_year = isinstance(value, Zielwert) and value.bezug is None and value.richtung != "betraegt"
            if orphaned and lacks_year and not phrase.names_bezug:
                doubt = doubt or Doubt("vergleichsjahr-unlesbar")
            if otherwise and not phrase.names_bezug:
                doubt = doubt or Doubt("vergleichsjahr-anders-zu-sehen")
            return Said(block, slot, value, doubt or block.doubt)
    return Said(block, slot, UNREAD)


def _in_sentence(phrase: Phrase, block: Placed, slot: SlotText, context: Context) -> Phrase:
    """The phrase with the verb and the year that its sentence says elsewhere, where it says them once and for no other target."""
    text = block.text.text
    for other in block.slots:
        if isinstance(other.slot.notation, Zielsatz) and other.text and other is not slot:
            text = text[: other.start] + " " * (other.end - other.start) + text[other.end :]
    begins, ends = sentence_at(block.text.text, slot.start, slot.end)
    return phrase.completed_by(f"{text[begins : slot.start]} … {text[slot.end : ends]}", context.jahr)


def _phrases(slot: SlotText, context: Context) -> Iterator[tuple[Phrase, bool]]:
    """The target with the words beside it, then without; what says nothing is left out."""
    notation = slot.slot.notation
    assert isinstance(notation, Zielsatz)
    for text, whole in ((_whole(slot), True), (slot.text or "", False)):
        parsed = notation.parse(text, context)
        if isinstance(parsed, Phrase):
            yield parsed, whole


def _whole(slot: SlotText) -> str:
    notation = slot.slot.notation
    return notation.whole(slot.text or "", slot.before, slot.after) if isinstance(notation, Zielsatz) else slot.text or ""


def _following(block: Placed, slot: SlotText, context: Context) -> Phrase | None:
    targets = [other for other in block.slots if isinstance(other.slot.notation, Zielsatz) and other.slot.notation.mode != "niveau"]
    at = targets.index(slot) + 1 if slot in targets else len(targets)
    behind = [other for other in targets[at : at + 1] if of_one_goal(slot.slot, other.slot)]
    return next((phrase for phrase, _ in _phrases(behind[0], context)), None) if behind else None
