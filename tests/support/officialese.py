"""Ordinary sentences of agreements, well written, for all sixteen Träger: what a rule must have nothing to say about."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from agreements.model.record import (
    Akte,
    Haushalt,
    IndividuellesZiel,
    Integrationsquote,
    Langzeitleistungsbezug,
    Rahmenbedingungen,
    Unterschrift,
    Vereinbarung,
    Ziele,
    Zielwert,
)
from agreements.register.register import Traeger, load_register

JAHR = 2024
ZKT = load_register().zkt(JAHR)
LAGE = (
    "Die Arbeitslosenquote im {name} lag im Dezember 2023 bei 4,7 % und damit um 0,3 Prozentpunkte über dem Vorjahreswert.",
    "Im Jahresdurchschnitt 2023 waren 3.418 Personen arbeitslos gemeldet, davon 1.962 im Rechtskreis SGB II.",
    "Gegenüber 2022 ist die Zahl der erwerbsfähigen Leistungsberechtigten um 2,1 % gestiegen.",
    "Der Arbeitsmarkt {genitiv} zeigt sich trotz der schwachen Konjunktur robust.",
    "Besonders betroffen sind das verarbeitende Gewerbe, der Einzelhandel und das Gastgewerbe.",
    "Seit 2015 ist die Zahl der sozialversicherungspflichtig Beschäftigten um mehr als 12.000 gewachsen.",
    "Viele Betriebe finden keine Auszubildenden; zum 30. September 2023 blieben 214 Ausbildungsstellen unbesetzt.",
    "Mit der Einführung des Bürgergeldes zum 1. Januar 2023 haben sich die Aufgaben des Jobcenters grundlegend verändert.",
    "Die Bundesagentur für Arbeit erwartet für 2024 einen leichten Anstieg der Arbeitslosigkeit.",
    "Bis 2030 werden rund 18 % der Beschäftigten altersbedingt aus dem Erwerbsleben ausscheiden.",
    "Die Zahl der Geflüchteten aus der Ukraine im Leistungsbezug stieg im Jahr 2023 auf 1.507.",
    "Fehlende Kinderbetreuung und ein lückenhafter öffentlicher Nahverkehr erschweren die Arbeitsaufnahme im ländlichen Raum.",
    "Die Agentur für Arbeit Osnabrück und die Handwerkskammer Hannover rechnen mit einer Seitwärtsbewegung.",
    "Im Helferbereich kommen auf eine offene Stelle sieben Bewerberinnen und Bewerber.",
    "Gut ein Drittel der Langzeitleistungsbeziehenden hat keinen Schulabschluss.",
    "Die Ansiedlung eines Logistikzentrums soll ab Herbst 2024 etwa 250 Arbeitsplätze schaffen.",
    "Energieintensive Unternehmen haben Investitionen zurückgestellt, einzelne Standorte stehen vor der Schließung.",
    "Zugleich bleibt der Fachkräftemangel in Pflege, Handwerk und Erziehung deutlich spürbar.",
    "Vor allem Zugewanderte ohne anerkannten Berufsabschluss und gesundheitlich eingeschränkte Menschen profitieren davon kaum.",
    "Im Jahr 2023 konnten 1.204 Integrationen erzielt werden, das sind 6,2 % weniger als 2022.",
    "Die Zahl der Bedarfsgemeinschaften lag im Dezember 2023 leicht über dem Niveau von Dezember 2022.",
    "Die Förderperiode 2021–2027 des ESF Plus bietet hierfür gute Möglichkeiten.",
    "Im Schuljahr 2023/2024 nehmen acht Schulen teil, im Schuljahr 2024/25 sollen es zehn sein.",
    "Die Arbeitslosenquote beträgt 4,2 % (Vorjahr: 4,0 %), der Anteil der Frauen 38,5 % (Stand: November 2023).",
    "Durch die Corona-Pandemie in den Jahren 2020 und 2021 sind viele Kontakte abgebrochen.",
    "Die Ergebnisse der Zielvereinbarung 2023 wurden im Zieldialog am 14. November 2023 besprochen.",
    "Die Pendlerverflechtungen mit Nordrhein-Westfalen und den Niederlanden sind hoch.",
    "Durchschnittlich 10,5 Mio. € p. a. standen in den vergangenen Jahren zur Verfügung.",
    "Die Regelung in § 1 Absatz 2 SGB II gilt entsprechend; gemäß § 18d SGB II wird der örtliche Beirat beteiligt.",
    "Saisonale Schwankungen im Tourismus und in der Landwirtschaft prägen die Beschäftigung.",
)
ZIELE = (
    "Ziel ist, die Beratungsqualität weiter zu verbessern und die Eigenverantwortung der Leistungsberechtigten zu stärken.",
    "Ziel ist es, junge Menschen unter 25 Jahren nahtlos von der Schule in eine Ausbildung zu begleiten.",
    "Der {name} will langzeitarbeitslosen Menschen durch öffentlich geförderte Beschäftigung neue Perspektiven eröffnen.",
    "Alleinerziehende sollen durch flexible Angebote in Teilzeit bei der Rückkehr in den Beruf unterstützt werden.",
    "Die Zusammenarbeit mit Arbeitgebern soll ausgebaut und verstetigt werden.",
)
SCHRITTE = (
    "Einführung eines ganzheitlichen Coachings nach § 16k SGB II für Bedarfsgemeinschaften mit Kindern",
    "Ausbau der aufsuchenden Sozialarbeit in Kooperation mit dem Jugendamt",
    "Besetzung von mindestens 40 Stellen nach § 16i SGB II bei kommunalen und freien Trägern",
    "Durchführung von zwei Ausbildungsmessen und einer Fachtagung im zweiten Halbjahr 2024",
    "Schulung aller Integrationsfachkräfte in motivierender Gesprächsführung",
    "Fortschreibung des Kooperationsplans in einfacher Sprache (z. B. mit Piktogrammen)",
    "Einsatz von Sprachmittlerinnen und Sprachmittlern in der Erstberatung",
    "Verstärkte Nutzung von Videoberatung und Online-Terminbuchung",
    "Enge Abstimmung mit der Schuldner- und Suchtberatung sowie den Frühen Hilfen",
    "Gezielte Ansprache von Frauen mit Migrationsgeschichte durch das Projekt „Worklife“",
    "Aufbau eines Netzwerks für Teilzeitausbildung mit der IHK und der Kreishandwerkerschaft",
    "Weiterbildung von Geringqualifizierten in Mangelberufen, ggf. mit Prämie nach § 87a SGB III",
    "Regelmäßige Auswertung der Kennzahlen und Rückmeldung an die Teams",
    "Kompetenzfeststellung und Erprobung in Werkakademien bzw. Lernwerkstätten",
    "Betreuung schwangerer Leistungsberechtigter in Zusammenarbeit mit Hebammen",
    "Job-Turbo: Kontaktdichte von höchstens sechs Wochen nach Abschluss des Integrationskurses",
    "Gesundheitsorientierung im Projekt rehapro und Verzahnung mit den Krankenkassen",
    "Förderung nach § 16 Abs. 1 SGB II i. V. m. § 45 SGB III sowie § 16f SGB II",
    "Dreimonatige Nachbetreuung nach der Arbeitsaufnahme, z. B. durch nachgehendes Coaching gem. § 16k SGB II",
    "Vermittlung von 1.500 eLb in sv-pflichtige Beschäftigung, mindestens 2x jährlich Austausch mit dem MS",
    "Fortführung der Maßnahmen „Perspektive Wiedereinstieg“, „TANDEM“ und „Chance 25+“",
    "Betreuungsrelation von 1:75 bei den unter 25-Jährigen und 1:150 bei den über 25-Jährigen",
    "Rechtskreisübergreifendes Netzwerk (Alphabetisierung, Schuldner-/Suchtberatung, Frühe Hilfen)",
    "Beschleunigung der Anerkennung ausländischer Abschlüsse u. a. mit dem IQ-Netzwerk",
)
ERREICHT = (
    "Das Ziel ist erreicht, wenn die vereinbarten Schritte umgesetzt sind und 30 Teilnehmende eine Ausbildung aufgenommen haben.",
    "Das Ziel ist erreicht, wenn bis zum 31. Dezember 2024 alle Standorte beteiligt sind.",
    "Die Zielerreichung wird in den Zieldialogen gemeinsam bewertet.",
)
TITEL = (
    "Beratungsqualität und ganzheitliche Betreuung",
    "Übergang von der Schule in den Beruf",
    "Teilhabe am Arbeitsmarkt",
    "Integration von Geflüchteten",
    "Beschäftigung von Alleinerziehenden",
    "Gesundheit und Beschäftigungsfähigkeit",
)
NAMEN = ("Martin Beckmann", "Dr. Annette Schütz", "Jens Lübbers", "Petra van der Meer", "Ulrich Großkopf")


def clean(seed: int, base: Vereinbarung) -> Vereinbarung:
    """A record of its own for every seed, the Träger in turn, in which everything fits; effective."""
    chance = random.Random(seed)
    row = ZKT[seed % len(ZKT)]
    verwaltung, leistungen = chance.randrange(2_000_000, 25_000_000), chance.randrange(1_000_000, 20_000_000)
    return base.model_copy(update={
        "traeger": row.schluessel,
        "rahmenbedingungen": Rahmenbedingungen(regionale_lage=_paragraphs(chance, row)),
        "haushalt": Haushalt(gesamtbudget_mio=(Decimal(verwaltung + leistungen) / 1_000_000).quantize(Decimal("0.1")),
                             verwaltungskosten=Decimal(verwaltung), eingliederungsleistungen=Decimal(leistungen)),
        "ziele": Ziele(integrationsquote=_quota(chance), langzeitleistungsbezug=Langzeitleistungsbezug(gesamt=_target(chance)),
                       individuell=_goals(chance, row)),
        "unterschriften": base.unterschriften.model_copy(update={"land": {1: _land(base)}, "traeger": {1: _signature(chance, row)}}),
        "akte": Akte(stand="entwurf"),
    })  # fmt: skip


def _paragraphs(chance: random.Random, row: Traeger) -> tuple[str, ...]:
    return tuple(_said(" ".join(chance.sample(LAGE, chance.randint(2, 6))), row) for _ in range(chance.randint(1, 3)))


def _said(text: str, row: Traeger) -> str:
    return text.format(name=row.name, genitiv=row.genitiv)


def _quota(chance: random.Random) -> Integrationsquote:
    total = _target(chance)
    if total.wert is None or total.schranke or chance.random() < 0.3:
        return Integrationsquote(gesamt=total)
    women, men = (total.model_copy(update={"wert": total.wert + by}) for by in (Decimal("1.2"), Decimal("-0.1")))
    return Integrationsquote(gesamt=total, frauen=women, maenner=men)


def _target(chance: random.Random) -> Zielwert:
    kind = chance.random()
    if kind < 0.1:
        return Zielwert(richtung="gleich", bezug=JAHR - 1)
    if kind < 0.2:
        return Zielwert(richtung="betraegt", wert=Decimal(chance.randrange(180, 400)).scaleb(-1), einheit="prozent_niveau")
    bound: Any = chance.choice([None, None, "hoechstens", "mindestens"])
    return Zielwert(richtung=chance.choice(["steigt", "sinkt"]), schranke=bound, wert=Decimal(chance.randrange(1, 160)).scaleb(-1),
                    bezug=JAHR - 1)  # fmt: skip


def _goals(chance: random.Random, row: Traeger) -> dict[int, IndividuellesZiel]:
    """Goals 4 and 6, which the wording's § 3 speaks of."""
    titles = chance.sample(TITEL, 2)
    four = IndividuellesZiel(titel=titles[0], schritte=tuple(chance.sample(SCHRITTE, chance.randint(3, 8))))
    six = IndividuellesZiel(titel=titles[1], ziel=(_said(chance.choice(ZIELE), row),), schritte=tuple(chance.sample(SCHRITTE, 5)),
                            erreicht_wenn=tuple(chance.sample(ERREICHT, chance.randint(1, 2))))  # fmt: skip
    return {4: four, 6: six}


def _land(base: Vereinbarung) -> Unterschrift:
    return base.unterschriften.land[1].model_copy(update={"datum": date(JAHR, 3, 5)})


def _signature(chance: random.Random, row: Traeger) -> Unterschrift:
    day = date(JAHR, 2, 5) + timedelta(days=chance.randint(0, 60))
    office: dict[str, str] = chance.choice([{"funktion": "Landrat"}, {"zusatz": "In Vertretung", "funktion": "Erster Kreisrat"}, {}])
    return Unterschrift(ort=row.ort, datum=day, name=chance.choice(NAMEN), stelle=row.name, **office)  # type: ignore[arg-type]
