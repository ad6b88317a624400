"""Files and agreements: two in one file, one in two files, pages missing, twice or in disorder, with and without a wording."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from ocr_noise import scanned
from older_documents import Older
from pages_of_files import file_of
from round_trip import LIBRARY, emsland, printed, said
from sampling import seeds
from varied import varied

from agreements.errors import OtherKindError
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Befund
from agreements.reading.reading import Beiwerk, Paragraph, Place, Reading, Word
from extract.extraction import Document, Extraction, extract
from extract.pages.document_type import is_rest, require_agreement
from extract.pages.numbering import in_printed_order
from extract.pages.split import lacks_start, parts_of
from extract.pdf import read_pdf

OTHER = varied(4, emsland())
"""An agreement of another Träger."""


def _older(seed: int, folder: Path) -> Vereinbarung:
    """An agreement of a year without a wording."""
    path = folder / "alt.docx"
    path.write_bytes(Older(seed).word())
    return extract(path, LIBRARY, own=True).record


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """An agreement with a wording, one of another Träger, and one of a year without a wording, each as PDF."""
    folder = tmp_path_factory.mktemp("papiere")
    records = {"emsland": emsland(), "andere": OTHER, "alt": _older(1, folder)}
    for name in records:
        (folder / name).mkdir()
    return {name: printed(LIBRARY.document(record), "pdf", folder / name) for name, record in records.items()}


def count(path: Path) -> int:
    with pikepdf.open(path) as document:
        return len(document.pages)


def told(extraction: Extraction, *arten: str) -> list[Befund]:
    """The findings of these kinds that are more than hints."""
    return [befund for befund in extraction.befunde if befund.art in arten and befund.schwere != "hinweis"]


# ---------------------------------------------------------------- two agreements in one file


@pytest.mark.parametrize(("one", "other"), [("emsland", "andere"), ("emsland", "alt"), ("alt", "emsland"), ("emsland", "emsland")])
def test_of_two_agreements_the_first_is_read_and_the_pages_of_the_second_are_named(
    one: str, other: str, papers: dict[str, Path], tmp_path: Path
) -> None:
    path = file_of(tmp_path / "zwei.pdf", (papers[one], ()), (papers[other], ()))
    found, first, last = extract(path, LIBRARY, own=True), count(papers[one]), count(path)
    assert said(found.record) == said(extract(file_of(tmp_path / "eine.pdf", (papers[one], ())), LIBRARY, own=True).record)
    [befund] = [befund for befund in found.befunde if befund.schwere == "fehler"]
    assert (befund.art, befund.location.page) == ("reihenfolge", first + 1)
    assert f"(Seiten {first + 1} bis {last})" in befund.text
    assert "zv einlesen" in befund.text


def test_each_of_three_agreements_is_read_for_itself(papers: dict[str, Path], tmp_path: Path) -> None:
    path = file_of(tmp_path / "drei.pdf", *((papers[name], ()) for name in ("emsland", "alt", "andere")))
    document = Document(path, LIBRARY)
    records = [document.extraction(part).record for part in document.parts]
    assert [said(records[0]), said(records[2])] == [said(emsland()), said(OTHER)]
    assert [record.wortlaut for record in records] == ["ni/2024", None, "ni/2024"]
    places = [record.akte.quelle.seiten for record in records if record.akte.quelle]
    assert places == ["1–7 von 18", "8–11 von 18", "12–18 von 18"]


def test_a_second_agreement_is_told_by_its_traeger_where_the_first_lacks_its_signatures(papers: dict[str, Path], tmp_path: Path) -> None:
    path = file_of(tmp_path / "zwei.pdf", (papers["emsland"], (1, 2, 3, 4, 5)), (papers["andere"], ()))
    found = extract(path, LIBRARY, own=True)
    assert {befund.location.page for befund in told(found, "reihenfolge")} >= {6}
    assert any("endet vor den Unterschriften" in befund.text for befund in told(found, "fehlt"))


@pytest.mark.parametrize("name", ["emsland", "andere", "alt"])
def test_one_agreement_is_one(name: str, papers: dict[str, Path]) -> None:
    assert len(Document(papers[name], LIBRARY).parts) == 1
    assert not told(extract(papers[name], LIBRARY, own=True), "reihenfolge", "fehlt")


def _behind(word: Word, pages: int) -> Word:
    return replace(word, places=tuple(place._replace(page=place.page + pages) for place in word.places))


@pytest.mark.parametrize("seed", seeds(6, 60))
def test_two_agreements_in_a_scan_are_told_apart(seed: int) -> None:
    one, other = (scanned(LIBRARY.document(record), seed) for record in (varied(seed, emsland()), varied(seed + 1, emsland())))
    first, second = (max(place.page for each in several for word in each.words for place in word.places) for several in (one, other))
    moved = tuple(replace(each, words=tuple(_behind(word, first) for word in each.words)) for each in other)
    reading = Reading("texterkennung", first + second, (*one, *moved))
    parts = parts_of(reading, LIBRARY.register)
    assert [(part.first, part.last) for part in parts] == [(1, first), (first + 1, first + second)]
    assert [part.reading.paragraphs for part in parts] == [one, moved]


# ---------------------------------------------------------------- one agreement in two files


@pytest.mark.parametrize("name", ["emsland", "alt"])
def test_a_file_that_ends_before_the_signatures_says_so_with_its_last_words(name: str, papers: dict[str, Path], tmp_path: Path) -> None:
    last = count(papers[name]) - 2
    found = extract(file_of(tmp_path / "anfang.pdf", (papers[name], range(1, last + 1))), LIBRARY, own=True)
    [befund] = [befund for befund in told(found, "fehlt") if "vor den Unterschriften" in befund.text]
    assert befund.location.page == last
    assert found.reading.paragraphs[-1].text.split()[-1] in befund.text


@pytest.mark.parametrize(("name", "wortlaut"), [("emsland", "ni/2024"), ("alt", None)])
@pytest.mark.parametrize("pages", [(1, 2), (2, 3)])
def test_the_beginning_of_an_agreement_follows_a_wording_that_it_stands_in_however_little_of_that_it_holds(
    name: str, wortlaut: str | None, pages: tuple[int, ...], papers: dict[str, Path], tmp_path: Path
) -> None:
    found = extract(file_of(tmp_path / "anfang.pdf", (papers[name], pages)), LIBRARY, own=True)
    assert found.record.wortlaut == wortlaut


@pytest.mark.parametrize("name", ["emsland", "alt"])
def test_a_file_that_begins_in_the_middle_says_so_with_its_first_words(name: str, papers: dict[str, Path], tmp_path: Path) -> None:
    pages = range(count(papers[name]) - 1, count(papers[name]) + 1)
    found = extract(file_of(tmp_path / "ende.pdf", (papers[name], pages)), LIBRARY, own=True)
    [befund] = [befund for befund in told(found, "fehlt") if "beginnt mitten" in befund.text]
    assert (befund.schwere, befund.location.page) == ("fehler", 1)
    assert "Titel und Eingang fehlen" in befund.text
    assert found.reading.paragraphs[0].text[:20] in befund.text
    assert {each.feld for each in found.found if each.doubtful} >= {"jahr", "traeger"}


def _paragraph(text: str, seite: int) -> Paragraph:
    place = Place(seite, 70, 100, 500, 112)
    return Paragraph(tuple(Word(word, (place,)) for word in text.split()))


TITLE = ("Zielvereinbarung", "nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II", "für das Jahr 2017", "Landkreis Oldenburg")
SHADED = ("rbeitsuchende schließen", "t, Arbeit und Verkehr", "ndkreis Oldenburg", "für das Jahr 2017 folgende", "Vereinbarung")


def _of_pages(*pages: tuple[str, ...]) -> Reading:
    return Reading("texterkennung", len(pages), tuple(_paragraph(line, seite) for seite, lines in enumerate(pages, 1) for line in lines))


@pytest.mark.parametrize("pages", [
    (TITLE, SHADED),
    (("Vereinbarung", "zur Erreichung-der-Ziele der − - -", "Grundsicherungfür Arbeitsuchende"),
     ("Zur Erreichung der Ziele schließt das", "Niedersächsische Ministerium für Soziales (MS)")),
    (("we ‚einbaru", "de r Zieled er"), ("Zur Erreichung der Ziele schließt das", "chsische Ministerium für Soziales")),
])  # fmt: skip
def test_a_scan_begins_with_its_title_page_or_with_who_agrees_whatever_is_lost_of_the_rest(pages: tuple[tuple[str, ...], ...]) -> None:
    """Recorded: year and Träger of such scans were to be looked at, as if title and opening lay in another file."""
    assert not lacks_start(_of_pages(*pages))


@pytest.mark.parametrize("page", [
    SHADED,
    ("Zielvereinbarung nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II für das Jahr 2017", "§ 4 Zielnachhaltung und Zieldialoge"),
    ("(2) Maßgeblich ist die Zielvereinbarung", "nach § 48b SGB II", "für das Jahr 2017"),
])  # fmt: skip
def test_a_line_over_the_text_is_no_title_page(page: tuple[str, ...]) -> None:
    assert lacks_start(_of_pages(page))


def test_a_letter_about_agreements_is_no_rest_of_one(tmp_path: Path) -> None:
    asked = "zum Zieldialog über Integrationsquote, Zielwerte und Kennzahlen des Jobcenters nach dem SGB II lädt Niedersachsen ein."
    paragraphs = [_paragraph(line, 1) for line in ("Hannover, den 3. Mai 2024", "Sehr geehrte Damen und Herren,", asked)]
    assert not is_rest(paragraphs)
    with pytest.raises(OtherKindError, match="alle Seiten in eine Datei"):
        require_agreement(tmp_path / "brief.pdf", paragraphs)


# ---------------------------------------------------------------- pages


ORDERS: dict[str, tuple[list[int], str, str]] = {
    "in disorder": ([1, 2, 4, 3, 5, 6, 7], "reihenfolge", "gelesen sind sie in der Folge 1, 2, 3, 4, 5, 6, 7"),
    "from the last to the first": ([7, 6, 5, 4, 3, 2, 1], "reihenfolge", "gelesen sind sie in der Folge 1, 2, 3, 4, 5, 6, 7"),
    "one twice": ([1, 2, 3, 3, 4, 5, 6, 7], "reihenfolge", "Seite 4 ist Seite 3 noch einmal"),
    "the first again at the end": ([1, 2, 3, 4, 5, 6, 7, 1], "reihenfolge", "Seite 8 ist Seite 1 noch einmal"),
}


@pytest.mark.parametrize("name", ORDERS)
def test_pages_of_a_text_layer_in_disorder_or_twice_are_read_once_in_order_and_said(
    name: str, papers: dict[str, Path], tmp_path: Path
) -> None:
    order, art, sentence = ORDERS[name]
    found = extract(file_of(tmp_path / "seiten.pdf", (papers["emsland"], order)), LIBRARY, own=True)
    [befund] = told(found, "reihenfolge", "fehlt", "abweichung")
    assert befund.art == art
    assert sentence in befund.text
    assert said(found.record) == said(emsland())


@pytest.mark.parametrize("name", ["emsland", "alt"])
def test_a_missing_page_is_said_with_its_place_and_that_goals_may_be_missing(name: str, papers: dict[str, Path], tmp_path: Path) -> None:
    pages = [page for page in range(1, count(papers[name]) + 1) if page != 3]
    found = extract(file_of(tmp_path / "seiten.pdf", (papers[name], pages)), LIBRARY, own=True)
    page, goals = told(found, "fehlt")
    assert (page.schwere, page.location.page) == ("fehler", 2)
    assert (goals.schwere, goals.feld) == ("warnung", "ziele.individuell")


def test_a_page_that_is_twice_with_other_words_is_an_error_that_names_them(papers: dict[str, Path], tmp_path: Path) -> None:
    record = emsland()
    haushalt = record.haushalt.model_copy(update={"verwaltungskosten": record.haushalt.verwaltungskosten + 1})  # type: ignore[operator]
    changed = printed(LIBRARY.document(record.model_copy(update={"haushalt": haushalt})), "pdf", tmp_path)
    path = file_of(tmp_path / "seiten.pdf", (papers["emsland"], (1, 2, 3)), (changed, (3,)), (papers["emsland"], (4, 5, 6, 7)))
    found = extract(path, LIBRARY, own=True)
    [befund] = told(found, "reihenfolge")
    assert befund.schwere == "fehler"
    assert "13.155.725" in befund.text
    assert said(found.record) == said(record)


# ---------------------------------------------------------------- a signature page without names


@pytest.mark.parametrize("form", ["pdf", "docx"])
@pytest.mark.parametrize("name", ["emsland", "alt"])
def test_signatures_without_names_are_said_with_their_page(name: str, form: str, tmp_path: Path) -> None:
    record = emsland() if name == "emsland" else _older(3, tmp_path)
    document = LIBRARY.document(record)
    names = {f"({each.name})" for party in (record.unterschriften.land, record.unterschriften.traeger) for each in party.values()}
    kept = [block for block in document.blocks if block.text not in names]
    assert len(kept) < len(document.blocks)
    found = extract(printed(replace(document, blocks=tuple(kept)), form, tmp_path), LIBRARY)
    befunde = told(found, "unterschrift")
    assert len(befunde) == len(document.blocks) - len(kept)
    page = found.reading.page_count if form == "pdf" else None
    assert all("keinen Namen" in befund.text and befund.location.page == page for befund in befunde)
    unread = [each for each in found.found if re.fullmatch(r"unterschriften\..*\.name", each.feld) and each.wert is None]
    assert len(unread) == len(befunde)
    assert all(each.doubtful for each in unread)


# ---------------------------------------------------------------- printed numbers


def pages(*numbers: str) -> Reading:
    """A document whose pages bear these numbers, "" for none."""
    printed = tuple(Beiwerk("seitenzahl", seite, text) for seite, text in enumerate(numbers, 1) if text)
    texts = tuple(_paragraph(f"Auf dem Blatt {seite}.", seite) for seite in range(1, len(numbers) + 1))
    return Reading("texterkennung", len(numbers), texts, printed)


@pytest.mark.parametrize("numbers", [
    ("1", "2", "3"), ("", "2", "3"), ("- 1 -", "- 2 -", "- 3 -"), ("Seite 1 von 3", "Seite 2 von 3", "Seite 3 von 3"), ("", "", "3", "4"),
    ("1", "", "3"), ("", "1", "2"), ("1", "2", ""), ("7",), (),
])  # fmt: skip
def test_numbers_that_count_on_say_nothing(numbers: tuple[str, ...]) -> None:
    reading = pages(*numbers)
    assert in_printed_order(reading) == (reading, ())


def test_a_page_of_contents_alone_is_no_missing_page() -> None:
    reading = pages("1", "2", "3", "4")
    contents = Beiwerk("inhaltsverzeichnis", 3, "I. Grundsätze ...... 4")
    reading = replace(reading, paragraphs=(*reading.paragraphs[:2], reading.paragraphs[3]), beiwerk=(*reading.beiwerk, contents))
    assert in_printed_order(reading) == (reading, ())


def order(reading: Reading) -> list[int]:
    """The pages as they are read."""
    return [paragraph.words[0].places[0].page for paragraph in reading.paragraphs]


def sentences(found: tuple[Befund, ...]) -> Iterator[str]:
    return (f"{befund.art} {befund.schwere} {befund.location.page}: {befund.text}" for befund in found)


@pytest.mark.parametrize(("numbers", "sentence"), [
    (("1", "2", "4", "5"), "fehlt fehler 2: Hinter Seite 2 fehlt wohl das Blatt 3: Gedruckt ist 2, dann 4."),
    (("- 1 -", "- 4 -", "- 5 -"), "fehlt fehler 1: Hinter Seite 1 fehlt wohl Blatt 2 bis 3: Gedruckt ist 1, dann 4."),
    (("", "Seite 2 von 4", "Seite 3 von 4"), "fehlt fehler 3: Am Ende fehlt wohl das Blatt 4: Gedruckt ist „3 von 4“."),
    (("3", "4", "5"), "fehlt hinweis 1: Die gedruckten Seitenzahlen beginnen erst mit 3."),
    (("1", "2", "2", "3"), "reihenfolge warnung 3: Die gedruckte Seitenzahl 2 steht schon auf Seite 2: doppelt oder vertauscht."),
    (("1", "2", "8", "4"), "reihenfolge warnung 3: Gedruckt ist die Seitenzahl 8, zwischen 2 und 4: verlesen oder fremd."),
])  # fmt: skip
def test_numbers_that_do_not_count_on_are_said_with_the_page_and_change_no_order(numbers: tuple[str, ...], sentence: str) -> None:
    reading, found = in_printed_order(pages(*numbers))
    assert list(sentences(found)) == [sentence]
    assert order(reading) == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize(("numbers", "meant"), [
    (("1", "3", "2", "4"), [1, 3, 2, 4]), (("4", "3", "2", "1"), [4, 3, 2, 1]), (("3", "2", ""), [3, 2, 1]), (("2", "1"), [2, 1]),
    (("2 von 3", "1 von 3", "3 von 3"), [2, 1, 3]),
])  # fmt: skip
def test_pages_are_read_as_they_are_numbered_and_that_is_said(numbers: tuple[str, ...], meant: list[int]) -> None:
    reading, found = in_printed_order(pages(*numbers))
    assert order(reading) == meant
    [befund] = found
    assert (befund.art, befund.schwere) == ("reihenfolge", "warnung")


def _numbered(*numbers: int) -> bytes:
    """A PDF without tags, a number alone at the foot of each page."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for number in numbers:
            page = document.add_blank_page(page_size=(595, 842))
            font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            lines = b"".join(f"(Zeile {line} der Seite {number} mit mehreren Worten) Tj T*\n".encode() for line in range(30))
            foot = f"1 0 0 1 295 40 Tm ({number}) Tj\n".encode()
            page.Contents = pikepdf.Stream(document, b"BT /F1 11 Tf 14 TL 1 0 0 1 60 780 Tm\n" + lines + foot + b"ET")
        document.save(out)
    return out.getvalue()


def test_a_bare_number_is_a_page_number_also_where_the_pages_lie_in_disorder(tmp_path: Path) -> None:
    path = tmp_path / "zahlen.pdf"
    path.write_bytes(_numbered(1, 4, 3, 2, 5))
    reading = read_pdf(path)
    assert [(each.page, each.text) for each in reading.beiwerk] == [(1, "1"), (2, "4"), (3, "3"), (4, "2"), (5, "5")]
