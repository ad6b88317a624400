"""Vereinbarung: the form in the order of the document, beside the page as it reads; each shows the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.routing import Route

from agreements.deciding.decisions import looked_through
from agreements.deciding.points import Punkt
from agreements.errors import ChangedError, UsageError, ZvError
from agreements.language.said import say
from agreements.model.document import Block, Document
from agreements.model.fields import angaben, label, number_in, value_at
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.planning.setting import Order, Setting, require_possible, said, setting, together
from agreements.store.journal import decide, history, last_step
from agreements.store.store import Gespeichert
from zv.arbeitsplatz.app import Shown, asked, desk_of, given, in_thread, page, to, who
from zv.arbeitsplatz.desk import Desk
from zv.arbeitsplatz.trying import tried
from zv.standing import last_day

_NOT_TYPED = ("jahr", "traeger", "wortlaut")
"""What makes the record this one and no other."""
_LONG = 60
"""Letters from which a text is typed over several lines."""


@dataclass(frozen=True, slots=True)
class Field:
    """An Angabe of the form."""

    feld: str
    name: str
    said: str
    """As it is typed; empty where it is open."""
    entries: tuple[str, ...] | None
    """Of a list its entries."""
    is_open: bool
    carried: bool
    """Whether it was carried over from the year before, and nobody has looked through it yet."""
    points: tuple[Punkt, ...]

    @property
    def is_long(self) -> bool:
        return len(self.said) > _LONG


@in_thread
def showing(request: Request) -> Shown:
    """The form and the page of a record."""
    desk = desk_of(request)
    known = asked(request)
    stored = known.stored
    record = desk.library.effective(stored.record, stored.path)
    document, fault = _document(desk, record)
    last = last_step(history(stored))
    fields = tuple(_fields(desk, stored, record, known.points, document))
    told = {each.feld for each in fields}
    return page(
        request, "vereinbarung.html.j2", jahr=record.jahr, satz=record.kennung, summe=stored.sha256, felder=fields, dokument=document,
        stand=stored.record.akte.stand, am=last_day(record), fehler=fault, bekannt=told, zuletzt=last,
        titel=desk.library.register.find(record.traeger, record.jahr).name,
        sonst=tuple(each for each in known.points if each.punkt.feld not in told), anlage=document.entwurf if document else False,
    )  # fmt: skip


def _document(desk: Desk, record: Vereinbarung) -> tuple[Document | None, str]:
    """The filled wording, or why there is none."""
    try:
        return desk.library.filled(record), ""
    except ZvError as error:
        return None, str(error)


def _fields(desk: Desk, stored: Gespeichert[Vereinbarung], record: Vereinbarung, points: Sequence[Punkt],
            document: Document | None) -> Iterator[Field]:  # fmt: skip
    """Every Angabe once, in the order in which the document states it; those that it does not state behind them."""
    order = list(dict.fromkeys(_stated(document.blocks))) if document else []
    names = [each for each in angaben(record) if each not in _NOT_TYPED and not each.startswith(("akte.", "text", "aenderung."))]
    for feld in sorted(names, key=lambda each: order.index(each) if each in order else len(order)):
        value = value_at(record, feld)
        texts = say(feld, value, desk.library.register, record.jahr)
        typed = "" if value is OFFEN else "kein" if value is None else " / ".join(texts)
        carried = any(path == feld or path.startswith(f"{feld}.") for path in stored.record.akte.uebernommen)
        told = tuple(each for each in points if each.punkt.feld == feld and each.punkt.art not in ("offen", "uebernommen"))
        yield Field(feld, label(feld), typed, value if isinstance(value, tuple) else None, value is OFFEN, carried, told)


def _stated(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        yield from (span.feld for span in block.spans if span.feld)
        if block.liste:
            yield block.liste


@in_thread
def trying(request: Request) -> Shown:
    """What a typed value would make of the record."""
    return tried(desk_of(request), asked(request).stored, request.query_params.get("feld", ""),
                 request.query_params.get("wert", "") or "offen")  # fmt: skip


@in_thread
def entering(request: Request) -> Shown:
    """An Angabe set, or an entry of a list put in, replaced, taken out or moved."""
    desk = desk_of(request)
    stored, feld = _same(asked(request).stored, request), given(request, "feld")
    order = _order(request)
    made: Setting[Vereinbarung]
    if order is None:
        made = together(desk.library, stored, [(feld, given(request, "wert") or "offen")], who(request))
    else:
        made = setting(desk.library, stored, feld, order, who(request))
    require_possible(desk.library, made)
    told = "; ".join(said(desk.library, made)) or f"{label(feld)}: bestätigt"
    decide(desk.library.store, stored, made.text, told, who(request))
    return to(request, f"{_path(stored)}#f-{feld}")


def _order(request: Request) -> Order | None:
    """What is asked of a list; None where a value is set as a whole."""
    was, number = given(request, "was"), given(request, "nummer")
    at = number_in(number) or 0
    match was:
        case "einfuegen":
            return Order("einfuegen", given(request, "wert"), at)
        case "ersetzen":
            return Order("ersetzen", given(request, "wert"), at)
        case "entfernen":
            return Order("entfernen", nummer=at)
        case "hoch":
            return Order("verschieben", nummer=at, nach=at - 1)
        case "runter":
            return Order("verschieben", nummer=at, nach=at + 1)
        case "":
            return None
    raise UsageError("Es ist nicht klar, was geschehen soll.")


@in_thread
def looking_through(request: Request) -> Shown:
    """A text that was carried over, looked through."""
    desk = desk_of(request)
    stored, feld = _same(asked(request).stored, request), given(request, "feld")
    text = looked_through(desk.library, stored, [feld])
    decide(desk.library.store, stored, text, f"durchgesehen: {label(feld)}", who(request))
    return to(request, f"{_path(stored)}#f-{feld}")


_ORDERS = {
    "entwurf": ("Entwurf", ("drucke", "{wo}")),
    "endgueltig": ("Endgültig", ("drucke", "{wo}", "--endgueltig")),
    "aenderung": ("Änderung anlegen", ("aenderung", "{wo}")),
    "synopse": ("Synopse", ("vergleiche", "{vorher}", "{wo}", "--format", "pdf")),
}


@in_thread
def ordering(request: Request) -> Shown:
    """A command for this record; the year's page shows how it goes."""
    desk = desk_of(request)
    record = asked(request).stored.record
    titel, words = _ORDERS.get(given(request, "auftrag"), ("", ()))
    if not words:
        raise UsageError("Es ist nicht klar, was geschehen soll.")
    where, before = f"{record.jahr}/{record.kennung}", f"{record.jahr - 1}/{record.traeger}"
    desk.jobs.begin(f"{titel} {where}", [word.format(wo=where, vorher=before) for word in words], record.jahr)
    return to(request, f"/jahr/{record.jahr}#auftraege")


def _same(stored: Gespeichert[Vereinbarung], request: Request) -> Gespeichert[Vereinbarung]:
    """The record that the page was made from; ChangedError where it is another by now."""
    if given(request, "summe") != stored.sha256:
        raise ChangedError("Der Datensatz wurde inzwischen geändert, vielleicht in einem anderen Fenster.", datei=stored.path,
                           abhilfe="Die Seite neu laden und noch einmal eintragen.")  # fmt: skip
    return stored


def _path(stored: Gespeichert[Vereinbarung]) -> str:
    return f"/vereinbarung/{stored.record.jahr}/{stored.record.kennung}"


ROUTES = (
    Route("/vereinbarung/{jahr:int}/{name}", showing),
    Route("/vereinbarung/{jahr:int}/{name}/probe", trying),
    Route("/vereinbarung/{jahr:int}/{name}/setze", entering, methods=["POST"]),
    Route("/vereinbarung/{jahr:int}/{name}/durchgesehen", looking_through, methods=["POST"]),
    Route("/vereinbarung/{jahr:int}/{name}/auftrag", ordering, methods=["POST"]),
)
