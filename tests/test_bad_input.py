"""Whatever is wrong with what zv is given: one clear German sentence, the right exit code, no traceback, no half-written file."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pikepdf
import pytest
from command import Ended, process, zv
from round_trip import LIBRARY, ROOT, emsland, printed

RECORD = ROOT / "agreements/2024/lk-emsland.yaml"
ENGLISH = re.compile(r"\b(the|Error|error|Usage|invalid|failed|not found|Traceback|expected|unexpected|No such|cannot)\b")

Zv = Callable[..., Ended]


@pytest.fixture
def refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Zv:
    """A call in a folder that stays as it is: its exit code, and the one sentence it said."""

    def refused(*words: str | Path, code: int) -> Ended:
        before = files(tmp_path)
        ended = zv(capsys, *words, "--ordner", tmp_path)
        assert ended.code == code, ended
        assert ended.out == ""
        assert files(tmp_path) == before
        said = [line for line in ended.err.splitlines() if line != "Hilfe: zv --help"]
        assert len(said) == 1, said
        assert re.search(r"[.!?“]$|lk-emsland$|\d{4}$", said[0]), said[0]
        assert not ENGLISH.search(said[0].replace(str(tmp_path), "")), said[0]
        return ended

    return refused


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The real agreement as PDF."""
    return printed(LIBRARY.document(emsland()), "pdf", tmp_path_factory.mktemp("pdf")).read_bytes()


@pytest.fixture(scope="module")
def word(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real agreement as Word file."""
    return printed(LIBRARY.document(emsland()), "docx", tmp_path_factory.mktemp("word"))


# ---------------------------------------------------------------- files to be read


@pytest.mark.parametrize(
    ("name", "content", "about"),
    [
        ("leer.pdf", b"", "leer"),
        ("leer.docx", b"", "leer"),
        ("text.pdf", "Vereinbarung über die Ziele".encode(), ""),
        ("text.docx", b"Vereinbarung", ""),
        ("bild.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "Bild"),
        ("alt.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000, ".docx"),
        ("brief.rtf", b"{\\rtf1 Vereinbarung}", "RTF"),
        ("kopf.pdf", b"%PDF-1.7\n", ""),
        ("archiv.docx", b"PK\x03\x04" + b"\0" * 99, ""),
    ],
)
def test_a_file_that_is_not_what_it_seems_is_unreadable(name: str, content: bytes, about: str, refused: Zv, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    ended = refused("extract", path, code=3)
    assert name in ended.err and about in ended.err


def test_a_file_that_is_not_there_or_a_folder_is_unreadable(refused: Zv, tmp_path: Path) -> None:
    refused("extract", tmp_path / "fehlt.pdf", code=3)
    refused("extract", tmp_path, code=3)
    refused("render", tmp_path / "fehlt.yaml", code=3)
    refused("render", tmp_path, code=3)


@pytest.mark.parametrize("share", [0.02, 0.3, 0.7, 0.95])
def test_a_truncated_file_is_unreadable(share: float, pdf: bytes, word: Path, refused: Zv, tmp_path: Path) -> None:
    for name, content in (("halb.pdf", pdf), ("halb.docx", word.read_bytes())):
        path = tmp_path / name
        path.write_bytes(content[: int(share * len(content))])
        refused("extract", path, code=3)
        path.unlink()


def test_an_encrypted_pdf_is_unreadable(pdf: bytes, refused: Zv, tmp_path: Path) -> None:
    source, path = tmp_path / "offen.pdf", tmp_path / "geheim.pdf"
    source.write_bytes(pdf)
    with pikepdf.open(source) as document:
        document.save(path, encryption=pikepdf.Encryption(user="geheim", owner="geheim"))
    assert "Kennwort" in refused("extract", path, code=3).err


def test_a_scan_without_any_text_is_unreadable(refused: Zv, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        image = pikepdf.Stream(document, b"\x80" * 200 * 280)
        image.update(pikepdf.Dictionary({
            "/Type": pikepdf.Name.XObject, "/Subtype": pikepdf.Name.Image, "/ColorSpace": pikepdf.Name.DeviceGray,
            "/Width": 200, "/Height": 280, "/BitsPerComponent": 8,
        }))  # fmt: skip
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
        page.Contents = pikepdf.Stream(document, b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        document.save(path)
    assert "Text" in refused("extract", path, code=3).err


def test_a_zip_bomb_is_not_unpacked(word: Path, refused: Zv, tmp_path: Path) -> None:
    path = tmp_path / "bombe.docx"
    with zipfile.ZipFile(word) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, source.read(name) if name != "word/document.xml" else b" " * 300_000_000)
    refused("extract", path, code=3)


def test_a_doctype_in_a_word_file_is_refused(word: Path, refused: Zv, tmp_path: Path) -> None:
    path = tmp_path / "doctype.docx"
    with zipfile.ZipFile(word) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "word/document.xml":
                content = content.replace(b"?>", b'?>\n<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/passwd">]>', 1)
            target.writestr(name, content)
    assert "root:" not in refused("extract", path, code=3).err


AIM = "zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende im Jahr 2024"
BMAS = "zwischen dem Bundesministerium für Arbeit und Soziales"
OTHER_KINDS = {
    "nr1": ["Zielvereinbarung 2024", BMAS, "und der Bundesagentur für Arbeit", AIM, "nach § 48b Abs. 1 S. 1 Nr. 1 SGB II."],
    "nr2": [
        "Zielvereinbarung",
        "zwischen der Agentur für Arbeit Hannover, der Region Hannover",
        "und dem Geschäftsführer des Jobcenters Region Hannover",
        AIM,
        "nach § 48b Abs. 1 S. 1 Nr. 2 SGB II.",
    ],
    "nr3": ["Zielvereinbarung", BMAS, "und dem Land Niedersachsen", AIM, "gemäß § 48b Abs. 1 S. 1 Nr. 3 SGB II."],
    "brief": ["Sehr geehrte Damen und Herren,", "wir bestellen im Jahr 2024 zwölf Stühle.", "Mit freundlichen Grüßen"],
}


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_a_document_of_another_kind_is_told(kind: str, refused: Zv, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.docx"
    document = docx.Document()
    for line in OTHER_KINDS[kind]:
        document.add_paragraph(line)
    document.save(str(path))
    ended = refused("extract", path, code=4)
    if kind != "brief":
        assert f"Nr. {kind[-1]} SGB II" in ended.err


def test_a_pdf_of_another_kind_is_told(refused: Zv, tmp_path: Path) -> None:
    path = tmp_path / "nr2.pdf"
    with pikepdf.new() as document:
        page = document.add_blank_page(page_size=(595, 842))
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica, Encoding=pikepdf.Name.WinAnsiEncoding
        )
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
        lines = b"".join(f"({line}) Tj T*\n".encode("cp1252") for line in OTHER_KINDS["nr2"])
        page.Contents = pikepdf.Stream(document, b"BT /F1 10 Tf 16 TL 60 780 Td\n" + lines + b"ET")
        document.save(path)
    assert "Nr. 2 SGB II" in refused("extract", path, code=4).err


# ---------------------------------------------------------------- records


def changed(old: str, new: str) -> str:
    """The real record with one thing written otherwise."""
    text = RECORD.read_text(encoding="utf-8")
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize(
    ("old", "new", "about"),
    [
        ("jahr: 2024\n", "jahr: 2024\njahr: 2023\n", "jahr"),
        ("  gesamtbudget_mio: 21.9", "\tgesamtbudget_mio: 21.9", "Tab"),
        ("gesamtbudget_mio: 21.9", "gesamtbudget_mio: 21,9", "21.9"),
        ("verwaltungskosten: 13155724", "verwaltungskosten: 13.155.724", "13155724"),
        ("verwaltungskosten: 13155724", "verwaltungskosten: 13.155", "13155"),
        ("verwaltungskosten: 13155724", "verwaltungskosten: 13155724 Euro", "13155724"),
        ("verwaltungskosten: 13155724", f"verwaltungskosten: {'1' * 16}", "15 Stellen"),
        ("gesamtbudget_mio: 21.9", f"gesamtbudget_mio: 0.{'1' * 18}", "15 Stellen"),
        ("gesamtbudget_mio: 21.9", "gesamtbudget_mio: 1e300", "Exponent"),
        ("datum: 2024-02-01", "datum: 12024-02-01", "Datum"),
        ("jahr: 2024", "jahr: 20245", "2099"),
        ("haushalt:\n", "haushalt: [21.9, 3]\nmehr:\n", "haushalt"),
        ("haushalt:", "hausalt:", "haushalt"),
        ("richtung: steigt", "richtung: wächst", "steigt"),
        ("datum: 2024-02-01", "datum: 2024-02-31", "Kalender"),
        ("jahr: 2024", "jahr: zweitausend", "jahr"),
        ("traeger: lk-emsland", "traeger: lk-entenhausen", "lk-entenhausen"),
        ("traeger: lk-emsland", "traeger: sk-braunschweig", "gemeinsame Einrichtung"),
        ("jahr: 2024", "jahr: 2014", "2014"),
        ("wortlaut: ni/2024", "wortlaut: ni/2031", "ni/2024"),
        ("wortlaut: ni/2024", "wortlaut: null", "Wortlaut"),
        ("titel: Umsetzung", "titel: [", ""),
        ("akte:", "akte: &a\n  x: *b\nnoch:", ""),
    ],
)
def test_a_wrong_record_is_told_with_its_remedy(old: str, new: str, about: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "entwurf.yaml"
    path.write_text(changed(old, new), encoding="utf-8")
    ended = zv(capsys, "render", path, "--ordner", tmp_path)
    assert ended.code in (1, 2) and ended.out == ""
    assert about in ended.err and "entwurf.yaml:" in ended.err
    assert not ENGLISH.search(ended.err)
    assert sorted(files(tmp_path)) == ["entwurf.yaml"]
    assert zv(capsys, "check", path, "--ordner", tmp_path).code == 1


NO_RECORDS = [b"", b"- a\n- b\n", b"nur Text\n", b"jahr: 2024\n", b"\xff\xfe\x00", "traeger: lk-emsländ\n".encode("latin-1")]


@pytest.mark.parametrize("content", NO_RECORDS)
def test_what_is_no_record_is_told(content: bytes, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "entwurf.yaml"
    path.write_bytes(content)
    for command in ("render", "runde", "check"):
        ended = zv(capsys, command, path, "--ordner", tmp_path)
        assert ended.code in (1, 3), ended
        assert not ENGLISH.search(ended.err)
    assert sorted(files(tmp_path)) == ["entwurf.yaml"]


@pytest.mark.parametrize(
    ("words", "about"),
    [
        (["2024", "lk-entenhausen"], "lk-entenhausen"),
        (["2024", "sk-braunschweig"], "gemeinsame Einrichtung"),
        (["2024", "lk-emslan"], "lk-emsland"),
        (["2024", "lk-osterode-am-harz"], "2016"),
        (["2024"], "Träger"),
        ([], ""),
    ],
)
def test_who_has_no_agreement_is_told(words: list[str], about: str, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "render", *words)
    assert ended.code == 2 and (about in ended.err)


def test_a_year_without_records_or_wording_is_told(refused: Zv) -> None:
    refused("render", "2031", "lk-emsland", code=3)
    refused("check", "2031", code=2)


def test_a_record_of_a_year_without_wording_is_told(refused: Zv, tmp_path: Path) -> None:
    path = tmp_path / "entwurf.yaml"
    path.write_text(changed("wortlaut: ni/2024", "wortlaut: ni/2025").replace("jahr: 2024", "jahr: 2025"), encoding="utf-8")
    assert "ni/2025" in refused("render", path, code=2).err


def test_what_is_no_yaml_is_told(pdf: bytes, refused: Zv, tmp_path: Path) -> None:
    path = tmp_path / "vereinbarung.pdf"
    path.write_bytes(pdf)
    refused("render", path, code=1)


# ---------------------------------------------------------------- where it goes


@pytest.mark.parametrize("place", ["datei", "datei/unten"])
def test_a_folder_that_cannot_be_written_to_is_told(place: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("schon da", encoding="utf-8")
    ended = zv(capsys, "render", "2024", "lk-emsland", "--nach", tmp_path / place)
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1 and not ENGLISH.search(ended.err.replace(str(tmp_path), ""))
    assert files(tmp_path) == {"datei": b"schon da"}


def test_a_system_that_refuses_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    if not Path("/proc/self").is_dir():
        pytest.skip("kein /proc")
    ended = zv(capsys, "render", "2024", "lk-emsland", "--nach", "/proc/nicht-da")
    assert (ended.code, ended.out) == (1, "")
    assert len(ended.err.splitlines()) == 1


def test_a_folder_to_work_in_that_is_none_is_told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for command in (["render", "2024", "lk-emsland"], ["check"], ["extract", "x.pdf"], ["runde", "x.yaml"]):
        ended = zv(capsys, "--ordner", tmp_path / "fehlt", *command)
        assert ended.code == 2 and "fehlt" in ended.err


# ---------------------------------------------------------------- calls


@pytest.mark.parametrize(
    ("words", "about"),
    [
        (["rendern"], "render"),
        (["gibtsnicht"], "gibtsnicht"),
        (["render", "--farbe"], "--farbe"),
        (["render", "2024", "lk-emsland", "--formt", "pdf"], "--format"),
        (["render", "2024", "lk-emsland", "--format", "odt"], "docx"),
        (["extract", "a.pdf", "--format", "xml"], "json"),
        (["extract", "a.pdf", "b.pdf"], "b.pdf"),
        (["render", "2024", "lk-emsland", "--nach"], "--nach"),
        (["traeger", "zwanzig"], "JAHR"),
        (["traeger", "1990"], "JAHR"),
    ],
)
def test_a_wrong_call_is_told_in_german(words: list[str], about: str, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, *words)
    assert (ended.code, ended.out) == (2, "")
    assert about in ended.err and not ENGLISH.search(ended.err)


@pytest.mark.parametrize("command", ["render", "extract", "runde"])
def test_a_missing_argument_is_told(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, command)
    assert ended.code == 2
    assert "Aufruf" in ended.out + ended.err or "fehlt" in ended.err


def test_an_interrupted_command_leaves_nothing_behind(tmp_path: Path) -> None:
    interrupt = """
import weasyprint
def stop(*_, **__):
    raise KeyboardInterrupt
weasyprint.Document.write_pdf = weasyprint.HTML.write_pdf = stop
"""
    ended = process(ROOT, "render", "2024", "lk-emsland", "--nach", tmp_path, "--format", "pdf", code=interrupt)
    assert ended.code == 130
    assert ended.err.split() == ["Abgebrochen."]
    assert list(tmp_path.iterdir()) == []


def test_the_second_file_that_cannot_be_made_leaves_the_first_whole(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "2024" / "lk-emsland.docx").mkdir(parents=True)
    ended = zv(capsys, "render", "2024", "lk-emsland", "--nach", tmp_path)
    assert ended.code == 1
    assert [path.name for path in (tmp_path / "2024").iterdir() if path.is_file()] == ["lk-emsland.pdf"]
    assert (tmp_path / "2024" / "lk-emsland.pdf").read_bytes().endswith(b"%%EOF\n")


def test_a_reader_that_stops_listening_is_no_fault() -> None:
    shell = shutil.which("sh")
    if shell is None:
        pytest.skip("sh fehlt")
    done = subprocess.run([shell, "-c", f"{sys.executable} -m zv schema | true"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
