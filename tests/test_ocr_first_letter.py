"""Whether "in" and "im" begin with a capital is told by the gap below the dot, where both readers see the other."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from lines_in_print import BASE, SIZE, drawn_line
from pictured_pages import FACE

from extract.ocr.engine import SeenWord
from extract.ocr.first_letter import told_by_gap

FACES = (str(FACE), "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "DejaVuSans.ttf", "LiberationSerif-Italic.ttf")


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("text", ["In", "in", "Im", "im"])
@pytest.mark.parametrize("slip", [False, True])
def test_a_word_read_with_the_other_case_may_be_what_its_picture_shows(text: str, dpi: int, face: str, slip: bool) -> None:
    """Recorded: both readers saw "in Vertretung" surely where "In Vertretung" stood."""
    paper, boxes = drawn_line(f"{text} Vertretung", face)
    coarse = cv2.resize(paper, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.resize(coarse, (paper.shape[1], paper.shape[0]), interpolation=cv2.INTER_CUBIC), np.uint8)
    read = text.swapcase() if slip else text
    read = read[0] + text[1]
    word, other = told_by_gap([SeenWord(read, boxes[0], 0.95), SeenWord("Vertretung", boxes[1], 0.95)], grey, BASE, 0.94 * SIZE)
    assert (word.text, word.alternatives, other.alternatives) == (read, (text,) if slip else (), ())
