"""Numbers and amounts as an agreement writes them, and read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from agreements.language.protocol import UNREAD, Context, Notation

SQUARED = re.compile(r"(?:^|[\W\d])[kcd]?m$")
"""What makes a square or cube of the raised figure behind it."""
NUMBER = r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?"


def write_number(number: Decimal | int) -> str:
    """Digits as held, thousands parted by points, a decimal comma (DIN 5008)."""
    return f"{Decimal(number):,f}".translate(str.maketrans(",.", ".,"))


def read_number(text: str) -> Decimal:
    """The inverse of `write_number`; digits behind the comma are kept."""
    return Decimal(re.sub(r"[.\s]", "", text).replace(",", "."))


@dataclass(frozen=True, slots=True)
class Pattern(Notation):
    """A notation of closed form: a regular expression tells where it can stand."""

    name: str
    pattern: re.Pattern[str]
    writes: Callable[[Any, Context], str]
    reads: Callable[[str, Context], Any]
    noun: str | None = None
    free: bool = False
    unit: re.Pattern[str] | None = None
    """How the unit behind it may be written otherwise than in the wording."""
    tail: re.Pattern[str] | None = None
    """What at its end may as well be fixed text."""

    def write(self, value: Any, context: Context) -> str:
        return self.writes(value, context)

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        if found := self.pattern.match(text, start):
            yield found.end()
            if self.tail and (tail := self.tail.search(found.group())):
                yield found.start() + tail.start()

    def read(self, text: str, context: Context) -> Any:
        return self.reads(text, context) if self.pattern.fullmatch(text) else UNREAD

    def doubted(self, text: str, before: str, after: str) -> bool:
        return self.unit is not None and bool(_NUMERIC.search(f"{before} {after}") or (after and not self.unit.match(after)))


_NUMERIC = re.compile(r"\d|minus|Tausend|Tsd|T€|Mrd|Milliarden", re.I)


def _read_euro(text: str, _: Context) -> int | Decimal:
    number = read_number(re.sub(r",[-–]+$", "", text))
    return number if number.as_tuple().exponent else int(number)


def _scaled(number: Decimal, places: int) -> Decimal:
    """The number with its point moved, without the noughts that this leaves behind it."""
    return Decimal(f"{number.scaleb(places).normalize():f}")


def _whole(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


_BEGINS = r"(?<![\d.,−-])(?:(?<!\d\s)|(?<=[Jj]ahr\s(?:19|20)\d\d\s))"
_ENDS = r"(?![\d,.]*\d)(?!\s\d)"
"""A number is read as a whole or not at all; behind "im Jahr 2014" another begins."""
EURO = Pattern(
    "euro",
    re.compile(_BEGINS + r"(?:\d{1,3}(?:\.\d{3})+|\d{1,3}(?:\s\d{3})+|\d+)(?:,\d\d(?!\d)|,[-–]{1,2})?" + _ENDS),
    lambda value, _: write_number(value),
    _read_euro,
    "Betrag",
    unit=re.compile("€|EUR"),
    tail=re.compile(r",[-–]+$"),
)
MIO = Pattern(
    "mio",
    re.compile(_BEGINS + NUMBER + _ENDS),
    lambda value, _: write_number(value),
    lambda text, _: read_number(text),
    "Betrag",
    unit=re.compile("Mio|Mill"),
)
MILLIONEN = Pattern("millionen", MIO.pattern, lambda value, _: write_number(_scaled(Decimal(value), -6)),
                    lambda text, _: _whole(_scaled(read_number(text), 6)), "Betrag", unit=MIO.unit)  # fmt: skip
"""An amount in Euro that is told in millions: "15,1" for 15.100.000."""
JAHR = Pattern("jahr", re.compile(r"(?:19|20)\d\d(?!\d)"), lambda v, _: str(v), lambda t, _: int(t))
NUMMER = Pattern("nummer", re.compile(r"[1-9]\d?(?!\d)"), lambda v, _: str(v), lambda t, _: int(t))


def as_jahr(offset: int) -> Pattern:
    """The agreement's year, or one `offset` years from it."""
    return replace(JAHR, writes=lambda value, _: str(value + offset), reads=lambda text, _: int(text) - offset)


def verbatim(text: str) -> Pattern:
    """A text that is known already, and is looked for as it stands."""
    return Pattern("wörtlich", re.compile(re.escape(text)), lambda value, _: str(value), lambda found, _: found)
