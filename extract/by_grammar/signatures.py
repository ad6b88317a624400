"""Who signs a document in no known wording: place, date, addition, name, function and office of every column."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz.distance import Levenshtein

from agreements.language.calendar import DAY
from agreements.language.dictionary import german
from agreements.language.offices import OFFICE_WITHIN
from agreements.language.signatures import BRACKETED, FELDER, says_it_all
from agreements.model.values import OFFEN
from agreements.reading.doubts import Doubt
from agreements.reading.findings import WEAKEST, Befund, Found, locations_of
from agreements.register.register import Traeger
from extract.by_grammar.elements import Piece
from extract.by_grammar.signature_lines import Signature, confirmed, signature_of
from extract.correction.legibility import weighed
from extract.correction.lookalikes import letters
from extract.correction.spacing import off_column


@dataclass(frozen=True, slots=True)
class Signing:
    """All signatures, with the findings about them."""

    found: tuple[Found, ...]
    befunde: tuple[Befund, ...]
    columns: tuple[tuple[str, Signature], ...] = ()
    """Each signature by its name in the record: "unterschriften.land.1"."""
    of_land: int = 0
    """How many sign for the Land, by its table; 0 where that does not know them."""


def read_signatures(
    pieces: Sequence[Piece],
    traeger: Traeger,
    ministries: Sequence[str],
    places: Sequence[str],
    known: Collection[str],
    signing: Callable[[Iterable[str]], int],
) -> Signing:
    """The signatures of the Land and of the Träger, each numbered from 1, left to right.

    `ministries` are those that the opening names, `places` those where somebody of the register signs. In a picture the opening may have
    lost a name: `known` are those that ministries of the Land are known to bear, `signing` how many sign where it has some names.
    """
    named = " ".join(piece.text for piece in pieces if piece.art in ("titelseite", "eingang"))
    columns = [
        signature_of(list(lines), traeger, places, named)
        for _, lines in groupby((piece for piece in pieces if piece.art == "unterschrift"), key=lambda piece: piece.level)
    ]
    columns = [column for column in columns if column.values]
    _confirm_places(columns)
    _decide(columns, len(ministries) or 1, traeger)
    offices = tuple(dict.fromkeys((*ministries, *sorted(known))))
    _mend_offices([column for column in columns if not column.certain], offices, traeger)
    _compare(columns, ministries, offices, traeger)
    _doubt_by_others(columns)
    of_land = signing((*ministries, *(str(column.values.get("stelle")) for column in columns if column.of_land)))
    _doubt_without_number(columns, ministries, of_land)
    wanted = max(1, len(ministries), of_land)
    return Signing(tuple(_found(columns)), tuple(_befunde(columns, wanted)), tuple(_numbered(columns)), of_land)


def _doubt_without_number(columns: Sequence[Signature], ministries: Sequence[str], of_land: int) -> None:
    """Makes those of the Land doubtful where another is lost, and with it the name in the opening that told which number they have."""
    signed = [column for column in columns if column.of_land]
    lost = max(len(signed), len(ministries)) < of_land
    for column in (column for column in signed if lost and not column.certain):
        column.doubt(Doubt("zahl-der-unterschriften"), *column.values, *_MAY_BE_ELSEWHERE)


def _doubt_by_others(columns: Sequence[Signature]) -> None:
    """Makes doubtful what a signature that is not certain seems to lack: a day that stands for itself, an addition that another has."""
    lone_day = any(DAY.fullmatch(piece.text) for column in columns for piece in column.lines)
    added = any(column.of_land and "zusatz" in column.values for column in columns)
    unsure = [column for column in columns if not column.certain]
    for column in unsure if lone_day else ():
        if column.values.get("datum") is OFFEN:
            column.doubt(Doubt("tag-fuer-sich"), "datum")
    for column in unsure if added else ():
        if column.of_land and "zusatz" not in column.values:
            column.doubt(Doubt("zusatz-ueberschrieben"), "zusatz")


def _compare(columns: list[Signature], ministries: Sequence[str], offices: Sequence[str], traeger: Traeger) -> None:
    """An office that is none of these, lines that nothing explains, and a wrong number of signatures make a column doubtful.

    In a picture the number is wrong where a line is lost under ink; what another signature says wholly stays sure.
    """
    for column in columns:
        office = column.values.get("stelle")
        if (
            column.of_land
            and ministries
            and isinstance(office, str)
            and not any(office.endswith(name.removeprefix("Ministerium")) for name in offices)
        ):
            column.doubts.setdefault("stelle", Doubt("ministerium-nicht-im-eingang"))
        touched = _touched_by_number(column, columns, ministries, offices, traeger)
        column.doubt(Doubt("zahl-der-unterschriften"), *touched)
        if not column.certain and _stand_apart(column):
            column.doubt(Doubt("wessen-unterschrift"), "name", "stelle")
        for piece in column.rest:
            may_be = _touched(piece, column) if column.certain else _touched_in_picture(piece, column, ministries)
            column.doubt(Doubt("steht-daneben", worte=piece.text), *may_be, seen=(piece.words, piece.text))
        for text in column.beside:
            column.doubt(Doubt("steht-daneben", worte=text), *(key for key in ("zusatz", "name", "funktion") if key not in column.values))


def _stand_apart(column: Signature) -> bool:
    """Whether a name stands left or right of all of its office: one of them is another signature's."""
    name, office = (column.words.get(key, ((), ""))[0] for key in ("name", "stelle"))
    pages = {place.page for word in name for place in word.places}
    return bool(name) and bool(off_column((*name, *(word for word in office if any(place.page in pages for place in word.places)))))


def _touched_by_number(
    column: Signature, columns: Sequence[Signature], ministries: Sequence[str], offices: Sequence[str], traeger: Traeger
) -> tuple[str, ...]:
    """What of a signature is in doubt where another is lost or two are read as one: nothing where their numbers are right.

    Else all; in a picture not what a whole one says that stands where its side has one, and not its office and the place of its side.
    """
    signed = [other for other in columns if other.of_land]
    of_land_right = not ministries or len(signed) == len(ministries) or _all_known(signed, ministries, offices)
    of_traeger_right = len(columns) - len(signed) == 1
    if of_land_right and of_traeger_right:
        return ()
    own = _stands_in_order(column, columns, ministries) if column.of_land else of_traeger_right
    if column.certain or not own:
        return *column.values, *_MAY_BE_ELSEWHERE
    sure = tuple(column.values) if _is_whole(column) else _of_its_side(column, traeger)
    return tuple(key for key in (*column.values, *_MAY_BE_ELSEWHERE) if key not in sure)


def _all_known(signed: Sequence[Signature], ministries: Sequence[str], offices: Sequence[str]) -> bool:
    """Whether the signatures of the Land are each for another known ministry, those of the opening among them: a picture has lost a name
    of the opening, and no signature."""
    said = [next((name for name in offices if says_it_all("stelle", str(each.values.get("stelle")), (name,))), None) for each in signed]
    return None not in said and len(set(said)) == len(said) and set(ministries) <= set(said) and not any(each.certain for each in signed)


def _stands_in_order(column: Signature, columns: Sequence[Signature], ministries: Sequence[str]) -> bool:
    """Whether a signature of the Land is for the ministry that the opening names in its place, and so are those left of it: what is lost
    stood right of it."""
    of_land = [other for other in columns if other.of_land]
    until = of_land[: next(place for place, other in enumerate(of_land, 1) if other is column)]
    return len(until) <= len(ministries) and all(
        says_it_all("stelle", str(other.values.get("stelle")), (name,)) for other, name in zip(until, ministries, strict=False)
    )


def _of_its_side(column: Signature, traeger: Traeger) -> tuple[str, ...]:
    """What of a signature can be no other side's: its office, where that tells whose it is, and a place that the other side has not."""
    office, ort = column.values.get("stelle"), column.values.get("ort")
    told = isinstance(office, str) and "stelle" not in column.doubts and (column.of_land or office == traeger.name)
    fits = isinstance(ort, str) and "ort" not in column.doubts and (ort == traeger.ort) is not column.of_land
    return ("stelle", "ort") if told and fits else ("stelle",) if told else ()


def _is_whole(column: Signature) -> bool:
    """Whether a signature has all that belongs to one, and nothing else, whatever became of the others: but its letters may be in doubt."""
    told = all(column.values.get(key) not in (None, OFFEN) for key in ("ort", "name", "stelle")) and "datum" in column.values
    return told and not column.rest and all(doubt.art in _OF_LETTERS for doubt in column.doubts.values())


_OF_LETTERS = ("von-hand", "datum-unlesbar", "kein-tag", "ob-von-hand-eingetragen", "name-zwei-lesungen", "zusatz-unsicher")
_MAY_BE_ELSEWHERE = ("zusatz", "funktion", "stelle")
"""What a signature may have besides a name, and has lost where its lines were taken for another's."""


def _touched(piece: Piece, column: Signature) -> tuple[str, ...]:
    """What a line that nothing explains may be part of: figures of the date, a scrap of the addition, as all between it and the name,
    which may begin there; below a name in brackets of function and office; else of anything."""
    if re.search(r"\d", piece.text):
        return ("datum",)
    if len(piece.text) <= _SCRAP:
        return ("zusatz",)
    at, rows = column.lines.index(piece), column.rows
    office = bool(OFFICE_WITHIN.search(piece.text))
    below = min((rows[key] for key in ("funktion", "stelle") if key in rows), default=None)
    if "name" in rows and BRACKETED.match(column.words["name"][1]):
        if rows["name"] < at:
            return "funktion", "stelle"
        if not office and "ort" in rows and (below is None or below > rows["name"]):
            return ("zusatz", "name") if _FORENAME.search(piece.text) else ("zusatz",)
    elif not office and "name" not in rows and "ort" in rows and below is not None and rows["ort"] < at < below:
        return tuple(key for key in ("zusatz", "name", "funktion") if key not in column.values)
    return (*column.values, "stelle") if office else tuple(column.values)


def _touched_in_picture(piece: Piece, column: Signature, ministries: Sequence[str]) -> tuple[str, ...]:
    """The same of a picture's line, which is some other line misread: not what says all of itself; below the name a function, too."""
    touched = tuple(key for key in _touched(piece, column) if not _says_it_all(column, key, piece, ministries))
    lacks = "funktion" not in column.values and column.rows.get("name", len(column.lines)) < column.lines.index(piece)
    return (*touched, "funktion") if lacks and "funktion" not in touched else touched


def _says_it_all(column: Signature, key: str, piece: Piece, ministries: Sequence[str]) -> bool:
    """Whether a value is whole, whatever a line of a picture is that nothing explains: a place of the register's, an addition, an office
    that the opening names and that stands below the line."""
    value = column.values.get(key)
    if not isinstance(value, str) or key in column.doubts:
        return False
    if key == "stelle":
        below = column.lines.index(piece) < column.rows[key]
        return below and (not column.of_land or says_it_all(key, value, ministries))
    return says_it_all(key, value, ministries)


_SCRAP = 4
_FORENAME = re.compile(r"(?<!\w)[A-ZÄÖÜ][a-zäöüß]{2}")


def _confirm_places(columns: Sequence[Signature]) -> None:
    """Takes the doubt from a place that was read with a slip, "Hlannover", where another signature of the Land has it letter by letter."""
    signed = [column for column in columns if column.of_land and not column.certain]
    said = {column.values.get("ort") for column in signed if "ort" not in column.doubts}
    for column in signed:
        if column.doubts.get("ort") == Doubt("ort-unbekannt") and column.values["ort"] in said:
            words, text = column.words["ort"]
            column.words["ort"] = confirmed(words), text
            del column.doubts["ort"]


def _decide(columns: list[Signature], ministries: int, traeger: Traeger) -> None:
    """Columns that do not say whose they are: the last is the Träger's where none else is, the others are the Land's.

    That is sure of one signed elsewhere than the Träger's place, where the Träger's is told and there is one for each ministry besides.
    """
    told = sum(column.of_land is False for column in columns) == 1 and len(columns) == ministries + 1
    for column in columns:
        if column.of_land is None:
            column.of_land = not (column is columns[-1] and all(other.of_land is not False for other in columns))
            ort = column.values.get("ort")
            if not (told and isinstance(ort, str) and ort != traeger.ort and "ort" not in column.doubts):
                for key in column.values:
                    column.doubts.setdefault(key, Doubt("wessen-unterschrift"))


def _numbered(columns: Sequence[Signature]) -> Iterator[tuple[str, Signature]]:
    for party, of_land in (("land", True), ("traeger", False)):
        for number, column in enumerate((column for column in columns if column.of_land is of_land), 1):
            yield f"unterschriften.{party}.{number}", column


def _found(columns: Sequence[Signature]) -> Iterator[Found]:
    for name, column in _numbered(columns):
        for key in FELDER:
            if key in column.values:
                yield _angabe(column, f"{name}.{key}", key)
            elif key in ("ort", "datum", "name"):
                yield Found.unread(f"{name}.{key}", Doubt("nicht-zu-erkennen"))


def _angabe(column: Signature, feld: str, key: str) -> Found:
    value = column.values[key]
    words, text = column.words[key]
    others = " ".join(word.text for word in off_column(words)) if key in _IN_COLUMN else ""
    doubt = column.doubts.get(key) or (Doubt("steht-daneben", worte=others) if others else None)
    if value is OFFEN:
        return Found(feld, None, locations_of(words, text) if words else (), WEAKEST if doubt is None else _BLANK).doubted(doubt)
    return weighed(feld, value, words, text, doubt)


_IN_COLUMN = ("name", "funktion", "stelle")
"""What stands in its column as one block; the year of a day may stand below the place: "Verden, den ……", "2011"."""
_BLANK = 0.3
"""How sure it is that nothing stands where a line of a signature is in doubt."""


def _befunde(columns: list[Signature], ministries: int) -> Iterator[Befund]:
    for column in columns:
        whose = "des Landes" if column.of_land else "des Trägers"
        if "name" not in column.values:
            yield Befund(
                "unterschrift", "warnung", f"Eine Unterschrift {whose} hat keinen Namen.", location=locations_of(column.lines[0].words)[0]
            )
        for piece in column.rest:
            yield Befund("unterschrift", "hinweis", f"Bei einer Unterschrift {whose} steht auch „{piece.text}“.")
    for party, of_land, wanted in (("land", True, ministries), ("traeger", False, 1)):
        seen = sum(column.of_land is of_land for column in columns)
        if seen != wanted:
            yield Befund("unterschrift", "warnung", f"{wanted} erwartet, {seen} zu erkennen.", f"unterschriften.{party}")


# ---------------------------------------------------------------- one column


def _mend_offices(columns: Sequence[Signature], ministries: Sequence[str], traeger: Traeger) -> None:
    """Offices as opening, register and table have them, whatever blanks and marks were read, or a slip or two; others are doubtful."""
    for column in columns:
        office = column.values.get("stelle")
        if not isinstance(office, str):
            continue
        first = office.split()[0]
        known = [f"{first} {name}" for name in ministries] if column.of_land else [traeger.name]
        whole = next((name for name in known if letters(name) == letters(office) or _is_cut_off(office, name)), None) or _meant(
            office, known
        )
        if whole:
            words, text = column.words["stelle"]
            column.values["stelle"], column.words["stelle"] = whole, (confirmed(word for word in words if letters(word.text)), text)
        elif column.of_land and office.startswith("Ministerium"):
            column.doubts.setdefault("stelle", Doubt("wort-vor-dem-ministerium"))
        elif known and not office.startswith(f"{traeger.name} "):
            column.doubts.setdefault("stelle", Doubt("stelle-nicht-genannt"))


def _meant(office: str, known: Sequence[str]) -> str | None:
    """The office that a long text is but for a slip or two of its readers: every other one is far, and what was read is no German word."""
    near, *others = sorted((Levenshtein.distance(letters(name), letters(office)), name) for name in known) or [(_FAR, "")]
    words = [word for word in re.findall(r"\w+", office) if word not in re.findall(r"\w+", near[1])]
    slipped = near[0] <= _SLIPS and len(letters(office)) >= _LONG and all(distance >= _FAR for distance, _ in others)
    return near[1] if slipped and not any(word in german() for word in words) else None


_SLIPS, _FAR, _LONG = 2, 8, 30
"""Letters."""


def _is_cut_off(office: str, name: str) -> bool:
    """Whether an office is a name whose end is lost: with that word no name ends."""
    return bool(_CUT_OFF.search(office)) and letters(name).startswith(letters(office))


_CUT_OFF = re.compile(r"(?:,|\b(?:und|für|am|an|im|in))$")
