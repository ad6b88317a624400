"""A file read once more: what was decided stays decided by its identifier, and what no longer matches is to be decided anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agreements.library.library import Library
from agreements.model.akte import Entscheidung, OffenerPunkt, kennung
from agreements.model.record import Vereinbarung
from agreements.store.store import Gespeichert

_ANEW = "neu zu entscheiden"
_SAID = {
    "bestaetigt": "bestätigt", "berichtigt": "berichtigt", "vereinbart": "so vereinbart", "lesefehler": "als Lesefehler entschieden",
    "nicht-lesbar": "als nicht lesbar entschieden", "steht-nicht-da": "als nicht vorhanden entschieden",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reread:
    """The text of the record's file after another reading of its document, and the points that came by it."""

    text: str
    anew: tuple[OffenerPunkt, ...]


def reread(library: Library, stored: Gespeichert[Vereinbarung], read: Vereinbarung) -> Reread:
    """The record with the points of another reading beside its own; its Angaben, departures and decisions stay as they are.

    A point that is known stays as it is, open or decided. One that is new is to be decided. A decision on something that is not read
    so any more stays, too, and what it was about is to be decided anew.
    """
    akte = stored.record.akte
    known, now = {each.kennung for each in akte.offen}, {each.kennung for each in read.akte.offen}
    come = [each.model_copy(update={"grund": f"{_ANEW}: {each.grund}"}) for each in read.akte.offen if each.kennung not in known]
    left = [each for each in _no_longer_so(stored.record, now) if each.kennung not in known]
    anew = (*come, *left)
    return Reread(library.store.edited(stored, {"akte.offen": (*akte.offen, *anew)}) if anew else stored.text, anew)


def _no_longer_so(record: Vereinbarung, now: set[str]) -> Iterator[OffenerPunkt]:
    """Points that a person has decided and that another reading does not have, open again under an identifier of their own."""
    reopened = {_again(each) for each in record.akte.entschieden}
    points = {each.kennung: each for each in record.akte.offen if each.kennung not in reopened}
    for each in record.akte.entschieden:
        point = points.get(each.kennung)
        if point is not None and each.kennung not in now:
            yield point.model_copy(update={"kennung": _again(each), "grund": f"{_ANEW}: {point.grund}; {_when(each)}, jetzt anders gelesen",
                                           "lesungen": ()})  # fmt: skip


def _again(decision: Entscheidung) -> str:
    return kennung(decision.kennung, decision.art, decision.wie, "")


def _when(decision: Entscheidung) -> str:
    return f"am {decision.tag:%d.%m.%Y} {_SAID[decision.wie]}"
