"""A blank in a name that was not read, or read where none is, is told by the white between its letters; other white is none."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from lines_in_print import BASE, SIZE, drawn_line
from pictured_pages import FACE

from agreements.reading.findings import Found, Location
from agreements.reading.reading import Ink, Place
from extract.confidence.by_ink import doubted
from extract.ocr.engine import Box
from extract.ocr.ink import Row, stains

FACES = (str(FACE), "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "DejaVuSans.ttf", "DejaVuSerif-Italic.ttf")
USUAL = 0.94 * SIZE


def told(printed: str, read: str, face: str, dpi: int = 200) -> list[tuple[str, ...]]:
    """Of a printed line and its words as they were read the words whose blanks are told."""
    paper, boxes = drawn_line(printed, face)
    coarse = cv2.resize(paper, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    grey = np.asarray(cv2.resize(coarse, (1200, 240), interpolation=cv2.INTER_CUBIC), np.uint8)
    words = read.split()
    row = Row(_as_read(printed.split(), boxes, words), words, BASE)
    return [tuple(words[place] for _, place in stain.words) for stain in stains(grey, [row], USUAL) if stain.art == "fuge"]


def _as_read(printed: Sequence[str], boxes: Sequence[Box], read: Sequence[str]) -> list[Box]:
    """The boxes of words as they were read, letters as broad as each other where one was parted."""
    letters = [(left + (right - left) * at / len(word), top, left + (right - left) * (at + 1) / len(word), bottom)
               for word, (left, top, right, bottom) in zip(printed, boxes, strict=True) for at in range(len(word))]  # fmt: skip
    found, at = [], 0
    for word in read:
        own = letters[at : at + len(word)]
        found.append((own[0][0], own[0][1], own[-1][2], own[-1][3]))
        at += len(word)
    return found


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize(("printed", "read", "word"), [
    ("Prof. Dr. Ulf te Heesen", "Prof. Dr. Ulfte Heesen", "Ulfte"),
    ("(Wiebke von Hagen)", "(Wiebke vonHagen)", "vonHagen)"),
    ("Anna Maria Weber", "AnnaMaria Weber", "AnnaMaria"),
])  # fmt: skip
def test_a_blank_that_was_not_read_is_told(printed: str, read: str, word: str, face: str, dpi: int) -> None:
    """Recorded of "Ulf te Heesen": both readers saw one word, surely."""
    assert told(printed, read, face, dpi) == [(word,)]
    assert told(printed, printed, face, dpi) == []


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(("printed", "read", "two"), [
    ("Theda Torvaldsen", "Theda Torv aldsen", ("Torv", "aldsen")),
    ("Enno Rolfes", "En no Rolfes", ("En", "no")),
])  # fmt: skip
def test_a_blank_that_was_read_where_letters_stand_close_is_told(printed: str, read: str, two: tuple[str, str], face: str) -> None:
    assert told(printed, read, face) == [two]


@pytest.mark.parametrize("face", (*FACES, "LiberationMono-Regular.ttf"))
@pytest.mark.parametrize(
    "name", ["Käthe Ißbrücker", "Ilja Tjarks", "Tilly Illmer", "Dr.-Ing. Jan-Hendrik Vornhecke", "Zoë L'Hôte", "Ulf Wilms"]
)
def test_white_that_a_type_has_between_its_letters_is_no_blank(name: str, face: str) -> None:
    """Letters of one breadth stand far apart, and so do those beside a hyphen or full stop."""
    assert told(name, name, face) == []


def test_a_blank_that_was_not_read_doubts_a_name_and_nothing_else() -> None:
    place, box = Place(1, 90, 700, 130, 710), (80.0, 695.0, 160.0, 715.0)
    for key, doubtful in (("name", True), ("ort", False)):
        line = Found(f"unterschriften.land.1.{key}", "Ulfte Heesen", (Location(1, box, "Ulfte Heesen"),), 0.99)
        (after,) = doubted([line], [Ink("fuge", (place,), place)])
        assert after.doubtful is doubtful
