"""Which letters of a paragraph in a Word file a person sees otherwise than they are read, and which but call a note."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from agreements.language.numbers import SQUARED
from agreements.reading.doubts import Doubt
from extract.word.visibility import Height

DIRECTION = re.compile("[\u200f\u061c\u202a-\u202e\u2066-\u2069]")
"""Marks that nobody sees and that change the order of the letters around them; U+200E, from left to right, changes nothing here."""
_RIGHT_TO_LEFT = re.compile("[\u202b\u202e\u2067\u2068]([^\u202c\u2069]*)|\u200f|\u061c")
"""What stands in the other direction (embedded, overridden, isolated), to its end or the paragraph's."""
_STROKES = re.compile("[\u0335-\u0338\u20d2\u20d3\u20e5\u20eb]")
"""Strokes that are typed over the letter before them."""
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_FIGURES = str.maketrans(_RAISED + "₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2)
_MARK = re.compile(r"\(?(?:[\d*†‡]+|[a-z](?=\W*$))(?:[,;]\d+)*[).]?")
"""What calls a note: figures, an asterisk, one small letter."""
_LONGEST_MARK = 5
"""Letters and signs; what is raised and longer is no call of a note."""


class Stretch(NamedTuple):
    """Letters of a paragraph that look otherwise than the rest, by their place in its text."""

    start: int
    end: int
    seen: tuple[Doubt, ...] = ()
    height: Height = ""


class _Call(NamedTuple):
    """A figure or sign set above or below the line; one that was typed so (¹) is a letter that a record may hold, and no number has."""

    start: int
    end: int
    height: Height


class Sights:
    """What a person sees of the words of one paragraph."""

    def __init__(self, text: str, stretches: Sequence[Stretch]) -> None:
        self._text = text
        self._stretches = stretches
        self._turned = [found.span() for found in _RIGHT_TO_LEFT.finditer(text)]
        self._plain = not stretches and not self._turned and text.isascii()

    def of(self, start: int, end: int) -> tuple[str, tuple[Doubt, ...]]:
        """The word from `start` to `end` as it is to be read, empty where it but calls a note, and why a person sees it otherwise."""
        word = self._text[start:end]
        if self._plain:
            return word, ()
        read, calls = self._without_calls(start, end)
        if self._calling:
            calls = [self._calling]
        doubts = [doubt for stretch in self._stretches if stretch.start < end and stretch.end > start for doubt in stretch.seen]
        doubts += [Doubt("in-umgekehrter-richtung") for one, other in self._turned if one < end and other > start]
        doubts += calls
        doubts += _strange(read)
        return _STROKES.sub("", DIRECTION.sub("", read)), tuple(dict.fromkeys(doubts))

    def _without_calls(self, start: int, end: int) -> tuple[str, list[Doubt]]:
        """The word without what calls a note, and what is to be said of that."""
        doubts: list[Doubt] = []
        read, at = "", start
        for call in self._calls:
            if call.start >= end or call.end <= start:
                continue
            first, last = max(call.start, start), min(call.end, end)
            said = self._text[first:last]
            read, at = read + self._text[at:first], last
            figure = said.translate(_FIGURES)
            if call.height == "hoch" and figure in ("2", "3") and SQUARED.search(self._text[max(0, start - 3) : start] + read):
                read += _RAISED[int(figure)]
                continue
            if call.height == "tief" and read[-1:].isalpha():
                read += said
                continue
            doubts.append(Doubt("hochgestellt", zeichen=figure) if call.height == "hoch" else Doubt("tiefgestellt", zeichen=figure))
        return read + self._text[at:end], doubts

    @cached_property
    def _calls(self) -> list[_Call]:
        """All that may call a note, in order."""
        return [call for call in self._raised() if _MARK.fullmatch(self._text[call.start : call.end].translate(_FIGURES))]

    def _raised(self) -> Iterator[_Call]:
        """What is set above or below the line without a break, blanks around it left out."""
        whole: list[_Call] = []
        for stretch in self._stretches:
            if not stretch.height:
                continue
            if whole and whole[-1].end == stretch.start and whole[-1].height == stretch.height:
                whole[-1] = whole[-1]._replace(end=stretch.end)
            else:
                whole.append(_Call(stretch.start, stretch.end, stretch.height))
        for call in whole:
            text = self._text[call.start : call.end]
            start = call.start + len(text) - len(text.lstrip())
            if 0 < len(text.strip()) <= _LONGEST_MARK:
                yield _Call(start, start + len(text.strip()), call.height)

    @cached_property
    def _calling(self) -> Doubt | None:
        """What is said of every word of a paragraph that begins with the call of a note: it is that note, typed by hand."""
        begins = len(self._text) - len(self._text.lstrip())
        if not self._calls or self._calls[0].start != begins or self._calls[0].height != "hoch":
            return None
        sign = self._text[begins : self._calls[0].end].translate(_FIGURES)
        return Doubt("in-einer-fussnote", zeichen=sign)


def _strange(word: str) -> Iterator[Doubt]:
    """Why a person sees letters otherwise that only some fonts can draw, or figures of other scripts."""
    if word.isascii():
        return
    if _STROKES.search(word):
        yield Doubt("durchgestrichen")
    if any(unicodedata.category(sign) == "Co" or sign == "\ufffd" for sign in word):
        yield Doubt("zeichen-einer-besonderen-schrift")
    if any(sign.isdecimal() and not sign.isascii() for sign in word):
        yield Doubt("ziffern-einer-anderen-schrift")
