"""How files reach the disk: whole or not at all, and never over what somebody else has written meanwhile."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from agreements.errors import ChangedError, ZvError
from agreements.files.opening import real
from agreements.files.temporary import clear_unfinished, locked

if sys.platform != "win32":
    import fcntl


def sha256(data: bytes) -> str:
    """The SHA-256 of some bytes as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def write_atomic(path: Path, data: bytes, private: bool = False) -> None:
    """Writes a file whole or not at all, over an older one, its folder made where it is missing; ZvError where the disk refuses.

    Of what is private nobody but its owner may open file and folder, where the system knows rights.
    """
    path = real(path)
    with in_german(path):
        if private:
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _temporary(path, data, 0o600 if private else None) as temporary:
            temporary.replace(path)


def write_new(path: Path, data: bytes) -> None:
    """Writes a file that does not exist yet; ZvError where it does or where the disk refuses."""
    with in_german(path), _temporary(path, data) as temporary:
        if sys.platform == "win32":
            temporary.rename(path)  # refuses there where the name is taken
        else:
            path.hardlink_to(temporary)


def write_over(path: Path, data: bytes, seen: str) -> None:
    """Writes a file over the one whose SHA-256 is `seen`; ChangedError where it is another by now, ZvError where the disk refuses.

    Programs that lock the folder as this one does cannot come between the comparison and the exchange of the files.
    Others can (an editor; any program under Windows and on shares without locks), within some microseconds.
    """
    path = real(path)
    with in_german(path), _temporary(path, data) as temporary, _locked(path.parent):
        require_same(path, seen)
        temporary.replace(path)


def require_same(path: Path, seen: str) -> None:
    """ChangedError where a file is not the one any more whose SHA-256 is `seen`."""
    if not path.exists() or sha256(path.read_bytes()) != seen:
        raise ChangedError(
            "Die Datei wurde inzwischen von anderer Seite geändert; nichts wurde geschrieben.",
            datei=path,
            abhilfe="Den Befehl noch einmal ausführen, dann gilt der neue Stand.",
        )


def add_to(path: Path, data: bytes, behind: int) -> None:
    """Writes lines behind the first `behind` bytes of a file, safely onto the disk; what a run left behind them that was killed goes.

    ZvError where the disk refuses; then the file ends as it did.
    """
    with in_german(path):
        _require_replaceable(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o666)
        with os.fdopen(handle, "r+b") as file:
            _added(file, data, behind)
        _sync(path.parent)


def _added(file: BinaryIO, data: bytes, behind: int) -> None:
    file.truncate(behind)
    file.seek(max(behind - 1, 0))
    if behind and file.read(1) != b"\n":
        data = b"\n" + data
    file.seek(behind)
    try:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    except OSError:
        file.truncate(behind)
        raise


WORKSHOP = ".in-arbeit"
"""The folder beside the outputs that holds what is not finished."""
PATIENCE = 5.0
"""Seconds that a run waits for another one to end."""


@contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """A place within a folder for files on their way, which one run alone has at a time; empty at first, gone afterwards.

    ZvError where another run has it, or where the disk refuses. What a run left there that was killed is cleared.
    """
    inside = folder / WORKSHOP
    with alone_in(folder):
        with in_german(inside):
            if inside.exists():
                shutil.rmtree(inside)
            inside.mkdir()
        try:
            yield inside
        finally:
            shutil.rmtree(inside, ignore_errors=True)  # the next run clears what the system keeps back now


def let_out(finished: Path, path: Path) -> None:
    """Puts a finished file in its place, over an older one; ZvError where the disk refuses."""
    with in_german(path):
        _require_replaceable(path)
        finished.replace(path)
        _sync(path.parent)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keeps other runs of this program out of a folder, however this one ends; without effect where nothing can be locked.

    ZvError where another run has it, or where the folder is missing and cannot be made.
    """
    with in_german(folder):
        folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + PATIENCE
    with _handle(folder) as handle:
        while handle is not None and not _locks(handle):
            if time.monotonic() >= until:
                raise ZvError("Hier arbeitet gerade ein anderer Aufruf von zv; nichts wurde geschrieben.", datei=folder,
                              abhilfe="Warten, bis er fertig ist, dann den Befehl noch einmal geben.")  # fmt: skip
            time.sleep(0.05)
        yield


def _locks(handle: int) -> bool:
    """Whether the folder is ours now; also where it is on a share that knows no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def _require_replaceable(path: Path) -> None:
    """ZvError for a device, a pipe or a socket: a file in its place would take it from all programs."""
    if path.exists() and not (path.is_file() or path.is_dir()):
        raise ZvError("Das ist keine gewöhnliche Datei; dort wird nicht geschrieben.", datei=path, abhilfe="Einen anderen Namen wählen.")


@contextmanager
def _temporary(path: Path, data: bytes, mode: int | None = None) -> Iterator[Path]:
    """A file beside `path` that holds the data safely on the disk; gone afterwards unless it was renamed.

    First goes what runs left beside it that were killed: a run holds a lock on its file, which ends with it.
    ZvError where `path` is nothing that a file may take the place of.
    """
    _require_replaceable(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    clear_unfinished(path.parent)
    temporary, handle = _begun(path, mode or _mode(path))
    try:
        with os.fdopen(handle, "wb", closefd=sys.platform == "win32") as file:  # there an open file has no other name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield temporary
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()
        if sys.platform != "win32":
            os.close(handle)
    _sync(path.parent)


def _begun(path: Path, mode: int) -> tuple[Path, int]:
    """An empty file beside `path`, locked; another one where a run that clears was quicker than the lock."""
    while True:
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp")
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
        if not locked(handle, wait=True) or temporary.exists():
            return temporary, handle
        os.close(handle)


def _mode(path: Path) -> int:
    """The rights of the file that is there; those of any new file (the umask applies) where there is none."""
    return path.stat().st_mode & 0o777 if path.exists() else 0o666


def _sync(folder: Path) -> None:
    """Brings the folder's entries to the disk, where the system can do that."""
    if sys.platform != "win32":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Keeps other runs of this program from exchanging files in the folder; without effect where a folder cannot be locked."""
    with _handle(folder) as handle:
        if handle is not None:
            with suppress(OSError):  # shares that know no locks: the comparison alone must do
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def _handle(folder: Path) -> Iterator[int | None]:
    """An open folder, whose lock ends with it; None where the system cannot lock one."""
    if sys.platform == "win32":
        yield None
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)


_REASONS = {
    errno.EACCES: "Dort darf nicht geschrieben werden.",
    errno.EPERM: "Dort darf nicht geschrieben werden.",
    errno.EROFS: "Dort darf nicht geschrieben werden.",
    errno.ENOSPC: "Der Datenträger ist voll.",
    errno.EDQUOT: "Der zugeteilte Speicherplatz ist aufgebraucht.",
    errno.EFBIG: "Die Datei ist für den Datenträger zu groß.",
    errno.ENOENT: "Der Ordner fehlt und lässt sich nicht anlegen.",
    errno.ENOTDIR: "Der Ordner ist keiner: Eine Datei hat diesen Namen.",
    errno.EISDIR: "Ein Ordner hat diesen Namen.",
    errno.ENAMETOOLONG: "Der Name ist zu lang.",
    errno.ELOOP: "Die Verknüpfung führt im Kreis.",
}


@contextmanager
def in_german(path: Path) -> Iterator[None]:
    """Says in German what the system reports."""
    try:
        yield
    except FileExistsError as error:
        if path.is_file():
            raise ZvError("Die Datei gibt es schon; sie wird nicht überschrieben.", datei=path) from error
        raise ZvError(f"Die Datei konnte nicht geschrieben werden. {_REASONS[errno.ENOTDIR]}", datei=path) from error
    except OSError as error:
        raise ZvError(
            f"Die Datei konnte nicht geschrieben werden. {reason(error)}", datei=path, abhilfe="Einen anderen Ordner wählen."
        ) from error


def reason(error: OSError) -> str:
    """Why the system does not write, in a German sentence."""
    number = error.errno or 0
    return _REASONS.get(number, f"Das System meldet {errno.errorcode.get(number, number)}.")
