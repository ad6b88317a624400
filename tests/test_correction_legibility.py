"""Words of a scan that its readers did not see surely, and those whose other reading only looks like them."""

from __future__ import annotations

import pytest

from agreements.reading.reading import Word
from extract.correction.legibility import illegible, weighed


@pytest.mark.parametrize(("text", "alternative", "unsure"), [
    ("5.100.000", "5.100.0000", False), ("5.100.000", "5.100000", False), ("5.100.000", "S.100.000", False),
    ("5.100.000", "5.700.000", True), ("5.100.000", "5.1300.000", True), ("2,5", "25", True), ("2,5", "2.5", False),
    ("25.03.2015", "25:03:2015", False), ("1.12.2015", "112.2015", True), ("340", "34.0", True), ("34,0", "34:0", False),
    ("25.03.2015", "26:03:2015", True),
])  # fmt: skip
def test_another_reading_of_a_number_counts_where_it_is_a_number(text: str, alternative: str, unsure: bool) -> None:
    assert (illegible((Word(text, (), (alternative,), None, 0.8),)) is not None) is unsure


def test_a_word_that_one_reader_took_for_dots_or_that_is_none_is_doubtful() -> None:
    assert illegible((Word("ER", (), ("..",), None, 0.52),))
    assert illegible((Word("yor", (), ("vor",), None, 0.8),))
    assert not illegible((Word("vor", (), ("yor",), None, 0.8),))


@pytest.mark.parametrize(
    ("text", "alternative", "unsure"),
    [
        ("II", "Il", False),
        ("II", "III", True),
        ("16i", "161", False),
        ("16i", "16k", True),
    ],
)
def test_a_roman_figure_or_a_section_of_sgb_ii_is_sure_where_the_other_reading_only_looks_like_it(
    text: str, alternative: str, unsure: bool
) -> None:
    unlike = Word(text, (), (alternative,), None, 0.8)
    words = (unlike,) if text == "II" else (Word("§"), unlike, Word("SGB"), Word("II"))
    assert (illegible(words) is not None) is unsure


def test_a_roman_figure_that_nobody_read_surely_is_doubtful() -> None:
    assert illegible((Word("II", (), (), None, 0.3),))


def test_a_mark_that_sticks_to_the_first_word_of_a_scans_paragraph_makes_it_doubtful() -> None:
    """Recorded of "-Das Angebot": dirt, or a bullet."""
    assert illegible([Word("-Das", confidence=0.97), Word("Angebot", confidence=0.97)])
    assert not illegible([Word("U25-Team", confidence=0.97), Word("-akten", confidence=0.97)])


@pytest.mark.parametrize(("read_as", "unsure"), [(".9:770.469", True), ("für770.469", False), ("770.469-EUR", False)])
def test_a_value_that_is_but_a_part_of_the_figures_of_a_word_is_doubtful(read_as: str, unsure: bool) -> None:
    """Recorded of a zigzag through "9.770.469": what was left of the first figure is no part of the amount that was read."""
    found = weighed("haushalt.eingliederungsleistungen", 770469, (Word(read_as, confidence=0.99),), "770.469")
    assert found.doubtful is unsure
