"""Words on a page and the lines they stand in; what all rooms of the PDF reader pass to each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter
from statistics import median
from typing import Literal

from agreements.reading.doubts import Doubt
from agreements.reading.reading import Beiwerk, Place

BOTTOM_OF_LETTERS = 0.21
"""Part of the font size that lies below the baseline, for fonts that state no box."""


Art = Literal["text", "ueberschrift", "punkt", "label", "verzeichnis", "lose"]
"""Kinds of tagged blocks; `lose`: text directly in a section, whose paragraphs no tag bounds."""


@dataclass(slots=True, eq=False)
class Node:
    """A block of the structure tree: a paragraph, heading, list item, or the bullet of one."""

    path: tuple[int, ...]
    art: Art
    level: int = 0
    item: tuple[int, ...] = ()
    """Path of the list item it belongs to."""
    boxes: tuple[tuple[int, ...], ...] = ()
    """Paths of the sections and divisions around it, from the outermost."""
    cell: tuple[int, ...] = ()
    """Path of the table cell around it."""
    signatures: tuple[int, ...] = ()
    """Path of the section around it that is named as the one with the signatures; each part of it is a signature."""


@dataclass(slots=True, eq=False)
class Token:
    """Letters between two blanks on one line; distances in points from the top left as it is read."""

    text: str
    place: Place
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float
    bold: bool = False
    node: Node | None = None
    artifact: bool = False
    blank: bool | None = None
    """Whether the file has a blank after it; of use at a line's end, None where the engine does not tell."""
    confidence: float = 1.0
    """Below 1 where it was recognised in a picture."""
    alternatives: tuple[str, ...] = ()
    """What else a recogniser saw there."""
    seen: tuple[Doubt, ...] = ()
    """Why a person may see it otherwise; see `Word.seen`."""
    raised: bool = False
    """Whether it is figures that stand above the letters directly beside them."""

    @property
    def certain(self) -> bool:
        """Whether its letters are stated, as `Word.certain`."""
        return self.confidence >= 1.0


@dataclass(slots=True, eq=False)
class Line:
    """Tokens on one baseline, from left to right."""

    tokens: list[Token]
    page: int
    base: float
    size: float
    left: float = field(init=False)
    right: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)

    def __post_init__(self) -> None:
        self.tokens.sort(key=attrgetter("left"))
        self.left = self.tokens[0].left
        self.right = max([token.right for token in self.tokens])
        self.top = min([token.top for token in self.tokens])
        self.bottom = max([token.bottom for token in self.tokens])

    @property
    def text(self) -> str:
        """The tokens with one blank between them."""
        return " ".join([token.text for token in self.tokens])

    @property
    def bold(self) -> bool:
        """Whether every letter is bold; a bullet or number may be of another weight."""
        rest = self.tokens[1:] or self.tokens
        return all(token.bold for token in rest)

    @property
    def certain(self) -> bool:
        """Whether all its letters are."""
        return all(token.certain for token in self.tokens)

    @property
    def gaps(self) -> list[float]:
        """Widths of the blanks, from left to right."""
        return [b.left - a.right for a, b in zip(self.tokens, self.tokens[1:], strict=False)]


@dataclass(slots=True)
class Page:
    """All visible words of one page; width and height as it is read."""

    number: int
    width: float
    height: float
    tokens: list[Token]
    slanted: list[str]
    """Words that run in another direction than the rest: a watermark, a note along the edge."""
    tagged: bool = False
    grids: tuple[tuple[tuple[tuple[float, float, float, float] | None, ...], ...], ...] = ()
    """Cells of the tables that lines on the page draw, row by row; None where a row has none of its own in a column."""
    beiwerk: tuple[Beiwerk, ...] = ()
    """What its reader has set apart already."""


def line_of(tokens: list[Token]) -> Line:
    """The line that these tokens make; its size is that of most letters, its baseline theirs."""
    if len(tokens) == 1:
        return Line(tokens, tokens[0].place.page, tokens[0].base, tokens[0].size)
    size = tokens[0].size
    if len({token.size for token in tokens}) > 1:
        weights: dict[float, int] = {}
        for token in tokens:
            weights[token.size] = weights.get(token.size, 0) + len(token.text)
        size = max(weights, key=lambda one: (weights[one], one))
    base = median([token.base for token in tokens if token.size == size])
    return Line(tokens, tokens[0].place.page, base, size)


def into_lines(tokens: Iterable[Token]) -> list[Line]:
    """Lines from top to bottom; raised and lowered letters belong to the line they touch."""
    rows: list[list[Token]] = []
    tokens = list(tokens)
    raised = [token for token in tokens if token.raised]
    edge = 0.0  # the right one of the last row: behind it there is room
    for token in sorted((token for token in tokens if not token.raised) if raised else tokens, key=lambda one: one.base):
        row = rows[-1] if rows else None
        if row and token.base - row[0].base <= 0.3 * max(token.size, row[0].size) and (token.left > edge or _beside(token, row)):
            row.append(token)
            edge = max(edge, token.right)
        else:
            rows.append([token])
            edge = token.right
    rows, small = _without_raised(rows)
    lines = [line_of(row) for row in rows]
    for token in [*small, *raised] if lines else []:
        _add(token, lines)
    return sorted(lines, key=lambda line: (line.base, line.left))


def _beside(token: Token, row: list[Token]) -> bool:
    return all(min(token.right, other.right) - max(token.left, other.left) < 0.5 * min(token.size, other.size) for other in row)


def _without_raised(rows: list[list[Token]]) -> tuple[list[list[Token]], list[Token]]:
    """Rows, and apart from them the tokens of rows that lie inside another row of larger letters."""
    kept: list[list[Token]] = []
    raised: list[Token] = []
    for place, row in enumerate(rows):
        near = rows[max(0, place - 1) : place] + rows[place + 1 : place + 2]
        size = max(token.size for token in row)
        if any(_inside(row, other) for other in near if max(token.size for token in other) > 1.2 * size):
            raised += row
        else:
            kept.append(row)
    return kept, raised


def _inside(row: list[Token], other: list[Token]) -> bool:
    middle = sum(token.base - 0.35 * token.size for token in row) / len(row)
    large = max(other, key=lambda token: token.size)
    touching = any(_touches(token, one, large.size) for token in row for one in other)
    return touching and large.base - large.size < middle < large.base + BOTTOM_OF_LETTERS * large.size


def _touches(token: Token, word: Token, size: float) -> bool:
    """Whether a small token stands directly behind a word; a figure of a text layer also a blank behind or before one."""
    behind = token.left - word.right
    if token.text.isdigit() and token.certain:
        return -0.1 * size < behind < 0.4 * size or -0.1 * size < word.left - token.right < 0.4 * size
    return -0.1 * size < behind < 0.2 * size


def _add(token: Token, lines: list[Line]) -> None:
    """Put a raised or lowered token into the line that it touches."""
    target = min(lines, key=lambda line: abs(line.base - 0.2 * line.size - token.base))
    target.tokens.append(token)
    target.__post_init__()
