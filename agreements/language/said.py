"""How the value of an Angabe is said to a person, by itself: "um 3,9 % im Vergleich zum Jahr 2023 steigt", "1. Februar 2024"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.language.calendar import Datum
from agreements.language.numbers import write_number
from agreements.language.protocol import Context
from agreements.language.target_vocabulary import EINHEIT, RICHTUNG
from agreements.language.targets import Zielsatz
from agreements.language.tokens import shortened
from agreements.model.akte import Abweichung
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
        case bool():
            return ("ja" if value else "nein",)
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


def say_change(feld: str, old: Any, new: Any, register: Register, jahr: int) -> tuple[str, ...]:
    """What changes of an Angabe, to be said behind its name: ": 21,9 → 22,5"; of a list entry by entry, ", 2. Eintrag neu: „…“"."""
    if isinstance(old, tuple) and isinstance(new, tuple):
        return tuple(_entries_changed(old, new))
    before, after = (_short(" / ".join(say(feld, value, register, jahr)), 200) for value in (old, new))
    return (f": {before} → {after}",)


def _entries_changed(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    gone = [number for number, text in enumerate(old) if text not in new]
    come = [number for number, text in enumerate(new) if text not in old]
    pairs = list(zip(gone, come, strict=False)) if len(gone) == len(come) else []
    for number, there in pairs:
        yield f", {there + 1}. Eintrag: „{_short(old[number])}“ → „{_short(new[there])}“"
    if not pairs:
        yield from (f", {number + 1}. Eintrag entfällt: „{_short(old[number])}“" for number in gone)
        yield from (f", {number + 1}. Eintrag neu: „{_short(new[number])}“" for number in come)
    if [text for text in old if text in new] != [text for text in new if text in old]:
        yield f": in anderer Reihenfolge, jetzt {', '.join(f'„{_short(text, 30)}“' for text in new)}"


def _short(text: str, most: int = 100) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def say_target(value: Zielwert, jahr: int) -> str:
    """A target in short, for a table of a year: "steigt um höchstens 14,0 %"; the year compared with where it is not the one before."""
    richtung = RICHTUNG[value.richtung][0]
    other = f" gegenüber {value.bezug}" if value.bezug not in (None, jahr - 1) else ""
    if value.wert is None:
        return f"bleibt gleich{other}"
    amount = f"{write_number(value.wert)} {EINHEIT['prozent' if value.einheit == 'prozent_niveau' else value.einheit][0]}"
    bound = {"hoechstens": "höchstens", "mindestens": "mindestens", "rund": "rund", None: ""}[value.schranke]
    return " ".join(filter(None, (richtung, "" if value.richtung == "betraegt" else "um", bound, amount))) + other


def said_of(departure: Abweichung, short: Callable[[str], str] = shortened) -> str:
    """What is otherwise: "„dreimal“ statt „zweimal“"; its words as `short` gives them."""
    old, new = (f"„{short(text)}“" if text else "" for text in (departure.alt, departure.neu))
    match departure.art:
        case "ersetzt":
            return f"{new} statt {old}"
        case "gestrichen":
            return f"{old or 'der Absatz'} fehlt"
        case "eingefuegt":
            return f"{new} ist eingefügt"
        case "verschoben":
            return f"steht hinter {departure.neu}"


def unbroken(text: str) -> str:
    """The text with each number and its unit on one line."""
    return re.sub(r"(?<=\d) (?=\S)", "\u00a0", text)
