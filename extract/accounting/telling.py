"""Why a figure is no Angabe of the agreement, and the words that say so: one table, `telling.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import Field

from agreements.files.validation import load_table
from agreements.model.values import Angabenmodell, Text
from extract.accounting.figures import Einheit, figures_in
from extract.accounting.sentences import clause_at
from extract.accounting.subjects import agrees, betraege_of, gruppen_of, kennzahl_of

Wo = Literal["neben", "gruppe", "teilsatz", "satz"]


class Woran(Angabenmodell):
    """Words that tell a figure apart from an Angabe, and how near they must stand."""

    art: Text = Field(title="Art")
    wo: Wo = Field(title="wo")
    worte: tuple[Text, ...] = Field(title="Worte")
    einheiten: tuple[str, ...] = Field(default=(), title="Einheiten")
    immer: bool = Field(default=False, title="auch wo vereinbart wird")
    beispiel: Text = Field(title="Beispiel")
    nachbar: Text = Field(title="Nachbar")

    def all(self, text: str, jahr: int) -> Iterator[re.Match[str]]:
        """Every place of a text where its words stand; a year that they name is not the agreement's."""
        return (found for found in _pattern(self.worte).finditer(text) if str(jahr) not in re.findall(r"\d{4}", found.group()))

    def finds(self, text: str, jahr: int) -> re.Match[str] | None:
        """The first of these places."""
        return next(self.all(text, jahr), None)


class Tabelle(Angabenmodell):
    """All words that tell a figure apart."""

    woran: tuple[Woran, ...] = Field(title="woran")


class Told(NamedTuple):
    """What a figure is, and the words that say so."""

    art: str
    worte: str
    beside: bool = False
    """Whether they stand directly before it."""


@cache
def table() -> tuple[Woran, ...]:
    """All words that tell what a figure is."""
    return load_table(Tabelle, Path(__file__).with_name("telling.yaml")).woran


@cache
def _pattern(worte: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(_form, worte), key=len, reverse=True)))


def _form(form: str) -> str:
    pattern = re.escape(form).replace(r"\ ", r"\s+").replace(r"\*", r"[\w-]*").replace("JJJJ", r"(?:19|20)\d\d")
    if form[:1].islower():
        pattern = f"[{pattern[0]}{pattern[0].upper()}]{pattern[1:]}"
    return (r"(?<!\w)" if form[:1].isalnum() else "") + pattern + (r"(?!\w)" if form[-1:].isalnum() else "")


def told(sentence: str, start: int, end: int, einheit: Einheit, jahr: int) -> Told | None:
    """What the figure from `start` to `end` of a sentence is, where the sentence's words say that it is no Angabe."""
    fitting = (each for each in table() if not each.einheiten or einheit in each.einheiten)
    said = _Said(sentence, start, end, jahr)
    return next((Told(each.art, words, each.wo == "neben") for each in fitting if (words := said.by(each))), None)


class _Said(NamedTuple):
    sentence: str
    start: int
    end: int
    jahr: int

    def by(self, each: Woran) -> str | None:
        """The words of a row of the table that tell what the figure is; None where they do not stand as near as they must."""
        match each.wo:
            case "neben":
                return self._beside(each)
            case "gruppe":
                return self._group(each)
            case "teilsatz":
                clause = "" if _CONDITION.match(self._clause) else self._clause
                return self._in(each, clause, agreed=clause) or self._in(each, self.sentence, agreed=self.sentence)
        return self._in(each, self.sentence, agreed="" if each.immer else self.sentence)

    @property
    def _clause(self) -> str:
        start, end = clause_at(self.sentence, self.start, self.end)
        return self.sentence[start:end]

    def _in(self, each: Woran, text: str, agreed: str) -> str | None:
        found = each.finds(text, self.jahr)
        return found.group() if found and not agrees(agreed) and not self._names_a_budget(each, text) else None

    def _names_a_budget(self, each: Woran, text: str) -> bool:
        """Whether the words that would make an amount a part stand beside one of the budget's own."""
        found = each.finds(text, self.jahr)
        rest = text.replace(found.group(), " ") if found else text
        return "euro" in each.einheiten and bool(betraege_of(rest))

    def _beside(self, each: Woran) -> str | None:
        before = self.sentence[: self.start]
        beside = (found for found in each.all(before, self.jahr) if _JOINT.fullmatch(before, found.end()))
        return next((found.group() for found in beside if not self._is_compared_with(found)), None)

    def _is_compared_with(self, found: re.Match[str]) -> bool:
        """Whether words name what the figure is a change from: "gegenüber dem Vorjahr 2,5 %"; in brackets behind them it is of that."""
        return bool(_COMPARED.search(self.sentence[: found.start()])) and "(" not in self.sentence[found.end() : self.start]

    def _group(self, each: Woran) -> str | None:
        """The clause decides, with what "und" joins to it where no other figure stands there; where it is silent, the sentence."""
        start, end = clause_at(self.sentence, self.start, self.end, coordinated=True)
        clause = self.sentence[start:end] if len(figures_in(self.sentence[start:end])) == 1 else self._clause
        for text in (clause, self.sentence if len(figures_in(self.sentence)) == 1 else ""):
            found = each.finds(text, self.jahr)
            if found is None:
                continue
            rest = text[: found.start()] + text[found.end() :]
            own = kennzahl_of(rest) if each.art == "andere Größe" else [group for group in gruppen_of(rest) if group != "gesamt"]
            return None if own or betraege_of(rest) else found.group()
        return None


_JOINT = re.compile(
    r"(?:\s(?:für|der|des)\s[^,;:.()\d%]{0,90}?(?=\s(?:von|in Höhe von)\s))?"
    r"[\s:=(]*(?:(?:von|in Höhe von|bei|mit|auf|über|bis zu|rund|rd\.|ca\.|etwa)\s+)*[+−–±-]?\s*"
)
"""What may stand between a word and the figure that it is about."""
_COMPARED = re.compile(r"(?:\b(?:gegenüber|ggü\.?|zum|verglichen mit|bezogen auf)(?:\s(?:dem|der|das))?)\s+$", re.I)
_CONDITION = re.compile(r"\W*(?:wenn|sobald|sofern|falls)\b")
"""How the clause begins that says when a goal is reached, in whatever tense."""
