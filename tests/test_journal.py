"""The journal: every change of a record can be undone, none is ever half, and what is damaged stops before anything is written."""

from __future__ import annotations

import json
import random
import re
from contextlib import suppress
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from journals import BY_HAND, COSTS, by_hand, folder, set_, stored, text_of
from round_trip import ROOT
from sampling import examples
from strategies import any_records

from agreements.errors import ChangedError, RecordError, UsageError, ZvError
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung
from agreements.store.journal import decide, history, last_step, undo
from agreements.store.journal_file import journal_path
from agreements.store.patch import patch, patched, reversed_
from agreements.store.store import Store, dump_record

texts = st.lists(st.sampled_from(("a\n", "b\n", "c\n", "a", "\n")), max_size=8).map("".join)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return folder(tmp_path)


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


def test_no_command_changes_a_record_but_through_the_journal() -> None:
    """What the store can change without it is there for tests, and for what tries a change before it is made."""
    past = re.compile(r"store\.(?:update|update_all|remove)\(|\bupdate_all\(")
    files = [path for room in ("agreements", "extract", "render", "zv") for path in (ROOT / room).rglob("*.py")]
    assert len(files) > 100
    assert not [str(path) for path in files if path.parent.name != "store" and past.search(path.read_text(encoding="utf-8"))]


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


# ---------------------------------------------------------------- read again


def test_of_a_journal_that_was_read_only_what_was_added_since_is_read(store: Store) -> None:
    set_(store, {COSTS: 1})
    before = history(stored(store)).eintraege
    set_(store, {COSTS: 2})
    after = history(stored(store)).eintraege
    assert len(after) == len(before) + 1 and all(one is other for one, other in zip(before, after, strict=False))


def test_a_journal_that_was_replaced_by_another_is_read_whole(store: Store) -> None:
    set_(store, {COSTS: 1})
    path = journal_path(stored(store).path)
    first, record = path.read_bytes(), text_of(store)
    set_(store, {COSTS: 2})
    path.write_bytes(first)
    stored(store).path.write_bytes(record.encode())
    set_(store, {COSTS: 3})
    assert [each.befehl for each in history(stored(store)).eintraege] == ["der Datensatz, wie er war", f"{COSTS}: 1", f"{COSTS}: 3"]


def test_a_step_that_was_withdrawn_after_it_was_read_does_not_count(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    set_(store, {COSTS: 1})
    with monkeypatch.context() as refusing:
        refusing.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "voll")))
        with pytest.raises(ZvError):
            set_(store, {COSTS: 2})
    undo(store, stored(store))
    assert text_of(store) == BY_HAND and [each.art for each in history(stored(store)).eintraege] == [
        "beginn",
        "schritt",
        "schritt",
        "zurueck",
    ]


@given(texts, texts)
def test_a_patch_turned_round_gives_the_text_before(one: str, other: str) -> None:
    assert patched(other, reversed_(patch(one, other))) == one
