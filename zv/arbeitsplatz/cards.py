"""One open point as a person decides it: what was read, where it stands, what stands beside it, and what can be decided."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from agreements.deciding.points import ARTEN, Punkt
from agreements.language.calendar import DAY, day_of, write_date
from agreements.language.numbers import write_number
from agreements.language.said import ABSENT, said_of, say
from agreements.library.consistency import budget
from agreements.library.library import Library
from agreements.model.akte import OffenerPunkt
from agreements.model.fields import label, value_at
from agreements.model.record import Haushalt, Vereinbarung
from agreements.reading.geometry import turned_back
from zv.arbeitsplatz.desk import Desk
from zv.arbeitsplatz.pages import original
from zv.named import address_of

_MARGIN = 4.0
"""Points around the place within the frame."""
_STRIP = (320.0, 46.0)
"""Points that the enlarged strip shows at least: a line of text with its neighbours."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A reading that one press takes."""

    text: str
    wert: str | None
    """The value to set, in German form; None: what the record holds."""
    leser: str = ""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An Angabe beside the one that is asked for."""

    name: str
    said: str
    asked: bool = False
    fits: bool | None = None
    """Of the sum of the amounts: whether it is the Gesamtbudget; None for anything else."""


@dataclass(frozen=True, slots=True)
class Strip:
    """What part of the upright page is shown enlarged: left, top, width and height in points."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where on which page it stands; the box in points of the page as it is shown, which lies turned by `turn` degrees."""

    seite: int
    turn: int
    box: tuple[float, float, float, float] | None


@dataclass(frozen=True, slots=True)
class Card:
    """A point with all that the page shows of it."""

    punkt: Punkt
    title: str
    kind: str
    address: str
    choices: tuple[Choice, ...]
    place: Place | None
    has_page: bool
    """Whether the page itself can be shown."""
    neighbours: tuple[Neighbour, ...]
    said: str
    """What is departed in, or what the record holds now."""
    faults: tuple[str, ...] = ()
    """What the checks say of the same Angabe."""

    @property
    def kennung(self) -> str:
        return self.punkt.punkt.kennung

    @property
    def is_departure(self) -> bool:
        return self.punkt.punkt.abweichung is not None

    @property
    def takes_value(self) -> bool:
        """Whether a value can be typed."""
        return self.punkt.punkt.feld is not None and not self.is_departure and self.punkt.punkt.art != "pruefregel"

    @property
    def can_confirm(self) -> bool:
        return self.punkt.punkt.art not in ("pruefregel", "offen") and not self.is_departure and not self.lacks_value

    @property
    def lacks_value(self) -> bool:
        return self.takes_value and self.said in (ABSENT, "offen", "leer")


def card(desk: Desk, punkt: Punkt, several: Sequence[Punkt]) -> Card:
    """The card of a point; `several` are all points of its record."""
    library, record = desk.library, punkt.stored.record
    effective = library.effective(record, punkt.stored.path)
    point = punkt.punkt
    beside = [each.punkt.grund for each in several if point.feld and each.punkt.feld == point.feld and each is not punkt]
    return Card(
        punkt,
        title=punkt.name or point.stelle or ARTEN[point.art],
        kind=ARTEN[point.art],
        address=address_of(punkt.stored.path),
        choices=tuple(_choices(point)),
        place=_place(point),
        has_page=original(desk.ordner, record.akte.quelle) is not None,
        neighbours=tuple(_neighbours(desk, effective, point.feld)) if point.feld else (),
        said=said_of(point.abweichung) if point.abweichung else _said(library, effective, point.feld) if point.feld else "",
        faults=tuple(beside),
    )


def _choices(point: OffenerPunkt) -> Iterator[Choice]:
    """What each reader made of it, first what the record holds; the same text is offered once."""
    seen = set()
    for number, each in enumerate(point.lesungen):
        text = each.wert or each.text
        if text and text not in seen and text != ABSENT:
            seen.add(text)
            yield Choice(text, None if number == 0 and each.wert else each.wert or each.text, each.leser or "")
    if (point.feld or "").endswith(".datum"):  # a day written by hand is often told in the reason alone
        for text in dict.fromkeys(write_date(day) for found in DAY.finditer(point.grund) if (day := day_of(found))):
            if text not in seen:
                yield Choice(text, text, "in der Begründung")


def _place(point: OffenerPunkt) -> Place | None:
    if point.seite is None:
        return None
    box = tuple(float(each) for each in point.kasten)
    return Place(point.seite, point.drehung or 0, (box[0], box[1], box[2], box[3]) if len(box) == 4 else None)


def _said(library: Library, record: Vereinbarung, feld: str) -> str:
    return " / ".join(say(feld, value_at(record, feld), library.register, record.jahr))


def _neighbours(desk: Desk, record: Vereinbarung, feld: str) -> Iterator[Neighbour]:
    """The Angaben that belong to the same group, and what last year's agreement says of the one asked for."""
    library = desk.library
    group = feld.rpartition(".")[0]
    around: list[str] = []
    if group == "haushalt":
        around = [f"haushalt.{each}" for each in Haushalt.model_fields]
    elif group.startswith("ziele.") and not group.startswith("ziele.individuell"):
        around = [f"{group}.{each}" for each in ("gesamt", "frauen", "maenner") if value_at(record, f"{group}.{each}") is not None]
    elif group.startswith("unterschriften."):
        around = [f"{group}.{each}" for each in ("ort", "datum", "zusatz", "name", "funktion", "stelle")]
    for each in around:
        yield Neighbour(label(each).rpartition(": ")[2], _said(library, record, each), asked=each == feld)
    if group == "haushalt":
        yield from _sum(record)
    before = desk.year_before(record)
    if before is not None and not group.startswith("unterschriften."):
        yield Neighbour(f"{record.jahr - 1}", _said(library, before, feld))


def _sum(record: Vereinbarung) -> Iterator[Neighbour]:
    """The sum of the amounts, and whether it is the Gesamtbudget, rounded as that is stated; nothing where one of them is missing."""
    haushalt = record.haushalt
    parts = [each for each in (haushalt.verwaltungskosten, haushalt.eingliederungsleistungen) if isinstance(each, (int, Decimal))]
    if len(parts) == 2 and isinstance(haushalt.gesamtbudget_mio, Decimal):
        exact = f"{write_number(sum(Decimal(each) for each in parts) / Decimal(1_000_000))} Mio. Euro"
        yield Neighbour("Summe der Beträge", exact, fits=not any(budget(record)))


@dataclass(frozen=True, slots=True)
class View:
    """An upright page with the place framed, and the part of it that is shown enlarged; in points."""

    width: float
    height: float
    frame: Strip | None
    strip: Strip | None


def view(place: Place, width: float, height: float) -> View:
    """How a page of `width` and `height` points, as it is shown, is looked at upright."""
    whole = (height, width) if place.turn in (90, 270) else (width, height)
    if place.box is None:
        return View(*whole, None, None)
    left, top, right, bottom = turned_back(place.box, place.turn, width, height)
    frame = Strip(left - _MARGIN, top - _MARGIN, right - left + 2 * _MARGIN, bottom - top + 2 * _MARGIN)
    wide, high = max(_STRIP[0], right - left + 60), max(_STRIP[1], bottom - top + 24)
    aside = min(max(0.0, (left + right - wide) / 2), max(0.0, whole[0] - wide))
    return View(*whole, frame, Strip(aside, max(0.0, (top + bottom - high) / 2), wide, high))
