"""PDF → Reading: what a PDF file must be to be read, whence its text comes, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from agreements.errors import UnreadableError
from agreements.language.tokens import excerpt
from agreements.model.values import Lesart
from agreements.reading.reading import Comment, Paragraph, Place, Reading
from extract.correction.rewrites import rewritten
from extract.files.integrity import check_file, check_streams
from extract.layout.assembly import paragraphs
from extract.layout.lines import Page
from extract.layout.spreads import Spreads, on_sheets, pages_apart
from extract.ocr.picture_pages import Scans, scans
from extract.text_layer.opened import opened
from extract.text_layer.overlays import meet
from extract.text_layer.page_read import PageRead
from extract.text_layer.painted import Remark
from extract.text_layer.words import LOGO, read_pages

MOST_RIDDLES = 0.1
"""Part of the words whose letters may be unknown; a bullet of a symbol font before each line of a list stays below."""
OUR_OWN = "zv"
"""What an agreement that zv printed names as its creator."""


def read_pdf(path: Path) -> Reading:
    """What stands visibly in a PDF: letters of the file, and on pages without any what is recognised in their picture.

    Raises UnreadableError for what is damaged, locked, too large, or holds no text.
    """
    check_file(path)
    with opened(path) as document:
        pages = read_pages(document, path, layered=check_streams(path))
        our_own = document.get_metadata_value("Creator") == OUR_OWN
    _refuse_riddles(path, pages)
    recognised = scans(path, pages)
    grid_notes: tuple[str, ...] = ()
    if not our_own:
        ruled = [read.page for read in pages if read.ruled and read.page.number not in recognised.pages]
        grid_notes = _put_grids(path, ruled)
    spreads = pages_apart([recognised.pages.get(read.page.number, read.page) for read in pages])
    _refuse_booklets(path, spreads)
    found = on_sheets(paragraphs(spreads.pages, our_own=our_own), spreads)
    notes = _notes(
        [read for read in pages if read.page.number not in recognised.pages or read.page.number in recognised.beside], recognised
    )
    if not found.paragraphs:
        raise UnreadableError("Die PDF-Datei enthält keinen Text.", datei=path, abhilfe="Bitte neu aus Word oder zv erzeugen.")
    scanned = len(recognised.pages) - len(recognised.beside)
    lesart: Lesart = "textebene" if not recognised.pages else "texterkennung" if scanned == len(pages) else "gemischt"
    notes = (*recognised.notes, *notes, *_side_by_side(spreads), *grid_notes, *found.notes)
    beiwerk = (*found.beiwerk, *recognised.codes)
    meant = tuple(map(rewritten, found.paragraphs))
    comments = tuple(_comment(remark, places, meant) for read in pages for remark, places in read.remarks)
    unread = (*recognised.unread, *(ink for read in pages for ink in read.crossed))
    return Reading(lesart, len(pages), meant, beiwerk, notes=notes, comments=comments, unread=unread, as_shown=recognised.as_shown)


def _put_grids(path: Path, pages: Sequence[Page]) -> tuple[str, ...]:
    """Gives pages on which lines are drawn the cells of their tables; a note where these cannot be told."""
    if not pages:
        return ()
    from extract.text_layer.ruled_tables import grids_on  # noqa: PLC0415 (a third of a second, which only drawn lines should cost)

    grids = grids_on(path, [page.number for page in pages])
    if grids is None:
        return ("Die Linien der Tabellen sind nicht zu lesen; ihre Zeilen sind aus dem Satzbild erschlossen.",)
    for page in pages:
        page.grids = grids.get(page.number, ())
    return ()


def _refuse_riddles(path: Path, pages: list[PageRead]) -> None:
    """Raise where the fonts do not say which letters they draw, so that what comes out is no text."""
    words = sum(len(read.page.tokens) for read in pages)
    if sum(read.unmapped for read in pages) > MOST_RIDDLES * words:
        raise UnreadableError("Die Schriften der PDF-Datei sagen nicht, welche Buchstaben sie zeigen.", datei=path,
                              abhilfe="Bitte neu aus dem ursprünglichen Programm als PDF speichern.")  # fmt: skip


def _refuse_booklets(path: Path, spreads: Spreads) -> None:
    """Raise where two pages lie side by side that do not follow each other, or more than two on a sheet."""
    if spreads.crowded:
        raise UnreadableError(f"Auf Blatt {spreads.crowded} der PDF-Datei liegen vier Seiten verkleinert nebeneinander.", datei=path,
                              abhilfe="Bitte die Seiten einzeln speichern oder scannen.")  # fmt: skip
    if spreads.out_of_order:
        one, other = spreads.out_of_order
        said = f"In der PDF-Datei liegen je zwei Seiten nebeneinander, aber nicht in ihrer Folge (Seite {one} neben Seite {other})."
        raise UnreadableError(said, datei=path, abhilfe="Bitte die Seiten einzeln und in ihrer Folge speichern oder scannen.")


def _side_by_side(spreads: Spreads) -> list[str]:
    """What is said of sheets with two pages."""
    if not spreads.parted:
        return []
    sheets = ", ".join(map(str, spreads.parted))
    return [f"Auf Blatt {sheets} der Datei liegen zwei Seiten nebeneinander; gelesen ist erst die linke, dann die rechte."]


def _comment(remark: Remark, places: Sequence[Place], paragraphs: Sequence[Paragraph]) -> Comment:
    """What somebody noted or marked, with the paragraph it lies on."""
    under = (paragraph.text for paragraph in paragraphs for word in paragraph.words
             if any(place.page == other.page and meet(place[1:], other[1:]) for place in places for other in word.places))  # fmt: skip
    return Comment(remark.wer or "Unbekannt", remark.text, next(under, ""), remark.art, places[0].page)


def _notes(pages: list[PageRead], recognised: Scans) -> tuple[str, ...]:
    """What a person should know of the file, one sentence a fact."""
    notes = []
    for read in pages:
        number = read.page.number
        if read.hidden:
            notes.append(f"Seite {number}: Unsichtbarer Text wurde nicht gelesen: „{excerpt(' '.join(read.hidden))}“.")
        if read.unmapped:
            words = f"{read.unmapped} Wörtern" if read.unmapped > 1 else "einem Wort"
            notes.append(f"Seite {number}: Die Schrift sagt bei {words} nicht, welche Buchstaben es sind; bitte am Bild prüfen.")
        if not read.page.tokens:
            notes.append(f"Seite {number}: Die Seite enthält keinen Text.")
        unread = read.fields - (sum(bool(text) for _, text in read.filled) if number in recognised.beside else 0)
        if unread:
            notes.append(f"Seite {number}: {unread} Formularfelder, Stempel oder Notizen wurden nicht gelesen.")
        if read.picture > LOGO and number not in recognised.beside:
            notes.append(f"Seite {number}: Ein Bild wurde nicht gelesen.")
    return tuple(notes)
