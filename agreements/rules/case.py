"""What a rule looks at: one record with all that belongs to it, its text in passages that know their place, and what a rule says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agreements.errors import ZvError
from agreements.files.yaml_text import YamlText
from agreements.library.library import Library
from agreements.library.open_points import still_open
from agreements.model.akte import OffenerPunkt
from agreements.model.document import Block, Document
from agreements.model.fields import angaben, kind_at, number_in, value_at
from agreements.model.record import Rahmen, Vereinbarung
from agreements.reading.findings import Schwere
from agreements.register.register import Traeger
from agreements.store.store import Gespeichert
from agreements.wording.own import own_wording, shown
from agreements.wording.slips import Mangel
from agreements.wording.units import Wording
from agreements.wording.yearly import Satz

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
    """Address in the wording."""
    datei: Path | None = None
    """Where it stands, at `zeile`, if not in the record, its wording or the year's rahmen.yaml by field or address."""


@dataclass(frozen=True, slots=True)
class Verstoss:
    """A hit with its rule and place, as it is told; `stillgelegt` is the reason for which the record silences it."""

    regel: str
    schwere: Schwere
    datei: Path
    zeile: int
    feld: str | None
    stelle: str
    worte: str
    grund: str
    abhilfe: str
    stillgelegt: str | None = None

    @property
    def key(self) -> str:
        """What silences just this under `akte.stillgelegt`."""
        place = self.stelle or self.feld  # the number of a departure shifts with those before it
        return f"{self.regel}@{place}" if place else self.regel


@dataclass(frozen=True)
class Case:
    """One record under examination; `record` is effective (`model.effective`), `others` are the records of other Träger of its year."""

    library: Library
    stored: Gespeichert[Vereinbarung]
    record: Vereinbarung
    others: tuple[Vereinbarung, ...] = ()

    @property
    def jahr(self) -> int:
        return self.record.jahr

    @cached_property
    def row(self) -> Traeger:
        """Its Träger."""
        return self.library.register.find(self.record.traeger, self.jahr)

    @property
    def land(self) -> str:
        """The folder of its Land's wordings."""
        return self.library.land_of(self.record.traeger, self.jahr)

    @property
    def own(self) -> Vereinbarung:
        """What its own document says: of an amendment that alone, not the agreement as it is with it."""
        return self.stored.record if self.stored.record.aenderung else self.record

    @cached_property
    def points(self) -> tuple[OffenerPunkt, ...]:
        """What a reading left to decide of its own document, and that nobody has decided."""
        return still_open(self.own, self.library.register)

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
    def document(self) -> Document | None:
        """Its document; None where it cannot be made (`fault`)."""
        try:
            return self.library.filled(self.record)
        except ZvError:
            return None  # said by `fault`

    @cached_property
    def fault(self) -> ZvError | None:
        """Why its document cannot be made, or not so that it reads back."""
        try:
            self.library.document(self.record)
            if self.stored.record.aenderung:
                self.library.document(self.library.effective(self.stored.record, self.stored.path))
        except ZvError as error:
            return error
        return None

    @cached_property
    def rahmen(self) -> Gespeichert[Rahmen] | None:
        """What its year has in common, with its file."""
        return self.library.store.stored_rahmen(self.jahr, self.stored.path, self.land)

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
    def slips(self) -> tuple[Mangel, ...]:
        """The slips of its wording that are known."""
        return self.library.slips(self.wording.schluessel) if self.wording else ()

    @cached_property
    def yearly(self) -> tuple[Satz, ...]:
        """The sentences of its wording that hang on the year and are listed beside it."""
        return self.library.yearly(self.wording.schluessel) if self.wording else ()

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All text of the agreement, first the record's, then what is fixed."""
        return (*self.free, *self.fixed)

    @cached_property
    def free(self) -> tuple[Passage, ...]:
        """The texts of the record: Angaben and departures, or, without a wording, its own text and the Angaben that are fields of it."""
        if self.record.text:
            return (*_kept(self.record), *(passage for passage in _own(self.record) if self._is_field(passage.feld or "")))
        return (*_own(self.record), *(passage for passage in self._printed if passage.feld))

    def _is_field(self, feld: str) -> bool:
        """Whether an Angabe, or the list that it is an entry of, stands as a field in the record's own text."""
        return any(path in self._fields for path in (feld, feld.rpartition(".")[0]))

    @cached_property
    def _fields(self) -> frozenset[str]:
        return own_wording(self.record).paths if self.document and self.record.text else frozenset()

    @cached_property
    def fixed(self) -> tuple[Passage, ...]:
        """The fixed text as it is printed, without what the record departs from; slips that are known of it are left out."""
        return tuple(passage for passage in self._printed if not passage.feld)

    @cached_property
    def _printed(self) -> tuple[Passage, ...]:
        """The blocks of the document without the record's values; one that departs from the wording is the departure's."""
        if self.document is None or self.wording is None:
            return ()
        lines = _Lines(self.wording)
        found = []
        for block in self.document.blocks:
            text, feld = _without_values(block), self._departure(block)
            for slip in self.slips:
                text = text.replace(slip.worte, GAP) if slip.stelle == block.stelle else text
            if text.strip(f"{GAP} ()"):
                found.append(Passage(text, feld, None if feld else lines.of(block.stelle), block.stelle, block.art))
        return tuple(found)

    def _departure(self, block: Block) -> str | None:
        """The departure that says something in a block."""
        return next(
            (
                f"abweichungen.{number}.neu"
                for number, each in enumerate(self.record.abweichungen)
                if each.stelle == block.stelle and each.art != "verschoben" and each.neu and each.neu in block.text
            ),
            None,
        )

    def untouched(self, path: str) -> tuple[str, ...]:
        """Of a text that was carried over, the paragraphs that say what they said; all of them where that cannot be known."""
        now = texts_at(self.record, path)
        if self.before is None or self.record.akte.uebernommen[path] != self.jahr - 1:
            return now
        old = texts_at(self.before, path)
        return tuple(text for text in now if text in old)

    def carried(self, passage: Passage) -> bool:
        """Whether a text was carried over from an earlier year and still says what it said."""
        return passage.feld is not None and any(
            f"{passage.feld}.".startswith(f"{path}.") and passage.text in self.untouched(path) for path in self.record.akte.uebernommen
        )

    def place(self, hit: Hit) -> tuple[Path, int]:
        """File and line of what was found: in the wording, or in the year's rahmen.yaml, where the record does not state it."""
        if hit.datei is not None:
            return hit.datei, hit.zeile or 1
        if hit.feld is None and hit.zeile is not None and self.wording is not None:
            return self.wording.datei, _line_of(hit.worte, self._source, hit.zeile, (unit.zeile for unit in self.wording.units))
        for path in upwards(hit.feld or ""):
            if self.stored.record.aenderung and (line := self.stored.lines.get(f"aenderung.neu.{path}")):
                return self.stored.path, line
            for datei, yaml in self._files:
                if path in yaml.lines:
                    return datei, _line_of(hit.worte, yaml.text, yaml.lines[path], yaml.lines.values())
        return self.stored.path, 1

    @cached_property
    def _files(self) -> tuple[tuple[Path, YamlText], ...]:
        own = (self.stored.path, self.stored.yaml)
        return (own, (self.rahmen.path, self.rahmen.yaml)) if self.rahmen else (own,)

    @cached_property
    def _source(self) -> str:
        return self.wording.datei.read_text(encoding="utf-8") if self.wording else ""


class _Lines:
    """The lines of a wording by the addresses of its units."""

    def __init__(self, wording: Wording) -> None:
        self.plain = {unit.stelle: unit.zeile for unit in wording.units}
        self.loops = [
            (re.compile(re.sub(r"\\\{\w+\\\}", r"\\d+", re.escape(unit.stelle))), unit.zeile)
            for unit in wording.units
            if "{" in unit.stelle
        ]

    def of(self, stelle: str) -> int:
        """The line of an address; 1 for what the wording does not have."""
        return self.plain.get(stelle) or next((line for pattern, line in self.loops if pattern.fullmatch(stelle)), 1)


def _own(record: Vereinbarung) -> Iterator[Passage]:
    for feld, value in angaben(record).items():
        if feld == "traeger" or feld.endswith(".zustand"):
            continue
        if isinstance(value, str):
            yield Passage(value, feld)
        elif isinstance(value, tuple):
            yield from (Passage(text, f"{feld}.{number}") for number, text in enumerate(value))


def _kept(record: Vereinbarung) -> Iterator[Passage]:
    for number, (block, text) in enumerate(zip(record.text, shown(record), strict=True)):
        if text.strip(f"{GAP} ()"):
            yield Passage(text, f"text.{number}.text", art=block.art)


def _without_values(block: Block) -> str:
    return "".join(GAP if span.feld else span.text for span in block.spans)


def texts_at(record: Vereinbarung, path: str) -> tuple[str, ...]:
    """The paragraphs under a name, which may be that of one entry of a list ("….schritte.2"); none where it is open or absent."""
    head, _, last = path.rpartition(".")
    if kind_at(head) is list and (number := number_in(last)) is not None:
        entries = value_at(record, head)
        return entries[number : number + 1] if isinstance(entries, tuple) else ()
    value = value_at(record, path) if kind_at(path) else None
    return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()


def _line_of(words: str, text: str, begins: int, others: Iterable[int]) -> int:
    """The line on which some words stand in what begins on a line; that line where they do not stand there as they are."""
    lines = text.splitlines(keepends=True)
    ends = min((line for line in others if line > begins), default=len(lines) + 1)
    part = "".join(lines[begins - 1 : ends - 1])
    found = re.search(r"\s+".join(map(re.escape, words.split())), part) if words else None
    return begins + part.count("\n", 0, found.start()) if found else begins


def upwards(feld: str) -> Iterator[str]:
    """A dotted name, and those above it."""
    while feld:
        yield feld
        feld = feld.rpartition(".")[0]
