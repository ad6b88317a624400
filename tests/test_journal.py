"""The journal: every change of a record can be undone, none is ever half, and what is damaged stops before anything is written."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sampling import examples, shares
from strategies import any_records

from agreements.errors import ChangedError, RecordError, UsageError, ZvError
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung
from agreements.store.journal import decide, history, last_step, settle, undo
from agreements.store.journal_file import journal_path
from agreements.store.store import Gespeichert, Store, dump_record

BY_HAND = """\
# von Hand geschrieben
jahr: 2024
traeger: lk-emsland
wortlaut: ni/2024
haushalt:
  gesamtbudget_mio: 21.90  # gerundet
  verwaltungskosten: 13155724
  eingliederungsleistungen: 9000000
ziele:
  integrationsquote:
    gesamt: {richtung: steigt, schranke: null, wert: 3.9, einheit: prozent, bezug: 2023}
  individuell:
    6:
      schritte: [eins, zwei]
"""
KILLS = shares(8, 1000, 100)
COSTS = "haushalt.verwaltungskosten"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="Prozesse werden nur unter Linux abgespalten")
_numbers = count()


def folder(base: Path, text: str = BY_HAND, traeger: str = "lk-emsland") -> Store:
    """A folder with one record, behind it an empty program."""
    made = base / str(next(_numbers))
    (made / "agreements/2024").mkdir(parents=True)
    (made / f"agreements/2024/{traeger}.yaml").write_bytes(text.encode())
    return Store(made, base / "program")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return folder(tmp_path)


def stored(store: Store) -> Gespeichert[Vereinbarung]:
    return store.load(store.of_year(2024)[0])


def set_(store: Store, values: dict[str, Any], kuerzel: str | None = None) -> Gespeichert[Vereinbarung]:
    """A decision that sets some values."""
    now = stored(store)
    return decide(store, now, store.edited(now, values), ", ".join(f"{key}: {value}" for key, value in values.items()), kuerzel)


def by_hand(store: Store, old: str, new: str) -> None:
    path = stored(store).path
    text = path.read_bytes().decode()
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode())


def text_of(store: Store) -> str:
    return stored(store).text


# ---------------------------------------------------------------- undoing


@pytest.mark.law
@settings(max_examples=examples(10))
@given(any_records(), any_records(), st.randoms(use_true_random=False))
def test_undoing_all_decisions_gives_the_record_byte_by_byte_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, record: Vereinbarung, other: Vereinbarung, chance: random.Random
) -> None:
    store = folder(tmp_path_factory.mktemp("law"), dump_record(record, header="von Hand"), record.traeger)
    before = text_of(store)
    new = [item for item in angaben(other).items() if item[0] not in ("jahr", "traeger")]
    chosen: list[Any] = [*chance.sample(new, min(4, len(new))), ("haushalt", None), ("ziele", None)]
    for feld, value in chosen:
        now = stored(store)
        with suppress(RecordError):  # what may not stand there leaves nothing behind, either
            decide(store, now, store.edited(now, {feld: value} if value else {}, [] if value else [(feld,)]), feld)
    while last_step(history(stored(store))):
        undo(store, stored(store))
    assert text_of(store) == before


@pytest.mark.parametrize("text", [BY_HAND.replace("\n", "\r\n"), BY_HAND.removesuffix("\n")], ids=["CRLF", "ohne Zeilenende"])
def test_line_ends_come_back_as_they_were(tmp_path: Path, text: str) -> None:
    store = folder(tmp_path, text)
    set_(store, {"ziele.individuell.6.schritte": ("eins", "zwei", "drei"), COSTS: 1})
    undo(store, stored(store))
    assert text_of(store) == text


def test_an_undo_says_which_step_and_can_be_undone_itself(store: Store) -> None:
    set_(store, {COSTS: 1}, "MK")
    set_(store, {COSTS: 2})
    assert undo(store, stored(store)).eintrag.befehl == f"{COSTS}: 2"
    done = undo(store, stored(store), "AB")
    assert (done.eintrag.kuerzel, text_of(store)) == ("MK", BY_HAND)
    assert done.stored.text == BY_HAND and history(stored(store)).eintraege[-1].kuerzel == "AB"
    last = history(stored(store)).eintraege[-1].nummer
    assert undo(store, stored(store), nummer=last).eintrag.nummer == last
    assert "verwaltungskosten: 1\n" in text_of(store)
    again = last_step(history(stored(store)))
    assert again is not None and again.befehl == f"{COSTS}: 1"


@pytest.mark.parametrize("nummer", [1, 99])
def test_what_is_no_step_is_not_undone(store: Store, nummer: int) -> None:
    set_(store, {COSTS: 1})
    with pytest.raises(UsageError, match=f"Einen Schritt {nummer} gibt es nicht"):
        undo(store, stored(store), nummer=nummer)


def test_a_step_is_not_undone_twice(store: Store) -> None:
    set_(store, {COSTS: 1})
    undo(store, stored(store), nummer=2)
    with pytest.raises(UsageError, match="Schritt 2 ist schon zurückgenommen"):
        undo(store, stored(store), nummer=2)


# ---------------------------------------------------------------- by hand


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("# von Hand geschrieben\n", ""),
        ("# von Hand geschrieben", "# noch einmal\n# von Hand"),
        ("gesamtbudget_mio: 21.90", "gesamtbudget_mio: 22.5"),
        ("eingliederungsleistungen: 9000000", "eingliederungsleistungen: 8000000"),
        ("[eins, zwei]", "[eins, zwei, drei]"),
    ],
)
def test_an_undo_leaves_what_was_changed_by_hand_elsewhere(store: Store, old: str, new: str) -> None:
    set_(store, {COSTS: 1})
    by_hand(store, old, new)
    undo(store, stored(store))
    assert text_of(store) == BY_HAND.replace(old, new, 1)
    assert "außerhalb der Befehle geändert" in [each.befehl for each in history(stored(store)).eintraege]


@pytest.mark.parametrize("new", ["verwaltungskosten: 3", "verwaltungskosten: 1  # geprüft"])
def test_an_undo_is_refused_where_what_it_concerns_was_changed_by_hand(store: Store, new: str) -> None:
    set_(store, {COSTS: 1})
    by_hand(store, "verwaltungskosten: 1", new)
    text = text_of(store)
    with pytest.raises(RecordError, match=r"Schritt 2 \(haushalt.verwaltungskosten: 1\) lässt sich nicht zurücknehmen"):
        undo(store, stored(store))
    assert text_of(store) == text


def test_the_same_words_elsewhere_are_not_taken_for_the_step(tmp_path: Path) -> None:
    """The line that was set is gone; one like it, of another Angabe, is not what an undo may change."""
    quota = "    {}:\n      richtung: steigt\n      schranke: null\n      wert: {}\n      einheit: prozent\n      bezug: 2023\n"
    text = "jahr: 2024\ntraeger: lk-emsland\nwortlaut: ni/2024\nziele:\n  integrationsquote:\n"
    store = folder(tmp_path, text + quota.format("gesamt", 2) + quota.format("frauen", 2) + quota.format("maenner", 5))
    set_(store, {"ziele.integrationsquote.frauen.wert": Decimal(5)})
    by_hand(store, quota.format("frauen", 5), "")
    with pytest.raises(RecordError, match="lässt sich nicht zurücknehmen"):
        undo(store, stored(store))


def test_an_older_step_is_undone_around_a_later_one_that_concerns_something_else(store: Store) -> None:
    set_(store, {COSTS: 1})
    set_(store, {"ziele.individuell.6.schritte": ("null", "eins", "zwei")})
    undo(store, stored(store), nummer=2)
    assert "verwaltungskosten: 13155724" in text_of(store) and "null" in text_of(store)


def test_a_record_changed_since_it_was_read_is_not_written_over(store: Store) -> None:
    seen = stored(store)
    by_hand(store, "21.90", "22.0")
    with pytest.raises(ChangedError):
        decide(store, seen, store.edited(seen, {COSTS: 1}), "zu spät")
    assert not history(seen).eintraege and "verwaltungskosten: 13155724" in text_of(store)


def test_what_changes_nothing_and_what_is_no_record_leave_no_entry(store: Store) -> None:
    now = stored(store)
    assert decide(store, now, now.text, "nichts") is now
    with pytest.raises(RecordError):
        decide(store, now, now.text.replace("13155724", "13.155.724"), "falsch")
    assert not history(now).eintraege and text_of(store) == BY_HAND


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


def test_an_entry_is_one_line_of_json_that_a_person_can_read(store: Store) -> None:
    set_(store, {COSTS: 1}, "MK")
    lines = [json.loads(line) for line in journal_path(stored(store).path).read_text(encoding="utf-8").splitlines()]
    assert [line.get("befehl") for line in lines] == ["der Datensatz, wie er war", f"{COSTS}: 1", None]
    step = lines[1]
    assert step["stellen"] == [
        {
            "zeile": 7,
            "davor": ["haushalt:\n", "  gesamtbudget_mio: 21.90  # gerundet\n"],
            "alt": ["  verwaltungskosten: 13155724\n"],
            "neu": ["  verwaltungskosten: 1\n"],
            "danach": ["  eingliederungsleistungen: 9000000\n", "ziele:\n"],
        }
    ]
    assert (step["nummer"], step["kuerzel"], step["art"]) == (2, "MK", "schritt") and lines[2]["ergebnis"] == "geschrieben"


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
    assert text_of(store) == (journal.texts()[last.nummer][1] if last else BY_HAND) and journal.pending is None
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
    assert last and journal.texts()[last.nummer][1] == text_of(store) and not journal.pending
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
