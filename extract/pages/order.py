"""Which page of a file comes where: pages in disorder, pages that lie there twice, pages that are missing.

Settled here, before anything is mended or matched: `sheets_of` asks the pages themselves, `in_order` the wording they follow.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from agreements.reading.findings import Befund, Location
from agreements.reading.reading import Paragraph, Reading
from agreements.wording.units import Unit, Wording
from extract.correction.lookalikes import folded
from extract.pages.numbering import in_printed_order, runs_through
from extract.pages.paging import Part, arranged, by_page
from extract.pages.split import lacks_end, lacks_start

_ROW = 3
"""So many words in a row tell where in a wording one is."""
_LEAST = 3
"""So many such rows tell where a page belongs."""
_TWICE = 0.75
"""Pages that share so many of their rows are one page."""
_FEWEST = 3
"""A page with fewer rows is not held against others."""
_MISREAD = 0.06
"""Part of the words of a scanned page that two readings of it may have otherwise."""
_MOST = 8
_AMOUNT = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![.\d])")

Row = tuple[str, ...]


@dataclass(frozen=True)
class _Page:
    number: int
    parts: tuple[Part, ...]

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        return tuple(_tokens(" ".join(part.paragraph.text for part in self.parts)))

    @cached_property
    def rows(self) -> frozenset[Row]:
        return frozenset(_rows(self.tokens))

    @property
    def is_signed(self) -> bool:
        """Whether it holds the columns of the signatures."""
        return any(part.paragraph.column for part in self.parts)

    def otherwise(self, other: _Page, misread: float) -> list[str]:
        """The amounts that only one of two pages has, and the words if they are more than this part, which readers may get wrong."""
        words = Counter(self.tokens) - Counter(other.tokens) + (Counter(other.tokens) - Counter(self.tokens))
        some = sorted(words) if words.total() > misread * len(self.tokens) else []
        return sorted(self.amounts ^ other.amounts) + some[:_MOST]

    @cached_property
    def amounts(self) -> frozenset[str]:
        return frozenset(_AMOUNT.findall(" ".join(part.paragraph.text for part in self.parts)))


@dataclass(frozen=True, slots=True)
class Pages:
    """The paragraphs of one agreement in the order of its wording, what had to be done for it, and after which pages one is missing."""

    paragraphs: Sequence[Paragraph]
    befunde: tuple[Befund, ...] = ()
    missing: tuple[Befund, ...] = ()


@dataclass(frozen=True)
class Sheets:
    """What stands on the pages of one agreement, each once and in the order of the printed numbers; what was otherwise is a finding."""

    reading: Reading
    befunde: tuple[Befund, ...] = ()

    @property
    def gone(self) -> tuple[Befund, ...]:
        """The findings on sheets that are missing."""
        return tuple(befund for befund in self.befunde if befund.art == "fehlt" and befund.schwere == "fehler")

    @cached_property
    def are_numbered(self) -> bool:
        """Whether printed numbers that nobody can have misread tell the pages apart and their order."""
        return self.reading.lesart == "textebene" and runs_through(self.reading)

    @cached_property
    def lack_start(self) -> bool:
        """Whether they begin in the middle of the agreement."""
        return lacks_start(self.reading)

    @cached_property
    def lack_end(self) -> bool:
        """Whether none of them is signed."""
        return lacks_end(self.reading, ())


def sheets_of(reading: Reading) -> Sheets:
    """The pages as they say themselves that they follow one another; the wording is asked afterwards, by `in_order`."""
    found = Sheets(reading)
    if reading.page_count is None or found.are_numbered:
        return found
    single, twice = _without_doubles(_pages_of(reading.paragraphs), exact=reading.lesart == "textebene")
    if twice:
        reading = replace(reading, paragraphs=tuple(arranged([page.parts for page in single])))
    reading, befunde = in_printed_order(reading, [befund.location.page or 0 for befund in twice])
    return Sheets(reading, (*twice, *befunde))


def in_order(wording: Wording, paragraphs: Sequence[Paragraph], *, numbered: bool = False) -> Pages:
    """The pages put in order; the paragraphs as they are where they are in order, as their printed numbers say if `numbered`."""
    pages = _pages_of(paragraphs)
    if len(pages) < 2:
        return Pages(paragraphs)
    units = _where(wording)
    single, twice = (pages, ()) if numbered else _without_doubles(pages)
    ordered, moved = (single, ()) if numbered else _ordered(units, single)
    befunde = (*twice, *moved)
    missing = tuple(_missing(wording, units, ordered))
    return Pages(arranged([page.parts for page in ordered]) if befunde else paragraphs, befunde, missing)


def held(wording: Wording, paragraphs: Sequence[Paragraph]) -> float:
    """How much of a text stands in a wording, 0 to 1, be it only a part of it."""
    said = list(_rows(list(_tokens(" ".join(paragraph.text for paragraph in paragraphs)))))
    known = {row for unit in wording.units for row in _rows(_of(unit))}
    return sum(row in known for row in said) / max(1, len(said))


def _pages_of(paragraphs: Sequence[Paragraph]) -> list[_Page]:
    return [_Page(number, tuple(parts)) for number, parts in by_page(paragraphs).items()]


def _tokens(text: str) -> Iterator[str]:
    return (word for found in re.findall(r"[^\W\d_]{2,}", text) if (word := folded(found)))


def _rows(tokens: Sequence[str]) -> Iterator[Row]:
    return (tuple(tokens[at : at + _ROW]) for at in range(len(tokens) - _ROW + 1))


def _of(unit: Unit) -> tuple[str, ...]:
    return tuple(_tokens(" ".join(part if isinstance(part, str) else " 0 " for part in unit.parts)))


# ---------------------------------------------------------------- pages twice


def _without_doubles(pages: Sequence[_Page], exact: bool = False) -> tuple[Sequence[_Page], tuple[Befund, ...]]:
    """Every page once; a finding for each that came before, with what is otherwise on it.

    `exact` where no letter can be misread, so that any other word is another text.
    """
    kept: list[_Page] = []
    befunde = []
    for page in pages:
        same = next((other for other in kept if _is_twice(page, other)), None)
        if same is None:
            kept.append(page)
            continue
        other = page.otherwise(same, 0.0 if exact else _MISREAD)
        rest = f", aber dort steht anders: {', '.join(other)}; gelesen ist Seite {same.number}." if other else "; gelesen ist sie einmal."
        text = f"Seite {page.number} ist Seite {same.number} noch einmal{rest}"
        befunde.append(Befund("reihenfolge", "fehler" if other else "warnung", text, location=Location(page.number, None, "")))
    return kept, tuple(befunde)


def _is_twice(one: _Page, other: _Page) -> bool:
    fewer = min(len(one.rows), len(other.rows))
    return fewer >= _FEWEST and len(one.rows & other.rows) >= _TWICE * max(len(one.rows), len(other.rows))


# ---------------------------------------------------------------- disorder


def _ordered(units: Mapping[Row, int], pages: Sequence[_Page]) -> tuple[Sequence[_Page], tuple[Befund, ...]]:
    """The pages as they follow one another in the wording; one of which that cannot be told stays behind the page before it."""
    keyed: list[tuple[float, int, _Page]] = []
    at = -1.0
    for number, page in enumerate(pages):
        hits = [units[row] for row in page.rows if row in units]
        at = float(median(hits)) if len(hits) >= _LEAST else float("inf") if page.is_signed else at
        keyed.append((at, number, page))
    ordered = [page for _, _, page in sorted(keyed, key=lambda item: item[:2])]
    if ordered == list(pages):
        return pages, ()
    said, meant = (", ".join(str(page.number) for page in several) for several in (pages, ordered))
    text = f"Die Seiten liegen nicht in der Reihenfolge des Wortlauts ({said}); gelesen sind sie in der Folge {meant}."
    first = next(page for page, other in zip(pages, ordered, strict=True) if page is not other)
    return ordered, (Befund("reihenfolge", "warnung", text, location=Location(first.number, None, "")),)


_GONE = 300
"""Letters of the wording that stand on neither of two pages and should between them."""
_STOPPED = re.compile(r"[.:!?)]$")


def _missing(wording: Wording, units: Mapping[Row, int], pages: Sequence[_Page]) -> Iterator[Befund]:
    """A finding for each page's end behind which the wording goes on elsewhere: amid a sentence, or without what no agreement lacks."""
    seen = {units[row] for page in pages for row in page.rows if row in units}
    letters = [sum(len(part) for part in unit.parts if isinstance(part, str)) for unit in wording.units]
    always = {unit.stelle for unit in wording.body if isinstance(unit, Unit)}
    for one, other in pairwise(pages):
        hits, after = ([units[row] for row in page.rows if row in units] for page in (one, other))
        if one.is_signed or len(hits) < _LEAST or len(after) < _LEAST:
            continue
        gone = [number for number in range(max(hits) + 1, min(after)) if number not in seen]
        broken = not _STOPPED.search(one.parts[-1].paragraph.text) or other.parts[0].paragraph.text[:1].islower()
        if sum(letters[number] for number in gone if broken or wording.units[number].stelle in always) >= _GONE:
            text = f"Zwischen Seite {one.number} und Seite {other.number} fehlt wohl eine Seite: Der Wortlaut geht anderswo weiter."
            yield Befund("fehlt", "fehler", text, location=Location(one.number, None, ""))


def _where(wording: Wording) -> Mapping[Row, int]:
    """The unit of each row of words that only one has."""
    seen: dict[Row, int] = {}
    twice: set[Row] = set()
    for number, unit in enumerate(wording.units):
        for row in set(_rows(_of(unit))):
            if seen.setdefault(row, number) != number:
                twice.add(row)
    return {row: number for row, number in seen.items() if row not in twice}
