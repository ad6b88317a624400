"""Why a person must look at what was read: a doubt, and the table of all of them, `zweifel.yaml`, with the German sentence of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Literal

from pydantic import Field

from agreements.files.validation import load_table
from agreements.model.values import Angabenmodell, Text

Form = Literal["satz", "satzteil", "worte", "aussage"]
"""A sentence; a clause, several of which make one sentence; what is said of single words of a text, in a list; what a sentence says that
begins with words."""
EITHER = "“ oder „"
"""What stands between further readings in the place of one."""
_MOST = 4
"""Of single words: whoever looks at so many reads the whole text."""


class Zweifel(Angabenmodell):
    """What is said of a doubt: what is looked at, the sentence with its places, a sentence as it is said."""

    form: Form = Field(default="satz", title="Form")
    sieht: Text = Field(title="sieht auf")
    satz: Text = Field(title="Satz")
    beispiel: Text = Field(title="Beispiel")


class Tabelle(Angabenmodell):
    """All doubts."""

    zweifel: dict[str, Zweifel] = Field(title="Zweifel")


@cache
def table() -> Mapping[str, Zweifel]:
    """What is said of each doubt, by its identifier."""
    return load_table(Tabelle, Path(__file__).with_name("zweifel.yaml")).zweifel


@dataclass(frozen=True, slots=True, init=False)
class Doubt:
    """One reason to look at something: its identifier in the table, and what stands in the places of its sentence."""

    art: str
    said: tuple[tuple[str, str], ...]

    def __init__(self, art: str, **said: str) -> None:
        object.__setattr__(self, "art", art)
        object.__setattr__(self, "said", tuple(said.items()))

    def __str__(self) -> str:
        return table()[self.art].satz.format(**dict(self.said))


def sentence(doubts: Sequence[Doubt]) -> str:
    """Why a person must look, in one German text."""
    return " ".join(_joined(form, [str(doubt) for doubt in several]) for form, several in groupby(doubts, key=_form))


def _form(doubt: Doubt) -> Form:
    return table()[doubt.art].form


def _joined(form: Form, said: Sequence[str]) -> str:
    match form:
        case "satz":
            return " ".join(said)
        case "satzteil":
            text = "; ".join(said)
            return f"{text[:1].upper()}{text[1:]}."
        case "aussage":
            return ", ".join(said)
        case "worte":
            return "; ".join((*said[:_MOST], "…") if len(said) > _MOST else said)
