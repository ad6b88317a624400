"""What the columns of the tidy table mean, and every code in them: the codebook that travels with the numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from agreements.model.fields import label
from agreements.model.record import Ziele
from agreements.overview.overview import EINHEITEN


class Entry(NamedTuple):
    """One line: a column, or a code that may stand in it."""

    spalte: str
    wert: str
    """The code; empty for the column itself."""
    bedeutung: str


COLUMNS = {
    "jahr": "Jahr, für das die Vereinbarung gilt.",
    "ags": "Amtlicher Gemeindeschlüssel des Trägers in diesem Jahr, fünf Ziffern als Text (die führende Null gehört dazu).",
    "nuts3": "NUTS-3-Code des Trägers in diesem Jahr.",
    "traeger": "Schlüssel des Trägers im Register von zv (lk-, sk- oder region- und der Name). Namen: Tabelle „Stand“.",
    "groesse": "Was vereinbart ist: ein Betrag des Haushalts oder ein Ziel.",
    "gruppe": "Für wen das Ziel gilt. Leer bei Beträgen.",
    "richtung": "Wie sich die Größe entwickeln soll. Leer bei Beträgen, und bei Zielen, die noch offen sind.",
    "schranke": "Ob der Wert eine Grenze ist. Leer: genau dieser Wert.",
    "wert": "Der Wert mit den Ziffern der Vereinbarung (14,0 ist nicht 14). Leer bei „gleich“ und bei allem, was noch offen ist. "
            "In JSON ein Text mit Punkt, in CSV und Excel eine Zahl.",
    "einheit": "Einheit des Wertes. Leer bei Zielen, die noch offen sind.",
    "bezug": "Jahr, mit dem verglichen wird. Leer, wo die Vereinbarung keines nennt.",
    "entspricht": "Das Niveau, dem die vereinbarte Veränderung nach der Vereinbarung entspricht: Schranke, Wert und Einheit. Meist leer.",
    "kennzahl": "Die Größe selbst im Bezugsjahr, zum Beispiel der Bestand in Personen: aus der Statistik, mit zv kennzahlen hinterlegt, "
                "nicht aus der Vereinbarung. Leer, wo keine hinterlegt ist.",
    "quelle": "Name der Datei, aus der die Vereinbarung eingelesen wurde, oder die Änderung, von der dieser Wert ist. "
              "Leer, wenn sie in zv geschrieben wurde.",
    "sha256": "SHA-256-Prüfsumme dieser Datei.",
    "seite": "Seite der Datei, auf der der Wert steht. Leer bei Word, bei Werten, die nicht eingelesen wurden, und wo die Lesung "
    "nicht mehr aufbewahrt ist.",
    "sicherheit": "Wie sicher der Wert gelesen wurde, von 0 bis 1. Leer, wenn er nicht eingelesen oder seither geändert wurde, oder wo die "
    "Lesung nicht mehr aufbewahrt ist.",
}  # fmt: skip
"""Every column of the tidy table, in its order."""

OF_STATES = {
    "name": "Tabelle „Stand“: Name des Trägers in diesem Jahr.",
    "stand": "Tabelle „Stand“: wie weit die Vereinbarung ist.",
    "aenderungen": "Tabelle „Stand“: Zahl der Änderungen in diesem Jahr; die Werte sind die nach der letzten.",
    "hinweis": "Tabelle „Stand“: was zur Quelle von AGS und Gültigkeit im Register zu wissen ist.",
}
"""The columns that the table of states has besides."""

_GRUPPEN = {"gesamt": "alle", "frauen": "Frauen", "maenner": "Männer", "alleinerziehende": "Alleinerziehende"}
_RICHTUNGEN = {
    "steigt": "steigt um den Wert",
    "sinkt": "sinkt um den Wert",
    "gleich": "bleibt gleich",
    "betraegt": "beträgt den Wert (ein Niveau)",
}
_SCHRANKEN = {"mindestens": "mindestens der Wert", "hoechstens": "höchstens der Wert", "rund": "ungefähr der Wert"}
_STAENDE = {
    "offen": "es gibt noch keinen Datensatz",
    "entwurf": "Entwurf",
    "versandt": "zur Unterschrift versandt",
    "unterzeichnet": "unterzeichnet",
    "unbekannt": "der Datensatz nennt keinen Stand",
    "fehlerhaft": "der Datensatz ist nicht zu lesen",
}
_EINHEITEN = {
    "prozent": "Veränderung in Prozent gegenüber dem Bezugsjahr, nicht in Prozentpunkten",
    "prozentpunkte": "Veränderung in Prozentpunkten",
    "prozent_niveau": "Niveau in Prozent",
    "personen": "Personen",
    "euro": "Euro",
    "mio_euro": "Millionen Euro, gerundet wie vereinbart",
}


def codebook() -> tuple[Entry, ...]:
    """Every column, each followed by its codes."""
    return tuple(entry for spalte, bedeutung in (COLUMNS | OF_STATES).items() for entry in (Entry(spalte, "", bedeutung), *_codes(spalte)))


def _codes(spalte: str) -> Iterator[Entry]:
    codes = {
        "groesse": _groessen(), "gruppe": _GRUPPEN, "richtung": _RICHTUNGEN, "schranke": _SCHRANKEN, "einheit": _EINHEITEN,
        "stand": _STAENDE,
    }  # fmt: skip
    for wert, bedeutung in codes.get(spalte, {}).items():
        yield Entry(spalte, wert, bedeutung)


def _groessen() -> dict[str, str]:
    """The sums of the budget and the targets, by the names that the record has for them."""
    sums = {name: label(f"haushalt.{name}") for name in EINHEITEN}
    return sums | {name: label(f"ziele.{name}.gesamt") for name in Ziele.model_fields if name != "individuell"}
