"""What the body of a Word file consists of: paragraphs and tables, with what is tracked and remarked in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from lxml import etree

from extract.word.styles import Look
from extract.word.text import Piece
from extract.word.visibility import PLAIN, Face, Place


class Tracked(NamedTuple):
    """A tracked insertion or deletion and who made it when."""

    art: Literal["eingefuegt", "gestrichen"]
    wer: str
    wann: str


What = Literal["comment", "hidden", "unseen", "picture", "page", "graphic"]
"""`page`: a picture as large as a page; `graphic`: the text of a chart or a drawing."""


class Remark(NamedTuple):
    """What a person should know of a paragraph: a comment by its id, hidden text, text nobody sees, what is drawn in it."""

    what: What
    said: str
    why: str = ""
    """Why nobody sees it; what is drawn."""


@dataclass(slots=True)
class Para:
    """A paragraph as it finally reads."""

    look: Look = field(default_factory=Look)
    number: str = ""
    number_face: Face = PLAIN
    """How its number looks."""
    mark: tuple[etree._Element | None, Place] = (None, Place())
    """The properties of its mark, by which its number looks, and the place where it stands."""
    bullet: bool = False
    contents: bool = False
    pieces: list[Piece] = field(default_factory=list)
    changes: list[tuple[Tracked, str]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    """Kind ("footnotes", "endnotes") and id of each note referred to."""
    boxes: list[Item] = field(default_factory=list)
    """What text boxes anchored in it hold."""
    last: Tracked | None = None
    """The change in which its last text stands."""

    def track(self, change: Tracked, text: str) -> None:
        """Adds text to what was changed; neighbouring runs of one hand and time are one change."""
        if self.last == change:
            text = self.changes.pop()[1] + text
        self.changes.append((change, text))
        self.last = change

    def remark(self, what: What, said: str, why: str = "") -> None:
        """Adds a remark; hidden runs side by side are one."""
        if what in ("hidden", "unseen") and self.remarks and (self.remarks[-1].what, self.remarks[-1].why) == (what, why):
            said = self.remarks.pop().said + said
        self.remarks.append(Remark(what, said, why))

    def precede(self, following: Para) -> None:
        """Puts itself before the paragraph that follows, for the mark between them was deleted."""
        following.pieces[:0] = self.pieces
        following.changes[:0] = self.changes
        following.remarks[:0] = self.remarks
        following.footnotes[:0] = self.footnotes
        following.boxes[:0] = self.boxes
        following.contents |= self.contents

    def go_on(self, following: Para) -> None:
        """Takes up the paragraph that follows, for the mark between them is hidden."""
        self.pieces += following.pieces
        self.changes += following.changes
        self.remarks += following.remarks
        self.footnotes += following.footnotes
        self.boxes += following.boxes


@dataclass(slots=True)
class Cell:
    """A table cell that goes from one column of the table's grid to the beginning of another."""

    start: int
    items: list[Item]
    end: int


@dataclass(slots=True)
class Table:
    """Rows of cells, and what the file calls the table."""

    rows: list[list[Cell]]
    name: str = ""


Item = Para | Table
