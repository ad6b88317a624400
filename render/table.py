"""Rows to Excel and CSV bytes: text never becomes a formula, numbers keep their digits, the same rows give the same bytes."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from textwrap import wrap
from typing import Literal

from lxml import etree
from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from agreements.planning.sheet import quoted

Value = str | int | Decimal | date | None

_EPOCH = datetime(2000, 1, 1)
"""Stands in every file in place of the clock."""
_HEAD = PatternFill("solid", fgColor="FFE3E9F0")
_SHADES = {
    "vorjahr": PatternFill("solid", fgColor="FFF7F7F7"), "offen": PatternFill("solid", fgColor="FFFFF6D6"),
    "entfaellt": PatternFill("solid", fgColor="FFE4E4E4"),
}  # fmt: skip
_BOLD = Font(name="Calibri", size=11, bold=True)
_LINE_HEIGHT = 15
"""Points."""
_HIGHEST = 409
"""Points of a row: no spreadsheet has higher ones."""
_LONG = 60
"""Letters up to which a text stays on one line."""
_PRINTABLE = 250
"""Letters in a line of A4 that one can still read."""
_THIN = Side(style="thin", color="FFD0D0D0")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BANDS = ("FFDCE6F1", "FFE8EFE3")
"""The headings' colours in turn, so that one sees which columns belong together."""
_LINE = Border(bottom=Side(style="thin", color="FF5A6B7D"))


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, its width in letters, the values one may choose from, and a remark shown beside the heading's cell."""

    title: str
    width: int = 16
    choices: tuple[str, ...] = ()
    remark: str = ""
    group: str = ""
    """Columns side by side of the same group have headings of one colour, and in Excel its name above them once."""
    short: str = ""
    """The heading below the group's name."""
    form: str = ""
    """How Excel shows what is typed into an empty cell: "#,##0"."""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet; `fixed` columns stay in view and are set apart as not to be filled in."""

    name: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[Value]]
    fixed: int = 1
    filters: bool = True
    shades: Mapping[tuple[int, int], Literal["vorjahr", "offen", "entfaellt"]] = field(default_factory=dict)
    """By row and column, from 0: what was the year before, what is to be filled in, and what there is not."""
    height: int | None = None
    """Of each row in points, where long texts would make it too high."""


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
    heads = 2 if any(column.short for column in table.columns) else 1
    _group(sheet, table.columns, heads)
    for place, column in enumerate(table.columns, 1):
        _head(sheet, place, heads, column)
        _guide(sheet, column, f"{get_column_letter(place)}{heads + 1}:{get_column_letter(place)}{max(1, len(table.rows)) + heads}")
    sheet.row_dimensions[heads].height = _LINE_HEIGHT * max(len(_wrapped(column)) for column in table.columns) + 4
    for number, row in enumerate(table.rows):
        sheet.row_dimensions[number + heads + 1].height = table.height or _height(row, table.columns)
        for place, value in enumerate(row):
            cell = sheet.cell(number + heads + 1, place + 1)
            _set(cell, value, fixed=place < table.fixed)
            if value is None and table.columns[place].form:
                cell.number_format = table.columns[place].form
            if table.shades and place >= table.fixed:
                cell.border = _GRID
            if shade := table.shades.get((number, place)):
                cell.fill = _SHADES[shade]
    sheet.freeze_panes = f"{get_column_letter(table.fixed + 1)}{heads + 1}"
    if table.filters and table.rows:
        sheet.auto_filter.ref = f"A{heads}:{get_column_letter(len(table.columns))}{len(table.rows) + heads}"
    _print(sheet, table, heads)


def _height(row: Sequence[Value], columns: Sequence[Column]) -> float | None:
    """The height of a row with a text of several lines, in points; None for one line: some programs do not reckon it themselves."""
    long = [(value, column) for value, column in zip(row, columns, strict=True) if isinstance(value, str) and _is_wrapped(value)]
    lines = max((sum(-(-len(part) // column.width) for part in value.split("\n")) for value, column in long), default=1)
    return min(_LINE_HEIGHT * lines, _HIGHEST) if lines > 1 else None


def _print(sheet: Worksheet, table: Table, heads: int) -> None:
    """Landscape, as wide as the page; what would be too small to read then goes on several pages side by side."""
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.page_setup.fitToHeight = 0
    if sum(column.width for column in table.columns) > _PRINTABLE:
        sheet.page_setup.paperSize, sheet.page_setup.fitToWidth = 8, 0
        sheet.print_title_cols = f"A:{get_column_letter(table.fixed)}"
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"1:{heads}"


def _group(sheet: Worksheet, columns: Sequence[Column], heads: int) -> None:
    """Gives the headings of each group one colour, two in turn, and its name in the row above them."""
    grouped = ((place, column) for place, column in enumerate(columns, 1) if column.group)
    for turn, (name, group) in enumerate(groupby(grouped, key=lambda each: each[1].group)):
        places = [place for place, _ in group]
        for place in places:
            for row in range(1, heads + 1):
                sheet.cell(row, place).fill = PatternFill("solid", fgColor=_BANDS[turn % 2])
        if columns[places[0] - 1].short:
            _set(sheet.cell(1, places[0]), name)
            sheet.cell(1, places[0]).font = _BOLD
            if len(places) > 1:
                sheet.merge_cells(start_row=1, end_row=1, start_column=places[0], end_column=places[-1])


def _head(sheet: Worksheet, place: int, row: int, column: Column) -> None:
    cell = sheet.cell(row, place)
    _set(cell, column.short or column.title, fixed=not column.group)
    cell.font, cell.border = _BOLD, _LINE
    cell.alignment = Alignment(wrap_text=True, horizontal="left", vertical="bottom", indent=1)
    sheet.column_dimensions[get_column_letter(place)].width = column.width


def _wrapped(column: Column) -> list[str]:
    return wrap(column.short or column.title, max(1, column.width - 2)) or [""]


def _guide(sheet: Worksheet, column: Column, cells: str) -> None:
    """What one may choose from in the column's cells, and what is shown beside the one that is edited."""
    if not (column.choices or column.remark):
        return
    rule = DataValidation(type="list" if column.choices else None, allow_blank=True, showDropDown=False,
                          formula1=f'"{",".join(column.choices)}"' if column.choices else None)  # fmt: skip
    name = (column.short or column.title)[:32]
    if column.remark:
        rule.promptTitle, rule.prompt, rule.showInputMessage = name, column.remark[:255], True
    if column.choices:
        rule.showErrorMessage, rule.errorTitle = True, name
        rule.error = f"Möglich sind: {', '.join(column.choices)}"[:255]
    sheet.add_data_validation(rule)
    rule.add(cells)


def _set(cell: Cell | MergedCell, value: Value, fixed: bool = False) -> None:
    match value:
        case str():
            cell.value, cell.data_type, cell.number_format = value, "s", "@"
            cell.alignment = Alignment(wrap_text=_is_wrapped(value), horizontal="left", vertical="top", indent=1)
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
        keyed = "left" if fixed else None  # keys stand under their headings
        cell.alignment = Alignment(vertical="top", horizontal=keyed, indent=int(fixed))
    if fixed:
        cell.fill = _HEAD


def _is_wrapped(text: str) -> bool:
    """Whether a text takes several lines."""
    return "\n" in text or len(text) > _LONG


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


def render_csv(table: Table, german: bool = True) -> bytes:
    """A CSV file as German spreadsheets open it: semicolons, decimal commas, UTF-8 with its mark; else with commas and decimal points.

    Before a text that a spreadsheet would run as a formula stands an apostrophe.
    """
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=";" if german else ",", lineterminator="\r\n")
    writer.writerow([_csv(column.title) for column in table.columns])
    writer.writerows(_csv_row(row, german) for row in table.rows)
    return written.getvalue().encode("utf-8-sig" if german else "utf-8")


def _csv_row(row: Sequence[Value], german: bool) -> Iterator[str]:
    yield from (_csv(value, german) for value in row)


def _csv(value: Value, german: bool = True) -> str:
    match value:
        case None:
            return ""
        case str():
            return quoted(value)
        case Decimal():
            return f"{value:f}".replace(".", ",") if german else f"{value:f}"
        case date():
            return value.isoformat()
    return str(value)
