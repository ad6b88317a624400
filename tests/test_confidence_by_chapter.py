"""What may stand in a line that nobody could read is told with the place of that line, and what cannot stand there is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from invented_agreement import BODY, FRONT, LAND, LEER, of_picture, para

from agreements.library.library import Library
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found
from agreements.reading.reading import Ink, Paragraph, Place, Reading
from extract.by_grammar.record import read_structure
from extract.confidence.by_chapter import foreseen_in, lost_in_lines
from extract.confidence.by_ink import unread_lines

FOURTH = ("4. Beratung vor Ort", "Alle werden beraten.", "- Sprechtage in Borkum", "- Sprechtage auf Juist",
          "Das Ziel ist erreicht, wenn die Schritte umgesetzt sind.")  # fmt: skip
FIFTH = ("5. Ausbildung für alle", "Junge Menschen kommen in Ausbildung.", "- Elternarbeit", "Das Ziel ist erreicht, wenn alle lernen.")
WHOLE = (*BODY[:-2], *FOURTH, *FIFTH, *BODY[-2:])
LINE, WIDE = 20.0, 400.0
"""Points from line to line, and how broad one is."""
TORN = "iele, Ziele"
_HEADING = re.compile(rf"(?:\d\.|§ \d|I+\.) |{TORN}")
LOST = "steht vielleicht in einer Zeile, die nicht zu lesen ist."


def placed(text: str, at: int, column: int | None = None) -> Paragraph:
    """A line of the only page, so many lines from its top."""
    kind = "punkt" if text.startswith("- ") else "ueberschrift" if _HEADING.match(text) else "text"
    whole = of_picture(para(text.removeprefix("- "), kind, column=column))
    left = 60.0 + 200 * ((column or 1) - 1)
    step = WIDE / (2 if column else 1) / len(whole.words)
    return replace(whole, words=tuple(
        replace(word, places=(Place(1, left + step * number, LINE * at, left + step * (number + 1), LINE * at + 10),))
        for number, word in enumerate(whole.words)
    ))  # fmt: skip


def read(library: Library, lines: Sequence[str], *unread: str) -> tuple[dict[str, Found], tuple[Befund, ...], dict[str, float]]:
    """The Angaben of a scan of these lines, what is told to be lost, and how far down each line stands.

    Of those that are `unread` nothing but their ink was seen.
    """
    paragraphs, ink, down = [], [], {}
    for at, text in enumerate((*FRONT, *lines), 1):
        down[text] = LINE * at
        if text in unread:
            ink.append(Ink("zeile", (), Place(1, 60, LINE * at, 60 + WIDE, LINE * at + 10)))
        else:
            paragraphs.append(placed(text, at))
    below = len(FRONT) + len(lines) + 2
    paragraphs += [placed(text, below + at, column) for column, several in enumerate((LAND, LEER), 1) for at, text in enumerate(several)]
    reading = Reading("texterkennung", 1, tuple(paragraphs), unread=tuple(ink))
    found = read_structure(Path("scan.pdf"), reading, library)[1]
    all_found, lost = lost_in_lines(found, reading.unread, reading.paragraphs, foreseen_in(None))
    return {each.feld: each for each in all_found}, lost, down


def told(lost: Sequence[Befund]) -> dict[str | None, float | None]:
    """What is told to be lost, and how far down."""
    return {each.feld: each.location.box[1] if each.location.box else None for each in lost}


def test_where_every_line_was_read_nothing_is_lost(library: Library) -> None:
    found, lost, _ = read(library, WHOLE)
    assert not lost and not any(each.doubtful for feld, each in found.items() if feld.startswith("ziele."))
    assert found["ziele.individuell.5.titel"].wert == "Ausbildung für alle"


def test_a_goal_lost_whole_is_told_where_its_lines_stand(library: Library) -> None:
    found, lost, down = read(library, WHOLE, *FIFTH)
    assert "ziele.individuell.5.titel" not in found
    assert told(lost)["ziele.individuell"] == down[FIFTH[0]]
    assert all(each.text == LOST and each.schwere == "warnung" for each in lost)


def test_a_goal_lost_between_two_others_is_told_by_their_numbers(library: Library) -> None:
    _, lost, down = read(library, WHOLE, *FOURTH)
    assert told(lost)["ziele.individuell"] == down[FOURTH[0]]


@pytest.mark.parametrize(("unread", "feld"), [(FOURTH[1:2], "ziel"), (FOURTH[4:], "erreicht_wenn"), (FOURTH[2:4], "schritte")])
def test_a_part_of_a_goal_that_was_not_read_is_unread_where_a_line_was_lost_in_its_place(
    library: Library, unread: tuple[str, ...], feld: str
) -> None:
    found, lost, down = read(library, WHOLE, *unread)
    part = found[f"ziele.individuell.4.{feld}"]
    assert part.wert is None or part.doubtful
    assert Doubt("zeile-im-ziel") in part.doubts and part.locations[0].box and part.locations[0].box[1] == down[unread[0]]
    assert "ziele.individuell" not in told(lost), "goals that are numbered one after the other are all there"


def test_a_line_lost_amid_a_part_that_was_read_makes_no_other_part_unread(library: Library) -> None:
    found, lost, _ = read(library, WHOLE, FOURTH[3])
    assert {feld for feld in found if feld.startswith("ziele.individuell.4.")} == {
        f"ziele.individuell.4.{part}" for part in ("titel", "ziel", "schritte", "erreicht_wenn")
    }
    assert not any(Doubt("zeile-im-ziel") in each.doubts for each in found.values()) and not lost


def test_a_target_that_may_stand_in_a_lost_line_of_its_goal_is_told(library: Library) -> None:
    women = "Die Integrationsquote der Frauen soll um 1,5 % gegenüber dem Vorjahr steigen."
    at = WHOLE.index("3. Vermeidung von langfristigem Leistungsbezug")
    _, lost, down = read(library, (*WHOLE[:at], women, *WHOLE[at:]), women)
    assert told(lost)["ziele.integrationsquote"] == down[women]


@pytest.mark.parametrize("where", ["Alle wollen das Beste.", "(1) Es wird gesprochen."])
def test_a_line_lost_in_another_chapter_hides_no_goal(library: Library, where: str) -> None:
    _, lost, _ = read(library, WHOLE, where)
    assert not any((feld or "").startswith("ziele") for feld in told(lost))


def test_a_region_that_was_not_read_may_stand_in_a_line_lost_above_the_budget(library: Library) -> None:
    _, lost, down = read(library, WHOLE, "Alle wollen das Beste.")
    assert told(lost) == {"rahmenbedingungen.regionale_lage": down["Alle wollen das Beste."]}


def test_a_ministry_may_stand_in_a_line_lost_in_the_opening(library: Library) -> None:
    at = FRONT.index("und dem")
    _, lost, down = read(library, WHOLE, FRONT[at])
    assert told(lost)["ministerien.2.name"] == down[FRONT[at]]
    assert "ministerien.2.name" not in told(read(library, WHOLE, "(1) Es wird gesprochen.")[1])


def test_a_goal_whose_number_is_not_to_be_read_may_be_another(library: Library) -> None:
    doubted = Found("ziele.individuell.6.titel", "Beratung", ()).doubted(Doubt("nummer-des-ziels"))
    placed_there = replace(doubted, locations=read(library, WHOLE)[0]["ziele.individuell.5.titel"].locations)
    assert [each.feld for each in lost_in_lines((placed_there,), (), (), foreseen_in(None))[1]] == ["ziele.individuell"]
    sure = replace(placed_there, doubts=())
    assert lost_in_lines((sure,), (), (), foreseen_in(None)) == ((sure,), ())


def test_where_neither_the_chapter_of_goals_nor_a_target_was_read_every_line_may_be_of_them(library: Library) -> None:
    """Recorded under a fold: the heading and the figures of all goals were lost, and with them a goal that nobody missed."""
    goals = WHOLE[WHOLE.index("§ 3 Ziele") : WHOLE.index("§ 4 Zielnachhaltung")]
    _, lost, _ = read(library, WHOLE, *goals)
    assert {"ziele.leistungen_lebensunterhalt.gesamt", "ziele.integrationsquote", "ziele.individuell"} <= told(lost).keys()


def test_where_the_first_heading_read_of_the_chapter_is_that_of_a_goal_lines_above_it_may_be_of_others(library: Library) -> None:
    """Recorded under copier dirt: of the first page of the goals no heading was read, and the first target was missed."""
    start, second = WHOLE.index("§ 3 Ziele"), WHOLE.index("2. Verbesserung der Integration in Erwerbstätigkeit")
    _, lost, down = read(library, WHOLE, *WHOLE[start:second])
    assert told(lost)["ziele.leistungen_lebensunterhalt.gesamt"] == down["§ 3 Ziele"]
    assert "ziele.leistungen_lebensunterhalt.gesamt" not in told(read(library, WHOLE, "Alle wollen das Beste.")[1])


def test_on_a_page_where_lines_and_dirt_are_not_told_apart_a_goal_may_be_lost_below_every_line(library: Library) -> None:
    clean, _, down = read(library, WHOLE[: WHOLE.index(FIFTH[0])])
    paragraphs = [placed(text, round(top / LINE)) for text, top in down.items()]
    dirt = Ink("schmutz", (), Place(1, 0, 10, 595, 830))
    _, lost = lost_in_lines(tuple(clean.values()), [dirt], paragraphs, foreseen_in(None))
    assert "ziele.individuell" in told(lost)
    assert [each.text[:12] for each in unread_lines([dirt])] == ["Auf der Seit"]
    other = dirt._replace(place=Place(2, 0, 10, 595, 830))
    assert lost_in_lines(tuple(clean.values()), [other], paragraphs, foreseen_in(None))[1] == ()


def foreseen(library: Library) -> Iterator[str]:
    foresees = foreseen_in(library.wording("ni/2024"))
    fields = ("ziele.individuell.4.ziel", "ziele.individuell.4.schritte", "ziele.individuell.7.ziel", "ziele.integrationsquote.frauen",
              "ziele.integrationsquote.alleinerziehende", "rahmenbedingungen.regionale_lage")  # fmt: skip
    return (feld for feld in fields if foresees(feld))


def test_what_a_wording_does_not_foresee_is_not_lost(library: Library) -> None:
    assert list(foreseen(library)) == ["ziele.individuell.4.schritte", "ziele.individuell.7.ziel", "ziele.integrationsquote.frauen",
                                       "rahmenbedingungen.regionale_lage"]  # fmt: skip


def test_a_heading_of_the_chapter_below_which_no_goal_was_read_does_not_tell_where_the_goals_end(library: Library) -> None:
    """Recorded under a deep fold: "iele, ziel" was left of it, the next heading ended it, and a whole goal was lost without a word."""
    lines = [TORN if text == "§ 3 Ziele" else text for text in WHOLE if text != "§ 2 Haushaltsmittel"]
    _, lost, down = read(library, lines, *FIFTH)
    assert told(lost)["ziele.individuell"] == down[FIFTH[0]]
    assert "ziele.individuell" not in told(read(library, lines, "Alle wollen das Beste.")[1])
