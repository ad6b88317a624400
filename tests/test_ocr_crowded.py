"""A number before which print leaves white and none is left may have a figure squeezed before it by a pen."""

from __future__ import annotations

import pytest

from extract.ocr.crowded import crowded
from extract.ocr.engine import SeenWord

USUAL = 40.0


def row(base: float, *words: tuple[str, int, int]) -> tuple[list[SeenWord], float]:
    """A line: its words, where each begins and ends."""
    return [SeenWord(text, (left, int(base) - 30, right, int(base)), 0.99) for text, left, right in words], base


def line(number: tuple[str, int, int]) -> tuple[list[SeenWord], float]:
    return row(200, ("vorläufig", 100, 300), number, ("Mio.", 460, 540), ("Euro", 555, 640), ("bereit", 655, 760))


@pytest.mark.parametrize(("left", "told"), [(304, {"21,7"}), (316, set())])
def test_a_number_close_behind_a_word_in_a_line_of_wider_blanks_is_told(left: int, told: set[str]) -> None:
    assert {word.text for word in crowded([line(("21,7", left, 445))], USUAL)} == told


@pytest.mark.parametrize("number", ["(21,7", "§21", "1", "2"])
def test_what_is_no_number_of_several_figures_may_stand_close(number: str) -> None:
    assert crowded([line((number, 304, 445))], USUAL) == set()


@pytest.mark.parametrize(("left", "told"), [(82, {"46,25"}), (96, set()), (20, set())])
def test_a_number_that_begins_its_line_left_of_its_neighbours_is_told(left: int, told: set[str]) -> None:
    """Recorded: a 4 squeezed into the margin before "6,25 %"; farther out stands what hangs, as the number of a heading does."""
    lines = [row(130, ("Für", 100, 160)), row(200, ("46,25", left, 190), ("%", 200, 230)), row(290, ("(2)", 101, 140))]
    assert {word.text for word in crowded(lines, USUAL)} == told


def test_where_the_lines_beside_begin_apart_no_number_stands_out() -> None:
    lines = [row(130, ("Für", 100, 160)), row(200, ("46,25", 82, 190)), row(290, ("(2)", 120, 140))]
    assert crowded(lines, USUAL) == set()
