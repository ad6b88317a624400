"""What stands beside the text of a Word file, and what is drawn or reckoned in it: told at its place, and no Angabe."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from emsland import ROOT
from word_files import NAMESPACES, TYPE, W, p, r, word_file
from word_reading import Read, reads_in, seen, texts

from agreements.errors import UnreadableError
from agreements.library.library import open_library
from agreements.reading.reading import Reading
from extract.extraction import extract
from extract.results.report import as_json
from extract.word.reader import read_word
from render.word import render_word

LIBRARY = open_library(ROOT)
SHAPES = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:o="urn:schemas-microsoft-com:office:office"'
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return reads_in(tmp_path)


def box(content: str) -> str:
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>"
    return f"<w:r><w:drawing {SHAPES}><wp:anchor>{shape}</wp:anchor></w:drawing></w:r>"


def beside(reading: Reading) -> list[tuple[str, str, str]]:
    return [(each.art, each.text, each.absatz) for each in reading.beiwerk]


# ---------------------------------------------------------------- notes, boxes, comments


def test_notes_boxes_and_comments_are_kept_in_the_order_of_their_places(read: Read) -> None:
    body = (
        p(r("Eins") + '<w:r><w:endnoteReference w:id="3"/></w:r>')
        + p(r("Zwei") + box(p(r("Im Kasten"))) + '<w:r><w:commentReference w:id="1"/></w:r>')
        + p(r("Drei") + '<w:r><w:footnoteReference w:id="2"/></w:r>')
    )
    reading = read(
        body,
        footnotes=f'<w:footnote w:id="2">{p(r("Unten"))}</w:footnote>',
        endnotes=f'<w:endnote w:id="3">{p(r("Hinten"))}</w:endnote>',
        comments=f'<w:comment w:id="1" w:author="Referat">{p(r("Prüfen!"))}</w:comment>',
    )
    assert texts(reading) == ["Eins", "Zwei", "Drei"]
    assert beside(reading) == [("endnote", "Hinten", "Eins"), ("textfeld", "Im Kasten", "Zwei"), ("kommentar", "Referat: Prüfen!", "Zwei"),
                               ("fussnote", "Unten", "Drei")]  # fmt: skip
    assert len(reading.warnings) == 3


def test_what_nobody_sees_in_a_note_is_told_of_the_note(read: Read) -> None:
    note = f'<w:footnote w:id="2">{p(r("Nur ") + r("nicht", "<w:vanish/>") + r("im Norden."))}</w:footnote>'
    reading = read(p(r("Es regnet") + '<w:r><w:footnoteReference w:id="2"/></w:r>'), footnotes=note)
    assert beside(reading) == [("fussnote", "Nur im Norden.", "Es regnet")]
    assert "Verborgener Text" in reading.notes[0]


@pytest.mark.parametrize("inside", [
    f'<w:sdt><w:sdtPr><w:tag w:val="jahr"/></w:sdtPr><w:sdtContent>{p(r("2024"))}</w:sdtContent></w:sdt>',
    p(r("Grundsätze"), '<w:outlineLvl w:val="0"/>'), p(r("Meppen, den 1. Februar 2024")) + p(r("(Martin Gerenkamp)")),
])  # fmt: skip
def test_a_box_with_headings_values_or_a_signature_is_text(read: Read, inside: str) -> None:
    reading = read(p(r("Davor") + box(inside)))
    assert len(reading.paragraphs) > 1 and not reading.beiwerk


def test_a_box_before_all_text_is_a_title_page(read: Read) -> None:
    assert texts(read(p(box(p(r("Zielvereinbarung 2024")))) + p(r("Text")))) == ["Zielvereinbarung 2024", "Text"]


@pytest.mark.parametrize("what", ["box", "endnote"])
def test_what_stands_beside_the_last_signature_is_no_line_of_it(tmp_path: Path, what: str) -> None:
    path = tmp_path / "emsland.docx"
    path.write_bytes(render_word(LIBRARY.document(LIBRARY.state(2024, "lk-emsland"))))
    before = extract(path, LIBRARY)
    file = docx.Document(str(path))
    last = [each for each in file.element.body.iter(f"{{{W}}}p") if any(text.text for text in each.iter(f"{{{W}}}t"))][-1]
    added = box(p(r("Az. 52-4711"))) if what == "box" else '<w:r><w:endnoteReference w:id="2"/></w:r>'
    last.append(parse_xml(f"<w:p {NAMESPACES}>{added}</w:p>")[0])
    file.save(str(path))
    if what == "endnote":
        _add(path, "endnotes", f'<w:endnotes {NAMESPACES}><w:endnote w:id="2">{p(r("Az. 52-4711"))}</w:endnote></w:endnotes>')
    after = extract(path, LIBRARY)
    assert after.found == before.found
    assert not [befund for befund in after.befunde if befund.art != "anmerkung"]
    said = [each for each in json.loads(as_json(after, LIBRARY))["beiwerk"] if each["text"] == "Az. 52-4711"]
    assert [(each["art"], bool(each["absatz"])) for each in said] == [("textfeld" if what == "box" else "endnote", True)]


def _add(path: Path, kind: str, content: str) -> None:
    """Gives a Word file a further part."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    rels = parts["word/_rels/document.xml.rels"].decode()
    relation = f'<Relationship Id="neu" Type="{TYPE}{kind}" Target="{kind}.xml"/></Relationships>'
    parts["word/_rels/document.xml.rels"] = rels.replace("</Relationships>", relation).encode()
    parts[f"word/{kind}.xml"] = content.encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)


# ---------------------------------------------------------------- drawings


def drawing(graphic: str, size: str = 'cx="360000" cy="360000"', anchor: str = "") -> str:
    return f"<w:r><w:drawing {SHAPES}><wp:anchor {anchor}><wp:extent {size}/>{graphic}</wp:anchor></w:drawing></w:r>"


CHART = f'<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:r="{RELATIONSHIPS}" r:id="chart"/>'
SMART = f'<d:relIds xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:r="{RELATIONSHIPS}" r:dm="diagramData"/>'
OBJECT = f'<w:r><w:object {SHAPES}><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r>'
INK = '<w14:contentPart xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"/>'


@pytest.mark.parametrize(("run", "words"), [
    (drawing("<pic:pic/>"), "Ein Bild wurde nicht gelesen, im Absatz „Davor“."), (drawing(CHART), "Ein Diagramm wurde nicht gelesen"),
    (drawing(SMART), "Eine Grafik (SmartArt) wurde nicht gelesen"), (OBJECT, "Ein eingebettetes Objekt (Excel.Sheet.12) wurde nicht"),
    (drawing(INK), "Handschrift auf der Seite (Freihand)"), (drawing("<wps:wsp/>"), "Eine gezeichnete Form wurde nicht gelesen"),
    (f'<w:r><w:pict {SHAPES}><v:line from="0,0" to="9,0"/></w:pict></w:r>', "Eine gezeichnete Form wurde nicht gelesen"),
])  # fmt: skip
def test_whatever_is_drawn_is_told_with_its_place(read: Read, run: str, words: str) -> None:
    (note,) = read(p(r("Davor") + run)).notes
    assert note.startswith(words) and "„Davor“" in note


@pytest.mark.parametrize("run", [
    box(p(r("Text"))), drawing("<wps:wsp/>", anchor='behindDoc="1"'), f'<w:r><w:pict {SHAPES}><v:rect o:hr="t"/></w:pict></w:r>',
])  # fmt: skip
def test_boxes_rules_and_what_lies_behind_the_text_are_no_drawings(read: Read, run: str) -> None:
    assert read(p(r("Davor") + run)).notes == ()


@pytest.mark.parametrize(("size", "page"), [
    ('cx="7560000" cy="10692000"', True), ('cx="5760000" cy="8146000"', True), ('cx="5760000" cy="3600000"', False),
])  # fmt: skip
def test_a_picture_as_large_as_a_page_is_a_page(read: Read, size: str, page: bool) -> None:
    reading = read(p(r("Davor") + drawing("<pic:pic/>", size)))
    assert [("wohl ein Scan" in warning) for warning in reading.warnings] == ([True] if page else [])
    assert bool(reading.notes) != page


def test_a_file_of_nothing_but_scanned_pages_says_so(read: Read) -> None:
    with pytest.raises(UnreadableError, match=r"brief\.docx: .* nur Bilder von Seiten"):
        read(p(drawing("<pic:pic/>", 'cx="7560000" cy="10692000"')))


def test_more_paragraphs_than_any_agreement_has_are_refused_before_they_cost_time(read: Read) -> None:
    assert len(read(p(r("Text")) * 1500).paragraphs) == 1500
    with pytest.raises(UnreadableError, match="1501 Absätze"):
        read(p(r("Text")) * 1501)


def test_the_text_of_charts_and_diagrams_is_kept(read: Read) -> None:
    letters = '<a:t xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">Quote 3,9 %</a:t>'
    for kind, graphic in (("chart", CHART), ("diagramData", SMART)):
        reading = read(p(r("Davor") + drawing(graphic)), **{kind: letters})
        assert beside(reading) == [("grafik", "Quote 3,9 %", "Davor")]
        assert any("enthält Text" in note and "Quote 3,9 %" in note for note in reading.notes)


# ---------------------------------------------------------------- fields and formulas


def field(instruction: str, result: str | None = None, begin: str = "") -> str:
    shown = "" if result is None else f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(result)}'
    start = f'<w:r><w:fldChar w:fldCharType="begin" {begin}/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
    return f'{start}{shown}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.mark.parametrize(("run", "doubted"), [
    (field(" DATE ", "21,9"), True), (field(' TIME \\@ "H" ', "21,9"), True), (field(" REF a ", "21,9", 'w:dirty="true"'), True),
    ('<w:fldSimple w:instr="DATE">' + r("21,9") + "</w:fldSimple>", True), (field(" REF a ", "21,9"), False),
    (field(" =SUM(ABOVE) ", "21,9"), False), (field(" CREATEDATE ", "21,9"), False),
])  # fmt: skip
def test_a_result_that_word_reckons_anew_is_doubted(read: Read, run: str, doubted: bool) -> None:
    (found,) = seen(read(p(run))).items()
    assert found[0] == "21,9"
    assert (found[1] is not None and "neu berechnet" in found[1]) == doubted


@pytest.mark.parametrize(("run", "text"), [
    (field(" MACROBUTTON Nichts 21,9"), "21,9"), (field(' SYMBOL 65 \\f "Arial" '), "A"), (field(" DATE "), ""),
])  # fmt: skip
def test_what_a_field_shows_without_a_result_is_read_or_told(read: Read, run: str, text: str) -> None:
    reading = read(p(r("gilt ") + run))
    assert texts(reading) == [f"gilt {text}".strip()]
    assert bool(reading.notes) == (not text)


@pytest.mark.parametrize(("state", "sign"), [("<w:checked/>", "☒"), ('<w:default w:val="1"/><w:checked w:val="0"/>', "☐"), ("", "☐")])
def test_a_form_field_for_a_tick_shows_its_box(read: Read, state: str, sign: str) -> None:
    begin = f'<w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>{state}</w:checkBox></w:ffData></w:fldChar>'
    run = f'<w:r>{begin}</w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    assert texts(read(p(run + r(" ja")))) == [f"{sign} ja"]


def test_letters_of_a_formula_that_stand_one_over_the_other_say_so(read: Read) -> None:
    def m(text: str) -> str:
        return f"<m:r><m:t>{text}</m:t></m:r>"

    fraction = f"<m:oMath><m:f><m:num>{m('3')}</m:num><m:den>{m('4')}</m:den></m:f></m:oMath>"
    assert seen(read(p(fraction))) == {"3/4": "steht in einer Formel"}
    assert seen(read(p(f"<m:oMath>{m('3,9')}</m:oMath>"))) == {"3,9": None}
    power = f"<m:oMath><m:sSup><m:e>{m('9')}</m:e><m:sup>{m('2')}</m:sup></m:sSup></m:oMath>"
    (found,) = seen(read(p(power))).items()
    assert found[0] == "9" and found[1] and "hochgestellt" in found[1]


# ---------------------------------------------------------------- tracked


def test_a_deleted_cell_and_a_moved_run_are_told_as_changes(read: Read) -> None:
    who = 'w:id="1" w:author="Kreis" w:date="2024-02-01T00:00:00Z"'
    cells = f"<w:tc><w:tcPr/>{p(r('bleibt'))}</w:tc><w:tc><w:tcPr><w:cellDel {who}/></w:tcPr>{p(r('geht'))}</w:tc>"
    moved = p(f"<w:moveFrom {who}>{r('hier')}</w:moveFrom>{r('Rest')}") + p(f"<w:moveTo {who}>{r('dort')}</w:moveTo>")
    reading = read(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>{moved}")
    assert texts(reading) == ["bleibt", "Rest", "dort"]
    assert [(change.art, change.text) for change in reading.changes] == [
        ("gestrichen", "geht"),
        ("gestrichen", "hier"),
        ("eingefuegt", "dort"),
    ]


@pytest.mark.parametrize("inside", [
    '<w:altChunk r:id="x"/>', p('<w:subDoc r:id="x"/>'), '<w:tbl><w:tr><w:tc><w:altChunk r:id="x"/></w:tc></w:tr></w:tbl>',
])  # fmt: skip
def test_a_document_inside_is_told(read: Read, inside: str) -> None:
    assert "eingebettetes Dokument" in read(p(r("Davor")) + inside).notes[0]


def test_what_nobody_sees_in_a_header_is_told(read: Read) -> None:
    header = p(r("Kreis ") + r("Geheim", '<w:color w:val="FFFFFF"/>') + drawing("<pic:pic/>"))
    section = '<w:sectPr><w:headerReference w:type="default" r:id="header"/><w:headerReference w:type="first" r:id="header"/></w:sectPr>'
    reading = read(p(r("Text")) + section, header=header)
    assert beside(reading) == [("kopfzeile", "Kreis", "")]
    assert len(reading.notes) == 1 and "Geheim" in reading.notes[0]


@pytest.mark.parametrize(("stored", "same"), [("2024-02-01", True), ("2024-03-01", False)])
def test_a_bound_day_is_held_against_the_day_that_is_shown(tmp_path: Path, stored: str, same: bool) -> None:
    binding = '<w:dataBinding w:xpath="/z[1]/tag[1]" w:storeItemID="{A1}"/>'
    control = f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{r('1. Februar 2024')}</w:sdtContent></w:sdt>"
    path = word_file(tmp_path / "brief.docx", p(control), customXml="")
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("word/_rels/customXml.xml.rels", f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                      f'<Relationship Id="a" Type="{TYPE}customXmlProps" Target="props.xml"/></Relationships>')  # fmt: skip
        file.writestr("word/props.xml", f'<p xmlns:ds="{RELATIONSHIPS[:-13]}customXml" ds:itemID="{{A1}}"/>')
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    parts["word/customXml.xml"] = f"<z><tag>{stored}T00:00:00</tag></z>".encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, data in parts.items():
            file.writestr(name, data)
    assert all((said is None) == same for said in seen(read_word(path)).values())
