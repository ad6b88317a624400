"""Nachsehen: one open point after another, the page at the left, what can be decided at the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import get_args

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from agreements.deciding.decisions import Decision, silenced
from agreements.deciding.points import ARTEN, Punkt
from agreements.errors import ChangedError, UsageError, ZvError
from agreements.model.akte import Entscheidungsart
from agreements.rules.table import rules
from agreements.store.journal import decide, history, last_step, undo
from zv.arbeitsplatz.app import Shown, asked, desk_of, given, in_thread, page, path_asked, to, who
from zv.arbeitsplatz.cards import Card, card, view
from zv.arbeitsplatz.desk import Desk, Known
from zv.arbeitsplatz.pages import original
from zv.arbeitsplatz.trying import refused, tried
from zv.common import AS_WRITTEN
from zv.deciding import decide_points
from zv.named import address_of

_DECISIONS: tuple[str, ...] = get_args(Entscheidungsart)


@dataclass(frozen=True, slots=True)
class Queue:
    """Points in the order in which they are looked at, of a year or of one record."""

    jahr: int
    name: str
    """The record's name; empty where it is the whole year."""
    nach: str
    """"dokument" or "art"."""
    points: tuple[Punkt, ...]
    failed: tuple[ZvError, ...]

    @property
    def path(self) -> str:
        return f"/nachsehen/{self.jahr}" + (f"/{self.name}" if self.name else "")

    def at(self, kennung: str, datensatz: str) -> int:
        """The place of a point in the queue, the first where it is not there any more."""
        return next((number for number, each in enumerate(self.points) if _is(each, kennung, datensatz)), 0)

    def behind(self, each: Punkt) -> Punkt | None:
        """The point that follows."""
        number = self.at(each.punkt.kennung, each.stored.path.stem) + 1
        return self.points[number] if number < len(self.points) else None


def _is(each: Punkt, kennung: str, datensatz: str) -> bool:
    return each.punkt.kennung == kennung and datensatz in ("", each.stored.path.stem)


def queue(desk: Desk, request: Request) -> Queue:
    """What a path asks for; HTTPException 404 where there is no such record."""
    jahr, name = int(request.path_params["jahr"]), request.path_params.get("name", "")
    nach = request.query_params.get("nach", "dokument")
    found, failed = list[Punkt](), list[ZvError]()
    paths = [path_asked(request)] if name else [path for path, _ in desk.of_year(jahr)]
    for path in paths:
        try:
            found += desk.of(path).points
        except ZvError as error:
            failed.append(error)
    if nach == "art":
        order = list(ARTEN)
        found.sort(key=lambda each: order.index(each.punkt.art))
    return Queue(jahr, name, nach, tuple(found), tuple(failed))


# ---------------------------------------------------------------- looking


@in_thread
def looking(request: Request) -> Shown:
    """The point that is asked for, or the first one."""
    desk = desk_of(request)
    found = queue(desk, request)
    step = _step_told(desk, request)
    if not found.points:
        return page(request, "nachsehen-fertig.html.j2", reihe=found, schritt=step)
    number = found.at(request.query_params.get("punkt", ""), request.query_params.get("von", ""))
    punkt = found.points[number]
    shown = card(desk, punkt, desk.of(punkt.stored.path).points)
    cards = (card(desk, each, ()) for each in found.points[number + 1 : number + 3])
    ahead = [each for each in cards if each.has_page and each.place]
    _draw(desk, ahead)
    return page(
        request, "nachsehen.html.j2", reihe=found, nummer=number, karte=shown, blick=_view(desk, shown), voraus=ahead, schritt=step,
        schreibweise=AS_WRITTEN,
        gruppen=tuple(_groups(found)), vor=found.points[number - 1] if number else None,
        nach=found.points[number + 1] if number + 1 < len(found.points) else None,
    )  # fmt: skip


def _groups(found: Queue) -> Iterator[tuple[str, list[tuple[int, Punkt]]]]:
    """The queue under headings: agreements, or kinds."""
    groups: dict[str, list[tuple[int, Punkt]]] = {}
    for number, each in enumerate(found.points):
        groups.setdefault(ARTEN[each.punkt.art] if found.nach == "art" else address_of(each.stored.path), []).append((number, each))
    yield from groups.items()


def _view(desk: Desk, shown: Card) -> object:
    """How the page is looked at; None where it is not at hand."""
    quelle = shown.punkt.stored.record.akte.quelle
    if shown.place is None or quelle is None or (datei := original(desk.ordner, quelle)) is None:
        return None
    try:
        picture = desk.pages.of(datei, quelle.sha256, shown.place.seite, shown.place.turn)
    except ZvError:
        return None  # a page that cannot be drawn: the card says where it stands
    return view(shown.place, picture.width, picture.height)


def _draw(desk: Desk, several: Sequence[Card]) -> None:
    """Has the pages drawn that are looked at next, before the browser asks for them."""
    for each in several:
        quelle = each.punkt.stored.record.akte.quelle
        if each.place and quelle and (datei := original(desk.ordner, quelle)):
            desk.pages.ahead(datei, quelle.sha256, each.place.seite, each.place.turn)


@in_thread
def picture(request: Request) -> Shown:
    """A page of a record's file, upright."""
    desk = desk_of(request)
    record = asked(request).stored.record
    quelle, turn = record.akte.quelle, int(request.path_params["turn"])
    if quelle is None or (datei := original(desk.ordner, quelle)) is None or turn not in (0, 90, 180, 270):
        raise HTTPException(404)
    drawn = desk.pages.of(datei, quelle.sha256, int(request.path_params["seite"]), turn)
    # kept by the browser's memory for as long as the token holds: the next point often stands on the same page
    return Response(drawn.jpeg, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=600"})


# ---------------------------------------------------------------- deciding


@in_thread
def deciding(request: Request) -> Shown:
    """A decision of a person, and then the next point."""
    desk = desk_of(request)
    punkt, wanted = _asked(desk, request), given(request, "wie")
    after = _queue_of(desk, request).behind(punkt)
    if wanted not in _DECISIONS:
        raise UsageError("Es ist nicht klar, wie entschieden werden soll.")
    wie: Entscheidungsart = wanted  # type: ignore[assignment]
    wert = given(request, "wert") if wanted == "berichtigt" else ""
    if wanted == "berichtigt" and not wert:
        raise UsageError("Es fehlt der Wert.", abhilfe="„nicht lesbar“ oder „steht nicht da“ wählen, wenn es keinen gibt.")
    decide_points(desk.library, punkt.stored, [punkt], Decision(wie, wert, who(request)))
    return _on(request, desk, punkt, after)


@in_thread
def silencing(request: Request) -> Shown:
    """A rule silenced at this place, with its reason."""
    desk = desk_of(request)
    punkt = _asked(desk, request)
    after = _queue_of(desk, request).behind(punkt)
    text = silenced(desk.library, punkt.stored, punkt.regel, given(request, "grund"), [rule.name for rule in rules()])
    decide(desk.library.store, punkt.stored, text, f"stillgelegt: {punkt.regel}", who(request))
    return _on(request, desk, punkt, after)


@in_thread
def undoing(request: Request) -> Shown:
    """The last step of a record taken back."""
    desk = desk_of(request)
    stored = asked(request).stored
    undo(desk.library.store, stored, who(request))
    if given(request, "zu") == "vereinbarung":
        return to(request, f"/vereinbarung/{address_of(stored.path)}")
    return to(request, _back(request, stored.path.stem, given(request, "kennung")))


@in_thread
def probing(request: Request) -> Shown:
    """What a typed value would make of the record, without writing it; of a point that was decided while one typed that it is."""
    known = asked(request)
    try:
        punkt = _open_point(known, request.path_params["kennung"])
    except UsageError as error:
        return refused(error)
    if punkt.punkt.feld is None:
        raise HTTPException(404)
    return tried(desk_of(request), punkt.stored, punkt.punkt.feld, request.query_params.get("wert", ""))


def _asked(desk: Desk, request: Request) -> Punkt:
    """The point of a form, of the record that the page was made from; ChangedError where that is another by now."""
    known = asked(request)
    if given(request, "satz") != known.stored.sha256:
        raise ChangedError("Der Datensatz wurde inzwischen geändert, vielleicht in einem anderen Fenster.", datei=known.stored.path,
                           abhilfe="Die Seite neu laden und noch einmal entscheiden.")  # fmt: skip
    return _open_point(known, request.path_params["kennung"])


def _open_point(known: Known, kennung: str) -> Punkt:
    """The open point of this name; UsageError where it is open no more."""
    if (punkt := _point(known.points, kennung)) is None:
        raise UsageError("Dieser Punkt ist nicht mehr offen.", abhilfe="Die Seite neu laden.")
    return punkt


def _point(several: Sequence[Punkt], kennung: str) -> Punkt | None:
    return next((each for each in several if each.punkt.kennung == kennung), None)


def _queue_of(desk: Desk, request: Request) -> Queue:
    """The queue that the form was in."""
    jahr, whole, nach = int(request.path_params["jahr"]), given(request, "reihe") == "jahr", given(request, "nach")
    known = [found for _, found in desk.of_year(jahr) if not isinstance(found, ZvError)] if whole else [asked(request)]
    points = [each for one in known for each in one.points]
    if nach == "art":
        points.sort(key=lambda each: list(ARTEN).index(each.punkt.art))
    return Queue(jahr, "" if whole else request.path_params["name"], nach or "dokument", tuple(points), ())


def _on(request: Request, desk: Desk, punkt: Punkt, after: Punkt | None) -> Shown:
    """To the point that followed; it says there what was decided."""
    path = _back(request, after.stored.path.stem if after else "", after.punkt.kennung if after else "")
    return to(request, f"{path}&schritt={punkt.stored.path.stem}")


def _back(request: Request, datensatz: str, kennung: str) -> str:
    jahr, name = request.path_params["jahr"], request.path_params["name"]
    where = f"/nachsehen/{jahr}" if given(request, "reihe") == "jahr" else f"/nachsehen/{jahr}/{name}"
    return f"{where}?nach={given(request, 'nach') or 'dokument'}&punkt={kennung}&von={datensatz}"


@dataclass(frozen=True, slots=True)
class Step:
    """The last step of a record, which can be taken back."""

    name: str
    address: str
    told: str


def _step_told(desk: Desk, request: Request) -> Step | None:
    """What was decided last of the record that the path names; None where it names none."""
    jahr, name = int(request.path_params["jahr"]), request.query_params.get("schritt", "")
    path = desk.path(jahr, name) if name else None
    if path is None or (last := last_step(history(desk.of(path).stored))) is None:
        return None
    return Step(name, address_of(path), last.befehl)


ROUTES = (
    Route("/nachsehen/{jahr:int}", looking),
    Route("/nachsehen/{jahr:int}/{name}", looking),
    Route("/seite/{jahr:int}/{name}/{seite:int}-{turn:int}.jpg", picture),
    Route("/entscheide/{jahr:int}/{name}/{kennung}", deciding, methods=["POST"]),
    Route("/stilllegen/{jahr:int}/{name}/{kennung}", silencing, methods=["POST"]),
    Route("/zurueck/{jahr:int}/{name}", undoing, methods=["POST"]),
    Route("/probe/{jahr:int}/{name}/{kennung}", probing),
)
