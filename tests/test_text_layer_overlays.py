"""What lies on the words of a PDF: said of the words whose letters it hides or crosses, and of no other."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pytest
from emsland import document as emsland_document
from pdf_samples import FONT
from round_trip import LIBRARY

from agreements.reading.doubts import sentence
from agreements.reading.findings import Location
from agreements.reading.reading import Reading
from extract.extraction import Extraction, extract
from extract.pdf import read_pdf
from render.pdf import render_pdf

NAME = pikepdf.Name
TEXT = "BT /F 12 Tf 72 700 Td (um 3,9 % steigt) Tj ET\n"
ABOVE = "BT /F 12 Tf 72 718 Td (Die Quote soll) Tj ET\n"
BELOW = "BT /F 12 Tf 72 682 Td (im Vergleich) Tj ET\n"
NUMBER = (91.0, 698.0, 108.0, 710.0)
"""Where "3,9" stands: left, bottom, right, top."""
LEFT, BOTTOM, RIGHT, TOP = NUMBER
AROUND = [LEFT, BOTTOM, RIGHT, BOTTOM, RIGHT, TOP, LEFT, TOP]
QUADS = [LEFT, TOP, RIGHT, TOP, LEFT, BOTTOM, RIGHT, BOTTOM]


def drawn(path: Path, content: str, notes: Sequence[dict[str, object]] = (), looks: Sequence[str | None] = ()) -> Reading:
    """What is read of a page with this content and these annotations; `looks` are their appearances, in points of the page.

    /F is Helvetica, /P a picture that is black in its left half and lets all through in its right, /M multiplies.
    """
    target = path / "gezeichnet.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        multiply = pikepdf.Dictionary(M=pikepdf.Dictionary(BM=NAME.Multiply))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=FONT), ExtGState=multiply, XObject=pikepdf.Dictionary(P=picture(pdf)))
        page.Contents = pdf.make_stream(content.encode("cp1252"))
        page.Annots = pikepdf.Array()
        for note, look in zip(notes, [*looks, *[None] * len(notes)], strict=False):
            made = pikepdf.Dictionary({"/Type": NAME.Annot, "/F": 4, **{f"/{key}": plain(value) for key, value in note.items()}})
            if look is not None:
                form = pdf.make_stream(look.encode("cp1252"), Type=NAME.XObject, Subtype=NAME.Form, BBox=made.Rect,
                                       Resources=pikepdf.Dictionary(Font=pikepdf.Dictionary(F=FONT), ExtGState=multiply))  # fmt: skip
                made.AP = pikepdf.Dictionary(N=form)
            page.Annots.append(pdf.make_indirect(made))
        fields = [one for one in page.Annots if one.Subtype == NAME.Widget]
        if fields:
            pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
        pdf.save(target)
    return read_pdf(target)


def plain(value: object) -> object:
    return pikepdf.Array(value) if isinstance(value, list | tuple) else value


def picture(pdf: pikepdf.Pdf) -> pikepdf.Stream:
    form = {"Type": NAME.XObject, "Subtype": NAME.Image, "Width": 2, "Height": 1, "BitsPerComponent": 8, "ColorSpace": NAME.DeviceGray}
    made = pdf.make_stream(b"\0\0", **form)
    made.SMask = pdf.make_stream(b"\xff\0", **form)
    return made


def seen(reading: Reading) -> dict[str, str | None]:
    return {word.text: sentence(word.seen) for paragraph in reading.paragraphs for word in paragraph.words if word.seen}


def note(kind: str, box: Sequence[float] = NUMBER, **more: object) -> dict[str, object]:
    return {"Subtype": pikepdf.Name(f"/{kind}"), "Rect": list(box), **more}


WHITE = f"1 g {LEFT} {BOTTOM} 17 12 re f"
BELOW_LETTERS = f"1 0 0 RG 1 w {LEFT} 698 m {RIGHT} 698 l S"
ON_THE_NUMBER = {
    "Durchstreichung": (note("StrikeOut", QuadPoints=QUADS, C=[1, 0, 0]), None),
    "Kommentar": (note("Text", Contents="stimmt nicht"), None),
    "Einfügemarke": (note("Caret", (LEFT + 3, BOTTOM, LEFT + 9, BOTTOM + 6), Contents="4,2"), None),
    "Schwärzung": (note("Redact", QuadPoints=QUADS), None),
    "Rechteck": (note("Square", IC=[1, 1, 1], C=[1, 1, 1]), WHITE),
    "Ellipse": (note("Circle", IC=[1, 1, 1], C=[1, 1, 1]), None),
    "Textfeld": (note("FreeText", DA="/F 12 Tf 0 g"), f"{WHITE} BT 0 g /F 12 Tf {LEFT} 700 Td (4,2) Tj ET"),
    "Freihandlinie": (note("Ink", InkList=pikepdf.Array([pikepdf.Array([LEFT, 701, 100, 708, RIGHT, 702])]), C=[0, 0, 1]), None),
    "Stempel": (note("Stamp"), f"1 0 0 RG 2 w {LEFT} {BOTTOM} m {RIGHT} {TOP} l S"),
    "Hervorhebung": (note("Highlight", QuadPoints=QUADS, C=[1, 1, 0]), f"1 1 0 rg {LEFT} {BOTTOM} 17 12 re f"),
    "Linie": (note("Line", L=[LEFT, 704, RIGHT, 704]), None),
    "Vieleck": (note("Polygon", Vertices=AROUND, IC=[1, 1, 1]), None),
    "Formularfeld": (note("Widget", FT=pikepdf.Name("/Tx"), T="wert"), f"{WHITE} BT 0 g /F 12 Tf {LEFT} 700 Td (4,2) Tj ET"),
}


@pytest.mark.parametrize("name", ON_THE_NUMBER)
def test_a_number_under_an_annotation_is_to_be_looked_at(name: str, tmp_path: Path) -> None:
    made, look = ON_THE_NUMBER[name]
    found = seen(drawn(tmp_path, ABOVE + TEXT + BELOW, [made], [look]))
    assert name in (found.pop("3,9") or "")
    assert not found.keys() & {"Die", "Quote", "soll", "steigt", "im", "Vergleich"}


HIDING_NOTHING = {
    "a link": (note("Link"), None),
    "a pop-up": (note("Popup", (LEFT, 650, 300, 800), Open=True), None),
    "a marker": (note("Highlight", QuadPoints=QUADS, C=[1, 1, 0]), None),
    "a dark marker": (note("Highlight", QuadPoints=QUADS), f"/M gs 1 0.3 1 rg {LEFT} {BOTTOM} 17 12 re f"),
    "an underline": (note("Underline", QuadPoints=QUADS, C=[1, 0, 0]), BELOW_LETTERS),
    "a frame": (note("Square", (LEFT - 3, BOTTOM - 3, RIGHT + 4, TOP + 3)), f"1 0 0 RG {LEFT - 2} {BOTTOM - 2} 21 15 re S"),
    "a box that is switched off": (note("Square", IC=[1, 1, 1]) | {"F": 2}, WHITE),
    "an empty form field": (note("Widget", FT=pikepdf.Name("/Tx"), T="wert"), None),
    "a stamp beside it": (note("Stamp", (72, 600, 300, 720)), "1 0 0 RG 100 620 100 40 re S"),
}


@pytest.mark.parametrize("name", HIDING_NOTHING)
def test_an_annotation_that_hides_nothing_stays_quiet(name: str, tmp_path: Path) -> None:
    made, look = HIDING_NOTHING[name]
    reading = drawn(tmp_path, ABOVE + TEXT + BELOW, [made], [look])
    assert not seen(reading) and not any("Anmerkung" in one for one in reading.notes)


def test_a_comment_is_told_with_what_it_says_on_a_word_and_beside_all_words(tmp_path: Path) -> None:
    comments = [note("Text", NUMBER, Contents="richtig\n4,2"), note("Text", (300, 300, 320, 320), Contents="Bitte prüfen")]
    reading = drawn(tmp_path, TEXT, comments)
    assert seen(reading)["3,9"] == "liegt unter einer Anmerkung (Kommentar: „richtig 4,2“)"
    assert [each.said for each in reading.comments] == [
        "Kommentar von Unbekannt, auf Seite 1 im Absatz „um 3,9 % steigt“: richtig 4,2",
        "Kommentar von Unbekannt, auf Seite 1 neben dem Text: Bitte prüfen",
    ]


def test_a_stroke_of_a_viewer_is_told_with_who_drew_it_and_a_marker_without_a_word_is_not(tmp_path: Path) -> None:
    strokes = [note("StrikeOut", QuadPoints=QUADS, C=[1, 0, 0], T="A. Beispiel"), note("Highlight", QuadPoints=QUADS, C=[1, 1, 0], T="B")]
    reading = drawn(tmp_path, TEXT, strokes)
    assert [each.said for each in reading.comments] == ["Durchstreichung von A. Beispiel, auf Seite 1 im Absatz „um 3,9 % steigt“"]


CROSSED = {
    "a line": f"{TEXT} 1 w {LEFT} 704 m {RIGHT} 704 l S",
    "a thin box": f"{TEXT} {LEFT} 703 17 1 re f",
    "a line drawn before": f"1 w {LEFT} 704 m {RIGHT} 704 l S {TEXT}",
    "a white line": f"{TEXT} 1 G 2 w {LEFT} 704 m {RIGHT} 704 l S",
    "a cross": f"{TEXT} {LEFT} 699 m {RIGHT} 709 l S {LEFT} 709 m {RIGHT} 699 l S",
    "a curve": f"{TEXT} {LEFT} 702 m 95 712 100 695 {RIGHT} 708 c S",
    "a white box on half of it": f"{TEXT} 1 g 98 690 6 25 re f",
    "a white box with another number on it": f"{TEXT} {WHITE} 0 g BT /F 12 Tf {LEFT} 700 Td (4,2) Tj ET",
    "a frame of which one side goes through it": f"{TEXT} 60 660 200 44 re S",
    "a line in a form moved there": f"{TEXT} q 1 0 0 1 0 4 cm {LEFT} 700 m {RIGHT} 700 l S Q",
}


@pytest.mark.parametrize("how", CROSSED)
def test_a_number_that_is_crossed_or_partly_hidden_on_the_page_is_to_be_looked_at(how: str, tmp_path: Path) -> None:
    found = seen(drawn(tmp_path, f"{ABOVE} q {CROSSED[how]} Q {BELOW}"))
    assert found.get("3,9")
    assert not found.keys() & {"Die", "Quote", "soll", "im", "Vergleich"}


QUIET = {
    "an underline": f"{TEXT} 0.7 w {LEFT} 698.3 m {RIGHT} 698.3 l S",
    "an underline drawn before": f"{LEFT} 698 17 0.6 re f {TEXT}",
    "the rules of a table": f"{TEXT} 70 713 200 0.5 re f 70 695.5 200 0.5 re f 70 695 0.5 18 re f 110.5 695 0.5 18 re f",
    "a frame": f"{TEXT} 65 660 200 80 re S",
    "a ground": f"0.8 g 65 695 200 19 re f 0 g {TEXT}",
    "a marker": f"1 1 0 rg {LEFT} {BOTTOM} 17 12 re f 0 g {TEXT}",
    "a marker over it": f"{TEXT} q /M gs 1 1 0 rg {LEFT} {BOTTOM} 17 12 re f Q",
    "a white box beside it": f"{TEXT} 1 g 300 660 200 80 re f",
}


@pytest.mark.parametrize("how", QUIET)
def test_rules_frames_and_grounds_stay_quiet(how: str, tmp_path: Path) -> None:
    reading = drawn(tmp_path, f"{ABOVE} q {QUIET[how]} Q {BELOW}")
    assert not seen(reading)
    assert sum(len(paragraph.words) for paragraph in reading.paragraphs) == 9


@pytest.mark.parametrize("letters", ["---", "XXX", "/////"])
def test_a_number_typed_over_is_to_be_looked_at(letters: str, tmp_path: Path) -> None:
    assert "3,9" in seen(drawn(tmp_path, f"{TEXT} BT /F 12 Tf {LEFT} 700 Td ({letters}) Tj ET"))


@pytest.mark.parametrize("again", ["91.9 700 Td (3,9)", "72 699 Td (________)"])
def test_a_number_printed_twice_or_on_a_line_for_the_pen_stays_quiet(again: str, tmp_path: Path) -> None:
    assert not seen(drawn(tmp_path, f"{TEXT} BT /F 12 Tf {again} Tj ET"))


def test_words_under_a_transparent_picture_are_read_and_those_that_it_draws_over_are_to_be_looked_at(tmp_path: Path) -> None:
    reading = drawn(tmp_path, f"{TEXT} q 60 0 0 8 80 700 cm /P Do Q")
    assert [paragraph.text for paragraph in reading.paragraphs] == ["um 3,9 % steigt"] and not reading.notes[1:]
    assert list(seen(reading)) == ["um", "3,9"]


SIGNATURE = f"0 0 0.6 RG 1 w {LEFT - 8} 690 m 88 725 96 680 100 722 c 104 690 110 725 130 700 c S"


def test_what_signs_across_a_word_and_hides_none_of_its_letters_is_told_apart_from_a_stroke_through_it(tmp_path: Path) -> None:
    reading = drawn(tmp_path, f"{TEXT} {SIGNATURE}")
    assert not seen(reading)
    assert [(ink.art, len(ink.words)) for ink in reading.unread] == [("schriftzug", 4)]


def test_what_hides_letters_or_stays_in_their_line_is_no_signature(tmp_path: Path) -> None:
    white = SIGNATURE.replace("0 0 0.6 RG 1 w", "1 G 3 w")
    zigzag = f"0 0 0.6 RG 1 w {LEFT} 701 m 95 708 l 99 701 l 103 708 l {RIGHT} 701 l S"
    for ink in (white, zigzag):
        reading = drawn(tmp_path, f"{TEXT} {ink}")
        assert "3,9" in seen(reading) and not reading.unread


def test_a_picture_over_the_whole_page_hides_the_words_that_it_covers_and_no_others(tmp_path: Path) -> None:
    """/P is black in its left half and lets all through in its right: there its box covers words that everybody sees."""
    reading = drawn(tmp_path, f"{TEXT} BT /F 12 Tf 400 700 Td (rechts davon) Tj ET q 595 0 0 842 0 0 cm /P Do Q")
    assert " ".join(paragraph.text for paragraph in reading.paragraphs) == "rechts davon"
    assert any("um 3,9 % steigt" in one for one in reading.notes)


def test_words_of_a_layer_that_is_switched_off_are_not_read_but_named(tmp_path: Path) -> None:
    target = tmp_path / "ebene.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        off, on = (pdf.make_indirect(pikepdf.Dictionary(Type=NAME.OCG, Name=name)) for name in ("aus", "an"))
        layers = pikepdf.Dictionary(ON=pikepdf.Array([on]), OFF=pikepdf.Array([off]))
        pdf.Root.OCProperties = pikepdf.Dictionary(OCGs=pikepdf.Array([off, on]), D=layers)
        fonts = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=FONT))
        box = pikepdf.Array([0, 0, 595, 842])
        forms = {f"/{name}": pdf.make_stream(f"BT /F 12 Tf 72 {height} Td ({text}) Tj ET".encode(), Type=NAME.XObject,
                                       Subtype=NAME.Form, BBox=box, Resources=fonts, OC=layer)
                 for name, height, text, layer in (("A", 660, "geheim", off), ("B", 640, "sichtbar", on))}  # fmt: skip
        page.Resources = pikepdf.Dictionary(Font=fonts.Font, XObject=pikepdf.Dictionary(forms))
        page.Contents = pdf.make_stream(f"{TEXT} /A Do /B Do".encode())
        pdf.save(target)
    reading = read_pdf(target)
    assert " ".join(paragraph.text for paragraph in reading.paragraphs) == "um 3,9 % steigt sichtbar"
    assert any("geheim" in one for one in reading.notes)


@pytest.mark.parametrize(("letter", "said"), [("019F", "Buchstaben"), ("E001", "Buchstaben"), ("0430", "Buchstaben"), ("202E", "Richtung")])
def test_a_letter_that_a_font_names_wrongly_leaves_its_word_unsure(letter: str, said: str, tmp_path: Path) -> None:
    names = f"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <78> <{letter}> endbfchar"
    target = tmp_path / "schrift.pdf"
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842)).obj
        font = pikepdf.Dictionary(dict(FONT.items()))
        font.ToUnicode = pdf.make_stream(f"/CIDInit /ProcSet findresource begin begincmap {names} endcmap end".encode())
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=FONT, G=font))
        page.Contents = pdf.make_stream(f"{ABOVE} BT /G 12 Tf 72 700 Td (Proxil) Tj ET BT /G 12 Tf 72 682 Td (x) Tj ET".encode())
        pdf.save(target)
    (unsure,) = [word for paragraph in read_pdf(target).paragraphs for word in paragraph.words if word.seen]
    assert unsure.text.startswith("Pro") and said in sentence(unsure.seen)


def _with_note(data: bytes, ort: Location, made: dict[str, object]) -> bytes:
    """The PDF with an annotation over the place of an Angabe."""
    assert ort.page and ort.box
    with pikepdf.open(io.BytesIO(data)) as pdf:
        page = pdf.pages[ort.page - 1].obj
        height = float(page.MediaBox[3])
        left, top, right, bottom = ort.box
        box = pikepdf.Array([left, height - bottom, right, height - top])
        page.Annots = pikepdf.Array([*page.get("/Annots", []), pdf.make_indirect(_annotation(made, box))])
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def _annotation(made: dict[str, object], box: pikepdf.Array) -> pikepdf.Dictionary:
    return pikepdf.Dictionary({"/Type": NAME.Annot, "/F": 4, **{f"/{key}": plain(value) for key, value in made.items()}, "/Rect": box})


@pytest.fixture(scope="module")
def printed() -> bytes:
    return render_pdf(emsland_document())


def extracted(data: bytes, folder: Path) -> Extraction:
    (folder / "vereinbarung.pdf").write_bytes(data)
    return extract(folder / "vereinbarung.pdf", LIBRARY)


MONEY = "haushalt.verwaltungskosten"


@pytest.mark.parametrize("made", [note("Square", IC=[1, 1, 1], C=[1, 1, 1]), note("Text", Contents="bitte prüfen")], ids=["box", "comment"])
def test_of_an_agreement_the_value_under_an_annotation_is_to_be_looked_at_and_no_other(
    made: dict[str, object], printed: bytes, tmp_path: Path
) -> None:
    before = {found.feld: found for found in extracted(printed, tmp_path).found}
    after = extracted(_with_note(printed, before[MONEY].locations[0], made), tmp_path)
    assert [found.feld for found in after.found if found.doubtful] == [MONEY]
    assert all(found.wert == before[found.feld].wert for found in after.found)
    assert [befund.location.text for befund in after.befunde if "Anmerkung" in befund.text] == [before[MONEY].locations[0].text]


def test_an_agreement_with_a_marker_on_a_value_reads_as_without_it(printed: bytes, tmp_path: Path) -> None:
    before = extracted(printed, tmp_path)
    money = next(found for found in before.found if found.feld == MONEY)
    after = extracted(_with_note(printed, money.locations[0], note("Highlight", C=[1, 1, 0])), tmp_path)
    assert (after.found, after.befunde) == (before.found, before.befunde)
