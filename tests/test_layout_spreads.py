"""Two pages side by side on a sheet are read one after the other, in a text layer and in a scan; a wide page that is one stays one."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from pictured_pages import TEXT, Sheet
from round_trip import LIBRARY, emsland, said
from scan_simulator import Scan, scanned

from agreements.errors import UnreadableError
from extract.extraction import extract
from extract.layout.spreads import gutter
from extract.pdf import read_pdf
from render.pdf import render_pdf

WIDTH, HEIGHT = 842, 595
Lines = Sequence[str]


def side_by_side(pdf: bytes, order: Sequence[int] = ()) -> bytes:
    """The pages of a PDF, two on a sheet."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as sheets:
        pages = [source.pages[number] for number in order or range(len(source.pages))]
        for place in range(0, len(pages), 2):
            sheet = sheets.add_blank_page(page_size=(WIDTH, HEIGHT))
            for number, page in enumerate(pages[place : place + 2]):
                sheet.add_overlay(page, pikepdf.Rectangle(number * WIDTH / 2, 0, (number + 1) * WIDTH / 2, HEIGHT))
        sheets.save(out)
    return out.getvalue()


def file(folder: Path, data: bytes) -> Path:
    path = folder / "blatt.pdf"
    path.write_bytes(data)
    return path


def wide(*columns: tuple[float, Lines]) -> Sheet:
    """A wide page with lines from these edges on."""
    sheet = Sheet((WIDTH, HEIGHT))
    for left, lines in columns:
        sheet.typed(lines, left=left, top=540, size=8)
    return sheet


@pytest.fixture(scope="module")
def agreement() -> bytes:
    return render_pdf(LIBRARY.document(emsland()))


def test_an_agreement_two_pages_on_a_sheet_reads_as_it_was_and_that_is_said(agreement: bytes, tmp_path: Path) -> None:
    found = extract(file(tmp_path, side_by_side(agreement)), LIBRARY)
    assert said(found.record) == said(emsland())
    assert not [befund for befund in found.befunde if befund.schwere != "hinweis"]
    assert any("Auf Blatt 1, 2, 3 der Datei liegen zwei Seiten nebeneinander" in befund.text for befund in found.befunde)
    assert {place.page for each in found.reading.paragraphs for word in each.words for place in word.places} == {1, 2, 3, 4}
    amount = next(each for each in found.found if each.feld == "haushalt.verwaltungskosten")
    assert amount.locations[0].page == 2


def test_a_booklet_before_it_is_folded_is_refused(agreement: bytes, tmp_path: Path) -> None:
    path = file(tmp_path, side_by_side(agreement, order=(5, 2, 1, 6, 3, 4)))
    with pytest.raises(UnreadableError, match="nicht in ihrer Folge"):
        read_pdf(path)


def test_four_pages_on_a_sheet_are_refused(agreement: bytes, tmp_path: Path) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(agreement)) as source, pikepdf.new() as sheets:
        sheet = sheets.add_blank_page(page_size=(HEIGHT, WIDTH))
        for number, page in enumerate(source.pages[1:5]):
            left, top = number % 2 * HEIGHT / 2, WIDTH - number // 2 * WIDTH / 2
            sheet.add_overlay(page, pikepdf.Rectangle(left, top - WIDTH / 2, left + HEIGHT / 2, top))
        sheets.save(out)
    with pytest.raises(UnreadableError, match="vier Seiten"):
        read_pdf(file(tmp_path, out.getvalue()))


TABLE = [f"{number}. Zielwert der Kennzahl {number} im Vorjahr" for number in range(1, 20)]
ONE = {
    "a wide page of text": wide((60, [f"{text} {text}" for text in TEXT * 4])),
    "a wide table": wide((60, ["Zielwerte der Integrationsquote und ihre Entwicklung seit dem Jahr 2020", *TABLE]), (440, TABLE)),
    "a wide table without a heading": wide((60, TABLE), (300, TABLE), (440, TABLE)),
    "a note in the margin": wide((60, TEXT * 4), (480, ["Bitte prüfen!"])),
    "two columns on a high page": Sheet((HEIGHT, WIDTH)).typed(TEXT * 4, left=40, size=6).typed(TEXT * 4, left=320, size=6),
}


@pytest.mark.parametrize("kind", ONE)
def test_a_page_that_is_one_stays_one(kind: str, tmp_path: Path) -> None:
    reading = read_pdf(ONE[kind].saved(tmp_path))
    assert not any("nebeneinander" in note for note in reading.notes)


def test_a_sheet_whose_second_page_is_empty_is_read_as_its_first(tmp_path: Path) -> None:
    left, right, rest = TEXT * 3, [f"Außerdem gilt: {text}" for text in TEXT * 2], ["Der letzte Satz steht allein.", "Er endet hier."]
    both = wide((60, left), (480, right)).saved(tmp_path)
    (tmp_path / "halb").mkdir()
    half = wide((60, rest)).saved(tmp_path / "halb")
    with pikepdf.open(both, allow_overwriting_input=True) as pdf, pikepdf.open(half) as last:
        pdf.pages.extend(last.pages)
        pdf.save(both)
    reading = read_pdf(both)
    words = [word.text for paragraph in reading.paragraphs for word in paragraph.words]
    assert words == " ".join((*left, *right, *rest)).split()
    assert any("Auf Blatt 1 der Datei" in note for note in reading.notes)


def test_a_scan_of_two_pages_is_read_page_by_page_though_it_lies_askew(tmp_path: Path) -> None:
    lines = ("Auf der linken Seite steht dieser Satz über die Ziele", *TEXT), ("Auf der rechten Seite steht ein anderer Satz dazu", *TEXT)
    sheet = wide((50, lines[0]), (471, lines[1])).saved(tmp_path)
    reading = read_pdf(file(tmp_path, scanned(sheet.read_bytes(), Scan(dpi=300, skew=0.7), 4).pdf))
    words = [word.text for paragraph in reading.paragraphs for word in paragraph.words]
    assert words == " ".join((*lines[0], *lines[1])).split()
    assert any("Auf Blatt 1 der Datei liegen zwei Seiten nebeneinander" in note for note in reading.notes)


def test_the_white_between_two_pages_is_found_where_it_is_and_nowhere_else() -> None:
    rows = [(40.0, float(top), 380.0, top + 8.0) for top in range(40, 160, 10)]
    beside = [(460.0, top, 800.0, bottom) for _, top, _, bottom in rows]
    assert gutter([*rows, *beside], 842, 595) == pytest.approx(420)
    assert gutter([*rows, *beside, (400.0, 300.0, 470.0, 308.0)], 842, 595) is None
    assert gutter([*rows, *((left - 60, top, right, bottom) for left, top, right, bottom in beside)], 842, 595) is None
    assert gutter([*rows, *beside], 842, 842) is None
    assert gutter(rows, 842, 595) is None
