"""Lines of a scan set straight: bullets, leaders, specks, margins and bold print."""

from __future__ import annotations

import numpy as np
import pytest
from scanned_lines import blank, line, page

from extract.layout.lines import into_lines
from extract.ocr.crops import rows_of_dots
from extract.ocr.engine import SeenLine, SeenWord
from extract.ocr.missed import bullet_apart, with_bullets
from extract.ocr.typesetting import settled

# ---------------------------------------------------------------- what the first reader leaves out


def test_a_dash_before_an_indented_line_is_its_bullet_and_dirt_in_the_margin_is_none() -> None:
    grey = blank(400, 900)
    for top in (100, 150):
        grey[top + 14 : top + 19, 60:72] = 0
    rows = [SeenLine((SeenWord("Ziel", (left, top, left + 90, top + 30), 0.9),), (top + 30.0, top + 30.0), 40.0)
            for left, top in ((100, 100), (101, 150), (130, 200))]  # fmt: skip
    assert [row.words[0].text for row in with_bullets(grey, rows, 40.0)] == ["Ziel", "Ziel", "Ziel"]
    grey[214:219, 90:102] = 0
    assert [row.words[0].text for row in with_bullets(grey, rows, 40.0)] == ["Ziel", "Ziel", "-"]


@pytest.mark.parametrize(("blank_behind", "texts"), [(14, ["–", "Saisonale", "Hilfe"]), (3, ["—Saisonale", "Hilfe"])])
def test_a_dash_that_was_read_as_a_part_of_the_first_word_is_a_bullet_where_a_blank_stands_behind_it(
    blank_behind: int, texts: list[str]
) -> None:
    """Recorded: "—Saisonale Arbeitskräfte" for an entry of a list; "-beratung", after "Schuldner-", is a word with a dash."""
    grey = blank(100, 400)
    grey[34:38, 60:72] = 0
    grey[20:50, 72 + blank_behind : 200] = 0
    words = [SeenWord("—Saisonale", (60, 20, 200, 50), 0.9, ("Saisonale",)), SeenWord("Hilfe", (215, 20, 300, 50), 0.9)]
    found = bullet_apart(words, grey, 40.0)
    assert [word.text for word in found] == texts
    assert len(texts) == 2 or (found[0].box[2], found[1].box[0]) == (72, 86)


# ---------------------------------------------------------------- lines set straight


@pytest.mark.parametrize(("sicherheit", "dots"), [(0.3, True), (0.96, False)])
def test_pale_letters_with_darker_feet_are_no_dots_where_their_word_is_sure(sicherheit: float, dots: bool) -> None:
    grey = np.full((80, 1300), 250, np.uint8)
    grey[20:50, 20:1200:6] = 170
    grey[50:56, 20:1200:12] = 100
    line = SeenLine((SeenWord("Verbesserung", (20, 20, 1200, 56), sicherheit),), (56.0, 56.0), 40.0)
    assert (rows_of_dots(grey, line, 40.0) is not None) == dots


def test_lines_that_begin_at_nearly_one_place_begin_at_one() -> None:
    lefts = (70.4, 71.2, 70.9, 71.6, 70.1)
    found = settled([page(*(line("Ein Satz der Vereinbarung", left, 100 + 14 * row) for row, left in enumerate(lefts)))])[0]
    assert len({row.left for row in into_lines(found.tokens)}) == 1


def test_a_page_that_lay_elsewhere_in_the_scanner_is_moved() -> None:
    pages = [page(*(line("Ein Satz der Vereinbarung", 70 + shift, 100 + 14 * row) for row in range(6)), number=number)
             for number, shift in ((1, 0), (2, 4), (3, 0))]  # fmt: skip
    lefts = {round(row.left, 1) for one in settled(pages) for row in into_lines(one.tokens)}
    assert len(lefts) == 1


def test_thick_strokes_are_bold_and_a_short_lines_height_says_nothing() -> None:
    rows = [line("Ein Satz der Vereinbarung", 70, 100 + 14 * row) for row in range(6)]
    found = settled([page(line("Ziele", 70, 80, stroke=1.2), *rows, line("werden.", 70, 190, height=11.9))])[0]
    assert [token.text for token in found.tokens if token.bold] == ["Ziele"]
    assert len({token.size for token in found.tokens}) == 1
