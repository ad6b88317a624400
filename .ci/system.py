"""What zv needs of the machine beside Python's packages: looks for it, installs it where it may, names it where it may not.

Run by `make` before the set-up, with the interpreter the environment will be made of: standard library only.
`--tests` asks also for what only tests and benchmark use. Exit code 1: zv cannot run without what is missing.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

LIBERATION_2 = 2 << 16
"""Version 2.0 as fontconfig counts it; 1.x lacks letters of DIN 91379, and other outlines would give other bytes."""


def library(name: str) -> bool:
    """Whether the system's loader finds the shared library, as WeasyPrint will ask for it."""
    try:
        ctypes.CDLL(name)
    except OSError:
        return False
    return True


def liberation_sans() -> bool:
    """Whether fontconfig knows Liberation Sans in version 2 or later."""
    if not shutil.which("fc-list"):
        return False
    listed = subprocess.run(["fc-list", ":family=Liberation Sans", "-f", "%{fontversion}\n"], capture_output=True, text=True, check=False)
    return any(int(version) >= LIBERATION_2 for version in listed.stdout.split())


def venv_module() -> bool:
    """Whether this interpreter can make an environment that has pip; Debian parts it from Python."""
    return importlib.util.find_spec("venv") is not None and importlib.util.find_spec("ensurepip") is not None


def calc() -> bool:
    """Whether LibreOffice can open tables."""
    office = shutil.which("soffice")
    return office is not None and (Path(office).resolve().parent / "libsclo.so").is_file()


def libreoffice_scripting() -> bool:
    """Whether the system's own Python can tell LibreOffice what to do: tests have it decide on tracked changes."""
    python = "/usr/bin/python3"
    return bool(shutil.which(python)) and subprocess.run([python, "-c", "import uno"], capture_output=True, check=False).returncode == 0


def java_compiler() -> bool:
    """Whether `java` can run a source file: a JRE cannot, a JDK from version 11 can; the validator of PDFs is called so."""
    return bool(shutil.which("java") and shutil.which("javac"))


def java_xml_binding() -> bool:
    """Whether the classes of JAXB are there, which Java itself has no more and the validator of PDFs needs."""
    return Path("/usr/share/java/jaxb-runtime.jar").is_file()


class Need(NamedTuple):
    """Something of the machine, and the Debian packages that have it, the first that apt knows being the one."""

    met: Callable[[], bool]
    packages: tuple[str, ...]


NEEDS = (
    Need(venv_module, ("python3-venv",)),
    Need(lambda: library("libpango-1.0.so.0"), ("libpango-1.0-0",)),
    Need(lambda: library("libpangoft2-1.0.so.0"), ("libpangoft2-1.0-0",)),
    Need(lambda: library("libharfbuzz-subset.so.0"), ("libharfbuzz-subset0",)),
    Need(lambda: bool(shutil.which("fc-list")), ("fontconfig",)),
    Need(liberation_sans, ("fonts-liberation2", "fonts-liberation")),
    Need(lambda: bool(shutil.which("npm")), ("npm",)),
    Need(lambda: sys.platform != "linux" or library("libseccomp.so.2"), ("libseccomp2",)),
)
TEST_NEEDS = (
    Need(lambda: bool(shutil.which("soffice")), ("libreoffice-writer-nogui",)),
    Need(lambda: bool(shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")), ("chromium",)),
    Need(calc, ("libreoffice-calc-nogui",)),
    Need(libreoffice_scripting, ("python3-uno",)),
    Need(lambda: sys.platform != "linux" or bool(shutil.which("strace")), ("strace",)),
    Need(java_compiler, ("default-jdk-headless",)),
    Need(java_xml_binding, ("libjaxb-java",)),
)


def missing(needs: Sequence[Need]) -> list[Need]:
    """The needs that are not met now."""
    return [need for need in needs if not need.met()]


def apt() -> list[str] | None:
    """The words that start apt-get with the right to install, None where nobody gave that right."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return ["apt-get"]
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n", "apt-get"]
    return None


def known(packages: Sequence[str]) -> str:
    """The first of these packages that apt can install, else the first."""
    for package in packages:
        if subprocess.run(["apt-cache", "show", package], capture_output=True, check=False).returncode == 0:
            return package
    return packages[0]


def install(command: list[str], needs: Sequence[Need]) -> None:
    """Installs the packages; what fails is shown by apt-get itself, and found by looking again."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*command, "update", "-qq"], env=environment, stdout=subprocess.DEVNULL, check=False)
    packages = [known(need.packages) for need in needs]
    print(f"Systempakete werden installiert / installing system packages: {' '.join(packages)}", flush=True)
    subprocess.run(
        [*command, "install", "-y", "-qq", "--no-install-recommends", *packages],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )


def complain(needs: Sequence[Need], *, tests: bool) -> None:
    """One sentence in German and in English that names the packages."""
    packages = " ".join(need.packages[0] for need in needs)
    german, english = (
        ("Ohne diese Systempakete werden Tests übersprungen", "Some tests will be skipped without these system packages")
        if tests
        else ("zv kann ohne diese Systempakete nicht laufen", "zv cannot run without these system packages")
    )
    print(f"{german}; bitte installieren: {packages}\n{english}, please install: {packages}", file=sys.stderr)


def main() -> int:
    """Exit code 0 where zv can run."""
    if sys.version_info < (3, 11):  # noqa: UP036, it is here to be told so
        print("zv braucht Python 3.11 oder neuer (make PYTHON=…) / zv needs Python 3.11 or later.", file=sys.stderr)
        return 1
    test_needs = TEST_NEEDS if "--tests" in sys.argv[1:] else ()
    wanted = missing((*NEEDS, *test_needs))
    if wanted and (command := apt()):
        install(command, wanted)
    if lacking := missing(test_needs):
        complain(lacking, tests=True)
    if lacking := missing(NEEDS):
        complain(lacking, tests=False)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
