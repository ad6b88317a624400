"""The page's picture is the judge: what is read of an Angabe in a PDF is what a person sees at its place.

The lines of figures, targets, names and days are read by the recogniser of lines. Where it sees something else than the file's letters
say, the Angabe is in doubt if foreign ink lies there, or if the other recogniser, too, sees it otherwise: one alone may have slipped.
And each glyph of each font is confirmed once as the letter that the file calls it; what is not is in doubt wherever it stands.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from importlib import import_module
from itertools import accumulate
from pathlib import Path
from typing import Literal, NamedTuple, Protocol, cast

import pypdfium2 as pdfium

from agreements.errors import UnreadableError
from agreements.language.tokens import shortened
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found, Location, locations_of
from agreements.reading.reading import Reading
from extract.ocr.engines.extra import require
from extract.picture.lines import MIDDLE, Lines, Part, word_at
from extract.picture.normal_form import Difference, Mark, confirmed, differences, marks
from extract.picture.pairs import Pairs, Place, Read
from extract.text_layer.foreign_ink import has_foreign_ink, letters_alone
from extract.text_layer.glyphs import Pair, glyphs_of
from extract.text_layer.opened import opened
from extract.text_layer.overlays import Box, meet

_LONG = re.compile(r"rahmenbedingungen\.|ziele\.individuell\.|text\b")
"""Angaben that are paragraphs: what a slip of the pen can falsify are figures, targets, names and days."""
_SIGNED = "unterschriften."
_LETTERS = (0.8, -0.05)
"""Font sizes above the baseline from which and to which foreign ink changes letters; an underline stays below."""
_NEXT_TO = 0.3
"""Font sizes beside letters at which something may stand that was squeezed in."""


Role = Literal["page", "line"]
"""Which recogniser is asked."""
Words = list[list[tuple[str, float]]]
"""What a recogniser saw: letters, and the middle of each in points from the page's left."""


class Readers(Protocol):
    """What reads a part of a page: `extract.ocr.printed`."""

    def words_seen(self, page: pdfium.PdfPage, box: Box, role: Role, annotations: bool = True) -> Words:
        """The words of a part of a page."""

    def prints(self, role: Role, letter: str) -> bool:
        """Whether a reader can print a letter."""


class Judged(NamedTuple):
    """Angaben with what the pages say against them, and what is said of the whole."""

    found: tuple[Found, ...]
    befunde: tuple[Befund, ...] = ()


def judged(path: Path, reading: Reading, found: Sequence[Found]) -> Judged:
    """The Angaben of a PDF, those in doubt whose place shows something else: all of them, where no recogniser is there to tell.

    What was read from a picture is not read again: it never is as sure as letters that a file states.
    """
    try:
        require()
        seen = cast(Readers, import_module("extract.ocr.printed"))  # the recognisers take longer to load than a text layer takes to read
        with opened(path) as document:
            return _Judge(document, reading, seen).all(found)
    except (ImportError, UnreadableError) as fault:
        said = str(fault) if isinstance(fault, UnreadableError) else f"Die Texterkennung ist unvollständig eingerichtet ({fault.name})."
        unseen = Doubt("seite-ungelesen")
        told = (Befund("anmerkung", "warnung", str(unseen)), Befund("anmerkung", "hinweis", said))  # the one stays to be decided
        return Judged(tuple(one.doubted(unseen) for one in found), told)


class _Seen(NamedTuple):
    """A part of a line with what the recogniser of lines made of it."""

    page: int
    part: Part
    signed: bool
    """Whether somebody signed across it, and left its letters to be seen: it is read without the ink."""
    words: Words
    differences: tuple[Difference, ...]


class _Judge:
    """Holds the Angaben of one open document against its pages."""

    def __init__(self, document: pdfium.PdfDocument, reading: Reading, seen: Readers) -> None:
        self.document, self.seen = document, seen
        self.as_shown = reading.as_shown
        words = [word for paragraph in reading.paragraphs for word in paragraph.words if word.certain]
        self.lettered = sorted({place.page for word in words for place in word.places})
        """Pages with letters of their own, be there pictures with others beside them."""
        self.unsaid = [each for word in words if not word.seen for each in locations_of([word])]
        """Words of which nothing is said yet."""
        self.confirmed: set[Pair] = set()
        self.signed = [ink for ink in reading.unread if ink.art == "schriftzug"]
        self.pages: dict[int, pdfium.PdfPage] = {}
        self.lines: dict[int, Lines] = {}

    def all(self, found: Sequence[Found]) -> Judged:
        """The Angaben and what is said of other words: figures, targets, names and days compared, all letters confirmed."""
        compared = list(self.compared(found))
        pairs = Pairs({number: self._lines(number) for number in self.lettered}, lambda letter: self.seen.prints("line", letter))
        unsure = pairs.unconfirmed(self.confirmed, self._confirming("line"), self._confirming("page"))
        if not unsure:
            return Judged(tuple(compared))
        words = self._words_with(place for pair in unsure for place in pairs.places[pair])
        return Judged(tuple(self._unconfirmed(one, words) for one in compared), tuple(self._told(words)))

    def compared(self, found: Sequence[Found]) -> Iterator[Found]:
        """The Angaben, those doubted whose place shows something else; one that is doubted already, and a long text, as they are."""
        asked = {one.feld: list(self._asked(one)) for one in found if not one.doubtful and not _LONG.match(one.feld)}
        places: dict[tuple[int, int], set[int]] = defaultdict(set)
        for several in asked.values():
            for page, row, letters in several:
                places[page, row] |= letters
        read = {(page, row): self._read(page, self._lines(page).part(row, frozenset(letters))) for (page, row), letters in places.items()}
        for one in found:
            doubts = [doubt for page, row, letters in asked.get(one.feld, ()) for doubt in self._doubts(read[page, row], letters)]
            yield one.doubted(*dict.fromkeys(doubts))

    def _asked(self, one: Found) -> Iterator[tuple[int, int, frozenset[int]]]:
        """Pages, lines and letters that an Angabe was read from."""
        for location in one.locations:
            if location.page in self.lettered:
                found = self._lines(location.page).asked(location.shown(self.as_shown))
                yield from ((location.page, row, letters) for row, letters in found)

    def _page(self, number: int) -> pdfium.PdfPage:
        if number not in self.pages:
            self.pages[number] = self.document[number - 1]
        return self.pages[number]

    def _lines(self, number: int) -> Lines:
        if number not in self.lines:
            self.lines[number] = Lines(glyphs_of(self._page(number)))
        return self.lines[number]

    def _read(self, page: int, part: Part) -> _Seen:
        """What the recogniser of lines sees in a part of a line, and where that is not what its letters say."""
        signed = any(ink.place.page == page and meet(ink.place[1:], part.box) for ink in self.signed)
        words = self._words(page, part, "line", signed)
        said, seen = self._marks(part, words, "line")
        self.confirmed |= {part.glyphs[number].pair for number in confirmed(said, seen)}
        return _Seen(page, part, signed, words, tuple(differences(said, seen)))

    def _words(self, page: int, part: Part, role: Role, signed: bool) -> Words:
        with letters_alone(self._page(page)) if signed else nullcontext():
            return self.seen.words_seen(self._page(page), part.box, role, annotations=not signed)

    def _marks(self, part: Part, words: Words, role: Role) -> tuple[list[Mark], list[Mark]]:
        """What the file says of a part of a line, and what a recogniser does, in normal form."""
        said = marks([glyph.text for glyph in part.glyphs], part.starts, lambda letter: self.seen.prints(role, letter), part.raised)
        starts = frozenset({0, *accumulate(map(len, words))})
        return said, marks([letter for word in words for letter, _ in word], starts)

    def _doubts(self, seen: _Seen, letters: frozenset[int]) -> Iterator[Doubt]:
        """Why what a part of a line says of an Angabe is to be looked at; `letters` are the places of its letters in the line."""
        asked = {number for number, place in enumerate(seen.part.places) if place in letters}
        for difference in seen.differences:
            if asked & difference.numbers and (self._inked(seen, difference) or self._seen_again(seen, asked & difference.numbers)):
                yield _doubt(seen, difference)

    def _inked(self, seen: _Seen, difference: Difference) -> bool:
        """Whether foreign ink lies on the letters that are seen otherwise, or right beside them."""
        several = [seen.part.glyphs[number] for number in difference.numbers]
        size, base = several[0].size, several[0].base
        left, right = min(glyph.left for glyph in several) - _NEXT_TO * size, max(glyph.right for glyph in several) + _NEXT_TO * size
        box = (left, base - _LETTERS[0] * size, right, base - _LETTERS[1] * size)
        return not seen.signed and has_foreign_ink(self._page(seen.page), box)

    def _seen_again(self, seen: _Seen, numbers: frozenset[int] | set[int]) -> bool:
        """Whether the other recogniser, too, sees some of the letters otherwise."""
        words = self._words(seen.page, seen.part, "page", seen.signed)
        return any(numbers & difference.numbers for difference in differences(*self._marks(seen.part, words, "page")))

    # ------------------------------------------------------------ what a font calls its glyphs

    def _confirming(self, role: Role) -> Read:
        """What tells which letters of a part a recogniser sees as the file calls them."""
        return lambda page, part: confirmed(*self._marks(part, self._words(page, part, role, signed=False), role))

    def _words_with(self, places: Iterable[Place]) -> dict[Place, str]:
        """The words that letters stand in, by each letter's place; a single sign is a bullet."""
        found = {}
        for page, row, place in places:
            line = self._lines(page).all[row]
            first, last = word_at(line, place)
            if last > first:
                found[page, row, place] = "".join(glyph.text for glyph in line[first : last + 1])
        return found

    def _unconfirmed(self, one: Found, words: Mapping[Place, str]) -> Found:
        """An Angabe, doubted where one of its letters is not confirmed."""
        if one.doubtful:
            return one
        places = ((page, row, place) for page, row, letters in self._asked(one) for place in sorted(letters))
        unsure = list(dict.fromkeys(words[place] for place in places if place in words))
        return one.doubted(Doubt("buchstaben-unbestaetigt", worte=shortened(" ".join(unsure)))) if unsure else one

    def _told(self, words: Mapping[Place, str]) -> Iterator[Befund]:
        """A finding for each page on which a word that was read has such a letter."""
        pages: dict[int, list[str]] = defaultdict(list)
        for (page, row, place), word in words.items():
            glyph = self._lines(page).all[row][place]
            x, y = (glyph.left + glyph.right) / 2, glyph.base - MIDDLE * glyph.size
            if any(_holds(each.shown(self.as_shown), page, x, y) for each in self.unsaid if each.page == page):
                pages[page].append(word)
        for page, several in sorted(pages.items()):
            said = str(Doubt("buchstaben-unbestaetigt", worte=shortened(" ".join(dict.fromkeys(several)))))
            yield Befund("anmerkung", "warnung", said, location=Location(page, None, ""))


def _holds(location: Location, page: int, x: float, y: float) -> bool:
    """Whether a word stands over a point of a page."""
    left, top, right, bottom = location.box or (0.0, 0.0, 0.0, 0.0)
    return location.page == page and left <= x <= right and top <= y <= bottom


def _doubt(seen: _Seen, difference: Difference) -> Doubt:
    """What the file says of the words that are seen otherwise, and what is seen there."""
    ends = [seen.part.word(number) for number in difference.numbers]
    said = seen.part.text(min(first for first, _ in ends), max(last for _, last in ends))
    left = min(seen.part.glyphs[first].left for first, _ in ends)
    right = max(seen.part.glyphs[last].right for _, last in ends)
    there = " ".join(text for word in seen.words if (text := "".join(letter for letter, middle in word if left < middle < right)))
    return Doubt("seite-zeigt-anderes", worte=said, andere=there) if there else Doubt("seite-zeigt-nichts", worte=said)
