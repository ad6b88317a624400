"""What a sentence agrees as a target: one grammar over all forms of target sentences, whatever the order of their parts.

A sentence is taken apart into known parts (quantity, bound, verb, reference, indicator, group). It is read only where
every other word is known to be harmless; else the reading says what it does not understand, and a person must look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from pydantic import ValidationError
from rapidfuzz.distance import Levenshtein

from agreements.language.numbers import NUMBER, read_number
from agreements.language.targets import EINHEIT, any_of, meaning
from agreements.model.record import Einheit, Richtung, Schranke, Zielwert
from agreements.reading.doubts import Doubt
from extract.by_grammar.target_vocabulary import BOUNDS, FRAME, FRAME_BEHIND, HARMLESS, NOUNS, TOKEN, VERBS

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


# ---------------------------------------------------------------- parts of a sentence


class _Token(NamedTuple):
    kind: str
    text: str
    start: int
    end: int
    match: re.Match[str]


def _tokens(text: str, setting: Setting) -> list[_Token]:
    """The parts of a sentence; the Träger's name is one word that says nothing."""
    masked = text
    for name in sorted(setting.names, key=len, reverse=True):
        masked = re.sub(
            rf"(?<![\w-]){re.escape(name)}(?![\w-])",
            lambda found: "Landkreis".ljust(len(found.group())) if len(found.group()) >= 9 else found.group(),
            masked,
        )
    return [_Token(found.lastgroup or "", found.group(), found.start(), found.end(), found) for found in TOKEN.finditer(masked)]


# ---------------------------------------------------------------- reading a sentence


def targets(sentence: str, setting: Setting) -> tuple[Target, ...]:
    """The targets of a sentence, in order; none where it agrees no change, level or standstill of an indicator."""
    head, main = _parted(sentence)
    before, tokens = _tokens(sentence[:head], setting), [token for token in _tokens(sentence[:main], setting) if token.start >= head]
    tokens, level = _without_level(tokens, sentence, setting)
    if not any(_bears(token) for token in tokens):
        return ()
    framed = setting.framed or head > 0 or main < len(sentence) or any(token.kind in ("agreed", "modal") for token in tokens)
    told = {token.kind for token in tokens} & {"past", "forecast"}
    named = any(token.kind in ("quote", "lzb", "llu") for token in (*before, *tokens))
    if told and head == 0:
        if not any(token.kind == "agreed" and token.text.lower() in ("vereinbart", "festgelegt", "verständigt") for token in tokens):
            return ()
        framed = False
    if not named and (setting.indikator is None or _is_share(tokens, setting)):
        return ()
    framed = framed and not any(token.kind == "other" for token in (*before, *tokens))
    doubts = [*_doubts(before, setting, opening=True), *_doubts(tokens, setting, opening=False)]
    if not framed:
        doubts.append(Doubt("nicht-vereinbart"))
    chunks = _Chunks(_chunks(tokens), setting, _opening_group(before, setting), _opening_indicator(before)).read()
    found = [replace(target, framed=framed, doubts=tuple(dict.fromkeys((*target.doubts, *doubts)))) for target in chunks]
    if level and found:
        found[-1] = replace(
            found[-1], entspricht=level if len(found) == 1 else replace(level, doubts=(*level.doubts, Doubt("mehrere-zielwerte-davor")))
        )
    return tuple(found)


def level_after(sentence: str, setting: Setting) -> Level | None:
    """The level that a sentence of its own says the target before it comes to: "Dies entspricht …"."""
    tokens = _tokens(sentence, setting)
    if not tokens or not any(token.kind == "equal" for token in tokens[:4]):
        return None
    return _without_level(tokens, sentence, setting)[1]


def perhaps_agreed(sentence: str, setting: Setting) -> tuple[str, ...]:
    """The targets, besides those that all agreements have, that a sentence may agree in whatever words, by their dotted names.

    It names a group, or the sum of benefits, and an amount, and tells of no other year. A decimal is an amount that may have lost its unit.
    """
    tokens = _tokens(sentence, setting)
    kinds = {token.kind for token in tokens}
    stated = any(map(_bears, tokens)) or re.search(r"\d,\d", sentence)
    if not stated or kinds & {"past", "forecast"}:
        return ()
    sums = ("ziele.leistungen_lebensunterhalt.gesamt",) if "llu" in kinds else ()
    return (*sums, *(f"ziele.integrationsquote.{gruppe}" for gruppe in _GRUPPEN if gruppe in kinds))


def _is_share(tokens: Sequence[_Token], setting: Setting) -> bool:
    """Whether a quantity is a share of something else: "40 % der Termine"."""
    return any(
        token.kind == "amount"
        and one.text.lower() in ("der", "aller", "des", "von")
        and other.kind in ("word", "other")
        and other.text[:1].isupper()
        and not _is_harmless(other.text, setting.certain)
        for token, one, other in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )


def _parted(sentence: str) -> tuple[int, int]:
    """Where the condition begins that "Das Ziel ist erreicht, wenn" opens, and where it ends if the frame stands behind it."""
    opening = FRAME.match(sentence)
    if opening and not re.search(rf"{NUMBER}\s?(?:{any_of(EINHEIT)})", opening["before"]):
        return opening.end(), len(sentence)
    behind = FRAME_BEHIND.search(sentence)
    return 0, behind.start() if behind else len(sentence)


def _without_level(tokens: list[_Token], sentence: str, setting: Setting) -> tuple[list[_Token], Level | None]:
    """The tokens up to "dies entspricht", and the level that stands behind it."""
    place = next((place for place, token in enumerate(tokens) if token.kind == "equal"), None)
    if place is None:
        return tokens, None
    rest = tokens[place + 1 :]
    closing = next((number for number, token in enumerate(rest) if token.kind == "close"), len(rest))
    opened = place > 0 and tokens[place - 1].kind == "open"
    inner, after = (rest[:closing], rest[closing + 1 :]) if opened else (rest, [])
    before = tokens[: place - 1] if opened else tokens[:place]
    return [*before, *after], _level(inner, setting)


def _level(tokens: list[_Token], setting: Setting) -> Level | None:
    amounts = [token for token in tokens if token.kind == "amount"]
    bounds = [token for token in tokens if token.kind == "bound"]
    if not amounts:
        figures = [token for token in tokens if token.kind == "number"] or ([] if setting.certain else tokens)
        return Level(None, figures[0].start, figures[-1].end, (Doubt("niveau-unlesbar"),)) if figures else None
    doubts = _doubts([token for token in tokens if token.kind not in ("quote", "lzb", "llu")], setting, opening=False)
    if (
        len(amounts) > 1
        or len(bounds) > 1
        or any(token.kind in ("verb", "frauen", "maenner", "alleinerziehende", "reference", "level") for token in tokens)
    ):
        doubts.append(Doubt("welches-niveau"))
    amount = amounts[0]
    unit: Einheit = meaning(EINHEIT, amount.match["einheit"])
    value = _zielwert("betraegt", meaning(BOUNDS, bounds[0].text) if bounds else None, read_number(amount.match["zahl"]), unit, None)
    return Level(value, (bounds or amounts)[0].start, amount.end, tuple(doubts))


def _bears(token: _Token) -> bool:
    """Whether a part is what a target cannot be without: a quantity, or a standstill."""
    return token.kind in ("amount", "spelled", "level") or (token.kind == "verb" and _richtung(token) == "gleich")


def _richtung(token: _Token) -> Richtung:
    found: Richtung = meaning(VERBS, token.text)
    return found


def _doubts(tokens: Sequence[_Token], setting: Setting, *, opening: bool) -> list[Doubt]:
    """Why not to trust a reading: words that the grammar does not know."""
    unknown = [token.text for token in tokens if token.kind in ("word", "sign", "other") and not _is_harmless(token.text, setting.certain)]
    unknown += [token.text for token in tokens[:-1] if token.text == "."]
    found = [Doubt("unbekannte-worte", worte=" ".join(unknown[:3]))] if unknown and not opening else []
    found += [
        Doubt("nicht-verstanden", worte=token.text)
        for token in tokens
        if token.kind in ("negation", "number", "other", *(() if opening else ("past", "forecast")))
    ]
    years = [token.match["jahr"] or token.match["tagesjahr"] for token in tokens if token.kind in ("year", "date")]
    found += [Doubt("anderes-jahr-genannt", jahr=year) for year in years if _is_other_year(int(year), setting)]
    return found


def _is_other_year(jahr: int, setting: Setting) -> bool:
    """Whether a year that is no reference makes the reading unsure; last year's left in is told as a contradiction."""
    return jahr != setting.jahr and (not setting.certain or jahr != setting.jahr - 1)


@cache
def _is_harmless(word: str, certain: bool) -> bool:
    bare = word.lower().strip("-")
    if bare in HARMLESS or word in ("„", "“", "”", '"', "'", ".", "*"):
        return True
    return (
        not certain
        and len(bare) >= 7
        and any(abs(len(known) - len(bare)) <= 1 and Levenshtein.distance(known, bare, score_cutoff=1) <= 1 for known in HARMLESS)
    )


def _opening_group(before: Iterable[_Token], setting: Setting) -> Gruppe | None:
    """The group that the words before the condition name; None where they name none or several."""
    kinds = {token.kind for token in before}
    groups = [gruppe for gruppe in _GRUPPEN if gruppe in kinds]
    return groups[0] if len(groups) == 1 else None


_GRUPPEN: tuple[Gruppe, ...] = ("frauen", "maenner", "alleinerziehende")


_SUBJECTS: tuple[tuple[Indikator | None, re.Pattern[str]], ...] = (
    ("integrationsquote", re.compile(r"^(?:Quote|\d.*\bIntegrationen)$", re.I)),
    ("langzeitleistungsbezug", re.compile(r"^(?:Bestand|Bestand[e]?s|Zahl|Anzahl)$", re.I)),
    ("leistungen_lebensunterhalt", re.compile(r"^(?:Summe|Leistungen)$", re.I)),
    (None, re.compile(r"^(?:erwerbsfähige\w*|Leistungsberechtigte\w*|Integrationen)$", re.I)),
)
"""What words that only hint at an indicator hint at; people in general are none."""
_INDIKATOREN: dict[str, Indikator] = {"quote": "integrationsquote", "lzb": "langzeitleistungsbezug", "llu": "leistungen_lebensunterhalt"}


def _opening_indicator(before: Iterable[_Token]) -> Indikator | None:
    named = {_INDIKATOREN[token.kind] for token in before if token.kind in _INDIKATOREN}
    return next(iter(named)) if len(named) == 1 else None


# ---------------------------------------------------------------- coordinated targets


@dataclass(slots=True)
class _Chunk:
    """A stretch of a sentence with one quantity, or one standstill."""

    tokens: list[_Token] = field(default_factory=list)

    def of(self, *kinds: str) -> list[_Token]:
        return [token for token in self.tokens if token.kind in kinds]

    @property
    def bears(self) -> bool:
        return any(_bears(token) for token in self.tokens)


def _chunks(tokens: Sequence[_Token]) -> list[_Chunk]:
    """The tokens parted at commas, brackets and conjunctions, so that each stretch bears one target."""
    parts = [_Chunk()]
    for token in tokens:
        if token.kind in ("and", "comma", "open", "close"):
            parts.append(_Chunk())
        else:
            parts[-1].tokens.append(token)
    found: list[_Chunk] = []
    waiting: list[_Token] = []
    for part in parts:
        if part.bears:
            found.append(_Chunk([*waiting, *part.tokens]))
            waiting = []
        else:
            waiting += part.tokens
    if found:
        found[-1].tokens += waiting
    return found


@dataclass(slots=True)
class _Chunks:
    """The stretches of one sentence, completed by each other."""

    chunks: list[_Chunk]
    setting: Setting
    opening_group: Gruppe | None
    opening_indicator: Indikator | None

    def read(self) -> list[Target]:
        return [target for place in range(len(self.chunks)) for target in self._targets(place)]

    def _targets(self, place: int) -> Iterator[Target]:
        chunk = self.chunks[place]
        doubts: list[Doubt] = []
        indikator = self._indikator(place, doubts)
        gruppen = self._gruppen(place, doubts)
        value, names_bezug = self._value(place, doubts)
        bearing = [token for token in chunk.tokens if _bears(token)]
        parts = [token for token in chunk.tokens if token.kind in ("amount", "bound", "verb", "level", "reference")] or bearing
        for gruppe in gruppen:
            yield Target(indikator, gruppe, value, parts[0].start, parts[-1].end, True, names_bezug, tuple(doubts))

    def _indikator(self, place: int, doubts: list[Doubt]) -> Indikator | None:
        named = {_INDIKATOREN[token.kind] for token in self.chunks[place].of(*_INDIKATOREN)}
        if len(named) > 1:
            doubts.append(Doubt("mehrere-kennzahlen"))
            return max(named)
        if named:
            return next(iter(named))
        earlier = [_INDIKATOREN[token.kind] for chunk in self.chunks[:place] for token in chunk.of(*_INDIKATOREN)]
        found = earlier[-1] if earlier else self.opening_indicator or self.setting.indikator
        subjects = {
            indikator for indikator, pattern in _SUBJECTS for token in self.chunks[place].of("word", "amount") if pattern.search(token.text)
        }
        if subjects - {found}:
            doubts.append(Doubt("kennzahl-nicht-genannt"))
        return found

    def _gruppen(self, place: int, doubts: list[Doubt]) -> list[Gruppe]:
        chunk = self.chunks[place]
        named = [gruppe for gruppe in _GRUPPEN if chunk.of(gruppe)]
        if len(named) > 1:
            doubts.append(Doubt("mehrere-gruppen"))
        if named:
            return named
        own = bool(chunk.of(*_INDIKATOREN))
        if place and not own and any(earlier.of(*_GRUPPEN) for earlier in self.chunks[:place]):
            doubts.append(Doubt("welche-gruppe"))
        if self.opening_group:
            return [self.opening_group]
        heading = self.setting.indikator == "integrationsquote" and self.setting.gruppe != "gesamt"
        return [self.setting.gruppe] if heading else ["gesamt"]

    def _value(self, place: int, doubts: list[Doubt]) -> tuple[Zielwert | None, bool]:
        chunk = self.chunks[place]
        richtung, own = self._verb(place, doubts)
        bezug, names_bezug = self._bezug(place, own, doubts)
        amounts, bounds = chunk.of("amount"), chunk.of("bound")
        if len(amounts) > 1 or len(bounds) > 1:
            doubts.append(Doubt("mehrere-mengen"))
        if chunk.of("spelled"):
            doubts.append(Doubt("menge-in-worten"))
            return None, names_bezug
        if not amounts:
            if bounds or richtung not in ("gleich", None):
                doubts.append(Doubt("menge-fehlt"))
            return _zielwert("gleich", None, None, "prozent", bezug), names_bezug
        amount = amounts[0]
        wert, unit = read_number(amount.match["zahl"]), meaning(EINHEIT, amount.match["einheit"])
        schranke = self._schranke(place, amount, doubts)
        manner = self._manner(place, amount, richtung, doubts)
        if manner == "betraegt":
            value = _zielwert("betraegt", schranke, wert, unit, None)
        elif manner is None:
            doubts.append(Doubt("veraenderung-oder-niveau"))
            value = _zielwert(richtung, schranke, wert, unit, bezug) if richtung in ("steigt", "sinkt") else None
        else:
            value = _zielwert(manner, schranke, wert, unit, bezug)
        if value is None:
            doubts.append(Doubt("teile-passen-nicht"))
        return value, names_bezug or manner == "betraegt"

    def _verb(self, place: int, doubts: list[Doubt]) -> tuple[Richtung | None, bool]:
        """The direction, and whether the stretch says it itself: else that of the next one, or of the one before."""
        said = [self._said(chunk, doubts if number == place else []) for number, chunk in enumerate(self.chunks)]
        if said[place]:
            return said[place], True
        behind, before = (
            next((verb for verb in said[place + 1 :] if verb), None),
            next((verb for verb in reversed(said[:place]) if verb), None),
        )
        if behind and before and behind != before:
            doubts.append(Doubt("welches-verb"))
        if behind == "gleich" or (behind is None and before == "gleich"):
            doubts.append(Doubt("welches-verb"))
        return behind or before, False

    @staticmethod
    def _said(chunk: _Chunk, doubts: list[Doubt]) -> Richtung | None:
        verbs = {_richtung(token) for token in chunk.of("verb")} | ({"gleich"} if chunk.of("level") else set())
        moving = verbs - {"betraegt"}
        if len(moving) > 1:
            doubts.append(Doubt("verb-nicht-eindeutig"))
        return next((richtung for richtung in VERBS if richtung in (moving or verbs)), None)

    def _bezug(self, place: int, own: bool, doubts: list[Doubt]) -> tuple[int | None, bool]:
        """The year compared with, and whether the sentence names one."""
        years = [self._years(chunk) for chunk in self.chunks]
        if len(set(years[place])) > 1:
            doubts.append(Doubt("mehrere-bezugsjahre"))
        if years[place]:
            return years[place][0], True
        behind = next((named[0] for named in years[place + 1 :] if named), None)
        before = next((named[0] for named in reversed(years[:place]) if named), None)
        if before is not None:
            return before, True
        if behind is not None and not own:
            return behind, True
        if behind is not None and behind != self.setting.jahr - 1:
            doubts.append(Doubt("welches-bezugsjahr"))
        return None, False

    def _years(self, chunk: _Chunk) -> list[int]:
        found = []
        for token in chunk.of("reference", "level"):
            year = next((token.match[name] for name in ("bezug", "vorjahrsjahr", "niveaujahr", "niveauvon") if token.match[name]), None)
            found.append(int(year.strip("()")) if year else self.setting.jahr - 1)
        return found

    def _schranke(self, place: int, amount: _Token, doubts: list[Doubt]) -> Schranke | None:
        """The bound that stands before the quantity, "um" and a comparison apart."""
        chunk = self.chunks[place]
        bounds = chunk.of("bound")
        if not bounds:
            if place > 0 and self.chunks[place - 1].of("bound") and not self._preposition(place, amount):
                doubts.append(Doubt("welche-schranke"))
            return None
        between = [token for token in chunk.tokens if bounds[0].end <= token.start < amount.start]
        if bounds[0].start > amount.start or any(token.kind not in ("reference", "word", "year") for token in between):
            doubts.append(Doubt("schranke-nicht-davor"))
        schranke: Schranke = meaning(BOUNDS, bounds[0].text)
        return schranke

    def _preposition(self, place: int, amount: _Token) -> str:
        """The word before the quantity and its bound: "um", "auf", "von", "bei", or ""."""
        tokens = self.chunks[place].tokens
        at = next(number for number, token in enumerate(tokens) if token is amount)
        if at and tokens[at - 1].kind == "bound" and " um " in tokens[at - 1].text:
            return "um"
        while at and tokens[at - 1].kind in ("bound", "reference"):
            at -= 1
        word = tokens[at - 1].text.lower() if at else ""
        if word not in ("um", "auf", "von", "bei", "höhe") and any(token.kind == "bound" for token in tokens[:at]):
            word = ""
        return word if word in ("um", "auf", "von", "bei", "höhe") else ""

    def _manner(self, place: int, amount: _Token, richtung: Richtung | None, doubts: list[Doubt]) -> Richtung | None:
        """What the quantity says: a change, or a level ("auf …", "beträgt …"); None where that is open."""
        word = self._preposition(place, amount)
        tokens = self.chunks[place].tokens
        if richtung == "gleich":
            return None
        if word == "auf":
            return "betraegt" if richtung in ("steigt", "sinkt", "betraegt") or any(token.kind == "agreed" for token in tokens) else None
        if richtung in ("steigt", "sinkt"):
            if word == "um":
                return richtung
            if word == "von":
                near = [token for token in tokens if token.end <= amount.start][-4:]
                return richtung if any(NOUNS.fullmatch(token.text) for token in near if token.kind == "verb") else None
            coordinated = any(
                self._preposition(other, chunk.of("amount")[0]) == "um"
                for other, chunk in enumerate(self.chunks[:place])
                if chunk.of("amount")
            )
            bounded = any(token.kind == "bound" for token in tokens) and "um" in [
                token.text.lower() for token in tokens if token.kind == "word"
            ]
            return richtung if word == "" and (coordinated or bounded) else None
        if word == "um":
            return None
        return (
            "betraegt"
            if richtung == "betraegt" or word in ("von", "bei", "höhe") or amount.match["einheit"] in EINHEIT["personen"]
            else None
        )


def _zielwert(richtung: Richtung, schranke: Schranke | None, wert: Decimal | None, einheit: Einheit, bezug: int | None) -> Zielwert | None:
    """A target in its normal form; None where the parts make none."""
    unit: Einheit = "prozent_niveau" if richtung == "betraegt" and einheit == "prozent" else einheit
    try:
        return Zielwert(richtung=richtung, schranke=schranke, wert=wert, einheit=unit, bezug=bezug)
    except ValidationError:  # such as a level in percentage points
        return None
