"""A machine without Pango, as an office's Windows mostly is: no PDF is made, one German sentence says so, and everything else works."""

from __future__ import annotations

import ctypes
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from round_trip import ROOT

from render.libraries import no_pango

WORKS = """
from zv.main import run
for words in (
    ("drucke", "2024", "lk-emsland"),
    ("drucke", "2024", "lk-emsland", "--format", "docx"),
    ("lies", "out/2024/lk-emsland.docx", "--nach", "gelesen.yaml"),
    ("lies", "Emsland.pdf", "--nach", "gelesen-2.yaml"),
):
    print(words[0], run([*words]))
"""
HIDDEN = 'mount --bind /dev/null "$0" && exec "$@"'


def library() -> str:
    """Where this machine's Pango lies."""
    try:
        ctypes.CDLL("libpango-1.0.so.0")
    except OSError:
        pytest.skip("Pango ist hier nicht eingerichtet")
    found: list[str] = re.findall(r"(/\S+/libpango-1\.0\.so\S*)$", Path("/proc/self/maps").read_text(encoding="utf-8"), re.MULTILINE)
    return found[0]


def without_pango(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """A process of which the system's loader finds no Pango."""
    alone = ["unshare", "--map-root-user", "--mount"]
    if (
        sys.platform != "linux"
        or not shutil.which("unshare")
        or subprocess.run([*alone, "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("das System lässt keine eigene Sicht auf die Dateien zu (unshare)")
    command = [*alone, "sh", "-c", HIDDEN, library(), sys.executable, "-c", f"import sys\nsys.path.insert(0, {str(ROOT)!r})\n{code}"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_all_but_pdf_works_and_pdf_is_refused_in_one_sentence_that_says_what_to_do(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    shutil.copy(ROOT / "tests/proben/garten-libreoffice.pdf", tmp_path / "Emsland.pdf")
    done = without_pango(tmp_path, WORKS)
    codes = re.findall(r"^(\w+) (\d)$", done.stdout, re.MULTILINE)
    assert codes == [("drucke", "1"), ("drucke", "0"), ("lies", "0"), ("lies", "4")], done.stdout + done.stderr
    assert sorted(path.name for path in (tmp_path / "out/2024").iterdir()) == ["lk-emsland.docx", "manifest.json"]
    (said,) = (line for line in done.stderr.splitlines() if "Pango" in line)
    assert said.endswith(
        "PDF kann nicht geschrieben werden, weil die Bibliothek Pango fehlt (libpango-1.0-0); lesen, prüfen und Word (--format docx) geht "
        "ohne sie. Die Pakete einrichten: „apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0“."
    )
    assert not re.search(r"cannot|library|Traceback|WeasyPrint could", done.stdout + done.stderr)


@pytest.mark.parametrize(("system", "how"), [("win32", "pacman -S mingw-w64-ucrt-x86_64-pango"), ("darwin", "brew install pango"),
                                             ("linux", "apt install libpango-1.0-0")])  # fmt: skip
def test_the_remedy_is_that_of_the_system(system: str, how: str) -> None:
    said = "cannot load library 'libgobject-2.0-0': error 0x7e.  Additionally, ctypes.util.find_library() did not manage"
    told = str(no_pango(said, system))
    assert "fehlt (libgobject-2.0-0);" in told and how in told
    if system != "linux":
        handbook = (ROOT / "docs/handbuch.md").read_text(encoding="utf-8")
        assert how in handbook


def test_the_remedy_of_debian_names_what_is_looked_for_at_set_up() -> None:
    named = re.findall(r"lib\S+", str(no_pango("", "linux")).partition("apt install ")[2].rstrip("“."))
    assert named and not [name for name in named if f'("{name}",)' not in (ROOT / ".ci/system.py").read_text(encoding="utf-8")]
