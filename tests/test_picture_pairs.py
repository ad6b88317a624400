"""Each glyph of each font is confirmed once as the letter that the file calls it; what is not is in doubt wherever it stands."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from test_picture import lines, page, words_of

from agreements.reading.findings import Found, locations_of
from extract.ocr.printed import prints
from extract.pdf import read_pdf
from extract.picture.judge import Judged, judged
from extract.picture.normal_form import confirmed, is_spoken, marks

STEPS = "ziele.individuell.6.schritte"
PROSE = "Der Landkreis baut die Beratung in regionalen Netzwerken aus."


def judge(path: Path, *texts: str) -> Judged:
    """What the page says of long texts that were read from these words."""
    reading = read_pdf(path)
    return judged(path, reading, [Found(f"{STEPS}{n}", (text,), locations_of(words_of(path, text))) for n, text in enumerate(texts)])


def in_font(text: str, font: str) -> str:
    """A page's content, the part in braces set in another font."""
    before, inside, after = text.replace("}", "{").split("{")
    return f"BT /F 12 Tf 72 700 Td ({before}) Tj /{font} 12 Tf ({inside}) Tj /F 12 Tf ({after}) Tj ET\n"


def called(text: str, **otherwise: str) -> dict[str, str]:
    """What a font calls its letters, some otherwise."""
    return {letter: otherwise.get(letter, letter) for letter in sorted(set(text))}


def test_a_long_text_is_in_doubt_for_a_letter_that_its_font_calls_otherwise_and_its_neighbour_is_not(tmp_path: Path) -> None:
    second = "BT /F 12 Tf 72 680 Td (Die Quote soll um 3,9 % steigen.) Tj ET"
    path = page(tmp_path, in_font("Der Landkreis baut die Beratung in {Netzwerken} aus.", "G") + second, called("Netzwerken", w="v"))
    first, other = judge(path, "Der Landkreis baut die Beratung in Netzverken aus.", "Die Quote soll um 3,9 % steigen.").found
    assert "Netzverken" in (first.reason or "") and not other.doubtful


def test_a_second_font_that_calls_its_letters_as_they_look_stays_quiet(tmp_path: Path) -> None:
    path = page(tmp_path, in_font("Der Landkreis baut die Beratung in {Netzwerken} aus.", "G"), called("Netzwerken"))
    found, befunde = judge(path, "Der Landkreis baut die Beratung in Netzwerken aus.")
    assert not found[0].doubtful and not befunde


def test_a_word_of_no_angabe_is_told_with_its_page(tmp_path: Path) -> None:
    path = page(tmp_path, in_font("Der Landkreis baut die Beratung in {Netzwerken} aus.", "G"), called("Netzwerken", w="v"))
    found, befunde = judge(path, "Der Landkreis baut die Beratung")
    assert not found[0].doubtful
    assert [(befund.schwere, befund.location.page) for befund in befunde] == [("warnung", 1)] and "Netzverken" in befunde[0].text


def test_a_sign_that_stands_alone_is_a_bullet_whatever_its_font_calls_it(tmp_path: Path) -> None:
    content = "BT /G 12 Tf 72 700 Td (n) Tj /F 12 Tf 14 0 Td (Der Landkreis baut die Beratung aus.) Tj ET"
    path = page(tmp_path, content)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.pages[0].Resources.Font.G = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.ZapfDingbats, Encoding=pikepdf.Name.WinAnsiEncoding
        )
        pdf.save()
    found, befunde = judge(path, "Der Landkreis baut die Beratung aus.")
    assert not found[0].doubtful and not befunde


LIGATURES = "body { font-family: 'DejaVu Sans'; font-variant-ligatures: common-ligatures }"
TWO = ("Profil der Pflegefinanzierung", "Flüchtlinge finden Arbeit")


@pytest.mark.parametrize(("name", "doubted"), [("0066", True), ("0074", True), ("00660069", False)], ids=["f", "t", "fi"])
def test_a_ligature_is_confirmed_only_as_all_of_its_letters(name: str, doubted: bool, tmp_path: Path) -> None:
    path = lines(tmp_path, PROSE, *TWO, "Sehr oft fehlt die Kraft, und das Amt ruft an.", style=LIGATURES)
    named(path, b"<00660069>", f"<{name}>".encode())
    said = bytes.fromhex(name).decode("utf-16-be")
    found, _ = judge(path, *(text.replace("fi", said) for text in TWO), PROSE)
    assert [one.doubtful for one in found] == [doubted, doubted, False]


def named(path: Path, one: bytes, other: bytes) -> None:
    """Changes what the fonts of a file call a glyph."""
    with pikepdf.open(io.BytesIO(path.read_bytes())) as pdf:
        changed = 0
        for made in pdf.objects:
            if isinstance(made, pikepdf.Dictionary) and "/ToUnicode" in made:
                text = made.ToUnicode.read_bytes()
                made.ToUnicode = pdf.make_stream(text.replace(one, other))
                changed += text.count(one)
        assert changed
        pdf.save(path)


def test_letters_that_stand_once_in_a_document_are_confirmed(tmp_path: Path) -> None:
    path = lines(tmp_path, "Übung für Çelik, Ångström und Señor: 1234567890 % – § 48b, Straße, Typ Q/X, Jacht, 50 €.")
    assert judge(path, "Übung für Çelik, Ångström und Señor:").befunde == ()


def test_what_no_reader_prints_is_neither_confirmed_nor_doubted(tmp_path: Path) -> None:
    path = lines(tmp_path, "Frau Məmmədova und Herr Łukasz Horvaț beraten.")
    found, befunde = judge(path, "Frau Məmmədova und Herr Łukasz Horvaț beraten.")
    assert not found[0].doubtful and not befunde
    assert [is_spoken(letter, lambda sign: prints("line", sign)) for letter in "aÜ3§əḥ–"] == [True, True, True, True, True, False, False]


def numbers(said: str, seen: str) -> str:
    one, other = (marks(list(text), frozenset({0})) for text in (said, seen))
    return "".join(said[number] for number in sorted(confirmed(one, other)))


@pytest.mark.parametrize(
    ("said", "seen", "held"),
    [("Profl", "Profl", "Profl"), ("Profl", "Profil", "Pro"), ("Netzverk", "Netzwerk", "Netzerk"), ("Pof", "Prof", "f"), ("ab", "", "")],
)
def test_a_letter_beside_one_that_is_seen_and_not_called_is_not_confirmed(said: str, seen: str, held: str) -> None:
    assert numbers(said, seen) == held
