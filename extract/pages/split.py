"""Which pages of a file are one agreement: where another one begins, and whether this one begins before or ends behind the file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rapidfuzz import fuzz

from agreements.errors import UnreadableError
from agreements.language.offices import MINISTRY_AT_EDGE, OFFICE_MISREAD
from agreements.language.place_and_date import DATED
from agreements.language.signatures import begins_signature
from agreements.language.tokens import shortened
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found, Location
from agreements.reading.reading import Paragraph, Reading
from agreements.register.register import Register
from extract.pages.document_type import SUBJECT, is_title, named_traeger, named_year
from extract.pages.paging import by_page

_FIRST, _TOP = 5, 14
"""Paragraphs at a page's top among which the title stands, and by which it is known to be one."""
_LAW = re.compile(r"(?:nach|gemäß)\s*§\s*48\s?b\b")
_OF_YEAR = re.compile(r"für das Jahr 20\d\d\b")
_PARTIES = re.compile(r"zwischen|schlie(?:ß|ss)[te]", re.I)
_ALIKE = 88
_LONGEST_PLACE = 160
_SHORTEST = 3
"""Pages; title page, opening and contents take so many, and each may begin like an agreement."""
_SIGNATURE = re.compile(r"unterschriften\..*\.(?:ort|datum|name)")
_LONGEST_NAME = 60
_PAGE = re.compile(r"Seite (\d+):")

Pages = Mapping[int, Sequence[Paragraph]]


@dataclass(frozen=True, slots=True)
class Part:
    """One agreement of a file, and its first and last page there; `of` is how many the file holds."""

    reading: Reading
    first: int
    last: int
    number: int = 1
    of: int = 1

    @property
    def extent(self) -> str | None:
        """Which of the file's pages it is, "8–14 von 14", where others are beside it."""
        return f"{self.first}–{self.last} von {self.reading.page_count}" if self.of > 1 else None

    @property
    def pages(self) -> str:
        """Its pages for people: "Seiten 8 bis 14"."""
        return f"Seite {self.first}" if self.first == self.last else f"Seiten {self.first} bis {self.last}"


def parts_of(reading: Reading, register: Register) -> tuple[Part, ...]:
    """The agreements of a file in order; a single one where no page begins another. In Word files no pages are known."""
    last = reading.page_count or 1
    pages = _paged(reading)
    starts = [1, *_beginnings(pages, register)] if reading.page_count else [1]
    if len(starts) == 1:
        return (Part(reading, 1, last),)
    bounds = zip(starts, [*(start - 1 for start in starts[1:]), last], strict=True)
    return tuple(Part(_within(reading, first, end), first, end, number, len(starts)) for number, (first, end) in enumerate(bounds, 1))


def others(parts: Sequence[Part]) -> Iterator[Befund]:
    """For who reads the first agreement alone: a finding for each other one, with its pages."""
    for part in parts[1:]:
        text = (
            f"Mit Seite {part.first} beginnt eine {_NUMBERS.get(part.number, 'weitere')} Vereinbarung ({part.pages}). "
            f"Gelesen ist nur die erste ({parts[0].pages}); „zv einlesen“ nimmt alle, oder jede als eigene Datei speichern."
        )
        yield Befund("reihenfolge", "fehler", text, location=Location(part.first, None, ""))


def among_others(part: Part) -> Iterator[Befund]:
    """A hint at which of several agreements of a file this one is."""
    if part.of > 1:
        text = f"Die Datei enthält {part.of} Vereinbarungen; dies ist die {part.number}. davon ({part.pages})."
        yield Befund("reihenfolge", "hinweis", text, location=Location(part.first, None, ""))


_NUMBERS = {2: "zweite", 3: "dritte"}


def _within(reading: Reading, first: int, last: int) -> Reading:
    """What stands on some pages; a note that names no single page is kept."""
    return replace(
        reading,
        paragraphs=tuple(kept for each in reading.paragraphs if (kept := _on(each, first, last)).words),
        beiwerk=tuple(each for each in reading.beiwerk if each.page is None or first <= each.page <= last),
        notes=tuple(note for note in reading.notes if (said := _PAGE.match(note)) is None or first <= int(said[1]) <= last),
        unread=tuple(ink for ink in reading.unread if first <= ink.place.page <= last),
    )


def _on(paragraph: Paragraph, first: int, last: int) -> Paragraph:
    """What of a paragraph stands on some pages."""
    words = tuple(word for word in paragraph.words if not word.places or first <= word.places[0].page <= last)
    return paragraph if len(words) == len(paragraph.words) else replace(paragraph, words=words)


def _paged(reading: Reading) -> Pages:
    return {number: [part.paragraph for part in parts] for number, parts in sorted(by_page(reading.paragraphs).items())}


# ---------------------------------------------------------------- where another begins


def _beginnings(pages: Pages, register: Register) -> Iterator[int]:
    """The pages after the first with which another agreement begins."""
    opening = [number for number in pages if opens(pages[number])]
    start = 1
    for place, number in enumerate(opening):
        end = opening[place + 1] if place + 1 < len(opening) else max(pages) + 1
        before = [page for page in pages if start <= page < number]
        if before and _is_another(pages, before, [page for page in pages if page >= number], range(number, end), opening, register):
            yield number
            start = number


def _is_another(pages: Pages, before: Sequence[int], behind: Sequence[int], own: range, opening: Sequence[int], register: Register) -> bool:
    """Whether what begins with a page's title is another agreement than what stands before it.

    What stands before is signed, or is another Träger's or year's; a page that was scanned twice, or in the wrong place, is neither.
    """
    signed = any(is_signed(pages[page]) and page not in opening for page in before)
    if before[0] not in opening and not any(page in opening for page in before):
        return len(before) > 1 and signed and any(is_signed(pages[page]) for page in behind)
    if signed:
        return len(behind) > 1 or not _same(pages[before[0]], pages[behind[0]])
    one, other = (_party([paragraph for page in several for paragraph in pages[page]], register) for several in (before, behind))
    return len(before) >= _SHORTEST and len(own) >= 1 and any(a and b and a != b for a, b in zip(one, other, strict=True))


def _same(one: Sequence[Paragraph], other: Sequence[Paragraph]) -> bool:
    return fuzz.ratio(_text(one), _text(other)) >= _ALIKE


def _party(paragraphs: Sequence[Paragraph], register: Register) -> tuple[str | None, int | None]:
    """The Träger and the year that the beginning names most often."""
    jahr = named_year(paragraphs)
    return (named_traeger(paragraphs, register, jahr) if jahr else None, jahr)


def opens(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a page begins with the title of an agreement."""
    texts = [paragraph.text for paragraph in paragraphs[:_TOP] if not paragraph.column]
    if not any(is_title(text) for text in texts[:_FIRST]):
        return False
    said = " ".join(texts)
    subject = fuzz.partial_ratio(SUBJECT, said.casefold()) >= _ALIKE
    return subject or bool(_PARTIES.search(said) and OFFICE_MISREAD.search(said))


def is_signed(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a page holds signatures: a place with a date, or columns with names in brackets."""
    short = [paragraph for paragraph in paragraphs if len(paragraph.text) < _LONGEST_PLACE]
    return any(DATED.match(each.text) or (each.column and begins_signature(each.text)) for each in short)


def _text(paragraphs: Sequence[Paragraph]) -> str:
    return " ".join(paragraph.text for paragraph in paragraphs)


# ---------------------------------------------------------------- one agreement in two files


def lacks_start(reading: Reading) -> bool:
    """Whether a file with pages begins in the middle of an agreement: nowhere a title, nowhere the parties."""
    pages = _paged(reading)
    return bool(reading.page_count) and not any(opens(each) or _names_parties(each) or _is_title_page(each) for each in pages.values())


def _is_title_page(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether a page begins with a title, and the law and the year stand below it in lines of their own.

    Of the opening on the page behind it a shadow, dirt or a fold may leave too little: so in 10 of 240 scans of others.
    """
    texts = [paragraph.text for paragraph in paragraphs[:_TOP] if not paragraph.column]
    title = next((at for at, text in enumerate(texts[:_FIRST]) if is_title(text)), None)
    below = texts[title + 1 :] if title is not None else []
    return any(_LAW.match(text) for text in below) and any(_OF_YEAR.match(text) for text in below)


def _names_parties(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether lines of a page say between whom something is agreed, as an opening does."""
    short = " ".join(paragraph.text for paragraph in paragraphs if len(paragraph.text) < _LONGEST_PLACE and not paragraph.column)
    return bool(re.search(r"zwischen (?:dem|der)|schlie(?:ß|ss)(?:t|en)\b", short) and MINISTRY_AT_EDGE.search(short))


def lacks_end(reading: Reading, found: Sequence[Found]) -> bool:
    """Whether a file with pages ends before the signatures: no page looks signed, and no place, day or name was read."""
    if not reading.page_count or any(is_signed(several) for several in _paged(reading).values()):
        return False
    return not any(
        _SIGNATURE.fullmatch(each.feld) and any(0 < len(location.text) < _LONGEST_NAME for location in each.locations) for each in found
    )


def require_parties(datei: Path, reading: Reading, register: Register) -> None:
    """UnreadableError where the rest of an agreement does not say of which Träger and year it is."""
    jahr = named_year(reading.paragraphs)
    if jahr is None or named_traeger(reading.paragraphs, register, jahr) is None:
        raise UnreadableError("Die Datei beginnt mitten in einer Vereinbarung; Jahr und Träger stehen im Teil, der fehlt.", datei=datei,
                              abhilfe="Die Datei mit dem Anfang suchen und beide zu einer zusammenfügen.")  # fmt: skip


def without_certainty(found: Sequence[Found]) -> tuple[Found, ...]:
    """The Angaben of an agreement that lacks its beginning: year and Träger, which stand there, must be looked at."""
    return tuple(each.doubted(Doubt("ohne-anfang")) if each.feld in ("jahr", "traeger") else each for each in found)


def torn(reading: Reading, found: Sequence[Found], headless: bool) -> Iterator[Befund]:
    """Findings on the part of an agreement that is not in the file; `headless` says that it `lacks_start`."""
    if headless:
        first = reading.paragraphs[0]
        text = f"Die Datei beginnt mitten in der Vereinbarung, mit „{shortened(first.text)}“; Titel und Eingang fehlen. {_JOIN}"
        yield Befund("fehlt", "fehler", text, location=Location(first.page or 1, None, ""))
    if lacks_end(reading, found):
        last = max((place.page for each in reading.paragraphs for word in each.words for place in word.places), default=1)
        words = " ".join(_text(reading.paragraphs[-1:]).split()[-8:])
        text = f"Die Datei endet vor den Unterschriften, mit „… {words}“. {_JOIN}"
        yield Befund("fehlt", "warnung" if _ends_a_text(reading) else "fehler", text, location=Location(last, None, ""))


_JOIN = "Liegt der Rest in einer anderen Datei, beide zu einer zusammenfügen."


def _ends_a_text(reading: Reading) -> bool:
    """Whether a text layer ends with a sentence: a draft may be without signatures."""
    return reading.lesart == "textebene" and bool(re.search(r"[.!?]$", reading.paragraphs[-1].text))
