"""The Word file as a file: valid, the same bytes every time, the same words in another program."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from word_package import (
    DRAFT,
    complaints,
    document,
)

from agreements.model.document import Document
from render.word import render_word


@pytest.mark.parametrize("agreement", [document(), DRAFT], ids=["unterzeichnet", "entwurf"])
def test_word_finds_nothing_to_repair(agreement: Document, tmp_path: Path) -> None:
    assert complaints(render_word(agreement), tmp_path) == []


def test_two_processes_write_the_same_bytes() -> None:
    program = "import sys; from word_package import DRAFT; from render.word import render_word; sys.stdout.buffer.write(render_word(DRAFT))"
    here = Path(__file__).parent
    surroundings = ({"PYTHONHASHSEED": "1", "TZ": "UTC"}, {"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo"})
    environments = [
        os.environ | setting | {"PYTHONPATH": os.pathsep.join([str(here.parent), str(here / "support")])} for setting in surroundings
    ]
    runs = [subprocess.run([sys.executable, "-c", program], cwd=here, env=env, capture_output=True, check=True) for env in environments]
    assert runs[0].stdout == runs[1].stdout == render_word(DRAFT)


def letters(text: str) -> str:
    """The text without blanks, dashes of lists and the line for the pen."""
    return re.sub(r"[\s_–]", "", text)


def converted(package: bytes, folder: Path) -> str:
    """The text of the pages that LibreOffice makes of a Word file, without page numbers."""
    (folder / "agreement.docx").write_bytes(package)
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            'pdf:writer_pdf_Export:{"ExportFormFields":{"type":"boolean","value":"false"}}',
            "--outdir",
            folder,
            folder / "agreement.docx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    with pypdfium2.PdfDocument(folder / "agreement.pdf") as pdf:
        return "\n".join(re.sub(r"[\r\n]+\d\s*$", "", page.get_textpage().get_text_range()) for page in pdf)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed: the Word file is not opened in it")
def test_libreoffice_shows_the_same_words_in_the_same_order(tmp_path: Path) -> None:
    text = converted(render_word(DRAFT), tmp_path)
    expected = " ".join(block.text for block in DRAFT.blocks)
    assert letters(text).replace("ENTWURF", "") == letters(expected)
