"""Which pages are read from their pictures: by what the text layer covers of the text to be seen, not by whether it has a letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from pictured_pages import HEIGHT, TEXT, WIDTH, Sheet, photographed

from agreements.reading.reading import Reading
from extract.ocr.engines import ppocr, tesseract
from extract.ocr.picture_pages import load, pictured
from extract.pdf import read_pdf
from extract.text_layer.page_read import PageRead
from extract.text_layer.words import read_pages
from render.papercode import drawn

FOOTER = "VIS 2024/004711 - Blatt 3"
WHOLE = (0.0, 0.0, float(WIDTH), float(HEIGHT))
LONG = TEXT * 4
Page = Callable[[Path], Sheet]


def seen(folder: Path, *lines: str, top: float = 340) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Lines as a picture of the whole page."""
    return photographed(Sheet().typed(lines or TEXT, top=top).saved(folder))


def scan(folder: Path) -> Sheet:
    return Sheet().picture(seen(folder), WHOLE)


def typed() -> Sheet:
    return Sheet().typed(LONG, top=370, size=9)


def read(path: Path) -> list[PageRead]:
    document = pdfium.PdfDocument(path)
    document.init_forms()
    return read_pages(document, path)


def part(folder: Path, *lines: str) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    """Lines as a picture of themselves alone."""
    pixels = seen(folder, *lines, top=HEIGHT - 20)
    return np.ascontiguousarray(pixels[: len(lines) * 60 + 40])


SIGNED = ("Hannover, den 5. Februar 2024", "(Dr. Frauke Thiemann)")
PICTURES: dict[str, Page] = {
    "a scan": scan,
    "with an electronic footer": lambda folder: scan(folder).typed([FOOTER], top=20, size=7),
    "with a full stop": lambda folder: scan(folder).typed(["."], top=20),
    "with few words and a footer": lambda folder: Sheet().picture(seen(folder, "Landkreis Emsland"), WHOLE).typed([FOOTER], top=20),
    "with invisible words": lambda folder: _with(Sheet(), b"3 Tr ").typed(TEXT).picture(seen(folder), WHOLE).typed([FOOTER], top=20),
    "outlines": lambda _: Sheet().outlined(TEXT),
    "outlines with a footer": lambda _: Sheet().outlined(TEXT).typed([FOOTER], top=20),
    "a scan in strips": lambda folder: _strips(seen(folder)),
}
BESIDE: dict[str, Page] = {
    "a signature as a picture": lambda folder: typed().picture(part(folder, *SIGNED), (60, 60, WIDTH, 57)),
    "a line of outlines": lambda _: typed().outlined(SIGNED, top=90),
    "a filled form field": lambda _: typed().field("2,5", 200, 60),
}
TEXTS: dict[str, Page] = {
    "text": lambda _: typed(),
    "a logo with its name": lambda folder: typed().picture(part(folder, "Land Niedersachsen"), (60, HEIGHT - 40, WIDTH, 34)),
    "a photograph": lambda _: typed().picture(np.random.default_rng(2).integers(0, 255, (90, 90), np.uint8), (60, 40, 90, 60)),
    "a signature of a pen": lambda _: _with(typed(), b"1 w 80 80 m " + b"90 120 110 40 130 90 c 140 120 150 60 170 80 c " * 60 + b"S "),
    "our code": lambda _: _with(typed(), drawn("ZV1 lk-emsland 2024 " * 3, 60, 20, 90)),
    "an empty form field": lambda _: typed().field("", 200, 60),
    "a table of lines": lambda _: _with(typed(), b"".join(b"60 %d m 400 %d l S " % (y, y) for y in range(40, 90, 2))),
}


def _with(sheet: Sheet, content: bytes) -> Sheet:
    sheet.content += content
    return sheet


def _strips(pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Sheet:
    sheet, rows = Sheet(), 24
    for number, strip in enumerate(np.array_split(pixels, rows)):
        sheet.picture(np.ascontiguousarray(strip), (0, HEIGHT * (1 - (number + 1) / rows), WIDTH, HEIGHT / rows))
    return sheet.typed([FOOTER], top=20)


@pytest.mark.parametrize("kind", PICTURES)
def test_a_page_whose_text_the_layer_does_not_cover_is_a_picture(kind: str, tmp_path: Path) -> None:
    path = PICTURES[kind](tmp_path).saved(tmp_path)
    assert pictured(path, read(path)) == ([1], frozenset())


@pytest.mark.parametrize("kind", BESIDE)
def test_a_page_of_text_with_more_to_read_keeps_its_text_and_is_read_beside_it(kind: str, tmp_path: Path) -> None:
    path = BESIDE[kind](tmp_path).saved(tmp_path)
    assert pictured(path, read(path)) == ([1], frozenset({1}))


@pytest.mark.parametrize("kind", TEXTS)
def test_a_page_of_text_with_what_is_none_is_no_picture(kind: str, tmp_path: Path) -> None:
    path = TEXTS[kind](tmp_path).saved(tmp_path)
    assert pictured(path, read(path)) == ([], frozenset())


# ---------------------------------------------------------------- the whole way


def texts(reading: Reading) -> str:
    return " ".join(paragraph.text for paragraph in reading.paragraphs)


def test_under_a_footer_the_scan_is_read_and_the_footer_stays_as_the_file_has_it(tmp_path: Path) -> None:
    reading = read_pdf(scan(tmp_path).typed([FOOTER], top=20, size=7).saved(tmp_path))
    assert reading.lesart == "texterkennung"
    assert "13.155.724 Euro" in texts(reading)
    assert FOOTER in " ".join([texts(reading), *(each.text for each in reading.beiwerk)])
    assert any(f"Die Textebene („{FOOTER}“) deckt nicht alles" in note for note in reading.notes)


def test_words_along_the_edge_of_a_scan_are_a_stamp(tmp_path: Path) -> None:
    edge = b"BT /F 8 Tf 0 1 -1 0 20 60 Tm (Gescannt am 12.03.2024 im DMS) Tj ET "
    reading = read_pdf(_with(scan(tmp_path), edge).saved(tmp_path))
    assert texts(reading) == " ".join(TEXT)
    assert [(each.art, each.text) for each in reading.beiwerk] == [("stempel", "Gescannt am 12.03.2024 im DMS")]


def test_what_is_typed_upon_a_scan_is_certain_and_what_is_recognised_is_not(tmp_path: Path) -> None:
    reading = read_pdf(scan(tmp_path).typed(["5. Februar 2024"], top=200).saved(tmp_path))
    certain = {word.text: word.certain for paragraph in reading.paragraphs for word in paragraph.words}
    assert certain["Februar"] and not certain["13.155.724"]


@pytest.mark.parametrize("under", [scan, lambda _: typed()])
def test_what_is_filled_in_a_form_is_read_as_it_is_shown_and_told(under: Page, tmp_path: Path) -> None:
    reading = read_pdf(under(tmp_path).field("7. März 2024", 200, 60).saved(tmp_path))
    assert "7. März 2024" in texts(reading)
    assert any("Formularfeld mit „7. März 2024“" in note for note in reading.notes)
    assert not any("Formularfelder" in note for note in reading.notes)


def test_letters_drawn_as_outlines_beside_text_leave_the_text_certain(tmp_path: Path) -> None:
    reading = read_pdf(typed().outlined(SIGNED, top=90).saved(tmp_path))
    assert reading.lesart == "gemischt"
    certain = {word.text: word.certain for paragraph in reading.paragraphs for word in paragraph.words}
    assert certain["13.155.724"] and not certain["Hannover,"]


def test_whoever_is_split_off_to_read_has_the_models_already() -> None:
    models = (tesseract._engine, ppocr._model)
    for model in models:
        model.cache_clear()
    load()
    assert [model.cache_info().currsize for model in models] == [1, 1]


def test_a_missing_model_is_not_said_before_anything_is_read_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ppocr, "PACKAGE", "zv_hat_kein_solches_paket")
    ppocr._model.cache_clear()
    load()
    assert ppocr._model.cache_info().currsize == 0
