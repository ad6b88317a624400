"""Place and day as they stand above a signature: "Hannover, den 5. April 2024", with a blank for the pen, parted, or under ink.

The patterns differ in how much they must be sure of: a line of the signatures may say less than one that a page of text is searched for.
"""

from __future__ import annotations

import re

from agreements.language.calendar import DAY, PART_OF_DAY
from agreements.model.months import MONAT

LEADS = ("den", "am")
"""The words between place and day."""
_LEAD = f"(?:{'|'.join(LEADS)})"
_IN_MONTH = rf",?\s+im(?=\s+(?:{MONAT})\s+(?:19|20)\d\d$)"
"""Where no day is said: "Hannover, im März 2020"."""
_DEN = r"(?<!\bvan )(?<!\bvon )(?<!\bin )(?<!\bauf )den"
"""The word before a day, and not the one of a name: "Ute van den Berg"."""
_TOLD = rf"(?!.*\b[a-zäöüß]{{4,}}\s+{_LEAD}\s+\d)"
"""No verb stands before the day: "Diese Vereinbarung tritt am 1. Januar 2021 in Kraft."."""
SIGNED = re.compile(
    rf"{_TOLD}(?P<ort>(?!(?:Landkreis|Für)\b)[A-ZÄÖÜ][\w.()/ -]{{1,40}}?)"
    rf"(?:,?\s+{_DEN}(?![a-zäöüß]|\s+[a-zäöü])|,?\s+am\b(?=\s*(?:\d|_|$))|{_IN_MONTH}|,(?=\s*(?:\d{{1,2}}\.|_{{3,}}|\.{{3,}})))"
    r"(?P<datum>.{0,45})$"
)
"""The line above a signature, whatever the pen made of its day: "Leer, den 5. A", "Lingen (Ems), ____", "Celle am 5.4."."""
SIGNED_UNDER_INK = re.compile(r"\W?(?P<ort>(?!Für\b)[\w.()/-]{3,}(?: [\w.()/-]+){0,3}?),\s+den(?![a-zäöü]|\s+[a-zäöü])(?P<datum>.{0,45})$")
"""The same where a pen's stroke hid the first letter from a reader, or passed for a mark before it: "annover, den 5."."""
_SIDE_BY_SIDE = re.compile(r"[A-ZÄÖÜ][\w.()/-]+(?:\s[\w.()/-]+){0,3},\s+den\b(?!\s+[a-zäöü])")
_LONGEST = 160
"""The lines of several columns in one, and their letters at most: "Hannover, den 2018 Hannover, den 2018 Leer, den 2018"."""
PLACE_ENDS = re.compile(r"[A-ZÄÖÜ][a-zäöüß]+,")
"""The end of a place that a narrow column parts, above a line of its own for the day: "Scharmbeck,"."""
PLACE_FORM = re.compile(r"(?!.*\bden\b)[^\W\d_](?:[^\W\d_]|[.()/ -])*")
"""A place and nothing else, "Osterode am Harz": no figure, no comma, and not the word that leads to the day."""
DATED = re.compile(rf"[A-ZÄÖÜ][\w.()/ -]{{1,40}},?\s+{_LEAD}\s*(?:\d|[_.…]|$|{MONAT})")
"""Place, and a day or the blank for one: no "Vereinbarung für den Landkreis"."""
DATED_IN_CELL = re.compile(rf".{{2,80}}?, ?(?:{_LEAD}(?:$| ?[\d_.…–-])|im [^\W\d]+ \d{{4}}|_{{2,}}|\.{{3,}}|…|{DAY.pattern})")
"""The same in a cell or behind a tab of a Word file, which holds nothing else: "Ort, Datum, den ____", "Leer, im März 2024"."""
DATE_LINE = re.compile(rf"\S+.*,\s*{_LEAD}\b|^(?:Ort|Datum)\b")
"""The same at the top of a column on a page, whose white tells the rest."""
LEADS_AT_END = re.compile(rf"\b{_LEAD}$")
"""A line whose blank for the pen leaves the year no room beside."""
LEADS_WITHIN = re.compile(rf"\w,\s+{_LEAD}\b(?!\s+[a-zäöü])")
"""Place and date somewhere in a line, and no relative clause: ", den wir"."""
UNFINISHED = re.compile(r"(?:,|\bden|\bam)\b[^,]{0,25}$")
"""A line that may lack the rest of its date."""
REST_OF_DATE = re.compile(rf"[_.…\s]*{PART_OF_DAY}[_.…\s]*|[\d.,\s]+")
"""What stands below "Hannover, den" in a narrow column; figures and marks alone, where a reader took them for others."""
BLANK = re.compile(r"[\s_.…,-]*(?:(?:19|20)(?:\d\d)?)?[\s_.…,-]*")
"""What is printed beside a day that is left for the pen; marks in a scan may be what a reader made of handwriting."""


def leads_to_day(word: str) -> bool:
    """Whether it is the word between place and day, with what was read of the dots for the pen behind it: "den", "den..."."""
    return word.rstrip("._…") in LEADS


def opens_signatures(text: str) -> bool:
    """Whether a line begins with place and date; the reader may have put those of several columns in one."""
    told = _SENTENCE_ENDS.search(text)
    return len(text) < _LONGEST and not told and bool(SIGNED.match(text) or _SIDE_BY_SIDE.match(text))


_SENTENCE_ENDS = re.compile(r"(?<!\bden )\b[a-zäöüß]{3,}\.$")
"""A date in prose: "Der Zieldialog findet in Hannover, den 5. Mai 2024, statt."."""
