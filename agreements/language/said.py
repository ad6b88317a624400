"""How the value of an Angabe is said to a person, by itself: "um 3,9 % im Vergleich zum Jahr 2023 steigt", "1. Februar 2024"."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.language.calendar import Datum
from agreements.language.numbers import write_number
from agreements.language.protocol import Context
from agreements.language.target_vocabulary import EINHEIT, RICHTUNG
from agreements.language.targets import Zielsatz
from agreements.model.record import Zielwert
from agreements.model.values import Offen
from agreements.register.register import Register

ABSENT = "–"
"""Said of what a record or document does not have."""


def say(feld: str, value: Any, register: Register, jahr: int) -> tuple[str, ...]:
    """A value in German, one text a paragraph; a date that is open is "leer": it waits for the pen."""
    context = Context(jahr=jahr, register=register)
    match value:
        case None:
            return (ABSENT,)
        case Offen():
            return ("leer" if feld.endswith(".datum") else "offen",)
        case Zielwert():
            return (Zielsatz("jahr").write(value, context),)
        case tuple():
            return tuple(map(str, value))
        case date():
            return (Datum().write(value, context),)
        case str() if feld == "traeger":
            return (register.find(value, jahr).name,)
        case int() | Decimal() if feld != "jahr":
            return (write_number(value),)
    return (str(value),)


def say_target(value: Zielwert, jahr: int) -> str:
    """A target in short, for a table of a year: "steigt um höchstens 14,0 %"; the year compared with where it is not the one before."""
    richtung = RICHTUNG[value.richtung][0]
    other = f" gegenüber {value.bezug}" if value.bezug not in (None, jahr - 1) else ""
    if value.wert is None:
        return f"bleibt gleich{other}"
    amount = f"{write_number(value.wert)} {EINHEIT['prozent' if value.einheit == 'prozent_niveau' else value.einheit][0]}"
    bound = {"hoechstens": "höchstens", "mindestens": "mindestens", "rund": "rund", None: ""}[value.schranke]
    return " ".join(filter(None, (richtung, "" if value.richtung == "betraegt" else "um", bound, amount))) + other


def unbroken(text: str) -> str:
    """The text with each number and its unit on one line."""
    return re.sub(r"(?<=\d) (?=\S)", "\u00a0", text)
