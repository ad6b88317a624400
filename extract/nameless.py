"""Signatures that have no name, each with its page: a line that was lost, or a sheet that was signed and not lettered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agreements.findings import Befund, Found, Ort

_NAME = re.compile(r"(unterschriften\.\w+\.\d+)\.name")
_TEXT = "ist nicht zu lesen; die Unterschrift hat keinen Namen."


def nameless(found: Sequence[Found]) -> Iterator[Befund]:
    """A finding for each signature of which something was read, and no name."""
    for each in found:
        named = _NAME.fullmatch(each.feld)
        page = _page(found, named[1]) if named and each.wert is None and each.pruefen else None
        if page:
            yield Befund("unterschrift", "warnung", _TEXT, each.feld, ort=page)


def _page(found: Sequence[Found], signature: str) -> Ort | None:
    """Where the rest of a signature stands; None where nothing of it was read."""
    places = [ort for each in found if each.feld.startswith(f"{signature}.") for ort in each.orte if ort.text]
    return Ort(places[0].seite, None, "") if places else None


def with_nameless(befunde: Sequence[Befund], found: Sequence[Found]) -> tuple[Befund, ...]:
    """The findings, those on names that were not read with their page."""
    told = tuple(nameless(found))
    placed = {befund.feld for befund in told}
    return (*(befund for befund in befunde if not (befund.art == "unterschrift" and befund.feld in placed)), *told)
