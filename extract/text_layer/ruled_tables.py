"""Cells that lines on a page draw, as pdfplumber finds them: the one module that asks this engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pdfplumber
from pdfplumber.table import Table

from agreements.errors import UnreadableError
from extract.files.engines import boundary
from extract.layout.tables import Grid

_MOST_EDGES = 2000
"""Lines of a page; a table of an agreement has some dozens, a plan drawn in lines has tens of thousands."""


def grids_on(path: Path, numbers: Sequence[int]) -> dict[int, tuple[Grid, ...]] | None:
    """The tables that are drawn on some pages, by the page's number from 1; None where this engine cannot open what the other one read."""
    try:
        with boundary("pdfplumber", "", path, ""), pdfplumber.open(path, pages=list(numbers)) as document:
            return {page.page_number: tuple(_grids(page.find_tables())) for page in document.pages if len(page.edges) <= _MOST_EDGES}
    except UnreadableError:
        return None


def _grids(tables: Sequence[Table]) -> Iterator[Grid]:
    """The tables that have rows and columns."""
    for table in tables:
        grid = tuple(tuple(cell or None for cell in row.cells) for row in table.rows)
        if len(grid) > 1 and max(sum(cell is not None for cell in row) for row in grid) > 1:
            yield grid
