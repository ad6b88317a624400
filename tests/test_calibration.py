"""How sure an Angabe of a scan is: as often as such ones are right, by a table that is fitted to what was read."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from calibrating import FEWEST, fitted, table_of, written
from hypothesis import given
from hypothesis import strategies as st

from agreements.reading.doubts import Doubt
from agreements.reading.findings import SUREST, Found
from extract.confidence.calibration import calibrated, certain, group_of, table

CASES = st.lists(st.tuples(st.sampled_from([0.3, 0.5, 0.9, 0.96, 0.99, 0.999]), st.booleans()), max_size=400)
EXAMPLES: dict[str, tuple[str, Any]] = {
    "leer": ("unterschriften.land.1.datum", None),
    "register": ("traeger", "lk-emsland"),
    "zahl": ("ziele.integrationsquote.frauen", "um 3 %"),
    "unterschrift": ("unterschriften.traeger.1.datum", date(2024, 2, 1)),
    "text": ("ziele.individuell.4.schritte", ("a",)),
}


@given(CASES)
def test_who_is_surer_is_never_right_less_often_by_the_table(cases: list[tuple[float, bool]]) -> None:
    steps = table_of(cases, doubted=False)
    assert steps[0][0] == 0.0
    assert all(one[0] < other[0] and one[1] <= other[1] for one, other in pairwise(steps))
    assert all(0.0 < share < 1.0 for _, share in steps), "nothing is certain, and nothing is certainly wrong"


@given(CASES)
def test_every_case_is_counted_in_one_step_and_a_step_holds_enough(cases: list[tuple[float, bool]]) -> None:
    steps = fitted(cases)
    assert (sum(step.values for step in steps), sum(step.right for step in steps)) == (len(cases), sum(right for _, right in cases))
    assert len(steps) <= 1 or min(step.values for step in steps) >= FEWEST


def test_a_share_is_that_of_the_cases_it_was_fitted_to() -> None:
    (low, worse), (high, better) = table_of([(0.5, at < 120) for at in range(200)] + [(0.9, at < 396) for at in range(400)], doubted=False)
    assert (low, high) == (0.0, 0.9)
    assert abs(worse - 0.6) < 0.01 and abs(better - 0.99) < 0.01


def test_angaben_of_which_the_readers_said_the_same_are_in_one_step() -> None:
    """Recorded: surely wrong ones and the wrong half of those at 0.5 made a step, and the right half one that said 0.99."""
    alike = [(0.5, at < 50) for at in range(100)]
    assert [(step.least, step.values, step.right) for step in fitted([(0.3, False)] * 10 + alike)] == [(0.0, 110, 50)]
    assert [(step.least, step.values, step.right) for step in fitted([(0.3, False)] * 40 + alike)] == [(0.0, 40, 0), (0.5, 100, 50)]


@pytest.mark.parametrize("group", EXAMPLES)
def test_every_group_is_in_the_table_and_doubt_makes_less_sure(group: str) -> None:
    feld, wert = EXAMPLES[group]
    found = Found(feld, wert, (), 0.97)
    assert group_of(found) == group and group in table()
    if wert is not None:
        [sure, doubted] = calibrated([found, found.doubted(Doubt("ohne-anfang"))])
        assert doubted.confidence < sure.confidence


def test_whoever_looks_at_the_least_sure_first_sees_every_doubted_one_of_a_group_before_the_others() -> None:
    for group in table().values():
        assert max(share for _, share in group.zweifel) < min(share for _, share in group.sicher)


def test_what_was_not_read_says_nothing_and_stays() -> None:
    unread = Found.unread("haushalt.verwaltungskosten", Doubt("betrag-fehlt"))
    assert calibrated([unread]) == (unread,) and group_of(unread) is None


def test_letters_that_the_file_states_are_surest() -> None:
    assert [one.confidence for one in certain([Found("jahr", 2024, (), 1.0), Found("jahr", 2024, (), 0.5)])] == [SUREST, 0.5]


def test_the_table_is_written_as_it_is_read() -> None:
    lines = "\n".join(written({("zahl", False): [(0.9, True)] * 50, ("zahl", True): []}))
    assert "  zahl:\n    sicher:  # 50 Angaben\n      - [0, 0.990]\n    zweifel:  # 0 Angaben\n      - [0, 0.500]" in lines


def test_a_group_of_which_too_few_were_read_is_as_sure_as_all_are() -> None:
    """Recorded: one of eleven texts in doubt would have said how often all of them are right."""
    cases = {("text", False): [(0.9, True)] * 50, ("zahl", False): [(0.9, True)] * 50,
             ("text", True): [(0.5, False)] * 10, ("zahl", True): [(0.5, at < 60) for at in range(90)]}  # fmt: skip
    lines = "\n".join(written(cases))
    assert "zweifel:  # 10 Angaben\n      - [0, 0.599]" in lines
    assert "zweifel:  # 90 Angaben\n      - [0, 0.665]" in lines
