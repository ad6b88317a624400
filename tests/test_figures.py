"""`zv kennzahlen`: absolute figures from a table, kept in the folder and shown beside the targets."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from command import ROOT, zv
from planning_tables import workbook
from test_bad_input import files

from agreements.library.library import open_library
from agreements.overview.overview import survey
from render.overview_table import render_overview_csv

Capture = pytest.CaptureFixture[str]
HEAD = ["AGS", "Jahr", "Größe", "Wert"]
LZB = "Bestand an Langzeitleistungsbeziehenden"


@pytest.fixture
def office(tmp_path: Path, capsys: Capture) -> Path:
    """The agreement of 2024 and next year's draft."""
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    assert zv(capsys, "entwirf", "2025", "emsland", "--ordner", tmp_path).code == 0
    return tmp_path


def kept(office: Path, capsys: Capture, *rows: list[object], words: tuple[str, ...] = ()) -> tuple[int, str, str]:
    path = workbook(office / "Statistik.xlsx", [HEAD, *rows])
    return zv(capsys, "kennzahlen", path, *words, "--ordner", office)


def test_figures_are_kept_and_stand_beside_the_targets_they_are_about(office: Path, capsys: Capture) -> None:
    code, out, err = kept(office, capsys, ["03454", 2023, LZB, 5123], [3454, 2024, "K3", 5400], ["Emsland", 2023, "K2", 28.4])
    assert (code, err) == (0, "") and "(3 neu, 0 ersetzt, 0 gleich)" in out
    assert (office / "agreements/kennzahlen.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "03454;2023;ziele.integrationsquote.gesamt;28.4;Statistik.xlsx",
        "03454;2023;ziele.langzeitleistungsbezug.gesamt;5123;Statistik.xlsx",
        "03454;2024;ziele.langzeitleistungsbezug.gesamt;5400;Statistik.xlsx",
    ]
    compared = " ".join(zv(capsys, "vergleiche", "2024/emsland", "2025/emsland", "--ordner", office).out.split())
    assert f"Kennzahl {LZB}: 2023: 5.123, 2024: 5.400" in compared and "Kennzahl Integrationsquote: 2023: 28,4" in compared
    overview = survey(open_library(office), [2024])
    assert [(row.groesse, row.gruppe, str(row.kennzahl)) for row in overview.rows if row.kennzahl] == [
        ("integrationsquote", "gesamt", "28.4"), ("langzeitleistungsbezug", "gesamt", "5123"),
    ]  # fmt: skip
    told = " ".join(zv(capsys, "uebersicht", "2024", "--ordner", office).out.split()).replace("\N{NO-BREAK SPACE}", " ")
    assert "(2023: 5.123)" in told.replace(" ", " ")
    row = next(
        row for row in csv.DictReader(io.StringIO(render_overview_csv(overview)["international"].decode())) if row["kennzahl"] == "28.4"
    )
    assert (row["groesse"], row["gruppe"], row["wert"]) == ("integrationsquote", "gesamt", "3.9")


def test_on_the_page_a_figure_is_told_for_what_it_is_and_not_as_a_doubt(office: Path, capsys: Capture) -> None:
    kept(office, capsys, ["03454", 2023, "K3", 5123])
    zv(capsys, "uebersicht", "2024", "--format", "html", "--ordner", office)
    page = (office / "out/uebersicht/2024.html").read_text(encoding="utf-8")
    assert page.count('<span class="daneben">Kennzahl 2023:\N{NO-BREAK SPACE}5.123</span>') == 1
    assert 'class="vermerk"' not in page and "aus der Statistik" in page and "oder ergänzt" not in page
    (office / "agreements/kennzahlen.csv").unlink()
    zv(capsys, "uebersicht", "2024", "--format", "html", "--ordner", office)
    page = (office / "out/uebersicht/2024.html").read_text(encoding="utf-8")
    assert 'class="daneben"' not in page and "Statistik" not in page and "errechnet oder ergänzt" in page


def test_the_same_table_again_changes_nothing_and_another_value_only_when_asked(office: Path, capsys: Capture) -> None:
    kept(office, capsys, ["03454", 2023, "K3", 5123])
    assert "(0 neu, 0 ersetzt, 1 gleich)" in kept(office, capsys, ["03454", 2023, "K3", 5123])[1]
    before = (office / "agreements/kennzahlen.csv").read_bytes()
    code, out, err = kept(office, capsys, ["03454", 2023, "K3", 5124])
    assert code == 1 and "bisher 5123, jetzt 5124" in out and "--ersetzen" in err
    assert (office / "agreements/kennzahlen.csv").read_bytes() == before
    assert "(0 neu, 1 ersetzt, 0 gleich)" in kept(office, capsys, ["03454", 2023, "K3", 5124], words=("--ersetzen",))[1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["03999", 2023, "K3", 1], "Zelle A2: Den Träger „03999“ gibt es 2023 nicht."),
        (["03454", "Vorjahr", "K3", 1], "Zelle B2: „Vorjahr“ ist kein Jahr."),
        (["03454", 2023, "Bestand LZB", 1], f"Zelle C2: Eine Größe „Bestand LZB“ gibt es nicht. Gemeint ist vielleicht: {LZB}."),
        (["03454", 2023, "K3", "viele"], "Zelle D2: Hier gehört eine Zahl hin"),
        (["03454", 2023, "K3", None], "Zelle D2: Hier fehlt der Wert."),
        ([None, 2023, "K3", 1], "In der Zeile fehlt der AGS."),
        (["03454", 2023, "K3", "1.234"], "kann 1234 oder 1,234 heißen"),
    ],
)
def test_a_row_that_is_not_certain_is_told_with_its_cell_and_nothing_is_kept(
    row: list[object], said: str, office: Path, capsys: Capture
) -> None:
    code, out, err = kept(office, capsys, row, ["03454", 2022, "K3", 5000])
    assert code == 1 and said in out and "Hinterlegt wurde nichts." in err
    assert not (office / "agreements/kennzahlen.csv").exists()


def test_a_figure_that_stands_twice_is_a_fault(office: Path, capsys: Capture) -> None:
    code, out, _ = kept(office, capsys, ["03454", 2023, "K3", 1], ["Emsland", 2023, LZB, 2])
    assert code == 1 and "Diese Kennzahl gibt es zweimal, auch in Blatt Planung, Zelle A2." in out


def test_a_table_without_the_columns_and_a_file_that_is_none_are_refused(office: Path, capsys: Capture) -> None:
    path = workbook(office / "t.xlsx", [["AGS", "Jahr", "Wert"], ["03454", 2023, 1]])
    before = files(office)
    ended = zv(capsys, "kennzahlen", path, "--ordner", office)
    assert ended.code == 2 and "Keine Zeile hat die Überschriften AGS, Jahr, Größe und Wert." in ended.err
    ended = zv(capsys, "kennzahlen", office / "fehlt.xlsx", "--ordner", office)
    assert ended.code == 3 and "Die Datei gibt es nicht." in ended.err
    assert files(office) == before


def test_damaged_figures_are_told_with_their_line(office: Path, capsys: Capture) -> None:
    (office / "agreements/kennzahlen.csv").write_text("ags;jahr;groesse;wert;quelle\n03454;2023;K3;viele;x\n", encoding="utf-8")
    ended = zv(capsys, "uebersicht", "2024", "--ordner", office)
    assert ended.code == 1 and "kennzahlen.csv:2: Diese Zeile der Kennzahlen ist nicht vollständig." in ended.err


def test_the_csv_files_say_how_they_are_to_be_read(office: Path, capsys: Capture) -> None:
    out = zv(capsys, "uebersicht", "2024", "--format", "csv", "--ordner", office).out
    assert "2024.csv  (Trennzeichen Semikolon, Dezimalkomma; für das deutsche Excel)" in out
    assert "2024.international.csv  (Trennzeichen Komma, Dezimalpunkt; für R, Stata, Python)" in out
    data = json.loads(zv(capsys, "uebersicht", "2024", "--format", "json", "--ordner", office).out)["angaben"]
    made = (office / "out/uebersicht/2024.international.csv").read_text(encoding="utf-8")
    assert [row["wert"] or None for row in csv.DictReader(io.StringIO(made))] == [row["wert"] for row in data]
