"""Which words of a sentence are the phrase of its target, and which merely say the same elsewhere in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from agreements.language.target_vocabulary import AMOUNT, LEVEL, REFERENCE, pattern_of

_WORD = re.compile(
    rf"(?P<reference>{REFERENCE}|{LEVEL})|(?P<amount>{AMOUNT})|(?P<bound>{pattern_of('schranke')})"
    rf"|(?P<verb>{pattern_of('richtung')}(?:\s(?:wird|werden))?)|(?P<filler>(?<!\w)(?:um|auf)(?!\w))",
    re.I,
)
_PARTICIPLE = re.compile(r"(?:gesteigert|reduziert|gesenkt|gehalten|verringert|vermindert|erhöht)$", re.I)
_REFLEXIVE = re.compile(r"(?:erhöh|verringer|reduzier|vermind|verbesser)\w*$", re.I)


def phrase_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """The stretch of letters that is a target's phrase (True), and those of the sentence that its notation says with it (False).

    `start` to `end` is all that was read as the target; other words may stand in between: its verb stays in the sentence then.
    """
    lead = re.search(r"(?:(?<!\w)(?:um|auf|von)\s)$", text[:start])
    start = lead.start() if lead and not lead.group().startswith("von") else start
    words = list(_WORD.finditer(text, start, end))
    core = next((number for kind in ("amount", "verb") for number, word in enumerate(words) if word[kind]), 0)
    if not words:
        yield start, end, True
        return
    first = last = core
    while first and not text[words[first - 1].end() : words[first].start()].strip():
        first -= 1
    while last + 1 < len(words) and not text[words[last].end() : words[last + 1].start()].strip():
        last += 1
    auxiliary = re.compile(r"\s(?:wird|werden)(?!\w)").match(text, words[last].end())
    yield words[first].start(), auxiliary.end() if auxiliary and _PARTICIPLE.search(words[last].group()) else words[last].end(), True
    yield from ((word.start(), word.end(), False) for word in (*words[:first], *words[last + 1 :]) if word["reference"])
    if _REFLEXIVE.search(words[last].group()) and (sich := _sich(text, words[first].start())):
        yield sich


def _sich(text: str, before: int) -> tuple[int, int, bool] | None:
    """The "sich" of the sentence, which goes with a verb that the notation does not write."""
    begin = max(text.rfind(mark, 0, before) for mark in (". ", ", "))
    found = re.compile(r"(?<!\w)sich(?!\w)").search(text, max(0, begin), before)
    return (found.start(), found.end(), False) if found else None
