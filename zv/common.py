"""What several commands share: options, the folder they work in, and which file an error is about."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

AS_WRITTEN = "wie man ihn schreibt: „2,5“, „1. Februar 2024“, „kein“"
"""In what form a value is typed."""
F = TypeVar("F", bound=Callable[..., Any])


def ordner_option(function: F) -> F:
    """Adds `--ordner`, before or behind the command; without it the current folder is meant."""

    from agreements.register.tables import work_in

    def keep(ctx: click.Context, _: click.Parameter, value: Path | None) -> None:
        if value is not None:
            ctx.find_root().obj = value
            work_in(value)

    return click.option(
        "--ordner",
        type=click.Path(path_type=Path),
        metavar="DIR",
        expose_value=False,
        is_eager=True,
        callback=keep,
        help="In diesem Ordner arbeiten statt im aktuellen.",
    )(function)


def kuerzel_option(function: F) -> F:
    """Adds `--kuerzel`, for every command that changes a record."""
    return click.option("--kuerzel", metavar="KÜRZEL", help="Wer das entscheidet; steht dabei.")(function)


def format_option(*formate: str, hilfe: str) -> Callable[[F], F]:
    """Adds `--format`, as `form`: one of those named, the first where none is asked for."""
    kind = click.Choice(formate)
    return click.option("--format", "form", type=kind, default=formate[0], metavar="FORMAT", help=hilfe)


def ordner() -> Path:
    """The folder to work in; UsageError where it is none."""
    from agreements.errors import UsageError

    chosen = click.get_current_context().find_root().obj
    folder = chosen if isinstance(chosen, Path) else Path()
    if not folder.is_dir():
        raise UsageError("Den Ordner gibt es nicht.", datei=folder, abhilfe="Den Namen hinter --ordner prüfen.")
    return folder


@contextmanager
def naming(datei: Path) -> Iterator[None]:
    """Names a record's file in errors that do not know it."""
    from agreements.errors import ZvError

    try:
        yield
    except ZvError as error:
        error.datei = error.datei or datei
        raise


def is_year(word: str) -> bool:
    """Whether a word of the call is a year."""
    return re.fullmatch("[12][0-9]{3}", word) is not None


def year_alone(words: Sequence[str]) -> int:
    """The year that a call for all of them names; UsageError where it names anything else."""
    from agreements.errors import UsageError

    if len(words) != 1 or not is_year(words[0]):
        raise UsageError("Mit --alle wird nur das Jahr genannt.", abhilfe="Zum Beispiel: zv drucke 2024 --alle")
    return int(words[0])
