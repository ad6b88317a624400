"""The prose of a scan that follows no wording: of two readings the one that is a word, as where a wording tells what else stands there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby, zip_longest

from rapidfuzz import fuzz, process

from agreements.language.sentences import BEGINNINGS
from agreements.language.target_vocabulary import TABLE
from agreements.library.library import Library
from agreements.reading.reading import Paragraph, Word
from extract.by_grammar.elements import Piece
from extract.correction.lexicon import dictionary_of
from extract.correction.prose import DECIDED, FreeText
from extract.correction.values import BOTH

_DOUBTED = BOTH / 2
"""How sure a word is at most that a person must look at."""
_PROSE = frozenset({"ueberschrift", "absatz", "punkt", "text"})


def read_prose(pieces: Sequence[Piece], paragraphs: Sequence[Paragraph], library: Library) -> tuple[Piece, ...]:
    """The pieces with their words as a dictionary has them, unsure where it tells nothing; `paragraphs` are all that was read."""
    free = FreeText(dictionary_of(library.register, *map(library.wording, library.wordings())))
    free.confirm(paragraphs)
    return tuple(
        replace(piece, words=tuple(_read([_as_term(word, free) for word in _parted(_stopped(piece))], free)))
        if piece.art in _PROSE
        else piece
        for piece in pieces
    )


def _stopped(piece: Piece) -> Sequence[Word]:
    """The words of a paragraph, which ends with a full stop where it ends with the verb of a target and one reader saw that: "sinkt,"."""
    *before, last = piece.words
    readings = (last.text, *last.alternatives)
    stopped = next((text for text in readings if text.endswith(".") and text[:-1] in _verbs()), None)
    if piece.art == "punkt" or stopped is None or {text.rstrip(".,") for text in readings} != {stopped[:-1]}:
        return piece.words
    return (*before, replace(last, text=stopped, alternatives=(), confidence=max(DECIDED, last.confidence)))


def _parted(words: Sequence[Word]) -> Iterator[Word]:
    """The words, a full stop in place of a comma before one that is small within a sentence: "… die Hälfte Frauen, Die Partner …"."""
    for word, after in zip_longest(words, words[1:]):
        if after and after.text in BEGINNINGS and re.search(r"\w,$", word.text):
            word = replace(
                word, text=f"{word.text[:-1]}.", alternatives=tuple(text for text in word.alternatives if text[:-1] != word.text[:-1])
            )
        yield word


@cache
def _verbs() -> frozenset[str]:
    """The verbs with which a target ends."""
    ends = (form.split()[-1] for each in TABLE if each.part == "richtung" for form in each.forms)
    return frozenset(word for word in ends if word.islower())


def _as_term(word: Word, free: FreeText) -> Word:
    """The word; where it is none, the term of targets and budgets that it alone can be: "Integrationsgiote"."""
    plain = word.text.strip(_MARKS)
    is_word = any(free.rank(text.strip(_MARKS)) for text in (plain, *word.alternatives))
    if len(plain) < _LONG or not plain.isalpha() or is_word or _is_two_words(plain, free):
        return word
    near = process.extractOne(plain, _terms(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return replace(word, text=word.text.replace(plain, near[0]), alternatives=(), confidence=DECIDED) if near else word


def _is_two_words(text: str, free: FreeText) -> bool:
    """Whether a reader may have lost a blank: "Integrationin" is no "Integrationen"."""
    return any(free.dictionary.stands(text[:at]) and free.dictionary.stands(text[at:]) for at in range(2, len(text) - 1))


@cache
def _terms() -> tuple[str, ...]:
    """The long words of targets and budgets, in all their forms."""
    said = (word for form in TABLE for one in form.forms for word in one.split())
    return tuple(dict.fromkeys(word for word in (*said, *_OF_BUDGETS) if word.isalpha() and len(word) >= _LONG))


_OF_BUDGETS = ("Gesamtbudget", "Verwaltungskosten", "Eingliederungsleistungen", "Integrationsquote", "durchschnittliche")
_MARKS = '.,;:()„“"'
_LONG, _ALIKE = 10, 85.0
"""Letters, and of 100: so long a word is no other where no dictionary has it and one term is so near."""


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
