"""What a pen writes, by its path: figures, days, signatures, strokes through print. Each hand writes its own way; no font is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]
Path = npt.NDArray[np.float64]
"""Points that a pen passes, one a row: x to the right, y downwards."""
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the page's top left."""

# Points a pen passes, in hundredths of a figure's height; strokes are parted by "|", the ways different people write a sign by "/".
_PATHS = {
    "0": "32,4 10,25 6,60 28,98 52,75 54,30 36,4 26,8 / 30,2 4,50 30,99 50,50 32,2",
    "1": "10,35 34,4 30,98 / 28,2 26,100 / 6,32 30,2 28,99 | 10,99 48,98",
    "2": "8,22 26,3 48,20 36,52 6,97 30,96 54,95 / 10,24 30,4 46,24 30,66 8,92 16,98 26,88 40,96 58,92",
    "3": "8,14 30,2 46,22 24,46 50,70 30,99 4,86 / 10,8 46,6 26,40 50,66 34,97 6,88",
    "4": "22,2 6,58 30,59 54,58 | 42,34 40,66 38,99 / 40,2 4,66 28,65 58,64 | 40,30 40,64 39,99",
    "5": "16,6 12,44 38,42 50,68 32,97 6,88 | 16,6 32,5 50,4 / 48,4 16,6 12,44 40,44 48,74 26,99 4,90",
    "6": "44,4 18,30 8,70 28,98 50,78 38,54 12,70 / 36,2 10,60 18,96 44,90 44,60 14,66",
    "7": "6,10 30,7 52,6 38,44 24,99 / 6,12 30,8 52,6 38,46 22,98 | 14,52 30,50 46,48",
    "8": "44,16 24,2 10,22 46,66 30,98 6,78 40,36 46,18 / 30,48 12,28 30,3 48,26 30,48 8,74 30,99 54,74 30,48",
    "9": "48,22 26,4 8,28 26,50 48,26 46,60 28,98 / 46,14 24,4 10,30 30,46 48,20 44,60 40,98",
    ".": "8,94 10,97 12,98",
    ",": "12,90 11,98 6,112",
    "/": "34,0 20,50 4,104",
    "-": "8,56 22,55 38,54",
    "?": "8,20 26,2 46,20 26,50 25,70 | 24,94 26,98",
    "a": "44,46 20,44 8,70 22,97 42,76 44,48 45,90 54,97",
    "b": "12,2 11,60 10,97 36,94 44,66 28,50 12,64",
    "c": "42,52 20,44 8,70 22,97 44,90",
    "e": "8,72 38,68 36,46 14,52 8,80 24,98 44,90",
    "g": "42,48 18,44 8,70 22,94 42,74 43,52 42,112 24,128 8,116",
    "i": "10,48 11,80 14,97 | 11,26 13,30",
    "k": "12,2 11,60 10,97 | 40,46 12,74 44,97",
    "l": "12,2 10,50 11,88 22,97",
    "n": "8,46 10,70 10,97 | 10,64 30,44 42,60 44,97",
    "o": "26,44 8,68 24,97 46,74 30,45",
    "p": "10,46 10,90 9,128 | 10,54 36,44 44,72 26,97 10,86",
    "r": "10,46 11,70 12,97 | 12,62 26,46 40,50",
    "s": "38,48 16,46 14,64 36,74 34,94 8,94",
    "t": "20,14 18,60 18,86 32,98 | 4,46 20,45 38,44",
    "u": "8,46 10,84 28,98 44,80 46,46 48,97",
    "v": "6,46 24,97 44,46",
    "z": "8,48 42,46 8,96 46,95",
    "ä": "44,46 20,44 8,70 22,97 42,76 44,48 45,90 54,97 | 16,24 18,29 | 36,22 38,27",
    "A": "4,98 30,2 56,98 | 14,64 30,65 46,64",
    "D": "10,4 10,50 10,97 44,84 52,36 10,4",
    "F": "52,4 30,4 12,4 11,50 10,98 | 10,48 26,47 42,46",
    "J": "44,4 44,40 44,76 24,99 4,84",
    "M": "4,98 14,4 34,66 56,4 64,98",
    "N": "6,98 10,4 46,96 50,2",
    "O": "32,2 6,40 22,96 54,70 50,20 32,2",
    "S": "48,12 24,2 10,24 44,64 30,98 4,86",
}  # fmt: skip
_INKS = ((148, 66, 20), (120, 38, 30), (60, 50, 48), (30, 28, 26), (96, 24, 60))
"""Blue, dark blue, grey, black and violet, as OpenCV orders colours."""
_FINER = 3
"""A path is drawn so many times as fine as the page, so that its rims are soft."""


@dataclass(frozen=True, slots=True)
class Hand:
    """How somebody writes."""

    variant: int
    """Which of the ways to write a sign is theirs."""
    slant: float
    """How far the top of a figure lies to the right of its foot, in heights."""
    wide: float
    round: float
    """How round the turns of the pen are, from 0 to 1."""
    shaky: float
    """Standard deviation of each point, in heights."""
    gap: float
    """White between signs, in heights."""
    pen: float
    """Width of a line, in points."""
    ink: tuple[int, int, int]

    @classmethod
    def drawn(cls, chance: np.random.Generator) -> Hand:
        """Somebody's hand."""
        ink = _INKS[chance.integers(len(_INKS))]
        return cls(int(chance.integers(6)), chance.uniform(-0.12, 0.4), chance.uniform(0.75, 1.2), chance.uniform(0.5, 1.0),
                   chance.uniform(0.008, 0.035), chance.uniform(0.02, 0.2), chance.uniform(0.6, 1.7), ink)  # fmt: skip


class Stroke(NamedTuple):
    """A path on a page, in points, and how wide the pen is there."""

    path: Path
    pen: float


def curved(points: Path, roundness: float = 1.0, steps: int = 10) -> Path:
    """A path through the points given, its turns rounded (Catmull-Rom), or straight from each to the next at roundness 0."""
    if len(points) < 3:
        return points
    ends = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, steps, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        soft = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
        parts.append(roundness * soft + (1 - roundness) * (b + (c - b) * t))
    return np.vstack([*parts, points[-1:]])


def written(text: str, hand: Hand, left: float, foot: float, height: float, chance: np.random.Generator) -> list[Stroke]:
    """A text as a hand writes it: its first sign at `left`, its figures standing on `foot`, so high, in points."""
    at, strokes, climbs = left, list[Stroke](), chance.normal(0, 0.05)
    for sign in text:
        if sign == " ":
            at += 0.35 * height * hand.wide
            continue
        ways = _PATHS[sign].split("/") if sign != "/" else [_PATHS[sign]]
        paths = [np.array([point.split(",") for point in path.split()], float) / 100 for path in ways[hand.variant % len(ways)].split("|")]
        size = height * chance.uniform(0.9, 1.1)
        for path in paths:
            path = path + chance.normal(0, hand.shaky, path.shape)
            path[:, 0] = path[:, 0] * hand.wide + hand.slant * (1 - path[:, 1])
            path = curved(path, hand.round) * size
            place = np.array([at, foot - size - climbs * (at - left) + chance.normal(0, 0.02) * height])
            strokes.append(Stroke(path + place, hand.pen))
        wide = max(path[:, 0].max() for path in paths) * hand.wide + hand.gap
        at += size * max(wide, 0.2)
    return strokes


def width(text: str, hand: Hand, height: float) -> float:
    """How wide a text becomes, about, in points."""
    strokes = written(text, hand, 0, 0, height, np.random.default_rng(0))
    return float(max(stroke.path[:, 0].max() for stroke in strokes))


def signature(hand: Hand, box: Box, chance: np.random.Generator) -> list[Stroke]:
    """A name as it is signed, that nobody can read: loops that begin in a box and run out of it, and a dash now and then."""
    left, top, right, bottom = box
    count = int(chance.integers(7, 15))
    x = np.linspace(left, right, count) + chance.normal(0, 0.04, count) * (right - left)
    high = np.where(np.arange(count) % 2, 1.0, -1.0) * chance.uniform(0.15, 1.0, count)
    high[0] = chance.uniform(-2, -1)
    y = (top + bottom) / 2 + high * (bottom - top) / 2
    strokes = [Stroke(curved(np.stack([x, y], 1), hand.round), hand.pen)]
    if chance.random() < 0.4:
        under = np.array([[left, bottom + 2], [(left + right) / 2, bottom + chance.uniform(0, 4)], [right, bottom - chance.uniform(0, 3)]])
        strokes.append(Stroke(curved(under), hand.pen))
    return strokes


STRUCK = ("straight", "double", "slanted", "zigzag", "crossed", "scribbled")
"""How print is struck."""


def struck(how: str, box: Box, hand: Hand, chance: np.random.Generator) -> list[Stroke]:
    """The strokes through what is printed in a box."""
    left, top, right, bottom = box
    over, height = chance.uniform(0.5, 4), bottom - top
    left, right = left - over, right + over
    middle = top + height * chance.uniform(0.42, 0.62)
    match how:
        case "straight":
            lines = [[(left, middle), ((left + right) / 2, middle + chance.normal(0, 0.6)), (right, middle + chance.normal(0, 0.8))]]
        case "double":
            lines = [[(left, at), (right, at + chance.normal(0, 0.7))] for at in (middle - 0.16 * height, middle + 0.16 * height)]
        case "slanted":
            lines = [[(left, bottom - 0.1 * height), (right, top + 0.1 * height)]]
        case "zigzag":
            count = max(4, round((right - left) / 5))
            x = np.linspace(left, right, count)
            lines = [[(at, top + 0.15 * height if n % 2 else bottom - 0.15 * height) for n, at in enumerate(x)]]
        case "crossed":
            lines = [[(left, top), (right, bottom)], [(left, bottom), (right, top)]]
        case _:
            count = max(10, round((right - left) / 1.5))
            x = np.linspace(left, right, count)
            lines = [[(at, top if n % 2 else bottom) for n, at in enumerate(x)]]
    return [Stroke(curved(np.array(line) + chance.normal(0, 0.35, (len(line), 2)), hand.round), hand.pen) for line in lines]


def drawn(page: Pixels, strokes: Sequence[Stroke], ink: Sequence[int], scale: float, chance: np.random.Generator) -> None:
    """Draws strokes upon a page in colour, `scale` dots a point; the pen presses more here and less there."""
    for stroke in strokes:
        low = np.floor(stroke.path.min(0) * scale - 4 * scale).astype(int)
        high = np.ceil(stroke.path.max(0) * scale + 4 * scale).astype(int)
        left, top = np.clip(low, 0, None)
        right, bottom = min(high[0], page.shape[1]), min(high[1], page.shape[0])
        if right <= left or bottom <= top:
            continue
        fine = np.zeros(((bottom - top) * _FINER, (right - left) * _FINER), np.uint8)
        dots = (stroke.path * scale - [left, top]) * _FINER
        press = np.interp(np.arange(len(dots)), np.linspace(0, len(dots), 6), chance.uniform(0.75, 1.25, 6))
        for here, there, pressed in zip(dots, dots[1:], press, strict=False):
            thick = max(1, round(stroke.pen * scale * _FINER * pressed))
            cv2.line(fine, _dot(here), _dot(there), 255, thick, cv2.LINE_AA, 4)
        mask = cv2.resize(fine, (right - left, bottom - top), interpolation=cv2.INTER_AREA)[..., None].astype(np.float32) / 255
        mask *= chance.uniform(0.82, 1.0)
        part = page[top:bottom, left:right]
        part[:] = np.minimum(part, part * (1 - mask) + np.array(ink, np.float32) * mask).astype(np.uint8)


def _dot(point: Path) -> tuple[int, int]:
    """A point in sixteenths of a dot, as OpenCV wants it."""
    return int(point[0] * 16), int(point[1] * 16)


def marked(page: Pixels, box: Box, colour: Sequence[int], scale: float, chance: np.random.Generator) -> None:
    """Draws a highlighter over what is printed in a box: its rim is uneven, its ink pools at the ends."""
    left, top, right, bottom = box
    count = max(4, round((right - left) / 6))
    x = np.linspace(left - 2, right + 2, count)
    upper = np.stack([x, top + chance.normal(-1, 0.7, count)], 1)
    lower = np.stack([x, bottom + chance.normal(1, 0.7, count)], 1)
    ring = np.round(np.vstack([curved(upper), curved(lower)[::-1]]) * scale * 16).astype(np.int32)
    mask = np.zeros(page.shape[:2], np.uint8)
    cv2.fillPoly(mask, [ring], 255, cv2.LINE_AA, 4)
    inner = cv2.erode(mask, np.ones((max(1, round(2 * scale)),) * 2, np.uint8))
    cover = (mask.astype(np.float32) * 0.8 + np.where(inner == 0, mask, 0).astype(np.float32) * 0.2)[..., None] / 255
    page[:] = (page * (1 - cover * (1 - np.array(colour, np.float32) / 255))).astype(np.uint8)
