"""Words with places → paragraphs: laws of geometry on hand-set lines, without any PDF."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hand_set_lines import LEFT, PITCH, line, page, texts, word

from agreements.reading.reading import Paragraph
from extract.layout.assembly import Found, paragraphs
from extract.layout.hyphenation import EITHER, Habits, Joined, joined
from extract.layout.lines import Node, Page, Token, into_lines

PROSE = "Heute regnet es im ganzen Land und morgen scheint wieder die Sonne über den Feldern und Wiesen der Nachbarn"


def read(*pages: Page) -> Found:
    return paragraphs(list(pages))


def block(start: float, *lines: str, left: float = LEFT, number: int = 1) -> list[list[Token]]:
    """Justified lines of one paragraph; the last is short."""
    return [line(text, start + PITCH * place, left, number, full=place + 1 < len(lines)) for place, text in enumerate(lines)]


def test_a_wider_gap_parts_paragraphs() -> None:
    found = read(page(*block(100, PROSE, "und so fort."), *block(132, PROSE, "und Ende.")))
    assert texts(found) == [f"{PROSE} und so fort.", f"{PROSE} und Ende."]


def test_a_short_line_ends_a_paragraph_where_no_gap_does() -> None:
    found = read(page(*block(100, PROSE, "und so fort."), *block(124, PROSE, "und Ende.")))
    assert texts(found) == [f"{PROSE} und so fort.", f"{PROSE} und Ende."]


def test_a_first_line_drawn_in_begins_a_paragraph_after_a_full_line() -> None:
    first = [line(PROSE[:88], 100, LEFT + 12, full=True), line(PROSE, 112, full=True)]
    second = [line(PROSE[:88], 124, LEFT + 12, full=True), line("endlich.", 136)]
    assert len(read(page(*first, *second)).paragraphs) == 2


def test_a_raised_figure_does_not_part_a_paragraph() -> None:
    lines = block(100, PROSE, PROSE, PROSE, "bis morgen.")
    lines[1].append(word("2", lines[1][3].right, 108, size=6))
    assert len(read(page(*lines)).paragraphs) == 1


def test_a_dash_at_a_line_start_in_running_text_is_no_bullet() -> None:
    found = read(page(*block(100, PROSE, "- so sagt man es im Dorf und in der Stadt und auf dem Land an jedem Tag - und", "geht.")))
    assert [one.label for one in found.paragraphs] == [""]


@pytest.mark.parametrize("bullet", ["-", "–", "•", "\uf0b7", "o"])
def test_a_hanging_bullet_begins_an_item_and_is_taken_off(bullet: str) -> None:
    words = "Ein Punkt der Liste mit recht vielen Worten, die bis an den Rand der Zeile reichen werden"
    items = [[word(bullet, LEFT, base), *line(words, base, LEFT + 18)] for base in (100, 124)]
    rest = [line("und noch darüber hinaus", base, LEFT + 18) for base in (112, 136)]
    found = read(page(items[0], rest[0], items[1], rest[1]))
    assert [(one.kind, one.label) for one in found.paragraphs] == [("punkt", bullet)] * 2
    assert all(one.text.endswith("darüber hinaus") for one in found.paragraphs)


@pytest.mark.parametrize("bullet", ["-", "–", "•", "▪"])
@pytest.mark.parametrize("drawn_in", [0.0, 9.0])
def test_a_bullet_that_touches_its_first_word_begins_an_item_and_is_taken_off(bullet: str, drawn_in: float) -> None:
    """Also where the item before it ends at the right edge, and its own lines are drawn in."""
    lines = [line(bullet + PROSE, 100, full=True), line("und so fort auf dem Land und in der Stadt, wie üblich,", 112, LEFT + drawn_in),
             line(bullet + PROSE, 124, full=True), line(f"{bullet}Arbeit", 136)]  # fmt: skip
    found = read(page(*lines)).paragraphs
    assert {(one.kind, one.label) for one in found} == {("punkt", bullet)}
    assert [one.text[:6] for one in found] == ["Heute ", "Heute ", "Arbeit"]


def test_a_hyphen_before_the_rest_of_a_word_in_running_text_is_no_bullet() -> None:
    found = read(page(*block(100, PROSE + " und", "-Nachbarinnen auch.")))
    assert texts(found) == [f"{PROSE} und -Nachbarinnen auch."]
    assert texts(read(page(*block(100, "-5 Grad sind es.")))) == ["-5 Grad sind es."]


def test_a_list_within_a_list_is_one_level_deeper() -> None:
    rows = [("Oben", 0), ("Darunter", 18), ("Auch darunter", 18), ("Wieder oben", 0)]
    placed = [(text, shift, 100.0 + 12 * place) for place, (text, shift) in enumerate(rows)]
    lines = [[word("•", LEFT + shift, base), *line(text, base, LEFT + 14 + shift)] for text, shift, base in placed]
    assert [one.level for one in read(page(*lines)).paragraphs] == [0, 1, 1, 0]


def test_a_bullet_in_a_run_of_its_own_stands_before_its_text() -> None:
    tokens = [*line("Ein Punkt", 100, LEFT + 18), word("•", LEFT, 100.4)]
    assert [(one.label, one.text) for one in read(page(tokens)).paragraphs] == [("•", "Ein Punkt")]


def test_numbered_paragraphs_keep_their_number_and_are_text() -> None:
    found = read(page(*block(100, "(1) " + PROSE[:100], "und so fort."), *block(132, "(2) " + PROSE[:100], "und Ende.")))
    assert [(one.kind, one.words[0].text) for one in found.paragraphs] == [("text", "(1)"), ("text", "(2)")]


def test_a_bold_line_is_a_heading_and_its_level_follows_its_number() -> None:
    headings = [line(text, 100 + 30 * place, bold=True) for place, text in enumerate(("I. Anfang", "§ 1 Zweck", "1. Näheres"))]
    *found, last = read(page(*headings, *block(190, PROSE, "Ende."))).paragraphs
    assert [(one.kind, one.level) for one in found] == [("ueberschrift", 1), ("ueberschrift", 2), ("ueberschrift", 3)]
    assert last.kind == "text"


def over_page(last: str, first: str, full: bool = True) -> list[Paragraph]:
    before = [*block(100, PROSE, PROSE, "bis hierher."), line(PROSE, 160, full=True), line(last, 172, full=full)]
    return list(read(page(*before), page(line(first, 100, page=2), number=2)).paragraphs)


def test_a_sentence_goes_on_over_a_page_break() -> None:
    assert [one.text for one in over_page(PROSE, "im ganzen Jahr.")][-1] == f"{PROSE} {PROSE} im ganzen Jahr."


def test_a_sentence_that_ends_on_a_full_line_leaves_the_next_page_in_doubt() -> None:
    after = over_page(PROSE + ".", "Danach kommt Neues.")[-1]
    assert (after.text, after.continues) == ("Danach kommt Neues.", True)


def test_a_short_last_line_ends_the_paragraph_with_its_page() -> None:
    after = over_page("Hier ist Schluss.", "Danach kommt Neues.", full=False)[-1]
    assert (after.text, after.continues) == ("Danach kommt Neues.", False)


def with_furniture(number: int) -> Page:
    body = block(120, PROSE, PROSE, PROSE, number=number)
    return page(line(f"Entwurf vom {number}. Mai", 50, page=number), *body, line(f"- {number} -", 800, 290, number), number=number)


def test_page_numbers_and_running_headers_are_no_text_even_amid_a_sentence() -> None:
    found = read(*(with_furniture(number) for number in (1, 2, 3)))
    assert {(one.art, one.page) for one in found.beiwerk} == {(art, number) for art in ("kopfzeile", "seitenzahl") for number in (1, 2, 3)}
    assert not any("Entwurf" in text or "- 1 -" in text for text in texts(found))


@pytest.mark.parametrize(("read_as", "certain", "number"), [
    ("I Seite 2", False, True), ("Seite 2 '", False, True), ("I Seite 2", True, False), ("I Weite 2", False, False),
])  # fmt: skip
def test_a_page_number_beside_which_dirt_was_read_as_a_sign_is_one_in_a_picture(read_as: str, certain: bool, number: bool) -> None:
    """Recorded: "I Seite 2" was a heading, and all goals behind it stood in its chapter."""
    foot = [replace(token, confidence=1.0 if certain else 0.9) for token in line(read_as, 800, 290, 2)]
    found = read(page(*block(120, PROSE, PROSE, number=1)), page(*block(120, PROSE, PROSE, number=2), foot, number=2))
    assert [one.text for one in found.beiwerk] == ([read_as] if number else [])


def test_a_number_that_stands_in_the_text_is_no_page_number() -> None:
    found = read(page(*block(100, PROSE, "so viele:"), line("7", 400), *block(420, PROSE, "Ende.")))
    assert "7" in texts(found)
    assert not found.beiwerk


def test_lines_that_repeat_at_the_top_of_two_pages_stay_text() -> None:
    pages = [page(*block(60, PROSE, PROSE, f"Ende {number}.", number=number), number=number) for number in (1, 2)]
    assert not read(*pages).beiwerk


def columns(*rows: tuple[str, str], start: float = 300) -> list[list[Token]]:
    placed = [(left, right, start + 14 * place) for place, (left, right) in enumerate(rows)]
    return [[*line(left, base), *line(right, base, 300)] for left, right, base in placed]


def spalten(found: Found) -> list[tuple[int | None, str]]:
    return [(one.column, one.text) for one in found.paragraphs if one.column]


def test_columns_side_by_side_are_read_column_by_column() -> None:
    rows = columns(("Aurich, den 1. Mai", "Emden, den 2. Mai"), ("", "(Frau B)"), ("(Herr A)", "Amt B"), ("Amt A", ""))
    left, right = ("Aurich, den 1. Mai", "(Herr A)", "Amt A"), ("Emden, den 2. Mai", "(Frau B)", "Amt B")
    assert spalten(read(page(*block(100, PROSE, "Ende."), *rows))) == [*((1, text) for text in left), *((2, text) for text in right)]


def test_blanks_for_the_pen_part_no_column() -> None:
    rows = columns(("Aurich, den", "Emden, den"), ("(A. A.)", "(B. B.)"), ("Amt A", "Amt B"))
    rows[0] += [word("2024", 180, 300), word("2024", 440, 300)]
    left, right = ("Aurich, den 2024", "(A. A.)", "Amt A"), ("Emden, den 2024", "(B. B.)", "Amt B")
    assert spalten(read(page(*rows))) == [*((1, text) for text in left), *((2, text) for text in right)]


def test_a_second_row_of_signatures_goes_on_counting_columns() -> None:
    first = columns(("Aurich, den 1. Mai", "Emden, den 2. Mai"), ("(Herr A)", "(Frau B)"))
    second = columns(("Leer, den 3. Mai", "Jever, den 4. Mai"), ("(Herr C)", "(Frau D)"), start=400)
    assert {spalte for spalte, _ in spalten(read(page(*first, *second)))} == {1, 2, 3, 4}


@pytest.mark.parametrize(("beside", "sure", "parted"), [
    (("1 Av 2", "5", "C"), 0.6, False),
    (("17 ee", "LEER", "1.0.7"), 0.6, False),
    (("Emden, den", "(Frau B)", "Amt B"), 0.95, True),
])  # fmt: skip
def test_dirt_at_the_edge_of_a_picture_is_no_column_beside_the_text(beside: tuple[str, ...], sure: float, parted: bool) -> None:
    """Recorded: all text of such pages was taken for a column of signatures, and no heading in it was one any more."""
    text = ("Das Ziel ist erreicht", "2. Verbesserung der Arbeit", "Der Bestand soll sinken")
    rows = columns(*zip(text, beside, strict=True))
    seen = [[replace(token, confidence=sure if token.left >= 300 else 0.95) for token in row] for row in rows]
    assert bool(spalten(read(page(*seen)))) is parted


def test_justified_lines_with_wide_blanks_are_no_columns() -> None:
    found = read(page(*block(100, PROSE, "sehr wenige Wörter stehen hier", "sehr wenige Wörter stehen dort", PROSE, "Ende.")))
    assert len(found.paragraphs) == 1
    assert not spalten(found)


def test_a_list_of_amounts_is_read_row_by_row() -> None:
    rows = [line(name, base) + line(amount, base, 400) for name, amount, base in (("Miete", "1.200 Euro", 100), ("Strom", "300 Euro", 114))]
    assert " ".join(texts(read(page(*rows)))) == "Miete 1.200 Euro Strom 300 Euro"


def test_contents_are_no_text() -> None:
    contents = [line("Inhaltsverzeichnis", 80), line("1. Anfang ........ 2", 100), line("2. Ende ........ 5", 114)]
    found = read(page(*contents, *block(200, PROSE, "Ende.")))
    assert [one.art for one in found.beiwerk] == ["inhaltsverzeichnis"] * 3
    assert texts(found) == [f"{PROSE} Ende."]


@pytest.mark.parametrize("gap", ["................", ". . . . . . . .", "________"])
def test_place_and_day_with_dots_to_be_filled_are_no_line_of_contents(gap: str) -> None:
    signed = f"Verden, den {gap} 2024"
    found = read(page(*block(200, PROSE, "Ende."), line(signed, 300)))
    assert texts(found) == [f"{PROSE} Ende.", signed]
    assert not found.beiwerk


def test_lines_of_overlapping_heights_are_kept_apart() -> None:
    assert [one.text for one in into_lines([*line("oben", 100), *line("unten", 108)])] == ["oben", "unten"]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Weiter\u2010", "bildung", Joined("Weiterbildung")),
        ("Weiter\u00ad", "bildung", Joined("Weiterbildung")),
        ("Weiter-", "bildung", Joined("Weiterbildung", ("Weiter-bildung",))),
        (f"Weiter{EITHER}", "bildung", Joined("Weiterbildung", ("Weiter-bildung",))),
        ("Social-Media-", "Auftritt", Joined("Social-Media-Auftritt", ("Social-MediaAuftritt",))),
        ("COVID-", "19", Joined("COVID-19", ("COVID19",))),
        ("E-", "mail", Joined("E-mail", ("Email",))),
        ("JBA-", "intern", Joined("JBA-intern", ("JBAintern",))),
        ("Schul-", "und", None),
        ("Schul-", "bzw.", None),
        ("Schul-", "–", None),
        ("Schul-", "(und", None),
        ("begleitet/", "unterstützt", Joined("begleitet/unterstützt")),
        ("2023–", "2024", Joined("2023–2024")),
        ("–", "mindestens", None),
        ("-", "auch", None),
        ("Ende", "neu", None),
    ],
)
def test_a_word_parted_at_a_line_end_becomes_one_again(first: str, second: str, whole: Joined | None) -> None:
    assert joined(first, second) == whole


def test_the_documents_own_words_decide_on_a_hyphen() -> None:
    assert joined("Vor-", "ort", Habits(frozenset({"vor-ort"}))) == Joined("Vor-ort", ("Vorort",))
    assert joined("Vor-", "ort", Habits(frozenset({"vorort"}))) == Joined("Vorort", ("Vor-ort",))


def test_a_blank_after_the_hyphen_keeps_two_words_apart() -> None:
    assert joined("Haupt-", "amtliche", blank=True) is None


def test_where_every_line_keeps_its_blank_a_word_without_one_goes_on() -> None:
    habits = Habits(automatic=True, blanks=True)
    assert joined("Schul-", "und", habits, blank=False) == Joined("Schul-und")
    assert joined("aaaa", "bbbb", habits, blank=False) == Joined("aaaabbbb")


def test_a_line_that_its_author_ended_behind_a_bracket_goes_on_with_a_word_of_its_own() -> None:
    """UAX 14, LB 30: no line ends by itself between ")" and a letter; one that has no blank there was ended by hand."""
    full = block(100, *[PROSE] * 3, f"{PROSE[:78]} (Dr. Christine Arbogast)", "Niedersächsisches Ministerium")
    for tokens in full:
        for token in tokens:
            token.blank = True
    full[3][-1].blank = False
    assert "Arbogast) Niedersächsisches" in texts(read(page(*full)))[-1]


def test_prose_is_whole_though_tables_and_signatures_are_set_closer() -> None:
    """Recorded: of a page with little prose, each line was taken for a paragraph, and an amount for another's."""
    prose = [line(text, 100 + 13.8 * nth, full=nth < 2) for nth, text in enumerate((PROSE, PROSE, "Ende."))]
    close = [
        line(text, 200 + 12 * nth)
        for nth, text in enumerate(("Ministerium für", "das Wetter und", "den Wind", "im Norden und", "im Süden"))
    ]
    assert texts(read(page(*prose, *close)))[0] == f"{PROSE} {PROSE} Ende."


def of_block(tokens: list[Token], path: int) -> list[Token]:
    node = Node((path,), "text")
    for token in tokens:
        token.node = node
    return tokens


def test_a_tagged_block_that_is_a_signature_is_parted_into_its_lines() -> None:
    """As Typst and others tag lines that somebody broke by hand; prose with a place and a day stays one paragraph."""
    signed = ("Leer, den 5. April 2024", "in Vertretung", "(Max Probe)", "Ministerium für Wetter", "und Wind")
    block_ = of_block([token for nth, text in enumerate(signed) for token in line(text, 100 + 12 * nth)], 1)
    found = read(replace(page(block_), tagged=True))
    assert texts(found) == [*signed[:3], "Ministerium für Wetter und Wind"]
    prose = of_block([*line(f"Am 5. April 2024 {PROSE[:80]}", 100, full=True), *line("(Max Probe)", 112)], 1)
    assert len(read(replace(page(prose), tagged=True)).paragraphs) == 1
