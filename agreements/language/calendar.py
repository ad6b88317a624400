"""Days and months as an agreement writes them, and read back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from agreements.language.protocol import UNREAD, Context, Notation, Unread
from agreements.model.months import MONAT, MONATE
from agreements.model.values import OFFEN, Offen

YEAR = re.compile(r"(?:19|20)\d\d")
YEAR_ALONE = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]*\d)")
"""A year of this century that is no part of another number."""
DAY = re.compile(
    rf"(?P<tag>\d{{1,2}})\s?\.{{1,2}}\s?(?:(?P<monat>\d{{1,2}})\s?\.\s?|(?P<monatsname>{MONAT})\s+)(?P<jahr>{YEAR.pattern})(?!\d)"
)
"""A day, its full stops also as readers have them: "5. April 2024", "5.. 4 .2024"."""
DAY_IN_FIGURES = re.compile(r"\d{1,2}\.\d{1,2}\.20\d\d")
"""A day without a blank: "25.03.2015"."""
TORN_DAY = re.compile(r"\b(?:\d \d\.\d{1,2}|\d{1,2}\.\d \d)\.\d{4}\b")
"""A day with a blank between two figures, where nobody prints one: "30.1 1.2014"."""
PART_OF_DAY = rf"(?:\d{{1,2}}\.\s?)?(?:\d{{1,2}}\.\s?|{MONAT})?\s?(?:{YEAR.pattern})?"
"""As much of a day as stands in one line of a narrow column, as part of a pattern."""
OF_DAY = re.compile(rf"[0-3]?\d\.(?:[01]?\d\.?(?:\d\d(?:\d\d)?)?)?|{MONAT}")
"""What is read in one word of a day that a pen wrote: "8.", "16.01.", "16.01.2024", "Februar"."""
LEADS_TO_YEAR = ("Jahr", "Jahres", "Jahre")
"""Words behind which a year stands that is of no date."""


def write_date(day: date) -> str:
    """A date as it is printed: "1. Februar 2024" (DIN 5008)."""
    return f"{day.day}. {MONATE[day.month - 1]} {day.year}"


FORMS_OF_DAYS: dict[str, Callable[[date], str]] = {
    "TT.MM.JJJJ": lambda day: day.strftime("%d.%m.%Y"),
    "T.M.JJJJ": lambda day: f"{day.day}.{day.month}.{day.year}",
}
"""How else a day is written in figures."""


def day_of(found: re.Match[str]) -> date | None:
    """The day that a match with `tag`, `monat` or `monatsname`, and `jahr` says; None where no calendar has it, as 31. Februar."""
    month = int(found["monat"]) if found["monat"] else MONATE.index(found["monatsname"]) + 1
    try:
        return date(int(found["jahr"]), month, int(found["tag"]))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Datum(Notation):
    """A date, "1. Februar 2024" (DIN 5008) if no other form is named; left blank for the pen only its year is printed, and read as open."""

    blank: re.Pattern[str] = field(default=re.compile(r"[_.…\s]*(?:20\d\d(?!\d))?"))
    form: str | None = None

    def write(self, value: date, _: Context) -> str:
        return FORMS_OF_DAYS[self.form](value) if self.form else write_date(value)

    def spans(self, text: str, start: int, context: Context) -> Iterator[int]:
        for pattern in (DAY, self.blank):
            if found := pattern.match(text, start):
                yield found.end()

    def read(self, text: str, _: Context) -> date | Offen | Unread:
        if self.blank.fullmatch(text):
            return OFFEN
        if not (found := DAY.fullmatch(text)):
            return UNREAD
        return day_of(found) or UNREAD

    def doubted(self, text: str, before: str, after: str) -> bool:
        beside = before + after
        return bool(beside) if self.blank.fullmatch(text) else bool(re.search(r"\d", beside))
