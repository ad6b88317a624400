"""The laws of both directions (angaben.md, 2, 4, 5): what is printed reads back as its record, wholly, and is the same every time."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pytest
from hypothesis import Phase, given, settings
from round_trip import LIBRARY, RENDERERS, ROOT, departures, emsland, printed, read_back, said, text_of, text_read, unsure
from strategies import MARKUP, ZKT, records

from agreements.errors import WordingError
from agreements.model.document import Block, Document, Span
from agreements.model.fields import value_at
from agreements.model.record import Abweichung, Vereinbarung
from agreements.store.store import load_text
from extract.extraction import Extraction

FORMS = ("pdf", "docx")


def says_the_same(document: Document, record: Vereinbarung, extraction: Extraction) -> None:
    """Laws 2 and 4."""
    assert said(extraction.record) == said(record)
    assert extraction.record.wortlaut == record.wortlaut
    assert extraction.record.abweichungen == record.abweichungen
    assert (departures(extraction), unsure(extraction), list(extraction.reading.changes)) == ([], [], [])
    again = LIBRARY.document(extraction.record)
    assert [block.text for block in again.blocks] == [block.text for block in document.blocks]
    assert text_read(extraction) == text_of(document)


@pytest.mark.law
def test_what_is_printed_as_pdf_and_word_reads_back_as_its_record(tmp_path: Path) -> None:
    @settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))  # a smaller record takes minutes to find
    @given(records())
    def law(record: Vereinbarung) -> None:
        try:
            document = LIBRARY.document(record)
        except WordingError:
            return
        for form in FORMS:
            says_the_same(document, record, read_back(document, form, tmp_path))

    law()


@pytest.mark.law
def test_the_same_record_gives_the_same_bytes() -> None:
    @settings(max_examples=max(5, settings().max_examples // 10))
    @given(records())
    def law(record: Vereinbarung) -> None:
        try:
            document = LIBRARY.document(record)
        except WordingError:
            return
        again = LIBRARY.document(record.model_copy())
        for render in RENDERERS.values():
            assert render(again) == render(document)

    law()


def test_another_process_gives_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / seed for seed in ("1", "2")]
    for folder in folders:
        command = [sys.executable, "-m", "zv", "render", "2024", "lk-emsland", "--nach", str(folder)]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": folder.name}, check=True, capture_output=True)
    for form in FORMS:
        one, other = ((folder / "2024" / f"lk-emsland.{form}").read_bytes() for folder in folders)
        assert one == other


@pytest.mark.parametrize("form", FORMS)
def test_the_real_agreement_reads_back(form: str, tmp_path: Path) -> None:
    record = emsland()
    document = LIBRARY.document(record)
    says_the_same(document, record, read_back(document, form, tmp_path))


@pytest.mark.parametrize("zkt", ZKT, ids=lambda row: row.schluessel)
def test_every_traeger_of_the_year_reads_back(zkt: object, tmp_path: Path) -> None:
    record = for_traeger(getattr(zkt, "schluessel", ""), getattr(zkt, "ort", ""), getattr(zkt, "name", ""))
    document = LIBRARY.document(record)
    for form in FORMS:
        says_the_same(document, record, read_back(document, form, tmp_path))


def for_traeger(schluessel: str, ort: str, name: str) -> Vereinbarung:
    """The real agreement as if with another Träger; its date is left blank for the pen."""
    record = emsland()
    yaml = (ROOT / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8")
    yaml = yaml.replace("lk-emsland", schluessel).replace("Meppen", ort).replace("datum: 2024-02-01", "datum: null")
    yaml = yaml.replace("stelle: Landkreis Emsland", f"stelle: {name}")
    loaded = LIBRARY.effective(load_text(yaml, Vereinbarung, Path("entwurf.yaml")).record)
    assert loaded.haushalt == record.haushalt
    return loaded


def with_texts(texts: tuple[str, ...], titel: str) -> Vereinbarung:
    """The real agreement with these texts wherever it has free ones."""
    record = emsland()
    goals = {}
    for nummer, ziel in record.ziele.individuell.items():
        free = ("schritte", "ziel", "erreicht_wenn") if nummer > 5 else ("schritte",)
        goals[nummer] = ziel.model_copy(update={"titel": titel, **dict.fromkeys(free, texts)})
    return record.model_copy(
        update={
            "rahmenbedingungen": record.rahmenbedingungen.model_copy(update={"regionale_lage": texts}),
            "ziele": record.ziele.model_copy(update={"individuell": goals}),
        }
    )


LOOK_ALIKES = (
    *MARKUP,
    "Ziel & mehr",
    "§ 3 c",
    "III. Vereinbarungen",
    "Die Maßnahmen: a",
    "<img src='http://a/b'>",
    "Seite 3 von 9",
    "3",
    "url(http://a/b)",
)


@pytest.mark.parametrize("place", ["{}", "Mit {} darin", "Am Ende {}"])
@pytest.mark.parametrize("form", FORMS)
def test_text_that_looks_like_markup_is_text(place: str, form: str, tmp_path: Path) -> None:
    record = with_texts(tuple(place.replace("{}", text) for text in LOOK_ALIKES), place.replace("{}", "<b>fett</b>"))
    document = LIBRARY.document(record)
    says_the_same(document, record, read_back(document, form, tmp_path))


@pytest.mark.parametrize("joint", ["<!-- a --> – b", "<!-- a --> ? b", "a] .5 b"])
def test_a_line_that_ends_inside_a_word_reads_back_without_a_blank(joint: str, tmp_path: Path) -> None:
    """Behind "--", and behind the full stop of ".5", a line may end; where it does is a matter of a few points: many widths are tried."""
    texts = tuple("Wort " * 12 + "i" * width + joint for width in range(28, 42))
    record = with_texts(texts, "Ein Titel")
    document = LIBRARY.document(record)
    says_the_same(document, record, read_back(document, "pdf", tmp_path))


def test_pages_that_say_much_the_same_are_not_one_page_twice(tmp_path: Path) -> None:
    """Their printed numbers differ."""
    texts = tuple(f"{step}. Monat: " + "Beratung und Begleitung junger Menschen im Jobcenter; " * 29 + "am Ort." for step in range(1, 13))
    record = with_texts(texts, "Ein Titel")
    document = LIBRARY.document(record)
    says_the_same(document, record, read_back(document, "pdf", tmp_path))


@pytest.mark.parametrize("titel", LOOK_ALIKES)
def test_a_title_that_looks_like_markup_is_a_title(titel: str, tmp_path: Path) -> None:
    record = with_texts(("Ein Text.",), titel)
    document = LIBRARY.document(record)
    says_the_same(document, record, read_back(document, "docx", tmp_path))


# ---------------------------------------------------------------- one word of fixed text

CHANGED = (
    # a word, or words, of fixed text; what stands instead; and where
    ("zweimal", "dreimal", "(1) "),
    ("wirkungsorientiert", "zielorientiert", ""),
    ("durchgängig", "stets", "Die Grundsicherung"),
    ("§ 48a", "§ 48c", "(1) "),
    ("ohne Wartezeit", "mit Wartezeit", "(3) "),
)


def other_words(document: Document, old: str, new: str, opening: str) -> Document | None:
    """The document with other words in the first block of fixed text that has the old ones; None where there is none."""
    for number, block in enumerate(document.blocks):
        for place, span in enumerate(block.spans):
            if span.feld is None and old in span.text and block.text.startswith(opening):
                spans = (*block.spans[:place], Span(span.text.replace(old, new, 1)), *block.spans[place + 1 :])
                blocks: tuple[Block, ...] = (*document.blocks[:number], replace(block, spans=spans), *document.blocks[number + 1 :])
                return replace(document, blocks=blocks)
    return None


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("old", "new", "opening"), CHANGED)
def test_another_word_in_fixed_text_is_reported_and_printed_again(old: str, new: str, opening: str, form: str, tmp_path: Path) -> None:
    record = emsland()
    document = other_words(LIBRARY.document(record), old, new, opening)
    assert document is not None
    extraction = read_back(document, form, tmp_path)
    assert said(extraction.record) == said(record)
    (befund,) = departures(extraction)
    changed = set(new.split()) - set(old.split()) or set(new.split())
    assert befund.schwere == "warnung"
    assert changed <= set(befund.text.replace(",", "").split())
    assert (befund.location.page is not None and befund.location.box is not None) == (form == "pdf")
    (entry,) = extraction.record.abweichungen
    assert entry.art == "ersetzt"
    again = LIBRARY.document(extraction.record)
    assert text_of(again) == text_of(document)


@pytest.mark.parametrize("form", FORMS)
def test_a_departure_of_a_record_is_printed_and_read_back(form: str, tmp_path: Path) -> None:
    entry = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="dreimal")
    record = emsland().model_copy(update={"abweichungen": (entry,)})
    document = LIBRARY.document(record)
    assert "dreimal" in text_of(document) and "zweimal" not in text_of(document)
    extraction = read_back(document, form, tmp_path)
    assert extraction.record.abweichungen == (entry,)
    assert len(departures(extraction)) == 1
    assert text_of(LIBRARY.document(extraction.record)) == text_of(document)


def test_the_place_of_a_departure_holds_its_words(tmp_path: Path) -> None:
    document = other_words(LIBRARY.document(emsland()), "zweimal", "dreimal", "(1) ")
    assert document is not None
    path = printed(document, "pdf", tmp_path)
    (befund,) = departures(read_back(document, "pdf", tmp_path))
    assert befund.location.page is not None and befund.location.box is not None
    links, oben, rechts, unten = befund.location.box
    with pdfplumber.open(path) as pdf:
        shown = pdf.pages[befund.location.page - 1].crop((links - 2, oben - 2, rechts + 2, unten + 2)).extract_text()
    assert "dreimal" in shown


def test_every_angabe_has_the_place_it_was_read_from(tmp_path: Path) -> None:
    extraction = read_back(LIBRARY.document(emsland()), "pdf", tmp_path)
    for found in extraction.found:
        assert (found.locations and all(ort.page and ort.box and ort.text for ort in found.locations)) or found.reason == "leer", found.feld
    record = extraction.record
    assert {found.feld for found in extraction.found} == set(said(record)) - {"wortlaut"}
    for found in extraction.found:
        assert found.wert is None or found.wert == value_at(record, found.feld)
