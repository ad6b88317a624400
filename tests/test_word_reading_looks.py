"""What a person sees of letters in a Word file, wherever their look is stated: style, chain of styles, table, numbering, the whole file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from word_files import p, r
from word_reading import Read, reads_in, seen, texts

from agreements.errors import UnreadableError

W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
WHITE, STRUCK, HIDDEN = '<w:color w:val="FFFFFF"/>', "<w:strike/>", "<w:vanish/>"
SEEN = '<w:strike w:val="0"/><w:vanish w:val="0"/><w:color w:val="000000"/><w:sz w:val="22"/>'
WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
DARK = '<w:shd w:val="clear" w:color="auto" w:fill="1F3864"/>'


@pytest.fixture
def read(tmp_path: Path) -> Read:
    return reads_in(tmp_path)


def style(name: str, run: str, kind: str = "paragraph", more: str = "") -> str:
    return f'<w:style w:type="{kind}" w:styleId="{name}"><w:name w:val="{name}"/>{more}<w:rPr>{run}</w:rPr></w:style>'


def based(on: str) -> str:
    return f'<w:basedOn w:val="{on}"/>'


def table(*rows: str, properties: str = '<w:tblStyle w:val="t"/>') -> str:
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(content)}</w:tc>"


# ---------------------------------------------------------------- where it is stated


PLACES: dict[str, Callable[[str], dict[str, str]]] = {
    "run": lambda look: {"body": p(r("gilt ") + r("nicht", look))},
    "run style": lambda look: {"body": p(r("gilt ") + r("nicht", '<w:rStyle w:val="s"/>')), "styles": style("s", look, "character")},
    "chain": lambda look: {
        "body": p(r("gilt")) + p(r("nicht"), '<w:pStyle w:val="c"/>'),
        "styles": style("a", look) + style("b", "", more=based("a")) + style("c", "<w:b/>", more=based("b")),
    },
    "table style": lambda look: {"body": p(r("gilt")) + table(cell(r("nicht"))), "styles": style("t", look, "table")},
    "whole file": lambda look: {
        "body": p(r("gilt", SEEN)) + p(r("nicht")),
        "styles": f"<w:docDefaults><w:rPrDefault><w:rPr>{look}</w:rPr></w:rPrDefault></w:docDefaults>",
    },
    "content control": lambda look: {
        "body": p(r("gilt ") + f'<w:sdt><w:sdtPr><w:tag w:val="x"/></w:sdtPr><w:sdtContent>{r("nicht", look)}</w:sdtContent></w:sdt>')
    },
    "field": lambda look: {"body": p(r("gilt ") + f'<w:fldSimple w:instr="REF x">{r("nicht", look)}</w:fldSimple>')},
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_what_is_not_to_be_seen_is_told_and_not_read_wherever_that_is_stated(read: Read, place: str) -> None:
    for look, words in ((WHITE, "weiß auf weiß"), (HIDDEN, "Verborgener Text"), ('<w:sz w:val="2"/>', "zu klein")):
        parts = PLACES[place](look)
        reading = read(parts.pop("body"), **parts)
        assert " ".join(texts(reading)) == "gilt"
        assert [words in note and "nicht" in note for note in reading.notes] == [True]


@pytest.mark.parametrize("place", PLACES)
def test_struck_text_is_told_and_doubted_wherever_that_is_stated(read: Read, place: str) -> None:
    parts = PLACES[place](STRUCK)
    assert seen(read(parts.pop("body"), **parts)) == {"gilt": None, "nicht": "ist durchgestrichen"}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("look", [
    "<w:caps/>", "<w:smallCaps/>", "<w:noProof/>", '<w:spacing w:val="-10"/>', '<w:fitText w:val="900"/>', "<w:webHidden/>",
    '<w:rPrChange w:id="1" w:author="A"><w:rPr><w:strike/><w:vanish/></w:rPr></w:rPrChange>', '<w:color w:val="C00000"/>',
])  # fmt: skip
def test_what_changes_no_letter_is_harmless_wherever_it_is_stated(read: Read, place: str, look: str) -> None:
    parts = PLACES[place](look)
    reading = read(parts.pop("body"), **parts)
    assert (seen(reading), reading.notes) == ({"gilt": None, "nicht": None}, ())


# ---------------------------------------------------------------- how levels go together


def test_hidden_by_two_styles_is_shown_by_word_alone(read: Read) -> None:
    styles = style("a", HIDDEN) + style("b", HIDDEN, "character")
    body = p(r("weg ") + r("da", '<w:rStyle w:val="b"/>') + r(" hier", '<w:vanish w:val="0"/>'), '<w:pStyle w:val="a"/>')
    assert seen(read(body, styles=styles)) == {"da": "zeigt Word, andere Programme verbergen es", "hier": None}


def test_a_tables_style_speaks_for_each_part_of_the_table(read: Read) -> None:
    head = f'<w:tblStylePr w:type="firstRow"><w:rPr>{WHITE}</w:rPr><w:tcPr>{DARK}</w:tcPr></w:tblStylePr>'
    last = f'<w:tblStylePr w:type="lastRow"><w:rPr>{HIDDEN}</w:rPr></w:tblStylePr>'
    side = f'<w:tblStylePr w:type="firstCol"><w:rPr>{STRUCK}</w:rPr></w:tblStylePr>'
    look = '<w:tblStyle w:val="t"/><w:tblLook w:firstRow="1" w:lastRow="1" w:firstColumn="1"/>'
    body = table(cell(r("a")) + cell(r("b")), cell(r("c")) + cell(r("d")), cell(r("e")) + cell(r("f")), properties=look)
    reading = read(body, styles=style("t", "", "table", head + last + side))
    assert seen(reading) == {"a": "ist durchgestrichen", "b": None, "c": "ist durchgestrichen", "d": None}
    assert len(reading.notes) == 2
    plain = read(body.replace(look, '<w:tblStyle w:val="t"/><w:tblLook w:val="0600"/>'), styles=style("t", "", "table", head + last + side))
    assert set(seen(plain).values()) == {None}


def test_bands_of_a_tables_style_shade_their_rows(read: Read) -> None:
    band = f'<w:tblStylePr w:type="band2Horz"><w:tcPr>{DARK}</w:tcPr></w:tblStylePr>'
    rows = [cell(r(text, WHITE)) for text in ("eins", "zwei", "drei")]
    look = '<w:tblStyle w:val="t"/><w:tblLook w:val="0400"/>'
    assert texts(read(table(*rows, properties=look), styles=style("t", "", "table", band))) == ["zwei"]


def test_shading_of_a_cell_comes_before_that_of_its_tables_style(read: Read) -> None:
    body = table(cell(r("weg", WHITE), '<w:shd w:val="clear" w:fill="auto"/>') + cell(r("da", WHITE)))
    assert texts(read(body, styles=style("t", "", "table", f"<w:tcPr>{DARK}</w:tcPr>"))) == ["da"]


@pytest.mark.parametrize(("fonts", "doubted"), [
    ('w:ascii="Wingdings"', True), ('w:hAnsi="Wingdings"', False), ('w:ascii="Wingdings" w:asciiTheme="minorHAnsi"', False),
    ('w:asciiTheme="majorHAnsi"', True),
])  # fmt: skip
def test_of_the_fonts_of_a_run_that_of_its_letters_counts(read: Read, fonts: str, doubted: bool) -> None:
    scheme = "".join(
        f'<a:{kind}Font><a:latin typeface="{face}"/></a:{kind}Font>' for kind, face in (("major", "Webdings"), ("minor", "Arial"))
    )
    theme = f"<a:themeElements {A}><a:fontScheme>{scheme}</a:fontScheme></a:themeElements>"
    (said,) = seen(read(p(r("21,9", f"<w:rFonts {fonts}/>")), theme=theme)).values()
    assert (said is not None) == doubted


def test_a_run_that_names_another_font_for_some_letters_keeps_that_of_the_rest(read: Read) -> None:
    styles = style("a", WINGDINGS)
    body = p(r("21", '<w:rFonts w:hint="eastAsia" w:cs="Arial"/>') + r(" da", '<w:rFonts w:ascii="Arial"/>'), '<w:pStyle w:val="a"/>')
    assert [said is not None for said in seen(read(body, styles=styles)).values()] == [True, False]


def test_colours_of_the_theme_are_those_that_the_settings_name(read: Read) -> None:
    body = p(r("weg", '<w:color w:val="000000" w:themeColor="text1"/>') + r(" da", '<w:color w:val="FFFFFF" w:themeColor="background1"/>'))
    assert texts(read(body)) == ["weg"]
    assert texts(read(body, settings='<w:clrSchemeMapping w:bg1="dark1" w:t1="light1"/>')) == ["da"]


@pytest.mark.parametrize(("fill", "said"), [
    ('<w14:solidFill><w14:srgbClr w14:val="000000"/></w14:solidFill>', None),
    ('<w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill>', "ist kaum zu sehen"),
    ('<w14:solidFill><w14:schemeClr w14:val="bg1"><w14:lumMod w14:val="50000"/></w14:schemeClr></w14:solidFill>', None),
])  # fmt: skip
def test_the_fill_of_letters_is_their_colour(read: Read, fill: str, said: str | None) -> None:
    assert seen(read(p(r("21,9", f"<w14:textFill {W14}>{fill}</w14:textFill>")))) == {"21,9": said}


@pytest.mark.parametrize("part", ["-99999999", "999999999", "x"])
def test_parts_of_a_colour_that_no_colour_has_stop_nothing(read: Read, part: str) -> None:
    varied = f'<w14:schemeClr w14:val="tx1"><w14:lumOff w14:val="{part}"/><w14:shade w14:val="{part}"/></w14:schemeClr>'
    look = f'<w14:textFill {W14}><w14:solidFill>{varied}</w14:solidFill></w14:textFill><w:shd w:val="pct{part.strip("-") * 999}"/>'
    read(p(r("21,9", look)))


@pytest.mark.parametrize("look", ["<w:emboss/>", "<w:imprint/>", "<w:shadow/>"])
def test_white_letters_with_a_shadow_are_seen(read: Read, look: str) -> None:
    assert seen(read(p(r("21,9", WHITE + look)))) == {"21,9": None}


# ---------------------------------------------------------------- room


def test_lines_and_letters_that_lie_one_over_the_other_say_so(read: Read) -> None:
    flat = p(r("eins"), '<w:spacing w:line="20" w:lineRule="exact"/>')
    tight = p(r("zwei", '<w:spacing w:val="-200"/>'))
    loose = p(r("drei", '<w:spacing w:val="-10"/>'), '<w:spacing w:line="260" w:lineRule="exact"/>')
    small = p(r("vier"), '<w:spacing w:line="20" w:lineRule="atLeast"/>')
    found = seen(read(flat + tight + loose + small))
    assert [said is not None and "übereinander" in said for said in found.values()] == [True, True, False, False]


def test_a_row_without_height_shows_nothing(read: Read) -> None:
    rows = (f"<w:trPr><w:trHeight w:val='{high}' w:hRule='{rule}'/></w:trPr>{cell(r(text))}"
            for high, rule, text in ((20, "exact", "weg"), (20, "atLeast", "da"), (400, "exact", "hier")))  # fmt: skip
    reading = read(table(*rows, properties=""))
    assert texts(reading) == ["da", "hier"]
    assert "in einer Zeile ohne Höhe" in reading.notes[0]


def test_a_cell_that_goes_on_the_one_above_shows_nothing_of_its_own(read: Read) -> None:
    body = table(cell(r("oben"), '<w:vMerge w:val="restart"/>'), cell(r("darunter"), "<w:vMerge/>"), properties="")
    reading = read(body)
    assert texts(reading) == ["oben"]
    assert "in einer verbundenen Zelle" in reading.notes[0]


def test_a_paragraph_beside_the_sheet_says_so(read: Read) -> None:
    found = seen(read(p(r("weg"), '<w:ind w:left="-9000"/>') + p(r("da"), '<w:ind w:left="-300"/>')))
    assert found == {"weg": "steht zum Teil neben dem Blatt", "da": None}


def test_cells_of_a_table_from_right_to_left_stand_as_they_are_seen(read: Read) -> None:
    body = table(cell(r("rechts")) + cell(r("links")), properties="<w:bidiVisual/>")
    assert texts(read(body)) == ["links rechts"]


def test_a_large_first_letter_belongs_to_the_paragraph_it_begins(read: Read) -> None:
    assert texts(read(p(r("D"), '<w:framePr w:dropCap="drop" w:lines="2"/>') + p(r("ie Ziele gelten.")))) == ["Die Ziele gelten."]


# ---------------------------------------------------------------- numbers and marks of paragraphs


NUMBERING = '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:lvlText w:val="(%1)"/>{}</w:lvl></w:abstractNum>'


def numbered(mark: str) -> str:
    return p(r("Ziele"), f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr>{mark}</w:rPr>')


@pytest.mark.parametrize(("mark", "level", "wanted"), [
    ("", "", {"(1)": None, "Ziele": None}), (STRUCK, "", {"(1)": "ist durchgestrichen", "Ziele": None}), (WHITE, "", {"Ziele": None}),
    ("", f"<w:rPr>{WHITE}</w:rPr>", {"Ziele": None}), (WHITE, '<w:rPr><w:color w:val="000000"/></w:rPr>', {"(1)": None, "Ziele": None}),
    ("", f"<w:rPr>{HIDDEN}</w:rPr>", {"Ziele": None}),
])  # fmt: skip
def test_a_number_looks_as_its_list_and_the_mark_of_its_paragraph_say(
    read: Read, mark: str, level: str, wanted: dict[str, str | None]
) -> None:
    numbering = NUMBERING.format(level) + '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    assert seen(read(numbered(mark), numbering=numbering)) == wanted


@pytest.mark.parametrize("mark", [HIDDEN, "<w:specVanish/>", '<w:rStyle w:val="s"/>'])
def test_a_mark_that_is_hidden_anyhow_joins_two_paragraphs(read: Read, mark: str) -> None:
    body = p(r("Arbeit in "), f"<w:rPr>{mark}</w:rPr>") + p(r("Netzen"))
    assert texts(read(body, styles=style("s", HIDDEN, "character"))) == ["Arbeit in Netzen"]


# ---------------------------------------------------------------- letters


@pytest.mark.parametrize("nothing", ["\u200b", "\u034f", "\u2063", "\ufe0f", "\U000e0031", "\u3164", "\u2060", "\u00ad"])
def test_letters_without_width_are_no_part_of_a_word(read: Read, nothing: str) -> None:
    assert seen(read(p(r(f"21{nothing},9")))) == {"21,9": None}


@pytest.mark.parametrize("stroke", ["\u0336", "\u0335", "\u0338"])
def test_strokes_typed_over_letters_strike_them(read: Read, stroke: str) -> None:
    assert seen(read(p(r("".join(letter + stroke for letter in "3,9"))))) == {"3,9": "ist durchgestrichen"}


@pytest.mark.parametrize("name", ["Lǎ̧şa̋", "m̄"])
def test_marks_of_real_names_strike_nothing(read: Read, name: str) -> None:
    assert list(seen(read(p(r(name)))).values()) == [None]


def test_a_sign_that_is_taken_as_a_bullet_is_told(read: Read) -> None:
    reading = read(p(r("ü ", WINGDINGS) + r("Beratung")) + p(r("ü ", WINGDINGS) + r("Vermittlung")))
    assert [paragraph.kind for paragraph in reading.paragraphs] == ["punkt", "punkt"]
    assert reading.notes == ("Ein Zeichen einer Zeichenschrift („✓“) gilt als Aufzählungszeichen, vor 2 Absätzen.",)


# ---------------------------------------------------------------- chains of styles


def test_a_chain_of_styles_without_end_is_refused_before_it_costs_time(read: Read) -> None:
    def chain(length: int) -> str:
        return "".join(style(f"s{at}", "", more=based(f"s{at + 1}")) for at in range(length))

    assert texts(read(p(r("da"), '<w:pStyle w:val="s0"/>'), styles=chain(900))) == ["da"]
    with pytest.raises(UnreadableError, match="baut auf mehr als 1000 anderen auf"):
        read(p(r("da"), '<w:pStyle w:val="s0"/>'), styles=chain(5000))


def test_a_circle_of_styles_ends_where_it_closes(read: Read) -> None:
    styles = style("a", STRUCK, more=based("b")) + style("b", "", more=based("a"))
    assert seen(read(p(r("da"), '<w:pStyle w:val="b"/>'), styles=styles)) == {"da": "ist durchgestrichen"}
