"""The workbench in a real browser: by keyboard alone, on a phone's width, by axe-core's rules, and with hostile words on every page."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import needed, require_accessible
from keyboard import PATIENCE
from playwright.sync_api import Browser, Dialog, Page
from round_trip import ROOT
from screens import FOLDER, STATE, state
from workbench import HOSTILE, WHERE, Workbench, folder_with_points, one_for_all, workbench

from agreements.library.library import open_library
from agreements.model.record import Vereinbarung

pytestmark = needed
served, bench = one_for_all(folder_with_points)


class Visit:
    """A page of the workbench, and all that the browser complained of."""

    def __init__(self, chromium: Browser, bench: Workbench, path: str, width: int = 1366) -> None:
        self.bench = bench
        self.page: Page = chromium.new_page(viewport={"width": width, "height": 820})
        self.complaints: list[str] = []
        self.page.on("console", lambda message: self.complaints.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._complain_of)
        self.page.on("request", lambda asked: None if f":{bench.port}/" in asked.url or asked.url.startswith("data:")
                     else self.complaints.append(asked.url))  # fmt: skip
        self.open(path)

    def open(self, path: str) -> None:
        """Another page in the same tab, which takes a third of the time that a tab of its own takes."""
        self.page.goto(f"http://127.0.0.1:{self.bench.port}/{self.bench.token}{path}")

    def _complain_of(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()

    def press(self, key: str) -> None:
        """A key that leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    @property
    def title(self) -> str:
        return self.page.inner_text("#karte-titel")


def record(bench: Workbench) -> Vereinbarung:
    return open_library(bench.folder).store.load((2024, "lk-emsland")).record


def test_all_points_are_decided_by_keyboard_with_at_most_three_keys_each(chromium: Browser, bench: Workbench) -> None:
    visit = Visit(chromium, bench, "/nachsehen/2024")
    assert visit.title == "Verwaltungskosten (Euro)"
    visit.press("2")  # the other reader's amount
    visit.press("1")  # the name
    visit.press("1")  # the title
    visit.press("1")  # a departure: misread
    visit.press("1")  # a comment: done
    assert visit.page.inner_text("h1") == "0 offen"
    now = record(bench)
    assert now.haushalt.verwaltungskosten == 13155774
    assert [each.wie for each in now.akte.entschieden] == ["berichtigt", "bestaetigt", "bestaetigt", "lesefehler", "bestaetigt"]
    visit.press("z")
    assert visit.page.inner_text("h2#karte-titel") == "Kommentare"
    assert visit.complaints == []


def test_a_value_is_typed_tried_and_entered(chromium: Browser, bench: Workbench) -> None:
    visit = Visit(chromium, bench, "/nachsehen/2024")
    visit.page.keyboard.press("e")
    visit.page.keyboard.type("dreizehn")
    visit.page.wait_for_selector(".geht-nicht")
    assert "dreizehn" in visit.page.inner_text("#wert-probe")
    visit.page.keyboard.press("ControlOrMeta+a")
    visit.page.keyboard.type("13.155.725")
    visit.page.wait_for_selector(".geht")
    visit.press("Enter")
    assert record(bench).haushalt.verwaltungskosten == 13155725
    assert visit.complaints == []


def test_single_keys_can_be_switched_off(chromium: Browser, bench: Workbench) -> None:
    visit = Visit(chromium, bench, "/nachsehen/2024")
    before = bench.record.read_bytes()
    visit.page.keyboard.press("?")
    visit.page.uncheck("#tasten-an")
    visit.page.click("dialog button")
    visit.page.keyboard.press("1")
    visit.page.keyboard.press("j")
    visit.page.wait_for_timeout(300)
    assert visit.title == "Verwaltungskosten (Euro)"
    assert bench.record.read_bytes() == before


def test_the_place_is_framed_on_the_page_and_enlarged_above_it(chromium: Browser, bench: Workbench) -> None:
    visit = Visit(chromium, bench, "/nachsehen/2024")
    strip, frame = visit.page.locator(".streifen").bounding_box(), visit.page.locator("#stelle").bounding_box()
    sheet = visit.page.locator("#blatt").bounding_box()
    assert strip and frame and sheet
    assert sheet["y"] <= frame["y"] and frame["y"] + frame["height"] <= sheet["y"] + sheet["height"]
    enlarged = visit.page.locator(".streifen .stelle").bounding_box()
    assert enlarged and enlarged["width"] > 1.2 * frame["width"]
    visit.page.keyboard.press("+")
    bigger = visit.page.locator("#stelle").bounding_box()
    assert bigger and bigger["width"] > 1.2 * frame["width"]


@pytest.mark.parametrize("width", [1366, 400])
def test_axe_finds_nothing_on_any_screen_or_state(chromium: Browser, tmp_path: Path, width: int) -> None:
    with workbench(folder_with_points(tmp_path / "ordner", more=200)) as bench:
        name = next(each.kennung for each in record(bench).akte.offen if each.abweichung)
        visit = Visit(chromium, bench, "/", width)
        for path in ("/jahr/2024", "/jahr/2031", "/nachsehen/2024", "/nachsehen/2024?nach=art", f"/nachsehen/{WHERE}?punkt={name}",
                     "/nachsehen/2031", "/gibt-es-nicht"):  # fmt: skip
            visit.open(path)
            require_accessible(visit.page, path)
            if "nachsehen/2024" in path:
                visit.page.keyboard.press("?")
                require_accessible(visit.page, f"{path} with its dialog")
            assert [each for each in visit.complaints if "404" not in each] == [], path


def test_hostile_words_run_nowhere(chromium: Browser, tmp_path: Path) -> None:
    folder = folder_with_points(tmp_path / "ordner", name=f"{HOSTILE.replace('/', '')}.pdf")
    with workbench(folder) as bench:
        visit = Visit(chromium, bench, "/")
        for path in ("/jahr/2024", "/nachsehen/2024", *(f"/nachsehen/{WHERE}?punkt={each.kennung}" for each in record(bench).akte.offen)):
            visit.open(path)
            visit.page.wait_for_load_state("networkidle")
            assert visit.complaints == [], path


def test_without_its_script_a_point_can_be_decided(chromium: Browser, bench: Workbench) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"http://127.0.0.1:{bench.port}/{bench.token}/nachsehen/2024")
    with page.expect_navigation():
        page.click(".lesung >> nth=1")
    assert record(bench).haushalt.verwaltungskosten == 13155774
    context.close()


def test_a_dropped_file_is_read_and_its_row_shows_what_became_of_it(chromium: Browser, bench: Workbench, tmp_path: Path) -> None:
    paper = tmp_path / "kein.pdf"
    paper.write_bytes(b"%PDF-1.7 kein PDF")
    visit = Visit(chromium, bench, "/jahr/2024")
    with visit.page.expect_navigation():
        visit.page.set_input_files("#datei", paper)
    visit.page.wait_for_selector("article.auftrag:not([data-laeuft]) li", timeout=PATIENCE)
    assert "kein.pdf" in visit.page.inner_text(".verlauf")
    assert visit.complaints == []


def test_the_pictures_in_readme_and_handbook_are_of_these_pages() -> None:
    assert STATE.read_text(encoding="utf-8").strip() == state(), "make bilder"
    texts = "".join((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "docs/handbuch.md"))
    assert {path.stem for path in FOLDER.glob("*.png")} >= {"jahr", "nachsehen", "ruecklauf"}
    for path in FOLDER.glob("*.png"):
        assert f"bilder/{path.name}" in texts
