"""Target sentences as an agreement writes them, and read back; their words stand in `target_vocabulary`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agreements.language.numbers import NUMBER, write_number
from agreements.language.protocol import UNREAD, Context, Unread
from agreements.language.target_grammar import Phrase, phrase
from agreements.language.target_vocabulary import EINHEIT, RICHTUNG, SCHRANKE, any_of
from agreements.model.record import Zielwert

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
class Zielsatz:
    """The phrase of a target: "um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 steigt".

    `mode` says how the reference is named: "jahr", "vorjahr", or "ohne" where the sentence inherits it; "niveau" is a level
    without a verb ("entspricht einer Quote von mindestens 28,4 %").
    """

    mode: str
    free: bool = False
    noun: str | None = "Zielwert"

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

    def doubted(self, text: str, before: str, after: str) -> bool:
        return False

    def whole(self, text: str, before: str, after: str) -> str:
        """The text with the words beside it that may belong to the target."""
        end = _ASIDE.search(after)
        return f"{before} {text} {after[: end.start()] if end else after}".strip()

    def parse(self, text: str, context: Context) -> Phrase | Unread:
        """What the words say, in any order; `UNREAD` where they hold no or two quantities, bounds or directions."""
        return phrase(text, context.jahr, level=self.mode == "niveau")
