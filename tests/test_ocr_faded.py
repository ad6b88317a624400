"""Where a line grows pale and goes on in fainter ink, what was read of it is to be looked at; faint ink beside dark words tells nothing."""

from __future__ import annotations

import numpy as np
import pytest
from lines_in_print import BASE, SIZE, drawn_line

from agreements.reading.findings import Found, Location
from agreements.reading.reading import Ink, Place
from extract.confidence.by_ink import doubted
from extract.ocr.engine import Box
from extract.ocr.ink import Row, stains
from extract.ocr.raster import Pixels

TITLE = "6. Beratung auf den Inseln"
PALE = 0.35
"""Part of its darkness that ink keeps in the middle of what light has washed out."""


def told(grey: Pixels, text: str, boxes: list[Box], read: slice) -> list[str]:
    words = text.split()[read]
    return [words[stain.words[0][1]] for stain in stains(grey, [Row(boxes[read], words, BASE)], 0.94 * SIZE) if stain.art == "blass"]


def washed_out(grey: Pixels, dark: float, pale: float) -> Pixels:
    """The picture, its ink paler and paler between two columns, and as pale beyond the second."""
    part = np.interp(np.arange(grey.shape[1]), sorted((dark, pale)), (1.0, PALE) if dark < pale else (PALE, 1.0))
    return np.asarray(255 - (255 - grey.astype(float)) * part, np.uint8)


@pytest.mark.parametrize(("read", "ends"), [(slice(3), ["auf"]), (slice(None), [])], ids=["a part of the line", "all of it"])
def test_a_line_that_goes_on_where_it_was_washed_out_is_told_by_the_last_word_read(read: slice, ends: list[str]) -> None:
    """Recorded: "Beratung auf" was surely the title; the light had left of "den Inseln" ink of 136 to 208 of 255."""
    grey, boxes = drawn_line(TITLE)
    assert told(washed_out(grey, boxes[1][0], boxes[2][2]), TITLE, boxes, read) == ends


def test_a_line_that_begins_where_it_was_washed_out_is_told_by_the_first_word_read() -> None:
    grey, boxes = drawn_line(TITLE)
    assert told(washed_out(grey, boxes[3][0], boxes[2][0]), TITLE, boxes, slice(2, None)) == ["auf"]


def test_faint_ink_behind_a_word_that_is_as_dark_as_its_line_is_none_of_it() -> None:
    """Such is what shows through the paper, or a pencil's mark in the margin."""
    grey, boxes = drawn_line(TITLE)
    edge = boxes[2][2]
    assert told(washed_out(grey, edge, edge + 1), TITLE, boxes, slice(3)) == []


@pytest.mark.parametrize("wert", ["Beratung auf", ("Beratung auf", "Beratung")])
def test_what_a_pale_line_was_read_to_say_is_doubted_and_the_line_below_it_is_not(wert: str | tuple[str, ...]) -> None:
    word, box = Place(1, 100, 90, 140, 100), (60.0, 90.0, 140.0, 100.0)
    several = [Found("ziele.individuell.6.titel", wert, (Location(1, box, "Beratung auf"),), 0.99),
               Found("ziele.individuell.6.ziel", ("Text",), (Location(1, (60.0, 110.0, 140.0, 120.0), "Text"),), 0.99)]  # fmt: skip
    titel, ziel = doubted(several, [Ink("blass", (word,), Place(1, 141, 90, 160, 100))])
    assert "verblasst" in (titel.reason or "") and not ziel.doubtful


@pytest.mark.parametrize("feld", ["jahr", "traeger"])
def test_what_stands_at_many_places_is_sure_though_one_of_them_grows_pale(feld: str) -> None:
    word, box = Place(1, 100, 90, 140, 100), (60.0, 90.0, 140.0, 100.0)
    assert not doubted([Found(feld, "Aurich", (Location(1, box, "Aurich"),), 0.99)], [Ink("blass", (word,), word)])[0].doubtful
