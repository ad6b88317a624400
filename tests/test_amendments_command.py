"""Amendments where an official types: the state, the comparison, the check, the import, the overview."""

from __future__ import annotations

from pathlib import Path

import pytest
from amendment_files import NAME, SECOND, amendment, library_of_office, office_with_amendments
from command import zv
from round_trip import printed, said

from agreements.library.library import Library, open_library
from agreements.model.fields import value_at
from agreements.model.values import OFFEN
from agreements.overview.overview import survey

office = pytest.fixture(office_with_amendments)
library = pytest.fixture(library_of_office)


def test_stand_shows_what_holds_since_when(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = zv(capsys, "stand", "2024/lk-emsland", "--ordner", office)
    assert shown.code == 0
    line = next(line for line in shown.out.splitlines() if "13.700.000" in line)
    assert "Änderung Nr. 2" in line
    assert "13.655.724" in line
    assert "Eingliederung" not in shown.out
    whole = zv(capsys, "stand", "2024", "lk-emsland-1", "--ganz", "--ordner", office).out
    assert "13.655.724" in whole
    assert "13.700.000" not in whole
    assert "8.696.936" in whole


def test_stand_says_which_amendments_are_not_signed_yet(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / NAME.format(2)).write_text(f"{SECOND}akte:\n  stand: entwurf\n", encoding="utf-8")
    assert "noch nicht unterzeichnet: Nr. 2" in " ".join(zv(capsys, "stand", "2024/lk-emsland", "--ordner", office).out.split())


def test_the_state_as_a_record_loads_and_says_the_same(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = zv(capsys, "stand", "2024/lk-emsland", "--format", "yaml", "--ordner", office)
    path = office / "stand.yaml"
    path.write_text(shown.out, encoding="utf-8")
    library = open_library(office)
    assert library.effective(library.store.load(path).record) == library.state(2024, "lk-emsland")


@pytest.mark.parametrize("words", [("2024",), ("lk-emsland",), ("2024/lk-emsland-7",)])
def test_stand_without_an_agreement_says_what_is_missing(office: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "stand", *words, "--ordner", office)
    assert ended.code in (2, 3)
    assert ended.err.strip()


def test_compare_sets_the_agreement_beside_its_state_after_an_amendment(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = zv(capsys, "compare", "2024/lk-emsland", "2024/lk-emsland-1", "--ordner", office).out
    assert "›zweimal‹" in shown
    assert "›dreimal‹" in shown
    assert "13.655.724" in shown


def test_a_year_is_compared_as_it_was_agreed_in_the_end(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zv(capsys, "draft", "2025", "lk-emsland", "--ordner", office)
    shown = zv(capsys, "compare", "2024", "2025", "--format", "html", "--nach", office / "synopsen", "--ordner", office)
    assert shown.code == 0, shown.err
    page = (office / "synopsen/2024-2025/lk-emsland.html").read_text(encoding="utf-8")
    assert "2024 nach der 2. Änderung" in page
    assert "22,4" in page
    assert "21,9" not in page


def test_an_amendment_is_named_as_an_agreement_is_to_be_checked_and_proven(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "lk-emsland-1.yaml" in zv(capsys, "check", "2024/lk-emsland-1", "--ordner", office).out
    proven = zv(capsys, "runde", "2024/lk-emsland-2", "--ordner", office)
    assert proven.code == 0
    assert "Beide Fassungen sagen dasselbe" in proven.out
    assert zv(capsys, "check", "2024/lk-emsland-3", "--ordner", office).code == 3


def test_an_amendment_is_printed_under_its_own_name(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert zv(capsys, "render", "2024", "lk-emsland-1", "--format", "text", "--ordner", office).code == 0
    assert zv(capsys, "render", "2024/lk-emsland-2", "--format", "text", "--ordner", office, "--nach", office / "out").code == 0
    made = sorted(path.name for path in (office / "out/2024").glob("lk-*"))
    assert made == ["lk-emsland-1.txt", "lk-emsland-2.txt"]


def test_an_amendment_that_comes_back_is_imported_beside_its_agreement(
    library: Library, office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = amendment(library, 2)
    path = printed(library.document(record), "docx", office)
    (office / NAME.format(2)).unlink()
    assert zv(capsys, "import", path, "--ordner", office).code == 0
    stored = open_library(office).store.load((2024, "lk-emsland-2"))
    assert said(open_library(office).effective(stored.record)) == said(record)
    assert value_at(stored.record, "aenderung.alt.haushalt.verwaltungskosten") is None
    assert stored.record.unterschriften.traeger[1].datum is OFFEN


def test_the_overview_shows_what_holds_after_the_amendments(library: Library) -> None:
    values = {row.groesse: row.wert for row in survey(library, [2024]).rows if row.traeger == "lk-emsland" and row.gruppe is None}
    assert values["verwaltungskosten"] == 13700000
    assert values["eingliederungsleistungen"] == 8696936
