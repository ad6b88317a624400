"""Notations: what each writes, what it reads, and what it leaves to a person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from strategies import decimals, euros, zielwerte

from agreements.language.calendar import Datum
from agreements.language.notation import Name
from agreements.language.numbers import EURO, MIO, Pattern, write_number
from agreements.language.protocol import UNREAD, Context
from agreements.language.target_grammar import Phrase
from agreements.language.targets import Zielsatz
from agreements.model.record import Zielwert
from agreements.model.values import OFFEN
from agreements.register.register import load_register

CONTEXT = Context(2024, load_register(), 2023)


def read_from_start(notation: Pattern, text: str) -> Any:
    """What stands at the beginning of a text, `UNREAD` where that is no such value."""
    end = next(notation.spans(text, 0, CONTEXT), None)
    return UNREAD if end is None else notation.read(text[:end], CONTEXT)


@given(st.one_of(euros, decimals(10**9)))
def test_a_number_is_read_with_all_its_digits(number: Decimal | int) -> None:
    read = MIO.read(MIO.write(number, CONTEXT), CONTEXT)
    assert str(read) == str(number)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("13.155.724", 13155724),
        ("13155724", 13155724),
        ("13 155 724", 13155724),
        ("5.118.940,00", Decimal("5118940.00")),
        ("4.417.209,-", 4417209),
        ("4.417.209,–", 4417209),
        ("0", 0),
    ],
)
def test_money_is_read_in_every_form_that_was_met(text: str, value: int | Decimal) -> None:
    read = read_from_start(EURO, f"{text} Euro")
    assert (read, str(read)) == (value, str(value))


@pytest.mark.parametrize("text", ["13.155.72 Euro", "13.15.724 Euro", "21.9 Euro", "1.2345 Euro", "13.155.724,5 Euro"])
def test_a_number_that_is_none_is_not_read_in_part(text: str) -> None:
    assert read_from_start(EURO, text) is UNREAD


def test_a_number_is_not_read_from_its_middle() -> None:
    assert list(EURO.spans("13.155.72 Euro", 7, CONTEXT)) == []
    assert list(EURO.spans("-13 Euro", 1, CONTEXT)) == []


@pytest.mark.parametrize(("after", "doubted"), [("", False), ("€", False), ("EUR", False), ("Tsd. Euro", True), ("Cent", True)])
def test_another_unit_behind_money_is_doubted(after: str, doubted: bool) -> None:
    assert EURO.doubted("13.155.724", "", after) is doubted


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1. Februar 2024", date(2024, 2, 1)),
        ("01.02.2024", date(2024, 2, 1)),
        ("31. Februar 2024", UNREAD),
        ("2024", OFFEN),
        ("_____ 2024", OFFEN),
        ("", OFFEN),
    ],
)
def test_dates_are_read_in_words_and_digits_and_a_line_for_the_pen_as_open(text: str, value: Any) -> None:
    assert Datum().read(text, CONTEXT) == value


def test_a_name_is_read_only_in_its_own_case() -> None:
    assert Name("genitiv").write("lk-emsland", CONTEXT) == "des Landkreises Emsland"
    assert Name("genitiv").read("des Landkreises Emsland", CONTEXT) == "lk-emsland"
    assert Name("dativ").read("des Landkreises Emsland", CONTEXT) is UNREAD
    assert Name("nominativ", satzanfang=True).read("Der Landkreis Emsland", CONTEXT) == "lk-emsland"


def test_the_longer_of_two_names_is_tried_first() -> None:
    text = "Landkreis Rotenburg (Wümme) und"
    assert next(Name("name").spans(text, 0, CONTEXT)) == len("Landkreis Rotenburg (Wümme)")


def test_a_kind_that_several_share_names_none() -> None:
    assert Name("gattung_genitiv").read("des Landkreises", CONTEXT) is UNREAD


@pytest.mark.law
@pytest.mark.parametrize("mode", ["jahr", "vorjahr"])
@given(value=zielwerte())
def test_a_target_reads_back_as_it_was_written(mode: str, value: Zielwert) -> None:
    notation = Zielsatz(mode)
    written = notation.write(value, CONTEXT)
    assert repr(notation.read(written, CONTEXT)) == repr(value)
    assert next(notation.spans(written, 0, CONTEXT)) == len(written)


@pytest.mark.law
@given(first=zielwerte(st.sampled_from([2023, 2020])), second=zielwerte(st.sampled_from([2023, 2020])))
def test_of_two_targets_in_a_sentence_the_first_may_lean_on_the_second(first: Zielwert, second: Zielwert) -> None:
    notation = Zielsatz("ohne")
    one, other = (
        notation.parse(notation.write_before(first, CONTEXT, second), CONTEXT),
        notation.parse(notation.write(second, CONTEXT), CONTEXT),
    )
    assert isinstance(one, Phrase)
    assert isinstance(other, Phrase)
    assert repr(one.complete(other, CONTEXT.bezug)) == repr(first)


def target(**parts: Any) -> Zielwert:
    return Zielwert.model_validate({"richtung": "steigt", "wert": Decimal("3.9"), "bezug": 2023, **parts})


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("um 3,9 % im Vergleich zum Jahr 2023 steigt", target()),
        ("sich um 3,9 % im Vergleich zum Vorjahr erhöht", target()),
        ("gegenüber dem Vorjahr um 3,9 % sinkt", target(richtung="sinkt")),
        ("mindestens um 3,9 % sinkt", target(richtung="sinkt", schranke="mindestens")),
        ("um nicht mehr als 3,9% im Vergleich zum Jahr 2022 sinkt", target(richtung="sinkt", schranke="hoechstens", bezug=2022)),
        ("um nicht mehr am 3,9% steigt", target(schranke="hoechstens")),
        ("um maximal 3,9 % steigt", target(schranke="hoechstens")),
        ("um mindestens 3,9 Prozent steigen", target(schranke="mindestens")),
        ("um 0,0 % reduziert", target(richtung="sinkt", wert=Decimal("0.0"))),
        ("um 3,9 Prozentpunkte steigt", target(einheit="prozentpunkte")),
        ("gleich bleibt", target(richtung="gleich", wert=None)),
        ("konstant bleibt", target(richtung="gleich", wert=None)),
        ("auf dem Niveau des Vorjahres gehalten wird", target(richtung="gleich", wert=None)),
        ("31,1 % beträgt", target(richtung="betraegt", wert=Decimal("31.1"), einheit="prozent_niveau", bezug=None)),
        ("auf 31,1 % steigt", target(richtung="betraegt", wert=Decimal("31.1"), einheit="prozent_niveau", bezug=None)),
        (
            "mindestens 612 Integrationen erreicht",
            target(richtung="betraegt", schranke="mindestens", wert=Decimal("612"), einheit="personen", bezug=None),
        ),
    ],
)
def test_target_phrases_that_were_met_are_read_in_any_order_of_their_parts(text: str, value: Zielwert) -> None:
    phrase = Zielsatz("jahr").parse(text, CONTEXT)
    assert isinstance(phrase, Phrase)
    assert phrase.rest == ""
    assert repr(phrase.complete(None, 2023)) == repr(value)


@pytest.mark.parametrize(
    "text",
    [
        "um 3,9 % oder 4,1 % steigt",
        "steigt",
        "um steigt und sinkt 3 %",
        "um 3.9 % steigt",
        "31,1 % im Vergleich zum Jahr 2023 beträgt",
        "auf 31,1 % im Vergleich zum Jahr 2023 steigt",
        "um 3,9 % vereinbart",
        "um 3,9 % gleich bleibt",
        "um 3,9 % im Vergleich zum Jahr 1923 steigt",
        "mindestens rund 3 % steigt",
    ],
)
def test_a_phrase_that_says_no_target_is_not_read(text: str) -> None:
    phrase = Zielsatz("jahr").parse(text, CONTEXT)
    assert not isinstance(phrase, Phrase) or phrase.complete(None, 2023) is UNREAD


@pytest.mark.parametrize("text", ["um 3,9 % nicht steigt", "um fast 3,9 % steigt", "um das 3,9 % steigen kann"])
def test_words_that_the_grammar_does_not_know_are_told(text: str) -> None:
    phrase = Zielsatz("jahr").parse(text, CONTEXT)
    assert isinstance(phrase, Phrase)
    assert phrase.rest


@pytest.mark.parametrize(
    ("number", "text"), [(Decimal("14.0"), "14,0"), (Decimal("1234.50"), "1.234,50"), (13155724, "13.155.724"), (0, "0")]
)
def test_numbers_are_written_as_din_5008_says(number: Decimal | int, text: str) -> None:
    assert write_number(number) == text
