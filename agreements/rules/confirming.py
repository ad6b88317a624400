"""Rules on what a person must decide before it is final: what a reading left open, and departures from the fixed text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from agreements.language.said import said_of
from agreements.library.open_points import name_of
from agreements.library.provenance import doubtful, is_number
from agreements.model.akte import OffenerPunkt, Punktart
from agreements.model.fields import angaben, kind_at, label
from agreements.rules.case import Case, Hit


def departures(case: Case) -> Iterator[Hit]:
    """Where a document departs from its own wording: what an amendment agrees is none of the agreement's."""
    for number, departure in enumerate(case.own.abweichungen):
        if not case.own.akte.agreed(departure):
            said = f"Der Text weicht vom Wortlaut ab: {said_of(departure)} ({departure.stelle})."
            yield Hit(departure.neu or departure.alt or "", said, f"abweichungen.{number}", stelle=departure.stelle)
    yield from left_open("abweichung")(case)


def tracked_changes(case: Case) -> Iterator[Hit]:
    """What stood otherwise in the Word file before changes that were tracked and not accepted."""
    akte = case.record.akte
    for feld, before in akte.nachverfolgt.items():
        if not akte.looked_at(feld):
            name = label(feld) if kind_at(feld) else feld
            yield Hit("", f"{name}: nachverfolgt geändert und nicht angenommen; zuvor „{before}“.", feld)
    yield from left_open("nachverfolgt")(case)


def unsurely_read(case: Case) -> Iterator[Hit]:
    """What was read unsurely from a document, and that nobody has looked at since; of an older record its numbers alone."""
    told = {point.feld for point in case.own.akte.offen}
    for feld, value in angaben(case.own).items():
        kept = feld in case.own.akte.fundstellen and is_number(feld) and feld not in told
        if kept and (place := doubtful(feld, value, case.own, case.library.register)):
            page = f" (Seite {place.seite})" if place.seite else ""
            yield Hit(place.gelesen or "", f"{label(feld)}: Der Wert ist unsicher gelesen{page}.", feld)
    yield from left_open("unsicher")(case)


def left_open(art: Punktart) -> Callable[[Case], Iterator[Hit]]:
    """The rule on the open points of one kind."""

    def find(case: Case) -> Iterator[Hit]:
        points = {each.kennung: number for number, each in enumerate(case.own.akte.offen)}
        return (_hit(each, f"akte.offen.{points[each.kennung]}") for each in case.points if each.art == art)

    return find


def _hit(point: OffenerPunkt, entry: str) -> Hit:
    name = f"{name_of(point)}: " if name_of(point) else ""
    page = f"Seite {point.seite}; " if point.seite else ""
    said = f"{name}{point.grund.rstrip('.')} ({page}Kennung {point.kennung})"
    return Hit((point.lesungen[0].text or "") if point.lesungen else "", said, point.feld or entry, stelle=point.stelle or "")
