"""A first look at a scan: its blocks, found by words as near to the wording's as they come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import process

from agreements.language.offices import OFFICES
from agreements.language.protocol import Context
from agreements.language.tokens import Tokens
from agreements.matching.placement import Placing, place
from agreements.reading.reading import Paragraph, Word
from agreements.wording.units import Wording
from extract.correction.lookalikes import bare, folded

_SHORT = 3
_SNAP = 78.0
"""Of 100: words that are more alike are the wording's, to find the blocks."""


def look(wording: Wording, snap: Snap, paragraphs: Sequence[Paragraph], context: Context) -> tuple[Placing, dict[int, Word]]:
    """The document in its wording, found by words as near to the wording's as they come; and each such word's own one."""
    original: dict[int, Word] = {}
    shadows = []
    for paragraph in paragraphs:
        words = []
        for word in paragraph.words:
            shadow = Word(snap.text(word), word.places, seen=word.seen)
            original[id(shadow)] = word
            words.append(shadow)
        shadows.append(replace(paragraph, words=tuple(words)))
    return place(wording, shadows, context), original


@dataclass(slots=True)
class Snap:
    """Takes words to the nearest of the wording."""

    words: Sequence[str]
    known: frozenset[str]
    folded: Mapping[str, str]
    seen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, wording: Wording) -> Snap:
        known = frozenset(token for unit in wording.units for token in unit.literal).union(OFFICES)  # by which columns are told apart
        long = tuple(word for word in known if len(word) > _SHORT and word.isalpha())
        return cls(long, known, {folded(word): word for word in known if len(word) > 1})

    def text(self, word: Word) -> str:
        """The word with each part that is near to one of the wording's in its place."""
        if word.text.isprintable() and (set(Tokens(word.text).plain) <= self.known or not word.text.strip()):
            return word.text
        for alternative in word.alternatives:
            if set(Tokens(alternative).plain) <= self.known:
                return alternative
        apart = (alternative for alternative in word.alternatives if " " in alternative and bare(alternative) == bare(word.text))
        text = next(apart, word.text)
        tokens = Tokens(text)
        for start, end in reversed([*zip(tokens.starts, tokens.ends, strict=True)]):
            text = text[:start] + self._near(text[start:end]) + text[end:]
        return "".join(letter for letter in text if letter.isprintable()) or "?"

    def knows(self, word: Word) -> bool:
        """Whether a longer word is near to one of the wording's."""
        return any(len(token) > _SHORT and token in self.known for token in Tokens(self.text(word)).plain)

    def _near(self, token: str) -> str:
        if len(token) < 2 or token in self.known or token.isdigit():
            return token
        if (alike := self.folded.get(folded(token))) is not None:
            return alike
        if len(token) <= _SHORT:
            return token
        if token not in self.seen:
            found = process.extractOne(token, self.words, score_cutoff=_SNAP)
            self.seen[token] = found[0] if found and abs(len(found[0]) - len(token)) < 3 else token
        return self.seen[token]
