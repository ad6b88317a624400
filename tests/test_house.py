"""The rules of the house that neither ruff nor mypy can hold: arrows, one place for the wording, no traces of one machine."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
ROOMS = ("agreements", "extract", "render", "zv")
RUN = 7
"""Words in a row that count as a sentence of the wording."""
CITATION = re.compile(r"(?:\d+[a-z]?|Abs|S|Satz|Nr)")
"""What a bare citation of a law is made of: whoever cites the same law says the same, and repeats no sentence."""
SPOKEN = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
ENGINES = {"weasyprint", "pikepdf", "pypdfium2", "pdfplumber", "pdfminer", "docx"}
LOADED = """
import sys
from zv.main import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(*sys.modules, file=sys.stderr)
"""
RECOGNISER = re.compile("tesser|ppocr|paddle|rapidocr|onnx", re.IGNORECASE)
ORIGIN = re.compile(r"_?(?:is_)?scan(?:ned)?(?:s|_page)?")
ASK_ORIGIN = {
    "extract/extraction.py": "it leads a reading through its stages",
    "extract/pages/order.py": "whether pages are told apart exactly is of all of them, also of a picture in which no word was read",
    "extract/pages/split.py": "the same: a last page that is such a picture may be the one with the signatures",
    "extract/results/report.py": "it tells people how the file was read",
    "zv/drafting.py": "the same, in the record",
    "zv/sheets.py": "the same, on the review sheet",
    "agreements/deciding/conversion.py": "an older record has no words any more; what is undecided in it, its Akte alone tells",
    "zv/commands/umstellen.py": "the same: a file that is at hand says how it was read",
    "agreements/model/akte.py": "the same, of a record as it is stored",
    "agreements/library/departures.py": "a stored record has no words any more; which departures may be misread, its Akte alone tells",
}
MACHINE = re.compile(r"/(?:work|farm|root|home|Users)/[a-z]")


@cache
def files_of_the_project() -> list[Path]:
    """What is or would be committed."""
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("kein Git-Arbeitsverzeichnis")
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return [path for path in map(ROOT.joinpath, listed) if path.is_file()]


@cache
def text_of(path: Path) -> str:
    """The file's text, empty for one that has none (a PDF, a picture)."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def nodes(path: Path) -> list[ast.AST]:
    """All that a Python file is made of."""
    return list(ast.walk(ast.parse(text_of(path))))


def sentences(text: str) -> Iterator[tuple[str, ...]]:
    """Every run of so many words, bare citations excepted."""
    words = re.findall(r"\w+", text)
    runs = (tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))
    return (run for run in runs if not all(CITATION.fullmatch(word) for word in run))


def test_no_sentence_of_a_wording_stands_anywhere_else() -> None:
    wordings = [*(ROOT / "templates").glob("[a-z][a-z]/*.j2")]
    spoken = {run for path in wordings for run in sentences(SPOKEN.sub(" | ", text_of(path)))}
    assert spoken
    programs = [
        path
        for path in files_of_the_project()
        if path.suffix in {".py", ".html", ".j2"} and path not in wordings and path.relative_to(ROOT).parts[0] in {*ROOMS, "templates"}
    ]
    repeated = {str(path.relative_to(ROOT)): " ".join(run) for path in programs for run in sentences(text_of(path)) if run in spoken}
    assert not repeated


def test_no_file_names_a_path_of_one_machine() -> None:
    named = [f"{path.relative_to(ROOT)}: {hit[0]}" for path in files_of_the_project() if (hit := MACHINE.search(text_of(path)))]
    assert not named


def test_only_the_folders_that_were_agreed_stand_at_the_top() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in files_of_the_project() if len(path.relative_to(ROOT).parts) > 1}
    assert top <= {*ROOMS, "templates", "tests", "out", "docs", ".ci"}


AGAINST = {
    "agreements.model": ("render", "zv", "pdfplumber", "numpy", "tesserocr", "agreements.filling"),
    "agreements.matching": ("agreements.store.store", "agreements.rules", "extract"),
    "agreements.planning": ("agreements.newyear",),
    "extract.files": ("render", "extract.layout"),
    "extract.by_grammar": ("extract.by_wording", "extract.word", "tesserocr"),
    "extract.confidence": ("extract.ocr", "extract.pages", "numpy"),
    "extract.correction": ("extract.text_layer", "pypdfium2"),
    "extract.ocr": ("onnxruntime", "extract.pdf"),
    "render": ("extract", "zv", "cv2"),
}
"""What a module of each floor may not import."""


def named(contract: dict[str, Any]) -> Iterator[str]:
    """The modules that a contract speaks of."""
    for key in ("source_modules", "forbidden_modules", "protected_modules", "allowed_importers"):
        yield from contract.get(key, ())
    floors = [floor for several in contract.get("layers", ()) for floor in several.split(" | ")]
    yield from (f"{container}.{floor}" for container in contract.get("containers", ()) for floor in floors)


def test_an_import_against_the_arrows_is_found(tmp_path: Path) -> None:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    contracts = tomllib.loads(text_of(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    assert not any("ignore_imports" in contract for contract in contracts)
    written = {name: "" for contract in contracts for name in named(contract) if name.partition(".")[0] in ROOMS} | dict.fromkeys(ROOMS, "")
    for name, text in written.items():
        (tmp_path / name.replace(".", "/")).mkdir(parents=True, exist_ok=True)
        (tmp_path / name.replace(".", "/") / "__init__.py").write_text(text)
    for floor, others in AGAINST.items():
        (tmp_path / floor.replace(".", "/") / "astray.py").write_text("".join(f"import {other}\n" for other in others))
    linter = Path(sys.executable).with_name("lint-imports")
    found = subprocess.run([linter, "--no-logo", "--no-cache"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.returncode == 1
    told = " ".join(found.stdout.split())
    missed = [(floor, other) for floor, others in AGAINST.items() for other in others if f"{floor}.astray -> {other} " not in told]
    assert not missed, found.stdout


def test_what_pdfium_itself_is_asked_is_asked_where_pages_are_read_or_drawn() -> None:
    """The text layer by its raw functions; the raster needs constants of it that have no other name."""
    asked = {path.relative_to(ROOT) for path in files_of_the_project() if path.suffix == ".py" and "pypdfium2.raw" in text_of(path)}
    rooms = {str(path) for path in asked if path.parts[0] in ROOMS and path.parts[:2] != ("extract", "text_layer")}
    assert rooms == {"extract/ocr/raster.py"}


@cache
def said(path: Path) -> tuple[str, ...]:
    """The strings of a Python file that are no docstrings, the parts of f-strings among them."""
    parts = nodes(path)
    told = {id(node.value) for node in parts if isinstance(node, ast.Expr)}
    constants = (node for node in parts if isinstance(node, ast.Constant) and id(node) not in told)
    return tuple(node.value for node in constants if isinstance(node.value, str))


def saying(pattern: str, least: int) -> set[str]:
    """The modules of the four rooms whose strings hold at least so many different words of a pattern."""
    paths = [path for path in files_of_the_project() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ROOMS]
    return {str(path.relative_to(ROOT)) for path in paths if len(set(re.findall(pattern, " ".join(said(path))))) >= least}


def test_the_months_are_listed_once() -> None:
    assert saying(r"\b(?:Januar|Februar|März|April|Juni|Juli|August|September|Oktober|November|Dezember)\b", 3) == {
        "agreements/model/months.py"
    }


def test_abbreviations_are_listed_once() -> None:
    """The rule on how they are written names the wrong forms of some."""
    listed = saying(r"(?<!\w)(?:[Vv]gl|[Gg]gf|evtl|usw|etc|inkl|zzgl|bzw|sog|lfd|Hrsg|bspw)(?!\w)", 3)
    assert listed == {"agreements/language/sentences.py", "agreements/rules/form.py"}


def test_what_an_office_is_called_stands_once() -> None:
    assert saying(r"\b(?:Ministerium|Landkreis|Region|Hansestadt|Jobcenter|Kreisr|Staatssekretär|Oberbürgermeister|Dezernent)", 3) == {
        "agreements/language/offices.py"
    }


def test_what_stands_between_place_and_day_is_known_once() -> None:
    assert saying(r"den\|(?:\\b)?am\b", 1) == {"agreements/language/place_and_date.py"}


def imported(path: Path) -> Iterator[str]:
    """The top-level modules that a Python file imports, wherever in it and however."""
    for node in nodes(path):
        match node:
            case ast.Import(names=names):
                yield from (alias.name.partition(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module.partition(".")[0]
            case ast.Call(func=ast.Name(id="import_module" | "__import__"), args=[ast.Constant(value=str(module)), *_]):
                yield module.partition(".")[0]


def test_one_module_alone_imports_onnx_runtime_and_none_the_package_its_model_comes_from() -> None:
    """Where it is imported otherwise it reports to its maker; rapidocr's own code would import it."""
    found = {(str(path.relative_to(ROOT)), name) for path in files_of_the_project() if path.suffix == ".py" for name in imported(path)}
    assert {each for each in found if each[1] in {"onnxruntime", "rapidocr"}} == {("extract/ocr/engines/onnx.py", "onnxruntime")}


def test_a_recogniser_is_named_in_its_own_module_and_in_the_table_of_their_roles_alone() -> None:
    """Whoever asks for a page or a line does not know which engine answers: another one is a file and a line."""
    engines, table = ROOT / "extract" / "ocr" / "engines", ROOT / "extract" / "ocr" / "readers.py"
    programs = [path for path in files_of_the_project() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ROOMS]
    elsewhere = {path: RECOGNISER.findall(text_of(path)) for path in programs if engines not in path.parents}
    assert {path for path, names in elsewhere.items() if names} == {table}
    assert len([line for line in text_of(table).splitlines() if RECOGNISER.search(line)]) == 2, "one import, one line of the table"


def told_origin(parts: Sequence[ast.AST]) -> Iterator[str]:
    """Parameters and fields of a Python file that say whether its words come from a scan."""
    for node in parts:
        match node:
            case ast.arg(arg=name) | ast.AnnAssign(target=ast.Name(id=name)) if ORIGIN.fullmatch(name):
                yield name


def asks_origin(parts: Sequence[ast.AST]) -> bool:
    """Whether a Python file asks a reading or record how it was read."""
    return any(isinstance(node, ast.Attribute) and node.attr == "lesart" and isinstance(node.ctx, ast.Load) for node in parts)


def test_nobody_but_the_readers_of_pages_is_told_whether_they_were_scanned() -> None:
    """Elsewhere a word tells how certain its letters are, and that is what is judged."""
    rooms = {ROOT / "extract" / name for name in ("ocr", "confidence", "pdf.py")}
    programs = [path for path in files_of_the_project() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in ROOMS]
    elsewhere = {str(path.relative_to(ROOT)): nodes(path) for path in programs if path not in rooms and not rooms & {*path.parents}}
    assert not {f"{path}: {name}" for path, parts in elsewhere.items() for name in told_origin(parts)}
    assert {path for path, parts in elsewhere.items() if asks_origin(parts)} == {*ASK_ORIGIN}


def test_the_lock_holds_every_dependency_at_a_version_its_floor_allows() -> None:
    project = tomllib.loads(text_of(ROOT / "pyproject.toml"))["project"]
    lock = text_of(ROOT / "requirements.lock")
    locked = dict(re.findall(r"^([a-z0-9._-]+)==([^ ]+)", lock, re.MULTILINE))
    wanted = [Requirement(line) for line in (*project["dependencies"], *project["optional-dependencies"]["dev"])]
    names = {re.sub(r"[._]", "-", requirement.name): requirement for requirement in wanted}
    assert not [str(each) for name, each in names.items() if name not in locked or not each.specifier.contains(locked[name])]


def test_the_lock_names_hashes_and_no_host() -> None:
    lock = text_of(ROOT / "requirements.lock")
    pins = re.findall(r"^[a-z0-9].*?(?=^[a-z0-9]|\Z)", lock, re.MULTILINE | re.DOTALL)
    assert pins
    assert not [pin for pin in pins if "--hash=sha256:" not in pin]
    assert "://" not in lock


def loaded(*words: str) -> set[str]:
    """The modules in memory when the command has ended well."""
    done = subprocess.run([sys.executable, "-c", LOADED, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(done.stderr.splitlines()[-1].split())


@pytest.mark.parametrize("command", ["", "render", "extract", "import", "draft", "fill", "check", "schema", "traeger", "runde", "overview"])
def test_help_loads_nothing_heavy(command: str) -> None:
    assert not loaded(*command.split(), "--help") & {*ENGINES, "pydantic", "lxml", "jinja2"}


@pytest.mark.parametrize("command", ["schema", "traeger", "check 2024", "overview 2024"])
def test_a_command_that_needs_no_document_loads_no_engine(command: str) -> None:
    assert not loaded(*command.split()) & ENGINES


@pytest.mark.parametrize("command", ["offen", "check 2024"])
def test_a_command_that_only_looks_loads_neither_what_changes_records_nor_what_reads_signatures(command: str) -> None:
    changing = {"agreements.planning.setting", "agreements.store.journal", "agreements.deciding.decisions"}
    assert not loaded(*command.split()) & {*changing, "agreements.language.signatures", "agreements.language.names"}


OPENED = """
import sys
from pkgutil import iter_modules
import zv.arbeitsplatz
for each in iter_modules(zv.arbeitsplatz.__path__):
    __import__(f"zv.arbeitsplatz.{each.name}")
print(*{name.split(".")[0] for name in sys.modules})
"""


def test_the_workbench_opens_without_what_sets_pages_draws_figures_or_writes_excel() -> None:
    done = subprocess.run([sys.executable, "-c", OPENED], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not set(done.stdout.split()) & {"weasyprint", "matplotlib", "openpyxl", "docx"}


STARTED = (
    "import sys; sys.addaudithook(lambda event, said: event == 'subprocess.Popen' and print(said[0], file=sys.stderr)); import render.pdf"
)


@pytest.mark.skipif(sys.platform != "linux", reason="anderswo wird nach den Bibliotheken gesucht, die Seiten setzen")
def test_what_sets_pages_is_loaded_without_starting_another_program() -> None:
    assert subprocess.run([sys.executable, "-c", STARTED], cwd=ROOT, capture_output=True, text=True, check=True).stderr == ""


STARTS_PROCESSES = "tests/test_extras.py::test_pages_in_the_browser_are_refused_with_one_sentence_where_they_are_not_installed"


def test_what_is_tested_is_the_program_beside_the_tests_also_where_python_is_told_to_look_elsewhere_first(tmp_path: Path) -> None:
    """A second checkout on the way of Python's search was run by some processes of a test and not by others."""
    for room in ROOMS:
        (tmp_path / f"{room}.py").write_text("raise SystemExit('ein anderes Programm lief')")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | {"PYTHONPATH": str(tmp_path)}
    program = str(Path(sys.executable).with_name("pytest"))
    command = [program, "-q", "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "innen"), STARTS_PROCESSES]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
