"""Headings, lists and furniture of a Word file: known by style, outline or numbering, and by how they look."""

from __future__ import annotations

import pytest
from word_files import p, r
from word_paragraphs import (
    ANNA,
    Read,
    in_list,
    reader_of_bodies,
    texts,
)

read = pytest.fixture(reader_of_bodies)


STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Standard"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift2"><w:name w:val="heading 2"/><w:basedOn w:val="Standard"/></w:style>
<w:style w:type="paragraph" w:styleId="Kapitel"><w:name w:val="Kapitel"/><w:basedOn w:val="berschrift2"/></w:style>
<w:style w:type="paragraph" w:styleId="Gliederung"><w:name w:val="Gliederung"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Deutsch"><w:name w:val="Überschrift 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Kreis"><w:name w:val="Kreis"/><w:basedOn w:val="Kreis"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="Punkte"><w:name w:val="List Bullet"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Absatz"><w:name w:val="Absatz"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Fett"><w:name w:val="Fett"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style>
"""


@pytest.mark.parametrize(
    ("properties", "kind", "ebene"),
    [
        ("", "text", 0),
        ('<w:pStyle w:val="berschrift2"/>', "ueberschrift", 2),
        ('<w:pStyle w:val="Kapitel"/>', "ueberschrift", 2),
        ('<w:pStyle w:val="Gliederung"/>', "ueberschrift", 3),
        ('<w:pStyle w:val="Deutsch"/>', "ueberschrift", 1),
        ('<w:pStyle w:val="Kapitel"/><w:outlineLvl w:val="0"/>', "ueberschrift", 1),
        ('<w:pStyle w:val="Kapitel"/><w:outlineLvl w:val="9"/>', "text", 0),
        ('<w:outlineLvl w:val="3"/>', "ueberschrift", 4),
        ('<w:pStyle w:val="Kreis"/>', "text", 0),
        ('<w:pStyle w:val="fehlt"/>', "text", 0),
        ('<w:pStyle w:val="Titel"/>', None, 0),
    ],
)
def test_headings_are_known_by_style_or_outline(read: Read, properties: str, kind: str | None, ebene: int) -> None:
    (paragraph,) = read(p(r("Vom Wetter"), properties), styles=STYLES).paragraphs
    assert (paragraph.kind, paragraph.level) == (kind, ebene)


@pytest.mark.parametrize("text", ["§ 4 Vom Wetter", "IV. Vom Wetter", "2. Vom Wetter", "2.1 Vom Wetter"])
def test_a_short_bold_numbered_paragraph_is_a_heading_of_unknown_level(read: Read, text: str) -> None:
    bold, plain, styled, long = read(
        p(r(text[:3], "<w:b/>") + r(" ") + r(text[3:], "<w:b/>")) + p(r(text, "<w:b/>") + r("!"))
        + p(r(text), '<w:pStyle w:val="Fett"/>') + p(r(text + " sehr lang" * 20, "<w:b/>")),
        styles=STYLES,
    ).paragraphs  # fmt: skip
    assert (bold.kind, bold.level) == ("ueberschrift", 0)
    assert (plain.kind, styled.kind, long.kind) == ("text", "ueberschrift", "text")


def level(number: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


RUNS_ON = '<w:lvlRestart w:val="0"/>'
NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{level(0, "bullet", "–")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "(%1)")}{level(1, "lowerLetter", "%2)")}'
    f"{level(2, 'decimal', '%1.%2.%3', '<w:isLgl/>')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="3">{level(0, "upperRoman", "%1.")}{level(1, "decimal", "§ %2", RUNS_ON)}'
    "</w:abstractNum>"
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="3"/></w:num><w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="5"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
)


def test_a_bulleted_paragraph_is_an_item_without_its_bullet(read: Read) -> None:
    body = p(r("Regen"), in_list(1)) + p(r("- Wind"), '<w:pStyle w:val="Punkte"/>')
    reading = read(body + p(r("Sonne"), '<w:pStyle w:val="Punkte"/>' + in_list(0)), styles=STYLES, numbering=NUMBERING)
    assert [(item.kind, item.label, item.text) for item in reading.paragraphs] == [
        ("punkt", "-", "Regen"), ("punkt", "-", "- Wind"), ("text", "", "Sonne")
    ]  # fmt: skip


def test_numbers_that_word_counts_are_part_of_the_text(read: Read) -> None:
    one, two, roman, restarted = '<w:pStyle w:val="Absatz"/>', in_list(2, 1), in_list(3), in_list(5)
    body = (
        p(r("Eins."), one) + p(r("Eins a."), two) + p(r("Eins b."), two) + p(r("Zwei."), one) + p(r("Zwei a."), two)
        + p(r("Tief."), in_list(2, 2)) + p(r("Drei."), in_list(4)) + p(r("Sieben."), restarted) + p(r("Acht."), restarted)
        + p(r("Wetter"), '<w:pStyle w:val="Kapitel"/>' + roman) + p(r("Regen"), in_list(3, 1)) + p(r("Wind"), in_list(3, 1))
        + p(r("Klima"), roman) + p(r("Hagel"), in_list(3, 1)) + p("", roman) + p(r("Schluss"), roman)
    )  # fmt: skip
    reading = read(body, styles=STYLES, numbering=NUMBERING)
    assert texts(reading) == [
        "(1) Eins.", "a) Eins a.", "b) Eins b.", "(2) Zwei.", "a) Zwei a.", "2.1.1 Tief.", "(3) Drei.", "(7) Sieben.", "(8) Acht.",
        "I. Wetter", "§ 1 Regen", "§ 2 Wind", "II. Klima", "§ 3 Hagel", "IV. Schluss",
    ]  # fmt: skip
    assert reading.paragraphs[9].kind == "ueberschrift"
    assert {paragraph.kind for paragraph in reading.paragraphs[:9]} == {"text"}


def test_a_joined_paragraph_counts_once(read: Read) -> None:
    gone = f"<w:rPr><w:del {ANNA}/></w:rPr>"
    reading = read(p(r("Es "), in_list(2) + gone) + p(r("regnet."), in_list(2)) + p(r("Ja."), in_list(2)), numbering=NUMBERING)
    assert texts(reading) == ["(1) Es regnet.", "(2) Ja."]


def test_typed_dashes_are_items_if_they_hang_or_stand_in_a_row(read: Read) -> None:
    hanging = '<w:ind w:left="360" w:hanging="360"/>'
    alone = read(p(r("Davor.")) + p(r("– Regen")) + p(r("Danach.")))
    row = read(p(r("- Regen")) + p(r("- Wind")) + p(r("-5 Grad")) + p(r("• Sonne")))
    hung = read(p(r("-") + "<w:r><w:tab/></w:r>" + r("Regen"), hanging))
    touching = read(p(r("-Regen")) + p(r("-Wind")) + p(r("Danach.")))
    assert [(item.kind, item.label, item.text) for item in alone.paragraphs][1] == (None, "", "– Regen")
    assert [(item.kind, item.label, item.text) for item in row.paragraphs] == [
        ("punkt", "-", "Regen"), ("punkt", "-", "Wind"), ("text", "", "-5 Grad"), (None, "", "• Sonne"),
    ]  # fmt: skip
    assert [(item.kind, item.label, item.text) for item in hung.paragraphs] == [("punkt", "-", "Regen")]
    assert [(item.kind, item.text) for item in touching.paragraphs] == [("punkt", "Regen"), ("punkt", "Wind"), ("text", "Danach.")]


def test_beside_true_lists_a_typed_dash_is_text(read: Read) -> None:
    reading = read(p(r("Regen"), in_list(1)) + p(r("- Wind")) + p(r("- Sonne")), numbering=NUMBERING)
    assert [(item.kind, item.text) for item in reading.paragraphs[1:]] == [(None, "- Wind"), (None, "- Sonne")]


def test_headers_footers_and_contents_are_no_text(read: Read) -> None:
    page = '<w:fldSimple w:instr=" PAGE ">' + r("2") + "</w:fldSimple>"
    gallery = '<w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
    contents = f"<w:sdt>{gallery}<w:sdtContent>{p(r('Inhalt'))}</w:sdtContent></w:sdt>"
    styled = p(r("I. Wetter") + "<w:r><w:tab/></w:r>" + r("2"), '<w:pStyle w:val="Verzeichnis1"/>')
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    of_field = p(mark("begin") + "<w:r><w:instrText> TOC \\o </w:instrText></w:r>" + mark("separate") + r("II. Klima 3")) + p(mark("end"))
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    reading = read(
        contents + styled + of_field + p(r("Es regnet.")) + section,
        styles=STYLES, header=p(r("Wetterbericht")), footer=p(r("Seite ") + page + r(" von 7")),
    )  # fmt: skip
    assert texts(reading) == ["Es regnet."]
    assert [(thing.art, thing.page, thing.text) for thing in reading.beiwerk] == [
        ("inhaltsverzeichnis", None, "Inhalt"),
        ("inhaltsverzeichnis", None, "I. Wetter 2"),
        ("inhaltsverzeichnis", None, "II. Klima 3"),
        ("kopfzeile", None, "Wetterbericht"),
        ("seitenzahl", None, "Seite 2 von 7"),
    ]
