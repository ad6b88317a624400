"""The review sheet of a record, made from the record as it is now, what is kept of its reading, and what was decided since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from agreements.errors import UsageError, visible
from agreements.files.disk import write_atomic
from agreements.language.calendar import write_date
from agreements.language.said import say
from agreements.library.consistency import misfits
from agreements.library.differences import Difference
from agreements.library.library import Library
from agreements.library.open_points import as_read, is_point, reason_of, still_open
from agreements.model.akte import Entscheidung
from agreements.model.fields import value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.reading.findings import Befund, Found
from agreements.store.store import Gespeichert
from extract.results.report import LESARTEN
from extract.results.transfer import Answer
from render.review import Sheet, render_review
from zv.readings import Readings

_DECIDED: Mapping[str, str] = {
    "bestaetigt": "Bestätigt", "berichtigt": "Berichtigt", "vereinbart": "So vereinbart", "lesefehler": "Als Lesefehler vermerkt",
    "nicht-lesbar": "Als nicht lesbar vermerkt", "steht-nicht-da": "Als nicht vorhanden vermerkt",
}  # fmt: skip


def path_of(library: Library, satz: Path, mark: str = "") -> Path:
    """Where the review sheet of a record lies."""
    return library.store.ordner / "out" / "pruefung" / satz.parent.name / f"{satz.stem}{mark}.html"


def remake(library: Library, stored: Gespeichert[Vereinbarung], datei: Path | None = None) -> Path:
    """Where the sheet of a record lies, made anew; from `datei`, where the reading is not kept any more.

    UsageError: the record was read from no file, from another one, or the reading is needed and `datei` is not given.
    Errors of reading as for `zv lies`.
    """
    answer = _answer(library, stored, datei)
    path = path_of(library, stored.path)
    write_atomic(path, render_review(as_decided(sheet_of(library, answer, stored.path), library, stored), library.register))
    return path


def sheet_of(library: Library, answer: Answer, satz: Path, differences: tuple[Difference, ...] = ()) -> Sheet:
    """What was read, as the sheet shows it."""
    said = answer.extraction
    return Sheet(
        datei=visible(said.datei.name), sha256=said.sha256, lesart=LESARTEN[said.reading.lesart], seiten=said.reading.page_count,
        satz=f"agreements/{satz.parent.name}/{satz.name}", record=as_read(said.record), found=said.found, befunde=said.befunde,
        paragraphs=said.reading.paragraphs, beiwerk=said.reading.beiwerk, pictures=answer.pictures, differences=differences,
    )  # fmt: skip


def _answer(library: Library, stored: Gespeichert[Vereinbarung], datei: Path | None) -> Answer:
    address = f"{stored.record.jahr}/{stored.record.kennung}"
    quelle = stored.record.akte.quelle
    if quelle is None:
        raise UsageError("Dieser Datensatz ist aus keiner Datei gelesen; einen Prüfbogen hat er nicht.", datei=stored.path)
    readings = Readings(library.store, anywhere=True)
    answers = readings.with_pictures(datei) if datei else readings.kept_of(Path(quelle.datei), quelle.sha256)
    for answer in answers:
        own = answer.extraction.record.akte.quelle
        if own and (own.sha256, own.seiten) == (quelle.sha256, quelle.seiten):
            return answer
    if datei:
        raise UsageError(f"Aus dieser Datei ist {address} nicht gelesen.", datei=datei, abhilfe=f"Die Datei „{quelle.datei}“ nennen.")
    raise UsageError(
        f"Von {quelle.datei} ist keine Lesung mehr aufbewahrt.", abhilfe=f"Die Datei nennen: zv bogen {address} {quelle.datei}"
    )


def as_decided(sheet: Sheet, library: Library, stored: Gespeichert[Vereinbarung]) -> Sheet:
    """The sheet with what the record says now, and what was decided of it."""
    record = library.effective(stored.record, stored.path)
    left = still_open(record, library.register)
    open_felder = {point.feld for point in left if point.art == "unsicher"}
    found = tuple(_now(each, record, each.feld in open_felder) for each in sheet.found)
    reasons = {(point.feld, point.grund) for point in left} | {(each.feld, reason_of(each)) for each in misfits(record)}
    befunde = tuple(each for each in sheet.befunde if not is_point(each) or (each.feld, reason_of(each)) in reasons)
    decisions = dict(_decisions(sheet, library, record))
    return replace(sheet, record=as_read(record), found=found, befunde=_without_decided(befunde, record), lines=stored.lines,
                   decisions=decisions)  # fmt: skip


def _now(found: Found, record: Vereinbarung, is_open: bool) -> Found:
    """An Angabe as the record has it now, doubted as long as nobody has decided."""
    return replace(found, wert=_value(record, found.feld), doubts=found.doubts if is_open else ())


def _value(record: Vereinbarung, feld: str) -> Any:
    """What the record says of an Angabe as a reading has it: None for what is open, a target without the level, an Angabe of its own."""
    value = value_at(record, feld)
    if isinstance(value, Zielwert):
        return value.model_copy(update={"entspricht": None})
    return None if value is OFFEN else value


def _without_decided(befunde: tuple[Befund, ...], record: Vereinbarung) -> tuple[Befund, ...]:
    """The findings without those on words of the fixed text that somebody has decided; one that is left is shown with its picture."""
    left = [each.neu or each.alt or "" for each in record.akte.strittig]
    return tuple(each for each in befunde if each.art != "abweichung" or any(words in each.text or each.text in words for words in left))


def _decisions(sheet: Sheet, library: Library, record: Vereinbarung) -> Iterator[tuple[str, str]]:
    """By Angabe what a person has decided of it, or that it was changed, with what was read."""
    made = {each.feld: each for each in record.akte.entschieden if each.feld}
    for found in sheet.found:
        was = " / ".join(say(found.feld, found.wert, library.register, record.jahr)) if found.wert is not None else "nichts"
        changed = _value(record, found.feld) != found.wert
        read = f" Gelesen wurde: {was}." if changed else ""
        if decision := made.get(found.feld):
            yield found.feld, f"{_told(decision)}.{read}"
        elif changed:
            yield found.feld, f"Geändert.{read}"


def _told(decision: Entscheidung) -> str:
    who = f", {decision.kuerzel}" if decision.kuerzel else ""
    return f"{_DECIDED[decision.wie]} am {write_date(decision.tag)}{who}"
