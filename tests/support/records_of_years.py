"""A folder of agreements of all Träger over several years: varied values, every Stand, some not there at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from emsland import REGISTER, emsland
from varied import JAHR, varied

from agreements.model.record import Akte, Quelle, Vereinbarung, Zielwert
from agreements.store.store import Store

STATES = ("unterzeichnet", "versandt", "entwurf", None)


def records(jahre: Iterable[int], missing: int = 0) -> Iterator[Vereinbarung]:
    """The records of some years (2017 or later), each year's last Träger left out where some are to be missing."""
    for jahr in jahre:
        zkt = REGISTER.zkt(jahr)
        for number, traeger in enumerate(zkt[: len(zkt) - missing]):
            record = varied(jahr * 100 + number, emsland())
            quelle = Quelle(datei=f"{traeger.schluessel} {jahr}.pdf", sha256=f"{jahr * 100 + number:064x}")
            akte = Akte(stand=STATES[number % len(STATES)], quelle=quelle if number % 2 else None)  # type: ignore[arg-type]
            yield record.model_copy(update={
                "jahr": jahr, "traeger": traeger.schluessel, "akte": akte, "ziele": _of_year(record.ziele, jahr - JAHR)})  # fmt: skip


def _of_year(part: Any, later: int) -> Any:
    """Targets that compare with the same distance of years."""
    if isinstance(part, Zielwert):
        return part.model_copy(update={"bezug": part.bezug + later if part.bezug else None})
    if not hasattr(part, "model_copy"):
        return part
    return part.model_copy(update={name: _of_year(getattr(part, name), later) for name in type(part).model_fields})


def write(folder: Path, found: Iterable[Vereinbarung]) -> Store:
    """The records in a folder."""
    store = Store(folder)
    for record in found:
        store.save(record)
    return store
