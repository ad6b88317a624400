"""What a draft carries of last year's departures and doubts, and what it says instead."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from command import zv
from drafts import KEY, draft_of, office_of_2024, record_of, text_of
from emsland import emsland as emsland_2024

from agreements.model.record import Abweichung, Zielwert
from agreements.model.values import OFFEN
from agreements.store.draft_header import without_draft_header

office = pytest.fixture(office_of_2024)


def test_a_departure_whose_words_still_stand_is_carried_and_said(tmp_path: Path) -> None:
    kept = Abweichung(stelle="III.§3.1", art="ersetzt", alt="mindestens jedoch zweimal", neu="mindestens jedoch dreimal")
    made = draft_of(tmp_path, emsland_2024().model_copy(update={"abweichungen": (kept,)}))
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
        left = f"Abweichung {stelle} ({words}): Im Vorjahr gelesen und nicht entschieden"
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
    made = draft_of(tmp_path, emsland_2024().model_copy(update={"abweichungen": (gone, kept)}))
    assert made.record.abweichungen == (kept,)
    assert len(made.left_out) == 1
    assert "„gelegt“ statt „daraufgelegt“" in made.left_out[0]
    assert made.left_out[0] in made.header


def test_an_angabe_that_the_wording_does_not_print_is_said_with_what_it_was(tmp_path: Path) -> None:
    before, target = emsland_2024(), Zielwert(richtung="steigt", wert=Decimal("2.0"), bezug=2023)
    quote = before.ziele.integrationsquote.model_copy(update={"alleinerziehende": target})
    before = before.model_copy(update={"ziele": before.ziele.model_copy(update={"integrationsquote": quote})})
    made = draft_of(tmp_path, before)
    assert made.record.ziele.integrationsquote.alleinerziehende is None
    assert "Integrationsquote der Alleinerziehenden (um 2,0 %" in made.left_out[0]


def test_a_doubt_on_a_text_that_is_carried_goes_along_and_one_on_a_value_is_said_beside_what_it_was(tmp_path: Path) -> None:
    doubts = {"ziele.individuell.4.titel": "zwei Lesungen", "haushalt.verwaltungskosten": "Ziffer undeutlich"}
    made = draft_of(tmp_path, emsland_2024(), doubts)
    assert [(each.feld, each.grund) for each in made.record.akte.offen] == [("ziele.individuell.4.titel", "zwei Lesungen")]
    assert made.comments["haushalt.verwaltungskosten"] == "2024: 13.155.724 Euro; nicht entschieden: Ziffer undeutlich"


def test_a_value_that_was_not_read_is_not_called_open(tmp_path: Path) -> None:
    before = emsland_2024()
    before = before.model_copy(update={"haushalt": before.haushalt.model_copy(update={"verwaltungskosten": OFFEN})})
    made = draft_of(tmp_path, before, {"haushalt.verwaltungskosten": "nicht lesbar: „13.1“", "unterschriften.land.1.name": "x"})
    assert made.comments["haushalt.verwaltungskosten"] == "2024: nicht gelesen; nicht entschieden: nicht lesbar: „13.1“"
    assert made.record.akte.offen == ()


def test_a_doubt_on_what_did_not_come_into_the_draft_is_still_open_there(tmp_path: Path) -> None:
    made = draft_of(tmp_path, emsland_2024(), {"unterschriften.traeger.1.funktion": "vielleicht eine Zeile verdeckt"})
    assert [each.feld for each in made.record.akte.offen] == ["unterschriften.traeger.1.funktion"]


def test_what_a_draft_says_of_itself_goes_once_it_is_signed_and_what_somebody_wrote_there_stays(
    office: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert zv(capsys, "draft", "2025", KEY, "--ordner", office).code == 0
    text = text_of(office)
    assert text.startswith("# Entwurf für 2025 nach agreements/2024/lk-emsland.yaml.") and text.count("\n# ") >= 2
    body = text[text.index("jahr: 2025") :]
    assert without_draft_header(text) == body
    assert without_draft_header(f"{text.partition(body)[0].rstrip()}\n# Mit Frau Muster besprochen.\n\n{body}") == (
        f"# Mit Frau Muster besprochen.\n\n{body}"
    )
    assert without_draft_header(body) == body
