"""`zv bestaetige`: open points of a record decided, written so that it can be undone."""

from __future__ import annotations

from typing import Any

import click

from zv.common import AS_WRITTEN, kuerzel_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "bestaetige",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        "zv bestaetige 2024/lk-leer 987c",
        'zv bestaetige 2024/lk-leer 3f2a --wert "8.696.939"',
        "zv bestaetige 2024/lk-leer abweichung --lesefehler --kuerzel MK",
    ),
)
@click.argument("wo", metavar="JAHR/TRAEGER")
@click.argument("kennungen", nargs=-1, required=True, metavar="KENNUNG…")
@click.option("--wert", metavar="WERT", help=f"Der richtige Wert, {AS_WRITTEN}.")
@click.option("--vereinbart", is_flag=True, help="Eine Abweichung: Sie ist so vereinbart und wird so gedruckt.")
@click.option("--lesefehler", is_flag=True, help="Eine Abweichung: Sie ist verlesen oder abgelehnt; es gilt der Wortlaut.")
@click.option("--nicht-lesbar", is_flag=True, help="Der Wert lässt sich nicht lesen; die Angabe bleibt offen.")
@click.option("--steht-nicht-da", is_flag=True, help="Die Angabe steht nicht im Dokument und entfällt.")
@kuerzel_option
@ordner_option
def command(wo: str, kennungen: tuple[str, ...], kuerzel: str | None, **wie: Any) -> None:
    """Offene Punkte entscheiden. Ohne Zusatz heißt das: Was im Datensatz steht, stimmt, oder der Punkt ist erledigt.

    Die Kennungen nennt zv offen; ihr Anfang genügt. Statt einer Kennung meint eine Art (unsicher, abweichung, nachverfolgt,
    widerspruch, kommentar) alle Punkte dieser Art. Zurück geht es mit zv zurueck.
    """
    from agreements.deciding.points import chosen, points
    from agreements.library.library import open_library
    from zv.deciding import decide_points, opened_agreement, tell_lacking
    from zv.named import address_of

    decision = _decision(wie, kuerzel)
    library = open_library(ordner())
    stored = opened_agreement(library, wo)
    made = decide_points(library, stored, chosen(points(library, stored), kennungen, stored.record), decision)
    click.echo("\n".join(made.lines))
    tell_lacking(made.lacking)
    left = len(points(library, made.stored))
    click.echo(f"{address_of(stored.path)}: noch {left} Punkt{'' if left == 1 else 'e'}." if left else "Nichts ist mehr zu entscheiden.")


def _decision(wie: dict[str, Any], kuerzel: str | None) -> Any:
    """What is decided; UsageError where several things are said at once."""
    from agreements.deciding.decisions import Decision
    from agreements.errors import UsageError

    said = [name for name, value in wie.items() if value or value == ""]
    if len(said) > 1:
        names = " und ".join(f"--{name.replace('_', '-')}" for name in said)
        raise UsageError(f"{names} schließen einander aus.", abhilfe="Nur eines davon nennen.")
    match said:
        case []:
            return Decision("bestaetigt", kuerzel=kuerzel)
        case ["wert"]:
            return Decision("berichtigt", wie["wert"], kuerzel)
    return Decision(said[0].replace("_", "-"), kuerzel=kuerzel)  # type: ignore[arg-type]
