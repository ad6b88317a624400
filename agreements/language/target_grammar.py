"""One grammar of target sentences: what the words of a sentence, or of a part of one, say of a target, and what is left over.

A target inside a known sentence is read by `phrase` and completed by its neighbours; `extract.by_grammar.target_sentences`
takes whole sentences apart into the same phrases. The words stand in `target_vocabulary`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal, NamedTuple, cast

from pydantic import ValidationError

from agreements.language.numbers import read_number
from agreements.language.protocol import UNREAD, Unread
from agreements.language.target_vocabulary import NOUNS, RICHTUNG, meaning, parts
from agreements.model.record import Einheit, Richtung, Schranke, Zielwert

Unclear = Literal["verb", "bezugsjahre", "vorjahr", "mengen", "schranke", "vorzeichen"]
"""Several verbs or years, a "Vorjahr" of another year, several quantities, a bound that does not stand before the quantity, a sign that
says otherwise than the words beside it, or may be a dash."""


class Token(NamedTuple):
    """A part of a sentence: a quantity, a bound, a verb, a reference, or any other word."""

    kind: str
    text: str
    start: int
    end: int
    match: re.Match[str]
    einheit: Einheit | None = None
    """The unit of a quantity that has none of its own, as the words beside it tell."""


def tokens_of(text: str, *, inside: bool = False) -> list[Token]:
    """The parts of a sentence, or of a target whose sentence is known (`inside`)."""
    return [Token(found.lastgroup or "", found.group(), found.start(), found.end(), found) for found in parts(inside=inside).finditer(text)]


def of_kind(tokens: Iterable[Token], *kinds: str) -> list[Token]:
    """The parts of some kinds."""
    return [token for token in tokens if token.kind in kinds]


def richtung_of(token: Token) -> Richtung:
    """What a verb says."""
    return cast(Richtung, meaning("richtung", token.text))


def schranke_of(token: Token) -> Schranke:
    """What a bound says."""
    return cast(Schranke, meaning("schranke", token.text))


def amount_of(token: Token) -> tuple[Decimal, Einheit]:
    """What a quantity says, its sign apart."""
    if token.einheit:
        return read_number(token.text), token.einheit
    return read_number(token.match["zahl"]), cast(Einheit, meaning("einheit", token.match["einheit"]))


def sign_of(token: Token) -> Richtung | None:
    """What the sign before a quantity says; None where it has none."""
    sign = None if token.einheit else token.match["vorzeichen"]
    return None if sign is None else "steigt" if sign == "+" else "sinkt"


def zielwert(richtung: Richtung, schranke: Schranke | None, wert: Decimal | None, einheit: Einheit, bezug: int | None) -> Zielwert | None:
    """A target in its normal form; None where the parts make none, such as a level in percentage points or a year out of range."""
    unit: Einheit = "prozent_niveau" if richtung == "betraegt" and einheit == "prozent" else einheit
    try:
        return Zielwert(richtung=richtung, schranke=schranke, wert=wert, einheit=unit, bezug=bezug)
    except ValidationError:
        return None


# ---------------------------------------------------------------- what a stretch of words says


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one stretch of words says by itself, before its neighbours and the year complete it."""

    richtung: Richtung | None
    schranke: Schranke | None
    wert: Decimal | None
    einheit: Einheit
    bezug: int | None
    names_bezug: bool
    preposition: str
    """The word before the quantity and its bound: "um", "auf", "von", "bei", "höhe", or none."""
    by_noun: bool = False
    """Whether a noun before the quantity says the direction: "eine Steigerung von 3,9 %"."""
    agreed: bool = False
    """Whether it says that this is agreed."""
    signed: bool = False
    """Whether a sign before the quantity says the direction: "+ 3,9 %"."""
    within: bool = False
    """Whether its bound is one that a level keeps within: "nicht unter", "nicht über"."""
    rest: str = ""
    """Words that the grammar does not know; a person must look where there are any."""
    unclear: tuple[Unclear, ...] = ()
    """Its parts that may mean something else."""

    def says(self, richtung: Richtung | None, *, by_so_much: bool) -> Richtung | None:
        """What the quantity says under a verb: a change, or a level ("auf …", "beträgt …"); None where that is open.

        `by_so_much`: whether a quantity without preposition is one by which something changes, as its neighbours tell.
        """
        match richtung, self.preposition:
            case "gleich", _:
                return None
            case "steigt" | "sinkt", "" | "auf" if self.within and (richtung == "sinkt") == (self.schranke == "mindestens"):
                return "betraegt"
            case _, "auf":
                return "betraegt" if richtung or self.agreed else None
            case "steigt" | "sinkt", word:
                return richtung if word == "um" or (word == "von" and self.by_noun) or (word == "" and by_so_much) else None
            case _, "um":
                return None
        return "betraegt" if richtung or self.preposition or self.einheit == "personen" else None

    def complete(self, following: Phrase | None, inherited: int | None) -> Zielwert | Unread:
        """The target it means; a missing verb or year is that of the phrase after it, a missing year else the inherited one."""
        richtung = self.richtung or (following.richtung if following else None)
        if richtung is not None and self.wert is not None:
            richtung = self.says(richtung, by_so_much=True)
        if richtung is None:
            return UNREAD
        bezug = self._bezug(richtung, following, inherited)
        return zielwert(richtung, self.schranke, self.wert, self.einheit, bezug) or UNREAD

    def completed_by(self, sentence: str, jahr: int) -> Phrase:
        """The phrase with the year and the verb that stand elsewhere in its sentence: "gegenüber dem Vorjahr die Quote um … erhöht"."""
        found, tokens = self, tokens_of(sentence, inside=True)
        years = [_year(token, jahr) for token in tokens if token.kind == "reference"]
        if not self.names_bezug and len(years) == 1:
            found = replace(found, bezug=years[0], names_bezug=True)
        verbs = [richtung_of(token) for token in tokens if token.kind == "verb" and token.text not in NOUNS]
        moving = [verb for verb in verbs if verb in ("steigt", "sinkt")]
        return replace(found, richtung=moving[0]) if not self.richtung and len(moving) == 1 else found

    def _bezug(self, richtung: Richtung, following: Phrase | None, inherited: int | None) -> int | None:
        if self.names_bezug:
            return self.bezug
        if following and following.names_bezug and not self.richtung:
            return following.bezug
        return None if richtung == "betraegt" else inherited


_NO_AMOUNT: tuple[Decimal | None, Einheit] = (None, "prozent")


def phrase_of(tokens: Sequence[Token], jahr: int) -> Phrase:
    """What a stretch of a sentence says by itself; of several quantities or years the first, and that is doubted."""
    amounts, bounds = of_kind(tokens, "amount"), of_kind(tokens, "bound")
    years = [_year(token, jahr) for token in of_kind(tokens, "reference", "level")]
    wert, einheit = amount_of(amounts[0]) if amounts else _NO_AMOUNT
    preposition = _preposition(tokens, amounts[0]) if amounts else ""
    sign = sign_of(amounts[0]) if amounts else None
    if sign and preposition != "auf":
        preposition = "um"
    return Phrase(
        richtung=sign or _richtung(tokens),
        schranke=schranke_of(bounds[0]) if bounds else None,
        wert=wert,
        einheit=einheit,
        bezug=years[0] if years else None,
        names_bezug=bool(years),
        preposition=preposition or ("um" if bounds and any(token.text.lower() == "um" for token in tokens) else ""),
        by_noun=bool(amounts) and _by_noun(tokens, amounts[0]),
        agreed=bool(of_kind(tokens, "agreed")),
        signed=sign is not None,
        within=bool(bounds) and bool(_WITHIN.match(bounds[0].text)),
        unclear=tuple(_unclear(tokens, jahr)),
    )


_WITHIN = re.compile(r"nicht\s+(?:unter|über)", re.I)


def _richtung(tokens: Sequence[Token]) -> Richtung | None:
    """The direction; a verb of change counts before one of a level."""
    verbs = directions(tokens)
    moving = verbs - {"betraegt"}
    return next((richtung for richtung in RICHTUNG if richtung in (moving or verbs)), None)


def directions(tokens: Sequence[Token]) -> set[Richtung]:
    """All directions that some words say."""
    standstill: set[Richtung] = {"gleich"} if of_kind(tokens, "level") else set()
    return {richtung_of(token) for token in of_kind(tokens, "verb")} | standstill


def _year(token: Token, jahr: int) -> int:
    """The year that a reference names."""
    found = re.search(r"(?:19|20)\d\d", token.text)
    return int(found.group()) if found else jahr - 1


def _preposition(tokens: Sequence[Token], amount: Token) -> str:
    """The word before the quantity and its bound that tells a change from a level."""
    at = next(number for number, token in enumerate(tokens) if token is amount)
    if at and tokens[at - 1].kind == "bound" and " um " in tokens[at - 1].text:
        return "um"
    while at and tokens[at - 1].kind in ("bound", "reference"):
        at -= 1
    word = tokens[at - 1].text.lower() if at else ""
    return word if word in ("um", "auf", "von", "bei", "höhe") else ""


def _by_noun(tokens: Sequence[Token], amount: Token) -> bool:
    near = [token for token in tokens if token.end <= amount.start][-4:]
    return any(token.text in NOUNS for token in near if token.kind == "verb")


def _unclear(tokens: Sequence[Token], jahr: int) -> Iterator[Unclear]:
    amounts, bounds = of_kind(tokens, "amount"), of_kind(tokens, "bound")
    references = of_kind(tokens, "reference", "level")
    if len(directions(tokens) - {"betraegt"}) > 1:
        yield "verb"
    if len({_year(token, jahr) for token in references}) > 1:
        yield "bezugsjahre"
    if any("vorjahr" in token.text.lower() and _year(token, jahr) != jahr - 1 for token in references):
        yield "vorjahr"
    if len(amounts) > 1 or len(bounds) > 1:
        yield "mengen"
    if amounts and bounds and not _leads(bounds[0], amounts[0], tokens):
        yield "schranke"
    if amounts and _is_unsure_sign(tokens, amounts[0]):
        yield "vorzeichen"


def _is_unsure_sign(tokens: Sequence[Token], amount: Token) -> bool:
    """Whether a sign says otherwise than verb or bound ("um -2,0 % steigt", "maximal -2,0 %"), or may be a dash: "Frauen – 2,0 %"."""
    sign = sign_of(amount)
    if sign is None:
        return False
    said = directions(tokens) - {"betraegt"}
    bounded = any(schranke_of(token) != "rund" for token in of_kind(tokens, "bound"))
    before = next((token for token in reversed(tokens) if token.end <= amount.start), None)
    led = before is not None and (before.kind in ("bound", "verb", "agreed", "law") or before.text.lower() in _LEADING)
    dash = amount.match["vorzeichen"] == "–" and bool(amount.match["abstand"])
    return (
        bool(said - {sign}) or (sign == "sinkt" and (bounded or bool(said))) or (dash and not led) or _preposition(tokens, amount) == "auf"
    )


_LEADING = ("um", "von", "bei", "mit")
"""Words behind which a dash is the sign of a figure."""


def _leads(bound: Token, amount: Token, tokens: Sequence[Token]) -> bool:
    """Whether a bound stands before the quantity, "um" and a comparison apart."""
    between = [token for token in tokens if bound.end <= token.start < amount.start]
    return bound.start < amount.start and all(token.kind in ("reference", "word", "year") for token in between)


# ---------------------------------------------------------------- a target whose sentence is known


_KNOWN = ("amount", "bound", "verb", "reference", "level")
_FILLER = re.compile(r"\b(?:um|sich|auf|von|wird|werden|im|zu|wurde|des|Jahres)\b", re.I)


def phrase(text: str, jahr: int, *, level: bool = False) -> Phrase | Unread:
    """What the words of a target say, in any order; `UNREAD` where they hold no or two quantities, bounds, directions or years.

    `level`: whether the sentence says that it is a level ("entspricht einer Quote von …").
    """
    tokens = tokens_of(text, inside=True)
    amounts, bounds, said = of_kind(tokens, "amount"), of_kind(tokens, "bound"), directions(tokens)
    years = {_year(token, jahr) for token in of_kind(tokens, "reference", "level")}
    if max(len(amounts), len(bounds), len(said), len(years)) > 1 or not (amounts or said) or (level and (said or years)):
        return UNREAD
    found = phrase_of(tokens, jahr)
    left = [token for token in tokens if token.kind not in _KNOWN or (found.unclear and token.kind in ("amount", "bound", "reference"))]
    rest = _FILLER.sub(" ", " ".join(token.text for token in left))
    return replace(found, richtung="betraegt" if level else found.richtung, rest=" ".join(rest.split()).strip(" ,."))
