"""Where the numbers of a record were read, and how surely: told from its akte as long as they hold."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from agreements.language.said import ABSENT, say
from agreements.model.akte import OffenerPunkt
from agreements.model.fields import value_at
from agreements.model.record import Fundstelle, Vereinbarung
from agreements.model.values import OFFEN
from agreements.reading.findings import Found
from agreements.register.register import Register

NEW = "aenderung.neu."
"""What the names of Angaben begin with that an amendment agrees anew."""
SURE = Decimal("0.9")
"""Who reads a document gives this to what it is sure of; what is below a person must look at."""
UNKNOWN = Fundstelle()
"""Of what was not read but written: neither page nor certainty."""


def is_number(feld: str) -> bool:
    """Whether an Angabe is a sum of the budget or a target: what is counted and compared over the years."""
    bare = feld.removeprefix(NEW)
    return bare.startswith(("haushalt.", "ziele.")) and not bare.startswith("ziele.individuell.")


def places(found: Iterable[Found], read: Vereinbarung, register: Register) -> dict[str, Fundstelle]:
    """Where the numbers of a document stand that were read surely; what is doubted is an open point of its record."""
    return {each.feld: Fundstelle(
        seite=next((location.page for location in each.locations if location.page), None),
        sicherheit=Decimal(str(round(each.confidence, 2))),
        gelesen=_said(each.feld, value_at(read, each.feld), read, register),
    ) for each in found if is_number(each.feld) and not each.doubtful}  # fmt: skip


def told(feld: str, value: Any, record: Vereinbarung, register: Register) -> Fundstelle:
    """Where a value was read; `UNKNOWN` where it was not read, without its certainty where a person has changed it since.

    Of what was read surely an older record tells it, or the reading of its file where that is kept (`places`): it is no open point.
    """
    kept = record.akte.fundstellen.get(feld)
    if kept is None:
        point = next((each for each in record.akte.offen if each.art == "unsicher" and each.feld == feld), None)
        kept = _of_point(point) if point else UNKNOWN
    if kept == UNKNOWN:
        return UNKNOWN
    same = kept.gelesen == _said(feld, value, record, register)
    return kept if same else kept.model_copy(update={"sicherheit": None})


def doubtful(feld: str, value: Any, record: Vereinbarung, register: Register) -> Fundstelle | None:
    """Where a number was read unsurely; None where it was not, or where a person has looked at it or changed it since."""
    found = told(feld, value, record, register)
    unsure = found.sicherheit is not None and found.sicherheit < SURE
    return found if unsure and not record.akte.looked_at(feld) else None


def _of_point(point: OffenerPunkt) -> Fundstelle:
    read = point.lesungen[0].wert if point.lesungen else None
    return Fundstelle(seite=point.seite, sicherheit=point.sicherheit, gelesen=read if read != ABSENT else "offen")


def _said(feld: str, value: Any, record: Vereinbarung, register: Register) -> str:
    """A value in one text; what was not read is open."""
    return " ".join(say(feld, OFFEN if value is None else value, register, record.jahr))
