"""An accent over a letter that was read without one, or as an umlaut, is told by its shape; dots are no accents."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pytest
from lines_in_print import BASE, SIZE, drawn_line
from pictured_pages import FACE

from agreements.reading.findings import Found, Location
from agreements.reading.reading import Ink, Place
from extract.confidence.by_ink import doubted
from extract.ocr.engine import SeenWord
from extract.ocr.ink import Row, stains
from extract.ocr.marks import told_by_marks
from extract.ocr.raster import Pixels

USUAL = 0.94 * SIZE
FACES = (str(FACE), "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf", "DejaVuSans.ttf", "DejaVuSerif-Italic.ttf")


def drawn(text: str, face: str, dpi: int) -> tuple[Pixels, list[tuple[float, float, float, float]]]:
    """A line of text as a scanner sees it, and the boxes of its words."""
    paper, boxes = drawn_line(text, face)
    coarse = cv2.resize(paper, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.resize(coarse, (1200, 240), interpolation=cv2.INTER_CUBIC), np.uint8), boxes


def accented(text: str, read: str, face: str = FACES[0], dpi: int = 300) -> list[str]:
    """The words, as they were read, over which an accent stands that was read otherwise."""
    grey, boxes = drawn(text, face, dpi)
    words = read.split()
    return [words[stain.words[0][1]] for stain in stains(grey, [Row(boxes, words, BASE)], 0.94 * SIZE) if stain.art == "akzent"]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize(("text", "read", "told"), [
    ("(Anna Torvaldsdóttir)", "(Anna Torvaldsdöttir)", ["Torvaldsdöttir)"]),
    ("(Renée Jäger)", "(Renee Jäger)", ["(Renee"]),
    ("(Núñez Martín)", "(Nünez Martin)", ["(Nünez", "Martin)"]),
    ("Bürgermeister Dvořák", "Bürgermeister Dvoräk", ["Dvoräk"]),
    ("(Erdős)", "(Erdös)", ["(Erdös)"]),
])  # fmt: skip
def test_an_accent_that_was_flattened_or_taken_for_an_umlaut_is_told(
    text: str, read: str, told: Sequence[str], face: str, dpi: int
) -> None:
    """Recorded of "Torvaldsdóttir": both readers saw "ö", surely, and no more marks stood there than it has."""
    assert accented(text, read, face, dpi) == told


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize(("text", "read"), [("Torvaldsdóttir", "Torvaldsdöttir"), ("Hélène", "Hëlene"), ("Núñez", "Nüñez")])
def test_a_single_slanting_stroke_over_an_umlaut_is_told_in_coarse_print_too(text: str, read: str, face: str) -> None:
    """Recorded of "Torvaldsdóttir" at 150 dpi: its acute filled more of its box than a stroke does, and "ö" was sure."""
    assert accented(text, read, face, 150) == [read]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize("text", [
    "(Jörg Häusler-Müller)", "Göttingen, den 14. März", "Die Landrätin für Jülich", "(Renée Dvořák)", "Ölker Ärzte Übung", "Fifi Kijiji",
])  # fmt: skip
def test_umlauts_and_accents_as_they_were_read_are_no_others(text: str, face: str, dpi: int) -> None:
    assert accented(text, text, face, dpi) == []


@pytest.mark.parametrize(("feld", "wert", "told"), [
    ("unterschriften.land.1.name", "Renee", True), ("unterschriften.land.1.ort", "Orleans", True),
    ("ziele.individuell.4.titel", "Cafe", True), ("ziele.individuell.4.schritte", ("Ein Cafe",), False),
    ("unterschriften.land.1.zustand", "gedruckt", False), ("ministerien.1.name", "Ministerium für Soziales", False),
    ("unterschriften.land.1.stelle", "Niedersächsisches Ministerium", False), ("unterschriften.land.1.stelle", "Landkreis Dvorak", True),
    ("unterschriften.traeger.1.funktion", "Erster Kreisrat", False), ("unterschriften.land.1.name", "Andre", True),
])  # fmt: skip
def test_an_accent_doubts_names_places_and_titles_and_no_running_text_or_office_in_german_words(
    feld: str, wert: object, told: bool
) -> None:
    place = Place(1, 100, 90, 140, 100)
    (one,) = doubted([Found(feld, wert, (Location(1, (100, 90, 140, 100), ""),), 0.97)], [Ink("akzent", (place,), place)])
    assert ("Akzent" in (one.reason or "")) == told


def told(text: str, readings: Sequence[str], face: str, dpi: int, stroke: bool = False) -> SeenWord:
    """A word in print as its picture tells it, of two readings."""
    grey, boxes = drawn(text, face, dpi)
    if stroke:
        cv2.polylines(grey, [np.array([(50, 60), (130, 96), (220, 40), (320, 100)])], False, 60, 5, cv2.LINE_AA)
    return told_by_marks([SeenWord(readings[0], boxes[0], 0.6, tuple(readings[1:]))], grey, BASE, 0.94 * SIZE)[0]


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("dpi", [200, 300])
@pytest.mark.parametrize(("text", "other"), [
    ("(Renée", "(Renee"), ("d'Aubigné", "d’Aubigne"), ("Torvaldsdóttir)", "Torvaldsdöttir)"), ("(Käthe", "(Kathe"), ("Hélène", "Hélene"),
    ("Zoë", "Zo&"), ("Raphaël", "Rapha@l"),
])  # fmt: skip
def test_of_two_readings_that_differ_in_marks_the_one_that_the_picture_has_is_told(text: str, other: str, face: str, dpi: int) -> None:
    """Recorded of "Renée", "d'Aubigné", "Torvaldsdóttir": one reader saw the accent, the other flattened it or saw an umlaut or a sign."""
    for readings in ((text, other), (other, text)):
        word = told(text, readings, face, dpi)
        assert (word.text, word.alternatives) == (text, ())
        assert word.confidence > 0.7


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("dpi", [150, 200, 300])
@pytest.mark.parametrize(("text", "readings"), [
    ("Nguyễn", ("Nguyen", "Nguyén")), ("Nguyễn", ("Nguyên", "Nguyen")), ("Dvořák", ("Dvorák", "Dvorak")), ("Erdős", ("Erdös", "Erdos")),
    ("Ångström", ("Angstrom", "Angström")), ("Šimić", ("Simić", "Simic")), ("Renee", ("Renee", "Renée")), ("Renée", ("Rende", "Renée")),
    ("Nguyễn", ("Nguy&n", "Nguyën")), ("Zoe", ("Zo&", "Zoë")),    ("d'Aubignê", ("d'Aubigne", "d'Aubigné")),
])  # fmt: skip
def test_readings_that_the_picture_does_not_bear_out_mark_by_mark_both_stay(
    text: str, readings: Sequence[str], face: str, dpi: int
) -> None:
    assert told(text, readings, face, dpi) == told(text, readings, face, dpi, stroke=True)
    assert told(text, readings, face, dpi).alternatives == tuple(readings[1:])


@pytest.mark.parametrize("face", FACES)
def test_a_pens_stroke_across_the_letters_tells_no_accent(face: str) -> None:
    assert told("Renée", ("Renee", "Renée"), face, 300, stroke=True).alternatives == ("Renée",)


def doubted_under(stroke: Sequence[tuple[float, float]], text: str, face: str, before: Sequence[str] = ("(n", "(no")) -> list[str]:
    """The words below a line with dots over which a stroke may hide some: where it goes, in dots from the middle of the "o"."""
    (above, above_boxes), (own, boxes) = drawn_line("Ziele in Gifhorn sind hier", face), drawn_line(text, face)
    grey = np.vstack([above, own])
    middle = sum(drawn_line(f"Anna {each}", face)[1][1][2] for each in before) / 2
    points = np.array([(round(middle + x), round(len(above) + BASE + y)) for x, y in stroke], np.int32)
    cv2.polylines(grey, [points], False, 0, 4)
    lower = [(left, top + len(above), right, bottom + len(above)) for left, top, right, bottom in boxes]
    rows = [
        Row(above_boxes, ["Ziele", "in", "Gifhorn", "sind", "hier"], BASE),
        Row(lower, text.replace("ö", "o").split(), len(above) + BASE),
    ]
    return [rows[1].texts[stain.words[0][1]] for stain in stains(grey, rows, 0.94 * SIZE) if stain.art == "darueber"]


LEVEL = [(-60.0, -60.0), (-20.0, -0.66 * 0.94 * SIZE), (20.0, -0.66 * 0.94 * SIZE), (60.0, -60.0)]
STEEP = [(-4.0, -60.0), (0.0, -0.5 * 0.94 * SIZE), (4.0, -60.0)]


@pytest.mark.parametrize("face", FACES[:4])
@pytest.mark.parametrize(("stroke", "text", "told"), [
    (LEVEL, "Anna (non)", ["(non)"]),
    (STEEP, "Anna (non)", []),
    (STEEP, "Anna (nön)", ["(non)"]),
    (LEVEL, "Anna (nön)", ["(non)"]),
    (STEEP, "Anna (nonUlf)", ["(nonUlf)"]),
])  # fmt: skip
def test_a_stroke_over_a_vowel_hides_dots_only_where_two_have_room_in_it(
    stroke: Sequence[tuple[float, float]], text: str, told: Sequence[str], face: str
) -> None:
    """Recorded of "(Theda Iffland)" and "(Daniela Ölker)" under signatures; where a blank was lost, no letter stands as foretold."""
    assert doubted_under(stroke, text, face) == told


@pytest.mark.parametrize("face", FACES[:4])
def test_a_stroke_over_a_capital_hides_dots_however_little_room_they_have(face: str) -> None:
    """Recorded of "(Jan-Hendrik Öztürk)", whose dots ran into a signature: read without them by both readers, it was sure."""
    assert doubted_under(STEEP, "Anna (Onn)", face, ("(", "(O")) == ["(Onn)"]


def more_marks(word: str, before: str, shade: int, dot: bool, face: str, above: str = "Ziele in Gifhorn sind hier") -> bool:
    """Whether more marks stand over a word than were read, below a line: the top of its letter behind `before`, or a dot over that, of
    which only ink of some shade leads down."""
    (page, boxes), (grey, (box,)) = drawn_line(above, face), drawn_line(word, face)
    left, right = (drawn_line(each, face)[1][0][2] if each else box[0] for each in (before, before + word[len(before)]))
    middle = round((left + right) / 2)
    if dot:
        below = grey[round(BASE - 0.76 * USUAL) : round(BASE - 0.4 * USUAL), middle - 2 : middle + 3]
        below[:] = np.minimum(below, shade)
        cv2.circle(grey, (middle, round(BASE - 0.76 * USUAL)), 4, 0, -1)
    else:
        broken = grey[round(BASE - 0.56 * USUAL) : round(BASE - 0.49 * USUAL), round(left) : round(right)]
        broken[:] = np.maximum(broken, shade)
    rows = [Row(boxes, above.split(), BASE), Row([(box[0], box[1] + len(page), box[2], box[3] + len(page))], [word], BASE + len(page))]
    return any(stain.art == "darueber" for stain in stains(np.vstack([page, grey]), rows, USUAL))


@pytest.mark.parametrize("face", FACES[:4])
@pytest.mark.parametrize(("word", "before", "shade", "dot", "told"), [
    ("Wilms", "Wi", 160, False, False), ("Wilms", "Wi", 255, False, True),
    ("Benno", "Benn", 160, True, True), ("Benno", "Benn", 255, True, True),
])  # fmt: skip
def test_a_piece_that_fainter_ink_joins_to_a_high_letter_is_no_mark(
    word: str, before: str, shade: int, dot: bool, told: bool, face: str
) -> None:
    """Recorded of "Claaßen", "Vornhecke", "Wilms": pale or worn print breaks a letter at its thin parts, and its top was counted."""
    assert more_marks(word, before, shade, dot, face) == told


@pytest.mark.parametrize("face", FACES[:4])
def test_where_a_page_does_not_tell_how_its_marks_stand_a_piece_of_a_letter_may_be_one(face: str) -> None:
    """Recorded of a blurred page, in whose thin ink dots and letters are one: it tells nothing of what stands over others."""
    assert more_marks("Wilms", "Wi", 160, dot=False, face=face, above="An der Elbe")
