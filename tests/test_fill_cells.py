"""Cells of a planning table: each gives its value with the digits it shows, or is named with the reason why it gives none."""

from __future__ import annotations

import time
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from planning_tables import KEY, copy_of_office, fault, office_with_drafts, planned, text_of, value, workbook

from agreements.errors import UnreadableError
from agreements.library.library import open_library
from agreements.model.record import Zielwert
from agreements.model.values import OFFEN
from agreements.planning.changes import plan
from agreements.planning.sheet import read_sheets
from extract.files.spreadsheet import cells

drafted = pytest.fixture(scope="module")(office_with_drafts)
office = pytest.fixture(copy_of_office)


@pytest.mark.parametrize(("heading", "given", "form", "wanted"), [
    ("Verwaltungskosten (Euro)", 13155724, "#,##0", 13155724), ("Verwaltungskosten (Euro)", 5118940.5, "#,##0.00", Decimal("5118940.50")),
    ("Verwaltungskosten (Euro)", "13.155.724", "@", 13155724),
    ("Verwaltungskosten (Euro)", "5.118.940,50 Euro", "@", Decimal("5118940.50")),
    ("Gesamtbudget (Mio. Euro)", 21.9, "General", Decimal("21.9")), ("Gesamtbudget (Mio. Euro)", 22, "0.0", Decimal("22.0")),
    ("Gesamtbudget (Mio. Euro)", "21,90", "@", Decimal("21.90")), ("Gesamtbudget (Mio. Euro)", 0.1 + 0.2, "General", Decimal("0.3")),
    ("Gesamtbudget (Mio. Euro)", 13, '#,##0.0\\ "Mio."', Decimal("13.0")),
    ("Unterschrift Träger 1: Datum", date(2025, 2, 3), "DD.MM.YYYY", date(2025, 2, 3)),
    ("Unterschrift Träger 1: Datum", datetime(2025, 2, 3), "DD.MM.YYYY", date(2025, 2, 3)),
    ("Unterschrift Träger 1: Datum", "3. Februar 2025", "@", date(2025, 2, 3)),
    ("Unterschrift Träger 1: Datum", "03.02.2025", "@", date(2025, 2, 3)),
    ("Unterschrift Träger 1: Datum", "2025-02-03", "@", date(2025, 2, 3)), ("Unterschrift Träger 1: Name", " Łucja ", "@", "Łucja"),
    ("Ziel 6: Ziel", " Ein Absatz. \n\n Noch einer.", "@", ("Ein Absatz.", "Noch einer.")),
])  # fmt: skip
def test_a_cell_gives_its_value_with_the_digits_it_shows(office: Path, heading: str, given: object, form: str, wanted: object) -> None:
    found = value(office, heading, given, form)
    assert (found, str(found)) == (wanted, str(wanted))


@pytest.mark.parametrize(("heading", "given", "form", "words"), [
    ("Verwaltungskosten (Euro)", "ca. 13 Mio.", "@", "Hier gehört eine Zahl hin, es steht aber der Text „ca. 13 Mio.“ da."),
    ("Verwaltungskosten (Euro)", "13.155", "@", "kann 13155 oder 13,155 heißen"),
    ("Verwaltungskosten (Euro)", 13155724.4, "#,##0", "Die Zelle zeigt 13155724, enthält aber 13155724,4."),
    ("Verwaltungskosten (Euro)", 13155.724, "General", "mehr als zwei Nachkommastellen"),
    ("Verwaltungskosten (Euro)", 13155724, "#,##0,", "verkürzt oder als Bruch"),
    ("Verwaltungskosten (Euro)", 13155724, "0.00E+00", "verkürzt"), ("Verwaltungskosten (Euro)", -1, "General", "ist hier nicht möglich"),
    ("Verwaltungskosten (Euro)", "1" * 20, "@", "mehr als 15 Stellen"), ("Verwaltungskosten (Euro)", "9" * 400, "@", "mehr als 15 Stellen"),
    ("Gesamtbudget (Mio. Euro)", f"0,{'1' * 18}", "@", "mehr als 15 Stellen"), ("Integrationsquote: Wert", "9" * 400, "@", "15 Stellen"),
    ("Verwaltungskosten (Euro)", True, "General", "Wahrheitswert"),
    ("Verwaltungskosten (Euro)", 0.039, "0.0%", "Die Zelle zeigt 3,9 %, hier gehört aber ein Betrag hin."),
    ("Verwaltungskosten (Euro)", date(2025, 9, 3), "DD.MM.YYYY", "das Datum 2025-09-03 da; vielleicht hat Excel sie umgedeutet"),
    ("Verwaltungskosten (Euro)", "–", "@", "ist nicht eindeutig"), ("Verwaltungskosten (Euro)", "k. A.", "@", "ist nicht eindeutig"),
    ("Verwaltungskosten (Euro)", "=1+1", "General", "Formel ohne gespeichertes Ergebnis"),
    ("Verwaltungskosten (Euro)", "#DIV/0!", "General", "steht ein Fehler (#DIV/0!)"),
    ("Gesamtbudget (Mio. Euro)", 21.85266, "0.0", "Die Zelle zeigt 21,9, enthält aber 21,85266."),
    ("Integrationsquote", 3.9, "General", "Hier gehört der ganze Zielwert hin"),
    ("Integrationsquote", "wie gehabt", "@", "ist nicht als Zielwert zu lesen"),
    ("Integrationsquote: Wert", "viel", "@", "es steht aber der Text „viel“ da"),
    ("Integrationsquote: Richtung", "rauf", "@", "Möglich sind: steigt"),
    ("Integrationsquote: Bezugsjahr", "2O24", "@", "Hier gehört ein Jahr hin"),
    ("Integrationsquote: Wert", 3.9, "General", "Zum Zielwert fehlt: Richtung"),
    ("Unterschrift Träger 1: Name", 7, "General", "es steht aber die Zahl 7 da"), ("Unterschrift Träger 1: Name", "Ж", "@", "U+0416"),
    ("Unterschrift Träger 1: Datum", "31. Februar 2025", "@", "Hier gehört ein Datum hin"),
    ("Unterschrift Träger 1: Datum", "2025-02-31", "@", "Den Tag „2025-02-31“ gibt es nicht."),
    ("Ziel 4: Umsetzungsschritte", "• Eins", "@", "ohne Aufzählungszeichen"),
])  # fmt: skip
def test_a_cell_that_is_not_certain_is_named_with_the_reason(office: Path, heading: str, given: object, form: str, words: str) -> None:
    assert words in fault(office, heading, given, form)


@pytest.mark.parametrize(("cells_given", "wanted"), [
    ({"Richtung": "steigt", "Wert": 3.9, "Einheit": "Prozent", "Bezugsjahr": 2024},
     Zielwert(richtung="steigt", wert=Decimal("3.9"), bezug=2024)),
    ({"Richtung": "sinkt", "Schranke": "höchstens", "Wert": "14,0 %", "Einheit": "prozent", "Bezugsjahr": "Vorjahr"},
     Zielwert(richtung="sinkt", schranke="hoechstens", wert=Decimal("14.0"), bezug=2024)),
    ({"Richtung": "gleich bleibt", "Bezugsjahr": 2023}, Zielwert(richtung="gleich", bezug=2023)),
    ({"Richtung": "beträgt", "Schranke": "rund", "Wert": 3500, "Einheit": "Personen"},
     Zielwert(richtung="betraegt", schranke="rund", wert=Decimal(3500), einheit="personen")),
    ({"Richtung": "offen"}, OFFEN),
])  # fmt: skip
def test_a_target_in_separate_columns_is_put_together(office: Path, cells_given: dict[str, Any], wanted: object) -> None:
    heads = [f"Bestand an Langzeitleistungsbeziehenden: {name}" for name in cells_given]
    found = planned(office, [["Träger", *heads], [KEY, *cells_given.values()]])
    assert not found.faults
    assert [change.neu for each in found.filled for change in each.changes] == ([] if wanted is OFFEN else [wanted])


@pytest.mark.parametrize(("cells_given", "words"), [
    ({"Richtung": "steigt", "Wert": 3.9, "Bezugsjahr": 2024}, "Zum Zielwert fehlt: Einheit."),
    ({"Richtung": "steigt", "Wert": 3.9, "Einheit": "Prozent"}, "Zum Zielwert fehlt: Bezugsjahr."),
    ({"Richtung": "offen", "Wert": 3.9}, "zugleich offen und hat einen Wert"),
    ({"Richtung": "beträgt", "Wert": 3.9, "Einheit": "Prozent"}, "„betraegt“ nennt ein Niveau"),
    ({"Richtung": "steigt", "Wert": "3,9 %", "Einheit": "Personen", "Bezugsjahr": 2024}, "die Einheit ist aber personen"),
])  # fmt: skip
def test_a_target_that_lacks_a_part_or_contradicts_itself_is_refused(office: Path, cells_given: dict[str, Any], words: str) -> None:
    heads = [f"Integrationsquote: {name}" for name in cells_given]
    found = planned(office, [["Träger", *heads], [KEY, *cells_given.values()]])
    assert words in found.faults[0].text


def test_a_whole_target_and_its_columns_must_say_the_same(office: Path) -> None:
    heads = ["Integrationsquote", *(f"Integrationsquote: {name}" for name in ("Richtung", "Wert", "Einheit", "Bezugsjahr"))]
    phrase = "um 3,9 % im Vergleich zum Jahr 2024 steigt"
    assert not planned(office, [["Träger", *heads], [KEY, phrase, "steigt", 3.9, "Prozent", 2024]]).faults
    found = planned(office, [["Träger", *heads], [KEY, phrase, "steigt", 4.9, "Prozent", 2024]])
    assert "sagen Verschiedenes" in found.faults[0].text


def test_women_and_men_inherit_the_year_of_the_total_in_the_same_row(office: Path) -> None:
    heads = ["Integrationsquote der Frauen", "Integrationsquote der Männer", "Integrationsquote"]
    found = planned(office, [["Träger", *heads], [KEY, "um 5,1 % steigt", "um 2,7 % steigt", "um 3,9 % im Vergleich zum Jahr 2024 steigt"]])
    assert [change.neu.bezug for change in found.filled[0].changes] == [2024, 2024, 2024]


def test_a_level_beside_a_target_is_not_left_behind_when_the_target_changes(office: Path) -> None:
    path = office / f"agreements/2025/{KEY}.yaml"
    target = (
        "gesamt:\n      richtung: steigt\n      wert: 2.0\n      bezug: 2024\n      entspricht:\n        richtung: betraegt\n"
        "        wert: 31.1\n        einheit: prozent_niveau\n"
    )
    path.write_text(text_of(office).replace("gesamt: null\n", target, 1), encoding="utf-8")
    assert "auch das Niveau" in fault(office, "Integrationsquote", "um 3,0 % im Vergleich zum Jahr 2024 steigt")


def test_a_value_that_the_wording_cannot_print_is_refused(office: Path) -> None:
    found = planned(office, [["Träger", "Ziel 4: Ziel"], [KEY, "Ein Absatz, den Ziel 4 nicht hat."]])
    assert found.faults[0].ort == "Blatt Planung, Zelle A2"
    assert "nicht möglich" in found.faults[0].text


def test_merged_cells_are_refused_where_values_stand(office: Path) -> None:
    path = workbook(office / "t.xlsx", [["Träger", "Verwaltungskosten (Euro)"], [KEY, 1], ["lk-peine", None]])
    book = load_workbook(path)
    book["Planung"].merge_cells("B2:B3")
    book.save(path)
    faults = plan(open_library(office), read_sheets(cells(path)), 2025).faults
    assert {each.ort for each in faults} == {"Blatt Planung, Zelle B2", "Blatt Planung, Zelle B3"}


def test_a_formula_counts_with_the_result_that_was_stored(office: Path, tmp_path: Path) -> None:
    path = workbook(tmp_path / "t.xlsx", [["Träger", "Verwaltungskosten (Euro)"], [KEY, "=13000000+500000"]])
    stored = tmp_path / "gerechnet.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(stored, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<v></v>", b"<v>13500000</v>").replace(b"<v />", b"<v>13500000</v>"))
    found = plan(open_library(office), read_sheets(cells(stored)), 2025)
    assert found.filled[0].changes[0].neu == 13500000


def test_a_record_that_is_signed_already_is_told_of(office: Path) -> None:
    path = office / f"agreements/2025/{KEY}.yaml"
    path.write_text(text_of(office).replace("stand: entwurf", "stand: unterzeichnet"), encoding="utf-8")
    found = planned(office, [["Träger", "Verwaltungskosten (Euro)"], [KEY, 1]])
    assert found.hints == ["lk-emsland ist schon unterzeichnet; geändert würde der Datensatz trotzdem."]


def test_a_csv_file_of_more_columns_than_a_spreadsheet_has_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "planung.csv"
    path.write_text("Träger" + ";x" * 20_000, encoding="utf-8")
    with pytest.raises(UnreadableError, match="Die Tabelle hat 20001 Spalten"):
        cells(path)


def test_a_word_of_many_letters_is_looked_through_once(tmp_path: Path) -> None:
    path = tmp_path / "planung.csv"
    path.write_text(f"Träger;Jahr\n{'ä' * 100_000};2024\n", encoding="utf-8")
    began = time.process_time()
    assert cells(path)
    assert time.process_time() - began < 2
    path.write_text(f"Träger;Jahr\n{'x' * 100_000} TrÃ¤ger;2024\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match="„TrÃ¤ger“"):
        cells(path)
