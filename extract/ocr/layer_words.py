"""A page read from its picture, and the words of its text layer on it: these stay as the file states them, and are read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from agreements.reading.geometry import UNMOVED, Plane
from agreements.reading.reading import Place
from extract.layout.lines import BOTTOM_OF_LETTERS, Page, Token
from extract.text_layer.page_read import PageRead

_STILL = 0.5
"""Points by which a corner of the page moves at most where it lies as it is shown."""


def with_layer(page: Page, read: PageRead, as_shown: Plane) -> Page:
    """The page with the words of its layer, at their places on it; what runs in another direction there is a stamp."""
    layer, slanted = (read.page.tokens, []) if _lies_still(as_shown, read.page) else _moved(read.page.tokens, as_shown.back())
    tokens = [token for token in page.tokens if not _is_covered(token, layer)]
    slanted = [*slanted, *read.page.slanted, *page.slanted]
    return replace(page, tokens=[*layer, *tokens], slanted=slanted, tagged=read.page.tagged)


def _lies_still(as_shown: Plane, page: Page) -> bool:
    """Whether the page is read as it is shown, and its layer too."""
    corners = ((0.0, 0.0), (page.width, page.height))
    still = all(abs(a - b) < _STILL for corner in corners for a, b in zip(as_shown.point(*corner), UNMOVED.point(*corner), strict=True))
    return still and all(abs(token.left - token.place.left) < _STILL for token in page.tokens)


def _moved(tokens: Sequence[Token], to_read: Plane) -> tuple[list[Token], list[str]]:
    """Words of the page as shown on the page as read; where they stand on end there, what they say."""
    boxes = [to_read.box(token.place.left, token.place.top, token.place.right, token.place.bottom) for token in tokens]
    if sum(right - left for left, _, right, _ in boxes) < sum(bottom - top for _, top, _, bottom in boxes):
        return [], [token.text for token in tokens]
    return [_at(token, *box) for token, box in zip(tokens, boxes, strict=True)], []


def _at(token: Token, left: float, top: float, right: float, bottom: float) -> Token:
    """The word in another box, which no tag of the file knows."""
    place = Place(token.place.page, *(round(value, 2) for value in (left, top, right, bottom)))
    base = bottom - BOTTOM_OF_LETTERS * token.size
    return replace(token, place=place, left=left, top=top, right=right, bottom=bottom, base=base, node=None)


def _is_covered(token: Token, layer: Sequence[Token]) -> bool:
    """Whether the middle of a word lies in a word of the layer, so that it is that word."""
    x, y = (token.place.left + token.place.right) / 2, (token.place.top + token.place.bottom) / 2
    return any(other.place.left < x < other.place.right and other.place.top < y < other.place.bottom for other in layer)
