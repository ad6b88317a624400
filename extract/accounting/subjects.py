"""What a text is about, for accounting: indicators, groups, money, whether it agrees anything, and what a heading opens."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

Kennzahl = Literal["leistungen_lebensunterhalt", "integrationsquote", "langzeitleistungsbezug"]
Zone = Literal["ziele", "haushalt", ""]
"""The chapters in which every figure may be agreed, and all others."""

_KENNZAHLEN: tuple[tuple[Kennzahl, re.Pattern[str]], ...] = (
    (
        "langzeitleistungsbezug",
        re.compile(r"Langzeit\w*be(?:zug|zieh)|langfristig\w* (?:\w+)?[Bb]ezug|langjährig\w* (?:\w+)?[Bb]ezug|\bLZB\b|\bK3\b", re.I),
    ),
    (
        "integrationsquote",
        re.compile(
            r"Integrationsquote|\bIntegrationen\b|\bIntegration\w*(?: \w+){0,3} in (?:\w+ )?(?:Erwerb|Arbeit|Beschäft)|\bK2\b", re.I
        ),
    ),
    ("leistungen_lebensunterhalt", re.compile(r"Lebensunterhalt|Hilfebedürftigkeit|\bK1\b", re.I)),
)
_GRUPPEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("alleinerziehende", re.compile(r"allein ?erzieh", re.I)),
    ("frauen", re.compile(r"Frau|weiblich|Kundinnen|bezieherinnen|Teilnehmerinnen|Bewerberinnen|geschlecht", re.I)),
    ("maenner", re.compile(r"Männ|männlich|geschlecht|\bKunden\b", re.I)),
    ("gesamt", re.compile(r"\(gesamt\)|\bGesamtquote|\binsgesamt\b", re.I)),
)
_BETRAEGE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("haushalt.gesamtbudget_mio", re.compile(r"Gesamt(?:budget|mittel|volumen|summe|betrag|höhe)|\binsgesamt\b|Summe\b|Budget\b", re.I)),
    ("haushalt.verwaltungskosten", re.compile(r"Verwaltung", re.I)),
    ("haushalt.eingliederungsleistungen", re.compile(r"Eingliederung", re.I)),
)
_AGREED = re.compile(
    r"\b(?:soll\w*|wollen|will|vereinbar\w*|verständig\w*|verpflicht\w*|festge(?:legt|setzt)|angestrebt\w*|strebt|streben|anzustreben|"
    r"Ziel(?!erreichung|nachhaltung|dialog|vereinbarung|steuerung)\w*|Zielvereinbarungswert\w*|Soll|plan(?:t|en)|geplant\w*|vorgesehen\w*|"
    r"beabsichtig\w*|visiert|nimmt sich vor|nehmen sich vor|zugesagt|sagt zu)\b|\berreicht\b.{0,80}\b(?:wenn|sobald|sofern)|zu erreichen\b"
)
MOVES = re.compile(
    r"\b(?:steig|erhöh|sink|gesenkt|senken|verringer|verbesser|reduzier|abgebaut|abbauen|vermind|gesteigert|halten|gehalten|stabil|bleib|"
    r"Anstieg|Rückgang|Steigerung|Senkung)\w*",
    re.I,
)
"""How a target is worded that has no figure: a change or a standstill."""
_GOALS = re.compile(r"\bZiele?n?\b|Zielwert|Zielindikator|Zielvereinbarungen|Zielsetzung|Kennzahl|\bSoll-?Wert", re.I)
_MONEY = re.compile(
    r"Haushalt|\bfinanz|Finanz|Budget|\bMittel\b|Mittelausstattung|Ressource|Verwaltungskosten|Eingliederungs(?:leistung|mittel|budget|titel)",
    re.I,
)
_NEITHER = re.compile(
    r"Grundsätz|Präambel|Vorbemerk|Allgemein|Rahmen(?!werte)|Ausgangslage|regional|Arbeitsmarkt(?:lage)?$|Schwerpunkt|nachhaltung|dialog|Controlling|"
    r"Zielsteuerung|Überprüfung|Zielerreichung|Schluss|Inkrafttreten|Laufzeit|Verpflichtung|Gegenstand|Präambel|Landesebene|Geltung|Datenschutz",
    re.I,
)


@lru_cache(maxsize=4096)
def kennzahl_of(text: str) -> Kennzahl | None:
    """The statutory indicator that a text names, of several the one named last."""
    found = [(match.start(), name) for name, pattern in _KENNZAHLEN for match in pattern.finditer(text)]
    return max(found)[1] if found else None


_INDICATOR = re.compile(
    r"Integrationsquote|Langzeit\w*bezieh|Langzeit\w*bezug|\bLZB\b|Leistungen (?:zum|für den|zur Sicherung des) Lebensunterhalt",
    re.I,
)


def names_indicator(text: str) -> bool:
    """Whether a text names a statutory indicator by its own name."""
    return bool(_INDICATOR.search(text))


def gruppen_of(text: str) -> tuple[str, ...]:
    """The groups that a text names, "gesamt" among them."""
    return tuple(name for name, pattern in _GRUPPEN if pattern.search(text))


def betraege_of(text: str) -> tuple[str, ...]:
    """The amounts of the budget that a text names, by their dotted names."""
    return tuple(feld for feld, pattern in _BETRAEGE if pattern.search(text))


@lru_cache(maxsize=4096)
def agrees(text: str) -> bool:
    """Whether a text has words by which something is agreed."""
    return bool(_AGREED.search(text))


_LEVEL = re.compile(
    r"\bentspr(?:icht|echen|äche)\b|\b(?:wäre|ergibt|ergäbe)n?\b.{0,20}\bdamit\b|\bdamit\b.{0,20}\b(?:wäre|ergibt|ergäbe)", re.I
)
"""Words behind which stands what a change comes to."""


def says_level(text: str) -> bool:
    """Whether a text says what a change comes to: "dies entspricht einer Quote von …"."""
    return bool(_LEVEL.search(text))


def may_agree(text: str) -> bool:
    """Whether a sentence may agree something wherever it stands: it says so, or names what agreements agree."""
    return agrees(text) or names_indicator(text) or bool(betraege_of(text)) or says_level(text)


def zone_of(heading: str) -> Zone | None:
    """The chapter that a heading opens; None where it does not say: it belongs to the chapter it stands in."""
    if _MONEY.search(heading):
        return "haushalt"
    if _NEITHER.search(heading):
        return ""
    return "ziele" if _GOALS.search(heading) or kennzahl_of(heading) else None
