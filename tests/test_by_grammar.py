"""A document in no known wording: its whole text is kept, its Angaben are right or said to be unsure, and printing it gives it again."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from invented_agreement import (
    BODY,
    FRONT,
    LAND,
    Read,
    bare,
    reader_of_lines,
    replaced,
)
from older_documents import Older
from sampling import seeds

from agreements.errors import UnreadableError
from agreements.language.sentences import sentences
from agreements.library.library import Library
from agreements.model.record import Zielwert
from agreements.reading.findings import Found
from extract.extraction import extract
from render.pdf import render_pdf
from render.word import render_word

SOFFICE = shutil.which("soffice")

read = pytest.fixture(scope="module")(reader_of_lines)


def same(want: Any, got: Any) -> bool:
    if isinstance(want, Zielwert) and isinstance(got, Zielwert):
        return repr(got.model_copy(update={"entspricht": None})) == repr(want)
    return bool(got == want)


def tallied(older: Older, found: Iterable[Found]) -> Counter[str]:
    """How many Angaben of a drawn document are right, flagged, or silently wrong."""
    by_field = {angabe.feld: angabe for angabe in found}
    tally: Counter[str] = Counter()
    for feld, want in older.truth.items():
        angabe = by_field.pop(feld, None)
        right = angabe is not None and same(want, angabe.wert)
        tally[
            "flagged" if angabe and angabe.doubtful else "right" if right else f"silent: {older.seed} {feld} {angabe and angabe.wert}"
        ] += 1
    for feld, angabe in by_field.items():
        tally["more, flagged" if angabe.doubtful else f"silent: {older.seed} {feld} invented"] += 1
    return tally


def without_pen_line(text: str) -> str:
    """A text without the line for a day, which its field draws."""
    return " ".join(text.replace("_", "").split())


def test_of_drawn_older_documents_no_value_is_silently_wrong_and_no_sentence_lost(library: Library, tmp_path: Path) -> None:
    tally: Counter[str] = Counter()
    path = tmp_path / "alt.docx"
    for seed in seeds(60, 600):
        older = Older(1000 + seed)
        path.write_bytes(older.word())
        extraction = extract(path, library)
        tally += tallied(older, extraction.found)
        printed = "\n".join(without_pen_line(block.text) for block in library.filled(extraction.record).blocks)
        assert [sentence for sentence in older.sentences if without_pen_line(sentence) not in printed] == []
    assert [what for what in tally if what.startswith("silent")] == []
    assert tally["right"] >= 0.97 * (tally["right"] + tally["flagged"])


@pytest.mark.parametrize("seed", seeds(4, 40))
def test_printing_the_record_of_an_older_document_gives_the_document_again(library: Library, tmp_path: Path, seed: int) -> None:
    path = tmp_path / "alt.docx"
    path.write_bytes(Older(seed).word())
    record = extract(path, library).record
    document = library.document(record)
    for name, render in (("neu.docx", render_word), ("neu.pdf", render_pdf)):
        (tmp_path / name).write_bytes(render(document))
        again = extract(tmp_path / name, library).record
        assert [block for block in again.text if block not in record.text] == []
        assert bare(again) == bare(record)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_older_documents_printed_by_a_word_processor_are_read_from_their_pages(library: Library, tmp_path: Path) -> None:
    older = [Older(seed) for seed in (103, 107, 111, 122)]
    for one in older:
        (tmp_path / f"{one.seed}.docx").write_bytes(one.word())
    subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(tmp_path / 'office').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            *(str(tmp_path / f"{one.seed}.docx") for one in older),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    tally = sum((tallied(one, extract(tmp_path / f"{one.seed}.pdf", library).found) for one in older), Counter[str]())
    assert [what for what in tally if what.startswith("silent")] == []


# ---------------------------------------------------------------- what is sure, and what is not


def test_headings_tell_the_goals_whatever_their_typography(read: Read) -> None:
    record, found, befunde = read()
    assert found["ziele.integrationsquote.gesamt"].wert == Zielwert(richtung="steigt", wert=Decimal("2.5"), bezug=2017)
    assert found["ziele.langzeitleistungsbezug.gesamt"].wert == Zielwert(richtung="sinkt", wert=Decimal("1.0"), bezug=2017)
    assert record.haushalt.gesamtbudget_mio == Decimal("8.5")
    assert record.haushalt.verwaltungskosten == Decimal(5_100_000)
    assert [feld for feld, angabe in found.items() if angabe.doubtful] == []
    assert [befund.sentence() for befund in befunde if befund.schwere != "hinweis"] == []
    assert [(block.art, block.ebene) for block in record.text if block.art in ("titelseite", "eingang", "ueberschrift")] == [
        *[("titelseite", 0)] * 2,
        *[("eingang", 0)] * 5,
        *[("ueberschrift", level) for level in (1, 1, 2, 2, 3, 3, 3, 2)],
    ]


def test_two_amounts_for_one_purpose_are_both_named(read: Read) -> None:
    _, found, _ = read(body=replaced("auf Verwaltungskosten.", "auf Verwaltungskosten. Die Verwaltungskosten betragen 5.200.000 Euro."))
    angabe = found["haushalt.verwaltungskosten"]
    assert angabe.doubtful and angabe.reason and "5.100.000" in angabe.reason and "5.200.000" in angabe.reason


def test_an_amount_with_a_stray_figure_before_it_is_flagged(read: Read) -> None:
    _, found, _ = read(body=replaced("mit 5.100.000 Euro", "mit 5. 100.000 Euro"))
    assert found["haushalt.verwaltungskosten"].doubtful


def test_last_years_number_left_in_is_a_contradiction(read: Read) -> None:
    _, _, befunde = read(body=replaced("ist im Jahr 2018 erreicht", "ist im Jahr 2017 erreicht"))
    assert [(befund.art, befund.text) for befund in befunde if befund.schwere == "warnung"] == [("widerspruch", "im Jahr 2017")]


def test_another_traegers_name_left_in_is_a_contradiction(read: Read) -> None:
    _, _, befunde = read(body=replaced("(1) Es wird gesprochen.", "(1) Mit dem Landkreis Emsland wird gesprochen."))
    assert [(befund.art, befund.text, befund.feld) for befund in befunde if befund.schwere == "warnung"] == [
        ("widerspruch", "Landkreis Emsland", "traeger")
    ]


@pytest.mark.parametrize(("costs", "unsure"), [("5.100.000", False), ("2.100.000", True)])
def test_a_sum_that_does_not_fit_doubts_amounts_that_only_their_order_tells(read: Read, costs: str, unsure: bool) -> None:
    row = f"Eingliederungsleistungen 3.400.000 Euro Verwaltungskosten {costs} Euro Gesamtbudget 8,5 Mio. Euro"
    at = next(place for place, text in enumerate(BODY) if text.startswith("Das Gesamtbudget"))
    _, found, _ = read(body=(*BODY[:at], row, *BODY[at + 1 :]))
    amounts = ("gesamtbudget_mio", "eingliederungsleistungen", "verwaltungskosten")
    assert [found[f"haushalt.{feld}"].doubtful for feld in amounts] == [unsure] * 3


def test_without_a_traeger_or_a_year_there_is_no_record(read: Read) -> None:
    with pytest.raises(UnreadableError, match="Träger"):
        read(front=[text for text in FRONT if "Leer" not in text], columns=(LAND,))
    with pytest.raises(UnreadableError, match="Jahr"):
        read(front=[text for text in FRONT if "2018" not in text], body=BODY[:3])


@pytest.mark.parametrize(("jahr", "feld"), [(2018, None), (2024, "wortlaut")])
def test_whether_there_is_no_wording_or_the_text_is_another_is_said(read: Read, jahr: int, feld: str | None) -> None:
    later = [text.replace("2018", str(jahr)).replace("2017", str(jahr - 1)) for text in BODY]
    _, _, befunde = read(front=[text.replace("2018", str(jahr)) for text in FRONT], body=later)
    (said,) = (each for each in befunde if "Wortlaut" in each.text)
    assert said.feld == feld and ("keinen Wortlaut" in said.text) == (feld is None)


def test_a_year_that_only_the_title_names_is_taken_and_to_be_looked_at(read: Read) -> None:
    front = [text for text in FRONT if "2018" not in text]
    at = next(place for place, text in enumerate(front) if "Leer" in text)
    titled = [*front[:at], "Zielvereinbarung nach dem SGB II mit dem Landkreis Leer für 2018", *front[at + 1 :]]
    record, found, _ = read(front=titled, body=BODY[:3])
    assert record.jahr == 2018 and found["jahr"].doubtful
    with pytest.raises(UnreadableError, match="Jahr"):
        read(front=[text.replace("für 2018", "für 2018 oder 2019") for text in titled], body=BODY[:3])


def test_a_law_cut_at_the_end_of_a_page_makes_no_chapter(read: Read) -> None:
    record, _, _ = read(body=[*BODY, "(2) Es gilt die Verordnung nach § 48a SGB", "II."])
    assert "(2) Es gilt die Verordnung nach § 48a SGB II." in [block.text for block in record.text]


# ---------------------------------------------------------------- sentences


@pytest.mark.parametrize(
    "whole",
    [
        "Es sind ca. 3.500 Personen, d. h. rd. 21,9 Mio. Euro, z. B. nach § 48a Abs. 1 SGB II.",
        "Die Vereinbarung gilt bis zum 31. Dezember 2018 und länger.",
        "Die Quote steigt um 2,0 v. H. Das",
    ],
)
def test_abbreviations_end_no_sentence(whole: str) -> None:
    assert len(list(sentences(whole))) == 1


def test_sentences_hold_every_letter() -> None:
    text = "Das Ziel ist erreicht. Dies entspricht 28,4 %. (Es gilt!) Ende?"
    assert [text[start:end] for start, end in sentences(text)] == [
        "Das Ziel ist erreicht.",
        "Dies entspricht 28,4 %.",
        "(Es gilt!)",
        "Ende?",
    ]
