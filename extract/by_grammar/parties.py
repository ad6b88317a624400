"""Between whom a document in no known wording is agreed: the ministries that its opening names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from agreements.language.offices import ABBREVIATED, AMID_MINISTRY, MINISTRY_ENDS, MINISTRY_NAMED, MINISTRY_SPOKEN_OF
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found
from agreements.reading.reading import Word
from agreements.register.laender import ADJEKTIV
from extract.by_grammar.elements import Piece
from extract.by_grammar.signatures import Signing
from extract.correction.legibility import weighed
from extract.correction.lookalikes import letters


def read_ministries(pieces: Sequence[Piece]) -> Iterator[Found]:
    """Name and printed abbreviation of every ministry that the opening names, in its order."""
    names: dict[str, dict[str, tuple[Piece, re.Match[str]]]] = {}
    for piece in _going_on([piece for piece in pieces if piece.art in ("titelseite", "eingang", "text", "absatz")]):
        for found in MINISTRY_NAMED.finditer(piece.text):
            said = names.setdefault(found["name"].replace("Ministeriums", "Ministerium"), {})
            for key in ("name", "kurz"):  # a title page has the name, the opening below it the abbreviation, too
                if found[key]:
                    said.setdefault(key, (piece, found))
    for number, (name, said) in enumerate(names.items(), 1):
        for key, (piece, found) in said.items():
            words = piece.between(*found.span(key))
            yield weighed(f"ministerien.{number}.{key}", name if key == "name" else found[key], words, found[key], None)


def as_the_table_has(ministries: Iterable[Found], known: frozenset[str]) -> Iterator[Found]:
    """The ministries, those of the table written as there whatever marks were read between the words: "Gesundheit, und Gleichstellung"."""
    names = {letters(name): name for name in known}
    for angabe in ministries:
        yield replace(angabe, wert=names.get(letters(str(angabe.wert)), angabe.wert)) if angabe.feld.endswith(".name") else angabe


def confirmed(ministries: Sequence[Found], signing: Signing, known: frozenset[str]) -> list[Found]:
    """The ministries of an uncertain opening; doubtful where neither table nor signature says the same, or more sign than are named."""
    offices = [str(angabe.wert) for angabe in signing.found if re.fullmatch(r"unterschriften\.land\.\d+\.stelle", angabe.feld)]
    several = max(len(offices), signing.of_land) > sum(angabe.feld.endswith(".name") for angabe in ministries)
    return [
        angabe
        if not angabe.feld.endswith(".name")
        or (not several and (angabe.wert in known or any(office.endswith(angabe.wert) for office in offices)))
        else angabe.doubted(Doubt("ministerium-unbestaetigt"))
        for angabe in ministries
    ]


def lost_ministries(opening: Sequence[Piece], read: Sequence[Found], signatures: int) -> Iterator[Befund]:
    """Findings on ministries that the opening of a picture seems to name and nobody could read; `signatures`: how many sign for the Land.

    Where one of them is unread or unsure, another may be lost beside it.
    """
    names = [one for one in read if one.feld.endswith(".name")]
    spoken = sum(len(MINISTRY_SPOKEN_OF.findall(piece.text)) - sum(1 for _ in MINISTRY_NAMED.finditer(piece.text)) for piece in opening)
    joined = sum(bool(_JOINED.fullmatch(piece.text)) for piece in opening)
    named = max(1 + joined, len(names) + spoken)
    for number in range(len(names) + 1, max(named, signatures) + 1):
        yield Befund("fehlt", "warnung", _FEWER if number > named else _UNREAD, f"ministerien.{number}")
    if not names or spoken or any(one.doubtful for one in names):
        yield Befund("fehlt", "warnung", _PERHAPS_MORE, f"ministerien.{max(named, signatures) + 1}")


_JOINED = re.compile(r"und\s+das")
"""The line between two ministries; a Träger is named behind "mit dem", "und dem"."""
_FEWER = "Der Eingang nennt weniger Ministerien, als unterschreiben."
_UNREAD = "Welches Ministerium der Eingang nennt, ist nicht zu lesen."
_PERHAPS_MORE = "Ob der Eingang noch ein Ministerium nennt, ist nicht zu lesen."


def _going_on(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, each line of a centred opening that ends amid a name with the line in which the name, or its abbreviation, goes on."""
    words: tuple[Word, ...] = ()
    for piece, after in zip_longest(pieces, pieces[1:]):
        words = (*words, *piece.words)
        shortened = after is not None and ABBREVIATED.match(after.text) and MINISTRY_ENDS.search(piece.text)
        if not (AMID_MINISTRY.search(piece.text) or re.fullmatch(ADJEKTIV, piece.text) or shortened):
            yield replace(piece, words=words)
            words = ()
