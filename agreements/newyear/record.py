"""A new year's record from last year's: texts carried over and marked, everything that is agreed anew left open.

What a value was stands as a comment above it. Nothing is left out without being said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from agreements.errors import WordingError
from agreements.filling.fill import Filling, fill
from agreements.language.said import said_of, say
from agreements.language.tokens import shortened
from agreements.library.open_points import told
from agreements.library.proof import prove
from agreements.model.akte import OffenerPunkt
from agreements.model.fields import angaben, label, value_at
from agreements.model.record import Abweichung, Rahmen, Vereinbarung, Zielwert, effective, plain
from agreements.model.values import OFFEN
from agreements.register.register import Register, Traeger
from agreements.store.draft_header import BEGINS
from agreements.wording.foreseen import IF_NEEDED, SIGNED_ANEW, foreseen, put, take, unforeseen
from agreements.wording.units import Wording


@dataclass(frozen=True, slots=True)
class Source:
    """What a draft starts from: an effective record, where it stands, and what of it a person must look at."""

    record: Vereinbarung
    name: str
    points: tuple[OffenerPunkt, ...] = ()
    """What nobody has decided of it."""
    remarks: tuple[str, ...] = ()
    """What else a person must know of it."""
    undecided: tuple[Abweichung, ...] = ()
    """Departures that nobody has agreed to: they may be misread words of the wording, or only proposed."""

    def doubts(self, path: str) -> tuple[OffenerPunkt, ...]:
        """What nobody has decided of an Angabe."""
        return tuple(point for point in self.points if point.feld == path)


@dataclass(frozen=True, slots=True)
class Draft:
    """A record still to be filled, with the comments of its file, and what did not come into it, each a German sentence."""

    record: Vereinbarung
    header: str
    comments: Mapping[str, str]
    left_out: tuple[str, ...]


def draft(wording: Wording, rahmen: Rahmen | None, traeger: Traeger, source: Source | None, register: Register) -> Draft:
    """The draft for a Träger in the year of the wording, from last year's record or from the wording alone."""
    drafting = _Drafting(wording, rahmen, traeger, source, register)
    drafting.carry() if source else drafting.foresee()
    drafting.fit()
    drafting.sign()
    return drafting.finished()


class _Drafting:
    """One draft while it is made: plain data, and what is said about them."""

    def __init__(self, wording: Wording, rahmen: Rahmen | None, traeger: Traeger, source: Source | None, register: Register) -> None:
        self.wording, self.rahmen, self.traeger, self.source, self.register = wording, rahmen, traeger, source, register
        self.data: dict[Any, Any] = {"jahr": wording.jahr, "traeger": traeger.schluessel, "wortlaut": wording.schluessel}
        self.carried: list[str] = []
        self.comments: dict[str, list[str]] = {}
        self.left_out: list[str] = []
        self.points: list[OffenerPunkt] = []
        """Doubts on what is carried over: they go along."""

    @property
    def record(self) -> Vereinbarung:
        """The record as it is so far, with what its year has in common."""
        return effective(Vereinbarung.model_validate(self.data), self.rahmen)

    # ---------------------------------------------------------------- what comes in

    def foresee(self) -> None:
        """Everything that the wording prints, open."""
        for path in foreseen(self.wording):
            if path.startswith((*_TEXT_AND_VALUES, "unterschriften.traeger.")) and not path.endswith(IF_NEEDED):
                put(self.data, path, OFFEN)

    def carry(self) -> None:
        """Texts as they were, everything else open; of the Land's side nothing, that stands in the year's rahmen.yaml."""
        assert self.source is not None
        for path, value in angaben(self.source.record).items():
            if path.startswith("unterschriften.traeger."):
                self._carry_signature(path, value)
            elif path.startswith(_TEXT_AND_VALUES) and not path.endswith(".entspricht"):
                self._carry(path, value)
        self._carry_departures()

    def _carry(self, path: str, value: Any) -> None:
        if isinstance(value, Zielwert | Decimal | int) or value is OFFEN:
            self._open(path, value)
            return
        put(self.data, path, value)
        self.carried.append(path)
        self._doubt(path)

    def _open(self, path: str, value: Any) -> None:
        put(self.data, path, OFFEN)
        jahr = self._source.record.jahr
        doubts = self._source.doubts(path)
        unread = value is OFFEN and (doubts or self._by_hand(path))
        was = "nicht gelesen" if unread else said(path, value, self.register, jahr)
        self._note(path, "; ".join((f"{jahr}: {was}", *(f"nicht entschieden: {each.grund}" for each in doubts))))

    def _by_hand(self, path: str) -> bool:
        """Whether it is the day of a signature in which a pen wrote: where none was read, nobody knows that none is there."""
        signature = value_at(self._source.record, path.rpartition(".")[0])
        return path.endswith(".datum") and signature.zustand == "handschriftlich"

    def _carry_signature(self, path: str, value: Any) -> None:
        name = path.rpartition(".")[2]
        if name == "zustand":
            return
        if name == "datum" or name in SIGNED_ANEW:
            self._open(path, value)
        else:
            put(self.data, path, self._of_this_year(name, value))
            self._doubt(path)

    def _of_this_year(self, name: str, value: Any) -> Any:
        """The place or office of a signature; by its new name where the Kreis has one since."""
        before = self.register.find(self._source.record.traeger, self._source.record.jahr)
        was, now = (before.ort, self.traeger.ort) if name == "ort" else (before.name, self.traeger.name)
        return now if value == was else value

    def _carry_departures(self) -> None:
        """The departures that somebody stands for and whose words still stand in the new wording; the others are said."""
        jahr, undecided = self._source.record.jahr, self._source.undecided
        self.left_out += [f"Abweichung {each.stelle} ({said_of(each)}): {_UNDECIDED}" for each in undecided]
        for departure in self._source.record.abweichungen:
            if departure in undecided:
                continue
            kept = self.data.setdefault("abweichungen", [])
            self.data["abweichungen"] = [*kept, plain(departure)]
            self._complete()
            if self._fills():
                self._note(f"abweichungen.{len(kept)}", f"{jahr} so vereinbart; prüfen, ob es weiter gelten soll.")
            else:
                self.data["abweichungen"] = kept
                self.left_out.append(f"Abweichung {departure.stelle} ({said_of(departure)}): {_NO_PLACE[departure.art]}")
        if not self.data.get("abweichungen"):
            self.data.pop("abweichungen", None)

    def _fills(self) -> bool:
        """Whether the record's departures find their places in the new wording."""
        try:
            list(Filling(self.record, self.register).blocks(self.wording))
        except WordingError:
            return False
        return True

    # ---------------------------------------------------------------- what the wording needs, and what it does not know

    def fit(self) -> None:
        """Makes open what the wording needs and nobody stated, and takes out what it does not print."""
        self._complete()
        if not self._fills():  # the Land's side lacks something that rahmen.yaml must state; `finished` says what
            return
        filling = Filling(self.record, self.register)
        list(filling.blocks(self.wording))
        for path in filling.unprinted():
            if value_at(Vereinbarung.model_validate(self.data), path) is None:
                continue  # it stands in rahmen.yaml
            take(self.data, path)
            self.comments.pop(path, None)
            was = value_at(self._source.record, path) if self.source else OFFEN
            self.carried = [other for other in self.carried if other != path]
            self.left_out.append(f"{label(path)} ({self._short(path, was)}): {unforeseen(self.wording)}")
        for number in Vereinbarung.model_validate(self.data).unterschriften.traeger:
            if not any(path.startswith(f"unterschriften.traeger.{number}.") for path in filling.printed):
                take(self.data, f"unterschriften.traeger.{number}")

    def _complete(self) -> None:
        while missing := [path for path in Filling(self.record, self.register).missing(self.wording) if not path.startswith(_COMMON)]:
            for path in missing:
                put(self.data, path, OFFEN)

    def sign(self) -> None:
        """Place and office of the Träger's signature from the register where nothing else states them; the dates for the pen."""
        for number, signature in self.record.unterschriften.traeger.items():
            for name, value in (("ort", self.traeger.ort), ("stelle", self.traeger.name)):
                if getattr(signature, name) is OFFEN:
                    put(self.data, f"unterschriften.traeger.{number}.{name}", value)
        for party in ("land", "traeger"):
            for number in getattr(self.record.unterschriften, party):
                put(self.data, f"unterschriften.{party}.{number}.datum", OFFEN)

    # ---------------------------------------------------------------- what is said

    def finished(self) -> Draft:
        """The draft with everything that is to be said about it."""
        self._keep_unplaced()
        self.data["akte"] = {"stand": "entwurf"}
        if self.source and self.carried:
            self.data["akte"]["uebernommen"] = dict.fromkeys(self.carried, self.source.record.jahr)
        if self.points:
            self.data["akte"]["offen"] = [each.model_dump() for each in self.points]
        own = Vereinbarung.model_validate(self.data)
        header = "\n".join([*self._opening(), *self._remarks(effective(own, self.rahmen))])
        return Draft(own, header, {path: "\n".join(lines) for path, lines in self.comments.items()}, tuple(self.left_out))

    def _opening(self) -> Iterator[str]:
        jahr = self.wording.jahr
        if self.source is None:
            yield f"{BEGINS}{jahr}, ohne Vorjahr: aus dem Register und dem Wortlaut {self.wording.schluessel}."
            yield "Alle Angaben sind offen (null)."
            yield "Was diese Vereinbarung nicht enthalten soll, samt Schlüssel entfernen."
            return
        before = self.source.record.jahr
        yield f"{BEGINS}{jahr} nach {self.source.name}."
        yield f"Werte, Daten und Unterzeichnende sind offen (null); darüber steht, was {before} galt."
        done = f"zv durchgesehen {jahr}/{self.traeger.schluessel}"
        yield f"Texte sind aus {before} übernommen und durchzusehen, siehe akte.uebernommen; was erledigt ist, vermerkt: {done}"

    def _remarks(self, record: Vereinbarung) -> Iterator[str]:
        if self.source:
            yield from self.source.remarks
            general = (point for point in self.source.points if not point.feld and point.abweichung is None)
            yield from (f"{self.source.record.jahr} nicht entschieden: {line}" for line in told(general))
            if self.source.record.text:
                yield f"Übernommen sind nur die Angaben, sonst gilt der Wortlaut {self.wording.schluessel}."
            if self.source.record.akte.stillgelegt:
                yield f"Stillgelegte Prüfregeln gelten neu: {', '.join(self.source.record.akte.stillgelegt)}."
            unstated = [path for path in foreseen(self.wording) if value_at(record, path) is None and not path.startswith(_OPTIONAL)]
            if unstated:
                yield f"Im Wortlaut vorgesehen, {self.source.record.jahr} nicht enthalten: {', '.join(map(label, unstated))}."
        yield from (f"Nicht übernommen: {each}" for each in self.left_out)
        try:
            prove(self.wording, record, self.register, fill(self.wording, record, self.register))
        except WordingError as error:
            yield f"Lässt sich so noch nicht drucken: {error.message}"

    @property
    def _source(self) -> Source:
        assert self.source is not None
        return self.source

    def _doubt(self, path: str) -> None:
        self.points += self._source.doubts(path)

    def _keep_unplaced(self) -> None:
        """Doubts on what did not come into the draft: it may have to."""
        known = {*self.comments, *(point.feld for point in self.points)}
        for point in self.source.points if self.source else ():
            if point.feld and point.feld not in known and not point.feld.startswith(_OF_THE_LAND):
                self.points.append(point)

    def _note(self, path: str, line: str) -> None:
        self.comments.setdefault(path, []).append(line)

    def _short(self, path: str, value: Any) -> str:
        return shortened(said(path, value, self.register, self._source.record.jahr if self.source else self.wording.jahr))


_OF_THE_LAND = ("ministerien.", "unterschriften.land")
"""It stands in the year's rahmen.yaml."""
_COMMON = (*_OF_THE_LAND, "jahr", "traeger")
_OPTIONAL = ("unterschriften.", "ministerien.")
_TEXT_AND_VALUES = ("ziele.", "rahmenbedingungen.", "haushalt.")
_NO_PLACE = dict.fromkeys(("ersetzt", "gestrichen"), "Diese Worte stehen nicht mehr so im Wortlaut.") | dict.fromkeys(
    ("eingefuegt", "verschoben"), "Die Stelle gibt es im Wortlaut nicht mehr so."
)
_UNDECIDED = "Im Vorjahr gelesen und nicht entschieden, vielleicht verlesen."


def said(path: str, value: Any, register: Register, jahr: int) -> str:
    """A value with its unit, in one line: "13.155.724 Euro"."""
    text = " / ".join(say(path, value, register, jahr))
    if isinstance(value, Zielwert) and value.entspricht:
        return f"{text}; dies entspricht: {' / '.join(say(path, value.entspricht, register, jahr))}"
    unit = label(path).rpartition("(")[2].rstrip(")") if isinstance(value, int | Decimal) and label(path).endswith(")") else ""
    return f"{text} {unit}".rstrip()
