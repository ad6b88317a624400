"""`zv wortlaut lerne`: the wording of a year that has none, from its agreements."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import format_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "lerne",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        "zv wortlaut lerne Leer.pdf Peine.docx",
        "zv wortlaut lerne agreements/2015/lk-leer.yaml agreements/2015/lk-peine.yaml",
        "zv wortlaut lerne Leer.pdf --jahr 2015 --nach Probe.j2",
    ),
)
@click.argument("dateien", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DATEI…")
@click.option(
    "--jahr", type=click.IntRange(2005, 2099), metavar="JAHR", help="Nur für dieses Jahr; eine Datei eines anderen ist ein Fehler."
)
@click.option(
    "--nach",
    type=click.Path(path_type=Path),
    metavar="DATEI",
    help="In diese neue Datei schreiben statt nach templates; rahmen.yaml entsteht dann nicht.",
)
@format_option("tabelle", "json", hilfe="tabelle: eine Übersicht (ohne Angabe). json: für Programme.")
@ordner_option
@click.pass_context
def command(ctx: click.Context, dateien: tuple[Path, ...], jahr: int | None, nach: Path | None, form: str) -> None:
    """Den Wortlaut eines Jahres entwerfen, das noch keinen hat, aus einer oder mehreren seiner Vereinbarungen.

    DATEI ist ein PDF, eine Word-Datei oder ein eingelesener Datensatz. Was in allen gleich ist, wird Text; was als Angabe
    erkannt ist, wird ein Feld. Zur Probe wird jede der Vereinbarungen mit dem Entwurf zurückgelesen: Was nicht
    wiederkommt, steht am Ende. Vorhandenes wird nie überschrieben; fehlt rahmen.yaml des Jahres, entsteht es mit.
    """
    import json

    from agreements.library.library import open_library
    from zv.learning import Learning, as_data, show
    from zv.terminal import Console

    library = open_library(ordner())
    result = Learning(library, jahr, nach).learn(dateien)
    if form == "json":
        click.echo(json.dumps(as_data(result), ensure_ascii=False, indent=1))
    else:
        show(result, library.store.ordner, Console())
    if any(each.differences or each.error for each in result.proofs):
        ctx.exit(1)
