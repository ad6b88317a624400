"""Where the title page and the opening end, and which lines of them belong together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agreements.language.numbering import BARE, CHAPTER_MISREAD, rank_of
from agreements.language.offices import AMID_MINISTRY
from agreements.reading.reading import Paragraph
from extract.by_grammar.elements import Piece
from extract.by_grammar.headings import CHAPTERS, LONGEST_UNMARKED, is_bare_chapter
from extract.by_grammar.topics import thema_of

_LONGEST_FRONT = 160


def front_ends(paragraphs: Sequence[Paragraph]) -> int:
    """The first paragraph behind title page and opening: the first heading of a chapter, or the first running text."""
    for place, paragraph in enumerate(paragraphs):
        text = paragraph.text
        short = len(text) <= LONGEST_UNMARKED and not re.search(
            r"[.:;,]$|\s\d{1,3}$", text
        )  # "I. Grundsätze 3" stands in a table of contents
        misread = not paragraph.certain and CHAPTER_MISREAD.match(text) and thema_of(text)
        bare = is_bare_chapter(text) or (paragraph.kind == "ueberschrift" and BARE.match(text))
        if short and (rank_of(text) is not None or CHAPTERS.fullmatch(text) or bare or misread):
            return place
    return next((place for place, paragraph in enumerate(paragraphs) if len(paragraph.text) > _LONGEST_FRONT), len(paragraphs))


def front_pieces(paragraphs: Sequence[Paragraph]) -> list[Piece]:
    """Title page and opening; the opening begins where the title is said again, or the parties are named."""
    paragraphs = [line for paragraph in _with_whole_names(paragraphs) for line in _without_representative(paragraph)]
    texts = [paragraph.text for paragraph in paragraphs]
    heads = [" ".join(text.casefold().split()[:3]) for text in texts]
    opens = next(
        (
            place
            for place in range(1, len(texts))
            if heads[place] in heads[:place] or re.match(r"(?i)zwischen\b|schließ(?:t|en)\b", texts[place])
        ),
        0,
    )
    if not 0 < opens <= 12:
        opens = 0
    if opens and texts[opens].casefold().startswith("zwischen") and opens > 1 and texts[opens - 1].casefold() == "vereinbarung":
        opens -= 1
    return [
        Piece("titelseite" if place < opens else "text" if _is_prose(paragraph) else "eingang", paragraph.words)
        for place, paragraph in enumerate(paragraphs)
    ]


def _with_whole_names(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The lines of the opening, those put together that are one name: "… Verkehr und", "Digitalisierung"."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        if found and AMID_MINISTRY.search(found[-1].text) and not re.match(r"(?:dem|vertreten)\b", paragraph.text):
            found[-1] = replace(found[-1], words=found[-1].words + paragraph.words)
        else:
            found.append(paragraph)
    return found


def _without_representative(paragraph: Paragraph) -> list[Paragraph]:
    """A party and who represents it as two lines, as they are set in most years."""
    place = next(
        (
            place
            for place in range(1, len(paragraph.words) - 1)
            if paragraph.words[place].text == "vertreten" and paragraph.words[place + 1].text == "durch"
        ),
        None,
    )
    if place is None or len(paragraph.text) > _LONGEST_FRONT:
        return [paragraph]
    return [replace(paragraph, words=paragraph.words[:place]), replace(paragraph, words=paragraph.words[place:])]


def _is_prose(paragraph: Paragraph) -> bool:
    return len(paragraph.text) > _LONGEST_FRONT and paragraph.text.endswith((".", ":"))
