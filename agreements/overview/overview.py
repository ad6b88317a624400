"""All agreements of some years at a glance: who has one, how far it is, and its numbers as one tidy table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

from agreements.errors import RecordError, UsageError, ZvError
from agreements.library.amendments import new_values
from agreements.library.figures import Figures, Key, load_figures
from agreements.library.library import Library
from agreements.library.provenance import NEW, doubtful, is_number, told
from agreements.model.fields import angaben, label
from agreements.model.record import Fundstelle, Vereinbarung, Zielwert
from agreements.model.values import Offen
from agreements.register.laender import zkt_of
from agreements.register.register import Register, Traeger

Stand = Literal["offen", "entwurf", "versandt", "unterzeichnet", "unbekannt", "fehlerhaft"]

STAND: dict[Stand, str] = {
    "offen": "offen",
    "entwurf": "Entwurf",
    "versandt": "versandt",
    "unterzeichnet": "unterzeichnet",
    "unbekannt": "nicht angegeben",
    "fehlerhaft": "nicht lesbar",
}
"""How far an agreement is, in German, in the order of its way."""

EINHEITEN = {"gesamtbudget_mio": "mio_euro", "verwaltungskosten": "euro", "eingliederungsleistungen": "euro"}
"""The units of the sums of a budget; a target states its own."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One Träger in one year: its agreement as it stands after the last amendment, or why there is none."""

    jahr: int
    traeger: Traeger
    datei: Path | None = None
    """The record's file; None where there is none."""
    record: Vereinbarung | None = None
    documents: tuple[Vereinbarung, ...] = ()
    """The agreement as it was made and its amendments, in their order; `record` is what they come to. Empty without amendments."""
    error: ZvError | None = None
    """Why the record cannot be read."""

    @property
    def stand(self) -> Stand:
        """How far it is: open where there is no record, unknown where the record does not say."""
        if self.error is not None:
            return "fehlerhaft"
        return "offen" if self.record is None else self.record.akte.stand or "unbekannt"

    @property
    def amendments(self) -> tuple[Vereinbarung, ...]:
        """The amendments of the year."""
        return self.documents[1:]

    @property
    def note(self) -> str:
        """Which amendments are told with it, and which of them do not hold yet: "mit Änderung 1, Änderung 2 (Entwurf)"."""
        stands = [amendment.akte.stand or "unbekannt" for amendment in self.amendments]
        said = [f"Änderung {number}{'' if stand == 'unterzeichnet' else f' ({STAND[stand]})'}" for number, stand in enumerate(stands, 1)]
        return f"mit {', '.join(said)}" if said else ""

    def origin(self, feld: str) -> tuple[Vereinbarung, str]:
        """Which document says an Angabe, the agreement or the last amendment that changes it, and what it is called there."""
        assert self.record is not None
        for amendment in reversed(self.amendments):
            if feld in new_values(amendment):
                return amendment, f"{NEW}{feld}"
        return self.documents[0] if self.documents else self.record, feld

    def read_at(self, feld: str, value: Any, register: Register) -> Fundstelle:
        """Where its document says an Angabe, and how surely that was read."""
        document, name = self.origin(feld)
        return told(name, value, document, register)

    def doubt(self, feld: str, value: Any, register: Register) -> str:
        """That an Angabe was not read surely, and its page; empty where it was, or where a person has looked at it since."""
        document, name = self.origin(feld)
        stelle = doubtful(name, value, document, register)
        if stelle is None:
            return ""
        return "unsicher gelesen" + (f", Seite {stelle.seite}" if stelle.seite else "")


class Row(NamedTuple):
    """One number of one agreement; what is not known or does not apply is None."""

    jahr: int
    ags: str
    nuts3: str
    traeger: str
    groesse: str
    gruppe: str | None
    richtung: str | None
    schranke: str | None
    wert: Decimal | int | None
    einheit: str | None
    bezug: int | None
    entspricht: Zielwert | None
    kennzahl: Decimal | None
    quelle: str | None
    sha256: str | None
    seite: int | None
    sicherheit: Decimal | None


@dataclass(frozen=True)
class Overview:
    """The entries of some years, by year and Träger, and the files that belong to nobody."""

    jahre: tuple[int, ...]
    entries: tuple[Entry, ...]
    register: Register
    astray: tuple[ZvError, ...] = ()
    """Files in a year's folder that are no record of a Träger of that year."""
    figures: Figures = field(default_factory=dict)
    """The absolute figures behind the targets, as far as the folder has any."""

    @cached_property
    def rows(self) -> tuple[Row, ...]:
        """Every number of every agreement, in the order of the records."""
        return tuple(row for entry in self.entries if entry.record for row in _rows(entry, entry.record, self))

    @property
    def doubts(self) -> Iterator[str]:
        """What was not read surely, a line for each: "Landkreis Leer 2018: Verwaltungskosten (Euro) unsicher gelesen, Seite 4"."""
        for entry in self.entries:
            for feld, value in _numbers(entry.record):
                if doubt := entry.doubt(feld, value, self.register):
                    yield f"{entry.traeger.name} {entry.jahr}: {label(feld)} {doubt}"

    @property
    def errors(self) -> tuple[ZvError, ...]:
        """What could not be read, each with its file."""
        return (*(entry.error for entry in self.entries if entry.error), *self.astray)

    def of(self, jahr: int) -> tuple[Entry, ...]:
        """The entries of one year."""
        return tuple(entry for entry in self.entries if entry.jahr == jahr)


Places = Callable[[Vereinbarung], Mapping[str, Fundstelle]]
"""Where the numbers of a record's document stand, as far as that is known beside the record."""


def survey(library: Library, jahre: Sequence[int], places: Places = lambda record: {}) -> Overview:
    """The agreements of some years; a record that cannot be read is an entry with its error."""
    entries: list[Entry] = []
    astray: list[ZvError] = []
    for jahr in sorted(set(jahre)):
        found = list(_recorded(library, jahr, astray, places))
        taken = {entry.traeger.ags for entry in found}
        found += [Entry(jahr, traeger) for traeger in zkt_of(library.store, library.register, jahr) if traeger.ags not in taken]
        entries += sorted(found, key=lambda entry: entry.traeger.schluessel)
    return Overview(tuple(sorted(set(jahre))), tuple(entries), library.register, tuple(astray), load_figures(library.store))


def _recorded(library: Library, jahr: int, astray: list[ZvError], places: Places) -> Iterator[Entry]:
    """An entry for each record of the year."""
    for path in library.store.records(jahr):
        try:
            traeger = library.register.require_zkt(path.stem, jahr)
        except UsageError as error:
            astray.append(RecordError(error.message, datei=path, abhilfe=error.abhilfe))
            continue
        try:
            yield Entry(jahr, traeger, path, *_standing(library, path, places))
        except ZvError as error:
            yield Entry(jahr, traeger, path, error=error)


def _standing(library: Library, path: Path, places: Places) -> tuple[Vereinbarung, tuple[Vereinbarung, ...]]:
    """The agreement as it stands after its amendments, and its documents. What a year has in common holds no numbers and is left out."""
    record = _placed(library.store.load(path).record, places)
    amendments = [_placed(library.store.load(each).record, places) for each in library.store.amendments(record.jahr, record.traeger)]
    return (library.state(record.jahr, record.traeger), (record, *amendments)) if amendments else (record, ())


def _placed(record: Vereinbarung, places: Places) -> Vereinbarung:
    """The record with the places of its numbers; what it says of them itself goes first."""
    said = {point.feld for point in record.akte.offen if point.art == "unsicher"}
    known = {feld: place for feld, place in places(record).items() if feld not in said}
    return record.model_copy(update={"akte": record.akte.model_copy(update={"fundstellen": {**known, **record.akte.fundstellen}})})


# ---------------------------------------------------------------- the tidy table


def parts(feld: str) -> tuple[str, str | None]:
    """The size and the group of people that a number is about: `("integrationsquote", "frauen")`, `("verwaltungskosten", None)`."""
    keys = feld.split(".")
    return (keys[1], None) if keys[0] == "haushalt" else (keys[1], keys[2])


def _numbers(record: Vereinbarung | None) -> Iterator[tuple[str, Any]]:
    """The sums and targets of an agreement; a level beside a target is part of it."""
    for feld, value in angaben(record).items() if record else ():
        if is_number(feld) and not feld.endswith(".entspricht"):
            yield feld, value


def _rows(entry: Entry, record: Vereinbarung, overview: Overview) -> Iterator[Row]:
    for feld, value in _numbers(record):
        groesse, gruppe = parts(feld)
        quelle, stelle = entry.origin(feld)[0].akte.quelle, entry.read_at(feld, value, overview.register)
        figure = overview.figures.get(Key(entry.traeger.ags, value.bezug or 0, feld)) if isinstance(value, Zielwert) else None
        said = _target(value) if isinstance(value, Zielwert) else _sum(groesse, value)
        yield Row(
            jahr=entry.jahr, ags=entry.traeger.ags, nuts3=entry.traeger.nuts3, traeger=entry.traeger.schluessel,
            groesse=groesse, gruppe=gruppe, **said, kennzahl=figure.wert if figure else None,
            quelle=quelle.datei if quelle else None, sha256=quelle.sha256 if quelle else None,
            seite=stelle.seite, sicherheit=stelle.sicherheit,
        )  # fmt: skip


def _target(value: Zielwert) -> dict[str, Any]:
    return {name: getattr(value, name) for name in ("richtung", "schranke", "wert", "einheit", "bezug", "entspricht")}


def _sum(groesse: str, value: Any) -> dict[str, Any]:
    """A sum of the budget; the unit of a target that is still open is open, too."""
    wert = None if isinstance(value, Offen) else value
    return {"richtung": None, "schranke": None, "wert": wert, "einheit": EINHEITEN.get(groesse), "bezug": None, "entspricht": None}
