"""What stands in names, cells and documents reaches the terminal as text, whatever command shows it; it commands nothing there."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest
from command import ROOT, Ended, zv
from rich.table import Table
from rich.text import Text

from agreements.errors import visible
from agreements.files.yaml_text import parse
from agreements.files.yaml_write import dump
from zv.main import COMMANDS
from zv.shown import doors
from zv.terminal import Console

HOSTILE = "a\x1b]0;x\x07\x1b[8m\x9b2J\u202e[b]"
"""Titles the window, conceals, clears the screen, turns round, and is in bold."""
SHOWN = r"a\x1b]0;x\x07\x1b[8m\u009b2J\u202e[b]"
COMMANDING = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COLOURS = re.compile(r"\x1b\[(?:[01234679]|[3-4][0-9]|38;5;\d+|9\d)(?:;(?:[01234679]|[3-4][0-9]|9\d))*m")
"""What rich sends itself, nothing concealed."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nur dort sind Namen irgendwelche Zeichen")

CALLS: dict[str, tuple[tuple[str, ...], ...]] = {
    "drucke": (("2024", HOSTILE), ("{folder}/{odd}.yaml",)),
    "lies": (("{folder}/{odd}.docx",), ("{folder}/fehlt{odd}.pdf",)),
    "einlesen": (("{folder}/{odd}.docx", "{folder}/{odd}.pdf"), ("{folder}/{odd}.pdf", "--format", "json")),
    "entwirf": (("2025", HOSTILE), ("2025", "lk-emsland")),
    "planung": (("{folder}/{odd}.csv", "--jahr", "2024"), ("{folder}/{odd}.csv", "--jahr", "2024", "--format", "json")),
    "wortlaut": (("lerne", "{folder}/{odd}.docx", "{folder}/{odd}.pdf"), ("pruefe", HOSTILE)),
    "pruefe": (("2024/lk-emsland",), ("{folder}/{odd}.yaml",), ("2024", "--format", "json")),
    "vergleiche": (("2024", "2025"), ("2024", "--wortlaut"), ("2024/lk-emsland", "{folder}/{odd}.yaml")),
    "uebersicht": (("2024",), (HOSTILE,)),
    "kennzahlen": (("{folder}/{odd}.csv",),),
    "arbeitsplatz": ((HOSTILE,),),
    "offen": (("2024",), ("2024", "--format", "json"), ("2024/lk-" + HOSTILE,)),
    "bogen": (("2024/lk-emsland", "{folder}/{odd}.pdf"),),
    "bestaetige": (("2024/lk-emsland", HOSTILE),),
    "durchgesehen": (("2024/lk-emsland", HOSTILE),),
    "stilllegen": (("2024/lk-emsland", HOSTILE, "--grund", HOSTILE),),
    "setze": (("2024/lk-emsland", "Verwaltungskosten", "13.000.000", "--kuerzel", "e\u202ex"), ("2024/lk-emsland", HOSTILE, HOSTILE)),
    "zurueck": (("2024/lk-emsland", "--liste"), ("2024/" + HOSTILE,)),
    "uebernimm": (("2024/lk-emsland", "{folder}/{odd}.docx"),),
    "antworte": (("2024/lk-emsland", "{folder}/{odd}.docx"),),
    "gilt": (("2024/lk-emsland", "--ganz"), ("2024/lk-emsland", "--format", "yaml"), ("2024/" + HOSTILE,)),
    "setze-stand": (("2024", HOSTILE, "versandt"),),
    "paket": (("2024", HOSTILE),),
    "aenderung": (("2024/" + HOSTILE,),),
    "umstellen": (("2024",),),
    "runde": (("{folder}/{odd}.yaml",),),
    "traeger": ((HOSTILE,),),
    "land": (("anlegen", HOSTILE),),
    "vergiss": (("{folder}/{odd}.pdf",),),
    "schema": (("--" + HOSTILE,),),
}
"""How each command is called, so that it shows what it was given."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office in a folder with such a name, with such documents, a table of such cells, and a record that quotes such words."""
    place = tmp_path_factory.mktemp("amt") / HOSTILE
    shutil.copytree(ROOT / "agreements/2024", place / "agreements/2024")
    (place / f"{HOSTILE}.docx").write_bytes(b"kein Word")
    (place / f"{HOSTILE}.pdf").write_bytes(b"kein PDF")
    (place / f"{HOSTILE}.csv").write_text(f"Träger;Verwaltungskosten;{HOSTILE}\nlk-emsland;{HOSTILE};1\n", encoding="utf-8")
    record = place / "agreements/2024/lk-emsland.yaml"
    quoted = json.dumps(f"x {HOSTILE}").replace("\x9b", "\\u009b")
    text = record.read_text(encoding="utf-8")
    assert "abweichungen:" not in text
    record.write_text(f"{text}\nabweichungen:\n  - {{stelle: III.§2.Nr1.1, art: eingefuegt, neu: {quoted}}}\n", encoding="utf-8")
    (place / f"{HOSTILE}.yaml").write_text(text.replace("titel: Umsetzung", f'titel: "Umsetzung{quoted[1:]}'), encoding="utf-8")
    return place


def called(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> list[Ended]:
    """What each of its calls printed."""
    ended = []
    for words in CALLS[command]:
        placed = [word.format(folder=folder, odd=HOSTILE) if "{" in word else word for word in words]
        ended.append(zv(capsys, "--ordner", folder, command, *placed))
    return ended


def test_every_command_is_tried() -> None:
    assert CALLS.keys() == COMMANDS.keys()


@pytest.mark.parametrize("command", COMMANDS)
def test_no_command_lets_a_name_or_value_command_the_terminal(command: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for ended in called(command, folder, capsys):
        assert ended.out or ended.err
        assert not COMMANDING.search(ended.out), ended.out
        assert not COMMANDING.search(ended.err), ended.err


@pytest.mark.parametrize("command", ["einlesen", "planung", "pruefe", "vergleiche", "offen"])
def test_tables_in_colour_show_them_too(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    for ended in called(command, folder, capsys):
        assert not COMMANDING.search(COLOURS.sub("", ended.out)), ended.out


def test_cells_texts_with_styles_and_plain_prints_go_through_the_door_and_a_cell_is_as_wide_as_what_it_shows(
    capsys: pytest.CaptureFixture[str],
) -> None:
    table = Table(box=None, pad_edge=False)
    table.add_column("Datei", overflow="fold")
    table.add_column("Was", overflow="fold")
    table.add_row(HOSTILE.replace("[", "\\["), "da")
    table.add_row(Text(HOSTILE, "bold"), "da")
    with doors():
        Console(width=80).print(table)
        print(HOSTILE)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split() == [SHOWN, "da"] and lines[3] == SHOWN
    assert lines[2].startswith(r"a\x1b]0;x\x1b[8m\u009b") and not COMMANDING.search(lines[2])  # rich itself takes the bell out of texts


def test_json_and_yaml_say_the_same_data_behind_the_door() -> None:
    for text in (HOSTILE, "é–„“ \u00ad ²", "\udcfc", "\x7f"):
        data = {"a": text}
        assert json.loads(visible(json.dumps(data, ensure_ascii=False))) == data
        if "\udcfc" not in text:
            written = dump(data)
            assert visible(written) == written
            assert parse(written).data == data


def test_ordinary_german_is_shown_as_it_stands() -> None:
    for text in ("„Größe“ – 3,9 % § 48b\tŁódź ²", "zwei\nZeilen", "Zer\u00adlegt, e\u0301"):
        assert visible(text) == text


def test_no_command_makes_a_console_of_its_own() -> None:
    made = [path for path in (ROOT / "zv").rglob("*.py") if re.search(r"\bConsole\(", text := path.read_text(encoding="utf-8"))
            and "zv.terminal import Console" not in text]  # fmt: skip
    assert [path.name for path in made] == ["terminal.py"]
