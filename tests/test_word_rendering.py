"""What the Word file is: styles, controls, signatures, language, the same bytes every time."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import docx
import pypdfium2
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import nsmap, qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]
from sampling import examples

from agreements.errors import UnreadableError
from agreements.model.document import Block, Document, Span
from agreements.model.fields import angaben, label
from agreements.model.record import Vereinbarung
from render.word import render_word
from render.wordbase import DOCUMENT_TYPE, TEMPLATE_TYPE

SCHRITTE = "ziele.individuell.4.schritte"
LAGE = "rahmenbedingungen.regionale_lage"
KOSTEN = "haushalt.verwaltungskosten"
DATUM = "unterschriften.land.1.datum"


def document(*more: Block, kosten: Span | None = None) -> Document:
    """A short agreement in which every kind of block occurs."""
    return Document(
        "Vereinbarung 2024 – Landkreis Emsland",
        2024,
        "lk-emsland",
        (
            Block("titelseite", (Span("Vereinbarung"),)),
            Block("titelseite", (Span("im Jahr "), Span("2024", "jahr"))),
            Block("eingang", (Span("schließt das Ministerium mit dem"),)),
            Block("eingang", (Span("Landkreis Emsland", "traeger"),)),
            Block("eingang", (Span("folgende Vereinbarung"),)),
            Block("ueberschrift", (Span("I. Grundsätze"),), level=1),
            Block("text", (Span("Die Lage ist gut."),), liste=None),
            Block("text", (Span("Erster Absatz zur Lage.", LAGE),), liste=LAGE),
            Block("text", (Span("Zweiter Absatz zur Lage.", LAGE),), liste=LAGE),
            Block("text", (Span("Es stehen zur Verfügung:"),)),
            Block("punkt", (Span("Kosten "), kosten or Span("13.155.724", KOSTEN), Span(" Euro"))),
            Block("ueberschrift", (Span("§ 1 Ziele"),), level=2),
            Block("absatz", (Span("(1) "), Span("Der Landkreis Emsland", "traeger"), Span(" verfolgt nach § 48b Abs. 1 die Ziele:"))),
            Block("ueberschrift", (Span("4. "), Span("Umsetzung", "ziele.individuell.4.titel")), level=3),
            Block("punkt", (Span("Beratung ausbauen", SCHRITTE),), liste=SCHRITTE),
            Block("punkt", (Span("Technik erneuern", SCHRITTE),), liste=SCHRITTE),
            *more,
            Block("text", (Span("Das Ziel ist erreicht."),)),
            *signature(1, "land", "Hannover", Span("", DATUM, "leer"), "In Vertretung", "Dr. Christine Arbogast"),
            *signature(2, "traeger", "Meppen", Span("1. Februar", "unterschriften.traeger.1.datum"), None, "Martin Gerenkamp"),
        ),
    )


def signature(spalte: int, seite: str, ort: str, datum: Span, zusatz: str | None, name: str) -> list[Block]:
    where = f"unterschriften.{seite}.1."
    above = [(Span(ort, f"{where}ort"), Span(", den "), datum, Span(" 2024"))]
    lines = [*above, *([(Span(zusatz, f"{where}zusatz"),)] if zusatz else [])]
    below = (Span("("), Span(name, f"{where}name"), Span(")"))
    return [*(Block("unterschrift", spans, column=spalte) for spans in lines), Block("unterschrift", below, column=spalte, gruppe=1)]


class Node(etree.ElementBase):
    """An element that knows the prefixes of Word's XML."""

    def xpath(self, path: str) -> Any:  # type: ignore[override]
        return super().xpath(path, namespaces=nsmap)


PARSER = etree.XMLParser()
PARSER.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Node))


def part(package: bytes, name: str) -> Node:
    return cast(Node, etree.fromstring(zipfile.ZipFile(BytesIO(package)).read(name), PARSER))


def body(package: bytes) -> Node:
    return part(package, "word/document.xml")


def words(element: Node) -> str:
    """The text of an element, a tab as blank."""
    return "".join(" " if node.tag == qn("w:tab") else node.text for node in element.xpath(".//w:r/w:t | .//w:r/w:tab"))


def controls(package: bytes) -> list[tuple[str, str]]:
    return [(control.xpath("./w:sdtPr/w:tag/@w:val")[0], words(control)) for control in body(package).xpath(".//w:sdt")]


def paragraphs(package: bytes, style: str) -> list[str]:
    return [words(paragraph) for paragraph in body(package).xpath(f".//w:p[w:pPr/w:pStyle/@w:val='{style}']")]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


# ---------------------------------------------------------------- values


def test_every_value_stands_in_a_control_that_bears_its_name() -> None:
    found = [(tag, plain(text)) for tag, text in controls(render_word(document()))]
    listed = [
        ("rahmenbedingungen.regionale_lage", "Erster Absatz zur Lage.Zweiter Absatz zur Lage."),
        (SCHRITTE, "Beratung ausbauenTechnik erneuern"),
    ]
    single = [(span.feld, span.text or " ") for block in document().blocks for span in block.spans if span.feld and not block.liste]
    assert sorted(found) == sorted([*listed, *single])


def test_a_control_shows_the_german_name_of_its_value() -> None:
    for control in body(render_word(document())).xpath(".//w:sdt/w:sdtPr"):
        assert control.xpath("./w:alias/@w:val") == [label(control.xpath("./w:tag/@w:val")[0])]


def test_the_controls_of_a_document_have_different_numbers() -> None:
    ids = body(render_word(document())).xpath(".//w:sdtPr/w:id/@w:val")
    assert len(ids) > 10
    assert len(set(ids)) == len(ids)


def test_no_control_is_bound_to_data_that_could_state_another_number() -> None:
    package = render_word(document())
    assert not body(package).xpath(".//w:dataBinding")
    assert not [name for name in zipfile.ZipFile(BytesIO(package)).namelist() if "customXml" in name]


def test_all_entries_of_a_list_stand_in_one_control() -> None:
    control = body(render_word(document())).xpath(f"./w:body/w:sdt[w:sdtPr/w:tag/@w:val='{SCHRITTE}']")
    assert len(control) == 1
    assert [words(entry) for entry in control[0].xpath("./w:sdtContent/w:p")] == ["Beratung ausbauen", "Technik erneuern"]
    assert not control[0].xpath(".//w:sdt")


def test_an_open_value_is_a_placeholder_that_can_be_read() -> None:
    package = render_word(document(kosten=Span("[… offen]", KOSTEN, "offen")))
    control = body(package).xpath(f".//w:sdt[w:sdtPr/w:tag/@w:val='{KOSTEN}']")[0]
    assert control.xpath("./w:sdtPr/w:showingPlcHdr")
    assert control.xpath(".//w:rStyle/@w:val") == ["PlaceholderText"]
    assert words(control) == "[… offen]"


def test_an_open_list_is_a_placeholder_too() -> None:
    feld = "ziele.individuell.6.schritte"
    package = render_word(document(Block("punkt", (Span("[… offen]", feld, "offen"),), liste=feld)))
    control = body(package).xpath(f"./w:body/w:sdt[w:sdtPr/w:tag/@w:val='{feld}']")[0]
    assert control.xpath("./w:sdtPr/w:showingPlcHdr")
    assert words(control) == "[… offen]"


def test_a_date_left_to_the_pen_is_a_line_in_a_date_control() -> None:
    control = body(render_word(document())).xpath(f".//w:sdt[w:sdtPr/w:tag/@w:val='{DATUM}']")[0]
    assert control.xpath("./w:sdtPr/w:date/w:lid/@w:val") == ["de-DE"]
    assert control.xpath("./w:sdtContent/w:r/w:tab")
    assert not control.xpath(".//w:t")


MARKUP = ["<b>fett</b>", "{{ traeger }}", "{% if x %}", "- a", "(1) b", "§ 3 c", "&amp; & &", "</w:t>", "\"'", "]]>"]


@pytest.mark.parametrize("text", MARKUP)
def test_text_that_looks_like_markup_stays_text(text: str) -> None:
    package = render_word(document(Block("text", (Span(text, LAGE),), liste=LAGE), kosten=Span(text, KOSTEN)))
    found = [plain(words) for tag, words in controls(package) if tag in (KOSTEN, LAGE)]
    assert found.count(text) == 2
    assert plain(paragraphs(package, "BodyText")[-2]) == text


@given(st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1), min_size=1, max_size=4))
@settings(max_examples=examples(30))
def test_the_words_of_every_value_come_out_as_they_went_in(texts: list[str]) -> None:
    package = render_word(document(*(Block("text", (Span("Fest: "), Span(text, KOSTEN))) for text in texts)))
    assert [plain(text) for tag, text in controls(package) if tag == KOSTEN][1:] == [plain(text) for text in texts]


def test_every_name_an_angabe_can_have_fits_into_a_control() -> None:
    names = ["jahr", "traeger", LAGE, KOSTEN, SCHRITTE, DATUM, "haushalt.gesamtbudget_mio", "ministerien.1.name"]
    names += [f"ziele.integrationsquote.{wen}.entspricht" for wen in ("gesamt", "frauen", "maenner", "alleinerziehende")]
    names += ["ziele.leistungen_lebensunterhalt.gesamt.entspricht", "ziele.langzeitleistungsbezug.gesamt.entspricht"]
    names += [f"unterschriften.traeger.99.{was}" for was in ("ort", "datum", "zusatz", "name", "funktion", "stelle")]
    assert max(map(len, names)) <= 64
    assert angaben(Vereinbarung(jahr=2024, traeger="lk-emsland", wortlaut="ni/2024"))


# ---------------------------------------------------------------- form


def test_blocks_have_the_styles_by_which_word_navigates() -> None:
    package = render_word(document())
    assert paragraphs(package, "Title") == ["Vereinbarung"]
    assert paragraphs(package, "Heading1") == ["I. Grundsätze"]
    assert [plain(text) for text in paragraphs(package, "Heading2")] == ["§ 1 Ziele"]
    assert paragraphs(package, "Heading3") == ["4. Umsetzung"]
    assert [plain(text) for text in paragraphs(package, "Absatz")] == ["(1) Der Landkreis Emsland verfolgt nach § 48b Abs. 1 die Ziele:"]
    headings = part(package, "word/styles.xml").xpath("./w:style[starts-with(@w:styleId, 'Heading')]")
    assert [style.xpath("string(w:name/@w:val)") for style in headings] == ["heading 1", "heading 2", "heading 3"]
    assert [style.xpath("string(w:pPr/w:outlineLvl/@w:val)") for style in headings] == ["0", "1", "2"]


def test_a_list_item_is_numbered_by_word_and_has_no_dash_of_its_own() -> None:
    package = render_word(document())
    assert [plain(text) for text in paragraphs(package, "ListBullet")][1:] == ["Beratung ausbauen", "Technik erneuern"]
    number = part(package, "word/styles.xml").xpath("./w:style[@w:styleId='ListBullet']/w:pPr/w:numPr/w:numId/@w:val")
    numbering = part(package, "word/numbering.xml")
    assert numbering.xpath("./w:num/@w:numId") == number
    assert numbering.xpath("./w:abstractNum/w:lvl/w:lvlText/@w:val") == ["–"]


def test_a_heading_deeper_than_three_levels_is_still_a_heading() -> None:
    assert "Tief" in paragraphs(render_word(document(Block("ueberschrift", (Span("Tief"),), level=5))), "Heading3")


def test_no_paragraph_is_empty() -> None:
    package = render_word(document(kosten=Span("[… offen]", KOSTEN, "offen")))
    stories = [name for name in zipfile.ZipFile(BytesIO(package)).namelist() if re.match(r"word/(document|header|footer)\d*\.xml", name)]
    assert len(stories) > 2
    for story in stories:
        for paragraph in part(package, story).xpath(".//w:p"):
            assert words(paragraph).strip(), story


def test_the_text_begins_on_a_new_page_behind_the_title() -> None:
    breaks = body(render_word(document())).xpath("./w:body/w:p[w:pPr/w:pageBreakBefore]")
    assert [words(paragraph) for paragraph in breaks] == ["schließt das Ministerium mit dem"]


def test_pages_are_numbered_but_for_the_title() -> None:
    package = render_word(document())
    section = body(package).xpath("./w:body/w:sectPr")[0]
    assert section.xpath("./w:titlePg")
    assert section.xpath("./w:footerReference/@w:type") == ["default"]
    assert part(package, "word/footer1.xml").xpath(".//w:instrText")[0].text.strip() == "PAGE"


def test_a_draft_says_so_on_every_page_and_an_agreement_does_not() -> None:
    def marks(package: bytes) -> list[str]:
        return [words(part(package, name)) for name in zipfile.ZipFile(BytesIO(package)).namelist() if name.startswith("word/header")]

    assert marks(render_word(document(kosten=Span("[… offen]", KOSTEN, "offen")))) == ["ENTWURF", "ENTWURF"]
    assert marks(render_word(document())) == []


def test_the_language_is_german_and_words_are_hyphenated() -> None:
    package = render_word(document())
    assert part(package, "word/styles.xml").xpath("./w:docDefaults//w:lang/@w:val") == ["de-DE"]
    assert part(package, "word/settings.xml").xpath("./w:themeFontLang/@w:val") == ["de-DE"]
    assert part(package, "word/settings.xml").xpath("./w:autoHyphenation")
    properties = docx.Document(BytesIO(package)).core_properties
    assert (properties.title, properties.language) == ("Vereinbarung 2024 – Landkreis Emsland", "de-DE")


def test_signatures_stand_side_by_side_without_borders_and_are_never_split() -> None:
    table = body(render_word(document())).xpath("./w:body/w:tbl")[0]
    assert not table.xpath(".//w:tblBorders | .//w:tcBorders | .//w:tblStyle")
    assert [plain(words(cell)) for cell in table.xpath("./w:tr/w:tc")] == [
        "Hannover, den   2024In Vertretung(Dr. Christine Arbogast)",
        "Meppen, den 1. Februar 2024(Martin Gerenkamp)",
    ]
    assert len(table.xpath("./w:tr[w:trPr/w:cantSplit]")) == 1


def test_the_names_stand_level_though_only_one_signs_for_another() -> None:
    table = body(render_word(document())).xpath("./w:body/w:tbl")[0]
    left, right = (int(cell.xpath("./w:p[last()]/w:pPr/w:spacing/@w:before")[0]) for cell in table.xpath("./w:tr/w:tc"))
    assert right > left > 0


def test_a_third_signature_stands_in_a_row_of_its_own() -> None:
    third = signature(3, "land", "Hannover", Span("2. Mai", "unterschriften.land.1.datum"), None, "Dritte")
    blocks = document().blocks
    table = body(render_word(Document("Titel", 2015, "lk-leer", (*blocks, *third)))).xpath("./w:body/w:tbl")[0]
    assert [len(row.xpath("./w:tc")) for row in table.xpath("./w:tr")] == [2, 1]
    assert table.xpath("./w:tr[2]/w:trPr/w:gridAfter/@w:val") == ["1"]


def test_neither_a_list_nor_the_signatures_part_from_what_introduces_them() -> None:
    kept = body(render_word(document())).xpath("./w:body/w:p[w:pPr/w:keepNext]")
    assert [words(paragraph) for paragraph in kept] == ["Es stehen zur Verfügung:", "4. Umsetzung", "Das Ziel ist erreicht."]


# ---------------------------------------------------------------- the file


DRAFT = document(kosten=Span("[… offen]", KOSTEN, "offen"))


@pytest.mark.parametrize("agreement", [document(), DRAFT], ids=["unterzeichnet", "entwurf"])
def test_word_finds_nothing_to_repair(agreement: Document, tmp_path: Path) -> None:
    assert complaints(render_word(agreement), tmp_path) == []


def complaints(package: bytes, folder: Path) -> list[str]:
    """Departures from the order and the types that Word's own schemas state."""
    path = folder / "agreement.docx"
    path.write_bytes(package)
    return [str(error) for error in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors]


def test_two_processes_write_the_same_bytes() -> None:
    program = "import sys; from test_word_rendering import DRAFT, render_word; sys.stdout.buffer.write(render_word(DRAFT))"
    here = Path(__file__).parent
    surroundings = ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})
    environments = [
        os.environ | setting | {"PYTHONPATH": os.pathsep.join([str(here.parent), str(here / "support")])} for setting in surroundings
    ]
    runs = [subprocess.run([sys.executable, "-c", program], cwd=here, env=env, capture_output=True, check=True) for env in environments]
    assert runs[0].stdout == runs[1].stdout == render_word(DRAFT)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: the Word file is not opened in it")
def test_libreoffice_shows_the_same_words_in_the_same_order(tmp_path: Path) -> None:
    text = converted(render_word(DRAFT), tmp_path)
    expected = " ".join(block.text for block in DRAFT.blocks)
    assert letters(text).replace("ENTWURF", "") == letters(expected)


def letters(text: str) -> str:
    """The text without blanks, dashes of lists and the line for the pen."""
    return re.sub(r"[\s_–]", "", text)


def converted(package: bytes, folder: Path) -> str:
    """The text of the pages that LibreOffice makes of a Word file, without page numbers."""
    (folder / "agreement.docx").write_bytes(package)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            'pdf:writer_pdf_Export:{"ExportFormFields":{"type":"boolean","value":"false"}}',
            "--outdir",
            folder,
            folder / "agreement.docx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with pypdfium2.PdfDocument(folder / "agreement.pdf") as pdf:
        return "\n".join(re.sub(r"[\r\n]+\d\s*$", "", page.get_textpage().get_text_range()) for page in pdf)


# ---------------------------------------------------------------- house templates


PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")


def house_template(folder: Path) -> Path:
    """A .dotx of a German Word: styles under German ids, a letterhead, a text of its own."""
    template = docx.Document()
    heading = template.styles["Heading 1"]
    heading.font.size = Pt(19)
    for node in template.styles.element.iter():
        for attribute, value in node.attrib.items():
            if value == "Heading1":
                node.set(attribute, "berschrift1")
    for name in ("Heading 2", "Heading 2 Char"):
        template.styles[name].delete()
    template.sections[0].header.paragraphs[0].text = "Niedersachsen. Klar."
    template.add_paragraph("Hier steht ein Mustertext.").alignment = WD_ALIGN_PARAGRAPH.CENTER
    stream = BytesIO()
    template.save(stream)
    path = folder / "haus.dotx"
    with zipfile.ZipFile(stream) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(DOCUMENT_TYPE, TEMPLATE_TYPE))
    return path


def test_the_style_of_a_house_template_wins(tmp_path: Path) -> None:
    package = render_word(document(), house_template(tmp_path))
    assert paragraphs(package, "berschrift1") == ["I. Grundsätze"]
    sizes = part(package, "word/styles.xml").xpath("./w:style[@w:styleId='berschrift1']/w:rPr/w:sz/@w:val")
    assert sizes == ["38"]


def test_styles_that_a_house_template_lacks_are_added(tmp_path: Path) -> None:
    package = render_word(document(), house_template(tmp_path))
    names = part(package, "word/styles.xml").xpath("./w:style/w:name/@w:val")
    assert {"heading 2", "Absatz", "Eingang", "Unterschriftszeile"} <= set(names)
    assert len({name.lower() for name in names}) == len(names)
    used = set(body(package).xpath(".//w:pStyle/@w:val"))
    assert used <= set(part(package, "word/styles.xml").xpath("./w:style/@w:styleId"))


def test_a_house_template_keeps_its_letterhead_and_loses_its_text(tmp_path: Path) -> None:
    package = render_word(DRAFT, house_template(tmp_path))
    assert "Mustertext" not in words(body(package))
    assert words(part(package, "word/header1.xml")) == "ENTWURFNiedersachsen. Klar."
    assert body(package).xpath("./w:body/w:sectPr/w:footerReference") == []


def test_a_letterhead_that_only_the_first_section_states_is_kept_and_a_picture_of_the_text_is_not(tmp_path: Path) -> None:
    template = docx.Document()
    template.sections[0].header.paragraphs[0].text = "Niedersachsen. Klar."
    template.add_picture(BytesIO(PIXEL))
    template.add_section()
    path = tmp_path / "haus.docx"
    template.save(str(path))
    package = render_word(document(), path)
    assert words(part(package, "word/header1.xml")) == "Niedersachsen. Klar."
    assert len(body(package).xpath("./w:body/w:sectPr/w:headerReference")) == 1
    assert not [name for name in zipfile.ZipFile(BytesIO(package)).namelist() if "media" in name]


def test_german_holds_in_a_house_template_of_another_language(tmp_path: Path) -> None:
    package = render_word(document(), house_template(tmp_path))
    assert part(package, "word/styles.xml").xpath("./w:docDefaults//w:lang/@w:val") == ["de-DE"]
    assert part(package, "word/settings.xml").xpath("./w:autoHyphenation")


def test_word_finds_nothing_to_repair_in_a_house_template_either(tmp_path: Path) -> None:
    template = house_template(tmp_path)
    blank = docx.Document()
    stream = BytesIO()
    blank.save(stream)
    known = {re.sub(r"\d+", "", complaint) for complaint in complaints(stream.getvalue(), tmp_path)}
    assert {re.sub(r"\d+", "", complaint) for complaint in complaints(render_word(DRAFT, template), tmp_path)} <= known


@pytest.mark.parametrize("content", [b"", b"kein Word", b"PK\x03\x04 abgeschnitten", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_broken_house_template_is_named(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "haus.dotx"
    path.write_bytes(content)
    with pytest.raises(UnreadableError, match=r"haus\.dotx: Die Word-Vorlage lässt sich nicht öffnen"):
        render_word(document(), path)


def test_a_missing_house_template_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"fehlt\.dotx: Die Word-Vorlage lässt sich nicht lesen"):
        render_word(document(), tmp_path / "fehlt.dotx")
