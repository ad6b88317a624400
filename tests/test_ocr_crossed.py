"""A stroke through an l that both readers read without it makes a name one to be looked at; no other letter beside an l does."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
import pytest
from lines_in_print import BASE, LEFT, SIZE, drawn_line
from pictured_pages import FACE
from PIL import ImageFont

from agreements.reading.findings import Found, Location
from agreements.reading.reading import Ink, Place
from extract.confidence.by_ink import doubted
from extract.ocr.crossed import is_crossed
from extract.ocr.ink import Row, stains

FACES = (str(FACE), "LiberationSans-Bold.ttf", "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf",
         "DejaVuSans.ttf", "DejaVuSerif.ttf", "DejaVuSerif-Bold.ttf")  # fmt: skip


def crossed(text: str, read: str, face: str, dpi: int, art: str = "querstrich") -> list[str]:
    """The words, as they were read, of a line as a scanner sees it, in which a stroke goes through a letter."""
    paper, boxes = drawn_line(text, face)
    coarse = cv2.resize(paper, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.resize(coarse, (1200, 240), interpolation=cv2.INTER_CUBIC), np.uint8)
    words = read.split()
    return [words[stain.words[0][1]] for stain in stains(grey, [Row(boxes, words, BASE)], 0.94 * SIZE) if stain.art == art]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize(("text", "read", "marked"), [
    ("(Dr. Ulf Kłos)", "(Dr. Ulf Klos)", ["Klos)"]),
    ("Łukasz Pawłowski", "Lukasz Pawlowski", ["Lukasz", "Pawlowski"]),
    ("Michał Wróbel", "Michal Wróbel", ["Michal"]),
])  # fmt: skip
def test_a_stroke_through_an_l_is_seen_that_was_read_without_it(face: str, dpi: int, text: str, read: str, marked: Sequence[str]) -> None:
    assert crossed(text, read, face, dpi) == marked


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize(
    "text", ["(Dr. Ulf Klos)", "(Ilse Iffland)", "Lukas Grote-Illmer", "Holger Althoff, Wittmund", "Otto Hellmann-Kalt"]
)
def test_an_l_beside_any_other_letter_is_none_with_a_stroke(face: str, dpi: int, text: str) -> None:
    assert crossed(text, text, face, dpi) == []


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("text", ["(Oztem Hell)", "(Renate Otten-Bell)", "Anton Martens Klaassen"])
def test_a_t_is_too_high_where_it_is_an_l_under_a_pens_stroke_and_no_other_is(face: str, dpi: int, text: str) -> None:
    """Recorded at 150 dpi: the line under a signature went through "Özlem", and both readers saw "Öztem"."""
    assert crossed(text.replace("Oztem", "Ozlem"), text, face, dpi, "balken") == ["(Oztem"] * ("Oztem" in text)


@pytest.mark.parametrize(("rise", "thick", "seen"), [(8, 4, True), (0, 4, False), (-8, 4, False), (20, 4, False), (8, 9, False)])
def test_only_a_thin_stroke_that_rises_a_little_is_one_through_an_l(rise: int, thick: int, seen: bool) -> None:
    paper, boxes = drawn_line("Kl", FACES[0])
    stem, high = round(ImageFont.truetype(FACES[0], SIZE).getlength("K")) + LEFT + 5, BASE - 18
    cv2.line(paper, (stem - 8, high + rise), (stem + 8, high - rise), 0, thick)
    assert is_crossed(np.asarray(paper, np.uint8), boxes[0], "Kl", 0.94 * SIZE) is seen


def test_a_stroke_that_was_read_is_none_that_was_not() -> None:
    assert crossed("Łukasz Kłos", "Łukasz Kłos", FACES[0], 300) == []


@pytest.mark.parametrize(("drawn", "read", "other", "seen"), [
    ("Kłos", "Ktos", "Klos", True), ("Klos", "Ktos", "Klos", False), ("Ktos", "Ktos", "Klos", False), ("Kłos", "Kłos", "Klos", False),
])  # fmt: skip
def test_a_stroke_is_seen_too_through_what_but_one_reader_took_for_an_l(drawn: str, read: str, other: str, seen: bool) -> None:
    grey, boxes = drawn_line(drawn)
    assert ("querstrich" in [stain.art for stain in stains(grey, [Row(boxes, [read], BASE, [(other,)])], 0.94 * SIZE)]) is seen


@pytest.mark.parametrize(("art", "said"), [("querstrich", "Strich („ł“)"), ("balken", "so hoch wie ein „l“")])
def test_a_stroke_through_a_letter_doubts_a_name_and_nothing_else(art: Literal["querstrich", "balken"], said: str) -> None:
    place = Place(1, 100, 90, 140, 100)
    several = [Found(f"unterschriften.land.1.{key}", "Klos", (Location(1, (100, 90, 140, 100), "Klos"),), 0.97) for key in ("name", "ort")]
    name, ort = doubted(several, [Ink(art, (place,), place)])
    assert said in (name.reason or "")
    assert not ort.doubtful
