"""Wortlaut und Rahmen: the year's text as prose, proven against all records before it is kept; what hangs on the year, to be ticked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from agreements.errors import ChangedError, UsageError, WordingError, ZvError
from agreements.files.disk import sha256, write_over
from agreements.language.calendar import write_date
from agreements.language.said import say
from agreements.library.wording_proof import against_records
from agreements.model.fields import angaben, number_in, value_at
from agreements.model.record import Rahmen
from agreements.model.values import OFFEN
from agreements.planning.named import name_of
from agreements.planning.setting import require_possible, said, together
from agreements.store.journal import decide
from agreements.store.store import Gespeichert
from agreements.wording.prose import Passage, changed, passages
from agreements.wording.units import Slot, Unit, Wording
from agreements.wording.wording import parse_wording
from agreements.wording.yearly import listed, not_looked_at, tick
from zv.arbeitsplatz.app import Shown, desk_of, given, in_thread, page, to, who
from zv.arbeitsplatz.desk import Desk


@dataclass(frozen=True, slots=True)
class Beside:
    """A passage, and what last year's wording says at the same place, where that is something else."""

    passage: Passage
    before: str


@in_thread
def showing(request: Request) -> Shown:
    """The wording of a year."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    wording, source = _wording(desk, jahr)
    found = tuple(_passages(desk, wording, source))
    several = listed(wording)
    still = not_looked_at(wording, several)
    rahmen = desk.library.store.stored_rahmen(jahr)
    return page(
        request, "wortlaut.html.j2", jahr=jahr, absaetze=found, summe=sha256(source.encode()),
        eigener=_is_own(desk, wording), saetze=tuple((number, each, each in still) for number, each in enumerate(several, 1)),
        offen=len(still), rahmen=tuple(_fields(desk, rahmen)) if rahmen else (), rahmen_summe=rahmen.sha256 if rahmen else "",
    )  # fmt: skip


def _wording(desk: Desk, jahr: int) -> tuple[Wording, str]:
    """The wording of a year and its source; HTTPException 404 where there is none."""
    name = next((each for each in desk.library.wordings() if each.endswith(f"/{jahr}")), None)
    if name is None:
        raise HTTPException(404)
    wording = desk.library.wording(name)
    return wording, wording.datei.read_text(encoding="utf-8")


def _is_own(desk: Desk, wording: Wording) -> bool:
    """Whether it belongs to the folder, not to the program."""
    return wording.datei.resolve().is_relative_to(desk.own)


def _passages(desk: Desk, wording: Wording, source: str) -> Iterator[Beside]:
    before = _last_years(desk, wording)
    stellen = {unit.zeile: unit.stelle for unit in wording.units}
    for each in passages(source):
        stelle = stellen.get(each.zeile)
        older, newer = before.get(stelle or ""), _text_at(wording, stelle)
        yield Beside(each, older if older and newer and older != newer else "")


def _last_years(desk: Desk, wording: Wording) -> dict[str, str]:
    """What the year before says, by place; empty where there is no wording of it."""
    land, _, jahr = wording.schluessel.partition("/")
    try:
        older = desk.library.wording(f"{land}/{int(jahr) - 1}")
    except (ZvError, ValueError):
        return {}
    return {unit.stelle: _text(unit) for unit in older.units}


def _text_at(wording: Wording, stelle: str | None) -> str:
    return next((_text(unit) for unit in wording.units if unit.stelle == stelle), "")


def _text(unit: Unit) -> str:
    return "".join("…" if isinstance(part, Slot) else part for part in unit.parts)


@in_thread
def saving(request: Request) -> Shown:
    """A passage as it was typed, kept only where every record of the year can be printed with it and read back."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    wording, source = _wording(desk, jahr)
    if not _is_own(desk, wording):
        raise UsageError("Dieser Wortlaut gehört zum Programm und wird nicht geändert.", abhilfe="Geändert wird der eines neuen Jahres.")
    if given(request, "summe") != sha256(source.encode()):
        raise ChangedError("Der Wortlaut wurde inzwischen geändert.", datei=wording.datei, abhilfe="Die Seite neu laden.")
    zeile = number_in(given(request, "zeile")) or 0
    text = changed(source, zeile, given(request, "text"))
    newer = parse_wording(text, wording.datei, wording.schluessel)
    if faults := [each for each in against_records(desk.library, newer) if each.error]:
        told = "; ".join(f"{each.path.stem}: {each.error}" for each in faults)
        raise WordingError(f"So lassen sich {len(faults)} Vereinbarungen nicht mehr drucken und zurücklesen. {told}")
    write_over(wording.datei, text.encode(), sha256(source.encode()))
    return to(request, f"/wortlaut/{jahr}#z{zeile}")


@in_thread
def ticking(request: Request) -> Shown:
    """A sentence that hangs on the year, looked at: it holds for this one, too."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    wording, _ = _wording(desk, jahr)
    number = given(request, "nummer")
    several = listed(wording)
    still = not_looked_at(wording, several)
    meant = [place for place, each in enumerate(several, 1) if each in still] if number == "alle" else [number_in(number) or 0]
    tick(wording, meant, ", ".join(filter(None, (who(request), write_date(date.today())))))
    return to(request, f"/wortlaut/{jahr}#durchsicht")


# ---------------------------------------------------------------- what all agreements of the year have in common


def _fields(desk: Desk, stored: Gespeichert[Rahmen]) -> Iterator[tuple[str, str, str]]:
    """Every Angabe of the rahmen.yaml with its name and what it says."""
    for feld in angaben(stored.record):
        if feld not in ("jahr", "land") and not feld.endswith(".zustand"):
            value = value_at(stored.record, feld)
            texts = say(feld, value, desk.library.register, stored.record.jahr)
            yield feld, name_of(feld), "" if value is OFFEN else "kein" if value is None else " / ".join(texts)


@in_thread
def framing(request: Request) -> Shown:
    """An Angabe of the rahmen.yaml set, which holds for all agreements of the year."""
    desk, jahr = desk_of(request), int(request.path_params["jahr"])
    stored = desk.library.store.stored_rahmen(jahr)
    if stored is None:
        raise HTTPException(404)
    if given(request, "summe") != stored.sha256:
        raise ChangedError("Der Rahmen wurde inzwischen geändert.", datei=stored.path, abhilfe="Die Seite neu laden.")
    made = together(desk.library, stored, [(given(request, "feld"), given(request, "wert") or "offen")])
    require_possible(desk.library, made)
    decide(desk.library.store, stored, made.text, "; ".join(said(desk.library, made)), who(request))
    return to(request, f"/wortlaut/{jahr}#rahmen")


ROUTES = (
    Route("/wortlaut/{jahr:int}", showing),
    Route("/wortlaut/{jahr:int}/absatz", saving, methods=["POST"]),
    Route("/wortlaut/{jahr:int}/durchsicht", ticking, methods=["POST"]),
    Route("/wortlaut/{jahr:int}/rahmen", framing, methods=["POST"]),
)
