"""The system packages that zv needs: by which names three systems have them, and what is done where one has none."""

from __future__ import annotations

import csv
import runpy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from round_trip import ROOT

SYSTEM = runpy.run_path(str(ROOT / ".ci" / "system.py"))
NEEDED = [need.packages for name in ("SETUP_NEEDS", "NEEDS", "TEST_NEEDS") for need in SYSTEM[name]]
LACKS = {"debian12": set[str](), "debian13": set[str](), "ubuntu2404": {"chromium"}}
"""What a system has no package for: Ubuntu's Chromium is a snap."""


def table() -> Mapping[str, Mapping[str, str]]:
    """By system the version of each package; empty where there is none."""
    with (ROOT / "tests/proben/systempakete.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter=";"))
    return {system: {row["paket"]: row[system] for row in rows} for system in LACKS}


@pytest.mark.parametrize("system", LACKS)
def test_every_need_has_a_package_by_its_name_on_each_system(system: str) -> None:
    there = table()[system]
    assert set(there) == {package for packages in NEEDED for package in packages}
    assert {packages[0] for packages in NEEDED if not any(there[package] for package in packages)} == LACKS[system]


def test_the_first_name_of_the_fonts_is_version_2_everywhere() -> None:
    for there in (table()["debian12"], table()["debian13"]):
        assert next(there[name] for name in ("fonts-liberation2", "fonts-liberation") if there[name]) >= "2"


def test_of_each_need_the_first_package_that_apt_knows_is_named_and_the_first_of_all_where_it_knows_none(
    capsys: pytest.CaptureFixture[str],
) -> None:
    SYSTEM["complain"]([need("gibt-es-nicht-1", "gibt-es-nicht-2"), need("gibt-es-nicht-3", "fontconfig", "bash")], tests=True)
    said = capsys.readouterr().err
    if "gibt-es-nicht-3" in said:
        pytest.skip("apt hat hier keine Paketlisten (apt-get update)")
    assert "bitte installieren: gibt-es-nicht-1 fontconfig\n" in said


def need(*packages: str) -> Any:
    return SYSTEM["Need"](lambda: False, packages)


def test_a_browser_that_only_says_where_there_is_one_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Ubuntu's package does."""
    stub = tmp_path / "chromium-browser"
    stub.write_text("#!/bin/sh\necho 'Command requires the chromium snap to be installed.' >&2\nexit 1\n", encoding="utf-8")
    stub.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not SYSTEM["browser"]()
    stub.write_text("#!/bin/sh\necho 'Chromium 156.0'\n", encoding="utf-8")
    assert SYSTEM["browser"]()
