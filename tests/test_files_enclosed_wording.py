"""The wording inside a PDF: it lets those read who have none, and is never believed over one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pikepdf
import pytest
from round_trip import LIBRARY, ROOT, emsland, said
from test_files_enclosed_record import putting, with_inside

from agreements.library.embedded_wording import MOST_BYTES
from agreements.library.library import Library
from agreements.model.record import Vereinbarung
from agreements.reading.findings import Befund
from agreements.store.store import Store
from agreements.wording.foreign import without_remarks
from agreements.wording.units import Wording
from agreements.wording.wording import parse_wording
from extract.extraction import Extraction, extract
from render.pdf import render_pdf

NAME = "wortlaut-ni-2024.j2"
CLAUSE = ("mindestens jedoch zweimal jährlich", "mindestens jedoch viermal jährlich")


@pytest.fixture(scope="module")
def record() -> Vereinbarung:
    return emsland()


@pytest.fixture(scope="module")
def pdf(record: Vereinbarung) -> bytes:
    return render_pdf(LIBRARY.document(record))


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """That of a house which has no wording."""
    folder = tmp_path_factory.mktemp("leer")
    return Library(Store(folder, packaged=folder))


def read(data: bytes, folder: Path, library: Library = LIBRARY) -> Extraction:
    path = folder / "a.pdf"
    path.write_bytes(data)
    return extract(path, library)


def warnings(extraction: Extraction) -> list[Befund]:
    return [befund for befund in extraction.befunde if befund.schwere != "hinweis"]


def test_who_has_no_wording_reads_with_the_one_inside_and_is_told(record: Vereinbarung, pdf: bytes, bare: Library, tmp_path: Path) -> None:
    found = read(pdf, tmp_path, bare)
    assert said(found.record) == said(record)
    (told,) = warnings(found)
    assert (told.art, told.schwere) == ("anmerkung", "warnung")
    assert told.text.startswith("Gelesen wurde mit dem Wortlaut ni/2024, der in der Datei selbst liegt; hier gibt es keinen.")


def test_who_has_the_same_wording_is_told_nothing(pdf: bytes, tmp_path: Path) -> None:
    assert warnings(read(pdf, tmp_path)) == []


@pytest.fixture(scope="module")
def changed(record: Vereinbarung, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A PDF in which one clause is another, on its page and in the wording inside."""
    folder = tmp_path_factory.mktemp("anders")
    shutil.copytree(ROOT / "templates" / "ni", folder / "templates" / "ni")
    path = folder / "templates" / "ni" / "2024.j2"
    text = path.read_text(encoding="utf-8")
    assert text.count(CLAUSE[0]) == 1
    path.write_text(text.replace(*CLAUSE), encoding="utf-8")
    return render_pdf(Library(Store(folder)).document(record))


def test_a_clause_changed_on_the_page_and_inside_is_a_departure_and_a_warning(changed: bytes, tmp_path: Path) -> None:
    found = read(changed, tmp_path)
    (departure,) = found.record.abweichungen
    assert (departure.alt, departure.neu) == ("zweimal", "viermal")
    (told,) = [befund for befund in warnings(found) if "eingebettete Wortlaut" in befund.text]
    assert all(clause in told.text for clause in CLAUSE)
    assert told.text.endswith("Gelesen wurde mit dem hiesigen.")


def test_who_has_no_wording_is_never_told_that_the_text_is_the_lands(changed: bytes, bare: Library, tmp_path: Path) -> None:
    found = read(changed, tmp_path, bare)
    assert found.record.abweichungen == ()
    assert any("ist damit nicht geprüft" in befund.text for befund in warnings(found))


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (b"{% if jahr %}" * 500 + b"{% endif %}" * 500, "verschachtelt"),
        (b"{{ " + b"-" * 5000 + b"jahr }}", "verschachtelt"),
        (b"{{ " + b"(" * 50 + b"jahr" + b")" * 50 + b" }}", "verschachtelt"),
        (b"\xff\xfe", "kein Text"),
        (b"{{ akte.geheim }}", "gibt es nicht"),
        (b"{{ jahr", "nicht zu lesen"),
        (b"x" * (MOST_BYTES + 1), f"größer als {MOST_BYTES >> 10} KB"),
    ],
)
def test_a_wording_that_is_none_is_named_and_the_pages_are_read(inside: bytes, why: str, pdf: bytes, tmp_path: Path) -> None:
    found = read(with_inside(pdf, putting(inside, NAME)), tmp_path)
    (told,) = warnings(found)
    assert told.text.startswith("Der eingebettete Wortlaut ist nicht zu gebrauchen: ") and why in told.text
    assert found.record.wortlaut == "ni/2024"


def test_remarks_of_those_who_write_a_wording_stay_in_the_house(tmp_path: Path) -> None:
    path = ROOT / "templates" / "ni" / "2024.j2"
    text = "{# Frau Muster: noch abstimmen #}\n" + path.read_text(encoding="utf-8")
    (tmp_path / "templates" / "ni").mkdir(parents=True)
    (tmp_path / "templates" / "ni" / "2024.j2").write_text(text, encoding="utf-8")
    made = render_pdf(Library(Store(tmp_path)).document(emsland()))
    (tmp_path / "a.pdf").write_bytes(made)
    with pikepdf.open(tmp_path / "a.pdf") as opened:
        inside = opened.attachments[NAME].get_file().read_bytes().decode()
        assert sorted(opened.attachments) == ["datensatz.yaml", "rahmen.yaml", NAME]
    assert "Muster" not in inside and "{#" not in inside


@pytest.mark.parametrize("path", sorted((ROOT / "templates").glob("*/*20??.j2")), ids=lambda path: path.name)
def test_a_wording_without_its_remarks_says_the_same(path: Path) -> None:
    schluessel = f"{path.parent.name}/{path.stem}"
    text = "{# noch abstimmen #}\n" + path.read_text(encoding="utf-8")
    whole, bare = (parse_wording(each, path, schluessel) for each in (text, without_remarks(text)))
    assert told(whole) == told(bare)


def told(wording: Wording) -> list[tuple[str, list[list[str]]]]:
    """Each block, its fields by their names."""
    return [
        (unit.stelle, [[part if isinstance(part, str) else part.path for part in line] for line in unit.lines]) for unit in wording.units
    ]
