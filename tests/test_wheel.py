"""The wheel, as an office gets it: built without network, installed into an empty environment, run from an empty folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RECORDS = ROOT / "agreements" / "2024"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel that `make wheel` builds."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    (built,) = folder.glob("zv-*.whl")
    return built


@pytest.fixture(scope="module")
def zv(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment that has the wheel, the locked packages, and nothing of the work tree."""
    home = tmp_path_factory.mktemp("leer") / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python = home / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-qq", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, capture_output=True, text=True, check=True)
    # A folder named in a .pth file is searched, but its own .pth files, the editable install among them, are not read.
    (site,) = (home / "lib").glob("python*/site-packages")
    (site / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return home / "bin" / "zv"


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """A folder with nothing in it."""
    folder = tmp_path / "ordner"
    folder.mkdir()
    return folder


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """A record beside the frame of its year, in a folder of its own."""
    return Path(shutil.copytree(RECORDS, tmp_path / "akten" / "2024")) / "lk-emsland.yaml"


def run(zv: Path, folder: Path, *words: str | Path) -> str:
    """What the command printed, having ended well."""
    done = subprocess.run([zv, *words], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"zv {words}: {done.stdout}{done.stderr}"
    return done.stdout


def test_the_wheel_holds_program_templates_and_register_and_no_records(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert {name.split("/")[0] for name in names} == {"agreements", "extract", "render", "zv", "templates"}
    assert {"agreements/register/register.csv", "templates/ni/2024.j2", "zv/main.py"} <= set(names)
    assert not [name for name in names if name.startswith("agreements/2") or "__pycache__" in name]


def test_the_wheel_asks_for_what_pyproject_names_and_for_no_tools(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = archive.read(path).decode()
    needed = [line.split(": ")[1] for line in metadata.splitlines() if line.startswith("Requires-Dist: ") and "extra ==" not in line]
    assert any(line.startswith("weasyprint>=") for line in needed)
    assert not any(line.startswith("pytest") for line in needed)


def test_help_comes_from_the_installed_wheel(zv: Path, empty: Path) -> None:
    assert "traeger" in run(zv, empty, "--help")
    code = "import agreements, extract, render, zv; print(*(room.__file__ for room in (agreements, extract, render, zv)))"
    places = subprocess.run([zv.with_name("python"), "-c", code], cwd=empty, capture_output=True, text=True, check=True).stdout
    assert str(ROOT) not in places


def test_register_and_schema_need_no_folder(zv: Path, empty: Path) -> None:
    assert "Emsland" in run(zv, empty, "traeger")
    assert '"$schema"' in run(zv, empty, "schema")
    assert not list(empty.iterdir())


def test_a_record_is_rendered_and_read_in_an_empty_folder(zv: Path, empty: Path, record: Path) -> None:
    run(zv, empty, "render", record, "--nach", empty)
    made = sorted(path.relative_to(empty) for path in empty.rglob("*") if path.is_file())
    assert sorted(path.suffix for path in made) == [".docx", ".pdf"]
    for path in made:
        assert "verwaltungskosten: 13155724" in run(zv, empty, "extract", path)
