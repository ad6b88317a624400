"""The outside half of `make treffer`: what a pen writes, where an Angabe stands on pages set by others, and the sums over what was read."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from outside import ENOUGH, GERMAN, Outcome, as_json, faults, goals, goals_of_bins, reliability, row, rows, said, table_of
from outside_marks import CHANGED, Desk
from outside_plan import PLAN, planned
from outside_setting import Looks, Printed, by_typst
from outside_texts import OldText, Text, of_2024
from pen import STRUCK, Hand, Pixels, drawn, marked, struck, width, written
from treffer import Kind, Value, normal

from agreements.model.document import Block, Span
from extract.confidence.calibration import share

LOOKS = Looks("Liberation Serif", 11, 2.5, 2.5, 0.65, False, False, "–", "Seite {}", "_" * 12, 2, False)
SCALE = 2.0


def sheet() -> Pixels:
    return np.full((300, 600, 3), 255, np.uint8)


def inked(page: Pixels, box: tuple[float, float, float, float]) -> float:
    left, top, right, bottom = (round(value * SCALE) for value in box)
    return float((page[top:bottom, left:right].min(axis=2) < 160).mean())


# A pen


def test_the_same_chance_writes_the_same_and_another_hand_another() -> None:
    def of(seed: int) -> Pixels:
        page, chance = sheet(), np.random.default_rng(seed)
        drawn(page, written("14. März 2017", hand := Hand.drawn(chance), 20, 60, 12, chance), hand.ink, SCALE, chance)
        return page

    assert np.array_equal(of(3), of(3)) and not np.array_equal(of(3), of(4))


@pytest.mark.parametrize("text", ["0123456789", "Jan. Feb. März April Mai Juni Juli Aug. Sept. Okt. Nov. Dez.", "12.500.000,25"])
def test_every_sign_leaves_ink_between_its_foot_and_its_top(text: str) -> None:
    page, chance = sheet(), np.random.default_rng(1)
    hand = Hand.drawn(chance)
    drawn(page, written(text, hand, 5, 100, 10, chance), hand.ink, SCALE, chance)
    assert inked(page, (5, 88, 5 + width(text, hand, 10), 103)) > 0.03
    assert inked(page, (0, 0, 300, 70)) == inked(page, (0, 120, 300, 150)) == 0.0


@pytest.mark.parametrize("how", STRUCK)
def test_a_stroke_crosses_the_number_and_nothing_above_or_below(how: str) -> None:
    page, chance = sheet(), np.random.default_rng(2)
    hand, box = Hand.drawn(chance), (100.0, 60.0, 150.0, 70.0)
    drawn(page, struck(how, box, hand, chance), hand.ink, SCALE, chance)
    across = page[120:140, 200:300].min(axis=2).min(axis=0)
    assert (across < 160).mean() > 0.8, "from its first letter to its last"
    assert inked(page, (0, 0, 300, 52)) == inked(page, (0, 78, 300, 150)) == 0.0


def test_a_highlighter_leaves_what_is_printed_dark() -> None:
    page = sheet()
    page[120:140, 220:224] = 0
    marked(page, (100, 55, 150, 75), (90, 250, 255), SCALE, np.random.default_rng(3))
    assert page[130, 222].max() == 0 and page[130, 250].min() < 160 < page[130, 250].max()


# Where it stands


def test_a_place_is_found_by_the_words_around_it_and_never_where_it_may_be_another() -> None:
    sentence = Block("text", (Span("um 3,9 % bei den Frauen und um 3,9 % bei den Männern"),))
    printed = Printed.of(by_typst([sentence, Block("unterschrift", (Span("Hannover, den"),), column=1)], LOOKS))
    assert printed.find("", "3,9") is None, "it stands twice"
    women, men = printed.find("", "3,9", "% bei den F"), printed.find("Frauen und um", "3,9")
    assert women and men and women.page == men.page and women.box[2] < men.box[0]
    assert [spot.page for spot in printed.every("3,9")] == [women.page] * 2
    assert printed.find("", "4,1") is None and printed.every("") == []


@pytest.fixture(scope="module")
def of_2024_by_typst() -> tuple[Text, bytes]:
    text = of_2024(5)
    return text, by_typst(text.blocks, LOOKS)


def test_pens_reach_every_figure_and_every_blank_day(of_2024_by_typst: tuple[Text, bytes]) -> None:
    text, pdf = of_2024_by_typst
    pages = [np.ascontiguousarray(page.render(scale=1).to_numpy()[..., :3]) for page in pdfium.PdfDocument(pdf)]
    desk = Desk(text, Printed.of(pdf), pages, 1.0, np.random.default_rng(7))
    before = [page.copy() for page in pages]
    desk.correct(20)
    desk.sign(dated=1.0)
    figures = {feld for feld in text.truth if feld.startswith(("haushalt.", "ziele.integ", "ziele.langz"))}
    assert {feld for feld, wert in desk.truth.items() if wert == CHANGED} >= {
        feld for feld in figures if "wert=None" not in repr(text.truth[feld])
    }
    assert desk.by_hand == ["unterschriften.land.1.datum", "unterschriften.traeger.1.datum"]
    assert all(desk.truth[feld].year == 2024 for feld in desk.by_hand)
    assert any((one != other).any() for one, other in zip(before, pages, strict=True))


def test_an_older_text_states_each_figure_as_its_truth_says() -> None:
    for seed in range(40):
        text = OldText(seed).text()
        said = {span.feld: span.text for block in text.blocks for span in block.spans if span.feld and span.text}
        for key in ("verwaltungskosten", "eingliederungsleistungen"):
            assert int(said[f"haushalt.{key}"].replace(".", "")) == text.truth[f"haushalt.{key}"]
        for feld in (feld for feld in said if feld.startswith("ziele.") and "individuell" not in feld):
            assert str(normal(text.truth[feld])["wert"]).replace(".", ",") in said[feld], (seed, feld)


# The sums


def value(kind: Kind, sure: float | None = 0.99, feld: str = "haushalt.verwaltungskosten") -> Value:
    return Value(feld, kind, 1, 1, sure, None, 1, None)


def outcome(kind: str, *plain: Value, changed: tuple[Value, ...] = (), dpi: int = 200) -> Outcome:
    return Outcome(f"001-{kind}", kind, 7, dpi, values={"plain": list(plain), "day": [], "changed": list(changed)})


def test_a_changed_figure_counts_neither_as_right_nor_as_a_needless_flag() -> None:
    several = [value("right")] * 3 + [value("right but flagged")]
    sums = row("x", [outcome("corrections", *several, changed=(value("flagged"), value("silent")))])
    assert (sums.unflagged, sums.needless, sums.silent) == (0.75, 25.0, 1)


def test_the_signature_block_is_left_out_of_what_is_right_unflagged() -> None:
    sums = row("x", [outcome("ordinary", value("right"), value("flagged", feld="unterschriften.land.1.name"))])
    assert sums.unflagged == 1.0


def test_groups_hold_the_kinds_they_name() -> None:
    made = [outcome("ordinary", value("right")), outcome("poor", value("flagged"), dpi=150), outcome("deep fold", value("silent"))]
    by_name = {each.name: each.documents for each in rows(made)}
    assert (by_name["200 dpi, ordinary"], by_name["150 dpi, poor"], by_name["all but copier dirt, deep fold"], by_name["all"]) == (
        1,
        1,
        2,
        3,
    )


def test_bins_say_what_was_said_and_what_was_right() -> None:
    made = [outcome("ordinary", *[value("right", 0.97)] * 3, value("silent", 0.95), value("flagged", 0.4), value("right", None))]
    bins = reliability(said(made))
    assert (sum(each.values for each in bins), round(sum(each.values * each.right for each in bins))) == (5, 3), "one says nothing"
    assert all(each.least <= each.said <= each.most for each in bins)


def test_a_bin_is_held_against_what_it_says_only_where_it_holds_enough() -> None:
    surely = share("zahl", False, 1.0)
    for count, reached in ((ENOUGH - 1, None), (ENOUGH, False)):
        only_wrong = [("zahl", False, 1.0, False)] * count
        (goal,) = goals_of_bins(reliability(only_wrong))
        assert (goal.reached, goal.figure) == (reached, f"{100 * surely:.1f} said, 0.0 right")


def test_the_handbooks_table_counts_every_sort_in_german() -> None:
    made = [outcome("ordinary", value("right"), value("right but flagged"), changed=(value("flagged"), value("silent")))]
    head, _, ordinary, every = table_of(json.loads(as_json(made)))
    assert head.startswith("| Scan | Dokumente | Angaben | richtig | zu prüfen")
    assert ordinary == "| gewöhnlicher Scan, 200 dpi | 1 | 4 | 25,0 % | 50,0 % | 1 |" and every.startswith("| alle | 1 | 4 |")


def test_every_kind_that_is_made_has_a_name_in_the_handbook() -> None:
    assert {plan.kind for plan in planned(len(PLAN), 1)} < set(GERMAN)


def test_each_seed_and_each_release_makes_documents_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    first = {plan.seed for plan in planned(240, 1)}
    assert len(first) == 240 and not first & {plan.seed for plan in planned(240, 2)}
    monkeypatch.setattr("outside_plan.__version__", "9.9")
    assert not first & {plan.seed for plan in planned(240, 1)}


def test_what_is_silent_is_named_with_what_the_pen_did(tmp_path: Path) -> None:
    wrong = outcome("corrections", changed=(value("silent"),))
    wrong.marks["haushalt.verwaltungskosten"] = "zigzag, above"
    assert list(faults(wrong)) == ["changed: haushalt.verwaltungskosten (zigzag, above): want 1, got 1"]
    assert json.loads(as_json([wrong]))["documents"][0]["values"]["changed"][0]["kind"] == "silent"
    assert {goal.name: goal.reached for goal in goals([wrong])}["silently wrong"] is False
