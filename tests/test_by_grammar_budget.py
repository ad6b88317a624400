"""Which amount a sentence names for what: told by grammar, and doubted where grammar and order leave a choice."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from invented_agreement import BODY, FRONT, LAND, LEER, para
from round_trip import LIBRARY

from agreements.reading.doubts import Doubt
from agreements.reading.reading import Place, Reading, Word
from extract.by_grammar.budget import FELDER, amounts
from extract.by_grammar.elements import Piece, Section
from extract.by_grammar.record import read_structure
from extract.by_grammar.stated_amounts import stated_amounts
from extract.by_grammar.topics import Thema

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
    ("Für Verwaltungskosten stehen EUR 3.911.200 und für Eingliederungsleistungen € 2.604.150 bereit.", BOTH),
    ("Verwaltungskosten: EUR 3.911.200; Eingliederungsleistungen: EUR 2.604.150; Gesamtbudget: EUR 6,5 Mio.", ALL),
    (f"Bereit stehen ein Bundesanteil an den Gesamtverwaltungskosten von {COSTS} und Eingliederungsmittel von {SERVICES}.", BOTH),
    (f"Es stehen 6,5 Mio. Euro zur Verfügung, davon {COSTS} für Verwaltungskosten und {SERVICES} für Leistungen zur Eingliederung.", ALL),
    (f"Es stehen 6,5 Mio. Euro bereit; davon entfallen auf Verwaltungskosten {COSTS} und auf Eingliederungsleistungen {SERVICES}.", ALL),
    (f"Gesamtbudget: 6,5 Mio. €; davon Verwaltung {COSTS}, Eingliederung {SERVICES}", ALL),
    (f"Verwaltungskosten: {COSTS}; Eingliederungsleistungen: {SERVICES} (davon § 16i SGB II: 400.000 €)", BOTH),
    (f"Das Gesamtbudget beträgt 6,5 Mio. Euro, davon {COSTS} für Verwaltung und {SERVICES} für Eingliederung in Arbeit.", ALL),
    (f"Bereit stehen {SERVICES} für Eingliederungsleistungen und {COSTS} für die Verwaltung.", BOTH),
    ("Dem Landkreis stehen 2024 voraussichtlich 6,5 Mio. Euro zur Verfügung, davon", {GESAMT: Decimal("6.5")}),
    ("Dem Landkreis stehen für das Jahr 2024 rd. 6,5 Mio. Euro zur Verfügung:", {GESAMT: Decimal("6.5")}),
    ("Dem Zentrum für Arbeit stehen 6,5 Mio. Euro zur Verfügung, davon", {GESAMT: Decimal("6.5")}),
    ("Für die Digitalisierung stehen 1,5 Mio. Euro zur Verfügung, davon", {}),
    ("Es stehen für Jugendliche 1,5 Mio. Euro zur Verfügung:", {}),
    ("Der Landkreis hat 1,5 Mio. Euro ausgegeben.", {}),
    (f"Bereit stehen {SERVICES} (Vorjahr: 2.511.000 €) für Eingliederungsleistungen und {COSTS} (2023: 4 Mio. €) für Verwaltung.", BOTH),
])  # fmt: skip
def test_an_amount_goes_with_what_grammar_ties_to_it(text: str, right: dict[str, Any]) -> None:
    assert sure(text) == right


WHOLE = f"Von 6,5 Mio. Euro Gesamtbudget entfallen {SERVICES} auf Eingliederungsleistungen und {COSTS} auf Verwaltungskosten"


@pytest.mark.parametrize("more", [
    " sowie den kommunalen Finanzierungsanteil.", " einschließlich des kommunalen Anteils.", " (Anteil des Landkreises darin).",
])  # fmt: skip
def test_a_share_beside_amounts_that_make_up_their_total_leaves_them_sure(more: str) -> None:
    assert sure(WHOLE + more) == ALL


@pytest.mark.parametrize(("text", "word"), [
    (WHOLE.replace("6,5", "6,9") + " ohne den kommunalen Finanzierungsanteil.", "kommunalen"),
    (WHOLE.replace("Von 6,5 Mio. Euro Gesamtbudget", "Davon") + " sowie den kommunalen Finanzierungsanteil.", "kommunalen"),
    (WHOLE + " sowie den kommunalen Finanzierungsanteil; bisher waren es mehr.", "bisher"),
])  # fmt: skip
def test_a_share_beside_amounts_that_nothing_proves_whole_and_another_years_amounts_are_doubted(text: str, word: str) -> None:
    said = amounts(text, 2024)
    assert said and all(Doubt("im-selben-satz", worte=word) in amount.doubts for amount in said)


@pytest.mark.parametrize("text", [
    f"Verwaltungskosten {COSTS} für Eingliederungsleistungen {SERVICES}",
    f"Die Verwaltungskosten und die Eingliederungsleistungen betragen {COSTS} und {SERVICES}.",
    f"Für Verwaltungskosten, Eingliederungsleistungen und im Gesamtbudget stehen {COSTS}, {SERVICES} und 6,5 Mio. Euro bereit.",
    f"Verwaltungskosten Eingliederungsleistungen {COSTS} {SERVICES}",
    "Für Eingliederungsleistungen und Verwaltungskosten stehen 2.604.150 Euro bereit.",
    f"{SERVICES} für Eingliederungsleistungen, davon 200.000 Euro für Verwaltungskosten.",
    f"Bereit stehen {SERVICES} für Eingliederungsleistungen und 90.000 Euro für die Verwaltung der Akten.",
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
    "Aus dem Eingliederungstitel werden 500.000 Euro in das Verwaltungsbudget umgeschichtet.",
    "Eine Umschichtung von 250.000 Euro aus dem Eingliederungsbudget in das Verwaltungskostenbudget ist vorgesehen.",
    "Der kommunale Finanzierungsanteil an den Verwaltungskosten beträgt 1.048.000 Euro.",
    "Der Anteil des Landkreises an den Gesamtverwaltungskosten beträgt 1.048.000 Euro.",
    "Einsatz von 900.000 Euro aus den Eingliederungsmitteln",
    "Für die freie Förderung sind 150.000 Euro der Eingliederungsleistungen vorgesehen.",
    "Je Leistungsberechtigten stehen Eingliederungsmittel von 912 Euro zur Verfügung.",
])  # fmt: skip
def test_a_part_or_a_change_is_no_sure_amount(text: str) -> None:
    assert sure(text) == {}


def test_what_is_paid_for_living_is_an_indicator_and_no_budget() -> None:
    assert amounts("Summe der Leistungen zum Lebensunterhalt 61,2 Mio. €", 2024) == ()
    said = f"Für Leistungen zum Lebensunterhalt werden 61,2 Mio. Euro, für Verwaltungskosten {COSTS} erwartet."
    assert sure(said) == {VERWALTUNG: 3911200}
    assert sure("Das Gesamtbudget beträgt ohne die Leistungen zum Lebensunterhalt 6,5 Mio. Euro.") == {GESAMT: Decimal("6.5")}


HARBOUR = "Für den Ausbau des Hafens werden insgesamt 14 Mio. Euro aufgewendet."


def test_a_word_for_any_sum_makes_a_gesamtbudget_only_where_budgets_are_spoken_of_or_the_others_add_up_to_it() -> None:
    assert sure_of(of_lines(HARBOUR), about="regional") == {}
    assert sure_of(of_lines(HARBOUR), of_lines("Das Gesamtbudget beträgt 6,5 Mio. Euro."), about="rahmen") == {GESAMT: Decimal("6.5")}
    parts = of_lines(f"Für Verwaltungskosten sind {COSTS} und für Eingliederungsleistungen {SERVICES} vorgesehen.")
    assert sure_of(of_lines(HARBOUR), parts, about="rahmen") == BOTH
    assert sure_of(of_lines("Insgesamt stehen 6,5 Mio. Euro bereit."), parts, about="rahmen") == ALL
    assert sure_of(of_lines("Insgesamt stehen 6,5 Mio. Euro bereit.")) == {GESAMT: Decimal("6.5")}


def test_what_is_moved_or_taken_out_of_a_budget_leaves_the_amount_beside_it_sure() -> None:
    part = "Aus dem Eingliederungstitel werden 500.000 Euro in das Verwaltungsbudget umgeschichtet."
    assert amounts(part, 2024) == ()
    assert all(amount.doubts for amount in amounts(f"Nach Umschichtung von 500.000 Euro betragen die Verwaltungskosten {COSTS}.", 2024))


def test_all_of_some_amounts_is_told_only_where_others_are_parts_of_it() -> None:
    assert GESAMT not in sure(f"Es stehen 6,5 Mio. Euro zur Verfügung. Die Verwaltungskosten betragen {COSTS}.")
    assert sure("Es stehen 6,5 Mio. Euro zur Verfügung, davon ein Teil für Personal.") == {}


def of_lines(text: str, *bottoms: float, confidence: float = 1.0) -> Piece:
    """A piece of a page; "|" parts its lines, which stand so low."""
    words = [
        Word(word, (Place(1, 40.0 * nth, bottom - 10, 40.0 * nth + 30, bottom),), confidence=confidence)
        for line, bottom in zip(text.split("|"), bottoms or range(700), strict=False)
        for nth, word in enumerate(line.split())
    ]
    return Piece("text", tuple(words))


def sure_of(*pieces: Piece, about: Thema = "haushalt") -> dict[str, Any]:
    said = stated_amounts([Section(None, about, pieces=list(pieces))], 2024)
    return {feld: several[0][2].wert for feld, several in said.items() if not any(amount.doubts for _, _, amount in several)}


def test_an_amount_in_a_sentence_that_was_cut_is_nobodys() -> None:
    """Recorded: of "aus EUR 3.911.200 Verwaltungskosten und EUR 2.604.150 Eingliederungsmitteln", set in three paragraphs."""
    begun = "Das Gesamtbudget in Höhe von 6,5 Mio. Euro setzt sich zusammen aus EUR"
    rest = of_lines("3.911.200 Verwaltungskosten und EUR 2.604.150", 12)
    assert sure_of(of_lines(begun, 0), rest, of_lines("Eingliederungsmitteln.", 24)) == {GESAMT: Decimal("6.5")}
    whole = f"{begun} {rest.text} Eingliederungsmitteln."
    assert sure_of(of_lines(whole, 0)) == ALL
    assert sure_of(of_lines(f"Verwaltungskosten stehen bereit, {SERVICES} für", 0), of_lines("Eingliederung.", 12)) == {}
    listed = (
        of_lines("Mittel im Haushaltsjahr", 0),
        of_lines(f"Verwaltungskosten {COSTS}", 12),
        of_lines(f"Eingliederungsmittel {SERVICES}", 24),
    )
    assert sure_of(*listed) == BOTH


@pytest.mark.parametrize("confidence", [1.0, 0.99])
def test_where_a_line_is_lost_between_a_word_and_an_amount_it_may_be_another_ones(confidence: float) -> None:
    before = of_lines("Der Haushalt des Bundes|gilt vorläufig.", 10, 24, confidence=confidence)
    said = f"Für Verwaltungskosten stehen|{SERVICES} für das ganze|Jahr bereit."
    assert sure_of(before, of_lines(said, 100, 114, 128, confidence=confidence)) == {VERWALTUNG: 2604150}
    assert sure_of(before, of_lines(said, 100, 128, 142, confidence=confidence)) == {}


def test_rows_behind_what_they_are_parts_of_are_read_row_by_row() -> None:
    """Recorded: "15,1 Mio. Euro zur Verfügung, davon", and below it two lines that begin small."""
    rows = ("Dem Landkreis stehen 2018 voraussichtlich 6,5 Mio. Euro zur Verfügung, davon", f"für Verwaltungskosten {COSTS}",
            f"für Leistungen zur Eingliederung {SERVICES}")  # fmt: skip
    texts = [text for text in BODY if "Gesamtbudget" not in text]
    at = texts.index("§ 2 Haushaltsmittel") + 1
    paragraphs = [para(text, None) for text in FRONT] + [
        para(text, None if text in rows else "text", continues=text in rows[1:]) for text in (*texts[:at], *rows, *texts[at:])
    ]
    signed = [para(line, column=number) for number, lines in enumerate((LAND, LEER), 1) for line in lines]
    found = read_structure(Path("v.pdf"), Reading("textebene", 3, (*paragraphs, *signed)), LIBRARY)[1]
    assert {one.feld: (one.wert, one.doubtful) for one in found if one.feld in FELDER} == {
        feld: (wert, False) for feld, wert in ALL.items()
    }


def test_an_amount_before_and_for_another_is_not_that_of_what_follows() -> None:
    """Recorded where light had washed out the ends of lines: "10.454.215 EUR und für Verwaltungskosten 7.4 JR", which nobody doubted."""
    assert sure(f"Jahr 2024 wohl {SERVICES} und für Verwaltungskosten 7.4 JR") == {}
    assert sure(f"Jahr 2024 wohl {SERVICES} sowie für die Verwaltungskosten") == {}
    whole = f"Für Leistungen zur Eingliederung in Arbeit stehen wohl {SERVICES} und für Verwaltungskosten {COSTS} zur Verfügung."
    assert sure(whole) == BOTH


@pytest.mark.parametrize("torn", ["11.373 .317 ucnd für Verwaltungskoste« a", "11.373.317 und für", "und für Verwaltungskostel"])
def test_an_amount_is_not_that_of_a_word_where_what_is_left_of_another_stands_between(torn: str) -> None:
    """Recorded under a deep fold: the amount of Verwaltungskosten was sure to be that of Leistungen zur Eingliederung."""
    said = f"Für Leistungen zur Eingliederung in Arbeit stehen dem Landkreis im Jahr 2024 wohl {{}} {COSTS} zur Verfügung."
    assert sure(said.format(torn)) == {}
    assert sure(said.format("rund")) == {EINGLIEDERUNG: 3911200}
