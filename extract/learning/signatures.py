"""The signatures of a new wording: for each column of the agreements its lines, with a field for every value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from agreements.language.place_and_date import REST_OF_DATE
from agreements.language.signatures import spans_of
from agreements.model.record import Unterschrift
from agreements.model.values import OFFEN
from extract.learning.specimen import Mark, Specimen
from extract.learning.syntax import condition, written

_KEYS = ("ort", "zusatz", "name", "funktion", "stelle")
_FILTERS = {key: key for key in ("datum", "zusatz", "funktion")}

Who = tuple[str, int]
"""Party and number: "land", 1."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a column: which values it states, and how it is written."""

    keys: tuple[str, ...]
    text: str


def signature_lines(specimens: Sequence[Specimen]) -> Iterator[str]:
    """The lines between "::: unterschriften" and ":::"; one column for each signature that most agreements have."""
    several = [columns_of(specimen) for specimen in specimens]
    order = max(several, key=len, default={})
    for number, who in enumerate(order):
        if number:
            yield "+++"
        yield from _column(who, [columns[who] for columns in several if who in columns])


def columns_of(specimen: Specimen) -> dict[Who, list[Line]]:
    """The columns of an agreement, from left to right, by whose signature they are."""
    found: dict[Who, list[Line]] = {}
    signatures = {("land", number): signed for number, signed in specimen.record.unterschriften.land.items()}
    signatures |= {("traeger", number): signed for number, signed in specimen.record.unterschriften.traeger.items()}
    for lines in specimen.signatures:
        left = {who: signed for who, signed in signatures.items() if who not in found}
        who = max(left, key=lambda who: _stated(lines, left[who]), default=None)
        if who is not None and _stated(lines, left[who]):
            found[who] = [_line(text, who, left[who]) for text in lines]
    return found


def _stated(lines: Sequence[str], signed: Unterschrift) -> int:
    """How many values of a signature stand in some lines."""
    return sum(isinstance(value := getattr(signed, key), str) and any(value in text for text in lines) for key in _KEYS)


def _line(text: str, who: Who, signed: Unterschrift) -> Line:
    """A line with fields for the values in it."""
    spans = spans_of(text)
    keys = tuple(key for key, (start, end) in spans.items() if _says(text[start:end], key, getattr(signed, key)))
    keys = () if "ort" in spans and len(keys) < 2 else keys  # a place without its day is no field
    parts: list[str | Mark] = []
    at = 0
    for key in keys:
        start, end = spans[key]
        before = f"{text[at:start].rstrip()} " if key == "datum" else text[at:start]
        parts += [before, Mark("unterschriften.{}.{}.{}".format(*who, key), (_filter(key, who[0]),))]
        at = end
    return Line(keys, written(tuple(part for part in (*parts, text[at:]) if part)))


def _says(text: str, key: str, value: object) -> bool:
    """Whether a text is a value of a signature, or the blank for its day."""
    return text == value or (key == "datum" and value is not None and (value is not OFFEN or bool(REST_OF_DATE.fullmatch(text))))


def _filter(key: str, party: str) -> str:
    return f'stelle("{party}")' if key == "stelle" else _FILTERS.get(key, "")


def _column(who: Who, several: Sequence[list[Line]]) -> Iterator[str]:
    """The lines of one column, as the agreement has it that states most, with those that only others have at their usual place."""
    lines = list(max(several, key=lambda column: len({key for line in column for key in line.keys})))
    path = "unterschriften.{}.{}".format(*who)
    for key in ("zusatz", "funktion"):
        if not any(key in line.keys for line in lines):
            at = next((place + (key == "funktion") for place, line in enumerate(lines) if "name" in line.keys), len(lines))
            lines.insert(at, Line((key,), written((Mark(f"{path}.{key}", (_FILTERS[key],)),))))
    named = next((place for place, line in enumerate(lines) if "name" in line.keys), len(lines))
    for place, line in enumerate(lines):
        if place == named:
            yield ""
        if not line.keys and not _in_all(line, several):
            continue
        if line.keys in (("zusatz",), ("funktion",)):
            yield from condition(f"{path}.{line.keys[0]}", [line.text])
        elif line.text:
            yield line.text


def _in_all(line: Line, several: Sequence[Sequence[Line]]) -> bool:
    return all(any(other.text == line.text for other in column) for column in several)
