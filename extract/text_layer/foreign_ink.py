"""A page without all that is no letter of it: what is drawn otherwise then is foreign ink."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from extract.text_layer.overlays import Box, Picture, crosses, hides
from extract.text_layer.painted import painted_on

SCALE = 2.0
"""Dots a point."""


@contextmanager
def letters_alone(page: pdfium.PdfPage) -> Iterator[None]:
    """While it lasts the page has its letters alone; annotations and form fields are for who draws it to leave out."""
    items = list(painted_on(page.raw).items.values())
    for item in items:
        pdfium_c.FPDFPageObj_SetIsActive(item, False)
    try:
        yield
    finally:
        for item in items:
            pdfium_c.FPDFPageObj_SetIsActive(item, True)


def has_foreign_ink(page: pdfium.PdfPage, box: Box) -> bool:
    """Whether something hides letters in a box, or draws between them; left, top, right, bottom in points from the page's top left."""
    shown = _drawn(page, box, annotations=True)
    with letters_alone(page):
        bare = _drawn(page, box, annotations=False)
    return hides(shown, bare) or crosses(shown, bare)


def _drawn(page: pdfium.PdfPage, box: Box, annotations: bool) -> bytes:
    left, top, right, bottom = box
    width, height = page.get_size()
    crop = (max(0.0, left), max(0.0, height - bottom), max(0.0, width - right), max(0.0, top))
    bitmap = page.render(scale=SCALE, crop=crop, grayscale=True, may_draw_forms=annotations, draw_annots=annotations)
    picture = Picture(bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height)
    bitmap.close()
    return picture.inside((0, 0, picture.width, picture.height))
