"""`zv check`: do records load, fill their wording, and fit in their numbers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from zv.common import is_year, ordner, ordner_option
from zv.german import Command


@click.command("check", cls=Command, beispiele=("zv check", "zv check 2024", "zv check agreements/2024/lk-emsland.yaml"))
@click.argument("was", required=False, metavar="[DATEI.yaml | JAHR]")
@ordner_option
@click.pass_context
def command(ctx: click.Context, was: str | None) -> None:
    """Datensätze prüfen: Lassen sie sich laden, füllen sie ihren Wortlaut, passen die Zahlen zueinander?

    Ohne Angabe werden alle Datensätze geprüft. Der Befehl endet mit 1, wenn etwas nicht stimmt; Hinweise zählen nicht.
    """
    from agreements.agreement import open_library
    from agreements.check import check
    from agreements.errors import RecordError, UnreadableError, UsageError, ZvError

    library = open_library(ordner())

    def problems(path: Path) -> Iterator[tuple[str, bool]]:
        """Each line to show about a record, and whether it is wrong."""
        try:
            stored = library.store.load(path)
            record = library.effective(stored.record, path)
            for befund in check(record):
                place = f"{path}:{stored.lines.get(befund.feld or '', 1)}"
                yield f"{place}: {befund.schwere}: {befund.sentence()}", befund.schwere != "hinweis"
            library.document(record)
        except ZvError as error:
            yield str(error) if error.datei or isinstance(error, RecordError) else f"{path}: {error}", True  # a record's faults name it

    if was is not None and not is_year(was):
        paths = [Path(was)]
        if not paths[0].is_file():
            raise UnreadableError("Die Datei gibt es nicht.", datei=was, abhilfe="Den Namen prüfen.")
    else:
        paths = [path for year in ([int(was)] if was else library.store.years()) for path in library.store.records(year)]
    if not paths:
        raise UsageError(f"Es gibt keine Datensätze{f' für {was}' if was else ''}.", datei=ordner() / "agreements",
                         abhilfe="Einen anlegen oder mit --ordner einen anderen Ordner nennen.")
    failed = 0
    for path in map(_shown, paths):
        found = list(problems(path))
        for line, _ in found:
            click.echo(line)
        if any(wrong for _, wrong in found):
            failed += 1
        else:
            click.echo(f"{path}: in Ordnung")
    if failed:
        click.echo(f"{failed} von {len(paths)} Datensätzen zu berichtigen.", err=True)
        ctx.exit(1)


def _shown(path: Path) -> Path:
    """A path as one would type it here."""
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
