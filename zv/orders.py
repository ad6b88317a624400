"""What a run over a year is asked for, what each of its processes is told, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zv.formats import How


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be printed."""

    ordner: Path
    jahr: int
    target: Path
    """The folder that gets a folder for the year."""
    how: How

    @property
    def folder(self) -> Path:
        """Where the outputs lie."""
        return self.target / str(self.jahr)


@dataclass(frozen=True, slots=True)
class Job:
    """One agreement that is to be printed: its record, and what its outputs are made from."""

    record: Path
    formate: tuple[str, ...]
    eingang: dict[str, str]

    @property
    def traeger(self) -> str:
        """Its key, by which its files are called."""
        return self.record.stem


@dataclass(frozen=True, slots=True)
class Made:
    """What a worker has laid down in the workshop: SHA-256 by name of output."""

    outputs: dict[str, str]
    entwurf: bool
