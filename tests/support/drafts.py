"""An office with last year's agreements, and what is drafted from them."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from command import zv
from emsland import ROOT, wording

from agreements.library.library import open_library
from agreements.model.akte import OffenerPunkt, kennung
from agreements.model.record import Rahmen, Vereinbarung
from agreements.newyear.record import Source, draft
from agreements.newyear.wording import renew
from agreements.register.register import load_register
from agreements.wording.units import Wording
from agreements.wording.wording import parse_wording

REGISTER = load_register()
KEY = "lk-emsland"


def office_of_2024(tmp_path: Path) -> Path:
    """A folder with the agreements of 2024, as an office has it."""
    shutil.copytree(ROOT / "agreements" / "2024", tmp_path / "agreements" / "2024")
    return tmp_path


def office_with_draft(office: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The same with the draft for the Emsland in 2025."""
    assert zv(capsys, "draft", "2025", KEY, "--ordner", office).code == 0
    return office


def record_of(folder: Path, key: str = KEY) -> Vereinbarung:
    return open_library(folder).store.load((2025, key)).record


def text_of(folder: Path, key: str = KEY) -> str:
    return (folder / f"agreements/2025/{key}.yaml").read_text(encoding="utf-8")


def renewed(folder: Path, jahr: int = 2025) -> Wording:
    path = folder / f"{jahr}.j2"
    return parse_wording(renew(wording(), jahr, path).text, path, f"ni/{jahr}")


RAHMEN = open_library(ROOT).store.rahmen(2024)


def draft_of(folder: Path, before: Vereinbarung, doubts: dict[str, str] | None = None) -> Any:
    points = (OffenerPunkt(kennung=kennung(feld, "unsicher", grund, ""), art="unsicher", feld=feld, grund=grund)
              for feld, grund in (doubts or {}).items())  # fmt: skip
    source = Source(before, "2024.yaml", (*before.akte.offen, *points), undecided=before.akte.strittig)
    return draft(renewed(folder), rahmen_2025(), REGISTER.find(before.traeger, 2025), source, REGISTER)


def rahmen_2025() -> Rahmen:
    assert RAHMEN is not None
    return RAHMEN.model_copy(update={"jahr": 2025})
