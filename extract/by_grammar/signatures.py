"""Who signs a document in no known wording: place, date, addition, name, function and office of every column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby, islice, pairwise, product

from rapidfuzz import fuzz, process

from agreements.language.notation import MONATE, ZUSATZ_FORM
from agreements.matching.confusion import folded, letters
from agreements.matching.handwriting import BY_HAND, by_hand
from agreements.matching.sighting import BOTH
from agreements.model.findings import Befund, Found, orte
from agreements.model.reading import Word
from agreements.model.record import OFFEN
from agreements.register.laender import ADJEKTIV, KURZ, NAMEN
from agreements.register.register import Traeger
from extract.by_grammar.sections import SIGNED, SIGNED_UNDER_INK, Piece
from extract.correction.legibility import weighed

_BRACKETED = re.compile(r"\(\s*(?P<name>[^()]{3,70}?)\s*\)")
_TITLE = r"(?:(?:Prof|Dr|Dipl|Ing|jur|med|h|c|phil|rer|pol)\.[\s-]*)*"
_NAME = re.compile(
    rf"{_TITLE}(?:[A-ZÄÖÜ][\w'’.-]*\s+)(?:(?:von|van|zu|der|de|den|vom|und|zum)\s+)*(?:[A-ZÄÖÜ][\w'’-]*)(?:[\s-]+[A-ZÄÖÜ][\w'’-]*){{0,2}}"
)
_NO_NAME = re.compile(
    r"\b(?:und|für|Verkehr|Gleichstellung|Minister\w*|Soziales|Arbeit|Gesundheit|Wirtschaft|Digitalisierung|Landkreis\w*|Vertretung|Auftrage?|Land|"
    rf"{ADJEKTIV}|{NAMEN}s?|"
    r"Region|Stadt|Harz|Bentheim|Jobcenter|Zielvereinbarung)\b",
    re.I,
)
_FUNKTION = re.compile(
    rf"(?:(?:Der|Die|als)\s+)?(?:(?:Erste[rn]?|{ADJEKTIV}|Allgemeine[rn]?|Stellvertretende[rn]?)\s+)?"
    r"(?:Landr[aä]t\w*|Kreisr[aä]t\w*|Staatssekretär\w*|Minister(?:in)?\b(?!ium)|Oberbürgermeister\w*|Bürgermeister\w*|Stadtr[aä]t\w*|Regionspräsident\w*|Dezernent\w*|"
    r"Dezernatsleit\w*|Sozialdezernent\w*|Fachbereichsleit\w*|Abteilungsleit\w*|Amtsleit\w*|Leiter(?:in)?\b|Geschäftsführer\w*|Vorstand\w*|Verwaltungsvorstand\w*|Referatsleit\w*|Vertreter(?:in)?\b)"
)
_STELLE = re.compile(
    rf"(?:(?:Für\s+)?(?:das|den|die|der)\s+)?(?:(?:{KURZ}|{ADJEKTIV})\s+)?"
    r"(?:Ministerium|Sozialministerium|Wirtschaftsministerium|Landkreis\b|Region\b|Stadt\b|Land\b|Kreis\b|Jobcenter\b|Zentrum für Arbeit)",
    re.I,
)
_FOR = re.compile(r"(?:Für\s+)(?:das|den|die)\s+", re.I)
_OF_LAND = re.compile(rf"Ministerium|Land {NAMEN}|Staatssekretär|\bMinister", re.I)
_LETTERS = r"[A-Za-zÄÖÜäöüß]"
_SPECK = re.compile(r"(?<!\S)[.,·'`:]+(?=[A-ZÄÖÜ])")
"""What readers take a dot of dirt before a name for."""
_DAY = re.compile(
    rf"(?P<tag>\d{{1,2}})\s?\.{{1,2}}\s?(?:(?P<monat>\d{{1,2}})\s?\.\s?|(?P<name>{'|'.join(MONATE)})\s+)(?P<jahr>(?:19|20)\d\d)(?!\d)"
)
_BLANK = re.compile(r"[\s_.…,-]*(?:(?:19|20)(?:\d\d)?)?[\s_.…,-]*")
_ONLY_YEAR = re.compile(r"(?:(?:19|20)\d\d)?")
"""What is printed beside a day that is left for the pen; marks in a scan may be what a reader made of handwriting."""


@dataclass(slots=True)
class Signature:
    """One column of the signatures, as it was read."""

    lines: list[Piece]
    values: dict[str, object] = field(default_factory=dict)
    words: dict[str, tuple[tuple[Word, ...], str]] = field(default_factory=dict)
    doubts: dict[str, str] = field(default_factory=dict)
    of_land: bool | None = None
    """None where the column does not say whose signature it is."""
    rest: list[Piece] = field(default_factory=list)
    """Lines that nothing explains."""
    beside: list[str] = field(default_factory=list)
    """What stands behind a printed date: strokes of a pen, or the letters under them of the line below."""

    def put(self, key: str, value: object, words: tuple[Word, ...], text: str, doubt: str | None = None) -> None:
        """Takes a value; a second one for the same key makes both doubtful."""
        if key in self.values:
            if self.values[key] != value or doubt:
                self.doubts[key] = f"Auch „{text}“ kommt in Betracht."
            return
        self.values[key], self.words[key] = value, (words, text)
        if doubt:
            self.doubts[key] = doubt

    def doubt(self, grund: str, *keys: str, seen: tuple[tuple[Word, ...], str] = ((), "")) -> None:
        """Makes values doubtful; those that were not read become open, and stand, perhaps, where something was seen."""
        for key in keys:
            self.values.setdefault(key, OFFEN)
            self.words.setdefault(key, seen)
            self.doubts.setdefault(key, grund)

    def extend(self, key: str, piece: Piece) -> None:
        """Adds a line to a value that goes on in it."""
        words, text = self.words[key]
        self.values[key] = f"{self.values[key]} {piece.text}"
        self.words[key] = (*words, *piece.words), f"{text} {piece.text}"


@dataclass(frozen=True, slots=True)
class Signing:
    """All signatures, with the findings about them."""

    found: tuple[Found, ...]
    befunde: tuple[Befund, ...]


def read_signatures(pieces: Sequence[Piece], traeger: Traeger, ministries: Sequence[str], places: Sequence[str], scan: bool) -> Signing:
    """The signatures of the Land and of the Träger, each numbered from 1, left to right.

    `ministries` are those that the opening names, `places` those where somebody of the register signs.
    """
    named = " ".join(piece.text for piece in pieces if piece.art in ("titelseite", "eingang"))
    columns = [
        _column(list(lines), traeger, places, named, scan)
        for _, lines in groupby((piece for piece in pieces if piece.art == "unterschrift"), key=lambda piece: piece.ebene)
    ]
    columns = [column for column in columns if column.values]
    _decide(columns)
    if scan:
        _mend_offices(columns, ministries, traeger)
    _compare(columns, ministries, scan)
    if scan:
        _doubt_by_others(columns)
    return Signing(tuple(_found(columns)), tuple(_befunde(columns, len(ministries) or 1)))


def _doubt_by_others(columns: Sequence[Signature]) -> None:
    """Makes doubtful what a signature of a scan seems to lack and another has: a day that stands for itself, an addition of the Land's."""
    lone_day = any(_DAY.fullmatch(piece.text) for column in columns for piece in column.lines)
    of_land = [column for column in columns if column.of_land]
    added = any("zusatz" in column.values for column in of_land)
    for column in columns if lone_day else ():
        if column.values.get("datum") is OFFEN:
            column.doubt("Ein Tag steht für sich; wessen Unterschrift er gilt, ist nicht sicher.", "datum")
    for column in of_land if added else ():
        if "zusatz" not in column.values:
            column.doubt("Bei einer anderen Unterschrift des Landes steht ein Zusatz; hier kann er überschrieben sein.", "zusatz")


def _compare(columns: list[Signature], ministries: Sequence[str], scan: bool) -> None:
    """An office that the opening does not name so, lines that nothing explains, and a wrong number of signatures make a column doubtful.

    In a scan the number is wrong where a line is lost under ink; what another signature says wholly stays sure.
    """
    signed = sum(bool(column.of_land) for column in columns)
    for column in columns:
        office = column.values.get("stelle")
        if (
            column.of_land
            and ministries
            and isinstance(office, str)
            and not any(office.endswith(name.removeprefix("Ministerium")) for name in ministries)
        ):
            column.doubts.setdefault("stelle", "Der Eingang der Vereinbarung nennt kein Ministerium so.")
        of_land_right, of_traeger_right = not ministries or signed == len(ministries), len(columns) - signed == 1
        if not (of_land_right and of_traeger_right):
            own = of_land_right if column.of_land else of_traeger_right
            whole = scan and own and _is_whole(column)
            touched = [key for key in (*column.values, *_MAY_BE_ELSEWHERE) if not (whole and key in column.values)]
            column.doubt("Die Zahl der Unterschriften passt nicht zu den Beteiligten.", *touched)
        for piece in column.rest:
            column.doubt(f"Daneben steht „{piece.text}“.", *_touched(piece, column), seen=(piece.words, piece.text))
        for text in column.beside:
            column.doubt(f"Daneben steht „{text}“.", *(key for key in ("zusatz", "name", "funktion") if key not in column.values))


def _is_whole(column: Signature) -> bool:
    """Whether a signature has all that belongs to one, and nothing else: whatever became of the others."""
    told = all(column.values.get(key) not in (None, OFFEN) for key in ("ort", "name", "stelle")) and "datum" in column.values
    return told and not column.rest and not column.doubts


_MAY_BE_ELSEWHERE = ("zusatz", "funktion", "stelle")
"""What a signature may have besides a name, and has lost where its lines were taken for another's."""


def _touched(piece: Piece, column: Signature) -> tuple[str, ...]:
    """What a line that nothing explains may be part of: figures of the date, a scrap of the addition, as all between it and the name,
    which may begin there; below a name in brackets of function and office; else of anything."""
    if re.search(r"\d", piece.text):
        return ("datum",)
    if len(piece.text) <= _SCRAP:
        return ("zusatz",)
    if _above_name(piece, column):
        return ("zusatz", "name") if _FORENAME.search(piece.text) else ("zusatz",)
    if _below_name(piece, column):
        return ("funktion", "stelle")
    if _in_place_of_name(piece, column):
        return tuple(key for key in ("zusatz", "name", "funktion") if key not in column.values)
    return (*column.values, "stelle") if _OFFICE.search(piece.text) else tuple(column.values)


def _above_name(piece: Piece, column: Signature) -> bool:
    """Whether a line stands between place and date and a name in brackets, under which function and office stand."""
    order = [line.text for line in column.lines]
    if _OFFICE.search(piece.text) or not {"ort", "name"} <= column.values.keys():
        return False
    name = column.words["name"][1]
    below = [str(column.values[key]).split()[0] for key in ("funktion", "stelle") if isinstance(column.values.get(key), str)]
    if not _BRACKETED.fullmatch(name) or name not in order:
        return False
    at = order.index(name)
    return column.lines.index(piece) < at and all(any(text.startswith(first) for text in order[at:]) for first in below)


def _below_name(piece: Piece, column: Signature) -> bool:
    """Whether a line stands below a name in brackets."""
    name = column.words["name"][1] if "name" in column.values else ""
    lines = [line.text for line in column.lines]
    return bool(_BRACKETED.fullmatch(name)) and name in lines and lines.index(name) < column.lines.index(piece)


def _in_place_of_name(piece: Piece, column: Signature) -> bool:
    """Whether a line stands where a signature has its name, of which nothing was read: below place and date, above the office."""
    order = [line.text for line in column.lines]
    office = column.values.get("funktion", column.values.get("stelle"))
    if "name" in column.values or "ort" not in column.values or not isinstance(office, str) or _OFFICE.search(piece.text):
        return False
    dated = next((place for place, text in enumerate(order) if column.words["ort"][1] in text), -1)
    below = next((place for place, text in enumerate(order) if text.startswith(office.split()[0])), -1)
    return -1 < dated < column.lines.index(piece) < below


_SCRAP = 4
_FORENAME = re.compile(r"(?<!\w)[A-ZÄÖÜ][a-zäöüß]{2}")
_OFFICE = re.compile(r"Ministerium|Landkreis|Region|Stadt")


def _decide(columns: list[Signature]) -> None:
    """Columns that do not say whose they are: the last is the Träger's where none else is, the others are the Land's."""
    for column in columns:
        if column.of_land is None:
            column.of_land = not (column is columns[-1] and all(other.of_land is not False for other in columns))
            for key in column.values:
                column.doubts.setdefault(key, "Wessen Unterschrift es ist, sagt die Spalte nicht.")


def _found(columns: list[Signature]) -> Iterator[Found]:
    for party, of_land in (("land", True), ("traeger", False)):
        for number, column in enumerate((column for column in columns if column.of_land is of_land), 1):
            for key in ("ort", "datum", "zusatz", "name", "funktion", "stelle"):
                feld = f"unterschriften.{party}.{number}.{key}"
                if key in column.values:
                    yield _angabe(column, feld, key)
                elif key in ("ort", "datum", "name"):
                    yield Found(feld, None, (), 0.0, True, "Bei dieser Unterschrift nicht zu erkennen.")


def _angabe(column: Signature, feld: str, key: str) -> Found:
    value = column.values[key]
    words, text = column.words[key]
    doubt = column.doubts.get(key)
    if value is OFFEN:
        return Found(feld, None, orte(words, text) if words else (), 0.9 if doubt is None else 0.3, doubt is not None, doubt or "leer")
    return weighed(feld, value, words, text, doubt)


def _befunde(columns: list[Signature], ministries: int) -> Iterator[Befund]:
    for column in columns:
        whose = "des Landes" if column.of_land else "des Trägers"
        if "name" not in column.values:
            yield Befund("unterschrift", "warnung", f"Eine Unterschrift {whose} hat keinen Namen.", ort=orte(column.lines[0].words)[0])
        for piece in column.rest:
            yield Befund("unterschrift", "hinweis", f"Bei einer Unterschrift {whose} steht auch „{piece.text}“.")
    for party, of_land, wanted in (("land", True, ministries), ("traeger", False, 1)):
        seen = sum(column.of_land is of_land for column in columns)
        if seen != wanted:
            yield Befund("unterschrift", "warnung", f"{wanted} erwartet, {seen} zu erkennen.", f"unterschriften.{party}")


# ---------------------------------------------------------------- one column


def _column(lines: list[Piece], traeger: Traeger, places: Sequence[str], named: str, scan: bool) -> Signature:
    """What the lines of one column say; `places` are those of the register, `named` is the text of the opening."""
    column = Signature(lines)
    for piece in lines:
        _line(column, piece, traeger, places, named, scan)
    said = " ".join(piece.text for piece in lines)
    of_traeger = _names(traeger, said) or str(column.values.get("ort")) == traeger.ort
    ministry = bool(_OF_LAND.search(said))
    column.of_land = ministry if ministry != of_traeger else None
    return column


def _names(traeger: Traeger, text: str) -> bool:
    return traeger.name in text or traeger.genitiv.partition(" ")[2] in text


def _line(column: Signature, piece: Piece, traeger: Traeger, places: Sequence[str], named: str, scan: bool) -> None:
    text = piece.text
    if match := SIGNED.match(text) or SIGNED_UNDER_INK.match(text):
        _place_and_date(column, piece, match, places if scan else None)
    elif match := ZUSATZ_FORM.fullmatch(text):
        column.put("zusatz", text, piece.words, text)
    elif scan and not {"name", "stelle"} & column.values.keys() and (zusatz := _like_zusatz(text)):
        column.put("zusatz", zusatz, piece.words, text, f"Unsicher gelesen: „{text}“.")
    elif _completes_office(column, text, traeger):
        column.extend("stelle", piece)
    elif match := _BRACKETED.fullmatch(text):
        _name(column, piece, match["name"], scan, named)
    elif _STELLE.match(text):
        _office(column, piece, text)
    elif _FUNKTION.match(text):
        _function(column, piece, text)
    elif _is_name(_without_specks(text, scan)):
        _name(column, piece, text, scan, named)
    elif match := re.fullmatch(rf"(?P<name>{_NAME.pattern}),?\s+(?P<funktion>{_FUNKTION.pattern}.*)", text):
        column.put("name", match["name"], piece.between(*match.span("name")), match["name"])
        column.put("funktion", match["funktion"], piece.between(*match.span("funktion")), match["funktion"])
    elif _DAY.search(text):
        column.put("datum", OFFEN, piece.words, text, f"Das Datum ist nicht sicher zu lesen: „{text}“.")
    elif re.search(_LETTERS, text) or (scan and re.search(r"\d", text)):
        column.rest.append(piece)


def _without_specks(name: str, scan: bool) -> str:
    return re.sub(r"(?<=\w)[·•](?=\w)", " ", re.sub(r"\.{2,}", ".", _SPECK.sub("", name))) if scan else name


def _name(column: Signature, piece: Piece, text: str, scan: bool, named: str) -> None:
    """A name; in a scan one of which both readers saw every letter, or that the opening has, too."""
    name = _without_specks(text, scan)
    if scan and (known := _named_before(piece.words, named)):
        words = tuple(replace(word, sicherheit=max(BOTH, word.sicherheit), variants=()) for word in piece.words)
        column.put("name", known, words, piece.text)
        return
    doubt = None if _is_name(name) else "Ob das ein Name ist, ist nicht sicher."
    if scan and doubt is None:
        doubt = _told_otherwise(piece.words)
    column.put("name", name, piece.words, piece.text, doubt)


def _named_before(words: Sequence[Word], named: str) -> str | None:
    """The reading of a name that stands in the opening, too."""
    options = [tuple(dict.fromkeys(text.strip("(),;:· ") for text in (word.text, *word.variants))) for word in words]
    readings = (" ".join(" ".join(choice).split()) for choice in islice(product(*options), _MOST_READINGS))
    return next((text for text in readings if _is_name(text) and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", named)), None)


_MOST_READINGS = 32


def _told_otherwise(words: Sequence[Word]) -> str | None:
    """Why a person must look at a name of which the readers saw different letters: no dictionary tells which are meant."""
    for word in words:
        for variant in word.variants:
            if letters(variant) and letters(variant) != letters(word.text):
                return f"Unsicher gelesen: „{word.text}“ oder „{variant}“."
    return None


def _like_zusatz(text: str) -> str | None:
    """The addition that a line under ink may be, which would pass for a name: "In Verketung"."""
    several = (phrase for phrase in _ZUSAETZE if len(text) <= len(phrase) + _STROKES)
    close = next((phrase for phrase in several if fuzz.ratio(text[: len(phrase)].lower(), phrase.lower()) >= _CLOSE), None)
    return text[0] + close[1:] if close and text[0] in "Ii" else close


_ZUSAETZE = ("In Vertretung", "Im Auftrage")
_STROKES = 6
"""Letters that a pen's stroke behind an addition is read as; more are another line, whose words must not be lost."""


def _is_name(text: str) -> bool:
    return bool(_NAME.fullmatch(text)) and not _NO_NAME.search(text)


def _completes_office(column: Signature, text: str, traeger: Traeger) -> bool:
    """Whether a line is the rest of the Träger's name: "Landkreis Grafschaft", "Bentheim"."""
    office = column.values.get("stelle")
    return isinstance(office, str) and office != traeger.name and traeger.name.startswith(f"{office} {text}")


def _office(column: Signature, piece: Piece, text: str) -> None:
    """The office; one "für" which is signed counts only where no other line names it."""
    if lead := _FOR.match(text):
        if "stelle" not in column.values:
            office = text[lead.end() :]
            column.put(
                "stelle",
                office,
                piece.between(lead.end(), len(text)),
                office,
                "Die Stelle steht nur in der Zeile, für wen unterschrieben ist.",
            )
        return
    if column.doubts.get("stelle", "").startswith("Die Stelle steht nur"):
        del column.values["stelle"], column.doubts["stelle"]
    column.put("stelle", text, piece.words, text)


def _function(column: Signature, piece: Piece, text: str) -> None:
    """The function, and behind a comma the office."""
    head, comma, tail = text.partition(", ")
    if comma and _STELLE.match(tail):
        column.put("funktion", head, piece.between(0, len(head)), head)
        column.put("stelle", tail, piece.between(len(head) + 2, len(text)), tail)
    else:
        column.put("funktion", text, piece.words, text)


def _place_and_date(column: Signature, piece: Piece, match: re.Match[str], places: Sequence[str] | None) -> None:
    """Place and date; in a scan `places` are those that may stand there."""
    scan = places is not None
    text, ort, rest = piece.text, match["ort"], match["rest"].strip(", ")
    known, doubt = (ort, None) if places is None else _place(piece.between(0, len(ort)), ort, places)
    column.put("ort", known, piece.between(0, len(ort)), ort, doubt)
    words = piece.between(*match.span("rest"))
    days = list(_DAY.finditer(rest))
    if len(days) == 1 and not re.search(r"\w", rest[: days[0].start()] + rest[days[0].end() :]):
        _dated(column, piece, words, days[0], scan)
    elif len(days) == 1 and not re.search(r"\w", rest[: days[0].start()]) and not re.search(r"\d", rest[days[0].end() :]):
        at = match.start("rest") + match["rest"].index(days[0].group())
        _dated(column, piece, piece.between(at, at + len(days[0].group())), days[0], scan)
        column.beside.append(rest[days[0].end() :].strip())
    elif _BLANK.fullmatch(rest):
        told = not scan or _ONLY_YEAR.fullmatch(rest)
        grund = None if told else "Ob von Hand ein Datum eingetragen ist, ist dem Text nicht zu entnehmen."
        column.put("datum", OFFEN, piece.between(len(ort), len(text)), rest.strip(), grund)
    else:
        column.put("datum", OFFEN, words, rest.strip(), f"Das Datum ist nicht lesbar: „{rest.strip()}“.")


def _dated(column: Signature, piece: Piece, words: tuple[Word, ...], said: re.Match[str], scan: bool) -> None:
    """The day that was read; in a scan one that a pen may have written must be looked at."""
    day, text = _day(said), said.group()
    before = next((word for word, following in pairwise(piece.words) if following is words[0]), None) if words else None
    doubt = f"„{text}“ ist kein Tag." if day is None else BY_HAND if scan and by_hand(words, before) else None
    column.put("datum", day or OFFEN, words, text, doubt)


def _place(words: Sequence[Word], ort: str, places: Sequence[str]) -> tuple[str, str | None]:
    """The place that was read in a scan, as the register has it, and why a person must look where it has none such."""
    if ort in places:
        return ort, None
    whole = [place for place in places if ort in place and len(ort) >= _MOST_OF * len(place)]
    if len(whole) == 1 and len(ort) >= _ENOUGH:
        return whole[0], None
    close = process.extract(ort, places, scorer=fuzz.ratio, limit=2, score_cutoff=_CLOSE)
    best = close[0][0] if close and (len(close) == 1 or close[0][1] - close[1][1] > _CLOSER) else None
    if best and folded(best) == folded(ort):
        return best, None
    return best or ort, "Das Register kennt keinen Ort, der so heißt."


_MOST_OF, _ENOUGH = 0.8, 5
"""Part of a place's letters, and their number, that no other place has, where a stroke hides the rest."""
_CLOSE, _CLOSER = 75.0, 5.0
"""Percent; a place is one of the register's where it is so much alike, and every other one by so much less."""


def _mend_offices(columns: Sequence[Signature], ministries: Sequence[str], traeger: Traeger) -> None:
    """Offices as the opening and the register have them, whatever blanks and marks were read; others are doubtful in a scan."""
    for column in columns:
        office = column.values.get("stelle")
        if not isinstance(office, str):
            continue
        first = office.split()[0]
        known = [f"{first} {name}" for name in ministries] if column.of_land else [traeger.name]
        whole = next((name for name in known if letters(name) == letters(office) or _is_cut_off(office, name)), None)
        if whole:
            words, text = column.words["stelle"]
            column.values["stelle"], column.words["stelle"] = whole, (tuple(word for word in words if letters(word.text)), text)
        elif column.of_land and office.startswith("Ministerium"):
            column.doubts.setdefault("stelle", "Vor dem Ministerium fehlt vielleicht ein Wort.")
        elif known and not office.startswith(f"{traeger.name} "):
            column.doubts.setdefault("stelle", "Eingang oder Register nennen keine Stelle, die so heißt.")


def _is_cut_off(office: str, name: str) -> bool:
    """Whether an office is a name whose end is lost: with that word no name ends."""
    return bool(_CUT_OFF.search(office)) and letters(name).startswith(letters(office))


_CUT_OFF = re.compile(r"(?:,|\b(?:und|für|am|an|im|in))$")


def _day(found: re.Match[str]) -> date | None:
    month = int(found["monat"]) if found["monat"] else MONATE.index(found["name"]) + 1
    try:
        return date(int(found["jahr"]), month, int(found["tag"]))
    except ValueError:  # a day that no calendar has
        return None
