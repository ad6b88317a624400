"""Page numbers, running headers and footers: what stands on a page and is not the document's text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import Literal

from agreements.reading.reading import Beiwerk
from extract.layout.hyphenation import plain
from extract.layout.lines import Line, Page

Rows = list[list[Line]]
Art = Literal["seitenzahl", "kopfzeile", "fusszeile"]

_ENDS: tuple[Art, Art] = ("kopfzeile", "fusszeile")
"""What stands at the two ends of a page, as `_edges` gives them."""
ZONE = 0.15
"""Part of the page's height, at its top and bottom, in which furniture stands."""
MARGIN = 85.0
"""Points; 3 cm, the zone on small pages."""
DEPTH = 4
"""Lines at each end of a page that are looked at: the letterheads known have three."""
APART = 1.45
"""Baselines of furniture and text lie at least this many font sizes apart; those of two lines of text seldom."""
AS_HIGH = 15.0
"""Points by which the numbers of two pages, be they scanned askew, stand apart at most."""
LONG = 20
"""Letters."""
_NUMBER = re.compile(r"[\s\-–—.|]*(?P<word>Seite|S\.|Blatt)?\s*(?P<number>\d{1,3})(?P<total>\s*(?:von|/|of)\s*\d{1,3})?[\s\-–—.|]*")
_SPECKLED = re.compile(r"(?:\S{1,2}\s)?(?P<word>Seite|S\.|Blatt)\s(?P<number>\d{1,3})(?P<total>\s(?:von|/|of)\s\d{1,3})?(?:\s\S{1,2})?")
"""The same in a picture, where dirt beside it was read as a sign or two: "I Seite 2"."""
_FIGURES = re.compile(r"\d+")


def without_furniture(pages: list[Page], rows: Rows) -> tuple[Rows, list[Beiwerk]]:
    """The lines of every page without its furniture, and the furniture in page order."""
    taken = _page_numbers(pages, rows) | _repeated(pages, rows) | _artifacts(pages, rows)
    rest = [[line for line in lines if id(line) not in taken] for lines in rows]
    found = [Beiwerk(taken[id(line)], line.page, plain(line.text)) for lines in rows for line in lines if id(line) in taken]
    return rest, found


def _edges(page: Page, lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """Lines in the page's top zone from its top, and in its bottom zone from its bottom; tagged text is never furniture."""
    zone = max(ZONE * page.height, MARGIN)
    top = [line for line in lines[:DEPTH] if line.base < zone]
    bottom = [line for line in reversed(lines[-DEPTH:]) if line.base > page.height - zone]
    return _untagged(top), _untagged(bottom)


def _untagged(lines: list[Line]) -> list[Line]:
    """Lines up to the first that a tag calls text."""
    place = next((number for number, line in enumerate(lines) if any(token.node for token in line.tokens)), len(lines))
    return lines[:place]


def _page_numbers(pages: list[Page], rows: Rows) -> dict[int, Art]:
    """Lines that hold a page number alone, where the numbers go up with the pages."""
    found: list[tuple[int, Line, bool]] = []
    for page, lines in zip(pages, rows, strict=True):
        for edge in _edges(page, lines):
            match = next(((number, line) for line in edge if (number := _number(line)) and _apart(line, lines)), None)
            if match:
                number, line = match
                found.append((int(number["number"]) - page.number, line, bool(number["word"] or number["total"])))
    offsets = Counter(offset for offset, _, _ in found)
    sure = [line for offset, line, said in found if said or offset == 0 or offsets[offset] > 1]
    return {id(line): "seitenzahl" for _, line, _ in found if any(line is one or _as_placed(line, one) for one in sure)}


def _number(line: Line) -> re.Match[str] | None:
    """The page number that a line is, alone or with dirt beside it."""
    text = plain(line.text)
    return _NUMBER.fullmatch(text) or (None if line.certain else _SPECKLED.fullmatch(text))


def _as_placed(line: Line, other: Line) -> bool:
    """Whether a line stands where another page has its number: so it is one, also where the pages lie in disorder."""
    return abs(line.base - other.base) < AS_HIGH and abs(line.left + line.right - other.left - other.right) / 2 < AS_HIGH


def _apart(line: Line, lines: list[Line]) -> bool:
    """Whether a line stands clear of its neighbours."""
    place = next(number for number, other in enumerate(lines) if other is line)
    near = lines[max(0, place - 1) : place] + lines[place + 1 : place + 2]
    return all(abs(line.base - other.base) >= APART * min(line.size, other.size) for other in near)


def _repeated(pages: list[Page], rows: Rows) -> dict[int, Art]:
    """Lines that stand at the same height of several pages and differ in their figures at most."""
    groups: dict[tuple[Art, str], list[tuple[int, float, Line]]] = defaultdict(list)
    for page, lines in zip(pages, rows, strict=True):
        for art, edge in zip(_ENDS, _edges(page, lines), strict=True):
            for line in edge:
                if not _number(line):
                    groups[(art, _said(line))].append((page.number, line.base, line))
    taken: dict[int, Art] = {}
    for (art, _), found in groups.items():
        same = [entry for entry in found if sum(abs(entry[1] - other[1]) < _slack(entry[2]) for other in found) >= 2]
        numbers = {page for page, _, _ in same}
        if len(numbers) >= max(2, (len(pages) - 1) // 2):
            taken |= {id(line): art for _, _, line in same}
    return _clear_of_text(pages, rows, taken)


def _said(line: Line) -> str:
    """What a line has in common with its likes on other pages: all but its figures, and in a scan the dirt that looks like marks."""
    text = _FIGURES.sub("#", line.text)
    return text if line.certain else " ".join(re.findall(r"[\w#]+", text))


def _slack(line: Line) -> float:
    """Points by which its likes stand higher or lower; sheets lie askew in a scanner, and a line of some length is no chance."""
    return 3.0 if line.certain or len(line.text) < LONG else AS_HIGH


def _clear_of_text(pages: list[Page], rows: Rows, taken: dict[int, Art]) -> dict[int, Art]:
    """Of the repeated lines those outside the widest gap: at a page's start lines of text may be the same by chance."""
    kept: dict[int, Art] = {}
    for page, lines in zip(pages, rows, strict=True):
        for edge, inward in zip(_edges(page, lines), (lines, lines[::-1]), strict=True):
            block = [line for line in edge if id(line) in taken]
            end = _widest_gap(inward, [id(line) in taken or bool(_number(line)) for line in inward[:DEPTH]])
            kept |= {id(line): taken[id(line)] for line in block if any(line is other for other in inward[:end])}
    known = {_said(line) for lines in rows for line in lines if id(line) in kept and len(line.text) >= LONG}
    repeated = [line for lines in rows for line in lines if id(line) in taken and not line.certain and _said(line) in known]
    return kept | {id(line): taken[id(line)] for line in repeated}


def _widest_gap(lines: list[Line], furniture: list[bool]) -> int:
    """How many lines from the page's edge lie outside the widest gap that furniture, and nothing else, lies outside of."""
    best, widest = 0, APART
    for place, (one, is_furniture) in enumerate(zip(lines, furniture, strict=False)):
        if not is_furniture:
            break
        following = lines[place + 1] if place + 1 < len(lines) else None
        alone = float("inf") if place == 0 else 0.0
        gap = abs(following.base - one.base) / min(one.size, following.size) if following else alone
        if gap >= widest:
            best, widest = place + 1, gap
    return best


def _artifacts(pages: list[Page], rows: Rows) -> dict[int, Art]:
    """Lines in the zones that the file itself calls no part of the text."""
    taken: dict[int, Art] = {}
    for page, lines in zip(pages, rows, strict=True):
        for art, edge in zip(_ENDS, _edges(page, lines), strict=True):
            for line in edge:
                if not all(token.artifact for token in line.tokens):
                    break
                taken[id(line)] = "seitenzahl" if _number(line) else art
    return taken
