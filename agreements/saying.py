"""How the value of an Angabe is said to a person, by itself: "um 3,9 % im Vergleich zum Jahr 2023 steigt", "1. Februar 2024"."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from agreements.model import Offen, Zielwert
from agreements.notation import Context, Datum, Zielsatz, write_number
from agreements.register import Register

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
