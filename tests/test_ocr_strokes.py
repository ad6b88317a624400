"""What a pen did to words that can still be read is told, and print that no pen has touched is not doubted."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from lines_in_print import USUAL, box_of, printed_line
from scan_simulator import Scan, scanned
from weasyprint import HTML

from extract.ocr.engine import SeenWord
from extract.ocr.page import read_scan
from extract.ocr.raster import Pixels
from extract.ocr.strokes import Strokes

FACES = ("Liberation Sans", "Liberation Serif", "DejaVu Serif")
LINE = "Effizienz Landrätin steigt um 22,3 % auf 4.397.574 Euro FEHLT 2024–2026"


@cache
def printed(face: str, style: str = "") -> tuple[Pixels, list[SeenWord], float]:
    """A line as it is printed: its picture, its words at their places, its baseline in dots."""
    return printed_line(face, LINE, [f'<span style="{style}">{word}</span>' for word in LINE.split()])


def told(grey: Pixels, words: list[SeenWord], base: float, coloured: Pixels | None = None) -> dict[str, str]:
    """The words that are doubted, and why."""
    doubts = Strokes(grey, coloured, USUAL).doubts(words, base)
    return {word.text: said[0].art for word, said in zip(words, doubts, strict=True) if said}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("style", ["", "font-weight: bold", "font-style: italic", "text-decoration: underline", "border: 1px solid"])
@pytest.mark.parametrize("blur", [0.0, 1.6])
def test_print_that_no_pen_touched_is_not_struck(face: str, style: str, blur: float) -> None:
    """Lines under words and around them, dashes, and letters that run into each other are print."""
    grey, words, base = printed(face, style)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), blur), np.uint8) if blur else grey
    assert told(soft, words, base) == {}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["22,3", "4.397.574", "Landrätin"])
@pytest.mark.parametrize("how", ["straight", "thin", "slanted", "from below", "double", "crossed", "bent"])
def test_a_stroke_through_a_word_that_is_still_read_is_told(face: str, text: str, how: str) -> None:
    grey, words, base = printed(face)
    drawn, (left, _, right, _) = grey.copy(), box_of(words, text)
    upper, middle, lower = round(base - 26), round(base - 14), round(base - 6)
    match how:
        case "straight":
            paths = [[(left - 8, middle), (right + 6, middle)]]
        case "thin":
            paths = [[(left - 2, middle + 2), (right + 2, middle)]]
        case "slanted":
            paths = [[(left - 6, lower), (right + 6, upper)]]
        case "from below":
            paths = [[(left - 6, round(base)), (right + 8, upper)]]
        case "double":
            paths = [[(left - 3, at), (right + 5, at + 1)] for at in (middle - 4, middle + 5)]
        case "crossed":
            paths = [[(left, upper), (right, lower)], [(left, lower), (right, upper)]]
        case _:
            paths = [[(left - 6, middle), ((left + right) // 2, middle + 2), (right + 6, middle - 1)]]
    for path in paths:
        cv2.polylines(drawn, [np.array(path)], False, 60, 2 if how == "thin" else 5, cv2.LINE_AA)
    assert told(drawn, words, base) == {text: "strich-durch-die-buchstaben"}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("struck", [True, False])
def test_a_slanted_stroke_from_below_the_letters_is_told_though_a_signature_crosses_it(face: str, struck: bool) -> None:
    """A function is struck below a name that is signed; the signature's loop alone, that hangs down into the word, strikes nothing."""
    grey, words, base = printed(face)
    drawn, (left, _, right, _) = grey.copy(), box_of(words, "Landrätin")
    loop = [(left + 70, round(base) - 90), (left + 62, round(base) + 12), (left + 84, round(base) - 80)]
    for path in [loop, *([[(left - 6, round(base) + 3), (right + 6, round(base) - 34)]] if struck else [])]:
        cv2.polylines(drawn, [np.array(path)], False, 60, 4, cv2.LINE_AA)
    assert told(drawn, words, base) == ({"Landrätin": "strich-durch-die-buchstaben"} if struck else {})


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["Effizienz", "Landrätin"])
@pytest.mark.parametrize("how", ["wave", "arc", "zigzag", "half", "steep"])
@pytest.mark.parametrize("pen", [3, 6])
def test_a_stroke_through_a_word_is_told_though_it_is_not_straight_or_goes_through_a_part(face: str, text: str, how: str, pen: int) -> None:
    """Recorded of "Landrat" under a curved stroke: both readers read it surely."""
    grey, words, base = printed(face)
    left, _, right, _ = box_of(words, text)
    along, middle = np.linspace(0, 1, 60), base - 14
    down = {
        "wave": 8 * np.sin(14 * along),
        "arc": 16 * (2 * along - 1) ** 2 - 9,
        "zigzag": 20 * abs((5 * along) % 2 - 1) - 10,
        "half": 3 * along,
        "steep": 44 * along - 22,
    }[how]
    start = (left + right) / 2 if how == "half" else left - 6
    path = np.stack([start + (right + 6 - start) * along, middle + down], 1)
    drawn = grey.copy()
    cv2.polylines(drawn, [np.rint(path).astype(np.int32)], False, 60, pen, cv2.LINE_AA)
    assert told(drawn, words, base) == {text: "strich-durch-die-buchstaben"}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("struck", [True, False])
def test_a_stroke_through_a_part_of_a_number_is_told_though_its_outline_is_as_long_as_that_of_print(face: str, struck: bool) -> None:
    """Recorded of "20,8%" slantingly struck to the %: the stroke hid as much of the figures' outlines as its own is long."""
    grey, words, base = printed(face)
    drawn, (left, _, right, _) = grey.copy(), box_of(words, "4.397.574")
    if struck:
        cv2.line(drawn, (left - 6, round(base) - 8), (left + round(0.6 * (right - left)), round(base) - 24), 60, 5, cv2.LINE_AA)
    doubts = Strokes(drawn, None, USUAL, [(words, base)]).doubts(words, base)
    assert [word.text for word, said in zip(words, doubts, strict=True) if said] == (["4.397.574"] if struck else [])


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("where", ["signature", "under", "above", "beside"])
def test_a_pen_that_leaves_the_letters_or_goes_on_beyond_their_line_strikes_nothing(face: str, where: str) -> None:
    """Who signs over a name leaves it to be read."""
    grey, words, base = printed(face)
    left, _, right, _ = box_of(words, "Landrätin")
    along = np.linspace(0, 1, 60)
    path = {
        "signature": np.stack([left - 20 + (right - left + 40) * along, base - 30 + 45 * np.sin(22 * along)], 1),
        "under": np.stack([left + (right - left) * along, base + 8 + 3 * np.sin(14 * along)], 1),
        "above": np.stack([left + (right - left) * along, base - 46 + 3 * np.sin(14 * along)], 1),
        "beside": np.stack([right + 4 + 20 * along, base - 14 + 8 * np.sin(14 * along)], 1),
    }[where]
    drawn = grey.copy()
    cv2.polylines(drawn, [np.rint(path).astype(np.int32)], False, 60, 4, cv2.LINE_AA)
    assert told(drawn, words, base) == {}


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("struck", [True, False])
def test_a_stroke_through_figures_is_told_though_it_was_read_as_a_dash_behind_them(face: str, struck: bool) -> None:
    """Recorded: "14,9 %" under a slanted stroke, read as "14,9-%", of which nothing tells how print looks."""
    grey, words, base = printed_line(face, "um mindestens 14,9 % im Vergleich")
    (left, top, right, bottom), end = box_of(words, "14,9"), box_of(words, "%")[2]
    whole = SeenWord("14,9-%", (left, top, end, bottom), 0.9)
    drawn = grey.copy()
    if struck:
        cv2.line(drawn, (left - 10, round(base) - 4), (right + 8, round(base) - 26), 60, 4, cv2.LINE_AA)
    others = [word for word in words if word.text not in ("14,9", "%")]
    assert told(drawn, [*others, whole], base) == ({"14,9-%": "strich-durch-die-buchstaben"} if struck else {})


def test_white_letters_on_a_dark_bar_are_not_struck() -> None:
    grey, words, base = printed("Liberation Sans")
    assert told(np.asarray(255 - grey, np.uint8), words, base) == {}


def in_colour(grey: Pixels) -> Pixels:
    return np.full_like(grey, 255)


@pytest.mark.parametrize(("rise", "said"), [(14, {"22,3": "tinte-an-der-zahl"}), (44, {})])
def test_two_strokes_of_a_coloured_pen_side_by_side_are_no_marker_where_they_cover_a_number(rise: int, said: dict[str, str]) -> None:
    """Recorded: "17,2" under two blue strokes as broad as a marker's; the print without them was like any other. And a bar above a line."""
    grey, words, base = printed("Liberation Sans")
    coloured, (left, _, right, _) = in_colour(grey), box_of(words, "22,3")
    cv2.line(coloured, (left - 6, round(base) - rise), (right + 6, round(base) - rise), 60, 15)
    assert told(grey, words, base, coloured) == said


@pytest.mark.parametrize("where", ["on", "before", "through"])
def test_ink_of_a_coloured_pen_on_a_number_is_told_though_the_print_is_read_without_it(where: str) -> None:
    """Recorded: "9,4" struck in zigzag and "6,3" with a figure squeezed before it, both clean once the blue ink was parted from them."""
    grey, words, base = printed("Liberation Serif")
    coloured, left = in_colour(grey), box_of(words, "22,3")[0]
    at = {"on": left + 4, "before": left - 16, "through": left}[where]
    path = [(at + 8, round(base) - 26), (at + 2, round(base) - 14), (at + 12, round(base) - 4)]
    if where == "through":
        path = [(at + 18 * step, round(base) - (26 if step % 2 else 6)) for step in range(5)]
    cv2.polylines(coloured, [np.array(path)], False, 60, 4, cv2.LINE_AA)
    assert told(grey, words, base, coloured) == {"22,3": "tinte-an-der-zahl"}


@pytest.mark.parametrize(("wide", "said"), [(20, {"22,3": "tinte-an-der-zahl"}), (80, {})], ids=["a figure", "a marker"])
def test_a_figure_that_a_thick_pen_squeezed_before_a_number_is_no_marker(wide: int, said: dict[str, str]) -> None:
    """Recorded: a blue 4 of a broad pen before "5,8", whose strokes ran together."""
    grey, words, base = printed(FACES[0])
    coloured, left = in_colour(grey), round(box_of(words, "22,3")[0])
    cv2.rectangle(coloured, (left - 4 - wide, round(base) - 28), (left - 4, round(base) + 6), 60, -1)
    assert told(grey, words, base, coloured) == said


@pytest.mark.parametrize("where", ["under", "beside", "on a word", "highlighter"])
def test_ink_of_a_coloured_pen_elsewhere_changes_no_number(where: str) -> None:
    grey, words, base = printed("Liberation Serif")
    coloured, (left, top, right, bottom) = in_colour(grey), box_of(words, "22,3")
    match where:
        case "under":
            cv2.line(coloured, (left - 20, round(base) + 5), (right + 20, round(base) + 6), 60, 4)
        case "beside":
            cv2.line(coloured, (right + 30, round(base) - 30), (right + 40, round(base)), 60, 4)
        case "on a word":
            left, top, _, _ = box_of(words, "Landrätin")
            cv2.line(coloured, (left + 20, round(base) - 60), (left + 60, round(base)), 60, 4)
        case _:
            cv2.rectangle(coloured, (left - 30, top - 8), (right + 30, bottom + 8), 90, -1)
    assert told(grey, words, base, coloured) == {}


def test_a_number_without_a_blank_before_it_may_have_a_figure_of_a_pen_there() -> None:
    """Recorded: "als26,3" with a grey 3 squeezed into the blank was surely read as "als326,3" by both readers."""
    grey, words, base = printed("Liberation Sans")
    left, top, right, bottom = box_of(words, "22,3")
    drawn = grey.copy()
    cv2.putText(drawn, "7", (left - 16, round(base)), cv2.FONT_HERSHEY_SIMPLEX, 0.9, 60, 3, cv2.LINE_AA)
    squeezed = SeenWord("722,3", (left - 14, top, right, bottom), 0.99)
    parted = [squeezed if word.text == "22,3" else word for word in words]
    um = box_of(words, "um")
    tied = [SeenWord("um722,3", (um[0], um[1], right, bottom), 0.99)]
    assert told(drawn, parted, base) == {"722,3": "ohne-abstand"}
    assert told(drawn, tied, base) == {"um722,3": "ohne-abstand"}
    assert told(grey, parted, base) == {}, "a box that is too wide proves no ink"


def test_a_year_that_a_reader_tied_to_the_word_before_a_wide_gap_has_no_figure_before_it() -> None:
    assert told(np.full((200, 400), 255, np.uint8), [SeenWord("den2024", (100, 100, 300, 130), 0.8)], 130.0) == {}


def test_what_a_pen_did_to_a_number_doubted_anyway_is_not_said_of_it() -> None:
    word = SeenWord("um22,3", (100, 100, 200, 130), 0.6)
    assert told(np.full((200, 400), 255, np.uint8), [word], 130.0) == {}


STRUCK_PAGE = """<style>@page { size: A5; margin: 15mm } p { font: 10pt "Liberation Serif" } svg { position: absolute }</style>
<p>Das Ziel ist erreicht, wenn die Quote um <span><svg width="30" height="12" viewBox="0 0 30 12"><path d="M 0 9 L 24 7" stroke="COLOUR"
stroke-width="1.2"/></svg>13,5 %</span> steigt, die der Frauen um 4,2 % und die der Männer um 3,1 %."""


@pytest.mark.parametrize("colour", ["#222", "#1442b0"])
def test_of_a_scanned_page_the_struck_number_is_told_and_no_other(tmp_path: Path, colour: str) -> None:
    pdf = HTML(string=STRUCK_PAGE.replace("COLOUR", colour)).write_pdf()
    (tmp_path / "scan.pdf").write_bytes(scanned(pdf, Scan(dpi=200, colour=True), 3).pdf)
    words = [word for line in read_scan(tmp_path / "scan.pdf", 1).lines for word in line.words]
    assert [word.text for word in words if word.seen] == ["13,5"]


@pytest.mark.parametrize(("leads", "said"), [("Jahr", {"2024": "tinte-an-der-zahl"}), ("den", {})])
def test_ink_in_colour_close_before_a_year_is_a_figure_of_it_where_jahr_leads_to_it_and_else_a_day(
    leads: str, said: dict[str, str]
) -> None:
    """Recorded: a blue 8 squeezed into the blank of "Jahr 2023", which neither reader saw."""
    grey, words, base = printed_line("DejaVu Serif", f"zum {leads} 2024 bleibt", ["zum", leads, "2024", "bleibt"])
    coloured, left = in_colour(grey), box_of(words, "2024")[0]
    cv2.line(coloured, (left - 8, round(base) - 30), (left - 5, round(base) - 3), 60, 5)
    assert told(grey, words, base, coloured) == said
