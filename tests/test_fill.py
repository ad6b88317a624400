"""`zv planung`: a planning table, Excel or CSV, into many records; shown before it is written, refused while anything is uncertain."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from command import zv
from planning_tables import KEY, copy_of_office, office_with_drafts, planned, record_of, text_of, workbook

from agreements.errors import ChangedError
from agreements.library.library import open_library
from agreements.planning.changes import write

drafted = pytest.fixture(scope="module")(office_with_drafts)
office = pytest.fixture(copy_of_office)


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
        write(library, found.filled[0], None, "a")
    assert "gesamtbudget_mio: 22.0" in text_of(office)
    assert "verwaltungskosten: null" in text_of(office)


def test_a_whole_filling_is_taken_back_at_once_around_what_was_changed_since(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = text_of(office), text_of(office, "lk-peine")
    rows: list[list[Any]] = [
        ["Träger", "Verwaltungskosten (Euro)", "Gesamtbudget (Mio. Euro)"],
        [KEY, 13500000, 22.4],
        ["lk-peine", 9500000, 17.1],
    ]
    table = workbook(office / "t.xlsx", rows)
    assert zv(capsys, "fill", table, "--jahr", "2025", "--schreiben", "--kuerzel", "Mu", "--ordner", office).code == 0
    path = office / "agreements/2025/lk-peine.yaml"
    path.write_text(path.read_text("utf-8").replace("verwaltungskosten: 9500000", "verwaltungskosten: 9600000"), encoding="utf-8")
    ended = zv(capsys, "zurueck", "--ordner", office)
    assert ended.code == 1 and "Die Stelle wurde seitdem geändert." in ended.err and len(ended.err.splitlines()) == 1
    assert ended.out.startswith("2025/lk-emsland: Zurückgenommen ist Schritt 2: aus der Planungstabelle")
    assert text_of(office) == before[0]
    path.write_text(path.read_text("utf-8").replace("verwaltungskosten: 9600000", "verwaltungskosten: 9500000"), encoding="utf-8")
    assert zv(capsys, "zurueck", "--ordner", office).code == 0
    assert text_of(office, "lk-peine") == before[1]


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
