"""Which tables of Länder and Kreise hold: those of the folder one works in, before those that came with the program."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

from agreements.errors import UsageError
from agreements.files.opening import real

FOLDER = "agreements/register"
"""Where a folder has its own tables, named as those of the program."""
_WORKED_IN = "ZV_ORDNER"
"""Names the folder to processes that begin afresh, too; without it the current one is meant."""


def work_in(ordner: Path) -> None:
    """Says for the rest of this process, and those it begins, in which folder is worked; before anybody has asked for a table.

    UsageError where the current one is meant and has been deleted.
    """
    try:
        os.environ[_WORKED_IN] = str(real(ordner))
    except FileNotFoundError as error:
        raise UsageError("Den Ordner, in dem zv aufgerufen wird, gibt es nicht mehr.", abhilfe="In einen anderen wechseln.") from error


def own_table(name: str, ordner: Path | None = None) -> Path | None:
    """The folder's own table; None where it has none. Without a folder that is meant which is worked in."""
    path = real(ordner or Path(os.environ.get(_WORKED_IN, ""))) / FOLDER / name
    return path if path.is_file() and path != _packaged(name) else None


@cache
def _packaged(name: str) -> Path:
    """The table that came with the program."""
    return (Path(__file__).parent / name).resolve()


def stamp(path: Path | None) -> tuple[Path | None, int]:
    """A table and when it was changed: what is kept of it holds as long as both are the same."""
    return path, path.stat().st_mtime_ns if path and path.is_file() else 0
