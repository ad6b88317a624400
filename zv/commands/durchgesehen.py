"""`zv durchgesehen`: texts that were carried over from an earlier year, looked through."""

from __future__ import annotations

import click

from zv.common import kuerzel_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "durchgesehen",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        "zv durchgesehen 2025/lk-emsland rahmenbedingungen.regionale_lage",
        'zv durchgesehen 2025/lk-emsland "Ziel 4: Titel" --kuerzel MK',
        "zv durchgesehen 2025/lk-emsland",
    ),
)
@click.argument("wo", metavar="JAHR/TRAEGER")
@click.argument("felder", nargs=-1, metavar="[ANGABE…]")
@kuerzel_option
@ordner_option
def command(wo: str, felder: tuple[str, ...], kuerzel: str | None) -> None:
    """Texte, die aus dem Vorjahr übernommen sind, als durchgesehen vermerken: die genannten, ohne Angabe alle.

    Welche das sind, nennt zv offen. Zurück geht es mit zv zurueck.
    """
    from agreements.deciding.decisions import looked_through
    from agreements.library.library import open_library
    from agreements.model.fields import label
    from agreements.store.journal import decide
    from zv.deciding import opened_agreement

    library = open_library(ordner())
    stored = opened_agreement(library, wo)
    text = looked_through(library, stored, felder)
    left = library.store.parsed(text, stored.path).record.akte.uebernommen
    done = [label(path) for path in stored.record.akte.uebernommen if path not in left]
    said = f"durchgesehen: {', '.join(dict.fromkeys(done))}"
    decide(library.store, stored, text, said, kuerzel)
    click.echo(f"{said[:1].upper()}{said[1:]}" if done else "Hier ist nichts mehr durchzusehen.")
