"""What came back of an agreement against what was sent and what is here: three-way, Angabe by Angabe and entry by entry.

Where nobody changed what the other changed, both hold. Where both did, or where nothing sent was kept, a person decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Literal, NamedTuple

from rapidfuzz.distance import LCSseq

from agreements.language.said import ABSENT, said_of, say
from agreements.model.akte import Abweichung
from agreements.model.fields import angaben, label
from agreements.model.record import Textblock, Vereinbarung, plain
from agreements.model.values import OFFEN
from agreements.register.register import Register

Art = Literal["angabe", "eintrag", "text", "wortlaut"]
"""`text`: of a text that the record carries itself; `wortlaut`: of the year's wording."""
Vorschlag = Literal["nehmen", "entscheiden", "lehnen"]
TEXT, DEPARTURES = "text", "abweichungen"


class Stretch(NamedTuple):
    """Entries of the list that is here, from `start` to `end`, and what takes their place; `at` is where they stood when sent."""

    start: int
    end: int
    neu: tuple[Any, ...]
    at: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """One thing that came back otherwise than it is here."""

    art: Art
    feld: str
    """The Angabe; of the wording its place in it; of a text that the record carries "text"."""
    name: str
    gesandt: tuple[str, ...] | None
    """What was sent, one text an entry; None where that was not kept."""
    hier: tuple[str, ...]
    gekommen: tuple[str, ...]
    wert: Any
    """The value to take, None to take it away; of an entry the stretch of its list; of fixed text all departures at its place."""
    vorschlag: Vorschlag
    grund: str = ""
    konflikt: bool = False

    @property
    def kennung(self) -> str:
        """The same for the same change of the same words, whatever else changes."""
        where = str(self.wert.at) if isinstance(self.wert, Stretch) else ""
        said = "\0".join((self.art, self.feld, where, *(self.gesandt or ("?",)), "\1", *self.gekommen))
        return hashlib.sha256(said.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class States:
    """The same agreement, effective, at three times; `gesandt` is None where nothing that was sent was kept."""

    gesandt: Vereinbarung | None
    hier: Vereinbarung
    gekommen: Vereinbarung


def proposals(states: States, register: Register, unsure: Mapping[str, str]) -> tuple[Proposal, ...]:
    """What came back otherwise than it is here and was not merely changed here, in the order of the agreement.

    `unsure` says by Angabe why it was not read for sure: a person decides those.
    """
    found = (*_values(states, register), *_texts(states), *_departures(states))
    return tuple(_weighed(each, states, unsure) for each in found)


def merged(hier: Vereinbarung, taken: Iterable[Proposal]) -> dict[str, Any]:
    """What to write into the record that is here, by path, so that it says what is taken; None where a value is to go."""
    values: dict[str, Any] = {}
    stretches: dict[str, list[Stretch]] = {}
    departures = list(hier.abweichungen)
    for each in taken:
        if isinstance(each.wert, Stretch):
            stretches.setdefault(each.feld, []).append(each.wert)
        elif each.art == "wortlaut":
            departures = _with_departures(departures, each.feld, each.wert)
        else:
            values[each.feld] = each.wert
    here = _lists(hier)
    for feld, several in stretches.items():
        values[feld] = _replaced(here.get(feld, ()), several) or None
    if tuple(departures) != hier.abweichungen:
        values[DEPARTURES] = tuple(departures) or None
    return values


# ---------------------------------------------------------------- Angaben


def _values(states: States, register: Register) -> Iterator[Proposal]:
    base, here, came = (_said(each) for each in (states.gesandt, states.hier, states.gekommen))
    for feld in dict.fromkeys((*here, *came)):
        one, other = here.get(feld), came.get(feld)
        if _same(feld, one, other):
            continue
        sent = base.get(feld)
        if states.gesandt is not None and _same(feld, sent, other):
            continue
        if states.gesandt is not None and isinstance(one, tuple) and isinstance(other, tuple) and isinstance(sent, tuple):
            yield from _entries(feld, label(feld), sent, one, other)
            continue
        conflict = states.gesandt is not None and not _same(feld, sent, one)
        said = (say(feld, value, register, states.hier.jahr) for value in (sent, one, other))
        gesandt, hier, gekommen = said
        yield Proposal("angabe", feld, label(feld), gesandt if states.gesandt else None, hier, gekommen, other,
                       "entscheiden" if conflict else "nehmen", konflikt=conflict)  # fmt: skip


def _said(record: Vereinbarung | None) -> dict[str, Any]:
    """The Angaben that a document states; how a signature looks is none of its words."""
    if record is None:
        return {}
    return {feld: value for feld, value in angaben(record).items() if feld not in ("jahr", "traeger") and not feld.endswith(".zustand")}


def _same(feld: str, one: Any, other: Any) -> bool:
    """Whether two values are the same, digits too; a day that waits for the pen is the same as none."""
    if feld.endswith(".datum") and {one, other} <= {None, OFFEN}:
        return True
    return one == other and str(plain(one)) == str(plain(other))


# ---------------------------------------------------------------- entries of lists


def _entries(feld: str, name: str, sent: tuple[Any, ...], here: tuple[Any, ...], came: tuple[Any, ...]) -> Iterator[Proposal]:
    """Each entry of a list that came back otherwise; where both changed the same ones, all of these together."""
    ours, theirs = _kept(sent, here), _kept(sent, came)
    both: dict[tuple[int, int], Stretch] = {}
    ready: list[Stretch] = []
    for start, end in _changed(sent, came):
        if (place := _untouched(ours, start, end)) is None:
            low, high = _around(start, end, ours, theirs, len(sent))
            both[low + 1, high] = Stretch(ours[low] + 1, ours[high], came[theirs[low] + 1 : theirs[high]], low + 1)
        else:
            ready += _single(start, *place, came[theirs[start - 1] + 1 : theirs[end]])
    for (start, end), stretch in both.items():
        ready = [each for each in ready if not start <= each.at <= end]
        if here[stretch.start : stretch.end] != stretch.neu:  # else both changed it to the same
            yield _entry(feld, name, sent[start:end], here, stretch, "entscheiden")
    for stretch in ready:
        yield _entry(feld, name, sent[stretch.at : stretch.at + stretch.end - stretch.start], here, stretch, "nehmen")


def _entry(feld: str, name: str, sent: tuple[Any, ...], here: tuple[Any, ...], stretch: Stretch, vorschlag: Vorschlag) -> Proposal:
    number = f"{stretch.start + 1}. Eintrag" if len(stretch.neu) <= 1 >= stretch.end - stretch.start else "mehrere Einträge"
    old = here[stretch.start : stretch.end]
    return Proposal("eintrag", feld, f"{name}, {number}", _shown(sent), _shown(old), _shown(stretch.neu), stretch, vorschlag,
                    konflikt=vorschlag == "entscheiden")  # fmt: skip


def _shown(entries: Sequence[Any]) -> tuple[str, ...]:
    return tuple(entry.text if isinstance(entry, Textblock) else str(entry) for entry in entries) or (ABSENT,)


def _kept(sent: Sequence[Any], now: Sequence[Any]) -> dict[int, int]:
    """Of each entry that stayed its place then and now; the beginning and the end stay, too."""
    found = {-1: -1, len(sent): len(now)}
    for step in LCSseq.opcodes(_keys(sent), _keys(now)):
        if step.tag == "equal":
            found |= {place: step.dest_start + place - step.src_start for place in range(step.src_start, step.src_end)}
    return found


def _keys(entries: Sequence[Any]) -> list[str]:
    return [repr(entry) for entry in entries]


def _changed(sent: Sequence[Any], came: Sequence[Any]) -> list[tuple[int, int]]:
    """Where entries that were sent are others now: stretches between entries that stayed."""
    kept = _kept(sent, came)
    found = []
    places = sorted(kept)
    for before, after in pairwise(places):
        if after - before > 1 or kept[after] - kept[before] > 1:
            found.append((before + 1, after))
    return found


def _untouched(ours: Mapping[int, int], start: int, end: int) -> tuple[int, int] | None:
    """Where entries that were sent stand here, if nobody changed them or put others between; None where somebody did."""
    if start == end:
        above, below = ours.get(start - 1), ours.get(start)
        if above is not None and below is not None:
            return (below, below) if above + 1 == below else None
        place = above + 1 if above is not None else below
        return None if place is None else (place, place)
    there = [ours.get(place) for place in range(start, end)]
    first = there[0]
    return (first, first + len(there)) if first is not None and there == list(range(first, first + len(there))) else None


def _around(start: int, end: int, ours: Mapping[int, int], theirs: Mapping[int, int], last: int) -> tuple[int, int]:
    """The nearest entries before and behind that stayed both here and there."""
    low = next(place for place in range(start - 1, -2, -1) if place in ours and place in theirs)
    high = next(place for place in range(end, last + 1) if place in ours and place in theirs)
    return low, high


def _single(at: int, start: int, end: int, found: tuple[Any, ...]) -> Iterator[Stretch]:
    """A change entry by entry where as many came as went."""
    if end - start == len(found):
        yield from (Stretch(start + number, start + number + 1, (entry,), at + number) for number, entry in enumerate(found))
    else:
        yield Stretch(start, end, found, at)


def _replaced(here: tuple[Any, ...], several: Sequence[Stretch]) -> tuple[Any, ...]:
    for stretch in sorted(several, key=lambda each: each[:2], reverse=True):
        here = (*here[: stretch.start], *stretch.neu, *here[stretch.end :])
    return here


def _lists(record: Vereinbarung) -> dict[str, tuple[Any, ...]]:
    found = {feld: value for feld, value in angaben(record).items() if isinstance(value, tuple)}
    return {**found, TEXT: record.text}


# ---------------------------------------------------------------- fixed text


def _texts(states: States) -> Iterator[Proposal]:
    """What came back otherwise in a text that the record carries itself."""
    here, came = states.hier.text, states.gekommen.text
    if not (here and came) or here == came:
        return
    sent = states.gesandt.text if states.gesandt else here
    for each in _entries(TEXT, "Text", sent, here, came):
        yield replace(each, art="text", gesandt=each.gesandt if states.gesandt else None)


def _departures(states: States) -> Iterator[Proposal]:
    """What came back otherwise in the year's wording, place by place."""
    base, here = (_by_place(each.abweichungen if each else ()) for each in (states.gesandt, states.hier))
    came = _by_place(_read(states.gekommen))
    for stelle in dict.fromkeys((*here, *came)):
        sent, one, other = (each.get(stelle, ()) for each in (base, here, came))
        if other in (one, sent) if states.gesandt else other == one:
            continue
        conflict = states.gesandt is not None and sent != one
        said = [tuple(map(said_of, each)) or ("wie im Wortlaut",) for each in (sent, one, other)]
        yield Proposal("wortlaut", stelle, f"Wortlaut {stelle}", said[0] if states.gesandt else None, said[1], said[2], other, "lehnen",
                       konflikt=conflict)  # fmt: skip


def _read(came: Vereinbarung) -> tuple[Abweichung, ...]:
    """All departures that a document was read with, agreed or not: of ours only those that are agreed were printed."""
    return (*came.abweichungen, *(each.abweichung for each in came.akte.offen if each.abweichung))


def _by_place(departures: Iterable[Abweichung]) -> dict[str, tuple[Abweichung, ...]]:
    found: dict[str, list[Abweichung]] = {}
    for each in departures:
        found.setdefault(each.stelle, []).append(each)
    return {stelle: tuple(several) for stelle, several in found.items()}


def _with_departures(departures: Sequence[Abweichung], stelle: str, neu: tuple[Abweichung, ...]) -> list[Abweichung]:
    place = next((number for number, each in enumerate(departures) if each.stelle == stelle), len(departures))
    others = [each for each in departures if each.stelle != stelle]
    return [*others[:place], *neu, *others[place:]]


# ---------------------------------------------------------------- what is proposed


def _weighed(each: Proposal, states: States, unsure: Mapping[str, str]) -> Proposal:
    """The same with the reason why it is not simply taken."""
    if each.art == "wortlaut":
        grund = "Der Wortlaut gilt für alle Vereinbarungen des Jahres."
        return replace(each, vorschlag="lehnen", grund=grund + (" Hier wurde er ebenfalls geändert." if each.konflikt else ""))
    if each.art == "text" and not each.konflikt:
        return replace(each, vorschlag="entscheiden", grund="Das ändert den vereinbarten Text, nicht nur eine Angabe.")
    if each.konflikt:
        return replace(each, vorschlag="entscheiden", grund="Hier wurde dasselbe anders geändert.")
    if each.feld in unsure:
        return replace(each, vorschlag="entscheiden", grund=f"nicht sicher gelesen: {unsure[each.feld]}")
    if states.gesandt is None:
        return replace(each, vorschlag="entscheiden", grund="Was versandt wurde, ist nicht aufbewahrt.")
    return each
