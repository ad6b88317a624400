"""The agreement as two readers of a scan see it, and what is made of their readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from emsland import REGISTER, document, wording
from ocr_noise import Quality, scanned

from agreements.filling.fill import fill
from agreements.language.tokens import shape
from agreements.matching.record import Match
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Befund, Found
from agreements.reading.reading import Paragraph, Word
from extract.by_grammar.signature_block import signatures_apart
from extract.by_wording.choice import match_mended
from extract.correction.rewrites import rewritten
from extract.pages.order import in_order

CLEAN = Quality(slip=0.0, second=0.0, common=0.0, blank=0.0)


def clean(record: Vereinbarung | None = None) -> tuple[Paragraph, ...]:
    """The agreement as readers without a slip see it, its § and quotes apart."""
    return scanned(fill(wording(), record, REGISTER) if record else document(), 1, CLEAN)


def read(paragraphs: Sequence[Paragraph], gone: Sequence[Befund] = ()) -> Match:
    """What a scan says on its wording; `gone` are findings on sheets that printed numbers tell to be missing."""
    pages = in_order(wording(), tuple(map(rewritten, paragraphs)))
    body, signed = signatures_apart(pages.paragraphs)
    found = match_mended(wording(), (*body, *signed), REGISTER, (*pages.missing, *gone))
    return replace(found, befunde=(*pages.befunde, *found.befunde))


def reread(paragraphs: Sequence[Paragraph], near: str, text: str, *new: Word) -> tuple[Paragraph, ...]:
    """The paragraphs with other words in the place of one, in the first paragraph that says `near`, from there on if it can be."""
    found = list(paragraphs)
    number = next(number for number, paragraph in enumerate(found) if near in paragraph.text)
    words = list(found[number].words)
    start = len(found[number].text.partition(near)[0].split())
    places = [at for at, word in enumerate(words) if word.text == text]
    at = next((at for at in places if at >= start), places[0])
    words[at : at + 1] = [replace(word, places=words[at].places) for word in new]
    found[number] = replace(found[number], words=tuple(words))
    return tuple(found)


def seen(text: str, *others: str, sicherheit: float | None = None) -> Word:
    """A word of which two readers are sure, or of which the second saw something else."""
    return Word(text, (), others, None, sicherheit if sicherheit is not None else 0.7 if others else 0.99)


def of(found: Match, feld: str) -> Found:
    return next(each for each in found.found if each.feld == feld)


def kinds(found: Match, art: str) -> list[Befund]:
    return [befund for befund in found.befunde if befund.art == art]


def said(record: Vereinbarung) -> dict[str, Any]:
    return {feld: _plain(wert) for feld, wert in angaben(record).items() if not feld.endswith(".zustand")}


def _plain(wert: Any) -> Any:
    if isinstance(wert, tuple):
        return tuple(map(_plain, wert))
    return shape(wert) if isinstance(wert, str) else repr(wert)
