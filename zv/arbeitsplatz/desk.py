"""What the pages are made from: the folder's records and open points, asked for anew only where a file has changed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Lock

from agreements.deciding.points import Punkt, points
from agreements.errors import ZvError
from agreements.library.library import Library, open_library
from agreements.model.record import Vereinbarung
from agreements.store.store import Gespeichert
from zv.arbeitsplatz.jobs import Jobs
from zv.arbeitsplatz.pages import Pages

Stamp = tuple[tuple[str, int, int, int], ...]
"""Files by name, with size and times: another stamp, another content. Beside the time of its content that at which the system put the
file there: one that was away meanwhile and is back has its old size and time, and what was read without it must not be kept.
"""


@dataclass(frozen=True, slots=True)
class Known:
    """A record, and what is to be decided of it."""

    stored: Gespeichert[Vereinbarung]
    points: tuple[Punkt, ...]


@dataclass
class Desk:
    """A folder that is worked in."""

    ordner: Path
    pages: Pages = field(default_factory=Pages)
    _known: dict[Path, tuple[Stamp, Known | ZvError]] = field(default_factory=dict)
    _library: tuple[Stamp, Library] | None = None
    _looking: Lock = field(default_factory=Lock)
    """One thread looks a record through; whoever asks for it meanwhile has it from that one."""

    @property
    def library(self) -> Library:
        """The folder's library; its wordings are parsed again where one of them, or a register, has changed."""
        return self._current()[1]

    def _current(self) -> tuple[Stamp, Library]:
        """The library, and the stamp of what all records of the folder have in common."""
        stamp = _stamp(self._shared)
        found = self._library
        if found is None or found[0] != stamp:
            found = self._library = stamp, open_library(self.ordner)  # returned from here: another thread may have put an older one there
        return found

    @property
    def _shared(self) -> Iterator[Path]:
        yield from sorted(self.ordner.glob("templates/[a-z][a-z]/*"))
        yield from sorted(self.ordner.glob("*.csv"))
        yield from sorted(self.ordner.glob("templates/*.csv"))

    def of(self, path: Path) -> Known:
        """A record with its open points; ZvError where it cannot be asked."""
        return self._of(path, *self._current())

    def _of(self, path: Path, shared: Stamp, library: Library) -> Known:
        stamp = (*shared, *_stamp((path, *sorted(path.parent.glob("rahmen*.yaml")), *self._before(path))))
        if (found := self._known_so(path, stamp)) is None:
            with self._looking:
                if (found := self._known_so(path, stamp)) is None:
                    found = _known(library, path)
                    self._known[path] = stamp, found
        if isinstance(found, ZvError):
            raise found
        return found

    def _known_so(self, path: Path, stamp: Stamp) -> Known | ZvError | None:
        stamped, found = self._known.get(path, (None, None))
        return found if stamped == stamp else None

    def path(self, jahr: int, name: str) -> Path | None:
        """The file of a record of the folder; None where the year has none of that name."""
        return next(
            (path for path in self.library.store.of_year(jahr) if path.stem == name and path.resolve().is_relative_to(self.own)), None
        )

    def year_before(self, record: Vereinbarung) -> Vereinbarung | None:
        """Last year's agreement of the same Träger; None where there is none that can be read."""
        try:
            stored = self.library.store.load((record.jahr - 1, record.traeger))
            return self.library.effective(stored.record, stored.path)
        except ZvError:
            return None

    def of_year(self, jahr: int) -> Iterator[tuple[Path, Known | ZvError]]:
        """All records of a year, amendments behind their agreements, or why one cannot be asked."""
        shared, library = self._current()
        for path in library.store.of_year(jahr):
            try:
                yield path, self._of(path, shared, library)
            except ZvError as error:
                yield path, error

    def warm(self) -> None:
        """Looks through the last year before it is asked for: a record takes a tenth of a second the first time."""
        with suppress(ZvError):  # what is wrong with the folder is said by the page that asks for it
            for jahr in self.years()[:1]:
                for _ in self.of_year(jahr):
                    pass

    @cached_property
    def jobs(self) -> Jobs:
        """What is being worked at."""
        return Jobs(self.ordner)

    def close(self) -> None:
        """Ends what works beside."""
        self.jobs.close()
        self.pages.close()

    @cached_property
    def own(self) -> Path:
        return self.ordner.resolve()

    def years(self) -> list[int]:
        """The years of this folder, the last one first."""
        return sorted((jahr for jahr in self.library.store.years() if (self.ordner / f"agreements/{jahr}").is_dir()), reverse=True)

    def _before(self, path: Path) -> list[Path]:
        """Rules compare with the year before."""
        year = path.parent.name
        return sorted(path.parent.parent.glob(f"{int(year) - 1}/{path.stem}.yaml")) if year.isdecimal() else []


def _known(library: Library, path: Path) -> Known | ZvError:
    try:
        stored = library.store.load(path)
        return Known(stored, points(library, stored))
    except ZvError as error:
        error.datei = error.datei or path
        return error


def _stamp(paths: Iterator[Path] | tuple[Path, ...]) -> Stamp:
    found = []
    for path in paths:
        if path.is_file():
            stat = path.stat()
            found.append((str(path), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
    return tuple(found)
