"""`zv setze-stand`: how far agreements are."""

from __future__ import annotations

from itertools import repeat

import click

from zv.common import kuerzel_option, ordner, ordner_option, year_alone
from zv.german import Command


@click.command(
    "setze-stand",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        "zv setze-stand 2024 lk-emsland versandt",
        "zv setze-stand 2024 lk-emsland lk-peine unterzeichnet --am 15.2.2024",
        "zv setze-stand 2024 --alle versandt",
    ),
)
@click.argument("was", nargs=-1, required=True, metavar="JAHR TRAEGER… entwurf|versandt|unterzeichnet")
@click.option("--alle", is_flag=True, help="Für alle Datensätze des Jahres.")
@click.option("--am", metavar="TAG", help="Der Tag, zum Beispiel 15.1.2025. Ohne Angabe: heute, oder der Tag der letzten Unterschrift.")
@kuerzel_option
@ordner_option
@click.pass_context
def command(ctx: click.Context, was: tuple[str, ...], alle: bool, am: str | None, kuerzel: str | None) -> None:
    """Vermerken, wie weit Vereinbarungen sind, und seit wann.

    Was versandt wird, druckt zv zur Probe und hebt es unter agreements/JAHR/versandt/ auf: Kommt etwas zurück, lässt es sich
    damit vergleichen. Als unterzeichnet gilt nur, worin nichts mehr offen ist. Zurück geht es mit zv zurueck.
    """
    from agreements.errors import ZvError
    from agreements.library.library import open_library
    from agreements.store.journal import new_call
    from zv.deciding import all_settled
    from zv.failures import told as failed
    from zv.formats import How
    from zv.named import name_of, records_named, records_of
    from zv.sending import each_prepared
    from zv.standing import Noting, day, note, parted, told

    library, failures = open_library(ordner()), list[tuple[str, ZvError]]()
    all_settled(library)
    words, stand = parted(was)
    noting = Noting(stand, day(am), kuerzel, new_call())
    if alle:
        year_alone(words)
    several = (records_of if alle else records_named)(words, library)
    made = each_prepared(library.store.ordner, several, How()) if stand == "versandt" else repeat(None)
    for asked, sending in zip(several, made, strict=False):
        try:
            if isinstance(sending, ZvError):
                raise sending
            noted = note(library, library.store.load(asked), noting, sending)
        except ZvError as error:
            failures.append((name_of(asked), error))
            continue
        click.echo(told(noted))
        if noted.hint:
            click.echo(f"  {noted.hint}", err=True)
    for line in failed(failures):
        click.echo(line, err=True)
    ctx.exit(1 if failures else 0)
