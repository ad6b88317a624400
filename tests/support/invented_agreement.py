"""An invented agreement in no known wording, line by line, as text and as a scan, and what is read of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from own_texts import text_of

from agreements.library.library import Library
from agreements.model.record import Akte, Textblock, Vereinbarung
from agreements.model.values import Lesart
from agreements.reading.findings import Befund, Found
from agreements.reading.reading import Paragraph, Reading, Word
from extract.accounting.account import Accountable, Accounts, account
from extract.by_grammar.record import read_structure
from extract.confidence.by_spelling import unlikely
from extract.correction.rewrites import rewritten

ROOT = Path(__file__).parents[2]


def para(text: str, kind: Any = "text", **more: Any) -> Paragraph:
    return Paragraph(tuple(Word(word) for word in text.split()), kind, **more)


FRONT = (
    "Vereinbarung",
    "im Jahr 2018",
    "Vereinbarung",
    "zwischen dem",
    "Niedersächsischen Ministerium für Arbeit und Wetter",
    "und dem",
    "Landkreis Leer",
)
BODY = (
    "I. Grundsätze",
    "Alle wollen das Beste.",
    "II. Vereinbarungen",
    "§ 2 Haushaltsmittel",
    "Das Gesamtbudget von rd. 8,5 Mio. Euro verteilt sich mit 3.400.000 Euro auf Eingliederungsleistungen "
    "und mit 5.100.000 Euro auf Verwaltungskosten.",
    "§ 3 Ziele",
    "1. Verringerung der Hilfebedürftigkeit",
    "Die Entwicklung wird beobachtet.",
    "2. Verbesserung der Integration in Erwerbstätigkeit",
    "Das Ziel ist im Jahr 2018 erreicht, wenn die Integrationsquote um 2,5 % gegenüber dem Vorjahr steigt.",
    "3. Vermeidung von langfristigem Leistungsbezug",
    "Das Ziel ist erreicht, wenn der Bestand an Langzeitleistungsbeziehern um 1,0 % gegenüber dem Vorjahr sinkt.",
    "§ 4 Zielnachhaltung",
    "(1) Es wird gesprochen.",
)
LAND = ("Hannover, den 5. April 2018", "In Vertretung", "(Erika Muster)", "Niedersächsisches Ministerium für Arbeit und Wetter")
LEER = ("Leer, den 2018", "(Max Probe)", "Landrat", "Landkreis Leer")
Read = Callable[..., tuple[Vereinbarung, dict[str, Found], tuple[Befund, ...]]]


def reader_of_lines(library: Library) -> Read:
    def read(
        front: Iterable[str] = FRONT,
        body: Iterable[str] = BODY,
        columns: Iterable[Iterable[str]] = (LAND, LEER),
        lesart: Any = "word",
    ) -> tuple[Vereinbarung, dict[str, Found], tuple[Befund, ...]]:
        signed = tuple(para(line, column=number) for number, lines in enumerate(columns, 1) for line in lines)
        paragraphs = (*(para(text, None) for text in front), *(para(text) for text in body), *signed)
        paragraphs = tuple(map(of_picture, paragraphs)) if lesart == SCANNED else paragraphs
        record, found, befunde = read_structure(Path("vereinbarung.docx"), Reading(lesart, None, paragraphs), library)
        return record, {angabe.feld: angabe for angabe in found}, befunde

    return read


def replaced(old: str, new: str, texts: Iterable[str] = BODY) -> list[str]:
    assert any(old in text for text in texts)
    return [text.replace(old, new) for text in texts]


def bare(record: Vereinbarung) -> Vereinbarung:
    return record.model_copy(update={"akte": Akte()})


SCANNED: Lesart = "texterkennung"


def of_picture(paragraph: Paragraph) -> Paragraph:
    """The paragraph as it is read from a picture, whose recognisers are never wholly sure."""
    return rewritten(replace(paragraph, words=tuple(replace(word, confidence=min(word.confidence, 0.999)) for word in paragraph.words)))


def scanned(text: str, *alternatives: tuple[str, str], column: int | None = None) -> Paragraph:
    """A line of a scan; of each alternative the word and how the second reader saw it."""
    other = dict(alternatives)
    words = (Word(word, (), (other[word],) if word in other else (), None, 0.8 if word in other else 0.99) for word in text.split())
    return rewritten(Paragraph(tuple(words), "text", column=column))


Structure = tuple[Vereinbarung, tuple[Found, ...], tuple[Befund, ...]]


def scan(*paragraphs: Paragraph, front: Iterable[str] = FRONT) -> Reading:
    """A scan that begins with the usual title and opening."""
    opening = (para(text, None) for text in front)
    return Reading(SCANNED, 5, tuple(map(of_picture, (*opening, *paragraphs))))


def of_scan(library: Library, *paragraphs: Paragraph, front: Iterable[str] = FRONT) -> Structure:
    """What is read of it."""
    return read_structure(Path("scan.pdf"), scan(*paragraphs, front=front), library)


def accounted(library: Library, *texts: str) -> Accounts:
    """What is read of a scan with these lines, its figures accounted for."""
    reading = scan(*map(scanned, texts))
    record, found, befunde = read_structure(Path("scan.pdf"), reading, library)
    return account(Accountable(reading, record.jahr, found, befunde))


def signed_in_scan(library: Library, *lines: Paragraph, front: Iterable[str] = FRONT) -> dict[str, Found]:
    land = [para(line, column=1) for line in LAND]
    _, found, _ = of_scan(library, *map(para, BODY), *land, *lines, front=front)
    return {angabe.feld: angabe for angabe in unlikely(found)}


NAME, ORT = "unterschriften.traeger.1.name", "unterschriften.traeger.1.ort"
AGREED = (FRONT[0], "zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende", *FRONT[1:])
"""A title that says what kind of agreement it is."""


def with_own_goal(library: Library, old: str, *new: str) -> tuple[list[Textblock], dict[str, Found], list[str | None]]:
    """The text, the Angaben, and what findings are about, of a scan with a goal of its own, in which some lines stand for another."""
    at = BODY.index("§ 4 Zielnachhaltung")
    goal = ("4. Beratung vor Ort", "Es wird vereinbart:", "Das Ziel ist erreicht, wenn die Schritte umgesetzt sind.")
    lines = (*BODY[:at], *goal, *BODY[at:])
    body = (scanned(said) for line in lines for said in (new if line == old else (line,)))
    record, found, befunde = of_scan(library, *body)
    return list(text_of(record)), {angabe.feld: angabe for angabe in found}, [befund.feld for befund in befunde]
