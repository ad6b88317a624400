"""Whether a person stands for the departures of a record from its wording."""

from __future__ import annotations

from agreements.model.record import Abweichung, Akte, Vereinbarung
from agreements.reading.reading import SCANNED

RULE = "abweichung"
"""The rule of `zv pruefe` that tells departures; whoever silences it with a reason confirms them."""


def misread(record: Vereinbarung) -> tuple[Abweichung, ...]:
    """The departures of a record that was read from pictures which nobody has confirmed: each may be a misread word of the wording."""
    if record.akte.lesart not in SCANNED:
        return ()
    return tuple(departure for departure in record.abweichungen if not is_confirmed(record.akte, departure))


def is_confirmed(akte: Akte, departure: Abweichung) -> bool:
    """Whether the rule is silenced as a whole or at its place; by its number it is not, for that shifts with those before it."""
    return any(akte.stillgelegt.get(key, "").strip() for key in (RULE, f"{RULE}@{departure.stelle}"))
