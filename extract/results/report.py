"""What the extractor reports: for programs as JSON, for people as a record with its findings as comments (angaben.md)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from agreements import __version__
from agreements.errors import visible
from agreements.library.library import Library
from agreements.library.open_points import beside_points
from agreements.model.fields import value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.reading.accounts import Posten, counted
from agreements.reading.extraction import Extraction
from agreements.reading.findings import Befund, Found, Location
from agreements.reading.reading import Beiwerk
from agreements.store.store import dump_record

FORMAT = 1
"""Changes when a reader of the report would have to."""


def as_json(extraction: Extraction, _: Library) -> str:
    """The report for programs."""
    reading = extraction.reading
    report = {
        "format": FORMAT,
        "zv": __version__,
        "datei": extraction.datei.name,
        "sha256": extraction.sha256,
        "seiten": reading.page_count,
        "lesart": reading.lesart,
        "wortlaut": extraction.record.wortlaut,
        "angaben": [_angabe(found) for found in extraction.found],
        "befunde": [_befund(befund) for befund in extraction.befunde],
        "beiwerk": [_beiwerk(beiwerk) for beiwerk in reading.beiwerk],
        "zahlen": _zahlen(extraction.posten),
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _beiwerk(beiwerk: Beiwerk) -> dict[str, Any]:
    """What is no text of the agreement; where a Word file says so, with the paragraph that it stands at."""
    found = {"art": beiwerk.art, "seite": beiwerk.page, "text": beiwerk.text}
    return found | {"absatz": beiwerk.absatz} if beiwerk.absatz else found


def _angabe(found: Found) -> dict[str, Any]:
    first = found.locations[0] if found.locations else Location(None, None, "")
    return {
        "feld": found.feld,
        "wert": _wert(found.wert),
        "text": first.text,
        "seite": first.page,
        "kasten": first.box,
        "sicherheit": found.confidence,
        "pruefen": found.doubtful,
        "grund": found.reason,
        "orte": [{"seite": location.page, "kasten": location.box, "text": location.text} for location in found.locations],
    }


def _befund(befund: Befund) -> dict[str, Any]:
    return {
        "art": befund.art,
        "schwere": befund.schwere,
        "feld": befund.feld,
        "seite": befund.location.page,
        "kasten": befund.location.box,
        "text": befund.text,
        "erwartet": befund.erwartet,
    }


def _zahlen(several: Sequence[Posten]) -> dict[str, Any]:
    """How many figures are of each role, and each of them with its place."""
    count = {str(rolle): number for rolle, number in counted(several).items()}
    return {**count, "stellen": [_posten(posten) for posten in several]}


def _posten(posten: Posten) -> dict[str, Any]:
    return {
        "art": posten.art,
        "rolle": posten.rolle,
        "text": posten.text,
        "seite": posten.location.page,
        "kasten": posten.location.box,
        "feld": posten.feld,
        "grund": posten.grund,
    }


def _wert(value: Any) -> Any:
    """Decimals as strings, so that their digits survive; dates ISO; a Zielwert with all five keys."""
    match value:
        case Zielwert():
            return {key: _wert(getattr(value, key)) for key in ("richtung", "schranke", "wert", "einheit", "bezug")}
        case Decimal():
            return str(value)
        case date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value


def as_yaml(extraction: Extraction, library: Library) -> str:
    """The record for people, findings as comments: those of an Angabe above it, the others at the top."""
    record = library.own(extraction.record)
    header, comments = remarks(extraction, record)
    return dump_record(record, header=header, comments=comments)


def remarks(extraction: Extraction, record: Vereinbarung) -> tuple[str, dict[str, str]]:
    """What a person should know besides the open points: for the top of the record's file, and for above the Angaben it states."""
    at_the_top: list[str] = []
    above: dict[str, list[str]] = defaultdict(list)
    for befund in beside_points(extraction.befunde, record.akte.offen):
        if befund.art == "abweichung" and not record.abweichungen:
            continue  # it stands among the open points
        stated = befund.feld is not None and value_at(record, befund.feld) is not None
        (above[befund.feld] if befund.feld is not None and stated else at_the_top).append(f"{befund.schwere.upper()}: {befund.sentence()}")
    if points := len(record.akte.offen):
        name = f"{record.jahr}/{record.kennung}"
        at_the_top.append(f"{points} offene{'r Punkt' if points == 1 else ' Punkte'}, unter akte.offen; alle nennt: zv offen {name}")
    if not at_the_top:
        nothing = "Keine Abweichungen vom Wortlaut, nichts zu prüfen."
        at_the_top.append("Zu beachten: die Anmerkungen bei den Angaben." if above else nothing)
    quelle = extraction.record.akte.quelle
    pages = f", Seiten {quelle.seiten}" if quelle and quelle.seiten else ""
    header = [f"Gelesen aus {visible(extraction.datei.name)}{pages} ({LESARTEN[extraction.reading.lesart]}).", "", *at_the_top]
    return "\n".join(header), {feld: "\n".join(lines) for feld, lines in above.items()}


LESARTEN = {
    "textebene": "PDF mit Textebene",
    "texterkennung": "Texterkennung",
    "word": "Word",
    "gemischt": "teils Textebene, teils Texterkennung",
}


FORMATS: dict[str, Callable[[Extraction, Library], str]] = {"yaml": as_yaml, "json": as_json}
"""The forms of a report: the choices of `zv lies --format`."""
