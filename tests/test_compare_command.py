"""`zv vergleiche`: two records, two years, what came back, and what departs from the wording."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from zipfile import ZipFile

import pytest
from command import ROOT, zv
from compared_years import changed, folder_of_two_years
from emsland import document, emsland

from agreements.comparing.texts import compare, compare_records
from agreements.library.library import Library, open_library
from agreements.model.document import Document
from agreements.model.record import Textblock, Vereinbarung
from agreements.store.store import dump_record
from render.word import render_word

LIBRARY = open_library(ROOT)
Capture = pytest.CaptureFixture[str]

folder = pytest.fixture(scope="module")(folder_of_two_years)


def test_two_records_are_compared_on_the_terminal_with_signs(folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "compare", "--ordner", folder, "2024", "lk-emsland", "2025/lk-emsland")
    assert ended.code == 0, ended.err
    assert "›zweimal‹" in ended.out and "›dreimal‹" in ended.out
    assert re.search(r"^  − .*\n(.*\n)*?  \+ ", ended.out, re.MULTILINE)
    assert "Absätze geändert" in ended.out.splitlines()[1]


def test_two_years_are_compared_with_a_synopse_for_each_traeger(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    ended = zv(capsys, "compare", "--ordner", folder, "2024", "2025", "--format", "html", "--format", "docx", "--nach", tmp_path)
    assert ended.code == 0, ended.err
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["lk-emsland.docx", "lk-emsland.html"]


def test_a_traeger_that_cannot_be_compared_is_named_and_stops_no_other(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "agreements/2025/lk-leer.yaml").write_text("jahr: 2025\n", encoding="utf-8")
    (tmp_path / "agreements/2024/lk-leer.yaml").write_text("jahr: 2024\n", encoding="utf-8")
    shutil.copy(tmp_path / "agreements/2024/lk-leer.yaml", tmp_path / "agreements/2024/lk-peine.yaml")
    ended = zv(capsys, "compare", "--ordner", tmp_path, "2024", "2025")
    assert ended.code == 1
    assert "lk-leer: nicht verglichen" in ended.out and "kein Datensatz für 2025: lk-peine" in ended.out
    assert "1 von 3 Trägern verglichen." in ended.out


def test_what_came_back_is_compared_with_what_was_sent(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    back = tmp_path / "Rücklauf.docx"
    content = render_word(LIBRARY.document(emsland()))
    with ZipFile(io.BytesIO(content)) as source, ZipFile(back, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                said = part.decode()
                run = re.search(r"<w:r><w:t[^>]*>[^<]*(zweimal)[^<]*</w:t></w:r>", said)
                assert run
                whole, at, end = run[0], run.start(1) - run.start(), run.end(1) - run.start()
                by = 'w:author="E. Kreisrätin" w:date="2024-01-09T09:00:00Z"'
                before, after = whole[:at] + "</w:t></w:r>", '<w:r><w:t xml:space="preserve">' + whole[end:]
                gone = f'<w:del w:id="901" {by}><w:r><w:delText>zweimal</w:delText></w:r></w:del>'
                come = f'<w:ins w:id="902" {by}><w:r><w:t>dreimal</w:t></w:r></w:ins>'
                part = said.replace(whole, before + gone + come + after).replace("13.155.724", "13.155.999").encode()
            target.writestr(name, part)
    ended = zv(capsys, "compare", "--ordner", folder, "2024/lk-emsland", back, "--format", "json")
    assert ended.code == 0, ended.err
    said = json.loads(ended.out)
    assert said["zusammenfassung"].startswith("2 Absätze geändert;")
    assert [each["feld"] for each in said["angaben"]] == ["haushalt.verwaltungskosten"]
    assert any("E. Kreisrätin" in hinweis and "dreimal" in hinweis for hinweis in said["hinweise"])
    assert any("Abweichung" in hinweis for hinweis in said["hinweise"])
    marks = [piece["text"] for row in said["absaetze"] for piece in row["stuecke"] if piece["art"] != "gleich"]
    assert marks == ["13.155.724", "13.155.999", "zweimal", "dreimal"]


def test_who_departs_from_the_common_wording_is_said_with_the_place(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "agreements/2024/lk-emsland.yaml").open("a", encoding="utf-8") as record:
        record.write("abweichungen:\n  - {stelle: III.§3.1, art: ersetzt, alt: zweimal, neu: dreimal}\n")
    ended = zv(capsys, "compare", "--ordner", tmp_path, "2024", "--wortlaut", "--format", "json")
    assert ended.code == 0, ended.err
    by_name = {each["traeger"]: each for each in json.loads(ended.out)["traeger"]}
    assert len(by_name) == 16
    [row] = by_name["lk-emsland"]["abweichungen"]
    assert (row["stelle"], row["art"]) == ("III.§3.1", "geaendert")
    assert by_name["lk-leer"]["grund"] == "kein Datensatz"
    assert "1 mit Abweichungen, 0 ohne, 15 nicht verglichen" in zv(capsys, "compare", "--ordner", tmp_path, "2024", "--wortlaut").out


def kept(library: Library, record: Vereinbarung, change: tuple[str, str]) -> Vereinbarung:
    """The record as one without a wording, that keeps its text."""
    blocks = [block for block in library.filled(record).blocks if block.text.strip() and block.art != "unterschrift"]
    text_ = tuple(Textblock(art=block.art, ebene=block.level, text=" ".join(block.text.replace(*change).split())) for block in blocks)
    return record.model_copy(update={"wortlaut": None, "text": text_})


def test_records_that_keep_their_text_are_compared_by_it() -> None:
    record = emsland()
    one, other = kept(LIBRARY, record, ("", "")), kept(LIBRARY, record, ("zweimal", "dreimal"))
    comparison = compare_records(LIBRARY, one, other)
    assert changed(comparison) == [("entfallen", "zweimal"), ("neu", "dreimal")]
    assert comparison.angaben == ()


def test_a_record_that_keeps_its_text_is_held_against_the_wording_of_its_year(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "agreements/2024"
    folder.mkdir(parents=True)
    record = kept(LIBRARY, emsland(), ("zweimal", "dreimal"))
    (folder / "lk-emsland.yaml").write_text(dump_record(record), encoding="utf-8")
    ended = zv(capsys, "compare", "--ordner", tmp_path, "2024", "--wortlaut", "--traeger", "lk-emsland")
    assert "›dreimal‹" in ended.out


def test_two_different_traeger_are_compared_with_a_warning(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    other = tmp_path / "leer.yaml"
    said = (folder / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8").replace("traeger: lk-emsland", "traeger: lk-leer")
    other.write_text(said, encoding="utf-8")
    ended = zv(capsys, "compare", "--ordner", folder, "2024/lk-emsland", other)
    assert "zwei verschiedene Träger: Landkreis Emsland und Landkreis Leer" in " ".join(ended.out.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2024"], "zwei Vereinbarungen oder zwei Jahre"),
        (["2024/lk-emsland", "gibtsnicht.yaml"], "gibtsnicht.yaml: Die Datei gibt es nicht."),
        (["2024/lk-emsland", "2024/sk-osnabrueck"], "betreibt das Jobcenter nicht allein"),
        (["2024", "2025", "--wortlaut"], "Mit --wortlaut wird ein Jahr genannt"),
        (["2024/lk-emsland", "2025/lk-emsland", "--traeger", "lk-emsland"], "--traeger gehört zu zwei Jahren"),
        (["1999", "1998"], "weder für 1999 noch für 1998"),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused_with_the_remedy(words: list[str], said: str, folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "compare", "--ordner", folder, *words)
    assert ended.code in (2, 3)
    assert said in ended.err


def test_a_document_is_not_changed_by_comparing(folder: Path) -> None:
    before: Document = document()
    compare(before, before)
    assert document() is before
