"""The wheel, as an office gets it: built without network, installed into an empty environment, run from an empty folder."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
RECORDS = ROOT / "agreements" / "2024"
ALONE = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
"""The environment without what may lead to the work tree."""


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
    command = installed(wheel, tmp_path_factory.mktemp("leer"))
    (site,) = command.parents[1].glob("lib/python*/site-packages")
    # A folder named in a .pth file is searched, but its own .pth files, the editable install among them, are not read.
    (site / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return command


@pytest.fixture(scope="module")
def plain(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command in an environment that has of the locked packages only those that the wheel asks for where no extra is named."""
    command = installed(wheel, tmp_path_factory.mktemp("schlank"))
    (site,) = command.parents[1].glob("lib/python*/site-packages")
    for name in needed(wheel):
        of_package = distribution(name)
        for top in {Path(str(file)).parts[0] for file in of_package.files or ()} - {"..", "__pycache__"}:
            if not (site / top).exists():
                (site / top).symlink_to(str(of_package.locate_file(top)))
    return command


def installed(wheel: Path, folder: Path) -> Path:
    """The command of the wheel in an environment that has nothing else."""
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    python = folder / "venv" / "bin" / "python"
    install = [sys.executable, "-m", "pip", "--python", str(python), "install", "-qq", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(install, capture_output=True, text=True, check=True)
    return python.with_name("zv")


def requirements(wheel: Path) -> list[Requirement]:
    """What the wheel asks for, extras too."""
    with zipfile.ZipFile(wheel) as archive:
        (path,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        lines = archive.read(path).decode().splitlines()
    return [Requirement(line.split(": ")[1]) for line in lines if line.startswith("Requires-Dist: ")]


def needed(wheel: Path) -> set[str]:
    """The names of all packages that the wheel brings along where no extra is named."""
    waiting, known = requirements(wheel), set[tuple[str, frozenset[str]]]()
    asked = [(each, frozenset({""})) for each in waiting]
    while asked:
        each, extras = asked.pop()
        if each.marker and not any(each.marker.evaluate({"extra": extra}) for extra in extras):
            continue
        if (found := (each.name, frozenset(each.extras))) not in known:
            known.add(found)
            asked += [(Requirement(one), frozenset({"", *each.extras})) for one in distribution(each.name).requires or ()]
    return {name for name, _ in known}


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
    done = subprocess.run([zv, *words], cwd=folder, env=ALONE, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"zv {words}: {done.stdout}{done.stderr}"
    return done.stdout


def test_the_wheel_holds_program_templates_and_register_and_no_records(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name]
    assert {name.split("/")[0] for name in names} == {"agreements", "extract", "render", "zv", "templates"}
    assert {"agreements/register/register.csv", "templates/ni/2024.j2", "zv/main.py"} <= set(names)
    assert not [name for name in names if name.startswith("agreements/2") or "__pycache__" in name]


def test_the_wheel_asks_for_what_pyproject_names_and_for_no_tools(wheel: Path) -> None:
    asked = {each.name for each in requirements(wheel) if each.marker is None}
    assert "weasyprint" in asked
    assert not asked & {"pytest", "opencv-python-headless", "starlette"}


def test_help_comes_from_the_installed_wheel(zv: Path, empty: Path) -> None:
    assert "traeger" in run(zv, empty, "--help")
    code = "import agreements, extract, render, zv; print(*(room.__file__ for room in (agreements, extract, render, zv)))"
    places = subprocess.run([zv.with_name("python"), "-c", code], cwd=empty, env=ALONE, capture_output=True, text=True, check=True).stdout
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


# ---------------------------------------------------------------- without extras


@pytest.fixture(scope="module")
def office(plain: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the plain wheel has printed a record."""
    folder = tmp_path_factory.mktemp("amt")
    shutil.copytree(RECORDS, folder / "agreements" / "2024")
    run(plain, folder, "drucke", "2024", "lk-emsland")
    return folder


def test_the_plain_wheel_has_no_package_of_any_extra(plain: Path) -> None:
    code = "from importlib.metadata import distributions; print(*(each.name.lower() for each in distributions()))"
    said = subprocess.run([plain.with_name("python"), "-c", code], env=ALONE, capture_output=True, text=True, check=True).stdout
    there = set(said.split())
    assert {"zv", "weasyprint", "pypdfium2"} <= there
    assert not {"numpy", "opencv-python-headless", "onnxruntime", "rapidocr", "matplotlib", "starlette", "pytest"} & there


@pytest.mark.parametrize("name", ["lk-emsland.pdf", "lk-emsland.docx"])
def test_the_plain_wheel_reads_what_it_has_printed_and_doubts_nothing_of_it(name: str, plain: Path, office: Path) -> None:
    said = run(plain, office, "lies", Path("out/2024", name))
    assert "# Keine Abweichungen vom Wortlaut, nichts zu prüfen." in said
    assert "verwaltungskosten: 13155724" in said


def test_the_plain_wheel_has_every_angabe_of_a_pdf_from_elsewhere_looked_at(plain: Path, office: Path, tmp_path: Path) -> None:
    shutil.copy(office / "out" / "2024" / "lk-emsland.pdf", tmp_path / "fremd.pdf")
    said = json.loads(run(plain, tmp_path, "lies", "fremd.pdf", "--format", "json"))
    assert {(one["pruefen"], one["grund"]) for one in said["angaben"]} == {(True, "Seitenbild nicht gegengelesen.")}
    assert [one for one in said["befunde"] if "[scan]" in one["text"]]


def test_what_is_written_in_python_with_the_wheel_is_checked_by_mypy(zv: Path, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
    written = "".join(re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL))
    wrong = 'zv.lies(1)\nzv.drucke("x.yaml", ["odt"])\nsumme: str = gelesen.vereinbarung.jahr\nzv.run\n'
    (tmp_path / "auswertung.py").write_text(written + wrong, encoding="utf-8")
    checked = [sys.executable, "-m", "mypy", "--strict", "--python-executable", str(zv.with_name("python")), "auswertung.py"]
    said = subprocess.run(checked, cwd=tmp_path, env=ALONE, capture_output=True, text=True, check=False).stdout
    first = written.count("\n") + 1
    assert re.findall(r"^auswertung\.py:(\d+): error: .*\[(.+)\]$", said, re.MULTILINE) == [
        (str(first), "arg-type"), (str(first + 1), "list-item"), (str(first + 2), "assignment"), (str(first + 3), "attr-defined"),
    ]  # fmt: skip
