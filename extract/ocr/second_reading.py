"""Which words of a page a second reader is asked for, and the parts of a line that it is shown for them.

It costs as much as the first reader for the same width of print, so that of a line of prose it sees what may be wrong,
with a word to either side: both readers know a word better among others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from agreements.language.names import is_name
from extract.ocr.engine import SeenLine, SeenWord

SURE = 0.9
"""A word less sure is read twice."""
SHORT = 6
"""Words; what is no longer is read whole: names, dates, headings, amounts."""
NEAR = 1
"""Words to either side that are read with one that is doubtful; one left between two of them is too."""
BLANK = (0.2, 0.8)
"""Heights of the line, from and to: white that is a blank between two words, no more and no less."""
MARK = 2
"""Letters; what a line begins with that is no longer may be its bullet."""
_VALUE = re.compile(r"[\d%€§$&|]|\b(?:Euro|EUR|Prozent|Mio|Mrd)\b|^\(|\)$|\b[Il|]{1,3}\b")
_STRANGE = re.compile(r"[^\W\d_]-[^\W\d_]|[a-zäöüß][A-ZÄÖÜ]|[A-ZÄÖÜ]{2}|isch(?:e[mnrs]?)?\W*$")
_LONG, _SURE_OF_STRANGE = 8, 0.97
"""Letters; of a longer word that no dictionary has both readers must be sure (see `extract.correction.prose`).

No dictionary is at hand here; it lacks compounds with a hyphen or an abbreviation, "JBA-Homepage", and what is made of the
name of a place, "emsländisch".
"""
_AMOUNT = re.compile(r"[%€]|\b(?:Euro|EUR|Mio|Mrd)\b|\bProzent")


def doubted(seen: Sequence[SeenLine]) -> list[list[bool]]:
    """For each word of each line whether it is to be read twice.

    It is where it may carry a value, a date or a bracketed name, where it is not sure, or may be in no dictionary, or a bullet
    read as a letter: the first reader is sure of the "e" that it makes of one. A line
    with an amount is so as a whole, and the line after one with a rate: their other words say what the amount is, and whether
    it rises. So is a line that is a name: the first reader is as sure of "Sule" where "Şule" stands.
    """
    found = []
    for place, line in enumerate(seen):
        whole = any(_AMOUNT.search(word.text) for word in line.words) or (place > 0 and _has_rate(seen[place - 1]))
        whole = whole or is_name(" ".join(word.text for word in line.words))
        found.append([whole or _is_doubtful(word, number == 0) for number, word in enumerate(line.words)])
    for place, (line, below) in enumerate(pairwise(seen)):
        first = next((number for number, word in enumerate(below.words) if word.text[0].isalpha()), None)  # dirt may stand before it
        if line.words and first is not None and _strangely_parted(line.words[-1].text, below.words[first].text):
            found[place][-1] = found[place + 1][first] = True
    return found


def _is_doubtful(word: SeenWord, begins: bool) -> bool:
    """Whether a word, which may begin a line, is doubtful whatever stands beside it."""
    short = len(word.text) <= (MARK if begins else 1)
    return short or word.confidence < SURE or bool(_VALUE.search(word.text)) or _is_strange(word)


def _is_strange(word: SeenWord) -> bool:
    return sum(map(str.isalpha, word.text)) >= _LONG and word.confidence < _SURE_OF_STRANGE and bool(_STRANGE.search(word.text))


def _strangely_parted(end: str, start: str) -> bool:
    """Whether the end of a line and the start of the next are a word with a hyphen of its own: "Social-", "Media-Plan"."""
    return end[-1] == "-" and end[0].isalpha() and (start[0].isupper() or bool(_STRANGE.search(start)))


def _has_rate(line: SeenLine) -> bool:
    return any("%" in word.text for word in line.words)


def parts(words: Sequence[SeenWord], doubts: Sequence[bool], height: float) -> Iterator[tuple[list[SeenWord], bool]]:
    """Words of a line in order, cut into those that are read twice and those between them that are not, with which they are."""
    twice = _widened(words, doubts, height)
    for again, group in groupby(zip(words, twice, strict=True), key=lambda each: each[1]):
        yield [word for word, _ in group], again


def _widened(words: Sequence[SeenWord], doubts: Sequence[bool], height: float) -> list[bool]:
    """Which words are read twice: the doubtful ones, their neighbours, and on up to a blank that is plainly one."""
    if not any(doubts) or len(words) <= SHORT:
        return [any(doubts)] * len(words)
    near = [any(doubts[max(0, place - NEAR) : place + NEAR + 1]) for place in range(len(words))]
    twice = [mine or (0 < place < len(near) - 1 and near[place - 1] and near[place + 1]) for place, mine in enumerate(near)]
    tied = [not _parted(one, other, height) for one, other in pairwise(words)]
    for places in (range(len(tied)), reversed(range(len(tied)))):
        for place in places:
            if tied[place] and (twice[place] or twice[place + 1]):
                twice[place] = twice[place + 1] = True
    return twice


def _parted(one: SeenWord, other: SeenWord, height: float) -> bool:
    """Whether a blank parts two words, and nothing is between them that the first reader may have left out."""
    least, most = (height * part for part in BLANK)
    return least <= other.box[0] - one.box[2] <= most and all(any(map(str.isalnum, word.text)) for word in (one, other))
