"""The room for language: where sentences end, and what is an abbreviation."""

from __future__ import annotations

import pytest

from agreements.language.sentences import ends_open, sentence_at, sentences


def parted(text: str) -> list[str]:
    """The sentences of a text, letter by letter."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Vgl. Anlage 3.",
        "Laut Hrsg. Müller steigt die Quote.",
        "Die Zahlen sind der Stand lt. Bericht der Bundesagentur.",
        "Es sind ca. 3.500 Personen, d. h. rd. 21,9 Mio. Euro, z. B. nach § 48a Abs. 1 SGB II.",
        "Die Vereinbarung gilt bis zum 31. Dezember 2018 und länger.",
        "Die Quote steigt um 2,0 v. H. Das",
        "Der Bericht liegt im 3. Quartal vor.",
        "Im 1. und 2. Halbjahr wird berichtet.",
        "Nach Art. 6 GG gilt dies (siehe BGBl. I S. 12).",
    ],
)
def test_abbreviations_and_ordinal_numbers_end_no_sentence(whole: str) -> None:
    assert parted(whole) == [whole]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Die Zahl der Plätze steigt auf 12.", "Das Ziel ist erreicht."),
        ("Es gilt § 3.", "Die Parteien berichten."),
        ("Das sind Leistungen dieser Art.", "Die Quote steigt."),
        ("Dies entspricht 28,4 %.", "(Es gilt!)"),
        ("Die Quote sinkt um 2,5", "Das Ziel ist erreicht."),
        ("Die Berichte liegen vor.", "Vgl. Anlage 3."),
    ],
)
def test_where_a_sentence_ends_another_begins(one: str, other: str) -> None:
    assert parted(f"{one} {other}") == [one, other]


def test_the_sentence_of_a_value_is_told_by_its_place() -> None:
    text = "Es sind 3 Mio. Euro. Die Quote steigt um 2,0 %. Ende."
    at = text.index("2,0")
    start, end = sentence_at(text, at, at + 5)
    assert text[start:end] == "Die Quote steigt um 2,0 %."


@pytest.mark.parametrize(
    ("text", "goes_on"), [("rd. 8,5 Mio.", True), ("(vgl.", True), ("Kurse, Beratung usw.", False), ("Mittel dieser Art.", False)]
)
def test_a_line_goes_on_behind_an_abbreviation_that_ends_no_sentence(text: str, goes_on: bool) -> None:
    assert ends_open(text) is goes_on
