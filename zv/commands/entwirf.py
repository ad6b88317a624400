"""`zv entwirf`: next year's records from this year's, with wording and rahmen.yaml where there are none."""

from __future__ import annotations

import click

from zv.common import format_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "entwirf",
    cls=Command,
    no_args_is_help=True,
    beispiele=("zv entwirf 2025 lk-emsland", "zv entwirf 2025 --alle", "zv entwirf 2025 Vereinbarung.pdf"),
)
@click.argument("was", nargs=-1, required=True, metavar="JAHR [TRAEGER… | DATEI…]")
@click.option("--alle", is_flag=True, help="Für alle zugelassenen kommunalen Träger des Jahres.")
@format_option("tabelle", "json", hilfe="tabelle: eine Übersicht (ohne Angabe). json: für Programme.")
@ordner_option
@click.pass_context
def command(ctx: click.Context, was: tuple[str, ...], alle: bool, form: str) -> None:
    """Die Entwürfe eines neuen Jahres anlegen, aus den Datensätzen des Vorjahres oder aus DATEI (PDF, Word, Datensatz).

    Texte werden übernommen und als übernommen vermerkt. Werte, Daten und Unterzeichnende sind offen; als Anmerkung steht
    darüber, was zuletzt galt. Fehlen Wortlaut oder rahmen.yaml des Jahres, entstehen sie mit. Was schon da ist, bleibt, wie es ist.
    """
    import json

    from agreements.errors import UsageError
    from agreements.library.library import open_library
    from agreements.newyear.files import NewYear
    from agreements.register.laender import zkt_of
    from zv.drafting import as_data, parted, show, sources
    from zv.terminal import console

    library = open_library(ordner())
    jahr, traeger, files = parted(was, library)
    if alle and traeger:
        raise UsageError("--alle und einzelne Träger schließen einander aus.", abhilfe="Eines von beiden weglassen.")
    given = sources(files, jahr, library)
    wanted = [row.schluessel for row in zkt_of(library.store, library.register, jahr)] if alle else [*traeger, *given]
    if not wanted:
        raise UsageError(
            "Es fehlt der Träger.", abhilfe=f"Zum Beispiel: zv entwirf {jahr} lk-emsland, oder für alle: zv entwirf {jahr} --alle"
        )
    made = list(NewYear(library, jahr, given).make(wanted))
    if form == "json":
        click.echo(json.dumps({"jahr": jahr, "dateien": [as_data(each) for each in made]}, ensure_ascii=False, indent=1))
    else:
        show(made, library.store.ordner, console())
    if any(each.error for each in made):
        ctx.exit(1)
