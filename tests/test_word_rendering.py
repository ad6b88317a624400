"""What the Word file is: values in controls, styles, signatures, language."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples
from word_package import (
    DATUM,
    KOSTEN,
    LAGE,
    SCHRITTE,
    body,
    controls,
    document,
    paragraphs,
    part,
    plain,
    signature,
    words,
)

from agreements.model.document import Block, Document, Span
from agreements.model.fields import angaben, label
from agreements.model.record import Vereinbarung
from render.word import render_word

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
