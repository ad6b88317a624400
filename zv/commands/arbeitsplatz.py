"""`zv arbeitsplatz`: the year in the browser."""

from __future__ import annotations

from pathlib import Path

import click

from agreements.errors import UsageError
from zv.common import ordner, ordner_option
from zv.extras import SEITE, require
from zv.german import Command


@click.command(
    "arbeitsplatz",
    cls=Command,
    beispiele=("zv arbeitsplatz", "zv arbeitsplatz --ohne-browser", "zv arbeitsplatz --verknuepfung"),
)
@click.option("--ohne-browser", is_flag=True, help="Keinen Browser öffnen, sondern die Datei nennen, mit der er sich öffnen lässt.")
@click.option("--ende-nach", type=click.IntRange(1, 24 * 60), default=120, metavar="MINUTEN",
              help="Beenden, wenn so lange niemand etwas tut (ohne Angabe 120).")  # fmt: skip
@click.option("--haus", metavar="ADRESSE:PORT|unix:PFAD", help="Für mehrere: hinter dem Proxy des Hauses, der anmeldet (docs/betrieb.md).")
@click.option("--name", "names", multiple=True, metavar="NAME", help="Mit --haus: unter welchem Namen der Proxy zu erreichen ist.")
@click.option("--proxy", "proxies", multiple=True, default=("127.0.0.1",), metavar="ADRESSE", help="Mit --haus: wessen Anfragen gelten.")
@click.option("--kopf", default="X-Remote-User", metavar="KOPF", help="Mit --haus: worin der Proxy sagt, wer angemeldet ist.")
@click.option("--verknuepfung", is_flag=True, help="Nichts öffnen, sondern einen Eintrag im Startmenü anlegen.")
@ordner_option
def command(
    ohne_browser: bool, ende_nach: int, haus: str | None, names: tuple[str, ...], proxies: tuple[str, ...], kopf: str, verknuepfung: bool
) -> None:
    """Den Arbeitsplatz im Browser öffnen: nachsehen und entscheiden, was beim Lesen unsicher blieb.

    Er gehört diesem Rechner allein: Von außen ist er nicht zu erreichen, und ohne die Datei, die ihn öffnet, kommt niemand hinein. Läuft
    er für diesen Ordner schon, wird er nur geöffnet. Zu Ende geht er mit Strg+C oder von selbst, wenn ihn niemand mehr benutzt.
    """
    require(SEITE, "Der Arbeitsplatz")
    folder = ordner()
    if verknuepfung:
        from zv.arbeitsplatz.shortcut import shortcut

        click.echo(f"Im Startmenü steht jetzt „zv Arbeitsplatz“: {shortcut(folder)}")
        return
    from agreements.library.library import open_library
    from zv.arbeitsplatz.running import in_browser, serve, serve_house
    from zv.deciding import all_settled

    all_settled(open_library(folder))
    if haus:
        return serve_house(folder, _place(haus, names), names, proxies, kopf)

    def opened(path: Path) -> None:
        if not ohne_browser:
            in_browser(path)
        click.echo(f"Der Arbeitsplatz öffnet sich im Browser. Tut er das nicht: diese Datei öffnen: {path}")

    serve(folder, opened, ende_nach * 60.0)


def _place(haus: str, names: tuple[str, ...]) -> tuple[str, int] | Path:
    """The address and port that a house's proxy asks, or a socket's file; UsageError where it is neither, or nobody says the name."""
    if not names:
        raise UsageError("Es fehlt der Name, unter dem die Seite zu erreichen ist.", abhilfe="Zum Beispiel: --name zv.ministerium.example")
    if haus.startswith("unix:"):
        return _socket(Path(haus.removeprefix("unix:")))
    host, _, port = haus.rpartition(":")
    if not host or not port.isdigit() or not 0 < int(port) < 1 << 16:
        raise UsageError(f"„{haus}“ ist keine Adresse mit Port.", abhilfe="Zum Beispiel: --haus 127.0.0.1:8080")
    return host, int(port)


def _socket(path: Path) -> Path:
    """Where a socket can be; UsageError where something else is, or where nothing can."""
    if path.parent.is_dir() and (path.is_socket() or not path.exists()):
        return path
    raise UsageError(f"„{path}“ kann kein Socket sein.", abhilfe="Eine Datei nennen, die es noch nicht gibt, in einem Ordner, den es gibt.")
