"""What the rows of a table say: each as the sentence that its own cells and the head of the meant column make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby
from typing import Literal

from agreements.language.target_vocabulary import pattern_of
from agreements.language.tokens import shortened
from agreements.reading.doubts import Doubt
from extract.by_grammar.elements import Piece

Column = Literal["", "veraenderung", "niveau"]
"""What the head of a figure's column says that it is, where it says so."""
_Role = Literal["", "vorher", "ziel", "veraenderung", "betrag"]

_ROLES: tuple[tuple[_Role, re.Pattern[str]], ...] = (
    ("veraenderung", re.compile(r"Veränderung|Steigerung|Entwicklung|Differenz|Abweichung", re.I)),
    ("ziel", re.compile(r"Ziel(?:wert|größe)?\b|\bSoll|vereinbart|\bPlan\b|angestrebt", re.I)),
    ("vorher", re.compile(r"\bIst\b|Ist-|Ergebnis|Vorjahr|\bStand\b|Ausgangs|\bBasis|bisher|Prognose", re.I)),
    ("betrag", re.compile(r"Betrag|Euro|€|EUR|Mio|Budget|Ansatz|Summe", re.I)),
)
_OF_OTHERS = re.compile(r"\bBund(?:es\w*)?\b|\bLandes(?:wert|durchschnitt|ziel)\w*|\bLand$", re.I)
"""Heads of what Bund and Land reached or want; beside it stands what is agreed."""
_UNITS = (
    (" Prozentpunkte", re.compile(r"Prozentpunkt|%-Punkt", re.I)),
    (" %", re.compile(r"%|Prozent", re.I)),
    (" Mio. Euro", re.compile(r"Mio", re.I)),
    (" Tsd. Euro", re.compile(r"Tsd|T€|TEUR|Tausend", re.I)),
    (" Euro", re.compile(r"Euro|€|EUR", re.I)),
    (" Personen", re.compile(r"Personen|Anzahl|Köpfe", re.I)),
)
"""What the head of a column says its figures are in, and how a sentence would say it."""
_BARE = re.compile(r"[+−–-]?\s?\d{1,3}(?:\.?\d{3})*(?:,\d+)?(?:,[-–]{1,2})?")
_FIGURE = re.compile(rf"\D{{0,14}}{_BARE.pattern}\s*[^\d\s]{{0,15}}(?:\s(?:Euro|EUR|€))?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NAMES_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d.,]|\s*(?:%|Personen|Integrationen))")
"""A year, as heads of columns have it: "Ist 2023"."""
_AGREED = re.compile(rf"{pattern_of('vereinbart')}", re.I)


@dataclass(frozen=True, slots=True)
class Row:
    """The sentence of a row: blanks in the place of cells that say something else, behind its figure the unit that the head names."""

    text: str
    column: Column = ""
    agreed: bool = False
    """Whether the head, or the paragraph before the table, says that this is agreed."""
    doubts: tuple[Doubt, ...] = ()


def rows_of(pieces: Sequence[Piece], jahr: int) -> Mapping[int, Row]:
    """The sentences of the rows among some pieces that state a figure, by the identity of the piece."""
    found: dict[int, Row] = {}
    before = ""
    for in_table, several in groupby(pieces, key=lambda piece: bool(piece.cells)):
        run = list(several)
        found |= dict(_rows(run, before, jahr) if in_table else _lines(run, jahr))
        before = run[-1].text
    return found


def _lines(pieces: Sequence[Piece], jahr: int) -> Iterator[tuple[int, Row]]:
    """The rows below a line that says what their figures are in, where nothing parts their cells: as a table is kept, and printed."""
    unit, head = "", ""
    for piece in pieces:
        named = _IN_UNIT.search(piece.text) if len(piece.text) <= _LONGEST_CELLS else None
        if named:
            unit, head = next(unit for unit, pattern in _UNITS if pattern.search(named.group())), piece.text
        elif unit and len(piece.text) <= _LONGEST_CELLS and _ENDS_BARE.fullmatch(piece.text):
            yield id(piece), Row(piece.text + unit, agreed=_role(head, jahr) == "ziel")
        else:
            unit = ""


_LONGEST_CELLS = 140
_IN_UNIT = re.compile(r"\bin\s+(?:Mio\.?\s*(?:Euro|EUR|€)|Tsd\.?\s*(?:Euro|EUR|€)|Euro|EUR|€|%|Prozent(?:punkten)?|Personen)\)?:?$")
_ENDS_BARE = re.compile(r"[^\d+−–-]*[^\W\d_][^\d+−–-]*\s(?:[+−–-]\s?)?\d{1,3}(?:\.?\d{3})*(?:,\d+)?")
"""A line that ends with its one figure, and names what it is of."""


def _rows(pieces: Sequence[Piece], before: str, jahr: int) -> Iterator[tuple[int, Row]]:
    heads: list[str] = []
    for piece in pieces:
        cells = [piece.text[start:end] for start, end in _spans(piece)]
        figures = [place for place, text in enumerate(cells) if place and _FIGURE.fullmatch(text) and not _NAMES_YEAR.search(text)]
        if not figures:
            heads = cells
        else:
            yield id(piece), _row(piece, figures, [*heads, *[""] * len(cells)], before, jahr)


def _spans(piece: Piece) -> list[tuple[int, int]]:
    """Where each cell of a row begins and ends in its text."""
    ends = list(accumulate(piece.cells))
    found: list[tuple[int, int]] = []
    for first, last in zip([0, *ends], ends, strict=False):
        start = sum(len(word.text) + 1 for word in piece.words[:first])
        found.append((start, start + max(0, sum(len(word.text) + 1 for word in piece.words[first:last]) - 1)))
    return found


def _row(piece: Piece, figures: Sequence[int], heads: Sequence[str], before: str, jahr: int) -> Row:
    roles = {place: _role(heads[place], jahr) for place in figures}
    place, doubts = _meant(figures, roles)
    spans = _spans(piece)
    labels = [number for number in range(place) if number not in figures]
    text = "".join(letter if any(start <= at < end for start, end in (spans[each] for each in (*labels, place))) else " "
                   for at, letter in enumerate(piece.text))  # fmt: skip
    unit = next((unit for unit, pattern in _UNITS if pattern.search(heads[place])), "")
    start, end = spans[place]
    bare = _BARE.fullmatch(piece.text[start:end])
    levels = "vorher" in roles.values() and roles[place] == "ziel" and "veraenderung" not in roles.values()
    change = roles[place] == "veraenderung" or (not levels and bool(_ROLES[0][1].search(before)))
    column: Column = "veraenderung" if change else "niveau" if levels else ""
    doubts += tuple(Doubt("unbekannte-worte", worte=shortened(text)) for text in _behind(piece.text, spans[place + 1 :]))
    agreed = roles[place] == "ziel" or any(_ROLES[1][1].search(head) for head in heads) or bool(_AGREED.search(before))
    return Row(text[:end] + (unit if bare else ""), column, agreed, doubts)


def _behind(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What stands in cells behind the figure and may bound or turn it: "erreicht, wenn die Quote um mindestens diesen Wert steigt"."""
    return (text[start:end] for start, end in spans if _BOUNDS.search(text[start:end]) and not _FIGURE.fullmatch(text[start:end]))


_BOUNDS = re.compile(f"{pattern_of('schranke')}|{pattern_of('richtung')}", re.I)


def _role(head: str, jahr: int) -> _Role:
    """What the head of a column says its figures are: those of a past year are known, those of the agreement's own are agreed."""
    if _OF_OTHERS.search(head):
        return "vorher"
    found: _Role = next((role for role, pattern in _ROLES if pattern.search(head)), "")
    years = {int(year) for year in _YEAR.findall(head)}
    if years and max(years) < jahr and found != "veraenderung":
        return "vorher"
    return "ziel" if not found and years == {jahr} else found


def _meant(figures: Sequence[int], roles: Mapping[int, _Role]) -> tuple[int, tuple[Doubt, ...]]:
    """Which of a row's figures is agreed, and why a person must look where its heads leave a choice."""
    for role in ("ziel", "veraenderung", "betrag"):
        of_role = [place for place in figures if roles[place] == role]
        if of_role:
            both = role == "ziel" and "veraenderung" in roles.values()
            return of_role[0], (Doubt("welche-spalte"),) if both or len(of_role) > 1 else ()
    open_to = [place for place in figures if not roles[place]]
    if not open_to:
        return figures[-1], (Doubt("welche-spalte"),)
    return open_to[0], (Doubt("welche-spalte"),) if len(figures) > 1 else ()


def is_row(text: str) -> bool:
    """Whether a line that is no sentence states one figure at its end, as a row does whose cells nothing parts any more."""
    return len(text) <= _LONGEST and bool(_AT_END.search(text)) and not re.search(r"\d\s\d|[.;:!?](?=\s[A-ZÄÖÜ])", _AT_END.sub("", text))


_LONGEST = 140
_AT_END = re.compile(r"\s[+−–-]?\s?\d[\d.]*(?:,\d+)?\s?(?:%|Prozent|Personen|Euro|EUR|€)$")
