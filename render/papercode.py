"""The code on the last page, drawn: as lines for the PDF, as a picture for Word."""

from __future__ import annotations

import io
from collections.abc import Iterable

import segno

BORDER = 4
"""Modules of white around it (ISO/IEC 18004, 9.1)."""


def drawn(text: str, left: float, bottom: float, size: float) -> bytes:
    """PDF operators that draw the code in black, its border included in `size`; all lengths in points."""
    rows = list(segno.make_qr(text, error="q", boost_error=False).matrix_iter(border=BORDER))
    step = size / len(rows)
    boxes = [f"{left + start * step:.3f} {bottom + size - (line + 1) * step:.3f} {length * step:.3f} {step:.3f} re"
             for line, row in enumerate(rows) for start, length in _runs(row)]  # fmt: skip
    return "\n".join(("/Artifact <</Type /Layout>> BDC", "q 0 0 0 rg", *boxes, "f Q", "EMC", "")).encode()


def _runs(row: Iterable[int]) -> list[tuple[int, int]]:
    """Start and length of each run of black modules."""
    runs: list[tuple[int, int]] = []
    for place, black in enumerate(row):
        if black and runs and sum(runs[-1]) == place:
            runs[-1] = (runs[-1][0], runs[-1][1] + 1)
        elif black:
            runs.append((place, 1))
    return runs


def picture(text: str) -> bytes:
    """The code as PNG, its border included; the same bytes for the same text."""
    target = io.BytesIO()
    segno.make_qr(text, error="q", boost_error=False).save(target, kind="png", scale=8, border=BORDER)
    return target.getvalue()
