"""What the second reader is shown of a line: what may carry a value, and no cut where a word may be torn."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scanned_lines import seen

from extract.ocr.engine import SeenLine, SeenWord
from extract.ocr.second_reading import doubted, parts


def prose(text: str) -> list[SeenWord]:
    return seen(*text.split())


def told(words: list[SeenWord], *, after: str = "") -> str:
    """A line as it is cut, what is read twice in brackets."""
    rows = [SeenLine(tuple(each), (30.0, 30.0), 40.0) for each in (seen(*after.split()), words) if each]
    cut = parts(words, doubted(rows)[-1], 40.0)
    return " ".join(f"[{text}]" if again else text for part, again in cut if (text := " ".join(word.text for word in part)))


@pytest.mark.parametrize(("text", "cut"), [
    ("Der Landkreis Emsland und das Land vereinbaren sich", "Der Landkreis Emsland und das Land vereinbaren sich"),
    ("wird das Land im Jahr 2024 den Umfang der Mittel anpassen", "wird das Land im [Jahr 2024 den] Umfang der Mittel anpassen"),
    ("(2) Grundlage für die Dialoge nach § 48a SGB II bilden", "[(2) Grundlage] für die Dialoge [nach § 48a SGB II bilden]"),
    ("vom 05.07.2023 oder dem 15. März 2019 an gilt dies auch", "[vom 05.07.2023 oder dem 15. März 2019 an] gilt dies auch"),
    ("wenn die Quote der Frauen um 5,1 % und die der", "[wenn die Quote der Frauen um 5,1 % und die der]"),
    ("für die Träger stehen rund 21,9 Mio. Euro zur Verfügung", "[für die Träger stehen rund 21,9 Mio. Euro zur Verfügung]"),
    ("(Dr. Anna Maria Luise Muster)", "[(Dr. Anna Maria Luise Muster)]"),
    ("Dr. Sule Demir", "[Dr. Sule Demir]"),
    ("Landkreis Emsland", "Landkreis Emsland"),
    ("Das Land hat bisher – im Laufe der Jahre – oft davon gehört", "Das Land hat [bisher – im] Laufe der [Jahre – oft] davon gehört"),
    ("e Schulung der Fachkräfte in der Beratung zu § 16i SGB II", "[e Schulung] der Fachkräfte in der Beratung [zu § 16i SGB II]"),
    ("Enge Abstimmung mit den emsländischen Schulen und weitere Verstetigung der JBA-Homepage als Präsenz",
     "Enge Abstimmung mit [den emsländischen Schulen] und weitere Verstetigung [der JBA-Homepage als] Präsenz"),
])  # fmt: skip
def test_of_a_line_of_prose_only_what_may_carry_a_value_is_read_twice_with_its_neighbours_and_an_amount_as_a_whole(
    text: str, cut: str
) -> None:
    assert told(prose(text)) == cut


def test_the_line_after_a_rate_is_read_twice_as_a_whole_for_it_says_whether_it_rises() -> None:
    line = "im Vergleich zum Jahr davor steigt und die Zahl der Personen"
    assert told(prose(line), after="der Männer um 2,7 %") == f"[{line}]"


def test_a_word_parted_at_its_own_hyphen_is_read_twice_on_both_lines() -> None:
    texts = ("wird durch mehr Arbeit in Social-", "“ Media bekannt und soll sich fort-", "entwickeln in der ganzen Region")
    rows = [SeenLine(tuple(prose(text)), (30.0, 30.0), 40.0) for text in texts]
    words = [each for row, doubts in zip(rows, doubted(rows), strict=True) for each in zip(row.words, doubts, strict=True)]
    assert [word.text for word, doubt in words if doubt] == ["Social-", "“", "Media"]


def test_a_word_that_the_first_reader_is_not_sure_of_is_read_twice() -> None:
    words = prose("Das Land und der Landkreis fördern gemeinsam die Beratung")
    words[3] = replace(words[3], confidence=0.89)
    assert told(words) == "Das Land [und der Landkreis] fördern gemeinsam die Beratung"


@pytest.mark.parametrize("moved", [40, -8])
def test_a_line_is_never_cut_where_white_is_wider_or_narrower_than_a_blank(moved: int) -> None:
    words = prose("Das Land und der Landkreis 2024 fördern gemeinsam die Beratung")
    shifted = [replace(word, box=(word.box[0] + moved, 0, word.box[2] + moved, 30)) for word in words[7:]]
    assert told([*words[:7], *shifted]) == "Das Land und der [Landkreis 2024 fördern gemeinsam] die Beratung"


def test_a_line_is_never_cut_beside_a_lone_mark() -> None:
    words = prose("Das Land hat -- im Jahr 2024 -- oft davon gehört")
    assert told(words) == "Das Land hat -- im [Jahr 2024 -- oft] davon gehört"


@given(st.lists(st.tuples(st.sampled_from(["Land", "2024", "–", "(2)", "der", "%"]), st.floats(0.5, 1), st.integers(-10, 50)), max_size=14))
def test_cutting_a_line_loses_no_word_and_leaves_no_doubt_unread(drawn: list[tuple[str, float, int]]) -> None:
    words, left = [], 0
    for text, sure, white in drawn:
        words.append(SeenWord(text, (left, 0, left + 20 * len(text), 30), sure))
        left += 20 * len(text) + white
    doubts = doubted([SeenLine(tuple(words), (30.0, 30.0), 40.0)])[0] if words else []
    cut = list(parts(words, doubts, 40.0))
    assert [word for part, _ in cut for word in part] == words
    assert all(again for again, doubt in zip([again for part, again in cut for _ in part], doubts, strict=True) if doubt)
