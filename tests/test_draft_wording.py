"""A new year's wording and rahmen.yaml, and the whole way from the draft to the printed agreement."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from drafts import KEY, REGISTER, office_of_2024, office_with_draft, rahmen_2025, renewed
from emsland import ROOT, wording
from hypothesis import assume, given
from round_trip import read_back, said
from strategies import records

from agreements.errors import WordingError
from agreements.filling.fill import fill
from agreements.library.library import Library, open_library
from agreements.library.proof import prove
from agreements.model.fields import angaben, value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.newyear.files import NewYear
from agreements.newyear.record import Source, draft
from agreements.newyear.wording import renew
from agreements.store.store import dump_record, load_text
from agreements.wording.slips import load_slips
from agreements.wording.units import Unit, Wording
from agreements.wording.wording import load_wording

office = pytest.fixture(office_of_2024)
drafted = pytest.fixture(office_with_draft)


# ---------------------------------------------------------------- the wording and rahmen.yaml


def _texts(unit: Unit) -> list[str]:
    return [part for part in unit.parts if isinstance(part, str)]


def test_the_new_wording_is_the_old_one_with_its_slips_mended(drafted: Path) -> None:
    old, new = wording(), load_wording(drafted / "templates/ni/2025.j2", "ni/2025")
    assert [unit.stelle for unit in old.units] == [unit.stelle for unit in new.units]
    mended = {slip.stelle for slip in load_slips(old) if slip.berichtigt}
    changed = {one.stelle for one, other in zip(old.units, new.units, strict=True) if _texts(one) != _texts(other)}
    assert changed == mended
    for slip in load_slips(old):
        said_there = " ".join(part for unit in new.units if unit.stelle == slip.stelle for part in _texts(unit))
        assert slip.worte not in said_there
        assert slip.berichtigt and slip.berichtigt in said_there


def test_the_new_wording_cites_its_source_and_each_mend(drafted: Path) -> None:
    head = (drafted / "templates/ni/2025.j2").read_text(encoding="utf-8").partition("#}")[0]
    assert "Quelle: Wortlaut ni/2024" in head
    assert "„daraufgelegt“ → „darauf gelegt“" in head
    assert head.count("→") == len(load_slips(wording()))


def test_a_slip_that_must_be_decided_stays_and_is_listed(tmp_path: Path) -> None:
    for name in ("2024.j2", "2024.maengel.yaml"):
        shutil.copy(ROOT / "templates/ni" / name, tmp_path)
    listed = tmp_path / "2024.maengel.yaml"
    listed.write_text(listed.read_text(encoding="utf-8").replace("    berichtigt: darauf gelegt\n", ""), encoding="utf-8")
    copy = renew(load_wording(tmp_path / "2024.j2", "ni/2024"), 2025, tmp_path / "2025.j2")
    (tmp_path / "2025.j2").write_text(copy.text, encoding="utf-8")
    (tmp_path / "2025.maengel.yaml").write_text(copy.list_of_slips(), encoding="utf-8")
    assert "daraufgelegt" in copy.text.partition("#}")[2]
    assert [slip.worte for slip in load_slips(load_wording(tmp_path / "2025.j2", "ni/2025"))] == ["daraufgelegt"]


def test_a_mend_touches_no_other_place_that_says_the_same(tmp_path: Path) -> None:
    source = "# I. Eins\n\nDas u.a. hier.\n\n# II. Zwei\n\nDas u.a. dort.\n"
    (tmp_path / "2024.j2").write_text(source, encoding="utf-8")
    (tmp_path / "2024.maengel.yaml").write_text(
        "maengel:\n  - worte: u.a.\n    stelle: II.1\n    grund: g.\n    quelle: q\n    berichtigt: u. a.\n", encoding="utf-8"
    )
    copy = renew(load_wording(tmp_path / "2024.j2", "ni/2024"), 2025, tmp_path / "2025.j2")
    assert copy.text.endswith("# I. Eins\n\nDas u.a. hier.\n\n# II. Zwei\n\nDas u. a. dort.\n")


def test_the_text_of_amendments_is_copied_too_and_amends_the_new_year(drafted: Path) -> None:
    text = (drafted / "templates/ni/aenderung-2025.j2").read_text(encoding="utf-8")
    assert "Quelle: Wortlaut ni/aenderung-2024." in text and "mit dem Wortlaut ni/2025 zu vergleichen" in text
    old = (ROOT / "templates/ni/aenderung-2024.j2").read_text(encoding="utf-8")
    assert text.partition("#}\n")[2] == old.partition("#}\n")[2]
    assert open_library(drafted).wording("ni/aenderung-2025").amends


def test_the_new_rahmen_keeps_the_ministry_to_be_checked_and_leaves_open_who_signs(drafted: Path) -> None:
    text = (drafted / "agreements/2025/rahmen.yaml").read_text(encoding="utf-8")
    rahmen = open_library(drafted).store.rahmen(2025)
    before = open_library(drafted).store.rahmen(2024)
    assert rahmen and before
    assert rahmen.ministerien == before.ministerien
    assert rahmen.unterschriften.land[1] == before.unterschriften.land[1].model_copy(update={"name": OFFEN, "zusatz": OFFEN})
    assert "prüfen, ob das Ministerium noch so heißt" in text
    assert "# 2024: Dr. Christine Arbogast\n      name: null" in text


# ---------------------------------------------------------------- the whole way


TARGET = "{0}:\n      richtung: {1}\n      wert: {2}\n      bezug: 2024"
FILLED = (
    ("verwaltungskosten: null", "verwaltungskosten: 14000000"),
    ("gesamtbudget_mio: null", "gesamtbudget_mio: 23.0"),
    ("eingliederungsleistungen: null", "eingliederungsleistungen: 9000000"),
    ("gesamt: null", TARGET.format("gesamt", "steigt", "2.5")),
    ("gesamt: null", TARGET.format("gesamt", "sinkt", "1.0")),
    ("frauen: null", TARGET.format("frauen", "steigt", "3.0")),
    ("maenner: null", TARGET.format("maenner", "steigt", "2.0")),
    ("name: null", "name: Marc-André Burgdorf"),
    ("      # 2024: in Vertretung\n      zusatz: null\n", ""),
    ("      stelle:", "      funktion: Landrat\n      stelle:"),
)
COMMON = (("name: null", "name: Dr. Christine Arbogast"), ("zusatz: null", "zusatz: In Vertretung"))


def _filled(folder: Path) -> None:
    """What an official writes into the draft, in the files."""
    for name, changes in ((KEY, FILLED), ("rahmen", COMMON)):
        path = folder / f"agreements/2025/{name}.yaml"
        text = path.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")


def _read(document: Any, form: str, folder: Path, library: Library) -> Vereinbarung:
    found = read_back(document, form, folder, library)
    assert found.record.abweichungen == ()
    assert [each.feld for each in found.found if each.doubtful] == []
    return found.record


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_whole_way_from_the_draft_to_the_printed_agreement_and_back(drafted: Path, form: str) -> None:
    _filled(drafted)
    library = open_library(drafted)
    stored = library.store.load((2025, KEY))
    wanted = library.effective(stored.record, stored.path)
    document = library.document(wanted)
    assert not document.entwurf
    assert wanted.ziele.langzeitleistungsbezug.gesamt == Zielwert(richtung="sinkt", wert=Decimal("1.0"), bezug=2024)
    assert said(_read(document, form, drafted, library)) == said(wanted)


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("key", [KEY, "lk-peine"])
def test_an_unfilled_draft_is_printed_as_one_and_reads_back_open(drafted: Path, key: str, form: str) -> None:
    library = open_library(drafted)
    list(NewYear(library, 2025, {}).make([key]))
    stored = library.store.load((2025, key))
    wanted = library.effective(stored.record, stored.path)
    document = library.document(wanted)
    assert document.entwurf
    assert said(_read(document, form, drafted, library)) == said(wanted)


_cached: list[Wording] = []


def _new_wording() -> Wording:
    if not _cached:
        _cached.append(renewed(ROOT / "templates" / "ni"))
    return _cached[0]


@pytest.mark.law
@given(records())
def test_the_draft_of_any_valid_record_loads_fills_the_new_wording_and_is_proven(before: Vereinbarung) -> None:
    new = _new_wording()
    try:
        prove(wording(), before, REGISTER, fill(wording(), before, REGISTER))
    except WordingError:
        assume(False)
    row = REGISTER.find(before.traeger, 2025)
    made = draft(new, rahmen_2025(), row, Source(before, "2024.yaml"), REGISTER)
    text = dump_record(made.record, header=made.header, comments=made.comments)
    loaded = load_text(text, Vereinbarung, Path("entwurf.yaml")).record
    assert loaded == made.record
    assert made.left_out == ()
    assert "Lässt sich so noch nicht drucken" not in made.header
    texts = {path: value for path, value in angaben(before).items() if path.startswith(("ziele.ind", "rahmenb")) and value is not OFFEN}
    assert {path: value_at(loaded, path) for path in texts} == texts
    assert not any(isinstance(value, Zielwert | Decimal | int | date) for path, value in angaben(loaded).items() if path != "jahr")
