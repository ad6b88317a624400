"""The page's picture is the judge: an Angabe is in doubt where its place shows something else, and where it rightly differs it is not."""

from __future__ import annotations

import io
import time
from pathlib import Path
from types import SimpleNamespace

import pikepdf
import pypdfium2 as pdfium
import pytest
from emsland import document as emsland_document
from pdf_samples import FONT
from pictured_pages import TEXT, Sheet
from round_trip import LIBRARY
from weasyprint import HTML

from agreements.files.disk import sha256
from agreements.reading.findings import Found, locations_of
from agreements.reading.reading import Word
from agreements.store.outputs import is_output
from extract.extraction import extract
from extract.ocr.engines import ppocr
from extract.pdf import read_pdf
from extract.picture.judge import Judged, Role, Words, _Judge, judged
from render.pdf import render_pdf

NAME = pikepdf.Name
QUOTE, SIGNER = "ziele.integrationsquote.gesamt", "unterschriften.traeger.1.name"
LINE = "BT /F 12 Tf 72 700 Td (Die Quote soll um 3,9 % im Vergleich steigen) Tj ET\n"
NUMBER = (170.7, 700.0, 187.4)
"""Where "3,9" stands in it: left, baseline, right."""


def words_of(path: Path, text: str) -> list[Word]:
    """The words of a file that say this."""
    wanted = text.split()
    words = [word for paragraph in read_pdf(path).paragraphs for word in paragraph.words]
    start = next(at for at in range(len(words)) if [word.text for word in words[at : at + len(wanted)]] == wanted)
    return words[start : start + len(wanted)]


def judge(path: Path, text: str, feld: str = QUOTE) -> Judged:
    """What the page says of an Angabe that was read from these words."""
    return judged(path, read_pdf(path), [Found(feld, text, locations_of(words_of(path, text)))])


def reason(path: Path, text: str, feld: str = QUOTE) -> str | None:
    (found,) = judge(path, text, feld).found
    return found.reason


def page(folder: Path, content: str, called: dict[str, str] | None = None) -> Path:
    """A page with this content; /F is Helvetica, /G one that calls its letters otherwise, as `called` has it."""
    names = "".join(f"<{ord(letter):02x}> <{ord(name):04x}> " for letter, name in (called or {}).items())
    target = folder / "seite.pdf"
    with pikepdf.new() as pdf:
        made = pdf.add_blank_page(page_size=(595, 842)).obj
        other = pikepdf.Dictionary(dict(FONT.items()))
        said = f"1 begincodespacerange <00> <FF> endcodespacerange {len(called or {})} beginbfchar {names} endbfchar"
        other.ToUnicode = pdf.make_stream(f"/CIDInit /ProcSet findresource begin begincmap {said} endcmap end".encode())
        made.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=FONT, G=other if called else FONT))
        made.Contents = pdf.make_stream(content.encode("cp1252"))
        pdf.save(target)
    return target


def lines(folder: Path, *several: str, style: str = "") -> Path:
    """A page of these lines, set by WeasyPrint."""
    body = "".join(f"<p>{line}</p>" for line in several)
    target = folder / "seite.pdf"
    style = f"@page {{ size: A4 }} body {{ font: 11pt 'Liberation Sans' }} p {{ margin: 0 0 6pt }} {style}"
    HTML(string=f"<html lang=de><style>{style}</style>{body}").write_pdf(target)
    return target


SHOWN_OTHERWISE = {
    "a font that calls a 4 a 3": (LINE.replace("3,9", ") Tj /G 12 Tf (4,9) Tj /F 12 Tf ("), {"4": "3", "9": "9", ",": ","}),
    "a number that a text of its own stands for": (
        LINE.replace("3,9", ") Tj /Span <</ActualText (3,9)>> BDC (8,2) Tj EMC ("), None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", SHOWN_OTHERWISE)
def test_a_number_is_in_doubt_where_its_page_shows_another(how: str, tmp_path: Path) -> None:
    path = page(tmp_path, *SHOWN_OTHERWISE[how])
    assert "zu sehen" in (reason(path, "um 3,9 % im Vergleich") or "")


def test_a_figure_drawn_before_a_number_is_told_with_what_is_seen(tmp_path: Path) -> None:
    left, base, _ = NUMBER
    drawn = f"{LINE} 1.1 w {left - 1.6} {base} m {left - 1.6} {base + 8.6} l S {left - 1.6} {base + 8.6} m {left - 3} {base + 7} l S"
    assert reason(page(tmp_path, drawn), "um 3,9 %") == "Die Datei nennt „um 3,9“, auf der Seite ist „um13,9“ zu sehen."


def test_a_number_as_it_is_drawn_and_a_rule_under_it_stay_quiet(tmp_path: Path) -> None:
    left, base, right = NUMBER
    for content in (LINE, f"{LINE} 0.7 w {left} {base - 1.7} m {right} {base - 1.7} l S", f"0.9 g 65 695 300 19 re f 0 g {LINE}"):
        assert reason(page(tmp_path, content), "um 3,9 % im Vergleich") is None


def test_a_name_that_a_font_calls_otherwise_is_in_doubt(tmp_path: Path) -> None:
    content = "BT /F 12 Tf 72 700 Td (\\() Tj /G 12 Tf (Maria) Tj /F 12 Tf ( Brand\\)) Tj ET"
    assert reason(page(tmp_path, content, {"M": "P", "a": "a", "r": "u", "i": "l"}), "(Paula Brand)", SIGNER)
    assert reason(page(tmp_path, content, {"M": "M", "a": "a", "r": "r", "i": "i"}), "(Maria Brand)", SIGNER) is None


RIGHTLY_OTHERWISE: dict[str, tuple[str, str, str]] = {
    "letters that the reader lacks": ("(Leyla Məmmədova)", "(Leyla Məmmədova)", ""),
    "a letter with a comma below": ("(Ivan Horvaț)", "(Ivan Horvaț)", ""),
    "combining marks": ("(Kāṃ Ja\u0304naka L\u0325)", "(Kāṃ Jānaka L\u0325)", ""),
    "a raised sign of a note": (
        "Die Quote soll um 3,9&nbsp;%<sup>3</sup> steigen",
        "um 3,9 % steigen",
        "sup { font-size: 6pt; line-height: 0 }",
    ),
    "leader dots": (
        "Verwaltungskosten ............................ 13.155.724",
        "Verwaltungskosten ............................ 13.155.724",
        "",
    ),
    "a line for the pen": ("Hannover, den ______________ 2024", "Hannover, den ______________ 2024", ""),
    "soft hyphens": ("Ge\u00adsamt\u00adbe\u00adtrag 13.155.724 Euro", "Gesamtbetrag 13.155.724 Euro", ""),
    "spaced letters": ("<i>Dr. Frauke Thiemann</i>", "Dr. Frauke Thiemann", "i { letter-spacing: 1pt; font-style: normal }"),
    "small caps": ("<i>Dr. Frauke Thiemann</i>", "Dr. Frauke Thiemann", "i { font-variant: small-caps; font-style: normal }"),
    "ligatures": ("(Sofie Pfiffner)", "(Sofie Pfiffner)", "p { font-family: 'DejaVu Sans'; font-variant-ligatures: common-ligatures }"),
    "quotes": ("Die „Quote“ der ‚Frauen‘ soll um »3,9« % steigen", "Die „Quote“ der ‚Frauen‘ soll um »3,9« % steigen", ""),
    "dashes and blanks": ("Euro 13.155.724,– – im Jahr&nbsp;&thinsp;2024", "Euro 13.155.724,– – im Jahr 2024", ""),
    "a bullet": ("• um 3,9 % steigt", "um 3,9 % steigt", ""),
    "large and bold": ("<b>Zielvereinbarung 2024</b>", "Zielvereinbarung 2024", "b { font-size: 24pt }"),
    "small print": ("<i>um 3,9 % steigt</i>", "um 3,9 % steigt", "i { font-size: 6.5pt }"),
    "white on a ground": ("<b>um 3,9 % steigt</b>", "um 3,9 % steigt", "b { color: white; background: #224 }"),
}


@pytest.mark.parametrize("what", RIGHTLY_OTHERWISE)
def test_what_is_drawn_otherwise_than_it_is_called_and_says_the_same_stays_quiet(what: str, tmp_path: Path) -> None:
    line, text, style = RIGHTLY_OTHERWISE[what]
    path = lines(tmp_path, "Die Vereinbarung gilt für das Jahr 2024.", line, "Der Landkreis berichtet halbjährlich.", style=style)
    assert judge(path, text) == Judged((Found(QUOTE, text, locations_of(words_of(path, text))),))


def test_a_word_parted_at_the_end_of_a_line_stays_quiet(tmp_path: Path) -> None:
    path = lines(tmp_path, "Niedersächsisches Ministerium für Gesundheitsangelegenheiten", style="p { width: 5.2cm; hyphens: auto }")
    assert reason(path, "Niedersächsisches Ministerium für Gesundheitsangelegenheiten", "unterschriften.land.1.stelle") is None


def test_a_text_that_stands_for_letters_and_says_what_they_show_stays_quiet(tmp_path: Path) -> None:
    content = LINE.replace("3,9", ") Tj /Span <</ActualText (3,9)>> BDC (3,) Tj (9) Tj EMC (")
    assert reason(page(tmp_path, content), "um 3,9 % im Vergleich") is None


def test_letters_beside_a_picture_of_other_text_are_judged_as_on_a_page_without(tmp_path: Path) -> None:
    for shown, doubted in (("3,9", False), ("8,2", True)):
        sheet = Sheet().typed(TEXT * 3, top=380, size=9).outlined(["Hannover, den 5. Februar 2024"], top=60)
        sheet.content += f"BT /F 11 Tf 60 110 Td (Die Quote soll um ) Tj /Span <</ActualText (3,9)>> BDC ({shown}) Tj EMC ".encode()
        sheet.content += b"( % im Vergleich steigen.) Tj ET "
        path = sheet.saved(tmp_path)
        assert read_pdf(path).lesart == "gemischt"
        assert bool(reason(path, "um 3,9 % im Vergleich")) == doubted


SIGNED = "BT /F 12 Tf 72 700 Td (\\(Christian Otte\\)) Tj ET 0 0 0.6 RG 1.2 w 60 690 m 76 735 90 665 100 722 c 112 680 124 730 190 690 c S"


def test_a_name_that_is_signed_across_stays_quiet_while_all_its_letters_are_to_be_seen(tmp_path: Path) -> None:
    assert reason(page(tmp_path, SIGNED), "(Christian Otte)", SIGNER) is None


class Slipping(SimpleNamespace):
    """Recognisers that read a line as they are told to: `line` and `page`."""

    def words_seen(self, page: object, box: object, role: Role, annotations: bool = True) -> Words:
        return [[(letter, 0.0) for letter in word] for word in getattr(self, role).split()]

    def prints(self, role: Role, letter: str) -> bool:
        return True


@pytest.mark.parametrize(
    ("line", "other", "doubted"),
    [
        ("soll um 3,9 % im Vergleich", "soll um 3,9 % im Vergleich", False),
        ("soll um 8,9 % im Vergleich", "soll um 3,9 % im Vergleich", False),
        ("soll um 8,9 % im Vergleich", "soll um 8,9 % im Vergleich", True),
        ("voll um 3,9 % im Vergleich", "voll um 3,9 % im Vergleich", False),
    ],
    ids=["none", "one", "both", "both, in a word beside"],
)
def test_a_slip_of_one_reader_is_no_doubt(line: str, other: str, doubted: bool, tmp_path: Path) -> None:
    path = page(tmp_path, LINE)
    found = Found(QUOTE, "3.9", locations_of(words_of(path, "um 3,9 %")))
    with pdfium.PdfDocument(path) as document:
        (told,) = _Judge(document, read_pdf(path), Slipping(line=line, page=other)).compared([found])
    assert told.doubtful == doubted


def test_without_a_recogniser_it_is_said_that_nobody_read_the_page_and_what_stands_there_is_in_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ppocr, "PACKAGE", "zv_hat_kein_solches_paket")
    ppocr._model.cache_clear()
    found, befunde = judge(page(tmp_path, LINE), "um 3,9 %")
    assert found[0].reason == "Seitenbild nicht gegengelesen."
    assert [befund.text for befund in befunde] == [
        "Seitenbild nicht gegengelesen.",
        "Zum Lesen von Scans fehlt das Modell der zweiten Texterkennung. Bitte das Paket zv_hat_kein_solches_paket installieren.",
    ]


# ---------------------------------------------------------------- of an agreement


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render_pdf(emsland_document())


def renamed(data: bytes, one: str, other: str) -> bytes:
    """The PDF, a letter called another one by all of its fonts."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for made in pdf.objects:
            if isinstance(made, pikepdf.Dictionary) and made.get("/Type") == NAME.Font and "/ToUnicode" in made:
                text = made.ToUnicode.read_bytes()
                made.ToUnicode = pdf.make_stream(text.replace(f"<{ord(one):04x}>".encode(), f"<{ord(other):04x}>".encode()))
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def doubted(path: Path, own: bool = False) -> set[str]:
    return {found.feld for found in extract(path, LIBRARY, own).found if found.doubtful}


@pytest.mark.usefixtures("unremembered")
def test_an_agreement_from_elsewhere_is_doubted_nowhere_because_of_its_pages_and_costs_three_seconds_at_most(
    printed: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "fremd.pdf"
    path.write_bytes(printed)
    start = time.process_time()
    assert doubted(path) == set()
    assert time.process_time() - start < 3


def test_a_file_that_names_zv_as_its_maker_is_judged_all_the_same(printed: bytes, tmp_path: Path) -> None:
    path = tmp_path / "gefaelscht.pdf"
    path.write_bytes(renamed(printed, "9", "5"))
    assert QUOTE in doubted(path)


def test_what_a_manifest_knows_by_its_sum_is_our_own_and_a_copy_with_one_byte_more_is_not(printed: bytes, tmp_path: Path) -> None:
    (tmp_path / "out/2024").mkdir(parents=True)
    (tmp_path / "out/2024/manifest.json").write_text(f'{{"ausgaben": {{"x.pdf": {{"sha256": "{sha256(printed)}"}}}}}}')
    (tmp_path / "kopie.pdf").write_bytes(printed)
    (tmp_path / "anders.pdf").write_bytes(printed + b"\n")
    assert [is_output(tmp_path, tmp_path / name) for name in ("kopie.pdf", "anders.pdf", "fehlt.pdf")] == [True, False, False]
