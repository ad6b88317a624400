"""What became of each figure of a document: an Angabe, fixed text, told as what it is not, or an open point; nothing else exists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

from agreements.reading.findings import Location
from agreements.reading.geometry import Plane

Art = Literal["zahl", "zielwort", "ueberschrift"]
"""A figure; a sentence that agrees a target and has none; the numbered heading of a goal."""
Rolle = Literal["angabe", "wortlaut", "erklaert", "offen"]


@dataclass(frozen=True, slots=True)
class Posten:
    """One figure, or what law 6 counts like one, and what became of it."""

    art: Art
    rolle: Rolle
    text: str
    location: Location
    feld: str | None = None
    """The Angabe that it is, or that it may be."""
    grund: str | None = None
    """Of what is told: what it is, and the words that say so."""

    def shown(self, maps: Mapping[int, Plane]) -> Posten:
        """The figure with its place on the page as it is shown; see `Location.shown`."""
        return replace(self, location=self.location.shown(maps))


def counted(posten: Iterable[Posten]) -> dict[Rolle, int]:
    """How many there are of each role, in their order."""
    count = Counter(each.rolle for each in posten)
    return {rolle: count[rolle] for rolle in get_args(Rolle)}
