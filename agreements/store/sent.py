"""What was sent to a Träger, kept as it was: the record, what its year had in common, its wording, and the files that were made of it.

Each time stands in a folder of its own, `agreements/<jahr>/versandt/<kennung>/<n>/`; what comes back is held against the last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from agreements.errors import UnreadableError
from agreements.files.disk import in_german, workshop, write_new
from agreements.model.record import Rahmen, Vereinbarung
from agreements.store.store import Gespeichert, Store

FOLDER = "versandt"
RAHMEN = "rahmen.yaml"
WORDING = "wortlaut.j2"


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent at one time."""

    folder: Path
    record: Path
    wording: Path | None
    """None where the record carries its own text."""
    files: tuple[Path, ...]
    """The PDF, the Word file and what else went out."""


def keep_sent(
    store: Store, stored: Gespeichert[Vereinbarung], rahmen: Gespeichert[Rahmen] | None, wording: Path | None, files: Mapping[str, bytes]
) -> Sent:
    """Keeps what is being sent; where the same was kept last, that. `files` are the outputs by name.

    ZvError: another run is at it, or the disk refuses; then nothing is kept.
    """
    kept = {stored.path.name: stored.text.encode(), **({RAHMEN: rahmen.text.encode()} if rahmen else {}), **files}
    if wording:
        kept[WORDING] = _bytes(wording)
    folder = _folder(store, stored.record.jahr, stored.record.kennung)
    with workshop(folder) as inside:
        last = sent_of(store, stored.record.jahr, stored.record.kennung)
        if last and {path.name: _bytes(path) for path in last.folder.iterdir()} == kept:
            return last
        finished = inside / "fertig"
        for name, data in kept.items():
            write_new(finished / name, data)
        with in_german(folder):
            finished.rename(folder / str(_number(last) + 1))
    made = sent_of(store, stored.record.jahr, stored.record.kennung)
    assert made is not None
    return made


def sent_of(store: Store, jahr: int, kennung: str) -> Sent | None:
    """What was sent last of an agreement or amendment; None where nothing was kept."""
    folders = [path for path in _folder(store, jahr, kennung).glob("[0-9]*") if path.name.isdecimal()]
    if not folders:
        return None
    folder = max(folders, key=lambda path: int(path.name))
    record = folder / f"{kennung}.yaml"
    if not record.is_file():
        raise UnreadableError("Was versandt wurde, ist nicht vollständig: Der Datensatz fehlt.", datei=record,
                              abhilfe="Den Ordner aus der letzten Sicherung zurückholen oder umbenennen.")  # fmt: skip
    wording = folder / WORDING
    others = {record, wording, folder / RAHMEN}
    files = tuple(path for path in sorted(folder.iterdir()) if path not in others and not path.name.startswith("."))
    return Sent(folder, record, wording if wording.is_file() else None, files)


def _folder(store: Store, jahr: int, kennung: str) -> Path:
    return store.ordner / f"agreements/{jahr}/{FOLDER}/{kennung}"


def _number(sent: Sent | None) -> int:
    return int(sent.folder.name) if sent else 0


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableError("Die Datei lässt sich nicht lesen.", datei=path, abhilfe="Die Rechte prüfen.") from error
