"""A filled agreement: the blocks that every format prints, before any format is chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal, NamedTuple

Art = Literal["titelseite", "eingang", "ueberschrift", "absatz", "punkt", "text", "unterschrift"]
"""Kinds of blocks: a line of the title page, a centred line of the opening, a heading,
a numbered Absatz "(1) …", a list item, a plain paragraph, a line of a signature column."""

ANLAGE = "anlage"
"""The address of the blocks of a draft's annex, which no wording has."""
UNTERSCHRIFTEN = "Unterschriften"
"""What the part with the signatures is called where a file names its parts; by this name it is found again."""
SATZ, RAHMEN = "datensatz.yaml", "rahmen.yaml"
"""What the record is called that travels inside a PDF, and what its year has in common; by these names they are found again."""


class Enclosed(NamedTuple):
    """A file that goes along inside a PDF, for those who work on with it; of several the first is what the agreement was made from."""

    name: str
    text: str
    says: str
    """What it is, for people."""
    kind: str = "application/yaml"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text: `feld` is the dotted name of the Angabe it states, None for fixed text."""

    text: str
    feld: str | None = None
    zustand: Literal["", "offen", "leer", "strittig"] = ""
    """`offen`: the visible placeholder of a value not yet agreed; `leer`: a gap for the pen, its text is empty; `strittig`: words of the
    wording where something else was read, and nobody has decided."""


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, list item or line."""

    art: Art
    spans: tuple[Span, ...]
    level: int = 0
    """Level of a heading, 1 to 3; 0 for everything else."""
    column: int = 0
    """Column of a signature line, from 1, left to right; 0 for everything else."""
    gruppe: int = 0
    """Signature lines above (0) and below (1) the place for the pen."""
    liste: str | None = None
    """Dotted name of the list of which this block is one entry."""
    stelle: str = ""
    """Address in the wording, as `Abweichung.stelle` names it ("III.§3.1")."""

    @property
    def text(self) -> str:
        """The block's words, with ordinary spaces."""
        return "".join(span.text for span in self.spans)

    @property
    def begins_annex(self) -> bool:
        """Whether a new page begins with it, for what is still open."""
        return self.stelle == ANLAGE and self.art == "ueberschrift"


@dataclass(frozen=True, slots=True)
class Document:
    """An agreement ready to be printed."""

    titel: str
    jahr: int
    traeger: str
    blocks: tuple[Block, ...]
    enclosed: tuple[Enclosed, ...] = ()
    """The record that it says, what its year has in common, and its wording, for those who receive the PDF."""
    papercode: str = ""
    """Letters of the code on the last page; empty where none is printed."""
    nummer: int = 0
    """Of an amendment; 0 for the agreement itself."""
    strittig: tuple[str, ...] = ()
    """What was read otherwise than it is printed, and nobody has decided, each a German phrase."""

    @property
    def kennung(self) -> str:
        """What its files are called: "lk-emsland", "lk-emsland-1"."""
        return f"{self.traeger}-{self.nummer}" if self.nummer else self.traeger

    @property
    def entwurf(self) -> bool:
        """Whether a value or a departure is still open, so that every page must say so."""
        return bool(self.strittig) or any(span.zustand == "offen" for block in self.blocks for span in block.spans)


def runs(blocks: Iterable[Block]) -> Iterator[tuple[tuple[Art, str | None], list[Block]]]:
    """Neighbouring blocks that belong together: the same kind, and entries of the same list."""
    for key, group in groupby(blocks, key=lambda block: (block.art, block.liste)):
        yield key, list(group)
