"""A word whose letters are set apart is one word; single letters that stand apart for another reason are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from test_picture import lines, page

from extract.pdf import read_pdf

APART = "i { letter-spacing: 4pt; font-style: normal }"


def text_of(path: Path) -> str:
    return " ".join(paragraph.text for paragraph in read_pdf(path).paragraphs)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Arbeit in <i>regionalen</i> Netzwerken", "Arbeit in regionalen Netzwerken"),
        ("<i>Landkreis Emsland</i>", "Landkreis Emsland"),
        ("(<i>Otto Brand</i>)", "(Otto Brand)"),
        ("um <i>13,9</i> % steigt", "um 13,9 % steigt"),
        ("in r e g i o n a l e n Netzwerken", "in regionalen Netzwerken"),
    ],
    ids=["in a line", "two", "a name", "a number", "typed with blanks"],
)
def test_letters_that_are_set_apart_are_one_word(line: str, text: str, tmp_path: Path) -> None:
    assert text_of(lines(tmp_path, line, "Der Landkreis berichtet.", style=APART)) == f"{text} Der Landkreis berichtet."


@pytest.mark.parametrize("line", ["Teile A B C und D", "Stufe 1 2 3 4", "z. B. u. a. m.", "in a b c geteilt", "§ 48 b SGB II", "x y z"])
def test_single_letters_and_figures_between_blanks_stay_apart(line: str, tmp_path: Path) -> None:
    assert text_of(lines(tmp_path, line, "Der Landkreis berichtet.")).startswith(line)


def test_letters_of_a_file_that_writes_no_blanks_stay_apart(tmp_path: Path) -> None:
    """Whoever sets words by their places alone leaves the same gap between all of them, single letters or not."""
    words = "".join(
        f"1 0 0 1 {72 + place} 700 Tm ({word}) Tj " for word, place in (("Die", 0), ("a", 20), ("b", 30.2), ("c", 40.4), ("sind", 50))
    )
    assert text_of(page(tmp_path, f"BT /F 12 Tf {words} ET")) == "Die a b c sind"


def test_figures_in_the_cells_of_a_row_stay_apart(tmp_path: Path) -> None:
    cells = "".join(f"1 0 0 1 {72 + 30 * number} 700 Tm ({number}) Tj " for number in range(1, 6))
    assert text_of(page(tmp_path, f"BT /F 12 Tf {cells} ET")) == "1 2 3 4 5"
