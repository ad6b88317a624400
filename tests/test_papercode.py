"""The code that survives paper: printed, scanned, and what a signed sheet says of the draft that it names."""

from __future__ import annotations

import io
import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
import zxingcpp
from amendment_files import FIRST
from command import zv
from emsland import ROOT
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from scan_simulator import STAMPS, Scan, Written, scanned
from verapdf import faults, needs_verapdf

from agreements.comparing.returned import Returned, returned
from agreements.filling.papercode import ALT, Papercode, fingerprint, parse
from agreements.library.library import Library, open_library, undated
from agreements.library.proof import paragraphs_of
from agreements.model.fields import value_at
from agreements.model.findings import Befund
from agreements.model.reading import Beiwerk
from agreements.model.record import Abweichung, Vereinbarung
from agreements.model.values import OFFEN
from agreements.register.register import load_register
from extract.by_wording.choice import match_mended
from extract.extraction import Extraction, extract
from extract.ocr.code import without_code
from extract.ocr.raster import Pixels, Raster, rasterise
from extract.pdf import read_pdf
from extract.results.transfer import Answer, write_answers
from render.papercode import drawn, picture
from render.pdf import render_pdf
from render.word import render_word
from zv.importing import Import, exit_code
from zv.telling import show

KEYS = [row.schluessel for row in load_register().zkt(2024)]
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
OPEN = ("      datum: 2024-02-01\n", "      datum: null\n")
"""The day of the Landkreis's signature, left to the pen."""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder whose rahmen.yaml asks for the code, with an agreement and an amendment that wait for the pen."""
    folder = Path(shutil.copytree(ROOT / "agreements" / "2024", tmp_path / "agreements" / "2024"))
    rahmen, record = folder / "rahmen.yaml", folder / "lk-emsland.yaml"
    rahmen.write_text(rahmen.read_text(encoding="utf-8").replace("jahr: 2024\n", "jahr: 2024\npapiercode: true\n"), encoding="utf-8")
    record.write_text(record.read_text(encoding="utf-8").replace(*OPEN), encoding="utf-8")
    (folder / "lk-emsland-1.yaml").write_text(FIRST.replace("datum: 2024-06-03", "datum: null"), encoding="utf-8")
    return tmp_path


@pytest.fixture
def library(office: Path) -> Library:
    return open_library(office)


def effective(library: Library, name: str = "lk-emsland") -> Vereinbarung:
    return library.effective(library.store.load((2024, name)).record)


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


# ---------------------------------------------------------------- the signed sheet


def scanned_sheet(library: Library, folder: Path, said: Vereinbarung | None = None, name: str = "lk-emsland") -> Extraction:
    """What is read of a sheet with the code of a record's draft on which something else may stand: its text, as if it was recognised."""
    draft = library.document(effective(library, name))
    path = folder / "blatt.pdf"
    path.write_bytes(render_pdf(library.document(said or effective(library, name))))
    found = extract(path, library)
    mark = Beiwerk("papercode", found.reading.page_count, draft.papercode)
    reading = replace(found.reading, lesart="texterkennung", beiwerk=(*found.reading.beiwerk, mark))
    return replace(found, reading=reading)


def judged(library: Library, sheet: Extraction) -> Returned:
    return returned(library, sheet.reading, sheet.record, sheet.found)


def with_values(record: Vereinbarung, **values: Any) -> Vereinbarung:
    return record.model_copy(update={"haushalt": record.haushalt.model_copy(update=values)})


def signed_on(record: Vereinbarung, day: date) -> Vereinbarung:
    signature = record.unterschriften.traeger[1].model_copy(update={"datum": day, "zustand": "handschriftlich"})
    return record.model_copy(update={"unterschriften": record.unterschriften.model_copy(update={"traeger": {1: signature}})})


def told(befunde: Sequence[Befund]) -> list[tuple[str, str]]:
    return [(each.schwere, each.text) for each in befunde]


def test_a_sheet_that_says_what_was_printed_is_signed_as_drafted(library: Library, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path, signed_on(effective(library), date(2024, 2, 1)))
    found = judged(library, sheet)
    assert found.stored is not None
    assert [each.schwere for each in found.befunde] == ["hinweis"]
    assert found.befunde[0].sentence().startswith("Seite 7: Unterzeichnet wie entworfen")


def test_what_was_changed_by_hand_is_shown_and_the_code_is_not_believed(library: Library, tmp_path: Path) -> None:
    words = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="dreimal")
    changed = with_values(effective(library), verwaltungskosten=13155742).model_copy(update={"abweichungen": (words,)})
    sheet = scanned_sheet(library, tmp_path, changed)
    found = judged(library, sheet)
    assert found.stored is None
    assert [schwere for schwere, _ in told(found.befunde)] == ["warnung", "warnung"]
    assert "„13.155.742“ statt „13.155.724“" in found.befunde[0].text
    assert "„dreimal“ statt „zweimal“" in found.befunde[1].text
    assert sheet.record.haushalt.verwaltungskosten == 13155742


def test_a_place_that_was_not_read_for_sure_is_no_change_but_is_named(library: Library, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path, with_values(effective(library), verwaltungskosten=13155742))
    unsure = tuple(replace(each, doubtful=each.feld == "haushalt.verwaltungskosten") for each in sheet.found)
    found = judged(library, replace(sheet, found=unsure))
    assert found.stored is None
    assert [schwere for schwere, _ in told(found.befunde)] == ["hinweis"]
    assert "soweit sicher gelesen" in found.befunde[0].text
    assert "13.155.742" in found.befunde[0].text


def test_a_printed_day_that_was_changed_is_told(library: Library, office: Path, tmp_path: Path) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(OPEN[1], OPEN[0]), encoding="utf-8")
    dated = open_library(office)
    sheet = scanned_sheet(dated, tmp_path, signed_on(effective(dated), date(2024, 2, 11)))
    assert "„11. Februar 2024“ statt „1. Februar 2024“" in judged(dated, sheet).befunde[0].text


@pytest.mark.parametrize(("whole", "said"), [(True, "Auf dem Blatt steht Wort für Wort"), (False, "Auch auf dem Blatt steht nicht")])
def test_a_record_that_was_changed_since_is_told(library: Library, office: Path, whole: bool, said: str, tmp_path: Path) -> None:
    other = effective(library) if whole else with_values(effective(library), gesamtbudget_mio=Decimal("22.0"))
    sheet = scanned_sheet(library, tmp_path, other)
    path = office / "agreements/2024/lk-emsland.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("13155724", "13155800"), encoding="utf-8")
    found = judged(open_library(office), sheet)
    assert found.stored is None
    assert "er wurde nach dem Druck geändert" in found.befunde[0].text
    assert said in found.befunde[0].text


def test_a_code_of_another_agreement_is_told(library: Library, office: Path, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path)
    reading = replace(sheet.reading, beiwerk=(Beiwerk("papercode", 7, sheet.reading.beiwerk[-1].text.replace("LK-EMSLAND", "LK-PEINE")),))
    found = judged(library, replace(sheet, reading=reading))
    wrong = "Der Papiercode gehört zu 2024/lk-peine, gelesen ist 2024/lk-emsland. Es gilt, was dasteht."
    assert told(found.befunde) == [("warnung", wrong)]
    twice = replace(reading, beiwerk=(*reading.beiwerk, *sheet.reading.beiwerk))
    assert "verschiedene Papiercodes" in judged(library, replace(sheet, reading=twice)).befunde[0].text


def test_without_the_record_the_sheet_is_held_against_its_code_alone(library: Library, office: Path, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path)
    other = scanned_sheet(library, tmp_path, with_values(effective(library), verwaltungskosten=13155742))
    (office / "agreements/2024/lk-emsland.yaml").unlink()
    alone = Library(type(library.store)(office, packaged=office))
    alone.__dict__["_loaded"] = dict(library._loaded)
    assert [each.schwere for each in judged(alone, sheet).befunde] == ["hinweis"]
    assert [each.schwere for each in judged(alone, other).befunde] == ["warnung"]


def test_a_reading_without_a_code_has_nothing_to_say(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "ohne.pdf"
    path.write_bytes(render_pdf(library.document(effective(library))))
    assert returned(library, read_pdf(path), effective(library), ()) == Returned()


@pytest.mark.parametrize("marks", ["„“", ",,“", '""', "„”", "»«"])
def test_the_marks_around_quoted_words_are_no_part_of_them_however_they_were_read(marks: str, library: Library) -> None:
    opened, closed = (marks[:-1], marks[-1])
    document = library.document(effective(library, "lk-emsland-1"))
    read = [replace(each, words=tuple(replace(word, text=word.text.replace("„", opened).replace("“", closed)) for word in each.words))
            for each in paragraphs_of(document)]  # fmt: skip
    found = match_mended(library.wording("ni/aenderung-2024"), read, library.register).record
    assert value_at(found, "aenderung.texte.1.alt") == "zweimal jährlich"
    assert value_at(found, "aenderung.texte.1.neu") == "dreimal jährlich"


# ---------------------------------------------------------------- into the record


def imported(library: Library, sheet: Extraction, uebernehmen: bool) -> Any:
    run = Import(library, ohne_unterschriften=True, uebernehmen=uebernehmen)
    return run._after(sheet.datei, write_answers([Answer(sheet, {})]))[0]


@pytest.mark.parametrize("uebernehmen", [False, True])
def test_signatures_go_into_the_record_only_when_that_is_wanted(library: Library, office: Path, uebernehmen: bool, tmp_path: Path) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    before = path.read_text(encoding="utf-8")
    sheet = scanned_sheet(library, tmp_path, signed_on(effective(library), date(2024, 2, 1)))
    zustand = sheet.record.unterschriften.traeger[1].model_copy(update={"zustand": "handschriftlich"})
    signatures = sheet.record.unterschriften.model_copy(update={"traeger": {1: zustand}})
    sheet = replace(sheet, record=sheet.record.model_copy(update={"unterschriften": signatures}))
    result = imported(library, sheet, uebernehmen)
    assert (result.ergebnis, result.drafted) == ("unterzeichnet" if uebernehmen else "vorhanden", True)
    assert exit_code([result]) == 0
    told_of = io.StringIO()
    show([result], [], Console(file=told_of, width=200))
    assert "unterzeichnet wie entworfen" in told_of.getvalue()
    assert ("--unterschriften-uebernehmen" in told_of.getvalue()) != uebernehmen
    after = path.read_text(encoding="utf-8")
    if not uebernehmen:
        assert after == before
        return
    record = library.store.load((2024, "lk-emsland")).record
    assert value_at(record, "unterschriften.traeger.1.datum") == date(2024, 2, 1)
    assert value_at(record, "unterschriften.traeger.1.zustand") == "handschriftlich"
    assert record.akte.stand == "unterzeichnet"
    assert record.akte.quelle is not None
    assert record.akte.quelle.sha256 == sheet.sha256
    assert "# Das Datum des Ministeriums ist auf dem Original leer geblieben." in after
    assert imported(library, sheet, uebernehmen).ergebnis == "bekannt"


def test_a_day_that_was_not_read_for_sure_is_not_taken(library: Library, tmp_path: Path) -> None:
    sheet = scanned_sheet(library, tmp_path, signed_on(effective(library), date(2024, 2, 1)))
    unsure = tuple(replace(each, doubtful=each.feld == "unterschriften.traeger.1.datum") for each in sheet.found)
    assert imported(library, replace(sheet, found=unsure), True).ergebnis == "unterzeichnet"
    record = library.store.load((2024, "lk-emsland")).record
    assert record.unterschriften.traeger[1].datum is OFFEN
    assert record.akte.stand == "unterzeichnet"


def test_a_sheet_that_was_changed_by_hand_leaves_the_record_as_it_is(library: Library, office: Path, tmp_path: Path) -> None:
    path = office / "agreements/2024/lk-emsland.yaml"
    before = path.read_bytes()
    sheet = scanned_sheet(library, tmp_path, with_values(effective(library), verwaltungskosten=13155742))
    result = imported(library, sheet, True)
    assert (result.ergebnis, result.drafted) == ("vorhanden", False)
    assert exit_code([result]) == 1
    assert path.read_bytes() == before


def test_a_scan_of_a_signed_sheet_is_known_for_what_was_drafted(library: Library, office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The whole way: printed, signed with a pen, scanned, recognised, compared."""
    pdf = render_pdf(library.document(effective(library, "lk-emsland-1")))
    pen = Written(len(pdfium.PdfDocument(pdf)), (90.0, 380.0, 200.0, 400.0))
    (office / "Scan.pdf").write_bytes(scanned(pdf, Scan(dpi=200, jpeg=60, skew=1.0), 4, [pen]).pdf)
    ended = zv(capsys, "extract", office / "Scan.pdf", "--ordner", office)
    assert ended.code == 0
    assert "Unterzeichnet wie entworfen" in ended.out or "Wie entworfen (2024/lk-emsland-1)" in ended.out
    assert "Anders als entworfen" not in ended.out
