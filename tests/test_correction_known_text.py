"""Scans laid on their wording: known text is mended, another word and figures are left alone, and no wrong number goes unnoticed."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from emsland import REGISTER, emsland, wording
from ocr_noise import ORDINARY, POOR, Quality, scanned, with_ink
from sampling import seeds
from two_readers import clean, kinds, of, read, reread, said, seen
from varied import varied

from agreements.filling.fill import fill
from agreements.matching.record import match
from agreements.reading.reading import Word
from extract.confidence.by_spelling import unlikely


def _without_twin(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The words without the "Ziel" that was run together with the word before it."""
    at = next((number for number, word in enumerate(words) if word.text == "prioritareZiel"), None)
    return words if at is None else (*words[: at + 1], *(word for word in words[at + 1 :] if word.text != "Ziel"))


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


def test_a_paragraph_sign_is_known_in_whatever_it_was_read_as() -> None:
    found = read(clean())  # readers without § see 8, 5, $, S or & in its place
    assert found.record.abweichungen == ()
    assert said(found.record) == said(emsland())


def test_another_possible_word_is_never_undone_however_unsure_its_readers_are() -> None:
    """Recorded of a clause in which neither reader was sure of the other word: the wording's was put in, with a hint at most."""
    several = [
        ("mindestens jedoch zweimal", "zweimal", seen("vieimal", "viermal", sicherheit=0.4)),
        ("BMAS", "wird", seen("wir", sicherheit=0.3)),
        ("Geflüchteten", "Geflüchteten", seen("Geachteten", "Gefluchteten", sicherheit=0.3)),
    ]
    paragraphs = clean()
    for near, text, new in several:
        paragraphs = reread(paragraphs, near, text, new)
    found = read(paragraphs)
    assert sorted(entry.alt or "" for entry in found.record.abweichungen) == sorted(text for _, text, _ in several)
    readings = {text for each in found.departing for text in (each.abweichung.neu, *each.others)}
    assert readings == {text for _, _, new in several for text in (new.text, *new.alternatives)}


def test_a_letter_beside_a_figure_is_a_part_of_it() -> None:
    found = read(reread(clean(), "§ 48b Abs. 1", "48b", seen("48h")))
    assert [(entry.alt, entry.neu) for entry in found.record.abweichungen] == [("48b", "48h")]
    assert read(reread(clean(), "§ 48b Abs. 1", "48b", seen("48h", "48b"))).record.abweichungen == ()


def test_what_looks_like_half_a_word_is_told() -> None:
    found = read(reread(clean(), "Querschnittsaufgabe", "Querschnittsaufgabe", seen("Querschnittsau", sicherheit=0.5)))
    [befund] = kinds(found, "unleserlich")
    assert (befund.schwere, befund.text, befund.erwartet) == ("warnung", "Querschnittsau", "Querschnittsaufgabe")


def test_a_word_that_nobody_saw_is_not_there_whatever_room_there_is() -> None:
    found = read(reread(clean(), "mindestens jedoch zweimal", "mindestens"))
    assert [(entry.art, entry.alt) for entry in found.record.abweichungen] == [("gestrichen", "mindestens")]


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


def test_a_word_in_the_place_of_a_paragraph_sign_is_not_it() -> None:
    found = read(reread(clean(), "Querschnittsaufgabe gemäß § 1", "§", seen("Artikel")))
    assert [entry.neu for entry in found.record.abweichungen] == ["Artikel"]
    assert "Artikel" in kinds(found, "abweichung")[0].text


def test_an_inserted_word_stays_a_departure() -> None:
    found = read(reread(clean(), "unterjährig weitere", "weitere", seen("keine"), seen("weitere")))
    assert [entry.neu for entry in found.record.abweichungen] == ["keine"]


def test_specks_between_words_are_no_departures_and_are_said() -> None:
    stamp = [seen("A", sicherheit=0.6), seen("-zt:", sicherheit=0.6), seen("11", sicherheit=0.6)]
    found = read(reread(clean(), "Querschnittsaufgabe gemäß", "gemäß", seen("gemäß"), *stamp))
    assert found.record.abweichungen == ()
    assert [(befund.text, befund.schwere) for befund in kinds(found, "unleserlich")] == [
        ("Nicht zu lesen, vielleicht Tinte oder ein Stempel: „A -zt: 11“.", "warnung")
    ]


def test_figures_that_nobody_can_read_in_a_signature_may_be_its_day() -> None:
    lines = reread(clean(), "(Dr. Christine Arbogast)", "Arbogast)", seen("Arbogast)"), seen("22.0.2", sicherheit=0.2))
    day = of(read(lines), "unterschriften.land.1.datum")
    assert (day.wert, day.doubtful) == (None, True)


def test_a_mark_that_stands_alone_is_a_speck_however_sure_a_reader_is() -> None:
    found = read(reread(clean(), "Querschnittsaufgabe gemäß", "gemäß", seen("gemäß"), seen(".")))
    assert found.record.abweichungen == ()
    assert [befund.text for befund in kinds(found, "unleserlich")] == ["Nicht zu lesen, vielleicht Tinte oder ein Stempel: „.“."]


def test_a_paragraph_that_fell_into_many_lines_is_mended_to_its_last() -> None:
    paragraphs = reread(clean(), "SGB II durchgängig", "durchgängig", seen("durchgangig"), seen("."))
    at = next(number for number, paragraph in enumerate(paragraphs) if "durchgangig" in paragraph.text)
    words = paragraphs[at].words
    lines = [replace(paragraphs[at], words=words[start : start + 8]) for start in range(0, len(words), 8)]
    assert len(lines) > 8
    found = read((*paragraphs[:at], *lines, *paragraphs[at + 1 :]))
    assert found.record.abweichungen == ()
    assert said(found.record) == said(emsland())


def test_a_number_that_nobody_saw_before_a_word_that_is_there_is_no_departure() -> None:
    found = read(reread(clean(), "(5)", "(5)"))
    assert found.record.abweichungen == ()
    assert [befund.erwartet for befund in kinds(found, "unleserlich")] == ["(5)"]


@pytest.mark.parametrize("said", [["nicht"], ["Lathen", "nicht"]], ids=" ".join)
def test_inserted_words_of_which_one_is_known_stay_a_departure_though_no_reader_is_sure(said: list[str]) -> None:
    words = [seen(word, sicherheit=0.7) for word in said]
    found = read(reread(clean(), "Querschnittsaufgabe gemäß", "gemäß", seen("gemäß"), *words))
    assert [entry.neu for entry in found.record.abweichungen] == [" ".join(said)]


def test_figures_are_never_mended_by_likeness() -> None:
    both = read(reread(clean(), "600", "600", seen("650")))
    assert [(entry.alt, entry.neu) for entry in both.record.abweichungen] == [("600", "650")]
    one = read(reread(clean(), "600", "600", seen("650", "600")))
    assert one.record.abweichungen == () and not kinds(one, "unleserlich")
    neither = read(reread(clean(), "600", "600", seen("650", "660")))
    assert neither.record.abweichungen == ()
    assert [(befund.text, befund.erwartet) for befund in kinds(neither, "unleserlich")] == [("650“ oder „660", "600")]


def test_what_nobody_can_read_is_said_with_its_place() -> None:
    found = read(reread(clean(), "600", "Ausgaberesten", seen("xq%vj", sicherheit=0.2)))
    befund = kinds(found, "unleserlich")[0]
    assert (befund.schwere, befund.erwartet, befund.location.page) == ("warnung", "Ausgaberesten", 2)
    assert befund.sentence() == "Seite 2: Nicht sicher zu lesen: „xq%vj“; im Wortlaut steht „Ausgaberesten“"


def test_strokes_of_a_pen_are_no_departures() -> None:
    found = read(with_ink(clean(), 5, count=4))
    assert found.record.abweichungen == ()
    other = [feld for feld, wert in said(emsland()).items() if said(found.record).get(feld) != wert]
    doubted = {each.feld for each in unlikely(found.found) if each.doubtful}
    assert doubted.issuperset(other)  # a stroke that runs into a line is read with its words
    assert len(kinds(found, "unleserlich")) == 4 - len(other)
    assert all("Nicht zu lesen, vielleicht Tinte oder ein Stempel: „" in befund.sentence() for befund in kinds(found, "unleserlich"))


def test_a_born_digital_document_is_not_mended() -> None:
    found = match(wording(), reread(clean(), "Problemlagen", "Problemlagen", seen("Problernlagen")), REGISTER)
    assert "Problernlagen" in [entry.neu for entry in found.record.abweichungen]


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


@pytest.mark.parametrize("unsure", [True, False])
def test_a_step_that_went_with_its_announcement_leaves_the_list_in_doubt(unsure: bool) -> None:
    """Recorded of "« Öffentlichkeitsarbeit …": the bullet was read as another sign, and the list was sure without its first entry."""
    steps = emsland().ziele.individuell[4].schritte
    assert isinstance(steps, tuple)
    paragraphs = list(clean())
    at = next(number for number, each in enumerate(paragraphs) if each.text.startswith(steps[0][:20]))
    announcement, first = paragraphs[at - 1 : at + 1]
    taken = first.words if unsure else first.words[:0]
    paragraphs[at - 1] = replace(announcement, words=(*announcement.words, seen("«"), *taken))
    found = of(read([each for each in paragraphs if not (unsure and each is first)]), "ziele.individuell.4.schritte")
    assert found.doubtful is unsure
