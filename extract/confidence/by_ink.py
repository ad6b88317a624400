"""Which Angaben of a scan may say more or something else, because ink that nobody read stands by their words."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from agreements.language.dictionary import is_entry
from agreements.language.offices import ZUSATZ_FORM
from agreements.language.signatures import is_plainly, says_it_all
from agreements.language.tokens import shortened
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found, Location
from agreements.reading.reading import Ink, Place

_SIGNED = re.compile(r"(?P<signature>unterschriften\.(?:land|traeger)\.\d+)\.(?P<key>\w+)")
MINISTRY = re.compile(r"ministerien\.\d+\.name")
"""The dotted name of a ministry that the opening names."""
MINISTRY_SHORT = re.compile(r"ministerien\.\d+\.kurz")
"""That of its abbreviation."""
_SAID_AGAIN = ("jahr", "traeger")
"""What stands at many places of an agreement, and is sure by the others where a line that names it grows pale."""
_OFFICES = re.compile(rf"{MINISTRY.pattern}|unterschriften\.\w+\.\d+\.(?:stelle|funktion)")
_HIDDEN = {"datum": ("zusatz",), "ort": ("zusatz",), "name": ("funktion",), "zusatz": ("funktion",)}
"""What may stand under a line of a signature and be hidden there, by the line above it."""


def doubted(found: Sequence[Found], unread: Sequence[Ink], named: Collection[str] = ()) -> tuple[Found, ...]:
    """The Angaben, those marked by whose words unread ink stands; lines that may be hidden in a signature are added, unread.

    `named` are the places and Träger of the register: what is one of them is none that differs from it by an accent.
    """
    by_feld = {one.feld: one for one in found}
    for feld, doubt in _misplaced(found):
        by_feld.setdefault(feld, Found.unread(feld, doubt))
    for ink in unread:
        for feld, doubt in _doubts(tuple(by_feld.values()), ink, named):
            if feld not in by_feld:
                by_feld[feld] = Found.unread(feld, doubt, (location_of(ink),))
            elif not feld.endswith(".zustand"):
                by_feld[feld] = by_feld[feld].doubted(doubt)
    return tuple(by_feld.values())


def _misplaced(found: Sequence[Found]) -> Iterator[tuple[str, Doubt]]:
    """Lines of a signature that seem to be absent, and may stand in another's place."""
    for one in (one for one in found if one.doubtful and _SIGNED.fullmatch(one.feld)):
        if one.feld.endswith(".name") and one.wert is None:
            yield from ((feld, Doubt("name-unlesbar")) for feld in _absent(one.feld, found, ("zusatz", "funktion")))
        elif isinstance(one.wert, str) and ZUSATZ_FORM.search(one.wert):
            doubt = Doubt("steht-vielleicht-in", worte=shortened(one.wert))
            yield from ((feld, doubt) for feld in _absent(one.feld, found, ("zusatz",)))


def written_over(found: Sequence[Found], unread: Sequence[Ink]) -> tuple[tuple[Found, ...], tuple[Befund, ...]]:
    """The Angaben, those marked whose words are written over where nobody signs; and what is said of words of no Angabe.

    Who signs over a name leaves it to be read: there, and on the lines around it, nothing is to be looked at.
    """
    befunde = []
    for ink in (ink for ink in unread if ink.art == "schriftzug"):
        under = {one.feld for one in found if any(holds(one, place) for place in ink.words)}
        if not any(_SIGNED.fullmatch(feld) for feld in under):
            found = [one.doubted(Doubt("unter-schriftzug")) if one.feld in under else one for one in found]
            befunde.append(Befund("anmerkung", "warnung", "Über den Worten liegt ein Schriftzug.", location=location_of(ink)))
    return tuple(found), tuple(befunde)


def unread_lines(unread: Sequence[Ink]) -> Iterator[Befund]:
    """A finding for each line of letters that nobody could read, and for each page on which lines and dirt are not told apart."""
    for ink in unread:
        if ink.art in _UNREAD_LINES:
            yield Befund("unleserlich", "warnung", _UNREAD_LINES[ink.art], location=location_of(ink))


_UNREAD_LINES = {
    "zeile": "Hier steht eine Zeile, die nicht zu lesen ist.",
    "schmutz": "Auf der Seite liegt so viel Schmutz, dass Zeilen, die nicht gelesen sind, nicht davon zu unterscheiden sind.",
}


def _doubts(found: Sequence[Found], ink: Ink, named: Collection[str]) -> Iterator[tuple[str, Doubt]]:
    """Dotted names, and why a person must look."""
    touched = [[place for place in ink.words if holds(one, place)] for one in found]
    for one, places in zip(found, touched, strict=True):
        if not places:
            continue
        match ink.art:
            case "zeile":
                if not _is_whole(one, ink, found):
                    yield one.feld, Doubt("zeile-daneben")
                yield from ((feld, Doubt("zeile-daneben-unlesbar")) for feld in _absent(one.feld, found))
            case "luecke" if one.wert is None or len(places) == len(ink.words):
                yield one.feld, Doubt("tinte-zwischen-den-worten")
            case "ende" if _is_blank_day(one) or (
                not isinstance(one.wert, tuple)
                and any(_is_at_end(one, place, ink.place) for place in places)
                and not _is_whole_to(one, ink, found)
            ):
                yield one.feld, Doubt("tinte-am-rand")
            case "blass" if one.feld not in _SAID_AGAIN:
                yield one.feld, Doubt("zeile-verblasst")
            case "tag" if _is_blank_day(one):
                yield one.feld, Doubt("tinte-als-tag")
            case "akzent" if isinstance(one.wert, str) and not _is_same_with_accents(one, one.wert, named):
                yield one.feld, Doubt("akzent-anders-gelesen")
            case "darunter":
                yield from _hidden_under(one, places, found)
            case art if art in _OF_NAMES and _is_name(one):
                yield one.feld, _OF_NAMES[art]


_OF_NAMES: Mapping[str, Doubt] = {
    "darueber": Doubt("tinte-ueber-den-buchstaben"),
    "haken": Doubt("haken-unter-den-buchstaben"),
    "querstrich": Doubt("strich-durch-den-buchstaben"),
    "balken": Doubt("strich-als-balken"),
    "fuge": Doubt("abstand-im-namen"),
}
"""Why a person must look at a name that such ink is in, which says nothing of other words."""


def _hidden_under(one: Found, places: Sequence[Place], found: Sequence[Found]) -> Iterator[tuple[str, Doubt]]:
    """What ink under words of an Angabe may hide: a line of the signature, or one more of agreed steps."""
    yield from ((feld, Doubt("tinte-ueber-einer-zeile")) for feld in _absent(one.feld, found))
    if one.feld.endswith(".schritte") and any(_is_on_last_line(one, place) for place in places):
        yield one.feld, Doubt("tinte-unter-der-liste")


def _is_on_last_line(one: Found, place: Place) -> bool:
    """Whether a word stands on the last line that an Angabe was read from."""
    last = one.locations[-1]
    return last.box is not None and last.page == place.page and (place.top + place.bottom) / 2 > last.box[3] - (place.bottom - place.top)


def _is_whole(one: Found, line: Ink, found: Sequence[Found]) -> bool:
    """Whether a line of a signature says what it is, and no line beside it that was not read goes on in it.

    Such are a place, which is one of the register's where nobody doubts it (see `extract.confidence.by_spelling`), an addition, a ministry
    that the opening names, and a function below that line.
    """
    if one.feld.endswith(".funktion") and not one.doubtful and isinstance(one.wert, str):
        tops = [location.box[1] for location in one.locations if location.box and location.page == line.place.page]
        return is_plainly("funktion", one.wert) and bool(tops) and line.place.bottom <= min(tops)
    return _is_one_of_few(one, found)


def _is_whole_to(one: Found, ink: Ink, found: Sequence[Found]) -> bool:
    """Whether a line of a signature says what it is up to where ink stands beside it: of "In Vertretung" nothing is missing.

    Behind a place more of its name may stand, behind "Im Auftrag" one letter more.
    """
    lefts = [location.box[0] for location in one.locations if location.box and location.page == ink.place.page]
    before = bool(lefts) and ink.place.left < min(lefts)
    return _is_one_of_few(one, found) and (before or not (one.feld.endswith(".ort") or str(one.wert).endswith("Auftrag")))


def _is_one_of_few(one: Found, found: Sequence[Found]) -> bool:
    """Whether it is the place, the addition or the office of a signature, and as one of the few that there are."""
    signed = _SIGNED.fullmatch(one.feld)
    if signed is None or one.doubtful or not isinstance(one.wert, str):
        return False
    named = (other.wert for other in found if MINISTRY.fullmatch(other.feld) and not other.doubtful)
    return says_it_all(signed["key"], one.wert, named)


def _is_same_with_accents(one: Found, text: str, named: Collection[str]) -> bool:
    """Whether an Angabe is what it is whatever stands over its letters: nothing else that it may be differs from it there alone.

    So are a Träger, the abbreviation of a ministry, an addition, a place and an office that are `named`.
    """
    if one.feld == "traeger" or MINISTRY_SHORT.fullmatch(one.feld):
        return not one.doubtful
    signed = _SIGNED.fullmatch(one.feld)
    match signed["key"] if signed else "":
        case "ort" | "stelle" if text in named:
            return True
        case "zusatz" if is_plainly("zusatz", text):
            return True
    return _is_german_office(one.feld, text)


def _is_german_office(feld: str, text: str) -> bool:
    """Whether it is an office or a function all of whose words are German as they were read: with an accent none of them would be.

    Words of a name, a place or a title tell nothing so: German has "Andre" and "Cafe".
    """
    words = re.findall(r"[^\W\d_]+", text)
    return bool(_OFFICES.fullmatch(feld)) and all(map(is_entry, words))


def _is_name(one: Found) -> bool:
    """Whether it is the name of somebody who signs, and not unread."""
    signed = _SIGNED.fullmatch(one.feld)
    return isinstance(one.wert, str) and signed is not None and signed["key"] == "name"


def _absent(feld: str, found: Sequence[Found], keys: Sequence[str] = ()) -> Iterator[str]:
    """The lines of the same signature that were not read: those given, or those that may stand below the line of this name."""
    match = _SIGNED.fullmatch(feld)
    for key in keys or _HIDDEN.get(match["key"], ()) if match else ():
        hidden = f"{match['signature']}.{key}" if match else ""
        if all(one.feld != hidden for one in found):
            yield hidden


def holds(one: Found, place: Place) -> bool:
    """Whether a word is one of those that an Angabe was read from."""
    x, y = (place.left + place.right) / 2, (place.top + place.bottom) / 2
    boxes = (location.box for location in one.locations if location.page == place.page and location.box is not None)
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _is_blank_day(one: Found) -> bool:
    """Whether it is a date of a signature that nobody is said to have written: whatever stands by its words may be it."""
    return one.wert is None and one.feld.endswith(".datum")


def _is_at_end(one: Found, word: Place, ink: Place) -> bool:
    """Whether ink stands where the words of an Angabe begin or end, and not where its sentence goes on."""
    boxes = [location.box for location in one.locations if location.page == word.page and location.box is not None]
    return any(
        (abs(word.left - box[0]) < 1 and ink.left < word.left) or (abs(word.right - box[2]) < 1 and ink.right > word.right) for box in boxes
    )


def location_of(ink: Ink) -> Location:
    """Where ink stands."""
    page, *box = ink.place
    return Location(page, (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)), "")
