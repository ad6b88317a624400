"""Words of a scan beside those of the wording: what helps to mend the ones by the others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from enum import Enum, auto
from itertools import pairwise

from agreements.language.calendar import Datum
from agreements.language.notation import Name
from agreements.language.numbers import Pattern
from agreements.language.targets import Zielsatz
from agreements.matching.alignment import Laid
from agreements.matching.placement import Placed, Stray
from agreements.reading.reading import Kind, Paragraph, Word
from extract.correction.alignment import Gap, Item, items_of
from extract.correction.lookalikes import bare, digits, lettered, letters, one_slip, same_section, slips, unlike
from extract.correction.spacing import split


class Verdict(Enum):
    """What becomes of words that differ from the wording's."""

    SAME = auto()
    UNSURE = auto()
    DEPARTS = auto()


def words_of(item: Placed | Stray) -> Sequence[Word]:
    """The words that were read there."""
    return item.text.words if isinstance(item, Placed) else item.paragraph.words


def as_paragraph(item: Placed, words: tuple[Word, ...], following: Placed | Stray | None) -> Paragraph:
    """A block's paragraph; an entry behind which the list goes on is one of it, whatever became of its bullet."""
    kinds = [kind for kind in item.kinds if kind]
    goes_on = item.unit.art == "punkt" and item.unit.free and isinstance(following, Placed) and following.stelle == item.stelle
    kind: Kind | None = "punkt" if goes_on else kinds[0] if len(kinds) == 1 else None
    return Paragraph(words, kind=kind, column=item.unit.column or None)


def right_margin(words: Iterable[Word]) -> float:
    """Where nearly all lines of a document have ended."""
    rights = sorted(place.right for word in words for place in word.places)
    return rights[int(0.99 * (len(rights) - 1))] if rights else 0.0


def without_bullet(item: Placed | Stray, words: Sequence[Word]) -> Sequence[Word]:
    """The words of a list's entry without what its bullet was read as."""
    if isinstance(item, Stray) or item.unit.art != "punkt" or len(words) < 2:
        return words
    first = words[0].text
    bullet = len(first) == 1 and (not first.isalnum() or (first.islower() and words[1].text[:1].isupper()))
    return words[1:] if bullet else words


def steps_of(items: Sequence[Item], steps: Sequence[Laid]) -> Iterator[tuple[Sequence[Item], Laid]]:
    """The items of each step; of words in a row that nobody saw, or nobody expected, all at once."""
    at = 0
    while at < len(steps):
        step, after = steps[at], at + 1
        while after < len(steps) and _are_one(items, step, steps[after]):
            step, after = step._replace(last=steps[after].last, end=steps[after].end), after + 1
        yield items[step.first : step.last], step
        at = after


def _are_one(items: Sequence[Item], step: Laid, following: Laid) -> bool:
    """Whether two steps are both words that nobody saw, or both words that nobody expected."""
    return all(_is_lacking(items, one) for one in (step, following)) or step.first == following.last


def _is_lacking(items: Sequence[Item], step: Laid) -> bool:
    return step.start == step.end and all(isinstance(item, str) for item in items[step.first : step.last])


def places_of(item: Placed | Stray, words: Sequence[Word], steps: Sequence[Laid]) -> Iterator[tuple[str, Gap, Sequence[Word]]]:
    """The places of names and figures in a block: field, place, what was read."""
    if isinstance(item, Stray) or not steps:
        return
    items = items_of(item.unit)
    for step in steps:
        gap = items[step.first] if step.last > step.first else None
        if isinstance(gap, Gap) and isinstance(gap.slot.notation, Name | Pattern) and not gap.slot.key and step.start < step.end:
            yield gap.slot.path.format(**item.numbers), gap, words[step.start : step.end]


_REACH: dict[type, int] = {Zielsatz: 16, Name: 7, Datum: 7, Pattern: 4}


def reach(gap: Gap) -> int:
    """The most words that a value may have."""
    return _REACH.get(type(gap.slot.notation), 200)


def apart(item: Placed | Stray, words: Sequence[Word], stands: Callable[[str], bool]) -> Iterator[Word]:
    """A block's words, those parted that a reader ran together: with another reading, or with a word of the wording beside a value.

    What `stands` in a dictionary is one word: "bilden", though "den" may be beside the value.
    """
    if isinstance(item, Stray) or item.unit.free:
        yield from words
        return
    items = items_of(item.unit)
    fixed = {bare(one) for one in items if isinstance(one, str)}
    beside = [pair for pair in pairwise(items) if any(isinstance(one, Gap) for one in pair)]
    edges = [one for pair in beside for one in pair if isinstance(one, str) and len(one) > 1]
    for word in words:
        parts = () if bare(word.text) in fixed or stands(word.text) else _parts(word, edges)
        yield from split(word, parts) if parts else (word,)


def _parts(word: Word, edges: Sequence[str]) -> Sequence[str]:
    """The words that one is if it was run together; none where it is one."""
    for alternative in word.alternatives:
        if " " in alternative and bare(alternative) == bare(word.text):
            return alternative.split()
    for edge in edges:
        head, tail = word.text.removesuffix(edge), word.text.removeprefix(edge)
        if len(head) > 1 and head != word.text and (head[-1].isdigit() or len(head) > 2) and not edge[0].isupper():
            return head, edge
        if len(tail) > 1 and tail != word.text and (tail[0].isdigit() or tail[0].isupper()):
            return edge, tail
    return ()


def text_between(wanted: Sequence[Item]) -> str:
    """The fixed words of what is expected."""
    return " ".join(item for item in wanted if isinstance(item, str))


def text_of(said: Sequence[Word]) -> str:
    """Words with one blank between them."""
    return " ".join(word.text for word in said)


def stripped(word: Word, opening: str, closing: str) -> Word:
    """A word, in all its readings, without marks at its start and end."""
    if not opening and not closing:
        return word
    text, *alternatives = (reading.lstrip(opening or "\0").rstrip(closing or "\0") for reading in (word.text, *word.alternatives))
    return replace(
        word,
        text=text,
        alternatives=tuple(dict.fromkeys(alternative for alternative in alternatives if alternative and alternative != text)),
    )


def unquoted(word: Word, before: str, after: str) -> Word:
    """A word, in all its readings, without the one quotation mark that the wording has before or behind it."""
    if not _QUOTE.search(before + after):
        return word

    def bared(reading: str) -> str:
        reading = _OPENED.sub("", reading, count=1) if _QUOTE.search(before) else reading
        return _CLOSED.sub("", reading, count=1) if _QUOTE.search(after) else reading

    alternatives = tuple(dict.fromkeys(bared(alternative) for alternative in word.alternatives))
    return replace(
        word,
        text=bared(word.text),
        alternatives=tuple(alternative for alternative in alternatives if alternative and alternative != bared(word.text)),
    )


_QUOTE = re.compile('[„“”"»«]')
_OPENED, _CLOSED = re.compile("^(?:,,|''|[„“”\"»«‚,'])"), re.compile("(?:''|[„“”\"»«'])$")
"""What a reader makes of the marks around a quotation."""


def has_figures(word: Word) -> bool:
    """Whether a reader saw figures in a word."""
    return any(map(digits, (word.text, *word.alternatives)))


def readings_of(said: Sequence[Word]) -> list[str]:
    """What the first reader saw, and what the words are with one reading of the other."""
    found = [text_of(said)]
    for number, word in enumerate(said):
        before, after = text_of(said[:number]), text_of(said[number + 1 :])
        found += [f"{before} {alternative} {after}".strip() for alternative in word.alternatives]
    if len(said) > 1:
        found.append(" ".join(word.alternatives[0] if word.alternatives else word.text for word in said))
    return list(dict.fromkeys(found))


def figures(expected: str, readings: Sequence[str], sure: bool) -> Verdict:
    """Figures are the wording's where one reader saw them so; no likeness makes them it, nor a letter beside them: § 16b is not § 16h."""
    if any(_is_same_number(expected, reading) for reading in readings):
        return Verdict.SAME
    return Verdict.DEPARTS if sure else Verdict.UNSURE


def _is_same_number(expected: str, read: str) -> bool:
    """Whether the figures are the same, and the letters beside them, or those of a word at least look it."""
    if "§" in expected and same_section(expected, read):
        return True
    beside = _beside(expected)
    for text in (read, lettered(read)):
        other = _beside(text)
        if digits(text) == digits(expected) and (other == beside or (len(beside) >= _WORD and is_slip(beside, other))):
            return True
    return False


def _beside(text: str) -> str:
    return "".join(letter for letter in letters(text) if not letter.isdigit() and letter != "§")


_WORD = 4
"""Letters; fewer of them beside a figure are a part of its number, a unit or a sign."""


def is_slip(expected: str, read: str) -> bool:
    """Whether a reader of pictures may have read this in the place of a known word: by look-alikes, of a longer one but a letter apart."""
    if expected in one_slip(read):
        return True
    long, wrong = len(letters(expected)), slips(expected, read)
    if wrong > (int(len(expected) == len(read)) if long < 3 else 1 if long < 6 else 2 if long < 9 else round(0.34 * long)):
        return False
    return unlike(expected, read) <= int(long >= _LONG)


_LONG = 6


def otherwise(sure: bool, said: Sequence[Word]) -> Verdict:
    """Where nothing tells that it is the wording's word: another one if it is sure, else no one knows."""
    return Verdict.DEPARTS if sure and letters(text_of(said)) else Verdict.UNSURE
