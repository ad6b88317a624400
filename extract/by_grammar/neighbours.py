"""Whether all that an amount's sentence says stands beside it: a sentence that a reader cut in two, a line that is lost amid it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from agreements.language.sentences import STOPPED
from agreements.reading.doubts import Doubt
from agreements.reading.reading import Word
from extract.by_grammar.elements import Piece
from extract.by_grammar.headings import OPEN_END
from extract.by_grammar.tables import is_row


def doubt_by_neighbours(pieces: Sequence[Piece], place: int, usual: float) -> Doubt | None:
    """Why the words of a piece may belong to an amount that it does not have; `usual` is the document's distance of lines, in points."""
    piece = pieces[place]
    if piece.cells or is_row(piece.text):
        return None
    cut = OPEN_END.search(piece.text) or (place > 0 and _is_cut(pieces[place - 1]))
    if cut if piece.certain else _AMID.match(piece.text):
        return Doubt("betrag-mitten-im-satz")
    above = _below_gap(piece.words, usual)
    return Doubt("zeile-darueber", worte=above.text) if above else None


def usual_pitch(pieces: Sequence[Piece]) -> float:
    """How far apart lines of running text are, in points; 0 where no piece has two, as in a Word file."""
    return median([step for piece in pieces for step, _ in _steps(piece.words)] or [0.0])


_AMID = re.compile(r"(?!(?:die|für|davon) )[a-zäöü]|Euro\b|€|Mio\b|Millionen\b")
"""How no paragraph begins: it is but a part of a sentence, whose words may belong to another amount."""
_LONG = 60
"""Letters of running text; a shorter line may be the head of a table or list."""
_FAR = 1.6
"""Times the usual distance; a line is lost between two so far apart."""


def _is_cut(piece: Piece) -> bool:
    """Whether the sentence of a piece goes on in the next one."""
    running = piece.art in ("text", "absatz", "punkt") and not piece.cells and len(piece.text) > _LONG
    return running and not STOPPED.search(piece.text)


def _below_gap(words: Sequence[Word], usual: float) -> Word | None:
    """The first word below a room in which a line may have stood."""
    return next((word for step, word in _steps(words) if usual and step > _FAR * usual), None)


def _steps(words: Sequence[Word]) -> list[tuple[float, Word]]:
    """How far the lines of some words are apart, each with the first word of the lower one; over the end of a page nothing is told."""
    first = [(word, place) for word in words for place in word.places[:1]]
    return [(place.bottom - before.bottom, word) for (_, before), (word, place) in pairwise(first)
            if place.page == before.page and place.left < before.left and place.bottom > before.bottom]  # fmt: skip
