"""Whether a file is a whole PDF, before any word of it is believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from agreements.errors import UnreadableError

LARGEST_FILE = 100_000_000
"""Bytes. A scanned agreement of seven pages at 600 dpi stays below 60 MB."""
SEND_AGAIN = "Bitte neu übertragen oder neu speichern."
OTHER_FORMS = {
    b"PK": "Word oder ein anderes gepacktes Format",
    b"\xd0\xcf": "ein altes Word-Format (.doc)",
    b"{\\rtf": "RTF",
    b"\x89PNG": "ein Bild (PNG)",
    b"\xff\xd8": "ein Bild (JPEG)",
    b"II*": "ein Bild (TIFF)",
    b"MM\0*": "ein Bild (TIFF)",
    b"<": "HTML oder XML",
}
"""How files begin that are taken for PDF."""


def check_file(path: Path) -> None:
    """Raise where the file cannot be a whole PDF, before any engine sees it."""
    if not path.is_file():
        raise UnreadableError("Die Datei gibt es nicht.", datei=path, abhilfe="Bitte den Dateinamen prüfen.")
    size = path.stat().st_size
    if size == 0:
        raise UnreadableError("Die Datei ist leer (0 Byte).", datei=path, abhilfe="Bitte die Datei neu speichern oder neu anfordern.")
    if size > LARGEST_FILE:
        sizes = f"{size / 1e6:.0f} MB; gelesen werden höchstens {LARGEST_FILE / 1e6:.0f} MB"
        raise UnreadableError(f"Die Datei ist zu groß ({sizes}).", datei=path, abhilfe="Bitte nur die Zielvereinbarung einreichen.")
    with path.open("rb") as file:
        head = file.read(1024)
        file.seek(max(0, size - 4096))
        tail = file.read()
    if b"%PDF-" not in head:
        remedy = "Bitte als PDF oder Word-Datei (.docx) speichern."
        raise UnreadableError(f"Das ist keine PDF-Datei{_really(head)}.", datei=path, abhilfe=remedy)
    if b"%%EOF" not in tail:
        raise UnreadableError("Die PDF-Datei ist unvollständig: Ihr Ende fehlt.", datei=path, abhilfe=SEND_AGAIN)


def _really(head: bytes) -> str:
    """What the first bytes say it is instead, as the rest of a sentence."""
    name = next((kind for start, kind in OTHER_FORMS.items() if head.lstrip().startswith(start)), "")
    return f", dem Anfang nach {name}" if name else ""


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

    Raises UnreadableError where what is written on a page is damaged: PDFium leaves such text out without a word.
    """
    try:
        with pikepdf.open(path) as pdf:
            for number, page in enumerate(pdf.pages, 1):
                for stream in _streams(page):
                    _check_stream(stream, number, path)
            return "/OCProperties" in pdf.Root
    except pikepdf.PdfError as fault:
        raise UnreadableError("Die PDF-Datei ist beschädigt.", datei=path, abhilfe=SEND_AGAIN) from fault


def _streams(page: pikepdf.Page) -> Iterator[pikepdf.Object]:
    """What a page is written with: its contents, and what its fonts say about their letters."""
    contents = page.obj.get("/Contents", pikepdf.Array())
    yield from contents if isinstance(contents, pikepdf.Array) else [contents]
    fonts = page.obj.get("/Resources", pikepdf.Dictionary()).get("/Font", pikepdf.Dictionary())
    yield from (font["/ToUnicode"] for font in fonts.values() if "/ToUnicode" in font)


def _check_stream(stream: pikepdf.Object, number: int, path: Path) -> None:
    if not isinstance(stream, pikepdf.Stream):
        return
    try:
        stream.read_bytes()
    except pikepdf.PdfError as fault:
        raise UnreadableError(f"Seite {number} der PDF-Datei ist beschädigt.", datei=path, abhilfe=SEND_AGAIN) from fault
