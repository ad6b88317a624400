"""Cells of a planning table as a person sees them: what a cell shows counts, or the cell is refused with the reason."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Color, Font, PatternFill
from openpyxl.worksheet.worksheet import Worksheet
from planning_tables import KEY, copy_of_office, fault, office_with_drafts, workbook

from agreements.errors import UnreadableError
from agreements.library.library import open_library
from agreements.planning.changes import Plan, plan
from agreements.planning.sheet import Cell, read_sheets
from extract.files.spreadsheet import cells

drafted = pytest.fixture(scope="module")(office_with_drafts)
office = pytest.fixture(copy_of_office)
COSTS, BUDGET, NAME = "Verwaltungskosten (Euro)", "Gesamtbudget (Mio. Euro)", "Unterschrift Träger 1: Name"
DAY, STEPS = "Unterschrift Träger 1: Datum", "Ziel 6: Umsetzungsschritte"
ACCOUNTING = '_-* #,##0\\ _€_-;\\-* #,##0\\ _€_-;_-* "-"??\\ _€_-;_-@_-'
DARK = PatternFill("solid", fgColor="1F3864")
YELLOW = PatternFill("solid", fgColor="FFFF00")
GREEN = PatternFill("solid", bgColor="00FF00")
Change = Callable[[Worksheet], object]


def planned(office: Path, rows: Sequence[Any], change: Change) -> Plan:
    """What a table asks for whose sheet was changed by hand."""
    path = workbook(office / "t.xlsx", rows)
    book = load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return plan(open_library(office), read_sheets(cells(path)), 2025)


def shown(folder: Path, held: Any, change: Change) -> Cell:
    """The cell B2 of a table that holds a value there and was changed by hand."""
    path = workbook(folder / "t.xlsx", [["Träger", "Wert"], [KEY, held]])
    book = load_workbook(path, rich_text=True)
    change(book.worksheets[0])
    book.save(path)
    (sheet,) = read_sheets(cells(path))
    return sheet.rows[1][1]


def style(**properties: Any) -> Change:
    """Sets properties of the cell with the value."""

    def change(sheet: Worksheet) -> None:
        for name, given in properties.items():
            setattr(sheet["B2"], name, given)

    return change


# ---------------------------------------------------------------- number formats


@pytest.mark.parametrize(("held", "form", "art", "text"), [
    (4.2, "[<1]0.0%;0.0", "zahl", "4.2"), (0.042, "[<1]0.0%;0.0", "prozent", "4.2"), (13155724, ACCOUNTING, "zahl", "13155724"),
    (13155724, '#,##0\\ "Euro"', "text", "13155724 Euro"), (5118940.5, "#,##0.00\\ [$€-407]", "text", "5118940,50 €"),
    (5118940.5, "[$€-2]\\ #,##0.00", "text", "5118940,50 €"), (13155724, "#,##0_);[Red]\\(#,##0\\)", "zahl", "13155724"),
    (21.9, "0.0_ ;-0.0 ", "zahl", "21.9"), (21.9, "[Blue]0.0;[Red]-0.0;0.0", "zahl", "21.9"), (22, "0.0##", "zahl", "22.0"),
    (420, '0 "Personen"', "text", "420 Personen"), (13, '0.0 "Mio."', "text", "13,0 Mio."), (5, '"ca. "0', "text", "ca. 5"),
    (21.9, '0.0"%"', "text", "21,9 %"), (0.219, "0.0%", "prozent", "21.9"), (-3.9, "0.0;-0.0", "zahl", "-3.9"), (0, "0;-0;;@", "leer", ""),
    (date(2025, 2, 3), "[$-407]d. mmmm yyyy;@", "datum", "2025-02-03"), (date(2025, 2, 3), "mm-dd-yy", "datum", "2025-02-03"),
    ("Maria Brand", "_-@_-", "text", "Maria Brand"), ("12", '"Nr. "@', "text", "Nr. 12"),
    ("Eins_x000D_\nZwei", "@", "text", "Eins\nZwei"),
])  # fmt: skip
def test_a_cell_is_read_as_its_format_shows_it(tmp_path: Path, held: Any, form: str, art: str, text: str) -> None:
    found = shown(tmp_path, held, style(number_format=form))
    assert (found.art, found.text) == (art, text)


@pytest.mark.parametrize(("held", "form", "words"), [
    (0, ACCOUNTING, "Die Zelle zeigt „-“, enthält aber 0."), (13, ";;;", "Die Zelle zeigt nichts, enthält aber 13."),
    (4.25, "0.0", "Die Zelle zeigt 4,3, enthält aber 4,25."), (420, '0","0', "zwischen oder neben die Ziffern"),
    (420, '0"000"', "zwischen oder neben die Ziffern"), (4, "0*0", "zwischen oder neben die Ziffern"),
    (4200, "[>999]#,##0,;0", "verkürzt"), (5, "[>100]0", "zeigt „###“"), (5, "[White]0", "in Weiß"), (-3.9, "0.0;0.0", "ohne ihr Minus"),
    (1e300, "0.0", "mehr Stellen"), (date(2025, 2, 3), "mmmm yyyy", "zeigt den 3.2.2025 nicht ganz"),
    (date(2025, 2, 3), "mm.dd.yyyy", "in anderer Folge"), ("Maria Brand", '0;0;0;"offen"', "zeigt „Maria Brand“ nicht"),
    ("#BEZUG!", "@", "steht ein Fehler"), ("=TODAY()", "0", "ohne gespeichertes Ergebnis"), ("M\ufffdller", "@", "ein Zeichen verloren"),
])  # fmt: skip
def test_a_format_that_shows_something_else_is_refused(tmp_path: Path, held: Any, form: str, words: str) -> None:
    found = shown(tmp_path, held, style(number_format=form))
    assert (found.art, found.ort) == ("fehler", "Blatt Planung, Zelle B2")
    assert words in found.text


@pytest.mark.parametrize(("heading", "held", "form", "words"), [
    (COSTS, 420, '0 "Personen"', "der Text „420 Personen“"), (COSTS, 13, '0 "Mio."', "der Text „13 Mio.“"),
    (BUDGET, 21.9, '0.0"%"', "der Text „21,9 %“"), (DAY, 45691, "General", "die Zahl 45691"),
])  # fmt: skip
def test_a_unit_that_does_not_belong_there_is_refused(office: Path, heading: str, held: Any, form: str, words: str) -> None:
    assert words in fault(office, heading, held, form)


def test_a_number_with_the_word_of_its_unit_is_that_number(office: Path) -> None:
    heads = [f"Bestand an Langzeitleistungsbeziehenden: {part}" for part in ("Richtung", "Wert", "Einheit")]
    rows = [["Träger", *heads], [KEY, "beträgt", 3500, "Personen"]]
    found = planned(office, rows, lambda sheet: setattr(sheet["C2"], "number_format", '#,##0" Personen"'))
    assert [change.neu.wert for change in found.filled[0].changes] == [Decimal(3500)]


def test_a_nought_that_a_sheet_does_not_show_is_an_empty_cell(tmp_path: Path) -> None:
    def without_noughts(sheet: Worksheet) -> None:
        sheet.sheet_view.showZeros = False

    assert [shown(tmp_path, held, without_noughts).art for held in (0, 13)] == ["leer", "zahl"]


def test_a_number_rounded_by_its_narrow_column_is_refused(tmp_path: Path) -> None:
    def narrow(width: float) -> Change:
        return lambda sheet: setattr(sheet.column_dimensions["B"], "width", width)

    assert shown(tmp_path, 21.85266, narrow(5)).text == "Die Spalte ist zu schmal und zeigt 21,85266 gerundet. Sie breiter machen."
    assert shown(tmp_path, 21.85266, narrow(12)).text == "21.85266"


# ---------------------------------------------------------------- looks


def conditional(**look: Any) -> Change:
    rule = CellIsRule(operator="greaterThan", formula=["0"], **look)  # type: ignore[no-untyped-call]
    return lambda sheet: sheet.conditional_formatting.add("A1:C9", rule)


def hidden_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].hidden = True


def hidden_column(sheet: Worksheet) -> None:
    sheet.column_dimensions["B"].hidden = True


def flat_row(sheet: Worksheet) -> None:
    sheet.row_dimensions[2].height = 0.5


@pytest.mark.parametrize(("change", "words"), [
    (style(font=Font(strike=True)), "durchgestrichen"), (style(font=Font(color="FFFFFF")), "weiß auf weiß"),
    (style(font=Font(color=Color(theme=0))), "weiß auf weiß"), (style(font=Font(color=Color(indexed=9))), "weiß auf weiß"),
    (style(font=Font(color=Color(theme=1, tint=0.98))), "weiß auf weiß"), (style(font=Font(sz=1)), "zu klein"),
    (style(font=Font(color="1F3864"), fill=DARK), "in der Farbe seines Hintergrunds"), (style(font=Font(name="Wingdings")), "„Wingdings“"),
    (style(font=Font(vertAlign="superscript")), "hoch- oder tiefgestellt"), (style(alignment=Alignment(horizontal="fill")), "wiederholt"),
    (hidden_row, "Die Zeile 2 ist ausgeblendet"), (hidden_column, "Die Spalte B ist ausgeblendet"), (flat_row, "Die Zeile 2 ist"),
    (conditional(font=Font(strike=True)), "bedingte Formatierung kann in der Zelle durchstreichen"),
    (conditional(font=Font(color="FFFFFF")), "bedingte Formatierung kann in der Zelle verbergen"),
])  # fmt: skip
def test_what_a_person_does_not_see_as_it_is_held_is_refused(tmp_path: Path, change: Change, words: str) -> None:
    found = shown(tmp_path, 13500000, change)
    assert (found.art, words in found.text) == ("fehler", True), found.text


def test_a_text_of_which_a_part_is_struck_or_raised_is_refused(tmp_path: Path) -> None:
    for font, words in ((InlineFont(strike=True), "durchgestrichen"), (InlineFont(vertAlign="superscript"), "hoch- oder tiefgestellt")):
        assert words in shown(tmp_path, 1, style(value=CellRichText("13.500.00", TextBlock(font, "1")))).text


@pytest.mark.parametrize("change", [
    style(font=Font(color="FFFFFF"), fill=DARK), style(font=Font(color="FF0000", b=True)), style(fill=YELLOW),
    style(font=Font(color=Color(theme=1))), conditional(font=Font(color="FF0000")), conditional(fill=GREEN),
    lambda sheet: setattr(sheet.column_dimensions["D"], "hidden", True), lambda sheet: setattr(sheet.row_dimensions[9], "hidden", True),
])  # fmt: skip
def test_what_a_person_sees_is_taken(tmp_path: Path, change: Change) -> None:
    found = shown(tmp_path, 13500000, change)
    assert (found.art, found.text) == ("zahl", "13500000")


def test_rows_and_columns_that_are_hidden_are_refused_cell_by_cell(office: Path) -> None:
    rows = [["Träger", COSTS], [KEY, 1], ["lk-peine", 2]]
    assert [each.ort for each in planned(office, rows, hidden_row).faults] == ["Blatt Planung, Zelle A2"]
    assert [each.ort for each in planned(office, rows, hidden_column).faults] == ["Blatt Planung, Zelle B2", "Blatt Planung, Zelle B3"]


def test_a_remark_on_a_cell_is_told(office: Path) -> None:
    found = planned(office, [["Träger", COSTS], [KEY, 1]], style(comment=Comment("Gilt nicht mehr.", "Referat 52")))
    assert found.hints == ["Blatt Planung, Zelle B2 hat eine Anmerkung: Gilt nicht mehr."]
    assert found.changes == 1


def test_a_hidden_sheet_is_not_read(office: Path) -> None:
    path = workbook(office / "t.xlsx", [["Träger", COSTS], [KEY, 1]])
    book = load_workbook(path)
    older = book.copy_worksheet(book.worksheets[0])
    older.title, older.sheet_state = "Alt", "hidden"
    book.save(path)
    found = plan(open_library(office), read_sheets(cells(path)), 2025)
    assert (found.changes, found.hints) == (1, ["Das Blatt Alt ist ausgeblendet und wurde nicht gelesen."])
    del book["Planung"]
    book.create_sheet("Leer")
    book.save(path)
    with pytest.raises(UnreadableError, match="Das Blatt Alt mit den Trägern ist ausgeblendet"):
        cells(path)


def test_drawn_shapes_over_a_sheet_are_told(office: Path) -> None:
    path = workbook(office / "t.xlsx", [["Träger", COSTS], [KEY, 1]])
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/drawings/drawing1.xml", '<xdr:wsDr xmlns:xdr="urn:x"><xdr:sp macro=""/></xdr:wsDr>')
    (hint,) = plan(open_library(office), read_sheets(cells(path)), 2025).hints
    assert "gezeichnete Formen" in hint


# ---------------------------------------------------------------- merged headings


def merge(*areas: str) -> Change:
    return lambda sheet: [sheet.merge_cells(area) for area in areas]


def test_headings_merged_over_rows_and_columns_are_read_as_shown(office: Path) -> None:
    rows = [["Träger", "Haushalt", None], [None, COSTS, BUDGET], [KEY, 13500000, 22.4]]
    found = planned(office, rows, merge("A1:A2", "B1:C1"))
    assert [change.neu for change in found.filled[0].changes] == [13500000, Decimal("22.4")]
    assert not found.faults


def test_a_group_merged_over_the_parts_of_a_target_names_each_of_them(office: Path) -> None:
    rows = [["Träger", "Integrationsquote", None, None, None, BUDGET], [None, "Richtung", "Wert", "Einheit", "Bezugsjahr", None],
            [KEY, "steigt", 3.9, "Prozent", 2024, 22.4]]  # fmt: skip
    found = planned(office, rows, merge("A1:A2", "B1:E1", "F1:F2"))
    assert not found.faults and not found.hints
    assert [change.feld for change in found.filled[0].changes] == ["ziele.integrationsquote.gesamt", "haushalt.gesamtbudget_mio"]


def test_a_heading_merged_over_two_columns_of_values_is_refused(office: Path) -> None:
    found = planned(office, [["Träger", COSTS, None], [KEY, 1, 2]], merge("B1:C1"))
    assert {each.ort for each in found.faults} >= {"Blatt Planung, Zelle B1"}
    assert "verbunden" in found.faults[0].text


# ---------------------------------------------------------------- CSV


def csv_plan(office: Path, text: str) -> Plan:
    path = office / "t.csv"
    path.write_text(text, encoding="utf-8")
    return plan(open_library(office), read_sheets(cells(path)), 2025)


@pytest.mark.parametrize("text", [
    f'sep=,\nTräger,{COSTS}\n{KEY},"13500000"\n', f'AGS;{COSTS}\n="03454";13500000\n', f"Träger|{COSTS}\n{KEY}|13500000\n",
    f'"Träger";"{COSTS}"\r"{KEY}";"13.500.000"\r',
])  # fmt: skip
def test_what_a_spreadsheet_shows_of_a_csv_file_is_read(office: Path, text: str) -> None:
    found = csv_plan(office, text)
    assert [change.neu for change in found.filled[0].changes] == [13500000]


@pytest.mark.parametrize(("entry", "words"), [("=1+1", "eine Formel"), ("#NV", "steht ein Fehler"), ("########", "steht ein Fehler")])
def test_what_no_csv_file_can_show_is_refused(office: Path, entry: str, words: str) -> None:
    (found,) = csv_plan(office, f"Träger;{NAME}\n{KEY};{entry}\n").faults
    assert (found.ort, words in found.text) == ("Zelle B2", True)


@pytest.mark.parametrize("spoilt", ["J\u201ager", "JÃ¤ger"])
def test_umlauts_of_another_alphabet_are_refused(office: Path, spoilt: str) -> None:
    with pytest.raises(UnreadableError, match="Umlaute der Datei sind verdorben"):
        csv_plan(office, f"Träger;{NAME}\n{KEY};{spoilt}\n".replace("\u201a", "\u201e"))


def test_quotes_of_a_text_spoil_nothing(office: Path) -> None:
    found = csv_plan(office, f"Träger;{STEPS}\n{KEY};Projekt „Ausblick“ im Çeşme-Haus\n")
    assert found.filled[0].changes[0].neu == ("Projekt „Ausblick“ im Çeşme-Haus",)
    found = csv_plan(office, f"Träger;{STEPS}\n{KEY};Das„Küstenhaus“und Łéş„ähnlich\n")
    assert found.filled[0].changes[0].neu == ("Das„Küstenhaus“und Łéş„ähnlich",)
