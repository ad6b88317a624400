"""How values are written in an agreement, and read back from it.

Each notation holds both directions side by side. The phrases of target sentences stand in one table, used to write and to read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from agreements.errors import WordingError
from agreements.language.calendar import FORMS_OF_DAYS, Datum
from agreements.language.numbers import EURO, MILLIONEN, MIO, NUMMER, Pattern
from agreements.language.offices import FUNCTION, OF_LAND, OF_TRAEGER, ZUSATZ_FORM
from agreements.language.protocol import UNREAD, Context, Notation, Unread
from agreements.language.targets import Zielsatz, zielzahl
from agreements.model.record import Zielwert
from agreements.register.register import Register

OPEN = re.compile(r"\[[^\[\]]{1,60} offen\]")
"""A value that is foreseen and not yet agreed, as printed."""


def write_open(noun: str) -> str:
    """The visible field of an open value."""
    return f"[{noun} offen]"


# ---------------------------------------------------------------- places in an agreement

_KAPITEL = r"(?P<kapitel>[IVX]+|[A-Z]|\d{1,2})"
PLACE_IN_WORDING = re.compile(_KAPITEL + r"(?:\.§(?P<paragraph>\d+))?(?:\.Nr(?P<nummer>\d+))?(?:\.(?P<absatz>\d+))?")
"""What an amendment may name of a wording's addresses: "II", "III.§2.Nr5", "III.§3.1", in another Land "D.1"."""
_FUNDSTELLE = re.compile(rf"Kapitel {_KAPITEL}" r"(?: § (?P<paragraph>\d+))?(?: Nummer (?P<nummer>\d+))?(?: Absatz (?P<absatz>\d+))?(?!\w)")


def _write_place(value: str, _: Context) -> str:
    found = PLACE_IN_WORDING.fullmatch(value)
    if found is None:  # of an amendment refused before it is printed; a wording can name any text so
        raise WordingError(f"„{value}“ ist keine Stelle eines Wortlauts.", abhilfe="Sie wie III.§2.Nr5 schreiben.")
    return "".join(f"{word} {found[key]}" for key, word in _PLACES.items() if found[key])


def _read_place(text: str, _: Context) -> str:
    found = _FUNDSTELLE.fullmatch(text)
    assert found  # `Pattern.read` has tried
    return "".join(f"{sign}{found[key]}" for key, sign in _SIGNS_OF_PLACES.items() if found[key])


_PLACES = {"kapitel": "Kapitel", "paragraph": " §", "nummer": " Nummer", "absatz": " Absatz"}
_SIGNS_OF_PLACES = {"kapitel": "", "paragraph": ".§", "nummer": ".Nr", "absatz": "."}
FUNDSTELLE = Pattern("fundstelle", _FUNDSTELLE, _write_place, _read_place, "Stelle")
"""A place as officials name it: "Kapitel III § 2 Nummer 5"."""

# ---------------------------------------------------------------- the Träger's name

CASES = ("name", "nominativ", "genitiv", "dativ", "akkusativ", "gattung_genitiv")


@dataclass(frozen=True, slots=True)
class Name(Notation):
    """The Träger in one case of the register; `gattung_genitiv` ("des Landkreises") names none and only must fit."""

    case: str
    satzanfang: bool = False

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


@lru_cache(maxsize=64)
def _keys_by_name(register: Register, case: str, jahr: int | None) -> dict[str, frozenset[str]]:
    """The keys that each name of a year (None: of all years) can mean, the longest name first."""
    keys: dict[str, set[str]] = defaultdict(set)
    for row in register.rows if jahr is None else register.all(jahr):
        keys[getattr(row, case)].add(row.schluessel)
    return {name: frozenset(keys[name]) for name in sorted(keys, key=len, reverse=True)}


# ---------------------------------------------------------------- free text


@dataclass(frozen=True, slots=True)
class FreeText(Notation):
    """Text as it stands; with an `opening` it is preferred where it begins so (an office, a name)."""

    free = True
    opening: re.Pattern[str] | None = None

    def write(self, value: str, _: Context) -> str:
        return value

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        yield len(text)

    def read(self, text: str, _: Context) -> str:
        return text


TEXT = FreeText()
STELLEN = {
    "land": FreeText(opening=OF_LAND),
    "traeger": FreeText(opening=OF_TRAEGER),
}
"""The office that signs: tells its lines from those of the function above it, and the Land's column from the Träger's."""


ZUSATZ = Pattern("zusatz", ZUSATZ_FORM, lambda value, _: str(value), lambda text, _: text)
FUNKTION = FreeText(opening=re.compile(FUNCTION))
"""Behind a name without brackets: tells the line of the function from that of the name."""
PERSON = FreeText(opening=re.compile(rf"(?!{FUNCTION}|{OF_LAND.pattern}|{OF_TRAEGER.pattern})\w"))
"""A name without brackets: tells its line from that of a function above it."""


_LINES: dict[str, Notation] = {"zusatz": ZUSATZ, "funktion": FUNKTION, "person": PERSON}
_STATED_BY = {"zusatz": "zusatz", "funktion": "funktion", "person": "name", "stelle": "stelle"}
"""The fields of a signature that a notation alone may state."""
_AMOUNTS = {pattern.name: pattern for pattern in (EURO, MIO, MILLIONEN)}


def notation(path: str, filters: list[tuple[str, tuple[Any, ...]]], kind: type[Any] | None) -> Notation | None:
    """The notation that a field's filters name; None where there is no such notation for its type, or it is another field's.

    What a place of a signature is written as says what stands there: an office's place holds no name.
    """
    names = [name for name, _ in filters]
    if any(name in _STATED_BY and not re.search(rf"unterschriften\..*\.{_STATED_BY[name]}$", path) for name in names):
        return None
    if kind is Zielwert:
        return _of_target(filters)
    match filters:
        case []:
            return TEXT if kind is str else NUMMER if kind is int else None
        case [(case, ())] | [(case, ()), ("satzanfang", ())] if case in CASES:
            return Name(case, satzanfang="satzanfang" in names) if kind is str else None
        case [("datum", ())]:
            return Datum() if kind is date else None
        case [("datum", (form,))] if form in FORMS_OF_DAYS:
            return Datum(form=str(form)) if kind is date else None
        case [("stelle", (who,))] if who in STELLEN:
            return STELLEN[who] if kind is str else None
        case [(name, ())] if name in _LINES:
            return _LINES[name] if kind is str else None
        case [(name, ())] if name in _AMOUNTS:
            return _AMOUNTS[name] if kind is Decimal else None
        case [("fundstelle", ())]:
            return FUNDSTELLE if kind is str else None
    return None


def _of_target(filters: list[tuple[str, tuple[Any, ...]]]) -> Notation | None:
    match filters:
        case [("zielwert", (mode,))] if mode in ("jahr", "vorjahr", "ohne", "niveau"):
            return Zielsatz(mode)
        case [("zahl", said)]:
            return zielzahl(said)
        case [("worte", (str(worte), *said))]:
            return zielzahl(said, worte)
    return None
