"""Which Angaben, findings and departures lay claim to the words of a text, and whether a figure says what an Angabe says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Generic, TypeVar

from agreements.model.record import Zielwert
from agreements.reading.findings import Location
from agreements.reading.reading import Place, Word
from extract.accounting.figures import Figure

T = TypeVar("T")
_MIO = 6


class Claims(Generic[T]):
    """What was read from which words; a word that was mended is known by its place."""

    def __init__(self, several: Iterable[tuple[T, Sequence[Location]]]) -> None:
        self._by_word: dict[int | Place, list[T]] = defaultdict(list)
        self._by_page: dict[int, list[tuple[Place, T]]] = defaultdict(list)
        for one, locations in several:
            for word in (word for location in locations for word in location.words):
                self._by_word[id(word)].append(one)
                for place in word.places:
                    self._by_word[place].append(one)
                    self._by_page[place.page].append((place, one))

    def on(self, words: Sequence[Word]) -> tuple[T, ...]:
        """What was read from all of these words."""
        first, *rest = map(self._on, words) if words else ([],)
        return tuple(one for one in first if all(any(one is other for other in others) for others in rest))

    def _on(self, word: Word) -> list[T]:
        keys: tuple[int | Place, ...] = (id(word), *word.places)
        found = [one for key in keys for one in self._by_word.get(key, [])]
        if not found and not word.certain:
            found = [one for place in word.places for other, one in self._by_page.get(place.page, ()) if _are_one(place, other)]
        return list({id(one): one for one in found}.values())


def _are_one(place: Place, other: Place) -> bool:
    """Whether two boxes of a page are those of one word: the middle of each lies in the other."""
    return _holds(place, other) or _holds(other, place)


def _holds(place: Place, other: Place) -> bool:
    x, y = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return place.left <= x <= place.right and place.top <= y <= place.bottom


def is_said_by(figure: Figure, feld: str, wert: object) -> bool:
    """Whether a figure says the value of the Angabe in whose place it stands; a free text says all that stands in it."""
    match wert:
        case Zielwert():
            return figure.wert == wert.wert and _counts(figure, wert) and _moves(figure, wert)
        case bool():
            return False
        case int() | Decimal():
            euro = Decimal(wert).scaleb(_MIO) if feld.endswith("_mio") else Decimal(wert)
            return figure.einheit in ("euro", "") and figure.wert == euro
        case None:
            return False
    return True


def _counts(figure: Figure, wert: Zielwert) -> bool:
    return figure.einheit in ("", wert.einheit.removesuffix("_niveau"))


def _moves(figure: Figure, wert: Zielwert) -> bool:
    """Whether the sign of a figure goes with the direction; a level has none."""
    return not figure.vorzeichen or wert.richtung == {"+": "steigt", "-": "sinkt"}[figure.vorzeichen]
