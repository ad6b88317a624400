"""A Word file's body, element by element, and what is read of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from word_files import p, r, word_file

from agreements.reading.reading import Reading
from extract.word.reader import read_word

ANNA = 'w:id="1" w:author="Anna" w:date="2024-01-31T10:00:00Z"'
Read = Callable[..., Reading]


def reader_of_bodies(tmp_path: Path) -> Read:
    """Reads a Word file with this body and these further parts."""
    return lambda body, **parts: read_word(word_file(tmp_path / "brief.docx", body, **parts))


def deleted(text: str, who: str = ANNA) -> str:
    return f'<w:del {who}><w:r><w:delText xml:space="preserve">{text}</w:delText></w:r></w:del>'


def inserted(text: str, who: str = ANNA) -> str:
    return f"<w:ins {who}>{r(text)}</w:ins>"


def control(content: str, tag: str) -> str:
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>'


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def cell(*texts: str, span: int = 1) -> str:
    return f'<w:tc><w:tcPr><w:gridSpan w:val="{span}"/></w:tcPr>{"".join(p(r(text)) for text in texts)}</w:tc>'


def in_list(num: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'


def texts(reading: Reading) -> list[str]:
    return [paragraph.text for paragraph in reading.paragraphs]


def columns(reading: Reading) -> list[tuple[int | None, str]]:
    return [(paragraph.column, paragraph.text) for paragraph in reading.paragraphs]


LEFT = ["Aurich, den 2024", "In Vertretung", "(Frauke Deich)", "Amt für Regen"]
RIGHT = ["Celle, den 3. Mai 2024", "(Ole Heide)", "Amt für Wind"]
SIGNED = [(1, text) for text in LEFT] + [(2, text) for text in RIGHT]
