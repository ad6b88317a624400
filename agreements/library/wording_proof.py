"""A wording held against the records of its year: whether each can be printed with it, and read back as it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agreements.errors import ZvError
from agreements.filling.fill import fill
from agreements.library.library import Library
from agreements.library.proof import prove
from agreements.wording.units import Wording


@dataclass(frozen=True, slots=True)
class Tried:
    """A record of the wording's year: whether it follows it, and why it cannot be said with it."""

    path: Path
    follows: bool
    """Whether it names this wording; one that keeps its own text does not."""
    error: ZvError | None = None


def against_records(library: Library, wording: Wording) -> Iterator[Tried]:
    """Each record of a wording's year, or each amendment where it is the text of amendments; one that fails stops no other."""
    store, jahr = library.store, wording.jahr
    for path in store.amendments(jahr) if wording.amends else store.records(jahr):
        try:
            record = library.effective(store.load(path).record, path)
            if record.wortlaut == wording.schluessel:
                prove(wording, record, library.register, fill(wording, record, library.register))
            yield Tried(path, record.wortlaut == wording.schluessel)
        except ZvError as error:
            yield Tried(path, True, error)
