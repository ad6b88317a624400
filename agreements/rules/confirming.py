"""Rules on what a person must confirm before it is final: departures from the fixed text, and changes that nobody has accepted."""

from __future__ import annotations

from collections.abc import Iterator

from agreements.library.departures import said_of
from agreements.model.fields import kind_at, label
from agreements.rules.case import Case, Hit


def departures(case: Case) -> Iterator[Hit]:
    """Where a document departs from its own wording: what an amendment agrees is none of the agreement's."""
    for number, departure in enumerate(case.own.abweichungen):
        said = f"Der Text weicht vom Wortlaut ab: {said_of(departure)} ({departure.stelle})."
        yield Hit(departure.neu or departure.alt or "", said, f"abweichungen.{number}", stelle=departure.stelle)


def tracked_changes(case: Case) -> Iterator[Hit]:
    """An Angabe that stood otherwise in the Word file before changes that were tracked and not accepted."""
    akte = case.record.akte
    for feld, before in akte.nachverfolgt.items():
        if feld not in akte.geprueft:
            name = label(feld) if kind_at(feld) else feld
            yield Hit("", f"{name}: nachverfolgt geändert und nicht angenommen; zuvor „{before}“.", feld)
