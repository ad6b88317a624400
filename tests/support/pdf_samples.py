"""Makes sample PDFs with programs that are not zv: a text of our own, set by LibreOffice, Typst and WeasyPrint.

`python tests/support/pdf_samples.py` sets the LibreOffice samples in tests/proben anew.
"""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from pathlib import Path

import pikepdf
import pyphen
from docx import Document
from docx.document import Document as Doc
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

PROBEN = Path(__file__).parents[1] / "proben"
FONT = pikepdf.Dictionary(
    Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica, Encoding=pikepdf.Name.WinAnsiEncoding
)
"""Of a page that a test draws itself, operator by operator."""

ABSATZ = (
    "Der Gartenbauverein unterhält seit vielen Jahren Schul- und Nachbarschaftsgärten in allen Ortsteilen. "
    "Er wirbt mit einer Social-Media-Kampagne um neue Mitglieder, und die Öffentlichkeitsarbeit wird von Ehrenamtlichen getragen. "
    "Im vergangenen Jahr wuchs die Zahl der bewirtschafteten Beete um 3,9 % auf 412 – trotz der anhaltenden Trockenheit im Sommer, "
    "der Bewässerungseinschränkungen und der gestiegenen Pachtzinsen."
)
LANG = (
    "Die Mitgliederversammlung berät jährlich über die Verwendung der Überschüsse, über die Anschaffung gemeinschaftlich "
    "genutzter Gartengeräte und über die Weiterentwicklung der Wasserversorgung."
)
PUNKTE = (
    "Erneuerung der Regenwassersammelanlage am Südhang einschließlich der Zuleitungen, der Pumpen und der dazugehörigen "
    "Verteilerstation für die Hochbeete",
    "Anschaffung eines Häckslers",
    "Ausbau der Zusammenarbeit mit den Grundschulen, damit Kinder den Anbau von Gemüse früh kennenlernen und Freude an der Arbeit im "
    "Freien gewinnen",
    "Beratung - auch am Wochenende - durch Fachleute",
)
SCHLUSS = "Das Vorhaben ist abgeschlossen, wenn die Anlage in Betrieb genommen und von der Versammlung abgenommen worden ist."
LINKS = ("Musterstadt, den 2023", "In Vertretung", "(Dr. Rosa Distel)", "Verein für Gartenbau und", "Landschaftspflege")
RECHTS = ("Beispielheim, den 2023", "(Emil Ackermann)", "Vorsitzender", "Kleingarten e. V.")


def expected() -> list[tuple[str, str]]:
    """Kind and text of what every sample says before its signatures."""
    blocks = [("ueberschrift", "I. Grundlagen"), ("text", ABSATZ), ("text", f"(1) {LANG}")]
    for number in range(1, 5):
        blocks += [("ueberschrift", f"{number}. Vorhaben im Bauabschnitt {number}"), ("text", ABSATZ), ("text", LANG)]
        blocks += [("punkt", text) for text in PUNKTE]
        blocks += [("text", SCHLUSS)]
    return blocks


def typst_source(blocks: list[tuple[str, str]] | None = None, columns: bool = True) -> str:
    """The text in Typst: justified, hyphenated, with header and page numbers."""
    parts = [
        '#set page(paper: "a4", margin: 2.5cm, header: align(right)[Vereinbarung der Gartenfreunde],',
        "  footer: context align(center)[Seite #counter(page).display() von #counter(page).final().at(0)])",
        '#set text(font: "Liberation Sans", size: 11pt, lang: "de", hyphenate: true)\n#set par(justify: true, spacing: 1.1em)\n',
    ]
    marks = {"ueberschrift": "= ", "punkt": "- ", "text": ""}
    before = ""
    for kind, text in blocks or expected():
        body = f'#"{text}"'
        parts.append(("" if kind == before == "punkt" else "\n") + (f"- {body}" if kind == "punkt" else f"{marks[kind]}{body}"))
        before = kind
    left, right = (" \\\n".join(f'#"{line}"' for line in lines) for lines in (LINKS, RECHTS))
    if columns:
        parts.append(f"\n#v(1cm)\n#grid(columns: (1fr, 1fr), gutter: 1cm, [{left}], [{right}])\n")
    return "\n".join(parts)


def html_source() -> str:
    """The text in HTML: ragged, hyphenated, with page numbers."""
    style = (
        "@page { size: A4; margin: 25mm; @top-left { content: 'Gartenfreunde 2023' } @bottom-center { content: '- ' counter(page) ' -' } }"
        "body { font: 11pt 'Liberation Sans'; hyphens: auto; line-height: 1.3 } h1 { font-size: 13pt } p { margin: 0 0 8pt }"
        ".unterschriften { display: grid; grid-template-columns: 1fr 1fr; column-gap: 1cm } .unterschriften p { margin: 0 }"
    )
    tags = {"ueberschrift": "h1", "text": "p", "punkt": "li"}
    body = "".join(f"<{tags[kind]}>{text}</{tags[kind]}>" for kind, text in expected())
    body = body.replace("</p><li>", "</p><ul><li>").replace("</li><p>", "</li></ul><p>")
    columns = "".join("<div>" + "".join(f"<p>{line}</p>" for line in lines) + "</div>" for lines in (LINKS, RECHTS))
    return (
        f"<html lang=de><meta charset=utf-8><title>Garten</title><style>{style}</style><body>{body}"
        f"<div class=unterschriften>{columns}</div></body></html>"
    )


def word_file(path: Path, parted: bool = True) -> None:
    """The text as a Word file with header, footer, soft hyphens and signatures set with tabulators."""
    soft = pyphen.Pyphen(lang="de_DE")
    document = Document()
    _setup(document)
    for kind, whole in expected():
        text = re.sub(r"\w{9,}", lambda match: str(soft.inserted(match[0], "\u00ad")), whole) if parted else whole
        if kind == "ueberschrift":
            paragraph = document.add_paragraph()
            paragraph.add_run(text).bold = True
        elif kind == "punkt":
            paragraph = document.add_paragraph(text, style="List Bullet")
        else:
            paragraph = document.add_paragraph(text)
        if kind != "ueberschrift":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    _signatures_with_tabs(document)
    document.save(str(path))


def _setup(document: Doc) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Serif", Pt(12)
    style.paragraph_format.space_after = Pt(6)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "de-DE")
    style.element.get_or_add_rPr().append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.header.paragraphs[0].text = "Vereinbarung der Gartenfreunde\t\tStand: März 2023"
    footer = section.footer.paragraphs[0]
    footer.add_run("Seite ")
    _field(footer, "PAGE")
    footer.add_run(" von ")
    _field(footer, "NUMPAGES")


def _field(paragraph: Paragraph, name: str) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _signatures_with_tabs(document: Doc) -> None:
    rows = [
        ("Musterstadt, den\t2023", "Beispielheim, den\t2023"),
        ("In Vertretung", ""),
        ("", ""),
        ("", ""),
        ("(Dr. Rosa Distel)", "(Emil Ackermann)"),
        ("Verein für Gartenbau und", "Vorsitzender"),
        ("Landschaftspflege", "Kleingarten e. V."),
    ]
    for left, right in rows:
        paragraph = document.add_paragraph(left if "\t" in left else left + "\t")
        paragraph.add_run("\t" + right)
        paragraph.paragraph_format.space_after = Pt(0)
        for place in (5.5, 8.5, 13.5):
            paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(place))


def office(source: Path, target: Path, tagged: bool = False) -> None:
    """Have LibreOffice print a file as PDF."""
    options = json.dumps({"UseTaggedPDF": {"type": "boolean", "value": str(tagged).lower()}})
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to",
                   f"pdf:writer_pdf_Export:{options}", "--outdir", folder, str(source)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        target.write_bytes((Path(folder) / f"{source.stem}.pdf").read_bytes())


def main() -> None:
    """Set the samples anew."""
    PROBEN.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "garten.docx"
        word_file(source)
        office(source, PROBEN / "garten-libreoffice.pdf")
        word_file(source, parted=False)
        office(source, PROBEN / "garten-libreoffice-tagged.pdf", tagged=True)


if __name__ == "__main__":
    main()
