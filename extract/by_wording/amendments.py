"""Amendments among the documents that are read: how one is known, and whether it amends what was agreed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz.distance import LCSseq

from agreements.errors import ZvError
from agreements.language.said import say
from agreements.language.tokens import shapes
from agreements.library.library import Library
from agreements.model.fields import angaben, value_at
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Befund
from agreements.reading.reading import Reading
from agreements.wording.units import Wording
from extract.pages.document_type import named_year
from extract.pages.order import held

_ALIKE = 0.8
_TOP = 3
"""Paragraphs among which the title stands."""


def amendment_wording(library: Library, reading: Reading, others: Sequence[Wording]) -> Wording | None:
    """The text of amendments that a document follows: it has its title, and holds more of it than of the agreements' own wordings."""
    jahr = named_year(reading.paragraphs)
    known = [library.wording(name) for name in library.wordings_of_amendments()]
    titled = [wording for wording in known if wording.jahr == jahr and _has_title(wording, reading)]
    best = max(titled, key=lambda wording: held(wording, reading.paragraphs), default=None)
    if best is None or any(held(other, reading.paragraphs) > held(best, reading.paragraphs) for other in others):
        return None
    return best


def _has_title(wording: Wording, reading: Reading) -> bool:
    title = wording.units[0].literal
    return any(LCSseq.similarity(title, shapes(each.text)) >= _ALIKE * len(title) for each in reading.paragraphs[:_TOP])


def against_agreement(library: Library, record: Vereinbarung) -> Iterator[Befund]:
    """Where an amendment that was read amends something else than what was agreed, as far as that is at hand."""
    if record.aenderung is None:
        return
    try:
        before = library.before(record)
    except ZvError as error:
        yield Befund("anmerkung", "warnung", f"Der bisherige Stand ließ sich nicht vergleichen: {error}")
        return
    for path, value in angaben(record).items():
        agreed = value_at(before, path.removeprefix("aenderung.alt."))
        if path.startswith("aenderung.alt.") and repr(agreed) != repr(value):
            texts = (" / ".join(say(path, each, library.register, record.jahr)) for each in (value, agreed))
            yield Befund("widerspruch", "warnung", next(texts), path, next(texts))
    try:
        library.after(record)
    except ZvError as error:
        yield Befund("widerspruch", "warnung", error.message)
