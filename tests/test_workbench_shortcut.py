"""The entry in the start menu: it opens the workbench of its folder, whatever that is called."""

from __future__ import annotations

import configparser
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command import zv
from workbench import PATIENCE, patiently

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nur unter Linux")


@pytest.mark.parametrize("name", ["Ziele 2025", 'Ziel"e', "50 % $HOME `x` \\n", "Zielvereinbarungen; rm -rf"])
def test_the_entry_starts_the_workbench_of_its_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
                                                      name: str) -> None:  # fmt: skip
    folder = tmp_path / name
    (folder / "agreements/2024").mkdir(parents=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "menu"))
    said = zv(capsys, "arbeitsplatz", "--verknuepfung", "--ordner", folder)
    assert said.code == 0 and "Startmenü" in said.out
    entry = configparser.RawConfigParser()
    entry.read(tmp_path / "menu/applications/zv-arbeitsplatz.desktop", encoding="utf-8")
    line = entry["Desktop Entry"]["exec"].replace("\\\\", "\\").replace("%%", "%")
    words = [re.sub(r'\\(["`$\\])', r"\1", word) for word in re.findall(r'"((?:[^"\\]|\\.)*)"', line)]  # as the specification unquotes
    command = [*words, "--ohne-browser", "--ende-nach", "1"]
    assert command[-4] == str(folder.resolve())
    environment = os.environ | {"XDG_STATE_HOME": str(tmp_path / "state"), "PYTHONPATH": str(Path(__file__).parents[1])}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        assert patiently(lambda: bool(list((tmp_path / "state").rglob("laeuft.json"))))
    finally:
        process.terminate()
        process.wait(PATIENCE)
