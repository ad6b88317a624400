"""Letters that PP-OCR's recognition model sees in the picture of one line: the one module that asks this second reader.

The model lies in the wheel of `rapidocr`; ONNX Runtime runs it. Its classes are those of many scripts: only European letters count here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from threading import Lock

import cv2
import numpy as np
from numpy.typing import NDArray

from agreements.errors import UnreadableError
from extract.ocr.engine import Cut, Letter, SeenLine, SeenPage, SeenWord
from extract.ocr.engines.onnx import session
from extract.ocr.raster import Pixels

PACKAGE = "rapidocr"
HEIGHT = 48
"""Dots that the model wants a line's picture to be high."""
STEP = 64
"""Widths are filled up to a multiple, so that the engine meets few different shapes."""
WIDEST = 3200
"""Dots; a wider picture of a line is pressed together."""
BLANK = " "
LACKS: Mapping[str, str] = {}
_LOADING = Lock()
"""Of several threads one loads the model for all."""


def read(picture: Pixels, within: Cut | None = None) -> SeenPage:
    """What stands in the picture of a line."""
    left, top, right, bottom = within or (0, 0, picture.shape[1], picture.shape[0])
    crop = picture[top:bottom, left:right]
    height, width = crop.shape
    wide = min(WIDEST, max(16, round(width * HEIGHT / height)))
    how = cv2.INTER_AREA if height > HEIGHT else cv2.INTER_CUBIC
    drawn = cv2.resize(np.ascontiguousarray(crop), (wide, HEIGHT), interpolation=how).astype(np.float32) / 127.5 - 1
    filled = np.zeros((1, 3, HEIGHT, -(-wide // STEP) * STEP), np.float32)
    filled[:, :, :, :wide] = drawn
    with _LOADING:
        model = _model()
    found = model.letters(model.run(filled), filled.shape[3] / wide)
    letters = [Letter(letter.text, left + letter.middle * width, letter.confidence) for letter in found]
    words = tuple(_word(list(several), top, bottom) for blank, several in groupby(letters, lambda one: one.text == BLANK) if not blank)
    return SeenPage((SeenLine(words, (float(bottom), float(bottom)), float(height)),) if words else ())


def _word(letters: Sequence[Letter], top: int, bottom: int) -> SeenWord:
    """Letters between two blanks, of which only the middles are told, in a box as high as the picture."""
    box = (letters[0].middle, float(top), letters[-1].middle, float(bottom))
    return SeenWord("".join(letter.text for letter in letters), box, min(letter.confidence for letter in letters), (), tuple(letters))


def quarter_turns(picture: Pixels) -> int | None:
    """None: it is shown lines that stand upright."""
    return None


def prints(letter: str) -> bool:
    """Whether it is one of the classes that count."""
    return letter in _model().printed


def name() -> str:
    """The program; its model has no name that says more."""
    return "PP-OCR"


class _Model:
    """The loaded model, with the classes that count."""

    def __init__(self, path: Path) -> None:
        self.session = session(path)
        self.input = self.session.get_inputs()[0].name

    @cached_property
    def alphabet(self) -> tuple[NDArray[np.int64], list[str]]:
        """Numbers and letters of the classes that count; the first stands for "no letter"."""
        letters = ["", *self.session.get_modelmeta().custom_metadata_map["character"].split("\n"), BLANK]
        kept = [(number, letter) for number, letter in enumerate(letters) if number == 0 or is_european(letter)]
        return np.array([number for number, _ in kept]), [letter for _, letter in kept]

    @cached_property
    def printed(self) -> frozenset[str]:
        """The letters of the classes that count."""
        return frozenset(self.alphabet[1])

    def run(self, drawn: NDArray[np.float32]) -> NDArray[np.float32]:
        """Likelihood of every class at every place along the line."""
        found: NDArray[np.float32] = self.session.run(None, {self.input: drawn})[0][0]
        return found

    def letters(self, found: NDArray[np.float32], stretch: float) -> Iterator[Letter]:
        """The likeliest letters, middles in parts of the width; a class seen at places side by side is one (Graves et al. 2006, CTC)."""
        numbers, names = self.alphabet
        likely = found[:, numbers]
        best, sure = likely.argmax(axis=1), likely.max(axis=1)
        steps = len(best)
        start = 0
        for place in range(1, steps + 1):
            if place < steps and best[place] == best[start]:
                continue
            if best[start]:
                middle = (start + place) / 2 / steps * stretch
                yield Letter(names[best[start]], min(1.0, middle), float(sure[start:place].max()))
            start = place


def is_european(letter: str) -> bool:
    """Whether a class is a letter, figure or sign that German official text may hold, the names in it included."""
    return len(letter) == 1 and ((letter < "\u0100" and letter.isprintable()) or letter in _SIGNS or letter in _OF_NAMES)


_SIGNS = "–—‘’‚“”„‹›…•·−€‐‑■□●○▪◦☐☒✓"
_OF_NAMES = frozenset({*map(chr, range(0x100, 0x180)), *"ƏəƠơƯưǍǎǏǐǑǒǓǔǤǥǦǧǨǩǪǫȘșȚțȞȟ"} - {*"ĲĳĸĿŀŉŊŋſ"})
"""Letters beyond Latin-1 that DIN 91379 has for names; the first reader knows none of them and prints the one they look like."""


@cache
def _model() -> _Model:
    """The model; raises UnreadableError where it is not installed."""
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    found = sorted(path for folder in folders or () for path in (Path(folder) / "models").glob("*_rec_*.onnx"))
    if not found:
        raise UnreadableError("Zum Lesen von Scans fehlt das Modell der zweiten Texterkennung.",
                              abhilfe=f"Bitte das Paket {PACKAGE} installieren.")  # fmt: skip
    return _Model(found[-1])
