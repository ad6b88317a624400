"""Laws 2 and 4 where no paper is involved: what is filled reads back, and what was changed is found, letter by letter."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from edits import EDITS, Draft, Edit
from emsland import REGISTER, document, emsland, wording
from hypothesis import given
from hypothesis import strategies as st
from strategies import records

from agreements.errors import WordingError
from agreements.filling.fill import fill
from agreements.language.tokens import shapes
from agreements.library.proof import paragraphs_of, prove
from agreements.matching.record import Match, match
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Befund
from agreements.reading.reading import Paragraph


def said(record: Vereinbarung) -> dict[str, str]:
    """Every value with its digits."""
    return {path: repr(value) for path, value in angaben(record).items() if not path.endswith(".zustand")}


def beyond_absence(found: Match) -> list[Befund]:
    """The findings without the hints at a sentence that the agreement does not have."""
    return [befund for befund in found.befunde if (befund.art, befund.schwere) != ("fehlt", "hinweis")]


def words(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [token for paragraph in paragraphs for token in shapes(paragraph.text)]


def printed(record: Vereinbarung) -> list[str]:
    return words(paragraphs_of(fill(wording(), record, REGISTER)))


@pytest.mark.law
def test_what_is_filled_reads_back_and_hardly_a_record_is_refused() -> None:
    tried: Counter[str] = Counter()

    @given(records())
    def law(record: Vereinbarung) -> None:
        tried["all"] += 1
        filled = fill(wording(), record, REGISTER)
        try:
            prove(wording(), record, REGISTER, filled)
        except WordingError:
            tried["refused"] += 1
            return
        found = match(wording(), paragraphs_of(filled), REGISTER)
        assert said(found.record) == said(record)
        assert found.record.abweichungen == ()
        assert not beyond_absence(found)
        assert not [each for each in found.found if each.doubtful]

    law()
    assert tried["refused"] <= max(1, tried["all"] // 100)


PROSE = (
    "Die Lage am Arbeitsmarkt bleibt angespannt, Fachkräfte fehlen weiterhin.",
    "Ausbau der aufsuchenden Beratung in den Gemeinden",
    "Weitere Stärkung der Zusammenarbeit mit den Kammern und Verbänden im Kreis",
    "Die Zahl der Abbrüche soll spürbar sinken.",
)


def in_prose(value: Any) -> Any:
    """A record with ordinary sentences for its free texts."""
    if isinstance(value, dict):
        return {key: in_prose(part) if key != "titel" or part is None else PROSE[1] for key, part in value.items()}
    return (
        tuple(PROSE[number % 4] for number in range(len(value)))
        if isinstance(value, tuple) and value and isinstance(value[0], str)
        else value
    )


@pytest.mark.law
@given(records())
def test_a_printed_page_reads_back_though_it_does_not_say_what_is_a_heading(drawn: Vereinbarung) -> None:
    record = drawn
    changed = {path: in_prose(dict(drawn.ziele.individuell[path])) for path in drawn.ziele.individuell}
    goals = {number: drawn.ziele.individuell[number].model_copy(update=parts) for number, parts in changed.items()}
    record = drawn.model_copy(
        update={
            "ziele": drawn.ziele.model_copy(update={"individuell": goals}),
            "rahmenbedingungen": drawn.rahmenbedingungen.model_copy(update=in_prose(dict(drawn.rahmenbedingungen))),
        }
    )
    found = match(wording(), Draft.of(fill(wording(), record, REGISTER)).paragraphs(sure=False), REGISTER)
    assert said(found.record) == said(record)
    assert found.record.abweichungen == ()


@pytest.mark.law
@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@given(chance=st.randoms(use_true_random=False), sure=st.booleans())
def test_what_was_changed_is_found_and_nothing_else(edit: Edit, chance: random.Random, sure: bool) -> None:
    draft = Draft.of(document())
    made = edit(draft, chance)
    paragraphs = draft.paragraphs(sure)
    found = match(wording(), paragraphs, REGISTER)
    unsure = {each.feld for each in found.found if each.doubtful}
    assert {path for path, value in said(emsland()).items() if said(found.record).get(path) != value} <= unsure
    entries = [(entry.art, entry.alt, entry.neu) for entry in found.record.abweichungen]
    assert [entry[0] for entry in entries] == [art for art, _, _ in made]
    for (_, old, new), (_, was, becomes) in zip(entries, made, strict=True):
        assert was is None or old == " ".join(was.split())
        assert becomes is None or new == becomes
    assert len(found.befunde) == len(made)
    assert printed(found.record) == words(paragraphs)


@pytest.mark.law
@given(chance=st.randoms(use_true_random=False), edits=st.lists(st.sampled_from(EDITS), min_size=2, max_size=5), sure=st.booleans())
def test_however_much_was_changed_no_word_is_lost_and_no_value_silently_wrong(chance: random.Random, edits: list[Edit], sure: bool) -> None:
    draft = Draft.of(document())
    for edit in edits:
        edit(draft, chance)
    paragraphs = draft.paragraphs(sure)
    found = match(wording(), paragraphs, REGISTER)
    told = {each.feld for each in found.found if each.doubtful} | {befund.feld for befund in found.befunde}
    for path, value in said(emsland()).items():
        got = said(found.record).get(path)
        assert got in (value, None) or path in told
    assert printed(found.record) == words(paragraphs)
