"""The command line as tests call it: in this process for speed, in one of its own where what is loaded counts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from zv.main import run

ROOT = Path(__file__).parents[2]


class Ended(NamedTuple):
    """How a call ended."""

    code: int
    out: str
    err: str


def zv(capsys: pytest.CaptureFixture[str], *words: str | Path) -> Ended:
    """One call in this process."""
    capsys.readouterr()
    code = run([str(word) for word in words])
    return Ended(code, *capsys.readouterr())


def process(folder: Path, *words: str | Path, code: str = "") -> Ended:
    """One call in a process of its own, `code` run before it."""
    program = f"{code}\nimport sys\nfrom zv.main import run\nsys.exit(run(sys.argv[1:]))"
    done = subprocess.run([sys.executable, "-c", program, *map(str, words)], cwd=folder, capture_output=True, text=True, check=False)
    return Ended(done.returncode, done.stdout, done.stderr)


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Bytes and time of every file."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mtime_ns) for path in files}
