"""What the numbers printed on the pages say: a page that is missing, there twice, or in another place than it belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from agreements.reading.findings import Befund, Location
from agreements.reading.reading import Reading
from extract.pages.paging import arranged, by_page

_NUMBER = re.compile(r"\D*(?P<number>\d{1,3})(?:\s*(?:von|/|of)\s*(?P<total>\d{1,3}))?\D*")


class Numbered(NamedTuple):
    """A page of the file, the number printed on it, and of how many."""

    page: int
    number: int
    total: int | None = None


def in_printed_order(reading: Reading, twice: Sequence[int] = ()) -> tuple[Reading, tuple[Befund, ...]]:
    """The reading with its pages in the order of their printed numbers where these leave no doubt, and what else the numbers say.

    Pages that are known to be there `twice` are left out.
    """
    pages = [seite for seite in _filled(reading) if seite not in twice]
    printed = _with_bare(_printed(reading, pages), pages)
    if len(printed) < 2:
        return reading, ()
    meant, odd = _without_misread(printed)
    befunde = (*odd, *_twice(meant), *_missing(meant, pages))
    ordered = sorted(meant, key=lambda page: page.number)
    if [page.page for page in ordered] == [page.page for page in meant] or _has_twins(meant):
        return reading, befunde
    return _reordered(reading, meant, ordered, befunde)


def runs_through(reading: Reading) -> bool:
    """Whether every page has the printed number that follows the one before: then none is there twice or in another place."""
    pages = _filled(reading)
    printed = _with_bare(_printed(reading, pages), pages)
    return [page.page for page in printed] == pages and all(one.number + 1 == other.number for one, other in pairwise(printed))


def _filled(reading: Reading) -> list[int]:
    """The pages on which anything stands, and be it contents or its number alone."""
    places = {place.page for paragraph in reading.paragraphs for word in paragraph.words for place in word.places}
    return sorted((places | {each.page for each in reading.beiwerk if each.page}) & set(range(1, (reading.page_count or 0) + 1)))


def _with_bare(printed: list[Numbered], pages: Sequence[int]) -> list[Numbered]:
    """The pages, the only one without a number taken as the only number that is missing: most title pages have none."""
    bare = set(pages) - {page.page for page in printed}
    gone = set(range(1, max((page.number for page in printed), default=0))) - {page.number for page in printed}
    if len(bare) != 1 or len(gone) != 1:
        return printed
    return sorted([*printed, Numbered(bare.pop(), gone.pop())])


def _printed(reading: Reading, pages: Sequence[int]) -> list[Numbered]:
    """The numbered ones of these pages in the order of the file; a sheet with two pages that follow each other twice."""
    found: dict[int, list[Numbered]] = {}
    for each in reading.beiwerk:
        said = _NUMBER.fullmatch(each.text) if each.art == "seitenzahl" and each.page else None
        if said and each.page:
            page = Numbered(each.page, int(said["number"]), int(said["total"]) if said["total"] else None)
            before = [one for one in found.get(page.page, ()) if one.number + 1 == page.number]
            found[page.page] = [*before, page]
    return [numbered for page in pages for numbered in found.get(page, ())]


def _without_misread(printed: Sequence[Numbered]) -> tuple[list[Numbered], list[Befund]]:
    """The numbers, one that its neighbours leave no room for taken as they have it: it is misread, or another page was put in."""
    meant, befunde = list(printed), []
    for place in range(1, len(printed) - 1):
        before, page, after = meant[place - 1], printed[place], printed[place + 1]
        follow = before.page + 1 == page.page == after.page - 1 and before.number + 2 == after.number
        if follow and page.number != before.number + 1:
            meant[place] = page._replace(number=before.number + 1)
            text = f"Gedruckt ist die Seitenzahl {page.number}, zwischen {before.number} und {after.number}: verlesen oder fremd."
            befunde.append(Befund("reihenfolge", "warnung", text, location=Location(page.page, None, str(page.number))))
    return meant, befunde


def _has_twins(pages: Sequence[Numbered]) -> bool:
    return len({page.number for page in pages}) < len(pages)


def _twice(pages: Sequence[Numbered]) -> Iterator[Befund]:
    """A finding for each number that came before."""
    first: dict[int, Numbered] = {}
    for page in pages:
        other = first.setdefault(page.number, page)
        if other is not page:
            text = f"Die gedruckte Seitenzahl {page.number} steht schon auf Seite {other.page}: doppelt oder vertauscht."
            yield Befund("reihenfolge", "warnung", text, location=Location(page.page, None, str(page.number)))


def _missing(printed: Sequence[Numbered], pages: Sequence[int]) -> Iterator[Befund]:
    """A finding for the numbers that no page has, pages without a number taken into account."""
    ordered = sorted({page.number: page for page in printed}.values(), key=lambda page: page.number)
    numbered = {page.page for page in printed}
    for one, other in pairwise(ordered):
        low, high = (one.page, other.page) if one.page < other.page else (0, pages[-1])
        bare = sum(low < seite < high and seite not in numbered for seite in pages)
        gone = range(one.number + 1, other.number)
        if len(gone) > bare:
            text = f"Hinter Seite {one.page} fehlt wohl {_sheets(gone)}: Gedruckt ist {one.number}, dann {other.number}."
            yield Befund("fehlt", "fehler", text, location=Location(one.page, None, str(one.number)))
    first, last = ordered[0], ordered[-1]
    two_a_sheet = len(printed) > len(numbered)
    if first.number > 1 + sum(seite < first.page for seite in pages) * (1 + two_a_sheet) + two_a_sheet:
        text = f"Die gedruckten Seitenzahlen beginnen erst mit {first.number}."
        yield Befund("fehlt", "hinweis", text, location=Location(first.page, None, str(first.number)))
    behind = sum(seite > last.page and seite not in numbered for seite in pages)
    totals = [page.total for page in printed if page.total]
    total = max(set(totals), key=totals.count, default=0)
    if totals.count(total) > 1 and last.number + behind < total:
        gone = range(last.number + 1, total + 1)
        text = f"Am Ende fehlt wohl {_sheets(gone)}: Gedruckt ist „{last.number} von {total}“."
        yield Befund("fehlt", "fehler", text, location=Location(last.page, None, f"{last.number} von {total}"))


def _sheets(numbers: range) -> str:
    return f"das Blatt {numbers[0]}" if len(numbers) == 1 else f"Blatt {numbers[0]} bis {numbers[-1]}"


def _reordered(
    reading: Reading, pages: Sequence[Numbered], ordered: Sequence[Numbered], befunde: Sequence[Befund]
) -> tuple[Reading, tuple[Befund, ...]]:
    """The pages as their numbers have them; one without a number stays behind the page before it."""
    numbers = {page.page: page.number for page in pages}
    found = by_page(reading.paragraphs)
    at, keys = 0, {}
    for seite in range(1, (reading.page_count or 0) + 1):
        at = numbers.get(seite, at)
        keys[seite] = (at, seite)
    order = sorted(found, key=lambda seite: keys.get(seite, (at, seite)))
    said, meant = (", ".join(str(page.number) for page in several) for several in (pages, ordered))
    text = f"Die Seiten liegen in der Folge {said}, wie gedruckt; gelesen sind sie in der Folge {meant}."
    first = next(page for page, other in zip(pages, ordered, strict=True) if page is not other)
    befund = Befund("reihenfolge", "warnung", text, location=Location(first.page, None, str(first.number)))
    return replace(reading, paragraphs=tuple(arranged([found[seite] for seite in order]))), (befund, *befunde)
