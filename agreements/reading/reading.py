"""What a reader saw in a document: paragraphs of words, each with its place on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from agreements.model.values import Lesart
from agreements.reading.doubts import Doubt
from agreements.reading.geometry import Plane

Kind = Literal["ueberschrift", "punkt", "text", "unterschrift"]
"""`unterschrift`: a line of a signature, each in a column of its own, where the structure of the file says so."""
SCANNED: tuple[Lesart, ...] = ("texterkennung", "gemischt")
"""Where words were read from pictures, and any of them may be misread."""


class Place(NamedTuple):
    """A box on a page, in points from the page's top left."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Word:
    """What stands between two blanks."""

    text: str
    places: tuple[Place, ...] = ()
    """One box a line: two for a word parted at the end of a line; none in a Word file."""
    alternatives: tuple[str, ...] = ()
    """Other readings of the same letters: "Social-Media" for "SocialMedia" where a line ended at the hyphen."""
    tag: str | None = None
    """Tag of the content control around it; the innermost."""
    confidence: float = 1.0
    """1.0 for letters that a file states; of a recogniser's always less, however sure it is."""
    seen: tuple[Doubt, ...] = ()
    """Why a person may see it otherwise than it is read."""

    @property
    def certain(self) -> bool:
        """Whether its letters are stated, and no other can be meant."""
        return self.confidence >= 1.0


@dataclass(frozen=True)
class Paragraph:
    """Words that the reader believes to be one paragraph, heading, list item or line of a column."""

    words: tuple[Word, ...]
    kind: Kind | None = None
    """None where the reader cannot tell."""
    level: int = 0
    label: str = ""
    """The bullet that was taken from a list item."""
    continues: bool = False
    """Whether it may as well be the rest of the paragraph before it (a page or a column ended between them)."""
    column: int | None = None
    """Column, from 1, where the page has columns side by side; each line is a paragraph of its own there."""
    stated: bool = False
    """Whether its bounds and kind are stated by the file (Word, a tagged PDF) and not inferred from geometry."""
    cells: tuple[int, ...] = ()
    """Of a row of a table: how many of its words stand in each of its cells."""

    @cached_property
    def text(self) -> str:
        """The words with one blank between them: asked for ten times while a file is read."""
        return " ".join([word.text for word in self.words])

    @property
    def page(self) -> int | None:
        """Its first page; None in a Word file."""
        return next((place.page for word in self.words for place in word.places), None)

    @cached_property
    def certain(self) -> bool:
        """Whether the letters of all its words are."""
        return all(word.certain for word in self.words)


@dataclass(frozen=True, slots=True)
class Beiwerk:
    """What is not the agreement's text: a page number, a running header, contents, a note, a stamp, the list behind a draft."""

    art: Literal["seitenzahl", "kopfzeile", "fusszeile", "inhaltsverzeichnis", "stempel", "anlage", "papercode",
                 "fussnote", "endnote", "textfeld", "kommentar", "grafik"]  # fmt: skip
    page: int | None
    text: str
    absatz: str = ""
    """Text of the paragraph it stands at, in a Word file."""


InkKind = Literal[
    "luecke",
    "ende",
    "blass",
    "darunter",
    "darueber",
    "akzent",
    "haken",
    "querstrich",
    "balken",
    "fuge",
    "zeile",
    "schmutz",
    "tag",
    "weiss",
    "schriftzug",
]
"""What ink is, told by where it lies; see `Ink`."""


class Ink(NamedTuple):
    """Ink on a page that nobody read, and the words by which it stands; or that none stands where it was looked for.

    `luecke`: between two words of a line; `ende`: directly before or behind a word; `blass`: there, too, but fainter, as that of the word
    is towards it; `darunter`: under the words of a line; `darueber`: over the letters of a word, where the dots of an umlaut or an accent
    may be; `akzent`: a stroke there, plainly an accent that was not read as one; `haken`: under more letters of a word than reach below
    the line, where a cedilla or comma may be; `querstrich`: through the stem of an l; `balken`: the same of one that was read as a t;
    `fuge`: white as wide as a blank within a word, or none between two; `zeile`: a whole line of letters, with the words around it;
    `schmutz`: so much of it from a page's top to its bottom that no line is told from dirt, with no words; `tag`: where a day belongs,
    between "den" and its year, whether or not it was read; `weiss`: none at all there, as was seen; `schriftzug`: across the letters of
    words and on beyond their line, all of which are still to be seen.
    """

    art: InkKind
    words: tuple[Place, ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change in a Word file: `art` is `eingefuegt` or `gestrichen`."""

    art: Literal["eingefuegt", "gestrichen"]
    text: str
    wer: str
    wann: str
    absatz: str
    """Text of the paragraph it stands in, as it finally reads."""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody noted beside the text of a file, or marked in it."""

    wer: str
    text: str
    absatz: str
    """Text of the paragraph it belongs to; empty where that has none."""
    art: str = "Kommentar"
    seite: int | None = None
    """Its page in a PDF."""

    @property
    def said(self) -> str:
        """A German sentence with author and place."""
        page = f"auf Seite {self.seite} " if self.seite else ""
        place = f"{page}neben dem Text" if page and not self.absatz else page + place_said(self.absatz)
        return f"{self.art} von {self.wer}, {place}" + (f": {self.text}" if self.text else "")


def place_said(absatz: str) -> str:
    """Where something stands, by the beginning of its paragraph."""
    return f"im Absatz „{absatz[:_EXCERPT]}{'…' if len(absatz) > _EXCERPT else ''}“" if absatz else "in einem Absatz ohne Text"


_EXCERPT = 60


@dataclass(frozen=True, slots=True)
class Reading:
    """All that a reader saw in one document."""

    lesart: Lesart
    page_count: int | None
    paragraphs: tuple[Paragraph, ...]
    beiwerk: tuple[Beiwerk, ...] = ()
    changes: tuple[Change, ...] = ()
    notes: tuple[str, ...] = ()
    """German sentences on what the reader met and a person should know (a skipped picture, a comment)."""
    comments: tuple[Comment, ...] = ()
    warnings: tuple[str, ...] = ()
    """German sentences on what a person must look at: notes below the text, boxes beside it, pages that are pictures; no paragraph has
    their words."""
    unread: tuple[Ink, ...] = ()
    as_shown: Mapping[int, Plane] = field(default_factory=dict)
    """Of scanned pages that lie askew or turned, by number: their words have their places on the page as it is read, upright and straight;
    this leads from there to the page as it is shown."""
