"""The words that target sentences are made of: what each part can be called, and which words change nothing."""

from __future__ import annotations

import re

from agreements.language.numbers import NUMBER
from agreements.language.targets import EINHEIT, RICHTUNG, SCHRANKE, any_of
from agreements.model.record import Richtung, Schranke

VERBS: dict[Richtung, tuple[str, ...]] = {
    "steigt": (
        *RICHTUNG["steigt"],
        "gesteigert",
        "steigern",
        "zu steigern",
        "Steigerung",
        "Erhöhung",
        "Anstieg",
        "Zunahme",
        "ansteigen",
        "zunehmen",
        "steigend",
    ),
    "sinkt": (
        *RICHTUNG["sinkt"],
        "gesenkt",
        "senken",
        "Senkung",
        "Verringerung",
        "Reduzierung",
        "Reduktion",
        "Rückgang",
        "Absenkung",
        "vermindern",
        "vermindert",
        "Verminderung",
        "abgesenkt",
        "absinkt",
        "abnehmen",
        "zurückgehen",
        "verringere",
        "sänke",
    ),
    "gleich": (
        *(phrase for phrase in RICHTUNG["gleich"] if phrase not in ("gehalten", "auf dem Niveau des Vorjahres")),
        "gleich gehalten",
        "konstant bleiben",
        "konstant zu halten",
        "konstant halten",
        "unverändert bleiben",
        "unverändert",
        "stabil bleibt",
        "stabil bleiben",
        "stabil gehalten",
        "gleichbleibt",
        "gleichbleiben",
        "gleichbleibend",
        "konstant gehalten wird",
    ),
    "betraegt": ("beträgt", "betragen", "liegt", "liegen", "lauten", "lautet"),
}
NOUNS = re.compile(r"Steigerung|Erhöhung|Anstieg|Zunahme|Senkung|Verringerung|Reduzierung|Reduktion|Rückgang|Absenkung|Verminderung")
BOUNDS: dict[Schranke, tuple[str, ...]] = {
    "hoechstens": (*SCHRANKE["hoechstens"], "nicht über", "nicht um mehr als"),
    "mindestens": (*SCHRANKE["mindestens"], "nicht unter"),
    "rund": SCHRANKE["rund"],
}
_WHAT = (
    r"(?:(?:Ergebnis|Ist-?Wert|Wert|Stand|Bestand|Niveau|Jahresendwert|Jahresdurchschnitt|Durchschnitt)(?:e?s)?\s+(?:(?:des|im|vom)\s+)?)?"
)
_YEAR = r"(?:(?:19|20)\d\d)(?![\d.,]*\d)"
_REFERENCE = (
    r"(?:im\s+Vergleich|im\s+Verhältnis|verglichen|gegenüber|bezogen|gemessen)(?:\s+(?:zum|zu|mit|am|an|auf))?(?:\s+(?:dem|das|den|des))?\s+"
    rf"{_WHAT}(?:(?:Jahr(?:es)?\s+)?(?P<bezug>{_YEAR})|(?P<vorjahr>Vorjahr(?:es)?(?:swert|sergebnis|sniveau|sstand|swertes)?))(?:\s+(?P<vorjahrsjahr>{_YEAR}|\({_YEAR}\)))?(?!\w)"
    rf"|zum\s+(?P<kurz>Vorjahr)(?!\w)"
)
_LEVEL_OF_REFERENCE = (
    rf"auf\s+dem\s+(?:Vorjahresniveau|Niveau\s+(?:des\s+(?:Vorjahr(?:es)?|Jahres\s+(?P<niveaujahr>{_YEAR}))|von\s+(?P<niveauvon>{_YEAR})))"
    r"(?:\s+(?:bleibt|bleiben|verbleibt|gehalten|liegt|halten|zu\s+halten|stabilisiert))?(?!\w)"
)
_AGREED = (
    r"vereinbar(?:t|en|te|ten)|verständigen|verständigt|verpflichte(?:t|n)|festgelegt|legen|angestrebt|anzustreben|streb(?:t|en)|"
    r"beabsichtig(?:t|en)|Zielwerte?s?|Zielsetzung|Zielvereinbarung|Ziel"
)
_MODAL = r"soll|sollen|wollen|will|muss|müssen"
_PAST = (
    r"stieg|stiegen|gestiegen|angestiegen|sank|sanken|gesunken|lag|lagen|betrug|betrugen|war|waren|wurde|wurden|nahm|nahmen|ging|gingen|verlief|verliefen|verlaufen|"
    r"erzielte|erzielten|erreichte|erreichten|konnte|konnten|hatte|hatten|hat|haben|entwickelte|entwickelten|worden|gewesen|verzeichnete|verzeichnen|bereits|zuletzt|bislang|bisher"
)
_FORECAST = (
    r"prognos\w*|erwart\w*|voraussichtlich\w*|rechnet|rechnen|schätz\w*|Schätzung\w*|errechnet|ausgegangen|Prognose\w*|vermutlich|dürfte|dürften|wird\s+mit|geht\s+davon\s+aus|gehen\s+davon\s+aus|"
    r"IAB|landesweit\w*|bundesweit\w*|Landesdurchschnitt\w*|Bundesdurchschnitt\w*"
)
_NEGATION = r"nicht|kein\w*|ohne|weder|noch|außer|ausgenommen|statt|anstatt|verzichtet|entfällt|verfehlt|keinesfalls"
_OTHER_GROUP = (
    r"Geflüchtet\w*|Flüchtling\w*|Jugendlich\w*|Ausländer\w*|Migrant\w*|Migrationshintergrund|Langzeitarbeitslos\w*|Schwerbehindert\w*|Neukund\w*|Neuzugäng\w*|"
    r"Neuantragsteller\w*|Aufstocker\w*|Ergänzer\w*|U\s?25|Ü\s?50|Älter\w*|bedarfsdeckend\w*|nachhaltig\w*|geringfügig\w*|Rehabilitand\w*|unter\s+25\w*|über\s+50\w*|Selbst(?:st)?ändig\w*"
)
_FRAUEN = r"Frauen|weibliche\w*|Leistungsbezieherinnen|Frauenintegrationsquote"
_MAENNER = r"Männern?|männliche\w*"
_ALLEIN = r"Alleinerziehende\w*|allein\s?erziehende\w*"
_QUOTE = r"Integrationsquoten?"
_LZB = r"Langzeit(?:leistungs)?bezieh(?:er|ende)\w*|LZB"
_LZB_WHOLE = rf"(?:(?:durchschnittliche\w*\s+)?(?:Bestand(?:es|s)?|Zahl|Anzahl)\s+(?:an|der|von)\s+(?:den\s+)?)?(?:{_LZB})(?!\w)"
_LLU = r"(?:Summe\s+der\s+)?Leistungen\s+(?:zum|für\s+den)\s+Lebensunterhalt|Leistungen\s+zur\s+Sicherung\s+des\s+Lebensunterhalts"

TOKEN = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("equal", r"\b(?:(?:dies|das|was)\s+)?entspr(?:icht|echen|äche)\b"),
            ("date", rf"\b(?:(?:bis|zum|vom|am)\s+)*\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?|[A-ZÄÖÜ][a-zä]+\s)(?P<tagesjahr>{_YEAR})"),
            (
                "law",
                r"§+\s*\d+[a-z]?(?:\s+Abs(?:\.|atz)\s*\d+)?(?:\s+S(?:\.|atz)\s*\d+)?(?:\s+Nr\.\s*\d+)?|\bSGB\s+[IVX]+|\bNr\.\s*\d+|\bZiff(?:\.|er)\s*\d+",
            ),
            ("reference", _REFERENCE),
            ("level", _LEVEL_OF_REFERENCE),
            ("amount", rf"(?<![\w,.+−–-])(?P<zahl>{NUMBER})\s?(?P<einheit>{any_of(EINHEIT)})"),
            ("spelled", r"\b(?:ein\w*|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|anderthalb|halb\w*)\s+(?:Prozent\w*|v\.\s?H\.)"),
            ("bound", rf"(?<!\w)(?:{any_of(BOUNDS)})"),
            ("past", rf"\b(?:{_PAST})\b"),
            ("forecast", rf"\b(?:{_FORECAST})\b"),
            ("verb", rf"(?<!\w)(?:{any_of(VERBS)})"),
            ("llu", rf"\b(?:{_LLU})\b"),
            ("quote", rf"\b(?:{_QUOTE})\b"),
            ("lzb", rf"\b(?:{_LZB_WHOLE})"),
            ("frauen", rf"\b(?:{_FRAUEN})\b"),
            ("maenner", rf"\b(?:{_MAENNER})\b"),
            ("alleinerziehende", rf"\b(?:{_ALLEIN})\b"),
            ("other", rf"\b(?:{_OTHER_GROUP})\b"),
            ("agreed", rf"\b(?:{_AGREED})\b"),
            ("modal", rf"\b(?:{_MODAL})\b"),
            ("negation", rf"\b(?:{_NEGATION})\b"),
            (
                "year",
                rf"\b(?:(?:im|für\s+das|das|bis\s+Ende|Ende|in)\s+(?:(?:laufenden\s+)?(?:Kalender)?[Jj]ahr(?:e|es)?\s+)?)?(?P<jahr>{_YEAR})",
            ),
            ("number", r"[+−±]?\d[\d.,]*"),
            ("open", r"[(\[]"),
            ("close", r"[)\]]"),
            ("and", r"\b(?:und|sowie|bzw\.|während|wobei|beziehungsweise)(?!\w)"),
            ("comma", r"[,;:–—-]"),
            ("word", r"[\w§&/]+(?:-\w+)*-?"),
            ("sign", r"[^\s\w]"),
        )
    ),
    re.I,
)

FRAME = re.compile(
    r"^(?P<before>(?:(?!\bwenn\b).)*?\b\w*(?:ziel\w*|zielerreichung)\b(?:(?!\bwenn\b).)*?\b(?:erreicht|erfüllt)\b[^%]*?,?\s*\b(?:wenn|sobald|soweit|sofern|falls)\b)",
    re.I,
)
FRAME_BEHIND = re.compile(
    r",?\s*(?:so|dann)?\s*(?:ist|gilt|wird|wäre)\s+(?:das|dieses|auch\s+das)\s+(?:\w+\s+)?Ziel\w*\s+(?:(?:im\s+Jahr\s+(?:19|20)\d\d\s+)?(?:als\s+)?)?(?:erreicht|erfüllt)\s*[.]?$",
    re.I,
)

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
    durchschnittliches
    """.split()  # noqa: SIM905 (a list of single strings would be 230 lines)
)
"""Words that can stand in a target sentence without changing what it agrees."""
