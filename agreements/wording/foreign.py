"""A wording that leaves the house inside a document, and one that came in so."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import TemplateSyntaxError

from agreements.errors import WordingError
from agreements.wording.jinja_tree import environment, no_text
from agreements.wording.units import Wording
from agreements.wording.wording import parse_wording


def parse_foreign_wording(data: bytes, datei: Path, schluessel: str) -> Wording:
    """The wording that came with a document; WordingError where it is none, or so nested that nobody wrote it."""
    try:
        source = data.decode()
    except UnicodeDecodeError as error:
        raise WordingError("Er ist kein Text.", datei=datei) from error
    _refuse_nesting(source, datei)
    return parse_wording(source, datei, schluessel)


_DEEPEST, _LONGEST = 10, 80
"""Conditions and loops within each other, and signs of one field; the wordings known have 3 and 19."""


def _refuse_nesting(source: str, datei: Path) -> None:
    depth = length = 0
    try:
        for line, kind, value in environment().lex(source):
            length = 0 if kind.endswith("_begin") else length + (kind != "whitespace")
            depth += {"if": 1, "for": 1, "endif": -1, "endfor": -1}.get(value, 0) if kind == "name" else 0
            if depth > _DEEPEST or (length > _LONGEST and kind != "data"):
                raise WordingError("Er ist so verschachtelt, wie niemand ihn schreibt.", datei=datei, zeile=line)
    except TemplateSyntaxError as error:
        raise no_text(error, datei, error.lineno) from error


@lru_cache(maxsize=4)  # of all agreements of a year it is the same
def without_remarks(source: str) -> str:
    """The text of a wording without the remarks in it, which are for those who write it."""
    kept, within = [], False
    for _, kind, value in environment().lex(source):
        within = within or kind == "comment_begin"
        if not within:
            kept.append(value)
        within = within and kind != "comment_end"
    return "".join(kept)
