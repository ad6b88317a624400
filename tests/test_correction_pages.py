"""Pages of a scan laid on its wording: out of order, twice or missing, and entries that a page's end parts or joins."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from emsland import emsland
from two_readers import clean, kinds, of, read, said

from agreements.reading.findings import Befund, Location
from agreements.reading.reading import Paragraph, Place, Word
from extract.correction.spacing import may_begin_entry


def test_a_sheet_that_printed_numbers_tell_to_be_missing_may_have_had_goals_and_the_rest_of_texts_beside_it() -> None:
    """Recorded of a sheet of goals alone, of which no fixed text was missed: nobody said that goals may be missing."""
    paragraphs = clean()
    whole = read(paragraphs)
    seite = next(ort.page for ort in of(whole, "rahmenbedingungen.regionale_lage").locations)
    gone = Befund("fehlt", "fehler", f"Hinter Seite {seite} fehlt wohl das Blatt.", location=Location(seite, None, ""))
    found = read(paragraphs, [gone])
    assert [befund.feld for befund in kinds(whole, "fehlt")] == []
    assert [befund.feld for befund in kinds(found, "fehlt")] == [None, "ziele.individuell"]
    assert of(found, "rahmenbedingungen.regionale_lage").doubtful and not of(whole, "rahmenbedingungen.regionale_lage").doubtful


def _on(paragraph: Paragraph, seite: int) -> Paragraph:
    words = (replace(word, places=tuple(place._replace(page=seite) for place in word.places)) for word in paragraph.words)
    return replace(paragraph, words=tuple(words))


def repaged(paragraphs: Sequence[Paragraph], order: Sequence[int]) -> tuple[Paragraph, ...]:
    """The paragraphs as a scan of these pages in this order has them."""
    pages: dict[int, list[Paragraph]] = {}
    for paragraph in paragraphs:
        several: dict[int, list[Word]] = {}
        for word in paragraph.words:
            several.setdefault(word.places[0].page, []).append(word)
        for place, (seite, words) in enumerate(several.items()):
            pages.setdefault(seite, []).append(replace(paragraph, words=tuple(words), continues=place > 0))
    found = [_on(part, number) for number, seite in enumerate(order, 1) for part in pages[seite]]
    body = [paragraph for paragraph in found if not paragraph.column]
    return (*body, *sorted((paragraph for paragraph in found if paragraph.column), key=lambda paragraph: paragraph.column or 0))


PAGES: dict[str, tuple[Callable[[list[int]], list[int]], str]] = {
    "in disorder": (lambda pages: [1, 2, 4, 3, *pages[4:]], "nicht in der Reihenfolge des Wortlauts"),
    "from the last to the first": (lambda pages: pages[::-1], "nicht in der Reihenfolge des Wortlauts"),
    "one twice": (lambda pages: [1, 2, 3, 3, *pages[3:]], "ist Seite 3 noch einmal"),
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_out_of_order_or_twice_are_read_once_in_order_and_said(name: str) -> None:
    arrange, sentence = PAGES[name]
    paragraphs = clean()
    last = max(word.places[0].page for paragraph in paragraphs for word in paragraph.words)
    found = read(repaged(paragraphs, arrange(list(range(1, last + 1)))))
    assert sentence in kinds(found, "reihenfolge")[0].text
    unlike = [feld for feld, wert in said(emsland()).items() if said(found.record).get(feld) != wert]
    assert all(of(found, feld).doubtful for feld in unlike)
    assert len(unlike) < 2  # an entry broken by the page's end after "z.B."


def test_a_missing_page_is_said_with_what_may_have_stood_on_it() -> None:
    paragraphs = clean()
    last = max(word.places[0].page for paragraph in paragraphs for word in paragraph.words)
    start = time.process_time()  # this process alone: however much else the machine has to do
    found = read(repaged(paragraphs, [page for page in range(1, last + 1) if page != 3]))
    assert time.process_time() - start < 10
    assert any("fehlt wohl eine Seite" in befund.text and befund.schwere == "fehler" for befund in kinds(found, "fehlt"))
    told = {befund.feld for befund in kinds(found, "fehlt")} | {each.feld for each in found.found if each.doubtful}
    lost = {feld for feld, wert in said(emsland()).items() if said(found.record).get(feld) != wert}
    assert lost and all(any(feld == known or feld.startswith(f"{known}.") for known in told if known) for feld in lost)


def across_pages(second_left: float, first_right: float) -> tuple[Paragraph, ...]:
    """The agreement on pages, where a step ends at `first_right` on one and the words "Etablierung und" begin the next."""
    found = []
    for paragraph in clean():
        words = tuple(replace(word, places=(Place(1, 70.0, 100.0, 525.0, 110.0),)) for word in paragraph.words)
        if paragraph.text.startswith("Weitere Steigerung"):
            words = (*words[:-1], replace(words[-1], places=(Place(1, 300.0, 760.0, first_right, 770.0),)))
        if paragraph.text.startswith("Etablierung der"):
            words = (replace(words[0], places=(Place(2, second_left, 80.0, second_left + 60, 90.0),)), *words[1:])
            found.append(replace(paragraph, words=words, kind=None, continues=True))
        else:
            found.append(replace(paragraph, words=words))
    return tuple(found)


def test_a_page_whose_lines_were_read_in_disorder_is_not_missing() -> None:
    paragraphs = clean()
    page = [number for number, paragraph in enumerate(paragraphs) if paragraph.text.startswith("(") and not paragraph.column][-5:]
    assert sum(len(paragraphs[number].text) for number in page) > 700
    lines = [paragraphs[number].words[start : start + 8] for number in page for start in range(0, len(paragraphs[number].words), 8)]
    mixed = replace(paragraphs[page[0]], words=tuple(word for line in reversed(lines) for word in line))
    found = read((*paragraphs[: page[0]], mixed, *paragraphs[page[-1] + 1 :]))
    assert found.record.abweichungen
    assert not [befund for befund in kinds(found, "fehlt") if befund.schwere == "fehler"]


def test_an_entry_without_bullet_at_a_pages_start_is_doubted_where_it_had_room_before() -> None:
    found = of(read(across_pages(90.0, 360.0)), "ziele.individuell.4.schritte")
    assert found.doubtful
    assert "Seite davor" in (found.reason or "")


def test_entries_that_the_reader_joined_over_a_pages_end_are_doubted_where_there_was_room() -> None:
    """Recorded at 200 dpi: the dash before the first line of a page was not read."""
    torn = across_pages(90.0, 360.0)
    at = next(number for number, paragraph in enumerate(torn) if paragraph.continues)
    one, other = torn[at - 1 : at + 1]
    joined = (*torn[: at - 1], replace(one, words=one.words + other.words), *torn[at + 1 :])
    found = of(read(joined), "ziele.individuell.4.schritte")
    assert found.doubtful
    assert "Seite davor" in (found.reason or "")


@pytest.mark.parametrize(("before", "unsure"), [("II", True), ("Tage,", False), ("für", False), ("z.B.", False)])
def test_what_begins_a_page_may_begin_an_entry_behind_what_may_end_one_though_it_had_no_room(before: str, unsure: bool) -> None:
    """Recorded of "… nach § 16i SGB II | Öffentlichkeitsarbeit …", whose bullet lay under a watermark."""
    one = Word(before, (Place(4, 420.0, 754.0, 449.0, 764.0),))
    other = Word("Öffentlichkeitsarbeit", (Place(5, 102.0, 71.0, 210.0, 81.0),))
    assert may_begin_entry(one, other, margin=495.0) is unsure
