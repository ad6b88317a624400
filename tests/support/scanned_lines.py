"""Lines of a scanned page as its readers give them."""

from __future__ import annotations

import re

import numpy as np

from agreements.reading.geometry import UNMOVED
from agreements.reading.reading import Place
from extract.ocr.engine import Letter, SeenWord
from extract.ocr.raster import Pixels
from extract.ocr.scanned_page import Counts, ScannedLine, ScannedPage, ScannedWord


def seen(*words: str, sure: float = 0.95) -> list[SeenWord]:
    """Words as the first reader gives them, each letter 20 dots wide, blanks 9, 30 high."""
    found, left = [], 0
    for word in words:
        found.append(SeenWord(word, (left, 0, left + 20 * len(word), 30), sure))
        left += 20 * len(word) + 9
    return found


def second(text: str, width: float, sure: float = 0.95) -> list[SeenWord]:
    """The second reader's words, their letters spread evenly."""
    letters = [Letter(letter, (place + 0.5) / len(text) * width, sure) for place, letter in enumerate(text)]
    spans = [found.span() for found in re.finditer(r"\S+", text)]
    return [SeenWord(text[start:end], (0, 0, width, 30), sure, letters=tuple(letters[start:end])) for start, end in spans]


def line(text: str, left: float, base: float, height: float = 10.3, stroke: float = 0.8) -> ScannedLine:
    words, place = [], left
    for word in text.split():
        right = place + 5 * len(word)
        words.append(ScannedWord(word, Place(1, place, base - 8, right, base), 0.9, (), stroke))
        place = right + 3
    return ScannedLine(tuple(words), base, height)


def page(*lines: ScannedLine, number: int = 1) -> ScannedPage:
    return ScannedPage(number, 595, 842, lines, (), (), 0, UNMOVED, 200, "deu", Counts())


def blank(height: int, width: int) -> Pixels:
    return np.full((height, width), 255, np.uint8)
