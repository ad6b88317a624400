"""How sure an Angabe read without a wording is: as sure as the grammar, and as the letters it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from agreements.language.calendar import DAY_IN_FIGURES
from agreements.language.dictionary import Dictionary
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Found, locations_of
from agreements.reading.reading import Word
from extract.correction.lookalikes import are_two_numbers, digits, letters, same_figures
from extract.correction.prose import runs_together, settled
from extract.correction.values import BOTH, FIGURES, surely


def weighed(feld: str, wert: Any, words: Sequence[Word], text: str | None, *given: Doubt | None) -> Found:
    """The Angabe with its places; to be looked at for the doubts given, or where its letters are not sure."""
    doubts = tuple(filter(None, given)) or tuple(filter(None, (illegible(words) or _cut_off(words, text),)))
    places = locations_of(words, text) if words else ()
    sure = surely(words)
    return Found(feld, wert, places, round(sure, 3)).doubted(*doubts)


def _cut_off(words: Sequence[Word], text: str | None) -> Doubt | None:
    """Why a person must look at a value that is but a part of the figures of a word: "770.469" of "9:770.469", over which a pen went."""
    said = digits(text or "")
    word = next((word for word in words if said and not word.certain and digits(word.text) not in said), None)
    return Doubt("texterkennung", worte=word.text) if word else None


def illegible(words: Sequence[Word]) -> Doubt | None:
    """Why a person must look at words: the readers differ in a figure, or are not sure; None where nothing is doubtful."""
    word = next((word for place, word in enumerate(words) if _is_doubtful(settled(words, place))), None)
    return Doubt("texterkennung", worte=word.text) if word else None


def _is_doubtful(word: Word) -> bool:
    if word.certain:
        return False
    if re.search(r"\d", word.text):
        if word.alternatives:
            return not all(_says_the_same(word.text, alternative) for alternative in word.alternatives)
        return word.confidence < FIGURES
    if any(not letters(alternative) for alternative in word.alternatives) and len(letters(word.text)) <= _SHORT:
        return True
    if _GLUED.match(word.text):
        return True
    if runs_together(word.text) and not _german().knows(word.text):
        return True
    return word.confidence < BOTH or (_is_told_otherwise(word) and not _german().knows(word.text))


_GLUED = re.compile(r"[-–•·~|_][A-ZÄÖÜ][a-zäöüß]")
"""A mark before a noun: dirt, or the bullet of a list."""
_SHORT = 3
"""Letters; where one reader saw so few and the other none, there may be but dirt."""


def _is_told_otherwise(word: Word) -> bool:
    return any(letters(alternative) not in ("", letters(word.text)) for alternative in word.alternatives)


@cache
def _german() -> Dictionary:
    return Dictionary(())


_WELL_FORMED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d\d|,[-–])?|\d+(?:,\d+)?")
_DOUBLED = re.compile(r"(\d)\1")
"""A figure that the second reader saw twice where it stands once: its usual slip."""


def _says_the_same(text: str, alternative: str) -> bool:
    """Whether two readings of a number or a day are one: the other is none as they are written, and its figures are the same."""
    number, other = (re.sub(r"\s|^\W+|[.,;:)]+$", "", one) for one in (text, alternative))
    # other marks between the same figures, "25:03:2015", make no other day
    if number == other or (DAY_IN_FIGURES.fullmatch(number) and re.split(r"\D", number) == re.split(r"\D", other)):
        return True
    if not _WELL_FORMED.fullmatch(number) or _WELL_FORMED.fullmatch(other) or are_two_numbers(number, other):
        return False
    once = {digits(other[: found.start()] + other[found.start() + 1 :]) for found in _DOUBLED.finditer(other)}
    return same_figures(number, other) or digits(number) in once
