"""`zv render`: records to PDF, Word, HTML and text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import cast

import click

from agreements.document import Document
from zv.common import naming, ordner, ordner_option, records_asked
from zv.german import Command

FORMATS = {
    "pdf": "render.pdf:render_pdf",
    "docx": "render.word:render_word",
    "html": "render.html:render_html",
    "text": "render.text:render_text",
}
"""The formats and what makes them; the name is the choice of `--format`, loaded only when asked for."""

SUFFIXES = {"text": "txt"}


@click.command(
    "render", cls=Command, no_args_is_help=True,
    beispiele=("zv render 2024 lk-emsland", "zv render 2024 lk-emsland lk-peine --format docx", "zv render Entwurf.yaml --nach Versand"),
)
@click.argument("was", nargs=-1, required=True, metavar="JAHR TRAEGER… | DATEI.yaml…")
@click.option("--format", "formate", type=click.Choice(list(FORMATS)), multiple=True, metavar="FORMAT",
              help="pdf, docx, html oder text; mehrfach möglich. Ohne Angabe: pdf und docx.")
@click.option("--nach", type=click.Path(path_type=Path), metavar="DIR", help="Ablegen unter DIR/JAHR/ statt unter out/JAHR/.")
@click.option("--vorlage", type=click.Path(path_type=Path), metavar="DATEI.dotx",
              help="Word mit den Formatvorlagen dieser Hausvorlage machen.")
@click.option("--endgueltig", is_flag=True, help="Nur drucken, wenn nichts mehr offen ist und keine Prüfung einen Fehler findet.")
@ordner_option
def command(was: tuple[str, ...], formate: tuple[str, ...], nach: Path | None, vorlage: Path | None, endgueltig: bool) -> None:
    """Aus Datensätzen Vereinbarungen als PDF und Word machen.

    Jeder Text wird vor dem Drucken zur Probe zurückgelesen: Was beim Lesen anders herauskäme, wird nicht gedruckt. Sind Angaben
    offen, steht auf jeder Seite ENTWURF, und eine Anlage nennt, was offen ist.
    """
    from agreements.agreement import open_library
    from agreements.annex import with_annex
    from agreements.files import write_atomic
    from agreements.final import require_final

    library = open_library(ordner())
    target = nach or ordner() / "out"
    for asked in records_asked(was):
        stored = library.store.load(asked)
        with naming(stored.path):
            document = library.document(library.effective(stored.record, stored.path))
            if endgueltig:
                require_final(library, stored, document)
        for name in formate or ("pdf", "docx"):
            path = target / str(document.jahr) / f"{document.kennung}.{SUFFIXES.get(name, name)}"
            write_atomic(path, renderer(name, vorlage)(with_annex(document)))
            click.echo(f"{path}  ({document.titel}{', Entwurf mit offenen Angaben' if document.entwurf else ''})")


def renderer(name: str, vorlage: Path | None = None) -> Callable[[Document], bytes]:
    """The function that makes a format; `vorlage` is the house template of Word files."""
    from functools import partial
    from importlib import import_module

    module, _, function = FORMATS[name].partition(":")
    made = cast(Callable[..., bytes], getattr(import_module(module), function))
    return partial(made, vorlage=vorlage) if name == "docx" else made
