"""Word files of other programs read the same, whatever runs and wrappers their text is parted into."""

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
from word_files import TYPE, W
from word_paragraphs import (
    LEFT,
    RIGHT,
    SIGNED,
)

from agreements.reading.reading import Reading
from extract.word.reader import read_word


def essence(reading: Reading) -> list[tuple[str | None, int, int | None, str]]:
    return [(paragraph.kind, paragraph.level, paragraph.column, paragraph.text) for paragraph in reading.paragraphs]


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
