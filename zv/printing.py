"""One agreement printed in some formats: PDF and Word are read back before anybody sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from agreements.errors import ChangedError, CheckError, ZvError
from agreements.files.disk import sha256, write_atomic
from agreements.filling.annex import with_annex
from agreements.library.library import Library, open_library
from agreements.model.document import Document
from agreements.model.record import Vereinbarung
from agreements.store.store import Gespeichert
from extract.results.proof import FORMS as PROVEN
from extract.results.proof import prove_file
from zv.common import naming
from zv.fingerprint import inputs
from zv.formats import FORMATS, How, filename
from zv.manifest import note
from zv.orders import Job, Made, Order
from zv.press import Press, load, printed, set_pages


class Output(NamedTuple):
    """A proven output, and the document that it says."""

    name: str
    data: bytes
    document: Document
    libraries: frozenset[str]
    """Those that its pages were set with."""


def outputs(library: Library, stored: Gespeichert[Vereinbarung], how: How, press: Press = set_pages) -> Iterator[Output]:
    """Each output, proven where its format is read back. A ZvError names the record's file."""
    with naming(stored.path):
        record = library.effective(stored.record, stored.path)
        document = library.document(record, proven=not set(how.formate) <= set(PROVEN))
        if how.endgueltig:
            from agreements.rules.release import require_final  # all rules, which nothing else here needs

            require_final(library, stored, document)
        if record.wortlaut is None and not set(how.formate) <= set(PROVEN):
            _prove(printed(document, "docx", None, press).data, "docx", record, document, library)  # only a reading can tell what it says
        for form in how.formate:
            made = printed(with_annex(document), form, how.vorlage, press)
            if form in PROVEN:
                _prove(made.data, form, record, document, library)
            yield Output(filename(document.kennung, form), made.data, document, made.libraries)


def let_out(library: Library, stored: Gespeichert[Vereinbarung], target: Path, how: How) -> Iterator[tuple[Path, Document]]:
    """Each output as a file below the target, as soon as it is proven, and the document that it says. Errors as for `outputs`.

    What lies in the folder's own `out/` is known as made here from then on.
    """
    begun = target.resolve() == (library.store.ordner / "out").resolve()
    for output in outputs(library, stored, how):
        path = target / str(output.document.jahr) / output.name
        write_atomic(path, output.data)
        note(path, output.data, output.document, begun=begun)
        yield path, output.document


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
        load()
    library_of.cache_clear()  # what an earlier run of this process loaded may have changed since
    library = library_of(order.ordner)
    for name in library.wordings():
        if name.endswith(f"/{order.jahr}"):
            with suppress(ZvError):
                library.wording(name)


def print_agreement(order: Order, shop: Path, presses: Mapping[Path, Press], job: Job) -> Made:
    """One agreement's outputs, proven, in the workshop, its PDF set by its own press where it has one.

    ZvError where it cannot be printed, or was changed meanwhile.
    """
    library = library_of(order.ordner)
    how, press = replace(order.how, formate=job.formate), presses.get(job.record, set_pages)
    made, entwurf, libraries = {}, False, frozenset[str]()
    for output in outputs(library, library.store.load(job.record), how, press):
        write_atomic(shop / output.name, output.data)
        made[output.name], entwurf, libraries = sha256(output.data), output.document.entwurf, libraries | output.libraries
    if inputs(library.store, order.jahr, job.record, order.how.vorlage) != job.eingang:
        raise ChangedError("Der Datensatz oder was für alle gilt wurde währenddessen geändert; nichts wurde ausgegeben.",
                           datei=job.record, abhilfe="Den Befehl noch einmal geben.")  # fmt: skip
    return Made(made, entwurf, libraries)


@lru_cache(maxsize=1)
def library_of(ordner: Path) -> Library:
    """The records and wordings of the folder, each wording loaded once in a process."""
    return open_library(ordner)
