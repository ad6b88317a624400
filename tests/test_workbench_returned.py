"""What came back, on the workbench: a Word file dropped, its changes taken, refused or set otherwise, the answer written."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browser import browser, needed, require_accessible
from command import zv
from playwright.sync_api import ConsoleMessage
from returned_word import Change, returned
from round_trip import LIBRARY, ROOT, emsland
from workbench import Answer, Workbench, patiently, workbench

from agreements.library.library import open_library
from agreements.model.record import Vereinbarung

WHERE = "2024/lk-emsland"
CHANGES = (
    Change("21,9", "22,4"),
    Change("13.155.724", "13.155.725"),
    Change("zweimal", "viermal", tracked=True),
)


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Iterator[Workbench]:
    """A folder whose agreement was sent, and the Word file that came back."""
    folder = tmp_path / "ordner"
    (folder / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", folder / "agreements/2024")
    library = open_library(folder)
    library.store.save(LIBRARY.own(emsland()))
    assert zv(capsys, "setze-stand", "2024", "lk-emsland", "versandt", "--ordner", folder).code == 0
    assert zv(capsys, "drucke", "2024", "lk-emsland", "--format", "docx", "--ordner", folder).code == 0
    returned(folder / "out/2024/lk-emsland.docx", folder / "Rücklauf.docx", CHANGES, ("Mio. Euro", "Bitte noch einmal prüfen."))
    with workbench(folder) as served:
        yield served


def record(bench: Workbench) -> Vereinbarung:
    return open_library(bench.folder).store.load((2024, "lk-emsland")).record


def dropped(bench: Workbench) -> Answer:
    """The page of the plan, once the file that was dropped has been read."""
    answer = bench.upload(f"/ruecklauf/{WHERE}/datei", {"Rücklauf.docx": (bench.folder / "Rücklauf.docx").read_bytes()})
    assert answer.status == 303
    assert patiently(lambda: "null" not in bench.get("/auftraege").text)
    return bench.get(f"/ruecklauf/{WHERE}")


def numbers(page: Answer) -> dict[str, str]:
    """The number of each change by its name."""
    return {name: number for number, name in re.findall(r'id="t\d+">(\d+)\. ([^<]+)</h2>', page.text)}


def decide(bench: Workbench, what: str, number: str = "", wert: str = "") -> Answer:
    return bench.post(f"/ruecklauf/{WHERE}/entscheide", {"was": what, "nummer": number, "wert": wert, "kuerzel": "MK"})


def test_what_came_is_taken_refused_and_set_otherwise_and_the_answer_is_written(bench: Workbench) -> None:
    page = dropped(bench)
    found = numbers(page)
    assert len(found) == 3
    assert "Bitte noch einmal prüfen." in page.text
    assert page.text.count("nachverfolgt, Erika Muster, 30.01.2024 09:15") == 1
    assert decide(bench, "nimm", found["Gesamtbudget (Mio. Euro)"]).status == 303
    assert str(record(bench).haushalt.gesamtbudget_mio) == "22.4"
    assert decide(bench, "anders", found["Verwaltungskosten (Euro)"], "13.155.726").status == 303
    assert record(bench).haushalt.verwaltungskosten == 13155726
    assert decide(bench, "alle").status == 303
    after = bench.get(f"/ruecklauf/{WHERE}")
    assert after.text.count(">angenommen<") == 1 and after.text.count(">abgelehnt<") == 2
    assert record(bench).abweichungen == ()
    assert bench.post(f"/ruecklauf/{WHERE}/antwort", {"antwort-1": "Geprüft, stimmt."}).status == 303
    assert patiently((bench.folder / "out/2024/lk-emsland-antwort.docx").is_file)


def test_a_plan_of_another_state_takes_nothing(bench: Workbench) -> None:
    found = numbers(dropped(bench))
    text = bench.record.read_text(encoding="utf-8").replace("gesamtbudget_mio: 21.9", "gesamtbudget_mio: 20.0")
    bench.record.write_text(text, encoding="utf-8")
    assert decide(bench, "nimm", found["Verwaltungskosten (Euro)"]).status == 409
    assert bench.record.read_text(encoding="utf-8") == text
    assert "Noch einmal vergleichen" in bench.get(f"/ruecklauf/{WHERE}").text


def complain_to(complaints: list[str]) -> Callable[[ConsoleMessage], None]:
    return lambda message: complaints.append(message.text)


@needed
def test_the_screen_is_used_by_keyboard_and_axe_finds_nothing(bench: Workbench) -> None:
    dropped(bench)
    with browser() as chromium:
        for width in (1366, 400):
            page = chromium.new_page(viewport={"width": width, "height": 820})
            complaints: list[str] = []
            page.on("console", complain_to(complaints))
            page.goto(f"http://127.0.0.1:{bench.port}/{bench.token}/ruecklauf/{WHERE}")
            require_accessible(page, page.url)
            with page.expect_navigation():
                page.keyboard.press("a")
            assert complaints == []
    assert str(record(bench).haushalt.gesamtbudget_mio) == "22.4"
    assert record(bench).haushalt.verwaltungskosten == 13155725
