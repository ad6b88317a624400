"""Nothing outlives zv: no process when it is killed, and what lay in folders goes with the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

import pytest

from agreements.files.disk import write_atomic
from agreements.files.temporary import PREFIX, clear_left, temporary_folder

if sys.platform != "win32":
    import fcntl

ROOT = Path(__file__).parents[1]
HERE = Path(__file__).stem
PATIENCE = 240.0
"""Seconds that processes may take to come or go on a machine that has much else to do."""
HELPERS = (2, f"{HERE}:ready")
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nur Linux beendet Prozesse mit dem, der sie begann")
ASKS = f"""
import sys
from pathlib import Path
from extract.files.sandbox import Job, run
run(Job(Path("a.pdf"), "{HERE}:waits", (sys.argv[1],)))
"""


def ready() -> None:
    """What helpers load here."""


def waits(mark: str) -> str:
    """Has two helpers sleep, for longer than anybody looks for them."""
    from extract.files.helpers import helpers  # noqa: PLC0415

    helping = helpers()
    assert helping
    list(helping.each(sleeps, [(mark,), (mark,)]))
    return ""


def sleeps(_: str) -> None:
    time.sleep(600)


def running(mark: str) -> list[int]:
    """The processes that were begun with these words."""
    found = []
    for each in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = each.read_bytes()
        except OSError:
            continue  # it has ended meanwhile
        if mark.encode() in words:
            found.append(int(each.parent.name))
    return found


def until(number: int, mark: str) -> int:
    """How many processes there are, once there are so many or patience is over."""
    end = time.monotonic() + PATIENCE
    while len(running(mark)) != number and time.monotonic() < end:
        time.sleep(0.05)
    return len(running(mark))


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_no_process_outlives_the_asking_one_and_the_next_start_clears_its_folder(
    how: signal.Signals, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = f"zv-marke-{os.getpid()}-{how.name}"
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'tests'}", "TMPDIR": str(tmp_path)}
    asker = subprocess.Popen([sys.executable, "-c", ASKS, mark], env=environment)
    assert until(5, mark) == 5  # it, its job, who begets helpers, and two of them
    os.kill(asker.pid, how)
    asker.wait(PATIENCE)
    assert until(0, mark) == 0
    assert [name.startswith(PREFIX) for name in left(tmp_path)] == [True]
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with temporary_folder() as folder:
        assert left(tmp_path) == [folder.name]
    assert left(tmp_path) == []


def test_the_folder_of_a_living_run_and_what_is_called_otherwise_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    (tmp_path / "zv-fremd").mkdir()
    (tmp_path / "anders").mkdir()
    (tmp_path / f"{PREFIX}datei").write_text("", encoding="utf-8")
    (tmp_path / f"{PREFIX}verweis").symlink_to(tmp_path / "anders")
    with temporary_folder() as first:
        code = "from agreements.files.temporary import temporary_folder\nwith temporary_folder(): pass"
        subprocess.run([sys.executable, "-c", code], env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}, check=True)
        assert first.is_dir()
    assert left(tmp_path) == ["anders", "zv-fremd", f"{PREFIX}datei", f"{PREFIX}verweis"]


DIES = """
import os, signal, sys
from pathlib import Path
from agreements.files import disk
def dies(*_): os.kill(os.getpid(), signal.SIGKILL)
os.fsync = dies
disk.write_new(Path(sys.argv[1]), b"halb")
"""


def test_a_folder_that_another_start_clears_before_it_is_locked_is_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 1,000 killed runs, each followed by one that clears, one lost an agreement so."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = list[str]()

    def cleared_at_once(prefix: str) -> str:
        made.append(mkdtemp(prefix=prefix))
        if len(made) == 1:
            clear_left()
        return made[-1]

    monkeypatch.setattr("agreements.files.temporary.mkdtemp", cleared_at_once)
    with temporary_folder() as folder:
        assert folder.is_dir() and str(folder) == made[1]
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_beside_a_record_goes_with_the_next_one_that_writes_there(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    killed = subprocess.run([sys.executable, "-c", DIES, tmp_path / "lk-emsland.yaml"], env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    (unfinished,) = left(tmp_path)
    assert unfinished.endswith(".tmp")
    (tmp_path / ".Notizen.tmp").write_text("fremd", encoding="utf-8")
    living = tmp_path / ".lk-peine.yaml.0123abcd.tmp"
    with living.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        write_atomic(tmp_path / "lk-leer.yaml", b"ganz")
    assert left(tmp_path) == [".Notizen.tmp", living.name, "lk-leer.yaml"]
