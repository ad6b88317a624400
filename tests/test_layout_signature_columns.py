"""The lines of signatures side by side, told by where their words stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from invented_agreement import para

from agreements.reading.reading import Paragraph, Place, Word
from extract.by_grammar.signature_block import signatures_apart
from extract.layout.signature_columns import relined

PLACES = ((700, (70, "Hannover, den"), (225, "Leer, den")), (730, (70, "Im Auftrage"), (225, "In Vertretung")))
NAMES = ((100, (0, "Erika Muster"), (155, "Max Probe")), (130, (0, "Ministerium für"), (155, "Landrat")),
         (150, (0, "Arbeit und Wetter"), (155, "Landkreis Leer")))  # fmt: skip
COLUMNS = [["Hannover, den", "Im Auftrage", "Erika Muster", "Ministerium für", "Arbeit und Wetter"],
           ["Leer, den", "In Vertretung", "Max Probe", "Landrat", "Landkreis Leer"]]  # fmt: skip


def signed(rows: Sequence[tuple[Any, ...]], left: float = 0, page: int = 2) -> list[Paragraph]:
    """Lines of signatures where they stand: the top of each, then where each part begins."""
    found = []
    for top, *parts in rows:
        words = []
        for at, text in parts:
            for word in re.finditer(r"\S+", text):
                start, end = (at + left + 5 * edge for edge in word.span())
                words.append(Word(word[0], (Place(page, start, top, end, top + 10),)))
        found.append(Paragraph(tuple(words)))
    return found


def columns(paragraphs: Sequence[Paragraph]) -> list[list[str]]:
    lines = relined(paragraphs) or []
    return [[line.text for line in lines if line.column == number] for number in sorted({line.column or 0 for line in lines})]


@pytest.mark.parametrize(("left", "page"), [(665, 2), (661, 2), (70, 3)])
def test_signatures_that_the_end_of_a_page_parts_are_whole_though_both_pages_lie_on_one_sheet(left: float, page: int) -> None:
    """Recorded of a scanned booklet: names and offices on the right page were taken for signatures of their own, six in place of three."""
    assert columns([*signed(PLACES), *signed(NAMES, left, page)]) == COLUMNS


@pytest.mark.parametrize("top", [700, 690])
def test_a_column_beside_the_others_stays_one_of_its_own(top: int) -> None:
    third = [(top + number * 15, (0, text)) for number, text in enumerate(("Hannover, den", "Ute Dritte", "Ministerium für", "Meer"))]
    rows = [*PLACES, (745, (70, "Erika Muster"), (225, "Max Probe")), (760, (70, "Ministerium"), (225, "Landkreis"))]
    assert columns([*signed(rows), *signed(third, 420)])[2:] == [["Hannover, den", "Ute Dritte", "Ministerium für", "Meer"]]


THREE = ((700, (70, "Hannover, den 1.2.2013"), (225, "Hannover, den 3.2.2013"), (380, "Leer, den 4.2.2013")),
         (730, (70, "(Anke Muster)"), (225, "(Ute Dritte)"), (380, "(Max Probe)")))  # fmt: skip
NARROW = ((760, (70, "Ministerium"), (225, "Niedersächsisches Minis-"), (380, "Landrat")),
          (775, (70, "für Arbeit"), (225, "terium für Meer"), (380, "Landkreis Leer")),
          (790, (70, "und Wetter"), (225, "und Moor")))  # fmt: skip


def joined_at(lines: Sequence[Paragraph], first: str, second: str, text: str, *others: str) -> list[Paragraph]:
    """The lines, two of their words one word that stands in both places, as where a reader takes a line's end for that of a word."""
    words = {word.text: word for line in lines for word in line.words}
    both = Word(text, (*words[first].places, *words[second].places), others, confidence=0.9)
    kept = (tuple(both if word.text == first else word for word in line.words if word.text != second) for line in lines)
    return [replace(line, words=several) for line, several in zip(lines, kept, strict=True)]


@pytest.mark.parametrize(("read", "others"), [
    ("Ministerium", ("Minis-terium",)), ("Minis-terium", ("Ministerium",)), ("Minis-terium", ()),
])  # fmt: skip
def test_a_word_that_goes_on_in_the_next_line_parts_no_columns(read: str, others: tuple[str, ...]) -> None:
    """Recorded: one such word, and of three signatures two were read across: "Niedersächsisches Minis- (Wiebke Probe)"."""
    lines = joined_at(signed((*THREE, *NARROW)), "Minis-", "terium", read, *others)
    assert columns(lines)[1] == ["Hannover, den 3.2.2013", "(Ute Dritte)", "Niedersächsisches Minis-", "terium für Meer", "und Moor"]
    text = para("Die Ziele sind erreicht, wenn das Jahr um ist und alle es sagen.")
    said = [line.text for line in signatures_apart([text, *lines])[1]]
    assert "Niedersächsisches Ministerium für Meer und Moor" in said


def test_what_a_reader_saw_otherwise_of_a_word_is_kept_of_the_part_it_was_seen_in() -> None:
    lines = joined_at(signed((*THREE, *NARROW)), "Minis-", "terium", "Minis-terium", "Ministerium", "Minis-tevium", "Miris-terium")
    parts = {word.text: word.alternatives for line in relined(lines) or [] for word in line.words}
    assert (parts["Minis-"], parts["terium"]) == (("Miris-",), ("tevium",))


def test_a_word_in_two_places_that_no_reading_parts_leaves_the_lines_as_they_were_read() -> None:
    assert relined(joined_at(signed((*THREE, *NARROW)), "Minis-", "terium", "Ministerium")) is None


def test_a_place_whose_first_letters_are_lost_begins_a_column_of_two_lines_before_which_all_is_white() -> None:
    """Recorded: "Meppen" was read as "ppen," 15 points right of the two lines below it."""
    rows = ((700, (70, "Hannover, den 1.2.2013"), (225, "Hannover, den 3.2.2013"), (395, "ppen, den 4.2.2013")),
            (730, (70, "(Anke Muster)"), (225, "(Ute Dritte)"), (380, "(Max Probe)")),
            (760, (70, "Ministerium"), (225, "Ministerium"), (380, "Landkreis Emsland")),
            (775, (70, "für Arbeit"), (225, "für Meer")))  # fmt: skip
    assert columns(signed(rows))[2] == ["ppen, den 4.2.2013", "(Max Probe)", "Landkreis Emsland"]


def test_words_below_each_other_within_lines_are_no_edge_beside_a_place() -> None:
    """Recorded: parts of words at the ends of narrow lines, "Minis-", "Ge-", were taken for a column of their own."""
    rows = ((700, (70, "Hannover, den 1.2.2013"), (225, "Hannover, den"), (305, "201den,"), (400, "den 4.2.2013")),
            (730, (70, "(Anke Muster)"), (225, "(Utta von der Te-")), (745, (225, "ten)"), (380, "(Max Probe)")),
            (760, (70, "Ministerium"), (225, "Ministerium zu Mi-"), (380, "Landrat")),
            (775, (70, "für Arbeit"), (225, "Moor, Meer und Ge-"), (380, "Landkreis Leer")))  # fmt: skip
    assert len(columns(signed(rows))) == 3


def test_a_place_of_several_words_in_a_line_set_wide_is_one() -> None:
    """Recorded: "Harz," in "Osterode   am   Harz,   den" was taken for the place of a fourth signature."""
    rows = ((700, (70, "Hannover,"), (160, "den"), (225, "Hannover,"), (310, "den"), (380, "Osterode"),
             (432, "am"), (454, "Harz,"), (495, "den")),
            (730, (70, "(Anke Muster)"), (225, "(Ute Dritte)"), (380, "(Max Probe-Mustermann)")),
            (760, (70, "Ministerium"), (225, "Ministerium"), (380, "Landrat")),
            (775, (70, "für Arbeit"), (225, "für Meer"), (380, "Landkreis Osterode")),
            (790, (70, "und Wetter"), (225, "und Moor"), (380, "am Harz")))  # fmt: skip
    assert columns(signed(rows))[2][0] == "Osterode am Harz, den"


BY_CHANCE = (
    "Hannover, den 1.2.",
    "(Jan-Hendrik Freiherr",
    "Minister für Soziales,",
    "Familie, und Gesundheit,",
    "Arbeit, Meer Integration",
)


@pytest.mark.parametrize(("gap", "parted"), [(0, False), (10, True)], ids=["blanks", "white"])
def test_words_a_blank_behind_others_are_no_edge_however_many_begin_below_each_other(gap: int, parted: bool) -> None:
    """Recorded: "Freiherr von" of a name and the ends of its office's lines made a column of their own, and the name lost them surely."""
    rows = [(700 + 15 * number, (70, text)) for number, text in enumerate(COLUMNS[0])]
    second = []
    for number, text in enumerate(BY_CHANCE):
        head, _, end = text.rpartition(" ")
        second.append((700 + 15 * number, (225, head), (225 + 65 + gap, end)))
    read = columns([*signed(rows), *signed(second)])
    assert (len(read) > 2) is parted
