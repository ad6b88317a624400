"""What becomes of a document that was read: a new record, nothing, or its difference from the record that is there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agreements.agreement import Library
from agreements.differing import Difference, differences
from agreements.errors import UnreadableError
from agreements.model import Vereinbarung
from agreements.store import Store

_SHA256 = re.compile(rb"^ +sha256: '?([0-9a-f]{64})", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`neu`: the record was written; `bekannt`: the record is this very file's; `vorhanden`: it is another file's and was left alone."""

    art: Literal["neu", "bekannt", "vorhanden"]
    path: Path
    differences: tuple[Difference, ...] = ()


def digest(path: Path) -> str:
    """The SHA-256 of a file of any size; UnreadableError where it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise UnreadableError("Die Datei gibt es nicht.", datei=path, abhilfe="Den Namen prüfen.") from error
    except OSError as error:
        raise UnreadableError("Die Datei lässt sich nicht lesen.", datei=path, abhilfe="Prüfen, ob man sie lesen darf.") from error


def imported(store: Store) -> dict[str, Path]:
    """The record made from each file, by the file's SHA-256; records are searched, not parsed."""
    paths = sorted(store.ordner.glob("agreements/[12][0-9][0-9][0-9]/*.yaml"))
    return {found[1].decode(): path for path in paths for found in _SHA256.finditer(path.read_bytes())}


def place(store: Store, record: Vereinbarung) -> Path:
    """Where a record belongs in the folder."""
    return store.ordner / f"agreements/{record.jahr}/{record.traeger}.yaml"


def take(library: Library, record: Vereinbarung, *, header: str = "", comments: Mapping[str, str] | None = None) -> Outcome:
    """Keeps an effective record where there is none of its Träger and year yet; never writes over one.

    RecordError: the record that is there does not follow the schema. ZvError: the disk refuses.
    """
    path = place(library.store, record)
    if not path.exists():
        return Outcome("neu", library.store.save(library.own(record), path, header=header, comments=comments))
    there = library.store.load(path).record
    if there.akte.quelle and record.akte.quelle and there.akte.quelle.sha256 == record.akte.quelle.sha256:
        return Outcome("bekannt", path)
    return Outcome("vorhanden", path, differences(library.register, library.effective(there, path), record))
