"""The screens of the workbench in the states one comes upon: refused, changed meanwhile, empty, broken; by axe's rules, and narrow."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping

import pytest
from browser import needed, require_accessible, require_uncut
from playwright.sync_api import Browser, Page, expect
from round_trip import ROOT
from workbench import COSTS, WHERE, Workbench, folder_with_points, workbench

pytestmark = needed
CELL = f'input[name="zelle|lk-emsland|{COSTS}"]'
PATIENCE = 120_000
"""Milliseconds that a command may take on a machine that has much else to do."""


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A folder with one agreement of which points are open, and a record that cannot be read; no test decides anything."""
    folder = folder_with_points(tmp_path_factory.mktemp("zustand") / "ordner")
    (folder / "templates/ni").mkdir(parents=True)
    shutil.copy(ROOT / "templates/ni/2024.j2", folder / "templates/ni")
    (folder / "agreements/2024/lk-peine.yaml").write_text("jahr: 2024\ntraeger: lk-peine\nwortlaut: [\n", encoding="utf-8")
    with workbench(folder) as served:
        yield served


def sent(page: Page, button: str) -> None:
    """A form sent that leads to another page."""
    with page.expect_navigation():
        page.click(f"button:has-text('{button}')")


def impossible_value(page: Page) -> None:
    page.fill("#wert", "dreizehn")
    page.wait_for_selector(".geht-nicht")


def refused_value(page: Page) -> None:
    impossible_value(page)
    sent(page, "Eintragen")
    expect(page.locator("h1")).to_have_text("Das ging nicht")


def changed_meanwhile(page: Page) -> None:
    page.evaluate("for (const sum of document.getElementsByName('satz')) sum.value = '0'.repeat(64)")
    sent(page, "nicht lesbar")
    expect(page.locator("h1")).to_have_text("Inzwischen geändert")


def impossible_cell(page: Page) -> None:
    page.fill(CELL, "dreizehn")
    page.press(CELL, "Tab")
    page.wait_for_selector(f"{CELL}[aria-invalid=true]")


def planned(page: Page) -> None:
    page.fill(CELL, "13.200.000")
    sent(page, "Was sich ändert")
    expect(page.locator("h1 .anzahl")).to_have_text("1")


def refused_plan(page: Page) -> None:
    impossible_cell(page)
    sent(page, "Was sich ändert")
    page.wait_for_selector("[role=alert]")


def impossible_field(page: Page) -> None:
    page.fill(f'[id="i-{COSTS}"]', "dreizehn")
    page.wait_for_selector(".geht-nicht")


def broken_paragraph(page: Page) -> None:
    page.locator("details:has(textarea) summary").first.click()
    page.locator("textarea:visible").first.fill("⟨gibt es nicht⟩")
    with page.expect_navigation():
        page.locator("button:visible:has-text('Prüfen und sichern')").first.click()
    page.wait_for_selector("[role=alert]")


def nothing_to_read(page: Page) -> None:
    page.set_input_files("#datei", {"name": "Brief.txt", "mimeType": "text/plain", "buffer": b"x"})
    expect(page.locator("#ablage-sagt")).not_to_be_empty()


def work_with_complaints(page: Page) -> None:
    with page.expect_navigation():
        page.set_input_files("#datei", {"name": "kein.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 kein PDF"})
    page.wait_for_selector("article.auftrag:not([data-laeuft]) li", timeout=PATIENCE)
    expect(page.locator(".fehlt").first).to_be_visible()  # the record that cannot be read


def not_all_read(page: Page) -> None:
    """What cannot be read is not taken for decided."""
    expect(page.locator("h1")).to_have_text("Nicht alles zu lesen")
    assert "Nichts ist mehr zu entscheiden" not in page.inner_text("main")


def as_it_is(page: Page) -> None:
    page.wait_for_load_state("networkidle")


STATES: Mapping[str, tuple[str, Callable[[Page], None]]] = {
    "a year with a broken record and work that complained": ("/jahr/2024", work_with_complaints),
    "a drop with nothing to read": ("/jahr/2024", nothing_to_read),
    "points beside a broken record": ("/nachsehen/2024", as_it_is),
    "a value that cannot be": ("/nachsehen/2024", impossible_value),
    "a value refused": ("/nachsehen/2024", refused_value),
    "a record changed meanwhile": ("/nachsehen/2024", changed_meanwhile),
    "a broken record itself": ("/nachsehen/2024/lk-peine", not_all_read),
    "a cell that cannot be": ("/planung/2024", impossible_cell),
    "a plan": ("/planung/2024", planned),
    "a plan refused": ("/planung/2024", refused_plan),
    "a year without a table": ("/planung/2031", as_it_is),
    "a field that cannot be": (f"/vereinbarung/{WHERE}", impossible_field),
    "an agreement that is none": ("/vereinbarung/2024/lk-peine", as_it_is),
    "a paragraph that cannot be": ("/wortlaut/2024", broken_paragraph),
    "a year without a wording": ("/wortlaut/2031", as_it_is),
}


@pytest.mark.parametrize("state", STATES)
def test_no_state_shuts_anybody_out(state: str, chromium: Browser, bench: Workbench) -> None:
    path, led = STATES[state]
    before = bench.record.read_bytes()
    page = chromium.new_page(viewport={"width": 1366, "height": 820})
    try:
        page.goto(f"http://127.0.0.1:{bench.port}/{bench.token}{path}")
        led(page)
        require_accessible(page, state)
        page.set_viewport_size({"width": 400, "height": 820})
        require_uncut(page, f"{state}, 400 px")
    finally:
        page.close()
    assert bench.record.read_bytes() == before
