"""A scan in no known wording: what its readers got wrong of text, sums and headings is mended or said to be unsure."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import pytest
from invented_agreement import (
    BODY,
    FRONT,
    LAND,
    LEER,
    Read,
    of_scan,
    para,
    reader_of_lines,
    replaced,
    scanned,
    signed_in_scan,
    with_own_goal,
)
from own_texts import text_of

from agreements.errors import UnreadableError
from agreements.library.library import Library
from agreements.model.values import Lesart
from agreements.reading.reading import Paragraph, Reading, Word
from extract.by_grammar.record import read_structure

read = pytest.fixture(scope="module")(reader_of_lines)


@pytest.mark.parametrize("lesart", ["textebene", "texterkennung"])
def test_amounts_that_fail_their_sum_are_doubted_together(read: Read, lesart: Lesart) -> None:
    """No wording tells what each of them is for: of a text layer, too, one may be a share, or of another year."""
    body = replaced("3.400.000", "3.900.000")
    assert not any(angabe.doubtful for angabe in read()[1].values())
    assert {feld for feld, angabe in read(body=body, lesart=lesart)[1].items() if angabe.doubtful and feld.startswith("haushalt")} == {
        "haushalt.gesamtbudget_mio",
        "haushalt.verwaltungskosten",
        "haushalt.eingliederungsleistungen",
    }


@pytest.mark.parametrize(("other", "doubtful"), [((), False), (("9,1",), True)])
def test_a_quota_that_lies_beside_womens_and_mens_is_doubted_only_where_one_of_them_may_be_misread(
    library: Library, other: tuple[str, ...], doubtful: bool
) -> None:
    """Quotas need not fit as a sum must: what both readers saw alike stands in the document."""
    women = "Dabei soll die Quote der Frauen um 5,1 % und die der Männer um 2,7 % gegenüber dem Vorjahr steigen."
    at = BODY.index("3. Vermeidung von langfristigem Leistungsbezug")
    lines = (*BODY[:at], women, *BODY[at:])
    _, found, _ = of_scan(library, *(scanned(line, *(("5,1", each) for each in other)) for line in lines))
    said = {angabe.feld: angabe for angabe in found}
    assert str(said["ziele.integrationsquote.frauen"].wert.wert) == "5.1"
    assert said["ziele.integrationsquote.gesamt"].doubtful is doubtful


@pytest.mark.parametrize(("read_as", "other", "doubtful"), [("sinkt,", "sinkt.", False), ("sinkt.", "sinkt,", False),
                                                            ("sinkt,", "singt.", True)])  # fmt: skip
def test_a_paragraph_that_ends_with_the_verb_of_a_target_ends_with_a_full_stop(
    library: Library, read_as: str, other: str, doubtful: bool
) -> None:
    body = (scanned(line.replace("sinkt.", read_as), (read_as, other)) for line in BODY)
    record, found, _ = of_scan(library, *body)
    said = next(angabe for angabe in found if angabe.feld == "ziele.langzeitleistungsbezug.gesamt")
    assert said.doubtful is doubtful
    assert any(block.text.endswith("Vorjahr sinkt.") for block in text_of(record)) is not doubtful


@pytest.mark.parametrize("old", ["mit.3.400.000", "mit,3.400.000 ,-", "mit 3.400.000 ,-"])
def test_in_a_scan_a_speck_by_an_amount_is_no_part_of_it(read: Read, old: str) -> None:
    """Recorded: "mit.7.229.827 ,- Euro", of which no amount was read."""
    _, found, _ = read(body=replaced("mit 3.400.000", old), lesart="texterkennung")
    amounts = ("gesamtbudget_mio", "eingliederungsleistungen", "verwaltungskosten")
    assert not any(found[f"haushalt.{feld}"].doubtful for feld in amounts)
    assert found["haushalt.eingliederungsleistungen"].wert == 3_400_000


def test_in_a_scan_dirt_behind_a_sentence_and_a_comma_for_a_full_stop_are_mended(read: Read) -> None:
    body = replaced("rd. 8,5 Mio. Euro", "rd. 8,5 Mio, Euro", replaced("dem Vorjahr steigt.", "dem Vorjahr steigt. •"))
    record, found, _ = read(body=body, lesart="texterkennung")
    assert not found["haushalt.gesamtbudget_mio"].doubtful and not found["ziele.integrationsquote.gesamt"].doubtful
    assert any(block.text.endswith("dem Vorjahr steigt.") for block in text_of(record))


def test_in_a_scan_signs_that_recognition_cannot_print_are_mended(read: Read) -> None:
    body = ["l. Grundsätze" if text == "I. Grundsätze" else text.replace("§ ", "$ ") for text in BODY]
    record, _, _ = read(body=[*body, "(2) Maßgeblich ist die Verordnung nach 8 48a SGB Il."], lesart="texterkennung")
    texts = [block.text for block in text_of(record)]
    assert {"I. Grundsätze", "§ 3 Ziele", "(2) Maßgeblich ist die Verordnung nach § 48a SGB II."} <= set(texts)


@pytest.mark.parametrize(("seen", "meant"), [
    ("Es gilt 8 48b Abs. 1 Satz 1 Nr. 4 SGB 1 auch hier.", "Es gilt § 48b Abs. 1 Satz 1 Nr. 4 SGB II auch hier."),
    ("Es gilt die Regel nach 8 24 Abs. 3 SGB 11 auch hier.", "Es gilt die Regel nach § 24 Abs. 3 SGB II auch hier."),
    ("Es gilt die Regel nach 8 3 dieser Vereinbarung.", "Es gilt die Regel nach § 3 dieser Vereinbarung."),
    ("Es gilt der Zugang nach dem SGB ||", "Es gilt der Zugang nach dem SGB II"),
])  # fmt: skip
def test_in_a_scan_a_sign_is_mended_where_its_place_leaves_no_other(read: Read, seen: str, meant: str) -> None:
    record, _, befunde = read(body=[*BODY, seen], lesart="texterkennung")
    assert meant in [block.text for block in text_of(record)]
    assert not [befund for befund in befunde if befund.art == "unleserlich"]


@pytest.mark.parametrize("text", ["Es gilt der Schutz der Daten nach § 35 SGB I auch hier.", "Der Wert gilt in 8 24 Betrieben auch hier."])
def test_in_a_scan_a_sign_that_may_be_right_stays_as_it_was_read_and_is_said_to_be_unsure(read: Read, text: str) -> None:
    body = [*BODY[:2], "§ 1 Regionale Lage", text, *BODY[2:]]
    record, found, befunde = read(body=body, lesart="texterkennung")
    assert text in [block.text for block in text_of(record)]
    assert found["rahmenbedingungen.regionale_lage"].doubtful
    assert [(befund.art, befund.schwere) for befund in befunde if befund.art == "unleserlich"] == [("unleserlich", "warnung")]
    _, found, befunde = read(body=body, lesart="textebene")
    assert not found["rahmenbedingungen.regionale_lage"].doubtful
    assert not [befund for befund in befunde if befund.art == "unleserlich"]


def test_in_a_scan_a_first_chapter_that_says_to_be_the_second_is_it(read: Read) -> None:
    record, _, _ = read(body=BODY[2:], lesart="texterkennung")
    assert "II. Vereinbarungen" in [block.text for block in text_of(record)]


def test_a_sentence_whose_lines_were_taken_for_paragraphs_is_whole_again(library: Library) -> None:
    """Else the one amount stands by the name of the other."""
    at = next(place for place, text in enumerate(BODY) if text.startswith("Das Gesamtbudget"))
    torn = ("Das Gesamtbudget von rd. 8,5 Millionen Euro verteilt sich mit 3.400.000,-",
            "Euro auf Eingliederungsleistungen und mit 5.100.000,- Euro auf", "Verwaltungskosten.")  # fmt: skip
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *torn, *BODY[at + 1 :])))
    said = {angabe.feld: angabe for angabe in found}
    assert (said["haushalt.eingliederungsleistungen"].wert, said["haushalt.verwaltungskosten"].wert) == (3_400_000, 5_100_000)


@pytest.mark.parametrize(("sicherheit", "alternatives", "flagged"), [(0.99, (), False), (0.9, (), True), (0.99, ("2,6",), True)])
def test_a_figure_on_which_the_readers_of_a_scan_differ_is_flagged(
    library: Library, sicherheit: float, alternatives: tuple[str, ...], flagged: bool
) -> None:
    figure = Word("2,5", alternatives=alternatives, confidence=sicherheit)
    body = [Paragraph(tuple(figure if word == "2,5" else Word(word) for word in text.split()), "text") for text in BODY]
    signed = [para(line, column=number) for number, lines in enumerate((LAND, LEER), 1) for line in lines]
    reading = Reading("texterkennung", 1, (*(para(text, None) for text in FRONT), *body, *signed))
    _, found, _ = read_structure(Path("scan.pdf"), reading, library)
    angabe = next(angabe for angabe in found if angabe.feld == "ziele.integrationsquote.gesamt")
    assert angabe.doubtful == flagged
    assert (angabe.confidence >= 0.9) != flagged


def test_an_amount_in_a_paragraph_that_begins_amid_a_sentence_is_doubtful(library: Library) -> None:
    at = next(place for place, text in enumerate(BODY) if text.startswith("Das Gesamtbudget"))
    torn = ("Das Gesamtbudget beträgt rd. 8,5 Mio. Euro.", "Euro auf Eingliederungsleistungen und mit 5.100.000 Euro auf.")
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *torn, *BODY[at + 1 :])))
    said = {angabe.feld: angabe for angabe in found}
    assert said["haushalt.eingliederungsleistungen"].doubtful
    assert not said["haushalt.gesamtbudget_mio"].doubtful


def test_a_sentence_goes_on_behind_an_abbreviation_and_before_a_unit(library: Library) -> None:
    at = next(place for place, text in enumerate(BODY) if text.startswith("Das Gesamtbudget"))
    torn = ("Für Leistungen zur Eingliederung in Arbeit stehen 3.400.000 € und für Verwaltungskosten 5.100.000.€ bereit "
            "(Gesamtbudget: rd. 8,5 Mio.", "Euro).")  # fmt: skip
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *torn, *BODY[at + 1 :])))
    said = {angabe.feld: angabe.wert for angabe in found if not angabe.doubtful}
    assert said["haushalt.gesamtbudget_mio"] == Decimal("8.5")
    assert (said["haushalt.verwaltungskosten"], said["haushalt.eingliederungsleistungen"]) == (5_100_000, 3_400_000)


@pytest.mark.parametrize(("jahr", "ministry", "unsure"), [
    (2018, "Wirtschaft, Arbeit, Verkehr und Digitalisierung", False),
    (2017, "Wirtschaft, Arbeit, Verkehr und Digitalisierung", False),
    (2024, "Soziales, Gesundheit und Gleichstellung", True),
])  # fmt: skip
def test_a_ministry_of_a_scans_opening_is_sure_where_no_loss_of_words_makes_its_name_of_that_years(
    library: Library, jahr: int, ministry: str, unsure: bool
) -> None:
    both = [*FRONT[:5], "und dem", "Niedersächsischen Ministerium für Soziales, Gesundheit und Gleichstellung", *FRONT[5:]]
    front = [text.replace("Arbeit und Wetter", ministry).replace("2018", str(jahr)) for text in both]
    lines = [scanned(line, column=1) for line in ("Leer, den 5. April 2018", "(Ute Probe)", "Landkreis Leer")]
    _, found, _ = of_scan(library, *map(para, BODY), *lines, front=front)
    assert {angabe.feld: angabe for angabe in found}["ministerien.1.name"].doubtful is unsure


@pytest.mark.parametrize(("read_as", "name"), [
    ("Soziales, Gesundheit, und Gleichstellung", "Soziales, Gesundheit und Gleichstellung"),
    ("Soziales, Gesundheit, und Integration", "Soziales, Gesundheit, und Integration"),
])  # fmt: skip
def test_a_ministry_of_a_scan_is_written_as_the_table_has_it_whatever_marks_were_read(library: Library, read_as: str, name: str) -> None:
    """Recorded of a comma of dirt in the opening: the signature's office was written so, too, and each confirmed the other."""
    front = [text.replace("Arbeit und Wetter", read_as) for text in FRONT]
    _, found, _ = of_scan(library, *map(para, BODY), *(scanned(line, column=2) for line in LEER), front=front)
    said = {angabe.feld: angabe for angabe in found}["ministerien.1.name"]
    assert said.wert == f"Ministerium für {name}"
    assert said.doubtful or name != read_as


def test_a_ministry_of_a_scans_opening_is_sure_where_its_signature_says_the_same(library: Library) -> None:
    lines = [scanned(line, column=2) for line in LEER]
    assert not signed_in_scan(library, *lines)["ministerien.1.name"].doubtful
    front = [*FRONT[:4], "Niedersächsischen Ministerium für Arbeit undWetter", *FRONT[5:]]
    assert signed_in_scan(library, *lines, front=front)["ministerien.1.name"].doubtful


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Vereinbart wird, dass die Integrationsquote gegenüber 2017 für Frauen um 16,1% und für", "Männer um 6,0% steigt."),
        ("Die Quote der Frauen steigt gegenüber 2017 um 16,1 %, die der Männer um 6,0 %.", "So ist es vereinbart."),
    ],
)
def test_a_line_of_a_sentence_is_no_heading_though_a_scan_shows_it_heavy(library: Library, line: str, rest: str) -> None:
    """Recorded: the women's target stood in a line that passed for a heading, and was lost without a word."""
    at = next(place for place, text in enumerate(BODY) if text.startswith("3. Vermeidung"))
    body = (*map(scanned, BODY[:at]), para(line, "ueberschrift"), scanned(rest), *map(scanned, BODY[at:]))
    record, found, _ = of_scan(library, *body)
    assert [block.art for block in text_of(record) if block.text.startswith(line)] == ["text"]
    assert {angabe.feld: angabe for angabe in found}["ziele.integrationsquote.frauen"].wert.wert == Decimal("16.1")


@pytest.mark.parametrize(("read_as", "title", "unsure"), [
    ("derZugänge", "Ausbau der Zugänge zum Jobcenter", False), ("andereZugänge", "Ausbau andereZugänge zum Jobcenter", True),
])  # fmt: skip
def test_a_blank_lost_in_a_scan_is_set_again_where_a_short_word_ends_and_else_the_text_is_doubted(
    library: Library, read_as: str, title: str, unsure: bool
) -> None:
    at = next(place for place, text in enumerate(BODY) if text.startswith("§ 4"))
    own = (f"4. Ausbau {read_as} zum Jobcenter", "Es wird vereinbart:")
    steps = (para("Beratung vor Ort", "punkt"), scanned("Das Ziel ist erreicht, wenn die Schritte umgesetzt sind."))
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *own)), *steps, *map(scanned, BODY[at:]))
    titel = {angabe.feld: angabe for angabe in found}["ziele.individuell.4.titel"]
    assert (titel.wert, titel.doubtful) == (title, unsure)


@pytest.mark.parametrize(("comma", "own"), [
    ("Frauen, Die Partner vereinbaren:", "Frauen."), ("Frauen, Die Partner vereinbaren;", "Frauen."),
    ("Frauen, die Arbeit suchen. Vereinbart wird:", "Frauen, die Arbeit suchen."),
])  # fmt: skip
def test_behind_a_comma_a_word_that_is_small_within_a_sentence_begins_one(library: Library, comma: str, own: str) -> None:
    """Recorded twice at 150 dpi: the goal was taken for the end of what introduces its steps, and was absent without a word."""
    at = next(place for place, text in enumerate(BODY) if text.startswith("§ 4"))
    lines = ("4. Ausbau der Beratung", f"Wir gewinnen 60 Menschen, davon die Hälfte {comma}")
    steps = (para("Beratung vor Ort", "punkt"), scanned("Das Ziel ist erreicht, wenn die Schritte umgesetzt sind."))
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *lines)), *steps, *map(scanned, BODY[at:]))
    said = {angabe.feld: angabe.wert for angabe in found}
    assert said["ziele.individuell.4.ziel"] == (f"Wir gewinnen 60 Menschen, davon die Hälfte {own}",)


def test_dirt_behind_a_step_of_a_scan_is_left_out_and_behind_a_date_is_doubted(library: Library) -> None:
    """Recorded of the shadow of a fold: "bis zum Herbst |"; behind "den" it may be a day."""
    text, _, _ = with_own_goal(library, "Alle wollen das Beste.", "Alle wollen das Beste |")
    assert "Alle wollen das Beste" in [block.text for block in text]
    found = signed_in_scan(library, *(scanned(line) for line in ("Leer, den |", "(Max Probe)", "Landkreis Leer")))
    assert found["unterschriften.traeger.1.datum"].doubtful


@pytest.mark.parametrize("said", ["niedersächsischen Ministerium für wirtschaft", "Niedersächsischen Minsterium für Arbeit", ""])
def test_in_a_scan_a_ministry_whose_name_cannot_be_told_is_said_to_be_missing(library: Library, said: str) -> None:
    """Recorded under a deep fold: of two ministries one was read, of two others none, and nothing was said of them."""
    front = [said if "Ministerium" in line else line for line in FRONT]
    unsigned = (scanned(line) for line in BODY)
    _, found, befunde = of_scan(library, *unsigned, front=[line for line in front if line])
    assert not any(each.feld == "ministerien.1.name" for each in found)
    assert [each.feld for each in befunde if (each.feld or "").startswith("ministerien")] == ["ministerien.1", "ministerien.2"]


def test_in_a_scan_of_two_ministries_the_one_that_was_not_read_is_said_to_be_missing(library: Library) -> None:
    both = [*FRONT[:5], "und dem", "niedersächsischen Ministerium für wirtschaft", *FRONT[5:]]
    signed = [scanned(line, column=number) for number, lines in enumerate((LAND, LEER), 1) for line in lines]

    def told(front: Iterable[str], *signed: Paragraph) -> list[str]:
        fields = (each.feld or "" for each in of_scan(library, *map(scanned, BODY), *signed, front=front)[2])
        return [feld for feld in fields if feld.startswith("ministerien")]

    assert told(both) == ["ministerien.2", "ministerien.3"]
    assert told(FRONT) == ["ministerien.2"], "one whose name nothing confirms may be cut off, and another lost behind it"
    assert told(FRONT, *signed) == []
    assert told([*FRONT[:5], "und das", "é Mi Ü tei m Soziales", *FRONT[5:]], *signed) == ["ministerien.2"], "ink lay over the whole line"


@pytest.mark.parametrize(("seen", "unsure"), [("Integrationsgiote", False), ("Integratíonsquote", False), ("Investitionsquote", True)])
def test_in_a_scan_a_word_that_is_none_is_the_term_that_it_alone_can_be(read: Read, seen: str, unsure: bool) -> None:
    """Recorded of scans with 150 dpi: targets were to be looked at for words that nobody can take for another."""
    _, found, _ = read(body=replaced("Integrationsquote", seen), lesart="texterkennung")
    assert found["ziele.integrationsquote.gesamt"].doubtful is unsure


def test_in_a_scan_two_words_without_their_blank_are_no_term(read: Read) -> None:
    record, _, _ = read(body=replaced("Integration in", "Integrationin"), lesart="texterkennung")
    assert not any("Integrationen" in block.text for block in text_of(record))


def test_in_a_scan_the_other_reading_of_a_word_goes_before_a_term_that_is_near(library: Library) -> None:
    said = "Die Integrationsquote des Ländkreises Leer soll um 2,5 % gegenüber dem Vorjahr steigen."
    body = [scanned(text) for text in BODY if "Integrationsquote" not in text]
    at = BODY.index("2. Verbesserung der Integration in Erwerbstätigkeit") + 1
    record, found, _ = of_scan(library, *body[:at], scanned(said, ("Ländkreises", "Landkreises")), *body[at:])
    assert any("des Landkreises Leer" in block.text for block in text_of(record))
    assert not next(one for one in found if one.feld == "ziele.integrationsquote.gesamt").doubtful


def test_in_a_scan_a_line_that_ends_as_no_paragraph_does_goes_on(read: Read) -> None:
    """Recorded of a photo: the target was said not to be agreed, as the lines were taken for paragraphs."""
    lines = ("Das Ziel ist erreicht, wenn der", "Bestand an Langzeitleistungsbeziehern um 1,0 % gegenüber dem Vorjahr sinkt.")
    at = next(place for place, text in enumerate(BODY) if "Langzeitleistungsbeziehern" in text)
    _, found, _ = read(body=[*BODY[:at], *lines, *BODY[at + 1 :]], lesart="texterkennung")
    target = found["ziele.langzeitleistungsbezug.gesamt"]
    assert (target.doubtful, target.wert.wert) == (False, Decimal("1.0"))


@pytest.mark.parametrize(
    ("within", "said"), [("1 1 4. Digitale Erreichbarkeit Mehr ist möglich.", True), ("So gilt Nr. 4. Das reicht.", False)]
)
def test_in_a_scan_the_heading_of_a_goal_amid_a_text_is_told(read: Read, within: str, said: bool) -> None:
    """Recorded of a dirty copy: heading, aim and steps of the goal stood in the text of the one before, and nothing said so."""
    _, _, befunde = read(body=replaced("dem Vorjahr sinkt.", f"dem Vorjahr sinkt. {within}"), lesart="texterkennung")
    assert any(befund.feld == "ziele.individuell" and "Überschrift" in befund.text for befund in befunde) is said


UNNAMED = (*FRONT[:-1], "Land reis Lccr")
"""An opening whose Träger nobody could read."""
LONG = (*BODY[:2], *("Es wird viel gesprochen.",) * 40, *BODY[2:])


@pytest.mark.parametrize("said", ["Die Integrationsquote des Landkreises Leer soll beobachtet werden.", "Landkreis Leer"])
def test_a_traeger_that_only_the_end_of_the_text_names_is_read_and_doubted(library: Library, said: str) -> None:
    """Recorded of a deep fold: title page and opening named none, a target and the signatures did, and nothing was read at all."""
    record, found, _ = of_scan(library, *map(scanned, (*LONG, said)), front=UNNAMED)
    traeger = next(angabe for angabe in found if angabe.feld == "traeger")
    assert (record.traeger, [doubt.art for doubt in traeger.doubts]) == ("lk-leer", ["traeger-nicht-genannt"])


def test_another_traeger_that_the_text_names_more_often_is_not_the_one_of_the_opening(library: Library) -> None:
    record, found, _ = of_scan(library, *map(scanned, (*LONG, *("Der Landkreis Emsland grenzt an.",) * 3)))
    assert record.traeger == "lk-leer" and not next(angabe for angabe in found if angabe.feld == "traeger").doubtful


def test_an_agreement_that_names_no_traeger_anywhere_is_refused(library: Library) -> None:
    with pytest.raises(UnreadableError, match="Träger"):
        of_scan(library, *map(scanned, LONG), front=UNNAMED)


@pytest.mark.parametrize(("jahr", "unsure"), [("2024", True), ("2018", False)])
def test_words_on_the_region_that_the_years_wording_foresees_and_a_scan_lacks_are_told(library: Library, jahr: str, unsure: bool) -> None:
    """Recorded of a page of a copier's dirt: the region was lost, and nothing said so."""
    front, body = ([text.replace("2018", jahr) for text in texts] for texts in (FRONT, BODY))
    _, found, _ = of_scan(library, *map(para, body), front=front)
    lage = next((each for each in found if each.feld == "rahmenbedingungen.regionale_lage"), None)
    assert (lage is not None and lage.doubtful) is unsure


@pytest.mark.parametrize(("others", "unsure"), [(3, True), (0, False)])
def test_where_the_year_is_in_doubt_and_a_target_states_another_all_that_count_from_the_year_before_are(
    library: Library, others: int, unsure: bool
) -> None:
    """Recorded of a page of a copier's dirt: 2014 was named most often, and the women's quota counted from 2013 without a word."""
    front = [text for text in FRONT if "2018" not in text]
    body = [BODY[0], *(f"Gesprochen wurde im Jahr 2017 auch am Ort {number}." for number in range(others)), *BODY[1:]]
    _, found, _ = of_scan(library, *map(para, body), front=front)
    by_feld = {each.feld: each for each in found}
    target = by_feld["ziele.langzeitleistungsbezug.gesamt"]
    assert by_feld["jahr"].doubtful
    assert (target.wert.bezug, target.doubtful) == (2016 if unsure else 2017, unsure)
