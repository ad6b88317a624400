"""`zv wortlaut`: what is done with the wordings themselves."""

from __future__ import annotations

import click

from zv.common import ordner_option
from zv.german import Group


@click.group(
    "wortlaut",
    cls=Group,
    ort="zv.commands.wortlaut",
    no_args_is_help=True,
    eintraege={
        "lerne": "Aus Vereinbarungen eines Jahres seinen Wortlaut entwerfen.",
        "pruefe": "Einen Wortlaut an allen Datensätzen seines Jahres prüfen.",
        "durchsicht": "Zeigen und abhaken, was in einem neuen Wortlaut vom Jahr abhängt.",
    },
    auch={"lernen": "lerne", "pruefen": "pruefe", "check": "pruefe"},
    beispiele=("zv wortlaut lerne Leer.pdf Peine.docx", "zv wortlaut pruefe 2024", "zv wortlaut durchsicht 2025"),
)
@ordner_option
def command() -> None:
    """Den Wortlaut eines Jahres bearbeiten: den Text, der für alle gleich ist."""
