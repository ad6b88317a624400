"""Offices that sign, the functions of who signs for them, and how their names begin: what a text calls them."""

from __future__ import annotations

import re

from agreements.register.laender import ADJEKTIV, KURZ, NAMEN

TRAEGER = "Landkreis|Region|Stadt"
"""What a Träger is called before its name, as part of a pattern."""
OFFICES = ("Ministerium", "Landkreis", "Region", "Stadt", "Hansestadt", "Jobcenter")
"""The words with which an office that signs begins."""
OF_LAND = re.compile(rf"(?:Das )?(?:{ADJEKTIV} )?Ministerium\b")
"""An office of the Land's: "Niedersächsisches Ministerium für …"."""
OF_TRAEGER = re.compile(rf"(?:D(?:er|ie|as) )?(?:{'|'.join(OFFICES[1:])})\b")
"""An office of the Träger's: "Der Landkreis Leer"."""
MINISTRY = re.compile(rf"{ADJEKTIV}\s+Ministerium\b")
"""The whole beginning of a ministry's name; the word alone may be the rest of a line that a narrow column parts."""
OFFICE = re.compile(rf"(?:{ADJEKTIV}\s+)?Ministerium\b|(?:{TRAEGER})\b")
"""An office without an article, as its line in a signature has it; a sentence has one: "Der Landkreis berichtet"."""
OFFICE_WITHIN = re.compile(rf"Ministerium|{TRAEGER}")
"""An office anywhere in a line."""
OFFICE_MISREAD = re.compile(rf"Minist?eri|{TRAEGER}", re.I)
"""The same as a reader of a scan may have it: "Miniserium"."""
MINISTRY_MISREAD = re.compile(rf"(?:das |dem )?{ADJEKTIV} Minist?eri\w* für .*", re.I)
TRAEGER_MISREAD = re.compile(rf"(?:{TRAEGER})(?: \S+){{1,4}}")
"""A ministry of the Land and a Träger, each alone in a line of a scan's opening."""
MINISTRY_AT_EDGE = re.compile(rf"(?:{ADJEKTIV}|sche[smn]?) Minist?eri")
"""The beginning of a ministry's name in a scan; of an adjective at the edge of a fold no more may be left than its end."""
MINISTRY_INFLECTED = re.compile(r"(?:d[aeu]\w+ )?(?:[A-ZÄÖÜ][\w-]+ )?[\w-]*[Mm]inisterium\b")
"""What stands before that for which a ministry is, whatever its case: "dem Niedersächsischen Ministerium"."""
MINISTRY_NAMED = re.compile(
    rf"{ADJEKTIV}\s+(?P<name>Ministeri(?:um|ums)\s+für\s+[A-ZÄÖÜ]\w+(?:,\s+[A-ZÄÖÜ]\w+)*(?:,?\s+und\s+[A-ZÄÖÜ]\w+)?)"
    r"(?:\s*\((?P<kurz>[A-ZÄÖÜ]{2,4})\))?"
)
"""A ministry with its whole name, and its abbreviation: "Niedersächsischen Ministerium für Arbeit und Soziales (MAS)"."""
MINISTRY_SPOKEN_OF = re.compile(r"Minist?eri(?:um|ums)\s+für\b", re.I)
"""The beginning of a ministry's name as a reader of a scan may have it."""
AMID_MINISTRY = re.compile(r"Ministeriums?\b.*(?:,|\bund|\bfür)$")
"""A line that ends amid a ministry's name: "Ministerium für Arbeit und"."""
MINISTRY_ENDS = re.compile(r"Ministeriums?\s+für\s+(?:.*\s)?[A-ZÄÖÜ]\w+$")
"""A line at whose end a ministry's name may end, too."""
ABBREVIATION = re.compile(r"(?=.*[A-ZÄÖÜ])[^\W\d_]{2,6}")
"""How the abbreviation of a ministry looks: "MS", "MASGG"."""
ABBREVIATED = re.compile(r"\([A-ZÄÖÜ]{2,4}\)")
"""The abbreviation of the ministry that the line before names."""
STELLE = (
    rf"(?i:(?:(?:das|den|die|der)\s+)?(?:(?:{KURZ}|{ADJEKTIV})\s+)?"
    rf"(?:(?:Sozial|Wirtschafts)?ministerium|(?:{TRAEGER}|Land|Kreis|Jobcenter)\b|Zentrum für Arbeit))"
)
"""How a line of a signature begins that names whose it is, in any year, as part of a pattern: "Nds. Sozialministerium"."""
FOR = r"(?i:Für\s+(?:das|den|die)\s+)"
"""For whom is signed, before the office, as part of a pattern: "Für den Landkreis"."""
SPEAKS_OF_LAND = re.compile(rf"Ministerium|Land {NAMEN}|Staatssekretär|\bMinister", re.I)
"""What only a signature of the Land's says."""
RANK = "Erste[rn]?|Allgemeine[rn]?|Stellvertretende[rn]?"
"""What stands before a function, as part of a pattern, and in a narrow column in a line of its own: "Erster", "Kreisrat"."""
FUNCTION = (
    rf"(?:(?:Der|Die|als|{RANK}|{ADJEKTIV})\s+)*(?:Landr[aä]t|Kreisr[aä]t|Staatssekretär|"
    r"Minister(?!ium)|Ober\w*meister|\w*[Bb]ürgermeister|Stadtr[aä]t|Regionspräsident|(?:Sozial)?[Dd]ezernent|\w*[Ll]eit|Vertreter|"
    r"Geschäftsführer|(?:Verwaltungsv|V)orstand)"
)
"""How a function begins, as part of a pattern: "Erster Kreisrat", "Die Landrätin", "Fachbereichsleiterin"."""
HEAD = re.compile(r"(?:Minister(?:in)?|Landrat|Landrätin|Oberbürgermeister(?:in)?)")
"""Who heads an office, and signs without an addition."""
DEPUTY = re.compile(r"(?:Staatssekretär|Erste[r]? Kreisr)")
"""How the function of a deputy begins, who signs "In Vertretung"."""
ZUSATZ_FORM = re.compile(r"(?<!\w)(?:in\s+Vertretung(?:\s+de[sr]\s+\w+)?|im\s+Auftrage?|i\.\s?[VA]\.)(?!\w)", re.I)
"""How it is said that somebody signs for another."""
NO_ADDITION = re.compile(r"kein(?:e[rn]?)?|ohne|entfällt|nichts|[–—-]+", re.I)
"""What somebody writes who means that no addition stands above the name."""
ADDITION_IN_SHORT = {"i. v.": "In Vertretung", "i. a.": "Im Auftrage"}
"""Additions as they are shortened, and as they are printed."""


def addition_in_full(text: str) -> str:
    """An addition as it is printed: "In Vertretung" for "i.V."; any other as it is."""
    return ADDITION_IN_SHORT.get(re.sub(r"\.(?=\w)", ". ", text.casefold()).removesuffix(".") + ".", text)


IN_NO_NAME = (
    r"(?i:\b(?:(?<!von )und|für|Verkehr|Gleichstellung|Minister\w*|Soziales|Arbeit|Gesundheit|Wirtschaft|Digitalisierung|Landkreis\w*|"
    rf"Vertretung|Auftrage?|Land|{ADJEKTIV}|{NAMEN}s?|Region|Stadt|Harz|Bentheim|Jobcenter|Zielvereinbarung)\b)"
)
"""Words of offices, additions and titles of papers that are written like a person's name, and in no such name."""
