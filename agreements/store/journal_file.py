"""The file of a journal, `agreements/<jahr>/journal/<kennung>.jsonl`: one line an entry or a note on it, only ever added to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from agreements.errors import RecordError, ZvError
from agreements.files.disk import add_to, sha256
from agreements.store.patch import Stelle, patched

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

    def texts(self) -> Mapping[int, tuple[str, str]]:
        """Of every entry the whole record before and after it; RecordError where the journal does not give what it says."""
        found: dict[int, tuple[str, str]] = {}
        text = ""
        for each in self.eintraege:
            after = patched(text, each.stellen)
            if sha256(text.encode()) != each.vorher or after is None or sha256(after.encode()) != each.nachher:
                raise damaged(self.path, f"Eintrag {each.nummer} passt nicht zu dem davor.")
            found[each.nummer] = (text, after)
            text = text if each.nummer in self.withdrawn else after
        return found


def damaged(path: Path, why: str, zeile: int | None = None) -> RecordError:
    """The error for a journal that does not hold together."""
    return RecordError(
        f"Das Journal ist beschädigt, deshalb wurde nichts geschrieben: {why}",
        datei=path,
        zeile=zeile,
        abhilfe="Die Datei aus der letzten Sicherung zurückholen; oder sie umbenennen, dann beginnt ein neues Journal.",
    )


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
    eintraege: list[Eintrag] = []
    vermerke: list[Vermerk] = []
    whole = 0
    for number, (line, end) in enumerate(_lines(data), 1):
        try:
            each = _LINE.validate_json(line)
        except ValidationError as error:
            if end == len(data):
                break
            raise damaged(path, "Diese Zeile ist nicht zu lesen.", number) from error
        if isinstance(each, Eintrag):
            if each.nummer != len(eintraege) + 1:
                raise damaged(path, f"Hier müsste Eintrag {len(eintraege) + 1} stehen.", number)
            eintraege.append(each)
        elif not eintraege or each.zu != eintraege[-1].nummer:
            raise damaged(path, "Dieser Vermerk gehört nicht zum Eintrag davor.", number)
        else:
            vermerke.append(each)
        whole = end
    return Journal(path, tuple(eintraege), tuple(vermerke), whole)


def _lines(data: bytes) -> Iterator[tuple[bytes, int]]:
    """Each line that is not blank, and where it ends, its line feed with it."""
    start = 0
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
