"""Letters of a PDF's page as they are drawn: their style, their direction, and what of them is text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

import pypdfium2.raw as pdfium_c

from agreements.reading.doubts import Doubt
from agreements.reading.geometry import Plane
from agreements.reading.reading import Place
from extract.layout.lines import BOTTOM_OF_LETTERS, Token
from extract.text_layer.overlays import Box, Overlay

_INVISIBLE_LETTERS = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u0000\u0002\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
_INSIDE_SOFT = re.compile("\u00ad(?=.)")
_STRANGE = re.compile("[\0\ufffd\u0180-\u018e\u0190-\u019f\u01a2-\u01ae\u01b1-\u01c3\u0221-\u024f\u0250-\u0258\u025a-\u02af"
                      "\u0370-\u1dff\u202a-\u202e\u2066-\u2069\u2c00-\u2dff\u3040-\ua71f\ue000-\uf8ff]")  # fmt: skip
"""Letters that no German text has and many a faulty font claims ("Ɵ" for "ti"), private ones, and signs that turn writing round."""


class Style(NamedTuple):
    """What all letters of one text object have in common."""

    size: float
    bold: bool
    direction: tuple[float, float]
    mcid: int
    artifact: bool
    order: int
    hidden: str
    """Why the letters cannot be seen; "?" where only the rendered page tells."""


@dataclass(slots=True)
class Raw:
    """A token before its page's reading direction is known; user space of the page, y upwards."""

    text: str
    box: Box
    origin: tuple[float, float]
    style: Style
    item: pdfium_c.FPDF_PAGEOBJECT
    blank: bool | None = None
    seen: tuple[Doubt, ...] = ()
    raised: bool = False


def frame_of(box: Box, turns: int) -> Plane:
    """From the page's user space to points from the top left, after quarter turns clockwise."""
    left, bottom, right, top = box
    upright, to_the_right = Plane(1, 0, -left, 0, -1, top), Plane(0, 1, -bottom, 1, 0, -left)
    upside_down, to_the_left = Plane(-1, 0, right, 0, 1, -bottom), Plane(0, -1, top, -1, 0, right)
    return (upright, to_the_right, upside_down, to_the_left)[turns % 4]


def token_of(raw: Raw, number: int, frame: Plane, shown: Plane) -> Token:
    """The word as a token of its page, in the frame it is read in; its place is that on the page as shown."""
    left, top, right, bottom = frame.box(*raw.box)
    base = frame.point(*raw.origin)[1]
    size = raw.style.size
    if not 0.6 * size < bottom - top < 2 * size:
        top, bottom = base - size * (1 - BOTTOM_OF_LETTERS), base + size * BOTTOM_OF_LETTERS
    box = (left, top, right, bottom) if shown == frame else shown.box(*raw.box)
    place = Place(number, round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2))
    return Token(raw.text, place, left, top, right, bottom, base, size, raw.style.bold, blank=raw.blank, seen=raw.seen, raised=raw.raised)


def main_direction(raws: list[Raw]) -> tuple[float, float]:
    """The direction in which most words of the page run."""
    votes = Counter[tuple[float, float]]()
    for (x, y), words in Counter(raw.style.direction for raw in raws).items():
        if max(abs(x), abs(y)) > 0.99:
            votes[round(x), round(y)] += words
    return votes.most_common(1)[0][0] if votes else (1, 0)


def same_direction(one: tuple[float, float], other: tuple[float, float]) -> bool:
    """Whether two directions are one, within eight degrees."""
    return one[0] * other[0] + one[1] * other[1] > 0.99


def clean(word: str) -> str:
    """A word in NFC without letters that print nothing; the hyphen at its end is kept as the engine gave it."""
    word = _INSIDE_SOFT.sub("", word).translate(_INVISIBLE_LETTERS)
    return word if word.isascii() else unicodedata.normalize("NFC", word)


def lies_over(cover: Overlay, raw: Raw) -> bool:
    """Whether a picture or shape was painted over a word, whole or nearly so."""
    x, y = (raw.box[0] + raw.box[2]) / 2, (raw.box[1] + raw.box[3]) / 2
    left, bottom, right, top = cover.box
    return cover.order > raw.style.order and left <= x <= right and bottom <= y <= top


def unsure_letters(word: str) -> tuple[Doubt, ...]:
    """Why nobody can be sure which letters a word has; a lone sign of another kind is a bullet."""
    if len(word) < 2 or not (strange := _STRANGE.search(word)):
        return ()
    if unicodedata.category(strange[0]) == "Cf":
        return (Doubt("kehrt-die-richtung-um"),)
    return (Doubt("buchstabe-falsch-benannt"),)
