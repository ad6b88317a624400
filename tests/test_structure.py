"""A document in no known wording: its whole text is kept, its Angaben are right or said to be unsure, and printing it gives it again."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from older_documents import Older
from round_trip import said_otherwise
from sampling import seeds

from agreements.errors import UnreadableError
from agreements.library.library import Library, open_library
from agreements.model.findings import Befund, Found, locations_of
from agreements.model.reading import Ink, Lesart, Paragraph, Place, Reading, Word
from agreements.model.record import Akte, Textblock, Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from extract.by_grammar.blocks import pieces_of
from extract.by_grammar.record import read_structure
from extract.by_grammar.sentences import sentences
from extract.confidence.by_ink import doubted
from extract.confidence.by_spelling import unlikely
from extract.correction.legibility import illegible
from extract.extraction import extract
from render.pdf import render_pdf
from render.word import render_word

ROOT = Path(__file__).parent.parent
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library(ROOT)


def para(text: str, kind: Any = "text", **more: Any) -> Paragraph:
    return Paragraph(tuple(Word(word) for word in text.split()), kind, **more)


FRONT = (
    "Vereinbarung",
    "im Jahr 2018",
    "Vereinbarung",
    "zwischen dem",
    "Niedersächsischen Ministerium für Arbeit und Wetter",
    "und dem",
    "Landkreis Leer",
)
BODY = (
    "I. Grundsätze",
    "Alle wollen das Beste.",
    "II. Vereinbarungen",
    "§ 2 Haushaltsmittel",
    "Das Gesamtbudget von rd. 8,5 Mio. Euro verteilt sich mit 3.400.000 Euro auf Eingliederungsleistungen "
    "und mit 5.100.000 Euro auf Verwaltungskosten.",
    "§ 3 Ziele",
    "1. Verringerung der Hilfebedürftigkeit",
    "Die Entwicklung wird beobachtet.",
    "2. Verbesserung der Integration in Erwerbstätigkeit",
    "Das Ziel ist im Jahr 2018 erreicht, wenn die Integrationsquote um 2,5 % gegenüber dem Vorjahr steigt.",
    "3. Vermeidung von langfristigem Leistungsbezug",
    "Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehern um 1,0 % gegenüber dem Vorjahr sinkt.",
    "§ 4 Zielnachhaltung",
    "(1) Es wird gesprochen.",
)
LAND = ("Hannover, den 5. April 2018", "In Vertretung", "(Erika Muster)", "Niedersächsisches Ministerium für Arbeit und Wetter")
LEER = ("Leer, den 2018", "(Max Probe)", "Landrat", "Landkreis Leer")

Read = Callable[..., tuple[Vereinbarung, dict[str, Found], tuple[Befund, ...]]]


@pytest.fixture(scope="module")
def read(library: Library) -> Read:
    def read(
        front: Iterable[str] = FRONT,
        body: Iterable[str] = BODY,
        columns: Iterable[Iterable[str]] = (LAND, LEER),
        lesart: Any = "word",
    ) -> tuple[Vereinbarung, dict[str, Found], tuple[Befund, ...]]:
        signed = tuple(para(line, spalte=number) for number, lines in enumerate(columns, 1) for line in lines)
        paragraphs = (*(para(text, None) for text in front), *(para(text) for text in body), *signed)
        record, found, befunde = read_structure(Path("vereinbarung.docx"), Reading(lesart, None, paragraphs), library)
        return record, {angabe.feld: angabe for angabe in found}, befunde

    return read


def replaced(old: str, new: str, texts: Iterable[str] = BODY) -> list[str]:
    assert any(old in text for text in texts)
    return [text.replace(old, new) for text in texts]


def bare(record: Vereinbarung) -> Vereinbarung:
    return record.model_copy(update={"akte": Akte()})


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


def test_of_drawn_older_documents_no_value_is_silently_wrong_and_no_sentence_lost(library: Library, tmp_path: Path) -> None:
    tally: Counter[str] = Counter()
    path = tmp_path / "alt.docx"
    for seed in seeds(60, 600):
        older = Older(1000 + seed)
        path.write_bytes(older.word())
        extraction = extract(path, library)
        tally += tallied(older, extraction.found)
        printed = "\n".join(block.text for block in extraction.record.text)
        assert [sentence for sentence in older.sentences if " ".join(sentence.split()) not in printed] == []
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


def test_a_target_that_is_not_found_is_null_and_flagged(read: Read) -> None:
    _, found, _ = read(body=replaced("um 2,5 % gegenüber dem Vorjahr steigt", "deutlich steigt"))
    assert (found["ziele.integrationsquote.gesamt"].wert, found["ziele.integrationsquote.gesamt"].doubtful) == (None, True)


@pytest.mark.parametrize("lines", [
    ("Léer, den 5. April 2018", "In Ven rtreta g", "(Ute Probe)", "Landrat", "Landkreis Leer"),
    ("Leer, den 5. April 2018", "(Ute Probe)", "Landkreis Leer"),
    ("Leer, den 5. April 2018", "WvM", "(Ute von .Probe)", "Land kreis Leer"),
    ("Rotenburg, den 5. April 2018", "(Ute Probe)", "Landkreis Rotenburg (Wümme)"),
    ("sterode am Harz, den 5. April 2014", "(Ute Probe)", "Landkreis Osterode am Harz"),
])  # fmt: skip
def test_what_was_mended_in_a_scans_signature_prints_and_reads_back_as_it_was_mended(
    library: Library, tmp_path: Path, lines: tuple[str, ...]
) -> None:
    """Law 4: "In Ven rtreta g" was kept as the text, and "In Vertretung", to be looked at, as its value."""
    traeger = "Landkreis Leer" if "Leer" in lines[-1] else lines[-1]
    opening = (FRONT[0], "zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende", *FRONT[1:-1], traeger)
    front, body, land = ([text.replace("2018", lines[0][-4:]) for text in texts] for texts in (opening, BODY, LAND))
    signed = [scanned(line, spalte=number) for number, column in enumerate((land, lines), 1) for line in column]
    record, found, _ = of_scan(library, *map(para, body), *signed, front=front)
    assert all(getattr(record.unterschriften.traeger[1], key) is not OFFEN for key in ("zusatz", "funktion"))
    assert {angabe.feld for angabe in found if angabe.doubtful and angabe.feld.endswith((".1.name", ".1.ort"))} == set()
    path = tmp_path / "neu.pdf"
    path.write_bytes(render_pdf(library.document(record)))
    assert bare(extract(path, library).record) == bare(record)


def test_two_sentences_that_disagree_are_both_named(read: Read) -> None:
    _, found, _ = read(
        body=replaced(
            "gegenüber dem Vorjahr steigt.",
            "gegenüber dem Vorjahr steigt. Die Integrationsquote soll um 3,5 % gegenüber dem Vorjahr steigen.",
        )
    )
    angabe = found["ziele.integrationsquote.gesamt"]
    assert angabe.doubtful and angabe.reason and "2,5 %" in angabe.reason and "3,5 %" in angabe.reason


def test_two_amounts_for_one_purpose_are_both_named(read: Read) -> None:
    _, found, _ = read(body=replaced("auf Verwaltungskosten.", "auf Verwaltungskosten. Die Verwaltungskosten betragen 5.200.000 Euro."))
    angabe = found["haushalt.verwaltungskosten"]
    assert angabe.doubtful and angabe.reason and "5.100.000" in angabe.reason and "5.200.000" in angabe.reason


def test_an_amount_with_a_stray_figure_before_it_is_flagged(read: Read) -> None:
    _, found, _ = read(body=replaced("mit 5.100.000 Euro", "mit 5. 100.000 Euro"))
    assert found["haushalt.verwaltungskosten"].doubtful


def test_a_sentence_without_a_year_inherits_it_within_its_goal_only(read: Read) -> None:
    body = replaced(
        "gegenüber dem Vorjahr steigt.", "gegenüber dem Vorjahr steigt. Dabei soll die Integrationsquote der Frauen um 3,0 % steigen."
    )
    _, found, _ = read(body=[text.replace("um 1,0 % gegenüber dem Vorjahr sinkt", "um 1,0 % sinkt") for text in body])
    women, stock = found["ziele.integrationsquote.frauen"], found["ziele.langzeitleistungsbezug.gesamt"]
    assert (women.wert.bezug, women.doubtful) == (2017, False)
    assert stock.doubtful and stock.reason == "Der Satz nennt kein Bezugsjahr."


def test_last_years_number_left_in_is_a_contradiction(read: Read) -> None:
    _, _, befunde = read(body=replaced("ist im Jahr 2018 erreicht", "ist im Jahr 2017 erreicht"))
    assert [(befund.art, befund.text) for befund in befunde if befund.schwere == "warnung"] == [("widerspruch", "im Jahr 2017")]


def test_another_traegers_name_left_in_is_a_contradiction(read: Read) -> None:
    _, _, befunde = read(body=replaced("(1) Es wird gesprochen.", "(1) Mit dem Landkreis Emsland wird gesprochen."))
    assert [(befund.art, befund.text, befund.feld) for befund in befunde if befund.schwere == "warnung"] == [
        ("widerspruch", "Landkreis Emsland", "traeger")
    ]


def test_in_a_scan_a_sum_that_does_not_fit_makes_its_parts_unsure(read: Read) -> None:
    body = replaced("3.400.000", "3.900.000")
    assert not any(angabe.doubtful for angabe in read(body=body)[1].values())
    assert {
        feld for feld, angabe in read(body=body, lesart="texterkennung")[1].items() if angabe.doubtful and feld.startswith("haushalt")
    } == {"haushalt.gesamtbudget_mio", "haushalt.verwaltungskosten", "haushalt.eingliederungsleistungen"}


@pytest.mark.parametrize(("costs", "unsure"), [("5.100.000", False), ("2.100.000", True)])
def test_a_sum_that_does_not_fit_doubts_amounts_that_only_their_order_tells(read: Read, costs: str, unsure: bool) -> None:
    row = f"Eingliederungsleistungen 3.400.000 Euro Verwaltungskosten {costs} Euro Gesamtbudget 8,5 Mio. Euro"
    at = next(place for place, text in enumerate(BODY) if text.startswith("Das Gesamtbudget"))
    _, found, _ = read(body=(*BODY[:at], row, *BODY[at + 1 :]))
    amounts = ("gesamtbudget_mio", "eingliederungsleistungen", "verwaltungskosten")
    assert [found[f"haushalt.{feld}"].doubtful for feld in amounts] == [unsure] * 3


@pytest.mark.parametrize("old", ["mit.3.400.000", "mit,3.400.000 ,-", "mit 3.400.000 ,-"])
def test_in_a_scan_a_speck_by_an_amount_is_no_part_of_it(read: Read, old: str) -> None:
    """Recorded: "mit.7.229.827 ,- Euro", of which no amount was read."""
    _, found, _ = read(body=replaced("mit 3.400.000", old), lesart="texterkennung")
    amounts = ("gesamtbudget_mio", "eingliederungsleistungen", "verwaltungskosten")
    assert not any(found[f"haushalt.{feld}"].doubtful for feld in amounts)
    assert found["haushalt.eingliederungsleistungen"].wert == 3_400_000


def test_in_a_scan_dirt_behind_a_sentence_and_a_comma_for_a_full_stop_are_mended(read: Read) -> None:
    body = replaced("rd. 8,5 Mio. Euro", "rd. 8,5 Mio, Euro", replaced("dem Vorjahr steigt.", "dem Vorjahr steigt. •"))
    record, found, _ = read(body=body, lesart="texterkennung")
    assert not found["haushalt.gesamtbudget_mio"].doubtful and not found["ziele.integrationsquote.gesamt"].doubtful
    assert any(block.text.endswith("dem Vorjahr steigt.") for block in record.text)


def test_in_a_scan_signs_that_recognition_cannot_print_are_mended(read: Read) -> None:
    body = ["Il. Grundsätze" if text == "I. Grundsätze" else text.replace("§ ", "$ ") for text in BODY]
    record, _, _ = read(body=[*body, "(2) Maßgeblich ist die Verordnung nach 8 48a SGB Il."], lesart="texterkennung")
    texts = [block.text for block in record.text]
    assert {"I. Grundsätze", "§ 3 Ziele", "(2) Maßgeblich ist die Verordnung nach § 48a SGB II."} <= set(texts)


@pytest.mark.parametrize(("seen", "meant"), [
    ("Es gilt 8 48b Abs. 1 Satz 1 Nr. 4 SGB 1 auch hier.", "Es gilt § 48b Abs. 1 Satz 1 Nr. 4 SGB II auch hier."),
    ("Es gilt die Regel nach 8 24 Abs. 3 SGB 11 auch hier.", "Es gilt die Regel nach § 24 Abs. 3 SGB II auch hier."),
    ("Es gilt die Regel nach 8 3 dieser Vereinbarung.", "Es gilt die Regel nach § 3 dieser Vereinbarung."),
    ("Es gilt der Zugang nach dem SGB ||", "Es gilt der Zugang nach dem SGB II"),
])  # fmt: skip
def test_in_a_scan_a_sign_is_mended_where_its_place_leaves_no_other(read: Read, seen: str, meant: str) -> None:
    record, _, befunde = read(body=[*BODY, seen], lesart="texterkennung")
    assert meant in [block.text for block in record.text]
    assert not [befund for befund in befunde if befund.art == "unleserlich"]


@pytest.mark.parametrize("text", ["Es gilt der Schutz der Daten nach § 35 SGB I auch hier.", "Der Wert gilt in 8 24 Betrieben auch hier."])
def test_in_a_scan_a_sign_that_may_be_right_stays_as_it_was_read_and_is_said_to_be_unsure(read: Read, text: str) -> None:
    body = [*BODY[:2], "§ 1 Regionale Lage", text, *BODY[2:]]
    record, found, befunde = read(body=body, lesart="texterkennung")
    assert text in [block.text for block in record.text]
    assert found["rahmenbedingungen.regionale_lage"].doubtful
    assert [(befund.art, befund.schwere) for befund in befunde if befund.art == "unleserlich"] == [("unleserlich", "warnung")]
    _, found, befunde = read(body=body, lesart="textebene")
    assert not found["rahmenbedingungen.regionale_lage"].doubtful
    assert not [befund for befund in befunde if befund.art == "unleserlich"]


def test_in_a_scan_a_first_chapter_that_says_to_be_the_second_is_it(read: Read) -> None:
    record, _, _ = read(body=BODY[2:], lesart="texterkennung")
    assert "II. Vereinbarungen" in [block.text for block in record.text]


def test_without_a_traeger_or_a_year_there_is_no_record(read: Read) -> None:
    with pytest.raises(UnreadableError, match="Träger"):
        read(front=[text for text in FRONT if "Leer" not in text], columns=(LAND,))
    with pytest.raises(UnreadableError, match="Jahr"):
        read(front=[text for text in FRONT if "2018" not in text], body=BODY[:3])


# ---------------------------------------------------------------- signatures


def test_signatures_are_told_by_their_columns(read: Read) -> None:
    _, found, _ = read()
    assert {feld: angabe.wert for feld, angabe in found.items() if feld.startswith("unterschriften")} == {
        "unterschriften.land.1.ort": "Hannover",
        "unterschriften.land.1.datum": date(2018, 4, 5),
        "unterschriften.land.1.zusatz": "In Vertretung",
        "unterschriften.land.1.name": "Erika Muster",
        "unterschriften.land.1.stelle": "Niedersächsisches Ministerium für Arbeit und Wetter",
        "unterschriften.traeger.1.ort": "Leer",
        "unterschriften.traeger.1.datum": None,
        "unterschriften.traeger.1.name": "Max Probe",
        "unterschriften.traeger.1.funktion": "Landrat",
        "unterschriften.traeger.1.stelle": "Landkreis Leer",
    }
    assert found["unterschriften.traeger.1.datum"].reason == "leer"


def test_lines_of_one_office_and_of_one_date_are_one(read: Read) -> None:
    lines = ("Hannover, den 5. April", "2018", "(Erika Muster)", "Niedersächsisches", "Ministerium für Arbeit und", "Wetter")
    record, found, _ = read(columns=(lines, LEER))
    assert [block.text for block in record.text if block.art == "unterschrift" and block.ebene == 1] == [
        "Hannover, den 5. April 2018",
        "(Erika Muster)",
        "Niedersächsisches Ministerium für Arbeit und Wetter",
    ]
    assert found["unterschriften.land.1.datum"].wert == date(2018, 4, 5)


def test_of_signatures_torn_over_two_pages_every_line_is_told(read: Read) -> None:
    """Place and date of both stand on one page, the rest of both on the next: what each signs with is nobody's in silence."""
    torn = (LAND[:1], LEER[:1], LAND[1:3], LEER[1:])
    _, found, befunde = read(columns=torn)
    for party in ("land.1", "traeger.1"):
        for key in ("zusatz", "name", "funktion", "stelle"):
            assert found[f"unterschriften.{party}.{key}"].doubtful
    assert any(befund.feld == "unterschriften.land" and "zu erkennen" in befund.text for befund in befunde)


def test_a_missing_signature_is_said_and_makes_the_others_unsure(read: Read) -> None:
    _, found, befunde = read(columns=(LEER,))
    assert "unterschriften.land" in {befund.feld for befund in befunde if befund.art == "unterschrift"}
    assert found["unterschriften.traeger.1.name"].doubtful


def test_an_office_that_the_opening_does_not_name_is_unsure(read: Read) -> None:
    _, found, _ = read(columns=((*LAND[:3], "Niedersächsisches Ministerium für Meer und Moor"), LEER))
    assert found["unterschriften.land.1.stelle"].doubtful


def test_a_ministrys_name_goes_on_in_the_next_line_of_a_centred_opening(read: Read) -> None:
    front = ["Vereinbarung", "im Jahr 2018", "zwischen dem", "Niedersächsischen Ministerium für Arbeit, Verkehr und", "Wetter",
             "und dem", "Landkreis Leer"]  # fmt: skip
    _, found, _ = read(front=front, columns=((*LAND[:3], "Niedersächsisches Ministerium für Arbeit, Verkehr und Wetter"), LEER))
    assert found["ministerien.1.name"].wert == "Ministerium für Arbeit, Verkehr und Wetter"
    assert not found["unterschriften.land.1.stelle"].doubtful


def test_in_a_scan_a_date_is_blank_where_nothing_stands_beside_the_year(read: Read) -> None:
    _, found, _ = read(lesart="texterkennung")
    assert (found["unterschriften.traeger.1.datum"].wert, found["unterschriften.traeger.1.datum"].doubtful) == (None, False)


@pytest.mark.parametrize("line", ["Leer, den ________ 2018", "Leer, den .- 2018", "Leer, den S. 2018"])
def test_in_a_scan_marks_beside_the_year_may_be_a_day_written_by_hand(read: Read, line: str) -> None:
    _, found, _ = read(columns=(LAND, (line, *LEER[1:])), lesart="texterkennung")
    assert (found["unterschriften.traeger.1.datum"].wert, found["unterschriften.traeger.1.datum"].doubtful) == (None, True)


@pytest.mark.parametrize(("figures", "unsure"), [(("3.5.",), True), (("2018",), False), ((), False)])
def test_in_a_scan_figures_in_a_line_of_their_own_may_be_the_day(read: Read, figures: tuple[str, ...], unsure: bool) -> None:
    """Recorded: "3.5." written above "Peine, den … 2017"."""
    _, found, _ = read(columns=(LAND, (*figures, *LEER)), lesart="texterkennung")
    assert (found["unterschriften.traeger.1.datum"].wert, found["unterschriften.traeger.1.datum"].doubtful) == (None, unsure)


def test_ink_behind_den_makes_a_blank_date_doubtful() -> None:
    den, year = Place(1, 90, 600, 105, 610), Place(1, 50, 615, 70, 625)
    found = Found("unterschriften.traeger.1.datum", OFFEN, locations_of((Word("den", (den,)), Word("2018", (year,)))), 0.9, False, "leer")
    [doubtful] = [one for one in doubted([found], [Ink("ende", (den,), Place(1, 106, 602, 150, 609))]) if one.feld == found.feld]
    assert doubtful.doubtful


SCANNED: Lesart = "texterkennung"


def scanned(text: str, *variants: tuple[str, str], spalte: int | None = None) -> Paragraph:
    """A line of a scan; of each variant the word and how the second reader saw it."""
    other = dict(variants)
    words = (Word(word, (), (other[word],) if word in other else (), None, 0.8 if word in other else 0.99) for word in text.split())
    return Paragraph(tuple(words), "text", column=spalte)


Structure = tuple[Vereinbarung, tuple[Found, ...], tuple[Befund, ...]]


def of_scan(library: Library, *paragraphs: Paragraph, front: Iterable[str] = FRONT) -> Structure:
    """What is read of a scan that begins with the usual title and opening."""
    opening = (para(text, None) for text in front)
    return read_structure(Path("scan.pdf"), Reading(SCANNED, 5, (*opening, *paragraphs)), library)


def signed_in_scan(library: Library, *lines: Paragraph, front: Iterable[str] = FRONT) -> dict[str, Found]:
    land = [para(line, spalte=1) for line in LAND]
    _, found, _ = of_scan(library, *map(para, BODY), *land, *lines, front=front)
    return {angabe.feld: angabe for angabe in unlikely(found)}


NAME, ORT = "unterschriften.traeger.1.name", "unterschriften.traeger.1.ort"


def test_a_name_that_the_readers_saw_differently_is_doubtful(library: Library) -> None:
    lines = [scanned(text, ("(Befnd", "(Bernd"), spalte=2) for text in ("Leer, den 2018", "(Befnd Probe)", "Landkreis Leer")]
    assert signed_in_scan(library, *lines)[NAME].doubtful


def test_of_two_readings_of_a_name_the_one_in_the_opening_is_right(library: Library) -> None:
    lines = [scanned(text, ("(Befnd", "(Bernd"), spalte=2) for text in ("Leer, den 2018", "(Befnd Probe)", "Landkreis Leer")]
    found = signed_in_scan(library, *lines, front=(*FRONT, "vertreten durch Herrn Landrat Bernd Probe"))
    assert (found[NAME].wert, found[NAME].doubtful) == ("Bernd Probe", False)


@pytest.mark.parametrize(("text", "name", "unsure"), [
    ("(Dr. UteProbe)", "Dr. UteProbe", True), ("(Ute von .Probe)", "Ute von Probe", False), ("(Dr.. Ute Probe)", "Dr. Ute Probe", False),
])  # fmt: skip
def test_a_blank_that_is_lost_in_a_name_is_said_and_a_speck_in_it_is_left_out(library: Library, text: str, name: str, unsure: bool) -> None:
    found = signed_in_scan(library, *(scanned(line, spalte=2) for line in ("Leer, den 2018", text, "Landkreis Leer")))
    assert (found[NAME].wert, found[NAME].doubtful) == (name, unsure)


@pytest.mark.parametrize(("read_as", "unsure"), [("Leer", False), ("Léer", False), ("Lehe", True)])
def test_in_a_scan_a_place_is_one_of_the_registers_or_doubtful(library: Library, read_as: str, unsure: bool) -> None:
    found = signed_in_scan(library, *(scanned(line, spalte=2) for line in (f"{read_as}, den 2018", "(Ute Probe)", "Landkreis Leer")))
    assert found[ORT].doubtful is unsure
    assert unsure or found[ORT].wert == "Leer"


@pytest.mark.parametrize(("office", "wert", "unsure"), [
    ("Landkreis Osterode am", "Landkreis Osterode am Harz", False), ("Landkreis Osterode", "Landkreis Osterode", True),
    ("Landkreis Celle am", "Landkreis Celle am", True),
])  # fmt: skip
def test_an_office_of_a_scan_whose_last_word_is_lost_is_whole_again_where_no_name_ends_so(
    library: Library, office: str, wert: str, unsure: bool
) -> None:
    front = [text.replace("Landkreis Leer", "Landkreis Osterode am Harz").replace("2018", "2014") for text in FRONT]
    lines = (scanned(line, spalte=2) for line in ("Osterode am Harz, den 2014", "(Ute Probe)", office))
    found = signed_in_scan(library, *lines, front=front)["unterschriften.traeger.1.stelle"]
    assert (found.wert, found.doubtful) == (wert, unsure)


def test_a_name_parted_over_two_lines_of_a_narrow_column_is_one(library: Library) -> None:
    lines = ("Leer, den 2018", "(Prof. Dr. Hans-Jürgen", "Probe)", "Landkreis Leer")
    assert signed_in_scan(library, *(scanned(line, spalte=2) for line in lines))[NAME].wert == "Prof. Dr. Hans-Jürgen Probe"


def test_signatures_below_each_other_are_told_apart_though_a_place_is_lost_under_ink(library: Library) -> None:
    front = [*FRONT[:5], "und dem", "Niedersächsischen Ministerium für Meer und Moor", *FRONT[5:]]
    signed = (*LAND, "annover, den 5. April 2018", "(Uta Muster)", "Niedersächsisches Ministerium für Meer und Moor",
              "In Vertretung", "(Ute Probe)", "Landkreis Leer")  # fmt: skip
    _, found, _ = of_scan(library, *map(para, BODY), *map(scanned, signed), front=front)
    said = {angabe.feld: angabe for angabe in found}
    names = [said[f"unterschriften.{party}.name"].wert for party in ("land.1", "land.2", "traeger.1")]
    assert names == ["Erika Muster", "Uta Muster", "Ute Probe"]
    assert said["unterschriften.land.2.ort"].wert == "Hannover"
    assert said["unterschriften.traeger.1.datum"].doubtful


def test_in_a_scan_a_whole_signature_stays_sure_where_another_is_lost(library: Library) -> None:
    lines = [scanned(line, spalte=1) for line in ("Leer, den 5. April 2018", "(Ute Probe)", "Landkreis Leer")]
    _, found, befunde = of_scan(library, *(para(text) for text in BODY), *lines)
    said = {angabe.feld: angabe for angabe in found}
    assert "unterschriften.land" in {befund.feld for befund in befunde}
    assert not any(said[f"unterschriften.traeger.1.{key}"].doubtful for key in ("ort", "datum", "name", "stelle"))
    assert said["unterschriften.traeger.1.zusatz"].doubtful


def test_a_sentence_whose_lines_were_taken_for_paragraphs_is_whole_again(library: Library) -> None:
    """Else the one amount stands by the name of the other."""
    at = next(place for place, text in enumerate(BODY) if text.startswith("Das Gesamtbudget"))
    torn = ("Das Gesamtbudget von rd. 8,5 Millionen Euro verteilt sich mit 3.400.000,-",
            "Euro auf Eingliederungsleistungen und mit 5.100.000,- Euro auf", "Verwaltungskosten.")  # fmt: skip
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *torn, *BODY[at + 1 :])))
    said = {angabe.feld: angabe for angabe in found}
    assert (said["haushalt.eingliederungsleistungen"].wert, said["haushalt.verwaltungskosten"].wert) == (3_400_000, 5_100_000)


def test_a_goal_counts_on_from_headings_that_a_scan_does_not_show(library: Library) -> None:
    extra = ("4. Soziale Teilhabe vor Ort", "Das Angebot soll wachsen.", "Die Partner verständigen sich auf die folgenden Schritte:")
    headed = {place for place, text in enumerate(BODY) if text[0] in "I§12"}
    body = [replace(scanned(text), kind="ueberschrift" if place in headed else "text") for place, text in enumerate(BODY[:-2])]
    steps = [replace(scanned(text), kind="punkt") for text in ("Ausbau der Beratung", "Schulung der Fachkräfte")]
    _, found, _ = of_scan(library, *body, *map(scanned, extra), *steps)
    assert {angabe.feld: angabe.wert for angabe in found}["ziele.individuell.4.titel"] == "Soziale Teilhabe vor Ort"


@pytest.mark.parametrize("torn", [
    ("4. Verbesserung der Integration Alleinerziehender Das Ziel ist erreicht, wenn gegenüber 2017 die Integrationsguote",
     "eder Alleinerziehenden um höchstens 10,1 Prozent reduziert wird."),
    ("eder Alleinerziehenden um höchstens 10,1 Prozent reduziert wird.",),
    ("4. Verbesserung der Integration Alleinerziehender Das Ziel ist", "erreicht, wenn sie um 10,1 Pr0z&nt red-", "wird."),
], ids=["both", "its end alone", "its heading alone"])  # fmt: skip
def test_a_target_of_a_scan_that_no_heading_and_no_sentence_tells_is_to_be_looked_at(library: Library, torn: tuple[str, ...]) -> None:
    """Recorded at 150 dpi: a heading ran into its sentence, a stamp parted that in two, and nobody said that a target is missing."""
    headed = {place for place, text in enumerate(BODY) if text[0] in "I§123"}
    body = [replace(scanned(text), kind="ueberschrift" if place in headed else "text") for place, text in enumerate(BODY[:-2])]
    _, found, _ = of_scan(library, *body, *map(scanned, torn))
    lost = {angabe.feld: angabe for angabe in found}["ziele.integrationsquote.alleinerziehende"]
    assert lost.doubtful and lost.locations[0].text


@pytest.mark.parametrize(("text", "variant", "unsure"), [
    ("5.100.000", "5.100.0000", False), ("5.100.000", "5.100000", False), ("5.100.000", "S.100.000", False),
    ("5.100.000", "5.700.000", True), ("5.100.000", "5.1300.000", True), ("2,5", "25", True), ("2,5", "2.5", False),
])  # fmt: skip
def test_another_reading_of_a_number_counts_where_it_is_a_number(text: str, variant: str, unsure: bool) -> None:
    assert (illegible((Word(text, (), (variant,), None, 0.8),)) is not None) is unsure


def test_a_word_that_one_reader_took_for_dots_or_that_is_none_is_doubtful() -> None:
    assert illegible((Word("ER", (), ("..",), None, 0.52),))
    assert illegible((Word("yor", (), ("vor",), None, 0.8),))
    assert not illegible((Word("vor", (), ("yor",), None, 0.8),))


@pytest.mark.parametrize(
    ("text", "variant", "unsure"),
    [
        ("II", "Il", False),
        ("II", "III", True),
        ("16i", "161", False),
        ("161", "16i", True),
        ("16i", "16k", True),
    ],
)
def test_a_roman_figure_or_a_section_of_sgb_ii_is_sure_where_the_other_reading_only_looks_like_it(
    text: str, variant: str, unsure: bool
) -> None:
    unlike = Word(text, (), (variant,), None, 0.8)
    words = (unlike,) if text == "II" else (Word("§"), unlike, Word("SGB"), Word("II"))
    assert (illegible(words) is not None) is unsure


def test_a_roman_figure_that_nobody_read_surely_is_doubtful() -> None:
    assert illegible((Word("II", (), (), None, 0.3),))


@pytest.mark.parametrize(
    ("level", "wert"),
    [
        (("Dies entspricht einer Quote von mindestens 23,1 %.",), "23.1"),
        (("Dies entspricht einer Quote von mindestens 23,1",), None),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_the_level_that_a_target_comes_to_is_read_in_a_paragraph_of_its_own_too_or_doubted(
    read: Read, level: tuple[str, ...], wert: str | None, apart: bool
) -> None:
    """Recorded: the sign % was lost at the end of a page, and the level with it, without a word."""
    target = "Das Ziel ist im Jahr 2018 erreicht, wenn die Integrationsquote um 2,5 % gegenüber dem Vorjahr steigt."
    at = BODY.index(target)
    said = (target, *level) if apart else (f"{target} {level[0]}",)
    _, found, _ = read(body=(*BODY[:at], *said, *BODY[at + 1 :]))
    entspricht = found["ziele.integrationsquote.gesamt.entspricht"]
    assert (str(entspricht.wert.wert) if entspricht.wert else None, entspricht.doubtful) == (wert, wert is None)
    assert not found["ziele.integrationsquote.gesamt"].doubtful
    assert "23,1" in entspricht.locations[0].text


def row_of_columns(height: float, *parts: tuple[float, str]) -> Paragraph:
    """Words at their places, those of several columns in one line."""
    return Paragraph(
        tuple(
            Word(word, (Place(1, left + 30 * place, height, left + 30 * place + 28, height + 10),))
            for left, text in parts
            for place, word in enumerate(text.split())
        )
    )


def signed_lines(*rows: Paragraph) -> list[tuple[int, str]]:
    """The lines of the signatures of a page that ends with these rows, with their columns."""
    front = [Paragraph(tuple(Word(word, (Place(1, 50, 20, 70, 30),)) for word in text.split())) for text in FRONT]
    pieces = pieces_of(Reading("textebene", 1, (*front, para("I. Grundsätze"), para("Alle wollen das Beste."), *rows)))
    return [(piece.level, piece.text) for piece in pieces if piece.art == "unterschrift"]


def test_a_column_whose_place_and_date_are_lost_is_told_by_where_its_lines_begin() -> None:
    """Recorded of a signature over "den 19.05.": "25é" stood there, and two columns were one."""
    rows = [
        row_of_columns(600, (50, "Hannover, den 2018"), (250, "Hannover, 25é"), (450, "Leer, den 2018")),
        row_of_columns(620, (50, "In Vertretung"), (250, "2018")),
        row_of_columns(640, (50, "(Erika A)"), (250, "(Uta B)"), (450, "(Otto C)")),
        row_of_columns(660, (50, "Niedersächsisches Ministerium"), (250, "Niedersächsisches Ministerium"), (450, "Landrat")),
        row_of_columns(680, (50, "für Arbeit"), (250, "für Wetter"), (450, "Landkreis Leer")),
    ]
    assert signed_lines(*rows) == [
        (1, "Hannover, den 2018"), (1, "In Vertretung"), (1, "(Erika A)"), (1, "Niedersächsisches Ministerium für Arbeit"),
        (2, "Hannover, 25é"), (2, "2018"), (2, "(Uta B)"), (2, "Niedersächsisches Ministerium für Wetter"),
        (3, "Leer, den 2018"), (3, "(Otto C)"), (3, "Landrat"), (3, "Landkreis Leer"),
    ]  # fmt: skip


def test_columns_that_the_reader_ran_together_are_parted_where_the_dates_begin() -> None:
    assert signed_lines(
        row_of_columns(600, (50, "Hannover, den 2018"), (250, "Hannover, den 2018"), (450, "Leer, den 2018")),
        row_of_columns(650, (50, "(Erika A)"), (250, "(Uta B)"), (450, "(Otto C)")),
    ) == [
        (1, "Hannover, den 2018"),
        (1, "(Erika A)"),
        (2, "Hannover, den 2018"),
        (2, "(Uta B)"),
        (3, "Leer, den 2018"),
        (3, "(Otto C)"),
    ]


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


# ---------------------------------------------------------------- letters that are not sure


@pytest.mark.parametrize(("sicherheit", "variants", "flagged"), [(0.99, (), False), (0.9, (), True), (0.99, ("2,6",), True)])
def test_a_figure_on_which_the_readers_of_a_scan_differ_is_flagged(
    library: Library, sicherheit: float, variants: tuple[str, ...], flagged: bool
) -> None:
    figure = Word("2,5", variants=variants, confidence=sicherheit)
    body = [Paragraph(tuple(figure if word == "2,5" else Word(word) for word in text.split()), "text") for text in BODY]
    signed = [para(line, spalte=number) for number, lines in enumerate((LAND, LEER), 1) for line in lines]
    reading = Reading("texterkennung", 1, (*(para(text, None) for text in FRONT), *body, *signed))
    _, found, _ = read_structure(Path("scan.pdf"), reading, library)
    angabe = next(angabe for angabe in found if angabe.feld == "ziele.integrationsquote.gesamt")
    assert angabe.doubtful == flagged
    assert (angabe.confidence >= 0.9) != flagged


def test_ink_over_an_addition_leaves_it_open(read: Read) -> None:
    _, found, _ = read(columns=((LAND[0], "In", *LAND[2:]), LEER), lesart="texterkennung")
    assert (found["unterschriften.land.1.zusatz"].wert, found["unterschriften.land.1.zusatz"].doubtful) == (None, True)
    assert not found["unterschriften.land.1.name"].doubtful


def test_strokes_between_date_and_name_leave_only_what_stands_there_open(read: Read) -> None:
    """Recorded of a signature across "In Vertretung": the brackets of the name close, what stands below it is below it."""
    _, found, _ = read(columns=((LAND[0], "In Ven rtreta g", *LAND[2:]), LEER), lesart="texterkennung")
    assert found["unterschriften.land.1.zusatz"].doubtful
    assert not any(found[f"unterschriften.land.1.{key}"].doubtful for key in ("ort", "name", "stelle"))
    assert found["unterschriften.land.1.zusatz"].locations[0].text == "In Ven rtreta g"
    _, found, _ = read(columns=((LAND[0], *LAND[2:], "In Ven rtreta g"), LEER), lesart="texterkennung")
    assert found["unterschriften.land.1.stelle"].doubtful


def test_a_law_cut_at_the_end_of_a_page_makes_no_chapter(read: Read) -> None:
    record, _, _ = read(body=[*BODY, "(2) Es gilt die Verordnung nach § 48a SGB", "II."])
    assert "(2) Es gilt die Verordnung nach § 48a SGB II." in [block.text for block in record.text]


def test_an_amount_in_a_paragraph_that_begins_amid_a_sentence_is_doubtful(library: Library) -> None:
    at = next(place for place, text in enumerate(BODY) if text.startswith("Das Gesamtbudget"))
    torn = ("Das Gesamtbudget beträgt rd. 8,5 Mio. Euro.", "Euro auf Eingliederungsleistungen und mit 5.100.000 Euro auf.")
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *torn, *BODY[at + 1 :])))
    said = {angabe.feld: angabe for angabe in found}
    assert said["haushalt.eingliederungsleistungen"].doubtful
    assert not said["haushalt.gesamtbudget_mio"].doubtful


def test_letters_behind_a_printed_date_leave_it_as_it_is_in_a_text_layer_too(read: Read) -> None:
    """Law 4: what a scan's record keeps of a pen's letters is read from its print like from the scan."""
    _, found, _ = read(columns=(LAND, ("Leer, den 5. April 2018 of. Dro", *LEER[1:])), lesart="textebene")
    datum = found["unterschriften.traeger.1.datum"]
    assert (datum.wert, datum.doubtful) == (date(2018, 4, 5), False)


def test_letters_behind_a_printed_date_leave_it_as_it_is(library: Library) -> None:
    """A pen's strokes put scraps of the name into the line above."""
    found = signed_in_scan(library, *(scanned(line, spalte=2) for line in ("Leer, den 5. April 2018 of. Dro", "Landkreis Leer")))
    assert (found["unterschriften.traeger.1.datum"].wert, found["unterschriften.traeger.1.datum"].doubtful) == (date(2018, 4, 5), False)
    assert found[NAME].doubtful


def test_a_scrap_in_the_place_of_the_name_makes_only_what_may_stand_there_doubtful(library: Library) -> None:
    found = signed_in_scan(library, *(scanned(line, spalte=2) for line in ("Leer, den 2018", "LorgRob", "Landrat", "Landkreis Leer")))
    assert found[NAME].doubtful
    assert not any(found[f"unterschriften.traeger.1.{key}"].doubtful for key in ("ort", "funktion", "stelle"))


@pytest.mark.parametrize("line", ["In Verketung", "In Vertretun", "In Vertretung wM", "Im Auftrage \\"])
def test_an_addition_under_ink_is_no_name(library: Library, line: str) -> None:
    lines = ("Leer, den 2018", line, "Landrat", "Landkreis Leer")
    found = signed_in_scan(library, *(scanned(text, spalte=2) for text in lines))
    assert (found[NAME].wert, found[NAME].doubtful) == (None, True)
    zusatz = found["unterschriften.traeger.1.zusatz"]
    assert zusatz.wert in ("In Vertretung", "Im Auftrage")
    assert zusatz.doubtful


def test_a_sentence_goes_on_behind_an_abbreviation_and_before_a_unit(library: Library) -> None:
    at = next(place for place, text in enumerate(BODY) if text.startswith("Das Gesamtbudget"))
    torn = ("Für Leistungen zur Eingliederung in Arbeit stehen 3.400.000 € und für Verwaltungskosten 5.100.000.€ bereit "
            "(Gesamtbudget: rd. 8,5 Mio.", "Euro).")  # fmt: skip
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *torn, *BODY[at + 1 :])))
    said = {angabe.feld: angabe.wert for angabe in found if not angabe.doubtful}
    assert said["haushalt.gesamtbudget_mio"] == Decimal("8.5")
    assert (said["haushalt.verwaltungskosten"], said["haushalt.eingliederungsleistungen"]) == (5_100_000, 3_400_000)


@pytest.mark.parametrize(("jahr", "unsure"), [(2018, False), (2017, True)])
def test_a_ministry_of_a_scans_opening_is_sure_where_it_bore_this_name_in_that_year(library: Library, jahr: int, unsure: bool) -> None:
    ministry = "Wirtschaft, Arbeit, Verkehr und Digitalisierung"
    front = [text.replace("Arbeit und Wetter", ministry).replace("2018", str(jahr)) for text in FRONT]
    lines = [scanned(line, spalte=1) for line in ("Leer, den 5. April 2018", "(Ute Probe)", "Landkreis Leer")]
    _, found, _ = of_scan(library, *map(para, BODY), *lines, front=front)
    assert {angabe.feld: angabe for angabe in found}["ministerien.1.name"].doubtful is unsure


def test_a_ministry_of_a_scans_opening_is_sure_where_its_signature_says_the_same(library: Library) -> None:
    lines = [scanned(line, spalte=2) for line in LEER]
    assert not signed_in_scan(library, *lines)["ministerien.1.name"].doubtful
    front = [*FRONT[:4], "Niedersächsischen Ministerium für Arbeit undWetter", *FRONT[5:]]
    assert signed_in_scan(library, *lines, front=front)["ministerien.1.name"].doubtful


AGREED = (FRONT[0], "zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende", *FRONT[1:])
"""A title that says what kind of agreement it is."""
WHOLE = ("Hannover, den 5. April 2018", "Im Auftrage", "(Ute Probe)", "Niedersächsisches Ministerium für Arbeit und Wetter")
"""A signature of a column whose neighbour is torn."""


@pytest.mark.parametrize(
    "torn",
    [
        ("Dr. Bernd Ölker", "Niedersächsisches Ministerium für Arbeit und Wetter"),
        ("Hannover, den04.04.", "2018", "Niedersächsisches Ministerium für Arbeit und Wetter"),
        ("Niedersächsisches Landkreis Aurich", "(Uwe Scholz) Landrätin", "Ministerium für Arbeit und Wetter"),
        ("(Ur",),
        ("‚Hannover, den 25.04.2018", "Niedersächsisches Ministerium für Arbeit und Wetter"),
        ("nnver, den 25.04.2018", "Niedersächsisches Ministerium für Arbeit und Wetter"),
    ],
)
def test_a_torn_signature_prints_and_reads_back_as_it_was_read(library: Library, read: Read, torn: tuple[str, ...]) -> None:
    """Recorded of columns that lost place and date under ink: the file of the print says which lines are of which signature."""
    for columns in ((torn, WHOLE, LEER), (WHOLE, LEER, torn)):
        record, _, _ = read(AGREED, columns=columns, lesart="texterkennung")
        assert [block.text for block in record.text if block.art == "unterschrift"]
        assert said_otherwise(record, library) == []


def test_places_that_stand_as_text_above_the_signatures_print_and_read_back_as_text(library: Library, read: Read) -> None:
    """Recorded: neither they nor the numbered paragraphs before them, which tabs part from their numbers, are columns."""
    above = ("Hannover, den 29.04.2018 Hannover, den 07.02.2018 Leer, den", "x1")
    record, _, _ = read(AGREED, (*BODY, *above), lesart="texterkennung")
    assert [block.art for block in record.text if "29.04." in block.text] == ["text"]
    assert said_otherwise(record, library) == []


def test_years_below_places_that_a_scan_shows_in_one_line_are_of_the_signatures(read: Read) -> None:
    record, _, _ = read(body=(*BODY, "Hannover, den 29.04.2018 Leer, den", "2018"), lesart="texterkennung")
    signed = [block.text for block in record.text if block.art == "unterschrift"]
    assert signed[0].startswith("Hannover, den 29.04.2018")


def test_figures_below_a_place_that_are_no_day_are_a_date_that_was_not_read(read: Read) -> None:
    """Recorded: a full stop of "16.04.2018" was lost in a narrow column, and the date passed for blank."""
    _, found, _ = read(columns=(LAND, ("Leer, den", "16.042018", *LEER[1:])), lesart="texterkennung")
    datum = found["unterschriften.traeger.1.datum"]
    assert (datum.wert, datum.doubtful) == (None, True)
    assert "16.042018" in (datum.reason or "")


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Vereinbart wird, dass die Integrationsquote gegenüber 2017 für Frauen um 16,1% und für", "Männer um 6,0% steigt."),
        ("Die Quote der Frauen steigt gegenüber 2017 um 16,1 %, die der Männer um 6,0 %.", "So ist es vereinbart."),
    ],
)
def test_a_line_of_a_sentence_is_no_heading_though_a_scan_shows_it_heavy(library: Library, line: str, rest: str) -> None:
    """Recorded: the women's target stood in a line that passed for a heading, and was lost without a word."""
    at = next(place for place, text in enumerate(BODY) if text.startswith("3. Vermeidung"))
    body = (*map(scanned, BODY[:at]), para(line, "ueberschrift"), scanned(rest), *map(scanned, BODY[at:]))
    record, found, _ = of_scan(library, *body)
    assert [block.art for block in record.text if block.text.startswith(line)] == ["text"]
    assert {angabe.feld: angabe for angabe in found}["ziele.integrationsquote.frauen"].wert.wert == Decimal("16.1")


def test_the_level_of_a_target_whose_heading_is_lost_is_to_be_looked_at_with_it(library: Library) -> None:
    """Recorded: a stamp hid the heading, and the target ran into what the agreement tells of the year before."""
    torn = "Der Bestand sank im Jahr 2017 um 9,8 Die Integrationsquote soll um 20% sinken. Dies entspricht einer Quote von 32,4 %."
    body = (torn, *(text for text in BODY if "2. Verb" not in text and "Integrationsquote" not in text))
    _, found, _ = of_scan(library, *map(scanned, body))
    said = {angabe.feld: angabe for angabe in found}
    assert said["ziele.integrationsquote.gesamt"].doubtful
    level = said["ziele.integrationsquote.gesamt.entspricht"]
    assert (level.wert, level.doubtful, [ort.text for ort in level.locations]) == (None, True, ["32,4 %"])
    assert "ziele.langzeitleistungsbezug.gesamt.entspricht" not in said


@pytest.mark.parametrize("cut", ["36,0", "36,05"])
def test_a_sentence_whose_end_is_lost_in_a_scan_does_not_hide_the_next_one(library: Library, cut: str) -> None:
    """Recorded: "%." was lost at the end of a line, and with it what was agreed for women and men, without a word."""
    at = next(place for place, text in enumerate(BODY) if text.startswith("3. Vermeidung"))
    lost = (f"Dies entspricht, wie die Vereinbarungspartner gemeinsam festgestellt haben, einer Quote von {cut}",
            "Das Ziel ist zudem erreicht, wenn die Quote der Frauen um 7,0 %, die der Männer um 0,7 % gegenüber 2017 steigt.")  # fmt: skip
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *lost, *BODY[at:])))
    said = {angabe.feld: angabe for angabe in found}
    assert [said[f"ziele.integrationsquote.{key}"].wert.wert for key in ("frauen", "maenner")] == [Decimal("7.0"), Decimal("0.7")]
    assert said["ziele.integrationsquote.gesamt.entspricht"].doubtful


def test_a_group_with_an_amount_of_which_no_target_was_read_is_to_be_looked_at(library: Library) -> None:
    at = next(place for place, text in enumerate(BODY) if text.startswith("3. Vermeidung"))
    line = "Frauen 7,0 % gggüb 2O17 stegt nnd | lieder Männer, /7,7"
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], line, *BODY[at:])))
    said = {angabe.feld: angabe for angabe in found}
    assert all(said[f"ziele.integrationsquote.{key}"].doubtful for key in ("frauen", "maenner"))


def test_a_decimal_beside_a_group_is_an_amount_that_lost_its_unit(library: Library) -> None:
    """Recorded of a stamp over "der Männer um 7,7 %"."""
    at = next(place for place, text in enumerate(BODY) if text.startswith("3. Vermeidung"))
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], "| lieder Männer, /7,7", *BODY[at:])))
    assert {angabe.feld: angabe for angabe in found}["ziele.integrationsquote.maenner"].doubtful


@pytest.mark.parametrize(("read_as", "title", "unsure"), [
    ("derZugänge", "Ausbau der Zugänge zum Jobcenter", False), ("andereZugänge", "Ausbau andereZugänge zum Jobcenter", True),
])  # fmt: skip
def test_a_blank_lost_in_a_scan_is_set_again_where_a_short_word_ends_and_else_the_text_is_doubted(
    library: Library, read_as: str, title: str, unsure: bool
) -> None:
    at = next(place for place, text in enumerate(BODY) if text.startswith("§ 4"))
    own = (f"4. Ausbau {read_as} zum Jobcenter", "Es wird vereinbart:")
    steps = (para("Beratung vor Ort", "punkt"), scanned("Das Ziel ist erreicht, wenn die Schritte umgesetzt sind."))
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *own)), *steps, *map(scanned, BODY[at:]))
    titel = {angabe.feld: angabe for angabe in found}["ziele.individuell.4.titel"]
    assert (titel.wert, titel.doubtful) == (title, unsure)


def with_own_goal(library: Library, old: str, *new: str) -> tuple[list[Textblock], dict[str, Found], list[str | None]]:
    """The text, the Angaben, and what findings are about, of a scan with a goal of its own, in which some lines stand for another."""
    at = BODY.index("§ 4 Zielnachhaltung")
    goal = ("4. Beratung vor Ort", "Es wird vereinbart:", "Das Ziel ist erreicht, wenn die Schritte umgesetzt sind.")
    lines = (*BODY[:at], *goal, *BODY[at:])
    body = (scanned(said) for line in lines for said in (new if line == old else (line,)))
    record, found, befunde = of_scan(library, *body)
    return list(record.text), {angabe.feld: angabe for angabe in found}, [befund.feld for befund in befunde]


@pytest.mark.parametrize("heading", ["§ 3 Ziele.", "§ 3 Ziele,", "·§ 3 Ziele", "§ 3 Ziele"])
def test_dirt_by_a_heading_of_a_scan_leaves_it_a_heading(library: Library, heading: str) -> None:
    """Recorded of "§ 3 Ziele.": the goals of their own were lost without a word."""
    text, found, _ = with_own_goal(library, "§ 3 Ziele", heading)
    assert ("ueberschrift", "§ 3 Ziele") in [(block.art, block.text) for block in text]
    assert found["ziele.individuell.4.titel"].wert == "Beratung vor Ort"


@pytest.mark.parametrize(
    ("chapter", "heading"), [("III, Vereinbarungen", "III. Vereinbarungen"), ("Der Bestand sank um 10,3 Veeinbrungn", "§ 3 Ziele")]
)
def test_a_chapter_whose_heading_is_lost_in_a_scan_hides_no_goals(library: Library, chapter: str, heading: str) -> None:
    """Recorded of "III, Vereinbarungen" behind a sentence that had lost its end: § 3 stood in the chapter before, on other things."""
    text, found, _ = with_own_goal(library, "II. Vereinbarungen", "II. Rahmenbedingungen", "Der Bestand sank um 10,3", chapter)
    assert ("ueberschrift", heading) in [(block.art, block.text) for block in text]
    assert found["ziele.individuell.4.titel"].wert == "Beratung vor Ort"


def test_signatures_that_a_pages_end_parts_across_are_whole_again(library: Library) -> None:
    """Recorded: places stood at the foot of the third page, names and offices on the fourth."""
    below = ((1, "r. Jörg Bramlage ERR,"), (1, LAND[-1]), (2, "(Max Probe)"), (2, LEER[-1]))
    signed = ((1, LAND[0]), (2, LEER[0]), (2, "in Vertretung"), *below)
    lines = (scanned(text, spalte=number) for number, text in signed)
    record, found, _ = of_scan(library, *map(scanned, BODY), *lines, front=AGREED)
    kept = [(block.ebene, block.text) for block in record.text if block.art == "unterschrift"]
    assert kept == sorted(signed, key=lambda line: line[0])
    assert {angabe.feld: angabe.wert for angabe in found}["unterschriften.traeger.1.name"] == "Max Probe"
    assert said_otherwise(record, library) == []


def test_dirt_behind_a_step_of_a_scan_is_left_out_and_behind_a_date_is_doubted(library: Library) -> None:
    """Recorded of the shadow of a fold: "bis zum Herbst |"; behind "den" it may be a day."""
    text, _, _ = with_own_goal(library, "Alle wollen das Beste.", "Alle wollen das Beste |")
    assert "Alle wollen das Beste" in [block.text for block in text]
    found = signed_in_scan(library, *(scanned(line) for line in ("Leer, den |", "(Max Probe)", "Landkreis Leer")))
    assert found["unterschriften.traeger.1.datum"].doubtful


def test_a_section_that_announces_goals_has_them_whatever_is_left_of_its_heading(library: Library) -> None:
    """Recorded of a stamp over "§ 3 Ziele" and "1. Verringerung"."""
    _, found, _ = with_own_goal(library, "§ 3 Ziele", "§ 3 Zie", "(1) Die Partner verständigen sich auf folgende Ziele:")
    assert found["ziele.individuell.4.titel"].wert == "Beratung vor Ort"
    assert not found["ziele.integrationsquote.gesamt"].doubtful


def test_a_day_that_stands_for_itself_may_be_of_any_signature_of_a_scan(library: Library) -> None:
    """Recorded of a stroke across "Osnabrück, den 27.03.2022": the day stood above its place, by another signature."""
    lines = [scanned(line, spalte=2) for line in ("27.03.2018", *LEER)]
    datum = signed_in_scan(library, *lines)["unterschriften.traeger.1.datum"]
    assert (datum.wert, datum.doubtful) == (None, True)
    assert not signed_in_scan(library, *lines[1:])["unterschriften.traeger.1.datum"].doubtful


def test_a_word_that_a_stroke_made_tall_stays_in_its_line() -> None:
    """Recorded of the same signature: "Osnabrück, den" had boxes of 37 points, the day one of 8."""
    dated = row_of_columns(680, (50, "Leer, den 27.03.2018"))
    tall = (replace(word, places=(word.places[0]._replace(bottom=715.0),)) for word in dated.words[:2])
    above = [row_of_columns(top, (50, text)) for top, text in ((600, "Hannover, den 2018"), (620, "(Uta B)"), (640, "Ministerium"))]
    below = [row_of_columns(top, (50, text)) for top, text in ((704, "(Otto C)"), (720, "Landrat"), (740, "Landkreis Leer"))]
    assert signed_lines(*above, replace(dated, words=(*tall, dated.words[2])), *below) == [
        (1, "Hannover, den 2018"), (1, "(Uta B)"), (1, "Ministerium"),
        (2, "Leer, den 27.03.2018"), (2, "(Otto C)"), (2, "Landrat"), (2, "Landkreis Leer"),
    ]  # fmt: skip


def test_goals_of_their_own_may_be_there_where_the_section_with_the_goals_is_not_told(library: Library) -> None:
    _, found, about = with_own_goal(library, "§ 3 Ziele", "Zicle")
    assert ("ziele.individuell.4.titel" in found, "ziele.individuell" in about) == (False, True)


@pytest.mark.parametrize(("right", "unsure"), [(300.0, True), (520.0, False)])
def test_steps_of_a_scan_joined_over_a_pages_end_are_doubted_where_there_was_room(library: Library, right: float, unsure: bool) -> None:
    """A dash that begins a page may not be read; a step ends without a full stop."""
    at = BODY.index("§ 4 Zielnachhaltung")
    places = {"Ausbau": Place(1, 90, 740, 525, 750), "Beratung": Place(1, 90, 760, right, 770), "Besuche": Place(2, 90, 80, 130, 90)}
    step = Paragraph(tuple(Word(text, (place,), confidence=0.97) for text, place in places.items()), "punkt")
    goal = (scanned("4. Beratung vor Ort"), scanned("Es wird vereinbart:"), step)
    _, found, _ = of_scan(library, *map(scanned, BODY[:at]), *goal, *map(scanned, BODY[at:]))
    assert {angabe.feld: angabe for angabe in found}["ziele.individuell.4.schritte"].doubtful is unsure


def test_what_stands_outside_of_the_goals_where_a_target_is_lost_in_a_scan_is_to_be_looked_at(library: Library) -> None:
    """A stamp may hide headings, so that targets stand in another section."""
    lost = [text for text in BODY if text.startswith(("1. Verringerung", "2. Verbesserung", "Das Ziel ist im Jahr 2018 erreicht"))]
    women = "Das Ziel ist erreicht, wenn die Integrationsquote der Frauen um 2,5 % gegenüber dem Vorjahr steigt."
    sums = "Das Ziel ist erreicht, wenn die Summe der Leistungen zum Lebensunterhalt um 1,5 % sinkt."
    at = BODY.index("§ 3 Ziele")
    body = [text for text in (*BODY[:at], sums, women, *BODY[at:]) if text not in lost]
    _, found, _ = of_scan(library, *map(scanned, body))
    said = {angabe.feld: angabe for angabe in found}
    assert not said["ziele.langzeitleistungsbezug.gesamt"].doubtful
    for feld in ("integrationsquote.gesamt", "integrationsquote.frauen", "leistungen_lebensunterhalt.gesamt"):
        assert (said[f"ziele.{feld}"].wert, said[f"ziele.{feld}"].doubtful) == (None, True)


@pytest.mark.parametrize(("line", "unsure"), [("Z ielwert: 40 % der Termine", True), ("Das Ziel ist erreicht, wenn es getan ist.", False)])
def test_what_stands_behind_the_steps_of_a_scan_may_be_a_step_unless_it_says_when_the_goal_is_reached(
    library: Library, line: str, unsure: bool
) -> None:
    """Recorded: the bullet of the last step was not read, and the step passed for what says when the goal is reached."""
    at = BODY.index("§ 4 Zielnachhaltung")
    goal = (scanned("4. Beratung vor Ort"), scanned("Es wird vereinbart:"), para("Schulung der Kräfte", "punkt"), scanned(line))
    _, found, _ = of_scan(library, *map(scanned, BODY[:at]), *goal, *map(scanned, BODY[at:]))
    assert {angabe.feld: angabe for angabe in found}["ziele.individuell.4.schritte"].doubtful is unsure


def test_a_mark_that_sticks_to_the_first_word_of_a_scans_paragraph_makes_it_doubtful() -> None:
    """Recorded of "-Das Angebot": dirt, or a bullet."""
    assert illegible([Word("-Das", confidence=0.97), Word("Angebot", confidence=0.97)])
    assert not illegible([Word("U25-Team", confidence=0.97), Word("-akten", confidence=0.97)])
