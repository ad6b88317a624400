"""`zv vergiss`: deletes the readings that are kept so that nothing is read twice."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command("vergiss", cls=Command, no_args_is_help=True, beispiele=("zv vergiss Vereinbarung.pdf", "zv vergiss --alle"))
@click.argument("dateien", nargs=-1, type=click.Path(path_type=Path), metavar="DATEI…")
@click.option("--alle", is_flag=True, help="Alles Aufbewahrte löschen.")
@ordner_option
def command(dateien: tuple[Path, ...], alle: bool) -> None:
    """Löschen, was vom Lesen dieser Dateien unter out/lesung aufbewahrt ist.

    Aufbewahrt werden Lesungen, damit keine Datei zweimal erkannt werden muss; sie enthalten Namen und Bilder von Unterschriften.
    Datensätze, Prüfbögen und die Dateien selbst bleiben; beim nächsten Mal wird eine Datei neu gelesen.
    """
    from agreements.errors import UsageError
    from agreements.store.store import Store
    from zv.readings import forget

    if alle == bool(dateien):
        raise UsageError("Entweder Dateien nennen oder --alle.", abhilfe="Zum Beispiel: zv vergiss Vereinbarung.pdf")
    count = forget(Store(ordner()), None if alle else dateien)
    click.echo({0: "Es war nichts aufbewahrt.", 1: "Eine Lesung gelöscht."}.get(count, f"{count} Lesungen gelöscht."))
