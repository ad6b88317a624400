"""`zv arbeitsplatz`: the year in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command(
    "arbeitsplatz",
    cls=Command,
    beispiele=("zv arbeitsplatz", "zv arbeitsplatz --ordner Zielvereinbarungen", "zv arbeitsplatz --ohne-browser"),
)
@click.option("--ohne-browser", is_flag=True, help="Keinen Browser öffnen, sondern die Datei nennen, mit der er sich öffnen lässt.")
@click.option("--ende-nach", type=click.IntRange(1, 24 * 60), default=120, metavar="MINUTEN",
              help="Beenden, wenn so lange niemand etwas tut (ohne Angabe 120).")  # fmt: skip
@click.option("--verknuepfung", is_flag=True, help="Nichts öffnen, sondern einen Eintrag im Startmenü anlegen.")
@ordner_option
def command(ohne_browser: bool, ende_nach: int, verknuepfung: bool) -> None:
    """Den Arbeitsplatz im Browser öffnen: nachsehen und entscheiden, was beim Lesen unsicher blieb.

    Er gehört diesem Rechner allein: Von außen ist er nicht zu erreichen, und ohne die Datei, die ihn öffnet, kommt niemand hinein. Läuft
    er für diesen Ordner schon, wird er nur geöffnet. Zu Ende geht er mit Strg+C oder von selbst, wenn ihn niemand mehr benutzt.
    """
    folder = ordner()
    if verknuepfung:
        from zv.arbeitsplatz.shortcut import shortcut

        click.echo(f"Im Startmenü steht jetzt „zv Arbeitsplatz“: {shortcut(folder)}")
        return
    from agreements.library.library import open_library
    from zv.arbeitsplatz.running import in_browser, serve
    from zv.deciding import all_settled

    all_settled(open_library(folder))

    def opened(path: Path) -> None:
        if not ohne_browser:
            in_browser(path)
        click.echo(f"Der Arbeitsplatz öffnet sich im Browser. Tut er das nicht: diese Datei öffnen: {path}")

    serve(folder, opened, ende_nach * 60.0)
