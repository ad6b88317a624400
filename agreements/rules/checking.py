"""All rules over one record: what stands, and what the record silences with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from agreements.agreement import Library
from agreements.amending import located
from agreements.model import Vereinbarung
from agreements.rules.case import Case, Hit, Regel, Verstoss
from agreements.rules.table import RULES
from agreements.store import Gespeichert

SPELLING = "rechtschreibung"
"""The one rule that takes long: it loads a dictionary of a million words."""


@dataclass(frozen=True, slots=True)
class Pruefung:
    """What came of checking one record, in the order of the file."""

    verstoesse: tuple[Verstoss, ...]
    stillgelegt: tuple[Verstoss, ...]

    @property
    def failed(self) -> bool:
        """Whether something must be put right: a hint needs not."""
        return any(each.schwere != "hinweis" for each in self.verstoesse)


def check_record(library: Library, stored: Gespeichert[Vereinbarung], *, spelling: bool = True) -> tuple[Verstoss, ...]:
    """Everything in a record that a person should look at, the silenced ones left out; the first of the file first.

    ZvError: the year's rahmen.yaml cannot be loaded. What cannot be printed is a Verstoss.
    """
    return examine(library, stored, spelling=spelling).verstoesse


def examine(library: Library, stored: Gespeichert[Vereinbarung], state: Vereinbarung | None = None, *, spelling: bool = True) -> Pruefung:
    """The same with the silenced ones; `state` is the effective record to check where it is not the file's own.

    Of an amendment that is the agreement as it is with it. UnfitError: it does not fit what stands before it.
    """
    with located(stored):
        case = Case(library, stored, state or library.agreed(library.effective(stored.record, stored.path)))
    found = [_judged(case, rule, hit) for rule in RULES if spelling or rule.name != SPELLING for hit in rule.find(case)]
    unique = sorted(dict.fromkeys(found), key=lambda each: (each.datei != stored.path, str(each.datei), each.zeile))
    standing = tuple(each for each in unique if each.stillgelegt is None)
    return Pruefung(standing, tuple(each for each in unique if each not in standing))


def _judged(case: Case, rule: Regel, hit: Hit) -> Verstoss:
    datei, zeile = case.place(hit.feld, hit.zeile)
    found = Verstoss(rule.name, hit.schwere or rule.schwere, datei, zeile, hit.feld, hit.worte, hit.grund, hit.abhilfe or rule.abhilfe)
    return replace(found, stillgelegt=_silenced(case, found))


def _silenced(case: Case, found: Verstoss) -> str | None:
    """The reason for which the record silences a rule, everywhere ("regel") or for one field ("regel@feld")."""
    reasons = case.record.akte.stillgelegt
    return next((reasons[key] for key in _keys(found) if reasons.get(key, "").strip()), None)


def _keys(found: Verstoss) -> Iterator[str]:
    yield found.regel
    feld = found.feld or ""
    while feld:
        yield f"{found.regel}@{feld}"
        feld = feld.rpartition(".")[0]
