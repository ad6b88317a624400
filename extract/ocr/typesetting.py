"""Recognised lines → pages of tokens as a typesetter set them: one size a kind of text, edges that are edges, bold where strokes are thick.

A recogniser's boxes lie around the ink, so lines that begin at one place seem not to, and each page lay a little elsewhere in the scanner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from extract.layout.lines import BOTTOM_OF_LETTERS, Page, Token
from extract.ocr.scanned_page import ScannedLine, ScannedPage, ScannedWord

LETTERS = 0.94
"""Part of the font size from the longest letter's top to its bottom."""
ONE_SIZE = 0.13
"""Part; sizes less apart are one, measured twice."""
BOLD = 1.25
"""Times the usual thickness of strokes."""
BEARING = 0.08
"""Part of the font size; the white that letters carry at their sides, which boxes around ink leave out, and what these are wrong by."""
THIN = 0.75
"""Times the usual thickness; letters so thin are not as high as they were taken to be."""
EDGE = 1.4
"""Points; edges less apart are one."""
FEW = 12
"""Letters; shorter lines say little about their size."""


def settled(pages: Sequence[ScannedPage]) -> list[Page]:
    """The pages, their sizes, weights and left edges put in order over the whole document."""
    lines = [line for page in pages for line in page.lines]
    sizes = _Sizes(lines)
    parts = [(page.number, start, lines) for page in pages for start, lines in _parts(page)]
    margins = {(number, start): margin - start for number, start, lines in parts if (margin := _margin(lines)) is not None}
    usual = median(margins.values()) if margins else 0.0
    found: dict[int, list[Token]] = {page.number: [] for page in pages}
    for number, start, own in parts:
        weights = [(line, _is_bold(line, sizes.stroke)) for line in own if line.words]
        tokens = [_tokens(line, sizes.of(line, bold), bold) for line, bold in weights]
        _move([token for row in tokens for token in row], usual - margins.get((number, start), usual))
        _align(tokens)
        found[number] += [token for row in tokens for token in row]
    return [Page(page.number, page.width, page.height, found[page.number], list(page.illegible)) for page in pages]


def _parts(page: ScannedPage) -> list[tuple[float, Sequence[ScannedLine]]]:
    """Where each page on a sheet begins, in points, and its lines."""
    if page.middle is None:
        return [(0.0, page.lines)]
    left = [line for line in page.lines if line.words and line.words[0].place.left < page.middle]
    right = [line for line in page.lines if line.words and line.words[0].place.left >= page.middle]
    return [(0.0, left), (page.width / 2, right)]


class _Sizes:
    """The few sizes of type that a document has."""

    def __init__(self, lines: Sequence[ScannedLine]) -> None:
        self.stroke = _usual_stroke(lines)
        votes = sorted((line.height, _length(line)) for line in lines if line.height and _length(line) >= FEW)
        self.body = _weighted_median(votes) or 10.0
        self.sizes = [self.body]
        for height, _ in votes:
            if all(abs(height - size) > ONE_SIZE * size for size in self.sizes):
                near = [(other, weight) for other, weight in votes if abs(other - height) <= ONE_SIZE * height]
                self.sizes.append(_weighted_median(near) or height)

    def of(self, line: ScannedLine, bold: bool) -> float:
        """Font size of a line, in points: that of the text unless it is plainly another, for the height of few letters says little."""
        apart = abs(line.height - self.body) / self.body if line.height else 0.0
        thin = _stroke(line) < THIN * self.stroke
        if apart <= ONE_SIZE or (apart <= 2 * ONE_SIZE and not bold) or (thin and line.height > self.body):
            return round(self.body / LETTERS, 2)
        return round(min(self.sizes, key=lambda size: abs(size - line.height)) / LETTERS, 2)


def _length(line: ScannedLine) -> int:
    return sum(len(word.text) for word in line.words)


def _weighted_median(votes: Sequence[tuple[float, int]]) -> float | None:
    """The middle of sorted values that count by weight."""
    half = sum(weight for _, weight in votes) / 2
    for value, weight in votes:
        half -= weight
        if half <= 0:
            return value
    return None


def _usual_stroke(lines: Iterable[ScannedLine]) -> float:
    """Thickness of most letters' strokes as a part of their height."""
    return _weighted_median(sorted((stroke, _length(line)) for line in lines if (stroke := _stroke(line)))) or 1.0


def _stroke(line: ScannedLine) -> float:
    """Thickness of a line's strokes as a part of its height; 0.0 where it cannot be told."""
    votes = sorted((word.stroke, len(word.text)) for word in line.words if len(word.text) > 2 and word.stroke)
    return (_weighted_median(votes) or 0.0) / line.height if line.height else 0.0


def _is_bold(line: ScannedLine, usual: float) -> bool:
    return _stroke(line) > BOLD * usual


def _tokens(line: ScannedLine, size: float, bold: bool) -> list[Token]:
    return [_token(word, line.base, size, bold) for word in line.words]


def _token(word: ScannedWord, base: float, size: float, bold: bool) -> Token:
    left, right = word.place.left - BEARING * size, word.place.right + BEARING * size
    top, bottom = base - (1 - BOTTOM_OF_LETTERS) * size, base + BOTTOM_OF_LETTERS * size
    return Token(word.text, word.place, left, top, right, bottom, base, size, bold,
                 confidence=word.confidence, alternatives=word.alternatives, seen=word.seen)  # fmt: skip


def _margin(lines: Sequence[ScannedLine]) -> float | None:
    """Where most of a page's lines begin; None where too few do."""
    lefts = [line.words[0].place.left for line in lines if line.words]
    best = max((_near(left, lefts) for left in lefts), key=len, default=[])
    return median(best) if len(best) >= max(4, 0.3 * len(lefts)) else None


def _near(value: float, values: Sequence[float]) -> list[float]:
    return [other for other in values if abs(other - value) <= EDGE]


def _move(tokens: Iterable[Token], shift: float) -> None:
    for token in tokens:
        token.left += shift
        token.right += shift


def _align(rows: Sequence[list[Token]]) -> None:
    """Let edges that nearly agree agree: where lines and the text after their bullets begin, and where lines end."""
    firsts = [row[0] for row in rows] + [row[1] for row in rows if len(row) > 1 and len(row[0].text) <= 4]
    for token, left in zip(firsts, _edges([token.left for token in firsts]), strict=True):
        token.left = min(left, token.right)
    lasts = [row[-1] for row in rows]
    for token, right in zip(lasts, _edges([token.right for token in lasts]), strict=True):
        token.right = max(right, token.left)


def _edges(values: Sequence[float]) -> list[float]:
    """For each value the edge that it belongs to: the middle of the largest group around it, of several the nearest."""
    groups = {value: _near(value, values) for value in values}
    middles = {value: median(group) for value, group in groups.items()}
    best = [max(groups[value], key=lambda other: (len(groups[other]), -abs(middles[other] - value))) for value in values]
    return [round(middles[one], 2) if len(groups[one]) > 2 else value for value, one in zip(values, best, strict=True)]
