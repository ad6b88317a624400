"""What a sentence is read for, and what it says: its setting, the targets in it, a level that stands beside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from agreements.model.record import Zielwert
from agreements.reading.doubts import Doubt
from extract.by_grammar.tables import Column

Indikator = Literal["leistungen_lebensunterhalt", "integrationsquote", "langzeitleistungsbezug"]
Gruppe = Literal["gesamt", "frauen", "maenner", "alleinerziehende"]
FELDER: tuple[tuple[Indikator, Gruppe], ...] = (
    ("leistungen_lebensunterhalt", "gesamt"),
    ("integrationsquote", "gesamt"),
    ("integrationsquote", "frauen"),
    ("integrationsquote", "maenner"),
    ("integrationsquote", "alleinerziehende"),
    ("langzeitleistungsbezug", "gesamt"),
)
"""The targets that a record has a place for."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a sentence is read with besides its words."""

    jahr: int
    indikator: Indikator | None = None
    """What the heading above is about."""
    gruppe: Gruppe = "gesamt"
    framed: bool = False
    """Whether the sentence before announces targets: "folgende Zielwerte:"."""
    names: tuple[str, ...] = ()
    """Forms of the Träger's name, without article."""
    certain: bool = True
    """Whether its letters are; where not, a word may be one letter off."""
    column: Column = ""
    """What the head of its column says that the figure of a table's row is."""


@dataclass(frozen=True, slots=True)
class Target:
    """One target that a sentence agrees, or may agree."""

    indikator: Indikator | None
    gruppe: Gruppe
    zielwert: Zielwert | None
    """Its `bezug` is None where the sentence names none."""
    start: int
    end: int
    framed: bool
    """Whether the sentence says that this is agreed, and does not merely tell a number."""
    names_bezug: bool
    doubts: tuple[Doubt, ...] = ()
    """Why a person must look; empty where every word was understood."""
    entspricht: Level | None = None
    by_sign: bool = False
    """Whether it is told as a change by its sign, or by that word: then it is one from the year before, as § 48a SGB II has it."""

    @property
    def feld(self) -> str | None:
        """The dotted name of the Angabe; None where the record has no place for it."""
        return f"ziele.{self.indikator}.{self.gruppe}" if (self.indikator, self.gruppe) in FELDER else None


@dataclass(frozen=True, slots=True)
class Level:
    """The level that a change comes to: "dies entspricht einer Quote von …"."""

    zielwert: Zielwert | None
    start: int
    end: int
    doubts: tuple[Doubt, ...] = ()
