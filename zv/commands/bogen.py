"""`zv bogen`: the review sheet of a record as it is now."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command(
    "bogen",
    cls=Command,
    no_args_is_help=True,
    beispiele=("zv einlesen Leer.pdf", "zv bogen 2015/lk-leer", "zv bogen 2015/lk-leer Leer.pdf"),
)
@click.argument("wo", metavar="JAHR/TRAEGER")
@click.argument("datei", type=click.Path(path_type=Path), required=False, metavar="[DATEI]")
@ordner_option
def command(wo: str, datei: Path | None) -> None:
    """Den Prüfbogen eines eingelesenen Datensatzes neu machen: mit dem, was seither berichtigt und entschieden wurde.

    Er entsteht aus der Lesung, die unter out/lesung aufbewahrt ist; ist sie nicht mehr da, die gelesene Datei nennen.
    """
    from agreements.library.library import open_library
    from zv.deciding import opened_agreement
    from zv.sheets import remake

    library = open_library(ordner())
    click.echo(f"{remake(library, opened_agreement(library, wo), datei)}")
