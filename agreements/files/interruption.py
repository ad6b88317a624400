"""An interruption (Ctrl-C) that comes where Python would lose it."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def interruption_kept() -> Iterator[None]:
    """Goes through undisturbed; an interruption that comes meanwhile comes behind it.

    When a process is split off, Python calls hooks of its modules and drops whatever is raised in one: of some hundred imports that were
    interrupted one went on as if nobody had asked it to end.
    """
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield  # it is raised in the main thread alone, and nowhere where it is ignored
        return
    came: list[tuple[int, FrameType | None]] = []
    signal.signal(signal.SIGINT, lambda number, frame: came.append((number, frame)))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
        if came:
            before(*came[0])
