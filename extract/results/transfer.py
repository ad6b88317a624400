"""What a file says, as text and back: what passes from the process that reads to the one that asked."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from agreements.errors import OtherKindError, RecordError, UnreadableError, ZvError, visible
from agreements.model.record import Vereinbarung, Zielwert, plain
from agreements.reading.accounts import Posten
from agreements.reading.doubts import Doubt
from agreements.reading.extraction import Extraction
from agreements.reading.findings import Befund, Cutting, Found, Location
from agreements.reading.reading import Reading
from agreements.store.store import dump_record, load_text


@dataclass(frozen=True, slots=True)
class Answer:
    """An extraction, and the pictures of its places."""

    extraction: Extraction
    pictures: Mapping[Location, Cutting]


class _Found(BaseModel):
    """A Found whose value is told apart by its type."""

    model_config = ConfigDict(strict=True)

    feld: str
    wert: dict[str, Any]
    locations: tuple[Location, ...]
    confidence: float
    doubts: tuple[Doubt, ...]


class _Envelope(BaseModel):
    """All parts, as JSON holds them."""

    datei: str
    sha256: str
    reading: Reading
    record: str
    found: tuple[_Found, ...]
    befunde: tuple[Befund, ...]
    posten: tuple[Posten, ...]
    pictures: tuple[tuple[Location, Cutting], ...]


def write_answer(answer: Answer) -> str:
    """The answer as text; `read_answer` gives it back."""
    said = answer.extraction
    envelope = _Envelope.model_construct(
        datei=visible(str(said.datei)), sha256=said.sha256, reading=said.reading, record=dump_record(said.record),
        found=tuple(_Found(feld=each.feld, wert=_typed(each.wert), locations=each.locations, confidence=each.confidence,
                           doubts=each.doubts) for each in said.found),
        befunde=said.befunde, posten=said.posten, pictures=tuple(answer.pictures.items()),
    )  # fmt: skip
    return envelope.model_dump_json()


def read_answer(text: str, datei: Path) -> Answer:
    """The answer that a text holds, every part held against its type; UnreadableError where it is none."""
    try:
        said = _Envelope.model_validate_json(text)
        record = load_text(said.record, Vereinbarung, datei).record
        found = tuple(Found(each.feld, _untyped(each.wert), each.locations, each.confidence, each.doubts) for each in said.found)
    except (ValidationError, RecordError, ValueError, KeyError) as error:
        raise _nonsense(datei) from error
    return Answer(Extraction(datei, said.sha256, said.reading, record, found, said.befunde, said.posten), dict(said.pictures))


def write_answers(answers: Sequence[Answer | ZvError]) -> str:
    """What the agreements of a file say, one that cannot be read as its error; `read_answers` gives them back."""
    return json.dumps([write_answer(each) if isinstance(each, Answer) else _refusal(each) for each in answers])


def read_answers(text: str, datei: Path) -> list[Answer | ZvError]:
    """The answers that a text holds; UnreadableError where it holds none."""
    try:
        said = TypeAdapter(list[str | _Refusal]).validate_json(text)
    except ValidationError as error:
        raise _nonsense(datei) from error
    if not said:
        raise _nonsense(datei)
    return [read_answer(each, datei) if isinstance(each, str) else _REFUSALS[each.art](each.message, datei=datei, abhilfe=each.abhilfe)
            for each in said]  # fmt: skip


class _Refusal(BaseModel):
    """Why one agreement of a file cannot be read."""

    art: Literal["OtherKindError", "UnreadableError"]
    message: str
    abhilfe: str | None


_REFUSALS = {"OtherKindError": OtherKindError, "UnreadableError": UnreadableError}


def _refusal(error: ZvError) -> dict[str, Any]:
    art = "OtherKindError" if isinstance(error, OtherKindError) else "UnreadableError"
    return {"art": art, "message": error.message, "abhilfe": error.abhilfe}


def _nonsense(datei: Path) -> UnreadableError:
    return UnreadableError("Beim Lesen kam keine verständliche Antwort.", datei=datei, abhilfe="Die Datei bitte melden.")


def _typed(value: Any) -> dict[str, Any]:
    """A value of an Angabe with the name of its type, decimals as text, so that their digits survive."""
    match value:
        case Zielwert():
            return {"zielwert": json.loads(json.dumps(plain(value), default=str))}
        case Decimal():
            return {"zahl": str(value)}
        case date():
            return {"tag": value.isoformat()}
        case tuple():
            return {"liste": list(value)}
        case _:
            return {"wert": value}


def _untyped(typed: Mapping[str, Any]) -> Any:
    match typed:
        case {"zielwert": dict(parts)}:
            return _target(parts)
        case {"zahl": str(digits)}:
            return TypeAdapter(Decimal).validate_python(digits)
        case {"tag": str(day)}:
            return date.fromisoformat(day)
        case {"liste": list(entries)} if all(isinstance(entry, str) for entry in entries):
            return tuple(entries)
        case {"wert": None | int() | str() as value}:
            return value
    raise ValueError("no value of an Angabe")


def _target(parts: dict[str, Any]) -> Zielwert:
    """A Zielwert whose numbers are texts."""
    inner = {"entspricht": _target(parts["entspricht"])} if parts.get("entspricht") else {}
    wert = parts.get("wert")
    return Zielwert.model_validate({**parts, **inner, "wert": None if wert is None else TypeAdapter(Decimal).validate_python(wert)})
