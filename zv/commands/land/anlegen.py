"""`zv land anlegen`: the tables in which a folder has its own Land and Kreise."""

from __future__ import annotations

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command(
    "anlegen",
    cls=Command,
    no_args_is_help=True,
    beispiele=("zv land anlegen he --name Hessen --ags 06 --eigenschaft Hessisch --kurz Hess.",),
)
@click.argument("land", metavar="KÜRZEL")
@click.option("--name", required=True, metavar="NAME", help="Wie das Land heißt, zum Beispiel Hessen.")
@click.option("--ags", required=True, metavar="NN", help="Die ersten beiden Ziffern des Kreisschlüssels, zum Beispiel 06.")
@click.option("--eigenschaft", default="", metavar="WORT", help="Was vor „Ministerium“ steht, ohne Endung: Hessisch. Ohne Angabe: nichts.")
@click.option("--kurz", default="", metavar="WORT", help="Das kurz: Hess.")
@ordner_option
def command(land: str, name: str, ags: str, eigenschaft: str, kurz: str) -> None:
    """Ein Land anlegen, für das in diesem Ordner gearbeitet wird: agreements/register/laender.csv und register.csv.

    In register.csv kommt danach für jeden Kreis eine Zeile: Schlüssel, AGS, Name in allen Fällen, Sitz, ob er sein Jobcenter allein
    betreibt und seit wann. Gleiches geht denen des Programms vor. Der Wortlaut des Landes kommt nach templates/KÜRZEL/.
    """
    from agreements.register.new_land import add_land

    laender, register = add_land(ordner(), land, ags, name, eigenschaft, kurz)
    click.echo(f"{laender}  ({name})")
    click.echo(f"{register}  (für jeden Kreis eine Zeile; danach zeigt sie: zv traeger)")
