"""The commands of the year: what is sent and signed, what goes to a Landkreis, and an amendment to begin with."""

from __future__ import annotations

import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from command import ROOT, zv
from test_bad_input import files

from agreements.library.library import open_library
from agreements.store.journal import history
from agreements.store.sent import sent_of

Capture = pytest.CaptureFixture[str]
EMSLAND = (2024, "lk-emsland")
NAME = "Zielvereinbarung 2024 Landkreis Emsland"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The agreement of the Emsland, not signed yet, and that of Peine with an open sum."""
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    path = tmp_path / "agreements/2024/lk-emsland.yaml"
    record = path.read_text(encoding="utf-8").replace("stand: unterzeichnet", "stand: entwurf  # noch nicht")
    path.write_text(record, encoding="utf-8")
    other = record.replace("traeger: lk-emsland", "traeger: lk-peine").replace("verwaltungskosten: 13155724", "verwaltungskosten: null")
    path.with_name("lk-peine.yaml").write_text(other, encoding="utf-8")
    return tmp_path


# ---------------------------------------------------------------- setze-stand


def test_what_is_sent_is_noted_with_its_day_and_kept_with_its_files(folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "setze-stand", "2024", "emsland", "versandt", "--am", "15.1.2024", "--ordner", folder)
    assert ended.code == 0, ended
    assert ended.out.startswith("2024/lk-emsland: versandt seit 15.01.2024 (bisher entwurf); aufgehoben in ")
    store = open_library(folder).store
    stored = store.load(EMSLAND)
    assert (stored.record.akte.stand, stored.record.akte.stand_am) == ("versandt", date(2024, 1, 15))
    assert "# noch nicht" in stored.text, "comments stay"
    assert [each.befehl for each in history(stored).eintraege][-1] == "Stand: versandt am 15.01.2024"
    sent = sent_of(store, *EMSLAND)
    assert sent and sent.record.read_text(encoding="utf-8") == stored.text
    assert sent.wording and {path.name for path in sent.files} == {f"{NAME}.docx", f"{NAME}.pdf"}


def test_all_of_a_year_are_noted_and_one_that_fails_stops_no_other(folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "setze-stand", "2024", "--alle", "unterzeichnet", "--ordner", folder)
    assert ended.code == 1
    assert ended.out.startswith("2024/lk-emsland: unterzeichnet ") and "lk-peine" not in ended.out
    assert "Als unterzeichnet lässt sich nicht vermerken, was noch offen ist:" in ended.err and "Verwaltungskosten" in ended.err
    store = open_library(folder).store
    assert store.load(EMSLAND).record.akte.stand == "unterzeichnet"
    assert store.load((2024, "lk-peine")).record.akte.stand == "entwurf"


def test_what_one_call_noted_of_all_is_taken_back_at_once(folder: Path, capsys: Capture) -> None:
    before = {path.name: path.read_bytes() for path in (folder / "agreements/2024").glob("lk-*.yaml")}
    assert zv(capsys, "setze-stand", "2024", "--alle", "entwurf", "--ordner", folder).code == 0
    ended = zv(capsys, "setze-stand", "2024", "--alle", "versandt", "--kuerzel", "Mu", "--ordner", folder)
    assert ended.code == 0 and [line[:15] for line in ended.out.splitlines()] == ["2024/lk-emsland", "2024/lk-peine: "], ended
    kuerzel = {history(open_library(folder).store.load(each)).eintraege[-1].kuerzel for each in (EMSLAND, (2024, "lk-peine"))}
    assert kuerzel == {"Mu"}
    ended = zv(capsys, "zurueck", "--ordner", folder)
    assert ended.code == 0 and ended.out.count("Zurückgenommen ist Schritt") == 2
    assert {path.name: path.read_bytes() for path in (folder / "agreements/2024").glob("lk-*.yaml")} == before


def test_the_day_of_a_signed_agreement_is_that_of_the_last_signature_and_unknown_where_one_is_blank(folder: Path, capsys: Capture) -> None:
    zv(capsys, "setze-stand", "2024", "emsland", "unterzeichnet", "--ordner", folder)
    assert open_library(folder).store.load(EMSLAND).record.akte.stand_am is None, "the Land's day is left blank"
    path = folder / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text("utf-8").replace("datum: null", "datum: 2024-03-04"), encoding="utf-8")
    zv(capsys, "setze-stand", "2024", "emsland", "unterzeichnet", "--ordner", folder)
    assert open_library(folder).store.load(EMSLAND).record.akte.stand_am == date(2024, 3, 4)


def test_a_draft_again_has_no_day(folder: Path, capsys: Capture) -> None:
    zv(capsys, "setze-stand", "2024", "emsland", "unterzeichnet", "--am", "2024-02-15", "--ordner", folder)
    ended = zv(capsys, "setze-stand", "2024", "emsland", "entwurf", "--ordner", folder)
    assert ended.out == "2024/lk-emsland: entwurf (bisher unterzeichnet)\n"
    assert open_library(folder).store.load(EMSLAND).record.akte.stand_am is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2024", "emsland"), "Am Ende fehlt der Stand: entwurf, versandt oder unterzeichnet."),
        (("2024", "emsland", "fertig"), "Am Ende fehlt der Stand"),
        (("2024", "versandt"), "Es fehlt der Träger."),
        (("2024", "emsland", "--alle", "versandt"), "Mit --alle wird nur das Jahr genannt."),
        (("2024", "emslnd", "versandt"), "Gemeint ist vielleicht lk-emsland"),
        (("2024", "emsland", "versandt", "--am", "31.2.2024"), "„31.2.2024“ ist kein Tag."),
        (("2024", "emsland", "versandt", "--am", "1.1.2099"), "kommt erst noch"),
        (("2031", "--alle", "versandt"), "Für 2031 gibt es keine Datensätze."),
    ],
)
def test_a_stand_that_cannot_be_meant_is_refused_and_nothing_noted(
    words: tuple[str, ...], said: str, folder: Path, capsys: Capture
) -> None:
    before = files(folder)
    ended = zv(capsys, "setze-stand", *words, "--ordner", folder)
    assert ended.code == 2 and ended.out == "" and said in ended.err and len(ended.err.splitlines()) == 1
    assert files(folder) == before


def test_what_cannot_be_printed_is_not_noted_as_sent(folder: Path, capsys: Capture) -> None:
    path = folder / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text("utf-8").replace("wortlaut: ni/2024", "wortlaut: ni/2019"), encoding="utf-8")
    before = files(folder)
    ended = zv(capsys, "setze-stand", "2024", "emsland", "versandt", "--ordner", folder)
    assert ended.code == 1 and "Einen Wortlaut „ni/2019“ gibt es nicht." in ended.err
    assert files(folder) == before


# ---------------------------------------------------------------- paket


def test_a_package_has_pdf_word_and_synopse_under_names_that_are_understood(folder: Path, capsys: Capture) -> None:
    assert zv(capsys, "entwirf", "2025", "emsland", "--ordner", folder).code == 0
    ended = zv(capsys, "paket", "2025", "emsland", "--ordner", folder)
    name = "Zielvereinbarung 2025 Landkreis Emsland"
    path = folder / f"out/paket/2025/{name}.zip"
    assert (ended.code, ended.err) == (0, "") and ended.out.startswith(str(path))
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [f"Synopse zur {name}.pdf", f"{name}.docx", f"{name}.pdf"]
        assert all(archive.read(each)[:4] in (b"%PDF", b"PK\x03\x04") for each in archive.namelist())
    first = path.read_bytes()
    assert zv(capsys, "paket", "2025/emsland", "--ordner", folder).code == 0
    assert path.read_bytes() == first
    assert [each.name for each in (folder / "agreements/2025/versandt/lk-emsland").iterdir() if each.name.isdecimal()] == ["1"]


def test_a_package_of_a_whole_year_is_one_file_for_each_and_says_why_one_is_missing(folder: Path, capsys: Capture) -> None:
    (folder / "agreements/2024/lk-peine.yaml").write_text("jahr: 2024\n", encoding="utf-8")
    ended = zv(capsys, "paket", "2024", "--nach", folder / "Versand", "--ordner", folder)
    assert ended.code == 1 and "lk-peine.yaml" in ended.err
    assert "Ohne Synopse:" in ended.err and "2023" in ended.err
    assert [path.name for path in (folder / "Versand/2024").iterdir()] == [f"{NAME}.zip"]


def test_an_open_agreement_is_no_final_package(folder: Path, capsys: Capture) -> None:
    before = files(folder)
    ended = zv(capsys, "paket", "2024", "peine", "--endgueltig", "--ordner", folder)
    assert ended.code == 1 and "lk-peine.yaml" in ended.err
    assert files(folder) == before


# ---------------------------------------------------------------- aenderung


def test_a_new_amendment_shows_what_holds_and_says_nothing_yet(folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "aenderung", "2024", "emsland", "--ordner", folder)
    path = folder / "agreements/2024/lk-emsland-1.yaml"
    assert ended.code == 0 and ended.out.startswith(str(path))
    assert "noch nicht als unterzeichnet vermerkt" in ended.err
    text = path.read_text(encoding="utf-8")
    assert "\n  #   haushalt:\n  #     gesamtbudget_mio: 21.9\n  #     verwaltungskosten: 13155724\n" in text
    stored = open_library(folder).store.load((2024, "lk-emsland-1"))
    assert stored.record.aenderung and stored.record.aenderung.nummer == 1
    assert stored.record.unterschriften.traeger[1].name == "Martin Gerenkamp"


def test_what_is_uncommented_in_a_new_amendment_changes_the_agreement(folder: Path, capsys: Capture) -> None:
    zv(capsys, "aenderung", "2024/emsland", "--ordner", folder)
    path = folder / "agreements/2024/lk-emsland-1.yaml"
    text = path.read_text(encoding="utf-8").replace("grund: null", "grund:\n    - Neuer Haushalt.")
    text = text.replace("  # neu:", "  neu:").replace("  #   haushalt:", "    haushalt:")
    path.write_text(text.replace("  #     verwaltungskosten: 13155724", "      verwaltungskosten: 13655724"), encoding="utf-8")
    ended = zv(capsys, "gilt", "2024/emsland", "--ordner", folder)
    assert ended.code == 0 and "13.655.724" in ended.out and "Änderung Nr. 1" in ended.out
    assert zv(capsys, "drucke", "2024", "emsland-1", "--format", "text", "--ordner", folder).code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("2024",), "Gefragt wird nach einer Vereinbarung"),
        (("2024/emsland-1",), "nicht eine Änderung von ihr"),
        (("2024/aurich",), "Für 2024 gibt es keinen Datensatz „lk-aurich“."),
        (("2024/emsland", "2024/peine"), "Gefragt wird nach einer Vereinbarung"),
    ],
)
def test_an_amendment_of_nothing_is_refused(words: tuple[str, ...], said: str, folder: Path, capsys: Capture) -> None:
    before = files(folder)
    ended = zv(capsys, "aenderung", *words, "--ordner", folder)
    assert ended.code in (2, 3) and ended.out == "" and said in ended.err
    assert files(folder) == before


def test_what_stands_elsewhere_than_in_the_record_is_told_with_that_file_and_an_entry_by_its_number(folder: Path, capsys: Capture) -> None:
    path = folder / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text("utf-8").replace("Gemeinsame Bedarfsabfrage", "Im Jahr 2023 Bedarfsabfrage", 1), encoding="utf-8")
    zv(capsys, "entwirf", "2025", "emsland", "--ordner", folder)
    shown = zv(capsys, "offen", "2025/emsland", "--ordner", folder).out
    assert "Unterschrift Land 1: Name ist noch offen." in shown and "in rahmen.yaml" in shown
    assert "ziele.individuell" not in shown
    assert "Eintrag: Der Text ist übernommen" in " ".join(shown.split())


def test_an_amendment_that_is_begun_is_not_begun_again_over_it(folder: Path, capsys: Capture) -> None:
    zv(capsys, "aenderung", "2024/emsland", "--ordner", folder)
    before = files(folder)
    ended = zv(capsys, "aenderung", "2024/emsland", "--ordner", folder)
    assert ended.code == 1 and "Die Änderung ändert nichts." in ended.err and len(ended.err.splitlines()) == 1
    assert files(folder) == before
