# ruff: noqa: E501 (a sentence stands on one line)
"""Shapes of target sentences met in agreements of several Länder: each is read right, and its neighbour that agrees nothing stays unsure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sentence_sections import goals_said

from agreements.model.record import Zielwert

JAHR = 2022
BEFORE = JAHR - 1
QUOTE, FRAUEN, MAENNER, ALLEIN = (f"ziele.integrationsquote.{gruppe}" for gruppe in ("gesamt", "frauen", "maenner", "alleinerziehende"))
BESTAND, SUMME = "ziele.langzeitleistungsbezug.gesamt", "ziele.leistungen_lebensunterhalt.gesamt"


def up(wert: str, schranke: str | None = None, einheit: str = "prozent", bezug: int | None = BEFORE) -> Zielwert:
    return _target("steigt", wert, schranke, einheit, bezug)


def down(wert: str, schranke: str | None = None, einheit: str = "prozent", bezug: int | None = BEFORE) -> Zielwert:
    return _target("sinkt", wert, schranke, einheit, bezug)


def level(wert: str, schranke: str | None = None, einheit: str = "prozent_niveau") -> Zielwert:
    return _target("betraegt", wert, schranke, einheit, None)


def _target(richtung: str, wert: str, schranke: str | None, einheit: str, bezug: int | None) -> Zielwert:
    parts = {"richtung": richtung, "schranke": schranke, "wert": Decimal(wert), "einheit": einheit, "bezug": bezug}
    return Zielwert.model_validate(parts)


def bare(value: object) -> str:
    return repr(value.model_copy(update={"entspricht": None})) if isinstance(value, Zielwert) else repr(value)


SAID: tuple[tuple[str, str, dict[str, Zielwert]], ...] = (
    # a sign touches its figure, or stands apart
    (BESTAND, "Für die Veränderung des Bestands an Langzeitleistungsbeziehern wird ein Zielwert von -1,7 % vereinbart.", {BESTAND: down("1.7")}),
    (BESTAND, "Für die Veränderung des Bestands an Langzeitleistungsbeziehern wird ein Zielwert von +1,7 % vereinbart.", {BESTAND: up("1.7")}),
    (BESTAND, "Für die Veränderung des Bestands an Langzeitleistungsbeziehern wird ein Zielwert von − 1,7 % vereinbart.", {BESTAND: down("1.7")}),
    (BESTAND, "Für den Bestand an Langzeitleistungsbeziehern wird eine Veränderung von - 3,0 % gegenüber dem Vorjahr vereinbart.", {BESTAND: down("3.0")}),
    (BESTAND, "Der mit dem Land vereinbarte Zielwert liegt im Jahresfortschrittswert bei + 1,3 %.", {BESTAND: up("1.3")}),
    (BESTAND, "Zielwert 2022: -2,4 % gegenüber 2021 beim durchschnittlichen Bestand an Langzeitleistungsbeziehenden.", {BESTAND: down("2.4")}),
    (BESTAND, "Der Bestand an Langzeitleistungsbeziehenden soll sich um -3,0 % gegenüber dem Vorjahr verändern.", {BESTAND: down("3.0")}),
    (SUMME, "Der Soll-Wert für die Summe der Leistungen zum Lebensunterhalt beträgt maximal +0,6 %.", {SUMME: up("0.6", "hoechstens")}),
    # an infinitive with its "zu" inside, and other words for the same
    (QUOTE, "Die Vertragsparteien verabreden, die Integrationsquote 2022 gegenüber 2021 um 2,6 Prozent anzuheben.", {QUOTE: up("2.6")}),
    (QUOTE, "Die Integrationsquote soll um 1,2 % gegenüber dem Vorjahr wachsen, und zwar die der Frauen um 1,5 %.", {QUOTE: up("1.2"), FRAUEN: up("1.5")}),
    (BESTAND, "Die Partner einigen sich darauf, den durchschnittlichen Bestand an LZB um 1,6 % gegenüber dem Vorjahr abzusenken.", {BESTAND: down("1.6")}),
    # a list of targets, each beside what it is of
    (
        QUOTE,
        "Zielwerte sind:\n- Integrationsquote (gesamt) + 2,1 %\n- Integrationsquote der Frauen + 3,0 %",
        {QUOTE: up("2.1"), FRAUEN: up("3.0")},
    ),
    (
        "",
        "Zielwerte 2022:\n- Vermeidung von langfristigem Leistungsbezug: -0,4% ggü. VJ\n- Verbesserung der Integration in Erwerbstätigkeit: +1,2 % ggü. VJ",
        {BESTAND: down("0.4"), QUOTE: up("1.2")},
    ),
    # who agreed it
    (QUOTE, "Für das Jahr 2022 ist nun vereinbart, dass die Integrationsquote um 6,4 % im Vergleich zum Vorjahr erhöht werden soll.", {QUOTE: up("6.4")}),
    (
        QUOTE,
        "Der Landkreis hat gegenüber dem Vorjahr für Frauen eine Steigerung um 2,8 % und für Männer eine Steigerung um 1,0 % geplant.",
        {FRAUEN: up("2.8"), MAENNER: up("1.0")},
    ),
    (QUOTE, "Die Partner haben sich darauf verständigt, die Integrationsquote um 1,9 % gegenüber dem Vorjahr zu erhöhen.", {QUOTE: up("1.9")}),
    (QUOTE, "Der Landkreis hat sich das Ziel gesetzt, die Integrationsquote der Frauen um 2,0 % gegenüber 2021 zu steigern.", {FRAUEN: up("2.0")}),
    (QUOTE, "Für 2022 visiert der Landkreis in der Summe mindestens 480 Integrationen an.", {QUOTE: level("480", "mindestens", "personen")}),
    # nouns
    (QUOTE, "Vereinbart ist eine Erhöhung der Integrationsquote um 3,9 % zum Vorjahr.", {QUOTE: up("3.9")}),
    (QUOTE, "Beabsichtigt ist eine Erhöhung der Integrationsquote um 1,1 % ggü. dem Vorjahr.", {QUOTE: up("1.1")}),
    (
        QUOTE,
        "Vereinbart ist eine Steigerung der Integrationsquote um 3,1 % gegenüber dem Vorjahr (Frauen 4,0 %, Männer 2,2 %).",
        {QUOTE: up("3.1"), FRAUEN: up("4.0"), MAENNER: up("2.2")},
    ),
    (
        QUOTE,
        "Der Landkreis plant eine Steigerung der Integrationsquote um 3,1 % gegenüber 2021, bei Frauen um 4,0 % und bei Männern um 2,2 %.",
        {QUOTE: up("3.1"), FRAUEN: up("4.0"), MAENNER: up("2.2")},
    ),
    # a change, told as one
    (QUOTE, "Das Ziel ist erreicht, wenn die Veränderung der Integrationsquote gegenüber dem Vorjahr 2,6 % beträgt.", {QUOTE: up("2.6")}),
    (SUMME, "Die Veränderung der Summe der Leistungen zum Lebensunterhalt soll maximal 0,3 % betragen.", {SUMME: up("0.3", "hoechstens")}),
    (QUOTE, "Das Ziel ist erreicht, wenn sich die Integrationsquote um 2,8 % gegenüber 2021 verbessert.", {QUOTE: up("2.8")}),
    (BESTAND, "Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehenden um 2,0 % gegenüber 2021 abgebaut wird.", {BESTAND: down("2.0")}),
    # a level
    (QUOTE, "Das Ziel ist erreicht, wenn die Integrationsquote nicht unter 26,1 % sinkt.", {QUOTE: level("26.1", "mindestens")}),
    (BESTAND, "Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehenden nicht über 1.310 Personen liegt.", {BESTAND: level("1310", "hoechstens", "personen")}),
    (BESTAND, "Der Bestand an Langzeitleistungsbeziehern soll auf ca. 2.250 Personen stabilisiert werden.", {BESTAND: level("2250", "rund", "personen")}),
    (QUOTE, "Die Integrationsquote (Kennzahl 2) soll im Jahr 2022 27,4 % betragen.", {QUOTE: level("27.4")}),
    (QUOTE, "Vereinbart wird eine Integrationsquote von 29,7 %, was 1.204 Integrationen entspricht.", {QUOTE: level("29.7")}),
    (QUOTE, "Die Integrationsquote soll im Jahr 2022 auf 27,4 % angehoben werden.", {QUOTE: level("27.4")}),
    # how far it may go, and from what
    (QUOTE, "Die Integrationsquote darf gegenüber dem Vorjahr höchstens um 2,1 % sinken.", {QUOTE: down("2.1", "hoechstens")}),
    (QUOTE, "Vereinbart wird ein Anstieg der Integrationsquote um 3,8 % zum Vorjahreswert.", {QUOTE: up("3.8")}),
    (QUOTE, "Für das Jahr 2022 wird eine Integrationsquote von 26,7 % (Vorjahr: 24,1 %) vereinbart.", {QUOTE: level("26.7")}),
    (QUOTE, "Vereinbart wird, dass die Integrationsquote (2021: 22,2 %) um 5,3 % gegenüber dem Vorjahr steigt.", {QUOTE: up("5.3")}),
    # what stands between
    (
        QUOTE,
        "Die Integrationsquote der Frauen soll, nachdem sie 2021 gesunken ist, um 2,0 % gegenüber dem Vorjahr steigen.",
        {FRAUEN: up("2.0")},
    ),
    (
        BESTAND,
        "Die Integrationsquote der Langzeitleistungsbeziehenden soll um 1,5 % gegenüber dem Vorjahr steigen. Das Ziel ist erreicht, wenn der "
        "Bestand an Langzeitleistungsbeziehenden um 2,0 % gegenüber dem Vorjahr sinkt.",
        {BESTAND: down("2.0")},
    ),
    (ALLEIN, "Die Integrationsquote der Alleinerziehenden soll mindestens 22,5 % betragen.", {ALLEIN: level("22.5", "mindestens")}),
)  # fmt: skip


@pytest.mark.parametrize(("heading", "text", "value"), SAID)
def test_a_shape_is_read_as_it_is_meant(heading: str, text: str, value: dict[str, Zielwert]) -> None:
    said = goals_said(heading, text, JAHR)
    assert {feld: (bare(said[feld].wert), [str(doubt) for doubt in said[feld].doubts]) for feld in value if feld in said} == {
        feld: (bare(each), []) for feld, each in value.items()
    }
    assert [feld for feld, each in said.items() if feld not in value and each.wert is not None and not each.doubtful] == []


UNSURE = (
    (QUOTE, "Für die Veränderung der Integrationsquote gilt ein Bundesreferenzwert von + 3,9 %."),
    (QUOTE, "Laut Statistik beträgt die durchschnittliche Integrationsquote im Jahr 2021 25,97 %."),
    (QUOTE, "Vereinbart wird die Verringerung des Abstands zwischen den Integrationsquoten von Frauen und Männern um 1,1 Prozentpunkte."),
    (QUOTE, "Die Integrationsquote der Langzeitleistungsbeziehenden soll um 1,5 % gegenüber dem Vorjahr steigen."),
    (QUOTE, "Als Soll-Steigerungswert für die Anzahl der Integrationen werden 3,5 % vereinbart."),
    (QUOTE, "Das unterjährige Ziel für Februar wurde verfehlt (Soll: 3,1 %)."),
    (QUOTE, "Für 2021 wurde eine Steigerung der Integrationsquote um 3,1 % vereinbart."),
    (QUOTE, "Im Jahr 2021 hat der Landkreis eine Steigerung der Integrationsquote um 3,1 % geplant."),
    (QUOTE, "Der Landkreis hat die Integrationsquote um 3,1 % gesteigert und verpflichtet sich, daran anzuknüpfen."),
    (QUOTE, "Die Integrationsquote hat sich um 3,1 % gegenüber dem Vorjahr verbessert."),
    (QUOTE, "Es ist beabsichtigt, die Integrationsquote um -1,0 % gegenüber dem Vorjahr zu steigern."),
    (QUOTE, "Die Integrationsquote soll um 2-3 % gegenüber dem Vorjahr steigen."),
    (QUOTE, "Die Integrationsquote soll um 2,0 – 3,0 % gegenüber dem Vorjahr steigen."),
    (QUOTE, "Vereinbart wird für die Integrationsquote der Frauen – 3,0 % gegenüber dem Vorjahr."),
    (QUOTE, "Vereinbart wird eine Steigerung der Integrationsquote um 2,0 % (2022: 3,0 %) gegenüber dem Vorjahr."),
    (QUOTE, "Die Jobcenter in Niedersachsen sollen die Integrationsquote um 1,9 % gegenüber dem Vorjahr steigern."),
    (QUOTE, "Alle Träger haben sich verpflichtet, die Integrationsquote um 1,9 % gegenüber dem Vorjahr zu steigern."),
    (QUOTE, "Die Aktivierungsquote soll um 2,0 % gegenüber dem Vorjahr steigen."),
    (QUOTE, "Die Integrationsquote der Erziehenden soll um 2,0 % gegenüber dem Vorjahr steigen."),
    (BESTAND, "Der Bestand soll um maximal -2,0 % gegenüber dem Vorjahr sinken."),
    (BESTAND, "Der Bestand an Langzeitleistungsbeziehenden soll sich um 2,0 % gegenüber dem Vorjahr verbessern."),
    (BESTAND, "Für die Veränderung des Bestands an Langzeitleistungsbeziehern wird ein Zielwert von 2,5 % vereinbart."),
    (BESTAND, "Für den Bestand an Langzeitleistungsbeziehenden wird ein Zielwert von 2,0 % vereinbart."),
    (BESTAND, "Der Bestand an Langzeitleistungsbeziehenden soll 2,0 % betragen."),
    (BESTAND, "Der Bestand an Langzeitleistungsbeziehenden soll auf knapp 8.450 gesenkt werden."),
    (
        BESTAND,
        "Der Bestand an Langzeitleistungsbeziehenden, die seit vier Jahren oder länger im Bezug sind, soll um 2,0 % zum Vorjahr sinken.",
    ),
    (SUMME, "Für die Summe der Leistungen zum Lebensunterhalt wird ein Zielwert von 1,0 % vereinbart."),
    (SUMME, "Die Summe der Leistungen für Unterkunft und Heizung soll um 2,0 % gegenüber dem Vorjahr sinken."),
    (SUMME, "Die Ausgaben sind um -2,1 % gegenüber dem Vorjahr gesunken."),
)


@pytest.mark.parametrize(("heading", "text"), UNSURE)
def test_what_agrees_nothing_for_sure_is_never_a_sure_target(heading: str, text: str) -> None:
    assert [feld for feld, each in goals_said(heading, text, JAHR).items() if each.wert is not None and not each.doubtful] == []


def test_women_and_men_need_no_unit_of_their_own_where_the_sentence_counts() -> None:
    said = goals_said(QUOTE, "Bei den Frauen soll die Anzahl mindestens 231 betragen, bei den Männern mindestens 309.", JAHR)
    assert {feld: bare(said[feld].wert) for feld in (FRAUEN, MAENNER)} == {
        FRAUEN: bare(level("231", "mindestens", "personen")),
        MAENNER: bare(level("309", "mindestens", "personen")),
    }
    assert not said[FRAUEN].doubtful and not said[MAENNER].doubtful
