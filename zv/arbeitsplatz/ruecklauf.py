"""Rücklauf: what came back of an agreement, change by change, against what was sent and what is here."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.routing import Route

from agreements.comparing.texts import Piece, pieces
from agreements.errors import UsageError
from agreements.model.fields import number_in
from agreements.model.record import Vereinbarung
from agreements.planning.setting import Order, require_possible, said, setting
from agreements.reading.reading import Comment
from agreements.store.journal import decide
from agreements.store.store import Gespeichert
from zv.accepting import Plan, Punkt, Returning
from zv.arbeitsplatz.app import Shown, asked, desk_of, given, in_thread, page, to, who
from zv.arbeitsplatz.desk import Desk
from zv.arbeitsplatz.inbox import DOCUMENTS, dropped, keep
from zv.arbeitsplatz.pages import INBOX
from zv.proposed import NOT_KEPT, SAME
from zv.readings import WORDS, Readings

_SUGGESTED = {"nehmen": "wird vorgeschlagen", "entscheiden": "zu entscheiden", "lehnen": "am Wortlaut"}
_DECIDED = {"genommen": "angenommen", "abgelehnt": "abgelehnt"}


@dataclass(frozen=True, slots=True)
class Change:
    """A change as the page shows it."""

    punkt: Punkt
    pieces: tuple[Piece, ...]
    """Ours and theirs in one text, as a Synopse marks it."""

    @property
    def said(self) -> str:
        return _DECIDED[self.punkt.entscheidung] if self.punkt.entscheidung else _SUGGESTED[self.punkt.vorschlag]

    @property
    def ours(self) -> str:
        return " / ".join(self.punkt.hier) or "–"

    @property
    def theirs(self) -> str:
        return " / ".join(self.punkt.gekommen) or "–"

    @property
    def tracked(self) -> str:
        """Who tracked it and when, behind its kind; empty where it was not tracked."""
        if not self.punkt.nachverfolgt:
            return ""
        return ", " + ", ".join(filter(None, ("nachverfolgt", self.punkt.wer, _day(self.punkt.wann))))

    @property
    def can_differ(self) -> bool:
        """Whether a third value can be typed."""
        return self.punkt.art == "angabe" and not self.punkt.entscheidung


def _day(wann: str) -> str:
    """When Word says that something was changed, as a person reads it; as it stands there where it is no such time."""
    try:
        return f"{datetime.fromisoformat(wann):%d.%m.%Y %H:%M}"
    except ValueError:
        return wann


def _returning(desk: Desk, stored: Gespeichert[Vereinbarung]) -> Returning | None:
    """The file that came back, as the plan names it; None where there is no plan, or the file does not lie in the inbox any more."""
    kept = Returning(desk.library, stored, desk.ordner).kept()
    datei = desk.ordner / INBOX / kept.datei if kept else None
    return Returning(desk.library, stored, datei) if datei and datei.is_file() else None


def _still_there(desk: Desk, stored: Gespeichert[Vereinbarung]) -> Returning:
    """The same; UsageError where the file has to be dropped once more."""
    if (came := _returning(desk, stored)) is None:
        raise UsageError("Die Datei liegt nicht mehr unter eingang/.", abhilfe="Sie noch einmal ablegen.")
    return came


@in_thread
def returned(request: Request) -> Shown:
    """The plan of what came back, or where to drop it."""
    desk = desk_of(request)
    stored = asked(request).stored
    came = _returning(desk, stored)
    plan = came.kept() if came else None
    job = desk.jobs.of(number) if (number := number_in(request.query_params.get("auftrag", ""))) is not None else None
    stale = plan is not None and plan.sha256_datensatz != stored.sha256
    return page(
        request, "ruecklauf.html.j2", jahr=stored.record.jahr, satz=stored.record.kennung, plan=plan, veraltet=stale, auftrag=job,
        gleich=SAME, nicht_aufbewahrt=NOT_KEPT,
        aenderungen=tuple(_changes(plan)) if plan else (), kommentare=_comments(desk, came) if came else (),
        titel=desk.library.register.find(stored.record.traeger, stored.record.jahr).name,
    )  # fmt: skip


def _changes(plan: Plan) -> Iterator[Change]:
    for each in plan.aenderungen:
        yield Change(each, tuple(pieces("\n".join(each.hier), "\n".join(each.gekommen))))


def _comments(desk: Desk, came: Returning) -> tuple[Comment, ...]:
    """The comments of the file, as far as its reading is kept: reading it takes a process of its own."""
    readings = Readings(desk.library.store)
    return readings.words(came.datei).reading.comments if readings.keeps(came.datei, WORDS) else ()


async def receiving(request: Request) -> Shown:
    """A file that came back: kept, and held against the record in a process of its own."""
    desk = desk_of(request)
    stored = (await run_in_threadpool(asked, request)).stored
    return _read(desk, request, stored, await _sent_along(desk, request))


async def signing(request: Request) -> Shown:
    """A signed sheet: kept, and imported; the page of the year offers what follows."""
    desk = desk_of(request)
    stored = (await run_in_threadpool(asked, request)).stored
    path, jahr = await _sent_along(desk, request), stored.record.jahr
    desk.jobs.begin(f"Unterschrift {jahr}/{stored.record.kennung}: {path.name}", ["einlesen", "--format", "json", str(path)], jahr)
    return to(request, f"/jahr/{jahr}#auftraege")


async def _sent_along(desk: Desk, request: Request) -> Path:
    """Where the file lies now that came with a form; UsageError where none did, or no agreement."""
    async with request.form(max_files=1, max_fields=4) as form:
        each = form.get("datei")
        if each is None or isinstance(each, str) or not each.filename:
            raise UsageError("Es wurde keine Datei abgelegt.")
        path = await run_in_threadpool(keep, desk.ordner, each.filename, await each.read())
    if path.suffix.lower() not in DOCUMENTS:
        raise UsageError(f"„{path.name}“: Zurück kommt eine Vereinbarung, PDF oder Word (.docx).")
    return path


@in_thread
def comparing(request: Request) -> Shown:
    """A file that was dropped elsewhere, held against the record."""
    desk = desk_of(request)
    return _read(desk, request, asked(request).stored, dropped(desk.ordner, given(request, "datei"), DOCUMENTS))


@in_thread
def again(request: Request) -> Shown:
    """The same file held against the record as it is now."""
    desk = desk_of(request)
    stored = asked(request).stored
    came = _still_there(desk, stored)
    return _read(desk, request, stored, came.datei)


def _read(desk: Desk, request: Request, stored: Gespeichert[Vereinbarung], datei: Path) -> Shown:
    address = f"{stored.record.jahr}/{stored.record.kennung}"
    job = desk.jobs.begin(f"Rücklauf {address}: {datei.name}", ["uebernimm", address, str(datei)], stored.record.jahr)
    return to(request, f"/ruecklauf/{address}?auftrag={job.nummer}")


# ---------------------------------------------------------------- deciding


@in_thread
def deciding(request: Request) -> Shown:
    """Changes taken or refused, all that are proposed, or another value set in place of theirs."""
    desk = desk_of(request)
    stored = asked(request).stored
    came = _returning(desk, stored)
    if came is None or not Readings(desk.library.store).keeps(came.datei, WORDS):
        raise UsageError("Die Datei muss noch einmal gelesen werden.", abhilfe="„Noch einmal vergleichen“ wählen.")
    plan = came.current(numbered=True)
    assert plan is not None
    what, number, kuerzel = given(request, "was"), given(request, "nummer"), who(request)
    if what == "anders":
        return _otherwise(desk, request, came, plan, number_in(number) or 0, kuerzel)
    taken, refused = _meant(plan, what, number_in(number) or 0)
    _, found = came.plan()
    came.carry_out(plan, found, taken, refused, kuerzel)
    return to(request, _path(stored))


def _meant(plan: Plan, what: str, number: int) -> tuple[Collection[int], Collection[int]]:
    """Which numbers are taken and which refused; UsageError where nothing is."""
    left = [each for each in plan.aenderungen if each.entscheidung is None]
    if what == "alle":
        return {each.nummer for each in left if each.vorschlag == "nehmen"}, {each.nummer for each in left if each.vorschlag == "lehnen"}
    one = {each.nummer for each in plan.aenderungen if each.nummer == number}
    if not one or what not in ("nimm", "lehne"):
        raise UsageError("Es ist nicht klar, was geschehen soll.")
    return (one, ()) if what == "nimm" else ((), one)


def _otherwise(desk: Desk, request: Request, came: Returning, plan: Plan, number: int, kuerzel: str | None) -> Shown:
    """A third value, neither ours nor theirs: theirs is refused."""
    punkt = next((each for each in plan.aenderungen if each.nummer == number and each.art == "angabe"), None)
    if punkt is None or not given(request, "wert"):
        raise UsageError("Es fehlt der Wert.")
    made = setting(desk.library, came.stored, punkt.feld, Order("setzen", given(request, "wert")), kuerzel)
    require_possible(desk.library, made)
    stored = decide(desk.library.store, came.stored, made.text, "; ".join(said(desk.library, made)), kuerzel)
    newer = Returning(desk.library, stored, came.datei)
    newer.carry_out(plan.model_copy(update={"sha256_datensatz": stored.sha256}), (), (), {number}, kuerzel)
    return to(request, _path(stored))


@in_thread
def answering(request: Request) -> Shown:
    """The Word file for the next round, with the answers to their comments."""
    desk = desk_of(request)
    stored = asked(request).stored
    came = _still_there(desk, stored)
    address = f"{stored.record.jahr}/{stored.record.kennung}"
    words = ["antworte", address, str(came.datei)]
    for number in range(1, len(_comments(desk, came)) + 1):
        if text := given(request, f"antwort-{number}"):
            words += ["--kommentar", str(number), text]
    desk.jobs.begin(f"Antwort {address}", words, stored.record.jahr)
    return to(request, f"/jahr/{stored.record.jahr}#auftraege")


def _path(stored: Gespeichert[Vereinbarung]) -> str:
    return f"/ruecklauf/{stored.record.jahr}/{stored.record.kennung}"


ROUTES = (
    Route("/ruecklauf/{jahr:int}/{name}", returned),
    Route("/ruecklauf/{jahr:int}/{name}/datei", receiving, methods=["POST"]),
    Route("/ruecklauf/{jahr:int}/{name}/unterschrift", signing, methods=["POST"]),
    Route("/ruecklauf/{jahr:int}/{name}/eingang", comparing, methods=["POST"]),
    Route("/ruecklauf/{jahr:int}/{name}/noch-einmal", again, methods=["POST"]),
    Route("/ruecklauf/{jahr:int}/{name}/entscheide", deciding, methods=["POST"]),
    Route("/ruecklauf/{jahr:int}/{name}/antwort", answering, methods=["POST"]),
)
