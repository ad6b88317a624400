"""What a person must know about a document: findings are values, not exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Literal, NamedTuple

from agreements.language.tokens import shortened
from agreements.model.akte import Abweichung
from agreements.model.fields import label
from agreements.reading.doubts import Doubt, sentence
from agreements.reading.geometry import Plane
from agreements.reading.reading import Place, Word

Schwere = Literal["hinweis", "warnung", "fehler"]
Art = Literal["abweichung", "widerspruch", "unleserlich", "fehlt", "reihenfolge", "unterschrift", "geaendert", "zahlen", "anmerkung"]


@dataclass(frozen=True, slots=True)
class Location:
    """Where something was read: its page and box (points from the page's top left; None in Word), letter by letter."""

    page: int | None
    box: tuple[float, float, float, float] | None
    text: str
    seen: tuple[Doubt, ...] = ()
    """On words there that a person may see otherwise than they were read; see `Word.seen`."""
    words: tuple[Word, ...] = field(default=(), compare=False, repr=False)
    """The words there, as long as the document is being read: in a Word file nothing else tells where a text stands."""

    def shown(self, maps: Mapping[int, Plane]) -> Location:
        """The place on the page as it is shown, without words; `maps` leads there from the page as it was read, where that is another."""
        if self.box is None or self.page is None or self.page not in maps:
            return replace(self, words=())
        left, top, right, bottom = (round(value, 1) for value in maps[self.page].box(*self.box))
        return replace(self, box=(left, top, right, bottom), words=())


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
        by_id = {id(word): word for _, word in pairs}
        box = _union([place for place, _ in pairs])
        said = " ".join(word.text for word in by_id.values())
        found.append(Location(seite, box, said, _seen(word for _, word in pairs), tuple(by_id.values())))
    if len(found) <= 1 and text is not None:
        return (replace(found[0], text=text),) if found else (Location(None, None, text, _seen(words), tuple(words)),)
    return tuple(found) or (Location(None, None, " ".join(word.text for word in words), _seen(words), tuple(words)),)


def _seen(words: Iterable[Word]) -> tuple[Doubt, ...]:
    """What is said of the words that a person may see otherwise than they were read, once of those side by side."""
    return tuple(dict.fromkeys(doubt for doubt, _ in seen_otherwise(words)))


def seen_otherwise(words: Iterable[Word]) -> Iterator[tuple[Doubt, tuple[Word, ...]]]:
    """The words that a person may see otherwise than they were read, those side by side together, with the doubt on them."""
    for seen, several in groupby(words, key=lambda word: word.seen):
        if seen:
            said = tuple(several)
            worte = shortened(" ".join({id(word): word.text for word in said}.values()))
            yield Doubt("anders-zu-sehen", worte=worte, wie=sentence(seen)), said


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
            case "unleserlich" if self.erwartet and not self.text:
                return f"{where}Im Wortlaut steht „{self.erwartet}“; zu sehen ist es hier nicht"
            case "unleserlich" if self.erwartet:
                return f"{where}Nicht sicher zu lesen: „{self.text}“; im Wortlaut steht „{self.erwartet}“"
            case "widerspruch" if self.erwartet:
                return f"{where}Widerspruch: {name}„{self.text}“, sonst „{self.erwartet}“"
            case _:
                return f"{where}{name}{self.text}"


class Departing(NamedTuple):
    """A departure from the wording as it was read, and where; `certain`: its letters are stated by the file.

    `others` is what else the readers saw there.
    """

    abweichung: Abweichung
    location: Location
    certain: bool
    others: tuple[str, ...] = ()

    def shown(self, maps: Mapping[int, Plane]) -> Departing:
        """The departure with its place on the page as it is shown; see `Location.shown`."""
        return self._replace(location=self.location.shown(maps))


SUREST, WEAKEST, DOUBTED = 0.99, 0.9, 0.5
"""How sure an Angabe is at most whose letters the file states, one of a signature that nobody wrote, and one in doubt while it is read.

Until all of a document is read, the least sure word decides; then `extract.confidence.calibration` says how often such ones are right.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """An Angabe as it was read, with the places it was read from, in reading order."""

    feld: str
    wert: Any
    locations: tuple[Location, ...]
    confidence: float = SUREST
    doubts: tuple[Doubt, ...] = ()
    """Why a person must look; see `doubted`."""

    @classmethod
    def unread(cls, feld: str, doubt: Doubt, locations: tuple[Location, ...] = ()) -> Found:
        """An Angabe that the document has, or may have, and that could not be read."""
        return cls(feld, None, locations, 0.0, (doubt,))

    @property
    def doubtful(self) -> bool:
        """Whether a person must look at it."""
        return bool(self.doubts)

    @property
    def reason(self) -> str | None:
        """Why a person must look, or why there is no value, in German."""
        if self.doubts:
            return sentence(self.doubts)
        if self.wert is not None:
            return None
        return "leer" if self.feld.endswith(".datum") else "offen"

    def doubted(self, *doubts: Doubt | None) -> Found:
        """The Angabe, to be looked at for the doubts given, if any; one that is doubted already keeps its own."""
        return self if self.doubts else self._lowered(*(doubt for doubt in doubts if doubt))

    def asked(self, doubt: Doubt, location: Location) -> Found:
        """The Angabe, which is none or doubted already, with another place that may say it."""
        return replace(self, locations=(*self.locations, location))._lowered(doubt)

    def shown(self, maps: Mapping[int, Plane]) -> Found:
        """The Angabe with its places on the page as it is shown; see `Location.shown`."""
        return replace(self, locations=tuple(location.shown(maps) for location in self.locations))

    def as_seen(self) -> Found:
        """The Angabe, to be looked at, too, where a person may see one of its words otherwise than it was read."""
        places = dict.fromkeys(location.seen for location in self.locations)
        return self._lowered(*(doubt for seen in places for doubt in seen))

    def _lowered(self, *doubts: Doubt) -> Found:
        return replace(self, doubts=(*self.doubts, *doubts), confidence=min(self.confidence, DOUBTED)) if doubts else self
