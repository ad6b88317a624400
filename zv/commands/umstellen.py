"""`zv umstellen`: a year's records of an earlier zv brought to the form of today, with a plan first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from zv.common import kuerzel_option, ordner, ordner_option
from zv.german import Command


@click.command("umstellen", cls=Command, no_args_is_help=True, beispiele=("zv umstellen 2024", "zv umstellen 2024 --ja"))
@click.argument("jahr", metavar="JAHR")
@click.option("--ja", is_flag=True, help="Umstellen. Ohne diese Option wird nur gezeigt, was geschähe.")
@kuerzel_option
@ordner_option
@click.pass_context
def command(ctx: click.Context, jahr: str, ja: bool, kuerzel: str | None) -> None:
    """Datensätze eines Jahres, die eine frühere Fassung von zv eingelesen hat, auf offene Punkte umstellen.

    Nötig ist das nicht: Sie gelten weiter wie bisher. Anmerkungen mit PRÜFEN, die noch dastehen, werden offene Punkte, gelöschte
    nicht; Abweichungen, die aus einem Bild gelesen und nicht bestätigt sind, sind dann zu entscheiden. Jeder Datensatz wird zuvor
    nach agreements/JAHR/sicherung/ kopiert; zurück geht es auch mit zv zurueck.
    """
    from agreements.deciding.conversion import converted, told
    from agreements.errors import ZvError
    from agreements.library.library import open_library
    from agreements.store.journal import decide, new_call
    from zv.deciding import settled
    from zv.main import say
    from zv.named import address_of, year_of_the_folder

    library = open_library(ordner())
    paths = year_of_the_folder(jahr, library)
    settled(library, int(jahr))
    done, aufruf = 0, new_call()
    for path in paths:
        try:
            stored = library.store.load(path)
            made = converted(library, stored, _read_how(library, stored))
            if made.text == stored.text:
                continue
            done += 1
            said = ", ".join(told(made)) or "nur die Form"
            if ja:
                _keep(stored)
                decide(library.store, stored, made.text, f"umgestellt: {said}", kuerzel, aufruf)
            click.echo(f"{address_of(path)}: {said}")
        except ZvError as error:
            error.datei = error.datei or path
            say(str(error))
            ctx.exit(error.exit_code)
    if not done:
        click.echo(f"{jahr}: Nichts ist umzustellen.")
    elif not ja:
        click.echo(f"{done} von {len(paths)} Datensätzen. Noch ist nichts geschrieben; das tut: zv umstellen {jahr} --ja")
    else:
        click.echo(f"{done} von {len(paths)} Datensätzen umgestellt. Was zu entscheiden ist, nennt: zv offen {jahr}")


def _read_how(library: Any, stored: Any) -> str | None:
    """How the file of a record was read, where the record does not say it and the file lies in the folder; None where it does not."""
    from agreements.comparing.intake import digest
    from zv.readings import Readings

    quelle = stored.record.akte.quelle
    if quelle is None or stored.record.akte.gelesen or not stored.record.abweichungen:
        return None
    for file in library.store.ordner.rglob(Path(quelle.datei).name):
        if file.is_file() and digest(file) == quelle.sha256:
            return str(Readings(library.store).words(file).reading.lesart)
    return None


def _keep(stored: Any) -> None:
    """Copies a record aside, once for each state of it."""
    from agreements.files.disk import write_atomic

    write_atomic(stored.path.parent / "sicherung" / f"{stored.path.stem}-{stored.sha256[:12]}.yaml", stored.text.encode())
