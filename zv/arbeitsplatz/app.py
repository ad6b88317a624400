"""The pages by their paths: what each shows, and which command a button is."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from agreements.errors import ChangedError, ZvError
from agreements.register.tables import work_in
from zv.arbeitsplatz.desk import Desk, Known
from zv.arbeitsplatz.gate import WHO, TooLong

TEMPLATES = Path(__file__).parent.parent.parent / "templates" / "arbeitsplatz"
KERN = TEMPLATES / "kern/node_modules/@kern-ux/native/dist"
"""The design system of the German administration, brought in by `make`."""
Shown = HTMLResponse | RedirectResponse | JSONResponse | Response


def application(ordner: Path) -> Starlette:
    """The workbench of a folder, to stand behind `zv.arbeitsplatz.gate.Gate`."""
    from zv.arbeitsplatz import jahr, nachsehen, planung, ruecklauf, uebersicht, vereinbarung, wortlaut

    work_in(ordner)
    app = Starlette(
        routes=[
            Route("/", start),
            *jahr.ROUTES,
            *uebersicht.ROUTES,
            *nachsehen.ROUTES,
            *ruecklauf.ROUTES,
            *planung.ROUTES,
            *vereinbarung.ROUTES,
            *wortlaut.ROUTES,
            Mount("/statisch/kern", StaticFiles(directory=KERN), name="kern"),
            Mount("/statisch", StaticFiles(directory=TEMPLATES / "statisch"), name="statisch"),
        ],
        exception_handlers={ZvError: _told, HTTPException: _not_found, TooLong: _too_long},
    )
    app.state.desk = Desk(ordner)
    app.state.templates = _templates()
    return app


def _templates() -> Environment:
    """Values are text in all pages, never markup."""
    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters["punkte"] = lambda number: f"{number:.1f}"
    return environment


def desk_of(request: Request) -> Desk:
    """The folder that is worked in."""
    found: Desk = request.app.state.desk
    return found


def path_asked(request: Request) -> Path:
    """The record's file that a path names by its year and name; HTTPException 404 where there is none."""
    if (path := desk_of(request).path(int(request.path_params["jahr"]), request.path_params["name"])) is None:
        raise HTTPException(404)
    return path


def asked(request: Request) -> Known:
    """The record that a path names; ZvError where it cannot be asked. Else as for `path_asked`."""
    return desk_of(request).of(path_asked(request))


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from its template; every template knows where the workbench begins and which years there are."""
    template = request.app.state.templates.get_template(name)
    years = desk_of(request).years()
    shared = {"wurzel": request.scope["root_path"], "jahre": years, "naechstes": years[0] + 1 if years else date.today().year,
              "ordner": desk_of(request).ordner.resolve().name}  # fmt: skip
    return HTMLResponse(template.render(**shared | values), status)


def to(request: Request, path: str) -> RedirectResponse:
    """To another page of the workbench, after a decision or where a path names none."""
    return RedirectResponse(f"{request.scope['root_path']}{path}", 303)


def in_thread(function: Callable[[Request], Shown]) -> Callable[[Request], Awaitable[Shown]]:
    """The same as an endpoint that runs in a thread, so that the server answers others meanwhile."""

    async def endpoint(request: Request) -> Shown:
        if request.method == "POST":
            # parsed here: in a thread there is no loop to wait in
            request.state.form = await request.form(max_files=200, max_fields=2000, max_part_size=1 << 20)
        return await run_in_threadpool(function, request)

    return endpoint


def given(request: Request, name: str) -> str:
    """A field of a form, without blanks around; empty where it is missing."""
    value = request.state.form.get(name)
    return value.strip() if isinstance(value, str) else ""


def who(request: Request) -> str | None:
    """Who decides: whom the house's login names, else what the page sends along; None where nobody says."""
    named: str | None = request.scope.get(WHO)
    return named or given(request, "kuerzel") or None


async def start(request: Request) -> Shown:
    """The last year."""
    years = desk_of(request).years()
    return to(request, f"/jahr/{years[0]}") if years else page(request, "leer.html.j2")


def _told(request: Request, error: Exception) -> Response:
    """Whatever a command refuses, in its own words; nothing was written then."""
    assert isinstance(error, ZvError)
    said = {"meldung": re.sub(r"^zv ", "", error.message), "abhilfe": error.abhilfe or "", "geaendert": isinstance(error, ChangedError)}
    status = 409 if isinstance(error, ChangedError) else 404 if request.method == "GET" else 422
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(said, status)
    return page(request, "fehler.html.j2", status, **said, zurueck=request.headers.get("x-zv-von", ""))


def _not_found(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    said = "Diese Seite gibt es nicht." if error.status_code == 404 else "Das geht hier nicht."
    return page(request, "fehler.html.j2", error.status_code, meldung=said, abhilfe="", geaendert=False, zurueck="")


def _too_long(request: Request, error: Exception) -> Response:
    return page(request, "fehler.html.j2", 413, meldung="Das ist zu viel auf einmal.", abhilfe="Weniger Dateien ablegen.", geaendert=False,
                zurueck="")  # fmt: skip
