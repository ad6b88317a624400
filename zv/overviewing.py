"""The overview on the terminal: a table for each year, and what could not be read."""

from __future__ import annotations

from collections import Counter

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agreements.language.numbers import write_number
from agreements.language.said import ABSENT, say_target, unbroken
from agreements.library.figures import beside
from agreements.model.fields import value_at
from agreements.model.values import Offen
from agreements.overview.overview import STAND, Entry, Overview

COLUMNS = (
    ("Integration", "ziele.integrationsquote.gesamt"),
    ("Langzeitbezug", "ziele.langzeitleistungsbezug.gesamt"),
    ("Mio. €", "haushalt.gesamtbudget_mio"),
)
"""What of an agreement is shown: the rest is in the files."""


def show(overview: Overview, console: Console) -> None:
    """The newest year last, where one looks first."""
    for jahr in overview.jahre:
        console.print(_table(overview, jahr))
        console.print(f"{jahr}: {counted(overview.of(jahr))}\n", markup=False)
    for doubt in overview.doubts:
        console.print(f"{doubt}.", markup=False, soft_wrap=True)
    for error in overview.errors:
        console.print(str(error), markup=False, soft_wrap=True)


def counted(entries: tuple[Entry, ...]) -> str:
    """How many agreements are how far: "1 unterzeichnet, 15 offen"."""
    counts = Counter(entry.stand for entry in entries)
    return ", ".join(f"{counts[stand]} {said}" for stand, said in reversed(STAND.items()) if counts[stand]) + "."


def _table(overview: Overview, jahr: int) -> Table:
    table = Table(box=None, pad_edge=False, title=f"Zielvereinbarungen {jahr}", title_justify="left", title_style="bold")
    table.add_column("Träger", no_wrap=True)
    table.add_column("Stand", no_wrap=True)
    for heading, feld in COLUMNS:
        table.add_column(heading, justify="right" if feld.startswith("haushalt") else "left", overflow="fold")
    for entry in overview.of(jahr):
        said = [_said(entry, feld, overview) for _, feld in COLUMNS]
        name = entry.traeger.name.removeprefix("Landkreis ")
        table.add_row(*map(escape, (name, f"{STAND[entry.stand]}{_amended(entry)}", *said)), style="dim" if entry.stand == "offen" else "")
    return table


def _amended(entry: Entry) -> str:
    count = len(entry.amendments)
    return f" ({count} Änderung{'en' if count > 1 else ''})" if count else ""


def _said(entry: Entry, feld: str, overview: Overview) -> str:
    value = value_at(entry.record, feld) if entry.record else None
    if value is None:
        return ABSENT
    if isinstance(value, Offen):
        return "offen"
    if feld.startswith("haushalt"):
        return write_number(value)
    figure = beside(overview.figures, entry.traeger.ags, feld, value)
    return unbroken(say_target(value, entry.jahr)) + (f" ({unbroken(figure)})" if figure else "")
