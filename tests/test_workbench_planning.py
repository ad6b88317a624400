"""Planning and drafting on the workbench: the table of a year, and one agreement as a form beside its page."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import openpyxl
from browser import browser, needed, require_accessible
from round_trip import LIBRARY, ROOT, emsland
from varied import varied
from workbench import Answer, Workbench, one_for_all, patiently

from agreements.library.library import open_library
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from agreements.store.journal import history

WHERE = "2024/lk-emsland"
BUDGET, COSTS = "haushalt.gesamtbudget_mio", "haushalt.verwaltungskosten"


def year(folder: Path) -> Path:
    """A year with two agreements; in one the costs are open and a goal's title was carried over."""
    (folder / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", folder / "agreements/2024")
    library, record = open_library(folder), emsland()
    akte = record.akte.model_copy(update={"uebernommen": {"ziele.individuell.4.titel": 2023}})
    library.store.save(LIBRARY.own(record.model_copy(update={"haushalt": record.haushalt.model_copy(update={"verwaltungskosten": OFFEN}),
                                                             "akte": akte})))  # fmt: skip
    other = next(each for each in (varied(seed, emsland()) for seed in range(50)) if each.traeger != "lk-emsland")
    library.store.save(LIBRARY.own(other))
    return folder


served, bench = one_for_all(year)


def records(bench: Workbench) -> dict[str, Vereinbarung]:
    library = open_library(bench.folder)
    return {path.stem: library.store.load(path).record for path in library.store.of_year(2024)}


def hidden(page: Answer) -> dict[str, str]:
    """What the page's forms send along without being asked."""
    return dict(re.findall(r'<input type="hidden" name="((?:summe|vorher)\|[^"]+)" value="([^"]*)"', page.text))


def table(bench: Workbench, **cells: str) -> dict[str, str]:
    """The form of the table as it is sent with some cells changed, each named by record and Angabe."""
    page = bench.get("/planung/2024")
    same = dict(re.findall(r'name="(zelle\|[^"]+)" value="([^"]*)"', page.text))
    return hidden(page) | same | {f"zelle|{name.replace('__', '|')}": value for name, value in cells.items()}


# ---------------------------------------------------------------- planning


def test_the_table_shows_what_changes_before_it_is_written_in_one_step_a_record(bench: Workbench) -> None:
    other = next(name for name in records(bench) if name != "lk-emsland")
    fields = table(bench, **{f"lk-emsland__{COSTS}": "13.155.724", f"{other}__{BUDGET}": "23,1"})
    before = {name: (bench.folder / f"agreements/2024/{name}.yaml").read_bytes() for name in records(bench)}
    plan = bench.post("/planung/2024/ansehen", fields)
    assert 'Was sich ändert <span class="anzahl">2</span>' in plan.text
    assert {name: (bench.folder / f"agreements/2024/{name}.yaml").read_bytes() for name in before} == before
    assert bench.post("/planung/2024/schreiben", fields).status == 303
    now = records(bench)
    assert now["lk-emsland"].haushalt.verwaltungskosten == 13155724
    assert str(now[other].haushalt.gesamtbudget_mio) == "23.1"
    for name in now:
        steps = [each for each in history(open_library(bench.folder).store.load((2024, name))).eintraege if each.art == "schritt"]
        assert len(steps) == 1


def test_one_wrong_cell_and_nothing_of_the_table_is_written(bench: Workbench) -> None:
    other = next(name for name in records(bench) if name != "lk-emsland")
    fields = table(bench, **{f"lk-emsland__{COSTS}": "dreizehn", f"{other}__{BUDGET}": "23,1"})
    before = records(bench)
    assert "zu berichtigen" in bench.post("/planung/2024/ansehen", fields).text
    assert bench.post("/planung/2024/schreiben", fields).status == 422
    assert records(bench) == before


def test_a_table_made_before_somebody_else_wrote_is_refused(bench: Workbench) -> None:
    fields = table(bench, **{f"lk-emsland__{COSTS}": "13.155.724"})
    bench.record.write_text(bench.record.read_text(encoding="utf-8") + "# von Hand\n", encoding="utf-8")
    assert bench.post("/planung/2024/schreiben", fields).status == 409
    assert records(bench)["lk-emsland"].haushalt.verwaltungskosten is OFFEN


def test_a_cell_that_is_emptied_is_open_and_entfaellt_is_none(bench: Workbench) -> None:
    assert bench.post("/planung/2024/schreiben", table(bench, **{f"lk-emsland__{BUDGET}": ""})).status == 303
    assert records(bench)["lk-emsland"].haushalt.gesamtbudget_mio is OFFEN
    name = "ziele.integrationsquote.alleinerziehende"
    assert "Die Tabelle sagt dasselbe" in bench.post("/planung/2024/ansehen", table(bench, **{f"lk-emsland__{name}": "entfällt"})).text


def test_a_cell_is_tried_as_it_is_left(bench: Workbench) -> None:
    said = json.loads(bench.get(f"/planung/2024/probe?satz=lk-emsland&feld={COSTS}&wert=13.155.724").text)
    assert said["geht"]
    assert not json.loads(bench.get(f"/planung/2024/probe?satz=lk-emsland&feld={COSTS}&wert=viel").text)["geht"]
    assert bench.get("/planung/2024/probe?satz=lk-emsland&feld=akte.stand&wert=versandt").status == 404


def test_the_table_goes_to_excel_and_comes_back(bench: Workbench) -> None:
    answer = bench.get("/planung/2024/tabelle.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(answer.body))
    sheet = book.worksheets[0]
    column = next(cell.column for cell in sheet[1] if cell.value == "Verwaltungskosten (Euro)")
    row = next(cells[0].row for cells in sheet.iter_rows(min_row=2) if cells[0].value == "Landkreis Emsland")
    sheet.cell(row, column).value = 13155724
    data = io.BytesIO()
    book.save(data)
    assert bench.upload("/planung/2024/ablage", {"Planung.xlsx": data.getvalue()}).status == 303
    assert patiently(lambda: "null" not in bench.get("/auftraege").text)
    assert records(bench)["lk-emsland"].haushalt.verwaltungskosten is OFFEN
    assert bench.post("/planung/2024/uebernehmen", {"tabelle": "eingang/Planung.xlsx"}).status == 303
    assert patiently(lambda: records(bench)["lk-emsland"].haushalt.verwaltungskosten == 13155724)


# ---------------------------------------------------------------- one agreement


def form(bench: Workbench, feld: str, **said: str) -> dict[str, str]:
    summe = re.findall(r'name="summe" value="([0-9a-f]{64})"', bench.get(f"/vereinbarung/{WHERE}").text)[0]
    return {"summe": summe, "feld": feld, **said}


def test_the_form_follows_the_document_and_the_page_shows_what_is_set(bench: Workbench) -> None:
    page = bench.get(f"/vereinbarung/{WHERE}").text
    order = re.findall(r'<div class="feld[^"]*" id="f-([^"]+)"', page)
    assert order.index(BUDGET) < order.index("ziele.integrationsquote.gesamt") < order.index("unterschriften.land.1.ort")
    assert len(order) == len(set(order))
    assert bench.post(f"/vereinbarung/{WHERE}/setze", form(bench, COSTS, wert="13.155.724")).status == 303
    assert f'data-feld="{COSTS}">13.155.724</a>' in bench.get(f"/vereinbarung/{WHERE}").text


def test_steps_are_added_moved_and_taken_out_and_taken_back(bench: Workbench) -> None:
    feld = "ziele.individuell.4.schritte"
    before, old = bench.record.read_bytes(), records(bench)["lk-emsland"].ziele.individuell[4].schritte
    assert isinstance(old, tuple)
    for said in ({"was": "einfuegen", "nummer": "1", "wert": "Ein neuer Schritt."}, {"was": "runter", "nummer": "1"},
                 {"was": "entfernen", "nummer": "1"}):  # fmt: skip
        assert bench.post(f"/vereinbarung/{WHERE}/setze", form(bench, feld, **said)).status == 303
    assert records(bench)["lk-emsland"].ziele.individuell[4].schritte == ("Ein neuer Schritt.", *old[1:])
    for _ in range(3):
        assert bench.post(f"/zurueck/{WHERE}", {"zu": "vereinbarung"}).status == 303
    assert bench.record.read_bytes() == before


def test_what_was_carried_over_is_looked_through(bench: Workbench) -> None:
    assert "übernommen" in bench.get(f"/vereinbarung/{WHERE}").text
    assert bench.post(f"/vereinbarung/{WHERE}/durchgesehen", form(bench, "ziele.individuell.4.titel")).status == 303
    assert records(bench)["lk-emsland"].akte.uebernommen == {}


def test_the_form_writes_nothing_over_what_another_window_wrote(bench: Workbench) -> None:
    old = form(bench, COSTS, wert="13.155.724")
    assert bench.post(f"/vereinbarung/{WHERE}/setze", form(bench, BUDGET, wert="22,0")).status == 303
    assert bench.post(f"/vereinbarung/{WHERE}/setze", old).status == 409
    assert records(bench)["lk-emsland"].haushalt.verwaltungskosten is OFFEN


@needed
def test_axe_finds_nothing_and_a_click_in_the_page_leads_to_the_field(bench: Workbench) -> None:
    with browser() as chromium:
        for width in (1366, 400):
            page = chromium.new_page(viewport={"width": width, "height": 820})
            for path in ("/planung/2024", f"/vereinbarung/{WHERE}"):
                page.goto(f"http://127.0.0.1:{bench.port}/{bench.token}{path}")
                require_accessible(page, page.url)
            page.click(f'.papier [data-feld="{BUDGET}"] >> nth=0')
            assert page.evaluate("document.activeElement.id") == f"i-{BUDGET}"
