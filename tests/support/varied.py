"""Agreements of all Träger with ordinary sentences and varied values, seeded: what a scan of a year's folder may hold."""

from __future__ import annotations

import random
from datetime import date
from decimal import Decimal
from typing import Any

from agreements.model.record import Haushalt, Rahmenbedingungen, Unterschrift, Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.register.register import Traeger, load_register

JAHR = 2024
ZKT = load_register().zkt(JAHR)
SENTENCES = (
    "Die Zahl der gemeldeten Stellen ist gegenüber dem Vorjahr um 4,3 % auf 2.184 gesunken.",
    "Besonders betroffen sind das Baugewerbe, die Gastronomie sowie der Einzelhandel.",
    "Im Landkreis bleibt die Nachfrage nach Fachkräften in der Pflege und im Handwerk hoch.",
    "Mit rund 1.250 Schutzsuchenden aus der Ukraine ist weiterhin zu rechnen.",
    "Viele Betriebe klagen über steigende Energiekosten und unsichere Lieferketten.",
    "Die Jugendarbeitslosigkeit lag im Oktober 2023 bei 3,8 % und damit leicht über dem Landesdurchschnitt.",
    "Geringqualifizierte finden nur selten eine Beschäftigung, die ihren Lebensunterhalt deckt.",
    "Zwei große Arbeitgeber haben Kurzarbeit für 340 Beschäftigte angezeigt (vgl. Bericht vom 12.10.2023).",
    "Der Ausbau der Windenergie an der Küste lässt auf zusätzliche Arbeitsplätze hoffen.",
    "Zugleich fehlen Kindertagesplätze, was vor allem Alleinerziehende an der Arbeitsaufnahme hindert.",
)
STEPS = (
    "Ausbau der aufsuchenden Beratung in den Gemeinden, z. B. durch Sprechtage",
    "Einrichtung eines Projektes „Job-Turbo“ für Geflüchtete mit Sprachniveau B1",
    "Enge Zusammenarbeit mit der Agentur für Arbeit, den Kammern und der Volkshochschule",
    "Förderung von 45 Plätzen nach § 16i SGB II",
    "Fortführung des Coachings für Bedarfsgemeinschaften mit Kindern",
    "Verbesserung der digitalen Erreichbarkeit (Online-Antrag, Videoberatung)",
    "Durchführung von vier Ausbildungsmessen und zwei Elternabenden im Jahr",
    "Schulung der Mitarbeiterinnen und Mitarbeiter zum neuen Kooperationsplan",
    "Ausweitung der Teilzeitausbildung für Alleinerziehende",
    "Einführung eines Übergangsmanagements an allen Berufsbildenden Schulen",
    "Gezielte Ansprache von Frauen mit Migrationshintergrund",
)
TITLES = (
    "Umsetzung der Bürgergeldreform",
    "Stärkung der Integration von Geflüchteten",
    "Gestaltung des Übergangs „Schule und Beruf“",
    "Digitalisierung des Jobcenters",
    "Teilhabe am Arbeitsmarkt nach § 16i SGB II",
    "Ausbau der Gesundheitsförderung",
)
AIMS = (
    "Ziel ist, die Zahl der Übergänge in Ausbildung weiter zu steigern.",
    "Ziel ist es, 60 Personen mehr als im Jahr 2023 in Arbeit zu vermitteln.",
    "Die Beratung soll verlässlicher, schneller und verständlicher werden.",
)
REACHED = (
    "Das Ziel ist erreicht, wenn alle Schritte umgesetzt wurden und mindestens 25 Personen teilgenommen haben.",
    "Gemessen wird der Erfolg an der Zahl der abgeschlossenen Kooperationspläne.",
)
NAMES = (
    "Martin Gerenkamp",
    "Dr. Christine Arbogast",
    "Jens Böther",
    "Cornelius Bischoff",
    "Anna-Lena Wührmann",
    "Prof. Dr. Uwe Schäfer",
    "Silke Hänßler",
    "Maximilian von der Höhe",
    "Franziska Rüdiger",
    "Holger Jürgensen",
    "Kai-Uwe Bielefeld",
    "Marion Övermöhle-Mühlbach",
)
ROLES = ("Landrat", "Landrätin", "Erster Kreisrat", None)


def varied(seed: int, base: Vereinbarung) -> Vereinbarung:
    """A record of its own for every seed, the Träger in turn; effective."""
    chance = random.Random(seed)
    zkt = ZKT[seed % len(ZKT)]
    total, women, men, third = (_target(chance) for _ in range(4))
    quote = {"gesamt": total, "frauen": None, "maenner": None}
    if chance.random() < 0.8:
        quote |= {"frauen": _inherits(women, total), "maenner": _inherits(men, total)}
    verwaltung, leistungen = chance.randrange(2_000_000, 25_000_000), chance.randrange(1_000_000, 20_000_000)
    mio = (Decimal(verwaltung + leistungen) / 1_000_000).quantize(Decimal("0.1"))
    ziele = base.ziele.model_copy(
        update={
            "integrationsquote": base.ziele.integrationsquote.model_copy(update=quote),
            "langzeitleistungsbezug": base.ziele.langzeitleistungsbezug.model_copy(update={"gesamt": third}),
            "individuell": _goals(chance, base),
        }
    )
    return base.model_copy(
        update={
            "traeger": zkt.schluessel,
            "ziele": ziele,
            "haushalt": Haushalt(gesamtbudget_mio=mio, verwaltungskosten=Decimal(verwaltung), eingliederungsleistungen=Decimal(leistungen)),
            "rahmenbedingungen": Rahmenbedingungen(regionale_lage=_paragraphs(chance)),
            "unterschriften": base.unterschriften.model_copy(update={"traeger": {1: _signature(chance, zkt)}}),
        }
    )


def _paragraphs(chance: random.Random) -> tuple[str, ...]:
    return tuple(" ".join(chance.sample(SENTENCES, chance.randint(2, 5))) for _ in range(chance.randint(1, 3)))


def _target(chance: random.Random) -> Zielwert:
    wert = Decimal(chance.randrange(1, 300)).scaleb(-1)
    bezug = JAHR - 1
    kind = chance.random()
    if kind < 0.1:
        return Zielwert(richtung="gleich", bezug=bezug)
    if kind < 0.2:
        return Zielwert(richtung="betraegt", wert=wert, einheit="prozent_niveau", schranke=chance.choice([None, "mindestens"]))
    schranke: Any = chance.choice([None, None, "hoechstens", "mindestens", "rund"])
    return Zielwert(richtung=chance.choice(["steigt", "sinkt"]), schranke=schranke, wert=wert, einheit="prozent", bezug=bezug)


def _inherits(target: Zielwert, total: Zielwert) -> Zielwert:
    """The target with the total's year: the sentence on women and men names none."""
    return target if target.richtung == "betraegt" else target.model_copy(update={"bezug": total.bezug})


def _goals(chance: random.Random, base: Vereinbarung) -> dict[int, Any]:
    titles = chance.sample(TITLES, 3)
    four, six = base.ziele.individuell[4], base.ziele.individuell[6]
    found = {4: four.model_copy(update={"titel": titles[0], "schritte": tuple(chance.sample(STEPS, chance.randint(3, 8)))})}
    for nummer in range(6, 6 + chance.randint(0, 2)):
        found[nummer] = six.model_copy(
            update={
                "titel": titles[nummer - 5],
                "ziel": tuple(chance.sample(AIMS, chance.randint(1, 2))),
                "schritte": tuple(chance.sample(STEPS, chance.randint(3, 8))),
                "erreicht_wenn": chance.choice([None, (chance.choice(REACHED),), REACHED]),
            }
        )
    return found


def _signature(chance: random.Random, zkt: Traeger) -> Unterschrift:
    day = OFFEN if chance.random() < 0.3 else date(JAHR, chance.randint(1, 6), chance.randint(1, 28))
    more = {"zusatz": chance.choice([None, "In Vertretung"]), "funktion": chance.choice(ROLES)}
    agreed: dict[str, Any] = {key: value for key, value in more.items() if value}
    return Unterschrift(ort=zkt.ort, datum=day, name=chance.choice(NAMES), stelle=zkt.name, **agreed)
