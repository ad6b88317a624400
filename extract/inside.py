"""What is done with a file from outside within its own process: read it, cut its pictures; see `sandbox`."""

from __future__ import annotations

from pathlib import Path

from agreements.agreement import open_library
from extract.answer import Answer, write_answer
from extract.extraction import extract
from extract.pictures import Choice, cut
from extract.report import FORMATS


def report(datei: Path, ordner: Path, form: str) -> str:
    """The report of a file in one of the FORMATS."""
    library = open_library(ordner)
    return FORMATS[form](extract(datei, library), library)


def words(datei: Path, ordner: Path) -> str:
    """What a file says, without pictures, for `read_answer`."""
    return write_answer(Answer(extract(datei, open_library(ordner)), {}))


def everything(datei: Path, ordner: Path, choice: Choice) -> str:
    """What a file says, with the chosen pictures, for `read_answer`."""
    extraction = extract(datei, open_library(ordner))
    return write_answer(Answer(extraction, cut(extraction, choice)))
