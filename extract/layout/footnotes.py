"""Raised figures behind words, and the notes at the foot of a page that they lead to: neither is part of a number, name or sentence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from agreements.language.numbers import SQUARED
from agreements.language.tokens import shortened
from agreements.reading.doubts import Doubt
from agreements.reading.reading import Beiwerk
from extract.layout.hyphenation import plain
from extract.layout.lines import Line, Page, Token, line_of

RAISED = 0.15
"""Font sizes above the baseline beside; figures that stand higher are raised."""
SMALL = 0.92
"""Part of the page's usual size that the type of notes does not exceed, where they do not stand apart from the text."""
APART = 1.6
"""Font sizes between the baselines of the text's last line and the first note."""
TOUCHING = 0.1
"""Font sizes; letters no farther apart have no blank between them."""
_CARRIED = frozenset({"hochgestellt", "fussnote"})
"""What is said of a word with a figure of a note."""
_UPPER = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TO_UPPER = str.maketrans("0123456789", _UPPER)
_TO_PLAIN = str.maketrans(_UPPER, "0123456789")
_FIGURES = re.compile(r"\d{1,3}|[*†‡]{1,3}")
_BEHIND = re.compile(rf"(?P<word>.*[^{_UPPER}])(?P<mark>[{_UPPER}]{{1,3}})(?P<rest>[^\w{_UPPER}]*)")
_FIRST = re.compile(rf"(?P<mark>\d{{1,3}}|[{_UPPER}]{{1,3}})\)?(?![\d.,:/–-]).*")
_NUMBER_END = re.compile(r"[\d%€]$")


class Notes(NamedTuple):
    """The pages' lines without their notes and what leads there, and the notes."""

    rows: list[list[Line]]
    beiwerk: list[Beiwerk]
    sentences: list[str]


def without_footnotes(pages: Sequence[Page], rows: Sequence[list[Line]], *, our_own: bool = False) -> Notes:
    """The lines as they read without notes and raised figures; a word that has one says so in `Token.seen`, but for "m²".

    In what zv printed, as `our_own` says, a typed figure above the line is a letter of the record.
    """
    found = Notes([], [], [])
    for page, lines in zip(pages, rows, strict=True):
        marks = {number for line in lines for number in _marks(line, typed=not our_own)}
        start = _start(lines, marks, page.height) if marks else len(lines)
        notes = _notes(lines[start:], marks)
        found.rows.append([_without_marks(line, notes) for line in lines[:start]] if marks else lines)
        found.beiwerk.extend(Beiwerk("fusszeile", page.number, note) for note in notes.values())
        found.sentences.extend(f"Seite {page.number}: Eine Fußnote wurde nicht mitgelesen: „{note}“" for note in notes.values())
    return found


def _marks(line: Line, typed: bool) -> Iterator[str]:
    """The figures of a line that stand raised behind a word."""
    for place, token in enumerate(line.tokens):
        if place and _is_raised(token, line):
            yield token.text
        elif typed and not token.text.isascii() and (match := _BEHIND.fullmatch(token.text)):
            yield match["mark"].translate(_TO_PLAIN)


def _is_raised(token: Token, line: Line) -> bool:
    """Whether a token is figures above the line, as the file has them; what is recognised in a picture stands where it was seen."""
    if token.raised:
        return True
    return line.base - token.base > RAISED * line.size and token.certain and bool(_FIGURES.fullmatch(token.text))


def _start(lines: Sequence[Line], marks: set[str], height: float) -> int:
    """Which line the notes at the foot of a page begin with; past the last where there are none."""
    usual = _usual(lines)
    for place in range(1, len(lines)):
        last, line = lines[place - 1], lines[place]
        smaller = line.size <= SMALL * usual or line.base - last.base > APART * line.size
        if smaller and line.base > height / 2 and _number(line) in marks and _are_together(lines[place:]):
            return place
    return len(lines)


def _usual(lines: Sequence[Line]) -> float:
    """The size of most letters of a page."""
    weights: Counter[float] = Counter()
    for line in lines:
        weights[line.size] += len(line.text)
    return weights.most_common(1)[0][0]


def _number(line: Line) -> str | None:
    """The number that a line begins with, as a note does."""
    match = _FIRST.fullmatch(line.tokens[0].text)
    return match["mark"].translate(_TO_PLAIN) if match else None


def _are_together(lines: Sequence[Line]) -> bool:
    """Whether lines stand close and in one type, down to the page's end."""
    return all(b.base - a.base < APART * b.size and b.size <= a.size / SMALL for a, b in pairwise(lines))


def _notes(lines: Sequence[Line], marks: set[str]) -> dict[str, str]:
    """The notes by their numbers."""
    notes: dict[str, str] = {}
    number = ""
    for line in lines:
        first = _number(line)
        number = first if first in marks and first not in notes else number
        notes[number] = f"{notes[number]} {plain(line.text)}" if number in notes else plain(line.text)
    return notes


def _without_marks(line: Line, notes: Mapping[str, str]) -> Line:
    """The line with every raised figure taken off the word before it, or put to its letters."""
    tokens: list[Token] = []
    mark = None
    for token in line.tokens:
        if tokens and _is_raised(token, line):
            tokens[-1], mark = _marked(tokens[-1], token, notes), token
        elif mark and token.left - mark.right < TOUCHING * line.size:
            tokens[-1], mark = _longer(tokens[-1], token, token.text), None
        else:
            tokens.append(_without_upper(token, notes))
            mark = None
    if tokens == line.tokens:
        return line
    return line_of([_number_of(one, after) for one, after in zip(tokens, [*tokens[1:], tokens[-1]], strict=True)])


def _marked(word: Token, mark: Token, notes: Mapping[str, str]) -> Token:
    """A word with what its raised figure means."""
    if mark.text in notes:
        return replace(word, seen=word.seen or _said(notes[mark.text]), blank=mark.blank)
    if mark.text in ("2", "3") and SQUARED.search(word.text):
        return _longer(word, mark, mark.text.translate(_TO_UPPER))
    return replace(word, seen=word.seen or _raised_behind(mark.text), blank=mark.blank)


def _number_of(number: Token, unit: Token) -> Token:
    """A number before a word with a note: what is said of "Euro" is meant of the amount."""
    meant = any(doubt.art in _CARRIED for doubt in unit.seen) and not number.seen and number.text[-1].isdigit()
    return replace(number, seen=unit.seen) if meant else number


def _without_upper(token: Token, notes: Mapping[str, str]) -> Token:
    """A word without the upper figure at its end that leads to a note; any other is a letter that a record may hold."""
    match = None if token.text.isascii() else _BEHIND.fullmatch(token.text)
    if match is None:
        return token
    number = match["mark"].translate(_TO_PLAIN)
    if number in notes:
        return replace(token, text=match["word"] + match["rest"], seen=token.seen or _said(notes[number]))
    return replace(token, seen=token.seen or _raised_behind(number)) if _NUMBER_END.search(match["word"]) else token


def _raised_behind(figure: str) -> tuple[Doubt, ...]:
    return (Doubt("hochgestellt", zeichen=figure),)


def _said(note: str) -> tuple[Doubt, ...]:
    return (Doubt("fussnote", worte=shortened(note)),)


def _longer(word: Token, more: Token, text: str) -> Token:
    """A word with letters that stand directly behind it."""
    place = word.place._replace(right=more.place.right)
    return replace(word, text=word.text + text, place=place, right=more.right, blank=more.blank, seen=word.seen or more.seen)
