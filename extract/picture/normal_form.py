"""What two readings of one line must have in common: its letters and figures in their order, whatever they are set with.

Quotes, dashes, blanks, leaders, lines for the pen, soft hyphens, small caps and ligatures are drawn in many ways and say the same.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

_ANY = "\0"
"""Stands for a letter that the reader cannot print, or that it may leave out: whatever it printed there is no difference."""
_SAME = str.maketrans({"l": "1", "i": "1", "|": "1", "ı": "1", "o": "0", ".": ","})
"""Shapes that are not told apart here, letters in lower case."""
_SIGNS = "%€§"
_MOST_FOR_ANY = 2
"""Letters that a reader prints for one that it lacks: "ae" for "æ"."""


class Mark(NamedTuple):
    """A letter in normal form, and the number of the letter it comes from."""

    sign: str
    number: int


class Difference(NamedTuple):
    """Numbers of the first reading's letters that the second has otherwise; of what it has more, those beside it."""

    numbers: frozenset[int]


def marks(
    letters: Sequence[str], starts: frozenset[int], prints: Callable[[str], bool] = lambda letter: True,
    optional: frozenset[int] = frozenset(),
) -> list[Mark]:  # fmt: skip
    """Letters in normal form; a word starts at each number of `starts`, an `optional` letter may be read or not."""
    return list(_marks(letters, starts, prints, optional))


def _marks(letters: Sequence[str], starts: frozenset[int], prints: Callable[[str], bool], optional: frozenset[int]) -> Iterator[Mark]:
    for number, letter in enumerate(letters):
        plain = folded(letter)
        if number in optional or (plain and not _can_be_printed(letter, prints)):
            if number in optional or not _is_mere_sign(letter):
                yield Mark(_ANY, number)
            continue
        for sign in plain:
            if sign.isalnum() or sign in _SIGNS or (sign == "," and _parts_figures(letters, number, starts)):
                yield Mark(sign, number)


def is_spoken(letter: str, prints: Callable[[str], bool]) -> bool:
    """Whether it is a letter, figure or sign that says something, and one that a reader can print."""
    said = any(sign.isalnum() or sign in _SIGNS for sign in folded(letter))
    return said and _can_be_printed(letter, prints)


def _can_be_printed(letter: str, prints: Callable[[str], bool]) -> bool:
    return all(prints(sign) or prints(sign.upper()) for sign in unicodedata.normalize("NFKC", letter))


def _is_mere_sign(letter: str) -> bool:
    """Whether it is a quote, dash, bullet or the like, that says nothing."""
    return unicodedata.category(letter[0])[0] in "PSZC" and unicodedata.category(letter[0]) != "Co"


def _parts_figures(letters: Sequence[str], number: int, starts: frozenset[int]) -> bool:
    """Whether a point or comma stands within a number."""
    inside = 0 < number < len(letters) - 1 and not {number, number + 1} & starts
    return inside and letters[number - 1].isdigit() and letters[number + 1].isdigit()


def folded(text: str) -> str:
    """Letters as they are compared."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_SAME)


def differences(said: Sequence[Mark], seen: Sequence[Mark]) -> Iterator[Difference]:
    """Where the second reading says something else than the first, letters apart that its reader lacks."""
    one, other = _text(said), _text(seen)
    for equal, several in groupby(Levenshtein.opcodes(one, other), key=lambda op: op.tag == "equal"):
        if equal:
            continue
        ops = list(several)
        start, end = ops[0].src_start, ops[-1].src_end
        lost, found = one[start:end], other[ops[0].dest_start : ops[-1].dest_end]
        if not lost or lost.strip(_ANY) or len(found) > _MOST_FOR_ANY * len(lost):
            touched = said[start:end] or said[max(0, start - 1) : end + 1]
            yield Difference(frozenset(mark.number for mark in touched))


def confirmed(said: Sequence[Mark], seen: Sequence[Mark]) -> frozenset[int]:
    """Numbers of the first reading's letters that the second has, too, and nothing more beside them: one glyph may show two letters."""
    one, other = _text(said), _text(seen)
    held: set[int] = set()
    beside: set[int] = set()
    for op in Levenshtein.opcodes(one, other):
        if op.tag == "equal":
            held |= set(range(op.src_start, op.src_end))
        elif op.dest_end - op.dest_start > op.src_end - op.src_start:
            start, end = _anywhere(one, op.src_start, op.src_end, other[op.dest_start : op.dest_end])
            beside |= set(range(start - 1, end + 1))
    return frozenset(said[place].number for place in held - beside)


def _anywhere(text: str, start: int, end: int, more: str) -> tuple[int, int]:
    """From where to where something added may stand as well: in "fil", called "fl", nobody can tell which of "il" is the one more."""
    while start == end and start > 0 and text[start - 1] == more[-1]:
        start, end, more = start - 1, end - 1, more[-1] + more[:-1]
    first = start
    while start == end and end < len(text) and text[end] == more[0]:
        start, end, more = start + 1, end + 1, more[1:] + more[0]
    return first, end


def _text(several: Sequence[Mark]) -> str:
    return "".join(mark.sign for mark in several)
