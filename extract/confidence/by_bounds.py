"""Texts of a scan that may end or begin elsewhere: cut amid a sentence, a paragraph parted where nothing on the paper parts it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from statistics import median

from agreements.language.sentences import STOPPED
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Found
from agreements.reading.reading import Place, Word
from extract.confidence.free_text import end_of, is_free, texts_of

_PROSE = re.compile(r"\.(?:regionale_lage|ziel|erreicht_wenn)$")
"""Texts of whole sentences."""
_SHORTEST = 2
"""Letters; the last word of a text that has fewer is what is left of one."""
_APART = 1.2
"""Of the way from line to line; white between paragraphs is more, what readers' boxes differ by is less."""
_DRAWN_IN = 4.0
"""Points; a first line drawn in stands farther from the edge, a scan's lines by less."""
_BLANK = 3.0
"""Points between two words."""


def with_unsure_bounds(found: Sequence[Found]) -> tuple[Found, ...]:
    """The Angaben, those to be looked at whose text may go on where it ends, or whose paragraphs may be one."""
    prose = [text for one in found if _PROSE.search(one.feld) for text in texts_of(one.wert)]
    stopped = sum(bool(STOPPED.search(text)) for text in prose)
    are_stopped = 2 * stopped > len(prose)
    return tuple(one.doubted(next(_doubts(one, are_stopped), None)) if is_free(one.feld) else one for one in found)


def _doubts(one: Found, are_stopped: bool) -> Iterator[Doubt]:
    """Why a text may go on; `are_stopped`: whether most of the document's sentences end with a full stop."""
    is_prose = bool(_PROSE.search(one.feld))
    texts = list(texts_of(one.wert))
    for text, after in pairwise(texts if is_prose else ()):
        if not STOPPED.search(text) and (STOPPED.search(texts[-1]) or after[:1].islower()):  # whatever the others do
            yield ends_amid(text)
    for text in texts:
        if (is_prose and are_stopped and not STOPPED.search(text)) or _is_cut(text):
            yield ends_amid(text)
    if is_prose and (word := next(_parted(one), None)):
        yield Doubt("kein-absatz", worte=word.text)


def ends_amid(text: str) -> Doubt:
    """Why a person must look at a text that ends amid a sentence or word."""
    return Doubt("endet-ohne-satzzeichen", worte=end_of(text))


def _is_cut(text: str) -> bool:
    """Whether a text ends amid a word: with a letter by itself, or a hyphen."""
    last = text.split()[-1] if text.split() else ""
    return (last.isalpha() and len(last) < _SHORTEST and last.islower()) or (last[:-1].isalpha() and last.endswith("-"))


def _parted(one: Found) -> Iterator[Word]:
    """The first word of each paragraph that stands where the next line of the one before it would, which is full."""
    words = [word for location in one.locations for word in location.words]
    texts = [text.split() for text in texts_of(one.wert)]
    starts = list(accumulate(map(len, texts)))
    if len(texts) < 2 or len(words) != starts[-1] or not all(word.places for word in words):
        return
    pairs = list(pairwise(words))
    inside = [pair for at, pair in enumerate(pairs, 1) if at not in starts and _step(*pair)]
    if not inside:
        return
    pitch, left = median(_step(*pair) for pair in inside), median(word.places[0].left for _, word in inside)
    margin = max(place.right for word in words for place in word.places)
    for at in starts[:-1]:
        before, word = pairs[at - 1]
        is_near = 0 < _step(before, word) < _APART * pitch and abs(word.places[0].left - left) < _DRAWN_IN
        if is_near and before.places[-1].right + _BLANK + _width(word.places[0]) > margin:
            yield word


def _step(one: Word, other: Word) -> float:
    """How far below a word the next one stands, in points; 0.0 on one line, and over the end of a page."""
    a, b = one.places[-1], other.places[0]
    below = (b.top + b.bottom - a.top - a.bottom) / 2
    return below if a.page == b.page and b.left < a.right and below > (a.bottom - a.top) / 2 else 0.0


def _width(place: Place) -> float:
    return place.right - place.left
