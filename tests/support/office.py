"""An office on the command line alone: a folder, what is typed there, and how many decisions a person made."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from command import Ended, zv

from agreements.library.library import open_library
from agreements.model.record import Vereinbarung


class Office:
    """A folder, and what is typed there."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder, self.capsys = folder, capsys
        self.decisions = 0

    def types(self, *words: str | Path, code: int = 0) -> Ended:
        """One command that must end so."""
        ended = zv(self.capsys, *words, "--ordner", self.folder)
        assert ended.code == code, (words, ended)
        return ended

    def decides(self, *words: str | Path, points: int = 1) -> Ended:
        """One command with which a person decides something, or so many things at once."""
        self.decisions += points
        return self.types(*words)

    def points(self, where: str, *arten: str) -> list[dict[str, Any]]:
        """What is still to be decided of an agreement, or of a year, of some kinds."""
        return [each for each in json.loads(self.types("offen", where, "--format", "json").out) if not arten or each["art"] in arten]

    def record(self, jahr: int, kennung: str = "lk-emsland") -> Vereinbarung:
        """The record as it is."""
        library = open_library(self.folder)
        stored = library.store.load((jahr, kennung))
        return library.effective(stored.record, stored.path)
