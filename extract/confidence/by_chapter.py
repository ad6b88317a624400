"""Which Angaben of a scan may be lost in lines that nobody could read: what a chapter foresees by such a line and nobody found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import NamedTuple

from agreements.model.record import IndividuellesZiel, Ziele
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found, Location
from agreements.reading.reading import Ink, Paragraph, Place
from agreements.wording.units import Wording
from extract.accounting.contexts import whole
from extract.accounting.missing import named_together
from extract.accounting.outline import Place as Stand
from extract.accounting.outline import outline
from extract.accounting.subjects import Zone
from extract.confidence.by_ink import MINISTRY, location_of

_STATUTORY: Mapping[str, tuple[str, ...]] = {name: tuple(type(goal).model_fields) for name, goal in Ziele() if name != "individuell"}
"""The statutory goals in the order of the law (§ 48a Abs. 2 SGB II), and the targets of each."""
_PARTS = tuple(IndividuellesZiel.model_fields)
"""What a goal of its own says, in its order."""
_GOAL = "ziele.individuell"
_OF_GOAL = re.compile(r"ziele\.individuell\.(?P<nummer>\d+)\.(?P<part>\w+)")
_NUMBER_UNSURE = Doubt("nummer-des-ziels")
_LOST = "steht vielleicht in einer Zeile, die nicht zu lesen ist."
_REGION, _MONEY = "rahmenbedingungen.regionale_lage", "haushalt."
Foresees = Callable[[str], bool]


def foreseen_in(wording: Wording | None) -> Foresees:
    """Tells of a dotted name whether documents of a wording may have it; of those without one each may have any."""
    if wording is None:
        return lambda feld: True
    paths = {_NUMBERED.sub(".#", path) for path in wording.paths}
    fixed = {goal[0] for path in wording.paths if (goal := _FIXED_GOAL.match(path))}

    def foresees(feld: str) -> bool:
        goal = _FIXED_GOAL.match(feld)
        return feld in wording.paths or (not (goal and goal[0] in fixed) and _NUMBERED.sub(".#", feld) in paths)

    return foresees


_NUMBERED = re.compile(r"\.(?:\d+|\{\w+\})(?=\.)")
_FIXED_GOAL = re.compile(r"ziele\.individuell\.\d+\.")


class _Line(NamedTuple):
    """A line that nobody could read, and between which paragraphs it stands: None at the ends of the document."""

    ort: Location
    above: Stand | None
    below: Stand | None
    following: int | None
    """The number of the next goal below in the same chapter; None where there is none, or no number of it was read."""
    in_goals: bool
    """Whether it stands in the chapter of goals; where no heading of that was read, below the first target."""

    @property
    def goal(self) -> int:
        """The number of the goal that it stands in; 0 above the first."""
        heading = self.above.heading if self.above else None
        return heading.nummer or 0 if heading and heading.goal else 0

    @property
    def hides_goal(self) -> bool:
        """Whether a whole goal may be lost in it: between two that are numbered one after the other there is none."""
        return self.following != self.goal + 1


def lost_in_lines(
    found: Sequence[Found], unread: Sequence[Ink], paragraphs: Sequence[Paragraph], foresees: Foresees
) -> tuple[tuple[Found, ...], tuple[Befund, ...]]:
    """The Angaben, those of a goal added that may stand in a line that nobody could read; and a finding for what else may be lost there.

    `foresees` says of a dotted name whether documents of this kind may have it.
    """
    lines = list(_lines(unread, paragraphs, found))
    read = {one.feld for one in found}
    parts: dict[str, Location] = {}
    absent: dict[str, Location] = {}
    for line in lines:
        for feld in (feld for feld in _parts(line, found) if feld not in read and foresees(feld)):
            parts.setdefault(feld, line.ort)
        for fields in (*_statutory(line), *_region(line, found), *_ministry(line, found)):
            if name := named_together([feld for feld in fields if feld not in read and foresees(feld)]):
                absent.setdefault(name, line.ort)
        if line.in_goals and line.hides_goal:
            absent.setdefault(_GOAL, line.ort)
    befunde = [Befund("fehlt", "warnung", _LOST, feld, location=ort) for feld, ort in absent.items()]
    unread_parts = (Found.unread(feld, Doubt("zeile-im-ziel"), (ort,)) for feld, ort in parts.items())
    return (*found, *unread_parts), (*befunde, *([] if _GOAL in absent else _unnumbered(found)))


def _unnumbered(found: Sequence[Found]) -> Iterator[Befund]:
    """A finding on the first goal whose number was not read: the goal of that number seems to be absent, or another is."""
    text = "Die Nummer eines Ziels ist nicht zu lesen; es ist vielleicht ein anderes, oder eines fehlt."
    places = (location for one in found if _NUMBER_UNSURE in one.doubts for location in one.locations)
    yield from (Befund("fehlt", "warnung", text, _GOAL, location=replace(place, text="")) for place in islice(places, 1))


def _region(line: _Line, found: Sequence[Found]) -> Iterator[list[str]]:
    """The region, of a line above the first amount of the budget: there it is described."""
    money = next((place for one in found if one.feld.startswith(_MONEY) for place in one.locations if place.box), None)
    if money and _is_above(line.ort, money):
        yield [_REGION]


def _ministry(line: _Line, found: Sequence[Found]) -> Iterator[list[str]]:
    """One more ministry than was read, of a line above the first heading: there they are named."""
    if line.above is None or line.above.heading is None:
        yield [f"ministerien.{sum(bool(MINISTRY.fullmatch(one.feld)) for one in found) + 1}.name"]


def _statutory(line: _Line) -> Iterator[list[str]]:
    """The targets of each of the statutory goals between whose headings a line stands."""
    if not line.in_goals:
        return
    order = list(_STATUTORY)
    first, last = (stand.kennzahl if stand is not None and stand.zone == "ziele" else None for stand in (line.above, line.below))
    if line.goal > len(order) and not (first or last):
        return  # amid goals of their own
    low, high = order.index(first) if first else 0, order.index(last) if last else len(order) - 1
    for kennzahl in order[low : high + 1] if low <= high else order:
        yield [f"ziele.{kennzahl}.{gruppe}" for gruppe in _STATUTORY[kennzahl]]


def _parts(line: _Line, found: Sequence[Found]) -> Iterator[str]:
    """The parts of a goal that may stand in a line: those behind what stands above it and before what stands below."""
    own = [
        (part["part"], one)
        for one in found
        if line.in_goals and (part := _OF_GOAL.fullmatch(one.feld)) and int(part["nummer"]) == line.goal
    ]
    above = [_PARTS.index(part) for part, one in own if any(_is_above(location, line.ort) for location in one.locations)]
    below = [_PARTS.index(part) for part, one in own if any(_is_above(line.ort, location) for location in one.locations)]
    if own:
        yield from (f"{_GOAL}.{line.goal}.{part}" for part in _PARTS[max(above, default=-1) + 1 : min(below, default=len(_PARTS))])


def _is_above(one: Location, other: Location) -> bool:
    """Whether a place begins before another, by pages and then from the top."""
    return bool(one.box and other.box) and (one.page or 0, _middle(one)) < (other.page or 0, _middle(other))


def _middle(one: Location) -> float:
    return (one.box[1] + one.box[3]) / 2 if one.box else 0.0


# ---------------------------------------------------------------- where lines stand


def _lines(unread: Sequence[Ink], paragraphs: Sequence[Paragraph], found: Sequence[Found]) -> Iterator[_Line]:
    """The lines that nobody could read, in the order given; where they are not told from dirt, there may be one below each line read."""
    joined = whole(paragraphs)
    stands = outline(joined, [paragraph.text for paragraph in joined])
    is_goal = _chapter(stands, found)
    for ink in unread:
        for place in _places(ink, joined):
            numbers, ort = _between(place, joined), location_of(ink._replace(place=place))
            above, below = (None if number is None else stands[number] for number in numbers)
            heading = next((stand.heading for stand in stands[numbers[1] :] if stand.is_heading), None) if below else None
            in_goals = is_goal(ort, [stand.zone for stand in (above, below) if stand is not None])
            yield _Line(ort, above, below, heading.nummer if heading and heading.goal else None, in_goals)


def _places(ink: Ink, paragraphs: Sequence[Paragraph]) -> Iterator[Place]:
    """Where lines may stand that nobody could read."""
    if ink.art == "zeile":
        yield ink.place
    elif ink.art == "schmutz":
        ends = (paragraph.words[-1].places[-1] for paragraph in paragraphs if paragraph.words and paragraph.words[-1].places)
        yield from (end._replace(top=end.bottom, bottom=end.bottom + 1) for end in ends if end.page == ink.place.page)


def _chapter(stands: Sequence[Stand], found: Sequence[Found]) -> Callable[[Location, Sequence[Zone]], bool]:
    """Tells of a place, by the zones beside it, whether it is in the chapter of goals.

    Where the heading of that was not read, or so that it is none or no goal stands below it, the chapter before it seems to go on: below
    the first target, where all amounts of the budget stand above that, it does not, nor above the first goal where that is the first
    heading that was read of the chapter. Where no target was read either, nothing tells where the goals are not.
    """
    target, money = (
        next((place for one in found if one.feld.startswith(prefix) for place in one.locations if place.box), None)
        for prefix in ("ziele.", _MONEY)
    )
    follows = target is not None and money is not None and _is_above(money, target)
    has_goals = any(stand.heading and stand.heading.goal for stand in stands)
    first = next((stand for stand in stands if stand.zone == "ziele"), None) if has_goals else None
    begins_amid = first is not None and first.kennzahl is not None

    def is_goal(ort: Location, zones: Sequence[Zone]) -> bool:
        if "ziele" in zones or (target is None and first is None):
            return True
        if target is not None and _is_above(target, ort):
            return first is None or (follows and "haushalt" in zones)
        return begins_amid and (money is None or _is_above(money, ort))

    return is_goal


def _between(line: Place, paragraphs: Sequence[Paragraph]) -> tuple[int | None, int | None]:
    """The paragraphs directly above and below a line, by their numbers; on a sheet of two pages those of its own page."""
    placed = [(at, place) for at, paragraph in enumerate(paragraphs) for word in paragraph.words for place in word.places]
    own = [(at, place) for at, place in placed if place.page == line.page]
    beside = [(at, place) for at, place in own if place.left < line.right and line.left < place.right] or own
    middle = (line.top + line.bottom) / 2
    above = max(((place.bottom, at) for at, place in beside if place.bottom < middle), default=None)
    below = min(((place.top, at) for at, place in beside if place.top > middle), default=None)
    return (
        above[1] if above else max((at for at, place in placed if place.page < line.page), default=None),
        below[1] if below else min((at for at, place in placed if place.page > line.page), default=None),
    )
