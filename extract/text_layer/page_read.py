"""What the text layer of a page gives: its words, and all that bears on whether they are what a person sees."""

from __future__ import annotations

from dataclasses import dataclass, field

from agreements.reading.reading import Ink, Place
from extract.layout.lines import Page
from extract.text_layer.overlays import Box
from extract.text_layer.painted import Remark


@dataclass(slots=True)
class PageRead:
    """A page's tokens, and what was met on it."""

    page: Page
    hidden: list[str] = field(default_factory=list)
    unmapped: int = 0
    letters: int = 0
    picture: float = 0.0
    """Part of the page that its largest picture covers."""
    packed: int = 0
    """Bytes of its pictures as they lie in the file."""
    fields: int = 0
    filled: list[tuple[Box, str]] = field(default_factory=list)
    """Form fields that can be seen, in points from the top left of the page as shown, with the text filled in."""
    covered: list[Box] = field(default_factory=list)
    """The boxes of its visible words, in points from the top left of the page as shown, where it may show more."""
    items: frozenset[int] = frozenset()
    """The text objects of these words, by their places in the order of painting."""
    may_show_more: bool = False
    """Whether what else is painted may be letters: pictures, outlines, form fields."""
    remarks: list[tuple[Remark, list[Place]]] = field(default_factory=list)
    """Comments and marks of annotations, with their places on the page as shown."""
    crossed: list[Ink] = field(default_factory=list)
    """Signatures and other strokes across words that hide none of their letters."""
    ruled: bool = False
    """Whether lines are drawn on it as around the cells of a table."""
