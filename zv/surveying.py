"""The overview of a folder's years, for whoever shows it: command, and Python programs."""

from __future__ import annotations

from collections.abc import Sequence

from agreements.errors import UsageError
from agreements.library.library import Library
from agreements.overview.overview import Overview, survey


def surveyed(library: Library, jahre: Sequence[int], *, placed: bool) -> Overview:
    """The agreements of some years, without years of all that have records; UsageError where there are none.

    `placed`: with the places of numbers in files whose readings are kept.
    """
    asked = jahre or _recorded(library)
    if not placed:
        return survey(library, asked)
    from zv.readings import Readings

    return survey(library, asked, Readings(library.store).places)


def _recorded(library: Library) -> tuple[int, ...]:
    years = tuple(year for year in library.store.years() if library.store.records(year))
    if not years:
        folder = library.store.ordner / "agreements"
        raise UsageError("Es gibt keine Datensätze.", datei=folder, abhilfe="Ein Jahr nennen, oder mit --ordner einen anderen Ordner.")
    return years
