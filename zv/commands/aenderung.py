"""`zv aenderung`: a new amendment during the year."""

from __future__ import annotations

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command("aenderung", cls=Command, no_args_is_help=True, beispiele=("zv aenderung 2024/lk-emsland",))
@click.argument("was", nargs=-1, required=True, metavar="JAHR/TRAEGER")
@ordner_option
def command(was: tuple[str, ...]) -> None:
    """Eine Änderung zu einer Vereinbarung anlegen, als Datensatz agreements/JAHR/TRAEGER-N.yaml.

    Sie ist noch leer: Was gilt, steht als Anmerkung darin; eingetragen wird nur, was sich ändert. Danach druckt sie
    zv drucke JAHR TRAEGER-N, und zv gilt zeigt, was mit ihr gilt.
    """
    from agreements.errors import UsageError
    from agreements.files.places import parted
    from agreements.library.library import open_library
    from agreements.library.new_amendment import new_amendment
    from zv.named import agreement_named

    library = open_library(ordner())
    jahr, name = agreement_named(was, library)
    traeger, number = parted(name)
    if number:
        raise UsageError("Geändert wird die Vereinbarung, nicht eine Änderung von ihr; gezählt wird weiter.",
                         abhilfe=f"zv aenderung {jahr}/{traeger}")  # fmt: skip
    made = new_amendment(library, jahr, traeger)
    click.echo(f"{made.path}  (Änderung Nr. {made.nummer}, noch leer)")
    if made.before.akte.stand != "unterzeichnet":
        click.echo(f"Die Vereinbarung {jahr}/{traeger} ist noch nicht als unterzeichnet vermerkt; zu ändern ist, was gilt.", err=True)
