"""Planning tables as another program writes them, and what they ask for in an office with drafts."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from emsland import ROOT
from openpyxl import Workbook

from agreements.library.library import open_library
from agreements.model.record import Vereinbarung
from agreements.planning.changes import Plan, plan
from agreements.planning.sheet import read_sheets
from extract.files.spreadsheet import cells
from zv import main as zv_main

KEY = "lk-emsland"


def office_with_drafts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office with the agreements of 2024 and two drafts of 2025, one of them without last year's."""
    folder = tmp_path_factory.mktemp("amt")
    shutil.copytree(ROOT / "agreements" / "2024", folder / "agreements" / "2024")
    assert zv_main.run(["--ordner", str(folder), "draft", "2025", KEY, "lk-peine"]) == 0
    return folder


def copy_of_office(drafted: Path, tmp_path: Path) -> Path:
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
