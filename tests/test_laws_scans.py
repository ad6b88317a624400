"""Law 4 for scans: each sentence is in the record as Angabe, wording, departure or open point, and nothing is replaced in silence."""

from __future__ import annotations

import io
import random
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from emsland import REGISTER, document, emsland, wording
from invented_agreement import of_picture
from ocr_noise import ORDINARY, POOR, scanned
from paper import exchanged, of_lines, on_paper, unsaid, unsurely
from round_trip import LIBRARY
from sampling import seeds
from scan_simulator import Scan
from scan_simulator import scanned as as_scan
from varied import varied

from agreements.filling.fill import fill
from agreements.model.record import Vereinbarung
from agreements.reading.reading import Reading
from extract.extraction import READERS, extract
from render.pdf import render_pdf


@pytest.mark.law
@pytest.mark.parametrize("seed", seeds(6, 200))
def test_every_word_that_readers_of_a_scan_saw_is_in_the_record_or_told(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    paper = exchanged(fill(wording(), varied(seed, emsland()), REGISTER), draw, 5)
    paragraphs = scanned(paper, seed, replace(POOR if seed % 3 == 2 else ORDINARY, blank=0.0))
    seen = tuple(map(of_picture, unsurely(paragraphs, draw) if seed % 2 else paragraphs))
    with pikepdf.new() as made, pytest.MonkeyPatch.context() as patch:
        made.add_blank_page()
        made.save(tmp_path / "scan.pdf")
        patch.setitem(READERS, "pdf", lambda _: Reading("texterkennung", 7, seen))
        record = extract(tmp_path / "scan.pdf", LIBRARY).record
    assert unsaid(on_paper(paper), record) == []


CHANGED = {
    "zweimal": "viermal", "jedoch": "", "§ 48b": "§ 48c", "soll weiterhin": "soll nicht weiterhin", "Nr. 1 bis 3": "Nr. 1 bis 5",
}  # fmt: skip
"""What somebody changed in the fixed text before it was printed."""
PAGES = (1, 5)
"""The pages with these words."""


@pytest.fixture(scope="module")
def printed() -> bytes:
    """Pages of the agreement with some words of its fixed text exchanged, taken out, put in."""
    blocks = []
    for block in document().blocks:
        spans = block.spans
        for old, new in CHANGED.items():
            spans = tuple(replace(span, text=span.text.replace(old, new)) if span.feld is None else span for span in spans)
        blocks.append(replace(block, spans=spans))
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(render_pdf(replace(document(), blocks=tuple(blocks))))) as whole, pikepdf.new() as made:
        made.pages.extend(whole.pages[page] for page in PAGES)
        made.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def record(printed: bytes, tmp_path_factory: pytest.TempPathFactory) -> Vereinbarung:
    """What a scan of these pages says."""
    path = tmp_path_factory.mktemp("scan") / "scan.pdf"
    path.write_bytes(as_scan(printed, Scan(dpi=150), 4).pdf)
    return extract(path, LIBRARY).record


def test_every_word_of_scanned_paper_is_in_the_record_or_told(printed: bytes, record: Vereinbarung) -> None:
    lines = [line for page in pdfium.PdfDocument(printed) for line in _lines(page.get_textpage().get_text_bounded())]
    assert unsaid(of_lines(lines), record) == []


def _lines(text: str) -> list[str]:
    """The lines of a page without its number, words that a line's end parts put together."""
    *lines, _ = text.replace("\u2010\r\n", "").splitlines()
    return lines


def test_what_was_changed_in_the_fixed_text_is_an_open_point_with_its_place(record: Vereinbarung) -> None:
    departing = [each for each in record.akte.offen if each.abweichung and each.seite]
    said = {(each.abweichung.alt, each.abweichung.neu) for each in departing if each.abweichung}
    assert record.abweichungen == ()
    assert said == {("jedoch zweimal", "viermal"), ("48b", "48c"), ("soll", "nicht"), ("3", "5")}
    assert all(len(each.kasten) == 4 for each in departing)
