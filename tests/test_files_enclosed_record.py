"""The record inside a PDF: a source for those who receive it, never believed over what stands on the pages."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from round_trip import LIBRARY, emsland, said
from sampling import seeds
from varied import ZKT, varied
from verapdf import broken_rules, needs_verapdf

from agreements.filling.annex import with_annex
from agreements.library.embedded import MOST_BYTES, enclosed
from agreements.model.document import SATZ
from agreements.model.record import Akte, Quelle, Vereinbarung
from agreements.model.values import OFFEN
from agreements.reading.findings import Befund
from agreements.store.store import load_text
from extract.extraction import Extraction, extract
from render.pdf import render_pdf


def read(data: bytes, folder: Path) -> Extraction:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return extract(path, LIBRARY)


def with_inside(data: bytes, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """The PDF with other files inside."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        change(pdf)
        target = io.BytesIO()
        pdf.save(target, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return target.getvalue()


def putting(content: bytes, name: str = SATZ) -> Callable[[pikepdf.Pdf], None]:
    def put(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = pikepdf.AttachedFileSpec(
            pdf, content, filename=name, description="", mime_type="", creation_date="", mod_date=""
        )

    return put


@pytest.fixture(scope="module")
def record() -> Vereinbarung:
    return varied(5, emsland())


@pytest.fixture(scope="module")
def pdf(record: Vereinbarung) -> bytes:
    return render_pdf(LIBRARY.document(record))


def on_inside(extraction: Extraction) -> list[Befund]:
    return [befund for befund in extraction.befunde if "eingebettet" in befund.text.lower()]


def test_the_record_inside_is_the_one_that_was_printed_and_says_nothing_of_our_files(record: Vereinbarung) -> None:
    kept = record.model_copy(update={"akte": Akte(quelle=Quelle(datei="geheim.pdf", sha256="0" * 64), geprueft={"jahr": "Frau Muster"})})
    with pikepdf.open(io.BytesIO(render_pdf(LIBRARY.document(kept)))) as made:
        spec = made.attachments[SATZ]
        text = spec.get_file().read_bytes()
        assert (made.Root.AF[0].objgen, spec.obj.AFRelationship) == (spec.obj.objgen, pikepdf.Name.Source)
    assert b"geheim" not in text and b"Muster" not in text
    assert said(load_text(text, Vereinbarung, Path("a.yaml")).record) == said(record)


def test_nothing_is_said_where_pages_and_record_agree(pdf: bytes, tmp_path: Path) -> None:
    assert on_inside(read(pdf, tmp_path)) == []


def test_what_the_pages_say_is_read_and_another_record_inside_is_a_finding_with_its_place(
    record: Vereinbarung, pdf: bytes, tmp_path: Path
) -> None:
    other = record.model_copy(update={"haushalt": record.haushalt.model_copy(update={"verwaltungskosten": 7})})
    found = read(with_inside(pdf, putting(enclosed(other).encode())), tmp_path)
    (befund,) = on_inside(found)
    assert (befund.art, befund.schwere, befund.feld) == ("widerspruch", "warnung", "haushalt.verwaltungskosten")
    assert "„7“" in befund.text and befund.location.page is not None and befund.location.box is not None
    assert found.record.haushalt.verwaltungskosten == record.haushalt.verwaltungskosten


def test_the_same_record_in_another_hand_is_no_finding(record: Vereinbarung, pdf: bytes, tmp_path: Path) -> None:
    rewritten = "# von Hand\n" + enclosed(record).split("\n", 1)[1].replace("\n\n", "\n")
    assert on_inside(read(with_inside(pdf, putting(rewritten.encode())), tmp_path)) == []


@pytest.mark.law
@needs_verapdf
def test_verapdf_finds_nothing_in_the_agreements_of_all_traeger(tmp_path: Path) -> None:
    several = seeds(2, len(ZKT))  # each takes a second
    for seed in several:
        one = varied(seed, emsland())
        draft = one.model_copy(update={"haushalt": one.haushalt.model_copy(update={"gesamtbudget_mio": OFFEN})})
        (tmp_path / f"{one.traeger}.pdf").write_bytes(render_pdf(with_annex(LIBRARY.document(draft if seed % 4 == 1 else one))))
    assert len(broken := broken_rules(tmp_path.glob("*.pdf"))) == 2 * len(several)
    assert not any(broken.values()), broken


def bomb(pdf: pikepdf.Pdf) -> None:
    putting(b"")(pdf)
    stream = pdf.attachments[SATZ].get_file().obj
    stream.write(zlib.compress(b" " * (64 << 20)), filter=pikepdf.Name.FlateDecode)


def packed_twice(pdf: pikepdf.Pdf) -> None:
    putting(b"")(pdf)
    names = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
    pdf.attachments[SATZ].get_file().obj.write(zlib.compress(zlib.compress(b"jahr: 2024")), filter=names)


def torn(pdf: pikepdf.Pdf) -> None:
    putting(b"")(pdf)
    pdf.attachments[SATZ].get_file().obj.write(b"no zlib", filter=pikepdf.Name.FlateDecode)


def nonsense(pdf: pikepdf.Pdf) -> None:
    putting(b"")(pdf)
    pdf.attachments[SATZ].obj.EF = pikepdf.Dictionary(F=7)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (bomb, f"größer als {MOST_BYTES >> 10} KB"),
        (packed_twice, "auf ungewöhnliche Art gepackt"),
        (torn, "beschädigt"),
        (putting(b"a: &a [*a]\n"), "nicht lesbar"),
        (putting(b"!!python/object/apply:os.system ['true']\n"), "nicht lesbar"),
        (putting(b"\xff\xfe\x00"), "nicht lesbar"),
        (nonsense, "beschädigt"),
        (putting(b"MZ", "Rechnung.exe"), "„Rechnung.exe“"),
    ],
)
def test_whatever_lies_inside_the_pages_are_read_and_it_is_named(
    change: Callable[[pikepdf.Pdf], None], word: str, record: Vereinbarung, pdf: bytes, tmp_path: Path
) -> None:
    found = read(with_inside(pdf, change), tmp_path)
    assert [befund.art for befund in on_inside(found)] == ["anmerkung"] and word in on_inside(found)[0].text
    assert said(found.record) == said(record)
