"""What README, handbook and help pages say is what zv does: every example of theirs is run where a reader would run it."""

from __future__ import annotations

import re
import runpy
import shlex
import shutil
from pathlib import Path

import click
import docx
import pytest
from older_documents import Older
from workbench import PATIENCE, started

from agreements import __version__, errors
from agreements.library.library import open_library
from agreements.model.record import Vereinbarung
from agreements.store.store import load_text
from extract.extraction import extract
from render.pdf import render_pdf
from zv.main import COMMANDS, cli, run

ROOT = Path(__file__).parent.parent
README, HANDBUCH, CHANGELOG = ROOT / "README.md", ROOT / "docs" / "handbuch.md", ROOT / "CHANGELOG.md"
DOCUMENTS = [README, CHANGELOG, ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md"), *ROOT.glob("tests/proben/**/README.md")]
BLOCK = re.compile(r"^ *```(?P<kind>\w+)\n(?P<text>.*?)^ *```$", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"^\| (.+?) \| (\w+) \| (\w+) \| ([\w.]+) \| (\w+) \| (\w+) \|$", re.MULTILINE)
MACHINE = re.compile(r"(?:^|[\s`(\"'])(?:/(?:tmp|work|home|root|Users|mnt|opt)\b|[A-Z]:\\Users)")


def blocks(path: Path, *kinds: str) -> list[str]:
    """The fenced blocks of these kinds."""
    return [found["text"] for found in BLOCK.finditer(path.read_text(encoding="utf-8")) if found["kind"] in kinds]


def help_of(command: str) -> str:
    """A command's help page; "" asks for the first one."""
    parent = click.Context(cli, info_name="zv")
    chosen = cli.get_command(parent, command) if command else cli
    assert chosen
    return chosen.get_help(click.Context(chosen, info_name=command, parent=parent) if command else parent)


def examples(source: Path | str) -> list[str]:
    """What a document shows in blocks, or a help page at its end, without the remarks behind."""
    if isinstance(source, Path):
        shown = [line for text in blocks(source, "sh", "bat") for line in text.splitlines()]
    else:
        shown = help_of(source).partition("Beispiele:")[2].splitlines()
    return [line.partition(" #")[0].strip() for line in shown if line.strip().startswith("zv ")]


def mentions(document: Path) -> list[str]:
    """Every call of zv that stands within a sentence."""
    return re.findall(r"`(zv [a-z-][^`\n]*)`", BLOCK.sub("", document.read_text(encoding="utf-8")))


def named(source: Path | str) -> str:
    """How a test calls it."""
    return source.name if isinstance(source, Path) else f"zv {source}".strip()


SOURCES: list[Path | str] = [README, HANDBUCH, "", *COMMANDS]


POINTS = """\
  offen:
    - {kennung: 987c1d9582c5, art: unsicher, feld: haushalt.verwaltungskosten, grund: unsicher gelesen}
    - {kennung: 3f2a8bb1c0de, art: unsicher, feld: haushalt.eingliederungsleistungen, grund: unsicher gelesen}
    - kennung: 11d4d4cc7a31
      art: abweichung
      stelle: III.§3.1
      grund: vielleicht verlesen
      abweichung: {stelle: III.§3.1, art: ersetzt, alt: zweimal, neu: zwelmal}
"""
"""What the reading of a third agreement left open."""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A reader's folder: the records of 2024, a second one, one with open points, a draft, next year's begun, and files that came back."""
    folder = tmp_path_factory.mktemp("leser")
    shutil.copytree(ROOT / "agreements" / "2024", folder / "agreements" / "2024")
    record = (folder / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8")
    (folder / "agreements/2024/lk-peine.yaml").write_text(record.replace("traeger: lk-emsland", "traeger: lk-peine"), encoding="utf-8")
    undecided = record.replace("traeger: lk-emsland", "traeger: lk-leer") + POINTS
    (folder / "agreements/2024/lk-leer.yaml").write_text(undecided, encoding="utf-8")
    (folder / "Entwurf.yaml").write_text(record.replace("verwaltungskosten: 13155724", "verwaltungskosten: null"), encoding="utf-8")
    shown = next(text for text in blocks(HANDBUCH, "yaml") if text.startswith("# agreements/2024/lk-emsland-1.yaml"))
    (folder / "agreements/2024/lk-emsland-1.yaml").write_text(shown, encoding="utf-8")
    assert run(["--ordner", str(folder), "render", "2024", "lk-emsland"]) == 0
    assert run(["--ordner", str(folder), "draft", "2025", "lk-emsland"]) == 0
    shutil.copy(folder / "out/2024/lk-emsland.pdf", folder / "Vereinbarung.pdf")
    shutil.copy(folder / "out/2024/lk-emsland.docx", folder / "Rücklauf.docx")
    word = docx.Document(str(folder / "out/2024/lk-emsland.docx"))
    word.add_comment(runs=word.paragraphs[0].runs, text="Bitte prüfen.", author="Landkreis Emsland", initials="LE")
    word.save(str(folder / "Anmerkungen.docx"))
    figures = "AGS;Jahr;Größe;Wert\n03454;2023;Bestand an Langzeitleistungsbeziehenden;5123\n"
    (folder / "Kennzahlen.csv").write_text(figures, encoding="utf-8-sig")
    (folder / "Ablage").mkdir()
    shutil.copy(folder / "Vereinbarung.pdf", folder / "Ablage" / "Emsland.pdf")
    _older(folder)
    return folder


def _older(folder: Path) -> None:
    """Two agreements of a year without a wording, as PDF and as Word."""
    leer, peine = Older(3, master=2015), Older(1, master=2015)
    (folder / "Peine.docx").write_bytes(peine.word())
    (source := folder / "Leer.docx").write_bytes(leer.word())
    library = open_library(folder)
    (folder / "Leer.pdf").write_bytes(render_pdf(library.filled(extract(source, library).record)))
    source.unlink()


@pytest.fixture
def reader(prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The reader's folder, to be worked in."""
    folder = Path(shutil.copytree(prepared, tmp_path / "leser"))
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "menu"))
    return folder


def ends(line: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> int:
    """The exit code of one example; what it prints goes where the example sends it."""
    typed, _, target = line.partition(" > ")
    words = shlex.split(typed)[1:]
    if words[0] == "arbeitsplatz" and "--verknuepfung" not in words:
        return _opened(folder, words[1:])
    code = run(words)
    printed = capsys.readouterr().out
    if target:
        path = folder / target.strip()
        assert not path.exists() or path.name == "lk-peine.yaml", f"„{line}“ überschreibt eine Datei"
        path.write_text(printed, encoding="utf-8")
    return code


def _opened(folder: Path, words: list[str]) -> int:
    """0 where the workbench says that it can be opened; it would serve until nobody uses it any more."""
    server = started(folder, folder.parent / "state", *(word for word in words if word != "--ohne-browser"))
    server.terminate()
    server.wait(PATIENCE)
    return 0


@pytest.mark.parametrize("source", SOURCES, ids=named)
def test_every_example_runs_in_the_order_it_is_read(source: Path | str, reader: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shown = examples(source)
    assert shown
    assert not [line for line in shown if ends(line, reader, capsys) != 0]


@pytest.mark.parametrize("document", [README, HANDBUCH, CHANGELOG], ids=named)
def test_every_call_within_a_sentence_names_a_command_and_options_that_exist(document: Path) -> None:
    for mention in mentions(document):
        command, *words = mention.split()[1:]
        assert command in COMMANDS or mention in ("zv --help", "zv --version"), mention
        assert {word for word in words if word.startswith("-")} <= set(help_of(command if command in COMMANDS else "").split()), mention


def test_the_readme_shows_the_commands_as_help_does() -> None:
    overview = help_of("").partition("Befehle:\n")[2].partition("\n\n")[0]
    assert overview.count("\n") + 1 == len(COMMANDS)
    assert overview in README.read_text(encoding="utf-8")


def test_the_readme_has_an_example_of_every_command() -> None:
    assert not set(COMMANDS) - {line.split()[1] for text in blocks(README, "sh") for line in text.splitlines() if line.startswith("zv ")}


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_help_page_is_german_and_ends_with_examples(command: str) -> None:
    page = help_of(command)
    assert page.startswith("Aufruf: zv")
    assert not re.search(r"\b(?:Usage|Options|Commands|Show this|default|required)\b", page)
    assert page.partition("Beispiele:")[2].strip().startswith("zv ")


def test_the_readme_names_every_system_package_that_is_looked_for() -> None:
    looked_for = runpy.run_path(str(ROOT / ".ci" / "system.py"))
    packages = {package for kind in ("SETUP_NEEDS", "NEEDS", "TEST_NEEDS") for need in looked_for[kind] for package in need.packages}
    assert {"fontconfig", "libjaxb-java"} <= packages
    assert packages <= set(re.findall(r"[a-z0-9.+-]+", README.read_text(encoding="utf-8").partition("## What you see")[0]))


def test_the_readme_opens_with_three_german_sentences() -> None:
    opening = README.read_text(encoding="utf-8").split("\n\n")[1].splitlines()
    assert len(opening) == 3
    assert all(line.endswith(".") and re.search(r"\b(?:der|die|das|und|für)\b", line) for line in opening)


def test_the_whole_record_of_the_handbook_is_one_that_loads() -> None:
    whole = [text for text in blocks(HANDBUCH, "yaml") if text.startswith("jahr:")]
    assert len(whole) == 1
    assert load_text(whole[0], Vereinbarung, Path("lk-emsland.yaml")).record.haushalt.verwaltungskosten == 13155724


def test_every_piece_of_a_record_in_the_handbook_is_one_of_a_record() -> None:
    pieces = [text for text in blocks(HANDBUCH, "yaml") if not text.startswith(("jahr:", "#"))]
    assert pieces
    for text in pieces:
        load_text(f"jahr: 2024\ntraeger: lk-emsland\nwortlaut: ni/2024\n{text}", Vereinbarung, Path("lk-emsland.yaml"))


def test_every_target_of_the_handbook_is_printed_as_it_says(reader: Path) -> None:
    rows = TARGET.findall(HANDBUCH.read_text(encoding="utf-8"))
    keys = rows.pop(0)[1:]
    assert len(rows) > 5
    record = reader / "agreements/2024/lk-emsland.yaml"
    before, after = re.split(r"(?<=langzeitleistungsbezug:\n    gesamt:\n)(?:      .+\n)+", record.read_text(encoding="utf-8"))
    for phrase, *values in rows:
        target = "".join(f"      {key}: {value}\n" for key, value in zip(keys, values, strict=True))
        record.write_text(before + target + after, encoding="utf-8")
        assert run(["render", "2024", "lk-emsland", "--format", "text"]) == 0
        printed = (reader / "out/2024/lk-emsland.txt").read_text(encoding="utf-8")
        assert f"Landkreises Emsland {phrase}." in " ".join(printed.split()), values


def test_every_message_that_the_handbook_explains_is_one_of_the_program() -> None:
    table = HANDBUCH.read_text(encoding="utf-8").partition("| Meldung |")[2].partition("\n\n")[0]
    messages = re.findall(r"^\| `(.+?)` \|", table, re.MULTILINE)
    assert len(messages) > 8
    modules = (path for room in ("agreements", "render", "extract", "zv") for path in (ROOT / room).rglob("*.py"))
    program = "".join(path.read_text(encoding="utf-8") for path in modules)
    assert not [message for message in messages if message not in program]


def test_the_exit_codes_are_the_same_in_program_readme_and_handbook() -> None:
    codes = {0, *(kind.exit_code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, errors.ZvError))}
    handbook = re.findall(r"^\| (\d) \|", HANDBUCH.read_text(encoding="utf-8"), re.MULTILINE)
    readme = re.findall(r"\b(\d) ", README.read_text(encoding="utf-8").partition("Exit codes:")[2].partition("\n")[0])
    assert set(map(int, handbook)) == set(map(int, readme)) == codes


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert not [link for link in links if not (link[1:] in anchors if link.startswith("#") else (document.parent / link).is_file())]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_file_of_the_project_that_a_document_names_is_there(document: Path) -> None:
    named = re.findall(r"`((?:agreements|templates|render|extract|zv|tests|docs|\.ci)/[\w./-]*)`", document.read_text(encoding="utf-8"))
    later = re.compile(
        r"2015|2025|lk-peine|lk-emsland-1|woerter|versandt|sicherung|kennzahlen|journal|rueckmeldung"
    )  # files that a reader is told to make
    assert not [name for name in named if not later.search(name) and not (ROOT / name).exists()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_document_names_a_path_of_one_machine(document: Path) -> None:
    assert not MACHINE.findall(document.read_text(encoding="utf-8"))


def test_the_changelog_speaks_of_the_version_that_is_built() -> None:
    entries = re.findall(r"^## (.+)$", CHANGELOG.read_text(encoding="utf-8"), re.MULTILINE)
    assert entries[0].split()[0] == __version__
