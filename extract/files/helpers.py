"""Processes that help one job and were split off before its jail closed, for nothing can be begun within it.

They stay unborn until they are called: one process waits that loads, once for all, what they need. It takes no word of who
calls; each helper seals itself as the job did before it hears the first one.
"""

from __future__ import annotations

import os
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from multiprocessing.connection import Connection, Pipe, wait
from traceback import walk_tb
from typing import Any, NamedTuple, TypeVar

from agreements.errors import ZvError
from extract.files.jail import end_with

R = TypeVar("R")
_ROOMS = ("extract.", "agreements.")


class HelperLostError(Exception):
    """A helper ended without an answer."""


class HelperFaultError(Exception):
    """A helper met a fault of our own; its text says which, and where."""


def place_of(fault: Exception, besides: str = __name__) -> str:
    """A fault of our own in one line: what it is, and the last place of ours that it went through, `besides` a module not."""
    if isinstance(fault, HelperFaultError):
        return str(fault)
    places = [(str(frame.f_globals.get("__name__", "")), line) for frame, line in walk_tb(fault.__traceback__)]
    module, line = next((place for place in reversed(places) if place[0].startswith(_ROOMS) and place[0] != besides), places[-1])
    return f"{type(fault).__name__}: {str(fault).partition(chr(10))[0][:100]}, {module}, Zeile {line}"


class _Line(NamedTuple):
    """One's end of what two processes say to each other: two pipes, for a jail knows no sockets."""

    hear: Connection
    say: Connection

    def close(self) -> None:
        self.hear.close()
        self.say.close()


def _lines() -> tuple[_Line, _Line]:
    """Both ends."""
    (here, far), (there, near) = Pipe(duplex=False), Pipe(duplex=False)
    return _Line(here, near), _Line(there, far)


@dataclass(slots=True)
class Helpers:
    """Those of this process."""

    lines: Sequence[_Line]
    signal: int
    """Writing here calls them."""
    called: bool = False

    def call(self) -> None:
        """Has them get ready; without effect where they were called before."""
        if not self.called:
            os.write(self.signal, b"!")
            self.called = True

    def each(self, function: Callable[..., R], asked: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, R]]:
        """What the function gives for each, with its place among them, in the order they end; they are begun as given.

        Raises the ZvError or MemoryError that it raises, HelperFaultError where it fails otherwise, HelperLostError where a helper crashes.
        """
        self.call()
        waiting, idle, busy = deque(enumerate(asked)), list(self.lines), dict[Connection, tuple[_Line, int]]()
        while waiting or busy:
            while waiting and idle:
                place, args = waiting.popleft()
                line = idle.pop()
                busy[line.hear] = line, place
                _send(line.say, (function, args))
            for ready in wait(list(busy)):
                assert isinstance(ready, Connection)
                answer = _received(ready)
                line, place = busy.pop(ready)
                idle.append(line)
                yield place, answer


def _send(say: Connection, asked: Any) -> None:
    try:
        say.send(asked)
    except OSError as fault:
        raise HelperLostError from fault


def _received(hear: Connection) -> Any:
    try:
        answer = hear.recv()
    except (EOFError, OSError) as fault:
        raise HelperLostError from fault
    if isinstance(answer, (ZvError, MemoryError, HelperFaultError)):
        raise answer
    return answer


_OURS: list[Helpers] = []


def helpers() -> Helpers | None:
    """Those of this process; None where none were split off for it, as outside of a jail."""
    return _OURS[0] if _OURS else None


def stand_by(count: int, ready: str, seal: Callable[[], None]) -> None:
    """Splits off who begets so many helpers when they are called, and what is to be called ("module:function") to get ready."""
    ours, theirs = zip(*(_lines() for _ in range(count)), strict=True)
    heard, signal = os.pipe()
    job = os.getpid()
    _split_off(lambda: _beget(theirs, (heard, job), ready, seal), ours, signal)
    os.close(heard)
    for each in theirs:
        each.close()
    _OURS[:] = [Helpers(ours, signal)]


def _split_off(work: Callable[[], None], closed: Sequence[_Line], signal: int | None = None) -> None:
    """Has a process of its own do the work, without what is closed for it."""
    if os.fork():
        return
    code = 1
    try:
        for each in closed:
            each.close()
        if signal is not None:
            os.close(signal)
        work()
        code = 0
    finally:
        if code:
            traceback.print_exc()
        os._exit(code)


def _beget(lines: Sequence[_Line], called: tuple[int, int], ready: str, seal: Callable[[], None]) -> None:
    """Waits to be called by the job, splits the helpers off, and ends with them, or with the job."""
    heard, job = called
    end_with(job)
    if not os.read(heard, 1):
        return
    module, _, name = ready.partition(":")
    getattr(import_module(module), name)()
    me = os.getpid()
    for line in lines:
        _split_off(partial(_help, line, me, seal), [each for each in lines if each is not line])
    for line in lines:
        line.close()
    for _ in lines:
        os.wait()


def _help(line: _Line, begetter: int, seal: Callable[[], None]) -> None:
    """Answers until nobody is left to ask."""
    end_with(begetter)
    seal()
    while True:
        try:
            function, args = line.hear.recv()
        except EOFError:
            return
        try:
            answer = function(*args)
        except (ZvError, MemoryError) as error:
            answer = error
        except Exception as fault:
            line.say.send(HelperFaultError(place_of(fault)))  # the process that asked says what it was
            raise
        line.say.send(answer)
