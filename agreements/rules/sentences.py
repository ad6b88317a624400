"""Where one sentence of a text ends and the next begins: rules judge words by the sentence they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_END = re.compile(r"[.!?][)“\"]?(?=\s+[\"„(]?[A-ZÄÖÜ§])")
_NO_END = re.compile(
    r"(?:\b(?:Nr|Nrn|Abs|Art|Dr|Prof|Mio|Mrd|Tsd|rd|ca|bzw|vgl|ggf|ggfs|usw|etc|inkl|incl|zzgl|max|min|gem|lt|Nds|BGBl|St|Str|Ziff|Kap"
    r"|zz|u|o|z|d|i|S|a|R|h|B|g)|\b\d{1,2})\.$"
)
"""Abbreviations and ordinal numbers, whose point ends no sentence."""


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[tuple[int, str], ...]:
    """The sentences of a text, each with the offset at which it begins."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for found in _END.finditer(text):
        if _NO_END.search(text, start, found.start() + 1):
            continue
        yield start, text[start : found.end()]
        start = found.end() + 1
    if start < len(text):
        yield start, text[start:]


def around(text: str, start: int, end: int, letters: int = 25) -> str:
    """The words at a place with a few beside them, so that a person finds them."""
    left = text.rfind(" ", 0, max(0, start - letters)) + 1 if start > letters else 0
    right = text.find(" ", min(len(text), end + letters))
    return text[left : right if right >= 0 else len(text)]
