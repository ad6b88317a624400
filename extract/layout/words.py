"""Paragraphs in the making → paragraphs of whole words, those parted at a line's end put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from agreements.reading.doubts import Doubt
from agreements.reading.reading import Paragraph, Place, Word
from extract.layout.hyphenation import AUTOMATIC, EITHER, Habits, joined, plain, stem
from extract.layout.lines import Line, Token
from extract.layout.metrics import Measures
from extract.layout.paragraphs import Draft


def habits_of(rows: list[list[Line]], drafts: list[Draft], *, our_own: bool = False) -> Habits:
    """What the document shows about its line ends: its whole words, its sign of a parted word, its blanks.

    `our_own` says that zv printed it.
    """
    known = {stem(token.text) for lines in rows for line in lines for token in line.tokens[1:-1]}
    ends = [line[-1] for draft in drafts for line in draft.lines[:-1] if len(line) > 1]  # a word that fills its line may go on
    automatic = any(token.text[-1] in AUTOMATIC for token in ends)
    whole = [token for token in ends if token.text[-1] not in AUTOMATIC + EITHER]
    blanks = sum(token.blank is True for token in whole) >= max(2, 0.5 * len(whole))
    return Habits(known, automatic, our_own or blanks, our_own)


@dataclass(slots=True)
class _Parts:
    """A word in the making."""

    text: str
    places: list[Place]
    alternatives: tuple[str, ...] = ()
    confidence: float = 1.0
    seen: tuple[Doubt, ...] = ()


def paragraph(draft: Draft, habits: Habits, measures: Measures) -> Paragraph:
    """The draft with its words whole."""
    parts = _words(draft, habits, measures)
    words = tuple(
        Word(plain(part.text), tuple(part.places), part.alternatives, confidence=part.confidence, seen=part.seen) for part in parts
    )
    return Paragraph(words, draft.kind, draft.level, draft.label, draft.continues, draft.column, draft.stated)


def _words(draft: Draft, habits: Habits, measures: Measures) -> Iterator[_Parts]:
    """Words over all lines, those parted at a line's end put together."""
    open_word: _Parts | None = None
    last: Token | None = None
    for line in draft.lines:
        for place, token in enumerate(line):
            whole = None
            if open_word and last and place == 0:
                whole_here = habits.our_own or (_may_part(last, token, draft, measures) and _filled(last, token, draft, measures))
                blank = last.blank if last.blank or whole_here else None
                whole = joined(open_word.text, token.text, habits, blank)
            if open_word and whole:
                alternatives = (*whole.alternatives, *_other_halves(open_word, token, habits, blank))
                confidence = min(open_word.confidence, token.confidence)
                open_word = _Parts(whole.text, [*open_word.places, token.place], alternatives, confidence, open_word.seen or token.seen)
            else:
                if open_word:
                    yield open_word
                open_word = _Parts(token.text, [token.place], token.alternatives, token.confidence, token.seen)
            last = token
    if open_word:
        yield open_word


def _other_halves(first: _Parts, second: Token, habits: Habits, blank: bool | None) -> tuple[str, ...]:
    """The word where a recogniser saw other letters in one of its halves."""
    halves = [*((one, second.text) for one in first.alternatives), *((first.text, one) for one in second.alternatives)]
    return tuple(whole.text for one, other in halves if (whole := joined(one, other, habits, blank)))


def _may_part(last: Token, token: Token, draft: Draft, measures: Measures) -> bool:
    """Whether a line may end between two tokens without blank or hyphen there: not behind a letter, figure, comma, full stop, or the end of
    a bracket or quote (UAX 14, LB 13, 19, 28 to 30), unless both make a word longer than a line. LibreOffice leaves out a blank that would
    overfill a line.
    """
    if token.text[0] == "—" or not (last.text[-1].isalnum() or last.text[-1] in _NEVER_BEFORE_A_BREAK):
        return True
    edge = draft.edge or measures.right[last.place.page]
    return last.right - last.left + token.right - token.left > edge - min(line[0].left for line in draft.lines if line)


_NEVER_BEFORE_A_BREAK = ',.;:!?)]}“”’"'


def _filled(last: Token, token: Token, draft: Draft, measures: Measures) -> bool:
    """Whether a line ended because the next word did not fit; else its author ended it, and no word goes over its end."""
    edge = draft.edge or measures.right[last.place.page]
    return last.right + token.right - token.left > edge
