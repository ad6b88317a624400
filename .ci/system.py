"""What zv needs of the machine beside Python's packages: looks for it, installs it where it may, names it where it may not.

Run by `make` before the set-up, with the interpreter the environment will be made of: standard library only.
`--tests` asks also for what only tests and benchmark use, `--run` only for what zv needs that is set up already. Exit code 1: zv
cannot run without what is missing.

Names of packages differ among Debian 12 and 13 and Ubuntu 24.04; a need lists them in order, and `tests/proben/systempakete.csv` says
which there are where.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
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


def dejavu_sans() -> bool:
    """Whether fontconfig knows DejaVu Sans, which has the letters of DIN 91379 that Liberation Sans lacks."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":family=DejaVu Sans"], capture_output=True, text=True, check=False).stdout.strip())


def browser() -> bool:
    """Whether a Chromium runs: what Ubuntu has under that name only says that there is one as a snap."""
    found = filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome")))
    return any(subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0 for path in found)


def nginx() -> bool:
    """Whether there is the web server, which Debian keeps where only root looks."""
    return bool(shutil.which("nginx") or shutil.which("nginx", path="/usr/local/sbin:/usr/sbin"))


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
    """Something of the machine, and the packages that have it on Debian and Ubuntu, the first that apt can install being the one."""

    met: Callable[[], bool]
    packages: tuple[str, ...]


SETUP_NEEDS = (
    Need(venv_module, ("python3-venv",)),
    Need(lambda: bool(shutil.which("npm")), ("npm",)),
)
NEEDS = (
    Need(lambda: library("libpango-1.0.so.0"), ("libpango-1.0-0",)),
    Need(lambda: library("libpangoft2-1.0.so.0"), ("libpangoft2-1.0-0",)),
    Need(lambda: library("libharfbuzz-subset.so.0"), ("libharfbuzz-subset0",)),
    Need(lambda: bool(shutil.which("fc-list")), ("fontconfig",)),
    Need(liberation_sans, ("fonts-liberation2", "fonts-liberation")),
    Need(dejavu_sans, ("fonts-dejavu-core",)),
    Need(lambda: sys.platform != "linux" or library("libseccomp.so.2"), ("libseccomp2",)),
)
TEST_NEEDS = (
    Need(lambda: bool(shutil.which("soffice")), ("libreoffice-writer-nogui",)),
    Need(browser, ("chromium",)),
    Need(calc, ("libreoffice-calc-nogui",)),
    Need(libreoffice_scripting, ("python3-uno",)),
    Need(lambda: sys.platform != "linux" or bool(shutil.which("strace")), ("strace",)),
    Need(java_compiler, ("default-jdk-headless",)),
    Need(java_xml_binding, ("libjaxb-java",)),
    Need(lambda: sys.platform != "linux" or nginx(), ("nginx",)),
)


def missing(needs: Sequence[Need]) -> list[Need]:
    """The needs that are not met now."""
    return [need for need in needs if not need.met()]


def apt() -> list[str] | None:
    """The words that start apt-get with the right to install, None where nobody gave that right."""
    if not shutil.which("apt-get"):
        return None
    # no service is started that a package brings, nginx for one: what uses it starts its own
    command = ["env", "DEBIAN_FRONTEND=noninteractive", "SYSTEMD_OFFLINE=1", "apt-get"]
    if os.geteuid() == 0:
        return command
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n", *command]  # which passes on no environment of ours
    return None


def chosen(needs: Sequence[Need]) -> list[str | None]:
    """For each need the first of its packages that apt can install; None where it can none.

    Asked to install one that it does not know, apt would install nothing. All are asked about at once: where apt keeps no index
    ready, as in containers, each question takes it seconds.
    """
    if not shutil.which("apt-cache"):
        return [None for _ in needs]
    names = [package for need in needs for package in need.packages]
    asked = subprocess.run(["apt-cache", "policy", *names], env={**os.environ, "LC_ALL": "C"}, capture_output=True, text=True, check=False)
    known = set(re.findall(r"^(\S+):\n  Installed: .*\n  Candidate: (?!\(none\))", asked.stdout, re.MULTILINE))
    return [next((package for package in need.packages if package in known), None) for need in needs]


def install(command: list[str], needs: Sequence[Need]) -> None:
    """Installs the packages; what fails is shown by apt-get itself, and found by looking again."""
    subprocess.run([*command, "update", "-qq"], stdout=subprocess.DEVNULL, check=False)
    packages = [package for package in chosen(needs) if package]
    if not packages:
        return
    print(f"Systempakete werden installiert / installing system packages: {' '.join(packages)}", flush=True)
    subprocess.run(
        [*command, "install", "-y", "-qq", "--no-install-recommends", *packages],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        check=False,
    )


def complain(needs: Sequence[Need], *, tests: bool) -> None:
    """One sentence in German and in English that names the packages, by the names they have here."""
    packages = " ".join(package or need.packages[0] for package, need in zip(chosen(needs), needs, strict=True))
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
    needs = NEEDS if "--run" in sys.argv[1:] else (*SETUP_NEEDS, *NEEDS)
    wanted = missing((*needs, *test_needs))
    if wanted and (command := apt()):
        install(command, wanted)
    if lacking := missing(test_needs):
        complain(lacking, tests=True)
    if lacking := missing(needs):
        complain(lacking, tests=False)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
