"""Ink of a page that nobody read: lines left out are found and read, and stains are told by where they lie."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from scan_simulator import Scan, Written, scanned
from weasyprint import HTML

from extract.ocr.engines.tesseract import read
from extract.ocr.ink import Row, closed_in, stains
from extract.ocr.missed import MOST_LINES, overlooked
from extract.ocr.page import _with_overlooked, read_scan
from extract.ocr.raster import Pixels

USUAL = 42.0
"""Height of a line in dots, as 10-point letters have it at 300 dpi."""


def paper() -> Pixels:
    return np.full((900, 1600), 255, np.uint8)


def letters(grey: Pixels, left: int, base: int, count: int, pitch: int = 22) -> tuple[float, float, float, float]:
    """Draws upright bars as high as letters; the box around them."""
    for number in range(count):
        cv2.rectangle(grey, (left + number * pitch, base - 28), (left + number * pitch + 8, base), 0, -1)
    return float(left), float(base - 28), float(left + (count - 1) * pitch + 8), float(base)


def row(*words: tuple[float, float, float, float], texts: tuple[str, ...] = ()) -> Row:
    return Row(words, texts or tuple("Wort" for _ in words), words[0][3])


def arts(grey: Pixels, *rows: Row) -> list[str]:
    return [stain.art for stain in stains(grey, rows, USUAL)]


def test_a_row_of_letters_that_no_word_covers_was_overlooked() -> None:
    grey = paper()
    read, left_out = letters(grey, 100, 200, 12), letters(grey, 100, 300, 9)
    found = overlooked(grey, [read], USUAL)
    assert [piece.box for piece in found] == [pytest.approx(left_out, abs=2)]


@pytest.mark.parametrize("drawn", ["pen line", "specks", "two letters", "a stroke across the page"])
def test_what_is_no_row_of_letters_was_not_overlooked(drawn: str) -> None:
    grey = paper()
    match drawn:
        case "pen line":
            cv2.rectangle(grey, (100, 300), (500, 303), 0, -1)
        case "specks":
            for x in range(100, 900, 30):
                cv2.rectangle(grey, (x, 300 + x % 50), (x + 4, 304 + x % 50), 0, -1)
        case "two letters":
            letters(grey, 100, 300, 2)
        case _:
            cv2.line(grey, (100, 600), (1200, 200), 0, 4)
    assert overlooked(grey, [], USUAL) == []


def test_what_stands_out_of_a_word_that_was_read_is_no_line_of_its_own() -> None:
    """Recorded: the upper halves of "14.06." and of a signature over a name, beside which the place was said to be doubtful."""
    grey = paper()
    word = letters(grey, 100, 200, 9)
    low = (word[0], word[1] + 24, *word[2:])
    assert overlooked(grey, [low], USUAL) == []
    above = letters(grey, 100, 160, 9)
    assert [piece.box for piece in overlooked(grey, [low], USUAL)] == [pytest.approx(above, abs=2)], "a line close above it is one"


def test_ink_between_two_words_far_apart_is_a_gap_that_was_not_read() -> None:
    grey = paper()
    place, year = letters(grey, 100, 200, 8), letters(grey, 700, 200, 4)
    assert arts(grey, row(place, year)) == []
    cv2.polylines(grey, [np.array([(420, 205), (440, 170), (460, 205), (490, 172)])], False, 0, 4)
    assert arts(grey, row(place, year)) == ["luecke"]


def test_a_line_for_the_pen_is_no_ink() -> None:
    grey = paper()
    place, year = letters(grey, 100, 200, 8), letters(grey, 700, 200, 4)
    cv2.rectangle(grey, (320, 200), (680, 203), 0, -1)
    assert arts(grey, row(place, year)) == []


def test_ink_at_the_end_of_a_word_may_hide_letters_unless_a_bracket_closes_it() -> None:
    grey = paper()
    name = letters(grey, 100, 200, 8)
    cv2.line(grey, (275, 160), (290, 210), 0, 5)
    assert "ende" in arts(grey, row(name))
    assert "ende" not in arts(grey, row(name, texts=("(Beispiel)",)))
    assert not closed_in(grey, [], row(name), USUAL)


def test_a_day_may_be_written_some_way_behind_den_where_the_line_ends() -> None:
    grey = paper()
    den = letters(grey, 100, 200, 3)
    other = letters(grey, 900, 200, 3)
    assert arts(grey, row(den, other, texts=("den", "Meppen,"))) == ["weiss"]
    letters(grey, 300, 198, 4)
    assert arts(grey, row(den, other, texts=("den", "Meppen,"))) == ["luecke", "ende", "tag"]
    assert arts(grey, row(den, texts=("den",))) == ["ende", "tag"]


@pytest.mark.parametrize("shift", [(0, -34), (0, -18), (0, 12), (-40, -34)])
def test_figures_above_or_below_the_gap_of_a_day_stand_where_it_belongs(shift: tuple[int, int]) -> None:
    """Recorded: "16.01." above the line of "Jever, den … 2024", of which nothing in the line itself tells."""
    grey = paper()
    place, den, year = letters(grey, 100, 200, 6), letters(grey, 250, 200, 3), letters(grey, 700, 200, 4)
    line = row(place, den, year, texts=("Jever,", "den", "2024"))
    assert arts(grey, line) == ["weiss"]
    letters(grey, 340 + shift[0], 200 + shift[1], 4)
    assert "tag" in arts(grey, line)


def test_a_day_that_was_taken_for_a_part_of_den_stands_where_it_belongs() -> None:
    grey = paper()
    place, den, year = letters(grey, 100, 200, 6), letters(grey, 250, 200, 6), letters(grey, 700, 200, 4)
    assert "tag" in arts(grey, row(place, den, year, texts=("Jever,", "den", "2024")))


def test_what_was_read_above_the_gap_of_a_day_stands_where_it_belongs() -> None:
    grey = paper()
    place, den, year = letters(grey, 100, 200, 6), letters(grey, 250, 200, 3), letters(grey, 700, 200, 4)
    line, read_above = row(place, den, year, texts=("Jever,", "den", "2024")), letters(grey, 340, 166, 4)
    found = [stain for stain in stains(grey, [line, Row([read_above], ["ne"], 166.0)], USUAL) if stain.art == "tag"]
    assert [stain.words for stain in found] == [((0, 1), (0, 2))]


def test_a_day_in_faded_ink_or_pencil_stands_where_it_belongs() -> None:
    """Recorded: "24. Jan. 2017" in a pen that the scan showed lighter than INK; its day was said to be blank."""
    grey = paper()
    place, den = letters(grey, 100, 200, 6), letters(grey, 250, 200, 3)
    cv2.polylines(grey, [np.array([(380, 170), (395, 196), (420, 168), (440, 198), (470, 172)])], False, 150, 6, cv2.LINE_AA)
    assert "tag" in arts(grey, row(place, den, texts=("Jever,", "den")))


@pytest.mark.parametrize(
    ("behind", "told"), [(["Mil."], True), (["Kir"], True), (["Kreisen", "des", "Landes"], False), (["kreisen"], False)]
)
def test_a_word_alone_close_behind_den_may_be_what_was_read_of_a_day_and_several_are_a_sentence(behind: list[str], told: bool) -> None:
    """Recorded at 150 dpi: "17.07.2012" above the dots for it, read as "Mil." with them; its day was said to be blank."""
    grey = paper()
    words = [letters(grey, x, 200, 3) for x in (100, 200, *range(300, 300 + 100 * len(behind), 100))]
    assert ("tag" in arts(grey, row(*words, texts=("Jever,", "den", *behind)))) == told


@pytest.mark.parametrize("below", [True, False])
def test_a_year_close_behind_den_with_another_below_may_be_a_day(below: bool) -> None:
    """Recorded of a narrow column: "20.01." above "2015", read as "2001"."""
    grey = paper()
    place, den, day = letters(grey, 100, 200, 6), letters(grey, 250, 200, 3), letters(grey, 350, 200, 4)
    under = Row([letters(grey, 100, 240, 4)], ["2015"], 240.0)
    assert ("tag" in arts(grey, row(place, den, day, texts=("Jever,", "den", "2001")), *([under] if below else []))) == below


@pytest.mark.parametrize(("base", "told"), [(172, True), (150, False)])
def test_words_above_the_gap_of_a_day_are_of_it_where_no_printed_line_stands_so_near(base: int, told: bool) -> None:
    """Recorded: a day above the line, read together with words of the line itself: no line of its own stood there."""
    grey = paper()
    place, den = letters(grey, 100, 200, 6), letters(grey, 250, 200, 3)
    above = Row([letters(grey, 110, base, 4), letters(grey, 380, base, 3)], ["Jever", "24."], float(base))
    assert ("tag" in arts(grey, row(place, den, texts=("Jever,", "den")), above)) == told


@pytest.mark.parametrize("drawn", ["specks", "a signature below", "the line above", "the line below"])
def test_a_blank_day_is_blank_whatever_stands_elsewhere(drawn: str) -> None:
    grey = paper()
    place, den, year = letters(grey, 100, 200, 6), letters(grey, 250, 200, 3), letters(grey, 700, 200, 4)
    line, rows = row(place, den, year, texts=("Jever,", "den", "2024")), []
    match drawn:
        case "specks":
            for x in range(320, 680, 40):
                cv2.rectangle(grey, (x, 150 + x % 60), (x + 4, 154 + x % 60), 0, -1)
        case "a signature below":
            cv2.polylines(grey, [np.array([(260, 290), (380, 225), (420, 320), (520, 222), (640, 300)])], False, 0, 4)
        case "the line above":
            rows = [row(letters(grey, 100, 137, 24))]
        case _:
            rows = [row(letters(grey, 100, 263, 24))]
    told = arts(grey, line, *rows)
    assert "tag" not in told and "weiss" in told


def test_what_is_too_large_for_a_day_leaves_its_place_no_white() -> None:
    """A signature's stroke through the line may have a day under it, and a day may hang together with the line for the pen."""
    grey = paper()
    place, den, year = letters(grey, 100, 200, 6), letters(grey, 250, 200, 3), letters(grey, 700, 200, 4)
    line = row(place, den, year, texts=("Jever,", "den", "2024"))
    cv2.rectangle(grey, (330, 202), (690, 204), 0, -1)
    assert "weiss" in arts(grey, line)
    cv2.polylines(grey, [np.array([(260, 290), (380, 125), (420, 320), (520, 122), (640, 300)])], False, 0, 4)
    assert not {"weiss", "tag"} & {*arts(grey, line)}


@pytest.mark.parametrize("words", [(("den", 3), ("ee", 2)), (("den", 3), ("ist", 3), ("mit", 3))])
def test_a_line_that_goes_on_as_a_sentence_has_no_place_for_a_day(words: tuple[tuple[str, int], ...]) -> None:
    """Recorded: "09.09.2013" above its dots read as "ee"; its day was said to be blank."""
    grey = paper()
    boxes = [letters(grey, x, 200, count) for x, (_, count) in zip(range(250, 650, 110), words, strict=False)]
    line = row(letters(grey, 100, 200, 6), *boxes, texts=("Jever,", *(text for text, _ in words)))
    assert "weiss" not in arts(grey, line)


@pytest.mark.parametrize(("read", "told"), [("......", "weiss"), ("……", "weiss"), (".-", "tag"), ("S.", "tag")])
def test_dots_for_the_pen_leave_the_place_of_a_day_white_and_other_marks_do_not(read: str, told: str) -> None:
    grey = paper()
    place, den, marks, year = (letters(grey, *at) for at in ((100, 200, 6), (250, 200, 3), (400, 200, 3), (700, 200, 4)))
    if told == "weiss":
        left, top, right, bottom = (round(side) for side in marks)
        grey[top - 2 : bottom + 3, left - 2 : right + 3] = 255
    assert told in arts(grey, row(place, den, marks, year, texts=("Jever,", "den", read, "2024")))


@pytest.mark.parametrize(("drawn", "told"), [(False, "weiss"), (True, "tag")])
def test_dots_for_a_day_may_be_read_with_the_word_before_it(drawn: bool, told: str) -> None:
    grey = paper()
    place, den, year = letters(grey, 100, 200, 6), letters(grey, 250, 200, 3), letters(grey, 700, 200, 4)
    if drawn:
        letters(grey, 400, 198, 4)
    assert told in arts(grey, row(place, den, year, texts=("Jever,", "den.", "2024")))


@pytest.mark.parametrize(("gap", "told"), [(150, ["weiss"]), (25, [])], ids=["a column", "a sentence"])
def test_den_may_begin_a_line_of_a_narrow_column_below_its_place(gap: int, told: list[str]) -> None:
    """Recorded: "Hannover, den 23. Juni | Stadthagen," above "2017 | den ........ 2017"."""
    grey = paper()
    before = letters(grey, 100, 200, 4)
    den, year = letters(grey, round(before[2]) + gap, 200, 3), letters(grey, 800, 200, 4)
    assert [art for art in arts(grey, row(before, den, year, texts=("2017", "den", "2017"))) if art in ("tag", "weiss")] == told


def test_ink_under_a_line_may_hide_the_next() -> None:
    grey = paper()
    name = letters(grey, 100, 200, 8)
    cv2.polylines(grey, [np.array([(110, 262), (150, 230), (200, 265), (260, 228)])], False, 0, 5)
    assert arts(grey, row(name)) == ["darunter"]


@pytest.mark.parametrize(("text", "arts_"), [("(Olker)", ["darueber"]), ("(Ölker)", []), ("(Elker)", [])])
def test_ink_over_a_vowel_may_hide_the_dots_of_an_umlaut(text: str, arts_: list[str]) -> None:
    """Recorded of "(Daniela Ölker)": both readers saw "Olker", surely."""
    grey = paper()
    name = letters(grey, 100, 200, len(text))
    assert arts(grey, row(name, texts=(text,))) == []
    cv2.line(grey, (115, 162), (150, 164), 0, 5)
    assert arts(grey, row(name, texts=(text,))) == arts_


@pytest.mark.parametrize(
    ("text", "marks", "arts_"),
    [
        ("(Andre)", 1, ["darueber"]),  # "André"
        ("(André)", 1, []),
        ("(Martin)", 1, []),  # the dot of the "i"
        ("(Martin)", 2, ["darueber"]),  # "Mártin"
        ("(Muller)", 2, ["darueber"]),  # "Müller"
        ("(Müller)", 2, []),
        ("13.155", 1, []),  # no name
        ("(Dr.", 1, []),  # no title has any
        ("(Dri", 2, ["darueber"]),
    ],
)
def test_more_marks_over_the_letters_of_a_name_than_were_read_may_be_accents(text: str, marks: int, arts_: list[str]) -> None:
    """Recorded of "Marc-André" and "Renée": both readers saw an "e", surely."""
    grey = paper()
    left, _, right, bottom = letters(grey, 100, 200, len(text))
    for number in range(marks):
        cv2.rectangle(grey, (140 + 30 * number, 162), (145 + 30 * number, 168), 0, -1)
    assert arts(grey, row((left, 160.0, right, bottom), texts=(text,))) == arts_


def test_what_reaches_down_from_the_line_above_or_is_dirt_is_no_accent() -> None:
    grey = paper()
    left, _, right, bottom = letters(grey, 100, 200, 7)
    cv2.rectangle(grey, (140, 140), (146, 166), 0, -1)
    cv2.rectangle(grey, (170, 165), (171, 166), 0, -1)
    assert "darueber" not in arts(grey, row((left, 165.0, right, bottom), texts=("(Elker)",)))


def test_over_a_word_at_the_edge_of_the_page_nothing_is_hidden() -> None:
    assert arts(paper(), row((100.0, 0.0, 180.0, 12.0), texts=("Bischof",))) == []


@pytest.mark.parametrize(("across", "lowest", "arts_"), [
    (5.5, 172, ["darueber"]), (1.5, 172, []), (3.0, 172, []), (5.5, 164, []),
])  # fmt: skip
def test_a_stroke_that_comes_down_to_a_small_vowel_may_have_run_into_the_dots_of_an_umlaut(
    across: float, lowest: int, arts_: list[str]
) -> None:
    """Over the "o" of "Bischof" or another of its letters, as deep as such dots or above them; the word's box is as tall as the stroke."""
    grey = paper()
    left, top, right, bottom = letters(grey, 100, 200, 7)
    x = round(left + across / 7 * (right - left))
    cv2.line(grey, (x + 20, 140), (x, lowest), 0, 4)
    assert arts(grey, Row([(left, top - 30, right, bottom)], ["Bischof"], 200.0)) == arts_


def test_a_word_whose_box_reaches_into_the_line_below_hides_no_ink_there() -> None:
    """Recorded of "(Daniela Ölker)": a stroke over the dots ran into the line above, whose words passed for it."""
    grey = paper()
    above, name = letters(grey, 100, 136, 7), letters(grey, 100, 200, 7)
    cv2.line(grey, (115, 162), (150, 164), 0, 5)
    below = (above[0], above[1], above[2], 180.0)
    found = stains(grey, [Row([below], ["Hannover"], 136.0), row(name, texts=("(Olker)",))], USUAL)
    assert ("darueber", ((1, 0),)) in [(stain.art, stain.words) for stain in found]


def test_a_line_of_letters_that_was_not_read_stands_with_the_words_around_it() -> None:
    grey = paper()
    above = letters(grey, 100, 200, 12)
    letters(grey, 100, 262, 9)
    found = [stain for stain in stains(grey, [row(above)], USUAL) if stain.art == "zeile"]
    assert [stain.words for stain in found] == [((0, 0),)]


def test_where_more_lines_seem_to_be_left_out_than_a_page_has_it_is_dirt_all_over() -> None:
    grey = np.full((3300, 1200), 255, np.uint8)
    for number in range(MOST_LINES + 1):
        letters(grey, 100, 200 + 70 * number, 9)
    assert [(stain.art, stain.words) for stain in stains(grey, [], USUAL)] == [("schmutz", ())]
    grey[2900:] = 255
    assert {stain.art for stain in stains(grey, [], USUAL)} <= {"zeile"}


def test_a_clean_line_that_the_reader_left_out_is_read_when_shown_alone() -> None:
    grey = paper()
    for text, base in (("Soziales und Arbeit", 200), ("Landkreis Emsland", 300)):
        cv2.putText(grey, text, (100, base), cv2.FONT_HERSHEY_SIMPLEX, 1.3, 0, 3, cv2.LINE_AA)
    both = list(read(grey).lines)
    assert [" ".join(word.text for word in line.words) for line in both] == ["Soziales und Arbeit", "Landkreis Emsland"]
    found = _with_overlooked(grey, both[:1], 48.0)
    assert [" ".join(word.text for word in line.words) for line in found] == ["Soziales und Arbeit", "Landkreis Emsland"]


PAGE = """<style>@page { size: A4; margin: 25mm } body { font: 10pt "Liberation Sans" } td { width: 80mm }</style>
<p>Die Gesamtergebnisse werden auf der Grundlage von Daten bewertet und den Beteiligten vorgelegt.</p>
<table><tr><td>Hannover, den GAP 2024<td>Jever, den GAP 2024
<tr><td>In Vertretung<br><br><br>(Erika Muster)<td><br><br><br>(Max Probe)</table>"""


@pytest.mark.parametrize(
    ("moved", "dpi", "gap"),
    [((8, -8), 200, "&nbsp;" * 24), ((25, 4), 150, "&nbsp;" * 24), ((-10, -11), 300, "&nbsp;" * 24), ((8, -8), 200, "." * 24),
     ((25, 0), 150, "_" * 12), ((8, -3), 300, "." * 24)],
)  # fmt: skip
def test_on_a_scanned_page_a_day_beside_its_line_is_seen_and_a_blank_one_with_specks_and_a_signature_below_it_is_blank(
    tmp_path: Path, moved: tuple[int, int], dpi: int, gap: str
) -> None:
    pdf = HTML(string=PAGE.replace("GAP", gap)).write_pdf()
    with pdfium.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        at = page.get_text_range().index("den", page.get_text_range().index("Jever"))
        right, base = page.get_charbox(at + 2)[2], document[0].get_height() - page.get_charbox(at)[1]
    day = Written(1, (right + moved[0], base - 8 + moved[1], right + moved[0] + 40, base + moved[1]), "16.1.")
    signed = [Written(1, (left, base + 40, left + 70, base + 54)) for left in (80.0, 310.0)]
    (tmp_path / "scan.pdf").write_bytes(scanned(pdf, Scan(dpi=dpi, specks=60), 3, [day, *signed]).pdf)
    tags = [stain.words[0].right for stain in read_scan(tmp_path / "scan.pdf", 1).unread if stain.art == "tag"]
    assert tags == [pytest.approx(right, abs=75)]  # of the second signature, and "den" may go with the dots behind it
