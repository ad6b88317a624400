"""The review sheet: everything a person must look at, in one page that needs nothing else; looked at in a real browser."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import subprocess
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from browser import CHROMIUM
from lxml import html
from PIL import Image
from round_trip import LIBRARY, emsland, read_back

from agreements.library.differences import Difference
from agreements.model.record import Abweichung
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Cutting, Found, Location
from agreements.reading.reading import Beiwerk
from extract.extraction import Extraction
from extract.results.cuttings import cut
from extract.results.report import LESARTEN
from render.review import Sheet, marked, render_review

HOSTILE = '<img src="https://example.invalid/x" onerror="alert(1)"><script>alert(1)</script>'
SWITCHES = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars",
)  # fmt: skip


@pytest.fixture(scope="module")
def extraction(tmp_path_factory: pytest.TempPathFactory) -> Extraction:
    return read_back(LIBRARY.document(emsland()), "pdf", tmp_path_factory.mktemp("review"))


@pytest.fixture(scope="module")
def pictures(extraction: Extraction) -> dict[Location, Cutting]:
    return cut(extraction, "alle")


@pytest.fixture(scope="module")
def sheet(extraction: Extraction, pictures: dict[Location, Cutting]) -> Sheet:
    """A document with something of everything."""
    doubted = next(each for each in extraction.found if each.feld == DOUBTED)
    doubt = replace(doubted.doubted(Doubt("steht-daneben", worte="mehr")), confidence=0.41)
    found = [doubt if each is doubted else each for each in extraction.found]
    befunde = (
        Befund("widerspruch", "warnung", "2017", "jahr", "2024", extraction.found[0].locations[2]),
        Befund("anmerkung", "hinweis", f"Ein Bild wurde nicht gelesen. {HOSTILE}"),
    )
    departures = (
        Abweichung(stelle="III.§3.1", art="ersetzt", alt="mindestens jedoch zweimal jährlich", neu="mindestens jedoch dreimal jährlich"),
        Abweichung(stelle="I.4", art="gestrichen", alt="von kleinen Kindern"),
        Abweichung(stelle="I.5", art="eingefuegt", alt="Spracherwerb", neu="und Anerkennung"),
    )
    record = extraction.record.model_copy(update={"abweichungen": departures})
    difference = Difference("Verwaltungskosten (Euro)", ("13.155.725",), ("13.155.724",))
    return Sheet("Vereinbarung.pdf", extraction.sha256, LESARTEN["textebene"], 7, "agreements/2024/lk-emsland.yaml", record, found, befunde,
                 extraction.reading.paragraphs, (Beiwerk("seitenzahl", 2, "2"),), pictures, (difference,))  # fmt: skip


DOUBTED = "haushalt.verwaltungskosten"


@pytest.fixture(scope="module")
def page(sheet: Sheet) -> html.HtmlElement:
    return html.document_fromstring(render_review(sheet, LIBRARY.register).decode())


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def headings(page: html.HtmlElement) -> list[str]:
    return [text(each) for each in page.iter("h2")]


def test_what_must_be_looked_at_stands_first(page: html.HtmlElement) -> None:
    assert headings(page) == [
        "Unterschiede zum vorhandenen Datensatz", "Zuerst ansehen", "Hinweise", "Abweichungen vom Wortlaut", "Die übrigen Angaben",
        "Was nicht zum Text gehört", "Der ganze Text",
    ]  # fmt: skip
    [first] = page.find_class("zuerst")
    assert [text(each) for each in first.iter("h3")] == ["Verwaltungskosten (Euro)", "Warnung"]
    assert "Prüfen: Daneben steht „mehr“." in text(first)
    assert "Sicherheit 41 %" in text(first)


def test_every_angabe_stands_there_once_with_its_value_and_picture(page: html.HtmlElement, sheet: Sheet) -> None:
    for found in sheet.found:
        [card] = page.xpath("//article[@id=$id]", id=found.feld)
        assert "Sicherheit" in text(card)
        assert card.xpath(".//img[starts-with(@src, 'data:image/')]")
        assert text(card.find_class("wert")[0])


def test_values_are_said_in_german(page: html.HtmlElement) -> None:
    said = {card.get("id"): text(card.find_class("wert")[0]) for card in page.iter("article") if card.find_class("wert")}
    assert said["haushalt.verwaltungskosten"] == "13.155.724"
    assert said["ziele.langzeitleistungsbezug.gesamt"] == "um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 steigt"
    assert said["unterschriften.traeger.1.datum"] == "1. Februar 2024"
    assert said["unterschriften.land.1.datum"] == "leer"
    assert said["traeger"] == "Landkreis Emsland"


def test_the_synopsis_marks_what_goes_and_what_comes(page: html.HtmlElement) -> None:
    rows = [row for table in page.find_class("synopse")[1:] for row in table.iter("tr")][1:]
    assert [([text(i) for i in row.iter("i")], [text(b) for b in row.iter("b")]) for row in rows] == [
        (["zweimal"], ["dreimal"]), (["von kleinen Kindern"], []), ([], ["und Anerkennung"]),
    ]  # fmt: skip


def test_marked_words_say_both_texts() -> None:
    left, right = marked("a b c d", "a x c d e")
    assert " ".join(words for words, _ in left) == "a b c d"
    assert " ".join(words for words, _ in right) == "a x c d e"
    assert [words for words, gone in left if gone] == ["b"]
    assert [words for words, new in right if new] == ["x", "e"]


def test_the_whole_text_stands_at_the_end(page: html.HtmlElement, sheet: Sheet) -> None:
    said = "".join(text(page.find_class("text")[-1]).split())
    assert said.endswith("".join(sheet.paragraphs[-1].text.split()))
    assert all("".join(paragraph.text.split()) in said for paragraph in sheet.paragraphs)


def test_values_are_text_and_nothing_comes_from_elsewhere(page: html.HtmlElement, sheet: Sheet) -> None:
    source = render_review(sheet, LIBRARY.register).decode()
    assert HOSTILE not in source
    assert not list(page.iter("script", "link", "iframe", "object", "form"))
    assert not [each for each in page.iter() for name in each.attrib if name.startswith("on") or name in ("style", "href")]
    assert all(each.get("src", "data:").startswith("data:image/") for each in page.iter("img"))


def test_the_policy_allows_its_own_styles_and_nothing_else(page: html.HtmlElement) -> None:
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    [style] = page.iter("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
    assert f"'sha256-{digest}'" in policy


def test_the_page_is_accessible(page: html.HtmlElement) -> None:
    assert page.get("lang") == "de"
    assert page.findtext(".//title") == "Prüfbogen 2024 Landkreis Emsland"
    assert len(list(page.iter("h1"))) == len(list(page.iter("main"))) == 1
    levels = [int(each.tag[1]) for each in page.iter("h1", "h2", "h3")]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert all(each.get("alt", "").startswith("Ausschnitt von Seite ") for each in page.iter("img"))
    for table in page.iter("table"):
        assert table.find("caption") is not None
        assert all(cell.get("scope") for cell in table.iter("th"))
    ids = [each.get("id") for each in page.iter() if each.get("id")]
    assert len(ids) == len(set(ids))


def test_the_same_document_makes_the_same_page(sheet: Sheet) -> None:
    assert render_review(sheet, LIBRARY.register) == render_review(sheet, LIBRARY.register)


# pictures


def opened(cutting: Cutting) -> Image.Image:
    return Image.open(io.BytesIO(base64.b64decode(cutting.address.partition(",")[2])))


def test_a_picture_shows_its_place_with_a_margin_and_is_small(extraction: Extraction, pictures: dict[Location, Cutting]) -> None:
    [ort] = next(found.locations for found in extraction.found if found.feld == DOUBTED)
    assert ort.box
    cutting = pictures[ort]
    assert cutting.width >= ort.box[2] - ort.box[0] + 16
    assert cutting.height >= ort.box[3] - ort.box[1] + 30
    assert opened(cutting).width == pytest.approx(2 * cutting.width, abs=2)
    assert all(len(each.address) < 150_000 for each in pictures.values())
    assert sum(len(each.address) for each in pictures.values()) < 1_000_000


def test_ink_is_where_the_frame_is(extraction: Extraction, pictures: dict[Location, Cutting]) -> None:
    for found in extraction.found:
        for ort in found.locations:
            if cutting := pictures.get(ort):
                grey = opened(cutting).convert("L")
                assert min(grey.tobytes()) < 100, found.feld


def test_a_page_with_a_frame_of_its_own_is_cut_where_it_is_shown(extraction: Extraction, tmp_path: Path) -> None:
    path = tmp_path / "rahmen.pdf"
    with pikepdf.open(extraction.datei) as pdf:
        for each in pdf.pages:
            each.cropbox = pikepdf.Array([0, 0, each.mediabox[2], each.mediabox[3]])
        pdf.save(path)
    ort = next(found.locations for found in extraction.found if found.feld == DOUBTED)[0]
    straight = cut(replace(extraction, found=(Found(DOUBTED, 1, (ort,)),)), "alle")[ort]
    assert cut(replace(extraction, datei=path, found=(Found(DOUBTED, 1, (ort,)),)), "alle")[ort] == straight


def test_a_place_outside_of_its_page_has_no_picture(extraction: Extraction) -> None:
    outside = Location(1, (5000.0, 5000.0, 5010.0, 5010.0), "x")
    assert cut(replace(extraction, found=(Found(DOUBTED, 1, (outside,)),), befunde=()), "alle") == {}


def test_word_has_no_pictures_and_a_sheet_all_the_same(tmp_path: Path) -> None:
    extraction = read_back(LIBRARY.document(emsland()), "docx", tmp_path)
    assert cut(extraction, "alle") == {}
    sheet = Sheet("a.docx", extraction.sha256, LESARTEN["word"], None, "lk-emsland.yaml", extraction.record, extraction.found,
                  extraction.befunde, extraction.reading.paragraphs, (), {})  # fmt: skip
    page = html.document_fromstring(render_review(sheet, LIBRARY.register).decode())
    assert not list(page.iter("img"))
    assert len(list(page.iter("article"))) == len(extraction.found)


# the browser


def browsed(page: Path, folder: Path, *words: str) -> str:
    """What Chromium says of a page."""
    assert CHROMIUM
    call = [CHROMIUM, *SWITCHES, f"--user-data-dir={folder / 'profile'}", *words, page.as_uri()]
    return subprocess.run(call, capture_output=True, text=True, timeout=120, check=True).stdout


@pytest.mark.skipif(CHROMIUM is None, reason="kein Chromium auf diesem Rechner")
def test_a_browser_shows_the_pictures_and_styles_and_nothing_is_wider_than_a_phone(sheet: Sheet, tmp_path: Path) -> None:
    page = tmp_path / "bogen.html"
    page.write_bytes(render_review(sheet, LIBRARY.register))
    frame = tmp_path / "rahmen.html"
    measure = (
        "onload = () => { const inner = document.querySelector('iframe').contentDocument; const root = inner.documentElement;"
        "document.body.append(JSON.stringify([root.scrollWidth, [...inner.images].every(i => i.naturalWidth > 0),"
        "getComputedStyle(inner.querySelector('article')).borderLeftWidth])) }"
    )
    phone = '<iframe src="bogen.html" style="width:400px;height:900px;border:0"></iframe>'
    frame.write_text(f"{phone}<script>{measure}</script>", encoding="utf-8")
    shown = browsed(frame, tmp_path, "--allow-file-access-from-files", "--dump-dom")
    assert re.search(r"\[(\d+),true,\"4px\"\]", shown.replace("&quot;", '"'))
    assert int(re.findall(r"\[(\d+),", shown)[-1]) <= 400


@pytest.mark.skipif(CHROMIUM is None, reason="kein Chromium auf diesem Rechner")
def test_it_prints_on_a4(sheet: Sheet, tmp_path: Path) -> None:
    page, printed = tmp_path / "bogen.html", tmp_path / "bogen.pdf"
    page.write_bytes(render_review(sheet, LIBRARY.register))
    browsed(page, tmp_path, "--no-pdf-header-footer", f"--print-to-pdf={printed}")
    with pikepdf.open(printed) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]
        assert len(pdf.pages) < 20
