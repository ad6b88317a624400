"""What is done with a file from outside within its own process: read it, cut its pictures; see `extract.files.sandbox`."""

from __future__ import annotations

from pathlib import Path

from agreements.errors import ZvError
from agreements.library.library import open_library
from agreements.store.outputs import is_output
from extract.extraction import Document, extract
from extract.ocr.picture_pages import WORKERS
from extract.pages.split import Part
from extract.results.cuttings import Choice, cut
from extract.results.transfer import Answer, write_answers

HELPERS = (WORKERS, "extract.ocr.picture_pages:load")
"""Who reads scanned pages stands by."""


def words(datei: Path, ordner: Path, schluessel: str = "", wortlaut: Path | None = None) -> str:
    """What a file says, of several agreements the first, without pictures, for `read_answers`.

    `wortlaut` is the file in which the wording called `schluessel` stands as it was when the document was made; None: as it is.
    """
    library = open_library(ordner)
    if wortlaut:
        library = library.with_wording(schluessel, wortlaut)
    return write_answers([Answer(extract(datei, library, is_output(ordner, datei)), {})])


def everything(datei: Path, ordner: Path, choice: Choice | None) -> str:
    """What each agreement of a file says, with the chosen pictures (None: without any), for `read_answers`."""
    document = Document(datei, open_library(ordner), is_output(ordner, datei))
    return write_answers([_answer(document, part, choice) for part in document.parts])


def _answer(document: Document, part: Part, choice: Choice | None) -> Answer | ZvError:
    """What one agreement says; where it cannot be read, the others of the file still can."""
    try:
        extraction = document.extraction(part)
    except ZvError as error:
        if part.of == 1:
            raise
        error.message = f"{part.pages}: {error.message}"
        return error
    return Answer(extraction, cut(extraction, choice) if choice else {})
