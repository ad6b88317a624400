"""What a line of a signature is: place and day, addition, name, function, office. Whoever meets such a line asks here.

One ordered table tells the kinds, with an example each; the groups of a pattern are named as the fields of a signature that it states.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from agreements.language.calendar import DAY
from agreements.language.names import NAME, NAME_ALONE, is_plain_name
from agreements.language.offices import FOR, FUNCTION, IN_NO_NAME, OF_LAND, OF_TRAEGER, STELLE, ZUSATZ_FORM
from agreements.language.place_and_date import PLACE_FORM, SIGNED, SIGNED_UNDER_INK
from agreements.register.laender import ADJEKTIV

FELDER = ("ort", "datum", "zusatz", "name", "funktion", "stelle")
"""What a signature states, in the order of its lines."""
FUNKTION_FORM = re.compile(rf"{FUNCTION}(?:in|s|e[rn]?)?(?:er(?:in)?)?(?:,? (?:und|des|der|im|in|für|von|vom|beim?) .+)?")
"""A function and nothing else; of what it is a function may follow."""
OF_SOMEBODY = re.compile(rf"{FUNCTION}.* von (?!.*{IN_NO_NAME})(?P<name>[A-ZÄÖÜ][\w'’-]+)")
"""A function with what may be the end of the name above it, "Erste Kreisrätin von Knigge"; "Landrätin von Peine" is one of a place."""
BRACKETED = re.compile(r"\(\s*(?P<name>(?!\d)[^()]{3,70}?)\s*\)$")
"""A name below the place for the pen."""


_WAS_SIGNED = re.compile(rf"(?i:gez\.|gezeichnet:?|Unterschrift:)\s+\(?(?P<name>{NAME_ALONE})\)?")
"""A name of which is said that it signed."""
FOR_WHOM = re.compile(f"{FOR}{STELLE}[^.:]*:?")
"""For whom is signed, which may head a signature: "Für das Land Niedersachsen:"."""


class Kind(NamedTuple):
    """A kind of line: how it is written, and an example."""

    pattern: re.Pattern[str]
    example: str


KINDS = (
    Kind(SIGNED, "Leer, den 5. April 2024"),
    Kind(SIGNED_UNDER_INK, "annover, den 5. April 2024"),
    Kind(re.compile(f"(?P<zusatz>{ZUSATZ_FORM.pattern})", re.I), "In Vertretung"),
    Kind(re.compile(rf"(?i:(?P<zusatz>{ZUSATZ_FORM.pattern}))\s+\(?(?P<name>{NAME_ALONE})\)?"), "i. A. Max Probe"),
    Kind(BRACKETED, "(Max Probe)"),
    Kind(_WAS_SIGNED, "gez. Max Probe"),
    Kind(re.compile(f"(?:{FOR})?(?P<stelle>{STELLE}.*?):?"), "Landkreis Leer"),
    Kind(re.compile(f"(?P<funktion>{FUNCTION}(?:(?!, ).)*), (?P<stelle>{STELLE}.*)"), "Landrat, Landkreis Leer"),
    Kind(
        re.compile(rf"(?P<funktion>{FUNCTION}\w*(?:\s(?:[a-zäöü]+\s)*[A-ZÄÖÜ][\w-]*)*) (?P<stelle>{OF_TRAEGER.pattern}.*)"),
        "Landrat Landkreis Leer",
    ),
    Kind(re.compile(f"(?P<funktion>{FUNCTION}.*)"), "Erster Kreisrat"),
    Kind(re.compile(f"(?P<name>{NAME_ALONE})"), "Max Probe"),
    Kind(re.compile(rf"(?P<name>{NAME}),?\s+(?P<funktion>{FUNCTION}.*)"), "Max Probe, Landrat"),
    Kind(re.compile(f".*?(?P<datum>{DAY.pattern}).*"), "5. April 2024"),
)
"""The kinds of lines; a line is of the first that it is written like."""

Spans = dict[str, tuple[int, int]]


def spans_of(line: str) -> Spans:
    """The fields of a signature that a line states, each with its first letter and the one behind its last; none where it is of no kind."""
    found = next((match for kind in KINDS if (match := kind.pattern.fullmatch(line))), None)
    return {feld: found.span(feld) for feld in FELDER if feld in found.re.groupindex} if found else {}


def stand_apart(before: str, line: str) -> bool:
    """Whether two lines of a signature state one thing after the other, and are no parts of one: place and day, then the name."""
    one, other = ([FELDER.index(feld) for feld in spans_of(text)] for text in (before, line))
    if _OFFICE_BEGINS.match(line):
        one, other = one or [FELDER.index("name")] * before.endswith(")"), [FELDER.index("stelle")]
    return bool(one and other) and other != [FELDER.index("datum")] and (0 in other or min(other) > max(one))


_OFFICE_BEGINS = re.compile(rf"(?=\w+es\b){ADJEKTIV}(?:\s+M|$)")
"""The line of a narrow column in which a ministry's name begins: "Niedersächsisches Ministeri-"."""


def begins_signature(line: str) -> bool:
    """Whether a line can only stand in a signature: a name in brackets, one that signed, or that somebody signs for another."""
    return bool(BRACKETED.fullmatch(line) or _WAS_SIGNED.fullmatch(line) or ZUSATZ_FORM.fullmatch(line))


def is_taken_for(feld: str, text: str) -> bool:
    """Whether a line that says this alone, a place before its day, is taken for that field of a signature and for none of the others."""
    return feld in spans_of(f"{text}, den" if feld == "ort" else text)


BEGINS_ADDITION = re.compile(r"[Ii][nm]")
"""The word that "In Vertretung" and "im Auftrage" begin with, which a line may have with a capital or without."""


def says_it_all(feld: str, text: str, ministries: Iterable[object]) -> bool:
    """Whether a field of a signature is whole, whatever a line beside it says: a place, an addition, one of the ministries' offices."""
    if feld == "stelle":
        return any(isinstance(name, str) and text.endswith(f" {name}") for name in ministries)
    return feld == "ort" or (feld == "zusatz" and is_plainly(feld, text))


def is_plainly(feld: str, text: str) -> bool:
    """Whether a text is written as what a field of a signature says is: a place, a name, a function, an addition, one office alone."""
    match feld:
        case "name":
            return is_plain_name(text)
        case "funktion":
            return bool(FUNKTION_FORM.fullmatch(text))
        case "zusatz":
            return bool(ZUSATZ_FORM.fullmatch(text))
        case "ort":
            return bool(PLACE_FORM.fullmatch(text))
        case "stelle":
            return not (OF_LAND.search(text) and OF_TRAEGER.search(text))
    return True
