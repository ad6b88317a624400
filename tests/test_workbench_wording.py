"""The year's text on the workbench: shown as prose, its fields unbreakable, kept only where every record can be printed with it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from browser import browser, needed, require_accessible
from hypothesis import given
from hypothesis import strategies as st
from round_trip import LIBRARY, ROOT, emsland
from workbench import Answer, Workbench, one_for_all, workbench

from agreements.errors import UsageError
from agreements.library.library import open_library
from agreements.wording.prose import Chip, changed, passages

SOURCE = (ROOT / "templates/ni/2024.j2").read_text(encoding="utf-8")
PASSAGES = tuple(passages(SOURCE))


def office(folder: Path) -> Path:
    """A folder with a wording of its own, its list for looking through, and one agreement."""
    (folder / "agreements/2024").mkdir(parents=True)
    (folder / "templates/ni").mkdir(parents=True)
    for name in ("templates/ni/2024.j2", "templates/ni/2024.maengel.yaml", "agreements/2024/rahmen.yaml"):
        shutil.copy(ROOT / name, folder / name)
    text = "saetze:\n- stelle: II.2\n  satz: Ein Satz.\n  wegen: [Jahr]\n"
    (folder / "templates/ni/2024.durchsicht.yaml").write_text(text, encoding="utf-8")
    open_library(folder).store.save(LIBRARY.own(emsland()))
    return folder


served, bench = one_for_all(office)


def source(bench: Workbench) -> str:
    return (bench.folder / "templates/ni/2024.j2").read_text(encoding="utf-8")


def save(bench: Workbench, zeile: int, text: str) -> Answer:
    summe = re.findall(r'name="summe" value="([0-9a-f]{64})"', bench.get("/wortlaut/2024").text)[0]
    return bench.post("/wortlaut/2024/absatz", {"summe": summe, "zeile": str(zeile), "text": text})


def passage(words: str) -> tuple[int, str]:
    """The line and the typed text of the passage in which some words stand."""
    return next((each.zeile, each.typed) for each in PASSAGES if words in each.typed)


# ---------------------------------------------------------------- prose


def test_every_field_of_the_wording_is_a_token_and_no_markup_is_left() -> None:
    chips = [piece.source for each in PASSAGES for piece in each.pieces if isinstance(piece, Chip)]
    assert chips == re.findall(r"\{\{.*?\}\}", re.sub(r"\{#.*?#\}", "", SOURCE, flags=re.S))
    assert not [each.typed for each in PASSAGES if re.search(r"\{[{%#]", each.typed)]


def test_a_passage_knows_under_what_condition_it_stands() -> None:
    by_words = {
        words: next(each for each in PASSAGES if words in each.typed)
        for words in ("Verwaltungskosten ", "geschlechterspezifisch", "Hier setzt")
    }
    assert by_words["Verwaltungskosten "].nur_wenn == ("Verwaltungskosten (Euro)",)
    assert by_words["geschlechterspezifisch"].nur_wenn == ("Integrationsquote der Frauen",)
    assert by_words["Hier setzt"].nur_wenn == ()


@given(st.sampled_from(PASSAGES))
def test_a_passage_that_is_typed_as_it_was_changes_nothing(each: object) -> None:
    assert changed(SOURCE, each.zeile, each.typed) == SOURCE  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace("⟨Verwaltungskosten (Euro)⟩", ""), "fehlt"),
        (lambda text: text + " ⟨Verwaltungskosten (Euro)⟩", "mehrmals"),
        (lambda text: text + " {{ jahr }}", "Zeichen"),
        (lambda text: text + " {% raw %}", "Zeichen"),
        (lambda text: text + " ⟨Frei⟩", "nur um Felder"),
        (lambda text: "", "leer"),
    ],
)
def test_a_broken_field_and_markup_are_refused(change: object, said: str) -> None:
    zeile, text = passage("Verwaltungskosten ")
    with pytest.raises(UsageError, match=said):
        changed(SOURCE, zeile, change(text))  # type: ignore[operator]


# ---------------------------------------------------------------- the screen


def test_a_revised_sentence_is_kept_once_every_record_is_proven_with_it(bench: Workbench) -> None:
    zeile, text = passage("Hier setzt auch das Bürgergeld an.")
    assert save(bench, zeile, text.replace("setzt auch", "setzt")).status == 303
    assert "Hier setzt das Bürgergeld an." in source(bench)
    assert source(bench).replace("Hier setzt das", "Hier setzt auch das") == SOURCE


def test_a_wording_that_says_a_field_twice_side_by_side_is_refused_and_the_file_stays(bench: Workbench) -> None:
    zeile, text = passage("Verwaltungskosten ")
    answer = save(bench, zeile, text.replace("⟨Verwaltungskosten (Euro)⟩", "⟨Verwaltungskosten (Euro)⟩5"))
    assert answer.status == 422
    assert source(bench) == SOURCE


def test_two_windows_do_not_overwrite_each_other(bench: Workbench) -> None:
    zeile, text = passage("Hier setzt auch das Bürgergeld an.")
    fields = {"summe": "0" * 64, "zeile": str(zeile), "text": text.replace("auch ", "")}
    assert bench.post("/wortlaut/2024/absatz", fields).status == 409
    assert source(bench) == SOURCE


def test_what_holds_for_all_is_set_and_noted(bench: Workbench) -> None:
    page = bench.get("/wortlaut/2024").text
    summe = re.findall(r'name="summe" value="([0-9a-f]{64})"><input type="hidden" name="feld"', page)[0]
    fields = {"summe": summe, "feld": "unterschriften.land.1.name", "wert": "Dr. Erika Muster"}
    assert bench.post("/wortlaut/2024/rahmen", fields).status == 303
    assert "Dr. Erika Muster" in (bench.folder / "agreements/2024/rahmen.yaml").read_text(encoding="utf-8")


def test_the_programs_own_wording_is_shown_and_not_changed(tmp_path: Path) -> None:
    folder = tmp_path / "ordner"
    (folder / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", folder / "agreements/2024")
    with workbench(folder) as bench:
        page = bench.get("/wortlaut/2024").text
        assert "gehört zum Programm" in page and "Hier setzt auch das Bürgergeld an." in page
        zeile, text = passage("Hier setzt auch das Bürgergeld an.")
        assert save(bench, zeile, text).status == 422 if 'name="summe"' in page else True
    assert (ROOT / "templates/ni/2024.j2").read_text(encoding="utf-8") == SOURCE


@needed
def test_axe_finds_nothing(bench: Workbench) -> None:
    with browser() as chromium:
        for width in (1366, 400):
            page = chromium.new_page(viewport={"width": width, "height": 820})
            page.goto(f"http://127.0.0.1:{bench.port}/{bench.token}/wortlaut/2024")
            require_accessible(page, page.url)
