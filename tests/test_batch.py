"""A year printed at once: only what changed, each output proven, one failure stops no other."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from amendment_files import FIRST, SECOND
from command import process, zv
from round_trip import LIBRARY, ROOT, emsland
from varied import varied
from year import KEYS, outputs, sums, write, year

from agreements.errors import CheckError
from agreements.files.disk import WORKSHOP
from agreements.library.library import open_library
from extract.extraction import extract
from extract.results.proof import prove_file
from render.pdf import render_pdf
from render.word import render_word
from zv.fingerprint import surroundings
from zv.manifest import read_manifest

Capture = pytest.CaptureFixture[str]
FEW = 3
MANY_PROCESSORS = "import zv.batch\nzv.batch.processors = lambda: 16\n"
NO_WEASYPRINT = "import atexit, sys; atexit.register(lambda: print('weasyprint' in sys.modules, 'pydantic' in sys.modules))"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose few records are printed."""
    folder = year(tmp_path_factory.mktemp("jahr"), FEW)
    ended = process(folder, "render", "2024", "--alle")
    assert ended.code == 0, ended
    return folder


@pytest.fixture
def folder(printed: Path, tmp_path: Path) -> Path:
    """The same, to be worked in."""
    return Path(shutil.copytree(printed, tmp_path / "jahr"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def made(out: str) -> dict[str, str]:
    """What the table says of each Träger."""
    lines = [line.split() for line in out.splitlines()]
    return {words[0]: " ".join(words[1:3]).rstrip(" –") for words in lines if words and words[0] in KEYS}


def test_every_record_of_the_year_is_printed_and_the_others_are_named(folder: Path, capsys: Capture) -> None:
    shutil.rmtree(folder / "out")
    ended = zv(capsys, "render", "2024", "--alle", "--ordner", folder)
    assert (ended.code, ended.err) == (0, "")
    assert made(ended.out) == {KEYS[0]: "neu", KEYS[1]: "neu", KEYS[2]: "neu, Entwurf"}
    assert f"Ohne Datensatz für 2024: {', '.join(KEYS[FEW:])}\n" in ended.out
    assert set(outputs(folder)) == {f"{key}.{form}" for key in KEYS[:FEW] for form in ("pdf", "docx")} | {"manifest.json"}
    assert not (folder / "out/2024" / WORKSHOP).exists()


def test_the_manifest_has_the_sums_of_all_outputs_and_of_what_they_are_made_from(folder: Path) -> None:
    said = json.loads((folder / "out/2024/manifest.json").read_bytes())["ausgaben"]
    assert {name: each["sha256"] for name, each in said.items()} == sums(folder)
    inside = said[f"{KEYS[0]}.pdf"]["eingang"]
    assert set(inside) == {f"agreements/2024/{KEYS[0]}.yaml", "agreements/2024/rahmen.yaml", "templates/ni/2024.j2"}
    assert [said[f"{key}.docx"]["entwurf"] for key in KEYS[:FEW]] == [False, False, True]


def test_one_alone_and_all_at_once_give_the_same_bytes(folder: Path, capsys: Capture) -> None:
    assert zv(capsys, "render", "2024", KEYS[1], "--ordner", folder, "--nach", folder / "einzeln").code == 0
    for form in ("pdf", "docx"):
        assert (folder / f"einzeln/2024/{KEYS[1]}.{form}").read_bytes() == outputs(folder)[f"{KEYS[1]}.{form}"]


def test_where_nothing_changed_nothing_is_written_and_neither_weasyprint_nor_pydantic_is_loaded(folder: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in (folder / "out/2024").iterdir()}
    ended = process(folder, "render", "2024", "--alle", code=NO_WEASYPRINT)
    assert ended.code == 0 and ended.out.splitlines()[-1] == "False False"
    assert f"{FEW} unverändert" in ended.out
    assert {path: path.stat().st_mtime_ns for path in (folder / "out/2024").iterdir()} == before


def test_only_the_changed_record_is_printed_anew_also_where_its_time_says_otherwise(folder: Path, capsys: Capture) -> None:
    before = sums(folder)
    path = folder / f"agreements/2024/{KEYS[0]}.yaml"
    then = path.stat()
    edit(path, "gesamtbudget_mio: ", "gesamtbudget_mio: 1")
    os.utime(path, ns=(then.st_atime_ns, then.st_mtime_ns))
    ended = zv(capsys, "render", "2024", "--alle", "--ordner", folder)
    assert made(ended.out) == {KEYS[0]: "neu", KEYS[1]: "unverändert", KEYS[2]: "unverändert, Entwurf"}
    assert {name for name, sum_ in sums(folder).items() if before[name] != sum_} == {f"{KEYS[0]}.pdf", f"{KEYS[0]}.docx"}


def rahmen(folder: Path) -> None:
    edit(folder / "agreements/2024/rahmen.yaml", "Dr. Christine Arbogast", "Dr. Erika Muster")


def wording(folder: Path) -> None:
    (folder / "templates/ni").mkdir(parents=True)
    shutil.copy(ROOT / "templates/ni/2024.j2", folder / "templates/ni")
    edit(folder / "templates/ni/2024.j2", "zweimal jährlich", "dreimal jährlich")


def other_program(folder: Path) -> None:
    umgebung = surroundings(read_manifest(folder / "out/2024", 2024).libraries).sum_for("docx")
    path = folder / "out/2024/manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace(umgebung, "0" * 64), encoding="utf-8")


def broken_manifest(folder: Path) -> None:
    (folder / "out/2024/manifest.json").write_text("{", encoding="utf-8")


def test_other_libraries_make_pdfs_anew_which_they_set(folder: Path, capsys: Capture) -> None:
    edit(folder / "out/2024/manifest.json", '"bibliotheken": {', '"bibliotheken": {"/nirgends/libpango.so": "0",')
    assert f"{FEW} unverändert" in zv(capsys, "render", "2024", "--alle", "--format", "docx", "--ordner", folder).out
    for said in (f"{FEW} neu gedruckt", f"{FEW} unverändert"):
        assert said in zv(capsys, "render", "2024", "--alle", "--format", "pdf", "--ordner", folder).out


@pytest.mark.parametrize("change", [rahmen, wording, other_program, broken_manifest], ids=lambda each: each.__name__)
def test_what_all_have_in_common_makes_all_anew(change: object, folder: Path, capsys: Capture) -> None:
    assert callable(change)
    change(folder)
    words = ("render", "2024", "--alle", "--format", "docx", "--ordner", folder)
    ended = zv(capsys, *words)
    assert ended.code == 0 and made(ended.out) == {KEYS[0]: "neu", KEYS[1]: "neu", KEYS[2]: "neu, Entwurf"}
    assert f"{FEW} unverändert" in zv(capsys, *words).out


def test_another_format_is_added_and_only_that(folder: Path, capsys: Capture) -> None:
    before = sums(folder)
    words = ("render", "2024", "--alle", "--format", "html", "--format", "pdf", "--ordner", folder)
    assert made(zv(capsys, *words).out)[KEYS[0]] == "neu"
    assert sums(folder) == before and f"{KEYS[0]}.html" in outputs(folder)
    assert made(zv(capsys, *words).out)[KEYS[0]] == "unverändert"


@pytest.mark.skipif(sys.platform != "linux", reason="nur dort sagt das System, was ein Prozess geladen hat")
def test_what_else_a_process_has_loaded_makes_nothing_anew(folder: Path) -> None:
    """Pillow brings a FreeType of its own, which sets no page."""
    words = ("render", "2024", "--alle", "--format", "html", "--format", "pdf")
    assert process(folder, *words, code="from PIL import _imagingft").code == 0
    assert f"{FEW} unverändert" in process(folder, *words).out


def test_word_files_stay_as_they_are_when_pdfs_are_added(folder: Path) -> None:
    """Only the process that makes PDFs knows the libraries that set them."""
    shutil.rmtree(folder / "out")
    for form in ("docx", "pdf"):
        assert process(folder, "render", "2024", "--alle", "--format", form).code == 0
    assert f"{FEW} unverändert" in process(folder, "render", "2024", "--alle").out


def test_where_there_are_more_processors_than_agreements_outputs_and_manifest_are_the_same(folder: Path) -> None:
    """PDF and Word of each are made apart then."""
    before = outputs(folder)
    shutil.rmtree(folder / "out")
    ended = process(folder, "render", "2024", "--alle", code=MANY_PROCESSORS)
    assert ended.code == 0 and made(ended.out) == {KEYS[0]: "neu", KEYS[1]: "neu", KEYS[2]: "neu, Entwurf"}
    assert outputs(folder) == before


def test_where_formats_are_made_apart_one_that_fails_lets_none_of_its_agreement_out(folder: Path) -> None:
    before = sums(folder)
    rahmen(folder)
    wrong = (
        f"{MANY_PROCESSORS}import render.word as word\n"
        "from agreements.errors import CheckError\nright = word.render_word\n"
        "def wrong(document, vorlage=None):\n"
        f"    if document.traeger == {KEYS[0]!r}: raise CheckError('Das Word misslingt.')\n"
        "    return right(document, vorlage)\n"
        "word.render_word = wrong\n"
    )
    ended = process(folder, "render", "2024", "--alle", code=wrong)
    assert (
        ended.code == 1
        and f"{KEYS[0]} NICHT AUSGEGEBEN" in " ".join(ended.out.split())
        and "Das Word misslingt." in " ".join(ended.out.split())
    )
    assert {name for name, sum_ in sums(folder).items() if before[name] == sum_} == {f"{KEYS[0]}.pdf", f"{KEYS[0]}.docx"}


def test_a_press_that_crashes_or_lacks_a_library_costs_one_agreement_alone(folder: Path) -> None:
    before = sums(folder)
    rahmen(folder)
    crash = (
        f"{MANY_PROCESSORS}import os, signal, render.pdf as pdf\nright = pdf.render_pdf\n"
        "def fatal(document):\n"
        f"    if document.traeger == {KEYS[0]!r}: os.kill(os.getpid(), signal.SIGSEGV)\n"
        "    return right(document)\n"
        "pdf.render_pdf = fatal\n"
    )
    ended = process(folder, "render", "2024", "--alle", code=crash)
    assert ended.code == 1 and f"{KEYS[0]} NICHT AUSGEGEBEN" in " ".join(ended.out.split()) and "abgestürzt" in ended.out
    assert {name for name, sum_ in sums(folder).items() if before[name] == sum_} == {f"{KEYS[0]}.pdf", f"{KEYS[0]}.docx"}
    without = "import sys; sys.modules['weasyprint'] = None\nimport zv.batch\nzv.batch.processors = lambda: 2"
    ended = process(folder, "render", "2024", "--alle", code=without)
    assert ended.code == 1 and "PDF kann nicht geschrieben werden, weil der Baustein WeasyPrint fehlt" in " ".join(ended.out.split())
    assert f"{FEW - 1} unverändert, 1 nicht ausgegeben" in ended.out


def test_processes_that_begin_afresh_make_the_same(folder: Path) -> None:
    """As on other systems than Linux, where none is split off."""
    before = outputs(folder)
    (folder / f"out/2024/{KEYS[0]}.pdf").unlink()
    (folder / f"out/2024/{KEYS[0]}.docx").unlink()
    ended = process(folder, "render", "2024", "--alle", code=f"{MANY_PROCESSORS}import zv.workers\nzv.workers._SPLITS = False\n")
    assert ended.code == 0 and f"1 neu gedruckt und geprüft, {FEW - 1} unverändert" in ended.out
    assert outputs(folder) == before


def test_what_sets_a_pdf_loads_nothing_of_records() -> None:
    """It loads beside what puts agreements together, which would be loaded twice otherwise."""
    code = "import sys, zv.press\nzv.press.load()\nprint('weasyprint' in sys.modules, 'pydantic' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "False"]


def test_a_format_that_is_named_twice_is_made_once(folder: Path) -> None:
    shutil.rmtree(folder / "out")
    ended = process(folder, "render", "2024", "--alle", "--format", "docx", "--format", "docx", code=MANY_PROCESSORS)
    assert ended.code == 0 and f"{FEW} neu gedruckt" in ended.out and set(sums(folder)) == {f"{key}.docx" for key in KEYS[:FEW]}


def test_an_output_that_is_gone_is_made_again(folder: Path, capsys: Capture) -> None:
    before = sums(folder)
    (folder / f"out/2024/{KEYS[1]}.pdf").unlink()
    assert made(zv(capsys, "render", "2024", "--alle", "--ordner", folder).out)[KEYS[1]] == "neu"
    assert sums(folder) == before


def test_an_output_that_somebody_changed_is_kept_beside(folder: Path, capsys: Capture) -> None:
    before = sums(folder)
    (folder / f"out/2024/{KEYS[1]}.docx").write_bytes(b"handwork")
    ended = zv(capsys, "render", "2024", "--alle", "--ordner", folder)
    (kept,) = (folder / "out/2024").glob("*.geaendert-*.docx")
    assert ended.code == 0 and kept.read_bytes() == b"handwork" and kept.name in ended.out.replace("\n", "")
    assert sums(folder) == {**before, kept.name: sums(folder)[kept.name]}


def test_an_output_that_was_printed_alone_is_nobodys_handwork(folder: Path, capsys: Capture) -> None:
    edit(folder / f"agreements/2024/{KEYS[0]}.yaml", "gesamtbudget_mio: ", "gesamtbudget_mio: 1")
    assert zv(capsys, "render", "2024", KEYS[0], "--ordner", folder).code == 0
    edit(folder / f"agreements/2024/{KEYS[0]}.yaml", "gesamtbudget_mio: ", "gesamtbudget_mio: 2")
    assert zv(capsys, "render", "2024", "--alle", "--ordner", folder).code == 0
    assert not list((folder / "out/2024").glob("*.geaendert-*"))


def test_one_that_cannot_be_printed_stops_no_other_and_its_old_outputs_are_named(folder: Path, capsys: Capture) -> None:
    before = sums(folder)
    edit(folder / f"agreements/2024/{KEYS[0]}.yaml", "gesamtbudget_mio: ", "gesamtbudget_mio: viel # ")
    rahmen(folder)
    ended = zv(capsys, "render", "2024", "--alle", "--ordner", folder)
    said = " ".join(ended.out.split())
    assert ended.code == 1 and made(ended.out)[KEYS[1]] == "neu" and f"{KEYS[0]} NICHT AUSGEGEBEN" in said
    assert "gesamtbudget_mio" in said and "liegen noch von früher dort" in said
    assert {name for name, sum_ in sums(folder).items() if before[name] == sum_} == {f"{KEYS[0]}.pdf", f"{KEYS[0]}.docx"}


def test_what_would_be_read_otherwise_is_not_let_out(folder: Path) -> None:
    """A renderer that prints another number than the record's, in a process of its own."""
    wrong = (
        "import render.word as word\nright = word.render_word\n"
        "from dataclasses import replace\n"
        "def other(span): return replace(span, text='7') if span.feld == 'haushalt.eingliederungsleistungen' else span\n"
        "def wrong(document, vorlage=None):\n"
        "    blocks = tuple(replace(block, spans=tuple(map(other, block.spans))) for block in document.blocks)\n"
        "    return right(replace(document, blocks=blocks), vorlage)\n"
        "word.render_word = wrong\n"
    )
    shutil.rmtree(folder / "out")
    ended = process(folder, "render", "2024", "--alle", code=wrong)
    said = " ".join(ended.out.split())
    assert ended.code == 1 and sums(folder) == {}
    assert "haushalt.eingliederungsleistungen" in said and "gelesen „7“" in said


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_proof_names_field_and_page_or_the_words(form: str) -> None:
    record = varied(5, emsland())
    other = record.model_copy(update={"haushalt": record.haushalt.model_copy(update={"verwaltungskosten": 7})})
    printed = {"pdf": render_pdf, "docx": render_word}[form](LIBRARY.document(other))
    with pytest.raises(CheckError, match=r"(Seite 3: )?„haushalt\.verwaltungskosten“ .* gelesen „7“"):
        prove_file(printed, form, record, LIBRARY.document(record), LIBRARY)
    with pytest.raises(CheckError, match=r"Dort steht „.*7.*“ statt „"):
        prove_file(printed, form, other, LIBRARY.document(record), LIBRARY)
    prove_file(printed, form, other, LIBRARY.document(other), LIBRARY)


def test_a_file_that_cannot_be_read_is_not_proven() -> None:
    with pytest.raises(CheckError, match="Das PDF lässt sich nicht zurücklesen"):
        prove_file(b"%PDF-1.7\n", "pdf", emsland(), LIBRARY.document(emsland()), LIBRARY)


def test_a_draft_fails_alone_where_only_what_is_final_may_be_printed(folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "render", "2024", "--alle", "--endgueltig", "--ordner", folder)
    assert ended.code == 1 and "NICHT AUSGEGEBEN" in made(ended.out)[KEYS[2]]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2031", "--alle"), "Für 2031 gibt es keine Datensätze. Entwürfe aus dem Vorjahr legt an: zv entwirf 2031 --alle"),
        (("2024", "lk-peine", "--alle"), "Mit --alle wird nur das Jahr genannt."),
        (("2024",), "Es fehlt der Träger."),
    ],
)
def test_a_call_that_cannot_be_meant_is_told_what_to_write(words: tuple[str, ...], said: str, folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "render", *words, "--ordner", folder)
    assert ended.code == 2 and said in ended.err


def test_the_record_of_a_gone_traeger_is_told_with_what_still_lies_there(folder: Path, capsys: Capture) -> None:
    (folder / f"agreements/2024/{KEYS[1]}.yaml").unlink()
    ended = zv(capsys, "render", "2024", "--alle", "--ordner", folder)
    assert ended.code == 0 and made(ended.out)[KEYS[1]] == "ohne Datensatz"
    assert f"{KEYS[1]}.pdf und {KEYS[1]}.docx liegen noch von früher dort" in " ".join(ended.out.split())


def test_a_record_of_another_kind_is_told(folder: Path, capsys: Capture) -> None:
    write(folder, varied(3, emsland()).model_copy(update={"traeger": "sk-emden"}))
    ended = zv(capsys, "render", "2024", "--alle", "--ordner", folder)
    assert ended.code == 1 and "gemeinsame Einrichtung" in " ".join(ended.out.split())


def test_amendments_are_printed_with_the_year_and_again_where_what_they_amend_changed(folder: Path, capsys: Capture) -> None:
    shutil.copy(ROOT / "agreements/2024/lk-emsland.yaml", folder / "agreements/2024")
    for number, text in enumerate((FIRST, SECOND), 1):
        (folder / f"agreements/2024/lk-emsland-{number}.yaml").write_text(text, encoding="utf-8")
    ended = zv(capsys, "render", "2024", "--alle", "--ordner", folder)
    assert ended.code == 0 and {"lk-emsland-1.pdf", "lk-emsland-2.docx"} < set(sums(folder)), ended
    library = open_library(folder)
    for number in (1, 2):
        befunde = extract(folder / f"out/2024/lk-emsland-{number}.pdf", library).befunde
        assert not [befund for befund in befunde if "eingebettet" in befund.text]
    edit(folder / "agreements/2024/lk-emsland-1.yaml", "13655724", "13655725")
    said = zv(capsys, "render", "2024", "--alle", "--ordner", folder).out
    assert [line.split()[1] for line in said.splitlines() if line.startswith("lk-emsland")] == ["unverändert", "neu", "neu"]
