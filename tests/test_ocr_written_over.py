"""What a pen wrote above printed words is no line of the text, and the number under it is doubted."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extract.ocr.engine import SeenLine, SeenWord, Twice
from extract.ocr.strokes import Strokes
from extract.ocr.written_over import parted

USUAL = 42.0
BASE = 200.0


def line(base: float, *words: tuple[str, int, int], sure: float = 0.97, height: float = USUAL) -> Twice:
    seen = [SeenWord(text, (left, base - 0.7 * height, right, base), sure) for text, left, right in words]
    return SeenLine(tuple(seen), (base, base), height), seen


PRINT = line(BASE, ("der", 100, 160), ("Männer", 180, 330), ("um", 350, 400), ("12,5", 420, 500), ("%", 515, 550))


def test_a_line_that_was_guessed_from_handwriting_above_a_line_of_print_is_none() -> None:
    """Recorded: "479 unddiederMänneru m 2.60", of two numbers above a line and the heads of its letters; it parted a sentence."""
    guessed = line(BASE - 25, ("unddieder", 110, 330), ("2.60", 430, 500), sure=0.5)
    assert parted([guessed, PRINT]) == ([PRINT], [guessed])


@pytest.mark.parametrize(
    "above",
    [
        line(BASE - 60, ("und", 110, 160), ("2.60", 430, 500), sure=0.5),
        line(BASE - 25, ("Das", 110, 160), ("Ziel", 430, 500)),
        line(BASE - 25, ("16.01.", 700, 800), sure=0.5),
        line(BASE + 25, ("und", 110, 160), sure=0.5),
    ],
    ids=["a line above", "small print", "a day behind the line", "below"],
)
def test_a_line_farther_off_or_sure_or_beside_the_words_is_print(above: Twice) -> None:
    assert parted([above, PRINT]) == ([above, PRINT], [])


def doubted(*paths: list[tuple[int, int]], number: str = "12,5", read: tuple[float, float, float, float] | None = None) -> list[str]:
    """The words of the line that are doubted where a pen drew these paths; `read` is the place of a word that it wrote."""
    grey = np.full((400, 700), 255, np.uint8)
    for path in paths:
        cv2.polylines(grey, [np.array(path)], False, 60, 4, cv2.LINE_AA)
    words = [SeenWord(number, word.box, 0.97) if word.text == "12,5" else word for word in PRINT[1]]
    strokes = Strokes(grey, None, USUAL, [(words, BASE)], [read] if read else [])
    return [word.text for word, said in zip(words, strokes.doubts(words, BASE), strict=True) if said]


FIGURES = ([(435, 130), (450, 150)], [(470, 128), (462, 152)])


def test_a_number_with_figures_above_it_is_doubted_whether_they_are_read_or_not() -> None:
    assert doubted(*FIGURES) == ["12,5"]
    assert doubted(read=(430, 120, 500, 150)) == ["12,5"]


def test_a_rule_or_a_line_above_a_number_or_a_day_above_its_year_leaves_it_sure() -> None:
    assert doubted([(300, 140), (600, 142)]) == []
    assert doubted([(435, 60), (450, 90)], [(470, 62), (462, 92)]) == []
    assert doubted([(250, 130), (265, 152)]) == [], "above another word"
    assert doubted(*FIGURES, number="2024") == []
