"""How two halves of a word at a line's end become one word again, and what else they might be."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

SOFT = "\u00ad"
AUTOMATIC = "\u2010" + SOFT
"""Hyphens that nobody types: U+2010 is what typesetters print where they part a word, U+00AD the soft hyphen."""
EITHER = "\ufffe"
"""What PDFium gives for a hyphen at a line's end, typed or soft."""
TYPED = "-\u2011" + EITHER
CONJUNCTIONS = frozenset({"und", "oder", "bzw.", "sowie", "bis", "als", "u.", "o."})
"""After "Schul-" one of these goes on with a blank: DIN 5008, Ergänzungsstrich."""
_EDGES = re.compile(r"^[^\w]+|[^\w]+$")
_LAST = re.compile(r"[\w]+$")


class Joined(NamedTuple):
    """The word that two halves make, and its other readings."""

    text: str
    variants: tuple[str, ...] = ()


def plain(text: str) -> str:
    """The text with every hyphen at its end as typed."""
    return text.replace(EITHER, "-").replace(SOFT, "")


def stem(text: str) -> str:
    """A word without the marks around it, in lower case, to compare it with others."""
    return _EDGES.sub("", text).casefold()


def joined(first: str, second: str, known: Collection[str] = ()) -> Joined | None:
    """One word of the last of a line and the first of the next; None where they are two words."""
    if len(first) < 2:
        return None
    body, mark = first[:-1], first[-1]
    if mark in AUTOMATIC and (body[-1].isalnum() or mark == SOFT):
        return Joined(body + second)
    if mark in TYPED and body[-1].isalnum():
        return _typed(body, second, known)
    if mark == "/" and body[-1].isalnum() and second[:1].isalpha():
        return Joined(first + second)
    if mark == "–" and body[-1].isdigit() and second[:1].isdigit():
        return Joined(first + second)
    return None


def _typed(body: str, second: str, known: Collection[str]) -> Joined | None:
    """After a hyphen that may be typed: with it before capitals and figures, without it before small letters."""
    with_hyphen, without = f"{body}-{second}", body + second
    if second in CONJUNCTIONS:
        return None
    if not second[:1].islower():
        return Joined(with_hyphen, (without,) if second[:1].isalnum() else ())
    if stem(without) in known:
        return Joined(without, (with_hyphen,))
    if stem(with_hyphen) in known or _never_parted(body):
        return Joined(with_hyphen, (without,))
    return Joined(without, (with_hyphen,))


def _never_parted(body: str) -> bool:
    """Whether German hyphenation cannot have parted a word here: after one letter, a figure, or capitals ("U25-", "JBA-")."""
    last = _LAST.search(body)
    word = last.group() if last else ""
    return len(word) < 2 or word[-1].isdigit() or word[-1].isupper()
