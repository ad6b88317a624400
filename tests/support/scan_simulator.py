"""Scans by simulation, seeded: the pages of a PDF as a pen, a stamp, careless hands and an office's scanner leave them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import pypdfium2 as pdfium
from PIL import Image

Pixels = npt.NDArray[np.uint8]
Points = npt.NDArray[np.float64]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points from the page's top left."""
Pages = Literal["in order", "turned", "disordered", "missing", "doubled"]

INKS = ((150, 60, 25), (120, 30, 40), (40, 35, 35))
"""Blue, violet and black, as OpenCV orders colours."""
STAMPS = ((170, 90, 60), (150, 60, 130), (70, 60, 180))
FIGURES = {
    "0": "30,2 8,30 10,80 35,98 56,70 54,25 30,2", "1": "12,32 38,3 34,97", "2": "8,25 28,2 52,22 40,55 4,96 30,92 58,97",
    "3": "8,12 34,2 50,22 26,46 52,66 40,94 6,92", "4": "36,2 6,62 60,60 46,36 42,98", "5": "52,4 16,6 12,42 44,44 50,78 8,96",
    "6": "44,2 12,46 14,88 44,92 46,58 14,64", "7": "6,8 54,4 30,50 22,98", "8": "30,46 10,20 32,2 48,20 12,72 30,98 52,74 30,46",
    "9": "50,24 28,2 10,24 24,46 50,26 42,96", ".": "10,92 14,97",
}  # fmt: skip
"""Strokes of handwritten figures, in hundredths of their height."""


@dataclass(frozen=True, slots=True)
class Scan:
    """How pages are scanned, and what happened to them before."""

    dpi: int = 200
    skew: float = 0.5
    """Degrees that a page lies askew at most."""
    noise: float = 3.0
    """Standard deviation, in levels of grey."""
    blur: float = 0.1
    """Standard deviation, in points."""
    jpeg: int = 80
    colour: bool = False
    bilevel: bool = False
    fold: bool = False
    """Whether the paper was folded, so that shadows cross it."""
    stamp: bool = False
    specks: int = 0
    """Dots of dirt on a page."""
    pages: Pages = "in order"


class Written(NamedTuple):
    """What a pen wrote: a date's figures within a box, or, without text, a signature that runs over what is printed in it."""

    seite: int
    box: Box
    text: str = ""


class Scanned(NamedTuple):
    """The scan; for each of its pages which one it was, counted from 1, and how often it lies turned by a quarter."""

    pdf: bytes
    seiten: tuple[int, ...]
    turns: tuple[int, ...]


def scanned(pdf: bytes, scan: Scan, seed: int, written: Sequence[Written] = ()) -> Scanned:
    """The pages of a PDF as scanned pictures; the same seed gives the same scan."""
    chance = np.random.default_rng(seed)
    papers = [_paper(page, scan.dpi / 72) for page in pdfium.PdfDocument(pdf)]
    for mark in written:
        (_write if mark.text else _sign)(papers[mark.seite - 1], mark, scan.dpi / 72, chance)
    if scan.stamp:
        _stamp(papers[int(chance.choice([0, 1, -1]))], scan.dpi / 72, chance)
    pictures = [_photographed(paper, scan, chance) for paper in papers]
    seiten, turns = _handled(len(pictures), scan.pages, chance)
    images = [_image(np.rot90(pictures[seite - 1], turn), scan) for seite, turn in zip(seiten, turns, strict=True)]
    out = io.BytesIO()
    lossy = {} if scan.bilevel else {"quality": scan.jpeg}
    images[0].save(out, "PDF", resolution=scan.dpi, save_all=True, append_images=images[1:], **lossy)
    return Scanned(out.getvalue(), seiten, turns)


def _handled(count: int, pages: Pages, chance: np.random.Generator) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The pages as they lie in the scanner, and their quarter turns."""
    order, turns = list(range(1, count + 1)), [0] * count
    some = int(chance.integers(count))
    match pages:
        case "turned":
            turns = [int(turn) for turn in chance.choice([0, 1, 2, 3], count, p=[0.4, 0.2, 0.2, 0.2])]
            turns[some] = int(chance.integers(1, 4))
        case "disordered":
            other = (some + int(chance.integers(1, count))) % count
            order.insert(other, order.pop(some))
        case "missing":
            del order[some], turns[some]
        case "doubled":
            order.insert(some + 1, order[some])
            turns.append(0)
    return tuple(order), tuple(turns)


# ---------------------------------------------------------------- paper


def _paper(page: pdfium.PdfPage, scale: float) -> Pixels:
    return np.ascontiguousarray(page.render(scale=scale).to_numpy()[..., :3])


def _lay(paper: Pixels, strokes: Sequence[Points], colour: Sequence[int], width: float, cover: float = 1.0) -> None:
    """Draws strokes, in dots, `width` thick, so that they cover what is printed wholly or in part."""
    mask = np.zeros(paper.shape[:2], np.uint8)
    lines = [np.round(stroke * 16).astype(np.int32) for stroke in strokes]
    cv2.polylines(mask, lines, False, 255, max(1, round(width)), cv2.LINE_AA, 4)
    part = mask[..., None].astype(np.float32) / 255 * cover
    paper[:] = np.minimum(paper, paper * (1 - part) + np.array(colour, np.float32) * part).astype(np.uint8)


def _smooth(points: Points) -> Points:
    """A line through the middles of a polyline's edges, its corners cut three times."""
    for _ in range(3):
        first, second = points[:-1], points[1:]
        cut = np.stack([0.75 * first + 0.25 * second, 0.25 * first + 0.75 * second], 1).reshape(-1, 2)
        points = np.vstack([points[:1], cut, points[-1:]])
    return points


def _write(paper: Pixels, mark: Written, scale: float, chance: np.random.Generator) -> None:
    left, top, right, bottom = mark.box
    widths = [0.3 if sign == "." else 0.75 for sign in mark.text]
    height = min(1.25 * (bottom - top), (right - left) / sum(widths))
    at, strokes = left + chance.uniform(0, right - left - height * sum(widths)), []
    for sign, width in zip(mark.text, widths, strict=True):
        figure = np.array([pair.split(",") for pair in FIGURES[sign].split()], float) / 100
        figure += chance.normal(0, 0.03, figure.shape)
        figure[:, 0] += 0.18 * (1 - figure[:, 1])
        strokes.append(scale * (_smooth(figure) * height + [at, bottom - height * 0.95 + chance.normal(0, 0.4)]))
        at += width * height
    _lay(paper, strokes, INKS[chance.integers(3)], chance.uniform(0.7, 1.3) * scale)


def _sign(paper: Pixels, mark: Written, scale: float, chance: np.random.Generator) -> None:
    left, top, right, bottom = mark.box
    count = int(chance.integers(9, 16))
    x = np.linspace(left - chance.uniform(0, 10), right + chance.uniform(0, 40), count) + chance.normal(0, 5, count)
    y = (top + bottom) / 2 - chance.uniform(2, 16) + np.where(np.arange(count) % 2, 1, -1) * chance.uniform(3, 20, count)
    _lay(paper, [scale * _smooth(np.stack([x, y], 1))], INKS[chance.integers(3)], chance.uniform(0.7, 1.6) * scale)


def _stamp(paper: Pixels, scale: float, chance: np.random.Generator) -> None:
    """An office's stamp somewhere on a page: two rings or a frame, lettered, its ink thin."""
    height, width = paper.shape[:2]
    middle = np.array([chance.uniform(0.2, 0.8) * width, chance.uniform(0.12, 0.88) * height])
    turn = np.linspace(0, 2 * np.pi, 60)
    ring = np.stack([np.cos(turn), np.sin(turn)], 1)
    frame = np.array([[-1, -0.5], [1, -0.5], [1, 0.5], [-1, 0.5], [-1, -0.5]])
    shape, inner = (ring, 0.72) if chance.random() < 0.5 else (frame, 0.94)
    colour, size = STAMPS[chance.integers(3)], chance.uniform(40, 62) * scale
    _lay(paper, [middle + shape * size, middle + shape * size * inner], colour, 1.2 * scale, 0.7)
    lettered = np.full_like(paper, 255)
    for row, text in enumerate(("EINGEGANGEN", "11. JAN. 2024", "Kreisverwaltung")):
        place = (int(middle[0] - 0.55 * size), int(middle[1] + (row - 0.7) * 11 * scale))
        cv2.putText(lettered, text, place, cv2.FONT_HERSHEY_SIMPLEX, 0.27 * scale, colour, max(1, round(0.6 * scale)), cv2.LINE_AA)
    paper[:] = np.minimum(paper, (255 - (255 - lettered.astype(np.float32)) * 0.7).astype(np.uint8))


# ---------------------------------------------------------------- scanner


def _photographed(paper: Pixels, scan: Scan, chance: np.random.Generator) -> Pixels:
    """What the scanner makes of a sheet: askew, shaded, blurred, noisy, in grey or in two tones unless it keeps colours."""
    height, width = paper.shape[:2]
    seen = paper if scan.colour else cv2.cvtColor(paper, cv2.COLOR_BGR2GRAY)
    lie = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-scan.skew, scan.skew), 1.0)
    lie[:, 2] = lie[:, 2] + chance.normal(0, 2, 2) * scan.dpi / 72
    seen = cv2.warpAffine(seen, lie, (width, height), flags=cv2.INTER_CUBIC, borderValue=(255, 255, 255))
    light = chance.uniform(235, 255) - (255 - seen.astype(np.float32)) * chance.uniform(0.75, 0.95)
    for x, y in chance.uniform(0, 1, (scan.specks, 2)) * (width, height):
        cv2.circle(light, (int(x), int(y)), max(1, round(chance.uniform(0.2, 0.6) * scan.dpi / 72)), chance.uniform(10, 90), -1)
    if scan.fold:
        rows = np.arange(height)
        for third in (1 / 3, 2 / 3):
            away = (rows - (third + chance.normal(0, 0.02)) * height) / (7 * scan.dpi / 72)
            shade = 1 - chance.uniform(0.3, 0.55) * np.exp(-np.abs(away)) * (away > -0.4)
            light *= shade.reshape(-1, *[1] * (light.ndim - 1)).astype(np.float32)
    light = np.asarray(cv2.GaussianBlur(light, (0, 0), max(0.05, scan.blur * scan.dpi / 72)), np.float32)
    light += chance.normal(0, scan.noise, light.shape).astype(np.float32)
    if scan.bilevel:
        light = np.where(light > chance.uniform(135, 185), 255, 0)
    return np.asarray(np.clip(light, 0, 255), np.uint8)


def _image(picture: Pixels, scan: Scan) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(picture[..., ::-1] if scan.colour else picture))
    return image.convert("1") if scan.bilevel else image
