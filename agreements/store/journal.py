"""Every change of a record by a command: written down before it is made, so that it can be undone and none is ever half.

An entry reaches the disk first, then the record, then the note that it did. Whatever ends a run in between, the next one finds an
entry without a note and finishes or withdraws it. Changes by hand are noted when the next change by a command finds them.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from agreements.errors import RecordError, UsageError, ZvError
from agreements.files.disk import alone_in, require_same, sha256, write_over
from agreements.files.yaml_text import parse
from agreements.store.journal_file import FOLDER, Eintrag, Journal, Vermerk, append, journal_path, read
from agreements.store.patch import merged, nearer, patch
from agreements.store.store import Gespeichert, R, Store


def decide(
    store: Store, stored: Gespeichert[R], text: str, befehl: str, kuerzel: str | None = None, aufruf: str | None = None
) -> Gespeichert[R]:
    """Makes `text` the text of a record's file, written down in its journal; the record as it is then.

    `befehl` says what is done, as a person would say it; `aufruf` is the same in all records that one call changes (`new_call`).
    Where the text is the same, nothing is written. RecordError: it would be no record, or the journal is damaged.
    ChangedError: the file was changed since it was read. ZvError: the disk refuses.
    """
    changed = store.checked(stored, text)
    if text == stored.text:
        return stored
    with _journal_of(stored) as journal:
        _write(journal, stored, text, _Step(befehl, kuerzel, aufruf))
    return changed


def new_call() -> str:
    """A name for what one call does in several records, so that all of it can be taken back at once."""
    return secrets.token_hex(6)


class Undone(NamedTuple):
    """The entry that was undone, and the record as it is now."""

    eintrag: Eintrag
    stored: Gespeichert[Any]


def undo(store: Store, stored: Gespeichert[R], kuerzel: str | None = None, nummer: int | None = None) -> Undone:
    """Undoes the last step of a record that is not undone yet, or the entry of that number, around whatever came after it.

    UsageError: there is none. RecordError: what it concerns was changed since, or the record would not be valid. Else as for `decide`.
    """
    with _journal_of(stored) as journal:
        eintrag = _to_undo(journal, nummer)
        text = _without(stored, eintrag, *journal.texts(eintrag.nummer))
        changed = store.checked(stored, text)
        _write(journal, stored, text, _Step(f"zurückgenommen: {eintrag.befehl}", kuerzel, undoes=eintrag.nummer))
    return Undone(eintrag, changed)


def history(stored: Gespeichert[Any]) -> Journal:
    """The journal of a record, empty where there is none yet; RecordError where it is damaged."""
    return read(journal_path(stored.path))


def last_step(journal: Journal) -> Eintrag | None:
    """The last step of a command that is not undone; None where there is none."""
    gone = journal.undone | journal.withdrawn
    return next((each for each in reversed(journal.eintraege) if each.art == "schritt" and each.nummer not in gone), None)


def journals(store: Store) -> Iterator[tuple[Path, Path]]:
    """The records of all years that have a journal, each with it."""
    for path in sorted(store.ordner.glob(f"agreements/[12]*/{FOLDER}/*.jsonl")):
        yield path.parent.parent / f"{path.stem}.yaml", path


def last_call(store: Store) -> tuple[tuple[Path, int], ...]:
    """What the last call did that is not undone: each record with the number of its step; UsageError where there is none.

    A record that another call changed since keeps its place here: around that change its step is undone, or refused.
    """
    read_ = {record: read(path) for record, path in journals(store)}
    steps = [(step.zeit, record, step) for record, journal in read_.items() if (step := last_step(journal))]
    if not steps:
        raise UsageError("Es gibt keinen Schritt, der sich zurücknehmen lässt.", datei=store.ordner)
    _, record, last = max(steps, key=lambda each: each[:2])
    if last.aufruf is None:
        return ((record, last.nummer),)
    return tuple(
        (record, each.nummer)
        for record, journal in read_.items()
        for each in journal.eintraege
        if each.aufruf == last.aufruf and each.nummer not in journal.undone | journal.withdrawn
    )


def settle(store: Store, jahr: int) -> tuple[str, ...]:
    """Finishes or withdraws the changes of a year's records that were interrupted; a German line on each, and on a damaged journal."""
    return tuple(_settled(store.ordner / f"agreements/{jahr}"))


# ---------------------------------------------------------------- writing


@contextmanager
def _journal_of(stored: Gespeichert[Any]) -> Iterator[Journal]:
    """A record's journal with nothing pending, which no other run changes meanwhile; the record is still the one that was read."""
    with alone_in(stored.path.parent / FOLDER):
        journal = read(journal_path(stored.path))
        if journal.pending:
            _settle(stored.path, journal, journal.pending)
            journal = read(journal.path)
        require_same(stored.path, stored.sha256)
        yield journal


class _Step(NamedTuple):
    """What an entry says of what is done, beside the change itself."""

    befehl: str
    kuerzel: str | None = None
    aufruf: str | None = None
    undoes: int | None = None


def _write(journal: Journal, stored: Gespeichert[Any], text: str, step: _Step) -> None:
    """The entry, then the record, then the note; where the record cannot be written the entry is withdrawn."""
    before, now = stored.text, datetime.now().astimezone()
    seen = list(_seen(journal, before, now))
    eintrag = Eintrag(
        nummer=len(journal.eintraege) + len(seen) + 1,
        zeit=now,
        kuerzel=step.kuerzel,
        art="schritt" if step.undoes is None else "zurueck",
        befehl=step.befehl,
        aufruf=step.aufruf,
        nimmt_zurueck=step.undoes,
        vorher=sha256(before.encode()),
        nachher=sha256(text.encode()),
        stellen=patch(before, text),
    )
    journal = append(journal, [*seen, eintrag])
    try:
        write_over(stored.path, text.encode(), stored.sha256)
    except ZvError:
        append(journal, [Vermerk(zu=eintrag.nummer, ergebnis="zurueckgezogen", zeit=now)])
        raise
    try:
        append(journal, [Vermerk(zu=eintrag.nummer, ergebnis="geschrieben", zeit=now)])
    except ZvError as error:
        error.message = "Der Datensatz ist geschrieben, im Journal fehlt noch der Vermerk darüber; der nächste Befehl holt ihn nach."
        raise


def _seen(journal: Journal, text: str, now: datetime) -> Iterator[Eintrag]:
    """What happened to the record since the last entry, or before the first: a step of no command."""
    last, known = journal.last, journal.text
    if known != text:
        yield Eintrag(
            nummer=len(journal.eintraege) + 1,
            zeit=now,
            art="von_hand" if last else "beginn",
            befehl="außerhalb der Befehle geändert" if last else "der Datensatz, wie er war",
            vorher=sha256(known.encode()),
            nachher=sha256(text.encode()),
            stellen=patch(known, text),
        )


# ---------------------------------------------------------------- what was interrupted


def _settled(folder: Path) -> Iterator[str]:
    for path in sorted((folder / FOLDER).glob("*.jsonl")):
        try:
            if read(path).pending:
                with alone_in(path.parent):
                    journal = read(path)
                    if journal.pending and (said := _settle(folder / f"{path.stem}.yaml", journal, journal.pending)):
                        yield said
        except ZvError as error:
            yield str(error)


def _settle(record: Path, journal: Journal, eintrag: Eintrag) -> str | None:
    """Notes what became of an entry; where its record is as it was before, the change is made now."""
    before, after = journal.before, journal.text
    data = record.read_bytes() if record.is_file() else b""
    now = datetime.now().astimezone()
    finished = sha256(data) == eintrag.vorher
    written = not finished and nearer(data.decode(errors="replace"), after, before)
    if finished:
        append(journal, [])  # a journal that cannot be added to is said before the record is touched
        write_over(record, after.encode(), eintrag.vorher)
    append(journal, [Vermerk(zu=eintrag.nummer, ergebnis="geschrieben" if written or finished else "zurueckgezogen", zeit=now)])
    if written:
        return None
    became = "zu Ende geführt" if finished else "zurückgezogen, weil der Datensatz inzwischen ein anderer ist"
    return f"{record}: Ein unterbrochener Schritt wurde {became}: {eintrag.befehl}"


# ---------------------------------------------------------------- undoing


def _to_undo(journal: Journal, nummer: int | None) -> Eintrag:
    """The entry to undo; UsageError where it cannot be."""
    if nummer is None:
        if found := last_step(journal):
            return found
        raise UsageError("Es gibt keinen Schritt, der sich zurücknehmen lässt.", datei=journal.path)
    found = next((each for each in journal.eintraege if each.nummer == nummer and each.art != "beginn"), None)
    if found is None or nummer in journal.withdrawn:
        raise UsageError(f"Einen Schritt {nummer} gibt es nicht.", datei=journal.path, abhilfe="Das Journal zeigt: zv zurueck --liste")
    if nummer in journal.undone:
        raise UsageError(f"Schritt {nummer} ist schon zurückgenommen.", datei=journal.path)
    return found


def _without(stored: Gespeichert[Any], eintrag: Eintrag, before: str, after: str) -> str:
    """The text of a record without one change; RecordError where what it concerns is another by now."""
    if stored.sha256 == eintrag.nachher:
        return before
    text = merged(after, stored.text, before)
    if text is None or _apart(stored.text, text) != _apart(after, before):
        raise RecordError(
            f"Schritt {eintrag.nummer} ({eintrag.befehl}) lässt sich nicht zurücknehmen: Die Stelle wurde seitdem geändert.",
            datei=stored.path,
            abhilfe="Die Angabe mit zv setze berichtigen.",
        )
    return text


def _apart(one: str, other: str) -> list[Any]:
    """What sets the data of two records apart: keys, and what stood and stands there; within lists wherever an item stands."""
    return sorted(_differences((), parse(one).data, parse(other).data), key=repr)


def _differences(keys: tuple[Any, ...], one: Any, other: Any) -> Iterator[tuple[Any, ...]]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in {**one, **other}:
            yield from _differences((*keys, key), one.get(key), other.get(key))
    elif isinstance(one, list) and isinstance(other, list):
        old, new = [repr(item) for item in one], [repr(item) for item in other]
        yield from ((*keys, "-", item) for item in old if item not in new)
        yield from ((*keys, "+", item) for item in new if item not in old)
    elif repr(one) != repr(other):
        yield (*keys, repr(one), repr(other))
