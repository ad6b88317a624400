"""PDF files of several producers → paragraphs, and what is said of files that cannot be read."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pdf_samples
import pdfplumber
import pikepdf
import pytest
import typst
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_documents import LOOK_ALIKES, document, everything, front, heading, item, line, prose, signatures, text
from sampling import examples

from agreements.errors import UnreadableError
from agreements.model.document import Block, Document
from agreements.reading.reading import Reading
from extract.pdf import read_pdf
from render.pdf import render_pdf

PEINE = pdf_samples.PROBEN / "corpus" / "peine-2024.pdf"
PEINE_SEEN = "91470d2ef8ab1817257de55b677afe7bb5b48dc8b62172b614a05cc824ec47e3"
"""Digest of all that was read of the sample when it was last compared with its pages by eye."""
COLUMNS = [(1, text) for text in pdf_samples.LINKS] + [(2, text) for text in pdf_samples.RECHTS]


def blocks(reading: Reading) -> list[tuple[str | None, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in reading.paragraphs if not paragraph.column]


def columns(reading: Reading) -> list[tuple[int | None, str]]:
    return [(paragraph.column, paragraph.text) for paragraph in reading.paragraphs if paragraph.column]


def by_typst(path: Path, source: str, tags: bool) -> Path:
    (path / "probe.typ").write_text(source, encoding="utf-8")
    target = path / "probe.pdf"
    target.write_bytes(typst.compile(str(path / "probe.typ"), pdf_tags=tags))
    return target


def by_weasyprint(path: Path, source: str, tags: bool) -> Path:
    target = path / "probe.pdf"
    target.write_bytes(weasyprint.HTML(string=source).write_pdf(pdf_tags=tags))
    return target


PRODUCERS: dict[str, Callable[[Path], Path]] = {
    "typst": lambda path: by_typst(path, pdf_samples.typst_source(), tags=False),
    "typst tagged": lambda path: by_typst(path, pdf_samples.typst_source(), tags=True),
    "weasyprint": lambda path: by_weasyprint(path, pdf_samples.html_source().replace("A4", "210mm 280mm"), tags=False),
    "weasyprint tagged": lambda path: by_weasyprint(path, pdf_samples.html_source().replace("A4", "210mm 280mm"), tags=True),
    "libreoffice": lambda _: pdf_samples.PROBEN / "garten-libreoffice.pdf",
    "libreoffice tagged": lambda _: pdf_samples.PROBEN / "garten-libreoffice-tagged.pdf",
}


@pytest.mark.parametrize("producer", PRODUCERS)
def test_every_producer_s_print_of_one_text_reads_the_same(producer: str, tmp_path: Path) -> None:
    reading = read_pdf(PRODUCERS[producer](tmp_path))
    assert blocks(reading) == pdf_samples.expected()
    assert columns(reading) == COLUMNS
    assert Counter(one.art for one in reading.beiwerk) == {"kopfzeile": reading.page_count, "seitenzahl": reading.page_count}
    assert all(paragraph.stated for paragraph in reading.paragraphs if not paragraph.column) == ("tagged" in producer)


@pytest.mark.parametrize("height", [118, 163, 208, 253, 290])
@pytest.mark.parametrize("style", ["justify: true, spacing: 1.1em", "justify: false, spacing: 0.65em, first-line-indent: 1em"])
def test_page_breaks_anywhere_part_no_paragraph(height: int, style: str, tmp_path: Path) -> None:
    source = pdf_samples.typst_source().replace('paper: "a4"', f"width: 21cm, height: {height}mm")
    source = source.replace("justify: true, spacing: 1.1em", style)
    reading = read_pdf(by_typst(tmp_path, source, tags=False))
    assert blocks(reading) == pdf_samples.expected()
    assert columns(reading) == COLUMNS


def test_the_sample_of_another_program_reads_as_it_was_seen() -> None:
    reading = read_pdf(PEINE)
    shown = [f"{one.kind}|{one.level}|{one.label}|{one.continues}|{one.column}|{one.text}" for one in reading.paragraphs]
    assert hashlib.sha256("\n".join(shown).encode()).hexdigest() == PEINE_SEEN, "Compare with the pages by eye:\n" + "\n".join(shown)
    assert [one.text for one in reading.beiwerk] == [f"- {number} -" for number in range(1, 7)]
    assert not reading.notes


@pytest.mark.parametrize("path", [PEINE, pdf_samples.PROBEN / "garten-libreoffice.pdf"], ids=lambda path: path.name)
def test_words_and_their_places_are_those_that_another_engine_sees(path: Path) -> None:
    reading = read_pdf(path)
    places = [place for one in reading.paragraphs for word in one.words for place in word.places]
    ours = {(place.page, round(place.left), round(place.right)) for place in places}
    with pdfplumber.open(path) as pdf:
        theirs = [(page.page_number, word) for page in pdf.pages for word in page.extract_words()]
    furniture = {word for one in reading.beiwerk for word in one.text.split()} | {one.label for one in reading.paragraphs}
    missing = [
        word["text"]
        for page, word in theirs
        if word["text"] not in furniture
        and not any((page, round(word["x0"]) + a, round(word["x1"]) + b) in ours for a in (-1, 0, 1) for b in (-1, 0, 1))
    ]
    assert not missing


def printed(made: Document, path: Path) -> Reading:
    target = path / "eigen.pdf"
    target.write_bytes(render_pdf(made))
    return read_pdf(target)


def stated(made: Document) -> list[tuple[str, str, int | None]]:
    kinds = {kind: kind for kind in ("punkt", "ueberschrift", "unterschrift")}
    return [(kinds.get(block.art, "text"), block.text, block.column or None) for block in made.blocks]


def got(reading: Reading) -> list[tuple[str, str, int | None]]:
    return [(one.kind or "text", one.text, one.column) for one in reading.paragraphs]


def test_our_own_pdf_reads_back_block_by_block(tmp_path: Path) -> None:
    made = everything()
    reading = printed(made, tmp_path)
    assert Counter(text for _, text, _ in got(reading)) == Counter(" ".join(text.split()) for _, text, _ in stated(made))
    assert all(one.stated for one in reading.paragraphs)
    assert not reading.notes


def test_text_that_looks_like_a_list_is_text_and_an_item_is_an_item(tmp_path: Path) -> None:
    made = document(*front(), *(text(words) for words in LOOK_ALIKES), *(item(words) for words in LOOK_ALIKES))
    assert got(printed(made, tmp_path))[7:] == stated(made)[7:]


def test_an_item_over_a_page_break_is_one_item(tmp_path: Path) -> None:
    made = document(*front(), heading("I. Beete"), text(prose(14)), *(item(f"{number}. {prose(4)}") for number in range(6)))
    reading = printed(made, tmp_path)
    assert got(reading)[7:] == stated(made)[7:]
    assert any(one.words[0].places[0].page != one.words[-1].places[-1].page for one in reading.paragraphs if one.kind == "punkt")


def test_three_signatures_read_as_three_columns(tmp_path: Path) -> None:
    reading = printed(document(*front(), text(prose(2)), *signatures(3)), tmp_path)
    assert {one.column for one in reading.paragraphs} == {None, 1, 2, 3}


WORDS = st.one_of(
    st.sampled_from(["und", "der", "Verein", "Social-Media", "Weiterentwicklung", "Öffentlichkeitsarbeit", "JBA-Akteure", "E-Akte"]),
    st.sampled_from(["3,9", "%", "§", "Abs.", "1", "(1)", "-", "–", "4.", "z.", "B.", "Schul-", "und/oder", "*", "•", "<b>", "{{", "&"]),
    st.sampled_from(["„Zitat“", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverleihungsurkunde"]),
)
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)
BLOCKS = st.lists(st.one_of(TEXTS.map(text), TEXTS.map(item), TEXTS.map(lambda words: heading(words, 2))), min_size=1, max_size=12)


@given(BLOCKS, st.lists(TEXTS, min_size=2, max_size=2))
@settings(max_examples=examples(12), deadline=None)
def test_what_our_renderer_prints_is_what_is_read(tmp_path_factory: pytest.TempPathFactory, body: list[Block], names: list[str]) -> None:
    made = document(*front(), text(prose(3)), *body, *(line(name, spalte) for spalte, name in enumerate(names, 1)))
    assert got(printed(made, tmp_path_factory.mktemp("gesetz")))[7:] == stated(made)[7:]


NAME = pikepdf.Name
FONT = pikepdf.Dictionary(Type=NAME.Font, Subtype=NAME.Type1, BaseFont=NAME.Helvetica, Encoding=NAME.WinAnsiEncoding)
PICTURE = {"Type": NAME.XObject, "Subtype": NAME.Image, "Width": 4, "Height": 4, "BitsPerComponent": 8, "ColorSpace": NAME.DeviceGray}
SEEN = "BT /F 12 Tf 72 700 Td (Hier steht Text.) Tj ET\n"


def drawn(path: Path, content: str, turn: int = 0, crop: tuple[int, int, int, int] = (0, 0, 595, 842)) -> Path:
    """A page with this content; /F is Helvetica, /I a grey picture."""
    target = path / "gezeichnet.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        picture = pdf.make_stream(b"\x80" * 16, **PICTURE)
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=FONT), XObject=pikepdf.Dictionary(I=picture))
        page.MediaBox, page.Rotate, page.Contents = pikepdf.Array(crop), turn, pdf.make_stream(content.encode("cp1252"))
        pdf.save(target)
    return target


HIDDEN = {
    "render mode": "3 Tr BT /F 12 Tf 72 680 Td (geheim) Tj ET",
    "white": "1 g BT /F 12 Tf 72 680 Td (geheim) Tj ET",
    "under a white box": "BT /F 12 Tf 72 680 Td (geheim) Tj ET 1 g 60 670 300 25 re f",
    "under a picture": "BT /F 12 Tf 72 680 Td (geheim) Tj ET q 99 0 0 25 60 670 cm /I Do Q",
    "beside the page": "BT /F 12 Tf -300 680 Td (geheim) Tj ET",
    "tiny": "BT /F 0.5 Tf 72 680 Td (geheim) Tj ET",
    "clipped": "q 0 0 50 50 re W n BT /F 12 Tf 72 680 Td (geheim) Tj ET Q",
}


@pytest.mark.parametrize("how", HIDDEN)
def test_invisible_text_is_not_read_but_named(how: str, tmp_path: Path) -> None:
    reading = read_pdf(drawn(tmp_path, SEEN + HIDDEN[how]))
    assert blocks(reading) == [("text", "Hier steht Text.")]
    assert any("geheim" in note for note in reading.notes)


def test_white_text_on_a_dark_ground_is_read(tmp_path: Path) -> None:
    reading = read_pdf(drawn(tmp_path, "60 670 300 25 re f 1 g BT /F 12 Tf 72 680 Td (hell) Tj ET"))
    assert [text for _, text in blocks(reading)] == ["hell"]


def test_a_slanted_draft_mark_is_a_stamp(tmp_path: Path) -> None:
    reading = read_pdf(drawn(tmp_path, SEEN + "BT /F 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm (ENTWURF) Tj ET"))
    assert [(one.art, one.text) for one in reading.beiwerk] == [("stempel", "ENTWURF")]
    assert blocks(reading) == [("text", "Hier steht Text.")]


@pytest.mark.parametrize(("turn", "left", "top"), [(0, 72, 131), (90, 697, 72), (180, 501, 697), (270, 131, 501)])
def test_places_are_from_the_top_left_of_the_page_as_it_is_shown(turn: int, left: int, top: int, tmp_path: Path) -> None:
    place = read_pdf(drawn(tmp_path, SEEN, turn=turn)).paragraphs[0].words[0].places[0]
    assert [place.left, place.top] == pytest.approx([left, top], abs=3)


def test_places_are_from_the_corner_of_a_page_that_does_not_start_at_nought(tmp_path: Path) -> None:
    place = read_pdf(drawn(tmp_path, SEEN, crop=(50, 50, 645, 892))).paragraphs[0].words[0].places[0]
    assert place.left == pytest.approx(22, abs=1)


def test_words_set_without_blanks_are_parted_by_their_distance(tmp_path: Path) -> None:
    reading = read_pdf(drawn(tmp_path, "BT /F 12 Tf 72 700 Td [(Ganz)-280(oh)10(ne)-250(L)-15(eerzeichen)] TJ ET"))
    assert blocks(reading)[0][1] == "Ganz ohne Leerzeichen"


def test_ligatures_and_no_break_spaces_are_read_as_letters_and_blanks(tmp_path: Path) -> None:
    source = '#set text(font: "Liberation Serif", lang: "de", ligatures: true)\nSchifffahrt, Pflicht und Auflage: 3,9~% von 5\u202f000'
    assert blocks(read_pdf(by_typst(tmp_path, source, tags=False)))[0][1] == "Schifffahrt, Pflicht und Auflage: 3,9 % von 5 000"


def test_fonts_that_hide_their_letters_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "stumm.pdf"
    with pikepdf.open(PRODUCERS["typst"](tmp_path)) as pdf:
        for entry in pdf.objects:
            if isinstance(entry, pikepdf.Dictionary) and "/ToUnicode" in entry:
                del entry["/ToUnicode"]
        pdf.save(target)
    with pytest.raises(UnreadableError, match="welche Buchstaben"):
        read_pdf(target)


def test_tags_that_run_everything_together_are_not_believed(tmp_path: Path) -> None:
    source = "".join(f"<p>{prose(2)}</p>" for _ in range(3))
    target = by_weasyprint(tmp_path, f"<html lang=de><title>x</title><body>{source}</body></html>", tags=True)
    with pikepdf.open(target, allow_overwriting_input=True) as pdf:
        body = pdf.Root.StructTreeRoot.K[0]
        first, *rest = list(body.K)
        for other in rest:
            first.K.extend(list(other.K))
        body.K = pikepdf.Array([first])
        pdf.save(target)
    reading = read_pdf(target)
    assert len(reading.paragraphs) == 3
    assert any("Struktur" in note for note in reading.notes)


def test_a_tagged_paragraph_that_ends_in_a_typed_hyphen_ends_there(tmp_path: Path) -> None:
    source = "<html lang=de><title>x</title><body><p>Haus- und Schul-</p><p style='break-before: page'>auch das</p></body></html>"
    assert [one.text for one in read_pdf(by_weasyprint(tmp_path, source, tags=True)).paragraphs] == ["Haus- und Schul-", "auch das"]


def test_text_outside_every_tag_is_read_and_noted(tmp_path: Path) -> None:
    target = by_weasyprint(tmp_path, f"<html lang=de><title>x</title><body><p>{prose(2)}</p><p>Loses Ende.</p></body></html>", tags=True)
    with pikepdf.open(target, allow_overwriting_input=True) as pdf:
        body = pdf.Root.StructTreeRoot.K[0]
        del body.K[1]
        pdf.save(target)
    reading = read_pdf(target)
    assert reading.paragraphs[-1].text == "Loses Ende."
    assert [one.stated for one in reading.paragraphs] == [True, False]
    assert any("außerhalb der Struktur" in note for note in reading.notes)


def changed(path: Path, change: Callable[[bytes], bytes]) -> Path:
    target = path / "verdorben.pdf"
    target.write_bytes(change(PEINE.read_bytes()))
    return target


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "cut short": (lambda whole: whole[: len(whole) // 2], "unvollständig"),
    "cut short with an end": (lambda whole: whole[: len(whole) // 2] + b"\n%%EOF", "beschädigt"),
    "one page damaged": (lambda whole: whole[:1000] + bytes(200) + whole[1200:], "Seite 2"),
    "noise": (lambda _: b"%PDF-1.7\n" + bytes(range(256)) * 9 + b"\n%%EOF", "beschädigt"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_a_broken_file_gets_one_sentence_with_its_name_and_a_remedy(how: str, tmp_path: Path) -> None:
    change, words = BROKEN[how]
    target = changed(tmp_path, change)
    with pytest.raises(UnreadableError, match=words) as caught:
        read_pdf(target)
    assert (caught.value.datei, bool(caught.value.abhilfe), caught.value.exit_code) == (target, True, 3)


@pytest.mark.parametrize(("password", "readable"), [("", True), ("geheim", False)])
def test_a_locked_file_is_refused_unless_it_opens_without_password(password: str, readable: bool, tmp_path: Path) -> None:
    target = tmp_path / "gesperrt.pdf"
    with pikepdf.open(PEINE) as pdf:
        pdf.save(target, encryption=pikepdf.Encryption(owner="chef", user=password))
    if readable:
        assert blocks(read_pdf(target)) == blocks(read_pdf(PEINE))
    else:
        with pytest.raises(UnreadableError, match="Kennwort"):
            read_pdf(target)


@pytest.mark.parametrize(
    ("pages", "size", "words"), [(0, 500, "."), (300, 500, "300 Seiten"), (1, 14000, "größer als A0"), (1, 500, "keinen Text")]
)
def test_too_many_or_too_large_or_no_pages_are_refused(pages: int, size: int, words: str, tmp_path: Path) -> None:
    target = tmp_path / "seiten.pdf"
    with pikepdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(size, size))
        pdf.save(target)
    with pytest.raises(UnreadableError, match=re.escape(words)):
        read_pdf(target)


SCAN = "q 595 0 0 842 0 0 cm /I Do Q "


@pytest.mark.parametrize("content", [SCAN, SCAN + "3 Tr " + SEEN, SEEN + SCAN])
def test_of_a_page_that_is_a_picture_only_the_picture_counts_whatever_text_lies_behind_it(content: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="keinen Text"):
        read_pdf(drawn(tmp_path, content))


def test_a_page_scanned_among_others_is_named(tmp_path: Path) -> None:
    target = tmp_path / "gemischt.pdf"
    with pikepdf.open(PEINE) as pdf, pikepdf.open(drawn(tmp_path, SCAN)) as scan:
        pdf.pages[-1:] = scan.pages
        pdf.save(target)
    reading = read_pdf(target)
    assert reading.lesart == "gemischt"
    assert any(note.startswith("Seite 6: Auf der Seite ist kein Text zu erkennen") for note in reading.notes)
    assert reading.paragraphs[:3] == read_pdf(PEINE).paragraphs[:3]
