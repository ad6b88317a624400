"""How values are written in an agreement, and read back from it.

Each notation holds both directions side by side. The phrases of target sentences stand in one table, used to write and to read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, Protocol

from agreements.model import OFFEN, Einheit, Offen, Richtung, Schranke, Zielwert
from agreements.register import Register


class Unread:
    """What `read` answers where a text says no value of its notation."""

    def __repr__(self) -> str:
        return "UNREAD"


UNREAD: Final = Unread()


@dataclass(frozen=True, slots=True)
class Context:
    """What a notation must know besides the value."""

    jahr: int
    register: Register
    bezug: int | None = None
    """The year that a target sentence inherits where it names none."""


class Notation(Protocol):
    """One way to write one kind of value."""

    @property
    def free(self) -> bool:
        """Whether any text at all may stand there."""

    @property
    def noun(self) -> str | None:
        """What "[… offen]" names; None: the label of the field."""

    def write(self, value: Any, context: Context) -> str:
        """The value as the agreement prints it."""

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        """Ends of what can be read from `start` on, the longest first."""

    def read(self, text: str, context: Context) -> Any:
        """The value that the text says, or `UNREAD`."""


OPEN = re.compile(r"\[[^\[\]]{1,60} offen\]")
"""A value that is foreseen and not yet agreed, as printed."""


def write_open(noun: str) -> str:
    """The visible field of an open value."""
    return f"[{noun} offen]"


# ---------------------------------------------------------------- numbers

NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"


def write_number(number: Decimal | int) -> str:
    """Digits as held, thousands parted by points, a decimal comma (DIN 5008)."""
    return f"{Decimal(number):,f}".translate(str.maketrans(",.", ".,"))


def read_number(text: str) -> Decimal:
    """The inverse of `write_number`; digits behind the comma are kept."""
    return Decimal(text.replace(".", "").replace(",", "."))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A notation of closed form: a regular expression tells where it can stand."""

    name: str
    pattern: re.Pattern[str]
    writes: Callable[[Any, Context], str]
    reads: Callable[[str, Context], Any]
    noun: str | None = None
    free: bool = False

    def write(self, value: Any, context: Context) -> str:
        return self.writes(value, context)

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        if found := self.pattern.match(text, start):
            yield found.end()

    def read(self, text: str, context: Context) -> Any:
        return self.reads(text, context) if self.pattern.fullmatch(text) else UNREAD


def _read_euro(text: str, _: Context) -> int | Decimal:
    number = read_number(re.sub(r",[-–]+$", "", text))
    return number if number.as_tuple().exponent else int(number)


EURO = Pattern("euro", re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d\d(?!\d)|,[-–]{1,2})?(?![\d,.]*\d)"), lambda v, _: write_number(v), _read_euro, "Betrag")
MIO = Pattern("mio", re.compile(NUMBER + r"(?![\d,.]*\d)"), lambda v, _: write_number(v), lambda t, _: read_number(t), "Betrag")
JAHR = Pattern("jahr", re.compile(r"(?:19|20)\d\d(?!\d)"), lambda v, _: str(v), lambda t, _: int(t))
NUMMER = Pattern("nummer", re.compile(r"[1-9]\d?(?!\d)"), lambda v, _: str(v), lambda t, _: int(t))


# ---------------------------------------------------------------- dates

MONATE = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
_MONAT = "|".join(MONATE)
_DATUM = re.compile(rf"(?P<tag>\d{{1,2}})\.\s?(?:(?P<monat>\d{{1,2}})\.\s?|(?P<name>{_MONAT})\s)(?P<jahr>\d{{4}})")


@dataclass(frozen=True, slots=True)
class Datum:
    """A date, "1. Februar 2024" (DIN 5008); left blank for the pen only its year is printed, and read as open."""

    free: bool = False
    noun: str | None = None
    blank: re.Pattern[str] = field(default=re.compile(r"[_.…\s]*(?:20\d\d(?!\d))?"))

    def write(self, value: date, _: Context) -> str:
        return f"{value.day}. {MONATE[value.month - 1]} {value.year}"

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        for pattern in (_DATUM, self.blank):
            if found := pattern.match(text, start):
                yield found.end()

    def read(self, text: str, _: Context) -> date | Offen | Unread:
        if self.blank.fullmatch(text):
            return OFFEN
        if not (found := _DATUM.fullmatch(text)):
            return UNREAD
        month = int(found["monat"]) if found["monat"] else MONATE.index(found["name"]) + 1
        try:
            return date(int(found["jahr"]), month, int(found["tag"]))
        except ValueError:  # a day that no calendar has, such as 31. Februar
            return UNREAD


# ---------------------------------------------------------------- the Träger's name

CASES = ("name", "nominativ", "genitiv", "dativ", "akkusativ", "gattung_genitiv")


@dataclass(frozen=True, slots=True)
class Name:
    """The Träger in one case of the register; `gattung_genitiv` ("des Landkreises") names none and only must fit."""

    case: str
    satzanfang: bool = False
    free: bool = False
    noun: str | None = None

    def write(self, value: str, context: Context) -> str:
        written = str(getattr(context.register.find(value, context.jahr), self.case))
        return written[0].upper() + written[1:] if self.satzanfang else written

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        head = text[start:start + 1].lower() + text[start + 1:start + 80] if self.satzanfang else text[start:start + 80]
        for name in _names_in_case(context.register, self.case):
            if head.startswith(name):
                yield start + len(name)

    def read(self, text: str, context: Context) -> str | Unread:
        text = text[:1].lower() + text[1:] if self.satzanfang else text
        if self.case == "gattung_genitiv":
            return UNREAD
        found = [row.schluessel for row in context.register.all(context.jahr) if getattr(row, self.case) == text]
        return found[0] if len(set(found)) == 1 else UNREAD


@cache
def _names_in_case(register: Register, case: str) -> tuple[str, ...]:
    return tuple(sorted({str(getattr(row, case)) for row in register.rows}, key=len, reverse=True))


# ---------------------------------------------------------------- targets

_RICHTUNG: dict[Richtung, tuple[str, ...]] = {
    "steigt": ("steigt", "steigen", "ansteigt", "erhöht", "erhöhen", "gesteigert", "zunimmt", "verbessert"),
    "sinkt": ("sinkt", "sinken", "verringert", "verringern", "reduziert", "reduzieren", "gesenkt", "abnimmt", "vermindert", "zurückgeht"),
    "gleich": ("gleich bleibt", "gleich bleiben", "konstant bleibt", "konstant gehalten", "konstant", "unverändert bleibt",
               "auf dem Niveau des Vorjahres bleibt", "auf dem Niveau des Vorjahres gehalten", "auf dem Niveau des Vorjahres", "gehalten"),
    "betraegt": ("beträgt", "betragen", "vereinbart", "liegt", "erreicht"),
}
_SCHRANKE: dict[Schranke, tuple[str, ...]] = {
    "hoechstens": ("nicht mehr als", "maximal", "höchstens", "bis zu", "nicht mehr am"),
    "mindestens": ("mindestens", "wenigstens", "nicht weniger als", "minimal"),
    "rund": ("rund", "rd.", "ca.", "circa", "etwa", "ungefähr"),
}
_EINHEIT: dict[Einheit, tuple[str, ...]] = {
    "prozentpunkte": ("Prozentpunkte", "Prozentpunkten", "Prozentpunkt", "%-Punkte"),
    "prozent": ("%", "Prozent", "v. H.", "v.H."),
    "personen": ("Personen", "Integrationen", "Langzeitleistungsbeziehende", "Langzeitleistungsbeziehenden"),
    "euro": ("Euro", "€"),
}
"""Of each tuple the first phrase is written, all are read; "nicht mehr am" is a slip met in a signed agreement."""

_BEZUG = re.compile(r"(?:im Vergleich|gegenüber|verglichen)(?: zum| mit dem| dem)? (?:(?:Jahr )?(?P<jahr>\d{4})|(?P<vorjahr>Vorjahr(?:es)?))", re.I)
_VORJAHRESNIVEAU = re.compile(r"auf dem Niveau des (?:Vorjahres|Jahres (?P<jahr>\d{4}))")
_FILLER = re.compile(r"\b(?:um|sich|auf|von|wird|werden|kann|im|zu|wurde|des|Jahres)\b", re.I)


def _any(phrases: dict[Any, tuple[str, ...]]) -> str:
    words = sorted((phrase for several in phrases.values() for phrase in several), key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s?" if "." in word else " ") + (r"(?!\w)" if word[-1].isalnum() else "") for word in words)


def _meaning(phrases: dict[Any, tuple[str, ...]], text: str) -> Any:
    bare = text.replace(" ", "").lower()
    return next(key for key, several in phrases.items() if bare in [word.replace(" ", "").lower() for word in several])


_MENGE = re.compile(rf"(?<![\w,.])(?P<zahl>{NUMBER})\s?(?P<einheit>{_any(_EINHEIT)})")
_SCHRANKEN = re.compile(rf"(?<!\w)(?:{_any(_SCHRANKE)})", re.I)
_VERB = re.compile(rf"(?<!\w)(?:{_any(_RICHTUNG)})", re.I)
_FORM = re.compile(
    rf"(?:(?:um )?(?:(?:nicht mehr als|mindestens|rund) )?{NUMBER}\s?(?:{_any(_EINHEIT)})(?: im Vergleich zum (?:Jahr \d{{4}}|Vorjahr))?(?: (?:steigt|sinkt|beträgt)(?!\w))?"
    rf"|(?:im Vergleich zum (?:Jahr \d{{4}}|Vorjahr) )?gleich bleibt(?!\w))"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """What one target phrase says by itself, before its neighbours and the year complete it."""

    richtung: Richtung | None
    schranke: Schranke | None
    wert: Decimal | None
    einheit: Einheit
    bezug: int | None
    names_bezug: bool
    rest: str
    """Words that the grammar does not know; a person must look where there are any."""

    def complete(self, following: Phrase | None, inherited: int | None) -> Zielwert | Unread:
        """The target it means; a missing verb or year is that of the phrase after it, a missing year else the inherited one."""
        richtung = self.richtung or (following.richtung if following else None)
        bezug = self.bezug if self.names_bezug else following.bezug if following and following.names_bezug and not self.richtung else inherited
        if richtung is None or (richtung != "gleich" and self.wert is None) or (richtung == "gleich" and self.wert is not None):
            return UNREAD
        if richtung == "betraegt":
            return Zielwert(richtung=richtung, schranke=self.schranke, wert=self.wert,
                            einheit="prozent_niveau" if self.einheit == "prozent" else self.einheit, bezug=None)
        if self.einheit == "prozent_niveau" or (richtung == "gleich" and self.schranke):
            return UNREAD
        return Zielwert(richtung=richtung, schranke=self.schranke, wert=self.wert, einheit=self.einheit, bezug=bezug)


@dataclass(frozen=True, slots=True)
class Zielsatz:
    """The phrase of a target: "um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 steigt".

    `mode` says how the reference is named: "jahr", "vorjahr", or "ohne" where the sentence inherits it.
    """

    mode: str
    free: bool = False
    noun: str | None = "Zielwert"

    def write(self, value: Zielwert, context: Context) -> str:
        return self.write_before(value, context, None)

    def write_before(self, value: Zielwert, context: Context, following: Zielwert | None) -> str:
        """The phrase; its verb and year are left out where the phrase that follows in the sentence has the same."""
        shared = following is not None and value.richtung == following.richtung != "gleich" and value.bezug == following.bezug
        verb = "" if shared else _RICHTUNG[value.richtung][0]
        bezug = "" if shared else self._write_bezug(value, context)
        if value.richtung == "gleich":
            return f"{bezug} {verb}".strip()
        bound = _SCHRANKE[value.schranke][0] + " " if value.schranke else ""
        um = "" if value.richtung == "betraegt" else "um "
        assert value.wert is not None  # the model's normal form
        unit = _EINHEIT["prozent" if value.einheit == "prozent_niveau" else value.einheit][0]
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
        reference = references[0] if references else level
        year = None
        if reference:
            year = int(reference["jahr"]) if reference["jahr"] else context.jahr - 1
        rest = " ".join(_FILLER.sub(" ", rest).split()).strip(" ,.")
        return Phrase(
            richtung=_meaning(_RICHTUNG, verbs[0].group()) if verbs else None,
            schranke=_meaning(_SCHRANKE, bounds[0].group()) if bounds else None,
            wert=read_number(amounts[0]["zahl"]) if amounts else None,
            einheit=_meaning(_EINHEIT, amounts[0]["einheit"]) if amounts else "prozent",
            bezug=year, names_bezug=reference is not None, rest=rest,
        )


def _take(pattern: re.Pattern[str], text: str) -> tuple[list[re.Match[str]], str]:
    return list(pattern.finditer(text)), pattern.sub(" ", text)


# ---------------------------------------------------------------- free text


@dataclass(frozen=True, slots=True)
class FreeText:
    """Text as it stands; with an `opening` it is preferred where it begins so (an office, a name)."""

    free: bool = True
    noun: str | None = None
    opening: re.Pattern[str] | None = None

    def write(self, value: str, _: Context) -> str:
        return value

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        yield len(text)

    def read(self, text: str, _: Context) -> str:
        return text


TEXT = FreeText()
STELLE = FreeText(opening=re.compile(r"(?:Niedersächsisches |Das |Der |Die )?(?:Ministerium|Landkreis|Region|Stadt|Jobcenter)\b"))
"""The office that signs: tells its lines from those of the function above it."""


def notation(filters: list[tuple[str, tuple[Any, ...]]], kind: type[Any] | None) -> Notation | None:
    """The notation that a field's filters name; None where there is no such notation for its type."""
    names = [name for name, _ in filters]
    match filters:
        case []:
            return TEXT if kind is str else NUMMER if kind is int else None
        case [(case, ())] | [(case, ()), ("satzanfang", ())] if case in CASES:
            return Name(case, satzanfang="satzanfang" in names) if kind is str else None
        case [("zielwert", (mode,))] if mode in ("jahr", "vorjahr", "ohne"):
            return Zielsatz(mode) if kind is Zielwert else None
        case [("datum", ())]:
            return Datum() if kind is date else None
        case [("stelle", ())]:
            return STELLE if kind is str else None
        case [("euro", ())]:
            return EURO if kind is Decimal else None
        case [("mio", ())]:
            return MIO if kind is Decimal else None
    return None


def as_jahr(offset: int) -> Pattern:
    """The agreement's year, or one `offset` years from it."""
    return replace(JAHR, writes=lambda value, _: str(value + offset), reads=lambda text, _: int(text) - offset)
