"""zv in a folder whose files are called as its own modules, or as those that it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from command import ROOT
from round_trip import LIBRARY, emsland

from render.word import render_word

NAMED_SO = ("render.py", "extract.py", "agreements.py", "click.py", "pathlib.py", "json.py", "multiprocessing.py")
ZV = (str(Path(sys.executable).with_name("zv")),)
MODULE = (sys.executable, "-m", "zv")
BEGINS = """
import subprocess, sys
from zv.main import main
try:
    main()
finally:
    subprocess.run([sys.executable, "-c", "import json"], check=True)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With an agreement, records' folders, and a file that fails whoever imports it, under each of these names."""
    folder = tmp_path_factory.mktemp("ordner")
    (folder / "agreements" / "2024").mkdir(parents=True)
    (folder / "Vereinbarung.docx").write_bytes(render_word(LIBRARY.document(emsland())))
    for name in NAMED_SO:
        (folder / name).write_text("raise SystemExit('eine Datei der Nutzerin lief')", encoding="utf-8")
    return folder


def run(folder: Path, *words: str) -> str:
    """What a call printed that ended well."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(words, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("call", [ZV, MODULE], ids=["zv", "python -m zv"])
def test_a_document_is_read_where_files_are_called_as_modules(call: tuple[str, ...], folder: Path) -> None:
    assert "verwaltungskosten: 13155724" in run(folder, *call, "lies", "Vereinbarung.docx")


@pytest.mark.parametrize("call", [ZV, (sys.executable, "-P", "-m", "zv")], ids=["zv", "python -P -m zv"])
def test_even_a_file_called_zv_runs_only_where_python_itself_takes_it_first(call: tuple[str, ...], folder: Path) -> None:
    (folder / "zv.py").write_text("raise SystemExit('eine Datei der Nutzerin lief')", encoding="utf-8")
    try:
        assert run(folder, *call, "--version").startswith("zv ")
    finally:
        (folder / "zv.py").unlink()


def test_processes_that_a_command_begins_look_for_no_module_in_the_folder(folder: Path) -> None:
    """As those do that start afresh on macOS and Windows: they would import what they find there before anything else is said to them."""
    assert run(folder, sys.executable, "-P", "-c", BEGINS, "--version").startswith("zv ")
