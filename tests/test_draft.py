"""`zv draft`: a new year's wording, rahmen.yaml and records, from last year's, from a document, or from the wording alone."""

from __future__ import annotations

import json
import shutil
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from command import zv
from emsland import ROOT, wording
from emsland import emsland as emsland_2024
from hypothesis import assume, given
from round_trip import LIBRARY, read_back, said
from strategies import records
from test_parts import file_of
from varied import varied

from agreements.errors import UsageError, WordingError
from agreements.filling.fill import fill
from agreements.library.library import Library, open_library
from agreements.library.proof import prove
from agreements.model.fields import angaben, value_at
from agreements.model.record import Abweichung, Ministerium, Rahmen, Unterschrift, Unterschriften, Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.newyear.files import NewYear
from agreements.newyear.rahmen import draft_rahmen
from agreements.newyear.record import Source, draft
from agreements.newyear.wording import renew
from agreements.register.register import load_register
from agreements.store.store import Store, dump_record, load_text
from agreements.wording.slips import load_slips
from agreements.wording.units import Unit, Wording
from agreements.wording.wording import load_wording, parse_wording
from render.pdf import render_pdf

REGISTER = load_register()
KEY = "lk-emsland"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with the agreements of 2024, as an office has it."""
    shutil.copytree(ROOT / "agreements" / "2024", tmp_path / "agreements" / "2024")
    return tmp_path


@pytest.fixture
def drafted(office: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The same with the draft for the Emsland in 2025."""
    assert zv(capsys, "draft", "2025", KEY, "--ordner", office).code == 0
    return office


def record_of(folder: Path, key: str = KEY) -> Vereinbarung:
    return open_library(folder).store.load((2025, key)).record


def text_of(folder: Path, key: str = KEY) -> str:
    return (folder / f"agreements/2025/{key}.yaml").read_text(encoding="utf-8")


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
    made = draft(_renewed(tmp_path), None, row, source, REGISTER).record
    assert made.traeger == "lk-heidekreis"
    assert made.unterschriften.traeger[1].stelle == row.name != was.name


# ---------------------------------------------------------------- departures


def _renewed(folder: Path, jahr: int = 2025) -> Wording:
    path = folder / f"{jahr}.j2"
    return parse_wording(renew(wording(), jahr, path).text, path, f"ni/{jahr}")


RAHMEN = open_library(ROOT).store.rahmen(2024)


def _drafted(folder: Path, before: Vereinbarung, doubts: dict[str, str] | None = None) -> Any:
    source = Source(before, "2024.yaml", doubts or {})
    return draft(_renewed(folder), _rahmen(), REGISTER.find(before.traeger, 2025), source, REGISTER)


def _rahmen() -> Rahmen:
    assert RAHMEN is not None
    return RAHMEN.model_copy(update={"jahr": 2025})


def test_a_departure_whose_words_still_stand_is_carried_and_said(tmp_path: Path) -> None:
    kept = Abweichung(stelle="III.§3.1", art="ersetzt", alt="mindestens jedoch zweimal", neu="mindestens jedoch dreimal")
    made = _drafted(tmp_path, emsland_2024().model_copy(update={"abweichungen": (kept,)}))
    assert made.record.abweichungen == (kept,)
    assert "prüfen, ob es weiter gelten soll" in made.comments["abweichungen.0"]
    assert made.left_out == ()


ODD = """
abweichungen:
  - {stelle: III.§3.1, art: ersetzt, alt: zweimal, neu: zwelmal}
  - {stelle: I.2, art: ersetzt, alt: langfristige, neu: langfrislige}
"""


@pytest.mark.parametrize(
    ("akte", "carried"),
    [
        ("  lesart: texterkennung\n", []),
        ("  lesart: gemischt\n", []),
        ("  lesart: word\n", ["III.§3.1", "I.2"]),
        ("", ["III.§3.1", "I.2"]),
        ("  lesart: texterkennung\n  stillgelegt: {abweichung@III.§3.1: am Bild verglichen}\n", ["III.§3.1"]),
        ("  lesart: texterkennung\n  stillgelegt: {abweichung: alle am Bild verglichen}\n", ["III.§3.1", "I.2"]),
        ("  lesart: texterkennung\n  stillgelegt: {abweichung: ' '}\n", []),
    ],
)
def test_departures_that_were_read_from_a_picture_are_carried_only_where_somebody_has_confirmed_them(
    akte: str, carried: list[str], office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text(encoding="utf-8") + akte + ODD, encoding="utf-8")
    ended = zv(capsys, "draft", "2025", KEY, "--ordner", office)
    assert [each.stelle for each in record_of(office).abweichungen] == carried
    for stelle, words in (("III.§3.1", "„zwelmal“ statt „zweimal“"), ("I.2", "„langfrislige“ statt „langfristige“")):
        left = f"Abweichung {stelle} ({words}): Aus dem Bild gelesen"
        assert (left in ended.out) == (stelle not in carried)
        assert (left in " ".join(text_of(office).replace("#", " ").split())) == (stelle not in carried)
    assert zv(capsys, "render", "2025", KEY, "--format", "docx", "--ordner", office).code == 0


def test_what_an_amendment_agrees_is_carried_from_an_agreement_that_was_read_from_a_picture(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "  lesart: texterkennung\n" + ODD, encoding="utf-8")
    text = "texte: {1: {stelle: III.§3.1, alt: mindestens, neu: wenigstens}}"
    amendment = f"jahr: 2024\ntraeger: {KEY}\nwortlaut: ni/aenderung-2024\naenderung:\n  nummer: 1\n  {text}\n"
    (path.parent / f"{KEY}-1.yaml").write_text(amendment, encoding="utf-8")
    assert zv(capsys, "draft", "2025", KEY, "--ordner", office).code == 0
    assert [(each.alt, each.neu) for each in record_of(office).abweichungen] == [("mindestens", "wenigstens")]


def test_a_departure_whose_words_are_gone_is_not_carried_and_said(tmp_path: Path) -> None:
    gone = Abweichung(stelle="I.4", art="ersetzt", alt="daraufgelegt", neu="gelegt")
    kept = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="dreimal")
    made = _drafted(tmp_path, emsland_2024().model_copy(update={"abweichungen": (gone, kept)}))
    assert made.record.abweichungen == (kept,)
    assert len(made.left_out) == 1
    assert "„gelegt“ statt „daraufgelegt“" in made.left_out[0]
    assert made.left_out[0] in made.header


def test_an_angabe_that_the_wording_does_not_print_is_said_with_what_it_was(tmp_path: Path) -> None:
    before, target = emsland_2024(), Zielwert(richtung="steigt", wert=Decimal("2.0"), bezug=2023)
    quote = before.ziele.integrationsquote.model_copy(update={"alleinerziehende": target})
    before = before.model_copy(update={"ziele": before.ziele.model_copy(update={"integrationsquote": quote})})
    made = _drafted(tmp_path, before)
    assert made.record.ziele.integrationsquote.alleinerziehende is None
    assert "Integrationsquote der Alleinerziehenden (um 2,0 %" in made.left_out[0]


def test_what_was_read_unsurely_is_to_be_looked_at_beside_the_text(tmp_path: Path) -> None:
    doubts = {"ziele.individuell.4.titel": "zwei Lesungen", "haushalt.verwaltungskosten": "Ziffer undeutlich", "akte": "x"}
    made = _drafted(tmp_path, emsland_2024(), doubts)
    assert made.comments["ziele.individuell.4.titel"] == "PRÜFEN: zwei Lesungen"
    assert made.comments["haushalt.verwaltungskosten"] == "2024: 13.155.724 Euro\nPRÜFEN: Ziffer undeutlich"


# ---------------------------------------------------------------- the wording and rahmen.yaml


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


def _texts(unit: Unit) -> list[str]:
    return [part for part in unit.parts if isinstance(part, str)]


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


def _read(document: Any, form: str, folder: Path, library: Library) -> Vereinbarung:
    found = read_back(document, form, folder, library)
    assert found.record.abweichungen == ()
    assert [each.feld for each in found.found if each.doubtful] == []
    return found.record


@pytest.mark.law
@given(records())
def test_the_draft_of_any_valid_record_loads_fills_the_new_wording_and_is_proven(before: Vereinbarung) -> None:
    new = _new_wording()
    try:
        prove(wording(), before, REGISTER, fill(wording(), before, REGISTER))
    except WordingError:
        assume(False)
    row = REGISTER.find(before.traeger, 2025)
    made = draft(new, _rahmen(), row, Source(before, "2024.yaml"), REGISTER)
    text = dump_record(made.record, header=made.header, comments=made.comments)
    loaded = load_text(text, Vereinbarung, Path("entwurf.yaml")).record
    assert loaded == made.record
    assert made.left_out == ()
    assert "Lässt sich so noch nicht drucken" not in made.header
    texts = {path: value for path, value in angaben(before).items() if path.startswith(("ziele.ind", "rahmenb")) and value is not OFFEN}
    assert {path: value_at(loaded, path) for path in texts} == texts
    assert not any(isinstance(value, Zielwert | Decimal | int | date) for path, value in angaben(loaded).items() if path != "jahr")


_cached: list[Wording] = []


def _new_wording() -> Wording:
    if not _cached:
        _cached.append(_renewed(ROOT / "templates" / "ni"))
    return _cached[0]


def test_a_value_that_was_not_read_is_not_called_open(tmp_path: Path) -> None:
    before = emsland_2024()
    before = before.model_copy(update={"haushalt": before.haushalt.model_copy(update={"verwaltungskosten": OFFEN})})
    made = _drafted(tmp_path, before, {"haushalt.verwaltungskosten": "nicht lesbar: „13.1“", "unterschriften.land.1.name": "x"})
    assert made.comments["haushalt.verwaltungskosten"] == "2024: nicht gelesen\nPRÜFEN: nicht lesbar: „13.1“"
    assert "PRÜFEN" not in made.header


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
    assert len(before) == 2
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
    both = _rahmen().model_copy(update={"jahr": 2024, "ministerien": two})
    text = draft_rahmen(_renewed(tmp_path), both, "rahmen.yaml")
    assert "# Nicht übernommen: Ministerium 2: Name (C): Der Wortlaut ni/2025 sieht die Angabe nicht vor." in text
    assert set(load_text(text, Rahmen, tmp_path / "rahmen.yaml").record.ministerien) == {1}
