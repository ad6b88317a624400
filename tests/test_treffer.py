"""The simulated scans, and the arithmetic of the report on what was read of them: pages as they must be, figures on recorded results."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pytest
from round_trip import LIBRARY
from scan_simulator import Box, Pages, Pixels, Scan, Scanned, scanned
from treffer import (
    DEGRADATIONS,
    Bin,
    Kind,
    Letters,
    Outcome,
    Value,
    as_json,
    compare,
    dealt,
    failed,
    free_text,
    goals,
    grouped,
    made,
    normal,
    outcome_of,
    printed,
    reliability,
    said_of_pages,
    same,
    values_read,
    with_pen,
)
from uncalibrated import read_all

from agreements.model.record import Zielwert
from agreements.model.values import OFFEN
from agreements.reading.findings import Befund
from extract.extraction import extract
from extract.ocr.page import read_scan


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return printed(2).pdf


def pages_of(pdf: bytes, scale: float = 0.5) -> list[Pixels]:
    return [np.asarray(page.render(scale=scale, grayscale=True).to_numpy()).squeeze() for page in pdfium.PdfDocument(pdf)]


# Simulated scans


def test_the_same_seed_makes_the_same_scan_and_another_seed_another(pdf: bytes) -> None:
    scan = Scan(dpi=72, stamp=True, colour=True, fold=True)
    one, again, other = (pages_of(scanned(pdf, scan, seed).pdf) for seed in (3, 3, 4))
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize(
    ("pages", "extent"), [("in order", 0), ("turned", 0), ("disordered", 0), ("missing", -1), ("doubled", 1)]
)  # fmt: skip
def test_pages_are_handled_as_the_scan_says(pdf: bytes, pages: Pages, extent: int) -> None:
    count = len(pdfium.PdfDocument(pdf))
    scan = scanned(pdf, Scan(dpi=40, pages=pages), 5)
    document = pdfium.PdfDocument(scan.pdf)
    assert len(document) == len(scan.seiten) == len(scan.turns) == count + extent
    assert any(scan.turns) == (pages == "turned")
    assert [page.get_width() > page.get_height() for page in document] == [turn % 2 == 1 for turn in scan.turns]
    assert (sorted(set(scan.seiten)) == list(scan.seiten)) == (pages in ("in order", "turned", "missing"))


def ink(page: Pixels, box: Box, scale: float) -> float:
    left, top, right, bottom = (round(value * scale) for value in box)
    return float((page[top:bottom, left:right] < 140).mean())


def test_a_pen_writes_a_date_in_its_box_and_a_signature_over_a_name(pdf: bytes) -> None:
    truth, written = with_pen(printed(2), DEGRADATIONS["pen"], 2)
    dates = [mark for mark in written if mark.text]
    assert {mark.text.strip("0123456789.") for mark in dates} == {""}
    assert truth.values["unterschriften.land.1.datum"] != printed(2).values["unterschriften.land.1.datum"]
    plain = Scan(dpi=100, skew=0, noise=0, blur=0)
    before, after = (pages_of(scanned(pdf, plain, 1, marks).pdf, 2.0) for marks in ((), written))
    for mark in written:
        assert ink(after[mark.seite - 1], mark.box, 2.0) > ink(before[mark.seite - 1], mark.box, 2.0) + 0.01, mark


def test_a_bilevel_scan_has_two_tones_and_a_fold_a_shadow(pdf: bytes) -> None:
    clean = Scan(dpi=72, skew=0, noise=0)
    tones = np.unique(pages_of(scanned(pdf, Scan(dpi=72, bilevel=True), 1).pdf, 1.0)[0])
    assert len(tones) <= 3 or float(np.isin(tones, (0, 255)).sum()) == 2
    flat, folded = (pages_of(scanned(pdf, scan, 1).pdf)[0] for scan in (clean, Scan(dpi=72, skew=0, noise=0, fold=True)))
    assert folded.min(axis=1).min() < 0.8 * flat.max()
    assert np.median(folded, axis=1).min() < np.median(flat, axis=1).min() - 30


# One page all the way


def test_a_simulated_page_is_read_and_holds_what_is_true(tmp_path: Path) -> None:
    truth = printed(2)
    one = pdfium.PdfDocument.new()
    one.import_pages(pdfium.PdfDocument(truth.pdf), [(truth.places["haushalt.verwaltungskosten"].locations[0].page or 0) - 1])
    one.save(path := tmp_path / "seite.pdf")
    path.write_bytes(scanned(path.read_bytes(), Scan(skew=1), 7).pdf)
    words = {word.text for line in read_scan(path, 1).lines for word in line.words}
    amounts = {f"{truth.values[f'haushalt.{key}']:,}".replace(",", ".") for key in ("verwaltungskosten", "eingliederungsleistungen")}
    assert amounts <= words


def test_what_is_read_from_the_printed_file_itself_is_wholly_right(tmp_path: Path) -> None:
    truth = printed(5)
    path = tmp_path / "gedruckt.pdf"
    path.write_bytes(truth.pdf)
    outcome = Outcome("gedruckt", "office")
    compare(outcome, truth, Scanned(b"", (1,), (0,)), extract(path, LIBRARY))
    assert {value.kind for value in outcome.values} == {"right"}
    assert len(outcome.values) == len(truth.values) > 20
    assert (outcome.fixed.wrong, outcome.free.wrong) == (0, 0)
    assert outcome.fixed.all > 5000
    assert outcome.free.all > 500
    assert not (outcome.expected or outcome.unsaid or outcome.false_alarms)


def test_what_is_read_otherwise_than_it_was_printed_is_silently_wrong(tmp_path: Path) -> None:
    truth = printed(5)
    path = tmp_path / "gedruckt.pdf"
    path.write_bytes(truth.pdf)
    wrong = {"haushalt.verwaltungskosten": 1, "unterschriften.traeger.1.name": "Niemand", "ziele.individuell.9.titel": "Fehlt"}
    changed = truth._replace(values={**truth.values, **wrong, "traeger": "lk-emsland"})
    outcome = Outcome("gedruckt", "office")
    compare(outcome, changed, Scanned(b"", (1,), (0,)), extract(path, LIBRARY))
    assert {value.feld for value in outcome.values if value.kind == "silent"} == {*wrong, "traeger"}
    assert failed([outcome])


@pytest.mark.parametrize(
    ("told", "kind"), [((), "silent"), ((Befund("fehlt", "warnung", "Der Text folgt ihm nicht.", "wortlaut"),), "flagged")]
)
def test_a_wording_that_is_said_not_to_be_followed_is_not_silently_lost(tmp_path: Path, told: tuple[Befund, ...], kind: Kind) -> None:
    truth = printed(5)
    path = tmp_path / "gedruckt.pdf"
    path.write_bytes(truth.pdf)
    read = extract(path, LIBRARY)
    without = replace(read, record=read.record.model_copy(update={"wortlaut": None}), befunde=told)
    assert [value.kind for value in values_read(truth, without) if value.feld == "wortlaut"] == [kind]


def test_an_agreement_scanned_poorly_stamped_and_signed_is_read_and_prints_and_reads_back_the_same(tmp_path: Path) -> None:
    """One document of the sweep, all the way."""
    document = made("poor, ink", 7, None, tmp_path)
    ((_, read),) = read_all([document.path], 1)
    outcome = outcome_of(document, read)
    assert (outcome.error, outcome.unsaid, outcome.false_alarms, outcome.otherwise) == ("", [], [], [])
    assert [value for value in outcome.values if value.kind == "silent"] == []
    assert sum(value.kind == "right" for value in outcome.values) >= 0.7 * len(outcome.values) > 20


# What is the same


@pytest.mark.parametrize(
    ("want", "got", "right"),
    [
        (Decimal("3.9"), Decimal("3.9"), True),
        (Decimal("3.9"), Decimal("3.90"), False),
        (13155724, Decimal("13155724.00"), True),
        (13155724, Decimal("13155724.50"), False),
        ("Projekt „Job-Turbo“", 'Projekt "Job-Turbo"', True),
        ("Ausbau der Beratung in allen Gemeinden des Kreises", "Ausbau der Beratung in allen Gemeinden des Kreisen", False),
        (("a", "b"), ("a b",), False),
        (date(2024, 2, 1), date(2024, 2, 1), True),
        (OFFEN, None, True),
        (OFFEN, date(2024, 2, 1), False),
        (Zielwert(richtung="steigt", wert=Decimal("3.9"), bezug=2023), Zielwert(richtung="steigt", wert=Decimal("3.9"), bezug=2023), True),
        (Zielwert(richtung="steigt", wert=Decimal("3.9"), bezug=2023), Zielwert(richtung="sinkt", wert=Decimal("3.9"), bezug=2023), False),
    ],
)
def test_values_are_the_same_only_if_every_digit_and_word_is(want: Any, got: Any, right: bool) -> None:
    assert same(normal(want), normal(got)) is right


# Findings on pages


@pytest.mark.parametrize(
    ("name", "turns", "befunde", "unsaid", "alarms"),
    [
        ("office", (0, 0), (), [], []),
        ("missing", (0, 0), (Befund("fehlt", "fehler", "Es fehlt wohl eine Seite nach Seite 2"),), [], []),
        ("missing", (0, 0), (Befund("fehlt", "hinweis", "steht nicht im Dokument."),), ["missing"], []),
        ("disordered", (0, 0), (Befund("reihenfolge", "warnung", "Die Seiten liegen nicht in der Reihenfolge"),), [], []),
        ("disordered", (0, 0), (Befund("reihenfolge", "warnung", "Die Seiten liegen in der Folge 1, 3, 2, wie gedruckt"),), [], []),
        ("doubled", (0, 0), (Befund("reihenfolge", "warnung", "Seite 3 ist Seite 2 noch einmal"),), [], []),
        ("doubled", (0, 0), (Befund("reihenfolge", "warnung", "Die Seiten liegen nicht in der Reihenfolge"),), ["doubled"], ["disordered"]),
        ("turned", (0, 3), (Befund("anmerkung", "hinweis", "Seite 2: Die Seite lag gedreht"),), [], []),
        ("turned", (1, 3), (Befund("anmerkung", "hinweis", "Seite 2: Die Seite lag gedreht"),), ["turned: page 1"], []),
        ("office", (0, 0), (Befund("anmerkung", "hinweis", "Seite 2: Die Seite lag gedreht"),), [], ["turned: page 2"]),
    ],
)
def test_a_fault_of_the_pages_must_be_said_and_no_other(
    name: str, turns: tuple[int, ...], befunde: Sequence[Befund], unsaid: list[str], alarms: list[str]
) -> None:
    assert said_of_pages(DEGRADATIONS[name], Scanned(b"", (1, 2), turns), befunde)[1:] == (unsaid, alarms)


# Figures, on recorded results


def value(kind: Kind, sicherheit: float | None = 0.99, feld: str = "haushalt.verwaltungskosten") -> Value:
    return Value(feld, kind, 1, 1 if kind.startswith("right") else 2, sicherheit, None, 3, [1.0, 2.0, 3.0, 4.0])


def recorded() -> list[Outcome]:
    """Two documents at 200 dpi, the record of one reads back otherwise; one at 150; one in which the pages' fault is not said."""
    doubted, checked = [value("flagged", 0.4)] * 3, [value("right but flagged", 0.5)]
    return [
        Outcome("a", "office", values=[value("right")] * 97 + doubted, fixed=Letters(1, 10_000), free=Letters(10, 1000)),
        Outcome(
            "b", "skew", values=[value("right")] * 99 + checked, fixed=Letters(0, 10_000), free=Letters(0, 1000), otherwise=["pdf: Ort"]
        ),
        Outcome("c", "poor", values=[value("right")] * 9 + [value("silent")], fixed=Letters(5, 1000)),
        Outcome("d", "missing", values=[value("right")] * 5, expected=["missing"], unsaid=["missing"]),
    ]


def test_rows_add_up_documents_and_groups_leave_out_what_does_not_belong() -> None:
    rows = grouped(recorded())
    good, poor = rows["all at 200 dpi"], rows["all at 150 dpi, poor"]
    assert (good.documents, good.values, good.share("right")) == (2, 200, 0.98)
    assert good.counts == {"right": 196, "right but flagged": 1, "flagged": 3}
    assert (good.fixed.rate, good.free.rate) == (1 / 20_000, 10 / 2000)
    assert (poor.values, poor.counts["silent"], poor.free.rate) == (10, 1, None)
    assert (rows["all"].documents, rows["missing"].unsaid, rows["missing"].expected) == (4, 1, 1)
    assert "ink" not in rows


def test_each_goal_stands_beside_its_figure_and_says_whether_it_is_reached() -> None:
    reached = {goal.name: (goal.figure, goal.reached) for goal in goals(grouped(recorded()), [Bin(0.9, 1.0, 50, 44)])}
    assert reached == {
        "200 dpi: Angaben silently wrong": ("0", True),
        "200 dpi: Angaben tried": ("200", False),
        "200 dpi: right and unflagged": ("98.0 %", True),
        "200 dpi: wrong letters of fixed text": ("0.005 %", True),
        "200 dpi: wrong letters of free text": ("0.500 %", True),
        "150 dpi, poor: Angaben silently wrong": ("1", False),
        "150 dpi, poor: right and unflagged": ("90.0 %", True),
        "sicherheit 0.9–1.0: right, of 50": ("88.0 %", False),
        "findings on pages not made": ("1 of 1", False),
        "records that read back otherwise from their print": ("1 of 4", False),
    }


def test_what_was_not_measured_is_neither_reached_nor_missed() -> None:
    unmeasured = {goal.name for goal in goals(grouped([]), []) if goal.reached is None}
    assert len(unmeasured) == 8


def test_the_reliability_table_joins_bins_of_few_values_downwards_and_leaves_out_what_was_not_read() -> None:
    values = [value("right", 0.99)] * 60 + [value("silent", 1.0)] * 2 + [value("right but flagged", 0.85)] * 30
    values += [value("flagged", 0.5)] * 25 + [value("flagged", 0.0)] * 10 + [value("flagged", None)] * 99
    assert reliability(values) == [Bin(0.9, 1.0, 62, 60), Bin(0.5, 0.9, 55, 30), Bin(0.0, 0.5, 10, 0)]
    assert reliability(values, fewest=25) == [Bin(0.9, 1.0, 62, 60), Bin(0.8, 0.9, 30, 30), Bin(0.5, 0.8, 25, 0), Bin(0.0, 0.5, 10, 0)]
    assert reliability([]) == []


def test_a_bin_of_few_values_is_no_goal() -> None:
    assert len(goals(grouped([]), [Bin(0.9, 1.0, 50, 50), Bin(0.0, 0.9, 49, 0)])) == len(goals(grouped([]), [])) + 1


def test_letters_of_free_text_count_wherever_they_are_flagged_and_all_of_what_was_not_read() -> None:
    values = [
        Value("ziele.individuell.4.titel", "silent", "Beratung", "Berafung", 0.9, None, 1, None),
        Value("ziele.individuell.4.schritte", "flagged", ["eins", "zwei"], None, None, "unleserlich", 1, None),
        Value("haushalt.verwaltungskosten", "silent", 1, 2, 0.9, None, 1, None),
    ]
    assert free_text(values) == Letters(1 + 9, 8 + 9)


def test_the_report_for_programs_holds_all_figures() -> None:
    outcomes = recorded()
    report = json.loads(as_json(outcomes))
    assert {row["name"] for row in report["degradations"]} >= {"office", "poor", "all at 200 dpi", "all"}
    assert [len(document["values"]) for document in report["documents"]] == [3, 1, 1, 0]
    assert [goal["reached"] for goal in report["goals"]].count(False) == 4


def test_only_what_goes_wrong_without_a_word_fails_the_run() -> None:
    a, b, c, d = recorded()
    assert not failed([a, Outcome("e", "coarse", error="Kein Text zu erkennen.")])
    assert all(failed([a, other]) for other in (b, c, d, Outcome("f", "office", error="crashed: SIGSEGV")))


def test_documents_are_dealt_to_all_degradations_and_every_seed_once() -> None:
    names = list(DEGRADATIONS)
    cases = dealt(2 * len(names), 7, names)
    assert [name for name, _ in cases] == names * 2
    assert len({seed for _, seed in cases}) == len(cases)
    assert {seed % 16 for _, seed in cases} == set(range(16))
