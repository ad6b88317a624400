"""The records on disk: found, checked, written whole, and never over what somebody else wrote."""

from __future__ import annotations

import os
import re
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from journals import change
from strategies import any_records

from agreements.errors import ChangedError, RecordError, UnreadableError, UsageError, ZvError
from agreements.files.disk import write_atomic
from agreements.files.yaml_scalars import normal, same
from agreements.model.record import Haushalt, Rahmen, Vereinbarung, Zielwert, plain
from agreements.model.values import OFFEN
from agreements.store.store import Store, dump_record, load_text

GOOD = """\
# von Hand geschrieben
jahr: 2024
traeger: lk-emsland
wortlaut: ni/2024
haushalt:
  gesamtbudget_mio: 21.90  # gerundet
  verwaltungskosten: 13155724
ziele:
  integrationsquote:
    gesamt: {richtung: steigt, schranke: null, wert: 3.9, einheit: prozent, bezug: 2023}
"""
RECORD = Vereinbarung(jahr=2024, traeger="lk-leer", wortlaut="ni/2024", haushalt=Haushalt(gesamtbudget_mio=Decimal("21.90")))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A folder with one record, behind it an empty program."""
    put(tmp_path / "own/agreements/2024/lk-emsland.yaml", GOOD)
    return Store(tmp_path / "own", tmp_path / "program")


def put(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def faults(text: str) -> str:
    with pytest.raises(RecordError) as caught:
        load_text(text, Vereinbarung, Path("r.yaml"))
    return str(caught.value)


# ---------------------------------------------------------------- the first law


@pytest.mark.law
@given(any_records())
def test_a_record_that_was_dumped_loads_as_it_was(record: Vereinbarung) -> None:
    loaded = load_text(dump_record(record), Vereinbarung, Path("r.yaml"))
    assert loaded.record == record
    assert same(normal(plain(loaded.record)), normal(plain(record)))


def test_an_empty_list_says_what_an_absent_key_says() -> None:
    text = GOOD + "  individuell:\n    6: {titel: T, schritte: []}\nabweichungen: []\nrahmenbedingungen: {regionale_lage: []}\n"
    record = load_text(text, Vereinbarung, Path("r.yaml")).record
    assert record.ziele.individuell[6].schritte is None
    assert record.rahmenbedingungen.regionale_lage is None
    assert load_text(dump_record(record), Vereinbarung, Path("r.yaml")).record == record


def test_absent_is_none_and_null_is_open() -> None:
    record = load_text(GOOD.replace("13155724", "null"), Vereinbarung, Path("r.yaml")).record
    assert record.haushalt.verwaltungskosten is OFFEN
    assert record.haushalt.eingliederungsleistungen is None
    assert str(record.haushalt.gesamtbudget_mio) == "21.90"


# ---------------------------------------------------------------- faults, in German


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ("haushalt: {gesamtbudget_mio: '21,9'}", "haushalt.gesamtbudget_mio: .*21.9$"),
        ("haushalt:\n  gesamtbudget_mio: 21,9", r"r\.yaml:5: .*mit Punkt .*21\.9$"),
        ("haushalt:\n  verwaltungskosten: 13.155.724", r"r\.yaml:5: .*13155724$"),
        ("haushalt:\n  verwaltungskosten: 13.155", r"r\.yaml:5: .*13155$"),
        ("haushalt:\n  verwaltungkosten: 1", r"r\.yaml:5: .*gibt es hier nicht.*„verwaltungskosten“"),
        ("haushalt:\n  - 5", r"haushalt: Hier gehören Schlüssel hin, keine Liste"),
        ("haushalt:\n  verwaltungskosten: [5]", r"einzelner Wert.*keine Liste"),
        ("haushalt:", r"haushalt: Der Abschnitt ist leer"),
        ("rahmenbedingungen:\n  regionale_lage: Text", r"Hier gehört eine Liste hin, kein Text.*„- “"),
        ("rahmenbedingungen:\n  regionale_lage:\n  - a\n  - 2024", r"r\.yaml:7: .*regionale_lage, 2\. Eintrag: .*keine Zahl.*\"2024\""),
        ("rahmenbedingungen:\n  regionale_lage:\n  - a\n  - ''", r"2\. Eintrag: Der Text ist leer"),
        ("ziele:\n  integrationsquote:\n    gesamt: 3.9", r"Hier gehören Schlüssel hin, keine Zahl.*richtung"),
        ("ziele:\n  integrationsquote:\n    gesamt: {richtung: steigen, wert: 1}", r"„steigen“ ist hier nicht möglich.*„steigt“"),
        ("ziele:\n  integrationsquote:\n    gesamt: {richtung: gleich, wert: 1}", "gleich"),
        ("ziele:\n  integrationsquote:\n    gesamt: {wert: 1}", r"richtung: Der Schlüssel fehlt"),
        ("ziele:\n  individuell:\n    '4': {titel: T}", r"„4“ ist hier kein möglicher Schlüssel.*ohne Anführungszeichen"),
        ("unterschriften:\n  land:\n    1: {datum: 1. Februar 2024}", r"kein Datum.*2024-02-01$"),
        ("unterschriften:\n  land:\n    1: {datum: 01.02.2024}", r"kein Datum.*2024-02-01$"),
        ("unterschriften:\n  land:\n    1: {datum: 20240201}", "kein Datum"),
        ("unterschriften:\n  land:\n    1: {zustand: gedrukt}", "„gedruckt“"),
        ("akte: {uebernommen: {haushalt.x: '2023'}}", "keine ganze Zahl.*2023$"),
        ("akte: {stand: true}", "„true“ ist hier nicht möglich"),
        ("5: x", "Diesen Schlüssel gibt es hier nicht"),
        ("text:\n  - {art: absatz, text: x}", "wortlaut"),
    ],
)
def test_a_fault_names_line_field_and_remedy(lines: str, said: str) -> None:
    head = "jahr: 2024\ntraeger: lk-emsland\nwortlaut: ni/2024\n"
    message = faults(head + lines + "\n")
    assert message.startswith("r.yaml:")
    assert re.search(said, message)


def test_all_faults_of_a_file_are_told_at_once_in_the_order_of_its_lines() -> None:
    lines = faults("traeger: Emsland\nwortlaut: ni-2024\nhaushalt:\n  gesamtbudget_mio: 21,9\nhaushlt: 1\n").splitlines()
    assert [line.split(": ")[0] for line in lines] == ["r.yaml:1", "r.yaml:1", "r.yaml:2", "r.yaml:4", "r.yaml:5"]
    assert any("jahr: Der Schlüssel fehlt" in line for line in lines)


def test_texts_and_numbers_are_not_taken_for_each_other() -> None:
    assert "jahr" in faults("jahr: '2024'\ntraeger: lk-emsland\nwortlaut: null\n")
    assert "jahr" in faults("jahr: 2024.0\ntraeger: lk-emsland\nwortlaut: null\n")
    assert "jahr" in faults("jahr: true\ntraeger: lk-emsland\nwortlaut: null\n")


# ---------------------------------------------------------------- finding and reading


def test_a_record_is_found_by_year_and_traeger_and_by_its_file(store: Store) -> None:
    stored = store.load((2024, "lk-emsland"))
    assert stored.record.traeger == "lk-emsland"
    assert stored.text == GOOD
    assert stored.lines["haushalt.verwaltungskosten"] == 7
    assert store.load(stored.path).record == stored.record


def test_records_are_the_folders_alone_and_all_else_comes_from_the_program_behind_it(store: Store, tmp_path: Path) -> None:
    put(tmp_path / "program/agreements/2024/lk-emsland.yaml", "jahr: 1")
    put(tmp_path / "program/agreements/2024/lk-leer.yaml", dump_record(RECORD))
    put(tmp_path / "program/agreements/2024/rahmen.yaml", "jahr: 2024\n")
    put(tmp_path / "program/agreements/2023/rahmen.yaml", "jahr: 2022\n")
    put(tmp_path / "program/templates/ni/2024.j2", "x")
    assert store.load((2024, "lk-emsland")).record.traeger == "lk-emsland"
    with pytest.raises(UnreadableError, match="lk-leer"):
        store.load((2024, "lk-leer"))
    assert [path.stem for path in store.records(2024)] == ["lk-emsland"]
    assert store.years() == (2024,)
    assert store.rahmen(2024) == Rahmen(jahr=2024)
    assert store.rahmen(2019) is None
    assert store.find("templates/ni/2024.j2") == (tmp_path / "program/templates/ni/2024.j2").resolve()
    assert store.find("templates/ni/2025.j2") is None
    assert store.path(2024, "lk-peine") == tmp_path / "own/agreements/2024/lk-peine.yaml"
    with pytest.raises(RecordError, match="2022"):
        store.rahmen(2023)


def test_what_is_not_there_or_has_no_agreement_is_told_apart(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="lk-leer"):
        store.load((2024, "lk-leer"))
    with pytest.raises(UsageError, match="gemeinsame Einrichtung"):
        store.load((2024, "lk-celle"))
    with pytest.raises(UnreadableError, match="gibt es nicht"):
        store.load(tmp_path / "none.yaml")
    with pytest.raises(UnreadableError, match="ein Ordner"):
        store.load(tmp_path)


def test_a_file_must_be_kept_under_the_year_and_traeger_it_states(store: Store, tmp_path: Path) -> None:
    astray = put(tmp_path / "own/agreements/2024/lk-peine.yaml", GOOD)
    with pytest.raises(RecordError, match=r"2024/lk-peine.*lk-emsland") as caught:
        store.load(astray)
    assert caught.value.zeile == 3
    with pytest.raises(RecordError, match=r"2023/lk-emsland.*2024"):
        store.load(put(tmp_path / "own/agreements/2023/lk-emsland.yaml", GOOD))
    assert store.load(put(tmp_path / "ausgelesen.yaml", GOOD)).record.traeger == "lk-emsland"


def test_a_record_of_a_kreis_without_an_agreement_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(RecordError, match=r"r\.yaml:3: traeger: .*gemeinsame Einrichtung"):
        store.load(put(tmp_path / "r.yaml", GOOD.replace("lk-emsland", "lk-celle")))
    with pytest.raises(RecordError, match=r"bestand bis zum 31\.10\.2016"):
        store.load(put(tmp_path / "r.yaml", GOOD.replace("lk-emsland", "lk-osterode-am-harz")))


# ---------------------------------------------------------------- writing


def test_a_new_record_is_saved_where_it_belongs_and_never_over_another(store: Store) -> None:
    path = store.save(RECORD, header="neu", comments={"haushalt": "geprüft"})
    assert store.load((2024, "lk-leer")).record == RECORD
    assert "# geprüft\nhaushalt:" in path.read_text(encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(ZvError, match="gibt es schon"):
        store.save(RECORD)
    assert path.read_bytes() == before
    assert not list(path.parent.glob(".*"))


def test_an_update_keeps_what_people_wrote_around_it(store: Store) -> None:
    stored = store.load((2024, "lk-emsland"))
    changed = change(store, stored, {"haushalt.gesamtbudget_mio": Decimal("22.0")})
    assert changed.path.read_text(encoding="utf-8") == GOOD.replace("21.90", "22.0")
    target = Zielwert(richtung="sinkt", wert=Decimal("1.50"), bezug=2023)
    assert change(store, changed, {"ziele.integrationsquote.frauen": target}).record.ziele.integrationsquote.frauen == target
    again = change(store, store.load(stored.path), {}, [("ziele", "integrationsquote", "frauen")])
    assert again.text == GOOD.replace("21.90", "22.0")


def test_a_file_changed_meanwhile_is_not_written_over(store: Store) -> None:
    stored = store.load((2024, "lk-emsland"))
    put(stored.path, GOOD + "# von anderer Hand\n")
    with pytest.raises(ChangedError, match="inzwischen"):
        change(store, stored, {"haushalt.verwaltungskosten": 1})
    assert stored.path.read_text(encoding="utf-8") == GOOD + "# von anderer Hand\n"
    stored.path.unlink()
    with pytest.raises(ChangedError):
        change(store, stored, {"haushalt.verwaltungskosten": 1})


def test_of_several_that_change_the_same_file_one_wins_and_the_others_are_told(store: Store) -> None:
    stored = store.load((2024, "lk-emsland"))
    done: list[int] = []
    told: list[ChangedError] = []

    def run(number: int) -> None:
        try:
            change(store, stored, {"haushalt.verwaltungskosten": number})
            done.append(number)
        except ChangedError as error:
            told.append(error)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(done) == 1
    assert len(told) == 7
    assert store.load(stored.path).record.haushalt.verwaltungskosten == done[0]


def test_an_update_that_would_spoil_the_record_is_not_written(store: Store) -> None:
    stored = store.load((2024, "lk-emsland"))
    for path, value in (("haushalt.verwaltungskosten", Decimal("3.5")), ("traeger", "lk-leer"), ("haushalt.neu", 1), ("jahr.x", 1)):
        with pytest.raises(RecordError):
            change(store, stored, {path: value})
    assert stored.path.read_text(encoding="utf-8") == GOOD


@contextmanager
def full_disk() -> Iterator[None]:
    """Lets no file grow beyond some bytes: what a full disk does to a program."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_and_leaves_the_old_file_and_no_other(store: Store) -> None:
    stored = store.load((2024, "lk-emsland"))
    with full_disk(), pytest.raises(ZvError, match="zu groß"):
        change(store, stored, {"haushalt.verwaltungskosten": 1})
    with full_disk(), pytest.raises(ZvError, match="zu groß"):
        store.save(RECORD)
    assert [path.name for path in stored.path.parent.glob("*.*")] == ["lk-emsland.yaml"]
    assert stored.path.read_text(encoding="utf-8") == GOOD


def test_a_folder_that_cannot_be_written_is_told_in_german(store: Store, tmp_path: Path) -> None:
    put(tmp_path / "datei", "x")
    places = {"Der Ordner ist keiner": tmp_path / "datei/a.yaml", "Name ist zu lang": tmp_path / ("x" * 300), "hat diesen Namen": tmp_path}
    for reason, path in places.items():
        with pytest.raises(ZvError, match=reason):
            write_atomic(path, b"x")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="wer alles darf, dem wird kein Ordner verweigert")
def test_a_read_only_folder_is_told_in_german(store: Store) -> None:
    stored = store.load((2024, "lk-emsland"))
    stored.path.parent.chmod(0o500)
    try:
        with pytest.raises(ZvError, match="darf nicht geschrieben werden"):
            change(store, stored, {"haushalt.verwaltungskosten": 1})
    finally:
        stored.path.parent.chmod(0o700)


def test_a_file_is_written_whole_over_an_older_one_with_its_rights(tmp_path: Path) -> None:
    path = put(tmp_path / "neu/out.pdf", "alt")
    path.chmod(0o640)
    write_atomic(path, b"neu")
    assert path.read_bytes() == b"neu"
    assert path.stat().st_mode & 0o777 == 0o640
    assert list(path.parent.iterdir()) == [path]
