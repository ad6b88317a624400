"""The words that target sentences are made of: one table, used to write a target and to read one, with a wording and without.

A new form is one entry with its example. Of what can be said in several ways the first form of the first entry is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Literal, NamedTuple, cast

from agreements.language.numbers import NUMBER
from agreements.model.record import Einheit, Richtung, Schranke

Part = Literal[
    "richtung", "schranke", "einheit", "bezug", "bezugswert", "vorjahr", "niveau", "entspricht",
    "vereinbart", "zugesagt", "soll", "geschehen", "erwartet", "verneint", "beobachtet",
    "leistungen_lebensunterhalt", "integrationsquote", "langzeitleistungsbezug", "frauen", "maenner", "alleinerziehende", "andere",
    "veraenderung", "besser", "zieltitel", "nebenbei",
]  # fmt: skip
"""What a form is of a sentence."""


class Form(NamedTuple):
    """Ways to say one thing, parted by "|". A blank is any white space, "*" any letters, "JJJJ" a year."""

    part: Part
    means: str | None
    written: str
    example: str
    """A target, or a sentence, with one of the forms; any other of them may stand in its place."""
    inside: bool = False
    """Whether it means this only where the sentence around the target is known: "das Ziel ist erreicht" is no level."""

    @property
    def forms(self) -> tuple[str, ...]:
        """Each way to say it."""
        return tuple(self.written.split(" | "))


TABLE: tuple[Form, ...] = (
    Form("richtung", "steigt", "steigt | steigen | ansteigt | ansteigen | steigend", "um 3,9 % im Vergleich zum Jahr 2023 steigt"),
    Form(
        "richtung",
        "steigt",
        "erhöht | erhöhen | gesteigert | steigern | zu steigern | angehoben | anheben | anzuheben",
        "gegenüber dem Vorjahr um 3,9 % erhöht",
    ),
    Form(
        "richtung", "steigt", "zunimmt | zunehmen | wächst | wachsen | anwächst | anwachsen", "um 3,9 % im Vergleich zum Jahr 2023 zunehmen"
    ),
    Form(
        "richtung", "steigt", "Steigerung | Erhöhung | Anstieg | Zunahme | Anhebung | Zuwachs", "Steigerung um 3,9 % gegenüber dem Vorjahr"
    ),
    Form(
        "richtung",
        "sinkt",
        "sinkt | sinken | absinkt | sänke | fällt | fallen",
        "um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 sinkt",
    ),
    Form("richtung", "sinkt", "verringert | verringern | verringere | vermindert | vermindern", "um 1,5 % zum Vorjahr verringert"),
    Form(
        "richtung",
        "sinkt",
        "reduziert | reduzieren | gesenkt | senken | abgesenkt | absenken | abzusenken",
        "um 0,0 % gegenüber 2023 gesenkt wird",
    ),
    Form("richtung", "sinkt", "abnimmt | abnehmen | zurückgeht | zurückgehen", "gegenüber dem Vorjahr um 1,5 % zurückgeht"),
    Form("richtung", "sinkt", "abgebaut | abbauen | abzubauen", "um 1,5 % gegenüber dem Vorjahr abgebaut wird"),
    Form("richtung", "sinkt", "Senkung | Absenkung | Rückgang | Abbau", "Senkung um 1,5 % gegenüber dem Vorjahr"),
    Form("richtung", "sinkt", "Verringerung | Verminderung | Reduzierung | Reduktion", "Reduzierung um 1,5 % gegenüber dem Vorjahr"),
    Form("richtung", "gleich", "gleich bleibt | gleich bleiben | gleich gehalten", "im Vergleich zum Vorjahr gleich bleibt"),
    Form("richtung", "gleich", "gleichbleibt | gleichbleiben | gleichbleibend", "im Vergleich zum Vorjahr gleichbleibt"),
    Form(
        "richtung",
        "gleich",
        "konstant bleibt | konstant bleiben | konstant | konstant gehalten | konstant gehalten wird | konstant halten | konstant zu halten",
        "im Vergleich zum Jahr 2023 konstant gehalten wird",
    ),
    Form("richtung", "gleich", "unverändert bleibt | unverändert bleiben | unverändert", "gegenüber dem Vorjahr unverändert bleibt"),
    Form("richtung", "gleich", "stabil bleibt | stabil bleiben | stabil gehalten", "im Vergleich zum Jahr 2023 stabil bleibt"),
    Form(
        "richtung",
        "gleich",
        "auf dem Niveau des Vorjahres bleibt | auf dem Niveau des Vorjahres gehalten | auf dem Niveau des Vorjahres",
        "auf dem Niveau des Vorjahres gehalten",
    ),
    Form("richtung", "gleich", "gehalten", "im Vergleich zum Vorjahr gehalten wird", inside=True),
    Form("richtung", "betraegt", "beträgt | betragen | liegt | liegen | lautet | lauten", "mindestens 31,1 % beträgt"),
    Form("richtung", "betraegt", "stabilisiert | stabilisieren | zu stabilisieren", "auf ca. 3.500 Personen stabilisiert"),
    Form("richtung", "betraegt", "vereinbart | erreicht", "mindestens 612 Integrationen erreicht", inside=True),
    # "nicht mehr am" is a slip met in a signed agreement
    Form("schranke", "hoechstens", "nicht mehr als | nicht mehr am", "um nicht mehr als 14,0 % im Vergleich zum Jahr 2023 steigt"),
    Form("schranke", "hoechstens", "maximal | höchstens | bis zu | max. | allenfalls", "um maximal 14,0 % gegenüber dem Vorjahr steigt"),
    Form("schranke", "hoechstens", "nicht um mehr als", "nicht um mehr als 14,0 % gegenüber dem Vorjahr sinkt"),
    Form("schranke", "hoechstens", "nicht über", "um nicht über 14,0 % im Vergleich zum Jahr 2023 sinkt"),
    Form(
        "schranke", "mindestens", "mindestens | wenigstens | minimal | mind. | zumindest", "um mindestens 1,5 % gegenüber dem Vorjahr sinkt"
    ),
    Form("schranke", "mindestens", "nicht weniger als | nicht unter", "um nicht weniger als 1,5 % gegenüber dem Vorjahr sinkt"),
    Form("schranke", "rund", "rund | rd. | ca. | circa | etwa | ungefähr", "um rund 1,5 % gegenüber dem Vorjahr sinkt"),
    Form("einheit", "prozentpunkte", "Prozentpunkte | Prozentpunkten | Prozentpunkt | %-Punkte", "um 0,6 Prozentpunkte zum Vorjahr steigt"),
    Form("einheit", "prozent", "% | Prozent | v. H. | v.H.", "um 3,9 % gegenüber dem Vorjahr steigt"),
    Form(
        "einheit",
        "personen",
        "Personen | Langzeitleistungsbeziehende | Langzeitleistungsbeziehenden",
        "um 120 Personen zum Vorjahr sinkt",
    ),
    Form("einheit", "personen", "Integrationen", "mindestens 612 Integrationen beträgt"),
    Form("einheit", "euro", "Euro | €", "um 25.000 Euro gegenüber dem Vorjahr sinkt"),
    Form("bezug", None, "im Vergleich | verglichen | gegenüber | ggü. | ggü", "um 3,9 % im Vergleich zum Jahr 2023 steigt"),
    Form("bezug", None, "im Verhältnis", "um 3,9 % im Verhältnis zum Jahr 2023 steigt"),
    Form("bezug", None, "gemessen", "um 3,9 % gemessen am Vorjahr steigt"),
    Form("bezug", None, "bezogen", "um 3,9 % bezogen auf das Jahr 2023 steigt"),
    Form(
        "bezugswert",
        None,
        "Ergebnis | Ergebnisses | Istwert | Ist-Wert | Istwertes | Ist-Wertes | Wert | Wertes | Werts | Stand | Standes | "
        "Stands | Bestand | Bestandes | Bestands | Niveau | Niveaus | Jahresendwert | Jahresendwertes | Jahresdurchschnitt | "
        "Durchschnitt",
        "um 3,9 % gegenüber dem Ergebnis des Jahres 2023 steigt",
    ),
    Form("vorjahr", None, "Vorjahr | Vorjahres | VJ", "um 3,9 % im Vergleich zum Vorjahr steigt"),
    Form(
        "vorjahr",
        None,
        "Vorjahreswert | Vorjahreswertes | Vorjahresergebnis | Vorjahresniveau | Vorjahresstand",
        "um 3,9 % gegenüber dem Vorjahresergebnis steigt",
    ),
    Form(
        "niveau",
        "gleich",
        "auf dem Vorjahresniveau | auf dem Niveau des Vorjahr | auf dem Niveau des Vorjahres | auf dem Niveau des Jahres JJJJ |"
        " auf dem Niveau von JJJJ",
        "auf dem Niveau des Jahres 2023 gehalten wird",
    ),
    Form("entspricht", None, "entspricht | entsprechen | entspräche", "Dies entspricht einer Integrationsquote von mindestens 28,4 %."),
    Form(
        "vereinbart",
        None,
        "vereinbart | vereinbaren | vereinbarte | vereinbarten | verständigen | verständigt | verpflichtet | verpflichten | "
        "festgelegt | legen | angestrebt | anzustreben | strebt | streben | beabsichtigt | beabsichtigen | geplant | plant | "
        "planen | anvisiert | visiert | visieren | vorgenommen | verabreden | verabredet | einigen | geeinigt | kommen überein",
        "Eine Integrationsquote von 31,1 % wird vereinbart.",
    ),
    Form(
        "vereinbart",
        None,
        "Zielwert | Zielwerte | Zielwerts | Zielwertes | Zielsetzung | Zielvereinbarung | Ziel | Soll-Wert | Soll-Werte | "
        "Soll-Wertes | Sollwert | Sollwerte | Sollwertes",
        "Ziel ist eine Integrationsquote von 31,1 %.",
    ),
    Form(
        "zugesagt",
        None,
        "vereinbart | verständigt | verpflichtet | festgelegt | geplant | vorgenommen | beabsichtigt | angestrebt | Ziel gesetzt",
        "Der Landkreis hat eine Steigerung der Integrationsquote um 3,9 % gegenüber dem Vorjahr geplant.",
    ),
    Form(
        "soll",
        None,
        "soll | sollen | wollen | will | muss | müssen | darf | dürfen",
        "Die Integrationsquote soll um 3,9 % gegenüber dem Vorjahr steigen.",
    ),
    Form(
        "geschehen",
        None,
        "stieg | stiegen | gestiegen | angestiegen | sank | sanken | gesunken | lag | lagen | betrug | betrugen | war | waren |"
        " wurde | wurden | nahm | nahmen | ging | gingen | verlief | verliefen | verlaufen | erzielte | erzielten | erreichte |"
        " erreichten | konnte | konnten | hatte | hatten | hat | haben | entwickelte | entwickelten | worden | gewesen | "
        "verzeichnete | verzeichnen | bereits | zuletzt | bislang | bisher",
        "Die Integrationsquote stieg um 3,0 % gegenüber dem Vorjahr.",
    ),
    Form(
        "erwartet",
        None,
        "prognos* | Prognose* | erwart* | voraussichtlich* | rechnet | rechnen | schätz* | Schätzung* | errechnet | ausgegangen"
        " | vermutlich | dürfte | dürften | wird mit | geht davon aus | gehen davon aus | IAB | landesweit* | bundesweit* | "
        "Landesdurchschnitt* | Bundesdurchschnitt* | *referenzwert* | Landeswert* | Bundeswert* | Laut Statistik",
        "Die Integrationsquote steigt voraussichtlich um 1,0 % gegenüber dem Vorjahr.",
    ),
    Form(
        "verneint",
        None,
        "nicht | kein* | ohne | weder | noch | außer | ausgenommen | statt | anstatt | verzichtet | entfällt | verfehlt | keinesfalls",
        "Das Ziel ist erreicht, wenn die Integrationsquote nicht um 2,0 % gegenüber dem Vorjahr sinkt.",
    ),
    Form(
        "beobachtet",
        None,
        "*Monitoring* | *beobachtet* | *kein* Zielwert* | *kein* gesonderte* Zielwert* | *Zielwert wird nicht* | *nicht vereinbart*",
        "Der Bestand wird beobachtet.",
    ),
    Form(
        "leistungen_lebensunterhalt",
        None,
        "Leistungen zum Lebensunterhalt | Leistungen für den Lebensunterhalt | Summe der Leistungen zum Lebensunterhalt | Summe"
        " der Leistungen für den Lebensunterhalt | Leistungen zur Sicherung des Lebensunterhalts",
        "Die Summe der Leistungen zum Lebensunterhalt soll um 1,2 % gegenüber dem Vorjahr sinken.",
    ),
    Form("integrationsquote", None, "Integrationsquote | Integrationsquoten", "Die Integrationsquote soll mindestens 31,1 % betragen."),
    Form(
        "langzeitleistungsbezug",
        None,
        "Langzeitleistungsbezieher* | Langzeitleistungsbeziehende* | Langzeitbezieher* | Langzeitbeziehende* | LZB",
        "Der Bestand an Langzeitleistungsbeziehern soll um 1,5 % gegenüber dem Vorjahr sinken.",
    ),
    Form(
        "frauen",
        None,
        "Frauen | weibliche* | Leistungsbezieherinnen | Frauenintegrationsquote",
        "Die Integrationsquote der Frauen soll um 5,1 % gegenüber dem Vorjahr steigen.",
    ),
    Form("maenner", None, "Männer | Männern | männliche*", "Die Integrationsquote der Männer soll um 2,7 % gegenüber dem Vorjahr steigen."),
    Form(
        "alleinerziehende",
        None,
        "Alleinerziehende* | allein erziehende*",
        "Die Integrationsquote der Alleinerziehenden soll um 1,8 % gegenüber dem Vorjahr steigen.",
    ),
    Form(
        "andere",
        None,
        "Geflüchtet* | Flüchtling* | Jugendlich* | Ausländer* | Migrant* | Migrationshintergrund | Langzeitarbeitslos* | "
        "Schwerbehindert* | Neukund* | Neuzugäng* | Neuantragsteller* | Aufstocker* | Ergänzer* | U25 | U 25 | Ü50 | Ü 50 | "
        "Älter* | bedarfsdeckend* | nachhaltig* | geringfügig* | Rehabilitand* | unter 25* | über 50* | Selbständig* | "
        "Selbstständig* | Integrationsquote der Langzeit* | Integrationsquote von Langzeit* | Aktivierungsquote* | "
        "die Jobcenter | alle Jobcenter | die Landkreise | alle Landkreise | die Träger | alle Träger | "
        "die zugelassenen kommunalen Träger | "
        "Zugangsrate* | Abgangsrate* | seit vier Jahren | vier Jahre | Unterkunft | Heizung | Erziehende* | Abstand* | "
        "Differenz* | Lücke | K1E* | K2E1 | K2E2 | K2E3 | K3E*",
        "Die Integrationsquote der Geflüchteten soll um 2,0 % gegenüber dem Vorjahr steigen.",
    ),
    Form(
        "veraenderung",
        None,
        "Veränderung | Veränderungen | Veränderungsrate | verändern | verändert",
        "Das Ziel ist erreicht, wenn die Veränderung der Integrationsquote gegenüber dem Vorjahr 2,5 % beträgt.",
    ),
    # a quota that is better is higher; what a better number of people would be, no sentence says
    Form(
        "besser",
        "steigt",
        "verbessert | verbessern | verbessere",
        "Das Ziel ist erreicht, wenn sich die Integrationsquote um 2,8 % verbessert.",
    ),
    Form(
        "zieltitel",
        "leistungen_lebensunterhalt",
        "Verringerung der Hilfebedürftigkeit",
        "Verringerung der Hilfebedürftigkeit: -0,4 % ggü. VJ",
    ),
    Form(
        "zieltitel",
        "integrationsquote",
        "Verbesserung der Integration in Erwerbstätigkeit | Integration in Erwerbstätigkeit",
        "Verbesserung der Integration in Erwerbstätigkeit: +0,4 % ggü. VJ",
    ),
    Form(
        "zieltitel",
        "langzeitleistungsbezug",
        "Vermeidung von langfristigem Leistungsbezug | Vermeidung und Verringerung von langfristigem Leistungsbezug | "
        "Verringerung von langfristigem Leistungsbezug | langfristigem Leistungsbezug | langfristiger Leistungsbezug | "
        "Vermeidung von Langzeitbezug | Vermeidung von Langzeitleistungsbezug",
        "Vermeidung von langfristigem Leistungsbezug: -0,4 % ggü. VJ",
    ),
    Form(
        "nebenbei",
        None,
        "in der Summe | in Summe",
        "Bei der Integrationsquote werden in der Summe mindestens 540 Integrationen angestrebt.",
    ),
)


# ---------------------------------------------------------------- asking the table


def _phrases(part: Part, *, inside: bool) -> dict[str | None, tuple[str, ...]]:
    found: dict[str | None, tuple[str, ...]] = {}
    for each in TABLE:
        if each.part == part and (inside or not each.inside):
            found[each.means] = (*found.get(each.means, ()), *each.forms)
    return found


RICHTUNG = cast("dict[Richtung, tuple[str, ...]]", _phrases("richtung", inside=True))
SCHRANKE = cast("dict[Schranke, tuple[str, ...]]", _phrases("schranke", inside=True))
EINHEIT = cast("dict[Einheit, tuple[str, ...]]", _phrases("einheit", inside=True))
NOUNS = frozenset(form for several in RICHTUNG.values() for form in several if form[0].isupper())
"""Directions said by a noun: behind "von" it is by so much that something changes."""


@cache
def meaning(part: Part, text: str) -> str | None:
    """What a form met in a text means."""
    return next(each.means for each in TABLE if each.part == part and re.fullmatch(any_of(each.forms), text, re.I))


def any_of(forms: Iterable[str]) -> str:
    """A pattern for any of some forms, the longest first."""
    return "|".join(map(_pattern, sorted(forms, key=len, reverse=True)))


def _pattern(form: str) -> str:
    blank = r"\s?" if "." in form else r"\s+"
    pattern = re.escape(form).replace(r"\ ", blank).replace(r"\*", r"\w*").replace("JJJJ", _YEAR)
    return pattern + (r"(?!\w)" if form[-1].isalnum() else "")


def pattern_of(part: Part, *, inside: bool = False) -> str:
    """A pattern for a part of a sentence, at the beginning of a word."""
    return rf"(?<!\w)(?:{any_of(form for forms in _phrases(part, inside=inside).values() for form in forms)})"


def written_words() -> Iterator[str]:
    """Every word of letters that a target is written with, its joints included."""
    forms = [
        form for each in TABLE if each.part in ("richtung", "schranke", "einheit", "bezug", "niveau", "vorjahr") for form in each.forms
    ]
    return (word for form in (*forms, *_JOINTS) for word in form.split() if word.isalpha() and len(word) > 1 and word != "JJJJ")


# ---------------------------------------------------------------- patterns of the parts

_YEAR = r"(?:(?:19|20)\d\d)(?![\d.,]*\d)"
_TO = ("zum", "zu", "mit", "am", "an", "auf")
_THE = ("dem", "das", "den", "des")
_JOINTS = (*_TO, *_THE, "im", "um", "von", "und", "sich", "wird", "werden", "Jahr", "Jahre", "Jahres")
_VALUE_OF = rf"(?:(?:{any_of(_phrases('bezugswert', inside=False)[None])})\s+(?:(?:des|im|vom)\s+)?)?"
_BEFORE = rf"(?:{any_of(_phrases('vorjahr', inside=False)[None])})"
REFERENCE = (
    rf"{pattern_of('bezug')}(?:\s+(?:{'|'.join(_TO)}))?(?:\s+(?:{'|'.join(_THE)}))?\s+"
    rf"{_VALUE_OF}(?:(?:Jahr(?:es)?\s+)?{_YEAR}|{_BEFORE})(?:\s+(?:{_YEAR}|\({_YEAR}\)))?(?!\w)"
    rf"|\bzum\s+{_BEFORE}(?!\w)"
)
"""What a target is compared with; of a "Vorjahr" the year may stand behind it."""
LEVEL = rf"{pattern_of('niveau')}(?:\s+(?:bleibt|bleiben|verbleibt|gehalten|liegt|halten|zu\s+halten|stabilisiert))?(?!\w)"
_QUANTITY = rf"(?P<zahl>{NUMBER})\s?(?P<einheit>{any_of(form for forms in EINHEIT.values() for form in forms)})"
AMOUNT = rf"(?<![\w,.+−–-]){_QUANTITY}"
SIGNED = (
    rf"(?<![\w,.+−–-])(?:(?P<vorzeichen>\+|(?:(?<!\d\s)(?<!%\s)|(?<=\s20\d\d\s))[−–-])(?P<abstand>\s?))?"
    rf"{_QUANTITY}"
)
"""A quantity with the sign before it; a dash behind another figure makes a range of both."""
_NUMBER_OF = r"(?:durchschnittliche\w*\s+)?(?:Bestand(?:es|s)?|Zahl|Anzahl)\s+(?:an|der|von)\s+(?:den\s+)?"
_LZB = rf"\b(?:{_NUMBER_OF})?{pattern_of('langzeitleistungsbezug')}(?!\w)"


@cache
def parts(*, inside: bool) -> re.Pattern[str]:
    """A pattern that takes a sentence apart, or one (`inside`) for a target whose sentence is known."""
    kinds = (
        ("equal", rf"\b(?:(?:dies|das|was)\s+)?{pattern_of('entspricht')}"),
        ("date", rf"\b(?:(?:bis|zum|vom|am)\s+)*\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?|[A-ZÄÖÜ][a-zä]+\s)(?P<tagesjahr>{_YEAR})"),
        (
            "law",
            r"§+\s*\d+[a-z]?(?:\s+Abs(?:\.|atz)\s*\d+)?(?:\s+S(?:\.|atz)\s*\d+)?(?:\s+Nr\.\s*\d+)?|\bSGB\s+[IVX]+|\bNr\.\s*\d+|\bZiff(?:\.|er)\s*\d+"
            r"|\bKennzahl(?:en)?\s+\d|\bK\s?[123](?!\w)|\bK2E4\b",
        ),
        ("reference", REFERENCE),
        ("level", LEVEL),
        ("amount", SIGNED),
        ("spelled", r"\b(?:ein\w*|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|anderthalb|halb\w*)\s+(?:Prozent\w*|v\.\s?H\.)"),
        ("bound", pattern_of("schranke")),
        ("past", pattern_of("geschehen")),
        ("forecast", pattern_of("erwartet")),
        ("title", pattern_of("zieltitel")),
        ("other", pattern_of("andere")),
        ("change", pattern_of("veraenderung")),
        ("better", pattern_of("besser")),
        ("aside", pattern_of("nebenbei")),
        ("verb", pattern_of("richtung", inside=inside)),
        ("llu", pattern_of("leistungen_lebensunterhalt")),
        ("quote", pattern_of("integrationsquote")),
        ("lzb", _LZB),
        ("frauen", pattern_of("frauen")),
        ("maenner", pattern_of("maenner")),
        ("alleinerziehende", pattern_of("alleinerziehende")),
        ("agreed", pattern_of("vereinbart")),
        ("modal", pattern_of("soll")),
        ("negation", pattern_of("verneint")),
        (
            "year",
            rf"\b(?:(?:im|für\s+das|das|bis\s+Ende|Ende|in)\s+(?:(?:laufenden\s+)?(?:Kalender)?[Jj]ahr(?:e|es)?\s+)?)?(?P<jahr>{_YEAR})",
        ),
        ("number", r"[+−±]?\d+(?:[.,]\d+)*"),
        ("open", r"[(\[]"),
        ("close", r"[)\]]"),
        ("and", r"\b(?:und|sowie|bzw\.|während|wobei|beziehungsweise)(?!\w)"),
        ("comma", r"[,;:–—-]"),
        ("word", r"[\w§&/]+(?:-\w+)*-?"),
        ("sign", r"[^\s\w]"),
    )
    return re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in kinds), re.I)


FRAME = re.compile(
    r"^(?P<before>(?:(?!\bwenn\b).)*?\b\w*(?:ziel\w*|zielerreichung)\b(?:(?!\bwenn\b).)*?\b(?:erreicht|erfüllt)\b[^%]*?,?\s*\b(?:wenn|sobald|soweit|sofern|falls)\b)",
    re.I,
)
FRAME_BEHIND = re.compile(
    r",?\s*(?:so|dann)?\s*(?:ist|gilt|wird|wäre)\s+(?:das|dieses|auch\s+das)\s+(?:\w+\s+)?Ziel\w*\s+(?:(?:im\s+Jahr\s+(?:19|20)\d\d\s+)?(?:als\s+)?)?(?:erreicht|erfüllt)\s*[.]?$",
    re.I,
)
"""How a sentence says that what stands behind or before it is agreed."""

HARMLESS = frozenset(
    """
    der die das den dem des ein eine einer eines einem einen dieser diese dieses diesem diesen derer deren welche welcher ist sind wird
    werden sei sein seine seiner ihre ihrer ihren es sich er sie damit dass daß wenn sofern sobald dabei hierbei hierzu dazu hierfür dafür
    daher deshalb darüber hinaus zu zum zur um auf von vom bei beim im in an am aus mit für nach gemäß bis durch als wie auch so dann
    jeweils nunmehr weiterhin weiter insgesamt gesamte gesamten ferner erreicht erreichen erzielt erzielen gilt gelten folgende folgenden
    folgender folgendes wert werte zielwert zielwerte zielwertes zielgröße zielindikator zielindikatoren indikator indikatoren kennzahl ziel
    ziele ziels zieles zielen vereinbarung vereinbarungspartner vereinbarungspartnern zielvereinbarung zielvereinbarungspartner partner
    parteien beteiligten landkreis landkreises landkreise kreis kreises stadt region land landes niedersachsen niedersächsische jobcenter
    jobcenters träger trägers kommunaler kommunale kommunalen zugelassene zugelassener zugelassenen zkt jahr jahres jahre jahresdurchschnitt
    jahresende laufe verlauf kalenderjahr laufenden erwerbsfähige erwerbsfähigen leistungsberechtigte leistungsberechtigten
    leistungsberechtigter erwerbstätigkeit integration integrationen durchschnittliche durchschnittlichen durchschnittlicher
    durchschnittlich bestand bestandes bestands zahl anzahl quote höhe entwicklung veränderung veränderungsrate niveau personen gemeinsam
    gemeinsame zwischen beide beiden beider soll sollen oben genannte genannten genannter o g geschlechterspezifisch geschlechterspezifische
    geschlechterspezifischen geschlechtsspezifisch geschlechtsspezifische zielwerten prozent summe leistungen lebensunterhalt sgb ii
    vereinbart vereinbaren verständigen verpflichten verpflichtet festgelegt angestrebt anzustreben bleibt bleiben verbleibt gehalten halten
    hierauf darauf ansteigen wiederum erneut ebenfalls entsprechend kann können spätestens ende zielerreichung zielsetzung konkret konkrete
    durchschnittliches nun gesamt jahresfortschrittswert jahresfortschrittswerte dabei beteiligte beteiligten messgröße ergebnis an
    gesetzt vertragsparteien zwar jahresverlauf jahresdurchschnittliche jahresdurchschnittlichen jahresdurchschnittlicher
    vertragspartner vertragspartnern vertragspartei solche solcher solchen zielzeitraum
    """.split()  # noqa: SIM905 (a list of single strings would be 230 lines)
)
"""Words that can stand in a target sentence without changing what it agrees."""
