"""How open points are shown: by document or by kind, readable on 80 columns, and all of them for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from agreements.deciding.points import ARTEN, Punkt, points, shortest
from agreements.errors import ZvError
from agreements.library.library import Library
from agreements.model.record import plain
from zv.named import Named, address_of


def records(library: Library, asked: Sequence[Named]) -> list[Path]:
    """The files that are asked for, amendments behind their agreements; all there are where nothing is. UsageError for a file."""
    found: list[Path] = []
    for each in asked or library.store.years():
        if isinstance(each, int):
            found += library.store.of_year(each)
        else:
            found.append(each if isinstance(each, Path) else library.store.load(each).path)
    return found


def gathered(library: Library, paths: Iterable[Path]) -> tuple[list[Punkt], list[ZvError]]:
    """The open points of some records, and why others could not be asked."""
    found, failed = list[Punkt](), list[ZvError]()
    for path in paths:
        try:
            found += points(library, library.store.load(path))
        except ZvError as error:
            error.datei = error.datei or path
            failed.append(error)
    return found, failed


def as_json(several: Sequence[Punkt]) -> str:
    """Every point with its record and line."""
    return json.dumps([_as_data(each) for each in several], ensure_ascii=False, indent=1, default=str)


def _as_data(each: Punkt) -> dict[str, Any]:
    place = {"vereinbarung": address_of(each.stored.path), "datensatz": str(each.stored.path), "zeile": each.zeile}
    said: dict[str, Any] = plain(each.punkt)
    if each.datei:
        place["steht_in"] = str(each.datei)
    return place | {"name": each.name} | said | ({"regel": each.regel} if each.regel else {})


def show(several: Sequence[Punkt], by_kind: bool, console: Console) -> None:
    """The points under headings, and one line on all of them."""
    by_document: Callable[[Punkt], str] = lambda each: address_of(each.stored.path)  # noqa: E731
    kind: Callable[[Punkt], str] = lambda each: ARTEN[each.punkt.art]  # noqa: E731
    outer, inner = (kind, by_document) if by_kind else (by_document, kind)
    order = list(ARTEN.values())
    if by_kind:
        several = sorted(several, key=lambda each: order.index(kind(each)))
    for heading, group in groupby(several, key=outer):
        points_of_it = list(group)
        console.print(f"\n[bold]{escape(_first_upper(heading))}[/bold], {_counted(len(points_of_it))}")
        for below, rows in groupby(points_of_it, key=inner):
            console.print(f" {escape(_first_upper(below))}")
            console.print(_table(list(rows), shortest(points_of_it if not by_kind else several)))
    console.print(f"\n{summary(several)}", soft_wrap=True, markup=False)


def _table(rows: Sequence[Punkt], letters: int) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True, min_width=letters + 2)
    table.add_column(overflow="fold")
    for each in rows:
        table.add_row(f"  {each.punkt.kennung[:letters]}", escape("\n".join(lines(each))))
    return table


def lines(each: Punkt) -> Iterator[str]:
    """What is said of a point: its name and reason, what else was read, and where to look."""
    point = each.punkt
    named = each.name and not point.grund.startswith(each.name)
    yield f"{each.name}: {point.grund}" if named else point.grund
    others = [reading.text for reading in point.lesungen[1:] if reading.text and reading.text not in point.grund]
    if others:
        yield "auch gelesen: " + ", ".join(f"„{text}“" for text in others)
    where = [f"Seite {point.seite}"] if point.seite and f"Seite {point.seite}" not in point.grund else []
    yield ", ".join([*where, f"Zeile {each.zeile}" + (f" in {each.datei.name}" if each.datei else "")])


def summary(several: Sequence[Punkt]) -> str:
    """One line on all points, and what to do next."""
    if not several:
        return "Nichts ist zu entscheiden."
    first = next((each for each in several if each.punkt.art not in ("pruefregel", "offen")), several[0])
    where, name = address_of(first.stored.path), first.punkt.kennung[: shortest(several)]
    todo = {"pruefregel": f"zv pruefe {where}", "offen": f"zv setze {where} …"}.get(first.punkt.art, f"zv bestaetige {where} {name}")
    return f"{_counted(len(several))} in {_documents(several)}. Entscheiden: {todo}"


def _documents(several: Sequence[Punkt]) -> str:
    count = len({each.stored.path for each in several})
    return f"{count} Vereinbarung{'' if count == 1 else 'en'}"


def _counted(count: int) -> str:
    return f"{count} Punkt{'' if count == 1 else 'e'}"


def _first_upper(text: str) -> str:
    return text[:1].upper() + text[1:] if text[:1].isalpha() else text
