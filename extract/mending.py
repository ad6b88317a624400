"""The words of a paragraph as a record may hold them; of a scan mended where they can only mean one thing, and without a pen's strokes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from agreements.matching.freetext import parted
from agreements.model import text_fault
from agreements.notation import MONATE
from agreements.reading import Paragraph, Word


def readable(paragraph: Paragraph, scan: bool) -> Paragraph:
    """The paragraph in letters that a record may hold; the number of a list item is text, its bullet is none."""
    label = paragraph.label.strip()
    words = ((Word(label),) if re.search(r"\w", label) else ()) + paragraph.words
    if scan and words:
        words = (replace(words[0], text=_SPECK.sub("", words[0].text)), *words[1:])
    kept = tuple(replace(word, text=text) for word in words for text in [_printable(word.text)] if text)
    if scan:
        kept = _mended(_without_dirt(tuple(word for word in kept if not _is_ink(word, paragraph)), paragraph))
    return replace(
        paragraph, words=kept, label="" if re.search(r"\w", label) else label, kind="text" if re.search(r"\w", label) else paragraph.kind
    )


_SPECK = re.compile(r"^[·•.,'`´:]+(?=\(\d|§|\d{1,2}\.$|[IVX]+\.$)")
"""What a reader takes a dot of dirt before "(2)", "§ 3" or "4." for."""


def _is_ink(word: Word, paragraph: Paragraph) -> bool:
    """Whether text recognition took a stroke of a signature for a letter or two; behind "den" it may be a day written by hand."""
    stroke = bool(paragraph.spalte) and word.sicherheit < _STROKE and len(word.text) <= 2
    return stroke and (not _DATED.search(paragraph.text) or bool(_PRINTED_DAY.search(paragraph.text)))


_STROKE = 0.5
_DATED = re.compile(r"\b(?:den|am)\b")
_PRINTED_DAY = re.compile(rf"\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{'|'.join(MONATE)})\s?(?:19|20)\d\d")


@lru_cache(maxsize=20_000)
def _printable(word: str) -> str:
    """A word in NFC without blanks and soft hyphens; signs that no record may hold become "?"."""
    text = "".join(unicodedata.normalize("NFC", word).replace("\u00ad", "").split())
    return text if not text or text_fault(text) is None else "".join(sign if text_fault(sign) is None else "?" for sign in text)


_CITING = re.compile(r"(?:nach|gemäß|in|im|von|mit|der|des|aus|und|auf|zu|gem\.)$", re.I)
_SPECK_BEFORE_UNIT = re.compile(r"(?<=\d)[.·](?=€|Euro\b)")
"""Dirt: no number ends in a full stop before its unit."""


def _mended(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """What text recognition cannot print in this kind of text: "$ 3" is "§ 3", "SGB Il" is "SGB II"."""
    found = list(words)
    for place, word in enumerate(found):
        before = found[place - 1].text if place else ""
        after = found[place + 1].text if place + 1 < len(found) else ""
        if _SPECK_BEFORE_UNIT.search(word.text):
            found[place] = word = replace(word, text=_SPECK_BEFORE_UNIT.sub("", word.text))
        if word.text == "Mio," and re.match(r"€|Euro\b|EUR\b", after):
            found[place] = replace(word, text="Mio.")
        if (word.text == "$" and re.match(r"\d", after)) or (
            word.text == "8" and re.match(r"\d{1,2}[a-z]?$", after) and (_CITING.search(before) or (not before and len(found) < 16))
        ):
            found[place] = replace(word, text="§")
        elif before == "SGB" and (look := re.fullmatch(r"([Il1|!]{1,3})([.,;:)]*)", word.text)):
            found[place] = replace(word, text={1: "II", 2: "II", 3: "III"}[len(look[1])] + look[2])
    return tuple(with_dashes(part for word in found for part in _apart(word)))


_DIRT = re.compile(r"[•·▪|~¦\\]+")
"""What no paragraph ends with."""
_FOR_THE_PEN = re.compile(r",\s+(?:den|am)\b")


def _without_dirt(words: tuple[Word, ...], paragraph: Paragraph) -> tuple[Word, ...]:
    """The words without specks and folds behind them; in a signature these may be a pen's, and hide letters."""
    end = len(words)
    if not (paragraph.spalte or _FOR_THE_PEN.search(paragraph.text)):
        while end > 1 and _DIRT.fullmatch(words[end - 1].text):
            end -= 1
    return words[:end]


def with_dashes(words: Iterable[Word]) -> Iterator[Word]:
    """The words, the dash for no cents with its amount: "7.229.827 ,-"."""
    before: Word | None = None
    for word in words:
        if before and re.fullmatch(r",[-–]+", word.text) and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", before.text):
            before = replace(before, text=before.text + word.text, places=(*before.places, *word.places), variants=())
            continue
        if before:
            yield before
        before = word
    if before:
        yield before


def _apart(word: Word) -> Iterator[Word]:
    """A word and what stands behind it as two, which a speck or a lost blank made one: "mit.7.229.827", "DasZiel"."""
    parts = _SPECK_BEFORE_AMOUNT.fullmatch(word.text)
    texts = parts.groups() if parts else parted(word.text).split()
    yield from (replace(word, text=text, variants=()) for text in texts) if len(texts) > 1 else (word,)


_SPECK_BEFORE_AMOUNT = re.compile(r"([a-zäöü]{2,})[.,·](\d{1,3}(?:\.\d{3})+(?:,\d\d|,[-–])?)")
