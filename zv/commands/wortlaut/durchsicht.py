"""`zv wortlaut durchsicht`: what hangs on the year in a new wording, and whether somebody has looked at it."""

from __future__ import annotations

from datetime import date

import click

from zv.common import kuerzel_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "durchsicht",
    cls=Command,
    no_args_is_help=True,
    beispiele=("zv wortlaut durchsicht 2025", "zv wortlaut durchsicht 2025 1 3 --kuerzel Mu", "zv wortlaut durchsicht 2025 --alle"),
)
@click.argument("jahr", type=click.IntRange(2005, 2099), metavar="JAHR")
@click.argument("nummern", nargs=-1, type=int, metavar="[NUMMER…]")
@click.option("--alle", is_flag=True, help="Alle Sätze abhaken, die noch so dastehen.")
@kuerzel_option
@click.option("--land", metavar="LAND", default="ni", help="Wessen Wortlaut: ni (ohne Angabe).")
@ordner_option
def command(jahr: int, nummern: tuple[int, ...], alle: bool, kuerzel: str | None, land: str) -> None:
    """Zeigen, welche Sätze eines neuen Wortlauts vom Jahr abhängen; mit Nummern: abhaken.

    Prognosen, Jahre, Tage, Fundstellen und die Grundlage des Haushalts stehen nach „zv entwirf“ noch wie im Vorjahr. Erledigt ist
    ein Satz, wenn er im Wortlaut geändert ist oder hier abgehakt. „zv pruefe“ warnt vor allen anderen.
    """
    from agreements.language.calendar import write_date
    from agreements.library.library import open_library
    from agreements.wording.yearly import listed, not_looked_at, tick

    wording = open_library(ordner()).wording(f"{land}/{jahr}")
    several = listed(wording)
    still = not_looked_at(wording, several)
    chosen = [number for number, each in enumerate(several, 1) if each in still] if alle else nummern
    if chosen:
        tick(wording, chosen, ", ".join(filter(None, (kuerzel, write_date(date.today())))))
        several = listed(wording)
        still = not_looked_at(wording, several)
    for number, each in enumerate(several, 1):
        state = "offen" if each in still else f"durchgesehen: {each.durchgesehen}" if each.durchgesehen else "geändert"
        click.echo(f"{number}. {each.stelle} ({', '.join(each.wegen)}) – {state}\n   {each.satz}")
    click.echo(f"\n{len(still)} Sätze offen." if len(still) != 1 else "\nEin Satz offen.")
