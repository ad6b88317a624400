"""`zv gilt`: what holds after the amendments of a year, and since when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from zv.common import format_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "gilt",
    cls=Command,
    no_args_is_help=True,
    beispiele=("zv gilt 2024/lk-emsland", "zv gilt 2024/lk-emsland-1", "zv gilt 2024/lk-emsland --format yaml"),
)
@click.argument("was", nargs=-1, required=True, metavar="JAHR/TRAEGER[-N]")
@format_option("text", "yaml", hilfe="text: eine Übersicht (ohne Angabe). yaml: der geltende Stand als Datensatz.")
@click.option("--ganz", is_flag=True, help="Alle Angaben zeigen, auch die nie geänderten.")
@ordner_option
def command(was: tuple[str, ...], form: str, ganz: bool) -> None:
    """Zeigen, was gilt: die Vereinbarung mit allen Änderungen des Jahres, oder bis zur Änderung Nummer N.

    Eine Änderung steht als agreements/JAHR/TRAEGER-N.yaml und nennt nur, was sich ändert. Gedruckt wird sie mit
    zv drucke JAHR TRAEGER-N; den Stand vorher und nachher stellt zv vergleiche gegenüber.
    """
    from agreements.files.places import parted
    from agreements.library.library import open_library
    from agreements.store.store import dump_record
    from zv.named import agreement_named
    from zv.terminal import Console

    library = open_library(ordner())
    asked = agreement_named(was, library)
    jahr, (traeger, number) = asked[0], parted(asked[1])
    if number:
        library.store.load(asked)  # says so where there is no such amendment
    amendments = [library.store.load(path).record for path in library.store.amendments(jahr, traeger)[: number or None]]
    states = [library.state(jahr, traeger, count) for count in range(len(amendments) + 1)]
    if form == "yaml":
        click.echo(dump_record(library.own(states[-1]), header=f"{jahr}/{traeger}, {_reached(amendments)}."), nl=False)
    else:
        _show(library, states, amendments, ganz, Console())


def _reached(amendments: list[Any]) -> str:
    """Which state it is, and which amendments are not signed yet, so that it does not hold yet."""
    if not amendments:
        return "Stand ohne Änderung"
    drafts = [f"Nr. {each.aenderung.nummer}" for each in amendments if each.akte.stand in ("entwurf", "versandt")]
    unsigned = f" (noch nicht unterzeichnet: {', '.join(drafts)})" if drafts else ""
    return f"Stand nach Änderung Nr. {len(amendments)}{unsigned}"


def _show(library: Any, states: list[Any], amendments: list[Any], ganz: bool, console: Any) -> None:
    from rich.markup import escape
    from rich.table import Table

    state = states[-1]
    console.print(f"Zielvereinbarung {state.jahr} {library.register.find(state.traeger, state.jahr).name}: {_reached(amendments)}")
    table = Table(box=None, pad_edge=False)
    for heading in ("Angabe", "gilt", "seit", "zuvor"):
        table.add_column(heading, overflow="fold")
    rows = [row for row in _rows(library, states) if ganz or row[2]]
    for row in rows:
        table.add_row(*map(escape, row))
    if rows:
        console.print(table)
    else:
        console.print("Es gilt, was vereinbart wurde. Alle Angaben zeigt --ganz.")


def _rows(library: Any, states: list[Any]) -> Iterator[tuple[str, str, str, str]]:
    """Every Angabe and departure: its name, what holds, since which amendment, and what held before; the latter are empty for most."""
    from itertools import pairwise

    from agreements.language.said import say
    from agreements.language.tokens import apart
    from agreements.library.differences import differences
    from agreements.model.fields import angaben, label

    changed: dict[str, tuple[str, str, str, str]] = {}
    for number, (before, after) in enumerate(pairwise(states), 1):
        for each in differences(library.register, before, after):
            old, new = apart(_said(each.alt), _said(each.neu))
            changed[each.feld or each.name] = (each.name, new, f"Änderung Nr. {number}", old)
    for feld, value in angaben(states[-1]).items():
        unchanged = (label(feld), apart(_said(say(feld, value, library.register, states[-1].jahr)), "")[0], "", "")
        yield changed.pop(feld, unchanged)
    yield from changed.values()


def _said(texts: tuple[str, ...]) -> str:
    """The texts as one; the whole of what is long is in `zv vergleiche`."""
    return texts[0] if len(texts) == 1 else f"{len(texts)} Absätze: {' / '.join(texts)}"
