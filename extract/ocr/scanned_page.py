"""What was seen on one scanned page, as it goes from the process that read it to the one that asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from agreements.reading.doubts import Doubt
from agreements.reading.geometry import Plane
from agreements.reading.reading import Ink, Place


@dataclass(frozen=True, slots=True)
class ScannedWord:
    """A word on the page as read, in points, and how thick its strokes are."""

    text: str
    place: Place
    confidence: float
    alternatives: tuple[str, ...]
    stroke: float
    seen: tuple[Doubt, ...] = ()
    """Why a person may see it otherwise; see `agreements.reading.reading.Word.seen`."""


@dataclass(frozen=True, slots=True)
class ScannedLine:
    """Words on one line, in points of the page as read; `height` from descender to ascender."""

    words: tuple[ScannedWord, ...]
    base: float
    height: float


class Counts(NamedTuple):
    """How many words were read, and how many of them the second reader was asked for too."""

    words: int = 0
    twice: int = 0


@dataclass(frozen=True, slots=True)
class ScannedPage:
    """All that was seen on one page; width and height in points, as it is read."""

    number: int
    width: float
    height: float
    lines: tuple[ScannedLine, ...]
    illegible: tuple[str, ...]
    """What reads as letters and is none: signatures, stamps, dirt."""
    unread: tuple[Ink, ...]
    turns: int
    as_shown: Plane
    """From the page as it is read to the page as it is shown."""
    dpi: float
    reader: str
    """Who read it, in words for people."""
    counts: Counts
    code: str = ""
    """What our code on the page says; it is no text."""
    middle: float | None = None
    """Where a second page begins beside the first, in points of the page as read; None where there is one page."""
