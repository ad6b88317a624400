"""`zv planung`: values for many Träger from a planning table, shown before anything is written; or the table to be filled in."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from zv.common import format_option, kuerzel_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "planung",
    cls=Command,
    no_args_is_help=True,
    beispiele=("zv planung --vorlage --jahr 2025", "zv planung Planung-2025.xlsx", "zv planung Planung-2025.xlsx --schreiben"),
)
@click.argument("tabelle", required=False, type=click.Path(path_type=Path), metavar="[TABELLE.xlsx | TABELLE.csv]")
@click.option("--schreiben", is_flag=True, help="Ohne Rückfrage in die Datensätze schreiben.")
@click.option("--vorlage", is_flag=True, help="Keine Tabelle lesen, sondern eine zum Ausfüllen anlegen.")
@click.option(
    "--jahr",
    type=click.IntRange(2005, 2099),
    metavar="JAHR",
    help="Das Jahr der Vereinbarungen; nötig, wo die Tabelle keine Spalte Jahr hat.",
)
@click.option("--ohne", multiple=True, metavar="NAME", help="Die Spalte oder Zeile NAME außer Acht lassen; mehrfach möglich.")
@click.option("--nach", type=click.Path(path_type=Path), metavar="DATEI", help="Die Vorlage so nennen; mit der Endung .csv eine CSV-Datei.")
@kuerzel_option
@format_option("tabelle", "json", hilfe="tabelle: zum Ansehen (ohne Angabe). json: für Programme, ohne Rückfrage.")
@ordner_option
@click.pass_context
def command(ctx: click.Context, /, tabelle: Path | None, schreiben: bool, vorlage: bool, nach: Path | None, **wie: Any) -> None:
    """Werte für viele Träger aus einer Tabelle (Excel, CSV) in die Datensätze übernehmen.

    Erst wird gezeigt, was sich ändern würde, mit der Zelle. Geschrieben wird nach einem „j“ auf die Rückfrage, oder mit
    --schreiben; und nur, wenn in der ganzen Tabelle nichts zu berichtigen ist. Eine leere Zelle ändert nichts.
    """
    from agreements.errors import UsageError
    from agreements.library.library import open_library
    from zv.deciding import all_settled

    library = open_library(ordner())
    all_settled(library)
    if vorlage and not (tabelle or schreiben):
        _write_template(library, wie["jahr"], nach)
    elif tabelle and not (vorlage or nach):
        ctx.exit(_fill(library, tabelle, schreiben, **wie))
    else:
        raise UsageError(
            "Entweder eine Tabelle nennen, die gelesen wird, oder --vorlage.",
            abhilfe="Zum Beispiel: zv planung Planung-2025.xlsx, oder: zv planung --vorlage --jahr 2025 --nach Planung-2025.xlsx",
        )


def _write_template(library: Any, jahr: int | None, nach: Path | None) -> None:
    from agreements.errors import UsageError
    from agreements.files.disk import write_new
    from render.planning_table import PlanningTable, instructions
    from render.table import render_csv, render_xlsx

    years = library.store.years()
    if jahr is None and not years:
        raise UsageError("Es gibt noch keine Datensätze.", abhilfe="Zuerst: zv entwirf 2025 --alle")
    chosen = jahr or max(years)
    planning = PlanningTable(library, chosen)
    path = nach or library.store.ordner / f"Planung-{chosen}.xlsx"
    if path.suffix.lower() not in (".xlsx", ".csv"):
        raise UsageError("Die Vorlage heißt auf .xlsx oder .csv.", datei=path, abhilfe=f"Zum Beispiel: --nach Planung-{chosen}.xlsx")
    table = planning.table()
    csv = path.suffix.lower() == ".csv"
    write_new(path, render_csv(table) if csv else render_xlsx([table, instructions(chosen)], f"Planung {chosen}"))
    click.echo(f"{path}")
    if planning.without_record:
        click.echo(f"Noch ohne Datensatz: {', '.join(planning.without_record)}. Anlegen: zv entwirf {chosen} --alle", err=True)


def _fill(library: Any, tabelle: Path, schreiben: bool, *, jahr: int | None, ohne: tuple[str, ...], form: str, kuerzel: str | None) -> int:
    """The exit code: 1 where something in the table is to be put right, or a record could not be written."""
    from agreements.files.opening import require_readable
    from agreements.planning.changes import plan
    from agreements.planning.sheet import read_sheets
    from extract.files.sandbox import Job, run
    from zv.common import naming
    from zv.filling import as_data, ended, show, summary, written
    from zv.terminal import Console

    require_readable(tabelle)
    with naming(tabelle):
        planned = plan(library, read_sheets(run(Job(tabelle, "extract.files.spreadsheet:cells", (tabelle,)))), jahr, ohne)
    if form == "tabelle":
        show(planned, library, Console())
        click.echo(summary(planned))
    ready = bool(planned.filled) and not planned.faults
    outcome = written(planned, library, kuerzel) if ready and (schreiben or (form == "tabelle" and _agreed(tabelle))) else {}
    if form == "json":
        click.echo(json.dumps(as_data(planned, outcome, library), ensure_ascii=False, indent=1))
    elif outcome:
        click.echo(ended(outcome))
    for error in filter(None, outcome.values()):
        click.echo(str(error), err=True)
    return 1 if planned.faults or any(outcome.values()) else 0


def _agreed(tabelle: Path) -> bool:
    """Whether the person at the terminal says so, anything but a yes being a no; where nobody can be asked, it is told how to write."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(f"Geschrieben ist noch nichts. Zum Schreiben: zv planung {tabelle} --schreiben")
        return False
    answer: str = click.prompt("Jetzt schreiben? (j/n)", default="n", show_default=False)
    return answer.strip().casefold() in ("j", "ja")
