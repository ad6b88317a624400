"""Where sentences of German prose end, and which words have a full stop that ends none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from agreements.model.months import MONAT

_OPEN = frozenset("""
    Abs Anl Az BGBl Bd Buchst Dr Fn Hrsg Kap Mio Mrd Nds Nr Nrn Pkt Prof St Tsd Ziff
    abzgl bspw bzgl bzw ca einschl evtl gem ggf ggfs ggü inkl incl insb lfd lt max min mind rd sog vgl vsl zit zzgl
""".split())  # fmt: skip  # noqa: SIM905
"""Abbreviations behind which something must follow: no sentence ends with them."""
_ENDING = _OPEN | frozenset("Aufl Std Str etc ff geb jr usw".split())  # noqa: SIM905
"""These, and others that may stand last in a sentence; they mostly do not."""
ABBREVIATIONS = _ENDING | {"Art"}
"""Abbreviations of official texts as they are written, without the full stop they have; "dieser Art." is a noun, "Art. 6" is none."""
_LOWER = frozenset(word.lower() for word in _ENDING)
BEGINNINGS = ("Das", "Die", "Der", "Dies", "Es")
"""Words that are small but at the beginning of a sentence: a capital one behind a comma stands behind a full stop."""
_END = re.compile(
    r"[.!?]+[\"“”’')\]]*(?=\s+[A-ZÄÖÜ„“\"'(§–-])"
    rf"|(?:(?<=,\d)|(?<=,\d\d))(?=\s+(?:{'|'.join(BEGINNINGS)}|Vereinbart|Zudem|Ferner)\s)"
)
"""A mark, or a decimal figure before a word with which sentences begin: readers of a scan lose "%." at the end of a line."""
STOPPED = re.compile(r"[.!?:;][\"“”»«)\]’‘']*$")
"""A text that ends with a mark behind which nothing of it follows; a list may."""
_WORD = re.compile(r"[^\s(/-]*$")
_LETTERS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")
"""One letter, or several with points between: "z", "d.h"."""
_MONTH = re.compile(rf"\s+(?:{MONAT})\b")
_ORDINAL = re.compile(
    r"(?:^[„\"(]?|\b(?i:am|vom|zum|zur|im|beim|der|die|das|des|dem|den|bis|ab|seit)\s+(?:\d{1,2}\.\s?(?:/|[–-]|und|oder|bis)\s?)?)\d{1,2}$"
)
"""The number of a list item, or one that counts what follows: "im 3. Quartal", "am 1./2. Mai"."""


@lru_cache(maxsize=4096)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every sentence, in order; together they hold every letter but the blanks between."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _END.finditer(text):
        if not (end.group().startswith(".") and _goes_on(text, start, end)):
            yield start, end.end()
            start = end.end() + len(text[end.end() :]) - len(text[end.end() :].lstrip())
    if start < len(text):
        yield start, len(text)


def sentence_at(text: str, start: int, end: int) -> tuple[int, int]:
    """Start and end of the sentence, or of the sentences, that hold a part of a text."""
    spans = sentences(text)
    return max((one for one, _ in spans if one <= start), default=0), min((other for _, other in spans if other >= end), default=len(text))


def ends_open(text: str) -> bool:
    """Whether a text ends with an abbreviation behind which something must follow: "rd. 8,5 Mio."."""
    return text.endswith(".") and _word(text[:-1]) in _OPEN


def is_abbreviation(word: str) -> bool:
    """Whether a word without its full stop is an abbreviation that has one."""
    return word in ABBREVIATIONS


def _goes_on(text: str, start: int, end: re.Match[str]) -> bool:
    """Whether the full stop belongs to the word before it: an abbreviation, or an ordinal number."""
    head = text[start : end.start()]
    word = _word(head)
    if word.lower() in _LOWER or _LETTERS.fullmatch(word):
        return True
    return bool(re.fullmatch(r"\d{1,2}", word)) and bool(_MONTH.match(text, end.end()) or _ORDINAL.search(head))


def _word(head: str) -> str:
    """The last word of a text, quotes apart."""
    found = _WORD.search(head)
    assert found is not None  # it may be empty
    return found.group().strip("„\"'")


def without_last_year(text: str, jahr: int) -> str:
    """The text, blanks in the place of each bracket that says how it was before the agreement's year: "(Vorjahr: 25,1 %)"."""
    return _LAST_YEAR.sub(lambda found: found.group() if int(found["jahr"] or 0) >= jahr else " " * len(found.group()), text)


_LAST_YEAR = re.compile(r"\((?:im\s)?(?:Vorjahr\w*|VJ|(?:(?:Ist|Stand|Jahr)\s)?(?P<jahr>(?:19|20)\d\d))\s?:[^()]*\)")
