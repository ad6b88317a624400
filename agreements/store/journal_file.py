"""The file of a journal, `agreements/<jahr>/journal/<kennung>.jsonl`: one line an entry or a note on it, only ever added to.

So what was read of it once holds as long as the file begins with the same bytes: a process reads only what was added since. Without that
each of a thousand decisions on one record would read and replay all before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from agreements.errors import RecordError, ZvError
from agreements.files.disk import add_to, sha256
from agreements.store.patch import Stelle, patched, reversed_

FOLDER = "journal"


class Eintrag(BaseModel):
    """A change of the record: what was done, and what it made of the file.

    `beginn` is the record as the journal found it, `von_hand` a change that no command made; both are noted when they are seen.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    nummer: int
    zeit: datetime
    kuerzel: str | None = None
    art: Literal["beginn", "schritt", "zurueck", "von_hand"]
    befehl: str
    aufruf: str | None = None
    """What the steps have in common that one call made in several records."""
    nimmt_zurueck: int | None = None
    vorher: str
    nachher: str
    stellen: tuple[Stelle, ...]

    @property
    def by_command(self) -> bool:
        """Whether it was written before the record, so that a note must say what became of it."""
        return self.art in ("schritt", "zurueck")


class Vermerk(BaseModel):
    """What became of an entry: it stands in the record, or it never did."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zu: int
    ergebnis: Literal["geschrieben", "zurueckgezogen"]
    zeit: datetime


_LINE: TypeAdapter[Eintrag | Vermerk] = TypeAdapter(Eintrag | Vermerk)


@dataclass(frozen=True)
class Journal:
    """A journal as it was read; `whole` is how many bytes of the file are whole lines, behind them lies one that was torn."""

    path: Path
    eintraege: tuple[Eintrag, ...] = ()
    vermerke: tuple[Vermerk, ...] = ()
    whole: int = 0
    before: str = ""
    """The record as it was before the last entry."""
    text: str = ""
    """The record as all entries left it that are not withdrawn; empty where there is none."""

    @property
    def last(self) -> Eintrag | None:
        """The last entry that is not withdrawn."""
        return next((each for each in reversed(self.eintraege) if each.nummer not in self.withdrawn), None)

    @cached_property
    def withdrawn(self) -> frozenset[int]:
        """The numbers of the entries that never reached the record."""
        return frozenset(each.zu for each in self.vermerke if each.ergebnis == "zurueckgezogen")

    @property
    def pending(self) -> Eintrag | None:
        """The entry of which nobody has noted what became of it."""
        last = self.eintraege[-1] if self.eintraege else None
        return last if last and last.by_command and last.nummer not in {each.zu for each in self.vermerke} else None

    @cached_property
    def undone(self) -> frozenset[int]:
        """The numbers of the entries that another one undoes which is not undone itself."""
        found: set[int] = set()
        for each in reversed(self.eintraege):  # who undoes stands behind what is undone
            if each.nimmt_zurueck is not None and each.nummer not in found | self.withdrawn:
                found.add(each.nimmt_zurueck)
        return frozenset(found)

    def texts(self, nummer: int) -> tuple[str, str]:
        """The whole record before and after an entry; RecordError where the journal does not give what it says."""
        text = self.text
        for each in reversed(self.eintraege[nummer:]):
            if each.nummer not in self.withdrawn:
                text = self._made(text, reversed_(each.stellen), each)
        each = self.eintraege[nummer - 1]
        if nummer in self.withdrawn:
            return text, self._made(text, each.stellen, each)
        return self._made(text, reversed_(each.stellen), each), text

    def _made(self, text: str, stellen: Sequence[Stelle], eintrag: Eintrag) -> str:
        made = patched(text, stellen)
        if made is None:
            raise _does_not_follow(self.path, eintrag)
        return made


def damaged(path: Path, why: str, zeile: int | None = None) -> RecordError:
    """The error for a journal that does not hold together."""
    return RecordError(
        f"Das Journal ist beschädigt, deshalb wurde nichts geschrieben: {why}",
        datei=path,
        zeile=zeile,
        abhilfe="Die Datei aus der letzten Sicherung zurückholen; oder sie umbenennen, dann beginnt ein neues Journal.",
    )


def _does_not_follow(path: Path, eintrag: Eintrag) -> RecordError:
    return damaged(path, f"Eintrag {eintrag.nummer} passt nicht zu dem davor.")


def journal_path(record: Path) -> Path:
    """Where the journal of a record's file lies."""
    return record.parent / FOLDER / f"{record.stem}.jsonl"


def read(path: Path) -> Journal:
    """A journal; one without entries where there is no file. A torn last line is passed by; RecordError where it is damaged before."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Journal(path)
    except OSError as error:
        raise ZvError("Das Journal lässt sich nicht lesen; nichts wurde geschrieben.", datei=path, abhilfe="Die Rechte prüfen.") from error
    journal, begins = _kept.pop(path, (Journal(path), sha256(b"")))
    if sha256(data[: journal.whole]) != begins:
        journal = Journal(path)
    journal = _continued(journal, data)
    if data[: journal.whole].endswith(b"\n"):  # behind a line that lost its end, a blank one would be read
        _kept[path] = journal, sha256(data[: journal.whole])
    for oldest in list(_kept)[:-_MOST_KEPT]:
        _kept.pop(oldest, None)
    return journal


_MOST_KEPT = 32
"""Journals that a process keeps: the workbench asks for those of a year, 16 and the one of the rahmen."""

_kept: dict[Path, tuple[Journal, str]] = {}
"""The journals read last, each with the SHA-256 of the lines it was read of."""


def _continued(known: Journal, data: bytes) -> Journal:
    """A journal with what stands in its file behind the lines that are known."""
    eintraege, vermerke = list(known.eintraege), list(known.vermerke)
    before, text, whole = known.before, known.text, known.whole
    for number, (line, end) in enumerate(_lines(data, whole), data.count(b"\n", 0, whole) + 1):
        try:
            each = _LINE.validate_json(line)
        except ValidationError as error:
            if end == len(data):
                break
            raise damaged(known.path, "Diese Zeile ist nicht zu lesen.", number) from error
        if isinstance(each, Eintrag):
            if each.nummer != len(eintraege) + 1:
                raise damaged(known.path, f"Hier müsste Eintrag {len(eintraege) + 1} stehen.", number)
            eintraege.append(each)
            before, text = text, _replayed(known.path, text, each)
        elif not eintraege or each.zu != eintraege[-1].nummer:
            raise damaged(known.path, "Dieser Vermerk gehört nicht zum Eintrag davor.", number)
        else:
            vermerke.append(each)
            text = before if each.ergebnis == "zurueckgezogen" else text
        whole = end
    return Journal(known.path, tuple(eintraege), tuple(vermerke), whole, before, text)


def _replayed(path: Path, text: str, eintrag: Eintrag) -> str:
    """The record after an entry; RecordError where it is not the one that the entry says."""
    after = patched(text, eintrag.stellen)
    if sha256(text.encode()) != eintrag.vorher or after is None or sha256(after.encode()) != eintrag.nachher:
        raise _does_not_follow(path, eintrag)
    return after


def _lines(data: bytes, start: int) -> Iterator[tuple[bytes, int]]:
    """Each line from a byte on, and where it ends, its line feed with it."""
    while start < len(data):
        end = data.find(b"\n", start) + 1 or len(data)
        yield data[start:end], end
        start = end


def append(journal: Journal, lines: Sequence[Eintrag | Vermerk]) -> Journal:
    """The journal with some lines more, safely on the disk, in place of a torn one; ZvError where the disk refuses."""
    text = "".join(each.model_dump_json(exclude_defaults=True) + "\n" for each in lines)
    try:
        add_to(journal.path, text.encode(), journal.whole)
    except ZvError as error:
        message = "Das Journal lässt sich nicht schreiben, deshalb wurde am Datensatz nichts geändert."
        reason = error.message.removeprefix("Die Datei konnte nicht geschrieben werden. ")
        raise ZvError(message, datei=journal.path, abhilfe=f"{reason} Die Rechte und den Platz des Ordners prüfen.") from error
    return read(journal.path)
