"""`zv pruefe`: what a person should look at in records before they are sent."""

from __future__ import annotations

import json

import click

from zv.common import format_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "pruefe",
    cls=Command,
    beispiele=(
        "zv pruefe 2024",
        "zv pruefe 2024 --ab warnung",
        "zv pruefe agreements/2024/lk-emsland.yaml --format json",
        "zv pruefe --regeln",
    ),
)
@click.argument("was", nargs=-1, metavar="[JAHR | JAHR/TRAEGER… | DATEI.yaml…]")
@format_option("text", "json", hilfe="text (ohne Angabe) oder json.")
@click.option(
    "--ab",
    "least",
    type=click.Choice(["hinweis", "warnung", "fehler"]),
    default="hinweis",
    metavar="SCHWERE",
    help="Erst ab dieser Schwere zeigen: hinweis (ohne Angabe), warnung oder fehler.",
)
@click.option("--regeln", is_flag=True, help="Alle Prüfregeln nennen, mit Schwere, Grund und Abhilfe.")
@ordner_option
@click.pass_context
def command(ctx: click.Context, was: tuple[str, ...], form: str, least: str, regeln: bool) -> None:
    """Datensätze prüfen: Zahlen, Jahre, Namen, Verweise, Schreibweise.

    Ohne Angabe werden alle Datensätze geprüft. Der Befehl endet mit 1, wenn etwas zu berichtigen ist; Hinweise zählen nicht.
    Was so gewollt ist, legt zv stilllegen mit Grund still.
    """
    from agreements.library.library import open_library
    from zv import verdict
    from zv.checking import Checking, asked
    from zv.terminal import console

    if regeln:
        if form == "json":
            click.echo(json.dumps(verdict.rules_as_data(), ensure_ascii=False, indent=2))
        else:
            verdict.show_rules(console())
        return
    library = open_library(ordner())
    results = list(Checking(library, asked(library, was)).results())
    if form == "json":
        click.echo(json.dumps(verdict.as_data(results), ensure_ascii=False, indent=2))
    else:
        verdict.show(results, least, console())  # type: ignore[arg-type]
    if failed := sum(result.pruefung.failed for result in results):
        click.echo(f"{failed} von {len(results)} Datensätzen zu berichtigen.", err=True)
        ctx.exit(1)
