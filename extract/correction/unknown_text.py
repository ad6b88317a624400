"""The words of a paragraph as a record may hold them, of a picture without a pen's strokes, and what may be another sign there."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from agreements.language.calendar import DAY
from agreements.language.place_and_date import LEADS_WITHIN
from agreements.model.values import text_fault
from agreements.reading.doubts import Doubt
from agreements.reading.reading import Paragraph, Word


def readable(paragraph: Paragraph) -> Paragraph:
    """The paragraph in letters that a record may hold; the number of a list item is text, its bullet is none."""
    label = paragraph.label.strip()
    words = ((Word(label),) if re.search(r"\w", label) else ()) + paragraph.words
    kept = tuple(
        word if text == word.text else replace(word, text=text)
        for word in words
        if not _is_ink(word, paragraph)
        for text in [_printable(word.text)]
        if text
    )
    return replace(
        paragraph, words=kept, label="" if re.search(r"\w", label) else label, kind="text" if re.search(r"\w", label) else paragraph.kind
    )


def _is_ink(word: Word, paragraph: Paragraph) -> bool:
    """Whether text recognition took a stroke of a signature for a letter or two; behind "den" it may be a day written by hand."""
    stroke = bool(paragraph.column) and word.confidence < _STROKE and len(word.text) <= 2
    return stroke and (not LEADS_WITHIN.search(paragraph.text) or bool(DAY.search(paragraph.text)))


_STROKE = 0.5


@lru_cache(maxsize=20_000)
def _printable(word: str) -> str:
    """A word in NFC without blanks and soft hyphens; signs that no record may hold become "?"."""
    text = "".join(unicodedata.normalize("NFC", word).replace("\u00ad", "").split())
    return text if not text or text_fault(text) is None else "".join(sign if text_fault(sign) is None else "?" for sign in text)


def unsure_signs(words: Sequence[Word]) -> Iterator[tuple[int, Doubt]]:
    """What a scan may have for another sign, and nothing beside it tells: where it stands, and why a person must look."""
    for place, word in enumerate(words):
        before, after = words[place - 1].text if place else "", words[place + 1].text if place + 1 < len(words) else ""
        if word.text == "8" and _SECTION.fullmatch(after) and (_CITING.search(before) or not place):
            yield place, Doubt("acht-oder-paragraph", nummer=after)
        elif before == "SGB" and re.fullmatch(r"I[.,;:)]*", word.text):
            yield place, Doubt("sgb-i-oder-ii")


_SECTION = re.compile(r"[1-9]\d{0,2}[a-z]?[.,;:)]*")
_CITING = re.compile(r"(?:nach|gemäß|in|im|von|mit|der|des|aus|und|auf|zu|gem\.)$", re.I)
