"""Numbers in words: "drei", "zweieinhalb", "fünfundzwanzig", "eins Komma fünf"."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = {
    "null": 0,
    "ein": 1,
    "eins": 1,
    "zwei": 2,
    "zwo": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
}
_TEENS = {"zehn": 10, "elf": 11, "zwölf": 12, "dreizehn": 13, "vierzehn": 14, "fünfzehn": 15, "sechzehn": 16, "siebzehn": 17,
          "achtzehn": 18, "neunzehn": 19}  # fmt: skip
_TENS = {
    "zwanzig": 20,
    "dreißig": 30,
    "dreissig": 30,
    "vierzig": 40,
    "fünfzig": 50,
    "sechzig": 60,
    "siebzig": 70,
    "achtzig": 80,
    "neunzig": 90,
}
_PARTS = {"anderthalb": Decimal("1.5"), "halb": Decimal("0.5"), "halbes": Decimal("0.5"), "halbe": Decimal("0.5"), "halben": Decimal("0.5"),
          "dreiviertel": Decimal("0.75")}  # fmt: skip
_WHOLE = {**_ONES, **_TEENS, **_TENS}
_ARTICLE = frozenset(("ein", "eine", "einen", "einem", "einer", "eines"))
_STEM = "|".join(sorted((*_WHOLE, "hundert", "tausend", "und"), key=len, reverse=True))
_ONE = rf"(?:(?:{_STEM})+(?:einhalb)?|eine[nmrs]?(?:\s+halbe[nms]?)?|{'|'.join(_PARTS)})"
WORDS = rf"(?<![\w-])(?=[nezdvfsah]){_ONE}(?:\s+Komma(?:\s+(?:{'|'.join(_ONES)})\b)+)?(?![\w-])"
"""A pattern for a number in words; the indefinite article is one, too: whether it counts, only what is counted tells."""


def is_article(text: str) -> bool:
    """Whether it may be no number at all, but the indefinite article."""
    return text.lower() in _ARTICLE


def value_of(text: str) -> Decimal | None:
    """The number that words say; None where they say none: "undzwei"."""
    whole, comma, digits = re.sub(r"\s+", " ", text.lower()).partition(" komma ")
    number = _article(whole)
    if number is None or not comma:
        return number
    return Decimal(f"{int(number)}.{''.join(str(_ONES[digit]) for digit in digits.split())}")


def _article(text: str) -> Decimal | None:
    first, _, half = text.partition(" ")
    if half:
        return _PARTS.get(half)
    return Decimal(1) if first in _ARTICLE else _value(first)


def _value(word: str) -> Decimal | None:
    if word in _PARTS:
        return _PARTS[word]
    if word.endswith("einhalb"):
        return _plus(_value(word.removesuffix("einhalb")) if word != "einhalb" else Decimal(0), Decimal("0.5"))
    for name, factor in (("tausend", 1000), ("hundert", 100)):
        before, found, after = word.partition(name)
        if found:
            times, rest = (_value(before) if before else Decimal(1)), (_value(after.removeprefix("und")) if after else Decimal(0))
            return None if times is None else _plus(times * factor, rest)
    ones, found, tens = word.partition("und")
    if found:
        return Decimal(_ONES[ones] + _TENS[tens]) if ones in _ONES and tens in _TENS else None
    return Decimal(_WHOLE[word]) if word in _WHOLE else None


def _plus(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None or other is None else one + other
