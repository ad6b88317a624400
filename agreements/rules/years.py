"""Rules on years and dates: last year's number left in a text, a signature before the federal budget or without a date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from agreements.language.calendar import write_date
from agreements.language.sentences import sentences
from agreements.language.tokens import around
from agreements.library.consistency import signing_days
from agreements.model.fields import angaben, label, value_at
from agreements.model.months import MONAT
from agreements.model.values import OFFEN
from agreements.reading.findings import Schwere
from agreements.rules.case import Case, Hit, Passage
from agreements.rules.tables import recht
from agreements.wording.yearly import not_looked_at

_YEAR = re.compile(r"(?<![\d.,/§-])(?:19|20)\d{2}(?![\d]|[.,]\d|\s*(?:%|€|Euro\b|Personen|Plätze|Stellen|Fälle|Stunden|Menschen))")
_DAY = re.compile(rf"\b\d{{1,2}}\.\s*(?:\d{{1,2}}\.|{MONAT})\s*$")
"""A day before a year: the date of a law, a report, a decision."""
_LOOKS_BACK = re.compile(
    r"\b(?:gegenüber|Vergleich|verglichen|Stand|als im|als in|als|war|waren|wurden?|worden|hatten?|hat|haben|lag|lagen|stieg|stiegen"
    r"|sank|sanken|betrug|betrugen|konnten?|gab|erhielt|erhielten|bereits|bisher|bislang|zuletzt|damals)\b",
    re.IGNORECASE,
)
"""What a sentence says that speaks of what has been."""
_SINCE = re.compile(
    rf"\b(?:seit|ab|von|zwischen|bis|und|Ende|Anfang|Mitte|Quartal|Halbjahr|{MONAT})(?: dem Jahr| des Jahres)?\s+$", re.IGNORECASE
)
"""Before a year that is a time in the past, whatever the sentence says."""
_LOOKS_FORWARD = re.compile(r"\b(?:soll|sollen|wird|werden|geplant|vorgesehen|Ziel ist|beabsichtigt|erreicht, wenn)\b")
_MEANT_NOW = re.compile(r"\b(?:Jahr|Jahres|für|in|Zielvereinbarung|Zielerreichung|Zielsteuerung|Haushalt)\s+$")
_CITES = re.compile(r"BGBl|Nds\. GVBl|ABl|Drs\.|Fassung|Gesetz\w* vom|Verordnung vom|Urteil")
_FAR = 15
"""Programmes and forecasts reach so many years ahead, hardly more."""


_PERIOD = re.compile(r"\s*(?:[–/-]|und\s)\s*(?:19|20)?\d{2}\b")
"""Behind a year with which a period begins: "2021–2027", "2022/23"."""

_DEADLINE = re.compile(rf"\b[Bb]is(?: spätestens)?(?: zum)?\s+\d{{1,2}}\.\s*(?:\d{{1,2}}\.|{MONAT})\s*(?P<jahr>20\d{{2}})(?!\d)")
"""A day by which something is to be done."""


def years_in_text(case: Case) -> Iterator[Hit]:
    """A year in a text of the record that does not fit the agreement's."""
    for passage in case.free:
        if passage.feld and passage.feld.startswith("unterschriften."):
            continue
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            for found in _YEAR.finditer(sentence):
                if fault := _fault(case, passage, sentence, found):
                    reason, schwere = fault
                    at = start + found.start()
                    yield Hit(around(passage.text, at, at + 4), reason, passage.feld, schwere=schwere)
            for found in _DEADLINE.finditer(sentence):
                if int(found["jahr"]) == case.jahr - 1 and case.carried(passage):
                    at = start + found.start("jahr")
                    yield Hit(around(passage.text, at, at + 4), f"Der Text ist übernommen; die Frist liegt vor {case.jahr}.", passage.feld)


def _fault(case: Case, passage: Passage, sentence: str, found: re.Match[str]) -> tuple[str, Schwere | None] | None:
    """What is wrong with a year in its sentence, and how grave that is where it is not as usual.

    The agreement's own year and the next fit, later ones are forecasts. The year before is what one looks back to: only a
    sentence that plans and looks not back does not mean it; but in a text carried over it was the present. Older years
    belong to what has been, to a period or to a law; elsewhere they are mostly meant, too.
    """
    year, jahr, before = int(found.group()), case.jahr, sentence[: found.start()]
    if year in (jahr, jahr + 1) or any(pattern.search(before) for pattern in (_DAY, _SINCE)) or _CITES.search(sentence):
        return None
    if year > jahr:
        return (f"Das Jahr {year} liegt weit hinter dem der Vereinbarung.", None) if year > jahr + _FAR else None
    back = _LOOKS_BACK.search(sentence) is not None
    if case.carried(passage) and (year == jahr - 2 or (year == jahr - 1 and not back)):
        return f"Der Text ist übernommen und spricht noch vom Jahr {year}.", None
    if back or _PERIOD.match(sentence, found.end()):
        return None
    plans = _LOOKS_FORWARD.search(sentence) is not None and _MEANT_NOW.search(before) is not None
    if plans or year < jahr - 1:
        return f"Die Vereinbarung gilt für {jahr}, der Text spricht vom Jahr {year}.", None if plans else "hinweis"
    return None


def years_in_wording(case: Case) -> Iterator[Hit]:
    """A year that stands as a number in the fixed text and is not the agreement's: what last year's wording left behind.

    Where somebody has ticked the sentence as right for the new year, nothing is said.
    """
    ticked = {(each.stelle, each.satz) for each in case.yearly if each.durchgesehen}
    for passage in case.fixed:
        for start, end in sentences(passage.text):
            sentence = passage.text[start:end]
            if (passage.stelle, " ".join(sentence.split())) in ticked:
                continue
            for found in _YEAR.finditer(sentence):
                year, day = int(found.group()), _DAY.search(sentence[: found.start()])
                of_law = _CITES.search(sentence) is not None
                if year in (case.jahr, case.jahr + 1) or of_law or (day and year == case.jahr - 1):
                    continue
                at = start + found.start()
                reason = f"Der Wortlaut gilt für {case.jahr}, hier steht fest das Jahr {year}."
                yield Hit(around(passage.text, at, at + 4), reason, zeile=passage.zeile, stelle=passage.stelle)


def not_looked_at_in_wording(case: Case) -> Iterator[Hit]:
    """A sentence of the wording that hangs on the year, is as it was, and that nobody has ticked."""
    if case.wording:
        lines = {unit.stelle: unit.zeile for unit in case.wording.units}
        for each in not_looked_at(case.wording, case.yearly):
            reason = f"Der Satz hängt vom Jahr ab ({', '.join(each.wegen)}) und steht noch wie im Wortlaut davor."
            yield Hit(each.satz, reason, zeile=lines[each.stelle], stelle=each.stelle)


def dates_outside(case: Case) -> Iterator[Hit]:
    """A signature dated neither in the agreement's year nor in the one before."""
    for each in signing_days(case.record):
        yield Hit(_printed(case, each.feld or ""), f"{label(each.feld or '')}: Zu erwarten wäre {each.erwartet}.", each.feld)


def dates_before_budget(case: Case) -> Iterator[Hit]:
    """A signature before the Bundestag passed the year's budget."""
    passed = next((each for each in recht().bundeshaushalt if each.jahr == case.jahr), None)
    for feld, day in _signed(case):
        if passed and day < passed.beschlossen and day.year in (case.jahr - 1, case.jahr):
            said = f"Der Bundestag hat den Haushalt {case.jahr} erst am {write_date(passed.beschlossen)} beschlossen."
            yield Hit(write_date(day), f"{label(feld)}: {said}", feld)


def dates_missing(case: Case) -> Iterator[Hit]:
    """A signature without a date where another one has it, or where the agreement is signed."""
    signed = list(_signed(case))
    for feld, value in angaben(case.record).items():
        if feld.endswith(".datum") and value is OFFEN and (signed or case.record.akte.stand == "unterzeichnet"):
            yield Hit("", f"{label(feld)} fehlt.", feld)


def _signed(case: Case) -> Iterator[tuple[str, date]]:
    for feld, value in angaben(case.record).items():
        if feld.endswith(".datum") and isinstance(value, date):
            yield feld, value


def _printed(case: Case, feld: str) -> str:
    return write_date(value_at(case.record, feld))
