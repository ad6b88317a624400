"""What a reading leaves to decide: its doubts as open points of the record, and which of those a record still has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from agreements.language.said import ABSENT, said_of, say
from agreements.model.akte import Abweichung, Lesung, OffenerPunkt, Punktart, kennung
from agreements.model.fields import kind_at, label, number_in, value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.reading.findings import Befund, Departing, Found, Location
from agreements.reading.geometry import Plane
from agreements.register.register import Register

BEFORE = "zuvor"
"""The reader of what stood at a place before a change that was tracked."""
_ARTEN: Mapping[str, Punktart] = {"widerspruch": "widerspruch", "zahlen": "widerspruch"}
"""Kinds of findings that are a kind of open point, too; any other is something unsure."""
_TOLD_ELSEWHERE = ("abweichung", "geaendert")
"""Findings on single words of the fixed text: those that nobody has agreed to are open points as departures."""


@dataclass(frozen=True, slots=True)
class Read:
    """What a reading says, as far as it may leave something to decide; places are those of the pages as they are shown."""

    record: Vereinbarung
    """Effective, with the departures that are agreed."""
    datei: str
    sha256: str
    found: Sequence[Found] = ()
    befunde: Sequence[Befund] = ()
    unsure: Sequence[Departing] = ()
    """Departures that may be misread."""
    tracked: Sequence[Departing] = ()
    """Departures that a tracked change made."""
    before: Mapping[str, str] = field(default_factory=dict)
    """What stood there before tracked changes, by Angabe; see `otherwise_before`."""
    comments: Sequence[str] = ()
    shown: Mapping[int, Plane] = field(default_factory=dict)
    """How the pages as they are shown come from those that were read; see `Reading.as_shown`."""


def points_of(read: Read, register: Register) -> tuple[OffenerPunkt, ...]:
    """The open points of a reading: first those on Angaben, then on the fixed text, then on the document as a whole."""
    return tuple(_Points(read, register).all())


def is_point(befund: Befund) -> bool:
    """Whether a finding leaves something to decide; a hint does not."""
    return befund.schwere != "hinweis" and befund.art not in _TOLD_ELSEWHERE


def reason_of(befund: Befund) -> str:
    """What a finding says, the Angabe apart that it is about."""
    return Befund(befund.art, befund.schwere, befund.text, None, befund.erwartet).sentence()


def beside_points(befunde: Iterable[Befund], points: Sequence[OffenerPunkt]) -> Iterator[Befund]:
    """The findings of a reading that none of its open points says."""
    said = {(point.feld, point.grund) for point in points}
    return (befund for befund in befunde if (befund.feld, reason_of(befund)) not in said)


class _Points:
    """The points of one reading while they are made; equal ones are counted."""

    def __init__(self, read: Read, register: Register) -> None:
        self.read, self.register = read, register
        self.count: Counter[tuple[str, Punktart, str]] = Counter()

    def all(self) -> Iterator[OffenerPunkt]:
        yield from (self._unsure(found) for found in self.read.found if found.doubtful)
        yield from (self._changed(feld, text) for feld, text in self.read.before.items())
        yield from (self._departing("abweichung", each, _MISREAD) for each in self.read.unsure)
        yield from (self._departing("nachverfolgt", each, _TRACKED) for each in self.read.tracked)
        yield from (self._told(befund) for befund in self.read.befunde if is_point(befund))
        yield from (self._point("kommentar", "", comment, Location(None, None, ""), grund=comment) for comment in self.read.comments)

    def _point(self, art: Punktart, ort: str, worte: str, location: Location, **said: Any) -> OffenerPunkt:
        self.count[ort, art, worte] += 1
        name = kennung(ort, art, worte, self.read.sha256, self.count[ort, art, worte])
        box = tuple(Decimal(str(max(0.0, round(value, 1)))) for value in location.box or ())
        plane = self.read.shown.get(location.page or 0)
        turned = plane.turn or None if plane else None
        return OffenerPunkt(kennung=name, art=art, datei=self.read.datei, seite=location.page, kasten=box, drehung=turned, **said)

    def _unsure(self, found: Found) -> OffenerPunkt:
        location = next((each for each in found.locations if each.page), next(iter(found.locations), Location(None, None, "")))
        worte = " ".join(each.text for each in found.locations)
        value = value_text(found.feld, value_at(self.read.record, found.feld), self.register, self.read.record.jahr)
        first = Lesung(text=_short(worte) or None, wert=value)
        sure = Decimal(str(round(found.confidence, 2)))
        return self._point("unsicher", found.feld, worte, location, feld=found.feld, grund=found.reason or "", sicherheit=sure,
                           lesungen=(first, *_others(found, worte)))  # fmt: skip

    def _changed(self, feld: str, before: str) -> OffenerPunkt:
        """An Angabe that stood otherwise before a tracked change; of a kept text, which is no Angabe, that alone is said."""
        known = kind_at(feld) is not None and feld != "text"
        value = value_text(feld, value_at(self.read.record, feld), self.register, self.read.record.jahr) if known else None
        grund = f"nachverfolgt geändert und nicht angenommen; zuvor „{before}“"
        return self._point("nachverfolgt", feld, before, Location(None, None, ""), feld=feld, grund=grund,
                           lesungen=(Lesung(wert=value), Lesung(leser=BEFORE, text=_short(before))))  # fmt: skip

    def _departing(self, art: Punktart, each: Departing, why: str) -> OffenerPunkt:
        departure = each.abweichung
        readings = tuple(Lesung(text=_short(text)) for text in (departure.neu, *each.others) if text)
        return self._point(art, departure.stelle, words_of(departure), each.location, stelle=departure.stelle, abweichung=departure,
                           grund=f"{said_of(departure)}; {why}", lesungen=readings)  # fmt: skip

    def _told(self, befund: Befund) -> OffenerPunkt:
        grund = reason_of(befund)
        worte = "\0".join((befund.text, befund.erwartet or ""))
        return self._point(_ARTEN.get(befund.art, "unsicher"), befund.feld or "", worte, befund.location, feld=befund.feld, grund=grund)


def words_of(departure: Abweichung) -> str:
    """What tells a departure apart from others at its place, for its identifier."""
    return "\0".join((departure.art, departure.alt or "", departure.neu or ""))


_SAID_WHOLE = 120
"""Letters up to which another reading of a text is said as a whole; of longer ones only the words that are read otherwise."""
_MISREAD = "aus dem Bild gelesen, vielleicht verlesen"
_TRACKED = "nachverfolgt geändert und nicht angenommen"


def _others(found: Found, text: str) -> Iterator[Lesung]:
    """What else it may be, where a doubt names other words for some of its words."""
    for doubt in found.doubts:
        said = dict(doubt.said)
        one, other = said.get("eine") or said.get("worte"), said.get("andere")
        if one and other and one in text:
            yield Lesung(text=_short(text.replace(one, other, 1) if len(text) <= _SAID_WHOLE else other))


def _short(text: str, most: int = 240) -> str:
    """A text for a record: one line, without signs that nobody sees, its end left out."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def value_text(feld: str, value: Any, register: Register, jahr: int) -> str | None:
    """A number, target, day or short text in German notation, to tell whether it was changed: "–" where there is none, None for
    longer texts."""
    if value is None or value is OFFEN:
        return ABSENT
    if isinstance(value, Zielwert):
        value = value.model_copy(update={"entspricht": None})  # that is an Angabe of its own
    text = " ".join(say(feld, value, register, jahr))
    return None if isinstance(value, tuple) or text != _short(text) else text


# ---------------------------------------------------------------- what is still open


def still_open(record: Vereinbarung, register: Register) -> tuple[OffenerPunkt, ...]:
    """The points of an effective record that nobody has decided: one on an Angabe that was changed since is done."""
    decided = {each.kennung for each in record.akte.entschieden}
    return tuple(each for each in record.akte.offen if each.kennung not in decided and not _changed_since(each, record, register))


def _changed_since(point: OffenerPunkt, record: Vereinbarung, register: Register) -> bool:
    read = point.lesungen[0].wert if point.lesungen else None
    if point.feld is None or read is None or kind_at(point.feld) is None:
        return False
    return read != value_text(point.feld, value_at(record, point.feld), register, record.jahr)


def as_read(record: Vereinbarung) -> Vereinbarung:
    """The record as its document reads, the departures that nobody has agreed to among the others."""
    left = record.akte.strittig
    return record.model_copy(update={"abweichungen": (*record.abweichungen, *left)}) if left else record


def parted(several: Sequence[Departing], doubted: Callable[[Departing], bool]) -> tuple[tuple[Departing, ...], tuple[Departing, ...]]:
    """Departures that are agreed, and those that are not: all that stand at one place go together, for their order counts there."""
    places = {_anchor(each.abweichung) for each in several if doubted(each)}
    agreed = tuple(each for each in several if _anchor(each.abweichung) not in places)
    return agreed, tuple(each for each in several if _anchor(each.abweichung) in places)


def _anchor(departure: Abweichung) -> str:
    """The place that a departure hangs on: of what is moved, the one it stands behind."""
    return departure.neu or departure.stelle if departure.art == "verschoben" else departure.stelle


def told(points: Iterable[OffenerPunkt]) -> Iterator[str]:
    """Each point in one line: "Verwaltungskosten (Euro): unsicher gelesen: „13.1“ (Seite 3)"."""
    for each in points:
        page = f" (Seite {each.seite})" if each.seite else ""
        yield f"{name_of(each)}: {each.grund}{page}" if name_of(each) else f"{each.grund}{page}"


def name_of(point: OffenerPunkt) -> str:
    """What officials call the Angabe or place that a point is about; empty where it is about the document as a whole."""
    if point.feld:
        within, _, number = point.feld.rpartition(".")
        if (entry := number_in(number)) is not None and kind_at(within) is list:
            return f"{label(within)}, {entry + 1}. Eintrag"
        return label(point.feld) if kind_at(point.feld) else point.feld
    return point.stelle or ""
