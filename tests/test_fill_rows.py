"""Rows and columns of a planning table: which Träger, which Angabe, and what is refused because it may be another."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from command import zv
from openpyxl import load_workbook
from planning_tables import KEY, copy_of_office, office_with_drafts, planned, record_of, workbook

from agreements.errors import UsageError
from agreements.library.library import open_library
from agreements.model.record import Zielwert
from agreements.planning.changes import plan
from agreements.planning.sheet import read_sheets
from extract.files.spreadsheet import cells

drafted = pytest.fixture(scope="module")(office_with_drafts)
office = pytest.fixture(copy_of_office)


# ---------------------------------------------------------------- rows


@pytest.mark.parametrize("name", [
    "lk-emsland", "Landkreis Emsland", "LK Emsland", "Emsland", "des Landkreises Emsland", "03454", "3454", 3454, "03454000",
    " Landkreis  Emsland ",
])  # fmt: skip
def test_a_row_is_known_by_key_ags_or_name(office: Path, name: object) -> None:
    found = planned(office, [["Träger", "Verwaltungskosten (Euro)"], [name, 1]])
    assert [each.stored.record.traeger for each in found.filled] == [KEY]


@pytest.mark.parametrize(("rows", "place", "words"), [
    ([["Emsland", 1], ["03454", 2]], "A3", "gibt es zweimal, auch in Blatt Planung, Zelle A2"),
    ([["Emsladn", 1]], "A2", "Gemeint ist vielleicht Landkreis Emsland"),
    ([["Osnabrück", 1]], "A2", "kann Landkreis Osnabrück oder"),
    ([["sk-osnabrueck", 1]], "A2", "kein zugelassener kommunaler Träger"),
    ([[None, 1]], "B2", "steht kein Träger"),
    ([["lk-leer", 1]], "A2", "Zuerst: zv entwirf 2025 lk-leer"),
    ([["Emsland", None, 1]], "C2", "keine Überschrift"),
])  # fmt: skip
def test_a_row_that_names_no_single_traeger_is_named_with_its_cell(office: Path, rows: list[list[Any]], place: str, words: str) -> None:
    found = planned(office, [["Träger", "Verwaltungskosten (Euro)"], *rows])
    (only,) = found.faults
    assert only.ort == f"Blatt Planung, Zelle {place}"
    assert words in only.text


def test_a_row_that_names_two_traeger_is_refused(office: Path) -> None:
    found = planned(office, [["Träger", "AGS", "Verwaltungskosten (Euro)"], ["Emsland", "03157", 1]])
    assert "verschiedene Träger: lk-emsland und lk-peine" in found.faults[0].text


def test_a_row_of_another_year_is_refused(office: Path) -> None:
    found = planned(office, [["Träger", "Jahr", "Verwaltungskosten (Euro)"], ["Emsland", 2024, 1]])
    assert found.faults[0][:2] == ("Blatt Planung, Zelle B2", "Hier steht „2024“, gefüllt werden soll 2025.")


def test_without_a_year_nobody_guesses_one(office: Path) -> None:
    with pytest.raises(UsageError, match="für welches Jahr"):
        planned(office, [["Träger", "Verwaltungskosten (Euro)"], ["Emsland", 1]], jahr=None)


# ---------------------------------------------------------------- columns


@pytest.mark.parametrize(("heading", "words"), [
    ("Verwaltungskostne (Euro)", "Gemeint ist vielleicht „Verwaltungskosten (Euro)“."), ("Bemerkung der Kollegin", "ist nicht bekannt"),
    ("ziele.integrationsquote.gesamt.wert.x", "Gemeint ist vielleicht „Integrationsquote: Wert“."), ("akte.stand", "ist nicht bekannt"),
])  # fmt: skip
def test_an_unknown_column_is_named_with_its_cell(office: Path, heading: str, words: str) -> None:
    found = planned(office, [["Träger", heading], [KEY, 1]])
    assert [each.ort for each in found.faults] == ["Blatt Planung, Zelle B1"]
    assert words in found.faults[0].text


def test_two_columns_of_one_angabe_are_refused_however_they_are_called(office: Path) -> None:
    found = planned(office, [["Träger", "Verwaltungskosten (Euro)", "2025: Verwaltungskosten (Euro)"], [KEY, 1, 2]])
    assert found.faults[0].text == "Die Spalte „Verwaltungskosten (Euro)“ gibt es zweimal, auch in Blatt Planung, Zelle B1."


def test_a_column_of_the_year_before_is_shown_only(office: Path) -> None:
    found = planned(office, [["Träger", "2024: Verwaltungskosten (Euro)"], [KEY, 99]])
    assert (found.filled, found.faults) == ([], [])


def test_a_name_above_several_headings_belongs_to_them(office: Path) -> None:
    rows: list[list[Any]] = [
        ["Planung", "Integrationsquote"], ["Träger", "Richtung", "Wert", "Einheit", "Bezugsjahr", "2024"],
        [KEY, "steigt", 2.5, "Prozent", 2024, "um 3,9 % im Vergleich zum Jahr 2023 steigt"],
    ]  # fmt: skip
    found = planned(office, rows)
    assert not found.faults
    assert found.filled[0].changes[0].neu == Zielwert(richtung="steigt", wert=Decimal("2.5"), bezug=2024)
    assert found.hints == ["Über den Überschriften steht etwas, das nicht gelesen wird (Blatt Planung, Zelle A1)."]


def test_two_sheets_with_traeger_are_refused_and_one_without_is_left_alone(office: Path) -> None:
    path = workbook(office / "t.xlsx", [["Träger", "Verwaltungskosten (Euro)"], [KEY, 1]])
    book = load_workbook(path)
    book.create_sheet("Notizen")["A1"] = "Rückfrage an Herrn Müller"
    book.save(path)
    assert len(plan(open_library(office), read_sheets(cells(path)), 2025).filled) == 1
    book["Notizen"]["A1"] = "AGS"
    book.save(path)
    with pytest.raises(UsageError, match="Planung, Notizen"):
        plan(open_library(office), read_sheets(cells(path)), 2025)


def test_a_column_and_a_row_that_hold_nothing_are_offered_to_be_left_out_and_then_are(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows: list[list[Any]] = [
        ["Träger", "Verwaltungskosten (Euro)", "Bemerkung"],
        ["Emsland", 13500000, "telefonisch"],
        ["Summe", 13500000, None],
    ]
    path = workbook(office / "t.xlsx", rows)
    refused = zv(capsys, "planung", path, "--jahr", "2025", "--ordner", office)
    assert refused.code == 1
    assert "Soll davon etwas außer Acht bleiben: --ohne Bemerkung --ohne Summe\n" in refused.out
    assert "13.500.000" not in refused.out and refused.out.index("Bemerkung") < refused.out.index("Sonst: 1 Änderung in 1 Datensatz.")
    taken = zv(capsys, "planung", path, "--jahr", "2025", "--ohne", "bemerkung", "--ohne", "Summe", "--schreiben", "--ordner", office)
    assert taken.code == 0 and "Außer Acht gelassen: „bemerkung“, „Summe“." in taken.out
    assert record_of(office).haushalt.verwaltungskosten == 13500000


def test_a_name_that_nothing_has_cannot_be_left_out(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(office / "t.xlsx", [["Träger", "Verwaltungskosten (Euro)"], ["Emsland", 13500000]])
    ended = zv(capsys, "planung", path, "--jahr", "2025", "--ohne", "Sume", "--ordner", office)
    assert ended.code == 2 and "Weder eine Spalte noch eine Zeile heißt „Sume“." in ended.err


@pytest.mark.parametrize(("said", "printed"), [("i.V.", "In Vertretung"), ("i. A.", "Im Auftrage"), ("In Vertretung", "In Vertretung")])
def test_an_addition_in_short_is_written_in_full(said: str, printed: str, office: Path) -> None:
    made = planned(office, [["Träger", "unterschriften.traeger.1.zusatz"], ["Emsland", said]])
    assert not made.faults and [change.neu for each in made.filled for change in each.changes] in ([printed], [])


@pytest.mark.parametrize("said", ["kein", "ohne", "Keiner"])
def test_no_addition_is_not_printed_as_a_word(said: str, office: Path) -> None:
    made = planned(office, [["Träger", "unterschriften.traeger.1.zusatz"], ["Emsland", said]])
    assert [f"„{said}“ stünde so über dem Namen." in fault.text for fault in made.faults] == [True]
