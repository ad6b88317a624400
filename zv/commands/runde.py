"""`zv runde`: a record rendered, read back and compared, shown plainly."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from zv.common import naming, ordner, ordner_option
from zv.german import Command


@click.command(
    "runde", cls=Command, no_args_is_help=True, beispiele=("zv runde 2024/lk-emsland", "zv runde agreements/2024/lk-emsland.yaml")
)
@click.argument("was", nargs=-1, required=True, metavar="JAHR/TRAEGER | DATEI.yaml")
@ordner_option
@click.pass_context
def command(ctx: click.Context, was: tuple[str, ...]) -> None:
    """Einen Datensatz als PDF und Word ausgeben, beides zurücklesen und mit dem Datensatz vergleichen.

    Der Befehl endet mit 1, wenn auch nur eine Angabe oder ein Wort anders zurückkommt.
    """
    from tempfile import TemporaryDirectory

    from rich.console import Console
    from rich.table import Table

    from agreements.errors import UsageError
    from agreements.library.library import open_library
    from agreements.model.fields import angaben, label
    from agreements.model.values import OFFEN
    from extract.extraction import extract
    from zv.formats import renderer
    from zv.named import records_named

    library = open_library(ordner())
    asked = records_named(was, library)
    if len(asked) != 1:
        raise UsageError("Eine Vereinbarung nach der anderen.", abhilfe="Zum Beispiel: zv runde 2024/lk-emsland")
    stored = library.store.load(asked[0])
    wanted = library.effective(stored.record, stored.path)
    with naming(stored.path):
        document = library.document(wanted)
    read = {}
    with TemporaryDirectory(prefix="zv-") as folder:
        for name in ("pdf", "docx"):
            path = Path(folder) / f"{document.kennung}.{name}"
            path.write_bytes(renderer(name)(document))
            read[name] = extract(path, library, own=True)

    console = Console(highlight=False, soft_wrap=False)
    table = Table(title=f"{document.titel}, Datensatz {' '.join(was)}", title_justify="left", box=None, pad_edge=False)
    for heading in ("Angabe", "Datensatz", "PDF", "Word"):
        table.add_column(heading, overflow="fold")
    expected = angaben(wanted)
    back = {name: angaben(extraction.record) for name, extraction in read.items()}
    wrong = 0
    for feld in dict.fromkeys((*expected, *(feld for values in back.values() for feld in values))):
        if feld.endswith(".zustand"):
            continue
        marks = ["gleich" if values.get(feld) == expected.get(feld) else f"ANDERS: {shown(values.get(feld))}" for values in back.values()]
        wrong += sum(mark != "gleich" for mark in marks)
        table.add_row(label(feld), "leer" if feld.endswith(".datum") and expected.get(feld) is OFFEN else shown(expected.get(feld)), *marks)
    console.print(table)
    for name, extraction in read.items():
        same = extraction.record.abweichungen == wanted.abweichungen and extraction.record.wortlaut == wanted.wortlaut
        wrong += not same
        pages = f", {extraction.reading.page_count} Seiten" if extraction.reading.page_count else ""
        console.print(
            f"{'PDF' if name == 'pdf' else 'Word'}{pages}: {len(back[name])} Angaben gelesen, "
            f"{len(extraction.record.abweichungen)} Abweichungen vom Wortlaut"
        )
    console.print("Ergebnis: Beide Fassungen sagen dasselbe wie der Datensatz." if not wrong else f"Ergebnis: {wrong} Unterschiede.")
    if wrong:
        ctx.exit(1)


def shown(value: Any) -> str:
    """A value in one short line."""
    from agreements.language.numbers import write_number
    from agreements.language.protocol import Context
    from agreements.language.targets import Zielsatz
    from agreements.model.record import Zielwert
    from agreements.model.values import Offen
    from agreements.register.register import load_register

    match value:
        case None:
            return "–"
        case Offen():
            return "offen"
        case Zielwert():
            context = Context(jahr=0, register=load_register())
            return Zielsatz("jahr").write(value, context)
        case tuple():
            return f"{len(value)} {'Absatz' if len(value) == 1 else 'Absätze'}: {cut(value[0], 34)}"
        case date():
            return f"{value:%d.%m.%Y}"
        case str():
            return cut(value, 48)
        case _:
            return write_number(value) if not isinstance(value, int) or value > 9999 else str(value)


def cut(text: str, most: int) -> str:
    """The text, its end left out where it is longer."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
