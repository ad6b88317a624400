"""What Python programs may call, as docs/python.md promises it: each function calls what the command of its name calls."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from os import PathLike
from pathlib import Path
from typing import Any, Literal, overload

from agreements.errors import CheckError, UsageError
from agreements.files.places import YEAR
from agreements.library.library import Library, open_library
from agreements.library.open_points import beside_points
from agreements.model.akte import OffenerPunkt
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung
from agreements.overview.overview import Overview, Row
from agreements.register.tables import work_in
from zv.common import naming
from zv.extras import DATEN, require
from zv.formats import FORMATS, How

Pfad = str | PathLike[str]
Format = Literal["pdf", "docx", "html", "text"]


@dataclass(frozen=True, slots=True)
class _Angaben:
    """An agreement, and what nobody has decided of it."""

    vereinbarung: Vereinbarung
    """With what all agreements of its year have in common."""
    offen: tuple[OffenerPunkt, ...]
    """What a person must look at, each point with file, page and box (points from the page's top left) where it has them."""

    @property
    def unsicher(self) -> frozenset[str]:
        """The names of the Angaben that are `offen`: not read surely, contradicted, changed without anybody having agreed to it."""
        return frozenset(point.feld for point in self.offen if point.feld)

    @property
    def sicher(self) -> Mapping[str, Any]:
        """The Angaben by name ("haushalt.gesamtbudget_mio"), without those that are `unsicher`."""
        unsure = self.unsicher
        return {feld: value for feld, value in angaben(self.vereinbarung).items() if feld not in unsure}


@dataclass(frozen=True, slots=True)
class Lesung(_Angaben):
    """What a PDF or Word file says."""

    datei: Path
    hinweise: tuple[str, ...]
    """What else a person should know of the file, a German sentence each."""


@dataclass(frozen=True, slots=True)
class Datensatz(_Angaben):
    """A record of a folder."""

    datei: Path
    """The YAML file, below `agreements/` of its folder."""


class Tabelle(Sequence[Row]):
    """The tidy table of `zv uebersicht`: a row for each number of each agreement."""

    def __init__(self, overview: Overview) -> None:
        self._rows = overview.rows
        self.zweifel = tuple(overview.doubts)
        """A German sentence for each number that was not read surely."""

    @overload
    def __getitem__(self, index: int) -> Row: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Row, ...]: ...
    def __getitem__(self, index: int | slice) -> Row | tuple[Row, ...]:
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def dataframe(self) -> Any:
        """The same as a polars.DataFrame, numbers as floating point; UsageError without the extra `daten`."""
        require(DATEN, "Was einen DataFrame macht,")
        import polars

        from render.overview_table import cell

        types: dict[str, Any] = {"jahr": polars.Int32, "bezug": polars.Int32, "seite": polars.Int32}
        types |= dict.fromkeys(("wert", "kennzahl", "sicherheit"), polars.Float64)
        rows = [[float(said) if isinstance(said := cell(value), Decimal) else said for value in row] for row in self._rows]
        return polars.DataFrame(rows, schema={name: types.get(name, polars.String) for name in Row._fields}, orient="row")


def lies(pfad: Pfad, ordner: Pfad = ".") -> Lesung:
    """What a file says, of several agreements the first, as `zv lies` reads it; it is held against the records of the folder."""
    from zv.readings import Readings

    library = _opened(ordner)
    read = Readings(library.store).words(Path(pfad))
    told = tuple(befund.sentence() for befund in beside_points(read.befunde, read.record.akte.offen))
    return Lesung(read.record, read.record.akte.offen, read.datei, told)


def datensaetze(ordner: Pfad = ".", jahre: Sequence[int] = ()) -> Iterator[Datensatz]:
    """The records of a folder, of all years or of some, amendments behind their agreements; of each is open what `zv offen` tells."""
    from agreements.deciding.points import points

    library = _opened(ordner)
    for jahr in jahre or library.store.years():
        for path in library.store.of_year(jahr):
            stored = library.store.load(path)
            with naming(path):
                record = library.effective(stored.record, path)
                still_open = tuple(each.punkt for each in points(library, stored))
            yield Datensatz(record, still_open, path)


def tabelle(ordner: Pfad = ".", jahre: Sequence[int] = ()) -> Tabelle:
    """The numbers of all agreements of a folder, of all years or of some; CheckError where a record cannot be read."""
    from zv.surveying import surveyed

    overview = surveyed(_opened(ordner), jahre, placed=True)
    if overview.errors:
        error = CheckError(f"{len(overview.errors)} Datensätze sind nicht zu lesen. Der erste: {overview.errors[0]}")
        error.parts = overview.errors
        raise error
    return Tabelle(overview)


def drucke(datensatz: Datensatz | Pfad, formate: Sequence[Format] = ("pdf", "docx"), nach: Pfad | None = None) -> list[Path]:
    """The files that a record was printed to, proven as by `zv drucke`: below `out/` of its folder, or where it is said."""
    from zv.printing import let_out

    if unknown := [each for each in formate if each not in FORMATS]:
        raise UsageError(f"Das Format „{unknown[0]}“ gibt es nicht.", abhilfe=f"Möglich sind {', '.join(FORMATS)}.")
    path = datensatz.datei if isinstance(datensatz, Datensatz) else Path(datensatz)
    folder = _folder_of(path)
    library = _opened(folder)
    target = Path(nach) if nach else folder / "out"
    return [made for made, _ in let_out(library, library.store.load(path), target, How(tuple(formate)))]


def _opened(ordner: Pfad) -> Library:
    """The library of a folder, in which is worked from now on; UsageError where it is none."""
    folder = Path(ordner)
    if not folder.is_dir():
        raise UsageError("Den Ordner gibt es nicht.", datei=folder, abhilfe="Den Namen prüfen.")
    work_in(folder)
    return open_library(folder)


def _folder_of(record: Path) -> Path:
    """The folder below whose `agreements/` a record lies; the current one for a file that lies elsewhere."""
    year = record.absolute().parent
    return year.parent.parent if YEAR.fullmatch(year.name) and year.parent.name == "agreements" else Path()
