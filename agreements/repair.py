"""What a scan says, with the known text as the wording has it: what readers of pictures got wrong of it is undone.

Nothing that a reader is sure of is undone: another word of the dictionary, another figure stay as departures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise
from typing import Any

from rapidfuzz import process

from agreements.confusion import bare, digits, distance, folded, is_roman, letters, near_misses, same_figures, same_roman, slips
from agreements.dictionary import Dictionary, dictionary_of
from agreements.findings import Befund, orte
from agreements.laying import Gap, Item, Laid, items_of, lay
from agreements.notation import UNREAD, Context, Datum, Name, Pattern, Zielsatz
from agreements.pages import in_order
from agreements.placing import Placed, Placing, Stray, place
from agreements.reading import Kind, Paragraph, Place, Word
from agreements.sighting import BOTH, FIGURES, Sight, surely
from agreements.wording import Wording
from agreements.words import Tokens

SURE = 0.85
"""So sure a word is that both readers saw, or one that needed no other."""
_HALF = 0.5
_STANDS = 3
"""How plainly a text is a word: it stands in a dictionary; more: in the wording; less: it is a compound, 2 of long parts."""
_TELLING = 4
"""Letters; whether fewer are a word, a dictionary does not tell."""
_DECIDED = 0.9
"""As sure as a word can be of which the dictionary or the wording decided between two readings."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """The paragraphs to be laid on the wording; `doubts` says of single words why a person must look."""

    paragraphs: tuple[Paragraph, ...]
    doubts: Mapping[Word, str]
    unread_dates: Mapping[str, str]
    """By field what is written in a date's place and could not be read."""
    written_dates: frozenset[str]
    """Fields of the dates that were written by hand."""
    befunde: tuple[Befund, ...]
    missing: tuple[Befund, ...]
    """Findings on pages that are not there."""


def repair(wording: Wording, paragraphs: Sequence[Paragraph], context: Context) -> Repaired:
    """The document with its known text mended."""
    work = _Repair(wording, context)
    pages = in_order(wording, paragraphs)
    work.befunde.extend(pages.befunde)
    kept = [paragraph for paragraph in pages.paragraphs if not work.is_ink(paragraph)]
    work.confirm(kept)
    placing, original = _placed(wording, kept, context)
    mended = tuple(work.mend(placing, original))
    return Repaired(mended, work.doubts, work.unread_dates, frozenset(work.written_dates), tuple(work.befunde), pages.missing)


# ---------------------------------------------------------------- a first look at the blocks

_SNAP = 78.0
"""Of 100: words that are more alike are the wording's, to find the blocks."""


def _placed(wording: Wording, paragraphs: Sequence[Paragraph], context: Context) -> tuple[Placing, dict[int, Word]]:
    """The document in its wording, found by words as near to the wording's as they come; and each such word's own one."""
    snap = _Snap.of(wording)
    original: dict[int, Word] = {}
    shadows = []
    for paragraph in paragraphs:
        words = []
        for word in paragraph.words:
            shadow = Word(snap.text(word), word.places)
            original[id(shadow)] = word
            words.append(shadow)
        shadows.append(replace(paragraph, words=tuple(words)))
    return place(wording, shadows, context), original


@dataclass(slots=True)
class _Snap:
    """Takes words to the nearest of the wording."""

    words: Sequence[str]
    known: frozenset[str]
    folded: Mapping[str, str]
    seen: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, wording: Wording) -> _Snap:
        known = frozenset(token for unit in wording.units for token in unit.literal) | _OFFICES
        return cls(tuple(word for word in known if len(word) > 3 and word.isalpha()), known, {folded(word): word for word in known if len(word) > 1})

    def text(self, word: Word) -> str:
        """The word with each part that is near to one of the wording's in its place."""
        if word.text.isprintable() and (set(Tokens(word.text).plain) <= self.known or not word.text.strip()):
            return word.text
        for variant in word.variants:
            if set(Tokens(variant).plain) <= self.known:
                return variant
        text = next((variant for variant in word.variants if " " in variant and bare(variant) == bare(word.text)), _RUN_TOGETHER.sub(" ", word.text))
        tokens = Tokens(text)
        for start, end in reversed([*zip(tokens.starts, tokens.ends, strict=True)]):
            text = text[:start] + self._near(text[start:end]) + text[end:]
        return "".join(letter for letter in text if letter.isprintable()) or "?"

    def _near(self, token: str) -> str:
        if len(token) < 2 or token in self.known or token.isdigit():
            return token
        if (alike := self.folded.get(folded(token))) is not None:
            return alike
        if len(token) < 4:
            return token
        if token not in self.seen:
            found = process.extractOne(token, self.words, score_cutoff=_SNAP)
            self.seen[token] = found[0] if found and abs(len(found[0]) - len(token)) < 3 else token
        return self.seen[token]


_OFFICES = frozenset({"Ministerium", "Landkreis", "Region", "Stadt", "Hansestadt", "Jobcenter"})
"""How an office begins, by which the columns of the signatures are told apart."""


# ---------------------------------------------------------------- the repair


class Verdict(Enum):
    """What becomes of words that differ from the wording's."""

    SAME = auto()
    UNSURE = auto()
    DEPARTS = auto()


@dataclass(slots=True)
class _Repair:
    wording: Wording
    context: Context
    dictionary: Dictionary = field(init=False)
    sight: Sight = field(init=False)
    confirmed: Counter[str] = field(default_factory=Counter)
    """Words that both readers saw somewhere in the document."""
    known: dict[str, Any] = field(default_factory=dict)
    """Values that stand at several places, as most of these say."""
    doubts: dict[Word, str] = field(default_factory=dict)
    unread_dates: dict[str, str] = field(default_factory=dict)
    written_dates: set[str] = field(default_factory=set)
    befunde: list[Befund] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dictionary = dictionary_of(self.wording, self.context.register)
        self.sight = Sight(self.context, self.dictionary)

    # ------------------------------------------------ what is no text

    def is_ink(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is strokes of a pen, a stamp, dirt; each is a finding."""
        if not _is_ink(paragraph.words, self.dictionary):
            return False
        self._illegible(paragraph.words, "hinweis")
        return True

    def _illegible(self, words: Sequence[Word], schwere: Any, erwartet: str | None = None) -> None:
        text = " ".join(word.text for word in words)
        self.befunde.append(Befund("unleserlich", schwere, text, erwartet=erwartet, ort=orte(words)[0]))

    def confirm(self, paragraphs: Sequence[Paragraph]) -> None:
        """Notes the words that are sure."""
        self.confirmed.update(letters(word.text) for paragraph in paragraphs for word in paragraph.words
                              if not word.variants and word.sicherheit >= SURE)

    # ------------------------------------------------ blocks

    def mend(self, placing: Placing, original: Mapping[int, Word]) -> Iterator[Paragraph]:
        """Every paragraph that is kept."""
        blocks = [(item, list(_parted(item, [original[id(word)] for word in _words(item)]))) for item in placing.items]
        laid = [self._lay(item, words) if isinstance(item, Placed) and words else () for item, words in blocks]
        self._agree(blocks, laid)
        for number, ((item, words), steps) in enumerate(zip(blocks, laid, strict=True)):
            if isinstance(item, Stray):
                yield replace(item.paragraph, words=tuple(self._free(words)))
            elif words:
                mended = self._free(self._without_bullet(item, words)) if item.unit.free else self._block(item, words, steps)
                kept = tuple(mended)
                if kept:
                    yield _paragraph(item, kept, blocks[number + 1][0] if number + 1 < len(blocks) else None)

    def _lay(self, item: Placed, words: Sequence[Word]) -> Sequence[Laid]:
        return () if item.unit.free else lay(items_of(item.unit), words, self.sight.cost, _reach)

    def _without_bullet(self, item: Placed, words: Sequence[Word]) -> Sequence[Word]:
        """The words of a list's entry without what a bullet was read as."""
        first = words[0]
        bullet = len(first.text) == 1 and not first.text.isdigit() and len(words) > 1 and words[1].text[:1].isupper()
        return words[1:] if item.unit.art == "punkt" and bullet else words

    # ------------------------------------------------ values at several places

    def _agree(self, blocks: Sequence[tuple[Placed | Stray, Sequence[Word]]], laid: Sequence[Sequence[Laid]]) -> None:
        """What most places say of a value that stands at several; surely read places count more."""
        votes: dict[str, Counter[Any]] = {}
        for (item, words), steps in zip(blocks, laid, strict=True):
            for gap, step in _gaps(item, steps):
                if isinstance(gap.slot.notation, Name | Pattern) and not gap.slot.key and step.start < step.end:
                    assert isinstance(item, Placed)
                    seen = self.sight.at(gap, words[step.start:step.end])
                    if seen.value is not UNREAD:
                        votes.setdefault(gap.slot.path.format(**item.numbers), Counter())[seen.value] += 1 if seen.doubt else 3
        for path, count in votes.items():
            (value, most), *others = count.most_common(2)
            if most > 3 and (not others or others[0][1] * 2 < most):
                self.known[path] = value
        if isinstance(jahr := self.known.get("jahr"), int):
            self.context = replace(self.context, jahr=jahr)

    # ------------------------------------------------ one block

    def _block(self, item: Placed, words: Sequence[Word], steps: Sequence[Laid]) -> Iterator[Word]:
        items = items_of(item.unit)
        for step in steps:
            wanted, said = items[step.first:step.last], words[step.start:step.end]
            if wanted and isinstance(wanted[0], Gap):
                yield from self._value(item, wanted[0], said)
            elif not wanted:
                yield from self._extra(said)
            elif not said:
                yield from self._lacking(_text(wanted), words, step)
            else:
                yield from self._fixed(_text(wanted), said)

    def _fixed(self, expected: str, said: Sequence[Word]) -> Iterator[Word]:
        verdict = self.verdict(expected, said)
        if verdict is Verdict.DEPARTS:
            yield from self._free(said)
            return
        if verdict is Verdict.UNSURE:
            self._illegible(said, "hinweis", expected)
        yield from _as_words(expected, said, _DECIDED)

    def verdict(self, expected: str, said: Sequence[Word]) -> Verdict:
        """Whether what was read is the wording's text, or surely another, or neither can be told."""
        readings = _readings(said)
        sure = surely(said) >= SURE and not any(word.variants for word in said)
        if any(bare(reading) == bare(expected) for reading in readings):
            return Verdict.SAME
        if digits(expected) or "§" in expected:
            return self._figures(expected, readings, sure)
        if is_roman(expected):
            return Verdict.SAME if any(same_roman(expected, reading) for reading in readings) else _otherwise(sure, expected, said)
        return self._letters(expected, readings, said, sure)

    def _figures(self, expected: str, readings: Sequence[str], sure: bool) -> Verdict:
        bare_figures = letters(expected) == digits(expected) or "§" in expected
        if any(same_figures(expected, reading) and (bare_figures or distance(expected, reading) < _HALF) for reading in readings):
            return Verdict.SAME
        return Verdict.DEPARTS if sure and readings else Verdict.UNSURE

    def _letters(self, expected: str, readings: Sequence[str], said: Sequence[Word], sure: bool) -> Verdict:
        if any(letters(reading) == letters(expected) for reading in readings):
            return Verdict.SAME
        first, others = readings[0], readings[1:]
        known = self._is_other(expected, first)
        if known and (sure or (others and all(distance(first, other) < distance(expected, other) for other in others))):
            return Verdict.DEPARTS
        if any(_is_slip(expected, reading) and not self._is_other(expected, reading) for reading in readings):
            return Verdict.UNSURE if known else Verdict.SAME
        return _otherwise(sure, expected, said)

    def _is_other(self, expected: str, read: str) -> bool:
        """Whether what was read is another word; what only a compound could be is none if it is one slip away."""
        if digits(read) or not self.dictionary.knows(read):
            return False
        return self._rank(read) >= _STANDS or expected not in near_misses(read)

    def _extra(self, said: Sequence[Word]) -> Iterator[Word]:
        """Words that the wording does not have: a departure, unless they are no words."""
        for word in said:
            if not letters(word.text) and word.sicherheit < SURE:
                continue  # a speck between two words
            if _is_ink((word,), self.dictionary):
                self._illegible((word,), "hinweis")
            else:
                yield from self._free((word,))

    def _lacking(self, expected: str, words: Sequence[Word], step: Laid) -> Iterator[Word]:
        """A word of the wording that nobody saw: taken as it should be where there is room for it, else it is not there."""
        if len(letters(expected)) < 1:
            yield from _as_words(expected, _beside(words, step)[:1], _DECIDED)
            return
        beside = _beside(words, step)
        if not _has_room(expected, words, step):
            return
        self._illegible(beside[:1], "hinweis", expected)
        yield from _as_words(expected, beside[:1], _DECIDED)

    # ------------------------------------------------ values

    def _value(self, item: Placed, gap: Gap, said: Sequence[Word]) -> Iterator[Word]:
        path = gap.slot.path.format(**item.numbers)
        notation = gap.slot.notation
        if notation.free:
            yield from self._free_value(gap, said)
        elif isinstance(notation, Datum):
            yield from self._date(path, gap, said)
        elif path in self.known and not gap.slot.key and said:
            yield from self._repeated(gap, said, notation.write(self.known[path], self.context))
        elif said:
            yield from self._closed(gap, said)
        elif gap.before + gap.after:
            yield Word(gap.before + gap.after)

    def _closed(self, gap: Gap, said: Sequence[Word]) -> Iterator[Word]:
        seen = self.sight.at(gap, said)
        text = f"{gap.before}{seen.text or _text_of(said)}{gap.after}"
        for word in _as_words(text, said, seen.sicherheit):
            if seen.doubt:
                self.doubts[word] = seen.doubt
            yield word

    def _repeated(self, gap: Gap, said: Sequence[Word], expected: str) -> Iterator[Word]:
        """A value that stands at several places: read as known text."""
        whole = f"{gap.before}{expected}{gap.after}"
        verdict = self.verdict(whole, said)
        if verdict is Verdict.DEPARTS and self.sight.at(gap, said).value is UNREAD:
            verdict = Verdict.UNSURE if surely(said) < SURE else verdict
        if verdict is Verdict.DEPARTS:
            yield from self._closed(gap, said)
            return
        if verdict is Verdict.UNSURE:
            self._illegible(said, "hinweis", expected)
        yield from _as_words(whole, said, max(_DECIDED, surely(said)))

    def _free_value(self, gap: Gap, said: Sequence[Word]) -> Iterator[Word]:
        """A free text, with the marks around it as the wording has them."""
        opening, closing = "([{|" if gap.before else "", ")]}|.,;:" if gap.after[:1] == ")" else ".,;:" if gap.after else ""
        bared = [_stripped(word, opening if number == 0 else "", closing if number == len(said) - 1 else "") for number, word in enumerate(said)]
        mended = list(self._free([word for word in bared if word.text], prose=not gap.slot.path.endswith((".1.name", ".2.name", ".3.name", ".ort"))))
        last = len(mended) - 1
        for number, word in enumerate(mended):
            text = (gap.before if number == 0 else "") + word.text + (gap.after if number == last else "")
            marked = replace(word, text=text)
            if word in self.doubts:
                self.doubts[marked] = self.doubts[word]
            yield marked

    def _date(self, path: str, gap: Gap, said: Sequence[Word]) -> Iterator[Word]:
        """A date, printed or written by hand; what cannot be read surely is left blank, and said."""
        if not said:
            return
        if len(said) == 1 and (re.fullmatch(r"[12]\d{3}", said[0].text) or str(self.context.jahr) in said[0].variants):
            yield from _as_words(str(self.context.jahr) if said[0].variants else said[0].text, said, _DECIDED)
            return
        seen = self.sight.at(gap, said)
        written = surely(said) < SURE
        jahr = getattr(seen.value, "year", None)
        fits = jahr is None or jahr in (self.context.jahr - 1, self.context.jahr)
        if seen.value is not UNREAD and fits and not (seen.doubt and written):
            if written and jahr:
                self.written_dates.add(path)
            yield from self._closed(gap, said)
            return
        self.unread_dates[path] = _text_of(said)
        self.written_dates.add(path)
        year = str(self.context.jahr)
        yield from (word for word in said if word.text.rstrip(".,") == year)

    # ------------------------------------------------ free text

    def _free(self, said: Sequence[Word], prose: bool = True) -> Iterator[Word]:
        """Words of which the wording knows nothing: of two readings the one that is a word, else a person must look.

        `prose` is not a name, in which any letters may follow one another.
        """
        for word in _with_sections(tuple(self._whole(said))) if prose else self._whole(said):
            text, sicherheit, doubt = self._chosen(word, prose)
            for part in text.split():
                chosen = Word(part, word.places, (), word.tag, sicherheit)
                if doubt:
                    self.doubts[chosen] = doubt
                yield chosen

    def _whole(self, said: Sequence[Word]) -> Iterator[Word]:
        """The words, two that are none by themselves and one together put together where hardly any white parts them."""
        before: Word | None = None
        for word in said:
            if before is not None and self._are_torn(before, word):
                places = tuple(dict.fromkeys((*before.places, *word.places)))
                before = Word(before.text + word.text, places, (), None, min(before.sicherheit, word.sicherheit))
                continue
            if before is not None:
                yield before
            before = word
        if before is not None:
            yield before

    def _are_torn(self, one: Word, other: Word) -> bool:
        both = (one.text, other.text)
        if one.variants or other.variants or not one.text.isalpha() or not other.text[:1].islower():
            return False
        whole = "".join(both)
        torn = self.dictionary.is_own(whole) or (self._rank(whole) > 1 and not all(self._is_word(text) for text in both))
        return torn and _touch(one, other)

    def _chosen(self, word: Word, prose: bool) -> tuple[str, float, str | None]:
        """The text of a word, how sure it is, and why a person must look."""
        options = list(dict.fromkeys(_without_dirt(_with_quotes(text), word) for text in (word.text, *word.variants)))
        if not any(letters(option) for option in options):
            return word.text, max(word.sicherheit, _DECIDED), None
        if len({letters(option) for option in options}) == 1:
            if len({_marks(option) for option in options}) > 1:
                return options[0], min(word.sicherheit, 0.6), _either(options)
            best = self._best_hyphens(options)
            return self._alone(best, word, prose) if best else (options[0], min(word.sicherheit, 0.6), _either(options))
        best = self._best_word(options)
        return (best, _DECIDED, None) if best else (options[0], min(word.sicherheit, 0.6), _either(options))

    def _best_word(self, options: Sequence[str]) -> str | None:
        """The only one of some readings that is a word, or that is one most plainly; None where figures differ, or nothing tells."""
        ranks = [0 if _is_mixed(option) else self._rank(option) for option in options]
        best = options[ranks.index(max(ranks))]
        if not max(ranks) or len({letters(option) for option, rank in zip(options, ranks, strict=True) if rank == max(ranks)}) > 1:
            return None
        same_figures = all(digits(option) == digits(best) or _is_mixed(option) or folded(option) == folded(best) for option in options)
        return best if same_figures and (not digits(best) or digits(best) == digits(options[0])) else None

    def _rank(self, text: str) -> int:
        if self.dictionary.is_own(text):
            return _STANDS + 1
        if self.dictionary.stands(text) or self.confirmed[letters(text)] > 1:
            return _STANDS
        return 2 if self.dictionary.knows_well(text) else int(self.dictionary.knows(text))

    def _best_hyphens(self, options: Sequence[str]) -> str | None:
        """Of readings that differ only in hyphens and blanks the one whose words are words; None where either may be meant."""
        apart = next((option for option in options if " " in option), None)
        whole = next((option for option in options if " " not in option), None)
        if apart is None or whole is None:
            return options[0]
        if not all(self._is_word(part) or not part.isalpha() for part in apart.split()):
            return whole
        return None if self.dictionary.stands(whole) and not _is_mixed(whole) else apart

    def _alone(self, text: str, word: Word, prose: bool) -> tuple[str, float, str | None]:
        """A text of which there is no other reading."""
        if digits(text) and word.sicherheit < FIGURES and not word.variants:
            return text, word.sicherheit, f"unsicher gelesen: „{text}“"
        text = _RUN_TOGETHER.sub(" ", text)
        rank = 0 if _is_mixed(text) else self._rank(text)
        if not any(map(str.isalpha, text)) or rank > 1:
            return text, max(word.sicherheit, 0.8), None
        if len(letters(text)) < _TELLING:
            unsure = prose and text.islower() and text.isalpha() and len(text) > 1
            return text, max(word.sicherheit, 0.8), f"unsicher gelesen: „{text}“" if unsure else None
        near = [other for other in near_misses(text) if self.dictionary.knows_well(other) and not _is_mixed(other)] if prose else []
        meant = [other for other in near if self.confirmed[letters(other)] or self.dictionary.is_own(other)]
        if len({letters(other) for other in meant}) == 1:
            return meant[0], _DECIDED, None
        if near and (not rank or any(self.dictionary.stands(other) for other in near)):
            return text, min(word.sicherheit, 0.6), f"unsicher gelesen: „{text}“, vielleicht „{near[0]}“"
        if rank:
            return text, max(word.sicherheit, 0.8), None
        unsure = word.sicherheit < SURE or (_is_mixed(text) and prose)
        return text, word.sicherheit, f"unsicher gelesen: „{text}“" if unsure else None

    def _is_word(self, text: str) -> bool:
        return self.dictionary.knows(text) or self.confirmed[letters(text)] > 1


def _paragraph(item: Placed, words: tuple[Word, ...], following: Placed | Stray | None) -> Paragraph:
    """A block's paragraph; an entry behind which the list goes on is one of it, whatever became of its bullet."""
    kinds = [kind for kind in item.kinds if kind]
    goes_on = item.unit.art == "punkt" and item.unit.free and isinstance(following, Placed) and following.stelle == item.stelle
    kind: Kind | None = "punkt" if goes_on else kinds[0] if len(kinds) == 1 else None
    return Paragraph(words, kind=kind, spalte=item.unit.spalte or None)


def _words(item: Placed | Stray) -> Sequence[Word]:
    return item.text.words if isinstance(item, Placed) else item.paragraph.words


def _parted(item: Placed | Stray, words: Sequence[Word]) -> Iterator[Word]:
    """A block's words, those parted that a reader ran together: with another reading, or with a word of the wording beside a value."""
    if isinstance(item, Stray) or item.unit.free:
        yield from words
        return
    items = items_of(item.unit)
    fixed = {bare(one) for one in items if isinstance(one, str)}
    edges = [one for pair in pairwise(items) if any(isinstance(one, Gap) for one in pair) for one in pair if isinstance(one, str) and len(one) > 1]
    for word in words:
        apart = () if bare(word.text) in fixed else _apart(word, edges)
        yield from _split(word, apart) if apart else (word,)


def _apart(word: Word, edges: Sequence[str]) -> Sequence[str]:
    """The words that one is if it was run together; none where it is one."""
    for variant in word.variants:
        if " " in variant and bare(variant) == bare(word.text):
            return variant.split()
    for edge in edges:
        head, tail = word.text.removesuffix(edge), word.text.removeprefix(edge)
        if len(head) > 1 and head != word.text and (head[-1].isdigit() or len(head) > 2) and not edge[0].isupper():
            return head, edge
        if len(tail) > 1 and tail != word.text and (tail[0].isdigit() or tail[0].isupper()):
            return edge, tail
    return ()


def _split(word: Word, parts: Sequence[str]) -> Iterator[Word]:
    """A word as several, each with its part of the place."""
    at, whole = 0, max(1, sum(map(len, parts)))
    for part in parts:
        places = word.places
        if len(places) == 1:
            wide = places[0].rechts - places[0].links
            places = (places[0]._replace(links=places[0].links + wide * at / whole, rechts=places[0].links + wide * (at + len(part)) / whole),)
        yield Word(part, places, (), word.tag, word.sicherheit)
        at += len(part)


def _gaps(item: Placed | Stray, steps: Sequence[Laid]) -> Iterator[tuple[Gap, Laid]]:
    if isinstance(item, Placed) and steps:
        items = items_of(item.unit)
        for step in steps:
            if step.last > step.first and isinstance(gap := items[step.first], Gap):
                yield gap, step


_REACH: dict[type, int] = {Zielsatz: 16, Name: 7, Datum: 7, Pattern: 4}


def _reach(gap: Gap) -> int:
    """The most words that a value may have."""
    return _REACH.get(type(gap.slot.notation), 200)


def _text(wanted: Sequence[Item]) -> str:
    return " ".join(item for item in wanted if isinstance(item, str))


def _text_of(said: Sequence[Word]) -> str:
    return " ".join(word.text for word in said)


_DIRT = "*^~`´‘’‚'|_·•°<>=\\"
"""Marks that nobody prints at a word's end, and that specks are read as."""


_RUN_TOGETHER = re.compile(r"(?<=\d)(?=[A-ZÄÖÜ][a-zäöüß]{2})|(?<=[a-zäöüß]{3}[.,;])(?=[A-ZÄÖÜ][a-zäöüß]{2})|(?<=\w“)(?=\w)")
"""Where a blank was lost: between a number and a noun, after a sentence or a quote."""


def _with_sections(said: Sequence[Word]) -> Iterator[Word]:
    """The words, what stands before the number of a paragraph of law for a §, and behind a number for %, as it is meant."""
    for number, word in enumerate(said):
        follows = " ".join(other.text for other in said[number + 1:number + 4])
        meant = bare(word.text) in ("$", "&", "S", "§") or "§" in word.variants
        cited = _CITED.match(follows) if meant else _CITED_SURELY.match(follows) if bare(word.text) in ("5", "8") else None
        rate = number and digits(said[number - 1].text) and _PERCENT.fullmatch(word.text)
        yield replace(word, text="§" if cited else "%", variants=(), sicherheit=max(_DECIDED, word.sicherheit)) if cited or rate else word


_PERCENT = re.compile(r"[°oO0%]?\s?/\s?[oO0]")
_CITED = re.compile(r"\d{1,3}\s?[a-z]?\b")
_CITED_SURELY = re.compile(r"\d{1,3}\s?[a-z]?,? (?:SGB|Abs|Absatz|Satz|Nr|des|der)\b")


def _with_quotes(text: str) -> str:
    """The text with quotes as signs of their own, which readers make of two commas or strokes."""
    return re.sub(r"[‚,]{2}(?=\w)", "„", re.sub(r"(?<=\w)(?:''|’’|‘‘)", "“", text))


def _either(options: Sequence[str]) -> str:
    return f"unsicher gelesen: „{'“ oder „'.join(options)}“"


def _marks(text: str) -> str:
    """The marks of a text that end or bracket something; hyphens and quotes are told apart badly, and mean little."""
    return "".join(letter for letter in text if letter in ".,;:!?()/%&")


def _stripped(word: Word, opening: str, closing: str) -> Word:
    """A word, in all its readings, without marks at its start and end."""
    if not opening and not closing:
        return word
    text, *variants = (reading.lstrip(opening or "\0").rstrip(closing or "\0") for reading in (word.text, *word.variants))
    return replace(word, text=text, variants=tuple(dict.fromkeys(variant for variant in variants if variant and variant != text)))


def _without_dirt(text: str, word: Word) -> str:
    """A reading without the marks at its ends that not all readings have and nobody prints there."""
    if all(variant[-1:] == text[-1:] and variant[:1] == text[:1] for variant in word.variants) and word.sicherheit >= SURE:
        return text
    return text.strip(_DIRT) or text


def _is_mixed(text: str) -> bool:
    """Whether figures stand amid letters, as a reader's slip puts them: "8etriebe", but not "48b" or "U25"."""
    return bool(re.search(r"[^\W\d_]{2,}\d|\d[^\W\d_]{2,}", text))


def _readings(said: Sequence[Word]) -> list[str]:
    """What the first reader saw, and what the words are with one reading of the other."""
    found = [_text_of(said)]
    for number, word in enumerate(said):
        before, after = _text_of(said[:number]), _text_of(said[number + 1:])
        found += [f"{before} {variant} {after}".strip() for variant in word.variants]
    if len(said) > 1:
        found.append(" ".join(word.variants[0] if word.variants else word.text for word in said))
    return list(dict.fromkeys(found))


def _is_slip(expected: str, read: str) -> bool:
    """Whether a reader of pictures may have read this in the place of a known word."""
    long, wrong = len(letters(expected)), slips(expected, read)
    return wrong <= (int(len(expected) == len(read)) if long < 3 else 1 if long < 6 else 2 if long < 9 else round(0.34 * long))


def _otherwise(sure: bool, expected: str, said: Sequence[Word]) -> Verdict:
    """Where nothing tells that it is the wording's word: another one if it is sure or much of it, else no one knows."""
    return Verdict.DEPARTS if sure and letters(_text_of(said)) else Verdict.UNSURE


_INK = 0.5
_MOST_INK = 12
"""Letters; more of them are a text, and be it a poor one."""


def _is_ink(words: Sequence[Word], dictionary: Dictionary) -> bool:
    """Whether words are what a pen's strokes or dirt look like to a reader."""
    text = "".join(word.text for word in words)
    if max((word.sicherheit for word in words), default=1.0) >= _INK or digits(text):
        return False
    return len(letters(text)) <= _MOST_INK and not any(len(letters(word.text)) > 3 and dictionary.knows(word.text) for word in words)


def _as_words(text: str, said: Sequence[Word], sicherheit: float) -> Iterator[Word]:
    """A text as words that stand where others were read."""
    parts = text.split()
    if len(parts) == len(said):
        yield from (Word(part, word.places, (), word.tag, max(word.sicherheit, sicherheit) if bare(part) == bare(word.text) else sicherheit)
                    for part, word in zip(parts, said, strict=True))
        return
    places = tuple(dict.fromkeys(place for word in said for place in word.places))
    yield from (Word(part, places, (), None, sicherheit) for part in parts)


def _beside(words: Sequence[Word], step: Laid) -> Sequence[Word]:
    return [*words[max(0, step.start - 1):step.start], *words[step.end:step.end + 1]]


def _touch(one: Word, other: Word) -> bool:
    """Whether two words stand closer than words do."""
    if not one.places or not other.places:
        return True
    a, b = one.places[-1], other.places[0]
    return _same_line(a, b) and b.links - a.rechts < 0.8 * (a.rechts - a.links) / max(1, len(one.text))


_ROOM = 0.7
"""Of the width that a word needs: so much white shows that something stood there."""


def _has_room(expected: str, words: Sequence[Word], step: Laid) -> bool:
    """Whether between two words there is white enough for another, on one line or at the end and start of two."""
    placed = [place for word in words for place in word.places]
    if not placed or step.start == 0 or step.end >= len(words):
        return not placed or bool(words)
    before, after = words[step.start - 1], words[step.end]
    if not before.places or not after.places:
        return False
    one, other = before.places[-1], after.places[0]
    wide = sum(place.rechts - place.links for place in placed) / max(1, sum(len(word.text) for word in words if word.places))
    need = _ROOM * (len(expected) + 2) * wide
    if _same_line(one, other):
        return other.links - one.rechts >= need
    same_page = [place for place in placed if place.seite == one.seite]
    return max(place.rechts for place in same_page) - one.rechts >= need - wide


def _same_line(one: Place, other: Place) -> bool:
    return one.seite == other.seite and min(one.unten, other.unten) - max(one.oben, other.oben) > 0.4 * (one.unten - one.oben)
