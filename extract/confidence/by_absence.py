"""What of a signature or a goal is not there, with its place: a name of a line that was lost, steps that were read as something else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agreements.language.calendar import OF_DAY
from agreements.language.signatures import FELDER
from agreements.language.tokens import shortened
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found, Location
from agreements.reading.reading import Ink, Paragraph, Place
from extract.confidence.by_ink import holds

_NAME = re.compile(r"(unterschriften\.\w+\.\d+)\.name")
NAMELESS = "ist nicht zu lesen; die Unterschrift hat keinen Namen."
"""Said of the name of a signature."""


def nameless(found: Sequence[Found]) -> Iterator[Befund]:
    """A finding for each signature of which something was read, and no name."""
    for each in found:
        named = _NAME.fullmatch(each.feld)
        page = _page(found, named[1]) if named and each.wert is None and each.doubtful else None
        if page:
            yield Befund("unterschrift", "warnung", NAMELESS, each.feld, location=page)


def _page(found: Sequence[Found], signature: str) -> Location | None:
    """Where the rest of a signature stands; None where nothing of it was read."""
    places = [location for each in found if each.feld.startswith(f"{signature}.") for location in each.locations if location.text]
    return Location(places[0].page, None, "") if places else None


def with_nameless(befunde: Sequence[Befund], found: Sequence[Found]) -> tuple[Befund, ...]:
    """The findings, those on names that were not read with their page."""
    told = tuple(nameless(found))
    placed = {befund.feld for befund in told}
    return (*(befund for befund in befunde if not (befund.art == "unterschrift" and befund.feld in placed)), *told)


def where_they_stand(found: Sequence[Found]) -> tuple[Found, ...]:
    """The Angaben, a name that was not read with the place where it stands: below place, day and addition, above function and office."""
    return tuple(_placed(each, found) for each in found)


def _placed(one: Found, found: Sequence[Found]) -> Found:
    named = _NAME.fullmatch(one.feld)
    place = _between(found, named[1]) if named and one.wert is None and one.doubtful and not one.locations else None
    return replace(one, locations=(place,)) if place else one


def _between(found: Sequence[Found], signature: str) -> Location | None:
    """The room between the lines of a signature; None where it is not told or too low for a line."""
    above, below = (
        [place for each in found if each.feld in {f"{signature}.{key}" for key in keys} for place in each.locations if place.box]
        for keys in (FELDER[: FELDER.index("name")], FELDER[FELDER.index("name") + 1 :])
    )
    if (
        not above
        or not below
        or {location.page for location in above} != {location.page for location in below}
        or len({location.page for location in above}) > 1
    ):
        return None
    boxes = [location.box for location in (*above, *below) if location.box]
    top, bottom = max(location.box[3] for location in above if location.box), min(location.box[1] for location in below if location.box)
    box = (min(box[0] for box in boxes), top, max(box[2] for box in boxes), bottom)
    return Location(above[0].page, box, "") if bottom - top > _LOWEST else None


_LOWEST = 8.0
"""Points; a lower room holds no line."""


# ---------------------------------------------------------------- goals

_OF_GOAL = re.compile(r"(?P<goal>ziele\.individuell\.\d+)\.(?P<part>ziel|erreicht_wenn)")


def with_parts_in_others(found: Sequence[Found]) -> tuple[tuple[Found, ...], tuple[Befund, ...]]:
    """The Angaben of a scan, doubted what says when a goal without steps is reached; and findings on the parts that may stand in others.

    A goal is reached by its steps. Recorded of pale scans: their bullets were lost, and they were read as the first entries of what
    follows them; where light had washed out a page, as paragraphs of the goal before them.
    """
    read, goals = {one.feld for one in found}, [(one, of) for one in found if (of := _OF_GOAL.fullmatch(one.feld))]
    stepless = [(one, of) for one, of in goals if f"{of['goal']}.schritte" not in read]
    ends = {one.feld: one.wert for one, of in stepless if of["part"] == "erreicht_wenn" and isinstance(one.wert, tuple)}
    doubts = {feld: Doubt("gehoert-noch-dazu", worte=shortened(wert[0])) for feld, wert in ends.items()}
    lost = {
        feld: one
        for one, of in stepless
        for part in ("schritte", "erreicht_wenn")
        if (of["part"] == "erreicht_wenn" or one.doubtful) and (feld := f"{of['goal']}.{part}") not in read
    }
    befunde = (Befund("fehlt", "warnung", _IN_OTHERS, feld, location=_box_of(one)) for feld, one in lost.items())
    return tuple(one.doubted(doubts[one.feld]) if one.feld in doubts else one for one in found), tuple(befunde)


_IN_OTHERS = "steht vielleicht hier, im Text eines anderen Teils des Ziels."


def _box_of(one: Found) -> Location:
    return replace(one.locations[0], text="") if one.locations else Location(None, None, "")


# ---------------------------------------------------------------- days

_ALONE = 6
"""Words; a sentence above the signatures, "Diese Vereinbarung gilt bis zum 31. Dezember 2012.", has more."""
_ABOVE, _BELOW, _BEFORE, _BEHIND = 24.0, 6.0, 140.0, 60.0
"""Points above, below, before and behind the year of a blank day, between which a pen writes the day itself."""
_NEXT = 12.0
"""Points; "den" stands no farther behind the comma of its place."""


def with_blank_days_proven(found: Sequence[Found], paragraphs: Sequence[Paragraph], unread: Sequence[Ink]) -> tuple[Found, ...]:
    """The Angaben, a blank day of a picture doubted unless its place was found there, and white: an absence is proven, never assumed.

    A line of which a pen's stroke left no "den" proves nothing, nor does one that goes on in what was read of a day ("den ee"). A reader
    makes a line of its own, or of the line's end, of a day above its line, "Aurich, den 2024 7. März".
    """
    elsewhere = _days_elsewhere(found, paragraphs)
    white = [ink.words for ink in unread if ink.art == "weiss"]
    stated = {paragraph.page for paragraph in paragraphs} - {paragraph.page for paragraph in paragraphs if not paragraph.certain}
    places = {one.feld.removesuffix("ort") + "datum": one.locations for one in found if one.feld.endswith(".ort")}
    blank = [_with_place(one, places.get(one.feld, ())) for one in found if one.feld.endswith(".datum") and one.wert is None]
    seen = [one for one in blank if not one.doubtful and not any(location.page in stated for location in one.locations)]
    beside = {one.feld: one.doubted(Doubt("andere-zeile-der-tag")) for one in seen if _stands_by(one, elsewhere)}
    unproven = {
        one.feld: one.doubted(Doubt("ob-von-hand-eingetragen"))
        for one in seen
        if not any(_is_line_of(words, one, places.get(one.feld, ())) for words in white)
    }
    doubted = unproven | beside
    return tuple(doubted.get(one.feld, one) for one in found)


def _with_place(one: Found, before: Sequence[Location]) -> Found:
    """The blank day, where it has no words of its own at the place that it stands behind."""
    at_place = tuple(Location(location.page, location.box, "") for location in before)
    return one if any(location.box for location in one.locations) else replace(one, locations=at_place)


def _stands_by(one: Found, places: Sequence[Place]) -> bool:
    return any(_stands_beside(location, place) for location in one.locations for place in places)


def _days_elsewhere(found: Sequence[Found], paragraphs: Sequence[Paragraph]) -> list[Place]:
    """Where days stand that no Angabe says which is read or doubted."""
    said = [one for one in found if one.feld.endswith(".datum") and (one.wert is not None or one.doubtful)]
    short = (word for text in paragraphs if len(text.words) <= _ALONE for word in text.words)
    days = (place for word in short if OF_DAY.fullmatch(word.text) for place in word.places)
    return [place for place in days if not any(holds(one, place) for one in said)]


def _is_line_of(words: Sequence[Place], one: Found, before: Sequence[Location]) -> bool:
    """Whether "den" and year, between which all is white, are of the words of a blank day, or directly behind its place."""
    return any(holds(one, word) for word in words) or any(_follows(words[0], location) for location in before)


def _follows(den: Place, before: Location) -> bool:
    if before.box is None or before.page != den.page:
        return False
    _, top, right, bottom = before.box
    return top < (den.top + den.bottom) / 2 < bottom and 0 < den.left - right < _NEXT


def _stands_beside(location: Location, place: Place) -> bool:
    if location.box is None or location.page != place.page:
        return False
    left, top, right, bottom = location.box
    x, y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
    return left - _BEFORE < x < right + _BEHIND and top - _ABOVE < y < bottom + _BELOW
