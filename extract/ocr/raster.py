"""A page as a picture: rendered, turned upright, set straight, evened, and scaled to what recognisers read best."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from agreements.errors import UnreadableError
from agreements.reading.geometry import UNMOVED, Plane
from extract.ocr.ground import on_white
from extract.text_layer.painted import objects_of

Pixels = NDArray[np.uint8]
"""Grey, 0 is ink; rows from the top."""

cv2.setNumThreads(1)
"""Pages are shared out among processes, no part of one: OpenCV's threads wait busily for each other, a twelfth of what is done to a page
beside recognising it."""

DPI = 300
"""Recognisers are trained on letters as large as a scanner gives them at this resolution."""
COARSEST = 36 / 72
"""Dots a point; a picture with fewer shows no letter of any size, and what is read on its page is drawn over it."""
MOST_PIXELS = 60_000_000
"""A4 at 600 dpi has 35 million."""
STEEPEST = 10.0
"""Degrees; paper lies no more askew in a scanner."""
SIDEWAYS = 1.4
"""Times; letters' feet gather so much more in one direction where lines run in it."""
COLOURFUL, FAINTLY = 60, 28
"""Of 255, between a dot's strongest and weakest colour: ink of a stamp or pen, not the fringe of a black letter.
Thin or faint ink has as little as a fringe; but fringes are of one colour on the left and of the other on the right,
so that little is left of them where neighbours are taken together."""
PRINT, LIGHTER, DARKEST_PRINT = 128, 45, 110
"""Of 255: what is darker is ink; a dot's strongest colour is so much lighter in ink of a dark colour than in print (half as much
where it is plainly coloured), and in print never lighter than this; where it is darker black lies under the colour, or over it."""
LEAST_COLOURED = 0.0002
"""Part of the page; less is dirt."""
LIGHT = 0.85
"""Times the paper, a dot's strongest colour in a highlighter's ink; a pen's and a stamp's are darker in every colour."""
PALE = 0.5
"""Times the paper, all colours of a dot together in a highlighter's ink; on yellow paper, evened, a blue pen has one strong colour, too."""
BROAD, LETTERS = 2.0, 9.0
"""Points: so broad is a highlighter's ink above, below and between letters, the light rim of a pen's stroke is not; and so broad are
letters that stand in it."""
UNEVEN = 24
"""Of 255, between the paper's lightest and darkest places: more is a shadow and is taken out."""
SPARSE = 8
"""Dots; so far apart the paper is looked at to tell whether it is uneven."""
FILLED = 75
"""Dots; letters and their parts are narrower, shadows are longer."""
DARKEST = 60
"""Of 255; a shadow that is darker leaves nothing to read."""


@dataclass(frozen=True)
class Raster:
    """A page as it is shown, rendered as finely as its picture is."""

    grey: Pixels
    coloured: Pixels | None
    """Ink in colour alone; None where there is none. It is left out of `grey`."""
    scale: float
    """Dots a point."""

    @property
    def dpi(self) -> float:
        """Dots an inch."""
        return self.scale * 72

    @cached_property
    def ink(self) -> NDArray[np.bool_]:
        """Where ink is, at about 100 dpi."""
        return _ink(self.grey, self.scale)

    @cached_property
    def lie(self) -> tuple[float, float]:
        """The angle at which lines of text lie that run from left to right, as `_best_angle` gives it."""
        return _best_angle(self.ink)


@dataclass(frozen=True, slots=True)
class Picture:
    """A page upright and straight, at DPI."""

    grey: Pixels
    coloured: Pixels | None
    to_shown: Plane
    """From its dots to points from the shown page's top left."""
    to_read: Plane
    """From its dots to points from the top left of the page as it is read, upright and straight."""
    width: float
    height: float
    """Of the page as it is read, in points."""
    turns: int
    """Quarter turns clockwise that set it upright."""

    def cut(self, left: int, right: int) -> Picture:
        """The part between two columns of dots; its dots lead to where they stood."""
        moved = UNMOVED._replace(c=left)
        grey = np.ascontiguousarray(self.grey[:, left:right])
        coloured = None if self.coloured is None else np.ascontiguousarray(self.coloured[:, left:right])
        return replace(self, grey=grey, coloured=coloured, to_shown=self.to_shown.after(moved), to_read=self.to_read.after(moved))

    @property
    def as_shown(self) -> Plane:
        """From the page as it is read to the page as it is shown, both in points."""
        return self.to_shown.after(self.to_read.back())


class _Embedded(NamedTuple):
    """The pictures in a page: their dots, their finest resolution, whether any has colour."""

    dots: int
    scale: float
    colour: bool


def rasterise(page: pdfium.PdfPage, number: int, path: Path, without: Set[int] = frozenset(), *, notes: bool = True) -> Raster:
    """The page as it is shown, at the resolution of its picture up to DPI; raises UnreadableError where it has too many dots.

    `without` are the places, in the order of painting, of texts that are left out; form fields are drawn, `notes` upon it where wanted.
    """
    embedded = _embedded(page)
    width, height = page.get_size()
    scale = min(embedded.scale, 1.2 * DPI / 72) if embedded.scale > COARSEST else DPI / 72
    dots = max(embedded.dots, int(width * height * (DPI / 72) ** 2))
    if dots > MOST_PIXELS:
        sizes = f"{dots / 1e6:.0f} Millionen Bildpunkte; gelesen werden höchstens {MOST_PIXELS // 1_000_000} Millionen"
        raise UnreadableError(f"Seite {number} ist zu groß ({sizes}).", datei=path, abhilfe="Bitte in A4 mit 300 dpi neu scannen.")
    for order, (item, _) in enumerate(objects_of(page.raw)):
        if order in without:
            pdfium_c.FPDFPageObj_SetIsActive(item, False)
    if not embedded.colour:
        return Raster(on_white(_grey(page, scale, notes))[0], None, scale)
    with _rendered(page, scale, notes, colour=True) as pixels:
        return Raster(*_parted(*on_white(np.ascontiguousarray(pixels[:, :, :3])), scale), scale)


def _grey(page: pdfium.PdfPage, scale: float, notes: bool) -> Pixels:
    """The page's dots in grey.

    PDFium draws it in three times the time of colour. Of grey pictures both are the same, to the dot; of letters and strokes they are not.
    """
    if _shows_pictures_alone(page):
        with _rendered(page, scale, notes, colour=True) as pixels:
            blue, green, red, *_ = cv2.split(pixels)
        if np.array_equal(blue, green) and np.array_equal(green, red):
            return np.asarray(blue, np.uint8)
    with _rendered(page, scale, notes, colour=False) as pixels:
        return pixels.reshape(pixels.shape[:2]).copy()


def _shows_pictures_alone(page: pdfium.PdfPage) -> bool:
    """Whether nothing else is drawn on a page, nor laid upon it."""
    drawn = page.get_objects(max_depth=1)
    return not pdfium_c.FPDFPage_GetAnnotCount(page.raw) and all(item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE for item in drawn)


@contextmanager
def _rendered(page: pdfium.PdfPage, scale: float, notes: bool, *, colour: bool) -> Iterator[NDArray[np.uint8]]:
    """The page's dots, in blue, green and red or in grey; they are gone afterwards."""
    bitmap = page.render(scale=scale - 1e-6, grayscale=not colour, draw_annots=notes)
    try:
        yield bitmap.to_numpy()
    finally:
        bitmap.close()


def straightened(raster: Raster, turns: int) -> Picture:
    """The picture after quarter turns clockwise, without its skew, evened, at DPI."""
    grey = np.rot90(raster.grey, -turns)
    skew = skew_of(grey, raster.scale) if turns % 4 else _skew(raster.lie)
    height, width = grey.shape
    zoom = DPI / raster.dpi
    zoom = 1.0 if abs(zoom - 1) < 0.02 and not skew else zoom
    angle = math.radians(skew)
    pad_x, pad_y = (abs(height * math.sin(angle)) / 2, abs(width * math.sin(angle)) / 2)
    size = (round((width + 2 * pad_x) * zoom), round((height + 2 * pad_y) * zoom))
    back = _back(angle, zoom, (width, height), size)
    coloured = None if raster.coloured is None else _drawn(np.rot90(raster.coloured, -turns), back, size)
    turned = _turned(turns % 4, *raster.grey.shape[::-1])
    to_points = Plane(1 / raster.scale, 0, 0, 0, 1 / raster.scale, 0)
    read = 1 / (zoom * raster.scale)
    left, top = (size[0] / zoom - width) / 2 / raster.scale, (size[1] / zoom - height) / 2 / raster.scale
    return Picture(_evened(_drawn(grey, back, size)), coloured, to_points.after(turned.after(back)), Plane(read, 0, -left, 0, read, -top),
                   width / raster.scale, height / raster.scale, turns % 4)  # fmt: skip


def lies_sideways(raster: Raster) -> bool:
    """Whether lines of text run from top to bottom."""
    return _best_angle(np.ascontiguousarray(raster.ink.T))[1] > SIDEWAYS * raster.lie[1]


def skew_of(grey: Pixels, scale: float) -> float:
    """Degrees, counterclockwise, by which lines of text rise to the right; 0.0 where nothing can be told."""
    return _skew(_best_angle(_ink(grey, scale)))


def _skew(lie: tuple[float, float]) -> float:
    angle, sharper = lie
    return angle if sharper else 0.0


def _best_angle(ink: NDArray[np.bool_]) -> tuple[float, float]:
    """The angle at which lines of text lie, and how much their feet gather in rows there, 1.0 being not at all; 0.0 if no angle shows.

    It is the angle at which the rows' ink, looked along them, differs most from row to row (Postl, US patent 4,723,297, expired).
    """
    y, x = np.nonzero(_edges(ink))
    if len(y) < 500:
        return 0.0, 0.0
    if len(y) > 60_000:
        keep = np.random.default_rng(0).choice(len(y), 60_000, replace=False)
        y, x = y[keep], x[keep]
    best = 0.0
    for step, reach in ((0.5, STEEPEST), (0.1, 0.5), (0.02, 0.1)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(x, y, angle)))
    sharp, flat = _sharpness(x, y, best), _sharpness(x, y, 0.0)
    gathered = sharp * ink.shape[0] / len(y) ** 2
    return (round(best, 2), gathered) if abs(best) >= 0.04 and sharp > 1.02 * flat else (0.0, gathered)


def _sharpness(x: NDArray[np.int64], y: NDArray[np.int64], angle: float) -> float:
    """How much the rows differ when the picture is sheared by an angle."""
    rows = np.rint(y + x * math.tan(math.radians(angle))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float((counts**2).sum())


def _ink(grey: Pixels, scale: float) -> NDArray[np.bool_]:
    """Where ink is, at about 100 dpi, the margins left out: scanners leave dark edges there."""
    factor = max(1, round(scale * 72 / 100))
    height, width = (side // factor * factor for side in grey.shape)
    rows = _sum([grey[place:height:factor, :width] for place in range(factor)])
    small = _sum([rows[:, place::factor] for place in range(factor)]) / factor**2
    edge_y, edge_x = max(1, small.shape[0] // 40), max(1, small.shape[1] // 40)
    small = small[edge_y:-edge_y, edge_x:-edge_x]
    paper = float(np.percentile(small, 75))
    return np.asarray(small < paper - 45)


def _sum(parts: Sequence[NDArray[np.uint8] | NDArray[np.uint32]]) -> NDArray[np.uint32]:
    """What pictures of one size are together, dot by dot: added one by one, in a fourth of the time of a sum over an axis."""
    whole = parts[0].astype(np.uint32)
    for part in parts[1:]:
        whole += part
    return whole


def _edges(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Ink with none below it: the feet of letters, which stand on the line."""
    feet = ink.copy()
    feet[:-1] &= ~ink[1:]
    return feet


def _back(angle: float, zoom: float, old: tuple[int, int], new: tuple[int, int]) -> Plane:
    """From the straightened picture's dots to the askew one's, both turned around their middles."""
    cos, sin = math.cos(angle) / zoom, math.sin(angle) / zoom
    (width, height), (w, h) = old, new
    return Plane(cos, sin, width / 2 - cos * w / 2 - sin * h / 2, -sin, cos, height / 2 + sin * w / 2 - cos * h / 2)


def _turned(turns: int, width: int, height: int) -> Plane:
    """From the turned picture's dots back to the shown one's, whose size is given."""
    maps = (UNMOVED, Plane(0, 1, 0, -1, 0, height), Plane(-1, 0, width, 0, -1, height), Plane(0, -1, width, 1, 0, 0))
    return maps[turns]


def _drawn(grey: Pixels, back: Plane, size: tuple[int, int]) -> Pixels:
    """The picture drawn anew through a map, in one step so that letters are blurred once."""
    if size == grey.shape[::-1] and back == UNMOVED:
        return np.ascontiguousarray(grey)
    # Here a dot's middle lies at half numbers, in OpenCV at whole ones.
    matrix = np.array([[back.a, back.b, back.c + (back.a + back.b - 1) / 2], [back.d, back.e, back.f + (back.d + back.e - 1) / 2]])
    how = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(np.ascontiguousarray(grey), matrix, size, flags=how, borderValue=_paper(grey)), np.uint8)


def _paper(grey: Pixels) -> int:
    return int(np.percentile(grey[::16, ::16], 75))


def _evened(grey: Pixels) -> Pixels:
    """The picture on even paper: shadows of folds and of the book's back taken out where there are any."""
    sample = _background(grey, SPARSE)
    light = float(np.percentile(sample, 98))
    if light - float(np.percentile(sample, 0.3)) < UNEVEN:
        return grey
    paper = _background(grey)
    shades = np.arange(256)
    evened = np.clip(shades * (light / np.maximum(shades, DARKEST))[:, None], 0, 255).astype(np.uint8)  # by paper, then by dot
    return evened.ravel().take((paper.astype(np.uint16) << 8) | grey)


def _background(grey: Pixels, step: int = 1) -> Pixels:
    """How light the paper is at every `step`-th dot both ways: letters are filled with what lies beside them along the line or across it.

    A fold's shadow begins within a dot, but is long in one direction; filling along it keeps it, filling across it does not.
    """
    smooth = cv2.blur(grey, (5, 5))
    along, across = np.ones((1, FILLED), np.uint8), np.ones((FILLED, 1), np.uint8)
    rows = cv2.morphologyEx(np.ascontiguousarray(smooth[::step]), cv2.MORPH_CLOSE, along)
    columns = cv2.morphologyEx(np.ascontiguousarray(smooth[:, ::step]), cv2.MORPH_CLOSE, across)
    return np.asarray(np.minimum(rows[:, ::step], columns[::step]), np.uint8)


def _parted(pixels: NDArray[np.uint8], apart: float = 1.0, scale: float = DPI / 72) -> tuple[Pixels, Pixels | None]:
    """Black ink, and apart from it ink in colour, of a picture in blue, green and red whose differences are drawn `apart` so many times.

    What a highlighter has marked is black ink on paper. `scale` is in dots a point.
    """
    colourful, faintly = COLOURFUL * apart, FAINTLY * apart
    strongest, weakest = _extremes(pixels)
    strongest_near, weakest_near = _extremes(np.asarray(cv2.blur(pixels, (3, 3)), np.uint8))
    colour = (strongest - weakest > colourful) | (strongest_near - weakest_near > faintly)
    grey = np.asarray(pixels @ np.array([29, 150, 77], np.uint16) >> 8, np.uint8)
    if colour.mean() < LEAST_COLOURED:
        return grey, None
    paper = _paper(grey)
    near = cv2.dilate(colour.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    printed = strongest[(grey < PRINT) & ~near]
    darkest = min(DARKEST_PRINT, float(np.median(printed)) + LIGHTER) if printed.size else DARKEST_PRINT
    in_colour = strongest > np.where(strongest - weakest > colourful, darkest - LIGHTER / 2, darkest)
    black = np.where(near & in_colour, np.maximum(strongest, paper), grey).astype(np.uint8)
    ink = np.where(near, weakest, paper).astype(np.uint8)
    light = colour & (strongest > LIGHT * paper) & (grey > PALE * paper)
    if light.mean() >= LEAST_COLOURED:
        marked = _marked(light, scale)
        black, ink = np.where(marked, strongest, black), np.where(marked, np.uint8(paper), ink)
    return black, ink


def _extremes(pixels: NDArray[np.uint8]) -> tuple[Pixels, Pixels]:
    """The strongest and the weakest colour of each dot; over so short an axis NumPy takes thirty times as long."""
    blue, green, red = cv2.split(pixels)
    return np.asarray(cv2.max(cv2.max(blue, green), red), np.uint8), np.asarray(cv2.min(cv2.min(blue, green), red), np.uint8)


def _marked(light: NDArray[np.bool_], scale: float) -> NDArray[np.bool_]:
    """Where a highlighter has been: light colour that is broad beside the letters, and what stands in it; `scale` is in dots a point."""
    broad, letters = (np.ones((max(3, round(points * scale)),) * 2, np.uint8) for points in (BROAD, LETTERS))
    dots = light.astype(np.uint8)
    seeds = cv2.morphologyEx(dots, cv2.MORPH_OPEN, broad)
    if not seeds.any():
        return np.zeros_like(light)
    return np.asarray(cv2.morphologyEx(seeds, cv2.MORPH_CLOSE, letters), np.bool_) | (cv2.dilate(seeds, broad) > 0)


def _embedded(page: pdfium.PdfPage) -> _Embedded:
    """What is known of a page's pictures without unpacking them."""
    dots, scale, colour = 0, 0.0, False
    width, height = page.get_size()
    for item in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = item.get_bounds()
        meta = item.get_metadata()
        dots = max(dots, meta.width * meta.height)
        area = abs((right - left) * (top - bottom))
        if area / (width * height) > 0.2:
            scale = max(scale, math.sqrt(meta.width * meta.height / max(1.0, area)))
        colour |= meta.bits_per_pixel > 8
    return _Embedded(dots, scale, colour)
