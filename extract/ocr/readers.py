"""Which recogniser reads in which role: another one is a module of `extract.ocr.engines` and its name here."""

from __future__ import annotations

from typing import Literal

import numpy as np

from extract.ocr.engine import Recogniser
from extract.ocr.engines import ppocr, tesseract

Role = Literal["page", "line"]
"""`page`: finds lines and words; it is to know German words. `line`: is shown a line that the first may have misread, and tells its
letters; it is to be of another kind, so that one's slip is seen by the other."""

READERS: dict[Role, Recogniser] = {"page": tesseract, "line": ppocr}


def load_models() -> None:
    """Loads the models of all, for this process and those that are split off from it: a first picture does; errors as theirs."""
    for reader in READERS.values():
        reader.read(np.full((64, 64), 255, np.uint8))
