"""An office whose agreements bear the code that survives paper."""

from __future__ import annotations

import shutil
from pathlib import Path

from amendment_files import FIRST
from emsland import ROOT

from agreements.library.library import Library, open_library
from agreements.model.record import Vereinbarung

OPEN = ("      datum: 2024-02-01\n", "      datum: null\n")
"""The day of the Landkreis's signature, left to the pen."""


def office_with_code(tmp_path: Path) -> Path:
    """A folder whose rahmen.yaml asks for the code, with an agreement and an amendment that wait for the pen."""
    folder = Path(shutil.copytree(ROOT / "agreements" / "2024", tmp_path / "agreements" / "2024"))
    rahmen, record = folder / "rahmen.yaml", folder / "lk-emsland.yaml"
    rahmen.write_text(rahmen.read_text(encoding="utf-8").replace("jahr: 2024\n", "jahr: 2024\npapiercode: true\n"), encoding="utf-8")
    record.write_text(record.read_text(encoding="utf-8").replace(*OPEN), encoding="utf-8")
    (folder / "lk-emsland-1.yaml").write_text(FIRST.replace("datum: 2024-06-03", "datum: null"), encoding="utf-8")
    return tmp_path


def library_with_code(office: Path) -> Library:
    return open_library(office)


def effective(library: Library, name: str = "lk-emsland") -> Vereinbarung:
    return library.effective(library.store.load((2024, name)).record)
