"""One agreement printed in some formats: PDF and Word are read back before anybody sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path

from agreements.agreement import Library, open_library
from agreements.annex import with_annex
from agreements.document import Document
from agreements.errors import ChangedError, CheckError, ZvError
from agreements.files import sha256, write_atomic
from agreements.model import Vereinbarung
from agreements.store import Gespeichert
from extract.proving import FORMS as PROVEN
from extract.proving import prove_file
from zv.common import naming
from zv.fingerprint import SET_BY_LIBRARIES, inputs, libraries_in_use
from zv.formats import FORMATS, How, filename, renderer
from zv.orders import Job, Made, Order


def outputs(library: Library, stored: Gespeichert[Vereinbarung], how: How) -> Iterator[tuple[str, bytes, Document]]:
    """Name and content of each output, and its document; proven where its format is read back. A ZvError names the record's file."""
    with naming(stored.path):
        record = library.effective(stored.record, stored.path)
        document = library.document(record, proven=not set(how.formate) <= set(PROVEN))
        if how.endgueltig:
            from agreements.final import require_final  # all rules, which nothing else here needs

            require_final(library, stored, document)
        for form in how.formate:
            data = renderer(form, how.vorlage)(with_annex(document))
            if form in PROVEN:
                _prove(data, form, record, document, library)
            yield filename(document.kennung, form), data, document


def _prove(data: bytes, form: str, record: Vereinbarung, document: Document, library: Library) -> None:
    """Proves a file; where that fails, the text itself is tried first, for it can name the remedy."""
    try:
        prove_file(data, form, record, document, library)
    except CheckError:
        library.document(record)
        raise


# ---------------------------------------------------------------- as one of many


def prepare(order: Order, formate: Collection[str]) -> None:
    """Loads what the order needs, once for all processes that split off from this one, and what these formats need.

    A wording's fault is told with each agreement.
    """
    for form in formate:
        import_module(FORMATS[form].partition(":")[0])
    if "pdf" in formate:
        from render.pdf import prepare_pages  # it takes a second to load

        prepare_pages()
    library = _library(order.ordner)
    for name in library.wordings():
        if name.endswith(f"/{order.jahr}"):
            with suppress(ZvError):
                library.wording(name)


def print_agreement(order: Order, shop: Path, job: Job) -> Made:
    """One agreement's outputs, proven, in the workshop; ZvError where it cannot be printed, or was changed meanwhile."""
    library = _library(order.ordner)
    made, entwurf = {}, False
    for name, data, document in outputs(library, library.store.load(job.record), replace(order.how, formate=job.formate)):
        write_atomic(shop / name, data)
        made[name], entwurf = sha256(data), document.entwurf
    if inputs(library.store, order.jahr, job.record, order.how.vorlage) != job.eingang:
        raise ChangedError("Der Datensatz oder was für alle gilt wurde währenddessen geändert; nichts wurde ausgegeben.",
                           datei=job.record, abhilfe="Den Befehl noch einmal geben.")  # fmt: skip
    return Made(made, entwurf, libraries_in_use() if set(job.formate) & set(SET_BY_LIBRARIES) else frozenset())


@lru_cache(maxsize=1)
def _library(ordner: Path) -> Library:
    """The records and wordings of the folder, each wording loaded once in a process."""
    return open_library(ordner)
