"""What lies on the words of a page: by its place first, then by the page's picture with it and without it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from agreements.reading.doubts import Doubt

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points of the page, y upwards; of a picture's dots left, top, right, bottom."""
_Pair = tuple[float, float]

THIN = 5.0
"""Points; what is no thicker is a line, however it is drawn."""
STROKE = (0.1, 0.65)
"""Font sizes above the baseline between which a line goes through the letters: underlines and the rules of tables stay below."""
LETTERS = (-0.2, 0.8)
"""Font sizes above the baseline between which letters have their ink."""
_SAYS = {"line": Doubt("strich-durch-die-buchstaben"), "area": Doubt("unter-flaeche"), "picture": Doubt("unter-bild")}
_EDGE = 0.5
"""Points at either end of a word where a line beside it may touch its box."""
_OVER = 0.5
"""Part of the narrower of two words that lies over the other; letters of neighbours touch at most."""
_LINE = re.compile(r"[_.…·‗\s]+")
_ROW = 12.0
"""Points; words are looked up by rows of this height."""
_GREY, _PALE = 150, 200
"""Of 255: ink is darker than the first, paper paler than the second."""
_LOST = 60
"""Of 255 by which ink at least pales where something hides it."""
_TRACE = 24
"""Of 255; a smaller difference nobody sees."""
_DOTS = 3
"""Dots of the picture that have to change; with nothing on the word none does."""
_TINT = 0.9
"""Part of a word's paper that is no paler than its ground; a marker may end before the word does."""
_READABLE = 60
"""Of 255 between letters and their ground."""
_BEYOND = 0.6
"""Font sizes by which a signature runs on above or below the letters that it crosses; a stroke that is meant for them ends with them."""


How = Literal["hidden", "crossed", "crossed and beyond"]
"""What something does to the letters that it lies on; in the last case it goes on above or below their line."""


class Overlay(NamedTuple):
    """Something that may lie on words; lines cross letters also from below them, all else hides only what was painted before."""

    kind: Literal["line", "area", "picture", "annotation"]
    order: float
    """Its place in the order of painting."""
    box: Box
    name: str = ""
    """What an annotation is and says, in German."""
    certain: bool = False
    """Whether a word is to be looked at wherever it lies on one, whatever the picture shows."""

    @property
    def says(self) -> Doubt:
        """What is said of a word that it lies on; see `Word.seen`."""
        return Doubt("unter-anmerkung", anmerkung=self.name) if self.kind == "annotation" else _SAYS[self.kind]


class Spot(NamedTuple):
    """The letters of a word: where a line would go through them, all their ink, and their place in the order of painting."""

    stroke: Box
    letters: Box
    order: int

    @property
    def beyond(self) -> tuple[Box, Box]:
        """What lies above and below the letters, where a signature that crosses them runs on."""
        left, bottom, right, top = self.letters
        far = _BEYOND * (top - bottom)
        return (left, top, right, top + far), (left, bottom - far, right, bottom)


class Picture(NamedTuple):
    """A page drawn in grey."""

    pixels: bytes
    stride: int
    width: int
    height: int

    def rows(self, box: tuple[int, int, int, int]) -> Iterator[bytes]:
        """The dots in a box, row by row."""
        left, top, right, bottom = box
        for row in range(max(0, top), min(self.height, bottom)):
            yield self.pixels[row * self.stride + max(0, left) : row * self.stride + min(self.width, right)]

    def inside(self, box: tuple[int, int, int, int]) -> bytes:
        """The dots in a box."""
        return b"".join(self.rows(box))


def spot(box: Box, origin: _Pair, direction: _Pair, size: float, order: int) -> Spot:
    """Where the letters of a word in this box are, that starts on its baseline at `origin`."""
    return Spot(_band(box, origin, direction, size, STROKE, _EDGE), _band(box, origin, direction, size, LETTERS, 0.0), order)


def _band(box: Box, origin: _Pair, direction: _Pair, size: float, part: _Pair, edge: float) -> Box:
    """The part of a word's box between two heights above its baseline; of a slanted word the whole box."""
    low, high = part[0] * size, part[1] * size
    left, bottom, right, top = box
    across, along = round(direction[0], 1), round(direction[1], 1)
    if along == 0:
        first, last = sorted((origin[1] + across * low, origin[1] + across * high))
        return left + edge, first, right - edge, last
    if across == 0:
        first, last = sorted((origin[0] - along * low, origin[0] - along * high))
        return first, bottom + edge, last, top - edge
    return box


class Spots:
    """The words of a page by their places."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self.all = spots
        self._rows: dict[int, list[int]] = defaultdict(list)
        for number, one in enumerate(spots):
            for row in range(int(one.letters[1] // _ROW), int(one.letters[3] // _ROW) + 1):
                self._rows[row].append(number)

    def under(self, overlays: Iterable[Overlay]) -> dict[int, list[Overlay]]:
        """What lies on which word by its place, by the word's number."""
        found: dict[int, list[Overlay]] = defaultdict(list)
        for overlay in overlays:
            for number in self._near(overlay.box):
                if _lies_on(overlay, self.all[number]):
                    found[number].append(overlay)
        return found

    def touched(self, box: Box) -> bool:
        """Whether a box meets the letters of any word."""
        return any(meet(box, self.all[number].letters) for number in self._near(box))

    def _near(self, box: Box) -> Iterator[int]:
        """Numbers of the words in the rows of a box, each once."""
        first, last = int(box[1] // _ROW), int(box[3] // _ROW)
        touched = (row for row in self._rows if first <= row <= last) if last - first > len(self._rows) else range(first, last + 1)
        yield from dict.fromkeys(number for row in touched for number in self._rows.get(row, ()))


def _lies_on(overlay: Overlay, word: Spot) -> bool:
    """Whether a line goes through a word's letters, or something else that was painted later lies on them."""
    above = overlay.kind == "line" or overlay.order > word.order
    return above and meet(overlay.box, word.stroke if overlay.kind == "line" or overlay.certain else word.letters)


def overprinted(words: Sequence[tuple[str, Box, _Pair]]) -> Iterator[tuple[int, int]]:
    """Numbers of words of which one is printed over the other on the same line, by text, box and start on the baseline.

    A word printed twice is bold, and lines of underscores or dots are there to be written on.
    """
    order = sorted((round(start[1]), box[0], box[2], number) for number, (_, box, start) in enumerate(words))
    for (row, left, right, one), (below, beside, end, other) in pairwise(order):
        if row == below and min(right, end) - beside > _OVER * min(right - left, end - beside):
            text, more = words[one][0], words[other][0]
            if text != more and not _LINE.fullmatch(text) and not _LINE.fullmatch(more):
                yield one, other


def is_thin(box: Box) -> bool:
    """Whether a box is that of a line."""
    return min(box[2] - box[0], box[3] - box[1]) <= THIN


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes have a place in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def leaves_ink(shown: bytes, without: bytes) -> bool:
    """Whether a word can be seen: its place on the page's picture looks otherwise where the word is not drawn."""
    return any(abs(one - other) > _TRACE for one, other in zip(shown, without, strict=True))


def hides(shown: bytes, bare: bytes) -> bool:
    """Whether what lies on a word takes ink from its letters."""
    return sum(before < _GREY < after and after - before > _LOST for after, before in zip(shown, bare, strict=True)) >= _DOTS


def crosses(shown: bytes, bare: bytes) -> bool:
    """Whether what lies on a word draws new ink between its letters; a marker that darkens all their paper leaves them readable."""
    paper = sorted(after for after, before in zip(shown, bare, strict=True) if before > _PALE)
    if not paper:
        return False
    tint = paper[int(_TINT * (len(paper) - 1))]
    return sum(after < min(_GREY, tint - _READABLE) for after in paper) >= _DOTS or tint - min(shown) < _READABLE


def runs_through(shown: Iterable[bytes], bare: Iterable[bytes]) -> bool:
    """Whether new ink goes from one end of a place to the other, row by row."""
    rows = [any(before - after > _READABLE for after, before in zip(*row, strict=True)) for row in zip(shown, bare, strict=True)]
    return bool(rows) and all(rows)


def signed_across(changed: Mapping[int, How], lying: Mapping[int, list[Overlay]]) -> list[list[int]]:
    """Numbers of the words of each thing that hides none of them and goes on beyond the line of most, as a signature does."""
    words: dict[tuple[float, str], list[int]] = defaultdict(list)
    for number in changed:
        words[lying[number][-1].order, lying[number][-1].name].append(number)
    return [numbers for numbers in words.values()
            if all(changed[number] != "hidden" for number in numbers)
            and 2 * sum(changed[number] == "crossed and beyond" for number in numbers) >= len(numbers)]  # fmt: skip
