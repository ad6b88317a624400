"""What is no agreement of the Land with a zkT says its kind, and what to save in its place; what is one is read, however it cites."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from command import zv
from pdf_samples import FONT

from agreements.errors import OtherKindError, UnreadableError
from agreements.reading.reading import Paragraph, Place, Reading, Word
from extract.pages.document_type import require_agreement
from extract.pages.papers import require_no_paper

AIM = "zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende im Jahr 2022"
MINISTRY = "Niedersächsischen Ministerium für Soziales, Gesundheit und Gleichstellung (MS)"
BMAS = "Bundesministerium für Arbeit und Soziales"
OPENING = ("Zielvereinbarung", AIM, f"zwischen dem {MINISTRY}", "und dem Landkreis Verden")
"""Of an agreement of ours that cites no paragraph."""


def reading(lines: Sequence[str], page: int = 1) -> Reading:
    """What a text layer says."""
    place = Place(page, 70, 100, 500, 112)
    return Reading("textebene", page, tuple(Paragraph(tuple(Word(word, (place,)) for word in line.split())) for line in lines))


def judged(lines: Sequence[str]) -> None:
    read = reading(lines)
    require_agreement(Path("a.pdf"), read.paragraphs)
    require_no_paper(Path("a.pdf"), read)


OURS = {
    "number in full": (*OPENING, "gemäß § 48b Absatz 1 Satz 1 Nummer 4 des Zweiten Buches Sozialgesetzbuch"),
    "blank before the letter": (*OPENING, "nach § 48 b SGB II / § 6 a SGB II"),
    "Absatz in brackets": (*OPENING, "nach § 48 b (1) Satz 1 Nr. 4 SGB II"),
    "more than a number": (*OPENING, "nach § 48b Abs. 1 Satz 1 Nr. 4 sowie Satz 2 SGB II"),
    "no number": OPENING,
    "the Bund's agreement in the first chapter": (
        *OPENING, "nach § 48 b SGB II", "I. Grundsätze", f"Sie folgt der, die das {BMAS} mit dem Land Niedersachsen schloss.",
    ),
    "another number in the first chapter": (
        *OPENING, "nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II", "Präambel", "Der Bund schloss eine nach § 48b Abs. 1 Satz 1 Nr. 3 SGB II.",
    ),
    "the agency in the first chapter": (
        *OPENING, "1. Grundsätze", "Das Jobcenter arbeitet mit der Agentur für Arbeit Verden in gemeinsamen Maßnahmen zusammen.",
    ),
    "neighbours in another Land": (*OPENING, "I. Grundsätze", "Viele arbeiten in Bremen; das Land Bremen und das Land Hamburg sind nah."),
    "annex of a council's paper": ("Anlage 2 zur Beschlussvorlage Nr. 117/2022, Sitzung des Kreistages am 3. Mai", *OPENING),
    "council that agreed": (*OPENING, "I. Grundsätze", "Der Kreistag nimmt die Ergebnisse jährlich zur Kenntnis."),
    "no title": ("Zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende", "schließt das", MINISTRY, "mit dem", "Landkreis Verden",
                 "folgende Zielvereinbarung"),
}  # fmt: skip


@pytest.mark.parametrize("kind", OURS)
def test_an_agreement_of_ours_is_one_however_it_cites_the_law_and_whatever_its_first_chapter_speaks_of(kind: str) -> None:
    judged(OURS[kind])


PAPER = "mit dem Land Niedersachsen eine Zielvereinbarung nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II"
TARGETS = "Die Integrationsquote soll 2022 um 2,3 % steigen, der Bestand an Langzeitleistungsbeziehenden um 1,0 % sinken."
OTHERS = {
    "nr3 of another Land": (
        ("Zielvereinbarung 2022", f"zwischen dem {BMAS}", "und dem Ministerium für Arbeit und Soziales des Landes Sachsen-Anhalt",
         "nach § 48 b Absatz 1 Satz 1 Nummer 3 SGB II"), "Nr. 3 SGB II"),
    "nr3 without a number": (("Zielvereinbarung", f"zwischen dem {BMAS}", "und dem Freistaat Sachsen", AIM), "Nr. 3 SGB II"),
    "a gemeinsame Einrichtung": (
        ("Zielvereinbarung 2022", "zwischen der Agentur für Arbeit Stade,", "dem Landkreis Stade", "und der Leitung des Jobcenters Stade",
         "im Land Niedersachsen", AIM), "Nr. 2 SGB II"),
    "another Land's nr4": (
        ("Zielvereinbarung 2022", "zwischen dem Hessischen Ministerium für Soziales und Integration", "und dem Main-Kinzig-Kreis", AIM,
         "nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II"), "anderen Landes (Hessen)"),
    "another Land's nr4 by its ministry's name": (
        ("Vereinbarung", AIM, "zwischen dem Ministerium für Wirtschaft, Arbeit und Wohnungsbau Baden-Württemberg", "und dem Ortenaukreis"),
        "anderen Landes (Baden-Württemberg)"),
    "a council's paper": (
        ("Beschlussvorlage 2022/117", "Zielvereinbarung 2022 mit dem Land Niedersachsen", "Beratungsfolge: Sozialausschuss, Kreistag",
         f"Der Landkreis Verden schließt jährlich {PAPER}.", TARGETS), "Vorlage für Rat, Kreistag"),
    "a council's information": (
        ("Zielvereinbarung 2022", "Sachverhalt:", f"Der Landkreis Verden hat {PAPER} geschlossen.", TARGETS,
         "Der Ausschuss nimmt die Ausführungen zur Kenntnis."), "Vorlage für Rat, Kreistag"),
    "a letter": (
        ("Zielvereinbarung 2022", "Sehr geehrte Frau Muster,", f"Landkreis Verden hat {PAPER} geschlossen.", TARGETS), "ein Schreiben"),
    "a report": (("Bericht über die Zielvereinbarung 2022", f"Der Landkreis Verden schloss {PAPER}.", TARGETS), "ein Bericht"),
    "a text": (("Ziele des Jobcenters für 2022", f"Der Landkreis Verden hat {PAPER}.", TARGETS), "ein Text über"),
}  # fmt: skip


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_agreement_of_ours_says_which_kind_it_is(kind: str) -> None:
    lines, said = OTHERS[kind]
    with pytest.raises(OtherKindError) as refused:
        judged(lines)
    assert said in refused.value.message


# ---------------------------------------------------------------- scans of which title and subject are hidden

PARTIES = ("rEreichungderie ZlederGundichrseungfurArbeits", "Niedersächsische Ministerium für Soziales", "mit dem", "Landkreis Verden")
GOAL = "1. Verringerung der Hilfebedürftigkeit"
HIDDEN = {
    "a blank in the title": ("Zielv ereinbarung", "nach 8 agb Abs. 1", "Landkreis Verden"),
    "a subject in pieces": ("Zur Erreichun g der Zieleder Grundsicherungfür Arbeitsuchend schliessen das", "Landkreis Verden"),
    "parties and goals alone": (*PARTIES, GOAL),
}
NONE_OF_OURS = {
    "parties of another agreement": PARTIES,
    "goals alone": (GOAL, "2. Verbesserung der Integration in Erwerbstätigkeit", "Landkreis Verden"),
    "a sentence on who agrees": (f"Im Jahr sprach das {MINISTRY} auch mit dem Landkreis Verden über die Ziele.", GOAL),
    "an agreement spoken of": ("Wie das Gesetz die Vereinbarungen vorsieht, schließt der Landkreis Verden die Vereinbarung im Mai.", GOAL),
}


def scanned(lines: Sequence[str]) -> tuple[Paragraph, ...]:
    """The paragraphs of a scan, whose words are less sure."""
    return tuple(Paragraph(tuple(replace(word, confidence=0.9) for word in each.words)) for each in reading(lines).paragraphs)


@pytest.mark.parametrize("kind", HIDDEN)
def test_a_scan_is_one_of_ours_by_what_is_left_of_its_title_or_by_its_parties_and_goals(kind: str) -> None:
    require_agreement(Path("a.pdf"), scanned(HIDDEN[kind]))


@pytest.mark.parametrize("kind", NONE_OF_OURS)
def test_a_scan_that_may_be_something_else_is_none_of_ours(kind: str) -> None:
    with pytest.raises(OtherKindError, match="keine Zielvereinbarung"):
        require_agreement(Path("a.pdf"), scanned(NONE_OF_OURS[kind]))


@pytest.mark.parametrize("kind", [kind for kind, (_, said) in OTHERS.items() if said.startswith(("Nr. ", "anderen"))])
def test_another_kind_of_agreement_is_none_of_ours_in_a_scan_either(kind: str) -> None:
    lines, said = OTHERS[kind]
    with pytest.raises(OtherKindError) as refused:
        require_agreement(Path("a.pdf"), scanned((*lines, GOAL)))
    assert said in refused.value.message


def test_of_a_scan_that_nobody_can_read_nobody_says_what_it_is() -> None:
    """Recorded: of three such scans it was said that they are no agreement."""
    with pytest.raises(UnreadableError, match="so wenig zu lesen"):
        require_agreement(
            Path("a.pdf"), scanned(("De Veecbargoat ven dla rdg", "Kin anen yalarterpayDass zentar", "Vermebsmeesn eNeae Ziel"))
        )


def test_an_agreement_behind_a_letter_is_named_by_its_page() -> None:
    letter, behind = reading(("Sehr geehrte Damen und Herren,", "anbei die Vereinbarung.")), reading(OPENING, page=2)
    both = Reading("textebene", 2, (*letter.paragraphs, *behind.paragraphs))
    with pytest.raises(OtherKindError) as refused:
        require_no_paper(Path("a.pdf"), both)
    assert "Auf Seite 2 beginnt eine Vereinbarung" in (refused.value.abhilfe or "")


# ---------------------------------------------------------------- what lies inside

LETTER = ("Sehr geehrte Damen und Herren,", f"in der Anlage erhalten Sie die Zielvereinbarung 2022, {PAPER}.", "Landkreis Verden")
Change = Callable[[pikepdf.Pdf], None]


def printed(lines: Sequence[str], *changes: Change) -> bytes:
    """A page with these lines, and what else the file has."""
    with pikepdf.new() as pdf:
        page = pdf.add_blank_page(page_size=(595, 842))
        page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=FONT))
        drawn = b"".join(f"({line}) Tj T*\n".replace("(1)", "").encode("cp1252") for line in lines)
        page.Contents = pikepdf.Stream(pdf, b"BT /F1 10 Tf 16 TL 60 780 Td\n" + drawn + b"ET")
        for change in changes:
            change(pdf)
        target = io.BytesIO()
        pdf.save(target)
    return target.getvalue()


def attached(name: str) -> Change:
    def put(pdf: pikepdf.Pdf) -> None:
        pdf.attachments[name] = b"%PDF-1.4 ..."

    return put


def pinned(name: str) -> Change:
    def put(pdf: pikepdf.Pdf) -> None:
        file = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=name, UF=name)
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, Rect=[10, 10, 20, 20], FS=file)
        pdf.pages[0].Annots = pikepdf.Array([pdf.make_indirect(note)])

    return put


def collected(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Collection = pikepdf.Dictionary(Type=pikepdf.Name.Collection, View=pikepdf.Name.D)


def xfa(needed: bool) -> Change:
    def put(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], XFA=pikepdf.Stream(pdf, b"<xdp/>"))
        if needed:
            pdf.Root.NeedsRendering = True

    return put


SHELLS = {
    "a letter with a PDF": (4, printed(LETTER, attached("Vereinbarung.pdf")), "liegt „Vereinbarung.pdf“"),
    "a letter with a Word file on a pin": (4, printed(LETTER, pinned("ZV 2022.docx")), "liegt „ZV 2022.docx“"),
    "a letter with something else": (4, printed(LETTER, attached("logo.png")), "ein Schreiben"),
    "a portfolio": (3, printed(OPENING, attached("a.pdf"), attached("b.xlsx"), collected), "Portfolio"),
    "a form that waits": (3, printed(("Please wait...",), xfa(needed=False)), "„Drucken“"),
    "a form whose page looks like an agreement": (3, printed(OPENING, xfa(needed=True)), "„Drucken“"),
}


@pytest.mark.parametrize("kind", SHELLS)
def test_pages_that_stand_for_something_else_name_what_to_save(kind: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, data, said = SHELLS[kind]
    path = tmp_path / "schale.pdf"
    path.write_bytes(data)
    ended = zv(capsys, "lies", path)
    assert (ended.code, ended.out) == (code, "")
    assert said in ended.err


@pytest.mark.parametrize("change", [attached("Karte.pdf"), pinned("Karte.pdf"), xfa(needed=False), collected])
def test_an_agreement_with_something_inside_is_read(change: Change, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "vereinbarung.pdf"
    path.write_bytes(printed((*OPENING, "I. Grundsätze", "Arbeit ist das Ziel."), change))
    ended = zv(capsys, "lies", path)
    assert ended.code == 0, ended.err
    assert "traeger: lk-verden" in ended.out
