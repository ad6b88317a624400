"""Rules on numbers: what is open, what does not add up, what changed suddenly since last year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from agreements.language.numbers import write_number
from agreements.language.protocol import Context
from agreements.language.targets import Zielsatz
from agreements.library.consistency import budget, reference_years, women_and_men
from agreements.model.fields import angaben, label, value_at
from agreements.model.record import Zielwert
from agreements.model.values import OFFEN
from agreements.register.register import load_register
from agreements.rules.case import Case, Hit

_LARGE_CHANGE = Decimal(30)
"""Percent: none of the known agreements agrees on half as much; 39 is mostly 3.9 without its comma."""
_SUDDEN_FACTOR, _SUDDEN_POINTS = 3, 5
_SUDDEN_BUDGET = Decimal("0.3")


def open_values(case: Case) -> Iterator[Hit]:
    """What is foreseen and not yet agreed; a date left for the pen is not."""
    for feld, value in angaben(case.record).items():
        if value is OFFEN and not feld.endswith(".datum"):
            yield Hit("", f"{label(feld)} ist noch offen.", feld, schwere="warnung" if case.finished else None)


def sums(case: Case) -> Iterator[Hit]:
    """A total that is not the sum of its parts; rounded the other way it is a hint."""
    for each in budget(case.record):
        rounded = each.schwere == "hinweis"
        said = f"{label(each.feld or '')}: Richtig ist {each.erwartet}" + ("; hier ist anders gerundet." if rounded else ".")
        yield Hit(each.text, said, each.feld, schwere="hinweis" if rounded else None)


def women_around_men(case: Case) -> Iterator[Hit]:
    """A total that does not lie between women and men."""
    for each in women_and_men(case.record):
        yield Hit(each.text, f"{label(each.feld or '')}: Zu erwarten wäre ein Wert {each.erwartet}.", each.feld)


def unusual_targets(case: Case) -> Iterator[Hit]:
    """A change so large, or a level so high, that the comma has probably slipped."""
    for feld, value in angaben(case.record).items():
        if not isinstance(value, Zielwert) or value.wert is None:
            continue
        if value.einheit in ("prozent", "prozentpunkte") and value.wert >= _LARGE_CHANGE:
            yield Hit(_said(value), f"{label(feld)}: Eine so große Veränderung ist ungewöhnlich.", feld)
        if value.einheit == "prozent_niveau" and value.wert > 100:
            yield Hit(_said(value), f"{label(feld)}: Mehr als 100 % sind nicht möglich.", feld, schwere="warnung")


def sudden_changes(case: Case) -> Iterator[Hit]:
    """Where a target or an amount departs much from last year's."""
    if case.before is None:
        return
    for feld, value in angaben(case.record).items():
        old = value_at(case.before, feld)
        if isinstance(value, Zielwert) and isinstance(old, Zielwert):
            yield from (Hit(_said(value), f"{label(feld)}: {reason}", feld) for reason in _turned(old, value))
        elif feld.startswith("haushalt.") and isinstance(value, int | Decimal) and isinstance(old, int | Decimal) and old:
            share = abs(Decimal(value) - Decimal(old)) / Decimal(old)
            if share > _SUDDEN_BUDGET:
                percent = write_number((share * 100).quantize(Decimal(1)))
                said = f"{label(feld)}: {case.jahr - 1} waren es {write_number(old)}, {percent} % Unterschied."
                yield Hit(write_number(value), said, feld)


def _turned(old: Zielwert, new: Zielwert) -> Iterator[str]:
    """What is different in kind or very different in size."""
    if old.einheit != new.einheit and old.richtung != "gleich" != new.richtung:
        yield f"Im Vorjahr galt eine andere Einheit: „{_said(old)}“."
    elif {old.richtung, new.richtung} == {"steigt", "sinkt"}:
        yield f"Im Vorjahr galt die andere Richtung: „{_said(old)}“."
    elif old.richtung == new.richtung and old.schranke != new.schranke:
        yield f"Im Vorjahr galt eine andere Schranke: „{_said(old)}“."
    if old.wert is not None and new.wert is not None and old.einheit == new.einheit:
        low, high = sorted((old.wert, new.wert))
        if high > low * _SUDDEN_FACTOR and high - low > _SUDDEN_POINTS:
            yield f"Der Wert weicht stark vom Vorjahr ab: „{_said(old)}“."


def _said(value: Zielwert) -> str:
    return Zielsatz("ohne").write(value, Context(0, load_register(), value.bezug))


def wrong_reference(case: Case) -> Iterator[Hit]:
    """A target compared with a year that is not before the agreement's."""
    for each in reference_years(case.record):
        yield Hit(each.text, f"{label(each.feld or '')}: Zu vergleichen ist mit einem früheren Jahr als {case.jahr}.", each.feld)


def unusual_reference(case: Case) -> Iterator[Hit]:
    """A target compared with an earlier year than the one before."""
    for feld, value in angaben(case.record).items():
        if isinstance(value, Zielwert) and value.bezug is not None and value.bezug < case.jahr - 1:
            yield Hit(f"Bezugsjahr {value.bezug}", f"{label(feld)}: Verglichen wird sonst mit dem Vorjahr, {case.jahr - 1}.", feld)
