"""What stands on paper beside what a record says of it, word by word: what is in neither of its prints must be an open point."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from round_trip import LIBRARY

from agreements.library.open_points import as_read
from agreements.model.akte import OffenerPunkt
from agreements.model.document import Block, Document, Span
from agreements.model.record import Vereinbarung
from agreements.reading.reading import Paragraph
from extract.correction.lookalikes import letters

_SHORT = 3
_ALIKE = 60
"""Of 100: two readers may see a letter of an Angabe alike and wrong; a word of it that is so much alike is there."""


class Said(NamedTuple):
    """A word, by its letters and figures, the Angabe that it belongs to, and what stands around it."""

    word: str
    feld: str | None
    sentence: str


def on_paper(document: Document) -> list[Said]:
    """The words that a document prints."""
    return [said for block in document.blocks for said in _words(block)]


def of_lines(lines: Iterable[str]) -> list[Said]:
    """The words of a text, of which nobody says what is an Angabe."""
    return [Said(letters(word), None, line) for line in lines for word in line.split() if any(map(str.isalnum, word))]


def _words(block: Block) -> Iterator[Said]:
    signs = [(sign, span.feld) for span in block.spans for sign in span.text]
    at = 0
    for word in block.text.split():
        at = block.text.index(word, at)
        if any(map(str.isalnum, word)):
            yield Said(letters(word), next((feld for _, feld in signs[at : at + len(word)] if feld), None), block.text)
        at += len(word)


def unsaid(paper: Sequence[Said], record: Vereinbarung) -> list[str]:
    """Words of the paper that are in the record neither as Angabe nor as wording, departure or open point, and those of its print that
    stand on no paper and are told nowhere; each with its sentence."""
    points = record.akte.offen
    told = [letters(text) for point in points for text in _texts(point)]
    doubted = {point.feld for point in points if point.feld}
    printed, read = on_paper(LIBRARY.document(record)), on_paper(LIBRARY.document(as_read(record)))
    lost = _lacking(paper, printed) & _lacking(paper, read)
    put_in = _lacking(printed, paper)
    said = [*(paper[at] for at in sorted(lost)), *(printed[at] for at in sorted(put_in))]
    left = (each for each in said if not any(_is_told(each.word, text) for text in told) and not _is_doubted(each.feld, doubted))
    return [f"„{each.word}“ in: {each.sentence}" for each in left]


def _is_told(word: str, text: str) -> bool:
    """Whether a text has a word, a longer one perhaps with a letter misread: what nobody can read is told as it was read."""
    misread = 100 * max(1, len(word) // 8) / len(word)
    return word in text or (len(word) > _SHORT and round(fuzz.partial_ratio(word, text) + misread, 6) >= 100)


def _texts(point: OffenerPunkt) -> Iterator[str]:
    yield point.grund
    if point.abweichung:
        yield from filter(None, (point.abweichung.alt, point.abweichung.neu))
    for each in point.lesungen:
        yield from filter(None, (each.text, each.wert))


def _is_doubted(feld: str | None, doubted: Collection[str]) -> bool:
    return feld is not None and any(f"{feld}.".startswith(f"{one}.") or f"{one}.".startswith(f"{feld}.") for one in doubted)


def _lacking(several: Sequence[Said], others: Sequence[Said]) -> set[int]:
    """Numbers of the words that have none of the others in their place."""
    found: set[int] = set()
    ops = Levenshtein.opcodes([each.word for each in several], [each.word for each in others])
    for equal, run in groupby(ops, key=lambda op: op.tag == "equal"):
        if equal:
            continue
        first, *_, last = [*run] * 2
        here = several[first.src_start : last.src_end]
        there = "".join(each.word for each in others[first.dest_start : last.dest_end])
        if "".join(each.word for each in here) != there:
            lost = (number for number, each in enumerate(here) if not (each.feld and fuzz.partial_ratio(each.word, there) >= _ALIKE))
            found.update(first.src_start + number for number in lost)
    return found


FIXED = ("absatz", "text", "punkt", "ueberschrift")


def exchanged(document: Document, draw: random.Random, count: int) -> Document:
    """The document with words of its fixed text replaced by others, taken out, put in, and figures changed."""
    places = [
        (number, place) for number, block in enumerate(document.blocks) if block.art in FIXED
        for place, span in enumerate(block.spans) if span.feld is None and len(span.text.split()) > 4
    ]  # fmt: skip
    known = sorted({word for number, place in places for word in document.blocks[number].spans[place].text.split() if word.isalpha()})
    blocks = list(document.blocks)
    for number, place in draw.sample(places, count):
        block = blocks[number]
        text = _exchanged(block.spans[place].text, draw, known)
        blocks[number] = replace(block, spans=(*block.spans[:place], Span(text), *block.spans[place + 1 :]))
    return replace(document, blocks=tuple(blocks))


def _exchanged(text: str, draw: random.Random, known: Sequence[str]) -> str:
    words = text.split(" ")
    at = draw.choice([at for at, word in enumerate(words) if len(word) > 2 and word.isalpha()])
    old = words[at]
    figures = [at for at, word in enumerate(words) if word.isdigit()]
    others = [word for word in known if word.lower() != old.lower() and word[0].isupper() == old[0].isupper()]
    match draw.choice(("other", "alike", "alike", "gone", "nicht", "figure")):
        case "gone":
            new = ""
        case "nicht":
            new = f"{old} nicht"
        case "figure" if figures:
            at = draw.choice(figures)
            old, new = words[at], str(int(words[at]) + draw.randint(1, 8))
        case "alike":
            new = max(others, key=lambda word: fuzz.ratio(word, old))
        case _:
            new = draw.choice(others)
    words[at : at + 1] = [new] if new else []
    return " ".join(words)


def unsurely(paragraphs: Iterable[Paragraph], draw: random.Random) -> list[Paragraph]:
    """The paragraphs as readers see them that are hardly ever sure: on a coarse copy their confidence says little."""
    return [replace(each, words=tuple(replace(word, confidence=round(word.confidence * draw.uniform(0.4, 1), 3)) for word in each.words))
            for each in paragraphs]  # fmt: skip
