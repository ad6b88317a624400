"""Free text of a scan laid on its wording: of two readings the one that is a word, and doubt where both or neither are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from emsland import REGISTER, emsland, wording
from two_readers import clean, of, read, reread, seen

from agreements.reading.doubts import Doubt
from agreements.reading.reading import Kind, Paragraph, Word
from extract.correction.lexicon import dictionary_of
from extract.correction.prose import FreeText
from extract.correction.rewrites import rewritten


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


@pytest.mark.parametrize(("read_as", "other"), [("Klos", "Kłos"), ("Kłos", "Klos"), ("Stefan", "Ștefan"), ("Luczak", "Łuczak")])
def test_a_name_with_a_letter_that_one_reader_lacks_is_never_sure_though_a_dictionary_has_the_other(read_as: str, other: str) -> None:
    """Recorded of "Kłos": the dictionary has "Klos", and the name was surely that."""
    own = FreeText(dictionary_of(REGISTER))
    [(taken, doubt)] = own.read([Word(read_as, (), (other,), None, 0.9)], prose=False)
    assert doubt is not None and taken.text == max(read_as, other, key=lambda text: not text.isascii())


def test_a_name_of_which_the_readers_saw_letters_that_both_have_is_what_the_dictionary_says() -> None:
    own = FreeText(dictionary_of(REGISTER))
    [(taken, doubt)] = own.read([Word("Renee", (), ("Renée",), None, 0.9)], prose=False)
    assert (taken.text, doubt) == ("Renée", None)


@pytest.mark.parametrize(("confidence", "taken"), [(0.99, "Horkum"), (0.96, "Horkum"), (0.8, "Hornum")])
def test_a_name_that_both_readers_saw_is_not_another_that_the_document_has(confidence: float, taken: str) -> None:
    """Recorded of "Borkum, Juist und Baltrum": it was silently "Bornum", which stands in the next sentence."""
    own = FreeText(dictionary_of(REGISTER))
    own.confirm([Paragraph((Word("Hornum", (), (), None, 0.99),) * 2)])
    [(word, doubt)] = own.read([Word("Horkum", (), (), None, confidence)])
    assert word.text == taken and (doubt is not None) is (taken == "Horkum")


@pytest.mark.parametrize("beside", ["Bornum", "Beratung"])
def test_a_place_of_the_land_that_both_readers_saw_is_sure_though_another_differs_by_a_letter(beside: str) -> None:
    """Recorded: "Borkum" was doubted in every document that has "Bornum", and in others, since no German dictionary has it."""
    free = FreeText(dictionary_of(REGISTER))
    free.confirm([Paragraph((Word(beside, confidence=0.99),) * 2)])
    assert [(word.text, doubt) for word, doubt in free.read([Word("Borkum,", confidence=0.95)])] == [("Borkum,", None)]


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
    assert doubts == [Doubt("unsicher-gelesen", worte="Bischof)"), None]


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
    free = list(FreeText(dictionary_of(REGISTER, wording())).read(rewritten(Paragraph(said)).words))
    assert (free[1][0].text if free[1][1] is None else None) == text


@pytest.mark.parametrize(("said", "text", "unsure"), [
    ("nach 8 16e SGB II", "nach § 16e SGB II", False), ("nach S 16 Abs. 1", "nach § 16 Abs. 1", False), ("nach 8 48b", "nach § 48b", False),
    ("in 8 24 Betrieben", "in 8 24 Betrieben", True), ("in 8 24 der Betriebe", "in 8 24 der Betriebe", True),
    ("in Gruppe S 11b", "in Gruppe S 11b", True), ("bei 8 Fällen", "bei 8 Fällen", False), ("bis 8 000 Euro", "bis 8 000 Euro", False),
])  # fmt: skip
def test_a_figure_is_a_section_where_law_stands_behind_it_and_else_stays_and_is_doubted(said: str, text: str, unsure: bool) -> None:
    read = rewritten(Paragraph(tuple(seen(word) for word in said.split())))
    free = list(FreeText(dictionary_of(REGISTER, wording())).read(read.words))
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
    said = rewritten(Paragraph((seen(text, sicherheit=0.98),))).words
    free = list(FreeText(dictionary_of(REGISTER, wording())).read(said))
    assert (" ".join(word.text for word, _ in free), any(doubt for _, doubt in free)) == (read, doubted)


def test_a_name_is_not_taken_for_one_like_it_that_stands_elsewhere() -> None:
    """Recorded: "Borkum, Juist und Baltrum" became "Bornum, …", because "Bornum" stands in the next sentence."""
    free = FreeText(dictionary_of(REGISTER, wording()))
    free.confirm([Paragraph((Word("Bornum", confidence=0.99),) * 2)])
    [(word, doubt)] = free.read([Word("Borrum", confidence=0.95)])
    assert word.text == "Borrum" and doubt and "Bornum" in str(doubt)
    [(unsure, none)] = free.read([Word("Borrum", confidence=0.7)])
    assert unsure.text == "Bornum" and none is None, "what the readers are not sure of is the word that stands elsewhere"
    [(alike, none)] = free.read([Word("Bornüm", confidence=0.95)])
    assert alike.text == "Bornum" and none is None, "what looks alike is a reader's slip, however sure"


def test_ink_that_one_reader_saw_as_the_same_word_twice_is_doubtful() -> None:
    """Recorded of an "in" over which a copier drew a line: "inin", and "in in"."""
    free = FreeText(dictionary_of(REGISTER))
    assert [doubt is not None for _, doubt in free.read([Word("inin", (), ("in in",), None, 0.5)])] == [True]
    assert [doubt for _, doubt in free.read([Word("inden", (), ("in den",), None, 0.5)])] == [None, None]


def test_the_halves_of_a_word_that_touch_are_one_though_the_readers_differ_in_a_letter() -> None:
    """Recorded of a line of a copier between them; "Langzeit" is a word only as far as others begin with it."""
    free = FreeText(dictionary_of(REGISTER))
    halves = [Word("Langzeit", confidence=0.99), Word("arbeitsloser", (), ("arbeitslöser",), None, 0.789)]
    assert [word.text for word, _ in free.read(halves)] == ["Langzeitarbeitsloser"]
    assert [word.text for word, _ in free.read([Word("Stadt", confidence=0.99), Word("räumen", confidence=0.99)])] == ["Stadt", "räumen"]


def test_a_word_that_the_document_has_is_mended_without_a_capital_within() -> None:
    """Recorded of "Salsonale": the I within "SaIsonale" is none that anybody prints."""
    free = FreeText(dictionary_of(REGISTER))
    free.confirm([Paragraph((Word("Saisonale", confidence=0.99),) * 2)])
    [(word, doubt)] = free.read([Word("Salsonale", confidence=0.91)])
    assert (word.text, doubt) == ("Saisonale", None)


@pytest.mark.parametrize(("whole", "apart", "unsure"), [("füg;", "fü g;", True), ("ralle", "r alle", True),
                                                        ("Beratung", "Beratun g", False), ("16i", "16 i", False)])  # fmt: skip
def test_a_letter_that_one_reader_saw_by_itself_may_belong_to_the_word_beside(whole: str, apart: str, unsure: bool) -> None:
    """Recorded of "für alle" across a deep fold: "füg;" and "ralle" stand in the dictionary."""
    free = FreeText(dictionary_of(REGISTER))
    [(word, doubt)] = free.read([Word(whole, (), (apart,), None, 0.9)])
    assert (word.text, doubt is not None) == (whole, unsure)


@pytest.mark.parametrize(("text", "unsure"), [("jahr", True), ("jahr.", True), ("angeboten", False), ("-akten", False)])
def test_a_noun_that_was_read_small_stays_as_it_was_read_and_is_to_be_looked_at(text: str, unsure: bool) -> None:
    """Recorded at 150 dpi: "20 im jahr", by both readers, in an agreement that has "Jahr" at many places."""
    free = FreeText(dictionary_of(REGISTER))
    free.confirm([Paragraph((Word("Jahr", confidence=0.99),) * 2)])
    [(word, doubt)] = free.read([Word(text, confidence=0.99)])
    assert (word.text, doubt is not None) == (text, unsure)
