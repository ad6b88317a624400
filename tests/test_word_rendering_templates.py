"""The Word file in a house template: its styles win, its letterhead stays, its text goes."""

from __future__ import annotations

import base64
import re
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from word_package import (
    DRAFT,
    body,
    complaints,
    document,
    paragraphs,
    part,
    words,
)

from agreements.errors import UnreadableError
from render.word import render_word
from render.wordbase import DOCUMENT_TYPE, TEMPLATE_TYPE


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


PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")


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
    with pytest.raises(UnreadableError, match=r"fehlt\.dotx: Die Datei gibt es nicht"):
        render_word(document(), tmp_path / "fehlt.dotx")
