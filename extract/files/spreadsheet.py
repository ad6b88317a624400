"""From a planning table (Excel, CSV) to its cells: what each shows, and where it stands. What they mean is `agreements.planning.table`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from agreements.errors import UnreadableError
from agreements.planning.sheet import Cell, Sheet, unquoted, write_sheets
from agreements.planning.table import SEARCHED, names_traeger
from extract.files.container import judged_archive

MAX_BYTES = 20_000_000
MAX_CELLS = 200_000
"""Of the sheet with the Träger: 16 rows, some hundred columns, and what may lie empty around them."""
_DIGITS = 15
"""Significant decimal digits that Excel keeps; what a binary float has beyond them is noise."""
_BROKEN = (InvalidFileException, BadZipFile, KeyError, ValueError, TypeError, AttributeError, SyntaxError)
"""What openpyxl raises for a broken file."""
_SAVE = "Die Tabelle als .xlsx oder als .csv (UTF-8) speichern."


def cells(datei: Path) -> str:
    """Every sheet of a table as text for `agreements.sheet.read_sheets`; UnreadableError where the file is none."""
    data = _read(datei)
    return write_sheets(_workbook(datei, data) if data.startswith(b"PK\x03\x04") else (_separated(datei, data),))


def _read(datei: Path) -> bytes:
    if not datei.is_file():
        raise UnreadableError("Die Datei gibt es nicht.", datei=datei, abhilfe="Den Namen prüfen.")
    if datei.stat().st_size > MAX_BYTES:
        raise UnreadableError("Die Tabelle ist zu groß.", datei=datei, abhilfe="Nur das Blatt mit den Werten speichern.")
    data = datei.read_bytes()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableError("Die Tabelle hat das alte Format (.xls) oder ein Kennwort.", datei=datei, abhilfe=_SAVE)
    return data


def _require_size(datei: Path, cells: int, what: str) -> None:
    if cells > MAX_CELLS:
        raise UnreadableError(
            f"{what} hat mehr als {MAX_CELLS:,} Zellen.".replace(",", "."), datei=datei, abhilfe="Leere Zeilen und Spalten am Rand löschen."
        )


# ---------------------------------------------------------------- Excel


def _workbook(datei: Path, data: bytes) -> tuple[Sheet, ...]:
    with judged_archive(datei) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise UnreadableError("Die Datei ist keine Excel-Tabelle (.xlsx).", datei=datei, abhilfe=_SAVE)
    try:
        shown = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        written = load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except _BROKEN as error:
        raise UnreadableError("Die Excel-Tabelle ist beschädigt.", datei=datei, abhilfe="Die Tabelle neu speichern.") from error
    return tuple(_sheet(datei, sheet, written[sheet.title], top) for sheet in shown.worksheets if (top := _heading_row(sheet)))


def _heading_row(sheet: Worksheet) -> int:
    """The row with a heading for the Träger, 0 where there is none: other sheets (notes, sums, raw data) are nobody's concern."""
    rows = sheet.iter_rows(max_row=min(SEARCHED, sheet.max_row), values_only=True)
    return next((number for number, row in enumerate(rows, 1) if any(isinstance(each, str) and names_traeger(each) for each in row)), 0)


def _sheet(datei: Path, shown: Worksheet, written: Worksheet, top: int) -> Sheet:
    _require_size(datei, shown.max_row * shown.max_column, f"Das Blatt {shown.title}")
    merged = {(row, column) for area in written.merged_cells.ranges for row in range(area.min_row, area.max_row + 1)
              for column in range(area.min_col, area.max_col + 1) if area.max_row >= top}  # fmt: skip
    rows = []
    for line, formulas in zip(shown.iter_rows(), written.iter_rows(), strict=True):
        row = []
        for cell, formula in zip(line, formulas, strict=True):
            ort = f"Blatt {shown.title}, Zelle {formula.coordinate}"
            row.append(_merged(ort) if (formula.row, formula.column) in merged else _cell(ort, cell, formula))
        rows.append(tuple(row))
    return Sheet(shown.title, tuple(rows), tuple(_hidden(shown)))


def _merged(ort: str) -> Cell:
    return Cell(ort, "fehler", "Die Zelle ist mit anderen verbunden. Die Verbindung aufheben und jeden Wert einzeln eintragen.")


def _hidden(sheet: Worksheet) -> Iterator[str]:
    if sheet.sheet_state != "visible":
        yield f"Das Blatt {sheet.title} ist ausgeblendet."
    rows = [str(number) for number, row in sheet.row_dimensions.items() if row.hidden]
    columns = [name for name, column in sheet.column_dimensions.items() if column.hidden]
    if rows:
        yield f"Blatt {sheet.title}: ausgeblendete Zeilen werden mitgelesen: {', '.join(rows)}."
    if columns:
        yield f"Blatt {sheet.title}: ausgeblendete Spalten werden mitgelesen, ab Spalte {', '.join(columns)}."


def _cell(ort: str, cell: Any, written: Any) -> Cell:
    value = cell.value
    if written.data_type == "f":
        if value is None:
            return Cell(ort, "fehler", "Die Zelle ist eine Formel ohne gespeichertes Ergebnis. Die Tabelle in Excel öffnen und speichern.")
        if cell.data_type == "e":
            return Cell(ort, "fehler", f"Die Formel ergibt einen Fehler ({value}).")
    match value:
        case None:
            return Cell(ort)
        case bool():
            return Cell(ort, "fehler", "In der Zelle steht ein Wahrheitswert.")
        case int() | float() | Decimal():
            return _number(ort, value, cell.number_format)
        case datetime() | date():
            return Cell(ort, "datum", value.date().isoformat() if isinstance(value, datetime) else value.isoformat())
        case str() if cell.data_type == "e":
            return Cell(ort, "fehler", f"In der Zelle steht ein Fehler ({value}).")
        case str():
            return _text(ort, value)
    return Cell(ort, "fehler", "Was in der Zelle steht, ist weder Text noch Zahl noch Datum (vielleicht eine Uhrzeit).")


def _text(ort: str, text: str) -> Cell:
    """A cell's text without blanks around it; one of nothing else is empty."""
    bare = text.replace("\u00a0", " ").replace("\r\n", "\n").strip()
    return Cell(ort, "text", bare) if bare else Cell(ort)


def _number(ort: str, value: float | Decimal, form: str) -> Cell:
    """The number that the cell shows; where it holds more digits than it shows, which one is meant is not for us to say."""
    number = Decimal(format(value, f".{_DIGITS}g"))
    section = re.sub(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.', "", form.split(";")[0])
    percent = "%" in section
    if percent:
        number *= 100
    number = _plain(number)
    if places := re.search(r"[0#?](?:\.([0#?]*))?(,*)(?=[^0#?.,]*$)", section):
        if places[2] or "E" in section.upper() or "/" in section:
            return Cell(ort, "fehler", "Das Zahlenformat der Zelle zeigt die Zahl verkürzt oder als Bruch. Das Format „Zahl“ wählen.")
        digits = places[1] or ""
        rounded = round(number, len(digits))
        if rounded != number:
            shown = f"{rounded:f}".replace(".", ",")
            held = f"{number:f}".replace(".", ",")
            remedy = "Den Wert eintragen, der gelten soll, oder die Zelle mehr Stellen zeigen lassen."
            return Cell(ort, "fehler", f"Die Zelle zeigt {shown}, enthält aber {held}. {remedy}")
        number = _with_places(number, digits.count("0"))
    return Cell(ort, "prozent" if percent else "zahl", f"{number:f}")


def _plain(number: Decimal) -> Decimal:
    """Without zeros at the end and without exponent."""
    normal = number.normalize()
    return normal.quantize(Decimal(1)) if int(normal.as_tuple().exponent) > 0 else normal


def _with_places(number: Decimal, places: int) -> Decimal:
    have = -int(number.as_tuple().exponent)
    return number.quantize(Decimal(1).scaleb(-places)) if have < places else number


# ---------------------------------------------------------------- CSV


def _separated(datei: Path, data: bytes) -> Sheet:
    text, remarks = _decoded(datei, data)
    if "\0" in text:
        raise UnreadableError("Die Datei ist weder eine Excel-Tabelle noch eine CSV-Datei.", datei=datei, abhilfe=_SAVE)
    rows = _parted(datei, text)
    _require_size(datei, len(rows) * max(map(len, rows), default=0), "Die Tabelle")
    placed = tuple(tuple(_text(f"Zelle {get_column_letter(place)}{number}", unquoted(value)) for place, value in enumerate(row, 1))
                   for number, row in enumerate(rows, 1))  # fmt: skip
    return Sheet(datei.name, placed, remarks)


def _decoded(datei: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("Die Datei ist als UTF-16 gespeichert.", datei=datei, abhilfe="Als „CSV UTF-8“ speichern.")
    try:
        return data.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        try:
            return data.decode("cp1252"), (f"{datei.name} ist nicht als UTF-8 gespeichert; gelesen als Windows-1252. Umlaute prüfen.",)
        except UnicodeDecodeError as error:
            raise UnreadableError("Die Datei ist weder als UTF-8 noch als Windows-1252 lesbar.", datei=datei, abhilfe=_SAVE) from error


def _parted(datei: Path, text: str) -> list[list[str]]:
    """The rows, parted by the sign that finds a column of Träger and the most headings."""
    found: list[tuple[int, list[list[str]]]] = []
    for sign in ";\t,":
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))
        except csv.Error:
            continue
        if heads := _heads(rows):
            found.append((len(heads), rows))
    if not found:
        remedy = "Überschriften gehören in die erste Zeile, getrennt durch Semikolon, Komma oder Tabulator; eine heißt „Träger“ oder „AGS“."
        raise UnreadableError("Eine Spalte mit den Trägern ist nicht zu finden.", datei=datei, abhilfe=remedy)
    return max(found, key=lambda each: each[0])[1]


def _heads(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    return next((row for row in rows[:SEARCHED] if any(map(names_traeger, row))), ())
