"""Whether a file is a whole PDF, before any word of it is believed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pikepdf

from agreements.errors import UnreadableError
from extract.files.shells import require_pages

LARGEST_FILE = 100_000_000
"""Bytes. A scanned agreement of seven pages at 600 dpi stays below 60 MB."""
SEND_AGAIN = "Bitte neu übertragen oder neu speichern."


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
    such text out without a word.
    """
    try:
        with pikepdf.open(path) as pdf:
            require_pages(pdf, path)
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
