"""Where Tesseract's models lie that do not come with a package: asked without loading the engine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

LATIN = ("script/Latin", "Latin")
"""Knows §, which the German model cannot print; Debian has it (tesseract-ocr-script-latn), PyPI has not."""
_SYSTEM = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata")


def installed() -> Iterator[tuple[Path, str]]:
    """Folder and name of each Latin model of this machine, the one to be used first."""
    for folder in filter(None, (os.environ.get("TESSDATA_PREFIX", ""), *_SYSTEM)):
        for model in LATIN:
            if (Path(folder) / f"{model}.traineddata").is_file():
                yield Path(folder), model
