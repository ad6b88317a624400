"""What every recogniser gives, whichever it is: a page of lines of words, each with its box, text, confidence and alternatives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from extract.ocr.raster import Pixels

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in dots of the picture."""
Cut = tuple[int, int, int, int]
"""The same, where a picture is cut."""


class Letter(NamedTuple):
    """A letter, the middle of its ink in dots from the picture's left, and how sure it is, from 0 to 1."""

    text: str
    middle: float
    confidence: float


@dataclass(frozen=True, slots=True)
class SeenWord:
    """What stands between two blanks, its box, how sure it is from 0 to 1, and what else it may be."""

    text: str
    box: Box
    confidence: float
    alternatives: tuple[str, ...] = ()
    letters: tuple[Letter, ...] = ()
    """One by one, where the recogniser tells where each stands; one that reads lines does."""


@dataclass(frozen=True, slots=True)
class SeenLine:
    """Words that a recogniser believes to stand on one line."""

    words: tuple[SeenWord, ...]
    base: tuple[float, float]
    """Heights of the baseline at the line's left and right end."""
    height: float
    """Of its letters, from descender to ascender, in dots; 0.0 where not told."""

    @property
    def box(self) -> Box:
        """Around all words."""
        boxes = [word.box for word in self.words]
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


Twice = tuple[SeenLine, list[SeenWord]]
"""A line as the first reader saw it, and its words as both read them."""


@dataclass(frozen=True, slots=True)
class SeenPage:
    """The lines of a picture, without any that holds no letter."""

    lines: tuple[SeenLine, ...]

    @property
    def words(self) -> Iterator[SeenWord]:
        """Those of all lines."""
        return (word for line in self.lines for word in line.words)


class Recogniser(Protocol):
    """An engine: a module of `extract.ocr.engines` with these names. UnreadableError where it or its model is missing."""

    LACKS: Mapping[str, str]
    """Signs that it cannot print or hardly ever does, and the letters that it prints in their place; "" where these may be any."""

    def read(self, picture: Pixels, within: Cut | None = None) -> SeenPage:
        """What stands in a grey picture, or in a part of it; all places are those of the whole picture."""

    def quarter_turns(self, picture: Pixels) -> int | None:
        """How many quarter turns clockwise set the picture upright; None where it cannot tell."""

    def prints(self, letter: str) -> bool:
        """Whether it can print a letter or sign at all."""

    def name(self) -> str:
        """Which program and model it is, in words for people."""
