"""HTML, plain text and the no-break spaces that all formats share."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pyphen
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from sample_documents import LOOK_ALIKES, document, everything, heading, item, line, signatures, text

from agreements.errors import ZvError
from agreements.model.document import Block, Span
from render.html import default_layout, heading_levels, render_html
from render.hyphenation import Patterns, use_german
from render.text import render_text
from render.typography import NO_BREAK_SPACE, no_break, typeset


def page_of(content: bytes) -> Any:
    return lxml_html.fromstring(content.decode("utf-8"))


@pytest.mark.parametrize(
    "tied",
    [
        "3,9 %", "14,0 %", "§ 48b", "§ 16 k", "§§ 3", "Abs. 1", "Absatz 2", "Nr. 4", "Art. 1", "Artikel 1", "S. 1", "Satz 3", "SGB II",
        "BGBl. I", "z. B.", "u. a.", "i. d. R.", "13.155.724 Euro", "21,9 Mio. Euro", "1. Februar", "15. März", "Dr. Muster", "5 Prozent",
    ],
)  # fmt: skip
def test_what_belongs_together_stays_on_one_line(tied: str) -> None:
    assert f"wie {tied.replace(' ', NO_BREAK_SPACE)} hier" == no_break(f"wie {tied} hier")


@pytest.mark.parametrize(
    "loose", ["im Jahr 2024 steigt", "Das ist A. Dann kommt B", "bis 3 und", "Satz über", "ein Artikel über", "2024 Kreise"]
)
def test_other_blanks_stay_as_they_are(loose: str) -> None:
    assert no_break(loose) == loose


def test_a_dash_never_opens_a_line() -> None:
    assert no_break("Abständen – zweimal – und") == "Abständen\xa0– zweimal\xa0– und"


@given(st.text(alphabet="0129 .,%§()–-abzAIVXNrSäßEuroMi"))
def test_no_break_changes_nothing_but_the_kind_of_blank(words: str) -> None:
    assert no_break(words).replace(NO_BREAK_SPACE, " ") == words


def test_number_and_unit_are_tied_across_spans() -> None:
    spans = typeset((Span("um "), Span("3,9", "ziele.integrationsquote.gesamt"), Span(" % steigt")))
    assert [span.text for span in spans] == ["um ", "3,9", "\xa0% steigt"]
    assert spans[1].feld == "ziele.integrationsquote.gesamt"


def test_what_follows_a_gap_for_the_pen_stays_on_its_line() -> None:
    assert typeset((Span("den "), Span("", "datum", "leer"), Span(" 2024")))[2].text == "\xa02024"


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        ("Leistungsberechtigte", "Leis-tungs-be-rech-tigte"),
        ("erarbeitet", "erarbei-tet"),
        ("Zusammenarbeit", "Zusam-menarbeit"),
        ("Bedarfsgemeinschaften", "Bedarfs-gemein-schaf-ten"),
        ("Zielindikatoren", "Ziel-indi-ka-to-ren"),
        ("Gesamtergebnisse", "Gesamt-ergeb-nisse"),
        ("Arbeitsuchende", "Arbeit-suchende"),
        ("rückläufig", "rück-läu-fig"),
    ],
)
def test_words_are_parted_only_between_syllables(word: str, parted: str) -> None:
    use_german()
    assert pyphen.Pyphen(lang="de-DE", left=3, right=3).inserted(word) == parted


def test_patterns_read_lazily_are_those_that_pyphen_reads() -> None:
    path = pyphen.LANGUAGES["de_DE"]
    lazy, eager = Patterns(Path(path)), pyphen.HyphDict(path).patterns
    assert {key: lazy.get(key) for key in eager} == eager
    assert lazy.get("zzzzzz") is None


def test_values_are_text_and_never_markup() -> None:
    page = page_of(render_html(document(*map(text, LOOK_ALIKES))))
    assert [p.text_content().replace("\xa0", " ") for p in page.cssselect("main p")] == list(LOOK_ALIKES)
    assert not page.cssselect("main p *")


def test_the_page_needs_no_other_file_and_runs_no_script() -> None:
    content = render_html(everything()).decode("utf-8")
    page = lxml_html.fromstring(content)
    assert not page.cssselect("script, link, img, iframe, object, [src], [href]")
    assert not re.search(r"url\(|@import", content)
    assert 'font-family: "Liberation Sans"' in content


def test_the_page_says_its_language_and_its_title() -> None:
    page = page_of(render_html(everything()))
    assert page.get("lang") == "de-DE"
    assert page.findtext(".//title") == "Vereinbarung <2024> & mehr"


def test_each_kind_of_block_has_its_element() -> None:
    page = page_of(render_html(everything()))
    assert [h.tag for h in page.cssselect("h1, h2, h3")] == ["h1", "h2", "h3"]
    assert len(page.cssselect("ul")) == 2, "two lists of different fields stay two"
    assert len(page.cssselect(".titelseite p")) == 3
    assert len(page.cssselect(".eingang p")) == 4
    assert len(page.cssselect(".leer")) == 1


def test_signature_columns_follow_each_other() -> None:
    mixed = [line("A", 1), line("B", 2), line("a", 1, 1), line("b", 2, 1)]
    page = page_of(render_html(document(*mixed)))
    assert [p.text_content() for p in page.cssselect(".unterschriften p")] == ["A", "a", "B", "b"]


def test_a_third_signature_begins_a_new_row() -> None:
    fields = page_of(render_html(document(*signatures(3)))).cssselect(".unterschriften > div")
    assert [field.get("style") for field in fields[-2:]] == ["grid-row: 3; grid-column: 1", "grid-row: 4; grid-column: 1"]


def test_a_draft_says_so_and_shows_what_is_open() -> None:
    blocks = Block("text", (Span("um "), Span("[Quote offen]", "quote", "offen"), Span(" %")))
    page = page_of(render_html(document(blocks)))
    assert [element.text.strip() for element in page.cssselect(".offen")] == ["[Quote offen]"]
    assert page.cssselect("[role=note]")[0].text == "Entwurf"
    assert not page_of(render_html(everything())).cssselect("[role=note], .offen")


def test_no_level_of_headings_is_skipped() -> None:
    levels = (3, 1, 3, 3, 2, 3)
    assert heading_levels(tuple(heading("x", level) for level in levels)) == [1, 1, 2, 2, 2, 3]


def test_a_layout_without_its_files_is_named(tmp_path: Path) -> None:
    with pytest.raises(ZvError, match=r"vereinbarung\.css.*fehlt"):
        render_html(everything(), tmp_path)


def test_a_broken_layout_is_named(tmp_path: Path) -> None:
    layout = tmp_path / "layout"
    shutil.copytree(default_layout(), layout)
    (layout / "vereinbarung.html.j2").write_text("{% if %}", encoding="utf-8")
    with pytest.raises(ZvError, match=r"vereinbarung\.html\.j2"):
        render_html(everything(), layout)


def test_plain_text_parts_blocks_by_blank_lines_and_lists_by_dashes() -> None:
    blocks = (heading("I. X"), text("erstens"), item("a"), item("b"), *signatures())
    expected = (
        "I. X\n\nerstens\n\n- a\n- b\n\n"
        "Musterstadt, den ____________________ 2024\nIn Vertretung\n\n(Erika Muster)\nAmt für Blumenbeete und Schattenplätze\n\n"
        "Dorf 2, den 1. Februar 2024\n\n(Max Muster 2)\n"
    )
    assert render_text(document(*blocks)).decode("utf-8") == expected


def test_plain_text_has_ordinary_blanks_and_marks_a_draft() -> None:
    content = render_text(document(Block("text", (Span("3,9 % nach § 1 "), Span("[offen]", "x", "offen"))))).decode("utf-8")
    assert content == "ENTWURF\n\n3,9 % nach § 1 [offen]\n"
