"""The targets that the stretches of one sentence bear, completed by each other: "der Frauen um 5,1 % und die der Männer um 2,7 %"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from agreements.language.target_grammar import Phrase, Token, Unclear, of_kind, richtung_of, zielwert
from agreements.language.target_vocabulary import meaning
from agreements.model.record import Richtung, Zielwert
from agreements.reading.doubts import Doubt
from extract.by_grammar.target_elements import Gruppe, Indikator, Setting, Target

GRUPPEN: tuple[Gruppe, ...] = ("frauen", "maenner", "alleinerziehende")
_SUBJECTS: tuple[tuple[Indikator | None, re.Pattern[str]], ...] = (
    ("integrationsquote", re.compile(r"^(?:Quote|\d.*\bIntegrationen)$", re.I)),
    ("langzeitleistungsbezug", re.compile(r"^(?:Bestand|Bestand[e]?s|Zahl|Anzahl)$", re.I)),
    ("leistungen_lebensunterhalt", re.compile(r"^(?:Summe|Leistungen)$", re.I)),
    (None, re.compile(r"^(?:erwerbsfähige\w*|Leistungsberechtigte\w*|Integrationen)$", re.I)),
)
"""What words that only hint at an indicator hint at; people in general are none."""
INDIKATOREN: dict[str, Indikator] = {"quote": "integrationsquote", "lzb": "langzeitleistungsbezug", "llu": "leistungen_lebensunterhalt"}


def _by_title(tokens: Iterable[Token]) -> Indikator | None:
    """The indicator of the statutory goal that some words name by its title; None where they name none or several."""
    named = {cast(Indikator, meaning("zieltitel", token.text)) for token in tokens if token.kind == "title"}
    return next(iter(named)) if len(named) == 1 else None


def bears(token: Token) -> bool:
    """Whether a part is what a target cannot be without: a quantity, or a standstill."""
    return token.kind in ("amount", "spelled", "level") or (token.kind == "verb" and richtung_of(token) == "gleich")


def stretches_of(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens parted at commas, brackets and conjunctions, so that each stretch bears one target."""
    parts: list[list[Token]] = [[]]
    for token in tokens:
        if token.kind in ("and", "comma", "open", "close"):
            parts.append([])
        else:
            parts[-1].append(token)
    found: list[list[Token]] = []
    waiting: list[Token] = []
    for part in parts:
        waiting += part
        if any(map(bears, part)):
            found.append(waiting)
            waiting = []
    if found:
        found[-1] += waiting
    return found


_UNCLEAR: dict[Unclear, Doubt] = {
    "verb": Doubt("verb-nicht-eindeutig"),
    "bezugsjahre": Doubt("mehrere-bezugsjahre"),
    "vorjahr": Doubt("anderes-vorjahr"),
    "mengen": Doubt("mehrere-mengen"),
    "schranke": Doubt("schranke-nicht-davor"),
    "vorzeichen": Doubt("vorzeichen-unklar"),
}


_NO_SHARES: tuple[Indikator | None, ...] = ("leistungen_lebensunterhalt", "langzeitleistungsbezug")
"""Indicators that are a sum and a number: of what a level in percent would be a share, no sentence says."""


@dataclass(slots=True)
class Coordinated:
    """The stretches of one sentence, completed by each other."""

    stretches: list[list[Token]]
    phrases: list[Phrase]
    """What each says by itself."""
    setting: Setting
    opening_group: Gruppe | None
    opening_indicator: Indikator | None

    def read(self) -> list[Target]:
        return [target for place in range(len(self.stretches)) for target in self._targets(place)]

    def _targets(self, place: int) -> Iterator[Target]:
        stretch = self.stretches[place]
        doubts: list[Doubt] = []
        indikator = self._indikator(place, doubts)
        gruppen = self._gruppen(place, doubts)
        value, names_bezug = self._value(place, indikator, doubts)
        bearing = [token for token in stretch if bears(token)]
        parts = [token for token in stretch if token.kind in ("amount", "bound", "verb", "level", "reference")] or bearing
        for gruppe in gruppen:
            yield Target(
                indikator, gruppe, value, parts[0].start, parts[-1].end, True, names_bezug, tuple(doubts), by_sign=self._by_sign(place)
            )

    def _indikator(self, place: int, doubts: list[Doubt]) -> Indikator | None:
        named = {INDIKATOREN[token.kind] for token in of_kind(self.stretches[place], *INDIKATOREN)}
        if len(named) > 1:
            doubts.append(Doubt("mehrere-kennzahlen"))
            return max(named)
        if named:
            return next(iter(named))
        earlier = [INDIKATOREN[token.kind] for stretch in self.stretches[:place] for token in of_kind(stretch, *INDIKATOREN)]
        titled = _by_title(token for stretch in self.stretches[: place + 1] for token in stretch)
        found = earlier[-1] if earlier else titled or self.opening_indicator or self.setting.indikator
        subjects = {
            indikator
            for indikator, pattern in _SUBJECTS
            for token in of_kind(self.stretches[place], "word", "amount")
            if pattern.search(token.text)
        }
        grouped = found == "integrationsquote" and bool(of_kind(self.stretches[place], "frauen", "maenner"))  # no other has groups
        if subjects - {found} and not grouped:
            doubts.append(Doubt("kennzahl-nicht-genannt"))
        return found

    def _gruppen(self, place: int, doubts: list[Doubt]) -> list[Gruppe]:
        stretch = self.stretches[place]
        named = [gruppe for gruppe in GRUPPEN if of_kind(stretch, gruppe)]
        if len(named) > 1:
            doubts.append(Doubt("mehrere-gruppen"))
        if named:
            return named
        own = bool(of_kind(stretch, *INDIKATOREN))
        if place and not own and any(of_kind(earlier, *GRUPPEN) for earlier in self.stretches[:place]):
            doubts.append(Doubt("welche-gruppe"))
        if self.opening_group:
            return [self.opening_group]
        heading = self.setting.indikator == "integrationsquote" and self.setting.gruppe != "gesamt"
        return [self.setting.gruppe] if heading else ["gesamt"]

    def _by_sign(self, place: int) -> bool:
        """Whether a sign, or the word for it, makes a change of the quantity, which the law compares with the year before."""
        return self.phrases[place].signed or self._is_change(place) or self.setting.column == "veraenderung"

    def _is_change(self, place: int) -> bool:
        """Whether the stretch, or one before it that speaks of the same, says that it is about a change."""
        own = bool(of_kind(self.stretches[place], *INDIKATOREN))
        return any(of_kind(stretch, "change") for stretch in self.stretches[place if own else 0 : place + 1])

    def _value(self, place: int, indikator: Indikator | None, doubts: list[Doubt]) -> tuple[Zielwert | None, bool]:
        stretch, phrase = self.stretches[place], self.phrases[place]
        richtung = self._verb(place, indikator, doubts)
        bezug, names_bezug = self._bezug(place, doubts)
        doubts += [_UNCLEAR[part] for part in phrase.unclear]
        if of_kind(stretch, "spelled"):
            doubts.append(Doubt("menge-in-worten"))
            return None, names_bezug
        if phrase.wert is None:
            if phrase.schranke or richtung not in ("gleich", None):
                doubts.append(Doubt("menge-fehlt"))
            return zielwert("gleich", None, None, "prozent", bezug), names_bezug
        if place and not phrase.schranke and not phrase.preposition and self.phrases[place - 1].schranke:
            doubts.append(Doubt("welche-schranke"))
        manner = phrase.says(richtung, by_so_much=any(earlier.preposition == "um" for earlier in self.phrases[:place]))
        if self.setting.column and richtung is None:
            richtung = manner = "steigt" if self.setting.column == "veraenderung" else "betraegt"
        if richtung in ("betraegt", None) and phrase.einheit in ("prozent", "prozentpunkte") and self._is_change(place):
            manner, doubts[len(doubts) :] = "steigt", [] if richtung else [Doubt("vorzeichen-fehlt")]
        if manner == "betraegt" and phrase.einheit == "prozent" and indikator in _NO_SHARES:
            doubts.append(Doubt("veraenderung-oder-niveau"))
            return None, names_bezug
        if manner is None:
            doubts.append(Doubt("veraenderung-oder-niveau"))
            manner = richtung if richtung in ("steigt", "sinkt") else None
        level = manner == "betraegt"
        value = zielwert(manner, phrase.schranke, phrase.wert, phrase.einheit, None if level else bezug) if manner else None
        if value is None:
            doubts.append(Doubt("teile-passen-nicht"))
        return value, names_bezug or level

    def _verb(self, place: int, indikator: Indikator | None, doubts: list[Doubt]) -> Richtung | None:
        """The direction; one that the stretch does not say itself is that of the next one, or of the one before."""
        if own := self.phrases[place].richtung:
            return own
        if any(of_kind(stretch, "better") for stretch in self.stretches):
            if indikator != "integrationsquote":
                doubts.append(Doubt("welches-verb"))
            return "steigt"
        behind = next((phrase.richtung for phrase in self.phrases[place + 1 :] if phrase.richtung), None)
        before = next((phrase.richtung for phrase in reversed(self.phrases[:place]) if phrase.richtung), None)
        if (behind and before and behind != before) or (behind or before) == "gleich":
            doubts.append(Doubt("welches-verb"))
        return behind or before

    def _bezug(self, place: int, doubts: list[Doubt]) -> tuple[int | None, bool]:
        """The year compared with, and whether the sentence names one."""
        if self.phrases[place].names_bezug:
            return self.phrases[place].bezug, True
        behind = next((phrase.bezug for phrase in self.phrases[place + 1 :] if phrase.names_bezug), None)
        before = next((phrase.bezug for phrase in reversed(self.phrases[:place]) if phrase.names_bezug), None)
        if before is not None:
            return before, True
        if behind is not None and not self.phrases[place].richtung:
            return behind, True
        if behind is not None and behind != self.setting.jahr - 1:
            doubts.append(Doubt("welches-bezugsjahr"))
        return None, False
