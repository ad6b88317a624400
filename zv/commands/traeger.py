"""`zv traeger`: who has an agreement in a year."""

from __future__ import annotations

from datetime import date

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command("traeger", cls=Command, beispiele=("zv traeger", "zv traeger 2016", "zv traeger 2024 --alle"))
@click.argument("jahr", type=click.IntRange(2005, 2099), required=False, metavar="[JAHR]")
@click.option("--alle", is_flag=True, help="Auch die Kreise mit gemeinsamer Einrichtung nennen; für sie gibt es keine Vereinbarung.")
@ordner_option
def command(jahr: int | None, alle: bool) -> None:
    """Die zugelassenen kommunalen Träger eines Jahres nennen (ohne JAHR: des laufenden)."""
    from agreements.files.places import Places
    from agreements.register.laender import of_folder
    from agreements.register.register import load_register

    year = jahr or date.today().year
    register = load_register(ordner=ordner())
    rows = of_folder(Places(ordner()), register, register.all(year) if alle else register.zkt(year))
    heading = ("Schlüssel", "AGS", "NUTS 3", "Name", "Sitz", "Jobcenter")
    table = [heading, *((row.schluessel, row.ags, row.nuts3, row.name, row.sitz, row.jobcenter) for row in rows)]
    widths = [max(len(line[column]) for line in table) for column in range(len(heading))]
    for line in table:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())
    click.echo(f"\n{len(rows)} {'Kreise' if alle else 'zugelassene kommunale Träger'} im Jahr {year}")
    for row in rows:
        if row.hinweis:
            click.echo(f"{row.schluessel}: {row.hinweis}")
