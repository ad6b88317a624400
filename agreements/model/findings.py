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
class Ort:
    """Where something was read: its page and box (points from the page's top left; None in Word), letter by letter."""

    seite: int | None
    kasten: tuple[float, float, float, float] | None
    text: str
    seen: str | None = None
    """German sentences on words there that a person may see otherwise than they were read; see `Word.seen`."""

    def shown(self, maps: Mapping[int, Plane]) -> Ort:
        """The place on the page as it is shown; `maps` leads there from the page as it was read, where that is another."""
        if self.kasten is None or self.seite is None or self.seite not in maps:
            return self
        left, top, right, bottom = (round(value, 1) for value in maps[self.seite].box(*self.kasten))
        return replace(self, kasten=(left, top, right, bottom))


class Cutting(NamedTuple):
    """The picture of a place with its surroundings: a data address ("data:image/png;base64,…"), width and height in points."""

    address: str
    width: float
    height: float


def orte(words: Sequence[Word], text: str | None = None) -> tuple[Ort, ...]:
    """The places of some words, one a page; `text` says it letter by letter where it is less than the words."""
    found = []
    for seite, several in groupby(((place, word) for word in words for place in word.places), key=lambda item: item[0].seite):
        pairs = list(several)
        said = list(dict.fromkeys(id(word) for _, word in pairs))
        by_id = {id(word): word.text for _, word in pairs}
        box = _union([place for place, _ in pairs])
        found.append(Ort(seite, box, " ".join(by_id[key] for key in said), _seen(word for _, word in pairs)))
    if len(found) <= 1 and text is not None:
        return (replace(found[0], text=text),) if found else (Ort(None, None, text, _seen(words)),)
    return tuple(found) or (Ort(None, None, " ".join(word.text for word in words), _seen(words)),)


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
        round(min(box.links for box in boxes), 1),
        round(min(box.oben for box in boxes), 1),
        round(max(box.rechts for box in boxes), 1),
        round(max(box.unten for box in boxes), 1),
    )


@dataclass(frozen=True, slots=True)
class Befund:
    """One finding."""

    art: Art
    schwere: Schwere
    text: str
    feld: str | None = None
    erwartet: str | None = None
    ort: Ort = Ort(None, None, "")

    def shown(self, maps: Mapping[int, Plane]) -> Befund:
        """The finding with its place on the page as it is shown; see `Ort.shown`."""
        return replace(self, ort=self.ort.shown(maps))

    def sentence(self) -> str:
        """The finding for people."""
        where = f"Seite {self.ort.seite}: " if self.ort.seite else ""
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
    orte: tuple[Ort, ...]
    sicherheit: float = 0.99
    pruefen: bool = False
    grund: str | None = None

    def shown(self, maps: Mapping[int, Plane]) -> Found:
        """The Angabe with its places on the page as it is shown; see `Ort.shown`."""
        return replace(self, orte=tuple(ort.shown(maps) for ort in self.orte))

    def as_seen(self) -> Found:
        """The Angabe, to be looked at where a person may see one of its words otherwise than it was read."""
        seen = " ".join(dict.fromkeys(ort.seen for ort in self.orte if ort.seen))
        if not seen:
            return self
        grund = f"{self.grund} {seen}" if self.pruefen and self.grund else seen
        return replace(self, pruefen=True, sicherheit=min(self.sicherheit, 0.5), grund=grund)
