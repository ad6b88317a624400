"""`zv extract`: a PDF or Word file to a record, with everything a person must look at."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command(
    "extract", cls=Command, no_args_is_help=True,
    beispiele=(
        "zv extract Vereinbarung.pdf",
        "zv extract Rücklauf.docx > agreements/2024/lk-peine.yaml",
        "zv extract Vereinbarung.pdf --format json",
    ),
)
@click.argument("datei", type=click.Path(path_type=Path), metavar="DATEI")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", metavar="FORMAT",
              help="yaml: ein Datensatz, Befunde als Kommentare (ohne Angabe). json: Bericht für Programme.")
@ordner_option
def command(datei: Path, form: str) -> None:
    """Eine Vereinbarung lesen: PDF mit Text oder Word, von wem auch immer gemacht.

    Gelesen wird, was sichtbar dasteht. Was unsicher ist, steht mit seinem Ort dabei; Abweichungen vom Wortlaut des Jahres
    werden gemeldet und im Datensatz behalten. Die Datei selbst bleibt unverändert.
    """
    from agreements.agreement import open_library
    from extract.extraction import extract
    from extract.report import FORMATS

    library = open_library(ordner())
    click.echo(FORMATS[form](extract(datei, library), library), nl=False)
