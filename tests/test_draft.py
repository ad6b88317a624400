"""`zv entwirf`: a new year's records from last year's, from a document, or from the wording alone."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from command import zv
from drafts import KEY, REGISTER, office_of_2024, office_with_draft, rahmen_2025, record_of, renewed, text_of
from emsland import ROOT
from emsland import emsland as emsland_2024
from pages_of_files import file_of
from round_trip import LIBRARY
from varied import varied

from agreements.errors import UsageError
from agreements.library.library import Library, open_library
from agreements.model.fields import angaben, value_at
from agreements.model.record import Ministerium, Rahmen, Unterschrift, Unterschriften
from agreements.model.values import OFFEN
from agreements.newyear.files import NewYear
from agreements.newyear.rahmen import draft_rahmen
from agreements.newyear.record import Source, draft
from agreements.store.store import Store, load_text
from render.pdf import render_pdf

office = pytest.fixture(office_of_2024)
drafted = pytest.fixture(office_with_draft)


# ---------------------------------------------------------------- the record


def test_texts_are_carried_over_and_marked_as_carried(drafted: Path) -> None:
    before, after = emsland_2024(), record_of(drafted)
    carried = {path for path in angaben(before) if path.startswith(("rahmenbedingungen.", "ziele.individuell."))}
    assert len(carried) == 7
    assert {path: value_at(after, path) for path in carried} == {path: value_at(before, path) for path in carried}
    assert after.akte.uebernommen == dict.fromkeys(carried, 2024)
    assert after.akte.stand == "entwurf"


def test_everything_that_is_agreed_anew_is_open(drafted: Path) -> None:
    after = record_of(drafted)
    assert (after.jahr, after.traeger, after.wortlaut) == (2025, KEY, "ni/2025")
    values = {path: value for path, value in angaben(after).items() if path.startswith(("haushalt.", "ziele.int", "ziele.lang"))}
    assert set(values.values()) == {OFFEN}
    assert len(values) == 7
    signed = after.unterschriften.traeger[1]
    assert (signed.name, signed.zusatz, signed.datum) == (OFFEN, OFFEN, OFFEN)
    assert (signed.ort, signed.stelle, signed.funktion) == ("Meppen", "Landkreis Emsland", None)


@pytest.mark.parametrize(("comment", "key"), [
    ("2024: 13.155.724 Euro", "verwaltungskosten: null"), ("2024: 21,9 Mio. Euro", "gesamtbudget_mio: null"),
    ("2024: um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 steigt", "gesamt: null"), ("2024: Martin Gerenkamp", "name: null"),
    ("2024: 1. Februar 2024", "datum: null"), ("2024: in Vertretung", "zusatz: null"),
])  # fmt: skip
def test_beside_an_open_value_stands_what_it_was(drafted: Path, comment: str, key: str) -> None:
    lines = [line.strip() for line in text_of(drafted).splitlines()]
    assert (f"# {comment}", key) in pairwise(lines)


def test_a_day_written_by_hand_that_was_not_read_is_not_called_blank(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    text = path.read_text(encoding="utf-8").replace("datum: 2024-02-01", "datum: null\n      zustand: handschriftlich")
    path.write_text(text, encoding="utf-8")
    zv(capsys, "draft", "2025", KEY, "--ordner", office)
    lines = [line.strip() for line in text_of(office).splitlines()]
    assert ("# 2024: nicht gelesen", "datum: null") in pairwise(lines)


def test_what_last_year_lacked_is_not_invented(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  verwaltungskosten: 13155724\n", ""), encoding="utf-8")
    zv(capsys, "draft", "2025", KEY, "--ordner", office)
    assert record_of(office).haushalt.verwaltungskosten is None
    assert "# Im Wortlaut vorgesehen, 2024 nicht enthalten: Verwaltungskosten (Euro)." in text_of(office)


def test_a_traeger_without_last_year_gets_its_draft_from_register_and_wording(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert zv(capsys, "draft", "2025", "lk-peine", "--ordner", office).code == 0
    library, after = open_library(office), record_of(office, "lk-peine")
    assert after.unterschriften.traeger[1] == Unterschrift(ort="Peine", datum=OFFEN, name=OFFEN, stelle="Landkreis Peine")
    assert all(value is OFFEN for path, value in angaben(after).items() if path.startswith(("ziele.", "haushalt.", "rahmenb")))
    document = library.document(library.effective(after))
    assert document.entwurf
    assert "ohne Vorjahr" in text_of(office, "lk-peine")


def test_a_gemeinsame_einrichtung_is_refused_with_the_reason(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "draft", "2025", KEY, "sk-osnabrueck", "--ordner", office)
    assert ended.code == 2
    assert "gemeinsame Einrichtung" in ended.err
    assert not (office / "agreements/2025").exists()


def test_all_means_the_sixteen_of_the_year(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "draft", "2025", "--alle", "--format", "json", "--ordner", office)
    told = json.loads(ended.out)["dateien"]
    assert [each["traeger"] for each in told if each["art"] == "datensatz"] == [row.schluessel for row in REGISTER.zkt(2025)]
    assert {each["ergebnis"] for each in told} == {"neu"}
    assert len(list((office / "agreements/2025").glob("*.yaml"))) == 17
    assert zv(capsys, "check", "2025", "--ordner", office).out.count("lk-") >= 16


def test_twice_changes_nothing(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = [path for path in drafted.rglob("*") if path.is_file()]
    before = {path: path.read_bytes() for path in files}
    ended = zv(capsys, "draft", "2025", KEY, "--format", "json", "--ordner", drafted)
    assert ended.code == 0
    assert {each["ergebnis"] for each in json.loads(ended.out)["dateien"]} == {"schon da"}
    assert {path: path.read_bytes() for path in drafted.rglob("*") if path.is_file()} == before


def test_a_record_that_was_filled_meanwhile_stays(drafted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = drafted / "agreements/2025/lk-emsland.yaml"
    path.write_text(text_of(drafted).replace("verwaltungskosten: null", "verwaltungskosten: 14000000"), encoding="utf-8")
    ended = zv(capsys, "draft", "2025", "--alle", "--ordner", drafted)
    assert "Datensätze: 15 neu, 1 schon da." in ended.out
    assert record_of(drafted).haushalt.verwaltungskosten == 14000000


def test_one_broken_record_stops_no_other(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (office / "agreements/2024/lk-peine.yaml").write_text("jahr: zwei\n", encoding="utf-8")
    ended = zv(capsys, "draft", "2025", "--alle", "--ordner", office)
    assert ended.code == 1
    assert "15 neu, 1 gescheitert" in ended.out
    assert "lk-peine.yaml" in ended.out
    assert not (office / "agreements/2025/lk-peine.yaml").exists()


def test_a_kreis_that_was_renamed_is_carried_over_to_its_new_key(tmp_path: Path) -> None:
    signed = Unterschrift(ort="Bad Fallingbostel", name="X", stelle="Landkreis Soltau-Fallingbostel")
    before = emsland_2024().model_copy(update={"traeger": "lk-soltau-fallingbostel", "unterschriften": Unterschriften(traeger={1: signed})})
    row = REGISTER.find("lk-heidekreis", 2025)
    was = REGISTER.find("lk-soltau-fallingbostel", 2010)
    source = Source(before.model_copy(update={"jahr": 2010}), "alt.yaml")
    made = draft(renewed(tmp_path), None, row, source, REGISTER).record
    assert made.traeger == "lk-heidekreis"
    assert made.unterschriften.traeger[1].stelle == row.name != was.name


# ---------------------------------------------------------------- from documents


def test_a_draft_straight_from_a_word_file_is_that_from_its_record(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    zv(capsys, "render", "2024", KEY, "--format", "docx", "--ordner", office)
    (office / "agreements/2024/lk-emsland.yaml").unlink()
    ended = zv(capsys, "draft", "2025", office / "out/2024/lk-emsland.docx", "--ordner", office)
    assert ended.code == 0, ended.err
    straight = record_of(office)
    shutil.copy(ROOT / "agreements/2024/lk-emsland.yaml", office / "agreements/2024")
    (office / "agreements/2025/lk-emsland.yaml").unlink()
    zv(capsys, "draft", "2025", KEY, "--ordner", office)
    assert straight == record_of(office)


def test_each_agreement_of_a_file_becomes_a_draft_that_names_its_pages(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = varied(4, emsland_2024())
    papers = []
    for record in (emsland_2024(), other):
        papers.append(office / f"{record.traeger}.pdf")
        papers[-1].write_bytes(render_pdf(LIBRARY.document(record)))
    file = file_of(office / "Alle.pdf", *((paper, ()) for paper in papers))
    (office / "agreements/2024/lk-emsland.yaml").unlink()
    ended = zv(capsys, "draft", "2025", file, "--format", "json", "--ordner", office)
    assert ended.code == 0, ended.err
    told = {each["traeger"]: each["aus"] for each in json.loads(ended.out)["dateien"] if each["art"] == "datensatz"}
    assert told == {KEY: "Alle.pdf, Seiten 1–7 von 14", other.traeger: "Alle.pdf, Seiten 8–14 von 14"}
    assert "# Gelesen aus Alle.pdf, Seiten 8–14 von 14 (PDF mit Textebene)" in text_of(office, other.traeger)
    for before in (emsland_2024(), other):
        assert record_of(office, before.traeger).rahmenbedingungen == before.rahmenbedingungen


def test_a_file_with_two_agreements_of_one_traeger_is_refused_with_both_places(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paper = office / "Eine.pdf"
    paper.write_bytes(render_pdf(LIBRARY.document(emsland_2024())))
    ended = zv(capsys, "draft", "2025", file_of(office / "Zwei.pdf", (paper, ()), (paper, ())), "--ordner", office)
    assert ended.code == 2 and "Zwei.pdf, Seiten 1–7 von 14" in ended.err
    assert not (office / "agreements/2025").exists()


def test_a_call_may_name_traeger_and_files_beside_each_other(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = shutil.copy(office / "agreements/2024/lk-emsland.yaml", office / "Vorjahr.yaml")
    ended = zv(capsys, "draft", "2025", "lk-peine", source, "--format", "json", "--ordner", office)
    told = {each["traeger"]: each["aus"] for each in json.loads(ended.out)["dateien"] if each["art"] == "datensatz"}
    assert told == {"lk-peine": None, KEY: "Vorjahr.yaml"}


def test_a_document_of_the_same_year_is_no_source(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "draft", "2024", office / "agreements/2024/lk-emsland.yaml", "--ordner", office)
    assert ended.code == 2
    assert "einer früheren" in ended.err


def test_a_call_without_traeger_says_what_is_missing(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ended = zv(capsys, "draft", "2025", "--ordner", office)
    assert ended.code == 2
    assert "Es fehlt der Träger." in ended.err


# ---------------------------------------------------------------- what may be missing, or half there


@pytest.fixture
def bare(tmp_path: Path) -> Library:
    """A folder with nothing but the wording of 2024, and no program's records behind it."""
    (tmp_path / "templates/ni").mkdir(parents=True)
    for name in ("2024.j2", "2024.maengel.yaml"):
        shutil.copy(ROOT / "templates/ni" / name, tmp_path / "templates/ni")
    return Library(Store(tmp_path, tmp_path))


def test_without_last_years_rahmen_the_document_says_what_the_land_is_called(bare: Library) -> None:
    list(NewYear(bare, 2025, {KEY: Source(emsland_2024(), "Vereinbarung.pdf")}).make([KEY]))
    rahmen = bare.store.rahmen(2025)
    assert rahmen
    assert rahmen.ministerien == emsland_2024().ministerien
    assert rahmen.unterschriften.land[1].stelle == emsland_2024().unterschriften.land[1].stelle
    assert rahmen.unterschriften.land[1].name is OFFEN


def test_from_the_wording_alone_also_the_land_is_open_and_the_draft_prints(bare: Library) -> None:
    list(NewYear(bare, 2025, {}).make(["lk-peine"]))
    rahmen = bare.store.rahmen(2025)
    assert rahmen
    assert (rahmen.ministerien[1].name, rahmen.unterschriften.land[1].ort) == (OFFEN, OFFEN)
    assert bare.document(bare.effective(bare.store.load((2025, "lk-peine")).record)).entwurf


def test_what_a_run_that_was_stopped_left_does_not_stop_the_next(bare: Library) -> None:
    listed = bare.store.ordner / "templates/ni/2024.maengel.yaml"
    listed.write_text(listed.read_text(encoding="utf-8").replace("    berichtigt: darauf gelegt\n", ""), encoding="utf-8")
    list(NewYear(bare, 2025, {}).make(["lk-peine"]))
    before = {path: path.read_bytes() for path in bare.store.ordner.rglob("2025*") if path.is_file()}
    assert len(before) == 3
    (bare.store.ordner / "templates/ni/2025.j2").unlink()
    (bare.store.ordner / "agreements/2025/lk-peine.yaml").unlink()
    made = list(NewYear(bare, 2025, {}).make(["lk-peine"]))
    assert [each.ergebnis for each in made] == ["neu", "schon da", "neu"]
    assert {path: path.read_bytes() for path in before} == before


def test_a_year_before_the_first_wording_is_refused_with_the_remedy(bare: Library) -> None:
    with pytest.raises(UsageError, match="keinen Wortlaut"):
        list(NewYear(bare, 2023, {}).make(["lk-peine"]))


def test_a_ministry_that_the_wording_does_not_name_is_said(tmp_path: Path) -> None:
    two = {1: Ministerium(name="A", kurz="B"), 2: Ministerium(name="C", kurz="D")}
    both = rahmen_2025().model_copy(update={"jahr": 2024, "ministerien": two})
    text = draft_rahmen(renewed(tmp_path), both, "rahmen.yaml")
    assert "# Nicht übernommen: Ministerium 2: Name (C): Der Wortlaut ni/2025 sieht die Angabe nicht vor." in text
    assert set(load_text(text, Rahmen, tmp_path / "rahmen.yaml").record.ministerien) == {1}
