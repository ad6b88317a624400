"""The terminal, or what stands in its place; tables in it that never break a path."""

from __future__ import annotations

from rich.console import Console
from rich.measure import Measurement
from rich.table import Table

WIDTH = 110
"""Columns where there is no terminal."""
_ENDLESS = 10_000


def console() -> Console:
    """Where it is told: the terminal, or what stands in its place."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=WIDTH)


def print_table(table: Table, console: Console) -> None:
    """The table with no word broken, above all no path, which one wants to copy; it is wider than the terminal where it must be."""
    endless = console.options.update(max_width=_ENDLESS)
    for column in table.columns:
        cells = [column.header, *column.cells]
        column.min_width = max(Measurement.get(console, endless, cell).minimum for cell in cells)
    width, needed = console.width, Measurement.get(console, endless, table).minimum
    console.width = max(width, needed)
    console.print(table, crop=False)
    console.width = width
