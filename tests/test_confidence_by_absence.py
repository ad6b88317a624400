"""What of a signature or a goal of a picture is absent: a day only where its place is white, steps only where no other part may be them."""

from __future__ import annotations

import pytest

from agreements.model.values import OFFEN
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Found, Location
from agreements.reading.reading import Ink, Paragraph, Place, Word
from extract.confidence.by_absence import with_blank_days_proven, with_parts_in_others

DATUM = "unterschriften.traeger.1.datum"
YEAR = Location(6, (102.0, 500.0, 125.0, 510.0), "2024")


def line(top: float, *texts: str, left: float = 60.0, page: int = 6) -> Paragraph:
    return Paragraph(
        tuple(
            Word(text, (Place(page, left + 30 * at, top, left + 30 * at + 25, top + 9),), confidence=0.6) for at, text in enumerate(texts)
        ),
        "text",
    )


def white(*words: tuple[float, str], top: float = 501.0, page: int = 6) -> Ink:
    places = tuple(Place(page, left, top, left + 6 * len(text), top + 9) for left, text in words)
    return Ink("weiss", places, Place(page, 60, top - 5, 160, top + 12))


SEEN = white((72.0, "den"), (102.0, "2024"))


def is_doubted(*paragraphs: Paragraph, also: Found | None = None, seen: Ink | None = SEEN) -> bool:
    found = (Found(DATUM, None, (YEAR,), 0.9), *([also] if also else []))
    return with_blank_days_proven(found, (*paragraphs, line(501.0, "Aurich,", "2024")), [seen] if seen else [])[0].doubtful


@pytest.mark.parametrize(
    "texts", [("7.", "Marz"), ("Aurich,", "den2024", "16.01."), ("Februar",), ("8.", "Feb.", "2024", "Verdendon", "2")]
)
def test_a_day_read_above_or_behind_the_line_of_a_blank_one_may_be_it(texts: tuple[str, ...]) -> None:
    """Recorded: "Aurich, den 2024 7. Marz", and "8. Feb." in a line of its own above "Hannover, den 2024"."""
    assert is_doubted(line(487.0, *texts))


@pytest.mark.parametrize(
    "paragraph",
    [
        line(487.0, "(2)", "Diese", "Vereinbarung", "gilt", "bis", "zum", "31.", "Dezember", "2024."),
        line(440.0, "7.", "Marz"),
        line(487.0, "7.", "Marz", left=320.0),
        line(487.0, "7.", "Marz", page=5),
        line(487.0, "Im", "Auftrage"),
    ],
    ids=["a sentence", "far above", "another column", "another page", "no day"],
)
def test_what_is_no_day_or_stands_elsewhere_leaves_a_day_blank(paragraph: Paragraph) -> None:
    assert not is_doubted(paragraph)


def test_the_day_of_another_signature_is_none_of_this_one() -> None:
    place = Location(6, (55.0, 485.0, 120.0, 498.0), "7. März")
    assert not is_doubted(line(487.0, "7.", "März"), also=Found("unterschriften.land.1.datum", OFFEN, (place,), 0.9).doubted())


@pytest.mark.parametrize(
    "seen",
    [None, white((72.0, "den"), (102.0, "2024"), page=5), white((372.0, "den"), (402.0, "2024"))],
    ids=["nowhere", "on another page", "in another column"],
)
def test_a_day_is_not_blank_where_nobody_saw_the_white(seen: Ink | None) -> None:
    """Recorded: a pen's stroke through "Osnabrück, den" and the day itself, of which only the year was read."""
    assert is_doubted(seen=seen)


@pytest.mark.parametrize(
    ("seen", "doubted"),
    [(white((108.0, "den")), False), (white((160.0, "den")), True), (white((108.0, "den"), top=560.0), True)],
    ids=["behind its place", "farther on", "in another line"],
)
def test_a_day_without_words_is_blank_where_white_stands_behind_its_place(seen: Ink, doubted: bool) -> None:
    """Where no year is printed, and nothing of the day was read, the place tells where it would stand."""
    ort = Location(6, (60.0, 500.0, 102.0, 511.0), "Hannover")
    found = (Found("unterschriften.traeger.1.ort", "Hannover", (ort,)), Found(DATUM, None, (Location(None, None, ""),)))
    day = with_blank_days_proven(found, [line(501.0, "Hannover,", "den")], [seen])[1]
    assert day.doubtful is doubted
    assert not doubted or day.locations[0].box == ort.box


def test_a_day_of_a_page_whose_letters_are_stated_is_blank_without_a_picture() -> None:
    stated = Paragraph((Word("Aurich,", (Place(6, 60, 501, 100, 510),)), Word("2024", (Place(6, 102, 501, 125, 510),))), "text")
    assert with_blank_days_proven(found := (Found(DATUM, None, (YEAR,)),), [stated], []) == found


def test_what_was_read_or_is_doubted_stays_as_it_is() -> None:
    found = (Found(DATUM, None, (YEAR,)).doubted(Doubt("tinte-als-tag")), Found("unterschriften.land.1.ort", None, ()))
    assert with_blank_days_proven(found, [line(501.0, "Aurich,", "2024")], []) == found


# ---------------------------------------------------------------- goals

GOAL = "ziele.individuell.6"
TITLE, AIM = Found(f"{GOAL}.titel", "Beratung", (), 0.99), Found(f"{GOAL}.ziel", ("Alle finden Arbeit.",), (), 0.99)
STEPS = Found(f"{GOAL}.schritte", ("Elternarbeit",), (), 0.99)
BOX = Location(6, (91.0, 263.0, 377.0, 275.0), "Elternarbeit")
END = Found(f"{GOAL}.erreicht_wenn", ("Elternarbeit", "Das Ziel ist erreicht."), (BOX,), 0.99)
UNSURE = AIM.doubted(Doubt("endet-ohne-satzzeichen", worte="Arbeit"))


def absent(*found: Found) -> dict[str, str | None]:
    """The parts that are told to stand elsewhere, and why what says when the goal is reached is doubted."""
    parts, befunde = with_parts_in_others(found)
    reasons = {one.feld: one.reason for one in parts}
    return {**{befund.feld or "": None for befund in befunde}, **({END.feld: reasons[END.feld]} if reasons.get(END.feld) else {})}


def test_steps_that_lost_their_bullets_are_told_where_the_goal_is_said_to_be_reached() -> None:
    """Recorded of pale scans: they were read as the head of what follows them, and no steps were agreed without a word."""
    told = absent(TITLE, AIM, END)
    assert set(told) == {STEPS.feld, END.feld} and "Elternarbeit" in (told[END.feld] or "")
    [befund] = with_parts_in_others((TITLE, AIM, END))[1]
    assert (befund.location.page, befund.location.box) == (6, BOX.box) and befund.schwere == "warnung"


def test_what_a_goal_agrees_behind_a_text_in_doubt_is_not_absent_without_a_word() -> None:
    """Recorded of a page that the light had washed out: steps and end had become paragraphs of the goal before them."""
    assert set(absent(TITLE, UNSURE)) == {STEPS.feld, END.feld}


@pytest.mark.parametrize(
    "found",
    [(TITLE, AIM), (TITLE, UNSURE, STEPS), (TITLE, AIM, STEPS, END)],
    ids=["a goal that agrees no steps", "steps, and no end", "all of it"],
)
def test_of_a_goal_whose_parts_were_read_nothing_is_told_to_stand_elsewhere(found: tuple[Found, ...]) -> None:
    assert not absent(*found)
