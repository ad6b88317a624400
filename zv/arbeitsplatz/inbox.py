"""What is dropped onto the page: kept under `eingang/`, under its own name as far as that may be a file's name, and never over another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from pathlib import Path

from agreements.errors import UsageError
from agreements.files.disk import sha256, write_new
from zv.arbeitsplatz.pages import INBOX

DOCUMENTS = (".pdf", ".docx")
TABLES = (".xlsx", ".csv")
_LONGEST = 120
"""Letters of a file's name."""


def keep(ordner: Path, name: str, data: bytes) -> Path:
    """Where a file that was dropped lies now; the same one again where it lay there already. UsageError: it is no kind that is read."""
    safe = _safe(name)
    if safe.suffix.lower() not in (*DOCUMENTS, *TABLES):
        raise UsageError(f"„{safe.name}“: Gelesen werden PDF, Word (.docx) und Tabellen (.xlsx, .csv).")
    folder = ordner / INBOX
    for number in range(1, 1000):
        path = folder / (f"{safe.stem} ({number}){safe.suffix}" if number > 1 else safe.name)
        if not path.exists():
            write_new(path, data)
            return path
        if path.is_file() and sha256(path.read_bytes()) == sha256(data):
            return path
    raise UsageError(f"„{safe.name}“: Unter diesem Namen liegen schon zu viele Dateien.")


def dropped(ordner: Path, name: str, kinds: Collection[str]) -> Path:
    """A file of these kinds that was dropped before; UsageError where none of that name lies there."""
    path = ordner / INBOX / Path(name).name
    if path.suffix.lower() not in kinds or not path.is_file():
        raise UsageError(f"„{path.name}“ liegt nicht unter {INBOX}/.", abhilfe="Die Datei noch einmal ablegen.")
    return path


def _safe(name: str) -> Path:
    """The name alone, no folder in it, nothing that a terminal or a file system takes for something else."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(each for each in last if unicodedata.category(each)[0] != "C" and each not in '<>:"|?*').strip(" .")
    path = Path(kept or "Datei")
    return Path(path.stem[: _LONGEST - len(path.suffix)].rstrip() + path.suffix) if len(kept) > _LONGEST else path
