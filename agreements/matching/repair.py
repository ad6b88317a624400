"""What a scan says, with the known text as the wording has it: what readers of pictures got wrong of it is undone.

Nothing that a reader is sure of is undone: another word of the dictionary, another figure stay as departures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from itertools import pairwise
from typing import Any

from agreements.language.notation import UNREAD, Context, Datum, Name, Pattern, Zielsatz
from agreements.matching.confusion import bare, digits, distance, is_roman, letters, near_misses, one_slip, same_figures, same_roman, slips
from agreements.matching.dictionary import Dictionary, dictionary_of
from agreements.matching.firstlook import Snap, look
from agreements.matching.freetext import DECIDED, STANDS, SURE, FreeText
from agreements.matching.handwriting import by_hand
from agreements.matching.laying import Gap, Item, Laid, items_of, lay
from agreements.matching.pages import in_order
from agreements.matching.placement import Placed, Placing, Stray
from agreements.matching.sighting import Sight, surely
from agreements.matching.spacing import as_words, had_room_before, has_room, may_continue, skipped, split, usual_pitch
from agreements.model.findings import Befund, Schwere, orte
from agreements.model.reading import Kind, Paragraph, Word
from agreements.wording.wording import Wording


@dataclass(frozen=True, slots=True)
class Repaired:
    """The paragraphs to be laid on the wording; `doubts` says of single words why a person must look."""

    paragraphs: tuple[Paragraph, ...]
    doubts: Mapping[Word, str]
    unread_dates: Mapping[str, str]
    """By field what is written in a date's place and could not be read."""
    written_dates: frozenset[str]
    """Fields of the dates that were written by hand."""
    beside_ink: Mapping[str, str]
    """By field what a reader made of ink directly beside its value."""
    befunde: tuple[Befund, ...]
    missing: tuple[Befund, ...]
    """Findings on pages that are not there."""


def repair(wording: Wording, paragraphs: Sequence[Paragraph], context: Context) -> Repaired:
    """The document with its known text mended."""
    pages = in_order(wording, paragraphs)
    work = _Repair(context, dictionary_of(context.register, wording), Snap.of(wording), list(pages.befunde))
    kept = [paragraph for paragraph in pages.paragraphs if not work.is_ink(paragraph)]
    work.text.confirm(kept)
    work.continuing = frozenset(paragraph.words[0] for paragraph in kept if paragraph.continues and not paragraph.spalte)
    mended = tuple(work.mend(*look(wording, work.snap, kept, context)))
    written = frozenset(work.written_dates)
    return Repaired(mended, work.doubts, work.unread_dates, written, work.beside_ink, tuple(work.befunde), pages.missing)


class Verdict(Enum):
    """What becomes of words that differ from the wording's."""

    SAME = auto()
    UNSURE = auto()
    DEPARTS = auto()


_Block = tuple[Placed | Stray, Sequence[Word]]
"""A part of the document and the words that were read there."""
_ILLEGIBLE, _MUCH = 4, 0.4
"""So many words of a block, and so great a part of it, that nobody can read make the block illegible."""
_SHORT = 3
"""Letters; a reader drops so short a word at the edge of a block."""
_HALF = 0.5
_INK = 0.5
_MOST_INK = 12
"""Letters; more of them are a text, and be it a poor one."""


@dataclass(slots=True)
class _Repair:
    context: Context
    dictionary: Dictionary
    snap: Snap
    befunde: list[Befund]
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
    doubts: dict[Word, str] = field(default_factory=dict)
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
        if max((word.sicherheit for word in words), default=1.0) >= _INK or digits(text) or len(letters(text)) > _MOST_INK:
            return False
        return not any(len(letters(word.text)) > _SHORT and (self.dictionary.knows(word.text) or self.snap.knows(word)) for word in words)

    def _illegible(self, words: Sequence[Word], erwartet: str | None = None, schwere: Schwere = "hinweis") -> None:
        self.befunde.append(Befund("unleserlich", schwere, _text_of(words), erwartet=erwartet, ort=orte(words)[0]))

    # ------------------------------------------------ blocks

    def mend(self, placing: Placing, original: Mapping[int, Word]) -> Iterator[Paragraph]:
        """Every paragraph that is kept; `original` has the word that was read for each of the placed ones, by identity."""
        blocks = [(item, list(_apart(item, [original[id(word)] for word in _words(item)]))) for item in placing.items]
        laid = [self._lay(item, words) for item, words in blocks]
        self.pitch = usual_pitch(words for _, words in blocks)
        self.margin = _right_margin(word for _, words in blocks for word in words)
        self._agree(blocks, laid)
        for number, ((item, words), steps) in enumerate(zip(blocks, laid, strict=True)):
            following = blocks[number + 1][0] if number + 1 < len(blocks) else None
            kept = tuple(self._mended(item, words, steps))
            if kept:
                yield replace(item.paragraph, words=kept) if isinstance(item, Stray) else _paragraph(item, kept, following)

    def _lay(self, item: Placed | Stray, words: Sequence[Word]) -> Sequence[Laid]:
        if isinstance(item, Stray) or item.unit.free or not words:
            return ()
        return lay(items_of(item.unit), words, self.sight.cost, _reach)

    def _mended(self, item: Placed | Stray, words: Sequence[Word], steps: Sequence[Laid]) -> Iterator[Word]:
        if isinstance(item, Stray) or item.unit.free:
            places = {place for word in skipped(words, self.pitch) for place in word.places}
            entry = not isinstance(item, Stray) and item.unit.art == "punkt"
            doubtful = {place for word in self._with_room_before(words, entry) for place in word.places}
            for number, word in enumerate(self._free(_without_bullet(item, words))):
                if (not number and words[0] in self.continuing) or not doubtful.isdisjoint(word.places):
                    self.doubts[word] = may_continue(word)
                if not places.isdisjoint(word.places):
                    self.doubts[word] = f"Über „{word.text}“ fehlt vielleicht eine Zeile."
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
            if (word in self.continuing or (entry and word.text[:1].isupper())) and had_room_before(before, word, self.margin):
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
            for path, gap, said in _places(item, words, steps):
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
        laid = list(_steps(items, steps))
        for number, (wanted, step) in enumerate(laid):
            said = words[step.start : step.end]
            if wanted and isinstance(wanted[0], Gap):
                yield from self._value(item, wanted[0], said, words[step.start - 1] if step.start else None)
                continue
            beside = [one[0] for one, _ in laid[max(0, number - 1) : number + 2] if one and isinstance(one[0], Gap)]
            if not wanted:
                yield from self._extra(said, [gap.slot.path.format(**item.numbers) for gap in beside])
            elif not said:
                yield from self._lacking(_text(wanted), words, step.start)
            else:
                for gap in beside:
                    self._doubt_swallowed(gap, item, _text(wanted), said)
                yield from self._fixed(_text(wanted), said)

    def _doubt_swallowed(self, gap: Gap, item: Placed, expected: str, said: Sequence[Word]) -> None:
        """Doubts a day beside a word of the wording in which a reader saw figures: it may have gone with it."""
        if isinstance(gap.slot.notation, Datum) and not digits(expected) and (word := next(filter(_has_figures, said), None)):
            self.beside_ink[gap.slot.path.format(**item.numbers)] = word.text

    def _fixed(self, expected: str, said: Sequence[Word]) -> Iterator[Word]:
        verdict = self.verdict(expected, said)
        if verdict is Verdict.DEPARTS:
            yield from self._free(said)
            return
        if verdict is Verdict.UNSURE:
            self._illegible(said, expected)
        yield from as_words(expected, said, DECIDED)

    def verdict(self, expected: str, said: Sequence[Word]) -> Verdict:
        """Whether what was read is the wording's text, or surely another, or neither can be told."""
        readings = _readings(said)
        sure = surely(said) >= SURE and not any(word.variants for word in said)
        if any(bare(reading) == bare(expected) for reading in readings):
            return Verdict.SAME
        if digits(expected) or "§" in expected:
            return _figures(expected, readings, sure)
        if is_roman(expected):
            return Verdict.SAME if any(same_roman(expected, reading) for reading in readings) else _otherwise(sure, said)
        return self._letters(expected, readings, said, sure)

    def _letters(self, expected: str, readings: Sequence[str], said: Sequence[Word], sure: bool) -> Verdict:
        if any(letters(reading) == letters(expected) for reading in readings):
            return Verdict.SAME
        first, others = readings[0], readings[1:]
        known = self._is_other(expected, first)
        if known and (sure or (others and all(distance(first, other) < distance(expected, other) for other in others))):
            return Verdict.DEPARTS
        if any(_is_slip(expected, reading) and not self._is_other(expected, reading) for reading in readings):
            return Verdict.UNSURE if known else Verdict.SAME
        return _otherwise(sure, said)

    def _is_other(self, expected: str, read: str) -> bool:
        """Whether what was read is another word; what only a compound could be is none if it is one slip away."""
        if digits(read) or not self.dictionary.knows(read):
            return False
        return self.text.rank(read) >= STANDS or expected not in near_misses(read)

    def _extra(self, said: Sequence[Word], beside: Sequence[str]) -> Iterator[Word]:
        """Words that the wording does not have: a departure, unless they are no words; `beside` are the fields of values next to them."""
        for word in said:
            if not letters(word.text) and word.sicherheit < SURE:
                continue  # a speck between two words
            if self._is_ink((word,)):
                self._illegible((word,))
                self.beside_ink.update(dict.fromkeys(beside, word.text))
            else:
                yield from self._free((word,))

    def _lacking(self, expected: str, words: Sequence[Word], at: int) -> Iterator[Word]:
        """Words of the wording that nobody saw: taken as they should be where there is room for them, else they are not there."""
        beside = [*words[max(0, at - 1) : at], *words[at : at + 1]][:1]
        edge = at in (0, len(words))
        if not letters(expected):
            yield from as_words(expected, beside, DECIDED)
        elif (edge and len(letters(expected)) <= _SHORT) or has_room(expected, words, at):
            self._illegible(beside, expected)
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
        text = f"{gap.before}{seen.text or _text_of(said)}{gap.after}"
        for word in as_words(text, said, seen.sicherheit):
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
            self._illegible(said, expected)
        yield from as_words(whole, said, max(DECIDED, surely(said)))

    def _free_value(self, gap: Gap, said: Sequence[Word]) -> Iterator[Word]:
        """A free text, with the marks around it as the wording has them."""
        opening, closing = "([{|" if gap.before else "", ")]}|.,;:" if gap.after[:1] == ")" else ".,;:" if gap.after else ""
        last = len(said) - 1
        bared = [_stripped(word, opening if number == 0 else "", closing if number == last else "") for number, word in enumerate(said)]
        edges = [(gap.before if number == 0 else "", gap.after if number == last else "") for number in range(len(bared))]
        bared = [_unquoted(word, *marks) for word, marks in zip(bared, edges, strict=True)]
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
        if len(said) == 1 and (_YEAR.fullmatch(said[0].text) or year in said[0].variants):
            yield from as_words(year if said[0].variants else said[0].text, said, DECIDED)
            return
        seen = self.sight.at(gap, said)
        written = by_hand(said, before) or all(word.sicherheit < SURE or word.text.strip(".,") == year for word in said)
        fits = getattr(seen.value, "year", self.context.jahr) in (self.context.jahr - 1, self.context.jahr)
        if written:
            self.written_dates.add(path)
        if seen.value is not UNREAD and fits and not (seen.doubt and written):
            yield from self._closed(gap, said)
            return
        self.unread_dates[path] = _text_of(said)
        yield from (word for word in said if word.text.rstrip(".,") == year)


_SURELY = 3
"""Votes of a place that is surely read."""
_NAMES = re.compile(r"^unterschriften\..*\.(?:name|ort)$")
_YEAR = re.compile(r"[12]\d{3}")


# ---------------------------------------------------------------- parts of the document


def _words(item: Placed | Stray) -> Sequence[Word]:
    return item.text.words if isinstance(item, Placed) else item.paragraph.words


def _paragraph(item: Placed, words: tuple[Word, ...], following: Placed | Stray | None) -> Paragraph:
    """A block's paragraph; an entry behind which the list goes on is one of it, whatever became of its bullet."""
    kinds = [kind for kind in item.kinds if kind]
    goes_on = item.unit.art == "punkt" and item.unit.free and isinstance(following, Placed) and following.stelle == item.stelle
    kind: Kind | None = "punkt" if goes_on else kinds[0] if len(kinds) == 1 else None
    return Paragraph(words, kind=kind, spalte=item.unit.spalte or None)


def _right_margin(words: Iterable[Word]) -> float:
    """Where nearly all lines of a document have ended."""
    rights = sorted(place.rechts for word in words for place in word.places)
    return rights[int(0.99 * (len(rights) - 1))] if rights else 0.0


def _without_bullet(item: Placed | Stray, words: Sequence[Word]) -> Sequence[Word]:
    """The words of a list's entry without what its bullet was read as."""
    if isinstance(item, Stray) or item.unit.art != "punkt" or len(words) < 2:
        return words
    first = words[0].text
    bullet = len(first) == 1 and (not first.isalnum() or (first.islower() and words[1].text[:1].isupper()))
    return words[1:] if bullet else words


def _steps(items: Sequence[Item], steps: Sequence[Laid]) -> Iterator[tuple[Sequence[Item], Laid]]:
    """The items of each step; of words in a row that nobody saw all at once."""
    at = 0
    while at < len(steps):
        step, after = steps[at], at + 1
        while _is_lacking(items, step) and after < len(steps) and _is_lacking(items, steps[after]):
            step, after = step._replace(last=steps[after].last), after + 1
        yield items[step.first : step.last], step
        at = after


def _is_lacking(items: Sequence[Item], step: Laid) -> bool:
    return step.start == step.end and all(isinstance(item, str) for item in items[step.first : step.last])


def _places(item: Placed | Stray, words: Sequence[Word], steps: Sequence[Laid]) -> Iterator[tuple[str, Gap, Sequence[Word]]]:
    """The places of names and figures in a block: field, place, what was read."""
    if isinstance(item, Stray) or not steps:
        return
    items = items_of(item.unit)
    for step in steps:
        gap = items[step.first] if step.last > step.first else None
        if isinstance(gap, Gap) and isinstance(gap.slot.notation, Name | Pattern) and not gap.slot.key and step.start < step.end:
            yield gap.slot.path.format(**item.numbers), gap, words[step.start : step.end]


_REACH: dict[type, int] = {Zielsatz: 16, Name: 7, Datum: 7, Pattern: 4}


def _reach(gap: Gap) -> int:
    """The most words that a value may have."""
    return _REACH.get(type(gap.slot.notation), 200)


def _apart(item: Placed | Stray, words: Sequence[Word]) -> Iterator[Word]:
    """A block's words, those parted that a reader ran together: with another reading, or with a word of the wording beside a value."""
    if isinstance(item, Stray) or item.unit.free:
        yield from words
        return
    items = items_of(item.unit)
    fixed = {bare(one) for one in items if isinstance(one, str)}
    beside = [pair for pair in pairwise(items) if any(isinstance(one, Gap) for one in pair)]
    edges = [one for pair in beside for one in pair if isinstance(one, str) and len(one) > 1]
    for word in words:
        parts = () if bare(word.text) in fixed else _parts(word, edges)
        yield from split(word, parts) if parts else (word,)


def _parts(word: Word, edges: Sequence[str]) -> Sequence[str]:
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


def _text(wanted: Sequence[Item]) -> str:
    return " ".join(item for item in wanted if isinstance(item, str))


def _text_of(said: Sequence[Word]) -> str:
    return " ".join(word.text for word in said)


def _stripped(word: Word, opening: str, closing: str) -> Word:
    """A word, in all its readings, without marks at its start and end."""
    if not opening and not closing:
        return word
    text, *variants = (reading.lstrip(opening or "\0").rstrip(closing or "\0") for reading in (word.text, *word.variants))
    return replace(word, text=text, variants=tuple(dict.fromkeys(variant for variant in variants if variant and variant != text)))


def _unquoted(word: Word, before: str, after: str) -> Word:
    """A word, in all its readings, without the one quotation mark that the wording has before or behind it."""
    if not _QUOTE.search(before + after):
        return word

    def bared(reading: str) -> str:
        reading = _OPENED.sub("", reading, count=1) if _QUOTE.search(before) else reading
        return _CLOSED.sub("", reading, count=1) if _QUOTE.search(after) else reading

    variants = tuple(dict.fromkeys(bared(variant) for variant in word.variants))
    return replace(word, text=bared(word.text), variants=tuple(variant for variant in variants if variant and variant != bared(word.text)))


_QUOTE = re.compile('[„“”"»«]')
_OPENED, _CLOSED = re.compile("^(?:,,|''|[„“”\"»«‚,'])"), re.compile("(?:''|[„“”\"»«'])$")
"""What a reader makes of the marks around a quotation."""


# ---------------------------------------------------------------- what was read beside what is expected


def _has_figures(word: Word) -> bool:
    """Whether a reader saw figures in a word."""
    return any(map(digits, (word.text, *word.variants)))


def _readings(said: Sequence[Word]) -> list[str]:
    """What the first reader saw, and what the words are with one reading of the other."""
    found = [_text_of(said)]
    for number, word in enumerate(said):
        before, after = _text_of(said[:number]), _text_of(said[number + 1 :])
        found += [f"{before} {variant} {after}".strip() for variant in word.variants]
    if len(said) > 1:
        found.append(" ".join(word.variants[0] if word.variants else word.text for word in said))
    return list(dict.fromkeys(found))


def _figures(expected: str, readings: Sequence[str], sure: bool) -> Verdict:
    """Figures are the wording's where one reader saw them so; no likeness makes them it."""
    only = letters(expected) == digits(expected) or "§" in expected
    if any(same_figures(expected, reading) and (only or distance(expected, reading) < _HALF) for reading in readings):
        return Verdict.SAME
    return Verdict.DEPARTS if sure else Verdict.UNSURE


def _is_slip(expected: str, read: str) -> bool:
    """Whether a reader of pictures may have read this in the place of a known word."""
    if expected in one_slip(read):
        return True
    long, wrong = len(letters(expected)), slips(expected, read)
    return wrong <= (int(len(expected) == len(read)) if long < 3 else 1 if long < 6 else 2 if long < 9 else round(0.34 * long))


def _otherwise(sure: bool, said: Sequence[Word]) -> Verdict:
    """Where nothing tells that it is the wording's word: another one if it is sure, else no one knows."""
    return Verdict.DEPARTS if sure and letters(_text_of(said)) else Verdict.UNSURE
