"""The last proof before a file is let out: what stands visibly in it is what its record says, word for word."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate, takewhile
from pathlib import Path
from tempfile import TemporaryDirectory

from agreements.agreement import Library
from agreements.document import Document
from agreements.errors import CheckError, ZvError
from agreements.files import in_german
from agreements.model import Vereinbarung, label
from agreements.proof import differing, meant
from agreements.reading import Paragraph
from extract.extraction import Extraction, extract

FORMS = {"pdf": "Das PDF", "docx": "Die Word-Datei"}
"""The forms that are read back, and how a sentence begins that speaks of them."""

_REMEDY = "Die Datei wurde nicht ausgegeben. Den Text an dieser Stelle anders fassen; bleibt es dabei, bitte melden."
_AROUND = 20
"""Letters that are shown before and behind the first one that differs."""


def prove_file(data: bytes, form: str, record: Vereinbarung, document: Document, library: Library) -> None:
    """CheckError, naming the place, where a file of one of the FORMS is not read as the effective record and document it is of."""
    with TemporaryDirectory(prefix="zv-") as folder:
        path = Path(folder) / f"{document.kennung}.{form}"
        with in_german(path):
            path.write_bytes(data)
        try:
            read = extract(path, library)
        except ZvError as error:
            raise CheckError(f"{FORMS[form]} lässt sich nicht zurücklesen: {error.message}", abhilfe=_REMEDY) from error
    if fault := next(_faults(read, record, document), None):
        raise CheckError(f"{FORMS[form]} sagt nicht dasselbe wie der Datensatz: {fault}", abhilfe=_REMEDY)


def _faults(read: Extraction, record: Vereinbarung, document: Document) -> Iterator[str]:
    """What is read otherwise; of a kept text, whose Angaben are but its index, the text alone."""
    if record.wortlaut is not None:
        yield from _values(read, record)
        if read.record.wortlaut != record.wortlaut:
            yield f"Gelesen wird der Wortlaut {read.record.wortlaut or 'keines Jahres'} statt {record.wortlaut}."
        yield from (befund.sentence() for befund in read.befunde if befund.schwere == "fehler")
        if read.record.abweichungen and not record.abweichungen:
            entry = read.record.abweichungen[0]
            yield f"An „{entry.stelle}“ wird eine Abweichung vom Wortlaut gelesen: „{entry.neu or entry.alt}“."
    yield from _text(read.reading.paragraphs, document)


def _values(read: Extraction, record: Vereinbarung) -> Iterator[str]:
    pages = {found.feld: found.orte[0].seite for found in read.found if found.orte}
    for path, said, found in differing(record, read.record):
        place = f"Seite {pages[path]}: " if pages.get(path) else ""
        yield f"{place}„{path}“ ({label(path)}): im Datensatz {meant(said)}, gelesen {meant(found)}."


def _text(paragraphs: tuple[Paragraph, ...], document: Document) -> Iterator[str]:
    """Where the letters read are not those of the document, blanks and lines for the pen apart."""
    texts = [_letters(paragraph.text) for paragraph in paragraphs]
    wanted, found = _letters("".join(block.text for block in document.blocks)), "".join(texts)
    if wanted == found:
        return
    at = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(wanted, found, strict=False)))
    ends = list(accumulate(map(len, texts)))
    number = next((number for number, end in enumerate(ends) if end > at), len(paragraphs) - 1)
    places = [place for word in paragraphs[number].words for place in word.places]
    before = f"Seite {places[0].seite}: " if places else ""
    yield f"{before}Dort steht „{_around(found, at)}“ statt „{_around(wanted, at)}“."


def _letters(text: str) -> str:
    return "".join(text.replace("_", "").split())


def _around(text: str, at: int) -> str:
    return text[max(0, at - _AROUND): at + _AROUND]
