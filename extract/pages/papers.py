"""Papers that speak of an agreement and are none: a letter, a paper for a council, a report; they quote targets that hold elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from agreements.errors import OtherKindError
from agreements.language.offices import OFFICE_MISREAD
from agreements.reading.reading import Paragraph, Reading
from extract.pages.document_type import is_title
from extract.pages.paging import by_page
from extract.pages.split import opens

_OPENING = 40
"""Paragraphs in which a paper says what it is."""
_TOP = 14
"""Paragraphs at a document's top among which its title stands."""


class _Paper(NamedTuple):
    """A kind of paper: what its lines say, of which so many are needed, among so many paragraphs."""

    what: str
    signs: tuple[re.Pattern[str], ...]
    least: int
    among: int


_GREETED = (r"^Sehr geehrte\b", r"^(?:Mit )?(?:freundliche[nm]?|beste[nm]?|viele[n]?) Gr[uü]")
_FOR_COUNCIL = (
    r"\b(?:Beschluss|Mitteilungs|Informations|Sitzungs|Verwaltungs|Berichts)vorlage\b|\bVorlagen?[- ]?(?:Nr|Nummer)|\bDrucksache\b",
    r"\bBeratungsfolge\b",
    r"\bBeschluss(?:vorschlag|empfehlung|entwurf)\b|\b(?:nimmt|nehmen)\b.{0,120}\bzur Kenntnis\b",
    r"^(?:\d\.\s)?Sach(?:verhalt|darstellung|stand)\b",
    r"^(?:\d\.\s)?Finanzielle Auswirkungen\b",
    r"\bSitzung (?:des|am|vom)\b|\b[Öö]ffentliche Sitzung\b|\bTagesordnung|\bTOP\s\d",
)
_REPORTED = (
    r"^(?:Niederschrift|Protokoll|Presse(?:mitteilung|information|dienst)|(?:\w+[- ]?)?[Bb]ericht\b|Tagesordnung|Einladung)",
)  # fmt: skip
_PAPERS = (
    _Paper("ein Schreiben", tuple(map(re.compile, _GREETED)), 1, _OPENING),
    _Paper("eine Vorlage für Rat, Kreistag oder Ausschuss", tuple(map(re.compile, _FOR_COUNCIL)), 2, _OPENING),
    _Paper("ein Bericht oder eine Mitteilung", tuple(map(re.compile, _REPORTED)), 1, 4),
)
"""Two signs of a paper for a council: the name of one alone may stand on an agreement that was its annex."""
_CONCLUDED = re.compile(r"\bfolgende[nr]?\s+\w*vereinbarung", re.I)
"""What an agreement says of itself; papers speak of one that was made, or is made each year."""
_BETWEEN = re.compile(r"\b(?:zwischen|schlie(?:ß|ss)(?:t|en))\b")
_OF_FILE = re.compile(r"^(?:Anlage|Anhang)\b")
"""A line that says to which paper an agreement is the annex."""


def require_no_paper(datei: Path, reading: Reading) -> None:
    """OtherKindError where a document only speaks of an agreement; it names the pages where one begins behind it."""
    what = next(_papers(reading.paragraphs), None)
    if what is None and not _agrees(reading.paragraphs) and all(each.certain for each in reading.paragraphs):
        what = "ein Text über eine Zielvereinbarung"
    if what is not None:
        raise OtherKindError(f"Das ist {what}, keine Vereinbarung.", datei=datei, abhilfe=_remedy(reading))


def _papers(paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """The kinds of papers that a document's beginning is of."""
    for paper in _PAPERS:
        texts = [each.text for each in paragraphs[: paper.among] if not _OF_FILE.match(each.text)]
        if sum(any(sign.search(text) for text in texts) for sign in paper.signs) >= paper.least:
            yield paper.what


def _agrees(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a document says of itself that it is an agreement: by its title, or by its opening."""
    texts = [each.text for each in paragraphs[:_OPENING]]
    opening = " ".join(texts)
    return any(is_title(text) for text in texts[:_TOP]) or bool(
        _CONCLUDED.search(opening) or (_BETWEEN.search(opening) and OFFICE_MISREAD.search(opening))
    )


def _remedy(reading: Reading) -> str:
    begins = next((number for number, parts in sorted(by_page(reading.paragraphs).items())
                   if number > 1 and opens([part.paragraph for part in parts])), None)  # fmt: skip
    if begins is None:
        return "zv liest nur die Vereinbarung selbst; liegt sie bei, diese Datei nehmen."
    return f"Auf Seite {begins} beginnt eine Vereinbarung; ihre Seiten als eigene Datei speichern und diese einlesen."
