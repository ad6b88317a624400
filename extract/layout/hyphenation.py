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
    alternatives: tuple[str, ...] = ()


class Habits(NamedTuple):
    """What the document itself shows about its line ends."""

    known: Collection[str] = frozenset()
    """Its whole words, as `stem` gives them."""
    automatic: bool = False
    """Whether its parted words end in U+2010 or a soft hyphen, so that a "-" was typed."""
    blanks: bool = False
    """Whether it keeps the blank at a line's end, so that where none is a word goes on."""
    our_own: bool = False
    """Whether zv printed it: then every blank at a line's end is there, and nobody ended a line inside a paragraph."""


NO_HABITS = Habits()


def plain(text: str) -> str:
    """The text with every hyphen at its end as typed; one that stands alone is seen."""
    return text.replace(EITHER, "-").replace(SOFT, "") or "-" * bool(text)


def stem(text: str) -> str:
    """A word without the marks around it, in lower case, to compare it with others."""
    return _EDGES.sub("", text).casefold()


def joined(first: str, second: str, habits: Habits = NO_HABITS, blank: bool | None = None) -> Joined | None:
    """One word of the last of a line and the first of the next; None where they are two words.

    `blank` says whether the file has a blank after the first, None where it does not tell.
    """
    if len(first) > 1 and first[-1] in AUTOMATIC and (first[-2].isalnum() or first[-1] == SOFT) and not blank:
        return Joined(first[:-1] + second)
    if blank:
        return None
    whole = habits.blanks and blank is False
    if len(first) > 1 and first[-1] in TYPED and first[-2].isalnum():
        return _typed(first[:-1], second, habits, whole)
    return Joined(first + second) if whole or _goes_on(first, second) else None


def _goes_on(first: str, second: str) -> bool:
    """Whether a line may end inside a word here without a hyphen: after a stroke, and after a dash between figures."""
    if len(first) < 2 or not first[-2].isalnum():
        return False
    return (first[-1] == "/" and second[:1].isalpha()) or (first[-1] == "–" and first[-2].isdigit() and second[:1].isdigit())


def _typed(body: str, second: str, habits: Habits, whole: bool) -> Joined | None:
    """After a hyphen that may be typed: with it before capitals and figures, without it before small letters."""
    with_hyphen, without = f"{body}-{second}", body + second
    if whole and habits.automatic:
        return Joined(with_hyphen)
    if (second in CONJUNCTIONS or not second[:1].isalnum()) and not whole:
        return None  # "Aus- und", "Aus- – wie", "Aus- (oder": a blank stood there
    if not second[:1].islower():
        return Joined(with_hyphen, (without,) if second[:1].isalnum() else ())
    if stem(without) in habits.known:
        return Joined(without, (with_hyphen,))
    if stem(with_hyphen) in habits.known or habits.automatic or _never_parted(body):
        return Joined(with_hyphen, (without,))
    return Joined(without, (with_hyphen,))


def _never_parted(body: str) -> bool:
    """Whether German hyphenation cannot have parted a word here: after one letter, a figure, or capitals ("U25-", "JBA-")."""
    last = _LAST.search(body)
    word = last.group() if last else ""
    return len(word) < 2 or word[-1].isdigit() or word[-1].isupper()
