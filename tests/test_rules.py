"""Each rule of `zv pruefe`: what it finds, with the words and the field, and what it has nothing to say about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from cases import GONE, ROOT, changed, checked, fitting, hits

from agreements.library.library import Library, open_library
from agreements.model.record import Vereinbarung
from agreements.rules import table
from agreements.rules.table import rules
from agreements.rules.tables import ministries_known, ministries_signing
from agreements.store.store import dump_record

LAGE = "rahmenbedingungen.regionale_lage.0"
STEP = "ziele.individuell.4.schritte.0"
QUOTE = "ziele.integrationsquote"


class Example(NamedTuple):
    """A change of a fitting record, and the words that a rule then finds at a field; no words: nothing."""

    rule: str
    change: Mapping[str, Any]
    words: Sequence[str]
    feld: str | None = None


def found(rule: str, text: str, words: str, feld: str = STEP) -> Example:
    return Example(rule, {feld: text}, [words], feld)


def passes(rule: str, text: str, feld: str = STEP) -> Example:
    return Example(rule, {feld: text}, [])


def target(
    wert: str | None, richtung: str = "steigt", schranke: str | None = None, bezug: int | None = 2023, einheit: str = "prozent"
) -> Mapping[str, Any]:
    return {"richtung": richtung, "schranke": schranke, "wert": wert and Decimal(wert), "einheit": einheit, "bezug": bezug}


def quotas(total: str, women: str, men: str) -> dict[str, Any]:
    return {f"{QUOTE}.gesamt": target(total), f"{QUOTE}.frauen": target(women), f"{QUOTE}.maenner": target(men)}


READ = "haushalt.verwaltungskosten"


def read(sure: str, said: str = "13.155.724", **akte: Any) -> dict[str, Any]:
    """The budget as it was read from a page."""
    place = {"seite": 3, "sicherheit": Decimal(sure), "gelesen": said}
    return {**AMOUNTS, "akte": {"stand": "entwurf", "fundstellen": {READ: place}, **akte}}


def left(art: str, feld: str | None = READ, wert: str | None = "13.155.724", **said: Any) -> dict[str, Any]:
    """The budget, and a point that its reading left open."""
    readings = [{"text": "13.155.724", "wert": wert}]
    point = {"kennung": "0" * 12, "art": art, "feld": feld, "grund": "undeutlich", "seite": 3, "lesungen": readings, **said}
    return {**AMOUNTS, "akte": {"stand": "entwurf", "offen": [point]}}


def decided(art: str, wie: str = "bestaetigt") -> dict[str, Any]:
    """The same, decided."""
    entry = {"kennung": "0" * 12, "art": art, "feld": READ, "wie": wie, "tag": "2024-02-03"}
    return {**AMOUNTS, "akte": {"entschieden": [entry]}}


AMOUNTS = {"haushalt.verwaltungskosten": 13155724, "haushalt.eingliederungsleistungen": 8696936}
TRAEGER = "unterschriften.traeger.1"
LAND = "unterschriften.land.1"
DEPARTURE = {"stelle": "III.§3.1", "art": "ersetzt", "alt": "zweimal jährlich", "neu": "dreimal jährlich"}
AGREED = {"kennung": "0" * 12, "art": "abweichung", "abweichung": DEPARTURE, "wie": "vereinbart", "tag": "2024-02-03"}

EXAMPLES = [
    Example("druck", {"wortlaut": "ni/2031"}, [""]),
    Example("druck", {"abweichungen": [{**DEPARTURE, "alt": "siebenmal jährlich"}]}, [""]),
    Example("druck", {}, []),
    Example("offen", {"haushalt.verwaltungskosten": None}, [""], "haushalt.verwaltungskosten"),
    Example("offen", {f"{TRAEGER}.datum": None}, []),
    Example("unsicher-gelesen", read("0.5"), ["13.155.724"], READ),
    Example("unsicher-gelesen", read("0.95"), []),
    Example("unsicher-gelesen", read("0.5", said="13.155.714"), []),
    Example("unsicher-gelesen", read("0.5", geprueft={READ: "am Bild"}), []),
    Example("unsicher-gelesen", left("unsicher"), ["13.155.724"], READ),
    Example("unsicher-gelesen", left("unsicher", wert="13.155.714"), []),
    Example("unsicher-gelesen", decided("unsicher"), []),
    Example("summe", {**AMOUNTS, "haushalt.gesamtbudget_mio": Decimal("12.9")}, ["12,9 Mio. Euro"], "haushalt.gesamtbudget_mio"),
    Example("summe", {**AMOUNTS, "haushalt.gesamtbudget_mio": Decimal("21.9")}, []),
    Example("frauen-maenner", quotas("5.2", "5.1", "2.7"), ["5,2"], f"{QUOTE}.gesamt"),
    Example("frauen-maenner", quotas("3.9", "5.1", "2.7"), []),
    Example("ungewoehnlich", {f"{QUOTE}.gesamt": target("39")}, ["um 39 % steigt"], f"{QUOTE}.gesamt"),
    Example("ungewoehnlich", {f"{QUOTE}.gesamt": target("311", "betraegt", None, None, "prozent_niveau")}, ["311 % beträgt"]),
    Example("ungewoehnlich", {f"{QUOTE}.gesamt": target("14.0")}, []),
    Example("bezugsjahr", {f"{QUOTE}.gesamt": target("1.0", bezug=2024)}, ["Bezugsjahr 2024"], f"{QUOTE}.gesamt"),
    Example("bezugsjahr", {f"{QUOTE}.gesamt": target("1.0", bezug=2022)}, []),
    Example("bezugsjahr-frueher", {f"{QUOTE}.gesamt": target("1.0", bezug=2022)}, ["Bezugsjahr 2022"], f"{QUOTE}.gesamt"),
    Example("bezugsjahr-frueher", {f"{QUOTE}.gesamt": target("1.0", bezug=2023)}, []),
    found("jahr-im-text", "Durchführung von zwei Messen im Jahr 2022", "Durchführung von zwei Messen im Jahr 2022"),
    found("jahr-im-text", "Im Jahr 2023 sollen 60 Personen vermittelt werden.", "Im Jahr 2023 sollen 60 Personen vermittelt", LAGE),
    found("jahr-im-text", "Das Projekt ist für 2054 geplant.", "Das Projekt ist für 2054 geplant.", LAGE),
    passes("jahr-im-text", "Im Jahr 2022 waren 3.418 Personen arbeitslos, 2023 stieg die Zahl.", LAGE),
    passes("jahr-im-text", "Seit 2015 und bis 2030 gilt das Programm; 2025 wird es ausgewertet.", LAGE),
    passes("jahr-im-text", "Die Förderperiode 2021–2027 und das Schuljahr 2022/23 bieten Möglichkeiten.", LAGE),
    passes("jahr-im-text", "Förderung von 2010 Personen nach dem Gesetz vom 16. Dezember 2022 (BGBl. I S. 2328)"),
    Example("datum-ausserhalb", {f"{TRAEGER}.datum": date(2025, 2, 1)}, ["1. Februar 2025"], f"{TRAEGER}.datum"),
    Example("datum-ausserhalb", {f"{TRAEGER}.datum": date(2023, 12, 18)}, []),
    Example("datum-vor-haushalt", {f"{TRAEGER}.datum": date(2024, 2, 1)}, ["1. Februar 2024"], f"{TRAEGER}.datum"),
    Example("datum-vor-haushalt", {f"{TRAEGER}.datum": date(2024, 2, 2)}, []),
    Example("datum-fehlt", {f"{LAND}.datum": None}, [""], f"{LAND}.datum"),
    Example("datum-fehlt", {f"{LAND}.datum": None, f"{TRAEGER}.datum": None}, []),
    found("fremder-kreis", "Gespräche mit dem Landkreis Peine", "Gespräche mit dem Landkreis Peine"),
    found("fremder-kreis", "Die Lage des Landkreises Rotenburg (Wümme) ist gut.", "des Landkreises Rotenburg (Wümme)", LAGE),
    found("fremder-kreis", "Beratung in Nordhorn", "Beratung in Nordhorn"),
    found("fremder-kreis", "Der Arbeitsmarkt Peines ist gut.", "Der Arbeitsmarkt Peines ist gut.", LAGE),
    found("fremder-kreis", "Landkreis Leer", "Landkreis Leer", f"{TRAEGER}.stelle"),
    passes("fremder-kreis", "Beratung in Meppen und im ganzen Emsland mit der Agentur für Arbeit Leer"),
    passes("fremder-kreis", "In den Nachbarkreisen Grafschaft Bentheim und Leer steigt die Nachfrage.", LAGE),
    passes("fremder-kreis", "Viele Räume stehen leer; gut angebunden ist Braunschweig.", LAGE),
    found("ort", "Lingen", "Lingen", f"{TRAEGER}.ort"),
    passes("ort", "Meppen", f"{TRAEGER}.ort"),
    found("ministerium", "Ministerium für Soziales, Gesundheit und Gleichstellung", "Soziales, Gesundheit", "ministerien.1.name"),
    found("ministerium", "Absprache mit dem Ministerium für Wirtschaft, Arbeit und Verkehr", "Ministerium für Wirtschaft"),
    passes("ministerium", "Ministerium für Soziales, Arbeit, Gesundheit und Gleichstellung", "ministerien.1.name"),
    found("unterzeichner", "Dr. Erika Muster", "Dr. Erika Muster", f"{LAND}.name"),
    passes("unterzeichner", "Dr. Christine Arbogast", f"{LAND}.name"),
    found("zusatz", "kein", "kein", f"{LAND}.zusatz"),
    found("zusatz", "ohne", "ohne", f"{TRAEGER}.zusatz"),
    found("zusatz", "i.V.", "i.V.", f"{TRAEGER}.zusatz"),
    found("zusatz", "I. A.", "I. A.", f"{TRAEGER}.zusatz"),
    found("zusatz", "in Vertretung", "in Vertretung", f"{LAND}.zusatz"),
    Example("zusatz", {f"{TRAEGER}.funktion": "Landrätin", f"{TRAEGER}.zusatz": "In Vertretung"}, ["In Vertretung"], f"{TRAEGER}.zusatz"),
    Example("zusatz", {f"{TRAEGER}.funktion": "Erster Kreisrat", f"{TRAEGER}.zusatz": GONE}, [""], f"{TRAEGER}.zusatz"),
    Example("zusatz", {f"{TRAEGER}.funktion": "Erste Kreisrätin", f"{TRAEGER}.zusatz": "In Vertretung"}, []),
    Example("abweichung", {"abweichungen": [DEPARTURE]}, ["dreimal jährlich"], "abweichungen.0"),
    Example("abweichung", {}, []),
    Example("abweichung", left("abweichung", None, None, stelle="III.§3.1", abweichung=DEPARTURE), ["13.155.724"], "akte.offen.0"),
    Example("abweichung", {"abweichungen": [DEPARTURE], "akte.entschieden": [AGREED]}, []),
    Example("nachverfolgt", {"akte": {"nachverfolgt": {READ: "13.155.724"}}}, [""], READ),
    Example("nachverfolgt", {"akte": {"nachverfolgt": {READ: "13.155.724"}, "geprueft": {READ: "mit dem Kreis besprochen"}}}, []),
    Example("nachverfolgt", left("nachverfolgt"), ["13.155.724"], READ),
    Example("nachverfolgt", left("nachverfolgt", wert="13.155.714"), []),
    Example("widerspruch", left("widerspruch", None), ["13.155.724"], "akte.offen.0"),
    Example("widerspruch", decided("widerspruch"), []),
    Example("kommentar", left("kommentar", None), ["13.155.724"], "akte.offen.0"),
    Example("kommentar", decided("kommentar"), []),
    found("verweis", "Die Ziele nach § 7 gelten.", "Die Ziele nach § 7 gelten.", LAGE),
    found("verweis", "Näheres regelt § 3 Abs. 9.", "Näheres regelt § 3 Abs. 9.", LAGE),
    found("verweis", "Die Zielwerte nach § 2 Nr. 5 gelten.", "Die Zielwerte nach § 2 Nr. 5 gelten.", LAGE),
    found("verweis", "Die individuell vereinbarten Ziele nach § 2 Nr. 3 und 4 gelten.", "§ 2 Nr. 3 und 4 gelten.", LAGE),
    found("verweis", "Das gilt auch für die Ziele 4 und 9.", "Das gilt auch für die Ziele 4 und 9.", LAGE),
    Example(
        "verweis",
        {"abweichungen": [{**DEPARTURE, "neu": "zweimal jährlich nach § 9"}]},
        ["zweimal jährlich nach § 9 – Zieldialoge"],
        "abweichungen.0.neu",
    ),
    passes("verweis", "Nach § 1 Abs. 2 Satz 3 SGB II, § 16i und § 4 der Verordnung gilt § 2 Nr. 2 und 3, dazu § 3 Abs. 2.", LAGE),
    passes("verweis", "Das gilt für Ziel 6 und die Ziele 2 und 3.", LAGE),
    passes("verweis", "Die individuellen Ziele nach § 2 Nr. 4 und 6 gelten; Ziel 60 Personen.", LAGE),
    Example("ziel-fehlt", {f"{QUOTE}.gesamt": GONE}, [""], f"{QUOTE}.gesamt"),
    Example("ziel-fehlt", {f"{QUOTE}.gesamt": None}, []),
    found("begriff", "Beratung zum Arbeitslosengeld II", "Beratung zum Arbeitslosengeld II"),
    found("begriff", "Abschluss von Eingliederungsvereinbarungen", "Abschluss von Eingliederungsvereinbarungen"),
    passes("begriff", "Beratung zum Bürgergeld und zum Kooperationsplan"),
    found("abkuerzung", "Beratung z.B. online", "Beratung z.B. online"),
    found("abkuerzung", "Beratung ggfs. online", "Beratung ggfs. online"),
    passes("abkuerzung", "Beratung ggf. online, z. B. am PC, i. d. R. bzw. usw."),
    found("datum-form", "Umsetzung bis 30.06.2024", "Umsetzung bis 30.06.2024"),
    passes("datum-form", "Umsetzung bis 30. Juni 2024, Version 1.2.3"),
    Example("anfuehrung", {STEP: 'Projekt "Turbo" fördern', LAGE: "Das Projekt „Turbo“ läuft."}, ['Projekt "Turbo" fördern'], STEP),
    found("anfuehrung", "Projekt „Turbo fördern", "Projekt „Turbo fördern"),
    passes("anfuehrung", "Projekt „Turbo“ fördern"),
    found("paragraph", "Coaching nach § 16 k SGB II", "Coaching nach § 16 k SGB II"),
    passes("paragraph", "Coaching nach § 16k SGB II"),
    found("gedankenstrich", "Beratung - auch online - anbieten", "Beratung - auch online - anbieten"),
    passes("gedankenstrich", "Beratung – auch online – in Aus- und Weiterbildung"),
    found("leerzeichen", "Beratung , auch online", "Beratung , auch online"),
    found("leerzeichen", "Anteil von 14,0% halten", "Anteil von 14,0% halten"),
    passes("leerzeichen", "Anteil von 14,0 % halten (auch 2.500 Euro), …"),
]


def sentence(example: Example) -> str:
    said = " ".join(example.words) or "nothing"
    return f"{example.rule} finds {said} in {next(iter(example.change.values()), 'a fitting record')}"[:110]


@pytest.mark.parametrize("example", EXAMPLES, ids=sentence)
def test_a_rule_finds_what_is_wrong_and_nothing_else(example: Example) -> None:
    got = hits(example.rule, changed(fitting(), example.change))
    assert [said in hit.worte for hit, said in zip(got, example.words, strict=True)] == [True] * len(example.words)
    assert {hit.feld for hit in got} <= {example.feld} or example.feld is None
    assert all(hit.grund.endswith((".", ")")) for hit in got)


# ---------------------------------------------------------------- rules that look beyond the record


def library_with(folder: Path, last_year: Mapping[str, Any]) -> Library:
    """A folder with the Emsland's agreement of 2023, as that of 2024 but for some values."""
    library = open_library(folder)
    library.store.save(changed(fitting(), {"jahr": 2023, "wortlaut": None, **last_year}))
    return library


def carried(path: str, text: str) -> Vereinbarung:
    """The agreement with a text that is noted as carried over."""
    return changed(fitting(), {path: text, "akte.uebernommen": {path.rpartition(".")[0]: 2023}})


@pytest.mark.parametrize(("now", "last_year", "said"), [
    (target("4.0"), target("4.0", "sinkt"), "die andere Richtung"),
    (target("4.0", schranke="hoechstens"), target("4.0", schranke="mindestens"), "eine andere Schranke"),
    (target("4.0", einheit="prozentpunkte"), target("4.0"), "eine andere Einheit"),
    (target("14.0"), target("1.4"), "weicht stark"),
    (target("4.0"), target("3.5"), None),
    (target(None, "gleich"), target("3.5"), None),
])  # fmt: skip
def test_a_target_that_departs_much_from_last_years_is_told(
    now: Mapping[str, Any],
    last_year: Mapping[str, Any],
    said: str | None,
    tmp_path: Path,
) -> None:
    path = "ziele.langzeitleistungsbezug.gesamt"
    got = [hit for hit in hits("sprung", changed(fitting(), {path: now}), library_with(tmp_path, {path: last_year})) if hit.feld == path]
    assert [said in hit.grund for hit in got if said] == [True] * bool(said)
    assert bool(got) == bool(said)


def test_an_amount_that_departs_much_from_last_years_is_told(tmp_path: Path) -> None:
    record = changed(fitting(), AMOUNTS)
    library = library_with(tmp_path, {"haushalt.verwaltungskosten": 9_000_000, "haushalt.eingliederungsleistungen": 8_000_000})
    assert [(hit.worte, hit.feld) for hit in hits("sprung", record, library) if (hit.feld or "").startswith("haushalt.")][:1] == [
        ("13.155.724", "haushalt.verwaltungskosten")
    ]


def test_last_years_record_that_does_not_load_is_told(tmp_path: Path) -> None:
    library = library_with(tmp_path, {})
    assert hits("vorjahr-unlesbar", fitting(), library) == []
    (tmp_path / "agreements/2023/lk-emsland.yaml").write_text("jahr: 2023\n", encoding="utf-8")
    (hit,) = hits("vorjahr-unlesbar", fitting(), library)
    assert "lk-emsland.yaml" in hit.grund


def test_a_carried_text_is_told_until_it_is_changed_or_noted_as_read(tmp_path: Path) -> None:
    library = library_with(tmp_path, {"rahmenbedingungen.regionale_lage": ["Der alte Absatz.", "Noch einer."]})
    record = changed(fitting(), {"akte.uebernommen": {"rahmenbedingungen.regionale_lage": 2023}})

    def told(paragraphs: list[str], **akte: Any) -> list[str]:
        return [hit.grund for hit in hits("unberuehrt", changed(record, {"rahmenbedingungen.regionale_lage": paragraphs, **akte}), library)]

    assert told(["Der alte Absatz.", "Noch einer."]) == ["Regionale Lage: Der Text ist noch wörtlich wie im Vorjahr."]
    assert told(["Ein neuer Absatz.", "Noch einer."]) == ["Regionale Lage: 1 von 2 Absätzen sind noch wörtlich wie im Vorjahr."]
    assert told(["Ein neuer Absatz.", "Noch ein neuer."]) == []
    assert told(["Der alte Absatz."], **{"akte.geprueft": {"rahmenbedingungen.regionale_lage": "gelesen"}}) == []


def test_what_is_signed_is_done_with_what_was_carried_over() -> None:
    record = changed(carried(LAGE, "Der alte Absatz."), {"akte.stand": "unterzeichnet"})
    assert not [each for each in checked(record) if each.regel == "unberuehrt"]


def test_what_is_carried_over_untouched_weighs_more_once_it_is_sent() -> None:
    for stand, schwere in (("entwurf", "hinweis"), ("versandt", "warnung")):
        record = changed(carried(LAGE, "Der alte Absatz."), {"akte.stand": stand})
        assert [each.schwere for each in checked(record) if each.regel == "unberuehrt"] == [schwere]


@pytest.mark.parametrize(("text", "told"), [
    ("Das Programm läuft im Jahr 2023 weiter.", True), ("Im Vergleich zu 2022 ist die Lage besser.", True),
    ("Seit 2015 wächst die Beschäftigung, 2024 auch.", False),
    ("Schulung aller Fachkräfte bis zum 30.06.2023", True), ("Bis spätestens 31. Dezember 2023 sind die Schritte umgesetzt.", True),
    ("Schulung aller Fachkräfte bis zum 30.06.2024", False), ("Die Förderung lief bis zum 31. Dezember 2021.", False),
])  # fmt: skip
def test_a_carried_text_that_still_speaks_of_last_year_is_told(text: str, told: bool, tmp_path: Path) -> None:
    library = library_with(tmp_path, {LAGE: text})
    assert bool(hits("jahr-im-text", carried(LAGE, text), library)) == told


LONG = (
    "Der Arbeitsmarkt im Landkreis {} zeigt sich robust; besonders gefragt sind Fachkräfte in Pflege, Handwerk und Erziehung, "
    "während im Helferbereich auf eine Stelle sieben Bewerber kommen."
)


def of_peine(changes: Mapping[str, Any]) -> Vereinbarung:
    return changed(fitting(), {"traeger": "lk-peine", **changes})


@pytest.mark.parametrize(("own", "other", "told"), [
    (LONG.format("Emsland"), LONG.format("Peine"), True), (LONG.format("Emsland"), "Ein anderer Absatz.", False),
    ("Kurz und gleich.", "Kurz und gleich.", False),
])  # fmt: skip
def test_a_paragraph_that_another_kreis_has_too_is_told(own: str, other: str, told: bool) -> None:
    got = hits("absatz-wie-andere", changed(fitting(), {LAGE: own}), others=[of_peine({"rahmenbedingungen.regionale_lage": [other]})])
    assert [(hit.feld, "dem Landkreis Peine" in hit.grund) for hit in got] == ([(LAGE, True)] if told else [])


@pytest.mark.parametrize(("other", "told"), [(13155724, True), (13155725, False)])
def test_an_amount_that_another_kreis_has_to_the_euro_is_told(other: int, told: bool) -> None:
    got = hits("betrag-wie-andere", changed(fitting(), AMOUNTS), others=[of_peine({"haushalt.verwaltungskosten": other})])
    assert [hit.worte for hit in got if hit.feld == "haushalt.verwaltungskosten"] == (["13.155.724 Euro"] if told else [])


def test_a_term_is_replaced_only_from_the_year_on_that_the_law_says() -> None:
    record = changed(fitting(), {"jahr": 2027, "wortlaut": None, "text": [{"art": "text", "text": "Beratung zum Bürgergeld."}]})
    assert [hit.worte for hit in hits("begriff", record)] == ["Beratung zum Bürgergeld."]
    assert hits("begriff", record.model_copy(update={"jahr": 2026})) == []


def test_a_slip_of_the_wording_is_told_at_its_line_unless_the_record_departs_there() -> None:
    mended = {"stelle": "I.4", "art": "ersetzt", "alt": "daraufgelegt", "neu": "darauf gelegt"}
    told, departed = (hits("bekanntes-versehen", record) for record in (fitting(), changed(fitting(), {"abweichungen": [mended]})))
    assert {hit.worte for hit in told} - {hit.worte for hit in departed} == {"daraufgelegt"}
    (slip,) = (each for each in checked(fitting()) if each.worte == "daraufgelegt")
    assert (slip.datei, slip.datei.read_text(encoding="utf-8").splitlines()[slip.zeile - 1].count("daraufgelegt")) == (
        ROOT / "templates/ni/2024.j2",
        1,
    )


@pytest.mark.parametrize(("key", "reason", "said"), [
    ("summe", "Steht so im Original.", None),
    ("summe@haushalt.gesamtbudget_mio", "Steht so im Original.", None),
    ("summe@haushalt", "Steht so im Original.", None),
    ("summe@ziele", "Steht so im Original.", "schlägt hier nicht mehr an"),
    ("frauen-maenner", "Steht so im Original.", "schlägt hier nicht mehr an"),
    ("sume", "Steht so im Original.", "Gemeint ist vielleicht „summe“"),
    ("summe", " ", "keinen Grund"),
])  # fmt: skip
def test_a_rule_is_silenced_with_a_reason_and_told_where_that_is_idle(key: str, reason: str, said: str | None) -> None:
    record = changed(fitting(), {**AMOUNTS, "haushalt.gesamtbudget_mio": Decimal("12.9"), "akte.stillgelegt": {key: reason}})
    got = [each for each in checked(record) if each.regel in ("summe", "stillgelegt")]
    assert {each.regel for each in got} == ({"summe", "stillgelegt"} if said else set())
    assert all(said in each.grund for each in got if said and each.regel == "stillgelegt")


def test_what_is_signed_stands_so_that_a_warning_on_it_is_a_hint() -> None:
    for stand, schwere in (("entwurf", "warnung"), ("unterzeichnet", "hinweis")):
        record = changed(fitting(), {STEP: "Gespräche mit dem Landkreis Peine", "akte.stand": stand})
        assert [each.schwere for each in checked(record) if each.regel == "fremder-kreis"] == [schwere]


def test_a_finding_stands_at_the_line_of_its_words() -> None:
    record = changed(fitting(), {LAGE: f"{'Ein langer Satz steht hier davor. ' * 12}Gespräche mit dem Landkreis Peine laufen."})
    (each,) = (each for each in checked(record) if each.regel == "fremder-kreis")
    assert "Peine" in dump_record(record).splitlines()[each.zeile - 1]


ELSEWHERE = {
    "laden": "test_checking",
    "ohne-stelle": "test_own_text_printed",
    "rechtschreibung": "test_rules_spelling",
    "jahr-im-wortlaut": "test_rules_together",
    "wortlaut-durchsicht": "test_yearly",
    "sprung": test_a_target_that_departs_much_from_last_years_is_told,
    "vorjahr-unlesbar": test_last_years_record_that_does_not_load_is_told,
    "unberuehrt": test_a_carried_text_is_told_until_it_is_changed_or_noted_as_read,
    "absatz-wie-andere": test_a_paragraph_that_another_kreis_has_too_is_told,
    "betrag-wie-andere": test_an_amount_that_another_kreis_has_to_the_euro_is_told,
    "bekanntes-versehen": test_a_slip_of_the_wording_is_told_at_its_line_unless_the_record_departs_there,
    "stillgelegt": test_a_rule_is_silenced_with_a_reason_and_told_where_that_is_idle,
}
"""Rules that the table above does not try."""


def test_every_rule_is_tried_both_ways_and_described() -> None:
    names = {rule.name for rule in rules()}
    assert {example.rule for example in EXAMPLES if example.words} == {example.rule for example in EXAMPLES if not example.words}
    assert names == {example.rule for example in EXAMPLES} | set(ELSEWHERE)
    assert set(table.FINDS) | {"laden", "stillgelegt"} == names


def test_the_names_of_ministries_that_a_year_may_state_are_none_that_lost_words_make_of_one_of_its_own() -> None:
    """A reader that loses "Arbeit," makes the ministry's older name of that of 2024."""
    social = "Ministerium für Soziales, Gesundheit und Gleichstellung"
    assert social in ministries_known("ni", 2013)
    assert social not in ministries_known("ni", 2024)
    assert not ministries_known("", 2024)


def test_how_many_ministries_sign_is_told_of_those_that_the_table_has() -> None:
    social = "Niedersächsisches Ministerium für Soziales, Gesundheit und Gleichstellung"
    assert [ministries_signing("ni", jahr, [social]) for jahr in (2013, 2018, 2022)] == [2, 2, 2]
    assert ministries_signing("ni", 2024, ["Ministerium für Soziales, Arbeit, Gesundheit und Gleichstellung"]) == 1
    assert ministries_signing("ni", 2018, ["Ministerium für Meer und Moor"]) == ministries_signing("", 2018, [social]) == 0
