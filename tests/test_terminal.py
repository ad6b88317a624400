"""Tables on the terminal: no path is broken, however narrow it is, and what fits stays as it was."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from rich.table import Table

from agreements.errors import ZvError
from agreements.model.values import OFFEN
from agreements.newyear.files import Made
from zv.drafting import show
from zv.terminal import print_table

ROOT = Path(__file__).parents[1]
PATH = "agreements/2025/lk-grafschaft-bentheim.yaml"


def printed(width: int, *rows: tuple[str, str]) -> str:
    table = Table(box=None, pad_edge=False)
    table.add_column("Datei", overflow="fold")
    table.add_column("Anzusehen", overflow="fold")
    for row in rows:
        table.add_row(*row)
    out = io.StringIO()
    console = Console(file=out, width=width)
    print_table(table, console)
    assert console.width == width
    return out.getvalue()


def test_a_path_is_never_broken_and_a_text_is() -> None:
    out = printed(60, (PATH, f"Die Datei {PATH} ist nicht lesbar; eine andere nennen und noch einmal einlesen."))
    assert out.count(PATH) == 2
    assert max(map(len, out.splitlines())) < 2 * len(PATH) + 10 and len(out.splitlines()) > 3


def test_what_fits_is_no_wider_than_the_terminal() -> None:
    out = printed(60, ("a.yaml", "Ein Satz aus lauter kurzen Worten, der länger ist als eine Zeile des Terminals es zulässt."))
    assert max(map(len, out.splitlines())) <= 60


def test_the_table_of_drafts_keeps_both_paths_in_eighty_columns() -> None:
    out = io.StringIO()
    made = Made("datensatz", "neu", Path(PATH), f"agreements/2024/{Path(PATH).name}", "lk-grafschaft-bentheim", 11)
    show([made], Path(), Console(file=out, width=80))
    assert PATH in out.getvalue() and "agreements/2024/lk-grafschaft-bentheim.yaml" in out.getvalue()


def test_an_open_value_is_said_in_german_wherever_it_gets_into_a_text() -> None:
    assert f"{OFFEN}" == "offen"


def test_an_error_commands_no_terminal() -> None:
    said = str(ZvError("Das ist „\x1b[2J“.\nZeile\tzwei", datei=Path("a\x1b]0;x\x07\x9b.pdf"), abhilfe="Grüße – ²"))
    assert said == "a\\x1b]0;x\\x07\\u009b.pdf: Das ist „\\x1b[2J“.\nZeile\tzwei Grüße – ²"


@pytest.mark.skipif(sys.platform != "linux", reason="nur dort sind Namen irgendwelche Bytes")
@pytest.mark.parametrize("command", ["lies", "einlesen"])
def test_a_name_that_is_no_text_is_told_and_stops_nothing(command: str, tmp_path: Path) -> None:
    name = os.fsencode(tmp_path) + b"/Landkreis M\xfcnster.docx"
    with open(name, "wb") as file:  # noqa: PTH123 - the bytes themselves
        file.write(b"kein Word")
    said = subprocess.run(
        [sys.executable, "-m", "zv", command, name],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=False,
    )
    assert b"Landkreis M\\udcfcnster.docx" in said.stdout + said.stderr
    assert b"Traceback" not in said.stderr
