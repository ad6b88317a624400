"""Figures that look as the same figures do elsewhere on their page are print, however faint or rough that is."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from lines_in_print import USUAL, box_of, printed_line

from extract.ocr.engine import SeenWord
from extract.ocr.raster import Pixels
from extract.ocr.strokes import Strokes
from extract.ocr.twins import Twins

FACES = ("Liberation Sans", "Liberation Serif", "DejaVu Serif")
LINE = "Wert 2024 steigt um 6,3 % von 397.574 auf 1.436.063 zu 2023 und um 7,75 am 29.11.2025 oder 8,1 statt 757.435 von 573.949"


def printed(face: str) -> tuple[Pixels, list[SeenWord], float]:
    return printed_line(face, LINE)


def are_print(grey: Pixels, words: Sequence[SeenWord], base: float, text: str) -> bool:
    word = next(word for word in words if word.text == text)
    return Twins(grey, [(words, base)], USUAL).are_print(word)


def doubted(grey: Pixels, words: Sequence[SeenWord], base: float, text: str) -> list[str]:
    told = Strokes(grey, None, USUAL, [(words, base)]).doubts(words, base)
    return [doubt.art for word, doubts in zip(words, told, strict=True) for doubt in doubts if word.text == text]


def drawn(grey: Pixels, *path: tuple[int, int], shade: int = 60, thick: int = 4) -> Pixels:
    inked = grey.copy()
    cv2.polylines(inked, [np.array(path)], False, shade, thick, cv2.LINE_AA)
    return inked


def with_room_before(face: str, text: str) -> tuple[Pixels, list[SeenWord], float]:
    """The line without the word before a number."""
    grey, words, base = printed(face)
    place = next(place for place, word in enumerate(words) if word.text == text)
    left, top, right, bottom = box_of(words[place - 1 : place], words[place - 1].text)
    grey = grey.copy()
    grey[top - 9 : bottom + 9, left - 3 : right + 3] = 255
    return grey, [*words[: place - 1], *words[place:]], base


def paled(grey: Pixels, words: Sequence[SeenWord], text: str) -> Pixels:
    """The line, a word of it printed so faintly that no dot of it counts as ink."""
    left, top, right, bottom = box_of(words, text)
    pale = grey.copy()
    pale[top - 4 : bottom + 4, left - 4 : right + 4] = (
        255 - (255 - pale[top - 4 : bottom + 4, left - 4 : right + 4].astype(np.uint16)) * 2 // 5
    )
    return pale


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["397.574", "1.436.063", "2023", "7,75"])
def test_figures_that_stand_so_elsewhere_are_print(face: str, text: str) -> None:
    assert are_print(*printed(face), text)


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["397.574", "1.436.063"])
def test_a_number_that_is_printed_more_faintly_than_the_page_is_print(face: str, text: str) -> None:
    """Recorded: "9.210.015" on a page whose printer ran out of ink; its outline was a fourth shorter than its figures'."""
    grey, words, base = printed(face)
    assert doubted(paled(grey, words, text), words, base, text) == []


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["397.574", "1.436.063"])
@pytest.mark.parametrize("how", ["zigzag", "straight", "double", "figure before", "stroke behind", "through one figure"])
@pytest.mark.parametrize("faint", [False, True])
def test_a_number_that_a_pen_has_touched_is_not_proven_to_be_print(face: str, text: str, how: str, faint: bool) -> None:
    grey, words, base = printed(face)
    left, top, right, bottom = box_of(words, text)
    grey = paled(grey, words, text) if faint else grey
    steps, middle = (right - left) // 20, (top + bottom) // 2
    paths = {
        "zigzag": [[(left + (right - left) * step // steps, top + 4 if step % 2 else bottom - 6) for step in range(steps + 1)]],
        "straight": [[(left - 6, middle), (right + 6, middle + 2)]],
        "double": [[(left - 6, middle - 5), (right + 6, middle - 4)], [(left - 6, middle + 5), (right + 6, middle + 4)]],
        "figure before": [[(left - 12, bottom - 20), (left - 7, bottom - 26), (left - 8, bottom - 4)]],
        "stroke behind": [[(right + 5, top + 3), (right + 9, bottom - 5)]],
        "through one figure": [[(left + 1, bottom - 4), (left + 19, top + 4)]],
    }[how]
    for path in paths:
        grey = drawn(grey, *path, shade=150 if faint else 60)
    assert not are_print(grey, words, base, text)


def test_figures_of_a_pen_are_no_twins_of_each_other() -> None:
    """Two strokes side by side are as like as print; no surely read number of the page has such figures."""
    grey, words, base = printed("Liberation Serif")
    left, top, right, bottom = box_of(words, "um")
    grey = grey.copy()
    grey[top - 12 : bottom + 4, left - 3 : right + 3] = 255
    for at in (left + 6, left + 24):
        grey = drawn(grey, (at, round(base) - 26), (at + 1, round(base)))
    written = [
        SeenWord("11", (left + 3, base - 28, left + 28, base + 2), 0.99) if word.text == "um" and word.box[0] < left + 5 else word
        for word in words
    ]
    assert not are_print(grey, written, base, "11")


def test_of_the_only_such_figure_of_a_page_nothing_is_proven() -> None:
    grey, words, base = printed("Liberation Sans")
    assert sum(word.text.count("8") for word in words) == 1
    assert not are_print(grey, words, base, "8,1")


def test_figures_that_stand_but_in_one_number_are_twins_of_each_other() -> None:
    """Recorded: "7.181.748", the only sevens of its page."""
    grey, words, base = printed("Liberation Serif")
    assert are_print(grey, [word for word in words if word.text != "397.574"], base, "7,75")


@pytest.mark.parametrize("face", ["Liberation Sans", "DejaVu Serif"])
@pytest.mark.parametrize("shade", [20, 90])
def test_a_figure_of_a_pen_that_was_read_as_one_of_the_number_is_unlike_the_printed_ones(face: str, shade: int) -> None:
    """Recorded: a grey 2 squeezed before "9,2", as high as print and on its line, was surely "29,2" to both readers."""
    grey, words, base = with_room_before(face, "7,75")
    left, top, right, bottom = box_of(words, "7,75")
    foot, high = round(base), round(base) - 29
    written = drawn(
        grey, (left - 24, high + 4), (left - 6, high + 2), (left - 16, foot - 12), (left - 24, foot - 2), (left - 6, foot - 9), shade=shade
    )
    read = [SeenWord("27,75", (left - 24, top, right, bottom), 0.99) if word.text == "7,75" else word for word in words]
    assert doubted(grey, words, base, "7,75") == []
    assert doubted(written, read, base, "27,75") == ["anders-als-gedruckt"]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["397.574", "7,75"])
def test_a_figure_of_a_pen_that_nobody_read_before_a_number_is_told(face: str, text: str) -> None:
    """Recorded: a 1 squeezed before "9.259.296" at the beginning of a line, its box a little wider than its figures."""
    grey, words, base = with_room_before(face, text)
    left, top, right, bottom = box_of(words, text)
    foot = round(base)
    written = drawn(grey, (left - 9, foot - 15), (left - 6, foot - 20), (left - 6, foot - 2))
    read = [SeenWord(text, (left - 6, top, right, bottom), 0.99) if word.text == text else word for word in words]
    assert doubted(written, read, base, text) == ["anders-als-gedruckt"]


@pytest.mark.parametrize("mark", ["bullet", "dash", "rule", "speck", "bracket of the word before"])
def test_what_is_printed_before_a_number_is_no_figure_of_a_pen(mark: str) -> None:
    grey, words, base = with_room_before("Liberation Serif", "7,75")
    left = box_of(words, "7,75")[0]
    foot, marked = round(base), grey.copy()
    match mark:
        case "bullet":
            cv2.circle(marked, (left - 12, foot - 12), 5, 0, -1)
        case "dash":
            marked[foot - 14 : foot - 11, left - 17 : left - 5] = 0
        case "rule":
            marked[foot - 60 : foot + 20, left - 9 : left - 6] = 0
        case "speck":
            marked[foot - 12 : foot - 7, left - 10 : left - 6] = 0
        case _:
            marked[foot - 30 : foot + 8, left - 27 : left - 23] = 0
    assert "anders-als-gedruckt" not in doubted(marked, words, base, "7,75")


def test_specks_beside_a_number_and_letters_near_it_are_no_ink_of_a_pen() -> None:
    grey, words, base = printed("Liberation Sans")
    left, top, _, bottom = box_of(words, "397.574")
    dirty = grey.copy()
    dirty[top + 4 : top + 8, left - 9 : left - 5] = 90
    assert are_print(dirty, words, base, "397.574")
    near = dirty.copy()
    near[top:bottom, left - 26 : left - 20] = 0
    closer = [SeenWord(word.text, (*word.box[:2], left - 20, word.box[3]), 0.99) if word.text == "von" else word for word in words]
    assert are_print(near, closer, base, "397.574")
