"""Texts of a scan that nobody writes so are to be looked at, those that somebody does are not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from emsland import document, emsland
from hypothesis import given
from hypothesis import strategies as st
from ocr_noise import Quality, scanned
from round_trip import LIBRARY, read_back

from agreements.language.dictionary import Dictionary
from agreements.model.values import Lesart
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Found
from agreements.reading.reading import Reading
from extract.confidence.by_spelling import taken_for_known, twice, unlike_their_kind, unlikely, unpaired
from extract.extraction import READERS, extract


def judged(wert: object) -> Found:
    return unlikely([Found("ziele.individuell.1.schritte", wert, ())])[0]


@pytest.mark.parametrize(
    "text",
    [
        "Landkreis Landkreis Rotenburg Rotenburg (Wümme) (Wümme)",
        "Niedersächsisches Ministerium für Soziales, Soziales, Arbeit, Arbeit, Gesundheit Gesundheit und und Gleichstellung",
        "Landkreis Emsland Landkreis Emsland",
        "Hannover Hannover",
        "Bad Iburg Bad Iburg",
        "Die Lage ist gut. Sie bleibt es. Sie bleibt es.",
    ],
)
def test_words_that_stand_twice_side_by_side_are_to_be_looked_at(text: str) -> None:
    found = judged(text)
    assert found.doubtful and found.confidence <= 0.5
    assert "zweimal nebeneinander" in (found.reason or "")


@pytest.mark.parametrize(
    "text",
    [
        "Menschen, die die Sprache lernen",
        "Grund zu der Annahme, dass das das Ziel ist",
        "Die Zahl sinkt und nach und nach und immer mehr",
        "Arbeit für Schritt für Schritt",
        "Projekte für Frauen, Projekte für Geflüchtete",
    ],
)
def test_a_word_that_german_doubles_is_no_reason_to_look(text: str) -> None:
    assert not judged(text).doubtful


@given(st.lists(st.text("abc", min_size=1), min_size=1, max_size=12))
def test_whatever_was_read_twice_is_known(words: list[str]) -> None:
    assert twice([*words, *words])
    assert twice([word for word in words for _ in "12"])


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('Einrichtung eines Projektes Job-Turbo" für Geflüchtete', 'Job-Turbo"'),
        ("Einrichtung eines Projektes Job-Turbo“ für Geflüchtete", "Job-Turbo“"),
        ('das Projekt "Job-Turbo für Geflüchtete', '"Job-Turbo'),
        ('erst Job-Turbo" und dann "Neustart', 'Job-Turbo"'),
        ('erst "Job-Turbo und dann "Neustart" im Herbst', '"Job-Turbo'),
        ("»Neustart", "»Neustart"),
    ],
)
def test_a_quote_without_its_partner_is_to_be_looked_at(text: str, word: str) -> None:
    found = judged(("Ein anderer Schritt", text))
    assert found.doubtful and f"Anführungszeichen hat kein Gegenstück: „{word}“" in (found.reason or "")


@pytest.mark.parametrize("text", [
    'das Projekt "Job-Turbo" für Geflüchtete', "das Projekt „Job-Turbo“ für Geflüchtete", 'das Projekt „Job-Turbo" läuft',
    '("Job-Turbo"), "Neustart"-Kurse und das "Wir-im-Quartier".', "»Job-Turbo« und „Neustart“", "so geht’s", "",
])  # fmt: skip
def test_quotes_in_pairs_are_no_reason_to_look(text: str) -> None:
    assert unpaired(text) is None


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Gesundheitliche Teilhabe Langzeitarbeitsloser ......", "......"),
        ("Sprachkurse ., mit Kinderbetreuung", ".,"),
        ("Beratung auf den Inseln -", "-"),
        ("| Elternarbeit in drei Sprachen", "|"),
    ],
)
def test_signs_that_nobody_prints_between_words_or_behind_them_are_to_be_looked_at(text: str, signs: str) -> None:
    """Recorded: the shadow on a photo behind a title, read as a row of dots."""
    assert unlikely([Found("ziele.individuell.6.titel", text, ())])[0].doubts == (Doubt("zeichen-ohne-worte", worte=signs),)


@pytest.mark.parametrize(
    "text",
    [
        "Senkung der Abbruchquote auf höchstens 12,5 %",
        "Stellen nach § 16i SGB II",
        "Zieldialoge – mindestens zwei – im Jahr",
        "Kinder & Beruf",
        "",
    ],
)
def test_signs_that_are_printed_alone_are_no_reason_to_look(text: str) -> None:
    assert not unlikely([Found("ziele.individuell.6.titel", text, ())])[0].doubtful


@pytest.mark.parametrize(
    ("text", "said"), [("Sprachkurse (B1/ B2) am Abend", "(B1/ B2)"), ("begleitet /unterstützt.", "begleitet /unterstützt.")]
)
def test_a_blank_on_one_side_of_a_stroke_is_to_be_looked_at(text: str, said: str) -> None:
    """Recorded: "(B1/B2)" of a photo."""
    assert judged((text,)).doubts == (Doubt("leerzeichen-am-schraegstrich", worte=said),)


@pytest.mark.parametrize("text", ["Sprachkurse (B1/B2) am Abend", "Beratung / Vermittlung", "und/oder"])
def test_blanks_on_both_sides_of_a_stroke_or_on_none_are_no_reason_to_look(text: str) -> None:
    assert not judged((text,)).doubtful


@pytest.mark.parametrize(("text", "said"), [
    ("bis zum 30.1 1.2014 wenigstens", "30.1 1.2014"), ("bis zum 3 0.11.2014 wenigstens", "3 0.11.2014"),
    ("bis zum 30.11.2014 wenigstens", None), ("bis zum 30. 11. 2014 wenigstens", None), ("Anlage 3 10.2.2014", None),
])  # fmt: skip
def test_a_blank_between_the_figures_of_a_day_is_to_be_looked_at(text: str, said: str | None) -> None:
    """Recorded of a photo: both readers saw the blank, and no dictionary tells of figures."""
    assert judged((text,)).doubts == ((Doubt("leerzeichen-im-tag", worte=said),) if said else ())


def test_what_is_to_be_looked_at_already_keeps_its_reason() -> None:
    before = Found("traeger", 'Job-Turbo"', (), 0.3).doubted(Doubt("unsicher-gelesen", worte="Job"))
    assert unlikely([before]) == (before,)


@pytest.mark.parametrize(("lesart", "pruefen"), [("texterkennung", True), ("textebene", False)])
def test_only_of_a_scan_the_reader_is_doubted(lesart: Lesart, pruefen: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    paragraphs = list(scanned(document(), 1, Quality(slip=0.0, second=0.0, common=0.0, blank=0.0)))
    at, words = next((at, each.words) for at, each in enumerate(paragraphs) if "Baubranche" in each.text)
    said = tuple(replace(word, text=f"{word.text}“") if word.text == "Baubranche" else word for word in words)
    paragraphs[at] = replace(paragraphs[at], words=said)
    monkeypatch.setitem(READERS, "pdf", lambda _: Reading(lesart, 1, tuple(paragraphs)))
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "a.pdf")
    found = next(each for each in extract(tmp_path / "a.pdf", LIBRARY, own=True).found if each.feld == "rahmenbedingungen.regionale_lage")
    assert found.doubtful is pruefen and (pruefen is ("Baubranche“" in (found.reason or "")))


@pytest.mark.parametrize(
    "name",
    [
        "Martin Gerenkamp",
        "Prof. Dr. Uwe Schäfer",
        "Dr.-Ing. Änne Müller-Lüdenscheidt",
        "Maximilian von der Höhe",
        "Łucja O’Brien",
        "K. Jost",
        "Dr. med. h. c. Ulla Oetken",
        "Stephan McAllister",
        "Max Macke",
    ],
)
def test_a_name_as_names_are_written_is_no_reason_to_look(name: str) -> None:
    assert not unlikely([Found("unterschriften.land.1.name", name, ())])[0].doubtful


@pytest.mark.parametrize(
    "text",
    [
        "Landrat",
        "Landrätin",
        "Der Landrat",
        "Erster Kreisrat",
        "Erste Kreisrätin",
        "Staatssekretärin",
        "Staatssekretär",
        "Ministerin",
        "Oberbürgermeister",
        "Dezernentin",
        "Dezernent für Soziales",
        "Fachbereichsleiterin",
        "Leiter des Jobcenters",
        "Vorstand",
        "Amtsleiter",
        "Allgemeine Vertreterin",
        "Allgemeiner Vertreter des Landrats",
        "Kreisrat",
        "Geschäftsführerin",
        "Regionspräsident",
    ],
)
def test_a_function_is_no_reason_to_look(text: str) -> None:
    assert not unlikely([Found("unterschriften.traeger.1.funktion", text, ())])[0].doubtful


@pytest.mark.parametrize(
    ("text", "unsure"),
    [("Erste Kreisrätin von Knigge", True), ("Landrätin von Leer", False), ("Erste Kreisrätin", False), ("Leiter von Jobcenter", False)],
)
def test_a_function_behind_which_a_name_ends_is_to_be_looked_at_and_one_of_a_place_not(text: str, unsure: bool) -> None:
    """Recorded beside a deep fold: the end of the name stood lower than its beginning, and was read with the line below."""
    assert unlikely([Found("unterschriften.traeger.1.funktion", text, ())], ("Leer", "Peine"))[0].doubtful is unsure


@pytest.mark.parametrize("text", ["Erster Kreisrat Kreisverwaltung", "Landrat J", "Landkreis Leer", "Land rat"])
def test_a_function_with_more_than_belongs_to_it_is_to_be_looked_at(text: str) -> None:
    """Recorded: what a stamp said went with the line beside it."""
    assert unlikely([Found("unterschriften.traeger.1.funktion", text, ())])[0].doubtful


@pytest.mark.parametrize(
    "name",
    [
        "\\ TAN S (Je Bot er",
        "Dr. ChristineArbogast",
        "Prof.Dr. Olaf Lindner",
        "Kai-UWe Bielefeld",
        "Silke H adisi er",
        "1 (Jens Böther",
        "r. Christine Arbogast",
        "Dr.",
        "Dr. Bülow",
        "Dr. Ing. Renée Rolfes",
        "Dr. h. Käthe Grote-Illmer",
        "Dr. c. Käthe Grote-Illmer",
        "von Bülow",
    ],
)
def test_a_name_as_none_is_written_is_to_be_looked_at(name: str) -> None:
    assert unlikely([Found("unterschriften.traeger.1.name", name, ())])[0].doubtful


@pytest.mark.parametrize(("text", "unsure"), [("&", True), ("In Vertretung", False), ("Im Auftrage", False), ("i. V.", False)])
def test_an_addition_is_one_that_is_written_so_or_to_be_looked_at(text: str, unsure: bool) -> None:
    """Recorded: a pen's stroke beside the date passed for an addition of the signature."""
    assert unlikely([Found("unterschriften.traeger.1.zusatz", text, ())])[0].doubtful is unsure


@pytest.mark.parametrize(("ort", "unsure"), [("Hannover, den 2024 Rotenburg", True), ("Hannover", False), ("Osterode am Harz", False)])
def test_a_place_that_runs_into_the_next_column_is_to_be_looked_at(ort: str, unsure: bool) -> None:
    """Recorded under a pen's strokes: the lines of two columns were read as one."""
    assert unlikely([Found("unterschriften.land.1.ort", ort, ())])[0].doubtful is unsure


@pytest.mark.parametrize(("key", "unsure"), [("ziel", True), ("erreicht_wenn", True), ("schritte", False)])
def test_a_paragraph_that_ends_with_a_comma_is_to_be_looked_at_and_a_step_may(key: str, unsure: bool) -> None:
    """Recorded at 150 dpi: "soll weiter wachsen,"."""
    found = Found(f"ziele.individuell.4.{key}", ("Das Angebot soll weiter wachsen,", "Es wird beworben."), ())
    assert unlikely([found])[0].doubtful is unsure


@pytest.mark.parametrize(("name", "unsure"), [("Dr. Comelia Scholz", True), ("Dr. Cornelia Scholz", False), ("Wilhelm Ohm", False)])
def test_a_name_that_looks_like_another_which_a_dictionary_has_is_to_be_looked_at(name: str, unsure: bool) -> None:
    """Recorded at 300 dpi: both readers saw "Comelia"."""
    assert unlikely([Found("unterschriften.land.1.name", name, ())])[0].doubtful is unsure


@pytest.mark.parametrize(
    ("name", "meant"),
    [("Siegtried Ißbrücker", "Siegfried"), ("Dr. Hotger Kłos", "Holger"), ("Eva-Wotfgang Otte", "Wolfgang")],
)
def test_a_name_with_a_t_for_the_f_or_l_of_another_which_a_dictionary_has_is_to_be_looked_at(name: str, meant: str) -> None:
    """Recorded at 200 dpi: both readers saw "Siegtried"."""
    (after,) = unlikely([Found("unterschriften.land.1.name", name, ())])
    assert after.doubts == (Doubt("heisst-vielleicht", name=meant),)


@pytest.mark.parametrize(
    "name", ["Ulf Grote", "Theda Claaßen", "Frauke Tjarks", "Helen Weller", "Niels Geisler", "Renate Otte", "Kurt Voigt"]
)
def test_a_name_that_no_dictionary_has_is_left_where_no_t_stands_for_a_letter_of_one_that_has(name: str) -> None:
    assert not unlikely([Found("unterschriften.land.1.name", name, ())])[0].doubtful


KINDS = [("ort", "Meppem", "Meppen"), ("name", "martin Im", "Martin Gerenkamp"), ("funktion", "Lanrat 7", "Landrat")]
"""What a line of a signature does not look like, and what it does."""


@pytest.mark.parametrize(("key", "strange", "usual"), KINDS)
def test_a_line_that_does_not_look_like_its_kind_is_doubted_in_a_scan_and_told_where_letters_are_certain(
    key: str, strange: str, usual: str
) -> None:
    places = LIBRARY.register.places
    odd, right = (Found(f"unterschriften.traeger.1.{key}", text, ()) for text in (strange, usual))
    assert [each.doubtful for each in unlikely([odd, right], places)] == [True, False]
    told = list(unlike_their_kind([odd, right], places))
    assert [(each.feld, each.schwere) for each in told] == [(odd.feld, "hinweis")]


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_place_that_the_register_has_not_is_a_hint_where_letters_are_certain(form: str, tmp_path: Path) -> None:
    of_traeger = emsland().unterschriften.traeger[1].model_copy(update={"ort": "Meppem"})
    signed = emsland().unterschriften.model_copy(update={"traeger": {1: of_traeger}})
    read = read_back(LIBRARY.document(emsland().model_copy(update={"unterschriften": signed})), form, tmp_path)
    hints = [each for each in read.befunde if each.feld and each.feld.endswith(".ort")]
    assert [(each.feld, each.text, each.schwere) for each in hints] == [
        ("unterschriften.traeger.1.ort", "Das Register kennt keinen Ort, der so heißt.", "hinweis")
    ]
    assert not [each.feld for each in read.found if each.doubtful]


def test_a_place_that_the_register_has_not_is_to_be_looked_at_in_a_scan(tmp_path: Path) -> None:
    seen = scanned(document(), 1, Quality(slip=0.0, second=0.0, common=0.0, blank=0.0))
    other = [
        replace(each, words=tuple(replace(word, text="Meppem,") if word.text == "Meppen," else word for word in each.words))
        for each in seen
    ]  # fmt: skip
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(tmp_path / "scan.pdf")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(READERS, "pdf", lambda _: Reading("texterkennung", 7, tuple(other)))
        found = {each.feld: each for each in extract(tmp_path / "scan.pdf", LIBRARY, own=True).found}
    assert [feld for feld, each in found.items() if feld.endswith(".ort") and each.doubtful] == ["unterschriften.traeger.1.ort"]


KNOWN = Dictionary(("umgesetzt", "Schritte", "nach", "Rahmen"))


@pytest.mark.parametrize(("text", "worte", "andere"), [
    ("wenn die Schritte ungesetzt sind", "ungesetzt", "umgesetzt"), ("Der Rahnen ist gesteckt.", "Rahnen", "Rahmen"),
])  # fmt: skip
def test_a_word_with_one_stroke_less_than_a_known_one_is_to_be_looked_at(text: str, worte: str, andere: str) -> None:
    (after,) = taken_for_known([Found("ziele.individuell.4.erreicht_wenn", (text,), (), 0.98)], KNOWN)
    assert after.doubts == (Doubt("vielleicht-gemeint", worte=worte, andere=andere),)


@pytest.mark.parametrize("text", ["wenn die Schritte umgesetzt sind", "Er kam nach dem Termin zu den Leuten.", "Ungesetzte Ziele"])
def test_a_known_word_and_one_that_is_like_no_known_one_are_left(text: str) -> None:
    one = Found("ziele.individuell.4.ziel", (text,), (), 0.98)
    assert taken_for_known([one], KNOWN) == (one,)
    name = Found("unterschriften.land.1.name", "Eva Rahnen", (), 0.98)
    assert taken_for_known([name], KNOWN) == (name,), "people are called what they are called"


@pytest.mark.parametrize(
    ("kurz", "doubted"), [("MS", False), ("MASGG", False), ("Nds", False), ("das Niedersächsische Ministerium", True), ("m", True)]
)
def test_the_abbreviation_of_a_ministry_looks_like_one(kurz: str, doubted: bool) -> None:
    """Recorded beside a deep fold: the line of the ministry itself was taken for its abbreviation."""
    assert unlikely([Found("ministerien.1.kurz", kurz, ())])[0].doubtful is doubted
