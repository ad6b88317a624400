"""Scans laid on their wording: known text is mended, values and free text are doubted where two readers differ, nothing else is touched."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from emsland import REGISTER, document, emsland, wording
from ocr_noise import ORDINARY, POOR, Quality, scanned, with_ink
from sampling import seeds
from varied import varied

from agreements.filling.fill import fill
from agreements.language.tokens import shape
from agreements.matching.record import Match, match
from agreements.model.fields import angaben
from agreements.model.findings import Befund, Found, Location
from agreements.model.reading import Kind, Paragraph, Place, Reading, Word
from agreements.model.record import Vereinbarung
from agreements.model.values import OFFEN
from extract.by_wording.choice import follow, match_mended
from extract.correction.lexicon import dictionary_of
from extract.correction.prose import FreeText
from extract.pages.order import Sheets, in_order

CLEAN = Quality(slip=0.0, second=0.0, common=0.0, blank=0.0)


def clean(record: Vereinbarung | None = None) -> tuple[Paragraph, ...]:
    """The agreement as readers without a slip see it, its § and quotes apart."""
    return scanned(fill(wording(), record, REGISTER) if record else document(), 1, CLEAN)


def read(paragraphs: Sequence[Paragraph], gone: Sequence[Befund] = ()) -> Match:
    pages = in_order(wording(), paragraphs)
    found = match_mended(wording(), pages.paragraphs, REGISTER, (*pages.missing, *gone))
    return replace(found, befunde=(*pages.befunde, *found.befunde))


def reread(paragraphs: Sequence[Paragraph], near: str, text: str, *new: Word) -> tuple[Paragraph, ...]:
    """The paragraphs with other words in the place of one, in the first paragraph that says `near`, from there on if it can be."""
    found = list(paragraphs)
    number = next(number for number, paragraph in enumerate(found) if near in paragraph.text)
    words = list(found[number].words)
    start = len(found[number].text.partition(near)[0].split())
    places = [at for at, word in enumerate(words) if word.text == text]
    at = next((at for at in places if at >= start), places[0])
    words[at : at + 1] = [replace(word, places=words[at].places) for word in new]
    found[number] = replace(found[number], words=tuple(words))
    return tuple(found)


def seen(text: str, *others: str, sicherheit: float | None = None) -> Word:
    """A word of which two readers are sure, or of which the second saw something else."""
    return Word(text, (), others, None, sicherheit if sicherheit is not None else 0.7 if others else 0.99)


def of(found: Match, feld: str) -> Found:
    return next(each for each in found.found if each.feld == feld)


def kinds(found: Match, art: str) -> list[Befund]:
    return [befund for befund in found.befunde if befund.art == art]


def said(record: Vereinbarung) -> dict[str, Any]:
    return {feld: _plain(wert) for feld, wert in angaben(record).items() if not feld.endswith(".zustand")}


def _plain(wert: Any) -> Any:
    if isinstance(wert, tuple):
        return tuple(map(_plain, wert))
    return shape(wert) if isinstance(wert, str) else repr(wert)


# ---------------------------------------------------------------- known text


@pytest.mark.parametrize(
    ("near", "text", "new"),
    [
        ("SGB II durchgängig", "II", [seen("Il")]),
        ("SGB II durchgängig", "II", [seen("ll", "11")]),
        ("Geflüchteten", "Geflüchteten", [seen("Gefliichteten")]),
        ("Bürgergeld an.", "Bürgergeld", [seen("Burgergeld")]),
        ("Wirtschaft.", "Wirtschaft.", [seen("Wirtschatt.", "Wirtschaft.")]),
        ("Querschnittsaufgabe gemäß", "Querschnittsaufgabe", [seen("Querschnitts-"), seen("aufgabe")]),
        ("prioritäre Ziel", "prioritäre", [seen("prioritareZiel"), seen("~", sicherheit=0.2)]),
        ("Problemlagen", "Problemlagen", [seen("Problernlagen")]),
    ],
)
def test_known_text_that_was_read_badly_is_the_wordings(near: str, text: str, new: list[Word]) -> None:
    paragraphs = reread(clean(), near, text, *new)
    if any("Ziel" in word.text for word in new):
        paragraphs = tuple(replace(paragraph, words=_without_twin(paragraph.words)) for paragraph in paragraphs)
    found = read(paragraphs)
    assert found.record.abweichungen == ()
    assert not kinds(found, "abweichung")


def _without_twin(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without the "Ziel" that was run together with the word before it."""
    at = next((number for number, word in enumerate(words) if word.text == "prioritareZiel"), None)
    return words if at is None else (*words[: at + 1], *(word for word in words[at + 1 :] if word.text != "Ziel"))


def test_a_paragraph_sign_is_known_in_whatever_it_was_read_as() -> None:
    found = read(clean())  # readers without § see 8, 5, $, S or & in its place
    assert found.record.abweichungen == ()
    assert said(found.record) == said(emsland())


@pytest.mark.parametrize(
    ("near", "text", "other"),
    [
        ("mindestens jedoch zweimal", "zweimal", "dreimal"),
        ("BMAS", "wird", "werden"),
        ("Gleichstellung von Frauen am", "Frauen", "Männern"),
        ("langfristige Bedeutung", "langfristige", "kurzfristige"),
        ("Verringerung der Hilfebedürftigkeit,", "Verringerung", "Verhinderung"),
    ],
)
def test_another_word_of_the_dictionary_stays_a_departure(near: str, text: str, other: str) -> None:
    found = read(reread(clean(), near, text, seen(other)))
    assert [(entry.alt, entry.neu) for entry in found.record.abweichungen] == [(text, other)]
    assert other in kinds(found, "abweichung")[0].text


def test_an_inserted_word_stays_a_departure() -> None:
    found = read(reread(clean(), "unterjährig weitere", "weitere", seen("keine"), seen("weitere")))
    assert [entry.neu for entry in found.record.abweichungen] == ["keine"]


def test_figures_are_never_mended_by_likeness() -> None:
    both = read(reread(clean(), "600", "600", seen("650")))
    assert [(entry.alt, entry.neu) for entry in both.record.abweichungen] == [("600", "650")]
    one = read(reread(clean(), "600", "600", seen("650", "600")))
    assert one.record.abweichungen == () and not kinds(one, "unleserlich")
    neither = read(reread(clean(), "600", "600", seen("650", "660")))
    assert neither.record.abweichungen == ()
    assert [(befund.text, befund.erwartet) for befund in kinds(neither, "unleserlich")] == [("650", "600")]


def test_what_nobody_can_read_is_said_with_its_place() -> None:
    found = read(reread(clean(), "600", "Ausgaberesten", seen("xq%vj", sicherheit=0.2)))
    befund = kinds(found, "unleserlich")[0]
    assert (befund.schwere, befund.erwartet, befund.location.page) == ("hinweis", "Ausgaberesten", 2)


def test_strokes_of_a_pen_are_no_departures() -> None:
    found = read(with_ink(clean(), 5, count=4))
    assert found.record.abweichungen == ()
    assert said(found.record) == said(emsland())
    assert len(kinds(found, "unleserlich")) == 4


def test_a_born_digital_document_is_not_mended() -> None:
    found = match(wording(), reread(clean(), "Problemlagen", "Problemlagen", seen("Problernlagen")), REGISTER)
    assert "Problernlagen" in [entry.neu for entry in found.record.abweichungen]


# ---------------------------------------------------------------- values


def test_a_value_that_both_readers_saw_is_sure() -> None:
    found = of(read(clean()), "haushalt.verwaltungskosten")
    assert (found.wert, found.doubtful) == (13155724, False)
    assert found.confidence >= 0.9


@pytest.mark.parametrize(
    ("near", "text", "other", "feld"),
    [
        ("Verwaltungskosten", "13.155.724", "13.165.724", "haushalt.verwaltungskosten"),
        ("Gesamtbudget", "21,9", "27,9", "haushalt.gesamtbudget_mio"),
        ("Frauen um", "5,1", "3,1", "ziele.integrationsquote.frauen"),
        ("14,0", "14,0", "140", "ziele.langzeitleistungsbezug.gesamt"),
    ],
)
def test_figures_that_two_readers_see_differently_are_doubted(near: str, text: str, other: str, feld: str) -> None:
    found = of(read(reread(clean(), near, text, seen(text, other, sicherheit=0.6))), feld)
    assert found.doubtful and found.confidence <= 0.6
    assert text in (found.reason or "") and other in (found.reason or "")


def test_figures_that_only_one_reader_saw_are_doubted() -> None:
    found = read(reread(clean(), "Verwaltungskosten", "13.155.724", seen("13.155.724", sicherheit=0.5)))
    assert of(found, "haushalt.verwaltungskosten").doubtful


@pytest.mark.parametrize(("text", "new"), [("steigt.", "stelgt."), ("Vergleich", "Verqleich"), ("mehr", "rnehr")])
def test_the_words_of_a_target_are_mended(text: str, new: str) -> None:
    found = read(reread(clean(), "14,0", text, seen(new)))
    assert of(found, "ziele.langzeitleistungsbezug.gesamt").wert == emsland().ziele.langzeitleistungsbezug.gesamt
    assert not of(found, "ziele.langzeitleistungsbezug.gesamt").doubtful


def test_rising_never_becomes_falling() -> None:
    found = of(read(reread(clean(), "14,0", "steigt.", seen("steigt.", "sinkt."))), "ziele.langzeitleistungsbezug.gesamt")
    assert found.doubtful and "sinkt" in (found.reason or "")


def test_amounts_that_do_not_add_up_are_doubted() -> None:
    found = read(reread(clean(), "Verwaltungskosten", "13.155.724", seen("18.155.724")))
    for feld in ("gesamtbudget_mio", "verwaltungskosten", "eingliederungsleistungen"):
        assert "ergeben zusammen nicht" in (of(found, f"haushalt.{feld}").reason or "")


def test_another_kreis_read_surely_is_a_contradiction_and_a_slip_is_none() -> None:
    slip = read(reread(clean(), "Wunsch", "Emsland", seen("Ernsland")))
    assert not kinds(slip, "widerspruch") and not of(slip, "traeger").doubtful
    other = read(reread(clean(), "Wunsch", "Emsland", seen("Peine")))
    assert kinds(other, "widerspruch") and of(other, "traeger").wert == "lk-emsland"


# ---------------------------------------------------------------- dates and free text


def test_a_date_by_hand_counts_only_where_both_readers_saw_it() -> None:
    feld = "unterschriften.traeger.1.datum"
    both = reread(reread(clean(), "Meppen", "1.", seen("1.", sicherheit=0.84)), "Meppen", "Februar", seen("Februar", sicherheit=0.84))
    read_differently = reread(both, "Meppen", "1.", seen("1.", "7.", sicherheit=0.5))
    assert of(read(clean()), feld).wert == date(2024, 2, 1)
    found = of(read(read_differently), feld)
    assert (found.wert, found.doubtful) == (None, True)
    assert "handschriftlich, nicht sicher lesbar" in (found.reason or "")


@pytest.mark.parametrize(
    "day",
    [
        (seen("1", "97", sicherheit=0.6), seen("8.6."), seen("2024")),
        (seen("18.6."), seen("2024")),
        (seen("18."), seen("6."), seen("2024.")),
    ],
    ids=lambda day: " ".join(word.text for word in day),
)
def test_a_date_by_hand_is_never_sure_however_sure_its_readers_are(day: tuple[Word, ...]) -> None:
    """Recorded of "18.6." on a pen's line at 150 dpi: "1" went with "den", and both readers saw "8.6.", surely."""
    found = read(reread(clean(), "Hannover", "2024", *day))
    assert of(found, "unterschriften.land.1.datum").doubtful
    assert of(found, "unterschriften.land.1.datum").wert in (None, date(2024, 6, 18))
    assert of(found, "unterschriften.land.1.zustand").wert == "handschriftlich"


def test_a_word_that_is_there_takes_no_figure_beside_it_for_its_own() -> None:
    found = read(reread(clean(), "Hannover", "den", seen("den"), seen("1", "97", sicherheit=0.6)))
    assert of(found, "unterschriften.land.1.datum").doubtful


@pytest.mark.parametrize("den", [seen("den_9_$", "den5.S", sicherheit=0.56), seen("den", "den5.", sicherheit=0.6)])
def test_a_date_that_went_with_the_word_before_it_is_not_said_to_be_blank(den: Word) -> None:
    """Recorded of "5.5." on a pen's line: it was one word with "den", and the date was sure to be blank."""
    found = read(reread(clean(), "Hannover", "den", den))
    assert of(found, "unterschriften.land.1.datum").doubtful


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


def test_a_date_by_hand_that_nobody_can_read_is_no_part_of_the_place() -> None:
    """Recorded of "4.3." on a pen's line at 150 dpi: the place was read as "Hannover, den 4 . 3" and the date as left blank."""
    weak = (seen("4", "_", sicherheit=0.6), seen("&.", ".", sicherheit=0.36), seen("3.", "1@", sicherheit=0.6), seen("2024"))
    found = read(reread(clean(), "Hannover", "2024", *weak))
    assert of(found, "unterschriften.land.1.ort").wert == "Hannover"
    assert of(found, "unterschriften.land.1.datum").doubtful


def test_of_two_readings_the_one_that_is_a_word_is_taken() -> None:
    found = read(reread(clean(), "Baubranche", "Baubranche", seen("Baubrenche", "Baubranche")))
    lage = of(found, "rahmenbedingungen.regionale_lage")
    assert "Baubranche" in lage.wert[0] and not lage.doubtful


def test_two_readings_that_are_no_words_and_look_alike_are_the_word_that_the_document_has() -> None:
    found = read(reread(clean(), "Baubranche", "Baubranche", seen("Baubränche", "Baubrànche")))
    assert of(found, "rahmenbedingungen.regionale_lage").doubtful
    found = read(reread(clean(), "aufsuchenden Beratung", "Beratung", seen("Beratüng", "Beratúng")))
    steps = of(found, "ziele.individuell.4.schritte")
    assert "aufsuchenden Beratung als" in steps.wert[2] and not steps.doubtful


@pytest.mark.parametrize(
    ("new", "grund"),
    [
        (seen("Bxubranche", "Bauhranchq"), "„Bxubranche“ oder „Bauhranchq“"),
        (seen("der", "den"), "„der“ oder „den“"),
        (seen("3", "8"), "„3“ oder „8“"),
    ],
)
def test_where_neither_or_both_readings_are_words_a_person_must_look(new: Word, grund: str) -> None:
    found = of(read(reread(clean(), "Baubranche", "Baubranche", new)), "rahmenbedingungen.regionale_lage")
    assert found.doubtful and grund in (found.reason or "")


def test_a_word_that_is_none_is_mended_only_where_the_document_has_it_otherwise() -> None:
    found = of(read(reread(clean(), "Auftragsbücher", "Auftragsbücher", seen("Beratüng"))), "rahmenbedingungen.regionale_lage")
    assert "leere Beratung" in found.wert[0]
    known, unknown = (reread(clean(), "Auftragsbücher", "Auftragsbücher", seen(text)) for text in ("Kartoffeln", "Kartotfeln"))
    other = of(read(known), "rahmenbedingungen.regionale_lage")
    assert "leere Kartoffeln" in other.wert[0] and not other.doubtful
    none = of(read(unknown), "rahmenbedingungen.regionale_lage")
    assert none.doubtful and "vielleicht „Kartoffeln“" in (none.reason or "")


def test_the_dictionary_knows_inflected_words_and_compounds_and_no_slips() -> None:
    words = dictionary_of(REGISTER, wording())
    for known in ("besorgniserregend", "Flüchtlingsfallmanagements", "Zielabweichungen", "Grafschaft Bentheim", "Sprach-Beratung"):
        assert words.knows(known), known
    for unknown in ("stelgt", "Biirgergeld", "fur", "elne", "Verqleich", "2024", "Etablierunq"):
        assert not words.knows(unknown), unknown


# ---------------------------------------------------------------- pages


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


def _on(paragraph: Paragraph, seite: int) -> Paragraph:
    words = (replace(word, places=tuple(place._replace(page=seite) for place in word.places)) for word in paragraph.words)
    return replace(paragraph, words=tuple(words))


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
    start = time.perf_counter()
    found = read(repaged(paragraphs, [page for page in range(1, last + 1) if page != 3]))
    assert time.perf_counter() - start < 10
    assert any("fehlt wohl eine Seite" in befund.text and befund.schwere == "fehler" for befund in kinds(found, "fehlt"))
    told = {befund.feld for befund in kinds(found, "fehlt")} | {each.feld for each in found.found if each.doubtful}
    lost = {feld for feld, wert in said(emsland()).items() if said(found.record).get(feld) != wert}
    assert lost and all(any(feld == known or feld.startswith(f"{known}.") for known in told if known) for feld in lost)


# ---------------------------------------------------------------- all in all


@pytest.mark.parametrize(
    ("quality", "several", "least"), [(ORDINARY, seeds(16, 160), 0.95), (POOR, seeds(8, 80), 0.8)], ids=["ordinary", "poor"]
)
def test_agreements_of_all_traeger_read_through_noise_have_no_wrong_number_unnoticed(
    quality: Quality, several: range, least: float
) -> None:
    tally: Counter[str] = Counter()
    surest = []
    for seed in several:
        record = varied(seed, emsland())
        found = read(scanned(fill(wording(), record, REGISTER), seed, quality))
        have, by_feld = said(found.record), {each.feld: each for each in found.found}
        for feld, wert in said(record).items():
            flagged = feld in by_feld and by_feld[feld].doubtful
            right = have.get(feld) == wert
            assert right or flagged or not feld.startswith(("haushalt.", "ziele.integ", "ziele.lang", "jahr", "traeger")), (seed, feld)
            tally[f"{'right' if right else 'wrong'}{' flagged' if flagged else ''}"] += 1
            if feld in by_feld and by_feld[feld].confidence >= 0.9:
                surest.append(right)
    assert tally["right"] >= least * tally.total(), tally
    assert sum(surest) >= 0.98 * len(surest)


def signature(paragraphs: Sequence[Paragraph], spalte: int) -> list[int]:
    """Numbers of the paragraphs of a signature."""
    return [number for number, paragraph in enumerate(paragraphs) if paragraph.column == spalte]


def test_a_blank_day_is_doubted_where_a_line_of_figures_stands_unread_in_its_signature() -> None:
    record = emsland()
    signed = record.unterschriften
    blank = {1: signed.land[1].model_copy(update={"datum": OFFEN})}
    paragraphs = list(clean(record.model_copy(update={"unterschriften": signed.model_copy(update={"land": blank})})))
    assert not of(read(paragraphs), "unterschriften.land.1.datum").doubtful
    lines = signature(paragraphs, 1)
    name = next(number for number in lines if paragraphs[number].text.startswith("("))
    day = Paragraph((seen("74.09.", "14.09."),), column=1)
    paragraphs[name : name + 1] = []
    paragraphs[lines[0] + 1 : lines[0] + 1] = [day]
    date_ = of(read(paragraphs), "unterschriften.land.1.datum")
    assert date_.wert is None
    assert date_.doubtful


def test_of_a_signature_without_its_name_the_lines_that_say_what_they_are_stay_sure() -> None:
    record = emsland()
    signed = record.unterschriften
    land = {1: signed.land[1].model_copy(update={"funktion": "Staatssekretärin"})}
    paragraphs = list(clean(record.model_copy(update={"unterschriften": signed.model_copy(update={"land": land})})))
    name = next(number for number in signature(paragraphs, 1) if paragraphs[number].text.startswith("("))
    del paragraphs[name]
    found = read(paragraphs)
    doubted = {feld: of(found, f"unterschriften.land.1.{feld}").doubtful for feld in ("zusatz", "name", "funktion", "stelle")}
    assert doubted == {"zusatz": False, "name": True, "funktion": False, "stelle": False}


def lines(spalte: int | None, *texts: str) -> list[Paragraph]:
    """Lines of a column as two readers see them."""
    return [Paragraph(tuple(seen(word) for word in text.split()), column=spalte) for text in texts]


def test_columns_that_are_taken_for_each_other_are_doubted() -> None:
    """The names, struck through, ran into one line, which parts what stands above from what stands below."""
    names = Paragraph((seen("(Martin"), seen("Gererfkamp)Mar", "Gererfkam p)Mar"), seen("in", "tin"), seen("Sere", "Gerer")))
    signed = [
        *lines(1, "Hannover, den 2.1. 2024", "In Vertretung"), *lines(2, "Meppen, den 8. Juni 2024", "In Vertretung"), names,
        *lines(1, "Niedersächsisches Ministerium für", "Soziales, Arbeit, Gesundheit und", "Gleichstellung"), *lines(2, "Landrat"),
        Paragraph((seen("Landkrei", "Landkreis", sicherheit=0.32),), column=2),
    ]  # fmt: skip
    found = read([*(each for each in clean() if not each.column), *signed])
    ort = of(found, "unterschriften.land.1.ort")
    assert ort.wert == "Hannover" or ort.doubtful
    assert "Landrat" not in of(found, "unterschriften.land.1.stelle").wert or of(found, "unterschriften.land.1.stelle").doubtful


def test_names_that_ink_ran_together_leave_the_lines_above_and_below_in_their_columns() -> None:
    """Recorded at 300 dpi: the names, struck through, were one line of the page, and every line below them one of the other column."""
    paragraphs = clean()
    one, other = ([each for each in paragraphs if each.column == spalte] for spalte in (1, 2))
    first, second = (next(number for number, line in enumerate(column) if line.text.startswith("(")) for column in (one, other))
    level = one[first].words[0].places[0]
    struck = [replace(word, confidence=0.3, places=(word.places[0]._replace(page=level.page, top=level.top, bottom=level.bottom),))
              for word in (*one[first].words, *other[second].words)]  # fmt: skip
    signed = [*one[:first], *other[:second], Paragraph(tuple(struck)), *one[first + 1 :], *other[second + 1 :]]
    reading = Reading("texterkennung", 7, (*(each for each in paragraphs if not each.column), *signed))
    found = follow(wording(), Sheets(reading), REGISTER)
    assert not of(found, "unterschriften.land.1.stelle").doubtful and not of(found, "unterschriften.traeger.1.stelle").doubtful
    assert of(found, "unterschriften.land.1.zusatz").wert == "In Vertretung"
    assert of(found, "unterschriften.land.1.name").doubtful and of(found, "unterschriften.traeger.1.name").doubtful


@pytest.mark.parametrize(("feld", "before", "behind"), [
    ("unterschriften.land.1.stelle", "", "Landrat"), ("unterschriften.traeger.1.stelle", "", "Landrat"),
    ("unterschriften.land.1.stelle", "(Dr. Christine Arbogast)", ""), ("unterschriften.land.1.stelle", "", "\\"),
])  # fmt: skip
def test_an_office_that_nothing_else_names_so_is_doubted(feld: str, before: str, behind: str) -> None:
    """Recorded at 150 dpi: a name that went with the office below it, and a stroke read as a mark in it."""
    paragraphs = list(clean())
    assert not of(read(paragraphs), feld).doubtful
    office = str(of(read(paragraphs), feld).wert)
    line = next(number for number, each in enumerate(paragraphs) if each.column and each.text == office)
    words = (*map(seen, before.split()), *paragraphs[line].words, *map(seen, behind.split()))
    paragraphs[line] = replace(paragraphs[line], words=words)
    found = of(read(paragraphs), feld)
    assert found.doubtful or found.wert == office


def test_an_open_date_is_blank_and_sure() -> None:
    found = of(read(clean()), "unterschriften.land.1.datum")
    assert (found.wert, found.doubtful, emsland().unterschriften.land[1].datum) == (None, False, OFFEN)


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


@pytest.mark.parametrize(("text", "other"), [("B1", "Bi"), ("Bl", "B1"), ("(A2)", "(AZ)")])
def test_a_level_of_a_language_is_sure_where_the_other_reading_only_looks_like_it(text: str, other: str) -> None:
    free = FreeText(dictionary_of(REGISTER, wording()))
    level = next(each for each in (text, other) if any(mark in each for mark in "12"))
    assert [(word.text, doubt) for word, doubt in free.read([seen(text, other)])] == [(level, None)]


def test_another_figure_in_a_level_of_a_language_is_doubted() -> None:
    free = FreeText(dictionary_of(REGISTER, wording()))
    assert [doubt is not None for _, doubt in free.read([seen("B1", "B2")])] == [True]


@pytest.mark.parametrize(
    "word",
    [
        seen(
            "Nitro", "(MartinSerenkamp", "(Martin Serenkamp"
        ),  # a stroke over "(Martin Gerenkamp)": the one reader is lost, the other guesses
        seen("(Kai-UWe"),
    ],
)
def test_a_name_is_not_made_by_the_dictionary_nor_has_it_capitals_within(word: Word) -> None:
    free = FreeText(dictionary_of(REGISTER, wording()))
    assert all(doubt for _, doubt in free.read([word], prose=False))


def test_a_name_of_which_both_readers_are_unsure_is_no_word_of_a_dictionary() -> None:
    """Recorded of "(Cornelius Bischoff)", struck through at its end: both saw "Bischof", which is a word."""
    free = FreeText(dictionary_of(REGISTER, wording()))
    doubts = [doubt for sure in (0.4, 0.9) for _, doubt in free.read([seen("Bischof)", "Bischo f)", sicherheit=sure)], prose=False)]
    assert doubts == ["unsicher gelesen: „Bischof)“", None]


@pytest.mark.parametrize(("text", "doubted"), [
    ("ist weiterhin hoch, Besonders betroffen ist der Handel", True), ("ist hoch, Zugleich fehlen", True), ("ist hoch, Im Landkreis", True),
    ("ist hoch. besonders im Handel", True), ("ist hoch. Besonders im Handel", False), ("ist hoch, besonders im Handel", False),
    ("in Pflege, Handwerk und Handel", False), ("der Rat, Niedersächsisches Ministerium", False), ("z. B. die Pflege", False),
    ("45 Plätze usw. nach Bedarf", False), ("ca. die Hälfte, bspw. im Handel", False), ("Frau Meyer, Anna", False),
])  # fmt: skip
def test_a_comma_before_a_sentence_or_a_full_stop_within_one_is_doubted(text: str, doubted: bool) -> None:
    """Recorded at 150 dpi: "hoch, Besonders"; one reader alone saw it, and was sure."""
    free = FreeText(dictionary_of(REGISTER, wording()))
    assert any(doubt for _, doubt in free.read([seen(word) for word in text.split()])) is doubted


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ((seen("§"), seen("16i", "161"), seen("SGB"), seen("II")), "16i"),
        ((seen("§"), seen("161", "16i"), seen("SGB"), seen("Il", "II")), "16i"),
        ((seen("§"), seen("161", "16i"), seen("SGB"), seen("III")), None),
        ((seen("rund"), seen("161", "16i"), seen("SGB"), seen("II")), None),
        ((seen("§"), seen("16e", "161"), seen("SGB"), seen("II")), None),
        ((seen("§"), seen("16e", "16g"), seen("SGB"), seen("II")), None),
    ],
    ids=lambda each: " ".join(word.text for word in each) if isinstance(each, tuple) else str(each),
)
def test_a_section_of_sgb_ii_is_none_beyond_its_last_one(said: tuple[Word, ...], text: str | None) -> None:
    free = list(FreeText(dictionary_of(REGISTER, wording())).read(said))
    assert (free[1][0].text if free[1][1] is None else None) == text


@pytest.mark.parametrize(("said", "text", "unsure"), [
    ("nach 8 16e SGB II", "nach § 16e SGB II", False), ("nach S 16 Abs. 1", "nach § 16 Abs. 1", False), ("nach 8 48b", "nach § 48b", False),
    ("in 8 24 Betrieben", "in 8 24 Betrieben", True), ("in 8 24 der Betriebe", "in 8 24 der Betriebe", True),
    ("in Gruppe S 11b", "in Gruppe S 11b", True), ("bei 8 Fällen", "bei 8 Fällen", False), ("bis 8 000 Euro", "bis 8 000 Euro", False),
])  # fmt: skip
def test_a_figure_is_a_section_where_law_stands_behind_it_and_else_stays_and_is_doubted(said: str, text: str, unsure: bool) -> None:
    free = list(FreeText(dictionary_of(REGISTER, wording())).read([seen(word) for word in said.split()]))
    assert " ".join(word.text for word, _ in free) == text
    assert any(doubt for _, doubt in free) is unsure


@pytest.mark.parametrize(("said", "text"), [
    (seen("(vgi.", "(vgl."), "(vgl."), (seen("(vgl.", "(vgi."), "(vgl."), (seen("(xgi.", "(xgl."), None), (seen("ggt.", "ggf."), "ggf."),
])  # fmt: skip
def test_of_two_readings_of_an_abbreviation_that_look_alike_the_known_one_is_taken_and_else_neither(said: Word, text: str | None) -> None:
    """Recorded at 200 dpi: "(vgi. Bericht vom 12.10.2023)"."""
    ((word, doubt),) = FreeText(dictionary_of(REGISTER, wording())).read([said])
    assert (word.text if doubt is None else None) == text


def test_of_two_readings_that_differ_in_a_capital_the_surer_one_is_taken() -> None:
    free = FreeText(dictionary_of(REGISTER, wording()))
    assert [word.text for word, _ in free.read([seen("in", "In", sicherheit=0.2), seen("Vertretung")])] == ["In", "Vertretung"]
    assert [word.text for word, _ in free.read([seen("in", "In", sicherheit=0.9), seen("Vertretung")])] == ["in", "Vertretung"]


def test_where_a_list_ends_in_what_looks_otherwise_the_field_behind_it_is_said_to_be_perhaps_in_it() -> None:
    record = emsland()
    texts = {"schritte": ("Ein Schritt", "Noch einer"), "erreicht_wenn": ("Das Ziel ist erreicht.",)}
    goal = record.ziele.individuell[6].model_copy(update=texts)
    ziele = record.ziele.model_copy(update={"individuell": {**record.ziele.individuell, 6: goal}})
    paragraphs = list(clean(record.model_copy(update={"ziele": ziele})))
    kinds: tuple[tuple[str, Kind], ...] = (("Noch einer", "punkt"), ("Das Ziel ist erreicht.", "ueberschrift"))
    for start, kind in kinds:
        place = next(number for number, each in enumerate(paragraphs) if each.text.startswith(start))
        paragraphs[place] = replace(paragraphs[place], kind=kind)
    found = read(paragraphs)
    assert found.record.ziele.individuell[6].erreicht_wenn is None
    assert of(found, "ziele.individuell.6.schritte").doubtful
    assert [befund.text for befund in found.befunde if befund.feld == "ziele.individuell.6.erreicht_wenn"]


@pytest.mark.parametrize(("text", "read", "doubted"), [
    ("DasZiel", "Das Ziel", False), ("fürFrauen", "für Frauen", False), ("JobZiel", "JobZiel", True), ("GmbH", "GmbH", False),
])  # fmt: skip
def test_a_blank_that_was_lost_before_a_noun_is_set_again_or_the_word_doubted(text: str, read: str, doubted: bool) -> None:
    """Recorded at 300 dpi: both readers saw "DasZiel"."""
    free = list(FreeText(dictionary_of(REGISTER, wording())).read([seen(text, sicherheit=0.98)]))
    assert (" ".join(word.text for word, _ in free), any(doubt for _, doubt in free)) == (read, doubted)
