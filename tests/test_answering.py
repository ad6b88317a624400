"""`zv antworte`: what the record refuses of a returned Word file is tracked back, what both say stands plain, comments are answered."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import docx
import pytest
from command import zv
from docx.oxml.ns import qn
from docx.text.run import Run
from emsland import ROOT
from round_trip import said

from agreements.library.library import open_library
from agreements.library.open_points import as_read
from agreements.model.fields import value_at
from agreements.store.sent import keep_sent
from extract.extraction import extract
from render.word import render_word
from zv.answering import Answering

Capture = pytest.CaptureFixture[str]
BUDGET, AMOUNT = "haushalt.gesamtbudget_mio", "haushalt.verwaltungskosten"
COMMENT = "Bitte prüfen, ob der Betrag stimmt."


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the agreement of 2024, and in `r.docx` what came back of it: a value and the fixed text changed, a comment."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates", ignore=shutil.ignore_patterns("layout"))
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    library = open_library(tmp_path)
    record = library.effective(library.store.load((2024, "lk-emsland")).record)
    word = docx.Document(BytesIO(render_word(library.document(record))))
    for text in list(word.element.body.iter(qn("w:t"))):
        was = text.text or ""
        text.text = was.replace("13.155.724", "13.255.724").replace("zweimal", "viermal")
        if "13.155.724" in was:
            run = Run(text.getparent(), word.paragraphs[0])
            word.add_comment(runs=[run], text=COMMENT, author="Landkreis Emsland", initials="LE")
    word.save(str(tmp_path / "r.docx"))
    return tmp_path


def answered(office: Path, answers: dict[int, str] | None = None) -> tuple[Path, list[str]]:
    library = open_library(office)
    answer = Answering(library, library.store.load((2024, "lk-emsland")), office / "r.docx", answers or {})
    return answer.write(), list(answer.told())


def test_what_the_record_refuses_is_tracked_back(office: Path) -> None:
    path, told = answered(office)
    library = open_library(office)
    again = extract(path, library).record
    assert value_at(again, AMOUNT) == 13155724 and again.abweichungen == ()
    assert told[0] == "Nachverfolgt, weil der Datensatz anders lautet als die Datei:"
    assert any("13.255.724 → 13.155.724" in line for line in told)
    gone = [element.text for element in docx.Document(str(path)).element.body.iter(qn("w:delText"))]
    assert any("13.255.724" in (text or "") for text in gone) and any("viermal" in (text or "") for text in gone)


def test_what_was_taken_over_stands_plain(office: Path, capsys: Capture) -> None:
    assert zv(capsys, "setze", "2024/lk-emsland", AMOUNT, "13.255.724", "--ordner", office).code == 0
    path, told = answered(office)
    assert not any("→" in line and "13.255.724" in line for line in told)
    gone = [element.text for element in docx.Document(str(path)).element.body.iter(qn("w:delText"))]
    assert not any("13.255.724" in (text or "") for text in gone)
    assert value_at(extract(path, open_library(office)).record, AMOUNT) == 13255724


def test_a_wording_that_was_changed_since_is_tracked_as_ours_and_is_no_departure_of_theirs(office: Path) -> None:
    store, wording = open_library(office).store, office / "templates/ni/2024.j2"
    keep_sent(store, store.load((2024, "lk-emsland")), store.stored_rahmen(2024), wording, {"lk-emsland.docx": b"gesandt"})
    changed = "Der Wortlaut wurde seit dem Versand geändert; auch das ist nachverfolgt."
    before = answered(office)[1]
    text = wording.read_text(encoding="utf-8")
    assert "menschenwürdiges" in text
    wording.write_text(text.replace("menschenwürdiges", "würdiges", 1), encoding="utf-8")
    path, told = answered(office)
    assert [line for line in told if line != changed] == before and changed in told
    body = docx.Document(str(path)).element.body
    assert "menschenwürdiges" in "".join(each.text or "" for each in body.iter(qn("w:delText")))
    assert "würdiges" in "".join(text.text or "" for each in body.iter(qn("w:ins")) for text in each.iter(qn("w:t")))


def test_comments_stand_where_they_stood_with_the_answer_behind(office: Path) -> None:
    path, told = answered(office, {1: "Der Betrag stimmt."})
    reading = extract(path, open_library(office)).reading
    assert [(each.wer, each.text) for each in reading.comments] == [("Landkreis Emsland", COMMENT), ("MS", "Der Betrag stimmt.")]
    assert all("13.155.724" in each.absatz for each in reading.comments)
    assert told[-1].startswith("Kommentar 1: Kommentar von Landkreis Emsland, im Absatz „")


def test_a_comment_without_an_answer_is_said(office: Path) -> None:
    assert answered(office)[1][-1].startswith("Kommentar 1 (ohne Antwort): ")


def test_the_same_answer_is_the_same_file(office: Path) -> None:
    first = answered(office, {1: "Ja."})[0].read_bytes()
    assert answered(office, {1: "Ja."})[0].read_bytes() == first


def test_rejecting_all_gives_what_came(office: Path) -> None:
    library = open_library(office)
    came = as_read(extract(office / "r.docx", library).record)
    assert came.abweichungen
    path, _ = answered(office)
    word = docx.Document(str(path))
    for element in list(word.element.body.iter(qn("w:ins"))):
        if element.getparent() is not None and element.getparent().tag != qn("w:rPr"):
            element.getparent().remove(element)
    for element in list(word.element.body.iter(qn("w:del"))):
        if element.getparent().tag == qn("w:rPr"):
            continue
        for text in element.iter(qn("w:delText")):
            text.tag = qn("w:t")
        for child in list(element):
            element.addprevious(child)
        element.getparent().remove(element)
    word.save(str(office / "zurueck.docx"))
    assert said(as_read(extract(office / "zurueck.docx", library).record)) == said(came)


def test_bad_calls_are_one_sentence_and_write_nothing(office: Path, capsys: Capture) -> None:
    shutil.copy(ROOT / "tests/proben/corpus/peine-2024.pdf", office / "peine.pdf")
    for words, told in (
        (("2024/lk-emsland", office / "r.docx", "--kommentar", "2", "Nein."), "Einen Kommentar 2 hat die Datei nicht; es sind 1."),
        (("2024/lk-emsland", office / "peine.pdf"), "Das Dokument ist 2024/lk-peine, nicht 2024/lk-emsland."),
        (("2024/lk-emsland", office / "fehlt.docx"), "Die Datei gibt es nicht."),
    ):
        ended = zv(capsys, "antworte", *words, "--ordner", office)
        assert ended.code in (2, 3) and told in ended.err
    assert not (office / "out/2024").exists()
