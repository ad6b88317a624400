"""The table of what recognisers print for another sign: each entry rewrites its example, and leaves its neighbour alone."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agreements.reading.reading import Paragraph, Word
from extract.correction.prose import settled
from extract.correction.rewrites import TABLE, Rewrite, meant, rewritten

OF_PARAGRAPHS = [rewrite for rewrite in TABLE if rewrite.where in ("line", "text", "prose")]
OF_PLACES = [rewrite for rewrite in TABLE if rewrite not in OF_PARAGRAPHS]


def each(table: Sequence[Rewrite]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("rewrite", table, ids=lambda rewrite: rewrite.example)


def read(text: str) -> Paragraph:
    """A paragraph of a picture; behind a stroke what the other reader saw: "161|16i"."""
    words = (word.partition("|") if len(word) > 1 else (word, "", "") for word in text.split())
    return Paragraph(tuple(Word(one, alternatives=(other,) if other else (), confidence=0.99) for one, _, other in words))


@each(OF_PARAGRAPHS)
def test_an_entry_rewrites_its_example_and_no_other_undoes_it(rewrite: Rewrite) -> None:
    paragraph = read(rewrite.example)
    assert " ".join(word.text for word in rewrite.on(paragraph.words)) == rewritten(paragraph).text == rewrite.example_meant


@each(OF_PARAGRAPHS)
def test_what_was_read_stays_as_an_alternative_that_is_no_other_reading(rewrite: Rewrite) -> None:
    said, meant = read(rewrite.example).words, rewritten(read(rewrite.example)).words
    if len(said) == len(meant):
        changed = [(place, old.text) for place, (old, new) in enumerate(zip(said, meant, strict=True)) if old.text != new.text]
        assert changed
        assert all(old in meant[place].alternatives and old not in settled(meant, place).alternatives for place, old in changed)


@each(OF_PARAGRAPHS)
def test_what_is_like_an_entrys_example_stays(rewrite: Rewrite) -> None:
    paragraph = read(rewrite.neighbour)
    assert rewritten(paragraph) == paragraph


@each(OF_PLACES)
def test_an_entry_for_one_place_rewrites_its_example_there_and_not_its_neighbour(rewrite: Rewrite) -> None:
    assert meant(rewrite.where, rewrite.example) == rewrite.example_meant
    assert meant(rewrite.where, rewrite.neighbour) == rewrite.neighbour
    assert rewritten(read(rewrite.example)).text == rewrite.example


@each(OF_PARAGRAPHS)
def test_what_a_file_states_is_never_rewritten(rewrite: Rewrite) -> None:
    stated = Paragraph(tuple(Word(text) for text in rewrite.example.split()))
    assert rewritten(stated) == stated


@each(OF_PARAGRAPHS)
def test_what_was_rewritten_stays_so(rewrite: Rewrite) -> None:
    once = rewritten(read(rewrite.example))
    assert rewritten(once) == once


def test_a_reading_that_the_table_does_not_account_for_is_another_one() -> None:
    words = rewritten(read("§ 16e|161 SGB II")).words
    assert settled(words, 1).alternatives == ("161",)


def test_a_word_that_is_parted_keeps_the_other_figure_that_a_reader_saw_in_it() -> None:
    assert [(word.text, word.alternatives) for word in rewritten(read("3Plätze|8Plätze")).words] == [("3", ("8",)), ("Plätze", ())]
    assert [word.alternatives for word in rewritten(read("3Plätze|Schätze")).words] == [("Schätze",), ()]


def test_a_number_that_is_put_together_keeps_the_other_figure_that_a_reader_saw_in_it() -> None:
    (amount,) = rewritten(read("7.229.827|7.229.821 ,-")).words
    assert (amount.text, amount.alternatives) == ("7.229.827,-", ("7.229.827 ,-", "7.229.821,-"))


def test_dirt_behind_a_paragraph_is_an_alternative_of_its_last_word() -> None:
    words = rewritten(read("um 2,5 % steigt. •")).words
    assert (words[-1].text, words[-1].alternatives) == ("steigt.", ("steigt. •",))
    assert not settled(words, 3).alternatives
