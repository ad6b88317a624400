"""What a person must know about a document: findings are values, not exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Literal, NamedTuple

from agreements.language.tokens import shortened
from agreements.model.fields import label
from agreements.model.geometry import Plane
from agreements.model.reading import Place, Word

Schwere = Literal["hinweis", "warnung", "fehler"]
Art = Literal["abweichung", "widerspruch", "unleserlich", "fehlt", "reihenfolge", "unterschrift", "geaendert", "zahlen", "anmerkung"]


@dataclass(frozen=True, slots=True)
class Location:
    """Where something was read: its page and box (points from the page's top left; None in Word), letter by letter."""

    page: int | None
    box: tuple[float, float, float, float] | None
    text: str
    seen: str | None = None
    """German sentences on words there that a person may see otherwise than they were read; see `Word.seen`."""

    def shown(self, maps: Mapping[int, Plane]) -> Location:
        """The place on the page as it is shown; `maps` leads there from the page as it was read, where that is another."""
        if self.box is None or self.page is None or self.page not in maps:
            return self
        left, top, right, bottom = (round(value, 1) for value in maps[self.page].box(*self.box))
        return replace(self, box=(left, top, right, bottom))


class Cutting(NamedTuple):
    """The picture of a place with its surroundings: a data address ("data:image/png;base64,…"), width and height in points."""

    address: str
    width: float
    height: float


def locations_of(words: Sequence[Word], text: str | None = None) -> tuple[Location, ...]:
    """The places of some words, one a page; `text` says it letter by letter where it is less than the words."""
    found = []
    for seite, several in groupby(((place, word) for word in words for place in word.places), key=lambda item: item[0].page):
        pairs = list(several)
        said = list(dict.fromkeys(id(word) for _, word in pairs))
        by_id = {id(word): word.text for _, word in pairs}
        box = _union([place for place, _ in pairs])
        found.append(Location(seite, box, " ".join(by_id[key] for key in said), _seen(word for _, word in pairs)))
    if len(found) <= 1 and text is not None:
        return (replace(found[0], text=text),) if found else (Location(None, None, text, _seen(words)),)
    return tuple(found) or (Location(None, None, " ".join(word.text for word in words), _seen(words)),)


def _seen(words: Iterable[Word]) -> str | None:
    """What is said of the words that a person may see otherwise than they were read, those side by side in one sentence."""
    return " ".join(dict.fromkeys(sentence for sentence, _ in seen_otherwise(words))) or None


def seen_otherwise(words: Iterable[Word]) -> Iterator[tuple[str, tuple[Word, ...]]]:
    """The words that a person may see otherwise than they were read, those side by side together, with the sentence on them."""
    for seen, several in groupby(words, key=lambda word: word.seen):
        if seen is not None:
            said = tuple(several)
            yield f"„{shortened(' '.join({id(word): word.text for word in said}.values()))}“ {seen}.", said


def _union(places: Iterable[Place]) -> tuple[float, float, float, float]:
    boxes = list(places)
    return (
        round(min(box.left for box in boxes), 1),
        round(min(box.top for box in boxes), 1),
        round(max(box.right for box in boxes), 1),
        round(max(box.bottom for box in boxes), 1),
    )


@dataclass(frozen=True, slots=True)
class Befund:
    """One finding."""

    art: Art
    schwere: Schwere
    text: str
    feld: str | None = None
    erwartet: str | None = None
    location: Location = Location(None, None, "")

    def shown(self, maps: Mapping[int, Plane]) -> Befund:
        """The finding with its place on the page as it is shown; see `Location.shown`."""
        return replace(self, location=self.location.shown(maps))

    def sentence(self) -> str:
        """The finding for people."""
        where = f"Seite {self.location.page}: " if self.location.page else ""
        name = f"{label(self.feld)}: " if self.feld else ""
        match self.art:
            case "abweichung" if self.erwartet and self.text:
                return f"{where}Abweichung vom Wortlaut: „{self.text}“ statt „{self.erwartet}“"
            case "abweichung" if self.erwartet:
                return f"{where}Abweichung vom Wortlaut: „{self.erwartet}“ fehlt"
            case "abweichung":
                return f"{where}Abweichung vom Wortlaut: „{self.text}“ ist eingefügt"
            case "widerspruch" if self.erwartet:
                return f"{where}Widerspruch: {name}„{self.text}“, sonst „{self.erwartet}“"
            case _:
                return f"{where}{name}{self.text}"


@dataclass(frozen=True, slots=True)
class Found:
    """An Angabe as it was read, with the places it was read from, in reading order."""

    feld: str
    wert: Any
    locations: tuple[Location, ...]
    confidence: float = 0.99
    doubtful: bool = False
    reason: str | None = None

    def shown(self, maps: Mapping[int, Plane]) -> Found:
        """The Angabe with its places on the page as it is shown; see `Location.shown`."""
        return replace(self, locations=tuple(location.shown(maps) for location in self.locations))

    def as_seen(self) -> Found:
        """The Angabe, to be looked at where a person may see one of its words otherwise than it was read."""
        seen = " ".join(dict.fromkeys(location.seen for location in self.locations if location.seen))
        if not seen:
            return self
        grund = f"{self.reason} {seen}" if self.doubtful and self.reason else seen
        return replace(self, doubtful=True, confidence=min(self.confidence, 0.5), reason=grund)
