"""Rows to Excel and CSV bytes: text never becomes a formula, numbers keep their digits, the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | date | None

_EPOCH = datetime(2000, 1, 1)
"""Stands in every file in place of the clock."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would run when it opens a CSV file."""
_HEAD = PatternFill("solid", fgColor="FFE3E9F0")
_LINE = Border(bottom=Side(style="thin", color="FF5A6B7D"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in letters, the values one may choose from, and a remark shown beside the heading's cell."""

    title: str
    width: int = 16
    choices: tuple[str, ...] = ()
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; `fixed` columns stay in view and are set apart as not to be filled in."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    fixed: int = 1
    filters: bool = True


# ---------------------------------------------------------------- Excel


def render_xlsx(tables: Sequence[Table], titel: str) -> bytes:
    """An Excel file with one sheet for each table."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator, book.properties.title, book.properties.language = "zv", titel, "de-DE"
    book.properties.created = _EPOCH
    for table in tables:
        _fill(book.create_sheet(table.name), table)
    written = io.BytesIO()
    book.save(written)
    return _timeless(written.getvalue())


def _fill(sheet: Worksheet, table: Table) -> None:
    for place, column in enumerate(table.columns, 1):
        _head(sheet, place, column, len(table.rows))
    for number, row in enumerate(table.rows, 2):
        for place, value in enumerate(row, 1):
            _set(sheet.cell(number, place), value, fixed=place <= table.fixed)
    sheet.freeze_panes = f"{get_column_letter(table.fixed + 1)}2"
    if table.filters and table.rows:
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _head(sheet: Worksheet, place: int, column: Column, rows: int) -> None:
    cell = sheet.cell(1, place)
    _set(cell, column.title, True)
    cell.font, cell.border = Font(bold=True), _LINE
    cell.alignment = Alignment(wrap_text=True, vertical="bottom")
    letter = get_column_letter(place)
    sheet.column_dimensions[letter].width = column.width
    if column.choices or column.remark:
        rule = DataValidation(type="list" if column.choices else None, allow_blank=True, showDropDown=False,
                              formula1=f'"{",".join(column.choices)}"' if column.choices else None)  # fmt: skip
        if column.remark:
            rule.promptTitle, rule.prompt, rule.showInputMessage = column.title[:32], column.remark[:255], True
        if column.choices:
            rule.showErrorMessage, rule.errorTitle = True, column.title[:32]
            rule.error = f"Möglich sind: {', '.join(column.choices)}"[:255]
        sheet.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{max(2, rows + 1)}")


def _set(cell: Cell | MergedCell, value: Value, fixed: bool = False) -> None:
    match value:
        case str():
            cell.value, cell.data_type, cell.number_format = value, "s", "@"
            cell.alignment = Alignment(wrap_text="\n" in value or len(value) > 60, vertical="top")
        case bool():
            raise TypeError("no truth values in tables")
        case int():
            cell.value, cell.number_format = value, "0" if abs(value) < 10_000 else "#,##0"
        case Decimal():
            places = max(0, -int(value.as_tuple().exponent))
            cell.value, cell.number_format = value, "#,##0" + ("." + "0" * places if places else "")
        case date():
            cell.value, cell.number_format = value, "DD.MM.YYYY"
    if not isinstance(value, str):
        cell.alignment = Alignment(vertical="top")
    if fixed:
        cell.fill = _HEAD


def _timeless(data: bytes) -> bytes:
    """The same file without the clock's time, in its list of parts and in its properties."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            part = source.read(name)
            target.writestr(entry, _unmodified(part) if name == "docProps/core.xml" else part, zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def _unmodified(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for element in root.iter("{http://purl.org/dc/terms/}modified"):
        element.text = f"{_EPOCH.isoformat()}Z"
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


# ---------------------------------------------------------------- CSV


def render_csv(table: Table) -> bytes:
    """A CSV file as German spreadsheets open it: semicolons, decimal commas, UTF-8 with its mark.

    Before a text that a spreadsheet would run as a formula stands an apostrophe.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    writer.writerow([_csv(column.title) for column in table.columns])
    writer.writerows(_csv_row(row) for row in table.rows)
    return written.getvalue().encode("utf-8-sig")


def _csv_row(row: Sequence[Value]) -> Iterator[str]:
    yield from map(_csv, row)


def _csv(value: Value) -> str:
    match value:
        case None:
            return ""
        case str():
            return f"'{value}" if value.startswith(_FORMULA) else value
        case Decimal():
            return f"{value:f}".replace(".", ",")
        case date():
            return value.isoformat()
    return str(value)
