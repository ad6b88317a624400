"""What a plain word of YAML says: a number, a day, a word, and what is refused with its remedy."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

INT = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\.[0-9]{1,18}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
ODD_NUMBER = re.compile(
    r"[-+]?(?:[0-9][0-9_]*|0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*)?\.[0-9_]+|[0-9][0-9_]*\."
    r"|(?:[0-9][0-9_]*\.?[0-9_]*|\.[0-9_]+)[eE][-+]?[0-9]+|\.(?:inf|Inf|INF|nan|NaN|NAN))"
)
WORDS: dict[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
YAML_1_1 = re.compile(r"(?i:y|n|yes|no|on|off)|=|<<|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*")
"""What programs that read YAML 1.1 do not take for text."""


def resolve(text: str) -> Any:
    """What a scalar without quotes means, digits kept; ValueError with the German reason where it is no number that records use."""
    if text in WORDS:
        return WORDS[text]
    if INT.fullmatch(text):
        return int(text)
    if DECIMAL.fullmatch(text):
        return Decimal(text)
    if DAY.fullmatch(text):
        return _day(text)
    if ODD_NUMBER.fullmatch(text):
        raise ValueError(
            "ist keine Zahl, wie sie in einem Datensatz steht. Zahlen schlicht schreiben: 7, 21.90, 13155724, "
            "ohne führende Null, Vorzeichen +, Unterstrich oder Exponent."
        )
    return text


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueError("ist kein Tag des Kalenders. Als Jahr-Monat-Tag schreiben, zum Beispiel 2024-02-01.") from error


def normal(value: Any) -> Any:
    """Data as it reads back: lists for tuples, whole Decimals as int; TypeError or ValueError for what YAML records cannot hold."""
    if isinstance(value, Mapping):
        return {key: normal(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [normal(part) for part in value]
    if isinstance(value, Decimal):
        text = format(value, "f")
        if not (DECIMAL.fullmatch(text) or INT.fullmatch(text)):
            raise ValueError(f"{value} lässt sich in einem Datensatz nicht schreiben.")
        return resolve(text)
    if value is not None and type(value) not in (str, int, bool, date):
        raise TypeError(f"{type(value).__name__} lässt sich in einem Datensatz nicht schreiben.")
    return value


def same(one: Any, other: Any) -> bool:
    """Whether two data are equal to the digit: 14 is not 14.0, and the order of keys counts."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return str(one) == str(other)
