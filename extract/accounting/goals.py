"""Which numbered headings below the chapter of goals open none of the individual goals, by their own words."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator

from extract.accounting.outline import Heading
from extract.accounting.subjects import Kennzahl, gruppen_of
from extract.accounting.telling import Told

_STATUTORY = re.compile(
    r"(?:(?:Kennzahl|Ziel|K\s?\d|Verringerung|Vermeidung|Verbesserung|Reduzierung|Senkung|Steigerung|Erhöhung|Entwicklung|Veränderung|Verkürzung|Abbau|"
    r"und|der|die|des|das|von|an|in|im|zur|zum|bei|nach|durchschnittlich\w*|langfristig\w*|langjährig\w*|Summe|Bestand\w*|Zahl|Höhe|"
    r"Hilfebedürftigkeit|Leistungen|Lebensunterhalt\w*|Integration\w*|Integrationsquote\w*|Erwerbstätigkeit|Arbeit|Ausbildung|Beschäftigung|Arbeitsmarkt|"
    r"Leistungsbezug\w*|Hilfebezug\w*|Langzeit\w*|Bezug\w*|Alleinerziehende\w*|allein|erziehende\w*|Frauen|Männern?|ersten|allgemeinen|SGB|II|§\s?\d+\w*|\d+)"
    r"[\s:.,/()–-]*)+",
    re.I,
)
"""A heading of nothing but the words by which the law names its goals (§ 48a Abs. 2 SGB II)."""
_PART = re.compile(
    r"Zielindikator|Ergänzungsgröße|Kennzahlen|Zielwerte|Zielvereinbarungswerte|Monitoring|Beobachtung|Allgemein|Grundsätz|Grundlage|Vorbemerk|"
    r"Ausgangslage|Rahmen|Nachhaltung|Dialog|Bewertung|Datengrundlage|Übersicht|Erläuterung|Umsetzungsschritte|Individuelle Ziele",
    re.I,
)


_Key = tuple[Kennzahl, bool]
"""A statutory goal: its indicator, and whether it is that of single parents."""


def explained(headings: Iterable[Heading], read: Container[str]) -> Iterator[Told | None]:
    """Of each heading what it is, if it opens no individual goal: a statutory goal's, or one of a part of the chapter.

    A goal that names its indicator in words of its own is the statutory one only where no other has its very name and the target was
    `read`; a second one on an indicator is a goal of its own.
    """
    several = list(headings)
    named = {_key(heading) for heading in several if _STATUTORY.fullmatch(heading.titel)}
    met: set[_Key | None] = set()
    for heading in several:
        key = _key(heading)
        own = bool(_STATUTORY.fullmatch(heading.titel)) or (key not in named and key is not None and f"ziele.{key[0]}.gesamt" in read)
        part = _PART.search(heading.titel)
        if key and own and key not in met:
            yield Told("gesetzliches Ziel", heading.titel)
        else:
            yield Told("Abschnitt der Ziele", part.group()) if part else None
        met.add(key)


def _key(heading: Heading) -> _Key | None:
    return (heading.kennzahl, "alleinerziehende" in gruppen_of(heading.titel)) if heading.kennzahl else None
