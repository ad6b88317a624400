"""A page set upright and straight, its shadow and its coloured ink taken out, before anything is read of it."""

from __future__ import annotations

import ctypes
import math
from pathlib import Path

import cv2
import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from agreements.reading.geometry import UNMOVED, Plane
from extract.ocr.engines.tesseract import quarter_turns
from extract.ocr.raster import DPI, SPARSE, Raster, _back, _background, _evened, _parted, lies_sideways, rasterise, skew_of, straightened

SEITE = Path(__file__).parent / "proben" / "scan" / "seite.pdf"
"""Page of a bilevel scan of 300 dpi, 0.24 degrees askew, with a scanner's invisible text layer."""


@pytest.fixture(scope="module")
def raster() -> Raster:
    document = pdfium.PdfDocument(SEITE)
    return rasterise(document[0], 1, SEITE)


@pytest.mark.parametrize("lettered", [False, True])
def test_a_page_is_drawn_as_pdfium_draws_grey_be_it_a_picture_alone_or_under_letters(tmp_path: Path, lettered: bool) -> None:
    document = pdfium.PdfDocument.new()
    page, picture = document.new_page(595, 842), pdfium.PdfImage.new(document)
    dots = np.full((1684, 1190), 250, np.uint8)
    dots[100:150] = np.random.default_rng(1).integers(0, 256, (50, 1190))
    picture.set_bitmap(pdfium.PdfBitmap.from_pil(Image.fromarray(dots)))
    picture.set_matrix(pdfium.PdfMatrix().scale(595, 842))
    page.insert_obj(picture)
    if lettered:
        letters = pdfium_c.FPDFPageObj_NewTextObj(document.raw, b"Helvetica", 24)
        pdfium_c.FPDFText_SetText(letters, (ctypes.c_ushort * 6)(*map(ord, "Seite"), 0))
        pdfium_c.FPDFPageObj_Transform(letters, 1, 0, 0, 1, 100, 400)
        pdfium_c.FPDFPage_InsertObject(page.raw, letters)
    page.gen_content()
    document.save(path := tmp_path / "seite.pdf")
    page = pdfium.PdfDocument(path)[0]
    seen = rasterise(page, 1, path)
    assert seen.coloured is None
    assert np.array_equal(seen.grey, page.render(scale=seen.scale - 1e-6, grayscale=True).to_numpy().squeeze())


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_is_known_and_turned_back(raster: Raster, turns: int) -> None:
    lying = Raster(np.rot90(raster.grey, turns), None, raster.scale)
    assert lies_sideways(lying) == (turns != 2)
    assert quarter_turns(lying.grey) == turns
    upright, straight = straightened(lying, turns), straightened(raster, 0)
    assert np.abs(upright.grey.astype(int) - straight.grey).mean() < 1.0


@pytest.mark.parametrize("angle", [-8.0, -1.3, 0.6, 8.0])
def test_the_skew_of_a_page_is_found_and_taken_out(raster: Raster, angle: float) -> None:
    own = skew_of(raster.grey, raster.scale)
    height, width = raster.grey.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    askew = np.asarray(cv2.warpAffine(raster.grey, matrix, (width, height), borderValue=255), np.uint8)
    assert skew_of(askew, raster.scale) == pytest.approx(own + angle, abs=0.1)
    picture = straightened(Raster(askew, None, raster.scale), 0)
    assert skew_of(picture.grey, DPI / 72) == pytest.approx(0, abs=0.1)


@given(st.floats(-10, 10), st.integers(0, 3), st.floats(0, 500), st.floats(0, 700))
def test_a_dot_of_the_straightened_page_leads_back_to_the_shown_one(angle: float, turns: int, x: float, y: float) -> None:
    size = (600, 800) if turns % 2 == 0 else (800, 600)
    back = _back(math.radians(angle), 1.5, size, (1000, 1300))
    middle = back.point(500, 650)
    assert middle == pytest.approx((size[0] / 2, size[1] / 2))
    a, b = back.point(x, y), back.point(x + 15, y)
    assert math.dist(a, b) == pytest.approx(10)
    assert math.degrees(math.atan2(a[1] - b[1], b[0] - a[0])) == pytest.approx(angle, abs=1e-6)


def test_a_map_taken_back_leads_where_one_came_from() -> None:
    there = Plane(0.2, -0.9, 31, 0.8, 0.1, -4)
    assert there.back().after(there) == pytest.approx(UNMOVED)


def test_a_blank_page_has_no_skew() -> None:
    assert skew_of(np.full((2000, 1500), 250, np.uint8), 200 / 72) == 0.0


def test_a_shadow_is_taken_out_and_even_paper_left_alone(raster: Raster) -> None:
    assert _evened(raster.grey) is raster.grey
    shadow = (raster.grey * np.linspace(0.5, 1.0, raster.grey.shape[1])).astype(np.uint8)
    evened = _evened(shadow)
    paper = np.percentile(evened.reshape(-1, evened.shape[1]), 90, axis=0)[40:-40]
    assert paper.max() - paper.min() < 25


def test_paper_looked_at_here_and_there_is_as_light_as_where_all_of_it_is(raster: Raster) -> None:
    assert np.array_equal(_background(raster.grey, SPARSE), _background(raster.grey)[::SPARSE, ::SPARSE])


def test_ink_in_colour_is_parted_from_black_ink() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    page[100:110, 50:350] = 20
    page[90:120, 200:230] = (200, 60, 40)
    black, coloured = _parted(page)
    assert coloured is not None
    assert black[105, 100] < 50
    assert black[95, 210] > 240
    assert coloured[95, 210] < 120
    assert coloured[105, 100] > 240


def test_ink_of_a_dark_colour_leaves_no_edges_in_black_and_print_under_it_stays() -> None:
    """Recorded of a date in violet ink: its edges, hardly lighter than print, were read as another figure."""
    chance = np.random.default_rng(1)
    page = np.full((400, 400, 3), 240, np.uint8)
    page[100:104, 50:350] = 20
    page[60:140, 200:206] = (105, 24, 35)
    page[100:104, 200:206] = 20
    black, _ = _parted(np.clip(page + chance.normal(0, 7, page.shape), 0, 255).astype(np.uint8))
    assert (black[60:98, 195:211] > 128).mean() > 0.99
    assert (black[106:140, 195:211] > 128).mean() > 0.99
    assert (black[101:103, 52:348] < 128).mean() > 0.99


@pytest.mark.parametrize("marker", [(90, 250, 255), (255, 200, 120), (140, 255, 150), (200, 150, 255), (80, 180, 255)])
def test_letters_under_a_highlighter_stay_whole(marker: tuple[int, int, int]) -> None:
    """Recorded: of a thin "14,25" under yellow ink so little was left in black that it was surely read as "11.25"."""
    page = np.full((300, 600, 3), 250, np.uint8)
    cv2.putText(page, "14,25 % steigt", (40, 160), cv2.FONT_HERSHEY_COMPLEX, 1.4, (30, 30, 30), 1, cv2.LINE_AA)
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), 1.0), np.uint8)
    plain = page[:, :, 0].copy()
    page[110:180, 20:330] = page[110:180, 20:330] * (np.array(marker) / 255)
    black, coloured = _parted(page)
    assert np.abs(black.astype(int) - plain)[112:178, 22:328].max() < 25
    assert coloured is not None
    assert (coloured[112:178, 22:328] > 200).all(), "a highlighter is ground, not ink"


def test_a_coloured_pens_figures_are_parted_from_black_ink_beside_a_highlighter() -> None:
    page = np.full((300, 600, 3), 250, np.uint8)
    cv2.putText(page, "8.4.", (320, 160), cv2.FONT_HERSHEY_SIMPLEX, 2.0, (148, 66, 20), 5, cv2.LINE_AA)
    page = np.asarray(cv2.GaussianBlur(page, (0, 0), 1.0), np.uint8)
    page[110:180, 20:250] = (90, 250, 255)
    black, coloured = _parted(page)
    assert coloured is not None
    assert (black > 150).all()
    assert (coloured < 100).sum() > 500
