"""`zv offen`: everything that is still to be decided, of one agreement or of all."""

from __future__ import annotations

import click

from zv.common import format_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "offen",
    cls=Command,
    beispiele=("zv offen 2024/lk-emsland", "zv offen 2024 --nach art", "zv offen --format json"),
)
@click.argument("was", nargs=-1, metavar="[JAHR[/TRAEGER]]")
@click.option(
    "--nach",
    type=click.Choice(["dokument", "art"]),
    default="dokument",
    metavar="ORDNUNG",
    help="Nach dokument (ohne Angabe) oder nach art der Punkte geordnet.",
)
@format_option("text", "json", hilfe="text (ohne Angabe) oder json.")
@ordner_option
@click.pass_context
def command(ctx: click.Context, was: tuple[str, ...], nach: str, form: str) -> None:
    """Alles zeigen, was noch zu entscheiden ist: unsicher Gelesenes, Abweichungen, Kommentare, offene Werte, Übernommenes.

    Dazu kommt, was die Prüfregeln zu berichtigen finden; bloße Hinweise nennt zv pruefe. Vor jedem Punkt steht seine Kennung: mit ihr
    entscheidet zv bestaetige. Ein offener Wert wird mit zv setze eingetragen, Übernommenes mit zv durchgesehen abgehakt.
    """
    from agreements.library.library import open_library
    from zv.main import say
    from zv.named import named
    from zv.terminal import Console
    from zv.undecided import as_json, gathered, records, show

    library = open_library(ordner())
    found, failed = gathered(library, records(library, named(was, library)))
    if form == "json":
        click.echo(as_json(found))
    else:
        show(found, nach == "art", Console())
    for error in failed:
        say(str(error))
    if failed:
        ctx.exit(failed[0].exit_code)
