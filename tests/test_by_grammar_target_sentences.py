"""One grammar for target sentences of all years: it reads right, says what it does not understand, and leaves shares alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples

from agreements.language.numbers import write_number
from agreements.model.record import Zielwert
from extract.by_grammar.target_elements import Setting, Target
from extract.by_grammar.target_sentences import level_after, targets

JAHR = 2018
SETTING = Setting(JAHR, "integrationsquote", names=("Landkreis Osterholz", "Landkreises Osterholz"))

VERBS = {
    "steigt": ("steigt", "ansteigt", "erhöht", "gesteigert wird", "zunimmt"),
    "sinkt": ("sinkt", "verringert", "reduziert wird", "gesenkt wird", "abnimmt", "zurückgeht"),
}
BOUNDS = {
    None: ("",),
    "hoechstens": ("nicht mehr als ", "maximal ", "höchstens ", "nicht mehr am ", "bis zu "),
    "mindestens": ("mindestens ", "wenigstens "),
    "rund": ("rund ", "ca. ", "etwa ", "rd. "),
}
UNITS = {
    "prozent": (" %", "%", "\N{NO-BREAK SPACE}%", " Prozent", " v. H.", " v.H."),
    "prozentpunkte": (" Prozentpunkte", " Prozentpunkten"),
    "personen": (" Personen", " Langzeitleistungsbeziehende"),
    "euro": (" Euro", " €"),
}
REFERENCES = (
    "im Vergleich zum Jahr {j}",
    "im Vergleich zu {j}",
    "gegenüber dem Jahr {j}",
    "gegenüber {j}",
    "verglichen mit dem Jahr {j}",
    "im Vergleich zum Jahresendwert {j}",
    "im Vergleich zum Vorjahr",
    "gegenüber dem Vorjahr",
)
SUBJECTS = {
    "ziele.integrationsquote.gesamt": ("die Integrationsquote", "die Integrationsquote des Landkreises Osterholz"),
    "ziele.integrationsquote.frauen": ("die Integrationsquote der Frauen",),
    "ziele.integrationsquote.maenner": ("die Integrationsquote von Männern",),
    "ziele.integrationsquote.alleinerziehende": ("die Integrationsquote der Alleinerziehenden",),
    "ziele.langzeitleistungsbezug.gesamt": (
        "der durchschnittliche Bestand an Langzeitleistungsbeziehern",
        "die Zahl der Langzeitleistungsbeziehenden",
    ),
    "ziele.leistungen_lebensunterhalt.gesamt": ("die Summe der Leistungen zum Lebensunterhalt",),
}
CHANGES = (
    "Das Ziel ist im Jahr {y} erreicht, wenn sich {s} {q} {r} {v}.",
    "Das Ziel ist erreicht, wenn {s} {r} {q} {v}.",
    "Das Ziel gilt als erreicht, wenn {r} {s} {q} {v}.",
    "Es wird vereinbart, dass {s} {q} {r} {v}.",
    "Für {y} ist vereinbart, dass {r} {s} {q} {v}.",
)

values = st.one_of(st.decimals(0, 99, places=1), st.integers(0, 40).map(Decimal))


@st.composite
def changes(draw: st.DrawFn) -> tuple[str, str, Zielwert]:
    """A sentence, the field and the target it says."""
    feld = draw(st.sampled_from(sorted(SUBJECTS)))
    richtung, schranke = draw(st.sampled_from(sorted(VERBS))), draw(st.sampled_from(list(BOUNDS)))
    einheit = draw(st.sampled_from(sorted(UNITS)))
    wert = draw(st.integers(1, 99_999).map(Decimal) if einheit in ("personen", "euro") else values)
    bezug = draw(st.sampled_from((JAHR - 1, JAHR - 2)))
    reference = draw(st.sampled_from(REFERENCES if bezug == JAHR - 1 else REFERENCES[:6])).format(j=bezug)
    bound, unit = draw(st.sampled_from(BOUNDS[schranke])), draw(st.sampled_from(UNITS[einheit]))
    quantity = draw(st.sampled_from((f"um {bound}{write_number(wert)}{unit}", f"{bound}um {write_number(wert)}{unit}")))
    sentence = draw(st.sampled_from(CHANGES)).format(
        s=draw(st.sampled_from(SUBJECTS[feld])), q=quantity, r=reference, v=draw(st.sampled_from(VERBS[richtung])), y=JAHR
    )
    return sentence, feld, Zielwert(richtung=richtung, schranke=schranke, wert=wert, einheit=einheit, bezug=bezug)  # type: ignore[arg-type]


@st.composite
def levels(draw: st.DrawFn) -> tuple[str, str, Zielwert]:
    """A sentence that agrees a level."""
    schranke = draw(st.sampled_from(list(BOUNDS)))
    bound = draw(st.sampled_from(BOUNDS[schranke]))
    if draw(st.booleans()):
        wert, feld, einheit = draw(values), "ziele.integrationsquote.gesamt", "prozent_niveau"
        form = draw(
            st.sampled_from(
                (
                    "Eine Integrationsquote von {b}{n} % wird vereinbart.",
                    "Das Ziel ist erreicht, wenn die Integrationsquote {b}{n}% beträgt.",
                    "Im Jahr 2018 soll eine Integrationsquote von {b}{n} Prozent erreicht werden.",
                )
            )
        )
    else:
        wert, feld, einheit = Decimal(draw(st.integers(1, 99_999))), "ziele.langzeitleistungsbezug.gesamt", "personen"
        form = draw(
            st.sampled_from(
                (
                    "Der Bestand an Langzeitleistungsbeziehenden soll auf {b}{n} Personen sinken.",
                    "Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehern auf {b}{n} Personen reduziert wird.",
                )
            )
        )
    return form.format(b=bound, n=write_number(wert)), feld, Zielwert(richtung="betraegt", schranke=schranke, wert=wert, einheit=einheit)  # type: ignore[arg-type]


def said(target: Target) -> str:
    return repr(target.zielwert)


@settings(max_examples=examples(600), deadline=None)
@given(st.one_of(changes(), changes(), levels()))
def test_every_target_in_every_form_is_read_as_it_is(drawn: tuple[str, str, Zielwert]) -> None:
    sentence, feld, meant = drawn
    found = targets(sentence, SETTING)
    assert [(target.feld, said(target), target.doubts) for target in found] == [(feld, repr(meant), ())], sentence


@pytest.mark.parametrize("phrase", ["gleich bleibt", "konstant bleibt", "unverändert bleibt", "konstant gehalten wird", "stabil bleibt"])
def test_a_standstill_has_no_value(phrase: str) -> None:
    found = targets(f"Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehern im Vergleich zum Vorjahr {phrase}.", SETTING)
    assert [said(target) for target in found] == [repr(Zielwert(richtung="gleich", bezug=2017))]
    assert not found[0].doubts


@pytest.mark.parametrize(
    "phrase", ["auf dem Niveau des Vorjahres bleibt", "auf dem Niveau des Jahres 2017 gehalten wird", "auf dem Vorjahresniveau liegt"]
)
def test_the_level_of_the_year_before_is_a_standstill(phrase: str) -> None:
    found = targets(f"Das Ziel ist erreicht, wenn die Integrationsquote {phrase}.", SETTING)
    assert [(said(target), target.doubts) for target in found] == [(repr(Zielwert(richtung="gleich", bezug=2017)), ())]


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Ziel ist erreicht, wenn die Integrationsquote der Frauen um 5,1 % und die der Männer um 2,7 % gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn sich die Integrationsquote um 5,1 % bei Frauen und um 2,7 % bei Männern gegenüber 2017 erhöht.",
        "Vereinbart wird, dass die Integrationsquote gegenüber dem Vorjahr für Frauen um 5,1% und für Männer um 2,7% steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote gegenüber dem Vorjahr steigt (Frauen: um 5,1 %, Männer: um 2,7 %).",
    ],
)
def test_women_and_men_share_verb_and_year(sentence: str) -> None:
    found = targets(sentence, SETTING)
    assert [
        (target.gruppe, str(target.zielwert and target.zielwert.wert), target.zielwert and target.zielwert.bezug) for target in found
    ] == [("frauen", "5.1", 2017), ("maenner", "2.7", 2017)]
    assert not any(target.doubts for target in found)


def test_a_target_for_all_stands_beside_those_of_women_and_men_in_brackets() -> None:
    found = targets(
        "Das Ziel ist erreicht, wenn die Integrationsquote um 3,9 % (Frauen: 5,1 %, Männer: 2,7 %) im Vergleich zum Jahr 2017 steigt.",
        SETTING,
    )
    assert [(target.gruppe, str(target.zielwert and target.zielwert.wert)) for target in found] == [
        ("gesamt", "3.9"),
        ("frauen", "5.1"),
        ("maenner", "2.7"),
    ]


def test_a_sentence_without_a_year_says_so() -> None:
    (target,) = targets("Das Ziel ist erreicht, wenn die Integrationsquote mindestens um 2,0 % sinkt.", SETTING)
    assert not target.names_bezug
    assert target.zielwert == Zielwert(richtung="sinkt", schranke="mindestens", wert=Decimal("2.0"), bezug=None)


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Ziel ist erreicht, wenn die Quote um 2,0 % gegenüber 2017 steigt; das entspricht einer Quote von mindestens 28,4 %.",
        "Das Ziel ist erreicht, wenn die Integrationsquote um 2,0 % (das entspricht mindestens 28,4 %) gegenüber dem Vorjahr steigt.",
    ],
)
def test_the_level_a_change_comes_to_is_kept_beside_it(sentence: str) -> None:
    (target,) = targets(sentence, SETTING)
    assert target.zielwert == Zielwert(richtung="steigt", wert=Decimal("2.0"), bezug=2017)
    assert target.entspricht and target.entspricht.zielwert == Zielwert(
        richtung="betraegt", schranke="mindestens", wert=Decimal("28.4"), einheit="prozent_niveau"
    )
    assert not target.doubts and not target.entspricht.doubts


def test_a_level_in_a_sentence_of_its_own_is_no_target() -> None:
    sentence = "Dies entspricht einer Integrationsquote von mindestens 28,4 %."
    assert targets(sentence, SETTING) == ()
    level = level_after(sentence, SETTING)
    assert level and level.zielwert and level.zielwert.wert == Decimal("28.4")


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Arbeitslosenquote lag bei 6,4 %.",
        "Im Jahr 2017 stieg die Integrationsquote um 3,0 %.",
        "Im Jahr 2017 konnte die Integrationsquote um 3,0 % gesteigert werden.",
        "Für die Arbeitslosigkeit wird ein Anstieg um 3,1 % erwartet.",
        "Voraussichtlich steigt die Integrationsquote landesweit um 1,0 %.",
        "Die Integrationsquote lag im Vorjahr bei 28,4 %.",
        "Zielwert: 40 % der Termine",
        "Das Ziel ist erreicht, wenn 40 % der Termine vor Ort stattfinden.",
        "Der Bestand der Langzeitleistungsbeziehenden ist bereits um 4,0 % gesunken.",
        "Zielindikator ist die Integrationsquote.",
        "Die Entwicklung der Summe der Leistungen zum Lebensunterhalt wird beobachtet.",
    ],
)
def test_other_percentages_are_no_targets(sentence: str) -> None:
    assert targets(sentence, SETTING) == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Das Ziel ist nicht erreicht, wenn die Integrationsquote um 2,0 % sinkt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote nicht um 2,0 % gegenüber dem Vorjahr sinkt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote um 2,0 bis 3,0 % gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote um 2,0 % auf 31,1 % gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote von 28,4 % auf 29,1 % steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote um ein Prozent gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote um 2,0 % gegenüber dem Zielwert des Vorjahres steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote mindestens 2,0 % höher als im Vorjahr ist.",
        "Das Ziel ist erreicht, wenn die Integrationsquote der Geflüchteten um 2,0 % gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote der alleinerziehenden Frauen um 2,0 % gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn die Zahl der Integrationen um 2,0 % gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn die Quote um 2,0 % gegenüber dem Landesdurchschnitt steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote im Jahr 2020 um 2,0 % gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote um mindestens rund 2,0 % gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote um 2,0 % gegenüber dem Vorjahr steigt oder sinkt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote um doppelt so viel wie 2,0 % gegenüber dem Vorjahr steigt.",
        "Die Integrationsquote erhöht sich gegenüber dem Vorjahr um 2,0 %.",
        "Zielwert 2018: 31,1 %",
        "Das Ziel ist erreicht, wenn die Integrationsquote von Frauen und Männern um 2,0 % gegenüber dem Vorjahr steigt.",
        "Das Ziel ist erreicht, wenn die Integrationsquote um -2,0 % gegenüber dem Vorjahr steigt.",
    ],
)
def test_what_is_not_understood_is_never_sure(sentence: str) -> None:
    assert all(target.doubts or target.feld is None for target in targets(sentence, SETTING))


def test_the_heading_tells_the_indicator_where_the_sentence_does_not() -> None:
    sentence = "Vereinbart wird eine Senkung um 1,5 % gegenüber dem Vorjahr."
    (target,) = targets(sentence, Setting(JAHR, "langzeitleistungsbezug"))
    assert (target.feld, target.doubts) == ("ziele.langzeitleistungsbezug.gesamt", ())


def test_a_slip_of_text_recognition_in_a_harmless_word_is_forgiven_where_letters_are_not_certain_only() -> None:
    sentence = (
        "Das Ziel ist erreicht, wenn der durchschnittliiche Bestand an Langzeitleistungsbeziehern um 2,0 % gegenüber dem Vorjahr sinkt."
    )
    assert targets(sentence, SETTING)[0].doubts
    assert not targets(sentence, Setting(JAHR, "integrationsquote", certain=False))[0].doubts


@pytest.mark.parametrize(
    "sentence",
    [
        "Die Integrationsquote ist um 2,1 % gegenüber dem Vorjahr zu erhöhen.",
        "Die Integrationsquote ist um 2,1 % gegenüber dem Vorjahr anzuheben.",
        "Im Jahresdurchschnitt ist eine Integrationsquote von wenigstens 24,3 % zu erreichen.",
    ],
)
def test_what_is_to_be_done_is_agreed(sentence: str) -> None:
    (found,) = targets(sentence, SETTING)
    assert (found.framed, found.doubts) == (True, ())


@pytest.mark.parametrize(
    "sentence",
    [
        "Es ist schwierig, die Integrationsquote um 2,1 % gegenüber dem Vorjahr zu erhöhen.",
        "Die Lage ist günstig, um die Integrationsquote um 2,1 % gegenüber dem Vorjahr zu erhöhen.",
        "Die Integrationsquote ist nicht um 2,1 % gegenüber dem Vorjahr zu erhöhen.",
        "Die Integrationsquote ist um 2,1 % gegenüber dem Vorjahr gestiegen.",
    ],
)
def test_what_is_hard_or_possible_or_denied_to_be_done_is_not_agreed_for_sure(sentence: str) -> None:
    assert all(found.doubts for found in targets(sentence, SETTING))
