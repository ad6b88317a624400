"""Files that hold a planning table: CSV of every kind, files that are not what they seem, and tables that are written."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook
from planning_tables import KEY, copy_of_office, office_with_drafts, workbook

from agreements.errors import UnreadableError, ZvError
from agreements.library.library import open_library
from agreements.planning.changes import Plan, plan
from agreements.planning.sheet import read_sheets
from extract.files.sandbox import Job, Limits, run
from extract.files.spreadsheet import cells
from render.table import Column, Table, render_csv, render_xlsx

drafted = pytest.fixture(scope="module")(office_with_drafts)
office = pytest.fixture(copy_of_office)


# ---------------------------------------------------------------- CSV


def csv_plan(folder: Path, data: bytes) -> Plan:
    path = folder / "t.csv"
    path.write_bytes(data)
    return plan(open_library(folder), read_sheets(cells(path)), 2025)


@pytest.mark.parametrize("data", [
    "Träger;Gesamtbudget (Mio. Euro)\r\nEmsland;21,9\r\n".encode("utf-8-sig"), "Träger\tGesamtbudget (Mio. Euro)\nEmsland\t21,9\n".encode(),
    'Träger,Gesamtbudget (Mio. Euro)\nEmsland,"21,9"\n'.encode(), "\n\nTräger;Gesamtbudget (Mio. Euro)\n;\nEmsland;21,9\n".encode(),
])  # fmt: skip
def test_a_csv_file_is_read_whatever_parts_it(office: Path, data: bytes) -> None:
    found = csv_plan(office, data)
    assert [change.neu for change in found.filled[0].changes] == [Decimal("21.9")]
    assert found.faults == []


def test_a_number_with_a_comma_that_was_torn_apart_is_noticed(office: Path) -> None:
    found = csv_plan(office, "Träger,Gesamtbudget (Mio. Euro)\nEmsland,21,9\n".encode())
    assert [each.ort for each in found.faults] == ["Zelle C2"]


def test_a_csv_file_of_the_old_windows_kind_is_read_and_said(office: Path) -> None:
    found = csv_plan(office, "Träger;Unterschrift Träger 1: Name\nEmsland;Jürgen Groß\n".encode("cp1252"))
    assert found.filled[0].changes[0].neu == "Jürgen Groß"
    assert "Windows-1252" in found.hints[0]


# ---------------------------------------------------------------- files that are not what they seem


@pytest.mark.parametrize(("data", "words"), [
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "das alte Format"),
    (b"%PDF-1.7\n\0", "weder eine Excel-Tabelle noch eine CSV-Datei"), (b"", "Eine Spalte mit den Trägern ist nicht zu finden"),
    (b"PK\x03\x04kaputt", "besch"), ("Träger".encode("utf-16"), "UTF-16"),
])  # fmt: skip
def test_a_file_that_is_no_table_is_refused(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "t.xlsx"
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match=words):
        cells(path)


def packed(path: Path, sheet: bytes, more: Mapping[str, bytes] | None = None) -> Path:
    """A small workbook with this sheet, and other parts."""
    workbook(path, [["Träger"], [KEY]])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts["xl/worksheets/sheet1.xml"] = sheet or parts["xl/worksheets/sheet1.xml"]
    parts.update(more or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return path


SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%s</sheetData></worksheet>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "haha">' + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]>"


def inline(place: str, text: str) -> bytes:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


HEAD = b'<row r="1">' + inline("A1", "Träger") + inline("B1", "Jahr") + b"</row>"


@pytest.mark.parametrize("sheet", [
    SHEET % (b" " * 300_000_000), LAUGHS + SHEET % (HEAD + b'<row r="2">' + inline("A2", "&j;") + b"</row>"),
    SHEET % (HEAD + b'<row r="1048576">' + inline("XFD1048576", "fern") + b"</row>"), SHEET[:60], b"<nicht",
], ids=["Bombe", "Entitäten", "riesige Ausdehnung", "abgerissen", "kein XML"])  # fmt: skip
def test_a_hostile_table_ends_in_one_sentence(tmp_path: Path, sheet: bytes) -> None:
    path = packed(tmp_path / "t.xlsx", sheet)
    with pytest.raises(ZvError) as caught:
        run(Job(path, "extract.files.spreadsheet:cells", (path,)), Limits(seconds=60, memory=1 << 30))
    assert str(path) in str(caught.value)


def test_a_cell_whose_format_is_not_there_ends_in_one_sentence(tmp_path: Path) -> None:
    sheet = SHEET % (HEAD + b'<row r="2">' + inline("A2", KEY) + b'<c r="B2" s="99"><v>1</v></c></row>')
    with pytest.raises(UnreadableError, match="beschädigt"):
        cells(packed(tmp_path / "t.xlsx", sheet))


def test_macros_and_links_outside_are_neither_run_nor_followed(office: Path) -> None:
    office_document, package = (f"http://schemas.openxmlformats.org/{name}/2006/relationships" for name in ("officeDocument", "package"))
    rels = (
        f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{office_document}/externalLinkPath" '
        'Target="http://192.0.2.1/x.xlsx" TargetMode="External"/></Relationships>'
    )
    parts = {"xl/vbaProject.bin": b"Sub Auto_Open()", "xl/externalLinks/_rels/externalLink1.xml.rels": rels.encode()}
    path = packed(office / "t.xlsm", b"", parts)
    found = plan(open_library(office), read_sheets(run(Job(path, "extract.files.spreadsheet:cells", (path,)))), 2025)
    assert (found.filled, found.faults) == ([], [])


# ---------------------------------------------------------------- writing tables


def test_a_text_never_becomes_a_formula_and_the_bytes_are_the_same_each_time() -> None:
    table = Table("Probe", (Column("Träger"), Column("Text")), [("lk-emsland", "=1+1"), ("lk-peine", Decimal("14.0"))])
    data = render_xlsx([table], "Probe")
    assert data == render_xlsx([table], "Probe")
    sheet = load_workbook(io.BytesIO(data))["Probe"]
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    rows = list(csv.reader(io.StringIO(render_csv(table).decode("utf-8-sig")), delimiter=";"))
    assert rows == [["Träger", "Text"], ["lk-emsland", "'=1+1"], ["lk-peine", "14,0"]]
