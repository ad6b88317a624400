"""The whole year's ring: last year's paper is imported, next year drafted, filled, checked, printed, read back, and laid beside the old."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from emsland import ROOT
from journals import change
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from round_trip import departures, said, unsure

from agreements.comparing.texts import Comparison, Row, compare_records
from agreements.library.library import Library, open_library
from agreements.model.fields import angaben
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.store.store import Gespeichert
from extract.extraction import Extraction, extract
from zv import main

KEY = "lk-emsland"
SCAN = Path(__file__).parent / "proben" / "corpus" / "emsland-2024.pdf"
"""The signed agreement as it was scanned."""

DOUBTED = {
    "unterschriften.traeger.1.datum": date(2024, 2, 1),
    "ziele.individuell.6.schritte.3":
        "Verstetigung der ortsunabhängigen Beratung für Jugendliche seitens des U25-Fallmanagements und der JBA Emsland",
}  # fmt: skip
"""What a person puts right beside the picture of the scan: the day written by hand, and a step with a letter in doubt."""
TABLE = {
    ("Gesamtbudget (Mio. Euro)", "2025"): 22.4, ("Verwaltungskosten (Euro)", "2025"): 13500000,
    ("Leistungen zur Eingliederung (Euro)", "2025"): 8900000,
    **{(goal, part): value for goal, number, bound in (
        ("Integrationsquote", 2, None), ("Integrationsquote der Frauen", 2.5, None), ("Integrationsquote der Männer", 1.5, None),
        ("Bestand an Langzeitleistungsbeziehenden", 10, "höchstens"),
    ) for part, value in {"Richtung": "steigt", "Schranke": bound, "Wert": number, "Einheit": "Prozent", "Bezugsjahr": 2024}.items()},
    ("Unterschrift Träger 1", "Zusatz"): "In Vertretung", ("Unterschrift Träger 1", "Name"): "Martin Gerenkamp",
}  # fmt: skip
"""What the ministry enters, by group and heading of the template."""

CHANGED = [
    ("2024", "2025"), ("die", "den"), ("2024", "2025"),  # title and opening
    ("daraufgelegt", "darauf gelegt"), ("2024", "2025"),
    ("2024 05.07.2023 21,9 2024", "2025 17. Juli 2024 von 22,4 2025"), ("13.155.724", "13.500.000"), ("8.696.936", "8.900.000"),
    ("2024 2024", "2025 2025"),  # the federal budget
    ("sich zu folgenden Zielen", "folgende Ziele"),
    ("2024 3,9 2023", "2025 2,0 2024"), ("5,1 2,7", "2,5 1,5"), ("2024 14,0 2023", "2025 10,0 2024"),
    ("bestehenden", "digitalen"),  # a step of goal 4
    ("- - Männer 2024", "– – Männern 2025"), ("12.08.2010", "12. August 2010"),
    ("2024 Nr. 1 bis Nr. 3 4 werden", "2025 Nr. 2 und Nr. 4 6 wird"), ("2024 2024 2025", "2025 2025 2026"), ("-", "–"),  # § 3
    ("2024", "2025"), ("1. Februar 2024", "2025"), ("in", "In"),  # signatures; the new day waits for the pen
]  # fmt: skip
"""Every word that differs, paragraph by paragraph: years, the table's values, known slips mended, what the ministry revised."""


@dataclass(frozen=True)
class Ring:
    """Everything that stands at the end of the year."""

    library: Library
    before: Vereinbarung
    stored: Gespeichert[Vereinbarung]
    read: dict[str, Extraction]
    checked: int
    final: int

    @property
    def record(self) -> Vereinbarung:
        """The record of 2025, effective."""
        return self.library.effective(self.stored.record, self.stored.path)

    @property
    def synopse(self) -> Comparison:
        """2024 beside 2025."""
        return compare_records(self.library, self.before, self.record)


@pytest.fixture(scope="module", params=["Scan", "PDF"])
def ring(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ring:
    """The ring from the scan of the signed agreement, or from a PDF of the project's own."""
    folder = tmp_path_factory.mktemp("ring")
    shutil.copytree(ROOT / "templates", folder / "templates")
    (folder / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", folder / "agreements/2024")
    paper = folder / "unterzeichnet.pdf"
    if request.param == "PDF":
        assert zv(ROOT, "render", "2024", KEY, "--format", "pdf", "--nach", folder) == 0
        shutil.move(folder / f"2024/{KEY}.pdf", paper)
    else:
        shutil.copy(SCAN, paper)
    return turned(folder, paper)


def zv(folder: Path, *words: str | Path) -> int:
    """One call; its exit code."""
    return main.run(["--ordner", str(folder), *map(str, words)])


def turned(folder: Path, paper: Path) -> Ring:
    """The ring in a folder that holds last year's paper alone."""
    assert zv(folder, "import", paper) == 0
    put_right(folder)
    assert zv(folder, "draft", "2025", KEY) == 0
    revise_wording(folder / "templates/ni/2025.j2")
    assert zv(folder, "wortlaut", "durchsicht", "2025", "--alle") == 0
    sign(folder)
    assert zv(folder, "fill", "--vorlage", "--jahr", "2025", "--nach", folder / "Planung.xlsx") == 0
    fill_in(folder / "Planung.xlsx")
    assert zv(folder, "fill", folder / "Planung.xlsx", "--schreiben") == 0
    checked = zv(folder, "check", "2025")
    final = zv(folder, "render", "2025", KEY, "--endgueltig", "--nach", folder / "out")
    library = open_library(folder)
    before = library.store.load((2024, KEY))
    read = {form: extract(folder / f"out/2025/{KEY}.{form}", library) for form in ("pdf", "docx")}
    return Ring(library, library.effective(before.record, before.path), library.store.load((2025, KEY)), read, checked, final)


def put_right(folder: Path) -> None:
    """Enters what a person sees on the review sheet."""
    store = open_library(folder).store
    change(store, store.load((2024, KEY)), DOUBTED)


def revise_wording(wording: Path) -> None:
    """What the ministry revises in the copy of last year's wording: the years that stand in it fixed."""
    text = wording.read_text(encoding="utf-8")
    for old, new in (("im Jahr 2024 entscheidend", "im Jahr {{ jahr }} entscheidend"), ("vom 5. Juli 2023", "vom 17. Juli 2024"),
                     ("zum Bundeshaushalt 2024", "zum Bundeshaushalt 2025"), ("zum Haushalt 2024", "zum Haushalt 2025")):  # fmt: skip
        assert old in text
        text = text.replace(old, new)
    wording.write_text(text, encoding="utf-8")


def sign(folder: Path) -> None:
    """Who signs for the Land, in the year's rahmen.yaml."""
    store = open_library(folder).store
    stored = store.stored_rahmen(2025)
    assert stored
    change(store, stored, {"unterschriften.land.1.name": "Dr. Christine Arbogast", "unterschriften.land.1.zusatz": "In Vertretung"})


def fill_in(path: Path) -> None:
    """Fills the template in as a person does."""
    book = load_workbook(path)
    sheet = book["Planung 2025"]
    columns = headed(sheet)
    row = next(cell.row for cell in sheet["A"] if cell.value == "Landkreis Emsland")
    for head, value in TABLE.items():
        sheet.cell(row, columns[head]).value = value
    steps = sheet.cell(row, columns["Ziel 4", "Umsetzungsschritte"])
    steps.value = str(steps.value).replace("bestehenden Potenzialanalyse", "digitalen Potenzialanalyse")
    book.save(path)


def headed(sheet: Worksheet) -> dict[tuple[str, str], int]:
    """The columns by the name above them and their own."""
    found, group = {}, ""
    for place in range(1, sheet.max_column + 1):
        group = str(sheet.cell(1, place).value or group)
        found[group, str(sheet.cell(2, place).value)] = place
    return found


# ---------------------------------------------------------------- what must hold


def test_after_the_table_nothing_is_open_but_the_dates(ring: Ring) -> None:
    assert {feld for feld, value in angaben(ring.record).items() if value is OFFEN} == {
        "unterschriften.land.1.datum",
        "unterschriften.traeger.1.datum",
    }


def test_the_check_finds_nothing_to_put_right_and_the_final_print_is_made(ring: Ring) -> None:
    assert (ring.checked, ring.final) == (0, 0)


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_what_is_read_back_is_the_record(ring: Ring, form: str) -> None:
    assert said(ring.read[form].record) == said(ring.record)
    assert departures(ring.read[form]) == []
    assert unsure(ring.read[form]) == []


def test_what_was_carried_over_is_marked_until_it_is_changed(ring: Ring) -> None:
    carried = set(ring.stored.record.akte.uebernommen)
    assert "rahmenbedingungen.regionale_lage" in carried
    assert "ziele.individuell.4.schritte" not in carried


def test_the_synopse_shows_exactly_the_changed_words(ring: Ring) -> None:
    changed = [(" ".join(words(row, "entfallen")), " ".join(words(row, "neu"))) for row in ring.synopse.rows]
    assert [each for each in changed if any(each)] == CHANGED


def test_paragraphs_that_say_the_same_are_not_called_changed(ring: Ring) -> None:
    silent = [row.new.text for row in ring.synopse.rows if row.art != "unveraendert" and row.new and not any(words(row, "neu"))]
    assert [text.split()[:5] for text in silent] == [["Schließlich", "müssen", "die", "Geflüchteten", "u."]]  # "u. a." was "u.a."


def words(row: Row, art: str) -> Iterator[str]:
    """The words of a paragraph that are gone, or new."""
    for piece in row.pieces:
        if piece.art == art:
            yield from piece.text.split()
