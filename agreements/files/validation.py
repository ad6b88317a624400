"""What does not fit the schema in a record's file: every fault at once, in German, with line, field and remedy."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType
from rapidfuzz import fuzz, process

from agreements.errors import RecordError, UnreadableError
from agreements.files.yaml_text import YamlText, decode, parse
from agreements.model.fields import model_in
from agreements.model.months import MONATE

Model = TypeVar("Model", bound=BaseModel)
Loc = tuple[str | int, ...]


def validated(model: type[Model], yaml: YamlText, datei: Path | str | None = None) -> Model:
    """The typed record that a text holds; RecordError with all faults, one a line, in the order of the file."""
    try:
        record: Model = _without_empty(model.model_validate(_tuples(yaml.data), strict=True))
        return record
    except ValidationError as error:
        faults = [_fault(model, detail, yaml, datei) for detail in error.errors(include_url=False)]
        faults.sort(key=lambda fault: fault.zeile or 0)
        raise _together(faults) from error


def load_table(model: type[Model], datei: Path) -> Model:
    """A table that comes with the program; UnreadableError where it cannot be read."""
    try:
        raw = datei.read_bytes()
    except OSError as error:
        raise UnreadableError("Eine Tabelle von zv ist nicht lesbar.", datei=datei) from error
    return validated(model, parse(decode(raw, datei), datei), datei)


def _together(faults: list[RecordError]) -> RecordError:
    if len(faults) == 1:
        return faults[0]
    whole = RecordError("\n".join(map(str, faults)))
    whole.parts = tuple(faults)
    return whole


def _tuples(data: Any) -> Any:
    """Data with tuples for lists: strict validation, which takes no text for a number, takes no list for a tuple either."""
    if isinstance(data, dict):
        return {key: _tuples(part) for key, part in data.items()}
    return tuple(map(_tuples, data)) if isinstance(data, list) else data


def _without_empty(value: Any) -> Any:
    """The same without empty lists: one that has no entries says what an absent key says, and is dumped as such."""
    if isinstance(value, dict):
        return {key: _without_empty(part) for key, part in value.items()}
    if not isinstance(value, BaseModel):
        return value
    absent = {name: type(value).model_fields[name].default for name, part in value if part == ()}
    inner = {name: new for name, part in value if part != (new := _without_empty(part))}
    return value.model_copy(update={**absent, **inner})


def _fault(model: type[BaseModel], detail: ErrorDetails, yaml: YamlText, datei: Path | str | None) -> RecordError:
    loc = tuple(key for key in detail["loc"] if key != "[key]")
    message, remedy = _said(model, detail, loc)
    field = _shown(loc)
    return RecordError(f"{field}: {message}" if field else message, datei=datei, zeile=_line(yaml, loc), abhilfe=remedy)


def _said(model: type[BaseModel], detail: ErrorDetails, loc: Loc) -> tuple[str, str | None]:
    """What is wrong and what to do about it."""
    kind, value = detail["type"], detail["input"]
    if kind in ("extra_forbidden", "invalid_key"):
        return _unknown_key(_model_at(model, loc[:-1]), loc)
    if kind == "missing":
        return "Der Schlüssel fehlt.", "Ihn ergänzen."
    if "[key]" in detail["loc"]:
        return f"„{loc[-1]}“ ist hier kein möglicher Schlüssel.", "Eine ganze Zahl von 1 bis 99 ohne Anführungszeichen schreiben, wie „4:“."
    if kind in _CONTAINERS:
        return _no_container(kind, value, _model_at(model, loc))
    if isinstance(value, dict | tuple) and kind not in ("zielwert", "text_und_wortlaut", "aenderung"):
        return f"Hier gehört ein einzelner Wert hin, keine {_what(value)}.", "Den Wert hinter den Doppelpunkt schreiben."
    if said := _SAID.get(kind):
        return said(value, detail, loc)
    if kind in _BUILT_IN:
        return f"{_quote(value)} ist hier nicht möglich.", "Einen passenden Wert eintragen."
    return detail["msg"], None  # the model's own words, German already


def _unknown_key(model: type[BaseModel], loc: Loc) -> tuple[str, str]:
    known = list(model.model_fields)
    near = process.extractOne(str(loc[-1]), known, scorer=fuzz.ratio, score_cutoff=60)
    guess = f"Gemeint ist vielleicht „{near[0]}“. " if near else ""
    return "Diesen Schlüssel gibt es hier nicht.", f"{guess}Möglich sind: {', '.join(known)}."


def _no_container(kind: str, value: Any, model: type[BaseModel]) -> tuple[str, str]:
    if kind in ("tuple_type", "list_type"):
        remedy = "Jeden Eintrag in eine eigene Zeile schreiben, mit „- “ davor."
        return f"Hier gehört eine Liste hin, {_not_what(value)}.", remedy
    if value is None:
        return "Der Abschnitt ist leer.", "Ihn ausfüllen oder ganz weglassen."
    keys = "nummerierte Schlüssel (1:, 2:, …)" if kind == "dict_type" else ", ".join(model.model_fields)
    return f"Hier gehören Schlüssel hin, {_not_what(value)}.", f"Eingerückt darunter gehören: {keys}."


def _no_text(value: Any, _: ErrorDetails, __: Loc) -> tuple[str, str]:
    if value is None:
        return "null ist hier nicht möglich.", "Einen Text eintragen."
    return f"Hier gehört ein Text hin, {_not_what(value)}.", f'In Anführungszeichen setzen: "{_bare(value)}"'


def _no_whole(value: Any, _: ErrorDetails, __: Loc) -> tuple[str, str]:
    digits = str(value).replace(".", "") if isinstance(value, str) else ""
    remedy = f"Ohne Anführungszeichen und Punkte schreiben: {digits}" if digits.isdecimal() else "Eine ganze Zahl eintragen, wie 2024."
    return f"{_quote(value)} ist keine ganze Zahl.", remedy


def _no_form(value: Any, _: ErrorDetails, loc: Loc) -> tuple[str, str]:
    form = _FORMS.get(str(loc[-1]), "Die Schreibweise prüfen.")
    return f"{_quote(value)} hat nicht die Form, die hier stehen muss.", form


def _no_choice(value: Any, detail: ErrorDetails, _: Loc) -> tuple[str, str]:
    choices = re.findall("'([^']*)'", str(detail["ctx"]["expected"]))
    near = process.extractOne(str(value), choices, scorer=fuzz.WRatio, score_cutoff=60)
    guess = f"Gemeint ist vielleicht „{near[0]}“. " if near else ""
    return f"{_quote(value)} ist hier nicht möglich.", f"{guess}Möglich sind: {', '.join(choices)}."


def _no_day(value: Any, _: ErrorDetails, __: Loc) -> tuple[str, str]:
    day = _day(str(value))
    return f"{_quote(value)} ist kein Datum.", f"Als Jahr-Monat-Tag ohne Anführungszeichen schreiben: {day or '2024-02-01'}"


def _day(text: str) -> str | None:
    """The day a person meant who wrote it the German way or between quotes."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    found = re.fullmatch(r"(\d{1,2})\.\s*(?:(\d{1,2})\.|(\w+))\s*(\d{4})", text)
    if not found:
        return None
    day, number, name, year = found.groups()
    month = int(number) if number else MONATE.index(name) + 1 if name in MONATE else 0
    return f"{year}-{month:02}-{int(day):02}" if 1 <= month <= 12 else None


_CONTAINERS = ("model_type", "model_attributes_type", "dict_type", "tuple_type", "list_type")
_BUILT_IN = frozenset(get_args(ErrorType))
_FORMS = {
    "traeger": "Den Schlüssel aus dem Register schreiben, wie „lk-emsland“; alle nennt: zv traeger",
    "wortlaut": "Land und Jahr des Wortlauts schreiben, wie „ni/2024“, oder null.",
    "sha256": "64 Zeichen aus 0–9 und a–f schreiben.",
}
_SAID: dict[str, Callable[[Any, ErrorDetails, Loc], tuple[str, str]]] = {
    "string_type": _no_text,
    "string_too_short": lambda *_: ("Der Text ist leer.", "Den Schlüssel weglassen, wenn es die Angabe nicht gibt."),
    "string_pattern_mismatch": _no_form,
    "int_type": _no_whole,
    "greater_than_equal": lambda value, detail, _: (f"{value} ist zu klein.", f"Eine Zahl ab {detail['ctx']['ge']} eintragen."),
    "less_than_equal": lambda value, detail, _: (f"{value} ist zu groß.", f"Eine Zahl bis {detail['ctx']['le']} eintragen."),
    "literal_error": _no_choice,
    "date_type": _no_day,
}


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    """The model that stands at a place; numbers of entries lead no deeper."""
    for key in loc:
        if key in model.model_fields:
            model = model_in(model.model_fields[str(key)].annotation) or model
    return model


def _line(yaml: YamlText, loc: Loc) -> int:
    """The line of a place, or of the nearest one around it that is there."""
    for length in range(len(loc), 0, -1):
        if line := yaml.lines.get(".".join(map(str, loc[:length]))):
            return line
    return 1


def _shown(loc: Loc) -> str:
    """A place as the writer of the file calls it: "ziele.individuell.4.schritte, 3. Eintrag"."""
    if len(loc) > 1 and isinstance(loc[-1], int) and loc[-2] not in ("individuell", "land", "traeger", "ministerien"):
        return f"{_shown(loc[:-1])}, {loc[-1] + 1}. Eintrag"
    return ".".join(map(str, loc))


def _not_what(value: Any) -> str:
    if value is None:
        return "nicht null"
    return f"{'kein' if isinstance(value, str | bool | date) else 'keine'} {_what(value)}"


def _what(value: Any) -> str:
    return next(name for kind, name in _KINDS if isinstance(value, kind))


_KINDS: tuple[tuple[Any, str], ...] = (
    (bool, "Wahrheitswert"),  # before int, of which it is one
    (int | Decimal, "Zahl"),
    (date, "Datum"),
    (str, "Text"),
    (tuple, "Liste"),
    (dict, "Gliederung mit Schlüsseln"),
)


def _quote(value: Any) -> str:
    text = _bare(value)
    return f"„{text}“" if len(text) <= 60 else f"„{text[:60]}…“"


def _bare(value: Any) -> str:
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
