"""Ink that printing does not explain: numbers whose outlines are longer or shorter than their figures', or that stand unevenly."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import cv2
import numpy as np
import pytest
from lines_in_print import USUAL, box_of, printed_line

from extract.ocr.engine import SeenWord
from extract.ocr.outlines import Outlines
from extract.ocr.raster import Pixels

FACES = ("Liberation Sans", "Liberation Serif", "DejaVu Serif")
LINE = "Das Ziel ist erreicht wenn die Quote 2024 um 6,3 % steigt von 397.574 auf 1.425.068 im Vergleich zu 2023"
OLD_STYLE = dict.fromkeys("34579", "0.22em")
"""Figures that hang below the line in some typefaces, and how far."""


@cache
def printed(face: str, style: str = "", old_style: bool = False) -> tuple[Pixels, list[SeenWord], float]:
    """A line as it is printed: its picture, its words at their places, its baseline in dots."""

    def set_(word: str) -> str:
        lowered = (f'<i style="font-style: normal; position: relative; top: {OLD_STYLE[sign]}">{sign}</i>' if sign in OLD_STYLE else sign
                   for sign in word)  # fmt: skip
        return "".join(lowered) if old_style else word

    return printed_line(face, LINE, [set_(word) for word in LINE.split()], style)


def told(grey: Pixels, words: Sequence[SeenWord], base: float) -> list[str]:
    """The numbers that do not look as they are printed."""
    outlines = Outlines(grey < 140, grey < 185, [(words, base)], USUAL)
    return [word.text for word, unlike in zip(words, outlines.unlike_print(words, base), strict=True) if unlike]


def with_strokes(grey: Pixels, *paths: Sequence[tuple[int, int]], thick: int = 4) -> Pixels:
    drawn = grey.copy()
    for path in paths:
        cv2.polylines(drawn, [np.array(path)], False, 60, thick, cv2.LINE_AA)
    return drawn


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("style", ["", "font-weight: bold", "font-style: italic", "border: 1px solid", "text-decoration: underline"])
@pytest.mark.parametrize("blur", [0.0, 1.6])
def test_numbers_as_they_are_printed_are_like_print(face: str, style: str, blur: float) -> None:
    grey, words, base = printed(face, style)
    soft = np.asarray(cv2.GaussianBlur(grey, (0, 0), blur), np.uint8) if blur else grey
    assert told(soft, words, base) == []


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("text", ["6,3", "397.574", "1.425.068"])
@pytest.mark.parametrize("how", ["zigzag", "crossed", "thin zigzag"])
def test_a_number_that_a_pen_went_over_in_grey_has_more_ink_than_its_figures(face: str, text: str, how: str) -> None:
    """Recorded: "9,4" in a grey zigzag was surely read by both readers, and no stroke of it went straight through."""
    grey, words, base = printed(face)
    left, top, right, bottom = box_of(words, text)
    steps = max(4, (right - left) // 20)
    zigzag = [(left + (right - left) * step // (steps - 1), top + 4 if step % 2 else bottom - 4) for step in range(steps)]
    drawn = {
        "zigzag": with_strokes(grey, zigzag),
        "thin zigzag": with_strokes(grey, zigzag, thick=2),
        "crossed": with_strokes(grey, [(left, top), (right, bottom)], [(left, bottom), (right, top)]),
    }[how]
    assert told(drawn, words, base) == [text]


def test_a_figure_of_a_pen_that_was_read_as_a_part_of_the_number_does_not_stand_as_the_others_do() -> None:
    """Recorded: "0,1 %" with a grey 4 squeezed before it was surely "40,1 %" to both readers."""
    grey, words, base = printed("DejaVu Serif")
    left, top, right, bottom = box_of(words, "6,3")
    foot, high = round(base) + 1, round(0.55 * USUAL)
    drawn = with_strokes(grey, [(left - 15, foot - high), (left - 22, foot - high // 3), (left - 6, foot - high // 3)],
                         [(left - 9, foot - high), (left - 10, foot)])  # fmt: skip
    read = [SeenWord("46,3", (left - 22, top, right, bottom), 0.99) if word.text == "6,3" else word for word in words]
    assert told(drawn, read, base) == ["46,3"]


def test_figures_whose_thin_strokes_are_broken_in_print_stand_evenly() -> None:
    """Recorded of New Computer Modern: the upper stroke of a 5 was lighter than ink, and what was left of it lower than a 1."""
    grey, words, base = printed("Liberation Serif")
    _, top, _, _ = box_of(words, "6,3")
    pale = grey.copy()
    _, _, left, _ = box_of(words, "um")
    pale[top - 2 : top + 6, left : left + 30] = np.maximum(pale[top - 2 : top + 6, left : left + 30], 150)
    assert told(pale, words, base) == []
    gone = grey.copy()
    gone[top - 2 : top + 6, left : left + 30] = 255
    assert told(gone, words, base) == ["6,3"]


def test_figures_of_a_typeface_that_reach_below_the_line_are_print() -> None:
    grey, words, base = printed("Liberation Serif", old_style=True)
    assert told(grey, words, base) == []
    left, top, right, bottom = box_of(words, "6,3")
    assert told(with_strokes(grey, [(left, top), (right, bottom)], [(left, bottom), (right, top)]), words, base) == ["6,3"]


@pytest.mark.parametrize("where", ["under", "behind", "on a word"])
def test_ink_elsewhere_is_no_ink_of_a_number(where: str) -> None:
    grey, words, base = printed("Liberation Sans")
    left, top, right, bottom = box_of(words, "397.574")
    path = {"under": [(left - 9, bottom + 6), (right + 9, bottom + 6)], "behind": [(right + 30, top), (right + 40, bottom)],
            "on a word": [(left - 90, top), (left - 40, bottom)]}[where]  # fmt: skip
    assert "397.574" not in told(with_strokes(grey, path), words, base)


def test_a_number_that_stands_a_little_above_the_others_of_its_line_is_print() -> None:
    """Recorded: "2024" in one column, read as one line with "In Vertretung" in the next, which stands lower."""
    grey, words, base = printed("Liberation Sans")
    left, _, right, _ = box_of(words, "397.574")
    grey = grey.copy()
    grey[:-12, left - 3 : right + 3] = grey[12:, left - 3 : right + 3]
    raised = [SeenWord(word.text, (word.box[0], word.box[1] - 12, word.box[2], word.box[3] - 12), 0.99) if word.text == "397.574" else word
              for word in words]  # fmt: skip
    assert told(grey, raised, base) == []


def test_a_year_beside_a_short_word_is_not_measured_by_that_word_alone() -> None:
    """Recorded: "im Jahr 2023" on a title page; of "im" and "Jahr" the line seemed to be set smaller."""
    grey, words, base = printed("DejaVu Serif")
    short = [word for word in words if word.text in ("um", "6,3")]
    outlines = Outlines(grey < 140, grey < 185, [(words, base)], USUAL)
    widened = [SeenWord(word.text, (word.box[0] + 20, *word.box[1:]), 0.99) if word.text == "um" else word for word in short]
    assert list(outlines.unlike_print(widened, base)) == [None, False], "a word of which half is missing"


def test_a_number_whose_box_was_cut_by_its_letters_is_looked_at_with_what_it_was_cut_from() -> None:
    """Recorded: "0,9%", cut into "0,9" and "%" by the count of letters; a part of the sign stood in the box of the number."""
    grey, words, base = printed("Liberation Sans")
    left, top, _, bottom = box_of(words, "6,3")
    _, _, right, _ = box_of(words, "%")
    edge = left + 3 * (right - left) / 4
    cut = {"6,3": (left, top, edge, bottom), "%": (edge, top, right, bottom)}
    parts = [SeenWord(word.text, cut.get(word.text, word.box), 0.99) for word in words]
    assert told(grey, parts, base) == []
    zigzag = [(left + 10 * step, bottom - 4 if step % 2 else top + 4) for step in range(7)]
    assert told(with_strokes(grey, zigzag), parts, base) == ["6,3"]


@pytest.mark.parametrize("is_dirt", [False, True])
def test_of_numbers_cut_from_one_word_with_a_colon_none_is_told_without_a_figure_to_be_seen(is_dirt: bool) -> None:
    """Recorded of specks read as "000:" and "0": nothing so high as a figure was among them, and the page could not be read at all."""
    grey, words, base = printed("Liberation Sans")
    left, top, right, bottom = box_of(words, "397.574")
    edge = left + 4 * (right - left) / 7
    cut = [SeenWord("397:", (left, top, edge, bottom), 0.99), SeenWord("574", (edge, top, right, bottom), 0.99)]
    parts = [part for word in words for part in (cut if word.text == "397.574" else [word])]
    assert told(with_specks(grey, (left, top, right, bottom)) if is_dirt else grey, parts, base) == []


def with_specks(grey: Pixels, box: tuple[int, int, int, int], side: int = 6) -> Pixels:
    """Specks in place of a word, so many that their outlines are together as long as print makes those of its letters."""
    left, top, right, bottom = box
    drawn, ink = grey.copy(), (grey[top:bottom, left:right] < 140).astype(int)
    drawn[top:bottom, left:right] = 255
    outline = np.abs(np.diff(ink, axis=0)).sum() + np.abs(np.diff(ink, axis=1)).sum()
    for nth in range(round(1.1 * outline / (4 * side))):
        x, y = left + (side + 4) * (nth // 3), top + 1 + (side + 4) * (nth % 3)
        drawn[y : y + side, x : x + side] = 0
    return drawn


def test_of_a_page_without_a_sure_word_nothing_is_told() -> None:
    grey, words, base = printed("Liberation Sans")
    unsure = [SeenWord(word.text, word.box, 0.5) for word in words]
    assert told(grey, unsure, base) == []


@pytest.mark.parametrize("text", ["6,3", "397.574"])
def test_a_number_that_lacks_ink_as_the_words_around_it_do_is_not_told(text: str) -> None:
    """Recorded of pages faxed and photographed: letters and figures alike lose ink, here more and there less.

    Where the words around are clean, the same is told: no page spoils one number alone.
    """
    grey, words, base = printed("Liberation Sans")
    some = [word for place, word in enumerate(words) if place % 2 or word.text == text]
    assert text in told(washed_out(grey, [word for word in words if word.text == text]), words, base)
    assert text not in told(washed_out(grey, some), words, base)


@pytest.mark.parametrize("text", ["6,3", "397.574"])
def test_a_pen_is_told_where_the_words_around_lack_ink(text: str) -> None:
    grey, words, base = printed("Liberation Sans")
    left, top, right, bottom = box_of(words, text)
    poor = washed_out(grey, [word for place, word in enumerate(words) if place % 2 and word.text != text])
    zigzag = [(left + 8 * step, top + 4 if step % 2 else bottom - 4) for step in range((right - left) // 8)]
    assert text in told(with_strokes(poor, zigzag, thick=2), words, base)


def washed_out(grey: Pixels, words: Sequence[SeenWord]) -> Pixels:
    """Words that have lost the ink of half their width, as light leaves them."""
    drawn = grey.copy()
    for left, top, right, bottom in ([round(value) for value in word.box] for word in words):
        drawn[top:bottom, left : (left + right) // 2] = 255
    return drawn
