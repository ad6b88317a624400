"""The overview as a page: looked at and used in a real browser, with the keyboard alone, on a phone's width, by axe-core's rules."""

from __future__ import annotations

import base64
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from browser import needed, require_within_rules
from command import ROOT, zv
from emsland import REGISTER, emsland
from lxml import html
from playwright.sync_api import Browser, Page
from records_of_years import records, write

from agreements.errors import RecordError
from agreements.language.said import say_target
from agreements.library.library import open_library
from agreements.library.provenance import is_number
from agreements.model.fields import angaben, value_at
from agreements.model.record import Akte, Fundstelle, Vereinbarung, Zielwert
from agreements.overview.overview import STAND, Entry, Overview, survey
from render.figures import load_tiles, tile_map
from render.overview_page import render_overview_page

JAHRE = (2022, 2023, 2024)
HOSTILE = "</script><script>alert(1)</script><img src=https://example.invalid/x onerror=alert(1)>{{ 7 * 7 }}"
TILES = load_tiles(ROOT / "templates" / "ni" / "kacheln.csv")


@pytest.fixture(scope="module")
def overview(tmp_path_factory: pytest.TempPathFactory) -> Overview:
    folder = tmp_path_factory.mktemp("jahre")
    write(folder, records(JAHRE, missing=2))
    return survey(open_library(folder), JAHRE)


@pytest.fixture(scope="module")
def data(overview: Overview) -> bytes:
    return render_overview_page(overview, [TILES])


@pytest.fixture(scope="module")
def tree(data: bytes) -> Any:
    return html.document_fromstring(data.decode())


def one(record: Vereinbarung) -> Overview:
    """The overview of a year with one record."""
    traeger = REGISTER.find(record.traeger, record.jahr)
    others = [Entry(record.jahr, each) for each in REGISTER.zkt(record.jahr) if each != traeger]
    entries = sorted([Entry(record.jahr, traeger, Path("a.yaml"), record), *others], key=lambda entry: entry.traeger.schluessel)
    return Overview((record.jahr,), tuple(entries), REGISTER)


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


def cells(tree: Any) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in tree.xpath("//table[@id='tabelle']/tbody/tr")]


# ---------------------------------------------------------------- what it says


def test_every_agreement_is_a_line_with_every_number_it_has(tree: Any, overview: Overview) -> None:
    lines = {(line[0], line[1]): line for line in cells(tree)}
    assert len(lines) == len(overview.entries) == 48
    for entry in overview.entries:
        line = lines[entry.traeger.name.removeprefix("Landkreis "), str(entry.jahr)]
        assert line[2] == STAND[entry.stand]
        targets = [value for feld, value in angaben(entry.record).items() if is_number(feld)] if entry.record else []
        for value in targets:
            expected = say_target(value, entry.jahr) if isinstance(value, Zielwert) else f"{Decimal(value):,f}".translate({44: 46, 46: 44})
            assert expected in line


def test_the_map_shows_every_kreis_of_the_year_and_says_how_far_each_agreement_is() -> None:
    for jahr, kreise, zkt in ((2024, 45, 16), (2016, 46, 17)):
        drawn: Any = html.fragment_fromstring(tile_map(survey(open_library(ROOT / "tests"), [jahr]), jahr, TILES))
        signs = [text(each) for each in drawn.iter("{*}text", "text")]
        assert len([sign for sign in signs if sign not in ("Stadt", "?", "!")]) == kreise
        said = drawn.get("aria-label")
        assert f"{kreise} Kreise" in said
        assert f"{zkt} haben eine Vereinbarung zu schließen" in said
        assert "offen: Ammerland, Aurich" in said


def test_no_two_kreise_of_a_year_share_a_tile() -> None:
    for jahr in (2005, 2016, 2024):
        places = [(TILES[kreis.ags].spalte, TILES[kreis.ags].zeile) for kreis in REGISTER.all(jahr)]
        assert len(places) == len(set(places))


def test_figures_say_in_words_what_they_show(tree: Any, overview: Overview) -> None:
    figures = tree.xpath("//*[local-name()='svg' and @role='img']")
    assert len(figures) == 1 + 5 + 16
    labels = " ".join(figure.get("aria-label") for figure in figures)
    for entry in overview.of(2024):
        value = value_at(entry.record, "ziele.langzeitleistungsbezug.gesamt") if entry.record else None
        assert f"{entry.traeger.name.removeprefix('Landkreis ')}: {say_target(value, 2024) if value else 'Vereinbarung offen'}." in labels


def test_what_was_not_read_surely_says_so_with_its_page() -> None:
    stelle = Fundstelle(seite=3, sicherheit=Decimal("0.41"), gelesen="13.155.724")
    record = emsland().model_copy(update={"akte": Akte(fundstellen={"haushalt.verwaltungskosten": stelle})})
    page: Any = html.document_fromstring(render_overview_page(one(record), []).decode())
    assert [text(each) for each in page.find_class("vermerk")] == ["unsicher gelesen, Seite 3"]
    assert list(one(record).doubts) == ["Landkreis Emsland 2024: Verwaltungskosten (Euro) unsicher gelesen, Seite 3"]
    checked = record.model_copy(update={"akte": record.akte.model_copy(update={"geprueft": {"haushalt.verwaltungskosten": "am Bild"}})})
    assert list(one(checked).doubts) == []


def test_a_land_without_tiles_has_no_map_and_all_the_rest(overview: Overview) -> None:
    page: Any = html.document_fromstring(render_overview_page(overview, []).decode())
    assert not page.find_class("karte")
    assert len(cells(page)) == 48


def test_a_file_of_tiles_that_is_none_is_told(tmp_path: Path) -> None:
    path = tmp_path / "kacheln.csv"
    path.write_text("ags;kuerzel;spalte;zeile\n03451;WST;links;3\n", encoding="utf-8")
    with pytest.raises(RecordError, match="Kacheln"):
        load_tiles(path)


# ---------------------------------------------------------------- what it is made of


def hostile(overview: Overview) -> Overview:
    """The overview with markup wherever a text can stand."""
    ziele = emsland().ziele
    goal = ziele.individuell[4].model_copy(update={"titel": HOSTILE})
    record = emsland().model_copy(update={"ziele": ziele.model_copy(update={"individuell": {4: goal}})})
    return Overview(overview.jahre, (*overview.entries, *one(record).entries[2:3]), REGISTER, (RecordError(HOSTILE, datei="x.yaml"),))


def test_values_are_text_and_the_policy_allows_the_pages_own_script_alone(overview: Overview) -> None:
    source = render_overview_page(hostile(overview), [TILES]).decode()
    assert HOSTILE not in source
    page: Any = html.document_fromstring(source)
    [script] = page.iter("script")
    [style] = page.iter("style")
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for element, kind in ((script, "script-src"), (style, "style-src")):
        assert f"{kind} 'sha256-{base64.b64encode(hashlib.sha256(element.text.encode()).digest()).decode()}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "eval" not in script.text
    assert not page.xpath("//@style | //@*[starts-with(name(), 'on')] | //*[@src]")
    assert not [link for link in page.xpath("//@href") if not link.startswith(("#", "data:,"))]


def test_ids_are_there_once_and_every_reference_leads_to_one(tree: Any) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    wanted = [link[1:] for link in tree.xpath("//@href") if link.startswith("#")]
    wanted += [value[5:-1] for value in tree.xpath("//@clip-path | //@fill") if value.startswith("url(#")]
    assert wanted
    assert not set(wanted) - set(ids)


MAKE = """
import sys
sys.path.insert(0, sys.argv[2])
from zv.main import run
assert run(["--ordner", sys.argv[1], "overview", "2024", "--format", "html", "--nach", sys.argv[3]]) == 0
"""


def test_two_runs_elsewhere_make_the_same_page(tmp_path: Path) -> None:
    write(tmp_path, [emsland()])
    for number, (zone, seed) in enumerate((("Asia/Tokyo", "1"), ("America/New_York", "2"))):
        own = tmp_path / f"eigene{number}"
        own.mkdir()
        (own / "matplotlibrc").write_text("lines.linewidth: 9\nfont.size: 33\nsvg.fonttype: path\n" if number else "", encoding="utf-8")
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "MATPLOTLIBRC": str(own / "matplotlibrc")}
        words = [sys.executable, "-c", MAKE, str(tmp_path), str(ROOT), str(tmp_path / str(number))]
        subprocess.run(words, env=environment, check=True, capture_output=True)
    first, second = ((tmp_path / str(number) / "2024.html").read_bytes() for number in (0, 1))
    assert first == second


def test_the_command_writes_the_page_with_its_map(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, [emsland()])
    ended = zv(capsys, "overview", "--ordner", tmp_path, "--format", "html")
    assert ended.code == 0
    assert "Kachelkarte der 45 Kreise 2024" in (tmp_path / "out/uebersicht/2024.html").read_text(encoding="utf-8")


# ---------------------------------------------------------------- in the browser


class Visit:
    """A page in the browser, and what it asked for or complained of."""

    def __init__(self, started: Browser, address: str, width: int) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page: Page = started.new_page(viewport={"width": width, "height": 900})
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(address)

    def names(self) -> list[str]:
        """The Träger of the lines that are shown, in their order."""
        shown = self.page.locator("#tabelle tbody tr:not([hidden]) > th")
        found: list[str] = shown.all_text_contents()
        return found

    def status(self) -> str:
        return self.page.inner_text("#zahl")

    def tab_to(self, wanted: str) -> None:
        """Presses Tab until what a selector names has the focus."""
        for _ in range(80):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
                return
        pytest.fail(f"{wanted} ist mit der Tabulatortaste nicht zu erreichen")


@pytest.fixture(scope="module")
def address(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("seite") / "uebersicht.html"
    path.write_bytes(data)
    return path.as_uri()


@pytest.fixture
def visit(chromium: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The page at the width that a test asks for, 1280 pixels where it asks for none; nothing leaves, nothing is complained of."""
    seen = Visit(chromium, address, getattr(request, "param", 1280))
    yield seen
    assert seen.complaints == []
    assert [each for each in seen.requests if not each.startswith("data:")] == [address]
    seen.page.close()


def sort_states(visit: Visit, heading: str) -> str | None:
    return visit.page.locator("#tabelle thead th", has_text=heading).first.get_attribute("aria-sort")


@needed
def test_the_keyboard_alone_sorts_up_and_down_and_the_page_says_so(visit: Visit) -> None:
    visit.tab_to("#tabelle thead th:nth-child(9) button")
    visit.page.keyboard.press("Enter")
    heading = "Verwaltungs\u00adkosten"
    assert sort_states(visit, heading) == "ascending"
    column = "all => all.map(row => row.cells[8].textContent.trim())"
    shown = visit.page.eval_on_selector_all("#tabelle tbody tr", column)
    numbers = [int(value.replace(".", "")) for value in shown if value != "–"]
    assert numbers == sorted(numbers)
    assert shown[-6:] == ["–"] * 6
    assert visit.status() == "48 Vereinbarungen, sortiert nach Verwaltungskosten (Euro), aufsteigend"
    visit.page.keyboard.press("Space")
    assert sort_states(visit, heading) == "descending"
    again = visit.page.eval_on_selector_all("#tabelle tbody tr", column)
    assert again == [*reversed(shown[:-6]), *shown[-6:]]
    assert visit.page.locator("[aria-sort]").count() == 1


def change(said: str) -> float:
    """The change in percent that a cell says."""
    number = "".join(sign for sign in said if sign in "0123456789,").replace(",", ".")
    return float(number or 0) * (-1 if said.startswith("sinkt") else 1)


@needed
def test_targets_are_sorted_by_what_they_mean(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Bestand an Langzeit").click()
    shown = visit.page.eval_on_selector_all("#tabelle tbody tr", "all => all.map(row => row.cells[6].textContent.trim())")
    kinds = ["beträgt" in value or None if value != "–" else "–" for value in shown]
    assert kinds == sorted(kinds, key=[None, True, "–"].index)
    changes = [change(value) for value in shown if "beträgt" not in value and value != "–"]
    assert changes == sorted(changes)


@needed
def test_the_keyboard_alone_filters_and_shows_all_again(visit: Visit) -> None:
    visit.tab_to("#f-name")
    visit.page.keyboard.type("osna")
    assert visit.names() == ["Osnabrück"] * 3
    assert visit.status() == "3 von 48 Vereinbarungen"
    visit.tab_to("#f-jahr")
    visit.page.keyboard.type("2023")
    assert visit.names() == ["Osnabrück"]
    visit.tab_to("#f-alle")
    visit.page.keyboard.press("Enter")
    assert len(visit.names()) == 48


@needed
def test_names_are_found_without_umlauts_and_states_by_their_word(visit: Visit) -> None:
    visit.page.fill("#f-name", "kreis")
    assert visit.names() == ["Heidekreis"] * 3
    visit.page.fill("#f-name", "gottingen")
    assert visit.names() == ["Göttingen"] * 3
    visit.page.fill("#f-name", "")
    visit.page.select_option("#f-stand", label="offen")
    assert set(visit.names()) == {"Verden", "Wittmund"}
    assert visit.page.get_attribute("#zahl", "role") == "status"


@needed
@pytest.mark.parametrize("visit", [400, 1280], indirect=True)
def test_the_page_is_no_wider_than_its_window_and_wide_tables_scroll_by_themselves(visit: Visit) -> None:
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= visit.page.evaluate("innerWidth")
    regions: list[Any] = visit.page.eval_on_selector_all(".rolle", "all => all.map(each => [each.tabIndex, each.getAttribute('role')])")
    assert regions == [[0, "region"]] * 2
    sizes = "all => all.map(each => each.getBoundingClientRect().height)"
    assert min(visit.page.eval_on_selector_all("figure svg[role=img] text", sizes)) >= 9
    visit.tab_to(".rolle:has(#tabelle)")
    visit.page.keyboard.press("ArrowRight")


@needed
@pytest.mark.parametrize("visit", [400, 1280], indirect=True)
def test_axe_finds_nothing(visit: Visit) -> None:
    require_within_rules(visit.page, "Übersicht")


@needed
def test_a_year_with_nothing_but_faults_is_a_page_that_axe_accepts(chromium: Browser, tmp_path: Path) -> None:
    traeger = REGISTER.find("lk-leer", 2030)
    entries = (Entry(2030, REGISTER.find("lk-aurich", 2030)), Entry(2030, traeger, Path("x.yaml"), error=RecordError("Nicht zu lesen.")))
    path = tmp_path / "leer.html"
    path.write_bytes(render_overview_page(Overview((2030,), entries, REGISTER), [TILES]))
    seen = Visit(chromium, path.as_uri(), 400)
    assert seen.names() == ["Aurich", "Leer"]
    assert "Nicht zu lesen." in seen.page.inner_text(".fehler")
    assert Axe().run(seen.page).violations_count == 0
    assert seen.complaints == []
    seen.page.close()


@needed
def test_without_its_script_everything_stands_there(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert page.locator("#tabelle tbody tr").count() == 48
    assert not page.locator(".filter").is_visible()
    context.close()


@needed
def test_hostile_texts_do_nothing(chromium: Browser, overview: Overview, tmp_path: Path) -> None:
    path = tmp_path / "boese.html"
    path.write_bytes(render_overview_page(hostile(overview), [TILES]))
    seen = Visit(chromium, path.as_uri(), 1280)
    assert seen.page.locator("body", has_text="{{ 7 * 7 }}").count() == 1
    assert seen.complaints == []
    assert [each for each in seen.requests if not each.startswith("data:")] == [path.as_uri()]
    seen.page.close()


@needed
def test_it_prints_across_a4_with_its_headings_on_every_page(visit: Visit, tmp_path: Path) -> None:
    printed = tmp_path / "uebersicht.pdf"
    visit.page.pdf(path=printed, prefer_css_page_size=True)
    with pikepdf.open(printed) as pdf:
        assert {tuple(round(float(side)) for side in page.mediabox[2:]) for page in pdf.pages} <= {(842, 595), (841, 595)}
        assert len(pdf.pages) < 14
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(printed)]
    tables = [page for page in pages if "22.445.448" in page or ("2023 " in page and "sinkt um" in page)]
    assert tables
    assert all("Stand" in page and "kosten (Euro)" in page for page in tables)
