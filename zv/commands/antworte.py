"""`zv antworte`: the Word file for the next round, what was refused tracked back, comments answered."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command(
    "antworte",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        "zv antworte 2024/lk-emsland Rücklauf.docx",
        'zv antworte 2024/lk-emsland Anmerkungen.docx --kommentar 1 "Wir folgen Ihrem Vorschlag."',
    ),
)
@click.argument("wo", metavar="JAHR/TRAEGER")
@click.argument("datei", type=click.Path(path_type=Path), metavar="DATEI.docx")
@click.option("--kommentar", "antworten", nargs=2, type=(int, str), multiple=True, metavar="NR TEXT", help="Antwort auf diesen Kommentar.")
@click.option("--nach", type=click.Path(path_type=Path), metavar="DATEI", help="In diese Datei schreiben.")
@ordner_option
def command(wo: str, datei: Path, antworten: tuple[tuple[int, str], ...], nach: Path | None) -> None:
    """Die Word-Datei für die nächste Runde: der Datensatz, wie er jetzt ist, gegen das, was zurückkam.

    Was mit zv uebernimm angenommen ist, steht ohne Markierung; was abgelehnt ist, ist nachverfolgt zurückgenommen. Kommentare stehen
    wieder an ihrer Stelle, die Antworten daneben. Kommentare ohne Antwort nennt der Befehl.
    """
    from agreements.library.library import open_library
    from zv.answering import Answering
    from zv.deciding import opened_agreement

    library = open_library(ordner())
    answer = Answering(library, opened_agreement(library, wo), datei, dict(antworten))
    path = answer.write(nach)
    click.echo(f"{path}")
    for line in answer.told():
        click.echo(line)
