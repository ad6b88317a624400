"""What becomes of a document that was read: a new record, nothing, or its difference from the record that is there."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from agreements.files.opening import content, opened
from agreements.library.differences import Difference, differences
from agreements.library.library import Library
from agreements.library.open_points import as_read
from agreements.model.fields import value_at
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.store.store import Store

_QUELLE = re.compile(r"^ +sha256: '?(?P<sum>[0-9a-f]{64})'?(?:\n +seiten: (?P<first>\d+)–(?P<last>\d+) von (?P<all>\d+))?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`neu`: the record was written; `bekannt`: the record is this very file's; `vorhanden`: it is another file's and was left alone."""

    art: Literal["neu", "bekannt", "vorhanden"]
    path: Path
    differences: tuple[Difference, ...] = ()
    signed: bool = False
    """Whether nothing differs but how the signatures look, which no text says, and days that the record leaves to the pen."""


def digest(path: Path) -> str:
    """The SHA-256 of a file of any size; UnreadableError where it cannot be read."""
    with opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def imported(store: Store) -> dict[str, tuple[Path, ...]]:
    """The records made from each file, by the file's SHA-256, in the order of its pages; records are searched, not parsed.

    A file of several agreements is left out unless there is a record of each.
    """
    found: dict[str, list[tuple[int, int, int, Path]]] = {}
    for path in sorted(store.ordner.glob("agreements/[12][0-9][0-9][0-9]/*.yaml")):
        for said in _QUELLE.finditer(content(path).decode(errors="replace")):
            found.setdefault(said["sum"], []).append((int(said["first"] or 0), int(said["last"] or 0), int(said["all"] or 1), path))
    return {sum_: tuple(path for *_, path in sorted(records)) for sum_, records in found.items() if _is_whole(records)}


def _is_whole(records: Sequence[tuple[int, int, int, Path]]) -> bool:
    """Whether the records' pages are all that the file has."""
    return sum(last - first + 1 for first, last, _, _ in records) >= records[0][2]


def place(store: Store, record: Vereinbarung) -> Path:
    """Where a record belongs in the folder."""
    return store.ordner / f"agreements/{record.jahr}/{record.kennung}.yaml"


def take(library: Library, record: Vereinbarung, *, header: str = "", comments: Mapping[str, str] | None = None) -> Outcome:
    """Keeps an effective record where there is none of its Träger and year yet; never writes over one.

    RecordError: the record that is there does not follow the schema. ZvError: the disk refuses.
    """
    path = place(library.store, record)
    if not path.exists():
        return Outcome("neu", library.store.save(library.own(record), path, header=header, comments=comments))
    there = library.store.load(path).record
    if _origin(there) and _origin(there) == _origin(record):
        return Outcome("bekannt", path)
    before = as_read(library.effective(there, path))
    found = differences(library.register, before, as_read(record))
    signed = bool(found) and all(_is_look(each) or _is_day_written(each, before) for each in found)
    return Outcome("vorhanden", path, tuple(each for each in found if not (signed and _is_look(each))), signed)


def _is_look(each: Difference) -> bool:
    return (each.feld or "").endswith(".zustand")


def _is_day_written(each: Difference, before: Vereinbarung) -> bool:
    """Whether it is the day of a signature, which was left to the pen."""
    feld = each.feld or ""
    return feld.startswith("unterschriften.") and feld.endswith(".datum") and value_at(before, feld) in (None, OFFEN)


def _origin(record: Vereinbarung) -> tuple[str, str | None] | None:
    """From which pages of which file a record was made, whatever the file is called."""
    quelle = record.akte.quelle
    return (quelle.sha256, quelle.seiten) if quelle else None
