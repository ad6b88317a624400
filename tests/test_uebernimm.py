"""`zv uebernimm`: what a Landkreis sends back is looked at as a plan first, then taken in parts, and nothing is taken unasked."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from command import Ended, zv
from returned_word import Change, returned
from round_trip import ROOT

from agreements.library.library import open_library
from agreements.model.fields import value_at
from agreements.model.record import Vereinbarung
from agreements.store.journal_file import journal_path
from agreements.store.sent import keep_sent
from render.pdf import render_pdf
from zv.main import run

Capture = pytest.CaptureFixture[str]
WHERE = "2024/lk-emsland"
STEPS = "ziele.individuell.4.schritte"
COACHING = "Etablierung von Coaching-Elementen nach § 16 k SGB II"
CHANGES = (
    Change("13.155.724", "13.155.800", tracked=True),
    Change("um 5,1 %", "um 4,8 %", tracked=True),
    Change("um 2,7 %", "um 2,9 %"),
    Change(COACHING, "Etablierung von Coaching nach § 16k SGB II", tracked=True),
    Change("Weiterentwicklung der bestehenden Potenzialanalyse", None),
    Change("zweimal", "viermal", tracked=True),
    Change("Martin Gerenkamp", "Marc-André Burgdorf"),
)
ADDED = (Change("Gemeinsame Bedarfsabfrage", "Ein ganz neuer Schritt"),)
COMMENT = ("Arbeit in regionalen Netzwerken", "Das machen wir schon lange.")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose agreement was sent, and what came back of it: eight changes, two of them what we changed, too, or fixed text."""
    folder = tmp_path_factory.mktemp("amt")
    shutil.copytree(ROOT / "agreements/2024", folder / "agreements/2024")
    library = open_library(folder)
    made = folder / "out/2024/lk-emsland.docx"
    assert run(["drucke", WHERE, "--format", "docx", "--ordner", str(folder)]) == 0
    stored, wording = library.store.load((2024, "lk-emsland")), library.store.find("templates/ni/2024.j2")
    keep_sent(library.store, stored, library.store.stored_rahmen(2024), wording, {made.name: made.read_bytes()})
    assert run(["setze", WHERE, "Verwaltungskosten", "13.155.999", "--ordner", str(folder)]) == 0
    returned(made, folder / "Rücklauf.docx", CHANGES, COMMENT, ADDED)
    return folder


@pytest.fixture
def folder(office: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(office, tmp_path / "amt"))


def uebernimm(capsys: Capture, folder: Path, *words: str, where: str = WHERE, datei: str = "Rücklauf.docx") -> Ended:
    return zv(capsys, "uebernimm", "--ordner", folder, where, folder / datei, *words)


def plan(capsys: Capture, folder: Path, *words: str) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(uebernimm(capsys, folder, "--format", "json", *words).out)
    return made


def record(folder: Path) -> Vereinbarung:
    return open_library(folder).store.load((2024, "lk-emsland")).record


def text_of(folder: Path) -> bytes:
    return (folder / "agreements/2024/lk-emsland.yaml").read_bytes()


# ---------------------------------------------------------------- the plan


def test_the_plan_says_of_each_change_what_was_sent_what_is_here_and_what_came(folder: Path, capsys: Capture) -> None:
    before = text_of(folder)
    made = plan(capsys, folder)
    assert [(each["name"], each["vorschlag"], each["konflikt"], each["nachverfolgt"]) for each in made["aenderungen"]] == [
        ("Verwaltungskosten (Euro)", "entscheiden", True, True),
        ("Integrationsquote der Frauen", "nehmen", False, True),
        ("Integrationsquote der Männer", "nehmen", False, False),
        ("Ziel 4: Umsetzungsschritte, 4. Eintrag", "nehmen", False, True),
        ("Ziel 4: Umsetzungsschritte, 6. Eintrag", "nehmen", False, False),
        ("Ziel 6: Umsetzungsschritte, 7. Eintrag", "nehmen", False, False),
        ("Unterschrift Träger 1: Name", "nehmen", False, False),
        ("Wortlaut III.§3.1", "lehnen", False, True),
    ]
    first = made["aenderungen"][0]
    assert (first["gesandt"], first["hier"], first["gekommen"]) == (["13.155.724"], ["13.155.999"], ["13.155.800"])
    assert made["gesandt"] == "agreements/2024/versandt/lk-emsland/1" and text_of(folder) == before
    assert len(made["sha256_datensatz"]) == len(made["sha256_datei"]) == 64


def test_the_plan_can_be_read_by_people_with_the_comments_and_how_to_go_on(folder: Path, capsys: Capture) -> None:
    shown = uebernimm(capsys, folder).out
    assert "  2  Integrationsquote der Frauen (nehmen, nachverfolgt)\n     bisher    um 5,1 % im" in shown
    assert "Kommentar von Erika Muster, im Absatz „Arbeit in regionalen Netzwerken“: Das machen wir schon" in shown
    assert "8 Änderungen: 6 zu nehmen, 1 zu entscheiden, 1 am Wortlaut" in shown and "--nimm 1,3-5" in shown
    assert max(map(len, shown.splitlines())) < 250


# ---------------------------------------------------------------- taking


def test_all_takes_what_is_proposed_and_undo_gives_it_back(folder: Path, capsys: Capture) -> None:
    before = text_of(folder)
    plan(capsys, folder)
    ended = uebernimm(capsys, folder, "--alle", "--kuerzel", "MK")
    assert ended.code == 0 and "8 abgelehnt: Wortlaut III.§3.1" in ended.out and "Noch zu entscheiden: 1." in ended.out
    now = record(folder)
    assert now.haushalt.verwaltungskosten == 13155999 and not now.abweichungen
    assert str(value_at(now, "ziele.integrationsquote.frauen.wert")) == "4.8"
    steps = value_at(now, STEPS)
    assert "Etablierung von Coaching nach § 16k SGB II" in steps and len(steps) == 7
    assert value_at(now, "ziele.individuell.6.schritte")[6] == "Ein ganz neuer Schritt"
    assert now.unterschriften.traeger[1].name == "Marc-André Burgdorf"
    undone = zv(capsys, "zurueck", WHERE, "--ordner", folder)
    assert "aus Rücklauf.docx übernommen: Integrationsquote der Frauen" in undone.out and text_of(folder) == before
    assert [each["entscheidung"] for each in plan(capsys, folder)["aenderungen"]] == [None] * 7 + ["abgelehnt"]
    assert uebernimm(capsys, folder, "--alle").code == 0 and text_of(folder) != before


def test_numbers_hold_until_all_is_decided_and_a_conflict_is_taken_by_its_number(folder: Path, capsys: Capture) -> None:
    plan(capsys, folder)
    assert uebernimm(capsys, folder, "--nimm", "2").code == 0
    assert "Änderung 2 ist schon übernommen" in uebernimm(capsys, folder, "--nimm", "2").err
    made = plan(capsys, folder, "--nimm", "1,4-5", "--lehne", "3")
    assert [each["entscheidung"] for each in made["aenderungen"]] == ["genommen"] * 2 + ["abgelehnt"] + ["genommen"] * 2 + [None] * 3
    assert uebernimm(capsys, folder, "--nimm", "8").code == 0
    now = record(folder)
    assert now.haushalt.verwaltungskosten == 13155800 and str(value_at(now, "ziele.integrationsquote.maenner.wert")) == "2.7"
    assert [(each.stelle, each.neu) for each in now.abweichungen] == [("III.§3.1", "viermal")]
    left = [(each["name"], each["entscheidung"]) for each in plan(capsys, folder)["aenderungen"]]
    assert left == [("Integrationsquote der Männer", "abgelehnt"), ("Ziel 6: Umsetzungsschritte, 7. Eintrag", None),
                    ("Unterschrift Träger 1: Name", None)]  # fmt: skip


def test_a_pdf_that_came_back_is_taken_over_likewise(folder: Path, capsys: Capture) -> None:
    """The Landkreis filled the Word file in and sent a PDF of it."""
    library = open_library(folder)
    sent = library.effective(library.store.load((2024, "lk-emsland")).record)
    goal = sent.ziele.individuell[4].model_copy(update={"titel": "Ein anderer Titel"})
    goals = sent.ziele.model_copy(update={"individuell": {**sent.ziele.individuell, 4: goal}})
    haushalt = sent.haushalt.model_copy(update={"verwaltungskosten": 13155724})
    (folder / "Rücklauf.pdf").write_bytes(render_pdf(library.filled(sent.model_copy(update={"ziele": goals, "haushalt": haushalt}))))
    shown = uebernimm(capsys, folder, datei="Rücklauf.pdf").out
    assert "  1  Ziel 4: Titel (nehmen)" in shown and "1 Änderung: 1 zu nehmen." in shown
    assert uebernimm(capsys, folder, "--alle", datei="Rücklauf.pdf").code == 0
    assert record(folder).ziele.individuell[4].titel == "Ein anderer Titel" and record(folder).haushalt.verwaltungskosten == 13155999


def test_what_came_back_is_read_with_the_wording_that_was_sent(folder: Path, capsys: Capture) -> None:
    """The ministry revised a sentence meanwhile: that is no change of the Landkreis's."""
    before = list(plan(capsys, folder)["aenderungen"])
    now = folder / "templates/ni/2024.j2"
    now.parent.mkdir(parents=True)
    text = (ROOT / "templates/ni/2024.j2").read_text("utf-8")
    assert "menschenwürdiges" in text
    now.write_text(text.replace("menschenwürdiges", "würdiges", 1), encoding="utf-8")
    made = plan(capsys, folder)
    assert made["aenderungen"] == before
    assert made["bemerkungen"][0].startswith("Der Wortlaut wurde seit dem Versand geändert; gelesen ist mit dem, der versandt wurde")
    assert uebernimm(capsys, folder, "--alle").code == 0
    assert record(folder).abweichungen == () and "viermal" not in str(record(folder))


def test_without_what_was_sent_nothing_is_proposed_and_that_is_said(folder: Path, capsys: Capture) -> None:
    shutil.rmtree(folder / "agreements/2024/versandt")
    before = text_of(folder)
    assert "ist nicht aufbewahrt" in uebernimm(capsys, folder).out
    assert {each["vorschlag"] for each in plan(capsys, folder)["aenderungen"]} == {"entscheiden", "lehnen"}
    assert "0 abgelehnt" not in uebernimm(capsys, folder, "--alle").out and text_of(folder) == before
    assert uebernimm(capsys, folder, "--nimm", "2").code == 0 and text_of(folder) != before


# ---------------------------------------------------------------- what is refused


def test_a_plan_is_stale_once_the_record_changed(folder: Path, capsys: Capture) -> None:
    plan(capsys, folder)
    zv(capsys, "setze", WHERE, "haushalt.gesamtbudget_mio", "22,0", "--ordner", folder)
    before = text_of(folder)
    for words in (("--alle",), ("--nimm", "2"), ("--lehne", "2")):
        ended = uebernimm(capsys, folder, *words)
        assert ended.code == 1 and "Der Datensatz wurde geändert, seit der Plan angesehen wurde" in ended.err
    assert text_of(folder) == before


def test_a_plan_is_stale_once_the_file_changed(folder: Path, capsys: Capture) -> None:
    plan(capsys, folder)
    returned(folder / "out/2024/lk-emsland.docx", folder / "Rücklauf.docx", CHANGES[:2])
    before = text_of(folder)
    ended = uebernimm(capsys, folder, "--nimm", "2")
    assert ended.code == 1 and "Der Plan gehört zu einer anderen Datei" in ended.err and text_of(folder) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--nimm", "9"), "„9“ ist keine Nummer des Plans. Er hat 8 Änderungen."),
        (("--nimm", "zwei"), "„zwei“ ist keine Nummer des Plans."),
        (("--nimm", "5-3"), "„5-3“ ist keine Nummer des Plans."),
        (("--nimm", "1-3", "--lehne", "2"), "Änderung 2 kann man nicht zugleich nehmen und ablehnen."),
    ],
)
def test_numbers_that_mean_nothing_are_said(words: tuple[str, ...], said: str, folder: Path, capsys: Capture) -> None:
    plan(capsys, folder)
    before = text_of(folder)
    ended = uebernimm(capsys, folder, *words)
    assert ended.code == 2 and said in ended.err and text_of(folder) == before


def test_numbers_without_a_plan_are_refused(folder: Path, capsys: Capture) -> None:
    ended = uebernimm(capsys, folder, "--nimm", "1")
    assert ended.code == 2 and "Zu den Nummern gibt es noch keinen Plan. Zuerst ansehen: zv uebernimm" in ended.err


def test_a_file_of_another_agreement_is_refused(folder: Path, capsys: Capture) -> None:
    path = folder / "agreements/2024/lk-leer.yaml"
    path.write_bytes(text_of(folder).replace(b"traeger: lk-emsland", b"traeger: lk-leer"))
    before = path.read_bytes()
    ended = uebernimm(capsys, folder, "--alle", where="2024/lk-leer")
    assert ended.code == 2 and "Das Dokument ist 2024/lk-emsland, nicht 2024/lk-leer." in ended.err and path.read_bytes() == before


@pytest.mark.parametrize(("where", "datei", "code", "said"), [
    ("2024/rahmen", "Rücklauf.docx", 2, "Zurück kommt eine Vereinbarung"),
    (WHERE, "fehlt.docx", 3, "Die Datei gibt es nicht"),
    (WHERE, "agreements/2024/lk-emsland.yaml", 3, ""),
    ("2031/lk-emsland", "Rücklauf.docx", 3, "Für 2031 gibt es keinen Datensatz"),
])  # fmt: skip
def test_what_is_not_there_or_no_document_is_said(where: str, datei: str, code: int, said: str, folder: Path, capsys: Capture) -> None:
    ended = uebernimm(capsys, folder, where=where, datei=datei)
    assert ended.code == code and said in ended.err and "Traceback" not in ended.err


def test_with_a_damaged_journal_nothing_is_taken_and_nothing_counts_as_decided(folder: Path, capsys: Capture) -> None:
    before = text_of(folder)
    plan(capsys, folder)
    path = journal_path(folder / "agreements/2024/lk-emsland.yaml")
    path.write_bytes(path.read_bytes()[40:])
    ended = uebernimm(capsys, folder, "--alle")
    assert ended.code == 1 and "Das Journal ist beschädigt" in ended.err and text_of(folder) == before
    assert all(
        each["entscheidung"] is None
        for each in json.loads((folder / "agreements/2024/rueckmeldung/lk-emsland.json").read_bytes())["aenderungen"]
    )


def test_of_a_long_text_the_plan_shows_the_changed_words_with_those_around_them(folder: Path, capsys: Capture) -> None:
    changes = (Change("durchaus besorgniserregend", "ernst", tracked=True), Change("klagt in Teilen über", "klagt über"))
    returned(folder / "out/2024/lk-emsland.docx", folder / "Rücklauf.docx", changes)
    shown = " ".join(uebernimm(capsys, folder).out.split())
    assert "gekommen … Lage am regionalen Arbeitsmarkt als [durchaus besorgniserregend → ernst] zu" in shown
    assert "insbesondere" not in shown and "die regionale Baubranche klagt [entfällt: in Teilen] über leere Auftragsbücher" in shown
