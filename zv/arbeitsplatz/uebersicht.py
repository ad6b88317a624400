"""The overview of a year as a tab: the finished page that `zv uebersicht` makes, made anew where a record has changed since."""

from __future__ import annotations

from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from render.browserpage import policy_sum
from render.html import default_layout
from zv.arbeitsplatz.app import Shown, desk_of, in_thread, page, to
from zv.arbeitsplatz.desk import Desk
from zv.arbeitsplatz.jobs import Job


@in_thread
def tab(request: Request) -> Shown:
    """The overview within the year's page, or how its making goes."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    if jahr not in desk.years():
        raise HTTPException(404)
    return page(request, "uebersicht.html.j2", jahr=jahr, fertig=_is_current(desk, jahr), auftrag=_job(desk, jahr))


@in_thread
def making(request: Request) -> Shown:
    """The command for it begun, unless it runs already."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    running = _job(desk, jahr)
    if running is None or running.code is not None:
        desk.jobs.begin(f"Übersicht {jahr}", ["uebersicht", str(jahr), "--format", "html"], jahr)
    return to(request, f"/jahr/{jahr}/uebersicht")


@in_thread
def finished(request: Request) -> Shown:
    """The page itself, which may show itself within ours, and run the style and the script of the program alone."""
    path = _place(desk_of(request), int(request.path_params["jahr"]))
    if not path.is_file():
        raise HTTPException(404)
    from render.overview_page import SCRIPT, STYLESHEET  # where it is asked for: its figures take half a second to load

    css, script = (policy_sum((default_layout() / name).read_text(encoding="utf-8")) for name in (STYLESHEET, SCRIPT))
    own = (
        f"default-src 'none'; img-src data:; style-src 'sha256-{css}'; script-src 'sha256-{script}'; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'self'"
    )
    return FileResponse(path, media_type="text/html", headers={"Content-Security-Policy": own, "Cache-Control": "no-store"})


def _place(desk: Desk, jahr: int) -> Path:
    return desk.ordner / "out" / "uebersicht" / f"{jahr}.html"


def _is_current(desk: Desk, jahr: int) -> bool:
    """Whether it was made after all records of the year were last changed."""
    path, records = _place(desk, jahr), (desk.ordner / f"agreements/{jahr}").glob("*.yaml")
    return path.is_file() and path.stat().st_mtime_ns >= max((each.stat().st_mtime_ns for each in records), default=0)


def _job(desk: Desk, jahr: int) -> Job | None:
    """The last time it was made; None where it never was since the start."""
    return next((each for each in desk.jobs.all() if each.args[:2] == ("uebersicht", str(jahr))), None)


ROUTES = (
    Route("/jahr/{jahr:int}/uebersicht", tab),
    Route("/jahr/{jahr:int}/uebersicht", making, methods=["POST"]),
    Route("/jahr/{jahr:int}/uebersicht/seite.html", finished),
)
