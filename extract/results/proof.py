"""The last proof before a file is let out: what stands visibly in it is what its record says, word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import accumulate, takewhile
from typing import Any

from agreements.errors import CheckError, ZvError
from agreements.files.disk import in_german
from agreements.files.temporary import temporary_folder
from agreements.language.numbers import write_number
from agreements.language.said import say
from agreements.language.signatures import is_taken_for
from agreements.library.library import Library
from agreements.library.proof import differing, differing_in, meant
from agreements.library.provenance import SURE
from agreements.model.document import Document
from agreements.model.fields import angaben, label, value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.reading.extraction import Extraction
from agreements.reading.reading import Paragraph
from agreements.wording.own import has_fields, own_wording
from extract.by_wording.choice import follow
from extract.extraction import extract
from extract.pages.order import Sheets

FORMS = {"pdf": "Das PDF", "docx": "Die Word-Datei"}
"""The forms that are read back, and how a sentence begins that speaks of them."""

_REMEDY = "Die Datei wurde nicht ausgegeben. Den Text an dieser Stelle anders fassen; bleibt es dabei, bitte melden."
_REMEDY_KEPT = (
    "Die Datei wurde nicht ausgegeben. Gedruckt wird, was unter „text“ steht: den Satz dort ebenso ändern, oder die Angabe berichtigen. "
    "Was im Text nicht sicher zu erkennen ist, mit zv bestaetige bestätigen."
)
_AROUND = 20
"""Letters that are shown before and behind the first one that differs."""


def prove_file(data: bytes, form: str, record: Vereinbarung, document: Document, library: Library) -> None:
    """CheckError, naming the place, where a file of one of the FORMS is not read as the effective record and document it is of."""
    with temporary_folder() as folder:
        path = folder / f"{document.kennung}.{form}"
        with in_german(path):
            path.write_bytes(data)
        try:
            read = extract(path, library, own=True)
        except ZvError as error:
            raise CheckError(f"{FORMS[form]} lässt sich nicht zurücklesen: {error.message}", abhilfe=_REMEDY) from error
    prove_reading(read, FORMS[form], record, document, library)


def prove_reading(read: Extraction, called: str, record: Vereinbarung, document: Document, library: Library) -> None:
    """CheckError, naming the place, where what was read of a file is not the effective record and document it is of."""
    if fault := next(_faults(read, record, document, library), None):
        remedy = _REMEDY if record.wortlaut else _REMEDY_KEPT
        raise CheckError(f"{called} sagt nicht dasselbe wie der Datensatz: {fault}", abhilfe=remedy)


def _faults(read: Extraction, record: Vereinbarung, document: Document, library: Library) -> Iterator[str]:
    """What is read otherwise."""
    if record.wortlaut is None:
        yield from _own_text(read, record, document, library)
    else:
        yield from _values(read, record, library)
        if read.record.wortlaut != record.wortlaut:
            yield f"Gelesen wird der Wortlaut {read.record.wortlaut or 'keines Jahres'} statt {record.wortlaut}."
        yield from (befund.sentence() for befund in read.befunde if befund.schwere == "fehler")
        if read.record.abweichungen and not record.abweichungen:
            entry = read.record.abweichungen[0]
            yield f"An „{entry.stelle}“ wird eine Abweichung vom Wortlaut gelesen: „{entry.neu or entry.alt}“."
    yield from _text(read.reading.paragraphs, document)


def _values(read: Extraction, record: Vereinbarung, library: Library) -> Iterator[str]:
    pages = {found.feld: found.locations[0].page for found in read.found if found.locations}
    for path, said, found in differing(record, read.record):
        place = f"Seite {pages[path]}: " if pages.get(path) else ""
        yield f"{place}{_otherwise(path, said, found, record, library)}"


def _own_text(read: Extraction, record: Vereinbarung, document: Document, library: Library) -> Iterator[str]:
    """Where a record that carries its own text is not what the file says: aligned with that text, and read afresh without it."""
    wording = own_wording(record)
    tied = wording.paths if has_fields(record) else frozenset[str]()
    if tied:
        aligned = follow(wording, Sheets(read.reading), library.register).record
        for path, said, found in differing_in(wording, record, aligned):
            yield _otherwise(path, said, found, record, library)
    yield from _afresh(read, record, document, library, tied)


def _afresh(read: Extraction, record: Vereinbarung, document: Document, library: Library, tied: frozenset[str]) -> Iterator[str]:
    """Where a reading that does not know the record's text says otherwise.

    A reading that finds nothing, or is not sure, proves no person wrong: of what stands in the text as a field its place is proven
    otherwise, and what somebody has confirmed stands there at least. A field that nobody doubted when it was read is not doubted now,
    and one of a signature that tells itself is found: only elsewhere, such as an office where a name belongs, it is not.
    """
    text = " ".join(block.text for block in document.blocks)
    unsure = {found.feld for found in read.found if found.doubtful}
    own = angaben(library.own(record))  # rahmen.yaml may state for all of the year what an older text does not say
    fields = has_fields(record)  # an Angabe without one is told by `Library.without_place`, and never printed as final
    for path, said, found in differing(record, read.record):
        nothing = found is None or found is OFFEN
        lost = nothing and path in tied and _tells_itself(path, record)
        if nothing and not lost and (fields or path not in own or (isinstance(said, tuple) and _stands_in(text, said))):
            continue
        doubted = nothing or path in unsure
        if doubted and path in tied and _was_unsure(path, record):
            continue
        if doubted and record.akte.looked_at(path) and _stands_in(text, said):
            continue
        yield _otherwise(path, said, found, record, library)


def _tells_itself(path: str, record: Vereinbarung) -> bool:
    """Whether a value is one of a signature's that is known by its looks, a day by the place before it: where it stands, it is found."""
    signature, _, key = path.rpartition(".")
    looks = "ort" if key == "datum" else key
    text = value_at(record, f"{signature}.{looks}") if path.startswith("unterschriften.") else None
    return isinstance(text, str) and is_taken_for(looks, text)


def _was_unsure(path: str, record: Vereinbarung) -> bool:
    """Whether a value was doubted when it was read, or a person has decided it."""
    kept = record.akte.fundstellen.get(path)
    told = path in record.akte.geprueft or any(each.art == "unsicher" and each.feld == path for each in record.akte.offen)
    return told or (kept is not None and kept.sicherheit is not None and kept.sicherheit < SURE)


def _stands_in(text: str, value: Any) -> bool:
    """Whether a text holds the words of a value, or the digits of a number."""
    match value:
        case Zielwert():
            return value.wert is None or _stands_in(text, value.wert)
        case int() | Decimal():
            return re.search(rf"(?<![\d.,]){re.escape(write_number(value))}(?!\d)", text) is not None
        case tuple():
            return all(_stands_in(text, entry) for entry in value)
        case str():
            return _letters(value) in _letters(text)
    return True


def _otherwise(path: str, said: Any, found: Any, record: Vereinbarung, library: Library) -> str:
    """Both values of an Angabe, as the agreement says them and short enough for a message."""
    stated, seen = (meant(value and say(path, value, library.register, record.jahr)) for value in (said, found))
    return f"„{path}“ ({label(path)}): im Datensatz {stated}, gelesen {seen}."


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
    before = f"Seite {places[0].page}: " if places else ""
    yield f"{before}Dort steht „{_around(found, at)}“ statt „{_around(wanted, at)}“."


def _letters(text: str) -> str:
    return "".join(text.replace("_", "").split())


def _around(text: str, at: int) -> str:
    return text[max(0, at - _AROUND) : at + _AROUND]
