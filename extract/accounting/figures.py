"""Where figures stand in a text: numbers with a unit, in digits or in words, and bare ones that look like a rate or an amount."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
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


_DIGITS = r"\d{1,3}(?:[.\u2009\u202f' ]\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
_TAIL = r"(?:,[-–—]{1,2})?"
_RANGE = rf"(?:{_DIGITS})\s?(?:%|Prozent)?\s?(?:[–-]|bis(?:\s+zu)?|oder)\s?(?={_DIGITS})"
_SCALES = {"mrd": 9, "milliarde": 9, "mio": 6, "million": 6, "tsd": 3, "tausend": 3, "t": 3}
_SCALE = r"(?:Mrd\.?|Milliarden?|Mio\.?|Millionen|Million|Tsd\.?|Tausend|T)"
_EURO = rf"(?:(?P<scale>{_SCALE})\s?-?)?(?:Euro(?!\w)|EUR(?!\w)|€)|(?P<large>Mio\.?|Millionen|Million|Mrd\.?|Milliarden?)(?!\w)"
_COUNTED = (
    r"Personen|Person|Menschen|Integrationen|Integration|Eingliederungen|Vermittlungen|Frauen|Männern?|Alleinerziehende\w*|"
    r"Leistungsberechtigte\w*|Leistungsbezieh\w+|Langzeit\w*bezieh\w+|LZB|eLb|ELB"
)
_BEFORE_COUNTED = r"(?:[a-zäöüß-]+(?:e|en|er|em)\s+){0,2}"
_UNIT = (
    r"(?P<punkte>(?:Prozent|%)\s?-?\s?[Pp]unkte?n?(?!\w)|PP(?!\w))"
    r"|(?P<prozent>%|Prozent(?!\w)|v\.\s?H\.?(?!\w)|vom\s+Hundert(?!\w)|°/[o0]|[o0]/[o0])"
    rf"|(?P<euro>{_EURO})"
    rf"|(?P<personen>{_BEFORE_COUNTED}(?:{_COUNTED})(?!\w))"
)
_NUMBER = rf"(?P<zahl>(?:(?P<spanne>{_RANGE}))?(?:(?<![\d.,])(?:{_DIGITS})))"
_FIGURE = re.compile(
    rf"(?P<sign>(?<![\w)])[+−–-]\s?|±\s?|\b(?:minus|plus)\s+)?(?P<vor>(?:EUR|€|Euro)\s?)?(?<![\w.,/])"
    rf"(?:{_NUMBER}{_TAIL}|(?P<worte>{WORDS}))(?:\s?-?(?:{_UNIT}))?",
    re.I,
)
_RATE = re.compile(r"\d+,\d{1,2}|\d{1,3}(?:\.\d{3})+(?:,\d\d)?")
_NOT_FREE = re.compile(
    r"[\w/:]|[.,]\d|-\w|\s?(?:Stunden?|Uhr|Tagen?|Wochen?|Monate?n?|Jahre?n?|Stellen|Vollzeit\w*|VZÄ|Plätzen?|km|Kilometern?|Hektar|Termine?n?)\b"
)
"""Behind a bare number: what makes it no rate and no amount."""


def figures_in(text: str) -> tuple[Figure, ...]:
    """Every figure of a text, in order; a bare number only where it looks like a rate or an amount: "2,5", "4.913.204"."""
    return tuple(_figures(text))


def _figures(text: str) -> Iterator[Figure]:
    for found in _FIGURE.finditer(text):
        unit = next((name for name in ("punkte", "prozent", "euro", "personen") if found[name]), "euro" if found["vor"] else "")
        if found["worte"] is not None:
            if not unit or value_of(found["worte"]) is None or (is_article(found["worte"]) and unit == "personen"):
                continue
        elif not unit and not (_RATE.fullmatch(found["zahl"]) and not _NOT_FREE.match(text, found.end())):
            continue
        yield _figure(found, unit)


def _figure(found: re.Match[str], unit: str) -> Figure:
    name = "worte" if found["worte"] is not None else "zahl"
    start = found.start("vor") if found["vor"] else found.start(name)
    einheit: Einheit = "prozentpunkte" if unit == "punkte" else unit  # type: ignore[assignment]
    return Figure(start, found.end(), found.string[start : found.end()], found.span(name), _wert(found, name), einheit, _sign(found))


def _wert(found: re.Match[str], name: str) -> Decimal | None:
    if found["spanne"]:
        return None
    number = value_of(found["worte"]) if name == "worte" else Decimal(re.sub(r"[^\d,]", "", found["zahl"]).replace(",", "."))
    scale = (found["scale"] or found["large"] or "").lower().rstrip(".")
    places = next((places for stem, places in _SCALES.items() if scale and scale.startswith(stem)), 0)
    return None if number is None else number.scaleb(places)


def _sign(found: re.Match[str]) -> Vorzeichen:
    said = (found["sign"] or "").strip().lower()
    if not said or said == "±":
        return ""
    return "+" if said in ("+", "plus") else "-"
