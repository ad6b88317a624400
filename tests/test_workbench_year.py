"""The whole year on the workbench by keyboard alone: from last year's paper to this year's signatures, no terminal and no file opened."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import needed
from keyboard import Keyboard
from playwright.sync_api import Browser
from returned_word import Change, returned
from round_trip import LIBRARY, ROOT, emsland
from sampling import WHOLE
from scan_simulator import Scan, scanned
from test_ring import SCAN
from workbench import Workbench, workbench

from agreements.library.library import open_library
from agreements.model.akte import Abweichung
from agreements.model.record import Vereinbarung
from render.pdf import render_pdf

pytestmark = needed
DEPARTURE = Abweichung(stelle="I.2", art="ersetzt", alt="langfristige", neu="dauerhafte")
VALUES = {
    "haushalt.gesamtbudget_mio": "22,4", "haushalt.verwaltungskosten": "13.500.000", "haushalt.eingliederungsleistungen": "8.900.000",
    "ziele.integrationsquote.gesamt": "um 2,0 % im Vergleich zum Jahr 2024 steigt",
    "ziele.integrationsquote.frauen": "um 2,5 % im Vergleich zum Jahr 2024 steigt",
    "ziele.integrationsquote.maenner": "um 1,5 % im Vergleich zum Jahr 2024 steigt",
    "ziele.langzeitleistungsbezug.gesamt": "um höchstens 10,0 % im Vergleich zum Jahr 2024 steigt",
}  # fmt: skip
SIGNATURE = {"Unterschrift Träger 1: Zusatz": "In Vertretung", "Unterschrift Träger 1: Name": "Martin Gerenkamp"}
CHANGES = (Change("8.900.000", "8.900.500", tracked=True), Change("um 2,5 %", "um 2,6 %"), Change("menschenwürdiges", "würdiges"))
COMMENT = ("Arbeit in regionalen Netzwerken", "Das machen wir schon lange.")


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    """An empty folder, but for what all agreements of last year have in common; the papers lie beside it."""
    folder = tmp_path / "amt"
    (folder / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", folder / "agreements/2024")
    with workbench(folder) as served:
        yield served


def record(bench: Workbench, jahr: int) -> Vereinbarung:
    library = open_library(bench.folder)
    stored = library.store.load((jahr, "lk-emsland"))
    return library.effective(stored.record, stored.path)


def last_years(folder: Path) -> Path:
    """Last year's paper: the scan in `make lang`, else a PDF with a word that is not that of the year."""
    paper = folder / "Vereinbarung 2024.pdf"
    if WHOLE:
        return Path(shutil.copy(SCAN, paper))
    paper.write_bytes(render_pdf(LIBRARY.document(emsland().model_copy(update={"abweichungen": (DEPARTURE,)}))))
    return paper


def test_a_year_is_done_by_keyboard_alone(chromium: Browser, bench: Workbench, tmp_path: Path) -> None:
    keys = Keyboard(chromium, bench)
    import_last_year(keys, last_years(tmp_path))
    draft(keys)
    send(keys)
    take_what_came(keys, tmp_path)
    sign(keys, tmp_path)
    assert keys.complaints == []


def import_last_year(keys: Keyboard, paper: Path) -> None:
    keys.drops("#datei", str(paper))
    keys.work_done()
    keys.use("a", "2024/lk-emsland nachsehen")
    while keys.heading != "0 offen":
        if WHOLE:  # the day written by hand
            keys.page.keyboard.press("e")
            keys.page.keyboard.type("1. Februar 2024")
            keys.press("Enter")
        else:
            keys.press("2")
    keys.use("a", "2024")
    keys.use("#z-lk-emsland a", "Als unterzeichnet vermerken")
    keys.use("#stand button", "Als unterzeichnet vermerken")
    keys.work_done()
    assert record(keys.bench, 2024).akte.stand == "unterzeichnet"


def draft(keys: Keyboard) -> None:
    keys.use("a", "2025 beginnen")
    keys.use("#z-lk-emsland button", "Entwerfen")
    keys.work_done()
    keys.use("a", "Wortlaut")
    keys.use("button", "gelten weiter")
    for feld, wert in (("name", "Dr. Christine Arbogast"), ("zusatz", "In Vertretung")):
        keys.types(f'[id="r-unterschriften.land.1.{feld}"]', wert)
        keys.press("Enter")
    keys.use(".kopfzeile a", "2025")
    keys.use("a", "Planung")
    for feld, wert in VALUES.items():
        keys.types(f'input[name="zelle|lk-emsland|{feld}"]', wert)
    keys.use("button", "Was sich ändert")
    keys.use("button", "Schreiben")
    keys.use(".kopfzeile a", "2025")
    keys.use("#z-lk-emsland a", "Nachsehen")
    while keys.heading != "0 offen":
        title = keys.page.inner_text("#karte-titel")
        if value := SIGNATURE.get(title):
            keys.page.keyboard.press("e")
            keys.page.keyboard.type(value)
            keys.press("Enter")
        else:
            keys.press("1")  # the year's wording holds again; a text is looked through
    assert keys.heading == "0 offen"


def send(keys: Keyboard) -> None:
    keys.use("a", "2025")
    keys.use("#z-lk-emsland button", "Ausgeben")
    keys.work_done()
    keys.use("#z-lk-emsland button", "Versenden")
    keys.work_done()
    assert record(keys.bench, 2025).akte.stand == "versandt"


def take_what_came(keys: Keyboard, folder: Path) -> None:
    came = returned(keys.bench.folder / "out/2025/lk-emsland.docx", folder / "Rücklauf.docx", CHANGES, COMMENT)
    keys.use("#z-lk-emsland a", "Rücklauf ansehen")
    keys.drops("#datei", str(came))
    keys.page.wait_for_selector(".aenderung")
    assert len(keys.texts(".aenderung")) == len(CHANGES)
    keys.use("button", "Alle Vorschläge übernehmen")
    while keys.page.locator(".aenderung [data-taste=l]").count():
        keys.press("l")
    keys.types("#antwort-1", "Danke, so bleibt es.")
    keys.use("button", "Word-Datei für die nächste Runde")
    keys.work_done()
    now = record(keys.bench, 2025)
    assert now.haushalt.eingliederungsleistungen == 8900500
    assert now.abweichungen == ()
    assert (keys.bench.folder / "out/2025/lk-emsland-antwort.docx").is_file()


def sign(keys: Keyboard, folder: Path) -> None:
    keys.use("#z-lk-emsland button", "Endgültig ausgeben")
    assert "fertig" in keys.work_done()
    final = (keys.bench.folder / "out/2025/lk-emsland.pdf").read_bytes()
    paper = folder / "Unterzeichnet.pdf"
    paper.write_bytes(scanned(final, Scan(), 7).pdf if WHOLE else final)
    keys.use("#z-lk-emsland a", "Unterschrift ablegen")
    keys.page.set_input_files("#unterzeichnet", paper)
    keys.use("button", "Unterschrift ablegen")
    keys.work_done()
    keys.use("article.auftrag a", "Als unterzeichnet vermerken")
    keys.use("#stand button", "Als unterzeichnet vermerken")
    keys.work_done()
    assert record(keys.bench, 2025).akte.stand == "unterzeichnet"
    assert "fertig" in keys.page.inner_text("#z-lk-emsland")
