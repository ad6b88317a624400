"""Where figures stand in a text: numbers with a unit, in digits or in words, and bare ones that look like a rate or an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from extract.accounting.number_words import WORDS, is_article, value_of

Einheit = Literal["prozent", "prozentpunkte", "euro", "personen", ""]
"""What is counted; "" where the figure does not say it: "auf 8.450", a cell below "Betrag in Euro"."""
Vorzeichen = Literal["+", "-", ""]


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text, from and to which letter, without its sign."""

    start: int
    end: int
    text: str
    number: tuple[int, int]
    """Where the number stands, without its unit."""
    wert: Decimal | None
    """In single Euro, persons, percent; None where it is no one number: "2 bis 3 %"."""
    einheit: Einheit
    vorzeichen: Vorzeichen = ""


_DIGITS = r"\d{1,3}(?:[.\u2009\u202f' ]\d{3})+(?:,\d+)?|\d{1,2}\.\d{1,2}(?=\s?(?:%|Prozent))|\d+(?:,\d+)?"
"""With a point before the decimals only where a percent sign says what it is: "4.75 %"; else it parts a date or the number of a goal."""
_TAIL = r"(?:,[-–—]{1,2})?"
_RANGE = rf"(?:{_DIGITS})(?:[–-]|\s?(?:%|Prozent)?\s(?:bis(?:\s+zu)?|oder)\s)(?={_DIGITS})"
_SCALES = {"mrd": 9, "milliarde": 9, "mio": 6, "million": 6, "tsd": 3, "tausend": 3, "t": 3}
_SCALE = r"(?:Mrd\.?|Milliarden?|Mio\.?|Millionen|Million|Tsd\.?|Tausend|T)"
_EURO = (
    rf"(?:(?P<scale>{_SCALE})\s?-?)?(?:Euro(?!\w)|EUR(?!\w)|€)|(?P<large>Mio\.?|Million(?:en)?|Mrd\.?|Milliarden?)(?!\w|\s(?-i:[A-ZÄÖÜ]))"
)
_COUNTED = (
    r"Personen|Person|Menschen|Integrationen|Integration|Eingliederungen|Vermittlungen|Frauen|Männern?|Alleinerziehende\w*|"
    r"Leistungsberechtigte\w*|Leistungsbezieh\w+|Langzeit\w*bezieh\w+|LZB|eLb|ELB"
)
_BEFORE_COUNTED = r"(?:(?!der\b|den\b|dem\b|die\b)(?-i:[a-zäöü][a-zäöüß-]*)(?:e|en|er|em)\s+){0,2}"
"""Adjectives: in a table the next row follows a bare figure, "3,1 Integrationsquote der Frauen", and is not what it counts."""
_UNIT = (
    r"(?P<punkte>(?:Prozent|%)\s?-?\s?[Pp]unkte?n?(?!\w)|PP(?!\w))"
    r"|(?P<prozent>%|Prozent(?!\w)|v\.\s?H\.?(?!\w)|vom\s+Hundert(?!\w)|°/[o0]|[o0]/[o0])"
    rf"|(?P<euro>{_EURO})"
    rf"|(?P<personen>{_BEFORE_COUNTED}(?:{_COUNTED})(?!\w))"
)
_NUMBER = rf"(?P<zahl>(?:(?P<spanne>{_RANGE}))?(?:(?<![\d.,])(?:{_DIGITS})))"
_DIGIT_FIGURE = re.compile(rf"(?<![\d.,])(?<!\d/)(?=\d){_NUMBER}{_TAIL}(?:\s?-?(?:{_UNIT}))?", re.I)
_WORD_FIGURE = re.compile(rf"(?P<worte>{WORDS})\s?-?(?:{_UNIT})", re.I)
_SIGN = re.compile(r"(?:(?:(?<![\w)])|(?<=\s))([+−–-])\s?|\b(minus|plus)\s+)(?:(?:EUR|€|Euro)\s?)?$", re.I)
_BEFORE = re.compile(r"(?:EUR|€|Euro)\s?$")
_FAR = 12
"""Letters before a number in which its sign and a unit in front of it stand."""
_RATE = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+(?:,\d\d)?")
_NOT_FREE = re.compile(
    r"[\w/:]|[.,]\d|-\w|\s?(?:Stunden?|Uhr|Tagen?|Wochen?|Monate?n?|Jahre?n?|Stellen|Vollzeit\w*|VZÄ|Plätzen?|km|Kilometern?|Hektar|Termine?n?)\b"
)
"""Behind a bare number: what makes it no rate and no amount."""


@lru_cache(maxsize=4096)
def figures_in(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order; a bare number only where it looks like a rate or an amount: "2,5", "4.913.204"."""
    return tuple(_figures(text)) if _may_have(text) else ()


def may_begin(word: str) -> bool:
    """Whether a word may be the number of a figure whose unit stands behind it."""
    return word[-1:].isdigit() or value_of(word) is not None


_FIGURE_OR_HEAD = re.compile(r"(?:[\d(/%,;:]|\b(?:in|je))\s*$")
"""What stands before a percent sign that has its figure, or tells what a column counts: "3 %", "in %", "(%)"."""


def units_alone(text: str) -> Iterator[Figure]:
    """Each percent sign whose figure is lost: "um % und" of a scan."""
    for found in re.finditer(r"%(?!\w)", text):
        if not _FIGURE_OR_HEAD.search(text, 0, found.start()):
            yield Figure(found.start(), found.end(), found.group(), found.span(), None, "prozent")


_UNITS = ("%", "Prozent", "Hundert", "v. H.", "v.H.", "Euro", "EUR", "€", "Million", "Mio", "Person", "Mensch", "Integration", "Frauen",
          "Männer", "Leistungsb", "Langzeit", "LZB", "Vermittl", "Eingliederungen", "Alleinerz")  # fmt: skip


def _may_have(text: str) -> bool:
    """Whether a text has what none lacks that has a figure; most have not, and are told so in no time."""
    return any(unit in text for unit in _UNITS) or any(map(text.__contains__, "123456789"))


def _figures(text: str) -> Iterator[Figure]:
    found = [_figure(match, "zahl") for match in _DIGIT_FIGURE.finditer(text)]
    found += [_figure(match, "worte") for match in _WORD_FIGURE.finditer(text)]
    return (figure for figure in sorted(filter(None, found), key=lambda figure: figure.start))


def _figure(found: re.Match[str], name: str) -> Figure | None:
    """The figure of a match; None where it is none."""
    unit = next((each for each in _EINHEITEN if found[each]), "")
    front = _BEFORE.search(found.string, max(0, found.start() - _FAR), found.start()) if name == "zahl" and not unit else None
    wert = _wert(found, name)
    if name == "worte":
        if wert is None or (is_article(found["worte"]) and unit == "personen"):
            return None
    elif _is_name(found, unit) or not (
        unit or front or (_RATE.fullmatch(found["zahl"]) and not _NOT_FREE.match(found.string, found.end()))
    ):
        return None
    start = front.start() if front else found.start()
    einheit: Einheit = "euro" if front else _EINHEITEN[unit] if unit else ""
    return Figure(start, found.end(), found.string[start : found.end()], found.span(name), wert, einheit, _sign(found.string, start))


def _is_name(found: re.Match[str], unit: str) -> bool:
    """Whether a number at the end of a word is no figure: "K2", "A 27"; one with a sign or currency behind it is, as in "um25%"."""
    return found.string[found.start() - 1 : found.start()].isalpha() and unit not in ("punkte", "prozent", "euro")


_EINHEITEN: dict[str, Einheit] = {"punkte": "prozentpunkte", "prozent": "prozent", "euro": "euro", "personen": "personen"}


def _wert(found: re.Match[str], name: str) -> Decimal | None:
    if name == "zahl" and found["spanne"]:
        return None
    number = value_of(found["worte"]) if name == "worte" else _number(found["zahl"])
    scale = (found["scale"] or found["large"] or "").lower().rstrip(".")
    places = next((places for stem, places in _SCALES.items() if scale and scale.startswith(stem)), 0)
    return None if number is None else number.scaleb(places)


def _number(text: str) -> Decimal:
    return Decimal(text if _POINTED.fullmatch(text) else re.sub(r"[^\d,]", "", text).replace(",", "."))


_POINTED = re.compile(r"\d{1,2}\.\d{1,2}")


def _sign(text: str, start: int) -> Vorzeichen:
    found = _SIGN.search(text, max(0, start - _FAR), start)
    if found is None:
        return ""
    return "+" if (found[1] or found[2].lower()) in ("+", "plus") else "-"
