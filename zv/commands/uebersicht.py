"""`zv uebersicht`: all Träger of some years at a glance."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from zv.common import ordner, ordner_option
from zv.german import Command

FORMATS = ("text", "json", "csv", "xlsx", "html")


@click.command(
    "uebersicht",
    cls=Command,
    beispiele=("zv uebersicht", "zv uebersicht 2024 --format html", "zv uebersicht 2020-2024 --format xlsx --format csv --nach Auswertung"),
)
@click.argument("jahre", nargs=-1, metavar="[JAHR… | JAHR-JAHR]")
@click.option(
    "--format",
    "formate",
    type=click.Choice(FORMATS),
    multiple=True,
    metavar="FORMAT",
    help="text (ohne Angabe), json; als Datei html, xlsx oder csv; mehrfach möglich.",
)
@click.option("--nach", type=click.Path(path_type=Path), metavar="DIR", help="Dateien unter DIR ablegen statt unter out/uebersicht/.")
@ordner_option
@click.pass_context
def command(ctx: click.Context, jahre: tuple[str, ...], formate: tuple[str, ...], nach: Path | None) -> None:
    """Alle Träger im Überblick: Wie weit ist jede Vereinbarung, und was ist vereinbart?

    Ohne JAHR: alle Jahre, für die es Datensätze gibt. HTML ist eine Seite mit Karte, Bildern und einer Tabelle zum Sortieren und
    Filtern. CSV, Excel und JSON haben je Zahl eine Zeile, mit Quelle und Seite; ein Codebuch liegt dabei. Der Befehl
    endet mit 1, wenn ein Datensatz nicht zu lesen war; die anderen stehen trotzdem da.
    """
    from agreements.library.library import open_library
    from zv.surveying import surveyed

    library = open_library(ordner())
    overview = surveyed(library, asked(jahre), placed=bool(set(formate) - {"text"}))
    if not formate or "text" in formate:
        _show(overview)
    if "json" in formate:
        from render.overview_table import render_overview_json

        click.echo(render_overview_json(overview), nl=False)
    _write(library, overview, nach or ordner() / "out" / "uebersicht", [name for name in formate if name not in ("text", "json")])
    if "text" not in formate and formate:
        for error in overview.errors:
            click.echo(str(error), err=True)
    ctx.exit(1 if overview.errors else 0)


def asked(words: Sequence[str]) -> list[int]:
    """The years of a call: "2024", "2020-2024"; UsageError for other words."""
    from agreements.errors import UsageError
    from zv.common import is_year

    years: list[int] = []
    for word in words:
        first, _, last = word.replace("–", "-").partition("-")
        if not (is_year(first) and (is_year(last) or not last) and re.fullmatch(r"\d{4}(?:[-–]\d{4})?", word)):
            raise UsageError(f"„{word}“ ist kein Jahr.", abhilfe="Zum Beispiel: zv uebersicht 2024, oder: zv uebersicht 2020-2024")
        years += range(int(first), int(last or first) + 1)
    if outside := next((year for year in years if not 2005 <= year <= 2099), None):
        raise UsageError(f"Vereinbarungen gibt es ab 2005, nicht für {outside}.", abhilfe="Ein anderes Jahr nennen.")
    return years


def _show(overview: Any) -> None:
    from zv.overviewing import show
    from zv.terminal import Console

    show(overview, Console())


def _write(library: Any, overview: Any, target: Path, formate: Sequence[str]) -> None:
    """The files of each format that was asked for."""
    if not formate:
        return
    from agreements.files.disk import write_atomic
    from render import overview_table

    name = overview_table.years(overview.jahre, "-")
    files: dict[Path, bytes] = {}
    if "csv" in formate:
        for part, data in overview_table.render_overview_csv(overview).items():
            files[target / (".".join(filter(None, (name, part))) + ("" if part.endswith(".md") else ".csv"))] = data
    if "xlsx" in formate:
        files[target / f"{name}.xlsx"] = overview_table.render_overview_xlsx(overview)
    if "html" in formate:
        files[target / f"{name}.html"] = _page(library, overview)
    for path, data in files.items():
        write_atomic(path, data)
        click.echo(f"{path}{_notation(path.name)}", err="json" in formate)


def _notation(name: str) -> str:
    """How a CSV file is to be read, for those whose program asks."""
    if name.endswith(".international.csv"):
        return "  (Trennzeichen Komma, Dezimalpunkt; für R, Stata, Python)"
    return "  (Trennzeichen Semikolon, Dezimalkomma; für das deutsche Excel)" if name.endswith(".csv") else ""


def _page(library: Any, overview: Any) -> bytes:
    """The page, with the tile map of each Land that has one; UsageError where what draws its figures is not installed."""
    from zv.extras import SEITE, require

    require(SEITE, "Die Seite mit Bildern")
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # its remarks on where it keeps its list of fonts help nobody here
    from render.figures import load_tiles
    from render.overview_page import render_overview_page

    laender = dict.fromkeys(library.land_of(entry.traeger.schluessel, entry.jahr) for entry in overview.entries)
    found = [path for land in laender if land and (path := library.store.find(f"templates/{land}/kacheln.csv"))]
    return render_overview_page(overview, [load_tiles(path) for path in found])
