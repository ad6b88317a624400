"""Two agreements beside each other: paragraphs, words, Angaben, and the Synopse in every format."""

from __future__ import annotations

import io
import json
import random
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from typing import Any, Literal
from zipfile import ZipFile

import docx
import pikepdf
import pytest
from command import ROOT, zv
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from edits import EDITS, Draft
from emsland import document, emsland
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from sample_documents import document as of_blocks
from sample_documents import heading, item, prose, text
from sampling import examples, seeds
from strategies import paragraphs, records
from verapdf import faults, needs_verapdf

from agreements.comparing.texts import Comparison, Piece, Row, Side, compare, compare_records, pieces
from agreements.library.differences import change
from agreements.library.library import Library, open_library
from agreements.model.document import Block, Document, Span
from agreements.model.record import Textblock, Vereinbarung, Zielwert
from agreements.store.store import dump_record
from render.synopse import Synopse, render_synopse_html, sections, visible
from render.synopse_pdf import render_synopse_pdf
from render.synopse_word import render_synopse_word
from render.word import render_word

LIBRARY = open_library(ROOT)
Capture = pytest.CaptureFixture[str]
MIRROR: dict[str, Literal["neu", "entfaellt"]] = {"neu": "entfaellt", "entfaellt": "neu"}
FLIPPED: dict[str, Literal["gleich", "entfallen", "neu"]] = {"entfallen": "neu", "neu": "entfallen", "gleich": "gleich"}
SIDES: dict[Side, Side] = {"alt": "neu", "neu": "alt", "beide": "beide"}


def marked(old: str, new: str) -> str:
    """Two texts as one, what is gone in [-…-] and what is new in {+…+}."""
    signs = {"gleich": "{}", "entfallen": "[-{}-]", "neu": "{{+{}+}}"}
    return "".join(signs[piece.art].format(piece.text) for piece in pieces(old, new))


def changed(comparison: Comparison) -> list[tuple[str, str]]:
    """The words that are marked, run by run: gone or new."""
    return [(piece.art, piece.text.strip()) for row in comparison.rows if row.art != "unveraendert"
            for piece in row.pieces if piece.art != "gleich"]  # fmt: skip


def spelt(found: tuple[Piece, ...], other: str) -> str:
    return "".join(piece.text for piece in found if piece.art != other)


def long(name: str) -> Block:
    """A paragraph of many words, none of them another's."""
    return text(" ".join(f"{word}{name}" for word in prose(1).split()))


def arts(comparison: Comparison) -> list[str]:
    return [row.art for row in comparison.rows]


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


def mirrored(step: tuple[Row, Side]) -> tuple[Row, Side]:
    """A row with old and new the other way round; what is gone stands before what is new here, too."""
    row, side = step
    said = [Piece(piece.text, FLIPPED[piece.art]) for piece in row.pieces]
    runs = (sorted(run, key=lambda piece: piece.art) for _, run in groupby(said, key=lambda piece: piece.art == "gleich"))
    return Row(MIRROR.get(row.art, row.art), row.new, row.old, tuple(piece for run in runs for piece in run)), SIDES[side]


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


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the agreement of 2024 and its successor: three edits in the wording, two in the record."""
    made = tmp_path_factory.mktemp("zwei Jahre")
    shutil.copytree(ROOT / "agreements/2024", made / "agreements/2024")
    (made / "templates/ni").mkdir(parents=True)
    wording = (ROOT / "templates/ni/2024.j2").read_text(encoding="utf-8")
    for old, new in (("zweimal", "dreimal"), ("Für die Nachhaltigkeit dieses Ziels", "Für dieses Ziel"), ("daraufgelegt", "darauf gelegt")):
        assert wording.count(old) == 1
        wording = wording.replace(old, new)
    (made / "templates/ni/2025.j2").write_text(wording, encoding="utf-8")
    (made / "agreements/2025").mkdir()
    for name in ("rahmen", "lk-emsland"):
        said = (made / f"agreements/2024/{name}.yaml").read_text(encoding="utf-8")
        said = said.replace("jahr: 2024", "jahr: 2025").replace("ni/2024", "ni/2025").replace("13155724", "13284000")
        said = said.replace("Im Landkreis Emsland ist die aktuelle", "Im Landkreis Emsland bleibt die aktuelle")
        (made / f"agreements/2025/{name}.yaml").write_text(said, encoding="utf-8")
    return made


def two_years(folder: Path) -> Comparison:
    library = open_library(folder)
    return compare_records(library, *(library.effective(library.store.load((jahr, "lk-emsland")).record) for jahr in (2024, 2025)))


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
        (zielwert("3.9"), zielwert("2.5", bezug=2024), "−1,4 Prozentpunkte"),
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


# ---------------------------------------------------------------- formats


@pytest.fixture(scope="module")
def synopse(folder: Path) -> Synopse:
    return Synopse(two_years(folder), "Synopse: Zielvereinbarung 2024 und 2025, Landkreis Emsland", "2024", "2025", ("HINWEIS: <b>&",))


@pytest.mark.parametrize(
    ("old", "new", "left", "right"),
    [
        ("die u.a. helfen", "die u. a. helfen", [("gleich", "die "), ("entfallen", "u.a."), ("gleich", " helfen")],
         [("gleich", "die "), ("neu", "u. a."), ("gleich", " helfen")]),
        ("der „ Markt", "der „Markt", [("gleich", "der "), ("entfallen", "„ Markt")], [("gleich", "der "), ("neu", "„Markt")]),
        ("§ 16 k", "§ 16k", [("entfallen", "§ 16 k")], [("neu", "§ 16k")]),
        ("gleich alt", "gleich neu", [("gleich", "gleich "), ("entfallen", "alt")], [("gleich", "gleich "), ("neu", "neu")]),
    ],
)  # fmt: skip
def test_a_change_of_white_space_alone_is_shown_with_its_word(old: str, new: str, left: list[object], right: list[object]) -> None:
    seen = visible(pieces(old, new))
    assert [(piece.art, piece.text) for piece in seen if piece.art != "neu"] == left
    assert [(piece.art, piece.text) for piece in seen if piece.art != "entfallen"] == right


@given(st.text(" \tab.", max_size=12), st.text(" \tab.", max_size=12))
def test_what_is_shown_is_still_both_texts(old: str, new: str) -> None:
    found = visible(pieces(old, new))
    assert (spelt(found, "neu"), spelt(found, "entfallen")) == (old, new)


def opened(synopse: Synopse) -> Any:
    """The page; lxml's types do not know what an xpath gives."""
    return html.fromstring(render_synopse_html(synopse).decode())


def test_the_page_marks_what_goes_left_and_what_comes_right(synopse: Synopse) -> None:
    page = opened(synopse)
    rows = page.xpath("//table[@class='synopse']//tr[@class='geaendert']")
    assert not page.xpath("//table[@class='synopse']//td[1]//ins | //table[@class='synopse']//td[2]//del")
    [row] = [row for row in rows if "dreimal" in row.text_content()]
    assert row.xpath("./td[1]//del/text()") == ["zweimal"] and row.xpath("./td[2]//ins/text()") == ["dreimal"]
    assert page.get("lang") == "de-DE"


def test_values_are_text_never_markup_and_nothing_outside_is_loaded(synopse: Synopse) -> None:
    page = render_synopse_html(synopse).decode()
    assert "HINWEIS: &lt;b&gt;&amp;" in page
    assert not re.search(r"(?:src|href)=|url\(|<script", page)


def test_every_word_of_both_agreements_is_on_the_page(synopse: Synopse) -> None:
    page = opened(replace(synopse, ganz=True)).text_content()
    told = re.sub(r"\s+", " ", page)
    for side in (synopse.comparison.old, synopse.comparison.new):
        assert [block.text for block in side.blocks if re.sub(r"\s+", " ", block.text).strip() not in told] == []


def test_headings_of_the_agreement_are_headings_of_the_synopse(synopse: Synopse) -> None:
    told = [section.titel for section in sections(synopse)]
    assert told == ["Eingang", *(block.text for block in synopse.comparison.new.blocks if block.art == "ueberschrift")]


def test_gone_new_and_moved_paragraphs_are_called_so() -> None:
    one, two, three, new = (long(name) for name in ("eins", "zwei", "drei", "vier"))
    old_doc = of_blocks(heading("I. Anfang"), one, two, heading("II. Ende"), three)
    comparison = compare(old_doc, of_blocks(heading("I. Anfang"), two, heading("II. Ende"), new, one))
    told = [(line.left.note, line.right.note) for section in sections(Synopse(comparison, "t", "a", "b")) for line in section.lines]
    assert ("(neu)", "") in told and ("", "entfällt") in told
    assert ("", "verschoben nach: II. Ende") in told and ("verschoben von: I. Anfang", "") in told


@needs_verapdf
def test_verapdf_finds_nothing_in_a_synopse(synopse: Synopse, tmp_path: Path) -> None:
    same = compare(document(), document())
    for name, each in {"zwei": synopse, "ganz": replace(synopse, ganz=True), "gleich": Synopse(same, "t", "a", "b")}.items():
        (tmp_path / f"{name}.pdf").write_bytes(render_synopse_pdf(each))
    assert faults(tmp_path.glob("*.pdf")) == {}


def test_the_pdf_lies_across_and_has_bookmarks_language_and_title(synopse: Synopse) -> None:
    with pikepdf.open(io.BytesIO(render_synopse_pdf(synopse))) as pdf:
        _, _, width, height = map(float, pdf.pages[0].MediaBox)
        assert width > height
        assert str(pdf.Root.Lang) == "de-DE"
        with pdf.open_outline() as outline:
            assert [entry.title for entry in outline.root] == [synopse.titel]
            assert "Angaben" in [entry.title for entry in outline.root[0].children]


def test_the_word_file_repeats_its_head_and_has_real_styles(synopse: Synopse) -> None:
    word = docx.Document(io.BytesIO(render_synopse_word(synopse)))
    assert word.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert all(table._tbl.tr_lst[0].find(f".//{qn('w:tblHeader')}") is not None for table in word.tables)
    styles = {run.style.name: run.text for table in word.tables for row in table.rows for cell in row.cells
              for paragraph in cell.paragraphs for run in paragraph.runs if run.text in ("zweimal", "dreimal")}  # fmt: skip
    assert styles == {"Entfällt": "zweimal", "Neu": "dreimal"}
    assert not [paragraph for paragraph in word.paragraphs if not paragraph.text]
    assert word.core_properties.language == "de-DE"


@pytest.mark.parametrize("make", [render_synopse_html, render_synopse_pdf, render_synopse_word])
def test_the_same_comparison_gives_the_same_bytes(synopse: Synopse, folder: Path, make: object) -> None:
    assert callable(make)
    assert make(synopse) == make(replace(synopse, comparison=two_years(folder)))


# ---------------------------------------------------------------- the command


def test_two_records_are_compared_on_the_terminal_with_signs(folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "compare", "--ordner", folder, "2024", "lk-emsland", "2025/lk-emsland")
    assert ended.code == 0, ended.err
    assert "›zweimal‹" in ended.out and "›dreimal‹" in ended.out
    assert re.search(r"^  − .*\n(.*\n)*?  \+ ", ended.out, re.MULTILINE)
    assert "Absätze geändert" in ended.out.splitlines()[1]


def test_two_years_are_compared_with_a_synopse_for_each_traeger(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    ended = zv(capsys, "compare", "--ordner", folder, "2024", "2025", "--format", "html", "--format", "docx", "--nach", tmp_path)
    assert ended.code == 0, ended.err
    assert sorted(path.name for path in tmp_path.rglob("*.*")) == ["lk-emsland.docx", "lk-emsland.html"]


def test_a_traeger_that_cannot_be_compared_is_named_and_stops_no_other(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    (tmp_path / "agreements/2025/lk-leer.yaml").write_text("jahr: 2025\n", encoding="utf-8")
    (tmp_path / "agreements/2024/lk-leer.yaml").write_text("jahr: 2024\n", encoding="utf-8")
    shutil.copy(tmp_path / "agreements/2024/lk-leer.yaml", tmp_path / "agreements/2024/lk-peine.yaml")
    ended = zv(capsys, "compare", "--ordner", tmp_path, "2024", "2025")
    assert ended.code == 1
    assert "lk-leer: nicht verglichen" in ended.out and "kein Datensatz für 2025: lk-peine" in ended.out
    assert "1 von 3 Trägern verglichen." in ended.out


def test_what_came_back_is_compared_with_what_was_sent(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    back = tmp_path / "Rücklauf.docx"
    content = render_word(LIBRARY.document(emsland()))
    with ZipFile(io.BytesIO(content)) as source, ZipFile(back, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                said = part.decode()
                run = re.search(r"<w:r><w:t[^>]*>[^<]*(zweimal)[^<]*</w:t></w:r>", said)
                assert run
                whole, at, end = run[0], run.start(1) - run.start(), run.end(1) - run.start()
                by = 'w:author="E. Kreisrätin" w:date="2024-01-09T09:00:00Z"'
                before, after = whole[:at] + "</w:t></w:r>", '<w:r><w:t xml:space="preserve">' + whole[end:]
                gone = f'<w:del w:id="901" {by}><w:r><w:delText>zweimal</w:delText></w:r></w:del>'
                come = f'<w:ins w:id="902" {by}><w:r><w:t>dreimal</w:t></w:r></w:ins>'
                part = said.replace(whole, before + gone + come + after).replace("13.155.724", "13.155.999").encode()
            target.writestr(name, part)
    ended = zv(capsys, "compare", "--ordner", folder, "2024/lk-emsland", back, "--format", "json")
    assert ended.code == 0, ended.err
    said = json.loads(ended.out)
    assert said["zusammenfassung"].startswith("2 Absätze geändert;")
    assert [each["feld"] for each in said["angaben"]] == ["haushalt.verwaltungskosten"]
    assert any("E. Kreisrätin" in hinweis and "dreimal" in hinweis for hinweis in said["hinweise"])
    assert any("Abweichung" in hinweis for hinweis in said["hinweise"])
    marks = [piece["text"] for row in said["absaetze"] for piece in row["stuecke"] if piece["art"] != "gleich"]
    assert marks == ["13.155.724", "13.155.999", "zweimal", "dreimal"]


def test_who_departs_from_the_common_wording_is_said_with_the_place(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "agreements/2024/lk-emsland.yaml").open("a", encoding="utf-8") as record:
        record.write("abweichungen:\n  - {stelle: III.§3.1, art: ersetzt, alt: zweimal, neu: dreimal}\n")
    ended = zv(capsys, "compare", "--ordner", tmp_path, "2024", "--wortlaut", "--format", "json")
    assert ended.code == 0, ended.err
    by_name = {each["traeger"]: each for each in json.loads(ended.out)["traeger"]}
    assert len(by_name) == 16
    [row] = by_name["lk-emsland"]["abweichungen"]
    assert (row["stelle"], row["art"]) == ("III.§3.1", "geaendert")
    assert by_name["lk-leer"]["grund"] == "kein Datensatz"
    assert "1 mit Abweichungen, 0 ohne, 15 nicht verglichen" in zv(capsys, "compare", "--ordner", tmp_path, "2024", "--wortlaut").out


def kept(library: Library, record: Vereinbarung, change: tuple[str, str]) -> Vereinbarung:
    """The record as one without a wording, that keeps its text."""
    blocks = [block for block in library.filled(record).blocks if block.text.strip() and block.art != "unterschrift"]
    text_ = tuple(Textblock(art=block.art, ebene=block.level, text=" ".join(block.text.replace(*change).split())) for block in blocks)
    return record.model_copy(update={"wortlaut": None, "text": text_})


def test_records_that_keep_their_text_are_compared_by_it() -> None:
    record = emsland()
    one, other = kept(LIBRARY, record, ("", "")), kept(LIBRARY, record, ("zweimal", "dreimal"))
    comparison = compare_records(LIBRARY, one, other)
    assert changed(comparison) == [("entfallen", "zweimal"), ("neu", "dreimal")]
    assert comparison.angaben == ()


def test_a_record_that_keeps_its_text_is_held_against_the_wording_of_its_year(tmp_path: Path, capsys: Capture) -> None:
    folder = tmp_path / "agreements/2024"
    folder.mkdir(parents=True)
    record = kept(LIBRARY, emsland(), ("zweimal", "dreimal"))
    (folder / "lk-emsland.yaml").write_text(dump_record(record), encoding="utf-8")
    ended = zv(capsys, "compare", "--ordner", tmp_path, "2024", "--wortlaut", "--traeger", "lk-emsland")
    assert "›dreimal‹" in ended.out


def test_two_different_traeger_are_compared_with_a_warning(folder: Path, tmp_path: Path, capsys: Capture) -> None:
    other = tmp_path / "leer.yaml"
    said = (folder / "agreements/2024/lk-emsland.yaml").read_text(encoding="utf-8").replace("traeger: lk-emsland", "traeger: lk-leer")
    other.write_text(said, encoding="utf-8")
    ended = zv(capsys, "compare", "--ordner", folder, "2024/lk-emsland", other)
    assert "zwei verschiedene Träger: Landkreis Emsland und Landkreis Leer" in " ".join(ended.out.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2024"], "zwei Vereinbarungen oder zwei Jahre"),
        (["2024/lk-emsland", "gibtsnicht.yaml"], "gibtsnicht.yaml: Die Datei gibt es nicht."),
        (["2024/lk-emsland", "2024/sk-osnabrueck"], "betreibt das Jobcenter nicht allein"),
        (["2024", "2025", "--wortlaut"], "Mit --wortlaut wird ein Jahr genannt"),
        (["2024/lk-emsland", "2025/lk-emsland", "--traeger", "lk-emsland"], "--traeger gehört zu zwei Jahren"),
        (["1999", "1998"], "weder für 1999 noch für 1998"),
    ],
)
def test_a_call_that_cannot_be_meant_is_refused_with_the_remedy(words: list[str], said: str, folder: Path, capsys: Capture) -> None:
    ended = zv(capsys, "compare", "--ordner", folder, *words)
    assert ended.code in (2, 3)
    assert said in ended.err


def test_a_document_is_not_changed_by_comparing(folder: Path) -> None:
    before: Document = document()
    compare(before, before)
    assert document() is before
