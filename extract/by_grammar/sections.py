"""What a document without a known wording consists of: its blocks, and the sections that its headings make of them.

Headings and their order tell the section, never the number of a paragraph, which differs from year to year. Every
decision looks at the text and its order alone as far as it can, so that a printed record reads back as the same blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agreements.language.numbering import NUMBER, goal_number
from agreements.language.target_vocabulary import pattern_of
from extract.by_grammar.elements import Piece, Section
from extract.by_grammar.topics import STATUTORY, Thema, thema_of


def sections_of(pieces: Sequence[Piece]) -> tuple[Section, ...]:
    """The sections of a document, in order; the first holds what stands before any heading, signatures stand in none."""
    found = [Section(None, "")]
    above: list[tuple[int, Thema]] = []
    for piece in pieces:
        if piece.art == "unterschrift":
            continue
        if piece.art != "ueberschrift":
            if above and not (found[-1].thema or found[-1].pieces) and _ANNOUNCES.search(piece.text):
                found[-1].thema = "ziele"  # whatever is left of its heading
                above[-1] = (above[-1][0], "ziele")
            found[-1].pieces.append(piece)
            continue
        above = [(level, thema) for level, thema in above if level < piece.level]
        thema = thema_of(piece.text)
        if thema == "ziele" and piece.text.startswith("§"):
            above = []  # no chapter on something else has a § on the goals: the heading of their own was not read
        if not piece.certain and thema in STATUTORY and _has_left_the_goals(above, found):
            above = [(0, "ziele")]
        path = tuple(thema for _, thema in above)
        number = goal_number(piece.text) if "ziele" in path or NUMBER.match(piece.text) else None
        found.append(Section(piece, thema, number[0] if number else None, path=path))
        above.append((piece.level, thema))
    return tuple(_split_at_absaetze(_with_own_goals(found)))


def _has_left_the_goals(above: Sequence[tuple[int, Thema]], before: Sequence[Section]) -> bool:
    """Whether a goal of the law stands in no chapter, behind that of the goals: its number lost its stop, or dirt was read as a heading."""
    in_no_chapter = all(not thema or thema in STATUTORY for _, thema in above)
    return in_no_chapter and any(section.thema == "ziele" for section in before)


def _with_own_goals(sections: list[Section]) -> list[Section]:
    """The sections, of several goals beside each other on one statutory theme all but one taken as goals of their own.

    The statutory one bears the title that the law gives it, else it is the first: "Verringerung der Hilfebedürftigkeit" beside
    "Verringerung der Hilfebedürftigkeit von Familien mit Kindern".
    """
    beside: dict[tuple[int, Thema], list[Section]] = {}
    chapter = 0
    for section in sections:
        if section.titel is None:
            continue
        if "ziele" not in section.path:
            chapter += 1
        elif section.thema in STATUTORY and section.nummer is not None and section.thema not in section.path:
            beside.setdefault((chapter, section.thema), []).append(section)
    for several in beside.values():
        statutory = next((one for one in several if one.titel and _STATUTORY.search(one.titel.text)), several[0])
        for one in several:
            one.thema = one.thema if one is statutory else ""
    return sections


_STATUTORY = re.compile(rf"(?:{pattern_of('zieltitel')})\W*$", re.I)


_ANNOUNCES = re.compile(r"(?:vereinbar|verständig)\w*\b.*\bfolgende[nr]? Ziele\w*:$")


def _split_at_absaetze(sections: list[Section]) -> Iterator[Section]:
    """A goal ends where the next numbered Absatz of its paragraph begins: "(2)" belongs to § 3, not to goal 4.

    The chapter of the goals is none, though a reader may have made a number of its §: "83 Ziele".
    """
    for section in sections:
        place = next((place for place, piece in enumerate(section.pieces) if piece.art == "absatz"), None)
        is_chapter = section.thema == "ziele" and "ziele" not in section.path
        if section.titel is None or section.titel.level < 2 or place is None or section.nummer is None or is_chapter:
            yield section
            continue
        yield replace(section, pieces=section.pieces[:place])
        yield Section(None, "", pieces=section.pieces[place:], path=section.path)
