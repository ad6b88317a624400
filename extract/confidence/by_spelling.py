"""Texts that hardly stand there as they were read: no name, no place; of a scan also words twice side by side, a quote without partner."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise

from agreements.language.calendar import TORN_DAY
from agreements.language.dictionary import Dictionary, german
from agreements.language.offices import ABBREVIATION
from agreements.language.signatures import OF_SOMEBODY, is_plainly
from agreements.language.tokens import shape, shortened
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found, Location
from extract.confidence.by_ink import MINISTRY_SHORT
from extract.confidence.free_text import end_of, is_free, texts_of
from extract.correction.lookalikes import slips_of_both

_PHRASE = 40
"""Words; a line, or two, is read twice, never so much."""
_LONG = 4
"""Letters; a shorter word joins two that are the same."""
_BEFORE, _BEHIND = "([{/-", ")]}/-.,;:!?"
"""What may stand between a blank and a quote that opens, and between one that closes and a blank."""


def unlikely(found: Sequence[Found], places: Collection[str] = ()) -> tuple[Found, ...]:
    """The Angaben of a scan, those whose text nobody writes so to be looked at; `places` are those of the register."""
    return tuple(one if one.doubtful else one.doubted(next(_doubts(one.feld, one.wert, places), None)) for one in found)


def taken_for_known(found: Sequence[Found], known: Dictionary) -> tuple[Found, ...]:
    """The Angaben of a scan, those to be looked at in whose text a word that is not `known` has one stroke more or less than one that is.

    Both readers saw "ungesetzt" for "umgesetzt", surely. Of 812 known words seven have such a twin that is German, too; of 1,300 others in
    texts of agreements none was one.
    """
    return tuple(one.doubted(next(_mistaken(one, known), None)) if is_free(one.feld) else one for one in found)


def _mistaken(one: Found, known: Dictionary) -> Iterator[Doubt]:
    for word in (word for text in texts_of(one.wert) for word in _LETTERS.findall(text)):
        if not known.lists(word) and (other := next(filter(known.lists, _twins(word)), None)):
            yield Doubt("vielleicht-gemeint", worte=word, andere=other)


def _twins(word: str) -> Iterator[str]:
    """The word with an m for an n, or an n for an m; not at its end, where they tell the case."""
    for at, letter in enumerate(word[:-1]):
        if letter in "mn":
            yield word[:at] + ("n" if letter == "m" else "m") + word[at + 1 :]


_LETTERS = re.compile(r"[^\W\d_]{3,}")


def unlike_their_kind(found: Sequence[Found], places: Collection[str]) -> Iterator[Befund]:
    """A hint for each Angabe whose letters are certain and that does not look like what it is."""
    for one in found:
        if not one.doubtful and (doubt := next(_unlike_its_kind(one.feld, one.wert, places), None)):
            yield Befund("unterschrift", "hinweis", str(doubt), one.feld, location=next(iter(one.locations), Location(None, None, "")))


def _unlike_its_kind(feld: str, wert: object, places: Collection[str]) -> Iterator[Doubt]:
    """Why a line of a signature is hardly the place, name, function, addition, office it is taken for, however the file was read."""
    signed = _SIGNED.fullmatch(feld)
    if signed and isinstance(wert, str):
        if not is_plainly(signed["key"], wert):
            yield _hardly(signed["key"], shortened(wert))
        elif signed["key"] == "funktion" and (of := OF_SOMEBODY.fullmatch(wert)) and of["name"] not in places:
            yield _hardly("funktion", shortened(wert))
        elif signed["key"] == "ort" and places and wert not in places:
            yield Doubt("ort-unbekannt")


def _doubts(feld: str, wert: object, places: Collection[str]) -> Iterator[Doubt]:
    yield from _unlike_its_kind(feld, wert, places)
    if isinstance(wert, str) and (signed := _SIGNED.fullmatch(feld)) and signed["key"] == "name" and (other := _taken_for(wert)):
        yield Doubt("heisst-vielleicht", name=other)
    if isinstance(wert, str) and MINISTRY_SHORT.fullmatch(feld) and not ABBREVIATION.fullmatch(wert):
        yield Doubt("kaum-eine-abkuerzung", worte=shortened(wert))
    for text in texts_of(wert):
        if said := twice(text.split()):
            yield Doubt("doppelt-gelesen", worte=shortened(said))
        if text.endswith(",") and _OF_SENTENCES.search(feld):
            yield Doubt("endet-mit-komma", worte=end_of(text))
        if said := unpaired(text):
            yield Doubt("ohne-gegenstueck", worte=shortened(said))
        if said := stray_sign(text):
            yield Doubt("zeichen-ohne-worte", worte=said)
        if parted := _PARTED_AT_SLASH.search(text):
            yield Doubt("leerzeichen-am-schraegstrich", worte=shortened(parted.group()))
        if torn := TORN_DAY.search(text):
            yield Doubt("leerzeichen-im-tag", worte=torn.group())


_OF_SENTENCES = re.compile(r"\.(?:regionale_lage|titel|ziel|erreicht_wenn)$")
"""Texts that end with a full stop, or none; steps are parted by commas now and then."""
_PARTED_AT_SLASH = re.compile(r"\S*\w(?:/\s+|\s+/)\w\S*")
"""A blank on one side of a stroke between words, where print has none or two: "(B1/ B2)"."""
_SIGNED = re.compile(r"unterschriften\.\w+\.\d+\.(?P<key>\w+)")


def _hardly(key: str, worte: str) -> Doubt:
    """That nothing is called so in this place of a signature."""
    match key:
        case "name":
            return Doubt("kaum-ein-name", worte=worte)
        case "funktion":
            return Doubt("kaum-eine-funktion", worte=worte)
        case "zusatz":
            return Doubt("kaum-ein-zusatz", worte=worte)
        case "ort":
            return Doubt("kaum-ein-ort", worte=worte)
    return Doubt("kaum-eine-stelle", worte=worte)


def _taken_for(name: str) -> str | None:
    """The name that a dictionary has of which one that it has not is but what readers see: "Cornelia" of "Comelia".

    Of the 4,003 names under 1,536 scans none is doubted so where it is read right; of the forenames that people in Germany have, counted by
    how many have them, 1 in 1,700 is: "Kati".
    """
    for word in re.findall(r"[A-ZÄÖÜ][a-zäöüß]{3,}", name):
        if word not in german():
            for other in slips_of_both(word):
                if other in german():
                    return other
    return None


def twice(words: Sequence[str]) -> str | None:
    """What of a text stands twice side by side: a phrase, or words one by one; not what German doubles: "die die", "und nach und nach"."""
    half = len(words) // 2
    if words and words[:half] == words[half:]:
        return " ".join(words[:half])
    for at in range(len(words) - 3):
        one, again, other, anew = words[at : at + 4]
        if one == again and other == anew:
            return f"{one} {other}"
        for size in range(2, min(_PHRASE, (len(words) - at) // 2) + 1):
            phrase = words[at : at + size]
            if phrase == words[at + size : at + 2 * size] and (size > 2 or min(map(len, phrase)) >= _LONG):
                return " ".join(phrase)
    return None


def unpaired(text: str) -> str | None:
    """The word by a quote that opens where one is open, closes where none is, or is never closed; None where all have their partner."""
    plain = f" {shape(text)} "
    opened: int | None = None
    for at in (place for place, letter in enumerate(plain) if letter == '"'):
        opens, closes = _opens(plain, at), _closes(plain, at)
        if opens != closes and opens != (opened is None):
            return _word(text, opened if opens and opened is not None else at)
        opened = at if opened is None else None
    return None if opened is None else _word(text, opened)


def stray_sign(text: str) -> str | None:
    """The first signs by themselves that nobody prints so, or nobody last, "Teilhabe ......": dirt was read; None where there are none."""
    *words, last = text.split() or [""]
    signs = (word for word in words if not _HAS_LETTERS.search(word) and word not in _ALONE)
    return next(signs, last if last and not _HAS_LETTERS.search(last) and last not in _LAST else None)


_HAS_LETTERS = re.compile(r"[^\W_]")
_LAST = ("%", "‰", "€", "°")
_ALONE = (*_LAST, "§", "§§", "&", "+", "±", "/", "=", "<", ">", "≤", "≥", "×", "→", "-", "–", "—")
"""What stands between blanks, and what so ends a text."""


def _opens(plain: str, at: int) -> bool:
    return (plain[at - 1].isspace() or plain[at - 1] in _BEFORE) and not plain[at + 1].isspace()


def _closes(plain: str, at: int) -> bool:
    return (plain[at + 1].isspace() or plain[at + 1] in _BEHIND) and not plain[at - 1].isspace()


def _word(text: str, at: int) -> str:
    """The word around a letter; `at` counts the blank before the text."""
    ends = [-1, *(place for place, letter in enumerate(text) if letter.isspace()), len(text)]
    return next(text[start + 1 : end] for start, end in pairwise(ends) if at - 1 < end)
