"""Two readings of one line: surer where they agree, never sure of figures on which they differ."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scanned_lines import second, seen

from extract.ocr.engine import SeenWord
from extract.ocr.engines import tesseract
from extract.ocr.fusion import alone, fused


def both(first: str, other: str, sure: float = 0.95, other_sure: float = 0.95) -> list[tuple[str, float, tuple[str, ...]]]:
    words = seen(*first.split(), sure=sure)
    read = fused(words, second(other, words[-1].box[2], other_sure), tesseract.LACKS)
    return [(word.text, word.confidence, word.alternatives) for word in read]


def test_agreement_makes_surer_than_either_reader() -> None:
    assert [(text, sure > 0.95) for text, sure, _ in both("um 3,9 %", "um 3,9 %")] == [("um", True), ("3,9", True), ("%", True)]


def test_figures_that_differ_are_never_sure() -> None:
    ((text, sure, alternatives),) = both("13.155.724", "13.155.124")
    assert {text, *alternatives} == {"13.155.724", "13.155.124"}
    assert sure <= 0.6


@given(st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{3}){0,2}(,[0-9])?\Z"), st.from_regex(r"\A[0-9]{1,3}(\.[0-9]{3}){0,2}(,[0-9])?\Z"),
       st.floats(0.05, 1), st.floats(0.05, 1))  # fmt: skip
def test_no_figure_is_read_that_neither_reader_saw(one: str, other: str, first: float, second: float) -> None:
    words = both(one, other, first, second)
    assert "".join(text for text, _, _ in words) in (one, other)
    if one != other:
        assert max(sure for _, sure, _ in words) <= 0.8


@pytest.mark.parametrize(("first", "second", "text"), [
    ("nach 8 48a SGB", "nach § 48a SGB", "nach § 48a SGB"), ("in 82 Nr.", "in § 2 Nr.", "in § 2 Nr."),
    ("in82 Nr.", "in § 2 Nr.", "in § 2 Nr."), ("$ 3 Ziele", "§3 Ziele", "§ 3 Ziele"), ("SGB Il sowie", "SGB II sowie", "SGB II sowie"),
    ("SGB Il)", "SGB Il)", "SGB II)"),
    ("Ill. Teil", "II. Teil", "III. Teil"), ("e Fachkräfte", "• Fachkräfte", "• Fachkräfte"),
    ("Seite 3von5", "Seite 3 von 5", "Seite 3 von 5"), ("5. 118.940,00 €", "5.118.940,00 €", "5.118.940,00 €"),
    ("und der", "un d der", "und der"),
])  # fmt: skip
def test_what_one_reader_cannot_print_the_other_gives(first: str, second: str, text: str) -> None:
    assert " ".join(word for word, _, _ in both(first, second)) == text


def test_a_lone_dot_is_dirt_on_the_paper() -> None:
    words = [SeenWord("Text", (0, 0, 80, 30), 0.95), SeenWord(".", (140, 20, 144, 24), 0.9)]
    assert [word.text for word in fused(words, second("Text  .", 144), {})] == ["Text"]


def test_an_eight_stays_an_eight_where_the_second_reader_sees_none_but_an_eight() -> None:
    assert [text for text, _, _ in both("am 8 Mai", "am 8 Mai")] == ["am", "8", "Mai"]


@pytest.mark.parametrize(("first", "second"), [
    ("(Klos)", "(Kłos)"), ("Ktos", "Kłos"), ("Kltos", "Kłos"), ("Zo&", "Zoë"), ("Rende", "Renée"), ("Raphad@l", "Raphaël"),
    ("Oztürk", "Öztürk"),
])  # fmt: skip
def test_a_letter_that_the_first_reader_has_not_is_what_the_second_surely_saw(first: str, second: str) -> None:
    ((text, sure, alternatives),) = both(first, second, sure=0.3, other_sure=0.98)
    assert (text, alternatives) == (second, ()) and sure > 0.95


@pytest.mark.parametrize(("first", "second", "other_sure"), [
    ("Klos", "Kłos", 0.9), ("Zoey", "Zoë", 0.98), ("Rense", "Rendé", 0.98), ("Grote", "Gröte", 0.98),
    ("Oztürk", "Öztürk", 0.9), ("Ottürk", "Öztürk", 0.98), ("Nguyn", "Nguyên", 0.98), ("Nguyen", "Nguyên", 0.98),
    ("Sule", "Şule", 0.98), ("Renee", "Rentē", 0.98),
])  # fmt: skip
def test_it_is_not_where_the_second_is_less_sure_or_anything_else_differs(first: str, second: str, other_sure: float) -> None:
    ((text, _, alternatives),) = both(first, second, other_sure=other_sure)
    assert {text, *alternatives} == {first, second}


def test_another_shape_of_quote_or_dash_is_no_other_reading() -> None:
    assert both("„Schule – und", '"Schule - und')[0][2] == ()


def test_handwriting_that_only_the_second_reader_sees_is_kept_as_not_sure() -> None:
    words = [SeenWord("den", (0, 0, 60, 30), 0.96), SeenWord("2024", (400, 0, 480, 30), 0.96)]
    read = fused(words, second("den 1.Februar  2024", 480), {})
    assert [word.text for word in read] == ["den", "1.Februar", "2024"]
    assert read[1].confidence <= 0.5


def test_one_reader_alone_is_as_sure_as_it_says() -> None:
    assert [word.confidence for word in alone(seen("Ziel", sure=0.7))] == [0.7]


def test_what_a_reader_can_print_is_not_taken_from_the_other() -> None:
    words = seen("in", "8", "24", "Betrieben", sure=0.97)
    read = fused(words, second("in § 24 Betrieben", words[-1].box[2], 0.9), {})
    assert [word.text for word in read] == ["in", "8", "24", "Betrieben"]
