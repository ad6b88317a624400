"""The names by which everybody calls an Angabe: its path in the record, its German label, its kind and value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import (
    BaseModel,
)

from agreements.model.record import Rahmen, Vereinbarung, Zielwert
from agreements.model.values import Offen

Wert = Zielwert | Decimal | int | str | date | tuple[str, ...] | Offen


def angaben(record: Vereinbarung | Rahmen) -> dict[str, Any]:
    """Every Angabe of a record by its dotted name, in the record's order; open ones are `OFFEN`, absent ones left out."""
    return {path: value for path, value in _leaves("", record) if path.split(".")[0] not in _NO_ANGABEN}


_NO_ANGABEN = ("abweichungen", "text", "akte", "wortlaut", "papiercode", "land")


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Zielwert):
        yield path, value
        if value.entspricht is not None:
            yield f"{path}.entspricht", value.entspricht
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _leaves(f"{path}.{name}" if path else name, getattr(value, name))
    elif isinstance(value, Mapping):
        for key in value:
            yield from _leaves(f"{path}.{key}", value[key])
    elif value is not None and value != ():
        yield path, value


def number_in(key: str) -> int | None:
    """The number that a part of a dotted name is, or a word of a call; None for any other, one of very many digits and "²" among them."""
    return int(key) if _NUMBER.fullmatch(key) else None


_NUMBER = re.compile("[0-9]{1,6}")


def keys(feld: str) -> tuple[str | int, ...]:
    """The keys that a dotted name goes by in a record: the entry of a list and what is numbered by its number."""
    return tuple(key if (number := number_in(key)) is None else number for key in feld.split("."))


def nested(values: Mapping[str, Any]) -> dict[Any, Any]:
    """Values by dotted name as the model reads them; a level that a target comes to stands within the target, which goes before it."""
    data: dict[Any, Any] = {}
    for path, value in values.items():
        *above, last = keys(path)
        if last == "entspricht":
            _complete(data, above, value)
        else:
            target = data
            for key in above:
                target = target.setdefault(key, {})
            target[last] = value
    return data


def _complete(data: dict[Any, Any], keys: Sequence[Any], level: Any) -> None:
    """Puts the level that a target comes to into the target, where there is one."""
    *above, last = keys
    target = data
    for key in above:
        target = target.get(key, {})
    if isinstance(level, Zielwert) and isinstance(target.get(last), Zielwert):
        target[last] = target[last].model_copy(update={"entspricht": level})


def label(feld: str) -> str:
    """The German name of an Angabe for officials: "Integrationsquote der Frauen", "Ziel 4: Umsetzungsschritte"."""
    for part, when in (("aenderung.neu.", "neu"), ("aenderung.alt.", "bisher")):
        if feld.startswith(part):
            return f"{label(feld.removeprefix(part))} ({when})"
    prefix = ""
    model: type[BaseModel] = Vereinbarung
    keys = feld.split(".")
    for place, key in enumerate(keys):
        if key == "entspricht":
            return f"{prefix}: {Zielwert.model_fields[key].title}"
        field = model.model_fields[key]
        kind = field.annotation
        inner = model_in(kind)
        if inner is None or inner is Zielwert:
            title = field.title or key
            return _and_more(f"{prefix}: {title}" if prefix else title, keys[place + 1 :])
        if _is_numbered(kind):
            if keys[place + 1 :] == []:
                return field.title or key
            prefix = f"{field.title} {keys[place + 1]}"
            rest = keys[place + 2 :]
            return label_within(inner, rest, prefix) if rest else prefix
        model = inner
    return feld


def label_within(model: type[BaseModel], keys: list[str], prefix: str) -> str:
    """The German name of a key of one numbered entry."""
    return f"{prefix}: {model.model_fields[keys[0]].title or keys[0]}"


def _and_more(title: str, rest: list[str]) -> str:
    return f"{title}: {Zielwert.model_fields[rest[0]].title}" if rest else title


def kind_at(feld: str) -> type[Any] | None:
    """The type of what stands under a dotted name; None where there is no such name.

    It is `str`, `int`, `Decimal`, `date`, `Zielwert`, `list`, `dict` or a model.
    """
    kind: Any = Vereinbarung
    for key in feld.split("."):
        if isinstance(kind, type) and issubclass(kind, BaseModel) and key in kind.model_fields:
            kind = _bare(kind.model_fields[key].annotation)
        elif _is_numbered(kind) and (number_in(key) is not None or key.startswith("{")):
            kind = _bare(get_args(kind)[1])
        else:
            return None
    origin = get_origin(kind)
    if origin is Literal:
        return str
    found: type[Any] = {tuple: list, dict: dict}.get(origin, kind)
    return found


def _bare(kind: Any) -> Any:
    """A field's own type without `Offen`, None and constraints."""
    if get_origin(kind) is Annotated:
        return _bare(get_args(kind)[0])
    if get_origin(kind) in (Union, UnionType):
        return next(_bare(part) for part in get_args(kind) if part not in (Offen, type(None)))
    return kind


def model_in(kind: Any) -> type[BaseModel] | None:
    """The model that a type is or holds; None where there is none in it."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind
    return next((found for part in get_args(kind) if (found := model_in(part))), None)


def _is_numbered(kind: Any) -> bool:
    return getattr(kind, "__origin__", None) is dict


def value_at(record: BaseModel, feld: str) -> Any:
    """The value under a dotted name; None where the record does not have it."""
    value: Any = record
    for key in feld.split("."):
        value = value.get(int(key)) if isinstance(value, Mapping) else getattr(value, key, None)
        if value is None:
            return None
    return value
