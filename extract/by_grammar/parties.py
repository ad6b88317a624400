"""Between whom a document in no known wording is agreed: the ministries that its opening names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agreements.language.offices import AMID_MINISTRY, MINISTRY_NAMED
from agreements.reading.findings import Found
from agreements.reading.reading import Word
from agreements.register.laender import ADJEKTIV
from extract.by_grammar.elements import Piece
from extract.correction.legibility import weighed


def read_ministries(pieces: Sequence[Piece]) -> Iterator[Found]:
    """Name and printed abbreviation of every ministry that the opening names, in its order."""
    names: dict[str, tuple[Piece, re.Match[str]]] = {}
    for piece in _going_on([piece for piece in pieces if piece.art in ("titelseite", "eingang", "text", "absatz")]):
        for found in MINISTRY_NAMED.finditer(piece.text):
            names.setdefault(found["name"].replace("Ministeriums", "Ministerium"), (piece, found))
    for number, (name, (piece, found)) in enumerate(names.items(), 1):
        for key in ("name", "kurz"):
            if found[key]:
                words = piece.between(*found.span(key))
                yield weighed(f"ministerien.{number}.{key}", name if key == "name" else found[key], words, found[key], None)


def _going_on(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """The pieces, each line of a centred opening that ends amid a name with the line in which the name goes on."""
    words: tuple[Word, ...] = ()
    for piece in pieces:
        words = (*words, *piece.words)
        if not (AMID_MINISTRY.search(piece.text) or re.fullmatch(ADJEKTIV, piece.text)):
            yield replace(piece, words=words)
            words = ()
