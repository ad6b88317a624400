"""Our Word file as it comes back: edited by hand, with tracked changes, saved by another program."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from copy import deepcopy
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from lxml import etree
from round_trip import LIBRARY, departures, emsland, printed, said, text_of, text_read, unsure

from agreements.library.open_points import as_read
from agreements.model.record import Vereinbarung, Zielwert
from extract.extraction import Extraction, extract

Element = Any
"""lxml has no types."""
Body = Element
Edit = Callable[[Body], None]

BUDGET = "haushalt.verwaltungskosten"
QUOTE = "ziele.integrationsquote.gesamt"
STEPS = "ziele.individuell.4.schritte"


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Word file of the real agreement."""
    return printed(LIBRARY.document(emsland()), "docx", tmp_path_factory.mktemp("unsere"))


@pytest.fixture
def edited(ours: Path, tmp_path: Path) -> Callable[..., Extraction]:
    """What is read from our Word file after some edits."""

    def edited(*edits: Edit) -> Extraction:
        document = docx.Document(str(ours))
        for edit in edits:
            edit(document.element.body)
        path = tmp_path / "bearbeitet.docx"
        document.save(str(path))
        return extract(path, LIBRARY)

    return edited


# ---------------------------------------------------------------- what people do


def control(body: Body, feld: str, nth: int = 0) -> Element:
    """A content control by its tag."""
    found = [sdt for sdt in body.iter(qn("w:sdt")) if sdt.find(qn("w:sdtPr")).find(qn("w:tag")).get(qn("w:val")) == feld]
    return found[nth]


def texts(element: Element) -> list[Element]:
    """The runs' texts below an element."""
    return list(element.iter(qn("w:t")))


def text(element: Element) -> str:
    return "".join(part.text or "" for part in texts(element)).replace("\N{NO-BREAK SPACE}", " ")


def paragraph_with(body: Body, words: str) -> Element:
    """The first paragraph that holds some words."""
    return next(p for p in body.iter(qn("w:p")) if words in text(p))


def type_over(element: Element, new: str) -> None:
    """Other text in place of an element's."""
    first, *rest = texts(element)
    first.text = new
    for other in rest:
        other.text = ""


def typed(feld: str, new: str) -> Edit:
    return lambda body: type_over(control(body, feld), new)


def replaced(words: str, new: str) -> Edit:
    """Other words in the run that holds them."""

    def edit(body: Body) -> None:
        part = next(part for part in texts(body) if words in (part.text or "").replace("\N{NO-BREAK SPACE}", " "))
        part.text = part.text.replace("\N{NO-BREAK SPACE}", " ").replace(words, new)

    return edit


def without_controls(body: Body) -> None:
    """Every control gone, its content left."""
    for sdt in list(body.iter(qn("w:sdt"))):
        for child in list(sdt.find(qn("w:sdtContent"))):
            sdt.addprevious(child)
        sdt.getparent().remove(sdt)


def split_runs(body: Body) -> None:
    """Every run parted in two in the middle, as Word does for its spelling checks."""
    for run in list(body.iter(qn("w:r"))):
        parts = run.findall(qn("w:t"))
        if len(parts) != 1 or len(run) > 2 or len(parts[0].text or "") < 2:
            continue
        other = deepcopy(run)
        half = len(parts[0].text) // 2
        other.find(qn("w:t")).text = parts[0].text[half:]
        parts[0].text = parts[0].text[:half]
        for part in (parts[0], other.find(qn("w:t"))):
            part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.addnext(other)


def tracked(words: str, new: str, within: str = "") -> Edit:
    """A tracked change of some words in a run; either may be empty: then behind `within`, or nothing instead."""

    def edit(body: Body) -> None:
        old = words or within
        part = next(part for part in texts(body) if old in (part.text or "").replace("\N{NO-BREAK SPACE}", " "))
        run = part.getparent()
        before, _, after = part.text.replace("\N{NO-BREAK SPACE}", " ").partition(old)
        pieces = [run_of(run, before if words else before + old)]
        if words:
            pieces.append(change("del", run_of(run, words, "w:delText")))
        if new:
            pieces.append(change("ins", run_of(run, new)))
        for piece in (*pieces, run_of(run, after)):
            run.addprevious(piece)
        run.getparent().remove(run)

    return edit


def run_of(like: Element, words: str, tag: str = "w:t") -> Element:
    run = OxmlElement("w:r")
    if (look := like.find(qn("w:rPr"))) is not None:
        run.append(deepcopy(look))
    part = OxmlElement(tag)
    part.text = words
    part.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(part)
    return run


def change(kind: str, run: Element) -> Element:
    element = OxmlElement(f"w:{kind}")
    for name, value in (("id", "77"), ("author", "Erika Muster"), ("date", "2024-01-30T09:15:00Z")):
        element.set(qn(f"w:{name}"), value)
    element.append(run)
    return element


def paragraph_like(like: Element, words: str) -> Element:
    """A new paragraph with the look of another."""
    paragraph = OxmlElement("w:p")
    if (look := like.find(qn("w:pPr"))) is not None:
        paragraph.append(deepcopy(look))
    paragraph.append(run_of(OxmlElement("w:r"), words))
    return paragraph


# ---------------------------------------------------------------- what must come of it


def with_value(feld: str, value: Any) -> Vereinbarung:
    """The real agreement with one other value."""

    def put(part: Any, keys: list[str]) -> Any:
        if not keys:
            return value
        if isinstance(part, dict):
            return {**part, int(keys[0]): put(part[int(keys[0])], keys[1:])}
        return part.model_copy(update={keys[0]: put(getattr(part, keys[0]), keys[1:])})

    changed: Vereinbarung = put(emsland(), feld.split("."))
    return changed


def is_read(extraction: Extraction, record: Vereinbarung) -> None:
    """The values are the record's, nothing departs from the wording, and no word is lost."""
    assert said(extraction.record) == said(record)
    assert (departures(extraction), unsure(extraction)) == ([], [])
    assert text_of(LIBRARY.document(as_read(extraction.record))) == text_read(extraction)


def is_kept(extraction: Extraction) -> None:
    """What departs from the wording is printed again word by word."""
    assert text_of(LIBRARY.document(as_read(extraction.record))) == text_read(extraction)


OTHER_QUOTE = Zielwert(richtung="steigt", wert=Decimal("4.05"), einheit="prozent", bezug=2023)


def test_a_number_changed_inside_its_control_is_read(edited: Callable[..., Extraction]) -> None:
    is_read(edited(typed(BUDGET, "13.155.725")), with_value(BUDGET, 13155725))


def test_a_target_changed_inside_its_control_is_read(edited: Callable[..., Extraction]) -> None:
    is_read(edited(typed(QUOTE, "um 4,05 % im Vergleich zum Jahr 2023 steigt")), with_value(QUOTE, OTHER_QUOTE))


def test_a_number_changed_where_the_controls_are_gone_is_read(edited: Callable[..., Extraction]) -> None:
    is_read(edited(without_controls, replaced("13.155.724", "13.155.725")), with_value(BUDGET, 13155725))
    is_read(edited(without_controls, replaced("um 3,9 %", "um 4,05 %")), with_value(QUOTE, OTHER_QUOTE))


def test_a_number_typed_beside_its_emptied_control_is_read(edited: Callable[..., Extraction]) -> None:
    def edit(body: Body) -> None:
        sdt = control(body, BUDGET)
        sdt.addnext(run_of(OxmlElement("w:r"), "13.155.725"))
        type_over(sdt, "")

    is_read(edited(edit), with_value(BUDGET, 13155725))


def test_split_runs_change_nothing(edited: Callable[..., Extraction]) -> None:
    is_read(edited(split_runs), emsland())
    is_read(edited(split_runs, split_runs, without_controls), emsland())


@pytest.mark.parametrize(("words", "new", "within"), [("zweimal", "dreimal", ""), ("durchgängig ", "", ""), ("", " immer", "durchgängig")])
def test_a_tracked_change_of_fixed_text_counts_and_is_told(words: str, new: str, within: str, edited: Callable[..., Extraction]) -> None:
    extraction = edited(tracked(words, new, within))
    assert said(extraction.record) == said(emsland())
    assert len(departures(extraction)) == 1
    assert [point.art for point in extraction.record.akte.offen if point.abweichung] == ["nachverfolgt"]
    assert extraction.record.abweichungen == ()
    told = [befund.text for befund in extraction.befunde if befund.art == "geaendert"]
    assert len(told) == bool(words) + bool(new)
    assert all("Erika Muster am 30.01.2024" in line for line in told)
    for changed, how in ((words, "gestrichen"), (new, "eingefügt")):
        assert not changed or any(f"„{changed.strip()}“ {how}" in line for line in told)
    is_kept(extraction)


def test_a_tracked_change_of_a_number_counts_and_is_told(edited: Callable[..., Extraction]) -> None:
    extraction = edited(tracked("13.155.724", "13.155.725"))
    is_read(extraction, with_value(BUDGET, 13155725))
    assert [befund.schwere for befund in extraction.befunde if befund.art == "geaendert"] == ["warnung", "warnung"]
    is_read(edited(tracked("724", "725")), with_value(BUDGET, 13155725))


def test_an_inserted_paragraph_is_told_and_kept(edited: Callable[..., Extraction]) -> None:
    def edit(body: Body) -> None:
        before = paragraph_with(body, "Hier setzt auch das Bürgergeld an")
        before.addnext(paragraph_like(before, "Die Vertragspartner prüfen gemeinsam, was davon zu halten ist."))

    extraction = edited(edit)
    assert said(extraction.record) == said(emsland())
    (befund,) = departures(extraction)
    assert befund.text.startswith("Die Vertragspartner prüfen") and not befund.erwartet
    is_kept(extraction)


def test_a_paragraph_added_where_the_wording_has_a_list_of_them_is_read(edited: Callable[..., Extraction]) -> None:
    def edit(body: Body) -> None:
        before = paragraph_with(body, "durchaus besorgniserregend")
        before.addnext(paragraph_like(before, "Im Sommer wird es besser."))

    lage = (*emsland().rahmenbedingungen.regionale_lage, "Im Sommer wird es besser.")  # type: ignore[misc]
    is_read(edited(edit), with_value("rahmenbedingungen.regionale_lage", lage))


def test_a_deleted_paragraph_is_told_and_kept_away(edited: Callable[..., Extraction]) -> None:
    def edit(body: Body) -> None:
        paragraph = paragraph_with(body, "Hier setzt auch das Bürgergeld an")
        paragraph.getparent().remove(paragraph)

    extraction = edited(edit)
    assert said(extraction.record) == said(emsland())
    (befund,) = departures(extraction)
    assert (befund.erwartet or "").startswith("Hier setzt auch das Bürgergeld an") and not befund.text
    is_kept(extraction)


def test_a_split_paragraph_loses_no_word(edited: Callable[..., Extraction]) -> None:
    def edit(body: Body) -> None:
        paragraph = paragraph_with(body, "Hier setzt auch das Bürgergeld an")
        words = text(paragraph)
        half = words.index(". ") + 1
        paragraph.addnext(paragraph_like(paragraph, words[half:].strip()))
        type_over(paragraph, words[:half])

    extraction = edited(edit)
    assert said(extraction.record) == said(emsland())
    is_kept(extraction)


def test_an_item_added_or_removed_is_read(edited: Callable[..., Extraction]) -> None:
    steps: tuple[str, ...] = emsland().ziele.individuell[4].schritte  # type: ignore[assignment]

    def add(body: Body) -> None:
        items = control(body, STEPS).find(qn("w:sdtContent"))
        items[2].addnext(paragraph_like(items[2], "Ein Schritt mehr"))

    def remove(body: Body) -> None:
        items = control(body, STEPS).find(qn("w:sdtContent"))
        items.remove(items[0])

    def after(body: Body) -> None:
        last = control(body, STEPS).find(qn("w:sdtContent"))[-1]
        control(body, STEPS).addnext(paragraph_like(last, "Ein Schritt mehr"))

    is_read(edited(add), with_value(STEPS, (*steps[:3], "Ein Schritt mehr", *steps[3:])))
    is_read(edited(remove), with_value(STEPS, steps[1:]))
    is_read(edited(after), with_value(STEPS, (*steps, "Ein Schritt mehr")))


def test_quotes_that_word_corrects_are_a_hint_in_fixed_text_and_read_as_typed_in_values(edited: Callable[..., Extraction]) -> None:
    def edit(body: Body) -> None:
        for part in texts(body):
            part.text = re.sub(r'"([^"]+)"', "„\\1“", part.text or "").replace(" - ", " – ")

    extraction = edited(edit)
    assert extraction.record.ziele.individuell[6].titel == "Gestaltung des Übergangs „Schule und Beruf“"
    assert {befund.schwere for befund in departures(extraction)} <= {"hinweis"}
    assert unsure(extraction) == []
    is_kept(extraction)


def test_controls_that_name_another_angabe_are_told_and_the_place_decides(edited: Callable[..., Extraction]) -> None:
    def swap(body: Body) -> None:
        one, other = (control(body, f"haushalt.{name}").find(qn("w:sdtPr")) for name in ("verwaltungskosten", "eingliederungsleistungen"))
        first, second = one.find(qn("w:tag")), other.find(qn("w:tag"))
        first.set(qn("w:val"), "haushalt.eingliederungsleistungen")
        second.set(qn("w:val"), "haushalt.verwaltungskosten")

    extraction = edited(swap)
    is_read(extraction, emsland())
    told = [(befund.feld, befund.schwere) for befund in extraction.befunde if befund.art == "widerspruch"]
    assert told == [("haushalt.verwaltungskosten", "hinweis"), ("haushalt.eingliederungsleistungen", "hinweis")]
    assert "13.155.724" in extraction.befunde[0].text and "Leistungen zur Eingliederung" in extraction.befunde[0].text


def test_controls_of_other_programs_say_nothing(edited: Callable[..., Extraction]) -> None:
    def rename(body: Body) -> None:
        for tag in body.iter(qn("w:tag")):
            tag.set(qn("w:val"), "Textfeld7")

    extraction = edited(rename)
    is_read(extraction, emsland())
    assert extraction.befunde == ()


def test_a_value_that_cannot_be_read_is_never_guessed(edited: Callable[..., Extraction]) -> None:
    extraction = edited(typed(BUDGET, "rund dreizehn Millionen"))
    (found,) = (found for found in extraction.found if found.feld == BUDGET)
    assert (found.wert, found.doubtful) == (None, True)
    assert "rund dreizehn Millionen" in (found.reason or "")
    is_kept(extraction)


SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    yield tmp_path_factory.mktemp("profil").as_uri()


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice fehlt")
@pytest.mark.parametrize("way", [("docx:MS Word 2007 XML",), ("odt", "docx:MS Word 2007 XML"), ("pdf",)], ids=["docx", "odt", "pdf"])
def test_saved_by_libreoffice_it_reads_the_same(way: tuple[str, ...], ours: Path, profile: str, tmp_path: Path) -> None:
    path = ours
    for number, form in enumerate(way):
        target = tmp_path / str(number)
        command = [SOFFICE or "", f"-env:UserInstallation={profile}", "--headless", "--convert-to", form, "--outdir", str(target)]
        subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=120)
        path = target / f"{ours.stem}.{form.partition(':')[0]}"
    is_read(extract(path, LIBRARY), emsland())


def test_the_file_that_is_read_stays_as_it_is(ours: Path) -> None:
    before = ours.read_bytes()
    extract(ours, LIBRARY)
    assert ours.read_bytes() == before
    assert etree.tostring(docx.Document(str(ours)).element)
