"""Which amount a sentence names for what: told by grammar, and doubted where grammar and order leave a choice."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from agreements.reading.doubts import Doubt
from extract.by_grammar.budget import FELDER, amounts

GESAMT, VERWALTUNG, EINGLIEDERUNG = FELDER
COSTS, SERVICES = "3.911.200 Euro", "2.604.150 Euro"
BOTH = {VERWALTUNG: 3911200, EINGLIEDERUNG: 2604150}
ALL = BOTH | {GESAMT: Decimal("6.5")}


def sure(text: str) -> dict[str, Any]:
    """The amounts that nobody is asked to look at."""
    said = amounts(text, 2024)
    doubted = {amount.feld for amount in said if amount.doubts}
    return {amount.feld: amount.wert for amount in said if amount.feld not in doubted}


@pytest.mark.parametrize(("text", "right"), [
    (f"Das Gesamtbudget beträgt 6,5 Mio. Euro, davon {COSTS} für Verwaltungskosten und {SERVICES} für Eingliederungsleistungen.", ALL),
    (f"{COSTS} für Verwaltungskosten und {SERVICES} für Leistungen zur Eingliederung, zusammen 6,5 Mio. Euro.", ALL),
    (f"Insgesamt {COSTS} für Verwaltungskosten und {SERVICES} für Leistungen zur Eingliederung, zusammen 6,5 Mio. Euro.", ALL),
    (f"Es stehen insgesamt {COSTS} für Verwaltungskosten und insgesamt {SERVICES} für Eingliederungsleistungen bereit.", BOTH),
    (f"Von 6,5 Mio. Euro entfallen {COSTS} auf die Verwaltungskosten und {SERVICES} auf Eingliederungsleistungen.", BOTH),
    (f"Im Budget sind {COSTS} für Verwaltungskosten und {SERVICES} für die aktiven Leistungen zur Eingliederung in Arbeit.", BOTH),
    (f"Davon entfallen auf die Verwaltungskosten {COSTS} und auf die Eingliederungsleistungen {SERVICES}.", BOTH),
    (f"Davon entfallen {SERVICES} auf Leistungen zur Eingliederung und {COSTS} auf Verwaltungskosten.", BOTH),
    (f"Für den Eingliederungstitel sind {SERVICES} und für den Verwaltungskostentitel {COSTS} vorgesehen.", BOTH),
    (f"Für Verwaltungskosten sind {COSTS} und {SERVICES} für Eingliederungsleistungen vorgesehen.", BOTH),
    (f"{COSTS} sind für Verwaltungskosten, {SERVICES} für Eingliederungsleistungen vorgesehen; 6,5 Mio. € beträgt das Gesamtbudget.", ALL),
    (f"Das Gesamtbudget setzt sich aus Verwaltungskosten ({COSTS}) und Eingliederungsleistungen ({SERVICES}) zusammen.", BOTH),
    (f"Verwaltungskosten: {COSTS}, davon 300.000 Euro für Personal; Eingliederungsleistungen: {SERVICES}", BOTH),
    (f"Verwaltungskosten {COSTS} Eingliederungsleistungen {SERVICES} Gesamtbudget 6,5 Mio. Euro", ALL),
    (f"{COSTS} Verwaltungskosten, {SERVICES} Eingliederungsleistungen", BOTH),
])  # fmt: skip
def test_an_amount_goes_with_what_grammar_ties_to_it(text: str, right: dict[str, Any]) -> None:
    assert sure(text) == right


@pytest.mark.parametrize("text", [
    f"Verwaltungskosten {COSTS} für Eingliederungsleistungen {SERVICES}",
    f"Die Verwaltungskosten und die Eingliederungsleistungen betragen {COSTS} und {SERVICES}.",
    f"Für Verwaltungskosten, Eingliederungsleistungen und im Gesamtbudget stehen {COSTS}, {SERVICES} und 6,5 Mio. Euro bereit.",
    f"Verwaltungskosten Eingliederungsleistungen {COSTS} {SERVICES}",
    "Für Eingliederungsleistungen und Verwaltungskosten stehen 2.604.150 Euro bereit.",
    f"{SERVICES} für Eingliederungsleistungen, davon 200.000 Euro für Verwaltungskosten.",
    f"Es stehen {COSTS} und {SERVICES} für Verwaltungskosten zur Verfügung.",
    f"Die Verwaltungskosten betragen {COSTS} für Eingliederungsleistungen stehen {SERVICES} bereit.",
])  # fmt: skip
def test_an_amount_is_doubted_where_order_and_grammar_leave_a_choice(text: str) -> None:
    said = amounts(text, 2024)
    assert said
    assert all(Doubt("wofuer-der-betrag-steht") in amount.doubts for amount in said)


@pytest.mark.parametrize("text", [
    "Von den Eingliederungsmitteln werden 300.000 Euro für Jugendliche eingesetzt.",
    "Aus dem Eingliederungstitel fließen 300.000 Euro in die Jugendberufsagentur.",
    "Die Verwaltungskosten steigen gegenüber dem Jahr 2023 um 118.000 Euro.",
    "Neben Verwaltungskosten und Sachmitteln werden 300.000 Euro für Jugendliche eingesetzt.",
])  # fmt: skip
def test_a_part_or_a_change_is_no_sure_amount(text: str) -> None:
    assert sure(text) == {}
