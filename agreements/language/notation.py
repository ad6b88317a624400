"""How values are written in an agreement, and read back from it.

Each notation holds both directions side by side. The phrases of target sentences stand in one table, used to write and to read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final, Protocol

from pydantic import ValidationError

from agreements.model.record import OFFEN, Einheit, Offen, Richtung, Schranke, Zielwert
from agreements.register.laender import ADJEKTIV
from agreements.register.register import Register


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

    def doubted(self, text: str, before: str, after: str) -> bool:
        """Whether words beside the text that the wording does not have there may change what it says."""


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
    return Decimal(re.sub(r"[.\s]", "", text).replace(",", "."))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A notation of closed form: a regular expression tells where it can stand."""

    name: str
    pattern: re.Pattern[str]
    writes: Callable[[Any, Context], str]
    reads: Callable[[str, Context], Any]
    noun: str | None = None
    free: bool = False
    unit: re.Pattern[str] | None = None
    """How the unit behind it may be written otherwise than in the wording."""

    def write(self, value: Any, context: Context) -> str:
        return self.writes(value, context)

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        if found := self.pattern.match(text, start):
            yield found.end()

    def read(self, text: str, context: Context) -> Any:
        return self.reads(text, context) if self.pattern.fullmatch(text) else UNREAD

    def doubted(self, text: str, before: str, after: str) -> bool:
        return self.unit is not None and bool(_NUMERIC.search(f"{before} {after}") or (after and not self.unit.match(after)))


_NUMERIC = re.compile(r"\d|minus|Tausend|Tsd|T€|Mrd|Milliarden", re.I)


def _read_euro(text: str, _: Context) -> int | Decimal:
    number = read_number(re.sub(r",[-–]+$", "", text))
    return number if number.as_tuple().exponent else int(number)


_BEGINS = r"(?<![\d.,−-])(?<!\d\s)"
_ENDS = r"(?![\d,.]*\d)(?!\s\d)"
"""A number is read as a whole or not at all."""

EURO = Pattern(
    "euro",
    re.compile(_BEGINS + r"(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:\s\d{3})+|\d+)(?:,\d\d(?!\d)|,[-–]{1,2})?" + _ENDS),
    lambda value, _: write_number(value),
    _read_euro,
    "Betrag",
    unit=re.compile("€|EUR"),
)
MIO = Pattern(
    "mio",
    re.compile(_BEGINS + NUMBER + _ENDS),
    lambda value, _: write_number(value),
    lambda text, _: read_number(text),
    "Betrag",
    unit=re.compile("Mio|Mill"),
)
JAHR = Pattern("jahr", re.compile(r"(?:19|20)\d\d(?!\d)"), lambda v, _: str(v), lambda t, _: int(t))
NUMMER = Pattern("nummer", re.compile(r"[1-9]\d?(?!\d)"), lambda v, _: str(v), lambda t, _: int(t))


# ---------------------------------------------------------------- places in an agreement

_KAPITEL = r"(?P<kapitel>[IVX]+|[A-Z]|\d{1,2})"
PLACE_IN_WORDING = re.compile(_KAPITEL + r"(?:\.§(?P<paragraph>\d+))?(?:\.Nr(?P<nummer>\d+))?(?:\.(?P<absatz>\d+))?")
"""What an amendment may name of a wording's addresses: "II", "III.§2.Nr5", "III.§3.1", in another Land "D.1"."""
_FUNDSTELLE = re.compile(rf"Kapitel {_KAPITEL}" r"(?: § (?P<paragraph>\d+))?(?: Nummer (?P<nummer>\d+))?(?: Absatz (?P<absatz>\d+))?(?!\w)")


def _write_place(value: str, _: Context) -> str:
    found = PLACE_IN_WORDING.fullmatch(value)
    assert found  # refused before it is printed (amending.py)
    return "".join(f"{word} {found[key]}" for key, word in _PLACES.items() if found[key])


def _read_place(text: str, _: Context) -> str:
    found = _FUNDSTELLE.fullmatch(text)
    assert found  # `Pattern.read` has tried
    return "".join(f"{sign}{found[key]}" for key, sign in _SIGNS_OF_PLACES.items() if found[key])


_PLACES = {"kapitel": "Kapitel", "paragraph": " §", "nummer": " Nummer", "absatz": " Absatz"}
_SIGNS_OF_PLACES = {"kapitel": "", "paragraph": ".§", "nummer": ".Nr", "absatz": "."}
FUNDSTELLE = Pattern("fundstelle", _FUNDSTELLE, _write_place, _read_place, "Stelle")
"""A place as officials name it: "Kapitel III § 2 Nummer 5"."""

# ---------------------------------------------------------------- dates

MONATE = ("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember")
MONAT = "|".join(MONATE)
DATUM_FORM = re.compile(rf"(?P<tag>\d{{1,2}})\.\s?(?:(?P<monat>\d{{1,2}})\.\s?|(?P<name>{MONAT})\s)(?P<jahr>\d{{4}})")


def write_date(day: date) -> str:
    """A date as it is printed: "1. Februar 2024" (DIN 5008)."""
    return f"{day.day}. {MONATE[day.month - 1]} {day.year}"


@dataclass(frozen=True, slots=True)
class Datum:
    """A date, "1. Februar 2024" (DIN 5008); left blank for the pen only its year is printed, and read as open."""

    free: bool = False
    noun: str | None = None
    blank: re.Pattern[str] = field(default=re.compile(r"[_.…\s]*(?:20\d\d(?!\d))?"))

    def write(self, value: date, _: Context) -> str:
        return write_date(value)

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        for pattern in (DATUM_FORM, self.blank):
            if found := pattern.match(text, start):
                yield found.end()

    def read(self, text: str, _: Context) -> date | Offen | Unread:
        if self.blank.fullmatch(text):
            return OFFEN
        if not (found := DATUM_FORM.fullmatch(text)):
            return UNREAD
        month = int(found["monat"]) if found["monat"] else MONATE.index(found["name"]) + 1
        try:
            return date(int(found["jahr"]), month, int(found["tag"]))
        except ValueError:  # a day that no calendar has, such as 31. Februar
            return UNREAD

    def doubted(self, text: str, before: str, after: str) -> bool:
        beside = before + after
        return bool(beside) if self.blank.fullmatch(text) else bool(re.search(r"\d", beside))


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
        head = self._bare(text[start : start + 80])
        for name in _keys_by_name(context.register, self.case, None):
            if head.startswith(name):
                yield start + len(name)

    def read(self, text: str, context: Context) -> str | Unread:
        keys = _keys_by_name(context.register, self.case, context.jahr).get(self._bare(text), frozenset())
        return next(iter(keys)) if len(keys) == 1 else UNREAD

    def _bare(self, text: str) -> str:
        return text[:1].lower() + text[1:] if self.satzanfang else text

    def doubted(self, text: str, before: str, after: str) -> bool:
        return False


@lru_cache(maxsize=64)
def _keys_by_name(register: Register, case: str, jahr: int | None) -> dict[str, frozenset[str]]:
    """The keys that each name of a year (None: of all years) can mean, the longest name first."""
    keys: dict[str, set[str]] = defaultdict(set)
    for row in register.rows if jahr is None else register.all(jahr):
        keys[getattr(row, case)].add(row.schluessel)
    return {name: frozenset(keys[name]) for name in sorted(keys, key=len, reverse=True)}


# ---------------------------------------------------------------- targets

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

    def doubted(self, text: str, before: str, after: str) -> bool:
        return False


TEXT = FreeText()
STELLEN = {
    "land": FreeText(opening=re.compile(rf"(?:Das )?(?:{ADJEKTIV} )?Ministerium\b")),
    "traeger": FreeText(opening=re.compile(r"(?:D(?:er|ie|as) )?(?:Landkreis|Region|Stadt|Hansestadt|Jobcenter)\b")),
}
"""The office that signs: tells its lines from those of the function above it, and the Land's column from the Träger's."""


ZUSATZ_FORM = re.compile(r"(?<!\w)(?:in\s+Vertretung(?:\s+de[sr]\s+\w+)?|im\s+Auftrage?|i\.\s?[VA]\.)(?!\w)", re.I)
"""How it is said that somebody signs for another."""
ZUSATZ = Pattern("zusatz", ZUSATZ_FORM, lambda value, _: str(value), lambda text, _: text)
_FUNKTION = (
    r"(?:(?:Der|Die|Erste[rn]?|Allgemeine[rn]?|Stellvertretende[rn]?) )*(?:Landr[aä]t|Kreisr[aä]t|Staatssekretär|Minister(?!ium)|"
    r"Ober\w*meister|Bürgermeister|Stadtr[aä]t|Regionspräsident|Dezernent|\w*[Ll]eit|Vertreter|Geschäftsführer|Vorstand)"
)
FUNKTION = FreeText(opening=re.compile(_FUNKTION))
"""Behind a name without brackets: tells the line of the function from that of the name."""
FUNKTION_FORM = re.compile(rf"{_FUNKTION}(?:in|s|e[rn]?)?(?:er(?:in)?)?(?:,? (?:und|des|der|im|in|für|von|vom|beim?) .+)?")
"""A function and nothing else; of what it is a function may follow."""


def notation(filters: list[tuple[str, tuple[Any, ...]]], kind: type[Any] | None) -> Notation | None:
    """The notation that a field's filters name; None where there is no such notation for its type."""
    names = [name for name, _ in filters]
    match filters:
        case []:
            return TEXT if kind is str else NUMMER if kind is int else None
        case [(case, ())] | [(case, ()), ("satzanfang", ())] if case in CASES:
            return Name(case, satzanfang="satzanfang" in names) if kind is str else None
        case [("zielwert", (mode,))] if mode in ("jahr", "vorjahr", "ohne", "niveau"):
            return Zielsatz(mode) if kind is Zielwert else None
        case [("datum", ())]:
            return Datum() if kind is date else None
        case [("stelle", (who,))] if who in STELLEN:
            return STELLEN[who] if kind is str else None
        case [("zusatz", ())]:
            return ZUSATZ if kind is str else None
        case [("funktion", ())]:
            return FUNKTION if kind is str else None
        case [("euro", ())]:
            return EURO if kind is Decimal else None
        case [("mio", ())]:
            return MIO if kind is Decimal else None
        case [("fundstelle", ())]:
            return FUNDSTELLE if kind is str else None
    return None


def as_jahr(offset: int) -> Pattern:
    """The agreement's year, or one `offset` years from it."""
    return replace(JAHR, writes=lambda value, _: str(value + offset), reads=lambda text, _: int(text) - offset)


def verbatim(text: str) -> Pattern:
    """A text that is known already, and is looked for as it stands."""
    return Pattern("wörtlich", re.compile(re.escape(text)), lambda value, _: str(value), lambda found, _: found)
