"""Look-alikes of agreements of older years, drawn by a seed: other structure, other phrases, invented values, and what is true of them.

Those of one year may follow one master text, as the ministry writes it: then only values, steps and the region differ.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO
from typing import Any, TypeVar

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt

from agreements.model.months import MONATE
from agreements.model.record import Zielwert
from agreements.register.register import Traeger, load_register

Form = TypeVar("Form")

MW = ("Wirtschaft, Arbeit und Verkehr", "Wirtschaft, Arbeit, Verkehr und Digitalisierung")
MS = "Soziales, Gesundheit und Gleichstellung"
NAMES = (
    "Erika Mustermann",
    "Dr. Jens Beispiel",
    "Anna-Lena Probe",
    "Otto von Muster",
    "Prof. Dr. Ute Exempel",
    "Karl Müller",
    "Heike Groß-Klein",
    "Uwe Ölmann",
)
FIRST_NAMES = ("Daniela", "Jörg", "Bernd", "Hans-Jürgen", "Cornelia", "Uwe", "Kirsten", "Rüdiger", "Ute", "Heiger", "Olaf", "Birgit")
SURNAMES = ("Behrens", "Röhmann", "Scholz", "Lütjen", "Bramlage", "Ölker", "Rundt", "von Bülow", "Groß-Albers", "Eggers", "Lindner")
TITLES = ("", "", "", "Dr. ", "Prof. Dr. ")
FONTS = ("Liberation Sans", "Liberation Serif", "DejaVu Sans", "DejaVu Serif", "Nimbus Sans", "URW Gothic")
GAP = "\N{NO-BREAK SPACE}" * 16
"""White left for the pen."""
DISTRACTORS = (
    "Die Zahl der Beschäftigten nahm im Jahr {vorjahr} um {n} % zu.",
    "Im {name} lag die Arbeitslosenquote im Durchschnitt des Jahres {vorjahr} bei {n} %.",
    "Der Anteil der Leistungsberechtigten unter 25 Jahren betrug zuletzt {n} %.",
    "Für das laufende Jahr erwarten die Institute ein Wachstum von {n} %.",
    "Im Jahr {vorjahr} konnte die Integrationsquote um {n} % gesteigert werden.",
    "Der Bestand der Langzeitleistungsbeziehenden sank im Jahr {vorjahr} um {n} %.",
    "Landesweit wird mit einem Anstieg um {n} % gerechnet.",
    "Die Integrationsquote lag im Jahr {vorjahr} bei {n} %.",
)
STEPS = (
    "Ausbau der aufsuchenden Beratung",
    "Zielwert: 40 % der Termine finden vor Ort statt",
    "Abstimmung mit den Kammern (z. B. zweimal im Jahr)",
    "Schulung der Fachkräfte zu § 16i SGB II",
    "Befragung der Teilnehmenden; Auswertung bis zum Herbst",
)
INDIVIDUAL = (
    "Gewinnung von Fachkräften in der Pflege",
    "Übergang von der Schule in den Beruf",
    "Digitale Zugänge zum Jobcenter",
    "Soziale Teilhabe vor Ort",
)


@dataclass(frozen=True)
class Looks:
    """How the pages of one document look."""

    font: str | None = None
    """None: as Word has it."""
    size: float = 11.0
    margins: tuple[float, float] = (2.5, 2.5)
    """Left and right, in cm."""
    justified: bool = False
    header: int = 1
    """Lines of the running header."""
    footer: str = ""
    """What stands around the page number, "{}", and the number of pages behind it; none where it is empty."""
    room: int = 0
    """Empty lines for the pen above each name."""

    @classmethod
    def drawn(cls, draw: random.Random) -> Looks:
        """Looks as offices have them."""
        margins = draw.choice(((2.5, 2.5), (2.5, 2.0), (3.0, 2.5), (2.0, 4.5)))
        footer = draw.choice(("", "{}", "Seite {}", "- {} -", "Seite {} von {}"))
        return cls(draw.choice(FONTS), draw.choice((10, 11, 11, 12)), margins, draw.random() < 0.3, draw.choice((0, 1, 1, 2)), footer,
                   draw.choice((0, 1, 2, 3, 4)))  # fmt: skip


@dataclass
class Older:
    """One document: how it is laid out, and what is true of it."""

    seed: int
    master: int | None = None
    """The year whose master text it follows; None: every document is worded by itself."""
    truth: dict[str, Any] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.jahr = self.draw.randint(2011, 2023) if self.master is None else self.master
        self.traeger: Traeger = self.draw.choice(load_register().zkt(self.jahr))
        self.truth |= {"jahr": self.jahr, "traeger": self.traeger.schluessel}
        self.headings = self._form("headings", ("style", "bold", "plain"))
        self.signatures = self._form("signatures", ("table", "table", "below"))
        self.looks = Looks.drawn(self.draw) if self.master is None else Looks()
        two = self.jahr < 2023
        self.ministries = [MW[self.jahr >= 2017], MS] if two else ["Soziales, Arbeit, Gesundheit und Gleichstellung"]
        self.names = self._names(len(self.ministries) + 1) if self.master is None else []

    def _form(self, what: str, forms: Sequence[Form]) -> Form:
        """How something is said: drawn anew, or as the year's master has it."""
        return self.draw.choice(forms) if self.master is None else random.Random(f"{self.master} {what}").choice(forms)

    def _likely(self, what: str, chance: float) -> bool:
        """Whether the text has something at all."""
        return (self.draw if self.master is None else random.Random(f"{self.master} {what}")).random() < chance

    def _names(self, count: int) -> list[str]:
        """Who signs: the Träger, then the ministries."""
        firsts, lasts = self.draw.sample(FIRST_NAMES, count), self.draw.sample(SURNAMES, count)
        return [f"{self.draw.choice(TITLES)}{first} {last}" for first, last in zip(firsts, lasts, strict=True)]

    def word(self) -> bytes:
        """The document as a Word file."""
        document = docx.Document()
        self._look(document)
        self._front(document)
        self._chapters(document)
        self._sign(document)
        out = BytesIO()
        document.save(out)
        return out.getvalue()

    # ------------------------------------------------------------ looks

    def _look(self, document: Document) -> None:
        """Paper, font, running header and page numbers."""
        looks, section = self.looks, document.sections[0]
        header = [f"Zielvereinbarung SGB II Land Niedersachsen / {self.traeger.name} {self.jahr}", "Grundsicherung für Arbeitsuchende"]
        section.header.paragraphs[0].text = header[0] if looks.header else ""
        if looks.header > 1:
            section.header.add_paragraph(header[1])
        if looks.font is None:
            return
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin, section.right_margin = (Cm(margin) for margin in looks.margins)
        normal = document.styles["Normal"]
        normal.font.name, normal.font.size = looks.font, Pt(looks.size)
        for style in document.styles:
            if style.name.startswith("Heading"):
                style.font.name = looks.font
                for fonts in style.element.xpath(".//w:rFonts"):
                    fonts.attrib.clear()
                style.font.name = looks.font
        if looks.justified:
            normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        if looks.footer:
            paragraph = section.footer.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            before, *others = looks.footer.split("{}")
            paragraph.add_run(before)
            for number, after in zip(("PAGE", "NUMPAGES"), others, strict=False):
                paragraph._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="{number}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'))
                paragraph.add_run(after)

    # ------------------------------------------------------------ writing

    def _say(self, document: Document, text: str, style: str | None = None) -> None:
        self.sentences.append(text)
        document.add_paragraph(text, style=style)

    def _centred(self, document: Document, *texts: str) -> None:
        for text in texts:
            self.sentences.append(text)
            document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.CENTER

    def _heading(self, document: Document, level: int, text: str) -> None:
        self.sentences.append(text)
        if self.headings == "style":
            document.add_heading(text, level)
        else:
            document.add_paragraph().add_run(text).bold = self.headings == "bold"

    def _distract(self, document: Document, among_goals: bool = False) -> None:
        if among_goals and self.master:
            return
        for text in self.draw.sample(DISTRACTORS, self.draw.randint(0, 2)):
            self._say(document, text.format(vorjahr=self.jahr - 1, n=self._number(), name=self.traeger.name))

    def _number(self) -> str:
        return f"{self.draw.randint(0, 19)},{self.draw.randint(0, 9)}"

    # ------------------------------------------------------------ title page, opening

    def _front(self, document: Document) -> None:
        self._centred(document, "Vereinbarung", "zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende", f"im Jahr {self.jahr}")
        document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        self._centred(document, "Vereinbarung", "zwischen dem")
        same = self.master is None and self.draw.random() < 0.6
        for number, ministry in enumerate(self.ministries, 1):
            self._centred(document, f"Niedersächsischen Ministerium für {ministry}")
            office = self._form(ministry, ("Frau Staatssekretärin", "Herrn Staatssekretär"))
            self._centred(document, f"vertreten durch {office} {self.names[number] if same else self._form(ministry, NAMES)}", "und dem")
        self._centred(document, self.traeger.name, "als zugelassenem kommunalen Träger")
        if same:
            self._centred(document, f"vertreten durch {self.draw.choice(('Frau Landrätin', 'Herrn Landrat'))} {self.names[0]}")
        self._centred(document, f"über die Ziele im Jahr {self.jahr}")
        self.truth |= {f"ministerien.{n}.name": f"Ministerium für {ministry}" for n, ministry in enumerate(self.ministries, 1)}
        if self._likely("contents", 0.5):
            document.add_paragraph("I. Grundsätze\t3", style=self._style(document, "toc 1"))
            document.add_paragraph("II. Rahmenbedingungen\t3", style=self._style(document, "toc 1"))

    @staticmethod
    def _style(document: Document, name: str) -> Any:
        return next((style for style in document.styles if style.name == name), None) or document.styles.add_style(name, 1)

    # ------------------------------------------------------------ chapters

    def _chapters(self, document: Document) -> None:
        self._heading(document, 1, "I. Grundsätze")
        self._say(
            document,
            "Land und Träger wollen gemeinsam erreichen, dass mehr Menschen von eigener Arbeit leben. Sie handeln partnerschaftlich.",
        )
        self._heading(document, 1, "II. Rahmenbedingungen")
        self._say(document, f"Der Arbeitsmarkt in Niedersachsen ist im Jahr {self.jahr - 1} stabil verlaufen.")
        self._distract(document)
        number = "III"
        if self._likely("Schwerpunkte", 0.5):
            self._heading(document, 1, "III. Schwerpunkte der Arbeitsmarkt- und Integrationspolitik auf Landesebene")
            self._say(document, "Das Land setzt folgende Schwerpunkte:")
            for step in self.draw.sample(STEPS[2:], 2) if self.master is None else STEPS[2:4]:
                self._say(document, step, "List Bullet")
            number = "IV"
        self._heading(document, 1, f"{number}. Vereinbarungen")
        self._heading(document, 2, "§ 1 Verpflichtung der Vereinbarungspartner")
        self._say(document, f"{self._begin(self.traeger.nominativ)} und das Land wirken auf die in § 3 genannten Ziele hin.")
        self._heading(document, 2, self._form("§ 2", ("§ 2 Haushaltsmittel und gesetzliche Neuregelungen", "§ 2 Finanzielle Ausstattung")))
        self._money(document)
        self._heading(document, 2, self._form("§ 3", ("§ 3 Ziele, Zielindikatoren und Ergänzungsgrößen", "§ 3 Ziele")))
        self._say(document, f"(1) Die Vereinbarungspartner verständigen sich für das Jahr {self.jahr} auf folgende Ziele:")
        self._goals(document)
        self._say(document, "(2) Maßgeblich sind die Kennzahlen nach § 48a SGB II.")
        self._heading(document, 2, "§ 4 Zielnachhaltung und Zieldialoge")
        self._say(document, "(1) Es finden mindestens zwei Zieldialoge im Jahr statt. Weitere sind möglich.")
        self._say(document, f"(2) Diese Vereinbarung gilt bis zum 31. Dezember {self.jahr}.")

    @staticmethod
    def _begin(text: str) -> str:
        return text[0].upper() + text[1:]

    def _money(self, document: Document) -> None:
        verwaltung, eingliederung = self.draw.randint(2_000_000, 15_000_000), self.draw.randint(1_000_000, 12_000_000)
        total = (Decimal(verwaltung + eingliederung) / 1_000_000).quantize(Decimal("0.1"))
        self.truth |= {
            "haushalt.verwaltungskosten": verwaltung,
            "haushalt.eingliederungsleistungen": eingliederung,
            "haushalt.gesamtbudget_mio": total,
        }
        form = self._form("Euro", ("{} Euro", "{},00 €", "{},- Euro", "{} €", "{},00 Euro"))
        v, e = (form.format(f"{value:,}".replace(",", ".")) for value in (verwaltung, eingliederung))
        t = f"{str(total).replace('.', ',')} {self._form('Mio', ('Mio. Euro', 'Mio. €', 'Millionen Euro'))}"
        dativ = self.traeger.dativ
        match self._form("Haushalt", range(5)):
            case 0:
                self._say(
                    document, f"{self._begin(dativ)} steht voraussichtlich ein Gesamtbudget von rd. {t} zur Verfügung. Davon entfallen auf"
                )
                self._say(document, f"die Verwaltungskosten {v}", "List Bullet")
                self._say(document, f"die Leistungen zur Eingliederung in Arbeit {e}.", "List Bullet")
            case 1:
                self._say(
                    document,
                    f"Für Leistungen zur Eingliederung in Arbeit stehen {dativ} im Jahr {self.jahr} {e} "
                    f"und für Verwaltungskosten {v} bereit (Gesamtbudget: rd. {t}).",
                )
            case 2:
                self._say(
                    document,
                    f"Das Gesamtbudget von {t} verteilt sich mit {e} auf Eingliederungsleistungen und mit {v} auf Verwaltungskosten.",
                )
            case 3:
                self._say(
                    document, f"{v} sind für Verwaltungskosten, {e} für Eingliederungsleistungen vorgesehen; {t} beträgt das Gesamtbudget."
                )
            case _:
                self._say(
                    document,
                    f"Nach der Eingliederungsmittel-Verordnung erhält {self.traeger.nominativ} Mittel in Höhe von insgesamt ca. {t}:",
                )
                self._say(document, f"Eingliederungsleistungen: {e}", "List Bullet")
                self._say(document, f"Verwaltungskosten: {v}", "List Bullet")
        self._say(document, "Gesetzliche Neuregelungen werden berücksichtigt.")

    # ------------------------------------------------------------ goals

    def _goals(self, document: Document) -> None:
        genitiv = self.traeger.genitiv
        self._heading(document, 3, "1. Verringerung der Hilfebedürftigkeit")
        if self._likely("K1", 0.3):
            self._target(document, "ziele.leistungen_lebensunterhalt.gesamt", "die Summe der Leistungen zum Lebensunterhalt")
        else:
            self._say(document, "Die Entwicklung der Summe der Leistungen zum Lebensunterhalt wird im Rahmen eines Monitorings beobachtet.")
        self._heading(document, 3, "2. Verbesserung der Integration in Erwerbstätigkeit")
        self._distract(document, among_goals=True)
        reference = self._target(document, "ziele.integrationsquote.gesamt", f"die Integrationsquote {genitiv}", level="einer Quote von")
        if self.draw.random() < 0.5:
            self._women_and_men(document, reference)
        self._heading(document, 3, "3. Vermeidung von langfristigem Leistungsbezug")
        word = self._form("LZB", ("Langzeitleistungsbeziehenden", "Langzeitleistungsbeziehern"))
        self._target(document, "ziele.langzeitleistungsbezug.gesamt", f"der durchschnittliche Bestand an {word} {genitiv}")
        self._distract(document, among_goals=True)
        number = 4
        if self.draw.random() < 0.4:
            self._heading(document, 3, "4. Verbesserung der Integration Alleinerziehender in Erwerbstätigkeit")
            self._target(document, "ziele.integrationsquote.alleinerziehende", "die Integrationsquote der Alleinerziehenden")
            number = 5
        if self.draw.random() < 0.6:
            self._individual(document, number)

    def _change(self) -> tuple[Zielwert, str, str]:
        """A target that changes, the quantity as written, and its verb."""
        richtung, verbs = self.draw.choice(
            (
                ("steigt", ("steigt", "erhöht", "gesteigert wird", "ansteigt")),
                ("sinkt", ("sinkt", "verringert", "reduziert wird", "abnimmt")),
            )
        )
        schranke, bound = self.draw.choice(
            (
                (None, ""),
                (None, ""),
                ("mindestens", "mindestens "),
                ("hoechstens", "nicht mehr als "),
                ("hoechstens", "maximal "),
                ("hoechstens", "höchstens "),
                ("hoechstens", "nicht mehr am "),
                ("rund", "rund "),
                ("rund", "ca. "),
            )
        )
        wert = Decimal(self._number().replace(",", ".")) if self.draw.random() < 0.8 else Decimal(self.draw.randint(1, 20))
        einheit, unit = self.draw.choice(
            (
                ("prozent", " %"),
                ("prozent", "%"),
                ("prozent", "\N{NO-BREAK SPACE}%"),
                ("prozent", " Prozent"),
                ("prozent", " v. H."),
                ("prozentpunkte", " Prozentpunkte"),
                ("personen", " Personen"),
            )
        )
        if einheit == "personen":
            wert = Decimal(self.draw.randint(10, 4000))
        value = Zielwert(richtung=richtung, schranke=schranke, wert=wert, einheit=einheit, bezug=self.jahr - 1)  # type: ignore[arg-type]
        number = f"{wert:,f}".translate(str.maketrans(",.", ".,"))
        before, after = self._form("um", (("um ", ""), ("um ", ""), ("", "um ")))
        quantity = f"{bound}um {number}{unit}" if bound and after else f"{before or 'um '}{bound}{number}{unit}"
        return value, quantity, self._form("verb", verbs)

    def _reference(self) -> str:
        return self._form(
            "Bezug",
            (
                f"im Vergleich zum Jahr {self.jahr - 1}",
                "im Vergleich zum Vorjahr",
                "gegenüber dem Vorjahr",
                f"gegenüber dem Jahr {self.jahr - 1}",
                f"gegenüber {self.jahr - 1}",
            ),
        )

    def _target(self, document: Document, feld: str, subject: str, level: str = "") -> str:
        """Says a target in one of its forms; comes back with the reference as written."""
        reference = self._reference()
        kind = self.draw.random()
        if kind < 0.12 and self.master is None:
            same = self.draw.choice(
                (
                    f"{reference} gleich bleibt",
                    f"{reference} konstant bleibt",
                    "auf dem Niveau des Vorjahres bleibt",
                    "auf dem Niveau des Vorjahres gehalten wird",
                )
            )
            self.truth[feld] = Zielwert(richtung="gleich", bezug=self.jahr - 1)
            self._say(document, f"Das Ziel ist im Jahr {self.jahr} erreicht, wenn {subject} {same}.")
            return reference
        if kind < 0.2 and "quote" in feld and self.master is None:
            wert = Decimal(f"{self.draw.randint(20, 39)}.{self.draw.randint(0, 9)}")
            self.truth[feld] = Zielwert(richtung="betraegt", wert=wert, einheit="prozent_niveau")
            self._say(
                document,
                f"Für das Jahr {self.jahr} wird eine {subject.removeprefix('die ')} von {str(wert).replace('.', ',')} % vereinbart.",
            )
            return reference
        value, quantity, verb = self._change() if kind >= 0.2 else (Zielwert(richtung="gleich", bezug=self.jahr - 1), "", "gleich bleibt")
        self.truth[feld] = value
        reflexive = "sich " if verb in ("erhöht", "verringert") else ""
        match self._form(feld, range(5)):
            case 0:
                text = f"Das Ziel ist im Jahr {self.jahr} erreicht, wenn {reflexive}{subject} {quantity} {reference} {verb}."
            case 1:
                text = f"Das Ziel ist erreicht, wenn {reflexive}{subject} {reference} {quantity} {verb}."
            case 2:
                modal = {"steigt": "steigen", "sinkt": "sinken", "gleich": "gleich bleiben"}[value.richtung]
                text = f"{self._begin(subject)} soll im Jahr {self.jahr} {reference} {quantity} {modal}."
            case 3:
                text = f"Das Ziel ist erreicht, wenn {reflexive}{reference} {subject} {quantity} {verb}."
            case _:
                text = f"Es wird vereinbart, dass {reflexive}{subject} {reference} {quantity} {verb}."
        text = re.sub(" +", " ", text)
        if level and value.wert is not None and self._likely("entspricht", 0.3):
            wert = Decimal(f"{self.draw.randint(20, 39)}.{self.draw.randint(0, 9)}")
            text += f" Dies entspricht {level} mindestens {str(wert).replace('.', ',')} %."
            self.truth[f"{feld}.entspricht"] = Zielwert(richtung="betraegt", schranke="mindestens", wert=wert, einheit="prozent_niveau")
        self._say(document, text)
        return reference

    def _women_and_men(self, document: Document, reference: str) -> None:
        women, men = (Decimal(f"{self.draw.randint(1, 9)}.{self.draw.randint(0, 9)}") for _ in range(2))
        total = self.truth["ziele.integrationsquote.gesamt"]
        if self.master is None and total.richtung == "steigt" and total.einheit == "prozent" and total.wert is not None:
            women, men = total.wert + women, max(total.wert - men, Decimal("0.0"))
            women, men = (value.quantize(Decimal("0.1")) for value in (women, men))
        for gruppe, wert in (("frauen", women), ("maenner", men)):
            self.truth[f"ziele.integrationsquote.{gruppe}"] = Zielwert(richtung="steigt", wert=wert, bezug=self.jahr - 1)
        w, m = (str(wert).replace(".", ",") for wert in (women, men))
        self._say(
            document,
            self._form(
                "Frauen und Männer",
                (
                    f"Das Ziel ist zudem erreicht, wenn die Integrationsquote der Frauen um {w} % "
                    f"und die der Männer um {m} % {reference} steigt.",
                    f"Dabei soll sich die Integrationsquote {reference} um {w} % bei den Frauen und um {m} % bei den Männern erhöhen.",
                    f"Vereinbart wird, dass die Integrationsquote {reference} für Frauen um {w}% und für Männer um {m}% steigt.",
                ),
            ),
        )

    def _individual(self, document: Document, number: int) -> None:
        titel = self.draw.choice(INDIVIDUAL)
        steps = self.draw.sample(STEPS, self.draw.randint(2, 4))
        goal, reached = (
            "Das Angebot in der Region soll weiter wachsen.",
            "Das Ziel ist erreicht, wenn die vereinbarten Schritte umgesetzt wurden.",
        )
        self._heading(document, 3, f"{number}. {titel}")
        self._say(document, goal)
        self._say(document, "Die Partner verständigen sich auf die folgenden Schritte:")
        for step in steps:
            self._say(document, step, "List Bullet")
        self._say(document, reached)
        prefix = f"ziele.individuell.{number}"
        self.truth |= {
            f"{prefix}.titel": titel,
            f"{prefix}.ziel": (goal,),
            f"{prefix}.schritte": tuple(steps),
            f"{prefix}.erreicht_wenn": (reached,),
        }

    # ------------------------------------------------------------ signatures

    def _sign(self, document: Document) -> None:
        names = self.names or self.draw.sample(NAMES, len(self.ministries) + 1)
        adjective = "Niedersächsischen" if self.master is None and self.draw.random() < 0.3 else "Niedersächsisches"
        columns = [
            self._signature("land", number, "Hannover", f"{adjective} Ministerium für {ministry}", self._signer(ministry, names[number]))
            for number, ministry in enumerate(self.ministries, 1)
        ]
        columns.append(self._signature("traeger", 1, self.traeger.ort, self.traeger.name, names[0]))
        self.sentences += [line for column in columns for line in column if line]
        if self.signatures == "below":
            for column in columns:
                for line in column:
                    document.add_paragraph(line)
            return
        table = document.add_table(1, len(columns))
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            cell.paragraphs[0].text = column[0]
            for line in column[1:]:
                cell.add_paragraph(line)

    def _signer(self, ministry: str, drawn: str) -> str:
        return drawn if self.master is None else self._form(f"{ministry} signs", NAMES)

    def _signature(self, party: str, number: int, ort: str, stelle: str, name: str) -> list[str]:
        prefix = f"unterschriften.{party}.{number}"
        day = date(self.jahr, 1, 10) + timedelta(days=self.draw.randint(0, 200)) if self.draw.random() < 0.5 else None
        written = (
            self.draw.choice((f"{day.day}. {MONATE[day.month - 1]} {day.year}", day.strftime("%d.%m.%Y")))
            if day
            else f"{self.draw.choice(('', '________ ') if self.master is not None else ('', '________ ', GAP))}{self.jahr}"
        )
        self.truth |= {f"{prefix}.ort": ort, f"{prefix}.datum": day, f"{prefix}.name": name, f"{prefix}.stelle": stelle}
        lines = [f"{ort}, den {written}"]
        if self.draw.random() < 0.5:
            self.truth[f"{prefix}.zusatz"] = self.draw.choice(("In Vertretung", "in Vertretung", "Im Auftrage"))
            lines.append(self.truth[f"{prefix}.zusatz"])
        lines += [""] * self.looks.room
        lines.append(f"({name})" if self._likely("brackets", 0.7) else name)
        if party == "traeger" and self.draw.random() < 0.7:
            self.truth[f"{prefix}.funktion"] = self.draw.choice(("Landrat", "Landrätin", "Erster Kreisrat"))
            lines.append(self.truth[f"{prefix}.funktion"])
        return [*lines, stelle]
