"""What values an Angabe may have: texts, numbers and days as a record's file states them, and what is open."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, Final, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema


class Offen(Enum):
    """A value that is foreseen and not yet agreed: null in the record, "[… offen]" on paper."""

    OFFEN = "offen"

    def __repr__(self) -> str:
        return "OFFEN"

    def __str__(self) -> str:
        return self.value


OFFEN: Final = Offen.OFFEN


class _Foreseen:
    """Lets a field hold `OFFEN` besides its own type: null is read as `OFFEN`, an absent key stays None."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        kinds = [kind for kind in get_args(source) if kind not in (Offen, type(None))]
        inner = handler.generate_schema(kinds[0])
        return core_schema.no_info_wrap_validator_function(
            lambda value, validate: OFFEN if value is None or value is OFFEN else validate(value), inner
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {"anyOf": [handler(schema), {"type": "null"}]}


FORESEEN: Final = _Foreseen()
_SIGNS = frozenset(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~§°€£…–—„“”‚‘’«»‹›·•×÷±²³½¼¾¡¿©®‰†‡→←−≤≥≈№™")


_MODIFIERS = frozenset("ʹʺʾʿˈˌ")
"""Signs of transliterated names (DIN 91379:2022, group bnlreq)."""
_LIGATURES = frozenset("ĲĳĿŀŉ")
"""Letters of the same standard that Unicode has otherwise, too."""
_DIACRITICS = frozenset(map(chr, (0x300, 0x301, 0x302, 0x304, 0x306, 0x307, 0x308, 0x30B, 0x30C, 0x30D, 0x310, 0x315, 0x31B, 0x323, 0x325,
                                  0x326, 0x327, 0x328, 0x331, 0x35F)))  # fmt: skip
"""What its letters may carry where no sign is both (group dc): of its sequences none has more than two."""
_MOST_DIACRITICS = 2


@lru_cache(maxsize=1024)  # a text has some sixty different ones, and all of a record are looked at whenever it is loaded
def _foreign(sign: str) -> bool:
    """Whether a character is neither a digit, a Latin letter after DIN 91379, nor usual punctuation."""
    if sign in _SIGNS or sign in "0123456789" or sign in _MODIFIERS or sign in _LIGATURES:
        return False
    return not _is_letter(sign)


def _is_letter(sign: str) -> bool:
    return (
        unicodedata.name(sign, "").startswith("LATIN ")
        and unicodedata.category(sign) in ("Lu", "Ll")
        and not unicodedata.decomposition(sign).startswith("<")
        and sign not in _PHONETIC
    )


def _is_carried(text: str, place: int) -> bool:
    """Whether the sign at a place is a diacritic of the letter before it."""
    before = text[:place].rstrip("".join(_DIACRITICS))
    return text[place] in _DIACRITICS and place - len(before) < _MOST_DIACRITICS and _is_letter(before[-1:] or " ")


_PHONETIC_BLOCKS = ((0x250, 0x2B0), (0x1D00, 0x1DC0), (0x2C60, 0x2C80), (0xA720, 0xA800), (0xAB30, 0xAB70))
_PHONETIC = frozenset(chr(code) for first, end in _PHONETIC_BLOCKS for code in range(first, end))


def of_other_script(text: str) -> bool:
    """Whether a text holds a letter that is not Latin, or a pictograph: no text of a record may, and fonts lack most of them."""
    return not text.isascii() and any(sign > "\xff" and _is_of_other_script(sign) for sign in text)


def _is_of_other_script(sign: str) -> bool:
    letter = unicodedata.category(sign)[0] == "L" and not unicodedata.name(sign, "").startswith("LATIN ")
    return _foreign(sign) and (letter or ord(sign) >= _PICTOGRAPHS)


_PICTOGRAPHS = 0x1F000
"""From here on Unicode has mahjong tiles, cards and emoji."""


def text_fault(text: str) -> str | None:
    """What is wrong with a text of a record, in German; None where it is well formed (DIN 91379, one line)."""
    if not text:
        return "Der Text ist leer. Den Schlüssel weglassen, wenn es die Angabe nicht gibt."
    if text != text.strip() or "  " in text:
        return "Der Text beginnt oder endet mit einem Leerzeichen oder hat zwei nacheinander. Die überzähligen Leerzeichen entfernen."
    if text != unicodedata.normalize("NFC", text):
        return "Der Text enthält zerlegte Buchstaben (nicht NFC). Die Umlaute neu eingeben."
    for place, sign in enumerate(text) if any(map(_foreign, set(text))) else ():
        if _foreign(sign) and not _is_carried(text, place):
            name = unicodedata.name(sign, "Steuerzeichen")
            return f"Das {place + 1}. Zeichen (U+{ord(sign):04X} {name}) ist nicht zugelassen. Durch ein gewöhnliches Zeichen ersetzen."
    return None


def _text(value: str) -> str:
    if fault := text_fault(value):
        raise PydanticCustomError("text", "{grund}", {"grund": fault})
    return value


def _number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        remedy = _plain_number(value) if isinstance(value, str) else None
        raise PydanticCustomError(
            "zahl",
            "„{wert}“ ist keine Zahl.{abhilfe}",
            {
                "wert": str(value),
                "abhilfe": _remedy(remedy),
            },
        )
    number = Decimal(value)
    if not number.is_finite() or number < 0:
        raise PydanticCustomError("zahl", "{wert} ist hier nicht möglich. Eine Zahl ab 0 eintragen.", {"wert": str(value)})
    if fault := number_fault(number):
        raise PydanticCustomError("zahl", "{grund}", {"grund": fault})
    return number


MOST_DIGITS = 15
"""What a spreadsheet keeps of a number; the whole budget of the Land in cents has 13."""


def number_fault(number: Decimal) -> str | None:
    """What is wrong with a number that is one, in German; None where an agreement may state it."""
    _, digits, exponent = number.as_tuple()
    places = -int(exponent)
    if max(len(digits), len(digits) - places, places) > MOST_DIGITS:
        return f"Die Zahl hat mehr als {MOST_DIGITS} Stellen. Die vereinbarte eintragen."
    return None


def _remedy(meant: str | None) -> str:
    return f" Als Zahl mit Punkt und ohne Tausenderpunkte schreiben: {meant}" if meant else " Eine Zahl eintragen, zum Beispiel 21.9."


def _plain_number(text: str) -> str | None:
    """The number a person meant who wrote it the German way."""
    bare = re.sub(r"[^\d.,]", "", text)
    if re.fullmatch(r"\d{1,3}(\.\d{3})+(,\d+)?|\d+,\d+", bare):
        return bare.replace(".", "").replace(",", ".")
    return bare if re.fullmatch(r"\d+(\.\d+)?", bare) else None


def _euro(value: Decimal) -> int | Decimal:
    places = -int(value.as_tuple().exponent)
    if places not in (0, 2):
        meant = str(value).replace(".", "")
        message = "{wert} Euro hat {stellen} Nachkommastellen. Ganze Euro oder Cent mit zwei Stellen schreiben{abhilfe}"
        raise PydanticCustomError(
            "euro", message, {"wert": str(value), "stellen": places, "abhilfe": f", ohne Tausenderpunkt: {meant}" if places == 3 else "."}
        )
    return value if places else int(value)


def _kept(value: str) -> str:
    if not value.strip() or not value.isprintable() or value != " ".join(value.split(" ")).strip() or "  " in value:
        message = "Der Text ist leer, hat überzählige Leerzeichen oder unsichtbare Zeichen. In einer Zeile, ohne sie, schreiben."
        raise PydanticCustomError("text", message)
    return value


Text = Annotated[str, Field(min_length=1), AfterValidator(_text)]
Wortfolge = Annotated[str, Field(min_length=1), AfterValidator(_kept)]
"""Words of a document as they stand there, whatever their letters: nothing that was read is lost."""
Zahl = Annotated[Decimal, BeforeValidator(_number)]
Euro = Annotated[Decimal, BeforeValidator(_number), AfterValidator(_euro)]
FIRST_YEAR, LAST_YEAR = 2005, 2099
"""Agreements are made since the SGB II is in force; what comes after is a slip of a digit."""
Jahr = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Absaetze = tuple[Text, ...]


class Angabenmodell(BaseModel):
    """Immutable, closed: an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=False, str_strip_whitespace=False, use_attribute_docstrings=False)


Lesart = Literal["textebene", "texterkennung", "word", "gemischt"]
"""How a document was read."""
