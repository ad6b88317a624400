"""Words whose letters are set apart to stress them ("r e g i o n a l e n"): the blanks between their letters part nothing."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from itertools import groupby
from statistics import median

import pypdfium2.raw as pdfium_c

NOTHING = "\u200b"
"""Stands where a blank was that parts nothing; no word has it in the end."""
EVEN = 0.06
"""Font sizes by which the gaps between letters set apart differ at most; kerning moves some."""
WIDEST = 0.7
"""Font sizes; cells of a table are further apart."""
FEWEST = 2
"""Gaps; two letters may stand apart by themselves."""
_MORE = 1.3
"""Times as wide the gaps between words are, at least, where the file writes no blanks."""
_APART = re.compile(r"(?<!\S)[(„]?\w(?: [\w.,;:%)“]){2,}(?!\S)")
_TYPED = re.compile(r"(?<!\S)[(„]?[^\W\d_](?: [a-zäöüß]){3,}(?: ?[.,;:)“])?(?!\S)")
"""In no German sentence four single small letters follow each other."""


def closed(letters: str, text: pdfium_c.FPDF_TEXTPAGE) -> str:
    """A page's text, one letter for every index of the engine, without the blanks inside such words."""
    found = list(letters)
    for match in _APART.finditer(letters):
        blanks = [at for at in range(match.start(), match.end()) if letters[at] == " "]
        written = {at for at in blanks if not pdfium_c.FPDFText_IsGenerated(text, at)}
        if len(written) == len(blanks):
            apart = blanks if _TYPED.fullmatch(letters, match.start(), match.end()) else []
        else:
            several = [list(each) for parts, each in groupby(blanks, key=written.__contains__) if not parts]
            apart = [at for each in several if len(each) >= FEWEST for at in _parting_nothing(letters, text, each)]
        for at in apart:
            found[at] = NOTHING
    return "".join(found)


def _parting_nothing(letters: str, text: pdfium_c.FPDF_TEXTPAGE, blanks: list[int]) -> list[int]:
    """Of gaps that the engine took for blanks those within words: all alike, and plainly narrower than any between words."""
    gaps = dict(zip(blanks, _gaps(text, blanks), strict=True))
    usual = median(gaps.values())
    wide = _MORE * usual
    apart = [at for at, gap in gaps.items() if gap <= wide]
    even = all(abs(gaps[at] - usual) <= EVEN or not letters[at + 1].isalnum() for at in apart)
    around = [at for at in (blanks[0] - 2, blanks[-1] + 2) if 0 < at < len(letters) - 1 and letters[at] == " "]
    outside = _gaps(text, [at for at in around if pdfium_c.FPDFText_IsGenerated(text, at)])
    return apart if usual <= WIDEST and even and all(gap > wide for gap in outside) else []


def _gaps(text: pdfium_c.FPDF_TEXTPAGE, blanks: list[int]) -> Iterator[float]:
    """How wide the gaps are in which blanks stand, in sizes of the letter before."""
    before, behind, matrix = pdfium_c.FS_RECTF(), pdfium_c.FS_RECTF(), pdfium_c.FS_MATRIX()
    for at in blanks:
        pdfium_c.FPDFText_GetLooseCharBox(text, at - 1, ctypes.byref(before))
        pdfium_c.FPDFText_GetLooseCharBox(text, at + 1, ctypes.byref(behind))
        pdfium_c.FPDFText_GetMatrix(text, at - 1, ctypes.byref(matrix))
        size = pdfium_c.FPDFText_GetFontSize(text, at - 1) * math.hypot(matrix.a, matrix.b)
        yield abs(behind.left - before.right) / (size or 1.0)
