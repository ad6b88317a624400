"""What a departure from the wording says, and whether a person stands for it."""

from __future__ import annotations

from collections.abc import Callable

from agreements.language.tokens import shortened
from agreements.model.record import Abweichung, Akte, Vereinbarung
from agreements.reading.reading import SCANNED

RULE = "abweichung"
"""The rule of `zv pruefe` that tells departures; whoever silences it with a reason confirms them."""


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


def misread(record: Vereinbarung) -> tuple[Abweichung, ...]:
    """The departures of a record that was read from pictures which nobody has confirmed: each may be a misread word of the wording."""
    if record.akte.lesart not in SCANNED:
        return ()
    return tuple(departure for departure in record.abweichungen if not _confirmed(record.akte, departure))


def _confirmed(akte: Akte, departure: Abweichung) -> bool:
    """Whether the rule is silenced as a whole or at its place; by its number it is not, for that shifts with those before it."""
    return any(akte.stillgelegt.get(key, "").strip() for key in (RULE, f"{RULE}@{departure.stelle}"))
