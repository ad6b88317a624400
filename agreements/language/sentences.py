"""Where sentences end in German prose: not after "ca.", "Mio.", "31." before a month, or one letter."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agreements.model.months import MONAT

_ABBREVIATIONS = frozenset(
    """
    abs art aufl bd bzw ca dr etc evtl ff ggf ggfs gem geb hrsg i.d.r inkl insb kap lfd mio mrd nds nr o.g prof rd s sog std str tsd
    u.a usw v.h vgl z.b d.h i.v i.a ziff zzgl zit jr st bspw max min mind h
    """.split()  # noqa: SIM905
)
_END = re.compile(
    r"[.!?]+[\"“”’')\]]*(?=\s+[A-ZÄÖÜ„“\"'(§–-])"
    r"|(?:(?<=,\d)|(?<=,\d\d))(?=\s+(?:Das|Die|Der|Dies|Es|Vereinbart|Zudem|Ferner)\s)"
)
"""A mark, or a decimal figure before a word with which sentences begin: readers of a scan lose "%." at the end of a line."""
_MONTH = re.compile(rf"\s+(?:{MONAT})\b")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence, in order; together they hold every letter but the blanks between."""
    start = 0
    for end in _END.finditer(text):
        if not _abbreviates(text, end):
            yield start, end.end()
            start = end.end() + len(text[end.end() :]) - len(text[end.end() :].lstrip())
    if start < len(text):
        yield start, len(text)


def _abbreviates(text: str, end: re.Match[str]) -> bool:
    """Whether the point belongs to the word before it."""
    if not end.group().startswith("."):
        return False
    head = text[: end.start()]
    word = re.split(r"[\s(/]", head)[-1]
    if word.lower().strip("„\"'") in _ABBREVIATIONS or re.fullmatch(r"[A-Za-zÄÖÜäöü]", word):
        return True
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", word):
        return True
    if re.fullmatch(r"\d{1,2}", word):
        return (
            bool(_MONTH.match(text, end.end()))
            or not head[: -len(word)].strip()
            or bool(re.search(r"\b(?:am|vom|zum|der|des|dem|den|bis)\s+\d{1,2}$", head))
        )
    return False
