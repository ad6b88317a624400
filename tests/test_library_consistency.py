"""The numbers of a record: what fits together passes, what does not is said with its place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from agreements.library.consistency import budget, misfits, women_and_men, years
from agreements.model.record import Vereinbarung


def record(**parts: Any) -> Vereinbarung:
    return Vereinbarung.model_validate({"jahr": 2024, "traeger": "lk-emsland", "wortlaut": "ni/2024", **parts})


def amounts(total: str, costs: int, services: int) -> Vereinbarung:
    return record(haushalt={"gesamtbudget_mio": Decimal(total), "verwaltungskosten": costs, "eingliederungsleistungen": services})


def change(wert: str, richtung: str = "steigt", schranke: str | None = None, bezug: int = 2023) -> Mapping[str, Any]:
    return {"richtung": richtung, "schranke": schranke, "wert": Decimal(wert), "einheit": "prozent", "bezug": bezug}


def quotas(total: Mapping[str, Any], women: Mapping[str, Any], men: Mapping[str, Any]) -> Vereinbarung:
    return record(ziele={"integrationsquote": {"gesamt": total, "frauen": women, "maenner": men}})


@pytest.mark.parametrize(("total", "costs", "services"), [("21.9", 13155724, 8696936), ("15.3", 9204318, 6077145)])
def test_a_total_that_is_the_rounded_sum_passes(total: str, costs: int, services: int) -> None:
    assert not list(budget(amounts(total, costs, services)))


def test_a_total_rounded_the_other_way_is_a_hint() -> None:
    (found,) = budget(amounts("21.8", 13155724, 8696936))
    assert (found.schwere, found.erwartet) == ("hinweis", "21,9 Mio. Euro (Summe der Beträge)")


def test_a_total_that_is_not_the_sum_is_a_warning_at_its_field() -> None:
    (found,) = budget(amounts("12.9", 13155724, 8696936))
    assert (found.art, found.schwere, found.feld) == ("widerspruch", "warnung", "haushalt.gesamtbudget_mio")


def test_without_all_three_amounts_there_is_no_sum() -> None:
    haushalt = {"gesamtbudget_mio": Decimal("21.9"), "verwaltungskosten": None, "eingliederungsleistungen": 1}
    assert not list(budget(record(haushalt=haushalt)))


def test_a_total_outside_women_and_men_is_a_hint() -> None:
    (found,) = women_and_men(quotas(change("5.2"), change("5.1"), change("2.7")))
    assert (found.schwere, found.feld) == ("hinweis", "ziele.integrationsquote.gesamt")


@pytest.mark.parametrize("total", [change("3.9"), change("9.9", schranke="mindestens"), change("9.9", richtung="sinkt")])
def test_a_total_between_women_and_men_or_of_another_kind_passes(total: Mapping[str, Any]) -> None:
    assert not list(women_and_men(quotas(total, change("5.1"), change("2.7"))))


def test_a_target_compared_with_its_own_year_is_a_warning() -> None:
    (found,) = years(record(ziele={"langzeitleistungsbezug": {"gesamt": change("1.0", bezug=2024)}}))
    assert (found.feld, found.erwartet) == ("ziele.langzeitleistungsbezug.gesamt", "ein Jahr vor 2024")


@pytest.mark.parametrize(("day", "wrong"), [(date(2024, 2, 1), 0), (date(2023, 12, 18), 0), (date(2025, 2, 1), 1)])
def test_a_signature_is_of_the_agreements_year_or_the_one_before(day: date, wrong: int) -> None:
    assert len(list(years(record(unterschriften={"traeger": {1: {"datum": day}}})))) == wrong


def test_a_record_in_which_all_fits_has_no_findings() -> None:
    assert misfits(amounts("21.9", 13155724, 8696936)) == ()
