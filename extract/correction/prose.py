"""Text of which no wording tells how it should read: of two readings the one that is a word; else a person must look."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from agreements.language.dictionary import Dictionary
from agreements.language.sentences import is_abbreviation
from agreements.language.signatures import BEGINS_ADDITION
from agreements.reading.doubts import EITHER, Doubt
from agreements.reading.reading import Paragraph, Word
from extract.correction.lookalikes import digits, folded, letters, near_misses
from extract.correction.rewrites import as_meant, meant
from extract.correction.spacing import touch
from extract.correction.values import BOTH, FIGURES

SURE = 0.85
"""So sure a word is that both readers saw, or one that needed no other."""
DECIDED = 0.9
"""As sure as a word can be of which the dictionary or the wording decided between two readings."""
STANDS = 3
"""How plainly a text is a word: it stands in a dictionary; more: in the wording; less: it is a compound, `WELL_KNOWN` of long parts."""
WELL_KNOWN = 2
_PLAIN, _UNSURE = 0.8, 0.6
_LONG, _SURE_OF_STRANGE = 8, 0.97
"""Letters; a longer word that no dictionary has must be as sure as two readers make it."""
_TELLING = 4
"""Letters; whether fewer are a word, a dictionary does not tell."""

_SOON_ANOTHER = 6
"""Letters; a shorter word is soon another one where a letter of its neighbour is taken for its own: "füg" and "ralle" were, on a deep fold;
"Bischo f)", struck at its end, is none. Not measured beyond these."""

Chosen = tuple[str, float, Doubt | None]
"""A text, how sure it is, and why a person must look."""


@dataclass(slots=True)
class FreeText:
    """Reads free text with a dictionary and the words that are sure in its document."""

    dictionary: Dictionary
    confirmed: Counter[str] = field(default_factory=Counter)

    def confirm(self, paragraphs: Sequence[Paragraph]) -> None:
        """Notes the words that are sure."""
        self.confirmed.update(
            letters(word.text) for paragraph in paragraphs for word in paragraph.words if not word.alternatives and word.confidence >= SURE
        )

    def read(self, said: Sequence[Word], prose: bool = True) -> Iterator[tuple[Word, Doubt | None]]:
        """The words to be taken, each with its doubt; `prose` is not a name, in which any letters may follow one another."""
        whole = tuple(self._whole(said))
        before = ""
        for place, (word, after) in enumerate(zip_longest(whole, whole[1:])):
            text, confidence, doubt = self._chosen(settled(whole, place), prose)
            if prose and not before and not doubt and begins_in_either_case(word):
                confidence, doubt = min(confidence, _UNSURE), _either((text, text.swapcase()[:1] + text[1:]))
            if prose and after and text in _LIKE_SECTION and _NUMBERED.fullmatch(after.text):
                meant = Doubt("vielleicht-gemeint", worte=f"{text} {after.text}", andere=f"§ {after.text}")
                confidence, doubt = min(confidence, _UNSURE), meant
            if prose and not doubt and self._is_stopped_oddly(before, text):
                confidence, doubt = min(confidence, _UNSURE), Doubt("punkt-oder-komma", davor=before, worte=text)
            for part in text.split():
                yield Word(part, word.places, (), word.tag, confidence, word.seen), doubt
            before = text

    def _is_stopped_oddly(self, before: str, text: str) -> bool:
        """Whether a comma stands before the capital of what is no noun, or a full stop that ends no abbreviation before a small letter."""
        word = text.strip('„“”"()')
        if before.endswith(",") and word.istitle() and word.isalpha():
            return self.dictionary.is_never_capital(word)
        ended = before.removesuffix(".")
        goes_on = word.islower() and word.isalpha()
        return goes_on and before != ended and len(ended) >= _TELLING and not is_abbreviation(ended) and self.dictionary.stands(ended)

    def _whole(self, said: Sequence[Word]) -> Iterator[Word]:
        """The words, two that are none by themselves and one together put together where hardly any white parts them."""
        before: Word | None = None
        for word in said:
            if before is not None and self._are_torn(before, word):
                places = tuple(dict.fromkeys((*before.places, *word.places)))
                text, *others = (one + other for one in (before.text, *before.alternatives) for other in (word.text, *word.alternatives))
                confidence = min(before.confidence, word.confidence)
                before = Word(text, places, tuple(others), None, confidence, before.seen or word.seen)
                continue
            if before is not None:
                yield before
            before = word
        if before is not None:
            yield before

    def _are_torn(self, one: Word, other: Word) -> bool:
        """Whether two words are one: as such it is more plainly a word than one of them is, "Langzeit arbeitsloser", and they touch."""
        if not one.text.isalpha() or not other.text[:1].islower() or any(" " in text for text in (*one.alternatives, *other.alternatives)):
            return False
        whole = one.text + other.text
        least = min(self.rank(text) for text in (one.text, other.text))
        torn = self.dictionary.is_own(whole) or least < WELL_KNOWN <= self.rank(whole)
        return torn and touch(one, other)

    def _chosen(self, word: Word, prose: bool) -> Chosen:
        """The text of a word, how sure it is, and why a person must look."""
        options = list(dict.fromkeys(_without_dirt(meant("reading", text), word) for text in _by_case(word)))
        if not any(letters(option) for option in options):
            return word.text, max(word.confidence, DECIDED), None
        if len({letters(option) for option in options}) == 1:
            if len({_marks(option) for option in options}) > 1:
                return options[0], min(word.confidence, _UNSURE), _either(options)
            best = self._best_hyphens(options)
            return self._alone(best, word, prose) if best else (options[0], min(word.confidence, _UNSURE), _either(options))
        if level := _level(options):
            return level, max(word.confidence, DECIDED), None
        if not prose and (strange := self._beyond(options)):
            return strange[0], min(word.confidence, _UNSURE), _either(strange)
        alike = len({folded(option) for option in options}) == 1 and not digits(word.text)
        if alike and len(letters(options[0])) >= _TELLING and not any(map(self.rank, options)):
            return self._alone(options[0], word, prose)
        best = self._best_word(options)
        if best and not prose and self.rank(best) < STANDS:  # no dictionary has names: what it makes of one may be another's
            return best, min(word.confidence, _UNSURE), _either(options)
        if best and self.rank(best) == 1:
            return self._alone(best, replace(word, text=best, alternatives=()), prose)
        return (best, DECIDED, None) if best else (options[0], min(word.confidence, _UNSURE), _either(options))

    def _beyond(self, options: Sequence[str]) -> list[str]:
        """The readings of a name, that with a letter first that the first reader lacks; none where no reading, or the register, has one."""
        strange = [option for option in options if _BEYOND.search(option) and not self.dictionary.is_own(option)]
        return [*strange, *(option for option in options if option not in strange)] if strange else []

    def _best_word(self, options: Sequence[str]) -> str | None:
        """The only one of some readings that is a word, or that is one most plainly; None where figures differ, or nothing tells."""
        ranks = [0 if _is_mixed(option) else self.rank(option) for option in options]
        best = options[ranks.index(max(ranks))]
        if not max(ranks) or len({letters(option) for option, rank in zip(options, ranks, strict=True) if rank == max(ranks)}) > 1:
            return None
        same_figures = all(digits(option) == digits(best) or _is_mixed(option) or folded(option) == folded(best) for option in options)
        return best if same_figures and (not digits(best) or digits(best) == digits(options[0])) else None

    def rank(self, text: str) -> int:
        """How plainly a text is a word, from 0; `STANDS` or more: no reader's slip makes it."""
        return self._rank_of_plain(text) or int(self.dictionary.knows(text))

    def _rank_of_plain(self, text: str) -> int:
        """As `rank`, but 0 for a word of many short parts: whether one is takes longest to tell."""
        if self.dictionary.is_own(text):
            return STANDS + 1
        if self.dictionary.stands(text) or self.confirmed[letters(text)] > 1:
            return STANDS
        return WELL_KNOWN if self.dictionary.knows_well(text) else 0

    def _best_hyphens(self, options: Sequence[str]) -> str | None:
        """Of readings that differ only in hyphens and blanks the one whose words are words; None where either may be meant."""
        apart = next((option for option in options if " " in option), None)
        whole = next((option for option in options if " " not in option), None)
        if apart is None or whole is None:
            return options[0]
        parts = apart.split()
        if not all(self._is_word(part) or not part.isalpha() for part in parts):
            may_be_anothers = any(len(letters(part)) == 1 for part in parts) and len(letters(whole)) < _SOON_ANOTHER and not digits(whole)
            return None if may_be_anothers else whole  # "fü g; r alle", where a fold drew "für alle" apart
        if len({letters(part) for part in parts}) < len(parts):
            return None  # ink that was seen twice: "in in" for an "in" over which a copier drew
        return None if self.dictionary.stands(whole) and not _is_mixed(whole) else apart

    def _alone(self, text: str, word: Word, prose: bool) -> Chosen:
        """A text of which there is no other reading."""
        if digits(text) and word.confidence < FIGURES and not word.alternatives:
            return text, word.confidence, Doubt("unsicher-gelesen", worte=text)
        if not prose and _ODD_CAPITAL.search(text):
            return text, min(word.confidence, _UNSURE), Doubt("unsicher-gelesen", worte=text)
        if not prose and word.confidence < BOTH and not self._stands_elsewhere(text):  # a dictionary has Bischof, and not Bischoff
            return text, word.confidence, Doubt("unsicher-gelesen", worte=text)
        if prose and (noun := self._noun(text)):
            return text, min(word.confidence, _UNSURE), _either((text, noun))  # it may be printed so: "euro" between the braces of a field
        rank = 0 if _is_mixed(text) else self.rank(text)
        if not any(map(str.isalpha, text)) or rank >= STANDS:
            return text, max(word.confidence, _PLAIN), None
        if len(letters(text)) < _TELLING:
            unsure = prose and not rank and text[1:].islower() and text.isalpha()
            return text, max(word.confidence, _PLAIN), Doubt("unsicher-gelesen", worte=text) if unsure else None
        near = self._near(text, rank) if prose else []
        meant = {letters(other): other for other in near if self.confirmed[letters(other)] or self.dictionary.is_own(other)}
        if len(meant) == 1 and not self._may_be_another(word, next(iter(meant.values()))):
            return next(iter(meant.values())), DECIDED, None
        if near and not (rank >= WELL_KNOWN and all(self._may_be_another(word, other) for other in near)):
            return text, min(word.confidence, _UNSURE), Doubt("vielleicht-gemeint", worte=text, andere=near[0])
        least = _SURE_OF_STRANGE if prose and len(letters(text)) >= _LONG else SURE
        unsure = not rank and (word.confidence < least or (prose and (_is_mixed(text) or runs_together(text))))
        return text, max(word.confidence, _PLAIN) if rank else word.confidence, Doubt("unsicher-gelesen", worte=text) if unsure else None

    def _noun(self, text: str) -> str | None:
        """The noun that a text is but for its capital, "jahr", where a dictionary has it only so; None of all others."""
        plain = text.strip(_STOPS)
        told = len(plain) >= _TELLING and plain.isalpha() and plain.islower()
        return text.replace(plain, plain.capitalize()) if told and self.dictionary.is_never_small(plain) else None

    def _may_be_another(self, word: Word, other: str) -> bool:
        """Whether a noun or name that was surely read is none of a reader's slips of one that the document has: Borkum, and Bornum."""
        plain = word.confidence >= SURE and word.text[:1].isupper() and not self.dictionary.is_own(other)
        return plain and folded(word.text) != folded(other)

    def _near(self, text: str, rank: int) -> list[str]:
        """Texts that one slip made this one and that are words more plainly; no dictionary tells an I within a word from an i."""
        wanted = max(rank + 1, 2)
        near = (
            other for other in near_misses(text) if not _is_mixed(other) and (_has_capital_within(text) or not _has_capital_within(other))
        )
        return [other for other in near if self._rank_of_plain(other) >= wanted]

    def _stands_elsewhere(self, text: str) -> bool:
        """Whether the wording or the register has it, or it was read surely more than once."""
        return self.dictionary.is_own(text) or self.confirmed[letters(text)] > 1

    def _is_word(self, text: str) -> bool:
        return self.dictionary.knows(text) or self.confirmed[letters(text)] > 1


_NEAR = 12
"""Words around one that tell what it means."""


def settled(words: Sequence[Word], place: int) -> Word:
    """A word with those other readings alone that the table does not take for it where it stands; where it takes all, it is sure."""
    word = words[place]
    if not word.alternatives:
        return word
    before, after = words[max(0, place - _NEAR) : place], words[place + 1 : place + _NEAR]
    said = [each.text for each in (*before, word, *after)]
    options = ((one, replace(word, text=one, alternatives=(word.text, *word.alternatives))) for one in word.alternatives)
    others = tuple(one for one, other in options if [each.text for each in as_meant((*before, other, *after))] != said)
    sure = word.confidence if others or word.confidence < BOTH else max(FIGURES, word.confidence)
    return replace(word, alternatives=others, confidence=sure)


_BEYOND = re.compile(r"(?![\u0000-\u00ff])[^\W\d_]")
"""A letter that the first reader lacks: it prints one that looks like it, and a dictionary may have what comes of it: "Klos" for "Kłos"."""
_ODD_CAPITAL = re.compile(r"[A-ZÄÖÜ]{2}[a-zäöüß]|[a-zäöüß]{2}[A-ZÄÖÜ]")
"""A capital within a name: "Kai-UWe". Readers tell by the height of a letter which it is, and often there is none beside it."""


def _by_case(word: Word) -> tuple[str, ...]:
    """What was read of a word; first that of the surer reader where they differ in nothing but a capital."""
    other = next(
        (alternative for alternative in word.alternatives if alternative != word.text and alternative.casefold() == word.text.casefold()),
        None,
    )
    return (other, word.text, *word.alternatives) if other and word.confidence < _EVEN else (word.text, *word.alternatives)


def begins_in_either_case(word: Word) -> bool:
    """Whether "in" or "im" was read with a capital and without: in an addition or an entry of a list no grammar tells which it is."""
    return bool(BEGINS_ADDITION.fullmatch(word.text)) and word.text[0].swapcase() + word.text[1:] in word.alternatives


_EVEN = 0.5
"""Below it the second reader is the surer one."""


def _has_capital_within(text: str) -> bool:
    """Whether a capital stands behind a small letter."""
    return bool(re.search(r"[a-zäöüß][A-ZÄÖÜ]", text))


def runs_together(text: str) -> bool:
    """Whether a capital stands behind small letters, as where a reader lost a blank, and not as in "LeiterIn", "TeilnehmerInnen"."""
    return bool(_CAPITAL_WITHIN.search(text))


_CAPITAL_WITHIN = re.compile(r"[a-zäöüß]{2}[A-ZÄÖÜ](?!n(?:nen)?\b)")


_LIKE_SECTION = ("5", "8", "S", "&")
_NUMBERED = re.compile(r"[1-9]\d{0,2}[a-z]?\W*")


_STOPS = ".,;:()"
_LEVEL = re.compile(r"\W*[ABC][12]\W*")
"""A level of the Common European Framework of Reference for Languages."""
_LOOKS_LIKE_ONE = re.compile(r"\W*[ABC8][12ilI|!Zz]{1,2}\W*")


def _level(options: Sequence[str]) -> str | None:
    """The level of a language, where the other readings are but what it looks like."""
    levels = [option for option in options if _LEVEL.fullmatch(option)]
    return levels[0] if len(levels) == 1 and all(_LOOKS_LIKE_ONE.fullmatch(option) for option in options) else None


def _either(options: Sequence[str]) -> Doubt:
    return Doubt("zwei-lesungen", eine=options[0], andere=EITHER.join(options[1:]))


def _marks(text: str) -> str:
    """The marks of a text that end or bracket something; hyphens and quotes are told apart badly, and mean little."""
    return "".join(letter for letter in text if letter in ".,;:!?()/%&")


def _without_dirt(text: str, word: Word) -> str:
    """A reading without the marks at its ends that not all readings have and nobody prints there."""
    if all(alternative[-1:] == text[-1:] and alternative[:1] == text[:1] for alternative in word.alternatives) and word.confidence >= SURE:
        return text
    return meant("doubted", text)


def _is_mixed(text: str) -> bool:
    """Whether figures stand amid letters, as a reader's slip puts them: "8etriebe", but not "48b" or "U25"."""
    return bool(re.search(r"[^\W\d_]{2,}\d|\d[^\W\d_]{2,}", text))
