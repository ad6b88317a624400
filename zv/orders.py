"""What a run over a year is asked for, what each of its processes is told, and what it answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from agreements.errors import ZvError
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

    def parts(self) -> list[Job]:
        """The same, each format by itself."""
        return [replace(self, formate=(form,)) for form in self.formate]


@dataclass(frozen=True, slots=True)
class Made:
    """What a worker has laid down in the workshop: SHA-256 by name of output."""

    outputs: dict[str, str]
    entwurf: bool
    libraries: frozenset[str]
    """Those that its pages were set with; none where it has no output that depends on them."""


def joined(answers: Iterable[Made | ZvError]) -> Made | ZvError:
    """What the parts of a job make together; the first error where one of them cannot be made."""
    whole = Made({}, False, frozenset())
    for answer in answers:
        if isinstance(answer, ZvError):
            return answer
        whole = Made(whole.outputs | answer.outputs, whole.entwurf or answer.entwurf, whole.libraries | answer.libraries)
    return whole
