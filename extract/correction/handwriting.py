"""Which days of a scan a pen wrote: their figures stand otherwise than the printed words beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from agreements.language.calendar import YEAR
from agreements.reading.reading import Place, Word

_UNEVEN = 0.25
"""Heights of a printed word; printed figures of a line begin and end as far from its as this at most."""
_FIGURES = re.compile(r"[\d.,/]*\d[\d.,/]*")
_UPRIGHT = re.compile(rf"(?i)den|{YEAR.pattern}")
"""Words that stand on their line and reach up as far as figures do."""


def by_hand(day: Sequence[Word], before: Word | None = None) -> bool:
    """Whether a pen wrote a day: its month stands in figures apart from the year, or its figures do not stand as print does.

    `before` is the word before it, "den". No reader is to be trusted with such a day, however sure it is.
    """
    figures = [word for word in day if _FIGURES.fullmatch(word.text) and not _is_year(word)]
    parted = any(map(_is_year, day))
    if parted and figures and len(figures) == len(day) - 1 and sum(len(re.findall(r"\d+", word.text)) for word in figures) > 1:
        return True
    printed = [place for word in (before, *day) if word is not None and _UPRIGHT.fullmatch(word.text) for place in word.places[:1]]
    return any(_is_uneven(figure, place) for word in figures for figure in word.places[:1] for place in _near(figure, printed))


def _is_year(word: Word) -> bool:
    return bool(YEAR.fullmatch(word.text.rstrip(".,")))


def _near(figure: Place, printed: Sequence[Place]) -> Iterator[Place]:
    """The printed words of the same line: a day may stand a line higher than its year."""
    middle = (figure.top + figure.bottom) / 2
    return (place for place in printed if place.page == figure.page and place.top < middle < place.bottom)


def _is_uneven(figure: Place, printed: Place) -> bool:
    most = _UNEVEN * (printed.bottom - printed.top)
    return abs(figure.top - printed.top) > most or abs(figure.bottom - printed.bottom) > most
