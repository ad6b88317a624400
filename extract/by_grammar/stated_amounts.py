"""What a whole document says of its budget: every amount by its field, and which of several counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from agreements.language.sentences import sentences
from agreements.library.consistency import adds_up
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Found
from extract.by_grammar.budget import FELDER, Amount, amounts, doubted
from extract.by_grammar.elements import Piece, Section
from extract.by_grammar.neighbours import doubt_by_neighbours, usual_pitch
from extract.by_grammar.tables import rows_of
from extract.correction.legibility import weighed


def budget_of(said: Stated) -> Iterator[Found]:
    """The three amounts; null, to be looked at, where one was not read."""
    for feld in FELDER:
        yield _amount(feld, said[feld])


_One = tuple[Piece, int, Amount]
Stated = dict[str, list[_One]]


def stated_amounts(sections: Sequence[Section], jahr: int) -> Stated:
    """Every amount of money by its field: the piece that states it, where its sentence begins, and the amount."""
    said: Stated = defaultdict(list)
    pitch = usual_pitch([piece for section in sections for piece in section.pieces])
    for section in sections:
        of_money = "haushalt" in section.themen
        for piece, start, text, doubts in _sentences(section, jahr, pitch):
            for amount in amounts(text, jahr):
                said[amount.feld].append((piece, start, replace(doubted(amount, *doubts), lose=amount.lose and not of_money)))
    return said | _total(said)


def _sentences(section: Section, jahr: int, pitch: float) -> Iterator[tuple[Piece, int, str, Sequence[Doubt]]]:
    """The rows and sentences of a section: the piece and where in it each begins, what it says, and why a person must look."""
    rows = rows_of(section.pieces, jahr)
    for place, piece in enumerate(section.pieces):
        if row := rows.get(id(piece)):
            yield piece, 0, row.text, row.doubts
            continue
        doubt = doubt_by_neighbours(section.pieces, place, pitch)
        yield from ((piece, start, piece.text[start:end], (doubt,) if doubt else ()) for start, end in sentences(piece.text))


def _total(said: Stated) -> Stated:
    """What is said of the Gesamtbudget; where no word names it ("insgesamt 14 Mio. Euro"), sure if the others add up to it."""
    feld, *parts = FELDER
    if feld not in said or (named := [one for one in said[feld] if not one[2].lose]):
        return {feld: named} if feld in said else {}
    of = [stated[2].wert for part in parts for stated in said.get(part, [])[:1]]
    known = len(of) == len(parts) and None not in of
    doubt = Doubt("wofuer-der-betrag-steht")
    return {feld: [(*one[:2], one[2] if known and adds_up(one[2].wert, of) else doubted(one[2], doubt)) for one in said[feld]]}


def _amount(feld: str, said: Sequence[_One]) -> Found:
    if not said:
        return Found.unread(feld, Doubt("betrag-fehlt"))
    sure = [one for one in said if not one[2].doubts]
    piece, start, amount = (sure or said)[0]
    other = next((one for one in said if one[2].wert != amount.wert), None)
    words, text = piece.between(start + amount.start, start + amount.end), piece.text[start + amount.start : start + amount.end]
    doubt = None
    if other:
        doubt = Doubt("zwei-betraege", einer=text, anderer=other[0].text[other[1] + other[2].start : other[1] + other[2].end])
    elif not sure:
        doubt = amount.doubts[0]
    return weighed(feld, amount.wert, words, text, doubt)
