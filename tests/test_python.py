"""The interface for Python programs: every example of docs/python.md, what it costs to import, and what it leaves in doubt."""

from __future__ import annotations

import ast
import io
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from decimal import Decimal
from pathlib import Path

import pytest
from command import ROOT
from returned_word import Change, returned
from round_trip import LIBRARY, emsland

import zv
from agreements.library.library import open_library
from agreements.overview.overview import survey
from render.overview_table import render_overview_csv
from render.word import render_word
from zv import interface
from zv.extras import DATEN
from zv.main import run

PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```\n\n(?:```text\n(.*?)^```)?", PAGE, re.MULTILINE | re.DOTALL)
SUM, OTHER = "13.155.724", "13.155.742"


@pytest.fixture(scope="module")
def agreement(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Word file in which somebody has changed a sum, and nobody has accepted it."""
    folder = tmp_path_factory.mktemp("word")
    (folder / "gedruckt.docx").write_bytes(render_word(LIBRARY.document(emsland())))
    return returned(folder / "gedruckt.docx", folder / "Vereinbarung.docx", [Change(SUM, OTHER, tracked=True)])


@pytest.fixture(scope="module")
def folder(agreement: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the record of the year 2024, and that file."""
    folder = tmp_path_factory.mktemp("ordner")
    for name in ("lk-emsland.yaml", "rahmen.yaml"):
        (folder / "agreements" / "2024").mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "agreements" / "2024" / name, folder / "agreements" / "2024" / name)
    shutil.copy(agreement, folder)
    return folder


def printed(code: str, known: dict[str, object]) -> str:
    """What an example prints."""
    said = io.StringIO()
    with redirect_stdout(said):
        exec(code, known)
    return said.getvalue()


def test_the_examples_of_the_page_print_what_stands_below_them(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    known: dict[str, object] = {}
    assert len(EXAMPLES) == 7
    for code, said in EXAMPLES:
        assert printed(code, known) == said


def test_a_program_that_only_imports_zv_loads_nothing_of_it() -> None:
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import zv; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert [each for each in loaded if each.partition(".")[0] in ("agreements", "extract", "render", "zv", "pydantic", "click")] == ["zv"]


def test_what_is_promised_is_what_can_be_had_what_is_typed_and_what_the_page_tells() -> None:
    typed = ast.parse((ROOT / "zv" / "__init__.pyi").read_text(encoding="utf-8"))
    named = {alias.asname for each in typed.body if isinstance(each, ast.ImportFrom) for alias in each.names}
    assert named == set(zv.__all__)
    assert all(getattr(zv, name) for name in zv.__all__)
    functions = {name for name in zv.__all__ if name.islower()}
    assert {name for name in functions if f"`zv.{name}(" in PAGE} == functions
    with pytest.raises(AttributeError):
        zv.etwas_anderes  # type: ignore[attr-defined]  # noqa: B018


def test_what_is_in_doubt_is_not_among_what_is_sure(agreement: Path, folder: Path) -> None:
    read = zv.lies(agreement, folder)
    assert read.unsicher == {"haushalt.verwaltungskosten"}
    assert "haushalt.verwaltungskosten" not in read.sicher
    assert read.sicher["haushalt.gesamtbudget_mio"] == Decimal("21.9")
    assert read.vereinbarung.haushalt.verwaltungskosten == 13155742


def test_a_record_says_what_nobody_has_decided_of_it(agreement: Path, tmp_path: Path) -> None:
    assert run(["einlesen", str(agreement), "--ordner", str(tmp_path)]) == 0
    (record,) = zv.datensaetze(tmp_path)
    assert record.unsicher == {"haushalt.verwaltungskosten"}
    assert "haushalt.verwaltungskosten" not in record.sicher
    (row,) = (row for row in zv.tabelle(tmp_path) if row.groesse == "verwaltungskosten")
    assert row.wert == 13155742


def test_a_record_of_an_earlier_zv_says_it_too(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "agreements", tmp_path / "agreements")
    path = tmp_path / "agreements" / "2024" / "lk-emsland.yaml"
    place = '    haushalt.verwaltungskosten: {seite: 4, sicherheit: 0.5, gelesen: "13.155.724"}\n'
    path.write_text(path.read_text(encoding="utf-8").rstrip() + f"\n  fundstellen:\n{place}", encoding="utf-8")
    (record,) = zv.datensaetze(tmp_path)
    assert record.unsicher == {"haushalt.verwaltungskosten"}
    assert [each.endswith("unsicher gelesen, Seite 4") for each in zv.tabelle(tmp_path).zweifel] == [True]


def test_the_table_is_the_one_that_the_command_writes(folder: Path) -> None:
    written = render_overview_csv(survey(open_library(folder), [2024]))["international"].decode("utf-8-sig")
    assert len(written.splitlines()) == 1 + len(zv.tabelle(folder))


def test_a_record_that_cannot_be_read_ends_the_table_instead_of_missing_in_it(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "agreements", tmp_path / "agreements")
    (tmp_path / "agreements" / "2024" / "lk-peine.yaml").write_text("jahr: zweitausend\n", encoding="utf-8")
    with pytest.raises(zv.Fehler, match=r"1 Datensätze? .* nicht zu lesen.*lk-peine\.yaml"):
        zv.tabelle(tmp_path)


def test_a_record_is_printed_below_its_own_folder_and_elsewhere_where_that_is_said(folder: Path, tmp_path: Path) -> None:
    (record,) = zv.datensaetze(folder)
    assert zv.drucke(record, ["text"]) == [folder / "out" / "2024" / "lk-emsland.txt"]
    assert zv.drucke(record.datei, ["text"], nach=tmp_path) == [tmp_path / "2024" / "lk-emsland.txt"]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda folder: zv.lies(folder / "fehlt.pdf"),
        lambda folder: zv.lies(folder / "Vereinbarung.docx", folder / "kein-ordner"),
        lambda folder: zv.tabelle(folder / "agreements"),
        lambda folder: zv.drucke(folder / "Vereinbarung.docx"),
        lambda folder: zv.drucke(folder / "agreements/2024/lk-emsland.yaml", ["odt"]),  # type: ignore[list-item]
        lambda folder: list(zv.datensaetze(folder / "kein-ordner")),
    ],
    ids=["no file", "no folder to read in", "no records", "no record", "no format", "no folder"],
)
def test_what_goes_wrong_is_an_error_of_zv(wrong: object, folder: Path) -> None:
    assert callable(wrong)
    with pytest.raises(zv.Fehler):
        wrong(folder)


def test_without_what_makes_data_frames_one_sentence_says_how_to_get_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interface, "DATEN", DATEN._replace(modules=("zv_hat_kein_solches_paket",)))
    with pytest.raises(zv.Fehler, match=r"nicht eingerichtet\. Einzurichten mit: pip install .*\[daten\]"):
        zv.tabelle(folder).dataframe()
