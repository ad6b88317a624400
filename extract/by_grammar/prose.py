"""The prose of a scan that follows no wording: of two readings the one that is a word, as where a wording tells what else stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from agreements.library.library import Library
from agreements.reading.reading import Paragraph, Word
from extract.by_grammar.elements import Piece
from extract.correction.lexicon import dictionary_of
from extract.correction.prose import FreeText
from extract.correction.values import BOTH

_DOUBTED = BOTH / 2
"""How sure a word is at most that a person must look at."""
_PROSE = frozenset({"ueberschrift", "absatz", "punkt", "text"})


def read_prose(pieces: Sequence[Piece], paragraphs: Sequence[Paragraph], library: Library) -> tuple[Piece, ...]:
    """The pieces with their words as a dictionary has them, unsure where it tells nothing; `paragraphs` are all that was read."""
    free = FreeText(dictionary_of(library.register, *map(library.wording, library.wordings())))
    free.confirm(paragraphs)
    return tuple(replace(piece, words=tuple(_read(piece.words, free))) if piece.art in _PROSE else piece for piece in pieces)


def _read(words: Iterable[Word], free: FreeText) -> Iterator[Word]:
    """The words, figures as they are: of these no dictionary tells anything."""
    for figures, several in groupby(words, key=_has_figures):
        if figures:
            yield from several
        else:
            for word, doubt in free.read(tuple(several)):
                yield replace(word, confidence=min(word.confidence, _DOUBTED)) if doubt else word


def _has_figures(word: Word) -> bool:
    return any(re.search(r"\d", text) for text in (word.text, *word.alternatives))
