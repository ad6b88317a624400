"""In which chapter each paragraph stands, by numbered and marked headings: the chapters of goals and money, the goals in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from agreements.model.months import MONAT
from agreements.reading.reading import Paragraph
from extract.accounting.subjects import Kennzahl, Zone, kennzahl_of, zone_of

_ROMANS = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5, "VI": 6, "VII": 7, "VIII": 8, "IX": 9, "X": 10}
_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("roman", re.compile(r"(?P<nummer>[IVX]{1,4})\.?\s+(?=[A-ZÄÖÜ„])")),
    ("paragraph", re.compile(r"§\s?(?P<nummer>\d{1,2})\s+(?!Abs|Satz|Nr|SGB)(?=[A-ZÄÖÜ„])")),
    (
        "wort",
        re.compile(r"(?:Artikel|Art\.|Ziffer|Abschnitt|Kapitel|Teil)\s+(?P<nummer>\d{1,2}|[IVX]{1,4})\b[.:)]?\s*[–-]?\s*(?=[A-ZÄÖÜ„])"),
    ),
    ("ziel", re.compile(r"(?:Ziel|Kennzahl|Zielbereich|Handlungsfeld)\s+(?P<nummer>\d{1,2})\s*[.:)–-]\s*[–-]?\s*(?=[A-ZÄÖÜ„])")),
    ("unter", re.compile(r"(?:\d{1,2}\.)+(?P<nummer>\d{1,2})[.)]?\s+(?=[A-ZÄÖÜ„])")),
    ("zahl", re.compile(r"(?P<nummer>\d{1,2})[.)]\s+(?=[A-ZÄÖÜ„])")),
    ("bloss", re.compile(r"(?P<nummer>\d{1,2})\s+(?=[A-ZÄÖÜ„])")),
    ("buchstabe", re.compile(r"(?P<nummer>[A-H])[.)]\s+(?=[A-ZÄÖÜ„])")),
)
"""How the numbers of headings look; headings of one form are of one level."""
_MONTH = re.compile(rf"\d{{1,2}}\.?\s+(?:{MONAT})\b")
_LONGEST = 160
_OF_SENTENCE = re.compile(r"[.,;:!?]$|[.!?]\s+[A-ZÄÖÜ]")
_ANNEX = re.compile(r"(?:Anlage|Anhang)\b")
_MARKED = "marke"


class Heading(NamedTuple):
    """A heading: its number, if it has one, and what it is about."""

    text: str
    form: str
    nummer: int | None
    titel: str
    kennzahl: Kennzahl | None
    goal: bool
    """Whether it stands numbered below the chapter of goals."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands; `heading`: the nearest above it, or the paragraph itself."""

    zone: Zone
    heading: Heading | None
    is_heading: bool
    kennzahl: Kennzahl | None


def outline(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> tuple[Place, ...]:
    """Of each paragraph its place, by its text."""
    return tuple(_places(paragraphs, texts))


def _places(paragraphs: Sequence[Paragraph], texts: Sequence[str]) -> Iterator[Place]:
    above: list[tuple[Heading, Zone]] = []
    before = ""
    for paragraph, text in zip(paragraphs, texts, strict=True):
        heading = _heading(paragraph, text, before, above)
        before = text
        if heading is not None:
            above = _below(above, heading.form)
            zone = zone_of(heading.titel) if not heading.goal else "ziele"
            above.append((heading, _inherited(above) if zone is None else zone))
        last, zone = above[-1] if above else (None, "")
        kennzahl = next((each.kennzahl for each, _ in reversed(above) if each.kennzahl), None)
        yield Place(zone or "", last, heading is not None, kennzahl)


def _below(above: list[tuple[Heading, Zone]], form: str) -> list[tuple[Heading, Zone]]:
    """The headings that one of this form stands below: those before the first of its own form; one without number ends no numbered one."""
    forms = [heading.form for heading, _ in above]
    return above[: forms.index(form)] if form in forms else [each for each in above if each[0].form != _MARKED]


def _inherited(above: list[tuple[Heading, Zone]]) -> Zone:
    return above[-1][1] if above else ""


def _heading(paragraph: Paragraph, text: str, before: str, above: list[tuple[Heading, Zone]]) -> Heading | None:
    """The heading that a paragraph is; None where it is none."""
    if len(text) > _LONGEST or paragraph.column or paragraph.kind in ("punkt", "unterschrift"):
        return None
    form, number = next(((name, found) for name, pattern in _FORMS if (found := pattern.match(text))), (_MARKED, None))
    marked = paragraph.kind == "ueberschrift" or bool(_ANNEX.match(text))
    if number is None and not marked:
        return None
    if number is not None and not marked and (_OF_SENTENCE.search(text.rstrip()) or _MONTH.match(text) or before.endswith(":")):
        return None
    titel = text[number.end() :] if number else text
    below = [zone for heading, zone in _below(above, form)]
    goal = number is not None and bool(below) and below[-1] == "ziele"
    return Heading(text, form, _value(number["nummer"]) if number else None, titel, kennzahl_of(titel), goal)


def _value(number: str) -> int:
    return int(number) if number.isdigit() else _ROMANS.get(number, ord(number[0]) - ord("A") + 1)
