"""The PDF: what a reader recovers from its tags, where its pages end, and that it is always the same file."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import matplotlib
import pdfplumber
import pikepdf
import pypdfium2
import pytest
import weasyprint
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Name, Object
from sample_documents import LOOK_ALIKES, WORDS, absatz, document, everything, front, heading, item, line, prose, signatures, text
from sampling import examples
from verapdf import faults, needs_verapdf

from agreements.errors import ZvError
from agreements.model.document import Block, Document, Span
from render.html import default_layout, in_reading_order
from render.pdf import Page, render_pdf

ROOT = Path(__file__).parent.parent
HYPHEN = "\N{HYPHEN}"


def written(blocks: Document, layout: Path | None = None) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render_pdf(blocks, layout)))


def marked_text(content: bytes) -> dict[tuple[int, int], str]:
    """The letters of each marked content, by page and number."""
    found: dict[tuple[int, int], str] = defaultdict(str)
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        for at, page in enumerate(pdf.pages):
            for char in page.chars:
                if char["mcid"] is not None:
                    found[at, char["mcid"]] += char["text"]
    return found


def leaves(element: Object, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Object]]:
    """Elements that hold marked content themselves, each with the kinds it stands in."""
    elements = [kid for kid in kids(element) if not isinstance(kid, int) and kid.get("/Type") != Name.MCR]
    here = (*path, str(element.get("/T", element.S)))
    if elements:
        for kid in elements:
            yield from leaves(kid, here)
    else:
        yield here, element


def places(element: Object, pages: dict[tuple[int, int], int]) -> list[tuple[int, int]]:
    return [(pages[element.Pg.objgen], kid) if isinstance(kid, int) else (pages[kid.Pg.objgen], int(kid.MCID)) for kid in kids(element)]


def kids(element: Object) -> list[Object | int]:
    return list(element.K.as_list())


def recovered(content: bytes) -> list[tuple[tuple[str, ...], str, set[int]]]:
    """What a reader sees through the tags alone: kinds, words without the hyphens of the layout, pages."""
    letters = marked_text(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        return [
            (path[1:], "".join(letters[place].removesuffix(HYPHEN) for place in found), {page for page, _ in found})
            for path, element in leaves(pdf.Root.StructTreeRoot.K[0])
            if (found := places(element, pages))
        ]


def kinds_and_pages(content: bytes) -> list[tuple[tuple[str, ...], set[int]]]:
    """The same without the words, which take long to read."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.obj.objgen: at for at, page in enumerate(pdf.pages)}
        found = ((path[1:], places(element, pages)) for path, element in leaves(pdf.Root.StructTreeRoot.K[0]))
        return [(kind, {page for page, _ in marked}) for kind, marked in found if marked]


def expected(blocks: Document) -> list[tuple[tuple[str, ...], str]]:
    """The same, from the document."""
    kinds = {"text": ("/P",), "absatz": ("/P",), "titelseite": ("Titelseite", "/P"), "eingang": ("Eingang", "/P")}
    found: list[tuple[tuple[str, ...], str]] = []
    for block in in_reading_order(blocks.blocks):
        if block.art == "punkt":
            found += [(("/L", "/LI", "/Lbl"), "–"), (("/L", "/LI", "/LBody"), block.text)]
        elif block.art == "ueberschrift":
            found.append(((f"/H{block.level}",), block.text))
        elif block.art == "unterschrift":
            found.append((("Unterschriften", f"Unterschrift {block.column}", "/P"), block.text))
        else:
            found.append((kinds[block.art], block.text))
    return found


@pytest.fixture(scope="module")
def sample() -> bytes:
    return render_pdf(everything())


def test_kind_and_words_of_each_block_are_recovered_from_the_tags_alone(sample: bytes) -> None:
    assert [(kind, words) for kind, words, _ in recovered(sample)] == expected(everything())


def test_a_paragraph_on_two_pages_is_one_element(sample: bytes) -> None:
    assert any(len(pages) == 2 for _, _, pages in recovered(sample)), "the sample must hold such a paragraph"
    assert len(recovered(sample)) == len(expected(everything()))


words = st.text(alphabet="abcdeiouÄß. -–§()1%&<>{}'\"", min_size=1, max_size=400).map(lambda text: " ".join(text.split())).filter(bool)
any_block = st.one_of(
    st.builds(text, words),
    st.builds(absatz, words.map("(1) {}".format)),
    st.builds(item, words, st.sampled_from("ab")),
    st.builds(item, st.sampled_from([prose(1), prose(5)])),
)


@pytest.mark.law
@settings(max_examples=examples(25))
@given(st.lists(any_block, min_size=1, max_size=25))
def test_any_paragraph_or_item_is_recovered_from_the_tags(blocks: list[Block]) -> None:
    made = document(heading("I. X"), *blocks, *signatures())
    stripped = [(kind, found.strip()) for kind, found, _ in recovered(render_pdf(made))]
    assert stripped == [(kind, found.strip()) for kind, found in expected(made)]


def test_no_blank_is_lost_beside_an_open_field_or_a_gap() -> None:
    fields = (Span("[Integrationsquote der Frauen offen]", "x", "offen"), Span("", "x", "leer"))
    before = prose(2).split()
    made = document(
        *(Block("text", (Span(" ".join(before[:at]) + " um "), field, Span(" % im " + prose(1)))) for at in range(40) for field in fields)
    )
    assert [(kind, words) for kind, words, _ in recovered(render_pdf(made))] == expected(made)


def test_two_lists_that_touch_stay_two() -> None:
    pdf = written(document(item("a", "x"), item("b", "x"), item("c", "y")))
    assert [len(kid.K) for kid in pdf.Root.StructTreeRoot.K[0].K] == [2, 1]


def test_a_hyphen_of_the_layout_is_another_letter_than_a_written_one(sample: bytes) -> None:
    found = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(sample))
    assert f"{HYPHEN}\r\n" in found
    assert HYPHEN not in "".join(block.text for block in everything().blocks)


def test_pypdfium2_reads_the_page_in_order_without_losing_a_blank(sample: bytes) -> None:
    found = "".join(page.get_textpage().get_text_range() + "\r\n" for page in pypdfium2.PdfDocument(sample))
    lines = found.replace(f"{HYPHEN}\r\n", "").replace(" \r\n", " ").split("\r\n")
    assert lines.count("– " + prose(2)) >= 3
    assert [entry for entry in lines if entry in LOOK_ALIKES] == list(LOOK_ALIKES)


def test_page_numbers_are_artifacts_and_the_title_page_has_none(sample: bytes) -> None:
    with pdfplumber.open(io.BytesIO(sample)) as pdf:
        footers = ["".join(char["text"] for char in page.chars if char["tag"] == "Artifact") for page in pdf.pages]
    assert footers == ["", *map(str, range(2, len(footers) + 1))]


def test_each_page_of_a_draft_says_so_outside_the_text() -> None:
    blank = Block("text", (Span("um "), Span("[Quote offen]", "quote", "offen"), Span(" %")))
    content = render_pdf(everything(blank))
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        assert all("ENTWURF" in "".join(char["text"] for char in page.chars if char["tag"] == "Artifact") for page in pdf.pages)
    assert not any("ENTWURF" in found for _, found, _ in recovered(content))
    assert "um [Quote offen] %" in [found for _, found, _ in recovered(content)]


@needs_verapdf
def test_verapdf_finds_nothing(sample: bytes, tmp_path: Path) -> None:
    odd = document(heading("tief", 3), heading("hoch"), heading("tief", 3), *everything().blocks, *signatures(5))
    for name, content in {
        "sample": sample,
        "odd": render_pdf(odd),
        "draft": render_pdf(document(Block("text", (Span("[x]", "x", "offen"),)))),
    }.items():
        (tmp_path / f"{name}.pdf").write_bytes(content)
    assert faults(tmp_path.glob("*.pdf")) == {}


@needs_verapdf
def test_verapdf_names_the_rule_that_a_file_breaks(sample: bytes, tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        del pdf.Root.MarkInfo
        pdf.save(tmp_path / "unmarked.pdf")
    found = faults([tmp_path / "unmarked.pdf"])
    assert set(found) == {"unmarked.pdf 3a", "unmarked.pdf ua1"}
    assert all(any("MarkInfo" in rule for rule in rules) for rules in found.values())


def test_the_file_declares_both_standards_its_title_and_its_language(sample: bytes) -> None:
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        with pdf.open_metadata() as metadata:
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
            assert metadata["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
            assert metadata["dc:title"] == "Vereinbarung <2024> & mehr"
        assert b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>" in pdf.Root.Metadata.read_bytes()
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert pdf.Root.Lang == "de-DE"
        assert str(pdf.docinfo.Title) == "Vereinbarung <2024> & mehr"
        assert str(pdf.docinfo.CreationDate) == "D:2024"
        assert not pdf.Root.get("/Names")


def test_two_processes_write_the_same_bytes() -> None:
    script = "import hashlib, sample_documents as s, render.pdf as r; print(hashlib.sha256(r.render_pdf(s.everything())).hexdigest())"
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests" / "support")])
    runs = [
        subprocess.run(
            [sys.executable, "-c", script],
            env={**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_rendering_twice_in_one_process_writes_the_same_bytes(sample: bytes) -> None:
    render_pdf(document(text("dazwischen")))
    assert render_pdf(everything()) == sample


def test_the_few_base_styles_print_what_all_of_weasyprints_print(sample: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Page] = []

    def every(page: Page, forms: bool = False) -> list[weasyprint.CSS]:
        asked.append(page)
        return list(weasyprint.HTML._ua_stylesheets(page, forms))

    monkeypatch.setattr(Page, "_ua_stylesheets", every)
    assert render_pdf(everything()) == sample
    assert asked, "WeasyPrint no longer asks for its styles here, so that leaving most of them out saves nothing"


def test_nothing_overflows_page_or_column() -> None:
    long = "x" * 300
    made = document(
        Block("titelseite", (Span(long),)),
        Block("eingang", (Span(long),)),
        heading(long),
        text(long),
        item("W" * 200),
        line(long, 1),
        line(long, 2),
    )
    with pdfplumber.open(io.BytesIO(render_pdf(made))) as pdf:
        for page in pdf.pages:
            assert max(char["x1"] for char in page.chars) <= page.width - 70
            assert min(char["x0"] for char in page.chars) >= 70


def test_a_long_word_stays_in_its_signature_column() -> None:
    with pdfplumber.open(io.BytesIO(render_pdf(document(line("x" * 300, 1), line("y" * 300, 2))))) as pdf:
        ends = {letter: max(char["x1"] for char in pdf.pages[0].chars if char["text"] == letter) for letter in "xy"}
        start = min(char["x0"] for char in pdf.pages[0].chars if char["text"] == "y")
        assert ends["x"] < start < ends["y"] <= pdf.pages[0].width - 70


def test_no_break_spaces_keep_their_line_and_are_read_as_blanks() -> None:
    made = document(*(text(WORDS[:at] + " Bla 13.155.724 Euro § 48b Abs. 1 S. 1 z. B. 3,9 % " + WORDS) for at in range(0, 80, 3)))
    found = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(render_pdf(made)))
    assert "\xa0" not in found
    for tied in ("13.155.724 Euro", "§ 48b", "Abs. 1", "S. 1", "z. B.", "3,9 %"):
        assert found.count(tied) == len(made.blocks), tied


def chapters() -> Document:
    """Many headings, at any height of a page."""
    return document(*(block for at in range(60) for block in (heading(f"Titel {at}", 1 + at % 3), text(prose(at % 4 + at // 30 + 1)))))


def kinds_at_the_foot(content: bytes) -> set[str]:
    last: dict[int, str] = {}
    for kind, pages in kinds_and_pages(content):
        last.update(dict.fromkeys(pages, kind[0]))
    return set(last.values())


def layout_with(rule: str, folder: Path) -> Path:
    """A copy of the layout with another rule."""
    layout = folder / "layout"
    shutil.copytree(default_layout(), layout)
    with (layout / "vereinbarung.css").open("a", encoding="utf-8") as css:
        css.write(rule)
    return layout


def test_no_heading_stands_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    assert kinds_at_the_foot(render_pdf(chapters())) == {"/P"}
    careless = layout_with("h1, h2, h3 { break-after: auto }", tmp_path)
    assert kinds_at_the_foot(render_pdf(chapters(), careless)) != {"/P"}, "the sample must be able to show it"


@pytest.mark.parametrize("columns", [2, 3])
def test_the_signatures_stay_together_and_have_text_above_them(columns: int) -> None:
    for filler in range(9, 19):
        found = kinds_and_pages(render_pdf(document(*(text(prose(1)) for _ in range(filler)), *signatures(columns))))
        signed = set().union(*(pages for kind, pages in found if kind[0] == "Unterschriften"))
        above = set().union(*(pages for kind, pages in found if kind == ("/P",)))
        assert len(signed) == 1
        assert signed & above, f"{filler} paragraphs: the signatures stand alone"


def test_signature_lines_below_the_pen_are_level(sample: bytes) -> None:
    with pdfplumber.open(io.BytesIO(sample)) as pdf:
        names = [word for word in pdf.pages[-1].extract_words() if word["text"] in ("(Erika", "(Max")]
    assert len({round(word["top"], 1) for word in names}) == 1


def test_letters_of_din_91379_print_and_others_are_refused() -> None:
    found = pypdfium2.PdfDocument(render_pdf(document(text("Đặng Ḥasan ẞ Łódź Ə"))))[0].get_textpage().get_text_range()
    assert found.startswith("Đặng Ḥasan ẞ Łódź Ə")
    with pytest.raises(ZvError, match="U\\+16A0"):
        render_pdf(document(text("Rune \N{RUNIC LETTER FEHU FEOH FE F}")))


def test_a_control_character_and_a_layout_that_is_not_well_formed_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ZvError, match="Steuerzeichen"):
        render_pdf(document(text("a\x01b")))
    layout = layout_with("", tmp_path)
    page = layout / "vereinbarung.html.j2"
    page.write_text(page.read_text(encoding="utf-8").replace("</main>", ""), encoding="utf-8")
    with pytest.raises(ZvError, match="jedes Element schließen"):
        render_pdf(document(text("x")), layout)


@pytest.mark.parametrize("char", ["\N{HYPHEN}", "\N{SOFT HYPHEN}"])
def test_a_hyphen_that_would_look_like_the_layouts_own_is_refused(char: str) -> None:
    with pytest.raises(ZvError, match="Trennstrich"):
        render_pdf(document(text(f"a{char}b")))


def test_another_font_is_never_used_in_silence(tmp_path: Path) -> None:
    others = Path(matplotlib.get_data_path(), "fonts", "ttf")  # DejaVu Sans among them
    assert list(others.glob("DejaVuSans.ttf"))
    config = tmp_path / "fonts.conf"
    config.write_text(f"<fontconfig><dir>{others}</dir><cachedir>{tmp_path}</cachedir></fontconfig>", encoding="utf-8")
    run = in_new_process("from render.pdf import render_pdf; render_pdf(s.everything())", FONTCONFIG_FILE=str(config))
    assert "ZvError: Die Schrift Liberation Sans fehlt" in run
    assert "fonts-liberation" in run


def test_a_missing_package_is_named() -> None:
    run = in_new_process("import sys; sys.modules['weasyprint'] = None; import render.pdf")
    assert "ZvError: PDF kann nicht geschrieben werden, weil der Baustein WeasyPrint fehlt" in run


def in_new_process(script: str, **environment: str) -> str:
    """What the script says before it fails."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "support")]), **environment}
    run = subprocess.run(
        [sys.executable, "-c", f"import sample_documents as s; {script}"], env=env, capture_output=True, text=True, check=False
    )
    assert run.returncode != 0
    return run.stderr


@pytest.mark.parametrize("address", ["http://example.org/a.css", "file:///etc/hostname", "../fremd.css"])
def test_a_layout_reads_nothing_from_outside_its_folder(address: str, tmp_path: Path) -> None:
    layout = tmp_path / "layout"
    shutil.copytree(default_layout(), layout)
    (tmp_path / "fremd.css").write_text("p { color: red }", encoding="utf-8")
    css = layout / "vereinbarung.css"
    css.write_text(f'@import url("{address}");\n' + css.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ZvError, match="außerhalb seines Ordners"):
        render_pdf(document(text("x")), layout)


def test_a_layout_with_an_unknown_style_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZvError, match="gibt-es-nicht"):
        render_pdf(document(text("x")), layout_with("p { gibt-es-nicht: 1 }", tmp_path))


def test_outlines_name_the_headings(sample: bytes) -> None:
    with pikepdf.open(io.BytesIO(sample)) as pdf, pdf.open_outline() as outline:
        assert [entry.title for entry in outline.root] == ["I. Blumen"]


def test_text_that_looks_like_markup_prints_letter_by_letter() -> None:
    found = pypdfium2.PdfDocument(render_pdf(document(*map(text, LOOK_ALIKES))))[0].get_textpage().get_text_range()
    assert found.split("\r\n")[: len(LOOK_ALIKES)] == list(LOOK_ALIKES)


def test_a_document_without_title_page_begins_with_its_text() -> None:
    content = render_pdf(document(*front()[3:], text("x")))
    assert len(pypdfium2.PdfDocument(content)) == 1
