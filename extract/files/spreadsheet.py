"""From a planning table (Excel, CSV) to its cells: what each shows, and where it stands. What they mean is `agreements.planning.table`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from agreements.errors import UnreadableError
from agreements.files.opening import opened
from agreements.planning.sheet import Cell, Sheet, unquoted, write_sheets
from agreements.planning.table import SEARCHED, names_traeger
from extract.files.cell_looks import Looks
from extract.files.container import judged_archive
from extract.files.engines import boundary
from extract.files.number_format import shown_number, shown_text, shows_whole_day

MAX_BYTES = 20_000_000
MAX_CELLS = 200_000
"""Of the sheet with the Träger: 16 rows, some hundred columns, and what may lie empty around them."""
MAX_COLUMNS = 16_384
"""What Excel has, and letters are given to."""
_DIGITS = 15
"""Significant decimal digits that Excel keeps; what a binary float has beyond them is noise."""
_SAVE = "Die Tabelle als .xlsx oder als .csv (UTF-8) speichern."


def cells(datei: Path) -> str:
    """Every sheet of a table as text for `agreements.sheet.read_sheets`; UnreadableError where the file is none."""
    data = _read(datei)
    return write_sheets(_workbook(datei, data) if data.startswith(b"PK\x03\x04") else (_separated(datei, data),))


def _read(datei: Path) -> bytes:
    with opened(datei) as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableError("Die Tabelle ist zu groß.", datei=datei, abhilfe="Nur das Blatt mit den Werten speichern.")
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
        for name in filter(_SHEET.fullmatch, archive.namelist()):
            _require_few_merged(datei, archive.read(name))
        drawn = [_DRAWN] if any(_DRAWING.fullmatch(name) and _SHAPE.search(archive.read(name)) for name in archive.namelist()) else []
    with boundary("openpyxl", "Die Excel-Tabelle ist beschädigt.", datei, "Die Tabelle in Excel öffnen und neu speichern."):
        return tuple(_sheets(datei, data, drawn))


def _sheets(datei: Path, data: bytes, drawn: Sequence[str]) -> Iterator[Sheet]:
    """The sheets with Träger that can be seen; openpyxl looks up formats and styles of a cell when asked, and fails only then."""
    shown = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    written = load_workbook(io.BytesIO(data), data_only=False, keep_links=False, rich_text=True)
    found = [(sheet, top) for sheet in shown.worksheets if (top := _heading_row(sheet))]
    hidden = [sheet.title for sheet, _ in found if sheet.sheet_state != "visible"]
    seen = [(sheet, top) for sheet, top in found if sheet.title not in hidden]
    if hidden and not seen:
        raise UnreadableError(f"Das Blatt {hidden[0]} mit den Trägern ist ausgeblendet.", datei=datei, abhilfe="Das Blatt einblenden.")
    hints = (*drawn, *(f"Das Blatt {name} ist ausgeblendet und wurde nicht gelesen." for name in hidden))
    for sheet, top in seen:
        yield _sheet(datei, sheet, written[sheet.title], Looks(written, written[sheet.title]), top, hints)


_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_MERGES = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']([^\"']+)")
_MOST_MERGES = 2000
"""Merged areas of a sheet; openpyxl makes every cell of each before anybody asks, and looks through all areas for each."""


def _require_few_merged(datei: Path, sheet: bytes) -> None:
    """Raises UnreadableError where more cells are merged than a sheet may have, before openpyxl makes them."""
    areas = [match[1].decode("ascii", "replace") for match in islice(_MERGES.finditer(sheet), _MOST_MERGES + 1)]
    if len(areas) > _MOST_MERGES or sum(map(_cells_in, areas)) > MAX_CELLS:
        message = f"In der Tabelle sind mehr als {_MOST_MERGES:,} Bereiche oder {MAX_CELLS:,} Zellen miteinander verbunden.".replace(
            ",", "."
        )
        raise UnreadableError(message, datei=datei, abhilfe="Die Verbindungen aufheben.")


def _cells_in(area: str) -> int:
    """How many cells an area has; none where it is none, which openpyxl tells."""
    corners = _AREA.fullmatch(area)
    if corners is None:
        return 0
    left, top, right, bottom = corners.groups()
    return (column_index_from_string(right) - column_index_from_string(left) + 1) * (int(bottom) - int(top) + 1)


_AREA = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
_DRAWING = re.compile(r"xl/drawings/drawing\d+\.xml")
_SHAPE = re.compile(rb"<(?:xdr:)?(?:sp|cxnSp)[ >]")
_DRAWN = "In der Tabelle liegen gezeichnete Formen oder Textfelder; sie werden nicht gelesen und können Zellen verdecken."


def _heading_row(sheet: Worksheet) -> int:
    """The last row of the headings, where one for the Träger stands, 0 where there is none: other sheets are nobody's concern."""
    for line in sheet.iter_rows(max_row=min(SEARCHED, sheet.max_row)):
        for cell in line:
            if isinstance(cell.value, str) and names_traeger(_plain_text(cell.value)):
                return max([cell.row or 0, *(int(area.max_row) for area in sheet.merged_cells.ranges if cell.coordinate in area)])
    return 0


def _sheet(datei: Path, shown: Worksheet, written: Worksheet, looks: Looks, top: int, hints: Sequence[str]) -> Sheet:
    _require_size(datei, shown.max_row * shown.max_column, f"Das Blatt {shown.title}")
    merged, heads = _merged(written, top)
    rows, remarks = [], []
    for line, formulas in zip(shown.iter_rows(), written.iter_rows(), strict=True):
        row = []
        for cell, formula in zip(line, formulas, strict=True):
            place = (formula.row, formula.column)
            ort = f"Blatt {shown.title}, Zelle {formula.coordinate}"
            source = shown[heads[place]] if place in heads else cell
            if place in merged:
                row.append(Cell(ort, "fehler", _MERGED))
            else:
                row.append(_seen(ort, source, written[source.coordinate], looks, heads=(formula.row or 0) <= top))
            if formula.comment is not None:
                remarks.append(f"{ort} hat eine Anmerkung: {' '.join(formula.comment.text.split())[:_LONGEST_REMARK]}")
        rows.append(tuple(row))
    return Sheet(shown.title, tuple(rows), (*hints, *remarks))


_MERGED = "Die Zelle ist mit anderen verbunden. Die Verbindung aufheben und jeden Wert einzeln eintragen."
_LONGEST_REMARK = 200


def _merged(sheet: Worksheet, top: int) -> tuple[set[tuple[int, int]], dict[tuple[int, int], str]]:
    """The cells of merged areas that no value may stand in; and those of headings, with the cell whose text they show.

    Merged over rows, a heading stands in its last: beside those that stand below a common heading. One merged over columns is above others.
    """
    refused: set[tuple[int, int]] = set()
    heads: dict[tuple[int, int], str] = {}
    for area in sheet.merged_cells.ranges:
        wide, first = area.max_col > area.min_col, sheet.cell(area.min_row, area.min_col).coordinate
        places = [(row, column) for row in range(area.min_row, area.max_row + 1) for column in range(area.min_col, area.max_col + 1)]
        if area.max_row > top or (area.max_row == top and wide):
            refused.update(places)
            continue
        empty = sheet.cell(area.max_row, area.max_col).coordinate
        heads.update({place: first if place[0] == area.max_row else empty for place in places})
    return refused, heads


def _seen(ort: str, cell: Any, written: Any, looks: Looks, *, heads: bool) -> Cell:
    """What a person sees of a cell, or why it cannot be taken."""
    found = _cell(ort, cell, written)
    if found.art in ("leer", "fehler"):
        return found
    if why := "" if heads and names_traeger(found.text) else looks.fault(written, heads=heads):
        return Cell(ort, "fehler", why)
    if found.art == "zahl" and looks.rounds(written, found.text):
        return Cell(ort, "fehler", f"Die Spalte ist zu schmal und zeigt {found.text.replace('.', ',')} gerundet. Sie breiter machen.")
    if found.art in ("zahl", "prozent") and not Decimal(found.text) and not looks.zeros:
        return Cell(ort)
    return found


def _cell(ort: str, cell: Any, written: Any) -> Cell:
    value = cell.value
    if written.data_type == "f":
        if value is None:
            return Cell(ort, "fehler", "Die Zelle ist eine Formel ohne gespeichertes Ergebnis. Die Tabelle in Excel öffnen und speichern.")
        if cell.data_type == "e":
            return Cell(ort, "fehler", f"Die Formel ergibt einen Fehler ({value}).")
        if _CHANGING.search(str(written.value)):
            return Cell(ort, "fehler", "Die Formel ergibt jeden Tag etwas anderes. Den Wert eintragen, der gelten soll.")
    match value:
        case None:
            return Cell(ort)
        case bool():
            return Cell(ort, "fehler", "In der Zelle steht ein Wahrheitswert.")
        case int() | float() | Decimal():
            return _number(ort, value, cell.number_format)
        case datetime() | date():
            return _day(ort, value, cell.number_format)
        case str() if cell.data_type == "e":
            return Cell(ort, "fehler", f"In der Zelle steht ein Fehler ({value}).")
        case str():
            return _formatted(ort, _plain_text(value), cell.number_format)
    return Cell(ort, "fehler", "Was in der Zelle steht, ist weder Text noch Zahl noch Datum (vielleicht eine Uhrzeit).")


_CHANGING = re.compile(r"(?<![\w.])(?:TODAY|NOW|RAND|RANDBETWEEN|RANDARRAY)\(", re.IGNORECASE)


def _plain_text(text: str) -> str:
    """A text of a workbook with its escaped signs resolved (ECMA-376 Part 1, 22.9.2.19): Excel shows the end of a line for _x000D_."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def _formatted(ort: str, text: str, form: str) -> Cell:
    """The text that the cell shows."""
    shown = shown_text(text, form)
    if shown is None:
        return Cell(ort, "fehler", f"Das Format der Zelle zeigt „{text}“ nicht. Das Format „Text“ wählen.") if text.strip() else Cell(ort)
    return _text(ort, shown)


def _text(ort: str, text: str) -> Cell:
    """A cell's text without blanks around it; one of nothing else is empty."""
    bare = text.replace("\u00a0", " ").replace("\r\n", "\n").replace("\r", "\n").strip()
    if _ERROR.fullmatch(bare):
        return Cell(ort, "fehler", f"In der Zelle steht ein Fehler ({bare}).")
    if "\ufffd" in bare:
        return Cell(ort, "fehler", f"In der Zelle ist ein Zeichen verloren gegangen („{bare}“). Den Text neu eintragen.")
    return Cell(ort, "text", bare) if bare else Cell(ort)


_ERROR = re.compile(
    r"#(?:REF|BEZUG|VALUE|WERT|DIV/0|NUM|ZAHL|NULL|SPILL|ÜBERLAUF|CALC)!|#(?:N/A|NV|NAME\?|GETTING_DATA)|#{2,}|(?:Err|Fehler):\d+",
    re.IGNORECASE,
)
"""What a spreadsheet shows where it could not reckon, or where a column is too narrow."""


def _day(ort: str, value: date, form: str) -> Cell:
    """The day that the cell shows in full."""
    day = value.date() if isinstance(value, datetime) else value
    if not shows_whole_day(form):
        said = f"{day.day}.{day.month}.{day.year}"
        return Cell(ort, "fehler", f"Die Zelle zeigt den {said} nicht ganz oder in anderer Folge. Das Format TT.MM.JJJJ wählen.")
    return Cell(ort, "datum", day.isoformat())


def _number(ort: str, value: float | Decimal, form: str) -> Cell:
    """The number that the cell shows; where it holds more digits than it shows, which one is meant is not for us to say."""
    number = Decimal(format(value, f".{_DIGITS}g"))
    if abs(number) >= 10**_DIGITS:
        return Cell(ort, "fehler", "Die Zahl hat mehr Stellen, als eine Tabelle behält.")
    shown = shown_number(number, form)
    if shown.fault:
        return Cell(ort, "fehler", f"{shown.fault} Das Format „Zahl“ wählen.")
    before, after = shown.before.strip(), shown.after.strip()
    if before in _CURRENCY and not after:
        before, after = "", before
    words = f"{before} {after}".strip()
    held = _german(_plain(shown.held))
    remedy = "Den Wert eintragen, der gelten soll, oder die Zelle mehr Stellen zeigen lassen."
    if shown.number is None:
        if not words and not number:
            return Cell(ort)
        said = f"„{words}“" if words else "nichts"
        return Cell(ort, "fehler", f"Die Zelle zeigt {said}, enthält aber {held}. Das Format „Zahl“ wählen, oder die Zelle leeren.")
    if shown.number != shown.held:
        return Cell(ort, "fehler", f"Die Zelle zeigt {_german(shown.number)}, enthält aber {held}. {remedy}")
    figure = shown.number if "0" in form else _plain(shown.number)
    if not words:
        return Cell(ort, "prozent" if shown.percent else "zahl", f"{figure:f}")
    return Cell(ort, "text", " ".join(filter(None, (before, _german(figure), "%" if shown.percent else "", after))))


_CURRENCY = ("€", "EUR", "Euro")


def _german(number: Decimal) -> str:
    return f"{number:f}".replace(".", ",")


def _plain(number: Decimal) -> Decimal:
    """Without zeros at the end and without exponent."""
    normal = number.normalize()
    return normal.quantize(Decimal(1)) if int(normal.as_tuple().exponent) > 0 else normal


# ---------------------------------------------------------------- CSV


def _separated(datei: Path, data: bytes) -> Sheet:
    text, remarks = _decoded(datei, data)
    if "\0" in text:
        raise UnreadableError("Die Datei ist weder eine Excel-Tabelle noch eine CSV-Datei.", datei=datei, abhilfe=_SAVE)
    rows = _parted(datei, text)
    widest = max(map(len, rows), default=0)
    if widest > MAX_COLUMNS:
        raise UnreadableError(f"Die Tabelle hat {widest} Spalten.", datei=datei, abhilfe="Das Trennzeichen prüfen.")
    _require_size(datei, len(rows) * widest, "Die Tabelle")
    placed = tuple(tuple(_entry(f"Zelle {get_column_letter(place)}{number}", value) for place, value in enumerate(row, 1))
                   for number, row in enumerate(rows, 1))  # fmt: skip
    return Sheet(datei.name, placed, remarks)


def _entry(ort: str, value: str) -> Cell:
    """What a spreadsheet shows of an entry: of ="03454" the text, of any other formula its result, which the file does not have."""
    if as_text := _AS_TEXT.fullmatch(value):
        return _text(ort, as_text[1].replace('""', '"'))
    if value.startswith("="):
        return Cell(ort, "fehler", "In der Zelle steht eine Formel; ihr Ergebnis enthält eine CSV-Datei nicht.")
    return _text(ort, unquoted(value))


_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')


def _decoded(datei: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("Die Datei ist als UTF-16 gespeichert.", datei=datei, abhilfe="Als „CSV UTF-8“ speichern.")
    text, remarks = _text_of(datei, data)
    if word := next((word for word in _damaged(text) if not _UMLAUT.search(word)), None):
        message = f"Umlaute der Datei sind verdorben („{word}“): Sie wurde mit einem anderen Zeichensatz gespeichert als geöffnet."
        raise UnreadableError(message, datei=datei, abhilfe="Die Tabelle im Original öffnen und als „CSV UTF-8“ speichern.")
    return text, remarks


_DAMAGED = re.compile(r"Ã[\u0080-\u00bf„–œŸ]|[^\W\d_][„”][^\W\d_]")
"""Umlauts of UTF-8 read as Windows-1252 ("TrÃ¤ger"), and those of DOS (Codepage 850: "Tr„ger")."""
_UMLAUT = re.compile("[äöüÄÖÜß]")
"""A word that has one was not read in another character set."""
_AROUND = 20
"""Letters that are shown of the word before and behind what is damaged in it."""


def _damaged(text: str) -> Iterator[str]:
    """The words in which something seems to be damaged."""
    for damaged in _DAMAGED.finditer(text):
        before, after = text[max(0, damaged.start() - _AROUND) : damaged.start()], text[damaged.end() : damaged.end() + _AROUND]
        yield re.split(r"\W", before)[-1] + damaged[0] + re.split(r"\W", after)[0]


def _text_of(datei: Path, data: bytes) -> tuple[str, tuple[str, ...]]:
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
    stated = _SEPARATOR.match(text)  # Excel takes the first line so, and shows none
    text = text[stated.end() :] if stated else text
    for sign in stated[1] if stated else ";\t,|":
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


_SEPARATOR = re.compile(r"\"?sep=(.)\"?\r?\n", re.IGNORECASE)


def _heads(rows: Sequence[Sequence[str]]) -> Sequence[str]:
    return next((row for row in rows[:SEARCHED] if any(map(names_traeger, row))), ())
