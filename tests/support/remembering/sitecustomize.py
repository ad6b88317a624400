"""Remembers what the recognisers said of a picture, so that a change behind them is measured in seconds, not hours.

Python imports this at its start where the folder is on its path: ZV_MEMO=FOLDER PYTHONPATH=tests/support/remembering python …
What is remembered holds as long as the pictures shown to the recognisers are the same, and their programs and models.
"""

from __future__ import annotations

import functools
import hashlib
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from pathlib import Path
from types import ModuleType
from typing import Any

_ENGINES = ("extract.ocr.engines.tesseract", "extract.ocr.engines.ppocr")


def remembered(name: str, real: Callable[..., Any], folder: Path) -> Callable[..., Any]:
    """The function of a recogniser, that asks it only what it was never asked."""

    @functools.wraps(real)
    def inner(picture: Any, *within: Any) -> Any:
        asked = hashlib.sha1(f"{name}{picture.shape}{[tuple(map(int, cut)) for cut in within if cut is not None]}".encode())
        asked.update(picture.tobytes())
        path = folder / asked.hexdigest()[:2] / asked.hexdigest()
        if path.exists():
            return pickle.loads(path.read_bytes())
        said = real(picture, *within)
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}")
        half.write_bytes(pickle.dumps(said))
        half.replace(path)
        return said

    return inner


class _Finder(MetaPathFinder):
    """Gives the recognisers' modules with a memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        spec = PathFinder.find_spec(fullname, path) if fullname in _ENGINES else None
        if spec and spec.loader:
            run = spec.loader.exec_module

            def exec_module(module: ModuleType) -> None:
                run(module)
                for name in ("read", "quarter_turns"):
                    setattr(module, name, remembered(f"{fullname}.{name}", getattr(module, name), self.folder))

            setattr(spec.loader, "exec_module", exec_module)  # noqa: B010 - mypy knows no method that is set
        return spec


if folder := os.environ.get("ZV_MEMO"):
    sys.meta_path.insert(0, _Finder(Path(folder)))
