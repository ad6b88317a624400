"""How sure an Angabe read without a wording is: as sure as the grammar, and as the letters it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from agreements.findings import Found, orte
from agreements.reading import Word
from agreements.sighting import BOTH, FIGURES, surely

_SUREST, _WEAKEST, _DOUBTED = 0.99, 0.9, 0.5
"""Bounds of how sure a value is: unflagged ones lie above `_WEAKEST`, flagged ones at `_DOUBTED` or below."""


def weighed(feld: str, wert: Any, words: Sequence[Word], text: str | None, grund: str | None) -> Found:
    """The Angabe with its places; to be looked at for the reason given, or where its letters are not sure."""
    grund = grund or illegible(words)
    places = orte(words, text) if words else ()
    sure = surely(words)
    if grund is not None:
        return Found(feld, wert, places, round(min(sure, _DOUBTED), 3), True, grund)
    return Found(feld, wert, places, round(min(_SUREST, max(_WEAKEST, sure)), 3))


def illegible(words: Sequence[Word]) -> str | None:
    """Why a person must look at words of a scan: the readers differ in a figure, or are not sure; None where nothing is doubtful."""
    word = next((word for word in words if _is_doubtful(word)), None)
    return f"Die Texterkennung ist sich bei „{word.text}“ nicht sicher." if word else None


def _is_doubtful(word: Word) -> bool:
    if word.sicherheit >= 1.0:
        return False
    if re.search(r"\d", word.text):
        return bool(word.variants) or word.sicherheit < FIGURES
    return word.sicherheit < BOTH
