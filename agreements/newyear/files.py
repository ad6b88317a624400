"""The files of a new year: its wording, its rahmen.yaml, its records; each made where there is none, none ever changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agreements.errors import UsageError, ZvError
from agreements.files.disk import write_new
from agreements.library.departures import misread
from agreements.library.library import Library
from agreements.library.open_points import still_open
from agreements.library.provenance import NEW
from agreements.model.fields import angaben
from agreements.model.record import Rahmen, Unterschriften, Vereinbarung
from agreements.model.values import OFFEN
from agreements.newyear.rahmen import draft_rahmen
from agreements.newyear.record import Draft, Source, draft
from agreements.newyear.wording import name_in, renew
from agreements.register.laender import land_with
from agreements.register.register import Register, Traeger
from agreements.wording.units import Wording


@dataclass(frozen=True, slots=True)
class Made:
    """What became of one file of the new year."""

    art: Literal["wortlaut", "rahmen", "datensatz"]
    ergebnis: Literal["neu", "schon da", "gescheitert"]
    path: Path
    quelle: str | None = None
    """What it was made from; None: the register and the wording alone, or nothing was made."""
    traeger: str | None = None
    open: int = 0
    """How many Angaben of a new record are open."""
    notes: tuple[str, ...] = ()
    """What a person must know: what was mended, what was not carried over."""
    error: ZvError | None = None


@dataclass(frozen=True)
class NewYear:
    """One year to be prepared; `sources` are the documents or records to start from in place of last year's record, by Träger."""

    library: Library
    jahr: int
    sources: Mapping[str, Source]

    def make(self, traeger: Sequence[str]) -> Iterator[Made]:
        """What becomes of wording, rahmen.yaml and each record, in this order; a record that fails stops no other.

        UsageError: a Träger that has no agreement in the year, or a Land without any wording. WordingError, RecordError:
        an older wording, or a rahmen.yaml, that cannot be read. ZvError: the disk refuses.
        """
        rows = [self.library.register.require_zkt(key, self.jahr) for key in dict.fromkeys(traeger)]
        laender = dict.fromkeys(self.library.land_of(row.schluessel, self.jahr) for row in rows)
        for land in laender:
            yield self._wording(land)
            yield from self._text_of_amendments(land)
            yield self._rahmen(self.library.wording(f"{land}/{self.jahr}"), [row for row in rows if land_with(row.ags) == land])
        for row in rows:
            yield self._record(row)

    # ---------------------------------------------------------------- the wording

    def _wording(self, land: str) -> Made:
        if there := self.library.store.find(f"templates/{land}/{self.jahr}.j2"):
            return Made("wortlaut", "schon da", there)
        older = self._last_before(land, self.library.wordings())
        if older is None:
            raise UsageError(
                f"Vor {self.jahr} gibt es für dieses Land keinen Wortlaut, der sich übernehmen ließe.",
                abhilfe=f"Den neuen als templates/{land or 'ni'}/{self.jahr}.j2 anlegen.",
            )
        return self._copied(older)

    def _text_of_amendments(self, land: str) -> Iterator[Made]:
        """The text of the year's amendments; nothing where the Land has never had one."""
        older = self._last_before(land, self.library.wordings_of_amendments())
        if there := self.library.store.find(f"templates/{land}/aenderung-{self.jahr}.j2"):
            yield Made("wortlaut", "schon da", there)
        elif older is not None:
            yield self._copied(older)

    def _last_before(self, land: str, names: Sequence[str]) -> Wording | None:
        """The last of these wordings that a Land had before the year."""
        before = [name for name in names if name.startswith(f"{land}/") and int(name[-4:]) < self.jahr]
        return self.library.wording(max(before)) if before else None

    def _copied(self, older: Wording) -> Made:
        path = self.library.store.ordner / f"templates/{name_in(older, self.jahr)}.j2"
        copy = renew(older, self.jahr, path)
        listed, yearly = path.with_suffix(".maengel.yaml"), path.with_suffix(".durchsicht.yaml")
        for beside, text in ((listed, copy.list_of_slips().encode()), (yearly, copy.yearly.encode())):
            if text and not (beside.is_file() and beside.read_bytes() == text):  # it may be left from a run that was stopped
                write_new(beside, text)
        write_new(path, copy.text.encode())
        mended = f"{len(copy.mended)} bekannte Versehen berichtigt, siehe Kopf der Datei"
        left = f"{len(copy.left)} noch zu entscheiden, siehe {listed.name}"
        stellen = f"genannte Stellen mit dem Wortlaut {older.land}/{self.jahr} vergleichen"
        look = stellen if older.amends else f"was im festen Text vom Jahr abhängt durchsehen, siehe {yearly.name}"
        notes = (*([mended] if copy.mended else []), *([left] if copy.left else []), look)
        return Made("wortlaut", "neu", path, copy.source, notes=notes)

    # ---------------------------------------------------------------- what the year has in common

    def _rahmen(self, wording: Wording, rows: Sequence[Traeger]) -> Made:
        if there := self.library.store.stored_rahmen(self.jahr, land=wording.land):
            return Made("rahmen", "schon da", there.path)
        path = self.library.store.rahmen_path(self.jahr, wording.land)
        before, name = self._common(wording.land, rows)
        write_new(path, draft_rahmen(wording, before, name or wording.schluessel).encode())
        notes = ("Ministerium prüfen, Unterzeichnende eintragen",)
        return Made("rahmen", "neu", path, name, notes=notes)

    def _common(self, land: str, rows: Sequence[Traeger]) -> tuple[Rahmen | None, str | None]:
        """Last year's rahmen.yaml; else what the first document that is to be carried over says of the Land."""
        if last := self.library.store.stored_rahmen(self.jahr - 1, land=land):
            return last.record, f"agreements/{self.jahr - 1}/{last.path.name}"
        given = next((source for row in rows if (source := self.sources.get(row.schluessel))), None)
        if given is None:
            return None, None
        record = given.record
        signed = Unterschriften(land=record.unterschriften.land)
        return Rahmen(jahr=record.jahr, ministerien=record.ministerien, unterschriften=signed), given.name

    # ---------------------------------------------------------------- the records

    def _record(self, row: Traeger) -> Made:
        store = self.library.store
        path = store.path(self.jahr, row.schluessel)
        if path.is_file():
            return Made("datensatz", "schon da", path, traeger=row.schluessel)
        try:
            source = self.sources.get(row.schluessel) or self._last_year(row)
            made = self._draft(row, source)
            store.save(made.record, path, header=made.header, comments=made.comments)
        except ZvError as error:
            return Made("datensatz", "gescheitert", path, traeger=row.schluessel, error=error)
        return Made("datensatz", "neu", path, source.name if source else None, row.schluessel, self._open(made), made.left_out)

    def _draft(self, row: Traeger, source: Source | None) -> Draft:
        wording = self.library.wording(f"{self.library.land_of(row.schluessel, self.jahr)}/{self.jahr}")
        return draft(wording, self.library.store.rahmen(self.jahr, land=wording.land), row, source, self.library.register)

    def _open(self, made: Draft) -> int:
        said = angaben(self.library.effective(made.record))
        return sum(value is OFFEN and not path.endswith(".datum") for path, value in said.items())

    def _last_year(self, row: Traeger) -> Source | None:
        """Last year's agreement with the Träger after its last amendment, also under the key it had then; None where there is none."""
        before = self.jahr - 1
        key = self.library.register.key_before(row.schluessel, self.jahr)
        store = self.library.store
        if not store.path(before, key).is_file():
            return None
        paths = (store.path(before, key), *store.amendments(before, key))
        documents = [self.library.effective(store.load(path).record, path) for path in paths]
        return source_of(self.library, self.library.state(before, key), f"agreements/{before}/{paths[-1].stem}.yaml", documents)


def source_of(library: Library, state: Vereinbarung, name: str, documents: Sequence[Vereinbarung], remarks: tuple[str, ...] = ()) -> Source:
    """What a draft starts from: the agreement as it is, and what nobody has decided of the effective documents that made it so."""
    points = (point for each in documents for point in still_open(each, library.register))
    renamed = tuple(point.model_copy(update={"feld": point.feld.removeprefix(NEW)}) if point.feld else point for point in points)
    undecided = (departure for each in documents if not each.aenderung for departure in (*misread(each), *each.akte.strittig))
    return Source(state, name, renamed, remarks, tuple(undecided))


def key_in(register: Register, schluessel: str, before: int, jahr: int) -> str:
    """The key in a later year of a Träger of an earlier one: the same, or that of the Kreis with its AGS.

    UsageError where it is no more.
    """
    rows = register.all(jahr)
    if any(row.schluessel == schluessel for row in rows):
        return schluessel
    ags = register.find(schluessel, before).ags
    return next((row.schluessel for row in rows if row.ags == ags), None) or register.find(schluessel, jahr).schluessel
