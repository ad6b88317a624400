"""Target sentences as an agreement writes them, and read back; their words stand in `target_vocabulary`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from pydantic import ValidationError

from agreements.language.numbers import MIO, NUMBER, read_number, write_number
from agreements.language.protocol import UNREAD, Context, Notation, Unread
from agreements.language.target_grammar import Phrase, phrase
from agreements.language.target_vocabulary import EINHEIT, RICHTUNG, SCHRANKE, any_of
from agreements.model.record import Einheit, Richtung, Schranke, Zielwert

_ASIDE = re.compile(r"[\s,;(–-]*\b(?:dies|das|was) entspricht\b|[.;]\s+(?=[A-ZÄÖÜ])")
"""Where behind a target something else begins: the level it comes to, or the next sentence."""


_BEZUG = "im Vergleich zum"
_REFERENCE = rf"{_BEZUG} (?:Jahr \d{{4}}|Vorjahr)"
_UNITS = any_of(form for forms in EINHEIT.values() for form in forms)
_VERBS, _STANDSTILL = "|".join(RICHTUNG[verb][0] for verb in ("steigt", "sinkt", "betraegt")), RICHTUNG["gleich"][0]
_FORM = re.compile(
    rf"(?<![\w,.])(?:(?:um )?(?:(?:{'|'.join(forms[0] for forms in SCHRANKE.values())}) )?{NUMBER}\s?(?:{_UNITS})"
    rf"(?: {_REFERENCE})?(?: (?:{_VERBS})(?!\w))?|(?:{_REFERENCE} )?{_STANDSTILL}(?!\w))"
)
"""A target as `Zielsatz` writes it; its verb and year may be left out."""


@dataclass(frozen=True, slots=True)
class Zielsatz(Notation):
    """The phrase of a target: "um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 steigt".

    `mode` says how the reference is named: "jahr", "vorjahr", or "ohne" where the sentence inherits it; "niveau" is a level
    without a verb ("entspricht einer Quote von mindestens 28,4 %").
    """

    noun = "Zielwert"
    mode: str

    def write(self, value: Zielwert, context: Context) -> str:
        return self.write_before(value, context, None)

    def write_before(self, value: Zielwert, context: Context, following: Zielwert | None) -> str:
        """The phrase; its verb and year are left out where the phrase that follows in the sentence has the same."""
        shared = following is not None and value.richtung == following.richtung != "gleich" and value.bezug == following.bezug
        verb = "" if shared or self.mode == "niveau" else RICHTUNG[value.richtung][0]
        bezug = "" if shared else self._write_bezug(value, context)
        if value.richtung == "gleich":
            return f"{bezug} {verb}".strip()
        bound = SCHRANKE[value.schranke][0] + " " if value.schranke else ""
        um = "" if value.richtung == "betraegt" else "um "
        assert value.wert is not None  # the model's normal form
        unit = EINHEIT["prozent" if value.einheit == "prozent_niveau" else value.einheit][0]
        return " ".join(f"{um}{bound}{write_number(value.wert)} {unit} {bezug} {verb}".split())

    def _write_bezug(self, value: Zielwert, context: Context) -> str:
        if value.bezug is None or (self.mode == "ohne" and value.bezug == context.bezug):
            return ""
        if self.mode == "vorjahr" and value.bezug == context.jahr - 1:
            return f"{_BEZUG} Vorjahr"
        return f"{_BEZUG} Jahr {value.bezug}"

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        if found := _FORM.match(text, start):
            yield found.end()

    def read(self, text: str, context: Context) -> Zielwert | Unread:
        found = self.parse(text, context)
        return found.complete(None, context.bezug) if isinstance(found, Phrase) else UNREAD

    def whole(self, text: str, before: str, after: str) -> str:
        """The text with the words beside it that may belong to the target."""
        end = _ASIDE.search(after)
        return f"{before} {text} {after[: end.start()] if end else after}".strip()

    def parse(self, text: str, context: Context) -> Phrase | Unread:
        """What the words say, in any order; `UNREAD` where they hold no or two quantities, bounds or directions."""
        return phrase(text, context.jahr, level=self.mode == "niveau")


@dataclass(frozen=True, slots=True)
class Zielzahl(Notation):
    """The figure of a target whose sentence says the rest in other words than `Zielsatz` writes: "3,9" in "um 3,9 v. H. erhöht".

    What the sentence says beside it stands here, too: a value that says otherwise does not fit (`fits`). With `worte` it is no figure but
    these words, which say the whole target ("auf dem Niveau des Vorjahres bleibt").
    """

    noun = "Zielwert"
    rest: Zielwert
    """The target, its figure apart."""
    worte: str | None = None

    def fits(self, value: Zielwert) -> bool:
        """Whether the sentence around it may say a value."""
        wert = self.rest.wert if self.worte else value.wert
        return repr(_of(self.rest, wert)) == repr(value.model_copy(update={"entspricht": None}))

    def write(self, value: Zielwert, _: Context) -> str:
        if self.worte:
            return self.worte
        assert value.wert is not None  # whoever fills has asked whether it fits
        return write_number(value.wert)

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        if found := (re.compile(re.escape(self.worte)) if self.worte else MIO.pattern).match(text, start):
            yield found.end()

    def read(self, text: str, _: Context) -> Zielwert | Unread:
        if self.worte:
            return self.rest if text == self.worte else UNREAD
        return _of(self.rest, read_number(text)) if MIO.pattern.fullmatch(text) else UNREAD

    def doubted(self, text: str, before: str, after: str) -> bool:
        return bool(re.search(r"\d", before + after))


def _of(rest: Zielwert, wert: Decimal | None) -> Zielwert:
    return rest.model_copy(update={"wert": wert})


def zielzahl(said: Sequence[object], worte: str | None = None) -> Zielzahl | None:
    """The notation of a figure, or of words, in a sentence that says this of its target, in any order: direction, bound, unit, year.

    None where that makes no target.
    """
    kinds: dict[str, list[object]] = {name: [each for each in said if each in get_args(form)] for name, form in _SAID.items()}
    bezug: list[object] = [each for each in said if isinstance(each, int)]
    if any(len(several) > 1 for several in (*kinds.values(), bezug)) or len(said) != sum(map(len, kinds.values())) + len(bezug):
        return None
    gleich = kinds["richtung"] == ["gleich"]
    figures = re.findall(NUMBER, worte) if worte and not gleich else ["1"]
    parts = {name: each[0] for name, each in kinds.items() if each} | ({"bezug": bezug[0]} if bezug else {})
    if len(figures) != 1 or (gleich and not worte):
        return None
    try:
        return Zielzahl(Zielwert.model_validate(parts | {"wert": None if gleich else read_number(figures[0])}), worte)
    except ValidationError:
        return None


_SAID = {"richtung": Richtung, "schranke": Schranke, "einheit": Einheit}
