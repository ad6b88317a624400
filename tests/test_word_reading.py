"""Word files of many hands, read into the paragraphs that a person sees in them."""

from __future__ import annotations

import shutil
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from hypothesis import given
from hypothesis import strategies as st
from word_files import TYPE, W, p, r, word_file

from agreements.model.reading import Paragraph, Reading
from extract.word.reader import read_word

ANNA = 'w:id="1" w:author="Anna" w:date="2024-01-31T10:00:00Z"'
BERT = 'w:id="2" w:author="Bert" w:date="2024-02-01T08:30:00Z"'

Read = Callable[..., Reading]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Reads a Word file with this body and these further parts."""
    return lambda body, **parts: read_word(word_file(tmp_path / "brief.docx", body, **parts))


def deleted(text: str, who: str = ANNA) -> str:
    return f'<w:del {who}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text: str, who: str = ANNA) -> str:
    return f"<w:ins {who}>{r(text)}</w:ins>"


def control(content: str, tag: str) -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*texts: str, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{"".join(p(r(text)) for text in texts)}</w:tc>'


def in_list(num: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def texts(reading: Reading) -> list[str]:
    return [paragraph.text for paragraph in reading.paragraphs]


def columns(reading: Reading) -> list[tuple[int | None, str]]:
    return [(paragraph.column, paragraph.text) for paragraph in reading.paragraphs]


def tags(paragraph: Paragraph) -> dict[str, str]:
    return {word.text: word.tag for word in paragraph.words if word.tag}


def test_every_paragraph_states_its_bounds_and_no_place(read: Read) -> None:
    reading = read(p(r("Guten Tag.")) + p("") + p(r(" ")) + p(r("Es regnet.")))
    assert texts(reading) == ["Guten Tag.", "Es regnet."]
    assert (reading.lesart, reading.page_count) == ("word", None)
    assert all(paragraph.stated and paragraph.kind == "text" and not paragraph.continues for paragraph in reading.paragraphs)
    assert all(not word.places for paragraph in reading.paragraphs for word in paragraph.words)


def test_a_word_parted_into_runs_is_one_word(read: Read) -> None:
    assert texts(read(p(r("Zie", "<w:b/>") + "<w:bookmarkStart/><w:proofErr/>" + r("lwe") + r("rt ist da.")))) == ["Zielwert ist da."]


def test_what_wraps_runs_does_not_hide_them(read: Read) -> None:
    for wrapper in ("hyperlink", "smartTag", "customXml", "ins", "moveTo", "dir", "bdo"):
        assert texts(read(p(r("Der ") + f"<w:{wrapper}>{r('kleine')}</w:{wrapper}>" + r(" Hund.")))) == ["Der kleine Hund."], wrapper


def test_content_controls_of_every_kind_are_read_and_their_innermost_tag_kept(read: Read) -> None:
    paragraph = control(p(r("Es sind ") + control(r("1.200"), "zahl") + r(" Euro.")), "absatz")
    in_row = table(f"{cell('Wind')}{control(cell('5 kn'), 'zelle')}")
    of_rows = "<w:tbl>" + control(f"<w:tr>{cell('Regen')}{cell('7 mm')}</w:tr>", "zeile") + "</w:tbl>"
    untagged = p(control(f"<w:sdt><w:sdtContent>{r('innen')}</w:sdtContent></w:sdt>", "aussen"))
    reading = read(paragraph + in_row + of_rows + untagged)
    assert texts(reading) == ["Es sind 1.200 Euro.", "Wind 5 kn", "Regen 7 mm", "innen"]
    assert tags(reading.paragraphs[0]) == {"Es": "absatz", "sind": "absatz", "1.200": "zahl", "Euro.": "absatz"}
    assert tags(reading.paragraphs[1]) == {"5": "zelle", "kn": "zelle"}
    assert tags(reading.paragraphs[2]) == {"Regen": "zeile", "7": "zeile", "mm": "zeile"}
    assert tags(reading.paragraphs[3]) == {"innen": "aussen"}


def test_a_word_only_partly_in_a_control_carries_its_tag(read: Read) -> None:
    (paragraph,) = read(p(r("um (") + control(r("3,9"), "wert") + r(") mehr"))).paragraphs
    assert tags(paragraph) == {"(3,9)": "wert"}


def test_of_a_field_only_the_result_is_read(read: Read) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    instruction = "<w:r><w:instrText> REF ziel </w:instrText></w:r>"
    inner = mark("begin") + instruction + mark("separate") + r("falsch") + mark("end")
    body = p(r("Siehe ") + mark("begin") + instruction + inner + mark("separate") + r("Seite 3") + mark("end") + r("."))
    simple = p(r("Am ") + f'<w:fldSimple w:instr="DATE">{r("1. Mai")}</w:fldSimple>' + r("."))
    assert texts(read(body + simple)) == ["Siehe Seite 3.", "Am 1. Mai."]


def test_a_field_without_end_swallows_nothing(read: Read) -> None:
    body = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("Guten Tag.")) + p(r("Es regnet."))
    assert texts(read(body)) == ["Guten Tag.", "Es regnet."]


def test_a_drop_down_field_shows_what_was_chosen(read: Read) -> None:
    data = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="rot"/><w:listEntry w:val="grün"/></w:ddList></w:ffData>'
    body = p(r("Es ist ") + f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert texts(read(body)) == ["Es ist grün"]


def test_signs_that_are_no_letters_are_read_as_they_look(read: Read) -> None:
    body = p(
        r("E") + "<w:r><w:noBreakHyphen/></w:r>" + r("Akte\u00a0und\u2009Staub") + "<w:r><w:softHyphen/></w:r>" + r("sau\u00adger, ﬁnden")
        + "<w:r><w:tab/><w:t>Tabelle</w:t><w:br/><w:t>neu</w:t><w:cr/></w:r>" + r("a\u2011b U\u0308bung\u200b")
        + '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Times" w:char="F041"/><w:sym w:font="Arial" w:char="20AC"/></w:r>'
    )  # fmt: skip
    assert texts(read(body)) == ["E-Akte und Staubsauger, finden Tabelle neu a-b Übung•A€"]


def test_a_sign_that_cannot_be_named_is_noted(read: Read) -> None:
    reading = read(p(r("Bild ") + '<w:r><w:sym w:font="Webdings" w:char="F04E"/></w:r>'))
    assert texts(reading) == ["Bild \ufffd"]
    assert "Webdings" in reading.notes[0]


def test_blanks_that_word_drops_are_dropped(read: Read) -> None:
    assert texts(read(p("<w:r><w:t> Haus </w:t></w:r><w:r><w:t>\n  tür</w:t></w:r>"))) == ["Haustür"]


def test_the_final_text_counts_and_each_change_is_reported(read: Read) -> None:
    body = p(
        r("Der ") + deleted("alte ") + deleted("graue ") + inserted("neue ") + r("Hund ")
        + f"<w:moveFrom {BERT}>{r('bellt ')}</w:moveFrom>" + r("laut ") + f"<w:moveTo {BERT}>{r('bellt')}</w:moveTo>"
        + f"<w:ins {BERT}>{deleted('nie', ANNA)}</w:ins>" + r(".")
    )  # fmt: skip
    reading = read(body)
    assert texts(reading) == ["Der neue Hund laut bellt."]
    assert [(change.art, change.text, change.wer, change.wann[:10]) for change in reading.changes] == [
        ("gestrichen", "alte graue", "Anna", "2024-01-31"),
        ("eingefuegt", "neue", "Anna", "2024-01-31"),
        ("gestrichen", "bellt", "Bert", "2024-02-01"),
        ("eingefuegt", "bellt", "Bert", "2024-02-01"),
        ("gestrichen", "nie", "Anna", "2024-01-31"),
    ]
    assert {change.absatz for change in reading.changes} == {"Der neue Hund laut bellt."}


def test_changes_with_text_between_them_stay_two(read: Read) -> None:
    reading = read(p(inserted("Ein ") + r("kleiner ") + inserted("Hund.")))
    assert [change.text for change in reading.changes] == ["Ein", "Hund."]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(read: Read) -> None:
    gone = f"<w:rPr><w:del {ANNA}/></w:rPr>"
    reading = read(p(r("Es reg"), gone) + p(deleted("weg"), gone) + p(r("net.")) + p(r("Nein."), gone) + table(cell("Ende.")))
    assert texts(reading) == ["Es regnet.", "Nein.", "Ende."]
    assert [(change.art, change.text, change.absatz) for change in reading.changes] == [
        ("gestrichen", "¶", "Es regnet."),
        ("gestrichen", "weg", "Es regnet."),
        ("gestrichen", "¶", "Nein."),
    ]


def test_a_paragraph_deleted_as_a_whole_leaves_its_change(read: Read) -> None:
    reading = read(p(r("Eins.")) + p(deleted("Zwei."), f"<w:rPr><w:del {ANNA}/></w:rPr>") + p(r("Drei.")))
    assert texts(reading) == ["Eins.", "Drei."]
    assert [change.text for change in reading.changes] == ["Zwei."]


def test_a_deleted_row_is_dropped_and_reported(read: Read) -> None:
    row = f"<w:tr><w:trPr><w:del {ANNA}/></w:trPr>{cell('Wind')}{cell('5 kn')}</w:tr>"
    reading = read(f"<w:tbl><w:tr>{cell('Regen')}{cell('7 mm')}</w:tr>{row}</w:tbl>")
    assert texts(reading) == ["Regen 7 mm"]
    assert [change.text for change in reading.changes] == ["Wind", "5 kn"]


def test_hidden_text_is_noted_and_not_read(read: Read) -> None:
    style = '<w:style w:type="character" w:styleId="geheim"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p(r("Hier ") + r("ist ", "<w:vanish/>") + r("was ", '<w:rStyle w:val="geheim"/>') + r("steht.", '<w:vanish w:val="0"/>'))
    reading = read(body, styles=style)
    assert texts(reading) == ["Hier steht."]
    assert reading.notes == ("Verborgener Text wurde nicht gelesen, im Absatz „Hier steht.“: ist was",)


def test_comments_footnotes_and_pictures_are_noted(read: Read) -> None:
    picture = '<w:r><w:drawing><wp:inline><wp:docPr descr="Wappen"/><pic:pic/></wp:inline></w:drawing></w:r>'
    body = p(r("Es regnet") + '<w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="7"/></w:r>' + r(".") + picture)
    reading = read(
        body,
        comments=f'<w:comment w:id="7" w:author="Anna">{p(r("Stimmt"))}{p(r("das?"))}</w:comment>',
        footnotes=f'<w:footnote w:id="0">{p(r("Strich"))}</w:footnote><w:footnote w:id="2">{p(r("Nur im Norden."))}</w:footnote>',
    )
    assert texts(reading) == ["Es regnet."]
    assert reading.footnotes == ("Fußnote im Absatz „Es regnet.“ (steht nicht im Datensatz): Nur im Norden.",)
    assert reading.notes == (
        "Kommentar von Anna, im Absatz „Es regnet.“: Stimmt das?",
        "Ein Bild wurde nicht gelesen, im Absatz „Es regnet.“: Wappen",
    )


def test_a_text_box_is_read_once(read: Read) -> None:
    box = "<w:txbxContent>" + p(r("Im Kasten.")) + "</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    assert texts(read(p(r("Davor") + both + r(" und danach.")) + p(old))) == ["Davor und danach.", "Im Kasten.", "Im Kasten."]


def test_a_formula_is_read_as_its_letters(read: Read) -> None:
    assert texts(read(p(r("Es gilt ") + "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"))) == ["Es gilt a=b"]


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
    assert [(item.kind, item.label, item.text) for item in alone.paragraphs][1] == (None, "", "– Regen")
    assert [(item.kind, item.label, item.text) for item in row.paragraphs] == [
        ("punkt", "-", "Regen"), ("punkt", "-", "Wind"), ("text", "", "-5 Grad"), (None, "", "• Sonne"),
    ]  # fmt: skip
    assert [(item.kind, item.label, item.text) for item in hung.paragraphs] == [("punkt", "-", "Regen")]


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


LEFT = ["Aurich, den 2024", "In Vertretung", "(Frauke Deich)", "Amt für Regen"]
RIGHT = ["Celle, den 3. Mai 2024", "(Ole Heide)", "Amt für Wind"]
SIGNED = [(1, text) for text in LEFT] + [(2, text) for text in RIGHT]


def test_signatures_side_by_side_are_read_column_by_column(read: Read) -> None:
    assert columns(read(p(r("Es regnet.")) + table(cell(*LEFT) + cell(*RIGHT)))) == [(None, "Es regnet."), *SIGNED]
    spaced = table(cell(*LEFT) + cell("") + cell(*RIGHT))
    assert columns(read(spaced)) == SIGNED


def test_signatures_with_a_row_for_each_line_are_read_column_by_column(read: Read) -> None:
    rows = table(
        cell("Aurich, den") + cell("2024") + cell("Celle, den 3. Mai 2024", span=2),
        cell("In Vertretung", span=2) + cell("", span=2),
        cell("", span=4),
        cell("(Frauke Deich)", span=2) + cell("(Ole Heide)", span=2),
        cell("Amt für Regen", span=2) + cell("Amt für Wind", span=2),
    )
    assert columns(read(rows)) == SIGNED


def test_a_second_row_of_signatures_goes_on_counting(read: Read) -> None:
    third = ["Leer (Ostfriesland), den 2024", "(Insa Watt)", "Amt für Ebbe"]
    rows = table(cell(*LEFT) + cell(*RIGHT), cell(*third))
    assert columns(read(rows)) == [*SIGNED, *((3, text) for text in third)]


def test_lines_of_a_signature_may_be_typed_breaks(read: Read) -> None:
    def broken(lines: list[str]) -> str:
        return "<w:tc>" + p("<w:r><w:br/></w:r>".join(r(line) for line in lines)) + "</w:tc>"

    assert columns(read(table(broken(LEFT) + broken(RIGHT)))) == SIGNED


TAB = "<w:r><w:tab/></w:r>"


def test_signatures_parted_by_tabs_are_read_column_by_column(read: Read) -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="2000"/><w:tab w:val="left" w:pos="5000"/></w:tabs>'
    body = (
        p(r("Es regnet."))
        + p(r("Aurich, den") + TAB + r("2024") + TAB + r("Celle, den 3. Mai 2024"), stops)
        + p("", stops) + p(r("In Vertretung"), stops)
        + p(r("(Frauke Deich)") + TAB + TAB + r("(Ole Heide)"), stops)
        + p(r("Amt für Regen") + TAB * 2 + r("Amt für Wind"), stops)
    )  # fmt: skip
    assert columns(read(body)) == [(None, "Es regnet."), *SIGNED]


def test_a_line_of_the_right_column_alone_is_told_by_its_tab_stop(read: Read) -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="5000"/></w:tabs>'
    body = (
        p(r("Aurich, den 2024") + TAB + r("Celle, den 3. Mai 2024"), stops) + p(TAB + r("Im Auftrage"), stops)
        + p(r("(Frauke Deich)") + TAB + r("(Ole Heide)"), stops)
    )  # fmt: skip
    assert columns(read(body)) == [
        (1, "Aurich, den 2024"), (1, "(Frauke Deich)"), (2, "Celle, den 3. Mai 2024"), (2, "Im Auftrage"), (2, "(Ole Heide)"),
    ]  # fmt: skip


def test_signatures_parted_by_many_blanks_and_breaks_are_read_column_by_column(read: Read) -> None:
    line = "<w:r><w:br/></w:r>"
    body = p(r("Aurich, den 2024          Celle, den 3. Mai 2024") + line + r("(Frauke Deich)            (Ole Heide)"))
    assert columns(read(body)) == [
        (1, "Aurich, den 2024"), (1, "(Frauke Deich)"), (2, "Celle, den 3. Mai 2024"), (2, "(Ole Heide)"),
    ]  # fmt: skip


def test_tabs_in_running_text_make_no_columns(read: Read) -> None:
    body = p(r("(1)") + TAB + r("Es regnet.")) + p(r("Regen") + TAB + r("7 mm")) + p(r("Wind") + TAB + r("5 kn"))
    assert columns(read(body)) == [(None, "(1) Es regnet."), (None, "Regen 7 mm"), (None, "Wind 5 kn")]


def test_other_tables_are_read_row_by_row(read: Read) -> None:
    figures = table(cell("Regen") + cell("7 mm"), cell("Wind") + cell("5 kn"))
    prose = table(cell("Es regnet.", "Es stürmt.") + cell("Es schneit."))
    reading = read(p(r("Davor.")) + figures + prose + p(r("Danach.")))
    assert columns(reading) == [(None, text) for text in (
        "Davor.", "Regen 7 mm", "Wind 5 kn", "Es regnet.", "Es stürmt.", "Es schneit.", "Danach."
    )]  # fmt: skip
    assert reading.paragraphs[1].kind is None


def test_lines_of_a_centred_paragraph_may_be_parts_of_one(read: Read) -> None:
    reading = read(p(r("Bericht") + "<w:r><w:br/></w:r>" + r("vom Wetter"), '<w:jc w:val="center"/>'))
    assert [(paragraph.text, paragraph.continues) for paragraph in reading.paragraphs] == [("Bericht", False), ("vom Wetter", True)]


def test_a_page_break_may_part_a_paragraph(read: Read) -> None:
    reading = read(p(r("Es reg nete") + '<w:r><w:br w:type="page"/></w:r>' + r("sehr.")))
    assert [(paragraph.text, paragraph.continues) for paragraph in reading.paragraphs] == [("Es reg nete", False), ("sehr.", True)]


def test_strict_open_xml_is_read_too(tmp_path: Path) -> None:
    written = BytesIO()
    document = docx.Document()
    document.add_heading("Vom Wetter", 2)
    document.save(written)
    path = tmp_path / "streng.docx"
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(W.encode(), b"http://purl.oclc.org/ooxml/wordprocessingml/main")
            target.writestr(name, content.replace(TYPE.encode(), b"http://purl.oclc.org/ooxml/officeDocument/relationships/"))
    assert essence(read_word(path)) == [("ueberschrift", 2, None, "Vom Wetter")]


LETTERS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "S"), include_characters=" äöüß§€–„“<>&{}%", max_codepoint=0x24FF), min_size=1
)
SENTENCES = st.one_of(LETTERS, st.sampled_from(["<b>fett</b>", "{{ x }}", "- a", "(1) b", "§ 3 c", "& d", "</w:t>", "&amp;", "a\u00a0b"]))


@st.composite
def parted(draw: st.DrawFn) -> list[tuple[str, str]]:
    """A paragraph's text in runs, each plain, inserted, or followed by something deleted."""
    text = draw(SENTENCES)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=4)))
    parts = [text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return [(part, draw(st.sampled_from(["plain", "ins", "del", "sdt"]))) for part in parts]


def written(paragraphs: list[list[tuple[str, str]]]) -> BytesIO:
    document = docx.Document()
    for parts in paragraphs:
        paragraph = document.add_paragraph()
        for text, kind in parts:
            run = paragraph.add_run(text)._r
            if kind == "plain":
                continue
            if kind == "del":
                gone = paragraph.add_run("weg")._r
                for element in gone.iter(qn("w:t")):
                    element.tag = qn("w:delText")
                run = gone
            wrapper = OxmlElement(f"w:{kind}")
            run.addprevious(wrapper)
            if kind == "sdt":
                content = OxmlElement("w:sdtContent")
                wrapper.append(content)
                content.append(run)
            else:
                wrapper.append(run)
    stream = BytesIO()
    document.save(stream)
    return stream


@pytest.mark.law
@given(paragraphs=st.lists(parted(), min_size=1, max_size=5))
def test_text_comes_back_whatever_runs_and_wrappers_it_is_parted_into(
    paragraphs: list[list[tuple[str, str]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("wort") / "brief.docx"
    path.write_bytes(written(paragraphs).getvalue())
    expected = (unicodedata.normalize("NFC", "".join(text for text, _ in parts)) for parts in paragraphs)
    reading = read_word(path)
    found = [" ".join(filter(None, (paragraph.label, paragraph.text))) for paragraph in reading.paragraphs]
    assert found == [" ".join(text.split()) for text in expected if text.split()]
    gone = "".join(change.text for change in reading.changes if change.art == "gestrichen")
    assert gone == "weg" * sum(kind == "del" for parts in paragraphs for _, kind in parts)


SOFFICE = shutil.which("soffice")
office = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice fehlt")


@pytest.fixture(scope="module")
def convert(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Path, str], Path]]:
    """Has LibreOffice save a file in another form."""
    profile = tmp_path_factory.mktemp("profil")

    def convert(path: Path, form: str) -> Path:
        target = path.parent / f"von-{path.suffix[1:]}"
        command = [SOFFICE or "", f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to", form, "--outdir", str(target)]
        subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
        return target / f"{path.stem}.{form.partition(':')[0]}"

    yield convert


def essence(reading: Reading) -> list[tuple[str | None, int, int | None, str]]:
    return [(paragraph.kind, paragraph.level, paragraph.column, paragraph.text) for paragraph in reading.paragraphs]


def weather(path: Path) -> Path:
    """A letter made with python-docx: headings, lists, controls, changes, text box of signatures as a table, header."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Wetterbericht"
    document.add_heading("I. Vom Wetter", 1)
    document.add_heading("§ 1 Regen", 2)
    paragraph = document.add_paragraph("Es fielen ")
    content = OxmlElement("w:sdt")
    content.append(OxmlElement("w:sdtContent"))
    content[0].append(paragraph.add_run("1.200")._r)
    paragraph._p.append(content)
    paragraph.add_run(" Tropfen,\u00a0um 3,9\u00a0% mehr.")
    for text in ("Regen – viel", "Wind & Wetter", "„Sonne“"):
        document.add_paragraph(text, style="List Bullet")
    for text in ("Messen.", "Melden."):
        document.add_paragraph(text, style="List Number")
    grid = document.add_table(1, 2)
    for at, lines in enumerate((LEFT, RIGHT)):
        grid.cell(0, at).paragraphs[0].text = lines[0]
        for line in lines[1:]:
            grid.cell(0, at).add_paragraph(line)
    document.save(str(path))
    return path


def test_a_letter_of_python_docx_is_read(tmp_path: Path) -> None:
    reading = read_word(weather(tmp_path / "wetter.docx"))
    assert essence(reading) == [
        ("ueberschrift", 1, None, "I. Vom Wetter"),
        ("ueberschrift", 2, None, "§ 1 Regen"),
        ("text", 0, None, "Es fielen 1.200 Tropfen, um 3,9 % mehr."),
        ("punkt", 0, None, "Regen – viel"),
        ("punkt", 0, None, "Wind & Wetter"),
        ("punkt", 0, None, "„Sonne“"),
        ("text", 0, None, "1. Messen."),
        ("text", 0, None, "2. Melden."),
        *(("text", 0, spalte, text) for spalte, text in SIGNED),
    ]
    assert [(thing.art, thing.text) for thing in reading.beiwerk] == [("kopfzeile", "Wetterbericht")]


@office
def test_a_letter_saved_again_by_libreoffice_reads_the_same(tmp_path: Path, convert: Callable[[Path, str], Path]) -> None:
    path = weather(tmp_path / "wetter.docx")
    expected = essence(read_word(path))
    assert essence(read_word(convert(path, "docx:MS Word 2007 XML"))) == expected
    assert essence(read_word(convert(convert(path, "odt"), "docx:MS Word 2007 XML"))) == expected


@office
def test_a_web_page_saved_by_libreoffice_as_word_is_read(tmp_path: Path, convert: Callable[[Path, str], Path]) -> None:
    page = tmp_path / "wetter.html"
    page.write_text(
        "<meta charset=utf-8><h1>I. Vom Wetter</h1><p>Es <b>reg</b>net<br>sehr.</p>"
        "<ul><li>Regen<li>Wind</ul><ol><li>Messen.<li>Melden.</ol>"
        f"<table><tr><td><p>{'<p>'.join(LEFT)}</td><td>{'<br>'.join(RIGHT)}</td></tr></table>",
        encoding="utf-8",
    )
    assert essence(read_word(convert(page, "docx:MS Word 2007 XML"))) == [
        ("ueberschrift", 1, None, "I. Vom Wetter"),
        ("text", 0, None, "Es regnet sehr."),
        ("punkt", 0, None, "Regen"),
        ("punkt", 0, None, "Wind"),
        ("text", 0, None, "1. Messen."),
        ("text", 0, None, "2. Melden."),
        *(("text", 0, spalte, text) for spalte, text in SIGNED),
    ]
