"""Word files of many hands, read into the paragraphs that a person sees in them."""

from __future__ import annotations

import pytest
from word_files import p, r
from word_paragraphs import (
    ANNA,
    Read,
    cell,
    control,
    deleted,
    inserted,
    reader_of_bodies,
    table,
    texts,
)

from agreements.reading.reading import Paragraph

BERT = 'w:id="2" w:author="Bert" w:date="2024-02-01T08:30:00Z"'

read = pytest.fixture(reader_of_bodies)


def tags(paragraph: Paragraph) -> dict[str, str]:
    return {word.text: word.tag for word in paragraph.words if word.tag}


def test_every_paragraph_states_its_bounds_and_no_place(read: Read) -> None:
    reading = read(p(r("Guten Tag.")) + p("") + p(r(" ")) + p(r("Es regnet.")))
    assert texts(reading) == ["Guten Tag.", "Es regnet."]
    assert (reading.lesart, reading.page_count) == ("word", None)
    assert all(paragraph.stated and paragraph.kind == "text" and not paragraph.continues for paragraph in reading.paragraphs)
    assert all(not word.places for paragraph in reading.paragraphs for word in paragraph.words)


def test_a_word_parted_into_runs_is_one_word(read: Read) -> None:
    assert texts(read(p(r("Zie", "<w:b/>") + "<w:bookmarkStart/><w:proofErr/>" + r("lwe") + r("rt ist da.")))) == ["Zielwert ist da."]


def test_what_wraps_runs_does_not_hide_them(read: Read) -> None:
    for wrapper in ("hyperlink", "smartTag", "customXml", "ins", "moveTo", "dir", "bdo"):
        assert texts(read(p(r("Der ") + f"<w:{wrapper}>{r('kleine')}</w:{wrapper}>" + r(" Hund.")))) == ["Der kleine Hund."], wrapper


def test_content_controls_of_every_kind_are_read_and_their_innermost_tag_kept(read: Read) -> None:
    paragraph = control(p(r("Es sind ") + control(r("1.200"), "zahl") + r(" Euro.")), "absatz")
    in_row = table(f"{cell('Wind')}{control(cell('5 kn'), 'zelle')}")
    of_rows = "<w:tbl>" + control(f"<w:tr>{cell('Regen')}{cell('7 mm')}</w:tr>", "zeile") + "</w:tbl>"
    untagged = p(control(f"<w:sdt><w:sdtContent>{r('innen')}</w:sdtContent></w:sdt>", "aussen"))
    reading = read(paragraph + in_row + of_rows + untagged)
    assert texts(reading) == ["Es sind 1.200 Euro.", "Wind 5 kn", "Regen 7 mm", "innen"]
    assert tags(reading.paragraphs[0]) == {"Es": "absatz", "sind": "absatz", "1.200": "zahl", "Euro.": "absatz"}
    assert tags(reading.paragraphs[1]) == {"5": "zelle", "kn": "zelle"}
    assert tags(reading.paragraphs[2]) == {"Regen": "zeile", "7": "zeile", "mm": "zeile"}
    assert tags(reading.paragraphs[3]) == {"innen": "aussen"}


def test_a_word_only_partly_in_a_control_carries_its_tag(read: Read) -> None:
    (paragraph,) = read(p(r("um (") + control(r("3,9"), "wert") + r(") mehr"))).paragraphs
    assert tags(paragraph) == {"(3,9)": "wert"}


def test_of_a_field_only_the_result_is_read(read: Read) -> None:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    instruction = "<w:r><w:instrText> REF ziel </w:instrText></w:r>"
    inner = mark("begin") + instruction + mark("separate") + r("falsch") + mark("end")
    body = p(r("Siehe ") + mark("begin") + instruction + inner + mark("separate") + r("Seite 3") + mark("end") + r("."))
    simple = p(r("Am ") + f'<w:fldSimple w:instr="DATE">{r("1. Mai")}</w:fldSimple>' + r("."))
    assert texts(read(body + simple)) == ["Siehe Seite 3.", "Am 1. Mai."]


def test_a_field_without_end_swallows_nothing(read: Read) -> None:
    body = p('<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + r("Guten Tag.")) + p(r("Es regnet."))
    assert texts(read(body)) == ["Guten Tag.", "Es regnet."]


def test_a_drop_down_field_shows_what_was_chosen(read: Read) -> None:
    data = '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="rot"/><w:listEntry w:val="grün"/></w:ddList></w:ffData>'
    body = p(r("Es ist ") + f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>')
    assert texts(read(body)) == ["Es ist grün"]


def test_signs_that_are_no_letters_are_read_as_they_look(read: Read) -> None:
    body = p(
        r("E") + "<w:r><w:noBreakHyphen/></w:r>" + r("Akte\u00a0und\u2009Staub") + "<w:r><w:softHyphen/></w:r>" + r("sau\u00adger, ﬁnden")
        + "<w:r><w:tab/><w:t>Tabelle</w:t><w:br/><w:t>neu</w:t><w:cr/></w:r>" + r("a\u2011b U\u0308bung\u200b")
        + '<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:sym w:font="Times" w:char="F041"/><w:sym w:font="Arial" w:char="20AC"/></w:r>'
    )  # fmt: skip
    assert texts(read(body)) == ["E-Akte und Staubsauger, finden Tabelle neu a-b Übung•A€"]


def test_a_sign_that_cannot_be_named_is_noted(read: Read) -> None:
    reading = read(p(r("Bild ") + '<w:r><w:sym w:font="Webdings" w:char="F04E"/></w:r>'))
    assert texts(reading) == ["Bild \ufffd"]
    assert "Webdings" in reading.notes[0]


def test_blanks_that_word_drops_are_dropped(read: Read) -> None:
    assert texts(read(p("<w:r><w:t> Haus </w:t></w:r><w:r><w:t>\n  tür</w:t></w:r>"))) == ["Haustür"]


def test_the_final_text_counts_and_each_change_is_reported(read: Read) -> None:
    body = p(
        r("Der ") + deleted("alte ") + deleted("graue ") + inserted("neue ") + r("Hund ")
        + f"<w:moveFrom {BERT}>{r('bellt ')}</w:moveFrom>" + r("laut ") + f"<w:moveTo {BERT}>{r('bellt')}</w:moveTo>"
        + f"<w:ins {BERT}>{deleted('nie', ANNA)}</w:ins>" + r(".")
    )  # fmt: skip
    reading = read(body)
    assert texts(reading) == ["Der neue Hund laut bellt."]
    assert [(change.art, change.text, change.wer, change.wann[:10]) for change in reading.changes] == [
        ("gestrichen", "alte graue", "Anna", "2024-01-31"),
        ("eingefuegt", "neue", "Anna", "2024-01-31"),
        ("gestrichen", "bellt", "Bert", "2024-02-01"),
        ("eingefuegt", "bellt", "Bert", "2024-02-01"),
        ("gestrichen", "nie", "Anna", "2024-01-31"),
    ]
    assert {change.absatz for change in reading.changes} == {"Der neue Hund laut bellt."}


def test_changes_with_text_between_them_stay_two(read: Read) -> None:
    reading = read(p(inserted("Ein ") + r("kleiner ") + inserted("Hund.")))
    assert [change.text for change in reading.changes] == ["Ein", "Hund."]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(read: Read) -> None:
    gone = f"<w:rPr><w:del {ANNA}/></w:rPr>"
    reading = read(p(r("Es reg"), gone) + p(deleted("weg"), gone) + p(r("net.")) + p(r("Nein."), gone) + table(cell("Ende.")))
    assert texts(reading) == ["Es regnet.", "Nein.", "Ende."]
    assert [(change.art, change.text, change.absatz) for change in reading.changes] == [
        ("gestrichen", "¶", "Es regnet."),
        ("gestrichen", "weg", "Es regnet."),
        ("gestrichen", "¶", "Nein."),
    ]


def test_a_paragraph_deleted_as_a_whole_leaves_its_change(read: Read) -> None:
    reading = read(p(r("Eins.")) + p(deleted("Zwei."), f"<w:rPr><w:del {ANNA}/></w:rPr>") + p(r("Drei.")))
    assert texts(reading) == ["Eins.", "Drei."]
    assert [change.text for change in reading.changes] == ["Zwei."]


def test_a_deleted_row_is_dropped_and_reported(read: Read) -> None:
    row = f"<w:tr><w:trPr><w:del {ANNA}/></w:trPr>{cell('Wind')}{cell('5 kn')}</w:tr>"
    reading = read(f"<w:tbl><w:tr>{cell('Regen')}{cell('7 mm')}</w:tr>{row}</w:tbl>")
    assert texts(reading) == ["Regen 7 mm"]
    assert [change.text for change in reading.changes] == ["Wind", "5 kn"]


def test_hidden_text_is_noted_and_not_read(read: Read) -> None:
    style = '<w:style w:type="character" w:styleId="geheim"><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p(r("Hier ") + r("ist ", "<w:vanish/>") + r("was ", '<w:rStyle w:val="geheim"/>') + r("steht.", '<w:vanish w:val="0"/>'))
    reading = read(body, styles=style)
    assert texts(reading) == ["Hier steht."]
    assert reading.notes == ("Verborgener Text wurde nicht gelesen, im Absatz „Hier steht.“: ist was",)


def test_comments_footnotes_and_pictures_are_noted(read: Read) -> None:
    picture = '<w:r><w:drawing><wp:inline><wp:docPr descr="Wappen"/><pic:pic/></wp:inline></w:drawing></w:r>'
    body = p(r("Es regnet") + '<w:r><w:footnoteReference w:id="2"/><w:commentReference w:id="7"/></w:r>' + r(".") + picture)
    reading = read(
        body,
        comments=f'<w:comment w:id="7" w:author="Anna">{p(r("Stimmt"))}{p(r("das?"))}</w:comment>',
        footnotes=f'<w:footnote w:id="0">{p(r("Strich"))}</w:footnote><w:footnote w:id="2">{p(r("Nur im Norden."))}</w:footnote>',
    )
    assert texts(reading) == ["Es regnet."]
    assert reading.warnings == ("Fußnote im Absatz „Es regnet.“ (steht nicht im Datensatz): Nur im Norden.",)
    assert [comment.said for comment in reading.comments] == ["Kommentar von Anna, im Absatz „Es regnet.“: Stimmt das?"]
    assert reading.notes == ("Ein Bild wurde nicht gelesen, im Absatz „Es regnet.“: Wappen",)


def test_a_text_box_is_told_once_beside_the_text(read: Read) -> None:
    box = "<w:txbxContent>" + p(r("Im Kasten.")) + "</w:txbxContent>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r>"
    reading = read(p(r("Davor") + both + r(" und danach.")) + p(old))
    assert texts(reading) == ["Davor und danach."]
    assert [(each.art, each.text, each.absatz) for each in reading.beiwerk] == [
        ("textfeld", "Im Kasten.", "Davor und danach."),
        ("textfeld", "Im Kasten.", ""),
    ]


def test_a_formula_is_read_as_its_letters(read: Read) -> None:
    assert texts(read(p(r("Es gilt ") + "<m:oMath><m:r><m:t>a=b</m:t></m:r></m:oMath>"))) == ["Es gilt a=b"]


def test_lines_of_a_centred_paragraph_may_be_parts_of_one(read: Read) -> None:
    reading = read(p(r("Bericht") + "<w:r><w:br/></w:r>" + r("vom Wetter"), '<w:jc w:val="center"/>'))
    assert [(paragraph.text, paragraph.continues) for paragraph in reading.paragraphs] == [("Bericht", False), ("vom Wetter", True)]


def test_a_page_break_may_part_a_paragraph(read: Read) -> None:
    reading = read(p(r("Es reg nete") + '<w:r><w:br w:type="page"/></w:r>' + r("sehr.")))
    assert [(paragraph.text, paragraph.continues) for paragraph in reading.paragraphs] == [("Es reg nete", False), ("sehr.", True)]
