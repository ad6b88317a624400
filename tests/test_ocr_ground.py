"""Paper in colour, grey, or in a tint that fades is ground and no ink, wherever ink is looked for; what a pen wrote on it stays."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pytest
from pictured_pages import HEIGHT, TEXT, WIDTH, Sheet, on_paper, photographed

from extract.ocr.ground import on_white
from extract.ocr.raster import Pixels, Raster, rasterise
from extract.pdf import read_pdf

WHOLE = (0.0, 0.0, float(WIDTH), float(HEIGHT))
BLUE = (30, 50, 160)
PAPERS = {
    "yellow": ((250, 232, 140),),
    "pale yellow": ((255, 255, 214),),
    "pink": ((248, 200, 210),),
    "green": ((190, 235, 190),),
    "blue": ((185, 210, 245),),
    "orange": ((245, 180, 110),),
    "recycled": ((186, 182, 172),),
    "grey": ((150, 150, 150),),
    "fading from yellow": ((250, 225, 120), (255, 255, 255)),
    "fading from pink to blue": ((248, 190, 205), (190, 210, 248)),
}
INK = 140


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Pixels:
    return photographed(Sheet().typed(TEXT).saved(tmp_path_factory.mktemp("text")))


def scanned(pixels: Pixels, folder: Path) -> Raster:
    path = Sheet().picture(pixels, WHOLE).saved(folder)
    return rasterise(pdfium.PdfDocument(path)[0], 1, path)


def ink(pixels: Pixels) -> int:
    return int(np.count_nonzero(pixels < INK))


@pytest.fixture(scope="module")
def white(page: Pixels, tmp_path_factory: pytest.TempPathFactory) -> int:
    """Dots of ink on white paper."""
    return ink(scanned(on_paper(page, (250, 250, 250)), tmp_path_factory.mktemp("weiss")).grey)


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_in_colour_has_as_much_ink_as_white_paper(paper: str, page: Pixels, white: int, tmp_path: Path) -> None:
    raster = scanned(on_paper(page, *PAPERS[paper]), tmp_path)
    assert 0.8 * white < ink(raster.grey) < 1.25 * white
    assert ink(raster.grey[-200:]) == 0, "below the text the paper is empty"
    assert raster.coloured is None or ink(raster.coloured) < 0.02 * white


def test_a_dark_band_of_colour_is_no_paper_and_keeps_its_white_letters(page: Pixels, tmp_path: Path) -> None:
    pixels = on_paper(page, *PAPERS["yellow"])
    pixels[-240:-120] = (20, 40, 100)
    cv2.putText(pixels, "Landkreis Emsland", (100, pixels.shape[0] - 160), cv2.FONT_HERSHEY_SIMPLEX, 2, (255, 255, 255), 5)
    raster = scanned(pixels, tmp_path)
    dark = np.minimum(raster.grey, raster.coloured) if raster.coloured is not None else raster.grey
    assert 0.05 < float((dark[-220:-140, 100:700] > INK).mean()) < 0.6


def test_grey_paper_of_a_scan_in_grey_is_ground_too(page: Pixels, tmp_path: Path) -> None:
    dark = (page.astype(np.float64) / 255 * 120 + 10).astype(np.uint8)
    raster = scanned(dark, tmp_path)
    assert 0.6 * ink(page) < ink(raster.grey) < 1.5 * ink(page)


@pytest.mark.parametrize("paper", [(250, 250, 250), (250, 232, 140), (248, 200, 210)])
def test_what_a_pen_wrote_in_blue_is_ink_in_colour_on_any_paper(paper: tuple[int, int, int], page: Pixels, tmp_path: Path) -> None:
    pixels = on_paper(page, paper)
    cv2.ellipse(pixels, (400, 900), (200, 40), 0, 0, 300, BLUE, 5, cv2.LINE_AA)
    raster = scanned(pixels, tmp_path)
    assert raster.coloured is not None
    assert ink(raster.coloured[850:950]) > 1000
    assert ink(raster.grey[850:950]) < 0.3 * ink(raster.coloured[850:950])


@pytest.mark.parametrize("paper", [(255, 255, 255), (236, 236, 234), (250, 246, 244)])
def test_white_paper_is_left_as_it_is(paper: tuple[int, int, int], page: Pixels) -> None:
    pixels = on_paper(page, paper)
    cv2.circle(pixels, (1200, 1000), 90, (180, 60, 60), 8)  # a stamp in colour makes no paper in colour
    made, apart = on_white(pixels)
    assert made is pixels and apart == 1.0


def test_a_page_on_yellow_paper_is_read_and_nothing_else_is_seen_on_it(page: Pixels, tmp_path: Path) -> None:
    reading = read_pdf(Sheet().picture(on_paper(page, *PAPERS["yellow"]), WHOLE).saved(tmp_path))
    words = [word for paragraph in reading.paragraphs for word in paragraph.words]
    assert " ".join(word.text for word in words) == " ".join(TEXT)
    assert reading.unread == ()
    assert not any("Nicht als Text gelesen" in note for note in reading.notes)
