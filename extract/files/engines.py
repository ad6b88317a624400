"""Engines that take files from outside apart, and the boundary at which what goes wrong in one of them becomes one German sentence.

On a broken file an engine raises anything, a KeyError as well as an error of its own. So it is told by where a fault comes from whether
it is the engine's: from its code, called by ours, or of its making. What our own code raises is a fault of zv, and passes.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb
from typing import Literal

from agreements.errors import UnreadableError, ZvError

Engine = Literal["pikepdf", "PDFium", "pdfplumber", "pyHanko", "openpyxl", "lxml"]
_PACKAGES: dict[Engine, frozenset[str]] = {
    "pikepdf": frozenset(("pikepdf",)),
    "PDFium": frozenset(("pypdfium2", "pypdfium2_raw")),
    "pdfplumber": frozenset(("pdfplumber", "pdfminer")),
    "pyHanko": frozenset(("pyhanko", "pyhanko_certvalidator", "asn1crypto", "cryptography", "oscrypto", "tzlocal", "uritools")),
    "openpyxl": frozenset(("openpyxl", "et_xmlfile", "lxml")),
    "lxml": frozenset(("lxml",)),
}
"""The packages whose faults are each engine's."""
_OURS = frozenset(("agreements", "extract", "render", "zv"))


def is_of(fault: BaseException, engine: Engine | frozenset[str]) -> bool:
    """Whether a fault is an engine's: of its making, or raised in its code or what that has called, and not in ours.

    Of engines that are named elsewhere, the recognisers, the packages are given.
    """
    packages = _PACKAGES[engine] if isinstance(engine, str) else engine
    if type(fault).__module__.partition(".")[0] in packages:
        return True
    roots = (str(frame.f_globals.get("__name__", "")).partition(".")[0] for frame, _ in walk_tb(fault.__traceback__))
    last = [root for root in roots if root in packages or root in _OURS]
    return bool(last) and last[-1] in packages


@contextmanager
def boundary(engine: Engine | frozenset[str], said: str, datei: Path | None, abhilfe: str) -> Iterator[None]:
    """Raises UnreadableError with this sentence for every fault of the engine; memory that runs out and our own faults pass."""
    try:
        yield
    except (ZvError, MemoryError, RecursionError):  # the process has sentences of its own for the last two
        raise
    except Exception as fault:
        if not is_of(fault, engine):
            raise
        raise UnreadableError(said, datei=datei, abhilfe=abhilfe) from fault
