"""The real agreement: its own text, laid on the wording, says every value of its record and departs nowhere."""

from __future__ import annotations

from dataclasses import replace

from emsland import REGISTER, emsland, wording
from seedtext import read_seed

from agreements.matching.record import match
from agreements.model.fields import angaben


def test_the_real_agreement_says_every_value_of_its_record_and_departs_nowhere() -> None:
    found = match(wording(), read_seed(), REGISTER)
    assert {path: repr(value) for path, value in angaben(found.record).items()} == {
        path: repr(value) for path, value in angaben(emsland()).items()
    }
    assert found.record == emsland()
    assert found.befunde == ()
    assert not [each for each in found.found if each.doubtful]


def test_every_value_of_the_real_agreement_has_its_place() -> None:
    found = match(wording(), read_seed(), REGISTER)
    assert {each.feld for each in found.found} == set(angaben(emsland()))
    assert all(each.locations for each in found.found)


def test_one_word_changed_in_the_real_agreement_is_that_word_and_nothing_else() -> None:
    paragraphs = list(read_seed())
    at = next(number for number, paragraph in enumerate(paragraphs) if "zweimal" in paragraph.text)
    paragraphs[at] = replace(
        paragraphs[at], words=tuple(replace(word, text=word.text.replace("zweimal", "dreimal")) for word in paragraphs[at].words)
    )
    found = match(wording(), paragraphs, REGISTER)
    assert [(entry.stelle, entry.alt, entry.neu) for entry in found.record.abweichungen] == [("III.§3.1", "zweimal", "dreimal")]
    assert [(befund.art, befund.text, befund.erwartet) for befund in found.befunde] == [
        ("abweichung", "mindestens jedoch dreimal jährlich", "mindestens jedoch zweimal jährlich")
    ]
