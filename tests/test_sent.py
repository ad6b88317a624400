"""What was sent is kept as it was, each time anew, and never in part."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from journals import change
from round_trip import ROOT

from agreements.errors import UnreadableError
from agreements.files.disk import WORKSHOP
from agreements.store.sent import Sent, keep_sent, sent_of
from agreements.store.store import Store

KEY = (2024, "lk-emsland")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    return Store(tmp_path)


def kept(store: Store, **files: bytes) -> Sent:
    wording = store.find("templates/ni/2024.j2")
    return keep_sent(
        store, store.load(KEY), store.stored_rahmen(2024), wording, {f"lk-emsland.{name}": data for name, data in files.items()}
    )


def test_what_was_sent_stays_as_it_was_when_the_record_goes_on(store: Store) -> None:
    before = store.load(KEY)
    made = kept(store, docx=b"Word", pdf=b"PDF")
    change(store, before, {"haushalt.verwaltungskosten": 1})
    assert made.folder == store.ordner / "agreements/2024/versandt/lk-emsland/1"
    assert sent_of(store, *KEY) == made and store.load(made.record).record == before.record
    assert made.wording and made.wording.read_bytes() == (ROOT / "templates/ni/2024.j2").read_bytes()
    assert [(path.name, path.read_bytes()) for path in made.files] == [("lk-emsland.docx", b"Word"), ("lk-emsland.pdf", b"PDF")]
    assert store.rahmen(2024, made.record) == store.rahmen(2024)


def test_each_round_is_kept_and_the_same_only_once(store: Store) -> None:
    first = kept(store, pdf=b"PDF")
    assert kept(store, pdf=b"PDF") == first
    second = kept(store, pdf=b"PDF der zweiten Runde")
    assert (second.folder.name, sent_of(store, *KEY)) == ("2", second)
    assert first.files[0].read_bytes() == b"PDF"
    assert store.of_year(2024) == (store.path(*KEY),)


def test_nothing_sent_is_none_and_what_was_left_unfinished_is_no_round(store: Store) -> None:
    assert sent_of(store, *KEY) is None
    (store.ordner / f"agreements/2024/versandt/lk-emsland/{WORKSHOP}/fertig").mkdir(parents=True)
    assert sent_of(store, *KEY) is None
    assert kept(store, pdf=b"PDF").folder.name == "1"


def test_a_round_without_its_record_is_said(store: Store) -> None:
    kept(store).record.unlink()
    with pytest.raises(UnreadableError, match="nicht vollständig"):
        sent_of(store, *KEY)
