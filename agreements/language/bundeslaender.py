"""The sixteen Länder of the Federal Republic, as an agreement names one that is party to it."""

from __future__ import annotations

import re

BUNDESLAENDER = (
    ("Baden-Württemberg", "Baden-Württembergisch"), ("Bayern", "Bayerisch"), ("Berlin", "Berliner"), ("Brandenburg", "Brandenburgisch"),
    ("Bremen", "Bremisch"), ("Hamburg", "Hamburgisch"), ("Hessen", "Hessisch"), ("Mecklenburg-Vorpommern", "Mecklenburg-Vorpommersch"),
    ("Niedersachsen", "Niedersächsisch"), ("Nordrhein-Westfalen", "Nordrhein-Westfälisch"), ("Rheinland-Pfalz", "Rheinland-Pfälzisch"),
    ("Saarland", "Saarländisch"), ("Sachsen", "Sächsisch"), ("Sachsen-Anhalt", "Sachsen-Anhaltisch"),
    ("Schleswig-Holstein", "Schleswig-Holsteinisch"), ("Thüringen", "Thüringer"),
)  # fmt: skip
"""Each Land's name, and what stands before its ministries, without its ending."""


def _as_party(name: str, adjective: str) -> re.Pattern[str]:
    """A Land that agrees something: "das Land Hessen", "Hessisches Ministerium", "Ministerium für Wirtschaft Baden-Württemberg"."""
    named = rf"{re.escape(name)}(?:s|n)?(?![\w-])"
    return re.compile(rf"(?:\bLand(?:e|es)?|\bFreistaat(?:e?s)?|\b[Ss]tadt(?:staat)?)\s+{named}"
                      rf"|(?<![\w-]){re.escape(adjective)}(?:e[snmr]?)?\s+(?:Staats)?[Mm]inister"
                      rf"|[Mm]inister(?:ium|iums|in)\b[^.;:]{{0,160}}(?<![\w-]){named}")  # fmt: skip


_PARTIES = tuple((name, _as_party(name, adjective)) for name, adjective in BUNDESLAENDER)


def laender_in(text: str) -> tuple[str, ...]:
    """The names of the Länder that a text names as those who agree something."""
    return tuple(name for name, pattern in _PARTIES if pattern.search(text))
