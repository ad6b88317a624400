"""Which files this program made in a folder: those that the manifests beside its outputs know by their SHA-256."""

from __future__ import annotations

import json
from pathlib import Path

from agreements.files.disk import sha256

MANIFEST = "manifest.json"
"""Beside the outputs of a year; `zv.manifest` writes it."""


def is_output(ordner: Path, datei: Path) -> bool:
    """Whether a file, wherever it lies, is letter by letter one that was made in a folder; what it says of itself does not count."""
    manifests = list(ordner.glob(f"out/*/{MANIFEST}"))
    return bool(manifests) and datei.is_file() and sha256(datei.read_bytes()) in {known for path in manifests for known in _known(path)}


def _known(manifest: Path) -> set[str]:
    """The sums that a manifest names; none where it is not one that this program wrote."""
    try:
        return {entry["sha256"] for entry in json.loads(manifest.read_bytes())["ausgaben"].values()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return set()
