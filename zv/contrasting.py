"""How a comparison is told: on the terminal, with signs and not by colour alone, and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table
from rich.text import Text

from agreements.comparing.texts import Piece, Row
from render.synopse import Cell, Line, Synopse, sections, values, visible
from zv.comparing import Departing, Pair

FORMAT = 1
"""Changes when a reader of the JSON would have to."""
AROUND = 8
"""Words shown of the same text before and behind a changed place."""


# ---------------------------------------------------------------- one comparison


def show(synopse: Synopse, console: Console) -> None:
    """What differs: a sentence, the findings, the changed paragraphs below their headings, the Angaben."""
    console.print(Text(synopse.titel, "bold"))
    console.print(synopse.summary, markup=False)
    console.print(f"− {synopse.links}   + {synopse.rechts}   Zwischen ›…‹ steht, was anders ist.", markup=False)
    for hinweis in synopse.hinweise:
        console.print(f"• {hinweis}", markup=False)
    for section in sections(synopse):
        told = [line for line in section.lines if line.art != "unveraendert" or synopse.ganz]
        if told:
            console.print(Text(f"\n{section.titel}", "bold"))
        for line in told:
            _show_line(line, console, synopse.ganz)
    _show_values(synopse, console)


def _show_line(line: Line, console: Console, ganz: bool) -> None:
    if line.art == "unveraendert":
        console.print(_hanging([("=", _text(line.left, ganz))]))
        return
    console.print(_hanging([("−", _text(line.left, ganz)), ("+", _text(line.right, ganz))]))


def _hanging(lines: Iterable[tuple[str, Text]]) -> Table:
    """Texts behind their signs, also where they need more than one line."""
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column()
    grid.add_column(overflow="fold")
    for sign, text in lines:
        grid.add_row(f"  {sign}", text)
    return grid


def _text(cell: Cell, ganz: bool = False) -> Text:
    told = Text()
    if cell.note:
        return told.append(cell.note, "italic")
    whole = ganz or all(piece.art == "gleich" for piece in cell.pieces) or len(cell.pieces) == 1
    for place, piece in enumerate(cell.pieces):
        if piece.art == "gleich":
            told.append(piece.text if whole else _cut(piece.text, place > 0, place < len(cell.pieces) - 1))
        else:
            told.append_text(_marked(piece, alone=len(cell.pieces) == 1))
    return told


def _marked(piece: Piece, alone: bool) -> Text:
    """The piece between signs, unless it is all that stands there; its white space stays outside."""
    core = piece.text.strip()
    before, _, after = piece.text.partition(core) if core else (piece.text, "", "")
    style = "red" if piece.art == "entfallen" else "bold green"
    return Text.assemble(before, (core if alone or not core else f"›{core}‹", style), after)


def _cut(text: str, after_change: bool, before_change: bool) -> str:
    """The words near a change, the others left out."""
    words = text.split()
    room = AROUND * (after_change + before_change)
    if len(words) <= room + 2:
        return text
    head = f"{' ' if text[0].isspace() else ''}{' '.join(words[:AROUND])} " if after_change else ""
    tail = f" {' '.join(words[-AROUND:])}{' ' if text[-1].isspace() else ''}" if before_change else ""
    return f"{head}…{tail}"


def _show_values(synopse: Synopse, console: Console) -> None:
    found = values(synopse.comparison.angaben)
    if not found:
        return
    table = Table(box=None, pad_edge=False, title="\nAngaben", title_justify="left", title_style="bold")
    for heading in ("Angabe", synopse.links, synopse.rechts, "Unterschied"):
        table.add_column(escape(heading), overflow="fold")
    for value in found:
        left, right = ("".join(piece.text for piece in side) for side in (value.left, value.right))
        table.add_row(*map(escape, (value.name, left, right, value.um)))
    console.print(table)


def as_data(synopse: Synopse) -> dict[str, Any]:
    """A comparison for programs: every paragraph with its pieces, every Angabe that differs."""
    comparison = synopse.comparison
    return {
        "format": FORMAT, "titel": synopse.titel, "alt": synopse.links, "neu": synopse.rechts,
        "gleich": comparison.equal, "zusammenfassung": synopse.summary, "hinweise": list(synopse.hinweise),
        "absaetze": [_row(row) for row in comparison.rows],
        "angaben": [{"feld": each.feld, "name": each.name, "alt": list(each.alt), "neu": list(each.neu), "unterschied": each.um or None}
                    for each in comparison.angaben],
    }  # fmt: skip


def _row(row: Row) -> dict[str, Any]:
    return {
        "art": row.art, "stelle": row.stelle, "alt": row.old.text if row.old else None, "neu": row.new.text if row.new else None,
        "stuecke": [{"art": piece.art, "text": piece.text} for piece in row.pieces],
    }  # fmt: skip


# ---------------------------------------------------------------- many


COUNTED = {"geaendert": "geändert", "neu": "neu", "entfaellt": "entfällt", "verschoben": "verschoben"}


def show_years(pairs: Sequence[Pair], old: int, new: int, console: Console) -> None:
    """A line a Träger: how many paragraphs and Angaben differ, or why it is not compared."""
    table = Table(box=None, pad_edge=False, title=f"{old} und {new}", title_justify="left", title_style="bold")
    for heading in ("Träger", *COUNTED.values(), "Angaben anders"):
        table.add_column(heading, justify="left" if heading == "Träger" else "right")
    for pair in pairs:
        if pair.synopse:
            table.add_row(escape(pair.traeger), *map(str, counts(pair.synopse).values()))
    console.print(table)
    _show_reasons([pair for pair in pairs if pair.grund], console)
    compared = sum(pair.synopse is not None for pair in pairs)
    console.print(f"{compared} von {len(pairs)} Trägern verglichen.", markup=False)


def counts(synopse: Synopse) -> dict[str, int]:
    """How many paragraphs differ, by how, and how many Angaben."""
    found: Counter[str] = Counter(row.art for row in synopse.comparison.rows)
    return {**{art: found[art] for art in COUNTED}, "angaben": len(synopse.comparison.angaben)}


def years_as_data(pairs: Sequence[Pair], old: int, new: int) -> dict[str, Any]:
    """The same for programs, with each comparison in full."""
    return {
        "format": FORMAT, "alt": old, "neu": new,
        "traeger": [{"traeger": pair.traeger, "grund": pair.grund or None, "vergleich": as_data(pair.synopse) if pair.synopse else None}
                    for pair in pairs],
    }  # fmt: skip


def show_departing(found: Sequence[Departing], jahr: int, console: Console) -> None:
    """Who departs from the common wording, where and how; then how many say the same, and who could not be compared."""
    for each in found:
        if each.rows:
            console.print(Text(f"{each.traeger} weicht an {len(each.rows)} {'Stelle' if len(each.rows) == 1 else 'Stellen'} ab:", "bold"))
        for row in each.rows:
            console.print(f"  {row.stelle or 'ohne Stelle'}: {_ARTEN[row.art]}", markup=False)
            sides = (("−", _side(row, "neu"), row.old), ("+", _side(row, "entfallen"), row.new))
            console.print(_hanging((sign, _text(Cell(pieces))) for sign, pieces, block in sides if block))
    same = [each.traeger for each in found if not each.rows and not each.grund]
    unknown = [each for each in found if each.grund]
    _show_reasons(unknown, console)
    departing = len(found) - len(same) - len(unknown)
    console.print(
        f"Wortlaut {jahr}, {len(found)} Träger: {departing} mit Abweichungen, {len(same)} ohne, {len(unknown)} nicht verglichen.",
        markup=False,
    )


def _show_reasons(unknown: Iterable[Pair | Departing], console: Console) -> None:
    """Why some were not compared, those with the same reason in one line."""
    for grund, several in groupby(sorted(unknown, key=lambda each: (each.grund, each.traeger)), key=lambda each: each.grund):
        names = ", ".join(each.traeger for each in several)
        console.print(
            f"Nicht verglichen, {grund}: {names}" if grund.startswith("kein") else f"{names}: nicht verglichen: {grund}", markup=False
        )


_ARTEN = {"geaendert": "geändert", "neu": "eingefügt", "entfaellt": "gestrichen", "verschoben": "verschoben", "unveraendert": "gleich"}


def _side(row: Row, other: str) -> tuple[Piece, ...]:
    return tuple(piece for piece in visible(row.pieces) if piece.art != other)


def departing_as_data(found: Iterable[Departing], jahr: int) -> dict[str, Any]:
    """The same for programs."""
    return {
        "format": FORMAT, "jahr": jahr,
        "traeger": [{"traeger": each.traeger, "grund": each.grund or None, "abweichungen": [_row(row) for row in each.rows]}
                    for each in found],
    }  # fmt: skip


def exit_codes(found: Iterable[Pair | Departing]) -> Iterator[int]:
    """The exit codes of those that failed."""
    return (each.error.exit_code for each in found if each.error)
