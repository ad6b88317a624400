"""Reading a scan sends nothing and leaves nothing behind: what all its processes ask of the system, and what lies there afterwards."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pikepdf
import pytest
from round_trip import LIBRARY, ROOT, emsland
from scan_simulator import Scan, scanned

from render.pdf import render_pdf

KEPT = ("PATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""All that the processes get of this one's environment: ORT_DISABLE_TELEMETRY and CI would keep ONNX Runtime quiet."""
ZV = Path(sys.executable).with_name("zv")
LOADED = """
import time
import numpy
import extract.ocr.page
from extract.ocr.engines.ppocr import read
read(numpy.full((48, 300), 255, numpy.uint8))
time.sleep(10)
"""
"""Has used what reads scans and waits: ONNX Runtime 1.31 makes its first report nine seconds after it was loaded."""
STRACE = ("strace", "-f", "--seccomp-bpf", "-y", "-e", "trace=socket,connect,openat")
OPENED = re.compile(r'openat\((?:AT_FDCWD|\d+)<([^>]*)>, "([^"]*)", [^)\n]*O_(?:WRONLY|RDWR|CREAT)')
SHARED = re.compile(r"/dev/(?:null|shm/sem\..*)")
"""No files: what is thrown away, and what Python's processes wait for each other with, in memory."""


def forbidden() -> str:
    """Why system calls are not watched here, "" where they are."""
    if not shutil.which(STRACE[0]):
        return "strace fehlt"
    tried = subprocess.run([*STRACE, "-o", os.devnull, "true"], capture_output=True, text=True, check=False)
    return f"strace darf hier nicht zusehen: {tried.stderr.strip()[:80]}" if tried.returncode else ""


def begun(folder: Path, name: str, words: Sequence[str | Path], said: dict[str, str]) -> subprocess.Popen[bytes]:
    """The command as a user has it who has just come, watched where that is allowed; its trace is named so."""
    environment = {each: os.environ[each] for each in KEPT if each in os.environ}
    environment |= {"HOME": str(folder / "home"), "TMPDIR": str(folder / "tmp"), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    watched = () if forbidden() else (*STRACE, "-o", folder / f"{name}.trace")
    return subprocess.Popen([*watched, *words], cwd=folder / "work", env=environment | said, stderr=subprocess.PIPE)


@pytest.fixture(scope="module")
def office() -> Iterator[Path]:
    """A folder, named shortly as sockets want it, in which a scan was read: the user's, the temporary and the work folder, and traces."""
    with TemporaryDirectory(prefix="zv-") as name:
        folder = Path(name).resolve()
        for each in ("home", "tmp", "work"):
            (folder / each).mkdir()
        (folder / "scan.pdf").write_bytes(scan())
        reads = begun(folder, "reads", [ZV, "extract", folder / "scan.pdf", "--nach", "gelesen.yaml"], {})
        waits = begun(folder, "waits", [sys.executable, "-c", LOADED], {"ORT_DISABLE_TELEMETRY": "0"})
        for running in (reads, waits):
            _, told = running.communicate(timeout=300)
            assert running.returncode == 0, told
        yield folder


def scan() -> bytes:
    """The agreement's first two pages and its last, which are read fastest, scanned."""
    with pikepdf.open(io.BytesIO(render_pdf(LIBRARY.document(emsland())))) as pdf:
        del pdf.pages[2:-1]
        out = io.BytesIO()
        pdf.save(out)
    return scanned(out.getvalue(), Scan(dpi=100), 1).pdf


@pytest.fixture
def trace(office: Path) -> str:
    """What the processes asked of the system."""
    if reason := forbidden():
        pytest.skip(reason)
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in office.glob("*.trace"))


def test_a_scan_that_was_read_leaves_what_was_asked_for_and_nothing_else(office: Path) -> None:
    assert {str(path.relative_to(office)) for path in office.glob("*/**/*")} == {"work/gelesen.yaml"}
    assert "Seiten 1–3: Text aus dem Bild erkannt" in (office / "work" / "gelesen.yaml").read_text(encoding="utf-8")


def test_nobody_who_reads_a_scan_speaks_to_the_net_or_to_another_program(trace: str) -> None:
    assert "openat(" in trace
    assert not re.findall(r"(?:socket|connect)\(", trace)


def test_nobody_who_reads_a_scan_opens_a_file_to_write_outside_of_the_work_and_the_temporary_folder(office: Path, trace: str) -> None:
    opened = {Path(folder, name) for folder, name in OPENED.findall(trace)}
    assert office / "tmp" in {path.parent for path in opened}
    outside = {path for path in opened if path.parent != office / "work" and office / "tmp" not in path.parents}
    assert not [path for path in outside if not SHARED.fullmatch(str(path))]
