"""The workbench by mouse on a narrow page and at four times the size, and its overview: read, looked at, decided, nothing cut off."""

from __future__ import annotations

from pathlib import Path

from browser import needed, require_accessible
from keyboard import PATIENCE, Keyboard
from playwright.sync_api import Browser
from workbench import WHERE, Workbench, folder_with_points, one_for_all, workbench

from agreements.library.library import open_library

pytestmark = needed
SCREENS = ("/jahr/2024", "/jahr/2025", "/nachsehen/2024", f"/ruecklauf/{WHERE}", "/planung/2024", f"/vereinbarung/{WHERE}",
           "/wortlaut/2024", "/jahr/2024/uebersicht")  # fmt: skip
served, bench = one_for_all(folder_with_points)


def require_good(visit: Keyboard, path: str) -> None:
    """AssertionError where axe finds something, the browser complained, or something is cut off at the side."""
    require_accessible(visit.page, path)
    assert visit.complaints == [], path


def test_a_page_of_1280_reflows_at_four_times_its_size(chromium: Browser, bench: Workbench) -> None:
    """400 % of 1280 pixels leaves 320 (WCAG 1.4.10)."""
    visit = Keyboard(chromium, bench, "/", width=320)
    for path in SCREENS:
        visit.open(path)
        require_good(visit, path)


def test_all_is_decided_by_mouse_on_a_narrow_page(chromium: Browser, bench: Workbench) -> None:
    visit = Keyboard(chromium, bench, "/jahr/2024", width=400)
    visit.page.click("#z-lk-emsland a:has-text('Nachsehen')")
    for _ in range(2):
        visit.page.click(".lesung >> nth=0")
    visit.page.click("button:has-text('Stimmt so')")
    visit.page.click("button:has-text('Lesefehler')")
    visit.page.click("button:has-text('Erledigt')")
    visit.page.wait_for_selector("h1:has-text('0 offen')")
    require_good(visit, "0 offen")
    assert open_library(bench.folder).store.load((2024, "lk-emsland")).record.akte.strittig == ()


def test_an_empty_folder_says_where_to_begin(chromium: Browser, tmp_path: Path) -> None:
    (tmp_path / "leer").mkdir()
    with workbench(tmp_path / "leer") as bench:
        visit = Keyboard(chromium, bench, "/", width=400)
        visit.reach("#datei")
        require_good(visit, "/")


def test_the_overview_is_made_and_shown_as_a_tab(chromium: Browser, bench: Workbench) -> None:
    visit = Keyboard(chromium, bench, "/jahr/2024")
    visit.use("a", "Übersicht")
    visit.use("button", "Karte und Bilder erstellen")
    visit.page.wait_for_selector("iframe.uebersicht", timeout=PATIENCE)
    frame = visit.page.frame_locator("iframe.uebersicht")
    frame.locator("svg:visible").first.wait_for()
    assert "Emsland" in frame.locator("body").inner_text()
    require_good(visit, "/jahr/2024/uebersicht")


def test_in_an_overview_that_somebody_else_wrote_no_script_runs(chromium: Browser, bench: Workbench) -> None:
    made = bench.folder / "out/uebersicht/2024.html"
    made.parent.mkdir(parents=True)
    made.write_text("<!DOCTYPE html><title>x</title><p>da</p><script>parent.document.title = 'gehackt'</script>", encoding="utf-8")
    visit = Keyboard(chromium, bench, "/jahr/2024/uebersicht")
    visit.page.frame_locator("iframe.uebersicht").locator("p").wait_for()
    assert visit.page.title() != "gehackt"
    assert [each for each in visit.complaints if "Content Security Policy" in each]
