"""The door through which a command's words reach the terminal: whatever stands in a name or a document commands nothing there."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TextIO, cast

from agreements.errors import visible


class Door:
    """A stream that shows control characters as what they are written with.

    Without the buffer beneath: who finds it, as click does on Windows, would write past the door.
    """

    def __init__(self, beneath: TextIO) -> None:
        self.beneath = beneath

    def write(self, text: str) -> int:
        return self.beneath.write(visible(text))

    def writelines(self, lines: Iterator[str]) -> None:
        self.beneath.writelines(map(visible, lines))

    def __getattr__(self, name: str) -> Any:
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.beneath, name)


@contextmanager
def doors() -> Iterator[None]:
    """Both streams behind doors while it lasts."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (cast(TextIO, Door(stream)) if stream else stream for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def beneath(stream: TextIO) -> TextIO:
    """The stream behind a door, for who shows each word himself and commands colours."""
    return stream.beneath if isinstance(stream, Door) else stream
