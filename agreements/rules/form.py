"""Rules on how things are written: abbreviations, dates, quotes, dashes, blanks (DIN 5008), each once a text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agreements.language.tokens import around
from agreements.model.months import MONAT
from agreements.rules.case import Case, Hit, Passage

_ABBREVIATION = re.compile(r"\b(?:[a-zA-Z]\.){2,}(?:[A-Z]\.)?")
_WRONG_FORM = re.compile(r"(?<![\w.])(?:ggfs\.?|incl\.|(?:bzgl|usw|etc|bzw|ggf)(?![\w.]))")
_NUMERIC_DATE = re.compile(r"(?<![\d.])\d{1,2}\.\s?\d{1,2}\.\s?(?:19|20)\d{2}(?!\d)")
_WRITTEN_DATE = re.compile(rf"\b\d{{1,2}}\. (?:{MONAT}) (?:19|20)\d{{2}}\b")
_SECTION = re.compile(r"§§?\s?\d+ [a-z]\b(?! (?:und|bis)\b)(?=\s)")
_DASH = re.compile(r"(?<=\w) - (?=\w)")
_TIGHT_UNIT = re.compile(r"\d(?:%|€)")
_BLANKS = re.compile(r" [,;:.!?](?!\.)|\( | \)|[,;](?=[A-Za-zÄÖÜäöüß]{2})|(?<![.\d])\.\.(?!\.)|,,")


def _texts(case: Case) -> Iterator[Passage]:
    """The texts that have sentences."""
    return (each for each in case.passages if not (each.feld or "").startswith(("unterschriften.", "ministerien.")))


def abbreviations(case: Case) -> Iterator[Hit]:
    """An abbreviation without blanks ("z.B."), or in a form that dictionaries do not have ("ggfs.")."""
    for passage in _texts(case):
        for found in _ABBREVIATION.finditer(passage.text):
            meant = " ".join(f"{letter}." for letter in found.group().split(".") if letter)
            yield _at(passage, found, f"Zu schreiben ist „{meant}“, mit Leerzeichen.")
        for found in _WRONG_FORM.finditer(passage.text):
            bare = found.group().rstrip(".")
            meant = {"ggfs": "ggf.", "incl": "inkl."}.get(bare, f"{bare}.")
            yield _at(passage, found, f"Die Abkürzung ist „{meant}“.")


def dates(case: Case) -> Iterator[Hit]:
    """A date in figures, where others of the document have the month's name."""
    if not any(_WRITTEN_DATE.search(passage.text) for passage in case.passages):
        return
    for passage in _texts(case):
        for found in _NUMERIC_DATE.finditer(passage.text):
            yield _at(passage, found, "Das Datum steht in Ziffern, andere im Dokument mit Monatsnamen.")


def quotes(case: Case) -> Iterator[Hit]:
    """Straight quotes, where German ones stand elsewhere in the record; German ones that do not match."""
    german = any("„" in passage.text for passage in case.passages)
    for passage in _texts(case):
        if '"' in passage.text and german:
            found = re.search(r'"[^"]*"?', passage.text)
            assert found is not None
            yield _at(passage, found, "Gerade Anführungszeichen, im selben Dokument stehen auch „…“.")
        if passage.text.count("„") != passage.text.count("“"):
            place = re.search("[„“]", passage.text)
            assert place is not None
            yield _at(passage, place, "Ein Anführungszeichen wird nicht geöffnet oder nicht geschlossen.")


def sections(case: Case) -> Iterator[Hit]:
    """A § with a blank before its letter ("§ 16 k")."""
    for passage in _texts(case):
        for found in _SECTION.finditer(passage.text):
            meant = re.sub(r"(\d) ([a-z])$", r"\1\2", found.group())
            yield _at(passage, found, f"Zu schreiben ist „{meant}“.")


def dashes(case: Case) -> Iterator[Hit]:
    """A hyphen between blanks, where a dash is meant."""
    for passage in _texts(case):
        if found := _DASH.search(passage.text):
            yield _at(passage, found, "Zwischen Leerzeichen steht ein Gedankenstrich „–“.")


def blanks(case: Case) -> Iterator[Hit]:
    """A blank too many or too few beside a sign, or a number without blank before its unit."""
    for passage in _texts(case):
        for found in _BLANKS.finditer(passage.text):
            yield _at(passage, found, "Hier fehlt ein Leerzeichen, oder ein Zeichen ist zu viel.")
        for found in _TIGHT_UNIT.finditer(passage.text):
            yield _at(passage, found, "Zwischen Zahl und Einheit steht ein Leerzeichen.")


def _at(passage: Passage, found: re.Match[str], reason: str) -> Hit:
    return Hit(around(passage.text, *found.span(), letters=15), reason, passage.feld, passage.zeile, stelle=passage.stelle)
