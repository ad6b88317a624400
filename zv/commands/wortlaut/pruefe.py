"""`zv wortlaut pruefe`: a wording against all records of its year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command("pruefe", cls=Command, no_args_is_help=True, beispiele=("zv wortlaut pruefe 2024", "zv wortlaut pruefe ni/aenderung-2024"))
@click.argument("was", metavar="JAHR | LAND/JAHR | LAND/aenderung-JAHR")
@ordner_option
@click.pass_context
def command(ctx: click.Context, was: str) -> None:
    """Einen Wortlaut prüfen: ob er sich lesen lässt, und ob sich mit ihm jeder Datensatz seines Jahres drucken und zurücklesen lässt.

    Mit dem JAHR allein werden alle Wortlaute des Jahres geprüft, auch der für Änderungen. Der Befehl endet mit 1, wenn etwas zu
    berichtigen ist.
    """
    from agreements.errors import UsageError
    from agreements.library.library import open_library

    library = open_library(ordner())
    names = list(_named(library, was))
    if not names:
        known = ", ".join((*library.wordings(), *library.wordings_of_amendments()))
        raise UsageError(f"Einen Wortlaut „{was}“ gibt es nicht.", abhilfe=f"Vorhanden: {known or 'keiner'}.")
    results = [_shown(library, name) for name in names]
    ctx.exit(0 if all(results) else 1)


def _named(library: Any, was: str) -> Iterator[str]:
    """The wordings that a word names: a year's, one by its name or its file."""
    wanted = re.sub(r"^(?:.*/)?(?P<land>[a-z]{2})/", r"\g<land>/", re.sub(r"\.\w+$", "", was.replace("\\", "/")))
    for name in (*library.wordings(), *library.wordings_of_amendments()):
        if name == wanted or name.rpartition("/")[2] in (was, f"aenderung-{was}"):
            yield name


def _shown(library: Any, name: str) -> bool:
    """Tells what came of one wording; whether nothing is to be put right."""
    from agreements.errors import ZvError
    from agreements.library.wording_proof import against_records

    try:
        wording = library.wording(name)
    except ZvError as error:
        click.echo(str(error))
        return False
    tried = list(against_records(library, wording))
    good = [each for each in tried if each.follows and not each.error]
    bad = {each.path.stem: each.error for each in tried if each.error}
    own = [each.path.stem for each in tried if not each.follows]
    said = (
        f"{len(good)} von {len(good) + len(bad)} Datensätzen lassen sich damit drucken und zurücklesen" if tried else "noch kein Datensatz"
    )
    click.echo(f"{name}: {'in Ordnung' if not bad else 'zu berichtigen'}; {said}.")
    for stem, fault in bad.items():
        click.echo(f"  {stem}: {fault}")
    if own:
        click.echo(f"  Nach einem anderen oder ihrem eigenen Text: {', '.join(own)}")
    return not bad
