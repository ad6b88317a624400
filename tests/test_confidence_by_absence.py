"""A day that was read where no Angabe says it makes the blank day beside it a doubt."""

from __future__ import annotations

import pytest

from agreements.model.values import OFFEN
from agreements.reading.findings import Found, Location
from agreements.reading.reading import Paragraph, Place, Word
from extract.confidence.by_absence import with_days_elsewhere

DATUM = "unterschriften.traeger.1.datum"
YEAR = Location(6, (102.0, 500.0, 125.0, 510.0), "2024")


def line(top: float, *texts: str, left: float = 60.0, page: int = 6) -> Paragraph:
    return Paragraph(
        tuple(
            Word(text, (Place(page, left + 30 * at, top, left + 30 * at + 25, top + 9),), confidence=0.6) for at, text in enumerate(texts)
        ),
        "text",
    )


def is_doubted(*paragraphs: Paragraph, also: Found | None = None) -> bool:
    found = (Found(DATUM, None, (YEAR,), 0.9), *([also] if also else []))
    return with_days_elsewhere(found, paragraphs)[0].doubtful


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
    ("texts", "doubted"), [(("Aurich,", "den", "2024"), False), (("Osnabfic/aehOlt,", "2024"), True)], ids=["den", "a stroke"]
)
def test_a_blank_day_without_its_den_is_doubted_where_another_signature_has_one(texts: tuple[str, ...], doubted: bool) -> None:
    """Recorded: a pen's stroke through "Osnabrück, den" and the day itself, of which only the year was read."""
    assert is_doubted(line(501.0, *texts, left=42.0), line(501.0, "Hannover,", "den", "2024", left=330.0)) is doubted


def test_where_no_signature_has_a_den_none_is_missed() -> None:
    assert not is_doubted(line(501.0, "Aurich,", "2024"))
