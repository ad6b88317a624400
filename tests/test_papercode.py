"""The code that survives paper: what it says, printed, and read from a scan."""

from __future__ import annotations

import io
import shutil
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from emsland import ROOT
from hypothesis import given
from hypothesis import strategies as st
from papercode_office import effective, library_with_code, office_with_code
from scan_simulator import STAMPS, Scan, scanned
from verapdf import faults, needs_verapdf

from agreements.filling.papercode import ALT, Papercode, fingerprint, parse
from agreements.library.library import Library, open_library, undated
from agreements.model.values import OFFEN
from agreements.register.register import load_register
from extract.extraction import extract
from extract.ocr.code import without_code
from extract.ocr.raster import Pixels, Raster, rasterise
from render.papercode import drawn, picture
from render.pdf import render_pdf
from render.word import render_word

KEYS = [row.schluessel for row in load_register().zkt(2024)]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"

office = pytest.fixture(office_with_code)
library = pytest.fixture(library_with_code)


def rendered(pdf: bytes, page: int = -1, dpi: int = 150) -> Pixels:
    """A page as grey dots."""
    document = pdfium.PdfDocument(pdf)
    dots = document[page % len(document)].render(scale=dpi / 72, grayscale=True).to_numpy()
    return np.ascontiguousarray(dots.reshape(dots.shape[:2]))


def decoded(png: bytes) -> Pixels:
    """A picture as grey dots."""
    return np.asarray(cv2.imdecode(np.frombuffer(png, np.uint8), cv2.IMREAD_GRAYSCALE), np.uint8)


def codes(dots: Pixels) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(dots)]


# ---------------------------------------------------------------- what it says


@given(st.sampled_from(KEYS), st.integers(0, 99), st.integers(2005, 2099), st.text(LETTERS, min_size=20, max_size=20))
def test_the_code_says_which_agreement_and_which_text(key: str, number: int, jahr: int, summe: str) -> None:
    code = Papercode(jahr, f"{key}-{number}" if number else key, summe)
    assert parse(code.text) == code


@pytest.mark.parametrize("text", ["", "https://www.niedersachsen.de", "ZV1/2024/LK-PEINE/0.1.0/ABC", f"ZV9/2024/LK-PEINE/0.1.0/{20 * 'A'}"])
def test_other_codes_are_none_of_ours(text: str) -> None:
    assert parse(text) is None


def test_the_fingerprint_is_of_the_text_and_not_of_the_days_that_a_pen_writes(library: Library) -> None:
    record = effective(library)
    plain = fingerprint(library.filled(undated(record)))
    signed = record.unterschriften.traeger[1].model_copy(update={"datum": date(2024, 2, 1)})
    dated = record.unterschriften.model_copy(update={"traeger": {1: signed}})
    assert fingerprint(library.filled(undated(record.model_copy(update={"unterschriften": dated})))) == plain
    other = record.model_copy(update={"haushalt": record.haushalt.model_copy(update={"verwaltungskosten": 13155742})})
    assert fingerprint(library.filled(undated(other))) != plain


# ---------------------------------------------------------------- printed


def test_the_code_stands_on_the_last_page_alone_and_is_small_enough(library: Library) -> None:
    document = library.document(effective(library))
    pdf = render_pdf(document)
    pages = [codes(rendered(pdf, page)) for page in range(len(pdfium.PdfDocument(pdf)))]
    assert pages == [*([] for _ in pages[1:]), [document.papercode]]
    dots = rendered(pdf, dpi=254)  # ten to a millimetre
    place = zxingcpp.read_barcodes(dots)[0].position
    assert 20 < (place.top_right.x - place.top_left.x) / 10 < 35
    assert (dots[place.top_left.y - 20 : place.top_left.y - 4, place.top_left.x : place.top_right.x] == 255).all()  # the quiet zone


@pytest.mark.parametrize("key", [max(KEYS, key=len), f"{max(KEYS, key=len)}-12"])
def test_the_longest_key_makes_a_code_that_is_no_finer(key: str) -> None:
    assert drawn(Papercode(2024, key, 20 * "A", "10.10.10").text, 0, 0, 41).count(b" 1.000 re") > 100  # 33 modules and the border


def test_none_is_printed_unless_the_year_asks_for_it_nor_on_what_is_still_open(library: Library, office: Path) -> None:
    record = effective(library)
    opened = record.model_copy(update={"haushalt": record.haushalt.model_copy(update={"verwaltungskosten": OFFEN})})
    assert library.document(opened).papercode == ""
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", office / "agreements/2024/rahmen.yaml")
    document = open_library(office).document(record)
    assert document.papercode == ""
    assert codes(rendered(render_pdf(document))) == []


def test_the_same_record_gives_the_same_bytes_with_its_code(library: Library) -> None:
    document = library.document(effective(library, "lk-emsland-1"))
    assert document.papercode
    assert render_pdf(document) == render_pdf(document)
    assert render_word(document) == render_word(document)


def test_the_code_is_no_text_of_the_pdf(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "mit.pdf"
    path.write_bytes(render_pdf(library.document(effective(library, "lk-emsland-1"))))
    said = extract(path, library)
    assert [befund.schwere for befund in said.befunde if befund.schwere != "hinweis"] == []
    assert not [each for each in said.reading.beiwerk if each.art == "papercode"]
    with pikepdf.open(path) as pdf:
        assert b"/Artifact <</Type /Layout>> BDC" in b"".join(each.read_bytes() for each in pdf.pages[-1].Contents)


@needs_verapdf
def test_verapdf_finds_nothing_in_an_agreement_with_the_code(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "mit.pdf"
    path.write_bytes(render_pdf(library.document(effective(library, "lk-emsland-1"))))
    assert faults([path]) == {}


def test_the_word_file_has_the_code_as_a_picture_with_its_name_and_reads_back_as_without(library: Library, tmp_path: Path) -> None:
    document = library.document(effective(library))
    path = tmp_path / "mit.docx"
    path.write_bytes(render_word(document))
    with zipfile.ZipFile(path) as package:
        images = [name for name in package.namelist() if name.startswith("word/media/")]
        assert len(images) == 1
        dots = decoded(package.read(images[0]))
        assert f'descr="{ALT}{document.papercode}"' in package.read("word/document.xml").decode()
    assert codes(dots) == [document.papercode]
    assert [befund.text for befund in extract(path, library).befunde] == []


def test_a_picture_that_only_calls_itself_so_is_still_told(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "falsch.docx"
    document = library.document(effective(library))
    made = render_word(document)
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(document.papercode.encode(), b"Lageplan"))
    assert any("Lageplan" in befund.text for befund in extract(path, library).befunde)


# ---------------------------------------------------------------- scanned


SCANS = {
    "coarse": Scan(dpi=150), "coarse and askew": Scan(dpi=150, skew=8.0), "coarse, two tones": Scan(dpi=150, bilevel=True),
    "coarse and dirty": Scan(dpi=150, jpeg=25, noise=8.0), "coarse and stamped": Scan(dpi=150, stamp=True, colour=True),
    "folded": Scan(dpi=200, fold=True, blur=0.3), "askew": Scan(dpi=200, skew=3.0), "fine": Scan(dpi=300, jpeg=25),
}  # fmt: skip


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """The last two pages of the agreement, and the code's letters."""
    folder = tmp_path_factory.mktemp("blatt")
    shutil.copytree(ROOT / "agreements" / "2024", folder / "agreements" / "2024")
    rahmen = folder / "agreements/2024/rahmen.yaml"
    rahmen.write_text(rahmen.read_text(encoding="utf-8").replace("jahr: 2024\n", "jahr: 2024\npapiercode: true\n"), encoding="utf-8")
    library = open_library(folder)
    document = library.document(effective(library))
    with pikepdf.open(io.BytesIO(render_pdf(document))) as pdf:
        del pdf.pages[:-2]
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue(), document.papercode


def raster(pdf: bytes, folder: Path, page: int = 1) -> Raster:
    path = folder / "scan.pdf"
    path.write_bytes(pdf)
    return rasterise(pdfium.PdfDocument(path)[page], page + 1, path)


@pytest.mark.parametrize("scan", SCANS.values(), ids=SCANS)
def test_the_code_is_read_from_a_scan_and_leaves_white(scan: Scan, sheet: tuple[bytes, str], tmp_path: Path) -> None:
    page = raster(scanned(sheet[0], scan, 1).pdf, tmp_path)
    cleaned, text = without_code(page)
    assert text == sheet[1]
    assert without_code(cleaned)[1] == ""
    assert (cleaned.grey != page.grey).mean() < 0.03
    assert (page.grey < 100).sum() > (cleaned.grey < 100).sum() > 0.2 * (page.grey < 100).sum()  # the text is still there


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_the_code_is_read_however_the_sheet_lies(turns: int, sheet: tuple[bytes, str], tmp_path: Path) -> None:
    page = raster(scanned(sheet[0], Scan(), 5).pdf, tmp_path)
    assert without_code(replace(page, grey=np.ascontiguousarray(np.rot90(page.grey, turns))))[1] == sheet[1]


def test_a_stamp_over_a_part_of_the_code_does_not_hide_it(sheet: tuple[bytes, str], tmp_path: Path) -> None:
    page = raster(scanned(sheet[0], Scan(dpi=200), 5).pdf, tmp_path)
    dots = page.grey.copy()
    place = zxingcpp.read_barcodes(dots)[0].position
    side = place.bottom_right.x - place.top_left.x
    corner = (place.bottom_right.x + side // 4, place.bottom_right.y + side // 4)
    for radius in (0.45, 0.6):
        cv2.circle(dots, corner, int(radius * side), int(np.mean(STAMPS[0])), max(2, side // 40))
    assert without_code(replace(page, grey=dots))[1] == sheet[1]


def test_a_page_without_a_code_and_another_code_stay_as_they_are(sheet: tuple[bytes, str], tmp_path: Path) -> None:
    page = raster(scanned(sheet[0], Scan(), 5).pdf, tmp_path, page=0)
    assert without_code(page) == (page, "")
    other = decoded(picture("https://www.niedersachsen.de"))
    dots = page.grey.copy()
    dots[50 : 50 + other.shape[0], 50 : 50 + other.shape[1]] = other
    marked = replace(page, grey=dots)
    assert codes(dots) == ["https://www.niedersachsen.de"]
    assert without_code(marked) == (marked, "")
