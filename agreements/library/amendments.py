"""Amendments during the year: what one changes, and the agreement as it is with it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from agreements.errors import RecordError
from agreements.filling.fill import fill
from agreements.language.notation import PLACE_IN_WORDING
from agreements.model.fields import angaben, label, value_at
from agreements.model.record import Abweichung, Textaenderung, Vereinbartes, Vereinbarung, plain
from agreements.register.register import Register
from agreements.store.store import Gespeichert
from agreements.wording.foreseen import put
from agreements.wording.units import Wording

_NEW, _OLD = "aenderung.neu.", "aenderung.alt."


class UnfitError(RecordError):
    """An amendment that does not fit the agreement it amends; `feld` is what does not fit."""

    def __init__(self, feld: str, message: str, abhilfe: str) -> None:
        super().__init__(f"{feld}: {message}", abhilfe=abhilfe)
        self.feld = feld


@contextmanager
def located(stored: Gespeichert[Vereinbarung]) -> Iterator[None]:
    """Names file and line of an amendment in the errors that say what in it does not fit."""
    try:
        yield
    except UnfitError as error:
        error.datei, error.zeile = error.datei or stored.path, error.zeile or stored.line(error.feld)
        raise


def new_values(amendment: Vereinbarung) -> dict[str, Any]:
    """What an amendment agrees anew, by the names that the agreement has for it."""
    return {path.removeprefix(_NEW): value for path, value in angaben(amendment).items() if path.startswith(_NEW)}


def with_old_values(amendment: Vereinbarung, before: Vereinbarung) -> Vereinbarung:
    """An amendment with the numbers and targets that it replaces, where it does not state them itself.

    UnfitError: it changes what is not agreed. Texts that are agreed anew are not among them: a text is replaced as a whole.
    """
    stated = {path: value for path, value in angaben(amendment).items() if path.startswith(_OLD)}
    values = {f"{_OLD}{path}": _agreed(before, path) for path, value in new_values(amendment).items() if not isinstance(value, tuple | str)}
    return _with(amendment, {**values, **stated})


def without_old_values(amendment: Vereinbarung, before: Vereinbarung) -> Vereinbarung:
    """An amendment without the old values that the agreement says as well: the inverse of `with_old_values`."""
    kept = {
        path: value
        for path, value in angaben(amendment).items()
        if path.startswith(_OLD) and repr(value_at(before, path.removeprefix(_OLD))) != repr(value)
    }
    return _with(amendment, kept)


def _with(amendment: Vereinbarung, old: dict[str, Any]) -> Vereinbarung:
    """The amendment with these old values alone."""
    assert amendment.aenderung is not None
    data: dict[Any, Any] = {}
    for path, value in old.items():
        put(data, path.removeprefix(_OLD), value)
    part = amendment.aenderung.model_copy(update={"alt": Vereinbartes.model_validate(data)})
    return amendment.model_copy(update={"aenderung": part})


def _agreed(before: Vereinbarung, path: str) -> Any:
    """What the agreement says of an Angabe; UnfitError where it says nothing."""
    value = value_at(before, path)
    if value is None:
        raise UnfitError(
            f"{_NEW}{path}",
            f"„{label(path)}“ gibt es in der Vereinbarung nicht, die geändert wird.",
            "Eine Änderung ersetzt, was vereinbart ist; den Namen der Angabe prüfen.",
        )
    return value


def amended(wording: Wording, before: Vereinbarung, amendment: Vereinbarung, register: Register) -> Vereinbarung:
    """The effective agreement as it is with an amendment: `before` with the new values and words; no one file says all of it.

    UnfitError: it changes nothing, or what is not agreed, or words that do not stand where it says.
    """
    assert amendment.aenderung is not None
    values, texts = new_values(amendment), amendment.aenderung.texte
    if not values and not texts:
        raise UnfitError("aenderung", "Die Änderung ändert nichts.", "Unter neu eintragen, was neu vereinbart wird.")
    data = plain(before)
    for path, value in values.items():
        if repr(_agreed(before, path)) == repr(value):
            raise UnfitError(f"{_NEW}{path}", f"„{label(path)}“ lautet schon bisher so.", "Die Angabe weglassen oder berichtigen.")
        put(data, path, value)
    state = Vereinbarung.model_validate(data)
    state = state.model_copy(update={"akte": state.akte.model_copy(update={"quelle": None})})
    for number, text in texts.items():
        departures = _replaced(wording, state, f"aenderung.texte.{number}", text, register)
        state = state.model_copy(update={"abweichungen": departures})
    return state


# ---------------------------------------------------------------- words of the fixed text


def _replaced(wording: Wording, state: Vereinbarung, feld: str, text: Textaenderung, register: Register) -> tuple[Abweichung, ...]:
    """The departures of a state in which words of the fixed text are replaced."""
    if not PLACE_IN_WORDING.fullmatch(text.stelle):
        raise UnfitError(
            f"{feld}.stelle",
            f"„{text.stelle}“ ist keine Stelle, die eine Änderung nennen kann.",
            "Kapitel, Paragraph, Nummer oder Absatz nennen: II, III.§2.Nr5, III.§3.1",
        )
    found = list(_places(wording, state, text, register))
    if len(found) != 1:
        said = f"stehen dort {f'{len(found)}-mal' if found else 'nicht'} im festen Text"
        raise UnfitError(f"{feld}.alt", f"Die Worte „{text.alt}“ {said}.", "Die Stelle prüfen, oder mehr Worte nennen.")
    for number, departure in enumerate(state.abweichungen):
        if departure.stelle == found[0] and departure.neu and text.alt in departure.neu:
            new = departure.model_copy(update={"neu": departure.neu.replace(text.alt, text.neu)})
            return (*state.abweichungen[:number], new, *state.abweichungen[number + 1 :])
    return (*state.abweichungen, Abweichung(stelle=found[0], art="ersetzt", alt=text.alt, neu=text.neu))


def _places(wording: Wording, state: Vereinbarung, text: Textaenderung, register: Register) -> Iterator[str]:
    """The addresses of the blocks at and below a place that say some words, one for each time that they do."""
    words = re.compile(rf"(?<!\w){re.escape(text.alt)}(?!\w)")
    for block in fill(wording, state, register).blocks:
        if block.stelle == text.stelle or block.stelle.startswith(f"{text.stelle}."):
            fixed = "".join("\0" if span.feld else span.text for span in block.spans)
            yield from (block.stelle for _ in words.finditer(fixed))
