"""`zv land`: for which Land a folder works."""

from __future__ import annotations

import click

from zv.common import ordner_option
from zv.german import Group


@click.group(
    "land",
    cls=Group,
    ort="zv.commands.land",
    no_args_is_help=True,
    eintraege={"anlegen": "Ein Land mit seinen Kreisen in diesem Ordner anlegen."},
    beispiele=("zv land anlegen he --name Hessen --ags 06 --eigenschaft Hessisch --kurz Hess.",),
)
@ordner_option
def command() -> None:
    """Für welches Land in diesem Ordner gearbeitet wird: Länder und Kreise stehen in zwei Tabellen."""
