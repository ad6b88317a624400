"""The room for language: sentences, abbreviations, offices, names, places and days, numbers of headings, as they are written."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from agreements.language import calendar, numbering, offices, place_and_date, signatures
from agreements.language.dictionary import Dictionary, Listed, german, write_list
from agreements.language.names import is_name, is_parted_name, is_plain_name, is_title
from agreements.language.sentences import ends_open, sentence_at, sentences
from agreements.language.tokens import apart


def parted(text: str) -> list[str]:
    """The sentences of a text, letter by letter."""
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Vgl. Anlage 3.",
        "Laut Hrsg. Müller steigt die Quote.",
        "Die Zahlen sind der Stand lt. Bericht der Bundesagentur.",
        "Es sind ca. 3.500 Personen, d. h. rd. 21,9 Mio. Euro, z. B. nach § 48a Abs. 1 SGB II.",
        "Die Vereinbarung gilt bis zum 31. Dezember 2018 und länger.",
        "Die Quote steigt um 2,0 v. H. Das",
        "Der Bericht liegt im 3. Quartal vor.",
        "Im 1. und 2. Halbjahr wird berichtet.",
        "Nach Art. 6 GG gilt dies (siehe BGBl. I S. 12).",
    ],
)
def test_abbreviations_and_ordinal_numbers_end_no_sentence(whole: str) -> None:
    assert parted(whole) == [whole]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Die Zahl der Plätze steigt auf 12.", "Das Ziel ist erreicht."),
        ("Es gilt § 3.", "Die Parteien berichten."),
        ("Das sind Leistungen dieser Art.", "Die Quote steigt."),
        ("Dies entspricht 28,4 %.", "(Es gilt!)"),
        ("Die Quote sinkt um 2,5", "Das Ziel ist erreicht."),
        ("Die Berichte liegen vor.", "Vgl. Anlage 3."),
    ],
)
def test_where_a_sentence_ends_another_begins(one: str, other: str) -> None:
    assert parted(f"{one} {other}") == [one, other]


def test_the_sentence_of_a_value_is_told_by_its_place() -> None:
    text = "Es sind 3 Mio. Euro. Die Quote steigt um 2,0 %. Ende."
    at = text.index("2,0")
    start, end = sentence_at(text, at, at + 5)
    assert text[start:end] == "Die Quote steigt um 2,0 %."


@pytest.mark.parametrize(
    ("text", "goes_on"), [("rd. 8,5 Mio.", True), ("(vgl.", True), ("Kurse, Beratung usw.", False), ("Mittel dieser Art.", False)]
)
def test_a_line_goes_on_behind_an_abbreviation_that_ends_no_sentence(text: str, goes_on: bool) -> None:
    assert ends_open(text) is goes_on


@pytest.mark.parametrize(
    ("pattern", "text", "is_one"),
    [
        (offices.OF_LAND, "Niedersächsisches Ministerium für Arbeit", True),
        (offices.OF_LAND, "Landkreis Leer", False),
        (offices.OF_TRAEGER, "Die Hansestadt Stade", True),
        (offices.OF_TRAEGER, "Landrätin", False),
        (offices.MINISTRY, "Ministerium für Arbeit", False),
        (offices.OFFICE, "Ministerium für Arbeit", True),
        (offices.OFFICE, "Der Landkreis berichtet.", False),
        (offices.OFFICE_MISREAD, "Niedersächsischen Miniserium", True),
        (offices.OFFICE_MISREAD, "Regelungen", False),
        (offices.SPEAKS_OF_LAND, "Die Ministerin", True),
        (offices.SPEAKS_OF_LAND, "Der Landrat", False),
    ],
)
def test_an_office_is_told_by_how_it_begins(pattern: re.Pattern[str], text: str, is_one: bool) -> None:
    assert bool(pattern.search(text) if pattern in (offices.OFFICE_MISREAD, offices.SPEAKS_OF_LAND) else pattern.match(text)) is is_one


@pytest.mark.parametrize(
    "text",
    ["Landrat", "Die Landrätin", "Erster Kreisrat", "Niedersächsischer Minister", "Samtgemeindebürgermeister", "Fachbereichsleiterin",
     "Sozialdezernent", "Allgemeine Vertreterin", "Verwaltungsvorstand", "Oberbürgermeisterin"],
)  # fmt: skip
def test_a_function_is_told_by_how_it_begins(text: str) -> None:
    assert re.match(offices.FUNCTION, text)


@pytest.mark.parametrize("text", ["Ministerium für Arbeit", "Landkreis Leer", "Uta Ministri", "Karl Oberstein", "In Vertretung"])
def test_offices_names_and_additions_are_no_functions(text: str) -> None:
    assert not re.match(offices.FUNCTION, text)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("Dr. Anna von der Heide", True), ("Prof. Dr. Hans-Jürgen Lindner", True), ("Ilse zum Felde", True), ("Karl von und zu Hof", True),
        ("Renée te Heesen", True), ("Björn Freiherr von Knigge", True), ("Anna Prinzessin zu Solms", True), ("Karin O'Neill", True),
        ("Dr. h. c. Mareike d’Aubigné", True), ("Prof. Dr. Dr. h. c. mult. Ute van den Berg", True), ("Sami al-Hamdani", True),
        ("Dipl.-Verwaltungswirtin Ina Meyer", True), ("Anna Beck, M. A.", True), ("Eva in der Au", True), ("Łucja Żak", True),
        ("Jan-Hendrik Wilms", True),
        ("Maria Luisa della Rovere", True), ("Hans-Peter Graf von der Schulenburg-Wolfsburg", True), ("Ștefan Țuțu", True),
        ("Landkreis Leer", False), ("In Vertretung", False), ("Otto", False), ("te Heesen", False), ("Amt in Leer", False),
        ("Neustadt am Rübenberge", False), ("Osterode am Harz", False), ("Namens der Region Hannover", False), ("Anna Beck, Leer", False),
    ],
)  # fmt: skip
def test_a_name_is_written_with_titles_particles_and_surnames(text: str, is_one: bool) -> None:
    assert is_name(text) is is_one
    assert not is_one or (is_plain_name(text) and signatures.spans_of(text).keys() == {"name"})


@pytest.mark.parametrize(
    ("word", "known"),
    [("Saisonale", True), ("saisonaler", True), ("Südstraße", True), ("Ostseite", True), ("Saisonaje", False), ("Sudstraße", False),
     ("Sajsonale", False), ("Borkale", False)],
)  # fmt: skip
def test_inflected_adjectives_and_names_after_a_side_are_words_and_what_a_slip_makes_of_them_is_none(word: str, known: bool) -> None:
    assert Dictionary(()).knows(word) is known


def test_a_word_is_found_in_a_list_wherever_it_stands_and_none_that_only_begins_or_ends_like_one(tmp_path: Path) -> None:
    words = ["Amt", "Amtes", "Zug", "auf", "aufs", "Öl", "Ölung", "übel"]
    write_list(tmp_path / "words", words)
    listed = Listed(tmp_path / "words")
    assert all(word in listed for word in words)
    assert not [word for word in ("", "A", "Am", "Amte", "Amtess", "mt", "Zu", "Zuge", "au", "l", "Ö", "übels", "ÿ") if word in listed]
    assert "Maßnahme" in german()
    assert "Masnahme" not in german()


def test_a_word_is_found_in_a_long_list_at_the_edges_of_its_blocks_too(tmp_path: Path) -> None:
    words = [f"Wort{number:05d}" for number in range(0, 4000, 2)]
    write_list(tmp_path / "words", words)
    listed = Listed(tmp_path / "words")
    assert all(word in listed for word in words)
    assert not [word for number in range(-1, 4000, 2) if (word := f"Wort{number:05d}") in listed]


@pytest.mark.parametrize("text", ["Erster Kreisrat", "Landkreis Leer", "In Vertretung", "Leer, den 5. April", "Bremen den 5. April"])
def test_what_stands_beside_a_name_in_a_signature_is_none(text: str) -> None:
    assert "name" not in signatures.spans_of(text)


@pytest.mark.parametrize(
    ("before", "text", "is_one"),
    [("Raphaël", "Freiherr von Knigge", True), ("Raphaël", "Freiherr von", True), ("Raphaël Freiherr von", "Knigge", True),
     ("Prof. Dr. Anke", "te Heesen", True), ("Dr. Anna von der", "Heide", True), ("Landrat", "von Leer", False),
     ("Dr.-Ing. Jan-Hendrik", "Ißbrücker", True), ("Dr. h. c. Anke", "Torvaldsdóttir", True), ("Dr.-Ing. Probe", "Landrat", False),
     ("Max Probe", "Landrat", False),
     ("Landkreis", "Verden", False), ("Anna Beck", "von der Heide Gruppe GmbH", False)],
)  # fmt: skip
def test_a_name_may_be_parted_before_its_title_of_nobility_and_behind_a_small_word(before: str, text: str, is_one: bool) -> None:
    assert is_parted_name(before, text) is is_one


def test_lines_of_a_signature_stand_apart_where_each_states_something_of_its_own() -> None:
    lines = ("Leer, den 5. April 2024", "in Vertretung", "(Max Probe)", "Erster Kreisrat", "Landkreis Leer")
    assert all(signatures.stand_apart(before, line) for before, line in pairwise(lines))
    assert all(signatures.stand_apart(before, "Niedersächsisches Ministeri-") for before in ("(Max Probe)", "Max Probe", "Probe)"))
    assert not signatures.stand_apart("Staatssekretärin im", "Niedersächsischen Ministeri-")
    parted = (("Leer, den", "5. April 2024"), ("Niedersächsisches Ministerium für Arbeit", "und Wetter"), ("(Dr. Max", "Probe)"),
              ("Landkreis", "Leer"), ("Landrat des", "Landkreises Leer"), ("Max", "Probe"))  # fmt: skip
    assert not any(signatures.stand_apart(before, line) for before, line in parted)


@pytest.mark.parametrize(
    ("text", "funktion", "stelle"),
    [("Landrat Landkreis Leer", "Landrat", "Landkreis Leer"), ("Erste Kreisrätin Landkreis Leer", "Erste Kreisrätin", "Landkreis Leer"),
     ("Leiter des Jobcenters Landkreis Leer", "Leiter des Jobcenters", "Landkreis Leer"),
     ("Landrat, Landkreis Leer", "Landrat", "Landkreis Leer"),
     ("Landrat des Landkreises Leer", "Landrat des Landkreises Leer", ""),
     ("Bürgermeister der Stadt Leer", "Bürgermeister der Stadt Leer", ""),
     ("Staatssekretärin im Niedersächsischen Ministerium für Arbeit", "Staatssekretärin im Niedersächsischen Ministerium für Arbeit", "")],
)  # fmt: skip
def test_an_office_behind_a_function_is_told_from_what_the_function_is_of(text: str, funktion: str, stelle: str) -> None:
    spans = {key: text[slice(*span)] for key, span in signatures.spans_of(text).items()}
    assert (spans["funktion"], spans.get("stelle", "")) == (funktion, stelle)


def test_a_name_of_a_scan_is_plain_where_no_letter_is_odd_in_it() -> None:
    assert is_plain_name("Dr. Anna zum Felde")
    assert not is_plain_name("Kai-UWe Müller")
    assert not is_plain_name("Anna d'AUbigné")
    assert not is_plain_name("Renée te heesen")


def test_a_narrow_column_parts_a_name_and_not_an_office() -> None:
    assert is_parted_name("(Prof. Dr. Hans-Jürgen", "Lindner)")
    assert not is_parted_name("Landkreis", "Leer")


@pytest.mark.parametrize(
    ("pattern", "text", "is_one"),
    [
        (place_and_date.SIGNED, "Leer, den 5. A", True),
        (place_and_date.SIGNED, "Lingen (Ems), ____", True),
        (place_and_date.SIGNED, "Hannover, den wir", False),
        (place_and_date.SIGNED, "Landkreis Leer, den 5.4.", False),
        (place_and_date.SIGNED_UNDER_INK, "annover, den 5.", True),
        (place_and_date.DATED, "Vereinbarung für den Landkreis", False),
        (place_and_date.DATED, "Celle am 5.4.2024", True),
        (place_and_date.DATED_IN_CELL, "Ort, Datum, den ____", True),
        (place_and_date.DATED_IN_CELL, "Leer, im März 2024", True),
        (place_and_date.DATED_IN_CELL, "Der Wert, den die Parteien vereinbaren", False),
        (place_and_date.DATE_LINE, "Datum", True),
        (place_and_date.DATE_LINE, "Die Datumsangabe", False),
        (place_and_date.UNFINISHED, "Hannover, den", True),
        (place_and_date.UNFINISHED, "Hannover", False),
    ],
)
def test_place_and_date_are_told_as_surely_as_is_asked(pattern: re.Pattern[str], text: str, is_one: bool) -> None:
    assert bool((pattern.search if pattern is place_and_date.UNFINISHED else pattern.match)(text)) is is_one


@pytest.mark.parametrize("kind", signatures.KINDS, ids=lambda kind: kind.example)
def test_each_kind_of_line_of_a_signature_is_told_by_its_example(kind: signatures.Kind) -> None:
    assert next(each for each in signatures.KINDS if each.pattern.fullmatch(kind.example)) is kind
    assert signatures.spans_of(kind.example)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Lingen (Ems), den 5.4.2024", {"ort": "Lingen (Ems)", "datum": " 5.4.2024"}),
        ("i. A.", {"zusatz": "i. A."}),
        ("( Dr. Anna von der Heide )", {"name": "Dr. Anna von der Heide"}),
        ("Für den Landkreis Leer", {"stelle": "Landkreis Leer"}),
        ("Fürstenau, den 5.4.2024", {"ort": "Fürstenau", "datum": " 5.4.2024"}),
        ("Nds. Sozialministerium", {"stelle": "Nds. Sozialministerium"}),
        ("Stadtrat", {"funktion": "Stadtrat"}),
        ("Erster Kreisrat, Landkreis Leer", {"funktion": "Erster Kreisrat", "stelle": "Landkreis Leer"}),
        ("Uta Müller, Landrätin", {"name": "Uta Müller", "funktion": "Landrätin"}),
        ("Leer am 5. April 2024 unterzeichnet", {"ort": "Leer", "datum": " 5. April 2024 unterzeichnet"}),
        ("unterzeichnet 5. April 2024", {"datum": "5. April 2024"}),
        ("Der Zielwert, den die Parteien vereinbaren", {}),
        ("gez.", {}),
    ],
)
def test_a_line_of_a_signature_says_which_fields_it_states(line: str, said: dict[str, str]) -> None:
    assert {feld: line[start:end] for feld, (start, end) in signatures.spans_of(line).items()} == said


@pytest.mark.parametrize(
    ("feld", "text", "is_one"),
    [("zusatz", "In Vertretung", True), ("zusatz", "In Verketung", False), ("funktion", "Landrat", True), ("funktion", "Landrat WM", False),
     ("name", "Max Probe", True), ("name", "MaxProbe", False), ("ort", "Osterode am Harz", True), ("ort", "Lingen (Ems)", True),
     ("ort", "Hannover, den 2024 Rotenburg", False), ("ort", "Leer 2024", False), ("ort", "Dendorf", True), ("ort", "Leer den", False),
     ("stelle", "Landkreis Rotenburg (Wümme)", True), ("stelle", "Niedersächsisches Ministerium für Arbeit", True),
     ("stelle", "Niedersächsisches Ministerium für Arbeit Landkreis Leer", False)],
)  # fmt: skip
def test_a_text_is_plainly_what_a_field_says_or_not(feld: str, text: str, is_one: bool) -> None:
    assert signatures.is_plainly(feld, text) is is_one


@pytest.mark.parametrize(
    ("feld", "text", "is_one"),
    [("name", "Max Probe", True), ("name", "N. N.", False), ("name", "Landrat", False), ("funktion", "Erster Kreisrat", True),
     ("funktion", "Hauptamtlicher Kreisbeigeordneter", False), ("stelle", "Landkreis Leer", True), ("stelle", "Pro Arbeit", False),
     ("zusatz", "i. V.", True), ("ort", "Lingen (Ems)", True), ("ort", "Nordhorn, Grafschaft Bentheim", False)],
)  # fmt: skip
def test_what_a_signature_says_is_taken_for_one_of_its_fields_by_its_looks(feld: str, text: str, is_one: bool) -> None:
    assert signatures.is_taken_for(feld, text) is is_one


def test_a_row_of_several_places_and_dates_opens_the_signatures() -> None:
    assert place_and_date.opens_signatures("Hannover, den 2018 Hannover, den 2018 Leer, den 2018 und noch viel mehr davon, was hier steht")
    assert not place_and_date.opens_signatures("Die Quote, den die Parteien vereinbaren")


@pytest.mark.parametrize(("text", "is_one"), [("5. April 2024", True), ("5.. 4 .2024", True), ("5. Appril 2024", False)])
def test_a_day_is_told_whatever_a_reader_made_of_its_full_stops(text: str, is_one: bool) -> None:
    assert bool(calendar.DAY.fullmatch(text)) is is_one


@pytest.mark.parametrize(
    ("text", "rank"),
    [
        ("II. Rahmenbedingungen", 0),
        ("Kapitel Ziele", 0),
        ("§ 3 Ziele", 1),
        ("§ 3 Abs. 1 gilt", None),
        ("4. Quote der Integrationen", 2),
        ("4. März 2024", None),
        ("4.1 Quote", 3),
        ("(2) Die Parteien", None),
        ("12 Personen", None),
    ],
)
def test_the_rank_of_a_heading_is_told_by_its_number(text: str, rank: int | None) -> None:
    assert numbering.rank_of(text) == rank


@pytest.mark.parametrize(
    ("pattern", "text", "is_one"),
    [
        (numbering.ABSATZ, "(2a) Die Parteien", True),
        (numbering.ABSATZ, "(2023) Die", False),
        (numbering.OF_LAW, "§48b", True),
        (numbering.CHAPTER_MISREAD, "Il. Ziele", True),
        (numbering.SECTION_MISREAD, "8 3 Ziele", True),
        (numbering.SECTION_MISREAD, "8 von 9", False),
        (numbering.SHORT_LINE, "5 Personen", False),
        (numbering.HEAVY_LINE, "5 Personen", True),
        (numbering.STEP, "a) Beratung", True),
        (numbering.STEP, "a Beratung", False),
        (numbering.TYPED_BULLET, "– Beratung", True),
        (numbering.TYPED_BULLET, "☒ Beratung", False),
    ],
)
def test_numbers_and_signs_before_a_text_are_told(pattern: re.Pattern[str], text: str, is_one: bool) -> None:
    assert bool(pattern.match(text)) is is_one


@pytest.mark.parametrize(("text", "number"), [("4. Quote", "4"), ("3.4 Quote", "4"), ("3.4. Quote", "4"), ("Quote", None)])
def test_a_goal_has_the_last_number_before_its_title(text: str, number: str | None) -> None:
    found = numbering.NUMBER.match(text)
    assert (found and found["number"]) == number


# ---------------------------------------------------------------- told beside each other


def test_of_two_long_texts_the_place_where_they_differ_is_shown() -> None:
    same = "Die Arbeitslosenzahlen sind zum Jahresende weiter angestiegen, während sich die Zahl der Stellen rückläufig entwickelt " * 3
    one, other = apart(f"{same}und steigt.", f"{same}und sinkt.")
    assert one.endswith("und steigt.") and other.endswith("und sinkt.")
    assert one.startswith("…") and max(len(one), len(other)) <= 100


@pytest.mark.parametrize(("one", "other"), [("kurz", "kürzer"), ("", "neu"), ("gleich", "gleich")])
def test_short_texts_are_shown_whole(one: str, other: str) -> None:
    assert apart(one, other) == (one, other)


def test_a_text_that_goes_on_is_cut_behind_the_difference_alone() -> None:
    one, other = apart("x " * 80, "y " * 80)
    assert one.startswith("x x") and other.startswith("y y") and one.endswith("…")


@pytest.mark.parametrize(("word", "is_one"), [
    ("(Dr.", True), ("Dr.-Ing.", True), ("(Prof.", True), ("h.", True), ("von", True), ("Freiherr", True), ("Dr.sng:", False),
    ("(Br:-Ing.", False), ("E.", False), ("Vonhof", False), ("Jos.", False),
])  # fmt: skip
def test_a_title_is_one_of_few_and_an_initial_is_none(word: str, is_one: bool) -> None:
    assert is_title(word) == is_one
