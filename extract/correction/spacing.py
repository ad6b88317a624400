"""Where words stand on the paper: on one line, close together, with room between them, several where one was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median

from agreements.reading.doubts import Doubt
from agreements.reading.reading import Place, Word
from extract.correction.lookalikes import bare

_SKIPPED = 1.6
"""Of the usual way from line to line."""
_BLANK = 8.0
"""Points; a blank, and what lines of a flush left text end apart by."""
_CLOSE = 0.8
"""Of a letter's width: words stand farther apart."""


def same_line(one: Place, other: Place) -> bool:
    """Whether two places stand at one height of one page."""
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    return one.page == other.page and overlap > 0.4 * (one.bottom - one.top)


def touch(one: Word, other: Word) -> bool:
    """Whether two words stand closer than words do; True where nothing is known of their places."""
    if not one.places or not other.places:
        return True
    a, b = one.places[-1], other.places[0]
    return same_line(a, b) and b.left - a.right < _CLOSE * (a.right - a.left) / max(1, len(one.text))


def off_column(words: Sequence[Word]) -> tuple[Word, ...]:
    """Those words of a block that stand left or right of all of its first line: what of them is another column's, no text tells."""
    lines: list[list[Place]] = []
    placed = [word for word in words if word.places]
    for word in placed:
        if not (lines and same_line(lines[-1][-1], word.places[0])):
            lines.append([])
        lines[-1].append(word.places[0])
    across = [(min(place.left for place in line), max(place.right for place in line)) for line in lines for _ in line]
    return tuple(word for word, (left, right) in zip(placed, across, strict=True) if right < across[0][0] or left > across[0][1])


def had_room_before(before: Word, word: Word, margin: float) -> bool:
    """Whether a word begins a page and would have stood on the last line of the page before, whose lines reach to `margin`."""
    if not before.places or not word.places:
        return False
    one, other = before.places[-1], word.places[0]
    return one.page != other.page and one.right + (other.right - other.left) + _BLANK < margin


def may_begin_entry(before: Word, word: Word, margin: float) -> bool:
    """Whether a word that begins a page may begin an entry of a list whose bullet is lost.

    So may one with a capital that had room on the page before, or behind what may end an entry: not "… für | Frauen", "… z. B. | Angebote".
    """
    if not word.text[:1].isupper() or not before.places or not word.places or before.places[-1].page == word.places[0].page:
        return False
    goes_on = before.text.islower() or before.text.endswith((",", "."))
    return not goes_on or had_room_before(before, word, margin)


def may_continue(word: Word) -> Doubt:
    """Why a person must look at a word that had room on the page before."""
    return Doubt("setzt-fort", worte=word.text)


def usual_pitch(blocks: Iterable[Sequence[Word]]) -> float:
    """From one line to the next in most blocks, in points; 0.0 where no block has two."""
    found = [drop for words in blocks for _, drop in _drops(words)]
    return median(found) if found else 0.0


def skipped(words: Sequence[Word], pitch: float) -> Iterator[Word]:
    """The words of a block before which a line is missing: the white above them is as high as one."""
    return (word for word, drop in _drops(words) if pitch and drop > _SKIPPED * pitch)


def _drops(words: Sequence[Word]) -> Iterator[tuple[Word, float]]:
    """The first word of each further line, and how far it stands below the line before."""
    placed = [word for word in words if word.places]
    for one, other in pairwise(placed):
        a, b = one.places[-1], other.places[0]
        if a.page == b.page and b.left < a.right and b.top > a.bottom - 0.3 * (a.bottom - a.top):
            yield other, b.top - a.top


def split(word: Word, parts: Sequence[str]) -> Iterator[Word]:
    """A word as several, each with its part of the place."""
    at, whole = 0, max(1, sum(map(len, parts)))
    for part in parts:
        places = word.places
        if len(places) == 1:
            left, wide = places[0].left, places[0].right - places[0].left
            places = (places[0]._replace(left=left + wide * at / whole, right=left + wide * (at + len(part)) / whole),)
        yield Word(part, places, (), word.tag, word.confidence, word.seen)
        at += len(part)


def as_words(text: str, said: Sequence[Word], confidence: float) -> Iterator[Word]:
    """A text as words that stand where others were read; those that were read so are no less sure for it."""
    parts = text.split()
    if len(parts) == len(said):
        for part, word in zip(parts, said, strict=True):
            sure = max(word.confidence, confidence) if bare(part) == bare(word.text) else confidence
            yield Word(part, word.places, (), word.tag, sure, word.seen)
        return
    places = tuple(dict.fromkeys(place for word in said for place in word.places))
    seen = next((word.seen for word in said if word.seen), ())
    yield from (Word(part, places, (), None, confidence, seen) for part in parts)
