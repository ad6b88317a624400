"""From a file to its Angaben: read, recognised, laid on its wording, checked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from agreements.agreement import Library
from agreements.check import check
from agreements.files import sha256
from agreements.filling import fill
from agreements.findings import Befund, Found
from agreements.ink import doubted, unread_lines
from agreements.matching import likeness, match
from agreements.model import Akte, Quelle, Vereinbarung
from agreements.reading import Change, Lesart, Paragraph, Reading
from agreements.wording import Wording
from agreements.words import shortened
from extract.controls import contradictions
from extract.kinds import named_year, require_agreement
from extract.package import sniff
from extract.pdf import read_pdf
from extract.signed import befunde as signed_befunde
from extract.signed import signatures, with_signatures, with_states
from extract.structure import read_structure
from extract.word import read_word

READERS: dict[str, Callable[[Path], Reading]] = {"pdf": read_pdf, "word": read_word}
"""What reads which form of file."""

_SCANNED: tuple[Lesart, ...] = ("texterkennung", "gemischt")
_ALIKE = 0.5
"""A document that holds less of a wording's text does not follow it."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one file says; `record` is effective (it states also what its year has in common)."""

    datei: Path
    sha256: str
    reading: Reading
    record: Vereinbarung
    found: tuple[Found, ...]
    befunde: tuple[Befund, ...]


def extract(datei: Path, library: Library) -> Extraction:
    """Everything that stands in a file.

    UnreadableError: not there, broken, encrypted, a scan. OtherKindError: no agreement of a Land with a zkT.
    """
    form = sniff(datei)
    data = datei.read_bytes()
    reading = READERS[form](datei)
    wording = _wording(library, reading)
    if wording is None:
        require_agreement(datei, reading.paragraphs)
        record, found, befunde = read_structure(datei, reading, library)
    else:
        paragraphs = tuple(_without_pen_lines(reading.paragraphs))
        matched = match(wording, paragraphs, library.register, scanned=reading.lesart in _SCANNED)
        record, found, befunde = matched.record, matched.found, matched.befunde
        if reading.lesart == "word" and not any(befund.schwere == "fehler" for befund in befunde):
            befunde = (*befunde, *contradictions(paragraphs, fill(wording, record, library.register)))
    signed = signatures(data) if form == "pdf" else ()
    record = with_signatures(record.model_copy(update={"akte": Akte(quelle=Quelle(datei=datei.name, sha256=sha256(data)))}), signed)
    unfit = tuple(befund for befund in check(record) if befund.art == "widerspruch")
    if reading.lesart in _SCANNED:
        found, befunde = doubted(found, reading.unread), (*befunde, *unread_lines(reading.unread))
    found, befunde = with_states(found, record), (*befunde, *unfit, *signed_befunde(signed), *_inked(reading), *_notes(reading))
    return Extraction(datei, sha256(data), reading, record, found, befunde)


def _wording(library: Library, reading: Reading) -> Wording | None:
    """The wording that the document follows: the one it holds most of, of the year it names."""
    jahr = named_year(reading.paragraphs)
    of_year = [name for name in library.wordings() if library.wording(name).jahr == jahr]
    best, name = max(((likeness(library.wording(name), reading.paragraphs), name) for name in of_year), default=(0.0, ""))
    return library.wording(name) if best >= _ALIKE else None


_PEN_LINE = re.compile(r"[_.…]{3,}")


def _without_pen_lines(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The paragraphs without the underscores or dots that someone typed as a line for the pen, behind "den" or in a signature."""
    for paragraph in paragraphs:
        kept = tuple(word for before, word in zip((None, *paragraph.words), paragraph.words, strict=False)
                     if not (_PEN_LINE.fullmatch(word.text) and (paragraph.spalte or (before and before.text in ("den", "am")))))
        if kept:
            yield paragraph if len(kept) == len(paragraph.words) else replace(paragraph, words=kept)


def _inked(reading: Reading) -> Iterator[Befund]:
    """Of a scan's signatures a person compares every line: ink and stamps lie over them, and a line that is lost leaves no trace."""
    if reading.lesart in _SCANNED:
        for party in ("unterschriften.land", "unterschriften.traeger"):
            yield Befund("unterschrift", "hinweis", "Aus dem Bild gelesen; alle Zeilen um die Unterschrift am Bild vergleichen.", party)


def _notes(reading: Reading) -> tuple[Befund, ...]:
    """What the reader itself met: tracked changes, hidden text, comments."""
    return (*(_changed(change) for change in reading.changes), *(Befund("anmerkung", "hinweis", note) for note in reading.notes))


def _changed(change: Change) -> Befund:
    when = re.sub(r"^(\d{4})-(\d\d)-(\d\d).*", r" am \3.\2.\1", change.wann)
    done = f"{_DONE[change.art]} von {change.wer or 'unbekannt'}{when}"
    return Befund("geaendert", "warnung", f"„{change.text}“ {done} in „{shortened(change.absatz)}“")


_DONE = {"eingefuegt": "eingefügt", "gestrichen": "gestrichen"}
