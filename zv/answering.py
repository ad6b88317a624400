"""What goes back to a Landkreis: the record as it is now, tracked against the file that came, with its comments and the answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agreements.errors import UsageError
from agreements.files.disk import write_atomic
from agreements.library.differences import Difference, differences
from agreements.library.library import Library
from agreements.library.open_points import as_read
from agreements.model.record import Vereinbarung
from agreements.reading.extraction import Extraction
from agreements.reading.reading import Comment
from agreements.store.sent import sent_of
from agreements.store.store import Gespeichert
from render.notes import Note
from render.tracking import render_tracked
from zv.accepting import require_same, wording_sent
from zv.readings import Readings


@dataclass(frozen=True)
class Answering:
    """An answer to a file that came back; `answers` are texts by the number of the comment, from 1."""

    library: Library
    stored: Gespeichert[Vereinbarung]
    datei: Path
    answers: Mapping[int, str]

    def write(self, nach: Path | None = None) -> Path:
        """Where the Word file was written: every difference to what came is tracked, what both say stands plain.

        UsageError: the file is another agreement, or has no comment of that number. WordingError: one of both cannot be put together.
        Errors of reading as for `zv lies`. ZvError: the disk refuses.
        """
        if wrong := next((number for number in self.answers if not 1 <= number <= len(self._comments)), None):
            raise UsageError(f"Einen Kommentar {wrong} hat die Datei nicht; es sind {len(self._comments)}.", datei=self.datei,
                             abhilfe="Die Kommentare nennt der Befehl ohne --kommentar.")  # fmt: skip
        record = self._here
        made = render_tracked(self._library_sent.filled(self._came), self.library.filled(record), tuple(self._notes()))
        path = nach or self.library.store.ordner / f"out/{record.jahr}/{record.kennung}-antwort.docx"
        write_atomic(path, made)
        return path

    def told(self) -> Iterator[str]:
        """What is tracked in it, and which comments have no answer, for people."""
        yield (
            "Nachverfolgt, weil der Datensatz anders lautet als die Datei:" if self._back else "Beide sagen dasselbe; nichts ist markiert."
        )
        for each in self._back:
            yield f"  {each.name}: {' / '.join(each.alt)} → {' / '.join(each.neu)}"
        if self._wording:
            yield "Der Wortlaut wurde seit dem Versand geändert; auch das ist nachverfolgt."
        for number, comment in enumerate(self._comments, 1):
            yield f"Kommentar {number}{'' if number in self.answers else ' (ohne Antwort)'}: {comment.said}"

    @cached_property
    def _said(self) -> Extraction:
        said = Readings(self.library.store).words(self.datei, self.stored.record.wortlaut or "", self._wording)
        require_same(self.stored.record, said.record, self.datei)
        return said

    @cached_property
    def _wording(self) -> Path | None:
        record, store = self.stored.record, self.library.store
        return wording_sent(store, record, sent_of(store, record.jahr, record.kennung))

    @property
    def _library_sent(self) -> Library:
        """The library as the file that came was written with it."""
        return self.library.with_wording(self.stored.record.wortlaut or "", self._wording) if self._wording else self.library

    @property
    def _came(self) -> Vereinbarung:
        return as_read(self._said.record)

    @property
    def _here(self) -> Vereinbarung:
        return self.library.effective(self.stored.record, self.stored.path)

    @cached_property
    def _back(self) -> tuple[Difference, ...]:
        return differences(self.library.register, self._came, self._here)

    @property
    def _comments(self) -> tuple[Comment, ...]:
        return self._said.reading.comments

    def _notes(self) -> Iterator[Note]:
        """Each comment where it stood, behind it the answer."""
        us = next((each.kurz or each.name for each in self._here.ministerien.values()), "Land")
        for number, comment in enumerate(self._comments, 1):
            yield Note(comment.wer, comment.text, comment.absatz)
            if number in self.answers:
                yield Note(str(us), self.answers[number], comment.absatz)
