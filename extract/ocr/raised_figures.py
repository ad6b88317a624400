"""Figures of a number that stand higher than its others: the number of a note, which a reader takes for one of its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.ocr.engine import SeenWord
from extract.ocr.missed import Piece, components, uncovered
from extract.ocr.raster import Pixels

SURE_OF_RAISED = 0.5
"""As sure as a number can be in which a figure stands higher."""
LEAST = 0.4
"""Heights of the highest figure; commas and specks are lower, a raised figure is not: word processors set it to 0.58."""
HIGHER = 0.18
"""Heights of the highest figure; so far above the line ends none that stands on it. Word processors raise a note's by 0.28 and more."""
OVER = 0.5
"""Part of the narrower of two pieces of ink that stands over the other where they are one figure, whose stroke is broken."""
_MARKS_ABOVE = re.compile(r"[^\w\s.,;:()%/§€–-]")
"""Quotes, an apostrophe, a degree: they stand above the line as well."""


def doubting_raised(words: Sequence[SeenWord], grey: Pixels, base: float) -> list[SeenWord]:
    """The words of a line, numbers with a raised figure unsure, and as another reading what they are without it.

    `base` is the height of the line's baseline, in dots.
    """
    return [_doubted(word, grey, base) if re.search(r"\d", word.text) and not _MARKS_ABOVE.search(word.text) else word for word in words]


def _doubted(word: SeenWord, grey: Pixels, base: float) -> SeenWord:
    pieces = _of_figures(word, grey)
    height = max((piece.height for piece in pieces), default=0)
    figures = [piece for piece in pieces if piece.height > LEAST * height]
    foot = min(base, max((piece.bottom for piece in figures), default=0)) - HIGHER * height
    raised = [piece for piece in figures if piece.bottom < foot]
    on_line = len(figures) - len(raised) - word.text.count("/")
    if not raised or on_line >= sum(map(str.isalnum, word.text)):
        return word
    rest = _without(word.text, raised, figures)
    return replace(word, confidence=min(word.confidence, SURE_OF_RAISED), alternatives=tuple(dict.fromkeys((*word.alternatives, *rest))))


def _of_figures(word: SeenWord, grey: Pixels) -> list[Piece]:
    """The pieces of ink of a word from left to right, without the brackets around it and a percent sign behind."""
    left, top, right, bottom = (max(0, round(value)) for value in word.box)
    start = max(0, left - (bottom - top))
    ink = uncovered(grey[top:bottom, start : right + bottom - top], ())
    boxes = (Piece(x + start, y + top, end + start, y_end + top) for band in components(ink) for x, y, end, y_end in band.boxes())
    pieces = [piece for piece in _whole(sorted(boxes)) if left < (piece.left + piece.right) / 2 < right]
    pieces = pieces[word.text.startswith("(") : len(pieces) - word.text.endswith(")")]
    return pieces[: _percent(pieces)] if "%" in word.text else pieces


def _whole(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces from left to right, those that stand over each other as one."""
    held: Piece | None = None
    for piece in pieces:
        over = min(held.right, piece.right) - piece.left if held else 0
        if held and over > OVER * min(held.width, piece.width):
            held = Piece(held.left, min(held.top, piece.top), max(held.right, piece.right), max(held.bottom, piece.bottom))
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _percent(pieces: Sequence[Piece]) -> int:
    """Where a percent sign begins, the last of the pieces: its stroke leans over both of its rings, where they are not one with it."""
    place = len(pieces) - 1
    while place > 0 and pieces[place - 1].right >= pieces[place].left:
        place -= 1
    return place


def _without(text: str, raised: Sequence[Piece], figures: Sequence[Piece]) -> Iterator[str]:
    """The text without the raised figures, where each piece of ink is one of its letters and figures, or they are its last."""
    places = [place for place, letter in enumerate(text) if letter.isalnum()]
    gone = [places[number] for number, piece in enumerate(figures) if piece in raised] if len(figures) == len(places) else []
    if not gone and figures[-1] in raised:
        gone = places[-len(raised) :]
    rest = "".join(letter for place, letter in enumerate(text) if place not in gone)
    if gone and any(map(str.isdigit, rest)):
        yield rest
