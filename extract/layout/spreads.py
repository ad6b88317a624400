"""Sheets on which two pages lie side by side: parted before lines are made, and led back to their sheet afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from agreements.reading.reading import Beiwerk, Paragraph, Word
from extract.layout.assembly import Found
from extract.layout.lines import Page, Token

Box = tuple[float, float, float, float]
"""Left, top, right, bottom; in points or dots."""

WIDE = 1.2
"""Times its height: two pages beside each other are 1.4 times as wide, with margins cut off less."""
NEAR = 0.1
"""Part of the width around its middle in which the white between two pages begins or ends."""
WHITE = 0.05
"""Part of the width: so wide at least is that white; two margins of 2 cm have 0.13 of it, the columns of a table seldom as much."""
FOOT = 0.03
"""Part of the height: so much white at least lies between a page's number and the page below it, where four lie on a sheet."""
FEW = 10
"""Words on either side; fewer are a note in the margin."""
LONG = 0.25
"""Part of the width of a sheet: a line of prose on one of its pages is longer."""
LINES = 3
"""Long lines on a page at least, so that it holds prose and no cells of a table."""
SMALL = 6.5
"""Points: type of 11 points has 5.5 where four pages lie on a sheet, and 7.8 where two do."""
_NUMBER = re.compile(r"(?:Seite|S\.)?\s*[-–—]?\s*(\d{1,3})\s*[-–—]?(?:\s*(?:von|/)\s*\d{1,3})?")


def gutter(boxes: Sequence[Box], width: float, height: float, least: float = WHITE) -> float | None:
    """The middle of the white between two pages whose words stand in these boxes; None where the sheet is a single page."""
    if width < WIDE * height:
        return None
    low, high = (0.5 - NEAR) * width, (0.5 + NEAR) * width
    crossing = sorted((max(left, low), min(right, high)) for left, _, right, _ in boxes if left < high and right > low)
    edges = [(low, low), *crossing, (high, high)]
    ends = [max(end for _, end in edges[: place + 1]) for place in range(len(edges))]
    white, start = max(((after[0] - end, end) for (end, (_, after)) in zip(ends, pairwise(edges), strict=False)), default=(0.0, low))
    middle = start + white / 2
    sides = Counter(right < middle for _, _, right, _ in boxes)
    return middle if white >= least * width and min(sides[True], sides[False]) >= FEW else None


def is_crowded(page: Page) -> bool:
    """Whether four pages lie on a sheet: small print in each of its quarters, white between them both ways."""
    boxes = [_box(token) for token in page.tokens]
    sizes = sorted(token.size for token in page.tokens)
    if len(boxes) < 4 * FEW or sizes[len(sizes) // 2] > SMALL:
        return False
    across = gutter(boxes, page.width, 0.0)
    along = gutter([(top, left, bottom, right) for left, top, right, bottom in boxes], page.height, 0.0, FOOT)
    if across is None or along is None:
        return False
    quarters = Counter((left < across, top < along) for left, top, _, _ in boxes)
    return len(quarters) == 4 and min(quarters.values()) >= FEW and _holds_prose(page, across)


@dataclass(frozen=True, slots=True)
class Spreads:
    """The pages one by one, and the number of the sheet on which each lies."""

    pages: list[Page]
    sheet: Mapping[int, int]
    crowded: int | None = None
    """The first sheet with four pages."""
    out_of_order: tuple[int, int] | None = None
    """The numbers printed on two pages side by side that do not follow each other, as in a booklet before it is folded."""

    @property
    def parted(self) -> list[int]:
        """Numbers of the sheets that hold two pages."""
        return sorted(sheet for sheet, count in Counter(self.sheet.values()).items() if count > 1)


def pages_apart(sheets: list[Page]) -> Spreads:
    """The pages of a document, those that lie two on a sheet apart; where none plainly does, the sheets as they are."""
    crowded = next((page.number for page in sheets if is_crowded(page)), None)
    if crowded is not None:
        return Spreads(sheets, {page.number: page.number for page in sheets}, crowded=crowded)
    middles = [gutter([_box(token) for token in page.tokens], page.width, page.height) for page in sheets]
    if not any(middle is not None and _holds_prose(page, middle) for page, middle in zip(sheets, middles, strict=True)):
        return Spreads(sheets, {page.number: page.number for page in sheets})
    pages: list[Page] = []
    sheet: dict[int, int] = {}
    wrong = None
    for page, middle in zip(sheets, middles, strict=True):
        halves = _halves(page, middle) if page.width >= WIDE * page.height else [page]
        if len(halves) == 2 and wrong is None:
            wrong = _out_of_order(*halves)
        for half in halves:
            pages.append(_numbered(half, len(pages) + 1))
            sheet[len(pages)] = page.number
    return Spreads(pages, sheet, out_of_order=wrong)


def on_sheets(found: Found, spreads: Spreads) -> Found:
    """What the pages hold, with the numbers of the sheets that a person has before them."""
    if not spreads.parted:
        return found
    paragraphs = tuple(_back(paragraph, spreads.sheet) for paragraph in found.paragraphs)
    beiwerk = tuple(replace(each, page=spreads.sheet[each.page] if each.page else None) for each in found.beiwerk)
    notes = tuple(
        re.sub(r"\bSeite (\d+)", lambda said: f"Seite {spreads.sheet.get(int(said[1]), int(said[1]))}", note) for note in found.notes
    )
    return Found(paragraphs, beiwerk, notes)


def _box(token: Token) -> Box:
    return token.left, token.top, token.right, token.bottom


def _holds_prose(page: Page, middle: float) -> bool:
    """Whether one of a sheet's halves has lines as long as those of a page of text."""
    rows: dict[tuple[bool, int], list[Token]] = {}
    for token in page.tokens:
        rows.setdefault((token.left < middle, round(token.base)), []).append(token)
    long = Counter(left for (left, _), row in rows.items()
                   if max(token.right for token in row) - min(token.left for token in row) > LONG * page.width)  # fmt: skip
    return max(long.values(), default=0) >= LINES


def _halves(page: Page, middle: float | None) -> list[Page]:
    """A sheet's two pages; one, where nothing stands on the other, and the sheet itself where words run over its middle."""
    half = page.width / 2
    middle = middle if middle is not None else half
    if any(token.left < middle < token.right for token in page.tokens):
        return [page]
    left = [token for token in page.tokens if token.right <= middle]
    right = [_shifted(token, half) for token in page.tokens if token.left >= middle]
    first = replace(page, width=half, tokens=left)
    return [first, replace(page, width=half, tokens=right, slanted=[], beiwerk=())] if right else [first]


def _shifted(token: Token, by: float) -> Token:
    return replace(token, left=token.left - by, right=token.right - by)


def _numbered(page: Page, number: int) -> Page:
    """The page by its place among all of them; its words keep where they stand on the sheet."""
    tokens = [replace(token, place=token.place._replace(page=number)) for token in page.tokens]
    beiwerk = tuple(Beiwerk(each.art, number, each.text) for each in page.beiwerk)
    return replace(page, number=number, tokens=tokens, beiwerk=beiwerk)


def _out_of_order(left: Page, right: Page) -> tuple[int, int] | None:
    """The numbers printed on two pages where they are known and do not follow each other."""
    one, other = _printed(left), _printed(right)
    return (one, other) if one is not None and other is not None and other != one + 1 else None


def _printed(page: Page) -> int | None:
    """The number that stands alone in the lowest or highest line of a page."""
    if not page.tokens:
        return None
    for edge in (max(token.base for token in page.tokens), min(token.base for token in page.tokens)):
        line = sorted((token for token in page.tokens if abs(token.base - edge) < 1), key=lambda token: token.left)
        if said := _NUMBER.fullmatch(" ".join(token.text for token in line)):
            return int(said[1])
    return None


def _back(paragraph: Paragraph, sheet: Mapping[int, int]) -> Paragraph:
    return replace(paragraph, words=tuple(_on_sheet(word, sheet) for word in paragraph.words))


def _on_sheet(word: Word, sheet: Mapping[int, int]) -> Word:
    return replace(word, places=tuple(place._replace(page=sheet[place.page]) for place in word.places))
