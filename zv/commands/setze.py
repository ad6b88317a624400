"""`zv setze`: Angaben of a record in German form, checked before it is written, and written so that it can be undone."""

from __future__ import annotations

from typing import Any

import click

from zv.common import kuerzel_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "setze",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        'zv setze 2024/lk-emsland haushalt.gesamtbudget_mio "22,5"',
        'zv setze 2024/lk-emsland Integrationsquote "steigt um höchstens 3,3 %" "Integrationsquote der Frauen" "3,5 %"',
        'zv setze 2024/lk-emsland "Ziel 4: Umsetzungsschritte" "Ein neuer Schritt." --einfuegen 2',
    ),
)
@click.argument("wo", metavar="JAHR/TRAEGER")
@click.argument("was", nargs=-1, required=True, metavar="ANGABE WERT…")
@click.option("--einfuegen", type=int, metavar="N", help="Den Text als N-ten Eintrag einer Liste einfügen, den Titel als Ziel N.")
@click.option("--ersetzen", type=int, metavar="N", help="Den N-ten Eintrag einer Liste durch den Text ersetzen.")
@click.option("--entfernen", type=int, metavar="N", help="Den N-ten Eintrag einer Liste entfernen, das Ziel N.")
@click.option("--verschieben", type=int, nargs=2, metavar="N M", help="Den N-ten Eintrag an die Stelle M bringen, Ziel N unter Nummer M.")
@kuerzel_option
@ordner_option
def command(
    wo: str,
    was: tuple[str, ...],
    einfuegen: int | None,
    ersetzen: int | None,
    entfernen: int | None,
    verschieben: tuple[int, int] | None,
    kuerzel: str | None,
) -> None:
    """Angaben setzen, wie man sie schreibt: „2,5“, „13.155.724“, „1. Februar 2024“, „steigt um höchstens 3,3 %“.

    Mehrere Angaben mit ihren Werten sind ein Schritt: Alle werden gesetzt oder keine. „offen“ heißt: noch nicht vereinbart. „kein“
    heißt: Die Angabe entfällt. JAHR/rahmen meint, was für alle gilt. Die Angabe heißt wie in der Übersicht oder wie im Datensatz.
    Zurück geht es mit zv zurueck; vor Werten mit einem Minus steht --.
    """
    from agreements.library.library import open_library
    from agreements.planning.named import name_of
    from agreements.planning.setting import require_possible, said, setting, together, without_place
    from agreements.store.journal import decide
    from zv.deciding import opened, tell_lacking
    from zv.named import address_of

    library = open_library(ordner())
    stored = opened(library, wo)
    order = _order(was[1:], einfuegen, ersetzen, entfernen, verschieben)
    made = setting(library, stored, was[0], order, kuerzel) if order else together(library, stored, _pairs(was), kuerzel)
    lacking = require_possible(library, made)
    told = list(said(library, made)) or [f"{name_of(each.feld or '')}: bestätigt" for each in made.decided]
    decide(library.store, stored, made.text, "; ".join(told), kuerzel)
    click.echo("\n".join(told) if told else "Das steht schon so da; nichts wurde geschrieben.")
    for line in without_place(library, made):
        click.echo(line, err=True)
    tell_lacking(lacking)
    if getattr(stored.record, "akte", None) and stored.record.akte.stand in ("versandt", "unterzeichnet") and told:
        click.echo(f"{address_of(stored.path)} ist schon {stored.record.akte.stand}.", err=True)


def _pairs(was: tuple[str, ...]) -> list[tuple[str, str]]:
    """Each Angabe with its value; UsageError where one has none, or a second agreement is named."""
    from agreements.errors import UsageError
    from zv.common import is_year

    if is_year(was[0].partition("/")[0]):
        raise UsageError(
            "Eine Vereinbarung nach der anderen.", abhilfe="Zum Beispiel: zv setze 2024/lk-emsland Verwaltungskosten 13.200.000"
        )
    if len(was) % 2:
        raise UsageError(f"Zu „{was[-1]}“ fehlt der Wert.",
                         abhilfe="Jede Angabe mit ihrem Wert nennen; was aus mehreren Wörtern besteht, in Anführungszeichen.")  # fmt: skip
    return list(zip(was[::2], was[1::2], strict=True))


def _order(
    werte: tuple[str, ...], einfuegen: int | None, ersetzen: int | None, entfernen: int | None, verschieben: tuple[int, int] | None
) -> Any:
    """What becomes of an entry of a list; None where values are to be set, UsageError where it is not clear."""
    from agreements.errors import UsageError
    from agreements.planning.setting import Order

    match werte, einfuegen, ersetzen, entfernen, verschieben:
        case _, None, None, None, None:
            return None
        case (str(wert),), int(), None, None, None:
            return Order("einfuegen", wert, einfuegen)
        case (str(wert),), None, int(), None, None:
            return Order("ersetzen", wert, ersetzen)
        case (), None, None, int(), None:
            return Order("entfernen", nummer=entfernen)
        case (), None, None, None, (number, there):
            return Order("verschieben", nummer=number, nach=there)
    raise UsageError(
        "Es ist nicht klar, was geschehen soll.",
        abhilfe="Eine Angabe mit dem Text nennen und --einfuegen N oder --ersetzen N, oder ohne Text --entfernen N oder --verschieben N M.",
    )
