"""Forms of target sentences: each is read alike where the wording is known and where none is."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from emsland import REGISTER
from test_matching import angabe, changed, others, read

from agreements.language.protocol import UNREAD, Context
from agreements.language.target_grammar import Phrase
from agreements.language.target_vocabulary import TABLE, Form, any_of, pattern_of
from agreements.language.targets import Zielsatz
from agreements.model.fields import value_at
from agreements.model.record import Zielwert
from extract.by_grammar.target_elements import Setting
from extract.by_grammar.target_sentences import level_after, targets

BESTAND = "ziele.langzeitleistungsbezug.gesamt"
PRINTED = "um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 steigt"
SENTENCE = "Das Ziel ist im Jahr 2024 erreicht, wenn der durchschnittliche Bestand an Langzeitleistungsbeziehenden {}."


def target(**parts: Any) -> Zielwert:
    return Zielwert.model_validate({"richtung": "steigt", "wert": Decimal("14.0"), "bezug": 2023, **parts})


EIGHT = [
    ("um nicht über 14,0 % im Vergleich zum Jahr 2023 sinkt", target(richtung="sinkt", schranke="hoechstens")),
    ("um 14,0 % im Verhältnis zum Jahr 2023 steigt", target()),
    ("um 14,0 % gemessen am Vorjahr steigt", target()),
    ("um 14,0 % bezogen auf das Jahr 2023 steigt", target()),
    ("im Vergleich zum Jahr 2023 stabil bleibt", target(richtung="gleich", wert=None)),
    ("um 14,0 % im Vergleich zum Jahr 2023 zunehmen", target()),
    ("um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 steigt", target(schranke="hoechstens")),
    ("gegenüber dem Vorjahr um mindestens 14,0 % gesenkt wird", target(richtung="sinkt", schranke="mindestens")),
]
"""Six on which two grammars once disagreed, and two on which they did not."""


@pytest.mark.parametrize(("phrase", "value"), EIGHT)
def test_a_form_is_read_where_it_replaces_what_the_wording_prints(phrase: str, value: Zielwert) -> None:
    found = read(changed(BESTAND, PRINTED, phrase))
    assert repr(value_at(found.record, BESTAND)) == repr(value)
    assert not angabe(found, BESTAND).doubtful
    assert others(found, BESTAND) == {}


@pytest.mark.parametrize(("phrase", "value"), EIGHT)
def test_a_form_is_read_in_a_sentence_of_no_wording(phrase: str, value: Zielwert) -> None:
    (found,) = targets(SENTENCE.format(phrase), Setting(2024, "langzeitleistungsbezug"))
    assert (found.feld, repr(found.zielwert), found.doubts) == (BESTAND, repr(value), ())


# ---------------------------------------------------------------- the table

CONTEXT = Context(2024, REGISTER)
PHRASES = ("richtung", "schranke", "einheit", "bezug", "bezugswert", "vorjahr", "niveau")
"""Parts of which the example is a target, not a whole sentence."""
UNSURE = ("geschehen", "erwartet", "verneint", "andere")
"""Parts with which a sentence agrees nothing for sure."""
FELDER = {
    **{part: f"ziele.integrationsquote.{part}" for part in ("frauen", "maenner", "alleinerziehende")},
    **{part: f"ziele.{part}.gesamt" for part in ("integrationsquote", "langzeitleistungsbezug", "leistungen_lebensunterhalt")},
    **dict.fromkeys(("vereinbart", "zugesagt", "soll", "veraenderung", "nebenbei"), "ziele.integrationsquote.gesamt"),
}


def said_with(entry: Form) -> list[str]:
    """The example of an entry with each of its forms."""
    found = re.search(any_of(entry.forms), entry.example, re.I)
    assert found, entry
    forms = [form.replace("*", "").replace("JJJJ", "2023") for form in entry.forms]
    return [entry.example[: found.start()] + form + entry.example[found.end() :] for form in forms]


def entries(*parts: str) -> list[Any]:
    return [pytest.param(each, id=f"{each.part}: {each.written[:40]}") for each in TABLE if each.part in parts]


@pytest.mark.parametrize("entry", entries(*PHRASES))
def test_every_form_of_a_target_is_read_alike_with_a_wording_and_without(entry: Form) -> None:
    for said in said_with(entry):
        found = Zielsatz("jahr").parse(said, CONTEXT)
        assert isinstance(found, Phrase) and not found.rest, said
        value = found.complete(None, None)
        assert isinstance(value, Zielwert), said
        parts = {"richtung": value.richtung, "schranke": value.schranke, "einheit": value.einheit, "niveau": value.richtung}
        assert parts.get(entry.part) == entry.means, said
        assert value.bezug == (None if value.richtung == "betraegt" else 2023), said
        if not entry.inside:
            (alone,) = targets(f"Das Ziel ist erreicht, wenn die Integrationsquote {said}.", Setting(2024))
            assert (repr(alone.zielwert), alone.doubts) == (repr(value), ()), said


@pytest.mark.parametrize("entry", entries(*FELDER))
def test_every_form_of_what_a_sentence_agrees_is_known(entry: Form) -> None:
    for said in said_with(entry):
        (found,) = targets(said, Setting(2024))
        assert (found.feld, found.framed, found.doubts) == (FELDER[entry.part], True, ()), said


@pytest.mark.parametrize("entry", entries(*UNSURE))
def test_every_form_of_what_is_told_expected_or_denied_is_never_a_sure_target(entry: Form) -> None:
    assert all(found.doubts for said in said_with(entry) for found in targets(said, Setting(2024)))


def test_every_form_of_a_level_beside_a_target_and_of_a_mere_observation_is_known() -> None:
    levels, observed = entries("entspricht"), entries("beobachtet")
    assert all(level_after(said, Setting(2024)) for each in levels for said in said_with(each.values[0]))
    assert all(re.search(pattern_of("beobachtet"), said, re.I) for each in observed for said in said_with(each.values[0]))


@pytest.mark.parametrize("entry", entries("zieltitel"))
def test_every_title_of_a_statutory_goal_tells_its_indicator(entry: Form) -> None:
    for said in said_with(entry):
        (found,) = targets(said, Setting(2024, framed=True))
        assert (found.feld, found.doubts) == (f"ziele.{entry.means}.gesamt", ()), said


@pytest.mark.parametrize("entry", entries("besser"))
def test_better_is_higher_of_a_quota_and_nothing_sure_of_a_number_of_people(entry: Form) -> None:
    for said in said_with(entry):
        (found,), (other,) = (
            targets(said, Setting(2024)),
            targets(said.replace("Integrationsquote", "Zahl der Langzeitbeziehenden"), Setting(2024)),
        )
        assert found.zielwert and (found.zielwert.richtung, found.doubts) == ("steigt", ())
        assert other.doubts


def test_every_entry_of_the_table_is_tried() -> None:
    assert {each.part for each in TABLE} == {*PHRASES, *UNSURE, *FELDER, "entspricht", "beobachtet", "besser", "zieltitel"}


# ---------------------------------------------------------------- one reading of what lies near


@pytest.mark.parametrize(
    "phrase", ["um 14,0 % im Vergleich zum Vorjahr 2019 steigt", "um 14,0 % höchstens im Vergleich zum Vorjahr steigt"]
)
def test_a_year_before_that_is_none_and_a_bound_out_of_place_are_doubted_either_way(phrase: str) -> None:
    found = Zielsatz("jahr").parse(phrase, CONTEXT)
    assert isinstance(found, Phrase) and found.rest
    assert all(each.doubts for each in targets(SENTENCE.format(phrase), Setting(2024)))


@pytest.mark.parametrize("phrase", ["auf 2.850 Personen sinkt", "sich auf 2.850 Personen verringert"])
def test_a_verb_of_change_up_to_a_quantity_agrees_a_level_either_way(phrase: str) -> None:
    level = target(richtung="betraegt", wert=Decimal("2850"), einheit="personen", bezug=None)
    assert repr(Zielsatz("jahr").read(phrase, CONTEXT)) == repr(level)
    assert [repr(each.zielwert) for each in targets(SENTENCE.format(phrase), Setting(2024))] == [repr(level)]


def test_a_quantity_from_which_something_changes_is_no_change_by_it() -> None:
    assert Zielsatz("jahr").read("von 28,4 % im Vergleich zum Vorjahr steigt", CONTEXT) is UNREAD
    assert all(each.doubts for each in targets(SENTENCE.format("von 28,4 % im Vergleich zum Vorjahr steigt"), Setting(2024)))
