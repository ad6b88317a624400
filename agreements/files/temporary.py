"""Folders and files for what is on its way: gone when the work is done, and where a run was killed, with the next one."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import gettempdir, mkdtemp

if sys.platform != "win32":
    import fcntl

PREFIX = "zv-lauf-"
"""How they are called; nobody else calls one so."""


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder of this run's own, which only its owner may enter; first goes what was left by runs that live no more.

    A run holds a lock on its folder, which the system takes from it however it ends. Where nothing can be locked (Windows) nothing is
    cleared but one's own.
    """
    clear_left()
    folder, handle = _made()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # what the system keeps back now the next run clears
        if handle is not None:
            os.close(handle)


def _made() -> tuple[Path, int | None]:
    """A folder, and its lock; another one where a run that clears was quicker than the lock."""
    while True:
        folder = Path(mkdtemp(prefix=PREFIX))
        if sys.platform == "win32":
            return folder, None
        try:
            handle = os.open(folder, os.O_RDONLY)
        except FileNotFoundError:
            continue
        if not locked(handle, wait=True) or folder.exists():
            return folder, handle
        os.close(handle)


def locked(handle: int, wait: bool = False) -> bool:
    """Whether the file or folder is locked by this handle from now on; not where another run has it, or nothing can be locked."""
    if sys.platform == "win32":
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def clear_left() -> None:
    """Deletes the folders of runs that live no more, one's own alone."""
    for path in Path(gettempdir()).glob(f"{PREFIX}*"):
        with _left(path, folder=True) as left:
            if left:
                shutil.rmtree(path, ignore_errors=True)


_UNFINISHED = re.compile(r"\..+\.[0-9a-f]{8}\.tmp")
"""How `agreements.files.disk` calls a file on its way to its name."""
_CLEARED: set[Path] = set()
"""Folders in which this process has looked."""


def clear_unfinished(folder: Path) -> None:
    """Deletes the files on their way to a name in a folder whose runs live no more; each process looks once."""
    if sys.platform == "win32" or folder in _CLEARED:
        return
    _CLEARED.add(folder)
    for path in [path for path in folder.iterdir() if _UNFINISHED.fullmatch(path.name)]:
        with _left(path, folder=False) as left:
            if left:
                path.unlink(missing_ok=True)


@contextmanager
def _left(path: Path, folder: bool) -> Iterator[bool]:
    """Whether this is one's own and no living run has it; meanwhile none gets it."""
    if sys.platform == "win32":
        yield False
        return
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | (os.O_DIRECTORY if folder else 0))
    except OSError:
        yield False  # another run has cleared it, or it is somebody else's
        return
    try:
        yield os.fstat(handle).st_uid == os.getuid() and locked(handle)
    finally:
        os.close(handle)
