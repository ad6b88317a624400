"""Lines of a page cut into the pieces that the second reader sees, and their words as both saw them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extract.ocr.engine import SeenLine, SeenWord
from extract.ocr.fusion import fused
from extract.ocr.raster import Pixels
from extract.ocr.readers import READERS

WIDE_GAP = 1.6
"""Heights of the line; wider white parts it into pieces that are looked at one by one."""


def pieces(grey: Pixels, line: SeenLine, usual: float) -> Iterator[list[SeenWord]]:
    """A line's words, parted at wide white; where ink stands in the gap they stay together, for the second reader to see it."""
    piece: list[SeenWord] = []
    for word in line.words:
        if piece and word.box[0] - piece[-1].box[2] > WIDE_GAP * usual and not _inked(grey, line, piece[-1].box[2], word.box[0], usual):
            yield piece
            piece = []
        piece.append(word)
    if piece:
        yield piece


def _inked(grey: Pixels, line: SeenLine, left: float, right: float, usual: float) -> bool:
    """Whether something is written between two words."""
    top, bottom = inked_rows(grey, line, usual)
    gap = grey[top:bottom, int(left) + 4 : int(right) - 4]
    return bool(gap.size) and float((gap < 150).mean()) > 0.01


def inked_rows(grey: Pixels, line: SeenLine, usual: float) -> tuple[int, int]:
    """Top and bottom of a line's crop: its letters, whatever strokes cross it."""
    height = min(line.height or usual, 1.6 * usual) if line.height > 0.5 * usual else usual
    top = max(min(line.base) - 1.0 * height, line.box[1] - 0.15 * height)
    bottom = min(max(line.base) + 0.42 * height, line.box[3] + 0.15 * height)
    if bottom - top < 0.5 * height:
        top, bottom = line.box[1] - 0.15 * height, line.box[3] + 0.15 * height
    return max(0, int(top)), min(grey.shape[0], int(bottom) + 1)


def fused_at(grey: Pixels, line: SeenLine, piece: Sequence[SeenWord], usual: float) -> list[SeenWord]:
    """The words of a piece of a line as two readers saw them; the second is shown where they stand."""
    top, bottom = inked_rows(grey, line, usual)
    left = max(0, int(piece[0].box[0] - 0.2 * usual))
    right = min(grey.shape[1], int(max(word.box[2] for word in piece) + 0.2 * usual))
    return fused(piece, list(READERS["line"].read(grey, (left, top, right, bottom)).words), READERS["page"].LACKS)
