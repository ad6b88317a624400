"""The code on a scanned page, read by ZXing: what it says, and the page without it."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import zxingcpp

from agreements.filling.papercode import parse
from extract.ocr.raster import Pixels, Raster

_COARSE = 150 / 72
"""Dots a point in which codes are looked for: a module has four of them and a half, and finer pictures only take longer."""
_FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
_WHITE = 255
_RIM = 2.0
"""Points of the border that belong to it: what a scanner blurs around it."""


def without_code(raster: Raster) -> tuple[Raster, str]:
    """The page with white in the place of our code, and what that says; the page as it is and "" where there is none.

    Other codes stay: they are no part of ours, and what stands on a page is never left out without being said.
    """
    zoom = min(1.0, _COARSE / raster.scale)
    for found in zxingcpp.read_barcodes(_scaled(raster.grey, zoom), formats=_FORMATS, try_downscale=False, try_invert=False):
        if parse(found.text):
            place = found.position
            corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
            return _without(raster, np.array([(each.x, each.y) for each in corners]) / zoom), found.text
    return raster, ""


def _scaled(grey: Pixels, zoom: float) -> Pixels:
    if zoom == 1.0:
        return np.ascontiguousarray(grey)
    return np.asarray(cv2.resize(grey, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA), np.uint8)


def _without(raster: Raster, corners: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Raster:
    """The page with a quadrangle, and a rim around it, white."""
    middle = corners.mean(axis=0)
    away = corners - middle
    grown = middle + away * (1 + _RIM * raster.scale / np.linalg.norm(away, axis=1, keepdims=True))
    covered = np.zeros(raster.grey.shape, np.uint8)
    cv2.fillConvexPoly(covered, np.round(grown).astype(np.int32), 1)
    grey = np.where(covered, np.uint8(_WHITE), raster.grey)
    coloured = None if raster.coloured is None else np.where(covered, np.uint8(_WHITE), raster.coloured)
    return replace(raster, grey=grey, coloured=coloured)
