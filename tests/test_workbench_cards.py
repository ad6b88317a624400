"""What stands on the card of an open point: what can be taken by one key, and what stands beside it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from round_trip import emsland
from workbench import COSTS, folder_with_points

from agreements.library.library import open_library
from agreements.model.akte import Lesung, OffenerPunkt
from agreements.model.fields import value_at
from agreements.store.store import dump_record
from zv.arbeitsplatz.cards import Card, card
from zv.arbeitsplatz.desk import Desk

DAY = "unterschriften.traeger.1.datum"
BY_HAND = OffenerPunkt(kennung="abcdef123456", art="unsicher", feld=DAY, grund="Von Hand geschrieben: „1.Februar 2024“", datei="x.pdf")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(folder_with_points(tmp_path / "ordner"))


def shown(desk: Desk, feld: str, *more: OffenerPunkt, budget: Decimal | None = None) -> Card:
    """The card of a point about an Angabe, with points added to the record before, and another Gesamtbudget."""
    library = open_library(desk.ordner)
    stored = library.store.load((2024, "lk-emsland"))
    akte = stored.record.akte.model_copy(update={"offen": (*stored.record.akte.offen, *more)})
    haushalt = stored.record.haushalt.model_copy(update={"gesamtbudget_mio": budget} if budget else {})
    stored.path.write_text(dump_record(stored.record.model_copy(update={"akte": akte, "haushalt": haushalt})), encoding="utf-8")
    known = desk.of(stored.path)
    return card(desk, next(each for each in known.points if each.punkt.feld == feld), known.points)


def test_a_day_that_only_the_reason_names_can_be_taken_by_one_key(desk: Desk) -> None:
    assert [(each.text, each.wert) for each in shown(desk, DAY, BY_HAND).choices] == [("1. Februar 2024", "1. Februar 2024")]
    assert value_at(emsland(), DAY) == date(2024, 2, 1)


def test_a_day_that_a_reader_names_is_not_offered_twice(desk: Desk) -> None:
    point = BY_HAND.model_copy(update={"lesungen": (Lesung(leser="Tesseract", wert="1. Februar 2024"),)})
    assert [each.text for each in shown(desk, DAY, point).choices] == ["1. Februar 2024"]


def test_what_a_reason_quotes_of_an_angabe_that_is_no_day_is_no_choice(desk: Desk) -> None:
    point = BY_HAND.model_copy(update={"feld": "unterschriften.traeger.1.ort"})
    assert shown(desk, "unterschriften.traeger.1.ort", point).choices == ()


@pytest.mark.parametrize(("budget", "fits"), [(Decimal("21.9"), True), (Decimal("22.9"), False)])
def test_beside_an_amount_stands_the_sum_and_whether_it_is_the_gesamtbudget(desk: Desk, budget: Decimal, fits: bool) -> None:
    beside = {each.name: each for each in shown(desk, COSTS, budget=budget).neighbours}
    assert beside["Summe der Beträge"].said == "21,85266 Mio. Euro"
    assert beside["Summe der Beträge"].fits is fits
    assert beside["Gesamtbudget (Mio. Euro)"].fits is None
