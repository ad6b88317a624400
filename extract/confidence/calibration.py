"""How sure the Angaben of a scan are, as often as such ones were right: what the readers say of themselves is put through a table."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile
from pathlib import Path

from pydantic import Field

from agreements.files.validation import load_table
from agreements.model.values import Angabenmodell
from agreements.reading.findings import SUREST, Found

Steps = tuple[tuple[float, float], ...]
"""From what the readers say of themselves on, and how many such Angaben were right; both rise."""


class Stufen(Angabenmodell):
    """Of one group of Angaben, those that nobody doubts and those in doubt."""

    sicher: Steps = Field(title="Ohne Zweifel")
    zweifel: Steps = Field(title="Im Zweifel")


class Tabelle(Angabenmodell):
    """All groups."""

    gruppen: dict[str, Stufen] = Field(title="Gruppen")


@cache
def table() -> Mapping[str, Stufen]:
    """How many were right, by group; `tests/support/calibrating.py` makes it."""
    return load_table(Tabelle, Path(__file__).with_name("calibration.yaml")).gruppen


def calibrated(found: Sequence[Found]) -> tuple[Found, ...]:
    """The Angaben of a scan, as sure as such ones are right."""
    return tuple(replace(one, confidence=share(group, one.doubtful, one.confidence)) if (group := group_of(one)) else one for one in found)


def certain(found: Sequence[Found]) -> tuple[Found, ...]:
    """The Angaben of a document whose letters are stated by the file: none surer than `SUREST`."""
    return tuple(replace(one, confidence=min(SUREST, one.confidence)) for one in found)


_GROUPS = {
    "leer": re.compile(r"unterschriften\..*\.datum"),
    "register": re.compile(r"jahr|traeger|ministerien\..*|unterschriften\..*\.stelle"),
    "zahl": re.compile(r"haushalt\..*|ziele\.(?!individuell\.).*"),
    "unterschrift": re.compile(r"unterschriften\..*\.(?:ort|name|zusatz|funktion|datum)"),
    "text": re.compile(r"rahmenbedingungen\..*|ziele\.individuell\..*"),
}
"""Angaben that go wrong alike: days that nobody wrote; names that a list holds; figures; names and days; sentences."""


def group_of(one: Found) -> str | None:
    """The group of an Angabe; None where it says nothing, or is none that stands in the text."""
    empty = one.wert is None
    return next((name for name, felder in _GROUPS.items() if empty == (name == "leer") and felder.fullmatch(one.feld)), None)


def share(group: str, doubtful: bool, said: float) -> float:
    """How many of such Angaben were right, 0 to 1, of which the readers said so much of themselves."""
    steps = table()[group].zweifel if doubtful else table()[group].sicher
    return [right for least, right in takewhile(lambda step: step[0] <= said, steps)][-1]
