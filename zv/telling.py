"""How what became of many files is told: a table for people, a line of JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agreements.language.tokens import apart
from agreements.library.library import Library
from extract.results.report import as_json
from zv.importing import Result
from zv.named import address_of
from zv.terminal import print_table


def as_data(result: Result, library: Library) -> dict[str, Any]:
    """A result for programs; `bericht` is what `zv lies --format json` says."""
    return {
        "datei": str(result.datei), "sha256": result.sha256, "ergebnis": result.ergebnis,
        "satz": None if result.satz is None else str(result.satz), "pruefbogen": None if result.bogen is None else str(result.bogen),
        "teil": result.teil[0], "von_teilen": result.teil[1],
        "andere_haelfte": None if result.other_half is None else str(result.other_half.datei),
        "statt": None if result.statt is None else str(result.statt),
        "wie_entworfen": result.drafted, "neu_zu_entscheiden": result.anew,
        "zu_pruefen": result.unsure, "warnungen": result.warnings, "meldung": None if result.error is None else str(result.error),
        "unterschiede": [{"feld": each.feld, "name": each.name, "alt": each.alt, "neu": each.neu} for each in result.differences],
        "bericht": json.loads(as_json(result.extraction, library)) if result.extraction else None,
    }  # fmt: skip


def show(results: Sequence[Result], others: Sequence[Path], console: Console) -> None:
    """The table of what was read and what is to be looked at, and below it every difference from a record that was there."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Datei", "Ergebnis", "Anzusehen"):
        table.add_column(heading, overflow="fold")
    for result in results:
        table.add_row(*map(escape, (name(result), outcome(result), to_look_at(result))))
    print_table(table, console)
    for result in results:
        if result.other_half:
            console.print(f"\n{halves(result, result.other_half)}", markup=False)
        elif result.drafted and result.ergebnis != "unterzeichnet":
            take = "Tag und Zustand der Unterschriften übernimmt: zv einlesen --unterschriften-uebernehmen"
            console.print(f"\n{result.datei.name} ist unterzeichnet wie entworfen ({result.satz}). {take}", markup=False, soft_wrap=True)
        elif result.differences and result.satz:
            _show_differences(result, console)
    if others:
        names = ", ".join(path.name for path in others[:5]) + (f" und {len(others) - 5} weitere" if len(others) > 5 else "")
        console.print(f"\nNicht gelesen, weil weder PDF noch Word (.docx): {names}", markup=False)
    console.print(f"\n{summary(results)}", markup=False)


def _show_differences(result: Result, console: Console) -> None:
    """What a file says otherwise than the record that is there, and what to do about it."""
    assert result.satz is not None
    said = f"{(result.statt or result.datei).name} und {result.satz} sagen Verschiedenes"
    kept = f"der Datensatz ist aus {result.datei.name}" if result.statt else "der Datensatz blieb, wie er ist"
    if result.signed:
        said, kept = f"{result.datei.name} ist unterzeichnet, sonst gleich wie {result.satz}", "hinzu kommt"
    console.print(f"\n{said}; {kept}:", markup=False)
    for each in result.differences:
        old, new = apart(" / ".join(each.alt), " / ".join(each.neu))
        console.print(f"  {each.name}: {old} → {new}", markup=False, soft_wrap=True)
    if result.signed:
        console.print(f"  Übernehmen: zv uebernimm {address_of(result.satz)} {result.datei} --alle", markup=False, soft_wrap=True)


def name(result: Result) -> str:
    """The file, and which of its agreements it is where it holds several."""
    number, of = result.teil
    return result.datei.name if of == 1 else f"{result.datei.name} ({number}. von {of})"


def halves(result: Result, other: Result) -> str:
    """What to do with an agreement that lies in two files."""
    remove = f"den Datensatz {other.satz} löschen, " if other.ergebnis == "neu" else ""
    return (f"{other.datei.name} und {result.datei.name} sind Teile einer Vereinbarung: {remove}"
            "beide zu einer Datei zusammenfügen und diese einlesen.")  # fmt: skip


def outcome(result: Result) -> str:
    """What became of a file."""
    match result.ergebnis:
        case "neu" if result.statt:
            return f"neu: {result.satz}, besser zu lesen als {result.statt.name}"
        case "neu":
            return f"neu: {result.satz}"
        case "unterzeichnet":
            return f"unterzeichnet wie entworfen, vermerkt: {result.satz}"
        case "vorhanden" if result.drafted:
            return f"unterzeichnet wie entworfen: {result.satz}"
        case "bekannt" if result.anew:
            return f"noch einmal gelesen: {result.satz}"
        case "bekannt":
            return f"schon eingelesen: {result.satz}"
        case "vorhanden" if result.signed and result.differences:
            return f"unterzeichnet, sonst gleich wie {result.satz}"
        case "vorhanden" if result.differences:
            return f"anders als {result.satz}"
        case "vorhanden" if result.signed:
            return f"gleich wie {result.satz}; nur die Unterschriften sehen anders aus"
        case "vorhanden":
            return f"gleich wie {result.satz}"
    return "nicht eingelesen"


def to_look_at(result: Result) -> str:
    """What a person must do about a file."""
    if result.error:
        return str(result.error).removeprefix(f"{result.error.datei}: ")
    counts = {
        "Angabe/Angaben": result.unsure,
        "Warnung/Warnungen": result.warnings,
        "Unterschied/Unterschiede": 0 if result.signed else len(result.differences),
    }
    if result.anew and result.satz:
        where = f"{result.satz.parent.name}/{result.satz.stem}"
        return f"{result.anew} Punkt{'' if result.anew == 1 else 'e'} neu zu entscheiden: zv offen {where}"
    said = [f"{count} {name.split('/')[count > 1]}" for name, count in counts.items() if count]
    if not said:
        return "–" if result.ergebnis == "bekannt" else f"nichts Auffälliges: {result.bogen}"
    return f"{', '.join(said)}: {result.bogen}"


def summary(results: Sequence[Result]) -> str:
    """One line on all files."""
    counts = [(sum(result.ergebnis == name for result in results), said) for name, said in _SAID.items()]
    return ", ".join(f"{count} {said}" for count, said in counts if count) + "."


_SAID = {
    "neu": "neu eingelesen",
    "bekannt": "schon eingelesen",
    "vorhanden": "mit vorhandenem Datensatz verglichen",
    "unterzeichnet": "im Datensatz als unterzeichnet vermerkt",
    "gescheitert": "nicht eingelesen",
}
