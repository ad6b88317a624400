"""The proof of a learned wording: the agreements it was learned from, read with it, must say what they said without."""

from __future__ import annotations

from dataclasses import dataclass

from agreements.errors import ZvError
from agreements.library.differences import Difference, differing_values
from agreements.model.fields import angaben
from agreements.reading.findings import Found
from agreements.register.register import Register
from agreements.wording.units import Wording
from extract.by_wording.choice import follow
from extract.learning.specimen import Specimen
from extract.pages.order import Sheets


@dataclass(frozen=True, slots=True)
class Proof:
    """What became of one agreement: what does not come back as it was, and how often it departs from the wording."""

    name: str
    differences: tuple[Difference, ...] = ()
    gained: tuple[Difference, ...] = ()
    """What only the wording tells: where a text of the region begins, say."""
    found: tuple[Found, ...] = ()
    """The Angaben as read with the wording, with their places."""
    departures: int = 0
    unsure: tuple[str, ...] = ()
    """Angaben that were not sure without the wording and are not compared, or are not sure with it."""
    error: ZvError | None = None


def prove_learned(wording: Wording, specimen: Specimen, register: Register) -> Proof:
    """What an agreement says when it is read with the wording, held against what it said without one."""
    try:
        matched = follow(wording, Sheets(specimen.reading), register)
    except ZvError as error:
        return Proof(specimen.name, error=error)
    unsure = specimen.unsure
    found = tuple(each for each in matched.found if not each.feld.endswith(".zustand"))
    compared = differing_values(register, specimen.record, matched.record)
    different = tuple(each for each in compared if each.feld and not each.feld.endswith(".zustand") and not _doubted(each.feld, unsure))
    said = angaben(specimen.record)
    gained = tuple(each for each in different if each.feld not in said)
    different = tuple(each for each in different if each.feld in said)
    doubts = dict.fromkeys((*unsure, *(each.feld for each in found if each.doubtful)))
    return Proof(specimen.name, different, gained, found, len(matched.record.abweichungen), tuple(doubts))


def _doubted(feld: str, unsure: dict[str, str]) -> bool:
    return feld in unsure or feld.removesuffix(".entspricht") in unsure
