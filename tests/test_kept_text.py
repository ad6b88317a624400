"""A record whose text knows no fields, as they were made before, prints it: it is let out where its Angaben are what that says."""

from __future__ import annotations

from pathlib import Path

import pytest
from command import Ended, zv
from older_documents import Older
from own_texts import without_fields

from agreements.library.library import open_library
from agreements.model.record import Vereinbarung
from agreements.store.store import dump_record, load_text

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def record(tmp_path: Path, capsys: Capture) -> Path:
    """The record of an older document of which all is read for sure, as `zv lies` kept it before its text had fields."""
    source, path = tmp_path / "alt.docx", tmp_path / "alt.yaml"
    source.write_bytes(Older(1).word())
    assert zv(capsys, "extract", source, "--nach", path, "--ordner", tmp_path).code == 0
    path.write_text(dump_record(without_fields(open_library(tmp_path), load_text(path.read_bytes(), Vereinbarung, path).record)))
    return path


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def rendered(record: Path, capsys: Capture, *formats: str) -> Ended:
    chosen = [word for form in formats for word in ("--format", form)]
    return zv(capsys, "render", record, *chosen, "--nach", record.parent / "aus", "--ordner", record.parent)


@pytest.mark.parametrize("form", ["pdf", "docx", "text", "html"])
def test_a_value_that_is_not_what_the_text_says_is_not_printed(form: str, record: Path, capsys: Capture) -> None:
    edit(record, "wert: 17.1", "wert: 71.1")
    ended = rendered(record, capsys, form)
    assert ended.code == 1 and not (record.parent / "aus").exists()
    assert "„ziele.integrationsquote.gesamt“ (Integrationsquote)" in ended.err
    assert "um 71,1 % im Vergleich zum Jahr 2012 sinkt" in ended.err and "um 17,1 % im Vergleich zum Jahr 2012 sinkt" in ended.err
    assert "unter „text“" in ended.err


def test_what_was_read_prints_and_with_value_and_sentence_changed_prints_too(record: Path, capsys: Capture) -> None:
    assert rendered(record, capsys).code == 0
    edit(record, "wert: 17.1", "wert: 71.1")
    edit(record, "17,1%", "71,1%")
    assert rendered(record, capsys).code == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("    gesamt:\n      richtung: sinkt\n      schranke: null\n      wert: 17.1\n      einheit: prozent\n      bezug: 2012\n",
         "    gesamt: null\n"),
        ("  verwaltungskosten: 13517287\n", ""),
        ("        - Ausbau der aufsuchenden Beratung\n", "        - Ausbau der Beratung\n"),
        ("name: Daniela Eggers", "name: Daniela Evers"),
        ("datum: 2013-01-17", "datum: 2013-01-18"),
    ],
)  # fmt: skip
def test_nor_is_a_text_that_says_what_the_record_leaves_open_leaves_out_or_words_otherwise(
    old: str, new: str, record: Path, capsys: Capture
) -> None:
    edit(record, old, new)
    assert rendered(record, capsys, "docx").code == 1


def test_paragraphs_that_a_person_told_from_the_others_are_printed_where_they_stand_in_the_text(record: Path, capsys: Capture) -> None:
    own = "rahmenbedingungen:\n  regionale_lage:\n    - Der Arbeitsmarkt im Landkreis ist frei erfunden.\n"
    edit(record, "\nhaushalt:\n", f"\n{own}\nhaushalt:\n")
    assert rendered(record, capsys, "docx").code == 1
    edit(record, "im Landkreis ist frei erfunden.", "in Niedersachsen ist im Jahr 2012 stabil verlaufen.")
    assert rendered(record, capsys, "docx").code == 0


def test_a_number_that_no_reading_finds_is_printed_where_the_text_holds_it_and_somebody_confirmed_it(record: Path, capsys: Capture) -> None:
    edit(record, "um\n      17,1% im Vergleich zum Vorjahr reduziert wird.", "im\n      Sinne der Anlage 17,1% erreicht.")
    assert rendered(record, capsys, "docx").code == 1
    edit(record, "akte:\n", "akte:\n  geprueft: {ziele.integrationsquote.gesamt: mit der Anlage verglichen}\n")
    assert rendered(record, capsys, "docx").code == 0
    edit(record, "wert: 17.1", "wert: 71.1")
    assert rendered(record, capsys, "docx").code == 1


def test_a_confirmation_does_not_outweigh_what_is_read_for_sure(record: Path, capsys: Capture) -> None:
    edit(record, "wert: 17.1", "wert: 15.8")
    edit(record, "akte:\n", "akte:\n  geprueft: {ziele.integrationsquote.gesamt: im Text nachgesehen}\n")
    assert rendered(record, capsys, "docx").code == 1
