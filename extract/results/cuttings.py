"""Pictures of the places where something was read, cut from the pages of a PDF file, and of whole pages; a Word file has none."""

from __future__ import annotations

import base64
import io
import json
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import pypdfium2 as pdfium
from PIL import Image, ImageDraw

from agreements.errors import UnreadableError
from agreements.reading.extraction import Extraction
from agreements.reading.findings import Cutting, Location
from agreements.reading.geometry import turned_back
from extract.text_layer.opened import on_page, opened

Choice = Literal["alle", "ohne_unterschriften"]
Box = tuple[float, float, float, float]

SCALE = 2.0
"""Dots a point: 144 dpi, at which small print and pen strokes are legible."""
MOST_PIXELS = 20_000_000
"""Of a rendered page; A4 at SCALE has two million. A larger page is rendered more coarsely."""
ABOVE = 19.0
"""Points shown above and below a place: a line of print, so that one sees the words it stands among."""
LEAST_WIDTH, BESIDE = 300.0, 8.0
"""Points: a picture is at least so wide, and shows at least so much beside its place."""
OVER_SIGNATURE = 60.0
"""Points above the first line of the signatures where pen strokes may still reach."""
MOST_PLACES = 3
"""Pictures of one value that stands in many places, such as the year; where one of them says otherwise, a finding shows it."""
_MARK = (0xB0, 0x30, 0x10)


def cut(extraction: Extraction, choice: Choice) -> dict[Location, Cutting]:
    """A picture of each place that has a box; without those of and around signatures where these are not wanted."""
    places = [location for location in _places(extraction) if location.page and location.box]
    if choice == "ohne_unterschriften":
        tops = _signature_tops(extraction)
        places = [location for location in places if not _shows_signature(location, tops)]
    by_page: dict[int, list[Location]] = defaultdict(list)
    for location in dict.fromkeys(places):
        by_page[location.page or 0].append(location)
    turns = {number: plane.turn for number, plane in extraction.reading.as_shown.items()}
    return dict(_cut(extraction.datei, by_page, turns)) if by_page else {}


def _places(extraction: Extraction) -> Iterable[Location]:
    for found in extraction.found:
        yield from found.locations if isinstance(found.wert, tuple) else found.locations[:MOST_PLACES]
    for befund in extraction.befunde:
        yield befund.location


def _signature_tops(extraction: Extraction) -> dict[int, float]:
    """The height on each page at which the signatures begin."""
    tops: dict[int, float] = {}
    for found in extraction.found:
        if found.feld.startswith("unterschriften."):
            for location in found.locations:
                if location.page and location.box:
                    tops[location.page] = min(tops.get(location.page, math.inf), location.box[1] - OVER_SIGNATURE)
    return tops


def _shows_signature(location: Location, tops: Mapping[int, float]) -> bool:
    """Whether the picture would reach down to the signatures."""
    return location.box is not None and location.box[3] + ABOVE > tops.get(location.page or 0, math.inf)


def _cut(path: Path, by_page: Mapping[int, list[Location]], turns: Mapping[int, int]) -> list[tuple[Location, Cutting]]:
    """The pictures, packed beside while further pages are drawn: packing takes as long; `turns` says how pages lie, degrees clockwise."""
    packed: list[tuple[Location, Future[Cutting]]] = []
    with opened(path) as document, ThreadPoolExecutor(1) as beside:
        for number in sorted(by_page):
            turn = turns.get(number, 0)
            upright, scale, (width, height) = _upright(document, number, turn)
            for location in by_page[number]:
                if location.box and (picture := _part(upright, turned_back(location.box, turn, width, height), scale)):
                    packed.append((location, beside.submit(_cutting, picture, scale)))
    return [(location, cutting.result()) for location, cutting in packed]


def page_picture(datei: Path, seite: int, turn: int) -> str:
    """Page `seite` (from 1) of a PDF, which lies turned by `turn` degrees clockwise, set upright: JSON with its size in points as it
    is shown, and a JPEG in Base64. UnreadableError where there is no such page.
    """
    with opened(datei) as document, on_page(seite, datei):
        if not 0 < seite <= len(document):
            raise UnreadableError(f"Eine Seite {seite} hat diese Datei nicht.", datei=datei)
        upright, _, (width, height) = _upright(document, seite, turn)
    jpeg = io.BytesIO()
    upright.save(jpeg, "JPEG", quality=72)
    return json.dumps({"breite": width, "hoehe": height, "jpeg": base64.b64encode(jpeg.getvalue()).decode()})


def _upright(document: pdfium.PdfDocument, number: int, turn: int) -> tuple[Image.Image, float, tuple[float, float]]:
    """A page set upright, its dots a point, and its size in points as it is shown."""
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(SCALE, math.sqrt(MOST_PIXELS / max(1.0, width * height)))
    shown = page.render(scale=scale).to_pil().convert("RGB")
    page.close()
    return shown.rotate(turn, expand=True), scale, (width, height)


def _part(shown: Image.Image, box: Box, scale: float) -> Image.Image | None:
    """The place with its surroundings, a thin frame around the place itself; None where it lies outside of the page."""
    left, top, right, bottom = (round(each * scale) for each in box)
    beside, above = round(max(BESIDE * scale, (LEAST_WIDTH * scale - (right - left)) / 2)), round(ABOVE * scale)
    outer = (max(0, left - beside), max(0, top - above), min(shown.width, right + beside), min(shown.height, bottom + above))
    if outer[2] - outer[0] < 2 or outer[3] - outer[1] < 2:
        return None
    picture = shown.crop(outer)
    inner = (left - outer[0] - 4, top - outer[1] - 3, right - outer[0] + 4, bottom - outer[1] + 3)
    ImageDraw.Draw(picture).rectangle(inner, outline=_MARK, width=2)
    return picture


def _cutting(picture: Image.Image, scale: float) -> Cutting:
    return Cutting(_address(picture), round(picture.width / scale, 1), round(picture.height / scale, 1))


def _address(picture: Image.Image) -> str:
    """The smaller of two forms: PNG suits print, JPEG grey paper."""
    png, jpeg = io.BytesIO(), io.BytesIO()
    picture.quantize(24, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(png, "PNG")
    picture.save(jpeg, "JPEG", quality=60)
    kind, data = min((("png", png.getvalue()), ("jpeg", jpeg.getvalue())), key=lambda form: len(form[1]))
    return f"data:image/{kind};base64,{base64.b64encode(data).decode()}"
