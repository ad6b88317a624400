"""A table from outside as cells with their places, before anybody asks what they mean; as JSON text and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args

from agreements.errors import UnreadableError, shortened

Kind = Literal["leer", "text", "zahl", "prozent", "datum", "fehler"]
"""`prozent`: a number that the cell shows with a percent sign; `fehler`: a cell that cannot be taken, `text` says why."""
_KINDS = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: a text as it stands, a number with a point and all its digits, a date as ISO."""

    ort: str
    """ "Blatt Planung, Zelle D7"."""
    art: Kind = "leer"
    text: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, row by row; `hinweise` are German sentences on what a reader of it must know."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    hinweise: tuple[str, ...] = ()


class CellFault(Exception):
    """What is wrong with one cell, in German; caught where all faults are gathered, never shown by itself."""

    def __init__(self, cell: Cell, text: str) -> None:
        super().__init__(shortened(text))
        self.cell = cell


_RUN = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would run as a formula when it opens a CSV file."""


def quoted(text: str) -> str:
    """A text as it may stand in a CSV file: behind an apostrophe where a spreadsheet would run it."""
    return f"'{text}" if text.lstrip("'").startswith(_RUN) else text


def unquoted(text: str) -> str:
    """The inverse of `quoted`."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_RUN) else text


def write_sheets(sheets: tuple[Sheet, ...]) -> str:
    """Sheets as text."""
    return json.dumps([asdict(sheet) for sheet in sheets], ensure_ascii=False)


def read_sheets(text: str) -> tuple[Sheet, ...]:
    """The inverse of `write_sheets`; UnreadableError where the text is of another form."""
    try:
        return tuple(_sheets(json.loads(text)))
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableError("Beim Lesen der Tabelle kam keine verständliche Antwort.") from error


def _sheets(data: Any) -> Iterator[Sheet]:
    for sheet in data:
        rows = tuple(tuple(_cell(cell) for cell in row) for row in sheet["rows"])
        yield Sheet(str(sheet["name"]), rows, tuple(map(str, sheet["hinweise"])))


def _cell(data: Any) -> Cell:
    if data["art"] not in _KINDS:
        raise ValueError(data["art"])
    return Cell(str(data["ort"]), data["art"], str(data["text"]))
