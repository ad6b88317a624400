"""The look-alikes of legacy agreements in `proben/corpus`: what is true of them is read or doubted, and prints as it was read."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from paper import of_lines, unsaid
from round_trip import LIBRARY, read_apart, said_otherwise
from treffer import Truth, Value, values_read

from extract.extraction import Extraction
from extract.results.report import as_json

CORPUS = Path(__file__).parent / "proben" / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.pdf"))
ORIGINAL = CORPUS.parent / "original" / "emsland-2024.txt"
OTHERWISE_SIGNED = ("in: In Vertretung", "in: in Vertretung", "in: Meppen, den *1. Februar* 2024", "in: Meppen, den  2024")
"""What the look-alike of Emsland's has otherwise than its text, which tells the day that is written by hand."""
MOST_DOUBTED = 0.25
"""Of a scan: all that is written by hand, and a word here and there."""


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    """A document; all tests of one stand together, so that one process has them."""
    return str(request.param)


@cache
def read(name: str) -> Extraction:
    """What is read of a document by a command, once for all tests of a process: a scan takes ten seconds."""
    return read_apart(CORPUS / f"{name}.pdf")


def truth(name: str) -> dict[str, Any]:
    """What is true of a document, by dotted name; what begins with a "_" is said of the report."""
    stated: dict[str, Any] = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    return stated


def compared(name: str) -> list[Value]:
    """Each Angabe of the truth beside what was read, and each number or target that was read and is not in the document."""
    values = {feld: wert for feld, wert in truth(name).items() if not feld.startswith("_")}
    return list(values_read(Truth(name, values["traeger"], b"", values, {}, None), read(name)))


def test_nothing_of_a_legacy_agreement_is_wrong_without_a_word(name: str) -> None:
    assert [value for value in compared(name) if value.kind == "silent"] == []


def test_most_of_a_legacy_agreement_is_read_without_a_doubt(name: str) -> None:
    values = compared(name)
    doubted = [value for value in values if "flagged" in value.kind]
    assert len(doubted) <= MOST_DOUBTED * len(values), doubted


def test_a_legacy_agreement_that_is_no_scan_is_read_letter_by_letter_and_without_a_doubt() -> None:
    report = json.loads(as_json(read("peine-2024"), LIBRARY))
    values = {angabe["feld"]: angabe["wert"] for angabe in report["angaben"]} | {"wortlaut": report["wortlaut"]}
    true = {feld: wert for feld, wert in truth("peine-2024").items() if not feld.startswith("_")}
    assert {feld: values.get(feld) for feld in true} == true
    assert {feld for feld in values if feld.startswith(("haushalt.", "ziele."))} <= set(true)
    assert not [angabe["feld"] for angabe in report["angaben"] if angabe["pruefen"]]


def test_no_more_is_found_amiss_in_a_legacy_agreement_than_there_is(name: str) -> None:
    amiss = [befund for befund in read(name).befunde if befund.schwere != "hinweis"]
    assert len(amiss) <= truth(name).get("_befunde_hoechstens", len(amiss)), amiss


def test_every_word_of_a_legacy_agreement_is_in_its_record_or_told(name: str) -> None:
    """Of Emsland every word of its text, of the others, which follow no wording but for Peine's letters, every word that was read."""
    lines = [paragraph.text for paragraph in read(name).reading.paragraphs]
    if name == "emsland-2024":
        lines = ORIGINAL.read_text(encoding="utf-8").splitlines()
    left = unsaid(of_lines(lines), read(name).record)
    assert [each for each in left if not each.endswith(OTHERWISE_SIGNED)] == []


def test_what_was_read_from_a_legacy_agreement_prints_and_reads_back_the_same(name: str) -> None:
    assert said_otherwise(read(name).record) == []


def test_every_legacy_agreement_has_its_truth_beside_it_and_a_value_that_is_not_read_is_told() -> None:
    assert sorted(path.stem for path in CORPUS.glob("*.json")) == NAMES
    wrong = Truth("peine-2024", "lk-peine", b"", {"haushalt.verwaltungskosten": 1, "unterschriften.traeger.9.name": "Niemand"}, {}, None)
    kinds = {value.feld: value.kind for value in values_read(wrong, read("peine-2024"))}
    assert (kinds["haushalt.verwaltungskosten"], kinds["unterschriften.traeger.9.name"]) == ("silent", "silent")
