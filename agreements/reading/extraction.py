"""What one agreement of a file says, as whoever read it hands it on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from agreements.model.record import Vereinbarung
from agreements.reading.accounts import Posten
from agreements.reading.findings import Befund, Found
from agreements.reading.reading import Reading


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one file says; `record` is effective (it states also what its year has in common)."""

    datei: Path
    sha256: str
    reading: Reading
    record: Vereinbarung
    found: tuple[Found, ...]
    befunde: tuple[Befund, ...]
    posten: tuple[Posten, ...] = ()
    """Every figure of the document, and what became of it."""
