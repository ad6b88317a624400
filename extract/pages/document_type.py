"""Which kind of document lies there: an agreement of a Land with a zkT, or one of the others that § 48b SGB II knows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rapidfuzz import fuzz

from agreements.errors import OtherKindError, UnreadableError
from agreements.language.bundeslaender import laender_in
from agreements.language.calendar import YEAR_ALONE
from agreements.language.dictionary import is_entry
from agreements.language.numbering import SECTION_MISREAD, rank_of
from agreements.language.offices import MINISTRY_MISREAD, OFFICE_MISREAD, TRAEGER_MISREAD
from agreements.reading.reading import Paragraph
from agreements.register.laender import ADJEKTIV, NAMEN, load_laender
from agreements.register.register import Register

_OPENING = 40
"""So many paragraphs name the parties and the law: title page, opening, first chapter."""

# § 48b Abs. 1 Satz 1 SGB II: Nr. 1 BMAS and Bundesagentur, Nr. 2 Agentur or commune and Jobcenter, Nr. 3 BMAS and Land, Nr. 4 Land and zkT.
_BMAS = re.compile(r"Bundesministeri\w+ für Arbeit und Soziales|\bBMAS\b")
_WITH_AGENTUR = re.compile(r"(?:und|mit) (?:der|die) Bundesagentur für Arbeit")
_MINISTRY = re.compile(r"(?<!Bundes)[Mm]inisteri|\bSenat|\bSenator")
"""Who agrees for a Land."""
_AGENTUR = re.compile(r"Agentur für Arbeit|Bundesagentur|gemeinsame[nr]? Einrichtung|§\s*44\s*b\b")
_JOBCENTER = re.compile(r"gemeinsame[nr]? Einrichtung|[Gg]eschäftsführ\w+|Trägerversammlung|\bJobcenters?\b")
_KINDS = {
    "1": "eine Vereinbarung des Bundesministeriums mit der Bundesagentur (§ 48b Abs. 1 Satz 1 Nr. 1 SGB II)",
    "2": "eine Vereinbarung der Agentur für Arbeit und der Kommune mit ihrem Jobcenter (§ 48b Abs. 1 Satz 1 Nr. 2 SGB II)",
    "3": "eine Vereinbarung des Bundesministeriums mit dem Land (§ 48b Abs. 1 Satz 1 Nr. 3 SGB II)",
}
_CITED = re.compile(
    r"§\s*48\s*b\s+(?:(?:Abs(?:\.|atz)\s*|\()1\)?,?\s+)?(?:S(?:\.|atz)\s*1,?\s+)?(?:Nr\.?|Nummer|Ziff(?:\.|er))\s*(?P<nummer>[1-4])\b"
)
"""A number of § 48b SGB II, in short, in full, with a blank before the letter."""
_OURS = re.compile(r"Ziele[n]? der\s+Grundsicherung für Arbeitsuchende|Zielvereinbarung", re.I)
_YEAR = re.compile(r"\b(?:im|für das|das) Jahr (?P<jahr>20\d\d)\b|\bZielvereinbarung(?:en)? (?P<auch>20\d\d)\b")
_FIRST_CHAPTER = re.compile(r"(?:\d{1,2}\.?\s+)?(?:Präambel|Vorbemerkung|Grundsätze|Grundlagen|Einleitung|Ausgangslage)\b")
"""Where an opening ends that has no numbered heading behind it."""

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
    """OtherKindError where the document is another agreement of § 48b SGB II, another Land's, or none at all.

    UnreadableError where so little of a scan can be read that nobody can tell.
    """
    opening = " ".join(paragraph.text for paragraph in paragraphs[:_OPENING])
    head = _head(paragraphs)
    cited = _CITED.search(head) or next((found for found in _CITED.finditer(opening) if found["nummer"] == "4"), None)
    kind = cited["nummer"] if cited else _kind_by_parties(head)
    if kind in _KINDS:
        raise OtherKindError(f"Das ist {_KINDS[kind]}.", datei=datei, abhilfe=_REMEDY)
    if not (cited or _OURS.search(opening) or is_rest(paragraphs) or _is_ours_misread(paragraphs)):
        _require_legible(datei, paragraphs)
        said = "Das ist keine Zielvereinbarung nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II."
        raise OtherKindError(said, datei=datei, abhilfe=f"{_REMEDY} {_WHOLE}")
    _require_own_land(datei, head)


SUBJECT = "ziele der grundsicherung für arbeitsuchende"
"""What is agreed, in small letters."""
_WITH = re.compile(r"(?:und|mit) (?:dem|der)")
_GOAL = re.compile(r"Verringerung der Hilfebedürftigkeit|Integration in Erwerbstätigkeit|langfristige[mn] Leistungsbezug|§\s*48\s?[ab]\b")
"""The goals of § 48b Abs. 3 SGB II, in part, and the paragraphs on them and their figures."""


def _is_ours_misread(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a scan of which ink or a fold hides title and subject is one of ours all the same.

    It calls itself one in letters of which few are misread, blanks apart; or in lines of their own a ministry of the Land agrees with a
    Träger, and it speaks of the goals that the law has for them.
    """
    if all(paragraph.certain for paragraph in paragraphs):
        return False
    lines = [paragraph.text for paragraph in paragraphs[:_OPENING]]
    said = "".join("".join(lines).casefold().split())
    if "zielvereinbarung" in said or fuzz.partial_ratio(SUBJECT.replace(" ", ""), said) >= _ALIKE:
        return True
    goals = any(_GOAL.search(paragraph.text) for paragraph in paragraphs)
    return goals and all(any(office.fullmatch(line) for line in lines) for office in (MINISTRY_MISREAD, _WITH, TRAEGER_MISREAD))


_LEGIBLE = 0.45
"""Part of the words of four letters and more that German has: 0.17 to 0.30 on the three of 264 scans that are refused for it; of four
others that dirt or a fold hid most of, 0.61 to 0.88."""


def _require_legible(datei: Path, paragraphs: Sequence[Paragraph]) -> None:
    """UnreadableError where most words of a scan are none."""
    words = re.findall(r"[^\W\d_]{4,}", " ".join(paragraph.text for paragraph in paragraphs))
    known = sum(map(is_entry, words))
    if not all(paragraph.certain for paragraph in paragraphs) and known < _LEGIBLE * len(words):
        said = "Von diesem Scan ist so wenig zu lesen, dass nicht zu erkennen ist, ob er eine Zielvereinbarung ist."
        raise UnreadableError(said, datei=datei, abhilfe="Bitte in A4 mit 300 dpi neu scannen.")


def _head(paragraphs: Sequence[Paragraph]) -> str:
    """What says between whom something is agreed: all before the first chapter, where offices that are no party may be spoken of.

    A page of contents may stand before the opening; where nobody is named before the first heading, all of the first pages counts.
    """
    opening = [paragraph.text for paragraph in paragraphs[:_OPENING]]
    chapter = next((place for place, text in enumerate(opening) if place and _begins_chapter(text)), len(opening))
    head = " ".join(opening[:chapter])
    return head if OFFICE_MISREAD.search(head) or _AGENTUR.search(head) else " ".join(opening)


def _begins_chapter(text: str) -> bool:
    return len(text) < _HEADING and bool(_FIRST_CHAPTER.match(text) or rank_of(text) in (0, 1))


def _kind_by_parties(head: str) -> str | None:
    """The number of § 48b SGB II under which those agree something who are named; None where it is ours, or nobody can tell."""
    ministry = _MINISTRY.search(head)
    if _BMAS.search(head):
        return "1" if _WITH_AGENTUR.search(head) else "3" if ministry or laender_in(head) else None
    return "2" if not ministry and _AGENTUR.search(head) and _JOBCENTER.search(head) else None


def _require_own_land(datei: Path, head: str) -> None:
    """OtherKindError where the Land that agrees is none of those for which zv has tables."""
    named, own = laender_in(head), {each.name for each in load_laender()}
    if named and not own & {*named} and not re.search(f"{ADJEKTIV}|{NAMEN}", head):
        said = f"Das ist eine Vereinbarung eines anderen Landes ({', '.join(named)}) mit einem zugelassenen kommunalen Träger."
        known = ", ".join(sorted(own))
        raise OtherKindError(said, datei=datei, abhilfe=f"Eingerichtet ist {known}; ein anderes Land legt „zv land anlegen“ an.")


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
    """The year that the opening names most often, else the only one in its title; None where it names none."""
    opening = [paragraph.text for paragraph in paragraphs[:_OPENING]]
    years = Counter(int(found["jahr"] or found["auch"]) for found in _YEAR.finditer(" ".join(opening)))
    if years:
        return years.most_common(1)[0][0]
    titled = {year for text in opening if text.casefold().partition(" ")[0] in _TITLES for year in YEAR_ALONE.findall(text)}
    return int(titled.pop()) if len(titled) == 1 else None


def named_traeger(paragraphs: Sequence[Paragraph], register: Register, jahr: int) -> str | None:
    """The zkT that the opening names most often; None where it names none."""
    return most_named_traeger(paragraphs[:_OPENING], register, jahr)


def most_named_traeger(paragraphs: Sequence[Paragraph], register: Register, jahr: int) -> str | None:
    """The zkT that a text names most often; None where it names none."""
    rows = (register.by_name(paragraph.text, jahr) for paragraph in paragraphs)
    names = Counter(row.schluessel for row in rows if row and row.is_zkt(jahr))
    return names.most_common(1)[0][0] if names else None
