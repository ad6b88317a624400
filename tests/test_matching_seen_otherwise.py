"""Words that a person may see otherwise than they are read."""

from __future__ import annotations

from dataclasses import replace

from emsland import REGISTER, document, wording

from agreements.library.proof import paragraphs_of
from agreements.matching.record import match
from agreements.reading.doubts import Doubt, sentence
from agreements.reading.findings import Found, locations_of, seen_otherwise
from agreements.reading.reading import Place, Word

STRUCK = (Doubt("durchgestrichen"),)


def test_an_angabe_with_a_word_seen_otherwise_is_to_be_looked_at_and_says_why() -> None:
    words = (Word("um"), Word("3,9", seen=STRUCK), Word("%", seen=STRUCK))
    found = Found("ziele", "3.9", locations_of(words, "um 3,9 %")).as_seen()
    assert found.doubtful and found.reason == "„3,9 %“ ist durchgestrichen." and found.confidence <= 0.5


def test_an_angabe_whose_words_are_seen_as_read_stays_as_it_is() -> None:
    found = Found("ziele", "3.9", locations_of((Word("3,9"), Word("%"))))
    assert found.as_seen() is found


def test_every_page_says_what_is_seen_otherwise_on_it() -> None:
    words = (Word("3,9", (Place(1, 0, 0, 9, 9),)), Word("%", (Place(2, 0, 0, 9, 9),), seen=STRUCK))
    assert [sentence(ort.seen) for ort in locations_of(words)] == ["", "„%“ ist durchgestrichen."]


def test_words_seen_otherwise_side_by_side_are_told_in_one_sentence() -> None:
    words = (Word("Das", seen=STRUCK), Word("das", seen=STRUCK), Word("gilt"), Word("nicht", seen=(Doubt("winzig"), *STRUCK)))
    assert [str(doubt) for doubt, _ in seen_otherwise(words)] == [
        "„Das das“ ist durchgestrichen.",
        "„nicht“ ist winzig gesetzt, ist durchgestrichen.",
    ]


def laid(marked: str) -> dict[str, Found]:
    """The Angaben of the agreement of the Landkreis Emsland where the word given is struck wherever it stands."""
    paragraphs = [
        replace(paragraph, words=tuple(replace(word, seen=STRUCK) if word.text == marked else word for word in paragraph.words))
        for paragraph in paragraphs_of(document())
    ]
    return {one.feld: one.as_seen() for one in match(wording(), paragraphs, REGISTER).found}


def test_the_match_carries_what_is_seen_otherwise_to_the_angabe_that_holds_it_and_to_no_other() -> None:
    doubtful = {feld: found.reason for feld, found in laid("13.155.724").items() if found.doubtful}
    assert doubtful == {"haushalt.verwaltungskosten": "„13.155.724“ ist durchgestrichen."}
    assert not any(found.doubtful for found in laid("Eingliederung").values())


def test_a_target_that_takes_its_year_from_words_seen_otherwise_is_to_be_looked_at_too() -> None:
    found = laid("2023")
    assert all(found[f"ziele.integrationsquote.{group}"].doubtful for group in ("gesamt", "frauen", "maenner"))
