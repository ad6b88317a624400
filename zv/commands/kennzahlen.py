"""`zv kennzahlen`: the absolute figures behind the percentages, from a table."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command("kennzahlen", cls=Command, no_args_is_help=True, beispiele=("zv kennzahlen Kennzahlen.csv",))
@click.argument("tabelle", type=click.Path(path_type=Path), metavar="TABELLE.xlsx | TABELLE.csv")
@click.option("--ersetzen", is_flag=True, help="Auch Werte ersetzen, die schon hinterlegt sind und anders lauten.")
@ordner_option
@click.pass_context
def command(ctx: click.Context, tabelle: Path, ersetzen: bool) -> None:
    """Kennzahlen hinterlegen: die absoluten Zahlen hinter den vereinbarten Prozenten, etwa den Bestand des Vorjahres.

    Die Tabelle hat die Spalten AGS, Jahr, Größe und Wert. Größe ist ein Ziel: Integrationsquote, auch der Frauen oder Männer;
    Bestand an Langzeitleistungsbeziehenden; Summe der Leistungen zum Lebensunterhalt (auch K2, K3, K1). Gezeigt werden die Werte
    neben den Zielen in zv vergleiche und zv uebersicht; gerechnet wird mit ihnen nichts.
    """
    from agreements.files.opening import require_readable
    from agreements.library.figures import load_figures, save_figures
    from agreements.library.library import open_library
    from agreements.planning.figures import read_figures
    from agreements.planning.sheet import read_sheets
    from extract.files.sandbox import Job, run
    from zv.common import naming

    library = open_library(ordner())
    before = load_figures(library.store)
    require_readable(tabelle)
    with naming(tabelle):
        read = read_figures(read_sheets(run(Job(tabelle, "extract.files.spreadsheet:cells", (tabelle,)))), library.register, tabelle.name)
    other = {key: figure for key, figure in read.figures.items() if key in before and before[key].wert != figure.wert}
    for fault in read.faults:
        click.echo(f"{fault.ort}: {fault.text}")
    for key, figure in other.items():
        click.echo(f"{key.ags}, {key.jahr}, {key.feld}: bisher {before[key].wert}, jetzt {figure.wert}")
    if read.faults or (other and not ersetzen):
        remedy = " Sollen die neuen Werte gelten: --ersetzen" if other and not read.faults else ""
        click.echo(f"{len(read.faults) + len(other)} Stellen anzusehen. Hinterlegt wurde nichts.{remedy}", err=True)
        ctx.exit(1)
    new = len(read.figures.keys() - before.keys())
    path = save_figures(library.store, {**before, **read.figures})
    click.echo(f"{path}  ({new} neu, {len(other)} ersetzt, {len(read.figures) - new - len(other)} gleich)")
