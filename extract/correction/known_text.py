"""What a scan says, with the known text as the wording has it: what readers of pictures got wrong of it is undone.

The wording's word is put in only where a reader saw it, or where what all saw can be no word and looks like it. Another word of the
dictionary, another figure stay as departures, however unsure the readers are; what nobody can read, or saw, is told with its place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from agreements.language.calendar import YEAR, Datum
from agreements.language.dictionary import Dictionary
from agreements.language.protocol import UNREAD, Context
from agreements.matching.alignment import Laid
from agreements.matching.placement import Placed, Placing, Stray
from agreements.reading.doubts import EITHER, Doubt
from agreements.reading.findings import Befund, Schwere, locations_of
from agreements.reading.reading import Paragraph, Word
from agreements.wording.units import Wording
from extract.correction.alignment import Gap, items_of, lay
from extract.correction.first_pass import Snap, look
from extract.correction.handwriting import by_hand
from extract.correction.known_words import (
    Verdict,
    apart,
    as_paragraph,
    figures,
    has_figures,
    is_slip,
    otherwise,
    places_of,
    reach,
    readings_of,
    right_margin,
    steps_of,
    stripped,
    text_between,
    text_of,
    unquoted,
    without_bullet,
    words_of,
)
from extract.correction.lexicon import dictionary_of
from extract.correction.lookalikes import bare, digits, is_roman, letters, near_misses, same_roman
from extract.correction.prose import DECIDED, STANDS, SURE, FreeText
from extract.correction.spacing import as_words, had_room_before, may_begin_entry, may_continue, skipped, usual_pitch
from extract.correction.values import Sight, surely


@dataclass(frozen=True, slots=True)
class Repaired:
    """The paragraphs to be laid on the wording; `doubts` says of single words why a person must look."""

    paragraphs: tuple[Paragraph, ...]
    doubts: Mapping[Word, Doubt]
    unread_dates: Mapping[str, str]
    """By field what is written in a date's place and could not be read."""
    written_dates: frozenset[str]
    """Fields of the dates that were written by hand."""
    beside_ink: Mapping[str, str]
    """By field what a reader made of ink directly beside its value."""
    befunde: tuple[Befund, ...]


def repair(wording: Wording, paragraphs: Sequence[Paragraph], context: Context) -> Repaired:
    """The document, whose pages are in order, with its known text mended."""
    work = _Repair(context, dictionary_of(context.register, wording), Snap.of(wording))
    kept = [paragraph for paragraph in paragraphs if not work.is_ink(paragraph)]
    work.text.confirm(kept)
    work.continuing = frozenset(paragraph.words[0] for paragraph in kept if paragraph.continues and not paragraph.column)
    mended = tuple(work.mend(*_placed(wording, work.snap, kept, context)))
    written = frozenset(work.written_dates)
    return Repaired(mended, work.doubts, work.unread_dates, written, work.beside_ink, tuple(work.befunde))


def _placed(wording: Wording, snap: Snap, paragraphs: Sequence[Paragraph], context: Context) -> tuple[Placing, Mapping[int, Word]]:
    """The document in its wording and each word's own one; blocks that fell into many lines grow while a line belongs to none."""
    placing, original = look(wording, snap, paragraphs, context)
    while any(isinstance(item, Stray) for item in placing.items):
        items = [(item, tuple(original[id(word)] for word in words_of(item))) for item in placing.items]
        grown = [
            replace(item.paragraph, words=words) if isinstance(item, Stray) else as_paragraph(item, words, None)
            for item, words in items
            if words
        ]
        if len(grown) >= len(paragraphs):
            break
        paragraphs = grown
        placing, original = look(wording, snap, paragraphs, context)
    return placing, original


_Block = tuple[Placed | Stray, Sequence[Word]]
"""A part of the document and the words that were read there."""
_ILLEGIBLE, _MUCH = 4, 0.4
"""So many words of a block, and so great a part of it, that nobody can read make the block illegible."""
_SHORT = 3
"""Letters; a reader drops so short a word at the edge of a block."""
_INK = 0.5
_MOST_INK = 12
"""Letters; more of them are a text, and be it a poor one."""


@dataclass(slots=True)
class _Repair:
    context: Context
    dictionary: Dictionary
    snap: Snap
    befunde: list[Befund] = field(default_factory=list)
    text: FreeText = field(init=False)
    sight: Sight = field(init=False)
    continuing: frozenset[Word] = frozenset()
    """First words of what may go on with the paragraph on the page before."""
    pitch: float = 0.0
    """From one line to the next, in points."""
    margin: float = 0.0
    """How far to the right lines reach, in points."""
    known: dict[str, Any] = field(default_factory=dict)
    """Values that stand at several places, as most of these say."""
    doubts: dict[Word, Doubt] = field(default_factory=dict)
    unread_dates: dict[str, str] = field(default_factory=dict)
    written_dates: set[str] = field(default_factory=set)
    beside_ink: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.text = FreeText(self.dictionary)
        self.sight = Sight(self.context, self.dictionary)

    def is_ink(self, paragraph: Paragraph) -> bool:
        """Whether a paragraph is strokes of a pen, a stamp, dirt; each is a finding."""
        found = self._is_ink(paragraph.words)
        if found:
            self._illegible(paragraph.words)
        return found

    def _is_ink(self, words: Sequence[Word]) -> bool:
        """Whether words are what a pen's strokes or dirt look like to a reader."""
        text = "".join(word.text for word in words)
        if max((word.confidence for word in words), default=1.0) >= _INK or digits(text) or len(letters(text)) > _MOST_INK:
            return False
        return not any(len(letters(word.text)) > _SHORT and (self._may_be_word(word) or self.snap.knows(word)) for word in words)

    def _may_be_word(self, word: Word) -> bool:
        """Whether one of the readers saw a word of the dictionary."""
        return any(map(self.dictionary.knows, (word.text, *word.alternatives)))

    def _illegible(self, words: Sequence[Word], schwere: Schwere | None = None) -> None:
        """Notes what nobody can read; where it has figures, or letters enough to be a word, that is for a person to decide."""
        told = any(digits(word.text) or len(letters(word.text)) > _SHORT for word in words)
        schwere = schwere or ("warnung" if told else "hinweis")
        text = f"Nicht zu lesen, vielleicht Tinte oder ein Stempel: „{text_of(words)}“."
        self.befunde.append(Befund("unleserlich", schwere, text, location=locations_of(words)[0]))

    def _put_in(self, expected: str, text: str, beside: Sequence[Word]) -> None:
        """Notes that the wording's words are put in where nobody saw them: that is for a person to decide."""
        self.befunde.append(Befund("unleserlich", "warnung", text, erwartet=expected, location=locations_of(beside)[0]))

    # ------------------------------------------------ blocks

    def mend(self, placing: Placing, original: Mapping[int, Word]) -> Iterator[Paragraph]:
        """Every paragraph that is kept; `original` has the word that was read for each of the placed ones, by identity."""
        blocks = [
            (item, list(apart(item, [original[id(word)] for word in words_of(item)], self.dictionary.stands))) for item in placing.items
        ]
        laid = [self._lay(item, words) for item, words in blocks]
        self.pitch = usual_pitch(words for _, words in blocks)
        self.margin = right_margin(word for _, words in blocks for word in words)
        self._agree(blocks, laid)
        for number, ((item, words), steps) in enumerate(zip(blocks, laid, strict=True)):
            following = blocks[number + 1][0] if number + 1 < len(blocks) else None
            kept = tuple(self._mended(item, words, steps))
            if kept:
                yield replace(item.paragraph, words=kept) if isinstance(item, Stray) else as_paragraph(item, kept, following)

    def _lay(self, item: Placed | Stray, words: Sequence[Word]) -> Sequence[Laid]:
        if isinstance(item, Stray) or item.unit.free or not words:
            return ()
        return lay(items_of(item.unit), words, self.sight.cost, reach)

    def _mended(self, item: Placed | Stray, words: Sequence[Word], steps: Sequence[Laid]) -> Iterator[Word]:
        if isinstance(item, Stray) or item.unit.free:
            places = {place for word in skipped(words, self.pitch) for place in word.places}
            entry = not isinstance(item, Stray) and item.unit.art == "punkt"
            doubtful = {place for word in self._with_room_before(words, entry) for place in word.places}
            for number, word in enumerate(self._free(without_bullet(item, words))):
                if (not number and words[0] in self.continuing) or not doubtful.isdisjoint(word.places):
                    self.doubts[word] = may_continue(word)
                if not places.isdisjoint(word.places):
                    self.doubts[word] = Doubt("zeile-darueber", worte=word.text)
                yield word
            return
        before = len(self.befunde)
        yield from self._block(item, words, steps)
        found = [befund for befund in self.befunde[before:] if befund.art == "unleserlich"]
        if len(found) >= max(_ILLEGIBLE, _MUCH * len(items_of(item.unit))):
            self.befunde[before:] = [befund for befund in self.befunde[before:] if befund not in found]
            self._illegible(words, schwere="warnung")

    def _with_room_before(self, words: Sequence[Word], entry: bool) -> Iterator[Word]:
        """Words that begin a page and would have had room on the page before, so that the paragraph may have ended there.

        An `entry` of a list ends without a full stop, and the bullet of the next may be lost: a capital may begin it.
        """
        for before, word in pairwise(words):
            joined = entry and may_begin_entry(before, word, self.margin)
            if joined or (word in self.continuing and had_room_before(before, word, self.margin)):
                yield word

    def _free(self, said: Sequence[Word], prose: bool = True) -> Iterator[Word]:
        for word, doubt in self.text.read(said, prose):
            if doubt:
                self.doubts[word] = doubt
            yield word

    # ------------------------------------------------ values at several places

    def _agree(self, blocks: Sequence[_Block], laid: Sequence[Sequence[Laid]]) -> None:
        """What most places say of a value that stands at several; surely read places count more."""
        votes: dict[str, Counter[Any]] = {}
        for (item, words), steps in zip(blocks, laid, strict=True):
            for path, gap, said in places_of(item, words, steps):
                seen = self.sight.at(gap, said)
                if seen.value is not UNREAD:
                    votes.setdefault(path, Counter())[seen.value] += 1 if seen.doubt else _SURELY
        for path, count in votes.items():
            (value, most), *others = count.most_common(2)
            if most > _SURELY and (not others or others[0][1] * 2 < most):
                self.known[path] = value
        if isinstance(jahr := self.known.get("jahr"), int):
            self.context = replace(self.context, jahr=jahr)

    # ------------------------------------------------ known text

    def _block(self, item: Placed, words: Sequence[Word], steps: Sequence[Laid]) -> Iterator[Word]:
        items = items_of(item.unit)
        laid = list(steps_of(items, steps))
        for number, (wanted, step) in enumerate(laid):
            said = words[step.start : step.end]
            if wanted and isinstance(wanted[0], Gap):
                yield from self._value(item, wanted[0], said, words[step.start - 1] if step.start else None)
                continue
            beside = [one[0] for one, _ in laid[max(0, number - 1) : number + 2] if one and isinstance(one[0], Gap)]
            if not wanted:
                yield from self._extra(said, [gap.slot.path.format(**item.numbers) for gap in beside], item.unit.art == "unterschrift")
            elif not said:
                yield from self._lacking(text_between(wanted), words, step.start)
            else:
                for gap in beside:
                    self._doubt_swallowed(gap, item, text_between(wanted), said)
                yield from self._fixed(text_between(wanted), said)

    def _doubt_swallowed(self, gap: Gap, item: Placed, expected: str, said: Sequence[Word]) -> None:
        """Doubts a day beside a word of the wording in which a reader saw figures: it may have gone with it."""
        if isinstance(gap.slot.notation, Datum) and not digits(expected) and (word := next(filter(has_figures, said), None)):
            self.beside_ink[gap.slot.path.format(**item.numbers)] = word.text

    def _fixed(self, expected: str, said: Sequence[Word]) -> Iterator[Word]:
        verdict = self.verdict(expected, said)
        if verdict is Verdict.DEPARTS:
            yield from self._departing(said)
            return
        if verdict is Verdict.UNSURE:
            self._put_in(expected, EITHER.join(readings_of(said)), said)
        yield from as_words(expected, said, DECIDED)

    def _departing(self, said: Sequence[Word]) -> Iterator[Word]:
        """Words in the place of the wording's, with all that the readers saw there: a person decides between these."""
        kept = tuple(self._free(said))
        for word, seen in zip(kept, said, strict=False):
            others = dict.fromkeys(one for one in (seen.text, *seen.alternatives) if one != word.text)
            yield replace(word, alternatives=tuple(others)) if len(kept) == len(said) else word

    def verdict(self, expected: str, said: Sequence[Word]) -> Verdict:
        """Whether what was read is the wording's text, or surely another, or neither can be told."""
        readings = readings_of(said)
        sure = surely(said) >= SURE and not any(word.alternatives for word in said)
        if any(bare(reading) == bare(expected) for reading in readings):
            return Verdict.SAME
        if digits(expected) or "§" in expected:
            return figures(expected, readings, sure)
        if is_roman(expected):
            return Verdict.SAME if any(same_roman(expected, reading) for reading in readings) else otherwise(sure, said)
        return self._letters(expected, readings, said, sure)

    def _letters(self, expected: str, readings: Sequence[str], said: Sequence[Word], sure: bool) -> Verdict:
        """The wording's word is put in for another only where a reader saw it, or where what all saw is no word and looks like it."""
        if any(letters(reading) == letters(expected) for reading in readings):
            return Verdict.SAME
        if any(self._is_other(expected, reading) for reading in readings):
            return Verdict.DEPARTS
        return Verdict.SAME if all(is_slip(expected, reading) for reading in readings) else otherwise(sure, said)

    def _is_other(self, expected: str, read: str) -> bool:
        """Whether what was read is another word; what only a compound could be is none if it is one slip away."""
        if digits(read) or not self.dictionary.knows(read):
            return False
        return self.text.rank(read) >= STANDS or expected not in near_misses(read)

    def _extra(self, said: Sequence[Word], beside: Sequence[str], signed: bool) -> Iterator[Word]:
        """Words that the wording does not have: a departure, unless they are no words; `beside` are the fields of values next to them.

        Figures in a line of a signature may be its day, written by hand in another place.
        """
        words = [word for word in said if letters(word.text) or word.confidence >= SURE]  # without specks between two words
        strange = [word for word in words if not (letters(word.text) and (word.confidence >= SURE or self._may_be_word(word)))]
        specks = strange == words and not (signed and digits(text_of(words)))
        ink = words if specks else [word for word in words if self._is_ink((word,))]
        if ink:
            self._illegible(ink)
            self.beside_ink.update(dict.fromkeys(beside, text_of(ink)))
        for word in words:
            if word not in ink:
                yield from self._free((word,))

    def _lacking(self, expected: str, words: Sequence[Word], at: int) -> Iterator[Word]:
        """Words of the wording that nobody saw: they are not there, but for marks, and a short word at a block's edge, which is told."""
        beside = [*words[max(0, at - 1) : at], *words[at : at + 1]][:1]
        edge = at in (0, len(words))
        if not letters(expected):
            yield from as_words(expected, beside, DECIDED)
        elif edge and len(letters(expected)) <= _SHORT:
            self._put_in(expected, "", beside)
            yield from as_words(expected, beside, DECIDED)

    # ------------------------------------------------ values

    def _value(self, item: Placed, gap: Gap, said: Sequence[Word], before: Word | None) -> Iterator[Word]:
        path = gap.slot.path.format(**item.numbers)
        notation = gap.slot.notation
        if not said:
            yield from (Word(marks) for marks in (gap.before + gap.after,) if marks and not isinstance(notation, Datum))
        elif notation.free:
            yield from self._free_value(gap, said)
        elif isinstance(notation, Datum):
            yield from self._date(path, gap, said, before)
        elif path in self.known and not gap.slot.key:
            yield from self._repeated(gap, said, notation.write(self.known[path], self.context))
        else:
            yield from self._closed(gap, said)

    def _closed(self, gap: Gap, said: Sequence[Word]) -> Iterator[Word]:
        seen = self.sight.at(gap, said)
        text = f"{gap.before}{seen.text or text_of(said)}{gap.after}"
        for word in as_words(text, said, seen.confidence):
            if seen.doubt:
                self.doubts[word] = seen.doubt
            yield word

    def _repeated(self, gap: Gap, said: Sequence[Word], expected: str) -> Iterator[Word]:
        """A value that stands at several places: read as known text."""
        whole = f"{gap.before}{expected}{gap.after}"
        verdict = self.verdict(whole, said)
        if verdict is Verdict.DEPARTS:
            yield from self._closed(gap, said)
            return
        if verdict is Verdict.UNSURE:
            self._put_in(expected, EITHER.join(readings_of(said)), said)
        yield from as_words(whole, said, max(DECIDED, surely(said)))

    def _free_value(self, gap: Gap, said: Sequence[Word]) -> Iterator[Word]:
        """A free text, with the marks around it as the wording has them."""
        opening, closing = "([{|" if gap.before else "", ")]}|.,;:" if gap.after[:1] == ")" else ".,;:" if gap.after else ""
        last = len(said) - 1
        bared = [stripped(word, opening if number == 0 else "", closing if number == last else "") for number, word in enumerate(said)]
        edges = [(gap.before if number == 0 else "", gap.after if number == last else "") for number in range(len(bared))]
        bared = [unquoted(word, *marks) for word, marks in zip(bared, edges, strict=True)]
        mended = list(self._free([word for word in bared if word.text], prose=not _NAMES.search(gap.slot.path)))
        for number, word in enumerate(mended):
            text = (gap.before if number == 0 else "") + word.text + (gap.after if number == len(mended) - 1 else "")
            marked = replace(word, text=text)
            if word in self.doubts:
                self.doubts[marked] = self.doubts[word]
            yield marked

    def _date(self, path: str, gap: Gap, said: Sequence[Word], before: Word | None) -> Iterator[Word]:
        """A date, printed or written by hand; of the latter what cannot be read surely is left blank, and said."""
        year = str(self.context.jahr)
        if len(said) == 1 and (YEAR.fullmatch(said[0].text) or year in said[0].alternatives):
            yield from as_words(year if said[0].alternatives else said[0].text, said, DECIDED)
            return
        seen = self.sight.at(gap, said)
        written = by_hand(said, before) or all(word.confidence < SURE or word.text.strip(".,") == year for word in said)
        fits = getattr(seen.value, "year", self.context.jahr) in (self.context.jahr - 1, self.context.jahr)
        if written:
            self.written_dates.add(path)
        if seen.value is not UNREAD and fits and not (seen.doubt and written):
            yield from self._closed(gap, said)
            return
        self.unread_dates[path] = text_of(said)
        printed = [word for word in said if word.text.rstrip(".,") == year]  # where none was seen, the pen ran over it
        yield from printed or as_words(year, said, DECIDED)


_SURELY = 3
"""Votes of a place that is surely read."""
_NAMES = re.compile(r"^unterschriften\..*\.(?:name|ort)$")
