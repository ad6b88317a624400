"""`zv fill`: a planning table, Excel or CSV, into many records; shown before it is written, refused while anything in it is not certain."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from command import zv
from emsland import ROOT
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from sampling import examples
from strategies import ZKT, records, texts

from agreements.errors import ChangedError, UnreadableError, UsageError, ZvError
from agreements.library.library import Library, open_library
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung, Zielwert, plain
from agreements.model.values import OFFEN
from agreements.planning.changes import Plan, plan, write
from agreements.planning.sheet import Cell, Sheet, quoted, read_sheets, unquoted, write_sheets
from agreements.store.store import Store, dump_record
from agreements.wording.foreseen import put
from extract.files.sandbox import Job, Limits, run
from extract.files.spreadsheet import cells
from render.planning_table import PlanningTable
from render.table import Column, Table, render_csv, render_xlsx
from zv import main as zv_main

KEY = "lk-emsland"
LAW = settings(
    max_examples=examples(5),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Without shrinking: of agreements that go through Excel it takes minutes."""


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with the agreements of 2024 and two drafts of 2025, one of them without last year's."""
    folder = tmp_path_factory.mktemp("amt")
    shutil.copytree(ROOT / "agreements" / "2024", folder / "agreements" / "2024")
    assert zv_main.run(["--ordner", str(folder), "draft", "2025", KEY, "lk-peine"]) == 0
    return folder


@pytest.fixture
def office(drafted: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(drafted, tmp_path / "amt"))


def record_of(folder: Path, key: str = KEY) -> Vereinbarung:
    return open_library(folder).store.load((2025, key)).record


def text_of(folder: Path, key: str = KEY) -> str:
    return (folder / f"agreements/2025/{key}.yaml").read_text(encoding="utf-8")


def workbook(path: Path, rows: Sequence[Sequence[Any]], forms: Mapping[str, str] | None = None) -> Path:
    """A table as another program than ours writes it; `forms` are number formats by cell."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Planung"
    for row in rows:
        sheet.append(list(row))
    for cell, form in (forms or {}).items():
        sheet[cell].number_format = form
    book.save(path)
    return path


def planned(folder: Path, rows: Sequence[Sequence[Any]], forms: Mapping[str, str] | None = None, jahr: int | None = 2025) -> Plan:
    """What a table asks for."""
    path = workbook(folder / "tabelle.xlsx", rows, forms)
    return plan(open_library(folder), read_sheets(cells(path)), jahr)


def fault(folder: Path, heading: str, value: Any, form: str = "General") -> str:
    """The one fault of a table with one value, in cell B2."""
    found = planned(folder, [["Träger", heading], [KEY, value]], {"B2": form})
    assert not found.filled
    (only,) = found.faults
    assert only.ort == "Blatt Planung, Zelle B2"
    return only.text


def value(folder: Path, heading: str, given: Any, form: str = "General") -> Any:
    """The one new value of a table with one value."""
    found = planned(folder, [["Träger", heading], [KEY, given]], {"B2": form})
    assert not found.faults
    return found.filled[0].changes[0].neu


# ---------------------------------------------------------------- shown, then written


def test_what_changes_is_shown_old_and_new_with_its_cell_and_nothing_is_written(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = text_of(office)
    path = workbook(office / "t.xlsx", [["Träger", "Jahr", "Verwaltungskosten (Euro)"], ["Landkreis Emsland", 2025, 13500000]])
    ended = zv(capsys, "fill", path, "--ordner", office)
    assert ended.code == 0
    line = next(line for line in ended.out.splitlines() if "Verwaltungskosten" in line)
    assert line.split() == ["C2", "Verwaltungskosten", "(Euro)", "offen", "13.500.000"]
    assert "Geschrieben ist noch nichts." in ended.out
    assert text_of(office) == before


def test_written_it_keeps_every_other_line_and_the_comment_what_it_was(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = text_of(office).splitlines()
    path = workbook(office / "t.xlsx", [["AGS", "haushalt.verwaltungskosten"], ["03454", 13500000]])
    assert zv(capsys, "fill", path, "--jahr", "2025", "--schreiben", "--ordner", office).code == 0
    after = text_of(office).splitlines()
    place = before.index("  verwaltungskosten: null")
    assert before[place - 1] == "  # 2024: 13.155.724 Euro"
    assert after == [*before[:place], "  verwaltungskosten: 13500000", *before[place + 1 :]]


def test_written_twice_it_says_the_same(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = workbook(office / "t.xlsx", [["Träger", "Integrationsquote"], [KEY, "um 2,0 % im Vergleich zum Jahr 2024 steigt"]])
    zv(capsys, "fill", path, "--jahr", "2025", "--schreiben", "--ordner", office)
    after = text_of(office)
    ended = zv(capsys, "fill", path, "--jahr", "2025", "--schreiben", "--ordner", office)
    assert (ended.code, ended.out) == (0, "Die Tabelle sagt dasselbe wie die Datensätze.\n")
    assert text_of(office) == after


def test_one_fault_keeps_everything_from_being_written(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = text_of(office), text_of(office, "lk-peine")
    rows: list[list[Any]] = [["Träger", "Verwaltungskosten (Euro)"], [KEY, 13500000], ["lk-peine", "rund neun Mio."]]
    ended = zv(capsys, "fill", workbook(office / "t.xlsx", rows), "--jahr", "2025", "--schreiben", "--ordner", office)
    assert ended.code == 1
    assert "Zelle B3: Hier gehört eine Zahl hin, es steht aber der Text „rund neun Mio.“ da." in ended.out
    assert "1 Stelle zu berichtigen. Geschrieben wurde nichts." in ended.out
    assert (text_of(office), text_of(office, "lk-peine")) == before


def test_carried_marks_of_what_changes_are_settled_and_the_others_stay(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    carried = dict(record_of(office).akte.uebernommen)
    path = workbook(office / "t.xlsx", [["Träger", "Ziel 4: Umsetzungsschritte"], [KEY, "Der erste Schritt\nDer zweite Schritt"]])
    zv(capsys, "fill", path, "--jahr", "2025", "--schreiben", "--ordner", office)
    after = record_of(office)
    assert after.ziele.individuell[4].schritte == ("Der erste Schritt", "Der zweite Schritt")
    del carried["ziele.individuell.4.schritte"]
    assert after.akte.uebernommen == carried


def test_the_last_carried_mark_goes_with_its_key(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(office)
    heads = list(record.akte.uebernommen)
    path = workbook(office / "t.xlsx", [["Träger", *heads], [KEY, *["Ein neuer Text"] * len(heads)]])
    assert zv(capsys, "fill", path, "--jahr", "2025", "--schreiben", "--ordner", office).code == 0
    assert "uebernommen:" not in text_of(office)


def test_where_a_value_was_read_and_what_stood_there_before_go_with_the_value(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = office / f"agreements/2025/{KEY}.yaml"
    found = "".join(f"    haushalt.{name}:\n      seite: 3\n      sicherheit: 0.9\n" for name in ("gesamtbudget_mio", "verwaltungskosten"))
    before = "".join(f"    haushalt.{name}: '7'\n" for name in ("gesamtbudget_mio", "verwaltungskosten"))
    path.write_text(f"{text_of(office)}  nachverfolgt:\n{before}  fundstellen:\n{found}", encoding="utf-8")
    table = workbook(office / "t.xlsx", [["Träger", "Verwaltungskosten (Euro)"], [KEY, 13500000]])
    assert zv(capsys, "fill", table, "--jahr", "2025", "--schreiben", "--ordner", office).code == 0
    akte = record_of(office).akte
    assert set(akte.fundstellen) == set(akte.nachverfolgt) == {"haushalt.gesamtbudget_mio"}


def test_a_record_that_somebody_changed_meanwhile_is_not_overwritten(office: Path) -> None:
    library = open_library(office)
    found = planned(office, [["Träger", "Verwaltungskosten (Euro)"], [KEY, 13500000]])
    path = office / f"agreements/2025/{KEY}.yaml"
    path.write_text(text_of(office).replace("gesamtbudget_mio: null", "gesamtbudget_mio: 22.0"), encoding="utf-8")
    with pytest.raises(ChangedError):
        write(library, found.filled[0])
    assert "gesamtbudget_mio: 22.0" in text_of(office)
    assert "verwaltungskosten: null" in text_of(office)


def test_for_programs_everything_is_json(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rows: list[list[Any]] = [
        ["Träger", "Gesamtbudget (Mio. Euro)", "Bestand an Langzeitleistungsbeziehenden"],
        [KEY, 22.4, "um nicht mehr als 10,0 % im Vergleich zum Jahr 2024 steigt"],
    ]
    path = workbook(office / "t.xlsx", rows)
    told = json.loads(zv(capsys, "fill", path, "--jahr", "2025", "--schreiben", "--format", "json", "--ordner", office).out)
    assert (told["jahr"], told["fehler"]) == (2025, [])
    (record,) = told["datensaetze"]
    assert (record["traeger"], record["geschrieben"]) == (KEY, True)
    budget, target = record["aenderungen"]
    assert (budget["feld"], budget["zelle"], budget["alt"], budget["wert"]) == (
        "haushalt.gesamtbudget_mio",
        "Blatt Planung, Zelle B2",
        ["offen"],
        "22.4",
    )
    assert target["wert"] == {"richtung": "steigt", "schranke": "hoechstens", "wert": "10.0", "einheit": "prozent", "bezug": 2024}


def test_at_a_terminal_a_person_is_asked_and_only_a_yes_writes(
    office: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(office / "t.xlsx", [["Träger", "Verwaltungskosten (Euro)"], [KEY, 13500000]])
    for answer, wanted in (("", "null"), ("nein", "null"), ("j", "13500000")):
        terminal = io.StringIO(f"{answer}\n")
        monkeypatch.setattr(terminal, "isatty", lambda: True)
        monkeypatch.setattr("sys.stdin", terminal)
        monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
        zv(capsys, "fill", path, "--jahr", "2025", "--ordner", office)
        assert f"verwaltungskosten: {wanted}\n" in text_of(office)


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
    ([["lk-leer", 1]], "A2", "Zuerst: zv draft 2025 lk-leer"),
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
    assert found.faults[0] == ("Blatt Planung, Zelle B2", "Hier steht 2024, gefüllt werden soll 2025.")


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


# ---------------------------------------------------------------- cells


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


def test_what_is_hidden_is_read_and_said(office: Path) -> None:
    path = workbook(office / "t.xlsx", [["Träger", "Verwaltungskosten (Euro)"], [KEY, 1]])
    book = load_workbook(path)
    book["Planung"].row_dimensions[2].hidden = True
    book.save(path)
    found = plan(open_library(office), read_sheets(cells(path)), 2025)
    assert found.hints == ["Blatt Planung: ausgeblendete Zeilen werden mitgelesen: 2."]
    assert found.changes == 1


def test_a_record_that_is_signed_already_is_told_of(office: Path) -> None:
    path = office / f"agreements/2025/{KEY}.yaml"
    path.write_text(text_of(office).replace("stand: entwurf", "stand: unterzeichnet"), encoding="utf-8")
    found = planned(office, [["Träger", "Verwaltungskosten (Euro)"], [KEY, 1]])
    assert found.hints == ["lk-emsland ist schon unterzeichnet; geändert würde der Datensatz trotzdem."]


# ---------------------------------------------------------------- the template


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_the_template_of_the_year_read_back_changes_nothing(office: Path, suffix: str, capsys: pytest.CaptureFixture[str]) -> None:
    path = office / f"vorlage.{suffix}"
    ended = zv(capsys, "fill", "--vorlage", "--jahr", "2024", "--nach", path, "--ordner", office)
    assert ended.code == 0
    assert "Noch ohne Datensatz: Landkreis Ammerland" in ended.err
    assert zv(capsys, "fill", path, "--ordner", office).out == "Die Tabelle sagt dasselbe wie die Datensätze.\n"


def test_the_template_has_the_sixteen_and_what_each_said_the_year_before(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert zv(capsys, "fill", "--vorlage", "--ordner", office).code == 0
    sheet = load_workbook(office / "Planung-2025.xlsx")["Planung 2025"]
    rows = {row[0]: row for row in sheet.iter_rows(min_row=3, values_only=True)}
    assert list(rows) == [row.name for row in ZKT]
    shown = {str(each) for each in rows["Landkreis Emsland"]}
    assert {"03454", "2025", "13155724", "um 3,9 % im Vergleich zum Jahr 2023 steigt", "Meppen"} <= shown


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(
    SOFFICE is None or not (Path(SOFFICE).resolve().parent / "libsclo.so").is_file(),
    reason="LibreOffice Calc is not installed: the table is not saved by it",
)
def test_a_template_that_another_program_opened_and_saved_says_the_same(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert SOFFICE
    assert zv(capsys, "fill", "--vorlage", "--jahr", "2024", "--ordner", office).code == 0
    profile = f"-env:UserInstallation={(office / 'profil').as_uri()}"
    words: list[str | Path] = [SOFFICE, profile, "--headless", "--convert-to", "xlsx", "--outdir", office / "neu"]
    subprocess.run([*words, office / "Planung-2024.xlsx"], check=True, capture_output=True, timeout=120)
    assert zv(capsys, "fill", office / "neu/Planung-2024.xlsx", "--ordner", office).out == "Die Tabelle sagt dasselbe wie die Datensätze.\n"


def test_a_template_is_not_written_over(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert zv(capsys, "fill", "--vorlage", "--ordner", office).code == 0
    ended = zv(capsys, "fill", "--vorlage", "--ordner", office)
    assert ended.code == 1
    assert "Die Datei gibt es schon" in ended.err


@pytest.mark.parametrize(("words", "message"), [
    (["--vorlage", "--nach", "x.ods"], "Die Vorlage heißt auf .xlsx oder .csv."), (["--jahr", "2025"], "Entweder eine Tabelle nennen"),
    (["--vorlage", "--schreiben"], "Entweder eine Tabelle nennen"), (["--vorlage", "--jahr", "2027"], "Zuerst: zv draft 2027 --alle"),
])  # fmt: skip
def test_a_call_for_nothing_possible_is_told_so(office: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "fill", *words, "--ordner", office)
    assert ended.code == 2
    assert message in ended.err


@pytest.mark.law
@pytest.mark.parametrize("form", ["xlsx", "csv"])
@LAW
@given(record=records())
def test_a_template_of_any_record_read_back_changes_nothing(form: str, record: Vereinbarung, tmp_path: Path) -> None:
    folder, library = stored_alone(tmp_path, record)
    table = PlanningTable(library, record.jahr).table()
    path = folder / f"t.{form}"
    path.write_bytes(render_csv(table) if form == "csv" else render_xlsx([table], "t"))
    found = plan(library, read_sheets(cells(path)), record.jahr)
    assert (found.faults, found.filled) == ([], [])


@pytest.mark.law
@pytest.mark.parametrize("form", ["xlsx", "csv"])
@LAW
@given(record=records())
def test_values_come_through_a_table_letter_by_letter(form: str, record: Vereinbarung, tmp_path: Path) -> None:
    _, library = stored_alone(tmp_path / "voll", record)
    table = PlanningTable(library, record.jahr).table()
    path = tmp_path / f"t.{form}"
    path.write_bytes(render_csv(table) if form == "csv" else render_xlsx([table], "t"))
    agreed = {feld: each for feld, each in angaben(record).items() if feld.startswith(("haushalt.", "ziele.")) and each is not OFFEN}
    data = plain(record)
    for feld in agreed:
        put(data, feld, OFFEN)
    _, opened = stored_alone(tmp_path / "offen", Vereinbarung.model_validate(data))
    found = plan(opened, read_sheets(cells(path)), record.jahr)
    if any(unclear("\n".join(each) if isinstance(each, tuple) else each) for each in agreed.values()):
        assert found.faults
        return
    assert not found.faults
    new = {change.feld: change.neu for filled in found.filled for change in filled.changes}
    assert {feld: str(each) for feld, each in new.items()} == {feld: str(each) for feld, each in agreed.items()}


def unclear(text: object) -> bool:
    """Whether a cell that says only this is asked about."""
    if not isinstance(text, str):
        return False
    return not text.strip("-–—") or text.casefold() in ("x", "offen", "[offen]") or text.startswith("• ") or "\n• " in text


def stored_alone(folder: Path, record: Vereinbarung) -> tuple[Path, Library]:
    """A library with this one record."""
    path = folder / f"agreements/{record.jahr}/{record.traeger}.yaml"
    shutil.rmtree(folder / "agreements", ignore_errors=True)
    path.parent.mkdir(parents=True)
    path.write_text(dump_record(record), encoding="utf-8")
    if not (folder / "templates").exists():
        shutil.copytree(ROOT / "templates", folder / "templates")
    return folder, Library(Store(folder, folder))


@given(text=texts())
def test_no_text_of_a_csv_file_is_run_and_each_comes_back(text: str) -> None:
    assert not quoted(text).startswith(("=", "+", "-", "@"))
    assert unquoted(quoted(text)) == text
    assert unquoted(quoted(f"'{text}")) == f"'{text}"


@given(st.lists(st.lists(st.builds(Cell, ort=texts(2), art=st.sampled_from(["leer", "text", "zahl"]), text=texts(3)), max_size=3)))
def test_sheets_survive_the_way_out_of_their_process(rows: list[list[Cell]]) -> None:
    sheets = (Sheet("Planung", tuple(map(tuple, rows)), ("Ein Hinweis.",)),)
    assert read_sheets(write_sheets(sheets)) == sheets


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
