"""Planung: the values of a year as a table, every cell tried as it is left, and shown what changes before it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agreements.errors import ChangedError, UsageError, ZvError
from agreements.language.said import ABSENT, say
from agreements.library.figures import Figures, beside, load_figures
from agreements.library.library import Library
from agreements.model.fields import label, value_at
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.planning.setting import Setting, require_possible, said, together
from agreements.planning.table import VALUES
from agreements.store.journal import decide, new_call
from agreements.store.store import Gespeichert
from zv.arbeitsplatz.app import Shown, desk_of, given, in_thread, page, to, who
from zv.arbeitsplatz.desk import Desk
from zv.arbeitsplatz.inbox import TABLES, keep
from zv.arbeitsplatz.trying import tried
from zv.filling import SAME

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_GONE = "entfällt"


@dataclass(frozen=True, slots=True)
class Cell:
    """An Angabe of a Träger: what is agreed so far, last year beside it."""

    feld: str
    name: str
    said: str
    """As it is typed; empty where it is open."""
    before: str
    figure: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A Träger's row."""

    satz: str
    titel: str
    sum_: str
    """The SHA-256 of the record that the row was made from."""
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Asked:
    """What a table that was sent changes in one record, or why it cannot."""

    stored: Gespeichert[Vereinbarung]
    titel: str
    pairs: list[tuple[str, str]] = field(default_factory=list)
    made: Setting[Vereinbarung] | None = None
    told: tuple[str, ...] = ()
    fault: str = ""


@in_thread
def table(request: Request) -> Shown:
    """The table of a year."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    lines = tuple(_lines(desk, jahr))
    return page(request, "planung.html.j2", jahr=jahr, zeilen=lines, spalten=tuple((feld, label(feld)) for feld in VALUES),
                offen=sum(cell.is_open for line in lines for cell in line.cells), auftraege=tuple(desk.jobs.all())[:3])  # fmt: skip


def _lines(desk: Desk, jahr: int) -> Iterator[Line]:
    library = desk.library
    figures = load_figures(library.store)
    for path, known in desk.of_year(jahr):
        if isinstance(known, ZvError) or known.stored.record.aenderung is not None:
            continue
        record = library.effective(known.stored.record, path)
        traeger, before = library.register.find(record.traeger, jahr), desk.year_before(record)
        cells = tuple(_cell(library, record, before, feld, figures, traeger.ags) for feld in VALUES)
        yield Line(path.stem, traeger.name, known.stored.sha256, cells)


def _cell(library: Library, record: Vereinbarung, before: Vereinbarung | None, feld: str, figures: Figures, ags: str) -> Cell:
    value = value_at(record, feld)
    was = " / ".join(say(feld, value_at(before, feld), library.register, before.jahr)) if before else ""
    said_ = "" if value is OFFEN else _GONE if value is None else " / ".join(say(feld, value, library.register, record.jahr))
    return Cell(feld, label(feld), said_, "" if was == ABSENT else was, beside(figures, ags, feld, value), value is OFFEN)


@in_thread
def trying(request: Request) -> Shown:
    """A cell that was left: whether it may say so."""
    desk = desk_of(request)
    path = desk.path(int(request.path_params["jahr"]), request.query_params.get("satz", ""))
    feld = request.query_params.get("feld", "")
    if path is None or feld not in VALUES:
        raise HTTPException(404)
    return tried(desk, desk.of(path).stored, feld, request.query_params.get("wert", "") or "offen")


# ---------------------------------------------------------------- what changes


@in_thread
def looking(request: Request) -> Shown:
    """What the table that was sent would change, before it is written."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    found = tuple(_asked(desk, jahr, request))
    number = sum(len(each.told) for each in found)
    faults = [each for each in found if each.fault]
    return page(request, "planung-plan.html.j2", jahr=jahr, gefragt=found, anzahl=number, fehler=faults, gleich=SAME)


@in_thread
def writing(request: Request) -> Shown:
    """All of it written, a step for each record, or nothing."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    found = tuple(_asked(desk, jahr, request))
    if fault := next((each for each in found if each.fault), None):
        raise UsageError(f"{fault.titel}: {fault.fault}")
    aufruf, kuerzel = new_call(), who(request)
    for each in found:
        if each.made is not None:
            decide(desk.library.store, each.stored, each.made.text, "; ".join(each.told), kuerzel, aufruf)
    return to(request, f"/planung/{jahr}")


def _asked(desk: Desk, jahr: int, request: Request) -> Iterator[Asked]:
    """What is asked of each record, all of it tried; ChangedError where one is another by now than the table was made from."""
    for satz, cells in _sent(request).items():
        path = desk.path(jahr, satz)
        if path is None:
            raise UsageError(f"Für {jahr} gibt es keinen Datensatz „{satz}“.")
        stored = desk.of(path).stored
        if given(request, f"summe|{satz}") != stored.sha256:
            raise ChangedError("Der Datensatz wurde inzwischen geändert.", datei=path, abhilfe="Die Planung neu laden.")
        titel = desk.library.register.find(stored.record.traeger, jahr).name
        asked = Asked(stored, titel, list(cells.items()))
        try:
            made = together(desk.library, stored, asked.pairs)
            require_possible(desk.library, made)
        except ZvError as error:
            asked.fault = f"{error.message} {error.abhilfe or ''}".strip()
        else:
            asked.made, asked.told = made, tuple(said(desk.library, made))
        if asked.fault or asked.told:
            yield asked


def _sent(request: Request) -> Mapping[str, dict[str, str]]:
    """The cells that differ from what stood in them, by record; an empty one is open, unless it was empty before."""
    form, found = request.state.form, dict[str, dict[str, str]]()
    for name, value in form.multi_items():
        if isinstance(value, str) and name.startswith("zelle|"):
            _, satz, feld = name.split("|", 2)
            text = value.strip()
            if feld in VALUES and text != given(request, f"vorher|{satz}|{feld}"):
                found.setdefault(satz, {})[feld] = "kein" if text == _GONE else text or "offen"
    return found


# ---------------------------------------------------------------- Excel


@in_thread
def workbook(request: Request) -> Shown:
    """The table as an Excel file, to be filled in elsewhere."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    from render.planning_table import PlanningTable, instructions  # what writes Excel, a quarter of a second: nothing else here needs it
    from render.table import render_xlsx

    data = render_xlsx([PlanningTable(desk.library, jahr).table(), instructions(jahr)], f"Planung {jahr}")
    return Response(data, media_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="Planung-{jahr}.xlsx"'})


async def dropping(request: Request) -> Shown:
    """A table that was filled in elsewhere: what it would change, or, asked so, written."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    async with request.form(max_files=1, max_fields=4) as form:
        sent = form.get("datei")
        if sent is None or isinstance(sent, str) or not sent.filename:
            raise UsageError("Es wurde keine Tabelle abgelegt.")
        path = await run_in_threadpool(keep, desk.ordner, sent.filename, await sent.read())
    if path.suffix.lower() not in TABLES:
        raise UsageError(f"„{path.name}“ ist keine Tabelle (.xlsx, .csv).")
    desk.jobs.begin(f"Planung ansehen: {path.name}", ["planung", str(path), "--jahr", str(jahr), "--format", "tabelle"], jahr)
    return to(request, f"/planung/{jahr}?tabelle={path.name}#auftraege")


@in_thread
def taking(request: Request) -> Shown:
    """The table that was looked at, written into the records."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    path = desk.ordner / "eingang" / Path(given(request, "tabelle")).name
    if path.suffix.lower() not in TABLES or not path.is_file():
        raise UsageError("Diese Tabelle liegt nicht unter eingang/.", abhilfe="Sie noch einmal ablegen.")
    words = ["planung", str(path), "--jahr", str(jahr), "--schreiben"]
    desk.jobs.begin(f"Planung schreiben: {path.name}", words, jahr)
    return to(request, f"/planung/{jahr}#auftraege")


ROUTES = (
    Route("/planung/{jahr:int}", table),
    Route("/planung/{jahr:int}/probe", trying),
    Route("/planung/{jahr:int}/ansehen", looking, methods=["POST"]),
    Route("/planung/{jahr:int}/schreiben", writing, methods=["POST"]),
    Route("/planung/{jahr:int}/tabelle.xlsx", workbook),
    Route("/planung/{jahr:int}/ablage", dropping, methods=["POST"]),
    Route("/planung/{jahr:int}/uebernehmen", taking, methods=["POST"]),
)
