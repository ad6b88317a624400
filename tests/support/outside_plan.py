"""Which documents the outside half is made of: what befalls each, who sets it, and its seed, another one in each release."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import Literal, NamedTuple

from outside_setting import Setter

from agreements import __version__

Pen = Literal["", "days", "corrections", "markup"]
PLAN: tuple[tuple[str, Pen], ...] = (
    ("ordinary", "corrections"), ("ordinary", "days"), ("ordinary", ""), ("ink", ""), ("ordinary", "corrections"), ("paper", "days"),
    ("tinted", ""), ("through", ""), ("ordinary", "markup"), ("ordinary", "days"), ("light", ""), ("ordinary", "corrections"),
    ("bound", ""), ("overlay", ""), ("poor", ""), ("fax", ""), ("ordinary", "days"),
    ("copier dirt", ""), ("askew", "corrections"), ("deep fold", ""),
    ("spread", ""), ("ordinary", "corrections"), ("photo", ""), ("poor", "days"),
)  # fmt: skip
"""What befalls one document after the other; then again from the first."""


class Plan(NamedTuple):
    """One document that is to be made."""

    number: int
    seed: int
    damage: str
    pen: Pen
    older: bool
    setter: Setter

    @property
    def kind(self) -> str:
        """What it is counted under."""
        return self.damage if self.damage != "ordinary" or not self.pen else self.pen


def planned(documents: int, seed: int, only: Sequence[str] = ()) -> list[Plan]:
    """The documents of a seed: other ones in each release of the program."""
    first = zlib.crc32(f"{__version__} {seed}".encode())
    plans = []
    for number in range(documents * (len(PLAN) if only else 1)):
        round_, place = divmod(number, len(PLAN))
        damage, pen = PLAN[place]
        setter: Setter = "typst" if (place + round_) % 2 else "libreoffice"
        plan = Plan(number, first + number, damage, pen, (place // 2 + round_) % 3 != 0, setter)
        plans += [plan] if not only or plan.kind in only else []
    return plans[:documents]
