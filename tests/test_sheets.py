"""`zv bogen`: the review sheet shows what the record says now, what was decided, and each place upright."""

from __future__ import annotations

import io
import shutil
from base64 import b64decode
from pathlib import Path

import pikepdf
import pytest
from command import zv
from lxml import html
from PIL import Image
from round_trip import ROOT, read_apart

from agreements.library.library import open_library
from agreements.reading.geometry import turned_back
from extract.results.cuttings import cut
from zv.readings import FOLDER

Capture = pytest.CaptureFixture[str]
LEER = ROOT / "tests" / "proben" / "corpus" / "leer-2015.pdf"
SCAN = ROOT / "tests" / "proben" / "corpus" / "osterholz-2018.pdf"
AMOUNT = "haushalt.verwaltungskosten"


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which a scan was imported."""
    folder = tmp_path_factory.mktemp("amt")
    shutil.copy(SCAN, folder / "Osterholz.pdf")
    (folder / "agreements").mkdir()
    return folder


@pytest.fixture
def office(imported: Path, tmp_path: Path, capsys: Capture) -> Path:
    """A copy of it."""
    if not (imported / "agreements/2018").exists():
        zv(capsys, "einlesen", imported / "Osterholz.pdf", "--ordner", imported)
    shutil.copytree(imported, tmp_path / "amt")
    return tmp_path / "amt"


def page(office: Path, capsys: Capture) -> html.HtmlElement:
    ended = zv(capsys, "bogen", "2018/lk-osterholz", "--ordner", office)
    assert ended.code == 0, ended.err
    path = Path(ended.out.strip())
    assert path == office / "out/pruefung/2018/lk-osterholz.html"
    return html.fromstring(path.read_bytes())


def card(sheet: html.HtmlElement, feld: str) -> str:
    return " ".join(sheet.get_element_by_id(feld).text_content().split())


def unsure(sheet: html.HtmlElement) -> list[str]:
    return [each.get("id") or "" for each in sheet.cssselect("section.zuerst article") if "befund" not in (each.get("id") or "")]


def test_after_a_correction_the_sheet_shows_the_correction_and_what_was_read(office: Path, capsys: Capture) -> None:
    before = card(page(office, capsys), AMOUNT)
    assert zv(capsys, "setze", "2018/lk-osterholz", AMOUNT, "1.234.567", "--ordner", office).code == 0
    after = card(page(office, capsys), AMOUNT)
    assert "1.234.567" in after and "1.234.567" not in before
    assert "Gelesen wurde: " in after and "Gelesen wurde: " not in before
    sheet = page(office, capsys)
    assert "Osterholz.pdf" in sheet.cssselect("table.akte")[0].text_content()
    assert [each.getparent().get("id") for each in sheet.cssselect("p.entschieden")] == [AMOUNT]


def test_what_is_decided_is_not_to_be_looked_at_any_more(office: Path, capsys: Capture) -> None:
    sheet = page(office, capsys)
    first = unsure(sheet)
    assert first
    library = open_library(office)
    offen = library.store.load((2018, "lk-osterholz")).record.akte.offen
    valued = {point.feld for point in offen if point.lesungen and point.lesungen[0].wert not in (None, "–")}
    feld = next(each for each in first if each in valued and sum(point.feld == each for point in offen) == 1)
    kennung = next(point.kennung for point in offen if point.feld == feld)
    ended = zv(capsys, "bestaetige", "2018/lk-osterholz", kennung, "--kuerzel", "Mu", "--ordner", office)
    assert ended.code == 0, ended.err
    sheet = page(office, capsys)
    assert unsure(sheet) == [each for each in first if each != feld]
    assert "Bestätigt am " in card(sheet, feld) and ", Mu." in card(sheet, feld)


def test_each_angabe_names_its_line(office: Path, capsys: Capture) -> None:
    stored = open_library(office).store.load((2018, "lk-osterholz"))
    assert f"Zeile {stored.line(AMOUNT)} des Datensatzes" in card(page(office, capsys), AMOUNT)


def test_without_the_reading_the_file_must_be_named(office: Path, capsys: Capture) -> None:
    shutil.rmtree(office / FOLDER)
    ended = zv(capsys, "bogen", "2018/lk-osterholz", "--ordner", office)
    assert ended.code == 2 and "zv bogen 2018/lk-osterholz Osterholz.pdf" in ended.err
    other = zv(capsys, "bogen", "2018/lk-osterholz", LEER, "--ordner", office)
    assert other.code == 2 and "Aus dieser Datei ist 2018/lk-osterholz nicht gelesen." in other.err


def test_a_record_that_was_read_from_no_file_has_no_sheet(office: Path, capsys: Capture) -> None:
    shutil.copytree(ROOT / "agreements/2024", office / "agreements/2024")
    ended = zv(capsys, "bogen", "2024/lk-emsland", "--ordner", office)
    assert ended.code == 2 and "aus keiner Datei gelesen" in ended.err


# ---------------------------------------------------------------- upright


@pytest.mark.parametrize(
    ("turn", "upright"), [(0, (10, 20, 30, 25)), (90, (20, 70, 25, 90)), (180, (70, 175, 90, 180)), (270, (175, 10, 180, 30))]
)
def test_a_box_of_a_turned_page_isturned_back_with_it(turn: int, upright: tuple[int, ...]) -> None:
    assert turned_back((10, 20, 30, 25), turn, 100, 200) == upright


def test_a_place_on_a_page_that_lies_turned_is_shown_upright(tmp_path: Path) -> None:
    with pikepdf.open(SCAN) as pdf:
        for sheet in pdf.pages:
            sheet.rotate(90, relative=True)
        pdf.save(tmp_path / "quer.pdf")
    for path in (SCAN, tmp_path / "quer.pdf"):
        extraction = read_apart(path)
        found = next(each for each in extraction.found if each.feld == AMOUNT)
        picture = cut(extraction, "alle")[found.locations[0]]
        image = Image.open(io.BytesIO(b64decode(picture.address.partition(",")[2])))
        assert image.width > image.height, path
