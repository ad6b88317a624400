"""What several tests do with a record: print its document, read it back, and compare what both say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from agreements.library.differences import differences
from agreements.library.library import Library, open_library
from agreements.model.document import Document
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Befund
from extract.extraction import Extraction, extract
from extract.files.sandbox import Job, run
from extract.results.transfer import Answer, read_answers
from render.pdf import render_pdf
from render.word import render_word
from zv.readings import WORDS

ROOT = Path(__file__).parents[2]
LIBRARY = open_library(ROOT)
RENDERERS = {"pdf": render_pdf, "docx": render_word}


def emsland(library: Library = LIBRARY) -> Vereinbarung:
    """The real agreement, effective."""
    return library.effective(library.store.load((2024, "lk-emsland")).record)


def printed(document: Document, form: str, folder: Path) -> Path:
    """The file that a format makes of a document."""
    path = folder / f"{document.traeger}.{form}"
    path.write_bytes(RENDERERS[form](document))
    return path


def read_back(document: Document, form: str, folder: Path, library: Library = LIBRARY) -> Extraction:
    """What is read from a document once it is printed."""
    return extract(printed(document, form, folder), library, own=True)


def read_apart(datei: Path, ordner: Path = ROOT) -> Extraction:
    """What a command reads of a file in this folder: in a process of its own, and what is seen in it is remembered (seen_before)."""
    (answer,) = read_answers(run(Job(datei, WORDS, (datei, ordner))), datei)
    assert isinstance(answer, Answer)
    return answer.extraction


def said(record: Vereinbarung) -> dict[str, str]:
    """Every Angabe of an effective record with its digits; how a signature looks is not in the text."""
    return {feld: repr(wert) for feld, wert in angaben(record).items() if not feld.endswith(".zustand")}


def letters(texts: Iterable[str]) -> str:
    """What some texts say one after the other, white space apart."""
    return "".join("".join(texts).split())


def text_of(document: Document) -> str:
    """What a document says, white space apart."""
    return letters(block.text for block in document.blocks)


def text_read(extraction: Extraction) -> str:
    """What was read, white space and lines for the pen apart."""
    return re.sub("_{5,}", "", letters(paragraph.text for paragraph in extraction.reading.paragraphs))


def departures(extraction: Extraction) -> list[Befund]:
    """The findings that say that the document departs from its wording, or is not wholly understood."""
    return [befund for befund in extraction.befunde if befund.art == "abweichung" or befund.schwere == "fehler"]


def unsure(extraction: Extraction) -> list[tuple[str, Any]]:
    """What a person is told to look at."""
    return [(found.feld, found.reason) for found in extraction.found if found.doubtful]


def said_otherwise(record: Vereinbarung, library: Library = LIBRARY) -> list[str]:
    """What an effective record says otherwise once it is printed as PDF and as Word and read again: by law 4 nothing.

    Its file and how signatures look are not compared.
    """
    document = library.document(record)
    with TemporaryDirectory() as folder:
        again = {form: read_back(document, form, Path(folder), library).record for form in RENDERERS}
    return [
        f"{form}: {each.name}: {' / '.join(each.alt)} -> {' / '.join(each.neu)}"
        for form, other in again.items()
        for each in differences(library.register, record, other)
        if not (each.feld or "").endswith(".zustand")
    ]
