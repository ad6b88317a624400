"""What is dropped on the screen of a year and leads on: a signed sheet to its signatures, a table to the planning."""

from __future__ import annotations

import html
import io
import json
import re
from collections.abc import Iterator, Mapping

import openpyxl
import pypdfium2 as pdfium
import pytest
from papercode_office import effective, library_with_code, office_with_code
from scan_simulator import Scan, Written, scanned
from workbench import Workbench, patiently, workbench

from agreements.model.record import Vereinbarung
from render.pdf import render_pdf

SHEET, YEAR = "lk-emsland-1", "/jahr/2024"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """An office whose drafts bear the code, and an amendment in it that waits for the pen."""
    with workbench(office_with_code(tmp_path_factory.mktemp("amt"))) as served:
        yield served


def record(bench: Workbench, name: str) -> Vereinbarung:
    return library_with_code(bench.folder).store.load((2024, name)).record


def worked(bench: Workbench) -> bool:
    """Whether all work has ended within some minutes, and well."""
    done = patiently(lambda: all(each["code"] is not None for each in json.loads(bench.get("/auftraege").text)))
    return done and not any(each["code"] for each in json.loads(bench.get("/auftraege").text))


def button(bench: Workbench, page: str, label: str) -> tuple[str, Mapping[str, str]]:
    """Where a form with that button is sent, and what it sends along."""
    forms: list[tuple[str, str]] = re.findall(r'<form method="post" action="([^"]+)"[^>]*>(.*?)</form>', bench.get(page).text, re.DOTALL)
    (found,) = ((action, inside) for action, inside in forms if f">{label}<" in inside)
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', found[1])
    return found[0].removeprefix(f"/{bench.token}"), {name: html.unescape(value) for name, value in fields}


def test_a_signed_sheet_with_the_code_offers_its_signatures_and_one_button_takes_them(bench: Workbench) -> None:
    """The whole way: printed, signed with a pen, scanned, recognised, known for what was drafted, noted."""
    library = library_with_code(bench.folder)
    pdf = render_pdf(library.document(effective(library, SHEET)))
    pen = Written(len(pdfium.PdfDocument(pdf)), (90.0, 380.0, 200.0, 400.0))
    before = bench.folder.joinpath(f"agreements/2024/{SHEET}.yaml").read_bytes()
    paper = scanned(pdf, Scan(dpi=200, jpeg=60, skew=1.0), 4, [pen]).pdf
    assert bench.upload(f"{YEAR}/ablage", {"Unterzeichnet.pdf": paper}).status == 303
    assert worked(bench)
    assert bench.folder.joinpath(f"agreements/2024/{SHEET}.yaml").read_bytes() == before, "reading alone takes nothing"
    where, fields = button(bench, YEAR, "Unterschriften übernehmen")
    assert fields == {"auftrag": "unterschriften", "datei": "Unterzeichnet.pdf"}
    assert bench.post(where, fields).status == 303
    assert worked(bench)
    akte = record(bench, SHEET).akte
    assert akte.stand == "unterzeichnet" and akte.quelle and akte.quelle.datei.endswith("Unterzeichnet.pdf")
    assert "Unterschriften übernehmen<" not in bench.get(YEAR).text


def test_a_table_dropped_on_the_year_is_shown_on_the_planning_and_written_only_there(bench: Workbench) -> None:
    book = openpyxl.load_workbook(io.BytesIO(bench.get("/planung/2024/tabelle.xlsx").body))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "Gesamtbudget (Mio. Euro)")
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[0].value == "Landkreis Emsland")
    sheet.cell(row, column).value = 23.1
    book.save(data := io.BytesIO())
    answer = bench.upload(f"{YEAR}/ablage", {"Planung 2024.xlsx": data.getvalue()})
    assert answer.headers["location"].endswith("/planung/2024#auftraege")
    assert worked(bench)
    assert "23,1" in next(verlaeufe(bench)), "the last job comes first"
    assert str(record(bench, "lk-emsland").haushalt.gesamtbudget_mio) == "21.9"
    where, fields = button(bench, "/planung/2024", "In die Datensätze schreiben")
    assert bench.post(where, fields).status == 303
    assert worked(bench)
    assert str(record(bench, "lk-emsland").haushalt.gesamtbudget_mio) == "23.1"


def verlaeufe(bench: Workbench) -> Iterator[str]:
    """What each job said."""
    yield from (bench.get(f"/auftraege/{each['nummer']}/verlauf").text for each in json.loads(bench.get("/auftraege").text))


def test_what_cannot_be_read_is_told_beside_what_can(bench: Workbench) -> None:
    answer = bench.upload(f"{YEAR}/ablage", {"Brief.odt": b"PK", "kein.pdf": b"%PDF-1.7 kein PDF"})
    assert answer.status == 303
    assert patiently(lambda: all(each["code"] is not None for each in json.loads(bench.get("/auftraege").text)))
    said = next(verlaeufe(bench))
    assert "Brief.odt" in said and "kein.pdf" in said
