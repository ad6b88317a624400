"""`zv lies`: a PDF or Word file to a record, with everything a person must look at."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import format_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "lies",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        "zv lies Vereinbarung.pdf",
        "zv lies Rücklauf.docx --nach ruecklauf.yaml",
        "zv lies Vereinbarung.pdf --format json",
    ),
)
@click.argument("datei", type=click.Path(path_type=Path), metavar="DATEI")
@format_option("yaml", "json", hilfe="yaml: ein Datensatz, Befunde als Kommentare (ohne Angabe). json: Bericht für Programme.")
@click.option(
    "--nach",
    type=click.Path(path_type=Path),
    metavar="DATEI",
    help="In diese neue Datei schreiben; eine vorhandene wird nicht überschrieben.",
)
@ordner_option
def command(datei: Path, form: str, nach: Path | None) -> None:
    """Eine Vereinbarung lesen: PDF mit Text oder Word, von wem auch immer gemacht.

    Gelesen wird, was sichtbar dasteht. Was unsicher ist, steht mit seinem Ort dabei; Abweichungen vom Wortlaut des Jahres
    werden gemeldet und im Datensatz behalten. Die Datei selbst bleibt unverändert.
    """
    from agreements.files.disk import write_new
    from agreements.library.library import open_library
    from extract.results.report import FORMATS
    from zv.readings import Readings

    library = open_library(ordner())
    report = FORMATS[form](Readings(library.store).words(datei), library)
    if nach is None:
        click.echo(report, nl=False)
    else:
        write_new(nach, report.encode())
        click.echo(f"{nach}")
