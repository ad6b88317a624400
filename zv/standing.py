"""How far an agreement is, noted in its record: drafted, sent, signed, and since when; what is sent is kept."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple, cast

from agreements.errors import RecordError, UsageError
from agreements.filling.annex import open_points
from agreements.language.calendar import DAY, day_of
from agreements.library.library import Library
from agreements.model.record import Vereinbarung
from agreements.store.draft_header import without_draft_header
from agreements.store.journal import decide
from agreements.store.sent import Sent
from agreements.store.store import Gespeichert
from zv.sending import Sending, keep, require_made_of

Stand = Literal["entwurf", "versandt", "unterzeichnet"]
STAENDE: tuple[Stand, ...] = ("entwurf", "versandt", "unterzeichnet")


@dataclass(frozen=True, slots=True)
class Noted:
    """What a record says now of how far it is, what it said before, and where what was sent is kept."""

    stored: Gespeichert[Vereinbarung]
    before: str | None
    sent: Sent | None = None
    hint: str = ""


def parted(words: tuple[str, ...]) -> tuple[tuple[str, ...], Stand]:
    """What a call names, and the Stand at its end; UsageError where there is none."""
    if not words or words[-1].casefold() not in STAENDE:
        raise UsageError(f"Am Ende fehlt der Stand: {', '.join(STAENDE[:-1])} oder {STAENDE[-1]}.",
                         abhilfe="Zum Beispiel: zv setze-stand 2024 lk-emsland versandt")  # fmt: skip
    return words[:-1], cast(Stand, words[-1].casefold())


def day(text: str | None) -> date | None:
    """The day that a call names, "15.1.2025", "15. Januar 2025" or "2025-01-15"; UsageError where it is none, or still to come."""
    if text is None:
        return None
    found, iso = DAY.fullmatch(text.strip()), re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", text.strip())
    named = day_of(found) if found else None
    if iso:
        named = _iso(text.strip())
    if named is None:
        raise UsageError(f"„{text}“ ist kein Tag.", abhilfe="Zum Beispiel: --am 15.1.2025")
    if named > date.today():
        raise UsageError(f"Der Tag „{text}“ kommt erst noch.", abhilfe="Den Tag nennen, an dem es geschehen ist.")
    return named


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


class Noting(NamedTuple):
    """What a call notes of each agreement."""

    stand: Stand
    am: date | None
    kuerzel: str | None
    aufruf: str


def note(library: Library, stored: Gespeichert[Vereinbarung], noting: Noting, sending: Sending | None) -> Noted:
    """Notes how far an agreement is, and since when; what is being sent, made of this record, is kept first.

    RecordError: it is signed with something still open. Errors as for printing and for the journal; then nothing is noted.
    """
    stand = noting.stand
    if stand == "unterzeichnet":
        _require_nothing_open(library, stored)
    values, removed = _noted(library.effective(stored.record, stored.path), stand, noting.am)
    text = library.store.edited(stored, values, removed)
    if stand == "unterzeichnet":
        text = without_draft_header(text)
    befehl = f"Stand: {stand}" + (f" am {values[_DAY]:%d.%m.%Y}" if _DAY in values else "")
    sent, hint = None, ""
    if sending:
        require_made_of(sending, stored)
        sent, hint = keep(library, library.store.checked(stored, text), sending), sending.hint
    return Noted(decide(library.store, stored, text, befehl, noting.kuerzel, noting.aufruf), stored.record.akte.stand, sent, hint)


_DAY = "akte.stand_am"


def _noted(record: Vereinbarung, stand: Stand, am: date | None) -> tuple[Mapping[str, Any], list[tuple[str, ...]]]:
    """What is set and what is taken out: a draft has no day, what was sent that of today, what was signed that of the last signature."""
    known = {"entwurf": None, "versandt": date.today(), "unterzeichnet": last_signature(record)}[stand]
    chosen = am or known
    if chosen:
        return {"akte.stand": stand, _DAY: chosen}, []
    return {"akte.stand": stand}, [("akte", "stand_am")] if record.akte.stand_am else []


def last_signature(record: Vereinbarung) -> date | None:
    """The day of the last signature; None where one of them has none."""
    days = [each.datum for side in (record.unterschriften.land, record.unterschriften.traeger) for each in side.values()]
    return last_day(record) if all(isinstance(each, date) for each in days) else None


def last_day(record: Vereinbarung) -> date | None:
    """The last day that stands at a signature; None where none has one."""
    signed = record.unterschriften
    return max(
        (each.datum for side in (signed.land, signed.traeger) for each in side.values() if isinstance(each.datum, date)), default=None
    )


def _require_nothing_open(library: Library, stored: Gespeichert[Vereinbarung]) -> None:
    points = open_points(library.filled(library.effective(stored.record, stored.path)))
    if points:
        raise RecordError(f"Als unterzeichnet lässt sich nicht vermerken, was noch offen ist: {'; '.join(points)}.",
                          datei=stored.path, abhilfe="Zuerst eintragen, was unterzeichnet wurde.")  # fmt: skip


def told(noted: Noted) -> str:
    """One line on what was noted."""
    akte = noted.stored.record.akte
    since = f" seit {akte.stand_am:%d.%m.%Y}" if akte.stand_am else ""
    before = f" (bisher {noted.before})" if noted.before not in (None, akte.stand) else ""
    kept = f"; aufgehoben in {noted.sent.folder}" if noted.sent else ""
    return f"{noted.stored.record.jahr}/{noted.stored.record.kennung}: {akte.stand}{since}{before}{kept}"
