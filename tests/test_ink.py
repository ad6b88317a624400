"""Ink that nobody read: lines left out are found and read, and what stands by ink that stays unread is to be looked at."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from scan_simulator import Scan, Written, scanned
from weasyprint import HTML

from agreements.reading.doubts import Doubt
from agreements.reading.findings import Found, Location
from agreements.reading.reading import Ink, Place
from extract.confidence.by_absence import where_they_stand
from extract.confidence.by_ink import doubted, unread_lines
from extract.ocr.engines.tesseract import read
from extract.ocr.ink import Row, closed_in, stains
from extract.ocr.missed_lines import overlooked
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


# On the page


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
    assert arts(grey, row(den, other, texts=("den", "Meppen,"))) == []
    letters(grey, 300, 198, 4)
    assert arts(grey, row(den, other, texts=("den", "Meppen,"))) == ["luecke", "ende", "tag"]
    assert arts(grey, row(den, texts=("den",))) == ["ende", "tag"]


@pytest.mark.parametrize("shift", [(0, -34), (0, -18), (0, 12), (-40, -34)])
def test_figures_above_or_below_the_gap_of_a_day_stand_where_it_belongs(shift: tuple[int, int]) -> None:
    """Recorded: "16.01." above the line of "Jever, den … 2024", of which nothing in the line itself tells."""
    grey = paper()
    place, den, year = letters(grey, 100, 200, 6), letters(grey, 250, 200, 3), letters(grey, 700, 200, 4)
    line = row(place, den, year, texts=("Jever,", "den", "2024"))
    assert arts(grey, line) == []
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
    assert "tag" not in arts(grey, line, *rows)


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


def test_a_word_whose_box_is_as_tall_as_a_stroke_may_have_lost_the_dots_of_an_umlaut() -> None:
    left, top, right, bottom = letters(paper(), 100, 200, 7)
    assert arts(paper(), Row([(left, top - 30, right, bottom)], ["Bischof"], 200.0)) == ["darueber"]


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


@pytest.mark.parametrize(("moved", "dpi"), [((8, -8), 200), ((25, 4), 150), ((-10, -11), 300)])
def test_on_a_scanned_page_a_day_beside_its_line_is_seen_and_a_blank_one_with_specks_and_a_signature_below_it_is_blank(
    tmp_path: Path, moved: tuple[int, int], dpi: int
) -> None:
    pdf = HTML(string=PAGE.replace("GAP", "&nbsp;" * 24)).write_pdf()
    with pdfium.PdfDocument(pdf) as document:
        page = document[0].get_textpage()
        at = page.get_text_range().index("den", page.get_text_range().index("Jever"))
        right, base = page.get_charbox(at + 2)[2], document[0].get_height() - page.get_charbox(at)[1]
    day = Written(1, (right + moved[0], base - 8 + moved[1], right + moved[0] + 40, base + moved[1]), "16.1.")
    signed = [Written(1, (left, base + 40, left + 70, base + 54)) for left in (80.0, 310.0)]
    (tmp_path / "scan.pdf").write_bytes(scanned(pdf, Scan(dpi=dpi, specks=60), 3, [day, *signed]).pdf)
    tags = [stain.words[0].right for stain in read_scan(tmp_path / "scan.pdf", 1).unread if stain.art == "tag"]
    assert tags == [pytest.approx(right, abs=12)]


# In the Angaben


def found(key: str, wert: Any, box: tuple[float, float, float, float], party: str = "traeger.1") -> Found:
    return Found(f"unterschriften.{party}.{key}", wert, (Location(1, box, str(wert)),), 0.97)


DEN = Place(1, 100, 90, 120, 100)
JAHR = found("datum", None, (200, 90, 230, 100))
NAME = found("name", "Eva Beispi", (100, 190, 160, 200))


def ink(art: Any, *words: Place, place: Place | None = None) -> Ink:
    return Ink(art, words, place or Place(1, 0, 0, 10, 10))


def marked(before: tuple[Found, ...], *unread: Ink) -> dict[str, Found]:
    return {one.feld.rpartition(".")[2]: one for one in doubted(before, unread) if one.doubtful}


def test_a_date_left_blank_is_sure_only_while_nothing_stands_in_its_gap() -> None:
    assert not marked((JAHR,))
    assert "nicht zu lesen" in (marked((JAHR,), ink("luecke", DEN, Place(1, 200, 90, 230, 100)))["datum"].reason or "")


def test_a_printed_date_with_a_wide_blank_before_it_is_not_touched_by_ink_there() -> None:
    printed = found("datum", date(2024, 2, 1), (200, 90, 230, 100))
    assert not marked((printed,), ink("luecke", DEN, Place(1, 200, 90, 230, 100)))


def test_ink_where_a_day_belongs_doubts_a_blank_date_and_no_printed_one() -> None:
    beside = ink("tag", DEN, Place(1, 200, 90, 230, 100))
    assert marked((JAHR, NAME), beside).keys() == {"datum"}
    assert not marked((found("datum", date(2024, 2, 1), (200, 90, 230, 100)), NAME), beside)


def test_a_name_with_ink_at_its_end_is_to_be_looked_at() -> None:
    last = Place(1, 130, 190, 160, 200)
    assert marked((NAME,), ink("ende", last, place=Place(1, 160.5, 190, 168, 200)))["name"].wert == "Eva Beispi"
    assert not marked((NAME,), ink("ende", Place(1, 100, 190, 128, 200), place=Place(1, 128.5, 190, 136, 200)))


def test_ink_under_the_date_may_hide_an_addition_which_is_then_said_to_be_unread() -> None:
    addition = marked((JAHR, NAME), ink("darunter", Place(1, 200, 90, 230, 100)))
    assert list(addition) == ["zusatz"]
    assert addition["zusatz"].wert is None
    read = found("zusatz", "In Vertretung", (100, 110, 150, 120))
    assert not marked((JAHR, read), ink("darunter", Place(1, 200, 90, 230, 100)))


def test_a_signature_without_a_readable_name_leaves_no_line_of_it_sure_to_be_absent() -> None:
    unread = Found.unread("unterschriften.land.1.name", Doubt("nichts-lesbar"))
    assert {one.feld.rpartition(".")[2] for one in doubted((unread,), ())} == {"name", "zusatz", "funktion"}


def test_an_addition_in_the_line_of_another_is_not_said_to_be_absent() -> None:
    """Recorded at 150 dpi: under ink a signature lost its name, and "In Vertretung" went with what was left of it."""
    odd = Found("unterschriften.land.2.name", "In Vertretung reen", ()).doubted(Doubt("zeile-darueber", worte="reen"))
    (_, addition) = doubted((odd,), ())
    assert (addition.feld, addition.wert, addition.doubtful) == ("unterschriften.land.2.zusatz", None, True)
    read = Found("unterschriften.land.2.zusatz", "In Vertretung", ())
    assert doubted((odd, read), ()) == (odd, read)
    plain = Found("unterschriften.land.2.name", "Martin Im", ()).doubted(Doubt("ob-ein-name"))
    assert doubted((plain,), ()) == (plain,)


def test_a_line_that_nobody_could_read_is_said_and_doubts_what_stands_around_it() -> None:
    line = ink("zeile", Place(1, 130, 190, 160, 200), place=Place(1, 100, 203, 180, 213))
    assert set(marked((NAME,), line)) == {"name", "funktion"}
    assert [(befund.art, befund.schwere, befund.location.page) for befund in unread_lines([line])] == [("unleserlich", "warnung", 1)]


def test_a_name_that_was_not_read_has_the_place_between_the_lines_of_its_signature() -> None:
    def line(key: str, wert: str | None, box: tuple[float, float, float, float] | None, side: str = "land.1", seite: int = 7) -> Found:
        found = Found(f"unterschriften.{side}.{key}", wert, (Location(seite, box, ""),) if box else (), 0.9)
        return found.doubted(Doubt("nicht-zu-erkennen")) if wert is None else found

    read = (line("ort", "Hannover", (70, 130, 120, 140)), line("zusatz", "In Vertretung", (70, 150, 130, 160)))
    below = line("stelle", "Ministerium", (72, 230, 240, 270))
    unread = line("name", None, None)
    assert where_they_stand((*read, unread, below))[2].locations == (Location(7, (70, 160, 240, 230), ""),)
    assert where_they_stand((*read, unread, below))[:2] == read
    assert where_they_stand((*read, unread))[2] == unread
    assert where_they_stand((*read, unread, line("stelle", "Ministerium", (72, 60, 240, 100), seite=8)))[2] == unread
    other = line("stelle", "Landkreis", (320, 200, 400, 210), side="traeger.1")
    assert where_they_stand((*read, unread, other))[2] == unread
