"""Target sentences as an agreement writes them, and read back; their phrases stand in one table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from agreements.language.numbers import NUMBER, read_number, write_number
from agreements.language.protocol import UNREAD, Context, Unread
from agreements.model.record import Einheit, Richtung, Schranke, Zielwert

RICHTUNG: dict[Richtung, tuple[str, ...]] = {
    "steigt": ("steigt", "steigen", "ansteigt", "erhöht", "erhöhen", "gesteigert", "zunimmt"),
    "sinkt": ("sinkt", "sinken", "verringert", "verringern", "reduziert", "reduzieren", "gesenkt", "abnimmt", "vermindert", "zurückgeht"),
    "gleich": (
        "gleich bleibt",
        "gleich bleiben",
        "konstant bleibt",
        "konstant gehalten",
        "konstant",
        "unverändert bleibt",
        "auf dem Niveau des Vorjahres bleibt",
        "auf dem Niveau des Vorjahres gehalten",
        "auf dem Niveau des Vorjahres",
        "gehalten",
    ),
    "betraegt": ("beträgt", "betragen", "vereinbart", "liegt", "erreicht"),
}
SCHRANKE: dict[Schranke, tuple[str, ...]] = {
    "hoechstens": ("nicht mehr als", "maximal", "höchstens", "bis zu", "nicht mehr am"),
    "mindestens": ("mindestens", "wenigstens", "nicht weniger als", "minimal"),
    "rund": ("rund", "rd.", "ca.", "circa", "etwa", "ungefähr"),
}
EINHEIT: dict[Einheit, tuple[str, ...]] = {
    "prozentpunkte": ("Prozentpunkte", "Prozentpunkten", "Prozentpunkt", "%-Punkte"),
    "prozent": ("%", "Prozent", "v. H.", "v.H."),
    "personen": ("Personen", "Integrationen", "Langzeitleistungsbeziehende", "Langzeitleistungsbeziehenden"),
    "euro": ("Euro", "€"),
}
"""Of each tuple the first phrase is written, all are read; "nicht mehr am" is a slip met in a signed agreement."""
_BEZUG = re.compile(
    r"(?:im Vergleich|gegenüber|verglichen)(?: zum| zu| mit dem| mit| dem)? "
    r"(?:(?:Jahr )?(?P<jahr>\d{4})|(?P<vorjahr>Vorjahr(?:es)?))(?!\w)",
    re.I,
)
_VORJAHRESNIVEAU = re.compile(r"auf dem Niveau des (?:Vorjahres|Jahres (?P<jahr>\d{4}))")
_FILLER = re.compile(r"\b(?:um|sich|auf|von|wird|werden|im|zu|wurde|des|Jahres)\b", re.I)
_ASIDE = re.compile(r"[\s,;(–-]*\b(?:dies|das|was) entspricht\b|[.;]\s+(?=[A-ZÄÖÜ])")
"""Where behind a target something else begins: the level it comes to, or the next sentence."""


def any_of(phrases: dict[Any, tuple[str, ...]]) -> str:
    """A pattern for every phrase of a table, the longest first."""
    words = sorted((phrase for several in phrases.values() for phrase in several), key=len, reverse=True)
    return "|".join(
        re.escape(word).replace(r"\ ", r"\s?" if "." in word else " ") + (r"(?!\w)" if word[-1].isalnum() else "") for word in words
    )


def meaning(phrases: dict[Any, tuple[str, ...]], text: str) -> Any:
    """The key of a table under which a phrase stands."""
    bare = text.replace(" ", "").lower()
    return next(key for key, several in phrases.items() if bare in [word.replace(" ", "").lower() for word in several])


_MENGE = re.compile(rf"(?<![\w,.])(?P<zahl>{NUMBER})\s?(?P<einheit>{any_of(EINHEIT)})")
_SCHRANKEN = re.compile(rf"(?<!\w)(?:{any_of(SCHRANKE)})", re.I)
_VERB = re.compile(rf"(?<!\w)(?:{any_of(RICHTUNG)})", re.I)
_REFERENCE = r"im Vergleich zum (?:Jahr \d{4}|Vorjahr)"
_FORM = re.compile(
    rf"(?<![\w,.])(?:(?:um )?(?:(?:nicht mehr als|mindestens|rund) )?{NUMBER}\s?(?:{any_of(EINHEIT)})"
    rf"(?: {_REFERENCE})?(?: (?:steigt|sinkt|beträgt)(?!\w))?|(?:{_REFERENCE} )?gleich bleibt(?!\w))"
)
"""A target as `Zielsatz` writes it; its verb and year may be left out."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one target phrase says by itself, before its neighbours and the year complete it."""

    richtung: Richtung | None
    schranke: Schranke | None
    wert: Decimal | None
    einheit: Einheit
    bezug: int | None
    names_bezug: bool
    preposition: str
    """"um" before a change, "auf" before a level, or none."""
    rest: str
    """Words that the grammar does not know; a person must look where there are any."""

    def complete(self, following: Phrase | None, inherited: int | None) -> Zielwert | Unread:
        """The target it means; a missing verb or year is that of the phrase after it, a missing year else the inherited one."""
        richtung = self.richtung or (following.richtung if following else None)
        if richtung is None or self.preposition == ("um" if richtung == "betraegt" else "auf"):
            return UNREAD
        einheit = "prozent_niveau" if richtung == "betraegt" and self.einheit == "prozent" else self.einheit
        try:
            return Zielwert(
                richtung=richtung,
                schranke=self.schranke,
                wert=self.wert,
                einheit=einheit,
                bezug=self._bezug(richtung, following, inherited),
            )
        except ValidationError:  # not of the normal form: a level with a year, a year out of range, "gleich" with a number
            return UNREAD

    def completed_by(self, sentence: str, context: Context) -> Phrase:
        """The phrase with the year and the verb that stand elsewhere in its sentence: "gegenüber dem Vorjahr die Quote um … erhöht"."""
        found = self
        references = list(_BEZUG.finditer(sentence))
        if not self.names_bezug and len(references) == 1:
            found = replace(found, bezug=_year(references[0], context), names_bezug=True)
        verbs = [verb for each in _VERB.finditer(sentence) if (verb := meaning(RICHTUNG, each.group())) in ("steigt", "sinkt")]
        if not self.richtung and len(verbs) == 1:
            found = replace(found, richtung=verbs[0])
        return found

    def _bezug(self, richtung: Richtung, following: Phrase | None, inherited: int | None) -> int | None:
        if self.names_bezug:
            return self.bezug
        if following and following.names_bezug and not self.richtung:
            return following.bezug
        return None if richtung == "betraegt" else inherited


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
            return "im Vergleich zum Vorjahr"
        return f"im Vergleich zum Jahr {value.bezug}"

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        if found := _FORM.match(text, start):
            yield found.end()

    def read(self, text: str, context: Context) -> Zielwert | Unread:
        phrase = self.parse(text, context)
        return phrase.complete(None, context.bezug) if isinstance(phrase, Phrase) else UNREAD

    def doubted(self, text: str, before: str, after: str) -> bool:
        return False

    def whole(self, text: str, before: str, after: str) -> str:
        """The text with the words beside it that may belong to the target."""
        end = _ASIDE.search(after)
        return f"{before} {text} {after[: end.start()] if end else after}".strip()

    def parse(self, text: str, context: Context) -> Phrase | Unread:
        """What the words say, in any order; `UNREAD` where they hold no or two quantities, bounds or verbs."""
        text = " ".join(text.split())
        amounts, rest = _take(_MENGE, text)
        level = _VORJAHRESNIVEAU.search(rest)
        references, rest = _take(_BEZUG, rest)
        verbs, rest = _take(_VERB, rest)
        bounds, rest = _take(_SCHRANKEN, rest)
        if max(len(amounts), len(references), len(verbs), len(bounds)) > 1 or not (amounts or verbs):
            return UNREAD
        if self.mode == "niveau" and (references or verbs):
            return UNREAD
        reference = references[0] if references else level
        preposition = re.search(r"\b(?:um|auf)\b", rest) if amounts else None
        return Phrase(
            richtung=meaning(RICHTUNG, verbs[0].group()) if verbs else "betraegt" if self.mode == "niveau" else None,
            schranke=meaning(SCHRANKE, bounds[0].group()) if bounds else None,
            wert=read_number(amounts[0]["zahl"]) if amounts else None,
            einheit=meaning(EINHEIT, amounts[0]["einheit"]) if amounts else "prozent",
            bezug=_year(reference, context),
            names_bezug=reference is not None,
            preposition=preposition.group() if preposition else "",
            rest=" ".join(_FILLER.sub(" ", rest).split()).strip(" ,."),
        )


def _take(pattern: re.Pattern[str], text: str) -> tuple[list[re.Match[str]], str]:
    return list(pattern.finditer(text)), pattern.sub(" ", text)


def _year(reference: re.Match[str] | None, context: Context) -> int | None:
    if reference is None:
        return None
    return int(reference["jahr"]) if reference["jahr"] else context.jahr - 1
