"""Whatever happens to a run over a year, only whole and proven files lie in `out/`, nothing is lost, and the next run does the rest."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from command import process, zv
from sampling import shares
from year import KEYS, outputs, sums, year

from agreements.files.disk import WORKSHOP, workshop
from zv.main import run

Capture = pytest.CaptureFixture[str]
COUNT = 4
WORD = ("render", "2024", "--alle", "--format", "docx")
"""A Word file takes a tenth of a PDF; how files get into their places is the same."""
KILLS = shares(10, 1000, 100)
"""Moments at which a run is killed."""
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Prozesse werden nur unter Linux abgespalten")


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose records are printed."""
    folder = year(tmp_path_factory.mktemp("jahr"), COUNT)
    assert run([*WORD, "--ordner", str(folder)]) == 0
    return folder


@pytest.fixture(scope="module")
def after(before: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same once another name stands for the Land in all of them."""
    folder = Path(shutil.copytree(before, tmp_path_factory.mktemp("danach") / "jahr"))
    change(folder)
    assert run([*WORD, "--ordner", str(folder)]) == 0
    return folder


@pytest.fixture
def folder(before: Path, tmp_path: Path) -> Path:
    """A folder that is printed and whose records have changed since."""
    made = Path(shutil.copytree(before, tmp_path / "jahr"))
    change(made)
    return made


def change(folder: Path) -> None:
    path = folder / "agreements/2024/rahmen.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Dr. Christine Arbogast", "Dr. Erika Muster"), encoding="utf-8")


def split_off(words: list[str]) -> int:
    """A process that makes this call with all that is loaded here."""
    child = os.fork()
    if child == 0:
        os.setpgid(0, 0)
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, 1)
        os.dup2(devnull, 2)
        try:
            os._exit(run(words))
        finally:
            os._exit(99)
    return child


def how_long(folder: Path) -> float:
    """Seconds that a run takes which is left alone."""
    start = time.monotonic()
    os.waitpid(split_off([*WORD, "--ordner", str(folder)]), 0)
    return time.monotonic() - start


def whole(folder: Path, before: Path, after: Path) -> None:
    """Every output is one of before or after, the manifest can be read, and what is not finished lies apart."""
    old, new = sums(before), sums(after)
    found = {name: sum_ for name, sum_ in sums(folder).items() if not name.startswith(f"{WORKSHOP}/")}
    assert set(found) == set(old) and all(found[name] in (old[name], new[name]) for name in found)
    json.loads(outputs(folder)["manifest.json"])


@LINUX
@pytest.mark.parametrize("seeds", KILLS, ids=str)
def test_a_run_that_is_killed_at_any_moment_leaves_whole_files_and_the_next_one_completes(
    seeds: range, before: Path, after: Path, tmp_path: Path, capfd: Capture
) -> None:
    def fresh(name: object) -> Path:
        folder = Path(shutil.copytree(before, tmp_path / str(name)))
        change(folder)
        return folder

    longest = how_long(fresh("ganz"))
    for seed in seeds:
        folder = fresh(seed)
        child = split_off([*WORD, "--ordner", str(folder)])
        time.sleep(random.Random(seed).uniform(0, longest))
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        whole(folder, before, after)
        assert run([*WORD, "--ordner", str(folder)]) == 0, f"Saat {seed}"
        assert sums(folder) == sums(after) and not [name for name in outputs(folder) if name.startswith(".")]
        shutil.rmtree(folder)


@LINUX
def test_a_process_that_crashes_costs_one_agreement_alone(folder: Path, before: Path, after: Path) -> None:
    """Memory that runs out, a library that fails: here the process ends itself when it comes to one Träger."""
    fatal = (
        "import os, signal\nimport zv.printing as printing\nright = printing.outputs\n"
        "def outputs(library, stored, how, press):\n"
        f"    if stored.record.traeger == '{KEYS[1]}': os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    yield from right(library, stored, how, press)\n"
        "printing.outputs = outputs\n"
    )
    ended = process(folder, *WORD, code=fatal)
    assert ended.code == 1 and "abgestürzt (SIGSEGV)" in " ".join(ended.out.split())
    assert sums(folder) == {**sums(after), f"{KEYS[1]}.docx": sums(before)[f"{KEYS[1]}.docx"]}


@LINUX
def test_an_interruption_is_said_and_leaves_nothing_half(folder: Path, before: Path, after: Path) -> None:
    command = [sys.executable, "-c", "import sys; from zv.main import run; sys.exit(run(sys.argv[1:]))", *WORD, "--ordner", str(folder)]
    place = Path(__file__).parent.parent
    with subprocess.Popen(command, cwd=place, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True) as running:
        while not (folder / "out/2024" / WORKSHOP).is_dir():
            assert running.poll() is None
            time.sleep(0.005)
        os.killpg(running.pid, signal.SIGINT)
        _, said = running.communicate()
    assert (running.returncode, said.strip()) == (130, "Abgebrochen.")
    whole(folder, before, after)
    assert not (folder / "out/2024" / WORKSHOP).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="dort lässt sich kein Ordner sperren")
def test_the_second_of_two_runs_is_told_and_changes_nothing(folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("agreements.files.disk.PATIENCE", 0.1)
    found = sums(folder)
    with workshop(folder / "out/2024") as shop:
        (shop / "fast fertig.docx").write_bytes(b"...")
        ended = zv(capsys, *WORD, "--ordner", folder)
        assert ended.code == 1 and "Hier arbeitet gerade ein anderer Aufruf von zv" in ended.err
        assert sums(folder) == found | {f"{WORKSHOP}/fast fertig.docx": sums(folder)[f"{WORKSHOP}/fast fertig.docx"]}
    assert zv(capsys, *WORD, "--ordner", folder).code == 0


@LINUX
def test_two_runs_that_begin_at_once_end_well_one_after_the_other(folder: Path, after: Path) -> None:
    children = [split_off([*WORD, "--ordner", str(folder)]) for _ in range(2)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes in ([0, 0], [0, 1], [1, 0])  # on a slow machine the second has waited long enough
    assert sums(folder) == sums(after)


# ---------------------------------------------------------------- disks


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """A small disk of one's own, or one that may not be written; only where this process may mount."""
    place = tmp_path / "platte"
    place.mkdir()

    def mounted(*options: str) -> Path:
        done = subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "zv-test", str(place)], check=False, capture_output=True)
        if done.returncode:
            pytest.skip("hier darf kein Datenträger eingehängt werden")
        return place

    yield mounted
    subprocess.run(["umount", str(place)], check=False, capture_output=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="hier gibt es kein mount")
def test_a_full_disk_is_said_and_what_lay_there_still_does(folder: Path, disk: Callable[..., Path], after: Path, capsys: Capture) -> None:
    place = disk("size=400k")
    shutil.copytree(folder / "out/2024", place / "2024")
    full = place / "voll"
    with suppress(OSError), full.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))
    words = (*WORD, "--ordner", folder, "--nach", place)
    ended = zv(capsys, *words)
    assert ended.code == 1 and "Der Datenträger ist voll." in " ".join((ended.out + ended.err).split())
    assert outputs_of(place) == outputs_of(folder / "out")
    full.unlink()
    assert zv(capsys, *words).code == 0 and outputs_of(place) == outputs_of(after / "out")


@pytest.mark.skipif(shutil.which("mount") is None, reason="hier gibt es kein mount")
def test_a_folder_that_may_not_be_written_is_said(folder: Path, disk: Callable[..., Path], capsys: Capture) -> None:
    place = disk("size=1m", "ro")
    ended = zv(capsys, *WORD, "--ordner", folder, "--nach", place)
    assert ended.code == 1 and "Dort darf nicht geschrieben werden." in ended.err and str(place) in ended.err


def test_files_that_may_not_grow_are_said_one_by_one(folder: Path, before: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2000, 2000))"
    if sys.platform == "win32":
        pytest.skip("dort gibt es keine Grenze für Dateien")
    ended = process(folder, *WORD, code=limit)
    assert ended.code == 1 and "Die Datei ist für den Datenträger zu groß." in " ".join(ended.out.split())
    assert sums(folder) == sums(before)


def outputs_of(place: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (place / "2024").glob("*.docx")}


# ---------------------------------------------------------------- the same everywhere


@pytest.mark.skipif(sys.platform == "win32", reason="dort gibt es diese Gebietsschemata nicht")
def test_another_folder_language_time_zone_home_and_hash_seed_give_the_same_bytes(tmp_path: Path) -> None:
    places = [
        {"LC_ALL": "C", "TZ": "UTC", "PYTHONHASHSEED": "1", "HOME": str(tmp_path)},
        {"LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "77", "USER": "niemand", "SOURCE_DATE_EPOCH": "7"},
    ]
    made = []
    for number, place in enumerate(places):
        folder = year(tmp_path / f"Ordner {number}" / ("ä" * number or "a"), 1)
        words = [sys.executable, "-c", "import sys; from zv.main import run; sys.exit(run(sys.argv[1:]))", "--ordner", str(folder)]
        for call in (["render", "2024", "--alle"], ["overview", "2024", "--format", "xlsx", "--nach", str(folder / "out/2024")]):
            environment = {**os.environ, **place}
            subprocess.run([*words, *call], cwd=Path(__file__).parent.parent, env=environment, check=True, stdout=subprocess.DEVNULL)
        made.append({name: data for name, data in outputs(folder).items() if name != "manifest.json"})
    assert made[0] == made[1] and {name.rpartition(".")[2] for name in made[0]} >= {"pdf", "docx", "xlsx"}
