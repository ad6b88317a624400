"""Files from outside are read in a process of their own, with limits; whatever goes wrong in it is one German sentence.

What comes back is text, never a pickle: a process that a hostile file has taken over cannot make the asking one run
anything. On Linux a jail closes around it before it sees the file (`jail`). Limits of memory, processor time and file sizes are
the system's own (setrlimit): Linux holds them all; macOS not that of memory; Windows has none, only the time is
limited there.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, NamedTuple

from agreements import errors
from agreements.errors import UnreadableError, ZvError
from agreements.files.interruption import interruption_kept
from agreements.files.temporary import temporary_folder
from extract.files import helpers, jail

if sys.platform != "win32":
    import resource


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    seconds: int = 900
    """By the clock."""
    processor: int = 300
    """Seconds of work of each process; a scanned page takes about two, on a slow machine ten."""
    memory: int = 1 << 30
    """Bytes of each process, beyond what it has of the asking one when it is split off."""
    files: int = 256
    """Open at once."""
    answer: int = 64 << 20
    """Bytes of any file that it writes, of its answer too."""


LIMITS = Limits()
PATIENCE = 0.5
"""Seconds between two calls of `meanwhile`."""
_SPLITS = sys.platform == "linux"
"""Whether a process is split off from this one with all that it has loaded; elsewhere each begins afresh."""


@dataclass(frozen=True, slots=True)
class Job:
    """A function, as "module:name", that gives a text when called with `args`; messages name `datei`.

    Of the disk it may read `datei` and the paths among `args`, see `jail.ways`. Where its module states HELPERS, so many processes
    (the first) stand by for it, which get ready by a function (the second): see `helpers`.
    """

    datei: Path
    function: str
    args: tuple[Any, ...]


_ANSWER, _LOG = "antwort.json", "protokoll"
_STANDARD = 2
"""The highest number of the streams that every process has."""


class _Asker(NamedTuple):
    """The process that splits another off."""

    number: int
    handles: tuple[int, ...]
    """What it has open and the other one has no part in."""


@dataclass(slots=True)
class _Running:
    job: Job
    process: BaseProcess
    folder: Path
    """Its own, the only one that it may write."""
    deadline: float
    killed: bool = field(default=False)

    @property
    def answer(self) -> Path:
        return self.folder / _ANSWER

    @property
    def log(self) -> Path:
        return self.folder / _LOG

    def kill(self) -> None:
        """Ends the process and all that it has started; without effect on what has ended."""
        if sys.platform == "win32":
            self.process.kill()
        elif self.process.pid:
            with suppress(ProcessLookupError, PermissionError):  # the latter is what macOS says of a group of the dead
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.kill()  # where it had not yet come to have a group of its own
        self.process.join()


def run(job: Job, limits: Limits = LIMITS) -> str:
    """What the function gives; raises the ZvError that it raises, UnreadableError where it hangs, grows too large or crashes."""
    for _, answer in run_many([job], 1, limits):
        if isinstance(answer, str):
            return answer
        raise answer
    raise AssertionError("a job without an answer")


def run_many(
    jobs: Sequence[Job], processes: int, limits: Limits = LIMITS,
    started: Callable[[Job], None] = lambda job: None, meanwhile: Callable[[], None] = lambda: None,
) -> Generator[tuple[Job, str | ZvError], None, None]:  # fmt: skip
    """What each function gives, or its error, in the order they end; at most so many run at once, none outlives the iteration.

    The asking process must have no threads of its own: what they hold would be held for ever in the split-off one.
    """
    waiting, running, numbers = deque(jobs), list[_Running](), count()
    with temporary_folder() as folder:
        try:
            while waiting or running:
                while waiting and len(running) < processes:
                    job = waiting.popleft()
                    started(job)
                    with interruption_kept():  # until it is known that there is a process to be ended
                        running.append(_begun(job, limits, folder / str(next(numbers))))
                meanwhile()
                for ended in _ended(running):
                    running.remove(ended)
                    yield ended.job, _answer(ended, limits)
        finally:
            for left in running:
                left.kill()


def _begun(job: Job, limits: Limits, folder: Path) -> _Running:
    open_here: tuple[int, ...] = ()
    if _SPLITS:
        import_module(job.function.partition(":")[0])  # once, for all that split off
        jail.program()
        listed = [number for each in Path("/proc/self/fd").iterdir() if (number := int(each.name)) > _STANDARD]
        open_here = tuple(filter(_is_open, listed))
    folder.mkdir()
    begin = get_context("fork").Process if _SPLITS else get_context("spawn").Process
    process = begin(target=_inside, args=(job, limits, folder, _Asker(os.getpid(), open_here)))
    process.start()
    return _Running(job, process, folder, time.monotonic() + limits.seconds)


def _is_open(handle: int) -> bool:
    """Whether a handle is open still: the one by which handles were listed is not, and its number goes to whatever is opened next."""
    try:
        os.fstat(handle)
    except OSError:
        return False
    return True


def _ended(running: Sequence[_Running]) -> list[_Running]:
    """Those that have ended within a moment; those beyond their time are ended."""
    patience = max(0.0, min(PATIENCE, min(each.deadline for each in running) - time.monotonic()))
    done = wait([each.process.sentinel for each in running], patience)
    for each in running:
        if each.process.sentinel not in done and time.monotonic() >= each.deadline:
            each.killed = True
            each.kill()
    ended = [each for each in running if each.killed or each.process.sentinel in done]
    for each in ended:
        each.kill()  # also what it has left behind
    return ended


# ---------------------------------------------------------------- within the process


def _inside(job: Job, limits: Limits, folder: Path, asker: _Asker) -> None:
    """Runs the function within limits and jail and writes what it gives, or its error; anything else ends the process."""
    if _SPLITS:
        _part_from(asker)  # before anything is opened: a number that Python has freed here goes to the next file
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the asking process decides what an interruption means
    _quieten(folder / _LOG)
    if sys.platform != "win32":
        os.setpgid(0, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(limits.seconds + 5)  # where nobody is left to end it
    _limit(limits)
    module, _, name = job.function.partition(":")
    function = getattr(import_module(module), name)
    if _SPLITS:
        _shut_in(job, folder, asker, getattr(sys.modules[module], "HELPERS", None))
    with (folder / _ANSWER).open("w", encoding="utf-8") as answer:  # before the function has opened whatever it may
        said: dict[str, Any] = {}
        try:
            said = {"text": function(*job.args)}
        except ZvError as error:
            said = {"fehler": type(error).__name__, "message": error.message, "datei": None if error.datei is None else str(error.datei),
                    "zeile": error.zeile, "abhilfe": error.abhilfe}  # fmt: skip
        except MemoryError:
            said = {"speicher": True}
        except RecursionError:
            said = {"tiefe": True}
        except Exception as fault:
            said = {"eigener_fehler": helpers.place_of(fault, __name__)}
            raise  # its whole story goes into the log
        finally:
            text = json.dumps(said)
            answer.write(text if len(text) <= limits.answer else json.dumps({"zu_viel": True}))


def _part_from(asker: _Asker) -> None:
    """Closes what the asking process has open, but for what Python has put in place of its input."""
    own = sys.stdin.fileno() if sys.stdin else None
    for handle in asker.handles:
        if handle != own:
            with suppress(OSError):  # closed meanwhile
                os.close(handle)


def _shut_in(job: Job, folder: Path, asker: _Asker, helping: tuple[int, str] | None) -> None:
    """Ties the end of this process to that of the asking one, closes the jail, and has its helpers stand by in it."""
    jail.end_with(asker.number)
    os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
    jail.enclose(jail.ways((job.datei, *job.args), folder))
    if helping:  # within the first wall, so that they hear of the end of this process, and before the second, behind which none is born
        helpers.stand_by(*helping, jail.seal)
    jail.seal()


def _quieten(log: Path) -> None:
    """Sends what engines print to a file, so that it stays out of reports and tables."""
    file = log.open("w", encoding="utf-8", errors="backslashreplace", buffering=1)
    for stream in (1, 2):
        os.dup2(file.fileno(), stream)
    sys.stdout = sys.stderr = file


def _limit(limits: Limits) -> None:
    if sys.platform == "win32":
        return
    for kind, most, beyond in (
        (resource.RLIMIT_CPU, limits.processor, 1),  # first comes SIGXCPU, which says what it is, then SIGKILL, which does not
        (resource.RLIMIT_DATA, _inherited() + limits.memory, 0),
        (resource.RLIMIT_NOFILE, limits.files, 0),
        (resource.RLIMIT_FSIZE, limits.answer, 0),
        (resource.RLIMIT_CORE, 0, 0),  # a dump would hold the document
    ):
        hard = resource.getrlimit(kind)[1]
        most, end = (each if hard == resource.RLIM_INFINITY else min(each, hard) for each in (most, most + beyond))
        resource.setrlimit(kind, (most, end))


def _inherited() -> int:
    """Bytes of its own that this process has already; 0 where the system does not tell, and none is split off."""
    if not _SPLITS:
        return 0
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])  # data and stack, see proc(5)
    return pages * resource.getpagesize()


# ---------------------------------------------------------------- what it said


def _answer(ended: _Running, limits: Limits) -> str | ZvError:
    datei = ended.job.datei
    if ended.killed or ended.process.exitcode in (-_number("SIGXCPU"), -_number("SIGALRM")):
        most = limits.seconds if ended.killed else limits.processor
        return UnreadableError(f"Das Lesen hat zu lange gedauert und wurde nach {most} Sekunden abgebrochen.", datei=datei, abhilfe=_REMEDY)
    code = ended.process.exitcode or 0
    if code < 0:
        return UnreadableError(f"Beim Lesen ist das Programm abgestürzt ({signal.Signals(-code).name}).", datei=datei, abhilfe=_REMEDY)
    match _said(ended.answer, limits):
        case {"eigener_fehler": str(where)}:
            message = f"Beim Lesen ist zv auf einen eigenen Fehler gestoßen ({_printable(where)})."
            return UnreadableError(message, datei=datei, abhilfe=_OUR_FAULT)
        case _ if code:
            return UnreadableError(f"Beim Lesen ist das Programm abgestürzt (Ende mit {code}).", datei=datei, abhilfe=_REMEDY)
        case {"text": str(given)}:
            return given
        case {"fehler": str(kind), "message": str(message), "datei": place, "zeile": line, "abhilfe": remedy} if kind in _ERRORS:
            return _ERRORS[kind](message, datei=place, zeile=line, abhilfe=remedy)
        case {"speicher": True}:
            room = f"{limits.memory / (1 << 20):.0f} MB"
            return UnreadableError(f"Das Lesen braucht mehr Speicher, als erlaubt ist ({room}).", datei=datei, abhilfe=_REMEDY)
        case {"zu_viel": True}:
            message = f"In der Datei steht zu viel (mehr als {limits.answer / (1 << 20):.0f} MB Text mit Befunden)."
            return UnreadableError(message, datei=datei, abhilfe="Bitte nur die Zielvereinbarung einreichen.")
        case {"tiefe": True}:
            return UnreadableError("In der Datei liegen zu viele Teile ineinander.", datei=datei, abhilfe=_REMEDY)
    return UnreadableError("Beim Lesen kam keine verständliche Antwort.", datei=datei, abhilfe=_REMEDY)


_REMEDY = "Bitte die Datei prüfen und neu speichern oder neu scannen; bleibt es dabei, sie mit dieser Meldung melden."
_OUR_FAULT = "Bitte diese Meldung mit der Datei melden; oft hilft es inzwischen, die Datei neu zu speichern oder neu zu scannen."
_ERRORS = {name: kind for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, ZvError)}


def _number(name: str) -> int:
    """The number of a signal; 0 where the system does not know it."""
    return int(getattr(signal, name, 0))


def _said(path: Path, limits: Limits) -> Any:
    """What stands in the answer; None where there is none."""
    if not path.is_file() or path.stat().st_size > limits.answer:
        return None
    try:
        return json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return None


def _printable(text: str) -> str:
    """One line of text from a process that a file may have taken over."""
    return "".join(sign for sign in text if sign.isprintable())[:200]
