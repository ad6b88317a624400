"""What goes wrong in an engine is one German sentence without its words; what goes wrong in our own code stays a fault of ours."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from command import ROOT
from openpyxl import Workbook
from pikepdf import Array, Dictionary, Name, Pdf

from agreements.errors import UnreadableError, ZvError
from extract.files.engines import boundary, is_of
from extract.files.integrity import MOST_NOTES
from extract.files.spreadsheet import cells
from extract.pdf import read_pdf
from extract.text_layer.painted import MOST_PAINTED

ENGLISH = re.compile(r"\b(the|of|not|is|for|with|Error|error|invalid|failed|expected|object|index|NoneType|pikepdf|pdfium\w*)\b")
FONT = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
WORDS = b"BT /F 12 Tf 60 700 Td (Zielvereinbarung 2024 im Landkreis) Tj ET"


def failing() -> object:
    return dict[str, object]()["Schlüssel"]


def made(tmp_path: Path, change: Callable[[Pdf], object], content: bytes = WORDS) -> Path:
    """A PDF file with a page of text in which something is not what it should be."""
    path = tmp_path / "a.pdf"
    with Pdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = Dictionary(Font=Dictionary(F=FONT))
        page.Contents = pdf.make_stream(content)
        change(pdf)
        pdf.save(path)
    return path


def form(pdf: Pdf, content: bytes, **inside: pikepdf.Object) -> pikepdf.Object:
    drawn = Dictionary({f"/{name}": each for name, each in inside.items()})
    return pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9], Resources=Dictionary(XObject=drawn))


def refusal(path: Path) -> str:
    """The one sentence that a file is refused with, within seconds."""
    start = time.process_time()
    with pytest.raises(ZvError) as caught:
        read_pdf(path)
    assert time.process_time() - start < 5
    assert caught.value.exit_code == 3 and caught.value.datei == path and caught.value.abhilfe
    assert not ENGLISH.search(str(caught.value).replace(str(path), ""))
    return caught.value.message


# ---------------------------------------------------------------- whose fault it is


def test_a_fault_of_an_engine_is_told_by_where_it_comes_from_whatever_its_kind() -> None:
    with pytest.raises(UnreadableError) as caught, boundary("openpyxl", "Die Tabelle ist beschädigt.", Path("a.xlsx"), "Neu speichern."):
        Workbook()["Fehlt"]  # a KeyError in its code
    assert str(caught.value) == "a.xlsx: Die Tabelle ist beschädigt. Neu speichern."
    assert isinstance(caught.value.__cause__, KeyError)


def test_a_fault_of_ours_stays_what_it_is_though_an_engine_has_called_us() -> None:
    with pytest.raises(KeyError), boundary("openpyxl", "Die Tabelle ist beschädigt.", Path("a.xlsx"), "Neu speichern."):
        failing()
    with pytest.raises(UnreadableError, match="leer"), boundary("pikepdf", "Beschädigt.", None, ""):
        raise UnreadableError("Die Datei ist leer.")


def test_another_engines_fault_is_not_this_ones() -> None:
    with pytest.raises(pikepdf.PdfError) as caught:
        pikepdf.open(Path(__file__))
    assert is_of(caught.value, "pikepdf") and not is_of(caught.value, "PDFium")


def test_memory_that_runs_out_in_an_engine_is_told_as_that() -> None:
    with pytest.raises(MemoryError), boundary("pikepdf", "Beschädigt.", None, ""):
        raise MemoryError


# ---------------------------------------------------------------- PDF


def test_a_font_that_is_a_number_leaves_the_rest_to_be_read(tmp_path: Path) -> None:
    path = made(tmp_path, lambda pdf: pdf.pages[0].Resources.Font.update({"/G": 7}))
    assert read_pdf(path).paragraphs[0].text == "Zielvereinbarung 2024 im Landkreis"


def test_a_form_that_draws_itself_is_told_before_anything_draws_it(tmp_path: Path) -> None:
    """Recorded: 782 bytes took 1 GiB."""

    def change(pdf: Pdf) -> None:
        inside = form(pdf, b"/F Do /F Do")
        inside.Resources.XObject.F = inside
        pdf.pages[0].Resources.XObject = Dictionary(F=inside)

    assert "Seite 1" in (said := refusal(made(tmp_path, change, b"/F Do " * 100))) and "enthält sich selbst" in said


def test_forms_that_double_each_other_are_told_before_anything_draws_them(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        inner = form(pdf, b"0 0 1 1 re f")
        for _ in range(20):
            inner = form(pdf, b"/#46 Do\n/F  Do", F=inner)
        pdf.pages[0].Resources.XObject = Dictionary(F=inner)

    assert "Seite 1 der PDF-Datei zeichnet zu viel" in refusal(made(tmp_path, change, b"/F Do"))


def test_a_form_drawn_on_every_line_is_nothing_to_tell(tmp_path: Path) -> None:
    path = made(tmp_path, lambda pdf: pdf.pages[0].Resources.update({"/XObject": Dictionary(F=form(pdf, b"0 0 1 1 re f"))}),
                WORDS + b" /F Do" * 60)  # fmt: skip
    assert read_pdf(path).paragraphs


def test_a_page_that_is_none_is_told(tmp_path: Path) -> None:
    def change(pdf: Pdf) -> None:
        pdf.Root.Pages.Kids = Array([pdf.make_indirect(Dictionary(Type=Name.Page)), 3, pdf.Root.Pages.Kids[0]])
        pdf.Root.Pages.Count = 3

    refusal(made(tmp_path, change))


def test_a_file_of_which_only_what_lies_inside_is_locked_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    with Pdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path, encryption=pikepdf.Encryption(user="geheim", owner="geheim", R=4))
    path.write_bytes(path.read_bytes().replace(b"/StmF /StdCF /StrF /StdCF", b"/StmF/Identity/StrF/Identity"))
    assert "verschlüsselt" in refusal(path)


@pytest.mark.parametrize("box", [[0, 0, 0.01, 0.01], [0, 0, 71, 842], [0, 0, 1e9, 1e9]])
def test_a_page_that_is_no_page_by_its_size_is_told(box: list[float], tmp_path: Path) -> None:
    path = made(tmp_path, lambda pdf: pdf.pages[0].obj.update({"/MediaBox": Array(box), "/CropBox": Array(box)}))
    assert "Seite 1" in refusal(path)


@pytest.mark.parametrize("box", [[1, 2], ["a", "b", "c", "d"], [5, 5, 5, 5], [0, 0, 1e-7, 842], [595, 842, 0, 0]])
def test_a_box_that_says_nothing_leaves_the_page_as_large_as_a_letter(box: list[float | str], tmp_path: Path) -> None:
    path = made(tmp_path, lambda pdf: pdf.pages[0].obj.update({"/MediaBox": Array(box), "/CropBox": Array(box)}))
    assert read_pdf(path).paragraphs[0].text == "Zielvereinbarung 2024 im Landkreis"


def test_more_strokes_than_anybody_draws_are_told_by_their_page(tmp_path: Path) -> None:
    content = WORDS + b" 60 700 m 300 720 l S" * (MOST_PAINTED + 1)
    assert f"Auf Seite 1 sind mehr als {MOST_PAINTED} Striche" in refusal(made(tmp_path, lambda pdf: None, content))


def test_more_notes_than_anybody_writes_are_told(tmp_path: Path) -> None:
    note = Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[60, 700, 80, 720])
    path = made(tmp_path, lambda pdf: pdf.pages[0].obj.update({"/Annots": Array([note] * (MOST_NOTES + 1))}))
    assert f"mehr als {MOST_NOTES} Anmerkungen" in refusal(path)


def test_what_a_font_calls_by_no_letter_is_unknown_and_a_hyphen_alone_is_one(tmp_path: Path) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    font.Encoding = Dictionary(Type=Name.Encoding, Differences=[65, Name("/uni0003"), Name("/uni0091"), Name.softhyphen])
    path = made(tmp_path, lambda pdf: pdf.pages[0].Resources.update({"/Font": Dictionary(F=font)}),
                b"BT /F 12 Tf 60 700 Td (Ziel) Tj 0 -30 Td (xAy zBz) Tj 0 -30 Td (C) Tj ET")  # fmt: skip
    words = [word.text for paragraph in read_pdf(path).paragraphs for word in paragraph.words]
    assert all(word and word.isprintable() for word in words), words


# ---------------------------------------------------------------- tables


def test_a_table_whose_theme_is_broken_is_told_in_german(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = Workbook()
    book.worksheets[0].append(["Träger", "Gesamtbudget (Mio. Euro)"])
    book.worksheets[0].append(["lk-emsland", 21.9])
    book.loaded_theme = b"<a:theme xmlns:a='x'><a:clrScheme></a:theme>"
    book.save(path)
    with pytest.raises(UnreadableError) as caught:
        cells(path)
    assert caught.value.message == "Die Excel-Tabelle ist beschädigt." and caught.value.abhilfe


@pytest.mark.parametrize("areas", [["A5:B1048576"], [f"A{row}:B{row}" for row in range(5, 3000)]])
def test_more_merged_cells_than_a_table_has_are_told_before_they_are_made(areas: list[str], tmp_path: Path) -> None:
    """Recorded: one area of two columns took a gigabyte and half a minute."""
    whole, path = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    book = Workbook()
    book.worksheets[0].append(["Träger", "Datum"])
    book.worksheets[0].merge_cells("A5:B5")
    book.save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            merged = "".join(f'<mergeCell ref="{area}"/>' for area in areas).encode()
            target.writestr(name, source.read(name).replace(b'<mergeCell ref="A5:B5"/>', merged))
    start = time.process_time()
    with pytest.raises(UnreadableError, match="miteinander verbunden"):
        cells(path)
    assert time.process_time() - start < 2


def test_a_word_without_end_in_a_table_takes_no_time(tmp_path: Path) -> None:
    """Recorded: what looks for damaged umlauts began anew at each of 100,000 letters."""
    path = tmp_path / "a.csv"
    path.write_text(f"Träger;Datum\nlk-emsland;{'x' * 100_000}\n", encoding="utf-8")
    start = time.process_time()
    assert "x" * 1000 in cells(path)
    assert time.process_time() - start < 2


def test_the_whole_word_is_shown_in_which_umlauts_are_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("TrÃ¤ger;Datum\nlk-emsland;heute\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match="„TrÃ¤ger“"):
        cells(path)


# ---------------------------------------------------------------- the doors


def test_pdfium_opens_files_at_one_door_and_no_boundary_is_passed_by() -> None:
    rooms = [path for room in ("extract", "zv") for path in (ROOT / room).rglob("*.py")]
    asking = {str(path.relative_to(ROOT)) for path in rooms if re.search(r"PdfDocument\(", path.read_text(encoding="utf-8"))}
    assert asking == {"extract/text_layer/opened.py"}
    engines = r"pikepdf\.open\(|pdfplumber\.open\(|load_workbook\(|PdfFileReader\(|etree\.fromstring\("
    bare = [path for path in rooms if re.search(engines, text := path.read_text(encoding="utf-8")) and "boundary(" not in text]
    assert not bare, bare
