"""What the documents of the outside half say: the wording of 2024 with other values, and agreements of older years in phrases of their own.

Nothing here comes from what the readers were tried on before: other names, sentences, steps and phrases than in `varied` and in
`older_documents`.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from round_trip import LIBRARY, emsland
from varied import varied

from agreements.model.document import Art, Block, Span
from agreements.model.fields import angaben
from agreements.model.months import MONATE
from agreements.model.record import Rahmenbedingungen, Unterschrift, Zielwert
from agreements.model.values import OFFEN
from agreements.register.register import load_register

FIRST_NAMES = ("Renée", "Frauke", "Anke", "Özlem", "Jan-Hendrik", "Wiebke", "Björn", "Zoë", "Theda", "Enno", "Ilse", "Käthe", "Raphaël",
               "Mareike", "Siegfried", "Ulf")  # fmt: skip
SURNAMES = ("d'Aubigné", "Torvaldsdóttir", "Ißbrücker", "Öztürk", "von der Gröben", "Grote-Illmer", "Müller-Lüdenscheidt", "Tjarks",
            "Iffland", "Wilms", "Rolfes", "te Heesen", "Nguyễn", "Kłos", "Brünjes", "Freiherr von Knigge", "Claaßen",
            "Vornhecke")  # fmt: skip
TITLES = ("", "", "", "", "Dr. ", "Prof. Dr. ", "Dr. h. c. ", "Dr.-Ing. ")
FUNCTIONS = ("Landrat", "Landrätin", "Erster Kreisrat", "Erste Kreisrätin", "Kreisrat")
ADDITIONS = ("In Vertretung", "Im Auftrage", "in Vertretung")
REGION = (
    "Der Arbeitsmarkt ist von Windenergie, Tourismus und der Zulieferindustrie geprägt; die Auftragslage hat sich im Jahr {v} eingetrübt.",
    "Im Handwerk fehlen Fachkräfte: 412 offene Stellen standen Ende November nur 98 gemeldete Bewerberinnen und Bewerber gegenüber.",
    "Die Schließung des Werkes in der Südstraße zum 30.09.{v} wirkt nach; 187 Beschäftigte sind betroffen.",
    "Saisonale Beschäftigung auf Borkum, Juist und Baltrum lässt die Zahlen im Winter steigen.",
    "Außerhalb der Städte erschwert der Nahverkehr die Aufnahme einer Beschäftigung im Schichtbetrieb.",
    "Die Flächengemeinde Bornum, die Samtgemeinde Ilsede und der Flecken Uchte melden je drei neue Betriebe.",
    "Für das Jahr {j} wird ein Rückgang der Einstellungen um 2,75 % erwartet (Quelle: eigene Berechnung, Stand 31.10.{v}).",
    "Viele Leistungsberechtigte verfügen über keinen Berufsabschluss; knapp ein Drittel ist älter als 50 Jahre.",
    "Zum 01.08.{j} entstehen 24 Plätze im Jugendwohnheim an der Illerstraße 11.",
)
STEPS = (
    "Aufbau eines Schlichtungsverfahrens nach § 15a SGB II",
    "Öffentlichkeitsarbeit auf Borkum, Juist, Norderney und Baltrum",
    "Sprachkurse (B1/B2) mit Kinderbetreuung, auch am Abend",
    "Besetzung von mindestens 45 geförderten Stellen nach § 16i SGB II",
    "Fallbesprechungen alle 14 Tage, mindestens jedoch 20 im Jahr",
    "Vermittlung von 18 Jugendlichen in Einstiegsqualifizierungen",
    "Elternarbeit in drei Sprachen",
    "Senkung der Abbruchquote auf höchstens 12,5 %",
    "Einrichtung eines Fachtages „Ganzheitliche Betreuung“",
    "Saisonale Arbeitskräfte frühzeitig ansprechen (Gastronomie, Spargelernte)",
    "Beschäftigungsbegleitendes Coaching für 30 Personen",
    "Erprobung der E-Akte in zwei Teams ab dem 1. Juli",
)
GOALS = (
    "Gewinnung und Qualifizierung von Fachkräften",
    "Gesundheitliche Teilhabe Langzeitarbeitsloser",
    "Ausbildung für alle unter 25",
    "Beratung auf den Inseln",
    "Digitale Erreichbarkeit",
)
AIMS = (
    "Ziel ist, mindestens 60 Leistungsberechtigte für eine abschlussorientierte Weiterbildung zu gewinnen, davon die Hälfte Frauen.",
    "Junge Menschen sollen ohne Umwege in Ausbildung kommen.",
    "Die Wege zum Jobcenter sollen kürzer werden, auch für Menschen ohne Auto.",
)
REACHED = (
    "Das Ziel ist erreicht, wenn bis zum 30.11.{j} wenigstens 55 Personen eine Weiterbildung begonnen haben.",
    "Das Ziel ist erreicht, wenn die Schritte umgesetzt sind und ein Bericht vorliegt.",
)
MINISTRIES = {
    2011: ("Wirtschaft, Arbeit und Verkehr", "Soziales, Frauen, Familie, Gesundheit und Integration"),
    2013: ("Wirtschaft, Arbeit und Verkehr", "Soziales, Gesundheit und Gleichstellung"),
    2018: ("Wirtschaft, Arbeit, Verkehr und Digitalisierung", "Soziales, Gesundheit und Gleichstellung"),
    2023: ("Soziales, Arbeit, Gesundheit und Gleichstellung",),
}
"""From which year on the Land's ministries were called so."""


class Text(NamedTuple):
    """A document before it is set, and what is true of it."""

    jahr: int
    traeger: str
    name: str
    """Of the Landkreis."""
    blocks: tuple[Block, ...]
    truth: Mapping[str, Any]


def person(draw: random.Random) -> str:
    """Somebody's name."""
    return f"{draw.choice(TITLES)}{draw.choice(FIRST_NAMES)} {draw.choice(SURNAMES)}"


def of_2024(seed: int) -> Text:
    """An agreement in the wording of 2024; its days are left to the pen."""
    draw = random.Random(f"2024 {seed}")
    record = varied(draw.randrange(10**6), emsland())
    four, *others = record.ziele.individuell.items()
    goals = {four[0]: four[1].model_copy(update={"titel": draw.choice(GOALS), "schritte": _steps(draw)})}
    for nummer, goal in others:
        reached = (draw.choice(REACHED).format(j=2024),) if draw.random() < 0.7 else None
        update = {"titel": draw.choice(GOALS), "ziel": (draw.choice(AIMS),), "schritte": _steps(draw), "erreicht_wenn": reached}
        goals[nummer] = goal.model_copy(update=update)
    lage = tuple(" ".join(draw.sample(REGION, draw.randint(1, 3))).format(j=2024, v=2023) for _ in range(draw.randint(1, 2)))
    land, traeger = record.unterschriften.land[1], record.unterschriften.traeger[1]
    signed = record.unterschriften.model_copy(
        update={
            "land": {1: land.model_copy(update={"name": person(draw), "datum": OFFEN})},
            "traeger": {1: _signed(draw, traeger)},
        }
    )
    record = record.model_copy(
        update={
            "ziele": record.ziele.model_copy(update={"individuell": goals}),
            "rahmenbedingungen": Rahmenbedingungen(regionale_lage=lage),
            "unterschriften": signed,
        }
    )
    truth = {feld: None if wert is OFFEN else wert for feld, wert in angaben(record).items() if not feld.endswith(".zustand")} | {
        "wortlaut": record.wortlaut
    }
    name = LIBRARY.register.find(record.traeger, 2024).name
    return Text(2024, record.traeger, name, LIBRARY.document(record).blocks, truth)


def _signed(draw: random.Random, before: Unterschrift) -> Unterschrift:
    more = {"zusatz": draw.choice((None, *ADDITIONS[:2])), "funktion": draw.choice((None, *FUNCTIONS))}
    given: dict[str, Any] = {key: value for key, value in more.items() if value}
    return Unterschrift(ort=before.ort, datum=OFFEN, name=person(draw), stelle=before.stelle, **given)


def _steps(draw: random.Random) -> tuple[str, ...]:
    return tuple(draw.sample(STEPS, draw.randint(2, 5)))


@dataclass
class OldText:
    """An agreement of an older year, in no wording that anybody knows."""

    seed: int
    blocks: list[Block] = field(default_factory=list)
    truth: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draw = random.Random(f"older {self.seed}")
        self.jahr = self.draw.randint(2011, 2023)
        self.traeger = self.draw.choice(load_register().zkt(self.jahr))
        self.ministries = MINISTRIES[max(year for year in MINISTRIES if year <= self.jahr)]
        self.used: set[str] = set()

    def text(self) -> Text:
        """The document."""
        self.truth |= {"jahr": self.jahr, "traeger": self.traeger.schluessel, "wortlaut": None}
        self._front()
        self._frame()
        self._money()
        self._goals()
        self._end()
        self._sign()
        return Text(self.jahr, self.traeger.schluessel, self.traeger.name, tuple(self.blocks), self.truth)

    def _say(self, art: Art, *parts: str | tuple[str, str], level: int = 0, column: int = 0, gruppe: int = 0) -> None:
        spans = tuple(Span(part) if isinstance(part, str) else Span(*part) for part in parts)
        self.blocks.append(Block(art, spans, level, column, gruppe))

    def _front(self) -> None:
        for line in ("Zielvereinbarung", "nach § 48b Abs. 1 Satz 1 Nr. 4 SGB II", f"für das Jahr {self.jahr}", self.traeger.name):
            self._say("titelseite", line)
        self._say("eingang", "Zur Erreichung der Ziele der Grundsicherung für Arbeitsuchende schließen das")
        for number, ministry in enumerate(self.ministries, 1):
            self._say("eingang", f"Niedersächsische Ministerium für {ministry}")
            self.truth[f"ministerien.{number}.name"] = f"Ministerium für {ministry}"
            self._say("eingang", "und das" if number < len(self.ministries) else "mit dem")
        self._say("eingang", self.traeger.name)
        self._say("eingang", f"für das Jahr {self.jahr} folgende")
        self._say("eingang", "Vereinbarung")

    def _frame(self) -> None:
        name, before = self.traeger.name, self.jahr - 1
        self._say("ueberschrift", "I. Grundsätze", level=1)
        self._say("text", "Ziel der Grundsicherung ist, die Eigenverantwortung der Leistungsberechtigten zu stärken. "
                  f"Land und {name} wollen gemeinsam erreichen, dass mehr Menschen von eigener Arbeit leben können.")  # fmt: skip
        self._say("ueberschrift", "II. Rahmenbedingungen", level=1)
        figures = (f"die Zahl der sozialversicherungspflichtig Beschäftigten nahm um {self._number()} % zu.",
                   f"im {name} lag die Arbeitslosenquote im Jahresdurchschnitt bei {self._number()} %.")  # fmt: skip
        self._say(
            "text",
            f"Die Entwicklung des Arbeitsmarktes in Niedersachsen ist im Jahr {before} stabil verlaufen; {self.draw.choice(figures)}",
        )
        if self.draw.random() < 0.5:
            self._say("ueberschrift", "III. Schwerpunkte der Arbeitsmarktpolitik auf Landesebene", level=1)
            self._say("text", "Das Land setzt gemeinsam mit den Trägern folgende Schwerpunkte:")
            for focus in self.draw.sample(("Digitalisierung der Jobcenter", "Fachkräftesicherung", "Integration von Alleinerziehenden"), 2):
                self._say("punkt", focus)
        self._say("ueberschrift", "IV. Vereinbarungen", level=1)
        self._say("ueberschrift", "§ 1 Verpflichtung der Vereinbarungspartner", level=2)
        self._say("text", "Die Vereinbarungspartner verpflichten sich, auf die Erreichung der in § 3 genannten Ziele hinzuwirken.")

    def _money(self) -> None:
        costs, help_ = self.draw.randint(2_000_000, 15_000_000), self.draw.randint(1_000_000, 12_000_000)
        total = (Decimal(costs + help_) / 1_000_000).quantize(Decimal("0.1"))
        keys = ("verwaltungskosten", "eingliederungsleistungen", "gesamtbudget_mio")
        self.truth |= {f"haushalt.{key}": value for key, value in zip(keys, (costs, help_, total), strict=True)}
        euro = self.draw.choice((" Euro", " €", " EUR"))
        v, e = ((f"{value:,}".replace(",", "."), f"haushalt.{key}") for key, value in zip(keys, (costs, help_), strict=False))
        t = (str(total).replace(".", ","), "haushalt.gesamtbudget_mio")
        self._say("ueberschrift", "§ 2 Haushaltsmittel und gesetzliche Neuregelungen", level=2)
        dativ = self.traeger.dativ[0].upper() + self.traeger.dativ[1:]
        match self.draw.randrange(4):
            case 0:
                self._say("text", f"{dativ} stehen im Jahr {self.jahr} voraussichtlich Mittel in Höhe von insgesamt rd. ", t,
                          " Mio. Euro zur Verfügung. Davon entfallen auf")  # fmt: skip
                self._say("punkt", "die Verwaltungskosten ", v, euro)
                self._say("punkt", "die Leistungen zur Eingliederung in Arbeit ", e, f"{euro}.")
            case 1:
                self._say("text", f"Für Leistungen zur Eingliederung in Arbeit stehen {self.traeger.dativ} im Jahr {self.jahr} wohl ", e,
                          f"{euro} und für Verwaltungskosten ", v, f"{euro} zur Verfügung (Gesamtbudget: rd. ", t, " Mio. €).")  # fmt: skip
            case 2:
                self._say("text", "Das Gesamtbudget beträgt vorläufig ", t, " Mio. Euro. Hiervon sind für Eingliederungsleistungen ", e,
                          f"{euro} und für Verwaltungskosten ", v, f"{euro} vorgesehen.")  # fmt: skip
            case _:
                self._say("text", f"Es stehen {self.traeger.dativ} für das Jahr {self.jahr} zur Verfügung:")
                self._say("punkt", "Gesamtbudget: ", t, " Mio. Euro")
                self._say("punkt", "Verwaltungskosten: ", v, euro)
                self._say("punkt", "Eingliederungsleistungen: ", e, euro)
        self._say("text", "Gesetzliche Neuregelungen während der Laufzeit werden bei der Bewertung der Zielerreichung berücksichtigt.")

    def _number(self) -> str:
        """A figure, no two of a document the same."""
        while True:
            number = f"{self.draw.randint(0, 14)},{self.draw.choice((f'{self.draw.randint(1, 9)}', '25', '75'))}"
            if number not in self.used:
                self.used.add(number)
                return number

    def _goals(self) -> None:
        self._say("ueberschrift", "§ 3 Ziele, Zielindikatoren und Ergänzungsgrößen", level=2)
        self._say("text", f"(1) Die Vereinbarungspartner verständigen sich für das Jahr {self.jahr} auf folgende Ziele:")
        self._say("ueberschrift", "1. Verringerung der Hilfebedürftigkeit", level=3)
        if self.draw.random() < 0.4:
            self._target("ziele.leistungen_lebensunterhalt.gesamt", "die Summe der Leistungen zum Lebensunterhalt")
        else:
            self._say("text", "Die Summe der Leistungen zum Lebensunterhalt wird im Rahmen eines Monitorings beobachtet.")
        self._say("ueberschrift", "2. Verbesserung der Integration in Erwerbstätigkeit", level=3)
        self._target("ziele.integrationsquote.gesamt", f"die Integrationsquote {self.traeger.genitiv}", level=True)
        if self.draw.random() < 0.5:
            self._women_and_men()
        self._say("ueberschrift", "3. Vermeidung von langfristigem Leistungsbezug", level=3)
        self._target("ziele.langzeitleistungsbezug.gesamt", "der durchschnittliche Bestand an Langzeitleistungsbeziehenden")
        number = 4
        if self.draw.random() < 0.5:
            self._say("ueberschrift", "4. Verbesserung der Integration Alleinerziehender in Erwerbstätigkeit", level=3)
            self._target("ziele.integrationsquote.alleinerziehende", "die Integrationsquote der Alleinerziehenden")
            number = 5
        if self.draw.random() < 0.5:
            self._individual(number)

    def _target(self, feld: str, subject: str, level: bool = False) -> None:
        number = self._number()
        wert, before = Decimal(number.replace(",", ".")), self.jahr - 1
        if level and self.draw.random() < 0.2:
            number = f"{self.draw.randint(20, 39)},{self.draw.randint(0, 9)}"
            self.truth[feld] = Zielwert(richtung="betraegt", wert=Decimal(number.replace(",", ".")), einheit="prozent_niveau")
            self._say(
                "text", f"Für das Jahr {self.jahr} wird eine {subject.removeprefix('die ')} von ", (f"{number} %", feld), " vereinbart."
            )
            return
        schranke, bound = self.draw.choice(
            ((None, ""), (None, ""), ("mindestens", "mindestens "), ("hoechstens", "höchstens "), ("rund", "rund "))
        )
        richtung, verb, infinitive = self.draw.choice((("steigt", "steigt", "steigen"), ("sinkt", "sinkt", "sinken")))
        self.truth[feld] = Zielwert(richtung=richtung, schranke=schranke, wert=wert, einheit="prozent", bezug=before)  # type: ignore[arg-type]
        than = self.draw.choice((f"gegenüber dem Jahr {before}", "im Vergleich zum Vorjahr", f"im Vergleich zum Jahr {before}"))
        quantity = (f"um {bound}{number} %", feld)
        match self.draw.randrange(4):
            case 0:
                self._say("text", f"Das Ziel ist im Jahr {self.jahr} erreicht, wenn {subject} {than} ", quantity, f" {verb}.")
            case 1:
                self._say("text", f"Für das Jahr {self.jahr} wird vereinbart, dass {subject} ", quantity, f" {than} {verb}.")
            case 2:
                self._say("text", f"{subject[0].upper()}{subject[1:]} soll im Jahr {self.jahr} {than} ", quantity, f" {infinitive}.")
            case _:
                self._say("text", f"Das Ziel ist erreicht, wenn {subject} ", quantity, f" {than} {verb}.")

    def _women_and_men(self) -> None:
        said = {}
        for group in ("frauen", "maenner"):
            number, feld = self._number(), f"ziele.integrationsquote.{group}"
            self.truth[feld] = Zielwert(richtung="steigt", wert=Decimal(number.replace(",", ".")), bezug=self.jahr - 1)
            said[group] = (f"{number} %", feld)
        self._say("text", "Dabei soll die Integrationsquote der Frauen um ", said["frauen"], " und die der Männer um ", said["maenner"],
                  " im Vergleich zum Vorjahr steigen.")  # fmt: skip

    def _individual(self, number: int) -> None:
        titel, steps, feld = self.draw.choice(GOALS), _steps(self.draw), f"ziele.individuell.{number}"
        aim, reached = self.draw.choice(AIMS), self.draw.choice(REACHED).format(j=self.jahr)
        self._say("ueberschrift", f"{number}. {titel}", level=3)
        self._say("text", (aim, f"{feld}.ziel"))
        self._say("text", "Die Vereinbarungspartner verständigen sich auf die folgenden Umsetzungsschritte:")
        for step in steps:
            self._say("punkt", (step, f"{feld}.schritte"))
        self._say("text", (reached, f"{feld}.erreicht_wenn"))
        self.truth |= {f"{feld}.titel": titel, f"{feld}.ziel": (aim,), f"{feld}.schritte": steps, f"{feld}.erreicht_wenn": (reached,)}

    def _end(self) -> None:
        self._say("text", "(2) Maßgeblich sind die Kennzahlen nach § 48a SGB II.")
        self._say("ueberschrift", "§ 4 Zielnachhaltung und Zieldialoge", level=2)
        self._say("text", f"(1) Es finden mindestens zwei Zieldialoge im Jahr {self.jahr} statt.")
        self._say("text", f"(2) Diese Vereinbarung gilt bis zum 31. Dezember {self.jahr}.")

    def _sign(self) -> None:
        column = 0
        for number, ministry in enumerate(self.ministries, 1):
            column += 1
            self._signature(column, f"unterschriften.land.{number}", "Hannover", f"Niedersächsisches Ministerium für {ministry}")
        self._signature(column + 1, "unterschriften.traeger.1", self.traeger.ort, self.traeger.name)

    def _signature(self, column: int, prefix: str, ort: str, stelle: str) -> None:
        values: dict[str, Any] = {"ort": ort, "datum": None, "name": person(self.draw), "stelle": stelle}
        year = self.draw.choice(("", f" {self.jahr}"))
        printed = self.draw.random() < 0.15
        if printed:
            day = date(self.jahr, self.draw.randint(1, 7), self.draw.randint(1, 28))
            values["datum"] = day
            said = Span(self.draw.choice((f"{day:%d.%m.%Y}", f"{day.day}. {MONATE[day.month - 1]} {day.year}")), f"{prefix}.datum")
        else:
            said = Span("", f"{prefix}.datum", "leer")
        spans = (Span(f"{ort}, den "), said, Span("" if printed else year))
        self.blocks.append(Block("unterschrift", spans, column=column))
        if self.draw.random() < 0.4:
            values["zusatz"] = self.draw.choice(ADDITIONS)
            self._say("unterschrift", values["zusatz"], column=column)
        brackets = self.draw.random() < 0.6
        name = (values["name"], f"{prefix}.name")
        self._say("unterschrift", *(("(", name, ")") if brackets else (name,)), column=column, gruppe=1)
        if prefix.startswith("unterschriften.traeger") and self.draw.random() < 0.7:
            values["funktion"] = self.draw.choice(FUNCTIONS)
            self._say("unterschrift", values["funktion"], column=column, gruppe=1)
        self._say("unterschrift", stelle, column=column, gruppe=1)
        self.truth |= {f"{prefix}.{key}": value for key, value in values.items()}


def spans_of(blocks: Sequence[Block]) -> Iterator[tuple[Block, int, Span]]:
    """Each span that states an Angabe, with its block and where in the block's text it begins."""
    for block in blocks:
        at = 0
        for span in block.spans:
            if span.feld:
                yield block, at, span
            at += len(span.text)
