"""The page and certainty of a number in the overview: from the reading of its file that is kept, and from nowhere else."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from command import zv
from round_trip import LIBRARY, emsland, printed

from zv.main import run

Capture = pytest.CaptureFixture[str]
WHERE = "2024/lk-emsland"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an agreement that was imported."""
    folder = tmp_path_factory.mktemp("amt")
    (folder / "agreements/2024").mkdir(parents=True)
    assert run(["einlesen", str(printed(LIBRARY.document(emsland()), "pdf", folder)), "--ordner", str(folder)]) == 0
    return folder


@pytest.fixture
def folder(imported: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(imported, tmp_path / "amt"))


def places(capsys: Capture, folder: Path) -> dict[str, tuple[str, str]]:
    """The page and certainty of the sums, as the table has them."""
    assert zv(capsys, "uebersicht", "2024", "--format", "csv", "--ordner", folder).code == 0
    with (folder / "out/uebersicht/2024.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["groesse"]: (row["seite"], row["sicherheit"]) for row in csv.DictReader(file, delimiter=";") if not row["gruppe"]}


def test_a_number_that_was_read_surely_has_its_page_from_the_kept_reading(folder: Path, capsys: Capture) -> None:
    found = places(capsys, folder)
    assert {page for page, _ in found.values()} == {"3"} and all(sure for _, sure in found.values())


def test_what_was_changed_since_was_not_read_so(folder: Path, capsys: Capture) -> None:
    assert zv(capsys, "setze", WHERE, "Verwaltungskosten", "13.200.000", "--ordner", folder).code == 0
    found = places(capsys, folder)
    assert found["verwaltungskosten"] == ("3", "") and found["eingliederungsleistungen"][1]


def test_the_reading_of_another_program_tells_its_places_too(folder: Path, capsys: Capture) -> None:
    (kept,) = (folder / "out/lesung").glob("*.json")
    umgebung = kept.read_text("utf-8").partition('"umgebung":"')[2][:64]
    kept.write_text(kept.read_text("utf-8").replace(umgebung, "0" * 64), encoding="utf-8")
    assert places(capsys, folder)["verwaltungskosten"][0] == "3"


def test_without_a_kept_reading_nothing_is_invented(folder: Path, capsys: Capture) -> None:
    assert zv(capsys, "vergiss", "--alle", "--ordner", folder).code == 0
    assert set(places(capsys, folder).values()) == {("", "")}
