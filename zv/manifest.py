"""What was made of a year, and from what: `manifest.json` beside the outputs, with the SHA-256 of each file and of all it depends on."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from agreements import __version__
from agreements.files.disk import let_out, sha256, write_atomic
from agreements.model.document import Document
from agreements.store.outputs import MANIFEST

NAME = MANIFEST
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Entry:
    """One output: its SHA-256, that of what it was made from, and that of the surroundings it was made in."""

    sha256: str
    eingang: dict[str, str]
    umgebung: str
    entwurf: bool
    endgueltig: bool = False
    """Whether it was held against all rules before."""


@dataclass(slots=True)
class Manifest:
    """The entries of a folder's outputs by their names."""

    folder: Path
    jahr: int
    ausgaben: dict[str, Entry] = field(default_factory=dict)
    umgebung: dict[str, Any] = field(default_factory=lambda: {"bibliotheken": {}})
    """The surroundings of the last run, as `Surroundings` says them."""

    @property
    def libraries(self) -> set[str]:
        """Those that the outputs were set with."""
        return set(self.umgebung["bibliotheken"])

    def is_current(self, name: str, eingang: dict[str, str], umgebung: str) -> bool:
        """Whether an output lies there as it was made, from just this, in just these surroundings."""
        entry = self.ausgaben.get(name)
        return entry is not None and (entry.eingang, entry.umgebung) == (eingang, umgebung) and self.is_untouched(name)

    def is_untouched(self, name: str) -> bool:
        """Whether an output lies there as it was made."""
        path = self.folder / name
        return name in self.ausgaben and path.is_file() and sha256(path.read_bytes()) == self.ausgaben[name].sha256

    def write(self, shop: Path | None = None) -> None:
        """Writes the file, made in the workshop where one is open; ZvError where the disk refuses."""
        ausgaben = {name: asdict(each) for name, each in sorted(self.ausgaben.items())}
        data = {"format": FORMAT, "zv": __version__, "jahr": self.jahr, "umgebung": self.umgebung, "ausgaben": ausgaben}
        text = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
        write_atomic((shop or self.folder) / NAME, text)
        if shop:
            let_out(shop / NAME, self.folder / NAME)


def read_manifest(folder: Path, jahr: int) -> Manifest:
    """The manifest of a folder; an empty one where there is none, or none that this program wrote: then everything is made again."""
    try:
        return _manifest(folder, jahr, json.loads((folder / NAME).read_bytes()))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Manifest(folder, jahr)


def note(path: Path, data: bytes, document: Document, *, begun: bool) -> None:
    """Remembers that this program has made an output by itself; of one that no manifest speaks of, where one may be begun."""
    manifest = read_manifest(path.parent, document.jahr)
    if begun or path.name in manifest.ausgaben:
        manifest.ausgaben[path.name] = Entry(sha256(data), {}, "", document.entwurf)
        manifest.write()


def _manifest(folder: Path, jahr: int, data: Any) -> Manifest:
    if data["format"] != FORMAT:
        return Manifest(folder, jahr)
    entries = {name: Entry(**each) for name, each in data["ausgaben"].items()}
    return Manifest(folder, data["jahr"], entries, {"bibliotheken": {}, **data["umgebung"]})
