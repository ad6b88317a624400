"""The template of a planning table: read back it changes nothing, whatever the records say and whoever saved it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from command import zv
from emsland import ROOT
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from planning_tables import copy_of_office, office_with_drafts
from sampling import examples
from strategies import ZKT, records, texts

from agreements.library.library import Library
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung, plain
from agreements.model.values import OFFEN
from agreements.planning.changes import plan
from agreements.planning.sheet import Cell, Sheet, quoted, read_sheets, unquoted, write_sheets
from agreements.store.store import Store, dump_record
from agreements.wording.foreseen import put
from extract.files.spreadsheet import cells
from render.planning_table import PlanningTable
from render.table import render_csv, render_xlsx

LAW = settings(
    max_examples=examples(5),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
"""Without shrinking: of agreements that go through Excel it takes minutes."""

drafted = pytest.fixture(scope="module")(office_with_drafts)
office = pytest.fixture(copy_of_office)


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
    (["--vorlage", "--schreiben"], "Entweder eine Tabelle nennen"), (["--vorlage", "--jahr", "2027"], "Zuerst: zv entwirf 2027 --alle"),
])  # fmt: skip
def test_a_call_for_nothing_possible_is_told_so(office: Path, words: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "fill", *words, "--ordner", office)
    assert ended.code == 2
    assert message in ended.err


def stored_alone(folder: Path, record: Vereinbarung) -> tuple[Path, Library]:
    """A library with this one record."""
    path = folder / f"agreements/{record.jahr}/{record.traeger}.yaml"
    shutil.rmtree(folder / "agreements", ignore_errors=True)
    path.parent.mkdir(parents=True)
    path.write_text(dump_record(record), encoding="utf-8")
    if not (folder / "templates").exists():
        shutil.copytree(ROOT / "templates", folder / "templates")
    return folder, Library(Store(folder, folder))


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


def unclear(text: object) -> bool:
    """Whether a cell that says only this is asked about."""
    if not isinstance(text, str):
        return False
    return not text.strip("-–—") or text.casefold() in ("x", "offen", "[offen]") or text.startswith("• ") or "\n• " in text


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


@given(text=texts())
def test_no_text_of_a_csv_file_is_run_and_each_comes_back(text: str) -> None:
    assert not quoted(text).startswith(("=", "+", "-", "@"))
    assert unquoted(quoted(text)) == text
    assert unquoted(quoted(f"'{text}")) == f"'{text}"


@given(st.lists(st.lists(st.builds(Cell, ort=texts(2), art=st.sampled_from(["leer", "text", "zahl"]), text=texts(3)), max_size=3)))
def test_sheets_survive_the_way_out_of_their_process(rows: list[list[Cell]]) -> None:
    sheets = (Sheet("Planung", tuple(map(tuple, rows)), ("Ein Hinweis.",)),)
    assert read_sheets(write_sheets(sheets)) == sheets
