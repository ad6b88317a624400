"""A year's wording learned from its agreements: the others of that year are read with it, every value right; what is not is said."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import docx
import pytest
from command import zv
from older_documents import Older
from sampling import seeds

from agreements.library.library import Library, open_library
from agreements.model.record import Zielwert
from agreements.model.values import OFFEN
from agreements.reading.findings import Found
from agreements.wording.wording import parse_wording
from extract.extraction import extract
from extract.learning.alignment import gather, side_by_side
from extract.learning.proof import prove_learned
from extract.learning.specimen import Specimen, specimen
from extract.learning.wording import learn
from zv.learning import Learning, Result, told

ROOT = Path(__file__).parent.parent
SOFFICE = shutil.which("soffice")
Pair = list[tuple[Older, Path]]
YEARS = (2013, 2015, 2018, 2019, 2021)
"""Masters that part in headings, order of sentences, phrases of targets, forms of money, and where the signatures stand."""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library(tmp_path)


def written(folder: Path, jahr: int, seeds: Iterable[int]) -> list[tuple[Older, Path]]:
    """Word files of a year's agreements, laid out by another program than the renderer."""
    found = []
    for seed in seeds:
        older = Older(seed, master=jahr)
        (path := folder / f"{jahr}-{seed}.docx").write_bytes(older.word())
        found.append((older, path))
    return found


def wrong(older: Older, found: Iterable[Found]) -> dict[str, tuple[Any, Any]]:
    """What was read otherwise than it is true, or is not sure; a date left for the pen is none."""
    read = {angabe.feld: angabe for angabe in found}
    different = {}
    for feld, want in older.truth.items():
        angabe = read.pop(feld, None)
        got = angabe.wert if angabe else None
        if isinstance(got, Zielwert):
            got = got.model_copy(update={"entspricht": None})
        if (got, bool(angabe and angabe.doubtful)) not in ((want, False), (OFFEN if want is None else want, False)):
            different[feld] = (want, got)
    return different | {feld: (None, angabe.wert) for feld, angabe in read.items() if not feld.startswith("rahmenbedingungen.")}


def specimen_of(path: Path, library: Library) -> Specimen:
    read = extract(path, open_library(ROOT))
    return specimen(path.name, read.sha256, read.reading, read.record, read.found, library)


def bare(text: str) -> str:
    """A text without white space and lines for the pen."""
    return "".join(text.replace("_", "").split())


def foreseen(first: Iterable[Older], other: Older) -> bool:
    """Whether an agreement has no kind of Angabe that none of the others has: nobody can learn a sentence that was not shown."""
    kinds = {_kind(feld) for older in first for feld in older.truth}
    return {_kind(feld) for feld in other.truth} <= kinds | {_kind(feld) for feld in other.truth if feld.startswith("unterschriften.")}


def _kind(feld: str) -> str:
    return "".join(letter for letter in feld if not letter.isdigit())


@pytest.mark.parametrize("jahr", YEARS)
def test_a_wording_learned_from_two_older_agreements_reads_the_others_all_right(library: Library, tmp_path: Path, jahr: int) -> None:
    (one, first), (two, second), *others = written(tmp_path, jahr, (1, 3, 2, 5, 6, 7, 8, 10))
    result = Learning(library).learn([first, second])
    assert [proof.differences for proof in result.proofs] == [(), ()]
    tried = 0
    for older, path in [(one, first), (two, second), *others]:
        if foreseen((one, two), older):
            extraction = extract(path, library)
            assert extraction.record.wortlaut == f"ni/{jahr}"
            assert wrong(older, extraction.found) == {}, older.seed
            assert [befund for befund in extraction.befunde if befund.schwere == "fehler"] == []
            tried += 1
    assert tried >= 4


@pytest.mark.parametrize("jahr", (2012, 2014, 2017))
def test_a_wording_learned_from_one_agreement_gives_its_values_back(library: Library, tmp_path: Path, jahr: int) -> None:
    [(older, path)] = written(tmp_path, jahr, (3,))
    result = Learning(library).learn([path])
    assert result.proofs[0].differences == ()
    assert wrong(older, extract(path, library).found) == {}


def test_what_a_learned_wording_reads_prints_the_document_again(library: Library, tmp_path: Path) -> None:
    documents = written(tmp_path, 2016, (1, 3, 6))
    Learning(library).learn([path for _, path in documents[:2]])
    for older, path in documents:
        record = extract(path, library).record
        printed = bare(" ".join(block.text for block in library.document(record).blocks))
        assert [text for text in older.sentences if bare(text) not in printed] == []


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_pages_of_a_word_processor_are_read_with_a_wording_learned_from_pages(library: Library, tmp_path: Path) -> None:
    documents = written(tmp_path, 2015, (1, 3, 6))
    office = [str(SOFFICE), f"-env:UserInstallation={(tmp_path / 'office').as_uri()}", "--headless", "--convert-to", "pdf"]
    files = [str(path) for _, path in documents]
    subprocess.run([*office, "--outdir", str(tmp_path), *files], check=True, capture_output=True, timeout=180)
    pages = [(older, path.with_suffix(".pdf")) for older, path in documents]
    result = Learning(library).learn([path for _, path in pages[:2]])
    assert [proof.differences for proof in result.proofs] == [(), ()]
    for older, path in pages:
        assert wrong(older, extract(path, library).found) == {}, path.name


# ---------------------------------------------------------------- what becomes text, what a field


def said(source: Path, old: str, new: str, path: Path) -> Path:
    """A copy of a Word file with other words in it."""
    document = docx.Document(str(source))
    hits = [run for paragraph in document.paragraphs for run in paragraph.runs if old in run.text]
    assert hits, old
    for run in hits:
        run.text = run.text.replace(old, new)
    document.save(str(path))
    return path


@pytest.fixture
def two(tmp_path: Path) -> Pair:
    return written(tmp_path, 2015, (1, 3))


def wording(library: Library, *paths: Path) -> str:
    return Learning(library, nach=paths[0].with_suffix(".j2")).learn(paths).learned.text


def test_the_draft_cites_its_sources_and_says_what_a_jurist_must_look_at(library: Library, tmp_path: Path, two: Pair) -> None:
    other = said(two[1][1], "Gesetzliche Neuregelungen", "Neue Gesetze", tmp_path / "b.docx")
    text = wording(library, two[0][1], other)
    head = text[: text.index("#}")]
    assert "2015-1.docx, sha256 " in head
    assert "III.§2.4: lautet anders in b.docx" in head
    assert "\nGesetzliche Neuregelungen werden berücksichtigt.\n" in text


def test_what_most_agreements_say_is_the_wording_and_the_others_depart_from_it(library: Library, tmp_path: Path) -> None:
    (_, one), (_, two), (_, three) = written(tmp_path, 2015, (1, 3, 6))
    odd = said(one, "Weitere sind möglich.", "Mehr sind erlaubt.", tmp_path / "odd.docx")
    Learning(library).learn([odd, two, three])
    assert "Weitere sind möglich." in library.wording("ni/2015").datei.read_text()
    departing = [departure.neu for departure in extract(odd, library).record.abweichungen]
    assert any("Mehr" in (neu or "") for neu in departing)


def test_a_sentence_of_one_agreement_alone_is_no_wording(library: Library, tmp_path: Path, two: Pair) -> None:
    other = said(two[1][1], "auf folgende Ziele:", "auf folgende Ziele:", tmp_path / "b.docx")
    document = docx.Document(str(other))
    next(each for each in document.paragraphs if each.text.startswith("Gesetzliche")).insert_paragraph_before("Nur hier steht das.")
    document.save(str(other))
    text = wording(library, two[0][1], other)
    assert "\nNur hier steht das." not in text
    assert "Nicht aufgenommen, steht nur in b.docx: „Nur hier steht das.“" in text


def test_fields_have_their_notations_and_years_of_laws_stay_text(library: Library, tmp_path: Path, two: Pair) -> None:
    law = "Es gilt die Verordnung vom 12.08.2010, zuletzt geändert am 15. März 2015 (BGBl. I S. 2015)."
    paths = [said(path, "(2) Maßgeblich sind", f"(2) {law} Maßgeblich sind", tmp_path / f"l{older.seed}.docx") for older, path in two]
    text = wording(library, *paths)
    assert law in text
    for field in (
        "{{ traeger | nominativ | satzanfang }} und das Land",
        "{{ traeger | dativ | satzanfang }} steht",
        "{{ haushalt.verwaltungskosten | euro }} Euro",
        "{{ haushalt.gesamtbudget_mio | mio }} Mio. Euro",
        '{{ traeger | genitiv }} {{ ziele.integrationsquote.gesamt | zielwert("jahr") }}.',
        "im Jahr {{ jahr - 1 }} stabil",
        "31. Dezember {{ jahr }}",
        "Niedersächsischen {{ ministerien[2].name }}",
    ):
        assert field in text, field


def test_text_of_a_document_never_becomes_markup(library: Library, tmp_path: Path, two: Pair) -> None:
    nasty = ("{{ jahr }} {% if x %}", "::: eingang", "#} {# aus")
    paths = []
    for older, path in two:
        document = docx.Document(str(path))
        place = next(each for each in document.paragraphs if each.text.startswith("Gesetzliche"))
        for text in nasty:
            place.insert_paragraph_before(text)
        document.save(str(tmp_path / f"n{older.seed}.docx"))
        paths.append(tmp_path / f"n{older.seed}.docx")
    result = Learning(library).learn(paths)
    assert sum("können im Wortlaut nicht als Text stehen" in note for note in result.learned.notes) == len(nasty)
    assert [proof.differences for proof in result.proofs] == [(), ()]


def test_a_target_that_the_wording_has_no_place_for_is_said(library: Library, tmp_path: Path) -> None:
    (one, first), (other, second) = written(tmp_path, 2015, (1, 4))
    feld = "ziele.integrationsquote.frauen"
    assert feld not in one.truth
    assert feld in other.truth
    Learning(library).learn([first])
    extraction = extract(second, library)
    assert [befund.schwere for befund in extraction.befunde if befund.feld == feld] == ["warnung"]


# ---------------------------------------------------------------- the command


def test_the_command_writes_draft_and_rahmen_and_the_third_is_read_with_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    documents = written(tmp_path, 2018, (1, 3, 6))
    ended = zv(capsys, "--ordner", tmp_path, "wortlaut", "lernen", documents[0][1], documents[1][1])
    assert (ended.code, ended.err) == (0, "")
    assert "Entwurf: templates/ni/2018.j2" in ended.out
    assert "Dazu: agreements/2018/rahmen.yaml" in ended.out
    rahmen = (tmp_path / "agreements/2018/rahmen.yaml").read_text()
    assert "name: Ministerium für Wirtschaft, Arbeit, Verkehr und Digitalisierung" in rahmen
    assert "datum" not in rahmen
    assert zv(capsys, "--ordner", tmp_path, "extract", documents[2][1], "--nach", tmp_path / "dritte.yaml").code == 0
    read = (tmp_path / "dritte.yaml").read_text()
    assert "wortlaut: ni/2018" in read
    assert "ministerien:" not in read


def test_records_that_keep_their_text_teach_as_well_as_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (one, first), (two, second) = written(tmp_path, 2015, (1, 3))
    assert zv(capsys, "--ordner", tmp_path, "import", first, second).code == 0
    records = [tmp_path / f"agreements/2015/{older.traeger.schluessel}.yaml" for older in (one, two)]
    ended = zv(capsys, "--ordner", tmp_path, "wortlaut", "lernen", *records, "--format", "json")
    assert ended.code == 0, ended.out
    told = json.loads(ended.out)
    assert told["wortlaut"] == "ni/2015"
    assert [proof["unterschiede"] for proof in told["proben"]] == [[], []]


def test_nothing_that_is_there_is_written_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [(_, path)] = written(tmp_path, 2018, (1,))
    (tmp_path / "agreements/2018").mkdir(parents=True)
    (tmp_path / "agreements/2018/rahmen.yaml").write_text("jahr: 2018\n")
    assert zv(capsys, "--ordner", tmp_path, "wortlaut", "lernen", path).code == 0
    assert (tmp_path / "agreements/2018/rahmen.yaml").read_text() == "jahr: 2018\n"
    before = (tmp_path / "templates/ni/2018.j2").read_bytes()
    again = zv(capsys, "--ordner", tmp_path, "wortlaut", "lernen", path)
    assert (again.code, "ni/2018, den es schon gibt" in again.err) == (2, True)
    assert (tmp_path / "templates/ni/2018.j2").read_bytes() == before


def test_agreements_of_two_years_are_refused_with_the_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    [(_, one)], [(_, other)] = written(tmp_path, 2015, (1,)), written(tmp_path, 2018, (1,))
    ended = zv(capsys, "--ordner", tmp_path, "wortlaut", "lernen", one, other)
    assert (ended.code, "2018-1.docx: Die Vereinbarung gehört zu ni/2018" in ended.err) == (2, True)
    ended = zv(capsys, "--ordner", tmp_path, "wortlaut", "lernen", one, "--jahr", "2014")
    assert (ended.code, "ist von 2015, verlangt ist 2014" in ended.err) == (2, True)
    assert not (tmp_path / "templates").exists()


def test_a_value_that_does_not_come_back_is_told_and_where_it_is_read_otherwise(library: Library, two: Pair) -> None:
    learning = Learning(library)
    files = [path for _, path in two]
    learned = learning.learn(files).learned
    lacking = learned.text.replace("{{ haushalt.verwaltungskosten | euro }} Euro\n", "in Euro\n")
    lacking = lacking.replace("{% if haushalt.verwaltungskosten %}\n", "").replace("in Euro\n\n{% endif %}\n", "in Euro\n\n")
    shifted = learned.text.replace("ziele.langzeitleistungsbezug.gesamt", "ziele.leistungen_lebensunterhalt.gesamt")
    one = specimen_of(two[0][1], library)
    for text, said in (
        (lacking, r"Verwaltungskosten \(Euro\): vorher [\d.]+, mit dem Entwurf – \(ohne Stelle\)"),
        (shifted, r"Bestand an Langzeitleistungsbeziehenden: vorher .*, mit dem Entwurf –"),
    ):
        proof = prove_learned(parse_wording(text, Path("x.j2"), "ni/2015"), one, library.register)
        lines = list(told(Result(Path("x.j2"), None, learned, (proof,))))
        assert any(re.search(f"2015-1.docx: {said}", line) for line in lines), lines


# ---------------------------------------------------------------- side by side


def test_agreements_worded_each_by_itself_still_give_a_wording_that_loads(library: Library, tmp_path: Path) -> None:
    """Nothing in common but the law: whatever comes out is reversible, and what does not come back is said."""
    read: dict[int, list[Specimen]] = {}
    for seed in seeds(12, 60):
        (path := tmp_path / f"{seed}.docx").write_bytes(Older(seed).word())
        one = specimen_of(path, library)
        read.setdefault(one.record.jahr, []).append(one)
    for jahr, several in read.items():
        learned = learn(several, f"ni/{jahr}", tmp_path / f"{jahr}.j2")
        assert learned.wording.jahr == jahr
        assert len(gather(side_by_side(several), several).pieces) > 20
