"""`zv runde`: a record rendered, read back and compared, shown plainly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
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
    from agreements.errors import UsageError
    from agreements.library.library import open_library
    from zv.named import records_named
    from zv.terminal import Console

    library = open_library(ordner())
    asked = records_named(was, library)
    if len(asked) != 1:
        raise UsageError("Eine Vereinbarung nach der anderen.", abhilfe="Zum Beispiel: zv runde 2024/lk-emsland")
    stored = library.store.load(asked[0])
    wanted = library.effective(stored.record, stored.path)
    with naming(stored.path):
        document = library.document(wanted)
    read = _read_back(library, document)
    console = Console()
    table, wrong = _compared(wanted, read, f"{document.titel}, Datensatz {' '.join(was)}")
    console.print(table)
    for name, extraction in read.items():
        said = extraction.record
        wrong += (said.abweichungen, said.wortlaut) != (wanted.abweichungen, wanted.wortlaut)
        console.print(_summary(name, extraction))
    console.print(f"Ergebnis: {wrong} Unterschiede." if wrong else "Ergebnis: Beide Fassungen sagen dasselbe wie der Datensatz.")
    if wrong:
        ctx.exit(1)


def _read_back(library: Any, document: Any) -> dict[str, Any]:
    """What is read of the document printed in each format, by what officials call it."""
    from agreements.files.temporary import temporary_folder
    from extract.extraction import extract
    from zv.formats import renderer

    read = {}
    with temporary_folder() as folder:
        for name, form in (("PDF", "pdf"), ("Word", "docx")):
            path = folder / f"{document.kennung}.{form}"
            path.write_bytes(renderer(form)(document))
            read[name] = extract(path, library, own=True)
    return read


def _compared(wanted: Any, read: Mapping[str, Any], title: str) -> tuple[Any, int]:
    """The table of every Angabe as the record has it and as it was read, and how many were read otherwise."""
    from rich.markup import escape
    from rich.table import Table

    from agreements.model.fields import angaben, label
    from agreements.model.values import OFFEN

    table = Table(title=escape(title), title_justify="left", box=None, pad_edge=False)
    for heading in ("Angabe", "Datensatz", *read):
        table.add_column(heading, overflow="fold")
    expected, back = angaben(wanted), [angaben(extraction.record) for extraction in read.values()]
    wrong = 0
    for feld in dict.fromkeys((*expected, *(feld for values in back for feld in values))):
        if feld.endswith(".zustand"):
            continue
        value = expected.get(feld)
        marks = ["gleich" if values.get(feld) == value else f"ANDERS: {shown(values.get(feld))}" for values in back]
        wrong += sum(mark != "gleich" for mark in marks)
        said = "leer" if feld.endswith(".datum") and value is OFFEN else shown(value)
        table.add_row(*map(escape, (label(feld), said, *marks)))
    return table, wrong


def _summary(name: str, extraction: Any) -> str:
    """One line on what was read of a format."""
    from agreements.model.fields import angaben

    pages = f", {extraction.reading.page_count} Seiten" if extraction.reading.page_count else ""
    said = extraction.record
    return f"{name}{pages}: {len(angaben(said))} Angaben gelesen, {len(said.abweichungen)} Abweichungen vom Wortlaut"


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
