"""Before a document is printed: the proof that it reads back as the record it was made from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from agreements.errors import WordingError
from agreements.language.tokens import shortened
from agreements.matching.record import match
from agreements.model.document import Block, Document
from agreements.model.fields import angaben, label
from agreements.model.record import Vereinbarung
from agreements.reading.reading import Kind, Paragraph, Word
from agreements.register.register import Register
from agreements.wording.units import Wording


def prove(wording: Wording, record: Vereinbarung, register: Register, document: Document) -> None:
    """WordingError, naming the field and the remedy, where a value of an effective record would read back otherwise.

    Of a record that carries its own text these are the values that stand there as fields.
    """
    read = match(wording, paragraphs_of(document), register)
    for path, said, found in differing_in(wording, record, read.record):
        raise WordingError(
            f"„{path}“ ({label(path)}) ließe sich aus dem Dokument nicht so zurücklesen, wie es im Datensatz steht: "
            f"{meant(said)} würde {meant(found)}.",
            abhilfe="Den Wert so fassen, dass er sich vom Wortlaut davor und dahinter unterscheidet.",
        )
    if unprinted := next((befund for befund in read.befunde if befund.schwere == "fehler"), None):
        raise WordingError(
            f"Das Dokument ließe sich nicht vollständig zurücklesen: {unprinted.text}", abhilfe="Die Abweichungen vom Wortlaut prüfen."
        )
    if read.record.abweichungen and not record.abweichungen:
        entry = read.record.abweichungen[0]
        raise WordingError(
            f"An „{entry.stelle}“ würde eine Abweichung vom Wortlaut gelesen, die der Datensatz nicht hat: „{entry.neu or entry.alt}“.",
            abhilfe="Die Angaben an dieser Stelle prüfen.",
        )


def differing(record: Vereinbarung, read: Vereinbarung) -> Iterator[tuple[str, Any, Any]]:
    """Every field, what the record says and what would be read; how a signature looks is not in its text."""
    said, found = angaben(record), angaben(read)
    for path in {**said, **found}:
        if not path.endswith(".zustand") and repr(said.get(path)) != repr(found.get(path)):  # repr: 14 and 14.0 differ
            yield path, said.get(path), found.get(path)


def differing_in(wording: Wording, record: Vereinbarung, read: Vereinbarung) -> Iterator[tuple[str, Any, Any]]:
    """The same of what was read with a wording; a record's own text need not say all that the record does."""
    several = differing(record, read)
    return several if wording.record is None else (each for each in several if each[0] in wording.paths)


def meant(value: Any) -> str:
    """A value, short enough for a message."""
    if value is None:
        return "nichts"
    return f"„{shortened(' / '.join(value) if isinstance(value, tuple) else str(value))}“"


_KINDS: dict[str, Kind] = {"ueberschrift": "ueberschrift", "punkt": "punkt"}


def paragraphs_of(document: Document) -> tuple[Paragraph, ...]:
    """The document as the reader of a Word file sees it: bounds and kinds of its paragraphs are sure."""
    return tuple(_paragraph(block) for block in document.blocks)


def _paragraph(block: Block) -> Paragraph:
    words = tuple(Word(word) for word in block.text.split())
    return Paragraph(words, kind=_KINDS.get(block.art, "text"), stated=True, column=block.column or None)
