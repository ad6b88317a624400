"""What a rule looks at: one record with all that belongs to it, its text in passages that know their place, and what a rule says."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from agreements.agreement import Library
from agreements.document import Block, Document
from agreements.errors import ZvError
from agreements.findings import Schwere
from agreements.model import Rahmen, Vereinbarung, angaben, value_at
from agreements.register import Traeger
from agreements.store import Gespeichert
from agreements.wording import Wording

GAP = "…"
"""Stands in a passage of the wording for a value of the record."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of text that a rule reads: a text of the record (`feld`), or fixed text of the wording (`zeile` in its file)."""

    text: str
    feld: str | None = None
    zeile: int | None = None
    stelle: str = ""
    art: str = "text"
    """Kind of block, for fixed and kept text."""

    @property
    def fixed(self) -> bool:
        """Whether it is text of the wording."""
        return self.feld is None


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found: the words and why they are wrong; the rule's own severity and remedy where it says none."""

    worte: str
    grund: str
    feld: str | None = None
    zeile: int | None = None
    """Line in the wording's file, for fixed text."""
    schwere: Schwere | None = None
    abhilfe: str | None = None
    stelle: str = ""


@dataclass(frozen=True, slots=True)
class Verstoss:
    """A hit with its rule and place, as it is told; `stillgelegt` is the reason for which the record silences it."""

    regel: str
    schwere: Schwere
    datei: Path
    zeile: int
    feld: str | None
    worte: str
    grund: str
    abhilfe: str
    stillgelegt: str | None = None

    def sentence(self) -> str:
        """What is wrong and what to do, for people."""
        words = f"„{self.worte}“: " if self.worte else ""
        return f"{words}{self.grund} {self.abhilfe}"


@dataclass(frozen=True)
class Case:
    """One record under examination; `record` is effective (`model.effective`)."""

    library: Library
    stored: Gespeichert[Vereinbarung]
    record: Vereinbarung

    @property
    def jahr(self) -> int:
        return self.record.jahr

    @cached_property
    def row(self) -> Traeger:
        """Its Träger."""
        return self.library.register.find(self.record.traeger, self.jahr)

    @property
    def finished(self) -> bool:
        """Whether the agreement has left the house: what is still missing then is more than a hint."""
        return self.record.akte.stand in ("versandt", "unterzeichnet")

    @cached_property
    def wording(self) -> Wording | None:
        """Its wording; None where there is none, or none that can be loaded (`fault`)."""
        try:
            return self.library.wording(self.record.wortlaut) if self.record.wortlaut else None
        except ZvError:
            return None  # said by `fault`

    @cached_property
    def _filled(self) -> Document | ZvError:
        try:
            return self.library.document(self.record)
        except ZvError as error:
            return error

    @property
    def document(self) -> Document | None:
        """Its document; None where it cannot be made (`fault`)."""
        return self._filled if isinstance(self._filled, Document) else None

    @property
    def fault(self) -> ZvError | None:
        """Why its document cannot be made."""
        return None if isinstance(self._filled, Document) else self._filled

    @cached_property
    def rahmen(self) -> Gespeichert[Rahmen] | None:
        """What its year has in common, with its file."""
        return self.library.store.stored_rahmen(self.jahr, self.stored.path)

    @cached_property
    def _last(self) -> Vereinbarung | ZvError | None:
        if not self.library.store.path(self.jahr - 1, self.record.traeger).is_file():
            return None
        try:
            return self.library.state(self.jahr - 1, self.record.traeger)
        except ZvError as error:
            return error

    @property
    def before(self) -> Vereinbarung | None:
        """The same Träger's record of the year before; None where there is none that can be loaded (`before_fault`)."""
        return self._last if isinstance(self._last, Vereinbarung) else None

    @property
    def before_fault(self) -> ZvError | None:
        """Why last year's record cannot be loaded."""
        return self._last if isinstance(self._last, ZvError) else None

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All text of the agreement, first the record's, then what is fixed."""
        return (*self.free, *self.fixed)

    @cached_property
    def free(self) -> tuple[Passage, ...]:
        """The texts of the record: Angaben and departures, or, without a wording, the text it keeps."""
        return tuple(_kept(self.record) if self.record.text else _own(self.record))

    @cached_property
    def fixed(self) -> tuple[Passage, ...]:
        """The fixed text as it is printed, without what the record departs from."""
        if self.document is None or self.wording is None:
            return ()
        lines = _Lines(self.wording)
        departed = {departure.neu for departure in self.record.abweichungen}
        found = ((block, _without_values(block)) for block in self.document.blocks)
        return tuple(
            Passage(text, None, lines.of(block.stelle), block.stelle, block.art)
            for block, text in found if text.strip(f"{GAP} ()") and block.text not in departed
        )

    def carried(self, feld: str | None) -> bool:
        """Whether a text was carried over from an earlier year and is the same as there, as far as one can know."""
        return feld is not None and any(
            (feld == path or feld.startswith(f"{path}.")) and not self.touched(path) for path in self.record.akte.uebernommen
        )

    def touched(self, path: str) -> bool:
        """Whether what was carried over differs by now from what it was."""
        old = self.before if self.record.akte.uebernommen[path] == self.jahr - 1 else None
        return old is not None and _at(old, path) != _at(self.record, path)

    def place(self, feld: str | None, zeile: int | None) -> tuple[Path, int]:
        """File and line of a field, or of a line of the wording: in the year's rahmen where the record does not state it."""
        if feld is None and zeile is not None and self.wording is not None:
            return self.wording.datei, zeile
        for path in _upwards(feld or ""):
            if self.stored.record.aenderung and (line := self.stored.lines.get(f"aenderung.neu.{path}")):
                return self.stored.path, line
            if path in self.stored.lines:
                return self.stored.path, self.stored.lines[path]
            if self.rahmen and path in self.rahmen.lines:
                return self.rahmen.path, self.rahmen.lines[path]
        return self.stored.path, 1


@dataclass(frozen=True, slots=True)
class Regel:
    """A rule: its name, what it looks for, why, and what to do."""

    name: str
    schwere: Schwere
    sucht: str
    warum: str
    abhilfe: str
    find: Callable[[Case], Iterator[Hit]]
    gruppe: Literal["zahlen", "jahre", "übernommenes", "namen", "verweise", "recht", "form", "rechtschreibung", "datensatz"]


class _Lines:
    """The lines of a wording by the addresses of its units."""

    def __init__(self, wording: Wording) -> None:
        self.plain = {unit.stelle: unit.zeile for unit in wording.units}
        self.loops = [(re.compile(re.sub(r"\\\{\w+\\\}", r"\\d+", re.escape(unit.stelle))), unit.zeile)
                      for unit in wording.units if "{" in unit.stelle]

    def of(self, stelle: str) -> int:
        """The line of an address; 1 for what the wording does not have."""
        return self.plain.get(stelle) or next((line for pattern, line in self.loops if pattern.fullmatch(stelle)), 1)


def _own(record: Vereinbarung) -> Iterator[Passage]:
    for feld, value in angaben(record).items():
        if feld in ("jahr", "traeger") or feld.endswith(".zustand"):
            continue
        if isinstance(value, str):
            yield Passage(value, feld)
        elif isinstance(value, tuple):
            yield from (Passage(text, f"{feld}.{number}") for number, text in enumerate(value))
    for number, departure in enumerate(record.abweichungen):
        if departure.neu and departure.art != "verschoben":
            yield Passage(departure.neu, f"abweichungen.{number}.neu", stelle=departure.stelle)


def _kept(record: Vereinbarung) -> Iterator[Passage]:
    for number, block in enumerate(record.text):
        yield Passage(block.text, f"text.{number}.text", art=block.art)


def _without_values(block: Block) -> str:
    return "".join(GAP if span.feld else span.text for span in block.spans)


def _at(record: Vereinbarung, path: str) -> object:
    """The value under a name that may go into a list ("….schritte.2")."""
    head, _, last = path.rpartition(".")
    entries = value_at(record, head) if head and last.isdigit() else None
    if isinstance(entries, tuple):
        return entries[int(last)] if int(last) < len(entries) else None
    return value_at(record, path)


def _upwards(feld: str) -> Iterator[str]:
    """A dotted name, and those above it."""
    while feld:
        yield feld
        feld = feld.rpartition(".")[0]
