"""The jail of a process that reads a file from outside: what such a file may make it do ends at its own folder.

Three layers of Linux, each of which holds when another is missing: Landlock (which files are read and written, no TCP), seccomp (no
sockets, no programs, no processes, no other process's memory), and the end of a process with the one that began it. Elsewhere
there are only the limits of `extract.files.sandbox`; `missing` says so.
"""

from __future__ import annotations

import ctypes
import errno
import mimetypes
import os
import signal
import site
import sys
from collections.abc import Callable, Iterable, Mapping
from ctypes import c_int, c_long, c_size_t, c_uint, c_uint32, c_uint64, c_void_p
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agreements.files.places import PACKAGED, YEAR

_LINUX = sys.platform == "linux"
_PR_SET_PDEATHSIG, _PR_GET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 21, 38
"""linux/prctl.h"""


@dataclass(frozen=True, slots=True)
class Ways:
    """What a jailed process may reach beside the program itself."""

    reads: tuple[Path, ...]
    """Files, and folders with all that is in them."""
    lists: tuple[Path, ...]
    """Folders of which the names in them are read, no file."""
    writes: Path
    """Its own folder."""


def ways(given: Iterable[object], writes: Path) -> Ways:
    """What a job may reach that was given these things: each file among them, and of a folder of records what documents are read with.

    That is wordings and tables, the records, for nobody knows before which of them a document amends, and the sums of outputs.
    """
    paths = [each for each in given if isinstance(each, Path)]
    folders = [each for each in paths if each.is_dir()]
    files = [each for each in paths if each not in folders]
    parts = (each / part for each in folders for part in ("templates", "agreements"))
    sums = (path for each in folders for path in each.glob("out/*/manifest.json"))
    return Ways((*files, *parts, *sums), tuple(each / "out" for each in folders), writes)


def enclose(to: Ways) -> None:
    """Shuts this process, and all that are split off from it, away from the files of its user; programs gain it no rights any more.

    OSError where the system offers that and refuses it: nothing is read without it.
    """
    if _LINUX:
        _asked(_libc().prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
        if LAYERS["Landlock"]():
            _landlock(to)


def seal() -> None:
    """Takes from this process, and all its threads to come, what reading does not ask of the system; none can be split off any more.

    OSError as above.
    """
    if _LINUX and LAYERS["seccomp"]():
        _seccomp()


def missing() -> tuple[str, ...]:
    """The layers that this system does not offer."""
    return tuple(name for name, offered in LAYERS.items() if not (_LINUX and offered()))


def end_with(parent: int) -> None:
    """Has the system end this process with the one that began it; elsewhere than on Linux it ends with its job."""
    if _LINUX:
        _libc().prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it was gone before the system was told
            os._exit(1)


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _asked(result: int) -> int:
    """What the system answered; its refusal as an OSError."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


# ---------------------------------------------------------------- what the program itself reads

_SYSTEM = (
    "/usr", "/lib", "/lib64", "/opt", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts", "/var/cache/fontconfig",
    "/dev/null", "/dev/zero", "/dev/urandom", "/dev/random", "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat",
    "/sys/devices/system/cpu", "/sys/devices/system/node",
)  # fmt: skip
"""Libraries, fonts, models and time zones of the system, and what libraries ask of the machine."""
_NAMED = ("TESSDATA_PREFIX", "LD_LIBRARY_PATH", "FONTCONFIG_PATH")
"""Variables that name further folders of the kind."""


@cache
def program() -> tuple[Path, ...]:
    """Where interpreter, packages and what they need lie; of this program's folder the code, no record."""
    named = [folder for name in _NAMED for folder in os.environ.get(name, "").split(":") if folder]
    packages = [each for each in sys.path if Path(each).name in ("site-packages", "dist-packages")]
    fonts = [Path.home() / ".fonts", Path.home() / ".local/share/fonts"] if "HOME" in os.environ else []
    given = (*_SYSTEM, *mimetypes.knownfiles, *named, sys.prefix, sys.base_prefix, *packages, site.getusersitepackages())
    own = (path for path in (PACKAGED / "agreements").iterdir() if not YEAR.fullmatch(path.name))
    code = [*own, *(PACKAGED / name for name in ("extract", "templates"))]
    return (*map(Path, given), *fonts, *code, *PACKAGED.glob("agreements/[12]???/rahmen*.yaml"))


# ---------------------------------------------------------------- Landlock

_EXECUTE, _WRITE, _READ, _LIST = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_TRUNCATE = 1 << 14
_FILES = (0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF)
"""All that Landlock can forbid about files, from its ABI 1 to 5 (linux/landlock.h)."""
_TCP, _SCOPES = 0b11, 0b11
"""To bind and to connect, from ABI 4; abstract sockets and signals to who is outside, from ABI 6."""
_CREATE, _ADD, _RESTRICT = 444, 445, 446
"""The same numbers on every architecture."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", c_uint64), ("net", c_uint64), ("scoped", c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", c_uint64), ("folder", c_int))


def _abi() -> int:
    """0 where the kernel knows no Landlock, or has it switched off."""
    return max(0, int(_libc().syscall(c_long(_CREATE), None, c_size_t(0), c_uint(1))))


def _landlock(to: Ways) -> None:
    abi = _abi()
    files = _FILES[min(abi, len(_FILES)) - 1]
    forbidden = _Ruleset(files, _TCP if abi >= 4 else 0, _SCOPES if abi >= 6 else 0)
    ruleset = _asked(_libc().syscall(c_long(_CREATE), ctypes.byref(forbidden), c_size_t(ctypes.sizeof(forbidden)), c_uint(0)))
    for path in (*program(), *to.reads):
        _allow(ruleset, path, (_READ | _LIST) & files)
    for folder in (PACKAGED / "agreements", *to.lists):
        _allow(ruleset, folder, _LIST)
    _allow(ruleset, Path(os.devnull), (_READ | _WRITE | _TRUNCATE) & files)
    _allow(ruleset, to.writes, files & ~_EXECUTE)
    _asked(_libc().syscall(c_long(_RESTRICT), c_int(ruleset), c_uint(0)))
    os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    """Lets a file, or all of a folder, be used so; nothing for what is not there."""
    try:
        handle = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.EACCES, errno.ELOOP, errno.ENAMETOOLONG):
            return  # what cannot be reached need not be opened: the reading says so in its own words
        raise
    try:
        allowed = rights if path.is_dir() else rights & (_EXECUTE | _WRITE | _READ | _TRUNCATE)
        rule = _Beneath(allowed, handle)
        if allowed:  # of a file in the place of a folder nothing is left
            _asked(_libc().syscall(c_long(_ADD), c_int(ruleset), c_int(1), ctypes.byref(rule), c_uint(0)))
    finally:
        os.close(handle)


# ---------------------------------------------------------------- seccomp, by the library of its name

_NEVER = frozenset(
    """
    socket socketpair connect bind listen accept accept4 io_uring_setup io_uring_enter io_uring_register
    execve execveat fork vfork ptrace process_vm_readv process_vm_writev process_madvise process_mrelease kcmp
    pidfd_open pidfd_getfd pidfd_send_signal tkill rt_sigqueueinfo rt_tgsigqueueinfo setsid setpgid
    keyctl add_key request_key bpf perf_event_open userfaultfd fanotify_init open_by_handle_at name_to_handle_at memfd_secret
    mount umount2 pivot_root chroot setns unshare fsopen fsconfig fsmount fspick move_mount open_tree mount_setattr
    init_module finit_module delete_module kexec_load kexec_file_load reboot swapon swapoff acct quotactl quotactl_fd syslog
    settimeofday clock_settime clock_adjtime adjtimex sethostname setdomainname iopl ioperm personality
    shmget shmat shmctl semget semop semtimedop semctl msgget msgsnd msgrcv msgctl mq_open mq_unlink
    chmod fchmod fchmodat chown lchown fchown fchownat utime utimes utimensat futimesat
    setxattr lsetxattr fsetxattr removexattr lremovexattr fremovexattr mknod mknodat
    """.split()  # noqa: SIM905
)
"""Calls that reading needs none of; those of the last two lines change files that Landlock does not guard against."""
_YOUNG = {"fchmodat2": 452, "setxattrat": 463, "removexattrat": 466, "open_tree_attr": 467, "file_setattr": 469}
"""Those that a library may not know by name yet; the same numbers on every architecture."""
_CLONE_THREAD = 0x00010000
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
"""They type into a terminal."""
_UNEQUAL, _MASKED = 1, 7
"""seccomp.h: SCMP_CMP_NE, SCMP_CMP_MASKED_EQ"""
_ALLOW, _ERRNO, _OPTIMIZE = 0x7FFF0000, 0x00050000, 8


class _Compared(ctypes.Structure):
    _fields_ = (("arg", c_uint), ("how", c_int), ("a", c_uint64), ("b", c_uint64))


@cache
def _library() -> ctypes.CDLL | None:
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        return None
    library.seccomp_init.restype = c_void_p
    library.seccomp_init.argtypes = (c_uint32,)
    library.seccomp_rule_add_array.argtypes = (c_void_p, c_uint32, c_int, c_uint, c_void_p)
    library.seccomp_attr_set.argtypes = (c_void_p, c_int, c_uint32)
    library.seccomp_load.argtypes = library.seccomp_release.argtypes = (c_void_p,)
    library.seccomp_release.restype = None
    return library


def _knows_seccomp() -> bool:
    return _library() is not None and _libc().prctl(_PR_GET_SECCOMP, 0, 0, 0, 0) >= 0


def _seccomp() -> None:
    library = _library()
    assert library is not None
    rules = library.seccomp_init(_ALLOW)

    def refuse(name: str, *compared: _Compared, error: int = errno.EPERM) -> None:
        number = library.seccomp_syscall_resolve_name(name.encode())
        number = _YOUNG.get(name, number) if number == -1 else number
        if number != -1:  # an older library, whose system has no such call either
            said = library.seccomp_rule_add_array(rules, _ERRNO | error, number, len(compared), (_Compared * len(compared))(*compared))
            if said < 0:
                raise OSError(-said, f"seccomp: {name}")

    for name in (*_NEVER, *_YOUNG):
        refuse(name)
    refuse("clone", _Compared(0, _MASKED, _CLONE_THREAD, 0))
    refuse("clone3", error=errno.ENOSYS)  # its flags cannot be seen: C libraries ask `clone` then
    for name in ("kill", "tgkill"):
        refuse(name, _Compared(0, _UNEQUAL, os.getpid(), 0))
    refuse("prlimit64", _Compared(0, _UNEQUAL, 0, 0))
    refuse("prctl", _Compared(0, _MASKED, 0xFFFFFFFF, _PR_SET_PDEATHSIG))
    for request in (_TIOCSTI, _TIOCLINUX):
        refuse("ioctl", _Compared(1, _MASKED, 0xFFFFFFFF, request))
    library.seccomp_attr_set(rules, _OPTIMIZE, 2)  # a tree, not a chain; older libraries know only the chain
    if (said := library.seccomp_load(rules)) < 0:
        raise OSError(-said, "seccomp")
    library.seccomp_release(rules)


LAYERS: Mapping[str, Callable[[], object]] = {"Landlock": _abi, "seccomp": _knows_seccomp}
"""By name: whether the system offers it."""
