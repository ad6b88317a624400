"""Which paragraphs are headings, and of which level."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from agreements.language.numbering import (
    ABSATZ,
    ANLAGE,
    BARE,
    CHAPTER_MISREAD,
    DECIMAL,
    GOAL,
    LETTER,
    ROMAN,
    goal_number,
    names_what_it_counts,
    rank_of,
)
from agreements.language.offices import TRAEGER
from agreements.language.sentences import STOPPED
from agreements.reading.reading import Paragraph
from agreements.register.laender import ADJEKTIV
from extract.by_grammar.elements import Piece
from extract.by_grammar.topics import thema_of

_LONGEST_HEADING = 200
LONGEST_UNMARKED = 140
UNIT = re.compile(r"(?:Euro|EUR|€|%|Prozent|Personen)(?!\w)")
OPEN_END = re.compile(rf"(?:[,–-]|\b(?:und|für|der|des|die|von|den|{ADJEKTIV}|{TRAEGER}|Land|Ministerium))$")
CHAPTERS = re.compile(
    r"(?:Präambel|Grundsätze|Vorbemerkung\w*|Allgemeines|Rahmenbedingungen|Schwerpunkte|Vereinbarungen|Haushaltsmittel|Ziele)\b"
)
_UNREAD_HEADINGS = 2
"""So many headings of goals in a row may not be told as such in a picture; the next one counts on from them."""
_UNITED = re.compile(rf"\d\s?(?:{UNIT.pattern}|v\. ?H\.)")


def is_of_sentence(text: str) -> bool:
    """Whether a line without a number, heavy or large in a picture as a heading is, is of a sentence: it ends so, or states an amount."""
    return rank_of(text) is None and bool(STOPPED.search(text) or OPEN_END.search(text) or _UNITED.search(text))


class Marks:
    """Which paragraphs of one document are headings."""

    def __init__(self, paragraphs: Sequence[Paragraph]) -> None:
        hinted = [paragraph for paragraph in paragraphs if paragraph.kind == "ueberschrift"]
        self._goals_are_marked = any(rank_of(paragraph.text) == 2 for paragraph in hinted)
        lines = [each for each in paragraphs if each.kind != "punkt" and self._short(each.text)]
        self._numbered = self._goals(paragraphs) | _counted_on(lines, LETTER) | _counted_on(lines, DECIMAL)

    def _goals(self, paragraphs: Sequence[Paragraph]) -> set[int]:
        """Numbered lines that count on from each other, where no typography marks goals: a list within a goal starts anew at 1."""
        found: set[int] = set()
        expected, below_goals = 1, False
        for paragraph in paragraphs:
            rank = rank_of(paragraph.text)
            if rank == 1 or rank == 0:
                expected = 1
                below_goals = thema_of(paragraph.text) == "ziele"
            number = GOAL.match(paragraph.text)
            if (
                number
                and rank == 2
                and (below_goals or expected > 1 or thema_of(paragraph.text))
                and (names_what_it_counts(paragraph.text) or expected <= int(number[1]) <= expected + self._unread(paragraph))
                and self._short(paragraph.text)
            ):
                found.add(id(paragraph))
                expected = int(number[1]) + 1
        return found

    @staticmethod
    def _unread(paragraph: Paragraph) -> int:
        return 0 if paragraph.certain else _UNREAD_HEADINGS

    @staticmethod
    def _short(text: str) -> bool:
        return len(text) <= LONGEST_UNMARKED and not re.search(r"[.:;,]$", text)

    def is_heading(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is a heading, by its typography or its number."""
        text = paragraph.text
        rank = rank_of(text)
        marked = paragraph.kind == "ueberschrift"
        if ABSATZ.match(text) or paragraph.cells or (len(text) > _LONGEST_HEADING and (rank is None or not marked)):
            return False
        if marked:
            return paragraph.certain or not is_of_sentence(text)
        if not self._short(text):
            return False
        if rank == 2:
            would_be = self._goals_are_marked and paragraph.certain and not names_what_it_counts(text)
            return not would_be and id(paragraph) in self._numbered and paragraph.kind != "punkt"
        if rank == 3 or (rank == 0 and not (re.match(r"[IVX]", text) or ANLAGE.match(text))):
            return id(paragraph) in self._numbered
        if rank is not None and rank < 2:
            return paragraph.kind != "punkt"
        misread = not paragraph.certain and CHAPTER_MISREAD.match(text) and thema_of(text)
        return bool(
            misread or (paragraph.kind is None and CHAPTERS.fullmatch(text)) or (paragraph.kind != "punkt" and is_bare_chapter(text))
        )


def _counted_on(paragraphs: Sequence[Paragraph], number: re.Pattern[str]) -> set[int]:
    """Lines whose letters or decimals count on from the first, two of them at least; the letter alone may be of a name: "B. Meyer"."""
    found: dict[str, list[int]] = {}
    for paragraph in paragraphs:
        mark = number.match(paragraph.text)
        run = found.setdefault(mark["within"], []) if mark else []
        if mark and mark["number"] in (str(len(run) + 1), "ABCDEFGH"[len(run) : len(run) + 1]):
            run.append(id(paragraph))
    return {each for run in found.values() if len(run) > 1 for each in run}


def is_bare_chapter(text: str) -> bool:
    """Whether a line is the heading of a chapter whose number has no mark: "4 Ziele", and not "5 Personen"."""
    number = BARE.match(text)
    return number is not None and len(text) <= _LONGEST_BARE and bool(CHAPTERS.fullmatch(text[number.end() :]) or thema_of(text))


_LONGEST_BARE = 60


def levelled(pieces: list[Piece]) -> list[Piece]:
    """The pieces with the levels of their headings, 1 to 3, by the kinds of numbers that the document uses."""
    ranks = _ranks({place: piece for place, piece in enumerate(pieces) if piece.art == "ueberschrift"})
    used = sorted({rank for rank in ranks.values() if rank is not None})
    level, found = 0, []
    for place, piece in enumerate(pieces):
        if place in ranks:
            rank = ranks[place]
            ebene = min(3, used.index(rank) + 1) if rank is not None else min(3, level + 1)
            level = ebene if rank is not None else level
            piece = replace(piece, level=ebene)
        found.append(piece)
    return found


def _ranks(headings: Mapping[int, Piece]) -> dict[int, float | None]:
    """How deep each heading is by its number; what counts anew below the chapter of goals is deeper, whatever it counts with.

    "C. Ziele" holds "I. Verringerung …", "4. Ziele" holds "1. Verringerung …" and "Ziel 1: …", though these are numbers of chapters, too.
    """
    found: dict[int, float | None] = {}
    chapter: float | None = None
    last = 0
    for place, piece in headings.items():
        rank: float | None = _heading_rank(piece)
        number, roman = goal_number(piece.text), ROMAN.match(piece.text)
        if names_what_it_counts(piece.text):
            rank = 2 + _BELOW
        elif chapter is not None and number and number[0] == last + 1 and (roman or rank == chapter) and not _leaves_goals(piece):
            rank, last = chapter + _BELOW, last + 1
        elif rank is not None and (chapter is None or rank <= chapter):
            chapter, last = (rank if thema_of(piece.text) == "ziele" else None), 0
        found[place] = rank
    return found


def _leaves_goals(piece: Piece) -> bool:
    """Whether a heading is of a chapter behind the goals, though its number may count on from them."""
    return thema_of(piece.text) in ("nachhaltung", "haushalt", "rahmen", "regional", "schwerpunkte", "grundsaetze")


_BELOW = 0.5
"""What makes a heading deeper than its chapter, and not as deep as any other kind of number."""


def _heading_rank(piece: Piece) -> int | None:
    if not piece.certain and CHAPTER_MISREAD.match(piece.text) and thema_of(piece.text) in ("grundsaetze", "rahmen", "schwerpunkte"):
        return 0
    rank = rank_of(piece.text)
    return 1 if rank is None and BARE.match(piece.text) else rank
