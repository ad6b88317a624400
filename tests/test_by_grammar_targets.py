"""Targets and goals of a document in no known wording, and what is said of them where a scan lost some."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from invented_agreement import (
    BODY,
    Read,
    of_scan,
    para,
    reader_of_lines,
    replaced,
    scanned,
    with_own_goal,
)
from sentence_sections import goals_said

from agreements.library.library import Library
from agreements.reading.reading import Paragraph, Place, Word

read = pytest.fixture(scope="module")(reader_of_lines)


def test_a_target_that_is_not_found_is_null_and_flagged(read: Read) -> None:
    _, found, _ = read(body=replaced("um 2,5 % gegenüber dem Vorjahr steigt", "deutlich steigt"))
    assert (found["ziele.integrationsquote.gesamt"].wert, found["ziele.integrationsquote.gesamt"].doubtful) == (None, True)


FOLDED = (
    "4. Verbesserung der Integratio], h enderin Erwerbstätigkeit",
    "Die Integrationsquote der Alleiner,, soll um 4,5 % gegenüber 2017 steigen.",
)
OWN = ("4. Digitale Erreichbarkeit", "Die Abbruchquote soll um 4,5 % gegenüber 2017 sinken.")


@pytest.mark.parametrize(("text", "lost"), [
    ("Die Partner verständigen sich für das Jahr 2018 auf folgende Hilfebedürftigkeit nr 2018 erreicht, w", True),
    ("folgende Hilfebedürftigkeit nr 2018 erreicht, wenn die Summe der zum ım Jahr 2017 um mindestens 1,3 % sinkt.", True),
    ("Die Partner verständigen sich auf folgende Ziele, auch zur Verringerung der Hilfebedürftigkeit:", False),
])  # fmt: skip
def test_a_goal_of_which_only_a_scrap_is_left_where_all_are_announced_is_not_absent_without_a_word(
    read: Read, text: str, lost: bool
) -> None:
    """Recorded of a washed-out scan: neither its number nor its heading was left, and the next one was the first."""
    at = BODY.index("1. Verringerung der Hilfebedürftigkeit")
    body = [*BODY[:at], text, *BODY[at + 2 :]]
    assert ("ziele.leistungen_lebensunterhalt.gesamt" in read(body=body, lesart="texterkennung")[1]) is lost
    assert "ziele.leistungen_lebensunterhalt.gesamt" not in read(body=body)[1]


STEPS = ("Die Partner verständigen sich auf die folgenden Umsetzungsschritte:", "- Ausbau der Beratung", "- Schulung der Fachkräfte")


@pytest.mark.parametrize("heading", ["2. Verbesserung", "2 Verbesserung", "I Seite 2"])
def test_goals_stay_in_their_chapter_where_a_heading_lost_its_stop_or_dirt_was_read_as_one(read: Read, heading: str) -> None:
    """Recorded of a photo: "2 Verbesserung der Integration" was a chapter, and the goal of the Träger's own behind it none."""
    whole = "2. Verbesserung der Integration in Erwerbstätigkeit"
    lines = [heading, whole] if "Seite" in heading else [whole.replace("2. Verbesserung", heading)]
    at = BODY.index(whole)
    body = [*BODY[:at], *lines, *BODY[at + 1 : -2], "4. Gewinnung von Fachkräften", *STEPS, *BODY[-2:]]
    record, _, _ = read(body=body, lesart="texterkennung")
    assert record.ziele.individuell[4].titel == "Gewinnung von Fachkräften"
    assert record.ziele.individuell[4].schritte == ("Ausbau der Beratung", "Schulung der Fachkräfte")


@pytest.mark.parametrize(("lines", "said"), [(FOLDED, True), (OWN, False)])
def test_a_total_below_the_heading_of_a_goal_of_its_own_may_be_that_of_single_parents(
    read: Read, lines: tuple[str, ...], said: bool
) -> None:
    """Recorded: under a deep fold neither heading nor sentence named them any more, and their target was absent without a word."""
    _, found, _ = read(body=[*BODY[:-2], *lines, *BODY[-2:]], lesart="texterkennung")
    assert ("ziele.integrationsquote.alleinerziehende" in found) is said
    assert not said or found["ziele.integrationsquote.alleinerziehende"].wert is None


SPOILT = " Dabei soll die Integrationsquote der Frauen um25% und die der Männer um % im Vergleich zum Vorjahr steigen."


@pytest.mark.parametrize(("more", "lost"), [(SPOILT, True), (" Dabei werden Frauen und Männer gleich gefördert.", False)])
def test_women_and_men_that_a_sentence_names_beside_figures_are_not_absent_without_a_word(read: Read, more: str, lost: bool) -> None:
    """Recorded: a pen had crossed out both numbers, and both targets were as if none had been agreed."""
    end = "gegenüber dem Vorjahr steigt."
    _, found, _ = read(body=replaced(end, f"{end}{more}"), lesart="texterkennung")
    assert [f"ziele.integrationsquote.{gruppe}" in found for gruppe in ("frauen", "maenner")] == [lost, lost]


def test_women_whose_sentence_breaks_off_before_their_figure_are_not_absent_without_a_word(read: Read) -> None:
    """Recorded of a washed-out scan: the paragraph ended with "der Frauen", and one on the men followed."""
    end = "gegenüber dem Vorjahr steigt."
    body = replaced(end, f"{end} Dabei soll die Integrationsquote der Frauen")
    assert read(body=body, lesart="texterkennung")[1]["ziele.integrationsquote.frauen"].wert is None
    assert "ziele.integrationsquote.maenner" not in read(body=body, lesart="texterkennung")[1]
    assert "ziele.integrationsquote.frauen" not in read(body=body)[1]


@pytest.mark.parametrize(
    ("text", "lost"), [("enden soll im Jahr 2018 im erbstätigkeit der Alleinerziehenden", True), ("Es wird beraten.", False)]
)
def test_single_parents_whose_heading_and_figure_light_took_are_not_absent_without_a_word(read: Read, text: str, lost: bool) -> None:
    """Recorded of a washed-out scan: what was left of their goal stood below that of the Hilfebedürftigkeit."""
    body = replaced("Die Entwicklung wird beobachtet.", text)
    assert ("ziele.integrationsquote.alleinerziehende" in read(body=body, lesart="texterkennung")[1]) is lost
    assert "ziele.integrationsquote.alleinerziehende" not in read(body=body)[1]


@pytest.mark.parametrize(
    ("text", "lost"), [("Die Summe der Leistungen 8,75 % steigen.", True), ("Die Entwicklung wird beobachtet.", False)]
)
def test_the_first_goal_is_told_by_its_number_where_a_shadow_cut_its_heading(read: Read, text: str, lost: bool) -> None:
    body = replaced(
        "1. Verringerung der Hilfebedürftigkeit", "1. Verringerung der Hil!", replaced("Die Entwicklung wird beobachtet.", text)
    )
    _, found, _ = read(body=body, lesart="texterkennung")
    assert ("ziele.leistungen_lebensunterhalt.gesamt" in found) is lost


def test_two_sentences_that_disagree_are_both_named(read: Read) -> None:
    _, found, _ = read(
        body=replaced(
            "gegenüber dem Vorjahr steigt.",
            "gegenüber dem Vorjahr steigt. Die Integrationsquote soll um 3,5 % gegenüber dem Vorjahr steigen.",
        )
    )
    angabe = found["ziele.integrationsquote.gesamt"]
    assert angabe.doubtful and angabe.reason and "2,5 %" in angabe.reason and "3,5 %" in angabe.reason


def test_a_sentence_without_a_year_inherits_it_within_its_goal_only(read: Read) -> None:
    body = replaced(
        "gegenüber dem Vorjahr steigt.", "gegenüber dem Vorjahr steigt. Dabei soll die Integrationsquote der Frauen um 3,0 % steigen."
    )
    _, found, _ = read(body=[text.replace("um 1,0 % gegenüber dem Vorjahr sinkt", "um 1,0 % sinkt") for text in body])
    women, stock = found["ziele.integrationsquote.frauen"], found["ziele.langzeitleistungsbezug.gesamt"]
    assert (women.wert.bezug, women.doubtful) == (2017, False)
    assert stock.doubtful and stock.reason == "Der Satz nennt kein Bezugsjahr."


@pytest.mark.parametrize(
    ("level", "wert"),
    [
        (("Dies entspricht einer Quote von mindestens 23,1 %.",), "23.1"),
        (("Dies entspricht einer Quote von mindestens 23,1",), None),
    ],
)
@pytest.mark.parametrize("apart", [False, True])
def test_the_level_that_a_target_comes_to_is_read_in_a_paragraph_of_its_own_too_or_doubted(
    read: Read, level: tuple[str, ...], wert: str | None, apart: bool
) -> None:
    """Recorded: the sign % was lost at the end of a page, and the level with it, without a word."""
    target = "Das Ziel ist im Jahr 2018 erreicht, wenn die Integrationsquote um 2,5 % gegenüber dem Vorjahr steigt."
    at = BODY.index(target)
    said = (target, *level) if apart else (f"{target} {level[0]}",)
    _, found, _ = read(body=(*BODY[:at], *said, *BODY[at + 1 :]))
    entspricht = found["ziele.integrationsquote.gesamt.entspricht"]
    assert (str(entspricht.wert.wert) if entspricht.wert else None, entspricht.doubtful) == (wert, wert is None)
    assert not found["ziele.integrationsquote.gesamt"].doubtful
    assert "23,1" in entspricht.locations[0].text


# ---------------------------------------------------------------- what a scan lost


def test_a_goal_counts_on_from_headings_that_a_scan_does_not_show(library: Library) -> None:
    extra = ("4. Soziale Teilhabe vor Ort", "Das Angebot soll wachsen.", "Die Partner verständigen sich auf die folgenden Schritte:")
    headed = {place for place, text in enumerate(BODY) if text[0] in "I§12"}
    body = [replace(scanned(text), kind="ueberschrift" if place in headed else "text") for place, text in enumerate(BODY[:-2])]
    steps = [replace(scanned(text), kind="punkt") for text in ("Ausbau der Beratung", "Schulung der Fachkräfte")]
    _, found, _ = of_scan(library, *body, *map(scanned, extra), *steps)
    assert {angabe.feld: angabe.wert for angabe in found}["ziele.individuell.4.titel"] == "Soziale Teilhabe vor Ort"


@pytest.mark.parametrize("torn", [
    ("4. Verbesserung der Integration Alleinerziehender Das Ziel ist erreicht, wenn gegenüber 2017 die Integrationsguote",
     "eder Alleinerziehenden um höchstens 10,1 Prozent reduziert wird."),
    ("eder Alleinerziehenden um höchstens 10,1 Prozent reduziert wird.",),
    ("4. Verbesserung der Integration Alleinerziehender Das Ziel ist", "erreicht, wenn sie um 10,1 Pr0z&nt red-", "wird."),
], ids=["both", "its end alone", "its heading alone"])  # fmt: skip
def test_a_target_of_a_scan_that_no_heading_and_no_sentence_tells_is_to_be_looked_at(library: Library, torn: tuple[str, ...]) -> None:
    """Recorded at 150 dpi: a heading ran into its sentence, a stamp parted that in two, and nobody said that a target is missing."""
    headed = {place for place, text in enumerate(BODY) if text[0] in "I§123"}
    body = [replace(scanned(text), kind="ueberschrift" if place in headed else "text") for place, text in enumerate(BODY[:-2])]
    _, found, _ = of_scan(library, *body, *map(scanned, torn))
    lost = {angabe.feld: angabe for angabe in found}["ziele.integrationsquote.alleinerziehende"]
    assert lost.doubtful and lost.locations[0].text


@pytest.mark.parametrize("cut", ["36,0", "36,05"])
def test_a_sentence_whose_end_is_lost_in_a_scan_does_not_hide_the_next_one(library: Library, cut: str) -> None:
    """Recorded: "%." was lost at the end of a line, and with it what was agreed for women and men, without a word."""
    at = next(place for place, text in enumerate(BODY) if text.startswith("3. Vermeidung"))
    lost = (f"Dies entspricht, wie die Vereinbarungspartner gemeinsam festgestellt haben, einer Quote von {cut}",
            "Das Ziel ist zudem erreicht, wenn die Quote der Frauen um 7,0 %, die der Männer um 0,7 % gegenüber 2017 steigt.")  # fmt: skip
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], *lost, *BODY[at:])))
    said = {angabe.feld: angabe for angabe in found}
    assert [said[f"ziele.integrationsquote.{key}"].wert.wert for key in ("frauen", "maenner")] == [Decimal("7.0"), Decimal("0.7")]
    assert said["ziele.integrationsquote.gesamt.entspricht"].doubtful


def test_a_group_with_an_amount_of_which_no_target_was_read_is_to_be_looked_at(library: Library) -> None:
    at = next(place for place, text in enumerate(BODY) if text.startswith("3. Vermeidung"))
    line = "Frauen 7,0 % gggüb 2O17 stegt nnd | lieder Männer, /7,7"
    _, found, _ = of_scan(library, *map(scanned, (*BODY[:at], line, *BODY[at:])))
    said = {angabe.feld: angabe for angabe in found}
    assert all(said[f"ziele.integrationsquote.{key}"].doubtful for key in ("frauen", "maenner"))


@pytest.mark.parametrize("heading", ["§ 3 Ziele.", "§ 3 Ziele,", "·§ 3 Ziele", "§ 3 Ziele"])
def test_dirt_by_a_heading_of_a_scan_leaves_it_a_heading(library: Library, heading: str) -> None:
    """Recorded of "§ 3 Ziele.": the goals of their own were lost without a word."""
    text, found, _ = with_own_goal(library, "§ 3 Ziele", heading)
    assert ("ueberschrift", "§ 3 Ziele") in [(block.art, block.text) for block in text]
    assert found["ziele.individuell.4.titel"].wert == "Beratung vor Ort"


@pytest.mark.parametrize(
    ("chapter", "heading"), [("III, Vereinbarungen", "III. Vereinbarungen"), ("Der Bestand sank um 10,3 Veeinbrungn", "§ 3 Ziele")]
)
def test_a_chapter_whose_heading_is_lost_in_a_scan_hides_no_goals(library: Library, chapter: str, heading: str) -> None:
    """Recorded of "III, Vereinbarungen" behind a sentence that had lost its end: § 3 stood in the chapter before, on other things."""
    text, found, _ = with_own_goal(library, "II. Vereinbarungen", "II. Rahmenbedingungen", "Der Bestand sank um 10,3", chapter)
    assert ("ueberschrift", heading) in [(block.art, block.text) for block in text]
    assert found["ziele.individuell.4.titel"].wert == "Beratung vor Ort"


def test_a_section_that_announces_goals_has_them_whatever_is_left_of_its_heading(library: Library) -> None:
    """Recorded of a stamp over "§ 3 Ziele" and "1. Verringerung"."""
    _, found, _ = with_own_goal(library, "§ 3 Ziele", "§ 3 Zie", "(1) Die Partner verständigen sich auf folgende Ziele:")
    assert found["ziele.individuell.4.titel"].wert == "Beratung vor Ort"
    assert not found["ziele.integrationsquote.gesamt"].doubtful


@pytest.mark.parametrize(("chapter", "first"), [("83 Ziele, Zielwerte", True), ("§ 3 Ziele", False)])
def test_a_chapter_of_goals_whose_sign_was_read_as_a_figure_goes_on_behind_its_first_absatz(
    library: Library, chapter: str, first: bool
) -> None:
    """Recorded of a fax: what followed "(1) … auf folgende Ziele:" stood in no chapter, and the first target was lost without a word."""
    at = BODY.index("§ 3 Ziele")
    goal = "1. Verstngerungder Hilfebedürftigkeit" if first else BODY[at + 1]
    lost = (scanned("(1) Es gelten auf Dauer die folgenden Ziele:"), para(goal, "punkt"), scanned("Jahr 2017 sinkt."))
    body = (*map(scanned, BODY[:at]), para(chapter, "ueberschrift"), *lost, *map(scanned, BODY[at + 3 :]))
    found = {one.feld: one for one in of_scan(library, *body)[1]}
    assert found["ziele.leistungen_lebensunterhalt.gesamt"].wert is None


def test_goals_of_their_own_may_be_there_where_the_section_with_the_goals_is_not_told(library: Library) -> None:
    _, found, about = with_own_goal(library, "§ 3 Ziele", "Zicle")
    assert ("ziele.individuell.4.titel" in found, "ziele.individuell" in about) == (False, True)


@pytest.mark.parametrize(("word", "right", "unsure"), [("der", 300.0, True), ("der", 520.0, False), ("Beratung", 520.0, True)])
def test_steps_of_a_scan_joined_over_a_pages_end_are_doubted_where_there_was_room_or_one_may_end(
    library: Library, word: str, right: float, unsure: bool
) -> None:
    """A dash that begins a page may not be read; a step ends without a full stop."""
    at = BODY.index("§ 4 Zielnachhaltung")
    places = {"Ausbau": Place(1, 90, 740, 525, 750), word: Place(1, 90, 760, right, 770), "Besuche": Place(2, 90, 80, 130, 90)}
    step = Paragraph(tuple(Word(text, (place,), confidence=0.97) for text, place in places.items()), "punkt")
    goal = (scanned("4. Beratung vor Ort"), scanned("Es wird vereinbart:"), step)
    _, found, _ = of_scan(library, *map(scanned, BODY[:at]), *goal, *map(scanned, BODY[at:]))
    assert {angabe.feld: angabe for angabe in found}["ziele.individuell.4.schritte"].doubtful is unsure


@pytest.mark.parametrize(("line", "unsure"), [("Z ielwert: 40 % der Termine", True), ("Das Ziel ist erreicht, wenn es getan ist.", False)])
def test_what_stands_behind_the_steps_of_a_scan_may_be_a_step_unless_it_says_when_the_goal_is_reached(
    library: Library, line: str, unsure: bool
) -> None:
    """Recorded: the bullet of the last step was not read, and the step passed for what says when the goal is reached."""
    at = BODY.index("§ 4 Zielnachhaltung")
    goal = (scanned("4. Beratung vor Ort"), scanned("Es wird vereinbart:"), para("Schulung der Kräfte", "punkt"), scanned(line))
    _, found, _ = of_scan(library, *map(scanned, BODY[:at]), *goal, *map(scanned, BODY[at:]))
    assert {angabe.feld: angabe for angabe in found}["ziele.individuell.4.schritte"].doubtful is unsure


def test_a_goal_of_a_scan_is_not_lost_with_the_words_that_announce_steps_where_dirt_joins_them(library: Library) -> None:
    """Recorded under a watermark: "… auch ohne Auto. 1 Die Vereinbarungspartner verständigen sich auf …:", and the goal was absent."""
    at = BODY.index("§ 4 Zielnachhaltung")
    joined = scanned("Die Wege sollen kürzer werden, auch ohne Auto. 1 Die Partner vereinbaren diese Schritte:")
    reached = scanned("Das Ziel ist erreicht, wenn es getan ist.")
    goal = (scanned("4. Beratung vor Ort"), joined, para("Schulung", "punkt"), reached)
    _, found, _ = of_scan(library, *map(scanned, BODY[:at]), *goal, *map(scanned, BODY[at:]))
    assert {angabe.feld: angabe for angabe in found}["ziele.individuell.4.ziel"].wert == ("Die Wege sollen kürzer werden, auch ohne Auto.",)


@pytest.mark.parametrize(("between", "unread"), [((), True), (("Die Wege sollen kürzer werden.",), False)])
def test_what_a_goal_of_a_scan_agrees_is_to_be_looked_at_where_a_scrap_of_its_title_takes_it(
    library: Library, between: tuple[str, ...], unread: bool
) -> None:
    """Recorded beside a deep fold: the end of a title in bold stood by itself, a heading for all that stood below."""
    at = BODY.index("§ 4 Zielnachhaltung")
    goal = (scanned("4. Digitale Erreichbark"), *map(scanned, between), para("eit", "ueberschrift"), para("Schulung", "punkt"))
    _, found, _ = of_scan(library, *map(scanned, BODY[:at]), *goal, *map(scanned, BODY[at:]))
    doubted = {
        angabe.feld for angabe in found if angabe.feld.startswith("ziele.individuell.4.") and angabe.wert is None and angabe.doubtful
    }
    assert doubted == ({f"ziele.individuell.4.{part}" for part in ("ziel", "schritte", "erreicht_wenn")} if unread else set())


@pytest.mark.parametrize(("numbers", "lost"), [((4, 6), "kein Ziel 5"), ((5,), "kein Ziel 4"), ((4, 5), None)])
def test_a_goal_of_a_scan_that_is_not_there_is_told_by_the_numbers_of_the_others(
    library: Library, numbers: tuple[int, ...], lost: str | None
) -> None:
    at = BODY.index("§ 4 Zielnachhaltung")
    goals = (text for number in numbers for text in (scanned(f"{number}. Beratung vor Ort"), para("Schulung", "punkt")))
    _, _, befunde = of_scan(library, *map(scanned, BODY[:at]), *goals, *map(scanned, BODY[at:]))
    told = [befund for befund in befunde if befund.feld == "ziele.individuell"]
    assert len(told) == bool(lost) and all(lost and lost in befund.text and befund.schwere == "warnung" for befund in told)


@pytest.mark.parametrize(("title", "told"), [((), True), (("4. Ausbildung für alle",), False)])
def test_steps_below_a_statutory_goal_of_a_scan_may_be_those_of_one_that_lost_its_heading(
    library: Library, title: tuple[str, ...], told: bool
) -> None:
    """Recorded: a stamp hid "4. Ausbildung …", and all that the fourth goal agrees was as if nothing were agreed."""
    at = BODY.index("§ 4 Zielnachhaltung")
    goal = (*map(scanned, (*title, "Alle sollen kommen.", "Wir verständigen uns auf die folgenden Schritte:")), para("Schulung", "punkt"))
    _, _, befunde = of_scan(library, *map(scanned, BODY[:at]), *goal, *map(scanned, BODY[at:]))
    texts = [befund.text for befund in befunde if befund.feld == "ziele.individuell"]
    assert len(texts) == told and all("die folgenden Schritte" in text for text in texts)


def test_where_letters_are_certain_a_statutory_goal_may_have_steps(read: Read) -> None:
    at = BODY.index("§ 4 Zielnachhaltung")
    _, _, befunde = read(body=(*BODY[:at], "Wir verständigen uns auf die folgenden Schritte:", "1. Schulung", *BODY[at:]))
    assert not [befund for befund in befunde if befund.feld == "ziele.individuell"]


def test_where_letters_are_certain_goals_are_numbered_as_they_are(read: Read) -> None:
    at = BODY.index("§ 4 Zielnachhaltung")
    _, _, befunde = read(body=(*BODY[:at], "5. Beratung vor Ort", *BODY[at:]))
    assert not [befund for befund in befunde if befund.feld == "ziele.individuell"]


def test_of_a_goal_whose_letters_are_certain_a_title_alone_is_all(read: Read) -> None:
    at = BODY.index("§ 4 Zielnachhaltung")
    _, found, _ = read(body=(*BODY[:at], "4. Beratung vor Ort", *BODY[at:]))
    assert {feld for feld in found if feld.startswith("ziele.individuell.4.")} == {"ziele.individuell.4.titel"}


@pytest.mark.parametrize("announced", ["Es wird vereinbart: – Beratung an Abenden", "Es wird vereinbart: Beratung an Abenden"])
def test_what_stands_behind_the_words_that_announce_steps_of_a_scan_may_be_the_first_of_them(library: Library, announced: str) -> None:
    """Recorded: the first step ran into the line that announces the steps, and was lost with that line."""
    at = BODY.index("§ 4 Zielnachhaltung")
    goal = (
        scanned("4. Beratung vor Ort"),
        scanned(announced),
        para("Schulung", "punkt"),
        scanned("Das Ziel ist erreicht, wenn es getan ist."),
    )
    _, found, _ = of_scan(library, *map(scanned, BODY[:at]), *goal, *map(scanned, BODY[at:]))
    assert {angabe.feld: angabe for angabe in found}["ziele.individuell.4.schritte"].doubtful


@pytest.mark.parametrize(("line", "unsure"), [("Beratung an Abenden", True), ("", False)])
def test_what_stands_between_the_words_that_announce_steps_and_the_first_of_a_scan_may_be_a_step(
    library: Library, line: str, unsure: bool
) -> None:
    """Recorded on coloured paper: the pale dash of the first step was not read, and the step passed for the goal's text."""
    at = BODY.index("§ 4 Zielnachhaltung")
    goal = (scanned("4. Beratung vor Ort"), scanned("Es wird vereinbart:"), *([scanned(line)] if line else []), para("Schulung", "punkt"))
    reached = scanned("Das Ziel ist erreicht, wenn es getan ist.")
    _, found, _ = of_scan(library, *map(scanned, BODY[:at]), *goal, reached, *map(scanned, BODY[at:]))
    assert {angabe.feld: angabe for angabe in found}["ziele.individuell.4.schritte"].doubtful is unsure


def test_women_are_told_where_the_target_of_men_beside_them_was_not_to_be_read() -> None:
    """Recorded under copier dirt: of "der Frauen um 13,75 % und die der Männer um 6,75 %" one was to be looked at, the other nowhere."""
    said = goals_said("ziele.integrationsquote.gesamt", "Vereinbart ist, dass die der Männer 6,7 % erreicht.", 2022)
    men, women = (said.get(f"ziele.integrationsquote.{gruppe}") for gruppe in ("maenner", "frauen"))
    assert men is not None and men.wert is None and women is not None and women.wert is None and women.doubtful
    alone = goals_said(
        "ziele.integrationsquote.gesamt", "Die Integrationsquote der Männer soll um 6,7 % gegenüber dem Vorjahr steigen.", 2022
    )
    assert "ziele.integrationsquote.frauen" not in alone


@pytest.mark.parametrize(("first", "unsure"), [("Beratung für 30 Personen", True), ("• Beratung für 30 Personen", False)])
def test_a_step_whose_bullet_is_lost_makes_the_steps_of_a_scan_doubtful(library: Library, first: str, unsure: bool) -> None:
    """Recorded: it was taken for the aim of the goal, and the steps were one fewer without a word."""
    texts = ("4. Beratung vor Ort", "Mehr Menschen sollen beraten werden.", "Vereinbart wird:", first, "• Aufbau eines Teams")
    goal = [scanned(text) if text[0] != "•" else replace(scanned(text[2:]), kind="punkt") for text in texts]
    at = BODY.index("§ 4 Zielnachhaltung")
    body = (*map(scanned, BODY[:at]), *goal, *map(scanned, BODY[at:]))
    _, found, _ = of_scan(library, *body)
    steps = next(angabe for angabe in found if angabe.feld == "ziele.individuell.4.schritte")
    assert steps.doubtful is unsure
