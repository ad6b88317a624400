"""`zv vergleiche`: two agreements, or two years, side by side."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, cast

import click

from zv.common import ordner, ordner_option
from zv.german import Command

FORMATS = {
    "html": "render.synopse:render_synopse_html",
    "pdf": "render.synopse_pdf:render_synopse_pdf",
    "docx": "render.synopse_word:render_synopse_word",
}
"""The formats of a Synopse and what makes them, loaded only when asked for."""
TRACKED = "word"
"""What `--word` asks for: no Synopse, but the new agreement with the changes tracked."""


@click.command(
    "vergleiche",
    cls=Command,
    no_args_is_help=True,
    beispiele=(
        "zv vergleiche 2024/lk-emsland Rücklauf.docx",
        "zv vergleiche 2024/lk-emsland 2025/lk-emsland --format pdf",
        "zv vergleiche 2024/lk-emsland 2025/lk-emsland --word",
        "zv vergleiche 2024 2025 --format docx --nach Synopsen",
        "zv vergleiche 2024 --wortlaut",
    ),
)
@click.argument("was", nargs=-1, required=True, metavar="ALT NEU | JAHR JAHR | JAHR --wortlaut")
@click.option(
    "--format",
    "formate",
    type=click.Choice(["text", "json", *FORMATS]),
    multiple=True,
    metavar="FORMAT",
    help="text (ohne Angabe), json; als Synopse html, pdf oder docx, mehrfach möglich.",
)
@click.option("--word", is_flag=True, help="Die neue Vereinbarung als Word-Datei, mit nachverfolgten Änderungen gegen die alte.")
@click.option("--nach", type=click.Path(path_type=Path), metavar="DIR", help="Unter DIR ablegen statt unter out/synopse/.")
@click.option("--ganz", is_flag=True, help="Auch zeigen, was unverändert ist.")
@click.option("--traeger", multiple=True, metavar="TRAEGER", help="Zwei Jahre, Wortlaut: nur diesen Träger; mehrfach möglich.")
@click.option("--wortlaut", is_flag=True, help="Welche Vereinbarungen eines Jahres vom gemeinsamen Wortlaut abweichen, und wo.")
@ordner_option
@click.pass_context
def command(
    ctx: click.Context,
    was: tuple[str, ...],
    formate: tuple[str, ...],
    word: bool,
    nach: Path | None,
    ganz: bool,
    traeger: tuple[str, ...],
    wortlaut: bool,
) -> None:
    """Zwei Vereinbarungen vergleichen, Absatz für Absatz und Wort für Wort, und Angabe für Angabe.

    ALT und NEU sind Datensätze, PDF- oder Word-Dateien, oder JAHR/TRAEGER. Bei zwei Jahren werden alle Träger verglichen.
    Unterschiede sind kein Fehler: Der Befehl endet mit 0, außer wenn etwas nicht zu lesen oder zu vergleichen war.
    """
    from agreements.errors import UsageError
    from agreements.library.library import open_library
    from zv.common import is_year

    library = open_library(ordner())
    traeger = tuple(library.register.key(each, int(was[-1])) for each in traeger) if is_year(was[-1]) else traeger
    target = nach or ordner() / "out" / "synopse"
    if word:
        formate = (*formate, TRACKED)
    if wortlaut:
        if len(was) != 1 or not is_year(was[0]) or _files(formate):
            raise UsageError(
                "Mit --wortlaut wird ein Jahr genannt; das Ergebnis ist Text oder JSON.",
                abhilfe="Zum Beispiel: zv vergleiche 2024 --wortlaut --format json",
            )
        code = _common_wording(library, int(was[0]), traeger, formate)
    elif len(was) == 2 and all(map(is_year, was)):
        code = _two_years(library, (int(was[0]), int(was[1])), traeger, formate, target, ganz)
    elif traeger:
        raise UsageError("--traeger gehört zu zwei Jahren oder zu --wortlaut.", abhilfe="Sonst den Träger bei jeder Vereinbarung nennen.")
    else:
        code = _two_documents(library, was, formate, target, ganz)
    ctx.exit(code)


def _two_documents(library: Any, was: tuple[str, ...], formate: tuple[str, ...], target: Path, ganz: bool) -> int:
    from zv import comparing, contrasting

    before, after = (comparing.source(library, word) for word in comparing.asked(was, library))
    synopse = comparing.beside(library, before, after, ganz)
    _tell(formate, lambda: contrasting.as_data(synopse), lambda console: contrasting.show(synopse, console))
    _write(synopse, target / comparing.file_name(before, after), formate)
    return 0


def _two_years(library: Any, years: tuple[int, int], traeger: tuple[str, ...], formate: tuple[str, ...], target: Path, ganz: bool) -> int:
    from zv import comparing, contrasting

    pairs = comparing.years(library, *years, traeger, ganz)
    _tell(formate, lambda: contrasting.years_as_data(pairs, *years), lambda console: contrasting.show_years(pairs, *years, console))
    for pair in pairs:
        if pair.synopse:
            _write(pair.synopse, target / f"{years[0]}-{years[1]}" / pair.traeger, formate)
        elif _files(formate):
            click.echo(f"{pair.traeger}: nicht verglichen: {pair.grund}", err=True)
    return max(contrasting.exit_codes(pairs), default=0)


def _common_wording(library: Any, jahr: int, traeger: tuple[str, ...], formate: tuple[str, ...]) -> int:
    from zv import comparing, contrasting

    found = comparing.departing(library, jahr, traeger)
    _tell(formate, lambda: contrasting.departing_as_data(found, jahr), lambda console: contrasting.show_departing(found, jahr, console))
    return max(contrasting.exit_codes(found), default=0)


def _tell(formate: tuple[str, ...], data: Callable[[], dict[str, Any]], show: Callable[[Any], None]) -> None:
    """On the terminal or as JSON; neither where only files are asked for."""
    from zv.terminal import Console

    if "json" in formate:
        click.echo(json.dumps(data(), ensure_ascii=False, indent=2))
    elif not formate or "text" in formate:
        show(Console())


def _files(formate: tuple[str, ...]) -> list[str]:
    """What of it is written to files."""
    return [name for name in formate if name in (*FORMATS, TRACKED)]


def _write(synopse: Any, path: Path, formate: tuple[str, ...]) -> None:
    """The Synopse in each format that was asked for, and the Word file with tracked changes."""
    from agreements.files.disk import write_atomic

    for name in _files(formate):
        file = path.with_name(f"{path.name}-aenderungen.docx" if name == TRACKED else f"{path.name}.{name}")
        write_atomic(file, tracked(synopse) if name == TRACKED else renderer(name)(synopse))
        click.echo(f"{file}  ({synopse.summary})", err="json" in formate)


def tracked(synopse: Any) -> bytes:
    """The new agreement as Word, every change against the old one to be accepted or rejected."""
    from render.tracking import render_tracked

    return render_tracked(synopse.comparison.old, synopse.comparison.new)


def renderer(name: str) -> Callable[[Any], bytes]:
    """The function that makes a format of a Synopse."""
    module, _, function = FORMATS[name].partition(":")
    return cast(Callable[[Any], bytes], getattr(import_module(module), function))
