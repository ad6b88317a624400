"""Which letters of a PDF's page a person sees."""

from __future__ import annotations

import ctypes

import pypdfium2.raw as pdfium_c

from agreements.reading.geometry import around
from extract.text_layer.painted import bounds_of, end

SMALLEST_TYPE = 2.0
"""Points. Below that nobody sees letters."""
PALEST = 245
"""Of 255 in red, green and blue: paler type is looked at on the rendered page."""


def marks_of(item: pdfium_c.FPDF_PAGEOBJECT) -> set[str]:
    """Names of the marks around a text object ("Artifact", "OC")."""
    names = set()
    buffer, length = (ctypes.c_ushort * 64)(), ctypes.c_ulong()
    for place in range(pdfium_c.FPDFPageObj_CountMarks(item)):
        mark = pdfium_c.FPDFPageObj_GetMark(item, place)
        if pdfium_c.FPDFPageObjMark_GetName(mark, buffer, 128, ctypes.byref(length)):
            names.add(bytes(buffer)[: max(0, min(length.value, 128) - 2)].decode("utf-16-le", "replace"))
    return names


def why_unseen(item: pdfium_c.FPDF_PAGEOBJECT, size: float, mode: int, marks: set[str]) -> str:
    """Why a text object cannot be seen, "" where it can, "?" where the rendered page must tell."""
    if mode in (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP):
        return "unsichtbar"
    if abs(size) < SMALLEST_TYPE:
        return "winzig"
    color = [ctypes.c_uint() for _ in range(4)]
    if pdfium_c.FPDFPageObj_GetFillColor(item, *(ctypes.byref(one) for one in color)):
        red, green, blue, alpha = (one.value for one in color)
        if min(red, green, blue) >= PALEST or alpha <= 255 - PALEST:
            return "?"
    return "?" if "OC" in marks or _clipped(item) else ""


def _clipped(item: pdfium_c.FPDF_PAGEOBJECT) -> bool:
    """Whether a text object's middle may lie outside what its clipping path lets through."""
    clip = pdfium_c.FPDFPageObj_GetClipPath(item)
    count = pdfium_c.FPDFClipPath_CountPaths(clip) if clip else 0
    if count <= 0:
        return False
    left, bottom, right, top = bounds_of(item)
    x, y = (left + right) / 2, (bottom + top) / 2
    return any(not _holds(clip, number, x, y) for number in range(count))


def _holds(clip: pdfium_c.FPDF_CLIPPATH, number: int, x: float, y: float) -> bool:
    """Whether the box around one path of a clipping path holds a point."""
    segments = (pdfium_c.FPDFClipPath_GetPathSegment(clip, number, place)
                for place in range(pdfium_c.FPDFClipPath_CountPathSegments(clip, number)))  # fmt: skip
    points = [end(segment) for segment in segments]
    if not points:
        return True
    left, bottom, right, top = around(points)
    return left <= x <= right and bottom <= y <= top
