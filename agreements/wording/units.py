"""What a wording consists of: units of fixed text and slots, in conditions and loops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from agreements.language.notation import FreeText
from agreements.language.protocol import Notation
from agreements.language.tokens import shapes
from agreements.model.document import Art
from agreements.model.record import Vereinbarung


@dataclass(frozen=True, slots=True)
class Slot:
    """A field in the text. `path` may hold loop variables in braces: "ziele.individuell.{nummer}.titel"."""

    path: str
    notation: Notation
    entry: bool = False
    """Whether it prints one entry of the list at `path`."""
    nth: int = 0
    """Which entry, from 1; 0: that of the turn of a loop."""
    key: bool = False
    """Whether it prints the number of a loop itself."""
    first: int = 1
    """The least such number."""
    derived: bool = False
    """Whether it prints not the value but what follows from it, such as the year after."""


def of_one_goal(slot: Slot, other: Slot) -> bool:
    """Whether two targets in a sentence are of one goal, so that the first may leave verb and year to the other."""
    return slot.path.rpartition(".")[0] == other.path.rpartition(".")[0]


Part = str | Slot
FEW = 3
"""A unit of no more fixed words says little by them."""


@dataclass(frozen=True)
class Unit:
    """One block of the wording; title page and opening are one unit of several lines."""

    art: Art
    lines: tuple[tuple[Part, ...], ...]
    stelle: str
    zeile: int
    level: int = 0
    column: int = 0
    gruppe: int = 0
    liste: str | None = None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """Text and slots in order, lines parted by a blank."""
        joined: list[Part] = []
        for number, line in enumerate(self.lines):
            joined.extend(([" "] if number else []) + list(line))
        return tuple(joined)

    @cached_property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(part for part in self.parts if isinstance(part, Slot))

    @cached_property
    def items(self) -> tuple[Part, ...]:
        """The words and signs of the text, each by itself, and the slots."""
        return tuple(item for part in self.parts for item in (shapes(part) if isinstance(part, str) else (part,)))

    @cached_property
    def literal(self) -> tuple[str, ...]:
        """The words and signs that are fixed."""
        return tuple(item for item in self.items if isinstance(item, str))

    @cached_property
    def literal_text(self) -> str:
        """What is fixed, letter by letter, with nothing in place of the fields."""
        return "".join(part for part in self.parts if isinstance(part, str))

    @cached_property
    def is_vague(self) -> bool:
        """Whether it is free text with hardly a fixed word."""
        return self.has_free and len(self.literal) <= FEW

    @cached_property
    def begins_with_number(self) -> bool:
        """Whether it opens one turn of a numbered loop."""
        return any(slot.key for slot in self.slots[:1])

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The fixed words before the only value of a unit of few words: they alone say what the value is."""
        first = next((number for number, item in enumerate(self.items) if not isinstance(item, str)), 0)
        return self.literal[:first] if len(self.literal) <= FEW and len(self.slots) == 1 and not self.has_free else ()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """The fixed words and signs, each once."""
        return frozenset(self.literal)

    @cached_property
    def free(self) -> Slot | None:
        """The slot of a unit that is nothing but one free text."""
        parts = [part for part in self.parts if not isinstance(part, str) or part.strip()]
        return parts[0] if len(parts) == 1 and isinstance(parts[0], Slot) and parts[0].notation.free else None

    @cached_property
    def opening(self) -> re.Pattern[str] | None:
        """How the text of a unit of nothing but free text usually begins."""
        return self.free.notation.opening if self.free and isinstance(self.free.notation, FreeText) else None

    @cached_property
    def has_free(self) -> bool:
        """Whether any text at all may stand somewhere in it."""
        return any(slot.notation.free for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Condition:
    """Units printed only where the record has `path`."""

    path: str
    body: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Loop:
    """Units printed for each entry of a list, or for each numbered entry from `first` on."""

    path: str
    body: tuple[Node, ...]
    key: str | None = None
    first: int = 1


Node = Unit | Condition | Loop


@dataclass(frozen=True)
class Wording:
    """A loaded wording; `schluessel` is its name in records, "ni/2024", that of a year's amendments "ni/aenderung-2024"."""

    schluessel: str
    datei: Path
    body: tuple[Node, ...]
    record: Vereinbarung | None = None
    """The record that carries it as its own text; None: it is the wording of a year."""

    @property
    def land(self) -> str:
        return self.schluessel.split("/")[0]

    @property
    def jahr(self) -> int:
        return self.record.jahr if self.record else int(self.schluessel[-4:])

    @property
    def amends(self) -> bool:
        """Whether it is the text of amendments."""
        return "aenderung" in self.schluessel

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """Every unit once, in the order of the text."""
        return tuple(units_in(self.body))

    @cached_property
    def paths(self) -> frozenset[str]:
        """The names of its fields, those of numbered loops with the loop's variable in braces."""
        return frozenset(slot.path for unit in self.units for slot in unit.slots if not slot.key)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of its fixed text, as it stands between blanks."""
        return frozenset(word for unit in self.units for part in unit.parts if isinstance(part, str) for word in part.split())


def units_in(body: tuple[Node, ...]) -> Iterator[Unit]:
    """All units of a body, those inside conditions and loops too."""
    for node in body:
        if isinstance(node, Unit):
            yield node
        else:
            yield from units_in(node.body)
