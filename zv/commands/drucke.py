"""`zv drucke`: records to PDF, Word, HTML and text."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import ordner, ordner_option
from zv.formats import FORMATS, How
from zv.german import Command


@click.command(
    "drucke",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        "zv drucke 2024 lk-emsland",
        "zv drucke 2024 --alle",
        "zv drucke 2024 lk-emsland lk-peine --format docx",
        "zv drucke Entwurf.yaml --nach Versand",
    ),
)
@click.argument("was", nargs=-1, required=True, metavar="JAHR TRAEGER… | JAHR --alle | DATEI.yaml…")
@click.option("--alle", is_flag=True, help="Alle Vereinbarungen des Jahres; nur was sich geändert hat, entsteht neu.")
@click.option(
    "--format",
    "formate",
    type=click.Choice(list(FORMATS)),
    multiple=True,
    metavar="FORMAT",
    help="pdf, docx, html oder text; mehrfach möglich. Ohne Angabe: pdf und docx.",
)
@click.option("--nach", type=click.Path(path_type=Path), metavar="DIR", help="Ablegen unter DIR/JAHR/ statt unter out/JAHR/.")
@click.option(
    "--vorlage", type=click.Path(path_type=Path), metavar="DATEI.dotx", help="Word mit den Formatvorlagen dieser Hausvorlage machen."
)
@click.option("--endgueltig", is_flag=True, help="Nur drucken, wenn nichts offen oder unbestätigt ist und keine Prüfung Fehler findet.")
@ordner_option
@click.pass_context
def command(
    ctx: click.Context,
    was: tuple[str, ...],
    alle: bool,
    formate: tuple[str, ...],
    nach: Path | None,
    vorlage: Path | None,
    endgueltig: bool,
) -> None:
    """Aus Datensätzen Vereinbarungen als PDF und Word machen.

    Jede PDF- und Word-Datei wird zur Probe zurückgelesen, bevor sie abgelegt wird: Was anders herauskäme, wird nicht ausgegeben.
    Sind Angaben offen, steht auf jeder Seite ENTWURF, und eine Anlage nennt, was offen ist.
    """
    target, how = nach or ordner() / "out", How(tuple(dict.fromkeys(formate)) or ("pdf", "docx"), vorlage, endgueltig)
    if alle:
        from zv.common import year_alone
        from zv.orders import Order
        from zv.releasing import render_year

        ctx.exit(render_year(Order(ordner(), year_alone(was), target, how)))
    _render_each(was, target, how)


def _render_each(was: tuple[str, ...], target: Path, how: How) -> None:
    """Prints what the call names, one after another."""
    from agreements.library.library import open_library
    from zv.named import records_named
    from zv.printing import let_out

    library = open_library(ordner())
    for asked in records_named(was, library):
        for path, document in let_out(library, library.store.load(asked), target, how):
            click.echo(f"{path}  ({document.titel}{', Entwurf mit offenen Angaben' if document.entwurf else ''})")
