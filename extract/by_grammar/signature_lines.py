"""What each line of a signature is: place and date, addition, name, function or office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice, pairwise, product

from rapidfuzz import fuzz, process

from agreements.language.calendar import DAY, day_of
from agreements.language.names import HONORARY, is_name, is_title
from agreements.language.offices import SPEAKS_OF_LAND
from agreements.language.place_and_date import BLANK
from agreements.language.signatures import Spans, spans_of
from agreements.model.values import OFFEN
from agreements.reading.doubts import Doubt
from agreements.reading.reading import Word
from agreements.register.register import Traeger
from extract.by_grammar.elements import Piece
from extract.correction.handwriting import by_hand
from extract.correction.lookalikes import folded, letters
from extract.correction.rewrites import meant
from extract.correction.values import BOTH

_LETTERS = r"[A-Za-zÄÖÜäöüß]"


@dataclass(slots=True)
class Signature:
    """One column of the signatures, as it was read."""

    lines: list[Piece]
    values: dict[str, object] = field(default_factory=dict)
    words: dict[str, tuple[tuple[Word, ...], str]] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    of_land: bool | None = None
    """None where the column does not say whose signature it is."""
    rows: dict[str, int] = field(default_factory=dict)
    """The line of each value, counted from 0."""
    rest: list[Piece] = field(default_factory=list)
    """Lines that nothing explains."""
    beside: list[str] = field(default_factory=list)
    """What stands behind a printed date: strokes of a pen, or the letters under them of the line below."""

    @property
    def certain(self) -> bool:
        """Whether the letters of all its lines are."""
        return all(piece.certain for piece in self.lines)

    def put(self, key: str, value: object, words: tuple[Word, ...], text: str, doubt: Doubt | None = None) -> None:
        """Takes a value; a second one for the same key makes both doubtful."""
        if key in self.values:
            if self.values[key] != value or doubt:
                self.doubts[key] = Doubt("auch-moeglich", worte=text)
            return
        self.values[key], self.words[key] = value, (words, text)
        if doubt:
            self.doubts[key] = doubt

    def doubt(self, doubt: Doubt, *keys: str, seen: tuple[tuple[Word, ...], str] = ((), "")) -> None:
        """Makes values doubtful; those that were not read become open, and stand, perhaps, where something was seen."""
        for key in keys:
            self.values.setdefault(key, OFFEN)
            self.words.setdefault(key, seen)
            self.doubts.setdefault(key, doubt)

    def extend(self, key: str, piece: Piece) -> None:
        """Adds a line to a value that goes on in it."""
        words, text = self.words[key]
        self.values[key] = f"{self.values[key]} {piece.text}"
        self.words[key] = (*words, *piece.words), f"{text} {piece.text}"


def signature_of(lines: list[Piece], traeger: Traeger, places: Sequence[str], named: str) -> Signature:
    """What the lines of one column say; `places` are those of the register, `named` is the text of the opening."""
    column = Signature(lines)
    for row, piece in enumerate(lines):
        _line(column, piece, traeger, places, named)
        column.rows = {key: column.rows.get(key, row) for key in column.values}
    said = " ".join(piece.text for piece in lines)
    of_traeger = _names(traeger, said) or str(column.values.get("ort")) == traeger.ort
    ministry = bool(SPEAKS_OF_LAND.search(said))
    column.of_land = ministry if ministry != of_traeger else None
    return column


def _names(traeger: Traeger, text: str) -> bool:
    return traeger.name in text or traeger.genitiv.partition(" ")[2] in text


def _line(column: Signature, piece: Piece, traeger: Traeger, places: Sequence[str], named: str) -> None:
    text = piece.text
    spans = spans_of(text)
    if "ort" in spans:
        _place_and_date(column, piece, spans, places)
    elif spans.keys() == {"zusatz"}:
        _addition(column, piece, text if piece.certain else _NOUN.sub(lambda noun: noun[0].capitalize(), text))
    elif not piece.certain and not {"name", "stelle"} & column.values.keys() and (zusatz := _like_zusatz(text)):
        _addition(column, piece, zusatz)
    elif _completes_office(column, text, traeger):
        column.extend("stelle", piece)
    elif "datum" in spans:
        column.put("datum", OFFEN, piece.words, text, Doubt("datum-unsicher", worte=text))
    elif spans:
        _parts(column, piece, spans, named)
    elif spans_of(_without_specks(text, piece)).keys() == {"name"}:
        _name(column, piece, text, named)
    elif re.search(_LETTERS, text) or (not piece.certain and re.search(r"\d", text) and not BLANK.fullmatch(text)):
        column.rest.append(piece)


def _parts(column: Signature, piece: Piece, spans: Spans, named: str) -> None:
    """Name, function and office of a line, which may state two of them; a name by itself is looked at more closely."""
    for key, (start, end) in spans.items():
        text = piece.text[start:end]
        if key == "name" and len(spans) == 1:
            _name(column, piece, text, named)
        elif key == "stelle" and len(spans) == 1:
            _office(column, piece, start, end)
        else:
            column.put(key, text, piece.between(start, end), text)


def _without_specks(name: str, piece: Piece) -> str:
    return name if piece.certain else meant("name", name)


def _name(column: Signature, piece: Piece, text: str, named: str) -> None:
    """A name; in a picture one of which both readers saw every letter, or that the opening has, too."""
    name = _without_specks(text, piece)
    if not piece.certain and (known := _named_before(piece.words, named)):
        column.put("name", known, confirmed(piece.words), piece.text)
        return
    words = piece.words if piece.certain else _with_titles(piece.words)
    doubt = _told_otherwise(words) if is_name(name) else Doubt("ob-ein-name")
    column.put("name", name, words, piece.text, doubt)


def _with_titles(words: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a name; where one reader saw a title, "Dr.-Ing.", and the other none, "Dr.sng:", it is that, and so is "h. c."."""
    said = [word.text.lstrip("(") for word in words]
    sure = [_is_long_title(word.text) and not any(map(is_title, word.alternatives)) for word in words]
    for place in range(len(said) - 2):
        if said[place : place + 3] == HONORARY:
            sure[place + 1 : place + 3] = True, True
    return tuple(_proven(word) if proven else word for word, proven in zip(words, sure, strict=True))


def _is_long_title(word: str) -> bool:
    return is_title(word) and len(word.lstrip("(")) >= _TELLING


_TELLING = 3
"""Letters and marks; what is shorter, "h.", "do", may be anything."""


def confirmed(words: Iterable[Word]) -> tuple[Word, ...]:
    """The words as sure as two readers make them: what they say stands elsewhere in the document, or in a table, letter by letter."""
    return tuple(map(_proven, words))


def _proven(word: Word) -> Word:
    return replace(word, confidence=max(BOTH, word.confidence), alternatives=())


def _named_before(words: Sequence[Word], named: str) -> str | None:
    """The reading of a name that stands in the opening, too."""
    options = [tuple(dict.fromkeys(text.strip("(),;:· ") for text in (word.text, *word.alternatives))) for word in words]
    readings = (" ".join(" ".join(choice).split()) for choice in islice(product(*options), _MOST_READINGS))
    return next((text for text in readings if is_name(text) and re.search(rf"(?<!\w){re.escape(text)}(?!\w)", named)), None)


_MOST_READINGS = 32


def _told_otherwise(words: Sequence[Word]) -> Doubt | None:
    """Why a person must look at a name of which the readers saw different letters: no dictionary tells which are meant."""
    for word in words:
        for alternative in word.alternatives:
            if letters(alternative) and letters(alternative) != letters(word.text):
                return Doubt("name-zwei-lesungen", eine=word.text, andere=alternative)
    return None


def _addition(column: Signature, piece: Piece, zusatz: str) -> None:
    """An addition; in a picture to be looked at where more than a blank is lost, or where it may begin with another case."""
    text = piece.text
    whole = text.replace(" ", "").casefold() == zusatz.replace(" ", "").casefold()
    either = any(other[:1] == word.text[:1].swapcase() for word in piece.words[:1] for other in word.alternatives)
    if piece.certain:
        column.put("zusatz", zusatz, piece.words, text)
    elif whole and not either:
        column.put("zusatz", zusatz, confirmed(piece.words), text)
    else:
        column.put("zusatz", zusatz, piece.words, text, Doubt("zusatz-unsicher", worte=text))


_NOUN = re.compile(r"(?<!\w)(?:vertretung|auftrag)")


def _like_zusatz(text: str) -> str | None:
    """The addition that a line under ink may be, which would pass for a name: "In Verketung"."""
    several = (phrase for phrase in _ZUSAETZE if len(text) <= len(phrase) + _STROKES)
    close = next((phrase for phrase in several if fuzz.ratio(text[: len(phrase)].lower(), phrase.lower()) >= _CLOSE), None)
    return text[0] + close[1:] if close and text[0] in "Ii" else close


_ZUSAETZE = ("In Vertretung", "Im Auftrage")
_STROKES = 6
"""Letters that a pen's stroke behind an addition is read as; more are another line, whose words must not be lost."""


def _completes_office(column: Signature, text: str, traeger: Traeger) -> bool:
    """Whether a line is the rest of the Träger's name: "Landkreis Grafschaft", "Bentheim"."""
    office = column.values.get("stelle")
    return isinstance(office, str) and office != traeger.name and traeger.name.startswith(f"{office} {text}")


def _office(column: Signature, piece: Piece, start: int, end: int) -> None:
    """The office; one "für" which is signed counts only where no other line names it."""
    if start and "stelle" in column.values:
        return
    if column.doubts.get("stelle") == _ONLY_FOR:
        del column.values["stelle"], column.doubts["stelle"]
    office = piece.text[start:end]
    column.put("stelle", office, piece.between(start, end), office, _ONLY_FOR if start else None)


_ONLY_FOR = Doubt("stelle-nur-fuer")


def _place_and_date(column: Signature, piece: Piece, spans: Spans, places: Sequence[str]) -> None:
    """Place and date; in a picture `places` are those that may stand there."""
    text = piece.text
    ort, behind = (text[slice(*spans[key])] for key in ("ort", "datum"))
    rest = behind.strip(", ")
    known, doubt = (ort, None) if piece.certain else _place(ort, places)
    read = piece.between(0, len(ort))
    column.put("ort", known, read if piece.certain or doubt else confirmed(read), ort, doubt)
    words = piece.between(*spans["datum"])
    days = list(DAY.finditer(rest))
    if len(days) == 1 and not re.search(r"\w", rest[: days[0].start()]) and not re.search(r"\d", rest[days[0].end() :]):
        at = spans["datum"][0] + behind.index(days[0].group())
        _dated(column, piece, piece.between(at, at + len(days[0].group())), days[0])
        column.beside += re.findall(r"^.*\w.*$", rest[days[0].end() :].strip())
    elif BLANK.fullmatch(rest):
        behind_place = len(text) - len(text[len(ort) :].lstrip(", "))
        column.put("datum", OFFEN, piece.between(behind_place, len(text)), rest)
    else:
        column.put("datum", OFFEN, words, rest.strip(), Doubt("datum-unlesbar", worte=rest.strip()))


def _dated(column: Signature, piece: Piece, words: tuple[Word, ...], said: re.Match[str]) -> None:
    """The day that was read; in a picture one that a pen may have written must be looked at."""
    day, text = day_of(said), said.group()
    before = next((word for word, following in pairwise(piece.words) if following is words[0]), None) if words else None
    doubt = Doubt("kein-tag", worte=text) if day is None else Doubt("von-hand") if not piece.certain and by_hand(words, before) else None
    column.put("datum", day or OFFEN, words, text, doubt)


def _place(ort: str, places: Sequence[str]) -> tuple[str, Doubt | None]:
    """The place that was read in a picture, as the register has it, and why a person must look where it has none such."""
    if ort in places:
        return ort, None
    whole = [place for place in places if ort in place and len(ort) >= _MOST_OF * len(place)]
    if len(whole) == 1 and len(ort) >= _ENOUGH:
        return whole[0], None
    close = process.extract(ort, places, scorer=fuzz.ratio, limit=2, score_cutoff=_CLOSE)
    best = close[0][0] if close and (len(close) == 1 or close[0][1] - close[1][1] > _CLOSER) else None
    if best and folded(best) == folded(ort):
        return best, None
    return best or ort, Doubt("ort-unbekannt")


_MOST_OF, _ENOUGH = 0.8, 5
"""Part of a place's letters, and their number, that no other place has, where a stroke hides the rest."""
_CLOSE, _CLOSER = 75.0, 5.0
"""Percent; a place is one of the register's where it is so much alike, and every other one by so much less."""
