"""Files that are not what they seem: judged before they are opened, refused with one German sentence."""

from __future__ import annotations

import os
import struct
import time
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx
import pytest
from word_files import p, word_file

from agreements.errors import UnreadableError
from extract.files import container
from extract.files.container import open_package, sniff
from extract.word.reader import read_word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DOCUMENT = f'<w:document xmlns:w="{W}"><w:body><w:p><w:r><w:t>Guten Tag</w:t></w:r></w:p></w:body></w:document>'
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" Target="word/document.xml"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a Word file with some parts exchanged or added."""

    def write(parts: dict[str, str | bytes | None], name: str = "brief.docx") -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            usual: dict[str, str | bytes | None] = {"[Content_Types].xml": TYPES, "_rels/.rels": RELATIONS, "word/document.xml": DOCUMENT}
            for part, content in (usual | parts).items():
                if content is not None:
                    archive.writestr(part, content)
        return path

    return write


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableError) as raised:
        read_word(path)
    assert raised.value.exit_code == 3
    assert raised.value.datei == path
    assert raised.value.abhilfe
    return str(raised.value)


def test_the_smallest_word_file_is_read(write: Callable[..., Path]) -> None:
    assert [paragraph.text for paragraph in read_word(write({})).paragraphs] == ["Guten Tag"]


def test_pdf_and_word_are_told_apart_by_content(write: Callable[..., Path], tmp_path: Path) -> None:
    pdf = tmp_path / "ohne-endung"
    pdf.write_bytes(b"\xef\xbb\xbf\n%PDF-1.7\n")
    assert sniff(pdf) == "pdf"
    assert sniff(write({}, "brief")) == "word"
    assert sniff(write({}, "brief.DOCM")) == "word"


def test_a_name_that_says_another_form_is_refused(write: Callable[..., Path], tmp_path: Path) -> None:
    pdf = tmp_path / "brief.docx"
    pdf.write_bytes(b"%PDF-1.7\n")
    assert "ist aber ein PDF" in refusal(pdf)
    assert "„brief.pdf“ umbenennen" in refusal(pdf)
    assert "ist aber eine Word-Datei" in refusal(write({}, "brief.pdf"))


def test_a_pdf_is_no_word_file_whatever_its_name(tmp_path: Path) -> None:
    pdf = tmp_path / "brief.pdf"
    pdf.write_bytes(b"%PDF-1.7\n")
    assert "keine Word-Datei" in refusal(pdf)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "ist leer"),
        (b"Guten Tag", "weder ein PDF noch eine Word-Datei"),
        (b"{\\rtf1 Guten Tag}", "RTF"),
        (b"\xff\xd8\xff\xe0", "Bild (JPEG)"),
        (b"<!DOCTYPE html><html>", "HTML-Seite"),
        (b"<?xml version='1.0'?><w:wordDocument>", "Word-XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "verschlüsselt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "WordDocument".encode("utf-16-le"), "das alte Word-Format (.doc)"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ein altes Office-Format"),
        (b"PK\x05\x06" + bytes(18), "Archiv oder unvollständig"),
        (b"PK\x03\x04", "beschädigt oder unvollständig"),
        (b"PK\x03\x04" + bytes(3000), "beschädigt oder unvollständig"),
    ],
)
def test_other_forms_are_named(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "brief.docx"
    path.write_bytes(content)
    assert said in refusal(path)


def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    assert "gibt es nicht" in refusal(tmp_path / "fehlt.docx")
    assert "ein Ordner" in refusal(tmp_path)
    assert "gibt es nicht" in refusal(tmp_path / "null\0.docx")
    assert "zu lang" in refusal(tmp_path / f"{'lang' * 100}.docx")
    os.mkfifo(tmp_path / "pipe.docx")
    assert "keine gewöhnliche Datei" in refusal(tmp_path / "pipe.docx")


@pytest.mark.skipif(os.geteuid() == 0, reason="root darf alles lesen")
def test_a_file_without_the_right_to_read_is_refused(write: Callable[..., Path]) -> None:
    path = write({})
    path.chmod(0)
    assert "darf nicht gelesen werden" in refusal(path)


def test_an_opendocument_text_named_docx_is_named(tmp_path: Path) -> None:
    path = tmp_path / "brief.docx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "<a/>")
    assert "OpenDocument-Text (.odt)" in refusal(path)


def test_other_archives_are_named(write: Callable[..., Path], tmp_path: Path) -> None:
    assert "Excel-Tabelle" in refusal(write({"word/document.xml": None, "xl/workbook.xml": "<a/>"}))
    plain = tmp_path / "archiv.docx"
    with zipfile.ZipFile(plain, "w") as archive:
        archive.writestr("brief.txt", "Guten Tag")
    assert "ZIP-Archiv" in refusal(plain)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.99])
def test_a_truncated_file_is_refused(tmp_path: Path, share: float) -> None:
    written = BytesIO()
    docx.Document().save(written)
    path = tmp_path / "brief.docx"
    path.write_bytes(written.getvalue()[: int(len(written.getvalue()) * share)])
    assert "beschädigt oder unvollständig" in refusal(path)


def test_a_flipped_byte_is_refused(write: Callable[..., Path]) -> None:
    path = write({"word/document.xml": DOCUMENT.replace("Guten", "Guten" * 99)})
    content = bytearray(path.read_bytes())
    content[content.index(b"word/document.xml") + 60] ^= 0xFF
    path.write_bytes(content)
    assert "beschädigt oder unvollständig" in refusal(path)


@pytest.mark.parametrize("missing", ["_rels/.rels", "word/document.xml"])
def test_a_file_without_its_document_is_refused(write: Callable[..., Path], missing: str) -> None:
    assert "fehlt das Dokument" in refusal(write({missing: None}))


def test_a_document_outside_the_file_is_not_fetched(write: Callable[..., Path]) -> None:
    outside = RELATIONS.replace('Target="word/document.xml"', 'TargetMode="External" Target="http://example.invalid/document.xml"')
    assert "fehlt das Dokument" in refusal(write({"_rels/.rels": outside}))


def test_links_to_the_outside_are_left_out(write: Callable[..., Path]) -> None:
    styles = RELATIONS.replace('Target="word/document.xml"', 'TargetMode="External" Target="http://example.invalid/styles.xml"')
    with open_package(write({"word/_rels/document.xml.rels": styles.replace('officeDocument"', 'styles"')})) as opened:
        assert opened.relations(opened.main) == ()


def test_a_relation_does_not_lead_out_of_the_file(write: Callable[..., Path]) -> None:
    assert "fehlt das Dokument" in refusal(write({"_rels/.rels": RELATIONS.replace("word/document.xml", "../../../etc/passwd")}))


@pytest.mark.parametrize("name", ["../boese.xml", "/etc/boese.xml", "word\\boese.xml", "C:boese.xml", "word//boese.xml"])
def test_names_that_lead_out_of_the_file_are_refused(write: Callable[..., Path], name: str) -> None:
    assert "unerlaubtem Namen" in refusal(write({name: "<a/>"}))


def test_a_part_that_grows_too_much_is_refused(write: Callable[..., Path]) -> None:
    assert "ZIP-Bombe" in refusal(write({"word/document.xml": DOCUMENT.replace("Tag", "Tag" + " " * 5_000_000)}))


def test_parts_that_are_too_large_are_refused(write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    path = write({"word/media/a.png": os.urandom(3000), "word/media/b.png": os.urandom(3000)})
    monkeypatch.setattr(container, "PART_LIMIT", 2000)
    assert "word/media/a.png" in refusal(path)
    monkeypatch.setattr(container, "PART_LIMIT", 4000)
    monkeypatch.setattr(container, "TOTAL_LIMIT", 5000)
    assert "entpackt" in refusal(path)
    monkeypatch.setattr(container, "TOTAL_LIMIT", 10_000)
    assert read_word(path).paragraphs


def test_a_part_larger_than_it_declares_is_refused(write: Callable[..., Path]) -> None:
    path = write({"word/document.xml": DOCUMENT.replace("Tag", "Tag" + "x" * 2_000_000)})
    with zipfile.ZipFile(path) as archive:
        true_size = archive.getinfo("word/document.xml").file_size
    path.write_bytes(path.read_bytes().replace(struct.pack("<L", true_size), struct.pack("<L", 500)))
    assert "beschädigt oder unvollständig" in refusal(path)


def test_too_many_parts_are_refused(write: Callable[..., Path]) -> None:
    assert "Teile" in refusal(write({f"word/{number}.bin": "" for number in range(container.PARTS_LIMIT)}))


def test_a_part_given_twice_is_refused(write: Callable[..., Path]) -> None:
    assert "zweimal" in refusal(write({"word/Document.xml": DOCUMENT.replace("Tag", "Abend")}))


def test_packings_that_word_does_not_know_are_refused(write: Callable[..., Path]) -> None:
    path = write({})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_LZMA) as archive:
        archive.writestr("word/styles.xml", "<a/>")
    assert "auf eine Art gepackt" in refusal(path)


def test_a_part_with_a_password_is_refused(write: Callable[..., Path]) -> None:
    path = write({})
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    assert "verschlüsselt" in refusal(path)


BOMB = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("part", ["word/document.xml", "word/styles.xml", "customXml/item1.xml", "_rels/.rels"])
@pytest.mark.parametrize("prolog", ["", '<?xml version="1.0"?>\n', "<!-- <a> -->", " " * 3])
def test_a_doctype_in_any_part_is_refused(write: Callable[..., Path], part: str, prolog: str) -> None:
    assert "DOCTYPE" in refusal(write({part: prolog + BOMB + "<a>&b;&c;</a>"}))


def test_a_doctype_is_found_in_utf_16_and_behind_a_long_comment(write: Callable[..., Path]) -> None:
    assert "DOCTYPE" in refusal(write({"word/document.xml": (BOMB + DOCUMENT).encode("utf-16")}))
    assert "DOCTYPE" in refusal(write({"word/document.xml": f"<!-- {os.urandom(50_000).hex()} -->" + BOMB + DOCUMENT}))


def test_many_comments_before_the_text_cost_no_time(write: Callable[..., Path]) -> None:
    assert read_word(write({"word/document.xml": "<!----> " * 5000 + DOCUMENT})).paragraphs


def test_a_text_that_speaks_of_a_doctype_is_read(write: Callable[..., Path]) -> None:
    spoken = DOCUMENT.replace("Guten Tag", "<![CDATA[<!DOCTYPE a>]]>")
    assert read_word(write({"word/document.xml": spoken})).paragraphs[0].text == "<!DOCTYPE a>"


@pytest.mark.parametrize("element", ["w:sdt", "w:tbl", "w:ins", "a"])
def test_endless_nesting_is_refused(write: Callable[..., Path], element: str) -> None:
    nested = DOCUMENT.replace("<w:body>", "<w:body>" + f"<{element}>" * 3000).replace("</w:body>", f"</{element}>" * 3000 + "</w:body>")
    assert "kein lesbares XML" in refusal(write({"word/document.xml": nested}))


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ],
)
def test_nesting_as_deep_as_the_parser_allows_is_read(write: Callable[..., Path], opening: str, closing: str) -> None:
    times = 240 // opening.count("<")
    deep = DOCUMENT.replace("<w:body>", "<w:body>" + opening * times).replace("</w:body>", closing * times + "</w:body>")
    assert [paragraph.text for paragraph in read_word(write({"word/document.xml": deep})).paragraphs] == ["Guten Tag"]


@pytest.mark.parametrize("broken", ["", "<w:document", DOCUMENT.replace("xmlns:w", "xmlns:x"), DOCUMENT + "<a/>", "\0"])
def test_broken_xml_is_refused(write: Callable[..., Path], broken: str) -> None:
    assert "kein lesbares XML" in refusal(write({"word/document.xml": broken}))


@pytest.mark.parametrize(
    "numbering",
    [
        '<w:lvl w:ilvl="999999999"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>',
        '<w:lvl w:ilvl="0"><w:start w:val="999999999"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1."/></w:lvl>',
        '<w:lvl w:ilvl="0"><w:start w:val="-7"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1%2%9."/></w:lvl>',
        '<w:lvl w:ilvl="x"><w:start w:val="y"/><w:numFmt w:val="z"/><w:lvlText/></w:lvl>',
    ],
)
def test_absurd_lists_cost_neither_time_nor_memory(write: Callable[..., Path], numbering: str) -> None:
    relations = RELATIONS.replace("word/document.xml", "numbering.xml").replace('officeDocument"', 'numbering"')
    level = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    path = write(
        {
            "word/_rels/document.xml.rels": relations,
            "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0">{numbering}</w:abstractNum>'
            '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>',
            "word/document.xml": DOCUMENT.replace("<w:p>", "<w:p>" + level),
        }
    )
    assert len(read_word(path).paragraphs[0].text) < 40


@pytest.mark.parametrize(
    ("mark", "kind", "part"),
    [
        ('<w:ins w:id="{}" w:author="A"><w:r><w:t xml:space="preserve">Wort </w:t></w:r></w:ins>', "", ""),
        ('<w:r><w:t>Wort</w:t></w:r><w:r><w:commentReference w:id="{}"/></w:r>', "comments", '<w:comment w:id="{}"><w:p/></w:comment>'),
        ('<w:r><w:t>Wort</w:t></w:r><w:r><w:footnoteReference w:id="{}"/></w:r>', "footnotes",
         '<w:footnote w:id="{}"><w:p><w:r><w:t>a</w:t></w:r></w:p></w:footnote>'),
    ],
)  # fmt: skip
def test_thousands_of_marks_in_one_paragraph_take_no_time_and_more_are_told(mark: str, kind: str, part: str, tmp_path: Path) -> None:
    """Recorded: of 3,000 comments each read the whole paragraph anew, more than a minute."""

    def marked(count: int) -> Path:
        body = p("".join(mark.format(number) for number in range(count)))
        parts = {kind: "".join(part.format(number) for number in range(count))} if kind else {}
        return word_file(tmp_path / "a.docx", body, **parts)

    start = time.process_time()
    assert len(read_word(marked(2000)).paragraphs) == 1
    assert time.process_time() - start < 3
    assert "5001 Kommentare, Fußnoten" in refusal(marked(5001))
