"""How a year that is printed at once is shown: a bar while it runs, then a table of what became of each agreement."""

from __future__ import annotations

from collections.abc import Container, Sequence

from rich.markup import escape
from rich.table import Table

from zv.batch import Batch, Result
from zv.failures import shared, told
from zv.orders import Order
from zv.progress import Bar
from zv.terminal import Console


def render_year(order: Order) -> int:
    """Prints the year and tells of it, also where it is interrupted; the exit code: 1 where one agreement could not be let out, else 0."""
    batch = Batch(order)
    results = list[Result]()
    try:
        with Bar(len(batch.records), "druckt und prüft") as bar:
            for result in batch.results(bar.begins, bar.refresh):
                results.append(result)
                bar.ends(result.traeger)
    finally:
        if results:
            show(sorted(results, key=lambda result: result.traeger), order, Console())
    return int(any(result.ergebnis == "gescheitert" for result in results))


def show(results: Sequence[Result], order: Order, console: Console) -> None:
    """The table, and one line on all."""
    table = Table(box=None, pad_edge=False)
    for heading in ("Träger", "Ergebnis", "Anzusehen"):
        table.add_column(heading, overflow="fold")
    failures = [(result.traeger, result.error) for result in results if result.error]
    common = {reason for reason, names in shared(failures).items() if len(names) > 1}
    for result in results:
        if result.ergebnis != "ohne Datensatz" or result.old:
            table.add_row(*map(escape, (result.traeger, outcome(result), "\n".join(to_look_at(result, common)) or "–")))
    console.print(table)
    for reason in told((name, error) for name, error in failures if str(error) in common):
        console.print(f"\n{reason}", markup=False, soft_wrap=True)
    missing = [result.traeger for result in results if result.ergebnis == "ohne Datensatz"]
    if missing:
        console.print(f"\nOhne Datensatz für {order.jahr}: {', '.join(missing)}", markup=False, soft_wrap=True)
    console.print(f"\n{order.folder}: {summary(results)}", markup=False, soft_wrap=True)


def outcome(result: Result) -> str:
    """What became of an agreement."""
    return {"gemacht": "neu", "unveraendert": "unverändert", "gescheitert": "NICHT AUSGEGEBEN", "ohne Datensatz": "ohne Datensatz"}[
        result.ergebnis
    ] + (", Entwurf" if result.entwurf else "")


def to_look_at(result: Result, common: Container[str] = ()) -> list[str]:
    """What a person must know or do about an agreement; what several have in common is told below."""
    said = [str(result.error) if str(result.error) not in common else "siehe unten"] if result.error else []
    said += [f"von Hand geändert, liegt jetzt als {path.name} daneben" for path in result.aside]
    if result.old:
        said.append(f"{' und '.join(result.old)} {'liegen' if len(result.old) > 1 else 'liegt'} noch von früher dort")
    return said


def summary(results: Sequence[Result]) -> str:
    """One line on all agreements."""
    counts = [(sum(result.ergebnis == name for result in results), said) for name, said in _SAID.items()]
    drafts = sum(result.entwurf for result in results)
    said = [f"{count} {name}" for count, name in counts if count]
    return ", ".join(said) + (f"; Entwürfe darunter: {drafts}" if drafts else "") + "."


_SAID = {
    "gemacht": "neu gedruckt und geprüft",
    "unveraendert": "unverändert",
    "gescheitert": "nicht ausgegeben",
    "ohne Datensatz": "ohne Datensatz",
}
