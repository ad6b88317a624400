"""Whether a file is a whole PDF, before any word of it is believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from agreements.errors import UnreadableError
from extract.files.engines import boundary
from extract.files.pdf_objects import contents, entry, forms_drawn
from extract.files.shells import require_pages

LARGEST_FILE = 100_000_000
"""Bytes. A scanned agreement of seven pages at 600 dpi stays below 60 MB."""
SEND_AGAIN = "Bitte neu übertragen oder neu speichern."
MOST_DRAWN = 20_000_000
"""Bytes that a page may draw, the forms in it counted as often as they are drawn; a page of an agreement draws some ten thousand."""
MOST_NOTES = 2000
"""Notes and form fields of a file; to fill in a form costs PDFium their number squared, 20,000 took a minute."""
_ONE_FORM = 1000
"""Bytes that drawing a form costs at least."""
_PRINT_ANEW = "Bitte die Datei öffnen, neu als PDF drucken und diese einlesen."


def check_file(path: Path) -> None:
    """Raise where a PDF, as `container.sniff` has found it to be, is too large or lacks its end, before any engine sees it."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        sizes = f"{size / 1e6:.0f} MB; gelesen werden höchstens {LARGEST_FILE / 1e6:.0f} MB"
        raise UnreadableError(f"Die Datei ist zu groß ({sizes}).", datei=path, abhilfe="Bitte nur die Zielvereinbarung einreichen.")
    with path.open("rb") as file:
        file.seek(max(0, size - 4096))
        tail = file.read()
    if b"%%EOF" not in tail:
        raise UnreadableError("Die PDF-Datei ist unvollständig: Ihr Ende fehlt.", datei=path, abhilfe=SEND_AGAIN)


def is_locked(path: Path) -> bool:
    """Whether a password is needed to open the file; PDFium says so of files without pages too."""
    try:
        pikepdf.open(path).close()
    except pikepdf.PasswordError:
        return True
    except pikepdf.PdfError:
        return False
    return False


def check_streams(path: Path) -> bool:
    """Whether a file has layers, which may be switched off.

    Raises UnreadableError where the pages stand for something else, or where what is written on one is damaged: PDFium leaves
    such text out without a word; and where a page is drawn with more than it can hold.
    """
    with boundary("pikepdf", "Die PDF-Datei ist beschädigt.", path, SEND_AGAIN), _opened(path) as pdf:
        require_pages(pdf, path)
        drawn = _Drawn(path)
        for number, page in enumerate(pdf.pages, 1):
            with boundary("pikepdf", f"Seite {number} der PDF-Datei ist beschädigt.", path, SEND_AGAIN):
                for stream in (*contents(page), *_letters(page)):
                    stream.read_bytes()
            drawn.require_bounded(page, number)
        return "/OCProperties" in pdf.Root


def _opened(path: Path) -> pikepdf.Pdf:
    """The file, which PDFium has opened; UnreadableError where it is encrypted in a way that only that engine knows."""
    try:
        return pikepdf.open(path)
    except pikepdf.PasswordError as fault:
        message = "Die PDF-Datei ist auf ungewöhnliche Art verschlüsselt und lässt sich nicht prüfen."
        raise UnreadableError(message, datei=path, abhilfe="Bitte ohne Verschlüsselung speichern.") from fault


def _letters(page: pikepdf.Page) -> Iterator[pikepdf.Stream]:
    """What a page's fonts say about their letters."""
    fonts = entry(entry(page.obj, "/Resources", pikepdf.Dictionary), "/Font", pikepdf.Dictionary)
    said = (font.get("/ToUnicode") for font in fonts.values() if isinstance(font, pikepdf.Dictionary))
    yield from (each for each in said if isinstance(each, pikepdf.Stream))


class _Drawn:
    """Reckons what is drawn on pages, forms in forms included, before an engine draws it: each doubles what it is drawn with."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._notes = 0
        self._costs: dict[tuple[int, int], int | None] = {}
        """Of each form all that it draws, in bytes; None while it is reckoned."""

    def require_bounded(self, page: pikepdf.Page, number: int) -> None:
        """UnreadableError where a page draws more than `MOST_DRAWN`, or a form in itself."""
        resources = entry(page.obj, "/Resources", pikepdf.Dictionary)
        cost = sum(self._cost(stream, resources, number) for stream in contents(page))
        notes = entry(page.obj, "/Annots", pikepdf.Array)
        self._notes += len(notes)
        if self._notes > MOST_NOTES:
            message = f"In der PDF-Datei liegen mehr als {MOST_NOTES} Anmerkungen und Formularfelder."
            raise UnreadableError(message, datei=self._path, abhilfe=_PRINT_ANEW)
        for note in notes:
            looks = entry(note, "/AP", pikepdf.Dictionary).get("/N")
            states = looks.values() if isinstance(looks, pikepdf.Dictionary) else [looks]
            cost += sum(self._of_form(look, resources, number) for look in states if isinstance(look, pikepdf.Stream))
        if cost > MOST_DRAWN:
            raise UnreadableError(f"Seite {number} der PDF-Datei zeichnet zu viel: Formulare, die einander immer wieder enthalten.",
                                  datei=self._path, abhilfe=_PRINT_ANEW)  # fmt: skip

    def _of_form(self, form: pikepdf.Stream, around: pikepdf.Dictionary, number: int) -> int:
        if form.objgen not in self._costs:
            self._costs[form.objgen] = None
            self._costs[form.objgen] = self._cost(form, entry(form, "/Resources", pikepdf.Dictionary) or around, number)
        cost = self._costs[form.objgen]
        if cost is None:
            message = f"Seite {number} der PDF-Datei ist beschädigt: Ein Formular darauf enthält sich selbst."
            raise UnreadableError(message, datei=self._path, abhilfe=_PRINT_ANEW)
        return cost

    def _cost(self, stream: pikepdf.Stream, resources: pikepdf.Dictionary, number: int) -> int:
        """Bytes that a stream draws, and those of all forms in it."""
        try:
            written = stream.read_bytes()
        except pikepdf.PdfError:  # of a page it is told before; a form that cannot be unpacked is not drawn
            return 0
        return len(written) + sum(_ONE_FORM + self._of_form(form, resources, number) for form in forms_drawn(written, resources))
