"""What commands share that change a record: which one is meant, what was interrupted before, and what is said of a change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from agreements.deciding.decisions import Decision, decided, told
from agreements.deciding.points import Punkt
from agreements.errors import UnreadableError, UsageError
from agreements.files.opening import content
from agreements.library.library import Library
from agreements.model.record import Rahmen, Vereinbarung
from agreements.planning.setting import Setting, require_possible
from agreements.store.journal import decide, settle
from agreements.store.store import Gespeichert, load_text
from zv.named import agreement_named

RAHMEN = "rahmen"


def opened(library: Library, word: str) -> Gespeichert[Any]:
    """The record that a command is to change, or the rahmen.yaml of a year; what was interrupted in that year is settled and said.

    UsageError: it is none, or one that came with the program. Else as for loading.
    """
    asked = agreement_named((word,), library, also=(RAHMEN,))
    settled(library, asked[0])
    stored = _rahmen(library, asked[0]) if asked[1] == RAHMEN else library.store.load(asked)
    if not stored.path.resolve().is_relative_to(library.store.ordner.resolve()):
        raise UsageError("Dieser Datensatz gehört zum Programm, nicht zu diesem Ordner.", datei=stored.path,
                         abhilfe="Den richtigen Ordner nennen: --ordner DIR.")  # fmt: skip
    return stored


def opened_agreement(library: Library, word: str) -> Gespeichert[Vereinbarung]:
    """The same, of an agreement alone; UsageError for a rahmen.yaml."""
    stored = opened(library, word)
    if not isinstance(stored.record, Vereinbarung):
        raise UsageError("Gefragt wird nach einer Vereinbarung, mit Jahr und Träger.", abhilfe="Zum Beispiel: 2024/lk-emsland")
    return stored


class Made(NamedTuple):
    """What was decided, in a line each; the record as it is now, and what it still lacks to be printed."""

    lines: tuple[str, ...]
    stored: Gespeichert[Vereinbarung]
    lacking: str | None


def decide_points(library: Library, stored: Gespeichert[Vereinbarung], meant: Sequence[Punkt], decision: Decision) -> Made:
    """Decides open points of a record alike, in one step of its journal. Errors as for `decided` and for the journal."""
    text = decided(library, stored, meant, decision)
    lacking = require_possible(library, Setting(stored, text, ()))
    lines = tuple(told(meant, decision))
    return Made(lines, decide(library.store, stored, text, "; ".join(lines), decision.kuerzel), lacking)


def settled(library: Library, jahr: int) -> None:
    """Finishes or withdraws what was interrupted in a year, and says so."""
    for line in settle(library.store, jahr):
        click.echo(line, err=True)


def all_settled(library: Library) -> None:
    """The same for all years, where a command changes records of whichever it reads of."""
    for jahr in library.store.years():
        settled(library, jahr)


def tell_lacking(lacking: str | None) -> None:
    """Says what a changed record lacks to be printed; nothing where it lacks nothing."""
    if lacking:
        click.echo(f"Noch lässt sich der Datensatz nicht drucken: {lacking}", err=True)


def _rahmen(library: Library, jahr: int) -> Gespeichert[Rahmen]:
    path = library.store.ordner / f"agreements/{jahr}/{RAHMEN}.yaml"
    if not path.is_file():
        raise UnreadableError(f"Für {jahr} gibt es hier keine rahmen.yaml.", datei=path, abhilfe=f"Anlegen: zv entwirf {jahr} --alle")
    return load_text(content(path), Rahmen, path)
