"""Two agreements as one Word file with tracked changes: all accepted it is the new one, all rejected the old one, letter by letter."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from command import ROOT, zv
from deciding import by_office, content, controls, decided, office_python, paragraphs
from edits import EDITS, Draft, Edit
from emsland import document
from hypothesis import given, settings
from openxml_audit import FileFormat, OpenXmlValidator  # type: ignore[import-untyped]
from sample_documents import absatz, front, heading, line, signatures, text
from sample_documents import document as of_blocks
from sampling import examples
from strategies import records
from word_package import part

from agreements.library.library import open_library
from agreements.model.document import Block, Document, Span
from agreements.model.record import Vereinbarung
from render.tracking import PARAGRAPHS, WORDS, render_tracked
from render.word import render_word

LIBRARY = open_library(ROOT)
STEPS, MORE = "ziele.individuell.4.schritte", "ziele.individuell.6.schritte"
Capture = pytest.CaptureFixture[str]
Pair = tuple[Document, Document]


def item(words: str, liste: str = STEPS) -> Block:
    return Block("punkt", (Span(words, liste),), liste=liste)


def signed(count: int) -> list[Block]:
    """Signatures of so many, their lines without values."""
    return [replace(block, spans=tuple(replace(span, feld=None) for span in block.spans)) for block in signatures(count)]


ENDS: dict[str, tuple[Sequence[Block], Sequence[Block]]] = {
    "nothing changes": ([text("eins"), *signed(2)], [text("eins"), *signed(2)]),
    "a paragraph before the signatures": ([text("eins zwei"), *signed(2)], [text("eins zwei"), text("ganz anders"), *signed(2)]),
    "a list before the signatures": ([text("eins zwei"), *signed(2)], [text("eins zwei"), item("x"), item("y"), *signed(2)]),
    "another end before the signatures": ([text("eins"), item("x"), item("y"), *signed(2)],
                                          [text("eins"), item("x"), item("z z z"), text("ganz anders"), *signed(2)]),
    "one list for another": ([text("eins zwei"), item("x"), text("Ende")],
                             [text("eins zwei"), item("a", MORE), item("b", MORE), text("Ende")]),
    "a list's first entry": ([item("a"), item("b")], [item("neu und anders"), item("a"), item("b")]),
    "a list's last entry": ([item("a"), item("b"), heading("Ende")], [item("a"), heading("Ende")]),
    "a list from first to last": ([item("a"), heading("Ende")], [item("b"), heading("Ende")]),
    "text between entries": ([item("a"), item("b")], [item("a"), text("dazwischen"), item("b")]),
    "an Absatz becomes text": ([absatz("(1) Das Land hilft.")], [text("Das Land hilft.")]),
    "a heading of another level": ([heading("Ziele"), text("a")], [heading("Ziele", 2), text("a")]),
    "words at the end, then a paragraph": ([text("a b c d"), text("e f g h")], [text("a b c d x"), text("ganz neu"), text("e f g h y")]),
    "a line of a signature more": ([text("eins"), line("Hannover", 1), line("Name", 1, 1), line("Meppen", 2), line("Name", 2, 1)],
                                   [text("eins"), line("Hannover", 1), line("In Vertretung", 1), line("Name", 1, 1), line("Amt", 1, 1),
                                    line("Meppen", 2), line("Name", 2, 1)]),
    "three signatures instead of two": ([text("eins"), *signed(2)], [text("eins"), *signed(3)]),
    "one signature instead of four": ([text("eins"), *signed(4)], [text("eins"), *signed(1)]),
    "signatures where were none": ([text("eins")], [text("eins"), *signed(2)]),
    "text behind the signatures": ([text("eins"), *signed(2), text("Anlage")],
                                   [text("eins"), *signed(2), text("Anlage"), text("Mehr dazu")]),
    "another title page": ([*front(), text("a")], [*front()[1:], text("a")]),
}  # fmt: skip


def ends(name: str, backwards: bool) -> Pair:
    old, new = (of_blocks(*blocks) for blocks in ENDS[name])
    return (new, old) if backwards else (old, new)


def faults(package: bytes, folder: Path) -> list[str]:
    """What is not as the standard has it."""
    path = folder / "geprueft.docx"
    path.write_bytes(package)
    return [str(error) for error in OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors]


def require_both(old: Document, new: Document) -> bytes:
    """The file with both texts, both of which are shown to be in it: how each paragraph stands, where, and every letter."""
    made = render_tracked(old, new)
    body = content(made)
    assert paragraphs(decided(body, "accept")) == paragraphs(content(render_word(new)))
    assert paragraphs(decided(body, "reject")) == paragraphs(content(render_word(old)))
    return made


# ---------------------------------------------------------------- both texts


@settings(max_examples=examples(12))
@given(records(), records())
def test_accepting_gives_the_new_record_and_rejecting_the_old_one(one: Vereinbarung, other: Vereinbarung) -> None:
    new = LIBRARY.filled(other)
    made = require_both(LIBRARY.filled(one), new)
    assert controls(decided(content(made), "accept")) == controls(content(render_word(new)))


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: edit.__name__)
def test_what_a_drafter_changes_is_tracked_there_and_back(edit: Edit, tmp_path: Path) -> None:
    draft = Draft.of(document())
    edit(draft, random.Random(1))
    changed = replace(document(), blocks=tuple(draft.blocks))
    require_both(changed, document())
    assert faults(require_both(document(), changed), tmp_path) == []


@pytest.mark.parametrize("backwards", [False, True], ids=["", "backwards"])
@pytest.mark.parametrize("name", ENDS)
def test_what_begins_and_ends_lists_cells_and_pages_is_tracked(name: str, backwards: bool, tmp_path: Path) -> None:
    assert faults(require_both(*ends(name, backwards)), tmp_path) == []


def test_one_agreement_beside_itself_has_no_change() -> None:
    said = part(render_tracked(document(), document()), "word/document.xml")
    assert not said.xpath("//w:ins | //w:del | //w:pPrChange | //w:customXmlInsRangeStart | //w:customXmlDelRangeStart")
    assert controls(content(render_tracked(document(), document()))) == controls(content(render_word(document())))


# ---------------------------------------------------------------- how it is tracked


def money(euro: str) -> Document:
    """A sentence with a value."""
    return of_blocks(text("Vorweg."), Block("text", (Span("Es sind "), Span(euro, "haushalt.verwaltungskosten"), Span(" Euro."))))


def test_a_value_keeps_its_control_with_the_old_one_beside_the_new_one() -> None:
    [control] = part(render_tracked(money("13.155.724"), money("13.284.000")), "word/document.xml").xpath("//w:sdt")
    assert control.xpath("./w:sdtPr/w:tag/@w:val") == ["haushalt.verwaltungskosten"]
    assert control.xpath("./w:sdtContent/*/w:r/*/text()") == ["13.155.724", "13.284.000"]
    assert [child.tag.rpartition("}")[2] for child in control.xpath("./w:sdtContent/*")] == ["del", "ins"]


def test_where_values_and_their_surroundings_change_each_old_value_stands_beside_its_new_one() -> None:
    def sums(one: str, between: str, other: str) -> Document:
        spans = ("Es sind ", None), (one, "haushalt.verwaltungskosten"), (between, None), (other, "haushalt.eingliederungsleistungen")
        return of_blocks(Block("text", (*(Span(*each) for each in spans), Span(" Euro für alle."))))

    old, new = sums("5", " und ", "7"), sums("[Betrag offen]", " plus ", "8")
    said = controls(decided(content(require_both(old, new)), "reject"))
    assert said == [("haushalt.verwaltungskosten", "5"), ("haushalt.eingliederungsleistungen", "7")]


def test_a_control_that_is_new_with_its_value_goes_with_it() -> None:
    plain = of_blocks(text("Vorweg."), text("Es sind Euro."))
    said = part(render_tracked(plain, money("5")), "word/document.xml")
    assert len(said.xpath("//w:customXmlInsRangeStart[following-sibling::*[1][self::w:sdt]]")) == 1
    assert controls(decided(said.xpath("./w:body")[0], "reject")) == []


def test_an_open_value_is_no_placeholder_as_long_as_the_old_one_stands_beside_it() -> None:
    new = of_blocks(
        text("Vorweg."), Block("text", (Span("Es sind "), Span("[Betrag offen]", "haushalt.verwaltungskosten", "offen"), Span(" Euro.")))
    )
    said = part(render_tracked(money("5"), new), "word/document.xml")
    assert not said.xpath("//w:showingPlcHdr")
    assert said.xpath("//w:ins/w:r[w:rPr/w:rStyle]/w:t/text()") == ["[Betrag offen]"]
    assert "ENTWURF" in "".join(part(render_tracked(money("5"), new), "word/header1.xml").xpath("//w:t/text()"))


def test_every_change_has_its_number_a_fixed_author_and_a_fixed_day() -> None:
    draft = Draft.of(document())
    for edit in EDITS:
        edit(draft, random.Random(2))
    changed = replace(document(), jahr=2025, blocks=tuple(draft.blocks))
    said = part(render_tracked(document(), changed), "word/document.xml")
    ids = said.xpath("//*[@w:author]/@w:id")
    assert len(ids) > 10
    assert len(set(ids)) == len(ids)
    assert set(said.xpath("//@w:author")) == {WORDS, PARAGRAPHS}
    assert set(said.xpath("//@w:date")) == {"2025-01-01T00:00:00Z"}


def test_the_same_two_agreements_give_the_same_bytes() -> None:
    old, new = ends("another end before the signatures", False)
    assert render_tracked(old, new) == render_tracked(old, new)


# ---------------------------------------------------------------- by another program


@pytest.mark.skipif(office_python() is None, reason="LibreOffice or its scripting (python3-uno) is not installed")
def test_libreoffice_accepts_and_rejects_to_the_same_letters(tmp_path: Path) -> None:
    draft = Draft.of(document())
    for edit in EDITS:
        edit(draft, random.Random(4))
    pairs = {"edited": (document(), replace(document(), blocks=tuple(draft.blocks))),
             **{f"{number}{'b' * back}": ends(name, bool(back)) for number, name in enumerate(ENDS) for back in (0, 1)}}  # fmt: skip
    packages: dict[str, bytes] = {}
    for name, (old, new) in pairs.items():
        packages |= {f"{name}-beide": render_tracked(old, new), f"{name}-alt": render_word(old), f"{name}-neu": render_word(new)}
    said = by_office(packages, tmp_path)
    for name in pairs:
        both = said[f"{name}-beide"]
        told = {key: letters(both[key]) for key in ("accept", "reject", "accept each", "reject each") if key in both}
        before, after = (letters(said[f"{name}-{side}"]["as it is"]) for side in ("alt", "neu"))
        assert told == {key: after if key.startswith("accept") else before for key in told}, name
    assert "accept each" in said["edited-beide"]
    assert int(said["edited-beide"]["changes"]) > 10


def letters(said: str) -> str:
    """The lines without the sign that LibreOffice puts before list items: 7.4 gives it to a neighbour now and then."""
    return re.sub(r"^\s*[•–] ", "", said, flags=re.MULTILINE)


# ---------------------------------------------------------------- the command


@pytest.fixture(scope="module")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the agreement of 2024 and what was made of it for 2025: an open figure, a step more."""
    folder = tmp_path_factory.mktemp("entwurf")
    shutil.copytree(ROOT / "agreements/2024", folder / "agreements/2024")
    shutil.copytree(ROOT / "templates/ni", folder / "templates/ni")
    shutil.copy(folder / "templates/ni/2024.j2", folder / "templates/ni/2025.j2")
    (folder / "agreements/2025").mkdir()
    for name in ("rahmen", "lk-emsland"):
        said = (folder / f"agreements/2024/{name}.yaml").read_text(encoding="utf-8")
        said = said.replace("jahr: 2024", "jahr: 2025").replace("ni/2024", "ni/2025")
        said = said.replace("verwaltungskosten: 13155724", "verwaltungskosten: null")
        said = re.sub(r"(schritte:\n)( *)- ", r"\1\2- Neue Wege in der Beratung gehen\n\2- ", said, count=1)
        (folder / f"agreements/2025/{name}.yaml").write_text(said, encoding="utf-8")
    return folder


def test_the_command_writes_next_years_word_file_with_what_changed_tracked(drafted: Path, tmp_path: Path, capsys: Capture) -> None:
    ended = zv(capsys, "compare", "--ordner", drafted, "2024/lk-emsland", "2025/lk-emsland", "--word", "--nach", tmp_path)
    assert ended.code == 0, ended.err
    [file] = tmp_path.glob("*.docx")
    assert file.name == "2024-lk-emsland_2025-lk-emsland-aenderungen.docx"
    assert ended.out.startswith(str(file))
    library = open_library(drafted)
    old, new = (library.filled(library.effective(library.store.load((jahr, "lk-emsland")).record)) for jahr in (2024, 2025))
    assert file.read_bytes() == require_both(old, new)


def test_what_zv_tracked_it_reads_as_the_new_agreement_and_reports_every_change(drafted: Path, tmp_path: Path, capsys: Capture) -> None:
    assert zv(capsys, "compare", "--ordner", drafted, "2024/lk-emsland", "2025/lk-emsland", "--word", "--nach", tmp_path).code == 0
    [file] = tmp_path.glob("*.docx")
    ended = zv(capsys, "extract", "--ordner", drafted, file, "--format", "json")
    assert ended.code == 0, ended.err
    report = json.loads(ended.out)
    values = {each["feld"]: each["wert"] for each in report["angaben"]}
    assert (values["jahr"], values["haushalt.verwaltungskosten"]) == (2025, None)
    assert values["ziele.individuell.4.schritte"][0] == "Neue Wege in der Beratung gehen"
    told = " ".join(each["text"] for each in report["befunde"] if each["art"] == "geaendert")
    assert "„13.155.724“ gestrichen" in told and "„Neue Wege in der Beratung gehen“ eingefügt" in told
    assert not [each for each in report["befunde"] if each["art"] == "abweichung"]


def test_two_years_give_a_tracked_file_for_each_traeger(drafted: Path, tmp_path: Path, capsys: Capture) -> None:
    ended = zv(capsys, "compare", "--ordner", drafted, "2024", "2025", "--word", "--nach", tmp_path)
    assert ended.code == 0, ended.err
    assert [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*.docx")] == ["2024-2025/lk-emsland-aenderungen.docx"]


def test_the_common_wording_is_no_file_to_track(drafted: Path, capsys: Capture) -> None:
    ended = zv(capsys, "compare", "--ordner", drafted, "2024", "--wortlaut", "--word")
    assert ended.code == 2 and "Mit --wortlaut wird ein Jahr genannt" in ended.err


def test_the_line_for_the_pen_makes_room_for_the_year_that_is_gone_so_that_names_stay_level() -> None:
    later = replace(document(), blocks=tuple(replace(block, spans=tuple(_next_year(block))) for block in document().blocks))
    tracked, plain = (_pen_stops(made) for made in (require_both(document(), later), render_word(later)))
    assert [stop for stop in tracked if stop not in plain] == ["2721"] and len(plain) == 2
    assert tracked[0] == "2721"


def _next_year(block: Block) -> list[Span]:
    return [replace(span, text=span.text.replace("2024", "2025")) if block.art == "unterschrift" else span for span in block.spans]


def _pen_stops(package: bytes) -> list[str]:
    """Where the lines for the pen may end, in twips."""
    return [str(stop) for stop in part(package, "word/styles.xml").xpath("//w:style[@w:styleId='Unterschriftszeile']//w:tab/@w:pos")]
