"""What the pages are made from: kept as long as no file has changed, whatever else looked at the folder meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from round_trip import ROOT
from workbench import WHERE, folder_with_points

from zv.arbeitsplatz.desk import Desk

WORDING = "templates/ni/2024.j2"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A folder with a wording of its own."""
    folder = folder_with_points(tmp_path / "ordner")
    (folder / WORDING).parent.mkdir(parents=True)
    shutil.copy(ROOT / WORDING, folder / WORDING)
    return Desk(folder)


def test_a_folder_that_nobody_changed_is_read_once(desk: Desk) -> None:
    path = desk.ordner / f"agreements/{WHERE}.yaml"
    assert desk.library is desk.library
    assert desk.of(path) is desk.of(path)


def test_what_was_read_while_the_folders_wording_was_away_is_not_kept_once_it_is_back_as_it_was(desk: Desk, tmp_path: Path) -> None:
    """A thread looks the folder through from the start; what it found meanwhile is the program's own wording, which nobody may change."""
    looking = desk.library
    shutil.copy2(desk.ordner / WORDING, tmp_path / "beiseite.j2")
    (desk.ordner / WORDING).unlink()
    assert looking.wording("ni/2024").datei == ROOT / WORDING
    shutil.copy2(tmp_path / "beiseite.j2", desk.ordner / WORDING)
    assert desk.library.wording("ni/2024").datei == desk.ordner / WORDING


def test_a_record_that_was_away_and_is_back_as_it_was_is_asked_for_again(desk: Desk, tmp_path: Path) -> None:
    path = desk.ordner / f"agreements/{WHERE}.yaml"
    before = desk.of(path)
    shutil.copy2(path, tmp_path / "beiseite.yaml")
    path.unlink()
    shutil.copy2(tmp_path / "beiseite.yaml", path)
    assert desk.of(path) == before and desk.of(path) is not before
