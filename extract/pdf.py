"""PDF with a text layer → Reading: what a PDF file must be to be read, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from agreements.errors import UnreadableError
from agreements.reading import Reading
from extract.integrity import SEND_AGAIN, check_file, check_streams, is_locked
from extract.layout import paragraphs
from extract.pdfium import PageRead, read_pages

MOST_RIDDLES = 0.1
"""Part of the words whose letters may be unknown; a bullet of a symbol font before each line of a list stays below."""
SCAN_REMEDY = "Scans liest zv noch nicht. Bitte die Datei einreichen, aus der gedruckt wurde (PDF oder Word)."


def read_pdf(path: Path) -> Reading:
    """What stands visibly in a born-digital PDF.

    Raises UnreadableError for what is no PDF, is damaged, locked, too large, or a scan without a text layer.
    """
    check_file(path)
    with _opened(path) as document:
        check_streams(path)
        pages = read_pages(document, path)
    _refuse_scans(path, pages)
    _refuse_riddles(path, pages)
    found = paragraphs([page.page for page in pages])
    notes = _notes(pages)
    return Reading("textebene", len(pages), found.paragraphs, found.beiwerk, notes=(*notes, *found.notes))


@contextmanager
def _opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The open document, closed afterwards."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as fault:
        raise _open_error(path, fault) from fault
    try:
        yield document
    finally:
        document.close()


def _open_error(path: Path, fault: pdfium.PdfiumError) -> UnreadableError:
    if fault.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY) and is_locked(path):
        return UnreadableError("Die PDF-Datei ist mit einem Kennwort gesperrt.", datei=path, abhilfe="Bitte ohne Kennwort speichern.")
    return UnreadableError("Die PDF-Datei ist beschädigt und lässt sich nicht öffnen.", datei=path, abhilfe=SEND_AGAIN)


def _refuse_scans(path: Path, pages: list[PageRead]) -> None:
    """Raise where a page, or all of them, is a picture without letters of its own."""
    blank = [read for read in pages if not read.page.tokens and not read.page.slanted]
    scans = [read.page.number for read in blank if read.picture > 0.25 or read.hidden]
    if scans and len(blank) == len(pages):
        layer = " Die unsichtbare Textebene des Scanners wird nicht gelesen." if any(read.hidden for read in pages) else ""
        raise UnreadableError(f"Die PDF-Datei ist ohne Textebene (Scan).{layer}", datei=path, abhilfe=SCAN_REMEDY)
    if scans:
        names = ", ".join(map(str, scans))
        raise UnreadableError(f"Ein Teil der PDF-Datei ist ohne Textebene (Scan): Seite {names}.", datei=path, abhilfe=SCAN_REMEDY)
    if len(blank) == len(pages):
        raise UnreadableError("Die PDF-Datei enthält keinen Text.", datei=path, abhilfe="Bitte neu aus Word oder zv erzeugen.")


def _refuse_riddles(path: Path, pages: list[PageRead]) -> None:
    """Raise where the fonts do not say which letters they draw, so that what comes out is no text."""
    words = sum(len(read.page.tokens) for read in pages)
    if sum(read.unmapped for read in pages) > MOST_RIDDLES * words:
        raise UnreadableError("Die Schriften der PDF-Datei sagen nicht, welche Buchstaben sie zeigen.", datei=path,
                              abhilfe="Bitte neu aus dem ursprünglichen Programm als PDF speichern.")  # fmt: skip


def _notes(pages: list[PageRead]) -> tuple[str, ...]:
    """What a person should know of the file, one sentence a fact."""
    notes = []
    for read in pages:
        number = read.page.number
        if read.hidden:
            notes.append(f"Seite {number}: Unsichtbarer Text wurde nicht gelesen: „{_short(read.hidden)}“.")
        if read.unmapped:
            words = f"{read.unmapped} Wörtern" if read.unmapped > 1 else "einem Wort"
            notes.append(f"Seite {number}: Die Schrift sagt bei {words} nicht, welche Buchstaben es sind; bitte am Bild prüfen.")
        if not read.page.tokens:
            notes.append(f"Seite {number}: Die Seite enthält keinen Text.")
        if read.fields:
            notes.append(f"Seite {number}: {read.fields} Formularfelder, Stempel oder Notizen wurden nicht gelesen.")
        if read.picture > 0.02:
            notes.append(f"Seite {number}: Ein Bild wurde nicht gelesen.")
    return tuple(notes)


def _short(words: list[str]) -> str:
    text = " ".join(words)
    return text if len(text) <= 80 else text[:79].rstrip() + "…"
