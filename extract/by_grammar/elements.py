"""What a document without a known wording is parted into: pieces of its text, and sections of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from agreements.model.document import Art
from agreements.reading.reading import Word
from extract.by_grammar.topics import Thema


@dataclass(frozen=True, slots=True)
class Piece:
    """One block of the document: what the record keeps as its text, with the words it was read from."""

    art: Art
    words: tuple[Word, ...]
    level: int = 0
    """Level of a heading, 1 to 3; column of a signature line, from 1."""
    cells: tuple[int, ...] = ()
    """Of a row of a table: how many of its words stand in each of its cells."""

    @property
    def text(self) -> str:
        """The words with one blank between them, in letters that a record may hold."""
        return " ".join(word.text for word in self.words)

    @property
    def certain(self) -> bool:
        """Whether the letters of all its words are."""
        return all(word.certain for word in self.words)

    def between(self, start: int, end: int) -> tuple[Word, ...]:
        """The words that letters `start` to `end` of the text touch."""
        found, place = [], 0
        for word in self.words:
            if place < end and place + len(word.text) > start:
                found.append(word)
            place += len(word.text) + 1
        return tuple(found)


@dataclass(slots=True)
class Section:
    """A heading and what stands below it, up to the next one."""

    titel: Piece | None
    thema: Thema
    nummer: int | None = None
    """The number of a goal: "4. …"."""
    pieces: list[Piece] = field(default_factory=list)
    path: tuple[Thema, ...] = ()
    """What the headings above it are about, the outermost first."""

    @property
    def themen(self) -> tuple[Thema, ...]:
        """What it and the headings above it are about."""
        return (*self.path, self.thema)
