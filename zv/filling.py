"""How `zv planung` tells what a planning table would change: every Angabe old and new with its cell, and every fault."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from agreements.errors import ZvError
from agreements.language.said import say
from agreements.library.library import Library
from agreements.model.fields import label
from agreements.model.record import plain
from agreements.planning.changes import Change, Filled, Plan, write
from agreements.store.journal import new_call

SAME = "Die Tabelle sagt dasselbe wie die Datensätze."
"""Said of a table that changes nothing."""
Outcome = Mapping[Path, ZvError | None]
"""Of each record that was to be written: why it was not, or None."""


def written(planned: Plan, library: Library, kuerzel: str | None) -> Outcome:
    """Writes each record; one that cannot be written, since somebody changed it meanwhile, stops no other."""
    outcome, aufruf = dict[Path, ZvError | None](), new_call()
    for filled in planned.filled:
        try:
            write(library, filled, kuerzel, aufruf)
            outcome[filled.stored.path] = None
        except ZvError as error:
            outcome[filled.stored.path] = error
    return outcome


def show(planned: Plan, library: Library, console: Console) -> None:
    """What is to be put right and nothing else; where there is nothing, what changes, record by record, and what a person must know."""
    if planned.faults:
        _show_faults(planned, console)
        return
    for filled in planned.filled:
        record = filled.stored.record
        console.print(Text(f"{library.register.find(record.traeger, record.jahr).name} {record.jahr}", "bold"))
        console.print(_changes(filled, library))
    for hint in planned.hints:
        console.print(f"HINWEIS: {hint}", markup=False, soft_wrap=True)


def _show_faults(planned: Plan, console: Console) -> None:
    for hint in planned.hints:
        console.print(f"HINWEIS: {hint}", markup=False, soft_wrap=True)
    for fault in planned.faults:
        console.print(f"{fault.ort}: {fault.text}", markup=False, soft_wrap=True)
    if names := dict.fromkeys(fault.ohne for fault in planned.faults if fault.ohne):
        said = " ".join(f'--ohne "{name}"' if " " in name else f"--ohne {name}" for name in names)
        console.print(f"\nSoll davon etwas außer Acht bleiben: {said}", markup=False, soft_wrap=True)
    if planned.filled:
        console.print(f"\nSonst: {_asked(planned)}", markup=False, soft_wrap=True)


def _changes(filled: Filled, library: Library) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for title in ("  Zelle", "Angabe", "bisher", "künftig"):
        table.add_column(title, overflow="fold")
    for change in filled.changes:
        cell = change.ort.rpartition(" ")[2]
        table.add_row(f"  {cell}", *map(Text, (label(change.feld), *_both(change, library, filled.stored.record.jahr))))
    return table


def _both(change: Change, library: Library, jahr: int) -> tuple[str, str]:
    """Old and new; of lists only the entries that the other has not, unless only their order differs."""
    old, new = (say(change.feld, value, library.register, jahr) for value in (change.alt, change.neu))
    if len(old) + len(new) > 2 and set(old) != set(new):
        return _entries(old, new), _entries(new, old)
    return "\n".join(old), "\n".join(new)


def _entries(own: Sequence[str], other: Sequence[str]) -> str:
    alone = [entry for entry in own if entry not in other]
    same = len(own) - len(alone)
    return "\n".join([*(f"· {entry}" for entry in alone), *([f"({same} gleich)"] if same else [])])


def summary(planned: Plan) -> str:
    """One line on what the table asks for."""
    if planned.faults:
        return f"{_count(len(planned.faults), 'Stelle', 'Stellen')} zu berichtigen. Geschrieben wurde nichts."
    if not planned.filled:
        return SAME
    return _asked(planned)


def _asked(planned: Plan) -> str:
    return f"{_count(planned.changes, 'Änderung', 'Änderungen')} in {_count(len(planned.filled), 'Datensatz', 'Datensätzen')}."


def ended(outcome: Outcome) -> str:
    """One line on what was written."""
    done = sum(error is None for error in outcome.values())
    failed = f", {len(outcome) - done} nicht" if done < len(outcome) else ""
    return f"{_count(done, 'Datensatz', 'Datensätze')} geschrieben{failed}. Alles zusammen nimmt zurück: zv zurueck"


def _count(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


# ---------------------------------------------------------------- for programs


def as_data(planned: Plan, outcome: Outcome, library: Library) -> dict[str, Any]:
    """The same for programs, and what became of each record."""
    return {
        "jahr": planned.jahr,
        "datensaetze": [{
            "traeger": each.stored.record.traeger, "datei": str(each.stored.path),
            "geschrieben": each.stored.path in outcome and outcome[each.stored.path] is None,
            "meldung": str(error) if (error := outcome.get(each.stored.path)) else None,
            "aenderungen": [_change(change, library, planned.jahr) for change in each.changes],
        } for each in planned.filled],
        "fehler": [{"zelle": fault.ort, "text": fault.text, "ohne": fault.ohne or None} for fault in planned.faults],
        "hinweise": planned.hints,
    }  # fmt: skip


def _change(change: Change, library: Library, jahr: int) -> dict[str, Any]:
    old, new = (list(say(change.feld, value, library.register, jahr)) for value in (change.alt, change.neu))
    return {"feld": change.feld, "name": label(change.feld), "zelle": change.ort, "alt": old, "neu": new, "wert": _json(plain(change.neu))}


def _json(value: Any) -> Any:
    """Plain data as JSON has them: of decimals the digits as text, days as ISO."""
    match value:
        case dict():
            return {key: _json(part) for key, part in value.items()}
        case list():
            return [_json(part) for part in value]
        case None | int() | str():
            return value
    return str(value)
