"""A file that is read once more: decisions are carried by their identifier, and what no longer matches is to be decided anew."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from command import ROOT, zv
from round_trip import emsland

from agreements.deciding.decisions import Decision, decided
from agreements.deciding.points import points
from agreements.deciding.rereading import reread
from agreements.library.library import Library, open_library
from agreements.library.open_points import still_open
from agreements.model.akte import Entscheidung, Lesung, OffenerPunkt, kennung
from agreements.model.record import Akte, Quelle, Vereinbarung
from agreements.store.store import Gespeichert

SUM = "a" * 64
COSTS, TITLE = "haushalt.verwaltungskosten", "ziele.individuell.4.titel"


def point(feld: str, worte: str, sure: str = "0.5", seite: int = 3) -> OffenerPunkt:
    return OffenerPunkt.model_validate({"kennung": kennung(feld, "unsicher", worte, SUM), "art": "unsicher", "feld": feld,
                                        "grund": f"unsicher gelesen: „{worte}“", "sicherheit": Decimal(sure), "seite": seite,
                                        "lesungen": [Lesung(text=worte)]})  # fmt: skip


def record(*points: OffenerPunkt, decided: tuple[OffenerPunkt, ...] = ()) -> Vereinbarung:
    entries = tuple(Entscheidung.model_validate({"kennung": each.kennung, "art": each.art, "feld": each.feld, "wie": "bestaetigt",
                                                 "tag": "2024-02-03"}) for each in decided)  # fmt: skip
    akte = Akte(quelle=Quelle(datei="a.pdf", sha256=SUM, lesart="texterkennung"), offen=points, entschieden=entries)
    return emsland().model_copy(update={"akte": akte})


def kept(folder: Path, it: Vereinbarung) -> tuple[Library, Gespeichert[Vereinbarung]]:
    (folder / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", folder / "agreements/2024")
    library = open_library(folder)
    return library, library.store.load(library.store.save(library.own(it)))


def test_what_was_decided_stays_decided_wherever_and_however_surely_it_is_read_now(tmp_path: Path) -> None:
    was = point(COSTS, "13.155.724")
    library, stored = kept(tmp_path, record(was, decided=(was,)))
    made = reread(library, stored, record(point(COSTS, "13.155.724", "0.31", seite=4)))
    assert (made.text, made.anew) == (stored.text, ())


def test_a_doubt_that_was_not_there_before_is_to_be_decided(tmp_path: Path) -> None:
    library, stored = kept(tmp_path, record())
    made = reread(library, stored, record(point(TITLE, "Umsefzung")))
    now = library.store.parsed(made.text, stored.path).record
    assert [each.grund for each in still_open(library.effective(now), library.register)] == [
        "neu zu entscheiden: unsicher gelesen: „Umsefzung“"
    ]
    again = library.store.parsed(made.text, stored.path)
    assert reread(library, again, record(point(TITLE, "Umsefzung"))).anew == ()


def test_a_decision_on_what_is_read_otherwise_now_is_kept_and_its_point_open_again(tmp_path: Path) -> None:
    was, now = point(COSTS, "13.155.724"), point(COSTS, "13.155.124")
    library, stored = kept(tmp_path, record(was, decided=(was,)))
    made = reread(library, stored, record(now))
    after = library.store.parsed(made.text, stored.path)
    assert [each.grund for each in still_open(library.effective(after.record), library.register)] == [
        "neu zu entscheiden: unsicher gelesen: „13.155.124“",
        "neu zu entscheiden: unsicher gelesen: „13.155.724“; am 03.02.2024 bestätigt, jetzt anders gelesen",
    ]
    assert after.record.akte.entschieden == stored.record.akte.entschieden
    again = after.record.akte.offen[-1]
    after = library.store.parsed(decided(library, after, points(library, after)[-1:], Decision("bestaetigt")), after.path)
    assert again.kennung in {each.kennung for each in after.record.akte.entschieden}
    assert reread(library, after, record(now)).anew == ()


def test_a_doubt_that_nobody_decided_is_not_dropped_where_it_is_not_read_again(tmp_path: Path) -> None:
    library, stored = kept(tmp_path, record(point(COSTS, "13.155.724")))
    made = reread(library, stored, record())
    assert made.text == stored.text


def test_a_file_is_read_once_more_only_where_that_is_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    peine = ROOT / "tests/proben/corpus/peine-2024.pdf"
    assert zv(capsys, "einlesen", peine, "--ordner", tmp_path).code == 0
    path = tmp_path / "agreements/2024/lk-peine.yaml"
    before = path.read_bytes()
    said = zv(capsys, "einlesen", peine, "--noch-einmal", "--ordner", tmp_path)
    assert said.code == 0 and "schon eingelesen" in " ".join(said.out.split())
    assert path.read_bytes() == before
