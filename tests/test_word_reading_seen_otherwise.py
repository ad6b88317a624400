"""What a person sees in a Word file otherwise than its letters say: struck, unseen, raised, turned, drawn as signs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import docx
import pytest
from docx.document import Document as DocumentObject
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from emsland import ROOT
from word_files import NAMESPACES, TYPE, W, p, r, relations, word_file
from word_reading import Read, reads_in, seen, texts

from agreements.library.library import open_library
from agreements.reading.doubts import sentence
from agreements.reading.reading import Reading
from extract.extraction import Extraction, extract
from extract.word.reader import read_word
from render.word import render_word

LIBRARY = open_library(ROOT)
SUPERSCRIPT = '<w:vertAlign w:val="superscript"/>'
WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
TARGET_TEXT = "um 3,9 % im Vergleich zum Jahr 2023 steigt"
TARGET, BUDGET = "ziele.integrationsquote.gesamt", "haushalt.gesamtbudget_mio"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return reads_in(tmp_path)


def style(name: str, run: str, kind: str = "character", base: str = "") -> str:
    below = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{below}<w:rPr>{run}</w:rPr></w:style>'


# ---------------------------------------------------------------- struck


@pytest.mark.parametrize("look", ["<w:strike/>", "<w:dstrike/>", '<w:rStyle w:val="weg"/>'])
def test_struck_words_say_so_whoever_struck_them(read: Read, look: str) -> None:
    reading = read(p(r("um ") + r("3,9", look) + r(" %")), styles=style("weg", "", base="alt") + style("alt", "<w:strike/>"))
    assert seen(reading) == {"um": None, "3,9": "ist durchgestrichen", "%": None}


def test_a_paragraph_whose_style_strikes_it_is_struck_but_for_the_run_that_says_no(read: Read) -> None:
    body = p(r("alt ") + r("neu", '<w:strike w:val="0"/>'), '<w:pStyle w:val="weg"/>')
    assert seen(read(body, styles=style("weg", "<w:strike/>", "paragraph"))) == {"alt": "ist durchgestrichen", "neu": None}


def test_a_word_struck_in_part_says_so(read: Read) -> None:
    assert seen(read(p(r("8.6") + r("9", "<w:strike/>") + r("6")))) == {"8.696": "ist durchgestrichen"}


# ---------------------------------------------------------------- unseen


@pytest.mark.parametrize(
    ("look", "why"),
    [
        ('<w:color w:val="FFFFFF"/>', "weiß auf weiß"),
        ('<w:color w:val="FBFBFB"/>', "weiß auf weiß"),
        ('<w:color w:val="000000" w:themeColor="background1"/>', "weiß auf weiß"),
        ('<w:rStyle w:val="weiss"/>', "weiß auf weiß"),
        ('<w:color w:val="1F3864"/><w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>', "in der Farbe seines Hintergrunds"),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', "in der Farbe seines Hintergrunds"),
        ('<w:sz w:val="2"/>', "zu klein, um ihn zu sehen"),
    ],
)
def test_letters_that_nobody_sees_are_told_and_not_read(read: Read, look: str, why: str) -> None:
    reading = read(p(r("rund ") + r("9", look) + r("21,9")), styles=style("weiss", '<w:color w:val="FFFFFF"/>'))
    assert texts(reading) == ["rund 21,9"]
    assert reading.notes == (f"Nicht sichtbarer Text ({why}) wurde nicht gelesen, im Absatz „rund 21,9“: 9",)


def test_letters_that_nobody_sees_leave_a_gap_where_they_stand(read: Read) -> None:
    assert texts(read(p(r("13.1") + r("5", '<w:color w:val="FFFFFF"/>') + r("55.724")))) == ["13.1 55.724"]


@pytest.mark.parametrize(
    "look",
    [
        '<w:color w:val="FF0000"/>',
        '<w:color w:val="7F7F7F"/>',
        '<w:highlight w:val="yellow"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>',
        '<w:color w:val="auto"/><w:highlight w:val="black"/>',
    ],
)
def test_letters_that_can_be_seen_are_read_as_they_are(read: Read, look: str) -> None:
    assert seen(read(p(r("21,9", look)))) == {"21,9": None}


def test_white_letters_in_a_dark_cell_are_seen(read: Read) -> None:
    white = p(r("Träger", '<w:color w:val="FFFFFF"/>'))
    cell = f'<w:tc><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="003366"/></w:tcPr>{white}</w:tc>'
    assert seen(read(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")) == {"Träger": None}


def test_pale_letters_are_read_and_said_to_be_hardly_seen(read: Read) -> None:
    assert seen(read(p(r("21,9", '<w:color w:val="E0E0E0"/>')))) == {"21,9": "ist kaum zu sehen"}


# ---------------------------------------------------------------- raised


@pytest.mark.parametrize("call", [r("1", SUPERSCRIPT), r("1", '<w:position w:val="6"/>'), r("1", '<w:rStyle w:val="hoch"/>')])
def test_a_raised_figure_is_no_part_of_the_number_before_it(read: Read, call: str) -> None:
    reading = read(p(r("um 3,9") + call + r(" %")), styles=style("hoch", SUPERSCRIPT))
    assert seen(reading) == {"um": None, "3,9": "trägt hochgestellt „1“, wohl eine Anmerkung", "%": None}


def test_a_raised_figure_that_stands_for_itself_belongs_to_the_word_before_it(read: Read) -> None:
    assert seen(read(p(r("3,9 %") + r(" 2)", SUPERSCRIPT)))) == {"3,9": None, "%": "trägt hochgestellt „2)“, wohl eine Anmerkung"}


def test_a_typed_figure_above_the_line_is_a_letter(read: Read) -> None:
    assert seen(read(p(r("40 m² beim Träger¹")))) == {"40": None, "m²": None, "beim": None, "Träger¹": None}


def test_square_metres_and_carbon_dioxide_call_no_note(read: Read) -> None:
    body = p(r("40 m") + r("2", SUPERSCRIPT) + r(" ohne CO") + r("2", '<w:vertAlign w:val="subscript"/>'))
    assert seen(read(body)) == {"40": None, "m²": None, "ohne": None, "CO2": None}


def test_a_note_typed_by_hand_says_that_it_is_one(read: Read) -> None:
    reading = read(p(r("1", SUPERSCRIPT) + r(" Näheres später.")))
    assert all("Fußnote" in sentence(word.seen) for paragraph in reading.paragraphs for word in paragraph.words)


# ---------------------------------------------------------------- turned


@pytest.mark.parametrize(
    "run", [r("\u202e21,9\u202c"), r("\u206721,9"), r("21\u200f,9"), r("21,9", "<w:rtl/>"), f'<w:bdo w:val="rtl">{r("21,9")}</w:bdo>']
)
def test_letters_set_from_right_to_left_say_so(read: Read, run: str) -> None:
    (found,) = seen(read(p(run))).items()
    assert found[0] == "21,9" and found[1] and "gesetzt" in found[1]


def test_a_mark_from_left_to_right_changes_nothing(read: Read) -> None:
    assert seen(read(p(r("\u200e21,9")))) == {"21,9": None}


# ---------------------------------------------------------------- signs


@pytest.mark.parametrize("bullet", [r("ü ", WINGDINGS), r("\uf0d8 "), '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>' + r(" ")])
def test_a_sign_at_a_paragraphs_start_is_a_bullet(read: Read, bullet: str) -> None:
    (paragraph,) = read(p(bullet + r("Arbeit in Netzen"))).paragraphs
    assert (paragraph.kind, paragraph.text) == ("punkt", "Arbeit in Netzen")


@pytest.mark.parametrize("sign", [r("4", WINGDINGS), r("\ue001"), '<w:r><w:sym w:font="Wingdings" w:char="0034"/></w:r>'])
def test_a_sign_in_a_word_says_that_only_a_font_shows_it(read: Read, sign: str) -> None:
    assert list(seen(read(p(r("21,") + sign))).values()) == ["enthält ein Zeichen, das nur eine besondere Schrift zeigt"]


def test_figures_in_the_font_symbol_are_figures(read: Read) -> None:
    assert seen(read(p(r("21,9", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')))) == {"21,9": None}


# ---------------------------------------------------------------- controls and marks


def test_the_prompt_of_an_emptied_control_is_read_as_open(read: Read) -> None:
    prompt = r("Klicken oder tippen Sie hier, um Text einzugeben.")
    control = f'<w:sdt><w:sdtPr><w:alias w:val="Name"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{prompt}</w:sdtContent></w:sdt>'
    reading = read(p(control))
    assert texts(reading) == ["[Name offen]"] and "„Name“" in reading.notes[0]


def test_a_hidden_paragraph_mark_joins_two_paragraphs(read: Read) -> None:
    body = p(r("Arbeit in "), "<w:rPr><w:vanish/></w:rPr>") + p(r("Netzen")) + p(r("Ende"))
    assert texts(read(body)) == ["Arbeit in Netzen", "Ende"]


# ---------------------------------------------------------------- in an agreement


@pytest.fixture(scope="module")
def agreement(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Extraction]:
    """What is read of the agreement of the Landkreis Emsland where a text is replaced by runs of any look."""
    document = LIBRARY.document(LIBRARY.state(2024, "lk-emsland"))
    path = tmp_path_factory.mktemp("gesehen") / "emsland.docx"

    def read(text: str, runs: str) -> Extraction:
        path.write_bytes(render_word(document))
        file = docx.Document(str(path))
        run = next(words.getparent() for words in file.element.body.iter(f"{{{W}}}t") if " ".join((words.text or "").split()) == text)
        for new in parse_xml(f"<w:p {NAMESPACES}>{runs}</w:p>"):
            run.addprevious(new)
        run.getparent().remove(run)
        _add_footnotes(file)
        file.save(str(path))
        return extract(path, LIBRARY)

    return read


def _add_footnotes(file: DocumentObject) -> None:
    """Gives a Word file the part with a footnote."""
    note = f'<w:footnote w:id="2">{p(r("Näheres regelt die Kooperationsvereinbarung."))}</w:footnote>'
    content = f"<w:footnotes {NAMESPACES}>{note}</w:footnotes>".encode()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    file.part.relate_to(Part(PackURI("/word/footnotes.xml"), kind, content), TYPE + "footnotes")


def said(extraction: Extraction, feld: str) -> tuple[object, bool, str | None]:
    (found,) = (found for found in extraction.found if found.feld == feld)
    return getattr(found.wert, "wert", found.wert), found.doubtful, found.reason


def test_a_note_figure_on_a_target_leaves_its_value_and_doubts_it(agreement: Callable[[str, str], Extraction]) -> None:
    read = agreement(TARGET_TEXT, r("um 3,9") + r("1", SUPERSCRIPT) + r(" % im Vergleich zum Jahr 2023 steigt"))
    assert said(read, TARGET) == (Decimal("3.9"), True, "„3,9“ trägt hochgestellt „1“, wohl eine Anmerkung.")
    assert {found.feld for found in read.found if found.doubtful} == {TARGET}
    assert [befund.art for befund in read.befunde if "hochgestellt" in befund.text] == ["anmerkung"]


def test_a_target_with_a_typed_figure_above_the_line_is_not_read(agreement: Callable[[str, str], Extraction]) -> None:
    assert said(agreement(TARGET_TEXT, r("um 3,9¹ % im Vergleich zum Jahr 2023 steigt")), TARGET)[:2] == (None, True)


def test_a_white_figure_before_an_amount_is_not_read(agreement: Callable[[str, str], Extraction]) -> None:
    read = agreement("21,9", r("9", '<w:color w:val="FFFFFF"/>') + r("21,9"))
    assert said(read, BUDGET) == (Decimal("21.9"), False, None)
    assert any("weiß auf weiß" in befund.text for befund in read.befunde)


def test_where_the_year_of_the_total_cannot_be_read_women_and_men_are_to_be_looked_at(agreement: Callable[[str, str], Extraction]) -> None:
    read = agreement(TARGET_TEXT, r("um 3,9 % im Vergleich zum Jahr 20232 steigt"))
    doubted = {found.feld for found in read.found if found.doubtful}
    assert doubted == {f"ziele.integrationsquote.{group}" for group in ("gesamt", "frauen", "maenner")}


def test_words_that_are_seen_as_they_are_read_doubt_nothing(agreement: Callable[[str, str], Extraction]) -> None:
    read = agreement("21,9", r("21,", "<w:b/>") + r("9", '<w:color w:val="FF0000"/><w:highlight w:val="yellow"/>'))
    assert not any(found.doubtful for found in read.found) and not read.befunde


@pytest.mark.parametrize("place", ["Landkreis Emsland", "21,9"])
def test_a_footnote_is_told_and_is_no_part_of_an_angabe(agreement: Callable[[str, str], Extraction], place: str) -> None:
    without = agreement(place, r(place))
    read = agreement(place, r(place) + '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>')
    assert read.found == without.found
    assert [befund.schwere for befund in read.befunde if "Fußnote" in befund.text] == ["warnung"]


@pytest.mark.parametrize("call", [r("1", SUPERSCRIPT) + r(" "), r("1) "), ""])
def test_a_note_typed_below_the_signatures_is_a_departure_and_no_line_of_theirs(
    agreement: Callable[[str, str], Extraction], call: str, tmp_path: Path
) -> None:
    untouched = agreement("21,9", r("21,9"))
    file = docx.Document(str(untouched.datei))
    last = file.element.body.find(f"{{{W}}}sectPr")
    last.addprevious(parse_xml(f"<w:p {NAMESPACES}>{call}{r('Näheres regelt die Kooperationsvereinbarung.')}</w:p>"))
    file.save(str(tmp_path / "emsland.docx"))
    read = extract(tmp_path / "emsland.docx", LIBRARY)
    assert read.found == untouched.found
    assert [befund.art for befund in read.befunde][:1] == ["abweichung"]


def test_a_bound_control_whose_store_says_otherwise_doubts_what_its_text_says(tmp_path: Path) -> None:
    binding = '<w:dataBinding w:prefixMappings="xmlns:n=\'urn:z\'" w:xpath="/n:z[1]/n:mio[1]" w:storeItemID="{A1}"/>'
    control = f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{r('21,9')}</w:sdtContent></w:sdt>"
    path = word_file(tmp_path / "brief.docx", p(control), customXml='<z:z xmlns:z="urn:z"/>')
    assert seen(_with_store(path, "22,4")) == {"21,9": "zeigt Word als „22,4“"}
    assert seen(_with_store(path, "21,9")) == {"21,9": None}


def _with_store(path: Path, amount: str) -> Reading:
    """What is read of a Word file whose store beside the text says an amount."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    properties = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    parts["word/customXml.xml"] = f'<z xmlns="urn:z"><mio>{amount}</mio></z>'.encode()
    parts["word/_rels/customXml.xml.rels"] = relations({"customXmlProps": "props.xml"}).encode()
    parts["word/props.xml"] = f'<ds:datastoreItem xmlns:ds="{properties}" ds:itemID="{{A1}}"/>'.encode()
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return read_word(path)
