"""A filled agreement changed as drafters change it, and the departures that were made."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from agreements.library.proof import paragraphs_of
from agreements.model.document import Block, Document, Span
from agreements.reading.reading import Paragraph

Departure = tuple[str, str | None, str | None]
"""Kind, words of the wording, words of the document; None where they do not matter."""
SENTENCE = "Dazu wird eine eigene Arbeitsgruppe der beteiligten Stellen gebildet."
_LINES = ("titelseite", "eingang", "unterschrift")


@dataclass
class Draft:
    """A document whose blocks can be changed."""

    document: Document
    blocks: list[Block]

    @classmethod
    def of(cls, document: Document) -> Draft:
        return cls(document, list(document.blocks))

    def paragraphs(self, sure: bool) -> tuple[Paragraph, ...]:
        """What a reader sees: of a Word file (`sure`), or of a printed page, where only a bullet tells a kind."""
        seen = paragraphs_of(replace(self.document, blocks=tuple(self.blocks)))
        return seen if sure else tuple(replace(each, stated=False, kind="punkt" if each.kind == "punkt" else None) for each in seen)

    def places(self, pattern: str, arts: tuple[str, ...] = ()) -> list[tuple[int, int, re.Match[str]]]:
        """Where the fixed text fits: block, span, match."""
        return [
            (number, place, found)
            for number, block in enumerate(self.blocks)
            if not arts or block.art in arts
            for place, span in enumerate(block.spans)
            if span.feld is None and not span.zustand
            for found in re.finditer(pattern, span.text)
        ]

    def values(self, feld: str) -> list[tuple[int, int, str]]:
        """Where a value stands: block, span, text."""
        return [
            (number, place, span.text)
            for number, block in enumerate(self.blocks)
            for place, span in enumerate(block.spans)
            if span.feld == feld
        ]

    def touches_free_text(self, number: int, place: int, letter: int) -> bool:
        """Whether a word put there would be part of the free text behind it."""
        spans = self.blocks[number].spans
        following = spans[place + 1].feld if place + 1 < len(spans) else None
        return not spans[place].text[letter:].strip() and following in ("ministerien.1.name", "ministerien.1.kurz")

    def put(self, number: int, place: int, start: int, end: int, new: str) -> None:
        block = self.blocks[number]
        spans = list(block.spans)
        text = spans[place].text
        spans[place] = replace(spans[place], text=text[:start] + new + text[end:])
        self.blocks[number] = replace(block, spans=tuple(spans))

    def inner(self, first: int) -> Iterator[int]:
        """Places between blocks where nothing beside is free text."""
        for number in range(first, len(self.blocks)):
            beside = self.blocks[max(0, number - 1) : number + 1]
            if all(block.art not in _LINES for block in beside) and not any(block.liste for block in beside):
                yield number


Edit = Callable[[Draft, random.Random], list[Departure]]
_WORD = r"(?<!\w)[^\W\d]\w*(?!\w)"


def replace_a_word(draft: Draft, chance: random.Random) -> list[Departure]:
    number, place, found = chance.choice(draft.places(_WORD))
    draft.put(number, place, *found.span(), "Quark")
    return [("ersetzt", found.group(), "Quark")]


def insert_a_word(draft: Draft, chance: random.Random) -> list[Departure]:
    draft_places = [(n, p, m) for n, p, m in draft.places(_WORD) if not draft.touches_free_text(n, p, m.end())]
    number, place, found = chance.choice(draft_places)
    draft.put(number, place, found.end(), found.end(), " wohl")
    return [("eingefuegt", None, "wohl")]


def strike_a_word(draft: Draft, chance: random.Random) -> list[Departure]:
    number, place, found = chance.choice(draft.places(_WORD))
    draft.put(number, place, *found.span(), "")
    return [("gestrichen", found.group(), None)]


def insert_a_sentence(draft: Draft, chance: random.Random) -> list[Departure]:
    number, place, found = chance.choice(draft.places(r"\.(?= [A-Z]|$)", ("text", "absatz")))
    draft.put(number, place, found.end(), found.end(), f" {SENTENCE}")
    return [("eingefuegt", None, SENTENCE)]


def strike_a_sentence(draft: Draft, chance: random.Random) -> list[Departure]:
    number, place, found = chance.choice(draft.places(r"(?<=\. )[A-Z][^.]*\.(?= [A-Z]|$)", ("text", "absatz")))
    draft.put(number, place, *found.span(), "")
    return [("gestrichen", found.group(), None)]


def change_the_shape_of_a_dash(draft: Draft, chance: random.Random) -> list[Departure]:
    number, place, found = chance.choice(draft.places("[–-]"))
    other = "–" if found.group() == "-" else "-"
    draft.put(number, place, *found.span(), other)
    return [("ersetzt", found.group(), other)]


def part_a_paragraph(draft: Draft, chance: random.Random) -> list[Departure]:
    number, place, found = chance.choice(
        [(n, p, m) for n, p, m in draft.places(r"(?<=\S) (?=\S)", ("text", "absatz")) if not draft.blocks[n].liste]
    )
    block, span = draft.blocks[number], draft.blocks[number].spans[place]
    first = (*block.spans[:place], Span(span.text[: found.start()]))
    second = (Span(span.text[found.end() :]), *block.spans[place + 1 :])
    draft.blocks[number : number + 1] = [replace(block, spans=first), replace(block, spans=second)]
    return []


def join_two_paragraphs(draft: Draft, chance: random.Random) -> list[Departure]:
    titles = {number for number, block in enumerate(draft.blocks) for span in block.spans if span.feld and span.feld.endswith("titel")}
    number = chance.choice([number for number in draft.inner(1) if not titles & {number, number - 1}])
    one, other = draft.blocks[number - 1 : number + 1]
    draft.blocks[number - 1 : number + 1] = [replace(one, spans=(*one.spans, Span(" "), *other.spans))]
    return []


def insert_a_paragraph(draft: Draft, chance: random.Random) -> list[Departure]:
    draft.blocks.insert(chance.choice(list(draft.inner(1))), Block("text", (Span(SENTENCE),)))
    return [("eingefuegt", None, SENTENCE)]


def strike_a_paragraph(draft: Draft, chance: random.Random) -> list[Departure]:
    number = chance.choice(
        [number for number, block in enumerate(draft.blocks) if block.art not in _LINES and not any(span.feld for span in block.spans)]
    )
    return [("gestrichen", draft.blocks.pop(number).text, None)]


def move_a_paragraph(draft: Draft, chance: random.Random) -> list[Departure]:
    number = chance.choice(
        [number for number, block in enumerate(draft.blocks) if block.art in ("text", "absatz", "punkt") and not block.liste]
    )
    moved = draft.blocks.pop(number)
    places = [
        place for place, block in enumerate(draft.blocks) if place and block.art not in _LINES and draft.blocks[place - 1].art not in _LINES
    ]
    draft.blocks.insert(chance.choice([place for place in places if abs(place - number) > 2]), moved)
    return [("verschoben", None, None)]


def leave_last_years_number(draft: Draft, chance: random.Random) -> list[Departure]:
    number, place, text = chance.choice(draft.values("jahr"))
    draft.put(number, place, 0, len(text), "2023")
    return [("ersetzt", "2024", "2023")]


def leave_another_kreis(draft: Draft, chance: random.Random) -> list[Departure]:
    number, place, text = chance.choice([(n, p, text) for n, p, text in draft.values("traeger") if "Emsland" in text])
    draft.put(number, place, 0, len(text), text.replace("Emsland", "Leer"))
    return [("ersetzt", "Emsland", "Leer")]


EDITS: tuple[Edit, ...] = (
    replace_a_word,
    insert_a_word,
    strike_a_word,
    insert_a_sentence,
    strike_a_sentence,
    change_the_shape_of_a_dash,
    part_a_paragraph,
    join_two_paragraphs,
    insert_a_paragraph,
    strike_a_paragraph,
    move_a_paragraph,
    leave_last_years_number,
    leave_another_kreis,
)
