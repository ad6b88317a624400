"""Ctrl-C ends a run whenever it comes, also while a process is being split off."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agreements.files.interruption import interruption_kept

ROOT = Path(__file__).parents[1]
SPLIT_OFF = {
    "to read": (
        "from pathlib import Path; from extract.files.sandbox import Job, run",
        "run(Job(Path('a.pdf'), 'platform:python_version', ()))",
    ),
    "to print": ("from zv.workers import each_done", "list(each_done(str, ['a'], 1))"),
}
CODE = """
import os, signal
{imports}
os.register_at_fork(after_in_parent=lambda: signal.raise_signal(signal.SIGINT))
try:
    {call}
except KeyboardInterrupt:
    print("ended")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="nur Linux teilt Prozesse ab")
@pytest.mark.parametrize("what", SPLIT_OFF)
def test_an_interruption_that_comes_while_a_process_is_split_off_is_not_lost(what: str, tmp_path: Path) -> None:
    imports, call = SPLIT_OFF[what]
    code = CODE.format(imports=imports, call=call)
    ended = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(ROOT)},
                           capture_output=True, text=True, timeout=60, check=False)  # fmt: skip
    assert (ended.stdout, "Exception ignored" in ended.stderr) == ("ended\n", False), ended.stderr


def test_what_is_begun_is_finished_first() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), interruption_kept():
        signal.raise_signal(signal.SIGINT)
        done.append("all")
    assert done == ["all"] and signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_without_an_interruption_nothing_is_raised() -> None:
    with interruption_kept():
        pass
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
