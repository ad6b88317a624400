"""What is usual in a document: where its lines end, how far apart they are, how large its type is."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise
from statistics import median

from agreements.language.sentences import STOPPED
from agreements.model.months import MONATE
from extract.layout.lines import Line, Page, Token

BLANK = 0.36
"""Font sizes: the widest usual blank (0.28) and some reserve, so that only a word that fits easily tells of a line's early end."""
_TIED = re.compile(r"§§?|\w{1,6}\.|Absatz|Satz|Nummer|SGB|Dr\.|\d{4}")


def sentence_ends(line: Line) -> bool:
    """Whether a line ends with a sentence, or with the colon or semicolon before a list."""
    return bool(STOPPED.search(line.text))


class Measures:
    """The document's usual distances: its right edge, its line pitch, its size of type."""

    def __init__(self, rows: list[list[Line]], pages: list[Page]) -> None:
        lines = [line for page in rows for line in page]
        self.widths = {page.number: page.width for page in pages}
        letters = [len(line.text) for line in lines]
        self.size = _most([(line.size, count) for line, count in zip(lines, letters, strict=True)]) if lines else 11.0
        self.bold = sum(count for line, count in zip(lines, letters, strict=True) if line.bold) > 0.5 * sum(letters)
        edge = _right_edge(lines)
        self.right = {page.number: own if (own := _own_edge(found)) else edge for page, found in zip(pages, rows, strict=True)}
        self.left = _most([(float(round(line.left)), 1) for line in lines]) if lines else 0.0
        self.justified = self._is_justified(lines)
        self.pitches = self._pitches(rows)

    def _is_justified(self, lines: list[Line]) -> bool:
        """Whether most lines end exactly at the right edge."""
        return sum(self.reaches(line) for line in lines) >= 0.4 * len(lines) if len(lines) > 5 else False

    def reaches(self, line: Line) -> bool:
        """Whether a line ends at the right edge."""
        return self.right[line.page] - line.right < 0.2 * line.size

    def _pitches(self, rows: list[list[Line]]) -> dict[float, float]:
        """Distance of baselines inside a paragraph, for every size of type, seen where a sentence surely goes on.

        A line counts by its letters: tables and signatures, which are set closer, have short ones.
        """
        sure: dict[float, list[float]] = defaultdict(list)
        any_pair: dict[float, list[float]] = defaultdict(list)
        for lines in rows:
            for a, b in pairwise(lines):
                gap = b.base - a.base
                if abs(a.size - b.size) < 0.3 and 0.8 * a.size < gap < 3 * a.size:
                    any_pair[round(a.size)].append(gap)
                    if not sentence_ends(a) and (b.text[0].islower() or self.room(a, b) < 0):
                        sure[round(a.size)] += [gap] * len(a.text)
        found = {size: min(gaps) for size, gaps in any_pair.items() if min(gaps) < 1.6 * size}
        return found | {size: median(gaps) for size, gaps in sure.items() if median(gaps) < 2.4 * size}

    def pitch(self, line: Line) -> float:
        """Usual distance to the next baseline of the same paragraph."""
        size = round(line.size)
        known = self.pitches.get(size)
        if known:
            return known
        body = self.pitches.get(round(self.size), 1.2 * self.size)
        return body / self.size * line.size

    def room(self, line: Line, following: Line) -> float:
        """Points that would be left on a line if the next one's first word stood on it; negative where it does not fit."""
        return self.right[line.page] - line.right - BLANK * line.size - unbreakable(following)

    def centred(self, line: Line) -> bool:
        """Whether a line stands in the middle between the edges and reaches neither."""
        right = self.right[line.page]
        left, free = line.left - self.left, right - line.right
        return left > 0.6 * line.size and abs(left - free) < max(2.5, 0.05 * left)


def _most(votes: Iterable[tuple[float, int]]) -> float:
    counter: Counter[float] = Counter()
    for value, weight in votes:
        counter[value] += weight
    return counter.most_common(1)[0][0]


def _right_edge(lines: list[Line]) -> float:
    """Where full lines end: the place where many do, else the farthest."""
    if not lines:
        return 0.0
    votes = Counter(round(line.right) for line in lines)
    place, count = max(((value, votes[value - 1] + votes[value] + votes[value + 1]) for value in votes), key=lambda one: (one[1], one[0]))
    near = [line.right for line in lines if abs(line.right - place) <= 1.5]
    return max(near) if count >= 4 and count >= 0.2 * len(lines) else max(line.right for line in lines)


def _own_edge(lines: list[Line]) -> float | None:
    """The right edge of one page, where it shows it plainly; mirrored margins differ from page to page."""
    if len(lines) < 8:
        return None
    edge = _right_edge(lines)
    return edge if sum(abs(line.right - edge) < 1.5 for line in lines) >= 4 else None


_QUOTES, _OPENING, _CLOSING = "\"'“”‘’«»", "„‚([{", ")]}!?.,:;/"


def unbreakable(line: Line) -> float:
    """Width of a line's first word with what a no-break space may tie to it."""
    place = 0
    while place + 1 < len(line.tokens) and _never_alone(line.tokens[place], line.tokens[place + 1]):
        place += 1
    return line.tokens[place].right - line.left


def _never_alone(first: Token, second: Token) -> bool:
    """Whether a no-break space usually stands between the two ("3,9 %", "§ 3", "Abs. 1"), which the file may not tell."""
    if first.text[-1] in _OPENING or second.text[0] in _CLOSING or (first.text[-1] in _QUOTES and second.text[0] in _OPENING):
        return True  # UAX 14, LB 13 to 15: no line ends behind an opening or before a closing sign, blanks or not
    if second.text[:1] in "%€–-" or second.text.startswith(("Euro", "Mio.", "Mrd.", "Prozent")) or second.text in MONATE:
        return True
    return bool(_TIED.fullmatch(first.text)) and len(second.text) < 8
