"""An agreement as plain text: what it says, without any layout."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from agreements.model.document import Art, Block, Document, runs
from render.html import in_reading_order

GAP = "_" * 20
"""A place for the pen."""


def render_text(document: Document) -> bytes:
    """The agreement in UTF-8: a blank line between blocks, list items under each other, signature columns one after another."""
    marks = ["ENTWURF"] if document.entwurf else []
    groups = (text for (art, _), blocks in runs(in_reading_order(document.blocks)) for text in _paragraphs(art, blocks))
    return ("\n\n".join([*marks, *groups]) + "\n").encode("utf-8")


def _paragraphs(art: Art, blocks: list[Block]) -> Iterator[str]:
    """The texts between which a blank line stands."""
    lines = [_line(block) for block in blocks]
    if art == "punkt":
        yield "\n".join(f"- {line}" for line in lines)
    elif art == "eingang":
        yield "\n".join(lines)
    elif art == "unterschrift":
        for _, group in groupby(blocks, key=lambda block: (block.column, block.gruppe)):
            yield "\n".join(map(_line, group))
    else:
        yield from lines


def _line(block: Block) -> str:
    return "".join(GAP if span.zustand == "leer" else span.text for span in block.spans)
