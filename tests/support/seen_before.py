"""What recognisers made of a picture, remembered for a run of tests: the same lines of the same agreement are read in hundreds of them,
and that takes most of the time of each.

Each picture is shown to the real recogniser once. All processes of the run remember it, also those that are split off into a jail,
which leaves them neither file nor socket: the memory was shared before.
"""

from __future__ import annotations

import mmap
import pickle
from collections.abc import Callable
from hashlib import blake2b
from multiprocessing import Lock
from pathlib import Path
from struct import Struct
from typing import TypeVar
from zlib import crc32

from extract.ocr.engine import Cut, Recogniser, SeenPage
from extract.ocr.raster import Pixels
from extract.ocr.readers import READERS, Role

R = TypeVar("R")
ROOM = 64 << 20
"""Bytes at most that a worker adds, of which only those are taken that are written; a whole run has a few millions to remember."""
_END = Struct("Q")
"""How far a worker has written stands at the beginning of its part."""
_HEAD = Struct("=16sQI")
"""Before each answer: the digest of what was asked, how many bytes follow, and the sum of both."""


class Memory:
    """Answers by what was asked, in a file that the workers of a run share, each with a part of it that it alone adds to."""

    def __init__(self, file: Path, worker: int = 0, workers: int = 1, room: int = ROOM) -> None:
        with file.open("a+b") as shared:
            shared.truncate(workers * room)
            whole = memoryview(mmap.mmap(shared.fileno(), workers * room))
        self.parts = [whole[start : start + room] for start in range(0, workers * room, room)]
        self.own = self.parts[worker]
        self.lock = Lock()
        """Of the processes that are split off from this worker."""
        self.looked = [_END.size] * workers
        """How far this process has looked, in each part."""
        self.known: dict[bytes, memoryview] = {}

    def answer(self, asked: bytes, real: Callable[[], R]) -> R:
        """What was answered before, else what is answered now."""
        self._look()
        if asked in self.known:
            remembered: R = pickle.loads(self.known[asked])
            return remembered
        given = real()
        self._add(asked, pickle.dumps(given))
        return given

    def _look(self) -> None:
        """Takes note of what was added; nobody is waited for, and what does not have its sum is not there yet."""
        for number, part in enumerate(self.parts):
            (end,) = _END.unpack_from(part)
            while self.looked[number] < end:
                asked, length, sum_ = _HEAD.unpack_from(part, self.looked[number])
                start = self.looked[number] + _HEAD.size
                answer = part[start : start + length]
                if crc32(answer, crc32(asked)) != sum_:
                    break
                self.known[asked] = answer
                self.looked[number] = start + length

    def _add(self, asked: bytes, answer: bytes) -> None:
        """Nothing where another process adds just now: one that was ended meanwhile would be waited for until the end of the run."""
        if not self.lock.acquire(block=False):
            return
        try:
            start = _END.unpack_from(self.own)[0] or _END.size
            end = start + _HEAD.size + len(answer)
            if end <= len(self.own):
                _HEAD.pack_into(self.own, start, asked, len(answer), crc32(answer, crc32(asked)))
                self.own[end - len(answer) : end] = answer
                _END.pack_into(self.own, 0, end)
        finally:
            self.lock.release()


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


def remember(memory: Memory) -> None:
    """Has the recognisers remember from now on."""
    for role, real in READERS.items():
        READERS[role] = Remembering(real, memory)


def recognisers() -> dict[Role, Recogniser]:
    """Those that remember nothing, by their roles."""
    return {role: each.real if isinstance(each, Remembering) else each for role, each in READERS.items()}
