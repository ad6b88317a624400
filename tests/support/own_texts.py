"""Records that carry their own text, as several tests need them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from older_documents import Older
from round_trip import LIBRARY

from agreements.library.library import Library
from agreements.library.proof import paragraphs_of
from agreements.model.document import Document
from agreements.model.fields import angaben
from agreements.model.record import Textblock, Vereinbarung
from agreements.model.values import OFFEN
from agreements.reading.reading import Reading
from extract.by_grammar.record import read_structure
from extract.extraction import Extraction, extract


def without_fields(library: Library, record: Vereinbarung) -> Vereinbarung:
    """The record with its text as it is printed, as records had it before there were fields."""
    blocks = library.filled(record).blocks
    text = (Textblock(art=block.art, ebene=block.column or block.level, text=" ".join(block.text.split())) for block in blocks)
    return record.model_copy(update={"text": tuple(text)})


def older(library: Library, seed: int, folder: Path) -> Vereinbarung:
    """The record of a drawn older document, effective."""
    path = folder / f"{seed}.docx"
    path.write_bytes(Older(seed).word())
    return extract(path, library, own=True).record


def read_of(library: Library, document: Document) -> Extraction:
    """What is read of a document as a Word file has it, without making the file."""
    reading = Reading("word", None, paragraphs_of(document))
    record, found, befunde = read_structure(Path("gedruckt.docx"), reading, library)
    return Extraction(Path("gedruckt.docx"), "0" * 64, reading, record, found, befunde)


def read_values(record: Vereinbarung) -> dict[str, Any]:
    """What a record says, apart from what it is called by and from what waits for somebody."""
    said = angaben(record).items()
    return {feld: wert for feld, wert in said if wert is not OFFEN and feld not in ("jahr", "traeger") and not feld.endswith(".zustand")}


def replaced(record: Vereinbarung, old: str, new: str) -> Vereinbarung:
    """The record with other words in its text, which must be there."""
    assert any(old in block.text for block in record.text)
    return record.model_copy(
        update={"text": tuple(block.model_copy(update={"text": block.text.replace(old, new)}) for block in record.text)}
    )


def text_of(record: Vereinbarung) -> tuple[Textblock, ...]:
    """The blocks of a record's own text as they are printed."""
    return without_fields(LIBRARY, record).text
