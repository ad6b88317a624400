"""What a section is about, by its heading."""

from __future__ import annotations

import re
from typing import Literal

from agreements.language.numbering import BEFORE_GOALS

Thema = Literal[
    "",
    "grundsaetze",
    "rahmen",
    "regional",
    "schwerpunkte",
    "haushalt",
    "ziele",
    "nachhaltung",
    "leistungen_lebensunterhalt",
    "integrationsquote",
    "alleinerziehende",
    "langzeitleistungsbezug",
]
"""What a section is about, as its heading says; "" where it says none of these."""
_THEMEN: tuple[tuple[Thema, re.Pattern[str]], ...] = (
    ("ziele", re.compile(rf"^{BEFORE_GOALS}(?:Vereinbarte\s+)?(?:Ziele|Zielwerte)\b", re.I)),
    ("schwerpunkte", re.compile(r"Schwerpunkt|Landesebene", re.I)),
    (
        "nachhaltung",
        re.compile(
            r"Nachhaltung|Zielnachhaltung|Zieldialog|Zielsteuerung|Controlling|Überprüfung|Zielerreichung|Schlussbestimmung|Inkrafttreten|Laufzeit",
            re.I,
        ),
    ),
    ("haushalt", re.compile(r"Haushalt|finanziell|Finanzen|Finanzierung|Budget|\bMittel\b|Mittelausstattung|Ressourcen", re.I)),
    ("alleinerziehende", re.compile(r"allein ?erziehend", re.I)),
    ("langzeitleistungsbezug", re.compile(r"Langzeit(?:leistungs)?be|langfristige\w* (?:Leistungs|Hilfe)be|Langzeitbezug", re.I)),
    (
        "integrationsquote",
        re.compile(
            r"Integrationsquote|Erwerbsintegration|"
            r"Integration(?:en)? (?:\S+ )?in (?:(?:den|die|eine) )?(?:\S+ )?(?:Erwerbstätigkeit|Arbeitsmarkt|Arbeit\b|Beschäftigung)",
            re.I,
        ),
    ),
    ("leistungen_lebensunterhalt", re.compile(r"Hilfebedürftigkeit|Lebensunterhalt", re.I)),
    ("regional", re.compile(r"regional|\bvor Ort\b|örtlich|Arbeitsmarkt im Landkreis", re.I)),
    ("ziele", re.compile(r"\bZiele\b|Zielindikator|Zielwert|Zielvereinbarung|Zielsetzung", re.I)),
    ("rahmen", re.compile(r"Rahmenbedingung|Ausgangslage|Arbeitsmarktlage", re.I)),
    ("grundsaetze", re.compile(r"Grundsätz|Präambel|Vorbemerkung|Allgemeines", re.I)),
)


def thema_of(heading: str) -> Thema:
    """What a heading says its section is about; a goal for a group of its own ("von Geflüchteten") is none of the statutory ones."""
    if _GOAL_OF_ITS_OWN.match(heading) or _INDIVIDUAL.search(heading):
        return ""
    return next(
        (thema for thema, pattern in _THEMEN if pattern.search(heading) and not (thema in STATUTORY and _OTHER_GROUP.search(heading))), ""
    )


STATUTORY: tuple[Thema, ...] = ("leistungen_lebensunterhalt", "integrationsquote", "alleinerziehende", "langzeitleistungsbezug")
"""Goals with a statutory indicator (§ 48a SGB II)."""
_GOAL_OF_ITS_OWN = re.compile(
    r"(?:\d{1,2}[.)]|\d{1,2}\.\d{1,2}\.?|Ziel\s+\d+:)\s+(?:Landesspezifisch|Gleichstellungspolitisch|Lokal|Individu|Weiter|Zusätzlich)\w*\s+Ziele?\b",
    re.I,
)
"""A numbered goal that is called one; "IV. Individuelle Ziele" is a chapter of them."""
_INDIVIDUAL = re.compile(r"\(individu\w+ Zielvereinbarung(?:en)?\)$", re.I)
"""What is said behind the title of a goal: "… (individualisierte Zielvereinbarung)"."""
_OTHER_GROUP = re.compile(
    r"Geflüchtet|Flüchtling|Jugendlich|junge[rn]?\b|unter 25|U ?25|Ausländ|Migra|Neuantrag|Neuzug|individu|"
    r"Schwerbehindert|Menschen mit|Ältere|Langzeitarbeitslos|Rehabilitand|Aufstock|Ergänzer|(?<!allein)(?<!allein )erziehende|"
    r"Integration(?:squote)? (?:von|der) Langzeit|Teilhabe (?:am|von|der|für)\b|\bK[123]E\d",
    re.I,
)
