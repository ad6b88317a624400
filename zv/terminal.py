"""The terminal, or what stands in its place; tables in it that never break a path."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any

import rich.console
from rich.console import ConsoleOptions, RenderableType
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from agreements.errors import visible
from zv.shown import beneath

WIDTH = 110
"""Columns where there is no terminal."""
_ENDLESS = 10_000


class Console(rich.console.Console):
    """A console that shows what it is given and obeys none of it; colours and frames are its own."""

    def __init__(self, *, stderr: bool = False, width: int | None = None) -> None:
        super().__init__(file=beneath(sys.stderr if stderr else sys.stdout), highlight=False, width=width)

    def render_str(self, text: str, **how: Any) -> Text:
        """A cell or line with its width as it is shown."""
        return super().render_str(visible(text), **how)

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """What is put together from texts with styles of their own goes the same way."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else segment._replace(text=visible(segment.text))


def console() -> Console:
    """Where it is told: the terminal, or what stands in its place."""
    found = Console()
    return found if found.is_terminal else Console(width=WIDTH)


def print_table(table: Table, console: rich.console.Console) -> None:
    """The table with no word broken, above all no path, which one wants to copy; it is wider than the terminal where it must be."""
    endless = console.options.update(max_width=_ENDLESS)
    for column in table.columns:
        cells = [column.header, *column.cells]
        column.min_width = max(Measurement.get(console, endless, cell).minimum for cell in cells)
    width, needed = console.width, Measurement.get(console, endless, table).minimum
    console.width = max(width, needed)
    console.print(table, crop=False)
    console.width = width
