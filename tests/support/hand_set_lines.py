"""Lines set by hand: words with places, as a text layer gives them."""

from __future__ import annotations

from agreements.reading.reading import Place
from extract.layout.assembly import Found
from extract.layout.lines import Page, Token

SIZE, PITCH, LEFT, RIGHT = 10.0, 12.0, 70.0, 520.0


def word(text: str, left: float, base: float, page: int = 1, bold: bool = False, size: float = SIZE) -> Token:
    """A word whose letters are half as wide as the type is high."""
    right = left + 0.5 * size * len(text)
    return Token(text, Place(page, left, base - 8, right, base + 2), left, base - 8, right, base + 2, base, size, bold)


def line(text: str, base: float, left: float = LEFT, page: int = 1, bold: bool = False, full: bool = False) -> list[Token]:
    """A line of words; with `full` its blanks are stretched to the right edge."""
    words = text.split()
    width = sum(0.5 * SIZE * len(one) for one in words)
    blank = (RIGHT - left - width) / (len(words) - 1) if full else 2.8
    tokens, x = [], left
    for one in words:
        tokens.append(word(one, x, base, page, bold))
        x = tokens[-1].right + blank
    return tokens


def page(*lines: list[Token], number: int = 1) -> Page:
    return Page(number, 595, 842, [token for one in lines for token in one], [])


def texts(found: Found) -> list[str]:
    return [one.text for one in found.paragraphs]
