"""What is compared: records, PDF and Word files, a year; each read, put together, and laid beside the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from agreements.comparing.texts import Comparison, Row, compare, compare_records
from agreements.errors import UsageError, WordingError, ZvError
from agreements.files.places import parted
from agreements.library.figures import load_figures, of_years
from agreements.library.library import Library
from agreements.library.open_points import as_read, beside_points, still_open, told
from agreements.model.fields import angaben, label, value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.register.laender import zkt_of
from render.synopse import Synopse
from zv.common import naming
from zv.named import Agreement, named, records_named
from zv.readings import Readings

DOCUMENTS = (".pdf", ".docx")
"""What is read; anything else is a record."""


@dataclass(frozen=True, slots=True)
class Source:
    """One side of a comparison: what it is called, its effective record, and what a person must know of its reading."""

    name: str
    record: Vereinbarung
    hinweise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A Träger in two years: the Synopse, or why there is none."""

    traeger: str
    synopse: Synopse | None = None
    grund: str = ""
    error: ZvError | None = None


@dataclass(frozen=True, slots=True)
class Departing:
    """How a Träger's agreement departs from the common wording; `grund` says why that is not known."""

    traeger: str
    rows: tuple[Row, ...] = ()
    grund: str = ""
    error: ZvError | None = None


# ---------------------------------------------------------------- two documents


def asked(words: Sequence[str], library: Library) -> list[Agreement | Path]:
    """The two documents that a call names; UsageError where they are not two, or one is not there to be named."""
    if len(named(words, library)) != 2:
        raise UsageError(
            "Zum Vergleichen braucht es zwei Vereinbarungen oder zwei Jahre.",
            abhilfe="Zum Beispiel: zv vergleiche 2024/lk-emsland Rücklauf.docx",
        )
    return records_named(words, library)


def source(library: Library, asked: Agreement | Path) -> Source:
    """One side: a record, or what stands in a PDF or Word file; errors as for loading and reading."""
    if isinstance(asked, Path):
        return _read(library, asked) if asked.suffix.lower() in DOCUMENTS else stored(library, asked, asked.name)
    jahr, name = asked
    library.register.require_zkt(parted(name)[0], jahr)
    return stored(library, library.store.path(jahr, name), f"{jahr}/{name}")


def stored(library: Library, path: Path, name: str) -> Source:
    """A record as one side; an amendment is the agreement as it is with it."""
    found = library.store.load(path)
    with naming(path):
        record = library.effective(found.record, path)
        return Source(name, library.agreed(record), tuple(_left(library, record)))


def _read(library: Library, path: Path) -> Source:
    extraction = Readings(library.store).words(path)
    record = extraction.record
    rest = beside_points(extraction.befunde, record.akte.offen)
    said = (f"{befund.schwere.upper()}: {befund.sentence()}" for befund in rest)
    return Source(path.name, library.agreed(as_read(record)), (*_left(library, record), *said))


def _left(library: Library, record: Vereinbarung) -> Iterator[str]:
    """What nobody has decided of a reading."""
    yield from (f"OFFEN: {line}" for line in told(still_open(record, library.register)))


def beside(library: Library, old: Source, new: Source, ganz: bool = False) -> Synopse:
    """Two sides as a Synopse; WordingError where one of them cannot be put together."""
    comparison = compare_records(library, old.record, new.record)
    left, right = (old.name, new.name) if old.name != new.name else (f"{old.name} (alt)", f"{new.name} (neu)")
    said = [f"{name}: {hinweis}" for name, each in ((left, old), (right, new)) for hinweis in each.hinweise]
    hinweise = (*_mismatch(library, old.record, new.record), *_figures(library, old.record, new.record), *said)
    return Synopse(comparison, _titel(library, old.record, new.record), left, right, hinweise, ganz)


def file_name(old: Source, new: Source) -> str:
    """What the Synopse of two sides is called: "2024-lk-emsland_Rücklauf"."""
    return "_".join(Path(each.name.replace("/", "-")).stem for each in (old, new))


def _titel(library: Library, old: Vereinbarung, new: Vereinbarung) -> str:
    years = f"{old.jahr}" if old.jahr == new.jahr else f"{old.jahr} und {new.jahr}"
    return f"Synopse: Zielvereinbarung {years}, {library.register.find(new.traeger, new.jahr).name}"


def _mismatch(library: Library, old: Vereinbarung, new: Vereinbarung) -> Iterator[str]:
    if old.traeger != new.traeger:
        names = [library.register.find(each.traeger, each.jahr).name for each in (old, new)]
        yield f"WARNUNG: Verglichen werden zwei verschiedene Träger: {names[0]} und {names[1]}."


def _figures(library: Library, old: Vereinbarung, new: Vereinbarung) -> Iterator[str]:
    """The absolute figures behind the targets of either side, for the years that they are about."""
    if not (figures := load_figures(library.store)):
        return
    keys = dict.fromkeys(library.register.find(each.traeger, each.jahr).ags for each in (old, new))
    for feld in dict.fromkeys((*angaben(old), *angaben(new))):
        sides = [value for each in (old, new) if isinstance(value := value_at(each, feld), Zielwert)]
        years = {old.jahr - 1, new.jahr - 1, *(value.bezug for value in sides if value.bezug)}
        if sides and (told := of_years(figures, keys, feld, years)):
            yield f"Kennzahl {label(feld)}: {told}"


# ---------------------------------------------------------------- two years


def years(library: Library, old: int, new: int, traeger: Sequence[str], ganz: bool = False) -> list[Pair]:
    """All Träger that have a record in either year, or those named; one that fails does not stop the others."""
    known = {jahr: {path.stem: path for path in library.store.records(jahr)} for jahr in (old, new)}
    names = list(traeger) or sorted({*known[old], *known[new]})
    if not names:
        raise UsageError(f"Es gibt weder für {old} noch für {new} Datensätze.", abhilfe="Den Ordner mit --ordner nennen.")
    return [_pair(library, name, old, new, known, ganz) for name in names]


def _pair(library: Library, name: str, old: int, new: int, known: dict[int, dict[str, Path]], ganz: bool) -> Pair:
    missing = [str(jahr) for jahr in (old, new) if name not in known[jahr]]
    if missing:
        return Pair(name, grund=f"kein Datensatz für {' und '.join(missing)}")
    try:
        before, after = (last(library, known[jahr][name], jahr) for jahr in (old, new))
        return Pair(name, beside(library, before, after, ganz))
    except ZvError as error:
        return Pair(name, grund=str(error), error=error)


def last(library: Library, path: Path, jahr: int) -> Source:
    """What a year agreed in the end: the agreement after its last amendment."""
    amendments = library.store.amendments(jahr, path.stem)
    name = f"{jahr} nach der {len(amendments)}. Änderung" if amendments else str(jahr)
    return stored(library, amendments[-1] if amendments else path, name)


# ---------------------------------------------------------------- the common wording


def departing(library: Library, jahr: int, traeger: Sequence[str]) -> list[Departing]:
    """Where each Träger's agreement of a year departs from the common wording; also of those that keep their text."""
    known = {path.stem: path for path in library.store.records(jahr)}
    names = list(traeger) or [each.schluessel for each in zkt_of(library.store, library.register, jahr)]
    return [_departing(library, name, jahr, known.get(name)) for name in names]


def _departing(library: Library, name: str, jahr: int, path: Path | None) -> Departing:
    if path is None:
        return Departing(name, grund="kein Datensatz")
    try:
        record = stored(library, path, name).record
        return Departing(name, tuple(row for row in against_wording(library, record).rows if row.art != "unveraendert"))
    except ZvError as error:
        return Departing(name, grund=str(error), error=error)


def against_wording(library: Library, record: Vereinbarung) -> Comparison:
    """An effective record's text beside what its year's wording says with the same Angaben.

    WordingError: there is no wording of that year, or it cannot say these Angaben.
    """
    name = record.wortlaut or library.wording_of(record.traeger, record.jahr)
    if name is None:
        raise WordingError(f"Für {record.jahr} gibt es keinen gemeinsamen Wortlaut.", abhilfe="Ihn unter templates/ anlegen.")
    common = record.model_copy(update={"wortlaut": name, "text": (), "abweichungen": ()})
    return compare(library.filled(common), library.filled(record))
