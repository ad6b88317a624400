"""What is read with a figure to tell its role: its sentence; in a table its row, and the head of its column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from agreements.reading.reading import Paragraph, Place, Word
from extract.accounting.figures import Figure, figures_in, may_begin, units_alone
from extract.accounting.sentences import sentences

_HEAD = re.compile(
    r"(?:Ist|Ziel|Soll|Prognose|Plan|Stand|Veränderung|Vorjahr|Wert|Ergebnis)[\w-]*(?:\s+(?:19|20)\d\d)?|\b(?:19|20)\d\d\b|\bin\s+(?:%|Euro|Prozent)"
)


class Context(NamedTuple):
    """A figure with the words around it."""

    figure: Figure
    words: tuple[Word, ...]
    """Those of its number."""
    sentence: str
    start: int
    """Where in the sentence it stands, its sign included."""
    end: int
    head: str = ""
    """What stands above its column."""


def words_between(paragraph: Paragraph, start: int, end: int) -> tuple[Word, ...]:
    """The words that letters `start` to `end` of a paragraph touch."""
    found, place = [], 0
    for word in paragraph.words:
        if place < end and place + len(word.text) > start:
            found.append(word)
        place += len(word.text) + 1
    return tuple(found)


def contexts(paragraphs: Sequence[Paragraph], at: int, text: str, *, lost: bool = False) -> Iterator[Context]:
    """Every figure of a paragraph with this text, the bare ones too, with what is read with it.

    `lost`: also those of which a picture leaves the unit alone.
    """
    paragraph = paragraphs[at]
    figures: Sequence[Figure] = figures_in(text)
    if lost and not all(word.certain for word in paragraph.words):
        figures = sorted((*figures, *units_alone(text)), key=lambda figure: figure.start)
    heads = _heads_above(paragraphs, at) if figures and not paragraph.column and _may_be_row(paragraph) else ()
    for nth, figure in enumerate(figures):
        words = words_between(paragraph, *figure.number)
        if paragraph.column:
            yield _in_column(paragraphs, at, figure, words, nth - len(figures))
            continue
        start, end = next(((one, other) for one, other in sentences(text) if one <= figure.start < other), (0, len(text)))
        head = heads[nth - len(figures)] if len(heads) >= len(figures) else ""
        yield Context(figure, words, text[start:end], figure.start - start, figure.end - start, head)


# ---------------------------------------------------------------- figures over two lines


def whole(paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The paragraphs, those joined over whose border a figure runs: "um 1,5", "% steigt."."""
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        if found and found[-1].column == paragraph.column and _runs_on(found[-1], paragraph):
            found[-1] = replace(found[-1], words=(*found[-1].words, *paragraph.words))
        else:
            found.append(paragraph)
    return tuple(found)


_NEAR = 6
"""Words of two paragraphs in which a figure begins and ends."""


def _runs_on(one: Paragraph, other: Paragraph) -> bool:
    if not any(may_begin(word.text) for word in one.words[-2:]):
        return False
    before, after = (" ".join(word.text for word in words) for words in (one.words[-_NEAR:], other.words[:_NEAR]))
    return any(figure.start < len(before) < figure.end for figure in figures_in(f"{before} {after}"))


# ---------------------------------------------------------------- tables


def _in_column(paragraphs: Sequence[Paragraph], at: int, figure: Figure, words: tuple[Word, ...], nth: int) -> Context:
    """A figure of a table whose columns are read one by one: its row is what stands beside it, down to the next figure of its column.

    `nth`: which one of its line it is, from the end, -1 the last; a line of several is of several columns that were taken for one.
    """
    run = _run(paragraphs, at)
    own = [paragraph for paragraph in run if paragraph.column == paragraphs[at].column]
    place = words[0].places[0] if words and words[0].places else None
    tops = [_top(paragraph) for paragraph in own if paragraph is not paragraphs[at] and figures_in(paragraph.text)]
    below = min((top for top in tops if place and top > place.top), default=float("inf"))
    row = [word for paragraph in run for word in paragraph.words if place is None or _beside(word, place, below)]
    texts = [word.text for word in row]
    first = next((number for number, word in enumerate(row) if word is words[0]), 0) if words else 0
    start = len(" ".join(texts[:first])) + bool(first)
    end = start + sum(len(word.text) + 1 for word in words) - 1
    head = own[0].text if own and own[0] is not paragraphs[at] and not figures_in(own[0].text) else ""
    heads = _HEAD.findall(head)
    head = heads[nth] if 1 < len(heads) >= -nth else head
    return Context(figure, words, " ".join(texts), start, max(start, end), head)


def _run(paragraphs: Sequence[Paragraph], at: int) -> Sequence[Paragraph]:
    """The paragraphs in columns around one of them."""
    first = last = at
    while first > 0 and paragraphs[first - 1].column:
        first -= 1
    while last + 1 < len(paragraphs) and paragraphs[last + 1].column:
        last += 1
    return paragraphs[first : last + 1]


def _top(paragraph: Paragraph) -> float:
    return min((place.top for word in paragraph.words for place in word.places), default=0.0)


def _beside(word: Word, place: Place, below: float) -> bool:
    """Whether a word stands level with a place, or under it but above where the next row begins."""
    return any(other.page == place.page and place.top - _SLACK <= (other.top + other.bottom) / 2 < below - _SLACK for other in word.places)


_SLACK = 2.0
"""Points by which the cells of a row may begin apart."""
_ROWS = 12
"""Lines that a table is looked up for its head."""


def _heads_above(paragraphs: Sequence[Paragraph], at: int) -> tuple[str, ...]:
    """What stands above the columns of a table whose rows are read as lines, in order; nothing where no line above is a head."""
    for paragraph in reversed(paragraphs[max(0, at - _ROWS) : at]):
        if not _may_be_row(paragraph):
            return ()
        text = paragraph.text
        if not figures_in(text) and len(found := _HEAD.findall(text)) > 1:
            return tuple(found)
    return ()


_LONGEST_ROW = 16
"""Words."""


def _may_be_row(paragraph: Paragraph) -> bool:
    """Whether a paragraph may be a row of a table: short, and no sentence."""
    words = paragraph.words
    return paragraph.kind in (None, "text") and len(words) <= _LONGEST_ROW and not words[-1].text.endswith((".", ":", ";"))
