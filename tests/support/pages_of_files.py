"""Files put together of the pages of others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pikepdf


def file_of(target: Path, *parts: tuple[Path, Sequence[int]]) -> Path:
    """A file of the pages of others, counted from 1; no pages named: all."""
    with pikepdf.new() as made:
        for path, pages in parts:
            with pikepdf.open(path) as source:
                for number in pages or range(1, len(source.pages) + 1):
                    made.pages.append(source.pages[number - 1])
        made.save(target)
    return target
