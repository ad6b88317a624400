"""Words of a picture that depart from the wording are nobody's agreement: the record says them, and prints the wording's until decided."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from command import ROOT, zv
from drafts import draft_of
from emsland import document, emsland
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from invented_agreement import of_picture
from ocr_noise import POOR, Quality, scanned
from round_trip import LIBRARY, read_back

from agreements.filling.annex import with_annex
from agreements.filling.fill import marked
from agreements.language.tokens import shapes
from agreements.library.open_points import as_read
from agreements.model.document import Block, Span
from agreements.model.record import Abweichung, Vereinbarung
from agreements.reading.reading import Paragraph, Reading
from extract.extraction import READERS, Extraction, extract
from render.html import blank_with_field

CLEAN = Quality(slip=0.0, second=0.0, common=0.0, blank=0.0)


def read(paragraphs: Sequence[Paragraph], folder: Path) -> Extraction:
    """What a scan says whose readers saw these paragraphs."""
    path = folder / "scan.pdf"
    with pikepdf.new() as made:
        made.add_blank_page()
        made.save(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(READERS, "pdf", lambda _: Reading("texterkennung", 7, tuple(map(of_picture, paragraphs))))
        return extract(path, LIBRARY)


def with_word(paragraphs: Sequence[Paragraph], old: str, new: str) -> list[Paragraph]:
    """The paragraphs with one word read otherwise, and surely, by both readers."""
    found = list(paragraphs)
    at = next(at for at, each in enumerate(found) if old in each.text.split())
    words = tuple(replace(word, text=new) if word.text == old else word for word in found[at].words)
    found[at] = replace(found[at], words=words)
    return found


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Vereinbarung:
    """The agreement as a scan says it in which a word of the fixed text is another."""
    paragraphs = with_word(scanned(document(), 1, CLEAN), "zweimal", "dreimal")
    return read(paragraphs, tmp_path_factory.mktemp("scan")).record


def test_a_departure_of_a_scan_is_an_open_point_and_none_that_is_agreed(changed: Vereinbarung) -> None:
    [point] = [each for each in changed.akte.offen if each.art == "abweichung"]
    departure = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="dreimal")
    assert changed.abweichungen == ()
    assert (point.stelle, point.abweichung, point.datei) == ("III.§3.1", departure, "scan.pdf")
    assert point.seite and len(point.kasten) == 4
    assert point.grund == "„dreimal“ statt „zweimal“; aus dem Bild gelesen, vielleicht verlesen"
    assert as_read(changed).abweichungen == (departure,)


def test_the_same_departure_read_from_letters_that_a_file_states_is_agreed(tmp_path: Path) -> None:
    departure = Abweichung(stelle="III.§3.1", art="ersetzt", alt="zweimal", neu="dreimal")
    record = read_back(LIBRARY.document(emsland().model_copy(update={"abweichungen": (departure,)})), "docx", tmp_path).record
    assert (record.abweichungen, record.akte.offen) == ((departure,), ())


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_draft_prints_the_wording_there_and_lists_what_was_read(form: str, changed: Vereinbarung, tmp_path: Path) -> None:
    printed = LIBRARY.document(changed)
    assert printed.entwurf
    assert [span.text for block in printed.blocks for span in block.spans if span.zustand == "strittig"] == ["zweimal"]
    again = read_back(with_annex(printed), form, tmp_path)
    assert again.record.abweichungen == ()
    listed = [each.text for each in again.reading.beiwerk if each.art == "anlage"]
    assert "III.§3.1: gelesen „dreimal“ statt „zweimal“: offen" in listed


def test_a_draft_of_the_next_year_carries_none_of_it_and_says_so(changed: Vereinbarung, tmp_path: Path) -> None:
    made = draft_of(tmp_path, changed)
    assert made.record.abweichungen == () and not made.record.akte.strittig
    assert [line for line in made.left_out if "„dreimal“ statt „zweimal“" in line]


def test_the_final_print_is_refused_and_check_names_the_place(
    changed: Vereinbarung, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "agreements/2024").mkdir(parents=True)
    shutil.copy(ROOT / "agreements/2024/rahmen.yaml", tmp_path / "agreements/2024")
    LIBRARY.store.save(LIBRARY.own(changed), tmp_path / "agreements/2024/lk-emsland.yaml")
    checked = zv(capsys, "check", "2024/lk-emsland", "--ordner", tmp_path)
    assert checked.code == 1 and "„dreimal“ statt „zweimal“" in " ".join(checked.out.split())
    refused = zv(capsys, "render", "2024", "lk-emsland", "--endgueltig", "--format", "text", "--ordner", tmp_path)
    assert refused.code == 1 and "„dreimal“ statt „zweimal“" in refused.err
    assert zv(capsys, "render", "2024", "lk-emsland", "--format", "text", "--ordner", tmp_path).code == 0


@pytest.mark.law
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_no_undecided_departure_of_a_noisy_reading_is_printed_as_agreed_or_carried(seed: int, tmp_path: Path) -> None:
    said = read(scanned(document(), seed, POOR), tmp_path)
    assert said.record.abweichungen == ()
    wording = LIBRARY.filled(said.record.model_copy(update={"akte": said.record.akte.model_copy(update={"offen": ()})}))
    printed = LIBRARY.filled(said.record)
    assert [block.text for block in printed.blocks] == [block.text for block in wording.blocks]
    assert printed.entwurf or not said.record.akte.strittig
    assert draft_of(tmp_path, said.record).record.abweichungen == ()


@pytest.mark.law
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_every_word_of_a_noisy_reading_is_in_its_record(seed: int, tmp_path: Path) -> None:
    said = read(scanned(document(), seed), tmp_path)
    if any(befund.schwere == "fehler" for befund in said.befunde):
        return  # it says itself that it gives not every word
    words = [word for block in LIBRARY.filled(as_read(said.record)).blocks for word in shapes(block.text)]
    heard = [word for paragraph in said.reading.paragraphs for word in shapes(paragraph.text)]
    assert len(words) > 1000
    assert abs(len(words) - len(heard)) < 0.05 * len(heard)


@pytest.mark.parametrize("words", ["Ziele", "unterstützt die", "Beratung."])
def test_no_run_behind_a_marked_one_begins_with_a_blank_on_the_page(words: str) -> None:
    """Found in print: where a line ends behind marked words, the blank that began the next run was lost, and two words read as one."""
    before = document()
    departure = Abweichung(stelle="III.§1.1", art="ersetzt", alt=words, neu="anderes")
    block = next(each for each in marked(before.blocks, [departure]) if each.stelle == "III.§1.1")
    spans = blank_with_field(block.spans)
    at = next(number for number, span in enumerate(spans) if span.zustand == "strittig")
    assert words in spans[at].text and not any(span.text.startswith(" ") for span in spans[at + 1 : at + 2])
    assert block.text == next(each for each in before.blocks if each.stelle == "III.§1.1").text


BEHIND = Abweichung(stelle="II.1", art="eingefuegt", neu="mehr")
OPEN = Span("[Zielwert offen]", "ziele.integrationsquote.gesamt", "offen")


@pytest.mark.parametrize(
    ("spans", "strittig"),
    [((Span("Die Quote soll steigen."),), "steigen."), ((Span("Die Quote soll "), OPEN), "soll"), ((OPEN, Span(" ")), ""), ((OPEN,), "")],
)
def test_a_placeholder_at_the_end_of_a_block_is_not_parted(spans: tuple[Span, ...], strittig: str) -> None:
    (block,) = marked((Block("absatz", spans, stelle="II.1"),), [BEHIND])
    assert "".join(span.text for span in block.spans if span.zustand == "strittig") == strittig
    assert [span for span in block.spans if span.zustand == "offen"] == [span for span in spans if span.zustand == "offen"]
    assert block.text == "".join(span.text for span in spans)
