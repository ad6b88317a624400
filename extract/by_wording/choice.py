"""Which wording a document follows, and what it says laid on that: its pages in order, the columns of its signatures apart."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace

from agreements.language.place_and_date import LEADS
from agreements.language.protocol import Context
from agreements.library.library import Library
from agreements.matching.record import Match, likeness, match
from agreements.reading.findings import Befund
from agreements.reading.reading import Paragraph
from agreements.register.register import Register
from agreements.wording.units import Wording
from extract.by_grammar.signature_block import signatures_apart
from extract.by_wording.amendments import amendment_wording
from extract.confidence.by_place import Optical
from extract.correction.known_text import repair
from extract.pages.document_type import named_year
from extract.pages.order import Sheets, held, in_order

_ALIKE = 0.5
"""A document that holds less of a wording's text does not follow it."""
_HELD = 0.3
"""The rest of an agreement of which less stands in a wording does not follow it; of its beginning, which names the year, half must."""


def wording_of(library: Library, sheets: Sheets) -> Wording | None:
    """The wording that the document follows: the one it holds most of, of the year it names; for a part of one, that which holds it."""
    reading = sheets.reading
    jahr = named_year(reading.paragraphs)
    of_year = [library.wording(name) for name in library.wordings() if library.wording(name).jahr == (jahr or library.wording(name).jahr)]
    if (amending := amendment_wording(library, reading, of_year)) is not None:
        return amending
    best = max(of_year, key=lambda wording: likeness(wording, reading.paragraphs), default=None)
    if best and jahr and likeness(best, reading.paragraphs) >= _ALIKE:
        return best
    best = max(of_year, key=lambda wording: held(wording, reading.paragraphs), default=None)
    least = _HELD if sheets.lack_start else _ALIKE if jahr and sheets.lack_end else math.inf
    return best if best and held(best, reading.paragraphs) >= least else None


def follow(wording: Wording, sheets: Sheets, register: Register) -> Match:
    """What a document says that follows a wording, its pages in the order of that."""
    paragraphs = without_pen_lines(sheets.reading.paragraphs)
    certain = all(paragraph.certain for paragraph in paragraphs)
    pages = in_order(wording, paragraphs, numbered=sheets.are_numbered)
    body, signed = signatures_apart(pages.paragraphs)
    paragraphs = (*body, *signed)
    if not certain:
        matched = match_mended(wording, paragraphs, register, (*pages.missing, *sheets.gone))
        return replace(matched, befunde=(*pages.befunde, *matched.befunde))
    matched = match(wording, paragraphs, register)
    return replace(matched, befunde=(*pages.befunde, *pages.missing, *matched.befunde))


def match_mended(wording: Wording, paragraphs: Sequence[Paragraph], register: Register, missing: Sequence[Befund] = ()) -> Match:
    """What pages say that were read from pictures: mended first, and weighed by what their readers were sure of."""
    repaired = repair(wording, paragraphs, Context(wording.jahr, register))
    return match(wording, repaired.paragraphs, register, Optical(wording, repaired, tuple(missing)))


_PEN_LINE = re.compile(r"[_.…]{3,}")


def without_pen_lines(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs without the underscores or dots that someone typed as a line for the pen, behind "den" or in a signature."""
    return tuple(kept for paragraph in paragraphs if (kept := _without_pen_line(paragraph)).words)


def _without_pen_line(paragraph: Paragraph) -> Paragraph:
    kept = tuple(
        word
        for before, word in zip((None, *paragraph.words), paragraph.words, strict=False)
        if not (_PEN_LINE.fullmatch(word.text) and (paragraph.column or (before and before.text in LEADS)))
    )
    return paragraph if len(kept) == len(paragraph.words) else replace(paragraph, words=kept)
