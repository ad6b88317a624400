"""Which pages are pictures: decided without the recognisers, which take longer to load than a text layer takes to read."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import NamedTuple, cast

from agreements.errors import UnreadableError
from agreements.reading.geometry import Plane
from agreements.reading.reading import Beiwerk, Ink
from extract.files.helpers import helpers
from extract.layout.lines import Page
from extract.ocr.engines.extra import is_installed, require
from extract.text_layer.page_read import PageRead

WORKERS = 2
"""Pages read at a time, each in a process of its own with one thread."""
SCANNED = 0.25
"""Part of a page without letters that its picture covers at least, to be more than a logo."""


class Scans(NamedTuple):
    """The pages in the place of the scanned ones, and notes on them."""

    pages: dict[int, Page]
    notes: tuple[str, ...]
    unread: tuple[Ink, ...] = ()
    as_shown: Mapping[int, Plane] = {}
    """By page, from its places as they are read to those as they are shown."""
    codes: tuple[Beiwerk, ...] = ()
    beside: frozenset[int] = frozenset()
    """Numbers of those among them that are no scans, and whose text is their layer's for the greater part."""


def scanned_numbers(pages: Sequence[PageRead]) -> list[int]:
    """Numbers of the pages without any visible letter of their own that have a picture; all blank ones where no page has letters."""
    blank = [read for read in pages if not read.page.tokens and not read.page.slanted]
    if len(blank) == len(pages):
        return [read.page.number for read in pages]
    return [read.page.number for read in blank if read.picture > SCANNED or read.hidden]


def scans(path: Path, pages: Sequence[PageRead]) -> Scans:
    """What is recognised on the scanned pages; no recogniser is loaded where there are none. Errors as `extract.ocr.pages.read_scans`."""
    if not is_installed():
        return _unseen(path, pages)
    numbers, beside = pictured(path, pages)
    if not numbers:
        return Scans({}, ())
    if len(numbers) > 1:
        if helping := helpers():
            helping.call()
        else:
            processes()
    return cast(Scans, import_module("extract.ocr.pages").read_scans(path, pages, numbers, beside))


def _unseen(path: Path, pages: Sequence[PageRead]) -> Scans:
    """What is said where no recogniser is installed of pages that may show more than their letters; UnreadableError where one is a scan."""
    if scanned_numbers(pages):
        require(path)
    said = "Ob Bilder und Zeichnungen der Seite noch Text zeigen, ist nicht nachgesehen."
    return Scans({}, tuple(f"Seite {read.page.number}: {said}" for read in pages if read.may_show_more))


def pictured(path: Path, pages: Sequence[PageRead]) -> tuple[list[int], frozenset[int]]:
    """Numbers of the pages to be read from their pictures, and of those among them that have their text, beside which more is to read."""
    scanned = scanned_numbers(pages)
    more = _showing_more(path, [read for read in pages if read.may_show_more and read.page.number not in scanned])
    texts = (read for read in pages if read.page.number in more and read.picture <= SCANNED)
    beside = frozenset(read.page.number for read in texts if more[read.page.number] < _letters(read))
    return sorted((*scanned, *more)), beside


def _showing_more(path: Path, pages: Sequence[PageRead]) -> dict[int, int]:
    """Of these pages those that show text which no visible word of their layer covers, and how many letters of it."""
    if not pages:
        return {}
    found = import_module("extract.ocr.coverage").uncovered(path, pages)
    return {read.page.number: found[read.page.number].everywhere for read in pages if found[read.page.number].counts(_letters(read))}


def _letters(read: PageRead) -> int:
    return sum(len(token.text) for token in read.page.tokens)


_SERVED: set[int] = set()
"""The process that has begun what others are split off from, as those know too that are split off from it."""


def load() -> None:
    """Loads the recognisers with their models, for all that are split off from this process afterwards."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import_module("extract.ocr.page")
    with suppress(UnreadableError):  # whoever then reads with what is missing says so
        import_module("extract.ocr.readers").load_models()


def processes() -> BaseContext:
    """What begins processes that read pages, each afresh: engines with threads do not outlive a fork.

    What they are split off from loads the recognisers once for all of them, from when this is first called: the process
    that asks loads them at the same time. It serves this process alone, and none that is split off from it later.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    if "forkserver" not in multiprocessing.get_all_start_methods() or _SERVED - {os.getpid()}:
        return multiprocessing.get_context("spawn")
    _SERVED.add(os.getpid())
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["extract.ocr.page"])
    forkserver = import_module("multiprocessing.forkserver")  # not there on Windows
    forkserver.ensure_running()
    return context
