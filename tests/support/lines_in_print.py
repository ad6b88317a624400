"""A line of text in print: as a typesetter sets it, or drawn in one typeface, with the boxes of its words."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pypdfium2 as pdfium
from pictured_pages import FACE
from PIL import Image, ImageDraw, ImageFont
from weasyprint import HTML

from extract.ocr.engine import Box, SeenWord
from extract.ocr.raster import Pixels

USUAL = 42.0
"""Height of a line in dots, as 10-point letters have it at 300 dpi."""
SCALE = 300 / 72
SIZE, BASE, LEFT = 46, 120, 60
"""Of the type of a line that is drawn, and where it stands, in dots at 300 dpi."""


def printed_line(face: str, line: str, words: Sequence[str] = (), style: str = "") -> tuple[Pixels, list[SeenWord], float]:
    """A line as it is printed: its picture, its words at their places, its baseline in dots.

    `words` are those of the line as HTML where they are not as they stand there, `style` is that of all of it.
    """
    html = f'<style>@page {{ size: 240mm 30mm; margin: 8mm }} p {{ font: 10pt "{face}"; {style} }}</style><p>'
    with pdfium.PdfDocument(HTML(string=html + " ".join(words or line.split())).write_pdf()) as document:
        page = document[0]
        text, high = page.get_textpage(), page.get_height()
        grey = page.render(scale=SCALE, grayscale=True).to_numpy().squeeze().copy()
        signs = [(text.get_text_range(at, 1), text.get_charbox(at)) for at in range(text.count_chars())]
    boxes = [box for sign, box in signs if sign.strip()]
    base, found = (high - boxes[0][1]) * SCALE, []
    for word in line.split():
        own, boxes = boxes[: len(word)], boxes[len(word) :]
        left, low, right, top = (pick(box[side] for box in own) for side, pick in enumerate((min, min, max, max)))
        found.append(SeenWord(word, (left * SCALE, (high - top) * SCALE, right * SCALE, (high - low) * SCALE), 0.99))
    return grey, found, base


def box_of(words: Sequence[SeenWord], text: str) -> tuple[int, int, int, int]:
    """Where a word stands, in whole dots."""
    left, top, right, bottom = next(word.box for word in words if word.text == text)
    return round(left), round(top), round(right), round(bottom)


def drawn_line(text: str, face: str = str(FACE)) -> tuple[Pixels, list[Box]]:
    """A line of text as a picture, and the boxes of its words."""
    type_, paper = ImageFont.truetype(face, SIZE), Image.new("L", (1200, 240), 255)
    ImageDraw.Draw(paper).text((LEFT, BASE), text, fill=0, font=type_, anchor="ls")
    boxes, left = [], float(LEFT)
    for word in text.split():
        right = left + type_.getlength(word)
        boxes.append((left, BASE - 0.75 * SIZE, right, BASE + 0.22 * SIZE))
        left = right + type_.getlength(" ")
    return np.array(paper), boxes
