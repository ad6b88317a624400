"""`zv stilllegen`: a rule of `zv pruefe` that does not hold for an agreement, silenced with its reason."""

from __future__ import annotations

import click

from zv.common import kuerzel_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "stilllegen",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        'zv stilllegen 2024/lk-emsland datum-vor-haushalt --grund "So unterzeichnet."',
        'zv stilllegen 2024/lk-emsland jahr-im-text@rahmenbedingungen.regionale_lage --grund "Der Vergleich ist gemeint."',
    ),
)
@click.argument("wo", metavar="JAHR/TRAEGER")
@click.argument("regel", metavar="REGEL[@STELLE]")
@click.option("--grund", default="", metavar="GRUND", help="Warum die Regel hier nicht gilt; steht im Datensatz.")
@kuerzel_option
@ordner_option
def command(wo: str, regel: str, grund: str, kuerzel: str | None) -> None:
    """Eine Prüfregel für eine Vereinbarung stilllegen, überall oder hinter @ an einer Stelle.

    Die Namen der Regeln nennt zv pruefe hinter jedem Befund. Zurück geht es mit zv zurueck.
    """
    from agreements.deciding.decisions import silenced
    from agreements.library.library import open_library
    from agreements.rules.table import rules
    from agreements.store.journal import decide
    from zv.deciding import opened_agreement

    library = open_library(ordner())
    stored = opened_agreement(library, wo)
    text = silenced(library, stored, regel, grund, [rule.name for rule in rules()])
    decide(library.store, stored, text, f"stillgelegt: {regel}", kuerzel)
    click.echo(f"Stillgelegt: {regel}")
