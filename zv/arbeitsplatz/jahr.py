"""Jahr: every Träger with how far its agreement is, what is to be decided, and the one step that comes next."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, StreamingResponse
from starlette.routing import Route

from agreements.errors import UsageError, ZvError
from agreements.files.places import parted
from agreements.model.akte import Punktart
from agreements.register.laender import zkt_of
from agreements.store.journal import history, last_step
from zv.arbeitsplatz.app import Shown, desk_of, given, in_thread, page, to
from zv.arbeitsplatz.desk import Desk, Known
from zv.arbeitsplatz.inbox import DOCUMENTS, TABLES, dropped, keep
from zv.arbeitsplatz.jobs import Job, parsed
from zv.arbeitsplatz.steps import Next, next_step, offers
from zv.named import address_of

_SHORT: Mapping[Punktart, str] = {
    "unsicher": "unsicher", "abweichung": "Abweichung", "nachverfolgt": "nachverfolgt", "kommentar": "Kommentar", "offen": "offen",
    "widerspruch": "Widerspruch", "ohne-stelle": "ohne Stelle", "uebernommen": "übernommen", "pruefregel": "Prüfung",
}  # fmt: skip
"""How a kind of point is called in a cell."""
_STEPS = ("entwurf", "ausgegeben", "versandt", "unterzeichnet")
_NAMED: Mapping[str, str] = {
    "": "noch kein Datensatz", "entwurf": "Entwurf", "ausgegeben": "ausgegeben", "versandt": "versandt", "unterzeichnet": "unterzeichnet"
}  # fmt: skip


YEARS = range(2005, 2100)
"""Those in which there can be an agreement: SGB II is in force since 2005."""


@dataclass(frozen=True, slots=True)
class Row:
    """One agreement, or a Träger that has none yet."""

    name: str
    """The record's name."""
    titel: str
    stand: str
    since: str
    counts: tuple[tuple[Punktart, int], ...]
    event: str
    next: Next | None
    fault: str = ""

    @property
    def step(self) -> int:
        """How many of the four steps are done."""
        return _STEPS.index(self.stand) + 1 if self.stand in _STEPS else 0

    @property
    def said(self) -> str:
        return _NAMED[self.stand] + self.since

    @property
    def points(self) -> str:
        return " · ".join(f"{count} {_SHORT[kind]}" for kind, count in self.counts)


def rows(desk: Desk, jahr: int) -> Iterator[Row]:
    """All agreements of a year in the order of their names, amendments behind them, and the Träger that have none."""
    found = dict(desk.of_year(jahr))
    library = desk.library
    traeger = {row.schluessel: row.name for row in zkt_of(library.store, library.register, jahr)}
    keys = sorted({*traeger, *(path.stem for path in found)}, key=lambda key: (parted(key)[0], parted(key)[1]))
    by_name = {path.stem: (path, each) for path, each in found.items()}
    for key in keys:
        name, number = parted(key)
        titel = traeger.get(name, name) + (f", {number}. Änderung" if number else "")
        if key in by_name:
            path, known = by_name[key]
            yield _row(desk, jahr, key, titel, path, known)
        else:
            yield Row(key, titel, "", "", (), "", Next("Entwerfen", f"/jahr/{jahr}/auftrag", {"auftrag": "entwerfen", "name": key}))


def _row(desk: Desk, jahr: int, name: str, titel: str, path: Path, known: Known | ZvError) -> Row:
    try:
        last = None if isinstance(known, ZvError) else last_step(history(known.stored))
    except ZvError as error:  # one damaged journal hides no other agreement
        known = error
    if isinstance(known, ZvError):
        return Row(name, titel, "", "", (), "", None, str(known))
    akte = known.stored.record.akte
    printed = (desk.ordner / "out" / str(jahr) / f"{name}.pdf").is_file()
    stand = "ausgegeben" if akte.stand in (None, "entwurf") and printed else akte.stand or "entwurf"
    since = f" seit {akte.stand_am:%d.%m.%Y}" if akte.stand_am else ""
    counts = Counter(each.punkt.art for each in known.points)
    return Row(
        name,
        titel,
        stand,
        since,
        tuple((kind, counts[kind]) for kind in _SHORT if counts[kind]),
        f"{last.zeit:%d.%m.%Y %H:%M}" if last else "",
        next_step(desk, known, stand),
    )


# ---------------------------------------------------------------- the page


@in_thread
def year(request: Request) -> Shown:
    """A year's agreements."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    if jahr not in YEARS:
        raise HTTPException(404)
    found = tuple(rows(desk, jahr))
    return page(
        request, "jahr.html.j2", jahr=jahr, zeilen=found, schritte=_STEPS,
        offen=sum(count for row in found for _, count in row.counts), ausgaben=_outputs(desk, jahr),
        auftraege=tuple((each, tuple(offers(desk, each))) for each in list(desk.jobs.all())[:8]),
    )  # fmt: skip


def _outputs(desk: Desk, jahr: int) -> tuple[str, ...]:
    """What was made of a year, by its place under out/."""
    out = desk.ordner / "out"
    found = (path for folder in (str(jahr), f"paket/{jahr}", "synopse") for path in sorted((out / folder).glob("*")))
    return tuple(path.relative_to(out).as_posix() for path in found if path.is_file() and path.suffix in (".pdf", ".docx", ".zip", ".html"))


@in_thread
def output(request: Request) -> Shown:
    """A file that was made, to be saved."""
    out = (desk_of(request).ordner / "out").resolve()
    path = (out / request.path_params["path"]).resolve()
    if not path.is_relative_to(out) or not path.is_file() or path.is_relative_to(out / "lesung"):
        raise HTTPException(404)
    return FileResponse(path, filename=path.name)


# ---------------------------------------------------------------- work


ORDERS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "drucken": ("Ausgeben", ("drucke", "{jahr}", "{name}")),
    "drucken-alle": ("Alle ausgeben", ("drucke", "{jahr}", "--alle")),
    "endgueltig": ("Endgültig ausgeben", ("drucke", "{jahr}", "{name}", "--endgueltig")),
    "unterzeichnet": ("Als unterzeichnet vermerken", ("setze-stand", "{jahr}", "{name}", "unterzeichnet")),
    "unterschriften": ("Unterschriften übernehmen", ("einlesen", "{datei}", "--unterschriften-uebernehmen", "--format", "json")),
    "versandt": ("Als versandt vermerken", ("setze-stand", "{jahr}", "{name}", "versandt")),
    "versandt-alle": ("Alle als versandt vermerken", ("setze-stand", "{jahr}", "--alle", "versandt")),
    "paket": ("Pakete packen", ("paket", "{jahr}")),
    "synopsen": ("Synopsen", ("vergleiche", "{vorjahr}", "{jahr}", "--format", "pdf")),
    "entwerfen": ("Entwerfen", ("entwirf", "{jahr}", "{name}")),
    "entwerfen-alle": ("Alle entwerfen", ("entwirf", "{jahr}", "--alle")),
}
"""The commands that a button gives, each with its title."""


@in_thread
def order(request: Request) -> Shown:
    """A command begun; the page of the year shows how it goes."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    titel, words = ORDERS.get(given(request, "auftrag"), ("", ()))
    name = given(request, "name")
    if not words or ("{name}" in words and desk.path(jahr, name) is None and name not in _keys(desk, jahr)):
        raise UsageError("Es ist nicht klar, was geschehen soll.")
    args = [word.format(jahr=jahr, vorjahr=jahr - 1, name=name, datei=_dropped(desk, request, words)) for word in words]
    if "setze-stand" in words and (am := given(request, "am")):
        args += ["--am", am]
    desk.jobs.begin(f"{titel} {jahr}{f'/{name}' if name else ''}", args, jahr)
    return to(request, f"/jahr/{jahr}#auftraege")


def _dropped(desk: Desk, request: Request, words: tuple[str, ...]) -> str:
    """The file in the inbox that a form names, where the command wants one; UsageError where it does not lie there."""
    if "{datei}" not in words:
        return ""
    return str(dropped(desk.ordner, given(request, "datei"), DOCUMENTS))


def _keys(desk: Desk, jahr: int) -> set[str]:
    return {row.schluessel for row in zkt_of(desk.library.store, desk.library.register, jahr)}


async def drop(request: Request) -> Shown:
    """Documents dropped onto the page: kept, and then read."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    async with request.form(max_files=500, max_fields=10) as form:
        files = [(each.filename or "", await each.read()) for each in form.getlist("datei") if not isinstance(each, str)]
    kept, refused = list[Path](), list[str]()
    for name, data in files:
        try:
            kept.append(await run_in_threadpool(keep, desk.ordner, name, data))
        except ZvError as error:
            refused.append(error.message)
    documents = list(dict.fromkeys(str(path) for path in kept if path.suffix.lower() in DOCUMENTS))
    tables = [path for path in kept if path.suffix.lower() in TABLES]
    for path in tables:
        desk.jobs.begin(f"Planung ansehen: {path.name}", ["planung", str(path), "--jahr", str(jahr), "--format", "tabelle"], jahr)
    if tables and not documents:
        return to(request, f"/planung/{jahr}#auftraege")
    if not documents:
        raise UsageError(" ".join(refused) or "Es wurde keine Datei abgelegt.")
    job = desk.jobs.begin(
        f"Einlesen: {len(documents)} Datei{'' if len(documents) == 1 else 'en'}", ["einlesen", "--format", "json", *documents], jahr
    )
    job.errors += refused
    return to(request, f"/jahr/{jahr}#auftraege")


async def progress(request: Request) -> Shown:
    """What a job prints, line by line as it comes, as server-sent events."""
    job = desk_of(request).jobs.of(int(request.path_params["nummer"]))
    if job is None:
        raise HTTPException(404)

    async def events() -> AsyncIterator[str]:
        seen = 0
        while (lines := await asyncio.to_thread(job.news, seen, 10.0)) is not None:
            seen += len(lines)
            yield "".join(f"data: {json.dumps(told(line), ensure_ascii=False)}\n\n" for line in lines) or ": \n\n"
        yield f"event: ende\ndata: {json.dumps({'code': job.code, 'meldungen': job.errors}, ensure_ascii=False)}\n\n"

    return StreamingResponse(events(), media_type="text/event-stream")


def told(line: str) -> str:
    """A line of a job as the page shows it: that of a file that was read says what became of it."""
    said = parsed(line)
    if said is None or "ergebnis" not in said:
        return line
    what = said["meldung"] or " · ".join(
        text for text in (f"{said['ergebnis']}: {address_of(Path(said['satz']))}" if said["satz"] else said["ergebnis"],
                          f"{said['zu_pruefen']} zu prüfen" if said["zu_pruefen"] else "",
                          f"{len(said['unterschiede'])} Unterschiede" if said["unterschiede"] else "") if text
    )  # fmt: skip
    return f"{said['nummer']} von {said['von']} · {Path(said['datei']).name}: {what}"


@in_thread
def jobs(request: Request) -> Shown:
    """All jobs, for a page that was opened anew."""
    found: list[Job] = list(desk_of(request).jobs.all())
    return JSONResponse([{"nummer": each.nummer, "titel": each.titel, "code": each.code} for each in found])


ROUTES = (
    Route("/jahr/{jahr:int}", year),
    Route("/jahr/{jahr:int}/ablage", drop, methods=["POST"]),
    Route("/jahr/{jahr:int}/auftrag", order, methods=["POST"]),
    Route("/auftraege", jobs),
    Route("/auftraege/{nummer:int}/verlauf", progress),
    Route("/ausgabe/{path:path}", output),
)
