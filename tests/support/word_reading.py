"""Word files of any XML as they are read: their paragraphs, and what of their words may be seen otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from word_files import word_file

from agreements.reading.doubts import sentence
from agreements.reading.reading import Reading
from extract.word.reader import read_word

Read = Callable[..., Reading]


def reads_in(folder: Path) -> Read:
    """Reads a Word file with this body and these further parts."""
    return lambda body, **parts: read_word(word_file(folder / "brief.docx", body, **parts))


def seen(reading: Reading) -> dict[str, str | None]:
    """Why each word may be seen otherwise."""
    return {word.text: sentence(word.seen) or None for paragraph in reading.paragraphs for word in paragraph.words}


def texts(reading: Reading) -> list[str]:
    return [paragraph.text for paragraph in reading.paragraphs]
