"""`zv paket`: what is sent to a Landkreis, in one file."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import ordner, ordner_option
from zv.german import Command


@click.command(
    "paket",
    cls=Command,
    no_args_is_help=True,
    beispiele=("zv paket 2024 lk-emsland", "zv paket 2024 --nach Versand"),
)
@click.argument("was", nargs=-1, required=True, metavar="JAHR [TRAEGER…]")
@click.option("--nach", type=click.Path(path_type=Path), metavar="DIR", help="Unter DIR/JAHR/ ablegen statt unter out/paket/JAHR/.")
@click.option("--endgueltig", is_flag=True, help="Nur, wenn nichts offen oder unbestätigt ist und keine Prüfung Fehler findet.")
@ordner_option
@click.pass_context
def command(ctx: click.Context, was: tuple[str, ...], nach: Path | None, endgueltig: bool) -> None:
    """Für jeden Landkreis eine ZIP-Datei zum Versenden: die Vereinbarung als PDF und Word und die Synopse gegen das Vorjahr.

    Ohne TRAEGER für alle Datensätze des Jahres. Was versandt wird, hebt zv unter agreements/JAHR/versandt/ auf: Kommt etwas
    zurück, lässt es sich damit vergleichen. Den Stand vermerkt zv setze-stand.
    """
    from agreements.errors import ZvError
    from agreements.files.disk import write_atomic
    from agreements.library.library import open_library
    from zv.failures import told as failed
    from zv.formats import How
    from zv.named import name_of, records_of
    from zv.sending import each_prepared, keep, packed, require_made_of

    library, failures = open_library(ordner()), list[tuple[str, ZvError]]()
    target = nach or ordner() / "out" / "paket"
    several = records_of(was, library)
    for asked, sending in zip(several, each_prepared(library.store.ordner, several, How(endgueltig=endgueltig)), strict=True):
        try:
            if isinstance(sending, ZvError):
                raise sending
            stored = library.store.load(asked)
            require_made_of(sending, stored)
            kept = keep(library, stored, sending)
            path = target / str(stored.record.jahr) / f"{sending.titel}.zip"
            write_atomic(path, packed(sending.files))
        except ZvError as error:
            failures.append((name_of(asked), error))
            continue
        click.echo(f"{path}  ({len(sending.files)} Dateien; aufgehoben in {kept.folder})")
        if sending.hint:
            click.echo(f"  {sending.hint}", err=True)
    for line in failed(failures):
        click.echo(line, err=True)
    ctx.exit(1 if failures else 0)
