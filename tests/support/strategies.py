"""Records of every kind, for the laws: `records` are those that the wording ni/2024 can say, `any_records` all that a file can hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, get_args

from hypothesis import assume
from hypothesis import strategies as st

from agreements.model.akte import Entscheidung, Entscheidungsart, Lesung, OffenerPunkt, Punktart
from agreements.model.fields import angaben, kind_at
from agreements.model.record import (
    Abweichung,
    Aenderung,
    Akte,
    Fundstelle,
    Haushalt,
    IndividuellesZiel,
    Integrationsquote,
    Langzeitleistungsbezug,
    Leistungen,
    Ministerium,
    Quelle,
    Rahmenbedingungen,
    Textblock,
    Unterschrift,
    Unterschriften,
    Vereinbartes,
    Vereinbarung,
    Ziele,
    Zielwert,
)
from agreements.model.values import OFFEN, text_fault
from agreements.register.register import load_register
from agreements.wording.foreseen import put

JAHR = 2024
ZKT = load_register().zkt(JAHR)

# ---------------------------------------------------------------- texts

WORDS = (
    "Beratung",
    "größere",
    "Übergänge",
    "Jugendliche",
    "ohne",
    "Schulabschluss",
    "Öffentlichkeitsarbeit",
    "Maßnahmen",
    "und",
    "die",
    "der",
    "für",
    "Geflüchtete",
    "Social-Media-Aktivitäten",
    "(z. B.",
    "E-Akte)",
    "§ 16k",
    "SGB II",
    "„Außendienst“",
    '"Schule',
    'Beruf"',
    "3,9 %",
    "z.B.",
    "ggf.",
    "und/oder",
    "Aus-",
    "Weiterbildung,",
    "Neuzugänge;",
    "weiterhin",
    "Arbeit.",
    "1. Februar",
    "–",
    "&",
    "2024",
    "Łukasz",
    "Fachkräftesicherung",
    "Langzeitleistungsbeziehenden",
    "Jobcenter",
    "Straße",
    "I.",
    "II.",
)
MARKUP = (
    "<b>",
    "<b>fett</b>",
    "&",
    "&amp;",
    "&#x41;",
    "{{ x }}",
    "{{ traeger | name }}",
    "{% if x %}",
    "{% endfor %}",
    "{# x #}",
    "- a",
    "-- a",
    "(1) b",
    "(2) Grundlage",
    "§ 3 c",
    "# Titel",
    "### 4. Titel",
    "1. a",
    "* a",
    "::: titelseite",
    ":::",
    "+++",
    "[x]",
    "_unter_",
    "**fett**",
    "]]>",
    "<!-- a -->",
    "\\textbf{a}",
    "$x$",
    "%s",
    "{0}",
    "`a`",
)
YAML_SPECIAL = (
    "yes",
    "no",
    "null",
    "~",
    "true",
    "1.0",
    "007",
    "1e5",
    "0x1f",
    ".inf",
    "1_000",
    "13.155.724",
    "21,9",
    ": x",
    "x: y",
    "x:",
    "# y",
    "x # y",
    "'",
    '"',
    "''",
    "2024-01-01",
    "- ",
    "-",
    "?",
    "? a",
    "| a",
    "> a",
    ">-",
    "!a",
    "&a",
    "*a",
    "%a",
    "@a",
    "`",
    "[a",
    "{a",
    "a]",
    ", a",
    "---",
    "...",
    "--- a",
    "<<",
    "=",
    "a\\b",
    "it's",
    "'a' b",
    '"a" b',
    "12:30:45",
    "y",
    "N",
    "Off",
    "+1",
    "-1",
    "1.",
    ".5",
    "0o17",
)
SIGNS = "aäöüßAÄÖÜéčşŁñ019 .,;:!?()[]{}\"'„“‚‘–—-/&%§€#*+<>=_|~@\\^`$²"


def _valid(text: str) -> bool:
    return text_fault(text) is None


def _join(words: Sequence[str]) -> str:
    return " ".join(words)


special_texts = st.sampled_from([text for text in (*MARKUP, *YAML_SPECIAL) if _valid(text)])
drawn_texts = st.text(SIGNS, min_size=1, max_size=40).map(lambda text: " ".join(text.split())).filter(_valid)


def _prose(first: int, step: int, count: int) -> str:
    return _join([WORDS[(first + step * number) % len(WORDS)] for number in range(count)])


def prose(least: int, most: int) -> st.SearchStrategy[str]:
    """So many words from three draws: drawn one by one they would take most of a law's time."""
    return st.builds(_prose, st.integers(0, len(WORDS) - 1), st.integers(0, len(WORDS) - 1), st.integers(least, most))


def texts(words: int = 12) -> st.SearchStrategy[str]:
    """Any text of a record: prose, something that looks like markup or YAML, or signs as they come."""
    some = prose(1, words)
    mixed = st.lists(st.one_of(some, special_texts), min_size=2, max_size=4).map(_join)
    return st.one_of(some, some, mixed, special_texts, drawn_texts)


paragraphs = st.one_of(texts(30), texts(30), prose(40, 160))
"""A paragraph or step: now and then so long that it runs over a page."""


def lists(entries: st.SearchStrategy[str] = paragraphs) -> st.SearchStrategy[tuple[str, ...]]:
    """One to a few entries, seldom many; an empty list is no value, its key is absent."""
    return st.one_of(st.lists(entries, min_size=1, max_size=4), st.lists(texts(), min_size=8, max_size=20)).map(tuple)


def foreseen(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value, mostly; else open, or absent."""
    return st.one_of(values, values, values, st.just(OFFEN), st.none())


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A value or none."""
    return st.one_of(values, values, st.none())


# ---------------------------------------------------------------- numbers and targets


def decimals(most: int = 999) -> st.SearchStrategy[Decimal]:
    """Digits that must survive: 14, 14.0, 0.05."""
    return st.builds(lambda digits, places: Decimal(digits).scaleb(-places), st.integers(0, most * 100), st.integers(0, 2))


euros = st.one_of(st.integers(0, 99_999_999), st.integers(0, 9_999_999_999).map(lambda cents: Decimal(cents).scaleb(-2)))
schranken = st.sampled_from([None, "mindestens", "hoechstens", "rund"])
jahre = st.one_of(st.just(JAHR - 1), st.integers(2015, JAHR))


def changes(bezug: st.SearchStrategy[int | None]) -> st.SearchStrategy[Zielwert]:
    """A target that rises, falls or stays, in its normal form."""
    moved = st.builds(
        Zielwert,
        richtung=st.sampled_from(["steigt", "sinkt"]),
        schranke=schranken,
        wert=decimals(),
        einheit=st.sampled_from(["prozent", "prozent", "prozentpunkte", "personen", "euro"]),
        bezug=bezug,
    )
    return st.one_of(moved, moved, st.builds(Zielwert, richtung=st.just("gleich"), bezug=bezug))


levels = st.builds(
    Zielwert,
    richtung=st.just("betraegt"),
    schranke=schranken,
    wert=decimals(9999),
    einheit=st.sampled_from(["prozent_niveau", "personen", "euro"]),
)


def zielwerte(bezug: st.SearchStrategy[int | None] = jahre) -> st.SearchStrategy[Zielwert]:
    """Every kind of target, a level now and then."""
    return st.one_of(changes(bezug), changes(bezug), levels)


# ---------------------------------------------------------------- signatures and goals

names = st.one_of(
    st.sampled_from(["Martin Gerenkamp", "Dr. Christine Arbogast", "Jürgen Groß", "Łucja von der Ölbeck-Straß", "Prof. Änne Müller"]),
    st.lists(st.text("aäeiouüßlmnrst", min_size=2, max_size=9).map(str.capitalize), min_size=2, max_size=3).map(_join).filter(_valid),
)
MINISTERIEN = {
    "MS": "Niedersächsisches Ministerium für Soziales, Arbeit, Gesundheit und Gleichstellung",
    "MW": "Niedersächsisches Ministerium für Wirtschaft, Arbeit, Verkehr und Digitalisierung",
}


def signatures(ort: st.SearchStrategy[str], stelle: st.SearchStrategy[str], funktionen: Sequence[str]) -> st.SearchStrategy[Unterschrift]:
    """One signature, dated in its year or left blank for the pen."""
    return st.builds(
        Unterschrift,
        ort=ort,
        datum=st.one_of(st.just(OFFEN), st.dates(date(JAHR, 1, 1), date(JAHR, 12, 31))),
        zusatz=maybe(st.sampled_from(["In Vertretung", "in Vertretung", "Im Auftrage"])),
        name=st.one_of(names, names, st.just(OFFEN)),
        funktion=maybe(st.sampled_from(funktionen)),
        stelle=stelle,
    )


@st.composite
def goals(draw: st.DrawFn, titles: st.SearchStrategy[Any]) -> IndividuellesZiel:
    """A goal with any of its parts; without steps nothing can stand behind them."""
    schritte = draw(foreseen(lists()))
    erreicht = draw(foreseen(lists())) if schritte is not None else None
    return IndividuellesZiel(titel=draw(titles), ziel=draw(foreseen(lists())), schritte=schritte, erreicht_wenn=erreicht)


# ---------------------------------------------------------------- records


@st.composite
def quotas(draw: st.DrawFn) -> Integrationsquote:
    """K2: women and men together or not at all; a change of theirs names a year where the total does."""
    gesamt = draw(foreseen(zielwerte()))
    inherited = gesamt.bezug if isinstance(gesamt, Zielwert) else None
    parts = st.one_of(zielwerte(st.one_of(st.just(inherited), st.just(inherited), jahre)), st.just(OFFEN))
    frauen, maenner = draw(st.one_of(st.tuples(parts, parts), st.tuples(parts, parts), st.just((None, None))))
    return Integrationsquote(gesamt=gesamt, frauen=frauen, maenner=maenner)


@st.composite
def records(draw: st.DrawFn) -> Vereinbarung:
    """A valid agreement of any zkT of 2024 that ni/2024 can say; effective, so that no `rahmen` is needed."""
    zkt = draw(st.sampled_from(ZKT))
    titles: st.SearchStrategy[Any] = st.one_of(texts(6), texts(6), st.just(OFFEN))
    individuell: dict[int, IndividuellesZiel] = {}
    if draw(st.booleans()):
        individuell[4] = IndividuellesZiel(titel=draw(titles), schritte=draw(foreseen(lists())))
    for nummer in draw(st.sampled_from([(), (6,), (6,), (6,), (6, 7), (7, 8)])):
        individuell[nummer] = draw(goals(titles))
    kurz, ministerium = draw(st.sampled_from(list(MINISTERIEN.items())))
    land = draw(signatures(st.just("Hannover"), st.just(ministerium), ["Minister", "Staatssekretärin"]))
    traeger = draw(signatures(st.just(zkt.ort), st.just(zkt.name), ["Landrat", "Landrätin", "Erste Kreisrätin"]))
    return Vereinbarung(
        jahr=JAHR,
        traeger=zkt.schluessel,
        wortlaut="ni/2024",
        ministerien={1: Ministerium(name=ministerium, kurz=kurz)},
        rahmenbedingungen=Rahmenbedingungen(regionale_lage=draw(foreseen(lists()))),
        haushalt=draw(
            st.builds(
                Haushalt,
                gesamtbudget_mio=foreseen(decimals()),
                verwaltungskosten=foreseen(euros),
                eingliederungsleistungen=foreseen(euros),
            )
        ),
        ziele=Ziele(
            integrationsquote=draw(quotas()),
            langzeitleistungsbezug=Langzeitleistungsbezug(gesamt=draw(foreseen(zielwerte()))),
            individuell=individuell,
        ),
        unterschriften=Unterschriften(land={1: land}, traeger={1: traeger}),
    )


# ---------------------------------------------------------------- amendments


def _anew(path: str) -> st.SearchStrategy[Any]:
    """A value of an Angabe's kind."""
    if kind_at(path) is list:
        return lists()
    if path.endswith(".titel"):
        return texts(6)
    if path.endswith("gesamtbudget_mio"):
        return decimals()
    return euros if path.startswith("haushalt.") else zielwerte(jahre)


@st.composite
def amendments(draw: st.DrawFn, agreed: Vereinbarung, number: int = 1) -> Vereinbarung:
    """An amendment that changes some Angaben of an agreement, signed as the agreement is; without the values that it replaces."""
    own = {path: value for path, value in angaben(agreed).items() if path.startswith(("rahmenbedingungen.", "haushalt.", "ziele."))}
    chosen = draw(st.lists(st.sampled_from(sorted(own)), min_size=1, max_size=5, unique=True)) if own else []
    neu: dict[Any, Any] = {}
    for path in chosen:
        value = draw(_anew(path))
        assume(repr(value) != repr(own[path]))
        put(neu, path, value)
    part = Aenderung(nummer=number, grund=draw(maybe(lists())), neu=Vereinbartes.model_validate(neu))
    return Vereinbarung(
        jahr=agreed.jahr,
        traeger=agreed.traeger,
        wortlaut=f"ni/aenderung-{agreed.jahr}",
        aenderung=part,
        ministerien=agreed.ministerien,
        unterschriften=agreed.unterschriften,
    )


abweichungen = st.builds(
    Abweichung,
    stelle=st.sampled_from(["III.§3.1", "I.2", "anfang"]),
    vorkommen=st.integers(1, 3),
    art=st.sampled_from(["ersetzt", "eingefuegt", "gestrichen", "verschoben"]),
    alt=maybe(texts()),
    neu=maybe(paragraphs),
    baustein=st.sampled_from(["ueberschrift", "absatz", "punkt", "text"]),
)
fields = st.sampled_from(["haushalt.verwaltungskosten", "ziele.individuell.4.schritte", "abweichungen.0", "regel-7", "a: b", "4"])
fundstellen = st.builds(
    Fundstelle,
    seite=maybe(st.integers(1, 99)),
    gelesen=maybe(texts()),
    sicherheit=maybe(st.integers(0, 100).map(lambda percent: Decimal(percent).scaleb(-2))),
)
lesarten = st.sampled_from([None, "texterkennung", "word"])
quellen = st.builds(Quelle, datei=st.text(max_size=20), sha256=st.text("0123456789abcdef", min_size=64, max_size=64), lesart=lesarten)
kennungen = st.text("0123456789abcdef", min_size=12, max_size=12)
punktarten = st.sampled_from(get_args(Punktart))
hundredths = st.integers(0, 100).map(lambda percent: Decimal(percent).scaleb(-2))
offene_punkte = st.builds(
    OffenerPunkt,
    kennung=kennungen,
    art=punktarten,
    feld=maybe(fields),
    stelle=maybe(texts()),
    grund=st.text(max_size=30),
    abweichung=maybe(abweichungen),
    lesungen=st.lists(st.builds(Lesung, leser=maybe(texts()), text=maybe(texts()), wert=maybe(texts())), max_size=2).map(tuple),
    sicherheit=maybe(hundredths),
    datei=maybe(texts()),
    seite=maybe(st.integers(1, 99)),
    kasten=st.sampled_from([(), (Decimal("70.9"), Decimal("12"), Decimal("80.1"), Decimal("0"))]),
    drehung=st.sampled_from([None, 90, 180, 270]),
)
entscheidungen = st.builds(
    Entscheidung,
    kennung=kennungen,
    art=punktarten,
    feld=maybe(fields),
    stelle=maybe(texts()),
    abweichung=maybe(abweichungen),
    wie=st.sampled_from(get_args(Entscheidungsart)),
    tag=st.dates(date(JAHR, 1, 1), date(JAHR + 1, 12, 31)),
    kuerzel=maybe(texts()),
)
akten = st.builds(
    Akte,
    quelle=maybe(quellen),
    lesart=lesarten,
    stand=st.sampled_from([None, "entwurf", "versandt", "unterzeichnet"]),
    stand_am=maybe(st.dates(date(2005, 1, 1), date(2099, 12, 31))),
    uebernommen=st.dictionaries(fields, jahre, max_size=2),
    nachverfolgt=st.dictionaries(fields, texts(), max_size=1),
    geprueft=st.dictionaries(fields, texts(), max_size=2),
    stillgelegt=st.dictionaries(fields, st.text(max_size=30), max_size=2),
    signatur=st.lists(st.dictionaries(fields, texts(), min_size=1, max_size=2), max_size=2).map(tuple),
    fundstellen=st.dictionaries(fields, fundstellen, max_size=2),
    offen=st.lists(offene_punkte, max_size=2).map(tuple),
    entschieden=st.lists(entscheidungen, max_size=2).map(tuple),
)
textblocks = st.builds(
    Textblock,
    art=st.sampled_from(["titelseite", "ueberschrift", "absatz", "punkt"]),
    ebene=st.integers(0, 3),
    text=paragraphs,
)


@st.composite
def any_records(draw: st.DrawFn) -> Vereinbarung:
    """Any valid record, also of what no wording says: K1, lone parents, equivalents, departures, a kept text, files."""
    record = draw(records())
    entspricht = draw(changes(st.one_of(jahre, st.none()))).model_copy(update={"entspricht": draw(st.one_of(levels, st.none()))})
    kept = draw(st.booleans())
    both = {number: Ministerium(name=name, kurz=kurz) for number, (kurz, name) in enumerate(MINISTERIEN.items(), 1)}
    return record.model_copy(
        update={
            "wortlaut": None if kept else record.wortlaut,
            "text": tuple(draw(st.lists(textblocks, max_size=4))) if kept else (),
            "ministerien": draw(st.sampled_from([{}, record.ministerien, both])),
            "ziele": record.ziele.model_copy(
                update={
                    "leistungen_lebensunterhalt": Leistungen(gesamt=draw(foreseen(st.just(entspricht)))),
                    "integrationsquote": record.ziele.integrationsquote.model_copy(
                        update={"alleinerziehende": draw(foreseen(zielwerte()))}
                    ),
                }
            ),
            "unterschriften": draw(st.sampled_from([record.unterschriften, Unterschriften(), Unterschriften(land={2: Unterschrift()})])),
            "abweichungen": tuple(draw(st.lists(abweichungen, max_size=3))),
            "akte": draw(akten),
        }
    )
