"""What the benchmarks compare zv with: the same filled agreement by docxtpl and LibreOffice, and by Typst."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import docx
from docxtpl import DocxTemplate

from agreements.model.document import Block, Document

ZV = Path(sys.executable).with_name("zv")


class Goal(NamedTuple):
    """A ratio of two cases of this run, and the most it may be."""

    name: str
    beside: str
    most: float


# docxtpl and LibreOffice


def values(document: Document) -> list[str]:
    """The texts of all values, in order."""
    return [span.text for block in document.blocks for span in block.spans if span.feld]


def word_template(document: Document, path: Path) -> None:
    """Writes the Word file that docxtpl fills: a styled paragraph per block, a tag in the place of each value."""
    template = docx.Document()
    template.styles["Normal"].font.name = "Liberation Sans"
    number = iter(range(len(values(document))))
    for block in document.blocks:
        text = "".join(f"{{{{ values[{next(number)}] }}}}" if span.feld else span.text for span in block.spans)
        template.add_paragraph(text, style=word_style(block))
    template.save(str(path))


def word_style(block: Block) -> str:
    """The style of python-docx's own template that suits the block."""
    if block.art == "ueberschrift":
        return f"Heading {block.level}"
    return {"titelseite": "Title", "eingang": "Subtitle", "punkt": "List Bullet"}.get(block.art, "Normal")


def fill_template(template: Path, context: dict[str, object], filled: Path) -> None:
    """Writes the filled Word file, as docxtpl is used: the template read anew for each agreement."""
    word = DocxTemplate(template)
    word.render(context, autoescape=True)
    word.save(filled)


def convert(filled: Path, profile: Path, form: str = "pdf") -> None:
    """Has LibreOffice make the PDF beside the Word file, with a profile of its own that is kept between the rounds."""
    own_profile = f"-env:UserInstallation={profile.as_uri()}"
    words: list[str | Path] = ["soffice", own_profile, "--headless", "--convert-to", form, "--outdir", filled.parent, filled]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


# Typst


def typst_source(document: Document) -> str:
    """The same text for Typst, values and fixed text as strings, so that nothing in them is markup."""
    head = '#set text(font: "Liberation Sans", size: 11pt, lang: "de", hyphenate: true)\n#set page(numbering: "1")\n'
    title = f"#set document(title: {json.dumps(document.titel, ensure_ascii=False)})\n"
    return title + head + "\n".join(typst_block(block) for block in document.blocks)


def typst_block(block: Block) -> str:
    """One block as a call of Typst's element for it."""
    text = json.dumps(block.text, ensure_ascii=False)
    match block.art:
        case "ueberschrift":
            return f"#heading(level: {block.level}, {text})"
        case "punkt":
            return f"#list({text})"
        case "titelseite" | "eingang":
            return f"#align(center, {text})"
        case _:
            return f"#par({text})"
