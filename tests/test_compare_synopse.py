"""The Synopse of two agreements in every format: what is gone, new and moved, and both texts whole."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest
from compared_years import folder_of_two_years, long, spelt, two_years
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from emsland import document
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from sample_documents import document as of_blocks
from sample_documents import heading
from verapdf import faults, needs_verapdf

from agreements.comparing.texts import compare, pieces
from render.synopse import Synopse, render_synopse_html, sections, visible
from render.synopse_pdf import render_synopse_pdf
from render.synopse_word import render_synopse_word

folder = pytest.fixture(scope="module")(folder_of_two_years)


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("die u.a. helfen", "die u. a. helfen", [("gleich", "die "), ("entfallen", "u.a."), ("gleich", " helfen")],
         [("gleich", "die "), ("neu", "u. a."), ("gleich", " helfen")]),
        ("der „ Markt", "der „Markt", [("gleich", "der "), ("entfallen", "„ Markt")], [("gleich", "der "), ("neu", "„Markt")]),
        ("§ 16 k", "§ 16k", [("entfallen", "§ 16 k")], [("neu", "§ 16k")]),
        ("gleich alt", "gleich neu", [("gleich", "gleich "), ("entfallen", "alt")], [("gleich", "gleich "), ("neu", "neu")]),
    ],
)  # fmt: skip
def test_a_change_of_white_space_alone_is_shown_with_its_word(old: str, new: str, left: list[object], right: list[object]) -> None:
    seen = visible(pieces(old, new))
    assert [(piece.art, piece.text) for piece in seen if piece.art != "neu"] == left
    assert [(piece.art, piece.text) for piece in seen if piece.art != "entfallen"] == right


@given(st.text(" \tab.", max_size=12), st.text(" \tab.", max_size=12))
def test_what_is_shown_is_still_both_texts(old: str, new: str) -> None:
    found = visible(pieces(old, new))
    assert (spelt(found, "neu"), spelt(found, "entfallen")) == (old, new)


@pytest.fixture(scope="module")
def synopse(folder: Path) -> Synopse:
    return Synopse(two_years(folder), "Synopse: Zielvereinbarung 2024 und 2025, Landkreis Emsland", "2024", "2025", ("HINWEIS: <b>&",))


def opened(synopse: Synopse) -> Any:
    """The page; lxml's types do not know what an xpath gives."""
    return html.fromstring(render_synopse_html(synopse).decode())


def test_the_page_marks_what_goes_left_and_what_comes_right(synopse: Synopse) -> None:
    page = opened(synopse)
    rows = page.xpath("//table[@class='synopse']//tr[@class='geaendert']")
    assert not page.xpath("//table[@class='synopse']//td[1]//ins | //table[@class='synopse']//td[2]//del")
    [row] = [row for row in rows if "dreimal" in row.text_content()]
    assert row.xpath("./td[1]//del/text()") == ["zweimal"] and row.xpath("./td[2]//ins/text()") == ["dreimal"]
    assert page.get("lang") == "de-DE"


def test_values_are_text_never_markup_and_nothing_outside_is_loaded(synopse: Synopse) -> None:
    page = render_synopse_html(synopse).decode()
    assert "HINWEIS: &lt;b&gt;&amp;" in page
    assert not re.search(r"(?:src|href)=|url\(|<script", page)


def test_every_word_of_both_agreements_is_on_the_page(synopse: Synopse) -> None:
    page = opened(replace(synopse, ganz=True)).text_content()
    told = re.sub(r"\s+", " ", page)
    for side in (synopse.comparison.old, synopse.comparison.new):
        assert [block.text for block in side.blocks if re.sub(r"\s+", " ", block.text).strip() not in told] == []


def test_headings_of_the_agreement_are_headings_of_the_synopse(synopse: Synopse) -> None:
    told = [section.titel for section in sections(synopse)]
    assert told == ["Eingang", *(block.text for block in synopse.comparison.new.blocks if block.art == "ueberschrift")]


def test_gone_new_and_moved_paragraphs_are_called_so() -> None:
    one, two, three, new = (long(name) for name in ("eins", "zwei", "drei", "vier"))
    old_doc = of_blocks(heading("I. Anfang"), one, two, heading("II. Ende"), three)
    comparison = compare(old_doc, of_blocks(heading("I. Anfang"), two, heading("II. Ende"), new, one))
    told = [(line.left.note, line.right.note) for section in sections(Synopse(comparison, "t", "a", "b")) for line in section.lines]
    assert ("(neu)", "") in told and ("", "entfällt") in told
    assert ("", "verschoben nach: II. Ende") in told and ("verschoben von: I. Anfang", "") in told


@needs_verapdf
def test_verapdf_finds_nothing_in_a_synopse(synopse: Synopse, tmp_path: Path) -> None:
    same = compare(document(), document())
    for name, each in {"zwei": synopse, "ganz": replace(synopse, ganz=True), "gleich": Synopse(same, "t", "a", "b")}.items():
        (tmp_path / f"{name}.pdf").write_bytes(render_synopse_pdf(each))
    assert faults(tmp_path.glob("*.pdf")) == {}


def test_the_pdf_lies_across_and_has_bookmarks_language_and_title(synopse: Synopse) -> None:
    with pikepdf.open(io.BytesIO(render_synopse_pdf(synopse))) as pdf:
        _, _, width, height = map(float, pdf.pages[0].MediaBox)
        assert width > height
        assert str(pdf.Root.Lang) == "de-DE"
        with pdf.open_outline() as outline:
            assert [entry.title for entry in outline.root] == [synopse.titel]
            assert "Angaben" in [entry.title for entry in outline.root[0].children]


def test_the_word_file_repeats_its_head_and_has_real_styles(synopse: Synopse) -> None:
    word = docx.Document(io.BytesIO(render_synopse_word(synopse)))
    assert word.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert all(table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None for table in word.tables)
    styles = {run.style.name: run.text for table in word.tables for row in table.rows for cell in row.cells
              for paragraph in cell.paragraphs for run in paragraph.runs if run.text in ("zweimal", "dreimal")}  # fmt: skip
    assert styles == {"Entfällt": "zweimal", "Neu": "dreimal"}
    assert not [paragraph for paragraph in word.paragraphs if not paragraph.text]
    assert word.core_properties.language == "de-DE"


@pytest.mark.parametrize("make", [render_synopse_html, render_synopse_pdf, render_synopse_word])
def test_the_same_comparison_gives_the_same_bytes(synopse: Synopse, folder: Path, make: object) -> None:
    assert callable(make)
    assert make(synopse) == make(replace(synopse, comparison=two_years(folder)))
