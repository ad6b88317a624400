"""A day that a pen wrote into a scan is told from a printed one by where its figures stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.reading.reading import Place, Word
from extract.correction.handwriting import by_hand

TOP, BASE = 132.0, 140.0


def at(text: str, left: float, top: float = TOP, base: float = BASE) -> Word:
    return Word(text, (Place(7, left, top, left + 5 * len(text), base),), confidence=1.0)


DEN, YEAR = at("den", 125), at("2024", 223)


@given(st.floats(-1.5, 1.5), st.floats(-1.5, 1.5), st.sampled_from(["Juni", "März", "August"]))
def test_a_printed_day_is_none_of_a_pen_though_the_line_is_not_quite_even(top: float, base: float, month: str) -> None:
    day = [at("18.", 150, TOP + top, BASE + base), at(month, 170, TOP + top, BASE + 2 + base), YEAR]
    assert not by_hand(day, DEN)


@pytest.mark.parametrize("text", ["18.06.2024", "1.6.2024"])
def test_a_day_that_is_printed_in_figures_is_none_of_a_pen(text: str) -> None:
    assert not by_hand([at(text, 150)], DEN)


@pytest.mark.parametrize(("top", "base"), [(-5.0, 5.0), (-3.0, 0.0), (0.0, 4.0), (2.5, 2.5)])
@pytest.mark.parametrize("day", [("8.6.", "2024"), ("18.", "Juni", "2024"), ("18.6.2024",)])
def test_figures_that_are_higher_lower_or_larger_than_print_are_of_a_pen(top: float, base: float, day: tuple[str, ...]) -> None:
    first, *others = day
    assert by_hand([at(first, 150, TOP + top, BASE + base), *(at(text, 200) for text in others)], DEN)


def test_without_places_a_month_in_figures_apart_from_its_year_is_of_a_pen() -> None:
    assert by_hand([Word("18.6."), Word("2024")])
    assert by_hand([Word("18."), Word("6."), Word("2024")])
    assert not by_hand([Word("18."), Word("Juni"), Word("2024")])
    assert not by_hand([Word("18.6.2024")])


def test_the_year_in_the_line_below_says_nothing_of_the_day() -> None:
    """In a narrow column "den 18. Juni" and its year part."""
    below = Word("2024", (Place(7, 72, TOP + 15, 92, BASE + 15),))
    assert not by_hand([at("18.", 150), at("Juni", 170), below], DEN)
