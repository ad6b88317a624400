"""What was read of a file is kept, so that nobody waits for it twice, and counts only as long as nothing has changed."""

from __future__ import annotations

import json
import shutil
import stat
import sys
from pathlib import Path

import pytest
from command import zv
from round_trip import LIBRARY, emsland, printed

from agreements.store.store import Store
from extract.files.sandbox import Job
from zv.readings import FOLDER, WORDS, Readings

NEVER = "extract.no_such_module:words"
"""A function that no process could call."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two agreements as Word files, which are read in no time."""
    folder, record = tmp_path_factory.mktemp("dateien"), emsland()
    several = (record, record.model_copy(update={"haushalt": record.haushalt.model_copy(update={"verwaltungskosten": 13155725})}))
    one, other = (printed(LIBRARY.document(each), "docx", folder).rename(folder / f"{place}.docx") for place, each in enumerate(several))
    return one, other


@pytest.fixture
def folder(files: tuple[Path, Path], tmp_path: Path) -> Path:
    """A folder to work in, with a file."""
    (tmp_path / "agreements").mkdir()
    shutil.copy(files[0], tmp_path / "Emsland.docx")
    return tmp_path


def kept(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.json"))


def renamed(folder: Path, function: str) -> None:
    """Makes every kept reading one that this function gave, which thereby cannot be read anew in silence."""
    readings = Readings(Store(folder))
    for path in kept(folder):
        job = Job(folder / "Emsland.docx", function, (folder / "Emsland.docx", folder))
        path.rename(readings._path(job, path.name.partition("-")[0] + "0" * 48))


def test_what_was_read_is_not_read_again(folder: Path) -> None:
    readings, file = Readings(Store(folder)), folder / "Emsland.docx"
    first = readings.words(file)
    renamed(folder, NEVER)
    ((_, again),) = readings.many([Job(file, NEVER, (file, folder))], 1)
    assert isinstance(again, list)
    said = again[0].extraction  # type: ignore[union-attr]
    assert (said.record, said.found, said.befunde) == (first.record, first.found, first.befunde)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows kennt diese Rechte nicht")
def test_only_its_owner_may_open_a_reading(folder: Path) -> None:
    Readings(Store(folder)).words(folder / "Emsland.docx")
    (path,) = kept(folder)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("changed", ["the wordings", "the reading itself"])
def test_a_reading_does_not_count_once_something_changed(changed: str, folder: Path) -> None:
    file = folder / "Emsland.docx"
    Readings(Store(folder)).words(file)
    (path,) = kept(folder)
    if changed == "the wordings":
        (folder / "templates" / "he").mkdir(parents=True)
        (folder / "templates" / "he" / "2030.j2").write_text("Text", encoding="utf-8")
    else:
        path.write_text("{}", encoding="utf-8")
    readings = Readings(Store(folder))
    assert readings._kept(Job(file, WORDS, (file, folder)), path.name.partition("-")[0] + "0" * 48) is None


def test_another_file_of_the_same_name_is_read(folder: Path, files: tuple[Path, Path]) -> None:
    first = Readings(Store(folder)).words(folder / "Emsland.docx")
    shutil.copy(files[1], folder / "Emsland.docx")
    other = Readings(Store(folder)).words(folder / "Emsland.docx")
    assert [each.record.haushalt.verwaltungskosten for each in (first, other)] == [13155724, 13155725]


def test_where_no_records_are_nothing_of_a_document_is_left(tmp_path: Path, files: tuple[Path, Path]) -> None:
    shutil.copy(files[0], tmp_path / "Emsland.docx")
    Readings(Store(tmp_path)).words(tmp_path / "Emsland.docx")
    assert [path.name for path in tmp_path.rglob("*")] == ["Emsland.docx"]


def test_a_file_is_read_though_its_reading_cannot_be_kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "out").write_text("eine Datei", encoding="utf-8")
    ended = zv(capsys, "lies", folder / "Emsland.docx", "--format", "json", "--ordner", folder)
    assert ended.code == 0
    assert json.loads(ended.out)["wortlaut"] == "ni/2024"
    assert ended.err.startswith("Die Lesung von Emsland.docx wird nicht aufbewahrt.")


def test_a_named_command_forgets_readings(folder: Path, files: tuple[Path, Path], capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("Emsland.docx", "Kopie.docx"):
        shutil.copy(files[0], folder / name)
        assert zv(capsys, "lies", folder / name, "--ordner", folder).code == 0
    shutil.copy(files[1], folder / "Andere.docx")
    assert zv(capsys, "lies", folder / "Andere.docx", "--ordner", folder).code == 0
    assert len(kept(folder)) == 3
    assert zv(capsys, "vergiss", folder / "Emsland.docx", "--ordner", folder).out == "2 Lesungen gelöscht.\n"
    assert len(kept(folder)) == 1
    assert zv(capsys, "vergiss", "--alle", "--ordner", folder).out == "Eine Lesung gelöscht.\n"
    assert not kept(folder)


def test_who_names_neither_files_nor_all_is_told_how(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "vergiss", "--alle", folder / "Emsland.docx", "--ordner", folder)
    assert (ended.code, ended.out) == (2, "")
    assert "Entweder Dateien nennen oder --alle." in ended.err
