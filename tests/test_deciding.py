"""Open points are listed and decided on the command line; each decision is one step that can be taken back."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from command import ROOT, Ended, zv
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from round_trip import emsland

from agreements.deciding.decisions import Decision, decided
from agreements.deciding.points import Punkt, chosen, points
from agreements.errors import UsageError
from agreements.library.library import Library, open_library
from agreements.model.akte import Entscheidungsart, Lesung, OffenerPunkt, kennung
from agreements.model.record import Abweichung, Akte, Quelle, Vereinbarung
from agreements.store.journal import decide, undo
from agreements.store.store import Gespeichert

Capture = pytest.CaptureFixture[str]
WHERE = "2024/lk-emsland"
SUM = "a" * 64
COSTS, TITLE, EXTRA = "haushalt.verwaltungskosten", "ziele.individuell.4.titel", "unterschriften.traeger.1.funktion"
TWICE = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="dreimal")
LONG = Abweichung(stelle="I.2", art="ersetzt", alt="langfristige", neu="langfrislige")


def point(art: Any, ort: str, worte: str = "", wert: str | None = None, **said: Any) -> OffenerPunkt:
    return OffenerPunkt(kennung=kennung(ort, art, worte, SUM), art=art, grund=f"Grund {worte}".strip(),
                        lesungen=(Lesung(text=worte, wert=wert),), seite=3, **said)  # fmt: skip


POINTS = (
    point("unsicher", COSTS, "13.155.724", "13.155.724", feld=COSTS),
    point("unsicher", EXTRA, "?", "–", feld=EXTRA),
    point("unsicher", TITLE, "Titel", feld=TITLE),
    point("abweichung", "I.2", "langfrislige", stelle="I.2", abweichung=LONG),
    point("abweichung", "III.§3.1", "dreimal", stelle="III.§3.1", abweichung=TWICE),
    point("kommentar", "", "Kommentar von Erika Muster: bitte prüfen"),
)
BY_WORDS = {each.lesungen[0].text or "": each.kennung for each in POINTS}


def read_record() -> Vereinbarung:
    """The agreement as a reading that left six points open made it."""
    akte = Akte(quelle=Quelle(datei="Emsland.pdf", sha256=SUM, lesart="texterkennung"), offen=POINTS, uebernommen={TITLE: 2023})
    return emsland().model_copy(update={"akte": akte})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", tmp_path / "agreements/2024")
    library = open_library(tmp_path)
    library.store.save(library.own(read_record()), header="Von Hand: bleibt stehen.")
    return tmp_path


def record(folder: Path) -> Vereinbarung:
    return open_library(folder).store.load((2024, "lk-emsland")).record


def text_of(folder: Path) -> str:
    return (folder / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8")


def bestaetige(capsys: Capture, folder: Path, *words: str) -> Ended:
    return zv(capsys, "bestaetige", WHERE, *words, "--ordner", folder)


def listed(capsys: Capture, folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(zv(capsys, "offen", WHERE, "--format", "json", "--ordner", folder).out)
    return found


# ---------------------------------------------------------------- the list


def test_every_point_is_listed_with_its_record_its_line_and_its_place(folder: Path, capsys: Capture) -> None:
    found = listed(capsys, folder)
    assert [each["art"] for each in found] == [*["unsicher"] * 3, *["abweichung"] * 2, "kommentar", "uebernommen"]
    costs = next(each for each in found if each.get("feld") == COSTS)
    assert (costs["vereinbarung"], costs["seite"], costs["name"]) == (WHERE, 3, "Verwaltungskosten (Euro)")
    assert "verwaltungskosten: 13155724" in text_of(folder).splitlines()[costs["zeile"] - 1]


@pytest.mark.parametrize("order", ["dokument", "art"])
def test_the_list_is_readable_on_80_columns(order: str, folder: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = zv(capsys, "offen", "2024", "--nach", order, "--ordner", folder).out
    assert all(len(line) <= 80 for line in said.splitlines())
    assert BY_WORDS["dreimal"][:4] in said and "7 Punkte in 1 Vereinbarung." in said
    headings = [line for line in said.splitlines() if line and not line.startswith(" ")]
    assert ("2024/lk-emsland, 7 Punkte" in headings) == (order == "dokument")
    assert ("Unsicher gelesen, 3 Punkte" in headings) == (order == "art")


def test_a_value_that_is_open_and_what_a_rule_finds_wrong_are_listed_too(folder: Path, capsys: Capture) -> None:
    path = folder / "agreements/2024/lk-emsland.yaml"
    path.write_text(text_of(folder).replace("gesamtbudget_mio: 21.9", "gesamtbudget_mio: 31.9").replace(": 8696936", ": 8696937"), "utf-8")
    rules = [each for each in listed(capsys, folder) if each["art"] == "pruefregel"]
    assert [each["regel"].partition("@")[0] for each in rules] == ["summe"]
    path.write_text(text_of(folder).replace("gesamtbudget_mio: 31.9", "gesamtbudget_mio: null"), "utf-8")
    assert [each["feld"] for each in listed(capsys, folder) if each["art"] == "offen"] == ["haushalt.gesamtbudget_mio"]


def test_where_nothing_is_open_that_is_said(tmp_path: Path, capsys: Capture) -> None:
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    assert zv(capsys, "offen", WHERE, "--ordner", tmp_path).out.strip() == "Nichts ist zu entscheiden."


# ---------------------------------------------------------------- decisions


def test_what_is_confirmed_is_no_longer_open_and_says_when_and_by_whom(folder: Path, capsys: Capture) -> None:
    ended = bestaetige(capsys, folder, BY_WORDS["13.155.724"][:5], "--kuerzel", "MK")
    assert ended.code == 0 and "Verwaltungskosten (Euro): bestätigt" in ended.out and "noch 6 Punkte" in ended.out
    [entry] = record(folder).akte.entschieden
    assert (entry.kennung, entry.feld, entry.wie, entry.kuerzel) == (BY_WORDS["13.155.724"], COSTS, "bestaetigt", "MK")
    assert COSTS not in [each.get("feld") for each in listed(capsys, folder)]


def test_the_right_value_is_written_in_german_form(folder: Path, capsys: Capture) -> None:
    assert bestaetige(capsys, folder, BY_WORDS["13.155.724"], "--wert", "13.155.742").code == 0
    assert record(folder).haushalt.verwaltungskosten == 13155742
    assert record(folder).akte.entschieden[0].wie == "berichtigt"


def test_an_agreed_departure_is_printed_and_a_misread_one_is_not(folder: Path, capsys: Capture) -> None:
    assert bestaetige(capsys, folder, BY_WORDS["dreimal"], "--vereinbart").code == 0
    assert bestaetige(capsys, folder, BY_WORDS["langfrislige"], "--lesefehler").code == 0
    assert record(folder).abweichungen == (TWICE,)
    assert zv(capsys, "drucke", WHERE, "--format", "text", "--ordner", folder).code == 0
    printed = (folder / "out/2024/lk-emsland.txt").read_text(encoding="utf-8")
    assert "jedoch dreimal jährlich" in printed and "langfristige" in printed and "langfrislige" not in printed


def test_departures_agreed_one_after_another_keep_the_order_of_the_document(folder: Path, capsys: Capture) -> None:
    for words in ("dreimal", "langfrislige"):
        assert bestaetige(capsys, folder, BY_WORDS[words], "--vereinbart").code == 0
    assert record(folder).abweichungen == (LONG, TWICE)


def test_all_points_of_a_kind_are_decided_at_once(folder: Path, capsys: Capture) -> None:
    assert bestaetige(capsys, folder, "abweichung", "--lesefehler").code == 0
    assert "abweichung" not in {each["art"] for each in listed(capsys, folder)}
    assert record(folder).abweichungen == ()


@pytest.mark.parametrize(("option", "there"), [("--nicht-lesbar", True), ("--steht-nicht-da", False)])
def test_what_cannot_be_read_stays_open_and_what_is_not_there_goes(option: str, there: bool, folder: Path, capsys: Capture) -> None:
    ended = bestaetige(capsys, folder, BY_WORDS["?"], option)
    assert ended.code == 0, ended.err
    assert record(folder).akte.entschieden[0].wie == option.removeprefix("--")
    assert ("funktion: null" in text_of(folder)) == there
    assert EXTRA not in [each.get("feld") for each in listed(capsys, folder) if each["art"] == "unsicher"]


def test_after_everything_is_decided_the_final_print_is_let_out(folder: Path, capsys: Capture) -> None:
    assert zv(capsys, "drucke", WHERE, "--endgueltig", "--format", "text", "--ordner", folder).code == 1
    assert bestaetige(capsys, folder, "abweichung", "--lesefehler").code == 0
    assert bestaetige(capsys, folder, BY_WORDS["?"], "--steht-nicht-da").code == 0
    assert bestaetige(capsys, folder, "unsicher", "kommentar").code == 0
    assert zv(capsys, "durchgesehen", WHERE, "--ordner", folder).code == 0
    assert listed(capsys, folder) == []
    ended = zv(capsys, "drucke", WHERE, "--endgueltig", "--format", "text", "--ordner", folder)
    assert ended.code == 0, ended.err


def test_a_departure_that_a_file_states_is_confirmed_or_struck(tmp_path: Path, capsys: Capture) -> None:
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    path = tmp_path / "agreements/2024/lk-emsland.yaml"
    before = path.read_text(encoding="utf-8") + "abweichungen: [{stelle: III.§3.1, art: ersetzt, alt: zweimal, neu: dreimal}]\n"
    path.write_text(before, encoding="utf-8")
    [found] = [each for each in listed(capsys, tmp_path) if each["art"] == "abweichung"]
    assert bestaetige(capsys, tmp_path, found["kennung"], "--vereinbart").code == 0
    assert listed(capsys, tmp_path) == [] and record(tmp_path).abweichungen == (TWICE,)
    assert zv(capsys, "zurueck", WHERE, "--ordner", tmp_path).code == 0 and path.read_text(encoding="utf-8") == before
    assert bestaetige(capsys, tmp_path, found["kennung"], "--lesefehler").code == 0
    assert record(tmp_path).abweichungen == ()


def test_a_value_of_an_amendment_is_decided_in_its_own_file(tmp_path: Path, capsys: Capture) -> None:
    shutil.copytree(ROOT / "agreements/2024", tmp_path / "agreements/2024")
    path = tmp_path / "agreements/2024/lk-emsland-1.yaml"
    open_point = f"{{kennung: {'0' * 11}a, art: unsicher, feld: aenderung.neu.{COSTS}, grund: undeutlich}}"
    path.write_text(
        "jahr: 2024\ntraeger: lk-emsland\nwortlaut: ni/aenderung-2024\naenderung:\n  nummer: 1\n  neu:\n    haushalt:\n"
        f"      verwaltungskosten: 13655724\n      gesamtbudget_mio: 22.4\nakte:\n  offen: [{open_point}]\n", encoding="utf-8",
    )  # fmt: skip
    ended = zv(capsys, "bestaetige", f"{WHERE}-1", "0000", "--wert", "13.655.742", "--ordner", tmp_path)
    assert ended.code == 0, ended.err
    assert "verwaltungskosten: 13655742" in path.read_text(encoding="utf-8")
    assert "undeutlich" not in zv(capsys, "offen", f"{WHERE}-1", "--ordner", tmp_path).out


def test_carried_texts_are_ticked_off(folder: Path, capsys: Capture) -> None:
    assert zv(capsys, "durchgesehen", WHERE, "Ziel 4: Titel", "--ordner", folder).code == 0
    assert record(folder).akte.uebernommen == {}
    again = zv(capsys, "durchgesehen", WHERE, TITLE, "--ordner", folder)
    assert again.code == 2 and "nicht als übernommen vermerkt" in again.err


def test_a_rule_is_silenced_with_its_reason(folder: Path, capsys: Capture) -> None:
    said = zv(capsys, "stilllegen", WHERE, "abweichung@I.2", "--grund", "So  unterzeichnet.", "--ordner", folder)
    assert said.code == 0 and record(folder).akte.stillgelegt == {"abweichung@I.2": "So unterzeichnet."}
    for words in (["abweihung", "--grund", "x"], ["abweichung", "--grund", "  "]):
        assert zv(capsys, "stilllegen", WHERE, *words, "--ordner", folder).code == 2


# ---------------------------------------------------------------- what is refused


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ffff"], "Einen offenen Punkt „ffff“ gibt es in 2024/lk-emsland nicht."),
        ([""], "beginnen mehrere Kennungen"),
        ([BY_WORDS["13.155.724"], "--lesefehler"], "gilt nur für Abweichungen vom Wortlaut"),
        ([BY_WORDS["dreimal"], "--nicht-lesbar"], "Von einer Abweichung wird entschieden, ob sie gilt."),
        ([BY_WORDS["?"]], "Hier steht kein Wert, den man bestätigen könnte."),
        ([BY_WORDS["13.155.724"], "--wert", "viel"], "viel"),
        ([BY_WORDS["Kommentar von Erika Muster: bitte prüfen"], "--wert", "1"], "gehört keine Angabe"),
        ([BY_WORDS["dreimal"], "--vereinbart", "--lesefehler"], "schließen einander aus"),
    ],
)
def test_what_does_not_fit_is_one_german_sentence_and_nothing_is_written(
    words: Sequence[str], said: str, folder: Path, capsys: Capture
) -> None:
    before = text_of(folder)
    ended = bestaetige(capsys, folder, *words)
    assert ended.code == 2 and said in ended.err and "Traceback" not in ended.err
    assert text_of(folder) == before


@pytest.mark.parametrize("where", ["2024/lk-nirgends", "2031/lk-emsland", "2024/rahmen", "2024", "lk-emsland"])
def test_an_agreement_that_is_not_there_is_said(where: str, folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "bestaetige", where, "abcd", "--ordner", folder)
    assert ended.code in (2, 3) and len(ended.err.strip().splitlines()) <= 2 and "Traceback" not in ended.err


def test_what_is_decided_already_says_so(folder: Path, capsys: Capture) -> None:
    name = BY_WORDS["13.155.724"]
    bestaetige(capsys, folder, name)
    assert "ist schon entschieden" in bestaetige(capsys, folder, name).err


# ---------------------------------------------------------------- laws

WAYS: tuple[Entscheidungsart, ...] = ("bestaetigt", "vereinbart", "lesefehler", "nicht-lesbar", "steht-nicht-da")


def _one(library: Library, stored: Gespeichert[Vereinbarung], left: tuple[Punkt, ...], number: int, way: Entscheidungsart) -> str | None:
    """The text with one of the points decided; None where that decision does not fit."""
    each = left[number % len(left)]
    try:
        return decided(library, stored, chosen(left, [each.punkt.kennung], stored.record), Decision(way))
    except UsageError:
        return None


@pytest.mark.law
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.integers(0, 20), st.sampled_from(WAYS)), min_size=1, max_size=5))
def test_undoing_all_decisions_gives_the_record_byte_by_byte(steps: list[tuple[int, Entscheidungsart]], folder: Path) -> None:
    library = open_library(folder)
    stored = library.store.load((2024, "lk-emsland"))
    before, done = stored.text, 0
    for number, way in steps:
        left = points(library, stored)
        text = _one(library, stored, left, number, way) if left else None
        if text is not None and text != stored.text:
            stored, done = decide(library.store, stored, text, "entschieden"), done + 1
            assert len(points(library, stored)) < len(left) or way == "nicht-lesbar"
    for _ in range(done):
        stored = undo(library.store, stored).stored
    assert stored.text == before == text_of(folder)
