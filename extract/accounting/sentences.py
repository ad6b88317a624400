"""A text parted for accounting: its sentences, and the clauses of a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agreements.language.sentences import ABBREVIATIONS

_STOP = re.compile(r"[.!?][“”\"')\]]*\s+(?=[\[(„\"§–-]?\s?[A-ZÄÖÜ])")
_OPEN = re.compile(rf"(?:\b(?:\w|Satz|ggü|v\.\s?H|{'|'.join(sorted(ABBREVIATIONS))})|(?<![\d.,])\d{{1,2}})\.$", re.I)
"""Before a full stop that ends no sentence: an abbreviation, one letter, the number of a day or of an item."""
_STOPS = r"[,;:()\[\]]|\s[–-]\s(?=[a-zäöü])"
_CLAUSE = re.compile(rf"{_STOPS}|\b(?:und|sowie|während|wobei|nachdem|obwohl)\b")
_PART = re.compile(_STOPS)
_WITHIN_NUMBER = re.compile(r"\d,\d")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence, in order."""
    start = 0
    for stop in _STOP.finditer(text):
        if not _OPEN.search(text, start, stop.start() + 1):
            yield start, stop.end()
            start = stop.end()
    if start < len(text):
        yield start, len(text)


def clause_at(text: str, start: int, end: int, *, coordinated: bool = False) -> tuple[int, int]:
    """Start and end of the clause that a part of a sentence stands in; `coordinated`: with what "und" joins to it."""
    pattern = _PART if coordinated else _CLAUSE
    cuts = [cut for cut in pattern.finditer(text) if not _WITHIN_NUMBER.match(text, cut.start() - 1)]
    first = max((cut.start() for cut in cuts if cut.end() <= start), default=0)
    return first, min((cut.start() for cut in cuts if cut.start() >= end), default=len(text))
