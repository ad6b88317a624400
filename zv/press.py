"""One document made into an output; PDFs also in a process beside, which loads while their agreement is still being put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from agreements.errors import ZvError
from agreements.model.document import Document
from zv.fingerprint import SET_BY_LIBRARIES, libraries_in_use
from zv.formats import renderer
from zv.workers import beside, without_collection


class Printed(NamedTuple):
    """An output."""

    data: bytes
    libraries: frozenset[str] = frozenset()
    """Those that its pages were set with; none where its format does not depend on them."""


Press = Callable[[Document], Printed]


def set_pages(document: Document) -> Printed:
    """The document as PDF, made in this process. Errors as for `render.pdf.render_pdf`."""
    return Printed(renderer("pdf")(document), libraries_in_use())


def printed(document: Document, form: str, vorlage: Path | None, press: Press) -> Printed:
    """The document in a format. Errors of what makes it."""
    return press(document) if form in SET_BY_LIBRARIES else Printed(renderer(form, vorlage)(document))


@contextmanager
def presses_beside(records: Iterable[Path]) -> Iterator[dict[Path, Press]]:
    """For each record a press that is a process of its own: WeasyPrint takes as long to load as everything else, and both load at once."""
    with ExitStack() as stack:
        yield {record: stack.enter_context(beside(set_pages, load)) for record in records}


def load() -> None:
    """Loads what sets pages; what is missing is told with the first document."""
    with suppress(ZvError), without_collection():
        from render.pdf import prepare_pages  # where it is asked for: it takes half a second

        prepare_pages()
