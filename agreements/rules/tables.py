"""The tables beside the rules: what is said of each, what the law says in which year, what Kreise are called, words of the field."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from agreements.files.validation import load_table
from agreements.model.values import Angabenmodell, Jahr, Text
from agreements.reading.findings import Schwere

DATA = Path(__file__).parent / "data"


class Regeltext(Angabenmodell):
    """What is said of a rule: how grave a breach is, what the rule looks for, why, and what to do."""

    gruppe: Literal["Datensatz", "Zahlen", "Jahre und Daten", "Übernommenes", "Namen", "Recht und Wortlaut", "Schreibweise"] = Field(
        title="Gruppe"
    )
    schwere: Schwere = Field(title="Schwere")
    sucht: Text = Field(title="sucht")
    warum: Text = Field(title="warum")
    abhilfe: Text = Field(title="Abhilfe")


class Regeln(Angabenmodell):
    """All that is said of rules."""

    regeln: dict[str, Regeltext] = Field(title="Regeln")


class Bundeshaushalt(Angabenmodell):
    """The day on which the Bundestag passed a year's budget."""

    jahr: Jahr = Field(title="Jahr")
    beschlossen: date = Field(title="beschlossen am")
    quelle: Text = Field(title="Quelle")


class Begriff(Angabenmodell):
    """A term that the law has replaced, and since the agreements of which year."""

    worte: Text = Field(title="Worte")
    ersatz: Text | None = Field(title="Ersatz")
    ab: Jahr = Field(title="ab Jahr")
    quelle: Text = Field(title="Quelle")

    @property
    def pattern(self) -> re.Pattern[str]:
        """Finds it as a whole word, also as the first part of a compound with a hyphen."""
        return _whole(self.worte)


class GesetzlichesZiel(Angabenmodell):
    """A goal that every agreement has (§ 48b Abs. 3 SGB II)."""

    name: Text = Field(title="Name")
    wort: Text = Field(title="Wort der Überschrift")
    feld: Text | None = Field(title="Angabe")


class Landesministerium(Angabenmodell):
    """A ministry of a Land under the name of some years."""

    land: Text = Field(title="Land")
    name: Text = Field(title="Name")
    kurz: Text = Field(title="Abkürzung")
    von: Jahr = Field(title="von Jahr")
    bis: Jahr | None = Field(title="bis Jahr")
    quelle: Text = Field(title="Quelle")

    def signs_in(self, jahr: int) -> bool:
        """Whether it bore this name in the agreements of a year."""
        return self.von <= jahr and (self.bis is None or jahr <= self.bis)


class Unterzeichner(Angabenmodell):
    """Who signed for a Land in a year."""

    land: Text = Field(title="Land")
    jahr: Jahr = Field(title="Jahr")
    name: Text = Field(title="Name")
    quelle: Text = Field(title="Quelle")


class Recht(Angabenmodell):
    """All that is dated."""

    bundeshaushalt: tuple[Bundeshaushalt, ...] = Field(title="Bundeshaushalt")
    begriffe: tuple[Begriff, ...] = Field(title="Begriffe")
    ziele: tuple[GesetzlichesZiel, ...] = Field(title="gesetzliche Ziele")
    ministerien: tuple[Landesministerium, ...] = Field(title="Ministerien")
    unterzeichner: tuple[Unterzeichner, ...] = Field(title="Unterzeichner")


class Beinamen(Angabenmodell):
    """What people call a Kreis, besides its name."""

    beinamen: dict[str, tuple[Text, ...]] = Field(title="Beinamen")
    einrichtungen: tuple[Text, ...] = Field(title="Einrichtungen")


class Wortliste(Angabenmodell):
    """Words of the field that no dictionary has, and forms that are wrong though a dictionary may take them."""

    woerter: Text = Field(title="Wörter")
    falsch: dict[str, Text] = Field(title="falsche Formen")


@cache
def regeln() -> Mapping[str, Regeltext]:
    """What is said of each rule, by its name, in the order in which they are listed."""
    return load_table(Regeln, DATA / "regeln.yaml").regeln


@cache
def recht() -> Recht:
    """The dated tables."""
    return load_table(Recht, DATA / "recht.yaml")


def ministries_known(land: str, jahr: int) -> frozenset[str]:
    """The names of a Land's ministries that an agreement of a year may state: those of the year, and of other years whatever no loss of
    words makes of one of these. So a text cut short is not taken for an older name."""
    named = [each for each in recht().ministerien if each.land == land]
    current = {each.name for each in named if each.signs_in(jahr)}
    return frozenset(current | {each.name for each in named if not any(_is_within(each.name, name) for name in current)})


def ministries_signing(land: str, jahr: int, named: Iterable[str]) -> int:
    """How many ministries sign for a Land in a year; 0 where the table has none of the named ones, each maybe behind a word, for it."""
    current = [each for each in recht().ministerien if each.land == land and each.signs_in(jahr)]
    told = any(name.endswith(each.name) for name in named for each in current)
    return len({each.kurz for each in current}) if told else 0


def _is_within(name: str, other: str) -> bool:
    """Whether the words of a name stand in another one in their order."""
    words = iter(other.replace(",", "").split())
    return all(word in words for word in name.replace(",", "").split())


@cache
def beinamen() -> Beinamen:
    """What Kreise are called besides their names."""
    return load_table(Beinamen, DATA / "beinamen.yaml")


@cache
def wortliste() -> Wortliste:
    """The words of the field."""
    return load_table(Wortliste, DATA / "wortliste.yaml")


@cache
def _whole(worte: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{worte})(?!\w)")
