"""What two readers saw in the place of a value: the text to be read there, and why it may be another."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise, product
from statistics import median
from typing import Any

from rapidfuzz import process

from agreements.language.calendar import Datum
from agreements.language.dictionary import Dictionary
from agreements.language.notation import Name
from agreements.language.protocol import UNREAD, Context, Notation
from agreements.language.target_vocabulary import written_words
from agreements.language.targets import Zielsatz
from agreements.model.months import MONATE
from agreements.reading.doubts import Doubt
from agreements.reading.findings import DOUBTED
from agreements.reading.reading import Word
from extract.correction.alignment import Gap
from extract.correction.lookalikes import are_two_numbers, digits, distance, letters, one_slip
from extract.correction.rewrites import meant

BOTH = 0.5
"""Surer words were seen by both readers, or by a reader that is sure."""
FIGURES = 0.96
"""Figures less sure may be others, even if both readers saw them."""
_MOST_READINGS = 24
_CLOSE, _CLOSER = 0.25, 0.12
"""A name is the register's where it differs by no more, and every other one by so much more."""
_MORE = 2
"""Letters that a reader may lose of a name, or see too many: more of them are a word."""
_PHRASE, _LONG = 0.34, 4
"""A word of the notation's may differ by so much if it is long, else by one slip."""
_WIDE = 4.0
"""Letters wide; printed words stand no farther apart."""
_PAST = 0.5
"""What it costs that a value goes on behind the mark that ends it; a word of the wording left out costs more (`alignment`)."""
_PHRASES = frozenset(written_words())


@dataclass(frozen=True, slots=True)
class Sighting:
    """The text to be read in a place; `doubt`: why a person must look, None where nobody must."""

    text: str
    value: Any
    confidence: float
    doubt: Doubt | None = None


@dataclass(slots=True)
class Sight:
    """Reads the places of values of one document."""

    context: Context
    dictionary: Dictionary
    _seen: dict[tuple[Gap, tuple[Word, ...]], Sighting] = field(default_factory=dict)

    def at(self, gap: Gap, words: Sequence[Word]) -> Sighting:
        """What stands in a place for a value of closed form."""
        key = (gap, tuple(words))
        if key not in self._seen:
            self._seen[key] = self._read(gap, words)
        return self._seen[key]

    def _read(self, gap: Gap, words: Sequence[Word]) -> Sighting:
        notation = gap.slot.notation
        readings = [(text, self.value(notation, text)) for text in self.readings(gap, words)]
        said = [(text, value) for text, value in readings if value is not UNREAD]
        sure = surely([word for word in words if digits(word.text)] or words)
        if not said:
            return Sighting(readings[0][0] if readings else "", UNREAD, 0.0, Doubt("unlesbar"))
        text, value = said[0]
        others = [other for other, seen in said if seen != value]
        if others:
            return Sighting(text, value, min(sure, DOUBTED), Doubt("zwei-lesungen", eine=text, andere=others[0]))
        return Sighting(text, value, sure, self._doubt(notation, words, text))

    def _doubt(self, notation: Notation, words: Sequence[Word], text: str) -> Doubt | None:
        for word in words:
            others = (each for each in word.alternatives if digits(each) != digits(word.text) or are_two_numbers(each, word.text))
            other = next(others, None)
            if other is not None and digits(word.text) and not isinstance(notation, Name):
                return Doubt("zwei-lesungen", eine=word.text, andere=other)
            if digits(word.text) and not word.alternatives and word.confidence < FIGURES and not isinstance(notation, Name):
                return Doubt("unsicher-gelesen", worte=word.text)
        if len(words) > 1 and _gapes(words):
            return Doubt("zwischen-den-worten", worte=text)
        return None

    def readings(self, gap: Gap, words: Sequence[Word]) -> Iterator[str]:
        """The texts that the readers may mean, the likeliest first, without the marks that touch the value."""
        options = [tuple(dict.fromkeys((word.text, *word.alternatives))) for word in words]
        seen: set[str] = set()
        for number, choice in enumerate(product(*options)):
            if number >= _MOST_READINGS:
                return
            text = self._tidied(gap.slot.notation, _between(gap, " ".join(choice)))
            if text not in seen:
                seen.add(text)
                yield text

    def value(self, notation: Notation, text: str) -> Any:
        """What a text says, or `UNREAD`; of a target its words, for its neighbours complete it."""
        return notation.parse(text, self.context) if isinstance(notation, Zielsatz) else notation.read(text, self.context)

    def cost(self, gap: Gap, words: Sequence[Word]) -> float:
        """What it costs to take words for a value: 0 where they say one."""
        notation = gap.slot.notation
        if notation.free:
            return 0.1 + 0.02 * len(words) + _bracketing(gap, words) + _beyond(gap, words)
        if not words:
            return 0.0 if isinstance(notation, Datum) else 1.0
        seen = self.at(gap, words)
        if isinstance(notation, Name) and seen.text in _names(notation, self.context):
            return 0.01 + _bracketing(gap, words)
        if seen.value is UNREAD:
            return 0.4 + 0.15 * len(words)
        rest = len(seen.value.rest.split()) if isinstance(notation, Zielsatz) else 0
        return 0.01 + 0.2 * rest + _bracketing(gap, words)

    def _tidied(self, notation: Notation, text: str) -> str:
        if isinstance(notation, Name):
            return _named(notation, text, self.context)
        if notation.free:
            return text
        text = meant("value", text)
        if isinstance(notation, Datum):
            return " ".join(_month(word) for word in _joined(meant("day", text).split(), MONATE))
        if isinstance(notation, Zielsatz):
            return " ".join(self._phrase(word) for word in _joined(meant("target", text).split(), _PHRASES))
        return text

    def _phrase(self, word: str) -> str:
        """A word of a target sentence as the notation has it, where it is no other word."""
        plain = word.strip(".,;:")
        if not plain.isalpha() or plain in _PHRASES or len(plain) < 2:
            return word
        if len(plain) < _LONG:
            meant = {other for other in one_slip(plain) if other in _PHRASES}
            return word.replace(plain, meant.pop()) if len(meant) == 1 and not self.dictionary.stands(plain) else word
        close = sorted((distance(phrase, plain), phrase) for phrase in _PHRASES if abs(len(phrase) - len(plain)) < 3)[:2]
        if not close or close[0][0] > _PHRASE or (len(close) > 1 and close[1][0] - close[0][0] < 0.1):
            return word
        return word if self.dictionary.stands(plain) else word.replace(plain, close[0][1])


def _joined(words: Sequence[str], whole: Container[str]) -> Iterator[str]:
    """The words, two halves of a whole one put together."""
    at = 0
    while at < len(words):
        both = "".join(words[at : at + 2])
        torn = both in whole and words[at] not in whole and at + 1 < len(words)
        yield both if torn else words[at]
        at += 2 if torn else 1


def surely(words: Sequence[Word]) -> float:
    """How sure the least sure of some words is; 1.0 for none."""
    return min((word.confidence for word in words), default=1.0)


def _between(gap: Gap, text: str) -> str:
    """A text without the marks that the wording has around the value, also where they were read as look-alikes."""
    for mark in gap.before:
        text = text[1:].lstrip() if text[:1] == mark or (mark in "([" and text[:1] in "([{|") else text
    for mark in reversed(gap.after):
        if text[-1:] == mark or (mark in ".,;:" and text[-1:] in ".,;:") or (mark in ")]" and text[-1:] in ")]}|"):
            text = text[:-1].rstrip()
    return text


def _bracketing(gap: Gap, words: Sequence[Word]) -> float:
    """What it costs that the marks around a value are not there."""
    first, last = (words[0].text, words[-1].text) if words else ("", "")
    return 0.1 * (bool(gap.before) and first[:1].isalnum()) + 0.1 * (bool(gap.after) and last[-1:].isalnum())


def _beyond(gap: Gap, words: Sequence[Word]) -> float:
    """What it costs that the mark behind a value stands inside it already: a place does not go on behind its comma."""
    return _PAST * bool(gap.after and any(word.text.endswith(gap.after) for word in words[:-1]))


def _named(notation: Name, text: str, context: Context) -> str:
    """The register's name that a text can only mean; the text where it may mean several or none, or says more than a name."""
    names = _names(notation, context)
    if text in names or not letters(text) or any(f" {name} " in f" {text} " for name in names):
        return text
    close = process.extract(text, names, scorer=_alike, limit=2, score_cutoff=0.0)
    if not close or 1 - close[0][1] > _CLOSE or abs(len(letters(close[0][0])) - len(letters(text))) > _MORE:
        return text
    others = [score for name, score, _ in close[1:] if letters(name) != letters(close[0][0])]
    return close[0][0] if not others or close[0][1] - others[0] >= _CLOSER else text


def _alike(one: str, other: str, *, score_cutoff: float | None = None, processor: Any = None) -> float:
    return 1 - distance(one, other)


@lru_cache(maxsize=64)
def _names(notation: Name, context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys(notation.write(row.schluessel, context) for row in context.register.all(context.jahr)))


def _month(word: str) -> str:
    if not word.isalpha() or word in MONATE or len(word) < 3:
        return word
    close = sorted((distance(name, word), name) for name in MONATE)[:2]
    return close[0][1] if close[0][0] <= _PHRASE and close[1][0] - close[0][0] > 0.15 else word


def _gapes(words: Sequence[Word]) -> bool:
    """Whether the white between two words on one line is so wide that something may have stood there."""
    boxes = [(word, place) for word in words for place in word.places[-1:]]
    lines = [
        (one, other)
        for (_, one), (_, other) in pairwise(boxes)
        if one.page == other.page and min(one.bottom, other.bottom) - max(one.top, other.top) > 0.5 * (one.bottom - one.top)
    ]
    if not lines:
        return False
    wide = median((place.right - place.left) / max(1, len(word.text)) for word, place in boxes)
    white = [other.left - one.right for one, other in lines]
    return max(white) > _WIDE * wide + min(white)
