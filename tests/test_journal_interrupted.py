"""A run that is interrupted leaves a change in record and journal or in neither; what is damaged stops before anything is written."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from journals import BY_HAND, COSTS, folder, set_, stored, text_of
from sampling import shares

from agreements.errors import ChangedError, RecordError, UsageError, ZvError
from agreements.store.journal import history, last_step, settle, undo
from agreements.store.journal_file import journal_path
from agreements.store.store import Store

KILLS = shares(8, 1000, 100)
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Prozesse werden nur unter Linux abgespalten")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return folder(tmp_path)


# ---------------------------------------------------------------- interrupted


def torn(store: Store, keep: Callable[[list[bytes]], list[bytes]]) -> Path:
    path = journal_path(stored(store).path)
    path.write_bytes(b"".join(keep(path.read_bytes().splitlines(keepends=True))))
    return path


def test_an_entry_whose_record_was_not_written_is_finished_at_the_next_start(store: Store) -> None:
    after = set_(store, {COSTS: 1}).text
    torn(store, lambda lines: lines[:-1])
    stored(store).path.write_bytes(BY_HAND.encode())
    (said,) = settle(store, 2024)
    assert said.endswith(f"Ein unterbrochener Schritt wurde zu Ende geführt: {COSTS}: 1") and text_of(store) == after
    assert settle(store, 2024) == ()
    undo(store, stored(store))
    assert text_of(store) == BY_HAND


def test_a_step_that_a_person_took_back_by_hand_is_not_made_again(store: Store) -> None:
    """The record is as before the last entry, but that entry was finished once."""
    set_(store, {COSTS: 1})
    stored(store).path.write_bytes(BY_HAND.encode())
    assert settle(store, 2024) == () and text_of(store) == BY_HAND


def test_an_entry_that_can_no_longer_be_finished_is_withdrawn(store: Store) -> None:
    set_(store, {COSTS: 1})
    torn(store, lambda lines: lines[:-1])
    changed = BY_HAND.replace("21.90", "22.0")
    stored(store).path.write_bytes(changed.encode())
    (said,) = settle(store, 2024)
    assert "zurückgezogen, weil der Datensatz inzwischen ein anderer ist" in said and text_of(store) == changed
    with pytest.raises(UsageError):
        undo(store, stored(store))
    set_(store, {COSTS: 2})
    undo(store, stored(store))
    assert text_of(store) == changed


@pytest.mark.parametrize("tail", [b'{"nummer": 3, "ze', b"\x00\x00\x00\n", b"\xff"])
def test_a_torn_last_line_stops_nothing(store: Store, tail: bytes) -> None:
    set_(store, {COSTS: 1})
    path = torn(store, lambda lines: [*lines, tail])
    set_(store, {COSTS: 2})
    assert tail not in path.read_bytes() and [each.nummer for each in history(stored(store)).eintraege] == [1, 2, 3]
    undo(store, stored(store))
    undo(store, stored(store))
    assert text_of(store) == BY_HAND


def test_a_last_line_that_lost_only_its_end_counts(store: Store) -> None:
    set_(store, {COSTS: 1})
    torn(store, lambda lines: [*lines[:-1], lines[-1].rstrip()])
    set_(store, {COSTS: 2})
    assert [each.nummer for each in history(stored(store)).eintraege] == [1, 2, 3]


@pytest.mark.parametrize(
    "keep",
    [
        lambda lines: [lines[0][:40], b"\n", *lines[1:]],
        lambda lines: lines[1:],
        lambda lines: [lines[0].replace(b"13155724", b"13155725"), *lines[1:]],
    ],
    ids=["zerrissen", "fehlt", "geändert"],
)
def test_a_journal_that_is_damaged_before_its_end_is_said_and_nothing_is_written(
    store: Store, keep: Callable[[list[bytes]], list[bytes]]
) -> None:
    set_(store, {COSTS: 1})
    path = torn(store, keep)
    journal, record = path.read_bytes(), text_of(store)
    with pytest.raises(RecordError, match="Das Journal ist beschädigt, deshalb wurde nichts geschrieben"):
        set_(store, {COSTS: 2})
    assert (path.read_bytes(), text_of(store)) == (journal, record)


def test_a_journal_that_cannot_be_written_stops_before_the_record(store: Store) -> None:
    path = journal_path(stored(store).path)
    path.mkdir(parents=True)
    with pytest.raises(ZvError, match="Das Journal lässt sich nicht lesen; nichts wurde geschrieben"):
        set_(store, {COSTS: 1})
    assert text_of(store) == BY_HAND


@pytest.fixture
def read_only(store: Store) -> Iterator[Path]:
    """The folder of the journals on a disk that may only be read; only where this process may mount."""
    place = stored(store).path.parent / "journal"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m,ro", "zv-test", str(place)], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("hier darf kein Datenträger eingehängt werden")
    yield place
    subprocess.run(["umount", str(place)], check=False, capture_output=True)


@pytest.mark.skipif(shutil.which("mount") is None, reason="hier gibt es kein mount")
@pytest.mark.usefixtures("read_only")
def test_a_journal_that_may_only_be_read_is_said_and_the_record_stays(store: Store) -> None:
    with pytest.raises(ZvError, match=r"nicht schreiben, deshalb wurde am Datensatz nichts geändert\. Dort darf nicht") as told:
        set_(store, {COSTS: 1})
    assert text_of(store) == BY_HAND and str(told.value).startswith(str(journal_path(stored(store).path)))


def test_where_the_record_cannot_be_written_the_entry_is_withdrawn(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, data: bytes, seen: str) -> None:
        raise ZvError("Der Datenträger ist voll.", datei=path)

    with monkeypatch.context() as broken:
        broken.setattr("agreements.store.journal.write_over", full)
        with pytest.raises(ZvError, match="voll"):
            set_(store, {COSTS: 1})
    assert settle(store, 2024) == () and text_of(store) == BY_HAND
    set_(store, {COSTS: 2})
    assert "verwaltungskosten: 2" in text_of(store)


# ---------------------------------------------------------------- killed


def split_off(work: Callable[[], None]) -> int:
    """A process that does some work until it ends or is killed."""
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        finally:
            os._exit(99)
    return child


def decide_and_undo(store: Store, seed: int) -> None:
    """One decision after another, some of them undone, without end."""
    chance = random.Random(seed)
    for number in count(1):
        if chance.random() < 0.3 and last_step(history(stored(store))):
            undo(store, stored(store))
        else:
            set_(store, {COSTS: seed * 1000 + number})


def in_both_or_in_neither(store: Store) -> tuple[str, ...]:
    """Settles what was left, and says it; the record is then what the journal says, and all of it can be undone."""
    said = settle(store, 2024)
    assert all("zu Ende geführt" in line for line in said)
    journal = history(stored(store))
    last = journal.last
    assert text_of(store) == (journal.text if last else BY_HAND) and journal.pending is None
    while last_step(history(stored(store))):
        undo(store, stored(store))
    assert text_of(store) == BY_HAND
    return said


@LINUX
def test_a_run_that_is_killed_before_any_step_to_the_disk_leaves_a_change_in_record_and_journal_or_in_neither(tmp_path: Path) -> None:
    """Each time before the next of all calls that bring something to the disk: none of them may be the one where it goes wrong."""

    def killed_at(store: Store, call: int) -> None:
        left = count(1)

        def before(function: Callable[..., Any]) -> Callable[..., Any]:
            def counted(*args: Any) -> Any:
                if next(left) == call:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*args)

            return counted

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(os, "fsync", before(os.fsync))
            patched.setattr(Path, "replace", before(Path.replace))
            set_(store, {COSTS: 1})

    finished = []
    for call in count(1):
        store = folder(tmp_path)
        code = os.waitstatus_to_exitcode(os.waitpid(split_off(lambda: killed_at(store, call)), 0)[1])  # noqa: B023 (waited for at once)
        finished.append(len(in_both_or_in_neither(store)))
        if code == 0:
            break
        assert code == -signal.SIGKILL
    assert len(finished) > 5 and 1 in finished and 0 in finished


def set_ten_times(store: Store, feld: str) -> None:
    for number in range(1, 11):
        with suppress(ChangedError):
            set_(store, {feld: number})


@LINUX
def test_of_two_runs_that_decide_at_once_none_writes_over_the_other(store: Store) -> None:
    """Each sets an Angabe of its own; whoever comes late is told, and what he saw is not written over what is there."""
    children = []
    for feld in (COSTS, "haushalt.eingliederungsleistungen"):
        children.append(split_off(partial(set_ten_times, store, feld)))
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0, 0]
    journal = history(stored(store))
    last = journal.last
    assert last and journal.text == text_of(store) and not journal.pending
    assert {each.art for each in journal.eintraege} == {"beginn", "schritt"}
    while last_step(history(stored(store))):
        undo(store, stored(store))
    assert text_of(store) == BY_HAND


@LINUX
@pytest.mark.parametrize("seeds", KILLS, ids=str)
def test_a_run_that_is_killed_at_any_moment_leaves_a_change_in_record_and_journal_or_in_neither(tmp_path: Path, seeds: range) -> None:
    for seed in seeds:
        store = folder(tmp_path)
        child = split_off(partial(decide_and_undo, store, seed))
        while not journal_path(stored(store).path).exists():
            time.sleep(0.001)
        time.sleep(random.Random(seed).uniform(0, 0.1))
        os.kill(child, signal.SIGKILL)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
        in_both_or_in_neither(store)
        shutil.rmtree(store.ordner)
