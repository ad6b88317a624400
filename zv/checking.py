"""Which records `zv pruefe` looks at, and what comes of each; the records of a year are compared with each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agreements.errors import UsageError, ZvError
from agreements.files.opening import require_readable
from agreements.files.places import parted
from agreements.library.library import Library
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Schwere
from agreements.rules.case import Verstoss
from agreements.rules.checking import Pruefung, examine
from agreements.rules.table import LOADING
from agreements.rules.tables import regeln
from agreements.store.store import Gespeichert
from zv.named import Named, named

GRAVE: tuple[Schwere, ...] = ("fehler", "warnung", "hinweis")
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One file and what came of it; without a record it could not be loaded."""

    path: Path
    record: Vereinbarung | None
    pruefung: Pruefung

    def counts(self) -> dict[Schwere, int]:
        """How many findings of each severity, the gravest first."""
        return {schwere: sum(each.schwere == schwere for each in self.pruefung.verstoesse) for schwere in GRAVE}


def asked(library: Library, words: Sequence[str]) -> tuple[Path, ...]:
    """The files to check: those that a call names, those of its years, or all; UnreadableError, UsageError where there are none."""
    wanted = named(words, library) or library.store.years()
    paths = dict.fromkeys(path for each in wanted for path in _files(library, each))
    if not paths:
        raise UsageError(
            f"Es gibt keine Datensätze{f' für {words[0]}' if words else ''}.",
            datei=library.store.ordner / "agreements",
            abhilfe="Einen anlegen oder mit --ordner einen anderen Ordner nennen.",
        )
    return tuple(map(shown, paths))


def _files(library: Library, each: Named) -> list[Path]:
    """The records of a year, or the one that is named; UnreadableError where that is not there."""
    if isinstance(each, int):
        return sorted((*library.store.records(each), *library.store.amendments(each)), key=_in_order)
    path = each if isinstance(each, Path) else library.store.path(*each)
    require_readable(shown(path))
    return [path]


def _in_order(path: Path) -> tuple[str, str, int]:
    """By year and Träger, an agreement before its amendments."""
    return path.parent.name, *parted(path.stem)


class Checking:
    """One run over some files; every record is loaded once."""

    def __init__(self, library: Library, paths: Sequence[Path]) -> None:
        self.library, self.paths = library, paths

    def results(self) -> Iterator[Checked]:
        """What comes of each file, in their order."""
        for path in self.paths:
            stored = self._given[path]
            if isinstance(stored, ZvError):
                yield Checked(path, None, Pruefung(tuple(_unloaded(path, stored))))
                continue
            try:
                found = examine(self.library, stored, others=self._others(stored.record))
            except ZvError as error:
                found = Pruefung(tuple(_unloaded(path, error)))
            yield Checked(path, stored.record, found)

    @cached_property
    def _given(self) -> dict[Path, Gespeichert[Vereinbarung] | ZvError]:
        return {path: self._load(path) for path in self.paths}

    @cached_property
    def _records(self) -> tuple[Vereinbarung, ...]:
        """Every record of the years in question that loads; one that does not is told when it is checked itself."""
        given = {path.resolve(): stored for path, stored in self._given.items()}
        years = {stored.record.jahr for stored in given.values() if not isinstance(stored, ZvError)}
        rest = [path for year in sorted(years) for path in self.library.store.records(year) if path.resolve() not in given]
        loaded = [*given.values(), *map(self._load, rest)]
        return tuple(stored.record for stored in loaded if not isinstance(stored, ZvError))

    def _others(self, record: Vereinbarung) -> list[Vereinbarung]:
        return [other for other in self._records if other.jahr == record.jahr and other.traeger != record.traeger]

    def _load(self, path: Path) -> Gespeichert[Vereinbarung] | ZvError:
        try:
            return self.library.store.load(path)
        except ZvError as error:
            return error


def _unloaded(path: Path, error: ZvError) -> Iterator[Verstoss]:
    for each in error.parts or (error,):
        datei = Path(each.datei) if each.datei else path
        remedy = each.abhilfe or regeln()[LOADING].abhilfe
        yield Verstoss(LOADING, regeln()[LOADING].schwere, datei, each.zeile or 1, None, "", "", each.message, remedy)


def shown(path: Path) -> Path:
    """A path as one would type it here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
