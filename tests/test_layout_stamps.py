"""The stamp of incoming mail on a scanned page is set apart, with all that it says; text beside it is none of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_set_lines import line, page, texts, word

from extract.layout.assembly import paragraphs
from extract.layout.lines import Page, Token
from extract.ocr.stamps import without_stamps

TEXT = line("Diese Vereinbarung gilt bis zum Ende des Jahres", 500)


def scanned(*lines: list[Token]) -> Page:
    one = page(*lines)
    return without_stamps(replace(one, tokens=[replace(token, confidence=0.97) for token in one.tokens]))


def stamp(left: float = 330, base: float = 560, head: str = "EINGEGANGEN") -> list[list[Token]]:
    said = (head, "11. JAN. 2024", "Kreisverwaltung")
    return [[word(text, left + 22 * place, base + 11 * number, size=6.5) for place, text in enumerate(row.split())]
            for number, row in enumerate(said)]  # fmt: skip


@pytest.mark.parametrize("head", ["EINGEGANGEN", "EINGEGANGE", "EINGANG", "EINCEGANGEN"])
def test_a_stamp_of_incoming_mail_is_no_text(head: str) -> None:
    found = paragraphs([scanned(TEXT, *stamp(head=head))])
    assert texts(found) == [" ".join(token.text for token in TEXT)]
    assert [(one.art, one.page, one.text) for one in found.beiwerk] == [("stempel", 1, f"{head} 11. JAN. 2024 Kreisverwaltung")]


def test_a_stamp_beside_the_last_lines_parts_none_of_them() -> None:
    signed = [line(text, 560 + 11 * number, left=70) for number, text in enumerate(("Leer, den 5. April 2024", "(Ute Probe)", "Landrat"))]
    found = paragraphs([scanned(TEXT, *signed, *stamp())])
    assert [text for text in texts(found) if "EINGE" in text or "JAN" in text] == []
    assert " ".join(texts(found)).endswith("Leer, den 5. April 2024 (Ute Probe) Landrat")


def test_a_word_in_capitals_within_a_line_is_text_and_so_is_a_day_beside_the_stamp_that_a_line_goes_on_with() -> None:
    prose = line("die Post ist mit dem Vermerk EINGEGANGEN zu versehen", 520)
    assert paragraphs([scanned(TEXT, prose)]).beiwerk == ()
    across = line("die Frist endet am 11. Januar 2024 ohne weitere Mahnung", 571, left=280)
    found = paragraphs([scanned(TEXT, across, *stamp(base=560)[:1])])
    assert "11. Januar 2024 ohne" in " ".join(texts(found))


def test_letters_of_a_file_are_never_a_stamp() -> None:
    assert paragraphs([page(TEXT, *stamp())]).beiwerk == ()
