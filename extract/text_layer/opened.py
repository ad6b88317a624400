"""A PDF file opened by PDFium: the one door to this engine, and the boundary at which its errors become sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from agreements.errors import UnreadableError
from extract.files.engines import boundary
from extract.files.integrity import SEND_AGAIN, is_locked


@contextmanager
def opened(path: Path) -> Iterator[pdfium.PdfDocument]:
    """The open document, closed afterwards; UnreadableError where it is locked or damaged, on whatever page that shows."""
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as fault:
        raise _open_error(path, fault) from fault
    try:
        with boundary("PDFium", "Die PDF-Datei ist beschädigt.", path, SEND_AGAIN):
            document.init_forms()  # else no form field is drawn on the page's picture
            yield document
    finally:
        document.close()


def on_page(number: int, path: Path) -> AbstractContextManager[None]:
    """While page `number`, from 1, is read or drawn: the engine's errors say that it is damaged."""
    return boundary("PDFium", f"Seite {number} der PDF-Datei ist beschädigt.", path, SEND_AGAIN)


def _open_error(path: Path, fault: pdfium.PdfiumError) -> UnreadableError:
    if fault.err_code in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY) and is_locked(path):
        return UnreadableError("Die PDF-Datei ist mit einem Kennwort gesperrt.", datei=path, abhilfe="Bitte ohne Kennwort speichern.")
    return UnreadableError("Die PDF-Datei ist beschädigt und lässt sich nicht öffnen.", datei=path, abhilfe=SEND_AGAIN)
