"""What a cell of a planning table says of an Angabe: a number, a day, a text, a Zielwert; anything not certain is a CellFault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from pydantic import ValidationError

from agreements.language.calendar import Datum
from agreements.language.offices import NO_ADDITION, addition_in_full
from agreements.language.protocol import UNREAD, Context
from agreements.language.target_grammar import Phrase
from agreements.language.target_vocabulary import EINHEIT, RICHTUNG, SCHRANKE
from agreements.language.targets import Zielsatz
from agreements.model.fields import kind_at, label
from agreements.model.record import Zielwert, plain
from agreements.model.values import OFFEN, number_fault, text_fault
from agreements.planning.sheet import Cell, CellFault
from agreements.planning.table import PARTS
from agreements.register.register import Register

_AMBIGUOUS = re.compile(r"[–—-]+|entfällt|entfallen|keine angabe|k\. ?a\.|n\. ?a\.|n/a|x", re.I)
"""What may mean "no change", "gone", or "open"."""
_NONE = ("kein", "keine", "ohne", "null")
"""Says that a Zielwert has no such part."""


def value_of(cell: Cell, feld: str, context: Context) -> Any:
    """What a cell says of an Angabe, a whole Zielwert in one phrase."""
    _require_sound(cell)
    if is_open(cell):
        return OFFEN
    kind = kind_at(feld)
    if kind is Decimal:
        return _mio(cell) if feld.endswith("_mio") else _euro(cell)
    if kind is date:
        return _day(cell)
    if kind is Zielwert:
        return _phrase(cell, context)
    if cell.art != "text":
        raise CellFault(cell, f"Hier gehört ein Text hin, es steht aber {_what(cell)} da. Die Zelle als Text formatieren.")
    if kind is list:
        return tuple(_text(cell, line) for each in cell.text.split("\n") if (line := each.strip()))
    return _addition(cell) if feld.endswith(".zusatz") else _text(cell, cell.text)


def _addition(cell: Cell) -> str:
    """What stands above the name, in full."""
    if NO_ADDITION.fullmatch(cell.text):
        raise CellFault(
            cell,
            f"„{cell.text}“ stünde so über dem Namen. Soll dort nichts stehen, die Zelle leeren und den Schlüssel im Datensatz entfernen.",
        )
    return _text(cell, addition_in_full(cell.text))


def figure_of(cell: Cell) -> Decimal:
    """A number by itself, whatever it counts; CellFault where the cell is none."""
    _require_sound(cell)
    return _number(cell, "%|Prozent|Personen|Euro|EUR|€")


def is_open(cell: Cell) -> bool:
    """Whether a cell says that the Angabe is still to be agreed."""
    return cell.art == "text" and cell.text.casefold() in ("offen", "[offen]")


def shows_percent(cell: Cell) -> bool:
    """Whether a cell says its number with a percent sign."""
    return cell.art == "prozent" or (cell.art == "text" and re.search(r"%|Prozent$", cell.text) is not None)


def _require_sound(cell: Cell) -> None:
    if cell.art == "fehler":
        raise CellFault(cell, cell.text)
    if cell.art == "text" and _AMBIGUOUS.fullmatch(cell.text):
        raise CellFault(
            cell,
            f"„{cell.text}“ ist nicht eindeutig. Leer lassen: keine Änderung. „offen“: noch nicht vereinbart. "
            "Soll die Angabe entfallen, ihren Schlüssel im Datensatz entfernen.",
        )


def _text(cell: Cell, text: str) -> str:
    if fault := text_fault(text):
        raise CellFault(cell, fault)
    if text.startswith("• "):
        raise CellFault(cell, "Die Zeilen stehen ohne Aufzählungszeichen in der Zelle; beim Drucken kommen sie von selbst.")
    return text


def _what(cell: Cell) -> str:
    return {"zahl": f"die Zahl {_german(cell.text)}", "prozent": f"die Zahl {_german(cell.text)} %", "datum": f"das Datum {cell.text}",
            "text": f"der Text „{cell.text}“"}.get(cell.art, "nichts")  # fmt: skip


def _german(number: str) -> str:
    return number.replace(".", ",")


# ---------------------------------------------------------------- numbers and days


def _mio(cell: Cell) -> Decimal:
    _refuse_percent(cell)
    return _number(cell, r"Mio\.?(?: (?:Euro|EUR|€))?")


def _euro(cell: Cell) -> Decimal:
    """Whole Euro, or with two places where any are shown: "5.118.940,00 Euro" is printed so."""
    _refuse_percent(cell)
    number = _number(cell, "Euro|EUR|€")
    if number != round(number, 2):
        raise CellFault(cell, f"{_german(str(number))} Euro hat mehr als zwei Nachkommastellen. Ganze Euro oder Cent eintragen.")
    return number if number.as_tuple().exponent == 0 else number.quantize(Decimal("0.01"))


def _refuse_percent(cell: Cell) -> None:
    if cell.art == "prozent":
        raise CellFault(cell, f"Die Zelle zeigt {_german(cell.text)} %, hier gehört aber ein Betrag hin. Das Zahlenformat ändern.")


def _number(cell: Cell, unit: str) -> Decimal:
    """The number of a cell, of a text without its unit."""
    match cell.art:
        case "zahl" | "prozent":
            number = Decimal(cell.text)
        case "text":
            number = _written(cell, unit)
        case _:
            raise CellFault(cell, f"Hier gehört eine Zahl hin, es steht aber {_what(cell)} da; vielleicht hat Excel sie umgedeutet.")
    if fault := number_fault(number):
        raise CellFault(cell, fault)
    if number < 0:
        raise CellFault(cell, f"{_german(cell.text)} ist hier nicht möglich. Eine Zahl ab 0 eintragen; ob etwas sinkt, sagt die Richtung.")
    return number


def _written(cell: Cell, unit: str) -> Decimal:
    """A number written as text, the German way; a single point may part thousands or decimals."""
    bare = re.sub(rf"\s*(?:{unit})$", "", cell.text)
    if re.fullmatch(r"\d{1,3}\.\d{3}", bare):
        raise CellFault(cell, f"„{cell.text}“ kann {bare.replace('.', '')} oder {_german(bare)} heißen. Als Zahl eintragen, ohne Punkt.")
    if re.fullmatch(r"\d+|\d+,\d+|\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:\.\d{3})+,\d+", bare):
        return Decimal(bare.replace(".", "").replace(",", "."))
    if re.fullmatch(r"\d+\.\d+", bare):
        return Decimal(bare)
    raise CellFault(cell, f"Hier gehört eine Zahl hin, es steht aber der Text „{cell.text}“ da.")


def _day(cell: Cell) -> date:
    try:
        if cell.art == "datum" or re.fullmatch(r"\d{4}-\d\d-\d\d", cell.text):
            return date.fromisoformat(cell.text)
    except ValueError as error:
        raise CellFault(cell, f"Den Tag „{cell.text}“ gibt es nicht.") from error
    said = Datum().read(cell.text, Context(0, Register(()))) if cell.art == "text" else UNREAD
    if isinstance(said, date):
        return said
    raise CellFault(cell, f"Hier gehört ein Datum hin (1. Februar 2025), es steht aber {_what(cell)} da.")


# ---------------------------------------------------------------- targets


def _phrase(cell: Cell, context: Context) -> Zielwert:
    example = f"„um 3,9 % im Vergleich zum Jahr {context.jahr - 1} steigt“"
    if cell.art != "text":
        raise CellFault(cell, f"Hier gehört der ganze Zielwert hin, zum Beispiel {example}; es steht aber {_what(cell)} da.")
    phrase = Zielsatz("jahr").parse(cell.text, context)
    value = phrase.complete(None, context.bezug) if isinstance(phrase, Phrase) and not phrase.rest else UNREAD
    if not isinstance(value, Zielwert):
        raise CellFault(cell, f"„{cell.text}“ ist nicht als Zielwert zu lesen. So schreiben: {example}.")
    return value


WORDS: Final[dict[str, dict[str, str | None]]] = {
    "richtung": {"steigt": "steigt", "sinkt": "sinkt", "gleich bleibt": "gleich", "beträgt": "betraegt"},
    "schranke": {"keine": None, "mindestens": "mindestens", "höchstens": "hoechstens", "rund": "rund"},
    "einheit": {"Prozent": "prozent", "Prozentpunkte": "prozentpunkte", "Prozent (Niveau)": "prozent_niveau", "Personen": "personen",
                "Euro": "euro"},
}  # fmt: skip
"""What the template lets one choose for a part of a Zielwert, and what it means."""


def part_of(cell: Cell, teil: str, jahr: int) -> Any:
    """What a cell says of one part of a Zielwert; None where it says that there is none."""
    _require_sound(cell)
    if teil == "bezug":
        return _year(cell, jahr)
    if teil == "wert":
        return None if cell.text.casefold() in _NONE else _number(cell, "%|Prozent|Prozentpunkte|Personen|Euro|€")
    choices = ", ".join(WORDS[teil])
    if cell.art != "text":
        raise CellFault(cell, f"Hier gehört ein Wort hin ({choices}), es steht aber {_what(cell)} da.")
    said = cell.text.casefold()
    if teil == "schranke" and said in _NONE:
        return None
    if said not in (known := _known(teil)):
        raise CellFault(cell, f"„{cell.text}“ ist hier nicht möglich. Möglich sind: {choices}.")
    return known[said]


def _known(teil: str) -> dict[str, str | None]:
    """What each word means: those of the template, those that agreements use, the key itself."""
    phrases: dict[Any, tuple[str, ...]] = {"richtung": RICHTUNG, "schranke": SCHRANKE, "einheit": EINHEIT}[teil]  # type: ignore[assignment]
    used = {word: key for key, words in phrases.items() for word in (key, *words)}
    return {word.casefold(): key for word, key in {**used, **{key: key for key in WORDS[teil].values() if key}, **WORDS[teil]}.items()}


def _year(cell: Cell, jahr: int) -> int | None:
    said = cell.text.casefold()
    if said in _NONE:
        return None
    if said == "vorjahr":
        return jahr - 1
    if cell.art in ("zahl", "text") and re.fullmatch(r"20\d\d", cell.text):
        return int(cell.text)
    raise CellFault(cell, f"Hier gehört ein Jahr hin, „Vorjahr“ oder „kein“; es steht aber {_what(cell)} da.")


# ---------------------------------------------------------------- how the template shows them


def as_cell(value: Any) -> str | Decimal | date | None:
    """How the template shows a number, a day or a text, the entries of a list one a line; None, an empty cell, for anything else."""
    if isinstance(value, tuple):
        return "\n".join(value)
    return Decimal(value) if isinstance(value, int) else value if isinstance(value, str | Decimal | date) else None


def part_as_cell(value: Any, teil: str) -> str | Decimal | int | None:
    """How the template shows one part of a Zielwert; None where that is open or has no such part."""
    if not isinstance(value, Zielwert):
        return None
    part: Decimal | int | str | None = getattr(value, teil)
    if teil == "bezug" and part is None and value.richtung != "betraegt":
        return "kein"
    return next(word for word, key in WORDS[teil].items() if key == part) if teil in WORDS else part


# ---------------------------------------------------------------- a row


@dataclass(frozen=True, slots=True)
class Given:
    """What a row gives for one Angabe: its whole value, or the parts of a Zielwert."""

    feld: str
    cells: Mapping[str | None, Cell]
    context: Context

    def value(self, old: Any) -> Any:
        """The new value; CellFault where the cells say none, or contradict each other."""
        if None in self.cells and old is not None and self.cells[None].text == as_cell(old):
            return old  # also a text that would mean something else if it were new, such as "x"
        parts = {teil: cell for teil, cell in self.cells.items() if teil is not None}
        whole = value_of(self.cells[None], self.feld, self.context) if None in self.cells else None
        new = _composed(parts, old, self.context.jahr) if parts else whole
        first = next(iter(self.cells.values()))
        if parts and whole is not None and not same_digits(whole, new):
            raise CellFault(first, "Der ganze Zielwert und seine einzelnen Spalten sagen Verschiedenes.")
        if isinstance(old, Zielwert) and old.entspricht is not None:
            return self._beside_level(old, new, first)
        return new

    def _beside_level(self, old: Zielwert, new: Any, cell: Cell) -> Zielwert:
        """The old value where nothing changes: a level that it comes to stands beside it, and would be wrong with another."""
        level = old.entspricht
        if not isinstance(new, Zielwert) or not same_digits(old, new.model_copy(update={"entspricht": level})):
            remedy = f"Beides zusammen setzen: zv setze JAHR/TRAEGER {self.feld} WERT {self.feld}.entspricht NIVEAU"
            raise CellFault(cell, f"{label(self.feld)} nennt im Datensatz auch das Niveau, dem der Wert entspricht. {remedy}")
        return old


def same_digits(one: Any, other: Any) -> bool:
    """Whether two values are the same, digits too: 14.0 is not 14."""
    return one == other and str(plain(one)) == str(plain(other))


def _composed(parts: Mapping[str, Cell], old: Any, jahr: int) -> Any:
    """The Zielwert of the separate columns, what is empty as it was; OFFEN where one says so and none says a value."""
    opened = [cell for cell in parts.values() if is_open(cell)]
    if opened:
        if other := next((cell for cell in parts.values() if not is_open(cell)), None):
            raise CellFault(other, "Der Zielwert ist zugleich offen und hat einen Wert. Eines von beiden leeren.")
        return OFFEN
    given = {teil: part_of(cell, teil, jahr) for teil, cell in parts.items()}
    before = {teil: getattr(old, teil) for teil in PARTS} if isinstance(old, Zielwert) else {}
    said = {**before, **_IMPLIED.get(given.get("richtung"), {}), **given}
    first = next(iter(parts.values()))
    if missing := [teil for teil in _needed(said.get("richtung")) if teil not in said]:
        titles = ", ".join(Zielwert.model_fields[teil].title or teil for teil in missing)
        raise CellFault(first, f"Zum Zielwert fehlt: {titles}. „kein“ heißt: ohne.")
    if "wert" in parts and shows_percent(parts["wert"]) and not said["einheit"].startswith("prozent"):
        raise CellFault(parts["wert"], f"Die Zelle zeigt Prozent, die Einheit ist aber {said['einheit']}.")
    if "wert" in parts and (unit := _unit_of(parts["wert"])) not in (None, said["einheit"].removesuffix("_niveau")):
        raise CellFault(parts["wert"], f"Die Zelle nennt als Einheit {unit}, der Zielwert hat aber {said['einheit']}.")
    try:
        return Zielwert(**said)
    except ValidationError as error:
        raise CellFault(first, " ".join(detail["msg"] for detail in error.errors())) from error


_IMPLIED: dict[str | None, dict[str, Any]] = {"gleich": {"schranke": None, "wert": None, "einheit": "prozent"}, "betraegt": {"bezug": None}}
"""What goes with a direction, whatever it was before."""


def _unit_of(cell: Cell) -> str | None:
    """The unit that a cell names in words; a percent sign may stand for percentage points, too."""
    word = re.sub(r"^[\d.,\s]+", "", cell.text) if cell.art == "text" else ""
    return next((unit for unit, words in EINHEIT.items() if word in words and word != "%"), None)


def _needed(richtung: str | None) -> tuple[str, ...]:
    """The parts that must be said of a Zielwert; nothing of it is guessed."""
    match richtung:
        case "gleich":
            return ("bezug",)
        case "betraegt":
            return ("wert", "einheit")
    return ("richtung", "wert", "einheit", "bezug")
