"""What two optical readers make of a document's words: slips as they happen, seeded, with places, confidences and each other's readings.

The second reader makes slips of its own, and now and then the same as the first; both are the surer the righter they are.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from agreements.model.document import Block, Document
from agreements.reading.reading import Kind, Paragraph, Place, Word

_PAIRS = """ü:u,ii,ti ö:o,6 ä:a,ii ß:B,ss m:rn,in n:ri,u w:vv d:cl l:1,I,i i:l,1,j I:l,1 e:c,o c:e g:q,9 t:l,f f:t h:b,li b:h,6 u:n,ii r:n,t
    s:5 a:o,e o:0 E:F B:8,3 S:5,8 Z:2 O:0 D:O 0:8,6,O 1:7,l 2:7 3:8,5 4:1,A 5:6,8,S 6:8,5 7:1 8:3,0,6 9:0,3 %:96,°/o,9%"""
LOOK_ALIKE = {letter: tuple(alike.split(",")) for letter, _, alike in (pair.partition(":") for pair in _PAIRS.split())}
LOOK_ALIKE |= {"(": ("{", "["), ")": ("}", "]"), ",": (".", ""), ".": (",", ""), "-": ("–", "")}
"""What a letter is taken for."""
QUOTES = {"„": ("“", ",,", '"'), "“": ('"', "”", "''"), "–": ("-", "—"), '"': ("„", "“")}
SECTION = ("8", "5", "$", "S", "&")
INK = ("/)", "Af", "~", "ch.", "Il/", "W", "vA", "=", "L.", ")(")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM, ADVANCE = 595.0, 842.0, 71.0, 524.0, 71.0, 770.0, 14.0
LETTER = 5.3
"""Points that a letter is wide."""
_KINDS: dict[str, Kind] = {"ueberschrift": "ueberschrift", "punkt": "punkt"}


@dataclass(frozen=True, slots=True)
class Quality:
    """How often, per letter, each reader slips; `common` is the part of the first's slips that the second makes too."""

    slip: float = 0.0012
    second: float = 0.003
    common: float = 0.03
    blank: float = 0.001
    """How often a blank is lost or a word torn, per word."""
    read_twice: float = 0.5
    """The part of the sure lines that the second reader saw as well."""


ORDINARY = Quality()
POOR = Quality(slip=0.006, second=0.01, common=0.04, blank=0.004)


def scanned(document: Document, seed: int, quality: Quality = ORDINARY) -> tuple[Paragraph, ...]:
    """The paragraphs that readers of a scan of the document would give."""
    return tuple(_Page(random.Random(seed), quality).paragraphs(document.blocks))


@dataclass(slots=True)
class _Page:
    """Lays words on pages and reads them."""

    chance: random.Random
    quality: Quality
    seite: int = 1
    oben: float = TOP

    def paragraphs(self, blocks: Sequence[Block]) -> Iterator[Paragraph]:
        columns_from: tuple[int, float] | None = None
        spalte = 0
        for block in blocks:
            if block.column and columns_from is None:
                columns_from = (self.seite, self.oben)
            if block.column and columns_from and block.column != spalte:
                self.seite, self.oben = columns_from
            spalte = block.column
            words = self._read(self._laid(block))
            if words:
                yield Paragraph(tuple(words), kind=self._kind(block), column=block.column or None)
            self.oben += ADVANCE / 2

    def _kind(self, block: Block) -> Kind | None:
        kind = _KINDS.get(block.art, "text")
        return None if kind != "ueberschrift" and self.chance.random() < 0.02 else kind

    def _laid(self, block: Block) -> list[list[tuple[str, Place]]]:
        """The block's words, line by line."""
        left, right = (LEFT, RIGHT) if not block.column else (LEFT + 230.0 * (block.column - 1), LEFT + 230.0 * block.column - 20)
        lines: list[list[tuple[str, Place]]] = [[]]
        at = left
        for text in block.text.split():
            wide = LETTER * len(text)
            if at + wide > right and lines[-1]:
                self._advance()
                lines.append([])
                at = left
            lines[-1].append((text, Place(self.seite, at, self.oben, at + wide, self.oben + 11)))
            at += wide + LETTER
        self._advance()
        return lines

    def _advance(self) -> None:
        self.oben += ADVANCE
        if self.oben > BOTTOM:
            self.seite, self.oben = self.seite + 1, TOP

    def _read(self, lines: Sequence[Sequence[tuple[str, Place]]]) -> list[Word]:
        words: list[Word] = []
        for line in lines:
            seen = [self._word(text, place) for text, place in line]
            doubtful = any(word.confidence < 0.9 or set(text) & set("0123456789%€§()") for word, (text, _) in zip(seen, line, strict=True))
            if not doubtful and self.chance.random() > self.quality.read_twice:
                words += seen
            else:
                words += [self._twice(word, text) for word, (text, _) in zip(seen, line, strict=True)]
        return self._torn(words)

    def _word(self, text: str, place: Place) -> Word:
        """A word as the first reader sees it: wrong ones are mostly less sure."""
        read = self._slipped(text, self.quality.slip)
        right = read == text
        sure = self.chance.betavariate(30, 1) if right else self.chance.betavariate(5, 2.5)
        return Word(read, (place,), (), None, round(min(0.99, sure), 3))

    def _twice(self, word: Word, text: str) -> Word:
        """The word with what the second reader sees: surer where both agree."""
        wrong = word.text != text
        alike = wrong and self.chance.random() < self.quality.common
        other = word.text if alike else self._slipped(text, self.quality.second, section=False)
        sure = self.chance.betavariate(20, 1) if other == text else self.chance.betavariate(4, 2)
        if other == word.text:
            return replace(word, confidence=round(1 - 0.5 * (1 - word.confidence) * (1 - sure), 3))
        if not other:
            return replace(word, confidence=min(word.confidence, 0.5))
        figures = any(map(str.isdigit, word.text + other))
        first = word.confidence >= (sure if figures else min(0.8, sure))
        a, b = (min(0.95, max(0.05, value)) for value in ((word.confidence, sure) if first else (sure, word.confidence)))
        likely = min(a * (1 - b) / (a * (1 - b) + b * (1 - a)), 0.6 if figures else 0.8)
        one, two = (word.text, other) if first else (other, word.text)
        return replace(word, text=one, alternatives=(two,), confidence=round(likely, 3))

    def _slipped(self, text: str, rate: float, section: bool = True) -> str:
        """The text with slips at a rate a letter."""
        found = []
        for letter in text:
            if letter == "§" and section and self.chance.random() < 0.9:
                found.append(self.chance.choice(SECTION))
            elif letter in QUOTES and self.chance.random() < 0.3:
                found.append(self.chance.choice(QUOTES[letter]))
            elif self.chance.random() < rate:
                found.append(self.chance.choice(LOOK_ALIKE.get(letter, (letter,))))
            else:
                found.append(letter)
        return "".join(found) or text

    def _torn(self, words: list[Word]) -> list[Word]:
        """The words, here and there run together or torn apart."""
        found: list[Word] = []
        for word in words:
            chance = self.chance.random()
            last = found[-1] if found else None
            if last and chance < self.quality.blank and last.places[-1].top == word.places[0].top:
                found[-1] = _run_together(last, word)
            elif len(word.text) > 5 and self.quality.blank <= chance < 1.5 * self.quality.blank and not word.alternatives:
                found += _torn_apart(word, self.chance.randrange(2, len(word.text) - 2))
            else:
                found.append(word)
        return found


def _run_together(one: Word, other: Word) -> Word:
    apart = f"{one.text} {other.text}"
    a, b = one.places[-1], other.places[0]
    place = Place(a.page, a.left, a.top, b.right, a.bottom)
    return Word(one.text + other.text, (*one.places[:-1], place), (apart,), None, min(one.confidence, other.confidence, 0.7))


def _torn_apart(word: Word, at: int) -> list[Word]:
    (place,) = word.places[:1]
    middle = place.left + (place.right - place.left) * at / len(word.text)
    return [
        Word(word.text[:at], (place._replace(right=middle - 2),), (), None, min(0.7, word.confidence)),
        Word(word.text[at:], (place._replace(left=middle),), (), None, min(0.7, word.confidence)),
    ]


def with_ink(paragraphs: Sequence[Paragraph], seed: int, count: int = 3) -> tuple[Paragraph, ...]:
    """The paragraphs with strokes of a pen among those of the signatures."""
    chance = random.Random(seed)
    found = list(paragraphs)
    for _ in range(count):
        at = next((number for number, paragraph in enumerate(found) if paragraph.column), len(found) - 1)
        at = chance.randrange(at, len(found)) + 1
        place = found[at - 1].words[-1].places[-1]
        text = chance.choice(INK)
        below = place._replace(top=place.bottom + 2, bottom=place.bottom + 20, right=place.left + 30)
        stroke = Word(text, (below,), (), None, round(chance.uniform(0.05, 0.45), 2))
        found.insert(at, Paragraph((stroke,), column=found[at - 1].column))
    return tuple(found)
