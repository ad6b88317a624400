"""The paper of a page: ground in colour, of grey recycled paper or of a tint that fades is no ink, and is made white."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_Dots = NDArray[np.uint8]

COARSE = 8
"""Times smaller, in each direction, is the picture on which the ground is looked at."""
FILLED = 9
"""Dots of that picture, a fifth of an inch: lines of letters are narrower, and are filled with what lies around them."""
TINTED = 12
"""Of 255, between a dot's strongest and weakest colour: more has paper in colour; of 66 scans of white paper none has more than 1."""
LARGE = 0.05
"""Part of the page: a smaller ground in colour is a stamp's or a logo's own."""
GREY = 190
"""Of 255: paper that is darker than this is grey; that of 66 scans of white paper has 235 at least."""
DARK = 120
"""Of 255 in a ground's strongest colour: what is darker is no paper but a band of colour, on which letters may be white."""
DARKEST = 50
"""Of 255; in no colour is ground divided out by more than five times."""


def on_white(pixels: _Dots) -> tuple[_Dots, float]:
    """The picture, in grey or in colours, on white paper, and how many times differences were drawn apart for it.

    White paper is left as it is, to the dot, and so is what is darker in a small place: shadows are taken out elsewhere.
    """
    height, width = (max(1, round(side / COARSE)) for side in pixels.shape[:2])
    small = np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
    ground = np.asarray(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((FILLED, FILLED), np.uint8)), np.uint8)
    if not _is_tinted(ground):
        return pixels, 1.0
    strongest = ground if ground.ndim == 2 else ground.max(axis=2)
    ground[strongest < DARK] = 255
    ground = np.maximum(cv2.GaussianBlur(ground, (0, 0), FILLED / 3), DARKEST).astype(np.uint8)
    whole = np.asarray(cv2.resize(ground, pixels.shape[1::-1], interpolation=cv2.INTER_LINEAR), np.uint8)
    return np.asarray(cv2.divide(pixels, whole, scale=255), np.uint8), 255 / float(np.median(ground.reshape(height, width, -1).min(axis=2)))


def _is_tinted(ground: _Dots) -> bool:
    """Whether paper is plainly in colour in a large part of it, or grey in most of it."""
    if ground.ndim == 2:
        return float(np.median(ground)) < GREY
    strongest, weakest = ground.max(axis=2), ground.min(axis=2)
    return float(np.median(strongest)) < GREY or float((strongest - weakest > TINTED).mean()) > LARGE
