"""`zv zurueck`: undoes the last step of a record, or shows its journal."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from zv.common import kuerzel_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "zurueck",
    cls=Command,
    beispiele=(
        "zv setze 2024/lk-emsland Verwaltungskosten 13.200.000",
        "zv zurueck 2024/lk-emsland",
        "zv zurueck --liste",
        "zv zurueck 2024/lk-emsland --schritt 3",
    ),
)
@click.argument("wo", required=False, metavar="[JAHR/TRAEGER]")
@click.option("--liste", is_flag=True, help="Nichts zurücknehmen, sondern das Journal zeigen.")
@click.option("--schritt", type=int, metavar="N", help="Den Schritt N zurücknehmen statt des letzten.")
@kuerzel_option
@ordner_option
@click.pass_context
def command(ctx: click.Context, wo: str | None, liste: bool, schritt: int | None, kuerzel: str | None) -> None:
    """Den letzten Schritt eines Datensatzes zurücknehmen, oder ohne Angabe alles, was der letzte Befehl getan hat.

    Hat er mehrere Datensätze geändert (zv planung, zv setze-stand), wird es in allen zurückgenommen. Zurück geht es Schritt für
    Schritt, auch nach einem Neustart. Was seitdem von Hand geändert wurde, bleibt; wurde dieselbe Stelle geändert, geschieht
    nichts. Ein zurückgenommener Schritt gilt wieder, wenn --schritt den Eintrag nennt, der ihn zurücknahm.
    """
    from agreements.errors import UsageError
    from agreements.library.library import open_library
    from agreements.store.journal import undo
    from agreements.store.journal_file import read
    from zv.deciding import all_settled, opened
    from zv.named import address_of

    library = open_library(ordner())
    if schritt is not None and not wo:
        raise UsageError("Zu --schritt fehlt die Vereinbarung.", abhilfe="Zum Beispiel: zv zurueck 2024/lk-emsland --schritt 3")
    if not wo:
        all_settled(library)
    if liste:
        _show({address_of(wo_path): read(journal) for wo_path, journal in _journals(library, wo)})
        return
    if not wo:
        ctx.exit(_last_call(library, kuerzel))
    stored = opened(library, wo)
    _tell(stored, undo(library.store, stored, kuerzel, schritt))


def _last_call(library: Any, kuerzel: str | None) -> int:
    """Takes back what the last call did; a record where that cannot be stops no other. The exit code."""
    from agreements.errors import ZvError
    from agreements.store.journal import last_call, undo
    from zv.deciding import opened
    from zv.main import say
    from zv.named import address_of

    failed = 0
    for record, nummer in last_call(library.store):
        try:
            stored = opened(library, address_of(record))
            _tell(stored, undo(library.store, stored, kuerzel, nummer))
        except ZvError as error:
            say(str(error))
            failed = error.exit_code
    return failed


def _tell(stored: Any, done: Any) -> None:
    from zv.named import address_of

    click.echo(f"{address_of(stored.path)}: Zurückgenommen ist Schritt {done.eintrag.nummer}: {_short(done.eintrag.befehl)}")


def _journals(library: Any, wo: str | None) -> list[tuple[Path, Path]]:
    """The records that are asked for, each with its journal."""
    from agreements.store.journal import journals
    from agreements.store.journal_file import journal_path
    from zv.deciding import opened

    if wo:
        path = opened(library, wo).path
        return [(path, journal_path(path))]
    return [(record, journal) for record, journal in journals(library.store)]


def _show(found: Mapping[str, Any]) -> None:
    from rich.markup import escape
    from rich.table import Table

    from zv.terminal import Console

    console = Console()
    if not any(journal.eintraege for journal in found.values()):
        console.print("Im Journal steht noch nichts.")
    for name, journal in found.items():
        if not journal.eintraege:
            continue
        table = Table(box=None, pad_edge=False, title=name, title_justify="left", title_style="bold")
        for heading in ("Schritt", "wann", "wer", "was"):
            table.add_column(heading, overflow="fold", justify="right" if heading == "Schritt" else "left")
        for each in journal.eintraege:
            when = each.zeit.strftime("%d.%m.%Y %H:%M")
            table.add_row(str(each.nummer), when, escape(each.kuerzel or ""), escape(_what(each, journal)))
        console.print(table)


def _what(eintrag: Any, journal: Any) -> str:
    """What an entry did, and whether it still holds."""
    said = _short(eintrag.befehl)
    if eintrag.nummer in journal.undone:
        return f"{said} (zurückgenommen)"
    return f"{said} (nicht zustande gekommen)" if eintrag.nummer in journal.withdrawn else said


_MOST = 3
"""Decisions of one step that are told one by one."""


def _short(befehl: str) -> str:
    """A step in short: of one that decided many points the first ones, and how many more."""
    first = befehl.split("; ", _MOST)
    return befehl if len(first) <= _MOST else f"{'; '.join(first[:_MOST])}; und {first[_MOST].count('; ') + 1} weitere"
