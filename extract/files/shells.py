"""PDF files whose pages stand for something else, which zv does not see: a portfolio's cover, a form that only Adobe's programs draw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pikepdf

from agreements.errors import OtherKindError, UnreadableError, ZvError
from extract.files.pdf_objects import entry

_MOST = 50
"""Files inside that are looked at."""
_PAPERS = (".pdf", ".docx", ".docm", ".doc", ".odt", ".rtf")
"""How files end that may be an agreement."""


def require_pages(pdf: pikepdf.Pdf, path: Path) -> None:
    """UnreadableError where the pages are none of the document: it names what to save."""
    names = list(enclosed_names(pdf)) if "/Collection" in pdf.Root else []
    if names:
        said = f"Die PDF-Datei ist ein Portfolio: Ihre Seiten sind nur der Umschlag, darin {_lie(names)}."
        raise UnreadableError(said, datei=path, abhilfe="Bitte die Vereinbarung daraus als eigene Datei speichern und diese einlesen.")
    if is_drawn_elsewhere(pdf) and bool(pdf.Root.get("/NeedsRendering", False)):
        raise drawn_elsewhere(path)


def is_drawn_elsewhere(pdf: pikepdf.Pdf) -> bool:
    """Whether the file holds an XFA form, whose pages may be made by who shows it (ISO 32000-1, 12.7.8)."""
    form = pdf.Root.get("/AcroForm")
    return isinstance(form, pikepdf.Dictionary) and "/XFA" in form


def drawn_elsewhere(path: Path) -> UnreadableError:
    """What is said of a form that shows its text in Adobe's programs alone."""
    return UnreadableError("Die PDF-Datei ist ein XFA-Formular; seinen Text zeichnen nur Programme von Adobe.", datei=path,
                           abhilfe="Bitte dort öffnen, über „Drucken“ als PDF speichern und diese Datei einlesen.")  # fmt: skip


def instead(fault: ZvError, path: Path, names: Iterable[str], *, form: bool) -> ZvError:
    """What to say of pages that are no agreement: which file inside may be the one; the fault itself where there is none."""
    papers = [name for name in names if name.lower().endswith(_PAPERS)]
    if papers:
        said = f"Auf den Seiten der PDF-Datei ist keine Vereinbarung zu lesen; in ihr {_lie(papers)}."
        return OtherKindError(
            said, datei=path, abhilfe="Bitte die eingebettete Datei öffnen, als eigene Datei speichern und diese einlesen."
        )
    return drawn_elsewhere(path) if form else fault


def enclosed_names(pdf: pikepdf.Pdf) -> Iterator[str]:
    """Names of the files inside, those that hang on a note on a page behind those of the whole document."""
    yield from list(pdf.attachments)[:_MOST]
    for page in pdf.pages:
        for note in entry(page.obj, "/Annots", pikepdf.Array):
            if isinstance(note, pikepdf.Dictionary) and note.get("/Subtype") == "/FileAttachment":
                file = note.get("/FS", "")
                yield str(file.get("/UF", file.get("/F", "")) if isinstance(file, pikepdf.Dictionary) else file)


def shown(name: str) -> str:
    """A name from outside in one printable line."""
    return "".join(sign for sign in name if sign.isprintable())[:80]


def _lie(names: list[str]) -> str:
    """ "liegt „a.pdf“", "liegen „a.pdf“ und „b.pdf“"."""
    quoted = [f"„{shown(name)}“" for name in names[:5]]
    more = [f"{len(names) - 5} weitere"] if len(names) > 5 else []
    listed = " und ".join(filter(None, (", ".join([*quoted, *more][:-1]), [*quoted, *more][-1])))
    return f"{'liegt' if len(names) == 1 else 'liegen'} {listed}"
