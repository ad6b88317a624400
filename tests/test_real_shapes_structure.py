"""Shapes of structure met in agreements of several Länder: chapters and goals however they are counted, parties, Absätze that are goals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from invented_agreement import BODY, FRONT, LAND, LEER, Read, para, reader_of_lines
from own_texts import text_of

from agreements.language.names import is_parted_surname
from agreements.language.place_and_date import opens_signatures
from agreements.library.library import Library
from agreements.reading.reading import Reading, Word
from extract.by_grammar.elements import Piece
from extract.by_grammar.headings import levelled
from extract.by_grammar.parties import read_ministries
from extract.by_grammar.record import read_structure
from extract.by_grammar.sections import sections_of
from extract.by_grammar.topics import thema_of

read = pytest.fixture(scope="module")(reader_of_lines)

STEPS = ("Menschen sollen erreicht werden.", "Vereinbart werden folgende Schritte:", "a) Beratung vor Ort", "b) ein Elterncafé",
         "Das Ziel ist erreicht, wenn beide Schritte umgesetzt sind.")  # fmt: skip
TITLE = "Übergang Schule – Beruf"
QUOTE, BESTAND = "ziele.integrationsquote.gesamt", "ziele.langzeitleistungsbezug.gesamt"


def counted(chapters: Iterable[str], goals: Iterable[str]) -> list[str]:
    """The body with its chapters and goals counted otherwise, and a goal of its own as the fourth."""
    one, two, three, four = chapters
    first, second, third, fourth = goals
    texts = [text for text in BODY if not text.startswith(("I. ", "II. ", "§ ", "1. ", "2. ", "3. "))]
    principles, money, observed, quota, stock, talks = texts
    return [
        f"{one} Grundsätze", principles, f"{two} Haushaltsmittel", money, f"{three} Ziele",
        f"{first} Verringerung der Hilfebedürftigkeit", observed,
        f"{second} Verbesserung der Integration in Erwerbstätigkeit", quota,
        f"{third} Vermeidung von langfristigem Leistungsbezug", stock,
        f"{fourth} {TITLE}", *STEPS,
        f"{four} Zielnachhaltung", talks.removeprefix("(1) "),
    ]  # fmt: skip


COUNTS = (
    (("A.", "B.", "C.", "D."), ("I.", "II.", "III.", "IV.")),
    (("A)", "B)", "C)", "D)"), ("1.", "2.", "3.", "4.")),
    (("§ 1", "§ 2", "§ 3", "§ 4"), ("I.", "II.", "III.", "IV.")),
    (("1", "2", "3", "4"), ("Ziel 1:", "Ziel 2:", "Ziel 3:", "Ziel 4:")),
    (("1", "2", "3", "4"), ("3.1", "3.2", "3.3", "3.4")),
    (("1.", "2.", "3.", "4."), ("3.1", "3.2", "3.3", "3.4")),
    (("Artikel 1", "Artikel 2", "Artikel 3", "Artikel 4"), ("1.", "2.", "3.", "4.")),
    (("Artikel 1:", "Artikel 2:", "Artikel 3:", "Artikel 4:"), ("Kennzahl 1 –", "Kennzahl 2 –", "Kennzahl 3 –", "Ziel 4 –")),
    (("Ziffer 1", "Ziffer 2", "Ziffer 3", "Ziffer 4"), ("1.", "2.", "3.", "4.")),
    (("I.", "II.", "III.", "IV."), ("Ziel 1:", "Ziel 2:", "Ziel 3:", "Ziel 4:")),
    (("I.", "II.", "III.", "IV."), ("I.", "II.", "III.", "IV.")),
)


@pytest.mark.parametrize(("chapters", "goals"), COUNTS)
def test_chapters_and_goals_are_told_however_they_are_counted(read: Read, chapters: Iterable[str], goals: Iterable[str]) -> None:
    _, found, _ = read(body=counted(chapters, goals))
    assert found["ziele.individuell.4.titel"].wert == TITLE
    assert found["ziele.individuell.4.schritte"].wert == ("Beratung vor Ort", "ein Elterncafé")
    assert found["ziele.individuell.4.erreicht_wenn"].wert == (STEPS[-1],)
    assert not found[QUOTE].doubtful and not found[BESTAND].doubtful
    assert [feld for feld in found if feld.startswith("ziele.individuell.") and ".4." not in feld] == []


LONG = (
    "Zusammenarbeit mit den Trägern der freien Jugendhilfe, den Kammern und den berufsbildenden Schulen des Landkreises beim Übergang von "
)


@pytest.mark.parametrize("title", [TITLE, f"{LONG}der Schule in den Beruf", f"{LONG}{LONG}der Schule"], ids=["short", "long", "endless"])
@pytest.mark.parametrize("number", ["Ziel 4:", "4."])
def test_a_title_set_as_a_heading_is_one_however_long_it_is(library: Library, title: str, number: str) -> None:
    """And a bold sentence of that length is none."""
    chapters, goals = COUNTS[3] if number == "Ziel 4:" else COUNTS[0]
    body = counted(chapters, (*goals[:3], number))
    lines = [f"{number} {title}" if text.endswith(TITLE) else text for text in body]
    titles = {text for text in lines if re.match(r"[1-4A-D]\.? |Ziel \d|I+\.|\d\.", text)}
    told = [para(text, None) for text in FRONT] + [para(text, "ueberschrift" if text in titles else "text") for text in lines]
    told.insert(-1, para(f"{LONG}{LONG}wird weiter gesprochen.", "ueberschrift"))
    signed = [para(text, column=number) for number, texts in enumerate((LAND, LEER), 1) for text in texts]
    record, found, _ = read_structure(Path("lang.docx"), Reading("word", None, (*told, *signed)), library)
    assert {each.feld: each.wert for each in found}["ziele.individuell.4.titel"] == title
    assert [block.text for block in record.text or () if block.art == "ueberschrift" and block.text.startswith(LONG)] == []


def test_steps_that_are_announced_and_not_told_are_open(read: Read) -> None:
    """And a goal that announces none has none."""
    body = counted(*COUNTS[0])
    without = [text for text in body if not text.startswith(("a) ", "b) "))]
    _, found, _ = read(body=without)
    assert found["ziele.individuell.4.schritte"].wert is None and found["ziele.individuell.4.schritte"].doubtful
    _, found, _ = read(body=[text for text in without if text != STEPS[1]])
    assert "ziele.individuell.4.schritte" not in found


@pytest.mark.parametrize(
    ("introduced", "steps", "aim", "unsure"),
    [
        ("Der Landkreis wird hierzu", ("vor Ort beraten und", "ein Elterncafé öffnen."), STEPS[:1], False),
        ("Der Landkreis plant", ("Beratung vor Ort", "ein Elterncafé"), (STEPS[0], "Der Landkreis plant"), True),
        ("Der Landkreis plant mehr Beratung.", ("vor Ort", "im Elterncafé"), (STEPS[0], "Der Landkreis plant mehr Beratung."), False),
    ],
)
def test_a_sentence_that_goes_on_in_the_steps_is_no_goal(
    library: Library, introduced: str, steps: tuple[str, ...], aim: tuple[str, ...], unsure: bool
) -> None:
    body = counted(*COUNTS[0])
    at = body.index(STEPS[1])
    points = [para(step, "punkt") for step in steps]
    told = [*(para(text, None) for text in FRONT), *(para(text) for text in (*body[:at], introduced)), *points]
    signed = [para(text, column=number) for number, texts in enumerate((LAND, LEER), 1) for text in texts]
    reading = Reading("word", None, (*told, *(para(text) for text in body[at + 3 :]), *signed))
    found = {each.feld: each for each in read_structure(Path("v.docx"), reading, library)[1]}
    goal = found["ziele.individuell.4.ziel"]
    assert (goal.wert, goal.doubtful, found["ziele.individuell.4.schritte"].wert) == (aim, unsure, steps)


@pytest.mark.parametrize("kind", ["punkt", "text"])
def test_when_a_goal_is_reached_is_unread_where_it_was_taken_into_the_last_step(library: Library, kind: str) -> None:
    """And where no step was told as one, into the goal."""
    body = counted(*COUNTS[0])
    at = body.index(STEPS[2])
    points = [para(text.removeprefix("a) "), kind) for text in (STEPS[2], f"{STEPS[3].removeprefix('b) ')} {STEPS[4]}")]
    told = [*(para(text, None) for text in FRONT), *map(para, body[:at]), *points, *map(para, body[at + 3 :])]
    signed = [para(text, column=number) for number, texts in enumerate((LAND, LEER), 1) for text in texts]
    found = {each.feld: each for each in read_structure(Path("v.docx"), Reading("word", None, (*told, *signed)), library)[1]}
    reached = found["ziele.individuell.4.erreicht_wenn"]
    assert reached.wert is None and reached.doubtful and reached.locations
    assert kind == "text" or found["ziele.individuell.4.schritte"].doubtful


def test_a_number_without_a_mark_begins_no_chapter_where_it_counts_something(read: Read) -> None:
    body = [*BODY[:2], "5 Personen nahmen teil", *BODY[2:]]
    assert [block.text for block in (read(body=body)[0].text or ()) if block.art == "ueberschrift" and "Personen" in block.text] == []


THEMES = (
    ("§ 4 Dialoge zur Zielerreichung", "nachhaltung"),
    ("4. Verbesserung der Integration von Erziehenden in Erwerbstätigkeit", ""),
    ("4. Verbesserung der Integration Alleinerziehender in Erwerbstätigkeit", "alleinerziehende"),
    ("5. Verbesserung der Verknüpfung kommunal- und bundesfinanzierter Eingliederungsleistungen", ""),
    ("4. Gleichstellungspolitisches Ziel", ""),
    ("5. Landesspezifische Ziele", ""),
    ("IV. Individuelle Ziele", "ziele"),
    ("Ziel 3: Vermeidung von langfristigem Leistungsbezug", "langzeitleistungsbezug"),
    ("7.4 Integration von Langzeitleistungsbeziehern (K3E1)", ""),
    ("7.7 Integration in voll qualifizierende berufliche Ausbildung", ""),
    ("4. Förderung der Teilhabe von Langzeitleistungsbeziehenden", ""),
    ("A) Grundsätzliche Zielrichtung", "grundsaetze"),
    ("2. Verbesserung der Integration in Erwerbstätigkeit.", "integrationsquote"),
    ("Präambel", "grundsaetze"),
)


@pytest.mark.parametrize(("heading", "thema"), THEMES)
def test_a_heading_tells_what_its_section_is_about(heading: str, thema: str) -> None:
    assert thema_of(heading) == thema


def typed(*headings: str) -> list[Piece]:
    return levelled([Piece("ueberschrift", tuple(map(Word, heading.split()))) for heading in headings])


def test_a_second_section_on_a_statutory_theme_is_a_goal_of_its_own() -> None:
    families = "5. Verringerung der Hilfebedürftigkeit von Familien mit Kindern"
    one, other = sections_of(typed("§ 2 Ziele", "1. Verringerung der Hilfebedürftigkeit", families))[2:]
    assert (one.thema, other.thema) == ("leistungen_lebensunterhalt", "")
    first, second = sections_of(typed("§ 2 Ziele", "1. Hilfen im Langzeitbezug", "2. Vermeidung von langfristigem Leistungsbezug"))[2:]
    assert (first.thema, second.thema) == ("", "langzeitleistungsbezug")


def test_a_part_of_a_statutory_goal_and_an_anlage_that_names_it_again_are_none_of_their_own() -> None:
    quota = "Verbesserung der Integration in Erwerbstätigkeit"
    pieces = typed("§ 2 Ziele", f"2. {quota}", "2.1 Integrationsquote der Frauen", "§ 3 Zielwerte", f"2. {quota}")
    assert [section.thema for section in sections_of(pieces) if section.nummer] == ["integrationsquote"] * 3


def test_goals_may_be_absaetze_without_headings_of_their_own(read: Read) -> None:
    body = [
        "Artikel 1 Grundsätze", "(1) Alle wollen das Beste.", "Artikel 2 Haushaltsmittel", BODY[4], "Artikel 3 Ziele",
        "(1) Zur Verringerung der Hilfebedürftigkeit wird die Entwicklung der Summe der Leistungen zum Lebensunterhalt beobachtet.",
        "(2) Zur Verbesserung der Integration in Erwerbstätigkeit wird vereinbart, dass die Integrationsquote um nicht mehr als 4,5 % im "
        "Vergleich zum Vorjahr sinkt.",
        "(3) Zur Vermeidung von langfristigem Leistungsbezug wird vereinbart, dass der durchschnittliche Bestand an "
        "Langzeitleistungsbeziehern im Vergleich zum Vorjahr um maximal 3 % steigt.",
        "Artikel 4 Zielnachhaltung", "(1) Es wird gesprochen.",
    ]  # fmt: skip
    _, found, _ = read(body=body)
    assert (str(found[QUOTE].wert.wert), found[QUOTE].doubtful) == ("4.5", False)
    assert (str(found[BESTAND].wert.wert), found[BESTAND].doubtful) == ("3", False)


def parties(*lines: str) -> dict[str, object]:
    return {
        each.feld: each.wert for each in read_ministries([Piece("eingang", tuple(Word(word) for word in line.split())) for line in lines])
    }


def test_a_ministry_has_its_name_from_the_title_page_and_its_abbreviation_from_the_opening() -> None:
    name = "Ministerium für Arbeit und Wetter"
    said = {"ministerien.1.name": name, "ministerien.1.kurz": "MAW"}
    assert parties(f"Niedersächsischen {name}", f"schließt das Niedersächsische {name} (MAW) mit dem Landkreis Leer") == said
    assert parties("zwischen dem", f"Niedersächsischen {name}", "(MAW), und dem", "Landkreis Leer") == said
    assert parties(f"Niedersächsischen {name}", "(im Folgenden: das Land)", "und dem Landkreis") == {"ministerien.1.name": name}


def test_the_opening_ends_where_a_chapter_begins_whose_number_has_no_mark(read: Read) -> None:
    record, _, _ = read(front=FRONT, body=counted(("1", "2", "3", "4"), ("3.1", "3.2", "3.3", "3.4")))
    headings = [block.text for block in (record.text or ()) if block.art == "ueberschrift"]
    assert [text for text in headings if re.match(r"\d ", text)] == ["1 Grundsätze", "2 Haushaltsmittel", "3 Ziele", "4 Zielnachhaltung"]


# ---------------------------------------------------------------- signatures and what stands behind them

NAME = "unterschriften.traeger.1.name"


@pytest.mark.parametrize(("first", "second"), [("(Solveig Torvaldsdóttir-", "Meyer)"), ("Dr. Änne Müller-", "Lüdenscheidt")])
@pytest.mark.parametrize("lesart", ["textebene", "texterkennung"])
def test_a_surname_that_a_column_parts_at_its_hyphen_is_whole(read: Read, first: str, second: str, lesart: str) -> None:
    leer = ("Leer, den 7. April 2018", first, second, "Landrätin", "Landkreis Leer")
    _, found, _ = read(columns=(LAND, leer), lesart=lesart)
    assert found[NAME].wert == f"{first}{second}".strip("()")


def test_a_place_that_a_column_parts_at_its_hyphen_is_no_surname() -> None:
    assert is_parted_surname("(Solveig Torvaldsdóttir-", "Meyer)")
    assert not is_parted_surname("Osterholz-", "Scharmbeck, den")
    assert not is_parted_surname("Niedersächsisches Wirtschafts-", "Ministerium")


TO_ANNEX = [text.replace("um 2,5 % gegenüber dem Vorjahr steigt", "den Wert der Anlage erreicht") for text in BODY]


def test_targets_in_an_anlage_behind_the_signatures_are_read_and_the_signatures_too(library: Library) -> None:
    signed = [para(line, column=number) for number, lines in enumerate((LAND, LEER), 1) for line in lines]
    annex = (
        "Anlage 1: Zielwerte",
        "Vereinbart werden folgende Zielwerte:",
        "1. Die Integrationsquote steigt um 2,1 % gegenüber dem Vorjahr.",
    )
    texts = (*(para(text, None) for text in FRONT), *map(para, TO_ANNEX), *signed, *map(para, annex))
    record, found, _ = read_structure(Path("vereinbarung.docx"), Reading("word", None, texts), library)
    by_field = {angabe.feld: angabe for angabe in found}
    assert (str(by_field[QUOTE].wert.wert), by_field[QUOTE].doubtful) == ("2.1", False)
    assert by_field[NAME].wert == "Max Probe"
    assert [block.text for block in text_of(record)][-3:] == list(annex)


def test_an_anlage_that_a_sentence_names_is_none(read: Read) -> None:
    body = [*BODY[:-1], "Anlage zu dieser Vereinbarung ist die Übersicht der Daten."]
    record, found, _ = read(body=body)
    assert found[NAME].wert == "Max Probe"
    assert [block.art for block in record.text or () if block.text.startswith("Anlage")] == ["text"]


@pytest.mark.parametrize(
    "text",
    [
        "Der Zieldialog findet in Hannover, den 5. Mai 2018 statt.",
        "Sie tagen in Leer, am 3. Juni 2018, wieder.",
        "Diese Vereinbarung tritt am 1. Januar 2018 in Kraft.",
        "Die Partner treffen sich am 3. Juni 2018",
    ],
)
def test_a_date_in_prose_opens_no_signature(text: str) -> None:
    assert not opens_signatures(text)
    assert opens_signatures("Hannover, den 5. Mai 2018") and opens_signatures("Leer, den 5. April.")
    assert opens_signatures("Osterode am Harz, den 5. Mai 2018") and opens_signatures("Leer am 5. Mai 2018")
