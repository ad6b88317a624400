"""What readers say of a document, in the program's own sandbox: Angaben are as sure as the readers are, and the time it took."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from round_trip import ROOT

from agreements.errors import ZvError
from extract.confidence.calibration import calibrated
from extract.extraction import Extraction, extract
from extract.files.sandbox import Job, run_many
from extract.results.transfer import read_answers, write_answers
from extract.results.worker import HELPERS as HELPERS
from extract.results.worker import words


class Read(NamedTuple):
    """What a document says, or why it cannot be read."""

    said: Extraction | ZvError
    seconds: float
    crashed: bool = False
    """Whether the process ended by a limit or a fault of its own."""

    @property
    def error(self) -> str:
        """Why it cannot be read; empty where it can."""
        return f"{'crashed: ' if self.crashed else ''}{self.said}" if isinstance(self.said, ZvError) else ""


@contextmanager
def as_readers_say() -> Iterator[None]:
    """Meanwhile Angaben are as sure as their readers say: the report puts it through the table, which is fitted to what they say."""
    module = sys.modules[extract.__module__]
    setattr(module, "calibrated", tuple)  # noqa: B010 - what a module imports is none of its own names for mypy
    try:
        yield
    finally:
        setattr(module, "calibrated", calibrated)  # noqa: B010


def timed_words(datei: Path, ordner: Path) -> str:
    """The seconds that a reading takes in a line of its own, then what `words` gives."""
    start = time.perf_counter()
    try:
        with as_readers_say():
            said = words(datei, ordner)
    except ZvError as error:
        said = write_answers([error])
    return f"{time.perf_counter() - start}\n{said}"


def read_all(paths: Sequence[Path], processes: int) -> Iterator[tuple[Path, Read]]:
    """What each document says, in the order they end."""
    with closing(run_many([Job(path, "uncalibrated:timed_words", (path, ROOT)) for path in paths], processes)) as answers:
        for job, answer in answers:
            yield job.datei, _read(job.datei, answer)


def _read(path: Path, answer: str | ZvError) -> Read:
    if isinstance(answer, ZvError):
        return Read(answer, 0.0, crashed=True)
    seconds, _, text = answer.partition("\n")
    (said,) = read_answers(text, path)
    return Read(said if isinstance(said, ZvError) else said.extraction, float(seconds))
