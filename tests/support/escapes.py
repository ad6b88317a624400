"""What a file might make its process do: each is tried by a job in the jail, and by its helpers. Each gives what the system said."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from extract.files.helpers import HelperLostError, helpers

if sys.platform != "win32":
    import fcntl
    import signal

HELPERS = (2, f"{__name__}:ready")


def ready() -> None:
    """What helpers load here."""


def tried(escape: Callable[[], object]) -> str:
    """What the system says to it, as the name of its error; "done" where it lets it happen."""
    try:
        escape()
    except OSError as error:
        return json.dumps(errno.errorcode[error.errno or 0])
    return json.dumps("done")


# ---------------------------------------------------------------- what is tried inside


def reads(path: str) -> str:
    return tried(Path(path).read_bytes)


def reads_it(path: Path) -> str:
    return tried(path.read_bytes)


def lists(path: str) -> str:
    return tried(lambda: list(os.scandir(path)))


def writes(path: str) -> str:
    return tried(lambda: Path(path).write_text("anders", encoding="utf-8"))


def appends(path: str) -> str:
    return tried(lambda: os.open(path, os.O_WRONLY | os.O_APPEND))


def truncates(path: str) -> str:
    return tried(lambda: os.truncate(path, 0))


def removes(path: str) -> str:
    return tried(Path(path).unlink)


def renames(path: str) -> str:
    return tried(lambda: Path(path).rename(f"{path}.weg"))


def links(path: str) -> str:
    return tried(lambda: Path(path + ".zwei").hardlink_to(path))


def changes_rights(path: str) -> str:
    return tried(lambda: Path(path).chmod(0o777))


def dates_back(path: str) -> str:
    return tried(lambda: os.utime(path, (0, 0)))


def opens_a_socket(family: int) -> str:
    return tried(lambda: socket.socket(family))


def connects(port: int) -> str:
    return tried(lambda: socket.create_connection(("127.0.0.1", port), 5))


def runs_a_program() -> str:
    return tried(lambda: subprocess.run(["/bin/sh", "-c", "true"], check=True))


def becomes_a_program() -> str:
    return tried(lambda: os.execv("/bin/sh", ["sh", "-c", "true"]))


def forks() -> str:
    return tried(_fork)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def starts_threads() -> str:
    kept: list[int] = []
    threads = [threading.Thread(target=kept.append, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return json.dumps(sorted(kept))


def opens_the_parents_memory() -> str:
    return tried(lambda: Path(f"/proc/{os.getppid()}/mem").open("rb"))


def _asked_of(name: str, *args: Any) -> Callable[[], None]:
    """A function of the C library that says -1 where it is refused."""

    def call() -> None:
        if ctypes.CDLL(None, use_errno=True)[name](*args) < 0:
            raise OSError(ctypes.get_errno(), name)

    return call


def traces_its_parent() -> str:
    return tried(_asked_of("ptrace", 16, os.getppid(), None, None))


def reads_its_parents_memory() -> str:
    room = ctypes.create_string_buffer(16)
    ours = (ctypes.c_void_p * 2)(ctypes.addressof(room), 16)
    return tried(_asked_of("process_vm_readv", os.getppid(), ours, 1, ours, 1, 0))


def kills_its_parent() -> str:
    return tried(lambda: os.kill(os.getppid(), 0))


def survives_its_parent() -> str:
    return tried(_asked_of("prctl", 1, 0, 0, 0, 0))


def leaves_its_group() -> str:
    return tried(os.setsid)


def limits_its_parent() -> str:
    return tried(_asked_of("prlimit", os.getppid(), 7, (ctypes.c_ulong * 2)(64, 64), None))


def types_into_the_terminal() -> str:
    return tried(lambda: fcntl.ioctl(0, 0x5412, b"x"))


def types_into_the_terminal_by_another_name() -> str:
    return tried(_asked_of("ioctl", 0, ctypes.c_ulong((1 << 32) | 0x5412), b"x"))


def what_is_open() -> str:
    found = []
    for handle in range(3, 256):
        try:
            found.append(str(Path(f"/proc/self/fd/{handle}").readlink()).removeprefix(os.environ["TMPDIR"] + "/"))
        except OSError:
            continue
    return json.dumps(found)


def uses_its_folder() -> str:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "a")
        file.write_text("a", encoding="utf-8")
        file.rename(Path(folder, "b"))
        return json.dumps(Path(folder, "b").read_text(encoding="utf-8"))


def imports_late() -> str:
    return json.dumps(import_module("wave").__name__)


def ends_itself() -> str:
    os.kill(os.getpid(), signal.SIGTERM)
    return ""


# ---------------------------------------------------------------- and by helpers


def helped(escape: str, *args: Any) -> str:
    """What one of its helpers is told when it tries the same."""
    helping = helpers()
    assert helping
    ((_, said),) = helping.each(globals()[escape], [args])
    return str(said)


def helped_twice(number: int) -> str:
    helping = helpers()
    assert helping
    found = dict(helping.each(pow, [(each, 2) for each in range(number)]))
    return json.dumps([found[each] for each in range(number)])


def helper_fails() -> str:
    helping = helpers()
    assert helping
    return json.dumps(dict(helping.each(divmod, [(1, 0)])))


def loses_a_helper() -> str:
    helping = helpers()
    assert helping
    try:
        list(helping.each(os._exit, [(3,)]))
    except HelperLostError:
        return json.dumps("lost")
    return json.dumps("kept")


def within(folder: Path, name: str) -> str:
    return reads(str(folder / name))


def changes_within(folder: Path, how: str, path: str) -> str:
    assert folder.is_dir()
    return str(globals()[how](path))
