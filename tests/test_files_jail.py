"""What a file from outside may make its process do: each escape is tried from inside the jail, also with a layer missing."""

from __future__ import annotations

import errno
import json
import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command import zv

from extract.files import jail
from extract.files.sandbox import Job, Limits, run

FILE = Path("Vereinbarung.pdf")
HERE = "escapes"
NOT_HERE = jail.missing()
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="nur Linux schließt einen Prozess ein")
landlocked = pytest.mark.skipif("Landlock" in NOT_HERE, reason="der Kern bietet kein Landlock (CONFIG_SECURITY_LANDLOCK, lsm=landlock)")
filtered = pytest.mark.skipif("seccomp" in NOT_HERE, reason="seccomp fehlt (Paket libseccomp2)")


def asked(function: str, *args: Any) -> Any:
    """What one of the escapes gives in a jailed process."""
    return json.loads(run(Job(FILE, f"{HERE}:{function}", args), Limits(seconds=20, processor=10)))


REFUSED = ("EPERM", "EACCES")


# ---------------------------------------------------------------- tests


@pytest.fixture
def secret(tmp_path: Path) -> str:
    """A file of the user's that no reading needs."""
    path = tmp_path / "Geheim.txt"
    path.write_text("geheim", encoding="utf-8")
    return str(path)


@landlocked
@pytest.mark.parametrize("who", ["the job", "a helper"])
def test_no_file_is_read_but_what_was_given(who: str, secret: str, tmp_path: Path) -> None:
    given = tmp_path / "scan.pdf"
    given.write_bytes(b"%PDF")
    first = ("helped",) if who == "a helper" else ()
    for path in ("/etc/shadow", "/etc/passwd", secret, f"/proc/{os.getpid()}/environ", "/dev/tty"):
        assert asked(*first, "reads", path) == "EACCES"
    assert asked(*first, "reads_it", given) == "done"
    assert asked(*first, "lists", str(tmp_path)) == "EACCES"


@landlocked
@pytest.mark.parametrize("how", ["writes", "appends", "truncates", "removes", "renames", "links"])
def test_no_file_is_changed_not_even_the_given_one(how: str, tmp_path: Path) -> None:
    given = tmp_path / "scan.pdf"
    given.write_bytes(b"%PDF")
    assert asked(how, str(given)) in ("EACCES", "EXDEV")
    assert json.loads(run(Job(given, f"{HERE}:{how}", (str(given),)))) in ("EACCES", "EXDEV")
    assert given.read_bytes() == b"%PDF"
    assert [path.name for path in tmp_path.iterdir()] == ["scan.pdf"]


@landlocked
def test_of_a_folder_of_records_what_documents_are_read_with_is_read_and_nothing_else(tmp_path: Path) -> None:
    kept = ["agreements/2024/lk-emsland.yaml", "agreements/register/register.csv", "templates/ni/2024.j2", "out/2024/manifest.json"]
    other = ["out/lesung/0-0.json", "out/2024/lk-emsland.pdf", "Brief.txt", "journal/2024.jsonl"]
    for name in (*kept, *other):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("-", encoding="utf-8")
    said = {name: asked("within", tmp_path, name) for name in (*kept, *other)}
    assert said == dict.fromkeys(kept, "done") | dict.fromkeys(other, "EACCES")
    assert asked("reads", str(tmp_path / kept[0])) == "EACCES"  # a job that was not given the folder


@landlocked
@pytest.mark.parametrize("how", ["writes", "removes"])
def test_no_record_is_written(how: str, tmp_path: Path) -> None:
    record = tmp_path / "agreements/2024/lk-emsland.yaml"
    record.parent.mkdir(parents=True)
    record.write_text("-", encoding="utf-8")
    assert asked("changes_within", tmp_path, how, str(record)) == "EACCES"
    assert record.read_text(encoding="utf-8") == "-"


NEVER = {
    "runs_a_program": (), "becomes_a_program": (), "opens_the_parents_memory": (), "traces_its_parent": (),
    "reads_its_parents_memory": (), "kills_its_parent": (), "survives_its_parent": (), "leaves_its_group": (),
    "limits_its_parent": (), "forks": (), "types_into_the_terminal": (), "types_into_the_terminal_by_another_name": (),
}  # fmt: skip


@landlocked
@filtered
@pytest.mark.parametrize("escape", NEVER)
def test_nothing_else_is_reached(escape: str) -> None:
    assert asked(escape) in REFUSED
    assert asked("helped", escape) in REFUSED


@filtered
@pytest.mark.parametrize("escape", ["changes_rights", "dates_back"])
def test_not_even_the_rights_of_a_file_are_changed(escape: str, secret: str) -> None:
    before = Path(secret).stat()
    assert asked(escape, secret) in REFUSED
    assert Path(secret).stat() == before


@filtered
@pytest.mark.parametrize("family", [socket.AF_UNIX, socket.AF_INET, socket.AF_INET6])
def test_there_are_no_sockets(family: int) -> None:
    assert asked("opens_a_socket", int(family)) == "EPERM"


def test_nothing_that_the_asking_process_has_open_is_open_inside(tmp_path: Path) -> None:
    with (tmp_path / "offen").open("wb"):
        opened = [name for name in asked("what_is_open") if name.startswith("/")]
    assert set(opened) <= {"/dev/null"}  # what Python gives a process in place of its input


def test_what_reading_needs_is_let_happen() -> None:
    assert asked("uses_its_folder") == "a"
    assert asked("starts_threads") == list(range(8))
    assert asked("imports_late") == "wave"
    assert asked("helped_twice", 7) == [number**2 for number in range(7)]


def test_a_fault_of_ours_in_a_helper_is_named_as_one_and_no_crash_of_what_reads() -> None:
    """Recorded: of figures that dirt looked like none was counted, and an official was asked to scan the file anew."""
    with pytest.raises(Exception, match=r"eigenen Fehler gestoßen \(ZeroDivisionError: "):
        asked("helper_fails")


def test_a_helper_that_is_lost_is_told() -> None:
    assert asked("loses_a_helper") == "lost"


# ---------------------------------------------------------------- a layer missing


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def leave_out(name: str) -> None:
        monkeypatch.setitem(jail.LAYERS, name, lambda: False)

    return leave_out


@landlocked
def test_without_seccomp_landlock_still_holds_files_programs_the_net_and_the_parent(without: Callable[[str], None], secret: str) -> None:
    without("seccomp")
    assert asked("reads", secret) == asked("writes", secret) == "EACCES"
    assert asked("becomes_a_program") == "EACCES"
    assert asked("opens_the_parents_memory") == "EACCES"
    assert asked("traces_its_parent") == "EPERM"
    assert asked("reads_its_parents_memory") == "EPERM"
    if jail._abi() >= 4:
        with socket.create_server(("127.0.0.1", 0)) as server:
            assert asked("connects", server.getsockname()[1]) == "EACCES"
    if jail._abi() >= 6:
        assert asked("kills_its_parent") == "EPERM"


@filtered
def test_without_landlock_seccomp_still_holds_programs_processes_and_the_net(without: Callable[[str], None]) -> None:
    without("Landlock")
    for escape in set(NEVER) - {"opens_the_parents_memory"}:
        assert asked(escape) in REFUSED, escape
    assert asked("opens_a_socket", int(socket.AF_INET)) == "EPERM"


@pytest.mark.parametrize("name", ["Landlock", "seccomp"])
def test_a_missing_layer_is_told_with_the_version(name: str, without: Callable[[str], None], capsys: pytest.CaptureFixture[str]) -> None:
    assert ("nur teilweise" in zv(capsys, "--version").out) == bool(NOT_HERE)
    without(name)
    assert f"{name} fehlt" in zv(capsys, "--version").out
    assert asked("uses_its_folder") == "a"


def test_a_layer_that_the_system_offers_and_refuses_stops_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses() -> None:
        raise OSError(errno.EINVAL, "seccomp")

    monkeypatch.setattr(jail, "_seccomp", refuses)
    monkeypatch.setitem(jail.LAYERS, "seccomp", lambda: True)
    with pytest.raises(Exception, match="abgestürzt"):
        asked("uses_its_folder")
