"""What comes next: the one step of an agreement, and what a file that was read leads to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements.model.akte import Punktart
from agreements.model.record import Vereinbarung
from zv.accepting import Returning
from zv.arbeitsplatz.desk import Desk, Known
from zv.arbeitsplatz.jobs import Job
from zv.standing import last_day, last_signature

_READ: frozenset[Punktart] = frozenset({"unsicher", "abweichung", "nachverfolgt", "kommentar", "widerspruch", "ohne-stelle"})
"""Kinds that a reading left: they come first."""


@dataclass(frozen=True, slots=True)
class Next:
    """The step that comes next: a page to go to, or a form to send."""

    label: str
    path: str = ""
    """Where it leads, or where the form is sent."""
    fields: Mapping[str, str] = field(default_factory=dict)
    """What the form sends; empty for a page."""


def next_step(desk: Desk, known: Known, stand: str) -> Next | None:
    """The one step of an agreement; None where it is done."""
    record, kinds = known.stored.record, {each.punkt.art for each in known.points}
    looking = f"/nachsehen/{record.jahr}/{record.kennung}"
    if kinds & _READ:
        return Next("Nachsehen", looking)
    if stand == "unterzeichnet":
        return None
    if stand == "versandt":
        return _sent(desk, known)
    if kinds:
        return Next("Berichtigen" if kinds == {"pruefregel"} else "Nachsehen", looking)
    if record.akte.quelle and last_day(desk.library.effective(record, known.stored.path)):
        return _signed(record)
    return _order(record, "Versenden", "versandt") if stand == "ausgegeben" else _order(record, "Ausgeben", "drucken")


def _sent(desk: Desk, known: Known) -> Next:
    """First what comes back is decided, then the final print is made, signed, and noted."""
    record = known.stored.record
    plan = Returning(desk.library, known.stored, desk.ordner).kept()
    back = f"/ruecklauf/{record.jahr}/{record.kennung}"
    if plan is None or any(each.entscheidung is None for each in plan.aenderungen):
        return Next("Rücklauf ansehen", back)
    if last_signature(desk.library.effective(record, known.stored.path)):
        return _signed(record)
    if _is_printed(desk, known):
        return Next("Unterschrift ablegen", f"{back}#unterschrift")
    return _order(record, "Endgültig ausgeben", "endgueltig")


def _order(record: Vereinbarung, label: str, auftrag: str) -> Next:
    return Next(label, f"/jahr/{record.jahr}/auftrag", {"auftrag": auftrag, "name": record.kennung})


def _signed(record: Vereinbarung) -> Next:
    """Where the day is asked for since when an agreement is signed."""
    return Next("Als unterzeichnet vermerken", f"/vereinbarung/{record.jahr}/{record.kennung}#stand")


def _is_printed(desk: Desk, known: Known) -> bool:
    """Whether what lies there was printed after the record was last changed, by the times of the files."""
    record, path = known.stored.record, known.stored.path
    printed = desk.ordner / "out" / str(record.jahr) / f"{record.kennung}.pdf"
    made_of = (path, *path.parent.glob("rahmen*.yaml"), *desk.ordner.glob(f"templates/*/{record.jahr}.j2"))
    return printed.is_file() and printed.stat().st_mtime_ns >= max(each.stat().st_mtime_ns for each in made_of)


# ---------------------------------------------------------------- after a file was read


def offers(desk: Desk, job: Job) -> Iterator[Next]:
    """What can be done now with each file that a job has read."""
    if job.code is not None:
        for line in job.data:
            satz = Path(line.get("satz") or "")
            path = desk.path(int(satz.parent.name), satz.stem) if satz.parent.name.isdecimal() else None
            known = dict(desk.of_year(int(satz.parent.name))).get(path) if path else None
            if path and isinstance(known, Known):  # of one that cannot be asked, its row says why
                yield from _offered(line, known)


def _offered(line: Mapping[str, Any], known: Known) -> Iterator[Next]:
    record, datei = known.stored.record, Path(line["datei"]).name
    jahr, name, signed = record.jahr, record.kennung, record.akte.stand == "unterzeichnet"
    match line["ergebnis"]:
        case "neu":
            yield Next(f"{jahr}/{name} nachsehen", f"/nachsehen/{jahr}/{name}")
        case "vorhanden" if signed:
            return
        case "vorhanden" if line["wie_entworfen"]:
            yield Next("Unterschriften übernehmen", f"/jahr/{jahr}/auftrag", {"auftrag": "unterschriften", "datei": datei})
        case "vorhanden" if line["unterschiede"]:
            yield Next(f"Mit {jahr}/{name} vergleichen", f"/ruecklauf/{jahr}/{name}/eingang", {"datei": datei})
        case "vorhanden":
            yield _signed(record)
