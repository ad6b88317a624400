"""`zv einlesen`: many files to records and review sheets."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from zv.common import format_option, ordner, ordner_option
from zv.german import Command

SUFFIXES = (".pdf", ".docx")
"""What a folder is searched for."""


@click.command(
    "einlesen",
    cls=Command,
    no_args_is_help=True,
    beispiele=("zv einlesen Vereinbarung.pdf", "zv einlesen Ablage", "zv einlesen Ablage --ohne-unterschriften --format json"),
)
@click.argument("was", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DATEI… | ORDNER…")
@click.option("--ohne-unterschriften", is_flag=True, help="Im Prüfbogen keine Bilder der Unterschriften zeigen.")
@click.option(
    "--unterschriften-uebernehmen",
    is_flag=True,
    help="Ist ein Blatt mit Papiercode wie entworfen unterzeichnet, dies im vorhandenen Datensatz vermerken.",
)
@click.option("--noch-einmal", is_flag=True, help="Auch schon Eingelesenes noch einmal lesen; was entschieden ist, bleibt entschieden.")
@format_option("tabelle", "json", hilfe="tabelle: am Ende eine Übersicht (ohne Angabe). json: je Datei eine Zeile, sobald sie fertig ist.")
@ordner_option
@click.pass_context
def command(
    ctx: click.Context, was: tuple[Path, ...], ohne_unterschriften: bool, unterschriften_uebernehmen: bool, noch_einmal: bool, form: str
) -> None:
    """Viele Vereinbarungen auf einmal einlesen, auch ganze Ordner (PDF und Word).

    Jede wird ein Datensatz unter agreements/JAHR/ und ein Prüfbogen unter out/pruefung/JAHR/. Vorhandene Datensätze und die
    eingelesenen Dateien bleiben, wie sie sind; nur mit --unterschriften-uebernehmen kommen Tag und Zustand der Unterschriften in den
    Datensatz, den ein Papiercode nennt. Was schon eingelesen ist, wird nicht noch einmal gelesen; nach einem Abbruch
    denselben Befehl noch einmal geben. Am Ende steht, was anzusehen ist.
    """
    from agreements.library.library import open_library
    from zv.deciding import all_settled
    from zv.importing import Import, exit_code
    from zv.progress import Bar
    from zv.telling import as_data, show
    from zv.terminal import console

    library = open_library(ordner())
    all_settled(library)
    files, others = wanted(was, library.store.ordner / "out")
    results = []
    with Bar(len(files)) as bar:
        for result in Import(library, ohne_unterschriften, unterschriften_uebernehmen, noch_einmal).results(files, bar.begins, bar.refresh):
            results.append(result)
            if result.teil[0] == result.teil[1]:
                bar.ends(result.datei)
            if form == "json":
                place = {"nummer": sum(each.teil[0] == 1 for each in results), "von": len(files)}
                click.echo(json.dumps(place | as_data(result, library), ensure_ascii=False))
    if form == "tabelle":
        show(results, others, console())
    ctx.exit(exit_code(results))


def wanted(was: Sequence[Path], made: Path) -> tuple[list[Path], list[Path]]:
    """The files that are named and those in named folders, each once, and what else lies there; what zv has made is left out."""
    from agreements.errors import UsageError
    from agreements.files.opening import real

    files, others = dict[Path, Path](), list[Path]()
    for path in was:
        for file in _within(path, real(made)) if path.is_dir() else [path]:
            if path.is_dir() and file.suffix.lower() not in SUFFIXES:
                others.append(file)
            else:
                files.setdefault(real(file), file)
    if not files:
        raise UsageError("Hier liegt weder eine PDF- noch eine Word-Datei (.docx).", datei=was[0], abhilfe="Einen anderen Ordner nennen.")
    return list(files.values()), others


def _within(folder: Path, made: Path) -> Iterator[Path]:
    """The files of a folder and its subfolders, sorted, without hidden ones and those that Word keeps while a file is open."""
    from agreements.files.opening import real

    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and not real(path).is_relative_to(made):
            yield path
