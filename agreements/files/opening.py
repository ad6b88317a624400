"""How files are opened to be read: only ordinary ones, so that nothing waits for ever, and why one cannot be, in German."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from pathlib import Path

from agreements.errors import UnreadableError


@contextmanager
def opened(path: Path) -> Iterator[BufferedReader]:
    """An ordinary file, open to be read; UnreadableError where it is none, is not there or may not be read.

    What only looks like one (a pipe, a device) is never waited for: it is opened without waiting and judged before a byte is read.
    """
    with readable(path):
        if "\0" in str(path):  # which no system asks for, and Python says in English
            raise FileNotFoundError(errno.ENOENT, "")
        _require_ordinary(path, path.stat().st_mode)  # to open a device can do something already
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(handle, "rb") as file:
            _require_ordinary(path, os.fstat(handle).st_mode)
            yield file


def content(path: Path) -> bytes:
    """All of an ordinary file. Errors as for `opened`."""
    with opened(path) as file:
        return file.read()


def require_readable(path: Path) -> None:
    """UnreadableError where a file could not be read."""
    with opened(path):
        pass


@contextmanager
def readable(path: Path | None = None) -> Iterator[None]:
    """Says in German, as an UnreadableError, what the system reports of a file that is to be read."""
    try:
        yield
    except OSError as error:
        raise refused(error, path) from error


def refused(error: OSError, path: Path | None = None) -> UnreadableError:
    """What the system reports, in German; `path` is named where the system names none."""
    number = error.errno or 0
    message, remedy = _REASONS.get(number, (f"Das System meldet {errno.errorcode.get(number, number)}.", "Laufwerk und Verbindung prüfen."))
    return UnreadableError(message, datei=path or error.filename, abhilfe=remedy)


def real(path: Path) -> Path:
    """The path without links; one that leads in a circle as it is, since Path.resolve raises there (Python 3.11, 3.12)."""
    return Path(os.path.realpath(path))


def _require_ordinary(path: Path, mode: int) -> None:
    if stat.S_ISDIR(mode):
        raise UnreadableError("Das ist ein Ordner, keine Datei.", datei=path, abhilfe="Eine Datei nennen.")
    if not stat.S_ISREG(mode):
        raise UnreadableError("Das ist keine gewöhnliche Datei.", datei=path, abhilfe="Eine Datei nennen, die auf der Platte liegt.")


_REASONS = {
    errno.ENOENT: ("Die Datei gibt es nicht.", "Den Namen prüfen."),
    errno.ENOTDIR: ("Die Datei gibt es nicht.", "Den Namen prüfen: Was davor steht, ist kein Ordner."),
    errno.EISDIR: ("Das ist ein Ordner, keine Datei.", "Eine Datei nennen."),
    errno.EACCES: ("Die Datei oder ihr Ordner darf nicht gelesen werden.", "Die Leserechte prüfen."),
    errno.EPERM: ("Die Datei oder ihr Ordner darf nicht gelesen werden.", "Die Leserechte prüfen."),
    errno.ELOOP: ("Die Verknüpfung führt im Kreis.", "Die Datei selbst nennen."),
    errno.ENAMETOOLONG: ("Der Name ist zu lang.", "Den Namen prüfen."),
    errno.ENXIO: ("Das ist keine gewöhnliche Datei.", "Eine Datei nennen, die auf der Platte liegt."),
    errno.EMFILE: ("Es sind zu viele Dateien offen.", "Andere Programme schließen, dann noch einmal versuchen."),
    errno.EIO: ("Das Laufwerk lässt die Datei nicht lesen.", "Laufwerk und Verbindung prüfen."),
}
