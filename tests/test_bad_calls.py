"""Whatever a call names as its file: it is told in one German sentence what is wrong with it, at once, and no command waits or writes.

The table names for every command how it is called with a file; what can be wrong with one is tried with each of them.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import click
import pytest
from command import Ended, zv
from round_trip import ROOT

from agreements.errors import ZvError
from agreements.files.disk import add_to, write_atomic, write_new
from zv.commands import land, wortlaut
from zv.main import COMMANDS, cli

HERE = "lk-emsland.yaml"
CALLS: dict[str, list[str]] = {
    "drucke": ["drucke", "{}"],
    "drucke: Vorlage": ["drucke", "2024/lk-emsland", "--format", "docx", "--vorlage", "{}"],
    "lies": ["lies", "{}"],
    "einlesen": ["einlesen", "{}"],
    "planung": ["planung", "{}", "--jahr", "2024"],
    "wortlaut lerne": ["wortlaut", "lerne", "{}"],
    "pruefe": ["pruefe", "{}"],
    "vergleiche": ["vergleiche", "2024/lk-emsland", "{}"],
    "kennzahlen": ["kennzahlen", "{}"],
    "bogen": ["bogen", "2024/lk-emsland", "{}"],
    "uebernimm": ["uebernimm", "2024/lk-emsland", "{}"],
    "antworte": ["antworte", "2024/lk-emsland", "{}"],
    "entwirf": ["entwirf", "2025", "{}"],
    "paket": ["paket", "{}"],
    "runde": ["runde", "{}"],
    "vergiss": ["vergiss", "{}"],
}
"""How each command is called with a file that it reads."""
READ_NONE = {"gilt", "uebersicht", "offen", "bestaetige", "durchgesehen", "stilllegen", "setze", "zurueck", "setze-stand", "aenderung",
             "umstellen", "traeger", "schema", "arbeitsplatz", "wortlaut pruefe", "wortlaut durchsicht", "land anlegen"}  # fmt: skip
"""Commands that are given none: they name agreements, years and Angaben."""
SECONDS = 120
"""After so many a call counts as one that waits for what never comes; on a machine with much else to do others take longer, too."""
NOBODY = 65534
"""A user of whom nothing is."""


def furnish(made: Path) -> Path:
    """The folder with one record in it, and every kind of thing that is no file to be read."""
    shutil.copytree(ROOT / "agreements/2024", made / "agreements/2024")
    with (made / "agreements/2024" / HERE).open("a", encoding="utf-8") as record:
        record.write(f"  quelle:\n    datei: Emsland.pdf\n    sha256: {'a' * 64}\n")
    (made / "verschlossen").mkdir()
    for form in ("yaml", "pdf"):
        shutil.copy(made / "agreements/2024" / HERE, made / f"verboten.{form}")
        shutil.copy(made / "agreements/2024" / HERE, made / f"verschlossen/x.{form}")
    os.mkfifo(made / "stumm.pdf")
    (made / "kreis.pdf").symlink_to("kreis.pdf")
    (made / "ordner.pdf").mkdir()
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return furnish(tmp_path_factory.mktemp("aufrufe"))


@contextmanager
def unprivileged() -> Iterator[Path]:
    """A folder with a file and a folder that may not be read, for one who may not read all: root is somebody else meanwhile."""
    with tempfile.TemporaryDirectory() as name:
        made = furnish(Path(name))
        for path in (made, *made.rglob("*")):
            os.chown(path, NOBODY if os.geteuid() == 0 else -1, -1, follow_symlinks=False)
        for form in ("yaml", "pdf"):
            (made / f"verboten.{form}").chmod(0)
        (made / "verschlossen").chmod(0)
        before = os.geteuid()
        if before == 0:
            os.seteuid(NOBODY)
        try:
            if not os.access(ROOT / "zv/main.py", os.R_OK, effective_ids=True):
                pytest.skip("ohne Rechte von root ist das Projekt hier nicht zu lesen")
            yield made
        finally:
            os.seteuid(before)
            (made / "verschlossen").chmod(0o700)


@contextmanager
def at_once() -> Iterator[None]:
    """Fails what is not over within some seconds."""

    def over(*_: object) -> None:
        raise AssertionError(f"länger als {SECONDS} Sekunden")

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def told(capsys: pytest.CaptureFixture[str], folder: Path, call: list[str], name: str | Path) -> Ended:
    """How a call ends with something in place of its file; nothing of the folder is changed, and what is said is German."""
    before = {path: path.lstat().st_mtime_ns for path in folder.rglob("*") if not path.is_relative_to(folder / "verschlossen")}
    with at_once():
        ended = zv(capsys, *(word.format(name) for word in call), "--ordner", folder)
    after = {path: path.lstat().st_mtime_ns for path in folder.rglob("*") if not path.is_relative_to(folder / "verschlossen")}
    assert after == before
    assert not any(word in ended.err + ended.out for word in ("Traceback", "Error", "Errno", "object at"))
    return ended


def test_the_table_knows_every_command() -> None:
    groups = {"wortlaut": wortlaut.command, "land": land.command}
    known = {f"{name} {sub}" for name, group in groups.items() for sub in group.eintraege} | {*COMMANDS} - {*groups}
    assert {name.partition(":")[0] for name in CALLS} | READ_NONE == known


def test_no_command_takes_a_file_that_the_table_does_not_know() -> None:
    context = click.Context(cli)
    for name in READ_NONE:
        command: click.Command | None = cli
        for word in name.split():
            assert isinstance(command, click.Group)
            command = command.get_command(context, word)
        assert command is not None
        taken = [str(each.metavar) for each in command.params if each.name != "nach"]
        assert not [each for each in taken if "DATEI" in each or "TABELLE" in each], name


BAD = {
    "fehlt": ("fehlt.pdf", "gibt es nicht"),
    "Ordner": ("ordner.pdf", "Ordner"),
    "Rohr": ("stumm.pdf", "keine gewöhnliche Datei"),
    "Gerät": ("/dev/zero", "keine gewöhnliche Datei"),
    "Kreis": ("kreis.pdf", "im Kreis"),
    "zu langer Name": (f"{'a' * 300}.pdf", "zu lang"),
    "unter einer Datei": ("verboten.pdf/x.pdf", "gibt es nicht"),
}
CODES = {("einlesen", "Ordner"): 2, "paket": 1}
"""What a command ends with instead: of several files some may be sound, and a folder without documents is no use."""


@pytest.mark.parametrize("name", CALLS)
def test_what_is_no_file_to_be_read_is_told_at_once(name: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for kind, (file, about) in BAD.items():
        ended = told(capsys, folder, CALLS[name], file if file.startswith("/") else folder / file)
        code = CODES.get((name, kind)) or CODES.get(name) or 3
        assert ended.code == code, (kind, ended)
        assert code == 2 or about in " ".join((ended.out + ended.err).split()), (kind, ended)
        assert len(ended.err.splitlines()) == 1 or name == "einlesen", (kind, ended)


@pytest.mark.parametrize("name", CALLS)
def test_what_may_not_be_read_is_told_with_the_code_of_a_file_that_cannot_be(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with unprivileged() as folder:
        for file in ("verboten", "verschlossen/x"):
            form = "yaml" if name in ("drucke", "pruefe", "vergleiche", "runde", "paket") else "pdf"
            ended = told(capsys, folder, CALLS[name], folder / f"{file}.{form}")
            assert ended.code == CODES.get(name, 3), (file, ended)
            assert "darf nicht gelesen werden" in " ".join((ended.out + ended.err).split()), (file, ended)


# ---------------------------------------------------------------- the folder to work in, and where it goes


def test_a_folder_to_work_in_that_is_none_is_told_whatever_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("fehlt", "stumm.pdf", "kreis.pdf", "verboten.yaml", "kreis.pdf/x"):
        ended = zv(capsys, "--ordner", folder / name, "pruefe", "2024")
        assert ended.code == 2 and "Den Ordner gibt es nicht" in ended.err, name


def test_a_folder_that_may_not_be_searched_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with unprivileged() as folder:
        ended = zv(capsys, "--ordner", folder / "verschlossen/unten", "pruefe", "2024")
    assert ended.code == 3 and "darf nicht gelesen werden" in ended.err and len(ended.err.splitlines()) == 1


@pytest.mark.parametrize("write", [write_atomic, write_new, partial(add_to, behind=0)])
def test_nothing_is_written_in_place_of_what_is_no_file(write: Callable[[Path, bytes], None], folder: Path) -> None:
    with at_once(), pytest.raises(ZvError, match="keine gewöhnliche Datei"):
        write(folder / "stumm.pdf", b"neu")
    assert (folder / "stumm.pdf").is_fifo()


def test_a_table_that_is_to_be_written_to_a_pipe_is_not(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = folder / "stumm.csv"
    os.mkfifo(pipe)
    with at_once():
        ended = zv(capsys, "planung", "--vorlage", "--jahr", "2024", "--nach", pipe, "--ordner", folder)
    pipe.unlink()
    assert ended.code == 1 and "keine gewöhnliche Datei" in ended.err


# ---------------------------------------------------------------- an output that takes nothing


def printed_to(device: str, *words: str) -> subprocess.CompletedProcess[str]:
    """A call in a process of its own whose output goes to a device."""
    with Path(device).open("w", encoding="utf-8") as out:
        return subprocess.run([sys.executable, "-m", "zv", *words], cwd=ROOT, stdout=out, stderr=subprocess.PIPE, text=True, check=False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="dieses System hat kein /dev/full")
@pytest.mark.parametrize("words", [["traeger", "2024"], ["pruefe", "--regeln"]])
def test_an_output_on_a_full_disk_is_told(words: list[str]) -> None:
    done = printed_to("/dev/full", *words)
    assert done.returncode == 1
    assert done.stderr == "Die Ausgabe konnte nicht geschrieben werden. Der Datenträger ist voll. Sie in einen anderen Ordner umleiten.\n"


def test_a_call_without_any_output_ends_as_it_should() -> None:
    code = "import sys\nsys.stdout = sys.stderr = None\nfrom zv.main import run\nsys.exit(run(['traeger', '2024']))"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


# ---------------------------------------------------------------- years and numbers


YEARS = ("pruefe", "drucke", "vergleiche", "uebersicht", "entwirf", "offen", "gilt", "setze-stand", "paket", "traeger", "umstellen")


@pytest.mark.parametrize("word", ["²", "20245", "9" * 5000])
@pytest.mark.parametrize("command", YEARS)
def test_what_is_no_year_is_told_in_one_sentence(command: str, word: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = told(capsys, folder, [command, word, *(["versandt"] if command == "setze-stand" else [])], "")
    assert (ended.code, ended.out) == (2, ""), ended
    assert len(ended.err) < 500


def test_a_number_of_thousands_of_digits_is_none(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    many, which = "9" * 5000, "2024/lk-emsland"
    for words in (
        ["setze", which, f"ziele.individuell.{many}.titel", "x"],
        ["setze", which, "Verwaltungskosten", many],
        ["setze", which, "ziele.individuell.²", "x"],
        ["zurueck", which, "--schritt", many],
    ):
        ended = told(capsys, folder, words, "")
        assert ended.code in (1, 2) and len(ended.err) < 600, words
