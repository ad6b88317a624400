"""Two agreements beside each other: paragraphs, words, Angaben."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Literal

import pytest
from command import ROOT
from compared_years import arts, changed, folder_of_two_years, long, spelt, two_years
from edits import EDITS, Draft
from emsland import document, emsland
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_documents import document as of_blocks
from sample_documents import item, text
from sampling import examples, seeds
from strategies import paragraphs, records

from agreements.comparing.texts import Comparison, Piece, Row, Side, compare, compare_records, pieces
from agreements.library.differences import change, differences
from agreements.library.library import open_library
from agreements.model.document import Block, Span
from agreements.model.record import Abweichung, Vereinbarung, Zielwert

LIBRARY = open_library(ROOT)
MIRROR: dict[str, Literal["neu", "entfaellt"]] = {"neu": "entfaellt", "entfaellt": "neu"}
FLIPPED: dict[str, Literal["gleich", "entfallen", "neu"]] = {"entfallen": "neu", "neu": "entfallen", "gleich": "gleich"}
SIDES: dict[Side, Side] = {"alt": "neu", "neu": "alt", "beide": "beide"}

folder = pytest.fixture(scope="module")(folder_of_two_years)


def marked(old: str, new: str) -> str:
    """Two texts as one, what is gone in [-…-] and what is new in {+…+}."""
    signs = {"gleich": "{}", "entfallen": "[-{}-]", "neu": "{{+{}+}}"}
    return "".join(signs[piece.art].format(piece.text) for piece in pieces(old, new))


# ---------------------------------------------------------------- words


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("um 3,9 % steigt", "um 4,0 % steigt", "um [-3,9-]{+4,0+} % steigt"),
        ("13.155.724 Euro", "13.155.725 Euro", "[-13.155.724-]{+13.155.725+} Euro"),
        ("nach § 48b Abs. 1 Satz 1 SGB II", "nach § 48b Abs. 2 Satz 1 SGB II", "nach § 48b [-Abs. 1-]{+Abs. 2+} Satz 1 SGB II"),
        ("nach § 16 k SGB II", "nach § 16 i SGB II", "nach [-§ 16 k-]{+§ 16 i+} SGB II"),
        ("Frauen und Männer", "Mädchen und Jungen", "[-Frauen-]{+Mädchen+} und [-Männer-]{+Jungen+}"),
        ("zweimal jährlich, gern", "jährlich, gern", "[-zweimal -]jährlich, gern"),
        ("jährlich, gern", "jährlich, sehr gern", "jährlich, {+sehr +}gern"),
        ("ein Satz.", "ein Satz. Noch einer.", "ein Satz.{+ Noch einer.+}"),
        ("z.B. Arbeit", "z. B. Arbeit", "z.{+ +}B. Arbeit"),
        ("Social-Media hilft", "Social-Work hilft", "[-Social-Media-]{+Social-Work+} hilft"),
    ],
)  # fmt: skip
def test_exactly_the_words_that_differ_are_marked(old: str, new: str, seen: str) -> None:
    assert marked(old, new) == seen


def test_stop_words_scattered_among_changed_ones_are_changed_with_them() -> None:
    old = "Das Jobcenter berät alle arbeitslosen jungen Menschen und vermittelt schnell passende Arbeit im Landkreis."
    new = "Das Jobcenter fördert gezielt alleinerziehende Mütter und begleitet deren langsame Rückkehr im Landkreis."
    seen = marked(old, new)
    assert seen.startswith("Das Jobcenter [-") and seen.endswith(" im Landkreis.")
    assert seen.count("[-") == seen.count("{+") == 1


def test_texts_that_have_hardly_a_word_in_common_are_one_instead_of_the_other() -> None:
    found = pieces("Die Lage am Arbeitsmarkt ist angespannt und unsicher.", "Kunden des Hauses werden und bleiben zufrieden")
    assert [piece.art for piece in found] == ["entfallen", "neu"]


def test_an_inserted_clause_is_marked_from_comma_to_comma() -> None:
    assert marked("für den einen, für den dritten", "für den einen, für den zweiten, für den dritten") == (
        "für den einen, {+für den zweiten, +}für den dritten"
    )


@given(paragraphs, paragraphs)
def test_the_pieces_give_both_texts_letter_by_letter_either_way_round(old: str, new: str) -> None:
    there, back = pieces(old, new), pieces(new, old)
    assert spelt(there, "neu") == old and spelt(there, "entfallen") == new
    assert sorted((piece.text, piece.art) for piece in there) == sorted((piece.text, FLIPPED[piece.art]) for piece in back)


@given(st.text(" \n\tab.1§", max_size=12), st.text(" \n\tab.1§", max_size=12))
def test_no_white_space_is_lost(old: str, new: str) -> None:
    found = pieces(old, new)
    assert (spelt(found, "neu"), spelt(found, "entfallen")) == (old, new)
    assert all(piece.text for piece in found)


# ---------------------------------------------------------------- paragraphs


def rebuilt(comparison: Comparison) -> tuple[list[Block], list[Block]]:
    """Both documents' blocks, from the rows as they are stepped through."""
    old = [row.old for row, side in comparison.steps if side != "neu" and row.old]
    new = [row.new for row, side in comparison.steps if side != "alt" and row.new]
    return old, new


def mirrored(step: tuple[Row, Side]) -> tuple[Row, Side]:
    """A row with old and new the other way round; what is gone stands before what is new here, too."""
    row, side = step
    said = [Piece(piece.text, FLIPPED[piece.art]) for piece in row.pieces]
    runs = (sorted(run, key=lambda piece: piece.art) for _, run in groupby(said, key=lambda piece: piece.art == "gleich"))
    return Row(MIRROR.get(row.art, row.art), row.new, row.old, tuple(piece for run in runs for piece in run)), SIDES[side]


@settings(max_examples=examples(30))
@given(records(), records())
def test_every_paragraph_of_two_records_stands_in_the_rows_once_and_in_order(one: Vereinbarung, other: Vereinbarung) -> None:
    old, new = LIBRARY.filled(one), LIBRARY.filled(other)
    comparison = compare(old, new)
    assert rebuilt(comparison) == (list(old.blocks), list(new.blocks))
    for row in comparison.rows:
        assert spelt(row.pieces, "neu") == (row.old.text if row.old else "")
        assert spelt(row.pieces, "entfallen") == (row.new.text if row.new else "")
    assert sorted(map(repr, map(mirrored, compare(new, old).steps))) == sorted(map(repr, comparison.steps))


def test_how_a_signature_looks_is_no_difference_of_what_is_agreed() -> None:
    record = emsland()
    signed = record.unterschriften.traeger[1].model_copy(update={"zustand": "handschriftlich"})
    signatures = record.unterschriften.model_copy(update={"traeger": {1: signed}})
    comparison = compare_records(LIBRARY, record, record.model_copy(update={"unterschriften": signatures}))
    assert not comparison.angaben
    assert set(arts(comparison)) == {"unveraendert"}


@settings(max_examples=examples(30))
@given(records())
def test_a_record_beside_itself_is_the_same_throughout(record: Vereinbarung) -> None:
    comparison = compare_records(LIBRARY, record, record)
    assert comparison.equal
    assert set(arts(comparison)) == {"unveraendert"}


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
@pytest.mark.parametrize("seed", seeds(5, 50))
def test_what_a_drafter_changes_is_shown_and_nothing_else(edit: object, seed: int) -> None:
    draft = Draft.of(document())
    assert callable(edit)
    departures = edit(draft, random.Random(seed))
    comparison = compare(document(), replace(document(), blocks=tuple(draft.blocks)))
    assert rebuilt(comparison) == (list(document().blocks), draft.blocks)
    differing = [row for row in comparison.rows if row.art != "unveraendert"]
    assert 1 <= len(differing) <= 2  # two where a paragraph was parted or joined
    for art, old, new in departures:
        said = " ".join(found for _, found in changed(comparison))
        if art == "ersetzt":
            assert old in said and new in said
        elif art == "eingefuegt" and new:
            come = " ".join(found for kind, found in changed(comparison) if kind == "neu")
            assert new in come and len(come.split()) <= len(new.split()) + 2  # "Satz 3" is one word: what parts it is marked with it


def test_a_moved_paragraph_is_moved_and_its_changed_word_marked() -> None:
    blocks = [long(name) for name in ("eins", "zwei", "drei", "vier")]
    moved = replace(blocks[0], spans=(Span(blocks[0].text + " Neuerdings."),))
    comparison = compare(of_blocks(*blocks), of_blocks(*blocks[1:], moved))
    assert sorted(arts(comparison)) == ["unveraendert"] * 3 + ["verschoben"]
    [row] = [row for row in comparison.rows if row.art == "verschoben"]
    assert (row.old, row.new) == (blocks[0], moved)
    assert [piece.text for piece in row.pieces if piece.art == "neu"] == [" Neuerdings."]
    assert [side for step, side in comparison.steps if step is row] == ["alt", "neu"]


def test_short_lines_are_never_thought_to_be_moved() -> None:
    comparison = compare(of_blocks(text("Der Landrat"), long("a"), long("b")), of_blocks(long("a"), long("b"), text("Der Landrat")))
    assert arts(comparison) == ["entfaellt", "unveraendert", "unveraendert", "neu"]


def test_a_paragraph_that_becomes_a_list_item_is_changed_though_its_words_are_not() -> None:
    comparison = compare(of_blocks(text("Beratung für junge Menschen")), of_blocks(item("Beratung für junge Menschen")))
    assert arts(comparison) == ["geaendert"]
    assert not comparison.equal


# ---------------------------------------------------------------- two years


def test_the_synopse_of_two_years_shows_exactly_the_changed_words(folder: Path) -> None:
    comparison = two_years(folder)
    assert set(arts(comparison)) == {"unveraendert", "geaendert"}
    years = {"2024": "2025", "2025": "2026"}  # what the wording writes from the year: this one and the next
    edits = []
    marks = changed(comparison)
    while marks:
        art, words = marks.pop(0)
        if art == "entfallen" and words in years and marks and marks[0] == ("neu", years[words]):
            marks.pop(0)
        else:
            edits.append((art, words))
    assert edits == [
        ("entfallen", "daraufgelegt"), ("neu", "darauf gelegt"),
        ("entfallen", "ist"), ("neu", "bleibt"),
        ("entfallen", "13.155.724"), ("neu", "13.284.000"),
        ("entfallen", "die Nachhaltigkeit"), ("entfallen", "Ziels"), ("neu", "Ziel"),
        ("entfallen", "zweimal"), ("neu", "dreimal"),
    ]  # fmt: skip
    assert [(each.feld, each.um) for each in comparison.angaben] == [
        ("jahr", ""), ("rahmenbedingungen.regionale_lage", ""), ("haushalt.verwaltungskosten", "+128.276 (+1,0 %)"), (None, ""),
    ]  # fmt: skip


def zielwert(wert: str | None, richtung: str = "steigt", einheit: str = "prozent", bezug: int | None = 2023) -> Zielwert:
    return Zielwert.model_validate(
        {"richtung": richtung, "schranke": None, "wert": wert and Decimal(wert), "einheit": einheit, "bezug": bezug}
    )


@pytest.mark.parametrize(
    ("old", "new", "um"),
    [
        (100, 90, "−10 (−10,0 %)"),
        (Decimal("21.9"), Decimal("22.0"), "+0,1 (+0,5 %)"),
        (0, 5, "+5"),
        (zielwert("3.9"), zielwert("2.5"), "−1,4 Prozentpunkte"),
        (zielwert("3.9"), zielwert("2.5", bezug=2024), ""),
        (zielwert("3.9"), zielwert("3.9", bezug=2024), ""),
        (zielwert("3.9"), zielwert("3.9", richtung="sinkt"), ""),
        (zielwert("600", einheit="personen"), zielwert("612", einheit="personen"), "+12 Personen"),
        (zielwert("3.9"), zielwert("0.5", einheit="prozentpunkte"), ""),
        ("Meppen", "Lingen", ""),
        (None, 5, ""),
    ],
)  # fmt: skip
def test_by_how_much_is_said_only_of_numbers_of_one_kind(old: object, new: object, um: str) -> None:
    assert change(old, new) == um


def test_records_that_say_the_same_do_not_differ() -> None:
    assert differences(LIBRARY.register, emsland(), emsland()) == ()


def test_a_departure_is_a_difference() -> None:
    departure = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="dreimal")
    [difference] = differences(LIBRARY.register, emsland(), emsland().model_copy(update={"abweichungen": (departure,)}))
    assert (difference.name, difference.neu) == ("Abweichung III.§3.1", ("„dreimal“ statt „zweimal“",))
