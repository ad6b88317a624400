"""Long work: the commands themselves, each in a process of its own; what they print is their progress.

Closing the window ends none of them, and what one has written is there whatever becomes of the page.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from agreements.errors import UsageError

_MOST = 3
"""Jobs at once; each has as many processes of its own as the machine has processors."""
_REMEMBERED = 30
"""Jobs that have ended and can still be looked at."""


@dataclass
class Job:
    """A command that runs or has run."""

    nummer: int
    titel: str
    args: tuple[str, ...]
    jahr: int | None = None
    """The year that its page belongs to."""
    lines: list[str] = field(default_factory=list)
    """What it printed; of what is JSON all but the report of a reading, which no page shows."""
    errors: list[str] = field(default_factory=list)
    """What it said on standard error."""
    code: int | None = None
    """Its exit code; None while it runs."""
    changed: threading.Condition = field(default_factory=threading.Condition)

    @property
    def data(self) -> list[dict[str, Any]]:
        """Those of its lines that are JSON."""
        return [said for line in self.lines if (said := parsed(line)) is not None]

    def news(self, seen: int, patience: float) -> list[str] | None:
        """The lines behind the first `seen` ones, waited for; empty where none came in so many seconds, None where none will."""
        with self.changed:
            self.changed.wait_for(lambda: len(self.lines) > seen or self.code is not None, patience)
            return self.lines[seen:] if len(self.lines) > seen or self.code is None else None


@dataclass
class Jobs:
    """The work of a folder."""

    ordner: Path
    _jobs: dict[int, Job] = field(default_factory=dict)
    _processes: dict[int, subprocess.Popen[str]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _number: int = 0

    def begin(self, titel: str, args: Sequence[str], jahr: int | None = None) -> Job:
        """Starts a command; UsageError where as many run as may."""
        with self._lock:
            if len(self._processes) >= _MOST:
                raise UsageError("Es laufen schon drei Aufträge.", abhilfe="Warten, bis einer fertig ist.")
            self._number += 1
            job = Job(self._number, titel, tuple(args), jahr)
            self._jobs[job.nummer] = job
            for number in [number for number, each in self._jobs.items() if each.code is not None][:-_REMEMBERED]:
                del self._jobs[number]
            process = subprocess.Popen(
                [sys.executable, "-m", "zv", *args, "--ordner", str(self.ordner)], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.PIPE, text=True, encoding="utf-8", errors="replace", start_new_session=True,
            )  # fmt: skip
            self._processes[job.nummer] = process
        threading.Thread(target=self._follow, args=(job, process), daemon=True).start()
        return job

    def _follow(self, job: Job, process: subprocess.Popen[str]) -> None:
        assert process.stdout and process.stderr
        errors = threading.Thread(target=_collect, args=(process.stderr, job.errors.append), daemon=True)
        errors.start()
        _collect(process.stdout, lambda line: self._said(job, line))
        errors.join()
        code = process.wait()
        with job.changed:
            job.code = code
            job.changed.notify_all()
        with self._lock:
            del self._processes[job.nummer]

    def _said(self, job: Job, line: str) -> None:
        with job.changed:
            job.lines.append(_without_report(line))
            job.changed.notify_all()

    def of(self, nummer: int) -> Job | None:
        """A job by its number."""
        return self._jobs.get(nummer)

    def all(self) -> Iterator[Job]:
        """Those that are remembered, the last one first."""
        yield from sorted(self._jobs.values(), key=lambda each: -each.nummer)

    @property
    def busy(self) -> bool:
        """Whether any work is going on."""
        return bool(self._processes)

    def close(self) -> None:
        """Ends all work; what is half done is never written, and the same command goes on where it was."""
        for process in list(self._processes.values()):
            if sys.platform == "win32":
                process.terminate()
            else:
                os.killpg(process.pid, signal.SIGTERM)


def parsed(line: str) -> dict[str, Any] | None:
    """What a line of a command says as JSON; None where it is one for people."""
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


def _without_report(line: str) -> str:
    """A line, that of a file that was read without its report: a hundred kilobytes that would be taken apart for every page."""
    if (said := parsed(line)) is None:
        return line
    said.pop("bericht", None)
    return json.dumps(said, ensure_ascii=False)


def _collect(stream: Any, take: Callable[[str], None]) -> None:
    for line in stream:
        take(line.rstrip("\n"))
