"""Which Angaben a figure may be that nobody assigned: those it names by indicator, group or kind of money, as far as they were not read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agreements.reading.findings import Found
from extract.accounting.figures import Einheit
from extract.accounting.subjects import Kennzahl, Zone, betraege_of, gruppen_of, kennzahl_of, says_level

_GROUPS = ("gesamt", "frauen", "maenner", "alleinerziehende")
_BUDGET = ("haushalt.gesamtbudget_mio", "haushalt.verwaltungskosten", "haushalt.eingliederungsleistungen")


def fields_meant(said: str, einheit: Einheit, zone: Zone, above: Kennzahl | None, found: Mapping[str, Found]) -> tuple[str, ...]:
    """The dotted names of what a figure may be, told by the words around it, and where they do not tell, by the heading above.

    A figure that names an indicator and no group is its total, unless that was read already: then it may be any other group.
    """
    if einheit == "euro" or (zone == "haushalt" and einheit == ""):
        return betraege_of(said) or (_BUDGET if zone == "haushalt" else ())
    named = kennzahl_of(said)
    groups = gruppen_of(said)
    kennzahl = named or above or ("integrationsquote" if groups else None)
    if kennzahl is None:
        return ()
    total = f"ziele.{kennzahl}.gesamt"
    if says_level(said):
        return (f"{total}.entspricht",)
    if kennzahl != "integrationsquote":
        return (total,)
    if groups:
        return tuple(f"ziele.{kennzahl}.{group}" for group in groups)
    if named and is_missing(total, found):
        return (total,)
    return tuple(f"ziele.{kennzahl}.{group}" for group in _GROUPS)


def is_missing(feld: str, found: Mapping[str, Found]) -> bool:
    """Whether an Angabe was not read, or nothing of it."""
    return feld not in found or found[feld].wert is None


def named_together(felder: Sequence[str]) -> str | None:
    """One name for some Angaben: their own, or that of what they are all parts of; None where there is none."""
    if len(felder) <= 1:
        return felder[0] if felder else None
    above = {feld.rpartition(".")[0] for feld in felder}
    return above.pop() if len(above) == 1 else None
