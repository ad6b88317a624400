"""A text of a scan that ends amid a sentence, or is parted amid a paragraph, is to be looked at; one set so by its author is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from agreements.reading.findings import Found, locations_of
from agreements.reading.reading import Place, Word
from extract.confidence.by_bounds import with_unsure_bounds

LAGE, ZIEL, SCHRITTE, TITEL, ERREICHT = (
    "rahmenbedingungen.regionale_lage", "ziele.individuell.4.ziel", "ziele.individuell.4.schritte", "ziele.individuell.4.titel",
    "ziele.individuell.4.erreicht_wenn",
)  # fmt: skip
LETTER, PITCH, LEFT, TOP = 5.0, 14.0, 70.0, 100.0
"""Points that a letter is wide, from line to line, and where the first line begins."""
FULL = ("Viele Menschen suchen im Winter eine Arbeit. Betriebe melden",
        "weniger freie Stellen als im Jahr zuvor. Das gilt im Handel.",
        "Saisonale Beschäftigung hilft.")  # fmt: skip


def placed(lines: Sequence[str], lefts: Sequence[float] = (), tops: Sequence[float] = ()) -> list[list[Word]]:
    """The words of some lines, each letter as wide as any other; `lefts` and `tops` are where lines begin, if not one below the other."""
    found = []
    for at, line in enumerate(lines):
        left, top = (lefts[at] if lefts else LEFT), (tops[at] if tops else TOP + PITCH * at)
        words = []
        for word in line.split():
            words.append(Word(word, (Place(1, left, top, left + LETTER * len(word), top + 9),), confidence=0.97))
            left += LETTER * (len(word) + 1)
        found.append(words)
    return found


def read(feld: str, *paragraphs: Sequence[Sequence[Word]]) -> Found:
    """An Angabe of paragraphs, each of some lines."""
    several = [[word for line in lines for word in line] for lines in paragraphs]
    texts = tuple(" ".join(word.text for word in words) for words in several)
    return Found(feld, texts, locations_of([word for words in several for word in words]), 0.97)


def said(*found: Found) -> dict[str, str | None]:
    """The Angaben that are doubted, and why."""
    return {one.feld: one.doubts[0].art for one in with_unsure_bounds(found) if one.doubtful}


def typed(feld: str, *texts: str) -> Found:
    return Found(feld, texts, (), 0.97) if feld != TITEL else Found(feld, texts[0], (), 0.97)


WHOLE = (typed(ERREICHT, "Das Ziel ist erreicht, wenn alle Schritte umgesetzt sind."), typed(LAGE, "Der Arbeitsmarkt ist stabil."))


@pytest.mark.parametrize("text", ["Junge Menschen sollen ohne Umwege in Ausbildung k", "Junge Menschen sollen ohne Umwege in Ausbildung"])
def test_a_goal_that_ends_without_full_stop_where_the_others_have_one_is_cut(text: str) -> None:
    assert said(typed(ZIEL, text), *WHOLE) == {ZIEL: "endet-ohne-satzzeichen"}
    assert said(typed(ZIEL, f"{text[:53]} kommen."), *WHOLE) == {}


@pytest.mark.parametrize("end", [".", "!", ":", ".“", ".)"])
def test_a_text_that_ends_with_a_mark_is_whole(end: str) -> None:
    assert said(typed(ZIEL, f"Alle werden beraten{end}"), *WHOLE) == {}


def test_a_document_that_sets_no_full_stops_has_whole_texts() -> None:
    assert said(typed(ZIEL, "Alle werden beraten"), typed(ERREICHT, "Alle sind beraten"), WHOLE[1]) == {}


@pytest.mark.parametrize(("texts", "doubted"), [
    (("Alle suchen eine Beschäftigung im", "Schichtbetrieb."), True), (("Viele haben keine", "n Abschluss und", "wenig Geld"), True),
    (("Alle suchen eine Beschäftigung.", "Sie finden keine"), False), (("Alle suchen Arbeit", "Viele finden keine"), False),
])  # fmt: skip
def test_a_paragraph_that_ends_without_full_stop_before_one_that_has_one_or_goes_on_small_is_none(
    texts: tuple[str, ...], doubted: bool
) -> None:
    """Recorded of photos and spreads: a region in pieces of lines, so many that most of the document's texts had no full stop."""
    assert said(typed(LAGE, *texts), typed(ZIEL, "Alle werden beraten")) == ({LAGE: "endet-ohne-satzzeichen"} if doubted else {})


@pytest.mark.parametrize("feld", [TITEL, SCHRITTE])
def test_titles_and_steps_end_without_a_full_stop_but_not_amid_a_word(feld: str) -> None:
    assert said(typed(feld, "Elternarbeit in drei Sprachen"), *WHOLE) == {}
    assert said(typed(feld, "Elternarbeit in drei S"), *WHOLE) == {}, "a class, or a letter that counts"
    assert said(typed(feld, "Elternarbeit in drei s"), *WHOLE) == {feld: "endet-ohne-satzzeichen"}
    assert said(typed(feld, "Elternarbeit in drei Spra-"), *WHOLE) == {feld: "endet-ohne-satzzeichen"}


def test_a_paragraph_that_begins_where_the_next_line_would_stand_below_a_full_one_may_be_none() -> None:
    lines = placed(FULL)
    assert said(read(LAGE, lines)) == {}
    assert said(read(LAGE, lines[:2], lines[2:])) == {LAGE: "kein-absatz"}
    (doubted,) = with_unsure_bounds([read(LAGE, lines[:2], lines[2:])])
    assert "„Saisonale“" in (doubted.reason or "")


def test_a_paragraph_that_is_set_apart_drawn_in_or_stands_below_a_short_line_is_one() -> None:
    apart = placed(FULL, tops=(100, 114, 136))
    drawn_in = placed(FULL, lefts=(70, 70, 84))
    short = placed((FULL[0], "weniger freie Stellen als im Jahr zuvor.", FULL[2]))
    for lines in (apart, drawn_in, short):
        assert said(read(LAGE, lines[:2], lines[2:])) == {}


def test_steps_may_stand_line_below_line() -> None:
    lines = placed(FULL)
    assert said(read(SCHRITTE, lines[:2], lines[2:])) == {}
