"""`zv uebernimm`: what came back of an agreement against what was sent and what is here; a plan first, then what of it is taken."""

from __future__ import annotations

from pathlib import Path

import click

from zv.common import format_option, kuerzel_option, ordner, ordner_option
from zv.german import Command


@click.command(
    "uebernimm",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        "zv uebernimm 2024/lk-emsland Rücklauf.docx",
        "zv uebernimm 2024/lk-emsland Rücklauf.docx --format json",
        "zv uebernimm 2024/lk-emsland Rücklauf.docx --alle",
    ),
)
@click.argument("wo", metavar="JAHR/TRAEGER")
@click.argument("datei", type=click.Path(path_type=Path), metavar="DATEI")
@click.option("--alle", is_flag=True, help="Alles übernehmen, was der Plan zu nehmen vorschlägt.")
@click.option("--nimm", metavar="1,3-5", help="Diese Änderungen übernehmen, auch strittige.")
@click.option("--lehne", metavar="2", help="Diese Änderungen ablehnen.")
@format_option("text", "json", hilfe="text: zum Ansehen (ohne Angabe). json: für Programme.")
@kuerzel_option
@ordner_option
def command(wo: str, datei: Path, alle: bool, nimm: str | None, lehne: str | None, form: str, kuerzel: str | None) -> None:
    """Was von einer Vereinbarung zurückkam (Word, PDF, Scan) gegen das halten, was versandt wurde und was hier steht.

    Erst zeigt ein Plan jede Änderung mit Nummer. Strittig ist nur, was beide Seiten geändert haben; der Wortlaut bleibt, wenn man
    nichts anderes sagt. Ist nichts Versandtes aufbewahrt, wird nichts vorgeschlagen. Die Nummern gelten, bis Datensatz oder Datei
    sich ändern; zurück geht es mit zv zurueck.
    """
    from agreements.errors import UsageError
    from agreements.library.library import open_library
    from agreements.model.record import Vereinbarung
    from zv.accepting import Returning, numbers
    from zv.deciding import opened, tell_lacking
    from zv.proposed import done, shown

    library = open_library(ordner())
    stored = opened(library, wo)
    if not isinstance(stored.record, Vereinbarung):
        raise UsageError("Zurück kommt eine Vereinbarung, keine rahmen.yaml.", abhilfe="Zum Beispiel: zv uebernimm 2024/lk-emsland DATEI")
    came = Returning(library, stored, datei)
    current = came.current(numbered=bool(nimm or lehne)) if alle or nimm or lehne else None
    fresh, found = came.plan()
    plan = current or fresh
    taken, refused = numbers(nimm or "", len(plan.aenderungen)), numbers(lehne or "", len(plan.aenderungen))
    if both := taken & refused:
        raise UsageError(f"Änderung {min(both)} kann man nicht zugleich nehmen und ablehnen.", abhilfe="Eines von beiden nennen.")
    if alle:
        open_ = [each for each in plan.aenderungen if each.entscheidung is None and each.nummer not in taken | refused]
        taken |= {each.nummer for each in open_ if each.vorschlag == "nehmen"}
        refused |= {each.nummer for each in open_ if each.vorschlag == "lehnen"}
    if taken or refused:
        plan, lacking = came.carry_out(plan, found, taken, refused, kuerzel)
        told = done(plan, taken, refused)
    else:
        came.keep(plan)
        nothing = ["Vorgeschlagen ist nichts zu nehmen; übernommen wurde nichts."] if alle else []
        told, lacking = iter([*nothing, *shown(plan, datei)]), None
    click.echo(plan.model_dump_json(indent=1) if form == "json" else "\n".join(told))
    tell_lacking(lacking)
