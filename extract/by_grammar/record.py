"""A document in no known wording: its text kept block by block, and its Angaben as the index beside it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from agreements.errors import UnreadableError
from agreements.language.sentences import sentences
from agreements.language.signatures import spans_of
from agreements.library.consistency import budget, misfits, women_and_men
from agreements.library.library import Library
from agreements.model.fields import nested
from agreements.model.record import Textblock, Vereinbarung, Zielwert
from agreements.model.values import OFFEN
from agreements.reading.doubts import Doubt
from agreements.reading.findings import Befund, Found, locations_of
from agreements.reading.reading import Reading
from agreements.register.register import Register, Traeger
from agreements.rules.tables import ministries_known, ministries_signing
from extract.by_grammar.blocks import pieces_of
from extract.by_grammar.budget import FELDER
from extract.by_grammar.elements import Piece, Section
from extract.by_grammar.lost_in_picture import lost_in_picture
from extract.by_grammar.own_text import with_own_text
from extract.by_grammar.parties import as_the_table_has, confirmed, read_ministries
from extract.by_grammar.prose import read_prose
from extract.by_grammar.sections import sections_of
from extract.by_grammar.signatures import read_signatures
from extract.by_grammar.stated_amounts import budget_of, stated_amounts
from extract.by_grammar.target_elements import Setting
from extract.by_grammar.targets import is_goal, read_goals
from extract.correction.known_words import has_figures
from extract.correction.legibility import weighed
from extract.correction.unknown_text import unsure_signs
from extract.correction.values import BOTH, FIGURES
from extract.pages.document_type import most_named_traeger, named_year

_STATED_YEAR = re.compile(
    r"\b(?:im|für das|das)\s+(?:Kalender)?[Jj]ahr\s+(?P<jahr>20\d\d)\b|\bZielvereinbarung(?:en)?\s+(?P<auch>20\d\d)\b"
)
_TOLD = re.compile(
    r"\b(?:war|waren|wurden?|lag|lagen|betrug|betrugen|stieg|stiegen|sank|sanken|nahm|nahmen|ging|gingen|ist\b.{0,80}\b(?:verlaufen|gestiegen|gesunken|"
    r"zurückgegangen|gewesen|worden)|sind\b.{0,80}\b(?:verlaufen|gestiegen|gesunken|zurückgegangen|worden)|hat|haben|hatten?|konnten?|erreichten?|erzielten?|verzeichnete)\b"
)


def read_structure(datei: Path, reading: Reading, library: Library) -> tuple[Vereinbarung, tuple[Found, ...], tuple[Befund, ...]]:
    """The record with its whole text, the Angaben with their places, and what a person must know.

    UnreadableError where the year or the Träger cannot be told.
    """
    pieces = pieces_of(reading)
    certain = all(piece.certain for piece in pieces)
    signs: tuple[Befund, ...] = ()
    if not certain:
        pieces, signs = _with_unsure_signs(read_prose(pieces, reading.paragraphs, library))
    sections = sections_of(pieces)
    jahr, year_found = _year(datei, reading, sections[0].pieces)
    traeger, traeger_found = _traeger(datei, reading, sections[0].pieces, library.register, jahr)
    row = library.register.find(traeger, jahr)
    setting = Setting(jahr, names=row.forms)
    goals = read_goals(sections, setting)
    land = "" if certain else library.land_of(traeger, jahr)
    known = ministries_known(land, jahr)
    ministries = list(as_the_table_has(read_ministries(sections[0].pieces), known))
    offices = [angabe.wert for angabe in ministries if angabe.feld.endswith(".name")]
    signing = read_signatures(pieces, row, offices, library.register.places, known, partial(ministries_signing, land, jahr))
    if not all(piece.certain for piece in sections[0].pieces):
        ministries = confirmed(ministries, signing, known)
    money = stated_amounts(sections, jahr)
    foreseen = not certain and _foresees_region(library, traeger, jahr)
    stated = (*_regional(sections, row, foreseen), *budget_of(money), *_of_the_year(year_found, goals.found), *signing.found)
    found = [year_found, traeger_found, *ministries, *stated]
    record, found = _record(found, pieces)
    found += goals.perhaps
    record, otherwise = with_own_text(record, library.register, pieces, sections, goals.said, money, signing.columns)
    if not certain:
        found = _doubt_failed_checks(_not_meant(record, found), found, Doubt("angaben-widersprechen"))
    else:
        failed = [befund for befund in budget(record) if befund.schwere == "warnung"]
        ordered = any(amount.gereiht for several in money.values() for _, _, amount in several)
        found = _doubt_failed_checks(failed, found, Doubt("nur-die-reihenfolge") if ordered else Doubt("summe-passt-nicht"))
    befunde = (
        _kept_as_it_stands(jahr, library.wording_of(traeger, jahr)),
        *_without_goals(sections),
        *goals.befunde,
        *otherwise,
        *signing.befunde,
        *signs,
        *(lost_in_picture(sections, signing, ministries) if not certain else ()),
        *_left_in_years(sections, jahr),
        *_left_in_names(sections, row, library.register, jahr),
    )
    return record, tuple(found), befunde


def _kept_as_it_stands(jahr: int, wortlaut: str | None) -> Befund:
    """Why the text is kept: there is no wording to hold it against, or it is another than that."""
    kept = "ist Absatz für Absatz behalten."
    if wortlaut is None:
        return Befund("fehlt", "hinweis", f"Für {jahr} gibt es keinen Wortlaut; der Text {kept}")
    return Befund("fehlt", "warnung", f"Der Text folgt dem Wortlaut {jahr} nicht, oder ist zu schlecht zu lesen; er {kept}", "wortlaut")


# ---------------------------------------------------------------- year and Träger


def _year(datei: Path, reading: Reading, front: Sequence[Piece]) -> tuple[int, Found]:
    """The agreement's year: what title page and opening say, all of them the same."""
    said = [(int(found["jahr"] or found["auch"]), piece, found) for piece in front for found in _STATED_YEAR.finditer(piece.text)]
    years = Counter(year for year, _, _ in said)
    jahr = years.most_common(1)[0][0] if years else named_year(reading.paragraphs)
    if jahr is None:
        raise UnreadableError("Das Jahr der Vereinbarung ist nicht zu erkennen.", datei=datei, abhilfe="Die erste Seite prüfen.")
    doubt = None
    if not years:
        doubt = Doubt("jahr-nicht-genannt")
    elif len(years) > 1:
        doubt = Doubt("jahre-verschieden", jahre=", ".join(str(year) for year in sorted(years)))
    words = [
        word for year, piece, found in said if year == jahr for word in piece.between(*found.span("jahr" if found["jahr"] else "auch"))
    ]
    return jahr, weighed("jahr", jahr, tuple(sorted(words, key=lambda word: -word.confidence)[:1]), str(jahr), doubt)


def _of_the_year(year: Found, goals: Sequence[Found]) -> Iterator[Found]:
    """What the goals say; where the year is in doubt and one of them states another, all that count from the year before are, too."""
    stated = (doubt for found in goals for doubt in found.doubts if year.doubtful and doubt.art == "anderes-jahr-genannt")
    other = next(stated, None)
    for found in goals:
        counts = isinstance(found.wert, Zielwert) and found.wert.bezug is not None
        yield found.doubted(other) if counts else found


def _traeger(datei: Path, reading: Reading, front: Sequence[Piece], register: Register, jahr: int) -> tuple[str, Found]:
    """The Träger that the opening names; a person must look where it names several."""
    named = [(row, piece) for piece in front if (row := register.by_name(piece.text, jahr)) and row.is_zkt(jahr)]
    keys = Counter(row.schluessel for row, _ in named)
    key = keys.most_common(1)[0][0] if keys else most_named_traeger(reading.paragraphs, register, jahr)
    if key is None:
        raise UnreadableError("Der Träger der Vereinbarung ist nicht zu erkennen.", datei=datei, abhilfe="Die erste Seite prüfen.")
    doubt = None
    if not keys:
        doubt = Doubt("traeger-nicht-genannt")
    elif len(keys) > 1:
        doubt = Doubt("traeger-verschieden", traeger=", ".join(sorted({row.name for row, _ in named})))
    row, piece = next(((row, piece) for row, piece in named if row.schluessel == key), (register.find(key, jahr), None))
    start = piece.text.find(row.name) if piece else -1
    words = piece.between(start, start + len(row.name)) if piece and start >= 0 else piece.words if piece else ()
    return key, weighed("traeger", key, words, None, doubt)


# ---------------------------------------------------------------- region


def _foresees_region(library: Library, traeger: str, jahr: int) -> bool:
    """Whether the year's wording has words of the Träger's own on its region."""
    name = library.wording_of(traeger, jahr)
    return name is not None and any(unit.free and unit.free.path == _REGION for unit in library.wording(name).units)


def _regional(sections: Sequence[Section], row: Traeger, foreseen: bool) -> Iterator[Found]:
    """The paragraphs on the regional labour market, where a heading of their own or the Träger's name parts them from the rest.

    Where they are `foreseen` and none are there, it is said: in a picture they may be lost.
    """
    own = [piece for section in sections if section.thema == "regional" and not is_goal(section) for piece in section.pieces]
    if own:
        words = tuple(word for piece in own for word in piece.words)
        yield weighed(_REGION, tuple(piece.text for piece in own), words, None, None)
        return
    names = re.compile("|".join(re.escape(name) for name in row.forms))
    general = [piece for section in sections if section.thema == "rahmen" for piece in section.pieces]
    first = next(
        (place for place, piece in enumerate(general) if names.search(piece.text[:_EARLY]) and not _ON_MONEY.search(piece.text)), None
    )
    if first is not None:
        last = next(
            (place for place, piece in enumerate(general) if place > first and (_ON_MONEY.search(piece.text) or names.search(piece.text))),
            len(general),
        )
        words = tuple(word for piece in general[first:last] for word in piece.words)
        yield weighed(
            _REGION,
            tuple(piece.text for piece in general[first:last]),
            words,
            None,
            Doubt("lage-ohne-grenzen"),
        )
    elif any(names.search(piece.text) or "regional" in piece.text for piece in general):
        yield weighed(_REGION, None, (), None, Doubt("lage-nicht-fuer-sich"))
    elif foreseen:
        yield Found.unread(_REGION, Doubt("lage-fehlt"))


_REGION = "rahmenbedingungen.regionale_lage"
_EARLY = 60
"""Letters within which a paragraph on the region names the Träger."""
_ON_MONEY = re.compile(r"finanziell|Haushalt|Budget|Mio\.|Euro\b|€", re.I)


# ---------------------------------------------------------------- the record


def _record(found: Sequence[Found], pieces: Sequence[Piece]) -> tuple[Vereinbarung, list[Found]]:
    """The record of the values found; a value that its type refuses is null, to be looked at."""
    kept = {angabe.feld: angabe for angabe in found}
    mended = _mended(found)
    text = [{"art": piece.art, "ebene": piece.level, "text": _with_mended(piece, mended)} for piece in pieces]
    try:
        return Vereinbarung.model_validate(_nested(kept, text)), list(kept.values())
    except ValidationError as error:
        for fault in error.errors():
            loc = ".".join(map(str, fault["loc"]))
            for feld in [feld for feld in kept if loc == feld or loc.startswith(f"{feld}.")]:
                said = " ".join(location.text for location in kept[feld].locations)
                kept[feld] = Found.unread(feld, Doubt("nicht-moeglich", worte=said, fehler=fault["msg"]), kept[feld].locations)
    return Vereinbarung.model_validate(_nested(kept, text)), list(kept.values())


def _mended(found: Sequence[Found]) -> dict[str, str]:
    """What was read in the signatures, and what it is where readers of a scan cannot have read it so: "ordhorn", "Nordhorn"."""
    signed = [angabe for angabe in found if angabe.feld.startswith("unterschriften.") and isinstance(angabe.wert, str)]
    values: dict[str, set[str]] = defaultdict(set)
    for angabe in signed:
        said = " ".join(location.text for location in angabe.locations)
        values[said[1:-1] if said.startswith("(") and said.endswith(")") else said].add(str(angabe.wert))
    return {said: wert for said, (wert, *others) in values.items() if said and not others and said != wert}


def _with_mended(piece: Piece, mended: Mapping[str, str]) -> str:
    """The text of a piece, a line of a signature as its value says it: so the record prints and reads back the same."""
    text = piece.text
    spans = (*spans_of(text).values(), (0, len(text))) if piece.art == "unterschrift" else ()
    start, end = next((span for span in spans if text[slice(*span)] in mended), (0, 0))
    return text[:start] + mended.get(text[start:end], "") + text[end:]


def _nested(found: Mapping[str, Found], text: Sequence[Mapping[str, Any]]) -> dict[Any, Any]:
    """The values as the model reads them, and the text; of what may stand there the record has what does."""
    said = {feld: each.wert for feld, each in found.items() if each.wert is not None or not _MAY_BE_ABSENT.fullmatch(feld)}
    return {"wortlaut": None, "text": [Textblock.model_validate(block) for block in text], **nested(said)}


_MAY_BE_ABSENT = re.compile(r"unterschriften\.\w+\.\d+\.(?:zusatz|funktion)")


def _doubt_failed_checks(befunde: Iterable[Befund], found: Sequence[Found], doubt: Doubt) -> list[Found]:
    """Every value that takes part in a sum or year that does not fit must be looked at: in a picture it may be misread."""
    failed = {befund.feld for befund in befunde if befund.feld}
    if "haushalt.gesamtbudget_mio" in failed:
        failed |= set(FELDER)
    return [
        angabe.doubted(doubt) if angabe.feld in failed and angabe.wert is not None and angabe.wert is not OFFEN else angabe
        for angabe in found
    ]


def _not_meant(record: Vereinbarung, found: Sequence[Found]) -> Iterator[Befund]:
    """What does not fit together in a picture and may be misread.

    Not quotas of which both readers saw the same figures: that the one of all does not lie between women's and men's is no sum, and
    `zv pruefe` tells of it. In 1008 documents it has told, alone, of no figure that was misread or changed by a pen, and of 13 right ones.
    """
    quotas = [angabe for angabe in found if angabe.feld.startswith("ziele.integrationsquote.")]
    figures = [word for angabe in quotas for place in angabe.locations for word in place.words if has_figures(word)]
    sure = all(word.confidence >= FIGURES and not word.alternatives for word in figures)
    meant = tuple(women_and_men(record)) if sure and not any(angabe.doubtful for angabe in quotas) else ()
    return (befund for befund in misfits(record) if befund not in meant)


def _without_goals(sections: Sequence[Section]) -> Iterator[Befund]:
    """That goals of their own may be there, where nothing tells which section has the goals."""
    if not any(map(is_goal, sections)):
        text = "Der Abschnitt mit den Zielen ist nicht zu erkennen; individuelle Ziele können darin stehen."
        yield Befund("fehlt", "warnung", text, "ziele.individuell")


# ---------------------------------------------------------------- what a picture may have lost


def _with_unsure_signs(pieces: Sequence[Piece]) -> tuple[tuple[Piece, ...], tuple[Befund, ...]]:
    """The pieces, what may be another sign made unsure in them, and a finding for each of these."""
    found: list[Piece] = []
    befunde: list[Befund] = []
    for piece in pieces:
        unsure = dict(unsure_signs(piece.words))
        befunde += [
            Befund("unleserlich", "warnung", str(doubt), location=locations_of(piece.words[at : at + 1])[0]) for at, doubt in unsure.items()
        ]
        words = (replace(word, confidence=min(word.confidence, _UNSURE)) if at in unsure else word for at, word in enumerate(piece.words))
        found.append(replace(piece, words=tuple(words)))
    return tuple(found), tuple(befunde)


_UNSURE = BOTH / 2


# ---------------------------------------------------------------- what was left in


def _left_in_years(sections: Sequence[Section], jahr: int) -> Iterator[Befund]:
    """Last year's number where the agreement speaks of its own year."""
    for section in sections:
        if section.titel is not None and not is_goal(section) and section.thema not in ("haushalt", "nachhaltung"):
            continue
        for piece in section.pieces:
            for start, end in sentences(piece.text):
                yield from _left_in(piece, start, end, jahr)


def _left_in(piece: Piece, start: int, end: int, jahr: int) -> Iterator[Befund]:
    sentence = piece.text[start:end]
    if _TOLD.search(sentence):
        return
    for found in _STATED_YEAR.finditer(sentence):
        year = int(found["jahr"] or found["auch"])
        if year == jahr - 1 and not re.search(
            r"(?:Vergleich|Verhältnis|gegenüber|verglichen|bezogen)\W+(?:\w+\W+){0,3}$",
            sentence[: found.start("jahr")] if found["jahr"] else "",
        ):
            yield Befund(
                "widerspruch",
                "warnung",
                found.group(),
                "jahr",
                str(jahr),
                locations_of(piece.between(start + found.start(), start + found.end()), found.group())[0],
            )


def _left_in_names(sections: Sequence[Section], row: Traeger, register: Register, jahr: int) -> Iterator[Befund]:
    """Another Träger's name where the agreement speaks of its own."""
    for section in sections:
        if not is_goal(section) and section.thema not in ("haushalt", "nachhaltung"):
            continue
        for piece in section.pieces:
            other = register.by_name(_without(piece.text, row), jahr)
            if other and other.schluessel != row.schluessel:
                yield Befund("widerspruch", "warnung", other.name, "traeger", row.name, locations_of(piece.words, other.name)[0])


def _without(text: str, row: Traeger) -> str:
    for name in sorted(row.forms, key=len, reverse=True):
        text = text.replace(name, " ")
    return text
