"""The paragraphs of a file page by page, and pages put together to paragraphs again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from agreements.reading.reading import Paragraph, Word


@dataclass(frozen=True, slots=True)
class Part:
    """What stands of a paragraph on one page; `origin` is the paragraph's number in the document."""

    origin: int
    paragraph: Paragraph


def by_page(paragraphs: Sequence[Paragraph]) -> Mapping[int, list[Part]]:
    """The paragraphs of each page, in the order read; one over two pages is parted."""
    pages: dict[int, list[Part]] = defaultdict(list)
    for origin, paragraph in enumerate(paragraphs):
        words: dict[int, list[Word]] = defaultdict(list)
        for word in paragraph.words:
            words[word.places[0].page if word.places else next(reversed(words or pages), 1)].append(word)
        for number, (seite, several) in enumerate(words.items()):
            whole = len(words) == 1
            part = paragraph if whole else replace(paragraph, words=tuple(several), continues=paragraph.continues or number > 0)
            pages[seite].append(Part(origin, part))
    return pages


def arranged(pages: Iterable[Sequence[Part]]) -> list[Paragraph]:
    """The paragraphs of pages in their new order: whole again where their parts follow one another."""
    return _whole([part for parts in pages for part in parts])


def _whole(parts: Sequence[Part]) -> list[Paragraph]:
    """The parts of paragraphs, those of one that follow one another put together again."""
    found = []
    for _, several in groupby(parts, key=lambda part: part.origin):
        first, *others = several
        words = tuple(word for part in (first, *others) for word in part.paragraph.words)
        found.append(replace(first.paragraph, words=words) if others else first.paragraph)
    return found
