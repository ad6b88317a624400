"""What a picture shows to be there and nobody could read as such: a goal without its heading or number, a ministry that signs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from agreements.language.numbering import LIKE_A_GOAL
from agreements.language.tokens import shortened
from agreements.reading.findings import Befund, Found, locations_of
from extract.by_grammar.elements import Section
from extract.by_grammar.individual_goals import is_step
from extract.by_grammar.parties import lost_ministries
from extract.by_grammar.signatures import Signing
from extract.by_grammar.targets import is_goal
from extract.by_grammar.topics import STATUTORY


def lost_in_picture(sections: Sequence[Section], signing: Signing, ministries: Sequence[Found]) -> Iterator[Befund]:
    """What a picture shows to be there, and is not told: a goal without its heading, a ministry that signs and is not in the opening."""
    goals = max((section.nummer or 0 for section in sections if is_goal(section)), default=0)
    for piece in (piece for section in sections if is_goal(section) for piece in section.pieces):
        number = LIKE_A_GOAL.match(piece.text)
        within = (int(found[1]) for found in _GOAL_WITHIN.finditer(piece.text) if not piece.certain)
        if (number and int(number[1]) > goals) or goals + 1 in within:
            text = f"„{shortened(piece.text)}“ ist vielleicht die Überschrift eines Ziels."
            yield Befund("fehlt", "warnung", text, "ziele.individuell", location=locations_of(piece.words)[0])
    yield from _skipped_goals(sections)
    yield from _untitled_goals(sections)
    signatures = {angabe.feld.split(".")[2] for angabe in signing.found if angabe.feld.startswith("unterschriften.land.")}
    yield from lost_ministries(sections[0].pieces, ministries, max(len(signatures), signing.of_land))


def _skipped_goals(sections: Sequence[Section]) -> Iterator[Befund]:
    """A finding before each goal whose number does not follow that of the goal before: 4, then 6."""
    numbered = [(section.nummer, section.titel) for section in sections if section.nummer and section.titel and "ziele" in section.path]
    for (before, _), (number, titel) in pairwise(((0, None), *numbered)):
        if titel and number > before + 1:
            text = f"Vor „{shortened(titel.text)}“ ist kein Ziel {before + 1} zu lesen; es kann ein individuelles sein."
            yield Befund("fehlt", "warnung", text, "ziele.individuell", location=locations_of(titel.words)[0])


def _untitled_goals(sections: Sequence[Section]) -> Iterator[Befund]:
    """A finding on steps that a statutory goal announces: those of the next goal, where its heading lay under a stamp or in the light."""
    for pieces in (section.pieces for section in sections if section.thema in STATUTORY and is_goal(section)):
        first = next((place for place in range(len(pieces)) if is_step(pieces, place)), 0)
        announcing = next((piece for piece in pieces[:first] if piece.text.endswith(":")), None)
        if announcing:
            text = f"„{shortened(announcing.text)}“ gehört vielleicht zu einem individuellen Ziel, dessen Überschrift nicht zu lesen ist."
            yield Befund("fehlt", "warnung", text, "ziele.individuell", location=locations_of(announcing.words)[0])


_GOAL_WITHIN = re.compile(r"[a-zäöüß]{3}[.!?] (?:\S )*(\d{1,2})\. (?=[A-ZÄÖÜ][a-zäöüß])")
"""What may be a heading, where a reader joined all lines of a page from which dirt had taken the white between them."""
