"""Our own work in several processes: one a processor, each doing one job after another with what was loaded before they split off;
or one beside, which loads for itself what it alone needs.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Generic, TypeVar

from agreements.errors import ZvError
from agreements.files.interruption import interruption_kept
from extract.files.jail import end_with

J = TypeVar("J")
R = TypeVar("R")

PATIENCE = 0.2
"""Seconds between two calls of `meanwhile`."""
_SPLITS = sys.platform == "linux"
"""Whether a process is split off from this one; elsewhere each begins afresh, and a function must be found by its name."""


@dataclass(slots=True)
class _Worker(Generic[J]):
    process: BaseProcess
    connection: Connection
    job: J | None = None


def processors() -> int:
    """How many processes are worth it: one a processor that this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


@contextmanager
def without_collection() -> Iterator[None]:
    """Spares the search for garbage while modules are loaded, which leave none: a tenth of their time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def each_done(
    function: Callable[[J], R], jobs: Sequence[J], processes: int,
    started: Callable[[J], None] = lambda job: None, meanwhile: Callable[[], None] = lambda: None,
) -> Generator[tuple[J, R | ZvError], None, None]:  # fmt: skip
    """What the function gives for each job, or the ZvError it raises, in the order they end; none of the processes outlives the iteration.

    A process that crashes is replaced; its job's answer is a ZvError.
    """
    waiting, workers = deque(jobs), list[_Worker[J]]()
    gc.freeze()  # what is loaded by now stays in pages that the processes share
    try:
        while waiting or any(worker.job is not None for worker in workers):
            while waiting and len(workers) < processes:
                with interruption_kept():
                    workers.append(_begun(function, [worker.connection for worker in workers], _is_ready))
            for worker in workers:
                if worker.job is None and waiting:
                    worker.job = waiting.popleft()
                    started(worker.job)
                    worker.connection.send(worker.job)
            meanwhile()
            for ready in wait([worker.connection for worker in workers if worker.job is not None], PATIENCE):
                worker = next(worker for worker in workers if worker.connection is ready)
                job, worker.job = worker.job, None
                assert job is not None
                try:
                    answer = worker.connection.recv()
                except EOFError:
                    workers.remove(worker)
                    answer = _crashed(worker)
                yield job, answer
    finally:
        gc.unfreeze()
        for worker in workers:
            _ended(worker)


@contextmanager
def beside(function: Callable[[J], R], ready: Callable[[], None]) -> Iterator[Callable[[J], R]]:
    """The function, done by a process of its own that has begun to get `ready`; whatever process splits off meanwhile may call it.

    One job at a time. The call raises the ZvError that the function raises, and one where the process crashes.
    """
    with interruption_kept():
        worker: _Worker[J] = _begun(function, (), ready)
    try:
        yield partial(_answer, worker.connection)
    finally:
        _ended(worker)


def _answer(connection: Connection, job: J) -> Any:
    """What the process at the other end gives for the job."""
    try:
        connection.send(job)
        answer = connection.recv()
    except (EOFError, ConnectionError) as error:
        raise _crash("") from error
    if isinstance(answer, ZvError):
        raise answer
    return answer


def _begun(function: Callable[[J], R], others: Sequence[Connection], ready: Callable[[], None]) -> _Worker[J]:
    context = get_context("fork" if _SPLITS else "spawn")
    ours, theirs = context.Pipe()
    args = (function, ready, theirs, [ours, *others] if _SPLITS else [], os.getpid())
    process = context.Process(target=_inside, args=args, daemon=True)  # type: ignore[attr-defined]
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _is_ready() -> None:
    """Where nothing is to be loaded; a name, by which a process that begins afresh finds it."""


def _ended(worker: _Worker[J]) -> None:
    worker.process.kill()
    worker.process.join()
    worker.connection.close()


def _inside(
    function: Callable[[J], R], ready: Callable[[], None], connection: Connection, inherited: Sequence[Connection], parent: int
) -> None:
    """Answers job after job until there is nobody left to ask."""
    end_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the asking process decides what an interruption means
    for other in inherited:
        other.close()
    gc.disable()  # its search takes a tenth of the time; between two jobs it takes none
    ready()
    gc.freeze()
    while True:
        gc.collect()
        try:
            job = connection.recv()
        except EOFError:
            return
        try:
            answer: R | ZvError = function(job)
        except ZvError as error:
            answer = error
        connection.send(answer)


def _crashed(worker: _Worker[J]) -> ZvError:
    worker.process.join()
    code = worker.process.exitcode or 0
    return _crash(f" ({signal.Signals(-code).name if code < 0 else f'Ende mit {code}'})")


def _crash(cause: str) -> ZvError:
    return ZvError(f"Das Programm ist dabei abgestürzt{cause}.", abhilfe="Noch einmal versuchen; bleibt es dabei, bitte melden.")
