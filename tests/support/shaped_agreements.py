"""Agreements in no known wording, drawn from the shapes of real ones in any order and layout; each figure in them with its role."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import NamedTuple

from docx import Document as Word
from weasyprint import HTML

K1, K2, K3 = "ziele.leistungen_lebensunterhalt.gesamt", "ziele.integrationsquote.gesamt", "ziele.langzeitleistungsbezug.gesamt"
FRAUEN, MAENNER, ALLEIN = (f"ziele.integrationsquote.{gruppe}" for gruppe in ("frauen", "maenner", "alleinerziehende"))
GESAMT, VERWALTUNG, EINGLIEDERUNG = (f"haushalt.{key}" for key in ("gesamtbudget_mio", "verwaltungskosten", "eingliederungsleistungen"))
NONE, PERHAPS = "", "?"
"""What is no Angabe; what only a person can tell."""

Shape = tuple[str, tuple[str, ...]]
"""A sentence with a place for each figure (P, A: percent, W: percent in words, N: persons, E: Euro, M: Mio. Euro) and the role of each."""

SUMS: tuple[Shape, ...] = (
    ("Der Soll-Wert für die Summe der Leistungen zum Lebensunterhalt beträgt maximal +P.", (K1,)),
    ("Die Summe der Leistungen zum Lebensunterhalt soll gegenüber dem Vorjahr um P gesenkt werden.", (K1,)),
    ("Die Ausgaben sind um -P gegenüber dem Vorjahr gesunken.", (NONE,)),
)
QUOTES: tuple[Shape, ...] = (
    ("Das Ziel ist im Jahr 2022 erreicht, wenn die Integrationsquote des Landkreises Leer um P im Vergleich zum Jahr 2021 steigt.", (K2,)),
    ("Für das Jahr 2022 ist nun vereinbart, dass die Integrationsquote um P im Vergleich zum Vorjahr erhöht werden soll.", (K2,)),
    ("Vereinbart ist eine Erhöhung der Integrationsquote um P zum Vorjahr.", (K2,)),
    ("Die Integrationsquote (Kennzahl 2) soll im Jahr 2022 P betragen.", (K2,)),
    ("Zielwert 2022: Steigerung der Integrationsquote um mindestens P gegenüber 2021 (Frauen: P; Männer: P).", (K2, FRAUEN, MAENNER)),
    ("Die Integrationsquote soll um W gegenüber dem Vorjahr steigen.", (K2,)),
)
WOMEN: tuple[Shape, ...] = (
    ("Das geschlechterspezifische Ziel ist erreicht, wenn die Integrationsquote der Frauen um P und die der Männer um P steigt.",
     (FRAUEN, MAENNER)),
    ("Weibliche Kundinnen legen nach dem Willen der Partner P zu, Männer P.", (FRAUEN, MAENNER)),
    ("Für Frauen wird eine Integrationsquote von P, für Männer eine von P angestrebt.", (FRAUEN, MAENNER)),
    ("Bei den Frauen soll die Anzahl mindestens N betragen, bei den Männern N.", (FRAUEN, MAENNER)),
    ("Die Integrationsquote der Frauen soll, nachdem sie 2021 gesunken ist, um P steigen.", (FRAUEN,)),
)  # fmt: skip
STOCKS: tuple[Shape, ...] = (
    ("Das Ziel ist erreicht, wenn der durchschnittliche Bestand an Langzeitleistungsbeziehern um P gegenüber dem Vorjahr sinkt.", (K3,)),
    ("Der Bestand an Langzeitleistungsbeziehern soll auf ca. N stabilisiert werden.", (K3,)),
    ("Für den Bestand an Langzeitleistungsbeziehern wird eine Veränderung von - P gegenüber dem Vorjahr vereinbart.", (K3,)),
    ("Der mit dem Land vereinbarte Zielwert liegt beim Bestand an Langzeitleistungsbeziehenden bei - P gegenüber dem Vorjahr.", (K3,)),
)
BESIDE: tuple[Shape, ...] = (
    ("Laut Statistik beträgt die durchschnittliche Integrationsquote im Jahr 2021 P.", (NONE,)),
    ("Im Jahr 2021 wurde eine Integrationsquote von P erreicht.", (NONE,)),
    ("Für die Veränderung der Integrationsquote gilt ein Bundesreferenzwert von + P.", (NONE,)),
    ("Im Durchschnitt wurde der Bestand an Langzeitleistungsbeziehern um N reduziert.", (NONE,)),
    ("Die Integrationsquote der Langzeitleistungsbeziehenden soll um P gegenüber dem Vorjahr steigen.", (PERHAPS,)),
    ("Die Aktivierungsquote soll um P gesteigert werden.", (NONE,)),
    ("Rund A der Leistungsberechtigten haben keinen Berufsabschluss.", (NONE,)),
    ("Der Landkreis nimmt sich vor, N in den Arbeitsmarkt zu integrieren.", (PERHAPS,)),
)
AROUND: tuple[Shape, ...] = (
    ("Das IAB erwartet für Niedersachsen einen Anstieg der Arbeitslosigkeit um P.", (NONE,)),
    ("Die Zahl der Leistungsberechtigten dürfte landesweit um P steigen.", (NONE,)),
    ("Die Arbeitslosenquote lag im Juni bei P, im Juli bei P.", (NONE, NONE)),
    ("Der Landkreis betreute zuletzt N.", (NONE,)),
    ("Die Zahl der Leistungsberechtigten ist 2021 um P gestiegen.", (NONE,)),
    ("Für 2022 wird mit einer Zunahme der Beschäftigung um W gerechnet.", (NONE,)),
)
MONEY: tuple[Shape, ...] = (
    ("Das Gesamtbudget beträgt etwa M. Davon entfallen E auf Leistungen zur Eingliederung und E auf Verwaltungskosten.",
     (GESAMT, EINGLIEDERUNG, VERWALTUNG)),
    ("Für den Eingliederungstitel sind E und für den Verwaltungskostentitel E vorgesehen.", (EINGLIEDERUNG, VERWALTUNG)),
    ("Dem Landkreis stehen M zur Verfügung, davon E für Verwaltungskosten und E für Eingliederungsleistungen.",
     (GESAMT, VERWALTUNG, EINGLIEDERUNG)),
    ("Einschließlich Ausgabereste in Höhe von bis zu M steht ein Gesamtbudget von M zur Verfügung.", (NONE, GESAMT)),
)  # fmt: skip
PARTS: tuple[Shape, ...] = (
    ("Von den Eingliederungsmitteln werden E für Jugendliche eingesetzt.", (NONE,)),
    ("Die Verwaltungskosten steigen gegenüber dem Jahr 2021 um E.", (NONE,)),
)
ROWS: tuple[tuple[str, str, str], ...] = (
    ("Integrationsquote (gesamt)", "+ P", K2),
    ("Integrationsquote der Frauen", "+ P", FRAUEN),
    ("Integrationsquote der Männer", "+ P", MAENNER),
    ("Bestand an Langzeitleistungsbeziehenden", "- P", K3),
)
OWN = ("Förderung der Teilhabe von Langzeitleistungsbeziehenden", "Integration geflüchteter Menschen", "Übergang Schule – Beruf")
WORDS = ("drei", "zweieinhalb", "ein", "anderthalb", "zwei Komma fünf", "vier")
NUMBERS = (("I.", "II.", "III.", "IV."), ("A.", "B.", "C.", "D."), ("1", "2", "3", "4"), ("§ 1", "§ 2", "§ 3", "§ 4"),
           ("Artikel 1", "Artikel 2", "Artikel 3", "Artikel 4"))  # fmt: skip
OPENING = (
    ("titel", "Zielvereinbarung zwischen dem Niedersächsischen Ministerium für Arbeit und dem Landkreis Leer"),
    ("text", "zur Erreichung der Ziele nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II als zugelassener kommunaler Träger im Jahr 2022"),
)
GLUED = ("%", " %", " Prozent", " v. H.", " Prozentpunkte")


class Stated(NamedTuple):
    """A figure as it stands in the document, and its role."""

    text: str
    rolle: str


@dataclass
class Shaped:
    """A drawn agreement: blocks (heading, text, item, rows of a table), and its figures in the order they were drawn."""

    draw: random.Random
    blocks: list[tuple[str, object]] = field(default_factory=list)
    figures: list[Stated] = field(default_factory=list)
    own: str = ""
    """The heading of a goal of its own."""

    def sentence(self, shape: Shape) -> str:
        """The shape with figures in its places."""
        text, rollen = shape
        waiting = iter(rollen)
        return _KIND.sub(lambda kind: self._figure(kind.group(), next(waiting)), text)

    def _figure(self, kind: str, rolle: str) -> str:
        draw = self.draw
        match kind:
            case "P":
                text = f"{draw.randint(1, 9)},{draw.randint(1, 9)}{draw.randint(1, 9)}{draw.choice(GLUED)}"
            case "A":
                text = f"{draw.randint(10, 60)}{draw.choice((' %', '%', ' Prozent'))}"
            case "W":
                text = f"{draw.choice(WORDS)} Prozent"
            case "N":
                text = f"{draw.randint(1, 9)}.{draw.randint(100, 999)} {draw.choice(('Personen', 'Menschen', 'Integrationen'))}"
            case "E":
                text = f"{draw.randint(1, 9)}.{draw.randint(100, 999)}.{draw.randint(100, 999)}{draw.choice((' Euro', ' €', '€', ' EUR'))}"
            case _:
                text = f"{draw.randint(1, 20)},{draw.randint(1, 9)} {draw.choice(('Mio. Euro', 'Millionen Euro', 'Mio. €'))}"
        self.figures.append(Stated(text, rolle))
        return text


_KIND = re.compile(r"\b[PAWNEM]\b")


def shaped(seed: int) -> Shaped:
    """An agreement drawn with a seed."""
    draw = random.Random(seed)
    made = Shaped(draw)
    numbers = draw.choice(NUMBERS)
    made.blocks += OPENING
    made.blocks += [("kopf", f"{numbers[0]} Rahmenbedingungen"), *_told(made, draw.sample(AROUND, 3))]
    made.blocks += [("kopf", f"{numbers[1]} Haushaltsmittel"), *_told(made, [draw.choice(MONEY), *draw.sample(PARTS, draw.randint(0, 1))])]
    made.blocks += [("kopf", f"{numbers[2]} Ziele und Zielwerte"), ("text", "Die Partner vereinbaren folgende Ziele:")]
    if draw.random() < 0.3:
        made.blocks.append(
            ("zeilen", [("Messgröße", "Zielwert 2022"), *((name, made.sentence((wert, (rolle,)))) for name, wert, rolle in ROWS)])
        )
    else:
        made.blocks += _goals(made, draw)
    made.blocks += [("kopf", f"{numbers[3]} Zieldialoge"), ("text", "Es finden mindestens zwei Dialoge im Jahr statt.")]
    return made


def _goals(made: Shaped, draw: random.Random) -> Iterator[tuple[str, object]]:
    form = draw.choice(("{}. ", "Ziel {}: ", "Kennzahl {} – "))
    yield "kopf", form.format(1) + "Verringerung der Hilfebedürftigkeit"
    yield from _told(made, [draw.choice(SUMS)])
    yield "kopf", form.format(2) + "Verbesserung der Integration in Erwerbstätigkeit"
    yield from _told(made, _shuffled(draw, [draw.choice(QUOTES[:4]), draw.choice(WOMEN), draw.choice(BESIDE)]) if draw.random() < 0.7 else
                     _shuffled(draw, [draw.choice(QUOTES), draw.choice(BESIDE)]))  # fmt: skip
    yield "kopf", form.format(3) + "Vermeidung von langfristigem Leistungsbezug"
    yield from _told(made, [draw.choice(STOCKS)])
    if draw.random() < 0.6:
        made.own = form.format(4) + draw.choice(OWN)
        yield "kopf", made.own
        yield "text", "Dazu werden folgende Schritte vereinbart:"
        yield "punkt", "Einrichtung eines Willkommensteams im Jobcenter"
        yield "punkt", "Beratung an allen Schulen des Landkreises"
        yield "text", "Das Ziel ist erreicht, wenn die Schritte umgesetzt sind."


def _shuffled(draw: random.Random, several: list[Shape]) -> list[Shape]:
    return draw.sample(several, len(several))


def _told(made: Shaped, shapes: list[Shape]) -> Iterator[tuple[str, object]]:
    """Sentences in one paragraph, in several, or as a list."""
    said = [made.sentence(shape) for shape in shapes]
    match made.draw.choice(("absatz", "absätze", "liste")):
        case "absatz":
            yield "text", " ".join(said)
        case "absätze":
            yield from (("text", each) for each in said)
        case _:
            yield from (("punkt", each) for each in said)


def as_word(made: Shaped, path: Path) -> Path:
    """The agreement as a Word file."""
    file = Word()
    for kind, said in made.blocks:
        if kind == "zeilen" and isinstance(said, list):
            table = file.add_table(rows=0, cols=len(said[0]))
            for row in said:
                for cell, text in zip(table.add_row().cells, row, strict=True):
                    cell.text = text
        elif kind == "kopf":
            file.add_heading(str(said), 2)
        else:
            file.add_paragraph(str(said), style="List Bullet" if kind == "punkt" else None)
    file.save(str(path))
    return path


def as_pdf(made: Shaped, path: Path) -> Path:
    """The agreement as a PDF, set by WeasyPrint, its tables ruled."""
    html = "".join(map(_html, made.blocks))
    HTML(string=f"<html lang=de><style>body{{font:11pt serif}} td{{border:1px solid; padding:4px}}</style>{html}</html>").write_pdf(path)
    return path


def _html(block: tuple[str, object]) -> str:
    kind, said = block
    if kind == "zeilen" and isinstance(said, list):
        rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in said)
        return f"<table>{rows}</table>"
    tag = {"titel": "h1", "kopf": "h3"}.get(kind, "p")
    return f"<{tag}>{'– ' if kind == 'punkt' else ''}{escape(str(said))}</{tag}>"
