"""What came back against what was sent and what is here: disjoint changes are both kept, what both changed is a conflict."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from emsland import REGISTER, emsland
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples
from strategies import records

from agreements.comparing.merging import Proposal, States, merged, proposals
from agreements.model.akte import Abweichung, Akte, OffenerPunkt
from agreements.model.fields import angaben, value_at
from agreements.model.record import Textblock, Vereinbarung, plain
from agreements.model.values import OFFEN
from agreements.wording.foreseen import put, take

STEPS = "ziele.individuell.4.schritte"
COSTS, WOMEN = "haushalt.verwaltungskosten", "ziele.integrationsquote.frauen"
A, B, C = "erster Schritt", "zweiter Schritt", "dritter Schritt"


def with_(record: Vereinbarung, values: Mapping[str, Any]) -> Vereinbarung:
    """The record with some values, None taking one away."""
    data = plain(record)
    for feld, value in values.items():
        if value is None:
            take(data, feld)
        else:
            put(data, feld, value)
    return Vereinbarung.model_validate(data)


def steps(*entries: str) -> Vereinbarung:
    return with_(emsland(), {STEPS: entries})


def proposed(sent: Vereinbarung | None, here: Vereinbarung, came: Vereinbarung, **unsure: str) -> tuple[Proposal, ...]:
    return proposals(States(sent, here, came), REGISTER, {feld.replace("__", "."): why for feld, why in unsure.items()})


def taken(here: Vereinbarung, several: tuple[Proposal, ...]) -> Vereinbarung:
    return with_(here, merged(here, several))


# ---------------------------------------------------------------- the law


def changed(record: Vereinbarung, other: Vereinbarung, felder: list[str], chance: random.Random) -> Vereinbarung:
    """The record with some Angaben as another has them, of lists some entries."""
    values: dict[str, Any] = {}
    for feld in felder:
        old, new = value_at(record, feld), value_at(other, feld)
        if isinstance(old, tuple):
            values[feld] = (*old, "Ein weiterer Absatz.") if chance.random() < 0.5 else ("Ein anderer Absatz.", *old[1:])
        elif new is not None:
            values[feld] = new
    return with_(record, values)


@pytest.mark.law
@settings(max_examples=examples(30))
@given(records(), records(), st.randoms(use_true_random=False))
def test_a_merge_of_two_disjoint_sets_of_changes_gives_both_whatever_the_order(
    sent: Vereinbarung, other: Vereinbarung, chance: random.Random
) -> None:
    felder = [feld for feld in angaben(sent) if feld not in ("jahr", "traeger") and not feld.startswith("ministerien")]
    felder = [feld for feld in felder if not feld.endswith((".zustand", ".entspricht"))]
    ours = set(chance.sample(felder, len(felder) // 2))
    here = changed(sent, other, sorted(ours), chance)
    came = changed(sent, other, sorted(set(felder) - ours), chance)
    one, two = proposed(sent, here, came), proposed(sent, came, here)
    assert not [each for each in (*one, *two) if each.konflikt]
    both = taken(here, one)
    assert both == taken(came, two)
    assert all(value_at(both, feld) == value_at(here if feld in ours else came, feld) for feld in felder)
    assert not proposed(sent, both, came)
    for each in chance.sample(one, len(one)):  # one by one, in any order
        now = {found.kennung: found for found in proposed(sent, here, came)}
        here = taken(here, (now[each.kennung],))
    assert here == both


@given(st.permutations(["a", "b", "c", "d", "e"]), st.randoms(use_true_random=False))
def test_disjoint_changes_within_a_list_give_both(entries: list[str], chance: random.Random) -> None:
    sent = tuple(entries)
    number, other = chance.sample(range(5), 2)
    here = steps(*(f"{text} hier" if place == number else text for place, text in enumerate(sent)))
    came = steps(*(f"{text} dort" if place == other else text for place, text in enumerate(sent)))
    (one,) = proposed(steps(*sent), here, came)
    assert not one.konflikt
    wanted = {number: "hier", other: "dort"}
    assert value_at(taken(here, (one,)), STEPS) == tuple(
        " ".join(filter(None, (text, wanted.get(place)))) for place, text in enumerate(sent)
    )


# ---------------------------------------------------------------- Angaben


@pytest.mark.parametrize(
    ("here", "came", "konflikt", "vorschlag"),
    [
        ({}, {COSTS: 1}, False, "nehmen"),
        ({COSTS: 2}, {COSTS: 1}, True, "entscheiden"),
        ({COSTS: OFFEN}, {COSTS: 1}, True, "entscheiden"),
        ({WOMEN: OFFEN}, {COSTS: 1}, False, "nehmen"),
    ],
)
def test_only_what_both_changed_is_a_conflict(here: dict[str, Any], came: dict[str, Any], konflikt: bool, vorschlag: str) -> None:
    (one,) = proposed(emsland(), with_(emsland(), here), with_(emsland(), came))
    assert (one.feld, one.konflikt, one.vorschlag, one.gekommen) == (COSTS, konflikt, vorschlag, ("1",))


@pytest.mark.parametrize(
    ("here", "came"), [({COSTS: 1}, {}), ({COSTS: 1}, {COSTS: 1}), ({}, {"unterschriften.land.1.zustand": "gedruckt"})]
)
def test_what_only_we_changed_what_both_changed_alike_and_what_no_document_says_is_no_change(
    here: dict[str, Any], came: dict[str, Any]
) -> None:
    assert not proposed(emsland(), with_(emsland(), here), with_(emsland(), came))


def test_a_digit_more_is_a_change() -> None:
    (one,) = proposed(emsland(), emsland(), with_(emsland(), {"haushalt.gesamtbudget_mio": Decimal("21.90")}))
    assert (one.hier, one.gekommen) == (("21,9",), ("21,90",))


def test_what_was_not_read_for_sure_is_for_a_person_to_decide() -> None:
    (one,) = proposed(emsland(), emsland(), with_(emsland(), {COSTS: 1}), haushalt__verwaltungskosten="verwischt")
    assert (one.vorschlag, one.grund, one.konflikt) == ("entscheiden", "nicht sicher gelesen: verwischt", False)


def test_without_what_was_sent_nothing_is_taken_unasked() -> None:
    found = proposed(None, with_(emsland(), {WOMEN: OFFEN}), with_(emsland(), {COSTS: 1}))
    assert [(each.feld, each.vorschlag, each.gesandt) for each in found] == [(COSTS, "entscheiden", None), (WOMEN, "entscheiden", None)]


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize(
    ("here", "came", "result"),
    [
        ((A, B, C), (A, "neu", B, C), (A, "neu", B, C)),
        ((A, B, C), (A, C), (A, C)),
        ((A, "hier", C), (A, B, "dort"), (A, "hier", "dort")),
        ((A, "hier", C), (A, B, "dort", C), (A, "hier", "dort", C)),
        (("vorn", A, B, C), (A, B, C, "hinten"), ("vorn", A, B, C, "hinten")),
        ((B, C), (A, B, "dort"), (B, "dort")),
        ((A, B), (A, B, "dort"), None),
        ((A, "hier", C), (A, "dort", C), None),
        ((A, "hier", B, C), (A, "dort", B, C), None),
        ((A, C), (A, "dort", C), None),
    ],
)
def test_entries_are_merged_one_by_one(here: tuple[str, ...], came: tuple[str, ...], result: tuple[str, ...] | None) -> None:
    found = proposed(steps(A, B, C), steps(*here), steps(*came))
    assert [each.konflikt for each in found] == [result is None] * len(found) and found
    assert value_at(taken(steps(*here), found), STEPS) == (result or came)


def test_what_both_did_to_a_list_is_nothing_to_decide() -> None:
    assert not proposed(steps(A, B, C), steps(A, "neu", C), steps(A, "neu", C))
    assert not proposed(steps(A, B, C), steps(A, "neu", B), steps(A, "neu", B))


def test_a_conflict_shows_what_was_sent_what_is_here_and_what_came() -> None:
    (one,) = proposed(steps(A, B, C), steps(A, "hier", C), steps(A, "dort", C))
    assert (one.name, one.gesandt, one.hier, one.gekommen) == ("Ziel 4: Umsetzungsschritte, 2. Eintrag", (B,), ("hier",), ("dort",))


# ---------------------------------------------------------------- fixed text


FOUR = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="viermal")
THREE = FOUR.model_copy(update={"neu": "dreimal"})


def departing(*several: Abweichung) -> Vereinbarung:
    return emsland().model_copy(update={"abweichungen": several})


def test_a_change_of_the_fixed_text_is_refused_unless_a_person_takes_it() -> None:
    (one,) = proposed(emsland(), emsland(), departing(FOUR))
    assert (one.vorschlag, one.konflikt, one.name) == ("lehnen", False, "Wortlaut III.§3.1")
    assert (one.hier, one.gekommen) == (("wie im Wortlaut",), ("„viermal“ statt „zweimal“",))
    assert merged(emsland(), (one,)) == {"abweichungen": (FOUR,)}


def test_of_the_fixed_text_both_changed_the_conflict_is_said() -> None:
    other = Abweichung(stelle="II", art="gestrichen", alt="nur")
    (one,) = proposed(emsland(), departing(other, THREE), departing(FOUR))
    assert one.konflikt and "Hier wurde er ebenfalls geändert" in one.grund
    assert merged(departing(other, THREE), (one,)) == {"abweichungen": (other, FOUR)}


def test_a_departure_that_was_read_and_not_agreed_counts_where_it_came_and_not_where_it_was_never_printed() -> None:
    point = OffenerPunkt(kennung="0123456789ab", art="nachverfolgt", stelle=FOUR.stelle, grund="nachverfolgt", abweichung=FOUR)
    undecided = emsland().model_copy(update={"akte": Akte(offen=(point,))})
    (one,) = proposed(emsland(), emsland(), undecided)
    assert one.gekommen == ("„viermal“ statt „zweimal“",)
    assert not proposed(undecided, undecided, emsland())


def test_a_departure_that_was_taken_back_is_told_as_the_wording() -> None:
    (one,) = proposed(departing(FOUR), departing(FOUR), emsland())
    assert one.gekommen == ("wie im Wortlaut",) and merged(departing(FOUR), (one,)) == {"abweichungen": None}


def test_a_change_of_the_text_that_a_record_carries_is_decided_by_a_person_paragraph_by_paragraph() -> None:
    def carrying(*texts: str) -> Vereinbarung:
        blocks = tuple(Textblock(art="absatz", text=text) for text in texts)
        return emsland().model_copy(update={"wortlaut": None, "text": blocks})

    (one,) = proposed(carrying(A, B, C), carrying("hier", B, C), carrying(A, B, "dort"))
    assert (one.art, one.vorschlag, one.konflikt, one.hier, one.gekommen) == ("text", "entscheiden", False, (C,), ("dort",))
    assert merged(carrying("hier", B, C), (one,)) == {"text": carrying("hier", B, "dort").text}
