"""Pictures of pages, drawn in processes of their own: a document from outside is parsed nowhere else."""

from __future__ import annotations

import base64
import json
import os
from collections import OrderedDict
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from agreements.comparing.intake import digest
from agreements.errors import ZvError
from agreements.model.akte import Quelle
from extract.files.jail import end_with
from extract.files.sandbox import Job, Limits, run

INBOX = "eingang"
"""Where the workspace keeps what was dropped onto the page."""
_KEPT = 40
"""Pages held in memory, some 300 KB each."""
_LIMITS = Limits(seconds=60, processor=30)
"""A page takes a tenth of a second."""


class PagePicture(NamedTuple):
    """A page, upright."""

    jpeg: bytes
    width: float
    """Points, as the page is shown."""
    height: float


class _Drawer(NamedTuple):
    """The process that draws, and where it is asked."""

    asked: ProcessPoolExecutor
    process: BaseProcess


def _begin() -> _Drawer:
    """The process that draws, begun now: Linux ends it with the thread that began it, which must be the server's own."""
    before = active_children()
    asked = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=end_with, initargs=(os.getpid(),))
    asked.submit(int)
    return _Drawer(asked, next(each for each in active_children() if each not in before))


@dataclass
class Pages:
    """Draws pages, each once as long as it is asked for again and again."""

    _drawer: _Drawer = field(default_factory=_begin)
    _held: OrderedDict[tuple[str, int, int], Future[str]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def ahead(self, datei: Path, sha256: str, seite: int, turn: int) -> Future[str]:
        """Has a page drawn, which may be asked for soon."""
        with self._lock:
            key = (sha256, seite, turn)
            if key not in self._held:
                # The server has threads, and no process may be split off beside them: one of its own has none and does it.
                self._held[key] = self._drawer.asked.submit(_drawn, datei, seite, turn)
            self._held.move_to_end(key)
            while len(self._held) > _KEPT:
                self._held.popitem(last=False)
            return self._held[key]

    def of(self, datei: Path, sha256: str, seite: int, turn: int) -> PagePicture:
        """A page of a file; ZvError where it cannot be shown."""
        waiting = self.ahead(datei, sha256, seite, turn)
        try:
            said = json.loads(waiting.result())
        except ZvError:
            with self._lock:
                self._held.pop((sha256, seite, turn), None)
            raise
        return PagePicture(base64.b64decode(said["jpeg"]), said["breite"], said["hoehe"])

    def close(self) -> None:
        """Ends the process that draws, whatever it is at: no page is written anywhere, and one that does not answer holds up nobody."""
        self._drawer.process.kill()
        self._drawer.asked.shutdown(cancel_futures=True)


def _drawn(datei: Path, seite: int, turn: int) -> str:
    return run(Job(datei, "extract.results.cuttings:page_picture", (datei, seite, turn)), _LIMITS)


def original(ordner: Path, quelle: Quelle | None) -> Path | None:
    """The file that a record was read from, where it still lies in the workspace, unchanged; None where it does not."""
    if quelle is None or not quelle.datei.lower().endswith(".pdf"):
        return None
    name = Path(quelle.datei).name
    for path in (ordner / name, *sorted((ordner / INBOX).rglob("*.pdf"))):
        if path.is_file() and _is(path, quelle.sha256):
            return path
    return None


_SUMS: dict[tuple[str, int, int], str] = {}


def _is(path: Path, sha256: str) -> bool:
    """Whether a file has that SHA-256; a file is looked through again only where it was changed."""
    stat = path.stat()
    key = (str(path), stat.st_mtime_ns, stat.st_size)
    if key not in _SUMS:
        if len(_SUMS) > 4096:
            _SUMS.clear()
        _SUMS[key] = digest(path)
    return _SUMS[key] == sha256
