"""Rules on a record as a whole: whether it can be printed and read again, and whether last year's is there to compare it with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from agreements.model.fields import label
from agreements.rules.case import Case, Hit


def not_printable(case: Case) -> Iterator[Hit]:
    """A record that its wording cannot say, or not so that it reads back; a fault of the wording itself is told at its place there."""
    if fault := case.fault:
        elsewhere = Path(fault.datei) if fault.datei and Path(fault.datei) != case.stored.path else None
        yield Hit("", fault.message, zeile=fault.zeile, abhilfe=fault.abhilfe, datei=elsewhere)


def last_year_unread(case: Case) -> Iterator[Hit]:
    """Last year's record that cannot be loaded: nothing is compared with it then."""
    if fault := case.before_fault:
        yield Hit("", f"Der Datensatz des Vorjahres lässt sich nicht laden: {fault.datei or ''}: {fault.message}")


def without_place(case: Case) -> Iterator[Hit]:
    """An Angabe that stands nowhere in the text which the record carries: whoever changes it changes no page."""
    for feld in case.library.without_place(case.record) if case.document else ():
        yield Hit("", f"{label(feld)} steht in keinem Satz unter text als Feld; gedruckt wird, was dort steht.", feld)
