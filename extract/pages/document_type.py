"""Which kind of document lies there: an agreement of a Land with a zkT, or one of the others that § 48b SGB II knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz

from agreements.errors import OtherKindError
from agreements.language.numbering import SECTION_MISREAD
from agreements.reading.reading import Paragraph
from agreements.register.laender import ADJEKTIV, NAMEN
from agreements.register.register import Register

_OPENING = 40
"""So many paragraphs name the parties and the law: title page, opening, first chapter."""

# § 48b Abs. 1 Satz 1 SGB II: Nr. 1 BMAS and Bundesagentur, Nr. 2 Agentur or commune and Jobcenter, Nr. 3 BMAS and Land, Nr. 4 Land and zkT.
_OTHERS = (
    (
        re.compile(r"Bundesministerium für Arbeit und Soziales|\bBMAS\b"),
        re.compile(r"(?:und|mit) (?:der|die) Bundesagentur für Arbeit"),
        "eine Vereinbarung des Bundesministeriums mit der Bundesagentur (§ 48b Abs. 1 Satz 1 Nr. 1 SGB II)",
    ),
    (
        re.compile(r"Agentur für Arbeit|Bundesagentur"),
        re.compile(r"gemeinsame[nr]? Einrichtung|Geschäftsführ(?:er|erin|ung) (?:des|der)|\bJobcenters?\b"),
        "eine Vereinbarung der Agentur für Arbeit und der Kommune mit ihrem Jobcenter (§ 48b Abs. 1 Satz 1 Nr. 2 SGB II)",
    ),
    (
        re.compile(r"Bundesministerium für Arbeit und Soziales"),
        re.compile(rf"(?:mit dem|und das|und dem) (?:Land\b|{ADJEKTIV})"),
        "eine Vereinbarung des Bundesministeriums mit dem Land (§ 48b Abs. 1 Satz 1 Nr. 3 SGB II)",
    ),
)
_CITED = re.compile(r"§\s*48b\s+Abs(?:\.|atz)\s*1\s+S(?:\.|atz)\s*1\s+Nr\.\s*(?P<nummer>[1-4])")
_OURS = re.compile(r"Ziele[n]? der\s+Grundsicherung für Arbeitsuchende|Zielvereinbarung", re.I)
_YEAR = re.compile(r"\b(?:im|für das|das) Jahr (?P<jahr>20\d\d)\b|\bZielvereinbarung(?:en)? (?P<auch>20\d\d)\b")

_TITLES = ("vereinbarung", "zielvereinbarung", "änderung", "änderungsvereinbarung", "nachtrag", "nachtragsvereinbarung")
_ALIKE = 88
_LONGEST_TITLE = 90
_REMEDY = "zv liest nur die Vereinbarungen des Landes mit den zugelassenen kommunalen Trägern (Nr. 4)."
_WHOLE = "Ist es ein Teil einer solchen, alle Seiten in eine Datei nehmen."


def is_title(text: str) -> bool:
    """Whether a line is the title of an agreement, whatever a reader of a scan made of its first word."""
    word = text.split()[0].casefold()
    return len(text) <= _LONGEST_TITLE and any(abs(len(word) - len(title)) < 2 and fuzz.ratio(word, title) >= _ALIKE for title in _TITLES)


def require_agreement(datei: Path, paragraphs: Sequence[Paragraph]) -> None:
    """OtherKindError where the document is another agreement of § 48b SGB II, or none at all."""
    opening = " ".join(paragraph.text for paragraph in paragraphs[:_OPENING])
    cited = _CITED.search(opening)
    if cited and cited["nummer"] == "4":
        return
    for one, other, what in _OTHERS:
        if one.search(opening) and other.search(opening):
            raise OtherKindError(f"Das ist {what}.", datei=datei, abhilfe=_REMEDY)
    if cited or not (_OURS.search(opening) or is_rest(paragraphs)):
        said = "Das ist keine Zielvereinbarung nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II."
        raise OtherKindError(said, datei=datei, abhilfe=f"{_REMEDY} {_WHOLE}")


_SPOKEN_OF = (
    "Zieldialog", "Integrationsquote", "Langzeitleistungsbe", "Leistungsberechtigte", "Jobcenter", "Zielwert", "Kennzahlen", "SGB II",
)  # fmt: skip
"""What agreements speak of, and other papers of an office seldom all together."""
_ENOUGH = 4


def is_rest(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a text without a title speaks and is numbered like an agreement of the Land, so that it may be the rest of one."""
    text = " ".join(paragraph.text for paragraph in paragraphs)
    spoken = sum(word in text for word in _SPOKEN_OF) >= _ENOUGH and bool(re.search(f"{NAMEN}|{ADJEKTIV}", text))
    return spoken and any(len(each.text) < _HEADING and SECTION_MISREAD.match(each.text) for each in paragraphs)


_HEADING = 140


def named_year(paragraphs: Sequence[Paragraph]) -> int | None:
    """The year that the opening names most often; None where it names none."""
    text = " ".join(paragraph.text for paragraph in paragraphs[:_OPENING])
    years = Counter(int(found["jahr"] or found["auch"]) for found in _YEAR.finditer(text))
    return years.most_common(1)[0][0] if years else None


def named_traeger(paragraphs: Sequence[Paragraph], register: Register, jahr: int) -> str | None:
    """The zkT that the opening names most often; None where it names none."""
    rows = (register.by_name(paragraph.text, jahr) for paragraph in paragraphs[:_OPENING])
    names = Counter(row.schluessel for row in rows if row and row.is_zkt(jahr))
    return names.most_common(1)[0][0] if names else None
