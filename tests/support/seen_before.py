"""What recognisers made of a picture, remembered for a run of tests: the same lines of the same agreement are read in hundreds of them,
and that takes most of the time of each.

Each picture is shown to the real recogniser once. Whoever is split off from this process remembers the same, in a jail, too, that
leaves it neither file nor socket: the memory was shared before.
"""

from __future__ import annotations

import mmap
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from multiprocessing import Lock
from struct import Struct
from typing import TypeVar

from extract.ocr.engine import Cut, Recogniser, SeenPage
from extract.ocr.raster import Pixels
from extract.ocr.readers import READERS

R = TypeVar("R")
ROOM = 128 << 20
"""Bytes at most, of which only those are taken that are written; when they are full, nothing more is remembered."""
_END = Struct("=Q")
"""How far it is written stands at its beginning."""
_HEAD = Struct("=16sQ")
"""Before each answer: the digest of what was asked, and how many bytes follow."""


class Memory:
    """Answers by what was asked, of this process and all that are split off from it; it is only ever added to."""

    def __init__(self, room: int = ROOM) -> None:
        self.room = mmap.mmap(-1, room)
        self.lock = Lock()
        self.known: dict[bytes, slice] = {}
        self.looked = _END.size
        """How far this process has looked."""
        _END.pack_into(self.room, 0, self.looked)

    def answer(self, asked: bytes, real: Callable[[], R]) -> R:
        """What was answered before, else what is answered now."""
        self._look()
        if asked in self.known:
            remembered: R = pickle.loads(self.room[self.known[asked]])
            return remembered
        given = real()
        self._add(asked, pickle.dumps(given))
        return given

    @contextmanager
    def _alone(self) -> Iterator[bool]:
        """Whether no other process is at it. Nobody waits: one that was ended meanwhile would be waited for until the end of the run."""
        alone = self.lock.acquire(block=False)
        try:
            yield alone
        finally:
            if alone:
                self.lock.release()

    def _look(self) -> None:
        """Takes note of what was added."""
        with self._alone() as alone:
            (end,) = _END.unpack_from(self.room) if alone else (self.looked,)
            while self.looked < end:
                asked, length = _HEAD.unpack_from(self.room, self.looked)
                start = self.looked + _HEAD.size
                self.looked = start + length
                self.known[asked] = slice(start, self.looked)

    def _add(self, asked: bytes, answer: bytes) -> None:
        with self._alone() as alone:
            (start,) = _END.unpack_from(self.room)
            end = start + _HEAD.size + len(answer)
            if alone and end <= len(self.room):
                _HEAD.pack_into(self.room, start, asked, len(answer))
                self.room[end - len(answer) : end] = answer
                _END.pack_into(self.room, 0, end)


class Remembering:
    """A recogniser that is shown each picture once."""

    def __init__(self, real: Recogniser, memory: Memory) -> None:
        self.real, self.memory = real, memory
        self.LACKS = real.LACKS

    def read(self, picture: Pixels, within: Cut | None = None) -> SeenPage:
        """As the recogniser reads."""
        return self.memory.answer(self._asked("read", picture, within), lambda: self.real.read(picture, within))

    def quarter_turns(self, picture: Pixels) -> int | None:
        """As the recogniser tells."""
        return self.memory.answer(self._asked("quarter_turns", picture), lambda: self.real.quarter_turns(picture))

    def prints(self, letter: str) -> bool:
        """As the recogniser says."""
        return self.real.prints(letter)

    def name(self) -> str:
        """As the recogniser says."""
        return self.real.name()

    def _asked(self, question: str, picture: Pixels, within: Cut | None = None) -> bytes:
        cut = within and tuple(map(int, within))
        asked = blake2b(repr((self.name(), question, picture.shape, cut)).encode(), digest_size=16)
        asked.update(picture.tobytes())
        return asked.digest()


def remember() -> None:
    """Has the recognisers remember from now on."""
    memory = Memory()
    for role, real in READERS.items():
        READERS[role] = Remembering(real, memory)
