"""What a spreadsheet shows of a number, a day or a text by the format of its cell (ECMA-376 Part 1, 18.8.30 and 18.8.31)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import takewhile
from typing import NamedTuple

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*(?P<filled>.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|Standard)|(?P<sign>.)',
    re.IGNORECASE | re.DOTALL,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:[.,]\d+)?)")
_LOCALE = re.compile(r"\$([^-]*)(?:-.*)?")
_WHITE = ("white", "weiss", "weiß", "color2", "color 2", "farbe2", "farbe 2")
_PLACES = "0#?"
_SECTIONS = 4
_WITH_TEXT_OF_ITS_OWN = 3
BUILT_IN_DAY = "mm-dd-yy"
"""What stands for format 14, the short day as the machine that shows it has it: here 03.02.2025."""


class Token(NamedTuple):
    """One sign of a format: a `place` for a digit, a `literal`, or another by its own name; what it says."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts of a format that semicolons part: its signs, the condition that it holds for, whether its colour is white."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None = None
    white: bool = False

    def holds(self, number: Decimal) -> bool:
        """Whether a number meets its condition."""
        sign, bound = self.condition or ("", Decimal(0))
        return {"<": number < bound, ">": number > bound, "=": number == bound, "<=": number <= bound, ">=": number >= bound,
                "<>": number != bound}.get(sign, False)  # fmt: skip

    def literals(self, start: int, end: int | None) -> str:
        """What its words are between two signs."""
        return "".join(token.text for token in self.tokens[start:end] if token.kind == "literal")


class Shown(NamedTuple):
    """A number as its cell shows it: words around it, and the digits; `number` is None where it shows no digit."""

    number: Decimal | None
    before: str = ""
    after: str = ""
    percent: bool = False
    fault: str = ""
    """Why it shows something that is no plain number."""
    held: Decimal = Decimal(0)
    """What the cell holds, in the unit that it shows: 3.9 where it holds 0.039 and shows per cent."""


def sections(code: str) -> tuple[Section, ...]:
    """The parts of a format, at least one."""
    found: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["sign"] == ";":
            found.append([])
        else:
            found[-1].append(match)
    return tuple(map(_section, found[:_SECTIONS]))


def _section(matches: Sequence[re.Match[str]]) -> Section:
    tokens: list[Token] = []
    condition, white = None, False
    for match in matches:
        bracket = match["bracket"]
        if bracket is None:
            tokens.append(_token(match))
        elif said := _CONDITION.fullmatch(bracket.strip()):
            condition = said[1], Decimal(said[2].replace(",", "."))
        elif currency := _LOCALE.fullmatch(bracket):
            tokens.append(Token("literal", currency[1]))
        white |= bracket is not None and bracket.strip().casefold() in _WHITE
    return Section(tuple(tokens), condition, white)


def _token(match: re.Match[str]) -> Token:
    """One sign; a letter that stands for nothing else is shown as it is."""
    for literal in (match["quoted"], match["escaped"]):
        if literal is not None:
            return Token("literal", literal)
    if match["filled"] is not None:
        return Token("pad", "") if match["filled"].isspace() else Token("filled", match["filled"])
    if match["general"]:
        return Token("general", "")
    sign = match["sign"]
    if sign is None:
        return Token("pad", "")
    if sign in _PLACES:
        return Token("place", sign)
    return Token(sign, sign) if sign in ".,%/@" or sign.upper() == "E" else Token("literal", sign)


def _chosen(parts: Sequence[Section], number: Decimal) -> tuple[Section | None, bool]:
    """The section for a number, and whether it is the one for numbers below 0, which shows them without their sign."""
    numeric = [part for part in parts[:_WITH_TEXT_OF_ITS_OWN] if not any(token.kind == "@" for token in part.tokens)] or [parts[0]]
    conditional = [part for part in numeric if part.condition]
    if conditional:
        rest = [part for part in numeric if not part.condition]
        fitting = next((part for part in conditional if part.holds(number)), None)
        return fitting or (rest[-1] if rest else None), False
    if number < 0 and len(numeric) > 1:
        return numeric[1], True
    return numeric[2 if number == 0 and len(numeric) > 2 else 0], False


def shown_number(number: Decimal, code: str) -> Shown:
    """What a cell shows of a number."""
    section, unsigned = _chosen(sections(code), number)
    if section is None:
        return Shown(None, after="###", held=number)
    if section.white:
        return Shown(None, fault="Das Zahlenformat der Zelle zeigt die Zahl in Weiß.", held=number)
    kinds = [token.kind for token in section.tokens]
    digits = [at for at, kind in enumerate(kinds) if kind in ("place", "general", "@")]
    if not digits:
        return Shown(None, after=section.literals(0, None), held=number)
    first, last = digits[0], digits[-1]
    held = number * 100 ** kinds.count("%")
    before, after = section.literals(0, first).lstrip(), section.literals(last + 1, None).rstrip()
    if unsigned and "-" not in before:
        return Shown(None, fault="Das Zahlenformat der Zelle zeigt eine Zahl unter 0 ohne ihr Minus.", held=held)
    before = before.replace("-", "", 1) if unsigned else before
    if _is_shortened(section, last):
        return Shown(None, fault="Das Zahlenformat der Zelle zeigt die Zahl verkürzt oder als Bruch.", held=held)
    inner = kinds[first : last + 1]
    words = before + after
    if "literal" in inner or "filled" in kinds or any(sign.isdecimal() for sign in words):
        return Shown(None, fault="Das Zahlenformat der Zelle setzt Zeichen zwischen oder neben die Ziffern.", held=held)
    figure = held if "place" not in kinds else _with_places(held, section.tokens[first : last + 1])
    return Shown(figure, before, after, "%" in kinds, held=held)


def _is_shortened(section: Section, last: int) -> bool:
    """Whether a number is shown in thousands (commas behind its last digit), with an exponent, or as a fraction."""
    kinds = [token.kind for token in section.tokens]
    commas = list(takewhile(lambda kind: kind == ",", kinds[last + 1 :]))
    point = kinds.index(".") if "." in kinds else len(kinds)
    return bool(commas) or kinds[point - 1 : point] == [","] or "/" in kinds or any(kind.upper() == "E" for kind in kinds)


def _with_places(held: Decimal, tokens: Sequence[Token]) -> Decimal | None:
    """The number rounded to the digits that its places leave; None where they show none of them."""
    said = "".join(token.text for token in tokens if token.kind in ("place", "."))
    whole, _, places = said.partition(".")
    rounded = held.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    if int(rounded) == 0 and "0" not in whole and rounded == int(rounded) and "0" not in places:
        return None
    kept = places.rfind("0") + 1
    return rounded.quantize(Decimal(1).scaleb(-kept)) if -int(rounded.normalize().as_tuple().exponent) <= kept else rounded.normalize()


def shown_text(text: str, code: str) -> str | None:
    """What a cell shows of a text; None where it shows nothing of it."""
    parts = sections(code)
    section = next((part for part in parts if any(token.kind == "@" for token in part.tokens)), None)
    if section is None:
        if len(parts) < _SECTIONS:
            return text
        return None
    if section.white:
        return None
    return "".join(text if token.kind == "@" else token.text for token in section.tokens if token.kind in ("@", "literal"))


def shows_whole_day(code: str) -> bool:
    """Whether a format shows day, month and year, each once, figures of a day never behind those of its month."""
    if code == BUILT_IN_DAY:
        return True
    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.', " ", code.split(";")[0]).lower()
    order = [run[0] for run in re.findall(r"d+|m+|y+|t+|j+", bare)]
    days = [{"t": "d", "j": "y"}.get(kind, kind) for kind in order]
    if not {"d", "m", "y"} <= set(days):
        return False
    named = re.search(r"m{3,}", bare) is not None
    return named or days.index("y") == 0 or days.index("d") < days.index("m")
