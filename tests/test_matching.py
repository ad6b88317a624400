"""Reading a document that is not quite the wording: forms of values, columns, what is missing, and what nobody can read."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from edits import Draft
from emsland import REGISTER, document, emsland, wording

from agreements.errors import UnreadableError
from agreements.filling.fill import fill
from agreements.language.tokens import shapes
from agreements.library.proof import paragraphs_of
from agreements.matching.record import Match, likeness, match
from agreements.model.document import Block, Span
from agreements.model.fields import angaben, value_at
from agreements.model.record import Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.reading.findings import Found
from agreements.reading.reading import Paragraph, Word

GESAMT, FRAUEN = "ziele.integrationsquote.gesamt", "ziele.integrationsquote.frauen"
BESTAND, VERWALTUNG, BUDGET = "ziele.langzeitleistungsbezug.gesamt", "haushalt.verwaltungskosten", "haushalt.gesamtbudget_mio"
DATUM = "unterschriften.traeger.1.datum"


def read(draft: Draft, sure: bool = True) -> Match:
    """What is read of a draft; whatever was read must print the draft again."""
    paragraphs = draft.paragraphs(sure)
    found = match(wording(), paragraphs, REGISTER)
    assert tokens(paragraphs_of(fill(wording(), found.record, REGISTER))) == tokens(paragraphs)
    return found


def tokens(paragraphs: tuple[Paragraph, ...]) -> list[str]:
    return [token for paragraph in paragraphs for token in shapes(paragraph.text)]


def changed(feld: str, old: str, new: str) -> Draft:
    """The document with other words in one value."""
    draft = Draft.of(document())
    number, place, text = draft.values(feld)[0]
    assert old in text
    draft.put(number, place, 0, len(text), text.replace(old, new))
    return draft


def behind(feld: str, old: str, new: str) -> Draft:
    """The document with other words behind one value."""
    draft = Draft.of(document())
    number, place, _ = draft.values(feld)[0]
    assert draft.blocks[number].spans[place + 1].text.startswith(old)
    draft.put(number, place + 1, 0, len(old), new)
    return draft


def angabe(found: Match, feld: str) -> Found:
    return next(each for each in found.found if each.feld == feld)


def others(found: Match, *felder: str) -> dict[str, Any]:
    """Values of all other fields that are not those of the record."""
    read, said = angaben(found.record), angaben(emsland())
    return {path: read.get(path) for path in {**read, **said} if path not in felder and repr(read.get(path)) != repr(said.get(path))}


def entries(found: Match) -> list[tuple[str, str | None, str | None]]:
    return [(entry.art, entry.alt, entry.neu) for entry in found.record.abweichungen]


@pytest.mark.parametrize("sure", [True, False])
def test_an_item_whose_unit_was_changed_does_not_go_on_in_the_next_one(sure: bool) -> None:
    found = read(behind(VERWALTUNG, " Euro", " Quark"), sure)
    assert entries(found) == [("ersetzt", "Euro", "Quark")] and others(found) == {}


# ---------------------------------------------------------------- other forms of values


@pytest.mark.parametrize(
    ("draft", "departures"),
    [
        (changed(BESTAND, "nicht mehr als", "maximal"), [("ersetzt", "nicht mehr als", "maximal")]),
        (changed(BESTAND, "mehr als", "mehr am"), [("ersetzt", "als", "am")]),
        (changed(GESAMT, "%", "Prozent"), [("ersetzt", "%", "Prozent")]),
        (behind(VERWALTUNG, " Euro", " €"), [("ersetzt", "Euro", "€")]),
        (changed(VERWALTUNG, "13.155.724", "13.155.724,-"), [("eingefuegt", "13.155.724", ",-")]),
        (changed(VERWALTUNG, "13.155.724", "13 155 724"), [("gestrichen", ".", None), ("gestrichen", ".", None)]),
        (
            changed(GESAMT, "um 3,9 % im Vergleich zum Jahr 2023 steigt", "sich um 3,9 % im Vergleich zum Vorjahr erhöht"),
            [("eingefuegt", "Emsland", "sich"), ("ersetzt", "Jahr 2023 steigt", "Vorjahr erhöht")],
        ),
        (
            changed(GESAMT, "um 3,9 % im Vergleich zum Jahr 2023", "gegenüber dem Vorjahr um 3,9 %"),
            [("eingefuegt", "Emsland", "gegenüber dem Vorjahr"), ("gestrichen", "im Vergleich zum Jahr 2023", None)],
        ),
        (
            behind(GESAMT, "", ", dies entspricht einer Quote von 31,1 %"),
            [("eingefuegt", "steigt", ", dies entspricht einer Quote von 31,1 %")],
        ),
        (
            behind(GESAMT, "", " (dies entspricht einer Quote von 31,1 %)"),
            [("eingefuegt", "steigt", "(dies entspricht einer Quote von 31,1 %)")],
        ),
    ],
    ids=["maximal", "am", "Prozent", "€", ",-", "blanks", "erhöht", "gegenüber", "entspricht", "(entspricht)"],
)
def test_a_value_in_another_form_is_read_and_its_form_kept(draft: Draft, departures: list[tuple[str, str, str]]) -> None:
    found = read(draft)
    assert others(found) == {}
    assert not [each for each in found.found if each.doubtful]
    assert entries(found) == departures


def test_cents_are_read_with_their_digits() -> None:
    found = read(changed(VERWALTUNG, "13.155.724", "5.118.940,00"))
    assert str(value_at(found.record, VERWALTUNG)) == "5118940.00"
    assert found.record.abweichungen == ()


def test_another_year_to_compare_with_is_the_value_of_the_document() -> None:
    found = read(changed(GESAMT, "2023", "2022"))
    assert value_at(found.record, GESAMT).bezug == 2022
    assert found.record.abweichungen == ()


def test_the_womens_own_verb_counts_and_not_the_mens() -> None:
    found = read(changed(FRAUEN, "5,1 %", "5,1 % verringert"))
    assert value_at(found.record, FRAUEN) == Zielwert(richtung="sinkt", wert=Decimal("5.1"), bezug=2023)


# ---------------------------------------------------------------- departures as a person would say them


def rewritten(old: str, new: str) -> Draft:
    """The document with other fixed words at one place."""
    draft = Draft.of(document())
    number, place, found = draft.places(re.escape(old))[0]
    draft.put(number, place, *found.span(), new)
    return draft


@pytest.mark.parametrize(
    ("old", "new", "departures"),
    [
        ("Nr. 3 und 4", "Nr. 4 und 6", [("ersetzt", "3 und 4", "4 und 6")]),
        ("Ziele nach § 2 Nr. 3", "Werte nach § 3 Nr. 3", [("ersetzt", "Ziele nach § 2", "Werte nach § 3")]),
        (
            "durch gesonderte Auswertung begleitet",
            "gesonderte Auswertung unterstützt",
            [("ersetzt", None, "gesonderte Auswertung unterstützt")],
        ),
        (
            "zur Bewertung der Zielerreichung zur Verfügung",
            "für die Bewertung der Zielerreichung zur Durchsicht",
            [("ersetzt", "zur", "für die"), ("ersetzt", "Verfügung", "Durchsicht")],
        ),
    ],
    ids=["one word between", "a word and a mark between", "struck and replaced", "four words between"],
)
def test_changes_with_at_most_two_words_between_are_one(old: str, new: str, departures: list[tuple[str, str | None, str]]) -> None:
    found = read(rewritten(old, new))
    assert [(art, None if departures[0][1] is None else alt, neu) for art, alt, neu in entries(found)] == departures
    assert [befund.art for befund in found.befunde] == ["abweichung"] * len(departures)


def test_a_value_between_two_changes_keeps_them_apart() -> None:
    draft = rewritten("auch im Jahr ", "auch für ")
    number, place, found_at = draft.places("^ eine besondere")[0]
    draft.put(number, place, *found_at.span(), " höchste")
    found = read(draft)
    assert others(found) == {}
    assert entries(found) == [("ersetzt", "im Jahr", "für"), ("ersetzt", "eine besondere", "höchste")]


# ---------------------------------------------------------------- never wrong in silence


@pytest.mark.parametrize(
    ("draft", "feld"),
    [
        (changed(GESAMT, "steigt", "nicht steigt"), GESAMT),
        (changed(GESAMT, "um 3,9 %", "auf 31,1 %"), GESAMT),
        (changed(GESAMT, "um 3,9 %", "um fast 3,9 %"), GESAMT),
        (changed(GESAMT, "3,9 %", "3.9 %"), GESAMT),
        (changed(GESAMT, "um 3,9 % im Vergleich zum Jahr 2023 steigt", "31,1 % im Vergleich zum Jahr 2023 beträgt"), GESAMT),
        (changed(GESAMT, "2023", "1923"), GESAMT),
        (behind(GESAMT, "", ", mindestens aber um 1,0 %"), GESAMT),
        (changed(VERWALTUNG, "13.155.724", "13.155.72"), VERWALTUNG),
        (behind(BUDGET, " Mio.", " Tsd."), BUDGET),
        (changed(DATUM, "1. Februar", "31. Februar"), DATUM),
        (changed("unterschriften.traeger.1.name", "Martin", "Μартин"), "unterschriften.traeger.1.name"),
        (changed("ministerien.1.name", "Ministerium", "Ministεrium"), "ministerien.1.name"),
        (changed("ziele.individuell.6.titel", "Gestaltung", "Γestaltung"), "ziele.individuell.6.titel"),
    ],
)
def test_what_cannot_be_read_for_sure_is_shown_to_a_person_with_a_reason(draft: Draft, feld: str) -> None:
    found = read(draft)
    assert angabe(found, feld).doubtful
    assert angabe(found, feld).reason
    assert {path for path in others(found) if not angabe(found, path).doubtful} == set()


def test_the_text_of_a_list_that_cannot_be_read_is_kept() -> None:
    draft = Draft.of(document())
    number, place, text = draft.values("ziele.individuell.4.schritte")[2]
    draft.put(number, place, 0, len(text), text.replace("Beratung", "Βεratung"))
    found = read(draft)
    assert value_at(found.record, "ziele.individuell.4.schritte") is OFFEN
    assert angabe(found, "ziele.individuell.4.schritte").doubtful
    assert "Βεratung" in str(angabe(found, "ziele.individuell.4.schritte").reason)


def test_targets_that_inherit_a_year_nobody_can_read_are_shown_too() -> None:
    found = read(changed(GESAMT, "2023", "1923"))
    assert angabe(found, FRAUEN).doubtful


def test_the_value_beside_other_words_than_the_wordings_is_shown() -> None:
    draft = Draft.of(document())
    number, place, _ = draft.values(VERWALTUNG)[0]
    draft.put(number, place - 1, 0, len("Verwaltungskosten"), "Sachkosten")
    found = read(draft)
    assert others(found) == {}
    assert angabe(found, VERWALTUNG).doubtful


# ---------------------------------------------------------------- what contradicts itself or is missing


def test_one_place_that_cannot_be_read_beside_others_that_can_is_a_departure() -> None:
    draft = Draft.of(document())
    number, place, _ = draft.values("jahr")[3]
    draft.put(number, place, 0, 4, "2O24")
    found = read(draft)
    assert others(found) == {}
    assert entries(found) == [("ersetzt", "2024", "2O24")]
    assert [befund.art for befund in found.befunde] == ["abweichung"]


def test_one_place_that_says_otherwise_is_a_contradiction_and_kept() -> None:
    draft = Draft.of(document())
    number, place, _ = draft.values("jahr")[3]
    draft.put(number, place, 0, 4, "2023")
    found = read(draft)
    assert [(befund.art, befund.feld, befund.text, befund.erwartet) for befund in found.befunde] == [
        ("widerspruch", "jahr", "2023", "2024")
    ]
    assert entries(found) == [("ersetzt", "2024", "2023")]


@pytest.mark.parametrize("feld", [BUDGET, VERWALTUNG, "haushalt.eingliederungsleistungen", GESAMT, BESTAND])
def test_a_sentence_that_the_document_does_not_have_is_a_hint(feld: str) -> None:
    draft = Draft.of(document())
    del draft.blocks[draft.values(feld)[0][0]]
    found = read(draft)
    assert value_at(found.record, feld) is None
    assert [(befund.art, befund.schwere, befund.feld) for befund in found.befunde] == [("fehlt", "hinweis", feld)]


def test_a_missing_block_makes_its_values_open_and_a_person_look() -> None:
    draft = Draft.of(document())
    del draft.blocks[draft.values("unterschriften.land.1.name")[0][0]]
    found = read(draft)
    assert value_at(found.record, "unterschriften.land.1.name") is OFFEN
    assert angabe(found, "unterschriften.land.1.name").doubtful
    assert {path for path in others(found) if value_at(found.record, path) is not None and not angabe(found, path).doubtful} == set()


def test_a_goal_whose_number_comes_twice_is_shown() -> None:
    draft = Draft.of(document())
    number = draft.values("ziele.individuell.6.titel")[0][0]
    draft.blocks.insert(number, Block("ueberschrift", (Span("6. Arbeit"),), level=3))
    found = read(draft)
    assert angabe(found, "ziele.individuell.7.titel").doubtful


def test_a_document_without_any_traeger_is_refused_in_german() -> None:
    draft = Draft.of(document())
    for number, place, text in draft.values("traeger"):
        draft.put(number, place, 0, len(text), "der Kreis")
    with pytest.raises(UnreadableError, match="Träger"):
        match(wording(), draft.paragraphs(sure=True), REGISTER)


def test_a_document_without_a_year_is_shown() -> None:
    draft = Draft.of(document())
    for number, place, text in draft.values("jahr"):
        draft.put(number, place, 0, len(text), "MMXXIV")
    found = match(wording(), draft.paragraphs(sure=True), REGISTER)
    assert angabe(found, "jahr").doubtful


# ---------------------------------------------------------------- places


def test_a_moved_paragraph_is_read_and_printed_where_it_stands() -> None:
    draft = Draft.of(document())
    number = draft.values(GESAMT)[0][0]
    draft.blocks.insert(14, draft.blocks.pop(number))
    found = read(draft)
    assert others(found) == {}
    assert [(entry.art, entry.stelle, entry.neu) for entry in found.record.abweichungen] == [("verschoben", "III.§2.Nr2.2", "I")]
    assert [befund.art for befund in found.befunde] == ["reihenfolge"]


def columns(found: tuple[Paragraph, ...]) -> tuple[list[Paragraph], list[Paragraph], list[Paragraph]]:
    """The body, the Land's column and the Träger's."""
    return (
        [each for each in found if not each.column],
        [each for each in found if each.column == 1],
        [each for each in found if each.column == 2],
    )


def test_signature_columns_the_other_way_round_are_told_by_their_offices() -> None:
    body, land, traeger = columns(paragraphs_of(document()))
    swapped = [*body, *(replace(line, column=1) for line in traeger), *(replace(line, column=2) for line in land)]
    found = match(wording(), swapped, REGISTER)
    assert others(found) == {}
    assert [(befund.art, befund.schwere) for befund in found.befunde] == [("reihenfolge", "hinweis")]


def test_an_office_in_several_lines_is_one() -> None:
    body, land, traeger = columns(paragraphs_of(document()))
    *lines, office = (replace(line, stated=False) for line in land)
    wrapped = [replace(office, words=office.words[start : start + 3]) for start in range(0, len(office.words), 3)]
    found = match(wording(), [*body, *lines, *wrapped, *traeger], REGISTER)
    assert others(found) == {}
    assert found.befunde == ()


def test_signs_that_cannot_be_seen_change_nothing() -> None:
    paragraphs = [
        replace(each, words=tuple(replace(word, text=f"\u200b{word.text}\u00ad") for word in each.words))
        for each in paragraphs_of(document())
    ]
    paragraphs.append(Paragraph((Word("\uf0b7"),)))
    found = match(wording(), paragraphs, REGISTER)
    assert found.record == emsland()


def test_a_word_parted_at_a_lines_end_is_read_as_the_wording_has_it() -> None:
    paragraphs = [
        replace(
            each,
            words=tuple(
                Word("Grund-sicherung", alternatives=("Grundsicherung",)) if word.text == "Grundsicherung" else word for word in each.words
            ),
        )
        for each in paragraphs_of(document())
    ]
    assert match(wording(), paragraphs, REGISTER).record == emsland()


def test_another_text_is_not_alike() -> None:
    assert likeness(wording(), paragraphs_of(document())) > 0.99
    assert likeness(wording(), [Paragraph((Word("Mietvertrag"),))]) == 0.0


def test_a_record_and_its_document_agree() -> None:
    record: Vereinbarung = match(wording(), paragraphs_of(document()), REGISTER).record
    assert record == emsland()


def test_a_goal_of_which_a_missing_page_leaves_the_start_is_that_goal_and_no_further_one() -> None:
    """Recorded of a scan without its fifth sheet: goal 4 passed for one that the Landkreis had added, and was not to be printed."""
    draft = Draft.of(document())
    stellen = [block.stelle for block in draft.blocks]
    first, last = stellen.index("III.§2.Nr4.2"), len(stellen) - 1 - stellen[::-1].index("III.§3.1")
    del draft.blocks[first : last + 1]
    found = read(draft)
    goals = found.record.ziele.individuell
    assert {number: goal.titel for number, goal in goals.items()} == {4: emsland().ziele.individuell[4].titel}
    assert {entry.art for entry in found.record.abweichungen} == {"gestrichen"}
